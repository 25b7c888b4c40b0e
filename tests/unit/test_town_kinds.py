"""Which settlement named before "the city" may mean."""

from __future__ import annotations

import pytest

from trucewatch.text.town_kinds import may_be


@pytest.mark.parametrize(
    ("noun", "people", "text", "is_meant"),
    [
        ("city", 40_000, "Rockets fell on Orva.", True),
        ("city", 900, "Rockets fell on Orva.", False),
        ("city", 0, "Rockets fell on Orva.", False),
        ("city", 40_000, "Rockets fell on the village of Orva.", False),
        ("city", 40_000, "Rockets fell on Orva, a small village by the river.", False),
        ("city", 40_000, "Rockets fell on Orva village.", False),
        ("city", 40_000, "Rockets fell on Orva, villages near it and the dam.", True),
        ("village", 0, "Rockets fell on Orva.", True),
        ("village", 0, "Rockets fell on the city of Orva.", False),
        ("town", 0, "Rockets fell on the city of Orva.", True),
        ("", 0, "", True),
    ],
)
def test_a_city_has_people_and_is_called_no_village(noun: str, people: int, text: str, is_meant: bool) -> None:
    assert may_be(noun, "Orva", people, text) is is_meant
