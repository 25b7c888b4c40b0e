"""The compiled build: used while it fits the sources, made only where both ways give the same ledger, refused in plain words."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fast import build, equal
from fast.forms import compilable

from trucewatch import compiled
from trucewatch.compiled import MANIFEST, CompiledModules, sources_digest, use_compiled


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with the rooms of ours, and a module in each."""
    root = tmp_path / "sources" / "trucewatch"
    for room in ("model", "text", "stages"):
        (root / room).mkdir(parents=True)
        (root / room / "__init__.py").write_text("", encoding="utf-8")
    (root / "__init__.py").write_text("", encoding="utf-8")
    (root / "errors.py").write_text("class Wrong(Exception): ...\n", encoding="utf-8")
    (root / "text" / "adding.py").write_text(
        "def total(numbers: list[int]) -> int:\n    return sum(n for n in numbers if n not in (*range(3), 99))\n",
        encoding="utf-8",
    )
    swap = "    if two is None and one is not None:\n        one, two = None, one\n    return two\n"
    (root / "text" / "swap.py").write_text(f"def f(one: str | None, two: str | None) -> str | None:\n{swap}", encoding="utf-8")
    (root / "stages" / "pairs.py").write_text("class Pair(tuple[int, int]):\n    pass\n", encoding="utf-8")
    return root


@pytest.fixture
def no_finder() -> Iterator[None]:
    """What a test adds to Python's finders is taken away again."""
    before = sys.meta_path.copy()
    yield
    sys.meta_path[:] = before


def a_build(folder: Path, digest: str, *modules: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).write_text(json.dumps({"sources": digest, "modules": modules}), encoding="utf-8")
    return folder


def finders() -> list[CompiledModules]:
    return [finder for finder in sys.meta_path if isinstance(finder, CompiledModules)]


# ---- which is used


@pytest.mark.usefixtures("no_finder")
def test_a_build_of_these_sources_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_build(tmp_path / "build", sources_digest(), "trucewatch.text.nowhere")
    monkeypatch.setenv(compiled.VARIABLE, str(folder))
    assert use_compiled() == "in use"
    finder = finders()[0]
    spec = finder.find_spec("trucewatch.text.nowhere", None)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == folder
    assert finder.find_spec("trucewatch.text.numbers", None) is None


@pytest.mark.usefixtures("no_finder")
@pytest.mark.parametrize(("asked", "state"), [("0", "set aside"), ("", "stale")])
def test_other_builds_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, state: str) -> None:
    before = len(finders())
    monkeypatch.setattr(compiled, "FOLDER", a_build(tmp_path / "build", "of other sources", "trucewatch.text.nowhere"))
    monkeypatch.setenv(compiled.VARIABLE, asked)
    assert use_compiled() == state
    assert len(finders()) == before


@pytest.mark.usefixtures("no_finder")
@pytest.mark.parametrize(("content", "state"), [(None, "none"), ("", "stale"), ("[]", "stale"), ('{"modules": []}', "stale")])
def test_no_build_and_a_broken_one_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, state: str
) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    monkeypatch.setenv(compiled.VARIABLE, str(tmp_path))
    before = len(finders())
    assert use_compiled() == state
    assert len(finders()) == before


def test_the_digest_tells_every_change(package: Path) -> None:
    seen = {sources_digest(package)}
    module = package / "text" / "adding.py"
    module.write_text(module.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    seen.add(sources_digest(package))
    module.rename(package / "model" / "adding.py")
    seen.add(sources_digest(package))
    (package / "errors.py").write_text("", encoding="utf-8")
    seen.add(sources_digest(package))
    (package / "stages" / "more.py").write_text("", encoding="utf-8")
    seen.add(sources_digest(package))
    assert len(seen) == 5
    (package / "web.py").write_text("", encoding="utf-8")
    assert sources_digest(package) in seen, "no compiled module imports the upper floors"


# ---- how it is made


def test_a_star_behind_in_is_put_in_other_words() -> None:
    head = 'SIDES = ("é", "b")\n\ndef f(x: str) -> bool:\n'
    source = head + '    return x in (*SIDES, "ö") and x not in {\n        *SIDES[1:]} or x in ("c",)\n'
    changed = compilable(source)
    assert changed.count("tuple(") == 2
    assert len(changed.splitlines()) == len(source.splitlines())
    one: dict[str, object] = {}
    other: dict[str, object] = {}
    exec(source, one)
    exec(changed, other)
    for word in ("é", "b", "c", "ö", "d"):
        assert one["f"](word) == other["f"](word)  # type: ignore[operator]


def test_a_kept_property_is_worked_out_once() -> None:
    words = "    @cached_property\n    def words(self) -> list[str]:\n        return [str(self.asked)]\n"
    source = f"class Text:\n{words}\n    asked = 1\n"
    known: dict[str, Any] = {}
    exec(compilable(source), known)
    text = known["Text"]()
    assert text.words == ["1"]
    assert text.words is text.words


def test_a_name_given_once_is_final() -> None:
    future = "from __future__ import annotations\n"
    others = "_THREE = 3\n_THREE = 4\nRange = tuple\nT = TypeVar('T')\n_PAIR = tuple[int, int]\n_NONE = None\n"
    source = f"{future}_ONE = {{1}}\n_TWO: dict[str, int] = {{}}\n{others}"
    changed = compilable(source).split("\n")
    assert changed[1:3] == ["_ONE: _Final = {1}", "_TWO: _Final[dict[str, int]] = {}"]
    assert changed[3:] == source.split("\n")[3:]
    assert "_Final" not in compilable(source.removeprefix(future)), "where annotations are evaluated"


BUILTIN = frozenset({"tuple", "list", "set", "frozenset", "str", "int", "float", "bytes"})
NO_BASES = frozenset({"ABC", "Protocol", "Generic"})
SURROGATE = re.compile(r"[\ud800-\udfff]")


def unreadable(source: str) -> list[tuple[int, str]]:
    """Line and reason of each form for which mypyc is known to refuse a module, or to fail in it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base).split("[")[0] for base in node.bases]
            if BUILTIN.intersection(bases):
                found.append((node.lineno, f"class {node.name} is a {bases[0]}"))
            elif len([base for base in bases if base not in NO_BASES]) > 1:
                found.append((node.lineno, f"class {node.name} has several bases"))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Sub) and is_keys(node.right):
            if not is_keys(node.left) and not (isinstance(node.left, ast.Call) and ast.unparse(node.left.func) == "set"):
                found.append((node.lineno, "a frozenset with keys is a set, whatever its type says: put the keys first"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SURROGATE.search(node.value):
            found.append((node.lineno, "half a surrogate pair in a string: write it in a raw pattern, or by its number"))
    return sorted(found)


def is_keys(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "keys"


def test_the_modules_hold_no_form_that_mypyc_refuses() -> None:
    """A hint as good as it is quick: `make fast-check` asks mypyc itself."""
    found = []
    for name in build.chosen():
        source = (compiled.PACKAGE.parent / name).read_text(encoding="utf-8")
        found += [f"{name}:{line}: {why}" for line, why in unreadable(source)]
    assert not found, "\n".join(found)


def test_forms_that_mypyc_refuses_are_seen() -> None:
    source = 'class A(tuple[int, ...]): ...\nclass B(A, C): ...\nD = "\\ud800"\nclass E(ABC): ...\nclass F(Protocol[T]): ...\n'
    source += "a & b.keys()\nb.keys() & a\nset(a) & b.keys()\n"
    assert [line for line, _ in unreadable(source)] == [1, 2, 3, 6]


@pytest.fixture
def places(tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small package in place of ours, with all folders of a build beside it; the program's folder."""
    monkeypatch.setattr(build, "PACKAGE", package)
    monkeypatch.setattr(build, "BUILD", tmp_path / "work")
    monkeypatch.setattr(build, "FOLDER", tmp_path / "program")
    monkeypatch.setattr(build, "LISTED", tmp_path / "modules.txt")
    (tmp_path / "modules.txt").write_text("# three\nstages/pairs.py\ntext/adding.py\ntext/swap.py\n", encoding="utf-8")
    monkeypatch.setattr(build, "sources_digest", lambda: sources_digest(package))
    return tmp_path / "program"


def test_without_a_compiler_it_says_which(
    places: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_build(places, "an older one")
    monkeypatch.setenv("PATH", str(places))
    assert build.main([]) == 1
    assert "no C compiler" in capsys.readouterr().err
    assert not places.exists(), "a build that cannot be made again is not left behind"


def test_without_headers_it_says_what_to_install(
    places: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(build.sysconfig, "get_path", lambda _: str(places))
    assert build.main([]) == 1
    told = capsys.readouterr().err
    assert "Python.h is missing" in told
    assert f"python{sys.version_info.major}.{sys.version_info.minor}-dev" in told


def test_a_module_that_is_gone_is_named(places: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.LISTED.write_text("text/adding.py\ntext/gone.py\n", encoding="utf-8")
    places.mkdir(exist_ok=True)
    assert build.main(["--generate"]) == 1
    assert "text/gone.py" in capsys.readouterr().err
    assert places.is_dir(), "what only asks takes no build away"


def can_compile() -> bool:
    try:
        build.require_compiler()
    except build.NotBuilt:
        return False
    return True


needs_compiler = pytest.mark.skipif(not can_compile(), reason="no C compiler or no headers of Python here")


@needs_compiler
def test_a_whole_build(places: Path, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One module is compiled and gives the same; one is refused by mypyc, one made wrong, and both are left as they are."""
    monkeypatch.setattr(build, "differences", lambda folder, ways: "")
    assert build.main(["--jobs", "2"]) == 0
    told = capsys.readouterr().out
    assert "left as it is: trucewatch/stages/pairs.py" in told
    assert "left as it is: trucewatch/text/swap.py (a variable known as None" in told
    assert "1 compiled modules" in told
    shutil.copy(compiled.__file__, package / "compiled.py")
    (package / "__init__.py").write_text(
        "from trucewatch.compiled import use_compiled\nSTATE = use_compiled()\n", encoding="utf-8"
    )
    asked = "import trucewatch, trucewatch.text.adding as a; print(trucewatch.STATE, a.__spec__.origin, a.total([1, 4, 99, 5]))"

    def answer() -> list[str]:
        where = {"PYTHONPATH": str(package.parent), compiled.VARIABLE: str(places)}
        return subprocess.check_output([sys.executable, "-c", asked], env={**os.environ, **where}, text=True).split()

    library = f"trucewatch.text.adding{sysconfig.get_config_var('EXT_SUFFIX')}"
    assert answer() == ["in", "use", str(places / library), "9"]
    module = package / "text" / "adding.py"
    module.write_text(module.read_text(encoding="utf-8").replace("99", "4"), encoding="utf-8")
    assert answer() == ["stale", str(module), "104"], "a changed source is read, and no longer what was compiled of it"


@needs_compiler
def test_unequal_ledgers_leave_no_build(
    places: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_build(places, "an older one")
    monkeypatch.setattr(build, "chosen", lambda: ["trucewatch/text/adding.py"])
    monkeypatch.setattr(build, "differences", lambda folder, ways: "claims.jsonl, line 3: one and other")
    assert build.main([]) == 1
    assert "claims.jsonl, line 3" in capsys.readouterr().err
    assert not [path for path in places.parent.iterdir() if path.name.startswith("program")]


@needs_compiler
def test_a_source_changed_meanwhile_leaves_no_build(
    places: Path, package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(folder: Path, ways: object) -> str:
        (package / "errors.py").write_text("", encoding="utf-8")
        return ""

    monkeypatch.setattr(build, "chosen", lambda: ["trucewatch/text/adding.py"])
    monkeypatch.setattr(build, "differences", change)
    assert build.main([]) == 1
    assert "changed while" in capsys.readouterr().err
    assert not places.exists()


# ---- whether two ledgers are one


def ledger(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"claims": "a\nb\n", "issues": ""}, ""),
        ({"claims": "a\nc\n", "issues": ""}, "claims.jsonl, line 2"),
        ({"claims": "a\n", "issues": ""}, "no such line"),
        ({"claims": "a\nb\nd\n", "issues": ""}, "claims.jsonl, line 3"),
        ({"claims": "a\nb\n", "issues": "", "tolls": "x\n"}, "tolls.jsonl, line 1"),
    ],
)
def test_the_first_difference_is_told(tmp_path: Path, other: dict[str, str], told: str) -> None:
    found = equal.first_difference(ledger(tmp_path / "a", claims="a\nb\n", issues=""), ledger(tmp_path / "b", **other))
    assert (told in found) if told else found == ""


def test_no_ledger_at_all_is_no_equal_one(tmp_path: Path) -> None:
    assert equal.first_difference(ledger(tmp_path / "a"), ledger(tmp_path / "b"))


def test_a_run_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "none.csv"
    table.write_text("source,published,outlet\n", encoding="utf-8")
    monkeypatch.setattr(equal, "corpora", lambda: {"none": ("karabakh", tmp_path / "missing", table)})
    assert "ends with" in equal.differences(tmp_path / "check", {"plain": {}, "compiled": {}})
