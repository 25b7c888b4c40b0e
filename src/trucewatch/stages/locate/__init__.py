"""Places of claims: from names as written to where they are, with what is doubtful said in issues.

Order of trust: the theatre's names; descriptions ("the regional capital"); the world's names where they are plausible here; then
recovery of mangled names. A name that none of these reaches stays, unlocated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trucewatch.model.change import changed
from trucewatch.model.records import Claim, ClaimPlace, Document, Issue, Reading
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.locate.beside import places_beside
from trucewatch.stages.locate.containing import without_containing
from trucewatch.stages.locate.parties import is_spoken_to, lands_of
from trucewatch.stages.locate.phrases import split_list, whole_name
from trucewatch.stages.locate.recover import KNOWN_AS, recover
from trucewatch.stages.locate.resolve_place import CONTRADICTION, contradiction, locate_place
from trucewatch.stages.locate.scene import Scene
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.names import bare_name, name_key

# what a recovered name must be worth to be read so in other sentences, what it is worth there, and what stays the claim's own
SURE, ELSEWHERE = 0.6, 0.8
_SPOTS = frozenset({"settlement", "site", "district", "corridor"})
OWN = ("text", "role", "start_char", "end_char")


def locate_reading(reading: Reading, context: Context) -> Reading:
    """Fill every claim's places; claims, offsets and texts stay as they are. Without a gazetteer the reading is unchanged.

    A phrase that names no place ("urban areas") is left out of its claim, with the reason in the claim's `reasons`. Mangled names
    and contradictions outside the claims raise their issues too: a reader must know what the text is worth.
    """
    gazetteer = context.gazetteer
    if not isinstance(gazetteer, Gazetteer) or not reading.document.text:
        return reading
    kin = context.kin_texts.get(reading.document.id, ())
    scene = Scene(reading, gazetteer, kin, _vocabulary(context), _actors(context))
    issues: dict[tuple[str, str | None], Issue] = {}
    claims: list[Claim] = []
    for claim in reading.claims:
        scene.not_of, scene.sooner_of = lands_of(claim, context.theatre, gazetteer, scene.text)
        places: list[ClaimPlace] = []
        reasons = list(claim.reasons)
        named = (whole_name(place, scene.text) for place in claim.places)
        for place in (part for whole in named for part in split_list(whole, gazetteer)):
            located = locate_place(place, claim, scene)
            if located.place is not None and all(_differs(located.place, other) for other in places):
                places.append(located.place)
            reasons.append(f"place “{place.text}”: {located.why}")
            for issue in located.issues:
                issues.setdefault((issue.code, issue.value), issue)
        for place in places_beside(claim, places, scene):
            located = locate_place(place, claim, scene)
            if located.place is not None and all(_differs(located.place, other) for other in places):
                places.append(changed(located.place, confidence=round(located.place.confidence * 0.8, 2)))
                reasons.append(f"place “{place.text}”, named in its words: {located.why}")
        places = [p for p in places if not _is_who_was_hit(p, claim) and not is_spoken_to(p, claim, scene.text)]
        places, around = without_containing(places, scene.text)
        reasons += [f"place “{place.text}”: says where another of its places lies, and is left out" for place in around]
        line = _mere_line(places, gazetteer)
        if line is not None:
            places.remove(line)
            reasons.append(f"place “{line.text}”: says along what the place lies, and is left out beside it")
        claims.append(changed(claim, places=tuple(places), reasons=tuple(reasons)) if claim.places or places else claim)
    claims = _read_alike(claims, issues)
    for issue in _elsewhere(scene):
        issues.setdefault((issue.code, issue.value), issue)
    return changed(reading, claims=tuple(claims), issues=(*reading.issues, *issues.values()))


def _read_alike(claims: Sequence[Claim], issues: dict[tuple[str, str | None], Issue]) -> list[Claim]:
    """Claims with each name that reached no place read as what the same word was recovered as elsewhere in the document."""
    recovered: dict[str, ClaimPlace] = {}
    for place in (place for claim in claims for place in claim.places):
        core = bare_name(place.text)[0]
        key = name_key(core)
        # a description ("the capital") may stand for another place in the next sentence: names alone
        is_mangled = place.place_id is not None and core[:1].isupper() and key != name_key(place.name or "")
        if is_mangled and place.confidence >= SURE and place.confidence > getattr(recovered.get(key), "confidence", 0.0):
            recovered[key] = place
    found = []
    for claim in claims:
        places, reasons = [], list(claim.reasons)
        for place in claim.places:
            core = bare_name(place.text)[0]
            known = recovered.get(name_key(core)) if place.place_id is None and place.lat is None else None
            if known is not None:
                why = f"read as {known.name}, as the same word elsewhere in the document"
                reasons.append(f"place “{place.text}”: {why}")
                issues.pop(("place-unlocated", core), None)
                confidence = round(known.confidence * ELSEWHERE, 2)
                place = changed(known, **{name: getattr(place, name) for name in OWN}, confidence=confidence)
            places.append(place)
        is_same = tuple(places) == claim.places
        found.append(claim if is_same else changed(claim, places=tuple(places), reasons=tuple(reasons)))
    return found


def _is_who_was_hit(place: ClaimPlace, claim: Claim) -> bool:
    """Whether an unknown place is the claim's target by the same words: a person, read as a place."""
    struck = claim.target.text if claim.target is not None else None
    return place.place_id is None and place.lat is None and struck is not None and name_key(struck) == name_key(place.text)


def _mere_line(places: Sequence[ClaimPlace], gazetteer: Gazetteer) -> ClaimPlace | None:
    """A river, border or line beside a place in one claim that says more of where it was; None where there is none."""
    known = [gazetteer.places.get(place.place_id or "") for place in places]
    if not any(place is not None and place.kind in _SPOTS for place in known):
        return None
    return next((place for place, row in zip(places, known, strict=True) if row is not None and row.kind == "line"), None)


def _elsewhere(scene: Scene) -> Iterator[Issue]:
    """Contradictions at any settlement that the document names, and mangled place names that no claim has."""
    document = scene.reading.document
    for spot in scene.spots:
        place = spot.candidate.place
        if spot.candidate.is_theatre and place.kind == "settlement":
            message = contradiction(place, spot.start_char, spot.end_char, scene)
            if message is not None:
                yield _document_issue(document, CONTRADICTION, place.names[0], message)
    known = {offset for spot in scene.spots for offset in range(spot.start_char, spot.end_char)}
    tried: set[str] = set()
    named = [(mention.start_char, mention.end_char) for mention in scene.reading.mentions if mention.kind == "place"]
    told = [match.span("name") for match in KNOWN_AS.finditer(scene.text)]
    for start, end in (*named, *told):
        core = bare_name(scene.text[start:end])[0]
        if core in tried or start in known or end - 1 in known:
            continue
        tried.add(core)
        if name_key(core) in scene.located or scene.gazetteer.find(core, fuzzy=False):
            continue
        if scene.is_actor(core) and (start, end) not in told:
            continue
        found = recover(core, start, end, scene)
        if found is not None:
            message = f"“{core}” read as {found.place.names[0]}: {'; '.join(dict.fromkeys(found.reasons))}"
            yield _document_issue(document, "name-recovered", core, message)


def _document_issue(document: Document, code: str, value: str, message: str) -> Issue:
    return Issue(
        stage="locate", code=code, level="warning", message=message, source=document.source, record_id=document.id, value=value
    )


def _vocabulary(context: Context) -> Callable[[str], bool] | None:
    """Whether the parser's vocabulary knows a word; asked for late, since a deferred parser loads at the first question."""
    if context.parser is None:
        return None
    return lambda word: any(context.parser.nlp.vocab.has_vector(form) for form in (word, word.lower()))


def _actors(context: Context) -> Callable[[str], bool] | None:
    if context.actors is None:
        return None
    return lambda name: context.actors.lookup(name, None) is not None


def _differs(place: ClaimPlace, other: ClaimPlace) -> bool:
    """Whether two places of a claim are two: a role of its own keeps one place twice ("from X into X")."""
    return (place.place_id, place.name, place.role) != (other.place_id, other.name, other.role)


STAGE = Stage(
    name="locate",
    scope="record",
    needs=("documents.text", "claims.places"),
    assigns=("claims.places.place_id", "claims.places.name", "claims.places.lat", "claims.places.lon", "claims.places.precision"),
    run_record=locate_reading,
)
