"""Kinship that meets texts while others are read knows what its stage would have found out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.link_building import CONTEXT, document
from trucewatch.model.records import Document, Ledger, Reading
from trucewatch.pipeline.ahead import KinAhead
from trucewatch.stages.kinship import KinState, run

WORDS = "the northern brigade shelled the mill above the river at dawn and the mayor counted nine broken roofs there".split()
TEXTS = [" ".join(WORDS[n % 5 :] * 3 + [f"number{n}"]) for n in range(12)]
DOCUMENTS = [document(f"doc-{n}", text) for n, text in enumerate([*TEXTS, TEXTS[0], "...", ""])]


def found(documents: list[Document], state: KinState) -> tuple[Any, ...]:
    ledger = run(Ledger(documents=tuple(documents)), replace(CONTEXT, kinship=state))
    return ledger.documents, ledger.kinships


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.pipeline.ahead.TOGETHER", 1)


@pytest.mark.parametrize("step", [1, 4, 15])
def test_texts_met_in_batches_leave_the_stage_nothing_to_compare(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    state = KinState()
    ahead = KinAhead(replace(CONTEXT, kinship=state))
    for begin in range(0, len(DOCUMENTS), step):
        ahead.meet(Reading(document=one) for one in DOCUMENTS[begin : begin + step])
    expected = found(DOCUMENTS, KinState())
    assert expected[1]
    monkeypatch.setattr(KinState, "_add", None)
    assert found(DOCUMENTS, state) == expected


def test_few_texts_wait_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.pipeline.ahead.TOGETHER", 5)
    state = KinState()
    ahead = KinAhead(replace(CONTEXT, kinship=state))
    ahead.meet(Reading(document=one) for one in DOCUMENTS[:3])
    assert not state.digests
    ahead.meet(Reading(document=one) for one in DOCUMENTS[3:9])
    assert len(state.digests) == 9
    ahead.meet([Reading(document=DOCUMENTS[9])])
    assert found(DOCUMENTS, state) == found(DOCUMENTS, KinState())


def test_a_failure_is_left_to_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    state = KinState()
    ahead = KinAhead(replace(CONTEXT, kinship=state))
    asked = []

    def fail(self: KinState, *_: Any) -> None:
        asked.append(len(self.digests))
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(KinState, "_compare_all", fail)
        ahead.meet([Reading(document=DOCUMENTS[0])])
        ahead.meet([Reading(document=DOCUMENTS[1])])
    assert asked == [1]
    assert found(DOCUMENTS, state) == found(DOCUMENTS, KinState())
