"""The extract stage on made-up sentences, with the world's actors: one parser a module of tests."""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.config import load_theatre
from trucewatch.model.records import Claim, Document, Reading
from trucewatch.model.stage import Context
from trucewatch.stages import extract, segment
from trucewatch.text.actors import ActorIndex
from trucewatch.text.parse import Parser


def reader() -> Callable[[str], Reading]:
    """A function from a text to its reading with claims."""
    theatre = load_theatre(None)
    actors = ActorIndex.from_theatre(theatre)
    context = Context(theatre=theatre, actors=actors, parser=Parser(actors.spacy_patterns()))

    def reading_of(text: str) -> Reading:
        document = Document(id="doc-1", source="made-up", input_path="made-up", sha256="0", language="en", text=text)
        assert segment.STAGE.run_record is not None
        assert extract.STAGE.run_record is not None
        return extract.STAGE.run_record(segment.STAGE.run_record(Reading(document=document), context), context)

    return reading_of


def words(claim: Claim, role: str) -> str:
    """Text of a claim's voice, empty where there is none."""
    voice = getattr(claim, role)
    return (voice.text or "") if voice is not None else ""
