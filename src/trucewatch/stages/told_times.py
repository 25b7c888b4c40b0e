"""Times that a claim leans on: its clause's, or the one told just before, where its own words give none.

"On Thursday two fell …, and on Friday two were hurt": each clause has its day. "In June 2021 they shelled the town; ten died":
the second clause goes on in the first one's time. A paragraph that tells of an earlier day stays there until it names another.
Long, as it is one walk through a text, whose steps share what was told last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import Claim, When
from trucewatch.model.theatre import Outbreak
from trucewatch.text.time_expressions import TimeSpan
from trucewatch.text.times import resolve_time, scan_times

_DATED = frozenset(
    "weekday relative_day dm md dmy mdy iso dotted overnight weekend my range_dm range_md range_mdmd range_full".split()
)
_LONG = frozenset({"month", "year", "my", "season_y"})
_CUT = re.compile(r"[;:]\s|,\s+(?:and|while|but|whereas|as|with)\s|\s(?:while|whereas)\s|\s[–—]\s")
_BOUND = re.compile(r"(?:since|until|till|by|before|after|from|ever)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:has|have|is|are|(?<!\bto )(?<!\bwho )(?:remains?|stays?|keeps?|holds?|continues?)|now|today|currently|meanwhile"
    r"|this (?:morning|week|month)|later|will|would|so far|earlier)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[“\"'‘]?(?:It|He|She|They|This|That|These|Those|The (?:attack|strike|shelling|raid|blast|assault|incident|same)"
    r"|(?:Hours|Minutes|Moments) (?:earlier|later|before|after|afterwards)|Shortly (?:before|after|afterwards))\b"
)
_AFTER_IT = re.compile(
    r"\b(?:(?:less|more) than |just |only |barely |about |some |nearly |almost |over )?"
    r"(?:(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|the)\s+)?(?P<unit>hour|day|week|month)s?\s+after\s+"
    r"(?:(?:it|he|she|they|the [\w ]{3,30}?) (?:had )?(?:said|reported|announced|claimed) (?:that )?)?",
    re.IGNORECASE,
)
_NUMBERS = {
    "a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_DAYS_OF = {"hour": 0, "day": 1, "week": 7, "month": 30}
# what was done on a day that only tells more of something else: "the truce, agreed on Saturday", "sworn in the day before"
_BY_THE_WAY = re.compile(
    r"(?:,|\()\s*(?:which (?:was|were) |first |originally )?(?:agreed|signed|brokered|announced|reached|declared|sworn in|elected"
    r"|appointed|adopted|passed|born|founded|due|scheduled)\b[^,;)]{0,40}$",
    re.IGNORECASE,
)
_WHO = re.compile(r",\s+(?:who|whose|which|where|in which)\b")
# "a raid, which killed ten on Friday": the clause tells of the head's own time
_GOES_ON_WITH_IT = re.compile(
    r",\s+which\s+(?:also\s+|had\s+|then\s+)*(?:kill|wound|injur|hit|struck|destroy|damag|came|come|took place|happen|occur|began"
    r"|start|erupt|broke out|was carried out|was launched|were fired|were launched|left|caus|led|follow|last|land|fell|lasted)",
    re.IGNORECASE,
)
_OPENS_LATE = re.compile(r",\s+(?:and|but|while|when)\s", re.IGNORECASE)
_STILL = re.compile(r"\b(?:now|today|currently|meanwhile|this (?:morning|week|month)|so far)\b", re.IGNORECASE)
_LEAN_CHARS = 500
# a clause that so much of its sentence stands before is no first clause, whose comma opens the main one
_MAIN_CLAUSE_CHARS = 12
_THOSE_DAYS = re.compile(
    r"\b(?:those|these|the|lasted(?: for)?)\s+(?P<n>\d{1,3}|[a-z]+)[- ]days?\b(?!\s+(?:ago|later|after|before))", re.IGNORECASE
)
_THOSE_MONTHS = re.compile(
    r"\b(?P<n>\d{1,2}|[a-z]+)[- ]months?(?:[- ]long|['’]s?)?\s+(?:of\s+)?(?:[\w-]+\s+)?(?:war|conflict|fighting|hostilities)\b",
    re.IGNORECASE,
)
_FOUGHT = r"(?:war|conflict|fighting|hostilities|offensive|invasion|campaign)"
_WAR_OF = re.compile(
    rf"\b(?:during|in|throughout|amid)\s+(?:(?:the|that|its)\s+)?(?:[\w-]+\s+){{0,2}}?(?:(?P<y>(?:19|20)\d\d)\s+(?:[\w-]+\s+){{0,2}}?{_FOUGHT}"
    rf"|{_FOUGHT}\s+(?:of|in)\s+(?P<y2>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_THAT_YEAR = re.compile(r",?\s*(?:of\s+|in\s+)?(?P<which>that|the same|the following|the next)\s+year\b", re.IGNORECASE)
_THIS_YEAR = re.compile(r",?\s*(?:of\s+|in\s+)?(?:this|the (?:current|present))\s+year\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# a date that names a paper or a war tells no time of the paragraph
_OF_A_PAPER = re.compile(
    r"\b(?:agreement|statement|declaration|accord|deal|truce|cease-?fire|armistice|treaty|protocol|resolution|memorandum|constitution"
    r"|war)s?\s+(?:of\s+|from\s+|dated\s+|signed\s+)?$",
    re.IGNORECASE,
)
# "last December" is told from the day of the text
_LEANS = re.compile(r"(?:last|this|next)\b", re.IGNORECASE)
_YEAR_CHARS = 800
_NO_YEAR = frozenset({"dm", "md", "month", "range_dm", "range_md", "range_mdmd"})
# a day without a year of the last weeks is this year's, whatever was told before
_LATE_DAYS = 45
_MONTH_DAYS = 30.4
_COUNTS = {
    "eleven": 11, "fourteen": 14, "eight": 8, "nine": 9,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12,
    "thirty-four": 34, "forty-four": 44,
}  # fmt: skip


def told_in_clause(claim: Claim, text: str) -> When | None:
    """The one day named in the clause of a sentence in which a claim's evidence stands; else the last named before it there."""
    start, stop = claim.sentence_start_char, claim.sentence_end_char
    sentence = text[start:stop]
    spans = [
        span
        for span in scan_times(sentence)
        if (span.rule in _DATED | _LONG or _is_of_speech(claim, sentence, span))
        and not _BOUND.match(sentence[span.start_char : span.end_char])
        and not is_possessive(sentence, span)
    ]
    begin, end = claim.start_char - start, claim.end_char - start
    spans = [span for span in spans if not is_aside(sentence, span, begin, end)]
    spans = [span for span in spans if not dates_what_is_named(claim, sentence, span, begin)]
    if not spans:
        return None
    cuts = [0, *(match.start() for match in _CUT.finditer(sentence)), len(sentence)]
    low = max(cut for cut in cuts if cut <= max(begin, 0))
    high = next((cut for cut in cuts if cut >= max(end, low + 1)), len(sentence))
    inside = [span for span in spans if low <= span.start_char < high]
    earlier = [span for span in spans if span.end_char <= low]
    own = [span for span in inside if begin <= span.start_char < end]
    inside = own if len(own) == 1 else inside
    chosen = inside[0] if len(inside) == 1 else earlier[-1] if not inside and earlier else None
    if chosen is None:
        return None
    expression = sentence[chosen.start_char : chosen.end_char]
    return replace(claim.when, text=expression, start_char=start + chosen.start_char, end_char=start + chosen.end_char)


_SAID = re.compile(
    r"\b(?:said|says|told|announced|warned|stated|wrote|tweeted|declared|declaring)(?: \w+)?\s+(?:late |early |earlier )?$"
)


def _is_of_speech(claim: Claim, sentence: str, span: TimeSpan) -> bool:
    """ "said last week that X, and called on Y": the speech's time, for what else was said, or for what had been done by then."""
    if span.rule != "unit" or _SAID.search(sentence[: span.start_char].replace("\n", " ")) is None:
        return False
    is_told_then = _THAT_HAD.match(sentence, span.end_char) is not None and (span.part("u") or "").lower() == "week"
    return is_verbal(claim.act) or is_told_then


_THAT_HAD = re.compile(r"\s+that\s[^.;]*?\bhad\b", re.IGNORECASE)
_PAPERS = r"(?:agreements?|statements?|declarations?|accords?|deals?|truces?|cease-?fires?|armistice|treat(?:y|ies)|resolutions?)"
_OF_A_NAMED_PAPER = re.compile(rf"\b{_PAPERS}\s+(?:of|from|dated|signed(?: on)?)\s+$", re.IGNORECASE)
_PAPER_BEGAN = re.compile(
    rf"\b{_PAPERS}\s+(?:[\w-]+\s+){{0,3}}?(?:(?:that|which)\s+)?(?:was\s+|were\s+|had\s+|has\s+|been\s+)*"
    r"(?:took effect|came into (?:force|effect)|went into (?:force|effect)|taken effect|began|begun|in force|ended|halted|stopped"
    r"|signed|agreed|reached|brokered|announced|declared|concluded|struck|adopted)\b[^,;.]{0,50}$",
    re.IGNORECASE,
)
# "a funeral for four men killed on Sunday"
_OF_VICTIMS = re.compile(
    r"\b(?:funerals?|burials?|procession|wake|mourn\w*|memorial|vigil|bodies|graves?|tribute)\b[^.;]*\b(?:for|of)\s[^,;.]*?"
    r"\b(?:killed|slain|murdered|wounded|dead|died|fallen|fell|shot)\s*(?:in [^,;.]{0,40})?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:in|for|about|against|of|by|from|at|during|over|after)\s+(?:the|an?|its|their|that|last|this)\s+(?:[\w-]+\s+){1,4}?"
    r"(?:that|which|who|in which|when)\s[^,;]*$",
    re.IGNORECASE,
)
# "an inquiry into a raid which killed ten on Sunday", "after its envoy was hurt in Sunday's raid": no day of the asking
_IN_RAID = re.compile(
    r"\b(?:which|that|who)\s+(?:had\s+|has\s+|was\s+|were\s+)?(?:kill|hit|struck|wound|injur|destroy|destroyed|left|shell|bomb)\w*\b[^,;]*$"
    r"|\bafter\s[^,;]*\b(?:was|were|had been)\s+(?:kill|wound|injur|hurt|hit|struck)\w*\b[^,;]*$",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:will|(?:is|are) (?:to|due|set|expected))\b[^.;]{0,80}$", re.IGNORECASE)
_AGREED = frozenset({"AGREE", "CONSULT", "RETREAT"})
_MEETINGS = frozenset({"AGREE", "CONSULT"})
_SAID_OF_A_DAY = frozenset({"weekday", "relative_day", "overnight", "weekend", "unit"})


def dates_what_is_named(claim: Claim, sentence: str, span: TimeSpan, begin: int) -> bool:
    """Whether a time that no word ties to a claim tells of a thing that its sentence names.

    "A breach of the truce of 10 May", "the accord that took effect in November": the paper's day. What follows a plea, a threat
    or a reproach ("called for use of the line set up in 2018", "condemned it and would raise it on 4 May") dates what that is
    about, unless it is a day of the week.
    """
    before = sentence[: span.start_char].replace("\n", " ")
    if _OF_VICTIMS.search(before):
        return True
    if _OF_A_LIFE.search(before) or _WAITING.search(before):
        return True
    named = act_class(claim.act)
    cause = BY_CAUSE.search(before)
    if cause is not None and cause.start() > max(begin, 0):
        return True
    saying = _SAYING.search(before)
    if saying is not None and (is_verbal(claim.act) or claim.stance == "denies") and saying.start() > max(begin, 0):
        return True
    words, after = sentence[span.start_char : span.end_char], sentence[span.end_char : span.end_char + 60].replace("\n", " ")
    if named not in _AGREED and (_is_of_a_paper(before) or _names_a_paper(before, words, after)):
        return True
    if _NOT.search(before) or (_DEADLINE.match(after) and _DESPITE.search(before)):
        return True
    if not is_verbal(claim.act):
        return False
    if _IN_RAID.search(before[max(begin, 0) :]):
        return True
    if span.start_char <= begin:
        # "will come on Thursday and has asked for arms"
        return named not in _MEETINGS and span.end_char <= begin and _TO_COME.search(before) is not None
    if span.rule in _LONG:
        return True
    if named in _MEETINGS:
        return False
    return span.rule not in _SAID_OF_A_DAY or _NAMED.search(before[max(begin, 0) :]) is not None


# "bringing the dead to 90 since May": of the sum, and not of those who came last
_SUM_SINCE = re.compile(
    r"\b(?:tak(?:es|ing)|br(?:ings|inging|ought)|rais(?:es|ing|ed)|push(?:es|ing)|lift(?:s|ing)|put(?:s|ting))\b[^.;]*\b(?:to|at)\b[^.;]*$",
    re.IGNORECASE,
)
_BEFORE_PAPER = re.compile(rf"[’']?s?\s+(?:[\w-]+\s+){{0,3}}?{_PAPERS}\b", re.IGNORECASE)
# "despite a February 18 deadline", "beyond the 26 January deadline": a term
_DEADLINE = re.compile(r"[’']?s?\s+(?:[\w-]+\s+)?deadline\b", re.IGNORECASE)
_DESPITE = re.compile(r"\b(?:despite|beyond|past|after|before|ahead of)\s+(?:an?\s+|the\s+|that\s+|its\s+)?$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:and |but )?not (?:in |on )?$", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|that|this|its|their|a|an)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)


def is_no_time_of(claim: Claim, told: When, text: str) -> bool:
    """Whether the time tied to a claim is a paper's name or one that is denied.

    "A breach of the November 2020 accord", unless it is of the accord that the claim tells; "now, not next month".
    """
    if told.text is None or told.start_char is None or told.end_char is None:
        return False
    before = text[claim.sentence_start_char : told.start_char].replace("\n", " ")
    if _NOT.search(before):
        return True
    if told.text.lower().startswith("since") and not claim.act.startswith("TOLL") and _SUM_SINCE.search(before):
        return True
    if is_verbal(claim.act) and told.text.endswith(("'s", "’s")):
        return True  # "condemned Thursday's raids": the raids' day
    if _OF_A_LIFE.search(before) or _SINCE_NOW.match(told.text):
        return True
    after = text[told.end_char : told.end_char + 60].replace("\n", " ")
    return act_class(claim.act) not in _AGREED and _names_a_paper(before, told.text, after)


# "the commander, born in 2001, was hit"
_OF_A_LIFE = re.compile(
    r"(?<![\w-])(?:[Bb]orn|graduated|enlisted|married)\s+"
    r"(?:(?:in|at|near|from)\s+(?:the\s+[a-z]+\s+(?:of\s+)?)?(?:[A-Z][\w’'-]*,?\s+)*)?(?:(?:in|on)\s+)?$"
)
# no truce of the past
_SINCE_NOW = re.compile(
    rf"since\s+(?:(?:this|the|its|their)\s+)?(?:so-called|latest|new|present|current|alleged|supposed|announced|this)\s+(?:[\w-]+\s+)?{_PAPERS}",
    re.IGNORECASE,
)
# "fired at X in reply to raids on Thursday": the day of the raids
BY_CAUSE = re.compile(
    r"\b(?:in (?:response|retaliation|reply|revenge|return|answer) (?:to|for)|to avenge|(?:retaliat\w+|revenge) for)\b[^;.]*$",
    re.IGNORECASE,
)
_WAITING = re.compile(r"\b(?:wait(?:ing)? (?:for|until)|rather than|instead of)\s+(?:on\s+|for\s+)?$", re.IGNORECASE)
# "rejected this, saying that two convoys had been let in on Saturday"
_SAYING = re.compile(
    r",\s+(?:saying|adding|arguing|insisting|claiming|stressing|noting|explaining|pointing out)\s+(?:that\s+)?\w[^;]*$",
    re.IGNORECASE,
)


def _names_a_paper(before: str, words: str, after: str) -> bool:
    """ "the November 2020 accord": a time that stands before a paper's noun, with the words around it."""
    is_determined = words.lower().startswith(("the ", "that ", "its ")) or _DETERMINED.search(before[-40:]) is not None
    return is_determined and _BEFORE_PAPER.match(after) is not None


def _is_of_a_paper(before: str) -> bool:
    return _OF_A_NAMED_PAPER.search(before) is not None or _PAPER_BEGAN.search(before) is not None


_WHEN_AFTER = re.compile(r",\s+when\b")
_OF_A_THING = re.compile(r"(?<!morning )(?<!night )(?<!evening )(?<!afternoon )(?<!hours )(?<!eve )\bof\s$", re.I)


def is_possessive(sentence: str, span: TimeSpan) -> bool:
    """ "Sunday's deadline", "the raids of Sunday": a day that names a thing."""
    if sentence[span.start_char : span.end_char + 2].endswith(("'s", "’s")):
        return True
    return span.rule == "weekday" and _OF_A_THING.search(sentence[: span.start_char]) is not None


def is_aside(sentence: str, span: TimeSpan, begin: int, end: int) -> bool:
    """Whether a time tells of something else by the way, in a clause in which the claim (`begin` to `end`) does not stand."""
    before = sentence[: span.start_char].replace("\n", " ")
    turned = _THEN_SAID_BEFORE.search(before)
    if turned is not None and begin < turned.start() and _THEN_SAID.match(sentence, span.end_char):
        return True  # "denied it, but on Tuesday it said"
    told = _BY_THE_WAY.search(before)
    if told is not None and not begin <= span.start_char < end:
        closes = sentence.find(",", span.end_char)
        return not (told.start() < begin and (closes < 0 or begin < closes))
    opened = list(_WHO.finditer(before))
    if not opened:
        return False
    closed = sentence.find(", ", span.end_char)
    tells = opened[-1].start()
    if begin < tells and _GOES_ON_WITH_IT.match(before, tells) is None and not _OPENS_LATE.search(before[tells:]):
        return True
    return end <= tells or (0 <= closed <= begin)


_THEN_SAID_BEFORE = re.compile(
    r",\s+(?:but|while|and|though|although)\s+(?:later\s+|early\s+|late\s+)*(?:on\s+)?$", re.IGNORECASE
)
_THEN_SAID = re.compile(
    r",?\s+(?:it|he|she|they|the\s+\w+|[A-Z]\w+)\s+(?:had\s+|later\s+)?(?:said|added|announced|admitted|acknowledged|conceded|confirmed"
    r"|told|promised|opened|launched)\b"
)
_SENTENCE_ENDS = re.compile(r"[.!?][”\"'’]?\s")


def _is_in_relative(before: str, span: TimeSpan) -> bool:
    """ "..., which ended the war in 1997. He asked": a time of a clause that only describes something in a sentence before."""
    opens = 0
    for match in _SENTENCE_ENDS.finditer(before, 0, span.start_char):
        opens = match.end()
    if opens == 0 and _SENTENCE_ENDS.search(before, span.end_char) is None:
        return False
    opened = list(_WHO.finditer(before, opens, span.start_char))
    return (
        bool(opened)
        and _GOES_ON_WITH_IT.match(before, opened[-1].start()) is None
        and "," not in before[opened[-1].end() : span.start_char]
    )


def told_as_after(claim: Claim, text: str, day: date | None, resolve: Callable[[str], When]) -> When | None:
    """ "two days after an X strike killed him": the claim itself is what the sentence's own day comes after.

    The sentence's day is one that it names before, else the news' own (`day`).
    """
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char].replace("\n", " ")
    begin = claim.start_char - start
    for match in _AFTER_IT.finditer(sentence):
        # "a day after its army struck" as the claim's own words; with a comma what follows is another clause's
        is_last = match.start() > _MAIN_CLAUSE_CHARS or "," not in text[claim.start_char : claim.end_char]
        opens = abs(begin - match.start()) <= 2 and is_last
        if not (-2 <= begin - match.end() <= 6 or opens):
            continue
        unit, number = match["unit"].lower(), (match["n"] or "").lower()
        for span in reversed(scan_times(sentence[: match.start()])):
            told = resolve(sentence[span.start_char : span.end_char])
            if span.rule in _DATED and told.earliest is not None and told.earliest == told.latest:
                day = told.earliest
                break
            if span.rule in _LONG and told.relation == "since":
                told = resolve(_BOUND.sub("", sentence[span.start_char : span.end_char]).strip())
            if span.rule in _LONG and told.earliest is not None and told.latest is not None and unit in _DAYS_OF:
                # "in January 2015, ten days after": no nearer than that month allows
                back = timedelta(days=(_NUMBERS.get(number) or int(number or 0)) * _DAYS_OF[unit])
                begins, ends = start + match.start(), start + match.start() + len(match.group().rstrip())
                found = replace(claim.when, text=text[begins:ends], start_char=begins, end_char=ends)
                first, last = told.earliest - back, told.latest - back
                return replace(found, earliest=first, latest=last, precision=told.precision, relation=None)
        if day is None:
            return None
        if unit != "hour" and not number:
            return _some_after(claim, text, start + match.start(), start + match.end(), day, unit)
        count = _NUMBERS.get(number) or int(number or 0)
        when = day - timedelta(days=count * _DAYS_OF[unit])
        earliest = when - timedelta(days=1) if unit == "hour" else when
        begins, ends = start + match.start(), start + match.start() + len(match.group().rstrip())
        found = replace(claim.when, text=text[begins:ends], start_char=begins, end_char=ends)
        return replace(found, earliest=earliest, latest=when, precision="days" if unit == "hour" else "day", relation=None)
    return None


def _some_after(claim: Claim, text: str, begin: int, end: int, day: date, unit: str) -> When | None:
    """ "days after a truce was agreed", "weeks after": a few of them before."""
    if f"{unit}s" not in text[begin:end].lower() or unit == "month":
        return None
    length = timedelta(days=_DAYS_OF[unit])
    words = text[begin:end].rstrip()
    found = replace(claim.when, text=words, start_char=begin, end_char=begin + len(words), relation=None)
    return replace(found, earliest=day - 6 * length, latest=day - 2 * length, precision="week" if unit == "day" else "month")


def told_before(claim: Claim, text: str, news: When, resolve: Callable[[str], When]) -> When | None:
    """The earlier time that a claim's paragraph has last told, where its sentence tells of none and speaks of the past.

    `resolve` gives the days of an expression; only days before the news' own are carried on.
    """
    if news.earliest is None or (claim.act.startswith("TOLL") and not is_small(claim)):
        return None
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char]
    if is_verbal(claim.act) and not _GOES_ON.match(sentence):
        return None
    own = text[claim.start_char : claim.end_char].split(" and ")[0]
    if _NOW.search(own) or _STILL.search(sentence) or any(span.rule not in ("for_n", "daypart") for span in scan_times(sentence)):
        return None
    paragraph = text.rfind("\n", 0, start) + 1
    if paragraph >= start and _GOES_ON.match(sentence):
        paragraph = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
    before = text[max(paragraph, start - _LEAN_CHARS) : start]
    for span in reversed(scan_times(before)):
        expression = before[span.start_char : span.end_char]
        if (
            is_aside(before, span, len(before), len(before))
            or _is_in_relative(before, span)
            or _is_of_a_paper(before[: span.start_char].replace("\n", " "))
        ):
            continue
        if span.rule not in _DATED | _LONG or before[span.end_char : span.end_char + 2] in ("'s", "’s"):
            continue
        if _WHEN_AFTER.match(before, span.end_char):
            # "expected since 4 May, when two drones came down": that is the day told
            expression = _BOUND.sub("", expression).strip()
        if _BOUND.match(expression):
            return None
        at = len(text[:start]) - len(before) + span.start_char
        at += span.end_char - span.start_char - len(expression)
        days = resolve(with_year(text, at, at + len(expression), news))
        if days.latest is None or days.earliest is None or days.relation is not None or days.latest >= news.earliest:
            return None
        return replace(claim.when, earliest=days.earliest, latest=days.latest, precision=days.precision)
    return None


_FEW_FALLEN = 20


def is_small(toll: Claim) -> bool:
    """Whether a toll tells of so few that it need not be a war's sum."""
    return bool(toll.figures) and all((figure.low or figure.high or 0) <= _FEW_FALLEN for figure in toll.figures)


def outbreak_of_days(sentence: str, outbreaks: tuple[Outbreak, ...], before: date | None) -> Outbreak | None:
    """ "those 44 days", "the 14-month war": the outbreak known to have lasted so long, the latest before a day."""
    told = [(match, 1.0, 1.0) for match in _THOSE_DAYS.finditer(sentence)]
    told += [(match, _MONTH_DAYS, 20.0) for match in _THOSE_MONTHS.finditer(sentence)]
    for match, unit, slack in told:
        word = match["n"].lower()
        count = int(word) if word.isdigit() else _COUNTS.get(word)
        if count is None or count < 2:
            continue
        lasted = [
            o
            for o in outbreaks
            if o.until is not None
            and abs((o.until - o.on) / timedelta(days=1) + 1 - count * unit) <= slack
            and (before is None or o.until <= before)
        ]
        if lasted:
            return max(lasted, key=lambda o: o.on)
    return None


_THE_WAR_OF = re.compile(
    rf"\b[Tt]he\s+(?:[\w-]+\s+)?{_FOUGHT}\s+(?:of|in)\s+(?:(?:spring|summer|autumn|winter)\s+)?(?P<y>(?:19|20)\d\d)\s+(?:[\w,-]+\s+){{0,6}}?"
    r"(?:killed|took|cost|claimed|left)\b"
)
_IN_A_WAR = re.compile(rf"\bin (?P<y>(?:19|20)\d\d),? (?:in|during) (?:a|the) (?:[\w-]+ )*?{_FOUGHT}\b", re.IGNORECASE)


def outbreak_of_year(sentence: str, outbreaks: tuple[Outbreak, ...], *, is_toll: bool = False) -> Outbreak | None:
    """ "during the 2006 war", "in the war of 2020": the outbreak known to have begun in that year, the last of several.

    A toll is a whole war's where its year is told beside ("in 2020 in a war that killed thousands").
    """
    match = _IN_A_WAR.search(sentence) or _THE_WAR_OF.search(sentence) if is_toll else None
    if match is not None:
        return max((o for o in outbreaks if o.on.year == int(match["y"]) and o.until is not None), key=_length, default=None)
    match = _WAR_OF.search(sentence) if _A_YEAR.search(sentence) is not None else None
    year = int(match["y"] or match["y2"]) if match is not None else None
    begun = [o for o in outbreaks if o.on.year == year and o.until is not None]
    return max(begun, key=lambda o: o.on) if begun else None


def _length(outbreak: Outbreak) -> timedelta:
    return (outbreak.until or outbreak.on) - outbreak.on


def with_year(text: str, start: int, end: int, published: When) -> str:
    """A time expression of a text with the year that the text means, where it writes none.

    "On 8 May that year", "in May of the following year"; and in a paragraph that tells of an earlier year, days and months that
    follow go on from the last one dated there, unless they are of the last weeks before the text was published.
    """
    expression = text[start:end]
    span = next(iter(scan_times(expression)), None)
    if span is None or span.rule not in _NO_YEAR or span.part("y") or _A_YEAR.search(expression) or _LEANS.match(expression):
        return expression
    if _THIS_YEAR.match(text, end) and published.latest is not None:
        return f"{expression} {published.latest.year}"
    if expression.lower().startswith("that "):
        # "that May": of the year told last
        told = list(_A_YEAR.finditer(text, max(0, start - _YEAR_CHARS), start))
        return f"in {expression[5:]} {told[-1].group()}" if told else expression
    after = _THAT_YEAR.match(text, end)
    if after is not None:
        told = list(_A_YEAR.finditer(text, max(0, start - _YEAR_CHARS), start))
        step = 1 if after["which"].lower() in ("the following", "the next") else 0
        return f"{expression} {int(told[-1].group()) + step}" if told else expression
    if published.latest is None:
        return expression
    low = text.rfind("\n", 0, start) + 1
    dated = [
        s
        for s in scan_times(text[low:start])
        if s.rule not in ("year_name", "decade", "range_y")
        and s.part("y")
        and not _OF_A_PAPER.search(text[low : low + s.start_char])
    ]
    own = resolve_time(expression, published)
    if not dated or own.latest is None or (published.latest - own.latest).days <= _LATE_DAYS or own.relation is not None:
        return expression
    before = resolve_time(text[low + dated[-1].start_char : low + dated[-1].end_char], published)
    if before.earliest is None or before.earliest >= published.latest:
        return expression
    for year in (before.earliest.year, before.earliest.year + 1):
        found = resolve_time(f"{expression} {year}", published)
        if found.latest is not None and before.earliest <= found.latest < own.latest:
            return f"{expression} {year}"
    return expression


def stepped(days: When, count: int, unit: str) -> When:
    """A time told before, moved by so many weeks, months or years: "a year later". Its precision stays."""
    if days.earliest is None or days.latest is None:
        return days
    return replace(days, earliest=_moved(days.earliest, count, unit), latest=_moved(days.latest, count, unit))


def _moved(day: date, count: int, unit: str) -> date:
    if unit == "week":
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
