"""Who says what: cues of every kind, then quotations, then what continues, then what is nested in what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from trucewatch.model.records import Quotation, Sentence
from trucewatch.text.attribution.announced import read_announced
from trucewatch.text.attribution.astray import bare_seat
from trucewatch.text.attribution.attitudes import find_attitudes, without_idle_talk
from trucewatch.text.attribution.beside import named_before, named_next
from trucewatch.text.attribution.channels import name_channels
from trucewatch.text.attribution.colons import read_colon
from trucewatch.text.attribution.cues import Cues, load_cues
from trucewatch.text.attribution.draft import Draft, merge, subtract
from trucewatch.text.attribution.headlines import read_bracketed, read_dash
from trucewatch.text.attribution.losses import REGISTERS, read_losses
from trucewatch.text.attribution.onward import speak_on
from trucewatch.text.attribution.others import (
    BASES,
    read_according,
    read_hedge,
    read_in_words,
    read_noun,
    read_per,
    read_release,
    read_seated,
    read_shown,
    read_verbless,
)
from trucewatch.text.attribution.reach import carry_on, carry_past_cue, leave_background, leave_the_first_clause
from trucewatch.text.attribution.record import Attribution, Span
from trucewatch.text.attribution.relayed import name_the_cited
from trucewatch.text.attribution.tree import Range, Tree, tree_of
from trucewatch.text.attribution.verbs import read_verb
from trucewatch.text.parse import Block

# where a document's attributions are kept beside its parse, for who reads mentions next
FOUND = "trucewatch.attributions"
_NAME_WORDS = 2
# words between a verb of denial and the colon that opens its reason
_NEAR_DENIAL = 8
_QUIET = ("thinks", "hedges", "shows")


def find_attributions(
    text: str,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
) -> tuple[Attribution, ...]:
    """Every attribution of a document, in reading order (of cues; continuations by their quotation), then the attitudes.

    Text outside any `content` is the outlet's own voice. Nested ones name their `parent`. Attitudes are what the learned model
    finds beside speech (supports, seeks, worries about): `Attribution.is_attitude`, with their probability as `score`.
    """
    cues = load_cues()
    starts = [sentence.start_char for sentence in sentences]
    drafts: list[Draft] = []
    attitudes: list[Draft] = []
    outer = [(q.start_char, q.end_char) for q in quotations if q.depth == 0]
    trees = [tree_of(block, text, outer) for block in blocks]
    for tree in trees:
        for sent in tree.sents:
            number = max(0, bisect_right(starts, tree.chars[sent[0]]) - 1)
            found = without_idle_talk(tree, _read_sentence(tree, sent, cues, quotations))
            held = find_attitudes(tree, sent, found, cues)
            for draft in (*found, *held):
                draft.sentence = number
            drafts += found
            attitudes += held
    drafts += read_announced(text, sentences, quotations, trees)
    drafts.sort(key=lambda draft: draft.at)
    drafts = _give_quotations(text, trees, drafts, sentences, starts, quotations)
    for draft in drafts:
        draft.content = merge(subtract_reach(draft))
    drafts = [draft for draft in drafts if draft.content]
    drafts += speak_on(text, trees, drafts)
    drafts.sort(key=lambda draft: draft.at)
    _look_back(text, drafts)
    name_channels(text, drafts, sentences)
    # what is thought takes no part in who said what: it comes after, so that numbers of the others stay theirs
    finished = _finish(drafts, attitudes)
    if blocks:
        blocks[0].doc.user_data[FOUND] = finished
    return finished


def read_drafts(
    text: str, blocks: Sequence[Block], quotations: Sequence[Quotation]
) -> tuple[list[Tree], dict[tuple[int, int], str]]:
    """Trees of the blocks, and the kind of every cue that the rules read, by (block, token): what training learns beside."""
    cues = load_cues()
    outer = [(q.start_char, q.end_char) for q in quotations if q.depth == 0]
    trees = [tree_of(block, text, outer) for block in blocks]
    kinds = {
        (number, draft.token): draft.kind
        for number, tree in enumerate(trees)
        for sent in tree.sents
        for draft in _read_sentence(tree, sent, cues, quotations)
    }
    return trees, kinds


def subtract_reach(draft: Draft) -> list[Span]:
    """Content without the cue itself, which quotation marks set beside it may have swallowed."""
    if draft.cue is None:
        return draft.content
    return [piece for span in draft.content for piece in subtract(span, [draft.cue])]


def _read_sentence(tree: Tree, sent: Range, cues: Cues, quotations: Sequence[Quotation]) -> list[Draft]:
    found: list[Draft] = []
    tags, lemmas = tree.tags, tree.lemmas
    for i in range(*sent):
        tag = tags[i]
        draft: Draft | None = None
        if tag.startswith("VB"):
            lemma = lemmas[i]
            is_in_keeping = (
                lemma == "keep" and i > sent[0] and tree.words[i - 1].lower() == "in" and tree.words[i].lower() == "keeping"
            )
            if lemma == "accord" or tree.words[i].lower() in ("according", "accordingto") or is_in_keeping:
                draft = read_according(tree, i, sent, cues)
            elif lemma in REGISTERS:
                draft = read_losses(tree, i, cues)
            if draft is None and lemma in cues.releases:
                draft = read_release(tree, i, cues)
            if draft is None and lemma in cues.verbs:
                draft = read_verb(tree, i, sent, cues)
            if draft is None and lemma == "show":
                draft = read_shown(tree, i, sent, cues)
        elif tag in ("NN", "NNS"):
            if tree.words[i].lower() == "keeping" and i > sent[0] and tree.words[i - 1].lower() == "in":
                draft = read_according(tree, i, sent, cues)
            elif lemmas[i] in cues.nouns:
                draft = read_noun(tree, i, cues)
            if draft is None and tag == "NNS" and i >= sent[1] - 2 and lemmas[i] in cues.clause:
                draft = read_verb(tree, i, sent, cues)  # ", the ministry tweets", taken for a noun
            if draft is None and lemmas[i] == "speak":
                draft = read_verb(tree, i, sent, cues)  # "the authorities speak of ten dead", likewise
            if draft is None and lemmas[i] in cues.accounts | BASES:
                draft = read_in_words(tree, i, sent)
        elif tag == "RB":
            if lemmas[i] in cues.hedges:
                draft = read_hedge(tree, i)
        elif tag == ":":
            if tree.words[i] in (":", "):") and not found:
                after = tree.ends[i]
                quoted = any(0 <= q.start_char - after <= 3 for q in quotations)
                draft = read_colon(tree, i, sent, quoted, cues)
        elif tag == "IN" and lemmas[i] == "according":
            draft = read_according(tree, i, sent, cues)
        elif tag == "IN" and lemmas[i] == "per":
            draft = read_per(tree, i, sent, cues)
        if draft is not None:
            found.append(draft)
    if (reason := _reason_behind_a_denial(tree, sent, found)) is not None:
        found.append(reason)
    if not found and (seated := bare_seat(tree, sent, cues)) is not None:
        found.append(read_seated(tree, *seated))
    name_the_cited(tree, sent, found, cues)
    carry_on(tree, sent, found)
    leave_background(tree, sent, found)
    _leave_to_others(found)
    _carry_over_quoted(tree, sent, found)
    carry_past_cue(tree, sent, found)
    leave_the_first_clause(tree, sent, found)
    _carry_past_semicolon(tree, sent, found)
    if not found and (verbless := read_verbless(tree, sent) or read_dash(tree, sent, cues)) is not None:
        found.append(verbless)
    found += read_bracketed(tree, sent, cues)
    return found


def _reason_behind_a_denial(tree: Tree, sent: Range, found: list[Draft]) -> Draft | None:
    """ "The ministry refuted the report: the army does not fire at homes": what stands behind the colon is its word too."""
    denial = next((d for d in reversed(found) if d.kind == "denies" and d.source is not None and d.cue is not None), None)
    if denial is None or denial is not found[-1]:
        return None
    colon = next((j for j in range(denial.token + 1, sent[1]) if tree.words[j] == ":" and tree.quoted[j] < 0), None)
    if colon is None or colon - denial.token > _NEAR_DENIAL or colon + 2 >= sent[1] or tree.quoted[colon + 1] >= 0:
        return None
    behind = range(colon + 1, sent[1])
    # what is told there without a "not" may be the report that is denied
    is_negated = any(tree.words[j].lower() in ("not", "n't", "n’t", "never", "no", "none", "nobody") for j in behind)
    if not is_negated or not any(tree.tags[j] in ("VBD", "VBZ", "VBP", "MD") for j in behind):
        return None
    draft = Draft(tree=tree, sentence=0, token=colon, cue=(tree.chars[colon], tree.ends[colon]), lemma=":", kind="says")
    draft.source = denial.source
    draft.content = [tree.span((colon + 1, sent[1]))]
    denial.content = [piece for span in denial.content for piece in subtract(span, draft.content)]
    return draft


def _carry_over_quoted(tree: Tree, sent: Range, found: list[Draft]) -> None:
    """ "Six fell, X said, while the foe “lost many”": words quoted behind a closing "X said" are X's, with their clause."""
    closing = [d for d in found if d.source is not None and d.cue is not None and d.kind in ("says", "confirms") and d.content]
    for draft in closing:
        if draft.content[-1][1] > draft.reach[0] or tree.quoted[draft.token] >= 0:
            continue
        after = [j for j in range(draft.token + 1, sent[1]) if tree.chars[j] >= draft.reach[1]]
        opens = next((j for j in after if tree.words[j].lower() in ("while", "whereas", "but", "and")), None)
        if opens is None or tree.words[opens - 1] != "," or not any(tree.quoted[j] >= 0 for j in range(opens, sent[1])):
            continue
        if any(d is not draft and d.cue is not None and tree.chars[opens] <= d.cue[0] < tree.ends[sent[1] - 1] for d in found):
            continue
        draft.content.append(tree.span((opens + 1, sent[1])))


def _leave_to_others(found: list[Draft]) -> None:
    """ "A fell, X says, and B fell, according to Y": what X says before his cue is none of Y's."""
    for draft in found:
        if draft.lemma != "according" or draft.source is None:
            continue
        for other in found:
            if other is draft or other.source is None or other.cue is None or not other.content or other.kind == "thinks":
                continue
            if other.content[-1][1] <= other.reach[0] and other.reach[1] < draft.reach[0]:
                draft.content = [
                    piece for span in draft.content for piece in subtract(span, [(other.content[0][0], other.reach[1])])
                ]


def _carry_past_semicolon(tree: Tree, sent: Range, found: list[Draft]) -> None:
    """ "A fell, X said; B fell too": what follows a closing "X said" is X's, where nobody else has the word there."""
    cuts = [j for j in range(*sent) if tree.words[j] == ";" and tree.quoted[j] < 0]
    for cut in cuts:
        stop = next((j for j in cuts if j > cut), sent[1])
        if any(draft.cue is not None and tree.chars[cut] <= draft.cue[0] < tree.ends[stop - 1] for draft in found):
            continue
        closing = [
            d for d in found if d.cue is not None and d.source is not None and d.kind in ("says", "confirms") and d.content
        ]
        said = next(
            (d for d in closing if 0 <= tree.chars[cut] - d.reach[1] <= 40 and d.content[-1][1] <= d.reach[0]),
            None,
        )
        if said is not None and any(tree.is_verb(j) for j in range(cut + 1, stop)):
            said.content.append(tree.span((cut + 1, stop)))


def _give_quotations(
    text: str,
    trees: Sequence[Tree],
    drafts: list[Draft],
    sentences: Sequence[Sentence],
    starts: Sequence[int],
    quotations: Sequence[Quotation],
) -> list[Draft]:
    """Each outer quotation to the cue beside it, else to the one whose content it stands in, else to the last speaker."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    extra: list[Draft] = []
    outer = [q for q in quotations if q.depth == 0]
    for quotation in outer:
        span = (quotation.start_char, quotation.end_char)
        first = max(0, bisect_right(starts, span[0]) - 1)
        last = max(first, bisect_right(starts, span[1] - 1) - 1)
        owner = _announcer(drafts, span) or _owner(text, span, by_sentence, first, last)
        if owner is None and _is_utterance(text, span, sentences[first], sentences[last]):
            speaker = (
                named_next(text, trees, by_sentence, span, last, sentences)
                or named_before(text, trees, by_sentence, span, first, sentences)
                or _last_speaker([*drafts, *extra], outer, span, sentences[first].paragraph, sentences)
            )
            owner = Draft(
                tree=drafts[0].tree if drafts else None,  # type: ignore[arg-type]
                sentence=first,
                token=-1,
                cue=None,
                lemma=None,
                kind="quotes",
                source=speaker.source if speaker else None,
                is_continuation=True,
            )
            if speaker is not None:
                owner.channel, owner.via = speaker.channel, speaker.via
            extra.append(owner)
        if owner is not None:
            for other in by_sentence.get(first, ()):
                # the parser lets quoted words hang on another cue of the sentence
                if (
                    other is not owner
                    and not _holds(other, owner)
                    and not _holds(owner, other)
                    and not (other.cue and span[0] <= other.cue[0] < span[1])
                ):
                    other.content = [piece for kept in other.content for piece in subtract(kept, [span])]
            owner.content.append(span)
    return [*drafts, *extra]


def _announcer(drafts: Sequence[Draft], span: Span) -> Draft | None:
    """The announcement that gave out these quoted words, all of them."""
    return next((d for d in drafts if d.is_continuation and d.cue is None and span in d.content), None)


def _owner(text: str, span: Span, by_sentence: dict[int, list[Draft]], first: int, last: int) -> Draft | None:
    after = [
        draft
        for draft in by_sentence.get(last, ())
        if draft.can_quote and draft.reach[0] >= span[1] and len(text[span[1] : draft.reach[0]].split()) <= 4
    ]
    colon = text[max(0, span[0] - 4) : span[0]].rstrip(" \"“”'‘«„\n").endswith(":")
    before = [draft for draft in by_sentence.get(first, ()) if draft.cue is not None and draft.cue[1] <= span[0]]
    holding = [
        draft for draft in by_sentence.get(first, ()) if any(s[0] <= span[0] + 1 and span[0] < s[1] for s in draft.content)
    ]
    speaking = [draft for draft in before if draft.can_quote and not (draft.source and draft.source[0] >= span[0])]
    if colon and speaking:
        return speaking[-1]
    if holding and not (
        after and text[span[1] - 1] in ",?!" and all(h is not after[0] for h in holding) and not _cue_inside_before(holding, span)
    ):
        return min(holding, key=lambda draft: sum(e - s for s, e in draft.content if s <= span[0] + 1 < e))
    if after:
        return after[0]
    if speaking and _is_split(text, speaking[-1], span):
        return speaking[-1]
    if speaking and len(text[speaking[-1].reach[1] : span[0]].split()) <= 12 and _quotes_directly(text, speaking[-1], span):
        return speaking[-1]
    return None


def _is_split(text: str, draft: Draft, span: Span) -> bool:
    """“They came,” she said on Friday, “but we held”: one quotation, cut by who speaks."""
    between = text[draft.reach[1] : span[0]]
    before = draft.content[-1][1] if draft.content else 0
    is_behind = bool(draft.content) and before <= draft.reach[0] and text[before - 1 : before + 2].strip(" ,.")[-1:] in "\"”’'"
    return is_behind and len(text[slice(*span)].split()) > _NAME_WORDS and re.fullmatch(r"(?: \w+){0,4},\W*", between) is not None


def _holds(outer: Draft, inner: Draft) -> bool:
    return any(start <= inner.at < end for start, end in outer.content)


def _cue_inside_before(holding: list[Draft], span: Span) -> bool:
    return any(draft.cue is not None and draft.cue[1] <= span[0] for draft in holding)


def _quotes_directly(text: str, draft: Draft, span: Span) -> bool:
    between = text[draft.reach[1] : span[0]]
    if len(text[slice(*span)].split()) < 4 and re.search(r"\b(?:on|in|with|to|by|via|at|from|of)\b", between):
        return False  # a name in quotation marks
    return not re.search(r"[.;!?]\s", between) and (not draft.content or draft.content[-1][1] >= draft.reach[1])


def _is_utterance(text: str, span: Span, first: Sentence, last: Sentence) -> bool:
    """Whether quoted words are a sentence said, not a term in quotation marks."""
    opens = not text[first.start_char : span[0]].strip(" \"“”'‘«„([–—-")
    words = len(text[span[0] : span[1]].split())
    closes = not text[span[1] : last.end_char].strip(" \"“”'’»)].,!?…")
    return opens and (words >= 4 or closes) and (closes or text[span[1] - 1] in ".!?,…")


def _last_speaker(
    drafts: Sequence[Draft], outer: Sequence[Quotation], span: Span, paragraph: int, sentences: Sequence[Sentence]
) -> Draft | None:
    best: Draft | None = None
    for draft in drafts:
        if draft.source is None or draft.at >= span[0] or (best is not None and draft.at <= best.at):
            continue
        if draft.is_continuation:
            best = draft
            continue
        if draft.kind in _QUIET or draft.lemma is None or not draft.can_quote:
            continue
        # who speaks inside a quotation is not who is quoted next
        if paragraph - sentences[draft.sentence].paragraph <= 1 and not any(q.start_char <= draft.at < q.end_char for q in outer):
            best = draft
    return best


def _look_back(text: str, drafts: list[Draft]) -> None:
    """What "this", "that claim" and "it" stand for in a denial: the content told last before it by someone else."""
    for n, draft in enumerate(drafts):
        if draft.kind not in ("denies", "confirms", "rejects") or draft.cue is None:
            continue
        if draft.about:
            held = [
                d for d in drafts[:n] if d.sentence == draft.sentence and any(s[0] <= draft.about[0][0] < s[1] for s in d.content)
            ]
            if held:
                inner = min(held, key=lambda d: sum(e - s for s, e in d.content))
                draft.about = [
                    piece for span in inner.content for piece in subtract(span, [(draft.content[0][0], draft.cue[1] + 400)])
                ]
            continue
        if not _points_back(draft):
            continue
        owner = _claimed_by(draft)
        earlier = [
            d
            for d in drafts[:n]
            if d.kind not in _QUIET
            and d.source is not None
            and (owner in text[slice(*d.source)] if owner else draft.sentence - d.sentence <= 2 and d.source != draft.source)
        ]
        if earlier:
            draft.about = list(earlier[-1].content)


def _claimed_by(draft: Draft) -> str | None:
    """Whose claim a denial names: "disputed A's account"."""
    tree = draft.tree
    for kid in tree.kids[draft.token]:
        if (
            tree.deps[kid] in ("dobj", "nsubjpass")
            and (poss := tree.child(kid, "poss")) is not None
            and tree.tags[poss] != "PRP$"
        ):
            return tree.words[poss]
    return None


def _points_back(draft: Draft) -> bool:
    tree, cues = draft.tree, load_cues()
    kids = list(tree.kids[draft.token]) if draft.token >= 0 else []
    if draft.lemma == "call":
        # "called those reports fake", read as one small clause
        kids += [deep for clause in kids if tree.deps[clause] == "ccomp" for deep in tree.kids[clause]]
    for kid in kids:
        if tree.deps[kid] in ("dobj", "nsubjpass") or (tree.deps[kid] == "nsubj" and tree.heads[kid] != draft.token):
            word = tree.words[kid].lower()
            if word in ("this", "that", "it", "these", "them", "those"):
                return True
            if tree.lemmas[kid] in cues.claims:
                return not any(tree.deps[k] in ("acl", "relcl", "prep") for k in tree.kids[kid])
    return False


def _finish(drafts: list[Draft], attitudes: list[Draft]) -> tuple[Attribution, ...]:
    finished: list[Attribution] = []
    ranges = [(draft.content[0][0], draft.content[-1][1], sum(e - s for s, e in draft.content)) for draft in drafts]
    for n, draft in enumerate((*drafts, *attitudes)):
        at = draft.at
        own = ranges[n][2] if n < len(drafts) else 0
        parent: int | None = None
        for m, (first, last, length) in enumerate(ranges):
            if not first <= at < last or m == n or length < own or (length == own and m > n):
                continue
            if not any(s <= at < e for s, e in drafts[m].content) or (draft.cue is None and drafts[m].cue is None):
                continue
            if parent is None or length < ranges[parent][2]:
                parent = m
        finished.append(
            Attribution(
                source_start=draft.source[0] if draft.source else None,
                source_end=draft.source[1] if draft.source else None,
                cue_start=draft.cue[0] if draft.cue else None,
                cue_end=draft.cue[1] if draft.cue else None,
                cue_lemma=draft.lemma,
                content=tuple(draft.content),
                about=tuple(draft.about),
                channel=draft.channel,
                via_start=draft.via[0] if draft.via else None,
                via_end=draft.via[1] if draft.via else None,
                kind=draft.kind,
                parent=parent,
                is_continuation=draft.is_continuation,
                is_negated=draft.is_negated,
                sentence=draft.sentence,
                score=draft.score,
            )
        )
    return tuple(finished)
