"""Records to plain JSON values and back, exactly. What a type needs is worked out once: ledgers hold millions of records."""

from __future__ import annotations

import dataclasses
import operator
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from trucewatch.errors import RecordError

T = TypeVar("T")
_PLAIN = frozenset({str, int, float, bool, type(None)})
# what reads all fields of a kind of record at once, and their names
_levels: dict[type, tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...]]] = {}


def to_plain(record: Any) -> Any:
    """Record, tuple or value as JSON-ready values; days and instants as ISO text. Bytes are refused (RecordError)."""
    kind = type(record)
    if kind in _PLAIN:
        return record
    if kind is tuple or kind is list:
        return [to_plain(part) for part in record]
    if dataclasses.is_dataclass(kind):
        read, names, open_names = _fields_of(kind)
        plain = dict(zip(names, read(record), strict=True))
        for name in open_names:
            plain[name] = to_plain(plain[name])
        return plain
    if isinstance(record, date | datetime):
        return record.isoformat()
    if isinstance(record, bytes):
        raise RecordError("bytes have no plain form: keep them in the archive and refer to them by sha256")
    if isinstance(record, tuple | list):
        return [to_plain(part) for part in record]
    return record


def one_level(record: Any) -> Any:
    """What stands for a record, day or instant in JSON, a record's fields as they are: an encoder's `default`, which goes on
    with them in its own time. The text is that of `to_plain`. Raises RecordError for bytes, TypeError for anything else.
    """
    kind = type(record)
    known = _levels.get(kind)
    if known is None and dataclasses.is_dataclass(kind):
        known = _levels[kind] = _fields_of(kind)[:2]
    if known is not None:
        read, names = known
        return dict(zip(names, read(record)))  # noqa: B905 - as many
    plain = to_plain(record)
    if plain is record:
        raise TypeError(f"a {kind.__name__} has no plain form")
    return plain


def from_plain(record_type: type[T], plain: Any) -> T:
    """Record of a type from `to_plain`'s values. Unknown keys are refused (RecordError), missing ones take their default."""
    names, revivers = _revivers(typing.cast(Any, record_type))
    if not plain.keys() <= names:
        raise RecordError(f"{record_type.__name__} has no field {', '.join(sorted(set(plain) - names))}")
    values = dict(plain)
    for name, revive in revivers:
        value = values.get(name)
        if value is not None:
            values[name] = revive(value)
    return record_type(**values)


@cache
def _names(record_type: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(typing.cast(Any, record_type)))


@cache
def _fields_of(record_type: type) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...], tuple[str, ...]]:
    """What reads all fields of a record at once, their names, and the names of those that may hold more than a plain value."""
    names = _names(record_type)
    hints = typing.get_type_hints(record_type)
    read = operator.attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)
    return read, names, tuple(name for name in names if not _is_plain(hints[name]))


def _is_plain(hint: Any) -> bool:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return all(_is_plain(arg) for arg in typing.get_args(hint))
    return hint in _PLAIN


@cache
def _revivers(record_type: type) -> tuple[frozenset[str], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """Names of a type's fields, and what turns the plain values of some into theirs."""
    hints = typing.get_type_hints(record_type)
    names = _names(record_type)
    return frozenset(names), tuple((name, revive) for name in names if (revive := _reviver(hints[name])) is not None)


def _reviver(hint: Any) -> Callable[[Any], Any] | None:
    """What turns a plain value, not None, into one of a hinted type; None where it is one already."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _reviver(next(arg for arg in typing.get_args(hint) if arg is not type(None)))
    if origin is tuple:
        return _tuple_reviver(typing.get_args(hint))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda value: from_plain(hint, value)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    return None


def _tuple_reviver(args: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(args) == 2 and args[1] is Ellipsis:
        revive = _reviver(args[0])
        if revive is None:
            return tuple
        return lambda value: tuple(None if part is None else revive(part) for part in value)
    each = tuple(_reviver(arg) for arg in args)
    if not any(each):
        return tuple
    return lambda value: tuple(
        part if part is None or make is None else make(part) for make, part in zip(each, value, strict=True)
    )
