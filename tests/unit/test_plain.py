"""Words taken out of a parse say what spaCy's own words say."""

from __future__ import annotations

from typing import Any

import pytest

from trucewatch.text.parse import Block, Parser
from trucewatch.text.plain import PlainDoc, plain_of

TEXTS = [
    "Gunmen who had crossed the river killed three people and wounded a fourth, the mayor's office said on Monday.",
    "“We did not fire,” he wrote.  It's calm\tnow. Nobody — neither side — won't deny it.",
    "Was the bridge, which both armies want, hit?",
    "a",
]


@pytest.fixture(scope="module")
def docs() -> list[Any]:
    nlp = Parser().nlp
    return [nlp(text) for text in TEXTS]


NAMES = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "i", "idx", "is_space", "is_punct")


def test_words_are_spacys(docs: list[Any]) -> None:
    for doc in docs:
        plain = PlainDoc(doc)
        assert len(plain) == len(doc)
        for word, token in zip(plain, doc, strict=True):
            assert {name: getattr(word, name) for name in NAMES} == {name: getattr(token, name) for name in NAMES}
            assert len(word) == len(token)
            assert str(word) == str(token)
            for name in ("head", "left_edge", "right_edge"):
                assert getattr(word, name).i == getattr(token, name).i
            for name in ("children", "subtree"):
                assert [other.i for other in getattr(word, name)] == [other.i for other in getattr(token, name)]
            assert word.is_sent_start == bool(token.is_sent_start)
            assert (word.sent.start, word.sent.end, word.sent.text) == (token.sent.start, token.sent.end, token.sent.text)


def test_runs_of_words_are_spacys(docs: list[Any]) -> None:
    for doc in docs:
        plain = PlainDoc(doc)
        for start in range(len(doc)):
            for end in range(start + 1, len(doc) + 1):
                run, span = plain[start:end], doc[start:end]
                assert (run.text, run.start_char, run.end_char) == (span.text, span.start_char, span.end_char)
                assert (run.root.i, run[0].i, run[-1].i, len(run)) == (span.root.i, span[0].i, span[-1].i, len(span))


def test_one_object_a_word(docs: list[Any]) -> None:
    plain = PlainDoc(docs[0])
    assert plain[0] is next(iter(plain)) is plain[0:3][0]
    assert plain[1].sent == plain[2].sent
    assert plain[0:2] != plain[0:3]


def test_what_leads_out_of_the_plain_words_is_refused(docs: list[Any]) -> None:
    word = PlainDoc(docs[0])[1]
    assert word.ent_iob_ == docs[0][1].ent_iob_
    with pytest.raises(AttributeError, match="lefts of a Token is not among what"):
        _ = word.lefts
    with pytest.raises(AttributeError):
        _ = word.no_such_name


def test_taken_out_once_a_block(docs: list[Any]) -> None:
    block = Block(docs[0], 7, 0, TEXTS[0])
    plain = plain_of(block)
    assert plain_of(block) is plain
    assert (plain.source, plain.text) == (docs[0], TEXTS[0])
    said = zip(plain.offsets, plain.heads, plain.lemmas, plain.tags, plain.deps, plain.entities, strict=True)
    assert list(said) == [(t.idx, t.head.i, t.lemma_, t.tag_, t.dep_, t.ent_type_) for t in docs[0]]


def test_no_words_make_no_sentence() -> None:
    plain = PlainDoc(Parser().nlp.make_doc(""))
    assert (plain.sents, len(plain)) == ([], 0)
