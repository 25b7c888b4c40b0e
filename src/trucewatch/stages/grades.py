"""Admiralty grades beside the statuses: a letter for the source, a figure for the information, never averaged, never joined.

F and 6 mean "not assessed" (facts/admiralty.csv), not "middling": no number is ever made of them. The letter tells of a source's
record, which texts alone do not show: it is F unless the mission's own observers saw it (B), or an analyst's setting
(`admiralty.sources`, outlet to letter) grades the outlet.
"""

from __future__ import annotations

from collections.abc import Mapping

from trucewatch.model.records import Status
from trucewatch.stages.cases import Case

NOT_ASSESSED_SOURCE = "F"
NOT_ASSESSED_INFORMATION = "6"
SOURCE_LETTERS = "ABCDE"

# The first status that applies gives the figure. 1 asks for two independent families; a denial that stands makes it doubtful.
INFORMATION_BY_STATUS: tuple[tuple[str, str], ...] = (
    ("verified", "1"),
    ("discounted", "5"),
    ("retracted", "5"),
    ("observed", "1"),
    ("adverse_admission", "2"),
    ("contested", "4"),
    ("corroborated_independent", "1"),
    ("corroborated_same_side", "3"),
)


def information_grade(statuses: tuple[Status, ...]) -> str:
    """Figure 1 to 5 for what is told, 6 where it cannot be judged."""
    found = {status.status for status in statuses if status.axis == "occurrence"}
    return next((figure for status, figure in INFORMATION_BY_STATUS if status in found), NOT_ASSESSED_INFORMATION)


def source_grade(case: Case, letters: Mapping[str, str] | None = None) -> str:
    """Letter A to E for who tells it, F where there is no record to judge by. Of several graded outlets the best."""
    if any(means != "told" for observation in case.observations for means in observation.means):
        return "B"
    graded = [(letters or {}).get(case.document(claim).outlet or "", NOT_ASSESSED_SOURCE) for claim in case.reports]
    known = [letter for letter in graded if letter in SOURCE_LETTERS]
    return min(known, default=NOT_ASSESSED_SOURCE)
