"""What the learned model adds to the rules for speech, and what it takes from them, in every run.

It adds attitudes (supports, seeks, worries about): who holds them and towards what, of kind "thinks" with their probability as
`score`. Nobody vouches for a fact by wanting it, so `stages/extract` makes no claimant of them. It takes away what stands inside
a quotation and only looks like telling ("as you know", "I think"): those words stay the quoted speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft, merge
from trucewatch.text.attribution.learned import is_candidate, load_model
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.sources import source_span, subject_of
from trucewatch.text.attribution.tree import Range, Tree

# below this a cue in a quotation is none
_UNLIKELY = 0.25
# a denial or an order inside a quotation is never taken away
_PLAIN = frozenset({"says", "thinks"})


def without_idle_talk(tree: Tree, found: list[Draft]) -> list[Draft]:
    """A sentence's drafts without the quoted ones that the model holds unlikely."""
    return [draft for draft in found if not _is_idle(tree, draft)]


def _is_idle(tree: Tree, draft: Draft) -> bool:
    i = draft.token
    if i < 0 or tree.quoted[i] < 0 or draft.kind not in _PLAIN or not is_candidate(tree, i):
        return False
    if draft.kind == "says" and draft.cue is not None and draft.content and draft.content[0][0] < draft.cue[0]:
        # "…, the ministry said": who speaks like that inside a quotation tells that its marks are broken
        return False
    return load_model().cue_probability(tree, i, draft.kind) < _UNLIKELY


def find_attitudes(tree: Tree, sent: Range, found: Sequence[Draft], cues: Cues) -> list[Draft]:
    """Drafts of the attitudes in a sentence, at words that no draft of `found` has for its cue."""
    model = load_model()
    spoken = [draft.cue for draft in found if draft.cue is not None]
    made: list[Draft] = []
    for i in range(*sent):
        if tree.lemmas[i] not in model.lemmas or not is_candidate(tree, i):
            continue
        if any(start <= tree.chars[i] < end for start, end in spoken):
            continue
        likely = model.cue_probability(tree, i, None)
        if likely < model.threshold:
            continue
        holder = _holder(tree, i, cues)
        draft = Draft(
            tree=tree,
            sentence=0,
            token=i,
            cue=(tree.chars[i], tree.ends[i]),
            lemma=tree.lemmas[i],
            kind="thinks",
            score=min(0.999, round(likely, 3)),
        )
        draft.source = source_span(tree, holder, i) if holder is not None else None
        told = [
            kid
            for kid in tree.kids[i]
            if tree.deps[kid] != "punct"
            and kid != holder
            and not _is_told_before(tree, i, kid)
            and model.content_probability(tree, i, kid) >= model.content_threshold
        ]
        draft.content = merge(_clear([tree.span(tree.subtree(kid)) for kid in told], draft.source))
        # where the rules know the word they had their reasons to pass it by
        if tree.lemmas[i] not in cues.verbs and any(_is_statement(tree, kid) for kid in told):
            draft.kind = "says"
        if draft.content:
            made.append(draft)
    return made


def _is_statement(tree: Tree, kid: int) -> bool:
    """A whole clause with its own subject: "found that the bridge had been hit"."""
    return tree.deps[kid] == "ccomp" and tree.tags[kid] != "VB" and tree.child(kid, "nsubj", "nsubjpass") is not None


def _is_told_before(tree: Tree, i: int, kid: int) -> bool:
    """ "A struck B; C fired at D", "A strikes B, C fires at D": the parser hangs the one sentence on the other."""
    if kid > i or not _is_statement(tree, kid):
        return False
    if any(tree.words[j] == ";" and tree.quoted[j] < 0 for j in range(kid, i)):
        return True
    below = [j for k in tree.kids[i] if tree.words[k].lower() in ("at", "on", "into") for j in tree.kids[k]]
    aims = [j for j in (tree.child(i, "dobj"), *below) if j is not None and j > i]
    return any(tree.ents[j] in ("GPE", "LOC", "FAC", "ORG", "NORP") for j in aims)


def _holder(tree: Tree, i: int, cues: Cues) -> int | None:
    """Whose attitude it is: the verb's doer, the noun's owner, the subject that an adjective is said of."""
    if tree.is_verb(i):
        agent = tree.child(i, "agent")
        if agent is not None:
            return tree.child(agent, "pobj")
        return None if tree.child(i, "nsubjpass", "auxpass") is not None else subject_of(tree, i, cues)
    own = tree.child(i, "poss")
    if own is not None:
        return own
    for kid in tree.kids[i]:
        if tree.words[kid].lower() in ("by", "from", "among", "of") and tree.deps[kid] in ("prep", "agent"):
            return tree.child(kid, "pobj")
    if tree.deps[i] in ("acomp", "attr", "advmod", "dobj") and tree.is_verb(tree.heads[i]):
        return subject_of(tree, tree.heads[i], cues)
    if tree.tags[i] == "IN":
        return subject_of(tree, tree.heads[i], cues) if tree.is_verb(tree.heads[i]) else None
    return None


def _clear(content: list[Span], source: Span | None) -> list[Span]:
    if source is None:
        return content
    return [span for span in content if not (span[0] < source[1] and source[0] < span[1])]
