"""What stages get besides their records, from a recipe that can be sent to a worker."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.text.actors import ActorIndex
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.parse import Parser
from trucewatch.text.reader import MODEL, TABLE, ActReader
from trucewatch.text.trusted import read_trusted


class Deferred:
    """Stands for something that is slow to load, and loads it when first used."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load
        self._loaded: Any = None
        # what the parser says of its work, there before it is loaded
        self.tally: dict[str, float] = {}

    @property
    def is_loaded(self) -> bool:
        """Whether it has been loaded."""
        return self._loaded is not None

    def load(self) -> None:
        """Load it now, if it is not loaded."""
        if self._loaded is None:
            self._loaded = self._load()
            # what was loaded stays: the collector need not look through a million objects of it again and again
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._loaded.tally = self.tally

    def __getattr__(self, name: str) -> Any:
        self.load()
        return getattr(self._loaded, name)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to make a `Context`: the theatre, the parser's pipeline, settings for stages. Called where the stages run."""

    theatre: Theatre
    parser_pipeline: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self) -> Context:
        """A context whose parser is loaded when a stage first uses it."""
        actors, gazetteer = ActorIndex.from_theatre(self.theatre), Gazetteer.from_theatre(self.theatre)

        def load_parser() -> Any:
            patterns = [*actors.spacy_patterns(), *gazetteer.spacy_patterns()]
            return Parser(patterns=patterns, pipeline=self.parser_pipeline)

        return Context(
            theatre=self.theatre,
            parser=Deferred(load_parser),
            reader=Deferred(ActReader.load),
            gazetteer=gazetteer,
            actors=actors,
            settings=self.settings,
        )


def check_models(context: Context) -> None:
    """Refuse a run whose reader is not the one that was released: once, and not document by document in every worker.

    Raises ConfigError.
    """
    is_asked = isinstance(context.reader, Deferred) and context.settings.get("parser.reader", True)
    if is_asked and not context.reader.is_loaded:
        for name in (MODEL, TABLE):
            read_trusted(name)
