"""The shipped theatres: free of mistakes, true to facts/, and rich enough to read the news with."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from trucewatch.config import check_theatre, load_theatre
from trucewatch.model.theatre import Agreement, Clause

# codes of facts/karabakh-agreements.json that are ISO 3166 alpha-2 there
CODES = {"NK": "NKR", "RU": "RUS", "FR": "FRA", "AM": "ARM", "AZ": "AZE"}
# stated for a day alone, or as a local day in a field of instants: the theatre holds the instant
DAY_ONLY = {"NK-1995-STRENGTH", "NK-2020-10-30"}


@pytest.mark.parametrize("name", ["world", "karabakh", "lebanon"])
def test_no_shipped_theatre_has_a_mistake(name: str) -> None:
    assert check_theatre(name) == ()


def in_force(agreement: Agreement, at: datetime) -> bool:
    return (
        agreement.is_operative
        and agreement.effective_at is not None
        and agreement.effective_at <= at
        and (agreement.ends_at is None or at < agreement.ends_at)
    )


def test_the_karabakh_agreements_are_those_of_the_facts(shared: Path) -> None:
    facts = json.loads((shared / "facts" / "karabakh-agreements.json").read_text(encoding="utf-8"))
    ours = {agreement.id: agreement for agreement in load_theatre("karabakh").agreements}
    assert set(ours) == {agreement["id"] for agreement in facts["agreements"]}
    for fact in facts["agreements"]:
        agreement = ours[fact["id"]]
        assert agreement.parties == tuple(party["id"] for party in fact["parties"])
        assert agreement.not_parties == tuple(CODES[text.split()[0]] for text in fact.get("not_parties", []))
        assert agreement.ends_at == instant(fact.get("ends_utc"))
        effective = fact["effective"] or {}
        if agreement.id in DAY_ONLY:
            assert agreement.effective_precision == "day"
            assert agreement.effective_at
            assert (agreement.effective_at.astimezone(UTC).date() - date.fromisoformat(effective["local"])).days == -1
        else:
            assert agreement.effective_at == instant(effective.get("utc"))
            assert agreement.effective_alternative_at == instant(effective.get("utc_alternative"))
        compare_clauses(agreement, fact)


def compare_clauses(agreement: Agreement, fact: dict[str, list[dict[str, object]]]) -> None:
    clauses: dict[str, Clause] = {clause.id: clause for clause in agreement.clauses}
    # one clause of 2023 stands in two unilateral versions, kept apart
    assert set(clauses) - {"NK-2023-09-20#3az"} == {clause["id"] for clause in fact["clauses"]}
    for wanted in fact["clauses"]:
        clause = clauses[str(wanted["id"])]
        assert clause.breach_acts == tuple(wanted["breach_acts"])  # type: ignore[arg-type]
        assert clause.bound_parties == tuple(wanted["bound_parties"])  # type: ignore[arg-type]
        assert clause.number == wanted["n"]
        assert clause.monitorable == wanted.get("monitorable", True)
        deadline = str(wanted["deadline"])
        assert (str(clause.deadline.on) if clause.deadline else "") == deadline[:10]
        if clause.deadline:
            assert clause.deadline.extended_to == (
                date.fromisoformat(str(wanted["extended_to"])) if "extended_to" in wanted else None
            )
        start = str(wanted["start_utc"])
        if "T" in start:
            assert clause.starts_at == instant(start)


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_which_agreements_are_in_force(shared: Path) -> None:
    facts = json.loads((shared / "facts" / "karabakh-agreements.json").read_text(encoding="utf-8"))
    agreements = load_theatre("karabakh").agreements
    assert len(facts["in_force_examples"]) > 5
    for at, wanted in facts["in_force_examples"].items():
        moment = datetime.fromisoformat(at)
        assert sorted(agreement.id for agreement in agreements if in_force(agreement, moment)) == sorted(wanted), at


def test_two_versions_of_one_clause_stay_two() -> None:
    agreement = next(agreement for agreement in load_theatre("karabakh").agreements if agreement.id == "NK-2023-09-20")
    versions = [(clause.version, clause.duty) for clause in agreement.clauses if clause.number == "3"]
    assert [version for version, _ in versions] == ["NKR", "AZE"]
    assert versions[0][1] != versions[1][1]


def test_the_kalbajar_deadline_was_moved() -> None:
    clauses = {clause.id: clause for agreement in load_theatre("karabakh").agreements for clause in agreement.clauses}
    deadline = clauses["NK-2020-11-10#6a"].deadline
    assert deadline
    assert (deadline.on, deadline.extended_to) == (date(2020, 11, 15), date(2020, 11, 25))
    assert clauses["NK-2020-11-10#6a"].area_place_ids == ("kalbajar-district",)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("stepanakert", ("Stepanakert", "Xankəndi", "Khankendi", "Степанакерт")),
        ("shusha", ("Shusha", "Shushi", "Şuşa")),
        ("ganja", ("Ganja", "Gəncə", "Gyandzha")),
        ("jabrayil", ("Jabrayil", "Cəbrayıl", "Jebrail")),
        ("martakert", ("Martakert", "Mardakert", "Ağdərə")),
        ("vardenis", ("Vardenis",)),
        ("bukharli", ("Bukharli", "Buxarlı")),
        ("madagiz", ("Madagiz", "Suqovuşan", "Mataghis")),
    ],
)
def test_places_have_their_spellings(name: str, spellings: tuple[str, ...]) -> None:
    place = next(place for place in load_theatre("karabakh").places if place.id == name)
    assert place.names[0] == spellings[0]
    assert set(spellings) <= set(place.names)


def test_who_held_what_when() -> None:
    places = {place.id: place for place in load_theatre("karabakh").places}

    def holder(place_id: str, on: date) -> str | None:
        held = places[place_id].holdings
        found = [h.party for h in held if (not h.since or h.since <= on) and (not h.until or on < h.until)]
        return found[0] if found else None

    assert holder("shusha", date(2020, 11, 7)) == "NKR"
    assert holder("shusha", date(2020, 11, 8)) == "AZE"
    assert holder("hadrut", date(2020, 10, 1)) == "NKR"
    assert holder("aghdam", date(2020, 11, 19)) == "NKR"
    assert holder("aghdam", date(2020, 11, 20)) == "AZE"
    assert holder("stepanakert", date(2022, 1, 1)) == "NKR"


@pytest.mark.parametrize("name", ["karabakh", "lebanon"])
def test_positions_are_credited_and_plausible(name: str) -> None:
    """Only GeoNames' positions are shipped: a place that it does not hold keeps its name and its parent, never a guess."""
    theatre = load_theatre(name)
    positioned = [place for place in theatre.places if place.lat is not None]
    assert len(positioned) > 100
    for place in positioned:
        assert place.lon is not None
        assert place.credit
        assert place.credit.startswith("GeoNames ")
        box = (38, 42, 43, 51) if name == "karabakh" else (12, 37, 31, 52)
        assert place.lat is not None
        assert box[0] < place.lat < box[1], place
        assert box[2] < place.lon < box[3], place
    assert all(place.parents for place in theatre.places if place.lat is None and place.kind == "settlement")


@pytest.mark.parametrize("name", ["karabakh", "lebanon"])
def test_no_chain_of_parents_is_a_circle(name: str) -> None:
    parents = {place.id: place.parents for place in load_theatre(name).places}
    for place_id in parents:
        seen, level = set(), {place_id}
        while level:
            level = {parent for child in level for parent in parents[child]}
            assert place_id not in level
            assert len(seen) <= len(parents)
            seen |= level


def test_the_lebanon_arrangement() -> None:
    agreements = {agreement.id: agreement for agreement in load_theatre("lebanon").agreements}
    truce = agreements["LB-2024-11-27"]
    assert truce.effective_at == datetime(2024, 11, 27, 2, 0, tzinfo=UTC)
    withdrawal = next(clause for clause in truce.clauses if clause.number == "12")
    assert withdrawal.deadline
    assert withdrawal.bound_parties == ("ISR",)
    assert (withdrawal.deadline.on - date(2024, 11, 27)).days == 60
    assert withdrawal.deadline.extended_to == date(2025, 2, 18)
    assert in_force(agreements["LB-2006-1701"], datetime(2023, 10, 8, tzinfo=UTC))
    assert not in_force(truce, datetime(2024, 11, 27, 1, 59, tzinfo=UTC))
    assert load_theatre("lebanon").non_signatories_bound


def test_the_world_knows_every_state() -> None:
    theatre = load_theatre(None)
    states = {party.code: party for party in theatre.parties if party.kind == "state"}
    assert len(states) > 190
    assert states["AZE"].demonyms[:2] == ("Azerbaijani", "Azeri")
    assert states["TUR"].metonyms == ("Ankara",)
    assert not theatre.agreements
    assert not theatre.places
    assert next(actor for actor in theatre.actors if actor.id == "TASS").party == "RUS"
    assert next(actor for actor in theatre.actors if actor.id == "REUTERS").party is None


@pytest.mark.parametrize("name", ["world", "karabakh", "lebanon"])
def test_offices_of_one_person_do_not_end_before_they_begin_and_ids_are_apart(name: str) -> None:
    actors = load_theatre(name).actors
    assert len({actor.id for actor in actors}) == len(actors)
    assert all(not (office.since and office.until) or office.since <= office.until for a in actors for office in a.offices)


@pytest.mark.parametrize(
    ("party", "title"), [("AZE", "president"), ("ARM", "prime minister"), ("NKR", "president"), ("RUS", "president")]
)
def test_nobody_shares_the_highest_office(party: str, title: str) -> None:
    held = sorted(
        (office.since or date.min, office.until or date.max)
        for actor in load_theatre("karabakh").actors
        if actor.party == party
        for office in actor.offices
        if office.title == title
    )
    assert held
    for (_, until), (since, _) in pairwise(held):
        assert until <= since
