"""What a watch tells of itself over HTTP on this machine: /metrics for Prometheus, /healthz for whoever restarts it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest

from trucewatch.errors import ConfigError

LOOPBACK = "127.0.0.1"
# so many times --every may pass after a good round until the watch counts as ill
MISSED_ROUNDS = 3
# a round at work that comes no step further for so long hangs; one stage over a very large ledger takes minutes
HUNG_S = 3_600.0


class Metrics:
    """What Prometheus is told, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.rounds = Counter("trucewatch_rounds", "Rounds that ended, by outcome", ["outcome"], registry=self.registry)
        self.fetches = Counter("trucewatch_fetches", "Fetches by outcome", ["outcome"], registry=self.registry)
        self.documents = Counter("trucewatch_documents", "Documents read", registry=self.registry)
        self.seconds = Counter("trucewatch_round_seconds", "Seconds that rounds took", registry=self.registry)
        self.backlog = Gauge("trucewatch_backlog", "Addresses that were due and not yet asked", registry=self.registry)
        self.last_success = Gauge(
            "trucewatch_last_success_timestamp_seconds", "When a round last ended well", registry=self.registry
        )


@dataclass(slots=True)
class Health:
    """Whether rounds come to a good end. `clock` gives instants (seconds since 1970); spans are measured by `ticks`."""

    every_s: float
    clock: Callable[[], float] = time.time
    ticks: Callable[[], float] = time.monotonic
    backlog: int = 0
    rounds: int = 0
    error: str | None = None
    is_in_round: bool = False
    _succeeded_at: float | None = None
    _quiet_since: float = field(init=False)
    _moved_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._quiet_since = self._moved_at = self.ticks()

    def begin(self) -> None:
        """A round begins."""
        self.is_in_round = True
        self.move()

    def move(self) -> None:
        """The round came a step further."""
        self._moved_at = self.ticks()

    def succeed(self, backlog: int) -> None:
        """A round ended well, leaving so many addresses that are due."""
        self.rounds += 1
        self.backlog, self.error, self.is_in_round = backlog, None, False
        self._succeeded_at, self._quiet_since = self.clock(), self.ticks()

    def fail(self, error: str) -> None:
        """A round ended with an error."""
        self.error, self.is_in_round = error, False

    def report(self) -> dict[str, Any]:
        """What /healthz says.

        `status`: starting, ok, failing (the last round ended with an error), late (none ended in time), hung (the one at work
        came no step further for an hour, or for three times `every_s` where that is longer).
        """
        now, missed_s = self.ticks(), MISSED_ROUNDS * self.every_s
        quiet_s = now - self._quiet_since
        is_hung = self.is_in_round and now - self._moved_at > max(HUNG_S, missed_s)
        is_late = quiet_s > missed_s and not self.is_in_round
        status = "hung" if is_hung else "failing" if self.error else "late" if is_late else "ok" if self.rounds else "starting"
        at = self._succeeded_at
        return {
            "status": status,
            "last_success": datetime.fromtimestamp(at, tz=UTC).isoformat(timespec="seconds") if at is not None else None,
            "seconds_since": round(quiet_s) if at is not None else None,
            "backlog": self.backlog,
            "rounds": self.rounds,
            "is_in_round": self.is_in_round,
            "error": self.error,
        }


def serve_status(port: int, metrics: Metrics, health: Health) -> ThreadingHTTPServer:
    """Answer /metrics and /healthz (200, or 503 where it is failing, late or hung) on a port of this machine, in the background.

    Port 0 takes a free one. Raises ConfigError where the port cannot be used.
    """

    class Handler(BaseHTTPRequestHandler):
        # a client that says nothing must not hold its thread for ever
        timeout = 10

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._say(200, CONTENT_TYPE_LATEST, generate_latest(metrics.registry))
            elif path == "/healthz":
                told = health.report()
                is_well = told["status"] in ("ok", "starting")
                self._say(200 if is_well else 503, "application/json", json.dumps(told).encode() + b"\n")
            else:
                self._say(404, "text/plain; charset=utf-8", b"/metrics or /healthz\n")

        def _say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    try:
        server = ThreadingHTTPServer((LOOPBACK, port), Handler)
    except OSError as err:
        raise ConfigError(f"--metrics-port {port} cannot be used: {err.strerror or err}") from err
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
