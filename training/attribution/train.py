"""Fit the two judgements of trucewatch/text/attribution/learned.py on PolNeAR's training part.

    pip install -r training/attribution/requirements.txt
    python training/attribution/train.py --shared ../shared [--cache FILE] [--everything]

Reads data/polnear/train (three quarters of it: articles whose name's sha256 is 0 modulo 4 are held out and only measured), parses
it once, fits two logistic regressions (L2, liblinear's lbfgs cousin in scikit-learn; seed 20) and writes
src/trucewatch/text/attribution/weights.json.gz with every weight above a cut, rounded. No text of the set goes into the weights
but single lemmas. Figures: `python bench/quality/attribution.py --part dev` and `--part train-heldout`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
import sys
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "quality"))

import attribution as bench  # noqa: E402

from trucewatch.model.records import Document, Reading  # noqa: E402
from trucewatch.model.stage import Context  # noqa: E402
from trucewatch.model.theatre import Theatre  # noqa: E402
from trucewatch.stages import segment  # noqa: E402
from trucewatch.text.attribution.find import read_drafts  # noqa: E402
from trucewatch.text.attribution.learned import WEIGHTS, content_features, cue_features, is_candidate  # noqa: E402
from trucewatch.text.attribution.tree import Tree  # noqa: E402

SEED = 20
CUT = 0.02
# words that attribute more seldom ("of", "have") are not looked at: two thirds of the time, 1 % of the finds
LEAST_SHARE = 0.01
_ENTITY = re.compile(r"^(T\d+)\t(\S+) ([\d ;]+)")
_EVENT = re.compile(r"^E\d+\t(.*)$")
Span = tuple[int, int]


def read_attributions(path: Path) -> list[dict[str, list[Span]]]:
    """One brat file's attributions, each with its spans by role."""
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entity, event = _ENTITY.match(line), _EVENT.match(line)
        if entity:
            spans[entity.group(1)] = [tuple(map(int, piece.split())) for piece in entity.group(3).strip().split(";")]  # type: ignore[misc]
        elif event:
            events.append(event.group(1))
    found = []
    for event in events:
        roles: dict[str, list[Span]] = {}
        for part in event.split():
            role, _, key = part.partition(":")
            roles.setdefault(role.rstrip("2"), []).extend(spans.get(key, []))
        found.append(roles)
    return found


def cue_token(tree: Tree, spans: list[Span]) -> int | None:
    """The token that carries a cue: a verb in it whose head lies outside, else any such token."""
    tokens = [
        i for start, end in spans for i in range(bisect_left(tree.ends, start + 1), min(tree.size, bisect_left(tree.chars, end)))
    ]
    if not tokens:
        return None
    inside = set(tokens)
    tops = [i for i in tokens if tree.heads[i] not in inside or tree.heads[i] == i] or tokens
    verbs = [i for i in tops if tree.is_verb(i)]
    return (verbs or tops)[0]


def covered(tree: Tree, tokens: tuple[int, int], spans: list[Span]) -> float:
    """Share of a token range's words that lie in the spans."""
    words = [i for i in range(*tokens) if tree.words[i][0].isalnum()]
    inside = sum(any(start <= tree.chars[i] < end for start, end in spans) for i in words)
    return inside / len(words) if words else 0.0


def examples(
    trees: list[Tree], kinds: dict[tuple[int, int], str], golds: list[list[dict[str, list[Span]]]]
) -> tuple[list[Any], list[Any]]:
    """(features, label, weight) for cues and for what hangs on gold cues, of one article."""
    cues, contents = [], []
    for number, tree in enumerate(trees):
        if not tree.size:
            continue
        for gold in golds:
            weight = 1 / len(golds)
            positive: dict[int, list[Span]] = {}
            for roles in gold:
                if not roles.get("Source") and not any(role.startswith("Attribution") for role in roles):
                    continue
                here = [span for span in roles.get("Cue", []) if tree.chars[0] <= span[0] < tree.ends[-1]]
                token = cue_token(tree, here)
                if token is not None and roles.get("Source"):
                    positive.setdefault(token, []).extend(roles.get("Content", []))
            for i in range(tree.size):
                if is_candidate(tree, i):
                    cues.append((tree.lemmas[i], cue_features(tree, i, kinds.get((number, i))), i in positive, weight))
            for i, spans in positive.items():
                for kid in tree.kids[i]:
                    if tree.deps[kid] != "punct":
                        contents.append((content_features(tree, i, kid), covered(tree, tree.subtree(kid), spans) >= 0.5, weight))
    return cues, contents


def fit(rows: list[tuple[list[str], bool, float]], strength: float) -> tuple[dict[str, float], float]:
    """Weights above the cut and bias of a logistic regression."""
    counts = Counter(name for names, _, _ in rows for name in set(names))
    vectorizer = DictVectorizer(sparse=True)
    table = vectorizer.fit_transform([{name: 1.0 for name in names if counts[name] > 1} for names, _, _ in rows])
    # liblinear wants 32-bit indices, which newer scipy no longer gives by itself
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    model = LogisticRegression(C=strength, solver="liblinear", random_state=SEED, max_iter=300)
    model.fit(table, [label for _, label, _ in rows], sample_weight=[weight for _, _, weight in rows])
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= CUT}
    return weights, round(float(model.intercept_[0]), 4)


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--cache", type=Path, help="keep the examples here between runs")
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--content-threshold", type=float, default=0.5)
    arguments = parser.parse_args()
    if arguments.cache and arguments.cache.exists():
        cues, contents = pickle.loads(arguments.cache.read_bytes())
    else:
        from trucewatch.text.parse import Parser

        nlp, context = Parser(), Context(theatre=Theatre(name="none", title="none"))
        root = arguments.shared / "data" / "polnear"
        cues, contents = [], []
        for name, text, _ in bench.articles(root, "train-tuned"):
            golds = [read_attributions(path) for path in sorted((root / "train" / "attributions").glob(f"{name}_*.ann"))]
            document = Document(id=name, source=name, input_path=name, sha256="", text=text)
            reading = segment.run(Reading(document=document), context)
            blocks = nlp.parse(text, reading.sentences)
            trees, kinds = read_drafts(text, blocks, reading.quotations)
            more_cues, more_contents = examples(trees, kinds, golds)
            cues += more_cues
            contents += more_contents
        if arguments.cache:
            arguments.cache.write_bytes(pickle.dumps((cues, contents)))
    hits = Counter(lemma for lemma, _, label, _ in cues if label)
    seen = Counter(lemma for lemma, _, _, _ in cues)
    lemmas = {lemma for lemma, count in hits.items() if count >= 2 and count >= LEAST_SHARE * seen[lemma]}
    rows = [(names, label, weight) for lemma, names, label, weight in cues if lemma in lemmas]
    print(f"{len(rows)} candidate cues, {sum(label for _, label, _ in rows)} positive; {len(contents)} dependents")
    cue, cue_bias = fit(rows, 0.3)
    content, content_bias = fit(contents, 0.3)
    packed = json.dumps(
        {
            "cue": cue, "content": content, "cue_bias": cue_bias, "content_bias": content_bias, "lemmas": sorted(lemmas),
            "threshold": arguments.threshold, "content_threshold": arguments.content_threshold,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )  # fmt: skip
    target = ROOT / "src" / "trucewatch" / "text" / "attribution" / WEIGHTS
    target.write_bytes(gzip.compress(packed.encode(), mtime=0))
    print(f"{len(cue)} and {len(content)} weights, {target.stat().st_size} bytes, written to {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
