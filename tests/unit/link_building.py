"""Small invented ledgers for the tests of link and kinship: a made-up coast with two sides, and sentences of our own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, ClaimPlace, Decision, Document, Figure, Ledger, Voice, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Party, Place, Theatre

DAY = date(2021, 5, 4)
THEATRE = Theatre(
    name="coast",
    title="The coast",
    parties=(
        Party(code="NOR", names=("Norland",)),
        Party(code="SUD", names=("Sudland",)),
        Party(code="ISL", names=("Island authorities",)),
    ),
    places=(
        Place(id="sudland", kind="country", names=("Sudland",), lat=10.0, lon=10.0, country="SUD", precision="country"),
        Place(id="norland", kind="country", names=("Norland",), lat=20.0, lon=10.0, country="NOR", precision="country"),
        Place(
            id="bay", kind="region", names=("Bay",), parents=("sudland",), country="SUD", precision="region", lat=10.1, lon=10.1
        ),
        Place(id="harbour", kind="district", names=("Harbour",), parents=("bay",), country="SUD", precision="district"),
        Place(id="quay", kind="settlement", names=("Quay",), parents=("harbour",), country="SUD", lat=10.1, lon=10.2),
        Place(id="mole", kind="settlement", names=("Mole",), parents=("bay",), country="SUD", lat=10.3, lon=10.4),
        Place(id="fell", kind="settlement", names=("Fell",), parents=("norland",), country="NOR", lat=20.1, lon=10.4),
    ),
)
CONTEXT = Context(theatre=THEATRE)
PLACES = {place.id: place for place in THEATRE.places}


def document(name: str, text: str = "", day: date | None = DAY, **more: object) -> Document:
    """A document of one day with its own family."""
    when = When(earliest=day, latest=day, precision="day", basis="given") if day else When(basis="unknown")
    return Document(
        id=name, source=f"{name}.txt", input_path=f"{name}.txt", sha256=make_id("sha", name, text), published=when, text=text,
        family_id=f"fam-{name}", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def place(place_id: str, role: str = "target") -> ClaimPlace:
    """A located place of the coast."""
    known = PLACES[place_id]
    return ClaimPlace(
        text=known.names[0], place_id=place_id, name=known.names[0], lat=known.lat, lon=known.lon, precision=known.precision,
        confidence=0.9, role=role,
    )  # fmt: skip


def claim(
    name: str,
    in_document: str = "d1",
    act: str = "FIRE.HEAVY",
    by: str | None = None,
    doer: str | None = None,
    target: str | None = None,
    places: Sequence[str | ClaimPlace] = (),
    on: date | tuple[date, date] | None = DAY,
    dated: bool = True,
    stance: str = "asserts",
    modality: str = "actual",
    killed: int | None = None,
    start: int = 0,
    sentence: tuple[int, int] | None = None,
) -> Claim:
    """A claim with the values that linking reads."""
    first, last = on if isinstance(on, tuple) else (on, on)
    figures = ()
    if killed is not None:
        figures = (
            Figure(measure="killed", population="unknown", low=killed, high=killed, qualifier="exactly", text=str(killed)),
        )
    begin, end = sentence or (start, start + 40)
    return Claim(
        id=name,
        document_id=in_document,
        start_char=start,
        end_char=start + 40,
        sentence_start_char=begin,
        sentence_end_char=end,
        act=act,
        claimant=Voice(party=by) if by else None,
        stance=stance,
        modality=modality,
        attributed_to=Voice(party=doer) if doer else None,
        target=Voice(party=target) if target else None,
        places=tuple(one if isinstance(one, ClaimPlace) else place(one) for one in places),
        when=When(earliest=first, latest=last, precision="day", text="that day" if dated and first else None),
        figures=figures,
    )


def ledger(claims: Sequence[Claim], documents: Sequence[Document] = (), **more: object) -> Ledger:
    """A ledger; documents that are not given are made empty."""
    given = {one.id for one in documents}
    missing = sorted({one.document_id for one in claims} - given)
    return Ledger(documents=(*documents, *(document(name) for name in missing)), claims=tuple(claims), **more)  # type: ignore[arg-type]


def decision(verdict: str, *subject: str, number: int = 1, kind: str = "same_incident") -> Decision:
    """A person's decision, the `number`-th in the log."""
    return Decision(
        id=f"dec-{number}", kind=kind, subject=subject, verdict=verdict, reason="seen on the map", decided_by="A. Reader",
        decided_at=datetime(2021, 5, 5, 12, number % 60, tzinfo=UTC), sequence=number,
    )  # fmt: skip


def partition(of: Ledger) -> frozenset[frozenset[str]]:
    """Claim ids by incident, without the ids of incidents."""
    return frozenset(frozenset((*incident.claim_ids, *incident.denial_ids)) for incident in of.incidents)


def together(of: Ledger, *claim_ids: str) -> bool:
    """Whether all the claims are in one incident."""
    return any(set(claim_ids) <= group for group in partition(of))
