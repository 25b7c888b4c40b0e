"""Small letters with every offset kept, and what is sought in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.model.theatre import Party, Theatre
from trucewatch.stages.sides import Sides
from trucewatch.text.casualty_words import find_stems
from trucewatch.text.letters import in_small


@given(st.text())
def test_every_letter_stays_where_it_was(text: str) -> None:
    small = in_small(text)
    assert len(small) == len(text)
    assert all(one == other or one == other.lower() for one, other in zip(small, text, strict=True))


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Two men were KILLED in İskele, the Dead were found", [13, 35]),
        ("It rained all day", []),
        ("İİİ wounded", [4]),
    ],
)
def test_stems_of_figures_are_found_in_any_case(text: str, starts: list[int]) -> None:
    assert find_stems(text) == starts


def test_a_side_written_with_letters_of_another_alphabet_is_no_name_of_it() -> None:
    """ "I" without its dot once matched "i" and then was no name that the theatre knows."""
    theatre = Theatre(
        name="valley",
        title="Valley",
        timezone="UTC",
        parties=(Party(code="NOR", kind="state", names=("Nistria",), demonyms=("Nistrian",)),),
        principals=("NOR",),
    )
    sides = Sides(theatre)
    assert sides.named_sides("the NISTRIAN army in Nistria") == ("NOR",)
    assert sides.named_sides("the Nıstrian army") == ()
    assert not sides.names_side("NİSTRİA")
