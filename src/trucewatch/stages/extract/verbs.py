"""Acts that verbs report, with doer and undergoer.

Long, as what a verb's subject and objects mean turns on its frame, and one frame's readings give way to another's.
"""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon, Trigger, Triggers
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.misfits import is_misfit
from trucewatch.stages.extract.missions import watches
from trucewatch.stages.extract.modality import is_negated, with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase, seat
from trucewatch.stages.extract.scenes import is_truce
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    entity_phrase,
    is_infinitive,
    is_misread_gerund,
    is_misread_perfect,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.triggers import fits, is_of_kind, meant_words, named_beside
from trucewatch.stages.extract.weapons import refine_act, weapon_word
from trucewatch.text.whereabouts import places_beside

_AIMED = ("at", "on", "upon", "into", "against", "towards", "toward")


_TRAVELLED = frozenset("only road land rail railway overland last sole main vital transport supply highway ferry sea air".split())
_HURTS = frozenset({"wound", "injury", "burn"})
_CHECKING = frozenset("control customs police border inspection road toll gendarmerie".split())
_RELIEVING = frozenset("humanitarian medical food emergency relief aid winter cash health shelter".split())
_IN_WORDS = frozenset({"attack", "blast", "hit", "pound", "target", "assault", "strike"})
# who sees a launch did not do it
_SENSING = frozenset({"detect", "identify", "track", "count", "register", "spot", "observe"})
# "were found shot dead"
_FINDING = frozenset({"find", "discover", "leave", "see"})
# what a place may say that opens the sentence: "In <Capital> the offer was refused"
_DATING = frozenset({"after", "before", "since", "while", "as", "because", "although", "though", "when"})
_SPOKEN = frozenset({"request", "reject", "accuse", "accuse_of", "threaten"})
_ON_SOMETHING = frozenset({"shell", "bomb", "bombard", "mortar", "target", "pound", "hit", "rocket"})
_PROVOKING = frozenset({"provocation", "sabotage", "diversion"})
_REGIONS = frozenset({"region", "district", "direction", "area", "village", "border", "position", "section", "sector"})
_SENDING = frozenset({"fire", "launch", "shoot", "lob", "rain"})


def _is_no_partner(head: Token, lexicon: Lexicon) -> bool:
    """Whether an object is a thing of a side, which nobody calls up."""
    if any(c.dep_ in ("amod", "conj") and c.pos_ == "ADJ" and c.i > head.i for c in head.children):
        return True
    return not head.ent_type_ and head.pos_ == "NOUN" and not lexicon.is_kind(head.lemma_.lower(), "speaker", "force", "civilian")


def verb_mention(token: Token, lexicon: Lexicon) -> ActMention | None:
    triggers = lexicon.verbs.get(token.lemma_.lower())
    return _read(token, triggers, lexicon) if triggers else None


def turn_mention(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The act that a turn of the press tells, where no plain word of an act stands, fit or misfit."""
    triggers = lexicon.turns.get(token.lemma_.lower())
    if triggers is None:
        return None
    if "misfit" in token.kept:
        # "secured a hotel" takes no ground, "secured a truce" names its own object
        triggers = Triggers(
            t for t in triggers if t.object_lemma is not None and t.frame in ("agree", "talk", "request", "reject")
        )
    return _read(token, triggers, lexicon) if triggers else None


def _read(token: Token, triggers: Triggers, lexicon: Lexicon) -> ActMention | None:
    beside = triggers.beside(lambda: named_beside(token))
    trigger = next((t for t in beside if fits(token, t, lexicon)), None)
    if trigger is None:
        return None
    who = roles(token)
    if trigger.frame == "request" and who.passive and token.lemma_ in ("push", "press", "drive"):
        return None  # "X has to be pushed north"
    doer_head: Token | None = who.doer
    undergoer_head: Token | None = who.undergoer
    if trigger.frame == "misdeed" and trigger.subject_lemma in ("responsibility", "blame"):
        # "the responsibility lies with X"
        doer_head = next((inner for _, inner in preposition_objects(token, "with", "on")), None)
    if is_misfit(token, trigger, undergoer_head, doer_head, lexicon):
        token.kept["misfit"] = True
        return None
    if undergoer_head is None and _is_headline_passive(token, doer_head):
        undergoer_head = doer_head
        doer_head = None
    if trigger.frame == "harm" and trigger.object_lemma in _HURTS and not who.passive:
        # "received wounds": who has them did not deal them
        doer_head, undergoer_head = None, who.doer
    if trigger.frame == "harm" and undergoer_head is not None and undergoer_head.lemma_ in ("loss", "casualty"):
        # "suffered losses of 20 killed": read as losses that were killed
        undergoer_head = next(iter(children(token.head, "nsubj")), None) if token.dep_ == "ccomp" else None
    if trigger.frame == "clash" or trigger.frame == "harm_intransitive":
        undergoer_head = undergoer_head or (doer_head if trigger.frame == "harm_intransitive" else None)
    if (
        trigger.object_lemma not in (None, *_HURTS)
        and trigger.act != "AIR.UAV_DOWNED"
        and undergoer_head is not None
        and not who.passive
        and undergoer_head.ent_type_ not in ("GPE", "NORP", "PERSON")
    ):
        # "held talks in X" with somebody else
        words = ("with",) if trigger.frame == "talk" else ("of", "over", "on", "against", "at", "in")
        if trigger.act == "FIRE.CLASH":
            words = ("by", *words)  # "repelled provocations by X in the district": X's men
        inner = next(iter(preposition_objects(undergoer_head, *words)), None)
        undergoer_head = inner[1] if inner else None
    if (
        undergoer_head is not None
        and not who.passive
        and lexicon.is_kind(undergoer_head.lemma_.lower(), "projectile")
        and trigger.frame == "attack"
    ):
        undergoer_head = next(
            (
                i
                for anchor in (undergoer_head, token)
                for _, i in preposition_objects(anchor, *_AIMED)
                if i.ent_type_ not in ("DATE", "TIME")
            ),
            None,
        )
    elif (
        undergoer_head is not None
        and who.passive
        and lexicon.is_kind(undergoer_head.lemma_.lower(), "projectile")
        and token.lemma_ in _SENDING
        and trigger.act != "AIR.UAV_DOWNED"
    ):
        undergoer_head = None
    if (
        trigger.frame == "talk"
        and token.lemma_ == "call"
        and undergoer_head is not None
        and _is_no_partner(undergoer_head, lexicon)
    ):
        return None  # "called X's troop movements reckless"
    if trigger.frame == "talk" and not who.passive and (partner := _partner(token, undergoer_head)) is not None:
        undergoer_head = partner
    if trigger.frame == "lose" and who.passive:
        doer_head, undergoer_head = None, who.undergoer  # "three soldiers were lost"
    elif trigger.frame == "lose":
        anchors = [token, *([who.undergoer] if who.undergoer is not None else [])]
        winner = next((inner for anchor in anchors for _, inner in preposition_objects(anchor, "to")), None)
        doer_head, undergoer_head = winner, who.doer
    elif trigger.frame == "losses":
        doer_head, undergoer_head = (None, who.doer) if token.lemma_ != "inflict" else (who.doer, None)
    elif (
        undergoer_head is None
        and not who.passive
        and trigger.frame in ("attack", "damage")
        and doer_head is not None
        and lexicon.is_kind(doer_head.lemma_.lower(), "civil_object", "military_object")
        and not lexicon.is_kind(doer_head.lemma_.lower(), "projectile", "weapon")
    ) or (undergoer_head is None and token.lemma_ in _BURSTING and doer_head is not None and _is_in_use(doer_head)):
        undergoer_head = doer_head
        doer_head = None
    flag = next((h for h in (who.doer, who.undergoer) if h is not None and h.lemma_ == "flag"), None)
    if trigger.frame == "take" and flag is not None and (who.passive or flag == who.doer):
        # "X's flag was raised over the town": X took it
        doer_head = flag
        undergoer_head = next((i for _, i in preposition_objects(token, "over", "above", "in", "on")), None)
    if undergoer_head is None and trigger.act == "AIR.OVERFLIGHT":
        over = (i for _, i in preposition_objects(token, "over", "above"))
        undergoer_head = next((i for i in over if i.ent_type_ not in ("DATE", "TIME")), None)
    if undergoer_head is None and trigger.frame != "losses":
        through = ("through",) if trigger.frame in ("attack", "damage") else ()
        pair = next(iter(preposition_objects(token, *_AIMED, "of", *through)), None)
        undergoer_head = pair[1] if pair and pair[1].ent_type_ not in ("DATE", "TIME") else None
    if undergoer_head is None and trigger.frame == "attack":
        undergoer_head = _purpose_object(token)
    if undergoer_head is None and (trigger.frame == "coerce" or trigger.act == "AID.DELIVERY"):
        undergoer_head = _receiving_side(token)
    if token.lemma_ in _SENSING:
        source = (i for anchor in (token, who.undergoer) if anchor is not None for _, i in preposition_objects(anchor, "from"))
        doer_head = next((i for i in source if i.ent_type_ in SIDES), None)
    if trigger.frame == "accuse" and token.lemma_ == "blame" and token.dep_ == "xcomp" and token.head.lemma_ == "hold":
        doer_head, undergoer_head = roles(token.head).doer, roles(token.head).undergoer  # "held X to blame"
    if trigger.frame == "accuse" and token.lemma_ == "blame" and token.dep_ == "xcomp" and token.head.lemma_ == "be":
        # "X is to blame": whoever says so blames X
        doer_head, undergoer_head = None, who.doer
    doer = actor_phrase(doer_head, lexicon) if doer_head is not None else None
    if trigger.frame == "menace" and doer_head is not None and doer_head.lower_ in ("it", "they"):
        doer = _named_in_the_condition(token) or doer
    if trigger.frame == "harm_intransitive":
        doer = None
    if doer is None:
        doer = _doer_from_phrase(token, lexicon, fires=trigger.frame in ("attack", "damage", "harm", "breach"))
    if token.lemma_ == "bury" and trigger.frame == "harm":
        doer = None  # who buries the dead did not kill them
    if doer is None and trigger.frame in _SPOKEN:
        doer = seat(token)
    weapon = weapon_word(token, lexicon, doer_head, who.undergoer)
    if trigger.frame == "attack" and weapon is None and _is_in_words(token, who.doer, undergoer_head, lexicon):
        trigger = Trigger(trigger.lemma, "accuse", "BLAME", True)
    is_mission = doer_head is not None and not who.passive and watches(doer_head, lexicon)
    if is_mission and trigger.act in ("FORCE.BUILDUP", "ADVANCE.LINE_CROSSING", "FORCE.FORTIFICATION"):
        trigger = Trigger(trigger.lemma, "offer", "OFFER.MONITORS", True, object_lemma=trigger.object_lemma)
    if trigger.act == "FORCE.BUILDUP" and undergoer_head is not None and lexicon.is_kind(undergoer_head.lemma_, "monitor"):
        trigger = Trigger(trigger.lemma, "offer", "OFFER.MONITORS", True, object_lemma=trigger.object_lemma)
    if trigger.act == "FORCE.BUILDUP" and who.undergoer is not None and _is_used_against(token, who.undergoer, lexicon):
        is_banned = any(c.lemma_.lower() in ("cluster", "phosphorus") for c in (who.undergoer, *who.undergoer.children))
        trigger = Trigger(trigger.lemma, "attack", "WEAPON.PROHIBITED" if is_banned else "FIRE", True)
    if trigger.frame == "misdeed" and trigger.object_lemma in _PROVOKING and _is_set_down(token):
        trigger = Trigger(trigger.lemma, "attack", "FIRE", True, object_lemma=trigger.object_lemma)
    if trigger.act == "AGREE.OTHER" and _is_to_cease(token):
        trigger = Trigger(trigger.lemma, "agree", "AGREE.CEASEFIRE", True, object_lemma=trigger.object_lemma)
    if trigger.act == "DEESCALATE.CEASE_FIRE" and who.doer is not None and not who.passive and _is_truce(who.doer):
        trigger = Trigger(trigger.lemma, "begin", "AGREE.CEASEFIRE", True, object_lemma=trigger.object_lemma)
    if trigger.act == "AID.DELIVERY" and _is_help_of_any_kind(undergoer_head, who.undergoer):
        trigger = Trigger(trigger.lemma, "offer", "OFFER.OTHER", True, object_lemma=trigger.object_lemma)
    if trigger.act == "AID.DELIVERY" and who.undergoer is not None and watches(who.undergoer, lexicon):
        # "let observers in"
        trigger = Trigger(trigger.lemma, "offer", "OFFER.MONITORS", True, object_lemma=trigger.object_lemma)
    if trigger.act == "AID.DELIVERY" and trigger.subject_kind in ("convoy", "relief") and who.doer is not None:
        act = _what_arrives(who.doer, lexicon)
        if act is None:
            return None
        if act != trigger.act:
            trigger = Trigger(trigger.lemma, "offer" if act.startswith("OFFER") else "move", act, True)
    if trigger.act == "ACCESS.BLOCKADE" and _is_cut_by_fire(who.doer, lexicon):
        trigger = Trigger(trigger.lemma, "damage", "FIRE", True)
    if trigger.act == "ACCESS.CHECKPOINT" and who.undergoer is not None and who.undergoer.lemma_ == "post":
        frame, act = _post_of(who.undergoer, who.doer, lexicon)
        trigger = Trigger(trigger.lemma, frame, act, True, object_lemma=trigger.object_lemma)
    if trigger.frame == "take" and who.undergoer is not None and _grips_a_way(token, who.undergoer, lexicon):
        trigger = Trigger(trigger.lemma, "coerce", "ACCESS.BLOCKADE", True, object_lemma=trigger.object_lemma)
    if trigger.act == "FIRE.CLASH" and who.passive and who.undergoer is not None and _are_a_people(who.undergoer):
        # "600,000 <People> were driven out"
        trigger = Trigger(trigger.lemma, "displace", "CIV.DISPLACEMENT", True, object_lemma=trigger.object_lemma)
    if trigger.act == "REFUSE" and who.undergoer is not None and _is_way(who.undergoer):
        trigger = Trigger(trigger.lemma, "coerce", "ACCESS.BLOCKADE", True, object_lemma=trigger.object_lemma)
    if trigger.act == "UTILITY.OUTAGE" and weapon is not None:
        trigger = Trigger(trigger.lemma, "damage", "FIRE", True)
    witness = actor_phrase(who.doer, lexicon) if token.lemma_ in _SENSING and not who.passive else None
    negated = is_negated(token, who) and "not" not in trigger.needs
    if trigger.act == "AID.DELIVERY" and negated and doer_head is not None and is_of_kind(doer_head, "relief", lexicon):
        # "no food has reached the town": aid that does not come is withheld
        trigger, negated, doer = Trigger(trigger.lemma, "coerce", "ACCESS.AID_DENIAL", True), False, None
    mention = ActMention(
        token=token,
        frame=trigger.frame,
        act=refine_act(trigger.act, weapon, undergoer_head, lexicon),
        weak=trigger.weak,
        doer=doer,
        undergoer=_undergoer_phrase(undergoer_head, trigger.frame),
        undergoer_head=undergoer_head,
        scope=token.head if _is_told_by_head(token) else token,
        weapon=weapon,
        negated=negated,
        witness=witness,
        is_supported=(
            trigger.object_lemma is not None and (trigger.frame not in ("talk", "agree") or trigger.act == "AGREE.CEASEFIRE")
        )
        or trigger.subject_kind == "civilian"
        # "and four died in X"
        or (
            trigger.frame == "harm_intransitive"
            and doer_head is not None
            and doer_head.pos_ == "NUM"
            and bool(places_beside(token))
        )
        or (trigger.frame == "flee" and (trigger.subject_kind == "territory" or trigger.subject_lemma in ("village", "town")))
        or (trigger.subject_kind == "projectile" and any(t.ent_type_ in ("GPE", "LOC", "FAC") for t in token.subtree))
        or (trigger.frame in ("menace", "threaten") and bool({"will", "not"} & set(trigger.needs)))
        or (trigger.frame == "outage" and trigger.exactness > 0)
        or trigger.object_kind in ("captive", "remains")
        or (trigger.act == "DEESCALATE.RELEASE" and who.undergoer is not None and is_of_kind(who.undergoer, "captive", lexicon)),
        recipients=tuple(_recipients(token, trigger, lexicon)),
        reasons=(f"'{token.text}' reports {trigger.act} ({trigger.frame})",),
    )
    return with_modality(mention, token, lexicon)


def _is_truce(head: Token) -> bool:
    """ "the truce put an end to the war"."""
    truce = head.lemma_.lower() in ("truce", "ceasefire", "cease-fire", "armistice")
    return truce or (head.lemma_ == "fire" and any(c.lower_ == "cease" for c in head.children))


def _named_in_the_condition(token: Token) -> Phrase | None:
    """ "if <Side> chooses war, it will pay": whom the condition names."""
    conditions = (c for c in children(token, "advcl") if c.i < token.i and any(m.lower_ == "if" for m in children(c, "mark")))
    named = (s for c in conditions for s in children(c, "nsubj") if s.ent_type_ in SIDES)
    return next((tight_phrase(s) for s in named), None)


def _is_told_by_head(token: Token) -> bool:
    """ "were found shot dead", "of laying mines": the clause is the head's."""
    if is_misread_perfect(token):
        return True
    return (token.dep_ == "xcomp" and token.tag_ == "VBN" and token.head.lemma_ in _FINDING) or is_misread_gerund(token)


def _what_arrives(head: Token, lexicon: Lexicon) -> str | None:
    """What a column that reached a place is: aid, peacekeepers or a force; None for ambulances on their rounds."""
    words = {w.lemma_.lower() for w in head.subtree if w.dep_ in ("pobj", "compound", "amod", "nmod", "conj", "nsubj")} | {
        head.lemma_
    }
    if any(lexicon.is_kind(w, "monitor", "peacekeeping") for w in words) and not any(
        lexicon.is_kind(w, "relief") for w in words - {"convoy"}
    ):
        return "OFFER.MONITORS"
    if any(lexicon.is_kind(w, "relief") or w in _RELIEVING for w in words - {"convoy"}):
        return "AID.DELIVERY"
    if any(lexicon.is_kind(w, "force", "combatant", "armament", "mobile") for w in words - {"column", "patrol"}):
        return "FORCE.BUILDUP"
    return None if words & {"ambulance", "patient", "traffic", "bus"} else "AID.DELIVERY"


def _is_headline_passive(token: Token, subject: Token | None) -> bool:
    """ "<Town> shelled again overnight": what is shelled, where the verb asks for an object and has none."""
    if subject is None or subject.ent_type_ not in ("GPE", "LOC", "FAC") or token.lemma_ not in _ON_SOMETHING:
        return False
    if token.tag_ not in ("VBD", "VBN") or children(token, "aux", "auxpass", "prt", "dobj", "obj", "xcomp", "ccomp"):
        return False
    return not any(i.ent_type_ not in ("DATE", "TIME") for _, i in preposition_objects(token, *_AIMED, "with", "from"))


def _is_set_down(token: Token) -> bool:
    """ "staged a provocation in the direction of X at 11:00": where or when it came is told, and so an attack."""
    if any(c.dep_ == "aux" and c.lower_ not in ("had", "has", "have") for c in token.children):
        return False
    things = children(token, "dobj", "obj", "nsubjpass")
    below = [
        i for anchor in (token, *things) for p, i in preposition_objects(anchor) if p.lower_ not in ("by", "of", "from", "for")
    ]
    below += [i for inner in below for _, i in preposition_objects(inner, "of")]
    return any(i.ent_type_ in ("GPE", "LOC", "FAC", "TIME", "DATE") or i.lemma_ in _REGIONS for i in below)


def _post_of(post: Token, doer: Token | None, lexicon: Lexicon) -> tuple[str, str]:
    """What a post set up is: of peacekeepers one of theirs, of an army a position; police or a road about it make it a check."""
    words = {c.lemma_.lower() for c in (*post.children, *(t for c in post.children for t in c.children))}
    doers = {w.lemma_.lower() for w in doer.subtree} if doer is not None else set()
    if words & _CHECKING or doers & _CHECKING or any(lexicon.is_kind(w, "route") for w in words):
        return "coerce", "ACCESS.CHECKPOINT"
    if "observation" in words or any(lexicon.is_kind(w, "monitor", "peacekeeping") for w in doers | words):
        is_army = doer is not None and not any(lexicon.is_kind(w, "monitor", "peacekeeping") for w in doers)
        return ("move", "FORCE.FORTIFICATION") if is_army else ("offer", "OFFER.MONITORS")
    return "move", "FORCE.FORTIFICATION"


def _is_way(thing: Token) -> bool:
    """ "cutting off the only link to X": a way, and no tie."""
    return thing.lemma_ == "link" and any(c.lower_ in _TRAVELLED for c in thing.children)


def _grips_a_way(token: Token, thing: Token, lexicon: Lexicon) -> bool:
    """ "tightened its grip on the only road": no ground is taken."""
    held = (inner for anchor in (thing, token) for _, inner in preposition_objects(anchor, "on", "over"))
    return thing.lemma_ in ("grip", "hold") and any(lexicon.is_kind(inner.lemma_.lower(), "route") for inner in held)


def _are_a_people(thing: Token) -> bool:
    return any(word.ent_type_ == "NORP" and word.tag_ in ("NNPS", "NNS") for word in meant_words(thing))


def _is_cut_by_fire(doer: Token | None, lexicon: Lexicon) -> bool:
    """ "a raid cut the road": the raid is told."""
    if doer is None:
        return False
    named = lexicon.nouns.get(doer.lemma_.lower())
    return (named is not None and named.frame == "attack") or lexicon.is_kind(doer.lemma_.lower(), "projectile")


def _is_to_cease(token: Token) -> bool:
    """ "an agreement was reached to cease fire", "agreed to halt hostilities", "came to an agreement on a truce"."""
    holders = [token, *children(token, "dobj", "obj", "nsubjpass")]
    holders += [i for _, i in preposition_objects(token, "to", "at") if token.lemma_ in ("come", "arrive")]
    matters = (i for holder in holders for _, i in preposition_objects(holder, "on", "about", "for", "to"))
    if any(is_truce(matter) for matter in matters):
        return True  # "reached agreement on a truce"
    aims = [c for holder in holders for c in children(holder, "advcl", "acl", "xcomp", "relcl") if is_infinitive(c)]
    return any(
        aim.lemma_ in ("cease", "stop", "halt", "end", "suspend")
        and any(thing.lemma_ in ("fire", "hostility", "fighting", "firing", "shelling") for thing in children(aim, "dobj", "obj"))
        for aim in aims
    )


def _is_used_against(token: Token, thing: Token, lexicon: Lexicon) -> bool:
    """ "deployed cluster munitions against cities": used, where what stands against is no force."""
    is_weapon = is_of_kind(thing, "projectile", lexicon) or thing.lemma_.lower() in ("munition", "phosphorus", "ammunition")
    aims = [inner for _, inner in preposition_objects(token, "against", "on")]
    return is_weapon and any(inner.ent_type_ in SIDES or not is_of_kind(inner, "force", lexicon) for inner in aims)


def _is_help_of_any_kind(*things: Token | None) -> bool:
    """ "the necessary assistance": help, not goods, where nothing calls it humanitarian."""
    for thing in things:
        if thing is not None and thing.lemma_.lower() in ("assistance", "support", "help"):
            return not any(c.dep_ in ("amod", "compound") and c.lemma_.lower() in _RELIEVING for c in thing.children)
    return False


def _is_in_words(token: Token, doer: Token | None, undergoer: Token | None, lexicon: Lexicon) -> bool:
    """Whether somebody is attacked in words: a person or office "attacked X for doing", "blasted him over it"."""
    if doer is None or undergoer is None or token.lemma_.lower() not in _IN_WORDS:
        return False
    speaks = doer.ent_type_ == "PERSON" or (
        lexicon.is_kind(doer.lemma_.lower(), "speaker") and not lexicon.is_kind(doer.lemma_.lower(), "force")
    )
    if not speaks and doer.pos_ != "PRON":
        return False
    why = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("for", "over", "as")]
    return any(
        inner.ent_type_ not in ("DATE", "TIME") for prep in why for inner in prep.children if inner.dep_ in ("pobj", "pcomp")
    ) or (speaks and undergoer.ent_type_ == "PERSON")


def _undergoer_phrase(head: Token | None, frame: str) -> Phrase | None:
    if head is None:
        return None
    return tight_phrase(head, with_of=False) if frame == "accuse_of" else joint_phrase(head)


def _receiving_side(token: Token) -> Token | None:
    """Whom aid goes to, or sanctions and closures fall on: the side in "to X", "on X", "for X", or "gave X aid"."""
    given = next((c for c in token.children if c.dep_ == "dative" and c.ent_type_ in SIDES), None)
    if given is not None:
        return given
    things = children(token, "dobj", "obj", "nsubjpass")
    for thing in (*things, *(inner for t in things for _, inner in preposition_objects(t, "of")), token):
        for _, inner in preposition_objects(thing, "to", "on", "against", "for", "with", "in"):
            if inner.ent_type_ in SIDES:
                return inner
            owner = next((c for c in inner.children if c.ent_type_ in SIDES and c.i < inner.i), None)
            if owner is not None:
                return owner
    return None


def _partner(token: Token, topic: Token | None) -> Token | None:
    """With whom something was discussed: "with X" below the verb, its object or the call that it was discussed in."""
    if topic is None:
        return None
    anchors = [token, topic, *(inner for _, inner in preposition_objects(token, "by", "in", "during", "over", "at", "on"))]
    pairs = (pair for anchor in anchors for pair in preposition_objects(anchor, "with"))
    return next((inner for _, inner in pairs if inner != topic and inner.i > token.i and inner.pos_ in ("PROPN", "NOUN")), None)


def _purpose_object(token: Token) -> Token | None:
    """Whom an operation is launched against: the object of "to dismantle X", "to drive out Y"."""
    for holder in (token, *children(token, "dobj", "obj")):
        for clause in children(holder, "advcl", "acl", "xcomp"):
            if any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children):
                found = next(iter(children(clause, "dobj", "obj")), None)
                if found is not None:
                    return found
    return None


_BURSTING = frozenset({"blow", "explode", "detonate", "burst", "go"})
_USING = frozenset({"use", "carry", "wear", "own", "hold", "drive", "operate", "run", "man", "ride"})


def _is_in_use(thing: Token) -> bool:
    """ "radios used by X blew up": X's own, which nobody is said to have blown up."""
    return any(c.dep_ == "acl" and c.lemma_ in _USING and children(c, "agent") for c in thing.children)


# "fell twenty metres from a sergeant": how far off
_LENGTHS = frozenset("meter metre kilometer kilometre km mile yard foot away far".split())


def _doer_from_phrase(token: Token, lexicon: Lexicon, *, fires: bool) -> Phrase | None:
    for prep, inner in preposition_objects(token, "by", "from"):
        if prep.lower_ == "from":
            if not fires or (prep.i and prep.doc[prep.i - 1].lemma_.lower() in _LENGTHS):
                continue
            owners = (c for c in inner.children if c.dep_ in ("amod", "compound", "poss", "nmod") and c.i < inner.i)
            for source in (inner, *(i for _, i in preposition_objects(inner, "of")), *owners):
                if source.ent_type_ in ("GPE", "NORP"):
                    return entity_phrase(source)
            continue
        phrase = actor_phrase(inner, lexicon)
        if phrase is not None:
            return phrase
    for prep, inner in preposition_objects(token, "with", "in", "during", "after", "as"):
        if prep.lower_ in ("in", "during", "with", "after", "as") and (
            inner.lemma_ in lexicon.nouns or lexicon.is_kind(inner.lemma_, "weapon")
        ):
            phrase = owner_phrase(inner, lexicon)
            if phrase is not None and not _befell(inner, phrase, lexicon):
                return phrase
    return None


def _befell(deed: Token, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether "of" after a deed names whom it befell: "lost their lives in the shelling of <town>"."""
    named = lexicon.nouns.get(deed.lemma_.lower())
    return named is not None and named.takes_object and any(i == phrase.head for _, i in preposition_objects(deed, "of"))


def _recipients(token: Token, trigger: Trigger, lexicon: Lexicon) -> list[Phrase]:
    """Whom a verbal act or meeting concerns besides its object: "with X", "on X to", "to X", "against X"."""
    found = []
    if trigger.frame in ("talk", "request", "reject", "offer", "agree", "threaten", "accuse", "accuse_of"):
        anchors = [token, *children(token, "dobj", "obj")]
        for _, inner in (
            pair
            for anchor in anchors
            for pair in preposition_objects(anchor, "with", "on", "upon", "to", "for", "against", "between", "by", "of")
            if not (trigger.frame == "accuse" and pair[0].lower_ in ("to", "with", "by"))
        ):
            # "by force" names no force
            phrase = actor_phrase(inner, lexicon) if inner.lower_ != "force" or list(inner.children) else None
            if phrase is not None:
                found.append(phrase)
        for child in children(token, "ccomp", "xcomp", "advcl"):
            if trigger.frame in ("threaten", "offer", "talk"):
                inner_heads = [
                    *children(child, "dobj", "obj"),
                    *(i for _, i in preposition_objects(child, "by", "with", "against", "on", "to") if i.lower_ != "force"),
                ]
                found.extend(phrase for head in inner_heads if (phrase := actor_phrase(head, lexicon)) is not None)
            subject = next(iter(children(child, "nsubj", "nsubjpass")), None)
            is_obliged = any(c.lower_ in ("must", "should") for c in child.children)
            if child.dep_ == "advcl" and any(c.lower_ in _DATING for c in child.children if c.dep_ in ("mark", "advmod")):
                continue  # "requested a session, after X had led a push for it"
            if subject is not None and (trigger.frame != "threaten" or is_obliged):
                phrase = actor_phrase(subject, lexicon)
                if phrase is not None:
                    found.append(phrase)
    return found
