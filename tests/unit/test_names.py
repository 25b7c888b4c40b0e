"""Folding, bare names, sound keys, twins and renderings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.text.names import articled_key, bare_name, fold, name_key, place_kind_word, sound_key, voiced_key
from trucewatch.text.nametwins import MOST_RENDERINGS, is_given_name, renderings, twins_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xankəndi", "xankandi"),
        ("Ağdərə", "agdara"),
        ("Şırnak", "sirnak"),
        ("Bara’achit", "baraachit"),
        ("Al-Marj", "al marj"),
        ("Ra's al-‘Ayn", "ras al ayn"),
        ("  The   City ", "the city"),
        ("Łódź", "lodz"),
        ("", ""),
        ("— …", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_keys_forget_spaces_and_hyphens() -> None:
    assert name_key("Al-Marj") == name_key("Al Marj") == name_key("Almarj")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_sound_keys_never_fail_and_are_short(text: str) -> None:
    assert len(sound_key(text)) <= len(voiced_key(text)) <= 4 * len(text) + 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the town of Gavril", ("Gavril", "settlement")),
        ("Gavril district", ("Gavril", "district")),
        ("the village of Upper Sarn", ("Upper Sarn", "settlement")),
        ("the disputed Gavril region", ("Gavril", "region")),
        ("Gavril’s", ("Gavril", None)),
        ("Gavril", ("Gavril", None)),
        ("the city", ("the city", "settlement")),
        ("Sarn Valley", ("Sarn Valley", None)),
        ("“Gavril”,", ("Gavril", None)),
    ],
)
def test_bare_name(text: str, expected: tuple[str, str | None]) -> None:
    name, kind = bare_name(text)
    assert name == expected[0]
    if expected[0] != "the city":
        assert kind == expected[1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Gyandzha", "Gəncə"),
        ("Dzhebrail", "Cəbrail"),
        ("Khankendi", "Xankəndi"),
        ("An Nabatiyah", "Nabatiyeh"),
        ("Ash Shaykh", "Sheikh"),
        ("Qubadlı", "Kubatly"),
        ("Bint Jubayl", "Bent Jbeil"),
        ("Zahle", "Zahlah"),
        ("Vartenis", "Vardenis"),
    ],
)
def test_transliterations_sound_alike(first: str, second: str) -> None:
    assert sound_key(first) == sound_key(second)


@pytest.mark.parametrize(
    ("first", "second"), [("Ganja", "Barda"), ("Tyre", "Tripoli"), ("Shusha", "Susa"), ("Kabirli", "Kobrin")]
)
def test_other_names_sound_otherwise(first: str, second: str) -> None:
    assert (sound_key(first), voiced_key(first)) != (sound_key(second), voiced_key(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [("Kafr ash-Shams", "Kafr al-Shams"), ("Tell el Chams", "Tell ash-Shams"), ("Birkat ad-Dib", "Birkat al Dib")],
)
def test_an_article_inside_a_name_is_one_however_it_is_written(first: str, second: str) -> None:
    assert articled_key(first) == articled_key(second) is not None


@pytest.mark.parametrize("name", ["Kantsar", "Sur el", "al-Dib", "Shams", "Stratford upon Avon"])
def test_names_without_one_have_no_such_key(name: str) -> None:
    assert articled_key(name) is None


def test_other_names_around_an_article_differ() -> None:
    assert articled_key("Kafr al-Shams") != articled_key("Kafr al-Dib")


def test_vowels_tell_apart_what_consonants_do_not() -> None:
    assert sound_key("Gabriel") == sound_key("Kabirli")
    assert voiced_key("Gabriel") != voiced_key("Kabirli")


def test_twins_lead_both_ways() -> None:
    assert "jabrayil" in twins_of("Gabriel")
    assert "gabriel" in twins_of("Cebrail")
    assert twins_of("Wolverhampton") == frozenset()
    assert is_given_name("Michael")
    assert not is_given_name("Wolverhampton")


def test_renderings_put_words_back() -> None:
    assert "qarabag" in renderings("Black Garden")
    assert "bintjbeil" in renderings("the daughter of Jbeil") or "bentjbeil" in renderings("the daughter of Jbeil")
    assert renderings("Wolverhampton") == frozenset()
    assert len(renderings("Black White Red Green")) <= MOST_RENDERINGS + 4


def test_kind_words() -> None:
    assert place_kind_word("Village") == "settlement"
    assert place_kind_word("potato") is None
