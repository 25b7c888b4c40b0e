"""Deeds told on without their verb: "one was killed in X and another in Y", "rockets hit A on Monday and B on Tuesday".

A member of a list that has a place and a number, thing or day of its own tells of another deed (codebook 1); bare names of
places in a list ("struck A, B and C") tell of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.model.change import changed
from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, ClaimPlace, Figure
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.syntax import Token
from trucewatch.stages.extract.timing import when_of
from trucewatch.text.casualty_words import population_of
from trucewatch.text.numbers import find_numbers
from trucewatch.text.parse import Block
from trucewatch.text.times import TimeMention

_WORD = r"[a-zé'’-]+"
_COUNTED_WORD = r"(?!(?:of|by|in|at|near|on|with|from|to|as|for)\b)[a-zé'’-]+"
_NO_NAME = (
    r"(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|June|July|August|(?:Sept|Nov|Dec)ember"
    r"|October)\b)"
)
_NAME = rf"{_NO_NAME}[A-Z][\w'’]*(?:(?:-|\s(?:(?:al|el|ash|as|ar|ad|et|at|de)[- ])?)[A-Z][\w'’]*|-[a-z]\w*-[A-Z][\w'’]*)*"
_COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?"
_AT = r"(?:in|near|at|outside|around|inside|on|over|above|against|towards?|close to|beside|by)"
_PLACE = rf"(?:the\s+(?P<part>{_COMPASS})\b|(?:{_WORD}\s+){{0,4}}?(?P<name>{_NAME}))"
_ANY_PLACE = re.compile(rf"\b{_AT}\s+{_PLACE}")
_ON = r"(?:;|,\s+and|,\s+while|\s+and|\s+while|,\s+or|,\s+but|,)\s+"
_COUNT = (
    r"(?:(?:at least|about|some|around|nearly|more than|over|as many as)\s+)?"
    r"(?:another\s+\d+|a further\s+\w+|another(?:\s+(?:two|three|four|five|six|seven|eight|nine|ten|dozen))?"
    r"|a (?:second|third|fourth|fifth)"
    r"|\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|several|dozens|others|the (?:other|rest|third|second))"
)
# "another in Y", "three more near Z", "one by a mine near W"
_COUNTED = re.compile(
    rf"{_ON}(?P<told>(?P<count>{_COUNT})(?:\s+(?P<who>{_COUNTED_WORD}(?:\s+{_COUNTED_WORD}){{0,2}}?))?"
    rf"(?:\s+by\s+(?:an?\s+|the\s+)?(?P<means>{_WORD}(?:\s+{_WORD})?))?,?\s+{_AT}\s+{_PLACE})"
)
# "in Y, two shepherds"
_SET_FIRST = re.compile(
    rf"{_ON}(?P<told>{_AT}\s+{_PLACE},?\s+(?P<count>{_COUNT})(?:\s+(?P<who>{_WORD}))?)(?=[.,;]|\s*$|\s+(?:and|on|by)\b)"
)
# what a member beside another would only say again of it: "the first in a month", "a town in the south"
_NO_ASIDE = (
    r"(?!(?:[\w'’-]+\s+){0,2}?(?:first|second|third|latest|last|only|worst|deadliest|heaviest|town|city|village|suburb|district|capital|region"
    r"|area|stronghold|hub|port|enclave|territory|province|settlement|neighbou?rhood|day|week|month|hours?|move|attack|strike)\b)"
)
# "a motorcycle in Y"
_THING = re.compile(
    rf"{_ON}(?P<told>(?:an?|the|its|their|two|three|four|several|another)\s+{_NO_ASIDE}(?:[\w'’-]+\s+){{1,6}}?{_AT}\s+{_PLACE})"
)
# "at an ammunition factory in Y", "on a second post near Z"
_AIMED = re.compile(
    rf"{_ON}(?P<told>(?P<at>at|on|towards?|against|near|into)\s+(?:an?|the|its|another|two|three|several)\s+(?:[\w'’-]+\s+){{1,6}}?"
    rf"{_AT}\s+{_PLACE})"
)
# "at Y with missiles"
_ARMED = re.compile(rf"{_ON}(?P<told>(?P<at>{_AT})\s+{_PLACE}\s+(?:with|using)\s+{_WORD}(?:\s+{_WORD})?)")
# "drones at a post near Y"
_SHOT = re.compile(
    rf"{_ON}(?P<told>(?:(?:an?|two|three|four|five|six|several|dozens of|a \w+ of|\d+)\s+)?(?:[a-z-]+\s+){{0,2}}?"
    r"(?P<means>rockets?|missiles?|drones?|shells?|mortars?|mortar (?:rounds?|shells?|bombs?)|artillery"
    r"|projectiles?|explosive drones?)\s+"
    rf"(?:(?P<at>at|on|towards?|against|into)\s+)(?:(?:an?|the|its)\s+(?:[\w'’-]+\s+){{1,6}}?{_AT}\s+)?{_PLACE})"
)
# "B on Wednesday", "hours later, in C": the time itself is looked up
_NAMED = re.compile(
    rf"{_ON}(?:then\s+|again\s+|later\s+)?(?P<told>(?:{_AT}\s+)?(?:the\s+)?(?:(?:town|village|city|outskirts)\s+(?:of\s+)?)?(?P<name>{_NAME}))"
)
# "including two children, and nine in Y": it parts nobody by place
_INCLUDED = re.compile(r"\bincluding\s(?:(?!\b(?:in|at|near)\b)[^,;.]){1,60}(?=,\s+(?:and\s+)?\w+\s+(?:in|near|at)\b)")
_LATER = re.compile(r"\b(?:later|after that|afterwards|the next|the following)\b", re.IGNORECASE)
_HARMED_SO = re.compile(r"\b(?:wounded|injured|hurt|killed|dead)\b", re.IGNORECASE)
_HARM = frozenset({"harm", "harm_intransitive"})
_STRIKING = frozenset({"attack", "damage", "blast", "take"})
_ENDING = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TRAIL = re.compile(r"(?:[\s,;]|\b(?:and|while|or|but)\b)+$")
_WITHIN_TIME = 3
# so many victims are a war's, whose count by country is one count
_A_WARS = 100


@dataclass(frozen=True, slots=True)
class _Part:
    """A member of the list, by offsets in the paragraph."""

    start: int
    end: int
    name: tuple[int, int] | None
    count: tuple[int, int] | None = None
    who: str | None = None
    means: str | None = None
    time: TimeMention | None = None
    is_apposed: bool = False


def told_on(
    block: Block, group: ActGroup, claim: Claim, times: Sequence[TimeMention], others: frozenset[int], lexicon: Lexicon
) -> list[Claim]:
    """The claim of an act group, and one more for each deed that its clause goes on to tell without a verb.

    `others`: tokens that head the acts beside it, where its clause ends.
    """
    lead = group.lead
    if claim.stance == "denies" or claim.act == "TOLL" or lead.negated or claim.modality != "actual" or claim.is_recurring:
        return [claim]
    has_victims = any(figure.measure in ("killed", "injured") for figure in claim.figures)
    is_harm = lead.frame.startswith("harm") or claim.act == "AIR.UAV_DOWNED" or has_victims
    if not is_harm and lead.frame not in _STRIKING:
        return [claim]
    if any((figure.low or figure.high or 0) >= _A_WARS for figure in claim.figures):
        return [claim]
    low, high = _stretch(block, group, others)
    parts = _parts(block, low, high, times, lead.token, is_harm=is_harm, strikes=lead.frame in _STRIKING)
    if not parts:
        return [claim]
    return [_first(block, claim, parts, times, low), *(_other(block, claim, part, is_harm, lexicon) for part in parts)]


def _stretch(block: Block, group: ActGroup, others: frozenset[int]) -> tuple[int, int]:
    """From behind the last word of the act to the next word that tells something else, as offsets in the paragraph."""
    last, sent = group.tokens[-1], group.lead.token.sent
    first = min(group.tokens[0].i, group.lead.token.i)
    low = last.idx + len(last.text) if last.i - first < 3 else block.doc[first].idx + len(block.doc[first].text)
    high = block.doc[sent.end - 1].idx + len(block.doc[sent.end - 1].text)
    own = {t.i for t in group.tokens}
    aside = _INCLUDED.search(block.doc.text, low, high)
    for token in block.doc[first + 1 : sent.end]:
        if token.i in own or token.idx < low or (aside is not None and aside.start() <= token.idx < aside.end()):
            continue
        if token.i in others or token.tag_ in _ENDING or token.lower_ in (":", '"', "“", "including"):
            return low, token.idx
    return low, high


def _parts(
    block: Block, low: int, high: int, times: Sequence[TimeMention], lead: Token, *, is_harm: bool, strikes: bool
) -> list[_Part]:
    text = block.doc.text
    found: list[_Part] = []
    at = low
    while at < high:
        base = text[low : found[0].start] if found else None
        part = _next(block, at, high, times, base, lead, is_harm=is_harm, strikes=strikes, first=low)
        if part is None:
            break
        found.append(part)
        at = part.end
    while found and found[-1].is_apposed:
        found.pop()  # "a house in X, a building of three floors in the old town": no list without its "and"
    return found


def _next(
    block: Block,
    at: int,
    high: int,
    times: Sequence[TimeMention],
    base: str | None,
    lead: Token,
    *,
    is_harm: bool,
    strikes: bool,
    first: int,
) -> _Part | None:
    """The next member after an offset: only what stands right there once the list has begun."""
    text = block.doc.text
    struck = (_AIMED, _ARMED, _SHOT, _THING) if strikes else ()
    patterns = (*((_COUNTED, _SET_FIRST) if is_harm else (_COUNTED,)), *struck)
    best: _Part | None = None
    for pattern in patterns:
        for match in pattern.finditer(text, at, high):
            if best is not None and match.start("told") >= best.start:
                break
            before = base if base is not None else text[first : match.start()]
            if base is not None and text[at : match.start()].strip(" ,"):
                break
            if pattern is _COUNTED and not is_harm and not _is_volley(match, before):
                continue
            if not _is_like(pattern, match, before, text, lead) or _has_verb(block, match.start("told"), match.end("told")):
                continue
            groups = match.groupdict()
            best = _Part(
                match.start("told"),
                match.end("told"),
                match.span("name") if groups.get("name") else None,
                match.span("count") if groups.get("count") else None,
                groups.get("who"),
                groups.get("means"),
                _time_within(block, match.start("told"), match.end("told"), times),
                pattern is _THING and text[match.start() : match.start("told")].strip() == ",",
            )
            break
    dated = _dated(block, at, high, times, first, base)
    if dated is not None and (best is None or dated.start < best.start):
        best = dated
    return best


def _is_like(pattern: re.Pattern[str], match: re.Match[str], before: str, text: str, lead: Token) -> bool:
    """Whether what stands before the member is built as it is: a place of its own, a like preposition, a weapon."""
    opening = text[lead.sent.start_char : lead.idx]
    has_place = _ANY_PLACE.search(before) is not None
    if pattern is _SET_FIRST:
        return has_place or _ANY_PLACE.match(opening.strip(' "“')[:1].lower() + opening.strip(' "“')[1:]) is not None
    if pattern is _COUNTED:
        return has_place
    if pattern in (_AIMED, _SHOT):
        return re.search(rf"\b{match['at']}\s+[^,;]*[A-Z]", before) is not None
    if pattern is _ARMED:
        return re.search(rf"\b{match['at']}\s+[^,;]*[A-Z][^,;]*\b(?:with|using)\b", before) is not None
    thing = r"(?:(?:an?|the|its|their|two|three|four|several|another)\s+[^,;]*?|[a-z]+s)"
    return re.match(rf"\s*{thing}\s{_AT}\s+{_PLACE}", before) is not None


def _is_volley(match: re.Match[str], before: str) -> bool:
    """ "fired 20 rockets at A, 30 at B": so many again, aimed as the first."""
    aimed = re.search(r"\b(at|into|towards?|on)\s+(?:the\s+)?[A-Z]", match["told"])
    alone = match["who"] is None and match["means"] is None
    return alone and aimed is not None and re.search(rf"\b(?:\d+|[a-z]+)\s+[\w-]+\s+{aimed[1]}\s+[^,;]*[A-Z]", before) is not None


def _has_verb(block: Block, low: int, high: int) -> bool:
    return any(low <= t.idx < high and t.tag_ in _ENDING for t in block.doc)


def _dated(block: Block, at: int, high: int, times: Sequence[TimeMention], first: int, base: str | None) -> _Part | None:
    """ "B on Wednesday", where what is told first has a day of its own; "hours later, C"."""
    text = block.doc.text
    inside = [(t, t.start_char - block.start_char, t.end_char - block.start_char) for t in times]
    inside = [one for one in inside if first <= one[1] < high and one[0].kind in ("point", "span")]
    for match in _NAMED.finditer(text, at, high):
        if base is not None and text[at : match.start()].strip(" ,"):
            return None
        end = match.end("told")
        has_own = any(start < match.start() for _, start, _ in inside)
        after = next((one for one in inside if 0 <= one[1] - end <= _WITHIN_TIME and not text[end : one[1]].strip(" ,")), None)
        if after is not None and (has_own or base is not None) and text[first : match.start()].strip():
            return _Part(match.start("told"), after[2], match.span("name"), time=after[0])
    for time, start, end in inside:
        if start < at or not (_LATER.search(time.text) or _LATER.match(text, end + 1)):
            continue
        joined = re.search(r"(?:,|\band|;)[\s,]*$", text[at:start])
        named = re.compile(rf"(?:\s+later)?,?\s+(?:{_AT}\s+)?(?:the\s+)?(?P<name>{_NAME})").match(text, end, high)
        if joined is not None and named is not None:
            return _Part(start, named.end(), named.span("name"), time=time)
    return None


def _time_within(block: Block, low: int, high: int, times: Sequence[TimeMention]) -> TimeMention | None:
    return next((t for t in times if low <= t.start_char - block.start_char < high and t.kind == "point"), None)


def _first(block: Block, claim: Claim, parts: Sequence[_Part], times: Sequence[TimeMention], low: int) -> Claim:
    """The claim less what the other members tell."""
    spans = [(block.char(part.start), block.char(part.end)) for part in parts]

    def is_own(offset: int | None) -> bool:
        return offset is None or not any(start <= offset < end for start, end in spans)

    when = claim.when
    if not is_own(when.start_char):
        own = [t for t in times if block.char(low) <= t.start_char < spans[0][0]]
        when = when_of(own[0]) if own else type(when)()
    target = claim.target
    if target is not None and target.end_char is not None and target.start_char is not None and target.end_char > spans[0][0]:
        end = spans[0][0]
        words = block.doc.text[target.start_char - block.start_char : end - block.start_char]
        words = _TRAIL.sub("", words)
        target = changed(target, text=words, end_char=target.start_char + len(words)) if words else None
    first = spans[0][0] - block.start_char
    trail = _TRAIL.search(block.doc.text, low, first)
    stop = trail.start() if trail is not None else first
    return changed(
        claim,
        end_char=max(claim.start_char + 1, min(claim.end_char, block.char(stop))),
        places=tuple(p for p in claim.places if is_own(p.start_char)),
        figures=tuple(f for f in claim.figures if is_own((f.end_char or 1) - 1)),
        when=when,
        target=target,
        reasons=(*claim.reasons, "its clause tells on of other deeds without a verb"),
    )


def _other(block: Block, claim: Claim, part: _Part, is_harm: bool, lexicon: Lexicon) -> Claim:
    """The claim of one more member: what it does not say itself is the first's."""
    start, end = block.char(part.start), block.char(part.end)
    places = tuple(p for p in claim.places if p.start_char is not None and start <= p.start_char < end)
    if not places and part.name is not None:
        text = block.doc.text[part.name[0] : part.name[1]]
        places = (ClaimPlace(text=text, start_char=block.char(part.name[0]), end_char=block.char(part.name[1]), role="target"),)
    act = claim.act
    if part.means is not None:
        act = _act_of(part.means, lexicon)
    return changed(
        claim,
        id=make_id("clm", claim.id, start, end),
        end_char=end,
        act=act,
        places=places,
        when=when_of(part.time) if part.time is not None else claim.when,
        figures=_figures(block, claim, part, start, end) if is_harm else (),
        target=claim.target if is_harm and part.count is not None else None,
        reasons=(*claim.reasons, "a further deed, told without its verb"),
    )


def _act_of(means: str, lexicon: Lexicon) -> str:
    """The act of what stands as its means: "by a mine", "drones"."""
    for word in (w.lower().rstrip("s") for w in reversed(means.split())):
        if word in lexicon.weapons:
            return lexicon.weapons[word]
        named = lexicon.nouns.get(word)
        if named is not None and named.frame in ("attack", "blast"):
            return named.act
    return "FIRE"


def _figures(block: Block, claim: Claim, part: _Part, start: int, end: int) -> tuple[Figure, ...]:
    own = tuple(f for f in claim.figures if f.end_char is not None and start < f.end_char <= end)
    whole = next((f for f in claim.figures if f.measure in ("killed", "injured", "captured", "missing")), None)
    harmed = _HARMED_SO.search(block.doc.text, part.start, part.end)
    if whole is not None and harmed is not None and not own:
        # "one was killed in X and another wounded in Y"
        measure = "injured" if harmed.group().lower() in ("wounded", "injured", "hurt") else "killed"
        whole = changed(whole, measure=measure)
    if own and whole is not None and part.who in (None, "more", "other", "others"):
        # of the kind that is counted first
        return tuple(changed(f, population=whole.population) if f.population == "unknown" else f for f in own)
    if own or whole is None or part.count is None:
        return own
    words = block.doc.text[part.count[0] : part.count[1]]
    number = next(iter(find_numbers(words)), None)
    low, high, qualifier = (number.low, number.high, number.qualifier) if number is not None else (1, 1, "exactly")
    if number is None and words.startswith(("others", "the other", "the rest")):
        return ()
    kind = population_of({w.rstrip("s") for w in (part.who or "").split()}, whole.measure)
    return (
        Figure(
            measure=whole.measure,
            population=kind if kind != "unknown" else whole.population,
            low=low,
            high=high,
            qualifier=qualifier,
            text=block.doc.text[part.count[0] : part.count[1]],
            start_char=block.char(part.count[0]),
            end_char=block.char(part.count[1]),
        ),
    )
