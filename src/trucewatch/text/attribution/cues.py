"""The words that attribute (cues.toml), as sets for quick look-up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Cues:
    """Lexicon of attribution. `kind_of` leads from a verb's lemma to its kind (says where not listed)."""

    kind_of: dict[str, str]
    clause: frozenset[str]
    object: frozenset[str]
    infinitive: frozenset[str]
    predicative: frozenset[str]
    prepositions: dict[str, frozenset[str]]
    verbs: frozenset[str]
    nouns: dict[str, str]
    claims: frozenset[str]
    accounts: frozenset[str]
    media: frozenset[str]
    releases: frozenset[str]
    hedges: frozenset[str]
    channels: dict[str, str]
    passives: frozenset[str]
    inanimate: frozenset[str]
    tolls: frozenset[str]
    people: frozenset[str]
    falsehoods: frozenset[str]
    unreal: frozenset[str]


@cache
def load_cues() -> Cues:
    """The lexicon, read once."""
    table: dict[str, Any] = tomllib.loads(files("trucewatch.text.attribution").joinpath("cues.toml").read_text(encoding="utf-8"))
    verbs = table["verbs"]
    prepositions = {verb: frozenset(words) for verb, words in verbs["prepositions"].items()}
    clause, object_, infinitive = (frozenset(verbs[name]) for name in ("clause", "object", "infinitive"))
    predicative = frozenset(verbs["predicative"])
    return Cues(
        kind_of={lemma: kind for kind, lemmas in table["kinds"].items() for lemma in lemmas},
        clause=clause,
        object=object_,
        infinitive=infinitive,
        predicative=predicative,
        prepositions=prepositions,
        verbs=clause | object_ | infinitive | predicative | frozenset(prepositions),
        nouns=dict(table["nouns"]),
        claims=frozenset(table["claims"]["nouns"]),
        accounts=frozenset(table["accounts"]["nouns"]),
        media=frozenset(table["media"]["nouns"]),
        releases=frozenset(table["media"]["releases"]),
        hedges=frozenset(table["hedges"]["adverbs"]),
        channels=dict(table["channels"]),
        passives=frozenset(table["passives"]["verbs"]),
        inanimate=frozenset(table["inanimate"]["nouns"]),
        tolls=frozenset(table["tolls"]["nouns"]),
        people=frozenset(table["people"]["nouns"]),
        falsehoods=frozenset(table["falsehoods"]["words"]),
        unreal=frozenset(table["falsehoods"]["unreal"]),
    )
