"""Quality gates: the main job against the hand-coded answers, never below the pinned floors; needs shared/, and says so."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def bench(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / f"bench/quality/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_claims_and_incidents_keep_their_floors(shared: Path, tmp_path: Path) -> None:
    claims = bench("claims")
    floors = json.loads((ROOT / "tests/golden/floors.json").read_text(encoding="utf-8"))["claims"]
    assert set(floors) == {"claims-dev", "claims-dev undated", "incidents-dev", "news/karabakh", "news/lebanon"}
    assert claims.below(claims.measure(shared, tmp_path), floors) == []


@pytest.mark.parametrize(
    ("f1", "turned", "fallen"),
    [(0.9, 0, 0), (0.4, 0, 1), (0.9, 1, 1), (0.4, 2, 2)],
    ids=["all right", "below its floor", "a denial turned", "both"],
)
def test_the_gate_itself_falls(f1: float, turned: int, fallen: int) -> None:
    figures = {"claims-dev": {"f1": f1, "denials_turned": turned}}
    assert len(bench("claims").below(figures, {"claims-dev": {"f1": 0.5}})) == fallen
