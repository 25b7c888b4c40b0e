"""What is told without a clause of its own: headlines' "A says two killed", ", wounding a boy", "what A said was a raid".

Parsers make an object, a second deed of the teller, or nothing at all of such words.
"""

from __future__ import annotations

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.sources import own_subject
from trucewatch.text.attribution.tree import Range, Tree

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_FATES = frozenset({"dead", "hurt", "missing", "homeless"})
# what comes of a deed: "of firing at the town, wounding a boy"
_CONSEQUENCES = frozenset(
    "kill wound injure damage destroy hit hurt leave cause set force displace burn maim shatter spark trigger ignite".split()
)
# what headlines set behind what is told
_BREAKS = frozenset("as after while but amid ahead despite before when though although until since".split())
_TELLS = frozenset({"says", "confirms", "accuses", "denies"})
_DOCUMENTS = frozenset({"figure", "datum", "data", "statistic", "number", "record", "tally", "count"})


def told_in_few_words(tree: Tree, i: int, sent: Range, cues: Cues) -> Range | None:
    """ "The town's mayor says two killed in a raid": the words told behind a verb that has only an object with its fate."""
    if tree.lemmas[i] not in cues.clause or tree.tags[i] not in ("VBZ", "VBD", "VBP") or tree.quoted[i] >= 0:
        return None
    told = tree.child(i, "dobj")
    if told is None or told < i or own_subject(tree, i) is None:
        return None
    stop = _stop_of_headline(tree, i, sent)
    fate = any(
        tree.tags[j] == "VBN" or tree.lemmas[j] in _FATES
        for j in range(told + 1, min(told + 3, stop))
        if tree.heads[j] in (told, i) or tree.deps[j] in ("acl", "amod", "oprd", "advcl")
    )
    begins = tree.start[told] == i + 1 and not any(tree.words[j] in (",", ":") for j in range(i + 1, told))
    return (i + 1, stop) if fate and begins else None


def goes_on_in_headline(tree: Tree, i: int, sent: Range, content: list[Range]) -> Range | None:
    """ "A says church shelled, three hurt": the second half, without a verb of its own, of what a headline reports."""
    if tree.tags[i] != "VBZ" or not content or content[-1][0] <= i or tree.words[sent[1] - 1] in (".", "?", "!"):
        return None
    first = content[-1][1]
    if first + 2 >= sent[1] or tree.words[first] != "," or tree.words[first + 1].lower() in _BREAKS:
        return None
    rest = range(first + 1, sent[1])
    if any(tree.words[j] in ("-", "–", "—", ":", "|") or tree.words[j].lower() in _BREAKS for j in rest):
        return None
    if any(tree.tags[j] in _FINITE for j in rest if j not in (first + 2, first + 3)):
        return None
    is_fate = any(tree.tags[j] in ("VBN", "VBD") or tree.lemmas[j] in _FATES for j in rest)
    return (first + 1, sent[1]) if is_fate else None


def consequences(tree: Tree, i: int, kind: str, found: list[Range]) -> list[Range]:
    """ "accused A of firing at the town, wounding a boy": what came of it, hung by the parser on the verb of telling."""
    if kind not in _TELLS or not found or found[-1][0] <= i:
        return []
    after = max(stop for _, stop in found)
    return [
        tree.subtree(kid)
        for kid in tree.kids[i]
        if kid >= after
        and tree.deps[kid] == "advcl"
        and tree.tags[kid] == "VBG"
        and tree.lemmas[kid] in _CONSEQUENCES
        and own_subject(tree, kid) is None
        and tree.start[kid] - after <= 1
    ]


def more_charges(tree: Tree, i: int, found: list[Range]) -> Range | None:
    """ "accused A of smuggling rockets, rebuilding posts and hiding guns": charges hung on the charging itself."""
    if tree.lemmas[i] != "accuse" or not found or found[-1][0] <= i:
        return None
    after = max(stop for _, stop in found)
    for kid in tree.kids[i]:
        if (
            kid < after
            or tree.deps[kid] not in ("advcl", "conj")
            or tree.tags[kid] != "VBG"
            or own_subject(tree, kid) is not None
        ):
            continue
        goes_on = any(tree.deps[k] == "conj" and tree.tags[k] == "VBG" for k in tree.kids[kid])
        if tree.start[kid] - after <= 1 and (goes_on or tree.deps[kid] == "conj"):
            return tree.subtree(kid)
    return None


def second_deed(tree: Tree, i: int, cues: Cues, found: list[Range]) -> Range | None:
    """ "said that its men shelled the town and hit a post": the second deed told, read as a deed of the telling itself."""
    if not found or found[-1][0] <= i:
        return None
    first, stop = found[-1]
    is_that = any(tree.words[j].lower() == "that" for j in range(i + 1, min(first + 2, tree.size)))
    if not is_that or not any(tree.tags[j] in ("VBD", "VBN") for j in range(first, stop)):
        return None
    for kid in tree.kids[i]:
        if kid < stop or tree.deps[kid] != "conj" or tree.tags[kid] != "VBD" or own_subject(tree, kid) is not None:
            continue
        if tree.lemmas[kid] in cues.verbs or tree.quoted[kid] >= 0 or tree.start[kid] - stop > 3:
            return None
        return tree.subtree(kid)
    return None


def asked_of(tree: Tree, i: int, kind: str) -> Range | None:
    """ "warned residents of the street to leave": whom it is asked of and what, the infinitive hung on another noun."""
    hearer = tree.child(i, "dobj")
    if kind not in ("threatens", "demands", "orders") or hearer is None or hearer < i:
        return None
    first, stop = tree.subtree(hearer)
    asks = any(tree.tags[j] == "VB" and tree.words[j - 1].lower() == "to" for j in range(first + 1, stop))
    return (first, stop) if asks else None


def dead_put_at(tree: Tree, i: int) -> Range | None:
    """ "put its military dead at 900": the count with whom it counts, "dead" read as what they are put."""
    at = next((kid for kid in tree.kids[i] if kid > i and tree.words[kid].lower() == "at"), None)
    if tree.lemmas[i] != "put" or at is None or tree.child(at, "pobj") is None:
        return None
    is_dead = any(tree.lemmas[j] == "dead" for j in range(i + 1, at))
    is_counted = any(tree.tags[j] == "CD" for j in range(at + 1, tree.last[at] + 1))
    return (i + 1, tree.last[at] + 1) if is_dead and is_counted else None


def shown_by_figures(tree: Tree, i: int, sent: Range) -> bool:
    """ "Three hundred have died, official figures showed", "the ministry's data show that": somebody's figures tell it."""
    subject = own_subject(tree, i)
    if subject is None or tree.lemmas[i] not in ("show", "indicate", "suggest") or tree.lemmas[subject] not in _DOCUMENTS:
        return False
    return tree.child(i, "ccomp") is not None and tree.child(subject, "poss", "amod", "compound") is not None


def named_so(tree: Tree, i: int, sent: Range) -> Range | None:
    """ "after what the army said was a raid on the town": the words behind the "was" that the telling is subject of."""
    subject = own_subject(tree, i)
    if subject is None or subject > i or i + 2 >= sent[1] or tree.words[i + 1].lower() not in ("was", "were", "is", "are"):
        return None
    what = tree.start[subject] - 1
    if what < sent[0] or tree.words[what].lower() != "what":
        return None
    stop = next((j for j in range(i + 2, sent[1]) if tree.words[j] in (",", ";", "–", "—")), sent[1])
    return (i + 2, stop) if stop - i > 3 else None


def told_before_quoting(tree: Tree, i: int) -> Range | None:
    """ "Two fell, the agency quoted the mayor as saying": the words before, of the verb that quotes."""
    above = tree.heads[tree.heads[i]]
    if tree.deps[i] != "pcomp" or tree.lemmas[above] not in ("quote", "cite", "report") or tree.lemmas[i] != "say":
        return None
    told = next((kid for kid in tree.kids[above] if kid < above and tree.deps[kid] in ("ccomp", "parataxis")), None)
    return tree.subtree(told) if told is not None and tree.last[told] < above else None


def read_put(tree: Tree, i: int) -> tuple[int, Range, Range] | None:
    """ "As the army put it, the post was hit": who puts it so, the aside, and the clause that it is put beside."""
    it = tree.child(i, "dobj")
    subject = own_subject(tree, i)
    if tree.lemmas[i] != "put" or it is None or tree.words[it].lower() != "it" or subject is None or tree.deps[i] != "advcl":
        return None
    if not any(tree.words[kid].lower() == "as" for kid in tree.kids[i]):
        return None
    return subject, tree.subtree(i), tree.subtree(tree.heads[i])


def all_counted(tree: Tree, i: int, content: list[Range]) -> Range:
    """ "counted 90 launches, including one at the port": all that is counted behind a verb, to where another clause begins."""
    stop = max(tree.last[i] + 1, *(end for _, end in content))
    for kid in tree.kids[i]:
        subject = own_subject(tree, kid) if tree.is_verb(kid) else None
        has_own = subject is not None and tree.tags[subject] != "CD"  # "and 134 wounded" is counted too
        if kid > i and has_own and tree.deps[kid] in ("conj", "ccomp", "advcl", "parataxis") and content[0][0] < tree.start[kid]:
            stop = min(stop, tree.start[kid])
    cut = next((j for j in range(content[0][0], stop) if tree.words[j] == ";" and tree.quoted[j] < 0), stop)
    return content[0][0], max(cut, content[0][1])


def _stop_of_headline(tree: Tree, i: int, sent: Range) -> int:
    return next(
        (
            j
            for j in range(i + 3, sent[1])
            if tree.words[j] in (";", "|", "–", "—", " - ")
            or (tree.words[j] == "," and j + 1 < sent[1] and tree.words[j + 1].lower() in _BREAKS)
            or (tree.words[j].lower() in ("as", "while") and any(tree.tags[k] in _FINITE for k in range(j + 1, sent[1])))
        ),
        sent[1],
    )
