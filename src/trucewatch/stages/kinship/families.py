"""From kin pairs to families: who counts as one source, without chaining unrelated articles through one that quotes both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.stages.kinship.compare import Likeness
from trucewatch.stages.kinship.groups import Groups

# log-odds that two texts are one, fitted on seeded noisy copies against same-topic articles (bench/quality/kinship.py)
CONTAINMENT, COVER, COSINE, ORDER, LENGTH, BASE = 3.0, 12.7, 7.7, 1.7, 5.6, -18.2
LENGTH_WORDS = 400
# a text of a few lines shares most of its words with any other on the same news
SHORT_WORDS, SHORT_PENALTY = 80, 3.5
# a rewriter keeps the order of what is told; two reporters of one event do not
REWRITE_COSINE, REWRITE_ORDER, REWRITE_ALIGNED, REWRITE_WORDS, REWRITE_ODDS = 0.45, 0.7, 15, 60, 0.5
OWN_ORDER, OWN_CONTAINMENT, OWN_PENALTY = 0.25, 0.12, 4.0
PARTIAL_CONTAINMENT, PARTIAL_COVER, PARTIAL_WORDS = 0.3, 0.42, 80
# both texts lie in one another; or the one lies in the other, whose rest keeps to the subject
WHOLE, INSIDE, SAME_SUBJECT = 0.8, 0.85, 0.15
# below this the rest of a text is about something else: a digest of several articles
OTHER_SUBJECT_ALONE, OTHER_SUBJECT = 0.03, 0.12


@dataclass(frozen=True, slots=True)
class Edge:
    """Two documents by their indexes (first < second), how alike, and the log-odds that they are one source."""

    first: int
    second: int
    likeness: Likeness
    log_odds: float

    @property
    def score(self) -> float:
        """Log-odds as a probability."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.log_odds))))

    def cover_of(self, index: int) -> float:
        """Share of one of the two documents that lies in the other."""
        return self.likeness.cover_first if index == self.first else self.likeness.cover_second

    def rest_of(self, index: int) -> float | None:
        """Cosine of what of one document is not covered with the other document; None where nearly all is covered."""
        return self.likeness.rest_first if index == self.first else self.likeness.rest_second

    def other(self, index: int) -> int:
        """The document at the other end."""
        return self.second if index == self.first else self.first

    def is_whole(self) -> bool:
        """Whether the two are one article, or one is an excerpt of the other."""
        if min(self.likeness.cover_first, self.likeness.cover_second) >= WHOLE:
            return True
        for one in (self.first, self.second):
            rest = self.rest_of(self.other(one))
            if self.cover_of(one) >= INSIDE and (rest is None or rest >= SAME_SUBJECT):
                return True
        return False

    def may_attach(self, one: int, is_alone: bool) -> bool:
        """Whether a large part of one document comes from the other, and the other is no digest that merely holds it."""
        rest = self.rest_of(self.other(one))
        least = OTHER_SUBJECT_ALONE if is_alone else OTHER_SUBJECT
        return self.cover_of(one) >= PARTIAL_COVER and (rest is None or rest >= least)


def log_odds(likeness: Likeness, smaller_words: int) -> float:
    """Log-odds of kinship; above 0 two documents count as kin."""
    odds = (
        CONTAINMENT * likeness.containment
        + COVER * likeness.cover
        + COSINE * likeness.cosine
        + ORDER * max(likeness.order, 0.0)
        + LENGTH * min(smaller_words, LENGTH_WORDS) / LENGTH_WORDS
        + BASE
        - SHORT_PENALTY * max(0, SHORT_WORDS - smaller_words) / SHORT_WORDS
    )
    if likeness.containment < OWN_CONTAINMENT and likeness.order < OWN_ORDER:
        return odds - OWN_PENALTY
    is_retold = likeness.cosine >= REWRITE_COSINE and likeness.order >= REWRITE_ORDER and likeness.aligned >= REWRITE_ALIGNED
    return max(odds, REWRITE_ODDS) if is_retold and smaller_words >= REWRITE_WORDS else odds


def is_partial(likeness: Likeness, smaller_words: int) -> bool:
    """Whether two documents share a large part of either without the one lying within the other: cut and joined halves."""
    return smaller_words >= PARTIAL_WORDS and likeness.containment >= PARTIAL_CONTAINMENT and likeness.cover >= PARTIAL_COVER


def find_families(size: int, edges: Sequence[Edge], partial: Sequence[Edge]) -> list[int]:
    """For each document the index of its family's first member. `edges` are kin, `partial` share a part only.

    Whole copies and excerpts join; whatever else shares a part joins the one family it shares most with. So a text made of
    two articles' halves, or a digest of several, never makes the articles themselves one source.
    """
    groups = Groups(size)
    loose = list(partial)
    for edge in edges:
        if edge.is_whole():
            groups.join(edge.first, edge.second)
        else:
            loose.append(edge)
    home = [groups.root(index) for index in range(size)]
    members = Counter(home)
    ways = [(edge, one) for edge in loose for one in (edge.first, edge.second) if edge.may_attach(one, members[home[one]] == 1)]
    ways.sort(key=lambda way: (-way[0].cover_of(way[1]), -way[0].log_odds, way[1], way[0].other(way[1])))
    attached: set[int] = set()
    for edge, one in ways:
        if home[one] not in attached and groups.root(one) != groups.root(edge.other(one)):
            attached.add(home[one])
            groups.join(one, edge.other(one))
    return [groups.root(index) for index in range(size)]
