"""The role words of roles.toml, as the grammar uses them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
_WORDS = _TABLE["words"]

INSTITUTIONS: dict[str, list[str]] = _TABLE["institutions"]
OFFICES: dict[str, list[str]] = _TABLE["offices"]
BODY_OF_OFFICE: dict[str, str] = _TABLE["body_of_office"]
COLLECTIVES: list[str] = _WORDS["collectives"]
CIVILIANS: list[str] = _WORDS["civilians"]
MATERIEL: list[str] = _WORDS["materiel"]
PROMINENCE: list[str] = _WORDS["prominence"]
SINGLE_HOLDER = frozenset(_WORDS["single_holder"])
PRIVATE = frozenset(_WORDS["private"])
IRREGULARS = frozenset(_WORDS["irregulars"])
CANCELLING = frozenset(_WORDS["cancelling"])
CANCELLING_BEFORE = frozenset(_WORDS["cancelling_before"])
PLACE_MAKING = frozenset(_WORDS["place_making"])
COMPANY_MAKING = frozenset(_WORDS["company_making"])
PLACE_NOUNS = frozenset(_WORDS["place_nouns"])
STATE_BODIES = frozenset(_WORDS["state_bodies"])
TITLES = frozenset(_WORDS["titles"])
DETERMINERS = frozenset(_WORDS["determiners"])
