"""The words that report an act (lexicon.toml beside this file), ready to be looked up by lemma."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trucewatch.errors import ConfigError
from trucewatch.model.codebook import acts


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or small construction that reports an act. `weak`: peaceful senses exist, support is needed."""

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
        )
        return sum(part is not None for part in conditions)


@dataclass(frozen=True)
class Lexicon:
    """Triggers by lemma, weapon words by what they make of an act, noun kinds by name."""

    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, Trigger]
    weapons: dict[str, str]
    kinds: dict[str, frozenset[str]]

    def is_kind(self, lemma: str, *names: str) -> bool:
        """Whether a lemma is of one of the named kinds."""
        return any(lemma in self.kinds[name] for name in names)


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon. Raises ConfigError where it names an act that the codebook lacks."""
    raw = tomllib.loads(files("trucewatch.stages.extract").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    known = {part for code in acts() for part in (code, code.split(".")[0])}
    verbs: dict[str, list[Trigger]] = {}
    nouns: dict[str, Trigger] = {}
    for row in raw["verb"] + raw["noun"]:
        if row["act"] not in known:
            raise ConfigError(f"lexicon.toml names an act that acts.csv lacks: {row['act']!r}")
    for row in raw["verb"]:
        for entry in row["lemmas"]:
            trigger = _verb_trigger(entry, row["frame"], row["act"], bool(row.get("weak")))
            verbs.setdefault(trigger.lemma, []).append(trigger)
    for row in raw["noun"]:
        for lemma in row["lemmas"]:
            nouns[lemma] = Trigger(lemma, row["frame"], row["act"], bool(row.get("weak")))
    return Lexicon(
        verbs={lemma: tuple(sorted(found, key=lambda t: -t.exactness)) for lemma, found in verbs.items()},
        nouns=nouns,
        weapons={word: act for act, words in raw["weapons"].items() for word in words},
        kinds={name: frozenset(words) for name, words in raw["kinds"].items()},
    )


def _verb_trigger(entry: str, frame: str, act: str, weak: bool) -> Trigger:
    lemma, *rest = entry.split()
    particle = object_lemma = preposition = object_kind = subject_lemma = subject_kind = instrument_kind = None
    for part in rest:
        if part.startswith("+"):
            object_lemma = part[1:]
        elif part.startswith("~"):
            preposition = part[1:]
        elif part.startswith("@"):
            object_kind = part[1:]
        elif part.startswith("%"):
            instrument_kind = part[1:]
        elif part.startswith("^@"):
            subject_kind = part[2:]
        elif part.startswith("^"):
            subject_lemma = part[1:]
        else:
            particle = part
    return Trigger(
        lemma, frame, act, weak, particle, object_lemma, preposition, object_kind, subject_lemma, subject_kind, instrument_kind
    )
