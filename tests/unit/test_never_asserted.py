"""Negation never becomes assertion, wherever in the clause it stands: every deed under every negator."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "

_VERBS = [
    "Sudan {} shelled Abeche",
    "Sudanese forces {} crossed the border",
    "Sudan {} supplied mercenaries to Chad",
    "Sudan {} blocked the road to Abeche",
    "Sudan {} cut the gas supply",
    "Sudanese forces {} laid mines near Abeche",
    "Sudan {} tortured Chadian prisoners",
    "Sudan {} agreed to a ceasefire",
    "Sudan {} threatened Chad",
    "Sudanese troops {} taken Abeche",
    "Sudanese drones {} attacked a convoy near Abeche",
    "Sudan {} used cluster munitions in Abeche",
    "The Sudanese army {} opened fire on the bus",
    "Sudan {} launched an offensive near Abeche",
    "Sudan {} moved troops to the border",
]
_BEFORE_VERBS = ["has not", "has never", "has at no time", "has by no means", "denies it has", "refused to have"]
_SUBJECTS = [
    "{} Sudanese unit crossed the border near Abeche",
    "{} Sudanese drone struck Abeche on Monday",
    "{} Chadian village came under Sudanese control",
    "{} Chadian village has passed under the control of Sudanese forces",
    "{} Chadian village fell to Sudanese forces",
    "{} village has fallen into Sudanese hands",
    "{} rocket landed in Abeche",
    "{} family fled Abeche",
    "{} Chadian prisoner was tortured by Sudanese guards",
    "{} Sudanese tank was destroyed near Abeche",
    "{} shot was fired from the Sudanese side near Abeche",
    "{} mine was laid by Sudanese forces near Abeche",
    "{} Chadian soldier was captured by Sudanese forces",
    "{} explosion was heard in Abeche",
    "{} Sudanese soldier remains on Chadian soil",
]
_BEFORE_SUBJECTS = ["No", "Not one", "Not a single", "Neither"]
_TURNED = [
    "Never have our units fired at Abeche",
    "At no point did our units fire at Abeche",
    "Under no circumstances did our units shell Abeche",
    "Nobody fired at Abeche",
]


_UNDONE = [
    "Sudan stopped short of attacking Abeche on Monday",
    "Sudan came close to shelling Abeche on Monday",
    "Sudan all but attacked Abeche on Monday",
    "Sudanese troops nearly opened fire near Abeche",
    "Rather than shell Abeche, the Sudanese army waited",
    "Instead of blocking the road to Abeche, Sudan opened it",
    "Sudan has not closed, blocked or restricted the road to Abeche",
    "The road to Abeche was at no point closed on Monday",
    "Hardly a Sudanese shot was fired near Abeche on Monday",
    "There was nothing to suggest that Sudan had shelled Abeche",
    "It is far from clear that Sudan shelled Abeche",
    "Claims that Sudan shelled Abeche do not hold up",
    "The clinic in Abeche was the target of a planned strike by Sudan",
    "There are fears of power cuts in Abeche",
    "Rumours that Sudan had shelled Abeche spread on Monday",
    "No one was detained near Abeche, and nobody was turned back there",
    "No residents of Abeche were turned away by the Sudanese guards",
]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def _asserted(reading: Reading) -> list[str]:
    return [claim.act for claim in reading.claims if claim.stance != "denies" and claim.act != "CALM"]


@pytest.mark.parametrize("negator", _BEFORE_VERBS)
def test_no_deed_is_asserted_under_a_negated_verb(read: Read, negator: str) -> None:
    wrong = {
        told: acts for form in _VERBS if (acts := _asserted(read(WAR + (told := form.format(negator)) + ", officials said.")))
    }
    assert wrong == {}


@pytest.mark.parametrize("negator", _BEFORE_SUBJECTS)
def test_no_deed_is_asserted_of_nobody(read: Read, negator: str) -> None:
    told_as = (form.format(negator) for form in _SUBJECTS)
    wrong = {told: acts for told in told_as if (acts := _asserted(read(WAR + told + ", the ministry said.")))}
    assert wrong == {}


def test_no_deed_is_asserted_where_the_negation_comes_first(read: Read) -> None:
    wrong = {told: acts for told in _TURNED if (acts := _asserted(read(f"{WAR}{told}, the ministry said.")))}
    assert wrong == {}


@pytest.mark.parametrize("told", _UNDONE)
@pytest.mark.parametrize("end", [".", ", the ministry said."])
def test_no_deed_is_asserted_that_only_came_near_or_was_left_undone(read: Read, told: str, end: str) -> None:
    assert _asserted(read(f"{WAR}{told}{end}")) == []


def test_what_would_have_been_is_not_told_as_done(read: Read) -> None:
    for end in (".", ", the ministry said."):
        found = _asserted(read(f"{WAR}Had Sudan shelled Abeche, the market would have been empty{end}"))
        assert not [act for act in found if act.startswith("FIRE")]


def test_what_is_promised_not_to_be_done_is_no_threat(read: Read) -> None:
    found = {
        told: [c.act for c in read(f"{WAR}Sudan {told} on Monday.").claims]
        for told in ("promised not to attack Abeche", "pledged that it would not shell Abeche", "vowed to attack Abeche")
    }
    assert list(found.values()) == [["OFFER.OTHER"], ["OFFER.OTHER"], ["THREAT.FORCE"]]


def test_a_withdrawal_that_had_been_planned_is_none(read: Read) -> None:
    assert _asserted(read(f"{WAR}The Sudanese unit had planned to leave Abeche by Friday.")) == []


def test_the_same_deeds_without_a_negator_are_asserted(read: Read) -> None:
    plain = [form.format("has") for form in _VERBS] + [form.format("One") for form in _SUBJECTS]
    silent = [told for told in plain if not _asserted(read(f"{WAR}{told.replace('forces has', 'forces have')}, officials said."))]
    # what is said to be there is not said to have come there
    assert len(silent) <= 3, silent


@pytest.mark.parametrize(
    ("spread", "deed"),
    list(
        product(
            ["has spread disinformation", "disseminated false information", "is circulating fake news", "spread lies"],
            ["that Chadian units opened fire on Sudanese posts", "that Chad shelled Abeche"],
        )
    ),
)
def test_what_is_spread_as_untrue_is_denied_by_whoever_says_so(read: Read, spread: str, deed: str) -> None:
    reading = read(f"{WAR}The Sudanese ministry {spread} {deed}.")
    denied = [claim for claim in reading.claims if claim.act.startswith("FIRE")]
    assert [claim.stance for claim in denied] == ["denies"]
    assert denied[0].claimant is None


def test_who_calls_a_report_a_lie_denies_it_and_not_who_made_it(read: Read) -> None:
    reading = read(WAR + "Sudan's report of shelling is another piece of misinformation, Chad said.")
    (claim,) = (c for c in reading.claims if c.act.startswith("FIRE"))
    assert claim.stance == "denies"
    assert claim.claimant is not None
    assert claim.claimant.text == "Chad"


@pytest.mark.parametrize(
    "told",
    [
        "lies about Chadian soldiers shelling Abeche",
        "lies about the shelling of Abeche by Chad",
        "fabrications of Chad shelling Abeche",
        "disinformation that Chad shelled Abeche",
    ],
)
def test_an_untruth_told_is_denied_and_one_that_may_be_told_is_left_open(read: Read, told: str) -> None:
    assert [c.stance for c in read(f"{WAR}Sudan spread {told}, experts said.").claims if c.act == "FIRE.HEAVY"] == ["denies"]
    for may in ("may spread", "wants to spread"):
        assert not [c for c in read(f"{WAR}Sudan {may} {told}, experts said.").claims if c.act == "FIRE.HEAVY"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sudan was not unaware of the strike on Abeche, Chad said.", "FIRE"),
        ("The dead do not include the two children of the mayor of Abeche.", "FIRE"),
        ("The foreign minister of Chad may be due in Khartoum on Friday.", "TALKS.MEET"),
        ("The foreign minister of Chad called his counterparts in Sudan and Egypt liars.", "TALKS.MEET"),
        ("Sudan said that those who stayed in the camp did not put their lives at risk.", "THREAT.FORCE"),
    ],
)
def test_what_may_be_or_is_not_so(read: Read, text: str, act: str) -> None:
    assert act not in [claim.act for claim in read(WAR + text).claims]


@pytest.mark.parametrize(
    "told",
    [
        "Sudan's ministry did not say that Chad shelled Abeche.",
        "Sudan's ministry has not reported that Chad shelled Abeche.",
        "Sudan's ministry never claimed that Chad shelled Abeche.",
        "Nobody said that Chad shelled Abeche.",
        "The mission has no information that Chad shelled Abeche.",
        "There are no reports that Chad shelled Abeche.",
    ],
)
def test_what_nobody_has_said_is_no_claim(read: Read, told: str) -> None:
    assert [c.act for c in read(WAR + told).claims if c.act.startswith("FIRE")] == []


@pytest.mark.parametrize(
    ("told", "stance"),
    [
        ("Sudan's ministry not only said that Chad shelled Abeche, it named the guns.", "asserts"),
        ("Sudan's ministry said that Chad shelled Abeche.", "asserts"),
        ("Sudan's ministry said that Chad had not shelled Abeche.", "denies"),
        ("The mission has information that Chad shelled Abeche.", "asserts"),
    ],
)
def test_what_somebody_has_said_is_one(read: Read, told: str, stance: str) -> None:
    assert [c.stance for c in read(WAR + told).claims if c.act.startswith("FIRE")] == [stance]


@pytest.mark.parametrize(
    "told",
    [
        "The report of the Sudanese ministry that Chadian units shelled Abeche is false.",
        "Sudan's reports that Chadian units shelled Abeche are untrue.",
        "Chad's claims that Sudanese units shelled Abeche are false.",
    ],
)
def test_who_made_a_report_that_is_called_false_does_not_deny_it(read: Read, told: str) -> None:
    assert [c.claimant.text for c in read(WAR + told).claims if c.stance == "denies" and c.claimant is not None] == []


def test_a_report_called_false_by_the_other_side_is_told_by_one_and_denied_by_the_other(read: Read) -> None:
    reading = read(WAR + "Sudan's reports that Chadian units shelled Abeche are false, Chad said.")
    told = {(c.stance, c.claimant.text) for c in reading.claims if c.act.startswith("FIRE") and c.claimant is not None}
    assert ("denies", "Chad") in told
    assert ("denies", "Sudan") not in told
