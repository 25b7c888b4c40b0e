"""What an act mention is: one report of an act inside a paragraph, by its head token."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.model.codebook import act_class
from trucewatch.stages.extract.syntax import Phrase, Token

DEED_CLASSES = frozenset({"ASSAULT", "TERRITORY", "MOBILIZE", "COERCE", "DISPLACE"})
VERBAL_FRAMES = frozenset(
    {"must", "request", "threaten", "reject", "accuse", "accuse_of", "misdeed", "menace", "offer", "talk", "agree"}
)


@dataclass(frozen=True, slots=True)
class ActMention:
    """One report of an act inside a paragraph, by head token. Phrases are stretches of the same paragraph.

    `witness`: who saw or counted it, where the verb is one of seeing ("the army identified thirty launches").
    `is_own`: whoever says it speaks of what his own side has not done. `is_opinion`: it holds only in the mouth of somebody who
    does not speak of his own side's deed. `is_scene`: told by what is left of it, where nothing else in the sentence tells it.
    `is_part`: it counts some of the victims of the claim before.
    """

    token: Token
    frame: str
    act: str
    weak: bool
    doer: Phrase | None = None
    undergoer: Phrase | None = None
    undergoer_head: Token | None = None
    scope: Token | None = None
    weapon: str | None = None
    negated: bool = False
    modality: str = "actual"
    is_future: bool = False
    is_planned: bool = False
    is_demand: bool = False
    is_nominal: bool = False
    is_definite: bool = False
    is_supported: bool = False
    is_own: bool = False
    is_opinion: bool = False
    is_scene: bool = False
    is_part: bool = False
    witness: Phrase | None = None
    recipients: tuple[Phrase, ...] = ()
    reasons: tuple[str, ...] = field(default=())

    @property
    def act_class(self) -> str:
        """Class of the act (acts.csv)."""
        return act_class(self.act)
