"""A ledger as the public may have it: nobody named but officials, places coarse, observers codes, no whole texts.

`Publisher.ledger` makes it, record by record, so that it works on a slice as on the whole; `check` is the assertion that gates
every public release. What it takes away is told in docs/datasets.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from trucewatch.errors import ReleaseRefused
from trucewatch.model.records import Claim, ClaimPlace, Incident, Issue, Ledger, Observation, Status, Toll, Violation, Voice
from trucewatch.model.theatre import Theatre
from trucewatch.reports.coarse import Coarsener, is_guarded
from trucewatch.reports.masking import NOT_NAMED, Mask, small_words, words_of
from trucewatch.text.redaction import BLACK, TOMBSTONE, redact_observation, resliced

PUBLIC = "public"


class Publisher:
    """Makes ledgers of one theatre public. `key` keeps moved places unguessable; `released_on` guards movements of the last days.

    `outlets`: names of all outlets of the ledger, which may stand in every text.
    """

    def __init__(
        self, theatre: Theatre, *, outlets: Iterable[str] = (), key: bytes = b"", released_on: date | None = None
    ) -> None:
        self._mask = Mask(theatre, outlets)
        self._coarse = Coarsener(theatre, key)
        self._officials = {actor.id for actor in theatre.actors}
        self._released_on = released_on

    def ledger(self, ledger: Ledger, *, with_texts: bool = True) -> Ledger:
        """The ledger (or a slice of it) for the public. Texts keep their length, so that every offset holds.

        `with_texts` False: documents come without their texts, where nobody asks for sentences.
        """
        outlets = {document.id: words_of(document.outlet) for document in ledger.documents}
        people = self._people(ledger.claims)
        spelled: dict[str, set[str]] = {}
        for claim in ledger.claims:
            # a weapon is nobody's name, nor is a place, known to a theatre or not
            words = words_of(claim.weapon) | _place_words(claim.places, people)
            spelled.setdefault(claim.document_id, set()).update(words)
        also = {key: frozenset(spelled.get(key, ())) | words for key, words in outlets.items()}
        small = {document.id: small_words(document.text) for document in ledger.documents}
        documents = tuple(
            replace(
                document,
                source=public_source(document.source),
                input_path=public_source(document.source),
                title=self._mask.text(document.title, also=also[document.id], written_small=small[document.id])
                if document.title
                else None,
                text=self._mask.text(document.text, also=also[document.id], written_small=small[document.id])
                if with_texts
                else "",
                origin_map=(),
            )
            for document in ledger.documents
        )
        hidden = self._withheld(ledger) if with_texts else {}
        documents = tuple(replace(one, text=_blacked(one.text, hidden[one.id])) if one.id in hidden else one for one in documents)
        texts = {document.id: document.text for document in documents}
        claims = tuple(self._claim(claim, texts, also.get(claim.document_id, frozenset()), people) for claim in ledger.claims)
        everywhere = frozenset().union(*also.values())
        return replace(
            ledger,
            documents=documents,
            claims=claims,
            incidents=tuple(self._incident(incident, everywhere, people) for incident in ledger.incidents),
            observations=tuple(self._observation(observation) for observation in ledger.observations),
            tolls=tuple(self._toll(toll, everywhere) for toll in ledger.tolls),
            violations=tuple(self._violation(violation, everywhere) for violation in ledger.violations),
            issues=tuple(self._issue(issue, everywhere) for issue in ledger.issues),
            decisions=(),
        )

    def check(self, ledger: Ledger) -> None:
        """Assert that a ledger is fit for the public. Raises ReleaseRefused naming every record that is not (at most ten)."""
        faults = list(self._faults(ledger))
        if faults:
            shown = "; ".join(faults[:10]) + (f"; and {len(faults) - 10} more" if len(faults) > 10 else "")
            raise ReleaseRefused(
                f"not fit for the public, and nothing is written: {shown}. --full writes it for the mission alone"
            )

    def _faults(self, ledger: Ledger) -> Iterable[str]:
        records: tuple[Claim | Incident, ...] = (*ledger.claims, *ledger.incidents)
        for record in records:
            for place in record.places:
                if not self._coarse.is_coarse(place):
                    yield f"{record.id} gives a place to {place.precision or 'an unknown precision'}"
        for claim in ledger.claims:
            for voice in (claim.claimant, claim.attributed_to, claim.target):
                if (
                    voice is not None
                    and voice.name
                    and voice.actor_id not in self._officials
                    and self._mask.voice(voice.name) != voice.name
                ):
                    yield f"{claim.id} names somebody who is no official"
            if claim.reasons:
                yield f"{claim.id} tells of its making in the source's words"
        for observation in ledger.observations:
            if observation.lat is not None or observation.attachment is not None or observation.team is not None:
                yield f"{observation.id} tells where an observer stood"
            if not _is_open(observation) and (observation.narrative != TOMBSTONE or observation.position_name is not None):
                yield f"{observation.id} is {observation.sensitivity or 'of no stated sensitivity'} and still has its account"
        if ledger.decisions:
            yield "decisions with their signatures"

    def _withheld(self, ledger: Ledger) -> dict[str, list[tuple[int, int, str]]]:
        """Names of places to black out in the sentences of acts whose victims they would betray, by document."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for claim in ledger.claims:
            if is_guarded(claim.act, claim.when.latest or claim.when.earliest, self._released_on):
                names = {name for place in claim.places for name in (place.text, place.name) if name}
                spans = found.setdefault(claim.document_id, [])
                spans += [(claim.sentence_start_char, claim.sentence_end_char, name) for name in sorted(names)]
        return found

    def _place(self, place: ClaimPlace, last: date | None, guarded: bool, people: frozenset[str]) -> ClaimPlace:
        if _is_unknown(place) and words_of(place.text, place.name) & people:
            place = replace(place, text=self._mask.text(place.text), name=None)
        return self._coarse.place(place, last, guarded=guarded)

    def _claim(self, claim: Claim, texts: dict[str, str], also: frozenset[str], people: frozenset[str]) -> Claim:
        last = claim.when.latest or claim.when.earliest
        guarded = is_guarded(claim.act, last, self._released_on)
        claim = resliced(claim, texts.get(claim.document_id, ""))
        return replace(
            claim,
            claimant=self._voice(claim.claimant, also),
            attributed_to=self._voice(claim.attributed_to, also),
            target=self._voice(claim.target, also),
            places=tuple(self._place(place, last, guarded, people) for place in claim.places),
            exception_claimed=self._mask.text(claim.exception_claimed, also=also) if claim.exception_claimed else None,
            reasons=(),
        )

    def _voice(self, voice: Voice | None, also: frozenset[str]) -> Voice | None:
        if voice is None:
            return None
        text = self._mask.voice(voice.text, also=also) if voice.text else None
        if voice.actor_id in self._officials:
            return replace(voice, text=text)
        name = self._mask.voice(voice.name, also=also) if voice.name else None
        return replace(voice, text=text, actor_id=None, name=None if name == NOT_NAMED and voice.party else name)

    def _people(self, claims: Iterable[Claim]) -> frozenset[str]:
        """Words by which those are called who are no officials."""
        voices = (voice for claim in claims for voice in (claim.claimant, claim.attributed_to, claim.target))
        return words_of(*(v.name or v.text for v in voices if v is not None and v.actor_id not in self._officials))

    def _incident(self, incident: Incident, also: frozenset[str], people: frozenset[str]) -> Incident:
        last = incident.when.latest or incident.when.earliest
        guarded = is_guarded(incident.act, last, self._released_on)
        places = tuple(self._place(place, last, guarded, people) for place in incident.places)
        also |= _place_words(incident.places, people)
        summary = self._mask.text(incident.summary, also=also)
        if guarded:
            for before, after in zip(incident.places, places, strict=True):
                for name in (before.name, before.text):
                    summary = summary.replace(name, after.name or after.text) if name else summary
        statuses = tuple(
            Status(axis=s.axis, status=s.status, reason=self._mask.text(s.reason, also=also), claim_ids=s.claim_ids)
            for s in incident.statuses
        )
        return replace(incident, places=places, summary=summary, statuses=statuses)

    def _toll(self, toll: Toll, also: frozenset[str]) -> Toll:
        return replace(toll, claimant_name=self._mask.voice(toll.claimant_name, also=also) if toll.claimant_name else None)

    def _violation(self, violation: Violation, also: frozenset[str]) -> Violation:
        return replace(violation, explanation=self._mask.text(violation.explanation, also=also))

    def _issue(self, issue: Issue, also: frozenset[str]) -> Issue:
        return replace(
            issue,
            source=public_source(issue.source) if issue.source else None,
            value=self._mask.text(issue.value, also=also) if issue.value else None,
            message=self._mask.text(issue.message.replace(issue.source or "\0", public_source(issue.source or "")), also=also),
        )

    def _observation(self, observation: Observation) -> Observation:
        if not _is_open(observation):
            code = observation.observer_code
            return replace(redact_observation(observation), observer_code=code, source=None, sha256=None)
        return replace(
            observation,
            team=None,
            lat=None,
            lon=None,
            altitude_m=None,
            accuracy_m=None,
            attachment=None,
            narrative=self._mask.text(observation.narrative) if observation.narrative else None,
            damage=self._mask.text(observation.damage) if observation.damage else None,
            claims_by_others=self._mask.text(observation.claims_by_others) if observation.claims_by_others else None,
            restriction_reason=self._mask.text(observation.restriction_reason) if observation.restriction_reason else None,
            source=None,
            sha256=None,
        )


def public_source(source: str) -> str:
    """A URL as it is; of a path the file's name alone, for folders tell of people and machines."""
    return source if "://" in source else PurePath(source.replace("\\", "/")).name


def _place_words(places: Iterable[ClaimPlace], people: frozenset[str]) -> frozenset[str]:
    """Words of places that may stand."""
    return frozenset().union(*(words_of(p.text, p.name) - (people if _is_unknown(p) else frozenset()) for p in places))


def _is_unknown(place: ClaimPlace) -> bool:
    """Whether no gazetteer knows a place: it may be a person who was read as one."""
    return place.place_id is None and place.lat is None


def _blacked(text: str, hidden: Iterable[tuple[int, int, str]]) -> str:
    for start, end, name in hidden:
        text = text[:start] + text[start:end].replace(name, BLACK * len(name)) + text[end:]
    return text


def _is_open(observation: Observation) -> bool:
    return observation.sensitivity == PUBLIC and observation.consent != "refused"
