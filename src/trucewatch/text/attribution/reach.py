"""How far a reported clause reaches: on over “but that …” and “and would …”, and not over “, days after …”.

Parsers lose the second of two long reported clauses, and hang on the first what the outlet adds of its own knowledge.
"""

from __future__ import annotations

from trucewatch.text.attribution.draft import Draft, subtract
from trucewatch.text.attribution.tree import Range, Tree

_CLOSING = frozenset({"'", "’", '"', "”", "''", "»"})
_JOINS = frozenset({"and", "but", "or", "while", "yet"})
# "…, it added, while others burnt": the rest of what was told
_CONTRASTS = frozenset({"while", "whereas"})
_REST = frozenset({"others", "another", "some", "most", "none", "all"})
_TELLS = frozenset({"says", "confirms", "denies", "accuses", "threatens"})
_WHILE_AGO = frozenset("minute hour day night week month year moment".split())
_LATER = frozenset({"after", "before", "since"})
_BOTH = frozenset({"two", "both"})
_OWN = frozenset({"its", "their", "our"})
# characters into a text that its first sentences reach
_LEDE = 700
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
            if tree.chars[j] <= end + 1 and tree.words[j] in _CLOSING:
                continue  # a quotation ends there
            if tree.words[j] == ";" or tree.quoted[j] >= 0 or any(d.cue is not None and d.cue[0] == tree.chars[j] for d in found):
                break
            if tree.words[j].lower() not in _JOINS or j + 2 >= sent[1]:
                continue
            joined = _joined_clause(tree, j, sent)
            if joined is not None and _is_free(tree, joined, draft, found):
                draft.content.append(tree.span(joined))
            break


def carry_past_cue(tree: Tree, sent: Range, found: list[Draft]) -> None:
    """ "Six fell, X said, and two villages burnt": what "and" joins to a closing "X said" is X's, where nobody else speaks."""
    closing = [d for d in found if d.source is not None and d.cue is not None and d.kind in ("says", "confirms") and d.content]
    for draft in closing:
        if draft.content[-1][1] > draft.reach[0] or tree.quoted[draft.token] >= 0:
            continue
        after = [j for j in range(draft.token + 1, sent[1]) if tree.chars[j] >= draft.reach[1]]
        join = next((j for j in after if tree.words[j - 1] == "," and _joins_on(tree, j, sent)), None)
        if join is None or any(tree.tags[j] in _FINITE or tree.words[j] in (";", ":") for j in range(draft.token + 1, join)):
            continue
        stop = next((j for j in range(join, sent[1]) if tree.words[j] == ";"), sent[1])
        speaks_else = any(
            other is not draft
            and other.cue is not None
            and other.kind != "thinks"
            and tree.chars[join] <= other.cue[0] < tree.ends[stop - 1]
            for other in found
        )
        if not speaks_else and any(tree.tags[j] in _FINITE for j in range(join + 1, stop)):
            draft.content.append(tree.span((join + 1, stop)))


def _joins_on(tree: Tree, j: int, sent: Range) -> bool:
    word = tree.words[j].lower()
    return word in ("and", "but") or (word in _CONTRASTS and j + 1 < sent[1] and tree.words[j + 1].lower() in _REST)


def leave_the_first_clause(tree: Tree, sent: Range, found: list[Draft]) -> None:
    """ "A accused B of it and C said …": the clause before the "and" that leads in a teller is not told by him."""
    for draft in found:
        if draft.source is None or draft.cue is None or draft.kind not in _TELLS or draft.source[0] > draft.cue[0]:
            continue
        first = next((j for j in range(*sent) if tree.chars[j] >= draft.source[0]), sent[1])
        if first <= sent[0] or tree.tags[first - 1] != "CC" or tree.quoted[first - 1] >= 0:
            continue
        before = [span for span in draft.content if span[1] <= draft.source[0]]
        others = [o for o in found if o is not draft and o.source is not None and o.cue is not None and o.kind != "thinks"]
        if before and any(before[0][0] <= o.cue[0] < before[-1][1] for o in others if o.cue is not None):
            draft.content = [span for span in draft.content if span not in before]
    for draft in found:
        # "voiced concern and the B one offered help": another's name is no part of what A voiced
        for other in found:
            if other is draft or other.source is None or other.cue is None or draft.cue is None or draft.kind not in _TELLS:
                continue
            last = draft.content[-1] if draft.content else None
            if last is not None and last[0] < other.source[0] and last[1] == other.source[1] and draft.cue[1] <= last[0]:
                draft.content[-1] = (last[0], max(last[0] + 1, other.source[0] - 1))


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
    """Take from what is reported a closing ", two days after …", and a lede's ", as the two sides …": told by the outlet."""
    for j in range(sent[0] + 4, sent[1] - 3):
        is_later = tree.lemmas[j] in _LATER and tree.lemmas[j - 1] in _WHILE_AGO
        if not (is_later or _sets_the_scene(tree, j, sent)) or tree.quoted[j] >= 0:
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


def _sets_the_scene(tree: Tree, j: int, sent: Range) -> bool:
    """ "A said that five had died in the hills, as B and C exchanged fire": what a lede adds of the fighting around it."""
    if tree.words[j].lower() != "as" or tree.words[j - 1] != "," or tree.chars[sent[0]] > _LEDE:
        return False
    verb = tree.heads[j]
    subject = tree.child(verb, "nsubj", "nsubjpass") if tree.deps[j] == "mark" else None
    if subject is None or tree.deps[verb] != "advcl":
        return False
    is_plain = tree.tags[verb] in ("VBD", "VBZ", "VBP") and tree.child(verb, "aux") is None
    # "as B shelled its men" is A's own word: only of what both sides do is the outlet the one to tell
    do_both = any(tree.deps[kid] == "conj" or tree.words[kid].lower() in _BOTH for kid in tree.kids[subject])
    return is_plain and do_both and not any(tree.words[k].lower() in _OWN for k in range(*tree.subtree(verb)))
