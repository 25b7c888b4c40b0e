"""The house: imports only go down its floors, without a cycle, and the lower rooms know no theatre."""

from __future__ import annotations

import ast
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "trucewatch"
FLOORS = (
    ("errors", "compiled", "__init__"),
    ("model",),
    ("text",),
    ("sources", "store", "stages"),
    ("hookspecs", "config", "engines", "plugins", "decisions"),
    ("pipeline",),
    ("reports",),
    ("web", "cli", "findings_cli", "__main__"),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# rooms of one floor that must not know each other; elsewhere on a floor only a cycle is wrong
APART = {("sources", "stages"), ("sources", "store"), ("store", "stages")}
# the shipped stages register themselves there, by name
DATA = {"theatres"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "theatres" not in path.relative_to(PACKAGE).parts)


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


@cache
def imports_of(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and full name of every module of ours that a file imports, anywhere in it."""
    return tuple(_imports_of(path))


def _imports_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.split(".")[0] == "trucewatch")
        elif isinstance(node, ast.ImportFrom) and node.level:
            raise AssertionError(f"{path}:{node.lineno}: a relative import; write it in full")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "trucewatch":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield node.lineno, whole if whole in NAMES else str(node.module)


def test_every_room_has_a_floor() -> None:
    unknown = {room_of(path) for path in MODULES} - set(FLOOR)
    assert not unknown, f"give these rooms a floor in tests/test_layers.py: {sorted(unknown)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path: Path) -> None:
    mine = room_of(path)
    wrong = []
    for line, name in imports_of(path):
        parts = name.split(".")
        other = parts[1] if len(parts) > 1 else "__init__"
        if other == mine or other in DATA:
            continue
        if FLOOR[other] > FLOOR[mine] or (mine, other) in APART or (other, mine) in APART:
            wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_no_cycle() -> None:
    """Between modules, counting only imports at the top of a file: one inside a function is there to break a cycle."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = {node.lineno for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)}
        arrows[name_of(path)] = {name for line, name in imports_of(path) if line in top and name != name_of(path)}
    state: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert state.get(name) != 1, f"a cycle: {' -> '.join((*trail[trail.index(name) :], name))}"
        if name not in state:
            state[name] = 1
            for other in sorted(arrows.get(name, ())):
                visit(other, (*trail, name))
            state[name] = 2

    for name in sorted(arrows):
        visit(name, ())


def test_the_model_knows_only_the_standard_library() -> None:
    import sys

    for path in sorted((PACKAGE / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            foreign = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"trucewatch"}
            assert not foreign, f"{path}: {foreign}"


# ---- no theatre's names in stages and text

MIN_NAME = 5
# the language's own words, which a theatre may use as names: of lines between forces, of bodies
WORDS = frozenset(
    (
        "center",
        "centre",
        "contact line",
        "council",
        "demarcation line",
        "dividing line",
        "front",
        "front line",
        "frontline",
        "government",
        "line of contact",
        "north",
        "south",
        "union",
    )
)
# currencies are named after countries
# plain words that are somebody's name too
EXCUSED = frozenset(
    (
        ("text/numbers.py", "australian"),
        ("text/numbers.py", "canadian"),
        ("text/actors/roles.toml", "state security"),
        ("stages/extract/lexicon.toml", "price"),
    )
)


def theatre_names() -> set[str]:
    """Names of the shipped theatres' parties, persons and places, and the places' single words, folded to lower case."""
    from trucewatch.config import list_theatres, load_theatre

    world = load_theatre(None)
    general = {name for actor in world.actors for name in actor.names} | {
        name for actor in world.actors for name in actor.generic
    }
    names: set[str] = set()
    for theatre in map(load_theatre, list_theatres()):
        for party in theatre.parties:
            names.update((*party.names, *party.demonyms, *party.metonyms))
        for actor in theatre.actors:
            if actor.kind == "person":
                names.update(actor.names)
                names.update(name.split()[-1] for name in actor.names)
            else:
                names.update(name for name in actor.names if name not in general)
        for place in theatre.places:
            names.update(place.names)
    return {name.casefold() for name in names if len(name) >= MIN_NAME and name.casefold() not in WORDS}


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string and comment of a module, or every line of another text file."""
    if path.suffix == ".py":
        with tokenize.open(path) as stream:
            for token in tokenize.generate_tokens(stream.readline):
                if token.type in (tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", -1)):
                    yield token.start[0], token.string
    elif path.suffix in (".toml", ".csv", ".txt"):
        yield from enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def test_stages_and_text_name_no_person_place_or_party() -> None:
    names = theatre_names()
    assert len(names) > 200, "the theatres' names are not read"
    by_first: dict[str, list[list[str]]] = {}
    for name in names:
        by_first.setdefault(name.split()[0], []).append(name.split())
    found = []
    for room in ("stages", "text"):
        for path in sorted((PACKAGE / room).rglob("*")):
            if not path.is_file():
                continue
            for line, text in words_of(path):
                words = re.findall(r"[\w'’-]+", text.casefold())
                for begin, word in enumerate(words):
                    for parts in by_first.get(word, ()):
                        name = " ".join(parts)
                        is_there = words[begin : begin + len(parts)] == parts
                        if is_there and (path.relative_to(PACKAGE).as_posix(), name) not in EXCUSED:
                            found.append(f"{path.relative_to(PACKAGE)}:{line}: {name}")
    assert not found, "names belong into theatres/:\n" + "\n".join(found)
