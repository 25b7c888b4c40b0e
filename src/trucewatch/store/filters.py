"""Which incidents a reader asks for, and the SQL conditions that find them soonest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim
from trucewatch.store.dialects import Dialect, Phrase
from trucewatch.store.index import FACETS, INDEX, UNKNOWN_DAY
from trucewatch.store.paging import FEW, Condition, size_of
from trucewatch.store.tables import BY_TYPE
from trucewatch.text.hits import phrases_of

FACETS_OF = {
    "sides": ("side",),
    "acts": ("act",),
    "statuses": ("status",),
    "agreements": ("agreement",),
    "families": ("family",),
    "places": ("place",),
    "documents": ("document",),
    "doers": ("attributed_to",),
    "speakers": ("asserted_by", "denied_by"),
}


@dataclass(frozen=True, kw_only=True)
class IncidentFilter:
    """Which incidents: every condition holds, and within one any of its values. Days include both ends.

    `acts` are codes or first parts, `sides` party codes in any role, `doers` to whom it is attributed, `speakers` who tells
    of it or denies it, `words` all stand in the sentence of one claim on it. An incident whose day is not known is in no range
    of days.

    For public views: `is_open` says of a word whether it may be found where it is written with a capital; the incidents of acts
    that begin with one of `kept_back` are found neither by such a word nor by their places.
    """

    from_day: date | None = None
    to_day: date | None = None
    sides: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    words: str | None = None
    is_open: Callable[[str], bool] | None = None
    kept_back: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for every incident."""
        return all(not getattr(self, field.name) for field in fields(self) if field.name not in ("is_open", "kept_back"))


class Filtering:
    """Turns filters into conditions on one snapshot of a ledger."""

    def __init__(self, conn: sa.Connection, dialect: Dialect) -> None:
        self.conn, self.dialect = conn, dialect

    def plan(self, wanted: IncidentFilter, *, is_walked: bool = True) -> tuple[list[sa.ColumnElement[bool]], bool]:
        """Conditions, and whether one of them leaves so few incidents that they are best found by it first. `is_walked`: whoever
        asks stops after a page."""
        sets = self._sets(wanted)
        told = self._told(wanted)
        sizes = [size_of(self.conn, one) for one in sets]
        if told is not None:
            some = self.matching_claims(wanted, FEW)
            sizes.append(size_of(self.conn, some) if some is not None else 0)
        smallest = min(range(len(sizes)), key=sizes.__getitem__, default=None)
        are_few = smallest is not None and sizes[smallest] < FEW
        found = self._days(wanted)
        if wanted.places:
            found += [sa.not_(INDEX.c.act.startswith(prefix, autoescape=True)) for prefix in wanted.kept_back]
        if told is not None:
            # what few sentences hold is searched for once; what many do is asked of the incidents that come up
            is_once = sizes[-1] < FEW or not is_walked
            found.append(INDEX.c.number.in_(told) if is_once else self._tells(wanted))
        for number, one in enumerate(sets):
            if are_few and number == smallest:
                found.append(INDEX.c.number.in_(one))
            else:
                found.append(one.where(FACETS.c.number == INDEX.c.number).correlate(INDEX).exists())
        return found, are_few

    def matching_claims(self, wanted: IncidentFilter, most: int | None = None) -> sa.Select[Any] | None:
        """A SELECT of the ids of the claims whose sentences hold a filter's words; None where they hold no word at all. `most`:
        it is enough to find so many."""
        phrases = phrases_of(wanted.words or "")
        if not phrases:
            return None
        is_open = wanted.is_open
        if is_open is None:
            return _ids(self.dialect.sentences_with([Phrase(words=words) for words in phrases], most))
        small = _ids(self.dialect.sentences_with([Phrase(words=words, is_small=True) for words in phrases], most))
        choices = [Phrase(words=words, is_small=not is_open(words)) for words in phrases]
        if all(choice.is_small for choice in choices):
            return small
        table = BY_TYPE[Claim].table
        found = sa.select(table.c.id).where(table.c.id.in_(_ids(self.dialect.sentences_with(choices, most))))
        found = found.where(*(sa.not_(table.c.act.startswith(prefix, autoescape=True)) for prefix in wanted.kept_back))
        return sa.select(sa.union(small, found).subquery().c.id)

    def holding(self, wanted: IncidentFilter, claim: str, act: sa.ColumnElement[str] | None = None) -> sa.ColumnElement[bool]:
        """The condition that the sentence of the claim of this id (an SQL column) holds a filter's words, of which there are
        some; `act`: where the claim's act stands, if it stands beside it."""
        phrases = phrases_of(wanted.words or "")
        if not phrases:
            return sa.false()
        is_open = wanted.is_open
        if is_open is None:
            return _asked(self.dialect.sentence_holds([Phrase(words=words) for words in phrases], claim))
        small = _asked(self.dialect.sentence_holds([Phrase(words=words, is_small=True) for words in phrases], claim))
        choices = [Phrase(words=words, is_small=not is_open(words)) for words in phrases]
        if all(choice.is_small for choice in choices):
            return small
        if act is None:
            own = BY_TYPE[Claim].table.alias("told")
            act = sa.select(own.c.act).where(own.c.id == sa.literal_column(claim)).scalar_subquery()
        public = [sa.not_(act.startswith(prefix, autoescape=True)) for prefix in wanted.kept_back]
        return sa.or_(small, sa.and_(*public, _asked(self.dialect.sentence_holds(choices, claim))))

    def words(self, wanted: IncidentFilter) -> Condition:
        """The condition that a claim's sentence holds a filter's words, of which there are some."""
        table = BY_TYPE[Claim].table
        none = sa.select(table.c.id).where(sa.false())
        claims, some = self.matching_claims(wanted), self.matching_claims(wanted, FEW)
        if claims is None or some is None:
            return Condition(found=none, holds=sa.false())
        return Condition(found=claims, some=some, holds=self.holding(wanted, "claims.id", table.c.act))

    def _tells(self, wanted: IncidentFilter) -> sa.ColumnElement[bool]:
        own = FACETS.c.number == INDEX.c.number
        holds = self.holding(wanted, "incident_facets.value")
        return sa.select(FACETS.c.number).where(own, FACETS.c.kind == "claim", holds).correlate(INDEX).exists()

    @staticmethod
    def _days(wanted: IncidentFilter) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = []
        if wanted.from_day is not None:
            found.append(INDEX.c.last_day >= wanted.from_day.isoformat())
        if wanted.to_day is not None:
            found.append(INDEX.c.first_day <= wanted.to_day.isoformat())
            found.append(INDEX.c.first_day > UNKNOWN_DAY)
        return found

    def _sets(self, wanted: IncidentFilter) -> list[sa.Select[Any]]:
        found = []
        for field, kinds in FACETS_OF.items():
            values = getattr(wanted, field)
            if values:
                found.append(sa.select(FACETS.c.number).where(FACETS.c.kind.in_(kinds), FACETS.c.value.in_(values)))
        return found

    def _told(self, wanted: IncidentFilter) -> sa.Select[Any] | None:
        claims = self.matching_claims(wanted)
        if claims is None:
            return sa.select(FACETS.c.number).where(sa.false()) if wanted.words else None
        chosen = claims.subquery()
        return sa.select(FACETS.c.number).join_from(
            chosen, FACETS, sa.and_(FACETS.c.kind == "claim", FACETS.c.value == chosen.c.id)
        )


def _asked(condition: sa.TextClause) -> sa.ColumnElement[bool]:
    # a text that stands among other conditions
    return sa.and_(sa.true(), condition)


def _ids(found: sa.TextClause) -> sa.Select[Any]:
    return sa.select(found.columns(sa.column("id")).subquery().c.id)
