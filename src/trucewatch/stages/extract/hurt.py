"""Victims told by their wounds and by what became of them: carried off with a bullet wound, victims of mines, a fate unknown."""

from __future__ import annotations

from functools import partial

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import KIN
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Token, children, has_negation, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words
from trucewatch.stages.extract.weapons import refine_act

_BORNE = frozenset(
    "carry take bring rush airlift evacuate fly drive transfer admit arrive leave lie come limp be hospitalise "
    "hospitalize".split()
)
_WOUNDS = frozenset({"wound", "injury", "burn"})
_ARMS = frozenset({"bullet", "gunshot", "shrapnel", "blast", "shell", "splinter", "mine", "shot"})
_LIMBS = frozenset("leg arm head chest abdomen stomach foot shoulder neck back hand eye face thigh hip".split())
_FALLING_TO = frozenset({"become", "be", "fall", "make"})

_mention = partial(told_act, frame="harm", act="FIRE")


def _are_people(head: Token | None, lexicon: Lexicon) -> bool:
    if head is None:
        return False
    named = head.ent_type_ == "PERSON" or any(w.lemma_.lower() in KIN for w in meant_words(head))
    return named or any(is_of_kind(head, kind, lexicon) for kind in ("civilian", "combatant", "force"))


@reads(_BORNE)
def _with_wounds(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "was carried away with a bullet wound in the leg", "arrived with shrapnel wounds"."""
    wound = next((i for _, i in preposition_objects(token, "with") if i.lemma_.lower() in _WOUNDS), None)
    if wound is None:
        return None
    words = [*children(wound, "compound", "amod"), *(i for _, i in preposition_objects(wound, "from", "by"))]
    who = next(iter(children(token, "nsubjpass")), None) or next(iter(children(token, "dobj", "obj", "nsubj")), None)
    in_ward = wound.lemma_ == "wound" and any(w.lemma_.lower() in _LIMBS for w in words)
    in_ward = in_ward and any(i.lemma_ == "hospital" for _, i in preposition_objects(token, "in", "to"))
    if who is None or not (in_ward or any(w.lemma_.lower() in _ARMS for w in words)) or not _are_people(who, lexicon):
        return None
    weapon = next((w.text for w in words if w.lemma_.lower() in lexicon.weapons), None)
    shot = any(w.lemma_.lower() in ("bullet", "gunshot", "shot") for w in words)
    return _mention(
        token,
        token,
        lexicon,
        who,
        "somebody has wounds of arms",
        act="FIRE.SMALL_ARMS" if shot else refine_act("FIRE", weapon, None, lexicon),
    )


@reads(_FALLING_TO)
@amid("victim")
def _victims_of(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "120 people have become victims of mine explosions", "fell victim to a sniper"."""
    victim = next((c for c in children(token, "attr", "oprd", "dobj", "acomp") if c.lemma_.lower() == "victim"), None)
    who = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if victim is None or who is None or not _are_people(who, lexicon):
        return None
    causes = [i for anchor in (victim, token) for _, i in preposition_objects(anchor, "of", "to")]
    words = [w for i in causes for w in (i, *children(i, "compound", "amod"))]
    named = [lexicon.nouns.get(w.lemma_.lower()) for w in words]
    arms = next((w.text for w in words if w.lemma_.lower() in lexicon.weapons), None)
    if arms is None and not any(t is not None and t.frame in ("attack", "clash", "blast") for t in named):
        return None
    why, act = f"people are victims of {causes[0].text}", refine_act("FIRE", arms, None, lexicon)
    return _mention(token, token, lexicon, who, why, act=act)


_BRINGING = frozenset("carry take bring rush airlift evacuate fly drive transfer transport move ferry ship convey".split())
_CARERS = frozenset(
    "cross crescent ambulance rescuer rescue rescuers medic paramedic peacekeeper helicopter volunteer hospital doctor "
    "nurse scouts".split()
)
_IN_CARE = frozenset({"wounded", "injured", "patient", "patients", "sick"})
_ESCORTING = frozenset({"escort", "accompaniment", "mediation", "help", "support", "assistance", "supervision"})


def in_care(verb: Token) -> Token | None:
    """ "The <aid body> took four wounded to hospital": those whom helpers bring to a doctor; None for any other errand."""
    carer = roles(verb).doer if verb.lemma_.lower() in _BRINGING else None
    if carer is None or has_negation(verb):
        return None
    around = [carer, *children(carer, "compound", "amod"), *(i for _, i in preposition_objects(carer, "of"))]
    words = {w.lower_ for one in around for w in (one, *children(one, "compound"))} | {w.lemma_.lower() for w in around}
    if not words & _CARERS:
        return None
    taken = children(verb, "dobj", "obj")
    # "took two wounded to X": the participle may hang on the verb
    beside = {w.i - 1 for w in children(verb, "advcl") if w.lower_ in _IN_CARE}
    return next(
        (w for w in taken if w.i in beside or any(p.lower_ in _IN_CARE for p in (w, *children(w, "amod", "acl", "nmod")))), None
    )


@reads(_BRINGING)
def _brought_to_care(token: Token, lexicon: Lexicon) -> ActMention | None:
    brought = in_care(token)
    helper = roles(token).doer if brought is not None else None
    if brought is None and token.tag_ == "VBN":
        # "eleven patients were transferred under the escort of <an aid body>"
        brought = next((c for c in children(token, "nsubjpass") if c.lemma_.lower() == "patient"), None)
        escorts = (i for _, i in preposition_objects(token, "under", "with") if i.lemma_ in _ESCORTING)
        helper = next((i for escort in escorts for _, i in preposition_objects(escort, "of", "from", "by")), roles(token).doer)
    if brought is None:
        return None
    helpers = actor_phrase(helper, lexicon)
    why = "helpers bring the hurt to care"
    return told_act(token, token, lexicon, brought, why, frame="offer", act="AID.DELIVERY", doer=helpers)


hurt = Rules(_with_wounds, _victims_of, _brought_to_care)
