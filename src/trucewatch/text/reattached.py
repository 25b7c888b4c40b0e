"""Where the parser hangs a word on the wrong verb, in ways that turn who says what: told by word numbers, for `text/plain.py`."""

from __future__ import annotations

from collections.abc import Sequence

_TOLD = frozenset(
    "say tell deny admit confirm reject dismiss accuse condemn warn vow threaten urge demand call add claim insist pledge "
    "promise blame announce declare report describe denounce criticize criticise acknowledge concede refute stress note express "
    "appeal respond reply write tweet state argue".split()
)
_FINITE = {"VBD": ("VBD",), "VBZ": ("VBZ", "VBP"), "VBP": ("VBP", "VBZ")}
_OWN = ("it", "they", "he", "she")
# who is told something on the spot, by those of whom the inner clause tells ("soldiers had entered and told people to leave")
_HEARERS = frozenset("them us him her me people residents villagers civilians families everyone".split())
_HARMS = frozenset("kill wound injure hurt die slay maim".split())
_SUBJECTS = ("nsubj", "nsubjpass")


def lost_subjects(heads: Sequence[int], deps: Sequence[str]) -> list[tuple[int, int]]:
    """Subjects that the parser hangs on an auxiliary, with their verbs: mostly before a quotation mark ("was 'restricted'")."""
    found = [
        (i, heads[head])
        for i, head in enumerate(heads)
        if deps[i] == "nsubj" and deps[head] in ("aux", "auxpass") and heads[head] > head
    ]
    subjects = {head for head, dep in zip(heads, deps, strict=True) if dep in _SUBJECTS} if found else set()
    return [(i, verb) for i, verb in found if verb not in subjects]


def shared_tellings(
    heads: Sequence[int], deps: Sequence[str], tags: Sequence[str], lemmas: Sequence[str], words: Sequence[str]
) -> list[tuple[int, int]]:
    """Words to move, with their new heads: a second verb of telling that the parser joins to what the first one tells.

    In "A confirmed that two men had died but dismissed the claim", who dismissed is A: the verb has the tense of "confirmed",
    and the clause between has an auxiliary ("had died"), or A again for subject ("A denied that it had fired and accused B").
    """
    moves: list[tuple[int, int]] = []
    for i, dep in enumerate(deps):
        if dep != "conj" or lemmas[i] not in _TOLD or tags[i] not in ("VBD", "VBZ", "VBP", "VBN"):
            continue
        inner = heads[i]
        while deps[inner] == "conj" and heads[inner] != inner:
            inner = heads[inner]
        outer = heads[inner]
        if deps[inner] != "ccomp" or not outer < inner < i or lemmas[outer] not in _TOLD or lemmas[inner] in _TOLD:
            continue
        below = [n for n in range(outer, i) if heads[n] == inner]
        subject = next((n for n in below if deps[n] in _SUBJECTS), None)
        own = [n for n, head in enumerate(heads) if head == i]
        if subject is None or any(deps[n] in _SUBJECTS or deps[n].startswith("aux") for n in own):
            continue
        if any(deps[n] == "dobj" and words[n] in _HEARERS for n in own):
            continue
        same = words[subject] in _OWN
        parallel = tags[i] in _FINITE.get(tags[outer], ()) and any(deps[n].startswith("aux") for n in below)
        if parallel or (same and tags[i] in (*_FINITE.get(tags[outer], ()), "VBN")):
            joins = [n for n in range(inner + 1, i) if heads[n] == heads[i] and deps[n] == "cc" and n > heads[i]]
            moves.extend((n, outer) for n in (i, *joins[-1:]))
    return moves


def listed_harms(
    heads: Sequence[int], deps: Sequence[str], tags: Sequence[str], lemmas: Sequence[str], words: Sequence[str]
) -> list[tuple[int, int]]:
    """Pairs of verbs of harm, the first and the second, of which the parser hangs the first below the second.

    "Two killed, three injured in shelling" of a headline is one list, and neither verb tells of the other.
    """
    pairs: list[tuple[int, int]] = []
    for i, dep in enumerate(deps):
        other = heads[i]
        if dep not in ("ccomp", "advcl") or lemmas[i] not in _HARMS or lemmas[other] not in _HARMS or not i < other <= i + 8:
            continue
        own = [n for n, head in enumerate(heads) if head == i]
        below = [n for n, head in enumerate(heads) if head == other]
        is_bare = (
            tags[i] in ("VBN", "VBD")
            and tags[other] in ("VBN", "VBD")
            and not any(deps[n] in ("dobj", "mark", "aux", "auxpass") for n in (*own, *below))
        )
        if is_bare and any(words[n] == "," and i < n < other for n in below) and any(deps[n] in _SUBJECTS for n in own):
            pairs.append((i, other))
    return pairs


def headline_verbs(
    heads: Sequence[int], deps: Sequence[str], tags: Sequence[str], lemmas: Sequence[str]
) -> list[tuple[int, int, int | None]]:
    """Verbs of headlines read as nouns, with their subject and object: "Rocket attack wounds three in X"."""
    found: list[tuple[int, int, int | None]] = []
    for i, lemma in enumerate(lemmas):
        if lemma != "wound" or tags[i] != "NNS" or deps[i] != "ROOT":
            continue
        own = [n for n, head in enumerate(heads) if head == i and n != i]
        subject = next((n for n in own if n == i - 1 and deps[n] == "compound"), None)
        if subject is not None:
            found.append((i, subject, next((n for n in own if n > i and deps[n] in ("appos", "dobj", "nummod")), None)))
    return found
