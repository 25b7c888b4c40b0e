"""Claims linked part by part: each step of `stages.link` for what changed alone, and no step further than its results changed.

A step's part is what it compares: the claims of a document (answers, days); of a cell or a spell; the districts of a day; the
claims of a document again (those without a spot); claims of one act, day and doers; denials of one spot or doer and day.
A part is read whole where a claim of it changed, worked out by the stage's own functions, and compared with what was kept.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from trucewatch.model.records import Claim, Document, When
from trucewatch.pipeline.part_desk import Desk, by_document, chunks
from trucewatch.stages.link.clusters import LOOSE_DAYS, Label, Linker, cells_of, fits_of, head_of, spell_parts
from trucewatch.stages.link.denials import place_answers
from trucewatch.stages.link.facets import Facet, Opponents, make_facets
from trucewatch.stages.link.places import PlaceIndex, place_key
from trucewatch.stages.link.stage import sort_out
from trucewatch.stages.link.words import SentenceWords
from trucewatch.store.parts import DocumentPart, LinkPart

MARKS = ("place", "party", "admits", "spot", "doer", "fit", "asks-spot", "asks-doer")
HELD = "held"
UNDATED = "-------"


class Stories(Mapping[str, str]):
    """Story of each document, read at need."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def __getitem__(self, document_id: str) -> str:
        part = self._links.document_part(document_id)
        return part.story or document_id

    def get(self, document_id: str, default: Any = None) -> Any:
        """A document's story; itself where it has none."""
        return self[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Links:
    """The linking of a ledger. After `relink`, `changed` holds the claims whose label or facet changed (those that are gone
    included), `before` the links that they had."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.places = PlaceIndex(desk.context.theatre, desk.parts.told("at", "precision", "named"))
        self.opponents = Opponents((one, other) for _, one, other in desk.parts.told("opposed"))
        self.linker = Linker(self.places, self.opponents, SentenceWords(desk.documents), Stories(self))
        self.raw: dict[str, Facet] = {}
        self.timed: dict[str, Facet] = {}
        self.links: dict[str, LinkPart] = {}
        self.before: dict[str, LinkPart] = {}
        self.changed: set[str] = set()
        # what claims answer, of those that were sorted out
        self.answered: dict[str, str | None] = {}
        self._documents: dict[str, DocumentPart] = {}
        self._unwritten: set[str] = set()
        self._old_marks: dict[str, set[str]] = defaultdict(set)
        self._fresh = {one: [c.id for c in own] for one, own in by_document(desk.changes.after.values()).items()}

    # ---- reading

    def document_part(self, document_id: str) -> DocumentPart:
        """What ties a document to others."""
        if document_id not in self._documents:
            self._fetch_parts((document_id,))
        return self._documents[document_id]

    def _fetch_parts(self, ids: Iterable[str]) -> None:
        wanted = [one for one in dict.fromkeys(ids) if one not in self._documents]
        self._documents.update((part.id, part) for part in self.desk.parts.documents("id", wanted))

    def raw_facets(self, claims: Iterable[Claim]) -> list[Facet]:
        """Facets of claims that belong to incidents, by id, as they are read."""
        own = list(claims)
        self._fetch_parts(claim.document_id for claim in own)
        documents = {one: _bare(self._documents[one]) for one in {claim.document_id for claim in own}}
        return make_facets(own, documents, self.places)

    def fetch(self, ids: Iterable[str]) -> list[Facet]:
        """Claims with their days as linked, by id; those that are in no incident are left out."""
        wanted = list(dict.fromkeys(ids))
        absent = [one for one in wanted if one not in self.timed]
        if absent:
            for link in self.desk.parts.links("id", absent):
                self.links.setdefault(link.id, link)
            known = [one for one in absent if one in self.links]
            for facet in self.raw_facets(self.desk.claims(known).values()):
                link = self.links[facet.id]
                self.raw[facet.id] = facet
                completed = self.opponents.complete(facet)
                self.timed[facet.id] = replace(completed, first=link.first, last=link.last, is_dated=link.is_dated)
        return sorted((self.timed[one] for one in wanted if one in self.timed), key=lambda facet: facet.id)

    def _links_by(self, column: str, values: Iterable[Any]) -> list[LinkPart]:
        """Links as they stand now: what was changed is written before it is asked for."""
        found = []
        for link in self.desk.parts.links(column, values):
            found.append(self.links.setdefault(link.id, link))
        return found

    def _set(self, link: LinkPart, **values: Any) -> bool:
        """Change a link, keeping what it was; whether anything changed."""
        if all(getattr(link, name) == value for name, value in values.items()):
            return False
        if link.id not in self.before:
            self.before[link.id] = replace(link)
        for name, value in values.items():
            setattr(link, name, value)
        self._unwritten.add(link.id)
        return True

    def _write(self) -> None:
        self.desk.parts.put_links(self.links[one] for one in self._unwritten)
        self._unwritten.clear()

    # ---- the steps

    def relink(self) -> None:
        """Link what the desk's changes bear on."""
        facets = self._sort_out()
        based = self._label_cells(facets) | self._label_spells(facets) | facets
        told = self._label_documents(based) | facets
        final = self._join_fitting(told)
        self._place_answers(final | facets)
        self._write()
        self.changed = {one for one, link in self.before.items() if self._label_of(one) != link.label} | facets

    def _label_of(self, claim_id: str) -> str | None:
        link = self.links.get(claim_id)
        return link.label if link is not None else None

    def _sort_out(self) -> set[str]:
        """Documents whose claims, place facts, family or story changed: which of their claims count as other ones now."""
        desk, changes = self.desk, self.desk.changes
        touched = {c.document_id for part in (changes.before, changes.after) for c in part.values()}
        touched |= changes.documents | changes.stories
        touched |= {link.document for part in chunks(changes.borne_on) for link in desk.parts.links("id", part)}
        facets: set[str] = set()
        for part in chunks(sorted(touched)):
            facets |= self._sort_part(part)
        self._write()
        return facets

    def _sort_part(self, document_ids: Sequence[str]) -> set[str]:
        desk, changes = self.desk, self.desk.changes
        desk.documents.fetch(document_ids)
        ids = desk.patch.ids_of_claims(document_ids)
        wanted = [one for own in ids.values() for one in own]
        wanted += [claim_id for one in document_ids for claim_id in self._fresh.get(one, ())]
        claims = desk.claims(wanted)
        raw = self.raw_facets(claims.values())
        completed = [self.opponents.complete(facet) for facet in raw]
        told, held, answers = sort_out(self.linker, completed)
        old = {link.id: link for link in desk.parts.links("document", document_ids)}
        for facet in raw:
            self.raw[facet.id] = facet
        facets: set[str] = set()
        fresh: list[Facet] = []
        for facet, way in [(f, self.linker.way_of(f)) for f in told] + [(f, HELD) for f in held]:
            spell = json.dumps(self.linker.spell_of(facet)) if way == "spell" else None
            # of a claim with a place too: one without may join it for their story's sake
            seen = _digest(self.raw[facet.id], facet, way, answers.get(facet.id), self.linker._story(facet))
            self.timed[facet.id] = facet
            link = old.pop(facet.id, None)
            if link is not None and link.facet == seen and facet.id not in changes.borne_on:
                self.links.setdefault(facet.id, link)
                continue
            facets.add(facet.id)
            fresh.append(facet)
            if link is None:
                link = LinkPart(facet.id, facet.claim.document_id, seen, facet.first, facet.last, facet.is_dated, way)
                self.before[facet.id] = replace(link, way="")
            else:
                self.before[facet.id] = replace(link)
            self.links[facet.id] = link
            link.facet, link.first, link.last, link.is_dated = seen, facet.first, facet.last, facet.is_dated
            if way != "cell" or link.way != "cell":
                link.cell, link.part = spell, None
            link.way = way
            if way in ("wide", HELD):
                link.base = None
            if way == HELD:
                link.told, link.is_loose = None, False
            self._unwritten.add(facet.id)
        for link in old.values():
            self.before[link.id] = link
            facets.add(link.id)
        for kind in MARKS:
            for owner, values in desk.parts.marks_of(kind, facets).items():
                self._old_marks[f"{kind} {owner}"].update(values)
            desk.parts.unmark(kind, facets)
        for kind, marks in self._marks(fresh).items():
            desk.parts.mark(kind, marks)
        desk.parts.drop_links(old)
        # of each claim as it now answers: what changed is written, whatever the reason
        final = [replace(claim, responds_to=answers.get(one)) for one, claim in claims.items()]
        put = desk.patch.put(Claim, final)
        changes.claims.update(put)
        # what it remembers of sentences would grow with the ledger
        self.linker = replace(self.linker, words=SentenceWords(desk.documents))
        for claim in final:
            changes.after.pop(claim.id, None)
        self.answered.update((one, answers.get(one)) for one in claims)
        desk.documents.let_go()
        return facets

    def _marks(self, facets: Iterable[Facet]) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in MARKS}
        for facet in facets:
            raw = self.raw[facet.id]
            found["place"] += [(place_key(place), facet.id) for place in facet.claim.places]
            sides = raw.doers | raw.victims | facet.doers
            found["party"] += [(code, facet.id) for code in sides]
            if facet.claim.stance == "confirms" and not raw.doers:
                found["admits"] += [(code, facet.id) for code in raw.victims]
            if self.links[facet.id].way == HELD:
                found["asks-spot"] += [(value, facet.id) for value in _spots(facet)]
                found["asks-doer"] += [(value, facet.id) for value in _doers(facet)] if not facet.spots else []
            else:
                found["spot"] += [(value, facet.id) for value in _spots(facet)]
                found["doer"] += [(value, facet.id) for value in _doers(facet)]
                found["fit"] += [(_fit(key), facet.id) for key in fits_of(facet)]
        return found

    def _old(self, kind: str, ids: Iterable[str]) -> set[str]:
        return {value for one in ids for value in self._old_marks.get(f"{kind} {one}", ())}

    def _label_cells(self, facets: set[str]) -> set[str]:
        parts = self.desk.parts
        touched = {one for one in facets if "cell" in (self.before[one].way, self._way(one))}
        keys = self._old("spot", touched)
        keys |= {_cell(*cell) for one in touched if self._way(one) == "cell" for cell in cells_of(self.timed[one])}
        later = {_later(key, days) for key in keys for days in range(1, LOOSE_DAYS + 1)} - {""}
        near = {owner for owners in parts.marked("spot", keys).values() for owner in owners}
        after = {owner for owners in parts.marked("spot", later - keys).values() for owner in owners} - near
        choosing = [f for f in self.fetch(near) if self._way(f.id) == "cell"]
        choosing += [f for f in self.fetch(after) if self._way(f.id) == "cell" and not f.is_dated]
        asked = {_cell(*cell) for facet in choosing for cell in cells_of(facet)}
        asked |= {
            _cell(group, spot, day - back)
            for facet in choosing
            if not facet.is_dated
            for group, spot, day in cells_of(facet)
            for back in range(1, LOOSE_DAYS + 1)
        }
        every = [
            f
            for f in self.fetch(owner for owners in parts.marked("spot", asked).values() for owner in owners)
            if self._way(f.id) == "cell"
        ]
        dirty = {cell for one in touched if (cell := self.before[one].cell) is not None and self.before[one].way == "cell"}
        for claim_id, (group, spot, day) in self.linker.choose_cells(choosing, every).items():
            link, text = self.links[claim_id], _cell(group, spot, day)
            before = link.cell
            if self._set(link, cell=text) or claim_id in facets:
                dirty |= {text, before or text}
        self._write()
        return self._label_dirty_cells(dirty)

    def _label_dirty_cells(self, dirty: set[str]) -> set[str]:
        changed: set[str] = set()
        members: dict[str, list[str]] = defaultdict(list)
        for part in chunks(dirty):
            for link in self._links_by("cell", part):
                members[link.cell or ""].append(link.id)
        for text, ids in members.items():
            labels = self.linker.label_cell(_parsed(text), self.fetch(ids))
            for claim_id, label in labels.items():
                link = self.links[claim_id]
                self._set(link, part=label[-1])
                if not self.places.is_district(_parsed(text)[1]):
                    changed |= {claim_id} if self._set(link, base=_text(label)) else set()
        self._write()
        for prefix in {text[: text.rindex("\x1f") + 1] for text in dirty}:
            changed |= self._join_districts(prefix)
        return changed

    def _join_districts(self, prefix: str) -> set[str]:
        cells = {text: _parsed(text)[1] for text in self.desk.parts.cells_between(prefix, f"{prefix[:-1]}\x20")}
        districts = {spot for spot in cells.values() if self.places.is_district(spot)}
        if not districts:
            return set()
        chosen = [text for text, spot in cells.items() if spot in districts or self.places.above(spot) & districts]
        links = [link for part in chunks(chosen) for link in self._links_by("cell", part)]
        labels: dict[str, Label] = {link.id: ("cell", *_parsed(link.cell or ""), link.part) for link in links}
        self.linker.join_districts(self.fetch(labels), labels)
        inside = [link for link in links if self.places.is_district(_parsed(link.cell or "")[1])]
        changed = {link.id for link in inside if self._set(link, base=_text(labels[link.id]))}
        self._write()
        return changed

    def _label_spells(self, facets: set[str]) -> set[str]:
        dirty = {self.before[one].cell for one in facets if self.before[one].way == "spell"}
        dirty |= {self.links[one].cell for one in facets if self._way(one) == "spell"}
        now: dict[str, list[LinkPart]] = defaultdict(list)
        for link in self._links_by("cell", {text for text in dirty if text is not None}):
            now[link.cell or ""].append(link)
        was: dict[str, list[LinkPart]] = defaultdict(list)
        for text, links in now.items():
            was[text] = [link for link in links if link.id not in facets]
        for one in facets:
            if (old := self.before[one]).way == "spell":
                was[old.cell or ""].append(old)
        changed: set[str] = set()
        for text, links in now.items():
            group, place, story, is_lasting = json.loads(text)
            # a state may be told of for years: what no change comes near keeps its labels, and its claims are not read
            before = {frozenset(link.id for link in part) for part in spell_parts(was[text], is_lasting=is_lasting)}
            for part in spell_parts(links, is_lasting=is_lasting):
                ids = {link.id for link in part}
                if ids in before and not ids & facets:
                    continue
                own = {facet.id: facet for facet in self.fetch(ids)}
                labels = self.linker.label_spell_part((group, place, story, is_lasting), [own[link.id] for link in part])
                for claim_id, label in labels.items():
                    changed |= {claim_id} if self._set(self.links[claim_id], base=_text(label)) else set()
        self._write()
        return changed

    def _label_documents(self, based: set[str]) -> set[str]:
        """Claims without a spot, in the documents of claims whose base changed; gives those whose label so far changed."""
        touched = {self.links[one].document if one in self.links else self.before[one].document for one in based}
        changed: set[str] = set()
        for part in chunks(sorted(touched)):
            self.desk.documents.fetch(part)
            links = [link for link in self._links_by("document", part) if link.way != HELD]
            facets = self.fetch(link.id for link in links)
            labels = {link.id: _label(link.base) for link in links if link.base is not None and link.way != "wide"}
            loose = {facet.id for facet in self.linker.label_wide(facets, labels)}
            for link in links:
                if self._set(link, told=_text(labels[link.id]), is_loose=link.id in loose):
                    changed.add(link.id)
            self.desk.documents.let_go()
        self._write()
        return changed

    def _join_fitting(self, told: set[str]) -> set[str]:
        """The last labels of claims that tell of an act; gives those whose label changed."""
        parts = self.desk.parts
        present = [one for one in told if one in self.links and self._way(one) != HELD]
        keys = self._old("fit", told) | {_fit(key) for facet in self.fetch(present) for key in fits_of(facet)}
        labels = {old.told for one in told if (old := self.before.get(one)) is not None and old.is_loose}
        labels |= {self.links[one].told for one in present if self.links[one].is_loose}
        seeking = {owner for owners in parts.marked("fit", keys).values() for owner in owners}
        labels |= {link.told for part in chunks(seeking) for link in self._links_by("id", part) if link.is_loose}
        members = [link.id for part in chunks(text for text in labels if text) for link in self._links_by("told", part)]
        loose: dict[str, list[Facet]] = defaultdict(list)
        for facet in self.fetch(members):
            loose[self.links[facet.id].told or ""].append(facet)
        heads = [head for own in loose.values() if (head := head_of(own)) is not None]
        asked = {_fit(key) for head in heads for key in fits_of(head)}
        every = self.fetch(owner for owners in parts.marked("fit", asked).values() for owner in owners)
        every = [facet for facet in every if self._way(facet.id) != HELD]
        so_far = {facet.id: _label(self.links[facet.id].told) for facet in (*every, *self.fetch(members))}
        moves = self.linker.join_only_fit(self.fetch(members), every, so_far)
        changed: set[str] = set()
        for claim_id in {*present, *members}:
            link = self.links[claim_id]
            if self._set(link, label=_text(moves[claim_id]) if claim_id in moves else link.told):
                changed.add(claim_id)
        self._write()
        return changed

    def _place_answers(self, final: set[str]) -> None:
        """Denials and admissions, where what they answer or may answer changed."""
        parts = self.desk.parts
        present = self.fetch(one for one in final if one in self.links)
        spots = self._old("spot", final) | {value for facet in present for value in _spots(facet)}
        doers = self._old("doer", final) | {value for facet in present for value in _doers(facet)}
        asking = {owner for owners in parts.marked("asks-spot", spots).values() for owner in owners}
        asking |= {owner for owners in parts.marked("asks-doer", doers).values() for owner in owners}
        touched = {facet.claim.document_id for facet in present} | {
            self.before[one].document for one in final if one not in self.links
        }
        touched |= {link.document for part in chunks(asking) for link in self._links_by("id", part)}
        for part in chunks(sorted(touched)):
            own = self._links_by("document", part)
            held = self.fetch(link.id for link in own if link.way == HELD)
            if not held:
                continue
            answers = self._answers(held)
            near = {value for facet in held if facet.id not in answers for value in _spots(facet)}
            ids = {owner for owners in parts.marked("spot", near).values() for owner in owners}
            near = {value for facet in held if facet.id not in answers and not facet.spots for value in _doers(facet)}
            ids |= {owner for owners in parts.marked("doer", near).values() for owner in owners}
            ids |= {link.id for link in own if link.way != HELD}
            told = [facet for facet in self.fetch(ids) if self._way(facet.id) != HELD]
            labels = {facet.id: _label(self.links[facet.id].label) for facet in told}
            place_answers(self.linker, held, told, answers, labels)
            for facet in held:
                self._set(self.links[facet.id], label=_text(labels[facet.id]))
        self._write()

    def _answers(self, held: Sequence[Facet]) -> dict[str, str]:
        answers: dict[str, str] = {}
        for facet in held:
            answer = self.answered.get(facet.id, facet.claim.responds_to)
            if answer is not None:
                answers[facet.id] = answer
        return answers

    def _way(self, claim_id: str) -> str:
        link = self.links.get(claim_id)
        return link.way if link is not None else ""


def _bare(part: DocumentPart) -> Document:
    """A document with what facets ask of it."""
    on = date.fromordinal(part.day) if part.day is not None else None
    return Document(
        id=part.id, source=part.source, input_path="", sha256=part.sha256, published=When(latest=on), family_id=part.family
    )


def _digest(raw: Facet, timed: Facet, way: str, answer: str | None, story: str) -> str:
    seen = (
        _values(raw),
        _values(timed),
        raw.claim.start_char,
        raw.claim.sentence_start_char,
        raw.claim.places,
        way,
        answer,
        story,
    )
    return hashlib.blake2b(repr(seen).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _values(facet: Facet) -> tuple[Any, ...]:
    sets = (facet.doers, facet.victims, facet.speakers, facet.numbers)
    plain = (facet.group, facet.mode, facet.lasting, facet.spots, facet.areas, facet.first, facet.last, facet.is_dated)
    own = (facet.family, facet.hits_civilians, facet.claim.act, facet.claim.stance)
    return *plain, *own, *(sorted(map(str, some)) for some in sets)


def _cell(group: str, spot: str, day: int | None) -> str:
    return f"{group}\x1f{UNDATED if day is None else f'{day:07d}'}\x1f{spot}"


def _parsed(text: str) -> tuple[str, str, int]:
    group, day, spot = text.split("\x1f")
    return group, spot, int(day)


def _later(key: str, days: int) -> str:
    group, day, spot = key.split("\x1f")
    return "" if day == UNDATED else _cell(group, spot, int(day) + days)


def _days(facet: Facet) -> list[int | None]:
    return list(range(facet.first or 0, (facet.last or 0) + 1)) if facet.is_moment else [None]


def _spots(facet: Facet) -> Iterator[str]:
    for day in _days(facet):
        for spot in facet.spots:
            yield _cell(facet.group, spot, day)


def _doers(facet: Facet) -> Iterator[str]:
    for day in _days(facet):
        for doer in facet.doers:
            yield _cell(facet.group, doer, day)


def _fit(key: tuple[str, int, frozenset[str]]) -> str:
    group, day, doers = key
    return _cell(group, ";".join(sorted(doers)), day)


def _text(label: Label) -> str:
    return json.dumps(label, default=sorted, separators=(",", ":"))


def _label(text: str | None) -> Label:
    if text is None:
        raise ValueError("a claim of an incident has no label")
    label: Label = _tuple(json.loads(text))
    return label


def _tuple(value: Any) -> Any:
    return tuple(_tuple(part) for part in value) if isinstance(value, list) else value
