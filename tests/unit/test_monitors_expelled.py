"""Monitors sent away are kept from their task; they are no civilians driven out, and their expulsion no mere refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(claim.act, claim.stance) for claim in reading.claims if claim.modality == "actual"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya expelled the monitors from the border area on Monday.",
        "Kenya threw out United Nations inspectors after the report.",
        "UN observers were expelled by Kenya on Monday.",
    ],
)
def test_monitors_expelled_are_denied_access(read: Read, text: str) -> None:
    assert told(read(text)) == [("ACCESS.MONITOR_DENIAL", "asserts")]


def test_a_denied_expulsion_of_monitors_is_denied(read: Read) -> None:
    assert told(read("Uganda denied that it had expelled UN monitors.")) == [("ACCESS.MONITOR_DENIAL", "denies")]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya did not expel UN observers on Monday.",
        "Kenya may expel UN observers, an analyst said.",
        "Kenya threatened to expel UN observers.",
        "Kenya wants the UN observers expelled.",
        "Did Kenya expel the observers?",
    ],
)
def test_monitors_not_yet_expelled_are_not(read: Read, text: str) -> None:
    assert "ACCESS.MONITOR_DENIAL" not in {act for act, _ in told(read(text))}


def test_others_expelled_stay_what_they_are(read: Read) -> None:
    assert told(read("Kenya expelled 3,000 Ugandan villagers from the area.")) == [("CIV.DISPLACEMENT", "asserts")]
    assert told(read("Kenya expelled the Ugandan ambassador.")) == [("REFUSE", "asserts")]
