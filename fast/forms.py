"""A module as mypyc takes it best, in other words of the same meaning."""

from __future__ import annotations

import ast
from collections import Counter

_FUTURE = b"from __future__ import annotations"
_TYPES = frozenset({"TypeVar", "ParamSpec", "NewType"})
_CACHED = "cached_property"
_KEPT = """\
    def {name}(self) -> {type}:
        try:
            return self._kept_{name}
        except AttributeError:
            self._kept_{name}: {type} = self._make_{name}()
            return self._kept_{name}

"""
# line (from 1), column in bytes, how many bytes are taken out there, what is put there
_Edit = tuple[int, int, int, bytes]


def compilable(source: str) -> str:
    """A module's source, changed in three ways.

    `in (*some, "other")` becomes `in tuple((*some, "other"))`, as mypyc fails at a star behind `in`. A `cached_property` becomes
    a property with an attribute behind it, as mypyc makes it a plain one, worked out anew each time. A module's name that is
    given a value once becomes `Final`, so that it is read from a C variable, and not by its name from a dictionary.
    """
    tree = ast.parse(source)
    lines = source.encode().split(b"\n")
    edits = [*_stars(tree), *_cached(tree)]
    if _FUTURE in lines and (finals := _finals(tree)):
        edits += [*finals, (lines.index(_FUTURE) + 1, len(_FUTURE), 0, b"; from typing import Final as _Final")]
    # from the last to the first, so that what stands before keeps its place
    for number, at, less, put in sorted(edits, reverse=True):
        line = lines[number - 1]
        lines[number - 1] = line[:at] + put + line[at + less :]
    return b"\n".join(lines).decode()


def _stars(tree: ast.Module) -> list[_Edit]:
    edits: list[_Edit] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        for sign, among in zip(node.ops, node.comparators, strict=True):
            if not isinstance(sign, ast.In | ast.NotIn) or not isinstance(among, ast.Tuple | ast.List | ast.Set):
                continue
            if any(isinstance(part, ast.Starred) for part in among.elts):
                edits.append((among.lineno, among.col_offset, 0, b"tuple("))
                edits.append((among.end_lineno or 0, among.end_col_offset or 0, 0, b")"))
    return edits


def _cached(tree: ast.Module) -> list[_Edit]:
    edits: list[_Edit] = []
    for node in ast.walk(tree):
        mark = node.decorator_list[0] if isinstance(node, ast.FunctionDef) and node.decorator_list else None
        if not isinstance(node, ast.FunctionDef) or not isinstance(mark, ast.Name) or mark.id != _CACHED or node.returns is None:
            continue
        edits.append((mark.lineno, mark.col_offset, len(_CACHED), b"property"))
        edits.append((node.lineno, 0, 0, _KEPT.format(name=node.name, type=ast.unparse(node.returns)).encode()))
        edits.append((node.lineno, node.col_offset + len("def "), 0, b"_make_"))
    return edits


def _finals(tree: ast.Module) -> list[_Edit]:
    given = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load))
    edits: list[_Edit] = []
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        name = targets[0]
        if len(targets) > 1 or not isinstance(name, ast.Name) or given[name.id] > 1 or name.id.startswith("__"):
            continue
        if not (name.id.isupper() or name.id.islower()):
            # a type's
            continue
        if isinstance(node, ast.AnnAssign):
            edits.append((node.annotation.lineno, node.annotation.col_offset, 0, b"_Final["))
            edits.append((node.annotation.end_lineno or 0, node.annotation.end_col_offset or 0, 0, b"]"))
        elif not _is_type(node.value):
            edits.append((name.end_lineno or 0, name.end_col_offset or 0, 0, b": _Final"))
    return edits


def _is_type(value: ast.expr) -> bool:
    """Whether a value is a type, or None, of which mypy learns the type from a later value."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in _TYPES
    return isinstance(value, ast.Subscript) or (isinstance(value, ast.Constant) and value.value is None)
