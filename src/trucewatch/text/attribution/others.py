"""Attributions without a verb of their own: nouns, "according to", hedges, released footage."""

from __future__ import annotations

from trucewatch.text.attribution.astray import can_tell
from trucewatch.text.attribution.contents import MAKES, antecedent, is_apposed, other_voices
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft, merge, tokens_without
from trucewatch.text.attribution.sources import source_span, subject_of
from trucewatch.text.attribution.tree import Range, Tree

_SEEMING = frozenset("purport purports purported appear appears appeared seem seems seemed claim claims claimed".split())
_CLAUSE_DEPS = ("ROOT", "ccomp", "advcl", "conj", "relcl", "parataxis")
# "by the data of X", "in accordance with the report of X", translations of "according to"
BASES = frozenset("data datum information report figure message testimony statement word account estimate version".split())
_BY = ("in", "by", "on", "from", "with", "per")
# "according tothe mayor": a space was lost
_GLUED = ("tothe", "toan", "toits", "tohis")


def read_noun(tree: Tree, i: int, cues: Cues) -> Draft | None:
    """A noun of telling with its source: "X's claim that …", "accusations by X of …", "calls from X for …".

    None without a content; without a source too, save for claims ("the claim that …").
    """
    lemma = tree.lemmas[i]
    source = tree.child(i, "poss")
    if source is not None and tree.tags[source] == "PRP$" and lemma not in cues.claims:
        return None
    above = tree.heads[i]
    if (
        tree.deps[i] == "pobj"
        and tree.words[above].lower() in ("in", "with")
        and tree.lemmas[tree.heads[above]] in cues.clause
        and source is None
    ):
        return None
    content: list[Range] = []
    for kid in tree.kids[i]:
        dep, word = tree.deps[kid], tree.words[kid].lower()
        if dep in ("prep", "agent") and word in ("by", "from") and source is None:
            source = tree.child(kid, "pobj")
            # "calls from A for B": the second preposition hangs on A
            if source is not None and not content:
                content += [
                    tree.subtree(k)
                    for k in (*tree.kids[source], *tree.kids[kid])
                    if (tree.deps[k] == "prep" and tree.words[k].lower() in ("for", "of", "against"))
                    or (tree.deps[k] in ("acl", "ccomp", "relcl") and _is_that_clause(tree, k))
                ]
        elif (
            (dep == "prep" and word in ("of", "for", "about", "against", "over") and kid > i)
            or (dep in ("acl", "ccomp", "relcl") and kid > i and _is_that_clause(tree, kid))
            or (dep in ("acl", "xcomp") and kid > i and (tree.tags[kid] == "VB" or _has_to(tree, kid)))
        ):
            content.append(tree.subtree(kid))
    if (
        source is None
        and lemma in cues.claims
        and (_equated(tree, i) or any(tree.is_verb(j) and j in tree.kids[i] for j in range(i + 1, tree.last[i] + 1)))
    ):
        source = _whose(tree, i, cues)
    maker = next(
        (kid for kid in tree.kids[i] if tree.deps[kid] == "acl" and tree.lemmas[kid] in MAKES and tree.child(kid, "agent")), None
    )
    if maker is not None and source is None and lemma in cues.claims and is_apposed(tree, i, cues):
        # ", a claim made by B": what stands before it
        source = tree.child(tree.child(maker, "agent") or maker, "pobj")
        draft = Draft(
            tree=tree,
            sentence=0,
            token=i,
            cue=(tree.chars[maker], tree.ends[maker]),
            lemma=lemma,
            kind=cues.nouns.get(lemma, "says"),
        )
        draft.about = antecedent(tree, maker, i, cues)
        draft.source = source_span(tree, source, i) if source is not None else None
        draft.content = [(tree.chars[tree.start[i]], tree.ends[i])]
        return draft if source is not None else None
    if source is None and lemma in cues.claims and tree.deps[i] == "dobj" and tree.lemmas[above] in MAKES:
        # "renewed the accusation that …": of whoever renews it
        source = subject_of(tree, above, cues)
    if source is not None and (is_that := _equated(tree, i)) is not None:
        content = content if source in tree.kids[i] and content else [tree.subtree(is_that)]
    if not content or (source is None and not (lemma in cues.claims and any(_is_that_clause(tree, kid) for kid in tree.kids[i]))):
        return None
    draft = Draft(
        tree=tree,
        sentence=0,
        token=i,
        cue=(tree.chars[i], tree.ends[i]),
        lemma=lemma,
        kind=cues.nouns[lemma],
    )
    if source is not None:
        draft.source = source_span(tree, source, i)
        if tree.deps[source] == "poss":
            first, stop = tree.subtree(source)
            case = tree.child(source, "case")
            draft.source = tree.span((first, case if case is not None else stop))
    # "accusations of breaking it in the hills, where sixty were captured": the outlet's own remark
    remarks = [
        tree.subtree(j) for first, stop in content for j in range(first, stop)
        if tree.deps[j] == "relcl" and tree.words[tree.start[j]].lower() == "where" and tree.words[tree.start[j] - 1] == ","
    ]  # fmt: skip
    draft.content = [span for piece in content for span in tokens_without(tree, piece, remarks)]
    if draft.source is not None and source is not None:
        # "reports from A of B": what hangs on A is no part of its name
        told = min((s[0] for s in draft.content if tree.ends[source] < s[0] < draft.source[1]), default=None)
        draft.source = draft.source if told is None else (draft.source[0], told - 1)
        draft.content = [s for s in draft.content if not (s[0] < draft.source[1] and draft.source[0] < s[1])]
    return draft if draft.content else None


def _has_to(tree: Tree, i: int) -> bool:
    """ "a claim to have killed twenty"."""
    return any(tree.deps[kid] == "aux" and tree.words[kid].lower() == "to" for kid in tree.kids[i])


def _whose(tree: Tree, i: int, cues: Cues) -> int | None:
    """Whose claim it is by a nationality or name before it, or by "of": "a Northern report that", "reports of the press that"."""
    for kid in tree.kids[i]:
        if kid < i and tree.deps[kid] in ("amod", "compound", "nmod") and tree.ents[kid] in ("NORP", "GPE", "ORG"):
            return kid
        if kid > i and tree.words[kid].lower() == "of" and (owner := tree.child(kid, "pobj")) is not None:
            tells = can_tell(tree, owner, cues) or tree.lemmas[owner] in ("medium", "press", "side")
            tells = tells or tree.ents[owner] in ("NORP", "GPE")
            return owner if tells else None
    return None


def _equated(tree: Tree, i: int) -> int | None:
    """ "the mayor's version is that …": the clause that a noun of telling is said to be."""
    above = tree.heads[i]
    if tree.deps[i] != "nsubj" or tree.lemmas[above] != "be":
        return None
    return next((kid for kid in tree.kids[above] if tree.deps[kid] in ("ccomp", "advcl") and _is_that_clause(tree, kid)), None)


def read_in_words(tree: Tree, i: int, sent: Range) -> Draft | None:
    """ "In the mayor's telling, …", "by the army's own account, …": whose account the clause is."""
    above = tree.heads[i]
    owner = tree.child(i, "poss")
    is_count = tree.words[above].lower() == "by" and tree.lemmas[i] in ("count", "tally", "estimate", "reckoning")
    if owner is None and (tree.lemmas[i] in BASES or is_count):
        owner = next((tree.child(kid, "pobj") for kid in tree.kids[i] if kid > i and tree.words[kid].lower() == "of"), None)
    is_bare = tree.lemmas[i] == "report" and not any(tree.deps[kid] in ("acl", "relcl") for kid in tree.kids[i])
    if owner is None and is_bare and tree.words[above].lower() == "with":
        owner = i  # "in accordance with the report", whosever it is
    if owner is None or tree.deps[i] != "pobj" or tree.words[above].lower() not in _BY:
        return None
    if tree.words[above].lower() == "with":
        # "in accordance with the report of X"
        outer = tree.heads[above]
        if tree.lemmas[outer] not in ("accordance", "line") or tree.deps[outer] != "pobj":
            return None
        above = tree.heads[outer]
    clause = tree.heads[above]
    at_edge = tree.start[above] - sent[0] <= 1 or sent[1] - tree.last[above] <= 3
    if tree.deps[above] != "prep" or not tree.is_verb(clause) or not at_edge:
        return None
    draft = Draft(
        tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma=tree.lemmas[i], kind="says", can_quote=True
    )  # fmt: skip
    case = tree.child(owner, "case") if owner != i else None
    draft.source = tree.span((tree.start[owner], case if case is not None else tree.last[owner] + 1))
    while tree.deps[clause] == "ccomp" and tree.start[tree.heads[clause]] == tree.start[clause] and above < clause:
        clause = tree.heads[clause]  # two clauses set side by side
    draft.content = tokens_without(tree, tree.subtree(clause), [tree.subtree(above)])
    return draft if draft.content else None


def _is_that_clause(tree: Tree, i: int) -> bool:
    return tree.is_verb(i) and any(tree.words[kid].lower() == "that" and tree.deps[kid] == "mark" for kid in tree.kids[i])


def read_according(tree: Tree, i: int, sent: Range, cues: Cues) -> Draft | None:
    """ "according to X" over the clause it belongs to; over the whole sentence where it opens or closes it alone."""
    to = i + 1 if i + 1 < sent[1] and tree.words[i + 1].lower() in ("to", "with", *_GLUED) else None
    if to is None:
        return None
    source = tree.child(i if tree.words[to].lower() in _GLUED else to, "pobj", "pcomp")
    if tree.words[to].lower() == "with":
        # "in keeping with X", what rewriting programs make of "according to"
        tells = source is not None and (tree.ents[source] in ("ORG", "PERSON") or tree.lemmas[source] in cues.people | cues.tolls)
        if not tells and source is not None:
            tells = any(tree.ents[j] in ("ORG", "PERSON", "NORP") for j in range(*tree.subtree(source)))
        if not tells:
            return None
    if source is not None and tree.is_verb(source):
        # "according to what A and B announced"
        source = tree.child(source, "nsubj")
    if source is None:
        return None
    own = (min(i, tree.start[i]), max(tree.last[i], tree.last[source], tree.last[to]) + 1)
    own = (own[0], min(own[1], sent[1]))
    clause = tree.heads[i]
    while tree.heads[clause] != clause and not (tree.is_verb(clause) and tree.deps[clause] in _CLAUSE_DEPS):
        clause = tree.heads[clause]
    alone = sum(tree.words[j].lower() == "according" for j in range(*sent)) == 1
    at_edge = own[0] - sent[0] <= 1 or sent[1] - own[1] <= 2
    if alone and at_edge:
        while tree.heads[clause] != clause and tree.deps[clause] in _CLAUSE_DEPS:
            clause = tree.heads[clause]
    piece = tree.subtree(clause)
    # "A fell; B fell too, according to X": X told of B
    cut = next((j + 1 for j in range(own[0] - 1, piece[0], -1) if tree.words[j] == ";" and tree.quoted[j] < 0), piece[0])
    piece = (max(piece[0], cut), piece[1])
    if clause == i or piece[1] - piece[0] <= own[1] - own[0]:
        piece = sent
    before = _closed_by(tree, own, piece, sent)
    conceded = [
        tree.subtree(kid)
        for kid in tree.kids[clause]
        if kid > own[1] and tree.deps[kid] == "advcl" and tree.child(kid, "nsubj", "nsubjpass") is not None
        and any(tree.words[k].lower() in ("though", "although", "whereas") for k in tree.kids[kid])
    ]  # fmt: skip
    draft = Draft(
        tree=tree,
        sentence=0,
        token=i,
        cue=(tree.chars[i], tree.ends[to]),
        lemma="according",
        kind="says",
        can_quote=True,
    )
    draft.source = source_span(tree, source, i)
    if tree.words[to].lower() in _GLUED:
        draft.source = (max(draft.source[0], tree.chars[to] + len("to")), draft.source[1])
    # "…, according to A, though B did it": the outlet's own remark
    draft.content = tokens_without(tree, piece, [own, *conceded, *other_voices(tree, piece, i, cues)])
    if before is not None:
        draft.content = merge([tree.span(before), *draft.content])
    return draft


def read_per(tree: Tree, i: int, sent: Range, cues: Cues) -> Draft | None:
    """ ", as per the ministry", ", per the mayor" behind a clause: who tells it."""
    source = tree.child(i, "pobj")
    if source is None or not (can_tell(tree, source, cues) or tree.lemmas[source] in cues.media):
        return None
    first = i - 1 if tree.words[i - 1].lower() == "as" else i
    closes = first > sent[0] + 2 and tree.words[first - 1] == "," and sent[1] - tree.last[source] <= 3
    opens = first == sent[0] and tree.last[source] + 1 < sent[1] and tree.words[tree.last[source] + 1] == ","
    if not closes and not opens:
        return None
    draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[first], tree.ends[i]), lemma="per", kind="says", can_quote=True)
    draft.source = source_span(tree, source, i)
    begin = next((j + 1 for j in range(first - 1, sent[0], -1) if tree.words[j] == ";" and tree.quoted[j] < 0), sent[0])
    draft.content = [tree.span((begin, first - 1) if closes else (tree.last[source] + 2, sent[1]))]
    return draft


def _closed_by(tree: Tree, own: Range, piece: Range, sent: Range) -> Range | None:
    """ "A fell, according to X; B fell", "A fell, according to X, and B fled": what stands before, hung on by nothing.

    None where the parser's range holds it, or nothing is told there.
    """
    begin = next((j + 1 for j in range(own[0] - 1, sent[0] - 1, -1) if tree.words[j] == ";" and tree.quoted[j] < 0), sent[0])
    stop = own[1]
    while stop > own[0] + 1 and (tree.words[stop - 1] in (",", ";") or tree.tags[stop - 1] == "CC"):
        stop -= 1  # the parser hangs them on the last word before
    holds = piece[0] < own[0] - 1
    if holds and not any(tree.words[j] == ";" for j in range(stop, piece[1])):
        return None
    if own[0] - begin < 3 or tree.words[own[0] - 1] != "," or stop >= sent[1]:
        return None
    if tree.words[stop] != ";" and not (tree.words[stop] == "," and stop + 1 < sent[1] and tree.tags[stop + 1] == "CC"):
        return None
    is_told = any(tree.tags[j] in ("VBD", "VBZ", "VBP") for j in range(begin, own[0] - 1))
    return (begin, own[0] - 1) if is_told else None


def read_hedge(tree: Tree, i: int) -> Draft | None:
    """ "reportedly", "allegedly": somebody says so, nobody is named."""
    clause = tree.heads[i]
    while tree.heads[clause] != clause and not tree.is_verb(clause):
        clause = tree.heads[clause]
    if tree.lemmas[clause] in ("show", "depict", "say"):
        return None
    piece = tree.subtree(clause)
    draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma=tree.lemmas[i], kind="hedges")
    draft.content = tokens_without(tree, piece, [(i, i + 1)])
    return draft


def read_release(tree: Tree, i: int, cues: Cues) -> Draft | None:
    """Footage: "X released a video of …" and the caption's "In this photo released by X, …"."""
    draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma=tree.lemmas[i], kind="shows")
    medium = tree.child(i, "dobj")
    subject = tree.child(i, "nsubj")
    if medium is not None and subject is not None and tree.lemmas[medium] in cues.media:
        shown = [
            kid
            for kid in (*tree.kids[i], *tree.kids[medium])
            if kid > medium and tree.deps[kid] in ("prep", "acl", "relcl", "advcl")
        ]
        shown = [
            kid for kid in shown if tree.words[kid].lower() in ("of", "showing", "that", "which") or tree.lemmas[kid] == "show"
        ]
        if not shown:
            return None
        draft.source = source_span(tree, subject, i)
        draft.content = [tree.span(tree.subtree(kid)) for kid in shown if tree.words[kid].lower() == "of"]
        return draft if draft.content else None
    agent = tree.child(i, "agent")
    source = tree.child(agent, "pobj") if agent is not None else None
    if source is None or tree.deps[i] != "acl" or tree.lemmas[tree.heads[i]] not in cues.media:
        return None
    top = i
    while (tree.heads[top] != top and not tree.is_verb(tree.heads[top])) or (tree.deps[top] == "acl" and tree.heads[top] != top):
        top = tree.heads[top]
    clause = tree.heads[top]
    if tree.deps[top] != "prep" or clause == top or not tree.is_verb(clause) or top > clause:
        return None
    draft.source = source_span(tree, source, i)
    draft.content = tokens_without(tree, tree.subtree(clause), [tree.subtree(top)])
    return draft


def read_verbless(tree: Tree, sent: Range) -> Draft | None:
    """A sentence that ends ", a ministry statement on Monday": translation has lost the verb."""
    commas = [j for j in range(*sent) if tree.words[j] == ","]
    if not commas or sent[1] - commas[-1] > 10:
        return None
    tail = range(commas[-1] + 1, sent[1])
    if any(tree.tags[j].startswith("VB") for j in tail) or not any(tree.lemmas[j] == "statement" for j in tail):
        return None
    head = next(j for j in tail if tree.lemmas[j] == "statement")
    if not any(tree.is_verb(j) for j in range(sent[0], commas[-1])):
        return None
    draft = Draft(tree=tree, sentence=0, token=head, cue=(tree.chars[head], tree.ends[head]), lemma="statement", kind="says")
    draft.source = tree.span((commas[-1] + 1, head + 1))
    draft.content = [tree.span((sent[0], commas[-1]))]
    return draft


def read_seated(tree: Tree, seat: int, verb: int, content: Range) -> Draft:
    """A translation's "In Rivertown assure that …": the seat speaks."""
    draft = Draft(
        tree=tree,
        sentence=0,
        token=verb,
        cue=(tree.chars[verb], tree.ends[verb]),
        lemma=tree.words[verb].lower(),
        kind="says",
        can_quote=True,
    )
    draft.source = (tree.chars[seat], tree.ends[seat])
    draft.content = [tree.span(content)]
    return draft


def read_shown(tree: Tree, i: int, sent: Range, cues: Cues) -> Draft | None:
    """ "A still from a video published by X purports to show a burning tank": X shows it, however the parser hangs the verb."""
    if i - sent[0] < 5 or tree.words[i - 1].lower() != "to" or tree.words[i - 2].lower() not in _SEEMING:
        return None
    by = next((j for j in range(i - 3, sent[0], -1) if tree.words[j].lower() == "by"), None)
    if by is None or not any(tree.lemmas[j] in cues.media for j in range(sent[0], by)):
        return None
    draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma="show", kind="shows")
    draft.source = tree.span((by + 1, i - 2))
    draft.content = [tree.span((i + 1, sent[1]))]
    return draft
