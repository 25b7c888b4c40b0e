"""Hand-coded gold claims as Claim records, to measure linking apart from extraction. Reads shared/ at run time, ships nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from trucewatch.model.records import Claim, ClaimPlace, Document, Figure, Voice, When
from trucewatch.text.gazetteer import Gazetteer

# what a word of the evidence says of the act, within its class; the first that fits
_ACTS = {
    "ASSAULT": (
        (r"missile|rocket", "FIRE.MISSILE"), (r"drone", "AIR.DRONE_STRIKE"),
        (r"air ?strike|aircraft|precise strikes", "AIR.STRIKE"),
        (r"shell|bomb|artillery", "FIRE.HEAVY"), (r"\bmine", "EXPLOSIVE.MINE_BLAST"),
        (r"ground operation|offensive", "ADVANCE.OFFENSIVE"),
        (r"clash|fighting|skirmish", "FIRE.CLASH"), (r"civilian", "CIV.ATTACK_PERSONS"), (r"", "FIRE"),
    ),
    "TERRITORY": ((r"", "ADVANCE.TERRITORY"),),
    "COERCE": (
        (r"block|corridor|road|import", "ACCESS.BLOCKADE"), (r"checkpoint", "ACCESS.CHECKPOINT"),
        (r"internet|power|cut", "UTILITY.OUTAGE"),
        (r"", "ACCESS"),
    ),
    "MOBILIZE": (
        (r"mine", "EXPLOSIVE.MINE_LAYING"), (r"fortif", "FORCE.FORTIFICATION"),
        (r"mass|stockpil|combat readiness", "FORCE.BUILDUP"),
        (r"", "FORCE.PROHIBITED_PRESENCE"),
    ),
    "RETREAT": ((r"stop", "DEESCALATE.CEASE_FIRE"), (r"", "DEESCALATE.WITHDRAWAL")),
    "DISPLACE": ((r"", "CIV.DISPLACEMENT"),),
    "AID": ((r"", "AID.DELIVERY"),),
    "THREATEN": ((r"", "THREAT.FORCE"),),
    "REQUEST": ((r"", "DEMAND.OTHER"),),
    "ACCUSE": ((r"", "BLAME"),),
    "REJECT": ((r"", "REFUSE"),),
    "CONSULT": ((r"", "TALKS.MEET"),),
    "COOPERATE": ((r"", "OFFER.OTHER"),),
    "AGREE": ((r"", "AGREE.OTHER"),),
    "TOLL": ((r"", "TOLL"),),
}  # fmt: skip


def _act(classes: str, evidence: str) -> str:
    for pattern, code in _ACTS[classes.split("|")[0]]:
        if re.search(pattern, evidence, re.IGNORECASE):
            return code
    raise ValueError(classes)


def _voice(party: str | None, text: str | None = None) -> Voice | None:
    return Voice(text=text, party=None if party == "*" else party) if party or text else None


def _offsets(text: str, evidence: str) -> tuple[int, int]:
    pattern = r"\s+".join(re.escape(word) for word in evidence.split())
    match = re.search(pattern, text)
    return match.span() if match else (0, 0)


def _place(name: str, gazetteer: Gazetteer) -> ClaimPlace:
    found = gazetteer.find(name)
    if not found:
        return ClaimPlace(text=name, name=name)
    place = found[0].place
    return ClaimPlace(
        text=name, place_id=place.id, name=place.names[0], lat=place.lat, lon=place.lon, precision=place.precision, confidence=0.9
    )


def read_gold(folder: Path, gold: Path, gazetteer: Gazetteer) -> tuple[list[Document], list[Claim], dict[str, Mapping[str, Any]]]:
    """Documents under `folder`, the claims of a gold file, and each claim's gold row by its id."""
    published = {}
    with (folder.parent / "published.csv" if folder.name == "in" else folder / "published.csv").open(encoding="utf-8") as stream:
        published = {row["source"]: row["published"] for row in csv.DictReader(stream)}
    documents: dict[str, Document] = {}
    claims: list[Claim] = []
    rows: dict[str, Mapping[str, Any]] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = row["source"]
        if source not in documents:
            text = (folder / source).read_text(encoding="utf-8")
            day = date.fromisoformat(published[source])
            when = When(earliest=day, latest=day, precision="day", basis="given")
            documents[source] = Document(
                id=source, source=source, input_path=source, sha256=source, published=when, text=text, family_id=f"fam-{source}"
            )
        document = documents[source]
        start, end = _offsets(document.text, row["evidence"])
        before = [match.end() for match in re.finditer(r"[.!?]\W*\s|\n\s*\n", document.text[:start])]
        after = re.search(r"[.!?](?=\W*\s|$)|\n\s*\n", document.text[end:])
        span = row["when"]
        if span:
            when = When(earliest=date.fromisoformat(span[0]), latest=date.fromisoformat(span[1]), precision="day")
            if when.earliest != document.published.earliest:
                when = When(earliest=when.earliest, latest=when.latest, precision="days", text="then")
        else:
            when = When(earliest=document.published.earliest, latest=document.published.latest, precision="day")
        claims.append(
            Claim(
                id=row["id"],
                document_id=document.id,
                start_char=start,
                end_char=end,
                sentence_start_char=before[-1] if before else 0,
                sentence_end_char=end + (after.end() if after else 0),
                act=_act(row["act_class"], row["evidence"]),
                claimant=_voice(row["claimant_party"], row.get("claimant")),
                channel=row.get("channel"),
                stance=row["stance"],
                attributed_to=_voice(row["attributed_to"]),
                target=_voice(row["target"]),
                places=tuple(_place(name, gazetteer) for name in row["places"]),
                when=when,
                figures=tuple(
                    Figure(
                        measure=f["measure"],
                        population=f["population"],
                        low=f["low"],
                        high=f["high"],
                        qualifier="exactly",
                        text="",
                    )
                    for f in row["figures"]
                ),
            )
        )
        rows[row["id"]] = row
    return list(documents.values()), claims, rows
