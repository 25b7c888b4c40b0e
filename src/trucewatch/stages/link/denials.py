"""A denial goes to what it denies: the claim of its own document that it answers, else the only incident that fits it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from trucewatch.stages.link.acts import class_of
from trucewatch.stages.link.clusters import Label, Linker
from trucewatch.stages.link.facets import Facet

REACH_CHARS = 700.0
ANSWER_SCORE = 1.5
LOOSE_DAYS = 2


def find_answers(linker: Linker, answering: Sequence[Facet], facets: Sequence[Facet]) -> dict[str, str]:
    """Which claim of its own document each denial or admission answers: its id to that claim's id."""
    asking = {facet.id for facet in answering}
    in_document: dict[str, list[Facet]] = defaultdict(list)
    for facet in facets:
        if facet.id not in asking:
            in_document[facet.claim.document_id].append(facet)
    found = {facet.id: answered_claim(linker, facet, in_document[facet.claim.document_id]) for facet in answering}
    return {claim_id: answered.id for claim_id, answered in found.items() if answered is not None}


def place_answers(
    linker: Linker, answering: Sequence[Facet], told: Sequence[Facet], answers: dict[str, str], labels: dict[str, Label]
) -> None:
    """Give every denial and admission its label: that of what it answers, else the only incident's that it fits."""
    left: list[Facet] = []
    for facet in answering:
        if facet.id in answers:
            labels[facet.id] = labels[answers[facet.id]]
        else:
            left.append(facet)
    _repeat_answers(left, answering, answers, labels, linker)
    _join_elsewhere(linker, [facet for facet in left if facet.id not in labels], told, labels)


def answered_claim(linker: Linker, denial: Facet, told: Sequence[Facet]) -> Facet | None:
    """The claim of the same document that a denial answers, None where none fits."""
    scored = [(score, facet) for facet in told if (score := _answer_score(linker, denial, facet)) is not None]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: (pair[0], pair[1].claim.start_char, pair[1].id))
    return best if score >= ANSWER_SCORE else None


def _may_answer(linker: Linker, denial: Facet, told: Facet) -> bool:
    if denial.group != told.group and not (
        class_of(denial.claim.act) == class_of(told.claim.act)
        and denial.claim.sentence_start_char == told.claim.sentence_start_char
    ):
        return False
    if denial.doers and told.doers and not denial.doers & told.doers:
        return False
    if denial.speakers and denial.speakers <= told.speakers:
        return False
    if denial.spots and told.spots and not linker.places.may_agree(denial.spots, told.spots):
        return False
    if denial.victims and told.doers and denial.victims <= told.doers:
        return False
    if linker.opponents.are_opposed(denial.victims, told.victims):
        return False
    return denial.days_apart(told) <= (0 if denial.is_dated and told.is_dated else LOOSE_DAYS)


def _answer_score(linker: Linker, denial: Facet, told: Facet) -> float | None:
    if not _may_answer(linker, denial, told):
        return None
    one, other = denial.claim, told.claim
    same_sentence = one.sentence_start_char == other.sentence_start_char
    gap = one.start_char - other.start_char
    score = 3.0 * bool(set(denial.spots) & set(told.spots)) + 3.0 * bool(denial.numbers & told.numbers)
    score += 1.5 * bool(denial.doers & told.doers) + 0.5 * bool(denial.victims & told.victims)
    score += 1.0 * (one.act == other.act) + 3.0 * same_sentence + 1.0 * linker.words.alike(one, other)
    if not same_sentence:
        # an answer comes after what it answers; a lead may bring the denial first
        score += 2.0 * max(0.0, 1.0 - gap / REACH_CHARS) if gap >= 0 else 0.5 * max(0.0, 1.0 + gap / REACH_CHARS)
    if not denial.spots and denial.areas and told.spots and not linker.places.may_agree(denial.areas, told.spots):
        score -= 1.0
    return score


def _repeat_answers(
    open_denials: Sequence[Facet], denials: Sequence[Facet], answers: dict[str, str], labels: dict[str, Label], linker: Linker
) -> None:
    """A denial that answers nothing found goes with its speaker's other denial of the same act in the same document."""
    known: dict[Hashable, list[Facet]] = defaultdict(list)
    for denial in denials:
        if denial.id in answers:
            known[denial.claim.document_id, denial.group, denial.speakers, denial.doers].append(denial)
    for denial in open_denials:
        same = known[denial.claim.document_id, denial.group, denial.speakers, denial.doers]
        fitting = [other for other in same if linker.places.may_agree(denial.spots, other.spots)]
        if fitting:
            nearest = min(fitting, key=lambda other: (abs(other.claim.start_char - denial.claim.start_char), other.id))
            labels[denial.id] = labels[nearest.id]


def _join_elsewhere(linker: Linker, denials: Sequence[Facet], told: Sequence[Facet], labels: dict[str, Label]) -> None:
    by_spot: dict[Hashable, dict[Label, Facet]] = defaultdict(dict)
    by_doer: dict[Hashable, dict[Label, Facet]] = defaultdict(dict)
    for facet in told:
        for day in _days(facet):
            for spot in facet.spots:
                by_spot[facet.group, spot, day].setdefault(labels[facet.id], facet)
            for doer in facet.doers:
                by_doer[facet.group, doer, day].setdefault(labels[facet.id], facet)
    left: dict[Hashable, list[Facet]] = defaultdict(list)
    for denial in denials:
        days = _days(denial)
        fits = {
            label: facet
            for day in days
            for spot in denial.spots
            for label, facet in by_spot[denial.group, spot, day].items()
            if _may_answer(linker, denial, facet)
        }
        if not fits and not denial.spots:
            fits = {
                label: facet
                for day in days
                for doer in sorted(denial.doers)
                for label, facet in by_doer[denial.group, doer, day].items()
                if _may_answer(linker, denial, facet) and linker.places.may_agree(denial.areas, facet.spots or facet.areas)
            }
        if denial.spots and fits:
            labels[denial.id] = min(fits, key=repr)
        elif len(fits) == 1:
            labels[denial.id] = next(iter(fits))
        else:
            place = (denial.spots or denial.areas or ("",))[0]
            left[denial.group, place, denial.family if not place else "", denial.first, denial.last, denial.doers].append(denial)
    for key, members in left.items():
        for denial in members:
            labels[denial.id] = ("denied", *(key if isinstance(key, tuple) else (key,)))


def _days(facet: Facet) -> list[int | None]:
    return list(range(facet.first or 0, (facet.last or 0) + 1)) if facet.is_moment else [None]
