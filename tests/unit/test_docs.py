"""The documentation against the code: every issue code is explained, every page is reached, every link leads somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "trucewatch"
MAKERS = {"Issue", "_issue", "make_issue", "refuse", "complain"}
# complain() of the command line prints a line and is no issue
ROOMS = ("sources", "stages", "text", "pipeline")
ONE_WORD = ("undated", "unreadable")
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DOCUMENTED = re.compile(r"^\| `([a-z0-9-]+)` \| (?:(?:info|warning|error)(?:, )?)+ \|", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _assigned(tree: ast.AST, name: str) -> Iterator[str]:
    """Strings that a name is given anywhere in a module, alone or in a tuple."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    yield from _strings(node.value)
                elif isinstance(target, ast.Tuple):
                    for position, part in enumerate(target.elts):
                        if isinstance(part, ast.Name) and part.id == name:
                            values = [value for value in ast.walk(node.value) if isinstance(value, ast.Tuple)]
                            yield from (text for value in values for text in _strings(value.elts[position]))


def raised() -> dict[str, str]:
    """Issue codes that the code can raise, each with a file that raises it."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if name not in MAKERS:
                    continue
                named = [word.value for word in call.keywords if word.arg == "code"]
                for argument in named or call.args[:3]:
                    texts = _assigned(tree, argument.id) if isinstance(argument, ast.Name) else _strings(argument)
                    codes = [text for text in texts if CODE.fullmatch(text) and (named or "-" in text or text in ONE_WORD)]
                    found.update((code, path.relative_to(ROOT).as_posix()) for code in codes)
                    if codes:
                        break
    return found


def test_every_issue_code_is_documented_and_every_documented_one_exists() -> None:
    codes = raised()
    assert len(codes) > 40, sorted(codes)
    documented = DOCUMENTED.findall((ROOT / "docs/issues.md").read_text(encoding="utf-8"))
    assert len(documented) == len(set(documented))
    missing = {code: path for code, path in codes.items() if code not in documented}
    assert not missing, f"explain these in docs/issues.md: {missing}"
    stale = set(documented) - set(codes)
    assert not stale, f"docs/issues.md explains codes that nothing raises: {sorted(stale)}"


def test_every_page_is_reached_from_the_index_and_every_link_leads_to_a_file() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    assert pages <= set(LINK.findall(index))
    for path in (ROOT / "README.md", ROOT / "examples/README.md", *(ROOT / "docs").glob("*.md")):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_readme_names_the_commands_that_the_makefile_has() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)", readme))
    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
