"""The words that report an act (lexicon.toml, lexicon_objects.toml, lexicon_press.toml here), ready to be looked up by lemma."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from trucewatch.errors import ConfigError
from trucewatch.model.codebook import acts

_FILES = ("lexicon.toml", "lexicon_objects.toml")
# read where nothing else tells of an act
_TURNS = "lexicon_press.toml"
# kinds of object told by more than their noun (triggers.py)
PEOPLE = ("person", "side")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or small construction that reports an act. `weak`: peaceful senses exist, support is needed.

    `needs`: what must stand with it: "to" (an infinitive of somebody else's), "duty" (an infinitive of something owed), "will",
    "not", "done" (a thing wanted done), "wish" (what others are to do), or a word below its object ("red" lines).
    """

    lemma: str
    frame: str
    act: str
    weak: bool
    particle: str | None = None
    object_lemma: str | None = None
    preposition: str | None = None
    object_kind: str | None = None
    subject_lemma: str | None = None
    subject_kind: str | None = None
    instrument_kind: str | None = None
    thing_kind: str | None = None
    needs: tuple[str, ...] = ()

    @property
    def exactness(self) -> int:
        """How many conditions it has: the construction with most is tried first."""
        conditions = (
            self.particle,
            self.object_lemma,
            self.preposition,
            self.object_kind,
            self.subject_lemma,
            self.subject_kind,
            self.instrument_kind,
            self.thing_kind,
        )
        return sum(part is not None for part in conditions) + len(self.needs)

    @property
    def takes_object(self) -> bool:
        """Whether "of" after the noun names whom it befell: "the shelling of a town", but "the fire of a battery"."""
        return self.act in ("FIRE.HEAVY", "ADVANCE.TERRITORY") or self.lemma in _DONE_TO or self.frame in ("coerce", "take")


_DONE_TO = frozenset(
    {"bombing", "killing", "assassination", "massacre", "closure", "attack", "downing", "shootdown", "shoot-down"}
)


class Triggers(tuple[Trigger, ...]):
    """The triggers of a lemma in the order in which they are tried. Those that ask for an object are found by it."""

    def beside(self, things: Callable[[], Set[str]]) -> Sequence[Trigger]:
        """Those that ask for no object or for one of the `things` (lemmas, asked for only where they matter)."""
        by_object = self._by_object
        if len(by_object) == 1:
            return self
        known = [by_object[None], *(by_object[thing] for thing in things() if thing in by_object)]
        return [self[at] for at in sorted(at for some in known for at in some)]

    @cached_property
    def _by_object(self) -> dict[str | None, list[int]]:
        found: dict[str | None, list[int]] = {None: []}
        for at, trigger in enumerate(self):
            found.setdefault(trigger.object_lemma, []).append(at)
        return found


@dataclass(frozen=True)
class Lexicon:
    """Triggers by lemma, weapon words by what they make of an act, noun kinds by name. `turns`: verbs tried last."""

    verbs: dict[str, Triggers]
    turns: dict[str, Triggers]
    nouns: dict[str, Trigger]
    weapons: dict[str, str]
    kinds: dict[str, frozenset[str]]

    def is_kind(self, lemma: str, *names: str) -> bool:
        """Whether a lemma is of one of the named kinds."""
        if lemma.endswith("men"):
            lemma = f"{lemma[:-3]}man"
        kinds = self.kinds
        for name in names:  # noqa: SIM110 - asked some ten times a word: a generator costs twice as much
            if lemma in kinds[name]:
                return True
        return False


# lemmas that the parser's rules give some past forms
_MISLEMMATISED = {
    "instal": "install",
    "cordone": "cordon",
    "buse": "bus",
    "bore": "bear",
    "masse": "mass",
    "gutte": "gut",
    "cratere": "crater",
    "targette": "target",
    "overflew": "overfly",
    "buss": "bus",
    "bussed": "bus",
}


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon. Raises ConfigError where it names an act or a kind of noun that nothing tells."""
    raw: dict[str, Any] = {"verb": [], "turn": [], "noun": [], "weapons": {}, "kinds": {}}
    for name in (*_FILES, _TURNS):
        part = tomllib.loads(files("trucewatch.stages.extract").joinpath(name).read_text(encoding="utf-8"))
        raw["turn" if name == _TURNS else "verb"] += part.get("verb", [])
        raw["noun"] += part.get("noun", [])
        raw["weapons"] |= part.get("weapons", {})
        for kind, words in part.get("kinds", {}).items():
            raw["kinds"][kind] = [*raw["kinds"].get(kind, ()), *words]
    known = {part for code in acts() for part in (code, code.split(".")[0])}
    for row in raw["verb"] + raw["turn"] + raw["noun"]:
        if row["act"] not in known:
            raise ConfigError(f"the lexicon names an act that acts.csv lacks: {row['act']!r}")
    nouns: dict[str, Trigger] = {}
    for row in raw["noun"]:
        for lemma in row["lemmas"]:
            nouns[lemma] = Trigger(lemma, row["frame"], row["act"], bool(row.get("weak")))
    kinds = {None, *PEOPLE, *raw["kinds"]}
    return Lexicon(
        verbs=_by_lemma(raw["verb"], kinds),
        turns=_by_lemma(raw["turn"], kinds),
        nouns=nouns,
        weapons={word: act for act, words in raw["weapons"].items() for word in words},
        kinds={name: frozenset(words) for name, words in raw["kinds"].items()},
    )


def _by_lemma(rows: list[dict[str, Any]], kinds: set[str | None]) -> dict[str, Triggers]:
    """Triggers of verbs, those with most conditions first."""
    verbs: dict[str, list[Trigger]] = {}
    for row in rows:
        entries = [f"{lemma} {thing}".strip() for lemma in row["lemmas"] for thing in row.get("objects", ("",))]
        for entry in entries:
            trigger = _verb_trigger(entry, row["frame"], row["act"], bool(row.get("weak")))
            if {trigger.object_kind, trigger.thing_kind, trigger.subject_kind} - kinds:
                raise ConfigError(f"the lexicon names a kind of noun that it does not tell: {entry!r}")
            verbs.setdefault(trigger.lemma, []).append(trigger)
    for wrong, lemma in _MISLEMMATISED.items():
        verbs.setdefault(wrong, []).extend(verbs.get(lemma, ()))
    return {lemma: Triggers(sorted(found, key=_precedence)) for lemma, found in verbs.items()}


def _precedence(trigger: Trigger) -> tuple[int, bool]:
    return -trigger.exactness, trigger.instrument_kind is None


def _verb_trigger(entry: str, frame: str, act: str, weak: bool) -> Trigger:
    lemma, *rest = entry.split()
    particle = object_lemma = preposition = object_kind = subject_lemma = subject_kind = instrument_kind = thing_kind = None
    needs: list[str] = []
    for part in rest:
        if part.startswith("+"):
            object_lemma = part[1:]
        elif part.startswith("~"):
            preposition = part[1:]
        elif part.startswith("@"):
            object_kind = part[1:]
        elif part.startswith("&"):
            thing_kind = part[1:]
        elif part.startswith("%"):
            instrument_kind = part[1:]
        elif part.startswith("^@"):
            subject_kind = part[2:]
        elif part.startswith("^"):
            subject_lemma = part[1:]
        elif part.startswith(">"):
            needs.append(part[1:])
        else:
            particle = part
    return Trigger(
        lemma,
        frame,
        act,
        weak,
        particle,
        object_lemma,
        preposition,
        object_kind,
        subject_lemma,
        subject_kind,
        instrument_kind,
        thing_kind,
        tuple(needs),
    )
