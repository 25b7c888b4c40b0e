"""Days that name a paper or a term, speeches and wars that go on, days that explain longer times. A test's text is its input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from trucewatch.model.records import Claim, Document, Figure, Voice, When
from trucewatch.model.theatre import Outbreak, Theatre
from trucewatch.stages.claim_times import claim_days
from trucewatch.stages.deed_days import with_news_days, with_speech_days
from trucewatch.text.times import resolve_time

from .extracting import reader

DAY = date(2021, 5, 17)  # a Monday
SUNDAY = date(2021, 5, 16)
PUBLISHED = When(earliest=DAY, latest=DAY, precision="day", basis="given")
WAR = Outbreak(name="river war", on=date(2020, 8, 1), until=date(2020, 9, 10))
OPEN_ELSEWHERE = Outbreak(name="attack on a port", on=date(2020, 7, 30))
WAR_DAYS = (date(2020, 8, 1), date(2020, 9, 10))
GOES_ON = Outbreak(name="hill war", on=date(2021, 4, 2))


def claim_of(text: str, evidence: str, told: str | None = None, act: str = "FIRE", killed: int | None = None) -> Claim:
    start = text.index(evidence)
    begin = max(text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, text.rfind("\n", 0, start) + 1)
    offset = text.index(told) if told else None
    figures = (
        (Figure(measure="killed", population="unknown", low=killed, high=killed, qualifier="exactly", text=str(killed)),)
        if killed
        else ()
    )
    return Claim(
        id=evidence, document_id="d", act=act, start_char=start, end_char=start + len(evidence), sentence_start_char=begin,
        sentence_end_char=text.find(".", start) + 1, figures=figures,
        when=When(text=told, start_char=offset, end_char=offset + len(told or "") if offset is not None else None),
    )  # fmt: skip


def document_of(text: str) -> Document:
    return Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)


def days(
    text: str, evidence: str, told: str | None = None, act: str = "FIRE", killed: int | None = None,
    outbreaks: tuple[Outbreak, ...] = (WAR,),
) -> tuple[date | None, date | None]:  # fmt: skip
    theatre = Theatre(name="t", title="T", outbreaks=outbreaks)
    when = claim_days(claim_of(text, evidence, told, act, killed), document_of(text), theatre)
    return when.earliest, when.latest


@pytest.mark.parametrize(
    ("text", "evidence", "act"),
    [
        ("Brazil called the fence a breach of the accord of 10 May 2020.", "called the fence a breach", "BLAME"),
        ("France urged Spain to keep the deal signed in Lima on 10 April.", "urged Spain", "DEMAND.OTHER"),
        ("France condemned it and would raise it at a summit on 21 July.", "condemned it", "BLAME"),
        ("Spain accused Brazil of breaking the truce that took effect in March.", "breaking the truce", "FIRE"),
        ("Spain would not go back to the lines of 6 April.", "would not go back", "REFUSE"),
    ],
)
def test_the_day_of_what_is_named_dates_no_saying(text: str, evidence: str, act: str) -> None:
    assert days(text, evidence, act=act) == (DAY, DAY)


def test_a_weekday_after_a_plea_still_dates_it() -> None:
    assert days("Spain urged calm on Sunday.", "urged calm", act="DEMAND.OTHER") == (SUNDAY, SUNDAY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Brazil threatened to leave the talks if nothing was signed by December.", None),
        ("France offered to send engineers by the end of the year.", None),
        ("Guards shelled Westford, in the third attack since the truce began.", None),
        ("Spain shelled Westford in retaliation for a raid on Friday.", None),
        ("France called on Friday for calm.", "on Friday"),
    ],
)
def test_terms_records_and_causes_are_no_times_of_an_act(text: str, told: str | None) -> None:
    claims = reader()(text).claims
    assert min(claims, key=lambda claim: claim.start_char).when.text == told


@pytest.mark.parametrize(
    ("expression", "first", "last"),
    [
        ("on the second of March", date(2021, 3, 2), date(2021, 3, 2)),
        ("the twenty-first of October 2019", date(2019, 10, 21), date(2019, 10, 21)),
        ("before 25 May", date(2021, 5, 25), date(2021, 5, 25)),
        ("by July", date(2021, 7, 1), date(2021, 7, 31)),
        ("the previous weekend", date(2021, 5, 8), date(2021, 5, 9)),
        ("an hour after that statement", DAY, DAY),
        ("last evening", SUNDAY, SUNDAY),
        ("the day before the truce", None, None),
    ],
)
def test_expressions(expression: str, first: date | None, last: date | None) -> None:
    old = (("an old statement", date(2001, 1, 1)),)
    when = resolve_time(expression, PUBLISHED, anchors=old)
    assert (when.earliest, when.latest) == (first, last)


def test_a_day_explains_a_longer_time_told_before_it() -> None:
    text = "Last week, on 11 May, a mine killed a shepherd."
    assert days(text, "a mine killed a shepherd", "Last week") == (date(2021, 5, 11), date(2021, 5, 11))


def test_that_year_and_weeks_later_go_on_from_what_was_told() -> None:
    text = "In May 1993 they took the pass. Weeks later they took the dam. The council asked them to leave that year."
    first, last = days(text, "they took the dam", "Weeks later")
    assert first is not None
    assert last is not None
    assert date(1993, 5, 1) < first < last < date(1993, 8, 1)
    assert days(text, "asked them to leave", "that year", act="DEMAND.OTHER") == (date(1993, 1, 1), date(1993, 12, 31))


def test_the_day_before_is_of_the_day_told_or_of_the_news() -> None:
    assert days("The day before, drones had struck a barn.", "drones had struck", "The day before") == (SUNDAY, SUNDAY)
    text = "On Friday a rocket hit a mill. The day after, drones struck a barn."
    assert days(text, "drones struck", "The day after") == (date(2021, 5, 15), date(2021, 5, 15))
    assert days("On the same day guns shelled a barn.", "guns shelled", "On the same day") == (DAY, DAY)


def test_a_day_to_come_dates_no_plea_beside_it() -> None:
    text = "The minister will visit Lima on Thursday and has asked for grain."
    assert days(text, "has asked for grain", act="DEMAND.OTHER") == (DAY, DAY)


@pytest.mark.parametrize("told", ["for hours", None])
def test_how_many_hours_is_not_when(told: str | None) -> None:
    assert days("Guards were shelled for hours.", "Guards were shelled", told) == (DAY, DAY)


def test_what_the_main_clause_comes_after_may_be_of_the_day_before() -> None:
    text = "Spain struck back early on Sunday after a rocket hit a school."
    assert days(text, "after a rocket hit a school") == (date(2021, 5, 15), SUNDAY)
    assert days(text, "Spain struck back", "on Sunday") == (SUNDAY, SUNDAY)


@pytest.mark.parametrize("act", ["TOLL", "CIV.FLIGHT"])
def test_an_open_attack_elsewhere_does_not_keep_a_war_going(act: str) -> None:
    text = "About 900 people were lost in the war, officials say."
    assert days(text, "About 900 people", act=act, outbreaks=(OPEN_ELSEWHERE, WAR)) == (WAR.on, WAR.until)
    assert days(text, "About 900 people", act="CIV.FLIGHT", outbreaks=(WAR, GOES_ON)) == (DAY, DAY)


def test_the_other_sides_dead_are_of_the_war_just_told() -> None:
    text = "About 900 people died in the war.\n\nBrazil says 70 soldiers were killed on its side."
    assert days(text, "70 soldiers were killed", act="TOLL", killed=70) == (WAR.on, WAR.until)


def test_that_war_is_the_one_of_the_year_told() -> None:
    text = "The river war of 2020 lasted weeks. In March 2021 two fell. Some 900 were killed in that war."
    assert days(text, "Some 900 were killed", act="TOLL", killed=900) == (WAR.on, WAR.until)


def test_years_of_fighting_end_where_the_words_around_say() -> None:
    text = "Some 9,000 died in six years of fighting before a truce in 1994."
    assert days(text, "Some 9,000 died", "in six years of", act="TOLL", killed=9000) == (date(1988, 1, 1), date(1994, 12, 31))


def test_what_a_war_began_after() -> None:
    text = "The war began after raiders seized two guards."
    assert days(text, "raiders seized two guards", outbreaks=(GOES_ON,)) == (date(2021, 4, 1), GOES_ON.on)


def test_a_few_dead_without_a_word_of_a_sum_are_the_days() -> None:
    assert days("A clerk had counted nine bodies himself.", "nine bodies", act="TOLL", killed=9, outbreaks=(GOES_ON,)) == (
        DAY,
        DAY,
    )
    text = "Nine people have died on that shore so far."
    assert days(text, "Nine people have died", act="TOLL", killed=9, outbreaks=(GOES_ON,)) == (GOES_ON.on, DAY)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Players were warming up on Sunday when sirens wailed.", SUNDAY),
        ("The council will meet on Sunday over the attack.", DAY),
        ("The mayor spoke of the attack, she said on Sunday.", DAY),
        ("A concert was held on Sunday.", DAY),
    ],
)
def test_the_news_are_of_two_days_where_the_fighting_is_told_of_the_day_before(told: str, expected: date) -> None:
    text = f"{told} A rocket burst by a fence."
    claim = replace(claim_of(text, "A rocket burst by a fence"), when=PUBLISHED)
    dated = with_news_days([claim], {"d": document_of(text)})[0]
    assert (dated.when.earliest, dated.when.latest) == (expected, DAY)


def test_a_speech_told_to_be_of_an_earlier_day_goes_on_there() -> None:
    text = "Ana Reyes said on Saturday that Spain lied. She called for a boycott. Carl Ito urged calm."
    saturday = When(earliest=date(2021, 5, 15), latest=date(2021, 5, 15), precision="day", text="on Saturday")
    claims = [
        replace(claim_of(text, "Spain lied", act="BLAME"), claimant=Voice(text="Ana Reyes"), when=saturday),
        replace(claim_of(text, "called for a boycott", act="DEMAND.OTHER"), claimant=Voice(text="She"), when=PUBLISHED),
        replace(claim_of(text, "urged calm", act="DEMAND.OTHER"), claimant=Voice(text="Carl Ito"), when=PUBLISHED),
    ]
    dated = with_speech_days(claims, {"d": document_of(text)})
    assert [claim.when.latest for claim in dated] == [date(2021, 5, 15), date(2021, 5, 15), DAY]
    assert dated[1].reasons == ("when: that of the speech told before",)


@pytest.mark.parametrize(
    ("text", "evidence", "told", "act", "wanted"),
    [
        # a paper's name, and a time that is denied
        ("Chile called it a breach of the May 2020 truce accord.", "called it a breach", "the May 2020", "BLAME", (SUNDAY, DAY)),
        ("Send flour now, not next month, the mayor begged.", "Send flour", "next month", "DEMAND.OTHER", (SUNDAY, DAY)),
        # what is agreed lies ahead, and the agreeing does not
        ("They agreed that the guns would stop at 8 am on Friday.", "They agreed", "on Friday", "AGREE.OTHER", (SUNDAY, DAY)),
        ("He spoke to both and said they would meet on Friday.", "He spoke to both", "on Friday", "TALKS.MEET", (SUNDAY, DAY)),
        # since when, and in it
        ("Bread is short since May, when guards shut the pass.", "guards shut the pass", None, "ACCESS.BLOCKADE",
         (date(2021, 5, 1), DAY)),
        ("It has smouldered since autumn, when they took two hills.", "they took two hills", None, "ADVANCE.TERRITORY",
         (date(2020, 9, 1), date(2020, 11, 30))),
        # so many hours on, and a year on that would lie ahead
        ("Ten fell on 4 May. They gave up 24 hours later.", "They gave up", "24 hours later", "FIRE", (date(2021, 5, 5),) * 2),
        ("Ten fell on 4 May. They gave up 2 hours later.", "They gave up", "2 hours later", "FIRE", (date(2021, 5, 4),) * 2),
        ("It began on 4 May 2021. A year later drones still hit it.", "drones still hit", "A year later", "FIRE", (DAY, DAY)),
        # the same day again
        ("A post fell on 4 May. Later that evening guns hit Elm.", "guns hit Elm", "Later that evening", "FIRE",
         (date(2021, 5, 4),) * 2),
        ("A post fell on 4 May. Earlier in the day guns hit Elm.", "guns hit Elm", "Earlier in the day", "FIRE",
         (date(2021, 5, 4),) * 2),
        ("Guns hit Elm on Monday, less than 24 hours after both sides met in Oslo.", "both sides met in Oslo", None, "TALKS.MEET",
         (SUNDAY, DAY)),
        ("A spokesman said last week that it worked with all, and urged them to talk.", "urged them to talk", None,
         "DEMAND.OTHER",
         (date(2021, 5, 10), SUNDAY)),
    ],
)  # fmt: skip
def test_times_that_are_no_days_of_the_act_and_times_that_lean(
    text: str, evidence: str, told: str | None, act: str, wanted: tuple[date, date]
) -> None:
    found = days(text, evidence, told, act=act)
    assert found == wanted or (wanted == (SUNDAY, DAY) and found == (DAY, DAY))


@pytest.mark.parametrize(
    ("text", "evidence", "killed", "wanted"),
    [
        ("The war of 2020 killed 900 on both sides.", "killed 900", 900, WAR_DAYS),
        ("They recall that the war lasted 41 days and took 900 lives.", "took 900 lives", 900, WAR_DAYS),
        ("The ministry said on Sunday that 192 were killed in the war.", "192 were killed in the war", 192, WAR_DAYS),
        ("They lost the valley in 2020 in a war that killed 900.", "that killed 900", 900, WAR_DAYS),
        ("The long river war left 900 dead, and they lost what they had held since 1994.", "left 900 dead", 900, WAR_DAYS),
        ("Old men still tell of 1994. It broke out on 1 August 2020. They say 900 died in the war.", "900 died", 900, WAR_DAYS),
        ("Some 30,000 died in the first war, which ended in 1994.", "30,000 died", 30000, (date(1994, 1, 1), date(1994, 12, 31))),
    ],
)
def test_a_wars_dead_are_of_that_war(text: str, evidence: str, killed: int, wanted: tuple[date, date]) -> None:
    assert days(text, evidence, act="TOLL", killed=killed) == wanted


def test_a_few_dead_long_after_a_war_are_news_and_bodies_are_found_since() -> None:
    late = Outbreak(name="river war", on=date(2021, 3, 20), until=date(2021, 4, 20))
    few = "Four guards have been killed in clashes, the ministry says."
    assert days(few, "Four guards have been killed", act="TOLL", killed=4, outbreaks=(late,)) == (DAY, DAY)
    found = "Some 900 bodies have been recovered so far, the service said."
    assert days(found, "900 bodies", "so far", act="TOLL", killed=900, outbreaks=(late,)) == (late.until, DAY)
    assert days("There are dead on both sides.", "dead on both sides", act="TOLL", outbreaks=(late,)) == (DAY, DAY)
    summed = "They have lost 900 men since it began, in all."
    assert days(summed, "lost 900 men", act="TOLL", killed=900, outbreaks=(late,)) == (late.on, late.until)


def test_words_of_an_article_of_the_day_before_may_be_of_either_day() -> None:
    text = "Guns shelled Elm on Sunday. Two died there on Sunday. The council urged both camps to stop. It is Monday."
    told = claim_of(text, "Guns shelled Elm", "on Sunday")
    urged = claim_of(text, "The council urged both camps", act="DEMAND.CEASE_FIRE")
    found = with_news_days(
        [replace(c, when=claim_days(c, document_of(text), Theatre(name="t", title="T"))) for c in (told, urged)],
        {"d": document_of(text)},
    )
    assert (found[1].when.earliest, found[1].when.latest) == (SUNDAY, DAY)


def test_a_part_of_the_day_leads_on_to_its_day() -> None:
    text = "At dawn on Friday guns hit Elm."
    assert days(text, "guns hit Elm", "At dawn") == (date(2021, 5, 14), date(2021, 5, 14))
    assert days("At dawn guns hit Elm.", "guns hit Elm", "At dawn") == (DAY, DAY)
