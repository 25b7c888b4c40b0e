"""When what a claim tells of took place: its own time against its document's day, or the day that the document's news is of.

Long, as each way in which a text dates a claim has its few lines, and the first that holds has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from trucewatch.model.change import changed
from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import Claim, Document, When
from trucewatch.model.theatre import Theatre
from trucewatch.stages.told_times import (
    BY_CAUSE,
    dates_what_is_named,
    is_aside,
    is_no_time_of,
    is_possessive,
    outbreak_of_days,
    outbreak_of_year,
    stepped,
    told_as_after,
    told_before,
    told_in_clause,
    with_year,
)
from trucewatch.stages.told_wars import opens_with_a_war, told_as_outset, war_told, years_fought
from trucewatch.stages.untold_days import SPEECH, says_a_sum, untold_days, with_day_before
from trucewatch.text.numbers import words_to_int
from trucewatch.text.time_expressions import WEEKDAYS, TimeSpan
from trucewatch.text.times import Anchor, precision_of, resolve_time, scan_times

_AHEAD = re.compile(
    r"\b(?:will|would|shall|must|should|deadline|required to|going to|upcoming"
    r"|(?:is|are|was|were|be) (?:due|set|scheduled|planned|expected|to))\b[^.;!?]{0,80}$",
    re.IGNORECASE,
)
# "invites the two to talks on Monday", and not "which had invited observers, shelled it on Monday"
_INVITES = re.compile(r"\binvit(?:es|ed|ing)\b[^,.;!?]{0,80}$", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?\s?m\.?", re.IGNORECASE)
_DAY_NAME = re.compile(
    rf"\b(?<!last )(?<!next )(?<!previous )(?<!following )(?P<name>{'|'.join(WEEKDAYS)}|today|tonight|yesterday)\b", re.IGNORECASE
)
# how often the day before must be told by name for the news to be of that day too
TIMES_TOLD = 1


def anchors_of(theatre: Theatre) -> tuple[Anchor, ...]:
    """The agreements' effective days, by title: what "five days after the truce" counts from."""
    return tuple(
        (agreement.title, agreement.effective_at.date()) for agreement in theatre.agreements if agreement.effective_at is not None
    )


def news_days(document: Document) -> When:
    """The days that a document's news is of: its own, and the day before where it tells of that one by name and not of its own.

    A morning's article is written the evening before: "diplomats said on Monday", published on Tuesday.
    """
    published = document.published
    day = published.earliest
    if day is None or published.latest != day:
        return published
    before = 0
    for match in _DAY_NAME.finditer(document.text):
        before_it = document.text[max(0, match.start() - 80) : match.start()]
        if _AHEAD.search(before_it) or _INVITES.search(before_it):
            continue
        name = match["name"].lower()
        behind = {"today": 0, "tonight": 0, "yesterday": 1}.get(name)
        if behind is None:
            behind = (day.weekday() - WEEKDAYS.index(name)) % 7
        if behind == 0:
            return published
        before += behind == 1
    if before < TIMES_TOLD:
        return published
    return changed(published, earliest=day - timedelta(days=1), precision="days")


_UNTOLD = When()
_LATELY = frozenset({"past_n", "recent"})


def claim_days(
    claim: Claim, document: Document, theatre: Theatre, anchors: Sequence[Anchor] | None = None, news: When | None = None
) -> When:
    """When what a claim tells of took place, or was to. Keeps the verbatim text and offsets; None at both ends: not known.

    `news`: `news_days` of the document, where a caller has many claims of one.
    """
    published, text, told = document.published, document.text, claim.when
    news = news or news_days(document)
    if anchors is None:
        anchors = anchors_of(theatre)
    in_clause = _in_when_clause(claim, document.text)
    told = in_clause or _of_the_deed(claim, told, document.text) or told
    is_since = (told.text or "").lower().startswith("since")
    if is_no_time_of(claim, told, text) or (is_since and opens_with_a_war(claim, text)):
        told, claim = _UNTOLD, changed(claim, when=_UNTOLD)
    if is_verbal(claim.act) and told.text is not None and all(span.rule in _LATELY for span in scan_times(told.text)):
        # "would go on as in recent days": no time of the saying
        told, claim = _UNTOLD, changed(claim, when=_UNTOLD)

    def days_of(expression: str) -> When:
        return resolve_time(expression, published, outbreaks=theatre.outbreaks, anchors=anchors)

    after = told_as_after(claim, document.text, published.latest, days_of)
    if after is not None:
        return changed(after, basis=published.basis)
    if told.text is not None and (fought := years_fought(claim, told, document.text)) is not None:
        return changed(fought, basis=published.basis)
    if told.text is None or _is_duration(told.text):
        # "without power for two hours on Sunday": how long is not when
        blank = claim if claim.when == _UNTOLD else changed(claim, when=_UNTOLD)
        told = _told_in_sentence(blank, document.text) or told_in_clause(blank, document.text) or told
    sentence = document.text[claim.sentence_start_char : claim.sentence_end_char]
    if told.text is not None and claim.act.startswith("TOLL") and _A_YEAR.match(told.text):
        fought_then = outbreak_of_year(sentence, theatre.outbreaks, is_toll=True)
        if fought_then is not None and fought_then.until is not None:
            width = precision_of(fought_then.on, fought_then.until)
            return changed(told, earliest=fought_then.on, latest=fought_then.until, precision=width, basis=published.basis)
    is_ahead = claim.modality == "actual" and _is_of_what_is_to_come(claim, told, document)
    if told.text is not None and (is_ahead or says_a_sum(claim, told, document.text)):
        told, claim = _UNTOLD, changed(claim, when=_UNTOLD)
    told, in_its_year = _with_its_year(_finer(told, document.text), claim, document, days_of)
    if told is None or told.text is None:
        told_before_it = _leaning(claim, document, news, theatre, anchors)
        return told_before_it or untold_days(claim, with_day_before(claim, document, news), theatre, document)
    expression = in_its_year or told.text
    if in_clause is not None and not scan_times(expression):
        # "since spring, when": in spring
        expression = f"in {expression}"
    if in_its_year is None and told.start_char is not None and document.text[told.start_char : told.end_char] == expression:
        expression = with_year(document.text, told.start_char, told.start_char + len(expression), published)
    resolved = resolve_time(
        expression,
        published,
        outbreaks=theatre.outbreaks,
        anchors=anchors,
        is_past=told.relation != "ahead" and not _is_ahead(claim, told, document),
    )
    if (again := _THAT_UNIT.fullmatch(told.text)) is not None:
        resolved = _same_again(resolved, told, again["u"].lower(), document, theatre, anchors)
    leans = _LONGER_ON.match(told.text) or _HOURS_ON.match(told.text) or _step_on(told.text) is not None
    is_open = resolved.earliest is None and resolved.latest is None and resolved.relation is None
    if is_open and not leans and not _DIGIT.search(told.text):
        # "later", "for hours": no time that could be reckoned
        return _leaning(claim, document, news, theatre, anchors) or untold_days(claim, news, theatre, document)
    if claim.act.startswith("TOLL") and all(span.rule == "now" for span in scan_times(told.text)):
        untold = untold_days(claim, news, theatre, document)
        resolved = changed(resolved, earliest=untold.earliest, latest=untold.latest, precision=untold.precision)
    elif (longer := _LONGER_ON.match(told.text)) is not None and (
        days := _span_before(told, document, theatre, anchors)
    ) is not None:
        way = 1 if longer["way"].lower() == "later" else -1
        count = _FEW.get((longer["n"] or "one").lower(), 1) * way
        moved = stepped(days, count, longer["unit"].lower())
        if longer["n"] is None and moved.earliest is not None and moved.latest is not None:
            # "weeks later": a few of them
            far = stepped(days, SOME * way, longer["unit"].lower())
            ends = [day for day in (moved.earliest, moved.latest, far.earliest, far.latest) if day is not None]
            moved = changed(moved, earliest=min(ends), latest=max(ends), precision=precision_of(min(ends), max(ends)))
        if way > 0 and moved.latest is not None and published.latest is not None and moved.latest > published.latest:
            # "a year later": up to now, and no further
            moved = changed(moved, earliest=published.earliest, latest=published.latest)
        resolved = changed(resolved, earliest=moved.earliest, latest=moved.latest, precision=moved.precision)
    elif (hours := _HOURS_ON.match(told.text)) is not None:
        before = _day_before(told, document, theatre, anchors, _HOURS_CHARS)
        if before is not None:
            first, last = _hours_from(before, hours)
            resolved = changed(resolved, earliest=first, latest=last, precision=precision_of(first, last))
    elif (step := _step_on(told.text)) is not None and (before := _day_before(told, document, theatre, anchors)) is not None:
        day = before + timedelta(days=step)
        resolved = changed(resolved, earliest=day, latest=day, precision="day")
    elif step and (month := _month_before(told, document, theatre, anchors)) is not None:
        if month.earliest is not None and month.latest is not None:
            # ten days on from some day of a month
            opens, closes = month.earliest + timedelta(days=step), month.latest + timedelta(days=step)
            resolved = changed(resolved, earliest=opens, latest=closes, precision=precision_of(opens, closes))
    elif resolved.earliest is None and resolved.relation == "since":
        # since when is not known, but on the day of the report it was still so
        resolved = changed(
            resolved,
            earliest=published.earliest,
            latest=published.latest,
            precision=precision_of(published.earliest, published.latest),
        )
    is_open = resolved.earliest is None and resolved.latest is None and resolved.relation is None
    if is_open and not _step_on(told.text) and not _DIGIT.search(told.text):
        # "on the same day", and no day told before
        return untold_days(claim, news, theatre, document)
    is_term = resolved.relation in ("until", "by") and resolved.earliest is not None and published.latest is not None
    if is_term and act_class(claim.act) == "AGREE" and resolved.earliest > published.latest:  # type: ignore[operator]
        # "would stay in force until Friday": agreed before
        return untold_days(changed(claim, when=_UNTOLD), news, theatre, document)
    if _is_kept_up_since(told, resolved, published, text) and resolved.earliest is not None:
        resolved = changed(resolved, earliest=resolved.earliest - timedelta(days=7), precision="days")
    if resolved.precision == "day" and resolved.earliest is not None and _is_before_it(claim, told, document.text):
        resolved = changed(resolved, earliest=resolved.earliest - timedelta(days=1), precision="days")
    return changed(
        told,
        earliest=resolved.earliest,
        latest=resolved.latest,
        precision=resolved.precision,
        relation=resolved.relation or (told.relation if told.relation != "ahead" else None),
        basis=published.basis,
    )


_DIGIT = re.compile(r"\d")
_THAT_UNIT = re.compile(r"(?:(?:in|during|later|earlier|early|late) )?(?:that|the same) (?P<u>month|year)", re.IGNORECASE)


def _same_again(resolved: When, told: When, unit: str, document: Document, theatre: Theatre, anchors: Sequence[Anchor]) -> When:
    """ "that year", "the same month": the one in which the last time told before lies."""
    before = _span_before(told, document, theatre, anchors, (*_PRECISE, "year") if unit == "year" else _PRECISE)
    day = before.earliest if before is not None else None
    if day is None:
        return resolved
    if unit == "year":
        first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    else:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return changed(resolved, earliest=first, latest=last, precision=precision_of(first, last))


_STEP_ON = re.compile(
    r"(?:on |during )?(?:(?:later|earlier|early|late) )?(?:on )?(?:the )?(?P<which>following|next|same|previous|that)"
    r" (?:day|morning|afternoon|evening|night)$"
    r"|(?P<within>earlier|later) in the day$"
    r"|(?:on )?the (?:day|night|evening|morning) (?P<side>before|after)$"
    r"|(?P<number>an?|[a-z]+|\d{1,2}) days? (?P<way>later|earlier)$",
    re.IGNORECASE,
)
_STEPS = {"following": 1, "next": 1, "same": 0, "that": 0, "previous": -1}
_FEW = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
# how far back in the text "the following day" may lean on a day told before
_LEAN_CHARS = 800


def _step_on(expression: str) -> int | None:
    """How many days an expression goes on from a day told before ("the following day": 1), None where it is none of these."""
    match = _STEP_ON.match(expression)
    if match is None:
        return None
    if match["within"]:
        return 0
    if match["side"]:
        return 1 if match["side"].lower() == "after" else -1
    if match["which"]:
        return _STEPS[match["which"].lower()]
    word = match["number"].lower()
    count = _FEW.get(word) or (int(word) if word.isdigit() else words_to_int(word))
    return count * (1 if match["way"].lower() == "later" else -1) if count else None


_HOURS_ON = re.compile(
    r"(?:(?P<n>an?|a few|several|[\w-]+) )?(?P<unit>hours?|minutes?|moments?) (?P<way>later|afterwards|earlier|before)$", re.I
)
_HALF_A_DAY, _DAY_HOURS = 12, 24


def _hours_from(day: date, hours: re.Match[str]) -> tuple[date, date]:
    """The day or two that so many hours before or after a moment of a day may lie in."""
    word = (hours["n"] or "").lower()
    count = int(word) if word.isdigit() else words_to_int(word.replace("-", " ")) or 0
    count = count if hours["unit"].lower().startswith("hour") else 0
    whole = timedelta(days=round(count / _DAY_HOURS))
    if hours["way"].lower() in ("earlier", "before"):
        return day - max(whole, timedelta(days=1)), day - whole
    return (day + whole, day + whole) if count >= _DAY_HOURS else (day, day + timedelta(days=count >= _HALF_A_DAY))


# "hours later" goes on from what was told right before
_HOURS_CHARS = 400
_LONGER_ON = re.compile(
    r"(?:(?P<n>an?|one|two|three|four|five|six|seven) )?(?P<unit>week|month|year)s? (?P<way>later|earlier)$", re.IGNORECASE
)
# "weeks later": up to so many
SOME = 6


def _leaning(claim: Claim, document: Document, news: When, theatre: Theatre, anchors: Sequence[Anchor]) -> When | None:
    """The time told before a claim that tells none: earlier in its paragraph, or a war known by how long it lasted."""
    sentence = document.text[claim.sentence_start_char : claim.sentence_end_char]
    war = outbreak_of_days(sentence, theatre.outbreaks, news.latest) or outbreak_of_year(
        sentence, theatre.outbreaks, is_toll=claim.act.startswith("TOLL")
    )
    if war is not None and war.until is not None:
        return changed(claim.when, earliest=war.on, latest=war.until, precision=precision_of(war.on, war.until), basis=news.basis)

    def days_of(expression: str) -> When:
        return resolve_time(expression, document.published, outbreaks=theatre.outbreaks, anchors=anchors)

    if (begun := told_as_outset(claim, document.text, news, theatre.outbreaks)) is not None:
        return begun
    if (fought := war_told(claim, document.text, news, theatre.outbreaks, days_of)) is not None:
        return fought
    carried = told_before(claim, document.text, news, days_of)
    return changed(carried, basis=document.published.basis) if carried is not None else None


# what itself leans on another time, or tells none
_NO_ANCHOR = frozenset({"now", "later", "hours_earlier", "daypart", "day_before"})
_PRECISE = ("day", "days", "week", "month")


def _span_before(
    told: When, document: Document, theatre: Theatre, anchors: Sequence[Anchor], precisions: Sequence[str] = _PRECISE
) -> When | None:
    """The last time of a month's precision or better (of `precisions`) that the text tells before another."""
    if told.start_char is None:
        return None
    start = max(0, told.start_char - _LEAN_CHARS)
    text = document.text[start : told.start_char]
    for span in reversed(scan_times(text)):
        expression = with_year(document.text, start + span.start_char, start + span.end_char, document.published)
        when = resolve_time(expression, document.published, outbreaks=theatre.outbreaks, anchors=anchors)
        if when.relation is None and when.precision in precisions and span.rule not in _NO_ANCHOR:
            return when
    return None


def _month_before(told: When, document: Document, theatre: Theatre, anchors: Sequence[Anchor]) -> When | None:
    """The month that the text tells last before a time, where it tells no single day since."""
    before = _span_before(told, document, theatre, anchors)
    return before if before is not None and before.precision == "month" else None


def _day_before(
    told: When, document: Document, theatre: Theatre, anchors: Sequence[Anchor], reach: int = _LEAN_CHARS
) -> date | None:
    """The last single day that the text tells before a time."""
    if told.start_char is None:
        return None
    start = max(0, told.start_char - reach)
    text = document.text[start : told.start_char]
    for span in reversed(scan_times(text)):
        expression = with_year(document.text, start + span.start_char, start + span.end_char, document.published)
        when = resolve_time(expression, document.published, outbreaks=theatre.outbreaks, anchors=anchors)
        if BY_CAUSE.search(text[: span.start_char]) and reach == _LEAN_CHARS:
            continue
        if when.precision == "day" and when.relation is None and span.rule not in _NO_ANCHOR:
            return when.earliest
    return None


_DAY_BY_DAY = re.compile(r"\b(?:(?:every|each) (?:day|night)|daily|nightly|constantly|repeatedly)\s+$", re.I)


def _is_kept_up_since(told: When, resolved: When, published: When, text: str) -> bool:
    """ "every day since Sunday", told on a Sunday: since the one before."""
    if resolved.earliest is None or resolved.earliest != published.latest or not (told.text or "").lower().startswith("since"):
        return False
    start = told.start_char or 0
    return not _DIGIT.search(told.text or "") and _DAY_BY_DAY.search(text, max(0, start - 30), start) is not None


_ANNOUNCES = re.compile(
    r"\b(?:announc|mourn|report|confirm|acknowledg|admit|declar|publish|condemn|broadcast)\w*\s+(?:late\s+|early\s+|only\s+)?$",
    re.I,
)
_HARMED_ON = re.compile(
    r"\b(?:killed|wounded|injured|died|hit|struck|shot|captured|downed|fell|destroyed|seized)\b[^,;]{0,40}$", re.I
)


def _of_the_deed(claim: Claim, told: When, text: str) -> When | None:
    """ "announced on Saturday the death of a man killed on Friday": the day that the deed's own words give it."""
    start = told.start_char
    if start is None or is_verbal(claim.act) or not claim.sentence_start_char <= start < claim.start_char:
        return None
    if _ANNOUNCES.search(re.sub(r"\bon\s+$", "", text[claim.sentence_start_char : start])) is None:
        return None
    words = text[claim.start_char : claim.end_char]
    days = [span for span in scan_times(words) if span.rule in _SENTENCE_DAYS and _HARMED_ON.search(words[: span.start_char])]
    if len(days) != 1:
        return None
    begin = claim.start_char + days[0].start_char
    expression = words[days[0].start_char : days[0].end_char]
    return changed(told, text=expression, start_char=begin, end_char=begin + len(expression))


_COARSE = frozenset({"unit", "month", "year", "my", "past_n", "weekend", "daypart"})


def _finer(told: When, text: str) -> When:
    """ "Last week, on 15 August": the day that explains a longer time."""
    if told.text is None or told.end_char is None or not any(span.rule in _COARSE for span in scan_times(told.text)):
        return told
    tail = text[told.end_char : told.end_char + 60]
    gap = _EXPLAINED.match(tail)
    span = next(iter(scan_times(tail[gap.end() :])), None) if gap is not None else None
    if gap is None or span is None or span.start_char or span.rule not in ("weekday", "dm", "md", "dmy", "mdy"):
        return told
    start = told.end_char + gap.end()
    end = start + span.end_char
    return changed(told, text=text[start:end], start_char=start, end_char=end)


_EXPLAINED = re.compile(r"\s*,\s*(?=[Oo]n\b)|\s*\(\s*|\s+(?=on\b)")
_A_YEAR = re.compile(r"(?:in )?(?:last year|this year|(?:19|20)\d\d)$", re.I)
_IN_A_YEAR = frozenset({"dm", "md", "month"})


def _with_its_year(told: When, claim: Claim, document: Document, resolve: Callable[[str], When]) -> tuple[When, str | None]:
    """ "the campaign last year killed ten in a raid on 9 May": the day that the claim's words name, in that year."""
    if told.text is None or not _A_YEAR.match(told.text):
        return told, None
    year = resolve(told.text).earliest
    words = document.text[claim.start_char : claim.end_char]
    named = [span for span in scan_times(words) if span.rule in _IN_A_YEAR and not span.part("y")]
    if year is None or len(named) != 1:
        return told, None
    expression = words[named[0].start_char : named[0].end_char]
    start = claim.start_char + named[0].start_char
    found = changed(told, text=expression, start_char=start, end_char=start + len(expression))
    return found, f"{expression} {year.year}"


_WHEN_CLAUSE = re.compile(r",?\s+(?:when|in which|during which)\b")
_CLAUSE_ENDS = re.compile(r"[;:–—]|,\s|\b(?:while|whereas|but|after|before|until|since|when)\b")
_LEADING_WORD = re.compile(r"^(?:since|in|during|from|until|by|after|before)\s+", re.IGNORECASE)


def _in_when_clause(claim: Claim, text: str) -> When | None:
    """The time that a clause hangs on: in "the worst since the 1990s, when thousands died" they died in the 1990s, not since."""
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char]
    for span in scan_times(sentence):
        clause = _WHEN_CLAUSE.match(sentence, span.end_char)
        if clause is None or not span.end_char <= claim.start_char - start:
            continue
        if claim.start_char - start > clause.end() + 4 and _CLAUSE_ENDS.search(sentence, clause.end(), claim.start_char - start):
            continue
        bare = _LEADING_WORD.sub("", sentence[span.start_char : span.end_char])
        end = start + span.end_char
        return changed(claim.when, text=bare, start_char=end - len(bare), end_char=end)
    return None


_SENTENCE_DAYS = frozenset({"weekday", "relative_day", "dm", "md", "dmy", "mdy", "overnight", "weekend"})
_ELSEWHERE = re.compile(r",\s+(?:while|whereas)\b|;\s")


def _is_duration(expression: str) -> bool:
    return all(span.rule in ("for_n", "span_of") for span in scan_times(expression)) and not expression.endswith("now")


def _is_day_again(span: TimeSpan) -> bool:
    """ "that day", "the same evening": a day told before."""
    return span.rule == "unit" and (span.part("w") or "").lower() in ("that", "the same") and span.part("u") in _DAY_UNITS


def _is_day_on(sentence: str, span: TimeSpan) -> bool:
    """ "the next day", "a day later" at the end of what is told."""
    expression = sentence[span.start_char : span.end_char]
    return (_step_on(expression) or 0) > 0 and (span.rule != "past_n" or expression.lower() in _NEXT_DAYS)


_NEXT_DAYS = frozenset({"the next day", "the next morning", "the next night", "the next evening"})
_DAY_UNITS = frozenset({"day", "morning", "afternoon", "evening", "night"})


def _told_in_sentence(claim: Claim, text: str) -> When | None:
    """A claim's time where the extractor tied none to it: its sentence's one day.

    News that tells only when something was said means that it happened then, or just before.
    """
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char]
    begin, end = claim.start_char - start, claim.end_char - start
    spans = [
        span
        for span in scan_times(sentence)
        if not is_possessive(sentence, span)
        and not is_aside(sentence, span, begin, end)
        and not dates_what_is_named(claim, sentence, span, begin)
    ]
    days = [span for span in spans if span.rule in _SENTENCE_DAYS or _is_day_again(span) or _is_day_on(sentence, span)]
    if days and end <= days[0].start_char and _ELSEWHERE.search(sentence[end : days[0].start_char]):
        return None
    if len(days) != 1 or len([span for span in spans if span.rule not in ("daypart", "now", "recently", "later", "for_n")]) != 1:
        return None
    begin, end = start + days[0].start_char, start + days[0].end_char
    expression = text[begin:end]
    if re.match(r"(?:since|until|till|by|before|after|from)\b", expression, re.IGNORECASE) or text[end : end + 2] in ("'s", "’s"):
        return None
    return changed(claim.when, text=expression, start_char=begin, end_char=end)


_AFTER_WHAT = re.compile(r"\s*,?\s*after\s+(?:an?\s+|the\s+|its\s+)?", re.IGNORECASE)


def _is_before_it(claim: Claim, told: When, text: str) -> bool:
    """ "struck back early today after a rocket hit the pitch": the rocket came that day or the day before."""
    if act_class(claim.act) != "ASSAULT" or told.end_char is None or not told.end_char <= claim.start_char:
        return False
    opens = _AFTER_WHAT.match(text, told.end_char)
    return opens is not None and opens.end() >= claim.start_char


_TALKED = re.compile(
    r"\b(?:spoke|met|held|discussed|talked|phoned|telephoned|called|visited)\b[^;]*\b(?:would|will)\b", re.IGNORECASE
)
_AGREED_TO = re.compile(r"\bagree\w*\b[^.;]*\b(?:would|will|to)\b", re.IGNORECASE)


def _is_of_what_is_to_come(claim: Claim, told: When, document: Document) -> bool:
    """ "spoke to both and said that the guns would fall silent on Monday", "agreed that they would": no day of the speaking."""
    start = told.start_char
    if start is None or act_class(claim.act) not in ("AGREE", "CONSULT") or not _is_ahead(claim, told, document):
        return False
    if act_class(claim.act) == "AGREE":
        return _AGREED_TO.search(document.text, claim.sentence_start_char, start) is not None
    return _TALKED.search(document.text, claim.sentence_start_char, start) is not None


def _is_ahead(claim: Claim, told: When, document: Document) -> bool:
    """Whether the words before a time speak of what is to come ("will hold talks on Tuesday")."""
    start = told.start_char
    if start is None or not claim.sentence_start_char <= start <= claim.sentence_end_char:
        return False
    before = _CLOCK.sub("", document.text[claim.sentence_start_char : start])
    said = SPEECH.search(before)
    begin = said.start() if said is not None else 0
    return _AHEAD.search(before, begin) is not None or (is_verbal(claim.act) and _INVITES.search(before, begin) is not None)
