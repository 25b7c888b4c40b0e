"""The quickened parse says what spaCy's own says, and leaves alone what it does not know."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trucewatch.model.records import Sentence
from trucewatch.text import parse, tok2vec, wordforms
from trucewatch.text.annotate import Annotator
from trucewatch.text.parse import DEFAULT_PIPELINE, Parser
from trucewatch.text.sentences import split_sentences

COLUMNS = ["ORTH", "TAG", "DEP", "POS", "MORPH", "LEMMA", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START"]
EXAMPLES = Path(__file__).parents[2] / "examples"
SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared"))
ODD = [
    "There is no truce. There's a list; there are two lists, and there were three.",
    "Let's see: y'all gonna go, you gotta stay, he ain't coming, an' I'm doin' nothin'.",
    "“We ’ll  hold\tthe line,” she said —   twice.",
    "",
    "   ",
    "a",
    "It is said that I saw you; you saw it. She did it, and has had to. That, which fell, fell.",
    "№ 5 ؟ 停火 🙂 'd x" + "y" * 300,
]


@pytest.fixture(scope="module")
def plain() -> Any:
    """spaCy's pipeline with nothing of ours."""
    Parser()  # sets the same number of threads and the same arithmetic
    import spacy

    with pytest.warns(UserWarning, match="W095"):
        return spacy.load(DEFAULT_PIPELINE)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def paragraphs() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.txt"))]
    for folder in ("gold/news", "seeds"):
        if SHARED.is_dir():
            texts += [path.read_text(encoding="utf-8") for path in sorted((SHARED / folder).rglob("*.txt"))]
    return [part for text in texts for part in text.split("\n") if part.strip()]


def annotated(parser: Parser, texts: list[str]) -> list[Any]:
    docs = [parser.nlp.make_doc(text) for text in texts]
    parser.annotate(docs)
    return docs


def test_parses_are_spacys(plain: Any, parser: Parser) -> None:
    texts = [*ODD, *paragraphs()]
    assert len(texts) > 60
    for text, expected, got in zip(texts, plain.pipe(texts), annotated(parser, texts), strict=True):
        assert (got.to_array(COLUMNS) == expected.to_array(COLUMNS)).all(), text


def names_of(token: Any) -> tuple[str, ...]:
    forms = (token.norm_, token.lower_, token.shape_, token.lemma_)
    return (*forms, token.tag_, token.pos_, token.dep_, str(token.morph), token.ent_type_)


def test_every_annotation_has_its_words(plain: Any, parser: Parser) -> None:
    """The table of words is not loaded: what an annotation is called is known all the same."""
    texts = [text for text in [*ODD, *paragraphs()] if text]
    for expected, got in zip(plain.pipe(texts), annotated(parser, texts), strict=True):
        for one, other in zip(expected, got, strict=True):
            assert names_of(one) == names_of(other)
    assert len(parser.nlp.vocab.strings) < len(plain.vocab.strings) / 10


def test_vectors_are_the_models(plain: Any, parser: Parser) -> None:
    texts = [text for text in ODD if text]
    for text, got in zip(texts, annotated(parser, texts), strict=True):
        np.testing.assert_allclose(got.tensor, plain(text).tensor, atol=2e-5, err_msg=text)


def test_forgetting_words_changes_nothing(plain: Any, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tok2vec, "MOST_WORDS", 5)
    monkeypatch.setattr(wordforms, "MOST", 5)
    for _ in range(3):
        for text, got in zip(ODD, annotated(parser, ODD), strict=True):
            assert (got.to_array(COLUMNS) == plain(text).to_array(COLUMNS)).all(), text


def test_many_new_words_load_the_pipeline_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def tags(text: str) -> list[str]:
        sentences = [Sentence(start_char=0, end_char=len(text), paragraph=0)]
        return [token.tag_ for token in parser.parse(text, sentences)[0].doc]

    parser = Parser([{"label": "GPE", "pattern": "Zurbagan"}])
    before = parser.nlp
    first = tags("Quuxians shelled Zurbagan and Lissia.")
    assert parser.nlp is before
    monkeypatch.setattr(parse, "MOST_NEW_WORDS", 1)
    assert tags("Quuxians shelled Zurbagan and Lissia.") == first
    assert parser.nlp is not before
    assert len(parser.nlp.vocab.strings) < len(before.vocab.strings) + 10
    sentences = [Sentence(start_char=0, end_char=9, paragraph=0)]
    monkeypatch.setattr(parse, "MOST_NEW_WORDS", 10**9)
    assert [(e.text, e.label_) for e in parser.parse("Zurbagan.", sentences)[0].doc.ents] == [("Zurbagan", "GPE")]


def test_a_pipeline_it_does_not_know_runs_as_it_is() -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "two"}, {}, {"LOWER": "four"}]], {"LEMMA": "count"}, index=1)
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).lookups.add_table("lemma_lookup", {"towns": "town"})
    doc = nlp.make_doc("two three four towns")
    Annotator(nlp)([doc])
    assert [token.lemma_ for token in doc] == ["two", "count", "four", "town"]


def test_model_of_other_layers_is_left_alone() -> None:
    from thinc.api import Linear, chain

    model = chain(Linear(4, 4), Linear(4, 4))
    model.set_ref("embed", model.layers[0])
    model.set_ref("encode", model.layers[1])
    forward = model._func
    assert not tok2vec.quicken(model)
    assert model._func is forward


def test_sentences_begin_where_told(parser: Parser) -> None:
    text = "One shell fell. Two fell\nlater.   A third did not.\n\nThe end"
    sentences = [Sentence(start_char=s.start_char, end_char=s.end_char, paragraph=s.paragraph) for s in split_sentences(text)]
    blocks = parser.parse(text, sentences)
    begun = [block.char(sent.start_char) for block in blocks for sent in block.doc.sents]
    assert begun == [sentence.start_char for sentence in sentences]


def test_a_sentence_in_the_middle_of_a_word_begins_with_the_word(parser: Parser) -> None:
    text = "They left.They came back."
    sentences = [
        Sentence(start_char=0, end_char=10, paragraph=0),
        Sentence(start_char=10, end_char=len(text), paragraph=0),
    ]
    (block,) = parser.parse(text, sentences)
    assert [sent.text for sent in block.doc.sents] == ["They left.", "They came back."]
