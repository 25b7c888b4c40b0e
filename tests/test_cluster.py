"""A Dask cluster: the same bytes as here, and a worker killed in the middle costs time alone. All of it on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from trucewatch.engines import DaskEngine, check_cluster
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
    """A scheduler and two workers; gives its address and the workers' processes."""
    import distributed

    port = free_port()
    with ExitStack() as stack:
        spawn(stack, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        worker = ("distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-dashboard", "--no-nanny")
        workers = [spawn(stack, *worker) for _ in range(2)]
        with distributed.Client(f"tcp://127.0.0.1:{port}", timeout=START_S, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=START_S)
        yield f"dask://127.0.0.1:{port}", workers


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
