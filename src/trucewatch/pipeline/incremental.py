"""Bringing a large ledger up to date: what new and changed readings bear on is worked out anew, and nothing else is read.

The same stage functions do the work as over a whole ledger, part by part (`part_documents`, `part_links`, `part_incidents`,
`part_sums`); what hangs together with what is kept beside the ledger (`store.parts`). Tests hold the result against a whole
recomputation, row by row. Small ledgers, plans with stages of plugins and `--recompute` go the whole way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from trucewatch.engines import Engine
from trucewatch.model.records import Decision, Ledger, Observation
from trucewatch.model.stage import Context, Stage
from trucewatch.pipeline.edge import Outcome, Task
from trucewatch.pipeline.part_decisions import news_of
from trucewatch.pipeline.part_desk import Desk, News
from trucewatch.pipeline.part_documents import DocumentParts, judged
from trucewatch.pipeline.part_incidents import IncidentParts
from trucewatch.pipeline.part_links import Links
from trucewatch.pipeline.part_sums import SumParts
from trucewatch.pipeline.progress import Clock, Progress
from trucewatch.plugins import SHIPPED
from trucewatch.stages.judge import apply_decisions
from trucewatch.stages.kinship import KinState
from trucewatch.store import Store
from trucewatch.store.erasure import Erased
from trucewatch.store.parts import Parts
from trucewatch.store.patch import patching, version_of

# below this a whole recomputation takes seconds, and needs no file beside the ledger
PARTS_FROM = 2_000
# documents brought into a ledger at once: what is in memory grows with them
BATCH = 20_000
# of what parts.db keeps: another number, and it is made anew
LAYOUT = "2"
READS = 3


@dataclass(frozen=True, kw_only=True)
class Update:
    """What is needed to bring a ledger up to date. `made_by` stands for the stages, their settings and the theatre; `pending`
    documents were read just now; `was_cut_short`: an earlier run may have read others."""

    store: Store
    groups: Sequence[tuple[str, tuple[Stage, ...]]]
    context: Context
    made_by: str
    pending: Sequence[str]
    was_cut_short: bool
    engine: Engine[Task, Outcome]
    clock: Clock
    is_strict: bool
    on_progress: Callable[[Progress], None]


def is_splittable(update: Update) -> bool:
    """Whether a ledger is large enough to be worked on in parts, and all its stages are ours."""
    stages = [stage for _, group in update.groups for stage in group]
    ours = all((s.run_ledger or s.run_record).__module__.startswith("trucewatch.") for s in stages)
    names = [stage.name for stage in stages]
    return ours and names == list(SHIPPED[READS:]) and update.store.count_readings(PARTS_FROM) >= PARTS_FROM


def bring_up_to_date(update: Update) -> int:
    """Bring the derived tables up to date; gives how many rows changed. Raises whatever a stage raises; the ledger is as it was
    then."""
    with Parts(update.store.shelf.folder) as parts:
        is_whole = not knows_all(update, parts)
        if is_whole:
            parts.clear()
        return bring_parts_up_to_date(update, parts, is_whole=is_whole)


def knows_all(update: Update, parts: Parts) -> bool:
    """Whether the parts, and kinship, are of the ledger as it is, and of these stages."""
    kinship = update.context.kinship
    return (
        parts.is_of(version_of(update.store))
        and parts.meta("made by") == f"{LAYOUT} {update.made_by}"
        and isinstance(kinship, KinState)
        and parts.meta("texts") == str(len(kinship.digests))
    )


def bring_parts_up_to_date(update: Update, parts: Parts, *, is_whole: bool, erased: Erased | None = None) -> int:
    """Bring parts that know all (or, `is_whole`, nothing) and the derived tables up to date. `erased`: what a redaction took
    away since. Gives how many rows changed."""
    store = update.store
    dirty = _dirty(update, parts, is_whole)
    decisions, observations = store.decided(), store.observed()
    seen = apply_decisions(Ledger(observations=observations, decisions=decisions)).observations
    news = news_of(store, parts, decisions, seen, is_whole=is_whole)
    if erased is not None:
        news = replace(
            news,
            documents=news.documents | erased.documents | erased.read,
            redacted=news.redacted | erased.documents,
            erased=erased.claims,
            issues=erased.issues,
        )
    # first: what is new of decisions is told to the first batch
    dirty = [*sorted(news.documents), *(one for one in dirty if one not in news.documents)]
    count = 0
    in_batches = is_whole and not store.has_register()
    step = BATCH if in_batches or not is_whole else max(1, len(dirty))
    for begin in range(0, max(1, len(dirty)), step):
        batch = dirty[begin : begin + step]
        count += _take(update, parts, batch, decisions, observations, news, is_whole=is_whole and begin == 0)
        news = News()
        parts.note("made by", f"{LAYOUT} {update.made_by}")
        parts.note("texts", str(len(update.context.kinship.digests)))
        parts.settle(version_of(store))
    return count


def _take(
    update: Update,
    parts: Parts,
    ids: Sequence[str],
    decisions: tuple[Decision, ...],
    observations: tuple[Observation, ...],
    news: News,
    *,
    is_whole: bool,
) -> int:
    records = tuple(stages for scope, stages in update.groups if scope == "record")
    with patching(update.store) as patch:
        if is_whole:
            patch.begin_anew()
        desk = Desk(
            store=update.store,
            patch=patch,
            parts=parts,
            context=update.context,
            decisions=decisions,
            observations=observations,
            record_stages=records,
            engine=update.engine,
            clock=update.clock,
            is_strict=update.is_strict,
            is_whole=is_whole,
            on_progress=update.on_progress,
            news=news,
        )
        with update.clock.stage("documents"):
            DocumentParts(desk).take(ids)
        seen, issues = judged(desk)
        links = Links(desk)
        with update.clock.stage("link"):
            links.relink()
        incidents = IncidentParts(desk, links, seen)
        with update.clock.stage("incidents"):
            incidents.renew()
        with update.clock.stage("sums"):
            SumParts(desk, incidents.members).renew()
        patch.put_sentences(desk.documents.texts)
        desk.keep_issues({"refused": patch.refusal_issues(), "judge": issues})
        desk.put_again(news.issues)
        desk.drop_issues()
        if is_whole:
            patch.end_anew()
    return patch.count


def _dirty(update: Update, parts: Parts, is_whole: bool) -> list[str]:
    """Documents of which the reading is not the one that the ledger's tables are made of, in the order of their coming."""
    if is_whole or update.was_cut_short:
        digests = update.store.reading_digests()
    else:
        digests = update.store.reading_digests(update.pending)
    known = {} if is_whole else {part.id: part.digest for part in parts.documents("id", digests)}
    return [one for one in update.store.in_order(digests) if known.get(one) != digests[one]]
