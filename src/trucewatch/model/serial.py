"""Records to plain JSON values and back, exactly. What a type needs is worked out once: ledgers hold millions of records."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from trucewatch.errors import RecordError

T = TypeVar("T")
_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_plain(record: Any) -> Any:
    """Record, tuple or value as JSON-ready values; days and instants as ISO text. Bytes are refused (RecordError)."""
    kind = type(record)
    if kind in _PLAIN:
        return record
    if kind is tuple or kind is list:
        return [to_plain(part) for part in record]
    if dataclasses.is_dataclass(kind):
        return {name: to_plain(getattr(record, name)) for name in _names(kind)}
    if isinstance(record, date | datetime):
        return record.isoformat()
    if isinstance(record, bytes):
        raise RecordError("bytes have no plain form: keep them in the archive and refer to them by sha256")
    if isinstance(record, tuple | list):
        return [to_plain(part) for part in record]
    return record


def from_plain(record_type: type[T], plain: Any) -> T:
    """Record of a type from `to_plain`'s values. Unknown keys are refused (RecordError), missing ones take their default."""
    revivers = _revivers(typing.cast(Any, record_type))
    try:
        return record_type(
            **{
                name: value if value is None or (revive := revivers[name]) is None else revive(value)
                for name, value in plain.items()
            }
        )
    except KeyError:
        unknown = set(plain) - set(revivers)
        raise RecordError(f"{record_type.__name__} has no field {', '.join(sorted(unknown))}") from None


@cache
def _names(record_type: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(typing.cast(Any, record_type)))


@cache
def _revivers(record_type: type) -> dict[str, Callable[[Any], Any] | None]:
    hints = typing.get_type_hints(record_type)
    return {name: _reviver(hints[name]) for name in _names(record_type)}


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
