"""Wars that background paragraphs tell of, days of things, hours after. A test's docstring is its text."""

from __future__ import annotations

from datetime import date

import pytest

from trucewatch.model.records import Claim, Document, When
from trucewatch.model.theatre import Outbreak, Theatre
from trucewatch.stages.claim_times import claim_days

from .extracting import reader

DAY = date(2021, 5, 16)  # a Sunday
PUBLISHED = When(earliest=DAY, latest=DAY, precision="day", basis="given")
OVER = Outbreak(name="river war", on=date(2020, 8, 1), until=date(2020, 9, 10))
GOES_ON = Outbreak(name="hill war", on=date(2021, 4, 2))


def days(
    text: str, evidence: str, told: str | None = None, act: str = "TOLL", outbreaks: tuple[Outbreak, ...] = (OVER,)
) -> tuple[date | None, date | None]:
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    start = text.index(evidence)
    begin = max(text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, text.rfind("\n", 0, start) + 1)
    offset = text.index(told) if told else None
    claim = Claim(
        id="c", document_id="d", act=act, start_char=start, end_char=start + len(evidence), sentence_start_char=begin,
        sentence_end_char=text.find(".", start) + 1,
        when=When(text=told, start_char=offset, end_char=offset + len(told or "") if offset is not None else None),
    )  # fmt: skip
    when = claim_days(claim, document, Theatre(name="t", title="T", outbreaks=outbreaks))
    return when.earliest, when.latest


@pytest.mark.parametrize(
    ("text", "evidence", "act"),
    [
        ("The war killed some 900 people.", "The war killed some 900 people", "TOLL"),
        ("Half of the valley fled during the fighting.", "Half of the valley fled", "CIV.FLIGHT"),
        ("They kept the ground that they took during the war.", "they took", "ADVANCE.TERRITORY"),
        ("The conflict killed 900. It drove 4,000 from their homes.", "It drove 4,000", "CIV.DISPLACEMENT"),
        ("The guns fell silent on September 10, 2020. About 900 people were killed.", "About 900 people", "TOLL"),
    ],
)
def test_what_is_told_of_a_war_that_is_over_lies_in_it(text: str, evidence: str, act: str) -> None:
    assert days(text, evidence, act=act) == (OVER.on, OVER.until)


def test_a_war_is_that_of_the_years_told_around_it() -> None:
    text = "Two peoples share the valley since a war that ended in 1994. It had begun in 1989. Thousands fled during the war."
    assert days(text, "Thousands fled", act="CIV.FLIGHT") == (date(1989, 1, 1), date(1994, 12, 31))


def test_a_war_that_goes_on_and_news_of_today_stay_where_they_were() -> None:
    assert days("Nine died during the fighting.", "Nine died", outbreaks=(OVER, GOES_ON)) == (GOES_ON.on, DAY)
    ends = Outbreak(name="hill war", on=date(2021, 4, 2), until=date(2021, 6, 1))
    assert days("More than 60 dead in the war.", "More than 60 dead in the war", outbreaks=(OVER, ends)) == (ends.on, DAY)
    now = "Nine people have been killed during the war so far."
    assert days(now, "Nine people have been killed", outbreaks=(OVER, GOES_ON)) == (GOES_ON.on, DAY)
    assert days("Guns shelled the town during the war.", "Guns shelled the town", act="FIRE") == (DAY, DAY)
    assert days("The war killed some 900 people.", "The war killed some 900 people", outbreaks=()) == (DAY, DAY)


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [("Hours later", 12, 12), ("Hours earlier", 11, 12), ("Two hours later", 12, 12), ("Moments afterwards", 12, 12)],
)
def test_hours_later_goes_on_from_the_day_told_before(told: str, first: int, last: int) -> None:
    text = f"On Wednesday guns shelled the pier. {told} rockets fell on the mill."
    assert days(text, "rockets fell", told, act="FIRE") == (date(2021, 5, first), date(2021, 5, last))
    assert days(f"{told} rockets fell on the mill.", "rockets fell", told, act="FIRE") == (DAY, DAY)


@pytest.mark.parametrize(
    ("text", "evidence", "told", "expected"),
    [
        (
            "The campaign last year killed the guard in a raid on 9 October.",
            "The campaign last year killed the guard in a raid on 9 October",
            "last year",
            date(2020, 10, 9),
        ),
        (
            "On Friday they came. That day tanks shelled the mill and guards blew up a barn.",
            "guards blew up a barn",
            None,
            date(2021, 5, 14),
        ),
        ("They blew up a barn, to answer the raids of Friday.", "They blew up a barn", None, DAY),
        ("Guards fired at the ford, which the north took on 4 May, with guns.", "Guards fired at the ford", None, DAY),
        ("A raid on it, which killed two on Friday, was denied.", "A raid on it, which killed two", None, date(2021, 5, 14)),
        ("The accord of 9 November 2019 held. In March guards came.", "guards came", "In March", date(2021, 3, 1)),
        ("In 2019 all was calm. In March of the current year guards came.", "guards came", "In March", date(2021, 3, 1)),
    ],
)
def test_a_day_is_of_what_it_dates(text: str, evidence: str, told: str | None, expected: date) -> None:
    assert days(text, evidence, told, act="FIRE")[0] == expected


def test_a_few_days_after_it_are_a_few_days_before() -> None:
    text = "The raid came just days after a truce was agreed in the capital, ending a lull."
    found = days(text, "a truce was agreed in the capital", act="AGREE.CEASEFIRE")
    assert found == (date(2021, 5, 10), date(2021, 5, 14))
    later = "The raid came four days after guards shelled the mill, ending a lull."
    assert days(later, "four days after guards shelled the mill, ending a lull", act="FIRE") == (date(2021, 5, 12),) * 2


def test_the_parse_tells_which_clause_a_time_is_of() -> None:
    """Times of things, of other verbs and of a clause with a subject of its own."""
    read = reader()
    for text, told in [
        ("Twelve people were killed in Thursday night's strikes on the town of Westford.", "Thursday night"),
        ("Last December guards blocked the Westford road, and in April Brazil shelled a village.", "Last December"),
        ("France urged Spain to use the line between their commanders, set up in 2018, to prevent more fighting.", None),
        ("Guards shelled Westford, in the most serious attack since the 2020 war.", None),
    ]:
        first = min(read(text).claims, key=lambda claim: claim.start_char)
        assert first.when.text == told, text
