"""Learned judgement over the parse: is this word a cue, and which of what hangs on it is content.

Two logistic regressions over sparse features, made by training/attribution/train.py from PolNeAR's training part. How a
run uses them: attitudes.py.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.text.attribution.tree import Tree
from trucewatch.text.trusted import read_trusted

WEIGHTS = "weights.json.gz"
_SUBJECTS = ("nsubj", "nsubjpass")
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_ROLES = ("nsubj", "nsubjpass", "csubj", "agent", "poss")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature for the two judgements, with their biases, and the lemmas that may be cues at all."""

    cue: Mapping[str, float]
    content: Mapping[str, float]
    cue_bias: float
    content_bias: float
    lemmas: frozenset[str]
    threshold: float
    content_threshold: float

    def cue_probability(self, tree: Tree, i: int, kind: str | None) -> float:
        """How likely a word attributes. `kind`: what the rules make of it, None where they make nothing."""
        weights = self.cue
        return _logistic(self.cue_bias + sum(weights.get(name, 0.0) for name in cue_features(tree, i, kind)))

    def content_probability(self, tree: Tree, i: int, kid: int) -> float:
        """How likely what hangs on a cue at `kid` is its content."""
        weights = self.content
        return _logistic(self.content_bias + sum(weights.get(name, 0.0) for name in content_features(tree, i, kid)))


@cache
def load_model() -> Model:
    """The shipped weights, read once."""
    table: dict[str, Any] = json.loads(gzip.decompress(read_trusted(f"text/attribution/{WEIGHTS}")))
    return Model(
        cue=table["cue"],
        content=table["content"],
        cue_bias=table["cue_bias"],
        content_bias=table["content_bias"],
        lemmas=frozenset(table["lemmas"]),
        threshold=table["threshold"],
        content_threshold=table["content_threshold"],
    )


def is_candidate(tree: Tree, i: int) -> bool:
    """Whether a word may be a cue by its part of speech."""
    tag = tree.tags[i]
    if tag.startswith("VB"):
        return tree.deps[i] not in ("aux", "auxpass", "amod", "compound")
    return tag in ("NN", "NNS", "JJ", "JJR", "RB", "IN") and tree.deps[i] not in ("compound", "npadvmod")


def cue_features(tree: Tree, i: int, kind: str | None) -> list[str]:
    """Names of the features that hold for a candidate cue."""
    lemma, dep, tag = tree.lemmas[i], tree.deps[i], tree.tags[i]
    head = tree.heads[i]
    quoted = "q" if tree.quoted[i] >= 0 else "o"
    names = [
        f"l={lemma}", f"t={tag}", f"d={dep}", f"l={lemma}|d={dep}", f"q={quoted}", f"q={quoted}|l={lemma}", f"k={kind}",
        f"k={kind}|q={quoted}",
        f"h={_plain(tree, head) if head != i else 'ROOT'}", f"l={lemma}|k={kind}", f"p={tag[:2]}|d={dep}",
        f"next={_plain(tree, i + 1) if i + 1 < tree.size else ''}", f"prev={_plain(tree, i - 1) if i else ''}",
    ]  # fmt: skip
    subject: int | None = None
    for kid in tree.kids[i]:
        label = tree.deps[kid]
        if label in _ROLES:
            subject = kid if label in _SUBJECTS or subject is None else subject
            names += [f"s={label}", f"l={lemma}|s={label}"]
        elif label == "prep":
            names += [f"prep={tree.words[kid].lower()}", f"l={lemma}|prep={tree.words[kid].lower()}"]
        elif label in ("ccomp", "xcomp", "dobj", "acomp", "oprd", "advcl", "acl", "prt", "attr", "dative"):
            names += [f"c={label}", f"l={lemma}|c={label}", f"c={label}{'<' if kid < i else '>'}|q={quoted}"]
            if label == "dobj":
                names.append(f"o={_plain(tree, kid)}")
        elif label in ("aux", "neg", "mark", "expl"):
            names += [f"a={tree.words[kid].lower()}", f"l={lemma}|a={tree.words[kid].lower()}"]
    where = subject
    if where is None and dep in ("conj", "xcomp", "advcl") and head != i:
        where = tree.child(head, *_SUBJECTS)
        names.append("s=inherited")
    if where is None:
        names += ["s=none", f"l={lemma}|s=none"]
    else:
        word = tree.words[where].lower()
        sort = tree.ents[where] or (word if tree.tags[where].startswith(("PRP", "W", "D")) else tree.tags[where])
        names += [f"sub={sort}", f"sub={sort}|q={quoted}", f"l={lemma}|sub={sort}", f"sublem={_plain(tree, where)}"]
    return names


def content_features(tree: Tree, i: int, kid: int) -> list[str]:
    """Names of the features that hold for what hangs on a cue."""
    lemma, dep = tree.lemmas[i], tree.deps[kid]
    side = "<" if kid < i else ">"
    word = tree.words[kid].lower() if dep in ("prep", "advmod", "mark", "prt", "agent", "cc", "neg", "aux") else tree.tags[kid]
    size = min(8, tree.last[kid] - tree.start[kid] + 1)
    others = "+".join(
        sorted({tree.deps[k] for k in tree.kids[i] if k != kid and tree.deps[k] in ("ccomp", "xcomp", "dobj", "prep", "acl")})
    )
    quoted = f"{tree.quoted[i] >= 0}{tree.quoted[kid] >= 0}"
    return [
        f"d={dep}", f"d={dep}{side}", f"l={lemma}|d={dep}", f"d={dep}|w={word}", f"l={lemma}|d={dep}|w={word}",
        f"d={dep}|n={size}", f"d={dep}|with={others}", f"d={dep}|t={tree.tags[i]}", f"d={dep}|q={quoted}",
        f"d={dep}|cd={tree.deps[i]}", f"d={dep}|e={tree.ents[kid]}",
        f"d={dep}|first={_plain(tree, tree.start[kid])}", f"k={_plain(tree, kid)}", f"d={dep}|with={others}|{side}",
    ]  # fmt: skip


def _plain(tree: Tree, i: int) -> str:
    """A word's lemma; of names only their tag: what is learned must hold for whoever speaks."""
    return tree.tags[i] if tree.tags[i].startswith("NNP") or tree.ents[i] in _NAMED else tree.lemmas[i]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
