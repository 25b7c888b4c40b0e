"""Days of deeds that tell none: of the article's two days where it dates others to the day before. A test's text is its input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from trucewatch.model.records import Claim, Document, Voice, When
from trucewatch.model.theatre import Theatre
from trucewatch.stages.date import date_claims
from trucewatch.stages.deed_days import with_deeds_days, with_news_days

DAY = date(2021, 5, 19)  # a Wednesday
BEFORE = date(2021, 5, 18)
PUBLISHED = When(earliest=DAY, latest=DAY, precision="day", basis="given")
TOLD = "Guns shelled Eastford on Tuesday."


def dated(text: str, *told: tuple[str, str | None], act: str = "FIRE", published: When = PUBLISHED) -> list[Claim]:
    """The claims of a text after `date`: evidence and the words of its own time, one claim each."""
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=published)
    claims = []
    for number, (evidence, expression) in enumerate(told):
        start = text.index(evidence)
        begin = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
        stop = text.find(".", start) + 1
        offset = text.index(expression) if expression else None
        when = When(text=expression, start_char=offset, end_char=offset + len(expression or "") if offset is not None else None)
        claims.append(
            Claim(
                id=f"c{number}", document_id="d", act=act if number else "FIRE", start_char=start,
                end_char=start + len(evidence), sentence_start_char=begin, sentence_end_char=stop, when=when,
            )
        )  # fmt: skip
    return list(date_claims(claims, {"d": document}, Theatre(name="t", title="T")))


def days(claim: Claim) -> tuple[date | None, date | None, str]:
    return claim.when.earliest, claim.when.latest, claim.when.precision


@pytest.mark.parametrize(
    "more", ["Officials counted three wounded at the mill.", "A shell burst beside a bakery.", "Two farmers lost their barns."]
)
def test_an_undated_deed_may_be_of_the_day_that_others_are_dated_to(more: str) -> None:
    claim = dated(f"{TOLD} Ministers met today. {more}", ("Guns shelled Eastford", "on Tuesday"), (more[:-1], None))[1]
    assert days(claim) == (BEFORE, DAY, "days")
    assert "when: the article dates deeds to the day before its own too" in claim.reasons


def test_what_tells_of_the_day_itself_is_of_that_day() -> None:
    text = f"{TOLD} Ministers met today. The guns are still firing at Westford."
    claim = dated(text, ("Guns shelled Eastford", "on Tuesday"), ("The guns are still firing at Westford", None))[1]
    assert days(claim) == (DAY, DAY, "day")


def test_the_day_of_saying_is_not_the_days_of_the_deed() -> None:
    text = f"{TOLD} The mayor said on Wednesday that three men were hurt."
    claim = dated(text, ("Guns shelled Eastford", "on Tuesday"), ("three men were hurt", "on Wednesday"))[1]
    assert days(claim) == (BEFORE, DAY, "days")
    own = "Three men were hurt on Wednesday"
    assert days(dated(f"{TOLD} {own}.", ("Guns shelled Eastford", "on Tuesday"), (own, "on Wednesday"))[1])[:2] == (DAY, DAY)


def test_words_and_articles_of_one_day_keep_it() -> None:
    text = "Guns shelled Eastford today. A shell burst beside a bakery."
    assert days(dated(text, ("Guns shelled Eastford", "today"), ("A shell burst beside a bakery", None))[1]) == (DAY, DAY, "day")
    said = f"{TOLD} Ministers met today. The council urged both camps to stop."
    spoken = dated(said, ("Guns shelled Eastford", "on Tuesday"), ("The council urged both camps", None), act="DEMAND.CEASE_FIRE")
    assert days(spoken[1])[:2] == (DAY, DAY)


def test_threats_undated_documents_and_claims_without_their_document_stay_as_they_are() -> None:
    text = f"{TOLD} Ministers met today. A shell burst beside a bakery."
    first, second = dated(text, ("Guns shelled Eastford", "on Tuesday"), ("A shell burst beside a bakery", None))
    threat = replace(second, modality="threatened", when=PUBLISHED)
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    assert with_news_days([first, threat], {"d": document})[1] is threat
    assert with_news_days([first, second], {}) == [first, second]
    undated = dated(text, ("Guns shelled Eastford", "on Tuesday"), ("A shell burst beside a bakery", None), published=When())
    assert [days(claim) for claim in undated] == [(None, None, "unknown")] * 2


def test_a_named_victim_is_of_the_day_on_which_his_death_was_told_and_a_side_is_none() -> None:
    text = "Guns killed Colonel Odar Venn at Eastford on Sunday. The camp confirmed that Venn had been killed."
    struck, later = dated(text, ("Guns killed Colonel Odar Venn", "on Sunday"), ("Venn had been killed", None))
    named = replace(later, when=replace(later.when, earliest=DAY, latest=DAY), target=Voice(text="Venn"))
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    assert with_deeds_days([struck, named], {"d": document})[1].when.earliest == struck.when.earliest
    side = replace(named, target=Voice(text="Venn"), claimant=Voice(text="Venn"))
    assert with_deeds_days([struck, side], {"d": document})[1].when.earliest == DAY


def test_the_assassination_is_of_its_day() -> None:
    text = "Guns shelled Eastford on Sunday. The premier said he had ordered the killing himself."
    deed, told = dated(text, ("Guns shelled Eastford", "on Sunday"), ("ordered the killing himself", None))
    assert told.when.earliest == deed.when.earliest
