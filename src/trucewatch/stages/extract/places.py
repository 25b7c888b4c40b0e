"""Where an act took place, as written: places that hang on the act, their role, and nothing that merely names a side.

First what the act's own clause says; where that is nothing, what clauses say that are told as one with it (scope.py), then how
the sentence opens ("In X, ...").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import ClaimPlace
from trucewatch.stages.extract.grounds import grounds_of, is_name_of_people
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.place_tests import (
    COMPASS,
    PLACE_LABELS,
    WHERE,
    is_addressed,
    is_aside,
    is_border_of,
    is_excluded,
    is_hit_name,
    is_home_land,
    is_home_of_people,
    is_listed_place,
    is_of_saying,
    is_posted_at,
    is_sent_to,
    is_speakers,
    is_what_is_answered,
    measured_from,
    names_ground_besides,
    part_start,
    role_of,
    stands_for_place,
)
from trucewatch.stages.extract.scope import clauses_after, clauses_around, dateline_end, is_of_another_moment, opening
from trucewatch.stages.extract.syntax import Token, clause_bounds, entity_phrase

_HYPHENS = ("-", "–")
# what a name before a hyphen tells of a body: where it sits, or whose it is
_HOMES = frozenset("based led backed born made run supported built brokered sponsored linked funded registered".split())
_DEFINITE = frozenset("corridor region city town village enclave territory republic south north east west".split())
_PEOPLE = frozenset({"inhabitant", "resident", "people", "village", "town", "villager", "part", "most"})
_DESCRIBED = frozenset({"city", "capital", "town"})
_SUPERLATIVE = frozenset({"second", "third", "largest", "biggest", "main", "capital", "regional", "key"})
# acts that a place told beside them in the sentence is of, too
_SET = frozenset({"ASSAULT", "TERRITORY", "COERCE", "DISPLACE", "MOBILIZE", "RETREAT", "CALM", "CONSULT", "TOLL", "AID"})


_POINTS = frozenset({"northern", "southern", "eastern", "western", "central"})
# whose ways lead "north of X"
_GOING = frozenset({"displace", "flee", "must", "request"})


@dataclass(frozen=True, slots=True)
class _Named:
    """A name as token bounds, and the token whose place in the clause tells what the name is there for."""

    start: int
    end: int
    head: Token
    is_known: bool = True
    is_described: bool = False


def find_claim_places(
    group: ActGroup,
    start_char: int,
    lexicon: Lexicon,
    stops: frozenset[int],
    doer_span: tuple[int, int] | None,
    is_actor: Callable[[str], bool] = lambda text: False,
    within: Sequence[tuple[int, int]] = (),
) -> tuple[ClaimPlace, ...]:
    """Places of an act group, in reading order, with verbatim text and document offsets."""
    return _Finder(group, start_char, lexicon, stops, doer_span, is_actor, within).find()


def _is_in_a_menu(doc: Any, start: int, end: int) -> bool:
    """ "Home | Region | Sport": what stands between bars is a page's menu."""
    return (start > 0 and doc[start - 1].lower_ == "|") or (end < len(doc) and doc[end].lower_ == "|")


class _Finder:
    def __init__(
        self,
        group: ActGroup,
        start_char: int,
        lexicon: Lexicon,
        stops: frozenset[int],
        doer_span: tuple[int, int] | None,
        is_actor: Callable[[str], bool],
        within: Sequence[tuple[int, int]],
    ) -> None:
        self.group, self.lead, self.doc = group, group.lead, group.lead.token.doc
        self.start_char, self.lexicon, self.stops = start_char, lexicon, stops
        self.doer_span, self.is_actor = doer_span, is_actor
        anchor = start_char + self.lead.token.idx
        self.around = [(low, high) for low, high in within if low <= anchor < high]
        self.first = dateline_end(self.doc.text)
        self.said = frozenset(token.i for token in group.tokens)

    def find(self) -> tuple[ClaimPlace, ...]:
        scope = self.lead.scope if self.lead.scope is not None else self.lead.token
        low, high = clause_bounds(scope, self.stops)
        for member in self.group.members:
            left, right = clause_bounds(member.token, self.stops)
            low, high = min(low, left), max(high, right)
        anchors = frozenset(t.i for t in self.group.tokens) | {scope.i}
        found, spare = self._collect(low, high, anchors, self.stops)
        if not _has_target(found) or act_class(self.lead.act) == "REQUEST":
            is_open = not _has_target(found)
            named = self._inside(_definite_places(self.doc, low, high, self.start_char, self.group, anchors, self.stops))
            # "urged X to open the corridor": the way, whoever is urged
            found += named if is_open else [place for place in named if place.text.lower().endswith("corridor")]
        if not _has_target(found):
            found += spare
        if not _has_target(found) and act_class(self.lead.act) in _SET:
            found += self._told_around(scope)
        unique: dict[tuple[int | None, int | None], ClaimPlace] = {(p.start_char, p.end_char): p for p in found}
        return tuple(unique.values())

    def _told_around(self, scope: Token) -> list[ClaimPlace]:
        """What clauses told as one with the act's say, the nearest that says anything; else how the sentence opens."""
        if is_what_is_answered(scope):
            return []
        for verb in clauses_after(scope):
            low, high = clause_bounds(verb, self.stops - {verb.i})
            found = _targets(self._collect(low, high, frozenset({verb.i}), self.stops - {verb.i})[0])
            if found:
                return found
        for above, below in clauses_around(scope):
            others = (self.stops | {below.i}) - {above.i}
            low, high = clause_bounds(above, others)
            found = _targets(self._collect(low, high, frozenset({above.i}), others)[0])
            if found:
                return found
        sentence = self.lead.token.sent
        bounds = opening(self.doc, sentence.start, sentence.end)
        if bounds is None:
            return self._told_alone(scope)
        head = self.doc[bounds[0]].head
        return _targets(self._collect(*bounds, frozenset({head.i, bounds[0]}), frozenset())[0])

    def _told_alone(self, scope: Token) -> list[ClaimPlace]:
        """The one place that the sentence tells of, unless this act or that place is of another moment."""
        if is_of_another_moment(scope):
            return []
        sentence = self.lead.token.sent
        root = frozenset({sentence.root.i})
        self.around = []
        found = self._collect(sentence.start, sentence.end, root, frozenset())[0]
        return _targets(found) if len({_key(place) for place in found}) == 1 else []

    def _collect(
        self, low: int, high: int, anchors: frozenset[int], stops: frozenset[int]
    ) -> tuple[list[ClaimPlace], list[ClaimPlace]]:
        """The places of a stretch that say where, and those that only stand in an aside there or own something."""
        found: list[ClaimPlace] = []
        spare: list[ClaimPlace] = []
        for named in self._names(low, high):
            head = named.head
            role = role_of(head, named.start, self.lead.frame)
            if role != "origin" and named.is_known and is_excluded(head, self.group, self.doer_span):
                continue
            if _is_in_a_menu(self.doc, named.start, named.end):
                continue
            if (
                (not self.around and is_speakers(head))
                or is_of_saying(head, self.said)
                or is_addressed(head, self.said)
                or is_posted_at(head)
                or is_home_land(head, is_harm=self.lead.frame.startswith("harm"))
            ):
                continue
            is_held = names_ground_besides(head)
            if self._is_recipient(head) and not is_held and not is_sent_to(head):
                continue
            why_not = is_aside(head, anchors, stops)
            far = None if named.is_described or self.lead.frame in _GOING else measured_from(head)
            if why_not == "clause" or far == "far":
                continue
            if is_what_is_answered(head) and not self._answered():
                continue
            start = part_start(head) if named.is_known else None
            place = _place(self.doc, named.start if start is None else start, named.end, self.start_char, role)
            stands = named.is_described or (role == "origin" and _is_from(head)) or stands_for_place(head, self.lexicon)
            if not stands and not is_held:
                continue
            is_certain = stands and why_not is None and far is None and not is_border_of(head)
            (found if is_certain else spare).append(place)
        return self._inside(found), self._inside(spare)

    def _answered(self) -> bool:
        """Whether the act is itself what another answers."""
        return is_what_is_answered(self.lead.token)

    def _names(self, low: int, high: int) -> Iterator[_Named]:
        grounds, nameable = grounds_of(self.doc), _nameable(self.doc)
        beyond = low
        for i in nameable[bisect_left(nameable, low) : bisect_left(nameable, high)]:
            token = self.doc[i]
            if i < beyond or token.idx < self.first:
                continue
            ground = grounds.get(i)
            if ground is not None and not is_name_of_people(_text(self.doc, ground.start, ground.end), self.is_actor):
                beyond = max(ground.end, ground.noun.i + 1 if ground.noun.i == ground.end else 0)
                yield _Named(ground.start, ground.end, ground.noun, False)
                continue
            if not token.ent_type_ and token.pos_ != "PROPN":
                yield from self._described(token)
                continue
            start, end = _bounds(token)
            start = _with_points(self.doc, start)
            beyond = max(i + 1, end)
            head = next((t for t in self.doc[start:end] if t.head.i < start or t.head.i >= end), self.doc[end - 1])
            is_place = any(t.ent_type_ in PLACE_LABELS for t in self.doc[start:end])
            if not is_place and not is_listed_place(head) and not is_hit_name(head, self.group, self.is_actor):
                yield from self._described(token)
                continue
            if self.doc[end : end + 1].text in _HYPHENS and end + 1 < len(self.doc) and self.doc[end + 1].lower_ in _HOMES:
                continue  # "the <Country>-based monitor"
            if self.doc[start].lower_ == "the" and end - start > 1:
                start += 1
            yield _Named(start, end, head, is_place)

    def _described(self, token: Token) -> Iterator[_Named]:
        described = _described_place(token)
        if described is not None:
            yield _Named(described[0], described[1], token, is_described=True)

    def _is_recipient(self, head: Token) -> bool:
        if self.lead.frame in ("must", "displace") or act_class(self.lead.act) in ("MOBILIZE", "AID", "DISPLACE"):
            return False
        if is_home_of_people(head) or (
            act_class(self.lead.act) == "CONSULT" and head.dep_ == "pobj" and head.head.lower_ == "in"
        ):
            return False
        return any(r.start <= head.i < r.end for r in self.lead.recipients)

    def _inside(self, places: list[ClaimPlace]) -> list[ClaimPlace]:
        """Those that whoever vouches for the act names himself."""
        if not self.around or self.lead.frame in _GOING:
            return places
        return [p for p in places if any(a <= (p.start_char or 0) < b for a, b in self.around)]


def _nameable(doc: Any) -> list[int]:
    """The words of a paragraph that may name or describe a place, found once: most can do neither."""
    if not len(doc):
        return []
    kept: list[int] | None = doc[0].kept.get("nameable")
    if kept is None:
        grounds = grounds_of(doc)
        kept = doc[0].kept["nameable"] = [
            token.i
            for token in doc
            if token.ent_type_ or token.pos_ == "PROPN" or token.i in grounds or token.lemma_.lower() in _DESCRIBED
        ]
    return kept


def _bounds(token: Token) -> tuple[int, int]:
    """A name's bounds; one that the recogniser does not know, with the capitalised words beside it."""
    phrase = entity_phrase(token)
    if token.ent_type_:
        return phrase.start, phrase.end
    doc, end = token.doc, token.i + 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and not doc[end].ent_type_ and doc[end - 1].head.i == doc[end].i:
        end += 1
    return token.i, end


def _with_points(doc: Any, start: int) -> int:
    """ "northern and central X": where the name of two parts of a land begins."""
    at = start if doc[start].lower_ in _POINTS else start - 1
    if at >= 2 and doc[at].lower_ in _POINTS and doc[at - 1].lower_ == "and" and doc[at - 2].lower_ in _POINTS:
        return at - 2
    return start


def _text(doc: Any, start: int, end: int) -> str:
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    text: str = doc.text[first:last]
    return text


def _place(doc: Any, start: int, end: int, start_char: int, role: str) -> ClaimPlace:
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    return ClaimPlace(text=doc.text[first:last], start_char=start_char + first, end_char=start_char + last, role=role)


def _targets(places: Sequence[ClaimPlace]) -> list[ClaimPlace]:
    return [place for place in places if place.role == "target"]


def _key(place: ClaimPlace) -> str:
    return place.text.lower().removeprefix("the ")


def _has_target(places: Sequence[ClaimPlace]) -> bool:
    return any(place.role == "target" for place in places)


def _is_from(head: Token) -> bool:
    return str(head.head.lower_) == "from"


def _definite_places(
    doc: Any, low: int, high: int, start_char: int, group: ActGroup, anchors: frozenset[int], stops: frozenset[int]
) -> list[ClaimPlace]:
    """ "in the region", "across the south": a place named before, for `settle` to find."""
    found = []
    for token in doc[low:high]:
        if token.lemma_.lower() not in _DEFINITE:
            continue
        is_there = token.dep_ == "pobj" and (
            token.head.lower_ in WHERE - {"of", "between"}
            or (token.lemma_.lower() in COMPASS and token.head.head.lemma_.lower() in _PEOPLE)
        )
        is_object = token.dep_ in ("dobj", "nsubjpass") and group.lead.frame in (
            "coerce",
            "take",
            "lose",
            "flee",
            "attack",
            "damage",
        )
        if not is_there and not is_object:
            continue
        if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children):
            continue
        owner = _whole_country(token)
        is_owned = any(c.dep_ in ("prep", "appos") for c in token.children) and owner is None
        if is_owned or is_aside(token, anchors, stops):
            continue
        if owner is not None:
            found.append(_place(doc, token.left_edge.i, owner.i + 1, start_char, "target"))
            continue
        if is_there and any(t.ent_type_ in PLACE_LABELS for t in (token.head.head, doc[token.head.i - 1])):
            continue  # "X in the south"
        first, stop = _name_after(doc, token) or (token.left_edge.i, token.i + 1)
        found.append(_place(doc, first, stop, start_char, "target"))
    return found


def _whole_country(token: Token) -> Token | None:
    """ "the south of the country": the noun that the part is of, where it is a country named before."""
    of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    owners = [c for c in of.children if c.dep_ == "pobj" and c.lemma_.lower() in _LANDS] if of is not None else []
    return owners[0] if token.lemma_.lower() in COMPASS and owners else None


_LANDS = frozenset({"country", "region", "enclave", "republic", "territory"})


def _name_after(doc: Any, token: Token) -> tuple[int, int] | None:
    """ "the village Northdale": the name right after the noun, wherever the parse hung it."""
    end = token.i + 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
        end += 1
    is_owner = end < len(doc) and doc[end].tag_ == "POS"
    return (token.i + 1, end) if end > token.i + 1 and not is_owner else None


def _described_place(token: Token) -> tuple[int, int] | None:
    """ "the country's second-largest city", "the regional capital": a place by description, as token bounds."""
    if token.lemma_.lower() not in _DESCRIBED or token.pos_ != "NOUN":
        return None
    words = {w for c in token.subtree if c.i <= token.i for w in c.lower_.replace("-", " ").split()}
    if not words & _SUPERLATIVE:
        return None
    if any(c.dep_ in ("appos",) and c.ent_type_ in PLACE_LABELS for c in token.children):
        return None
    if token.dep_ == "appos" and token.head.ent_type_ in PLACE_LABELS:
        return None
    if any(
        c.dep_ == "prep" and c.lower_ == "of" and any(p.ent_type_ in PLACE_LABELS for p in c.children) for c in token.children
    ):
        return None
    return token.left_edge.i, token.i + 1
