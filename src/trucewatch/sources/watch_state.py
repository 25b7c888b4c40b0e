"""What a watch remembers between rounds: a JSON file beside the ledger, written whole."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from trucewatch.errors import SourceError
from trucewatch.sources.polite import Host, Hosts

VERSION = 1
Kind = TypeVar("Kind", "Known", Host)


@dataclass(slots=True)
class Known:
    """A URL that is watched. Instants are seconds since 1970.

    `entries`: the links that a feed named last. `outlet`, `title`, `published` (a day), `entry_id`: what the feed says of an
    article; `withdrawn`: when it says that it deleted it. `said`: digests of what each version says, the last last.
    """

    first_at: float = 0.0
    next_at: float = 0.0
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    is_named: bool = False
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    entry_id: str | None = None
    withdrawn: str | None = None
    entries: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """URLs and hosts by name; the files seen under each watched folder."""

    urls: dict[str, Known] = field(default_factory=dict)
    hosts: Hosts = field(default_factory=Hosts)
    files: dict[str, list[str]] = field(default_factory=dict)


def load_state(path: Path) -> tuple[State, str | None]:
    """The state, and a remark where a damaged one was set aside: then everything is fetched anew, which only costs time.

    Raises SourceError where the file cannot be read.
    """
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return State(), None
    except OSError as err:
        raise SourceError(f"{path} cannot be read: {err.strerror or err}") from err
    try:
        plain = json.loads(whole)
        if plain["version"] != VERSION:
            raise ValueError(f"version {plain['version']}")
        urls = {url: _known(Known, told) for url, told in plain["urls"].items()}
        hosts = Hosts({name: _known(Host, told) for name, told in plain["hosts"].items()})
        files = {str(folder): [str(name) for name in names] for folder, names in plain["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        aside = path.with_suffix(".damaged.json")
        os.replace(path, aside)
        return State(), f"{path} could not be read ({err}) and is now {aside.name}: everything is fetched anew"
    return State(urls, hosts, files), None


def _known(kind: type[Kind], told: Mapping[str, Any]) -> Kind:
    names = {part.name for part in fields(kind)}
    return kind(**{name: value for name, value in told.items() if name in names})


def save_state(path: Path, state: State) -> None:
    """Write the state whole or not at all. Raises SourceError where it cannot be written."""
    plain = {
        "version": VERSION,
        "urls": {url: asdict(known) for url, known in sorted(state.urls.items())},
        "hosts": {name: asdict(host) for name, host in sorted(state.hosts.known.items())},
        "files": state.files,
    }
    name = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(plain, stream, ensure_ascii=True, indent=0)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except OSError as err:
        if name is not None:
            Path(name).unlink(missing_ok=True)
        raise SourceError(f"{path} cannot be written: {err.strerror or err}") from err
