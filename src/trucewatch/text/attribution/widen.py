"""Attitudes beside speech: what the learned model adds to the rules' attributions of a sentence, and takes from them."""

from __future__ import annotations

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft, merge
from trucewatch.text.attribution.learned import is_candidate, load_model
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.sources import source_span, subject_of
from trucewatch.text.attribution.tree import Range, Tree

_KEEP = 0.25


def widen(tree: Tree, sent: Range, found: list[Draft], cues: Cues) -> list[Draft]:
    """The sentence's drafts with the learned ones added, wider contents, and without those that the model holds unlikely."""
    model = load_model()
    by_token = {draft.token: draft for draft in found}
    kept: list[Draft] = []
    for i in range(*sent):
        draft = by_token.get(i)
        if draft is None and (tree.lemmas[i] not in model.lemmas or not is_candidate(tree, i)):
            continue
        likely = model.cue_probability(tree, i, draft.kind if draft else None)
        if draft is not None and not is_candidate(tree, i):
            kept.append(draft)
            continue
        if likely < (_KEEP if draft is not None else model.threshold):
            continue
        source = _source(tree, i, cues)
        if draft is None:
            draft = Draft(
                tree=tree,
                sentence=0,
                token=i,
                cue=(tree.chars[i], tree.ends[i]),
                lemma=tree.lemmas[i],
                kind="thinks",
                score=round(likely, 3),
            )
            draft.source = source_span(tree, source, i) if source is not None else None
        elif draft.source is None and source is not None:
            draft.source = source_span(tree, source, i)
        content = [
            tree.span(tree.subtree(kid))
            for kid in tree.kids[i]
            if tree.deps[kid] != "punct" and kid != source and model.content_probability(tree, i, kid) >= model.content_threshold
        ]
        draft.content = merge([*draft.content, *_clear(content, draft.source)])
        kept.append(draft)
    return kept


def _source(tree: Tree, i: int, cues: Cues) -> int | None:
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
    if tree.deps[i] in ("acomp", "attr") or tree.tags[i] == "IN":
        return subject_of(tree, tree.heads[i], cues) if tree.is_verb(tree.heads[i]) else None
    return None


def _clear(content: list[Span], source: Span | None) -> list[Span]:
    if source is None:
        return content
    return [span for span in content if not (span[0] < source[1] and source[0] < span[1])]
