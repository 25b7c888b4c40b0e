"""Records to plain values and back."""

from __future__ import annotations

import dataclasses
import json
import typing
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucewatch.errors import RecordError
from trucewatch.model import records
from trucewatch.model.records import Claim, ClaimPlace, Kinship, Reading, When
from trucewatch.model.serial import from_plain, one_level, to_plain
from trucewatch.model.theatre import Theatre
from trucewatch.store.plain import json_text
from trucewatch.store.tables import SPECS

TYPES = [
    kind for kind in vars(records).values() if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind is not Reading
]
instants = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a hinted type, as records hold them."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        if args[1:] == (Ellipsis,):
            return st.lists(values_of(args[0]), max_size=2).map(tuple)
        return st.tuples(*map(values_of, args))
    if args:
        return st.one_of(*(st.none() if arg is type(None) else values_of(arg) for arg in args))
    if dataclasses.is_dataclass(hint):
        return records_of(typing.cast(Any, hint))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=4),
        int: st.integers(-(2**40), 2**40),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        date: st.dates(),
        datetime: instants,
        bytes: st.just(b""),
    }
    return simple[hint]


def records_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    fields = {f.name: values_of(hints[f.name]) for f in dataclasses.fields(kind)}
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))


@pytest.mark.parametrize("kind", [k for k in TYPES if k.__name__ != "Ledger"], ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(chance=st.data())
def test_every_record_survives_json(kind: type[Any], chance: st.DataObject) -> None:
    record = chance.draw(records_of(kind))
    assert json.dumps([record, (record,)], default=one_level) == json.dumps(to_plain([record, (record,)]))
    # what rows hold is the same, but for how a fraction below 0.0001 is written
    assert json.loads(json_text(to_plain(record))) == to_plain(record)
    if not any(spec.record_type is kind and spec.has_instants for spec in SPECS):
        assert json.loads(json_text((record,))) == [to_plain(record)]
    assert from_plain(kind, json.loads(json.dumps(to_plain(record)))) == record


def test_nested_records_and_tuples_of_numbers() -> None:
    place = ClaimPlace(text="Alder", lat=1.5)
    day = date(2021, 3, 4)
    claim = Claim(
        id="c",
        document_id="d",
        start_char=0,
        end_char=1,
        sentence_start_char=0,
        sentence_end_char=1,
        act="FIRE",
        places=(place,),
        when=When(earliest=day, latest=day),
    )
    kin = Kinship(first_id="a", second_id="b", kind="copy", score=0.5, passages=((0, 1, 2, 3), (4, 5, 6, 7)))
    assert to_plain(claim)["places"][0]["lat"] == 1.5
    assert to_plain(claim)["when"]["earliest"] == "2021-03-04"
    assert from_plain(Kinship, to_plain(kin)) == kin


def test_unknown_fields_are_refused_and_missing_ones_take_their_default() -> None:
    with pytest.raises(RecordError, match="When has no field mood, weather"):
        from_plain(When, {"weather": "fair", "mood": 1})
    assert from_plain(When, {}) == When()


def test_bytes_have_no_plain_form() -> None:
    with pytest.raises(RecordError, match="archive"):
        to_plain(b"bytes")


def test_an_encoder_refuses_bytes_and_what_is_no_record() -> None:
    with pytest.raises(RecordError):
        json.dumps([b"1"], default=one_level)
    with pytest.raises(TypeError, match="set"):
        json.dumps({"words": {"one"}}, default=one_level)


def test_the_text_of_rows_escapes_what_is_no_text_and_refuses_what_has_no_plain_form() -> None:
    assert json_text({"path": "\ud800", "days": (date(2020, 1, 2), None)}) == '{"path":"\\ud800","days":["2020-01-02",null]}'
    assert json_text("\u00e9\u2028\x00") == '"\u00e9\u2028\\u0000"'
    with pytest.raises(TypeError, match="object"):
        json_text({"what": object()})


def test_a_theatre_survives_json() -> None:
    theatre = Theatre(name="n", title="t", since=date(2020, 1, 1))
    assert from_plain(Theatre, json.loads(json.dumps(to_plain(theatre)))) == theatre
