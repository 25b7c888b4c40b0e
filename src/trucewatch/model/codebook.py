"""The codebook: acts and statuses (acts.csv, statuses.csv beside this file, copies of the contract's)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

VERBAL_CLASSES = frozenset({"THREATEN", "REQUEST", "ACCUSE", "REJECT", "CONSULT", "COOPERATE", "AGREE"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A kind of act. `act_class` groups acts for scoring and linking; `can_breach` says whether a clause may forbid it."""

    code: str
    act_class: str
    definition: str
    acled_event_type: str
    acled_sub_event_type: str
    plover_event: str
    plover_mode: str
    can_breach: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusCode:
    """A status of one of the three axes: occurrence, attribution, breach."""

    axis: str
    status: str
    definition: str
    maps_to: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files("trucewatch.model").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def acts() -> dict[str, Act]:
    """Every act by its code."""
    return {
        row["act"]: Act(
            code=row["act"],
            act_class=row["class"],
            definition=row["definition"],
            acled_event_type=row["acled_event_type"],
            acled_sub_event_type=row["acled_sub_event_type"],
            plover_event=row["plover_event"],
            plover_mode=row["plover_mode"],
            can_breach=row["can_breach"] == "yes",
        )
        for row in _rows("acts.csv")
    }


@cache
def statuses() -> dict[tuple[str, str], StatusCode]:
    """Every status by (axis, status)."""
    return {
        (row["axis"], row["status"]): StatusCode(
            axis=row["axis"], status=row["status"], definition=row["definition"], maps_to=row["maps_to"]
        )
        for row in _rows("statuses.csv")
    }


@lru_cache(maxsize=1024)
def act_class(code: str) -> str:
    """Class of an act; of a first part ("ADVANCE"), its acts' most common class; the code itself where unknown."""
    if code in acts():
        return acts()[code].act_class
    classes = [act.act_class for act in acts().values() if act.code.startswith(f"{code}.")]
    return max(sorted(set(classes)), key=classes.count) if classes else code


@cache
def can_breach(code: str) -> bool:
    """Whether some clause may forbid an act, or, of a first part ("FIRE"), one of its kinds."""
    return any(act.can_breach for act in acts().values() if act.code == code or act.code.startswith(f"{code}."))


def is_verbal(code: str) -> bool:
    """Whether an act is done by saying it: such claims belong to no incident."""
    return act_class(code) in VERBAL_CLASSES
