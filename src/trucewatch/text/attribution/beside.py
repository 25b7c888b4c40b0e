"""Quotations without a cue, whose speaker only the sentence beside them names: “Enough.” The mayor said so on television."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trucewatch.model.records import Sentence
from trucewatch.text.attribution.cues import load_cues
from trucewatch.text.attribution.draft import Draft
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.sources import source_span
from trucewatch.text.attribution.tree import Range, Tree

_LEAST_WORDS = 4


def named_next(
    text: str,
    trees: Sequence[Tree],
    by_sentence: Mapping[int, Sequence[Draft]],
    span: Span,
    last: int,
    sentences: Sequence[Sentence],
) -> Draft | None:
    """Who spoke the quoted `span` that ends in sentence `last`: the person that the next sentence is about, if any.

    Only where the quotation opens its paragraph, the next sentence stands in that paragraph and has no speaker of its own.
    """
    paragraph = sentences[last].paragraph
    begin = next(s.start_char for s in sentences if s.paragraph == paragraph)
    if text[begin : span[0]].strip(" \"“”'‘«„([") or last + 1 >= len(sentences) or sentences[last + 1].paragraph != paragraph:
        return None
    if len(text[slice(*span)].split()) < _LEAST_WORDS or any(draft.can_quote for draft in by_sentence.get(last + 1, ())):
        return None
    return _about(trees, last + 1)


def named_before(
    text: str,
    trees: Sequence[Tree],
    by_sentence: Mapping[int, Sequence[Draft]],
    span: Span,
    first: int,
    sentences: Sequence[Sentence],
) -> Draft | None:
    """Who spoke a quotation without a cue that begins in sentence `first`: the person that the sentence right before is about."""
    before = first - 1
    if before < 0 or sentences[before].paragraph != sentences[first].paragraph:
        return None
    if len(text[slice(*span)].split()) < _LEAST_WORDS or any(draft.source for draft in by_sentence.get(before, ())):
        return None
    return _about(trees, before)


def _about(trees: Sequence[Tree], number: int) -> Draft | None:
    """The one person that a sentence without quoted words is about, as a speaker."""
    found = _sentence_in(trees, number)
    if found is None:
        return None
    tree, sent = found
    if any(tree.quoted[i] >= 0 for i in range(*sent)):
        return None
    root = next((i for i in range(*sent) if tree.heads[i] == i), sent[0])
    subject = tree.child(root, "nsubj")
    if subject is None or not tree.is_verb(root):
        return None
    is_person = tree.ents[subject] == "PERSON" or (tree.tags[subject] == "NN" and tree.lemmas[subject] in load_cues().people)
    if not is_person:
        return None
    draft = Draft(tree=tree, sentence=number, token=subject, cue=None, lemma=None, kind="quotes")
    draft.source = source_span(tree, subject, root)
    return draft


def _sentence_in(trees: Sequence[Tree], number: int) -> tuple[Tree, Range] | None:
    for tree in trees:
        if 0 <= number - tree.first_sentence < len(tree.sents):
            return tree, tree.sents[number - tree.first_sentence]
    return None
