"""A web page to its article: trafilatura finds the text and the metadata, we find where each letter stood in the page."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.model.records import When
from trucewatch.text.markup import nests_too_deep, visible_text
from trucewatch.text.paragraphs import Line, Run
from trucewatch.text.stated_dates import parse_published

# beyond it a page is a data dump: a tree of it takes seconds and hundreds of megabytes
MAX_TREE_CHARS = 3_000_000
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
WORD_REACH = 400
ADS = (
    "ad ads advert adverts advertisement advertising adsbygoogle ad-slot ad-unit ad-box ad-banner ad-container ad-wrapper "
    "banner-ad google-ad google-ads sponsored"
).split()
_NAMED_AD = " or ".join(
    f"contains(concat(' ', normalize-space(@{name}), ' '), ' {ad} ')" for name in ("class", "id") for ad in ADS
)
# short, so that a wrapper of this name around the whole article stays
AD_BOXES = f".//*[self::div or self::aside or self::section or self::ins or self::p or self::span][{_NAMED_AD}]"
AD_BOXES = f"{AD_BOXES}[string-length(normalize-space(.)) < 600]"


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says: its title, outlet and day (basis stated), and its paragraphs; none where the parser found no article."""

    title: str | None = None
    outlet: str | None = None
    published: When | None = None
    paragraphs: tuple[Line, ...] = ()


def read_article(page: str) -> Article | None:
    """The article of a page, None where the page is beyond the parser: nested too deep, too large, or broken."""
    if len(page) > MAX_TREE_CHARS or nests_too_deep(page):
        return None
    import trafilatura
    from lxml.etree import LxmlError

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    markup = DECLARATION.sub("", CONTROLS.sub(" ", page))
    try:
        found: Any = trafilatura.bare_extraction(
            markup,
            favor_precision=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            prune_xpath=AD_BOXES,
            # a date anywhere on the page would be a guess; only what its metadata state is taken
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    # lxml and the libraries above it let these through for pages that no browser would show
    except (
        LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
        AssertionError,
        OverflowError,
    ):
        return None
    if found is None:
        return Article()
    stated = str(found.date) if found.date else None
    lines = [line.strip() for line in (found.text or "").split("\n")]
    return Article(
        title=_clean(found.title),
        outlet=_clean(found.sitename),
        published=parse_published(stated, "stated") if stated else None,
        paragraphs=tuple(align([line for line in lines if line], page)),
    )


def _clean(value: object) -> str | None:
    text = " ".join(str(value or "").split())
    return text or None


def visible_lines(lines: Sequence[Line], offsets: Sequence[int]) -> list[Line]:
    """Lines of a page's visible text with their runs led on to the page itself."""
    return [Line(line.text, _page_runs(line, offsets), line.follows_gap) for line in lines]


def _page_runs(line: Line, offsets: Sequence[int]) -> tuple[Run, ...]:
    places = [-1] * len(line.text)
    for run in line.runs:
        places[run.start : run.start + run.length] = offsets[run.original : run.original + run.length]
    return _runs(places)


def _runs(places: Sequence[int]) -> tuple[Run, ...]:
    """Runs of characters that stand side by side in the page too; -1 where a character has no place there."""
    runs: list[Run] = []
    start = None
    for at in range(len(places) + 1):
        goes_on = at < len(places) and at > 0 and start is not None and places[at] == places[at - 1] + 1 and places[at] > 0
        if goes_on:
            continue
        if start is not None:
            runs.append(Run(start, places[start], at - start))
        start = at if at < len(places) and places[at] >= 0 else None
    return tuple(runs)


def align(lines: Sequence[str], page: str) -> list[Line]:
    """Lines that a library drew from a page, with the runs that lead back: by letters, white space left out of account."""
    text, offsets = visible_text(page)
    letters, places = [], []
    for match in re.finditer(r"\S+", text):
        letters.append(match[0])
        places.extend(offsets[match.start() : match.end()])
    stream = "".join(letters)
    cursor, out = 0, []
    for line in lines:
        line = " ".join(line.split())
        compact = line.replace(" ", "")
        at = stream.find(compact, cursor)
        at = at if at >= 0 else stream.find(compact)
        if at >= 0:
            found = _spread(line, places[at : at + len(compact)], page)
            cursor = at + len(compact)
        else:
            found, cursor = _by_words(line, stream, places, cursor, page)
        out.append(Line(line, _runs(found), True))
    return out


def _by_words(line: str, stream: str, places: Sequence[int], cursor: int, page: str) -> tuple[list[int], int]:
    """Places word by word, for a line that the library put together or changed."""
    found: list[int] = []
    for word in line.split(" "):
        at = stream.find(word, cursor, cursor + WORD_REACH)
        if found:
            found.append(-1)
        if at >= 0:
            found += places[at : at + len(word)]
            cursor = at + len(word)
        else:
            found += [-1] * len(word)
    return _spread(line, [place for place, char in zip(found, line, strict=True) if char != " "], page), cursor


def _spread(line: str, places: Sequence[int], page: str) -> list[int]:
    """Places of a line's letters with the single spaces between words, where the page has such a space there too."""
    spread: list[int] = []
    letters = iter(places)
    for char in line:
        if char != " ":
            spread.append(next(letters))
        else:
            before = spread[-1] if spread else -1
            spread.append(before + 1 if before >= 0 and page[before + 1 : before + 2] == " " else -1)
    return spread
