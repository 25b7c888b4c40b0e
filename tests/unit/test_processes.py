"""Work in several processes: in order, none idle behind a slow one, done again where a worker died."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import pytest

from trucewatch import engines
from trucewatch.engines import TASKS_PER_WORKER, ProcessEngine


def start() -> int:
    return os.getpid()


def died(task: tuple[str, str]) -> tuple[str, int]:
    return f"{task[0]} died", 0


def work(own: int, task: tuple[str, str]) -> tuple[str, int]:
    """What a task says: nothing, to wait for a file, or to end the process (once, where a file is named)."""
    name, order = task
    if order.startswith("await "):
        until = time.monotonic() + 300
        while not Path(order.removeprefix("await ")).exists():
            if time.monotonic() > until:
                return f"{name} in vain", own
            time.sleep(0.01)
    elif order.startswith("make "):
        Path(order.removeprefix("make ")).touch()
    elif order == "end":
        os.kill(own, signal.SIGKILL)
    elif order.startswith("end ") and not Path(order.removeprefix("end ")).exists():
        Path(order.removeprefix("end ")).touch()
        os.kill(own, signal.SIGKILL)
    return name, own


def test_a_slow_first_task_leaves_no_worker_idle(tmp_path: Path) -> None:
    """The first waits for what the last makes, which stands further behind than tasks are handed out at once."""
    mark = tmp_path / "mark"
    tasks = [("first", f"await {mark}"), *((str(n), "") for n in range(4 * TASKS_PER_WORKER)), ("last", f"make {mark}")]
    engine = ProcessEngine(start, work, died, 2)
    done = list(engine.map(tasks))
    engine.close()
    assert [name for name, _ in done] == [name for name, _ in tasks]
    assert len({process for _, process in done}) == 2


def test_what_ends_while_the_window_is_filled_is_not_waited_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first is slow and all others end as the next is handed out, what is left must still be handed out."""
    first: Future[tuple[str, int]] = Future()
    others: list[Future[tuple[str, int]]] = []

    def end_others() -> None:
        for future in others:
            if not future.done():
                future.set_result(("", 0))

    def submit(task: tuple[str, str]) -> Future[tuple[str, int]]:
        if task[0] == "first":
            return first
        if len(others) >= 2 * TASKS_PER_WORKER - 1:
            end_others()
        others.append(Future())
        if task[0] == "last":
            first.set_result(("first", 0))
            end_others()
        return others[-1]

    def wait_briefly(futures: Sequence[Future[Any]], return_when: str) -> None:
        if not any(future.done() for future in others):
            others[0].set_result(("", 0))
        assert wait(futures, timeout=0, return_when=return_when).done, "waits for the first alone"

    engine = ProcessEngine(start, work, died, 2)
    monkeypatch.setattr(engine, "_submit", submit)
    monkeypatch.setattr(engines, "wait", wait_briefly)
    tasks = [("first", ""), *((str(n), "") for n in range(4 * TASKS_PER_WORKER)), ("last", "")]
    assert len(list(engine.map(tasks))) == len(tasks)


def test_what_a_dead_worker_held_is_done_again(tmp_path: Path) -> None:
    tasks = [("a", ""), ("b", f"end {tmp_path / 'once'}"), ("c", "end"), *((str(n), "") for n in range(20))]
    engine = ProcessEngine(start, work, died, 2)
    assert [name for name, _ in engine.map(tasks)] == ["a", "b", "c died", *map(str, range(20))]
    engine.close()


def test_no_task_is_no_process() -> None:
    engine = ProcessEngine(start, work, died, 2)
    assert list(engine.map([])) == []
    assert engine._pool is None
