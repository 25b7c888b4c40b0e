"""Kinship: copies, excerpts, rewrites and edits are one family; other articles on the same news are not."""

from __future__ import annotations

import dataclasses
import os
import random
import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unit import paraphrases
from tests.unit.link_building import CONTEXT, document
from trucewatch.model.records import Document, Kinship, Ledger
from trucewatch.model.theatre import Actor
from trucewatch.stages.kinship import KinState, run
from trucewatch.stages.kinship import state as kin_state
from trucewatch.stages.kinship.state import digest_of
from trucewatch.text.shingles import (
    fold_word,
    make_sketch,
    make_sketches,
    shingles,
    text_words,
    winnow,
    word_hash,
    word_spans,
    words_of,
)

HARBOUR = (
    "The harbour master of Quay said on Tuesday that three trawlers had been damaged when shells landed near the "
    "outer mole shortly before dawn. Nobody was hurt, but the fish market will stay closed until the weekend while "
    "divers look for unexploded rounds. Residents of the old quarter spent the night in cellars, and the mayor, Elna "
    "Torvik, asked the coastal command for two more sirens. A spokesman for the command, Captain Odd Brenner, said "
    "that the batteries on the far shore had fired eleven rounds, the first since the truce of March. Observers of "
    "the joint mission counted nine impacts and photographed a crater beside the lamp works. Ferries to Fell were "
    "cancelled, and the insurance office in the capital warned owners against sailing after dark."
)
SAME_NEWS = (
    "Shells fell near the port of Quay early on Tuesday, witnesses told this newspaper. According to the joint "
    "mission, nine impacts were heard within a quarter of an hour. The opposition demanded a debate in parliament "
    "about the state of the truce, which both sides accuse one another of breaking. Prices of fish rose by a tenth at "
    "the capital's wholesale hall, where traders fear a longer closure. Analysts see the incident as a signal ahead "
    "of next week's talks in a third country, for which neither delegation has yet named its leader. Schools in the "
    "coastal district stayed shut, a teacher said by telephone."
)
GARDEN = (
    "Gardeners across the island will open their gates this Sunday for the yearly rose day, with forty plots to be "
    "seen between the lighthouse and the railway halt. Tickets cost four crowns and children enter free. The oldest "
    "garden, laid out by a retired pilot in 1931, shows two hundred kinds, among them a climber that flowers twice. "
    "Tea is poured in the vicarage from three, and a brass band from the brickworks plays beside the pond until the "
    "last train leaves at half past seven in the evening."
)


def kin(*documents: Document) -> Ledger:
    return run(Ledger(documents=documents), CONTEXT)


def families(ledger: Ledger) -> dict[str, str | None]:
    return {one.id: one.family_id for one in ledger.documents}


def are_kin(ledger: Ledger, first: str, second: str) -> bool:
    return families(ledger)[first] == families(ledger)[second]


def mangled(text: str) -> str:
    swaps = "Quay:Key Torvik:Torwick Odd:Ode Brenner:Brener Fell:Fail trawlers:boats shortly:just damaged:harmed said:stated"
    for old, new in (pair.split(":") for pair in swaps.split()):
        text = text.replace(old, new)
    return text


def only(ledger: Ledger) -> Kinship:
    (kinship,) = ledger.kinships
    return kinship


def test_every_document_has_a_family_and_strangers_have_their_own() -> None:
    ledger = kin(document("a", HARBOUR), document("b", GARDEN), document("c", SAME_NEWS), document("empty", ""))
    assert len(set(families(ledger).values())) == 4
    assert all(families(ledger).values())
    assert ledger.kinships == ()


def test_a_page_with_its_menus_is_a_copy_of_the_clean_text() -> None:
    page = "Home\nWorld\nSubscribe\n" + HARBOUR + "\nREAD MORE\nLeave a Reply\nAll rights reserved"
    ledger = kin(document("clean", HARBOUR, day=date(2021, 5, 4)), document("page", page, day=date(2021, 5, 5)))
    assert are_kin(ledger, "clean", "page")
    assert only(ledger).kind == "copy"
    assert only(ledger).copied_from == "clean"
    assert next(one for one in ledger.documents if one.id == "page").copy_of == "clean"
    assert next(one for one in ledger.documents if one.id == "clean").copy_of is None


def test_shared_passages_stand_side_by_side() -> None:
    page = "Home\nWorld\n" + HARBOUR
    kinship = only(kin(document("a", HARBOUR), document("b", page)))
    texts = {"a": HARBOUR, "b": page}
    for begin, end, other_begin, other_end in kinship.passages:
        first, second = texts[kinship.first_id][begin:end], texts[kinship.second_id][other_begin:other_end]
        assert first == second
        assert len(first.split()) >= 6


def test_a_translated_copy_with_mangled_names_is_kin_and_says_so() -> None:
    ledger = kin(document("a", HARBOUR), document("b", mangled(HARBOUR)))
    assert are_kin(ledger, "a", "b")
    assert only(ledger).kind in ("translation", "copy")
    assert only(ledger).score > 0.5


def test_an_excerpt_comes_from_the_longer_text() -> None:
    excerpt = " ".join(HARBOUR.split(". ")[:3]) + "."
    ledger = kin(document("a", HARBOUR), document("b", excerpt, day=None))
    assert are_kin(ledger, "a", "b")
    assert only(ledger).kind == "excerpt"
    assert only(ledger).copied_from == "a"


def test_a_digest_of_two_articles_does_not_make_them_one_source() -> None:
    ledger = kin(document("a", HARBOUR), document("b", GARDEN), document("digest", HARBOUR + "\n\n" + GARDEN))
    assert not are_kin(ledger, "a", "b")
    assert are_kin(ledger, "digest", "a") or are_kin(ledger, "digest", "b")


def test_halves_cut_and_swapped_are_kin() -> None:
    sentences = HARBOUR.split(". ")
    swapped = ". ".join(sentences[3:] + sentences[:3])
    ledger = kin(document("a", HARBOUR), document("b", swapped))
    assert are_kin(ledger, "a", "b")


def test_one_address_with_two_texts_is_an_edit_of_one_source() -> None:
    first = dataclasses.replace(
        document("a", HARBOUR), source="https://coast.example/1", retrieved_at=datetime(2021, 5, 4, tzinfo=UTC)
    )
    second = dataclasses.replace(
        document("b", GARDEN), source="https://coast.example/1", retrieved_at=datetime(2021, 5, 6, tzinfo=UTC)
    )
    ledger = kin(first, second)
    assert are_kin(ledger, "a", "b")
    assert only(ledger).kind == "edit"
    assert only(ledger).copied_from == "a"
    assert all(one.copy_of is None for one in ledger.documents)


def test_two_outlets_with_one_agency_text_are_syndicated() -> None:
    theatre = dataclasses.replace(CONTEXT.theatre, actors=(Actor(id="coastal-wire", kind="agency", names=("Coastal Wire",)),))
    context = dataclasses.replace(CONTEXT, theatre=theatre)
    first = dataclasses.replace(document("a", "QUAY (Coastal Wire) - " + HARBOUR), outlet="Morning Post")
    second = dataclasses.replace(document("b", HARBOUR + " Source: Coastal Wire"), outlet="Evening Gazette")
    kinship = only(run(Ledger(documents=(first, second)), context))
    assert kinship.kind == "syndicated"


def test_a_thousand_equal_copies_are_one_family() -> None:
    ledger = kin(*(document(f"d{number}", HARBOUR) for number in range(1000)), document("other", GARDEN))
    assert len(set(families(ledger).values())) == 2
    assert len({one.copy_of for one in ledger.documents if one.copy_of}) == 1


def test_large_families_of_noisy_copies_hold_together() -> None:
    rng = random.Random(7)
    copies = []
    for number in range(120):
        words = [
            word if rng.random() > 0.08 else rng.choice(("north", "paper", "stone", "late", "early")) for word in HARBOUR.split()
        ]
        copies.append(document(f"d{number}", " ".join(words)))
    ledger = kin(*copies, document("other", SAME_NEWS))
    assert len(set(families(ledger).values())) == 2


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_means_nothing(rng: random.Random) -> None:
    documents = [
        document("a", HARBOUR),
        document("b", mangled(HARBOUR)),
        document("c", GARDEN),
        document("d", SAME_NEWS + GARDEN),
    ]
    expected = kin(*documents)
    rng.shuffle(documents)
    again = kin(*documents)
    assert families(again) == families(expected)
    assert again.kinships == expected.kinships


def noisy(rng: random.Random, text: str, share: float = 0.1) -> str:
    strange = ("north", "paper", "stone", "late", "early", "wheel", "glass", "barley", "seven", "cellar")
    return " ".join(word if rng.random() > share else rng.choice(strange) for word in text.split())


def batches_of(documents: list[Document], rng: random.Random) -> list[list[Document]]:
    rng.shuffle(documents)
    cuts = sorted(rng.randrange(len(documents) + 1) for _ in range(rng.randint(0, 6)))
    return [documents[low:high] for low, high in pairwise([0, *cuts, len(documents)])]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6))
def test_any_split_into_batches_gives_the_same_kin_as_one_run(seed: int) -> None:
    """Families large enough that keys grow common while they come, halves joined, strangers."""
    rng = random.Random(seed)
    share = rng.choice((0.02, 0.1))
    texts = [noisy(rng, HARBOUR, share) for _ in range(rng.randint(20, 45))] + [
        noisy(rng, GARDEN) for _ in range(rng.randint(1, 6))
    ]
    texts += [SAME_NEWS, SAME_NEWS + "\n" + GARDEN, HARBOUR, HARBOUR, noisy(rng, SAME_NEWS + "\n\n" + HARBOUR), "", "..."]
    documents = [document(f"d{number:03d}", text) for number, text in enumerate(texts)]
    expected = kin(*documents)
    state = KinState()
    context = dataclasses.replace(CONTEXT, kinship=state)
    so_far: list[Document] = []
    for batch in batches_of(list(documents), rng):
        so_far += batch
        ledger = run(Ledger(documents=tuple(so_far)), context)
        if rng.random() < 0.5:
            # what is kept between runs goes through arrays
            context = dataclasses.replace(CONTEXT, kinship=KinState(context.kinship.arrays()))
    assert families(ledger) == families(expected)
    assert ledger.kinships == expected.kinships


def test_an_added_document_is_compared_with_few() -> None:
    rng = random.Random(3)
    words = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in ("rd", "st", "lk", "mp", "nt")]
    documents = [document(f"d{n:04d}", " ".join(rng.choices(words, k=150))) for n in range(1500)]
    state = KinState()
    context = dataclasses.replace(CONTEXT, kinship=state)
    run(Ledger(documents=tuple(documents)), context)
    asked: list[bytes] = []
    text_of = {digest_of(one.text): one.text for one in documents}
    copy = noisy(rng, documents[77].text)
    text_of[digest_of(copy)] = copy

    def told(digest: bytes) -> str:
        asked.append(digest)
        return text_of[digest]

    state.add([digest_of(copy)], told)
    assert len(asked) < 15
    assert digest_of(documents[77].text) in asked


def test_a_text_that_is_gone_leaves_nothing_behind() -> None:
    state = KinState()
    context = dataclasses.replace(CONTEXT, kinship=state)
    run(Ledger(documents=(document("a", HARBOUR), document("b", mangled(HARBOUR)), document("c", GARDEN))), context)
    ledger = run(Ledger(documents=(document("b", mangled(HARBOUR)), document("c", GARDEN))), context)
    assert ledger.kinships == ()
    assert len(state.digests) == 2


NO_WORDS = np.empty(0, dtype=np.uint32)


def edges_of(state: KinState) -> dict[tuple[bytes, bytes], Any]:
    """Everything that is kept of each pair, by what its texts go by."""
    digests, rows = state.digests, state.edges.tolist()
    return {(digests[row[0]], digests[row[1]]): repr(row[2:]) for row in rows}


@pytest.mark.parametrize("bits", [32, 5])
@settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_forgotten_texts_leave_what_the_others_alone_would_give(bits: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that were too common are so no longer, and pair others; `bits` few: many texts go by one code."""
    monkeypatch.setattr(
        kin_state, "_code", lambda digest: digest[0] >> (8 - bits) if bits < 8 else int.from_bytes(digest[:4], "big")
    )
    rng = random.Random(seed)
    texts = [noisy(rng, HARBOUR, 0.1) for _ in range(rng.randint(22, 32))]
    texts += [noisy(rng, HARBOUR + "\n" + SAME_NEWS, 0.3) for _ in range(8)] + [GARDEN, noisy(rng, GARDEN), SAME_NEWS]
    text_of = {digest_of(text): text for text in texts}
    state = KinState()
    state.add(text_of, text_of.__getitem__)
    left = dict(text_of)
    for _ in range(rng.randint(1, 3)):
        before = edges_of(state)
        gone = rng.sample(sorted(left), rng.randint(1, 6))
        for digest in gone:
            del left[digest]
        changed = state.forget(gone, NO_WORDS, left.__getitem__)
        after = edges_of(state)
        turned = {one for pair in before.keys() ^ after.keys() for one in pair} & left.keys()
        assert turned <= {state.digests[number] for number in changed}
    fresh = KinState()
    fresh.add(left, left.__getitem__)
    assert sorted(state.digests) == sorted(fresh.digests)
    assert edges_of(state) == edges_of(fresh)
    if bits < 32:
        return
    # and it goes on as one that never met them
    again = KinState(state.arrays())
    more = {digest_of(text): text for text in (noisy(rng, HARBOUR), noisy(rng, GARDEN))}
    for one in (again, fresh):
        one.add(more, {**left, **more}.__getitem__)
    assert edges_of(again) == edges_of(fresh)


def test_what_was_not_known_is_forgotten_at_no_cost() -> None:
    state = KinState()
    state.add([digest_of(HARBOUR)], lambda _: HARBOUR)
    assert state.forget([digest_of(GARDEN)], NO_WORDS, lambda _: "") == set()
    assert state.digests == [digest_of(HARBOUR)]
    assert state.forget([digest_of(HARBOUR)], NO_WORDS, lambda _: "") == set()
    assert not state.digests
    assert all(not len(segment) for index in state.indexes.values() for segment in index.segments)


@pytest.mark.parametrize(
    ("first", "second", "is_kin"),
    [
        ("YARD", "YARD_RETOLD", True),
        ("YARD", "YARD_REWRITTEN", True),
        ("YARD_RETOLD", "YARD_REWRITTEN", True),
        ("MARKET", "MARKET_RETOLD", True),
        ("YARD", "YARD_BY_ANOTHER", False),
        ("YARD", "YARD_UPDATE", False),
        ("YARD_RETOLD", "YARD_UPDATE", False),
        ("YARD_REWRITTEN", "YARD_UPDATE", False),
        ("YARD", "MARKET", False),
    ],
)
def test_retold_reports_are_kin_and_other_reports_on_the_event_are_not(first: str, second: str, is_kin: bool) -> None:
    ledger = kin(document("a", getattr(paraphrases, first)), document("b", getattr(paraphrases, second)))
    assert are_kin(ledger, "a", "b") == is_kin
    assert [kinship.kind for kinship in ledger.kinships] == ["rewrite"] * is_kin


def test_the_third_text_that_arrives_changes_nothing_between_two() -> None:
    """How much two texts are alike is no matter of what else is told: no frequencies of the ledger's own words."""
    pair = (document("a", paraphrases.YARD), document("b", paraphrases.YARD_RETOLD))
    others = [document(f"o{number}", paraphrases.YARD_BY_ANOTHER + f" Line {number}.") for number in range(30)]
    among = [kinship for kinship in kin(*pair, *others).kinships if {kinship.first_id, kinship.second_id} == {"a", "b"}]
    assert among == list(kin(*pair).kinships)
    assert len(among) == 1


def test_what_texts_are_said_to_share_is_never_more_than_they_share() -> None:
    """Keys that grew too common are taken off, so that few pairs must be counted again."""
    rng = random.Random(11)
    texts = {digest_of(text): text for text in (noisy(rng, HARBOUR, 0.1) for _ in range(60))}
    state = KinState()
    digests = list(texts)
    for begin in range(0, 60, 7):
        state.add(digests[begin : begin + 7], texts.__getitem__)
        sketches = [make_sketch(text_words(texts[digest])) for digest in state.digests]
        codes = [int.from_bytes(digest[:4], "big") for digest in state.digests]
        assert len(state.edges)
        for at, (first, second) in enumerate(zip(state.edges["first"], state.edges["second"], strict=True)):
            for name, index in state.indexes.items():
                keys = [getattr(sketches[number], name) for number in (first, second)]
                shared = index.count(codes[first], keys[0], codes[second], keys[1])
                smaller = min(len(own) for own in keys)
                least = max(min({"prints": 2, "pairs": 3}[name], smaller), 0.06 * smaller)
                told = state.spare[name][at]
                assert told < 0 or told <= shared - least + 1e-9
    assert max(spare.max() for spare in state.spare.values()) > 0


class TestSketches:
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.lists(st.sampled_from(["the", "of", "quay", "Şuşa", "fell", "mole", "in", "mayor"]), max_size=30), max_size=5)
    )
    def test_sketches_made_together_are_those_made_one_by_one(self, texts: list[list[str]]) -> None:
        words = [text_words(" ".join(text)) for text in texts]
        for own, sketch in zip(words, make_sketches(words), strict=True):
            alone = make_sketch(own)
            assert np.array_equal(alone.prints, sketch.prints)
            assert np.array_equal(alone.pairs, sketch.pairs)
            assert np.array_equal(sketch.prints, np.unique(winnow(shingles(own))))

    @given(st.text(max_size=40))
    def test_words_and_their_places_are_counted_alike(self, text: str) -> None:
        spans = word_spans(text).tolist()
        assert [text[begin:end] for begin, end in spans] == words_of(text)
        assert text_words(text).tolist() == [word_hash(text[begin:end]) for begin, end in spans]

    def test_a_sketch_is_a_function_of_the_text_alone(self) -> None:
        first, second = make_sketch(text_words(HARBOUR)), make_sketch(text_words(HARBOUR))
        assert np.array_equal(first.prints, second.prints)
        assert np.array_equal(first.pairs, second.pairs)

    def test_winnowing_keeps_a_print_of_every_long_shared_run(self) -> None:
        shared = " ".join(HARBOUR.split()[:12])
        first, second = (make_sketch(text_words(text)) for text in (f"one two {shared} three", f"{shared} four five six seven"))
        assert len(np.intersect1d(first.prints, second.prints)) > 0

    def test_case_and_marks_do_not_count(self) -> None:
        assert fold_word("Şuşa") == "susa"
        assert fold_word("Ağdərə") == "agdara"
        assert np.array_equal(text_words("QUAY Market"), text_words("quay market"))

    def test_short_and_empty_texts(self) -> None:
        assert len(shingles(text_words(""))) == 0
        assert len(shingles(text_words("two words"))) == 1
        assert len(winnow(shingles(text_words("")))) == 0
        assert word_spans("a, b").tolist() == [[0, 1], [3, 4]]


SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared"))


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason=f"no shared sets at {SHARED}: set TRUCEWATCH_SHARED")
def test_noisy_copies_of_public_articles_keep_their_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench/quality"))
    sys.modules.pop("kinship", None)
    import kinship as bench
    from noisy_copies import base_articles, noisy_copies

    articles = base_articles(SHARED / "data")
    same = bench.equal_articles(articles)
    score = bench.measure(noisy_copies(articles[::3], seed=5), same, False)
    assert score[2] >= 0.97
    assert score[3] / score[4] <= 1 / 10_000
