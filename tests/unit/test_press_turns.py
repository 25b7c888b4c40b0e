"""Acts told by turns of the press (lexicon_press.toml), tried where no plain word of an act stands; the bench of act words."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.extracting import reader
from trucewatch.errors import ConfigError
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading
from trucewatch.stages.extract import lexicon as lexicon_module
from trucewatch.stages.extract.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parents[2]
Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def told(reading: Reading) -> set[tuple[str, str]]:
    return {(act_class(claim.act), claim.stance) for claim in reading.claims}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kenyan armour rumbled through Kisumu towards the Ugandan border on Monday.", "MOBILIZE"),
        ("The Kenyan army hauled artillery up to the Ugandan border, Uganda said.", "MOBILIZE"),
        ("Kenyan engineers deepened trenches outside Kisumu, the Ugandan army said.", "MOBILIZE"),
        ("Ugandan troops overstayed in Kisumu by a month, Kenya said.", "MOBILIZE"),
        ("Kenyan forces choked off the highway to Kisumu.", "COERCE"),
        ("Ugandan soldiers confiscated medicine at the Kenyan border.", "COERCE"),
        ("Kenyan guards turned away peacekeepers near Kisumu.", "COERCE"),
        ("Uganda waved away the Kenyan proposal.", "REJECT"),
        ("Kenya acted as mediator between Sudan and Chad.", "CONSULT"),
        ("Kenya laid the blame on Uganda.", "ACCUSE"),
        ("Villagers from Kisumu trudged across the Ugandan border on Monday.", "DISPLACE"),
        ("The Kenyan army paused the bombing of Kampala.", "RETREAT"),
    ],
)
def test_turns_of_the_press_tell_acts(read: Read, text: str, wanted: str) -> None:
    assert (wanted, "asserts") in told(read(text)), [(c.act, c.stance) for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya fears that Ugandan forces may choke off the highway to Kisumu.",
        "If Ugandan troops overstay in Kisumu, Kenya will complain.",
        "The Ugandan government waved away a waiter at dinner.",
        "Kenyan farmers deepened their understanding of Uganda.",
        "As Uganda fell apart, its poets left.",
    ],
)
def test_feared_conditional_and_peaceful_turns_are_no_acts(read: Read, text: str) -> None:
    deeds = {"ASSAULT", "TERRITORY", "COERCE", "MOBILIZE", "REJECT"}
    assert not {name for name, _ in told(read(text))} & deeds, [(c.act, c.stance) for c in read(text).claims]


def test_a_denied_turn_is_a_denial(read: Read) -> None:
    found = told(read("The Kenyan army denied that it had choked off the highway to Kisumu."))
    assert ("COERCE", "denies") in found
    assert ("COERCE", "asserts") not in found


def test_plain_words_come_before_turns() -> None:
    lexicon = load_lexicon()
    assert {"rumble", "trudge", "overstay"} <= lexicon.turns.keys()
    assert not {"rumble", "trudge", "overstay"} & lexicon.verbs.keys()
    assert all(trigger.weak for triggers in lexicon.turns.values() for trigger in triggers)


def test_a_turn_with_an_unknown_kind_is_refused() -> None:
    row = {"frame": "move", "act": "FORCE.BUILDUP", "lemmas": ["rumble ^@nowhere"]}
    with pytest.raises(ConfigError, match="kind of noun"):
        lexicon_module._by_lemma([row], {None, "force"})


def test_the_bench_of_act_words_counts_classes_by_line() -> None:
    spec = importlib.util.spec_from_file_location("act_words", ROOT / "bench/quality/act_words.py")
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    right = ("a", ["FIRE"], ["FIRE.HEAVY"])
    assert bench.measure([right]) == {"precision": 1.0, "recall": 1.0}
    assert bench.measure([("b", ["FIRE"], ["REFUSE"])]) == {"precision": 0.0, "recall": 0.0}
    assert bench.measure([right, ("c", ["REFUSE"], [])]) == {"precision": 1.0, "recall": 0.5}
    assert bench.measure([right, ("d", [], ["CIV"])]) == {"precision": 0.5, "recall": 1.0}


def test_every_mark_of_the_act_words_is_an_act_in_balanced_brackets() -> None:
    from trucewatch.model.codebook import acts

    files = sorted((ROOT / "bench/quality/act_words").glob("*.txt"))
    assert files
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            marks = [part.split("]]")[0].split("|") for part in line.split("[[")[1:]]
            assert line.count("[[") == line.count("]]") == len(marks)
            assert all(len(mark) == 2 and mark[1] in acts() and " " not in mark[0] for mark in marks), line
