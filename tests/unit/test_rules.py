"""Rules are asked of the words whose lemma they read, triggers of the objects that they ask for, in their order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from trucewatch.stages.extract.lexicon import Lexicon, Trigger, Triggers, load_lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.rules import Rule, Rules, amid, asleep, reads

Asked = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def every_rule_is_asked() -> None:
    """Not here: which of them are asked is what these tests look at."""


@pytest.fixture
def lexicon() -> Lexicon:
    return load_lexicon()


def word(lemma: str) -> Any:
    return SimpleNamespace(lemma_=lemma)


def rule(name: str, asked: Asked, *told: str) -> Rule:
    """A rule that notes what it is asked, and tells an act of its own name for the lemmas `told`."""

    def read(token: Any, lexicon: Lexicon) -> ActMention | None:
        asked.append((name, token.lemma_))
        return ActMention(token=token, frame="attack", act=name, weak=True) if token.lemma_ in told else None

    return read


def test_a_rule_is_asked_of_the_lemmas_that_it_reads_alone(lexicon: Lexicon) -> None:
    asked: Asked = []
    rules = Rules(reads("shell", {"burn", "raze"})(rule("burnt", asked)), rule("any", asked))
    assert [rules(word(lemma), lexicon) for lemma in ("raze", "Shell", "sleep")] == [None, None, None]
    assert asked == [("burnt", "raze"), ("any", "raze"), ("burnt", "Shell"), ("any", "Shell"), ("any", "sleep")]


def test_the_first_that_tells_of_an_act_has_the_word(lexicon: Lexicon) -> None:
    asked: Asked = []
    rules = Rules(rule("first", asked), reads("raze")(rule("second", asked, "raze")), reads("raze")(rule("third", asked, "raze")))
    mention = rules(word("raze"), lexicon)
    assert mention is not None
    assert (mention.act, [name for name, _ in asked]) == ("second", ["first", "second"])


def test_rules_among_rules_stand_in_their_place(lexicon: Lexicon) -> None:
    asked: Asked = []
    inner = Rules(reads("raze")(rule("b", asked)), reads("burn")(rule("c", asked)))
    rules = Rules(rule("a", asked), inner, rule("d", asked))
    assert rules(word("raze"), lexicon) is None
    assert inner(word("burn"), lexicon) is None
    assert [name for name, _ in asked] == ["a", "b", "d", "c"]


def paragraph(*words: tuple[str, str]) -> list[Any]:
    """Words as (as written, lemma), each of which knows its paragraph."""
    doc = [SimpleNamespace(lower_=lower, lemma_=lemma, kept={}) for lower, lemma in words]
    for token in doc:
        token.doc = doc
    return doc


def test_a_rule_is_asked_in_a_paragraph_that_holds_one_of_its_words_alone(lexicon: Lexicon) -> None:
    asked: Asked = []
    rules = Rules(reads("be")(amid("roof", {"gone"})(rule("ruin", asked, "be"))), rule("any", asked))
    there = paragraph(("is", "be"), ("roofs", "Roof"))
    as_written = paragraph(("was", "be"), ("gone", "go"))
    elsewhere = paragraph(("is", "be"), ("calm", "calm"))
    assert [(found := rules(doc[0], lexicon)) and found.act for doc in (there, as_written, elsewhere)] == ["ruin", "ruin", None]
    assert asked == [("ruin", "be"), ("ruin", "be"), ("any", "be")]


def test_a_word_wakes_the_rules_that_it_is_named_for_and_no_other() -> None:
    first, second = (amid(word)(rule(word, [])) for word in ("granary", "orchard"))
    assert asleep(paragraph(("granary", "granary"))) & {first, second} == {second}


def test_no_rule_tells_of_nothing(lexicon: Lexicon) -> None:
    assert Rules()(word("raze"), lexicon) is None


def trigger(frame: str, thing: str | None) -> Trigger:
    return Trigger("lift", frame, "DEESCALATE", weak=False, object_lemma=thing)


def test_triggers_that_ask_for_an_object_are_found_by_it() -> None:
    triggers = Triggers([trigger("a", "siege"), trigger("b", "ban"), trigger("c", None), trigger("d", "ban")])
    assert [t.frame for t in triggers.beside(lambda: {"ban", "spirits"})] == ["b", "c", "d"]
    assert [t.frame for t in triggers.beside(set)] == ["c"]


def test_objects_are_not_asked_for_where_no_trigger_wants_one() -> None:
    def things() -> set[str]:
        raise AssertionError("asked")

    triggers = Triggers([trigger("a", None), trigger("b", None)])
    assert triggers.beside(things) is triggers
