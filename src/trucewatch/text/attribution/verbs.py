"""Attributions made by a verb: "X said that", "…, X says", "accused Y of", "a claim denied by", "vowed to"."""

from __future__ import annotations

from trucewatch.text.attribution.asides import aside
from trucewatch.text.attribution.astray import lost_subject, opening_teller, seat_of, trailing_teller
from trucewatch.text.attribution.contents import (
    COUNTS,
    added_by_the_outlet,
    antecedent,
    complements,
    goes_on_doing,
    other_voices,
    own,
    parenthetical,
    rest_of_it,
)
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft, tokens_without
from trucewatch.text.attribution.inverted import inverted_teller, told_about_it
from trucewatch.text.attribution.kinds import is_called_false, is_negated, kind_of_demand, kind_of_rejection, says_untrue
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.relayed import told_past_aside
from trucewatch.text.attribution.sources import own_subject, releaser_of, source_and_medium, source_span, tells_as
from trucewatch.text.attribution.terse import (
    all_counted,
    asked_of,
    consequences,
    dead_put_at,
    goes_on_in_headline,
    more_charges,
    named_so,
    read_put,
    second_deed,
    shown_by_figures,
    told_before_quoting,
    told_in_few_words,
)
from trucewatch.text.attribution.tree import Range, Tree

# "must say", "could announce": nobody has said it
_HYPOTHETICAL = frozenset({"must", "should", "may", "might", "could", "can", "shall", "ought"})
# "counted 90 launches, including one at the port", "spoke of ten men still unaccounted for"
_TALLIES = frozenset({"count", "tally", "speak", "talk"})
# "holds that", and no ground
_WITH_THAT = frozenset({"hold"})
# translations' "assured"; else what somebody sees to
_SEES_TO = frozenset({"ensure"})


def read_verb(tree: Tree, i: int, sent: Range, cues: Cues) -> Draft | None:
    """The attribution a verb makes, with the content that its clause gives; None where it makes none."""
    lemma, dep = tree.lemmas[i], tree.deps[i]
    if dep in ("amod", "compound", "aux", "auxpass") or lemma not in cues.verbs:
        return None
    if i and tree.words[i - 1] == "-" and tree.chars[i] == tree.ends[i - 1]:
        return None
    auxiliaries = {tree.words[kid].lower() for kid in tree.kids[i] if tree.deps[kid] in ("aux", "auxpass")}
    if auxiliaries & _HYPOTHETICAL or (
        "to" in auxiliaries and tree.is_verb(tree.heads[i]) and tree.lemmas[tree.heads[i]] in cues.verbs
    ):
        return None
    if (lemma in _SEES_TO and not _tells_of_past(tree, i)) or goes_on_doing(tree, i):
        return None  # "ensured that nobody was hurt", "would continue to stand by them"
    if lemma in _WITH_THAT and not _has_that_clause(tree, i):
        return None
    if lemma == "blame" and "to" in auxiliaries and dep == "xcomp" and tree.lemmas[tree.heads[i]] == "be":
        return None  # "A is to blame": others say so
    turned = inverted_teller(tree, i, sent, cues)
    apart = aside(tree, i, sent, cues) if turned is None else None
    if (
        turned is None
        and apart is None
        and dep in ("advcl", "acl")
        and lemma in ("ask", "tell")
        and tree.tags[i] in ("VBN", "VBD")
        and own_subject(tree, i) is None
    ):
        return None  # "Asked whether …, he said"
    if (put := read_put(tree, i)) is not None:
        said = Draft(tree=tree, sentence=0, token=i, cue=_cue_span(tree, i), lemma=lemma, kind="says")
        said.source = source_span(tree, put[0], i)
        said.content = tokens_without(tree, put[2], [put[1]])
        return said if said.content else None
    dead_at = dead_put_at(tree, i)
    is_toll = dead_at is not None or any(tree.deps[kid] == "dobj" and tree.lemmas[kid] in cues.tolls for kid in tree.kids[i])
    if lemma in COUNTS and not is_toll:
        return None
    if lemma in ("quote", "cite", "report") and tells_as(tree, i):
        return None  # the verb after "as" tells
    is_passive = any(tree.deps[kid] in ("nsubjpass", "auxpass") for kid in tree.kids[i]) or (
        dep == "acl" and tree.tags[i] == "VBN"
    )
    if (
        not is_passive
        and tree.tags[i] == "VBN"
        and not auxiliaries
        and lemma in ("accuse", "blame")
        and tree.child(i, "dobj") is None
    ):
        is_passive = True  # "with A accused of"
    if tree.tags[i] == "VBN" and not auxiliaries and tree.child(i, "agent") is not None:
        is_passive = True  # "as reported by A"
    lost = lost_subject(tree, i, sent, cues) if not auxiliaries else None
    is_passive = is_passive and lost is None
    is_bare = tree.tags[i] == "VBN" and lost is None and not auxiliaries and i > sent[0] and tree.words[i - 1].lower() == "as"
    is_bare = is_bare and own_subject(tree, i) is None  # "as stated in A"
    is_passive = is_passive or is_bare
    if is_passive and "to" in auxiliaries:
        return None
    if dep == "acl" and is_passive and cues.kind_of.get(lemma) is None and tree.lemmas[tree.heads[i]] not in cues.claims:
        return None  # "the position expressed by A"
    if lemma in ("quote", "cite") and not is_passive and tree.child(i, "ccomp") is None:
        return None  # "citing a source": the relayed words hang on another verb
    if is_passive and lemma == "worry":
        return None  # "it was worried by the shelling"
    content, anaphor = complements(tree, i, cues, is_passive)
    if dead_at is not None and not is_passive:
        content = [dead_at]
    if not is_passive:
        content += consequences(tree, i, cues.kind_of.get(lemma, "says"), content)
        if (second := second_deed(tree, i, cues, content) or more_charges(tree, i, content)) is not None:
            content.append(second)
        past = told_past_aside(tree, i, sent) if not content else None
        if past is None and not content:
            past = told_before_quoting(tree, i)
        if past is not None:
            content.append(past)
        if (so := named_so(tree, i, sent)) is not None:
            content = [so]
        elif not content and (asked_for := asked_of(tree, i, cues.kind_of.get(lemma, "says"))) is not None:
            content.append(asked_for)
        elif not content and (few := told_in_few_words(tree, i, sent, cues)) is not None:
            content.append(few)
        if (half := goes_on_in_headline(tree, i, sent, content)) is not None:
            content.append(half)
        if lemma in _TALLIES and content and content[0][0] > i:
            content.append(all_counted(tree, i, content))
    source, via = source_and_medium(tree, i, is_passive, cues)
    source = source if lost is None else lost
    if source is None and not is_passive:
        source = opening_teller(tree, i, sent, cues)
    is_false = (lemma in cues.predicative and is_called_false(tree, i, cues)) or says_untrue(tree, i, cues)
    is_apart = False
    trailing = None if is_passive else trailing_teller(tree, i, sent, cues)
    if trailing is not None:
        source, content = trailing[0], [trailing[1]]
    elif turned is not None:
        source, content, is_passive = None, [turned[1]], False
    elif apart is not None and (source is None or (dep != "parataxis" and _tells_more(apart, content))):
        behind = [(i + 1, stop) for first, stop in content if first < i < stop]
        source, content, is_passive, is_apart = None, [*apart[1], *behind], False, True
    elif source is None or tree.tags[source] == "PRP":
        kind = "denies" if is_false else cues.kind_of.get(lemma, "says")
        seat = seat_of(tree, i, kind, cues, is_passive=is_passive, is_aside=is_bare and source is None)
        source = source if seat is None else seat
    draft = Draft(
        tree=tree,
        sentence=0,
        token=i,
        cue=_cue_span(tree, i),
        lemma=lemma,
        kind=cues.kind_of.get(lemma, "says"),
        is_negated=is_negated(tree, i),
        can_quote=lemma in cues.clause and (dep != "acl" or lost is not None) and not _is_event(tree, source, cues),
    )
    if draft.kind == "shows" and not is_passive and shown_by_figures(tree, i, sent):
        draft.kind = "says"
    elif draft.kind == "shows":
        is_thing = source is not None and tree.tags[source] in ("NN", "NNS") and not tree.ents[source]
        if is_thing and source is not None and tree.lemmas[source] not in cues.people | cues.media:
            return None  # "A's moves suggest that": nobody says so
        has_clause = any(tree.deps[kid] == "ccomp" for kid in tree.kids[i])
        if is_passive or not (has_clause or (source is not None and tree.lemmas[source] in cues.media)):
            return None
        if source is not None and tree.lemmas[source] in cues.media:
            content = [(i + 1, max(i + 2, tree.last[i] + 1))]
        releaser = releaser_of(tree, source, cues) if source is not None else None
        source = releaser if releaser is not None else source
    if turned is None and (far := told_about_it(tree, i, sent, cues)) is not None:
        turned, source = (far, (i, i + 1)), None
    teller = turned[0] if turned is not None else apart[0] if apart is not None and is_apart else None
    if teller is not None:
        draft.source, draft.can_quote = tree.span(teller), True
    elif source is None and (lemma not in cues.passives if is_passive else draft.kind not in ("quotes",)):
        return None
    if (
        source is not None
        and draft.kind in ("threatens", "demands", "orders")
        and tree.lemmas[source] in cues.inanimate
        and source != i
    ):
        is_it = (
            tree.words[source].lower() == "it"
            and any(tree.deps[kid] in ("ccomp", "xcomp") for kid in tree.kids[i])
            and lemma != "threaten"
        )
        if not is_it:
            return None
    if source is not None:
        draft.source = source_span(tree, source, i)
    if via is not None and not (teller is not None and teller[0] <= via < teller[1]):
        draft.via = tree.span(tree.subtree(via))
    says_aside = lemma in cues.clause and lemma not in ("quote", "cite") and not _is_event(tree, source, cues)
    if not content and says_aside and (source is not None or is_passive):
        content = parenthetical(tree, i, sent, cues)
    is_behind = lemma in cues.clause and content and all(stop <= i for _, stop in content)
    if is_behind and (rest := rest_of_it(tree, i, sent)) is not None:
        content = [*content, rest]
    draft.content = [
        span
        for piece in content
        for span in tokens_without(
            tree,
            piece,
            [
                *other_voices(tree, piece, i, cues),
                *own(tree, i, piece),
                *added_by_the_outlet(tree, piece, i, cues),
            ],
        )
    ]
    if anaphor is not None:
        draft.about = antecedent(tree, i, anaphor, cues)
    if not draft.content and not draft.can_quote:
        return None
    if len(content) == 1 and content[0][1] - content[0][0] == 1 and tree.words[content[0][0]].lower() == "what":
        return None
    if is_false:
        draft.kind = "denies"
    elif draft.kind == "rejects":
        draft.kind = kind_of_rejection(tree, i, cues)
    if draft.kind == "demands":
        draft.kind = kind_of_demand(tree, i)
    return draft


def _has_that_clause(tree: Tree, i: int) -> bool:
    clause = tree.child(i, "ccomp")
    return clause is not None and clause > i and any(
        tree.deps[kid] == "mark" and tree.words[kid].lower() == "that" for kid in tree.kids[clause]
    )  # fmt: skip


def _tells_of_past(tree: Tree, i: int) -> bool:
    """Whether the clause below a verb tells of what had been done before: "ensured that it had sunk a ship"."""
    clause = tree.child(i, "ccomp")
    return clause is not None and any(tree.words[kid].lower() in ("had", "has") for kid in tree.kids[clause])


def _tells_more(apart: tuple[Range, list[Range]], content: list[Range]) -> bool:
    """Whether what stands beside a clause set apart is more than what the parser hung on its verb, or that holds its teller."""
    (first, stop), pieces = apart
    swallowed = any(a < stop and first < b for a, b in content)
    return not content or swallowed or sum(b - a for a, b in pieces) > sum(b - a for a, b in content)


def _is_event(tree: Tree, source: int | None, cues: Cues) -> bool:
    """Whether a verb's doer is what says nothing: "the fighting continued"."""
    if source is None or tree.tags[source] not in ("NN", "NNS", "VBG"):
        return False
    return tree.lemmas[source] in cues.inanimate or tree.words[source].lower() in cues.inanimate


def _cue_span(tree: Tree, i: int) -> Span:
    first = i
    while first - 1 >= 0 and tree.heads[first - 1] == i and tree.deps[first - 1] in ("aux", "auxpass", "neg", "advmod"):
        first -= 1
    last = i
    if i + 1 < tree.size and tree.heads[i + 1] == i and tree.deps[i + 1] == "prt":
        last = i + 1
    return tree.chars[first], tree.ends[last]
