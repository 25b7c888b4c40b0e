"""A Dask cluster: the same bytes as here, and a worker killed in the middle costs time alone. All of it on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from trucewatch.engines import RESUBMITS, TASKS_PER_WORKER, DaskEngine, check_cluster
from trucewatch.errors import ConfigError

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = ("documents", "claims", "incidents", "tolls", "violations", "issues")
START_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spawn(stack: ExitStack, *command: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def end() -> None:
        process.kill()
        process.wait(10)

    stack.callback(end)
    return process


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers; gives its address and their processes, the scheduler's last."""
    import distributed

    port = free_port()
    with ExitStack() as stack:
        scheduler = spawn(stack, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        worker = ("distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-dashboard", "--no-nanny")
        workers = [spawn(stack, *worker) for _ in range(2)]
        with distributed.Client(f"tcp://127.0.0.1:{port}", timeout=START_S, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=START_S)
        yield f"dask://127.0.0.1:{port}", [*workers, scheduler]


def begin() -> str:
    return "ready"


def slow_work(state: str, task: int) -> tuple[str, int]:
    time.sleep(0.1)
    return state, task * task


def given_up(task: int) -> tuple[str, int]:
    return "died", task


def test_a_worker_killed_in_the_middle_costs_no_result(cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    address, workers = cluster
    engine: DaskEngine[str, int, tuple[str, int]] = DaskEngine(begin, slow_work, given_up, address)
    try:
        results = []
        for number, result in enumerate(engine.map(range(24))):
            results.append(result)
            if number == 3:
                os.kill(workers[0].pid, signal.SIGKILL)
        assert results == [("ready", n * n) for n in range(24)]
    finally:
        engine.close()


def results_with(
    engine: DaskEngine[str, int, tuple[str, int]], after: int, kill: list[subprocess.Popen[bytes]]
) -> list[tuple[str, int]]:
    """Results of 24 tasks; after so many of them processes are killed."""
    results = []
    try:
        for number, result in enumerate(engine.map(range(24))):
            results.append(result)
            if number == after:
                for process in kill:
                    os.kill(process.pid, signal.SIGKILL)
    finally:
        engine.close()
    return results


@pytest.mark.parametrize("kills", ["both workers", "the scheduler"])
def test_when_the_cluster_is_gone_the_rest_is_read_here(
    kills: str,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("trucewatch.engines.NO_WORKER_S", 1.0)
    monkeypatch.setattr("trucewatch.engines.POLL_S", 0.5)
    monkeypatch.setattr("trucewatch.engines.CONNECT_S", 5)
    address, processes = cluster
    engine: DaskEngine[str, int, tuple[str, int]] = DaskEngine(begin, slow_work, given_up, address)
    monkeypatch.setattr("trucewatch.engines.CONNECT_S", 2)
    found = results_with(engine, 3, processes[:2] if kills == "both workers" else processes[2:])
    assert found == [("ready", n * n) for n in range(24)]
    assert "read on this machine" in caplog.text


class Lossy:
    """A client of a cluster that loses each task so many times."""

    def __init__(self, losses: int, error: Exception | None = None) -> None:
        self.losses, self.error, self.submits, self.scatters, self.status = losses, error, 0, 0, "running"

    def scheduler_info(self, n_workers: int) -> dict[str, dict[int, int]]:
        return {"workers": {0: n_workers}}

    def scatter(self, start: Callable[[], str], **_: object) -> Callable[[], str]:
        self.scatters += 1
        return start

    def submit(
        self, _: object, key: str, start: Callable[[], str], work: Callable[[str, int], object], task: int, **__: bool
    ) -> object:
        self.submits += 1
        is_lost = self.losses > 0
        self.losses -= 1

        def result(timeout: float) -> object:
            if is_lost:
                raise self.error or CancelledError(key, timeout)
            return work(start(), task)

        return SimpleNamespace(status="error" if self.error else "cancelled", result=result)

    def close(self) -> None:
        self.status = "closed"


def lossy(client: Lossy) -> DaskEngine[str, int, tuple[str, int]]:
    import distributed

    engine: DaskEngine[str, int, tuple[str, int]] = DaskEngine.__new__(DaskEngine)
    engine._start, engine._work, engine._died = begin, slow_work, given_up
    engine._distributed, engine._client, engine._cluster = distributed, client, None
    engine._here, engine._empty_since, engine._key, engine._sent = None, None, "key", None
    return engine


@pytest.mark.parametrize("losses", [1, 2, RESUBMITS])
def test_a_task_that_the_cluster_lost_is_sent_again(losses: int) -> None:
    client = Lossy(losses)
    engine = lossy(client)
    assert list(engine.map([7])) == [("ready", 49)]
    # what every worker needs went with those that held it
    assert (client.submits, client.scatters, engine._here) == (losses + 1, losses + 1, None)


def test_a_task_that_is_lost_again_and_again_is_done_here_and_the_others_there() -> None:
    client = Lossy(10_000)
    engine = lossy(client)
    at_once = 2 * TASKS_PER_WORKER  # as many as two workers get, the least
    found = engine.map(range(at_once + 1))
    assert next(found) == ("ready", 0)
    assert client.submits == at_once + RESUBMITS
    client.losses = 0
    assert list(found) == [("ready", n * n) for n in range(1, at_once + 1)]
    engine.close()


def test_an_error_of_the_work_itself_is_no_loss() -> None:
    engine = lossy(Lossy(1, RuntimeError("of the work")))
    with pytest.raises(RuntimeError, match="of the work"):
        list(engine.map([1]))


def run(out: Path, *options: str) -> None:
    inputs = ["run", str(ROOT / "examples/corpus"), "--published", str(ROOT / "examples/corpus/published.csv")]
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", *inputs, "--theatre", "karabakh", "--quiet"]
    done = subprocess.run([*command, "--out", str(out), *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_clusters_ledger_is_the_one_made_here(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    run(tmp_path / "here", "--workers", "1")
    run(tmp_path / "there", "--engine", cluster[0])
    for name in EXPORTS:
        assert (tmp_path / "there" / f"{name}.jsonl").read_bytes() == (tmp_path / "here" / f"{name}.jsonl").read_bytes(), name


@pytest.mark.parametrize("name", ["dask://", "dask://host", "tcp://host:1", "cluster"])
def test_a_name_that_is_no_engine_says_what_to_write(name: str) -> None:
    with pytest.raises(ConfigError, match="dask://host:port"):
        check_cluster(name)


def test_no_scheduler_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.engines.CONNECT_S", 1)
    make: Callable[[], DaskEngine[str, int, tuple[str, int]]] = lambda: DaskEngine(  # noqa: E731
        begin, slow_work, given_up, f"dask://127.0.0.1:{free_port()}"
    )
    with pytest.raises(ConfigError, match="no Dask scheduler answers"):
        make()
