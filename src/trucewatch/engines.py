"""Where record stages run: in this process, in several, or on a Dask cluster. One work function, so that results are the same.

An engine takes a `start` function that loads what the work needs (models), called once where the work runs, and a `work`
function of that and one task. Results come in the order of the tasks; a bounded number of tasks is held at a time.
"""

from __future__ import annotations

import bz2
import importlib
import itertools
import logging
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, Protocol, TypeVar

from trucewatch.errors import ConfigError

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")
Task = TypeVar("Task", contravariant=True)
Result = TypeVar("Result", covariant=True)

# tasks of a worker that are under way, and with those of which the results wait for one before them
TASKS_PER_WORKER = 8
WAITING_PER_WORKER = 32
DASK = "dask://"
LOCAL_CLUSTER = "local-cluster"
CONNECT_S = 10
# how often a task whose cluster lost it is sent again, how often a quiet cluster is looked at, and how long it may have no worker
RESUBMITS = 3
POLL_S = 5.0
NO_WORKER_S = 300.0

_LOG = logging.getLogger(__name__)


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
            # a pipe takes 64 kB at once: with more in it each worker would begin when the one before has loaded its modules
            initargs=(bz2.compress(ForkingPickler.dumps((self._start, self._work))),),
        )

    def map(self, tasks: Iterable[T]) -> Iterator[R]:
        """Result of each task, in the tasks' order."""
        queue = iter(tasks)
        window: deque[tuple[T, Future[Any]]] = deque()
        while True:
            under_way = [future for _, future in window if not future.done()]
            # results wait for the first: a worker that is slow with it (at its start, say) must not leave the others idle
            room = min(self.workers * TASKS_PER_WORKER - len(under_way), self.workers * WAITING_PER_WORKER - len(window))
            for task in itertools.islice(queue, max(0, room)):
                window.append((task, self._submit(task)))
                under_way.append(window[-1][1])
            if not window:
                return
            if not window[0][1].done():
                # those counted above: one that ended since makes room, and must not be waited past
                wait(under_way, return_when=FIRST_COMPLETED)
                continue
            task, future = window.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                self.close()
                held = [(task, future), *window]
                window.clear()
                for each, own in held:
                    is_finished = own.done() and not own.cancelled() and own.exception() is None
                    yield own.result() if is_finished else self._alone(each)
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


class DaskEngine(Generic[S, T, R]):
    """Runs the work on the workers of a Dask cluster, each of which calls `start` once in its process.

    `address`: "dask://host:port" of a scheduler, or "local-cluster" for one of `workers` processes here. A worker that dies costs
    time alone: the scheduler gives its tasks to another. The task that has killed as many workers as the cluster allows gives
    `died(task)`. One that the cluster loses again and again (RESUBMITS) is done here, in a process of its own; so is all that is
    left once the scheduler is gone or has had no worker for NO_WORKER_S. Raises ConfigError where Dask is not installed or no
    scheduler answers.
    """

    def __init__(
        self, start: Callable[[], S], work: Callable[[S, T], R], died: Callable[[T], R], address: str, workers: int | None = None
    ) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as err:
            raise ConfigError("Dask is not installed: pip install 'trucewatch[dask]', here and on the workers") from err
        self._died, self._work, self._distributed = died, work, distributed
        self._here: ProcessEngine[S, T, R] | None = None
        self._empty_since: float | None = None
        self._cluster: Any = None
        if address == LOCAL_CLUSTER:
            self._cluster = distributed.LocalCluster(
                n_workers=workers or cores(),
                threads_per_worker=1,
                dashboard_address=None,
                host="127.0.0.1",
                silence_logs=logging.CRITICAL,
            )
            target: Any = self._cluster
        else:
            target = f"tcp://{address.removeprefix(DASK)}"
        try:
            self._client = distributed.Client(target, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as err:
            raise ConfigError(
                f"no Dask scheduler answers at {address}: {err}. Start one (dask scheduler) and name it as dask://host:port"
            ) from err
        self._start = start
        self._key = os.urandom(8).hex()
        self._sent: Any = None

    def map(self, tasks: Iterable[T]) -> Iterator[R]:
        """Result of each task, in the tasks' order."""
        queue = iter(tasks)
        window: deque[tuple[T, Any]] = deque()
        while True:
            while len(window) < max(2, self._count()) * TASKS_PER_WORKER:
                fresh = list(itertools.islice(queue, 1))
                if not fresh:
                    break
                window.append((fresh[0], self._submit(fresh[0])))
            if not window:
                return
            task, future = window[0]
            found = self._result(task, future)
            if not found and self._is_gone():
                _LOG.warning("the cluster has no scheduler or no worker any more: the rest is read on this machine")
                yield from self._local(cores()).map(itertools.chain((held for held, _ in window), queue))
                return
            window.popleft()
            yield found[0] if found else next(self._local(1).map([task]))

    def _local(self, workers: int) -> ProcessEngine[S, T, R]:
        if self._here is None or self._here.workers < workers:
            if self._here is not None:
                self._here.close()
            # not in this process: what ended workers there may end it here
            self._here = ProcessEngine(self._start, self._work, self._died, workers)
        return self._here

    def _submit(self, task: T) -> Any:
        """The task's future; None where the cluster cannot take it now."""
        try:
            if self._sent is None:
                # sent once, to every worker: a theatre is large
                self._sent = self._client.scatter(self._start, broadcast=True, hash=False)
            return self._client.submit(_work_on_cluster, self._key, self._sent, self._work, task, pure=False)
        except self._lost:
            self._sent = None
            return None

    def _result(self, task: T, future: Any) -> list[R]:
        """The result alone in a list; nothing where the cluster does not give it."""
        for left in range(RESUBMITS, -1, -1):
            try:
                if future is not None:
                    return [self._wait(future)]
            except self._distributed.KilledWorker:
                return [self._died(task)]
            except self._lost:
                if future.status == "error":
                    raise
            # what was sent to all went with the workers that held it
            self._sent = None
            if left == 0 or self._is_gone():
                break
            future = self._submit(task)
        return []

    def _wait(self, future: Any) -> R:
        while True:
            try:
                result: R = future.result(timeout=POLL_S)
            except TimeoutError:
                if future.status != "pending" or self._is_gone():
                    raise
            else:
                return result

    def _count(self) -> int:
        try:
            return len(self._client.scheduler_info(n_workers=-1).get("workers", ()))
        except self._lost:
            return 0

    def _is_gone(self) -> bool:
        """Whether nothing more is to be hoped for: the scheduler does not come back, or has been without workers for long."""
        if self._client.status in ("closed", "closing"):
            return True
        if self._count():
            self._empty_since = None
            return False
        self._empty_since = self._empty_since or time.monotonic()
        return time.monotonic() - self._empty_since > NO_WORKER_S

    @property
    def _lost(self) -> tuple[type[Exception], ...]:
        # a client that lost its scheduler has None in its place
        return CancelledError, OSError, TimeoutError, RuntimeError, AttributeError, self._distributed.client.ClosedClientError

    def close(self) -> None:
        """Let the cluster go; one of our own ends."""
        if self._here is not None:
            self._here.close()
        client: Any = self._client
        client.close()
        if self._cluster is not None:
            self._cluster.close()


def make_engine(
    start: Callable[[], S], work: Callable[[S, T], R], died: Callable[[T], R], workers: int, cluster: str | None = None
) -> Engine[T, R]:
    """The engine: a Dask cluster where one is named, else this process for one worker, processes of their own for more."""
    if cluster is not None:
        return DaskEngine(start, work, died, cluster, workers)
    return LocalEngine(start, work) if workers <= 1 else ProcessEngine(start, work, died, workers)


def workers_for(tasks: int, wanted: int | None) -> int:
    """How many workers pay: as wanted, else the cores there are, but one a hundred documents, as each loads the models."""
    if wanted is not None:
        return max(1, wanted)
    return max(1, min(cores(), tasks // 100))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_cluster(name: str) -> str:
    """A cluster's name where it is one: "dask://host:port" or "local-cluster". Raises ConfigError."""
    host, _, port = name.removeprefix(DASK).rpartition(":")
    if name == LOCAL_CLUSTER or (name.startswith(DASK) and host and port.isdigit()):
        return name
    raise ConfigError(f"--engine {name!r} is no engine: write dask://host:port of a scheduler, or {LOCAL_CLUSTER}")


_WORKER: list[tuple[Any, Callable[[Any, Any], Any]]] = []


def _start_worker(packed: bytes) -> None:
    # made by the process that started this one, as multiprocessing itself would hand it over; nothing of any file
    start, work = ForkingPickler.loads(bz2.decompress(packed))
    _WORKER.append((start(), work))


def _work_in_worker(task: Any) -> Any:
    state, work = _WORKER[0]
    return work(state, task)


_ON_CLUSTER: dict[str, Any] = {}
# spaCy's pipelines are not for several threads at once, and a Dask worker may have many
_ONE_AT_A_TIME = threading.Lock()


def _work_on_cluster(key: str, start: Callable[[], Any], work: Callable[[Any, Any], Any], task: Any) -> Any:
    with _ONE_AT_A_TIME:
        if key not in _ON_CLUSTER:
            _ON_CLUSTER.clear()
            _ON_CLUSTER[key] = start()
        return work(_ON_CLUSTER[key], task)
