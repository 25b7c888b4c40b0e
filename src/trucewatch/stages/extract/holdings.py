"""What one holds or has come near to: men kept captive, hills not given back, control that passed, troops a mile from a town."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import as_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, has_negation, is_no_more, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_HOLDING = frozenset({"hold", "keep", "detain"})
_KEEPING = frozenset({"hold", "occupy", "keep", "control", "man"})
_PASSING = frozenset({"pass", "go", "shift", "transfer", "move", "fall", "revert", "hand", "return"})
_CONTROL = frozenset({"control", "possession", "sovereignty", "command"})
_LEAVING = frozenset({"leave", "withdraw"})
_NEARING = frozenset({"be", "stand", "get", "come", "advance", "remain", "approach", "lie", "push"})
_FEW = frozenset(
    "only just few within mere less couple a one two three four five six seven eight nine ten 1 2 3 4 5 6 7 8 9 10".split()
)
_MILES = frozenset({"kilometre", "kilometer", "km", "kms", "mile", "metre", "meter"})
_GIVING_BACK = frozenset({"return", "hand", "transfer", "cede", "give", "surrender", "relinquish"})
_READING = _HOLDING | _KEEPING | _PASSING | _LEAVING | _NEARING | _GIVING_BACK
_WITHDRAWALS = frozenset({"withdrawal", "pullout", "pullback", "pull-out", "pull-back", "retreat", "evacuation"})
_LASTING = frozenset({"go", "last", "run", "stretch", "extend", "continue", "take", "delay", "postpone", "need", "drag"})
_SOIL = frozenset({"land", "territory", "district", "region", "area", "province", "village", "town"})


@reads(_READING, _LASTING)
def holding(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The deed that a verb of holding, passing, staying or nearing tells, None where it tells none."""
    lemma = token.lemma_.lower()
    if (late := _overdue(token, lexicon)) is not None:
        return late
    found = (
        (_holds_people(token, lexicon) if lemma in _HOLDING else None)
        or (_still_holds(token, lexicon) if lemma in _KEEPING else None)
        or (_control_passed(token, lexicon) if lemma in _PASSING else None)
        or (_given_back(token, lexicon) if lemma in _GIVING_BACK else None)
        or (_never_left(token, lexicon) if lemma in _LEAVING else None)
        or (_is_under_control(token, lexicon) or _still_there(token, lexicon) if lemma == "be" else None)
        or (_checkpoint_works(token, lexicon) if lemma == "be" else None)
        or (_is_near(token, lexicon) if lemma in _NEARING else None)
    )
    return with_modality(found, token, lexicon) if found is not None else None


def _is_still(token: Token) -> bool:
    return any(c.lower_ == "still" for c in token.children) or (
        token.dep_ == "xcomp" and token.head.lemma_ == "continue" and token.head.tag_ != "VB"
    )


def _holds_people(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X is holding about 60 of its servicemen", "Y still holds four citizens of X"."""
    who = roles(token)
    held = who.undergoer
    if who.passive or held is None or who.doer is None or has_negation(token) or children(token, "oprd", "acomp", "prt"):
        return None
    if who.doer.ent_type_ not in SIDES and not is_of_kind(who.doer, "force", lexicon):
        return None
    counted = held.pos_ == "NUM" or any(c.dep_ == "nummod" or c.lower_ in ("several", "many", "dozens") for c in held.children)
    kinds = ("captive", "combatant", "civilian")
    people = any(is_of_kind(held, kind, lexicon) for kind in kinds) or any(
        w.ent_type_ == "NORP" and w.tag_ in ("NNS", "NNPS") for w in meant_words(held)
    )
    if is_of_kind(held, "monitor", lexicon) or (token.lemma_ == "keep" and not _is_of_another(held)):
        return None
    if not people or not (counted or _is_still(token) or is_of_kind(held, "captive", lexicon)):
        return None
    return as_act(
        token, "detain", "CIV.DETENTION", actor_phrase(who.doer, lexicon), held, f"'{token.text}' people of the other side", token
    )


def _is_of_another(held: Token) -> bool:
    return any(
        w.ent_type_ == "NORP" or w.lemma_ in ("prisoner", "captive", "hostage")
        for h in meant_words(held)
        for w in (h, *h.children)
    )


def _still_holds(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "<Side> forces still hold some hilltops": not left."""
    who = roles(token)
    if who.passive or who.undergoer is None or who.doer is None or not _is_still(token) or has_negation(token):
        return None
    if not is_of_kind(who.doer, "force", lexicon) or not is_of_kind(who.undergoer, "territory", lexicon):
        return None
    why = f"still to '{token.text}' is not to leave"
    return as_act(token, "move", "FORCE.NON_WITHDRAWAL", actor_phrase(who.doer, lexicon), None, why, token)


def _control_passed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "control of two posts has passed to X"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _CONTROL or has_negation(token):
        return None
    ground = next((i for _, i in preposition_objects(subject, "of", "over") if is_of_kind(i, "territory", lexicon)), None)
    winner = next((i for _, i in preposition_objects(token, "to", "into")), None)
    doer = actor_phrase(winner, lexicon) if winner is not None else None
    if ground is None or doer is None:
        return None
    return as_act(token, "take", "ADVANCE.TERRITORY", doer, ground, "control that passed to somebody is taken", token)


def _given_back(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X has returned to Y the district": given up. "X has returned its lands on the battlefield": regained."""
    who = roles(token)
    ground = who.undergoer or next((o for o in children(token, "ccomp", "npadvmod") if o.pos_ in ("NOUN", "PROPN")), None)
    if (
        ground is None
        or has_negation(token)
        or not any(w.lemma_.lower() in _SOIL or w.ent_type_ in ("GPE", "LOC") for w in (ground, *meant_words(ground)))
    ):
        return None
    to = next((i for _, i in preposition_objects(token, "to") if i.ent_type_ in SIDES or i.lower_ == "it"), None)
    to = to or next((c for c in children(token, "dative") if c.ent_type_ in SIDES), None)
    giver = who.doer
    if token.lemma_ == "return" and to is None and giver is not None and giver.ent_type_ in SIDES and not who.passive:
        own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in ground.children)
        if own:
            doer = actor_phrase(giver, lexicon)
            return as_act(token, "take", "ADVANCE.TERRITORY", doer, ground, "who returned his own land took it", token)
    if to is None or (giver is not None and not who.passive and giver.text == to.text):
        return None
    doer = actor_phrase(giver, lexicon) if giver is not None and not who.passive else None
    return as_act(token, "retreat", "DEESCALATE.WITHDRAWAL", doer, to, "land given back to a side", token)


def _never_left(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X never left", of a side whose forces were to leave."""
    who = roles(token)
    if who.doer is None or who.passive or not any(c.lower_ == "never" for c in token.children):
        return None
    if who.doer.ent_type_ not in ("GPE", "ORG", "NORP") and not is_of_kind(who.doer, "force", lexicon):
        return None
    if who.undergoer is not None and not is_of_kind(who.undergoer, "territory", lexicon):
        return None
    if any(c.dep_ == "aux" for c in token.children):
        return None
    return as_act(token, "move", "FORCE.NON_WITHDRAWAL", actor_phrase(who.doer, lexicon), None, "who never left stayed", token)


def _is_under_control(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the heights are under the full control of our units"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or not is_of_kind(subject, "territory", lexicon) or is_no_more(token):
        return None
    if token.dep_ == "relcl" or (token.dep_ == "acl" and not any(c.lower_ == "that" for c in children(token, "mark"))):
        return None
    for _, inner in preposition_objects(token, "under", "in"):
        if inner.lemma_ not in ("control", "hand", "occupation") or (inner.lemma_ == "hand") != (inner.head.lower_ == "in"):
            continue
        holder = next((i for _, i in preposition_objects(inner, "of")), None)
        doer = owner_phrase(inner, lexicon) or (actor_phrase(holder, lexicon) if holder is not None else None)
        if doer is not None:
            mention = as_act(token, "take", "ADVANCE.TERRITORY", doer, subject, "a place under somebody's control is his", token)
            return mention if not has_negation(token) else None
    return None


def _still_there(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the troops are still there"."""
    subject = next(iter(children(token, "nsubj")), None)
    there = any(c.lower_ in ("there", "here") and c.dep_ in ("advmod", "acomp") for c in token.children)
    if subject is None or not there or not _is_still(token) or has_negation(token):
        return None
    force = is_of_kind(subject, "force", lexicon) or (subject.lower_ == "they" and _tells_of_force(subject, lexicon))
    if not force:
        return None
    return as_act(token, "move", "FORCE.NON_WITHDRAWAL", actor_phrase(subject, lexicon), None, "a force still there", token)


def _tells_of_force(pronoun: Token, lexicon: Lexicon) -> bool:
    before = pronoun.doc[max(0, pronoun.i - 25) : pronoun.i]
    nouns = [w for w in before if w.pos_ == "NOUN" and not w.ent_type_]
    people = [w for w in nouns if lexicon.is_kind(w.lemma_.lower(), "force", "combatant", "civilian")]
    return bool(people) and lexicon.is_kind(people[-1].lemma_.lower(), "force", "combatant")


def _checkpoint_works(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the checkpoint was in operation"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_ not in ("checkpoint", "roadblock") or has_negation(token):
        return None
    works = any(i.lemma_ in ("operation", "place", "use", "force") for _, i in preposition_objects(token, "in"))
    works = works or any(c.lower_ in ("operational", "active", "working", "open") for c in children(token, "acomp"))
    if not works:
        return None
    return as_act(token, "coerce", "ACCESS.CHECKPOINT", owner_phrase(subject, lexicon), None, "a checkpoint at work", token)


def _overdue(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the pullout would go past Sunday", "the withdrawal has been delayed": a force that does not leave in time."""
    if token.lemma_ not in _LASTING:
        return None
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _WITHDRAWALS or has_negation(token):
        return None
    late = token.lemma_ in ("delay", "postpone") and subject.dep_ == "nsubjpass"
    beyond = any(prep.lower_ in ("past", "beyond", "after") for prep, _ in preposition_objects(token)) and not late
    longer = token.lemma_ in ("take", "last", "need") and any(c.lower_ == "longer" for c in token.children)
    if not (beyond or late or longer):
        return None
    return as_act(token, "stay", "FORCE.NON_WITHDRAWAL", owner_phrase(subject, lexicon), None, "a withdrawal put off", token)


def _is_near(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the enemy stood only three kilometres from X", "its forces are within five miles of Y": an advance."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or not (is_of_kind(subject, "force", lexicon) or is_of_kind(subject, "enemy", lexicon)):
        return None
    if subject.ent_type_ in SIDES or has_negation(token):
        return None
    words = list(token.doc[token.i + 1 : min(token.i + 14, token.sent.end)])
    mile = next((w for w in words if w.lemma_.lower() in _MILES), None)
    after = next((w for w in words if mile is not None and w.i > mile.i and not w.is_punct), None)
    if mile is None or after is None or after.lower_ not in ("from", "of", "away", "off", "to"):
        return None
    near = any(w.lower_ in _FEW for w in words if w.i < mile.i)
    places = [w for w in token.doc[mile.i + 1 : min(mile.i + 7, token.sent.end)] if w.ent_type_ in ("GPE", "LOC", "FAC")]
    if not near or not places:
        return None
    return as_act(
        token, "attack", "ADVANCE.OFFENSIVE", actor_phrase(subject, lexicon), places[-1], "a force close to a town", token
    )
