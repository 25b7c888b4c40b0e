"""`trucewatch serve` as a user starts it: what it says, what it answers, and why it does not start."""

from __future__ import annotations

import contextlib
import http.client
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unit.web_site import fill, small_ledger
from trucewatch.store import open_store

PROGRAM = [sys.executable, "-c", "from trucewatch.cli import main; main()", "serve"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    fill(tmp_path / "trucewatch.db", small_ledger())
    return tmp_path / "trucewatch.db"


@contextmanager
def served(*options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The program while it serves, and its port."""
    process = subprocess.Popen([*PROGRAM, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"http://[^ ]+:(\d+)/ \(Ctrl\+C ends it\)", line)
        assert found is not None, line + (process.stderr.read() if process.stderr else "")
        yield process, int(found[1])
    finally:
        process.kill()
        process.wait()


def ask(port: int, address: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def refused(*options: str) -> str:
    done = subprocess.run([*PROGRAM, *options], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def test_it_serves_until_it_is_stopped_and_refuses_what_it_must(place: Path) -> None:
    with served("--store", str(place), "--port", "0") as (process, port):
        assert ask(port, "/api/v1/incidents")[0] == 200
        assert ask(port, "/incidents", Accept="text/html")[0] == 200
        assert ask(port, "/", Host="evil.example")[0] == 421
        # a megabyte, as a real client sends it
        status, words = ask(port, "/api/v1/incidents?q=" + "a" * 1_048_576)
        assert (status, "address-too-long" in words) == (414, True)
        assert "is in use" in refused("--store", str(place), "--port", str(port))
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_another_address_comes_with_a_warning(place: Path) -> None:
    with served("--store", str(place), "--port", "0", "--host", "0.0.0.0") as (process, port):
        assert ask(port, "/api/v1/tolls")[0] == 200
        assert ask(port, "/", Host="evil.example")[0] == 421
        assert ask(port, "/api/v1/tolls", Host=socket.gethostname())[0] == 200
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert "there are no accounts" in " ".join(said.split())


def test_why_it_does_not_start(place: Path, tmp_path: Path) -> None:
    assert "there is no ledger" in refused("--out", str(tmp_path / "nowhere"))
    assert "no address of this machine" in refused("--store", str(place), "--host", "not.a.host.invalid")
    with open_store(place) as store, store.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "newer trucewatch" in refused("--store", str(place))


STUB = """#!/bin/sh
[ "$1" = serve ] || exit 0
trap 'echo stopped; exit 0' INT
echo 'http://127.0.0.1:8000/'
while :; do sleep 0.1; done
"""


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_demo_serves_from_a_terminal_until_ctrl_c_and_elsewhere_leaves_the_files(tmp_path: Path) -> None:
    stub = tmp_path / "trucewatch"
    stub.write_text(STUB)
    stub.chmod(0o755)
    project = Path(__file__).resolve().parents[2]
    make = ["make", "-C", str(project), "-o", "setup", "demo", f"BIN={tmp_path}"]
    free = {name: value for name, value in os.environ.items() if name not in ("CI", "MAKEFLAGS", "MAKELEVEL")}
    elsewhere = subprocess.run(make, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, env=free)
    assert (elsewhere.returncode, "http://" in elsewhere.stdout) == (0, False)
    process, terminal = pty.fork()
    if process == 0:
        # a background job of a shell without job control bears SIGINT ignored, and hands that on
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvpe("make", make, free)
    told, is_stopped = b"", False
    # reading fails once the last program has left the terminal
    with contextlib.suppress(OSError):
        while select.select([terminal], [], [], 60)[0] and (part := os.read(terminal, 4096)):
            told += part
            if b"http://" in told and not is_stopped:
                is_stopped = True
                time.sleep(0.3)
                os.write(terminal, b"\x03")
    # closing it hangs up whoever is still there: a test that waits for ever tells nothing
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, told.decode()
    assert b"stopped" in told
    assert b"Interrupt" not in told, "make itself is not interrupted"
