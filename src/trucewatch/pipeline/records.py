"""Record stages that need their context (dates, kin): run where something changed, remembered for every other document."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from trucewatch.engines import Engine
from trucewatch.errors import RecordError
from trucewatch.model.records import Claim, Document, Ledger, Reading
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.model.stage import Stage
from trucewatch.pipeline.check import check_reading
from trucewatch.pipeline.edge import Outcome, Task
from trucewatch.pipeline.progress import Clock, Progress
from trucewatch.store import Store
from trucewatch.store.memo import Memory
from trucewatch.store.plain import json_text, without_text

FLUSH = 500


class Remembered:
    """Outcomes of stages in earlier runs, by the digest of all that they saw; `memory` None: nothing is remembered."""

    def __init__(self, memory: Memory | None, name: str) -> None:
        self._memory, self._name = memory, name
        self._fresh: list[tuple[str, str, str]] = []

    def digest(self, document: Document, claims: Sequence[Claim], kin_texts: Sequence[str], read_as: str) -> str:
        """Digest of what stages see of a document; `read_as` stands for all else that was read of it."""
        seen = hashlib.blake2b(f"{read_as}\x1f".encode(), digest_size=16)
        seen.update(json_text([to_plain(without_text(document)), claims]).encode())
        for text in (document.text, *kin_texts):
            seen.update(hashlib.blake2b(text.encode("utf-8", "surrogatepass")).digest())
        return seen.hexdigest()

    def take(self, digests: Mapping[str, str], documents: Mapping[str, Document]) -> dict[str, Reading]:
        """Readings of the documents of which nothing changed, by document id."""
        found: dict[str, Reading] = {}
        for document_id, result in (self._memory.take(self._name, digests) if self._memory else {}).items():
            try:
                reading = from_plain(Reading, json.loads(result))
            except (RecordError, ValueError, TypeError):
                # of another make: the work is done again
                continue
            before = documents[document_id]
            found[document_id] = replace(
                reading, document=replace(reading.document, text=before.text, origin_map=before.origin_map)
            )
        return found

    def keep(self, digest: str, before: Document, reading: Reading) -> None:
        """Remember an outcome."""
        if self._memory is None or reading.document.text != before.text:
            return
        document = to_plain(without_text(reading.document))
        bare = {"document": document, "claims": reading.claims, "issues": reading.issues}
        self._fresh.append((before.id, digest, json_text(bare)))
        if len(self._fresh) >= FLUSH:
            self.flush()

    def flush(self) -> None:
        """Write what is to be remembered."""
        if self._memory is not None:
            self._memory.keep(self._name, self._fresh)
        self._fresh.clear()


def run_records(
    store: Store,
    ledger: Ledger,
    stages: tuple[Stage, ...],
    engine: Engine[Task, Outcome],
    clock: Clock,
    remembered: Remembered,
    is_strict: bool,
    on_progress: Callable[[Progress], None],
) -> Ledger:
    """Run record stages with their context (dates, kin) over every document of a ledger."""
    after = settle_records(store, ledger, stages, engine, clock, remembered, store.reading_digests(), is_strict, on_progress)
    readings = [after[document_id] for document_id in sorted(after)]
    return replace(
        ledger,
        documents=tuple(after[document.id].document if document.id in after else document for document in ledger.documents),
        claims=tuple(sorted((claim for reading in readings for claim in reading.claims), key=claim_order)),
        issues=tuple(dict.fromkeys((*ledger.issues, *(issue for reading in readings for issue in reading.issues)))),
    )


def settle_records(
    store: Store,
    ledger: Ledger,
    stages: tuple[Stage, ...],
    engine: Engine[Task, Outcome],
    clock: Clock,
    remembered: Remembered,
    read_as: Mapping[str, str],
    is_strict: bool,
    on_progress: Callable[[Progress], None],
) -> dict[str, Reading]:
    """What record stages make of documents, by id; all of a family are there. `read_as` has the digests of their readings."""
    documents = {document.id: document for document in ledger.documents}
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        claims[claim.document_id].append(claim)
    families: dict[str, list[str]] = defaultdict(list)
    for document in ledger.documents:
        if document.family_id is not None:
            families[document.family_id].append(document.id)

    def kin_texts(document: Document) -> tuple[str, ...]:
        kin = families.get(document.family_id or "", ())
        return tuple(documents[other].text for other in kin if other != document.id)

    digests = {
        document.id: remembered.digest(document, claims[document.id], kin_texts(document), read_as.get(document.id, ""))
        for document in ledger.documents
    }
    known = remembered.take(digests, documents)

    def tasks() -> Iterator[Task]:
        for reading in store.some_readings(document_id for document_id in documents if document_id not in known):
            document = documents[reading.document.id]
            reading = replace(reading, document=document, claims=tuple(claims[document.id]), issues=())
            yield Task(stages=stages, reading=reading, kin_texts=kin_texts(document), is_known=True)

    name = "+".join(stage.name for stage in stages)
    after = dict(known)
    for done, outcome in enumerate(engine.map(tasks()), 1 + len(known)):
        reading = check_reading(outcome.reading, is_strict=is_strict)
        clock.add(outcome.seconds)
        after[reading.document.id] = reading
        if not outcome.is_failed:
            remembered.keep(digests[reading.document.id], documents[reading.document.id], reading)
        if done % 20 == 0 or done == len(documents):
            on_progress(Progress(step=name, done=done, total=len(documents)))
    remembered.flush()
    return after


def claim_order(claim: Claim) -> tuple[str, int, int, str]:
    """Key that sorts a ledger's claims: by document and place in its text."""
    return claim.document_id, claim.start_char, claim.end_char, claim.id
