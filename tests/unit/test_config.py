"""Theatres and settings: mistakes are found all at once with file, line and what was expected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from trucewatch.config import Finding, Settings, check_theatre, list_theatres, load_settings, load_theatre, write_skeleton
from trucewatch.errors import ConfigError

GOOD = {
    "theatre.toml": """\
name = "island"
title = "The island"
timezone = "Europe/London"
principals = ["ISL", "QQA"]
bodies_for = ["QQA"]

[[party]]
code = "QQA"
kind = "de_facto"
names = ["de facto authorities of Eastland", "Eastland"]
demonyms = ["Eastlandish"]
metonyms = ["Eastville"]

[[phrase]]
texts = ["the easterners"]
party = "QQA"

[[outbreak]]
name = "spring raids"
on = 2024-04-02
until = 2024-04-05
""",
    "actors.toml": """\
[[actor]]
id = "QQA-DOE"
party = "QQA"
names = ["Jane Doe"]
offices = [{ title = "president", since = 2023-01-01, until = 2023-12-31 }]
""",
    "places.csv": """\
id,kind,names,lat,lon,parents,country,precision,holdings,meanings,population,credit
# a comment
eastland,region,Eastland,,,,,region,,,,
eastville,settlement,Eastville|Ost,50.5,-3.25,eastland,GBR,settlement,QQA@..2024-04-05 (handed over)|GBR@2024-04-05..,,1200,G 1
""",
    "agreements/one.toml": """\
id = "EAST-1"
title = "First truce"
parties = ["GBR", "QQA"]
effective_at = 2024-04-05T12:00:00+01:00
effective_alternative_at = 2024-04-05T12:00:00+00:00

[[clause]]
number = "1"
title = "Ceasefire"
duty = "fire stops"
bound_parties = ["GBR", "QQA"]
breach_acts = ["FIRE.HEAVY", "AIR.STRIKE"]
area_place_ids = ["eastland"]
deadline = { on = 2024-05-01, wording = "by", extended_to = 2024-05-15 }
""",
}


def write(folder: Path, **changes: str) -> Path:
    """A theatre's folder with the good files, some of them replaced (keys with _ for / and .)."""
    for name, text in GOOD.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changes.get(name.replace("/", "_").replace(".", "_"), text), encoding="utf-8")
    return folder


def test_a_good_theatre_becomes_its_record(tmp_path: Path) -> None:
    theatre = load_theatre(str(write(tmp_path / "island")))
    assert (theatre.name, theatre.timezone, theatre.principals) == ("island", "Europe/London", ("ISL", "QQA"))
    assert theatre.parties[0].code == "QQA"
    assert {"AZE", "UNO", "EUR"} <= {party.code for party in theatre.parties}
    assert next(actor for actor in theatre.actors if actor.id == "QQA-MOD").names == ("Eastlandish Ministry of Defence",)
    town = theatre.places[1]
    assert (town.lat, town.lon, town.parents, town.population) == (50.5, -3.25, ("eastland",), 1200)
    assert [(h.party, h.since, h.until, h.support) for h in town.holdings] == [
        ("QQA", None, date(2024, 4, 5), "handed over"),
        ("GBR", date(2024, 4, 5), None, None),
    ]
    truce = theatre.agreements[0]
    assert truce.effective_at == datetime(2024, 4, 5, 11, tzinfo=UTC)
    assert truce.effective_alternative_at == datetime(2024, 4, 5, 12, tzinfo=UTC)
    clause = truce.clauses[0]
    assert clause.id == "EAST-1#1"
    assert clause.deadline
    assert (clause.deadline.on, clause.deadline.extended_to) == (date(2024, 5, 1), date(2024, 5, 15))
    assert check_theatre(tmp_path / "island") == ()


def test_every_mistake_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "island",
        theatre_toml=GOOD["theatre.toml"]
        .replace('"Europe/London"', '"Europe/Nowhere"')
        .replace("on = 2024-04-02", "on = 2020-13-45")
        .replace('party = "QQA"\n\n[[outbreak]]', 'party = "QQX"\ncolour = "red"\n\n[[outbreak]]'),
        actors_toml=GOOD["actors.toml"].replace("since = 2023-01-01", "since = 0000-01-01")
        + '\n[[actor]]\nid = "QQA-DOE"\nkind = "wizard"\nnames = ["Jim Doe"]\npart_of = "QQA-NOBODY"\n',
        places_csv=GOOD["places.csv"].replace("50.5,-3.25", "95,-3.25").replace("eastland,GBR", "westland,GBX")
        + "eastville,settlement,Twice,,,,,settlement,,,,\nnull-island,settlement,Null,0,0,,,settlement,QQA@2024-02-30..,,,\n",
        agreements_one_toml=GOOD["agreements/one.toml"]
        .replace('"AIR.STRIKE"', '"AIR.WIZARDRY"')
        .replace('["eastland"]', '["atlantis"]')
        .replace("extended_to = 2024-05-15", "extended_to = 2024-04-15"),
    )
    found = {(str(Path(f.path).relative_to(folder)), f.line, f.value) for f in check_theatre(folder)}
    assert found >= {
        ("theatre.toml", 3, "Europe/Nowhere"),
        ("theatre.toml", 16, "QQX"),
        ("theatre.toml", 17, None),
        ("theatre.toml", 21, "2020-13-45"),
        ("actors.toml", 5, "0000-01-01"),
        ("actors.toml", 8, "QQA-DOE"),
        ("actors.toml", 9, "wizard"),
        ("places.csv", 4, "95"),
        ("places.csv", 4, "westland"),
        ("places.csv", 4, "GBX"),
        ("places.csv", 5, "eastville"),
        ("places.csv", 6, "0,0"),
        ("places.csv", 6, "2024-02-30"),
        ("agreements/one.toml", 12, "AIR.WIZARDRY"),
        ("agreements/one.toml", 13, "atlantis"),
        ("agreements/one.toml", 14, "2024-04-15"),
    }
    with pytest.raises(ConfigError) as raised:
        load_theatre(str(folder))
    for _, _, value in found:
        assert value is None or value in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("number = ", "numbr = ", 7, "a text"),
        ('breach_acts = ["FIRE.HEAVY"', 'breach_acts = ["CALM"', 12, "an act with can_breach"),
        ("2024-04-05T12:00:00+01:00", "2024-04-05T12:00:00", 4, "an instant like"),
        ("2024-04-05T12:00:00+00:00", "2024-04-05T09:00:00+00:00", 5, "the later of the two"),
        ('bound_parties = ["GBR", "QQA"]', 'bound_parties = "GBR"', 11, "a list of texts"),
        ('title = "Ceasefire"', 'title = ""', 9, "a text in quotes"),
        ('duty = "fire stops"', "duty = fire stops", 10, "TOML 1.0"),
    ],
)
def test_one_mistake_in_an_agreement(tmp_path: Path, old: str, new: str, line: int, expected: str) -> None:
    folder = write(tmp_path / "island", agreements_one_toml=GOOD["agreements/one.toml"].replace(old, new, 1))
    assert [f for f in check_theatre(folder) if f.line == line and expected in f.expected], [
        str(f) for f in check_theatre(folder)
    ]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "island", theatre_toml="", agreements_one_toml='[[clause]]\nnumber = "1"\n')
    messages = [str(finding) for finding in check_theatre(folder)]
    assert any("name is missing" in message for message in messages)
    assert any("id is missing" in message for message in messages)
    assert any("bound_parties is missing" in message and ":1:" in message for message in messages)


def test_a_finding_reads_as_one_line() -> None:
    finding = Finding(path="x/places.csv", line=3, message="unknown parent", expected="the id of another row", value="nowhere")
    assert str(finding) == "x/places.csv:3: unknown parent, seen 'nowhere'; expected the id of another row"


def test_an_unknown_theatre_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"unknown theatre 'atlantis'.*karabakh, lebanon"):
        load_theatre("atlantis")
    with pytest.raises(ConfigError, match="no theatre to check"):
        check_theatre("atlantis")


@pytest.mark.parametrize("name", ["", "x" * 5000, "nul\0byte", "/", "tests"])
def test_what_is_no_folder_of_a_theatre_is_refused(name: str) -> None:
    with pytest.raises(ConfigError):
        load_theatre(name)


def test_a_day_that_does_not_exist_may_stand_in_words(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "island",
        agreements_one_toml=GOOD["agreements/one.toml"].replace('duty = "fire', 'duty = "by 2020-13-45, or 0000-01-01, fire'),
    )
    assert check_theatre(folder) == ()
    assert "2020-13-45" in load_theatre(str(folder)).agreements[0].clauses[0].duty


def test_nesting_without_end_is_a_finding(tmp_path: Path) -> None:
    folder = write(tmp_path / "island", actors_toml="actor = " + "[" * 20_000)
    assert any(finding.path == str(folder / "actors.toml") for finding in check_theatre(folder))


def test_a_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    folder = write(tmp_path / "island")
    (folder / "actors.toml").write_bytes(b"\xff\xfe\x00\x01")
    assert [finding.path for finding in check_theatre(folder)][:1] == [str(folder / "actors.toml")]


def test_the_skeleton_loads_and_is_never_overwritten(tmp_path: Path) -> None:
    home = write_skeleton("my-strait", tmp_path)
    assert check_theatre(home) == ()
    assert load_theatre(str(home)).title == "My strait"
    assert {path.name for path in home.rglob("*") if path.is_file()} == {
        "theatre.toml",
        "actors.toml",
        "places.csv",
        "example.toml",
    }
    with pytest.raises(ConfigError, match="exists already"):
        write_skeleton("my-strait", tmp_path)
    for name in ("My Strait", "../up", ""):
        with pytest.raises(ConfigError, match="cannot name a theatre"):
            write_skeleton(name, tmp_path)


def test_the_skeletons_examples_are_right_once_uncommented(tmp_path: Path) -> None:
    """A user who removes the marks of the examples gets a theatre that checks."""
    home = write_skeleton("strait", tmp_path)
    for path in home.rglob("*"):
        if not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        opened = []
        for line in lines:
            bare = line[2:] if line.startswith("# ") else line
            is_example = "=" in bare.split("#")[0] or bare.startswith(("[[", "exampleville,", "id,"))
            opened.append(bare if is_example and not bare.startswith("`") else "#" + bare)
        path.write_text("\n".join(opened) + "\n", encoding="utf-8")
    assert check_theatre(home) == (), [str(finding) for finding in check_theatre(home)]
    theatre = load_theatre(str(home))
    assert theatre.agreements[0].clauses[0].deadline
    assert theatre.places[0].holdings
    assert any(actor.id == "ABC-SMITH" for actor in theatre.actors)


def test_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()
    (tmp_path / "trucewatch.toml").write_text('[parser]\npipeline = "en_core_web_lg"\n[run]\ntheatre = "lebanon"\n')
    assert load_settings() == Settings(pipeline="en_core_web_lg", theatre="lebanon")
    (tmp_path / "open.toml").write_text("[parser]\ngate = false\n")
    assert load_settings(tmp_path / "open.toml").for_stages() == {"parser.gate": False}
    (tmp_path / "rules.toml").write_text("[parser]\nreader = false\n")
    assert load_settings(tmp_path / "rules.toml").for_stages() == {"parser.reader": False}
    (tmp_path / "findings.toml").write_text(
        "[findings]\nnon_signatories_bound = false\nweeks_after_days = 14\n"
        '[[findings.outlet]]\nname = "The Gazette"\ngrade = "C"\n'
    )
    assert load_settings(tmp_path / "findings.toml").for_stages() == {
        "theatre.non_signatories_bound": False,
        "assess.weeks_after_days": 14,
        "admiralty.sources": {"The Gazette": "C"},
    }
    assert Settings().for_stages() == {}
    (tmp_path / "worse.toml").write_text(
        '[findings]\nweeks_after_days = 0\n[[findings.outlet]]\nname = "The Gazette"\ngrade = "F"\n'
    )
    with pytest.raises(ConfigError, match=r"worse.toml:5: a grade is one letter(?s:.*)worse.toml:2: weeks_after_days is not"):
        load_settings(tmp_path / "worse.toml")
    (tmp_path / "bad.toml").write_text("[parser]\npipeline = 3\nspeed = 1\n")
    with pytest.raises(ConfigError, match=r"bad.toml:2: pipeline is not a text(?s:.*)bad.toml:3: unknown key speed"):
        load_settings(tmp_path / "bad.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / "absent.toml")


def test_the_shipped_theatres_are_listed() -> None:
    assert list_theatres() == ("karabakh", "lebanon")
