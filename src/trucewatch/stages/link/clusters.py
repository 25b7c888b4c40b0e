"""Claims into incidents, in near-linear time and whatever their order.

1. Claims with a spot and a day choose one cell (act group, spot, day): of several spots or days the most supported one.
2. A cell falls apart by side and way of attack: the two sides' fire on one front town are two incidents.
3. Claims without a spot join an incident of their own document (places, time, parties first; distance and words decide among
   several), else the only incident of the ledger that fits, else others of their own kind.
4. States that last (a blockade, a build-up) are cut by spans that touch, not by days.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from trucewatch.stages.link.facets import Facet, Opponents
from trucewatch.stages.link.places import PlaceIndex
from trucewatch.stages.link.words import SentenceWords

Label = tuple[Hashable, ...]
# act group, spot, day
Cell = tuple[str, str, int]
# act group, place, story, whether it lasts
Spell = tuple[str, str, str, bool]

# a report without a time of its own may tell of a day before its publication
LOOSE_DAYS = 2
LONGEST_STRETCH = 14
# so many victims tell an attack; one or none may be any
TELLING_NUMBER = 2
# two spans of one lasting state: days between them, and days after which an undated mention no longer means it
LASTING_GAP, LASTING_REACH = 45, 540
# two mentions without a time of their own, by the days of their texts
LOOSE_GAP = 180
# least score with which a claim joins an incident of its own document
JOIN_SCORE, SURE_SCORE = 2.5, 3.5
REACH_CHARS = 900.0
CLEAR_LEAD = 2.0


class Spanned(Protocol):
    """What has days: a facet, or what is kept of one."""

    @property
    def id(self) -> str:
        """The claim's id."""

    @property
    def first(self) -> int | None:
        """First day, as an ordinal."""

    @property
    def last(self) -> int | None:
        """Last day, as an ordinal."""

    @property
    def is_dated(self) -> bool:
        """Whether the claim has a time of its own."""


S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True, slots=True)
class Linker:
    """What the steps share: places, who fights whom, sentences, and which documents tell of one event (id to story)."""

    places: PlaceIndex
    opponents: Opponents
    words: SentenceWords
    story_of: Mapping[str, str]

    def label(self, facets: Sequence[Facet]) -> dict[str, Label]:
        """Label of every claim: claims of one incident bear one label. Denials are not among them (see denials.py); undated
        claims have been through `date_by_neighbours`."""
        labels: dict[str, Label] = {}
        with_spot = [facet for facet in facets if self.way_of(facet) == "cell"]
        cells: dict[Cell, list[Facet]] = defaultdict(list)
        chosen = self.choose_cells(with_spot, with_spot)
        for facet in with_spot:
            cells[chosen[facet.id]].append(facet)
        for cell, members in cells.items():
            labels.update(self.label_cell(cell, members))
        self.join_districts(with_spot, labels)
        spells: dict[Spell, list[Facet]] = defaultdict(list)
        for facet in facets:
            if self.way_of(facet) == "spell":
                spells[self.spell_of(facet)].append(facet)
        for spell, members in spells.items():
            labels.update(self.label_spell(spell, members))
        loose = self.label_wide(facets, labels)
        labels.update(self.join_only_fit(loose, facets, labels))
        return labels

    def way_of(self, facet: Facet) -> str:
        """How a claim finds its incident: by its "cell", its "spell", or "wide" through its document."""
        if facet.lasting and not facet.spots and not facet.areas:
            return "wide"
        # "since the fighting began, missiles have hit": told of a stretch of days, may still mean the one attack of its document
        if self._is_stretch(facet):
            return "wide"
        if facet.lasting or not facet.is_moment:
            return "spell"
        return "cell" if facet.spots else "wide"

    @staticmethod
    def _is_stretch(facet: Facet) -> bool:
        days = 0 if facet.first is None or facet.last is None else facet.last - facet.first
        return not (facet.lasting or facet.is_moment or facet.spots) and 0 < days <= LONGEST_STRETCH and facet.mode is not None

    def _story(self, facet: Facet) -> str:
        return self.story_of.get(facet.claim.document_id, facet.claim.document_id)

    # 1. cells

    @staticmethod
    def date_by_neighbours(facets: Sequence[Facet]) -> list[Facet]:
        """Facets of which those without a time of their own take that of their document's dated claims on the same spot or of
        the same number of victims, where these name one time, shortly before."""
        dated: dict[tuple[Hashable, ...], set[tuple[int, int]]] = defaultdict(set)

        def marks(facet: Facet) -> Iterator[tuple[Hashable, ...]]:
            for mark in (*facet.spots, *(number for number in facet.numbers if (number[1] or 0) >= TELLING_NUMBER)):
                yield facet.claim.document_id, facet.group, mark

        for facet in facets:
            if facet.is_dated and facet.is_moment and facet.first is not None and facet.last is not None:
                for mark in marks(facet):
                    dated[mark].add((facet.first, facet.last))
        timed: list[Facet] = []
        for facet in facets:
            if not facet.is_dated and not facet.lasting and facet.first is not None:
                near = {span for mark in marks(facet) for span in dated[mark] if 0 <= facet.first - span[1] <= LOOSE_DAYS}
                if len(near) == 1:
                    first, last = next(iter(near))
                    facet = replace(facet, first=first, last=last, is_dated=True)
            timed.append(facet)
        return timed

    @staticmethod
    def choose_cells(facets: Sequence[Facet], every: Sequence[Facet]) -> dict[str, Cell]:
        """Cell of each claim, by its id: the best supported by `every`, which hold all claims of any cell that comes into
        question, and of the LOOSE_DAYS before."""
        support: dict[Cell, float] = defaultdict(float)
        dated: Counter[Cell] = Counter()
        for facet in every:
            first, last = facet.first or 0, facet.last or 0
            share = 1.0 / (len(facet.spots) * (last - first + 1))
            for cell in cells_of(facet):
                support[cell] += share
                dated[cell] += facet.is_dated
        chosen: dict[str, Cell] = {}
        for facet in facets:
            ways = [
                (-round(support[facet.group, spot, day], 6), number, day, spot)
                for number, spot in enumerate(facet.spots)
                for day in range(facet.first or 0, (facet.last or 0) + 1)
            ]
            _, _, day, spot = min(ways)
            if not facet.is_dated and not dated[facet.group, spot, day]:
                earlier = [day - back for back in range(1, LOOSE_DAYS + 1) if dated[facet.group, spot, day - back]]
                day = earlier[0] if earlier else day
            chosen[facet.id] = (facet.group, spot, day)
        return chosen

    def label_cell(self, cell: Cell, members: Sequence[Facet]) -> dict[str, Label]:
        """Labels of all claims that chose a cell, in the order of their ids."""
        parts = self.split(members, same_spot=True)
        return {facet.id: ("cell", *cell, number) for number, part in enumerate(parts) for facet in part}

    def split(self, members: Sequence[Facet], *, same_spot: bool) -> list[list[Facet]]:
        """Parts of a cell that may each be one act: by side, then by way of attack; what fits several goes to the largest."""
        parts = self._split_by(
            members, lambda f: bool(f.doers), lambda a, b: self.opponents.may_be_one_side(a, b, same_spot=same_spot)
        )
        return [mode for part in parts for mode in self._split_by(part, lambda f: f.mode is not None, Facet.may_share_mode)]

    @staticmethod
    def _split_by(
        members: Sequence[Facet], is_telling: Callable[[Facet], bool], agree: Callable[[Facet, Facet], bool]
    ) -> list[list[Facet]]:
        """Greedy parts around the most frequent telling values; the rest go to the largest part that they agree with."""
        kinds: dict[Hashable, list[Facet]] = defaultdict(list)
        for facet in members:
            kinds[facet.mode, facet.doers, facet.victims, facet.hits_civilians].append(facet)
        ordered = sorted(kinds.values(), key=lambda own: (not is_telling(own[0]), -len(own), own[0].id))
        parts: list[list[Facet]] = []
        heads: list[Facet] = []
        for own in ordered:
            fits = [n for n, head in enumerate(heads) if agree(head, own[0])]
            if not fits:
                parts.append(list(own))
                heads.append(own[0])
                continue
            best = max(fits, key=lambda n: (len(parts[n]), -n))
            parts[best].extend(own)
        return parts

    def join_districts(self, facets: Sequence[Facet], labels: dict[str, Label]) -> None:
        """A cell of a district joins the only cell of a place within it on that day: `facets` are all of such days, by id."""
        within: dict[tuple[Hashable, ...], set[Label]] = defaultdict(set)
        members: dict[Label, list[Facet]] = defaultdict(list)
        for facet in facets:
            members[labels[facet.id]].append(facet)
        for label in members:
            for area in self.places.above(str(label[2])):
                if area != label[2] and self.places.is_district(area):
                    within[label[1], area, label[3]].add(label)
        for label in sorted(members, key=repr):
            spot = str(label[2])
            if not self.places.is_district(spot):
                continue
            inner = [other for other in within[label[1], spot, label[3]] if self._may_merge(members[label], members[other])]
            if len(inner) == 1:
                for facet in members[label]:
                    labels[facet.id] = inner[0]

    def _may_merge(self, first: Sequence[Facet], second: Sequence[Facet]) -> bool:
        return self.opponents.may_be_one_side(first[0], second[0], same_spot=False) and first[0].may_share_mode(second[0])

    # 2. spells

    def spell_of(self, facet: Facet) -> Spell:
        """Which claims may tell of one state or stretch with this one: act group, place, and story where there is no place."""
        place = facet.spots[0] if facet.spots else facet.areas[0] if facet.areas else ""
        # without any place only documents of one story can mean one state; group and place say whether it lasts
        return facet.group, place, self._story(facet) if not place else "", facet.lasting

    def label_spell(self, spell: Spell, members: Sequence[Facet]) -> dict[str, Label]:
        """Labels of all claims of one spell, in the order of their ids."""
        labels: dict[str, Label] = {}
        for part in spell_parts(members, is_lasting=spell[3]):
            labels.update(self.label_spell_part(spell, part))
        return labels

    def label_spell_part(self, spell: Spell, part: Sequence[Facet]) -> dict[str, Label]:
        """Labels of the claims of one part of a spell (`spell_parts`)."""
        begin = min((facet.first for facet in part if facet.first is not None), default=None)
        end = max((facet.last for facet in part if facet.last is not None), default=None)
        sides = enumerate(self.split(part, same_spot=bool(spell[1])))
        return {facet.id: ("spell", *spell, begin, end, number) for number, side in sides for facet in side}

    # 3. claims without a spot

    def label_wide(self, every: Sequence[Facet], labels: dict[str, Label]) -> list[Facet]:
        """Label the claims without a spot among all claims of some documents, the others being labelled; gives those that
        name no place at all, and that no incident of their document took."""
        facets = [facet for facet in every if self.way_of(facet) == "wide"]
        in_document: dict[tuple[str, str], list[Facet]] = defaultdict(list)
        for facet in every:
            if facet.id in labels:
                in_document[facet.claim.document_id, facet.group].append(facet)
        rest = list(facets)
        # twice: a headline's "ten killed" may fit the lead's only, which found its place in the first round
        for _ in range(2):
            joined: dict[str, Label] = {}
            for facet in rest:
                label = self.best_in_document(facet, in_document[facet.claim.document_id, facet.group], labels)
                if label is not None:
                    joined[facet.id] = label
            labels.update(joined)
            for facet in rest:
                if facet.id in joined:
                    in_document[facet.claim.document_id, facet.group].append(facet)
            rest = [facet for facet in rest if facet.id not in joined]
        return self._label_rest(rest, labels)

    def best_in_document(self, facet: Facet, others: Sequence[Facet], labels: dict[str, Label]) -> Label | None:
        """The incident of a claim's own document that it joins, None where none fits well enough or two fit alike."""
        scores: dict[Label, float] = {}
        modes: dict[Label, set[str]] = defaultdict(set)
        where: dict[Label, set[str]] = defaultdict(set)
        for other in others:
            where[labels[other.id]].update(other.spots, other.areas)
            if other.mode is not None:
                modes[labels[other.id]].add(other.mode)
        for other in others:
            known = modes[labels[other.id]]
            if facet.mode is not None and known and facet.mode not in known:
                continue
            if not self.places.may_agree(facet.areas, where[labels[other.id]]):
                continue
            score = self._score(facet, other)
            if score is not None:
                label = labels[other.id]
                scores[label] = max(scores.get(label, 0.0), score)
        if not scores:
            return None
        ordered = sorted(scores.items(), key=lambda pair: (-pair[1], repr(pair[0])))
        if ordered[0][1] < JOIN_SCORE:
            return None
        if facet.areas and not self.words.leads_back(facet.claim):
            # a wide place tells of the whole, not of one spot in it: unless it is one attack, or its very numbers
            best = [other for other in others if labels[other.id] == ordered[0][0]]
            same_numbers = any(facet.numbers & other.numbers for other in best)
            is_clear = len(ordered) == 1 or ordered[0][1] - ordered[1][1] >= CLEAR_LEAD
            is_one = facet.lasting or self.words.tells_one_act(facet.claim) or (len(ordered) == 1 and ordered[0][1] >= SURE_SCORE)
            if not same_numbers and not (is_clear and is_one):
                return None
        return ordered[0][0]

    def _score(self, facet: Facet, other: Facet) -> float | None:
        """How well a claim without a spot fits one with its incident, None where place, time, side or way forbid it."""
        if not facet.lasting and not other.is_moment:
            return None
        # only who names no time of his own may mean another day than his document's
        if facet.days_apart(other) > (0 if facet.is_dated else LASTING_REACH if facet.lasting else LOOSE_DAYS):
            return None
        if not self.opponents.may_be_one_side(facet, other, same_spot=False) or not facet.may_share_mode(other):
            return None
        if (
            not facet.is_moment
            and not facet.lasting
            and (not facet.doers or facet.doers != other.doers or facet.mode != other.mode)
        ):
            return None
        if other.spots and other.spots[0].startswith("from ") and not facet.areas:
            return None
        score = 3.0 * bool(facet.numbers & other.numbers)
        score += 1.5 * bool(facet.doers & other.doers) + 0.5 * bool(facet.victims & other.victims)
        score += 0.5 * (facet.claim.act == other.claim.act) + 0.5 * bool(facet.speakers & other.speakers)
        gap = facet.claim.start_char - other.claim.start_char
        # what was told before is what a text leads back to; only a headline leads forward
        score += (1.5 if gap >= 0 else 0.75) * max(0.0, 1.0 - abs(gap) / REACH_CHARS)
        score += 2.0 * self.words.alike(facet.claim, other.claim)
        score += 1.0 * (self.words.leads_back(facet.claim) and other.claim.start_char < facet.claim.start_char)
        return score

    def _label_rest(self, rest: Iterable[Facet], labels: dict[str, Label]) -> list[Facet]:
        """Claims that no incident of their document takes: first one of a kind within a document, then across documents
        where place, days and doers are told alike."""
        own: dict[tuple[Hashable, ...], list[Facet]] = defaultdict(list)
        for facet in rest:
            # "the war", "the fighting": without doer, victim or number a claim says nothing of any one act
            is_vague = not (facet.doers or facet.victims or facet.numbers)
            own[facet.claim.document_id, facet.group, is_vague].append(facet)
        placeless: list[Facet] = []
        for key, members in own.items():
            for first, last, same_time in self._by_time(members):
                for part in self._told_alike(same_time):
                    for areas, same_area in self._by_area(part):
                        doers = min((facet.doers for facet in same_area if facet.doers), key=sorted, default=frozenset())
                        mode = min((facet.mode for facet in same_area if facet.mode), default=None)
                        # without a place only documents of one story can mean one act
                        scope = areas or ("story", self._story(same_area[0]))
                        victims = () if doers else tuple(sorted(same_area[0].victims))
                        label = ("wide", key[1], scope, first, last, tuple(sorted(doers)), victims, mode, key[2])
                        labels.update(dict.fromkeys((facet.id for facet in same_area), label))
                        placeless += same_area if not areas else []
        return placeless

    def _told_alike(self, members: Sequence[Facet]) -> list[list[Facet]]:
        """Members by doers, of one side and one way of attack; those without a doer by the victims they share."""
        kinds: dict[Hashable, list[Facet]] = defaultdict(list)
        for facet in members:
            kinds[facet.doers, facet.mode, facet.victims].append(facet)
        parts: list[list[Facet]] = []
        for own in sorted(kinds.values(), key=lambda some: (not some[0].doers, some[0].mode is None, -len(some), some[0].id)):
            head = own[0]
            fits = [
                part
                for part in parts
                if all(
                    self.opponents.may_be_one_side(head, other, same_spot=False)
                    and head.may_share_mode(other)
                    and (head.doers & other.doers if head.doers and other.doers else head.victims & other.victims)
                    for other in part[:1]
                )
            ]
            if fits:
                fits[0].extend(own)
            else:
                parts.append(list(own))
        return parts

    @staticmethod
    def _by_time(members: Sequence[Facet]) -> Iterator[tuple[int | None, int | None, list[Facet]]]:
        """Members by their days; those without a time of their own go with the only day that others name shortly before."""
        spans: dict[tuple[int | None, int | None], list[Facet]] = defaultdict(list)
        for facet in members:
            if facet.is_dated or facet.first is None:
                spans[facet.first, facet.last].append(facet)
        named = [span for span in spans if span[0] is not None]
        for facet in members:
            if facet.is_dated or facet.first is None:
                continue
            near = [span for span in named if span[1] is not None and 0 <= facet.first - span[1] <= LOOSE_DAYS]
            spans[near[0] if len(near) == 1 else (facet.first, facet.last)].append(facet)
        for (first, last), own in spans.items():
            yield first, last, own

    def _by_area(self, members: Sequence[Facet]) -> Iterator[tuple[tuple[str, ...], list[Facet]]]:
        """Members by their wide places: one within another counts as the narrower, and none as any."""
        parts: list[tuple[tuple[str, ...], list[Facet]]] = []
        for facet in sorted(members, key=lambda f: (not f.areas, len(f.areas), f.id)):
            for number, (areas, own) in enumerate(parts):
                if self.places.may_agree(facet.areas, areas):
                    own.append(facet)
                    if facet.areas and all(self.places.lies_within(a, b) for a in facet.areas for b in areas):
                        parts[number] = (facet.areas, own)
                    break
            else:
                parts.append((facet.areas, [facet]))
        yield from parts

    def join_only_fit(self, placeless: Sequence[Facet], every: Sequence[Facet], labels: Mapping[str, Label]) -> dict[str, Label]:
        """Claims without any place join the only incident of their act, day and doers that their story tells of elsewhere.

        `placeless` hold all claims of each label that comes into question, `every` all that share act, day and doers with one of
        them, by id. Gives the new labels, by claim id.
        """
        by_key: dict[tuple[Hashable, ...], dict[Label, Facet]] = defaultdict(dict)
        for facet in every:
            if facet.id in labels:
                for key in fits_of(facet):
                    by_key[key].setdefault(labels[facet.id], facet)
        groups: dict[Label, list[Facet]] = defaultdict(list)
        for facet in placeless:
            groups[labels[facet.id]].append(facet)
        moves: dict[Label, Label] = {}
        for label, members in groups.items():
            head = head_of(members)
            if head is None:
                continue
            fits = {
                other: facet
                for other, facet in by_key[head.group, head.first, head.doers].items()
                if other != label and self.opponents.may_be_one_side(head, facet, same_spot=False) and head.may_share_mode(facet)
            }
            cells = [other for other in fits if other[0] == "cell" and not str(other[2]).startswith("from ")]
            numbers = frozenset().union(*(facet.numbers for facet in members))
            alike = [other for other in cells if fits[other].numbers & numbers] if numbers else []
            if len(alike) == 1:
                moves[label] = alike[0]
            elif len(cells) == 1 and len(fits) == 1 and self._story(head) == self._story(fits[cells[0]]):
                moves[label] = cells[0]
        return {facet.id: moves[label] for label, members in groups.items() if label in moves for facet in members}


def cells_of(facet: Facet) -> Iterator[Cell]:
    """Cells that a claim with a spot and a day may belong to."""
    for spot in facet.spots:
        for day in range(facet.first or 0, (facet.last or 0) + 1):
            yield facet.group, spot, day


def fits_of(facet: Facet) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Act group, day and doers by which a claim without a place may find this one; none where a day or doer is missing."""
    if facet.doers and facet.is_moment:
        for day in range(facet.first or 0, (facet.last or 0) + 1):
            yield facet.group, day, facet.doers


def head_of(members: Iterable[Facet]) -> Facet | None:
    """Which of several claims without a place, told alike, seeks the incident of them all."""
    return min((f for f in members if f.doers and f.first == f.last), key=lambda f: f.id, default=None)


def spell_parts(members: Sequence[S], *, is_lasting: bool) -> list[list[S]]:
    """Claims of a spell that tell of one thing: of a state those whose days touch, of a stretch those of the same days."""
    if not is_lasting:
        exact: dict[tuple[int | None, int | None], list[S]] = defaultdict(list)
        for member in members:
            exact[member.first, member.last].append(member)
        return list(exact.values())
    dated = sorted((f for f in members if f.is_dated), key=lambda f: (f.first or 0, f.last or 0, f.id))
    parts: list[list[S]] = []
    until = -math.inf
    for member in dated:
        if (member.first or 0) - until > LASTING_GAP:
            parts.append([])
        parts[-1].append(member)
        until = max(until, member.last or member.first or 0)
    loose: list[S] = []
    for member in members:
        if member.is_dated:
            continue
        known = [part for part in parts if member.first is None or 0 <= member.first - (part[0].first or 0) <= LASTING_REACH]
        (known[-1] if known else loose).append(member)
    # what texts of different years tell without a day is not one state
    until = -math.inf
    for member in sorted(loose, key=lambda f: (f.first or 0, f.id)):
        is_far = member.first is not None and member.first - until > LOOSE_GAP
        if is_far or not parts:
            parts.append([])
        parts[-1].append(member)
        until = member.first if member.first is not None else until
    return parts
