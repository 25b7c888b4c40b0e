"""New and changed documents: their families, days, places and parties, and whatever of other documents follows from them.

Closed parts: documents that texts or an address tie together (kinship); documents without a date that kin or shared deeds tie
together (dates); days of publication, and stories that a family joins (stories).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from trucewatch.model.ids import make_id
from trucewatch.model.judgements import standing
from trucewatch.model.records import Claim, Document, Issue, Kinship, Ledger, Observation, Reading
from trucewatch.pipeline.part_desk import Desk, by_document, chunks
from trucewatch.pipeline.records import Remembered, claim_order, settle_records
from trucewatch.stages.date import COMMON, date_claims, date_documents, deeds_of, is_undated
from trucewatch.stages.judge import apply_decisions
from trucewatch.stages.kinship.compare import theatre_words
from trucewatch.stages.kinship.direction import Credits
from trucewatch.stages.kinship.stage import families_of, text_digest, with_families
from trucewatch.stages.link.citations import CITATION
from trucewatch.stages.link.facets import make_facets, opponent_pairs
from trucewatch.stages.link.places import PlaceIndex, place_facts
from trucewatch.stages.link.stories import MOST_TEXTS, join_families, numbers_by_day
from trucewatch.store.parts import DocumentPart
from trucewatch.store.patch import Patch
from trucewatch.store.tables import BY_TYPE, READINGS

NO_SUBJECT = "decision-without-subject"


def own_ids(claims: Sequence[Claim], document_id: str, taken: set[str]) -> list[Claim]:
    """Claims under ids of their own: a file kept under two names gives the same ids twice, and who came first keeps them."""
    renamed = {claim.id: make_id("claim", claim.id, document_id) for claim in claims if claim.id in taken}
    taken.update(renamed.get(claim.id, claim.id) for claim in claims)
    if not renamed:
        return list(claims)
    return [
        replace(
            claim,
            id=renamed.get(claim.id, claim.id),
            responds_to=renamed.get(claim.responds_to, claim.responds_to) if claim.responds_to else None,
        )
        for claim in claims
    ]


class DocumentParts:
    """Takes documents whose reading is new or changed, and tells the desk what changed in the ledger."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.readings: dict[str, Reading] = {}
        self.parts_of: dict[str, DocumentPart] = {}
        # documents whose day or family is another one, with those before
        self._moved: dict[str, tuple[int | None, str | None]] = {}
        # texts that documents had, documents with other words, and the numbers of texts that were kin to what is gone
        self._lost: set[bytes] = set()
        self._redacted: set[str] = set(desk.news.redacted)
        self._bereft: set[int] = set()
        # texts that kinship is about to ask for, by their digests
        self._texts: dict[bytes, str] = {}

    def take(self, ids: Iterable[str]) -> None:
        """Bring the ledger's documents and claims up to date with these readings."""
        desk = self.desk
        dirty = self._with_twins(set(ids))
        self._fetch(dirty)
        self._note_readings(dirty)
        self._forget_texts()
        documents, kinships = self._families(dirty)
        undated = self._undated(dirty, set(documents))
        while undated - documents.keys():
            documents, kinships = self._families({*documents, *undated})
            # whoever came with these may have no date either
            undated |= self._undated(dirty, set(documents))
        self._put_kinships(set(documents), kinships)
        documents, dated_issues = self._dated(documents, undated)
        settled, issues = self._settled(documents)
        for document_id, found in dated_issues.items():
            issues[document_id] = [*issues[document_id], *found]
        self._judge(settled, issues)
        self._note_redacted(settled)
        self._stories(sorted(settled))
        desk.documents.let_go()

    # ---- readings

    def _with_twins(self, dirty: set[str]) -> set[str]:
        """Documents of the same bytes come together, for they share the ids of their claims."""
        self._fetch(dirty)
        shas = {self.readings[one].document.sha256 for one in dirty}
        return dirty | {part.id for part in self.desk.parts.documents("sha256", shas)}

    def _fetch(self, ids: Iterable[str]) -> None:
        wanted = [one for one in ids if one not in self.readings]
        for reading in self.desk.store.some_readings(wanted):
            self.readings[reading.document.id] = reading
        self.parts_of.update((part.id, part) for part in self.desk.parts.documents("id", wanted))

    def _note_readings(self, dirty: set[str]) -> None:
        desk = self.desk
        digests = desk.patch.reading_digests(sorted(dirty))
        taken: dict[str, set[str]] = defaultdict(set)
        for document_id in sorted(dirty, key=_sequences(desk.patch, dirty).__getitem__):
            reading = self.readings[document_id]
            document = reading.document
            claims = own_ids(reading.claims, document_id, taken[document.sha256])
            self.readings[document_id] = replace(reading, claims=tuple(claims))
            before = self.parts_of.get(document_id)
            text = text_digest(document)
            if before is not None and before.text not in (None, text):
                self._lost.add(before.text)
                self._redacted.add(document_id)
            self.parts_of[document_id] = replace_part(
                before, id=document_id, digest=digests[document_id], text=text, source=document.source, sha256=document.sha256
            )
        desk.parts.put_documents(self.parts_of[one] for one in dirty)
        self._old_deeds = {v for values in desk.parts.marks_of("deed", dirty).values() for v in values}
        desk.parts.unmark("deed", dirty)
        desk.parts.unmark("undated", dirty)
        deeds = {(_deed(deed), one) for one in dirty for claim in self.readings[one].claims for deed in deeds_of(claim)}
        desk.parts.mark("deed", deeds)
        desk.parts.mark("undated", (("", one) for one in dirty if is_undated(self.readings[one].document)))
        self._deeds = {deed for deed, _ in deeds} | self._old_deeds

    def _forget_texts(self) -> None:
        """Let kinship forget the texts that no document has any more."""
        desk = self.desk
        gone = self._lost - {part.text for part in desk.parts.documents("text", self._lost)}
        if gone:
            self._bereft = desk.context.kinship.forget(gone, theatre_words(desk.context.theatre), self._text_of)

    def _fetch_texts(self, digests: Collection[bytes]) -> None:
        """Read together what kinship will ask for."""
        text_of = {part.text: part.id for part in self.desk.parts.documents("text", digests) if part.id not in self.readings}
        read = _texts(self.desk.patch, list(text_of.values()))
        self._texts = {digest: read[document_id] for digest, document_id in text_of.items() if digest is not None}

    def _text_of(self, digest: bytes) -> str:
        if digest in self._texts:
            return self._texts[digest]
        document_id = self.desk.parts.documents("text", [digest])[0].id
        if document_id in self.readings:
            return self.readings[document_id].document.text
        return _texts(self.desk.patch, [document_id])[document_id]

    # ---- families

    def _families(self, dirty: set[str]) -> tuple[dict[str, Document], tuple[Kinship, ...]]:
        """Documents that texts and addresses tie to these, with their families, and all their kinships but citations."""
        desk = self.desk
        state, theatre = desk.context.kinship, desk.context.theatre
        texts = list(dict.fromkeys(text for one in dirty if (text := self.parts_of[one].text) is not None))
        if desk.is_whole:
            state.know(dict.fromkeys(texts), theatre_words(theatre), self._text_of)
        numbers = state.learn(texts, theatre_words(theatre), self._text_of, self._fetch_texts)
        self._texts.clear()
        numbers |= {state.number_of[digest] for digest in texts} | self._bereft
        found, sources, edges = set(dirty), set[str](), list[int]()
        while True:
            numbers, edges = state.edges_among(numbers)
            own = desk.parts.documents("text", [state.digests[number] for number in numbers])
            sources |= {part.source for part in own} | {self.parts_of[one].source for one in dirty}
            own += desk.parts.documents("source", sources)
            grown = found | {part.id for part in own}
            tied = {state.number_of[part.text] for part in own if part.text is not None}
            if grown == found and tied <= numbers:
                break
            found, numbers = grown, numbers | tied
        self._fetch(found)
        given = [self.readings[one].document for one in sorted(found)]
        documents, kinships = with_families(given, state, families_of(state, edges), Credits(theatre))
        return {document.id: document for document in documents}, kinships

    def _put_kinships(self, ids: set[str], kinships: Iterable[Kinship]) -> None:
        desk = self.desk
        key = BY_TYPE[Kinship].key
        before = {key(kin): kin for kin in ([] if desk.is_whole else desk.kinships(ids)) if kin.kind != CITATION}
        after = {key(kin): kin for kin in kinships}
        for one in before.keys() | after.keys():
            if before.get(one) != after.get(one):
                for kin in (before.get(one), after.get(one)):
                    desk.changes.kin |= {kin.first_id, kin.second_id} if kin is not None else set()
        desk.patch.remove(Kinship, before.keys() - after.keys())
        desk.patch.put(Kinship, after.values())

    # ---- days

    def _undated(self, dirty: set[str], family: set[str]) -> set[str]:
        """Documents without a date of which a text, a kin or a deed told elsewhere is new: all that these decide together."""
        desk = self.desk
        if not desk.parts.few_marked("undated", "", 1):
            return set()
        found = {one for one in family if is_undated(self.readings[one].document)}
        if not desk.is_whole:
            for deed in self._deeds:
                owners = desk.parts.few_marked("deed", deed, COMMON + len(dirty) + 1)
                if len(owners) <= COMMON + len(dirty):
                    found |= set(desk.parts.marks_of("undated", owners))
        frontier = set(found)
        while frontier:
            near = self._neighbours(frontier)
            frontier = set(desk.parts.marks_of("undated", near)) - found
            found |= frontier
        self._fetch(found)
        return found

    def _neighbours(self, ids: set[str]) -> set[str]:
        """Documents that share a deed with these that is not too common, or are kin to them."""
        desk, near = self.desk, set[str]()
        for deed in {deed for deeds in desk.parts.marks_of("deed", ids).values() for deed in deeds}:
            owners = desk.parts.few_marked("deed", deed, COMMON + 1)
            near |= set(owners) if len(owners) <= COMMON else set()
        for kin in desk.kinships(ids):
            near |= {kin.first_id, kin.second_id}
        return near

    def _dated(self, documents: dict[str, Document], undated: set[str]) -> tuple[dict[str, Document], dict[str, list[Issue]]]:
        desk = self.desk
        issues: dict[str, list[Issue]] = defaultdict(list)
        if not undated:
            return documents, issues
        near = self._neighbours(undated)
        for deed in {deed for deeds in desk.parts.marks_of("deed", undated).values() for deed in deeds}:
            # of a common deed so many that it is common here too
            near |= set(desk.parts.few_marked("deed", deed, COMMON + 1))
        self._fetch(near)
        whole = {one: documents.get(one) or self.readings[one].document for one in near | undated}
        claims = [claim for one in sorted(whole) for claim in self._raw_claims(one)]
        ledger = Ledger(documents=tuple(whole.values()), claims=tuple(claims), kinships=tuple(desk.kinships(undated)))
        dated, found = date_documents(ledger, desk.context.theatre)
        for issue in found:
            if issue.record_id in undated:
                issues[issue.record_id or ""].append(issue)
        return {**documents, **{document.id: document for document in dated if document.id in undated}}, issues

    def _raw_claims(self, document_id: str) -> Sequence[Claim]:
        return self.readings[document_id].claims

    # ---- places and parties

    def _settled(self, documents: dict[str, Document]) -> tuple[dict[str, Reading], dict[str, list[Issue]]]:
        """What the record stages make of the documents, with the issues of each."""
        desk = self.desk
        self._rename(documents)
        claims = [claim for one in sorted(documents) for claim in self._raw_claims(one)]
        dated = date_claims(sorted(claims, key=claim_order), documents, desk.context.theatre)
        ledger = Ledger(documents=tuple(documents[one] for one in sorted(documents)), claims=dated)
        issues = {one: list(self.readings[one].issues) for one in documents}
        read_as = desk.patch.reading_digests(sorted(documents))
        settled = {one: Reading(document=documents[one], claims=tuple(own)) for one, own in by_document(dated).items()}
        for one, document in documents.items():
            settled.setdefault(one, Reading(document=document))
        for stages in desk.record_stages:
            remembered = Remembered(desk.context.memory, "+".join(stage.name for stage in stages))
            settled = settle_records(
                desk.store, ledger, stages, desk.engine, desk.clock, remembered, read_as, desk.is_strict, desk.on_progress
            )
            for one, reading in settled.items():
                issues[one] += reading.issues
            ledger = Ledger(
                documents=tuple(settled[one].document for one in sorted(settled)),
                claims=tuple(sorted((claim for reading in settled.values() for claim in reading.claims), key=claim_order)),
            )
        return settled, issues

    def _rename(self, documents: dict[str, Document]) -> None:
        """Give claims of documents that were only fetched the ids that they have in the ledger."""
        shas = {document.sha256 for document in documents.values()}
        twins: dict[str, list[str]] = defaultdict(list)
        for part in self.desk.parts.documents("sha256", shas):
            twins[part.sha256].append(part.id)
        for group in twins.values():
            if len(group) > 1:
                self._fetch(group)
                order = _sequences(self.desk.patch, group)
                fresh = {one.document.id: one for one in self.desk.store.some_readings(group)}
                taken: set[str] = set()
                for one in sorted(group, key=order.__getitem__):
                    claims = own_ids(fresh[one].claims, one, taken)
                    self.readings[one] = replace(self.readings[one], claims=tuple(claims))

    def _judge(self, settled: dict[str, Reading], issues: dict[str, list[Issue]]) -> None:
        """Apply decisions, and put what has changed."""
        desk, changes = self.desk, self.desk.changes
        claims = tuple(sorted((claim for reading in settled.values() for claim in reading.claims), key=claim_order))
        documents = tuple(settled[one].document for one in sorted(settled))
        document_of = {claim.id: claim.document_id for claim in claims}
        ledger = apply_decisions(Ledger(documents=documents, claims=claims, decisions=desk.decisions))
        for issue in ledger.issues:
            if issue.code != NO_SUBJECT:
                owner = document_of.get(issue.record_id or "", issue.record_id or "")
                issues.setdefault(owner, []).append(issue)
        desk.keep_issues({f"doc:{one}": found for one, found in issues.items()})
        changes.documents |= set(desk.patch.put(Document, ledger.documents))
        desk.documents.forget()
        ids = {} if desk.is_whole else desk.patch.ids_of_claims(settled)
        before = desk.patch.claims(i for own in ids.values() for i in own)
        before.update((key, claim) for key, claim in desk.news.erased.items() if key in before)
        after = {claim.id: claim for claim in ledger.claims}
        # what a claim answers is the link stage's to say
        told = {key: replace(c, responds_to=before[key].responds_to if key in before else None) for key, c in after.items()}
        gone = before.keys() - after.keys()
        changed = {key for key, claim in told.items() if before.get(key) != claim} | gone
        desk.patch.remove(Claim, gone)
        changes.claims |= changed
        if desk.is_whole:
            changes.documents |= set(settled)
        changes.before.update((key, before[key]) for key in changed if key in before)
        changes.after.update((key, told[key]) for key in changed if key in told)
        self._tell([before[key] for key in changed if key in before], [told[key] for key in changed if key in told])
        for document in ledger.documents:
            part = self.parts_of[document.id]
            day = document.published.latest
            family = document.family_id
            if (part.day, part.family) != (day.toordinal() if day else None, family) or part.head is None:
                self._moved[document.id] = (part.day, part.family)
                part.day, part.family = day.toordinal() if day else None, family

    def _tell(self, before: Iterable[Claim], after: Iterable[Claim]) -> None:
        """Count what the ledger tells of places and of who fights whom, and note the claims on which it bears anew."""
        desk = self.desk
        index = PlaceIndex(desk.context.theatre, ())
        change: Counter[tuple[str, str, str]] = Counter()
        for sign, claims in ((-1, list(before)), (1, list(after))):
            for claim in claims:
                for fact in place_facts(claim):
                    change[fact] += sign
            for facet in make_facets(claims, {}, index):
                for one, other in opponent_pairs(facet):
                    change["opposed", one, other] += sign
        turned = desk.parts.tell((fact, number) for fact, number in change.items() if number)
        if desk.is_whole or not turned:
            return
        names = {name for kind, name, _ in turned if kind == "named"}
        keys = {name for kind, name, _ in turned if kind in ("at", "precision")}
        names |= {name for _, name, value in desk.parts.told("named") if value in keys} if keys else set()
        for owners in desk.parts.marked("place", names | keys).values():
            desk.changes.borne_on |= set(owners)
        for kind, one, other in turned:
            if kind == "opposed":
                named = desk.parts.marked("party", (one, other))
                rarer = min((named.get(code, []) for code in (one, other)), key=len)
                desk.changes.borne_on |= set(rarer)
                for own in desk.parts.marked("admits", (one, other)).values():
                    desk.changes.borne_on |= set(own)

    def _note_redacted(self, settled: dict[str, Reading]) -> None:
        """Documents of which words are gone count as others all through: what is told in words there is told otherwise."""
        desk = self.desk
        redacted = self._redacted & settled.keys()
        claims = [claim.id for one in redacted for claim in settled[one].claims]
        desk.changes.documents |= redacted
        desk.changes.borne_on.update(claims)
        desk.patch.read_again(claims)
        for one in redacted:
            self._moved.setdefault(one, (self.parts_of[one].day, self.parts_of[one].family))

    # ---- stories

    def _stories(self, ids: Sequence[str]) -> None:
        """Group the days of publication anew on which a document came, went or changed, and join stories by families."""
        desk, parts = self.desk, self.desk.parts
        moved = self._moved
        parts.put_documents(self.parts_of[one] for one in ids)
        days = {day for one, (day, _) in moved.items() if day != self.parts_of[one].day or self.parts_of[one].head is None}
        days |= {self.parts_of[one].day for one in moved}
        of_day: dict[int, list[DocumentPart]] = defaultdict(list)
        for part in parts.documents("day", (day for day in days if day is not None)):
            of_day[part.day or 0].append(part)
        heads: dict[str, str] = {one: one for one in moved if self.parts_of[one].day is None}
        grouped: dict[str, list[Document]] = {}
        for day, members in of_day.items():
            members.sort(key=lambda part: part.id)
            if 1 < len(members) <= MOST_TEXTS:
                desk.documents.fetch(part.id for part in members)
                grouped[str(day)] = [desk.documents[part.id] for part in members]
        numbers = numbers_by_day(grouped, desk.context.memory)
        for day, members in of_day.items():
            first: dict[int, str] = {}
            for part, number in zip(members, numbers.get(str(day), range(len(members))), strict=True):
                heads[part.id] = first.setdefault(number, part.id)
        self._join_stories(heads, {family for _, family in moved.values() if family is not None})

    def _join_stories(self, heads: dict[str, str], families: set[str]) -> None:
        parts = self.desk.parts
        found = {part.id: part for part in parts.documents("id", heads)}
        for one, head in heads.items():
            found[one].head = head
        families = families | {part.family for part in found.values() if part.family is not None}
        stories = {part.story for part in found.values() if part.story is not None}
        while True:
            own = parts.documents("story", stories) + parts.documents("family", families)
            fresh = {part.id: part for part in own if part.id not in found}
            if not fresh:
                break
            found.update(fresh)
            families |= {part.family for part in fresh.values() if part.family is not None}
            stories |= {part.story for part in fresh.values() if part.story is not None}
        # a head that is another's now draws in those that share it
        joined = join_families(
            {one: found[one].head or one for one in sorted(found)}, {one: part.family for one, part in found.items()}
        )
        for one, story in joined.items():
            if found[one].story != story:
                found[one].story = story
                self.desk.changes.stories.add(one)
        parts.put_documents(found.values())


def replace_part(before: DocumentPart | None, **values: Any) -> DocumentPart:
    """A document's part with new values, keeping what is known of its day and story."""
    if before is None:
        return DocumentPart(**values)
    return replace(before, **values)


def judged(desk: Desk) -> tuple[tuple[Observation, ...], list[Issue]]:
    """Observations with corrections and redactions, and the issues of corrections of them and of what is not in the ledger."""
    subjects = [s for d in standing(desk.decisions) if d.kind == "correct_value" for s in d.subject]
    known = {one for kind in (Document, Claim) for one in desk.patch.known(kind, subjects)} if subjects else set[str]()
    ledger = apply_decisions(Ledger(observations=desk.observations, decisions=desk.decisions))
    own = {observation.id for observation in desk.observations}
    issues = [i for i in ledger.issues if i.record_id in own or (i.code == NO_SUBJECT and i.record_id not in known)]
    return ledger.observations, issues


def _deed(deed: tuple[str, str]) -> str:
    return "\x1f".join(deed)


def _sequences(patch: Patch, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(ids):
        query = sa.select(READINGS.c.id, READINGS.c.sequence).where(READINGS.c.id.in_(part))
        found.update((row.id, row.sequence) for row in patch.conn.execute(query))
    return found


def _texts(patch: Patch, document_ids: Sequence[str]) -> dict[str, str]:
    """Texts of documents that are known, by id."""
    query = sa.select(READINGS.c.id, READINGS.c.text)
    rows = [row for part in chunks(document_ids) for row in patch.conn.execute(query.where(READINGS.c.id.in_(part))).all()]
    return {row[0]: row[1] or "" for row in rows}
