"""Reporting clauses that the parser takes for something else: the teller read as an apposition of the place told of last."""

from __future__ import annotations

from trucewatch.text.actors import roles
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.tree import Range, Tree

_FINITE = ("VBD", "VBZ", "VBP")
_NAMING = ("NNP", "NNPS", "NN", "NNS", "JJ", "POS")
_HELD = ("nsubj", "nsubjpass", "mark")
# "in Rivertown they say", "in Rivertown the charge is rejected": what is said of a seat without naming anyone there
_ANYBODY = frozenset({"they", "people", "one"})
_ANSWERS = ("denies", "rejects")


def _last_words() -> frozenset[str]:
    names = [name for table in (roles.INSTITUTIONS, roles.OFFICES) for names in table.values() for name in names]
    return frozenset(name.split()[-1] for name in (*names, *roles.COLLECTIVES))


_TELLERS = _last_words()
# where something is said, and not by whom
_VENUES = frozenset({"parliament", "council", "assembly", "court", "congress", "committee", "meeting", "force", "group"})


def trailing_teller(tree: Tree, i: int, sent: Range, cues: Cues) -> tuple[int, Range] | None:
    """ "A shell hit Rivertown, the mayor, Anna Roth, told reporters": the teller's token, and the words told.

    The verb has no subject of its own and nothing joins it to the clause before; right before it stands, between commas, somebody
    who can tell, whom the parser hung on a name in that clause.
    """
    if tree.tags[i] not in _FINITE or tree.lemmas[i] not in cues.clause or tree.quoted[i] >= 0:
        return None
    if tree.deps[i] in ("relcl", "acl", "aux"):
        return None
    j = i - 1
    while j > sent[0] and (tree.words[j] == "," or (tree.tags[j] in ("RB", *_FINITE) and tree.heads[j] == i)):
        j -= 1
    head = _top(tree, j, sent)
    while tree.deps[head] == "appos" == tree.deps[tree.heads[head]] and can_tell(tree, tree.heads[head], cues):
        head = tree.heads[head]
    node = head
    while not (tree.deps[head] == "appos" and can_tell(tree, head, cues)) and tree.deps[node] in ("appos", "pobj", "prep"):
        # "Rivertown, the mayor of Rivertown, Anna Roth, said": the name hung on the town, the office above it or beside it
        node = tree.heads[node]
        beside = [kid for kid in tree.kids[node] if tree.deps[kid] == "appos" and kid < head and can_tell(tree, kid, cues)]
        head = node if tree.deps[node] == "appos" and can_tell(tree, node, cues) else (beside[0] if beside else head)
    first = tree.start[head]
    comma = first - 1
    while comma > sent[0] and tree.words[comma] in ('"', "“", "the"):
        comma -= 1
    if comma <= sent[0] or tree.words[comma] != "," or tree.deps[head] != "appos" or not can_tell(tree, head, cues):
        return None
    held = (kid for kid in tree.kids[i] if kid < i and (tree.deps[kid] in _HELD or tree.tags[kid] == "CC"))
    if any(kid > comma or kid in _above(tree, head) for kid in held):
        return None
    begin = next((k + 1 for k in range(comma - 1, sent[0], -1) if tree.words[k] == ";" and tree.quoted[k] < 0), sent[0])
    if not any(tree.is_verb(k) and any(tree.deps[kid].startswith("nsubj") for kid in tree.kids[k]) for k in range(begin, comma)):
        return None
    return head, (begin, comma)


def opening_teller(tree: Tree, i: int, sent: Range, cues: Cues) -> int | None:
    """ "At a rally in the old town, the head of the party, Anna Roth, promised that": who tells, hung on the town."""
    if tree.tags[i] not in _FINITE or tree.tags[sent[0]] != "IN" or tree.quoted[i] >= 0 or tree.deps[i] in ("relcl", "acl"):
        return None
    if any(tree.is_verb(j) or tree.quoted[j] >= 0 for j in range(sent[0], i)):
        return None
    comma = next((j for j in range(sent[0], i) if tree.words[j] == ","), i)
    return next((j for j in range(comma + 1, i) if tree.deps[j] == "appos" and can_tell(tree, j, cues)), None)


def lost_subject(tree: Tree, i: int, sent: Range, cues: Cues) -> int | None:
    """ "The ministry on Monday informed about a raid": who tells, where the parser took the main verb for a participle of his."""
    if tree.tags[i] != "VBN" or tree.deps[i] != "acl" or tree.child(i, "agent") is not None:
        return None
    root = next((j for j in range(*sent) if tree.heads[j] == j), sent[0])
    if root >= i or not can_tell(tree, root, cues) or tree.start[root] > sent[0] + 1:
        return None
    has_clause = any(tree.deps[kid] in ("dobj", "ccomp", "prep") and kid > i for kid in tree.kids[i])
    is_lone = not any(tree.tags[j] in _FINITE and tree.deps[j] in ("ROOT", "conj", "ccomp") for j in range(sent[0], i))
    return root if has_clause and is_lone and not any(tree.tags[j] in ("VBD", "VBZ", "VBP") for j in range(sent[0], i)) else None


def _above(tree: Tree, head: int) -> set[int]:
    """The nouns that a token is an apposition of, one after another."""
    found = set()
    while tree.deps[head] == "appos" and tree.heads[head] not in found:
        head = tree.heads[head]
        found.add(head)
    return found


def _top(tree: Tree, j: int, sent: Range) -> int:
    """The head of the noun phrase that ends at a token."""
    while tree.heads[j] < j and sent[0] <= tree.heads[j] and tree.deps[j] in ("pobj", "prep"):
        j = tree.heads[j]
    return j


def can_tell(tree: Tree, i: int, cues: Cues) -> bool:
    """Whether a noun names somebody who speaks: a person, a body, an office, a force."""
    return tree.tags[i].startswith("NN") and (tree.ents[i] in ("PERSON", "ORG", "NORP") or is_tellers_noun(tree, i, cues))


def is_tellers_noun(tree: Tree, i: int, cues: Cues) -> bool:
    """Whether the noun itself is one of those who speak: "ministry", "spokesman", "army"."""
    return tree.lemmas[i] in cues.people or tree.lemmas[i] in _TELLERS


def seat_of(tree: Tree, i: int, kind: str, cues: Cues, *, is_passive: bool, is_aside: bool = False) -> int | None:
    """ "In Rivertown they say that", "in Rivertown the charge is called a lie": the place as the one who speaks.

    `is_aside`: "as stated in Rivertown", the place behind the verb. None where somebody else is the verb's doer; a passive must
    answer something ("denied", "rejected"), since "in Rivertown two were reported dead" tells where, not who.
    """
    seat = next(
        (
            place
            for kid in tree.kids[i]
            if (kid < i) != is_aside
            and tree.deps[kid] == "prep"
            and tree.words[kid].lower() in ("in", "from", "at")
            and (place := tree.child(kid, "pobj")) is not None
            and _is_seat(tree, place, cues)
        ),
        None,
    )
    if seat is None or tree.quoted[i] >= 0:
        return None
    if is_aside:
        return seat
    if is_passive:
        is_told = tree.child(i, "ccomp") is not None
        is_document = is_told and tree.lemmas[seat] in cues.media
        from_side = is_told and tree.words[tree.heads[seat]].lower() == "from" and tree.lemmas[seat] == "side"
        return seat if (kind in _ANSWERS or is_document or from_side) and tree.child(i, "agent") is None else None
    if tree.lemmas[seat] in cues.media:
        return None
    subject = tree.child(i, "nsubj")
    return seat if subject is None or tree.words[subject].lower() in _ANYBODY else None


def _is_seat(tree: Tree, i: int, cues: Cues) -> bool:
    """A place, a body, or a document of somebody's: "in the statement of the ministry"."""
    if tree.ents[i] in ("DATE", "TIME"):
        return False
    is_name = tree.ents[i] in ("GPE", "LOC", "PERSON", "ORG") and tree.tags[i].startswith("NNP")
    is_owned = any(tree.deps[kid] == "poss" or tree.words[kid].lower() == "of" for kid in tree.kids[i])
    return is_name or tree.lemmas[i] in _TELLERS - _VENUES or (tree.lemmas[i] in cues.media and is_owned)


def bare_seat(tree: Tree, sent: Range, cues: Cues) -> tuple[int, int, Range] | None:
    """ "In Rivertown assure that …", "In the ministry noted that …", a translation without a subject.

    Tokens of the seat and the verb, and the words told.
    """
    first, stop = sent
    if stop - first < 6 or tree.words[first] not in ("In", "At"):
        return None
    begin = first + 2 if tree.words[first + 1].lower() == "the" else first + 1
    j = begin
    while j < stop and (tree.tags[j] in _NAMING or (j > begin and tree.words[j].lower() in ("of", "the"))):
        if j > begin and tree.words[j].lower() in cues.clause:
            break  # "assure", taken for a noun
        j += 1
    if j == begin or j >= stop:
        return None
    end = j
    if tree.words[j] == "(":
        j = next((k + 1 for k in range(j, min(j + 6, stop)) if tree.words[k] == ")"), stop)
    if j >= stop:
        return None
    seat = next((k - 1 for k in range(begin + 1, end) if tree.words[k].lower() == "of"), end - 1)
    is_named = tree.words[first + 1].lower() == "the" or tree.tags[begin].startswith("NNP")
    if not is_named or not _is_seat(tree, seat, cues):
        return None
    after = j + 2 if j + 1 < stop and tree.words[j + 1] == "," else j + 1
    is_clause = after < stop and (tree.words[after].lower() in ("that", "about") or _opens_clause(tree, after, stop))
    is_told = tree.words[j].lower() in cues.clause or (tree.lemmas[j] in cues.clause and tree.tags[j] in ("VBD", "VBP", "VBN"))
    if not is_told or not is_clause:
        return None
    return seat, j, (after + (tree.words[after].lower() in ("that", "about")), stop)


def _opens_clause(tree: Tree, first: int, stop: int) -> bool:
    """Whether a subject with its verb stands right there."""
    return any(
        tree.deps[j] in ("nsubj", "nsubjpass") and tree.start[j] == first and first <= j < tree.heads[j] < stop
        for j in range(first, min(first + 9, stop))
    )
