"""Which sentences are worth a parse: a cheap look at their words that lets through all that may make a claim.

A sentence is let through

1. where it holds a deed: an act word of lexicon.toml that has no peaceful sense, or one with the words that it asks for ("hold"
   with "exercise"), a word of victims, a denial;
2. where it holds a word that may report an act (a weak one, talks, a demand, "must") or a word of war, and war is near: the text
   is about an armed conflict or names a side of the theatre hard by, the sentence has a weapon or two countries or peoples in it,
   or the text is a short one and the sentence names one of them;
3. where a sentence so chosen leans on it: the rest of a quotation and the words beside it that tell who speaks, what stands
   before "he", "they" or "the ministry"; in a text about an armed conflict the rest of the paragraph.

A text with none of 1 and 2 is not parsed at all. Measured by bench/quality/gate.py.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from trucewatch.model.records import Quotation, Sentence
from trucewatch.model.theatre import Theatre
from trucewatch.stages.extract.lexicon import Lexicon, Trigger, load_lexicon
from trucewatch.stages.extract.mention import VERBAL_FRAMES
from trucewatch.text.inflections import forms_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME = re.compile(r"\b[A-Z][^\W\d_]*(?:[.-][A-Z][^\W\d_]*)*")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?|several|many|both|no|none"
    r"|few|number|twenty|thirty|forty|fifty)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:he|she|they|his|her|their|him|them)\b", re.IGNORECASE)
_LEANING = re.compile(
    r"\b(?:he|she|they|it|his|her|their|its|him|them|this|that|these|those|we|our|both|such"
    r"|the (?:ministry|minister|president|premier|spokes\w+|official|leader|statement|agency|government|authorities|army|military"
    r"|forces|sides?|group|region|country|republic|governor|mayor|commander|general|post|report|claim|allegation|city|town|village))\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:said|says?|told|tells?|added|adds|wrote|writes|tweeted|stated|announced|according|declared|warned|quoted|claimed|noted"
    r"|insisted|explained|continued|asked|replied|remarked|stressed|posted|reported)\b",
    re.IGNORECASE,
)
# what lies somewhere, and the provocations that armies report
_OTHERWISE = ("lie", "provocation")
# words of an armed conflict that make a text one of war, and the share of a long text's sentences that must tell of it
ENOUGH_ARMED = 2
HOT_SHARE = 0.15
# a text of so many sentences or fewer is a note: each of them may be what it is about
SHORT = 8
# sentences on either side of one that names a theatre's side are near it
REACH = 2


_Cut = tuple[list[str], list[frozenset[str]], list[set[str]]]


class Gate:
    """The words of a lexicon and the names of a theatre's sides, ready to be looked up in a text. Makes no parse."""

    def __init__(self, lexicon: Lexicon, theatre: Theatre) -> None:
        self._acts = _act_words(lexicon)
        lists = _lists()
        self._armed, self._victims = _forms(lists["armed"]), _forms(lists["victims"])
        self._counted, self._taken = _forms(lists["counted"]), _forms(lists["taken"])
        self._denials = _forms(lists["denials"])
        self._false, self._dismissing = _forms(lists["false"]), _forms(lists["dismissing"])
        self._phrases = _phrase_words(lists["phrases"])
        self._claims = _forms(lexicon.kinds["claim"])
        self._verdicts = _forms(lexicon.kinds["verdict"])
        own = {party.code for party in theatre.parties if party.code in theatre.principals}
        self._sides = _names(
            (name, party.code)
            for party in theatre.parties
            for name in (*party.names, *party.demonyms, *party.metonyms)
            if name[:1].isupper()
        )
        self._own = _names(
            (name, party.code)
            for party in theatre.parties
            if party.code in own
            for name in (*party.names, *party.demonyms, *party.metonyms, *party.mangled)
        )

        self._last: tuple[str, _Cut] | None = None

    def choose(self, text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> list[int]:
        """Numbers of the sentences to parse, in order."""
        written, words, named = self._cut(text, sentences)
        names_side = [bool(one) for one in named]
        is_war = self._is_war(words, names_side)
        near = _near(names_side) if not is_war else frozenset(range(len(written)))
        chosen = {
            number
            for number, (one, within) in enumerate(zip(written, words, strict=True))
            if self._is_telling(one, within, number in near, len(written) <= SHORT)
            # whoever speaks of a side in a text of war may judge, refuse or stand by it in words that no list has
            or (is_war and _SPEAKS.search(one) and _named(one, self._sides))
        }
        if not chosen:
            return []
        leaning = _LEANING if is_war else _PERSONAL
        chosen |= _leaned_on(written, sentences, quotations, chosen, leaning)
        if is_war:
            open_paragraphs = {sentences[number].paragraph for number in chosen}
            chosen |= {number for number, sentence in enumerate(sentences) if sentence.paragraph in open_paragraphs}
        return sorted(chosen)

    def is_of_the_war(self, text: str, sentences: Sequence[Sentence]) -> bool:
        """Whether a text is about an armed conflict, and not in passing, and where the theatre has sides, about two of them: one
        in a note."""
        written, words, named = self._cut(text, sentences)
        if self._own and len(set().union(*named)) < (1 if len(written) <= SHORT else 2):
            return False
        return self._is_war(words, [bool(one) for one in named])

    def _cut(self, text: str, sentences: Sequence[Sentence]) -> _Cut:
        """What is written in each sentence, its words, and whose own sides it names; kept for the text that was asked of last."""
        last = self._last
        if last is None or last[0] is not text:
            written = [text[sentence.start_char : sentence.end_char] for sentence in sentences]
            last = text, (written, [_words(one) for one in written], [_named(one, self._own) for one in written])
            self._last = last
        return last[1]

    def _is_war(self, words: Sequence[frozenset[str]], names_side: Sequence[bool]) -> bool:
        """Whether a text is about an armed conflict, and not in passing: by its words, or as it names a side of the theatre."""
        armed = [within & self._armed for within in words]
        if not any(names_side) and len({word[:5] for found in armed for word in found}) < ENOUGH_ARMED:
            return False
        hot = sum(
            bool(found or within & self._victims) or is_named
            for found, within, is_named in zip(armed, words, names_side, strict=True)
        )
        return len(words) <= SHORT or hot >= HOT_SHARE * len(words)

    def _is_telling(self, written: str, words: frozenset[str], is_war: bool, is_short: bool) -> bool:
        if words & self._victims or words & self._denials:
            return True
        if words & self._counted and (is_war or _NUMBER.search(written)):
            return True
        if is_war and words & self._taken:
            return True
        if words & self._false and words & (self._dismissing | self._claims | _COPULAS):
            return True
        is_possible = False
        for word in self._acts.keys() & words:
            deeds, weaker = self._acts[word]
            if _is_joined(deeds, words):
                return True
            is_possible = is_possible or _is_joined(weaker, words)
        if not is_possible:
            is_possible = any(
                all(other in words for other in others) for word in self._phrases.keys() & words for others in self._phrases[word]
            ) or bool(words & self._verdicts or (words & self._claims and words & self._dismissing))
        is_armed = bool(words & self._armed)
        # war beside a side tells something, whatever the turn of phrase
        if not (is_possible or is_armed):
            return False
        if is_war or (is_possible and is_armed):
            return True
        # deep in a text of other matters, one country's name is no news of it: what passes between two is
        return len(_named(written, self._sides)) >= (1 if is_short or is_armed else 2)


def _near(names_side: Sequence[bool]) -> frozenset[int]:
    """Sentences beside those that name a side of the theatre."""
    return frozenset(number + step for number, is_named in enumerate(names_side) if is_named for step in range(-REACH, REACH + 1))


def _leaned_on(
    written: Sequence[str],
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    chosen: set[int],
    leaning: re.Pattern[str],
) -> set[int]:
    """Sentences that the chosen ones need: of their quotations, of who speaks there, of what stands before a pronoun."""
    more: set[int] = set()
    for quotation in quotations:
        if quotation.depth:
            continue
        held = [
            number
            for number, sentence in enumerate(sentences)
            if sentence.start_char < quotation.end_char and quotation.start_char < sentence.end_char
        ]
        if chosen.isdisjoint(held):
            continue
        more.update(held)
        if not any(_SPEAKS.search(written[number]) for number in held):
            more.update(number for number in (held[0] - 1, held[-1] + 1) if 0 <= number < len(sentences))
    more.update(number - 1 for number in chosen | more if number and leaning.search(written[number]))
    return more


@cache
def _lists() -> dict[str, list[str]]:
    raw: dict[str, list[str]] = tomllib.loads(
        files("trucewatch.stages.extract").joinpath("gate.toml").read_text(encoding="utf-8")
    )
    return raw


@cache
def doubting_words() -> frozenset[str]:
    """Words, in small letters, by which a sentence denies something or calls it untrue or invented."""
    lists = _lists()
    return _forms([*lists["denials"], *lists["false"]]) - _forms(_OTHERWISE)


@cache
def dismissing_words() -> frozenset[str]:
    """Words, in small letters, by which somebody's report is dismissed."""
    return _forms(_lists()["dismissing"])


@cache
def armed_lemmas() -> frozenset[str]:
    """Words that make a text one of an armed conflict, as lemmas."""
    return frozenset(_lists()["armed"])


_COPULAS = frozenset({"is", "are", "was", "were", "be", "been", "s", "as"})
# with the object or subject that they ask for, verbs of these frames report a deed even where they are weak ("hold an exercise");
# a particle alone ("reduce to", "put up") makes none
_ARMED_FRAMES = frozenset({"attack", "blast", "breach", "clash", "coerce", "damage", "displace", "losses", "move"})
# peaceful by themselves: without an object or a companion they report no deed
Companies = tuple[tuple[frozenset[str], ...], ...]


def _is_joined(companies: Companies, words: frozenset[str]) -> bool:
    """Whether all of one company stand among the words: of each set that it asks for one."""
    return any(not any(words.isdisjoint(others) for others in company) for company in companies)


def _act_words(lexicon: Lexicon) -> dict[str, tuple[Companies, Companies]]:
    """What each form of an act word asks for beside it in its sentence to report a deed, and to report anything at all."""
    deeds: dict[str, list[tuple[frozenset[str], ...]]] = defaultdict(list)
    weaker: dict[str, list[tuple[frozenset[str], ...]]] = defaultdict(list)
    vague = frozenset(_lists()["vague"])
    verbs = (*lexicon.verbs.values(), *lexicon.turns.values())
    for trigger in (*(t for triggers in verbs for t in triggers), *lexicon.nouns.values()):
        others = tuple(_companions(trigger, lexicon))
        is_told = trigger.object_lemma is not None or trigger.subject_lemma is not None
        is_deed = trigger.frame in _ARMED_FRAMES and is_told and trigger.thing_kind is None
        is_deed |= not trigger.weak and trigger.frame not in VERBAL_FRAMES and trigger.lemma not in vague
        for form in forms_of(trigger.lemma):
            (deeds if is_deed else weaker)[form].append(others)
    return {form: (_fewest(deeds[form]), _fewest(weaker[form])) for form in {*deeds, *weaker}}


def _fewest(companies: Iterable[tuple[frozenset[str], ...]]) -> Companies:
    """Each company once; a word that asks for none in one of its senses needs no other."""
    each = tuple(dict.fromkeys(companies))
    return ((),) if () in each else each


def _companions(trigger: Trigger, lexicon: Lexicon) -> Iterable[frozenset[str]]:
    for word in (trigger.particle, trigger.preposition):
        if word is not None:
            yield frozenset(word.split("|"))
    for lemma in (trigger.object_lemma, trigger.subject_lemma):
        if lemma is not None:
            yield forms_of(lemma)
    if trigger.thing_kind is not None:
        yield _forms(lexicon.kinds[trigger.thing_kind])


def _forms(lemmas: Iterable[str]) -> frozenset[str]:
    return frozenset(form for lemma in lemmas for form in forms_of(lemma))


def _phrase_words(phrases: Iterable[str]) -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for phrase in phrases:
        first, *others = phrase.split()
        found[first].append(frozenset(others))
    return {word: tuple(others) for word, others in found.items()}


def _names(names: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Names with whose they are, by their first word."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, code in names:
        match = _NAME.search(name)
        if match is not None and len(match.group()) > 1:
            found[match.group()].append((name, code))
    return {word: tuple(names) for word, names in found.items()}


def _named(written: str, names: dict[str, tuple[tuple[str, str], ...]]) -> set[str]:
    """Whose names stand in a sentence."""
    return {code for word in set(_NAME.findall(written)) & names.keys() for name, code in names[word] if name in written}


def _words(written: str) -> frozenset[str]:
    words = _WORD.findall(written.lower())
    return frozenset((*words, *(part for word in words if "-" in word for part in word.split("-"))))


_GATES: dict[int, tuple[Theatre, Gate]] = {}


def gate_of(theatre: Theatre) -> Gate:
    """The gate of the shipped lexicon and a theatre, made once."""
    kept = _GATES.get(id(theatre))
    if kept is None or kept[0] is not theatre:
        _GATES.clear()
        kept = _GATES[id(theatre)] = (theatre, Gate(load_lexicon(), theatre))
    return kept[1]
