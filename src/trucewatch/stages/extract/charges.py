"""Demands that a noun carries or that go to one's own hands: "an appeal by X", "X's condition is that ...", orders to police."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import amid, reads
from trucewatch.stages.extract.subjects import demand_of
from trucewatch.stages.extract.syntax import SIDES, Token, children, is_infinitive, is_verbal, preposition_objects, roles

_ASKINGS = frozenset({"appeal", "plea", "call", "request", "demand", "cry"})
_CONDITIONS = frozenset({"demand", "condition", "requirement", "request", "wish", "precondition", "expectation", "insistence"})
# verbs that make the asking themselves, or answer it
_MAKING = frozenset(
    "make issue reiterate repeat renew send address reject refuse ignore dismiss rebuff deny accept heed echo join support "
    "back welcome answer receive turn meet launch put press raise submit voice spurn defy decline oppose".split()
)
_CHARGING = frozenset("order instruct task charge direct tell command entrust ask mandate assign".split())
_OWN_HANDS = frozenset({"army", "police", "force", "military", "service", "guard", "agency", "troop", "commander", "security"})
_DUTIES = frozenset(
    "find arrest investigate detain identify track locate prepare draw collect disarm secure protect ensure control "
    "monopolise monopolize search probe enforce implement deploy dismantle seize confiscate restore prosecute".split()
)
_FOR_WAR = frozenset({"war", "offensive", "operation", "invasion", "attack", "battle", "strike", "response"})


@reads(_ASKINGS)
def asking_noun(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "prompted an appeal by X to Y for help", "there were calls from X for a pause"."""
    head = token.head
    if token.dep_ not in ("dobj", "attr", "nsubj", "pobj") or token.tag_ == "VB":
        return None
    verb = head.head if token.dep_ == "pobj" else head
    if token.dep_ == "nsubj" and verb.lemma_ == "be":
        return None  # "the demand was not lawful"
    if (
        not is_verbal(verb)
        or verb.lemma_.lower() in _MAKING
        or (token.dep_ == "pobj" and head.lower_ not in ("after", "with", "amid"))
    ):
        return None
    if token.dep_ == "pobj" and head.lower_ == "with" and verb.lemma_ not in ("respond", "react", "reply", "answer"):
        return None
    by = any(True for _ in preposition_objects(token, "by", "from"))
    anchors = [token, *([verb] if by else [])]  # "brought an appeal by X to Y for help": the parser hangs the rest on the verb
    wanted = next((i for a in anchors for prep, i in preposition_objects(a, "for") if prep.i > token.i), None)
    clause = next((c for c in children(token, "acl", "relcl") if is_infinitive(c)), None)
    if wanted is None and clause is None:
        return None
    doer = next((p for _, i in preposition_objects(token, "by", "from") if (p := actor_phrase(i, lexicon)) is not None), None)
    if doer is None:
        owner = next((c for c in token.children if c.dep_ in ("poss", "amod", "compound") and c.ent_type_ in SIDES), None)
        doer = actor_phrase(owner, lexicon) or owner_phrase(token, lexicon)
    if doer is None and verb.lemma_.lower() in ("respond", "react", "reply", "answer", "add"):
        doer = actor_phrase(roles(verb).doer, lexicon)
    if doer is None or (token.lemma_ == "call" and any(c.lower_ in ("phone", "telephone", "video") for c in token.children)):
        return None
    to = next(
        (p for a in anchors for _, i in preposition_objects(a, "to", "on") if (p := actor_phrase(i, lexicon)) is not None), None
    )
    return asked_act(token, demand_of(token), doer, to, f"the {token.text} of somebody asks for it", scope=verb)


@reads("be", "remain", "include")
@amid(_CONDITIONS)
def condition_set(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X's condition is that Y leave", "the main demand of X is the release of prisoners"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _CONDITIONS or any(c.dep_ == "neg" for c in token.children):
        return None
    wanted = next((c for c in children(token, "ccomp", "attr", "xcomp", "dobj", "advcl") if c.i > token.i), None)
    doer = owner_phrase(subject, lexicon)
    if wanted is None or doer is None or (wanted.dep_ == "attr" and wanted.pos_ not in ("NOUN", "PROPN")):
        return None
    whose = next(iter(children(wanted, "nsubj", "nsubjpass")), None) if is_verbal(wanted) else None
    target = actor_phrase(whose, lexicon) if whose is not None else owner_phrase(wanted, lexicon)
    return asked_act(token, demand_of(token), doer, target, "a condition asks for what it names")


@reads(_CHARGING)
def charged(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "ordered the army to find whoever fired", "tasked the police with collecting the arms": asked of one's own hands."""
    if any(c.dep_ == "neg" for c in token.children) or token.dep_ in ("relcl", "acl", "amod"):
        return None
    who = roles(token)
    clause = next((c for c in children(token, "xcomp", "ccomp", "advcl") if c.i > token.i and is_infinitive(c)), None)
    if clause is None:
        clause = next((i for _, i in preposition_objects(token, "with") if i.dep_ == "pcomp" or i.lower_.endswith("ing")), None)
    told = [*children(token, "dobj", "obj", "dative", "nsubjpass"), *(i for _, i in preposition_objects(token, "to"))]
    told += children(clause, "nsubj") if clause is not None else []
    hands = next((t for t in told if t.lemma_.lower() in _OWN_HANDS or any(c.lower_ == "security" for c in t.children)), None)
    doer = actor_phrase(who.doer, lexicon) if not who.passive else None
    if clause is None or hands is None or doer is None or clause.lemma_.lower() not in _DUTIES:
        return None
    words = {w.lemma_.lower() for w in clause.subtree}
    if clause.lemma_.lower() in ("prepare", "draw") and words & _FOR_WAR:
        return None
    # an order given is a deed: whoever tells of it vouches for it
    asked = asked_act(token, "DEMAND.OTHER", doer, actor_phrase(hands, lexicon), "one's own army or police told to do something")
    return replace(asked, modality="ordered")
