"""What an attribution is: who vouches for which words of a text."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "says",
    "denies",
    "confirms",
    "accuses",
    "demands",
    "threatens",
    "rejects",
    "orders",
    "quotes",
    "shows",
    "thinks",
    "hedges",
)
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """One source's one act of telling. All offsets are half-open Python offsets in the document.

    `source_*` None: nobody is named ("reportedly"). `content`: the words vouched for, in reading order; text outside any content
    is the outlet's own voice. `about`: words elsewhere in the text that the content only points back to ("which A denied",
    "rejected that claim"). `via_*`: the medium that carried it. `kind`: one of KINDS; "thinks" is an attitude (fears, wants),
    "shows" a document or picture, "hedges" an adverb (allegedly). `parent`: index of the attribution whose content holds this
    one. `is_continuation`: a quotation without a cue of its own that continues its speaker. `is_negated`: "did not say".
    `score`: 1.0 by rule, else the learned probability.
    """

    source_start: int | None = None
    source_end: int | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    cue_lemma: str | None = None
    content: tuple[Span, ...] = ()
    about: tuple[Span, ...] = ()
    channel: str | None = None
    via_start: int | None = None
    via_end: int | None = None
    kind: str = "says"
    parent: int | None = None
    is_continuation: bool = False
    is_negated: bool = False
    sentence: int = 0
    score: float = 1.0

    @property
    def is_attitude(self) -> bool:
        """Whether it is something wanted, feared or supported, as the learned model finds it: nobody vouches for that."""
        return self.score < 1.0 and self.kind == "thinks"
