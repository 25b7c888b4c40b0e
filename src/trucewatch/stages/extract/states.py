"""Deeds told by a state or a turn: a place that fell or came under control, a convoy not let through, a force that stays."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import as_act, told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import OBLIGING, is_negated, with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Token,
    children,
    is_verbal,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.triggers import is_of_kind
from trucewatch.stages.extract.weapons import refine_act, weapon_word

_CHANGING = frozenset({"pass", "come", "fall", "go", "bring", "return", "get", "take", "slip", "end", "remain", "stay"})
_GOING = frozenset(
    "pass enter cross go come return travel proceed move reach drive leave get transit access continue through".split()
)
_BRINGING = frozenset("bring deliver send reach enter cross pass get transport carry supply ship evacuate distribute".split())
_LETTING = frozenset({"let", "allow", "permit", "admit", "give", "grant", "wave"})
_STAYING = frozenset({"remain", "stay", "stand", "sit", "linger", "hold", "be", "keep"})
_GROUND = frozenset(
    {"soil", "ground", "land", "side", "height", "hilltop", "hill", "point", "south", "north", "position", "area"}
)
_BEING = frozenset({"be", "remain", "stay"})
_COUNTED = frozenset({"total", "number", "dozen", "majority", "part", "most", "some", "all", "half", "third", "series"})
_REFUSING = frozenset({"refuse", "decline"})
_GOING_ON = frozenset({"be", "remain", "live", "stay", "go"})
_LEAVING = frozenset({"leave", "withdraw", "retreat", "go", "vacate", "pull", "depart", "return", "disarm", "disband"})
# "loaded with rockets", "armed with mortars" tell what one has, not what one did with it
_HAVING = frozenset(
    "load arm equip supply provide fill stock carry compare deal associate replace meet work fit outfit store mount pack "
    "transport trade begin start end threaten intercept down help come live go be have do see stand armour cope catch".split()
)


@amid("with", "by", "under")
def struck_with(token: Token, lexicon: Lexicon) -> ActMention | None:
    """Whatever is done to a place, a side or its people and things "with rockets" is an attack, by whichever verb."""
    if token.lemma_.lower() in _HAVING and not any(prep.lower_ == "under" for prep, _ in preposition_objects(token)):
        return None
    passive = roles(token).passive
    ways = ("with", "by") if passive else ("with",)
    if token.lemma_ == "come" and not passive:
        ways = ("under",)  # "the city came under a hail of rockets"
    instrument = next(
        (
            inner
            for prep, inner in preposition_objects(token, *ways)
            if is_of_kind(inner, "projectile", lexicon)
            # "surprised by the launch"
            and (prep.lower_ in ("with", "under") or inner.lower_ not in ("launch", "round", "shot", "launches", "rounds"))
        ),
        None,
    )
    struck = roles(token).doer if ways == ("under",) else roles(token).undergoer
    if instrument is None or struck is None:
        return None
    if struck.ent_type_ not in ("GPE", "LOC", "FAC", "NORP") and not lexicon.is_kind(
        struck.lemma_.lower(), "force", "territory", "civilian", "civil_object", "military_object", "convoy", "combatant"
    ):
        return None
    who = roles(token)
    weapon = weapon_word(token, lexicon, None, None)
    return with_modality(
        ActMention(
            token=token,
            frame="attack",
            act=refine_act("FIRE.HEAVY" if weapon is None else "FIRE", weapon, None, lexicon),
            weak=True,
            doer=actor_phrase(who.doer, lexicon) if struck != who.doer else None,
            undergoer=joint_phrase(struck),
            undergoer_head=struck,
            scope=token,
            weapon=weapon or instrument.text,
            negated=_is_negated(token),
            is_supported=True,
            reasons=(f"'{token.text}' with {instrument.text} is an attack",),
        ),
        token,
        lexicon,
    )


def _is_negated(token: Token) -> bool:
    return is_negated(token, roles(token)) if is_verbal(token) else any(c.dep_ == "neg" for c in token.children)


def _is_place(head: Token | None, lexicon: Lexicon) -> bool:
    return head is not None and is_of_kind(head, "territory", lexicon)


_PASSES = frozenset({"access", "passage", "permission", "entry", "permit", "clearance", "transit", "leave"})


def _gives_back(clause: Token) -> bool:
    """ "refused to return the bodies": a thing, and nobody's way home."""
    return clause.lemma_ == "return" and bool(children(clause, "dobj", "obj"))


@reads(_REFUSING)
def _refused(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "refused to let them pass" closes a way; troops that "refused to leave" stay."""
    clause = next(iter(children(token, "xcomp")), None)
    subject = roles(token).doer
    if clause is None or subject is None:
        return None
    doer = actor_phrase(subject, lexicon)
    if clause.lemma_ in ("give", "grant") and not any(c.lemma_ in _PASSES for c in children(clause, "dobj", "obj")):
        return None  # "refused to give guarantees"
    if clause.lemma_ in _LETTING:
        mention = as_act(token, "coerce", "ACCESS.BLOCKADE", doer, _whom_let(clause), "who refuses passage closes a way", token)
    elif (
        clause.lemma_ in _LEAVING
        and not _gives_back(clause)
        and is_of_kind(subject, "force", lexicon)
        and subject.ent_type_ != "ORG"
    ):
        mention = as_act(token, "move", "FORCE.NON_WITHDRAWAL", doer, None, "a force that refuses to leave stays", token)
    else:
        return None
    return with_modality(mention, token, lexicon)


def _whom_let(verb: Token) -> Token | None:
    inner = next(iter(children(verb, "ccomp", "xcomp")), None)
    found = next(iter(children(verb, "dobj", "obj", "nsubjpass", "dative")), None)
    return found or (next(iter(children(inner, "nsubj", "nsubjpass")), None) if inner is not None else None)


@reads(_LETTING)
def _not_let(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "did not let the trucks pass", "is not allowing aid in": a way closed."""
    if not _is_negated(token):
        return None
    whom = _whom_let(token)
    if whom is None:
        return None
    is_way = any(w.lemma_.lower() in _GOING for w in token.subtree if w.i > token.i) or is_of_kind(whom, "convoy", lexicon)
    if not is_way or not (
        is_of_kind(whom, "convoy", lexicon)
        or is_of_kind(whom, "relief", lexicon)
        or is_of_kind(whom, "civilian", lexicon)
        or whom.pos_ == "PRON"
        or whom.ent_type_ in SIDES
    ):
        return None
    if any(c.dep_ == "aux" and c.lower_ in ("will", "would", "should", "must", "could") for c in token.children):
        return None
    who = roles(token)
    act = "ACCESS.AID_DENIAL" if is_of_kind(whom, "relief", lexicon) else "ACCESS.BLOCKADE"
    return as_act(
        token, "coerce", act, actor_phrase(who.doer, lexicon), whom, f"not to '{token.text}' passage closes a way", token
    )


@reads(_BRINGING)
def _unable(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has been unable to bring in any aid", "cannot reach the town", "could not deliver medicine": access is barred."""
    if token.dep_ in ("relcl", "acl"):
        return None
    governor = token.head
    barred = (
        token.dep_ == "xcomp"
        and (governor.lemma_ == "unable" or (governor.lemma_ in ("able", "allow", "permit", "manage") and _denies(governor)))
    ) or (_is_negated(token) and any(c.dep_ == "aux" and c.lower_ in ("can", "could", "ca") for c in token.children))
    who = roles(token)
    brought = who.undergoer if who.undergoer is not None else who.doer
    if not barred or brought is None:
        return None
    if not (is_of_kind(brought, "relief", lexicon) or is_of_kind(brought, "convoy", lexicon)):
        return None
    scope = governor.head if governor.pos_ == "ADJ" and governor.head.pos_ in ("VERB", "AUX") else governor
    scope = scope if token.dep_ == "xcomp" else token
    return as_act(token, "coerce", "ACCESS.AID_DENIAL", None, None, "who cannot bring aid in is kept out", scope)


def _denies(word: Token) -> bool:
    return _is_negated(word) or (word.pos_ == "ADJ" and _is_negated(word.head))


@reads("stuck", "stranded")
def stuck(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "trucks have been stuck at the bridge since Monday"."""
    copula = token.head
    if token.dep_ != "acomp":
        return None
    subject = next(iter(children(copula, "nsubj")), None)
    if subject is None or not (is_of_kind(subject, "convoy", lexicon) or is_of_kind(subject, "relief", lexicon)):
        return None
    return with_modality(
        as_act(token, "coerce", "ACCESS.BLOCKADE", None, subject, f"'{token.text}': a way is closed", copula),
        copula,
        lexicon,
    )


@reads("fall")
def _fallen(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the town fell", "the heights have fallen to X": taken."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or not _is_place(subject, lexicon) or children(token, "dobj", "acomp", "advmod"):
        return None
    preps = list(preposition_objects(token))
    if any(
        inner.ent_type_ not in ("DATE", "TIME") and prep.lower_ not in ("to", "into", "after", "during", "amid")
        for prep, inner in preps
    ):
        return None
    winner = next((inner for prep, inner in preps if prep.lower_ == "to"), None)
    if winner is None:
        hands = next((inner for prep, inner in preps if prep.lower_ == "into"), None)
        if hands is not None and hands.lemma_ != "hand":
            return None
        doer = owner_phrase(hands, lexicon) if hands is not None else None
    else:
        doer = actor_phrase(winner, lexicon)
        if doer is None:
            return None
    why = "a place that fell was taken"
    return told_act(token, token, lexicon, subject, why, frame="take", act="ADVANCE.TERRITORY", doer=doer)


@reads(_CHANGING)
def _under_control(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "passed under the control of X", "fell into the hands of X": taken by X."""
    for _, inner in preposition_objects(token, "under", "into", "in", "to"):
        if inner.lemma_ in ("control", "hand", "rule", "occupation"):
            who = roles(token)
            thing = who.undergoer or who.doer
            doer = owner_phrase(inner, lexicon) or (
                actor_phrase(who.doer, lexicon) if who.undergoer is not None and not who.passive else None
            )
            if thing is None or not _is_place(thing, lexicon):
                return None
            why = f"what came under {inner.text} was taken"
            return told_act(token, token, lexicon, thing, why, frame="take", act="ADVANCE.TERRITORY", doer=doer)
    return None


@reads(_BEING)
@amid("control", "possession", "command")
def _in_control(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "are in control of the town", "is in possession of ten villages": held by who is."""
    if token.dep_ in ("relcl", "acl", "aux", "auxpass") or _is_negated(token):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    doer = actor_phrase(subject, lexicon) if subject is not None else None
    for _, inner in preposition_objects(token, "in"):
        held = next((place for _, place in preposition_objects(inner, "of", "over")), None)
        if held is not None and held.lemma_ in _COUNTED:
            held = next((place for _, place in preposition_objects(held, "of")), held)
        if inner.lemma_ in ("control", "possession", "command") and doer is not None and _is_place(held, lexicon):
            mention = as_act(token, "take", "ADVANCE.TERRITORY", doer, held, f"in {inner.text} of a place is to hold it", token)
            return with_modality(mention, token, lexicon)
    return None


@reads(_STAYING)
def _staying(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "troops remain on the heights", "would stay past the deadline": a force that has not left."""
    if token.dep_ in ("relcl", "acl") or _is_negated(token):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None and token.dep_ == "conj" and token.lemma_ in ("remain", "stay"):
        subject = roles(token).doer  # "had left the village but remained on the heights"
    if subject is None or not is_of_kind(subject, "force", lexicon) or subject.ent_type_ in SIDES or subject.pos_ == "PRON":
        return None
    still = any(c.lower_ == "still" for c in token.children)
    for prep, inner in preposition_objects(token):
        past = prep.lower_ in ("beyond", "past", "after") and inner.lemma_ in ("deadline", "date")
        there = prep.lower_ in ("in", "at", "on", "inside") and (
            inner.ent_type_ in ("GPE", "LOC", "FAC") or inner.lemma_.lower() in _GROUND or _is_place(inner, lexicon)
        )
        if past or (there and (still or token.lemma_ in ("remain", "stay", "linger"))):
            doer = actor_phrase(subject, lexicon)
            mention = as_act(
                token, "move", "FORCE.NON_WITHDRAWAL", doer, None, f"a force that '{token.text}' has not left", token
            )
            return with_modality(mention, token, lexicon)
    return None


# "there were no power cuts": nothing fails
_CUTS = frozenset({"cut", "outage", "blackout", "failure", "interruption", "shortage", "disruption"})


def _there_is_no(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there is no light in the city"."""
    missing = next(iter(children(token, "attr", "nsubj", "dobj")), None)
    if missing is None or not is_of_kind(missing, "utility", lexicon) or missing.lemma_.lower() in _CUTS:
        return None
    if not (_is_negated(token) or any(c.lower_ == "no" for c in missing.children)):
        return None
    where = next((inner for _, inner in preposition_objects(token, "in", "at") if inner.ent_type_ not in ("DATE", "TIME")), None)
    return with_modality(
        as_act(token, "outage", "UTILITY.OUTAGE", None, where or missing, f"there is no {missing.text}", token),
        token,
        lexicon,
    )


@reads(_GOING_ON)
def _without(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the town has been without power since Monday": service cut."""
    if children(token, "expl"):
        return _there_is_no(token, lexicon)
    cut = next((inner for _, inner in preposition_objects(token, "without") if is_of_kind(inner, "utility", lexicon)), None)
    who = roles(token)
    struck = who.undergoer or who.doer
    if cut is None or struck is None or token.dep_ == "amod":
        return None
    return with_modality(as_act(token, "outage", "UTILITY.OUTAGE", None, struck, f"without {cut.text}", token), token, lexicon)


_MOVING = frozenset("leave go move evacuate return stay depart flee relocate head travel approach remain come".split())
_TELLING = frozenset({"tell", "instruct", "direct", "order", "warn", "urge", "advise", "ask", "call"})


def _tells_to_go(verb: Token) -> bool:
    """ "told to leave", "were given until Friday to leave"."""
    timed = any(prep.lower_ in ("until", "till", "by") for prep, _ in preposition_objects(verb)) or any(
        c.ent_type_ in ("TIME", "DATE") for c in children(verb, "dobj", "npadvmod")
    )
    return verb.lemma_ in _TELLING or (verb.lemma_ == "give" and timed)


@reads(_MOVING)
def _told_to_move(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "told residents of X to leave", "residents must not return": people ordered out of their homes or kept from them."""
    obliged = any(c.dep_ == "aux" and c.lower_ in OBLIGING for c in token.children)
    governor = token.head
    if token.dep_ == "advcl" and governor.dep_ == "acl":
        # "told people living there to leave": the parser hangs the order on how they live
        governor = governor.head.head
    teller = governor if token.dep_ in ("xcomp", "ccomp", "advcl") and _tells_to_go(governor) else None
    people = next(iter(children(token, "nsubj")), None)
    if teller is not None and not obliged:
        people = next(iter(children(teller, "dobj", "obj", "nsubjpass", "dative")), None) or people
        if not any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children):
            return None
    elif not obliged:
        return None
    if (
        people is None
        or not is_of_kind(people, "civilian", lexicon)
        or (people.ent_type_ in ("GPE", "ORG") and people.tag_ != "NNS")
    ):
        return None
    return ActMention(
        token=token,
        frame="must",
        act="CIV.DISPLACEMENT",
        weak=True,
        doer=actor_phrase(roles(teller).doer, lexicon) if teller is not None else None,
        undergoer=tight_phrase(people),
        undergoer_head=people,
        scope=teller or token,
        modality="ordered",
        is_demand=True,
        is_supported=True,
        reasons=("people are told to leave or to stay away",),
    )


# the deed that a verb tells by the state it leaves things in
told_by_state = Rules(
    _told_to_move, _refused, _not_let, _unable, _fallen, _under_control, _in_control, _staying, _without,
)  # fmt: skip
