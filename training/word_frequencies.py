"""Make src/trucewatch/text/document_frequencies.npz: in how many general English texts each word stands.

Usage: python training/word_frequencies.py [SHARED]. Reads the training parts of the public sets (data/README.md there), never
their dev parts nor the quarter held out by sha256(name) % 4 == 0; ships hashes of words with their counts, no text.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from trucewatch.text.shingles import text_words

FEWEST = 3


def is_held_out(name: str) -> bool:
    """The quarter that tuning never sees."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 4 == 0


def training_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of every text of the training parts."""
    for path in sorted((folder / "polnear/train/text").iterdir()):
        yield path.name, path.read_text(encoding="utf-8", errors="replace")
    for name in ("lgl.xml", "TR-News.xml"):
        markup = re.sub(r"&(?!\w+;|#)", "&amp;", (folder / "geoparsing" / name).read_text(encoding="utf-8"))
        for number, article in enumerate(ElementTree.fromstring(markup).iter("article")):
            yield f"{name}#{number}", article.findtext("text") or ""
    for number, row in enumerate(json.loads((folder / "casualties_news/train_X.json").read_text(encoding="utf-8"))):
        yield f"casualties#{number}", row["text"] if isinstance(row, dict) else str(row)
    articles: dict[str, list[str]] = {}
    for line in (folder / "ecbplus/ECB_Train_corpus.txt").read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) >= 4:
            articles.setdefault(parts[0], []).append(parts[3])
    for name, words in articles.items():
        yield name, " ".join(words)


def main() -> int:
    """Count and write."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared") / "data"
    counts: Counter[int] = Counter()
    texts = 0
    for name, text in training_texts(folder):
        if not is_held_out(name) and text.strip():
            texts += 1
            counts.update(set(text_words(text).tolist()))
    kept = sorted((word, count) for word, count in counts.items() if count >= FEWEST)
    target = Path(__file__).resolve().parents[1] / "src/trucewatch/text/document_frequencies.npz"
    np.savez_compressed(
        target,
        words=np.array([word for word, _ in kept], dtype=np.uint32),
        counts=np.array([count for _, count in kept], dtype=np.uint16),
        texts=np.array(texts),
    )
    print(f"{texts} texts, {len(kept)} words, {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
