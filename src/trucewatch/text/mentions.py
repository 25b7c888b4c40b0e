"""Names, roles and pronouns that may stand for an actor, with what the text says of them and what they vouch for.

`stages/resolve.py` finds the antecedents of "the ministry", "he" and "its forces" among them, without a parse of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from trucewatch.model.change import changed
from trucewatch.model.records import Mention, Quotation, Sentence
from trucewatch.text.actors import roles
from trucewatch.text.attribution import Attribution, find_attributions
from trucewatch.text.attribution.find import FOUND
from trucewatch.text.attribution.tree import Tree, tree_of
from trucewatch.text.parse import Block
from trucewatch.text.quotations import find_quotations

_PRONOUNS = frozenset(
    {
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "it",
        "its",
        "they",
        "them",
        "their",
        "we",
        "us",
        "our",
        "i",
        "me",
        "my",
        "you",
        "your",
    }
)
_PLURAL_PRONOUNS = frozenset({"they", "them", "their", "we", "us", "our"})
_INNER = ("compound", "amod", "nmod", "nummod", "quantmod", "det", "case")
_KINDS = {"PERSON": "person", "ORG": "body", "GPE": "country", "NORP": "group", "LOC": "place", "FAC": "place"}
_SUBJECTS = ("nsubj", "nsubjpass")
_LINKS = frozenset({"of", "for", "to", "in", "at"})
_MAX_WORDS = 24


def _last_words(groups: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(re.split(r" (?:of|for|to) ", name)[0].split()[-1] for names in groups.values() for name in names) - {"of"}


_BODIES = _last_words(roles.INSTITUTIONS)
_OFFICES = _last_words(roles.OFFICES)
_COLLECTIVES = frozenset(name.split()[-1] for name in roles.COLLECTIVES)
_ROLES = (
    _BODIES | _OFFICES | _COLLECTIVES | {"statement", "side", "party", "country", "region", "capital", "forces", "government"}
)


def find_mentions(
    text: str,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution] | None = None,
    quotations: Sequence[Quotation] | None = None,
) -> tuple[Mention, ...]:
    """Mentions in reading order. Sources of attributions are mentions too, with the stretches they vouch for in `speaks`.

    Attributions and quotations are found anew where they are not given and not kept beside the parse.
    """
    if quotations is None:
        bounds: dict[int, tuple[int, int]] = {}
        for sentence in sentences:
            first, _ = bounds.get(sentence.paragraph, (sentence.start_char, 0))
            bounds[sentence.paragraph] = (first, sentence.end_char)
        quotations = find_quotations(text, list(bounds.values()))
    if attributions is None and blocks:
        attributions = blocks[0].doc.user_data.get(FOUND)
    if attributions is None:
        attributions = find_attributions(text, blocks, sentences, quotations)
    outer = [(q.start_char, q.end_char) for q in quotations if q.depth == 0]
    starts = [sentence.start_char for sentence in sentences]
    found: dict[tuple[int, int], Mention] = {}
    for block in blocks:
        tree = tree_of(block, text, outer)
        for i, tag in enumerate(tree.tags):
            if tag.startswith(("NN", "PRP")) and (mention := _mention(text, tree, i, starts)) is not None:
                found.setdefault((mention.start_char, mention.end_char), mention)
    for attribution in attributions:
        if not attribution.is_attitude:
            _add_speaker(text, attribution, found)
    opens = [start for start, _ in outer]
    quoted = []
    for mention in found.values():
        at = bisect_right(opens, mention.start_char) - 1
        inside = at >= 0 and mention.start_char < outer[at][1]
        quoted.append(changed(mention, quoted_by=outer[at][0]) if inside else mention)
    return tuple(sorted(quoted, key=lambda mention: (mention.start_char, -mention.end_char)))


def _mention(text: str, tree: Tree, i: int, starts: Sequence[int]) -> Mention | None:
    tag = tree.tags[i]
    word = tree.words[i].lower()
    if tag in ("PRP", "PRP$"):
        if word not in _PRONOUNS or tree.deps[i] == "expl":
            return None
        kind, first, stop, plural = "pronoun", i, i + 1, word in _PLURAL_PRONOUNS
        description = None
    elif tag.startswith("NN") and tree.deps[i] not in _INNER and tree.ents[i] not in ("DATE", "TIME"):
        lemma = tree.lemmas[i]
        entity = _KINDS.get(tree.ents[i])
        is_role = lemma in _ROLES or word in _ROLES
        if (
            entity is None
            and not is_role
            and not (tag.startswith("NNP") and tree.deps[i] in (*_SUBJECTS, "pobj", "appos", "poss"))
        ):
            return None
        first, stop = _noun_phrase(tree, i, is_role)
        named = any(tree.ents[j] in _KINDS or tree.tags[j].startswith("NNP") for j in range(first, stop))
        if is_role and entity != "person":
            kind = ("person" if lemma in _OFFICES else "body") if named else "role"
        else:
            kind = entity or "body"
        # a surname that ends in s is read as a plural; "the Roths" are several
        is_one = entity == "person" and tag == "NNPS" and i > first and tree.ents[i - 1] == "PERSON"
        plural = (tag in ("NNS", "NNPS") and not is_one) or any(tree.deps[kid] == "conj" for kid in tree.kids[i])
        description = _description(text, tree, i)
    else:
        return None
    start, end = tree.chars[first], tree.ends[stop - 1]
    return Mention(
        text=text[start:end],
        start_char=start,
        end_char=end,
        kind=kind,
        sentence=max(0, bisect_right(starts, tree.chars[i]) - 1),
        is_subject=tree.deps[i] in _SUBJECTS or (tree.deps[i] == "pobj" and tree.deps[tree.heads[i]] == "agent"),
        description=description,
        is_plural=plural,
    )


def _noun_phrase(tree: Tree, i: int, is_role: bool) -> tuple[int, int]:
    """The noun with what stands before it, and with "of A", "for B" after a role; no appositions, no clauses."""
    first = max(tree.start[i], i - _MAX_WORDS)
    while first < i and (tree.deps[first] == "punct" or tree.tags[first] in ("_SP", "CC", "IN", "RB")):
        first += 1
    stop = i + 1
    if is_role:
        for kid in tree.kids[i]:
            if kid == stop and tree.deps[kid] == "prep" and tree.words[kid].lower() in _LINKS and tree.last[kid] - i < _MAX_WORDS:
                stop = tree.last[kid] + 1
                for j in range(kid + 1, stop):
                    if tree.tags[j] in ("VBD", "VBZ", "VBP", "WDT", "WP") or (
                        tree.words[j] in (",", "–", "—", "-") and j > kid + 4
                    ):
                        stop = j
                        break
    while stop - 1 > i and tree.deps[stop - 1] == "punct":
        stop -= 1
    return first, stop


def _description(text: str, tree: Tree, i: int) -> str | None:
    """An apposition's words ("X, deputy head of Y"), or those that X stands in apposition to ("the minister, X")."""
    other = tree.child(i, "appos")
    if other is None and tree.deps[i] == "appos":
        other = tree.heads[i]
    if other is None or not (tree.lemmas[other] in _ROLES or tree.words[other].lower() in _ROLES or tree.ents[other] in _KINDS):
        return None
    first, stop = _noun_phrase(tree, other, True)
    return text[tree.chars[first] : tree.ends[stop - 1]]


def _add_speaker(text: str, attribution: Attribution, found: dict[tuple[int, int], Mention]) -> None:
    if attribution.source_start is None or attribution.source_end is None:
        return
    key = (attribution.source_start, attribution.source_end)
    mention = found.get(key)
    if mention is None:
        inside = [m for (start, end), m in found.items() if key[0] <= start and end <= key[1]]
        head = max(inside, key=lambda m: (m.is_subject, m.kind == "person", m.end_char - m.start_char), default=None)
        mention = Mention(
            text=text[key[0] : key[1]],
            start_char=key[0],
            end_char=key[1],
            kind=head.kind if head else "body",
            sentence=head.sentence if head else attribution.sentence,
            is_subject=True,
            description=head.description if head else None,
            is_plural=head.is_plural if head else False,
        )
    found[key] = changed(mention, speaks=tuple(sorted({*mention.speaks, *attribution.content})))
