"""How long kinship of generated documents takes: 100,000 under 5 minutes, 2 GB, one core.

Usage: python bench/kinship_speed.py [--documents N]. Documents are made of an invented vocabulary with Zipf's frequencies and
of stock phrases that many share; a third are noisy copies. Prints seconds (wall and processor), pair F1 and peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from itertools import accumulate

from trucewatch.model.records import Document, Ledger, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.stages.kinship import run

VOCABULARY, PHRASES, WORDS = 40_000, 400, (120, 420)
_SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "mu",
    "ten",
    "sal",
    "dor",
    "vi",
    "gre",
    "pol",
    "an",
    "is",
    "ur",
    "el",
    "to",
    "mar",
    "zin",
    "fa",
    "lo",
    "ket",
)


def _vocabulary(rng: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4)))] = None
    return list(words)


def invented_documents(count: int, seed: int = 1) -> tuple[list[Document], list[int]]:
    """Documents and, for each, the number of the document that it was copied from (its own for an original)."""
    rng = random.Random(seed)
    words = _vocabulary(rng)
    weights = list(accumulate(1 / (rank + 5) for rank in range(VOCABULARY)))
    phrases = [" ".join(rng.choices(words, cum_weights=weights, k=rng.randint(5, 12))) for _ in range(PHRASES)]
    texts: list[str] = []
    origins: list[int] = []
    for number in range(count):
        if number > 50 and rng.random() < 1 / 3:
            origin = origins[rng.randrange(max(0, number - 3000), number)]
            text = [rng.choice(words) if rng.random() < 0.12 else word for word in texts[origin].split()]
            if rng.random() < 0.3:
                text = text[: len(text) // 2] if rng.random() < 0.5 else text[len(text) // 2 :]
            origins.append(origin)
        else:
            text = rng.choices(words, cum_weights=weights, k=rng.randint(*WORDS))
            for _ in range(rng.randint(0, 3)):
                at = rng.randrange(len(text))
                text[at:at] = rng.choice(phrases).split()
            origins.append(number)
        texts.append(" ".join(text))
    documents = [
        Document(
            id=f"doc-{number:07d}",
            source=f"https://outlet.example/{number}",
            input_path=f"{number}.txt",
            sha256=f"{rng.getrandbits(128):032x}",
            published=When(basis="unknown"),
            text=text,
        )
        for number, text in enumerate(texts)
    ]
    return documents, origins


def main() -> int:
    """Print the figures; exit 1 where they miss the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    args = parser.parse_args()
    documents, origins = invented_documents(args.documents)
    ledger = Ledger(documents=tuple(documents))
    del documents
    begin, begin_cpu = time.perf_counter(), time.process_time()
    ledger = run(ledger, Context(theatre=Theatre(name="invented", title="Invented")))
    wall, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    families = [document.family_id for document in ledger.documents]
    wanted, joined, right = (
        sum(n * (n - 1) // 2 for n in Counter(keys).values()) for keys in (origins, families, zip(origins, families, strict=True))
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    f1 = 2 * right / (wanted + joined)
    print(
        f"{args.documents} documents: {wall:.0f} s ({cpu:.0f} s of processor), {len(ledger.kinships)} kin pairs, "
        f"pair F1 {f1:.4f} ({wanted} true pairs, {joined - right} wrongly joined), peak {peak:.2f} GB"
    )
    return 0 if cpu < 300 and peak < 2 else 1


if __name__ == "__main__":
    sys.exit(main())
