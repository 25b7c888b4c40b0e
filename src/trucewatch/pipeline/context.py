"""What stages get besides their records, from a recipe that can be sent to a worker."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre


class Deferred:
    """Stands for something that is slow to load, and loads it when first used."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load

    def __getattr__(self, name: str) -> Any:
        if "_loaded" not in self.__dict__:
            self._loaded = self._load()
        return getattr(self._loaded, name)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to make a `Context`: the theatre, the parser's pipeline, settings for stages. Called where the stages run."""

    theatre: Theatre
    parser_pipeline: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self) -> Context:
        """A context whose parser is loaded when a stage first uses it."""
        theatre = self.theatre
        actors = gazetteer = None
        patterns: list[dict[str, Any]] = []
        if importlib.util.find_spec("trucewatch.text.actors") is not None:
            from trucewatch.text.actors import ActorIndex

            actors = ActorIndex.from_theatre(theatre)
            patterns += actors.spacy_patterns()
        if importlib.util.find_spec("trucewatch.text.gazetteer") is not None:
            from trucewatch.text.gazetteer import Gazetteer

            gazetteer = Gazetteer.from_theatre(theatre)
            patterns += gazetteer.spacy_patterns()

        def load_parser() -> Any:
            from trucewatch.text.parse import Parser

            return Parser(patterns=patterns, pipeline=self.parser_pipeline)

        return Context(theatre=theatre, parser=Deferred(load_parser), gazetteer=gazetteer, actors=actors, settings=self.settings)
