"""Where the parser hangs a word on the wrong verb, in ways that turn who says what: told by word numbers, for `text/plain.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
_PARTS = ("compound", "amod", "nmod")
_FINITE_TAGS = ("VBD", "VBZ", "VBP", "MD")
_OBJECTS = ("NN", "JJ", "DT", "CD", "PRP", "VBG")
_LONGEST_HEADLINE = 22
_BREAKS = (":", "|", "–", "—")
_FLYING = frozenset("drone uav quadcopter helicopter chopper plane jet aircraft warplane missile rocket bomber".split())
# verbs of the press by the form in which headlines have them; none that is mostly a noun there ("strikes", "talks", "calls")
HEADLINE_VERBS = {
    **{
        verb + "s": verb
        for verb in (
            "accuse ambush agree arrest block bomb broker condemn demand deploy destroy detain down enter evict expel "
            "extend foil free halt hammer hit host injure inspect kill level mediate order pound recall reject repel resume "
            "seize shell shoot slam summon suspend target threaten thwart urge violate vow warn withdraw wound".split()
        )
    },
    **{verb: verb for verb in "detain accuse urge condemn seize withdraw threaten vow evict expel".split()},
    "denies": "deny",
    "decries": "decry",
    "blasts": "blast",
    "breaches": "breach",
    "launches": "launch",
    "flees": "flee",
}


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


@dataclass(frozen=True, slots=True)
class HeadlineVerb:
    """A verb of a headline read as a noun: its word number and lemma, its subject's and object's; what hangs on the subject."""

    verb: int
    lemma: str
    subject: int
    object: int | None
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence within a parse: the parse's columns by word number, and the numbers at which the sentence begins and ends."""

    heads: Sequence[int]
    deps: Sequence[str]
    tags: Sequence[str]
    lowered: Sequence[str]
    start: int
    end: int

    def is_finite(self) -> bool:
        return any(self.tags[i] in _FINITE_TAGS and self.deps[i] not in _PARTS for i in range(self.start, self.end))

    def opens_before(self, i: int) -> int:
        """Where the headline of word `i` begins: "BREAKING: ...", a label, is no part of what it stands before."""
        return next((n + 1 for n in range(i - 1, self.start, -1) if self.lowered[n] in _BREAKS), self.start)


def headline_verbs(
    heads: Sequence[int], deps: Sequence[str], tags: Sequence[str], lowered: Sequence[str], starts: Sequence[int]
) -> list[HeadlineVerb]:
    """Verbs of headlines read as nouns: "Rocket attack wounds three in X", "<Land> brokers truce", "BREAKING: raid targets flat".

    Only in sentences without a finite verb. `starts`: word numbers at which sentences begin.
    """
    found = []
    for start, end in zip(starts, [*starts[1:], len(heads)], strict=True):
        line = _Line(heads, deps, tags, lowered, start, end)
        if end - start > _LONGEST_HEADLINE or line.is_finite():
            continue
        for i in range(start + 1, end - 1):
            lemma = HEADLINE_VERBS.get(lowered[i])
            if lemma is not None and (verb := _headline_verb(i, lemma, line)) is not None:
                found.append(verb)
                break
    return found


def _headline_verb(i: int, lemma: str, line: _Line) -> HeadlineVerb | None:
    heads, deps, tags, lowered = line.heads, line.deps, line.tags, line.lowered
    is_part = deps[i] in _PARTS
    of_many = lowered[i] == lemma
    if of_many and not (tags[i].startswith("NN") and tags[i - 1] == "NNS" and is_part):
        return None
    is_noun = of_many or tags[i] in ("NNS", "NNPS") or (tags[i] == "VBZ" and is_part)
    if not is_noun or not (is_part or deps[i] in ("ROOT", "appos")):
        return None
    opens = line.opens_before(i)
    names_one = tags[i - 1].startswith("NN") or (i - 1 == opens and lowered[i + 1] == "to")
    if not names_one or not (tags[i + 1].startswith(_OBJECTS) or lowered[i + 1] == "to"):
        return None
    top = heads[i] if is_part else i
    while top > i and heads[top] > i and heads[top] != top and deps[top] in _PARTS:
        top = heads[top]
    if is_part and top < i:
        return None
    before = tuple(n for n in range(opens, i - 1) if heads[n] >= i)
    below = [n for n in range(i + 1, line.end) if heads[n] == i and (deps[n] in ("appos", "dobj", "nummod") or tags[n] == "VBG")]
    return HeadlineVerb(i, lemma, i - 1, top if top > i else next(iter(below), None), before)


def downed(heads: Sequence[int], deps: Sequence[str], tags: Sequence[str], lowered: Sequence[str]) -> list[tuple[int, int]]:
    """Subjects of a headline's "shot down" without an auxiliary or object, with their verbs: what flew was shot at."""
    found = []
    for i, word in enumerate(lowered):
        if word != "shot" or tags[i] not in ("VBD", "VBN"):
            continue
        below = [n for n, head in enumerate(heads) if head == i and n != i]
        if not any(lowered[n] == "down" for n in below) or any(deps[n] in ("dobj", "obj", "aux", "auxpass") for n in below):
            continue
        found += [(n, i) for n in below if deps[n] == "nsubj" and lowered[n].rstrip("s") in _FLYING]
    return found
