"""Places that a claim leans on: the attack's told just before, the village that a witness speaks from, "there".

Nothing here outweighs a place that the claim's own words name, and what is carried has less confidence than what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, ClaimPlace, Voice
from trucewatch.stages.told_lands import Lands, place_of, sides_of_voice
from trucewatch.text.gazetteer import Spot
from trucewatch.text.town_kinds import may_be

_NEAR_CHARS = 700
_SEATED_CHARS = 8
_ADJACENT = 3
_HOME_CHARS = 160
_MANY = 10
_NOT_FOUGHT = frozenset({"FIRE.CLASH", "EXPLOSIVE.MINE_BLAST"})
_DEEDS = frozenset({"ASSAULT", "TERRITORY", "MOBILIZE"})
_SETTLED = frozenset({"settlement", "district", "site"})
# words that mean a place named before
_THERE = re.compile(
    r"\b(?:there(?! (?:was|were|is|are|has|have|had|will|would) (?:a|an|no|nothing|any|been)\b)"
    r"|(?:the|this|that) (?:(?!next|nearby|nearest|other|second|new|neighbou?ring|capital|main|same|old)[a-z-]+ )?"
    r"(?:village|town|city|area|district|settlement|hamlet|place|neighbou?rhood)(?:['’]s)?(?! of\b)|locals"
    r"|the (?:villagers|residents|townspeople|inhabitants)"
    r"|(?:burn(?:ed|t|ing)|loot(?:ed|ing)|shell(?:ed|ing)|captur(?:ed|ing)|retak(?:en|ing)|retook|raz(?:ed|ing)|destroy(?:ed|ing)"
    r"|bomb(?:ed|ing)|seiz(?:ed|ing)) it)\b",
    re.I,
)
_BARE_TOWN = re.compile(r"\b(?:the|this|that) (?:[a-z]+ )?(?:village|town|city|settlement)\b(?! of\b)", re.I)
_THEY = re.compile(
    r"\b(?:the|these|those|both) (?:two |three |four |five |six )?(?:villages|towns|settlements|communities|hamlets)\b(?! of\b)",
    re.I,
)
_HERE = re.compile(r"\b(?:here|there|(?:this|the|our) (?:village|town|house|camp))\b", re.I)
_DEED = r"(?:attack|strike|killings?|shelling|massacre|bombing|bombardment|raid|blast|explosion|ambush|assault)"
_THAT_DEED = re.compile(rf"\b(?:(?:that|this)\s+{_DEED}\b|the\s+{_DEED}\b(?!\s+(?:on|in|at|near)\b))", re.I)
_LISTED = re.compile(r",? and |, (?:and )?")
_OPENS_IN = re.compile(r"\W*(?:In|At|Near|Outside|Around|Over|Across)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:of\s+)?")
_OPENING_CHARS = 45
_SEVERAL_AREAS = re.compile(
    r"\b(?:several|various|different|many|numerous|some|other|a number of|dozens of)\s+(?:[\w-]+\s+)?"
    r"(?:areas|places|locations|regions|villages"
    r"|towns|sectors|parts|points|settlements)\b",
    re.I,
)
_CAME_FROM = re.compile(
    r"\b(?:arriv\w+|came|come|fled|flee\w*|sent|return\w*|travel\w*|driv\w+|drove|hail\w*|residents?|people)\s+from\s+(?:the\s+)?"
    r"(?:[\w-]+\s+){0,3}?(?:of\s+)?$|\b(?:north|south|east|west|km|kilomet\w+|miles?|metres|meters)\w*\s+(?:of|from)\s+$",
    re.I,
)
_RIGHT_THERE = re.compile(r"\b(?:clash\w*|fight\w*|died?|killed|wounded|attacks?|calm|quiet)\b[^.]*?\bthere\b", re.I)
_ANSWERS = re.compile(
    r"\b(?:in|as)\s+(?:an?\s+)?(?:response|retaliation|reply|revenge|reprisal|answer|return)\s+(?:to|for)\b|\bto avenge\b", re.I
)
_VILLAGERS = re.compile(
    r"(?:an?\s+|the\s+|two\s+|some\s+)?(?:[\w-]+\s+)?(?:residents?|villagers?|inhabitants?|mayor|mukhtar|head)\s+(?:of|in|from)\s+"
    r"(?:the\s+)?(?:(?:[\w-]+\s+)?(?:village|town|settlement)\s+of\s+)?(?P<name>[A-Z][\w’'-]+)(?:,|$)",
    re.I,
)
_BARE_THERE = re.compile(r"\bthere\b(?!\s+(?:was|were|is|are|has|have|had|will|would)\b)", re.I)
_SALVO = re.compile(
    r"\b(?:\d+|dozens|several|scores|hundreds|some|more)\b[^.]{0,30}\b(?:launches|rockets|projectiles|missiles|drones|shells)\b",
    re.I,
)
_SUFFERED = re.compile(
    r"\s+(?:(?:was|were|has been|had been|is being|came)\s+(?:[a-z]+ly\s+|also\s+)*"
    r"(?:shelled|bombed|hit|struck|under|bombarded|targeted|attacked)|woke|shook)\b"
)
_CALLED_UP = re.compile(r"\b(?:mobili[sz]\w+|martial law|call-?up|conscript\w*|state of (?:war|emergency)|curfew)\b", re.I)
_SCENE = re.compile(
    r"(?:\b(?:in|at|on|near|from|around|outside|of|to|into)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:of\s+)?|\b(?:reached|visited|entered|left|outside)\s+)$",
    re.I,
)
_LOCAL = re.compile(
    r"\b(?:mayor|municipality|(?:town|village|city|municipal|local) council"
    r"|hospital|residents?|villagers?|locals?|witness(?:es)?|rescuers|farmers?|shopkeepers?|prefect|mukhtar"
    r"|inhabitants?|townspeople|headman|head of the (?:village|town|community)|community (?:head|leader)|teacher"
    r"|doctor|nurse|priest)\b",
    re.I,
)
_COMES_FROM = re.compile(r"\ban?\s+[A-Z]\w+\s+from\s+(?:the\s+)?$")
_TOWN_HEAD = re.compile(r"\b(?:mayor|mukhtar|municipality|(?:town|village|city|municipal|local) council|headman)\b", re.I)
_LIVES = re.compile(r"\b(?:in|from|of|at|near|outside)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}?(?:of\s+)?$", re.I)
_OWN_PLACE = re.compile(
    r"\b(?:village|town|city|height|hill|hamlet|kibbutz|settlement|moshav|camp|reservoir|mount|outskirts|vicinity|direction|area)\s+"
    r"(?:of\s+)?(?:the\s+)?(?:(?:village|town|city|height|hill|settlement)\s+(?:of\s+)?)?[A-Z][\w’'-]+"
    r"|\bat\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+(?=[,.;)]|$)"
)
_WHILE = re.compile(r"\b(?:as|when|while)\s+(?:it|they|he|she|the)\b", re.I)
# ground that was told of before; "several villages" are others
_THE_GROUND = re.compile(
    r"\b(?:the|those|these|that|this|any|its|their)\s+(?:[\w-]+\s+)?(?:heights?|positions?|posts?|hills?|ground|area|base)\b",
    re.I,
)


class ToldPlaces:
    """Answers for one document's claims. `holder_of` gives who held a claim's place; `groups`: armed bodies that are no state."""

    def __init__(
        self,
        text: str,
        gazetteer: Any,
        hosts: Mapping[str, frozenset[str]],
        groups: frozenset[str],
        holder_of: Callable[[ClaimPlace, Claim], str | None],
        seats: frozenset[str],
        regions: Mapping[str, str] | None = None,
    ) -> None:
        self.text = text.replace("\n", " ")
        self.gazetteer = gazetteer
        self.hosts = hosts
        self.groups = groups
        self.holder_of = holder_of
        self.seats = seats
        self.lands = Lands(self.text, gazetteer, regions or {})

    def carried(self, claims: Sequence[Claim], number: int) -> tuple[tuple[ClaimPlace, ...], str]:
        """The places that a claim without any takes over, and why; none where nothing tells."""
        claim = claims[number]
        none: tuple[ClaimPlace, ...] = ()
        if any(p.role == "target" for p in claim.places):
            return none, ""
        cls = act_class(claim.act)
        land = self.lands.own(claim)
        if land is not None and land.role == "target":
            return (*claim.places, land), f"its words speak of the land of {land.name}"
        if land is not None:
            claim = replace(claim, places=(*claim.places, land))
        if cls in ("TOLL", "CALM") and (spot := self._pointed_at(claim, _RIGHT_THERE)) is not None:
            return (self.as_place(spot),), f"its words point back at {spot.candidate.place.names[0]}, named before"
        if _is_count(claim, cls) and (land := self.lands.of_count(claim)) is not None:
            return (land,), f"the count is one of {land.name}"
        if cls == "TERRITORY" and (land := self.lands.lost(claim)) is not None:
            return (land,), f"lost was ground of {land.name}"
        if cls == "ASSAULT" and (town := self._town_of_its_head(claim.claimant)) is not None:
            return (*claim.places, self.as_place(town)), f"{town.candidate.place.names[0]} is the teller's own town"
        if cls in ("ACCUSE", "ASSAULT") and _THAT_DEED.search(self.text, claim.start_char, claim.end_char):
            earlier = [c for c in claims[:number] if c.start_char < claim.start_char and _targets(c)]
            deed = next((c for c in reversed(earlier) if act_class(c.act) == "ASSAULT"), None)
            if deed is not None and claim.sentence_start_char - deed.sentence_end_char <= _NEAR_CHARS:
                return _targets(deed), "the place is that of the deed blamed, told just before"
        if cls == "MOBILIZE" and (here := self._mustered(claim)) is not None:
            return (here,), f"{here.name} is where it is told of"
        if claim.act in _NOT_FOUGHT or self._names_its_own(claim):
            return none, ""
        if cls in ("COERCE", "RETREAT") and _BARE_TOWN.search(self.text, claim.start_char, claim.end_char):
            spot = self._pointed_at(claim, _BARE_TOWN)
            if spot is not None and not any(_in_one_sentence(c, claim) and _targets(c) for c in claims if c is not claim):
                return (
                    *claim.places,
                    self.as_place(spot),
                ), f"its words point back at {spot.candidate.place.names[0]}, named before"
        if cls in ("COERCE", "DISPLACE", "MOBILIZE") and (spot := self._opening(claim)) is not None:
            return (*claim.places, self.as_place(spot)), f"its sentence opens in {spot.candidate.place.names[0]}"
        if cls in ("ASSAULT", "TERRITORY") and claim.when.relation == "since" and (spot := self._pointed_at(claim)) is not None:
            return (self.as_place(spot),), f"its words point back at {spot.candidate.place.names[0]}, named before"
        if claim.when.relation == "since" and claim.when.precision != "day":
            is_local = claim.claimant is not None and _LOCAL.search(claim.claimant.text or "") is not None
            if cls == "ASSAULT" and is_local and (spot := self._witnessed(claim, None)) is not None:
                return (self.as_place(spot),), f"{spot.candidate.place.names[0]} is where it is told of"
            return none, ""
        if cls in ("COERCE", "DISPLACE"):
            beside = [c for c in claims if c is not claim and _in_one_sentence(c, claim) and act_class(c.act) == "ASSAULT"]
            if places := tuple(p for c in beside for p in _targets(c)):
                return places, "the place is that of the attack in the same sentence"
            return (
                (self._goes_on(claims[:number], claim), "the place is that of what was told right before")
                if not beside
                else (none, "")
            )
        if cls not in ("ASSAULT", "TERRITORY") and claim.act != "DEESCALATE.CEASE_FIRE":
            return none, ""
        if _THEY.search(self.text, claim.start_char, claim.end_char) and (several := self._listed_before(claim)):
            return (*claim.places, *map(self.as_place, several)), "its words point back at those named before"
        if cls != "RETREAT" and (there := self._same_there(claims[:number], claim)):
            return (*claim.places, *there), "“there” is where the sentence before told of"
        if cls != "RETREAT" and (spot := self._pointed_at(claim)) is not None:
            return (*claim.places, self.as_place(spot)), f"its words point back at {spot.candidate.place.names[0]}, named before"
        if (spot := self._opening(claim)) is not None:
            return (*claim.places, self.as_place(spot)), f"its sentence opens in {spot.candidate.place.names[0]}"
        if _SEVERAL_AREAS.search(self.text, claim.start_char, claim.end_char):
            return none, ""
        if cls == "ASSAULT" and claim.stance != "denies" and (home := self._unlisted_home(claim.claimant)) is not None:
            return (home,), f"{home.name} is where the witness lives"
        before = self._same_witness(claims[:number], claim) or self._told_before(claims[:number], claim, cls)
        if cls == "ASSAULT" and (spot := self._witnessed(claim, before)) is not None:
            return (self.as_place(spot),), f"{spot.candidate.place.names[0]} is where it is told of"
        before = before or self._told_in_an_aside(claims[number + 1 :], claim, cls)
        if before is None and not claim.places and land is None and (named := self.lands.of_speaker(claim)) is not None:
            return (named,), f"told by who speaks for {named.name}, and no place is named"
        if before is None or (claim.places and _SALVO.search(self.text, claim.start_char, claim.end_char)):
            return (claim.places, f"its words speak of the land of {land.name}") if land is not None else (none, "")
        places = (*claim.places, *(replace(p, confidence=min(p.confidence, 0.48)) for p in _targets(before)))
        return places, "the place is that of the same side's attack told just before"

    def as_place(self, spot: Spot) -> ClaimPlace:
        """A known name of the text as a claim's place."""
        return place_of(spot, self.text, self.gazetteer)

    def _same_there(self, earlier: Sequence[Claim], claim: Claim) -> tuple[ClaimPlace, ...]:
        """ "fired near A, in the B district. It denied firing there": at A."""
        if _BARE_THERE.search(self.text, claim.start_char, claim.end_char) is None:
            return ()
        told = [c for c in earlier if 0 <= claim.sentence_start_char - c.sentence_end_char <= _ADJACENT and _targets(c)]
        return _targets(told[-1]) if told and act_class(told[-1].act) == "ASSAULT" else ()

    def _mustered(self, claim: Claim) -> ClaimPlace | None:
        """ "declared a mobilisation": all over whoever's land it is; "no fighters here": where the witness speaks."""
        if any(p.role == "target" for p in claim.places):
            return None
        doers = sides_of_voice(claim.attributed_to)
        if len(doers) == 1 and (words := _CALLED_UP.search(self.text, claim.start_char, claim.end_char)) is not None:
            return self.lands.of(next(iter(doers)), words)
        if _HERE.search(self.text, claim.start_char, claim.end_char) is None:
            return None
        spot = self._pointed_at(claim) or self._witnessed(claim, None)
        if spot is None and claim.claimant is not None and claim.claimant.party is None:
            spot = self._last_spot(claim.start_char, claim, _NEAR_CHARS)
        return self.as_place(spot) if spot is not None else None

    def _listed_before(self, claim: Claim) -> list[Spot]:
        """ "attacked the villages": the two or more that the last sentence to name several names."""
        near = [s for s in self.spots if 0 < claim.start_char - s.start_char <= _NEAR_CHARS]
        for last in reversed(near):
            together = [last]
            for spot in reversed([s for s in near if s.end_char <= last.start_char]):
                if _LISTED.fullmatch(self.text[spot.end_char : together[0].start_char]) is None:
                    break
                together.insert(0, spot)
            if len(together) > 1:
                return together
        return []

    def _opening(self, claim: Claim) -> Spot | None:
        """ "In A, the rescue service said a medic was hit": where the sentence opens, unless a state's voice sits there."""
        for spot in self.spots:
            if not claim.sentence_start_char < spot.start_char <= claim.sentence_start_char + _OPENING_CHARS:
                continue
            opens = _OPENS_IN.fullmatch(self.text[claim.sentence_start_char : spot.start_char]) is not None
            if not opens or not self.text.startswith((",", " on ", " and "), spot.end_char):
                continue
            is_seat = spot.candidate.place.names[0] in self.seats
            local = claim.claimant is None or claim.claimant.party is None or _LOCAL.search(claim.claimant.text or "")
            return spot if local or not is_seat else None
        return None

    def _names_its_own(self, claim: Claim) -> bool:
        """ "in the village of X", "around height X": its own words tell where, though nobody knows the place."""
        return _OWN_PLACE.search(self.text, claim.start_char, claim.end_char) is not None

    def _goes_on(self, earlier: Sequence[Claim], claim: Claim) -> tuple[ClaimPlace, ...]:
        """ "Residents fled", right after the sentence that tells of an attack on their town."""
        if claim.figures and claim.act == "CIV.DISPLACEMENT":
            return ()  # a count is of a wider area
        told = [c for c in earlier if 0 <= claim.sentence_start_char - c.sentence_end_char <= _ADJACENT and _targets(c)]
        told = [c for c in told if act_class(c.act) in ("ASSAULT", "DISPLACE", "COERCE")]
        return tuple(replace(p, confidence=min(p.confidence, 0.48)) for p in _targets(told[-1])) if told else ()

    def _same_witness(self, earlier: Sequence[Claim], claim: Claim) -> Claim | None:
        """What somebody of no side told just before: he goes on about the same place."""
        voice = claim.claimant
        if voice is None or voice.party is not None or voice.start_char is None:
            return None
        told = (c for c in reversed(earlier) if c.claimant is not None and c.claimant.start_char == voice.start_char)
        return next((c for c in told if _targets(c) and act_class(c.act) == "ASSAULT"), None)

    def _told_before(self, earlier: Sequence[Claim], claim: Claim, cls: str) -> Claim | None:
        """The nearest deed before a claim that may have been at the same place."""
        for other in sorted(earlier, key=lambda c: -c.sentence_start_char):
            if claim.sentence_start_char - other.sentence_end_char > _NEAR_CHARS:
                break
            kind, beside = act_class(other.act), _in_one_sentence(other, claim)
            targets = _targets(other)
            if beside and _ANSWERS.search(self.text, other.start_char, claim.start_char) is not None:
                continue  # "hit A in response to the killing of a medic"
            if not targets or not (kind == "ASSAULT" or kind == cls or (beside and kind in _DEEDS)):
                continue
            if claim.claimant is not None and _is_wide(claim) and claim.sentence_start_char - other.sentence_end_char > _ADJACENT:
                continue
            if cls == "TERRITORY" and (kind != "TERRITORY" or not self._is_the_ground(claim)):
                continue
            if self._fits(claim, other, targets):
                # of a deed told somewhere in a country nothing can be said of another's place
                return other if cls != "ASSAULT" or any(p.precision != "country" for p in targets) else None
        return None

    def _told_in_an_aside(self, later: Sequence[Claim], claim: Claim, cls: str) -> Claim | None:
        """ "ambushed a patrol as it crossed near A": the deed that the sentence goes on with, at the same moment."""
        for other in later:
            if not _in_one_sentence(other, claim) or cls != "ASSAULT" or act_class(other.act) not in _DEEDS:
                continue
            if _targets(other) and _WHILE.search(self.text, claim.start_char, other.end_char):
                return other
        return None

    def _is_the_ground(self, claim: Claim) -> bool:
        return claim.stance == "denies" or _THE_GROUND.search(self.text, claim.start_char, claim.end_char) is not None

    def _fits(self, claim: Claim, other: Claim, targets: tuple[ClaimPlace, ...]) -> bool:
        if act_class(claim.act) == "TERRITORY":
            return True  # ground changes hands: who has it now may be either
        one, two = sides_of_voice(claim.attributed_to), sides_of_voice(other.attributed_to)
        owners = {self.holder_of(p, claim) for p in targets} - {None}
        aimed = frozenset() if sides_of_voice(claim.target) & self.groups else sides_of_voice(claim.target)
        if owners & one or (aimed and owners and not owners & aimed):
            return False
        hit, also = self._with_hosts(claim.target), self._with_hosts(other.target)
        return not ((one and two and one != two) or (hit and also and not hit & also))

    def _with_hosts(self, voice: Voice | None) -> frozenset[str]:
        """A voice's sides, with those from whose soil an armed group among them fights."""
        sides = sides_of_voice(voice)
        return sides.union(*(self.hosts.get(side, frozenset()) for side in sides))

    def _pointed_at(self, claim: Claim, words: re.Pattern[str] | None = None) -> Spot | None:
        """ "shelled the village", "lost ground there": the settlement named last before those words."""
        found = (words or _THERE).search(self.text, claim.start_char, claim.end_char)
        if found is None:
            return None
        if found.group().lower().endswith("there"):
            # "in <land> they say that 900 died there"
            told = [s for s in self.lands.areas if claim.sentence_start_char <= s.start_char < found.start()]
            nearer = [s for s in self.spots if told and told[-1].end_char <= s.start_char < found.start()]
            in_it = told and _SCENE.search(self.text[max(0, told[-1].start_char - 40) : told[-1].start_char])
            if told and in_it and not nearer:
                return told[-1]
            last = next((s for s in reversed(self.spots) if s.end_char <= found.start()), None)
            is_near = last is not None and found.start() - last.start_char < _NEAR_CHARS // 2
            voice = claim.claimant
            is_seat = (
                last is not None and voice is not None and (voice.start_char or 0) <= last.start_char < (voice.end_char or 0)
            )
            if (
                last is not None
                and is_near
                and not is_seat
                and not _is_at(voice, last)
                and _SCENE.search(self.text[max(0, last.start_char - 40) : last.start_char])
            ):
                return last  # also a capital: "in A, we heard blasts; five people were hurt there"
        noun = re.search(r"\b(?:city|village)\b", found.group(), re.I)
        return self._last_spot(found.start(), claim, _NEAR_CHARS, noun.group() if noun is not None else "")

    def _witnessed(self, claim: Claim, before: Claim | None) -> Spot | None:
        """Where somebody of no side speaks: named since the last attack told, as where he is or where the reporter was."""
        voice = claim.claimant
        if voice is not None and (seat := self._office_of(voice)) is not None:
            return seat
        is_local = voice is not None and _LOCAL.search(voice.text or "") is not None
        if voice is not None and (voice.party is not None or voice.actor_id is not None) and not is_local:
            return None
        if voice is not None and (home := self._home_of(voice)) is not None:
            return home
        spot = self._last_spot(claim.start_char, claim, _NEAR_CHARS // 2)
        if spot is None or (before is not None and spot.start_char < before.end_char):
            return None
        is_own = voice is not None or claim.start_char - spot.start_char < _NEAR_CHARS // 4
        return spot if is_own and _SCENE.search(self.text[max(0, spot.start_char - 40) : spot.start_char]) else None

    def _town_of_its_head(self, voice: Voice | None) -> Spot | None:
        """ "the mayor of A said that three houses were hit in the shelling": in A, wherever else it was told to fall."""
        return self._office_of(voice) if voice is not None and _TOWN_HEAD.search(voice.text or "") is not None else None

    def _office_of(self, voice: Voice) -> Spot | None:
        """ "the mayor of A", "A's hospital", "villagers in A": whose own place it is that they tell of."""
        if voice.start_char is None or voice.end_char is None or _LOCAL.search(voice.text or "") is None:
            return None
        inside = (s for s in self.spots if voice.start_char <= s.start_char and s.end_char <= (voice.end_char or 0))
        return next(inside, None)

    def _unlisted_home(self, voice: Voice | None) -> ClaimPlace | None:
        """ "a resident of Xville told": a witness's village that no list knows."""
        if voice is None or voice.start_char is None or self.gazetteer is None:
            return None
        match = _VILLAGERS.match(voice.text or "")
        if match is None or self.gazetteer.find(match["name"], fuzzy=False) or self.gazetteer.country_of_word(match["name"]):
            return None
        start, name = voice.start_char + match.start("name"), match["name"]
        end = start + len(name)
        return ClaimPlace(text=name, name=name, start_char=start, end_char=end, role="target", confidence=0.1)

    def _home_of(self, voice: Voice) -> Spot | None:
        """ "said A B, who keeps a shop in C", "A B, a farmer from C": where a witness lives or works."""
        if voice.end_char is None:
            return None
        words = self.text[voice.end_char : voice.end_char + _HOME_CHARS]
        end = re.search(r"[.;“”\"]|\bsaid\b|\btold\b", words)
        reach = voice.end_char + (end.start() if end else len(words))
        begin = voice.start_char or voice.end_char
        for spot in self.spots:
            if _COMES_FROM.search(self.text[begin : max(begin, spot.start_char)]):
                continue  # "a <People> from A who lives in B"
            if begin <= spot.start_char and spot.end_char <= reach and _LIVES.search(self.text[begin : spot.start_char]):
                return spot
        return None

    def _last_spot(self, offset: int, claim: Claim, reach: int, noun: str = "") -> Spot | None:
        """The settlement named last before an offset that is no seat of a government, nor in the hands of whoever fires.

        One that a noun ("the city") cannot mean only where there is no other.
        """
        other: Spot | None = None
        own = sides_of_voice(claim.attributed_to) if act_class(claim.act) == "ASSAULT" else frozenset[str]()
        for spot in reversed(self.spots):
            place = spot.candidate.place
            if _CAME_FROM.search(self.text[max(0, spot.start_char - 60) : spot.start_char]):
                continue
            if (
                _is_at(claim.claimant, spot)
                or spot.end_char > offset
                or offset - spot.start_char > reach
                or (place.names[0] in self.seats and not (noun.lower() == "city" and self._is_scene(spot)))
            ):
                continue
            if not own or self.holder_of(self.as_place(spot), claim) not in own:
                if not may_be(noun, spot.candidate.matched, self.gazetteer.people(place), self.text):
                    other = other or spot
                    continue
                return spot
        return other

    def _is_scene(self, spot: Spot) -> bool:
        """ "in <seat>", "<seat> was bombed": the town itself, and not the state that sits there."""
        return (
            _SCENE.search(self.text[max(0, spot.start_char - 40) : spot.start_char]) is not None
            or _SUFFERED.match(self.text, spot.end_char) is not None
        )

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The theatre's settlements, districts and sites that the text names, in reading order."""
        if self.gazetteer is None:
            return ()
        found = self.gazetteer.scan(self.text)
        return tuple(spot for spot in found if spot.candidate.is_theatre and spot.candidate.place.kind in _SETTLED)


def _is_count(claim: Claim, cls: str) -> bool:
    """A number of victims or of people on the move, over a time that is told."""
    return cls == "TOLL" or (bool(claim.figures) and claim.act in ("CIV.FLIGHT", "CIV.DISPLACEMENT"))


def _is_at(voice: Voice | None, spot: Spot) -> bool:
    """ "an official in A": where the speaker sits, and not what he tells of."""
    return voice is not None and voice.end_char is not None and 0 <= spot.start_char - voice.end_char <= _SEATED_CHARS


def _targets(claim: Claim) -> tuple[ClaimPlace, ...]:
    return tuple(p for p in claim.places if p.role == "target" and p.place_id is not None)


def _is_wide(claim: Claim) -> bool:
    """A count of so many dead that it may be of the whole front."""
    return any(f.measure == "killed" and (f.low or 0) >= _MANY for f in claim.figures)


def _in_one_sentence(one: Claim, other: Claim) -> bool:
    return one.sentence_start_char == other.sentence_start_char
