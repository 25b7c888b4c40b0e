"""The review: the least certain claims one by one, accepted, corrected, moved to another incident or blacked out."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from trucewatch.errors import RequestError
from trucewatch.model.judgements import standing
from trucewatch.model.records import Claim, Decision, Document, Incident, Issue
from trucewatch.reports.page_parts import Arranger
from trucewatch.reports.words import STANCES, span_words
from trucewatch.stages.link.wording import act_noun
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import Reader, reading
from trucewatch.web.api import unknown
from trucewatch.web.deciding import ACCEPTED, fields_of, take, verdicts_of
from trucewatch.web.filters import make_cursor, only, read_cursor, refuse
from trucewatch.web.sameorigin import TOKEN, check_same_origin
from trucewatch.web.site import SITE, Site

WAITING = 12
CHUNK = 50
SHOWN_DECISIONS = 20
MOST_NEAR = 12
ACTIONS = ("accept", "correct", "merge", "split", "redact", "undo")
COOKIE = "reviewer"
YEAR_S = 365 * 24 * 3600
LONGEST = 2_000
router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the page and what it posts to."""
    app.include_router(router)


@dataclass(frozen=True, kw_only=True)
class Near:
    """An incident of the same days that a claim may belong to as well."""

    id: str
    words: str


@router.get("/review", dependencies=[only("claim", "incident", "after", "done")])
def show_review(
    request: Request,
    site: SITE,
    claim: str | None = None,
    incident: str | None = None,
    after: str | None = None,
    done: str | None = None,
) -> Response:
    """One claim with all that can be decided about it: the one asked for, else the least certain that nobody has decided on."""
    behind = _behind(after)
    with reading(site.store) as reader:
        decisions = reader.decisions()
        decided = {subject for one in standing(decisions) for subject in one.subject}
        asked = _asked(reader, claim, incident)
        queue = asked or _queue(reader, decided, behind)
        shown = queue[0] if queue else None
        ledger = reader.with_documents([shown]) if shown is not None else None
        incident_id = reader.incident_of([shown]).get(shown.id) if shown is not None else None
        own = reader.get(Incident, incident_id) if incident_id is not None else None
        near = _near(reader, site, own, shown) if shown is not None else []
        issues = reader.where(Issue, record_id=shown.id) if shown is not None else []
        sources = {one.id: one for one in reader.get_all(Document, [one.document_id for one in queue[1:]])}
        version = reader.version()
        total = site.once(version, "claims", lambda: reader.count(Claim))
    card = Arranger(ledger, site.theatre).cards(ledger.claims)[0] if ledger is not None and ledger.claims else None
    following = None
    if shown is not None:
        cursor = make_cursor(repr(shown.confidence), shown.id)
        following = f"/review?incident={incident}" if incident else f"/review?after={cursor}"
        if asked and len(queue) > 1:
            following = f"/review?claim={queue[1].id}"
    return site.page(
        request,
        "review.html",
        card=card,
        claim=shown,
        fields=fields_of(shown) if shown is not None else (),
        incident=own,
        incident_words=_incident_words(own) if own is not None else "",
        near=near,
        issues=issues,
        queue=[(one, _told(one, sources.get(one.document_id), site)) for one in queue[1:]],
        following=following,
        decisions=list(reversed(decisions))[:SHOWN_DECISIONS],
        stands={one.id for one in standing(decisions)},
        about=[one for one in decisions if shown is not None and shown.id in one.subject],
        done=next((one for one in decisions if one.id == done), None),
        decided=len(decided),
        total=total,
        token=TOKEN,
        by=request.cookies.get(COOKIE) or _user(),
        back=_back(request),
        parties=[(party.code, party.names[0]) for party in site.theatre.parties if party.names and _is_near(site, party.code)],
    )


def _told(claim: Claim, source: Document | None, site: Site) -> str:
    """A claim in a line: "Ana Speaker denied: shelling, Harbour, 5 May 2030 (Wire)"."""
    voice, outlet = claim.claimant, (source.outlet or source.source.rpartition("/")[2]) if source is not None else "an outlet"
    who = f"{outlet} in its own voice" if voice is None else voice.text or site.names.resolved(voice) or "a voice not named"
    where = f", {claim.places[0].name or claim.places[0].text}" if claim.places else ""
    told = f"{who[:1].upper()}{who[1:]} {STANCES[claim.stance]}: {act_noun(claim.act).lower()}{where}, {span_words(claim.when)}"
    return told if voice is None else f"{told} ({outlet})"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # a container's user may have no name
        return ""


def _is_near(site: Site, code: str) -> bool:
    return code in site.theatre.principals or any(code in one.parties or code in one.mediators for one in site.theatre.agreements)


def _behind(after: str | None) -> tuple[float, str] | None:
    if not after:
        return None
    certainty, claim_id = read_cursor(after, 2)
    try:
        return float(certainty), claim_id
    except ValueError:
        raise refuse("after", after, "a place in the queue as the page gave it, or none") from None


def _asked(reader: Reader, claim_id: str | None, incident_id: str | None) -> list[Claim]:
    if claim_id:
        found = reader.get(Claim, claim_id)
        if found is None:
            raise unknown("claim", claim_id, "/review")
        return [found]
    if incident_id:
        own = reader.get(Incident, reader.incident_id(incident_id) or "")
        if own is None:
            raise unknown("incident", incident_id, "/incidents")
        claims = reader.get_all(Claim, (*own.claim_ids, *own.denial_ids))
        return sorted(claims, key=lambda one: (one.confidence, one.id))
    return []


def _queue(reader: Reader, decided: set[str], behind: tuple[float, str] | None) -> list[Claim]:
    queue: list[Claim] = []
    while len(queue) < WAITING:
        found = reader.least_certain(limit=CHUNK, after=behind)
        queue += [claim for claim in found if claim.id not in decided and claim.confidence < 1.0]
        if len(found) < CHUNK:
            break
        behind = found[-1].confidence, found[-1].id
    return queue[:WAITING]


def _near(reader: Reader, site: Site, own: Incident | None, claim: Claim) -> list[Near]:
    when = own.when if own is not None else claim.when
    days = [day for day in (when.earliest, when.latest) if day is not None]
    if not days:
        return []
    rows = reader.incidents(IncidentFilter(from_day=min(days), to_day=max(days)), limit=200)
    stem = claim.act.partition(".")[0]
    places = {place.place_id for place in claim.places if place.place_id}
    rows.sort(key=lambda row: (row.place_id not in places, row.act.partition(".")[0] != stem, row.id))
    found = reader.get_all(Incident, [row.id for row in rows if own is None or row.id != own.id][:MOST_NEAR])
    return [Near(id=one.id, words=_incident_words(one)) for one in found]


def _incident_words(incident: Incident) -> str:
    words = (incident.summary or f"{act_noun(incident.act)}, {span_words(incident.when)}").rstrip(".")
    return words.partition("; ")[0]


def _back(request: Request) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name in ("claim", "incident", "after")]
    return "/review" + (f"?{urlencode(kept)}" if kept else "")


@router.post("/review/decide", dependencies=[only()])
async def post_decision(request: Request, site: SITE) -> Response:
    """Take what a form of the review says, and go on to the next claim."""
    async with request.form(max_files=0, max_fields=200) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    check_same_origin(request, given.get("token", ""))
    for name, value in given.items():
        if len(value) > LONGEST:
            raise refuse(name[:80], value, f"at most {LONGEST} characters")
    made = await run_in_threadpool(_decide, site, given)
    address = given.get("next", "")
    # back to a page of this review and nowhere else
    address = address if address == "/review" or address.startswith("/review?") else "/review"
    joined = "&" if "?" in address else "?"
    response = RedirectResponse(f"{address}{joined}done={made[-1].id}", 303)
    response.set_cookie(COOKIE, _cookie(given.get("by", "")), max_age=YEAR_S, httponly=True, samesite="strict", path="/review")
    return response


def _cookie(name: str) -> str:
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in " .-_@"))[:80]


def _decide(site: Site, given: Mapping[str, str]) -> list[Decision]:
    action = given.get("action", "")
    if action not in ACTIONS:
        raise refuse("action", action, f"one of {', '.join(ACTIONS)}")
    reason, by = given.get("reason", ""), given.get("by", "")
    if action == "undo":
        return take(site, "undo", [_decision(site, given)], ["undone"], reason, by)
    with reading(site.store) as reader:
        claim = reader.get(Claim, given.get("claim", ""))
        if claim is None:
            raise unknown("claim", given.get("claim", ""), "/review")
        incident_id = reader.incident_of([claim]).get(claim.id)
        other = reader.incident_id(given.get("other", "").strip()) if action == "merge" else None
    if action == "accept":
        return take(site, "correct_value", [claim.id], [ACCEPTED], reason, by)
    if action == "correct":
        return take(site, "correct_value", [claim.id], verdicts_of(claim, given), reason, by)
    if action == "redact":
        if given.get("sure") != "yes":
            raise refuse("sure", given.get("sure", ""), "a tick: a redaction destroys words for good")
        return take(site, "redact", [claim.id], ["all"], reason, by)
    if action == "merge":
        if other is None:
            raise refuse("other", given.get("other", ""), "the id of an incident of this ledger")
        if other == incident_id:
            raise refuse("other", other, "another incident than the claim's own")
        return take(site, "same_incident", [incident_id or claim.id, other], ["same"], reason, by)
    if incident_id is None:
        raise RequestError(400, "no-incident", "this claim belongs to no incident, so it cannot be taken out of one")
    return take(site, "same_incident", [claim.id, incident_id], ["different"], reason, by)


def _decision(site: Site, given: Mapping[str, str]) -> str:
    with reading(site.store) as reader:
        known = {one.id for one in reader.decisions()}
    wanted = given.get("decision", "")
    if wanted not in known:
        raise refuse("decision", wanted, "the id of a decision of this ledger")
    return wanted
