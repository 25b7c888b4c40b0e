"""One document with its claims where they stand, what was left out of it, and two kin documents side by side."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from trucewatch.errors import ParseError, RequestError, StoreError
from trucewatch.model.records import Claim, Document, Ledger
from trucewatch.reports.page_parts import Arranger, CardPart
from trucewatch.reports.words import BASES, language_words, span_words
from trucewatch.stages.link.wording import act_noun
from trucewatch.text.hits import find_hits
from trucewatch.web.api import unknown
from trucewatch.web.dropped import DroppedLine, dropped_lines
from trucewatch.web.filters import only, read_words
from trucewatch.web.kin import KINDS, alike_words, kin_pairs
from trucewatch.web.marking import mark_text, read_otherwise
from trucewatch.web.publicview import refuse_public
from trucewatch.web.site import SITE

router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the pages."""
    app.include_router(router)


@dataclass(frozen=True, kw_only=True)
class Kin:
    """A document that counts as one source with the one shown."""

    document: Document
    why: str
    alike: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Told:
    """A claim in the margin: its card, the incident it belongs to, and its number in the text."""

    number: int
    card: CardPart
    incident_id: str | None


@router.get("/document/{document_id}", dependencies=[only("q")])
def show_document(request: Request, site: SITE, document_id: str, q: str | None = None) -> Response:
    """The cleaned text with each claim marked where it stands, and the words that were searched for."""
    words = read_words(q)
    with site.reading() as reader:
        ledger = reader.ledger_of_documents([document_id])
        if not ledger.documents:
            raise unknown("document", document_id, "/incidents")
        incident_of = reader.incident_of(ledger.claims)
        others = {kin.second_id if kin.first_id == document_id else kin.first_id: kin for kin in ledger.kinships}
        rows = {one.id: one for one in reader.redacted(Ledger(documents=tuple(reader.get_all(Document, others)))).documents}
        family = reader.where(Document, family_id=ledger.documents[0].family_id) if ledger.documents[0].family_id else []
    document = ledger.documents[0]
    claims = sorted(ledger.claims, key=lambda claim: (claim.start_char, claim.end_char, claim.id))
    arranger = Arranger(ledger, site.theatre)
    return site.page(
        request,
        "document.html",
        document=document,
        outlet=document.outlet or document.source.rpartition("/")[2],
        published=span_words(document.published),
        basis=BASES.get(document.published.basis or "unknown", "not known"),
        language=language_words(document.language),
        link=document.source if document.source.startswith(("http://", "https://")) else None,
        paragraphs=mark_text(document.text, claims, find_hits(document.text, words) if words else ()),
        spellings=_spellings(document, claims),
        told=[
            Told(number=number, card=arranger.cards([claim])[0], incident_id=incident_of.get(claim.id))
            for number, claim in enumerate(claims, start=1)
        ],
        numbers={claim.id: number for number, claim in enumerate(claims, start=1)},
        kin=[
            Kin(document=rows[other], why=KINDS.get(kin.kind, kin.kind), alike=alike_words(kin), score=kin.score)
            for other, kin in sorted(others.items(), key=lambda pair: -pair[1].score)
            if other in rows
        ],
        family_size=max(1, len(family)),
        issues=ledger.issues,
        act_noun=act_noun,
    )


def _spellings(document: Document, claims: list[Claim]) -> list[tuple[str, str]]:
    """Names as written and as read, places first, each pair once."""
    found = {(document.text[start:end], name): None for (start, end), name in read_otherwise(document.text, claims).items()}
    for claim in claims:
        for voice in (claim.claimant, claim.attributed_to):
            if voice is not None and voice.text and voice.name and voice.actor_id and voice.name not in voice.text:
                found[voice.text, voice.name] = None
    return list(found)


@router.get("/document/{document_id}/dropped", dependencies=[only()])
def show_dropped(request: Request, site: SITE, document_id: str) -> Response:
    """What cleaning left out."""
    if site.is_public:
        raise refuse_public("what was left out of a document is not shown")
    with site.reading() as reader:
        documents = reader.ledger_of_documents([document_id]).documents
    if not documents:
        raise unknown("document", document_id, "/incidents")
    problem: str | None = None
    lines: tuple[DroppedLine, ...] = ()
    try:
        lines = dropped_lines(site.store, documents[0])
    except (StoreError, ParseError) as err:
        problem = str(err)
    return site.page(request, "dropped.html", document=documents[0], lines=lines, problem=problem)


@router.get("/document/{document_id}/beside/{other_id}", dependencies=[only()])
def show_beside(request: Request, site: SITE, document_id: str, other_id: str) -> Response:
    """Two kin documents in full, with what they share marked."""
    with site.reading() as reader:
        ledger = reader.ledger_of_documents([document_id, other_id])
    for wanted in (document_id, other_id):
        if wanted not in {document.id for document in ledger.documents}:
            raise unknown("document", wanted, "/incidents")
    pairs = kin_pairs(ledger, whole=True)
    if not pairs:
        raise RequestError(404, "no-kin", "these two documents are not kin: they count as two sources")
    return site.page(request, "beside.html", pair=pairs[0])
