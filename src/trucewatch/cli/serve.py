"""`trucewatch serve`: the ledger in the browser, with no network at all."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.console import remark
from trucewatch.cli.places import ledger_place
from trucewatch.errors import ConfigError

LOOPBACK = "127.0.0.1"
# an address of up to a megabyte is answered by the application, in its own words
LONGEST_REQUEST = 2 * 1024 * 1024


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    store: Annotated[str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Listen on another address. There are no accounts: who reaches it reads and decides."
        ),
    ] = LOOPBACK,
    theatre: Annotated[str | None, typer.Option(help="The theatre, where it is not the last run's.")] = None,
    is_public: Annotated[
        bool,
        typer.Option("--public", help="Show what a public release would: names and places guarded, nobody decides."),
    ] = False,
) -> None:
    """Open the ledger in the browser: map and timeline, incidents, documents, agreements, review.

    Nothing leaves this machine, and only this machine is answered, unless --host says otherwise. A run may write meanwhile.

    Examples:

        trucewatch serve --out out/

        trucewatch serve --out out/ --public --port 8001

        trucewatch serve --store postgresql://me@db/ledger --port 8080

    Exit status: 0 stopped by Ctrl+C, 2 nothing could be served (no ledger, a newer one, the port in use).
    """
    # both take a second to load, which no other command should pay
    import uvicorn

    from trucewatch.web import make_app

    hosts = () if host == LOOPBACK else (host,)
    application = make_app(ledger_place(store, out), theatre=theatre, hosts=hosts, is_public=is_public)
    with _listening(host, port) as listener:
        if not _is_loopback(host):
            does = "reads" if is_public else "reads and decides"
            remark(f"warning: {host} can be reached from other machines, and there are no accounts: who reaches it {does}")
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"http://{shown}:{listener.getsockname()[1]}/ (Ctrl+C ends it)")
        config = uvicorn.Config(
            application,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            h11_max_incomplete_event_size=LONGEST_REQUEST,
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ConfigError where the port is taken or the address is not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as err:
        raise ConfigError(f"--host {host} is no address of this machine: {err.strerror or err}") from err
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(128)
    except OSError as err:
        listener.close()
        if err.errno == errno.EADDRINUSE:
            raise ConfigError(
                f"port {port} on {host} is in use, perhaps by another `trucewatch serve`: stop it, or name another with --port"
            ) from err
        if err.errno == errno.EACCES:
            raise ConfigError(f"port {port} may not be used by this user: name one above 1023 with --port") from err
        raise ConfigError(f"cannot listen on {host} port {port}: {err.strerror or err}") from err
    return listener
