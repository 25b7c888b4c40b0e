"""What translators do to names: saints' and prophets' names in another language's form, and names rendered by their meaning.

The tables are data beside the world's theatre: `given_names.csv` (one bearer's forms across languages a line) and
`places_elements.csv` (a meaning and the elements of place names that have it, in the languages of the shipped theatres).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from itertools import product

from trucewatch.text.names import fold, name_key

MOST_RENDERINGS = 400


def _rows(name: str) -> list[dict[str, str]]:
    text = files("trucewatch").joinpath("theatres", "world", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _given_names() -> dict[str, frozenset[str]]:
    twins: dict[str, set[str]] = {}
    for row in _rows("given_names.csv"):
        forms = {name_key(form) for form in row["names"].split(";")}
        for form in forms:
            twins.setdefault(form, set()).update(forms - {form})
    return {form: frozenset(others) for form, others in twins.items()}


@cache
def _elements() -> dict[str, tuple[str, ...]]:
    elements: dict[str, tuple[str, ...]] = {}
    for row in _rows("places_elements.csv"):
        forms = tuple(name_key(element) for element in row["elements"].split(";"))
        elements[row["meaning"]] = elements.get(row["meaning"], ()) + forms
    return elements


def twins_of(name: str) -> frozenset[str]:
    """Name keys of the same given name in other languages; empty where the name is no given name of the table."""
    return _given_names().get(name_key(name), frozenset())


def is_given_name(name: str) -> bool:
    """Whether a name is a person's given name in some language of the table."""
    return name_key(name) in _given_names()


def renderings(name: str) -> frozenset[str]:
    """Name keys that a phrase in plain English may have been made from ("Black Garden", "daughter of X", "White Spring").

    Every word that has a meaning in the table is put into each language's element, in either order around "of", with and without
    the Arabic article between them; words without one stay, or take their given name's other forms. Empty where no word has a
    meaning.
    """
    words = [word for word in fold(name).split() if word not in {"of", "the"}]
    table = _elements()
    if not words or len(words) > 4 or not any(word in table for word in words):
        return frozenset()
    options = [table.get(word) or (word, *sorted(twins_of(word))) for word in words]
    keys: set[str] = set()
    for choice in product(*options):
        for ordered in {choice, choice[1:] + choice[:1]}:
            keys.update(("".join(ordered), "al".join(ordered)))
        if len(keys) > MOST_RENDERINGS:
            break
    return frozenset(keys)
