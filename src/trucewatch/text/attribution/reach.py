"""How far a reported clause reaches: on over “but that …” and “and would …”, and not over “, days after …”.

Parsers lose the second of two long reported clauses, and hang on the first what the outlet adds of its own knowledge.
"""

from __future__ import annotations

from trucewatch.text.attribution.draft import Draft, subtract
from trucewatch.text.attribution.tree import Range, Tree

_JOINS = frozenset({"and", "but", "or", "while", "yet"})
_TELLS = frozenset({"says", "confirms", "denies", "accuses", "threatens"})
_WHILE_AGO = frozenset("minute hour day night week month year moment".split())
_LATER = frozenset({"after", "before", "since"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def carry_on(tree: Tree, sent: Range, found: list[Draft]) -> None:
    """Add the clauses joined to a reported one by "and that", "but that", or by a verb without a subject that looks ahead."""
    for draft in found:
        if draft.kind not in _TELLS or draft.cue is None or not draft.content or draft.content[-1][0] < draft.reach[0]:
            continue
        end = draft.content[-1][1]
        after = [j for j in range(*sent) if tree.chars[j] >= end]
        if not after:
            continue
        for j in after:
            if tree.words[j] == ";" or tree.quoted[j] >= 0 or any(d.cue is not None and d.cue[0] == tree.chars[j] for d in found):
                break
            if tree.words[j].lower() not in _JOINS or j + 2 >= sent[1]:
                continue
            joined = _joined_clause(tree, j, sent)
            if joined is not None and _is_free(tree, joined, draft, found):
                draft.content.append(tree.span(joined))
            break


def _joined_clause(tree: Tree, j: int, sent: Range) -> Range | None:
    stop = next((k for k in range(j + 1, sent[1]) if tree.words[k] == ";"), sent[1])
    following = j + 1
    if tree.words[following].lower() == "that" and any(tree.tags[k] in _FINITE for k in range(following + 1, stop)):
        return following + 1, stop
    # "but would reinforce the heights": still what was said
    looks_ahead = tree.words[following].lower() in ("would", "could", "had") and tree.deps[following] == "aux"
    return (following, stop) if looks_ahead else None


def _is_free(tree: Tree, joined: Range, draft: Draft, found: list[Draft]) -> bool:
    """Whether nobody else speaks in the clause, nor holds it already."""
    first, last = tree.chars[joined[0]], tree.ends[joined[1] - 1]
    for other in found:
        if other is draft or other.kind == "thinks":
            continue
        if other.cue is not None and first <= other.cue[0] < last and other.cue[0] < first + 80 and other.source is not None:
            return False
        if any(start <= first < end for start, end in other.content):
            return False
    return True


def leave_background(tree: Tree, sent: Range, found: list[Draft]) -> None:
    """Take from what is reported a closing ", two days after …": when it was said, told by the outlet."""
    for j in range(sent[0] + 4, sent[1] - 3):
        if tree.lemmas[j] not in _LATER or tree.lemmas[j - 1] not in _WHILE_AGO or tree.quoted[j] >= 0:
            continue
        k = j - 1
        while k > sent[0] and tree.words[k] != "," and j - k < 6:
            k -= 1
        if tree.words[k] != "," or not any(tree.tags[n] in _FINITE for n in range(j + 1, min(j + 14, sent[1]))):
            continue
        hole = (tree.chars[k], tree.ends[sent[1] - 1])
        for draft in found:
            is_open = draft.cue is not None and draft.cue[1] <= hole[0] and draft.kind in _TELLS
            if is_open and draft.content and draft.content[0][0] < hole[0] < draft.content[-1][1]:
                draft.content = [piece for span in draft.content for piece in subtract(span, [hole])]
