"""trucewatch.toml: the few settings that a user may change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch.config.findings import Finding, refuse
from trucewatch.config.tables import Table, TomlFile
from trucewatch.text.parse import DEFAULT_PIPELINE

GRADES = ("A", "B", "C", "D", "E")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What trucewatch.toml may say. `pipeline` a spaCy pipeline's package name; `theatre`, `store`: defaults of `run`.

    `gate` False: every sentence is parsed, and not only those that may make a claim (stages/extract/gate.py). `reader`
    False: claims are made by the rules alone, and not also of what a small language model reads in context (text/reader.py).

    `[findings]`: `non_signatories_bound` in place of the theatre's own, `weeks_after_days` within which a passed deadline must be
    told of, `[[findings.outlet]]` with `name` and `grade` (A to E): the Admiralty letter of an outlet.
    """

    pipeline: str = DEFAULT_PIPELINE
    gate: bool = True
    reader: bool = True
    theatre: str | None = None
    store: str | None = None
    non_signatories_bound: bool | None = None
    weeks_after_days: int | None = None
    outlet_grades: tuple[tuple[str, str], ...] = ()

    def for_stages(self) -> dict[str, Any]:
        """What stages read of them, by the names that they use."""
        values = {
            "parser.gate": None if self.gate else False,
            "parser.reader": None if self.reader else False,
            "theatre.non_signatories_bound": self.non_signatories_bound,
            "assess.weeks_after_days": self.weeks_after_days,
            "admiralty.sources": dict(self.outlet_grades) or None,
        }
        return {name: value for name, value in values.items() if value is not None}


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
    gate = parser.flag("gate") if parser and "gate" in parser.values else True
    reader = parser.flag("reader") if parser and "reader" in parser.values else True
    theatre, store = (run.text("theatre"), run.text("store")) if run else (None, None)
    findings_table = root.child("findings")
    bound, weeks, grades = _findings(findings_table) if findings_table else (None, None, ())
    for table in (parser, run, findings_table, root):
        if table:
            table.close()
    refuse(findings, f"the settings in {path}")
    return Settings(
        pipeline=pipeline or DEFAULT_PIPELINE,
        gate=gate,
        reader=reader,
        theatre=theatre,
        store=store,
        non_signatories_bound=bound,
        weeks_after_days=weeks,
        outlet_grades=grades,
    )


def _findings(table: Table) -> tuple[bool | None, int | None, tuple[tuple[str, str], ...]]:
    grades = []
    for outlet in table.tables("outlet"):
        name, grade = outlet.text("name", is_required=True), outlet.text("grade", is_required=True)
        if grade is not None and grade not in GRADES:
            outlet.report("grade", "a grade is one letter, A to E", "A, B, C, D or E; leave out what nobody assessed", grade)
        elif name and grade:
            grades.append((name, grade))
        outlet.close()
    is_set = "non_signatories_bound" in table.values
    bound = table.flag("non_signatories_bound")
    return bound if is_set else None, table.whole("weeks_after_days", 1), tuple(grades)
