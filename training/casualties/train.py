"""Makes weights.json: boosted trees that read how many were killed and injured, and on which day, from a report of one shooting.

    pip install -r training/casualties/requirements.txt
    python training/casualties/train.py [--shared ../shared] [--only tolls|days]

`--only` makes one of the two and keeps the other's weights; days need numpy alone.

Data: data/casualties_news, train part (coding of the Gun Violence Archive); reports whose text's sha256 is 0 modulo 4 are held
out from every fit. Fixed seeds; the same data and versions give the same file. What it reaches: bench/quality/casualties.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from features import toll_features
from ranking import Ranker, fit_ranking

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "bench" / "quality"))
# features in fewer reports than this are left out; tolls above the cap are read as the cap
FEWEST, CAPS = 10, {"n_killed": 3, "n_injured": 4}
RANKERS = (
    Ranker(stages=120, depth=4, rate=0.06, share=0.2, seed=0),
    Ranker(stages=200, depth=3, rate=0.05, share=0.1, seed=1),
    Ranker(stages=200, depth=3, rate=0.05, share=0.2, seed=2),
)


def main() -> int:
    from casualties import is_held_out, read_part, read_reports

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[1].parent / "shared")
    parser.add_argument("--only", choices=("tolls", "days"))
    args = parser.parse_args()
    reports = [report for report in read_part(args.shared, "train") if not is_held_out(report.text)]
    read = read_reports(reports)
    weights: dict[str, Any] = json.loads((HERE / "weights.json").read_text(encoding="utf-8")) if args.only else {}
    if args.only != "days":
        tolls = [toll_features(report.text, one.figures, one.lemmas) for report, one in zip(reports, read, strict=True)]
        for name, cap in CAPS.items():
            gold = np.array([min(report.gold[name], cap) for report in reports])
            weights[name] = [fit(tolls, gold, stages=200, depth=4, rate=0.05, share=0.3, seed=seed) for seed in (0, 1)]
    if args.only != "tolls":
        right = [
            next((place for place, (day, _) in enumerate(one.days) if day.isoformat() == report.gold["shooting_date"]), None)
            for report, one in zip(reports, read, strict=True)
        ]
        groups = [[features for _, features in one.days] for one in read]
        weights["shooting_date"] = [fit_ranking(groups, right, how) for how in RANKERS]
    (HERE / "weights.json").write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(reports)} reports; weights.json {(HERE / 'weights.json').stat().st_size / 1e6:.1f} MB")
    return 0


def fit(
    rows: list[dict[str, float]], gold: Any, *, stages: int, depth: int, rate: float, share: float, seed: int
) -> dict[str, Any]:
    """Boosted trees fitted and written as plain numbers (`trees.Boosted`)."""
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    kept = np.flatnonzero(np.asarray((matrix != 0).sum(axis=0)).ravel() >= FEWEST)
    dense = matrix[:, kept].toarray()
    model = GradientBoostingClassifier(
        n_estimators=stages,
        max_depth=depth,
        learning_rate=rate,
        subsample=0.7,
        max_features=share,
        min_samples_leaf=5,
        random_state=seed,
    ).fit(dense, gold)
    names = vectorizer.get_feature_names_out()[kept]
    prior = model._raw_predict_init(dense[:1])[0]
    return {
        "classes": [int(value) for value in model.classes_],
        "names": [str(name) for name in names],
        "prior": [round(float(value), 5) for value in prior],
        "rate": rate,
        "stages": [[_plain(tree.tree_) for tree in stage] for stage in model.estimators_],
    }


def _plain(tree: Any) -> list[list[float]]:
    return [
        [int(value) for value in tree.feature],
        [round(float(value), 4) if feature >= 0 else 0 for value, feature in zip(tree.threshold, tree.feature, strict=True)],
        [int(value) for value in tree.children_left],
        [int(value) for value in tree.children_right],
        [round(float(value), 4) if feature < 0 else 0 for value, feature in zip(tree.value[:, 0, 0], tree.feature, strict=True)],
    ]


if __name__ == "__main__":
    sys.exit(main())
