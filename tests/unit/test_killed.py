"""A run killed at any moment, or out of disk, and started again ends with exactly the ledger of an undisturbed run."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from trucewatch.store import open_store

SEED = 20201010
KILLS = int(os.environ.get("TRUCEWATCH_KILLS", "4"))
DOCUMENTS = 60
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for number in range(DOCUMENTS):
        text = f"Side{number % 4} shelled Place{number % 9}. Side{number % 5} denied shelling Place{number % 7}."
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def start(articles: Path, place: Path, workers: int = 1, pause_s: float = 0.0) -> subprocess.Popen[str]:
    place.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.run_small", str(articles), str(place), str(workers)],
        cwd=ROOT,
        env={**os.environ, "SMALL_STAGES_PAUSE_S": str(pause_s)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(articles: Path, place: Path) -> tuple[str, dict[str, bytes]]:
    process = start(articles, place)
    told, complaints = process.communicate(timeout=120)
    assert told.startswith("DONE"), complaints
    with open_store(place / "trucewatch.db", create=False) as store:
        for document in store.view().documents:
            store.archive.read(document.sha256)
        return store.digest(), {path.name: path.read_bytes() for path in sorted(place.glob("*.jsonl"))}


@pytest.fixture(scope="module")
def undisturbed(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, bytes], float]:
    place = tmp_path_factory.mktemp("undisturbed")
    begin = time.monotonic()
    digest, exports = finish(articles, place)
    return digest, exports, time.monotonic() - begin


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_and_started_again(
    number: int, articles: Path, undisturbed: tuple[str, dict[str, bytes], float], tmp_path: Path
) -> None:
    digest, exports, seconds = undisturbed
    chance = random.Random(SEED + number)
    kills = 0
    for _ in range(2):
        # a pause in each document makes the reading, not the interpreter's start, the likely moment
        process = start(articles, tmp_path / "killed", workers=chance.choice((1, 2)), pause_s=0.01)
        time.sleep(chance.uniform(0.3, 1.2) * (seconds + DOCUMENTS * 0.01))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
    assert finish(articles, tmp_path / "killed") == (digest, exports), f"{kills} kills"


def test_killed_while_the_derived_tables_are_written(
    articles: Path, undisturbed: tuple[str, dict[str, bytes], float], tmp_path: Path
) -> None:
    """The moment that matters most, met on purpose: the process dies inside the one transaction."""
    place = tmp_path / "killed"
    place.mkdir()
    code = (
        "import os, signal, sys\n"
        "from trucewatch.store.table_rows import TableRows\n"
        "from tests.unit.run_small import main\n"
        "whole = TableRows.replace\n"
        "def die(self, spec, records):\n"
        "    count = whole(self, spec, records)\n"
        "    if spec.field == 'incidents': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return count\n"
        "TableRows.replace = die\n"
        f"main({str(articles)!r}, {str(place)!r}, 1)\n"
    )
    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    with open_store(place / "trucewatch.db", create=False) as store:
        assert store.view().incidents == store.view().claims == ()
    assert finish(articles, place) == undisturbed[:2]


def test_a_disk_that_fills(articles: Path, undisturbed: tuple[str, dict[str, bytes], float], tmp_path: Path) -> None:
    place = tmp_path / "full"
    place.mkdir()

    def limit() -> None:
        # no file may grow beyond this: the system refuses the write as it does on a full disk (EFBIG for ENOSPC)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))

    command = [sys.executable, "-m", "tests.unit.run_small", str(articles), str(place), "1"]
    full = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, preexec_fn=limit)
    assert full.returncode != 0
    assert "StoreError" in full.stderr
    assert finish(articles, place) == undisturbed[:2]


def test_two_runs_at_once_on_one_ledger(articles: Path, undisturbed: tuple[str, dict[str, bytes], float], tmp_path: Path) -> None:
    both = [start(articles, tmp_path / "both", pause_s=0.01) for _ in range(2)]
    assert all(process.communicate(timeout=120)[0].startswith("DONE") for process in both)
    assert finish(articles, tmp_path / "both") == undisturbed[:2]
