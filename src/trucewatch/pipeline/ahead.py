"""Kinship worked out while workers read the next documents: what it knows follows from the set of texts, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.model.records import Reading
from trucewatch.model.stage import Context
from trucewatch.pipeline.edge import attempt
from trucewatch.stages.kinship import KinState
from trucewatch.stages.kinship.compare import theatre_words
from trucewatch.stages.kinship.stage import text_digest

# so many texts are met together: each meeting sorts what is known anew
TOGETHER = 40


class KinAhead:
    """Compares texts as they are read, where kinship knows none yet: its stage then has few left to compare."""

    def __init__(self, context: Context) -> None:
        self._state: KinState = context.kinship
        self._common = theatre_words(context.theatre)
        self._texts: dict[bytes, str] = {}
        self._waiting: list[bytes] = []
        self._has_failed = False

    def meet(self, readings: Iterable[Reading]) -> None:
        """Compare these, once there are enough of them, with one another and with those met before. The last few, and a failure,
        are left to the stage, which meets them again."""
        if self._has_failed:
            return
        fresh = {digest: reading.document.text for reading in readings if (digest := text_digest(reading.document)) is not None}
        self._texts.update(fresh)
        self._waiting += fresh
        if len(self._waiting) < TOGETHER:
            return
        _, fault = attempt(lambda: self._state.learn(self._waiting, self._common, self._texts.__getitem__))
        self._waiting.clear()
        if fault is not None:
            self._has_failed = True
            self._state.clear()
