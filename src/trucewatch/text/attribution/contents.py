"""What a verb reports: complements, parentheses, what a relative pronoun stands for, and where another voice cuts in."""

from __future__ import annotations

from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import tokens_without
from trucewatch.text.attribution.kinds import ANAPHORS
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.sources import own_subject, subject_of
from trucewatch.text.attribution.tree import Range, Tree

_CONTRAST = frozenset({"while", "although", "though", "whereas", "but", "after", "as"})
_SUBJECTS = ("nsubj", "nsubjpass")
# "a claim made by B"
MAKES = frozenset(
    "make issue voice level raise repeat echo share renew reiterate lodge air bring spread trade exchange swap hurl".split()
)
# "confirmed 68 dead"
_SUFFERED = frozenset({"JJ", "VBN", "VBD"})
_FATES = frozenset({"dead", "kill", "wound", "wounded", "injure", "injured", "missing", "hurt", "homeless"})
# "puts its death toll at 31"
COUNTS = frozenset({"put", "raise", "revise", "lower", "set"})
# "reported heavy shelling across the region": the place belongs to what is reported
_LOOSE = frozenset({"report", "announce", "confirm", "deny", "claim", "allege"})
_REASONS = frozenset({"because", "since", "unless", "if", "lest"})
_RANKING = frozenset("first second third fourth fifth latest last only".split())
_BY_WAY = frozenset({"on", "via", "through", "to", "at", "by", "over", "with"})
_WAYS = frozenset(
    "platform page account channel network site website application app profile television radio wall phone reference".split()
)
_PURPOSE = frozenset({"demands", "orders"})
_SPEAKS = frozenset({"speak", "talk"})
# who gives out an agreement or a plan says no more than that it is there
_PROCLAIMING = frozenset({"announce", "proclaim", "declare", "propose", "welcome", "praise", "hail"})


def complements(tree: Tree, i: int, cues: Cues, is_passive: bool) -> tuple[list[Range], int | None]:
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
        if dep == "ccomp" and kid > i and tree.deps[i] == "relcl" and _begins_with_relative(tree, kid, i):
            # "the clinic which they say was hit"
            found.append((i + 1, tree.last[kid] + 1))
        elif dep == "ccomp" and not _is_aside(tree, kid, i) and not _side_by_side(tree, kid, i, cues):
            has_clause = has_clause or kid > i
            first, stop = tree.subtree(kid)
            cuts = [j for j in range(first, kid) if tree.words[j] == ";" and tree.quoted[j] < 0] if kid < i else []
            found.append((cuts[-1] + 1 if cuts else first, stop))
        elif dep == "dobj" and kid == i + 1 and tree.words[kid] == "that" and tree.tags[kid] == "IN" and lemma in cues.clause:
            # "said that on the night of the raid ten had died", the clause hung on the raid
            has_clause = True
            found.append((kid, tree.last[i] + 1))
        elif lemma in ("tell", "inform") and dep in ("dobj", "dative") and (told := _told_that(tree, kid)) is not None:
            # "told a rally that": the parser hangs the clause on the hearers
            has_clause = True
            found.append(tree.subtree(told))
        elif dep == "conj" and has_clause and _goes_on(tree, i, kid, cues):
            # "said that A fell and B were hurt", the second clause hung on the cue
            found.append(tree.subtree(kid))
        elif (dep == "xcomp" and lemma in cues.infinitive) or (
            dep == "advcl" and kind in _PURPOSE and kid > i and tree.child(kid, "aux") is not None and tree.tags[kid] == "VB"
        ):
            found.append(tree.subtree(kid))
        elif dep in (("nsubjpass", "nsubj") if is_passive else ("dobj",)) and (
            lemma in cues.object
            or lemma in COUNTS
            or kind in ("accuses", "demands", "orders")
            or (lemma in cues.predicative and _has_predicate(tree, i))
        ):
            word = tree.words[kid].lower()
            if is_passive and word == "it" and tree.child(i, "ccomp") is not None:
                continue  # "it is reported that"
            has_object = True
            found.append(_with_fate(tree, kid))
            if word in ANAPHORS or (tree.lemmas[kid] in cues.claims and not _has_clause(tree, kid)):
                anaphor = kid
        elif dep == "advcl" and has_clause and kid > i and tree.words[tree.start[kid]].lower() in _REASONS:
            # "said it would stay, since nobody had come": the reason is part of what is said
            found.append(tree.subtree(kid))
        elif dep in ("oprd", "acomp") and lemma in cues.predicative:
            found.append(tree.subtree(kid))
        elif dep == "prep" and kid > i:
            word = tree.words[kid].lower()
            pobj = tree.child(kid, "pobj")
            if word == "in" and pobj is not None and tree.lemmas[pobj] in cues.nouns.keys() | cues.media | cues.tolls:
                # "said in a statement that": the parser hangs the clause on the noun
                found.extend(
                    tree.subtree(k) for k in tree.kids[pobj] if tree.deps[k] in ("acl", "ccomp", "relcl") and _has_that(tree, k)
                )
            elif word in _BY_WAY and pobj is not None and lemma in cues.clause and (said := _told_on(tree, pobj)) is not None:
                # "said on the platform that": the same
                found.append(tree.subtree(said))
            elif pobj is None and word in ("of", "about") and lemma in cues.clause and _has_done(tree, kid):
                # "announced of having seized", a translation
                found.append(tree.subtree(kid))
            elif (
                word == "on" and pobj is not None and tree.ents[pobj] in ("DATE", "TIME") and _after_day(tree, pobj, prepositions)
            ):
                # "accused the army on Monday of raids", hung on the day
                found.extend(tree.subtree(k) for k in tree.kids[pobj] if tree.words[k].lower() in prepositions)
            elif (
                (lemma in _LOOSE and has_object and kid == _next(tree, found) and not _is_time(tree, kid))
                or (word in prepositions and (word != "in" or not _is_time(tree, kid)))
                or (word == "as" and lemma in cues.predicative)
            ):
                found.append(tree.subtree(kid))
        elif dep == "dobj" and lemma in _SPEAKS and kid > i and tree.words[tree.start[kid]].lower() == "about":
            # "spoke about 40 dead", the preposition read as "roughly"
            found.append(tree.subtree(kid))
        elif dep == "prt" and tree.words[kid].lower() in prepositions:
            found.extend(tree.subtree(kin) for kin in tree.kids[i] if tree.deps[kin] == "dobj")
    if is_passive and tree.deps[i] == "acl" and lemma in cues.object and not found:
        anaphor = tree.heads[i]
        first, _ = tree.subtree(anaphor)
        found.append((first, tree.start[i]))
    if (
        is_passive
        and not has_object
        and tree.child(i, "ccomp") is None
        and tree.child(i, "nsubjpass") is not None
        and lemma in cues.infinitive
        and found
    ):
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


def _after_day(tree: Tree, day: int, prepositions: frozenset[str]) -> bool:
    return any(k > day and tree.deps[k] == "prep" and tree.words[k].lower() in prepositions for k in tree.kids[day])


def _has_done(tree: Tree, preposition: int) -> bool:
    """Whether a preposition leads a deed done: "of having fired", "about having been hit"."""
    deed = tree.child(preposition, "pcomp")
    return deed is not None and any(tree.words[kid].lower() == "having" for kid in tree.kids[deed])


def _with_fate(tree: Tree, kid: int) -> Range:
    """An object with the word that the parser hangs elsewhere: "confirmed 68 dead"."""
    first, stop = tree.subtree(kid)
    if tree.tags[kid] != "CD" and not any(tree.tags[k] == "CD" for k in tree.kids[kid]):
        return first, stop
    while stop < tree.size and tree.lemmas[stop] in _FATES and tree.tags[stop] in _SUFFERED:
        stop += 1
    return first, stop


def rest_of_it(tree: Tree, i: int, sent: Range) -> Range | None:
    """What goes on behind a cue set between commas: "300 are missing, the mayor says, among them ten children"."""
    if i + 3 >= sent[1] or tree.words[i + 1] != "," or tree.quoted[i] >= 0:
        return None
    stop = next((j for j in range(i + 2, sent[1]) if tree.words[j] in (";", ":") or tree.quoted[j] >= 0), sent[1])
    if _is_remark(tree, i + 2) or tree.tags[i + 2] in ("CC", "WRB", "WDT", "WP") or tree.words[i + 2].lower() in _CONTRAST:
        return None
    is_clause = any(
        tree.tags[j] in ("VBD", "VBZ", "VBP", "MD") and tree.deps[j] not in ("relcl", "acl", "aux", "auxpass")
        for j in range(i + 2, stop)
    )
    return None if is_clause else (i + 2, stop)


def _is_remark(tree: Tree, first: int) -> bool:
    """ ", the first losses since the truce": what the outlet makes of it."""
    if tree.words[first].lower() not in ("the", "its", "their", "his") or first + 1 >= tree.size:
        return False
    return tree.tags[first + 1] in ("JJS", "RBS") or tree.words[first + 1].lower() in _RANKING


def _has_predicate(tree: Tree, i: int) -> bool:
    return any(tree.deps[kid] == "oprd" or (tree.deps[kid] == "prep" and tree.words[kid].lower() == "as") for kid in tree.kids[i])


def _goes_on(tree: Tree, i: int, kid: int, cues: Cues) -> bool:
    before = tree.start[kid] - 1
    joined = before > i and tree.words[before].lower() in ("and", "but") and tree.words[before - 1] != ","
    return joined and own_subject(tree, kid) is not None and tree.lemmas[kid] not in cues.verbs


def _has_that(tree: Tree, i: int) -> bool:
    if any(tree.words[kid].lower() == "that" and tree.deps[kid] == "mark" for kid in tree.kids[i]):
        return True
    # "in calls that raids must stop", the "that" read as what is stopped
    return tree.words[tree.start[i]].lower() == "that" and (own_subject(tree, i) or 0) > tree.start[i]


def _told_that(tree: Tree, hearer: int) -> int | None:
    hung = [k for k in tree.kids[hearer] if tree.deps[k] in ("acl", "relcl", "ccomp")]
    return next((k for k in hung if _has_that(tree, k) or _is_whole(tree, hearer, k)), None)


def _is_whole(tree: Tree, hearer: int, k: int) -> bool:
    """ "told a rally the guns were silent": a clause behind its hearers that lacks nothing, and so does not describe them."""
    subject = own_subject(tree, k)
    if subject is None or tree.start[subject] != hearer + 1 or tree.start[k] != hearer + 1 or tree.tags[subject].startswith("W"):
        return False
    kids = tree.kids[k]
    has_rest = any(tree.deps[kid] in ("dobj", "acomp", "attr", "ccomp", "xcomp", "auxpass") for kid in kids)
    had = any(tree.words[kid].lower() in ("had", "has", "have") and tree.deps[kid] == "aux" for kid in kids)
    has_rest = has_rest or (had and any(tree.deps[kid] == "prep" and tree.child(kid, "pobj") is not None for kid in kids))
    return has_rest and tree.tags[k] != "VB"


def _told_on(tree: Tree, way: int) -> int | None:
    """The clause that the parser hung on the way by which something was said."""
    if tree.lemmas[way] not in _WAYS:
        return None
    return next((k for k in tree.kids[way] if tree.deps[k] in ("acl", "relcl", "ccomp") and _has_that(tree, k)), None)


def _next(tree: Tree, found: list[Range]) -> int:
    return max((stop for _, stop in found), default=-1)


def _begins_with_relative(tree: Tree, kid: int, i: int) -> bool:
    return any(
        (tree.tags[k] in ("WDT", "WP") or tree.words[k].lower() == "that") and k < i and tree.deps[k] in (*_SUBJECTS, "dobj")
        for k in tree.kids[kid]
    )


def _is_time(tree: Tree, i: int) -> bool:
    return any(tree.ents[j] in ("DATE", "TIME") for j in range(*tree.subtree(i)))


def _has_clause(tree: Tree, i: int) -> bool:
    return any(tree.deps[kid] in ("acl", "relcl", "ccomp") or tree.words[kid].lower() in ("of", "that") for kid in tree.kids[i])


def _is_aside(tree: Tree, kid: int, i: int) -> bool:
    """A reporting clause inside the reported one, which the parser sometimes turns upside down; a sentence before a semicolon."""
    if tree.start[kid] <= i <= tree.last[kid]:
        return True
    return kid < i and any(tree.words[j] == ";" and tree.quoted[j] < 0 for j in range(kid, i))


def _side_by_side(tree: Tree, kid: int, i: int, cues: Cues) -> bool:
    """ "A says it hit a post, B says four were hurt": two tellings set side by side, the first hung on the second."""
    if (
        kid > i
        or tree.lemmas[kid] not in cues.clause
        or own_subject(tree, kid) is None
        or tree.tags[kid] not in ("VBZ", "VBD", "VBP")
    ):
        return False
    return any(k > i and tree.deps[k] in ("ccomp", "dobj", "advcl") for k in tree.kids[i])


def parenthetical(tree: Tree, i: int, sent: Range, cues: Cues) -> list[Range]:
    """Content of "…, X says" where the parser hangs the cue under the reported clause, or leaves the two apart."""
    dep, head = tree.deps[i], tree.heads[i]
    first, stop = tree.subtree(i)
    if dep == "parataxis" or (
        dep == "advcl" and any(tree.words[kid].lower() == "as" and tree.deps[kid] == "mark" for kid in tree.kids[i])
    ):
        above = tree.subtree(head)
        # what follows another speaker's "while B say …" is not the first one's any more
        ends = any(tree.deps[j] == "advcl" and _speaks(tree, j, cues) for j in tree.kids[i])
        comma = first if tree.words[first] == "," else first - 1
        is_cut = above[0] >= comma > sent[0] and tree.words[comma] == ","
        begins = _clause_before(tree, comma, sent) if is_cut else above[0]
        return [piece for piece in ((begins, first), (stop, above[1])) if piece[1] > piece[0] and not (ends and piece[0] == stop)]
    subject = subject_of(tree, i, cues)
    if subject is None:
        return []
    following = _following(tree, i, sent) if own_subject(tree, i) == subject else []
    if following:
        return following
    begin = min(tree.start[subject], i)
    if (
        begin - sent[0] >= 3
        and tree.words[begin - 1] == ","
        and stop >= sent[1] - 8
        and dep in ("ROOT", "conj", "ccomp", "appos", "relcl", "dep")
    ):
        before = range(sent[0], begin - 1)
        tells_more = (k > i and tree.deps[k] in ("dobj", "advcl") and tree.start[k] == i + 1 for k in tree.kids[i])
        if tree.lemmas[i] in ("say", "claim", "report") and any(tells_more):
            return []  # "A says it hit a post, B says no damage": it tells of something else
        if tree.tags[sent[0]] == "IN" and tree.deps[sent[0]] == "prep":
            # "On Monday shells fell on A, the mayor said"; not "After a shell fell, the mayor said"
            before = range(tree.last[sent[0]] + 1, begin - 1)
            return [(sent[0], begin - 1)] if any(_is_main(tree, j) for j in before) else []
        if any(tree.is_verb(j) for j in before) and tree.tags[sent[0]] != "IN":
            return [(sent[0], begin - 1)]
    return []


def _is_main(tree: Tree, j: int) -> bool:
    """Whether a word is a finite verb with its own subject, and hangs on no noun."""
    return (
        tree.tags[j] in ("VBD", "VBZ", "VBP")
        and tree.deps[j] in ("ROOT", "conj", "ccomp", "parataxis")
        and own_subject(tree, j) is not None
    )


def _clause_before(tree: Tree, comma: int, sent: Range) -> int:
    """Where the clause that a comma closes begins; the comma itself where no finite verb stands before it."""
    begin = next((j + 1 for j in range(comma - 1, sent[0] - 1, -1) if tree.words[j] == ";" and tree.quoted[j] < 0), sent[0])
    return begin if any(tree.tags[j] in ("VBD", "VBZ", "VBP", "MD") for j in range(begin, comma)) else comma


def _following(tree: Tree, i: int, sent: Range) -> list[Range]:
    """The clause right after a cue that the parser hung elsewhere: a subject begins there, and its verb is not the cue's."""
    if i + 2 >= sent[1] or tree.deps[i + 1] == "punct" or tree.quoted[i] >= 0:
        return []
    stop = next((j for j in range(i + 1, sent[1]) if tree.words[j] == ";" and tree.quoted[j] < 0), sent[1])
    for j in range(i + 1, min(i + 9, stop)):
        if tree.deps[j] in _SUBJECTS and tree.start[j] == i + 1 and tree.heads[j] > j and tree.heads[j] < stop:
            return [(i + 1, min(stop, max(tree.last[tree.heads[j]] + 1, tree.heads[j] + 1)))]
    return []


def own(tree: Tree, i: int, piece: Range) -> list[Range]:
    """The cue and its source where a content range would swallow them (a cue in the middle of its content)."""
    if not piece[0] <= i < piece[1]:
        return []
    subject = own_subject(tree, i)
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
        if (tree.lemmas[j] not in cues.verbs and not is_made) or goes_on_doing(tree, j):
            continue
        first, stop = tree.subtree(j)
        if first <= owner < stop or dep not in ("conj", "advcl", "parataxis", "acl", "relcl"):
            continue
        lemma = tree.lemmas[j]
        kind = cues.kind_of.get(lemma)
        if dep in ("acl", "relcl"):
            # "- a claim denied by B", ", which B denied": the outlet adds it
            told_by_other = kind in ("denies", "rejects") or is_apposed(tree, head, cues)
            if told_by_other and (tree.child(j, "agent") is not None or dep == "relcl"):
                holes.append(tree.subtree(head) if is_apposed(tree, head, cues) else (first, stop))
            continue
        leaves_quotation = tree.quoted[j] < 0 <= tree.quoted[head] and tree.lemmas[j] in cues.clause
        own = own_subject(tree, j) is not None
        marks = {tree.words[kid].lower() for kid in tree.kids[j] if tree.deps[kid] in ("mark", "cc")}
        if dep == "conj":
            strays = (
                not own
                and tree.lemmas[j] in cues.clause
                and tree.lemmas[head] not in cues.verbs
                and tree.tags[j] in ("VBD", "VBZ")
            )
            # "denied that A was closing the road and offered talks": the offer is no part of what is denied
            adds = not own and not marks - {"and", "but"} and cues.kind_of.get(tree.lemmas[owner]) == "denies"
            adds = adds and tree.tags[j] in ("VBD", "VBZ") and j > head and tree.child(j, "aux") is None
            if not leaves_quotation and not adds and ("that" in marks or not (own or strays) or not _speaks(tree, j, cues)):
                continue
            joins = [kid for kid in tree.kids[head] if tree.deps[kid] == "cc" and head < kid < j]
            first = joins[-1] if joins and joins[-1] >= first - 3 else first
        elif not leaves_quotation and (not own or (dep == "advcl" and not marks & _CONTRAST)):
            continue
        elif lemma in _SPEAKS and dep == "advcl" and not leaves_quotation and not marks & {"while", "whereas", "but"}:
            continue  # "after the envoy spoke to both": a deed, and no telling
        holes.append((first, max(stop, piece[1])) if first > owner or dep == "conj" else (first, stop))
    return holes


def added_by_the_outlet(tree: Tree, piece: Range, owner: int, cues: Cues) -> list[Range]:
    """ "urged X, which had fired first, to stop", "announced a truce, which Y broke": told beside it of somebody named."""
    lemma = tree.lemmas[owner]
    if cues.kind_of.get(lemma) not in ("demands", "orders") and lemma not in _PROCLAIMING:
        return []
    return [
        tree.subtree(j)
        for j in range(*piece)
        if tree.deps[j] == "relcl"
        and j > owner
        and tree.quoted[j] < 0
        and tree.words[tree.start[j]].lower() in ("which", "who", "whose", "whom")
        and tree.words[tree.start[j] - 1] == ","
        and tree.tags[j] in ("VBD", "VBN", "VBZ")
        and not any(tree.tags[kid] == "MD" for kid in tree.kids[j])
    ]


def goes_on_doing(tree: Tree, i: int) -> bool:
    """Whether a verb that may tell ("he continued") goes on with a deed: "would continue to help"."""
    return tree.lemmas[i] == "continue" and tree.child(i, "xcomp") is not None


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
