"""A commented skeleton for a theatre of the user's own: it loads as it stands, and every line says what may go there."""

from __future__ import annotations

import re
from pathlib import Path

from trucewatch.errors import ConfigError

_THEATRE = """\
# The theatre "{name}": who the conflict is between, and how its reports are to be read.
# `trucewatch check {name}` says what is wrong in this folder, each mistake with its file and line.
name = "{name}"
title = "{title}"
timezone = "UTC"              # IANA name of the local time, like "Asia/Baku"
day_closes = "24:00"          # when a reporting day ends, local time; some missions close theirs at 19:30
# since = 2024-01-01          # first and last day that this theatre covers; leave out what is open
# until = 2024-12-31
non_signatories_bound = false # whether a party that did not sign is held to an agreement too
principals = []               # codes of the parties that the conflict is about, like ["AZE", "ARM"]
bodies_for = []               # codes of parties that have the usual ministries and an army (world/bodies.toml)

# All states of ISO 3166 are known already by their alpha-3 codes: write a party here only to add names, or one that is no state.
# The first name is the one shown: choose the neutral one.
# [[party]]
# code = "ABC"
# names = ["de facto authorities of Example", "Example"]
# demonyms = ["Exemplary"]    # adjectives: "Exemplary officials"
# metonyms = ["Exampleville"] # a capital that stands for the party: "Exampleville said"
# mangled = ["Ample"]         # what translation made of the name, used with a low confidence
# kind = "de_facto"           # state, de_facto, group, body, people

# Descriptions that mean one party here and nowhere else.
# [[phrase]]
# texts = ["the separatists", "separatist forces"]
# party = "ABC"

# Known beginnings of fighting: undated articles are dated by them ("since fighting broke out last week").
# [[outbreak]]
# name = "spring clashes"
# on = 2024-04-02
# until = 2024-04-05
"""

_ACTORS = """\
# People, bodies, agencies and outlets, the most quoted first. Ids are yours to choose and then fixed.
# [[actor]]
# id = "ABC-SMITH"
# kind = "person"             # person, ministry, force, agency, outlet, mediator, mission, group, government
# party = "ABC"               # the side it speaks for; leave out for an independent agency
# names = ["Jane Smith", "J. Smith"]
# offices = [{{ title = "foreign minister", since = 2023-05-01, until = 2024-02-29 }}]
#
# [[actor]]
# id = "ABC-MOD"
# kind = "ministry"
# party = "ABC"
# names = ["Exemplary Ministry of Defence"]
# generic = ["ministry of defence"]   # what it is called within its party: "the Exemplary defence ministry"
"""

_PLACES = """\
id,kind,names,lat,lon,parents,country,precision,holdings,meanings,population,credit
# kind: settlement district region country corridor line sea mountain site. Lists are parted by |. The first name is shown.
# lat and lon are decimal degrees; leave both empty where they are not known. holdings: PARTY@first day..first day no more (why)
# exampleville,settlement,Exampleville|Example City,,,,,settlement,ABC@2021-03-01..2024-04-02|USA@2024-04-02..,,,
"""

_AGREEMENT = """\
# An agreement and its clauses, in your own words. Remove the leading "# " to use it.
# id = "EX-2024"
# title = "Example ceasefire"
# kind = "ceasefire"
# signed = "2024-04-05"
# parties = ["ABC", "USA"]
# not_parties = []                                      # named, because they say that they are not bound
# mediators = []
# effective_at = 2024-04-05T12:00:00+00:00              # with its zone
# effective_alternative_at = 2024-04-05T13:00:00+00:00  # where sources differ: what happens between the two is ambiguous
# effective_precision = "instant"                       # instant, day, month
# ends_at = 2024-06-01T00:00:00+00:00
# end_basis = "superseded"
#
# [[clause]]
# number = "1"
# title = "Ceasefire"
# duty = "fire stops"
# bound_parties = ["ABC", "USA"]
# breach_acts = ["FIRE.HEAVY", "FIRE.SMALL_ARMS", "AIR.STRIKE"]  # codes of acts.csv that breach it
# area = "the whole front"
# area_place_ids = []                                   # ids of places.csv; empty: the whole theatre
# exceptions = "self-defence"
# deadline = {{ on = 2024-05-01, wording = "by", extended_to = 2024-05-15 }}
"""


def write_skeleton(name: str, folder: str | Path) -> Path:
    """Write a theatre's files under `folder`/`name`; gives that folder. The skeleton loads as it stands.

    Raises ConfigError where the name is no plain word or the folder exists: nothing is overwritten.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        raise ConfigError(f"{name!r} cannot name a theatre: use small letters, digits, - and _, a letter first")
    home = Path(folder) / name
    try:
        (home / "agreements").mkdir(parents=True)
    except FileExistsError as err:
        raise ConfigError(f"{home} exists already: choose another name or remove it") from err
    except OSError as err:
        raise ConfigError(f"{home} cannot be made: {err.strerror or err}") from err
    title = name.replace("_", " ").replace("-", " ").capitalize()
    (home / "theatre.toml").write_text(_THEATRE.format(name=name, title=title), encoding="utf-8")
    (home / "actors.toml").write_text(_ACTORS.format(), encoding="utf-8")
    (home / "places.csv").write_text(_PLACES, encoding="utf-8")
    (home / "agreements" / "example.toml").write_text(_AGREEMENT.format(), encoding="utf-8")
    return home
