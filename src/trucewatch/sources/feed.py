"""Feeds: the entries of an RSS or Atom file, read from its bytes, never from a network."""

from __future__ import annotations

import calendar
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from trucewatch.model.records import When
from trucewatch.sources.original import Original, make_original, refuse
from trucewatch.sources.published import with_published
from trucewatch.text.rows import JSON_TYPE

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def read_feed(original: bytes, path: str) -> Iterator[Original]:
    """Entries of a feed with their own links, titles and days.

    The original of an entry is what the feed says of it as a JSON record (url, title, published, outlet, html): a feed's entry
    has no bytes of its own that could be read without the feed around it.
    """
    import feedparser

    # HTML stays as published: the cleaner judges it, and sanitising would change what evidence is quoted from
    feed: Any = feedparser.parse(original, sanitize_html=False, resolve_relative_uris=False)
    entries = feed.get("entries", [])
    if not entries:
        reason = str(feed.get("bozo_exception") or "no entry was found")
        yield refuse("bad-feed", f"is no RSS or Atom feed that can be read ({reason})", path, path, value=reason)
        return
    outlet = (feed.feed.get("title") or "").strip() or None
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, number, path, outlet)


def read_withdrawn(original: bytes) -> dict[str, str]:
    """Entries that an Atom feed says were deleted (`at:deleted-entry`, RFC 6721): when, by what it called them."""
    if b"deleted-entry" not in original:
        return {}
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(original, parser)
    except (etree.LxmlError, ValueError):
        return {}
    found = root.iter(f"{{{TOMBSTONES}}}deleted-entry") if root is not None else ()
    return {entry.get("ref", "").strip(): (entry.get("when") or "").strip() for entry in found if entry.get("ref")}


def _entry(entry: Any, number: int, path: str, outlet: str | None) -> Original:
    url = (entry.get("link") or "").strip()
    source = url or f"{path}#{number}"
    bodies = [content.get("value", "") for content in entry.get("content", [])]
    body = max([*bodies, entry.get("summary") or ""], key=len)
    title = (entry.get("title") or "").strip()
    if not body.strip() and not title:
        return refuse("missing-text", "the entry has neither text nor title", source, path)
    stated = entry.get("published") or entry.get("updated") or ""
    row = {"url": url or None, "title": title or None, "published": stated or None, "outlet": outlet, "html": body or title}
    original = make_original(source, path, json.dumps(row, ensure_ascii=False).encode(), JSON_TYPE)
    original = replace(original, title=title or None, outlet=outlet, entry_id=str(entry.get("id") or "").strip() or None)
    parsed: time.struct_time | None = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        day = datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC).date() if parsed else None
    except (ValueError, OverflowError, OSError):
        day = None
    if day is not None and 1900 <= day.year < 2200:
        return replace(original, published=When(earliest=day, latest=day, precision="day", text=stated or None, basis="given"))
    return with_published(original, stated, source) if stated else original
