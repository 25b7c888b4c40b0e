"""The part of a ledger that a report needs: read alone, it gives the very report that the whole ledger gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.ledger_building import THEATRE
from tests.unit.web_site import fill_store, observation, small_ledger
from trucewatch.errors import ConfigError
from trucewatch.model.records import Incident, Ledger, When
from trucewatch.reports.situation import make_report, part_of
from trucewatch.store import Store
from trucewatch.store.days import stored_totals, totals_of
from trucewatch.store.reading import reading


@pytest.fixture
def stored(make_store: Callable[[], Store]) -> tuple[Store, Ledger]:
    """The shelling and the strike, an incident without a day, documents of several languages: a store and what it gives."""
    ledger = small_ledger()
    dateless = Incident(id="incident-dateless", act="FIRE", when=When(), places=(), claim_ids=())
    documents = tuple(
        replace(one, language=code, published=replace(one.published, basis=basis))
        for one, code, basis in zip(ledger.documents, ("en", "fr", None), ("given", "inferred", "stated"), strict=True)
    )
    store = make_store()
    fill_store(store, replace(ledger, incidents=(*ledger.incidents, dateless), documents=documents))
    return store, store.view()


def test_a_part_gives_the_report_of_the_whole(stored: tuple[Store, Ledger]) -> None:
    store, whole = stored
    told = 0
    for number in range(20):
        for length in (1, 3):
            first = date(2030, 4, 29) + timedelta(days=number)
            last = first + timedelta(days=length - 1)
            with reading(store) as reader:
                got = part_of(reader, THEATRE, first, last)
            for is_public in (True, False):
                made = make_report(got.ledger, THEATRE, first, last, totals=got.totals, is_public=is_public)
                assert made == make_report(whole, THEATRE, first, last, is_public=is_public), (first, last)
            told += bool(made.notes)
    assert told


def test_a_part_leaves_the_rest_unread(stored: tuple[Store, Ledger]) -> None:
    store, whole = stored
    with reading(store) as reader:
        got = part_of(reader, THEATRE, date(2030, 5, 12), date(2030, 5, 12))
        later = part_of(reader, THEATRE, date(2030, 8, 1), date(2030, 8, 1)).ledger
    part, totals = got.ledger, got.totals
    assert {claim.act for claim in part.claims} == {"AIR.DRONE_STRIKE"}
    assert {one.id for one in part.incidents} == {"incident-shelling", "incident-strike"}, "the chart draws both"
    assert totals.documents == len(whole.documents) == 3
    assert (later.incidents, later.claims) == ((), ())


def test_totals_are_the_same_counted_here_and_by_the_database(stored: tuple[Store, Ledger]) -> None:
    store, whole = stored
    with reading(store) as reader:
        totals = stored_totals(reader)
    assert totals == totals_of(whole)
    assert totals.incidents_without_day == 1
    assert totals.inferred == 1
    assert totals.languages == ((None, 1), ("en", 1), ("fr", 1))


def test_totals_of_an_empty_ledger(make_store: Callable[[], Store]) -> None:
    store = make_store()
    fill_store(store, Ledger())
    with reading(store) as reader:
        assert stored_totals(reader) == totals_of(Ledger())


def test_a_period_that_ends_before_it_begins_is_refused(stored: tuple[Store, Ledger]) -> None:
    with reading(stored[0]) as reader, pytest.raises(ConfigError, match="must not lie before"):
        part_of(reader, THEATRE, date(2030, 5, 2), date(2030, 5, 1))


def test_what_was_redacted_is_not_in_a_part(stored: tuple[Store, Ledger]) -> None:
    store, _ = stored
    store.black_out({"doc-wire": [(0, 12)]})
    with reading(store) as reader:
        part = part_of(reader, THEATRE, date(2030, 5, 5), date(2030, 5, 5)).ledger
    texts = {one.id: one.text for one in part.documents}
    assert "Zor shelled" not in texts["doc-wire"]
    assert observation().id in {one.id for one in part.observations}
