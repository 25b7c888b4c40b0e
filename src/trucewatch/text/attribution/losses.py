"""Losses that somebody owns to or registers without a verb of telling: “recorded 35 more deaths”, “named 12 soldiers killed”.

Translations make one of them out of “admitted”: “recognised the death of 20 soldiers”. What goes on behind in a participle
(“taking the toll to 300”) is the same teller's.
"""

from __future__ import annotations

from trucewatch.text.attribution.astray import can_tell
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft
from trucewatch.text.attribution.sources import source_span, subject_of
from trucewatch.text.attribution.terse import all_counted
from trucewatch.text.attribution.tree import Range, Tree

_OWNS = frozenset({"recognise", "recognize", "acknowledge", "concede"})
REGISTERS = frozenset("record register name identify list document publish release count log recognise recognize".split())
_LOSSES = frozenset("death casualty fatality loss victim martyr dead toll wounded fall defeat downing".split())
_FATES = frozenset("kill dead fall martyr wound injure die missing lose slay".split())
_LISTS = frozenset({"name", "list", "identity", "photo", "photograph", "obituary"})
_PEOPLE = frozenset(
    "soldier serviceman servicemen fighter civilian person people man troop officer reservist conscript resident citizen child "
    "member militant combatant woman volunteer".split()
)
_SIDES = ("GPE", "NORP", "ORG")


def read_losses(tree: Tree, i: int, cues: Cues) -> Draft | None:
    """The attribution of a loss that a body registers; None where the verb's object is no loss, or nobody can be its teller."""
    thing = tree.child(i, "dobj")
    if thing is None or tree.tags[i] not in ("VBD", "VBN", "VBZ", "VBP", "VBG") or tree.deps[i] in ("acl", "amod", "relcl"):
        return None
    if any(tree.deps[kid] in ("auxpass", "nsubjpass", "neg") or tree.tags[kid] == "MD" for kid in tree.kids[i]):
        return None
    piece = _with_fate(tree, i, thing)
    if not _is_loss(tree, thing, piece):
        return None
    source = subject_of(tree, i, cues)
    if source is None or source > i or not (can_tell(tree, source, cues) or tree.ents[source] in _SIDES or _is_it(tree, source)):
        return None
    kind = "confirms" if tree.lemmas[i] in _OWNS else "says"
    draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma=tree.lemmas[i], kind=kind)
    draft.source = source_span(tree, source, i)
    is_counted = tree.lemmas[i] in ("count", "tally")
    draft.content = [tree.span(all_counted(tree, i, [piece]) if is_counted and piece[0] > i else piece)]
    draft.content += [
        tree.span(tree.subtree(kid))
        for kid in tree.kids[i]
        if kid >= piece[1] and tree.deps[kid] == "advcl" and tree.tags[kid] == "VBG"
    ]
    return draft


def _is_it(tree: Tree, source: int) -> bool:
    return tree.words[source].lower() in ("it", "he", "she", "they")


def _with_fate(tree: Tree, i: int, thing: int) -> Range:
    """The object, with what became of it where the parser hangs that on the verb: "named 51 of its soldiers killed in action"."""
    first, stop = tree.subtree(thing)
    for kid in tree.kids[i]:
        if kid == stop and (tree.lemmas[kid] in _FATES or tree.deps[kid] == "oprd"):
            stop = tree.last[kid] + 1
    return first, stop


def _is_loss(tree: Tree, thing: int, piece: Range) -> bool:
    lemma = tree.lemmas[thing]
    inside = range(*piece)
    if lemma in _LOSSES:
        return True
    has_fate = any(tree.lemmas[j] in _FATES for j in inside)
    has_people = any(tree.lemmas[j] in _PEOPLE for j in inside) or tree.tags[thing] == "CD"
    counts = lemma in _LISTS or any(tree.tags[j] == "CD" for j in inside)
    return has_fate and has_people and counts
