"""The only code that asks the network: a page or feed at a time, bounded in time, size and redirects, never inside the house.

A server is not trusted: the addresses that a name resolves to are checked at every hop and the connection goes to a checked
address, so that no answer of a name server between check and connection can lead into the private network.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from trucewatch import __version__
from trucewatch.sources.original import MEBIBYTE
from trucewatch.sources.polite import Hosts

USER_AGENT = f"trucewatch/{__version__}"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
GONE = frozenset({404, 410})
MAX_REDIRECTS = 5
ROBOTS_S = 24 * 3600.0
ROBOTS_BYTES = 512 * 1024
MAX_CRAWL_DELAY_S = 60.0
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchLimits:
    """What one fetch may cost: bytes as sent and as unpacked, seconds in all and for each step, seconds between two requests."""

    raw_bytes: int = 20 * MEBIBYTE
    body_bytes: int = 20 * MEBIBYTE
    total_s: float = 60.0
    step_s: float = 15.0
    delay_s: float = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """An answer. `outcome`: ok, unchanged, gone, postponed (the host is left alone), refused (by us, robots.txt), large, failed.

    `reason` says why, in words, where it is neither ok nor unchanged. `at`: the address that answered, after redirects.
    """

    url: str
    outcome: str
    reason: str = ""
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    at: str = ""


class _Stop(Exception):
    """Ends a fetch with an outcome."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


@dataclass(slots=True)
class Fetcher:
    """Fetches politely; keeps what it knows of hosts and their robots.txt. The clock and the wait can be given by tests."""

    limits: FetchLimits = field(default_factory=FetchLimits)
    hosts: Hosts = field(default_factory=Hosts)
    is_private_allowed: bool = False
    clock: Callable[[], float] = time.time
    wait: Callable[[float], None] = time.sleep
    resolve: Callable[[str, int], list[str]] = field(default=lambda host, port: resolve(host, port))
    _robots: dict[str, tuple[float, RobotFileParser | None]] = field(default_factory=dict)

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch a URL, following at most five redirects. Never raises: what went wrong is the outcome."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        target = url
        try:
            for _ in range(MAX_REDIRECTS + 1):
                self._check_robots(target)
                status, answer, body = self._ask(target, headers, self.limits.body_bytes)
                if status not in REDIRECTS:
                    return self._judge(url, target, status, answer, body)
                target = urljoin(target, answer.get("location", ""))
            raise _Stop("failed", f"more than {MAX_REDIRECTS} redirects, the last to {target}")
        except _Stop as stop:
            return Fetched(url=url, outcome=stop.outcome, reason=stop.reason)
        except (ValueError, httpx.InvalidURL) as err:
            return Fetched(url=url, outcome="refused", reason=f"{target} is no address: {err}")

    def _judge(self, url: str, target: str, status: int, answer: httpx.Headers, body: bytes) -> Fetched:
        if status == 304:
            return Fetched(url=url, outcome="unchanged")
        if status in GONE:
            return Fetched(url=url, outcome="gone", reason=f"the server says {status}")
        if status != 200:
            return Fetched(url=url, outcome="failed", reason=f"the server says {status} at {target}")
        return Fetched(
            url=url,
            outcome="ok",
            body=body,
            content_type=answer.get("content-type", ""),
            etag=answer.get("etag"),
            last_modified=answer.get("last-modified"),
            at=target,
        )

    def _check_robots(self, url: str) -> None:
        """Raises _Stop where robots.txt forbids the page, or cannot be had though the server may have one (RFC 9309)."""
        host = _host_of(url)
        known = self._robots.get(host)
        if known is None or not 0 <= self.clock() - known[0] < ROBOTS_S:
            known = self._robots[host] = (self.clock(), self._read_robots(url))
        if known[1] is not None and not known[1].can_fetch(USER_AGENT, url):
            raise _Stop("refused", "robots.txt of the site forbids it")

    def _read_robots(self, url: str) -> RobotFileParser | None:
        target = urljoin(url, "/robots.txt")
        for _ in range(MAX_REDIRECTS + 1):
            status, answer, body = self._ask(target, {}, ROBOTS_BYTES)
            if status not in REDIRECTS:
                break
            target = urljoin(target, answer.get("location", ""))
        if status >= 500:
            raise _Stop("failed", f"robots.txt cannot be had (the server says {status}), so nothing is asked")
        if status != 200:
            return None
        rules = RobotFileParser()
        rules.parse(body.decode("utf-8", "replace").splitlines())
        return rules

    def _delay(self, host: str) -> float:
        rules = self._robots.get(host, (0.0, None))[1]
        stated = rules.crawl_delay(USER_AGENT) if rules is not None else None
        return max(self.limits.delay_s, min(float(stated or 0), MAX_CRAWL_DELAY_S))

    def _ask(self, url: str, headers: dict[str, str], body_bytes: int) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and unpacked body of one request, without following. Raises _Stop."""
        host = _host_of(url)
        addresses = self._addresses(url)
        if self.hosts.is_left_alone(host, self.clock()):
            raise _Stop("postponed", f"{host} is left alone for a while, as it asked or failed")
        if pause := self.hosts.pause(host, self.clock(), self._delay(host)):
            self.wait(pause)
        self.hosts.of(host).asked_at = self.clock()
        try:
            status, answer, body = self._ask_addresses(url, addresses, headers, body_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, zlib.error) as err:
            self.hosts.note_failure(host, self.clock())
            raise _Stop("failed", f"{type(err).__name__}: {err}".rstrip(": ")) from err
        if status in BUSY:
            self.hosts.note_failure(host, self.clock(), answer.get("retry-after"))
            raise _Stop("postponed", f"the server says {status}: {host} is left alone for a while")
        if status >= 500:
            self.hosts.note_failure(host, self.clock())
        else:
            self.hosts.note_success(host)
        return status, answer, body

    def _addresses(self, url: str) -> list[str]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise _Stop("refused", f"{url}: is no address") from None
        if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
            raise _Stop("refused", f"{url}: only http and https addresses without a password are fetched")
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError) as err:
            self.hosts.note_failure(_host_of(url), self.clock())
            raise _Stop("failed", f"{host} cannot be resolved: {err}") from err
        inside = [address for address in addresses if not is_public(address)]
        if (inside or not addresses) and not self.is_private_allowed:
            raise _Stop("refused", f"{host} is {', '.join(inside) or 'nowhere'}: not a public address (--allow-private)")
        return addresses

    def _ask_addresses(
        self, url: str, addresses: list[str], headers: dict[str, str], body_bytes: int
    ) -> tuple[int, httpx.Headers, bytes]:
        for address in addresses[:-1]:
            try:
                return self._ask_address(url, address, headers, body_bytes)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._ask_address(url, addresses[-1], headers, body_bytes)

    def _ask_address(self, url: str, address: str, headers: dict[str, str], body_bytes: int) -> tuple[int, httpx.Headers, bytes]:
        name = httpx.URL(url)
        sent = {**headers, "Host": name.netloc.decode("ascii"), "User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"}
        with (
            _ended_after(self.limits.total_s) as (trace, is_over),
            # a kept connection is known by its address alone, and would serve another name of the same address
            httpx.Client(trust_env=False, timeout=self.limits.step_s, verify=_tls()) as client,
        ):
            extensions: dict[str, Any] = {"trace": trace, "sni_hostname": name.raw_host.decode("ascii")}
            try:
                with client.stream("GET", name.copy_with(host=address), headers=sent, extensions=extensions) as answer:
                    body = b"" if answer.status_code != 200 else self._body(answer, body_bytes)
            except (httpx.HTTPError, OSError):
                if is_over.is_set():
                    raise _Stop("failed", f"took longer than {self.limits.total_s:g} seconds") from None
                raise
            if is_over.is_set():
                raise _Stop("failed", f"took longer than {self.limits.total_s:g} seconds")
            return answer.status_code, answer.headers, body

    def _body(self, answer: httpx.Response, body_bytes: int) -> bytes:
        """The body unpacked; never more than the limits in memory, whatever it would unpack to. Raises _Stop, zlib.error."""
        unpack = Unpacker(answer.headers.get("content-encoding", ""), body_bytes)
        received = 0
        for chunk in answer.iter_raw():
            received += len(chunk)
            if received > self.limits.raw_bytes:
                raise _Stop("large", f"is larger than {self.limits.raw_bytes:,} bytes")
            if not unpack.take(chunk):
                raise _Stop("large", f"unpacks to more than {body_bytes:,} bytes")
        return bytes(unpack.body)


class Unpacker:
    """Unpacks gzip and deflate up to a limit. Raises ValueError for another encoding."""

    def __init__(self, encoding: str, limit: int) -> None:
        self.encoding = encoding.strip().lower()
        if self.encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ValueError(f"the encoding {encoding!r} was not asked for")
        self.limit = limit
        self.body = bytearray()
        self._inflate = None if self.encoding in ("", "identity") else zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._is_begun = False

    def take(self, chunk: bytes) -> bool:
        """Add a piece as received; False where the whole is larger than the limit. Raises zlib.error for a damaged one."""
        if self._inflate is None:
            self.body += chunk
            return len(self.body) <= self.limit
        room = self.limit + 1 - len(self.body)
        try:
            self.body += self._inflate.decompress(chunk, room)
        except zlib.error:
            if self.encoding != "deflate" or self._is_begun:
                raise
            # some servers send deflate without the header that the standard wants
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            self.body += self._inflate.decompress(chunk, room)
        self._is_begun = True
        return len(self.body) <= self.limit


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a host, in the system's order. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, also where IPv6 wraps an IPv4 address. False for what is no address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast


def _host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()


_TLS: list[ssl.SSLContext] = []


def _tls() -> ssl.SSLContext:
    # reading the certificates takes longer than most fetches
    if not _TLS:
        _TLS.append(httpx.create_ssl_context(trust_env=False))
    return _TLS[0]


@contextmanager
def _ended_after(seconds: float) -> Iterator[tuple[Callable[[str, dict[str, Any]], None], threading.Event]]:
    """Shuts the connection when the time is over: a server that sends a byte now and then is never late for a step."""
    sockets: list[socket.socket] = []
    is_over = threading.Event()

    def note(event: str, told: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            found = told["return_value"].get_extra_info("socket")
            sockets.append(found)
            if is_over.is_set():
                end()

    def end() -> None:
        is_over.set()
        for connection in sockets:
            try:
                # not the method of a TLS socket, which would take the session from under the reader
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:
                continue

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield note, is_over
    finally:
        timer.cancel()
