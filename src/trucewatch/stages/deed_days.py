"""Days of deeds that tell none themselves: the day of the same deed told before, or the two days that an article's news is of.

A reporter dates the main deed once and goes on about it. Where an article dates deeds to the day before its own, one that it
leaves undated may be of either day: its time is then those two days, and never the article's day alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import Claim, Document, When
from trucewatch.stages.sides import parties_of
from trucewatch.text.names import name_key
from trucewatch.text.time_expressions import WEEKDAYS
from trucewatch.text.times import scan_times

_THE_DEED = re.compile(
    r"\b(?:[Tt]he|that|this)\s+(?:(?!first|second|third|latest|new|next|other)[\w-]+\s+)?"
    r"(?:bombardment|assassination|killing|massacre|strike|attack|raid|blast|explosion|shelling|air\s?strike|assault|ambush|barrage|missile|rocket|bomb|shells?)\b"
)
_ANEW = re.compile(r"\b(?:again|another|new|fresh|renewed|second|third|further|more|later|still|continu\w+|now)\b", re.I)
_TODAY = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|now|currently|at the moment|ongoing|still|continu(?:e|es|ing))\b",
    re.I,
)
_SAID_THEN = re.compile(
    r"\b(?:said|says|told|tweeted|announced|added|warned|reported|confirmed|denied|admitted|acknowledged|accused|claimed|wrote"
    r"|declared|statement|news conference|press conference|briefing|parliament|reporters|television|TV|agency|AFP|AP|Reuters)"
    r"(?:\s+(?:late|early))?\s*$",
    re.I,
)
_NO_DAY = frozenset({"daypart", "hours_earlier", "later", "recently"})
_DEED_CHARS = 3000
_SHORT_NAME = 3
_DEEDS = frozenset({"ASSAULT", "MOBILIZE", "DISPLACE", "TERRITORY", "CONSULT", "TOLL"})
_DEED_WORD = re.compile(
    r"\b(?:attack|strike|struck|raid|rocket|missile|shell|fire|firing|shot|shoot|gunfire|blast|explo|bomb|drone|clash|fighting|kill"
    r"|wound|siren|ambush|barrage|assault|skirmish|incursion|offensive)",
    re.I,
)
_DAY_AFTER = re.compile(r"\b(?:a|one|the) day after (?:the |an? )?(?:[\w-]+ ){0,4}?", re.I)
_CAME_DOWN = re.compile(
    r"(?:[\w-]+ ){0,4}?(?:aircraft|drones?|planes?|helicopters?|jets?|shells?|rockets?|missiles?)\s+(?:was |were |had )?"
    r"(?:came down|crashed|fell|landed|exploded|shot down|downed|brought down|destroyed|hit|struck)\b",
    re.I,
)
_LEAD_CHARS = 600
_SPEECH_CHARS = 700
_PRONOUNS = frozenset({"he", "she", "it", "they"})


def with_deeds_days(claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Claim]:
    """Deeds told again without their day: "33 were killed in the bombardment", fire on a place whose day was told before."""
    dated: list[Claim] = []
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if act_class(claim.act) == "ASSAULT" and claim.when.text is not None and claim.when.precision == "day":
            told[claim.document_id].append(claim)
    voices: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        voices[claim.document_id] |= {v.text or "" for v in (claim.claimant, claim.attributed_to) if v is not None}
    for claim in claims:
        document = documents.get(claim.document_id)
        if document is None or act_class(claim.act) != "ASSAULT" or _has_day(claim) or claim.responds_to is not None:
            dated.append(claim)
            continue
        doers = set(parties_of(claim.attributed_to))
        before = [
            c
            for c in told[claim.document_id]
            if 0 < claim.start_char - c.start_char <= _DEED_CHARS
            and c.when.relation is None
            and (not doers or not parties_of(c.attributed_to) or doers & set(parties_of(c.attributed_to)))
        ]
        words = document.text[claim.start_char : claim.end_char]
        if victim := _named_victim(claim, voices[claim.document_id]):
            before = [c for c in before if victim in document.text[c.sentence_start_char : c.sentence_end_char]] or before
        if _THE_DEED.search(words) is None and not (victim and before and _is_told_of(victim, before[-1], document)):
            before = [c for c in before if _share_place(c, claim)] if claim.stance != "denies" and not _ANEW.search(words) else []
        if before:
            deed = max(before, key=lambda c: c.start_char)
            if deed.when.latest is not None and claim.when.latest is not None and deed.when.latest < claim.when.latest:
                when = replace(claim.when, earliest=deed.when.earliest, latest=deed.when.latest, precision="day")
                claim = replace(claim, when=when, reasons=(*claim.reasons, "when: that of the deed told before"))
        dated.append(claim)
    return dated


_HARMED = re.compile(r"\b(?:killed|assassinated|wounded|injured|targeted|struck|hit|died|dead)\b", re.I)


def _named_victim(claim: Claim, voices: Set[str]) -> str | None:
    """The last word of a person's name that a deed was done to; None for a side, a place and whoever acts or speaks."""
    struck = claim.target.text if claim.target is not None else None
    name = struck.split()[-1] if struck else ""
    is_name = len(name) > _SHORT_NAME and name[0].isupper() and not any(name in voice for voice in voices)
    return name if is_name and name_key(struck or "") not in _hit_names(claim) else None


def _is_told_of(victim: str, deed: Claim, document: Document) -> bool:
    """Whether a dated deed's sentence tells that the same person was hit."""
    sentence = document.text[deed.sentence_start_char : deed.sentence_end_char]
    return victim in sentence and _HARMED.search(sentence.replace("killing", "killed")) is not None


def with_news_days(claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Claim]:
    """Undated deeds of an article that dates others to the day before its own: of that day or of the article's."""
    two_days = {
        claim.document_id
        for claim in claims
        if act_class(claim.act) == "ASSAULT"
        and claim.modality == "actual"
        and claim.when.text is not None
        and claim.when.precision == "day"
        and claim.when.relation is None
        and (day := _day_of(documents.get(claim.document_id))) is not None
        and claim.when.earliest == day - timedelta(days=1)
    }
    two_days |= {one for one in {claim.document_id for claim in claims} - two_days if _tells_of_day_before(documents.get(one))}
    mostly = {one for one in two_days if _tells_mostly_of_day_before(documents[one])}
    return [
        _of_two_days(claim, documents[claim.document_id], with_words=claim.document_id in mostly)
        if claim.document_id in two_days
        else claim
        for claim in claims
    ]


def _tells_mostly_of_day_before(document: Document) -> bool:
    """Whether a text names the day before its own oftener than its own: what was said on an unnamed day may be of either."""
    day = _day_of(document)
    if day is None:
        return False
    before, own = WEEKDAYS[day.weekday() - 1], WEEKDAYS[day.weekday()]
    named = re.findall(rf"\b(?:({before}|yesterday)|({own}|today|tonight))\b", document.text, re.I)
    return 2 * sum(bool(one) for one, _ in named) > len(named)


def _tells_of_day_before(document: Document | None) -> bool:
    """Whether a text sets something of the fighting on the day before its own, in words that made no claim of their own."""
    day = _day_of(document)
    if document is None or day is None:
        return False
    text = document.text
    opens = _DAY_AFTER.search(text, 0, _LEAD_CHARS)
    if opens is not None and (_DEED_WORD.match(text, opens.end()) or _CAME_DOWN.match(text, opens.end())):
        return True
    for match in re.finditer(rf"\b(?:{WEEKDAYS[day.weekday() - 1]}|yesterday)\b(?!['’]s)", text, re.I):
        before = re.split(r"[.!?]\s|\n", text[max(0, match.start() - 200) : match.start()])[-1]
        after = re.split(r"[.!?]\s|\n", text[match.end() : match.end() + 200], maxsplit=1)[0]
        if _OTHER_WEEK.search(before) or _COMING.search(before) or _SAID_THEN.search(re.sub(r"\bon\s+$", "", before)):
            continue
        if _DEED_WORD.search(f"{before} {after}"):
            return True
    return False


_OTHER_WEEK = re.compile(r"\b(?:last|next|previous|following|since|until|by|before)\s+$", re.I)
_COMING = re.compile(r"\b(?:will|would|shall|due|expected|scheduled|planned|said|says|told|reporters|according)\b", re.I)


def with_speech_days(claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Claim]:
    """What one speaker goes on to say, with the earlier day on which the same speech was told to be held."""
    dated: list[Claim] = []
    speeches: dict[tuple[str, str], tuple[int, When]] = {}
    last = ""
    for claim in claims:
        document = documents.get(claim.document_id)
        day = _day_of(document)
        voice = (claim.claimant.text or "").split()[-1:] if claim.claimant is not None else []
        if voice:
            # a pronoun goes on with whoever spoke last
            last = last if voice[0].lower() in _PRONOUNS else voice[0]
        if document is None or day is None or not voice or not (is_verbal(claim.act) or _is_of_saying(claim, document.text)):
            dated.append(claim)
            continue
        key = (claim.document_id, last)
        if claim.when.text is None and claim.responds_to is None and (claim.when.earliest, claim.when.latest) == (day, day):
            at, when = speeches.get(key, (-_SPEECH_CHARS, claim.when))
            if 0 < claim.start_char - at <= _SPEECH_CHARS and not _TODAY.search(
                document.text, claim.sentence_start_char, claim.sentence_end_char
            ):
                told = replace(claim.when, earliest=when.earliest, latest=when.latest, precision=when.precision)
                claim = replace(claim, when=told, reasons=(*claim.reasons, "when: that of the speech told before"))
                speeches[key] = (claim.start_char, when)
        elif claim.when.precision == "day" and claim.when.relation is None and claim.when.latest is not None:
            speeches.pop(key, None)
            if claim.when.latest < day:
                speeches[key] = (claim.start_char, claim.when)
        dated.append(claim)
    return dated


def _of_two_days(claim: Claim, document: Document, *, with_words: bool) -> Claim:
    day = _day_of(document)
    when = claim.when
    is_said = is_verbal(claim.act)
    if day is None or when.relation is not None or (claim.modality != "actual" and not is_said):
        return claim
    if act_class(claim.act) not in _DEEDS and not with_words:
        return claim
    if (when.earliest, when.latest) != (day, day) or (_has_day(claim) and (is_said or not _is_of_saying(claim, document.text))):
        return claim
    if _TODAY.search(document.text, claim.start_char, claim.end_char):
        return claim
    why = "when: the article dates deeds to the day before its own too"
    return replace(claim, when=replace(when, earliest=day - timedelta(days=1), precision="days"), reasons=(*claim.reasons, why))


def _day_of(document: Document | None) -> date | None:
    """The one day on which a document was published."""
    if document is None or document.published.earliest != document.published.latest:
        return None
    return document.published.earliest


def _has_day(claim: Claim) -> bool:
    return claim.when.text is not None and any(span.rule not in _NO_DAY for span in scan_times(claim.when.text))


def _is_of_saying(claim: Claim, text: str) -> bool:
    """ "the ministry said on Tuesday that two were killed": the day tells when it was said."""
    start = claim.when.start_char
    if start is None or claim.start_char <= start < claim.end_char:
        return False
    return _SAID_THEN.search(text, claim.sentence_start_char, start) is not None


def _share_place(one: Claim, other: Claim) -> bool:
    """Whether two claims name one place as what was hit."""
    return bool(_hit_names(one) & _hit_names(other))


def _hit_names(claim: Claim) -> set[str]:
    return {name_key(place.text) for place in claim.places if place.role == "target"}
