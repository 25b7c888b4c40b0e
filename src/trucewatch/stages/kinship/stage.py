"""The kinship stage: sketches, candidate pairs, comparison, families and their evidence. A pure function of the documents."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from trucewatch.model.ids import make_id
from trucewatch.model.records import Document, Kinship, Ledger
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Theatre
from trucewatch.stages.kinship.candidates import candidate_pairs, neighbours_together
from trucewatch.stages.kinship.compare import Profile, WordWeights, compare, make_profile
from trucewatch.stages.kinship.direction import copied_from, kind_of
from trucewatch.stages.kinship.families import Edge, find_families, is_partial, log_odds
from trucewatch.stages.kinship.passages import align
from trucewatch.text.shingles import Words, make_sketch, text_words

MOST_PROFILES = 4096


@dataclass(frozen=True, slots=True)
class Kin:
    """Families as the index of their first document, for each text; edges that are kin, and those that share a part."""

    families: list[int]
    edges: list[Edge]
    partial: list[Edge]


class Profiles:
    """Profiles of texts made when asked for, the last MOST_PROFILES of them kept."""

    def __init__(self, words: Sequence[Words]) -> None:
        self._words = words
        self.of = lru_cache(maxsize=MOST_PROFILES)(self._make)

    def _make(self, index: int) -> Profile:
        return make_profile(self._words[index])


def find_kin(words: Sequence[Words], profiles: Profiles | None = None) -> Kin:
    """Kin among texts, given as their words (`text_words`). Their order decides nothing but the indexes."""
    profiles = profiles or Profiles(words)
    pairs = neighbours_together(candidate_pairs([make_sketch(text) for text in words]), len(words))
    weights = WordWeights(words)
    edges: list[Edge] = []
    partial: list[Edge] = []
    for first, second in pairs:
        likeness = compare(profiles.of(first), profiles.of(second), weights)
        smaller = min(len(words[first]), len(words[second]))
        edge = Edge(first, second, likeness, log_odds(likeness, smaller))
        if edge.log_odds > 0:
            edges.append(edge)
        elif is_partial(edge, smaller):
            partial.append(edge)
    return Kin(find_families(len(words), edges, partial), edges, partial)


def run(ledger: Ledger, context: Context) -> Ledger:
    """Give every document its family, copies their original, and kin pairs their evidence.

    Documents without text, or in a language that is not read, stay families of their own.
    """
    documents = sorted(ledger.documents, key=lambda d: (d.sha256, d.id))
    texts: dict[bytes | str, list[int]] = defaultdict(list)
    words: list[Words] = []
    for index, document in enumerate(documents):
        of_text = text_words(document.text)
        words.append(of_text)
        texts[hashlib.sha256(of_text.tobytes()).digest() if len(of_text) else document.id].append(index)
    # equal texts enter the comparison once, so that a thousand equal copies cost nothing
    chosen = sorted(group[0] for group in texts.values())
    chosen_words = [words[index] for index in chosen]
    profiles = Profiles(chosen_words)
    kin = find_kin(chosen_words, profiles)
    family_of = {chosen[i]: chosen[root] for i, root in enumerate(kin.families)}
    kinships = _equal_texts(documents, list(texts.values()))
    for group in texts.values():
        for index in group[1:]:
            family_of[index] = family_of[group[0]]
    for edge in kin.edges + [e for e in kin.partial if kin.families[e.first] == kin.families[e.second]]:
        kinships.append(_kinship(documents[chosen[edge.first]], documents[chosen[edge.second]], edge, profiles, context.theatre))
    _same_address(documents, family_of, kinships)
    members: dict[int, list[Document]] = defaultdict(list)
    for index, document in enumerate(documents):
        members[family_of[index]].append(document)
    family_id = {root: make_id("fam", min(d.id for d in group)) for root, group in members.items()}
    originals = _originals(documents, kinships)
    finished = {
        document.id: dataclasses.replace(document, family_id=family_id[family_of[index]], copy_of=originals.get(document.id))
        for index, document in enumerate(documents)
    }
    kinships.sort(key=lambda k: (k.first_id, k.second_id, k.kind))
    return dataclasses.replace(
        ledger, documents=tuple(finished[d.id] for d in ledger.documents), kinships=tuple(dict.fromkeys(kinships))
    )


def _kinship(first: Document, second: Document, edge: Edge, profiles: Profiles, theatre: Theatre) -> Kinship:
    alignment = align(profiles.of(edge.first), profiles.of(edge.second), first.text, second.text)
    kind = kind_of(first, second, edge.likeness, alignment, theatre)
    return Kinship(
        first_id=first.id,
        second_id=second.id,
        kind=kind,
        score=round(edge.score, 4),
        passages=alignment.passages,
        copied_from=copied_from(first, second, edge.likeness, kind, theatre),
    )


def _equal_texts(documents: Sequence[Document], groups: Sequence[Sequence[int]]) -> list[Kinship]:
    found: list[Kinship] = []
    for group in groups:
        for index in group[1:]:
            first, second = documents[group[0]], documents[index]
            kind = "edit" if first.source == second.source else "copy"
            whole = ((0, len(first.text), 0, len(second.text)),)
            origin = copied_from(first, second, None, kind, None)
            found.append(
                Kinship(first_id=first.id, second_id=second.id, kind=kind, score=1.0, passages=whole, copied_from=origin)
            )
    return found


def _same_address(documents: Sequence[Document], family_of: dict[int, int], kinships: list[Kinship]) -> None:
    """One URL met with two texts is one source that was edited, however much was changed."""
    at: dict[str, list[int]] = defaultdict(list)
    for index, document in enumerate(documents):
        at[document.source].append(index)
    known = {frozenset((k.first_id, k.second_id)) for k in kinships}
    for indexes in at.values():
        for index in indexes[1:]:
            first, second = documents[indexes[0]], documents[index]
            old, new = family_of[index], family_of[indexes[0]]
            if old != new:
                low, high = sorted((old, new))
                for member, root in family_of.items():
                    if root == high:
                        family_of[member] = low
            if frozenset((first.id, second.id)) not in known:
                origin = copied_from(first, second, None, "edit", None)
                kinships.append(Kinship(first_id=first.id, second_id=second.id, kind="edit", score=1.0, copied_from=origin))


def _originals(documents: Sequence[Document], kinships: Sequence[Kinship]) -> dict[str, str]:
    """Copy to original: the last document of the chain of likeliest origins."""
    best: dict[str, tuple[float, str]] = {}
    for kinship in kinships:
        if kinship.copied_from and kinship.kind not in ("rewrite", "edit"):
            copy = kinship.second_id if kinship.copied_from == kinship.first_id else kinship.first_id
            best[copy] = max(best.get(copy, (0.0, "")), (kinship.score, kinship.copied_from))
    originals: dict[str, str] = {}
    for copy in best:
        seen, at = {copy}, best[copy][1]
        while at in best and best[at][1] not in seen:
            seen.add(at)
            at = best[at][1]
        originals[copy] = at
    return originals


STAGE = Stage(
    name="kinship",
    scope="ledger",
    needs=("documents.text", "documents.sha256", "documents.published"),
    assigns=("documents.family_id", "documents.copy_of", "kinships"),
    run_ledger=run,
)
