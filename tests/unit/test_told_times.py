"""Times that a claim leans on: its clause's, its paragraph's, a war's known by its length. A test's docstring is its text."""

from __future__ import annotations

from datetime import date

import pytest

from trucewatch.model.records import Claim, Document, When
from trucewatch.model.theatre import Outbreak, Theatre
from trucewatch.stages.claim_times import claim_days

DAY = date(2021, 5, 16)  # a Sunday
PUBLISHED = When(earliest=DAY, latest=DAY, precision="day", basis="given")
THEATRE = Theatre(name="t", title="T", outbreaks=(Outbreak(name="river war", on=date(2019, 3, 1), until=date(2019, 4, 13)),))


def days(text: str, evidence: str, told: str | None = None, act: str = "FIRE") -> tuple[date | None, date | None]:
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    start = text.index(evidence)
    begin = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1, 0) if start else 0
    stop = text.find(". ", start)
    offset = text.index(told) if told else None
    claim = Claim(
        id="c", document_id="d", act=act, start_char=start, end_char=start + len(evidence),
        sentence_start_char=begin, sentence_end_char=stop + 1 if stop >= 0 else len(text),
        when=When(text=told, start_char=offset, end_char=offset + len(told) if offset is not None and told else None),
    )  # fmt: skip
    when = claim_days(claim, document, THEATRE)
    return when.earliest, when.latest


@pytest.mark.parametrize(
    ("evidence", "day"), [("two guards fell from a tower", date(2021, 5, 13)), ("two more were hurt", date(2021, 5, 14))]
)
def test_each_clause_has_its_own_day(evidence: str, day: date) -> None:
    text = "On Thursday two guards fell from a tower after a tank fired, and on Friday two more were hurt by a blast."
    assert days(text, evidence) == (day, day)


def test_a_second_clause_goes_on_in_the_first_ones_time() -> None:
    text = "In June 2020 they shelled the town; about ten people were killed."
    assert days(text, "about ten people were killed") == (date(2020, 6, 1), date(2020, 6, 30))


def test_a_paragraph_stays_in_the_time_that_it_told_until_it_speaks_of_now() -> None:
    text = "The post had been quiet until Tuesday. On Tuesday a shepherd was shot at. Guards shelled the hill."
    assert days(text, "Guards shelled the hill") == (date(2021, 5, 11), date(2021, 5, 11))
    now = "On Tuesday a shepherd was shot at. Guards have shelled the hill."
    assert days(now, "Guards have shelled the hill") == (DAY, DAY)


def test_another_paragraph_begins_anew_unless_it_goes_on_about_the_same() -> None:
    assert days("On Tuesday a shepherd was shot.\nGuards shelled the hill.", "Guards shelled") == (DAY, DAY)
    assert days("On Tuesday a shepherd was shot.\nThe attack killed two.", "The attack killed two") == (date(2021, 5, 11),) * 2


def test_a_war_is_known_by_how_long_it_lasted() -> None:
    assert days("Some 600 people died in those 44 days.", "600 people died") == (date(2019, 3, 1), date(2019, 4, 13))
    assert days("Some 600 people died in those 9 days.", "600 people died") == (DAY, DAY)


def test_a_year_later_counts_from_the_time_told_before() -> None:
    text = "In September 2019 the bridge fell. A year later they took the valley."
    assert days(text, "they took the valley", told="A year later") == (date(2020, 9, 1), date(2020, 9, 30))


def test_a_denial_is_of_when_the_claim_that_it_answers_says() -> None:
    from trucewatch.stages.date import _with_answered_days

    base = {"document_id": "d", "sentence_start_char": 0, "sentence_end_char": 9, "start_char": 0, "end_char": 9}
    told = When(earliest=date(2021, 5, 11), latest=date(2021, 5, 11), precision="day", text="on Tuesday")
    shot = Claim(id="a", act="FIRE", when=told, **base)  # type: ignore[arg-type]
    no = Claim(id="b", act="FIRE", stance="denies", responds_to="a", when=PUBLISHED, **base)  # type: ignore[arg-type]
    dated = Claim(id="c", act="FIRE", stance="denies", responds_to="a", when=When(earliest=DAY, text="today"), **base)  # type: ignore[arg-type]
    found = {claim.id: claim.when.earliest for claim in _with_answered_days([no, shot, dated])}
    assert found == {"a": date(2021, 5, 11), "b": date(2021, 5, 11), "c": DAY}


@pytest.mark.parametrize(
    ("text", "evidence", "first", "last"),
    [
        ("Guns opened up on Sunday, two days after a northern drone killed a major.", "a northern drone killed a major", 14, 14),
        ("Rain fell. A week after guards shelled the mill, talks began.", "guards shelled the mill", 9, 9),
        ("They fired on Friday, a day after a convoy was hit.", "a convoy was hit", 13, 13),
        ("It closed the road hours after a mine went off.", "a mine went off", 15, 16),
        ("Four fell on Sunday, a day after it said that fire had hurt six.", "fire had hurt six", 15, 15),
    ],
)
def test_what_the_sentences_day_comes_after_was_so_many_days_before(text: str, evidence: str, first: int, last: int) -> None:
    assert days(text, evidence, "on Sunday" if "on Sunday" in text else None) == (date(2021, 5, first), date(2021, 5, last))


def test_the_words_that_say_how_long_after_are_kept_as_they_stand_and_a_main_clause_is_no_earlier() -> None:
    text = "They fired on Friday, a day after a convoy was hit."
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    start = text.index("a convoy")
    when = claim_days(
        Claim(
            id="c", document_id="d", act="FIRE", start_char=start, end_char=len(text) - 1, sentence_start_char=0,
            sentence_end_char=len(text), when=When(),
        ),
        document, THEATRE,
    )  # fmt: skip
    assert when.text == "a day after" == text[when.start_char : when.end_char]
    assert days("Rain fell. Four days after the truce, guards fired.", "Four days after the truce, guards fired") == (DAY, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "The group, whose raid on Tuesday began it all, said guards shelled the mill.",
        "The truce, agreed on Tuesday, was broken when guards shelled the mill.",
        "A general, sworn in on Tuesday, said guards shelled the mill.",
        "Tuesday's deadline was ignored and guards shelled the mill.",
        "Guards shelled the mill, while envoys met on Tuesday.",
    ],
)
def test_a_day_told_by_the_way_is_no_day_of_the_claim(text: str) -> None:
    evidence = "Guards shelled the mill" if text.startswith("Guards") else "guards shelled the mill"
    assert days(text, evidence) == (DAY, DAY)


def test_a_clause_that_a_claim_stands_in_keeps_its_day() -> None:
    text = "The group, whose men shelled the mill on Tuesday, kept silent."
    assert days(text, "whose men shelled the mill on Tuesday") == (date(2021, 5, 11),) * 2


def test_somebody_who_says_so_now_may_tell_of_the_day_told_before_and_what_would_be_is_no_past() -> None:
    text = "On Tuesday a shepherd was shot at. The mayor says guards shelled the hill."
    assert days(text, "guards shelled the hill") == (date(2021, 5, 11),) * 2
    text = "On Tuesday a shepherd was shot at. The mayor said guards would stay on the hill."
    assert days(text, "guards would stay on the hill") == (DAY, DAY)


def test_a_war_is_known_by_its_months_and_quiet_comes_a_day_after_the_fighting() -> None:
    war = Theatre(name="t", title="T", outbreaks=(Outbreak(name="long war", on=date(2019, 3, 1), until=date(2020, 4, 20)),))
    text = "The 14-month conflict killed more than 4,000 people."
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    claim = Claim(
        id="c", document_id="d", act="TOLL", start_char=0, end_char=51, sentence_start_char=0, sentence_end_char=len(text)
    )
    when = claim_days(claim, document, war)
    assert (when.earliest, when.latest) == (date(2019, 3, 1), date(2020, 4, 20))
    calm = "Calm returned to the river, a day after heavy fighting. Two guards were killed."
    assert days(calm, "Two guards were killed") == (date(2021, 5, 15), DAY)
    assert days(calm.replace("Calm", "Snow"), "Two guards were killed") == (DAY, DAY)


@pytest.mark.parametrize(
    ("text", "told", "day"),
    [
        ("The pact dates from 2018. The fort fell on 9 October that year.", "on 9 October", date(2018, 10, 9)),
        ("The pact dates from 2018. The fort fell on 9 October of the following year.", "on 9 October", date(2019, 10, 9)),
        ("In May 2019 the north took the pass. The fort fell on 9 October.", "on 9 October", date(2019, 10, 9)),
        ("In December 2018 the north took the pass. The fort fell on 9 March.", "on 9 March", date(2019, 3, 9)),
        # of the last weeks, whatever was told before
        ("In 2019 the north took the pass. The fort fell on 2 May.", "on 2 May", date(2021, 5, 2)),
        # another paragraph tells of its own year
        ("In May 2019 the north took the pass.\n\nThe fort fell on 9 October.", "on 9 October", date(2020, 10, 9)),
    ],
)
def test_a_day_without_its_year_is_of_the_year_told_of(text: str, told: str, day: date) -> None:
    assert days(text, "The fort fell", told) == (day, day)


@pytest.mark.parametrize(
    ("text", "evidence", "day"),
    [
        ("Guns fired again on Sunday, a day after rockets hit the mill.", "a day after rockets hit the mill", date(2021, 5, 15)),
        ("The raid came two days after rockets hit the mill.", "two days after rockets hit the mill", date(2021, 5, 14)),
    ],
)
def test_evidence_that_begins_with_how_long_before_it_was(text: str, evidence: str, day: date) -> None:
    assert days(text, evidence) == (day, day)


def test_a_war_is_known_by_its_year() -> None:
    text = "Rain fell. During the 2019 river war the north bombed the port."
    assert days(text, "the north bombed the port") == (date(2019, 3, 1), date(2019, 4, 13))
    assert days(text.replace("2019", "2017"), "the north bombed the port")[1] != date(2019, 4, 13)


def test_as_recently_as_a_month_is_that_month() -> None:
    text = "As recently as March, the north sent trucks to the port."
    assert days(text, "the north sent trucks", "As recently as March") == (date(2021, 3, 1), date(2021, 3, 31))
