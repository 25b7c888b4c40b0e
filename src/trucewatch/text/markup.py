"""What can be told of HTML before a parser sees it: whether it is any, how deep it nests, what it declares."""

from __future__ import annotations

import html
import re

# libxml2 and the libraries above it recurse; pages that people read nest some 30 deep
MAX_DEPTH = 250
HTML_START = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]{0,5000}+)>")
UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|head|iframe)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
MARKUP = re.compile(rf"{UNSEEN.pattern}|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]{{0,5000}}+)>|<[!?][^<>]{{0,5000}}+>", re.I | re.S)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.I)
XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]+)", re.I)
VOID = frozenset("area base br col embed hr img input link meta source track wbr param".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u "
    "var wbr img".split()
)


def looks_like_html(text: str) -> bool:
    """Whether a text begins as an HTML page does, whatever its file is called."""
    return HTML_START.match(text[:4_000]) is not None


def declared_charset(original: bytes) -> str | None:
    """The encoding that a page declares in its first bytes."""
    head = original[:4_096]
    match = META_CHARSET.search(head) or XML_CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def nests_too_deep(page: str) -> bool:
    """Whether elements nest deeper than MAX_DEPTH. Paragraphs and list items left open close themselves, as in HTML."""
    depth = 0
    for match in TAG.finditer(UNSEEN.sub(" ", page)):
        name = match[2].lower()
        if name in VOID or name in ("p", "li", "td", "tr", "th", "dt", "dd", "option") or match[3].endswith("/"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def visible_text(page: str) -> tuple[str, list[int]]:
    """A page's visible text without a parser, a line for each block element, and for each character its offset in the page.

    The offset is -1 where the page has another character there: an entity, a line's end, a block's edge.
    """
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in MARKUP.finditer(page):
        _append_text(page, position, match.start(), parts, offsets)
        position = match.end()
        name = (match[3] or "").lower()
        if name and name not in INLINE:
            parts.append("\n")
            offsets.append(-1)
    _append_text(page, position, len(page), parts, offsets)
    return "".join(parts), offsets


def _append_text(page: str, start: int, end: int, parts: list[str], offsets: list[int]) -> None:
    position = start
    for match in ENTITY.finditer(page, start, end):
        _append_plain(page, position, match.start(), parts, offsets)
        decoded = html.unescape(match[0])
        parts.append(decoded)
        offsets.extend(range(match.start(), match.end()) if decoded == match[0] else [-1] * len(decoded))
        position = match.end()
    _append_plain(page, position, end, parts, offsets)


def _append_plain(page: str, start: int, end: int, parts: list[str], offsets: list[int]) -> None:
    if start >= end:
        return
    piece = page[start:end]
    if "\n" in piece or "\r" in piece:
        piece = piece.replace("\r", " ").replace("\n", " ")
        offsets.extend(-1 if page[at] in "\r\n" else at for at in range(start, end))
    else:
        offsets.extend(range(start, end))
    parts.append(piece)
