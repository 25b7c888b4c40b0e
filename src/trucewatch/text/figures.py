"""Figures of victims and of taken places in a parsed paragraph: how many, of whom, as a range with its qualifier.

A figure is found from its predicate ("killed", "dead", "injuries", "seized"): the parse leads from there to the victims' noun
phrase, and a pattern over the words takes over where the parse fails. Numbers that no such predicate governs (vehicles, rockets,
populations, sidebars) make no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.model.records import Figure
from trucewatch.text.casualty_words import (
    CIVILIANS,
    COMBATANTS,
    COUNTED,
    EVENT_NOUNS,
    INTRANSITIVE,
    LEADING_TOTAL,
    PEOPLE,
    PERIOD_AGENTS,
    PLACES,
    STATES,
    SUPERLATIVE_ASIDE,
    TAKING,
    THINGS,
    TOTAL_CUES,
    TRANSITIVE,
    population_of,
)
from trucewatch.text.numbers import Number, find_numbers

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ELLIPTIC = frozenset({"other", "another", "more", "further", "rest"})


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureMention:
    """A figure with where it hangs: `token` the index in the paragraph of its predicate or counted noun.

    `is_total`: a sum over a period or a war, not one incident's. `victims`: their noun phrase, verbatim. `is_part`: a part of
    another figure of the same sentence ("including 11 civilians"), not to be added to it.
    """

    figure: Figure
    token: int
    is_total: bool = False
    victims: str | None = None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class _Count:
    """Victims counted in one noun phrase: their range, words, and the tokens from first to last."""

    low: int | None
    high: int | None
    qualifier: str
    lemmas: frozenset[str]
    first: int
    last: int
    start_idx: int
    end_idx: int
    is_elliptic: bool = False


def find_figures(doc: Any, start_char: int = 0) -> tuple[FigureMention, ...]:
    """Every figure in a parsed paragraph, in reading order; offsets are the document's (`start_char` the paragraph's first)."""
    reader = _Reader(doc, start_char)
    return reader.read()


class _Reader:
    def __init__(self, doc: Any, start_char: int) -> None:
        self.doc, self.start_char = doc, start_char
        self.text: str = doc.text
        self.numbers = [number for number in find_numbers(self.text) if number.kind == "count"]
        self.not_counts = [number for number in find_numbers(self.text) if number.kind != "count"]
        self.by_token: dict[int, Number] = {}
        self.excluded: set[int] = set()
        for token in doc:
            for number in self.numbers:
                if token.idx < number.end_char and number.start_char < token.idx + len(token):
                    self.by_token[token.i] = number
            if any(token.idx < n.end_char and n.start_char < token.idx + len(token) for n in self.not_counts):
                self.excluded.add(token.i)

    def read(self) -> tuple[FigureMention, ...]:
        found: list[FigureMention] = []
        used: set[tuple[str, int]] = set()
        for sent in self.doc.sents:
            triggers = [(token, measure) for token in sent for measure in self.measures(token)]
            pending = []
            for token, measure in triggers:
                counts = [count for head in self.victim_heads(token, measure) for count in self.counts(head, measure)]
                zero = self.zero(token, measure)
                if zero:
                    found.append(zero)
                    continue
                fresh = [count for count in counts if (measure, count.start_idx) not in used]
                if not fresh and not counts:
                    pending.append((token, measure))
                for count in fresh:
                    used.add((measure, count.start_idx))
                found.extend(self.mentions(token, measure, fresh))
                if fresh:
                    found.extend(self.parts(token, measure, fresh, used))
            taken = {count for _, count in used}
            for token, measure in pending:
                count = self.by_words(token, measure, sent, taken)
                if count and (measure, count.start_idx) not in used:
                    used.add((measure, count.start_idx))
                    found.extend(self.mentions(token, measure, [count]))
        found = self.joined(found)
        return tuple(sorted(found, key=lambda mention: (mention.figure.start_char or 0, mention.token)))

    # ---- predicates

    def measures(self, token: Any) -> Iterator[str]:
        """The measures that a token may govern (a taking verb may govern captives or places: its object decides)."""
        lemma, lower = token.lemma_.lower(), token.lower_.strip("'’‘\"“”")
        is_verb = token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")
        if lower in ("killed", "wounded", "injured", "displaced") and not is_verb:
            yield STATES[lower]
            return
        if is_verb:
            if lemma in TRANSITIVE:
                yield TRANSITIVE[lemma]
            elif lemma in INTRANSITIVE:
                yield INTRANSITIVE[lemma]
            elif lemma == "lose" or (lemma == "blow" and any(c.dep_ == "prt" and c.lower_ == "up" for c in token.children)) or (lemma == "claim" and any(child.dep_ == "dobj" and child.lemma_ == "life" for child in token.children)):
                yield "killed"
            if lemma in TAKING:
                yield "places_taken"
            return
        if lower in STATES and (token.pos_ in ("ADJ", "NOUN", "PROPN", "ADV") or token.tag_.startswith("NN")):
            yield STATES[lower]
        elif lemma in COUNTED and token.pos_ in ("NOUN", "PROPN"):
            measure = COUNTED[lemma]
            yield measure
            if measure == "captured" and lemma in EVENT_NOUNS:
                yield "places_taken"
        elif (lemma == "toll" and not any(child.lower_ in ("financial", "heavy") for child in token.children)) or (lemma == "loss" and token.pos_ == "NOUN"):
            yield "killed"
        elif lemma == "control" and token.pos_ == "NOUN":
            yield "places_taken"
        elif lemma == "condition" and any(c.lower_ in ("critical", "serious", "grave", "stable") for c in token.children):
            yield "injured"

    def victim_heads(self, token: Any, measure: str) -> list[Any]:
        """Heads of the noun phrases that name who (or which places) a predicate counts."""
        lemma, lower = token.lemma_.lower(), token.lower_.strip("'’‘\"“”")
        is_verb = token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")
        heads: list[Any] = []
        subjects = [child for child in token.children if child.dep_ in _SUBJECTS]
        if not subjects and token.tag_ in ("VBN", "VBD"):
            # "one was injured and another slightly wounded": the parser takes the elliptic subject for a determiner
            subjects = [
                child for child in token.children if child.dep_ == "det" and child.i < token.i and child.lower_ == "another"
            ]
        objects = [child for child in token.children if child.dep_ in ("dobj", "obj")]
        if is_verb and (lemma in TRANSITIVE or lemma in TAKING):
            heads = self.of_transitive(token, subjects, objects)
            if lemma == "take" and measure == "places_taken":
                heads += [g for o in objects if o.lemma_ == "control" for g in self.through(o, ("of", "over"))]
        elif is_verb and lemma in INTRANSITIVE:
            heads = subjects or ([token.head] if token.dep_ in ("acl", "relcl") else self.shared_subject(token))
        elif is_verb and lemma == "lose":
            lives = [o for o in objects if o.lemma_ == "life"]
            heads = (subjects or [token.head] if token.dep_ == "relcl" else subjects) if lives else objects
            if lives and any(self.number_of(o) for o in lives):
                heads = lives
            heads = [h for h in heads if lives or self.is_person(h)]
        elif is_verb and lemma == "blow":
            heads = [h for h in self.of_transitive(token, subjects, objects) if self.is_person(h)]
        elif is_verb:
            heads = objects
        elif lower in ("dead", "killed", "slain", "wounded", "injured", "hurt", "missing", "displaced", "homeless", "unaccounted", "captive", "hostage",
                       "prisoner", "deceased", "lifeless", "martyred"):  # fmt: skip
            heads = self.of_state(token, subjects)
        elif lemma == "toll" or (lemma in COUNTED and token.head.lemma_ == "toll"):
            heads = self.of_toll(token)
        elif lemma in COUNTED or lemma in ("loss", "control"):
            heads = self.through(token, ("of", "over"))
            if lemma == "control":
                heads = [h for h in heads if self.is_place(h)]
            elif lemma == "loss":
                heads = [h for h in heads if self.is_person(h)]
            elif lemma not in EVENT_NOUNS or lemma == "death":
                heads = [h for h in heads if self.is_person(h)]
                if self.number_of(token) or not heads:
                    heads = [token]
        elif lemma == "condition":
            holder = token.head if token.dep_ == "pobj" else None
            verb = holder.head if holder is not None else None
            if verb is not None:
                heads = [child for child in verb.children if child.dep_ in _SUBJECTS]
                if verb.pos_ in ("NOUN", "NUM", "PROPN"):
                    heads = [verb]
        wanted_place = measure == "places_taken"
        if wanted_place or (measure == "captured" and lemma in TAKING | {"capture", "seize", "seizure"}):
            heads = [head for head in heads if self.is_place(head) == wanted_place]
        return [head for head in heads if wanted_place or not self.is_thing(head)]

    def of_transitive(self, token: Any, subjects: list[Any], objects: list[Any]) -> list[Any]:
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)
        if objects and not passive:
            return objects
        if passive:
            named = [s for s in subjects if s.tag_ not in ("WDT", "WP")]
            if named:
                return named
            if subjects and token.dep_ in ("relcl", "acl"):
                return [token.head]
            return self.shared_subject(token)
        if token.tag_ == "VBN" and token.dep_ in ("acl", "relcl"):
            return [token.head]
        # "Sixteen killed as ...", "the 74 injured": the participle's only argument is who suffered it
        if token.tag_ in ("VBN", "VBD", "JJ") and subjects:
            return [s for s in subjects if s.i < token.i and (self.number_of(s) or self.is_person(s))]
        if token.tag_ in ("VBN", "VBD") and token.dep_ == "conj":
            return self.shared_subject(token)
        return []

    def shared_subject(self, token: Any) -> list[Any]:
        """Subject of the verb that a conjunct shares it with ("were shot and killed"), not of another measure's verb."""
        head = token
        while head.dep_ in ("conj", "xcomp", "acomp", "advcl") and head.head is not head:
            head = head.head
            if head.lemma_ in TRANSITIVE and TRANSITIVE[head.lemma_] != TRANSITIVE.get(token.lemma_):
                return []
            subjects = [child for child in head.children if child.dep_ in _SUBJECTS]
            if subjects:
                return [s for s in subjects if self.is_person(s) or self.number_of(s)]
        return []

    def of_state(self, token: Any, subjects: list[Any]) -> list[Any]:
        if self.number_of(token):
            return [token]
        if subjects:
            return subjects
        verb = token.head
        if token.dep_ in ("amod", "acl", "appos", "nmod", "compound") and verb.pos_ in ("NOUN", "PROPN", "NUM"):
            return [verb]
        if token.dep_ in ("acomp", "oprd", "attr", "advmod", "conj", "ccomp", "xcomp", "dobj", "advcl", "prt"):
            if verb.lemma_ in (
                "leave",
                "shoot",
                "find",
                "report",
                "declare",
                "confirm",
                "count",
                "number",
                "presume",
                "take",
                "hold",
                "list",
            ):
                objects = [c for c in verb.children if c.dep_ in ("dobj", "obj") and c is not token]
                named = [c for c in verb.children if c.dep_ in _SUBJECTS]
                is_passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
                return objects or (named if is_passive or verb.tag_ == "VBN" else [])
            if verb.lemma_ in ("be", "go", "remain", "report", "feel", "get", "lie"):
                return [child for child in verb.children if child.dep_ in _SUBJECTS]
        if token.dep_ == "pobj" and token.head.lower_ in ("among", "amongst", "of") and token.head.head.lemma_ != "number":
            verb = token.head.head
            named = [c for c in verb.children if c.dep_ in (*_SUBJECTS, "attr") and c.i != token.i]
            return [n for n in named if self.is_person(n) or self.number_of(n)]
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ == "number":
            return self.of_toll(token.head.head)
        return []

    def of_toll(self, token: Any) -> list[Any]:
        """The number that a toll stands at ("the death toll rose to 45", "a toll of 45", "put the number of dead at 45")."""
        top = token
        while top.dep_ in ("compound", "pobj", "prep", "nmod") and top.head is not top and top.head.pos_ != "VERB":
            top = top.head
        seen: list[Any] = []
        for word in (token, top):
            seen += self.through(word, ("of",))
        verb = top.head if top.head.pos_ in ("VERB", "AUX") else None
        if verb is not None:
            for child in verb.children:
                if child.dep_ == "prep" and child.lower_ in ("to", "at", "past", "above"):
                    seen += [grand for grand in child.children if grand.dep_ == "pobj"]
                if child.dep_ in ("dobj", "attr") and child.i > top.i:
                    seen.append(child)
        return [head for head in seen if self.number_of(head)][:1]

    def through(self, token: Any, prepositions: tuple[str, ...]) -> list[Any]:
        return [
            grand
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in prepositions
            for grand in child.children
            if grand.dep_ == "pobj"
        ]

    # ---- noun phrases

    def number_of(self, head: Any) -> Number | None:
        """The number that counts a noun: its own, or a child's, or None."""
        if head.i in self.by_token:
            return self.by_token[head.i]
        for child in head.children:
            if (
                child.dep_ in ("nummod", "amod", "quantmod", "det", "compound", "predet")
                and child.i in self.by_token
                and child.i <= head.i
            ):
                return self.by_token[child.i]
        return None

    def is_person(self, head: Any) -> bool:
        lemmas = self.lemmas(head)
        if lemmas & THINGS and head.lemma_.lower() in THINGS:
            return False
        return (
            bool(lemmas & (PEOPLE | CIVILIANS | COMBATANTS))
            or head.ent_type_ in ("PERSON", "NORP")
            or head.pos_ in ("PRON", "NUM")
        )

    def is_place(self, head: Any) -> bool:
        return bool(self.lemmas(head) & PLACES) and head.lemma_.lower() not in ("people", "resident")

    def is_thing(self, head: Any) -> bool:
        noun = self.noun(head)
        lemma = noun.lemma_.lower()
        return (lemma in THINGS or lemma in PLACES) and lemma not in PEOPLE

    def noun(self, head: Any) -> Any:
        """The noun counted: the head, or what follows "of" where the head is only an amount ("dozens of people")."""
        if head.i in self.by_token or head.lemma_.lower() in (
            "total",
            "number",
            "group",
            "couple",
            "pair",
            "handful",
            "score",
            "dozen",
        ):
            inner = self.through(head, ("of",))
            if inner:
                return inner[0]
        return head

    def lemmas(self, head: Any) -> set[str]:
        noun = self.noun(head)
        words = {noun.lemma_.lower(), noun.lower_}
        words |= {c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "appos") and c.i < noun.i}
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of" and noun.lemma_.lower() in ("member", "group", "crew", "family"):
                words |= {grand.lemma_.lower() for grand in child.children}
        return words

    def counts(self, head: Any, measure: str) -> list[_Count]:
        """Counts in a noun phrase and the phrases joined to it by "and": "a woman and her two children" is three."""
        heads, current = [head], head
        while True:
            following = [c for c in current.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ")]
            if (
                not following
                or (not any(c.dep_ == "cc" and c.lower_ in ("and", "&", "or") for c in current.children)
                and len(heads) == 1)
            ):
                if not following:
                    break
            current = following[0]
            heads.append(current)
        counts = []
        for position, part in enumerate(heads):
            if (
                position
                and measure != "places_taken"
                and (self.is_thing(part) or not (self.is_person(part) or self.number_of(part)))
            ):
                break
            count = self.count(part, measure, is_joined=position > 0)
            if count:
                counts.append(count)
            elif position and counts and self.number_of(heads[0]) is None:
                # "its leader and most of its commanders": one of them cannot be counted, so the phrase cannot
                return []
        return self.summed(counts, measure)

    def count(self, head: Any, measure: str, *, is_joined: bool) -> _Count | None:
        noun = self.noun(head)
        number = self.number_of(head)
        if number is None and noun is not head:
            number = self.number_of(noun)
        left = min([t.i for t in head.subtree if t.i <= head.i] or [head.i])
        if head.i in self.excluded or any(c.i in self.excluded and c.dep_ == "nummod" for c in head.children):
            return None
        lemmas = frozenset(self.lemmas(head))
        if number is not None:
            first_char, last = number.phrase_start, max(head.i, noun.i)
            first = next((t.i for t in self.doc if t.idx + len(t) > first_char), left)
            elliptic = (
                bool(lemmas & _ELLIPTIC)
                or re.search(r"\b(another|other|further|more)\b", self.doc[left : last + 1].text.lower()) is not None
            )
            return _Count(
                number.low,
                number.high,
                number.qualifier,
                lemmas,
                min(first, last),
                last,
                number.start_char,
                number.end_char,
                elliptic,
            )
        if measure == "places_taken" or (head.tag_ in ("NNS", "NNPS", "PRP", "WDT", "WP", "DT", "EX") and head.lower_ != "another"):
            return None
        if head.lower_ == "another":
            return _Count(1, 1, "exactly", lemmas, head.i, head.i, head.idx, head.idx + len(head), True)
        determiners = {c.lower_ for c in head.children if c.dep_ in ("det", "poss")}
        is_single = bool(determiners & {"a", "an", "another", "her", "his"}) or (is_joined and not determiners)
        if is_single and self.is_person(head) and head.tag_ in ("NN", "NNP") and lemmas & (PEOPLE | CIVILIANS | COMBATANTS):
            if head.lemma_.lower() in ("people", "personnel", "group", "family", "crew", "military", "police", "security", "all"):
                return None
            start = self.doc[left]
            return _Count(1, 1, "exactly", lemmas, left, head.i, start.idx, head.idx + len(head), "another" in determiners)
        return None

    def summed(self, counts: list[_Count], measure: str) -> list[_Count]:
        """Adds up counts of one population; different populations stay apart."""
        result: list[_Count] = []
        for count in counts:
            previous = result[-1] if result else None
            if previous and population_of(set(previous.lemmas), measure) == population_of(set(count.lemmas), measure):
                result[-1] = _add(previous, count)
            else:
                result.append(count)
        return result

    # ---- figures

    def mentions(self, token: Any, measure: str, counts: list[_Count], *, is_part: bool = False) -> list[FigureMention]:
        made = []
        for count in counts:
            first = next((t.i for t in self.doc if t.idx + len(t) > count.start_idx), count.first)
            low_token, high_token = min(count.first, first, token.i), max(count.last, token.i)
            if high_token - low_token > 14 or self.doc[low_token].sent != self.doc[high_token].sent:
                low_token, high_token = min(count.first, first), max(count.last, first)
            span = self.doc[low_token : high_token + 1]
            population = population_of(set(count.lemmas), measure) if measure != "places_taken" else "unknown"
            # no single incident of this field's wars has killed a thousand people: such a figure sums a war
            is_total = self.is_total(token) or (measure in ("killed", "injured") and (count.low or count.high or 0) >= 1000)
            if population == "unknown" and measure != "places_taken" and is_total and not count.lemmas & _UNSURE:
                population = "all"
            made.append(
                FigureMention(
                    figure=Figure(
                        measure=measure,
                        population=population,
                        low=count.low,
                        high=count.high,
                        qualifier=count.qualifier,
                        text=span.text,
                        start_char=self.start_char + span.start_char,
                        end_char=self.start_char + span.end_char,
                    ),
                    token=token.i,
                    is_total=is_total,
                    victims=self.doc[min(count.first, first) : count.last + 1].text,
                    is_part=is_part,
                )
            )
        return made

    def parts(self, token: Any, measure: str, counts: list[_Count], used: set[tuple[str, int]]) -> list[FigureMention]:
        """Parts of a figure: "including 11 civilians", "among them a child", "two of them children"."""
        first, last = min(c.first for c in counts), max(c.last for c in counts)
        sent = self.doc[first].sent
        found: list[FigureMention] = []
        for word in sent:
            if word.lower_ not in ("including", "among") or not first <= word.i <= max(last, token.i) + 14:
                continue
            if word.lower_ == "among" and not (word.i + 1 < len(self.doc) and self.doc[word.i + 1].lower_ == "them"):
                continue
            if any(t.i != token.i and next(self.measures(t), None) for t in self.doc[min(token.i, word.i) + 1 : word.i]):
                continue
            heads = [c for c in word.children if c.dep_ in ("pobj", "dobj")] if word.lower_ == "including" else []
            if word.lower_ == "among":
                heads = [word.head] if word.head.i not in (token.i,) and word.head.pos_ in ("NOUN", "NUM") else []
                heads += [
                    t
                    for t in self.doc[word.i + 2 : word.i + 8]
                    if t.dep_ in ("dep", "appos", "conj", "npadvmod") and self.is_person(t)
                ][:1]
            for head in heads:
                # "including nine children and 30 wounded": what follows its own state word is no part of the dead
                fresh = [c for c in self.counts(head, measure) if (measure, c.start_idx) not in used]
                for count in fresh:
                    used.add((measure, count.start_idx))
                found.extend(self.mentions(token, measure, fresh, is_part=True))
        return found

    def zero(self, token: Any, measure: str) -> FigureMention | None:
        """ "No one was killed", "no casualties", "no injuries were reported": a figure of none."""
        lemma = token.lemma_.lower()
        heads = [token] if lemma in COUNTED or token.lower_ in ("dead", "wounded", "injured") else []
        heads += self.victim_heads(token, measure) if measure in ("killed", "injured", "missing", "captured") else []
        for head in heads:
            none = next((c for c in head.children if c.dep_ in ("det", "neg") and c.lower_ == "no"), None)
            if none is None and head.lower_ in ("nobody", "none", "noone"):
                none = head
            if (none is not None and self.number_of(head) is None) or (none is not None and head.lower_ == "one"):
                count = _Count(0, 0, "exactly", frozenset(self.lemmas(head)), none.i, head.i, none.idx, head.idx + len(head))
                return self.mentions(token, measure, [count])[0]
        return None

    def by_words(self, token: Any, measure: str, sent: Any, taken: set[int]) -> _Count | None:
        """The nearest number before ("22 civilians have been killed") or after ("killing three") where the parse gives none."""
        before = self.text[sent.start_char : token.idx]
        after_start = token.idx + len(token)
        after = self.text[after_start : sent.end_char]
        is_active = token.tag_ in ("VBG", "VBZ", "VBP", "VB") or token.tag_ == "VBD"
        for number in reversed(self.numbers):
            if number.start_char in taken or not sent.start_char <= number.start_char < token.idx:
                continue
            gap = self.text[number.end_char : token.idx]
            if _PASSIVE_GAP.fullmatch(gap) and not (token.tag_ == "VBG"):
                words = re.findall(r"[A-Za-z-]+", gap)
                lemmas = frozenset(w.lower().rstrip("s") for w in words) | frozenset(w.lower() for w in words)
                if lemmas & THINGS or (measure == "places_taken") != bool(lemmas & PLACES):
                    return None
                if not lemmas & (PEOPLE | CIVILIANS | COMBATANTS | PLACES) and len(words) > 5:
                    return None
                return self.word_count(number, lemmas, token.i - 1)
            break
        if is_active and before is not None:
            for number in self.numbers:
                if not after_start <= number.start_char < sent.end_char or number.start_char in taken:
                    continue
                gap = after[: number.phrase_start - after_start]
                tail = re.match(r"[\s'’\"]*((?:[A-Za-z-]+\s?){0,4})", self.text[number.end_char :])
                words = re.findall(r"[a-z-]+", (tail.group(1) if tail else "").lower())
                lemmas = frozenset(words) | frozenset(w.rstrip("s") for w in words)
                if re.fullmatch(r"[\s'’\"“”]*(?:(?:the|its|their|his)\s+)?", gap) and not lemmas & THINGS:
                    if measure in ("places_taken", "captured") and (measure == "places_taken") != bool(lemmas & PLACES):
                        return None
                    if measure in ("killed", "injured", "displaced") and lemmas & PLACES:
                        return None
                    end = next((t.i for t in reversed(self.doc) if t.idx < number.end_char), token.i)
                    return self.word_count(number, lemmas, end)
                break
        return None

    def word_count(self, number: Number, lemmas: frozenset[str], last: int) -> _Count:
        first = next(t.i for t in self.doc if t.idx + len(t) > number.phrase_start)
        return _Count(
            number.low, number.high, number.qualifier, lemmas, first, max(first, last), number.start_char, number.end_char
        )

    def joined(self, found: list[FigureMention]) -> list[FigureMention]:
        """Adds "another", "others", "two more" to the figure of the same measure before it in the sentence."""
        result: list[FigureMention] = []
        for mention in sorted(found, key=lambda m: (m.figure.start_char or 0, m.token)):
            victims = (mention.victims or "").lower()
            previous = next((m for m in reversed(result) if m.figure.measure == mention.figure.measure and not m.is_part), None)
            is_more = re.search(r"\b(?:another|others?|further|more)$|^(?:another|a further)\b", victims.strip()) is not None
            if (
                previous
                and is_more
                and not mention.is_part
                and mention.token != previous.token
                and self.doc[previous.token].sent == self.doc[mention.token].sent
                and self.doc[mention.token].head == self.doc[previous.token]
                and mention.figure.population in ("unknown", previous.figure.population)
            ):
                low = (
                    None
                    if None in (previous.figure.low, mention.figure.low)
                    else (previous.figure.low or 0) + (mention.figure.low or 0)
                )
                high = (
                    None
                    if None in (previous.figure.high, mention.figure.high)
                    else (previous.figure.high or 0) + (mention.figure.high or 0)
                )
                start, end = previous.figure.start_char or 0, mention.figure.end_char or 0
                text = self.text[start - self.start_char : end - self.start_char]
                qualifier = previous.figure.qualifier if previous.figure.qualifier != "exactly" else mention.figure.qualifier
                figure = replace(previous.figure, low=low, high=high, qualifier=qualifier, text=text, end_char=end)
                result[result.index(previous)] = replace(previous, figure=figure)
                continue
            result.append(mention)
        return result

    def is_total(self, token: Any) -> bool:
        """Whether the clause of a predicate sums over a period or a war."""
        top = token
        while top.dep_ in (
            "conj",
            "amod",
            "acl",
            "acomp",
            "oprd",
            "attr",
            "pobj",
            "prep",
            "dobj",
            "compound",
            "nsubj",
            "nsubjpass",
            "ccomp",
            "xcomp",
        ):
            if (top.dep_ == "ccomp" and top.head.lemma_ in _SPEECH) or top.head is top:
                break
            top = top.head
        left, right = min(t.i for t in top.subtree), max(t.i for t in top.subtree)
        sent = token.sent
        if LEADING_TOTAL.match(sent.text):
            return True
        clause = self.text[self.doc[left].idx : self.doc[right].idx + len(self.doc[right])]
        own = self.text[token.sent.start_char : token.sent.end_char] if top == sent.root else clause
        cut = re.search(r",? (?:while|whereas|although|but)\b", own)
        if cut:
            at = token.idx - (sent.start_char if top == sent.root else self.doc[left].idx)
            own = own[: cut.start()] if at < cut.start() else own[cut.start() :]
        if TOTAL_CUES.search(SUPERLATIVE_ASIDE.sub("", own)):
            return True
        verb = token if token.pos_ == "VERB" else token.head
        while verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
            verb = verb.head
        for child in verb.children:
            if child.dep_ == "nsubj" and (
                child.lemma_.lower() in PERIOD_AGENTS or any(c.lemma_ in PERIOD_AGENTS for c in child.children)
            ):
                return not any(c.dep_ == "auxpass" for c in verb.children)
        if verb.dep_ not in ("relcl", "acl", "advcl"):
            return False
        return verb.head.lemma_.lower() in PERIOD_AGENTS or re.fullmatch(r"(?:19|20)\d0s?", verb.head.text) is not None


# people whose side a sum leaves open, where "all" would say too much
_UNSURE = frozenset("worker employee member national peacekeeper police policeman guard official".split())
_SPEECH = frozenset("say report announce claim tell add state confirm declare tweet write note admit acknowledge".split())
_PASSIVE_GAP = re.compile(
    r"[\s'’\"”]*(?:[\w'’-]+[\s'’\"”]+){0,5}?(?:(?:(?:have|has|had|were|was|are|is|been|being|be|also|reportedly|allegedly|left|shot|badly|seriously"
    r"|severely|lightly|slightly|critically|fatally|confirmed|reported|or|injured|wounded|killed)\b[’'\"]?\s+)*)",
    re.IGNORECASE,
)


def _add(first: _Count, second: _Count) -> _Count:
    low = None if first.low is None or second.low is None else first.low + second.low
    high = None if first.high is None or second.high is None else first.high + second.high
    qualifier = first.qualifier if first.qualifier != "exactly" else second.qualifier
    return replace(
        first,
        low=low,
        high=high,
        qualifier=qualifier,
        lemmas=first.lemmas | second.lemmas,
        last=max(first.last, second.last),
        end_idx=max(first.end_idx, second.end_idx),
    )
