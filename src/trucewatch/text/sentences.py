"""Paragraphs and sentences of cleaned text, by rule, robust to scraped and machine-translated news.

Rules come from how news agencies write and from how scraping breaks it: abbreviations and initials, quotation marks that
close after the full stop, a missing space after it, a stray one inside a clause, wrapped lines, bullets and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ABBREVIATION_LIST = """
    mr mrs ms dr prof rev hon st sr jr gen col lt maj sgt cpl capt cmdr brig adm gov sen rep pres amb fr messrs mt ft no nos
    vs etc al inc ltd co corp dept est approx ca cf eg ie viz fig vol pp jan feb mar apr jun jul aug sep sept oct nov dec mon tue
    tues wed thu thur thurs fri sat sun km mi sq min max tel art"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
# abbreviations that may also end a sentence: a boundary only before a word that begins sentences
_OPEN_ABBREVIATIONS = frozenset(
    {"co", "inc", "ltd", "corp", "etc", "al", "jr", "sr", "km", "mi", "no", "sat", "sun", "mar", "min", "max", "art"}
)
_STARTER_LIST = """
    the a an in on at it he she they we but and this that these those however his her their its there after before as when
    while if for with from by since according meanwhile earlier later one two some many most several both no not our you i what
    who where why how so then also to such another other all despite although during under until"""
_STARTERS = frozenset(_STARTER_LIST.split())
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had"})
_END = re.compile(r"(?P<stop>\.{2,}|[.!?…]+)(?P<close>[”\"'’»)\]]*)")
_WORD_BEFORE = re.compile(r"([^\s(\[“\"'‘«—–]+)$")
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[\w’'-]+")
_OPENING = re.compile(r"[“„«\"'‘(\[—–-]*\s?")
_CAPITALISED = re.compile(r"[“\"‘]?[A-Z][a-z]+")
_WORD_STOP = re.compile(r"[a-z]{2}[.!?…]+[”»\"]?$")
# a second closing mark that stands apart: tasks.” ”
_MARK_APART = re.compile(r"[”»](?=\s|$)|[“\"]\s*\.(?=\s|$)")
_BULLET = re.compile(r"(?:[•●▪◦‣·*]|[-–—](?=\s))\s*")
_JUNK = re.compile(r"[\s”“\"'’‘».,;:)\]]+")
_TERMINAL = re.compile(r"[.!?…][”\"'’»)\]\s“]*$")
_LINE_GLUE = re.compile(
    r"(?:[,;:–—-]|\b(?:the|a|an|of|and|or|in|to|for|by|with|from|at|on|as|that|its|his|her|their|said))\s*$", re.I
)
# "UPTON/DOWNTON, Oct. 3 (Agency) -" is no part of the sentence
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z/.,’' -]{2,50}(?:[A-Z][a-z]+\.? \d{1,2},? ?)?(?:\([^()\n]{2,30}\)\s*[-–—]+|\s[–—]+|\s--+)"
    r"|[A-Z][A-Z/.’' -]{2,40},? (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?)(?:,? \d{4})?,?\s*"
    r"(?:/?[A-Z]{2,14}/?\.?\s*)?(?:[-–—:]+|\.)"
    r"|[A-Z][A-Z/.’' -]{2,40}, [A-Z][a-z]+(?: [A-Z][a-z]+)?\s+(?:--+|[–—-]+)"
    r"|[A-Z][\w/.’'-]+, [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)? \([A-Z]{2,10}\)"
    r"|[A-Z][\w/.’'-]+(?: [A-Z][\w/.’'-]+){0,2}, [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)? \([A-Z][A-Za-z ]{1,14}\)\s*[-–—]+"
    r"|\([A-Z][A-Za-z ]{1,14}\)\s*[-–—]+"
    r"|[A-Z][A-Z/.’' -]{2,40}[A-Z]\s+[-–—]"
    r"|[A-Z][a-z]+(?:[ /-][A-Z][a-z]+)?(?:, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?))(?:,? \d{4})?\s+[-–—]+"
    r"|[A-Z][a-z]+(?:[ /-][A-Z][a-z]+)? \([A-Z][A-Za-z ]{1,14}\)\s*[-–—]+)\s+(?=[A-Z“\"'‘])"
)
# "in the dispute." before "Upper valley, as media reported": a full stop that fell into a noun phrase
_CUT_PHRASE = re.compile(
    r"\b(?:of|in|at|over|on|near|from|into|for|to|around|across) (?:the|a|an|its|their|his|her|this) [a-z-]+\.$"
)
_VERBLESS_HEAD = re.compile(r"[A-Z][\w’'-]*(?: [\w’'-]+){0,4}, (?:as|after|while|when|where|amid|because|since|before) ")
_ON = re.compile(r"\b(?:on|to|via)\s$")
_PARTICIPLE_SCRAP = re.compile(r"[A-Z][a-z]+ed(?: [a-z]+){0,5}\.?$")


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a text by half-open Python offsets, with the number of its paragraph."""

    start_char: int
    end_char: int
    paragraph: int


def split_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Paragraphs as (start, end), without surrounding white space.

    A blank line parts paragraphs. A single line break does too, unless the line is evidently wrapped: it ends no sentence,
    and the next line goes on in lower case, or the lines around are wrapped as well and this one is as long as they are.
    """
    found: list[tuple[int, int]] = []
    for block in _blocks(text):
        lines = [trimmed for m in _LINE.finditer(text, *block) if (trimmed := _trim(text, m.start(), m.end()))]
        if not lines:
            continue
        lengths = sorted(end - start for start, end in lines if end - start <= 120)
        width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
        ends_open = [not _TERMINAL.search(text, max(start, end - 8), end) for start, end in lines]
        goes_on = [_continues(text, lines[i + 1][0]) for i in range(len(lines) - 1)]
        wrapped = sum(o and g for o, g in zip(ends_open, goes_on, strict=False)) >= max(2, 0.25 * len(lines))
        current = lines[0]
        for i, line in enumerate(lines[1:]):
            length = lines[i][1] - lines[i][0]
            is_glued = bool(_LINE_GLUE.search(text, max(lines[i][0], lines[i][1] - 12), lines[i][1]))
            joins = (
                ends_open[i]
                and not _BULLET.match(text, line[0])
                and ((goes_on[i] and length > 20) or is_glued or (wrapped and length <= 120 and length >= 0.4 * width))
            )
            if joins:
                current = (current[0], line[1])
            else:
                found.append(current)
                current = line
        found.append(current)
    return tuple(found)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Sentences in reading order; they cover every word of the text, bullets left out. Headings are sentences of their own."""
    spans: list[Span] = []
    for number, (start, end) in enumerate(split_paragraphs(text)):
        bullet = _BULLET.match(text, start, end)
        begin = bullet.end() if bullet and bullet.end() < end else start
        pieces: list[tuple[int, int]] = []
        dateline = _DATELINE.match(text, begin, end)
        heads = [dateline.end()] if dateline and dateline.end() < end else []
        for cut in [*heads, *_boundaries(text, heads[0] if heads else begin, end), end]:
            piece = _trim(text, begin, cut)
            begin = cut
            if piece is None:
                continue
            if pieces and _belongs_to_previous(text, pieces[-1], piece):
                pieces[-1] = (pieces[-1][0], piece[1])
            else:
                pieces.append(piece)
        spans.extend(Span(first, last, number) for first, last in pieces)
    return tuple(spans)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for gap in _BLANK.finditer(text):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, len(text)


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    for match in _END.finditer(text, start, end):
        at = match.end()
        if at >= end:
            return
        stop, closing = match["stop"], match["close"]
        following = text[at]
        if not following.isspace():
            # a missing space: "refugees.Officials said", never "3.5", "U.S" or "site.com"
            if not ((stop == "." and not closing) or (closing and closing[-1] in '”»"')):
                continue
            if _CAPITALISED.match(text, at, end) and _WORD_STOP.search(text[max(start, at - 8) : at]):
                # "denied it."These are lies"": a mark after an even number of them opens
                opens = closing == '"' and text.count('"', start, match.start()) % 2 == 0
                yield match.start() + len(stop) if opens else at
            continue
        after = _skip_space(text, at, end)
        apart = _MARK_APART.match(text, after, end)
        if apart:
            at = apart.end()
            after = _skip_space(text, at, end)
        if after >= end:
            return
        if _is_boundary(text, start, match, after, end):
            yield at


def _is_boundary(text: str, start: int, match: re.Match[str], after: int, end: int) -> bool:
    stop, closing = match["stop"], match["close"]
    opening = _OPENING.match(text, after, end)
    first = opening.end() if opening else after
    if first >= end:
        return True
    initial = text[first]
    if initial.islower():
        return False
    word_match = _WORD.match(text, first, end)
    next_word = word_match.group().lower() if word_match else ""
    starts = next_word in _STARTERS
    if stop.startswith("…") or (len(stop) > 1 and set(stop) == {"."}):
        stands_apart = match.start() > start and text[match.start() - 1].isspace()
        return starts if stands_apart and not closing else True
    if stop != "." or closing:
        return True
    before = _WORD_BEFORE.search(text, max(start, match.start() - 24), match.start())
    if before is None:
        return True
    word = before.group(1)
    bare = word.replace(".", "").lower()
    if "." in word and re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return starts and bare not in {"eg", "ie"}
    if word == "X" and _ON.search(text, max(start, match.start() - 6), match.start() - 1):
        return True  # the network, no initial
    if len(word) == 1 and word.isupper() and word != "I":
        return (
            starts
            and text[first].isupper()
            and match.start() - 2 > start
            and text[match.start() - 2].isspace()
            and word not in "JTMDSRBCKW"
        )
    if bare in _ABBREVIATIONS and (word[0].isupper() or bare in {"no", "nos", "vs", "etc", "km", "approx", "ca", "al"}):
        if bare == "no":
            return not initial.isdigit()
        return bare in _OPEN_ABBREVIATIONS and starts
    return True


def _belongs_to_previous(text: str, previous: tuple[int, int], piece: tuple[int, int]) -> bool:
    here = text[piece[0] : piece[1]]
    if _JUNK.fullmatch(here):
        return True
    before = text[max(previous[0], previous[1] - 60) : previous[1]]
    word = re.match(r"[A-Za-z]+", here)
    if word and word.group().lower() in _AUXILIARIES and word.group()[0].isupper() and "?" not in here:
        return bool(re.match(r"\w+ (?!there\b|it\b|he\b|she\b|they\b|we\b|you\b|i\b)", here, re.I))
    if _CUT_PHRASE.search(before) and _VERBLESS_HEAD.match(here):
        return True
    return bool(_PARTICIPLE_SCRAP.fullmatch(here))


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _continues(text: str, at: int) -> bool:
    return text[at].islower() or (text[at] in "\"“'‘(" and at + 1 < len(text) and text[at + 1].islower())


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
