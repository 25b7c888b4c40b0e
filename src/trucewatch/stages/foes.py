"""Whom each side fights in a document: by the deeds told there, else by whom the theatre leaves it to fight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim
from trucewatch.model.theatre import Theatre
from trucewatch.stages.reasons import sides_in

_DEEDS = frozenset({"ASSAULT", "TERRITORY", "MOBILIZE", "COERCE", "DISPLACE"})


@dataclass(frozen=True)
class Foes:
    """A theatre's sides as one document has them. `named`: the sides at war that its words name."""

    theatre: Theatre
    hosts: Mapping[str, frozenset[str]]
    allies: Mapping[str, frozenset[str]]
    belligerents: frozenset[str]
    named: frozenset[str]

    def opponents(self, claims: Sequence[Claim], stated: set[str]) -> dict[str, str]:
        """For each side, whom it fights in this document, where one other stands out."""
        counts: dict[str, Counter[str]] = {}
        for claim in claims:
            if act_class(claim.act) not in _DEEDS or claim.act == "CIV.DISPLACEMENT":
                continue
            doers, targets = sides_in(claim.attributed_to), sides_in(claim.target)
            if claim.act == "FIRE.CLASH" and len(doers) == 2:
                first, second = sorted(doers)
                doers, targets = frozenset({first}), frozenset({second})
            if self.belligerents:
                doers, targets = doers & self.belligerents, targets & self.belligerents
            for doer in doers - targets:
                for target in targets - doers - self.beside(doer):
                    weight = 3 if claim.id in stated or claim.act == "FIRE.CLASH" else 1
                    counts.setdefault(doer, Counter())[target] += weight
                    counts.setdefault(target, Counter())[doer] += weight
        opponents: dict[str, str] = {}
        attackers = {
            p for c in claims if act_class(c.act) == "ASSAULT" and c.stance != "denies" for p in sides_in(c.attributed_to)
        }
        for side, seen in counts.items():
            self._count_hosts_as_guests(seen, attackers - self.beside(side) - {side})
        for side, seen in counts.items():
            most = max(seen.values())
            if (foe := self._of_one_camp([code for code in seen if seen[code] == most])) is not None:
                opponents[side] = foe
        heard = {
            p for c in claims for voice in (c.claimant, c.attributed_to, c.target) for p in sides_in(voice)
        } & self.belligerents
        for side in heard - set(opponents):
            if (foe := self._foe_by_theatre(side, heard)) is not None:
                opponents[side] = foe
        return opponents

    def _count_hosts_as_guests(self, seen: Counter[str], attackers: Collection[str]) -> None:
        """What is struck on a state's soil counts as the group's that fights from it, where that group is at war here too."""
        for group, soils in self.hosts.items():
            if group in seen or group in attackers:
                for host in soils & set(seen):
                    seen[group] += seen.pop(host)

    def _foe_by_theatre(self, side: str, heard: frozenset[str] | set[str]) -> str | None:
        """The one side that the theatre leaves to fight: no ally, no host and no guest of its own; of several the one heard."""
        foes = (self.belligerents - self.beside(side) - {side}) & (frozenset(heard) | self.named)
        if len(foes) > 1:
            foes &= frozenset(heard)
        foes -= {host for group in foes for host in self.hosts.get(group, frozenset())}
        return self._of_one_camp(sorted(foes))

    def _of_one_camp(self, codes: Sequence[str]) -> str | None:
        """The side that stands for several which fight beside one another: the first that the theatre names; None for rivals."""
        allied = all(other in self.beside(code) for code in codes for other in codes if other != code)
        order = self.theatre.principals
        return min(codes, key=lambda code: order.index(code) if code in order else len(order)) if codes and allied else None

    def beside(self, side: str) -> frozenset[str]:
        """With whom a side does not fight: its allies, its host and the groups on its soil."""
        guests = {group for group, soils in self.hosts.items() if side in soils}
        return self.allies.get(side, frozenset()) | self.hosts.get(side, frozenset()) | guests
