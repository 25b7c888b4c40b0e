"""Who vouches for what stands at a place in the text: the innermost attribution whose content holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.model.records import Voice
from trucewatch.text.attribution import Attribution


@dataclass(frozen=True, slots=True)
class Vouching:
    """The claimant of a stretch of text. `claimant` None: the outlet itself, or one whom nobody names."""

    claimant: Voice | None
    channel: str | None
    kind: str
    content: tuple[tuple[int, int], ...]
    number: int | None
    sentence_cue: tuple[int, int] | None = None


OUTLET = Vouching(None, None, "outlet", (), None)


class Voices:
    """Attributions of one document, to be asked who vouches for an offset."""

    def __init__(self, text: str, attributions: Sequence[Attribution]) -> None:
        self._text = text
        self._attributions = [attribution for attribution in attributions if not attribution.is_attitude]
        self._attitudes = [attribution for attribution in attributions if attribution.is_attitude]

    def at(self, offset: int) -> Vouching:
        """Who vouches for the word at an offset: the innermost content around it."""
        best: tuple[int, int] | None = None
        for number, attribution in enumerate(self._attributions):
            for start, end in attribution.content:
                if start <= offset < end and (best is None or end - start < best[0]):
                    best = (end - start, number)
        if best is None:
            return OUTLET
        return self.of(best[1])

    def of(self, number: int) -> Vouching:
        """The vouching that an attribution gives. One without a source leads to its parent's."""
        attribution = self._attributions[number]
        claimant = self.voice(attribution.source_start, attribution.source_end)
        channel = attribution.channel
        if claimant is None and attribution.parent is not None:
            above = self.of(attribution.parent)
            claimant, channel = above.claimant, channel or above.channel
        cue = (
            None if attribution.cue_start is None or attribution.cue_end is None else (attribution.cue_start, attribution.cue_end)
        )
        return Vouching(claimant, channel, attribution.kind, attribution.content, number, cue)

    def by_cue(self, offset: int) -> Vouching | None:
        """The vouching whose cue stands at an offset, if any."""
        for number, attribution in enumerate(self._attributions):
            if (
                attribution.cue_start is not None
                and attribution.cue_end is not None
                and attribution.cue_start <= offset < attribution.cue_end
            ):
                return self.of(number)
        return None

    def attitude_at(self, offset: int) -> Attribution | None:
        """The likeliest attitude whose content holds the word at an offset."""
        held = [a for a in self._attitudes if any(start <= offset < end for start, end in a.content)]
        return max(held, key=lambda attitude: attitude.score, default=None)

    def wording(self, attitude: Attribution) -> str:
        """An attitude in plain words, for a claim's reasons."""
        holder = self.voice(attitude.source_start, attitude.source_end)
        cue = self._text[attitude.cue_start : attitude.cue_end]
        return f"it stands in what {holder.text if holder else 'somebody'} is taken to think or want ('{cue}')"

    def is_source(self, start: int, end: int) -> bool:
        """Whether a stretch lies in the source of an attribution."""
        return any(
            a.source_start is not None and a.source_end is not None and a.source_start <= start and end <= a.source_end
            for a in self._attributions
        )

    def voice(self, start: int | None, end: int | None) -> Voice | None:
        """A voice quoted verbatim from the text, None where no offsets are given."""
        if start is None or end is None or end <= start:
            return None
        return Voice(text=self._text[start:end], start_char=start, end_char=end)
