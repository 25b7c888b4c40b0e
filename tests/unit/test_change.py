"""A changed record is what dataclasses.replace makes of it."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from trucewatch.model.change import changed, send_by_fields
from trucewatch.model.records import Claim, Document, Reading, When
from trucewatch.stages.extract.mention import ActMention

CLAIM = Claim(
    id="claim-1", document_id="doc-1", start_char=0, end_char=7, sentence_start_char=0, sentence_end_char=50, act="FIRE.HEAVY"
)


@dataclass
class Loose:
    """A record without slots."""

    name: str
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """A record that looks at what it is given."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("upside down")


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (CLAIM, {"act": "FIRE", "reasons": ("seen",), "when": When(text="on Monday")}),
        (CLAIM, {}),
        (ActMention(token=None, frame="attack", act="FIRE", weak=False), {"negated": True}),
        (Loose("one", ["a"]), {"name": "two"}),
        (Checked(1, 2), {"high": 5}),
    ],
)
def test_it_gives_what_replace_gives(record: Any, changes: dict[str, Any]) -> None:
    before = replace(record)
    made = changed(record, **changes)
    assert made == replace(record, **changes)
    assert type(made) is type(record)
    assert made is not record
    assert record == before


def test_a_field_that_a_record_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        changed(CLAIM, colour="red")  # type: ignore[call-arg]


def test_what_a_record_refuses_when_it_is_made_it_refuses_when_changed() -> None:
    with pytest.raises(ValueError, match="upside down"):
        changed(Checked(1, 2), high=0)


def test_records_that_go_to_another_process_come_back_equal() -> None:
    sent = (
        CLAIM,
        When(text="today"),
        Reading(document=Document(id="d", source="s", input_path="p", sha256="0"), claims=(CLAIM,)),
    )
    received = pickle.loads(pickle.dumps(sent))
    assert received == sent
    assert received[2].claims[0].when == When()
    with pytest.raises(FrozenInstanceError):
        received[0].act = "FIRE"


@pytest.mark.parametrize("kind", [Loose, Checked])
def test_only_records_of_slots_are_sent_by_their_fields(kind: type) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        send_by_fields(kind)
