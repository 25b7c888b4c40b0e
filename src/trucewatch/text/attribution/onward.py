"""Free indirect speech: a sentence without a verb of telling that goes on in the words of who was reported just before.

"The minister said the road was shut. Nobody had warned him, and he would lodge a protest." What is reported steps one tense
back; a teller's own narrative does not. So do counts that lean on the sentence before: "Two were women", "Another had fled".
A sentence that reaches back in time by its own words ("had fled a year earlier") is the outlet's background and stays its own.
An entry of a live report is its speaker's to its end: "14:20 Army: a shell fell near A. A post was fired on."
What a document says goes on over the sentence behind it: "According to the bulletin, a shell fell near A. A post was fired on."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.text.attribution.colons import is_entry
from trucewatch.text.attribution.draft import Draft
from trucewatch.text.attribution.tree import Range, Tree

_TELLING = frozenset({"says", "denies", "confirms", "accuses", "threatens", "rejects", "demands"})
_BACKGROUND = re.compile(
    r"\b(?:earlier|previous(?:ly)?|ago|since|until|already|last (?:week|month|year|spring|summer|autumn|winter)|once"
    r"|(?:minute|hour|day|night|week|month|year)s? before|the (?:day|night|week|month|year) before|before (?:that|this|the war)"
    r"|(?:days|weeks|months|years|decades) (?:of|after)"
    r"|by (?:then|now)|for (?:more than |over |nearly |almost |about )?(?:\w+ )?(?:days|weeks|months|years|decades)"
    r"|(?:in|of|from) (?:the )?(?:early |late |mid-)?(?:[A-Z][a-z]+ )?(?:19|20)\d\d|meanwhile|however)\b",
    re.I,
)
_BACKSHIFT = frozenset({"had", "would", "’d", "'d"})
_SUMS = frozenset("toll total number count tally loss casualty figure dead".split())
_REST = frozenset({"other", "others", "another", "most", "some", "all", "none", "both"})
# "another raid hit the town": told anew, and by the outlet
_DEEDS = frozenset(
    "raid strike attack shell rocket missile drone bomb blast explosion airstrike barrage clash incident salvo".split()
)
_HURT = frozenset("kill wound injure hurt destroy damage burn".split())
_VICTIMS = frozenset("wounded dead injured victim casualty killed fallen".split())
_SET = ("DATE", "TIME", "GPE", "LOC", "FAC", "NORP")
_OWN = re.compile(r"(?:that )?(?:it|its|they|their|he|his|she|her|we|our|i|my)\b", re.I)
_SUBJECTS = ("nsubj", "nsubjpass")
# a paper whose contents are retold, one sentence after another
_PAPERS = frozenset("report bulletin message communique communiqué dispatch summary release statement note".split())
_ASIDE = re.compile(r"\b(?:meanwhile|however|but|previously|ago)\b", re.I)
_REMARKS = frozenset({"it", "this", "that", "these", "they", "there", "he", "she"})


def speak_on(text: str, trees: Sequence[Tree], drafts: Sequence[Draft]) -> list[Draft]:
    """Attributions of sentences that go on in the words reported in the sentence before, in the same paragraph."""
    by_tree: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.tree is not None:
            by_tree.setdefault(id(draft.tree), []).append(draft)
    told = sorted(span for draft in drafts for span in draft.content)
    found: list[Draft] = []
    for tree in trees:
        own = by_tree.get(id(tree), [])
        before: Draft | None = None
        entry: Draft | None = None
        for number, sent in enumerate(tree.sents):
            here = [draft for draft in own if draft.token >= 0 and sent[0] <= draft.token < sent[1]]
            root = _root(tree, sent)
            at = tree.chars[root]
            is_free = all(draft.token != root for draft in here) and not any(start <= at < end for start, end in told)
            goes_on = number and before is not None and is_free and (
                _goes_on(text, tree, sent, is_own=_is_own(text, before)) or _is_read_on(text, tree, sent, before)
            )  # fmt: skip
            speaks = any(draft.source is not None and draft.kind not in ("thinks", "hedges") for draft in here)
            if not number:
                entry = next((draft for draft in here if is_entry(text, draft)), None)
            elif speaks or _looks_back(text, tree, sent, root):
                entry = None
            if number and entry is not None and is_free and not goes_on:
                goes_on, before = True, entry
            if goes_on and before is not None:
                before = _onward(tree, sent, before, before.sentence + 1)
                found.append(before)
            else:
                before = _told_in(tree, sent, here)
    return found


def _looks_back(text: str, tree: Tree, sent: Range, root: int) -> bool:
    """ "Earlier, X had struck B": the outlet's background behind an entry, and no part of it."""
    had = any(tree.words[kid].lower() == "had" and tree.deps[kid] == "aux" for kid in tree.kids[root])
    return had and _BACKGROUND.search(text[tree.chars[sent[0]] : tree.ends[sent[1] - 1]]) is not None


def _told_in(tree: Tree, sent: Range, here: Sequence[Draft]) -> Draft | None:
    """Who tells of the whole sentence: its main verb is the telling, or is told."""
    root = _root(tree, sent)
    at = tree.chars[root]
    for draft in here:
        if draft.source is None or draft.is_negated or draft.kind not in _TELLING or tree.quoted[draft.token] >= 0:
            continue
        if draft.token == root or any(start <= at < end for start, end in draft.content):
            return draft
    return None


def _root(tree: Tree, sent: Range) -> int:
    return next((i for i in range(*sent) if tree.heads[i] == i), sent[0])


def _goes_on(text: str, tree: Tree, sent: Range, *, is_own: bool) -> bool:
    """`is_own`: who is reported told of a deed of his own; who counts its victims is another."""
    root = _root(tree, sent)
    if not tree.is_verb(root) or any(tree.quoted[i] >= 0 for i in range(*sent)):
        return False
    subject = tree.child(root, *_SUBJECTS)
    if subject is None:
        return False
    leans = (tree.tags[subject] == "CD" or tree.words[subject].lower() in _REST) and not _counts_anew(tree, subject)
    leans = leans or (tree.lemmas[subject] not in _DEEDS and _is_rest(tree, subject))
    leans = leans or _sums_up(tree, root, subject) or (not is_own and _counts_victims(tree, sent, root, subject))
    shifted = any(tree.words[kid].lower() in _BACKSHIFT and tree.deps[kid] == "aux" for kid in tree.kids[root])
    words = text[tree.chars[sent[0]] : tree.ends[sent[1] - 1]]
    return leans or (shifted and _BACKGROUND.search(words) is None)


def _counts_anew(tree: Tree, subject: int) -> bool:
    """ "Most of the city's people fled", "More than 100,000 remain displaced": a count of its own, that leans on nothing."""
    of = next((kid for kid in tree.kids[subject] if tree.words[kid].lower() == "of"), None)
    whom = tree.child(of, "pobj") if of is not None else None
    is_named = whom is not None and tree.tags[whom].startswith("NN") and tree.lemmas[whom] not in _VICTIMS
    return (is_named and tree.words[subject].lower() in _REST) or "," in tree.words[subject]


def _is_read_on(text: str, tree: Tree, sent: Range, before: Draft) -> bool:
    """Whether a sentence without a speaker goes on with the paper retold right before: no remark upon it, and no look back."""
    if before.source is None or before.is_continuation or not _is_paper(before.tree, *before.source):
        return False
    root = _root(tree, sent)
    subject = tree.child(root, *_SUBJECTS)
    is_remark = subject is not None and tree.words[subject].lower() in _REMARKS
    words = text[tree.chars[sent[0]] : tree.ends[sent[1] - 1]]
    return tree.is_verb(root) and not is_remark and _ASIDE.search(words) is None


def _is_paper(tree: Tree, start: int, end: int) -> bool:
    """Whether the noun at the head of a source is a paper's: "the bulletin of the army", not "the Report Office"."""
    inside = [j for j in range(tree.size) if start <= tree.chars[j] < end]
    head = next((j for j in inside if not start <= tree.chars[tree.heads[j]] < end), None)
    return head is not None and tree.lemmas[head] in _PAPERS


def _is_own(text: str, before: Draft) -> bool:
    """Whether the words reported begin with a deed of the teller himself: "said it had struck", not "its post had been hit"."""
    clause = before.tree.child(before.token, "ccomp") if before.token >= 0 else None
    if clause is not None and (before.tree.child(clause, "nsubjpass") is not None or _comes_under(before.tree, clause)):
        return False
    return bool(before.content) and _OWN.match(text, before.content[0][0]) is not None


def _comes_under(tree: Tree, clause: int) -> bool:
    """ "said its guards came under fire": done to them."""
    return tree.lemmas[clause] == "come" and any(tree.words[kid].lower() == "under" for kid in tree.kids[clause])


def _counts_victims(tree: Tree, sent: Range, root: int, subject: int) -> bool:
    """ "Two teachers were wounded", without a day or place of its own: counted on with what was told right before."""
    is_hurt = tree.lemmas[root] in _HURT and (tree.deps[subject] == "nsubjpass" or tree.tags[root] == "VBN")
    is_counted = tree.tags[subject] == "CD" or any(tree.tags[kid] == "CD" for kid in tree.kids[subject])
    is_counted = (
        is_counted or tree.words[subject].lower() in ("nobody", "none") or tree.words[tree.start[subject]].lower() == "no"
    )
    if not is_counted or not (is_hurt or tree.lemmas[root] == "die"):
        return False
    # "One Northern soldier was wounded": whose man he is tells nothing anew
    first, stop = tree.subtree(subject)
    is_set = any(tree.ents[i] in _SET and not (first <= i < stop and tree.ents[i] == "NORP") for i in range(*sent))
    return not is_set and tree.child(root, "agent") is None


def _is_rest(tree: Tree, subject: int) -> bool:
    return any(tree.words[kid].lower() in ("another", "other") for kid in tree.kids[subject])


def _sums_up(tree: Tree, root: int, subject: int) -> bool:
    """ "That brought the toll to forty": counted on by who counted before."""
    told = tree.child(root, "dobj")
    is_sum = told is not None and tree.lemmas[told] in _SUMS
    return (
        tree.words[subject].lower() in ("that", "this", "it")
        and tree.lemmas[root] in ("bring", "raise", "take", "push")
        and is_sum
    )


def _onward(tree: Tree, sent: Range, before: Draft, number: int) -> Draft:
    draft = Draft(
        tree=tree,
        sentence=number,
        token=-1,
        cue=None,
        lemma=None,
        kind="says",
        source=before.source,
        channel=before.channel,
        via=before.via,
        is_continuation=True,
    )
    draft.content = [tree.span(sent)]
    return draft
