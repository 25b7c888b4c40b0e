"""Mangled names led back to the theatre's places by spelling, sound, meaning, a saint's-name twin, apposition and kin documents.

Each kind of evidence adds to a candidate's score; no name is recovered on likeness alone unless the likeness is strong.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from trucewatch.model.theatre import Place
from trucewatch.stages.locate.scene import Scene
from trucewatch.text.gazetteer import AREA_KINDS, Candidate, Spot
from trucewatch.text.names import bare_name, fold, name_key, sound_similarity, spelling_similarity
from trucewatch.text.nametwins import is_given_name, renderings, twins_of

ACCEPT = 0.62
MARGIN = 0.04
LIKENESS_FLOOR = 0.45
AGREEING = 0.45
STRONG_LIKENESS = 0.82
LOCAL_LIKENESS = 0.9
FAIR_LIKENESS = 0.66
# one place alone missing here from a kin sentence that is four fifths alike
SURE_KIN = 0.24
KNOWN_CITY = 100_000
_BEFORE_NAME = re.compile(r"\b(?:known|called|named|referred to)(?: \w+){0,4}? (?:as )?(?:the )?[“\"'‘]?$")
KNOWN_AS = re.compile(
    r"\b(?:also|better|locally)\s+(?:known|called)\s+(?:\w+\s+){0,3}?(?:as\s+)?(?:the\s+)?[“\"'‘]?(?P<name>[A-Z][\w’-]+)"
)
_TERM_FOR = re.compile(
    r"^[”\"'’]?\s*(?:[-–—,(]|is|was)\s*(?:the |a |an )?(?:[\w-]+ )?(?:name|term|word|version)(?: \w+)? (?:for|of) (?:the )?"
)


@dataclass(slots=True)
class Recovery:
    """A place that a mangled name may stand for, its score (0 to 1) and the evidence in plain words."""

    place: Place
    score: float
    matched: str
    reasons: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    bonus: float = 0.0
    likeness: float = 0.0
    supports: int = 0
    has_kin: bool = False


def recover(text: str, start: int, end: int, scene: Scene) -> Recovery | None:
    """The theatre's place behind a name that no gazetteer knows here; None where the evidence does not reach."""
    core, kind_word = bare_name(text)
    if len(name_key(core)) < 3 or not any(char.isupper() for char in core) or any(char.isdigit() for char in core):
        return None
    same = _apposition(core, start, end, scene)
    if same is not None:
        return Recovery(same, 0.8, same.names[0], ["the text says it is another name for it"])
    options = _options(core, scene)
    if not options:
        return None
    _weigh(options, core, kind_word, start, end, scene)
    ranked = sorted(options.values(), key=lambda option: (-option.score, option.place.id))
    best = ranked[0]
    if best.score < ACCEPT or (len(ranked) > 1 and best.score - ranked[1].score < MARGIN and not _is_same(best, ranked[1])):
        return None
    return None if not _is_supported(best, core, scene) or _is_rather_people(core, best, scene) else best


def _is_supported(option: Recovery, core: str, scene: Scene) -> bool:
    """Whether the evidence is of a kind that suffices.

    Strong likeness, a twin or a meaning does. A name only somewhat alike must be a word or name of its own, as translators put
    one in (an unknown village is none), and two things besides must speak for it; or kin documents have the place in its slot.
    """
    if scene.is_common_word(core):
        return False
    if option.likeness >= strong_likeness(core) or option.kinds - {"likeness"} or option.has_kin:
        return True
    return option.likeness >= FAIR_LIKENESS and option.supports >= 2 and (is_given_name(core) or scene.is_word(core))


def strong_likeness(core: str) -> float:
    """The likeness that needs no other evidence: more of a name in its own letters, which nobody has transliterated."""
    return STRONG_LIKENESS if core.isascii() else LOCAL_LIKENESS


def _options(core: str, scene: Scene) -> dict[str, Recovery]:
    gazetteer = scene.gazetteer
    options: dict[str, Recovery] = {}

    def offer(candidate: Candidate, score: float, kind: str, reason: str) -> None:
        known = options.get(candidate.place.id)
        if known is None:
            options[candidate.place.id] = Recovery(candidate.place, score, candidate.matched, [reason])
        else:
            # two kinds of evidence for one place are worth more than the better of them
            if kind not in known.kinds and min(known.score, score) >= AGREEING:
                known.bonus += 0.07
                known.reasons.append(reason)
            if known.score < score:
                known.score, known.matched = score, candidate.matched
        options[candidate.place.id].kinds.add(kind)
        if kind == "likeness":
            options[candidate.place.id].likeness = candidate.score

    for candidate in gazetteer.alike(core, floor=LIKENESS_FLOOR):
        if candidate.how == "sound" and candidate.score >= 0.85:
            offer(candidate, 0.85, "likeness", f"it sounds like {candidate.matched}")
        else:
            offer(candidate, 0.85 * candidate.score, "likeness", f"it is spelled much like {candidate.matched}")
    for candidate in gazetteer.by_meaning(core):
        offer(candidate, 0.6, "meaning", f"a rendering of {candidate.matched}")
    for key in sorted(twins_of(core)):
        for candidate in gazetteer.named(key):
            # a twin that looks alike too is better evidence than either alone
            likeness = max(spelling_similarity(core, candidate.matched), sound_similarity(core, candidate.matched))
            offer(candidate, 0.62 + 0.12 * likeness, "twin", f"the same given name as {candidate.matched}")
    for key in sorted(renderings(core)):
        for candidate in gazetteer.named(key):
            offer(candidate, 0.66, "meaning", f"what {candidate.matched} means")
    return options


def _weigh(options: dict[str, Recovery], core: str, kind_word: str | None, start: int, end: int, scene: Scene) -> None:
    gazetteer = scene.gazetteer
    siblings = scene.sibling_places(start, end)
    low, high = scene.sentence_span(start)
    in_sentence = {spot.candidate.place.id for spot in scene.spots if low <= spot.start_char < high}
    kin = _kin_slots(core, start, scene)
    elsewhere = _weight_elsewhere(core, scene)
    for option in options.values():
        place = option.place
        option.score += option.bonus - elsewhere
        if any(sibling.id == place.id for sibling in siblings):
            option.score -= 0.4
            continue
        if place.kind == "country":
            option.score -= 0.1
        if siblings:
            alike_kind = any((sibling.kind in AREA_KINDS) == (place.kind in AREA_KINDS) for sibling in siblings)
            shared = any(gazetteer.countries_of(sibling) & gazetteer.countries_of(place) for sibling in siblings)
            if alike_kind and shared:
                option.score += 0.15
                option.supports += 1
                option.reasons.append("the places it is listed with lie in the same country")
            elif not alike_kind:
                option.score -= 0.05
        option.score += 0.03 * max(-1.0, min(2.0, math.log10(max(place.population or 300, 100)) - 3))
        if kind_word is not None:
            option.score += 0.06 if kind_word == place.kind else -0.04
        if name_key(core)[:1] == name_key(option.matched)[:1]:
            option.score += 0.05
        if scene.named(place) and place.id not in in_sentence:
            option.score += 0.13
            option.supports += 1
            option.reasons.append("the document names it elsewhere")
        if place.id in kin:
            option.score += kin[place.id]
            option.has_kin = kin[place.id] >= SURE_KIN
            option.supports += 1
            option.reasons.append("a related document has it in the same sentence")
        stated = _stated_area(end, scene)
        if stated is not None:
            inside = gazetteer.is_within(place, stated)
            option.score += 0.06 if inside else -0.15
            option.supports += inside


def _weight_elsewhere(core: str, scene: Scene) -> float:
    """What a name loses because a place elsewhere bears it: the larger that place, the likelier the name is right as is."""
    rows = scene.gazetteer.world.lookup(core) if scene.gazetteer.world is not None else []
    if not rows:
        return 0.0
    return 0.3 if max(row.population for row in rows) >= KNOWN_CITY else 0.12


def _stated_area(end: int, scene: Scene) -> Place | None:
    """The area that the text puts the name in ("X in Y"), None where it says none."""
    match = re.match(r"\s*,?\s+(?:in|of) (?:the )?(?=[A-Z])|, (?=[A-Z])", scene.text[end : end + 12])
    if match is None:
        return None
    for spot in scene.spots:
        if spot.start_char == end + match.end():
            place = spot.candidate.place
            return place if place.kind in AREA_KINDS else None
    return None


def _kin_slots(core: str, start: int, scene: Scene) -> dict[str, float]:
    """Places of the kin sentence most like this one that this sentence lacks: what stands in the mangled name's slot."""
    if not scene.kin_texts:
        return {}
    low, high = scene.sentence_span(start)
    sentence = scene.text[low:high]
    own = {spot.candidate.place.id for spot in scene.spots if low <= spot.start_char < high}
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for text, spots in scene.kin:
        likeness = fuzz.token_set_ratio(fold(text), fold(sentence)) / 100
        missing = tuple(dict.fromkeys(spot.candidate.place.id for spot in spots if spot.candidate.place.id not in own))
        if likeness > best[0] and missing:
            best = (likeness, missing)
    if best[0] < 0.5:
        return {}
    return dict.fromkeys(best[1], 0.3 * best[0] if len(best[1]) == 1 else 0.2 * best[0])


def _apposition(core: str, start: int, end: int, scene: Scene) -> Place | None:
    """The place that the sentence itself says the name is another name for."""
    low, high = scene.sentence_span(start)
    before = re.sub(r"\s+", " ", scene.text[low:start])
    if _BEFORE_NAME.search(before):
        inside = [spot for spot in scene.spots if low <= spot.start_char and spot.end_char <= start]
        areas = [spot for spot in inside if _is_head(spot.end_char, start, scene)]
        if areas:
            return areas[0].candidate.place if len(areas) == 1 else _closest_kind(areas[0].candidate.place, areas)
    match = _TERM_FOR.match(scene.text[end:high])
    if match is not None:
        for spot in scene.spots:
            if spot.start_char == end + match.end():
                return spot.candidate.place
    return None


def _is_head(spot_end: int, start: int, scene: Scene) -> bool:
    """Whether a place named before may be what "known as" speaks of: nothing but an apposition stands between."""
    between = scene.text[spot_end:start]
    return not re.search(r"[.;:!?](?:\s|$)", between) and len(between) < 120


def _closest_kind(first: Place, spots: list[Spot]) -> Place:
    """Of several places before "known as", the head of the last apposition: "R, an enclave inside C, also known as X" is R."""
    regions = [spot.candidate.place for spot in spots if spot.candidate.place.kind != "country"]
    return regions[-1] if regions else first


def _is_same(first: Recovery, second: Recovery) -> bool:
    """Whether two candidates bear one name, as a district and its seat do: then the choice is by kind, not by doubt."""
    return bool({name_key(name) for name in first.place.names} & {name_key(name) for name in second.place.names})


def _is_rather_people(core: str, best: Recovery, scene: Scene) -> bool:
    """Whether the name is closer to a people's name than to any place: then it is no place at all."""
    if scene.named(best.place) and best.score > 0.75:
        return False
    place_likeness = max(spelling_similarity(core, name) + sound_similarity(core, name) for name in best.place.names)
    return any(
        spelling_similarity(core, word) + sound_similarity(core, word) > place_likeness and sound_similarity(core, word) > 0.6
        for word, code in scene.gazetteer.demonyms.items()
        if code in scene.countries
    )
