"""Made-up articles through a whole run, many at once: what a ledger says of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from trucewatch.cli.program import app

Claims = list[dict[str, Any]]


def ledger_of(
    texts: tuple[str, ...], theatre: str, day: str, folder: Path, outlets: Mapping[str, str] | None = None
) -> dict[str, Claims]:
    """The claims of each text, in reading order, all articles published on `day`; by "Wire" where `outlets` has no other."""
    (folder / "in").mkdir(parents=True)
    rows = ["source,published,outlet"]
    for number, text in enumerate(texts):
        (folder / "in" / f"{number:03}.txt").write_text(text + "\n", encoding="utf-8")
        rows.append(f"{number:03}.txt,{day},{(outlets or {}).get(text, 'Wire')}")
    (folder / "published.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    words = ["run", str(folder / "in"), "--published", str(folder / "published.csv"), "--theatre", theatre]
    done = CliRunner().invoke(app, [*words, "--out", str(folder / "out"), "--quiet"])
    assert done.exit_code == 0, done.output
    claims = [json.loads(line) for line in (folder / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    claims.sort(key=lambda claim: claim["start_char"])
    return {text: [c for c in claims if c["source"].endswith(f"{number:03}.txt")] for number, text in enumerate(texts)}


def party(claim: dict[str, Any], role: str = "claimant") -> str | None:
    """Side of a claim's voice, None where there is none."""
    return (claim[role] or {}).get("party")
