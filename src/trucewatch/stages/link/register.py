"""Ids of incidents: given out once, kept for good. A later report joins without renaming; of two that merge the older stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from trucewatch.model.ids import make_id
from trucewatch.model.records import RegisterEntry


def assign_ids(
    groups: Sequence[frozenset[str]],
    register: Iterable[RegisterEntry],
    *,
    last_number: int = 0,
    is_taken: Callable[[str], bool] = lambda _: False,
) -> tuple[dict[frozenset[str], str], tuple[RegisterEntry, ...]]:
    """Id of every group of claim ids, and the register with new entries and aliases.

    An entry stands for the group that holds most of the claims it was minted from; entries are never dropped. Of a register that
    is given in part, `last_number` is that of the whole, and `is_taken` knows the ids of the rest.
    """
    entries = sorted(register, key=lambda entry: (entry.number, entry.incident_id))
    group_of = {claim_id: group for group in groups for claim_id in group}
    standing: dict[frozenset[str], list[RegisterEntry]] = defaultdict(list)
    idle: set[str] = set()
    for entry in entries:
        votes = Counter(group_of[claim_id] for claim_id in entry.claim_ids if claim_id in group_of)
        if votes:
            standing[min(votes, key=lambda group: (-votes[group], min(group)))].append(entry)
        else:
            idle.add(entry.incident_id)
    ids: dict[frozenset[str], str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    for group, own in standing.items():
        first, *merged = own
        ids[group] = first.incident_id
        kept = [alias for alias in first.aliases if alias in idle]
        aliases[first.incident_id] = tuple(dict.fromkeys([*kept, *(entry.incident_id for entry in merged)]))
        for entry in merged:
            aliases[entry.incident_id] = ()
    finished = [replace(entry, aliases=aliases.get(entry.incident_id, entry.aliases)) for entry in entries]
    taken = {entry.incident_id for entry in entries}
    number = max((last_number, *(entry.number for entry in entries)))
    for group in sorted((group for group in groups if group not in ids), key=min):
        number += 1
        ids[group] = _mint(min(group), taken, is_taken)
        taken.add(ids[group])
        finished.append(RegisterEntry(incident_id=ids[group], claim_ids=tuple(sorted(group)), number=number))
    return ids, tuple(finished)


def minted_of(claim_id: str) -> str:
    """The id of a new incident of which this is the first claim, where none has it."""
    return make_id("inc", claim_id)


def _mint(claim_id: str, taken: set[str], is_taken: Callable[[str], bool]) -> str:
    incident_id, again = minted_of(claim_id), 1
    while incident_id in taken or is_taken(incident_id):
        again += 1
        incident_id = make_id("inc", claim_id, again)
    return incident_id
