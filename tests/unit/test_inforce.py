"""Agreements in force at an instant, over days, at a place, for a party; the facts' own examples and stated times, row by row."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.facts_theatre import facts_theatre
from tests.unit.ledger_building import NEW_TRUCE, OLD_TRUCE, THEATRE, day, place, utc
from trucewatch.config import load_theatre
from trucewatch.model.records import ClaimPlace, When
from trucewatch.model.theatre import Clause, Deadline
from trucewatch.text.clock import read_clock, settle
from trucewatch.text.inforce import AgreementBook, Span, act_match, day_span, due_at, instant_span, is_term, last_day, span_of

BOOK = AgreementBook(THEATRE)
# Our own copy of the facts' numbers: what must be in force when.
KARABAKH = {
    "2020-10-04T10:00:00Z": ["NK-1994-CF", "NK-1995-STRENGTH"],
    "2020-10-14T10:00:00Z": ["NK-1994-CF", "NK-1995-STRENGTH", "NK-2020-10-10"],
    "2020-10-10T08:30:00Z": ["NK-1994-CF", "NK-1995-STRENGTH", "NK-2020-10-10"],
    "2020-11-09T20:59:59Z": [
        "NK-1994-CF",
        "NK-1995-STRENGTH",
        "NK-2020-10-10",
        "NK-2020-10-18",
        "NK-2020-10-26",
        "NK-2020-10-30",
    ],
    "2020-11-09T21:00:00Z": ["NK-1994-CF", "NK-1995-STRENGTH", "NK-2020-10-30", "NK-2020-11-10"],
    "2023-09-19T12:00:00Z": ["NK-1994-CF", "NK-1995-STRENGTH", "NK-2020-10-30", "NK-2020-11-10"],
    "2023-09-20T09:00:00Z": ["NK-1994-CF", "NK-1995-STRENGTH", "NK-2020-10-30", "NK-2020-11-10", "NK-2023-09-20"],
}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def ids(book: AgreementBook, span: Span | None, **where: object) -> list[str]:
    return [force.agreement.id for force in book.in_force(span, **where)]  # type: ignore[arg-type]


# --- the facts, row by row ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", sorted(KARABAKH))
def test_in_force_examples_of_the_facts(at: str, shared: Path) -> None:
    book = AgreementBook(facts_theatre(shared))
    assert sorted(ids(book, instant_span(instant(at)))) == sorted(KARABAKH[at])


@pytest.mark.parametrize("at", sorted(KARABAKH))
def test_in_force_examples_hold_for_the_shipped_theatre(at: str) -> None:
    book = AgreementBook(load_theatre("karabakh"))
    assert sorted(ids(book, instant_span(instant(at)))) == sorted(KARABAKH[at])


def test_the_examples_here_are_all_of_the_facts(shared: Path) -> None:
    facts = json.loads((shared / "facts/karabakh-agreements.json").read_text(encoding="utf-8"))
    assert {at: sorted(found) for at, found in facts["in_force_examples"].items()} == {
        at: sorted(found) for at, found in KARABAKH.items()
    }


def test_every_stated_time_of_the_facts(shared: Path) -> None:
    """Every row of agreement_time_variants.csv: read, and held against when the agreement takes effect."""
    book = AgreementBook(facts_theatre(shared))
    agreements = {agreement.id: agreement for agreement in book.theatre.agreements}
    lines = (shared / "facts/agreement_time_variants.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == 18
    for row in rows:
        stated = instant(row["utc"]) if row["utc"] else None
        agreement = agreements.get(row["agreement"])
        if agreement is None:
            assert row["agreement"] == "2016-CEASEFIRE"
            reading = settle(read_clock(row["as_written"], date(2016, 4, 5), "Asia/Baku"))
            assert reading.at == stated, row
            assert reading.is_consistent, row
            continue
        assert agreement.effective_at is not None
        effective = agreement.effective_at.astimezone(UTC)
        if row["action"].startswith("alternative"):
            assert agreement.effective_alternative_at == stated
            middle = effective + timedelta(minutes=30)
            assert _certainty(book, agreement.id, middle) == "ambiguous"
            assert _certainty(book, agreement.id, effective) == "ambiguous"
            assert _certainty(book, agreement.id, agreement.effective_alternative_at) == "in_force"
        elif row["action"].startswith("reject"):
            assert stated != effective, row
            if stated is not None and stated < effective:
                assert _certainty(book, agreement.id, stated) is None
        elif stated is not None:
            assert stated == effective, row
            assert _certainty(book, agreement.id, effective - timedelta(seconds=1)) is None
            assert _certainty(book, agreement.id, effective) is not None
        else:
            # No clock time, or none with a zone: nothing to compute from.
            reading = settle(read_clock(row["as_written"], effective.date(), "Asia/Baku"))
            assert reading.at is None or row["agreement"] == "NK-2020-10-10", row


STATED = [
    ("12:00 local time (10:00 CET)", "2020-10-10", "2020-10-10T08:00", True),
    ("12:00 [11:00 Cyprus time]", "2020-10-10", "2020-10-10T08:00", True),
    ("12:00 [Moscow time]", "2020-10-10", "2020-10-10T09:00", True),
    ("00h00 local time", "2020-10-18", "2020-10-17T20:00", True),
    ("midnight local time (8pm GMT)", "2020-10-18", "2020-10-17T20:00", True),
    ("midnight of 18 October / midnight Sunday", "2020-10-18", None, False),
    ("08:00 a.m. local time (12:00 a.m. EDT)", "2020-10-26", "2020-10-26T04:00", True),
    ("8:00 am local time (04H00 GMT)", "2020-10-26", "2020-10-26T04:00", True),
    ("08:00 a.m. local time (1600GMT)", "2020-10-26", None, False),
    ("00:00 Moscow time 10 November", "2020-11-10", "2020-11-09T21:00", True),
    ("13:00", "2023-09-20", "2023-09-20T09:00", True),
    ("12:00 Moscow time", "2023-09-20", "2023-09-20T09:00", True),
    ("12:00 local = 11:00 Moscow", "2016-04-05", "2016-04-05T08:00", True),
    ("no time is given", "2016-04-05", None, False),
    ("25:00 local time", "2016-04-05", None, False),
    ("12:00 (11:00 Xanadu time)", "2020-10-10", "2020-10-10T08:00", True),
    ("noon GMT", "2020-10-10", "2020-10-10T12:00", True),
    ("9 p.m. Athens time", "2020-10-10", "2020-10-10T18:00", True),
]


@pytest.mark.parametrize(("words", "on", "at", "is_consistent"), STATED)
def test_a_stated_time_with_its_zones(words: str, on: str, at: str | None, is_consistent: bool) -> None:
    reading = settle(read_clock(words, date.fromisoformat(on), "Asia/Baku"))
    assert reading.at == (utc(at) if at else None)
    assert reading.is_consistent is is_consistent
    assert reading.reason


def _certainty(book: AgreementBook, agreement_id: str, at: datetime) -> str | None:
    return next((f.certainty for f in book.in_force(instant_span(at)) if f.agreement.id == agreement_id), None)


# --- instants and days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2019-12-31T23:59", []),
        ("2020-01-01T00:00", [("OLD", "in_force")]),
        ("2030-05-10T07:59", [("OLD", "in_force")]),
        ("2030-05-10T08:00", [("NEW", "ambiguous"), ("OLD", "in_force")]),
        ("2030-05-10T08:59", [("NEW", "ambiguous"), ("OLD", "in_force")]),
        ("2030-05-10T09:00", [("NEW", "in_force"), ("OLD", "in_force")]),
        ("2030-06-30T23:59", [("NEW", "in_force"), ("OLD", "in_force")]),
        ("2030-07-01T00:00", [("OLD", "in_force")]),
    ],
)
def test_an_instant_later_agreement_first_end_excluded(at: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.agreement.id, f.certainty) for f in BOOK.in_force(instant_span(utc(at)))] == expected


@pytest.mark.parametrize(
    ("first", "last", "certainty"),
    [
        ("2030-05-09", "2030-05-09", None),
        ("2030-05-10", "2030-05-10", "ambiguous"),
        ("2030-05-09", "2030-05-11", "ambiguous"),
        ("2030-05-11", "2030-05-11", "in_force"),
        ("2030-06-30", "2030-06-30", "in_force"),
        # 1 July local begins at 20:00 UTC of 30 June, before the end at 00:00 UTC
        ("2030-07-01", "2030-07-01", "ambiguous"),
        ("2030-07-02", "2030-07-02", None),
    ],
)
def test_days_that_straddle_the_beginning_or_the_end_are_ambiguous(first: str, last: str, certainty: str | None) -> None:
    span = day_span(date.fromisoformat(first), date.fromisoformat(last), THEATRE.timezone)
    found = {f.agreement.id: f.certainty for f in BOOK.in_force(span)}
    assert found.get("NEW") == certainty


def test_a_day_is_a_day_by_local_clocks() -> None:
    span = day_span(date(2030, 5, 10), date(2030, 5, 10), "Asia/Baku")
    assert (span.start_at, span.stop_at) == (utc("2030-05-09T20:00"), utc("2030-05-10T20:00"))


def test_no_day_known_leaves_every_agreement_ambiguous() -> None:
    assert span_of(When(), "UTC") is None
    assert {f.certainty for f in BOOK.in_force(None)} == {"ambiguous"}


def test_one_end_of_a_span_stands_for_the_day() -> None:
    assert span_of(When(latest=date(2030, 5, 1)), "UTC") == day_span(date(2030, 5, 1), date(2030, 5, 1), "UTC")


def test_where_only_the_day_is_known_that_day_is_ambiguous() -> None:
    loose = replace(OLD_TRUCE, effective_at=utc("2020-01-01T00:00"), effective_precision="day")
    book = AgreementBook(replace(THEATRE, timezone="UTC", agreements=(loose,)))
    assert _certainty(book, "OLD", utc("2020-01-01T23:59")) == "ambiguous"
    assert _certainty(book, "OLD", utc("2020-01-02T00:00")) == "in_force"
    assert _certainty(book, "OLD", utc("2019-12-31T23:59")) is None


# --- parties -----------------------------------------------------------------------------------------------------------------


def test_one_that_did_not_sign_is_bound_only_by_the_setting() -> None:
    span = instant_span(utc("2030-05-15T00:00"))
    assert ids(BOOK, span, party="QAR") == ["OLD"]
    strict = AgreementBook(THEATRE, non_signatories_bound=True)
    assert ids(strict, span, party="QAR") == ["NEW", "OLD"]
    bound = {clause.id for clause in NEW_TRUCE.clauses if strict.is_bound(NEW_TRUCE, clause, "QAR")}
    assert bound == {"NEW#1", "NEW#4"}, "only clauses that bind every signatory"
    assert not strict.is_bound(NEW_TRUCE, NEW_TRUCE.clauses[0], "ALY"), "a third state is never bound"
    assert AgreementBook(replace(THEATRE, non_signatories_bound=True)).non_signatories_bound


def test_nobody_named_matches_only_what_binds_everybody() -> None:
    span = instant_span(utc("2030-05-15T00:00"))
    found = BOOK.clauses_against("FIRE", span, (place("mill"),), None)
    assert [match.clause.id for match in found] == ["NEW#1", "OLD#1"]
    assert BOOK.clauses_against("ACCESS.BLOCKADE", span, (place("road"),), None) == ()


# --- places ------------------------------------------------------------------------------------------------------------------


def test_a_clause_with_an_area_holds_only_within_it() -> None:
    span = instant_span(utc("2030-05-15T00:00"))
    assert [m.clause.id for m in BOOK.clauses_against("ACCESS.BLOCKADE", span, (place("road"),), "XIA")] == ["NEW#2"]
    assert BOOK.clauses_against("ACCESS.BLOCKADE", span, (place("harbour"),), "XIA") == ()
    assert BOOK.clauses_against("ACCESS.BLOCKADE", span, (), "XIA") == (), "a narrow area is not assumed"
    wide = tuple(replace(p, kind="region") if p.id == "road" else p for p in THEATRE.places)
    assert AgreementBook(replace(THEATRE, places=wide)).clauses_against("ACCESS.BLOCKADE", span, (), "XIA") != ()


def test_a_place_outside_the_parties_countries_is_outside_the_theatre() -> None:
    span = instant_span(utc("2030-05-15T00:00"))
    assert BOOK.clauses_against("FIRE", span, (place("afar"),), "XIA") == ()
    assert BOOK.clauses_against("FIRE", span, (), "XIA") != (), "no place told: assumed inside"


def test_a_place_of_the_world_table_counts_by_where_it_lies() -> None:
    span = instant_span(utc("2030-05-15T00:00"))
    near = ClaimPlace(text="Hamlet", place_id="world:1", lat=39.8, lon=46.1, precision="settlement")
    far = replace(near, lat=55.7, lon=37.6)
    assert BOOK.clauses_against("FIRE", span, (near,), "XIA") != ()
    assert BOOK.clauses_against("FIRE", span, (far,), "XIA") == ()


def test_parents_that_form_a_cycle_do_not_hang() -> None:
    turned = tuple(replace(p, parents=("mill",)) if p.id == "south" else p for p in THEATRE.places)
    assert AgreementBook(replace(THEATRE, places=turned)).lineage("mill") == {"mill", "south"}


# --- acts --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        ("FIRE.HEAVY", "act-named"),
        ("FIRE", "act-unspecific"),
        ("AIR", "act-unspecific"),
        ("ADVANCE", "act-unspecific"),
        ("FIRE.CLASH", "act-contained"),
        ("CIV.ATTACK_PERSONS", "act-contained"),
        ("WEAPON.PROHIBITED", "act-contained"),
        ("AIR.OVERFLIGHT", None),
        ("AIR.UAV_DOWNED", None),
        ("ACCESS.BLOCKADE", None),
        ("THREAT.FORCE", None),
        ("TOLL", None),
        ("FIREWORKS", None),
    ],
)
def test_which_acts_fall_under_a_ceasefire(act: str, rule: str | None) -> None:
    matched = act_match(NEW_TRUCE.clauses[0], act)
    assert (matched.rule if matched else None) == rule


@pytest.mark.parametrize("act", ["AIR", "CIV.ATTACK_PERSONS", "FIRE", "ADVANCE"])
def test_an_attack_is_no_overflight_and_no_crossing(act: str) -> None:
    clause = replace(NEW_TRUCE.clauses[0], breach_acts=("ADVANCE.LINE_CROSSING", "AIR.OVERFLIGHT"))
    assert act_match(clause, act) is None


def test_a_clause_that_names_a_whole_class_covers_its_kinds() -> None:
    clause = replace(NEW_TRUCE.clauses[0], breach_acts=("AIR",))
    assert act_match(clause, "AIR.OVERFLIGHT") is not None
    assert act_match(clause, "AIRLIFT") is None


def test_fire_on_civilians_falls_under_their_protection() -> None:
    protection = NEW_TRUCE.clauses[3]
    assert act_match(protection, "FIRE.HEAVY") is None
    matched = act_match(protection, "FIRE.HEAVY", hits_civilians=True)
    assert matched is not None
    assert matched.rule == "civilian-target"


# --- deadlines ---------------------------------------------------------------------------------------------------------------


def test_a_duty_is_breached_only_once_its_amended_deadline_has_passed() -> None:
    clause = NEW_TRUCE.clauses[2]
    assert clause.deadline is not None
    assert last_day(clause.deadline) == date(2030, 5, 25)
    # midnight after 25 May by local clocks
    assert due_at(clause, "Asia/Baku") == utc("2030-05-25T20:00")
    for on, expected in (("2030-05-24", []), ("2030-05-25", []), ("2030-05-26", ["NEW#3"])):
        span = span_of(day(on), THEATRE.timezone)
        found = BOOK.clauses_against("FORCE.NON_WITHDRAWAL", span, (place("mill"),), "ZOR")
        assert [match.clause.id for match in found] == expected


def test_days_on_both_sides_of_a_deadline_are_ambiguous() -> None:
    span = span_of(day("2030-05-25", "2030-05-26"), THEATRE.timezone)
    found = BOOK.clauses_against("FORCE.NON_WITHDRAWAL", span, (place("mill"),), "ZOR")
    assert [match.certainty for match in found] == ["ambiguous"]


def test_a_term_is_no_deadline_and_a_historic_clause_is_spent() -> None:
    term = Deadline(on=date(2035, 1, 1), wording="term end")
    assert is_term(term)
    clause: Clause = replace(NEW_TRUCE.clauses[2], deadline=term)
    assert due_at(clause, "UTC") is None
    span = instant_span(utc("2030-05-15T00:00"))
    assert BOOK.clauses_against("PROCESS.NO_ORDER", span, (), "XIA") == ()
