"""Figures of victims and of taken places in a parsed paragraph: how many, of whom, as a range with its qualifier.

A figure is found from its predicate ("killed", "dead", "injuries", "seized"): the parse leads from there to the victims' noun
phrase, and a pattern over the words takes over where the parse fails. Numbers that no such predicate governs (vehicles, rockets,
populations, sidebars) make no figure. Long, as every way to a number asks the same parse, and each the others' findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.model.records import Figure
from trucewatch.text.casualty_predicates import SUBJECTS, Predicates
from trucewatch.text.casualty_words import (
    CIVILIANS,
    COMBATANTS,
    COUNTED,
    FEW,
    LEADING_TOTAL,
    OF_A_CLASH,
    ON_A_DAY,
    ONE_ATTACK,
    PEOPLE,
    PERIOD_AGENTS,
    PLACES,
    STATES,
    SUPERLATIVE_ASIDE,
    TALLY_SOURCE,
    THINGS,
    TOTAL_CUES,
    TRANSITIVE,
    find_stems,
    population_of,
)
from trucewatch.text.numbers import Number
from trucewatch.text.tokens import token_at
from trucewatch.text.victim_lists import listed_after, listed_before
from trucewatch.text.victims import VictimCount
from trucewatch.text.whereabouts import are_set_apart


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


def find_figures(doc: Any, start_char: int = 0) -> tuple[FigureMention, ...]:
    """Every figure in a parsed paragraph, in reading order; offsets are the document's (`start_char` the paragraph's first)."""
    text: str = doc.text
    stems = find_stems(text)
    return _Reader(doc, start_char, text).read(stems) if stems else ()


def figures_of(doc: Any, token: Any, head: Any, measure: str, start_char: int = 0) -> tuple[FigureMention, ...]:
    """Figures in a noun phrase that is known to name who is counted ("100,000 people have poured across"): `token` says what."""
    reader = _Reader(doc, start_char, doc.text)
    return tuple(reader.mentions(token, measure, reader.counts(head, measure)))


class _Reader(Predicates):
    def triggers(self, stems: list[int]) -> list[tuple[Any, list[tuple[Any, str]]]]:
        """The sentences that hold a predicate of casualties or of taking, with their predicates and measures."""
        grouped: list[tuple[Any, list[tuple[Any, str]]]] = []
        for index in sorted({token_at(self.starts, stem) for stem in stems}):
            token = self.doc[index]
            measures = [(token, measure) for measure in self.measures(token)]
            if not measures:
                continue
            if grouped and index < grouped[-1][0].end:
                grouped[-1][1].extend(measures)
            else:
                grouped.append((self.sentence(index), measures))
        return grouped

    def read(self, stems: list[int]) -> tuple[FigureMention, ...]:
        found: list[FigureMention] = []
        used: set[tuple[str, int]] = set()
        for sent, triggers in self.triggers(stems):
            pending = []
            for token, measure in triggers:
                counts = [count for head in self.victim_heads(token, measure) for count in self.counts(head, measure)]
                counts = self.with_others(token, measure) or counts or self.among(token, measure)
                if counts and all(_OF_THEM.match(self.text, count.end_idx) for count in counts):
                    # "six of its citizens, four of them officers, were killed": the parser takes the four for the subject
                    whole = self.by_words(token, measure, sent, {start for _, start in used})
                    counts = [whole] if whole is not None else counts
                zero = self.zero(token, measure)
                if zero:
                    found.append(zero)
                    continue
                fresh = [count for count in counts if (measure, count.start_idx) not in used]
                if not fresh and not counts and token.lemma_ != "casualty":
                    pending.append((token, measure))
                for count in fresh:
                    used.add((measure, count.start_idx))
                if fresh and measure in _LISTED:
                    fresh = [*self.list_of(token, measure, fresh, used)]
                found.extend(self.mentions(token, measure, fresh))
                if fresh:
                    found.extend(self.parts(token, measure, fresh, used))
            taken = {count for _, count in used}
            for token, measure in pending:
                nearest = self.by_words(token, measure, sent, taken)
                if nearest and (measure, nearest.start_idx) not in used:
                    used.add((measure, nearest.start_idx))
                    found.extend(self.mentions(token, measure, [nearest]))
                    found.extend(self.parts_of_them(token, measure, nearest.first, used))
            if any(m.figure.measure == "killed" and not m.is_total for m in found):
                found.extend(self.total_of(sent, used))
            found.extend(self.put_at(sent, used))
        found = self.joined(found)
        return tuple(sorted(found, key=lambda mention: (mention.figure.start_char or 0, mention.token)))

    def list_of(self, token: Any, measure: str, counts: list[VictimCount], used: set[tuple[str, int]]) -> list[VictimCount]:
        """Counts of a predicate with those that its list goes on to and began with."""
        taken = {start for _, start in used}
        before = list(listed_before(self, counts, taken))
        after = list(listed_after(self, token, counts, taken))
        used.update((measure, count.start_idx) for count in (*before, *after))
        return [*before, *counts, *after]

    def mentions(self, token: Any, measure: str, counts: list[VictimCount], *, is_part: bool = False) -> list[FigureMention]:
        made = []
        for count in counts:
            first = token_at(self.starts, count.start_idx)
            low_token, high_token = min(count.first, first, token.i), max(count.last, token.i)
            if high_token - low_token > 14 or self.sentence_start(low_token) != self.sentence_start(high_token):
                low_token, high_token = min(count.first, first), max(count.last, first)
            span = self.doc[low_token : high_token + 1]
            population = population_of(set(count.lemmas), measure) if measure != "places_taken" else "unknown"
            # no single incident of this field's wars has killed a thousand people: such a figure sums a war, and so do
            # "hundreds" whom something "has killed"
            is_perfect = count.qualifier in ("hundreds", "thousands") and any(c.lemma_ == "have" for c in token.children)
            are_few = (count.high or count.low or FEW) < FEW
            is_total = self.is_total(token, are_few=are_few) or (
                measure in ("killed", "injured") and (is_perfect or (count.low or count.high or 0) >= _BEYOND_ONE_DAY[measure])
            )
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

    def parts(self, token: Any, measure: str, counts: list[VictimCount], used: set[tuple[str, int]]) -> list[FigureMention]:
        """Parts of a figure: "including 11 civilians", "among them a child", "two of them children"."""
        first, last = min(c.first for c in counts), max(c.last for c in counts)
        found: list[FigureMention] = []
        sent = self.sentence(token.i)
        is_alone = not any(t.i != token.i and next(self.measures(t), None) for t in sent)
        for word in self.doc[first : max(last, token.i) + (26 if is_alone else 15)]:
            if word.i > token.i and word.is_sent_start:
                break
            if word.lower_ not in ("including", "among"):
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
                named = _NAMED_STATE.match(self.text, head.idx + len(head))
                stated = STATES[named[1].lower()] if named else measure
                # "including nine children and 30 wounded": what follows its own state word is no part of the dead
                fresh = [c for c in self.counts(head, stated) if (stated, c.start_idx) not in used]
                for count in fresh:
                    used.add((stated, count.start_idx))
                found.extend(self.mentions(token, stated, fresh, is_part=True))
        return found + self.parts_of_them(token, measure, first, used)

    def parts_of_them(self, token: Any, measure: str, first: int, used: set[tuple[str, int]]) -> list[FigureMention]:
        """ "…, at least 80 of them civilians": a part told by what it is of."""
        end = self.sentence(token.i).end_char
        for number in self.numbers:
            if not self.doc[first].idx < number.start_char < end or (measure, number.start_char) in used:
                continue
            kind = _OF_THEM.match(self.text, number.end_char)
            if kind is None:
                continue
            used.add((measure, number.start_char))
            last = token_at(self.starts, kind.end() - 1)
            start = token_at(self.starts, number.phrase_start)
            lemmas = _word_stems([kind[1]]) | ({"child"} if kind[1].lower() == "children" else frozenset())
            count = VictimCount(number.low, number.high, number.qualifier, lemmas, start, last, number.start_char, kind.end())
            return self.mentions(token, measure, [count], is_part=True)
        for among in _AMONG_THEM.finditer(self.text, self.doc[first].idx, end):
            listed = next((n for n in self.numbers if n.phrase_start == among.end()), None)
            noun = _PERSON_NOUN.match(self.text, listed.end_char) if listed is not None else None
            if listed is None or noun is None or (measure, listed.start_char) in used:
                continue
            named = self.doc[token_at(self.starts, listed.start_char) : token_at(self.starts, noun.end() - 1) + 1]
            if any(t.dep_ in SUBJECTS and t.head.i > t.i for t in named):
                continue  # "and also three civilians fled": told of on their own
            used.add((measure, listed.start_char))
            count = self.word_count(listed, _word_stems([noun[1]]), token_at(self.starts, noun.end() - 1))
            return self.mentions(token, measure, [count], is_part=True)
        return []

    def with_others(self, token: Any, measure: str) -> list[VictimCount]:
        """ "A B was killed with three other fighters": four; none where the words tell of nobody with the one."""
        subject = next((c for c in token.children if c.dep_ in ("nsubjpass", "nsubj") and c.tag_ in ("NN", "NNP")), None)
        if measure not in ("killed", "injured", "captured") or subject is None or self.number_of(subject) is not None:
            return []
        if not (self.is_person(subject) or subject.pos_ == "PROPN") or any(c.dep_ == "conj" for c in subject.children):
            return []
        for head in self.through(token, ("with", "alongside")) + [h for c in token.children for h in self.through(c, ("with",))]:
            number = self.number_of(head)
            if number is None or number.low is None or not (self.is_person(head) or head.lower_ == "others"):
                continue
            high = None if number.high is None else number.high + 1
            lemmas = frozenset(self.lemmas(head) | self.lemmas(subject))
            first = token_at(self.starts, number.phrase_start)
            start, end = number.start_char, head.idx + len(head)
            return [VictimCount(number.low + 1, high, number.qualifier, lemmas, first, head.i, start, end)]
        return []

    def among(self, token: Any, measure: str) -> list[VictimCount]:
        """ "Among the dead are three nurses": whom the clause goes on to name."""
        if token.dep_ != "pobj" or token.head.lower_ not in ("among", "amongst"):
            return []
        opens = _ARE.match(self.text, token.idx + len(token))
        number = opens and next((n for n in self.numbers if n.phrase_start == opens.end()), None)
        noun = number and _PERSON_NOUN.match(self.text, number.end_char)
        if not number or not noun:
            return []
        return [self.word_count(number, _word_stems([noun[1]]), token_at(self.starts, noun.end() - 1))]

    def total_of(self, sent: Any, used: set[tuple[str, int]]) -> list[FigureMention]:
        """ "40 more died, taking the total to 600"."""
        for match in _TAKEN_TO.finditer(self.text, sent.start_char, sent.end_char):
            number = next((n for n in self.numbers if n.phrase_start == match.end()), None)
            if number is not None and ("killed", number.start_char) not in used:
                used.add(("killed", number.start_char))
                token = self.doc[token_at(self.starts, match.start("sum"))]
                count = self.word_count(number, frozenset(), token_at(self.starts, number.end_char - 1))
                return [replace(made, is_total=True) for made in self.mentions(token, "killed", [count])]
        for match in _TAKEN_UP.finditer(self.text, sent.start_char, sent.end_char):
            number = next((n for n in self.numbers if n.phrase_start == match.end()), None)
            if number is not None and ("killed", number.start_char) not in used:
                used.add(("killed", number.start_char))
                last = token_at(self.starts, number.end_char - 1)
                count = self.word_count(number, frozenset(), last)
                return [replace(made, is_total=True) for made in self.mentions(self.doc[last], "killed", [count])]
        return []

    def put_at(self, sent: Any, used: set[tuple[str, int]]) -> list[FigureMention]:
        """ "Puts civilian deaths there at 36", "put the number of those killed at more than 200": a sum, and of whom."""
        made = []
        for match in _PUT_AT.finditer(self.text, sent.start_char, sent.end_char):
            number = next((n for n in self.numbers if n.phrase_start == match.end()), None)
            measure = _SUMMED[match["sum"].lower().rstrip("s")]
            if number is None or (measure, number.start_char) in used:
                continue
            used.add((measure, number.start_char))
            token = self.doc[token_at(self.starts, match.start("sum"))]
            last = token_at(self.starts, number.end_char - 1)
            after = _PERSON_NOUN.match(self.text, number.end_char)
            lemmas = frozenset(match["who"].lower().split() + match["whose"].lower().split())
            lemmas = frozenset({*lemmas, *(word.rstrip("s") for word in lemmas), *(_word_stems([after[1]]) if after else ())})
            made += [replace(m, is_total=True) for m in self.mentions(token, measure, [self.word_count(number, lemmas, last)])]
        return made

    def zero(self, token: Any, measure: str) -> FigureMention | None:
        """ "No one was killed", "no casualties", "no injuries were reported": a figure of none."""
        lemma = token.lemma_.lower()
        heads = [token] if lemma in COUNTED or lemma == "casualty" or token.lower_ in ("dead", "wounded", "injured") else []
        heads += self.victim_heads(token, measure) if measure in ("killed", "injured", "missing", "captured") else []
        for head in heads:
            none = next((c for c in head.children if c.dep_ in ("det", "neg") and c.lower_ == "no"), None)
            if none is None and head.lower_ in ("nobody", "none", "noone"):
                none = head
            not_one = _not_one(head)
            if not_one is not None:
                none = not_one
            if none is not None and (not_one is not None or self.number_of(head) is None or head.lower_ == "one"):
                count = VictimCount(0, 0, "exactly", frozenset(self.lemmas(head)), none.i, head.i, none.idx, head.idx + len(head))
                return self.mentions(token, measure, [count])[0]
        return None

    def by_words(self, token: Any, measure: str, sent: Any, taken: set[int]) -> VictimCount | None:
        """The nearest number before ("22 civilians have been killed") or after ("killing three") where the parse gives none."""
        if token.lemma_ in TRANSITIVE and self.shares_number(token):
            return None
        before = self.text[sent.start_char : token.idx]
        after_start = token.idx + len(token)
        after = self.text[after_start : sent.end_char]
        if _TALLY_BEFORE.search(before + token.text):
            for number in self.numbers:
                if after_start <= number.phrase_start < sent.end_char and _TALLY_GAP.fullmatch(
                    after[: number.phrase_start - after_start]
                ):
                    return self.word_count(number, frozenset(), token_at(self.starts, number.end_char - 1))
        is_active = token.tag_ in ("VBG", "VBZ", "VBP", "VB") or token.tag_ == "VBD"
        for number in reversed(self.numbers):
            if number.start_char in taken or not sent.start_char <= number.start_char < token.idx:
                continue
            if _OF_THEM.match(self.text, number.end_char):
                continue  # "six of its citizens, four of them officers, were killed"
            gap = _PART_ASIDE.sub(" ", self.text[number.end_char : token.idx])
            if _AGED.search(before[: number.start_char - sent.start_char]):
                continue  # "a woman of 92"
            if _PASSIVE_GAP.fullmatch(gap) and token.tag_ != "VBG":
                words = re.findall(r"[A-Za-z-]+", gap)
                lemmas = _word_stems(words)
                if lemmas & THINGS or (measure == "places_taken") != bool(lemmas & PLACES):
                    return None
                if _OF_THE_DEAD.search(gap) and not lemmas & (PEOPLE | CIVILIANS | COMBATANTS):
                    # "two counts of the dead", "three lists of the dead"
                    return None
                if token.pos_ == "NOUN" and lemmas & _NOT_IN_COMPOUND:
                    # "two counts of risk of injury": the number counts something else
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
                lemmas = _word_stems(words)
                if re.fullmatch(r"[\s'’\"“”]*(?:(?:the|its|their|his)\s+)?", gap) and not lemmas & THINGS:
                    if measure in ("places_taken", "captured") and (measure == "places_taken") != bool(lemmas & PLACES):
                        return None
                    if measure in ("killed", "injured", "displaced") and lemmas & PLACES:
                        return None
                    end = token_at(self.starts, number.end_char - 1)
                    return self.word_count(number, lemmas, end)
                break
        return None

    def word_count(self, number: Number, lemmas: frozenset[str], last: int) -> VictimCount:
        first = token_at(self.starts, number.phrase_start)
        while last > first and self.doc[last].pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            last -= 1
        return VictimCount(
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
                and self.sentence_start(previous.token) == self.sentence_start(mention.token)
                and self.doc[mention.token].head == self.doc[previous.token]
                and mention.figure.population in ("unknown", previous.figure.population)
                and not are_set_apart(self.doc[previous.token], self.doc[mention.token])
                and not any(c.dep_ == "mark" and c.lower_ in ("while", "whereas") for c in self.doc[mention.token].children)
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
            if _OTHERS_OF_THEM.fullmatch(victims) and mention.figure.population == "unknown":
                # "one soldier was killed and another wounded": of the same people
                same = (m for m in reversed(result) if self.sentence_start(m.token) == self.sentence_start(mention.token))
                if (before := next(same, None)) is not None:
                    mention = replace(mention, figure=replace(mention.figure, population=before.figure.population))
            result.append(mention)
        return result

    def is_total(self, token: Any, *, are_few: bool = False) -> bool:
        """Whether the clause of a predicate sums over a period or a war; a few who fell in a clash on a day are none."""
        if _is_of_one_attack(token):
            return False
        top = token
        while top.dep_ in _INSIDE_CLAUSE:
            if (top.dep_ == "ccomp" and top.head.lemma_ in _SPEECH) or top.head.i == top.i or _is_said_apart(top):
                break
            top = top.head
        left, right = top.left_edge.i, top.right_edge.i
        # "said that it had captured three, and that it struck 200 targets in a week": two things said
        apart = [c for c in top.children if _is_said_apart(c) and c.left_edge.i > token.i]
        right = min((right, *(c.left_edge.i - 1 for c in apart)))
        sent = self.sentence(token.i)
        root = sent.root
        if LEADING_TOTAL.match(sent.text) or TALLY_SOURCE.search(sent.text):
            return True
        clause = self.text[self.doc[left].idx : self.doc[right].idx + len(self.doc[right])]
        own = sent.text if top == root else clause
        at = token.idx - (sent.start_char if top == root else self.doc[left].idx)
        begin, end = own.rfind(";", 0, at) + 1, own.find(";", at)
        own, at = own[begin : end if end >= 0 else len(own)], at - begin
        for cut in list(_CLAUSE_CUT.finditer(own)):
            if at >= cut.start() and cut["tally"]:
                # "killing 9, bringing the toll to 50": what is brought to is the sum
                return True
            if at < cut.start():
                own = own[: cut.start()]
                break
        else:
            own = own[max((c.start() for c in _CLAUSE_CUT.finditer(own) if c.start() <= at), default=0) :]
        if root.lemma_ == "be" and any(
            c.dep_ == "nsubj" and c.lemma_.lower() in ("year", "month", "decade", "war") for c in root.children
        ):
            return True  # "last year was the bloodiest, with seventy soldiers killed"
        if token.lemma_ == "toll" and any(child.lower_ in ("total", "overall", "combined") for child in token.children):
            return True
        if are_few and ON_A_DAY.search(own):
            own = OF_A_CLASH.sub("", own)
        if TOTAL_CUES.search(SUPERLATIVE_ASIDE.sub("", own)):
            return True
        verb = token
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        while verb.dep_ == "conj" and not any(child.dep_ in SUBJECTS for child in verb.children):
            verb = verb.head
        for child in verb.children:
            if child.dep_ == "nsubj" and (
                child.lemma_.lower() in PERIOD_AGENTS or any(c.lemma_ in PERIOD_AGENTS for c in child.children)
            ):
                return not any(c.dep_ == "auxpass" for c in verb.children)
        if verb.dep_ not in ("relcl", "acl", "advcl"):
            return False
        return verb.head.lemma_.lower() in PERIOD_AGENTS or re.fullmatch(r"(?:19|20)\d0s?", verb.head.text) is not None


def _is_of_one_attack(token: Any) -> bool:
    """ "a strike on a house killed five", "two were hurt by a missile": one attack's, whatever war the sentence names."""
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children):
        return False  # what it has done may be a sum
    makers = [c for c in verb.children if c.dep_ == "nsubj"]
    makers += [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    return any(
        m.tag_ == "NN"
        and m.lemma_.lower() in ONE_ATTACK
        and any(
            c.dep_ in ("det", "poss") or c.lower_ in ("second", "third", "fourth", "fresh", "new", "another") for c in m.children
        )
        and not any(c.lower_ in ("every", "each", "any") for c in m.children)
        for m in makers
    )


def _is_said_apart(clause: Any) -> bool:
    """Whether a coordinated clause has a "that" of its own."""
    return clause.dep_ == "conj" and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


# more than one incident of this field's wars has cost: the wounded of one day have been thousands
_ARE = re.compile(r"\s+(?:are|were|is|was)\s+", re.I)
_PERSON_NOUN = re.compile(r"\s+(?:[a-z-]+\s+)?([a-z-]+)\b", re.I)
_TAKEN_TO = re.compile(
    r"\b(?:bring|tak|rais|push)(?:ing|es|s)\s+(?:the|its|their)\s+(?:[\w-]+\s+){0,2}?(?P<sum>total|toll|tally|number|count|list)"
    r"(?:\s+(?:of|among|killed|dead|deaths|soldiers|losses|so far)){0,3}\s+to\s+",
    re.I,
)
# "bringing to 12 the number of its servicemen who have died"
_TAKEN_UP = re.compile(
    r"\b(?:bring|tak|rais|push)(?:ing|es|s)\s+to\s+(?=(?:[\w,-]+\s+){1,3}?(?:the|its|their)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:total|toll|tally|number|count|list)\b[^.;]{0,60}\b(?:killed|dead|died|deaths|toll|losses)\b)",
    re.I,
)
_SUMMED = {
    "death": "killed", "dead": "killed", "killed": "killed", "losse": "killed", "fatalitie": "killed", "toll": "killed",
    "wounded": "injured", "injured": "injured", "missing": "missing", "captive": "captured", "prisoner": "captured",
    "displaced": "displaced", "uprooted": "displaced",
}  # fmt: skip
_PUT_AT = re.compile(
    r"\b(?:put(?:s|ting)?|estimat(?:es?|ed)|set(?:s)?|gives?|gave|given)\s+(?P<who>(?:[\w'’-]+\s+){0,6}?)"
    r"(?P<sum>deaths?|dead|killed|losses|fatalities|toll|wounded|injured|missing|captives|prisoners"
    r"|displaced|uprooted)\b(?P<whose>(?:\s+(?!at\b)[\w'’-]+){0,6}?)\s+at\s+",
    re.I,
)
_OTHERS_OF_THEM = re.compile(r"another|(?:another )?(?:[\w-]+ )?others?")
_LISTED = frozenset({"killed", "injured"})
_BEYOND_ONE_DAY = {"killed": 1000, "injured": 5000}
# people whose side a sum leaves open, where "all" would say too much
_UNSURE = frozenset("worker employee member national peacekeeper police policeman guard official".split())
_SPEECH = frozenset("say report announce claim tell add state confirm declare tweet write note admit acknowledge".split())


_NOT_IN_COMPOUND = frozenset("of for to in at on with by from has have a the is was".split())
# dependencies that stay inside their head's clause
_INSIDE_CLAUSE = frozenset("conj amod acl acomp oprd attr pobj prep dobj compound nsubj nsubjpass ccomp xcomp".split())
_CLAUSE_CUT = re.compile(
    r"(?:^|,? )(?:while|whereas|although|but"
    r"|(?<=,\s)as (?!of\b|a result|part\b|many\b|well\b|much\b|few\b|the (?:death )?toll|the number)"
    r"|(?P<tally>(?:bringing|taking|raising|pushing)(?= [^,;]{0,40}(?:toll|total|number|tally|losses|count|dead))))\b"
)
_OF_THEM = re.compile(
    r"\s+of\s+(?:them|whom)\s+(?:(?:were|are|is|was)\s+)?(?:police\s+|(?-i:[A-Z])[\w-]+\s+){0,2}(civilians?|child(?:ren)?|wom[ae]n|minors?|soldiers?|fighters?|militants?"
    r"|combatants?|medics|paramedics|journalists|officers|policemen|doctors|nurses)\b",
    re.IGNORECASE,
)
# "…, among them 19 civilians", "most of them fighters but also more than 90 civilians"
_AMONG_THEM = re.compile(r"\b(?:among(?:st)?\s+(?:them|whom)|but\s+also|and\s+also)\s+(?:(?:were|are)\s+)?", re.I)
_PART_ASIDE = re.compile(r",\s+(?:at least |about )?[\w-]+\s+of\s+(?:them|whom)\s[^,;.]{0,40},\s", re.I)
_AGED = re.compile(r"\b(?:an?|the) [\w-]*\s?(?:m[ae]n|wom[ae]n|boy|girl|son|daughter|\w+er) (?:of|aged|,) ?$", re.IGNORECASE)
# between a number and "dead": the number counts what comes before "of"
_OF_THE_DEAD = re.compile(r"\s[a-z]+s of (?:the|those|its|their)\s+$", re.IGNORECASE)
# "including ten civilians among the dead": the part says itself of what it is one
_NAMED_STATE = re.compile(r" (?:among|of) the (dead|killed|wounded|injured)\b", re.IGNORECASE)
_TALLY_BEFORE = re.compile(r"\b(?:number of (?:the )?\w+|death toll|toll)$", re.IGNORECASE)
_TALLY_GAP = re.compile(r"\s+(?:[a-z]+\s+){0,4}?(?:to|at|of|reached|past|hit|was|is)\s+", re.IGNORECASE)


def _not_one(head: Any) -> Any | None:
    """The "not" of "not one soldier", "not one of its soldiers"; None for "not one but three"."""
    one = head if head.lower_ == "one" else next((c for c in head.children if c.dep_ == "nummod" and c.lower_ == "one"), None)
    if one is None or any(c.lower_ == "but" for c in one.children):
        return None
    return next((c for c in one.children if c.lower_ == "not"), None)


def _word_stems(words: list[str]) -> frozenset[str]:
    lower = [word.lower() for word in words]
    return frozenset((*lower, *(word.rstrip("s") for word in lower), *(word.replace("men", "man") for word in lower)))


_PASSIVE_GAP = re.compile(
    r"[\s'’\"”]*(?:[\w'’-]+[\s'’\"”]+){0,5}?(?:(?:(?:have|has|had|were|was|are|is|been|being|be|also|reportedly|allegedly|left|shot|badly|seriously"
    r"|severely|lightly|slightly|critically|fatally|confirmed|reported|or|injured|wounded|killed)\b[’'\"]?\s+)*)",
    re.IGNORECASE,
)
