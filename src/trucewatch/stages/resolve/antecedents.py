"""Antecedents: whom a pronoun, a role or a surname stands for, from what the document said before (and, at need, after).

Order: the names that the actor index knows; owners ("his forces", "the region's army"); the same name or head word elsewhere in
the document; then subject, speaker and recency. Nothing here guesses without a mention that supports it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.model.records import Mention, Reading

_FIRST = frozenset({"we", "us", "our", "i", "me", "my", "ours"})
_PERSONAL = frozenset({"he", "him", "his", "she", "her"})
_NEUTER = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their"})
_POSSESSIVE = re.compile(r"(?:his|her|its|their|our|my)\b(?:\s+own)?\s+", re.I)
_GENITIVE = re.compile(r"^(?P<owner>.+?)['’](?:s\b)?\s+(?P<thing>\S.*)$")
_OF = re.compile(
    r"^(?P<thing>(?:the|a|an)?\s*[\w' -]+?)\s+(?:of|for|to|from)\s+(?P<owner>(?:the|his|her|its|their|this|that)\b.*)$", re.I
)
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|another|one|both|each|some|several|other)\s+", re.I)
_BOTH = re.compile(
    r"^(?:(?:both|the two|two|each|either|all|neither|the (?:warring|conflicting|opposing)|conflicting|warring|the)\s+)"
    r"(?:(?:\w+\s+)?(?:sides?|parties|countries|nations|neighbou?rs|states|foes|rivals|armies|enemies))$"
    r"|^(?:both|each|each other|one another|the parties)$",
    re.I,
)
_STATEMENT = re.compile(
    r"^(?:the|a|an|its|his|her|their|another)\s+(?:[\w-]+\s+)?(?:statement|post|message|tweet|communiqu[eé]|address|report)$",
    re.I,
)
_ENEMY = re.compile(
    r"^(?:the|our|an)?\s*(?:enemy|enemies|adversary|opponent|aggressor|other side|opposing side|rival)(?:['’]s)?(?:\s|$)", re.I
)
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|gen|col|general|colonel|president|minister|prime minister|sheikh|sayyed|the)\.?\s+", re.I
)
_FEMALE = re.compile(
    r"\b(?:spokeswoman|mrs|ms|madam|queen|chairwoman|congresswoman|ombudswoman|policewoman|her|she|woman|mother|wife)\b", re.I
)
_MALE = re.compile(r"\b(?:spokesman|mr|king|chairman|congressman|policeman|prince|his|he|man|father)\b", re.I)
_MAX_DEPTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who a phrase stands for, how sure (0 to 1), and why in plain words. `via`: the antecedent's text, None for a direct name."""

    actor_id: str | None
    name: str | None
    party: str | None
    confidence: float
    how: str
    via: str | None = None


class Document:
    """The mentions of one reading, asked who a phrase at an offset stands for. Answers are kept."""

    def __init__(self, reading: Reading, actors: Any, on: date | None, principals: Sequence[str]) -> None:
        self.reading = reading
        self.mentions: tuple[Mention, ...] = reading.mentions
        self._starts = [mention.start_char for mention in self.mentions]
        self._actors = actors
        self._on = on
        self._principals = tuple(principals)
        self._answers: dict[tuple[str, int], Answer | None] = {}
        self._sides: tuple[str, ...] | None = None

    def answer(self, text: str, start: int, depth: int = 0, speaker: Answer | None = None) -> Answer | None:
        """Who `text` at offset `start` stands for; None where the document does not tell."""
        key = (text, start)
        if key in self._answers:
            return self._answers[key]
        if depth > _MAX_DEPTH:
            return None
        # a chain of pronouns that comes back to itself tells nothing
        self._answers[key] = None
        found = self._answer(_clean(text), start, depth)
        self._answers[key] = found
        return found

    def speaker_at(self, offset: int, depth: int = 0, *, skip_first: bool = True) -> Answer | None:
        """Who vouches for the words at an offset: the innermost named source around it."""
        best: tuple[int, Mention] | None = None
        for mention in self.mentions:
            if skip_first and mention.text.lower() in _FIRST:
                continue
            for start, end in mention.speaks:
                if (
                    start <= offset < end
                    and not mention.start_char <= offset < mention.end_char
                    and (best is None or end - start < best[0])
                ):
                    best = (end - start, mention)
        return self.answer(best[1].text, best[1].start_char, depth + 1) if best else None

    def sides(self) -> tuple[str, ...]:
        """The two principal parties that the document names most, the first named first."""
        if self._sides is None:
            counts: Counter[str] = Counter()
            order: dict[str, int] = {}
            for mention in self.mentions:
                if mention.kind in ("pronoun", "role", "place"):
                    continue
                match = self._actors.lookup(_clean(mention.text), self._on)
                for code in (match.party or "").split(";") if match else ():
                    if code in self._principals or not self._principals:
                        counts[code] += 1
                        order.setdefault(code, mention.start_char)
            top = [code for code, _ in counts.most_common(2) if code]
            self._sides = tuple(sorted(top, key=order.__getitem__))
        return self._sides

    # how

    def _answer(self, text: str, start: int, depth: int) -> Answer | None:
        word = text.lower()
        if not text:
            return None
        if word in _FIRST:
            return _because(self.speaker_at(start, depth), f"“{text}” is the speaker")
        if word in _PERSONAL | _NEUTER | _PLURAL:
            return self._pronoun(word, start, depth)
        if word in ("who", "which", "that", "this", "these", "those", "you", "what"):
            return None
        if _BOTH.match(word):
            sides = self.sides()
            if len(sides) == 2:
                return Answer(
                    actor_id=None,
                    name=None,
                    party=";".join(sides),
                    confidence=0.6,
                    how="the two sides most named in the document",
                )
            return None
        if _ENEMY.match(word):
            return self._opponent(start, depth)
        owned = _POSSESSIVE.match(text)
        if owned:
            return self._owned(text, owned, start, depth)
        direct = self._direct(text)
        if direct is not None and (direct.party is not None or direct.actor_id is not None):
            return direct
        return self._by_owner(text, start, depth) or self._by_document(text, start, depth) or direct

    def _direct(self, text: str, party: str | None = None) -> Answer | None:
        match = self._actors.lookup(text, self._on, party) if party is not None else self._actors.lookup(text, self._on)
        if match is None:
            return None
        return Answer(actor_id=match.actor_id, name=match.name, party=match.party, confidence=match.confidence, how=match.how)

    def _owned(self, text: str, owned: re.Match[str], start: int, depth: int) -> Answer | None:
        """ "his spokesman, A B", "its forces": the thing itself where it is known, else the owner's side."""
        thing = text[owned.end() :]
        named = self._direct(thing)
        if named is not None and named.actor_id is not None and any(part[:1].isupper() for part in thing.split()):
            return named
        owner = self.answer(owned.group().split()[0], start, depth + 1)
        if owner is None or owner.party is None:
            return None
        if ";" not in owner.party:
            inside = self._direct(thing, owner.party)
            if inside is not None and inside.party is not None:
                return _because(inside, f"“{text}” belongs to {owner.name or owner.party} ({owner.how})", owner.name)
        return Answer(
            actor_id=None,
            name=None,
            party=owner.party,
            confidence=0.6 * owner.confidence,
            how=f"“{text}” belongs to {owner.name or owner.party}",
            via=owner.name,
        )

    def _by_owner(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the region's army", "the president of the republic": through whoever owns it."""
        match = _GENITIVE.match(text) or _OF.match(text)
        if not match:
            return None
        owner = self.answer(match["owner"], start, depth + 1)
        if owner is None or owner.party is None or ";" in owner.party:
            return None
        thing = self._direct(match["thing"], owner.party)
        how = f"“{match['thing']}” of {owner.name or owner.party} ({owner.how})"
        if thing is not None and thing.party is not None:
            return _because(thing, how, owner.name)
        return Answer(actor_id=None, name=None, party=owner.party, confidence=0.6 * owner.confidence, how=how, via=owner.name)

    def _by_document(self, text: str, start: int, depth: int) -> Answer | None:
        """The same name written longer, a description beside the name, or the same head word with its owner, elsewhere."""
        if _STATEMENT.match(text):
            inner = _STATEMENT.sub("", text)
            body = re.search(r"(ministry|army|military|government|presidency|office)\s+\w+$", text, re.I)
            if body:
                return self._by_head(body.group(1).lower(), start, depth)
            return _because(self._last_speaker(start, depth, None), f"“{text}” is the last speaker's{inner}")
        bare = _TITLE.sub("", text)
        names = [part for part in re.findall(r"[^\W\d_][\w'’-]+", bare) if part[0].isupper()]
        if names and not _ARTICLE.match(text):
            found = self._by_name(names[-1], text, start, depth)
            if found is not None:
                return found
        here = self._mention_at(text, start)
        if here is not None and here.description:
            match = self._direct(_clean(here.description)) or self._by_owner(_clean(here.description), start, depth + 1)
            if match is not None and match.party is not None:
                return Answer(
                    actor_id=None,
                    name=text,
                    party=match.party,
                    confidence=0.8 * match.confidence,
                    how=f"described as “{_clean(here.description)}”",
                    via=here.description,
                )
        shared = _head_word(text)
        return self._by_head(shared, start, depth) if shared else None

    def _by_name(self, surname: str, text: str, start: int, depth: int) -> Answer | None:
        best: Answer | None = None
        for mention in self._nearest(start):
            if mention.start_char <= start < mention.end_char and mention.description is None:
                continue
            written = _clean(mention.text)
            if not re.search(rf"\b{re.escape(surname)}\b", written):
                continue
            if mention.description is not None and mention.kind == "person":
                about = _clean(mention.description)
                described = self._direct(about) or self._by_owner(about, mention.start_char, depth + 1)
                if described is not None and described.party is not None:
                    return Answer(
                        actor_id=None,
                        name=written,
                        party=described.party,
                        confidence=0.8 * described.confidence,
                        how=f"described in the document as “{about}”",
                        via=about,
                    )
            if len(written.split()) > len(text.split()):
                match = self._direct(written)
                if match is not None and match.party is not None and (best is None or match.confidence > best.confidence):
                    best = _because(match, f"named “{written}” elsewhere in the document", written)
        return best

    def _by_head(self, head: str, start: int, depth: int) -> Answer | None:
        """ "the ministry" after "the ... defence ministry"; before it where nothing stands before (a headline's short form)."""
        for mention in self._nearest(start):
            if mention.kind in ("pronoun", "place") or mention.start_char <= start < mention.end_char:
                continue
            if _head_word(_clean(mention.text)) != head:
                continue
            match = self._direct(_clean(mention.text))
            if match is not None and match.party is not None:
                return _because(match, f"the last {head} named is “{_clean(mention.text)}”", _clean(mention.text))
        if head in ("country", "nation", "state", "republic", "homeland"):
            for mention in self._before(start):
                if (
                    mention.kind == "country"
                    and (match := self._direct(_clean(mention.text))) is not None
                    and match.party is not None
                ):
                    return _because(match, f"the last country named is “{_clean(mention.text)}”", _clean(mention.text))
        if head in ("group", "militia", "movement", "organisation", "organization"):
            for mention in self._before(start):
                match = (
                    self._actors.lookup(_clean(mention.text), self._on) if mention.kind in ("body", "country", "group") else None
                )
                if match is not None and match.party is not None and len(match.party) == 3 and self._is_group(match.party):
                    answer = self._direct(_clean(mention.text))
                    return _because(answer, f"the last group named is “{_clean(mention.text)}”", _clean(mention.text))
        if head in ("spokesman", "spokeswoman", "spokesperson", "minister", "president", "leader", "official"):
            return _because(self._last_speaker(start, depth, True), f"the last speaker before “{head}”")
        return None

    def _is_group(self, party: str) -> bool:
        parties = getattr(self._actors, "parties", {})
        known = parties.get(party) if hasattr(parties, "get") else None
        return known is None or known.kind not in ("state",)

    def _pronoun(self, word: str, start: int, depth: int) -> Answer | None:
        here = self._mention_at(word, start)
        wants_person = word in _PERSONAL
        speaks = bool(here and here.speaks)
        if not speaks:
            # inside what somebody tells, "it" and "his" are mostly the teller's own
            teller = self._teller(start, wants_person, word in _PLURAL)
            near = self._in_sentence(start, word)
            if near is not None and (teller is None or near.start_char > teller.start_char):
                found = self.answer(near.text, near.start_char, depth + 1)
                if found is not None and found.party is not None:
                    return _because(found, f"“{word}” after “{_clean(near.text)}”", _clean(near.text))
            if teller is not None:
                found = self.answer(teller.text, teller.start_char, depth + 1)
                if found is not None:
                    return _because(found, f"“{word}” is the speaker, “{_clean(teller.text)}”", _clean(teller.text))
        found = self._last_speaker(start, depth, wants_person if word not in _PLURAL else None, word) if speaks else None
        if found is not None:
            return _because(found, f"“{word}” is the last speaker")
        for mention in self._before(start, sentences=3):
            if not _agrees(mention, word) or not (mention.is_subject or mention.speaks):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return _because(found, f"“{word}” after the subject “{_clean(mention.text)}”", _clean(mention.text))
        return _because(self._last_speaker(start, depth, None), f"“{word}” is the last speaker") if speaks else None

    def _teller(self, start: int, wants_person: bool, plural: bool) -> Mention | None:
        inner: tuple[int, Mention] | None = None
        quoted = self._quoted_by(start)
        for mention in self.mentions:
            for first, last in mention.speaks:
                inside = first <= start < last and not mention.start_char <= start < mention.end_char
                if inside and (inner is None or last - first < inner[0]):
                    inner = (last - first, mention)
        if inner is None:
            return None
        mention = inner[1]
        if quoted is not None and mention.quoted_by != quoted:
            return None  # within quotation marks the speaker is "we"; "they" and "he" are others
        if mention.kind == "pronoun" and mention.text.lower() in _PERSONAL and not wants_person and not plural:
            return mention
        if wants_person and mention.kind in ("country", "group"):
            return None
        if not wants_person and not plural and mention.kind == "person" and _is_single_person(mention):
            return None
        return mention

    def _in_sentence(self, start: int, word: str) -> Mention | None:
        """The subject or name right before a pronoun in its own sentence, where it agrees."""
        at = bisect_left(self._starts, start)
        sentence = self._sentence_of(start)
        for mention in reversed(self.mentions[max(0, at - 12) : at]):
            if mention.sentence != sentence or mention.start_char <= start < mention.end_char:
                continue
            if mention.is_subject and mention.kind != "pronoun" and _agrees(mention, word) and not mention.speaks:
                return mention
        return None

    def _opponent(self, start: int, depth: int) -> Answer | None:
        speaker = self.speaker_at(start, depth)
        own = set((speaker.party or "").split(";")) if speaker else set()
        others = [code for code in self._ranked_sides() if code not in own]
        if not own or not others:
            return None
        allies = {frozenset(pair) for pair in self._allied()}
        others = [code for code in others if not any(frozenset({code, mine}) in allies for mine in own)]
        if not others:
            return None
        return Answer(
            actor_id=None,
            name=None,
            party=others[0],
            confidence=0.5,
            how=f"the other side, as {speaker.name if speaker else ''} sees it",
        )

    def _ranked_sides(self) -> list[str]:
        self.sides()
        named = list(self._sides or ())
        return [*named, *(code for code in self._principals if code not in named)]

    def _allied(self) -> list[tuple[str, str]]:
        allied = getattr(getattr(self._actors, "theatre", None), "allies", ())
        return [tuple(pair) for pair in allied] if allied else []

    def _last_speaker(self, start: int, depth: int, wants_person: bool | None, word: str = "") -> Answer | None:
        """The speaker before an offset who agrees; captions and speakers inside quotations are passed over."""
        quoted = self._quoted_by(start)
        sentence = self._sentence_of(start)
        fallback: Answer | None = None
        for mention in self._before(start):
            if sentence - mention.sentence > 6 + 3 * self._captions_between(mention.sentence, sentence):
                break
            if not mention.speaks or (mention.quoted_by is not None and mention.quoted_by != quoted):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is None or (found.party is None and found.actor_id is None):
                continue
            is_person = mention.kind == "person" or (mention.kind == "pronoun" and mention.text.lower() in _PERSONAL)
            is_person = is_person or (
                mention.kind == "role"
                and not mention.is_plural
                and bool(_MALE.search(mention.text) or _FEMALE.search(mention.text))
            )
            if word and not _gender_fits(mention, word):
                continue
            if wants_person is None or wants_person == is_person:
                return found
            fallback = fallback or found
        return fallback

    def _captions_between(self, first: int, last: int) -> int:
        kinds = self.reading.sentences[first:last]
        return sum(1 for sentence in kinds if sentence.passage_kind == "caption")

    def _before(self, start: int, sentences: int | None = None) -> list[Mention]:
        """Mentions before an offset, nearest first; those in captions only for text in a caption."""
        at = bisect_left(self._starts, start)
        here = self._sentence_of(start)
        in_caption = self._kind_of(here) == "caption"
        found: list[Mention] = []
        for mention in reversed(self.mentions[:at]):
            if sentences is not None and here - mention.sentence > sentences:
                break
            if mention.end_char > start:
                continue
            if in_caption or self._kind_of(mention.sentence) != "caption":
                found.append(mention)
        return found

    def _nearest(self, start: int) -> list[Mention]:
        at = bisect_left(self._starts, start)
        return [*self._before(start), *self.mentions[at:]]

    def _mention_at(self, text: str, start: int) -> Mention | None:
        at = bisect_left(self._starts, start)
        near = [m for m in self.mentions[at : at + 3] if m.start_char == start]
        exact = [m for m in near if _clean(m.text).lower() == text.lower()]
        return next(iter(exact or near), None)

    def _quoted_by(self, start: int) -> int | None:
        return next((q.start_char for q in self.reading.quotations if q.depth == 0 and q.start_char <= start < q.end_char), None)

    def _sentence_of(self, start: int) -> int:
        starts = [sentence.start_char for sentence in self.reading.sentences]
        return max(0, bisect_left(starts, start + 1) - 1)

    def _kind_of(self, sentence: int) -> str:
        return self.reading.sentences[sentence].passage_kind if sentence < len(self.reading.sentences) else "body"


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \"'“”‘’,.;:–—-")


def _head_word(text: str) -> str:
    """Last noun before a preposition or comma, in the singular: what two phrases for one body share."""
    core = re.split(r",|\(| (?:of|for|to|in|at|on|from|who|which|that|said|is|was) ", f"{text} ", maxsplit=1, flags=re.I)[
        0
    ].strip()
    words: list[str] = re.findall(r"[^\W\d_]+", core.lower())
    if not words:
        return ""
    last = words[-1]
    if last.endswith("ies"):
        return last[:-3] + "y"
    return last[:-1] if last.endswith("s") and not last.endswith("ss") and len(last) > 4 else last


def _agrees(mention: Mention, word: str) -> bool:
    if mention.kind == "place" or (mention.kind == "pronoun" and mention.text.lower() != word):
        return False
    if word in _PLURAL:
        return mention.is_plural or mention.kind in ("group", "body")
    if word in _NEUTER:
        return not (mention.kind == "person" and _is_single_person(mention)) and not (
            mention.is_plural and mention.kind != "country"
        )
    return mention.kind in ("person", "role") and not mention.is_plural and _gender_fits(mention, word)


def _is_single_person(mention: Mention) -> bool:
    return not mention.is_plural


def _gender_fits(mention: Mention, word: str) -> bool:
    about = f"{mention.text} {mention.description or ''}"
    if word in ("she", "her"):
        return not _MALE.search(about)
    if word in ("he", "him", "his"):
        return not _FEMALE.search(about)
    return True


def _because(answer: Answer | None, how: str, via: str | None = None) -> Answer | None:
    if answer is None:
        return None
    return Answer(
        actor_id=answer.actor_id,
        name=answer.name,
        party=answer.party,
        confidence=0.85 * answer.confidence,
        how=how,
        via=via or answer.via or answer.name,
    )
