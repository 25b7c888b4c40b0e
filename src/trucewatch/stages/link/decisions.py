"""A person's "same" and "different" over claims or incidents: they win over every rule, and the newer over the older."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations, product

from trucewatch.model.judgements import in_order, standing
from trucewatch.model.records import Decision, RegisterEntry

Likeness = Callable[[str, str], float]
Pair = frozenset[str]


class _Groups:
    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        self.parent.setdefault(key, key)
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, first: str, second: str) -> None:
        a, b = sorted((self.root(first), self.root(second)))
        self.parent[b] = a


def decided_pairs(
    decisions: Iterable[Decision], register: Iterable[RegisterEntry], known: frozenset[str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Claim pairs decided to be one incident, and pairs decided to be two; the newest decision on a pair counts, and an older
    one that contradicts newer ones is left out."""
    minted: dict[str, tuple[str, ...]] = {}
    merged_into: dict[str, str] = {}
    for entry in register:
        minted[entry.incident_id] = tuple(claim_id for claim_id in entry.claim_ids if claim_id in known)
        merged_into.update(dict.fromkeys(entry.aliases, entry.incident_id))

    def claims_of(subject_id: str) -> tuple[str, ...]:
        if subject_id in known:
            return (subject_id,)
        return minted.get(subject_id) or minted.get(merged_into.get(subject_id, ""), ())

    groups = _Groups()
    same: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    seen: set[Pair] = set()
    for decision in reversed(in_order(standing(decisions))):
        if decision.kind != "same_incident" or decision.verdict not in ("same", "different"):
            continue
        fresh: list[tuple[str, str]] = []
        for one, other in combinations(dict.fromkeys(decision.subject), 2):
            for first, second in product(claims_of(one), claims_of(other)):
                pair = frozenset((first, second))
                if first != second and pair not in seen:
                    fresh.append((min(pair), max(pair)))
        for first, second in sorted(set(fresh)):
            seen.add(frozenset((first, second)))
            if decision.verdict == "different":
                if groups.root(first) != groups.root(second):
                    apart.append((first, second))
            elif not _forbidden(groups, first, second, apart):
                groups.join(first, second)
                same.append((first, second))
    return same, apart


def _forbidden(groups: _Groups, first: str, second: str, apart: Iterable[tuple[str, str]]) -> bool:
    roots = {groups.root(first), groups.root(second)}
    return any({groups.root(a), groups.root(b)} == roots for a, b in apart)


def apply_decisions(
    groups: list[frozenset[str]], same: list[tuple[str, str]], apart: list[tuple[str, str]], likeness: Likeness
) -> list[frozenset[str]]:
    """Groups of claim ids with the decided pairs together and apart.

    Where a group is split, each of its other claims stays with the side that it is more alike; where two groups are to be one,
    they merge whole, unless that would join a pair decided to be two: then only the decided claims move.
    """
    if not same and not apart:
        return groups
    bound = _Groups()
    for first, second in same:
        bound.join(first, second)
    enemies: dict[str, set[str]] = defaultdict(set)
    for first, second in apart:
        enemies[bound.root(first)].add(bound.root(second))
        enemies[bound.root(second)].add(bound.root(first))
    home: dict[str, int] = {}
    members: dict[int, set[str]] = {}
    for group in sorted(groups, key=min):
        for part in _split(group, bound, enemies, likeness):
            members[len(members)] = set(part)
            home.update(dict.fromkeys(part, len(members) - 1))
    clans: dict[str, set[str]] = defaultdict(set)
    for pair in same:
        for claim_id in pair:
            clans[bound.root(claim_id)].add(claim_id)
    for root in sorted(clans):
        own = sorted(clans[root])
        target = home[own[0]]
        for claim_id in own[1:]:
            other = home[claim_id]
            if other == target:
                continue
            if _at_peace(members[target], members[other], bound, enemies):
                members[target] |= members.pop(other)
            else:
                moving = {one for one in members[other] if bound.root(one) == root}
                if not _at_peace(members[target], moving, bound, enemies):
                    # the target holds somebody that this clan was told apart from: the clan leaves it
                    leaving = {one for one in members[target] if bound.root(one) == root}
                    members[target] -= leaving
                    target = max(members) + 1
                    members[target] = leaving
                members[other] -= moving
                members[target] |= moving
            for key in (other, target):
                home.update(dict.fromkeys(members.get(key, ()), key))
    return [frozenset(group) for group in members.values() if group]


def _at_peace(first: Iterable[str], second: Iterable[str], bound: _Groups, enemies: dict[str, set[str]]) -> bool:
    roots = {bound.root(one) for one in first}
    return not any(enemies.get(bound.root(one), set()) & roots for one in second)


def _split(group: frozenset[str], bound: _Groups, enemies: dict[str, set[str]], likeness: Likeness) -> list[list[str]]:
    """Parts of a group such that no two decided to be two are together."""
    by_root: dict[str, list[str]] = defaultdict(list)
    for claim_id in sorted(group):
        by_root[bound.root(claim_id)].append(claim_id)
    fighting = sorted(root for root in by_root if enemies.get(root, set()) & by_root.keys())
    if not fighting:
        return [sorted(group)]
    camps: list[list[str]] = []
    for root in fighting:
        for camp in camps:
            if not any(enemies[root] & {bound.root(one)} for one in camp):
                camp.extend(by_root[root])
                break
        else:
            camps.append(list(by_root[root]))
    heads = [list(camp) for camp in camps]
    for root, own in by_root.items():
        if root in fighting:
            continue
        best = max(range(len(heads)), key=lambda n: (round(max(likeness(a, b) for a in own for b in heads[n]), 9), -n))
        camps[best].extend(own)
    return camps
