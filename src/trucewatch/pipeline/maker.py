"""What made a reading: a fingerprint over the code and the knowledge that read it, so that newer ones read again."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trucewatch import __version__
from trucewatch.model.serial import to_plain
from trucewatch.model.stage import Stage
from trucewatch.model.theatre import Theatre, once_a_theatre

READS = ("model", "text", "stages")


def fingerprint(
    stages: Sequence[Stage], theatre: Theatre, parser_pipeline: str, settings: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """A short hash that changes with the record stages, their code and word lists, the theatre, the parser and its settings."""
    whole = hashlib.sha256()
    for part in (__version__, parser_pipeline, _version_of(parser_pipeline), _version_of("spacy"), _version_of("onnxruntime")):
        whole.update(f"{part}\x1f".encode())
    for name, value in sorted(settings.items()):
        if name.startswith("parser."):
            whole.update(f"{name}={value!r}\x1f".encode())
    for stage in stages:
        module = getattr(stage.run_record or stage.run_ledger, "__module__", "")
        whole.update(f"{stage.name}\x1f{module}\x1f".encode())
        # a plugin's module lies elsewhere; ours are among the code below, compiled or not
        code = None if module.startswith("trucewatch.") else getattr(sys.modules.get(module), "__file__", None)
        if code is not None and Path(code).is_file():
            whole.update(hashlib.sha256(Path(code).read_bytes()).digest())
    whole.update(_theatre_digest(theatre))
    whole.update(_code_digest())
    return f"{__version__}-{whole.hexdigest()[:16]}"


@once_a_theatre
def _theatre_digest(theatre: Theatre) -> bytes:
    return hashlib.sha256(json.dumps(to_plain(theatre), sort_keys=True).encode()).digest()


@cache
def _code_digest() -> bytes:
    """Worked out once: a process runs the code that it began with."""
    whole = hashlib.sha256()
    for path in _files():
        whole.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.digest()


def _files() -> Iterator[Path]:
    package = Path(str(files("trucewatch")))
    for folder in READS:
        yield from sorted(p for p in (package / folder).rglob("*") if p.is_file() and p.suffix != ".pyc")


def _version_of(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except (PackageNotFoundError, ValueError):
        return "unknown"
