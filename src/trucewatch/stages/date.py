"""date (ledger): documents without a date are dated by what they tell and by their kin; every claim gets its days.

A claim's time is resolved against its document's day; a claim that tells no time took place, as news does, on that day; a toll
that tells none sums from the outbreak of the fighting.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from trucewatch.model.change import changed
from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import Claim, Document, Issue, Kinship, Ledger, When
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Theatre
from trucewatch.stages.claim_times import anchors_of, claim_days, news_days
from trucewatch.stages.dating import Dating, date_document
from trucewatch.stages.dating_evidence import KinDay, SharedDeeds
from trucewatch.stages.deed_days import with_deeds_days, with_news_days, with_speech_days
from trucewatch.text.names import fold
from trucewatch.text.times import precision_of

# a deed told by more documents than this says nothing of the day
COMMON = 40


def run(ledger: Ledger, context: Context) -> Ledger:
    """The ledger with its undated documents dated where something supports it, and `Claim.when` filled."""
    documents, issues = date_documents(ledger, context.theatre)
    claims = date_claims(ledger.claims, {document.id: document for document in documents}, context.theatre)
    return changed(ledger, documents=documents, claims=claims, issues=tuple(dict.fromkeys((*ledger.issues, *issues))))


def date_claims(given: Sequence[Claim], documents: Mapping[str, Document], theatre: Theatre) -> tuple[Claim, ...]:
    """Claims with their days, told against their documents'; all claims of a document together, as denials take the days of
    what they answer."""
    anchors = anchors_of(theatre)
    told: dict[str, When] = {}
    claims = []
    for claim in given:
        document = documents.get(claim.document_id)
        if document is None:
            claims.append(claim)
            continue
        if document.id not in told:
            told[document.id] = news_days(document)
        claims.append(changed(claim, when=claim_days(claim, document, theatre, anchors, told[document.id])))
    claims = with_speech_days(with_news_days(with_deeds_days(claims, documents), documents), documents)
    return tuple(_with_answered_days(claims))


def _with_answered_days(claims: Sequence[Claim]) -> list[Claim]:
    """A denial that tells no time of its own denies that something happened when the claim that it answers says it did."""
    by_id = {claim.id: claim for claim in claims}
    dated = []
    for claim in claims:
        answered = by_id.get(claim.responds_to or "")
        is_open = claim.stance == "denies" and claim.when.text is None
        if is_open and answered is not None and answered.when.text is not None and answered.when.earliest is not None:
            when = changed(
                claim.when,
                earliest=answered.when.earliest,
                latest=answered.when.latest,
                precision=answered.when.precision,
                relation=answered.when.relation,
            )
            claim = changed(claim, when=when, reasons=(*claim.reasons, "when: that of the claim it answers"))
        dated.append(claim)
    return dated


# ---- documents


def date_documents(ledger: Ledger, theatre: Theatre) -> tuple[tuple[Document, ...], list[Issue]]:
    """The ledger's documents, those without a day dated where something supports it, and why.

    Two rounds: by each text and its dated kin, then what is left by kin and by documents of the same deeds dated by then.
    """
    documents = {document.id: document for document in ledger.documents}
    if not any(is_undated(document) for document in documents.values()):
        return ledger.documents, []
    kin = _kin(ledger.kinships, documents)
    deeds = _Deeds(ledger.claims)
    issues: dict[str, Issue] = {}
    tried: dict[str, tuple[KinDay, ...]] = {}
    for turn in range(2):
        for document in sorted(documents.values(), key=lambda one: one.id):
            if not is_undated(document) or not document.text:
                continue
            shared = deeds.shared(document.id, documents) if turn else ()
            kin_days = _kin_days(document.id, kin, documents)
            if turn and not shared and kin_days == tried.get(document.id):
                # nothing was learned since
                continue
            tried[document.id] = kin_days
            dating = date_document(document.text, document.title, theatre, kin_days, shared)
            if dating is None:
                continue
            documents[document.id] = changed(document, published=_as_when(dating))
            issues[document.id] = _issue(document, dating)
    for document in documents.values():
        if is_undated(document):
            issues[document.id] = Issue(
                stage="date",
                code="undated",
                level="warning",
                source=document.source,
                record_id=document.id,
                message="nothing in the text or its kin says when it was published: give a date with --published",
            )
    return tuple(documents[document.id] for document in ledger.documents), list(issues.values())


def is_undated(document: Document) -> bool:
    """Whether nothing says when a document was published."""
    return document.published.earliest is None


def _kin(kinships: Sequence[Kinship], documents: Mapping[str, Document]) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for kinship in kinships:
        if kinship.kind != "citation" and kinship.first_id in documents and kinship.second_id in documents:
            pairs[kinship.first_id].add(kinship.second_id)
            pairs[kinship.second_id].add(kinship.first_id)
    return pairs


def _kin_days(document_id: str, kin: Mapping[str, set[str]], documents: Mapping[str, Document]) -> tuple[KinDay, ...]:
    days = []
    for other in sorted(kin.get(document_id, ())):
        published = documents[other].published
        if (
            published.earliest is not None
            and published.latest is not None
            and published.latest - published.earliest <= timedelta(days=7)
        ):
            days.append(KinDay(documents[other].source, published.earliest, published.latest))
    return tuple(days)


def deeds_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """What a claim as read tells of for `_Deeds`: act class and the place's name, folded; nothing where it tells no deed."""
    if not is_verbal(claim.act) and claim.modality == "actual":
        yield from ((act_class(claim.act), fold(place.text)) for place in claim.places)


class _Deeds:
    """Which documents tell of the same deed at the same place, by act class and the place's name as written."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.by_document: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.by_deed: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in claims:
            for deed in deeds_of(claim):
                self.by_document[claim.document_id].add(deed)
                self.by_deed[deed].add(claim.document_id)

    def shared(self, document_id: str, documents: Mapping[str, Document]) -> tuple[SharedDeeds, ...]:
        numbers: Counter[str] = Counter()
        for deed in self.by_document.get(document_id, ()):
            if len(self.by_deed[deed]) <= COMMON:
                numbers.update(self.by_deed[deed] - {document_id})
        found = []
        for other, number in sorted(numbers.items()):
            published = documents[other].published if other in documents else When()
            if (
                published.earliest is not None
                and published.latest is not None
                and published.latest - published.earliest <= timedelta(days=3)
            ):
                found.append(SharedDeeds(documents[other].source, published.earliest, published.latest, number))
        return tuple(found)


def _as_when(dating: Dating) -> When:
    return When(
        earliest=dating.earliest,
        latest=dating.latest,
        precision=precision_of(dating.earliest, dating.latest),
        basis=dating.basis,
    )


def _issue(document: Document, dating: Dating) -> Issue:
    days = _span_text(dating.earliest, dating.latest)
    return Issue(
        stage="date",
        code="date-inferred",
        level="info",
        source=document.source,
        record_id=document.id,
        value=days,
        message=f"dated {days} by what it tells: " + "; ".join(dating.reasons),
    )


def _span_text(earliest: date, latest: date) -> str:
    return earliest.isoformat() if earliest == latest else f"{earliest.isoformat()} to {latest.isoformat()}"


STAGE = Stage(
    name="date",
    scope="ledger",
    needs=("documents.text", "documents.family_id", "claims.act"),
    assigns=("documents.published", "claims.when"),
    run_ledger=run,
)
