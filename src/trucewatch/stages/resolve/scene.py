"""What stands around an offset: mentions before it, the speaker of the words, the sentence and its kind."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Any

from trucewatch.model.records import Mention, Reading
from trucewatch.stages.resolve.phrases import FEMALE, MALE, ONE_MAN, PERSONAL, PLURAL, agrees, clean, head_word


class Scene:
    """The mentions of one reading, with what stands before and around an offset."""

    def __init__(self, reading: Reading, actors: Any, on: date | None) -> None:
        self.reading = reading
        self.mentions: tuple[Mention, ...] = reading.mentions
        self.actors = actors
        self.on = on
        self._starts = [mention.start_char for mention in self.mentions]
        self._speakers = [mention for mention in self.mentions if mention.speaks]
        self._sentence_starts = [sentence.start_char for sentence in reading.sentences]

    def any_teller(self, start: int) -> Mention | None:
        """The innermost source whose words stand at an offset, first person included."""
        inner: tuple[int, Mention] | None = None
        for mention in self._speakers:
            for first, last in mention.speaks:
                if first <= start < last and (inner is None or last - first < inner[0]):
                    inner = (last - first, mention)
        return inner[1] if inner is not None else None

    def is_group(self, party: str) -> bool:
        """Whether a party is no state."""
        parties = getattr(self.actors, "parties", {})
        known = parties.get(party) if hasattr(parties, "get") else None
        return known is None or known.kind != "state"

    def teller(self, start: int, wants_person: bool, plural: bool) -> Mention | None:
        """The innermost source around an offset, where a pronoun of that kind may stand for it."""
        inner: tuple[int, Mention] | None = None
        quoted = self.quoted_by(start)
        for mention in self._speakers:
            for first, last in mention.speaks:
                inside = first <= start < last and not mention.start_char <= start < mention.end_char
                if inside and (inner is None or last - first < inner[0]):
                    inner = (last - first, mention)
        if inner is None:
            return None
        mention = inner[1]
        if quoted is not None and mention.quoted_by != quoted:
            return None  # within quotation marks the speaker is "we"; "they" and "he" are others
        if mention.kind == "pronoun" and mention.text.lower() in PERSONAL and not wants_person and not plural:
            return mention
        is_person = self.is_person(mention)
        if wants_person and not is_person and mention.kind in ("country", "group"):
            return None
        if not wants_person and not plural and is_person:
            return None
        return mention

    def person_within(self, outer: Mention) -> Mention | None:
        """The person inside another mention: whose office it is."""
        for mention in self.mentions:
            inside = outer.start_char <= mention.start_char and mention.end_char <= outer.end_char
            if inside and mention is not outer and mention.kind != "pronoun" and self.is_person(mention):
                return mention
        return None

    def in_sentence(self, start: int, word: str) -> Mention | None:
        """The subject or name right before a pronoun in its own sentence, where it agrees."""
        at = bisect_left(self._starts, start)
        sentence = self.sentence_of(start)
        for mention in reversed(self.mentions[max(0, at - 12) : at]):
            if mention.sentence != sentence or mention.start_char <= start < mention.end_char:
                continue
            if mention.kind == "pronoun" or mention.speaks or not agrees(mention, word):
                continue
            if mention.is_subject or (word in PLURAL and mention.is_plural):
                return mention
        return None

    def is_person(self, mention: Mention) -> bool:
        """Whether one person is meant, also where the parser took a surname for a place."""
        if mention.is_plural:
            return False
        if mention.kind == "person":
            return True
        if mention.kind == "pronoun":
            return mention.text.lower() in PERSONAL
        if mention.kind == "role":
            return bool(MALE.search(mention.text) or FEMALE.search(mention.text)) or head_word(clean(mention.text)) in ONE_MAN
        # a surname that the parser took for a place or a body
        match = self.actors.lookup(clean(mention.text), self.on)
        return match is not None and match.kind == "person"

    def captions_between(self, first: int, last: int) -> int:
        """How many sentences of captions stand between two sentences."""
        kinds = self.reading.sentences[first:last]
        return sum(1 for sentence in kinds if sentence.passage_kind == "caption")

    def before(self, start: int, sentences: int | None = None) -> list[Mention]:
        """Mentions before an offset, nearest first; those in captions only for text in a caption."""
        at = bisect_left(self._starts, start)
        here = self.sentence_of(start)
        in_caption = self.kind_of(here) == "caption"
        found: list[Mention] = []
        for mention in reversed(self.mentions[:at]):
            if sentences is not None and here - mention.sentence > sentences:
                break
            if mention.end_char > start:
                continue
            if in_caption or self.kind_of(mention.sentence) != "caption":
                found.append(mention)
        return found

    def nearest(self, start: int) -> list[Mention]:
        """Mentions before an offset, nearest first, then those after it."""
        at = bisect_left(self._starts, start)
        return [*self.before(start), *self.mentions[at:]]

    def mention_at(self, text: str, start: int) -> Mention | None:
        """The mention that begins at an offset, one with exactly these words first."""
        at = bisect_left(self._starts, start)
        near = [m for m in self.mentions[at : at + 3] if m.start_char == start]
        exact = [m for m in near if clean(m.text).lower() == text.lower()]
        return next(iter(exact or near), None)

    def quoted_by(self, start: int) -> int | None:
        """Start of the outer quotation around an offset."""
        return next((q.start_char for q in self.reading.quotations if q.depth == 0 and q.start_char <= start < q.end_char), None)

    def sentence_of(self, start: int) -> int:
        """Number of the sentence at an offset."""
        return max(0, bisect_left(self._sentence_starts, start + 1) - 1)

    def is_paragraph(self, first: int, second: int) -> bool:
        """Whether two sentences stand in one paragraph."""
        return self.reading.sentences[first].paragraph == self.reading.sentences[second].paragraph

    def kind_of(self, sentence: int) -> str:
        """Kind of the passage that a sentence stands in."""
        return self.reading.sentences[sentence].passage_kind if sentence < len(self.reading.sentences) else "body"
