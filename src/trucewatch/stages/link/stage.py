"""The link stage: claims and denials into incidents with lasting ids."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence

from trucewatch.model.records import Ledger
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.link.citations import CITATION, find_citations
from trucewatch.stages.link.clusters import Label, Linker
from trucewatch.stages.link.decisions import apply_decisions, decided_pairs
from trucewatch.stages.link.denials import find_answers, place_answers
from trucewatch.stages.link.facets import Facet, Opponents, make_facets, opponent_pairs
from trucewatch.stages.link.incidents import build_incident
from trucewatch.stages.link.places import PlaceIndex, place_facts
from trucewatch.stages.link.register import assign_ids
from trucewatch.stages.link.stories import stories_by_day
from trucewatch.stages.link.words import SentenceWords


def run(ledger: Ledger, context: Context) -> Ledger:
    """Ledger with its incidents, its register, each denial's `responds_to`, and who cites whom.

    Verbal acts, totals over a period, habits and mere threats or possibilities are in no incident; every other claim is in one.
    """
    documents = {document.id: document for document in ledger.documents}
    places = PlaceIndex(context.theatre, (fact for claim in ledger.claims for fact in place_facts(claim)))
    facets = make_facets(ledger.claims, documents, places)
    # doers that are only inferred help to find the incident; none is ever published
    facet_of = {facet.id: facet for facet in facets}
    opponents = Opponents(pair for facet in facets for pair in opponent_pairs(facet))
    facets = [opponents.complete(facet) for facet in facets]
    linker = Linker(places, opponents, SentenceWords(documents), stories_by_day(ledger.documents, context.memory))
    told, held, answers = sort_out(linker, facets)
    labels = linker.label(told)
    place_answers(linker, held, told, answers, labels)
    by_label: dict[Label, set[str]] = defaultdict(set)
    for claim_id, label in labels.items():
        by_label[label].add(claim_id)
    same, apart = decided_pairs(ledger.decisions, ledger.register, frozenset(facet_of))
    groups = apply_decisions(
        [frozenset(group) for group in by_label.values()], same, apart, lambda a, b: likeness(linker, facet_of[a], facet_of[b])
    )
    ids, register = assign_ids(groups, ledger.register)
    incidents = [
        build_incident(ids[group], [facet_of[claim_id] for claim_id in group], places, context.theatre) for group in groups
    ]
    claims = tuple(
        dataclasses.replace(claim, responds_to=answers.get(claim.id)) if answers.get(claim.id) != claim.responds_to else claim
        for claim in ledger.claims
    )
    by_id = {claim.id: claim for claim in claims}
    copies = [kinship for kinship in ledger.kinships if kinship.kind != CITATION]
    return dataclasses.replace(
        ledger,
        claims=claims,
        incidents=tuple(sorted(incidents, key=lambda incident: incident.id)),
        register=register,
        kinships=(*copies, *find_citations(incidents, by_id, documents)),
    )


def sort_out(linker: Linker, facets: Sequence[Facet]) -> tuple[list[Facet], list[Facet], dict[str, str]]:
    """All claims of some documents parted: those that tell of an act, with their days, those that answer one, and what these
    answer (claim id to claim id)."""
    # an admission without a place answers a claim just as a denial does
    answering = [facet for facet in facets if facet.is_denial or (facet.claim.stance == "confirms" and not facet.spots)]
    answers = find_answers(linker, answering, facets)
    held = [facet for facet in answering if facet.is_denial or facet.id in answers]
    held_back = {facet.id for facet in held}
    return linker.date_by_neighbours([facet for facet in facets if facet.id not in held_back]), held, answers


def likeness(linker: Linker, first: Facet, second: Facet) -> float:
    """How much two claims of one incident have in common: which side of a split a claim stays on."""
    return (
        2.0 * bool(set(first.spots) & set(second.spots))
        + 2.0 * bool(first.numbers & second.numbers)
        + 1.0 * (first.claim.document_id == second.claim.document_id)
        + 1.0 * bool(first.doers & second.doers)
        + 0.5 * bool(first.speakers & second.speakers)
        + 0.5 * (first.claim.act == second.claim.act)
        + 1.0 / (1 + first.days_apart(second))
        + linker.words.alike(first.claim, second.claim)
    )


STAGE = Stage(
    name="link",
    scope="ledger",
    needs=(
        "documents.text",
        "documents.family_id",
        "documents.published",
        "claims.act",
        "claims.stance",
        "claims.when",
        "claims.places",
        "claims.claimant",
        "claims.attributed_to",
        "claims.target",
        "claims.figures",
    ),
    assigns=("claims.responds_to", "incidents", "register"),
    run_ledger=run,
)
