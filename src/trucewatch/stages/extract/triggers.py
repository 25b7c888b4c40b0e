"""Whether a verb keeps the company that a trigger of the lexicon asks for: particle, preposition, object, subject, instrument."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.syntax import SIDES, WILL, Token, children, conjuncts, is_infinitive, preposition_objects, roles

_PLACED = frozenset({"GPE", "LOC", "FAC"})
_BACK = frozenset({"they", "it", "them", "he"})
_HELD = frozenset({"captured", "captive", "detained", "bound", "handcuffed", "blindfolded", "imprisoned", "surrendering"})
_ONES = frozenset({"one", "another", "some", "other", "others", "several", "most", "two", "three", "four", "five", "six"})
_FIGHTING = frozenset({"force", "mobile", "combatant"})
# nouns that make one verb with "take"
_BOUND = frozenset({"part", "delivery", "prisoner", "captive", "hostage"})
_ANYONE = frozenset({"nobody", "everybody", "everyone", "anybody", "anyone"})
# "thousands fled": whoever is counted by the thousand is no force
_CROWDS = frozenset({"thousand", "ten", "hundred", "million"})
_PARTS = ("compound", "amod")
_TELLING = frozenset({"order", "tell", "instruct", "direct", "advise", "invite", "challenge", "want"})
_CARRIED_BY = frozenset("load carry fill pack bring transport laden".split())
_GATHERINGS = frozenset("talk meeting round summit negotiation consultation dialogue conference session table".split())
_CALLING_ON = frozenset({"on", "upon", "for"})
_CARRYING = ("to", "with", "for", "from", "by", "at", "against", "on", "in", "into", "out", "of")
# for what one rings somebody up
_ON_THE_PHONE = frozenset(
    "discuss talk express offer congratulate convey thank ask urge say tell inform demand protest warn brief assure apologise "
    "apologize complain review coordinate hear condemn reassure invite consult share".split()
)
_NAMING = frozenset({'"', "“", "'", "‘", "``", "a", "an", "one", "the", "his", "her", "its", "their"})
_AT_TABLE = frozenset("eat dine drink rest watch play read write breakfast work".split())
_OFFICE_HOLDERS = frozenset(
    "minister official leader deputy mayor ambassador envoy diplomat president terrorist extremist suspect lawmaker cleric imam "
    "priest sheikh politician infiltrator protester activist shepherd fisherman governor".split()
)
_LIABLE = frozenset({"responsible", "accountable", "liable", "guilty", "blame"})
# what tells of people or things, and is not they
TELLING_THINGS = frozenset(
    "list video footage photo photograph picture image report statement map account documentary book record recording audio clip "
    "roll register poster portrait name".split()
)
# "dozens of rockets", "a hail of fire", "residents of X": what is counted or gathered, not the word of amount
_AMOUNTS = frozenset(
    "number ten dozen score hundred thousand million percent half most majority part rest some many all group handful couple "
    "pair "
    "hail rain volley salvo barrage series succession wave string column tonne ton load truckload batch squadron swarm total "
    "one two case instance "
    "% cent majority third quarter fifth tenth fraction bulk member planeload "
    "lorryload shipload consignment carload busload".split()
)


def fits(token: Token, trigger: Trigger, lexicon: Lexicon) -> bool:
    """Whether a verb stands with all that a trigger asks for."""
    if trigger.particle is not None and not _has_particle(token, trigger.particle):
        return False
    if trigger.preposition is not None and _prepositions(token).isdisjoint(trigger.preposition.split("|")):
        return False
    if trigger.lemma == "call" and trigger.object_kind is not None and _rings_up(token) != (trigger.frame == "talk"):
        return False
    if trigger.lemma == "meet" and trigger.frame == "agree" and not children(token, "dobj", "obj", "nsubjpass"):
        return False  # "the council met at the request of X"
    if (
        trigger.lemma == "sit"
        and trigger.frame == "talk"
        and any(c.lemma_ in _AT_TABLE for c in children(token, "xcomp", "advcl"))
    ):
        return False  # "were sitting down to eat"
    if trigger.lemma == "expect" and trigger.frame == "request" and children(token, "auxpass") and "to" in trigger.needs:
        return False  # "the minister is expected to meet X": foreseen, and asked of nobody
    if trigger.frame == "take" and (children(token, "oprd") or any(c.lower_ in _LIABLE for c in _complements(token))):
        return False  # "held X responsible"
    if trigger.object_lemma is not None and not (
        trigger.object_lemma in _objects(token) or _is_carried(token, trigger.preposition, trigger.object_lemma)
    ):
        return False
    if trigger.object_lemma == "position" and trigger.frame == "move" and "control" in _objects(token):
        return False  # "took control of two positions"
    if trigger.object_kind is not None and not _has_object_of(token, trigger.object_kind, lexicon):
        return False
    if trigger.thing_kind is not None and not any(lexicon.is_kind(lemma, trigger.thing_kind) for lemma in _things(token)):
        return False
    if (
        trigger.frame == "request"
        and trigger.object_lemma is None
        and trigger.lemma in _TELLING
        and not (trigger.lemma == "invite" and _is_bidden(token))
        and not _is_told_to_do(token, lexicon)
    ):
        return False
    if trigger.subject_lemma is not None:
        subject = next(iter(children(token, "nsubj")), None)
        parts = [] if subject is None else [subject, *(inner for _, inner in preposition_objects(subject, "of"))]
        if trigger.subject_lemma not in {w.lemma_.lower() for p in parts for w in (p, *children(p, *_PARTS))}:
            return False
    if trigger.subject_kind is not None:
        who = roles(token)
        subject = None if who.passive else who.doer
        if subject is None or not is_of_kind(subject, trigger.subject_kind, lexicon):
            return False
    if trigger.instrument_kind is not None:
        instruments = (inner for _, inner in preposition_objects(token, "with", "by", "using", "from"))
        if not any(is_of_kind(inner, trigger.instrument_kind, lexicon) for inner in instruments):
            return False
    return all(_has_needed(token, need, lexicon) for need in trigger.needs)


def _has_needed(token: Token, need: str, lexicon: Lexicon) -> bool:
    if need == "will":
        is_going = token.dep_ == "xcomp" and token.head.lower_ == "going" and is_infinitive(token)
        governor = token.head.head if token.head.lower_ == "on" else token.head
        goes_on = token.tag_ == "VBG" and governor.lemma_ in ("go", "keep", "continue")
        # "will go on resisting", "will have to answer for it"
        if (goes_on or (token.dep_ == "xcomp" and governor.lemma_ == "have" and is_infinitive(token))) and any(
            c.dep_ == "aux" and c.lower_ in WILL for c in governor.children
        ):
            return True
        return is_going or any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    if need == "not" and _is_half_done(token):
        return True
    if need == "not":
        verbs = (token, token.head) if token.dep_ == "xcomp" and token.head.lower_ == "going" else (token,)
        return any(c.dep_ == "neg" or c.lower_ in ("never", "longer") for verb in verbs for c in verb.children)
    if need == "wish":
        # "insists that X leave", and not "insists that X has left"
        clauses = children(token, "ccomp")
        bound = [a for c in clauses for a in c.children if a.dep_ in ("aux", "auxpass") and a.tag_ in ("MD", "VB")]
        is_bare = any(c.tag_ == "VB" and not any(a.dep_ == "aux" for a in c.children) for c in clauses)
        return is_bare or any(a.lower_ in ("must", "should", "be") for a in bound)
    if need == "done":
        # "wants the question brought before the council"
        clauses = children(token, "ccomp", "oprd", "xcomp")
        return any(c.tag_ == "VBN" and children(c, "nsubj", "nsubjpass") for c in clauses)
    if need not in ("to", "duty"):
        return any(need in (w.lower_, w.lemma_) for head in children(token, "dobj", "obj") for w in head.children)
    clauses = [c for c in children(token, "xcomp", "ccomp", "advcl", "acl") if c.i > token.i and is_infinitive(c)]
    if need == "duty":
        return any(lexicon.is_kind(c.lemma_.lower(), "duty") for c in clauses)
    addressed = children(token, "dobj", "obj", "dative", "nsubjpass")
    addressed += [inner for _, inner in preposition_objects(token, "with", "on")]
    # "called on the sponsors, X and Y, to act": the parser hangs the clause on the last of them
    clauses += [c for head in addressed for c in children(head, "relcl", "acl") if is_infinitive(c)]
    addressed += [subject for c in clauses for subject in children(c, "nsubj", "nsubjpass")]
    return bool(clauses) and bool(addressed)


def _is_bidden(token: Token) -> bool:
    """ "invited both ministers to the capital", "to a second meeting"."""
    holders = (token, *children(token, "dobj", "obj", "nsubjpass"))
    to = [i for holder in holders for _, i in preposition_objects(holder, "to", "for")]
    return any(i.ent_type_ in _PLACED or i.lemma_.lower() in _GATHERINGS for i in to)


def _is_half_done(token: Token) -> bool:
    """ "carried out only in part", "partly implemented": so far not kept."""
    words = {c.lower_ for c in token.children if c.dep_ == "advmod"}
    parts = {inner.lemma_ for _, inner in preposition_objects(token, "in")}
    return bool(words & {"partially", "partly", "barely", "hardly", "selectively", "insufficiently"}) or "part" in parts


def _rings_up(token: Token) -> bool:
    """ "called X (to discuss Y)", and not "called the sides to stop", "called on the guarantors, X and Y, to act"."""
    if not _prepositions(token).isdisjoint(_CALLING_ON):
        return False
    things = children(token, "dobj", "obj")
    after = things[0].right_edge.i + 1 if things else len(token.doc)
    if after < len(token.doc) and token.doc[after].lower_ in _NAMING:
        return False  # 'called the town "our pride"'
    below = [c for head in (token, *things) for c in children(head, "xcomp", "ccomp", "advcl", "acl", "relcl")]
    asked = [c for c in below if c.i > token.i and is_infinitive(c)]
    return all(c.lemma_ in _ON_THE_PHONE for c in asked)


def _complements(token: Token) -> list[Token]:
    return [
        word
        for child in children(token, "oprd", "acomp", "xcomp", "ccomp", "dobj", "advmod", "amod")
        for word in (child, *child.children)
    ]


def _has_particle(token: Token, word: str) -> bool:
    things = children(token, "dobj", "obj")
    for child in token.children:
        if child.lower_ != word or child.i < token.i or child.dep_ not in ("prt", "advmod", "prep", "acomp", "oprd"):
            continue
        if child.dep_ == "prep" and things and children(child, "pobj") and child.i > things[0].i:
            continue  # "took their children in cellars": a place, and not "took in"
        return True
    if word in _BOUND and any(child.lower_ == word and child.dep_ in ("dobj", "oprd", "obj") for child in token.children):
        return True
    # "handed over nine tonnes": the parser reads "over nine"
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.lower_ == word and following.dep_ == "quantmod"


def _is_told_to_do(token: Token, lexicon: Lexicon) -> bool:
    """Whether others are told to do something ("ordered X to close Y"), and not one's own force: its act is the order's.

    What "they told us" to do is a private person's story.
    """
    clauses = children(token, "xcomp", "ccomp", "advcl")
    if not any(c.lower_ == "to" and c.dep_ == "aux" for clause in clauses for c in clause.children):
        return False
    told = [*children(token, "dobj", "obj"), *(subject for clause in clauses for subject in children(clause, "nsubj"))]
    who = next(iter(children(token, "nsubj")), None)
    if who is not None and who.pos_ == "PRON" and told and all(head.lower_ in ("me", "us") for head in told):
        return False
    return any(
        (not lexicon.is_kind(head.lemma_.lower(), "force") or lexicon.is_kind(head.lemma_.lower(), "monitor"))
        and (
            head.pos_ == "PRON"
            or head.ent_type_ in (*SIDES, "PERSON")
            or lexicon.is_kind(head.lemma_.lower(), "speaker", "civilian", "polity", "monitor")
        )
        for head in told
    )


def _things(token: Token) -> set[str]:
    """Lemmas of what a verb is done to, with what a measure counts ("a round of talks") and what makes the noun."""
    kept: set[str] | None = token.kept.get("things")
    if kept is None:
        kept = token.kept["things"] = _read_things(token)
    return kept


def _read_things(token: Token) -> set[str]:
    heads = children(token, "dobj", "obj", "nsubjpass")
    if token.dep_ == "acl" and token.tag_ == "VBN" and any(True for _ in preposition_objects(token, "by")):
        # "troops stationed there" is a state of things, "sanctions imposed by X" is X's act
        heads.append(token.head)
    # "yield to demands", "withdraw from the treaty", "arrive for talks": the preposition carries the object
    carrying = ("with", "in", "for") if children(token, "dobj", "obj") else _CARRYING
    heads += [inner for prep, inner in preposition_objects(token, *carrying) if prep.i > token.i]
    # "allow the party to stand": what is allowed is the clause, and its subject whom it is allowed
    heads += [
        subject
        for clause in children(token, "ccomp", "xcomp")
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
        for subject in children(clause, "nsubj")
    ]
    parts = [part for head in heads for part in conjuncts(head)]
    parts += [
        inner for part in parts if part.lemma_.lower() not in TELLING_THINGS for _, inner in preposition_objects(part, "of", "in")
    ]
    return {word.lemma_.lower() for part in parts for word in (part, *children(part, "compound", "nmod"))}


def is_of_kind(head: Token, kind: str, lexicon: Lexicon) -> bool:
    """Whether a noun phrase is of a kind: by its head or a noun joined to it, or what an amount is an amount of.

    A side's name passes for a force of its, a place's for territory, a people's for civilians.
    """
    kinds: dict[str, bool] = head.kept.setdefault("kinds", {})
    if kind not in kinds:
        kinds[kind] = _is_of_kind(head, kind, lexicon)
    return kinds[kind]


def _is_of_kind(head: Token, kind: str, lexicon: Lexicon) -> bool:
    for part in conjuncts(head):
        for word in meant_words(part):
            lemma, label = word.lemma_.lower(), word.ent_type_
            if word.tag_ == "NNPS" and not label:
                lemma = lemma.removesuffix("s")  # "Civilians", which opens a sentence
            if lexicon.is_kind(lemma, kind):
                return True
            is_alone = all(w.lower_ in _ONES | _BACK or w.pos_ == "NUM" for w in meant_words(part))
            if kind == "projectile" and (word.lower_ in _ONES or word.lower_ in _BACK or word.pos_ == "NUM") and is_alone:
                return _follows_a_projectile(word, lexicon)
            if kind == "captive" and any(c.dep_ == "amod" and c.lower_ in _HELD for c in word.children):
                return True
            if word.lower_ == "it" and kind in ("force", "mobile", "civilian", "combatant"):
                if kind in ("force", "mobile") and _is_told_by_force(word, lexicon):
                    return True
                continue
            if word.lower_ in _BACK and kind in ("force", "mobile", "civilian", "combatant"):
                return kind in _kinds_before(word, lexicon)
            if kind in ("force", "mobile") and (label in SIDES or word.lower_ == "we"):
                return not (word.tag_ == "NNPS" and _is_counted_in_crowds(word))
            if kind == "mobile" and lexicon.is_kind(lemma, "force"):
                return True
            if kind == "territory" and (label in _PLACED or (word.lower_ == "it" and _follows_a_place(word, lexicon))):
                return True
            if kind == "relief" and any(c.lower_ in ("humanitarian", "relief") and c.dep_ in _PARTS for c in word.children):
                return True
            if kind == "civilian" and (word.lemma_ in _CROWDS or _is_crowd(word)) and len(meant_words(word)) == 1:
                return True
            if kind == "civilian" and word.lower_ in _ANYONE:
                return True
            if kind == "relief" and any(
                lexicon.is_kind(inner.lemma_.lower(), "relief")
                for holder in (word, *(c for c in children(word, "acl") if c.lemma_ in _CARRIED_BY))
                for inner in (
                    *(i for _, i in preposition_objects(holder, "with", "of", "carrying")),
                    *(children(holder, "dobj") if holder is not word else ()),
                )
                for inner in meant_words(inner)
            ):
                return True  # "a plane with aid", "lorries loaded with flour", "a ship carrying tents"
            if kind == "civilian" and label == "NORP" and word.tag_ in ("NNPS", "NNS"):
                return True
            if (
                kind in ("weapon", "projectile", "relief", "utility", "fortification")
                and not (kind in ("weapon", "projectile") and lexicon.is_kind(lemma, "carrying"))
                and any(lexicon.is_kind(c.lemma_.lower(), kind) for c in word.children if c.dep_ in _PARTS)
            ):
                # "missile blows", "gas supply": the word before the head tells
                return True
    return False


def _is_told_by_force(pronoun: Token, lexicon: Lexicon) -> bool:
    """ "the army said it had deployed": it is the army."""
    clause = pronoun.head
    if clause.dep_ != "ccomp" or pronoun.dep_ != "nsubj" or clause.head == clause:
        return False
    return any(lexicon.is_kind(teller.lemma_.lower(), "force") for teller in children(clause.head, "nsubj"))


def _is_counted_in_crowds(word: Token) -> bool:
    """ "hundreds of thousands of <People>", "60,000 <People>": no force."""
    if any(_is_crowd(c) or c.lower_ in ("thousand", "million") for c in word.children if c.dep_ == "nummod"):
        return True
    return word.dep_ == "pobj" and word.head.lower_ == "of" and word.head.head.lemma_.lower() in _CROWDS


def _is_crowd(word: Token) -> bool:
    """ "some 300,000 have crossed into X": a bare number so high counts people."""
    return word.pos_ == "NUM" and len(word.text) >= 5 and word.text.replace(",", "").isdigit() and not word.text.startswith("0")


def _follows_a_projectile(pronoun: Token, lexicon: Lexicon) -> bool:
    """ "Ninety rockets were fired. One landed near X": the nearest noun before that is not a place, a day or a side."""
    for word in reversed(pronoun.doc[max(0, pronoun.i - 30) : pronoun.i]):
        if word.pos_ == "NOUN" and not word.ent_type_:
            if lexicon.is_kind(word.lemma_.lower(), "projectile"):
                return True
            if lexicon.is_kind(word.lemma_.lower(), "force", "civilian", "combatant", "speaker", "mobile"):
                return False
    return False


def _follows_a_place(pronoun: Token, lexicon: Lexicon) -> bool:
    """ "fighting for X went on; the army denied that Y had taken it": the nearest thing before that is nobody is a place."""
    own = {c.i for c in pronoun.head.children}
    for word in reversed(pronoun.doc[max(0, pronoun.i - 30) : pronoun.i]):
        if word.pos_ not in ("NOUN", "PROPN") or word.i in own or word.ent_type_ in ("PERSON", "DATE", "TIME", "ORG", "NORP"):
            continue
        if lexicon.is_kind(word.lemma_.lower(), "speaker", "force", "civilian", "combatant") or word.dep_ in _PARTS:
            continue
        return word.ent_type_ in _PLACED or lexicon.is_kind(word.lemma_.lower(), "territory")
    return False


def _kinds_before(pronoun: Token, lexicon: Lexicon) -> frozenset[str]:
    """What "they" or "it" may be, from the nearest noun before it that is people of any kind: fighters where there is none."""
    for word in reversed(pronoun.doc[max(0, pronoun.i - 45) : pronoun.i]):
        if word.pos_ not in ("NOUN", "PROPN"):
            continue
        if lexicon.is_kind(word.lemma_.lower(), "force", "combatant"):
            return _FIGHTING
        if lexicon.is_kind(word.lemma_.lower(), "civilian") or (word.ent_type_ == "NORP" and word.tag_ in ("NNPS", "NNS")):
            return frozenset({"civilian"})
    return _FIGHTING


def meant_words(head: Token) -> list[Token]:
    """The head, and where it is an amount what it is an amount of."""
    if head.lemma_.lower() in _AMOUNTS or head.lower_ in _AMOUNTS or head.pos_ in ("NUM", "DET", "PRON"):
        return [head, *(word for _, inner in preposition_objects(head, "of") if inner != head for word in meant_words(inner))]
    return [head]


def named_beside(token: Token) -> set[str]:
    """Lemmas of all that `fits` may take for the object that a trigger asks for."""
    return _objects(token) | {part.lemma_.lower() for _, inner in preposition_objects(token) for part in conjuncts(inner)}


def _objects(token: Token) -> set[str]:
    kept: set[str] | None = token.kept.get("objects")
    if kept is None:
        kept = token.kept["objects"] = _read_objects(token)
    return kept


def _is_carried(token: Token, prepositions: str | None, wanted: str) -> bool:
    """ "act ~as +mediator": the thing hangs on the preposition that the trigger asks for."""
    if prepositions is None:
        return False
    carried = (inner for _, inner in preposition_objects(token, *prepositions.split("|")))
    return any(part.lemma_.lower() == wanted for inner in carried for part in conjuncts(inner))


def _read_objects(token: Token) -> set[str]:
    heads = children(token, "dobj", "obj", "xcomp", "nsubjpass", "ccomp", "oprd")
    if token.dep_ == "acl" and token.tag_ == "VBN":
        heads = [*heads, token.head]
    for _, inner in preposition_objects(token, "of", "on", "to", "in", "from", "for", "against", "out"):
        heads.append(inner)
    if not heads and (made := roles(token).undergoer) is not None and token.dep_ == "amod" and token.tag_ == "VBG":
        heads.append(made)
    if token.dep_ == "relcl" and all(head.lower_ in ("which", "that") for head in heads):
        heads.append(token.head)  # "the truce, which both signed"
    for measured in children(token, "dobj", "obj"):
        if measured.lemma_.lower() in TELLING_THINGS:
            continue  # "released a list of soldiers"
        # "a round of talks", "dollars of aid"
        heads.extend(inner for _, inner in preposition_objects(measured, "of", "in"))
    # words glued together make a clause of an object: its subject is what was meant
    heads.extend(inner for clause in children(token, "ccomp") for inner in children(clause, "nsubj", "nsubjpass"))
    parts = [part for head in heads for part in conjuncts(head)]
    lemmas = {part.lemma_.lower() for part in parts}
    if any(part.lemma_ == "fire" and any(c.lower_ == "cease" for c in part.children) for part in parts):
        lemmas = (lemmas - {"fire"}) | {"ceasefire"}  # "the cease-fire", which the parser cuts at its hyphen
    if token.tag_ != "VBG" and "it" in lemmas and any(_follows_a_truce(head) for head in heads if head.lower_ == "it"):
        lemmas.add("truce")
    return lemmas | {c.lemma_.lower() for head in heads for c in children(head, "compound")}


def _follows_a_truce(pronoun: Token) -> bool:
    """ "a truce took effect; X said Y had violated it": the nearest thing before that can be kept or broken."""
    for word in reversed(pronoun.doc[max(0, pronoun.i - 80) : pronoun.i]):
        if word.lemma_.lower() in ("truce", "ceasefire", "cease-fire", "armistice"):
            return True
        if word.lemma_ == "fire" and any(c.lower_ == "cease" for c in word.children):
            return True
        if word.lemma_.lower() in ("promise", "law", "treaty", "resolution", "statement", "airspace", "border"):
            return False
    return False


def _has_object_of(token: Token, kind: str, lexicon: Lexicon) -> bool:
    """Whether what a verb is done to is a person ("person"), a side or its spokesmen ("side"), or of a kind of the lexicon."""
    heads = children(token, "dobj", "obj", "nsubjpass")
    who = roles(token)
    is_reduced = token.tag_ == "VBN" or (token.dep_ in ("acl", "relcl") and not heads)
    if who.undergoer is not None and (kind not in ("person", "side") or is_reduced):
        heads.append(who.undergoer)
    if kind not in ("person", "side"):
        return any(is_of_kind(head, kind, lexicon) for head in heads)
    if kind == "person" and token.tag_ == "VBN" and who.undergoer is None and token.dep_ == "pcomp":
        heads = [head for head in (_suffered_above(token),) if head is not None]
    if kind == "person" and any(_is_number_of_people(head, lexicon) for head in heads):
        return True
    for head in (part for whole in heads for part in meant_words(whole)):
        lemma, label = head.lemma_.lower(), head.ent_type_
        if label == "PERSON" or (kind == "side" and label in ("GPE", "NORP", "ORG")):
            return True
        if lexicon.is_kind(lemma, *(("civilian", "combatant", "captive") if kind == "person" else ("speaker", "force"))):
            return True
        if kind == "person" and lemma in _OFFICE_HOLDERS:
            return True
        if kind == "person" and label == "NORP" and (head.pos_ in ("PROPN", "NOUN") or head.dep_ == "pobj"):
            return True
    return False


def _suffered_above(token: Token) -> Token | None:
    """ "were shot after being captured": who was captured is who was shot."""
    above = roles(token.head.head)
    return above.undergoer if above.passive else above.doer


def _is_number_of_people(head: Token, lexicon: Lexicon) -> bool:
    """ "one was killed, 12 were captured": a bare number after people were told of."""
    if head.pos_ != "NUM" or any(c.dep_ in ("prep", "compound") for c in head.children):
        return False
    for word in reversed(head.doc[max(0, head.i - 40) : head.i]):
        if word.pos_ != "NOUN":
            continue
        if lexicon.is_kind(word.lemma_.lower(), "civilian", "combatant", "captive", "force"):
            return True
        if lexicon.is_kind(word.lemma_.lower(), "territory", "military_object"):
            return False
    return False


def _prepositions(token: Token) -> set[str]:
    """The words that stand as a verb's preposition, whatever the parser makes of them."""
    kept: set[str] | None = token.kept.get("prepositions")
    if kept is None:
        kept = token.kept["prepositions"] = _read_prepositions(token)
    return kept


def _read_prepositions(token: Token) -> set[str]:
    words: set[str] = set()
    for child in token.children:
        if child.dep_ in ("prep", "agent", "prt", "advmod", "dative"):
            if not any(inner.ent_type_ in ("DATE", "TIME") for inner in child.children):
                words.add(child.lower_)
        elif child.dep_ in ("advcl", "ccomp", "xcomp") and child.i > token.i:
            # "called for both sides to stop": the parser makes the preposition a mark of the clause
            words.update(c.lower_ for c in child.children if c.dep_ == "mark")
        elif child.dep_ in ("acomp", "oprd"):
            words.add(child.lower_)
    return words
