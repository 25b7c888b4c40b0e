"""Records to plain JSON values and back, exactly."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from trucewatch.errors import RecordError

T = TypeVar("T")


def to_plain(record: Any) -> Any:
    """Record, tuple or value as JSON-ready values; days and instants as ISO text. Bytes are refused (RecordError)."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {f.name: to_plain(getattr(record, f.name)) for f in dataclasses.fields(record)}
    if isinstance(record, tuple | list):
        return [to_plain(part) for part in record]
    if isinstance(record, date | datetime):
        return record.isoformat()
    if isinstance(record, bytes):
        raise RecordError("bytes have no plain form: keep them in the archive and refer to them by sha256")
    return record


def from_plain(record_type: type[T], plain: Any) -> T:
    """Record of a type from `to_plain`'s values. Unknown keys are refused (RecordError), missing ones take their default."""
    fields = _fields(record_type)
    unknown = set(plain) - set(fields)
    if unknown:
        raise RecordError(f"{record_type.__name__} has no field {', '.join(sorted(unknown))}")
    return record_type(**{name: _revive(fields[name], value) for name, value in plain.items()})


@cache
def _fields(record_type: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record_type)
    return {f.name: hints[f.name] for f in dataclasses.fields(record_type)}


def _revive(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _revive(next(arg for arg in typing.get_args(hint) if arg is not type(None)), value)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_revive(args[0], part) for part in value)
        return tuple(_revive(arg, part) for arg, part in zip(args, value, strict=True))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    return value
