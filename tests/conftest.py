"""Fixtures for all tests: the shared sets where they are, one database of each kind, small stages that need no parser."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

# the sources are tested, whatever `make fast` has left here; another build is tested where one is named
os.environ.setdefault("TRUCEWATCH_COMPILED", "0")

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.rules import Rules, asleep
from trucewatch.stages.extract.syntax import Token
from trucewatch.store import Store, open_store

NUMBERS = itertools.count(1)
POSTGRES_FOLDERS = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin")


@pytest.fixture(autouse=True)
def every_rule_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sleeping rules (rules.amid) are asked too, in whatever a test reads: one that tells of an act lacks a word to wake it."""

    def ask(self: Rules, token: Token, lexicon: Lexicon) -> ActMention | None:
        for rule in self._by_lemma.get(token.lemma_.lower(), self._of_any):
            mention = rule(token, lexicon)
            if mention is not None:
                is_asleep = self._has_sleepers and rule in asleep(token.doc)
                assert not is_asleep, f"{rule.__module__}.{rule.__qualname__} tells of an act amid none of its words"
                return mention
        return None

    monkeypatch.setattr(Rules, "__call__", ask)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared sets (TRUCEWATCH_SHARED, else ../shared); the test is skipped, saying so, where there is none."""
    folder = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared"))
    if not folder.is_dir():
        pytest.skip(f"the shared sets are not at {folder}: set TRUCEWATCH_SHARED")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a private PostgreSQL server; skipped, saying so, where its programs or psycopg are missing."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install trucewatch[postgresql]")
    programs = next((Path(folder) for folder in POSTGRES_FOLDERS if Path(folder, "initdb").is_file()), None)
    if programs is None:
        pytest.skip(f"no PostgreSQL server programs in {', '.join(POSTGRES_FOLDERS)}")
    folder = Path(tempfile.mkdtemp(prefix="tw-pg-", dir="/tmp"))
    as_user = []
    if os.geteuid() == 0:
        # the server refuses to run as root
        if shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root, and there is no runuser here")
        shutil.chown(folder, "nobody")
        as_user = ["runuser", "-u", "nobody", "--"]
    place = folder / "db"
    log = folder / "log"

    def call(*command: str) -> None:
        done = subprocess.run([*as_user, *command], capture_output=True, text=True, cwd=folder)
        if done.returncode:
            pytest.skip(f"a PostgreSQL server does not start here: {(done.stderr or done.stdout).strip()[:300]}")

    call(str(programs / "initdb"), "-D", str(place), "-U", "tw", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    call(str(programs / "pg_ctl"), "-D", str(place), "-l", str(log), "-w", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://tw@/postgres?host={folder}"
    finally:
        call(str(programs / "pg_ctl"), "-D", str(place), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens one and the same empty ledger, as often as called."""
    if request.param == "sqlite":
        place = str(tmp_path / "trucewatch.db")
    else:
        server = request.getfixturevalue("postgres")
        name = f"ledger_{next(NUMBERS)}"
        with sa.create_engine(server, isolation_level="AUTOCOMMIT").connect() as conn:
            conn.execute(sa.text(f"CREATE DATABASE {name}"))
        place = server.replace("/postgres?", f"/{name}?")
    opened: list[Store] = []

    def make() -> Store:
        opened.append(open_store(place, archive=tmp_path / "archive"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()
