"""What changed from version to version of an incident, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from trucewatch.model.records import Incident
from trucewatch.model.serial import from_plain
from trucewatch.reports.words import STATUSES, Names, span_words
from trucewatch.stages.link.wording import act_noun
from trucewatch.store.reading import Version


@dataclass(frozen=True, kw_only=True)
class Change:
    """One version: when it was written (ISO, UTC), and what it changed, each in words."""

    recorded_at: str
    words: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """The instant."""
        return datetime.fromisoformat(self.recorded_at)


def changes_of(versions: Sequence[Version], names: Names) -> tuple[Change, ...]:
    """Changes, the latest first; the first version is told as such. Versions as `Reader.history` gives them."""
    incidents = [(version.recorded_at, from_plain(Incident, version.plain)) for version in versions]
    found = []
    for (recorded_at, after), (_, before) in pairwise(incidents):
        found.append(
            Change(recorded_at=recorded_at, words=tuple(_words(before, after, names)) or ("the wording of its reasons",))
        )
    if incidents:
        found.append(Change(recorded_at=incidents[-1][0], words=("first recorded",)))
    return tuple(found)


def _words(before: Incident, after: Incident, names: Names) -> list[str]:
    found = []
    for axis in ("occurrence", "attribution", "breach"):
        old, new = getattr(before, axis), getattr(after, axis)
        if old != new:
            found.append(f"{axis}: from “{STATUSES.get((axis, old), old)}” to “{STATUSES.get((axis, new), new)}”")
    pairs = (
        ("act", act_noun(before.act), act_noun(after.act)),
        ("day", span_words(before.when), span_words(after.when)),
        ("place", _places(before), _places(after)),
        ("attributed to", names.party(before.attributed_to) or "nobody", names.party(after.attributed_to) or "nobody"),
        ("against", names.party(before.target) or "nobody named", names.party(after.target) or "nobody named"),
    )
    found += [f"{name}: from {old} to {new}" for name, old, new in pairs if old != new]
    for name, old_ids, new_ids in (
        ("claim", before.claim_ids, after.claim_ids),
        ("denial", before.denial_ids, after.denial_ids),
        ("observation", before.observation_ids, after.observation_ids),
    ):
        added, gone = len(set(new_ids) - set(old_ids)), len(set(old_ids) - set(new_ids))
        found += [
            f"{count} {name}{'s' if count > 1 else ''} {verb}" for count, verb in ((added, "added"), (gone, "gone")) if count
        ]
    return found


def _places(incident: Incident) -> str:
    return ", ".join(place.name or place.text for place in incident.places) or "none"
