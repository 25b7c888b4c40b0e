"""Noun phrases that name victims or places, and how many they count: "22 civilians", "a woman and her two children"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from trucewatch.text.casualty_words import (
    CIVILIANS,
    COMBATANTS,
    COUNTED,
    ONE_OF_KIN,
    PEOPLE,
    PLACES,
    STATES,
    THINGS,
    population_of,
)
from trucewatch.text.numbers import Number, find_numbers
from trucewatch.text.tokens import sentence_starts, token_at, token_starts

_ORDINAL = re.compile(r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+ieth)$")
_SPEAKING_OF = re.compile(r"\b(?:sp(?:eak|oke)|talk|tell|told|wr(?:ite|ote)|kn(?:ow|ew)|hear)\w* about$", re.IGNORECASE)
# "handed over 15 captives": the particle of the verb, however the parser takes it
_HANDING_OVER = re.compile(r"\b(?:hand|turn|sign|pass|giv)(?:s|ed|e|es|en|ing)? over$|\bgave over$", re.IGNORECASE)
_REVISED = re.compile(
    r"\b(?:revis|rais|ris(?:e|en|ing)|rose|climb|increas|jump|updat|lower|correct|(?:went|gone|go) up|grow|grew|cut)\w*\b[^.;]*$",
    re.IGNORECASE,
)
_REVISED_CHARS = 80
_ONE = frozenset({"a", "an", "another", "her", "his", "its", "my", "our", "your"})
# words for two, after an article or bare
_TWO = frozenset({"couple", "pair", "duo", "twins"})
_BEING = frozenset("were was are is been be have has had also others more".split())
_NAMED = frozenset({"killed", "injured", "captured"})
_HARMED = frozenset({"killed", "injured"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ"})


@dataclass(frozen=True, slots=True)
class VictimCount:
    """Victims counted in one noun phrase: their range, words, and the tokens from first to last."""

    low: int | None
    high: int | None
    qualifier: str
    lemmas: frozenset[str]
    first: int
    last: int
    start_idx: int
    end_idx: int
    # "a man and his three sons": told as one group
    is_kin: bool = False
    # where these of a list fell, if told
    place: str | None = None


class Phrases:
    """The noun phrases of one parsed paragraph, with the numbers in it."""

    def __init__(self, doc: Any, start_char: int, text: str | None = None) -> None:
        self.doc, self.start_char = doc, start_char
        # a Doc joins its text anew each time it is asked
        self.text: str = doc.text if text is None else text
        self.starts = token_starts(doc)
        self.sentence_starts = sentence_starts(doc)
        # every rule asks them of the same few heads
        self._nouns: dict[int, Any] = {}
        self._lemmas: dict[int, frozenset[str]] = {}

    # worked out where a predicate asks for them: most paragraphs with a word like one hold none

    @cached_property
    def _all_numbers(self) -> list[Number]:
        return [self.as_spoken(number) for number in find_numbers(self.text)]

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers that count something, in order."""
        return [number for number in self._all_numbers if number.kind == "count"]

    @cached_property
    def by_token(self) -> dict[int, Number]:
        """The counting number that holds each token."""
        return {index: number for number in self.numbers for index in self._tokens_of(number)}

    @cached_property
    def excluded(self) -> set[int]:
        """Tokens of numbers that count nobody."""
        return {index for number in self._all_numbers if number.kind != "count" for index in self._tokens_of(number)}

    def _tokens_of(self, number: Number) -> range:
        return range(token_at(self.starts, number.start_char), token_at(self.starts, number.end_char - 1) + 1)

    def as_spoken(self, number: Number) -> Number:
        """The number, without what is its verb's: "speaks about 41 dead", "handed over 15 captives"."""
        if number.low is not None and number.high is not None and number.low < number.high and self.is_revised(number):
            return replace(number, low=number.high, qualifier="exactly")
        word, of_verb = {"about": ("about", _SPEAKING_OF), "more_than": ("over", _HANDING_OVER)}.get(number.qualifier, ("", None))
        if of_verb is None or not of_verb.search(self.text, 0, number.phrase_start + len(word)):
            return number
        bare = next(iter(find_numbers(self.text[number.start_char : number.end_char])), None)
        if bare is None:
            return number
        return replace(number, low=bare.low, high=bare.high, qualifier=bare.qualifier, phrase_start=number.start_char)

    def is_revised(self, number: Number) -> bool:
        """ "raised its toll from 12 to 15": the second is what is told now."""
        words = self.text[number.phrase_start : number.end_char]
        before = self.text[max(0, number.phrase_start - _REVISED_CHARS) : number.phrase_start]
        return re.search(r"\sto\s", words) is not None and _REVISED.search(before) is not None

    def sentence_start(self, index: int) -> int:
        """Index of the first token of a token's sentence."""
        return self.sentence_starts[bisect_right(self.sentence_starts, index) - 1]

    def sentence(self, index: int) -> Any:
        """The sentence of a token, as a span."""
        number = bisect_right(self.sentence_starts, index)
        end = self.sentence_starts[number] if number < len(self.sentence_starts) else len(self.doc)
        return self.doc[self.sentence_starts[number - 1] : end]

    def number_of(self, head: Any) -> Number | None:
        """The number that counts a noun: its own, or a child's, or None."""
        if head.i in self.by_token:
            return self.by_token[head.i]
        for child in head.children:
            if (
                child.dep_ in ("nummod", "amod", "quantmod", "det", "compound", "predet")
                and child.i in self.by_token
                and child.i <= head.i
            ):
                return self.by_token[child.i]
        if head.lemma_.lower() in _GROUPS:
            # "a family of four"
            return next(
                (self.by_token[i.i] for i in self.through(head, ("of",)) if i.pos_ == "NUM" and i.i in self.by_token), None
            )
        return None

    def is_person(self, head: Any) -> bool:
        lemmas = self.lemmas(head)
        if lemmas & THINGS and head.lemma_.lower() in THINGS:
            return False
        return (
            bool(lemmas & (PEOPLE | CIVILIANS | COMBATANTS))
            or head.ent_type_ in ("PERSON", "NORP")
            or head.pos_ in ("PRON", "NUM")
        )

    def is_place(self, head: Any) -> bool:
        return bool(self.lemmas(head) & PLACES) and head.lemma_.lower() not in ("people", "resident")

    def is_thing(self, head: Any) -> bool:
        noun = self.noun(head)
        lemma = noun.lemma_.lower()
        return (lemma in THINGS or lemma in PLACES) and lemma not in PEOPLE

    def noun(self, head: Any) -> Any:
        """The noun counted: the head, or what follows "of" where the head is only an amount ("dozens of people")."""
        if head.i not in self._nouns:
            self._nouns[head.i] = self._find_noun(head)
        return self._nouns[head.i]

    def _find_noun(self, head: Any) -> Any:
        if head.i in self.by_token or head.lemma_.lower() in (
            "total",
            "number",
            "group",
            "couple",
            "pair",
            "handful",
            "score",
            "dozen",
        ):
            inner = self.through(head, ("of",))
            if inner:
                return inner[0]
        return head

    def lemmas(self, head: Any) -> frozenset[str]:
        """The words of a noun phrase: its noun's, and those before it that are part of it."""
        if head.i not in self._lemmas:
            self._lemmas[head.i] = frozenset(self._find_lemmas(head))
        return self._lemmas[head.i]

    def _find_lemmas(self, head: Any) -> set[str]:
        noun = self.noun(head)
        words = {noun.lemma_.lower(), noun.lower_}
        if noun.lower_.endswith(("men", "women")):
            # the parser leaves "servicemen" as it is
            words.add(f"{noun.lower_[:-2]}an")
        words |= {c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "appos") and c.i < noun.i}
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of" and noun.lemma_.lower() in ("member", "group", "crew", "family"):
                words |= {grand.lemma_.lower() for grand in child.children}
        # which the lemmatizer leaves in the plural
        return words | {word[:-3] + "man" for word in words if word.endswith("men")}

    def through(self, token: Any, prepositions: tuple[str, ...]) -> list[Any]:
        return [
            grand
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in prepositions
            for grand in child.children
            if grand.dep_ == "pobj"
        ]

    def counts(self, head: Any, measure: str) -> list[VictimCount]:
        """Counts in a noun phrase and the phrases joined to it by "and": "a woman and her two children" is three."""
        heads, current = [head], head
        if (kin := self.kin_of(head)) is not None:
            heads.append(kin)
            current = kin
        while following := [c for c in current.children if c.dep_ == "conj" and c.pos_ in _NOMINAL]:
            current = following[0]
            heads.append(current)
        told = [c for c in head.children if c.dep_ == "appos" and c.i > head.i]
        if self.is_named(head):
            # "killed A B, their chief of staff, and four others": the parser joins the others to the apposition
            heads += [c for one in told for c in one.children if c.dep_ == "conj" and c.lower_ == "others"]
        counts = []
        for position, part in enumerate(heads):
            if (
                position
                and measure != "places_taken"
                and (self.is_thing(part) or not (self.is_person(part) or self.number_of(part)))
            ):
                break
            own = STATES.get(part.lower_) or COUNTED.get(part.lemma_.lower())
            if len(heads) > 1 and measure in _HARMED and own in _HARMED and own != measure:
                continue  # "12 dead and more than 30 injured": the dead are none of the injured
            if measure in _NAMED and part.pos_ == "NUM" and STATES.get(self.state_after(part), measure) != measure:
                continue  # "two dead and 14 wounded", wherever the parser hangs the words
            if position and part.pos_ == "NUM" and any(STATES.get(c.lower_, measure) != measure for c in part.children):
                continue  # "reached 40 and the wounded 90"
            count = self.count(part, measure, is_joined=position > 0)
            if count:
                counts.append(replace(count, place=self.place_of(part)))
            elif position and counts and self.number_of(heads[0]) is None and not self.is_named(heads[0]):
                # "its leader and most of its commanders": one of them cannot be counted, so the phrase cannot
                return []
        if not counts and len(heads) == 1 and head.tag_ == "NNS" and told and told[0].pos_ == "NOUN":
            return self.counts(told[0], measure)  # "my neighbours, a mother and her son"
        return self.summed(counts, measure)

    def kin_of(self, head: Any) -> Any | None:
        """ "a woman, her two sons and a cousin": whom a list goes on with, which the parser takes for an apposition."""
        if head.tag_ != "NN" or not any(c.lower_ in ("a", "an") for c in head.children) or not self.is_person(head):
            return None
        told = (c for c in head.children if c.dep_ == "appos" and c.i > head.i)
        return next((c for c in told if any(p.dep_ == "poss" and p.lower_ in _THEIRS for p in c.children)), None)

    def count(self, head: Any, measure: str, *, is_joined: bool) -> VictimCount | None:
        noun = self.noun(head)
        number = self.number_of(head)
        if number is None and noun.i != head.i:
            number = self.number_of(noun)
        left = min([t.i for t in head.subtree if t.i <= head.i] or [head.i])
        if head.i in self.excluded or any(c.i in self.excluded and c.dep_ == "nummod" for c in head.children):
            return None
        lemmas = frozenset(self.lemmas(head))
        is_kin = is_joined and any(c.dep_ == "poss" and c.lower_ in _THEIRS for c in head.children)
        if number is not None:
            if number.qualifier == "more_than" and self.doc[token_at(self.starts, number.phrase_start)].dep_ == "prt":
                # "took over 12 positions": the particle of the verb, not of the number
                number = replace(number, low=number.low, high=number.low, qualifier="exactly", phrase_start=number.start_char)
            first_char, last = number.phrase_start, max(head.i, noun.i)
            first = token_at(self.starts, first_char)
            return VictimCount(
                number.low,
                number.high,
                number.qualifier,
                lemmas,
                min(first, last),
                last,
                number.start_char,
                number.end_char,
                is_kin,
            )
        if is_joined is False and head.lower_ in _HE and any(c.dep_ == "conj" for c in head.children):
            return VictimCount(1, 1, "exactly", frozenset(), head.i, head.i, head.idx, head.idx + len(head))
        if measure == "places_taken" or (
            head.tag_ in ("NNS", "NNPS", "PRP", "WDT", "WP", "DT", "EX") and head.lower_ != "another"
        ):
            return None
        if head.lower_ == "another" and head.dep_ == "pobj":
            return None
        if head.lower_ == "another":
            return VictimCount(1, 1, "exactly", lemmas, head.i, head.i, head.idx, head.idx + len(head))
        determiners = {c.lower_ for c in head.children if c.dep_ in ("det", "poss", "predet")}
        if head.lower_ in _TWO and not self.through(head, ("of",)):
            start = self.doc[left]
            return VictimCount(2, 2, "exactly", lemmas, left, head.i, start.idx, head.idx + len(head), is_kin)
        is_single = bool(determiners & _ONE) or (
            is_joined and determiners <= {"their"} and (not determiners or head.tag_ == "NN")
        )
        # "their grandmother", "the girls' mother": somebody has one of these
        is_single = is_single or (head.lower_ in ONE_OF_KIN and any(c.dep_ == "poss" for c in head.children))
        # "the conscript A B": a rank or a trade before or after a name
        is_single = is_single or (head.tag_ == "NN" and any(c.dep_ == "appos" and self.is_named(c) for c in head.children))
        # headlines leave articles out: "Woman killed in rocket attack"
        is_single = is_single or (not determiners and head.i - self.sentence_start(head.i) <= 1 and head.tag_ == "NN")
        # "Captain X and Sergeant Y": a rank before a name; "a major": the parser may take the rank for an adjective
        is_ranked = (
            head.tag_ == "NNP"
            and not determiners
            and any(c.lower_.split("-")[-1] in COMBATANTS for c in head.subtree if c.i < head.i and c.dep_ == "compound")
        )
        is_rank = is_single and head.lower_ in COMBATANTS
        if is_ranked or is_rank:
            start = self.doc[left]
            return VictimCount(1, 1, "exactly", lemmas | {"soldier"}, left, head.i, start.idx, head.idx + len(head), is_kin)
        if is_single and self.is_person(head) and head.tag_ in ("NN", "NNP") and lemmas & (PEOPLE | CIVILIANS | COMBATANTS):
            if head.lemma_.lower() in ("people", "personnel", "group", "family", "crew", "military", "police", "security", "all"):
                return None
            start = self.doc[left]
            return VictimCount(1, 1, "exactly", lemmas, left, head.i, start.idx, head.idx + len(head), is_kin)
        if measure in _NAMED and (self.is_named(head) or (head.tag_ == "JJ" and _ORDINAL.match(head.lower_) and is_single)):
            # "A B was killed"; "a ninth died": the parser takes the ordinal for an adjective
            told = [c for c in head.children if c.dep_ == "appos" and c.tag_ == "NN"]
            lemmas = frozenset(lemmas.union(*(self.lemmas(c) for c in told)))
            return VictimCount(1, 1, "exactly", lemmas, head.i, head.i, head.idx, head.idx + len(head), is_kin)
        return None

    def state_after(self, number: Any) -> str:
        """The word that follows a bare number, past "were", "had been" and the like."""
        following = (word.lower_ for word in self.doc[number.i + 1 : number.i + 4])
        return next((word for word in following if word not in _BEING), "")

    def place_of(self, head: Any) -> str | None:
        """The place that a counted noun is said to be in, or the people whose name it is."""
        if head.tag_ == "NNPS":
            return str(head.text)
        return next(
            (inner.text for inner in self.through(head, ("in", "near", "at")) if inner.ent_type_ in ("GPE", "LOC", "FAC")), None
        )

    def is_named(self, head: Any) -> bool:
        """Whether a noun is the name of one person."""
        return head.tag_ == "NNP" and head.ent_type_ == "PERSON" and not any(c.dep_ in ("det", "case") for c in head.children)

    def summed(self, counts: list[VictimCount], measure: str) -> list[VictimCount]:
        """Adds up counts of one population; different populations stay apart."""
        result: list[VictimCount] = []
        for count in counts:
            previous = result[-1] if result else None
            if previous and previous.place and count.place and previous.place != count.place:
                result.append(count)  # "40 in the north and nine in the south"
            elif previous and (count.is_kin or _are_alike(previous, count, measure)):
                result[-1] = add_counts(previous, count)
            else:
                result.append(count)
        return result


_THEIRS = frozenset({"her", "his", "their"})
_GROUPS = frozenset({"family", "crew", "team", "squad"})
_FEW = 5
_HE = frozenset({"he", "she", "i"})


def _are_alike(first: VictimCount, second: VictimCount, measure: str) -> bool:
    """Whether two counts are of one population: "a man and a woman", "two reporters and a local official" too."""
    kinds = {population_of(set(count.lemmas), measure) for count in (first, second)}
    if len(kinds) == 1:
        return True
    are_few = all((count.low or 0) <= _FEW for count in (first, second))
    are_armed = any(count.lemmas & {"member", "personnel", "police", "policeman", "guard"} for count in (first, second))
    return kinds == {"civilian", "unknown"} and measure in ("killed", "injured") and are_few and not are_armed


def add_counts(first: VictimCount, second: VictimCount) -> VictimCount:
    low = None if first.low is None or second.low is None else first.low + second.low
    high = None if first.high is None or second.high is None else first.high + second.high
    qualifier = first.qualifier if first.qualifier != "exactly" else second.qualifier
    return replace(
        first,
        low=low,
        high=high,
        qualifier=qualifier,
        lemmas=first.lemmas | second.lemmas,
        last=max(first.last, second.last),
        end_idx=max(first.end_idx, second.end_idx),
    )
