"""Events in PLOVER's exchange form (JSON Lines): incidents and verbal acts, with their sentence's offsets and without its text.

An event that PLOVER gives a recipient (COOPERATE, AID, SANCTION) has no line where nobody tells the recipient. A denial is no
event.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from trucewatch import __version__
from trucewatch.model.codebook import acts, is_verbal
from trucewatch.model.records import Claim, ClaimPlace, Incident, Voice, When
from trucewatch.model.theatre import Theatre
from trucewatch.reports.datasets.foreign import CIVILIANS, Shapes, deaths_of, doers, is_told, targets
from trucewatch.reports.datasets.schema import Row, rows_of
from trucewatch.reports.views import View
from trucewatch.store.slices import Slices

RESOLUTION = {"exact": 5, "settlement": 4, "district": 3, "region": 2, "country": 1}
CONTEXTS = {
    "ASSAULT": ("military", "territory"),
    "MOBILIZE": ("military",),
    "RETREAT": ("military",),
    "COERCE": ("human_security",),
    "AGREE": ("diplomatic",),
    "CONSULT": ("diplomatic",),
    "COOPERATE": ("diplomatic",),
    "SUPPORT": ("diplomatic",),
    "REQUEST": ("diplomatic",),
    "REJECT": ("diplomatic",),
    "THREATEN": ("military",),
    "ACCUSE": ("diplomatic",),
    "SANCTION": ("migration",),
    "AID": ("human_security",),
}
ARMED = ("ASSAULT", "MOBILIZE", "RETREAT")
REASONS = {
    "untold": "nobody reports it as having happened",
    "no-event": "an act that PLOVER has no event for",
    "no-day": "its day is not known",
    "no-recipient": "PLOVER asks for a recipient, and none is told",
    "no-actor": "nobody is named as its doer",
    "denial": "a denial is no event",
}


@cache
def scores() -> dict[tuple[str, str], tuple[int, bool, float | None]]:
    """(quad code, whether a recipient is needed, score) by event and mode."""
    return {
        (row["event"], row["mode"]): (
            int(row["quad_code"]),
            row["needs_recipient"] == "yes",
            float(row["score"]) if row["score"] else None,
        )
        for row in rows_of("plover_scores.csv")
    }


def plover_lines(slices: Slices, theatre: Theatre, released_at: datetime) -> Iterator[tuple[str, Row]]:
    """Lines of `plover` and rows of `excluded`."""
    shapes = Shapes(theatre)
    for part in slices.incidents():
        view = View(part)
        for incident in part.incidents:
            line = _incident(incident, view, shapes, released_at)
            yield ("excluded", {"record_id": incident.id, "reason": REASONS[line]}) if isinstance(line, str) else ("plover", line)
    for part in slices.claims():
        view = View(part)
        for claim in part.claims:
            if not is_verbal(claim.act):
                continue
            line = _claim(claim, view, shapes, released_at)
            yield ("excluded", {"record_id": claim.id, "reason": REASONS[line]}) if isinstance(line, str) else ("plover", line)


def _coded(act: str) -> tuple[str, str] | None:
    known = acts().get(act) or next((a for code, a in sorted(acts().items()) if code.startswith(act)), None)
    if known is None or not known.plover_event:
        return None
    mode = known.plover_mode if (known.plover_event, known.plover_mode) in scores() else ""
    return known.plover_event, mode


def _incident(incident: Incident, view: View, shapes: Shapes, released_at: datetime) -> Row | str:
    if not is_told(incident):
        return "untold"
    coded, on = _coded(incident.act), _days(incident.when)
    if coded is None:
        return "no-event"
    if on is None:
        return "no-day"
    actors = [_entity(code, coded[0], shapes) for code in doers(incident)] or [{"sector": ["UNK"], "entity_text": None}]
    hit = [_entity(code, coded[0], shapes) for code in targets(incident)]
    if CIVILIANS in (incident.target or "").split(";"):
        hit.append({"sector": ["CVL"], "entity_text": None})
    if scores()[coded][1] and not hit:
        return "no-recipient"
    first = next((view.claims[i] for i in incident.claim_ids if i in view.claims), None)
    deaths = deaths_of(view.tolls_of(incident.id), view.claims)
    size = {"dead": deaths.total} if any(t.measure == "killed" for t in view.tolls_of(incident.id)) else None
    place = next((p for p in incident.places if p.role == "target"), None)
    return _line(incident.id, coded, on, actors, hit, place, shapes, released_at) | {
        "link": incident.id,
        "size": size,
        **(_cited(first, view) if first is not None else {}),
        "comment": f"occurrence {incident.occurrence}; attribution {incident.attribution}; breach {incident.breach}",
    }


def _claim(claim: Claim, view: View, shapes: Shapes, released_at: datetime) -> Row | str:
    if claim.stance == "denies":
        return "denial"
    coded, on = _coded(claim.act), _days(claim.when)
    if coded is None:
        return "no-event"
    if on is None:
        return "no-day"
    actors = _entities(claim.attributed_to or claim.claimant, coded[0], shapes)
    hit = _entities(claim.target, coded[0], shapes)
    if not actors:
        return "no-actor"
    if scores()[coded][1] and not hit:
        return "no-recipient"
    place = next((p for p in claim.places if p.role == "target"), None)
    return _line(claim.id, coded, on, actors, hit, place, shapes, released_at) | {
        "size": None,
        **_cited(claim, view),
        "comment": None,
    }


def _days(when: When) -> tuple[date, date] | None:
    first, last = when.earliest or when.latest, when.latest or when.earliest
    return (first, last) if first is not None and last is not None else None


def _entities(voice: Voice | None, event: str, shapes: Shapes) -> list[Row]:
    if voice is None:
        return []
    codes = [code for code in (voice.party or "").split(";") if code]
    found = [_entity(code, event, shapes) for code in codes]
    return [{**entity, "entity_text": voice.text} for entity in found] or [{"sector": ["UNK"], "entity_text": voice.text}]


def _entity(code: str, event: str, shapes: Shapes) -> Row:
    """A party as PLOVER's entity: a partially recognised one is its state's code with PRE among its sectors."""
    if code == CIVILIANS:
        return {"sector": ["CVL"], "entity_text": None}
    kind = shapes.kind(code)
    armed = event in ARMED
    if kind == "de_facto":
        host = shapes.host(code)
        return {"code": host, "sector": ["PRE", "MIL" if armed else "GOV"], "entity_text": None}
    if kind == "group":
        return {"code": shapes.host(code), "sector": ["REB"], "entity_text": None}
    return {"code": code, "sector": ["MIL" if armed else "GOV"] if kind == "state" else [], "entity_text": None}


def _line(
    event_id: str,
    coded: tuple[str, str],
    on: tuple[date, date],
    actors: list[Row],
    hit: list[Row],
    place: ClaimPlace | None,
    shapes: Shapes,
    released_at: datetime,
) -> Row:
    event, mode = coded
    quad, _, score = scores()[coded]
    return {
        "id": event_id,
        "has_event": True,
        "date": on[0].isoformat(),
        "enddate": on[1].isoformat() if on[1] != on[0] else None,
        "actor": actors,
        "recipient": hit,
        "event": [event],
        "mode": [mode] if mode else [],
        "context": list(CONTEXTS.get(event, ())),
        "quad_code": quad,
        "event_scale": score,
        "event_loc": _place(place, shapes) if place is not None else None,
        "coder": f"trucewatch {__version__}",
        "coded_date": released_at.date().isoformat(),
    }


def _place(place: ClaimPlace, shapes: Shapes) -> Row:
    region, district = shapes.areas(place)
    land = shapes.country_of(place)
    number = (place.place_id or "").removeprefix("geonames-")
    row: dict[str, Any] = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": int(number) if number.isdigit() else None,
        "lat": place.lat,
        "lon": place.lon,
        "district": district.names[0] if district is not None else None,
        "province": region.names[0] if region is not None else None,
        "country": shapes.name(land) if land is not None else None,
        "country_code": land,
        "resolution": RESOLUTION.get(place.precision or ""),
    }
    return row


def _cited(claim: Claim, view: View) -> Row:
    """Where it stands: offsets of its sentence, and the document; the text itself is its publisher's."""
    document = view.documents[claim.document_id]
    return {
        "text_info": {"start": claim.sentence_start_char, "end": claim.sentence_end_char},
        "cite_info": {
            "citation": document.source,
            "url": document.source if document.source.startswith(("http://", "https://")) else None,
            "title": document.title,
            "language": document.language,
            "publication": document.outlet,
            "coder": f"trucewatch {__version__}",
        },
    }
