"""Records in plain, neutral words for pages: days, figures, voices, graded statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trucewatch.model.records import Figure, Observation, Toll, Voice, When
from trucewatch.model.theatre import Agreement, Theatre
from trucewatch.text.inforce import effective_window

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hy": "Armenian",
    "it": "Italian",
    "ka": "Georgian",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
BASES = {
    "given": "as given with it",
    "stated": "as the page states",
    "inferred": "inferred from what it tells",
    "unknown": "not known",
}
STANCES = {"asserts": "asserted", "denies": "denied", "confirms": "confirmed"}
MODALITIES = {"ordered": "as ordered", "threatened": "as a threat or intent", "possible": "as asked for or possible"}
# every code of model/statuses.csv; a test holds the two together
STATUSES = {
    ("occurrence", "unassessed"): "not assessed",
    ("occurrence", "single_claim"): "one source; not independently verified",
    ("occurrence", "syndicated_only"): "copies of one source; not independently verified",
    ("occurrence", "corroborated_same_side"): "several sources, all of one side; not independently verified",
    ("occurrence", "corroborated_independent"): "told by independent sources",
    ("occurrence", "adverse_admission"): "admitted against the speaker's own interest",
    ("occurrence", "observed"): "seen or heard by an observer",
    ("occurrence", "verified"): "verified by analysts",
    ("occurrence", "contested"): "contested; not independently verified",
    ("occurrence", "discounted"): "evidence speaks against it",
    ("occurrence", "inconclusive"): "examined, cannot be decided",
    ("occurrence", "retracted"): "taken back by its source",
    ("attribution", "not_attempted"): "doer not examined",
    ("attribution", "claimed_by_opponent"): "attributed by an opponent only",
    ("attribution", "denied"): "the accused party denies it",
    ("attribution", "self_acknowledged"): "acknowledged by the doer",
    ("attribution", "assessed"): "assessed by an analyst",
    ("attribution", "determined"): "determined by a monitoring body",
    ("attribution", "unattributable"): "examined, cannot be attributed",
    ("attribution", "disputed_identity"): "parties name the doer differently",
    ("breach", "not_applicable"): "no agreement applies",
    ("breach", "outside_terms"): "no clause forbids it",
    ("breach", "alleged"): "alleged breach",
    ("breach", "prima_facie"): "breach on the face of it",
    ("breach", "exception_claimed"): "breach alleged, exception claimed",
    ("breach", "found"): "found a breach by a competent body",
    ("breach", "found_no_breach"): "found no breach by a competent body",
    ("breach", "time_ambiguous"): "not certain that it was in force",
}
# what the timeline tells apart, best known first
GRADES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("known", "observed or verified", ("observed", "verified")),
    ("backed", "independent sources, or admitted", ("corroborated_independent", "adverse_admission")),
    ("thin", "one source or one side", ("unassessed", "single_claim", "syndicated_only", "corroborated_same_side")),
    ("contested", "contested, taken back or undecided", ("contested", "discounted", "inconclusive", "retracted")),
)
_MEASURES = {"killed": "killed", "injured": "injured", "missing": "missing", "captured": "captured", "displaced": "displaced"}
_PEOPLE = {"civilian": "civilians", "combatant": "combatants", "all": "people", "unknown": "people"}
# said where a claimant does not say of whom a number is
NOT_STATED = "whether civilians not stated"
_QUALIFIERS = {"about": "about ", "nearly": "nearly ", "several": "several, ", "dozens": "dozens, ", "hundreds": "hundreds, "}
_QUALIFIERS |= {"thousands": "thousands, "}


def day_words(day: date, *, with_weekday: bool = False) -> str:
    """ "4 October 2020", or with its weekday before it."""
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {words}" if with_weekday else words


def span_words(when: When | None) -> str:
    """Days in words, both ends included; "day not known" where there is none."""
    first = when.earliest or when.latest if when is not None else None
    last = when.latest or when.earliest if when is not None else None
    if first is None or last is None:
        return "day not known"
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def local_day(at: datetime, timezone: str) -> date:
    """The day of an instant (aware) by the clocks of a time zone (IANA name)."""
    return at.astimezone(ZoneInfo(timezone)).date()


def clock_words(at: datetime, timezone: str) -> str:
    """An instant (aware) by the clocks of a time zone: "4 October 2020, 14:30"."""
    own = at.astimezone(ZoneInfo(timezone))
    return f"{day_words(own.date())}, {own:%H:%M}"


def clocks_words(begin: datetime, end: datetime | None, timezone: str) -> str:
    """From one instant to another by the clocks of a time zone: "4 October 2020, 14:30 to 15:30"."""
    if end is None:
        return clock_words(begin, timezone)
    last = end.astimezone(ZoneInfo(timezone))
    is_same_day = last.date() == local_day(begin, timezone)
    return f"{clock_words(begin, timezone)} to {f'{last:%H:%M}' if is_same_day else clock_words(end, timezone)}"


def zone_words(timezone: str) -> str:
    """A time zone's name for readers: "Asia/Baku time"."""
    return timezone if timezone == "UTC" else f"{timezone.replace('_', ' ')} time"


def force_words(agreement: Agreement, timezone: str) -> str:
    """From which day to which an agreement is in force, by the clocks of a time zone."""
    window = effective_window(agreement, timezone)
    if window is None:
        return "never in force as a duty"
    doubt = " (the instant is not certain)" if window[0] != window[1] else ""
    until = f", until {day_words(local_day(agreement.ends_at, timezone))}" if agreement.ends_at is not None else ""
    return f"in force since {day_words(local_day(window[0], timezone))}{doubt}{until}"


def days_told(bounds: tuple[str, str] | None) -> str:
    """The first and the last day (ISO) of a ledger in words; empty where it has none."""
    first, last = bounds or ("", "")
    return span_words(When(earliest=date.fromisoformat(first), latest=date.fromisoformat(last))) if first and last else ""


def range_words(low: int | None, high: int | None, qualifier: str = "exactly") -> str:
    """A range as a reader says it: "18", "at least 18", "more than 600", "up to 30", "190 to 210"."""
    if low is None and high is None:
        return "number not known"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{'more than' if qualifier == 'more_than' else 'at least'} {low:,}"
    if low == high:
        return f"{low:,}"
    return f"{_QUALIFIERS.get(qualifier, '')}{low:,} to {high:,}"


def figure_words(figure: Figure) -> str:
    """A figure in words: "at least 18 civilians killed"."""
    return counted_words(range_words(figure.low, figure.high, figure.qualifier), figure.measure, figure.population)


def counted_words(number: str, measure: str, population: str) -> str:
    """A number with what it counts: "22 civilians killed", "8 places taken"."""
    if measure == "places_taken":
        return f"{number} place{'' if number.split()[-1:] == ['1'] else 's'} taken"
    people = _PEOPLE.get(population, population)
    if number.split()[-1:] == ["1"]:
        people = {"civilians": "civilian", "combatants": "combatant", "people": "person"}.get(people, people)
    doubt = f" ({NOT_STATED})" if population == "unknown" else ""
    return f"{number} {people} {_MEASURES.get(measure, measure)}{doubt}"


def toll_words(toll: Toll) -> str:
    """A toll's range; its best value is told beside it."""
    return range_words(toll.low, toll.high)


def language_words(code: str | None) -> str:
    """A language by its name, else its code."""
    return "language not known" if code is None else LANGUAGES.get(code, code)


def observed_words(observation: Observation) -> str:
    """What an observer counted, in the form's own words: "2 to 4 × explosion, outgoing"."""
    low, high = observation.count_low, observation.count_high
    count = "" if low is None and high is None else f"{range_words(low, high)} × "
    parts = [f"{count}{observation.effect or observation.report_kind}".replace("_", " ")]
    parts += [part.replace("_", " ") for part in (observation.description, observation.weapon, observation.heading) if part]
    return "nothing observed" if observation.nothing_observed else ", ".join(dict.fromkeys(parts))


class Names:
    """Parties of a theatre by their names."""

    def __init__(self, theatre: Theatre) -> None:
        self._names: Mapping[str, str] = {party.code: party.names[0] for party in theatre.parties if party.names}
        self._rank = {code: number for number, code in enumerate(theatre.principals)}

    def party(self, codes: str | None) -> str | None:
        """Names of one or several codes joined by ";"; a code that is not known stands for itself."""
        if not codes:
            return None
        return " and ".join(self._names.get(code, "civilians" if code == "CVL" else code) for code in codes.split(";") if code)

    def parties(self, codes: Sequence[str]) -> str:
        """Names of several codes, joined in words."""
        names = [self._names.get(code, code) for code in codes]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""

    def rank(self, codes: str | None) -> tuple[int, str]:
        """Order of columns: the conflict's own parties first, then others by name, unknown last."""
        if not codes:
            return len(self._rank) + 1, ""
        return min((self._rank.get(code, len(self._rank)) for code in codes.split(";")), default=0), codes

    def resolved(self, voice: Voice | None) -> str | None:
        """Who a voice was resolved to, with the side they speak for; None where nobody knows."""
        if voice is None:
            return None
        side = self.party(voice.party)
        if voice.name and side and side.casefold() not in voice.name.casefold():
            return f"{voice.name}, for {side}" if voice.actor_id else f"{voice.name} ({side})"
        return voice.name or side
