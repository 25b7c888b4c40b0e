"""Whose words a verb reports: its subject through coordination and asides, the medium that relays, the source's span."""

from __future__ import annotations

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.tree import Tree

_CONTRAST = frozenset({"while", "although", "though", "whereas"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = ("nsubj", "nsubjpass")
_ANSWERING = frozenset("deny reject dismiss refute dispute rebut".split())
# what comes from somebody and is nobody
_ANSWERS = frozenset("reaction response comment word answer reply statement message news sign confirmation".split())
# "the mayor, at a meeting with envoys, said": where and when, and no part of the name
_WHEN = frozenset({"at", "during", "after", "before", "amid", "on", "following", "upon"})
_SEATS = frozenset({"capital", "city", "town", "village", "enclave", "stronghold", "port"})
# those who hear what is told them, and hand nothing on
_SITTINGS = frozenset(
    "council parliament committee assembly cabinet court congress senate conference summit commission house ministry government "
    "army forum meeting session".split()
)
# "said the mayor on television": by which way, and no part of the name
_WAYS = frozenset("television tv radio twitter x facebook telegram instagram youtube platform phone air".split())
# what those told of may do next as well as those who tell: "the troops fired, X said, and threatened to come back"
_DEEDS_IN_WORDS = frozenset("threaten order offer refuse vow".split())
_TROOPS = frozenset("army military force police group".split())
VIA_HEADS = frozenset(
    {"agency", "newspaper", "channel", "television", "radio", "magazine", "website", "outlet", "broadcaster", "daily", "paper"}
)


def subject_of(tree: Tree, i: int, cues: Cues) -> int | None:
    """Token that a verb's doer hangs on: its own subject, else that of the verb it is coordinated with or depends on.

    Where the parser finds it inside a quotation that the verb stands outside of, or hangs a reporting verb under what was
    reported, the next reporting verb above gives the doer.
    """
    found = _subject(tree, i, 0)
    own = own_subject(tree, i)
    if own is None and (said := _said_between(tree, i, cues)) is not None:
        return said
    if own is None and found is not None and tree.tags[i] == "VBG" and tree.deps[i] == "advcl":
        found = _who_can_say(tree, i, found, cues)
    if own is None and (beside := _noun_before(tree, i)) is not None:
        return beside
    if own is not None and found is not None and not (tree.quoted[i] < 0 <= tree.quoted[found] and _all_quoted(tree, found)):
        return found
    above = _reporting_above(tree, i, cues)
    if own is None and above is not None and tree.deps[i] == "conj" and tree.quoted[i] < 0 <= tree.quoted[tree.heads[i]]:
        # "said that B had “lied” and warned that": joined to quoted words, and said by whoever quotes them
        return _subject(tree, above, 0)
    if found is None or tree.quoted[i] < 0 <= tree.quoted[found]:
        return _subject(tree, above, 0) if above is not None else found
    if above is not None and tree.deps[i] in ("conj", "advcl") and tree.lemmas[tree.heads[i]] not in cues.verbs:
        better = _subject(tree, above, 0)
        return found if better is None else better
    return found


def _said_between(tree: Tree, i: int, cues: Cues) -> int | None:
    """ "The troops kept the truce, the ministry said, and accused X": joined behind who tells, and no words of the troops."""
    head = tree.heads[i]
    if tree.deps[i] != "conj" or tree.lemmas[i] in _DEEDS_IN_WORDS or not tree.is_verb(head):
        return None
    teller = next((kid for kid in tree.kids[head] if head < kid < i and tree.deps[kid] == "parataxis"), None)
    about = own_subject(tree, head)
    if (
        teller is None
        or about is None
        or tree.lemmas[teller] not in cues.clause
        or tree.words[i - 1].lower() not in ("and", "but")
    ):
        return None
    speaks = tree.lemmas[about] in cues.people and tree.lemmas[about] not in _TROOPS
    if speaks or tree.ents[about] or tree.tags[about] not in ("NN", "NNS") or tree.words[i - 2] != ",":
        return None  # "the president flew home, the agency said, and accused X"
    return own_subject(tree, teller)


def _all_quoted(tree: Tree, found: int) -> bool:
    """Whether a noun phrase stands in quotation marks from its first word: not so in: the “illegal regime” said."""
    return tree.quoted[tree.start[found]] >= 0


def _who_can_say(tree: Tree, i: int, found: int, cues: Cues) -> int:
    """ "X struck the town, its first raid since the truce came into force, saying …": no truce says anything, X does."""
    j = tree.heads[i]
    subject: int | None = found
    while (
        subject is not None
        and tree.lemmas[subject] in cues.inanimate
        and tree.tags[subject].startswith("NN")
        and tree.heads[j] != j
    ):
        j = tree.heads[j]
        subject = own_subject(tree, j) if tree.is_verb(j) else subject
    return found if subject is None else subject


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
        aside = dep == "advcl" and j != i and any(tree.words[k].lower() in ("as", "when", "where") for k in tree.kids[j])
        passed_aside = passed_aside or aside
        if dep == "relcl":
            return None
        j = head
        if tree.is_verb(j) and tree.quoted[j] <= tree.quoted[i] and ((dep == "ccomp" and tree.lemmas[j] in cues.clause) or aside):
            return j
    return None


def own_subject(tree: Tree, i: int) -> int | None:
    """A verb's own subject; of several (the parser misled by quoted words or a topic) the nearest outside quotations."""
    found = [kid for kid in tree.kids[i] if tree.deps[kid] in _SUBJECTS]
    if len(found) > 1:
        outside = [kid for kid in found if tree.quoted[kid] == tree.quoted[i]]
        before = [kid for kid in outside or found if kid < i]
        return before[-1] if before else (outside or found)[0]
    return found[0] if found else None


def _clause_between(tree: Tree, head: int, i: int) -> int | None:
    """The doer of "while B published …" between a verb and a participle that the parser hung on the first one."""
    answers = (j for j in range(i - 2, head, -1) if tree.last[j] == i - 2 and tree.deps[j] == "relcl")
    answer = next((j for j in answers if tree.lemmas[j] in _ANSWERING), None)
    subject = own_subject(tree, answer) if answer is not None and tree.words[i - 1] == "," else None
    if subject is not None and tree.words[subject].lower() not in _RELATIVE:
        return subject  # "X called it a crime, a charge that Y rejected, saying ..."
    for kid in reversed(tree.kids[head]):
        if head < kid < i and tree.deps[kid] == "advcl" and any(tree.words[k].lower() in _CONTRAST for k in tree.kids[kid]):
            return own_subject(tree, kid)
    return None


def _subject(tree: Tree, i: int, depth: int) -> int | None:
    own = own_subject(tree, i)
    dep, head = tree.deps[i], tree.heads[i]
    if own is not None:
        is_relative = tree.words[own].lower() in _RELATIVE and tree.tags[own].startswith("W")
        return _meant(tree, head, own) if is_relative and dep == "relcl" else own
    if depth > 6 or head == i:
        return None
    if dep == "advcl" and tree.tags[i] == "VBG" and (nearer := _clause_between(tree, head, i)) is not None:
        return nearer
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


def _meant(tree: Tree, head: int, relative: int) -> int:
    """ "no reaction from Rivertown, which said": the name right before a relative pronoun, not the noun above it."""
    at = relative - 1
    while at > head and tree.words[at] in (",", "-", "–", "—"):
        at -= 1
    is_below = at > head and tree.deps[at] == "pobj" and tree.heads[tree.heads[at]] == head
    is_thing = tree.tags[head] in ("NN", "NNS") and tree.lemmas[head] in _ANSWERS
    return at if is_below and is_thing and tree.ents[at] in ("GPE", "NORP", "ORG", "PERSON") else head


def source_span(tree: Tree, i: int, verb: int) -> Span:
    """Document offsets of a source's noun phrase, its relative clauses left out, cut at the verb it must not swallow."""
    if tree.lemmas[i] in _SEATS and (beside := [k for k in tree.kids[i] if tree.deps[k] == "appos" and i < k < verb]):
        i = beside[-1]  # "In Rivertown, the capital, a spokesman for the region said"
    first, stop = tree.subtree(i)
    first = min(first, _office_before(tree, i, verb))
    for kid in tree.kids[i]:
        is_clause = tree.deps[kid] in ("relcl", "advcl") and kid > i
        holds_verb = tree.deps[kid] == "acl" and tree.start[kid] <= verb <= tree.last[kid]
        is_when = tree.deps[kid] == "prep" and kid > i and tree.ents[i] == "PERSON" and tree.words[kid].lower() in _WHEN
        at = (
            tree.child(kid, "pobj")
            if tree.deps[kid] == "prep" and kid > i and tree.words[kid].lower() in ("on", "over")
            else None
        )
        is_way = at is not None and tree.lemmas[at] in _WAYS
        if is_clause or holds_verb or is_when or is_way:
            stop = min(stop, tree.start[kid])
    while first < i and tree.tags[first] == "RB" and tree.words[first][:1].isupper():
        first += 1  # "Meanwhile the mayor"
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
    first = max(first, _behind_dateline(tree, first, i))
    colons = [j for j in range(first, i) if tree.words[j] == ":"]
    first = colons[-1] + 1 if colons else first
    if first <= verb < stop:
        first, stop = (first, verb) if i < verb else (verb + 1, stop)
    return tree.span((min(first, i), max(stop, i + 1)))


def _behind_dateline(tree: Tree, first: int, i: int) -> int:
    """ "Rivertown, Northland (AP) Northland said": where the name begins behind place and agency; else `first`."""
    closed = next((j for j in range(first, i) if tree.words[j] == ")"), None)
    if closed is None or tree.words[max(first, closed - 2)] != "(" or not tree.words[closed - 1].isupper():
        return first
    is_place = all(tree.ents[j] in ("GPE", "LOC") or tree.words[j] == "," for j in range(first, closed - 2))
    return closed + 1 if is_place and closed - 2 > first else first


def _office_before(tree: Tree, i: int, verb: int) -> int:
    """ "spokesman Brig. Gen. Anna Roth", read as two subjects: where the first one begins; else the source's own beginning."""
    first = tree.start[i]
    beside = [kid for kid in tree.kids[verb] if kid < first and tree.deps[kid] == "nsubj"] if tree.ents[i] == "PERSON" else []
    if not beside or any(tree.tags[j] != "NNP" and tree.words[j] != "." for j in range(beside[-1] + 1, first)):
        return first
    first = beside[-1]
    while first and tree.heads[first - 1] == beside[-1] and tree.deps[first - 1] in ("compound", "amod", "det", "nmod"):
        first -= 1
    return first


def source_and_medium(tree: Tree, i: int, is_passive: bool, cues: Cues) -> tuple[int | None, int | None]:
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
        heard = (kid for kid in tree.kids[i] if tree.deps[kid] in ("dobj", "dative") and _is_medium(tree, kid))
        # "informed the mission that": whoever is informed is no medium, save a newspaper or station
        via = next((kid for kid in heard if lemma == "tell" or tree.lemmas[kid] in VIA_HEADS), None)
    return source, via


def _quoted_speaker(tree: Tree, i: int) -> int | None:
    """The one quoted in "an agency quoted X as saying …"."""
    return tree.child(i, "dobj") if tells_as(tree, i) else None


def tells_as(tree: Tree, i: int) -> bool:
    return any(
        tree.deps[kid] == "prep" and tree.words[kid].lower() == "as" and tree.child(kid, "pcomp") is not None
        for kid in tree.kids[i]
    )


def _is_medium(tree: Tree, i: int) -> bool:
    if tree.lemmas[i] in _SITTINGS:
        return False
    return (
        tree.ents[i] == "ORG" or (tree.tags[i] == "NNP" and tree.ents[i] not in ("PERSON", "GPE")) or tree.lemmas[i] in VIA_HEADS
    )


def releaser_of(tree: Tree, source: int, cues: Cues) -> int | None:
    """Who released the video that shows something."""
    above = tree.heads[source]
    if tree.deps[source] == "dobj" and tree.lemmas[above] in cues.releases:
        return own_subject(tree, above)
    for j in range(*tree.subtree(source)):
        if tree.deps[j] == "agent" and tree.lemmas[tree.heads[j]] in cues.releases:
            return tree.child(j, "pobj")
    return None
