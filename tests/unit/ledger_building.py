"""Ledgers for tests of the findings, written as scenes: who says what in which document. Theatre and parties are invented.

Xia (XIA) and Zor (ZOR) are states, Qar (QAR) a de facto authority on land that Xia claims, Med (MED) a mediator.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from trucewatch.model.ids import make_id
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    Decision,
    Document,
    Figure,
    Incident,
    Kinship,
    Ledger,
    Observation,
    Voice,
    When,
)
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Actor, Agreement, Clause, Deadline, Holding, Party, Place, Theatre

FIRE_ACTS = (
    "FIRE.SMALL_ARMS",
    "FIRE.HEAVY",
    "FIRE.MISSILE",
    "AIR.STRIKE",
    "AIR.DRONE_STRIKE",
    "ADVANCE.OFFENSIVE",
    "ADVANCE.TERRITORY",
)


def utc(text: str) -> datetime:
    """An instant from "2030-05-01T12:00" in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str, until: str | None = None) -> When:
    """A day, or the days from one to another."""
    first, last = date.fromisoformat(text), date.fromisoformat(until or text)
    return When(earliest=first, latest=last, precision="day" if first == last else "days")


OLD_TRUCE = Agreement(
    id="OLD",
    title="Old truce",
    kind="ceasefire",
    parties=("XIA", "ZOR", "QAR"),
    mediators=("MED",),
    effective_at=utc("2020-01-01T00:00"),
    clauses=(
        Clause(
            id="OLD#1",
            number="1",
            title="Fire stops",
            duty="no fire",
            bound_parties=("XIA", "ZOR", "QAR"),
            breach_acts=FIRE_ACTS,
        ),
        Clause(
            id="OLD#2",
            number="2",
            title="Orders",
            duty="give orders",
            bound_parties=("XIA", "ZOR", "QAR"),
            breach_acts=("PROCESS.NO_ORDER",),
            deadline=Deadline(on=date(2020, 1, 2), wording="until"),
            historic=True,
        ),
    ),
)
NEW_TRUCE = Agreement(
    id="NEW",
    title="New truce",
    kind="humanitarian ceasefire",
    parties=("XIA", "ZOR"),
    not_parties=("QAR",),
    mediators=("MED",),
    effective_at=utc("2030-05-10T08:00"),
    effective_alternative_at=utc("2030-05-10T09:00"),
    ends_at=utc("2030-07-01T00:00"),
    clauses=(
        Clause(
            id="NEW#1",
            number="1",
            title="Fire stops",
            duty="no fire",
            bound_parties=("XIA", "ZOR"),
            breach_acts=FIRE_ACTS,
        ),
        Clause(
            id="NEW#2",
            number="2",
            title="Open road",
            duty="the road stays open",
            bound_parties=("XIA",),
            breach_acts=("ACCESS.BLOCKADE", "ACCESS.CHECKPOINT"),
            area="the road",
            area_place_ids=("road",),
        ),
        Clause(
            id="NEW#3",
            number="3",
            title="Southern district",
            duty="forces leave the southern district",
            bound_parties=("ZOR",),
            breach_acts=("FORCE.NON_WITHDRAWAL",),
            area="South",
            area_place_ids=("south",),
            deadline=Deadline(on=date(2030, 5, 20), wording="by", extended_to=date(2030, 5, 25)),
        ),
        Clause(
            id="NEW#4",
            number="4",
            title="No attacks on civilians",
            duty="civilians are spared",
            bound_parties=("XIA", "ZOR"),
            breach_acts=("CIV.ATTACK_PERSONS", "CIV.ATTACK_OBJECTS"),
        ),
    ),
)
CALL = Agreement(id="CALL", title="A call", kind="call", parties=("XIA", "ZOR"), clauses=(), is_operative=False)
THEATRE = Theatre(
    name="invented",
    title="Invented",
    timezone="Asia/Baku",
    principals=("XIA", "ZOR", "QAR", "ALY"),
    parties=(
        Party(code="XIA", names=("Xia",), demonyms=("Xian",)),
        Party(code="ZOR", names=("Zor",), demonyms=("Zorian",)),
        Party(code="QAR", names=("De facto Qar authorities",), demonyms=("Qari",), kind="de_facto"),
        Party(code="MED", names=("Medland",), demonyms=("Medlander",)),
        Party(code="ALY", names=("Alyland",), demonyms=("Alylander",)),
    ),
    actors=(
        Actor(id="xia-mod", kind="ministry", names=("Xian defence ministry",), party="XIA"),
        Actor(id="xia-mfa", kind="ministry", names=("Xian foreign ministry",), party="XIA"),
        Actor(id="xia-speaker", kind="person", names=("Ana Speaker",), party="XIA", part_of="xia-mod"),
        Actor(id="zor-press", kind="agency", names=("Zorpress",), party="ZOR"),
        Actor(id="mission", kind="mission", names=("Truce Mission",), party=None),
    ),
    places=(
        Place(id="xia", kind="country", names=("Xia",), country="XIA", precision="country", lat=41.0, lon=46.0),
        Place(id="harbour", kind="settlement", names=("Harbour",), country="XIA", parents=("xia",), lat=40.0, lon=46.0),
        Place(
            id="south",
            kind="district",
            names=("South",),
            country="XIA",
            parents=("xia",),
            precision="district",
            lat=39.5,
            lon=46.5,
            holdings=(Holding(party="QAR", until=date(2030, 6, 1)), Holding(party="XIA", since=date(2030, 6, 1))),
        ),
        Place(id="mill", kind="settlement", names=("Mill",), parents=("south",), country="XIA", lat=39.5, lon=46.55),
        Place(id="road", kind="corridor", names=("The Road",), country="XIA", parents=("south",), lat=39.6, lon=46.5),
        Place(id="zor", kind="country", names=("Zor",), country="ZOR", precision="country", lat=40.0, lon=44.0),
        Place(id="bridge", kind="settlement", names=("Bridge",), parents=("zor",), country="ZOR", lat=40.2, lon=45.0),
        Place(id="afar", kind="settlement", names=("Afar",), country="MED", lat=55.0, lon=37.0),
    ),
    agreements=(OLD_TRUCE, NEW_TRUCE, CALL),
)
CONTEXT = Context(theatre=THEATRE)


def place(place_id: str) -> ClaimPlace:
    """A claim's place, located at a place of the theatre."""
    known = next(p for p in THEATRE.places if p.id == place_id)
    return ClaimPlace(
        text=known.names[0],
        place_id=known.id,
        name=known.names[0],
        lat=known.lat,
        lon=known.lon,
        precision=known.precision,
        confidence=1.0,
    )


def voice(who: str | None) -> Voice | None:
    """A voice: a party code, several joined by ";", "@actor-id", or a free name in lower case that nobody resolved."""
    if who is None:
        return None
    if who.startswith("@"):
        actor = next(a for a in THEATRE.actors if a.id == who[1:])
        return Voice(text=actor.names[0], actor_id=actor.id, name=actor.names[0], party=actor.party)
    if who.isupper():
        return Voice(text=who, party=who)
    return Voice(text=who)


def figure(
    text: str, low: int | None, high: int | None, measure: str = "killed", population: str = "unknown", qualifier: str = "exactly"
) -> Figure:
    """A figure without offsets; `Scene.say` gives it those of its words in the sentence."""
    return Figure(measure=measure, population=population, low=low, high=high, qualifier=qualifier, text=text)


@dataclass
class Scene:
    """Documents being written and the incidents linked from their claims."""

    texts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, dict[str, object]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    kinships: list[Kinship] = field(default_factory=list)

    def document(self, name: str, published: str | None = None, outlet: str | None = None, family: str | None = None) -> str:
        """Begins a document; its id."""
        self.texts[name] = ""
        when = replace(day(published), basis="given") if published else When(basis="unknown")
        self.facts[name] = {"published": when, "outlet": outlet, "family_id": family}
        return f"doc-{name}"

    def say(
        self,
        document: str,
        sentence: str,
        act: str,
        claimant: str | None = None,
        doer: str | None = None,
        target: str | None = None,
        at: tuple[str, ...] = (),
        on: When | None = None,
        stance: str = "asserts",
        figures: tuple[Figure, ...] = (),
        modality: str = "actual",
        exception: str | None = None,
        responds_to: Claim | None = None,
    ) -> Claim:
        """Adds a sentence to a document and the claim that it makes."""
        start = len(self.texts[document])
        self.texts[document] += sentence + " "
        end = start + len(sentence)
        placed = []
        for one in figures:
            at_char = self.texts[document].index(one.text, start)
            placed.append(replace(one, start_char=at_char, end_char=at_char + len(one.text)))
        claim = Claim(
            id=make_id("claim", document, start, act, stance, claimant),
            document_id=f"doc-{document}",
            start_char=start,
            end_char=end,
            sentence_start_char=start,
            sentence_end_char=end,
            act=act,
            claimant=voice(claimant),
            attributed_to=voice(doer),
            target=voice(target),
            places=tuple(place(p) for p in at),
            when=on or When(),
            stance=stance,
            modality=modality,
            figures=tuple(placed),
            exception_claimed=exception,
            responds_to=responds_to.id if responds_to is not None else None,
        )
        self.claims.append(claim)
        return claim

    def link(self, name: str, *claims: Claim, at: tuple[str, ...] = (), on: When | None = None, act: str | None = None) -> str:
        """Makes an incident of claims; its id."""
        reports = [c for c in claims if c.stance != "denies"]
        denials = [c for c in claims if c.stance == "denies"]
        first = (reports or denials)[0]
        self.incidents.append(
            Incident(
                id=f"incident-{name}",
                act=act or first.act,
                when=on or first.when,
                places=tuple(place(p) for p in at) or first.places,
                claim_ids=tuple(c.id for c in reports),
                denial_ids=tuple(c.id for c in denials),
            )
        )
        return f"incident-{name}"

    def ledger(self) -> Ledger:
        """The ledger as the link stage would leave it."""
        documents = tuple(
            Document(
                id=f"doc-{name}",
                source=f"{name}.txt",
                input_path=f"{name}.txt",
                sha256=make_id("sha", text),
                text=text,
                **self.facts[name],  # type: ignore[arg-type]
            )
            for name, text in self.texts.items()
        )
        return Ledger(
            documents=documents,
            claims=tuple(self.claims),
            incidents=tuple(self.incidents),
            observations=tuple(self.observations),
            decisions=tuple(self.decisions),
            kinships=tuple(self.kinships),
        )


def decide(kind: str, subject: str | tuple[str, ...], verdict: str, by: str = "analyst one", sequence: int = 1) -> Decision:
    """A decision as the log would keep it, without its chain."""
    subjects = (subject,) if isinstance(subject, str) else subject
    return Decision(
        id=f"decision-{sequence}",
        kind=kind,
        subject=subjects,
        verdict=verdict,
        reason=f"reason {sequence}",
        decided_by=by,
        decided_at=utc("2030-08-01T00:00"),
        sequence=sequence,
    )
