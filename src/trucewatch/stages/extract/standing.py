"""Which words report an act of their own, and which name a lasting state, a date, or an act told elsewhere."""

from __future__ import annotations

from trucewatch.stages.extract.lasting import happened_then
from trucewatch.stages.extract.leaving import is_on_the_move
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.nouns import (
    event_subject,
    goes_on,
    is_heavy_there,
    is_scaring,
    is_shown,
    is_told_absent,
    named_under,
    sufferer_of,
    tells_event,
    there_were,
)
from trucewatch.stages.extract.phrases import owner_phrase
from trucewatch.stages.extract.syntax import Token, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words
from trucewatch.stages.extract.voices import OUTLET, Vouching
from trucewatch.text.figures import FigureMention

_VERDICTS = frozenset(
    "manifestation example proof sign continuation violation crime act evidence breach part expression demonstration".split()
)

_OUTCOMES = frozenset(
    "draw leave drive trigger prompt follow change cause spark bring force send kill wound injure provoke displace cost claim "
    "destroy damage come mark last begin start end take set cut shatter shake rock raise push hit".split()
)
_NOTED = frozenset({"record", "register", "note", "observe", "report", "document", "detect", "fix", "log"})

_PROCLAIMING = frozenset("announce report confirm declare proclaim celebrate hail claim acknowledge".split())

_LASTS = frozenset({"enter", "continue", "last", "drag", "persist", "tighten"})
# a place held is a state; that one came to hold it is the deed
_LASTING = frozenset({"control", "occupy", "hold", "be", "remain", "stay"})


def stands(
    lead: ActMention, vouching: Vouching, lexicon: Lexicon, *, is_counted: bool = False, has_figures: bool = False
) -> bool:
    """Whether the words report an act at all, and not a lasting state of things or somebody's comfort.

    `is_counted`: a number of places stands with it, as news of places held gives one.
    """
    if lead.frame == "losses":
        return not lead.negated
    if lead.frame in ("offer", "talk", "agree") and any(c.lower_ == "whether" for c in lead.token.children):
        return False
    if lead.frame == "flee":
        heads = (lead.undergoer_head, lead.doer.head if lead.doer is not None else None, roles(lead.token).doer)
        emptied = roles(lead.token).undergoer
        if lead.token.lemma_ == "evacuate" and emptied is not None and is_of_kind(emptied, "territory", lexicon):
            return True  # "the town is being evacuated"
        if lead.token.lemma_ in ("empty", "exodus"):
            return True  # "the town has emptied", "the exodus goes on"
        return any(head is not None and is_on_the_move(head, lexicon, is_told=vouching is not OUTLET) for head in heads)
    is_counted_there = has_figures and any(t.pos_ == "NUM" for t in lead.token.sent)
    if lead.frame == "harm" and not is_counted_there and _is_scrap(lead.token):
        return False
    if lead.frame == "take" and lead.token.lemma_ in ("control", "occupy", "hold") and lead.token.dep_ in ("acl", "amod"):
        return False  # "a bridge held by X"
    if lead.frame == "take" and vouching is OUTLET and not is_counted and lead.token.lemma_ in _LASTING:
        is_news = _is_past(lead.token) or any(c.lower_ == "now" for c in lead.token.children)
        return is_news and lead.token.dep_ not in ("acl", "relcl", "amod")
    if lead.frame == "offer" and lead.token.lemma_ in ("support", "back", "assist", "arm"):
        head = lead.undergoer_head
        if head is None:
            # "would continue assisting with the clearance of mines", in somebody's words
            is_told = vouching is not OUTLET and lead.token.lemma_ == "assist"
            return is_told and any(True for _ in preposition_objects(lead.token, "with", "in"))
        is_side = head.ent_type_ in ("GPE", "NORP", "ORG") or lexicon.is_kind(head.lemma_.lower(), "force")
        return is_side or owner_phrase(head, lexicon) is not None
    return not (lead.frame == "displace" and lead.token.dep_ == "amod")


def nominal_stands(group: ActGroup, figures: list[FigureMention], lexicon: Lexicon, is_quoted: bool = False) -> bool:
    """Whether an act named by a noun alone is a claim of its own and not a mere reference to one.

    `is_quoted`: somebody vouches for it, and not the outlet.
    """
    lead = group.lead
    if lead.frame in ("clash", "attack") and is_heavy_there(lead.token):
        return True
    if figures or lead.witness is not None or (is_quoted and (_is_judged(lead) or (lead.negated and is_told_absent(lead.token)))):
        return True
    if lead.frame == "damage":
        return not lead.is_definite
    if lead.token.lemma_ in ("massacre", "genocide", "pogrom") and any(
        c.dep_ == "compound" and c.tag_ == "NNP" for c in lead.token.children
    ):
        return False  # an event known by its name
    if lead.token.lemma_ in ("shot", "blow") and (lead.scope is None or lead.scope is lead.token):
        # "a drone shot at a car", which the parser may take for a noun
        return lead.weapon is not None and any(c.lower_ == "at" and c.i == lead.token.i + 1 for c in lead.token.children)
    if lead.frame == "retreat" and _is_put_off(lead.token):
        return False
    if lead.scope is not None and lead.scope.lemma_ == "complain" and lead.token.dep_ == "pobj":
        return lead.token.head.lower_ in ("of", "about")
    if _is_matter_of_protest(lead.token):
        return False
    if lead.frame in ("clash",):
        light = lead.scope
        if light is not None and light.dep_ == "advcl" and opens_a_span(light, lead):
            return False
        if light is None or light is lead.token:
            return False
        return goes_on(light) or happened_then(lead.token, light) or lexicon.is_kind(light.lemma_.lower(), "light_event")
    if lead.frame == "attack" and (_goes_on_doing(lead.token) or is_shown(lead.token, lead.scope) or named_under(lead.token)):
        return True
    if lead.frame == "attack" and (_is_told_of(lead, lexicon, is_quoted) or _is_taken(lead, lexicon)):
        return True
    if lead.frame == "coerce":
        lasts = lead.scope is not None and lead.scope.lemma_ in _LASTS and lead.token.dep_ == "nsubj"
        return lead.undergoer is not None or (lead.doer is not None and lasts)
    if lead.frame == "retreat" and lead.doer is not None and lead.scope is not None and lead.scope is not lead.token:
        return lexicon.is_kind(lead.scope.lemma_.lower(), "light_agent") or not lead.is_definite
    if lead.frame == "breach" and any(c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in _NOTED for c in lead.token.children):
        return True  # "Two ceasefire violations recorded in X", a headline
    if lead.frame == "breach" and lead.scope is not None and lead.scope.lemma_.lower() in _NOTED and not lead.is_definite:
        # "two violations were recorded", "reported one violation", and no year's count of them
        is_passive = any(c.dep_ == "nsubjpass" for c in lead.scope.children)
        return is_passive or (lead.token.dep_ == "dobj" and lead.token.tag_ == "NN")
    if lead.frame == "take" and lead.scope is not None and lead.scope.lemma_ in _PROCLAIMING and lead.undergoer is not None:
        return True  # "announced the liberation of X"
    if lead.frame in ("attack", "take") and _is_told_by_outcome(lead):
        return True
    if lead.frame in ("retreat", "move", "breach", "outage", "take"):
        return lead.doer is not None and not lead.is_definite
    named = lead.undergoer_head is not None and (
        lead.undergoer_head.ent_type_ in ("GPE", "LOC", "FAC", "NORP", "ORG")
        or is_actor_head(lead, lexicon)
        or bool(_named_below(lead.undergoer_head))
    )
    if _is_object_of_blame(lead.token):
        return lead.doer is not None and named
    return lead.doer is not None or (named and not lead.is_definite)


def _is_told_of(lead: ActMention, lexicon: Lexicon, is_quoted: bool) -> bool:
    """ "explosions were heard in X", "a convoy came under fire": the verb says that it happened."""
    light = lead.scope
    if light is None or light is lead.token:
        return False
    if there_were(lead.token, light) or happened_then(lead.token, light):
        return True
    if lead.token.dep_ == "attr" and lead.undergoer is not None and (is_quoted or _is_numbered(lead.token)):
        # "it was the third raid on the centre"
        return any(c.dep_ == "nsubj" and c.lower_ in ("it", "this", "that") for c in light.children)
    struck = sufferer_of(lead.token, light, lexicon)
    if struck is not None or (lead.token.dep_ == "pobj" and lead.token.head.lower_ == "under"):
        return struck is not None and struck == lead.undergoer_head
    subject = event_subject(light)
    if subject is None or lead.token not in meant_words(subject) or not tells_event(lead.token, light, lexicon):
        return False
    if any(c.dep_ == "auxpass" for c in light.children) and not lead.is_definite:
        return True
    if is_scaring(lead.token, light):
        return True
    return is_quoted or any(t.ent_type_ in ("GPE", "LOC", "FAC") for t in light.subtree) or _is_at_a_time(light)


def _goes_on_doing(token: Token) -> bool:
    """ "had gone on firing at the town": the parser makes a noun of the verb."""
    return bool(
        token.lower_.endswith("ing")
        and token.dep_ == "pobj"
        and token.head.lower_ == "on"
        and token.head.head.lemma_ in ("go", "keep", "carry")
    )


def _is_numbered(token: Token) -> bool:
    """ "the second attack on the city": counted, and news."""
    return any(c.ent_type_ == "ORDINAL" or c.lower_ in ("second", "third", "fourth", "fifth", "sixth") for c in token.children)


def _is_at_a_time(light: Token) -> bool:
    """ "another round of raids followed in the evening": set by its hour, where no place is named."""
    told = light.lemma_ in ("follow", "take", "erupt", "occur", "resume", "ring")
    return told and any(inner.ent_type_ == "TIME" or inner.lemma_ == "funeral" for _, inner in preposition_objects(light))


def _is_taken(lead: ActMention, lexicon: Lexicon) -> bool:
    """ "the village took a direct hit"."""
    light = lead.scope
    if light is None or light is lead.token or lead.undergoer_head is None or lead.is_definite:
        return False
    takes = light.lemma_ in ("take", "suffer", "receive", "sustain") and lead.token.dep_ in ("dobj", "obj")
    return takes and any(
        is_of_kind(lead.undergoer_head, kind, lexicon) for kind in ("territory", "civil_object", "military_object")
    )


def _is_told_by_outcome(lead: ActMention) -> bool:
    """ "the bombing of a school in X drew anger", "the capture of X by Y left many homeless": news by what came of it."""
    verb = lead.token.head
    if lead.token.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in _OUTCOMES or verb.dep_ in ("relcl", "acl"):
        return False
    head = lead.undergoer_head
    if head is None or not (head.ent_type_ in ("GPE", "LOC", "FAC") or _named_below(head)):
        return False
    return lead.frame == "attack" or lead.doer is not None


def _is_put_off(token: Token) -> bool:
    """ "delaying its withdrawal", "a deadline for the pullout": no withdrawal took place there."""
    governor = token.head.head if token.dep_ == "pobj" else token.head
    before = token.doc[max(0, token.head.i - 1)] if token.dep_ == "pobj" else governor
    if before.lower_ in ("procrastinating", "stalling", "dithering", "delaying"):
        return True  # which the parser may take for nouns
    return governor.lemma_ in (
        "drag foot delay postpone procrastinate stall hinder deadline timetable schedule plan date condition talk phase".split()
    )


def _is_judged(lead: ActMention) -> bool:
    """ "the attacks on X are a manifestation of Y's policy": who judges an attack so tells of it."""
    copula = lead.token.head
    if lead.token.dep_ != "nsubj" or copula.lemma_ != "be" or lead.undergoer_head is None or lead.act_class != "ASSAULT":
        return False
    return any(c.dep_ == "attr" and c.lemma_ in _VERDICTS for c in copula.children)


def is_actor_head(lead: ActMention, lexicon: Lexicon) -> bool:
    head = lead.undergoer_head
    if head is None:
        return False
    if lead.frame == "lose":
        return True
    head = meant_words(head)[-1]  # "a small number of <People> troops"
    lemma = head.lemma_.lower()
    if head.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or lexicon.is_kind(
        lemma, "force", "speaker", "civilian", "combatant", "military_object"
    ):
        return True
    return any(c.ent_type_ in ("NORP", "GPE", "ORG") for c in head.children if c.i < head.i)


def opens_a_span(light: Token, lead: ActMention) -> bool:
    """ "since fighting began": only a date, unless the clause says who fought."""
    marks = {c.lower_ for c in light.children if c.dep_ in ("mark", "advmod")}
    return "since" in marks or (bool(marks & {"after", "before", "until", "when"}) and lead.doer is None)


def _named_below(head: Token) -> bool:
    return any(t.ent_type_ in ("GPE", "LOC", "FAC") for t in head.subtree if t.i > head.i)


def _is_object_of_blame(token: Token) -> bool:
    head = token.head
    return token.dep_ in ("dobj", "obj") and head.lemma_ in (
        "condemn",
        "criticize",
        "criticise",
        "denounce",
        "slam",
        "deplore",
        "blame",
    )


_PROTESTS = frozenset(
    "complaint protest letter note memorandum criticism outrage anger fury concern condemnation alarm dismay file lodge submit "
    "summon protest rail fume".split()
)


def _is_matter_of_protest(token: Token) -> bool:
    """ "filed a complaint over X's repeated breaches": what a protest is about is its matter, and no claim beside it."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("over", "about", "against", "at"):
        return False
    node = token.head.head
    while node.lemma_ not in _PROTESTS and node.dep_ in ("pobj", "prep", "dobj", "obj"):
        node = node.head
    return node.lemma_ in _PROTESTS


def _is_scrap(token: Token) -> bool:
    """ "Killed and seriously injured.": a participle that opens its sentence, with nobody beside it."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    opens = first.i == 0 or first.doc[first.i - 1].text in (".", "!", "?")
    beside = {c.dep_ for part in (first, token) for c in part.children}
    return (
        opens and first.tag_ in ("VBN", "VBD") and not beside & {"nsubj", "nsubjpass", "aux", "auxpass", "dobj", "agent", "prep"}
    )


def _is_past(token: Token) -> bool:
    return token.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("has", "have", "had") for c in token.children)
