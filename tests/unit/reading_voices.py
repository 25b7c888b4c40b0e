"""Parsed made-up articles for the tests of who says what: one parser for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from trucewatch.model.records import Document, Mention, Reading
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.stages import segment
from trucewatch.text.attribution import Attribution, find_attributions
from trucewatch.text.mentions import find_mentions
from trucewatch.text.parse import Parser

CONTEXT = Context(theatre=Theatre(name="none", title="none"))


@cache
def parser() -> Parser:
    """The shipped pipeline, loaded once."""
    return Parser()


def segmented(text: str, title: str | None = None) -> Reading:
    """A reading with its passages, sentences and quotations."""
    document = Document(id="doc-1", source="a.txt", input_path="a.txt", sha256="0", text=text, title=title)
    return segment.STAGE.run_record(Reading(document=document), CONTEXT)  # type: ignore[misc]


@dataclass(frozen=True)
class Told:
    """A parsed text with its attributions and mentions."""

    text: str
    reading: Reading
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]

    def who(self, words: str) -> str | None:
        """Source of the innermost attribution that vouches for the words; "outlet" where none does."""
        at = self.text.index(words)
        held = [(e - s, a) for a in self.attributions if not a.is_attitude for s, e in a.content if s <= at < e]
        if not held:
            return "outlet"
        found = min(held, key=lambda pair: pair[0])[1]
        return None if found.source_start is None else self.text[found.source_start : found.source_end]

    def of(self, cue: str) -> Attribution:
        """The attribution whose cue contains a word."""
        return next(a for a in self.attributions if a.cue_start is not None and cue in self.text[a.cue_start : a.cue_end])

    def content(self, cue: str) -> str:
        """Content of that attribution, its pieces joined by " | "."""
        return " | ".join(self.text[s:e] for s, e in self.of(cue).content)


def read(text: str) -> Told:
    """Segment, parse and attribute a text."""
    reading = segmented(text)
    blocks = parser().parse(text, reading.sentences)
    found = find_attributions(text, blocks, reading.sentences, reading.quotations)
    mentions = find_mentions(text, blocks, reading.sentences, found, reading.quotations)
    return Told(text, reading, found, mentions)
