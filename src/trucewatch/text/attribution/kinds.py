"""What sort of telling a verb is: a denial by other words, a demand, a negated one."""

from __future__ import annotations

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.tree import Tree

# words that only point back at what was told
ANAPHORS = frozenset({"this", "that", "it", "these", "which", "them", "those"})
_SUBJECTS = ("nsubj", "nsubjpass")


def is_negated(tree: Tree, i: int) -> bool:
    if any(tree.deps[kid] == "neg" or tree.words[kid].lower() == "neither" for kid in tree.kids[i]):
        return True
    return tree.deps[i] == "conj" and any(tree.words[kid].lower() == "nor" for kid in tree.kids[tree.heads[i]])


def kind_of_rejection(tree: Tree, i: int, cues: Cues) -> str:
    """To reject a claim is to deny it; to reject an offer is not. "Dismissed ... as" a lie is a denial too."""
    for kid in tree.kids[i]:
        if tree.deps[kid] in ("dobj", "nsubjpass") and (
            tree.lemmas[kid] in cues.claims or tree.words[kid].lower() in ("this", "that", "it", "which")
        ):
            return "denies"
        if tree.deps[kid] == "ccomp":
            return "denies"
    if tree.deps[i] in ("acl", "relcl") and tree.lemmas[tree.heads[i]] in cues.claims:
        return "denies"
    return "rejects"


def is_called_false(tree: Tree, i: int, cues: Cues) -> bool:
    """Whether something told before is called false: "called the reports fake", "described it as a lie"."""
    told = tree.child(i, "dobj", "nsubjpass")
    if told is None:
        # "called those reports fake" read as one small clause
        clause = tree.child(i, "ccomp")
        told = tree.child(clause, "nsubj") if clause is not None and tree.start[clause] <= i + 4 else None
    if told is None:
        return False
    if not (tree.lemmas[told] in cues.claims or tree.words[told].lower() in ANAPHORS):
        return any(tree.lemmas[j] in cues.unreal and tree.tags[j].startswith("NN") for j in range(told + 1, tree.last[i] + 1))
    return any(tree.lemmas[j] in cues.falsehoods for j in range(told, tree.last[i] + 1))


def says_untrue(tree: Tree, i: int, cues: Cues) -> bool:
    """Whether the reported clause calls something told before untrue: "said this is not true", "said the claim was a lie"."""
    clause = tree.child(i, "ccomp")
    told = tree.child(clause, *_SUBJECTS) if clause is not None else None
    if clause is None or told is None or tree.lemmas[clause] != "be" or tree.quoted[clause] != tree.quoted[i]:
        return False  # a quotation may go on to say other things
    if not (tree.lemmas[told] in cues.claims or tree.words[told].lower() in ("this", "that", "it", "these")):
        return False
    predicate = tree.child(clause, "acomp", "attr")
    if predicate is None:
        return False
    more = [kid for head in (i, clause, predicate) for kid in tree.kids[head] if kid > predicate]
    if any(tree.deps[kid] in ("conj", "ccomp", "advcl") and tree.child(kid, *_SUBJECTS) is not None for kid in more):
        return False  # "that the claim was false and that it was B who had fired": the rest is asserted
    negated = any(tree.deps[kid] == "neg" for kid in tree.kids[clause])
    return (tree.lemmas[predicate] in cues.falsehoods and not negated) or (
        negated and tree.lemmas[predicate] in ("true", "case", "correct")
    )


def kind_of_demand(tree: Tree, i: int) -> str:
    """Whether a verb of asking asks for something, and does not merely name or put a question."""
    lemma = tree.lemmas[i]
    labels = {tree.deps[kid] for kid in tree.kids[i] if kid > i}
    if lemma == "call":
        return (
            "demands"
            if any(tree.deps[kid] in ("prep", "prt") and tree.words[kid].lower() in ("for", "on", "upon") for kid in tree.kids[i])
            else "says"
        )
    if lemma == "ask" and not labels & {"xcomp", "advcl", "prep", "ccomp"}:
        return "says"
    return "demands"
