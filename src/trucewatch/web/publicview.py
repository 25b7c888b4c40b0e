"""What a public view shows: every record as a public release would give it (reports/public.py), of texts the sentences of claims.

`PublicReader` stands in for the plain reader in every page and answer, so that no route can forget it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from trucewatch.errors import RequestError
from trucewatch.model.codebook import act_class, acts
from trucewatch.model.records import Claim, Decision, Document, Incident, Issue, Ledger, Toll, Violation
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.model.theatre import Theatre
from trucewatch.reports.coarse import GUARDED_ACTS, MOVEMENT
from trucewatch.reports.masking import Mask
from trucewatch.reports.public import Publisher
from trucewatch.store.dialects import Dialect
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.paging import Condition
from trucewatch.store.reading import Reader, Version
from trucewatch.store.sentences import ends_of
from trucewatch.web.answers import dump

FIELDS: dict[type, str] = {
    Document: "documents",
    Incident: "incidents",
    Toll: "tolls",
    Violation: "violations",
    Issue: "issues",
}


def kept_back() -> tuple[str, ...]:
    """Acts whose places are guarded always, or while they are of the last days."""
    moves = [code for code in acts() if act_class(code) == MOVEMENT]
    return (*GUARDED_ACTS, *moves, "DEESCALATE.WITHDRAWAL")


def word_check(theatre: Theatre) -> Callable[[str], bool]:
    """Says of folded words whether they may be searched for where they are written with a capital: nobody's name."""
    mask = Mask(theatre)
    return lambda words: all(mask.is_known(word) for word in words.split())


def refuse_public(what: str) -> RequestError:
    """Something that a public view does not have."""
    return RequestError(404, "not-public", f"{what}: this is a public view of the ledger")


class _Row(NamedTuple):
    id: str
    first_day: str
    changed_at: str
    act: str
    place_id: str | None
    place: str | None
    record: str


class _Stored(NamedTuple):
    id: str
    record: str
    recorded_at: str


class PublicReader(Reader):
    """Reads one snapshot of a ledger as the public may have it."""

    def __init__(self, conn: sa.Connection, dialect: Dialect, publisher: Publisher) -> None:
        super().__init__(conn, dialect)
        self._publisher = publisher

    def redacted(self, ledger: Ledger) -> Ledger:
        """A ledger for the public: of each text the sentences of its claims, with as many blanks between."""
        public = self._publisher.ledger(super().redacted(ledger))
        told: dict[str, list[tuple[int, int]]] = {}
        for claim in public.claims:
            told.setdefault(claim.document_id, []).append(ends_of(claim))
        documents = (replace(one, text=_sentences(one.text, told.get(one.id, []))) for one in public.documents)
        return replace(public, documents=tuple(documents))

    def incidents(
        self, wanted: IncidentFilter, *, limit: int | None, after: tuple[str, str] | None = None, newest_first: bool = True
    ) -> list[Any]:
        """Rows of incidents, public."""
        return self._public_rows(super().incidents(wanted, limit=limit, after=after, newest_first=newest_first))

    def incident_rows(self, ids: Sequence[str]) -> list[Any]:
        """Rows of incidents by their ids, public."""
        return self._public_rows(super().incident_rows(ids))

    def latest_incidents(self, wanted: IncidentFilter, limit: int) -> list[Any]:
        """Rows of the incidents that changed last, public."""
        return self._public_rows(super().latest_incidents(wanted, limit))

    def _public_rows(self, rows: Sequence[Any]) -> list[Any]:
        found = []
        for row in rows:
            incident = self._public(Incident, row.record)
            place = next((p for p in incident.places if p.lat is not None), None)
            name = (place.name or place.text) if place is not None else None
            place_id = place.place_id if place is not None else None
            found.append(_Row(row.id, row.first_day, row.changed_at, row.act, place_id, name, dump(to_plain(incident))))
        return found

    def _public(self, record_type: type, record: str) -> Any:
        field = FIELDS[record_type]
        ledger = Ledger(**{field: (from_plain(record_type, json.loads(record)),)})
        return getattr(self._publisher.ledger(ledger), field)[0]

    def tolls_of(self, incident_ids: Sequence[str]) -> dict[str, list[str]]:
        """Tolls of incidents, public."""
        found = super().tolls_of(incident_ids)
        return {key: [dump(to_plain(self._public(Toll, one))) for one in own] for key, own in found.items()}

    def page(
        self,
        record_type: type,
        wanted: Mapping[str, str | Sequence[str] | None],
        *,
        limit: int,
        after: str | None = None,
        more: Sequence[Condition] = (),
    ) -> list[Any]:
        """Rows of a type, public; no decision, and of a claim no more than leads to it."""
        if record_type is Decision:
            return []
        rows = super().page(record_type, wanted, limit=limit, after=after, more=more)
        if record_type is Claim:
            # only their ids are used: the claims come with their documents, through `redacted`
            return rows
        return [_Stored(row.id, dump(to_plain(self._public(record_type, row.record))), row.recorded_at) for row in rows]

    def where(self, record_type: type, **columns: str | Sequence[str]) -> list[Any]:
        """Records of a type; no decision but those by which words are redacted, issues public."""
        found: list[Any] = super().where(record_type, **columns)
        if record_type is Decision:
            return found if columns.get("kind") == "redact" else []
        return list(self._publisher.ledger(Ledger(issues=tuple(found))).issues) if record_type is Issue else found

    def decisions(self) -> tuple[Decision, ...]:
        """None."""
        return ()

    def history(self, record_type: type, record_id: str) -> list[Version]:
        """Versions of a record, public."""
        found = super().history(record_type, record_id)
        return [replace(one, plain=to_plain(self._public(record_type, json.dumps(one.plain)))) for one in found]

    def passed_deadlines(self) -> list[Violation]:
        """Violations without an incident, public."""
        return list(self._publisher.ledger(Ledger(violations=tuple(super().passed_deadlines()))).violations)

    def refusals(self) -> tuple[Issue, ...]:
        """Issues of refused inputs, public."""
        return self._publisher.ledger(Ledger(issues=super().refusals())).issues

    def matching_documents(self, words: str) -> Condition | None:
        """Refused: a whole text holds names. Raises RequestError (404)."""
        raise refuse_public("words are searched for in the sentences of claims alone")


def make_publisher(reader: Reader, theatre: Theatre, key: bytes, today: date) -> Publisher:
    """The publisher for a ledger as a reader sees it."""
    column = sa.table("documents", sa.column("outlet")).c.outlet
    outlets = reader.conn.execute(sa.select(column).where(column.is_not(None)).distinct()).scalars()
    return Publisher(theatre, outlets=sorted(outlets), key=key, released_on=today)


def _sentences(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text with blanks for all that is in no span; the ends of paragraphs stay."""
    kept = bytearray(len(text))
    for start, end in spans:
        kept[max(0, start) : min(len(text), end)] = b"\1" * max(0, min(len(text), end) - max(0, start))
    return "".join(letter if keep or letter == "\n" else " " for letter, keep in zip(text, kept, strict=True))
