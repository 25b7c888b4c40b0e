"""Where an act took place, as written: places that hang on the act, their role, and nothing that merely names a side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from trucewatch.model.records import ClaimPlace
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.syntax import Token, clause_bounds, entity_phrase

_WHERE = frozenset(
    "in at on near around inside within outside across along over into to towards toward against upon through "
    "throughout by beside between above of from north south east west".split()
)
_CITY_WORDS = frozenset(
    "city town village settlement capital region district province area enclave territory corridor port kibbutz "
    "suburb suburbs camp governorate strip heights valley airport airfield hamlet neighbourhood neighborhood "
    "stronghold mountain crossing".split()
)
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_DEFINITE = frozenset("corridor region city town village enclave territory republic south north east west".split())
_ASIDE_MARKS = frozenset({"after", "before", "since", "while", "whereas", "because", "until"})
_EDGES = frozenset({"outskirt", "outskirts", "direction", "vicinity", "edge"})
_SUPERLATIVE = frozenset({"second", "third", "largest", "biggest", "main", "capital", "regional", "key"})


def find_claim_places(
    group: ActGroup,
    start_char: int,
    lexicon: Lexicon,
    stops: frozenset[int],
    doer_span: tuple[int, int] | None,
    is_actor: Callable[[str], bool] = lambda text: False,
    within: Sequence[tuple[int, int]] = (),
) -> tuple[ClaimPlace, ...]:
    """Places of an act group, in reading order, with verbatim text and document offsets."""
    lead = group.lead
    scope = lead.scope if lead.scope is not None else lead.token
    low, high = clause_bounds(scope, stops)
    for member in group.members:
        left, right = clause_bounds(member.token, stops)
        low, high = min(low, left), max(high, right)
    doc = lead.token.doc
    found: list[ClaimPlace] = []
    i = low
    while i < high:
        token = doc[i]
        # most words are no name and can be none
        phrase = entity_phrase(token) if token.ent_type_ or token.pos_ == "PROPN" else None
        i = max(i + 1, phrase.end) if phrase is not None else i + 1
        if phrase is None or not (
            token.ent_type_ in _PLACE_LABELS or _is_listed_place(token) or _is_hit_name(token, group, is_actor)
        ):
            described = _described_place(token)
            if described is not None and not _is_excluded(token, group, doer_span) and not _is_aside(token, group, stops):
                found.append(_place(doc, described[0], described[1], start_char, _role(token, lead)))
            continue
        head = doc[phrase.end - 1]
        head = next((t for t in doc[phrase.start : phrase.end] if t.head.i < phrase.start or t.head.i >= phrase.end), head)
        role = _role(head, lead)
        hit_by_name = token.ent_type_ not in _PLACE_LABELS
        if role != "origin" and not hit_by_name and _is_excluded(head, group, doer_span):
            continue
        if any(r.start <= head.i < r.end for r in lead.recipients) and lead.frame not in ("must", "displace"):
            continue
        if not _stands_for_place(head, lexicon) or _is_aside(head, group, stops) or _is_measured_from(head):
            continue
        start, end = phrase.start, phrase.end
        if doc[start].lower_ in ("the",) and end - start > 1:
            start += 1
        found.append(_place(doc, start, end, start_char, role))
    if not any(p.role == "target" for p in found):
        found.extend(_definite_places(doc, low, high, start_char, group, stops))
    anchor = start_char + lead.token.idx
    around = [(low_char, high_char) for low_char, high_char in within if low_char <= anchor < high_char]
    if around:
        found = [p for p in found if any(a <= (p.start_char or 0) < b for a, b in around)]
    unique: dict[tuple[int | None, int | None], ClaimPlace] = {(p.start_char, p.end_char): p for p in found}
    return tuple(unique.values())


def _definite_places(doc: Any, low: int, high: int, start_char: int, group: ActGroup, stops: frozenset[int]) -> list[ClaimPlace]:
    """ "in the region", "across the south": a place named before, for `settle` to find."""
    found = []
    for token in doc[low:high]:
        if token.lemma_.lower() not in _DEFINITE:
            continue
        is_there = token.dep_ == "pobj" and token.head.lower_ in _WHERE - {"of", "between"}
        is_object = token.dep_ in ("dobj", "nsubjpass") and group.lead.frame in (
            "coerce",
            "take",
            "lose",
            "flee",
            "attack",
            "damage",
        )
        if not is_there and not is_object:
            continue
        if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children):
            continue
        if any(c.dep_ in ("prep", "appos") for c in token.children) or _is_aside(token, group, stops):
            continue
        first, stop = _name_after(doc, token) or (token.left_edge.i, token.i + 1)
        found.append(_place(doc, first, stop, start_char, "target"))
    return found


def _name_after(doc: Any, token: Token) -> tuple[int, int] | None:
    """ "the village Northdale": the name right after the noun, wherever the parse hung it."""
    end = token.i + 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
        end += 1
    is_owner = end < len(doc) and doc[end].tag_ == "POS"
    return (token.i + 1, end) if end > token.i + 1 and not is_owner else None


def _place(doc: Any, start: int, end: int, start_char: int, role: str) -> ClaimPlace:
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    return ClaimPlace(text=doc.text[first:last], start_char=start_char + first, end_char=start_char + last, role=role)


def _is_aside(head: Token, group: ActGroup, stops: frozenset[int]) -> bool:
    """Whether it only describes something in the sentence: in a relative clause, or in the apposition of another place."""
    tokens = {t.i for t in group.tokens}
    if group.lead.scope is not None:
        tokens.add(group.lead.scope.i)
    node, steps = head, 0
    while node.i not in tokens and node.head != node and steps < 12:
        if node.i in stops:
            return True
        if node.dep_ == "relcl" and node.lemma_ not in ("fall", "land", "hit", "strike", "crash", "explode"):
            return True
        if node.dep_ == "appos" and node is not head and node.head.ent_type_ in _PLACE_LABELS:
            return True
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _ASIDE_MARKS for c in node.children):
            return True
        if node.dep_ == "pobj" and node.head.lower_ == "between" and node.head.dep_ == "prep":
            anchor = node.head.head
            if anchor.ent_type_ in _PLACE_LABELS or anchor.lemma_.lower() in _CITY_WORDS:
                return True
        if node.dep_ == "poss" and node.head.lemma_.lower() in ("city", "capital", "town"):
            return True
        node, steps = node.head, steps + 1
    return False


def _is_measured_from(head: Token) -> bool:
    """ "50 miles from X": a distance, never where it happened."""
    top = _chain_top(head)
    prep = top.head
    if top.dep_ != "pobj" or prep.lower_ not in ("from", "of", "to"):
        return False
    anchor = prep.head
    return anchor.lemma_.lower() in ("mile", "km", "kilometer", "kilometre", "metre", "meter", "north", "south", "east", "west")


def _is_hit_name(token: Token, group: ActGroup, is_actor: Callable[[str], bool]) -> bool:
    """A capitalised name that stands where the attacked place stands, and is no known actor."""
    if token.pos_ != "PROPN" or token.ent_type_ in ("NORP", "DATE", "TIME", "CARDINAL", "GPE"):
        return False
    top = token
    while top.dep_ in ("conj", "compound") and top.head != top and top.head.pos_ == "PROPN":
        top = top.head
    hit = group.lead.undergoer_head
    governed = hit is not None and top.i == hit.i and group.lead.frame in ("attack", "damage", "take", "lose")
    near = (
        top.dep_ == "pobj"
        and top.head.lower_ in ("in", "near", "outside", "around")
        and not any(c.dep_ == "det" for c in top.children)
    )
    return (governed or near) and not is_actor(
        entity_phrase(token).doc[entity_phrase(token).start : entity_phrase(token).end].text
    )


def _chain_top(token: Token) -> Token:
    node = token
    while node.dep_ in ("conj", "appos", "compound") and node.head != node:
        node = node.head
    return node


def _is_listed_place(token: Token) -> bool:
    """A capitalised word in a list of places, or after "city of", whatever the name recogniser thinks of it."""
    if token.pos_ != "PROPN" or token.ent_type_ in ("NORP", "DATE", "TIME", "CARDINAL"):
        return False
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _CITY_WORDS | _EDGES:
        return True
    if token.dep_ == "conj":
        top = token
        while top.dep_ == "conj":
            top = top.head
        if top.ent_type_ in _PLACE_LABELS:
            return True
        return top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in _CITY_WORDS | _EDGES
    return bool(token.dep_ == "appos" and token.head.lemma_.lower() in _CITY_WORDS and token.ent_type_ not in ("PERSON", "ORG"))


def _described_place(token: Token) -> tuple[int, int] | None:
    """ "the country's second-largest city", "the regional capital": a place by description, as token bounds."""
    if token.lemma_.lower() not in ("city", "capital", "town") or token.pos_ != "NOUN":
        return None
    words = {w for c in token.subtree if c.i <= token.i for w in c.lower_.replace("-", " ").split()}
    if not words & _SUPERLATIVE:
        return None
    if any(c.dep_ in ("appos",) and c.ent_type_ in _PLACE_LABELS for c in token.children):
        return None
    if token.dep_ == "appos" and token.head.ent_type_ in _PLACE_LABELS:
        return None
    if any(
        c.dep_ == "prep" and c.lower_ == "of" and any(p.ent_type_ in _PLACE_LABELS for p in c.children) for c in token.children
    ):
        return None
    return token.left_edge.i, token.i + 1


def _role(token: Token, lead: Any) -> str:
    if lead.frame in ("retreat", "flee", "displace"):
        return "target"
    node = _chain_top(token)
    steps = 0
    while node.head != node and steps < 4:
        if node.dep_ in ("prep", "agent") and node.lower_ == "from":
            return "origin"
        if node.dep_ == "pobj" and node.head.lower_ == "from":
            return "origin"
        if node.dep_ == "pobj" and node.head.lower_ not in ("of",):
            return "target"
        node, steps = node.head, steps + 1
    return "target"


def _is_excluded(token: Token, group: ActGroup, doer_span: tuple[int, int] | None) -> bool:
    """Whether it lies in the doer's phrase, in a clause of somebody's saying, or in a name of a body."""
    if doer_span is not None and doer_span[0] <= token.idx < doer_span[1] and token.head.lower_ != "in":
        return True
    doer = group.lead.doer
    if doer is not None and doer.start <= token.i < doer.end and token.dep_ not in ("pobj",):
        return True
    node = token
    for _ in range(5):
        if node.ent_type_ == "ORG":
            return True
        if node.dep_ in ("nsubj",) and node.head.lemma_.lower() in (
            "say",
            "report",
            "claim",
            "announce",
            "tell",
            "state",
            "write",
        ):
            return True
        if node.dep_ in ("compound", "poss", "amod", "nmod", "appos", "pobj") and node.head.pos_ in ("NOUN", "PROPN"):
            node = node.head
            continue
        break
    return False


def _stands_for_place(head: Token, lexicon: Lexicon) -> bool:
    top = head
    while top.dep_ in ("conj", "appos") and top.head != top:
        if top.dep_ == "appos" and top.head.lemma_.lower() in _CITY_WORDS:
            return True
        top = top.head
        if top.ent_type_ not in _PLACE_LABELS and top.lemma_.lower() in _CITY_WORDS:
            return True
    if top.dep_ == "pobj":
        prep = top.head
        if prep.lower_ == "of":
            owner = prep.head
            lemma = owner.lemma_.lower()
            return (
                lemma in _CITY_WORDS
                or lemma
                in (
                    "control",
                    "outskirts",
                    "part",
                    "south",
                    "north",
                    "east",
                    "west",
                    "center",
                    "centre",
                    "direction",
                    "land",
                    "side",
                    "line",
                    "front",
                    "frontline",
                    "frontier",
                    "border",
                    "vicinity",
                    "most",
                    "all",
                    "evacuation",
                    "depopulation",
                    "emptying",
                )
                or lexicon.is_kind(lemma, "civil_object", "territory")
                or owner.lemma_.lower() in lexicon.nouns
                or owner.pos_ in ("VERB", "ADJ", "ADV")
            )
        if prep.lower_ == "with":
            return prep.head.lemma_.lower() in ("border", "line", "frontier", "boundary")
        return prep.lower_ in _WHERE or prep.lower_ == "from"
    if top.dep_ in ("dobj", "nsubjpass", "npadvmod", "attr", "ROOT", "nsubj", "dep", "obj"):
        if top.dep_ == "nsubj":
            return top.head.lemma_ in ("come", "be", "suffer", "remain", "face", "lose")
        return True
    if top.dep_ in ("compound", "nmod") and top.head.lemma_.lower() in _CITY_WORDS:
        return True
    if top.dep_ == "compound" and top.head.ent_type_ in _PLACE_LABELS:
        return True
    return top.dep_ == "poss" and top.head.lemma_.lower() in (
        "territory",
        "border",
        "airspace",
        "city",
        "suburb",
        "soil",
        "land",
        "outskirts",
    )
