"""Resolve: names, roles and pronouns of claims to who they are and which side they speak for, on that day (record scope)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from trucewatch.model.change import changed
from trucewatch.model.records import Claim, Issue, Reading, Voice
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Theatre
from trucewatch.stages.resolve.antecedents import Answer, Document
from trucewatch.stages.resolve.contradictions import find_contradictions

# what somebody publishes himself: the next statement may come by another way
_OWN_CHANNELS = frozenset(
    {
        "Twitter",
        "X",
        "Facebook",
        "Telegram",
        "Instagram",
        "YouTube",
        "statement",
        "television",
        "radio",
        "press conference",
        "website",
    }
)
_ROLES = ("claimant", "attributed_to", "target")


def _at_odds(theatre: Theatre) -> tuple[str, ...]:
    """The principals that fight: bound by an agreement of the theatre, or armed and no state."""
    bound = {party for agreement in theatre.agreements for party in agreement.parties}
    armed = {party.code for party in theatre.parties if party.kind in ("group", "de_facto")}
    return tuple(code for code in theatre.principals if code in bound | armed)


def resolve_reading(reading: Reading, context: Context) -> Reading:
    """Fill actor_id, name and party of every claim's claimant, attributed_to and target; text and offsets stay.

    What cannot be told stays None, with an info issue `actor-unresolved` (claimant and doer only). A voice that came with a
    party keeps it. Without an actor index in the context the reading is returned unchanged.
    """
    actors = context.actors
    if actors is None or not reading.claims:
        return reading
    on = _day_of(reading)
    holder = _holder_in(context, on)
    document = Document(reading, actors, on, context.theatre.principals, holder, _at_odds(context.theatre))
    issues: dict[str, Issue] = {}
    claims: list[Claim] = []
    for claim in reading.claims:
        changes: dict[str, Voice] = {}
        reasons = list(claim.reasons)
        own = document.issuer if claim.claimant is None else None
        if own is not None and own.vouches_at(claim.start_char, claim.end_char, reading.quotations):
            changes["claimant"] = _filled(own.voice, own.answer)
            reasons.append(f"claimant {own.answer.name or own.answer.party}: {own.why}")
        for role in _ROLES:
            voice: Voice | None = getattr(claim, role)
            if voice is None or voice.text is None or voice.party is not None:
                continue
            start = voice.start_char if voice.start_char is not None else claim.start_char
            answer = document.answer(voice.text, start)
            if answer is not None and (answer.party is not None or answer.actor_id is not None):
                changes[role] = _filled(voice, answer)
                reasons.append(f"{role} “{voice.text}”: {answer.name or answer.party} ({answer.how})")
            elif role != "target":
                issues.setdefault(voice.text, _unresolved(reading, claim, role, voice.text))
        if changes:
            claim = changed(claim, reasons=tuple(reasons), **changes)  # type: ignore[arg-type]
        claims.append(claim)
    claims = _other_deniers(claims)
    resolved = changed(reading, claims=_same_interview(claims), issues=(*reading.issues, *issues.values()))
    checked, contradictions = find_contradictions(resolved, actors, on)
    return changed(resolved, claims=checked, issues=(*resolved.issues, *contradictions))


_GUESSED = "the last speaker before"


def _other_deniers(claims: Sequence[Claim]) -> list[Claim]:
    """ "a ministry spokesman called the report a lie": a nameless official who denies what one side says is the accused one's."""
    by_id = {claim.id: claim for claim in claims}
    kept: list[Claim] = []
    for claim in claims:
        told = by_id.get(claim.responds_to) if claim.responds_to is not None else None
        voice = claim.claimant
        guessed = any(reason.startswith("claimant ") and _GUESSED in reason for reason in claim.reasons)
        if told is not None and voice is not None and guessed and claim.stance == "denies":
            teller = told.claimant.party if told.claimant is not None else None
            accused = told.attributed_to.party if told.attributed_to is not None else None
            if teller is not None and teller == voice.party and accused not in (None, teller):
                why = f"who denies what {teller} lays at the door of {accused} speaks for {accused}"
                voice = changed(voice, actor_id=None, name=None, party=accused)
                claim = changed(claim, claimant=voice, reasons=(*claim.reasons, why))
        kept.append(claim)
    return kept


def _same_interview(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Who told an agency something, and is quoted further on without a medium, told it that agency too."""
    told: dict[str, str] = {}
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: claim.start_char):
        who = claim.claimant.actor_id or claim.claimant.name if claim.claimant else None
        if who is not None and claim.channel is not None:
            if claim.channel in _OWN_CHANNELS:
                told.pop(who, None)
            else:
                told[who] = claim.channel
        elif who is not None and who in told:
            claim = changed(
                claim, channel=told[who], reasons=(*claim.reasons, f"channel {told[who]}: told it earlier in the document")
            )
        kept.append(claim)
    return tuple(kept)


def _holder_in(context: Context, on: date | None) -> Callable[[str], str | None]:
    """Which principal party holds a place of a name on the day; None where no gazetteer or principal tells."""
    find = getattr(context.gazetteer, "find", None)

    def holder(name: str) -> str | None:
        if name.islower():
            return None  # "the town" is no name, though some village be listed so
        for candidate in find(name)[:1] if find is not None else ():
            place = candidate.place
            held = [h.party for h in getattr(place, "holdings", ()) if on is None or _is_held(h.since, h.until, on)]
            party = held[-1] if held else context.gazetteer.alpha3(place.country) if place.country else None
            return party if party in context.theatre.principals else None
        return None

    return holder


def _is_held(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on < until)


def _filled(voice: Voice, answer: Answer) -> Voice:
    return changed(voice, actor_id=answer.actor_id, name=answer.name or voice.name, party=answer.party)


def _day_of(reading: Reading) -> date | None:
    published = reading.document.published
    return published.latest or published.earliest


def _unresolved(reading: Reading, claim: Claim, role: str, text: str) -> Issue:
    return Issue(
        stage="resolve",
        code="actor-unresolved",
        level="info",
        source=reading.document.source,
        record_id=claim.id,
        value=text,
        message=f"{role} “{text}” is not known, and the document does not tell whose side they are on",
    )


STAGE = Stage(
    name="resolve",
    scope="record",
    needs=(
        "documents.text",
        "documents.published",
        "readings.sentences",
        "readings.quotations",
        "readings.mentions",
        "claims.claimant.text",
    ),
    assigns=("claims.claimant.party", "claims.attributed_to.party", "claims.target.party", "claims.claimant.actor_id"),
    run_record=resolve_reading,
)
