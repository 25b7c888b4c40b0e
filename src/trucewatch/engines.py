"""Where record stages run: in this process, or in several. One work function, so that the results are the same.

An engine takes a `start` function that loads what the work needs (models), called once where the work runs, and a `work`
function of that and one task. Results come in the order of the tasks; a bounded number of tasks is held at a time.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, Protocol, TypeVar

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")
Task = TypeVar("Task", contravariant=True)
Result = TypeVar("Result", covariant=True)

TASKS_PER_WORKER = 4


class Engine(Protocol[Task, Result]):
    """Runs work over tasks."""

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Result of each task, in the tasks' order."""
        ...

    def close(self) -> None:
        """End the workers."""
        ...


class LocalEngine(Generic[S, T, R]):
    """Runs the work here, one task after the other; `start` is called with the first task."""

    def __init__(self, start: Callable[[], S], work: Callable[[S, T], R]) -> None:
        self._start, self._work = start, work
        self._state: list[S] = []

    def map(self, tasks: Iterable[T]) -> Iterator[R]:
        """Result of each task, in the tasks' order."""
        for task in tasks:
            if not self._state:
                self._state.append(self._start())
            yield self._work(self._state[0], task)

    def close(self) -> None:
        """Let go of what `start` loaded."""
        self._state.clear()


class ProcessEngine(Generic[S, T, R]):
    """Runs the work in `workers` processes of their own, each of which calls `start` once.

    Processes are started afresh ("spawn"), so that no lock or connection of this one is copied. When a worker dies (killed for
    memory, say) the tasks it held are done again, one at a time; the task that kills its worker again gives
    `died(task)` instead of a result.
    """

    def __init__(self, start: Callable[[], S], work: Callable[[S, T], R], died: Callable[[T], R], workers: int) -> None:
        self._start, self._work, self._died, self.workers = start, work, died, workers
        self._pool: ProcessPoolExecutor | None = None

    def _open(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(self._start, self._work),
        )

    def map(self, tasks: Iterable[T]) -> Iterator[R]:
        """Result of each task, in the tasks' order."""
        queue = iter(tasks)
        window: deque[tuple[T, Future[Any]]] = deque()
        while True:
            while len(window) < self.workers * TASKS_PER_WORKER:
                fresh = list(itertools.islice(queue, 1))
                if not fresh:
                    break
                window.append((fresh[0], self._submit(fresh[0])))
            if not window:
                return
            task, future = window.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                self.close()
                held = [task, *(other for other, _ in window)]
                window.clear()
                for each in held:
                    yield self._alone(each)
                continue
            yield result

    def _submit(self, task: T) -> Future[Any]:
        if self._pool is None:
            self._pool = self._open(self.workers)
        try:
            return self._pool.submit(_work_in_worker, task)
        except BrokenProcessPool as err:
            broken: Future[Any] = Future()
            broken.set_exception(err)
            return broken

    def _alone(self, task: T) -> R:
        if self._pool is None:
            self._pool = self._open(1)
        try:
            result: R = self._pool.submit(_work_in_worker, task).result()
        except BrokenProcessPool:
            self.close()
            return self._died(task)
        return result

    def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def make_engine(start: Callable[[], S], work: Callable[[S, T], R], died: Callable[[T], R], workers: int) -> Engine[T, R]:
    """The engine for a number of workers: this process for one, processes of their own for more."""
    return LocalEngine(start, work) if workers <= 1 else ProcessEngine(start, work, died, workers)


def workers_for(tasks: int, wanted: int | None) -> int:
    """How many workers pay: as wanted, else the cores there are, but one a hundred documents, as each loads the models."""
    if wanted is not None:
        return max(1, wanted)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, tasks // 100))


_WORKER: list[tuple[Any, Callable[[Any, Any], Any]]] = []


def _start_worker(start: Callable[[], Any], work: Callable[[Any, Any], Any]) -> None:
    _WORKER.append((start(), work))


def _work_in_worker(task: Any) -> Any:
    state, work = _WORKER[0]
    return work(state, task)
