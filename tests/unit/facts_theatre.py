"""The nine agreements of shared/facts as theatre records, for tests that hold our rules against the facts themselves."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from trucewatch.model.theatre import Agreement, Clause, Deadline, Party, Place, Theatre

ZONE = ZoneInfo("Asia/Baku")
# The facts name parties that stayed out in words.
STAYED_OUT = {"NK": "NKR", "AM": "ARM"}


def facts_theatre(folder: Path) -> Theatre:
    """Theatre of the facts' agreements; areas named "corridor" get the one place that the tests need."""
    facts = json.loads((folder / "facts/karabakh-agreements.json").read_text(encoding="utf-8"))
    return Theatre(
        name="facts",
        title="Facts",
        timezone="Asia/Baku",
        principals=("AZE", "ARM", "NKR", "RUS", "TUR"),
        parties=tuple(Party(code=code, names=(name,)) for code, name in facts["party_ids"].items()),
        places=(
            Place(id="nk", kind="region", names=("Karabakh",), country="AZE", precision="region"),
            Place(id="corridor", kind="corridor", names=("Corridor",), country="AZE", parents=("nk",)),
            Place(id="ganja", kind="settlement", names=("Ganja",), country="AZE", lat=40.68, lon=46.36),
            Place(id="vardenis", kind="settlement", names=("Vardenis",), country="ARM", lat=40.18, lon=45.73),
            Place(id="capital", kind="settlement", names=("Capital",), country="AZE", parents=("nk",), lat=39.82, lon=46.75),
        ),
        agreements=tuple(_agreement(row) for row in facts["agreements"]),
    )


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return instant if instant.tzinfo else instant.replace(tzinfo=ZONE)


def _agreement(row: dict) -> Agreement:
    effective = row["effective"] or {}
    instant = _instant(effective.get("utc")) or _instant(effective.get("local"))
    return Agreement(
        id=row["id"],
        title=row["title"],
        kind=row["kind"],
        parties=tuple(party["id"] for party in row["parties"]),
        not_parties=tuple(STAYED_OUT[text.split()[0]] for text in row.get("not_parties", [])),
        mediators=tuple(code for code in row.get("mediators", []) if code.isupper()),
        effective_at=instant,
        effective_alternative_at=_instant(effective.get("utc_alternative")),
        effective_precision="instant" if effective.get("utc") else "day",
        ends_at=_instant(row.get("ends_utc")),
        is_operative=instant is not None,
        clauses=tuple(_clause(clause) for clause in row["clauses"]),
    )


def _clause(row: dict) -> Clause:
    deadline = None
    if row["deadline"]:
        deadline = Deadline(
            on=date.fromisoformat(row["deadline"][:10]),
            wording=row["deadline_wording"],
            extended_to=date.fromisoformat(row["extended_to"]) if row.get("extended_to") else None,
        )
    return Clause(
        id=row["id"],
        number=row["n"],
        title=row["title"],
        duty=row["summary"],
        bound_parties=tuple(row["bound_parties"]),
        breach_acts=tuple(row["breach_acts"]),
        area=row["area"],
        area_place_ids=("corridor",) if row["area"] == "Lachin corridor" else (),
        starts_at=_instant(row["start_utc"]) if "T" in row["start_utc"] else None,
        deadline=deadline,
        version=row.get("version"),
        historic=row.get("historic", False),
        monitorable=row.get("monitorable", True),
    )
