"""Which side an actor's name means, on the PLOVER gold sentences: right, wrong, not known; tuned and held-out part apart.

Usage: python bench/quality/actors.py [--errors]. Reads shared/data/plover_gsr (TRUCEWATCH_SHARED, default ../shared).
Each source and target there has its words and a state's code. The phrase asked for is the longest noun phrase of the sentence's
words around it that the gold marks; codes that are no state's are counted apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

from trucewatch.config import load_theatre
from trucewatch.text.actors import ActorIndex

# codes of the set that differ from ISO 3166
_CODES = {"JAP": "JPN", "ROM": "ROU", "TMR": "TLS", "KSV": "XKX", "EUN": "EUR", "IGOEUR": "EUR", "IGOUNO": "UNO", "PAL": "PSE"}


def main() -> int:
    """Print the figures; 2 where the set is not there."""
    path = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared")) / "data" / "plover_gsr" / "PLOVER_GSR_CAMEO.txt"
    if not path.is_file():
        print(f"the PLOVER sentences are not at {path}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    records = json.loads(re.sub(r",\s*\]", "]", path.read_text(encoding="utf-8")), strict=False)
    index = ActorIndex.from_theatre(load_theatre(None))
    known = {party.code for party in load_theatre(None).parties}
    counts: dict[str, Counter[str]] = {"tuned": Counter(), "held out": Counter()}
    for record in records:
        part = "held out" if int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 4 == 0 else "tuned"
        for actor in filter(lambda actor: isinstance(actor, dict), (*record.get("source", ()), *record.get("target", ()))):
            text, code = actor.get("actorText", ""), actor.get("code", "")
            if not text or not code:
                continue
            wanted = _CODES.get(code, _CODES.get(code[:3], code[:3]))
            found = index.lookup(text)
            party = found.party if found else None
            if wanted not in known:
                outcome = "no state, none given" if party is None else "no state, one given"
            elif party == wanted:
                outcome = "right"
            else:
                outcome = "not known" if party is None else "wrong"
            counts[part][outcome] += 1
            if "--errors" in sys.argv and outcome not in ("right", "no state, none given") and part == "tuned":
                print(f"{outcome:22} {text!r}: gold {code}, here {party}")
    for part, count in counts.items():
        states = count["right"] + count["wrong"] + count["not known"]
        named = count["right"] + count["wrong"]
        print(
            f"{part:9} states {states}: recall {count['right'] / max(1, states):.3f}, "
            f"precision {count['right'] / max(1, named):.3f}  {dict(count)}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
