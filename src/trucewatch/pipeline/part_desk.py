"""What the steps share that work on parts of a ledger: its rows and how they hang together, texts and claims at need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa

from trucewatch.engines import Engine
from trucewatch.model.judgements import standing
from trucewatch.model.records import Claim, Decision, Document, Issue, Kinship, Observation
from trucewatch.model.stage import Context, Stage
from trucewatch.pipeline.edge import Outcome, Task
from trucewatch.pipeline.progress import Clock, Progress
from trucewatch.stages.sides import Sides, WorldCountries
from trucewatch.store import Store
from trucewatch.store.parts import Parts
from trucewatch.store.patch import Patch
from trucewatch.store.tables import BY_TYPE
from trucewatch.text.redaction import Range, black_out, redacted_ranges

CHUNK = 500
# letters of texts that are kept when a step has done with them: the next asks for most of them again
MOST_LETTERS = 16_000_000
R = TypeVar("R")


class Documents(Mapping[str, Document]):
    """A ledger's documents with their texts, read when they are asked for; `let_go` forgets them where they are many."""

    def __init__(self, patch: Patch, decisions: Iterable[Decision]) -> None:
        self._patch = patch
        self._known: dict[str, Document | None] = {}
        self._letters = 0
        self._ranges: dict[str, tuple[Range, ...]] = {}
        redactions = [decision for decision in standing(decisions) if decision.kind == "redact"]
        subjects = [subject for decision in redactions for subject in decision.subject]
        if subjects:
            claims = patch.reader.get_all(Claim, subjects)
            own = patch.reader.documents([*subjects, *(claim.document_id for claim in claims)])
            self._ranges = redacted_ranges(own, claims, redactions)

    def fetch(self, ids: Iterable[str]) -> None:
        """Read several at once."""
        wanted: list[str] = [one for one in dict.fromkeys(ids) if one not in self._known]
        self._known.update(dict.fromkeys(wanted, None))
        for document in self._patch.reader.documents(wanted):
            # what was redacted on another machine still stands in this one's texts
            ranges = self._ranges.get(document.id)
            self._known[document.id] = black_out(document, ranges) if ranges else document
            self._letters += len(document.text)

    def let_go(self) -> None:
        """The caller needs none of them now."""
        if self._letters > MOST_LETTERS:
            self.forget()

    def forget(self) -> None:
        """Forget what was read: the documents are other ones now."""
        self._known.clear()
        self._letters = 0

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Texts by id."""
        wanted = list(ids)
        self.fetch(wanted)
        found = {one: document.text for one in wanted if (document := self._known[one]) is not None}
        self.let_go()
        return found

    def __getitem__(self, document_id: str) -> Document:
        if document_id not in self._known:
            self.fetch((document_id,))
        found = self._known[document_id]
        if found is None:
            raise KeyError(document_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (one for one, document in self._known.items() if document is not None)

    def __len__(self) -> int:
        return sum(document is not None for document in self._known.values())


@dataclass(frozen=True, kw_only=True)
class News:
    """Ids of what decisions and observations bear on that are new since the ledger was brought up to date: documents, of which
    `redacted` have other words; claims that were decided to be of one incident or of two, or no longer are; incidents.
    `erased`: claims of documents of which words were just destroyed, as they were, by id; `issues` that went with them."""

    documents: frozenset[str] = frozenset()
    redacted: frozenset[str] = frozenset()
    grouped: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()
    erased: Mapping[str, Claim] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


@dataclass
class Changes:
    """What of a ledger's readings a run changed: ids of documents and claims (those that are gone included), documents whose
    story is another one, or of which a kinship came or went; claims that other claims' places or parties bear on; and the claims
    as they were (`before`) and are (`after`)."""

    documents: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)
    borne_on: set[str] = field(default_factory=set)
    before: dict[str, Claim] = field(default_factory=dict)
    after: dict[str, Claim] = field(default_factory=dict)


@dataclass
class Desk:
    """One bringing up to date of a ledger. `is_whole`: of all of it, with nothing known before."""

    store: Store
    patch: Patch
    parts: Parts
    context: Context
    decisions: tuple[Decision, ...]
    observations: tuple[Observation, ...]
    record_stages: tuple[tuple[Stage, ...], ...]
    engine: Engine[Task, Outcome]
    clock: Clock
    is_strict: bool
    is_whole: bool
    on_progress: Callable[[Progress], None]
    news: News = field(default_factory=News)
    changes: Changes = field(default_factory=Changes)

    def __post_init__(self) -> None:
        self.documents = Documents(self.patch, self.decisions)
        self._unraised: set[str] = set()
        self.sides = Sides(self.context.theatre, WorldCountries(self.context.gazetteer))

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by their ids, as they are now."""
        wanted = list(dict.fromkeys(ids))
        after = self.changes.after
        known = self.patch.claims(one for one in wanted if one not in after)
        return {one: known[one] if one in known else after[one] for one in wanted if one in after or one in known}

    def kinships(self, document_ids: Iterable[str]) -> list[Kinship]:
        """Kinships that a document of these is in, in the order of a ledger's."""
        found: dict[Kinship, None] = {}
        for part in chunks(document_ids):
            for column in ("first_id", "second_id"):
                found.update(dict.fromkeys(self.patch.reader.where(Kinship, **{column: part})))
        return sorted(found, key=lambda kin: (kin.first_id, kin.second_id, kin.kind))

    def where(self, record_type: type[R], column: str, values: Iterable[str]) -> list[R]:
        """Records of which a column has one of many values."""
        return [one for part in chunks(values) for one in self.patch.reader.where(record_type, **{column: part})]

    def keep_issues(self, owned: Mapping[str, Iterable[Issue]]) -> None:
        """Make these the only issues of their owners; `drop_issues` takes out what nobody raises any more."""
        before = self.parts.marks_of("issue", owned)
        marks: list[tuple[str, str]] = []
        every: dict[Issue, None] = {}
        for owner, issues in owned.items():
            for issue in issues:
                every[issue] = None
                marks.append((issue_key(issue), owner))
        self.patch.put_issues(every)
        self.parts.unmark("issue", owned)
        self.parts.mark("issue", marks)
        self._unraised |= {key for keys in before.values() for key in keys} - {key for key, _ in marks}

    def drop_issues(self) -> None:
        """Remove the issues that nobody raises any more, once everybody was asked: one may go over to another owner."""
        still = self.parts.marked("issue", self._unraised)
        self.patch.remove(Issue, sorted(self._unraised - still.keys()))
        self._unraised.clear()

    def put_again(self, issues: Iterable[Issue]) -> None:
        """Put those of these issues that somebody still raises."""
        by_key = {issue_key(issue): issue for issue in issues}
        self.patch.put_issues(by_key[key] for key in self.parts.marked("issue", by_key))

    def first_and_last_day(self) -> tuple[str, str] | None:
        """First and last day, ISO, on which a document was published."""
        latest, earliest = (BY_TYPE[Document].table.c[name] for name in ("published_latest", "published_earliest"))
        ends = (sa.func.min, sa.func.max)
        # one by one: each is found at an end of an index
        asked = [sa.select(end(latest)) for end in ends] + [sa.select(end(earliest)).where(latest.is_(None)) for end in ends]
        found = [day for query in asked if (day := self.patch.conn.execute(query).scalar()) is not None]
        return (min(found), max(found)) if found else None


def issue_key(issue: Issue) -> str:
    """The id of an issue's row."""
    return BY_TYPE[Issue].key(issue)


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """Values once each, a few hundred at a time."""
    wanted = list(dict.fromkeys(values))
    for begin in range(0, len(wanted), CHUNK):
        yield wanted[begin : begin + CHUNK]


def by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims by their document."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.document_id].append(claim)
    return found
