"""Segment: passages with their kinds, sentences, quotations, issues."""

from __future__ import annotations

from tests.unit.reading_voices import segmented

ARTICLE = """Two hurt in border shelling, ministry says

Two people were hurt when shells fell on a border village on Sunday, the ministry said.

“We will answer,” the minister said.

“They know that.”

People walk past a damaged shop in this handout photo

Two hurt in border shelling, ministry says
"""


def kinds(text: str, title: str | None = None) -> list[str]:
    return [p.kind for p in segmented(text, title).passages]


def test_kinds_of_passages() -> None:
    assert kinds(ARTICLE) == ["headline", "lead", "body", "quotation", "caption", "caption"]


def test_a_repeated_headline_is_a_headline() -> None:
    assert kinds("Truce holds on the river | Daily\n\nTruce holds on the river\n\nIt held for a third day.")[:2] == [
        "headline",
        "headline",
    ]


def test_an_article_in_one_paragraph_leads_with_its_first_sentence() -> None:
    text = "Shells fell on the town. " + "The army said that it had seen nothing of the kind that day. " * 14
    reading = segmented(text.strip())
    assert [p.kind for p in reading.passages] == ["lead", "body"]
    assert len({s.paragraph for s in reading.sentences}) == 1
    assert [s.passage_kind for s in reading.sentences][:2] == ["lead", "body"]


def test_bullets_before_the_lead_are_captions() -> None:
    text = "Envoy ready\n\n  • A man stands by his house.\n\nThe envoy said on Monday that she was ready to travel."
    assert kinds(text) == ["headline", "caption", "lead"]


def test_every_sentence_lies_in_a_passage_and_ids_differ() -> None:
    reading = segmented(ARTICLE)
    assert len({p.id for p in reading.passages}) == len(reading.passages)
    for sentence in reading.sentences:
        assert any(p.start_char <= sentence.start_char and sentence.end_char <= p.end_char for p in reading.passages)


def test_unclosed_quotation_is_an_issue_unless_it_goes_on() -> None:
    assert [i.code for i in segmented("He said: “We go on.\n\nIt rained.").issues] == ["quotation-unclosed"]
    assert segmented("He said: “We go on.\n\n“And on.”").issues == ()


def test_empty_text() -> None:
    reading = segmented("")
    assert (reading.passages, reading.sentences, reading.quotations, reading.issues) == ((), (), (), ())
