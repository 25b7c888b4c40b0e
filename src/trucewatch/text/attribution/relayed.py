"""On whose word an agency reports: “Xia Press reported, citing the ministry”, “with reference to the army”, “quoting officials”.

The agency only carries the words; who is cited vouches for them, and the agency becomes the medium.
"""

from __future__ import annotations

from trucewatch.text.attribution.astray import can_tell, is_tellers_noun
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft
from trucewatch.text.attribution.sources import VIA_HEADS, source_span
from trucewatch.text.attribution.tree import Range, Tree

# what one refers to may as well be what is told of: "referring to <Country>", "to the enemy"
_REFERRING = frozenset({"reference", "refer"})
_TOLD_OF = frozenset({"group", "enemy"})
_CITING = _REFERRING | {"cite", "quote"}
_RELAYS = frozenset({"says", "confirms", "quotes"})
_MEDIA = VIA_HEADS | {"medium", "media", "press", "report", "news", "wire", "portal", "service", "site"}


def name_the_cited(tree: Tree, sent: Range, found: list[Draft], cues: Cues) -> None:
    """Give a medium's report to the one whom it cites, in the sentence's drafts; what carries no medium stays as it is."""
    for i in range(*sent):
        if tree.lemmas[i] not in _CITING or tree.quoted[i] >= 0:
            continue
        cited = _cited(tree, i)
        if cited is None or not _can_vouch(tree, cited, cues, tree.lemmas[i]):
            continue
        at = tree.chars[i]
        relaying = [
            draft
            for draft in found
            if draft.kind in _RELAYS and draft.source is not None and draft.cue is not None and draft.token != i
            and draft.lemma not in _CITING and _is_medium(tree, draft, cues)
        ]  # fmt: skip
        if not relaying:
            continue
        draft = min(relaying, key=lambda draft: abs(draft.cue[0] - at) if draft.cue is not None else 0)
        draft.via = (
            (draft.source[0], min(draft.source[1], tree.ends[_before_with(tree, i)])) if draft.source is not None else None
        )
        draft.source = source_span(tree, cited, i)
        stop = tree.ends[_end_of_name(tree, cited)]
        draft.content = [
            piece
            for span in draft.content
            for piece in ((span[0], min(span[1], at)), (max(span[0], stop), span[1]))
            if piece[1] - piece[0] > 1
        ]


def _end_of_name(tree: Tree, cited: int) -> int:
    """Last token of who is cited; "citing the army, that two fell" goes on with what is told."""
    clause = that_clause_of(tree, cited)
    return tree.last[cited] if clause is None else max(cited, tree.start[clause] - 1)


def that_clause_of(tree: Tree, cited: int) -> int | None:
    """The clause "that …" which the parser hung on the one cited before it, though the telling verb tells it."""
    return next(
        (
            kid
            for kid in tree.kids[cited]
            if kid > cited
            and tree.deps[kid] in ("relcl", "acl", "ccomp")
            and any(tree.words[k].lower() == "that" and tree.deps[k] == "mark" for k in tree.kids[kid])
        ),
        None,
    )


def told_past_aside(tree: Tree, i: int, sent: Range) -> Range | None:
    """ "reported, citing the army, that two fell", "said on Monday, a day after the raid, that …": the words told.

    None where no aside between commas stands before the "that".
    """
    comma = next((j for j in range(i + 1, min(i + 5, sent[1])) if tree.words[j] == ","), None)
    if comma is None or tree.quoted[i] >= 0 or any(tree.is_verb(j) for j in range(i + 1, comma)):
        return None
    for j in range(comma + 2, sent[1] - 2):
        if tree.words[j] == "," and tree.words[j + 1].lower() == "that" and tree.tags[j + 1] in ("IN", "DT"):
            return j + 2, next((k for k in range(j + 2, sent[1]) if tree.words[k] == ";"), sent[1])
        if tree.words[j] in (";", ":") or tree.quoted[j] >= 0:
            return None
    return None


def _before_with(tree: Tree, i: int) -> int:
    """The last token before "with reference to" or the participle."""
    j = i - 1
    while j > 0 and (tree.words[j].lower() in ("with", "in") or tree.deps[j] == "punct"):
        j -= 1
    return max(j, 0)


def _cited(tree: Tree, i: int) -> int | None:
    if tree.lemmas[i] == "reference":
        to = next((kid for kid in tree.kids[i] if tree.words[kid].lower() == "to"), None)
        with_ = tree.words[i - 1].lower() in ("with", "in") if i else False
        return tree.child(to, "pobj") if to is not None and with_ else None
    if tree.tags[i] != "VBG" or tree.child(i, "nsubj") is not None:
        return None
    if tree.lemmas[i] == "refer":
        to = next((kid for kid in tree.kids[i] if tree.words[kid].lower() == "to"), None)
        return tree.child(to, "pobj") if to is not None else None
    return tree.child(i, "dobj")


def _can_vouch(tree: Tree, cited: int, cues: Cues, citing: str) -> bool:
    if citing in _REFERRING:
        return tree.ents[cited] == "PERSON" or (is_tellers_noun(tree, cited, cues) and tree.lemmas[cited] not in _TOLD_OF)
    return can_tell(tree, cited, cues) or tree.ents[cited] in ("GPE", "NORP") or tree.lemmas[cited] in ("witness", "resident")


def _is_medium(tree: Tree, draft: Draft, cues: Cues) -> bool:
    """Whether a source is a news medium: by its noun, or a bare name that is no person, office or body of a state."""
    if draft.source is None:
        return False
    inside = [j for j in range(tree.size) if draft.source[0] <= tree.chars[j] < draft.source[1]]
    if not inside:
        return False
    if any(tree.lemmas[j] in _MEDIA for j in inside):
        return True
    head = inside[-1]
    is_alone = len(inside) == 1 and tree.words[head][:1].isupper() and tree.tags[head] == "NN"
    is_name = (is_alone or tree.tags[head].startswith("NNP")) and tree.ents[head] not in ("PERSON", "GPE", "NORP")
    return is_name and not any(tree.lemmas[j] in cues.people or tree.lemmas[j] in ("ministry", "office") for j in inside)
