"""The reader of words in context: how words are cut, what is read at once, and that it tells acts from what is none."""

from __future__ import annotations

import pytest

from trucewatch.errors import ConfigError
from trucewatch.model.codebook import act_class
from trucewatch.text import reader as module
from trucewatch.text import trusted
from trucewatch.text.reader import DENIED, NONE, STRETCH, ActReader, Bearing, Pieces

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "shell", "##ed", "##s", "naive", "-", ".", "the", "co", "op", "5"]


@pytest.fixture(scope="module")
def act_reader() -> ActReader:
    return ActReader.load()


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Shelled", ["shell", "##ed"]),
        ("SHELLS", ["shell", "##s"]),
        ("naïve", ["naive"]),
        ("co-op", ["co", "-", "op"]),
        ("5.", ["5", "."]),
        ("the\u200bshell", ["[UNK]"]),
        ("xyzzy", ["[UNK]"]),
        ("the" * 40, ["[UNK]"]),
        ("5" * 1 + "." * 40, ["5", *["."] * 15]),
        ("\u200b", []),
    ],
)
def test_a_word_is_cut_as_bert_cuts_it(word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[n] for n in Pieces(VOCABULARY).of(word)] == pieces


def acts(found: list[Bearing], words: list[str]) -> dict[str, str]:
    return {words[one.word]: act_class(one.act) if one.act != DENIED else DENIED for one in found if one.probability > 0.5}


def test_it_tells_acts_in_words_of_many_kinds(act_reader: ActReader) -> None:
    texts = [
        "Mortar rounds rained on the orchards above Lowford overnight .".split(),
        "The lights went out across the valley after the line was cut .".split(),
        "Northland pulled its men off the ridge on Friday .".split(),
    ]
    found = [acts(one, words) for one, words in ((act_reader.read(words), words) for words in texts)]
    assert "ASSAULT" in found[0].values()
    assert "COERCE" in found[1].values()
    assert "RETREAT" in found[2].values()


@pytest.mark.parametrize(
    "text",
    [
        "The choir rained applause on the young conductor .",
        "He has written three novels about his childhood in the hills .",
        "The price of bread rose again in the capital 's markets .",
    ],
)
def test_it_is_silent_where_nothing_is_told(act_reader: ActReader, text: str) -> None:
    words = text.split()
    assert acts(act_reader.read(words), words) == {}


def test_a_text_is_read_the_same_whatever_was_read_before(act_reader: ActReader) -> None:
    texts = [
        "Shells fell near the mill at dawn .".split(),
        "The two ministers sat down in Geneva and shook hands .".split(),
        "Gunmen opened up on the patrol ; two peacekeepers were hurt .".split(),
    ]
    forth = [act_reader.read(words) for words in texts]
    assert all(forth)
    assert [act_reader.read(words) for words in reversed(texts)] == forth[::-1]


def test_a_text_longer_than_a_stretch_is_read_to_its_end(act_reader: ActReader) -> None:
    words = [*("the river runs past the old mill and on".split() * (STRETCH // 4)), *"Shells killed four villagers .".split()]
    assert any(one.word >= len(words) - 6 for one in act_reader.read(words))


@pytest.mark.parametrize("word", ["x" * 30_000, "https://a.example/" + "b-c/" * 500, "." * 700, "—" * 700])
def test_a_word_without_end_is_read_like_another(act_reader: ActReader, word: str) -> None:
    words = ["Shells", "killed", "four", "villagers", word, "."]
    assert any(one.word == 1 for one in act_reader.read(words))


def test_nothing_is_read_of_nothing(act_reader: ActReader) -> None:
    assert act_reader.read([]) == []
    assert act_reader.read(["\u200b"]) == []


def test_every_code_but_two_is_one_of_the_codebook_and_every_threshold_one_of_its_classes(act_reader: ActReader) -> None:
    assert act_reader.codes[0] == NONE
    classes = {act_class(code) for code in act_reader.codes if code not in (NONE, DENIED)}
    assert set(act_reader.least) <= classes
    assert all(0 < least <= 1.1 for least in act_reader.least.values())


def test_a_model_that_is_not_the_released_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trusted, "trusted_hashes", lambda: {module.MODEL: "0" * 64})
    with pytest.raises(ConfigError, match="not the one that was released"):
        ActReader.load()
