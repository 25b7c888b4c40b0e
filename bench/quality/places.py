"""Geoparsing end to end on TR-News and LGL: `python bench/quality/places.py [--json] [--errors]`.

A gold toponym counts as *found* when one of our mentions overlaps its span, and as *located* when, besides, such a mention lies
within 161 km (100 miles) of the gold point (great circle): the measure of Gritta et al., A pragmatic guide to geoparsing
evaluation (2020), without being given the names. Toponyms without gold coordinates (streets, most buildings) are left out.
*precision* is the share of our mentions that overlap any gold toponym, with coordinates or without. TR-News' offsets drift by a
few characters in some articles: a span whose text is not the gold phrase is moved to the phrase's nearest occurrence within 150
characters.

Articles with sha256(docid) % 4 == 0 were not looked at while the weights were tuned; both parts are reported. Exit status 1 where
the tuned part is under its floor, 2 where the data is absent.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trucewatch.config import load_theatre
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.geoparse import PlaceMention, find_places
from trucewatch.text.parse import Block, Parser
from trucewatch.text.worldplaces import distance_km

NEAR_KM = 161.0
DRIFT_CHARS = 150
FLOORS = {"TR-News": 0.85, "lgl": 0.77}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold place name: its span, its words, its point (None: none given)."""

    start_char: int
    end_char: int
    phrase: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its gold."""

    docid: str
    text: str
    toponyms: tuple[Toponym, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether the article is of the quarter kept unseen."""
        return int(hashlib.sha256(self.docid.encode()).hexdigest(), 16) % 4 == 0


def read_articles(path: Path) -> list[Article]:
    """The articles of one of the two sets."""
    articles = []
    for element in ElementTree.parse(path).getroot():
        text = element.findtext("text") or ""
        toponyms = []
        for toponym in element.iter("toponym"):
            entry = toponym.find("gaztag")
            point = None if entry is None else (float(entry.findtext("lat") or 0), float(entry.findtext("lon") or 0))
            phrase = (toponym.findtext("phrase") or "").strip()
            start, end = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
            toponyms.append(Toponym(*straighten(text, start, end, phrase), phrase, point))
        articles.append(Article(element.get("docid") or "", text, tuple(toponyms)))
    return articles


def straighten(text: str, start: int, end: int, phrase: str) -> tuple[int, int]:
    """The span, moved to the phrase's nearest occurrence where its text is another."""
    if text[start:end].strip() == phrase or not phrase:
        return start, end
    places = range(max(0, start - DRIFT_CHARS), min(len(text), start + DRIFT_CHARS))
    found = min((place for place in places if text.startswith(phrase, place)), key=lambda place: abs(place - start), default=None)
    return (start, end) if found is None else (found, found + len(phrase))


def score(toponyms: Sequence[Toponym], mentions: Sequence[PlaceMention]) -> tuple[Counter[str], list[str]]:
    """Counts of one article (gold, found, located, mentions, right) and its misses in words."""
    counts: Counter[str] = Counter(mentions=len(mentions))
    misses = []
    for toponym in toponyms:
        if toponym.point is None:
            continue
        counts["gold"] += 1
        over = [m for m in mentions if m.start_char < toponym.end_char and toponym.start_char < m.end_char]
        counts["found"] += bool(over)
        near = [
            m
            for m in over
            if m.place is not None
            and m.place.lat is not None
            and m.place.lon is not None
            and distance_km(m.place.lat, m.place.lon, *toponym.point) <= NEAR_KM
        ]
        counts["located"] += bool(near)
        if not near:
            misses.append(f"{toponym.phrase!r}: {[(m.text, m.place and (m.place.names[0], m.place.country)) for m in over]}")
    counts["right"] = sum(any(m.start_char < t.end_char and t.start_char < m.end_char for t in toponyms) for m in mentions)
    return counts, misses


def shares(counts: Counter[str]) -> dict[str, float | int]:
    """The counts with found, located and precision as shares (0 where nothing is counted)."""
    return {
        "gold": counts["gold"],
        "found": round(counts["found"] / counts["gold"], 3) if counts["gold"] else 0.0,
        "located": round(counts["located"] / counts["gold"], 3) if counts["gold"] else 0.0,
        "precision": round(counts["right"] / counts["mentions"], 3) if counts["mentions"] else 0.0,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list the tuned part's misses")
    args = parser.parse_args()
    folder = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared")) / "data" / "geoparsing"
    if not folder.is_dir():
        print(f"places: {folder} is absent: nothing measured", file=sys.stderr)
        return 2
    gazetteer = Gazetteer.from_theatre(load_theatre(None))
    nlp = Parser().nlp
    results: dict[str, dict[str, dict[str, float | int]]] = {}
    for name in FLOORS:
        articles = read_articles(folder / f"{name}.xml")
        parts: dict[str, Counter[str]] = {"tuned": Counter(), "held out": Counter()}
        docs = nlp.pipe((article.text.replace("\n", " ") for article in articles), batch_size=16)
        for article, doc in zip(articles, docs, strict=True):
            counts, misses = score(article.toponyms, find_places([Block(doc, 0, 0)], gazetteer))
            parts["held out" if article.is_held_out else "tuned"] += counts
            if args.errors and not article.is_held_out:
                print("\n".join(f"{name} {article.docid} {miss}" for miss in misses))
        results[name] = {part: shares(counts) for part, counts in parts.items()}
    if args.json:
        print(json.dumps(results))
    else:
        for name, parts_shares in results.items():
            for part, values in parts_shares.items():
                print(f"{name:8} {part:8} " + "  ".join(f"{key} {value}" for key, value in values.items()))
    return int(any(results[name]["tuned"]["located"] < floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
