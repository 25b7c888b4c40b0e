"""How far a run is, and where its time goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a run is: its step, how many are done, of how many (None: not known yet)."""

    step: str
    done: int
    total: int | None = None


class Clock:
    """Seconds by step and by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.words = self.words_parsed = 0

    def add(self, seconds: dict[str, float]) -> None:
        """Add seconds of stages."""
        for name, value in seconds.items():
            self.seconds[f"stage {name}"] = self.seconds.get(f"stage {name}", 0.0) + value

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the processor's seconds of a stage while it is entered."""
        begin = time.thread_time()
        try:
            yield
        finally:
            self.add({name: time.thread_time() - begin})

    def step(self, name: str) -> Step:
        """What times a step while it is entered."""
        return Step(self, name)


class Step:
    """Times one step."""

    def __init__(self, clock: Clock, name: str) -> None:
        self.clock, self.name = clock, name

    def __enter__(self) -> None:
        self.begin = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.clock.seconds[self.name] = time.perf_counter() - self.begin
