"""Days of claims that tell none: the article's own, the day before, or those of the war whose dead a toll sums."""

from __future__ import annotations

import re
from datetime import date, timedelta

from trucewatch.model.change import changed
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Document, When
from trucewatch.model.theatre import Outbreak, Theatre
from trucewatch.stages.told_times import is_small
from trucewatch.text.times import current_outbreak, precision_of

SPEECH = re.compile(r"\b(?:said|says|told|tweeted|announced|added|warned)\b[^.;!?]{0,24}$", re.IGNORECASE)
_LEAD_CHARS = 600
_AFTERMATH = re.compile(
    r"\b(?:a|one|the)\s+day\s+after\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:fighting|clash(?:es)?|battles?|hostilities|attacks?|strikes?|shelling|violence|bloodshed|raids?|bombardment|explosions?|blasts?)\b"
)
_QUIET = re.compile(r"\b(?:calm|quiet|lull|truce|ceasefire|cease-fire|ended|halted|stopped|subsided|died down)\b", re.IGNORECASE)


def with_day_before(claim: Claim, document: Document, news: When) -> When:
    """The news' days, and the day before for a deed where the article's lead tells of quiet a day after the fighting."""
    if news.latest is None or news.earliest != news.latest or act_class(claim.act) != "ASSAULT":
        return news
    lead = document.text[:_LEAD_CHARS]
    if _AFTERMATH.search(lead) is None or _QUIET.search(lead) is None:
        return news
    return changed(news, earliest=news.latest - timedelta(days=1), precision="days")


_SUMMED = re.compile(
    r"\b(?:so far|total|toll|since|altogether|overall|to date|sides?|war|fighting|conflict|hostilities|clashes|have|has|losses"
    r"|days|weeks|months|over all|in all|bringing|taking)\b",
    re.IGNORECASE,
)


# "four soldiers were killed in fighting near X" is news of a day
_FELL_IN_BATTLE = re.compile(
    r"\b(?:killed|wounded|injured|hurt|died|fell|perished)\s+in\s+(?:an?\s+)?(?:[\w-]+\s+)?(?:fighting|clash(?:es)?|battles?|combat|action)\b",
    re.IGNORECASE,
)


def _is_of_one_day(toll: Claim, document: Document) -> bool:
    """ "had counted nine bodies himself": a few, with no word of a sum."""
    sentence = document.text[toll.sentence_start_char : toll.sentence_end_char]
    return is_small(toll) and _SUMMED.search(_FELL_IN_BATTLE.sub(" ", sentence)) is None


_RECOVERED = re.compile(r"\b(?:recovered|found|retrieved|handed over|exchanged|exhumed)\b", re.IGNORECASE)
_OF_THE_WAR = re.compile(
    r"\b(?:so far|total|toll|since|altogether|overall|to date|war|conflict|hostilities|weeks|months|in all|operation|offensive"
    r"|campaign|invasion|bringing|(?:during|throughout|in) the fighting)\b",
    re.IGNORECASE,
)
_LONG_OVER = timedelta(days=5)


def _is_of_the_news(toll: Claim, document: Document, outbreak: Outbreak, day: date) -> bool:
    """ "suffered heavy losses", "there are dead on both sides", a few dead when the war is long over: no word of a sum."""
    is_over = outbreak.until is not None and outbreak.until + _LONG_OVER < day
    if toll.figures and not (is_over and is_small(toll)):
        return False
    return _OF_THE_WAR.search(document.text, toll.sentence_start_char, toll.sentence_end_char) is None


def untold_days(claim: Claim, published: When, theatre: Theatre, document: Document) -> When:
    """The days of a claim that tells no time, where its article's news is of `published`: those, or its war's for a sum."""
    earliest, latest = published.earliest, published.latest
    if claim.act.startswith("TOLL") and earliest is not None and latest is not None and not _is_of_one_day(claim, document):
        outbreak = current_outbreak(latest, theatre.outbreaks)
        if outbreak is not None and outbreak.on < earliest and not _is_of_the_news(claim, document, outbreak, earliest):
            words = document.text[claim.sentence_start_char : claim.sentence_end_char]
            is_over = outbreak.until is not None and outbreak.until < earliest
            if is_over and _RECOVERED.search(words) is not None:
                # the dead of a war are brought in once it is over
                earliest = outbreak.until or earliest
            else:
                # what is summed after a war is over is that war
                latest = outbreak.until if is_over and outbreak.until is not None else latest
                earliest = outbreak.on
    return changed(claim.when, earliest=earliest, latest=latest, precision=precision_of(earliest, latest), basis=published.basis)


_IN_THE_WAR = re.compile(
    r"\bin the (?:[\w-]+ )?(?:operation|war|offensive|fighting|conflict|campaign|hostilities)\b", re.IGNORECASE
)


def says_a_sum(toll: Claim, told: When, text: str) -> bool:
    """ "said on Wednesday that 192 had been killed in the operation": the day of the saying is not theirs."""
    if not toll.act.startswith("TOLL") or told.start_char is None or is_small(toll) or told.start_char >= toll.start_char:
        return False
    words = text[toll.start_char : toll.end_char]
    return SPEECH.search(text[toll.sentence_start_char : told.start_char]) is not None and _IN_THE_WAR.search(words) is not None
