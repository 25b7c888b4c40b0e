"""Attributions made by a verb: "X said that", "…, X says", "accused Y of", "a claim denied by", "vowed to"."""

from __future__ import annotations

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft, tokens_without
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.tree import Range, Tree

_CONTRAST = frozenset({"while", "although", "though", "whereas", "but", "after", "as"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_ANAPHORS = frozenset({"this", "that", "it", "these", "which", "them", "those"})
# "must say", "could announce": nobody has said it
_HYPOTHETICAL = frozenset({"must", "should", "may", "might", "could", "can", "shall", "ought"})
_SUBJECTS = ("nsubj", "nsubjpass")
# "a claim made by B"
MAKES = frozenset({"make", "issue", "voice", "level", "raise", "repeat", "echo", "share"})
# "reported heavy shelling across the region": the place belongs to what is reported
_LOOSE = frozenset({"report", "announce", "confirm", "deny", "claim", "allege"})
_PURPOSE = frozenset({"demands", "orders"})
_VIA_HEADS = frozenset(
    {"agency", "newspaper", "channel", "television", "radio", "magazine", "website", "outlet", "broadcaster", "daily", "paper"}
)


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
    if dep == "advcl" and lemma in ("ask", "tell") and tree.tags[i] in ("VBN", "VBD") and tree.child(i, *_SUBJECTS) is None:
        return None  # "Asked whether …, he said"
    if lemma == "put" and not any(tree.deps[kid] == "dobj" and tree.lemmas[kid] in cues.tolls for kid in tree.kids[i]):
        return None
    if lemma in ("quote", "cite", "report") and _tells_as(tree, i):
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
    if is_passive and "to" in auxiliaries:
        return None
    if dep == "acl" and is_passive and cues.kind_of.get(lemma) is None and tree.lemmas[tree.heads[i]] not in cues.claims:
        return None  # "the position expressed by A"
    content, anaphor = _complements(tree, i, cues, is_passive)
    source, via = _source(tree, i, is_passive, cues)
    draft = Draft(
        tree=tree,
        sentence=0,
        token=i,
        cue=_cue_span(tree, i),
        lemma=lemma,
        kind=cues.kind_of.get(lemma, "says"),
        is_negated=any(tree.deps[kid] == "neg" for kid in tree.kids[i]),
        can_quote=lemma in cues.clause and dep != "acl",
    )
    if draft.kind == "shows":
        has_clause = any(tree.deps[kid] == "ccomp" for kid in tree.kids[i])
        if is_passive or not (has_clause or (source is not None and tree.lemmas[source] in cues.media)):
            return None
        if source is not None and tree.lemmas[source] in cues.media:
            content = [(i + 1, max(i + 2, tree.last[i] + 1))]
        releaser = _releaser(tree, source, cues) if source is not None else None
        source = releaser if releaser is not None else source
    if source is None and (lemma not in cues.passives if is_passive else draft.kind not in ("quotes",)):
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
    if via is not None:
        draft.via = tree.span(tree.subtree(via))
    if not content and lemma in cues.clause and lemma not in ("quote", "cite") and (source is not None or is_passive):
        content = _parenthetical(tree, i, sent, cues)
    draft.content = [
        span
        for piece in content
        for span in tokens_without(tree, piece, [*other_voices(tree, piece, i, cues), *_own(tree, i, piece)])
    ]
    if anaphor is not None:
        draft.about = antecedent(tree, i, anaphor, cues)
    if not draft.content and not draft.can_quote:
        return None
    if len(content) == 1 and content[0][1] - content[0][0] == 1 and tree.words[content[0][0]].lower() == "what":
        return None
    if lemma in cues.predicative and _is_called_false(tree, i, cues):
        draft.kind = "denies"
    elif draft.kind == "rejects":
        draft.kind = _kind_of_rejection(tree, i, cues)
    if draft.kind == "demands":
        draft.kind = _kind_of_demand(tree, i)
    return draft


def subject_of(tree: Tree, i: int, cues: Cues) -> int | None:
    """Token that a verb's doer hangs on: its own subject, else that of the verb it is coordinated with or depends on.

    Where the parser finds it inside a quotation that the verb stands outside of, or hangs a reporting verb under what was
    reported, the next reporting verb above gives the doer.
    """
    found = _subject(tree, i, 0)
    own = tree.child(i, *_SUBJECTS)
    if own is None and (beside := _noun_before(tree, i)) is not None:
        return beside
    if own is not None and found is not None and not (tree.quoted[i] < 0 <= tree.quoted[found]):
        return found
    above = _reporting_above(tree, i, cues)
    if found is None or tree.quoted[i] < 0 <= tree.quoted[found]:
        return _subject(tree, above, 0) if above is not None else found
    if above is not None and tree.deps[i] in ("conj", "advcl") and tree.lemmas[tree.heads[i]] not in cues.verbs:
        better = _subject(tree, above, 0)
        return found if better is None else better
    return found


def _noun_before(tree: Tree, i: int) -> int | None:
    """A noun right before a finite verb without a subject: "A and B fought and the ministry said" read as one long subject."""
    if tree.tags[i] not in ("VBD", "VBZ", "VBP") or tree.deps[i] in ("relcl", "acl"):
        return None
    j = i - 1
    while j > 0 and tree.tags[j] in ("RB", "VBD", "VBZ") and tree.heads[j] == i and tree.deps[j] in ("advmod", "aux"):
        j -= 1
    if j <= 0 or not tree.tags[j].startswith("NN") or tree.deps[j] not in ("conj", "appos", "dobj", "pobj"):
        return None
    joined = tree.start[j] > 0 and tree.tags[tree.start[j] - 1] == "CC"
    return j if joined and tree.ents[j] not in ("DATE", "TIME") else None


def _reporting_above(tree: Tree, i: int, cues: Cues) -> int | None:
    """The nearest verb above whose reported clause a reporting verb without subject was hung into; else the main verb's."""
    j = i
    passed_aside = False
    while tree.heads[j] != j:
        dep, head = tree.deps[j], tree.heads[j]
        aside = dep == "advcl" and j != i and any(tree.words[k].lower() in ("as", "while", "when", "where") for k in tree.kids[j])
        passed_aside = passed_aside or aside
        if dep == "relcl":
            return None
        j = head
        if tree.is_verb(j) and tree.quoted[j] <= tree.quoted[i] and ((dep == "ccomp" and tree.lemmas[j] in cues.clause) or aside):
            return j
    return None


def _subject(tree: Tree, i: int, depth: int) -> int | None:
    own = tree.child(i, *_SUBJECTS)
    dep, head = tree.deps[i], tree.heads[i]
    if own is not None:
        is_relative = tree.words[own].lower() in _RELATIVE and tree.tags[own].startswith("W")
        return head if is_relative and dep == "relcl" else own
    if depth > 6 or head == i:
        return None
    if dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp") and tree.is_verb(head):
        return _subject(tree, head, depth + 1)
    if dep == "pcomp" and tree.deps[head] == "prep":
        above = tree.heads[head]
        return _subject(tree, above, depth + 1) if tree.is_verb(above) else None
    if dep == "acl" and tree.tags[i] == "VBG":
        return head
    if dep == "acl" and tree.is_verb(tree.heads[head]):
        # "took steps to warn": the doer is the governing verb's
        return _subject(tree, tree.heads[head], depth + 1)
    return None


def source_span(tree: Tree, i: int, verb: int) -> Span:
    """Document offsets of a source's noun phrase, its relative clauses left out, cut at the verb it must not swallow."""
    first, stop = tree.subtree(i)
    for kid in tree.kids[i]:
        if (tree.deps[kid] in ("relcl", "advcl") and kid > i) or (
            tree.deps[kid] == "acl" and tree.start[kid] <= verb <= tree.last[kid]
        ):
            stop = min(stop, tree.start[kid])
    for j in range(max(first, i + 1), stop):
        if tree.tags[j] in ("VBD", "VBZ", "VBP") and tree.deps[j] in ("acl", "ROOT", "ccomp", "conj", "parataxis"):
            stop = j
            break
    tail = [
        kid for kid in tree.kids[i] if kid > i and tree.last[kid] + 1 == stop and tree.deps[kid] in ("prep", "npadvmod", "tmod")
    ]
    if tail and any(tree.ents[j] in ("DATE", "TIME") for j in range(*tree.subtree(tail[0]))) and i < tree.start[tail[0]]:
        stop = tree.start[tail[0]]
    if stop - 1 > first and tree.tags[stop - 1] == "POS":
        stop -= 1
    if first <= verb < stop:
        first, stop = (first, verb) if i < verb else (verb + 1, stop)
    return tree.span((min(first, i), max(stop, i + 1)))


def _source(tree: Tree, i: int, is_passive: bool, cues: Cues) -> tuple[int | None, int | None]:
    """Source and medium, by their tokens."""
    lemma = tree.lemmas[i]
    above = tree.heads[tree.heads[i]]
    if (
        tree.deps[i] == "pcomp"
        and tree.lemmas[above] in ("quote", "cite")
        and (quoted := _quoted_speaker(tree, above)) is not None
    ):
        return quoted, subject_of(tree, above, cues)
    agent = tree.child(i, "agent")
    by = tree.child(agent, "pobj") if agent is not None else None
    if is_passive:
        subject = tree.child(i, "nsubjpass")
        if lemma in ("quote", "cite"):
            return subject, by
        if by is None and tree.deps[i] == "acl":
            return None, None
        return by, None
    source = subject_of(tree, i, cues)
    if source is not None and tree.words[source].lower() in ("it", "there") and tree.deps[source] == "expl":
        source = None
    if lemma == "say" and tree.deps[i] in ("pcomp", "xcomp") and tree.lemmas[above] in ("quote", "cite", "report"):
        outer = tree.heads[tree.heads[i]]
        agents = [
            kid for verb in (outer, i) for kid in tree.kids[verb] if tree.deps[kid] == "agent" or tree.words[kid].lower() == "by"
        ]
        via = next((pobj for kid in agents if (pobj := tree.child(kid, "pobj")) is not None), None)
        return (source if source is not None else tree.child(outer, *_SUBJECTS)), via
    via = None
    if lemma in ("tell", "inform"):
        via = next((kid for kid in tree.kids[i] if tree.deps[kid] in ("dobj", "dative") and _is_medium(tree, kid)), None)
    return source, via


def _quoted_speaker(tree: Tree, i: int) -> int | None:
    """The one quoted in "an agency quoted X as saying …"."""
    return tree.child(i, "dobj") if _tells_as(tree, i) else None


def _tells_as(tree: Tree, i: int) -> bool:
    return any(
        tree.deps[kid] == "prep" and tree.words[kid].lower() == "as" and tree.child(kid, "pcomp") is not None
        for kid in tree.kids[i]
    )


def _is_medium(tree: Tree, i: int) -> bool:
    return (
        tree.ents[i] == "ORG" or (tree.tags[i] == "NNP" and tree.ents[i] not in ("PERSON", "GPE")) or tree.lemmas[i] in _VIA_HEADS
    )


def _complements(tree: Tree, i: int, cues: Cues, is_passive: bool) -> tuple[list[Range], int | None]:
    """Content ranges that hang on a verb, and the token of a content that only points back."""
    lemma = tree.lemmas[i]
    kind = cues.kind_of.get(lemma, "says")
    prepositions = cues.prepositions.get(lemma, frozenset())
    found: list[Range] = []
    anaphor: int | None = None
    has_object = False
    has_clause = False
    for kid in tree.kids[i]:
        dep = tree.deps[kid]
        if dep == "ccomp" and not _is_aside(tree, kid, i):
            has_clause = has_clause or kid > i
            found.append(tree.subtree(kid))
        elif dep == "conj" and has_clause and _goes_on(tree, i, kid, cues):
            # "said that A fell and B were hurt", the second clause hung on the cue
            found.append(tree.subtree(kid))
        elif (dep == "xcomp" and lemma in cues.infinitive) or (
            dep == "advcl" and kind in _PURPOSE and kid > i and tree.child(kid, "aux") is not None and tree.tags[kid] == "VB"
        ):
            found.append(tree.subtree(kid))
        elif dep in (("nsubjpass", "nsubj") if is_passive else ("dobj",)) and (
            lemma in cues.object
            or lemma == "put"
            or kind in ("accuses", "demands", "orders")
            or (lemma in cues.predicative and _has_predicate(tree, i))
        ):
            has_object = True
            found.append(tree.subtree(kid))
            word = tree.words[kid].lower()
            if word in _ANAPHORS or (tree.lemmas[kid] in cues.claims and not _has_clause(tree, kid)):
                anaphor = kid
        elif dep in ("oprd", "acomp") and lemma in cues.predicative:
            found.append(tree.subtree(kid))
        elif dep == "prep" and kid > i:
            word = tree.words[kid].lower()
            pobj = tree.child(kid, "pobj")
            if word == "in" and pobj is not None and (tree.lemmas[pobj] in cues.media or tree.lemmas[pobj] in cues.nouns):
                # "said in a statement that": the parser hangs the clause on the noun
                found.extend(tree.subtree(k) for k in tree.kids[pobj] if tree.deps[k] in ("acl", "ccomp") and _has_that(tree, k))
            elif (
                (lemma in _LOOSE and has_object and kid == _next(tree, found) and not _is_time(tree, kid))
                or word in prepositions
                or (word == "as" and lemma in cues.predicative)
            ):
                found.append(tree.subtree(kid))
        elif dep == "prt" and tree.words[kid].lower() in prepositions:
            found.extend(tree.subtree(kin) for kin in tree.kids[i] if tree.deps[kin] == "dobj")
    if is_passive and tree.deps[i] == "acl" and lemma in cues.object and not found:
        anaphor = tree.heads[i]
        first, _ = tree.subtree(anaphor)
        found.append((first, tree.start[i]))
    if is_passive and not has_object and tree.child(i, "nsubjpass") is not None and lemma in cues.infinitive and found:
        # "is said to have fired": the subject belongs to what is said
        found.append(tree.subtree(tree.child(i, "nsubjpass") or i))
    if not is_passive and tree.deps[i] == "relcl" and lemma in cues.object and not found:
        # "which A and B deny", read by the parser with another object or none
        first = tree.start[i]
        if tree.words[first].lower() in ("which", "that"):
            anaphor = first
            found.append((first, first + 1))
        elif tree.lemmas[tree.heads[i]] in cues.claims:
            # "a version that A rejects", the pronoun left out
            anaphor = tree.heads[i]
            found.append((tree.start[anaphor], first))
    return found, anaphor


def _has_predicate(tree: Tree, i: int) -> bool:
    return any(tree.deps[kid] == "oprd" or (tree.deps[kid] == "prep" and tree.words[kid].lower() == "as") for kid in tree.kids[i])


def _goes_on(tree: Tree, i: int, kid: int, cues: Cues) -> bool:
    before = tree.start[kid] - 1
    joined = before > i and tree.words[before].lower() == "and" and tree.words[before - 1] != ","
    return joined and tree.child(kid, *_SUBJECTS) is not None and tree.lemmas[kid] not in cues.verbs


def _has_that(tree: Tree, i: int) -> bool:
    return any(tree.words[kid].lower() == "that" and tree.deps[kid] == "mark" for kid in tree.kids[i])


def _next(tree: Tree, found: list[Range]) -> int:
    return max((stop for _, stop in found), default=-1)


def _is_time(tree: Tree, i: int) -> bool:
    return any(tree.ents[j] in ("DATE", "TIME") for j in range(*tree.subtree(i)))


def _has_clause(tree: Tree, i: int) -> bool:
    return any(tree.deps[kid] in ("acl", "relcl", "ccomp") or tree.words[kid].lower() in ("of", "that") for kid in tree.kids[i])


def _is_aside(tree: Tree, kid: int, i: int) -> bool:
    """A reporting clause inside the reported one, which the parser sometimes turns upside down; a sentence before a semicolon."""
    if tree.start[kid] <= i <= tree.last[kid]:
        return True
    return kid < i and any(tree.words[j] == ";" and tree.quoted[j] < 0 for j in range(kid, i))


def _parenthetical(tree: Tree, i: int, sent: Range, cues: Cues) -> list[Range]:
    """Content of "…, X says" where the parser hangs the cue under the reported clause, or leaves the two apart."""
    dep, head = tree.deps[i], tree.heads[i]
    first, stop = tree.subtree(i)
    if dep == "parataxis" or (
        dep == "advcl" and any(tree.words[kid].lower() == "as" and tree.deps[kid] == "mark" for kid in tree.kids[i])
    ):
        above = tree.subtree(head)
        # what follows another speaker's "while B say …" is not the first one's any more
        ends = any(tree.deps[j] == "advcl" and _speaks(tree, j, cues) for j in tree.kids[i])
        return [
            piece for piece in ((above[0], first), (stop, above[1])) if piece[1] > piece[0] and not (ends and piece[0] == stop)
        ]
    subject = subject_of(tree, i, cues)
    if subject is None:
        return []
    begin = min(tree.start[subject], i)
    if (
        begin - sent[0] >= 3
        and tree.words[begin - 1] == ","
        and stop >= sent[1] - 8
        and dep in ("ROOT", "conj", "ccomp", "appos", "relcl", "dep")
    ):
        before = range(sent[0], begin - 1)
        if any(tree.is_verb(j) for j in before) and tree.tags[sent[0]] != "IN":
            return [(sent[0], begin - 1)]
    return []


def _own(tree: Tree, i: int, piece: Range) -> list[Range]:
    """The cue and its source where a content range would swallow them (a cue in the middle of its content)."""
    if not piece[0] <= i < piece[1]:
        return []
    subject = tree.child(i, *_SUBJECTS)
    first = min(i, tree.start[subject]) if subject is not None else i
    return [(first, max(i + 1, tree.last[subject] + 1 if subject is not None else 0))]


def other_voices(tree: Tree, piece: Range, owner: int, cues: Cues) -> list[Range]:
    """Clauses inside a content range in which another source speaks beside the owner: ", but B denied it", "while B say"."""
    holes: list[Range] = []
    for j in range(*piece):
        if j == owner or not tree.tags[j].startswith("VB"):
            continue
        dep, head = tree.deps[j], tree.heads[j]
        is_made = dep == "acl" and tree.lemmas[j] in MAKES
        if tree.lemmas[j] not in cues.verbs and not is_made:
            continue
        first, stop = tree.subtree(j)
        if first <= owner < stop or dep not in ("conj", "advcl", "parataxis", "acl", "relcl"):
            continue
        kind = cues.kind_of.get(tree.lemmas[j])
        if dep in ("acl", "relcl"):
            # "- a claim denied by B", ", which B denied": the outlet adds it
            told_by_other = kind in ("denies", "rejects") or is_apposed(tree, head, cues)
            if told_by_other and (tree.child(j, "agent") is not None or dep == "relcl"):
                holes.append(tree.subtree(head) if is_apposed(tree, head, cues) else (first, stop))
            continue
        leaves_quotation = tree.quoted[j] < 0 <= tree.quoted[head] and tree.lemmas[j] in cues.clause
        own = tree.child(j, *_SUBJECTS) is not None
        marks = {tree.words[kid].lower() for kid in tree.kids[j] if tree.deps[kid] in ("mark", "cc")}
        if dep == "conj":
            strays = (
                not own
                and tree.lemmas[j] in cues.clause
                and tree.lemmas[head] not in cues.verbs
                and tree.tags[j] in ("VBD", "VBZ")
            )
            if not leaves_quotation and ("that" in marks or not (own or strays) or not _speaks(tree, j, cues)):
                continue
            joins = [kid for kid in tree.kids[head] if tree.deps[kid] == "cc" and head < kid < j]
            first = joins[-1] if joins and joins[-1] >= first - 3 else first
        elif not leaves_quotation and (not own or (dep == "advcl" and not marks & _CONTRAST)):
            continue
        holes.append((first, max(stop, piece[1])) if first > owner or dep == "conj" else (first, stop))
    return holes


def _speaks(tree: Tree, j: int, cues: Cues) -> bool:
    lemma = tree.lemmas[j]
    has_content = any(tree.deps[kid] in ("ccomp", "xcomp") for kid in tree.kids[j])
    is_answer = cues.kind_of.get(lemma) in ("denies", "rejects", "confirms", "accuses") and tree.child(j, "dobj") is not None
    names = lemma in cues.predicative and _has_predicate(tree, j)
    return (lemma in cues.clause and has_content) or is_answer or names


def is_apposed(tree: Tree, noun: int, cues: Cues) -> bool:
    """Whether a noun such as "a claim" stands after a dash or comma for the clause before it, whatever the parser hangs it on."""
    if tree.deps[noun] == "appos":
        return True
    first = tree.start[noun]
    return tree.lemmas[noun] in cues.claims and first > 0 and tree.words[first - 1] in ("-", "–", "—", ",", "--")


def antecedent(tree: Tree, i: int, anaphor: int, cues: Cues) -> list[Span]:
    """The clause that a relative pronoun or an apposed "a claim" stands for; empty where it lies further back."""
    apposed = tree.deps[i] == "acl" and is_apposed(tree, anaphor, cues)
    if not apposed and tree.deps[i] != "relcl":
        return []
    clause = tree.heads[anaphor] if apposed else tree.heads[i]
    while tree.heads[clause] != clause and not tree.is_verb(clause):
        clause = tree.heads[clause]
    return tokens_without(tree, tree.subtree(clause), [tree.subtree(anaphor if apposed else i)])


def _releaser(tree: Tree, source: int, cues: Cues) -> int | None:
    """Who released the video that shows something."""
    for j in range(*tree.subtree(source)):
        if tree.deps[j] == "agent" and tree.lemmas[tree.heads[j]] in cues.releases:
            return tree.child(j, "pobj")
    return None


def _kind_of_rejection(tree: Tree, i: int, cues: Cues) -> str:
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


def _is_called_false(tree: Tree, i: int, cues: Cues) -> bool:
    """Whether something told before is called false: "called the reports fake", "described it as a lie"."""
    told = tree.child(i, "dobj", "nsubjpass")
    if told is None:
        # "called those reports fake" read as one small clause
        clause = tree.child(i, "ccomp")
        told = tree.child(clause, "nsubj") if clause is not None and tree.start[clause] <= i + 4 else None
    if told is None or not (tree.lemmas[told] in cues.claims or tree.words[told].lower() in _ANAPHORS):
        return False
    return any(tree.lemmas[j] in cues.falsehoods for j in range(told, tree.last[i] + 1))


def _kind_of_demand(tree: Tree, i: int) -> str:
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


def _cue_span(tree: Tree, i: int) -> Span:
    first = i
    while first - 1 >= 0 and tree.heads[first - 1] == i and tree.deps[first - 1] in ("aux", "auxpass", "neg", "advmod"):
        first -= 1
    last = i
    if i + 1 < tree.size and tree.heads[i + 1] == i and tree.deps[i + 1] == "prt":
        last = i + 1
    return tree.chars[first], tree.ends[last]
