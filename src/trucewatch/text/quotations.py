"""Quoted words in news text: marks of every kind, nested, continued over paragraphs, broken, doubled, never closed.

Marks are read by where they stand (beside a space or a letter), since translated text uses the wrong one as often as not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.model.records import Quotation

_OPENERS = "“„«"
_CLOSERS = "”»"
_DOUBLES = _OPENERS + _CLOSERS + '"'
_SINGLES = "'‘’"
_MARK = re.compile(r"''|``|[“”„«»\"'‘’]")
_ELISION = re.compile(r"\d0s\b|(?:em|tis|twas|til|cause|n)\b")
_LOWER_NEXT = re.compile(r"['’] [a-z]")
_LONGEST = 1500
_SENTENCE_END = re.compile(r"[.!?…][”\"'’»)]*\s")
_REPORTING = re.compile(r"\b(?:said|says|saying|told|added|adding|wrote|tweeted|stated|according|noted|stressed|warned)\b", re.I)


@dataclass(slots=True)
class _Open:
    start: int
    family: str


def find_quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Quotations in reading order, offsets of the words inside the marks.

    A quotation ends with its paragraph at the latest; one that goes on in the next paragraph (its opening mark repeated) is one
    Quotation for each. `closed` False: no closing mark, the end was inferred. Nested ones have depth 1 and more. Apostrophes,
    possessives and stray marks are no quotations.
    """
    found: list[Quotation] = []
    for start, end in paragraphs:
        found.extend(_in_paragraph(text, start, end))
    return tuple(sorted(found, key=lambda q: (q.start_char, -q.end_char)))


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    marks = [(m.start(), m.end(), _role(text, m, start, end)) for m in _MARK.finditer(text, start, end)]
    marks = [mark for mark in marks if mark[2]]
    found: list[Quotation] = []
    stack: list[_Open] = []
    last_close = -1
    for i, (at, after, role) in enumerate(marks):
        family = "single" if role[0] == "s" else "double"
        is_open = any(o.family == family for o in stack)
        if role.endswith("?"):
            role = role[:-1] + ("c" if is_open else "o")
        if role.endswith("o"):
            if family == "single" and not _single_closes(text, marks, i, end):
                continue
            if is_open and family == "double" and not _nests(marks, i):
                # the one before was never closed: it ends with its last sentence before this mark
                opened = stack[-1]
                found.append(_quotation(text, opened.start, _last_sentence_end(text, opened.start, at), len(stack) - 1, False))
                stack.pop()
            elif is_open and family == "single":
                continue
            stack.append(_Open(after, family))
        elif is_open:
            if family == "single" and _is_possessive(text, marks, i, end):
                continue
            while stack:
                opened = stack.pop()
                closes = opened.family == family
                found.append(_quotation(text, opened.start, at, len(stack), closes))
                if closes:
                    break
            last_close = after
        elif family == "double":
            recovered = _recover(text, start, end, at, after, last_close, found)
            if recovered is not None:
                found.append(_quotation(text, recovered, at, 0, True))
                last_close = after
    while stack:
        opened = stack.pop()
        if opened.family == "double":
            found.append(_quotation(text, opened.start, end, len(stack), False))
    return [q for q in found if q.end_char > q.start_char]


def _role(text: str, mark: re.Match[str], start: int, end: int) -> str:
    """What a mark does: "do", "dc" (double opens, closes), "d?" (either), "so", "sc"; "" for an apostrophe."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    sign = mark.group()
    opens_here = (before.isspace() or before in "([{—–-/:" or before in _DOUBLES + _SINGLES) and not after.isspace()
    closes_here = not before.isspace() and (after.isspace() or after in ".,;:!?)]}—–-…/" or after in _DOUBLES + _SINGLES)
    if sign in _SINGLES:
        if before.isalnum() and after.isalnum():
            return ""
        if sign == "‘":
            return "so" if not after.isspace() else ""
        if opens_here and not closes_here:
            return "so" if after.isalnum() or after in "[(…" else ""
        return "sc" if closes_here else ""
    if sign in ("``", "“", "„", "«"):
        # translated text also closes with an opening mark: city “.
        return "dc" if (after in ".,;:!?)" or after.isspace()) and sign != "„" else "do"
    if sign in ("”", "»"):
        return "do" if opens_here and before.isspace() and after.isalnum() else "dc"
    if opens_here and not closes_here:
        return "do"
    if closes_here and not opens_here:
        return "dc"
    if before.isspace() and (after in ".,;:!?)" or not text[mark.end() : end].strip()):
        return "dc"
    return "d?"


def _single_closes(text: str, marks: Sequence[tuple[int, int, str]], i: int, end: int) -> bool:
    """Whether a single mark that looks opening has its closing one in the paragraph; elisions ('em, '90s) have none."""
    at, after, _ = marks[i]
    if _ELISION.match(text, after, end) and text[at] != "‘":
        return False
    for j in range(i + 1, len(marks)):
        role = marks[j][2]
        if role == "so":
            return False
        if role == "sc" and not _is_possessive(text, marks, j, end):
            return marks[j][0] - after < _LONGEST
    return False


def _is_possessive(text: str, marks: Sequence[tuple[int, int, str]], j: int, end: int) -> bool:
    """Whether a single mark after an "s" makes a plural's possessive: a real closing mark follows it."""
    at = marks[j][0]
    if text[at - 1] != "s" or not _LOWER_NEXT.match(text, at, end):
        return False
    rest = [role for _, _, role in marks[j + 1 :] if role[0] == "s"]
    return bool(rest) and rest[0] == "sc"


def _nests(marks: Sequence[tuple[int, int, str]], i: int) -> bool:
    rest = [role for _, _, role in marks[i + 1 :] if role[0] == "d"]
    opens, closes = sum(r == "do" for r in rest) + 1, sum(r in ("dc", "d?") for r in rest)
    return closes >= opens + 1


def _last_sentence_end(text: str, start: int, at: int) -> int:
    ends = [m.start() + 1 for m in _SENTENCE_END.finditer(text, start, at)]
    return ends[-1] if ends else at


def _recover(text: str, start: int, end: int, at: int, after: int, last_close: int, found: list[Quotation]) -> int | None:
    """Where the words before a closing mark without an opening one began; None for a stray mark.

    Either a quotation before it was closed too early, and goes on without a reporting clause; or the opening mark at the
    paragraph's beginning was lost, and a reporting clause follows.
    """
    if text[max(start, at - 40) : at].rstrip()[-1:] not in (".", ",", "!", "?", "…"):
        return None
    if last_close >= 0:
        between = text[last_close:at]
        return last_close if len(between.split()) > 1 and not _REPORTING.search(between) else None
    if not found and _REPORTING.search(text[after : min(end, after + 60)]) and not _REPORTING.search(text[start:at]):
        return start
    return None


def _quotation(text: str, start: int, end: int, depth: int, closed: bool) -> Quotation:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start_char=start, end_char=end, closed=closed, depth=depth)
