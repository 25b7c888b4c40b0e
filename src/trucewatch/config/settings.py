"""trucewatch.toml: the few settings that a user may change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trucewatch.config.findings import Finding, refuse
from trucewatch.config.tables import TomlFile
from trucewatch.text.parse import DEFAULT_PIPELINE


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What trucewatch.toml may say. `pipeline` a spaCy pipeline's package name; `theatre`, `store`: defaults of `run`."""

    pipeline: str = DEFAULT_PIPELINE
    theatre: str | None = None
    store: str | None = None


def load_settings(path: str | Path | None = None) -> Settings:
    """Settings of a file; the defaults where `path` is None and no trucewatch.toml stands in the working folder.

    Raises ConfigError with every mistake in it, and where the named file does not exist.
    """
    if path is None:
        path = Path("trucewatch.toml")
        if not path.exists():
            return Settings()
    findings: list[Finding] = []
    root = TomlFile(Path(path), str(path), findings).table()
    parser, run = root.child("parser"), root.child("run")
    pipeline = parser.text("pipeline") if parser else None
    theatre, store = (run.text("theatre"), run.text("store")) if run else (None, None)
    for table in (parser, run, root):
        if table:
            table.close()
    refuse(findings, f"the settings in {path}")
    return Settings(pipeline=pipeline or DEFAULT_PIPELINE, theatre=theatre, store=store)
