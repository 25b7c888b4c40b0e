"""Whether a name of a place in a clause tells where its act was: asked of the token that heads the name or the noun beside it.

Long because a name is tried against all of these tests, one after the other, in one order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.syntax import Token, entity_phrase, is_verbal

WHERE = frozenset(
    "in at on near around inside within outside across along over into to towards toward against upon through "
    "throughout by beside between above opposite of from north south east west".split()
)
CITY_WORDS = frozenset(
    "city town village settlement capital region district province area enclave territory corridor port kibbutz "
    "suburb suburbs camp governorate strip heights valley airport airfield hamlet neighbourhood neighborhood "
    "stronghold mountain crossing height hill resort sector".split()
)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PAPERS = frozenset("deal agreement accord truce ceasefire treaty statement declaration resolution pact protocol".split())
_ASIDE_MARKS = frozenset({"after", "before", "since", "while", "whereas", "because", "until", "if", "unless"})
_TOWNS = frozenset("city town village settlement resort port kibbutz suburb hamlet capital stronghold camp".split())
COMPASS = frozenset({"north", "south", "east", "west"})
_LISTING = frozenset({"including", "like", "as"})
# "hours before talks in X", "ahead of a summit in X": another moment, told by a noun
_YET_TO_COME = frozenset({"before", "until", "till"})
_AFTERWARDS = frozenset({"after", "following"})
_CAUSES = frozenset({"response", "retaliation", "reply", "revenge", "reprisal", "answer", "return"})
_AVENGING = frozenset({"avenge", "retaliate"})
_RIDES = frozenset(
    "convoy bus car column truck lorry flight plane train ambulance vehicle ship boat delegation refugee volunteer".split()
)
_ON_THE_WAY = frozenset(
    "leave head travel drive go come return flee bind cross carry take transport ferry evacuate bring".split()
)
_EDGES = frozenset({"outskirt", "outskirts", "direction", "vicinity", "edge"})
_SAYING = frozenset({"say", "report", "claim", "announce", "tell", "state", "write"})
_RAIDS = frozenset("raid strike airstrike attack assault bombardment bombing shelling".split())
_LYING = frozenset("perch situate locate lie overlook nestle face link connect set border adjoin sit stand".split())
# what is put to somebody in words
_SPEAKING = frozenset({"speak", "address", "brief"})
_ADDRESSING = frozenset(
    "accuse blame condemn urge warn tell ask criticise criticize denounce threaten thank press pressure inform call appeal "
    "invite request beg implore exhort".split()
)
_POSTED = frozenset({"station", "base", "post", "garrison", "entrench", "dig", "hide", "deploy", "position"})
_SERVING = frozenset(
    "peacekeeper soldier observer worker labourer laborer volunteer mercenary fighter adviser advisor contractor journalist "
    "tourist pilgrim student national citizen".split()
)
_VICTIMS = frozenset(
    "man woman people person boy girl child farmer paramedic medic nurse doctor teacher resident villager family brother sister "
    "student shepherd driver mother father officer conscript recruit reservist commander policeman victim civilian".split()
)
_OWNERS = frozenset(
    "control outskirts part south north east west center centre direction land side line front frontline frontier border "
    "vicinity most all evacuation depopulation emptying people resident inhabitant villager plain valley hill height mountain "
    "forest wood field farmland orchard ridge slope foothill road highway bridge".split()
)
_TOWARDS = frozenset({"to", "toward", "towards", "against", "into", "onto", "at"})
# words between "from" and the name, or between the two ends of a stretch
_REACH = 6
_UNNAMED = ("NORP", "DATE", "TIME", "CARDINAL", "GPE")
SENDING = frozenset(
    {"fire", "launch", "shoot", "lob", "send", "move", "travel", "transfer", "cross", "fly", "go", "drive", "come", "return"}
)
# what comes from where it was seen
_TELLINGS = frozenset("report news account footage video image photo photograph picture testimony word clip dispatch".split())
# "pulled two bodies from the rubble of a house in X"
_PULLING = frozenset("pull dig recover retrieve rescue drag extract unearth free save".split())
# whose "at" is a person's as well as a place's
_AIMING = frozenset({"shoot", "fire", "look", "aim", "shout", "laugh", "anger", "point"})


def is_aside(head: Token, anchors: frozenset[int], stops: frozenset[int]) -> str | None:
    """Why it only describes something else in the sentence: "clause" (another act's, "after ...") or "aside"; None where not.

    `anchors`: the tokens of the act; `stops`: the heads of the other acts.
    """
    node, steps, below = head, 0, ""
    while node.i not in anchors and node.head != node and steps < 12:
        if node.i in stops:
            return "aside" if _is_in_relative(node, anchors) and not _is_answered_in(node, anchors) else "clause"
        if node.dep_ == "conj" and is_verbal(node) and any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children):
            return "clause"
        if node.dep_ == "relcl" and node.lemma_ not in ("fall", "land", "hit", "strike", "crash", "explode"):
            return "clause" if _was_before(node) else "aside"
        if node.dep_ == "acl" and node.tag_ == "VBN" and node.head.lemma_.lower() in _PAPERS:
            return "clause"  # "under a deal reached in X"
        if _tells_how_it_lies(node):
            return "clause"  # "X, perched on a hill above Y"
        if node.dep_ == "prep" and (why := _of_another_moment(node)) is not None:
            return why
        if node.lemma_.lower() in _CAUSES and node.dep_ == "pobj" and node.head.lower_ in ("in", "as"):
            return "clause"  # "in retaliation for a raid on X"
        if node.lemma_.lower() in _AVENGING and node.dep_ in ("advcl", "xcomp", "pcomp"):
            return "clause"
        if _is_on_the_way(node):
            return "aside"
        if node.dep_ == "appos" and node is not head and node.head.ent_type_ in PLACE_LABELS and below != "conj":
            return "clause"
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _ASIDE_MARKS for c in node.children):
            return "clause"
        if node.dep_ == "pobj" and node.head.lower_ == "between" and node.head.dep_ == "prep":
            anchor = node.head.head
            if anchor.ent_type_ in PLACE_LABELS or anchor.lemma_.lower() in CITY_WORDS:
                return "clause"
        if node.dep_ == "poss" and node.head.lemma_.lower() in ("city", "capital", "town"):
            return "clause"
        below = node.dep_
        node, steps = node.head, steps + 1
    return "clause" if node.i not in anchors and _tells_how_it_lies(node) else None


def _is_answered_in(node: Token, anchors: frozenset[int]) -> bool:
    """ "fired in response to a raid that killed two in X": X is of the deed answered."""
    while node.i not in anchors and node.head != node:
        if node.lemma_.lower() in _CAUSES and node.dep_ == "pobj" and node.head.lower_ in ("in", "as"):
            return True
        node = node.head
    return False


def is_what_is_answered(scope: Token) -> bool:
    """ "fired at X in response to raids on villages": a deed that another answers, which was elsewhere."""
    node, steps = scope, 0
    while node.head != node and steps < 6:
        if node is not scope and is_verbal(node):
            return node.lemma_.lower() in _AVENGING and node.dep_ in ("advcl", "xcomp", "pcomp")
        if node.lemma_.lower() in _CAUSES and node.dep_ == "pobj" and node.head.lower_ in ("in", "as"):
            return True
        node, steps = node.head, steps + 1
    return False


def _of_another_moment(prep: Token) -> str | None:
    """ "before talks in X", "ahead of a visit to X", "after days of fighting around X": when it was, told by where else."""
    word = prep.lower_
    if word in _YET_TO_COME or (word == "of" and prep.head.lower_ in ("ahead", "eve")):
        return "clause"
    return "aside" if word in _AFTERWARDS else None


def _is_on_the_way(node: Token) -> bool:
    """ "a convoy leaving X", "a bus from X to Y": whence and whither, and no scene."""
    if node.dep_ == "acl":
        return node.lemma_.lower() in _ON_THE_WAY and node.head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
    if node.dep_ != "prep" or node.lower_ not in ("from", "to", "for", "towards", "toward"):
        return False
    return node.head.pos_ == "NOUN" and node.head.lemma_.lower() in _RIDES


def _tells_how_it_lies(node: Token) -> bool:
    if node.lemma_.lower() not in _LYING or node.tag_ not in ("VBN", "VBG") or node.i == 0:
        return False
    return (node.dep_ == "acl" and is_ground(node.head)) or node.doc[node.i - 1].text == ","


def is_ground(token: Token) -> bool:
    """Whether a noun or name is of a piece of ground."""
    return token.ent_type_ in PLACE_LABELS or token.lemma_.lower() in CITY_WORDS


def _is_in_relative(node: Token, anchors: frozenset[int]) -> bool:
    """ "people who tried to return to X": another act, but of those whom this one struck."""
    steps = 0
    while node.i not in anchors and node.head != node and steps < 6:
        if node.dep_ == "relcl":
            return not _was_before(node)
        node, steps = node.head, steps + 1
    return False


def _was_before(verb: Token) -> bool:
    """ "a division that had fought in X": where it was then."""
    return verb.tag_ in ("VBN", "VBG") and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)


def measured_from(head: Token) -> str | None:
    """How far off it is: "far" ("50 miles from X", never where it happened), "beside" ("north of X"), None where in it."""
    top = _chain_top(head)
    prep = top.head
    if top.dep_ != "pobj" or prep.lower_ not in ("from", "of", "to"):
        return None
    anchor = prep.head
    lemma = anchor.lemma_.lower()
    if lemma in ("mile", "km", "kilometer", "kilometre", "metre", "meter"):
        return None if anchor.head.lower_ == "within" else "far"
    if lemma in COMPASS and anchor.head.lower_ == "to" and anchor.doc[max(0, anchor.head.i - 1)].lower_ in ("far", "well"):
        return "far"
    if lemma not in COMPASS or any(c.dep_ == "det" for c in anchor.children):
        return None
    counted = any(t.like_num or t.ent_type_ in ("QUANTITY", "CARDINAL") for t in anchor.doc[max(0, anchor.i - 4) : anchor.i])
    return "far" if counted else "beside"


def part_start(head: Token) -> int | None:
    """ "the south of X": the token at which the part's name begins; None where the name stands for the whole."""
    top = _chain_top(head)
    owner = top.head.head if top.dep_ == "pobj" and top.head.lower_ == "of" else None
    if owner is None or owner.lemma_.lower() not in COMPASS or not any(c.dep_ == "det" for c in owner.children):
        return None
    return int(owner.i)


def is_hit_name(head: Token, group: ActGroup, is_actor: Callable[[str], bool]) -> bool:
    """A capitalised name that stands where the attacked place stands, and is no known actor."""
    if head.pos_ != "PROPN" or head.ent_type_ in _UNNAMED:
        return False
    top = head
    while top.dep_ in ("conj", "compound") and top.head != top and top.head.pos_ == "PROPN":
        top = top.head
    hit = group.lead.undergoer_head
    governed = hit is not None and top.i == hit.i and group.lead.frame in ("attack", "damage", "take", "lose")
    if not governed and not _is_set_near(top):
        return False
    phrase = entity_phrase(head)
    return not is_actor(phrase.doc[phrase.start : phrase.end].text)


def _is_set_near(top: Token) -> bool:
    prep = top.head
    if top.dep_ != "pobj" or any(c.dep_ == "det" for c in top.children):
        return False
    if prep.lower_ in ("in", "near", "outside", "around") or (prep.lower_ == "on" and prep.head.lemma_.lower() in _RAIDS):
        return True
    return prep.lower_ == "at" and prep.head.pos_ == "NOUN" and prep.head.lemma_.lower() not in _AIMING


def is_listed_place(token: Token) -> bool:
    """A capitalised word in a list of places, or after "city of", whatever the name recogniser thinks of it."""
    if token.pos_ != "PROPN" or token.ent_type_ in ("DATE", "TIME", "CARDINAL"):
        return False
    if _is_of_towns(token) or (token.dep_ == "conj" and _is_of_towns(_chain_top(token))):
        return True
    if token.ent_type_ == "NORP":
        # "the village of Xs" may be a name; "villages of Xs" are a people's
        return _is_of_town(token) and (token.tag_ == "NNP" or token.head.head.tag_ == "NN")
    if _is_of_town(token):
        return True
    if token.dep_ == "conj":
        top = token
        while top.dep_ == "conj":
            top = top.head
        is_named = top.dep_ == "appos" and top.head.lemma_.lower() in CITY_WORDS
        return top.ent_type_ in PLACE_LABELS or _is_of_town(top) or is_named
    return bool(token.dep_ == "appos" and token.head.lemma_.lower() in CITY_WORDS and token.ent_type_ != "ORG")


def _is_of_town(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in CITY_WORDS | _EDGES


def _is_of_towns(token: Token) -> bool:
    """ "nine towns, including X"."""
    prep = token.head
    return token.dep_ == "pobj" and prep.lower_ in _LISTING and prep.head.lemma_.lower() in CITY_WORDS


def role_of(head: Token, start: int, frame: str) -> str:
    """ "origin" where something comes from there, however far up the word "from" stands; else "target" ("from X to Y").

    `start`: the first token of the name, before which "from" is looked for too, since the parser often loses it.
    """
    if frame in ("retreat", "flee", "displace"):
        return "target"
    node, steps = _chain_top(head), 0
    while node.head != node and steps < 8:
        if node.lower_ == "from" and node.dep_ in ("prep", "agent"):
            if node.head.lemma_.lower() in _TELLINGS | _PULLING:
                return "target"
            return "target" if _is_stretch(node) else "origin"
        if node.lower_ in ("on", "upon") and node.head.lemma_.lower() in _RAIDS:
            break  # "the toll from the strike on X"
        if is_verbal(node) or node.lower_ in _TOWARDS or node.dep_ in ("dobj", "nsubj", "nsubjpass", "pcomp"):
            break
        node, steps = node.head, steps + 1
    for token in reversed(head.doc[max(0, start - _REACH) : start]):
        if token.lower_ == "from":
            if token.i and (token.doc[token.i - 1].lemma_.lower() in _TELLINGS or token.head.lemma_.lower() in _PULLING):
                return "target"
            return "target" if _is_stretch(token) else "origin"
        if is_verbal(token) or token.is_punct or token.lower_ in _TOWARDS or token.lower_ in ("and", "on", "by", "after"):
            break
    return "target"


def _is_stretch(prep: Token) -> bool:
    """ "from X in the north to Y": a line along which it happened, unless something was sent along it."""
    if prep.head.lemma_ in SENDING:
        return False
    for token in prep.doc[prep.i + 1 : prep.i + 2 + _REACH]:
        if is_verbal(token) or token.is_punct:
            return False
        if token.lower_ == "to":
            return True
    return False


def is_excluded(token: Token, group: ActGroup, doer_span: tuple[int, int] | None) -> bool:
    """Whether it lies in the doer's phrase, in a clause of somebody's saying, or in a name of a body."""
    if token.dep_ == "pobj" and token.head.lower_ == "by" and any(c.dep_ == "neg" for c in token.head.children):
        return True  # "not by X, but by Y"
    is_home = group.lead.frame in ("flee", "displace", "must")
    if not is_home and doer_span is not None and doer_span[0] <= token.idx < doer_span[1] and token.head.lower_ != "in":
        return True
    doer = group.lead.doer
    if not is_home and doer is not None and doer.start <= token.i < doer.end and token.dep_ not in ("pobj",):
        return True
    node = token
    for _ in range(5):
        if node.ent_type_ == "ORG":
            return True
        if node.dep_ in ("nsubj",) and node.head.lemma_.lower() in _SAYING:
            return True
        if node.dep_ in ("compound", "poss", "amod", "nmod", "appos", "pobj") and node.head.pos_ in ("NOUN", "PROPN"):
            node = node.head
            continue
        break
    return False


def stands_for_place(head: Token, lexicon: Lexicon) -> bool:
    """Whether the words around a name say that something is there ("in X", "the X district", "X's outskirts")."""
    top = head
    while top.dep_ in ("conj", "appos") and top.head != top:
        if top.dep_ == "appos" and top.head.lemma_.lower() in CITY_WORDS:
            return True
        top = top.head
        if top.ent_type_ not in PLACE_LABELS and top.lemma_.lower() in CITY_WORDS:
            return True
    if top.dep_ == "pobj":
        prep = top.head
        if prep.lower_ == "of":
            owner = prep.head
            lemma = owner.lemma_.lower()
            return (
                lemma in CITY_WORDS
                or owner.lower_ == "out"
                or lemma in _OWNERS
                or lexicon.is_kind(lemma, "civil_object", "territory")
                or lemma in lexicon.nouns
                or owner.pos_ in ("VERB", "ADJ", "ADV")
            )
        if prep.lower_ == "with":
            return is_border_of(head)
        if prep.lower_ in _LISTING:
            return prep.head.lemma_.lower() in CITY_WORDS
        if prep.lower_ == "for":
            return prep.head.lemma_ in ("leave", "head", "depart", "make", "flee", "bind")
        # "armed by X": who does it
        return prep.lower_ in WHERE and not (prep.dep_ == "agent" and top.ent_type_ in PLACE_LABELS)
    if top.dep_ in ("dobj", "nsubjpass", "npadvmod", "attr", "ROOT", "nsubj", "dep", "obj"):
        if top.dep_ == "nsubj":
            return top.head.lemma_ in ("come", "be", "suffer", "remain", "face", "lose")
        # "accused <Capital> of it": who sits there
        return not (top.dep_ == "dobj" and top.head.lemma_ in _ADDRESSING)
    if top.dep_ in ("compound", "nmod", "amod") and top.head.lemma_.lower() in CITY_WORDS | _EDGES:
        return not _is_named_besides(top.head)
    if top.dep_ == "compound" and top.head.ent_type_ in PLACE_LABELS:
        return True
    deed = lexicon.nouns.get(top.head.lemma_.lower()) if top.dep_ in ("compound", "nmod", "amod") else None
    if deed is not None and deed.frame in ("attack", "blast") and top.ent_type_ in ("GPE", "LOC", "FAC"):
        return True  # "the <Town> strike killed two"
    return top.dep_ == "poss" and top.head.lemma_.lower() in (
        "territory",
        "border",
        "airspace",
        "sky",
        "city",
        "suburb",
        "soil",
        "land",
        "outskirts",
        "south",
        "north",
        "east",
        "west",
    )


def _is_named_besides(noun: Token) -> bool:
    """ "the X Sea resort of Y", "the X region town of Y": Y is the place, and X tells where that lies."""
    if noun.lemma_.lower() not in _TOWNS:
        return False
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == noun.i + 1), None)
    return of is not None and any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in of.children)


def is_border_of(head: Token) -> bool:
    """ "the border with X": near it, and not in it."""
    top = _chain_top(head)
    prep = top.head
    return top.dep_ == "pobj" and prep.lower_ == "with" and prep.head.lemma_.lower() in ("border", "line", "frontier", "boundary")


def names_ground_besides(head: Token) -> bool:
    """Whether a name that only belongs to something ("the status of X") is no side, speaker or doer by it."""
    top = _chain_top(head)
    if top.dep_ == "pobj" and top.head.lower_ == "of":
        return top.head.head.lemma_.lower() in _HELD
    return top.dep_ == "poss" and top.head.lemma_.lower() in _HELD


def is_speakers(head: Token) -> bool:
    """Whether it lies in the phrase of whoever says something ("said officials in X")."""
    node, steps = head, 0
    while node.head != node and steps < 8:
        if node.dep_ == "nsubj":
            return node.head.lemma_.lower() in _SAYING | {"blame", "accuse"}
        if is_verbal(node):
            return False
        node, steps = node.head, steps + 1
    return False


def is_of_saying(head: Token, acts: frozenset[int]) -> bool:
    """ "told reporters in X that ...", "speaking in X": where it was said, unless the saying is the act (`acts`)."""
    node, branch, steps = head, head, 0
    while node.head != node and steps < 8 and not is_verbal(node):
        if node.dep_ in ("nsubj", "nsubjpass", "appos"):
            return False
        branch, node, steps = node, node.head, steps + 1
    lemma = node.lemma_.lower()
    if not is_verbal(node) or node.i in acts or lemma not in _SAYING | _SPEAKING:
        return False
    if lemma in _SPEAKING:
        return True
    # "said its men at a post near X had left": what is told of begins right behind the verb
    is_hung = lemma != "tell" and any(t.pos_ in ("NOUN", "PRON") for t in node.doc[node.i + 1 : branch.left_edge.i])
    return bool(node.i < head.i) and not is_hung


def is_addressed(head: Token, acts: frozenset[int]) -> bool:
    """ "shells fell, the mayor said, and called on X to stop": whom another act than `acts` is addressed to."""
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ in ("on", "upon", "to") else head.head
    is_object = head.dep_ in ("dobj", "dative") or verb is not head.head
    return bool(is_object and verb.i not in acts and is_verbal(verb) and verb.lemma_.lower() in _ADDRESSING)


def is_posted_at(head: Token) -> bool:
    """ "troops stationed at X swept Y": where the doers were, and nothing that befell X."""
    node, steps = head, 0
    while node.head != node and steps < 6:
        if node.dep_ == "acl" and node.lemma_.lower() in _POSTED:
            return node.head.dep_ in ("nsubj", "pobj") and node.head.pos_ in ("NOUN", "PROPN")
        if is_verbal(node):
            return False
        node, steps = node.head, steps + 1
    return False


def is_home_land(head: Token, *, is_harm: bool = False) -> bool:
    """ "two peacekeepers from X": of what country they are; where somebody was hurt, "two farmers from X" too."""
    prep = head.head
    return (
        head.dep_ == "pobj"
        and prep.lower_ == "from"
        and prep.dep_ == "prep"
        and prep.head.pos_ == "NOUN"
        and prep.head.lemma_.lower() in (_SERVING | _VICTIMS if is_harm else _SERVING)
    )


def is_sent_to(head: Token) -> bool:
    """ "send monitors to X", "go to X": a place, though it is somebody's too."""
    prep = head.head
    return head.dep_ == "pobj" and prep.lower_ in ("to", "into", "in") and prep.head.lemma_ in SENDING | {"deploy", "dispatch"}


_PEOPLE = frozenset({"resident", "inhabitant", "villager", "civilian", "people", "population", "citizen", "family", "farmer"})


_HOUSES = frozenset("building block house home flat tower quarter street area part".split())


def is_home_of_people(head: Token) -> bool:
    """ "ordered residents of X and Y to leave": where they live, and not who is told."""
    top = _chain_top(head)
    prep = top.head
    if top.dep_ != "pobj" or prep.lower_ not in ("of", "in", "from", "near"):
        return False
    home = prep.head
    while (
        home.lemma_.lower() in CITY_WORDS | _HOUSES and home.dep_ == "pobj" and home.head.lower_ in ("of", "in", "from", "near")
    ):
        home = home.head.head  # "people in 21 villages in X", "residents of three buildings in Y"
    return bool(home.lemma_.lower() in _PEOPLE)


# what a piece of ground has, and no side does
_HELD = frozenset(
    "independence status sovereignty recognition integrity future demilitarisation demilitarization reconstruction blockade "
    "siege partition occupation liberation bombardment invasion".split()
)


def _chain_top(token: Token) -> Token:
    node: Any = token
    while node.dep_ in ("conj", "appos", "compound") and node.head != node:
        node = node.head
    return node
