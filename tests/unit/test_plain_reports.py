"""Plain phrasing of news: who speaks behind a clause that ends in "X said", before a colon, or to hearers, without "that"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "kind", "claimant"),
    [
        # joined behind who tells, and no words of those told of
        ("The Chadian army kept the truce, the ministry said, and accused Sudan of shelling a camp.", "ASSAULT", "ministry"),
        ("Chadian units held their fire, the ministry said, and denied that any of them had shot first.", "ASSAULT", "ministry"),
        ("The shells fell on Chadian farmland, the governor said, and called on Sudan to stop.", "REQUEST", "governor"),
        # told to hearers without "that"
        ("The Chadian minister told a briefing Sudanese drones had hit a bridge near Abeche.", "ASSAULT", "minister"),
        ("The governor told supporters the Sudanese army had fired on a village near Abeche.", "ASSAULT", "governor"),
        # behind a clause that opens with its day
        ("On Monday Sudanese troops crossed into Chad, Minister Ali Brahim informed at a session.", "MOBILIZE", "Brahim"),
        # a list of reactions
        ("France: called on Sudan to withdraw its troops from Chad.", "REQUEST", "France"),
        ("Norway: appealed for an end to the fighting in Chad.", "REQUEST", "Norway"),
    ],
)
def test_who_tells_it(read: Read, text: str, kind: str, claimant: str) -> None:
    claim = next(c for c in read(text).claims if act_class(c.act) == kind)
    assert claimant in words(claim, "claimant")


@pytest.mark.parametrize(
    ("text", "kind", "claimant"),
    [
        # a deed joined to a deed is no word of who tells
        ("Sudanese troops shelled Abeche, the ministry said, and killed two women.", "ASSAULT", "troops"),
        # whom a clause describes is told nothing by it
        ("The minister told a rally the Chadian army had guarded that Sudan shelled Abeche.", "ASSAULT", "army"),
        ("After Sudanese troops shelled Abeche, the governor said the school would close.", "ASSAULT", "governor"),
        ("On Monday, when Sudanese shells hit Abeche, the governor said nothing.", "ASSAULT", "governor"),
    ],
)
def test_who_does_not_tell_it(read: Read, text: str, kind: str, claimant: str) -> None:
    assert all(claimant not in words(c, "claimant") for c in read(text).claims if act_class(c.act) == kind)


def test_an_accused_behind_a_colon_accuses_nobody(read: Read) -> None:
    text = "France: accused of arming Chad."
    assert all("France" not in words(claim, "claimant") for claim in read(text).claims)


_LIVE = (
    "LIVE | Fighting in Chad\n\nChadian army: Sudanese units shelled Abeche. The enemy used drones.\n\n"
    "Norwegian ministry: the fighting must stop.\n\n"
    "Sudanese army: Chadian saboteurs mined the road to Abeche. There are losses among the personnel. "
    "Earlier, Sudan had called up reservists."
)


def test_an_entry_of_a_live_report_is_its_speakers_to_the_end(read: Read) -> None:
    claims = read(_LIVE).claims
    used = next(c for c in claims if words(c, "attributed_to") == "The enemy")
    lost = next(c for c in claims if c.act == "TOLL")
    called = next(c for c in claims if act_class(c.act) == "MOBILIZE" and words(c, "attributed_to") == "Sudan")
    assert (words(used, "claimant"), words(lost, "claimant"), words(called, "claimant")) == ("Chadian army", "Sudanese army", "")


def test_one_label_makes_no_live_report(read: Read) -> None:
    text = (
        "Chadian army: Sudanese units shelled Abeche. The enemy used drones.\n\nThere was rain.\n\nThe fighting went on at dusk."
    )
    used = next(c for c in read(text).claims if words(c, "attributed_to") == "The enemy")
    assert words(used, "claimant") == ""


def test_they_behind_a_label_are_not_the_speaker(read: Read) -> None:
    claim = next(iter(read("Mayor Ali Brahim to our reporter: “They shelled the houses in Abeche.”").claims))
    assert words(claim, "attributed_to") == "They"


def test_whom_the_next_call_is_addressed_to_is_no_place_of_the_strike(read: Read) -> None:
    text = "The strike on the convoy killed two, the Chadian ministry said, and urged Sudan to act."
    strike = next(c for c in read(text).claims if act_class(c.act) == "ASSAULT")
    assert not strike.places
