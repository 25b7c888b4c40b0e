"""What every request passes first: a Host name that is ours, an address of a sane length; what every answer carries.

The policy forbids inline scripts and styles and every foreign host, so that markup in a title or a quote stays text. A foreign
Host name means that another site's name was pointed at this machine (DNS rebinding): refused before anything is read.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trucewatch.errors import RequestError
from trucewatch.web.policy import HEADERS
from trucewatch.web.problems import answer

LONGEST_ADDRESS = 8_000
# a form of the review is a few hundred bytes
MOST_SENT = 64 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WILDCARDS = ("0.0.0.0", "::")


def known_hosts(given: Iterable[str] = ()) -> frozenset[str]:
    """Host names that lead here: the loopback's and those given; for a wildcard address this machine's own name."""
    hosts = set(LOOPBACK)
    for host in given:
        hosts.update((socket.gethostname(), socket.getfqdn()) if host in WILDCARDS else (host,))
    return frozenset(host.casefold() for host in hosts)


def host_of(header: str) -> str:
    """The name in a Host header, without its port and brackets."""
    name = header.strip().casefold()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if name.count(":") == 1 else name


class Guard:
    """The ASGI wrapper around the whole application."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        sent = 0

        async def counted() -> Message:
            nonlocal sent
            message = await receive()
            sent += len(message.get("body", b""))
            if sent > MOST_SENT:
                raise _too_much(f"more than {MOST_SENT}")
            return message

        problem = self._problem(scope)
        if problem is not None:
            await answer(scope, problem)(scope, receive, guarded)
            return
        await self.app(scope, counted, guarded)

    def _problem(self, scope: MutableMapping[str, Any]) -> RequestError | None:
        seen = Headers(scope=scope).get("host", "")
        host = host_of(seen)
        # whoever listens on every address is also reached by the address that the connection came in on
        if host not in self.hosts and host != (scope.get("server") or ("",))[0]:
            known = ", ".join(sorted(self.hosts))
            return RequestError(
                421,
                "foreign-host",
                f"this is no server for {host[:80] or 'a request without a Host name'}: open it under one of {known}",
                field="Host",
                seen=seen,
                expected=known,
            )
        length = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
        if length > LONGEST_ADDRESS:
            return RequestError(
                414,
                "address-too-long",
                f"the address has {length:,} bytes, more than any view needs: take filters out",
                field="address",
                seen=f"{length} bytes",
                expected=f"at most {LONGEST_ADDRESS} bytes",
            )
        told = Headers(scope=scope).get("content-length", "")
        if told.isdigit() and int(told[:20]) > MOST_SENT:
            return _too_much(told)
        return None


def _too_much(seen: str) -> RequestError:
    message = f"{seen[:20]} bytes were sent, more than any form here has"
    return RequestError(413, "too-much", message, field="body", seen=seen, expected=f"at most {MOST_SENT} bytes")
