"""Who acts, and whose a thing is: phrases read off a noun."""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    conjuncts,
    entity_phrase,
    is_labelled,
    joint_phrase,
    preposition_objects,
    tight_phrase,
)

_BELONGING = frozenset({"member", "element", "supporter", "follower", "wing"})
_MOBS = frozenset("protester protestor demonstrator crowd mob rioter looter vandal arsonist".split())
_REACHING = frozenset({"retreat", "coerce", "offer", "talk", "agree", "reject", "move"})
_ASIDE = frozenset({"advcl", "relcl", "parataxis", "nsubj", "nsubjpass", "npadvmod", "csubj"})
_OWNED = frozenset({"poss", "amod", "compound", "dobj", "dative", "nmod"})
_EXPLAINING = frozenset(
    "after before amid during since despite because like unlike as following over under by per until between among".split()
)
# what is "of X" is done to X
_DONE_TO = frozenset(
    "shelling bombing bombardment pounding targeting striking storming siege blockade encirclement invasion occupation "
    "capture taking fall loss seizure liberation conquest recapture destruction razing burning looting killing murder "
    "assassination wounding injuring shooting massacre downing detention abduction kidnapping displacement expulsion "
    "evacuation deportation closure".split()
)
# "a truce brokered by X" is not X's to break
_MADE_BY_OTHERS = frozenset(
    "broker mediate negotiate sponsor propose announce condemn sign guarantee monitor oversee support publish see report".split()
)


def actor_phrase(head: Token | None, lexicon: Lexicon) -> Phrase | None:
    """The one who acts in a noun phrase: its name, its force or office, else the side that owns the weapon or thing."""
    if head is None:
        return None
    kept = head.kept
    if "actor" not in kept:
        kept["actor"] = _read_actor(head, lexicon)
    found: Phrase | None = kept["actor"]
    return found


def _read_actor(head: Token, lexicon: Lexicon) -> Phrase | None:
    if head.lower_ == "it" and (thing := _thing_meant(head, lexicon)) is not None:
        return owner_phrase(thing, lexicon)
    if head.pos_ == "PRON":
        return tight_phrase(head) if head.lower_ not in ("there", "this", "that", "what", "some", "one") else None
    lemma = head.lemma_.lower()
    if head.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") and not lexicon.is_kind(lemma, "weapon"):
        return joint_phrase(head)
    if lemma in ("counterpart", "colleague", "peer") and (of := [c for c in head.children if c.ent_type_ in ("NORP", "GPE")]):
        # "his <People> and <People> counterparts": of the sides that are named
        last = max((part for one in of for part in conjuncts(one)), key=lambda part: part.i)
        return Phrase(head.doc, of[0].i, last.i + 1 if last is not of[0] else head.i + 1, of[0])
    if lemma in ("counterpart", "colleague", "peer") and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children):
        # "both his counterparts", "his counterparts in the two countries": not his who has them
        whole = tight_phrase(head)
        where = next((i for prep, i in preposition_objects(head, "in", "from") if prep.i == head.i + 1), None)
        named = where is None or where.ent_type_ == "GPE"  # roles_named.py reads the names behind it
        return whole if named else Phrase(head.doc, whole.start, tight_phrase(where).end, head)
    if lexicon.is_kind(lemma, "force", "speaker"):
        return joint_phrase(head)
    if lemma in _BELONGING and any(True for _ in preposition_objects(head, "of")):
        # "members of the front": of whatever body, also one that no list has
        return joint_phrase(head)
    owner = owner_phrase(head, lexicon)
    if owner is None and any(word.lemma_.lower() in _MOBS for word in (head, *(i for _, i in preposition_objects(head, "of")))):
        return joint_phrase(head)  # nobody's side, and so not the other side's deed
    return owner


def _thing_meant(pronoun: Token, lexicon: Lexicon) -> Token | None:
    """ "the convoy was hit because it was moving arms": the thing that the clause above is about, and not whoever says so."""
    verb = pronoun.head
    if verb.dep_ != "advcl" or pronoun.dep_ not in ("nsubj", "nsubjpass"):
        return None
    subject = next(iter(children(verb.head, "nsubjpass")), None)
    if subject is None or subject.tag_ != "NN" or subject.i > pronoun.i or subject.ent_type_ in SIDES:
        return None
    return None if lexicon.is_kind(subject.lemma_.lower(), "force", "speaker", "polity") else subject


# "<Country>-made drones", "<country>-backed fighters" are somebody else's
_NOT_ITS_OWN = frozenset(
    "made built supplied produced manufactured designed backed trained funded armed allied aligned linked sponsored "
    "supported".split()
)


def owner_phrase(head: Token, lexicon: Lexicon) -> Phrase | None:
    """The side that a thing belongs to: "<Side> tanks", "<Side>'s attack", "tanks of <side>", "missiles launched by <side>"."""
    kept = head.kept
    if "owner" not in kept:
        kept["owner"] = _read_owner(head, lexicon)
    found: Phrase | None = kept["owner"]
    return found


def body_of(head: Token, lexicon: Lexicon) -> Phrase | None:
    """The named force that somebody is of: "a commander in <Side>'s elite force", "a fighter from <Side>'s unit"."""
    if not lexicon.is_kind(head.lemma_.lower(), "combatant", "force") or any(c.ent_type_ in SIDES for c in head.children):
        return None
    for _, inner in preposition_objects(head, "in", "from", "with", "of"):
        if lexicon.is_kind(inner.lemma_.lower(), "force") and any(c.ent_type_ in SIDES for c in inner.subtree if c.i <= inner.i):
            return tight_phrase(inner)
    return None


def _read_owner(head: Token, lexicon: Lexicon) -> Phrase | None:
    for child in head.children:
        if child.dep_ in ("amod", "compound", "poss", "nmod", "nsubj") and child.i < head.i:
            if is_labelled(head.doc, child.i, head.i):
                continue  # "Rivertown: Northland's tanks"
            if child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON"):
                return entity_phrase(child) if child.dep_ != "poss" else tight_phrase(child)
            if child.dep_ == "poss":
                if child.pos_ == "PRON":
                    return tight_phrase(child)
                if lexicon.is_kind(child.lemma_.lower(), "force", "speaker"):
                    return tight_phrase(child)
            if child.lower_ in _NOT_ITS_OWN:
                continue
            inner = next((c for c in child.children if c.ent_type_ in ("GPE", "NORP") and c.i < head.i), None)
            if inner is not None:
                return entity_phrase(inner)
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() not in _MADE_BY_OTHERS:
            # "fired from <land> by X": X's
            for prep, inner in (*preposition_objects(child, "by"), *preposition_objects(child, "from")):
                if prep.lower_ == "by" or inner.ent_type_ in SIDES:
                    phrase = tight_phrase(inner)
                    if inner.ent_type_ in SIDES or lexicon.is_kind(inner.lemma_.lower(), "force", "speaker"):
                        return phrase
    for child in head.children:
        if child.dep_ == "acl" and child.lemma_ == "belong":
            owner = next((inner for _, inner in preposition_objects(child, "to")), None)
            if owner is not None:
                return tight_phrase(owner)
    for prep, inner in preposition_objects(head, "of", "from", "belonging"):
        if prep.lower_ == "of" and (head.lemma_.lower() in _DONE_TO or head.lower_ in _DONE_TO):
            continue
        if inner.ent_type_ in ("GPE", "NORP", "ORG") and prep.lower_ in ("of", "from"):
            return tight_phrase(inner)
        if prep.lower_ in ("of", "from") and lexicon.is_kind(inner.lemma_.lower(), "force"):
            return tight_phrase(inner)
        if prep.lower_ == "from" and not lexicon.is_kind(inner.lemma_.lower(), "speaker"):
            # "fire from <People> positions", "rockets from <People> territory"
            side = next((c for c in inner.children if c.ent_type_ in ("GPE", "NORP") and c.i < inner.i), None)
            if side is not None:
                return entity_phrase(side)
    return _manned_by(head, lexicon)


def _manned_by(head: Token, lexicon: Lexicon) -> Phrase | None:
    """ "a lorry with <People> soldiers", "boats carrying <People> commandos": they are whose it is."""
    if not lexicon.is_kind(head.lemma_.lower(), "mobile", "military_object"):
        return None
    aboard = [i for _, i in preposition_objects(head, "with")]
    aboard += [i for c in children(head, "acl") if c.lemma_ in ("carry", "transport") for i in children(c, "dobj", "obj")]
    for inner in aboard:
        if lexicon.is_kind(inner.lemma_.lower(), "force", "combatant"):
            side = next((c for c in inner.children if c.ent_type_ in ("GPE", "NORP") and c.i < inner.i), None)
            if side is not None:
                return entity_phrase(side)
    return None


def seat(verb: Token) -> Phrase | None:
    """ "In <Capital> the offer was refused", "In <Country> called the sides to order": the place that speaks.

    Only a place that opens the clause of a verb without a doer of its own.
    """
    if children(verb, "nsubj") or any(True for _ in preposition_objects(verb, "by")):
        return None
    place = next(
        (
            inner
            for prep, inner in preposition_objects(verb, "in")
            if prep.i < verb.i and inner.ent_type_ == "GPE" and inner.i == prep.i + 1
        ),
        None,
    )
    if place is None:
        return None
    start = place.head.i
    before = verb.doc[start - 1] if start > 0 else None
    is_first = before is None or before.is_punct or before.is_space or before.dep_ == "cc" or start == place.sent.start
    return tight_phrase(place) if is_first else None


_AGGRESSIONS = frozenset("aggression attack assault strike war offensive invasion raid adventure act move incursion".split())


def concerned_side(lead: ActMention) -> Phrase | None:
    """The first side named in what a verbal act says, asks or refuses ("refused to send troops to X"), but where it was said."""
    if lead.frame in ("misdeed", "must"):
        return None
    if lead.frame == "talk":
        going = lead.token.lemma_.lower() in ("arrive", "fly", "travel", "return", "visit", "tour", "begin", "end", "pay", "make")
        where = (inner for _, inner in preposition_objects(lead.token, "in", "to") if inner.ent_type_ == "GPE")
        return entity_phrase(found) if going and (found := next(where, None)) is not None else None
    said = [c for c in lead.token.children if c.dep_ in ("dobj", "obj", "xcomp", "ccomp", "prep", "dative", "nsubjpass")]
    for part in said:
        if lead.frame == "accuse" and part.lower_ in ("to", "with"):
            continue
        if part.dep_ == "prep" and part.lower_ in ("in", "at", "on", "during", "after", "before", "amid"):
            continue
        for token in part.subtree:
            if token.dep_ == "compound" and token.head.lemma_ == "time":
                continue  # "9 a.m. <Capital> time"
            own = lead.doer is not None and (lead.doer.start <= token.i < lead.doer.end or token.text == lead.doer.head.text)
            if token.ent_type_ in ("GPE", "NORP") and not own and token.dep_ != "appos" and not _is_shielded(token, lead):
                return entity_phrase(token)
    return None


def _is_shielded(token: Token, lead: ActMention) -> bool:
    """ "warned that any attack on X would be met with force": X is not who is threatened."""
    prep = token.head
    return (
        lead.act_class == "THREATEN"
        and token.dep_ == "pobj"
        and prep.lower_ in ("on", "against", "in")
        and prep.head.lemma_.lower() in _AGGRESSIONS
    )


def affected_side(lead: ActMention, is_other: Callable[[Phrase], bool]) -> Phrase | None:
    """The first other side that a deed reaches: whom aid goes to, a ban falls on, troops leave ("... from X", "... in X").

    `is_other` tells a side that is known and not the doer's. What only dates or explains the deed names nobody whom it reaches.
    """
    if lead.frame not in _REACHING:
        return None
    for token in lead.token.subtree:
        if token.ent_type_ not in ("GPE", "NORP", "ORG") or token.i < lead.token.i:
            continue
        if token.dep_ == "compound" and token.head.lemma_ == "time":
            continue
        path, node = [], token
        while node != lead.token:
            path.append(node)
            node = node.head
        if any(step.dep_ in _ASIDE or (step.dep_ == "conj" and step.pos_ in ("VERB", "AUX")) for step in path):
            continue
        preps = [step.lower_ for step in path if step.pos_ == "ADP"]
        if any(word in _EXPLAINING for word in preps) or not (preps or token.dep_ in _OWNED):
            continue
        if lead.frame in ("talk", "agree") and not set(preps) <= {"with", "to", "of", "from"}:
            continue
        if lead.frame == "move" and not set(preps) & {"against", "toward", "towards", "with"}:
            continue
        phrase = entity_phrase(token)
        if is_other(phrase):
            return phrase
    return None
