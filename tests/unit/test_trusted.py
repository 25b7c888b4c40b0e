"""Shipped weights and tables are used only where they are the released ones; nothing that is loaded can run code."""

from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trucewatch.config import load_theatre
from trucewatch.errors import ConfigError
from trucewatch.pipeline.context import Recipe, check_models
from trucewatch.text import trusted
from trucewatch.text.attribution.learned import load_model
from trucewatch.text.line_judge import load_judge
from trucewatch.text.parse import DEFAULT_PIPELINE
from trucewatch.text.reader import ActReader
from trucewatch.text.shingles import background
from trucewatch.text.worldplaces import WorldPlaces

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "trucewatch"
LOADERS: dict[str, Callable[[], object]] = {
    "text/acts.onnx": ActReader.load,
    "text/acts_table.json": ActReader.load,
    "text/attribution/weights.json.gz": load_model.__wrapped__,
    "text/cleaning_weights.json": load_judge.__wrapped__,
    "text/document_frequencies.npz": background.__wrapped__,
    "theatres/world/places.marisa": WorldPlaces,
    "theatres/world/places.npz": WorldPlaces,
}


def test_the_table_is_that_of_the_files() -> None:
    spec = importlib.util.spec_from_file_location("trust", ROOT / "training" / "trust.py")
    assert spec is not None
    assert spec.loader is not None
    trust = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(trust)
    assert (PACKAGE / "text" / trusted.TABLE).read_text(encoding="utf-8") == trust.table(), "run `make trust`"
    assert set(LOADERS) == set(trusted.trusted_hashes()), "each trusted file needs a loader that is tested here"


@pytest.mark.parametrize("name", sorted(LOADERS))
def test_tampered_bytes_are_refused_by_what_loads_them(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted.trusted_hashes()
    for other in LOADERS:
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / other, tmp_path / other)
    monkeypatch.setattr(trusted, "files", lambda _: tmp_path)
    LOADERS[name]()
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match="not the one that was released"):
        LOADERS[name]()
    (tmp_path / name).unlink()
    with pytest.raises(ConfigError, match="Install trucewatch again"):
        LOADERS[name]()


def test_a_file_outside_the_table_is_refused() -> None:
    with pytest.raises(ConfigError, match="expected none"):
        trusted.read_trusted("errors.py")


def test_no_module_unpickles() -> None:
    unsafe = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if unsafe & {name.split(".")[0] for name in names}:
                found.append(path.name)
            is_load = isinstance(node, ast.Call) and ast.unparse(node.func) == "np.load"
            if is_load and "allow_pickle=False" not in ast.unparse(node):
                found.append(path.name)
    assert not found


def test_numpy_refuses_a_pickle(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", odd=np.array([{}], dtype=object))
    with np.load(tmp_path / "a.npz", allow_pickle=False) as table, pytest.raises(ValueError, match="allow_pickle"):
        table["odd"]


def test_the_bill_of_materials_names_every_locked_package(tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    command = ["-m", "cyclonedx_py", "requirements", "--output-reproducible", "-o", str(target), str(ROOT / "requirements.lock")]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    named = {(part["name"], part["version"]) for part in json.loads(target.read_text(encoding="utf-8"))["components"]}
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = {tuple(line.split(" ")[0].split("==")) for line in lines if "==" in line and not line.startswith(("#", " "))}
    assert len(locked) > 20
    assert {name for name, _ in locked} <= {name for name, _ in named}


def test_a_damaged_reader_ends_a_run_once_and_before_any_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trusted, "trusted_hashes", dict)
    context = Recipe(theatre=load_theatre(None), parser_pipeline=DEFAULT_PIPELINE)()
    with pytest.raises(ConfigError, match="not the one that was released"):
        check_models(context)
    check_models(replace(context, settings={"parser.reader": False}))
    check_models(replace(context, reader=None))
