"""The kinship stage: sketches, candidate pairs, comparison, families and their evidence. A pure function of the documents."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trucewatch.model.ids import make_id
from trucewatch.model.records import Document, Kinship, Ledger
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.kinship.compare import theatre_words
from trucewatch.stages.kinship.direction import Credits, copied_from, kind_of
from trucewatch.stages.kinship.families import Edge, find_families
from trucewatch.stages.kinship.groups import Groups
from trucewatch.stages.kinship.passages import Alignment
from trucewatch.stages.kinship.state import KinState, digest_of


@dataclass(frozen=True, slots=True)
class Kin:
    """`families`: of texts that are kin to any, by number, that of the first of their family; `edges`: where in the
    state's edges those stand that are kin, or share a part within one family."""

    families: dict[int, int]
    edges: list[int]


def families_of(state: KinState, among: Sequence[int] | None = None) -> Kin:
    """Families among the texts of a state; `among`: of those that these edges join, and no other edge touches."""
    places = range(len(state.edges)) if among is None else among
    edges = state.edges_at(places)
    numbers = sorted({number for edge in edges for number in (edge.first, edge.second)}, key=lambda number: state.digests[number])
    place = {number: at for at, number in enumerate(numbers)}
    kin: list[Edge] = []
    partial: list[Edge] = []
    for edge in edges:
        placed = Edge(place[edge.first], place[edge.second], edge.likeness, edge.log_odds)
        (kin if edge.log_odds > 0 else partial).append(placed)
    roots = find_families(len(numbers), kin, partial)
    families = {number: numbers[roots[at]] for number, at in place.items()}
    shown = [
        at for at, edge in zip(places, edges, strict=True) if edge.log_odds > 0 or families[edge.first] == families[edge.second]
    ]
    return Kin(families, shown)


def find_kin(texts: Sequence[str]) -> list[int]:
    """For each text the index of its family's first text. Their order decides nothing but these indexes."""
    by_digest = {digest_of(text): text for text in texts}
    state = KinState()
    state.add(by_digest, by_digest.__getitem__)
    families = families_of(state).families
    numbers = [state.number_of[digest_of(text)] for text in texts]
    first: dict[int, int] = {}
    return [first.setdefault(families.get(number, number), index) for index, number in enumerate(numbers)]


def run(ledger: Ledger, context: Context) -> Ledger:
    """Give every document its family, copies their original, and kin pairs their evidence.

    Documents without text, or in a language that is not read, stay families of their own. What `context.kinship` (a `KinState`)
    knows of the ledger's texts is not worked out again; it is brought up to date.
    """
    texts = {digest: document for document in ledger.documents if (digest := text_digest(document)) is not None}
    state = context.kinship if isinstance(context.kinship, KinState) else KinState()
    state.know(texts, theatre_words(context.theatre), lambda digest: texts[digest].text)
    finished, kinships = with_families(ledger.documents, state, families_of(state), Credits(context.theatre))
    return dataclasses.replace(ledger, documents=finished, kinships=kinships)


def text_digest(document: Document) -> bytes | None:
    """What a document's text goes by; None where it says nothing."""
    return digest_of(document.text) if any(char.isalnum() for char in document.text) else None


def with_families(
    given: Sequence[Document], state: KinState, kin: Kin, credits: Credits
) -> tuple[tuple[Document, ...], tuple[Kinship, ...]]:
    """Documents with their families and originals, and their kinships: of a whole ledger, or of documents to which no other is
    tied by its text or its address."""
    documents = sorted(given, key=lambda d: (d.sha256, d.id))
    texts: dict[bytes, list[int]] = defaultdict(list)
    for index, document in enumerate(documents):
        if (digest := text_digest(document)) is not None:
            texts[digest].append(index)

    # of equal texts the first stands for all, so that a thousand equal copies cost nothing
    def document_of(number: int) -> Document:
        return documents[texts[state.digests[number]][0]]

    family_of = list(range(len(documents)))
    for digest, group in texts.items():
        number = state.number_of[digest]
        root = texts[state.digests[kin.families.get(number, number)]][0]
        for index in group:
            family_of[index] = root
    kinships = _equal_texts(documents, texts.values(), credits)
    edges = zip(state.edges_at(kin.edges), map(state.alignment, kin.edges), strict=True)
    kinships += [_kinship(edge, alignment, document_of, credits) for edge, alignment in edges]
    _same_address(documents, family_of, kinships, credits)
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
    return tuple(finished[d.id] for d in given), tuple(dict.fromkeys(kinships))


def _kinship(edge: Edge, alignment: Alignment, document_of: Callable[[int], Document], credits: Credits) -> Kinship:
    first, second = document_of(edge.first), document_of(edge.second)
    kind = kind_of(first, second, edge.likeness, alignment, credits)
    return Kinship(
        first_id=first.id,
        second_id=second.id,
        kind=kind,
        score=round(edge.score, 4),
        passages=alignment.passages,
        copied_from=copied_from(first, second, edge.likeness, kind, credits),
    )


def _equal_texts(documents: Sequence[Document], groups: Iterable[Sequence[int]], credits: Credits) -> list[Kinship]:
    found: list[Kinship] = []
    for group in groups:
        for index in group[1:]:
            first, second = documents[group[0]], documents[index]
            kind = "edit" if first.source == second.source else "copy"
            whole = ((0, len(first.text), 0, len(second.text)),)
            origin = copied_from(first, second, None, kind, credits)
            found.append(
                Kinship(first_id=first.id, second_id=second.id, kind=kind, score=1.0, passages=whole, copied_from=origin)
            )
    return found


def _same_address(documents: Sequence[Document], family_of: list[int], kinships: list[Kinship], credits: Credits) -> None:
    """One URL met with two texts is one source that was edited, however much was changed."""
    at: dict[str, list[int]] = defaultdict(list)
    for index, document in enumerate(documents):
        at[document.source].append(index)
    known = {frozenset((k.first_id, k.second_id)) for k in kinships}
    groups = Groups(len(documents))
    for indexes in at.values():
        for index in indexes[1:]:
            first, second = documents[indexes[0]], documents[index]
            groups.join(family_of[index], family_of[indexes[0]])
            if frozenset((first.id, second.id)) not in known:
                origin = copied_from(first, second, None, "edit", credits)
                kinships.append(Kinship(first_id=first.id, second_id=second.id, kind="edit", score=1.0, copied_from=origin))
    family_of[:] = [groups.root(root) for root in family_of]


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
