"""What can be told of HTML before a parser sees it: whether it is any, how deep it nests, what it declares."""

from __future__ import annotations

import html
import re

# libxml2 and the libraries above it recurse; pages that people read nest some 30 deep
MAX_DEPTH = 250
HTML_START = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|head|iframe)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
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
    for match in TAG.finditer(page):
        name = match[2].lower()
        if name in VOID or name in ("p", "li", "td", "tr", "th", "dt", "dd", "option") or match[3].endswith("/"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def flatten(page: str) -> str:
    """A page's visible text without a parser: a line for each block element. The last resort where a parser would fail."""
    page = UNSEEN.sub(" ", page)
    page = TAG.sub(lambda match: " " if match[2].lower() in INLINE else "\n", page)
    return html.unescape(page)
