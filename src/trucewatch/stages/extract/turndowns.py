"""Refusals without the word: "not the time for talks", requests turned down, visits barred."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import refusal_told
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase, seat
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Token,
    children,
    has_negation,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
)

_SWEEPING = {
    "brush": {"aside", "off", "away"},
    "sweep": {"aside", "away", "off"},
    "wave": {"aside", "away", "off"},
    "push": {"aside"},
    "cast": {"aside"},
    "shrug": {"off"},
    "laugh": {"off"},
    "vote": {"down"},
    "shoot": {"down"},
    "turn": {"down"},
    "throw": {"out"},
    "dismiss": set[str](),
    "sweep aside": set[str](),
    "decline": set[str](),
    "refuse": set[str](),
    "reject": set[str](),
    "deny": set[str](),
    "rebuff": set[str](),
}
_PUT_TO = frozenset(
    "call appeal demand offer proposal plan request condition plea suggestion idea initiative bid motion ultimatum draft "
    "term deal warning".split()
)
_TALKS = frozenset(
    "talk summit meeting negotiation peacekeeper dialogue truce ceasefire deal treaty agreement concession compromise".split()
)
_EARLY = frozenset({"early", "premature", "appropriate", "acceptable", "possible", "timely", "realistic", "right", "reasonable"})
_SPEAKING = frozenset("speak talk discuss negotiate think meet sign consider hold".split())
_ARMS = frozenset({"weapon", "arm", "arms", "arsenal", "gun", "missile"})
_GIVING_UP = frozenset("give surrender hand lay abandon disarm relinquish drop".split())
_FOLLY = frozenset({"suicide", "surrender", "treason", "madness", "capitulation", "betrayal", "death", "humiliation"})
_VISITING = frozenset("visit see enter reach inspect meet examine".split())
_LETTING = frozenset({"allow", "permit", "let"})
_DEBATES = frozenset({"discussion", "negotiation", "debate", "bargaining", "sale"})
_SITTING = frozenset("sit negotiate talk meet speak deal".split())


@reads(_SWEEPING)
def _swept_aside(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "swept the call aside", "the request for passage was turned down", "swept this call"."""
    particles = _SWEEPING[token.lemma_.lower()]
    if has_negation(token) or token.dep_ in ("relcl", "acl", "amod"):
        return None
    who = roles(token)
    thing = who.undergoer
    near = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep", "dobj", "oprd")}
    if thing is None or thing.lemma_.lower() not in _PUT_TO or (particles and not near & particles and token.lemma_ != "sweep"):
        return None
    doer = actor_phrase(who.doer, lexicon) or seat(token)
    if doer is None and not who.passive:
        return None
    return refusal_told(token, doer, owner_phrase(thing, lexicon), f"a {thing.text} that is swept aside")


@reads("be", "consider", "find", "deem", "call", "judge")
@amid(_EARLY, "time", "moment", "nothing")
def _no_time_for(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "it was not the time for a summit", "too early to talk about peacekeepers", "not appropriate to speak about talks"."""
    states = children(token, "acomp", "attr", "oprd")
    state = next((s for s in states if s.lemma_.lower() in _EARLY or s.lemma_ in ("time", "moment", "nothing")), None)
    if state is None:
        return None
    too = state.lemma_ in ("early", "premature") and (
        state.lemma_ == "premature" or any(c.lower_ == "too" for c in state.children)
    )
    no = has_negation(token) or any(c.dep_ == "neg" or c.lower_ in ("not", "no") for c in state.children)
    if not (too or no or state.lemma_ == "nothing") or (too and no):
        return None
    below = [c for a in (token, state) for c in children(a, "xcomp", "ccomp", "advcl", "acl", "relcl") if is_infinitive(c)]
    for_it = [i for a in (token, state) for _, i in preposition_objects(a, "for")]
    words = {w.lemma_.lower() for c in below for w in (c, *(x for x in c.subtree))} | {i.lemma_.lower() for i in for_it}
    speaks = any(c.lemma_.lower() in _SPEAKING for c in below)
    if state.lemma_ == "nothing":
        return (
            refusal_told(token, None, None, "nothing to talk about")
            if any(c.lemma_ in ("talk", "discuss", "negotiate") for c in below)
            else None
        )
    if not (words & _TALKS and (speaks or for_it)):
        return None
    doer = actor_phrase(roles(token).doer, lexicon) if token.lemma_ != "be" else None
    return refusal_told(token, doer, None, "what is said to be out of season is refused")


@reads("be", "mean", "amount", "equal")
@amid(_FOLLY)
def _would_be_folly(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "giving up the arms would be suicide"."""
    clause = next((c for c in children(token, "csubj", "nsubj") if c.lemma_.lower() in _GIVING_UP), None)
    ends = {c.lemma_.lower() for c in children(token, "attr", "dobj")} | {
        i.lemma_.lower() for _, i in preposition_objects(token, "to")
    }
    if clause is None or not ends & _FOLLY or has_negation(token):
        return None
    return refusal_told(token, None, None, "what is called suicide is refused")


@reads(_LETTING, "able")
def _visit_barred(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "no one from the mission has been allowed to see the prisoners"."""
    who = roles(token)
    visitor = who.undergoer if who.passive else None
    clause = next((c for c in children(token, "xcomp") if c.lemma_.lower() in _VISITING), None)
    if visitor is None or clause is None:
        return None
    nobody = any(c.lower_ == "no" for c in visitor.children) or visitor.lower_ in ("nobody", "none", "noone")
    if not (has_negation(token) or nobody) or not any(True for _ in children(clause, "dobj", "obj")):
        return None
    body = [visitor, *(i for _, i in preposition_objects(visitor, "from", "of"))]
    if all(actor_phrase(b, lexicon) is None and not lexicon.is_kind(b.lemma_.lower(), "monitor") for b in body):
        return None
    struck = body[-1]
    return ActMention(
        token=token,
        frame="coerce",
        act="ACCESS.MONITOR_DENIAL",
        weak=True,
        doer=actor_phrase(who.doer, lexicon),
        undergoer=joint_phrase(struck),
        undergoer_head=struck,
        scope=token,
        is_supported=True,
        reasons=("a visit that is not allowed",),
    )


@reads("be", "remain")
@amid("negotiable", "non-negotiable", _DEBATES)
def _not_up_for_talk(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "our arms are not up for discussion", "the corridor is not negotiable"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or token.dep_ in ("relcl", "acl"):
        return None
    below = {w.lower_ for c in token.children if c.i > token.i for w in c.subtree}
    closed = has_negation(token) and ("negotiable" in below or ({"up", "for"} <= below and below & _DEBATES))
    if not (closed or "non-negotiable" in below):
        return None
    return refusal_told(token, None, None, "what is not up for talks is refused")


@reads("disarm", "push", "force", "drive", "remove", "expel")
def _nobody_will(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "nobody will disarm us", "no one will push us out of here"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or not any(c.dep_ == "aux" and c.lower_ in WILL | {"can"} for c in token.children):
        return None
    nobody = subject.lower_ == "nobody" or (subject.lower_ == "one" and any(c.lower_ == "no" for c in subject.children))
    us = any(c.lower_ == "us" or any(w.lower_ == "our" for w in c.children) for c in children(token, "dobj"))
    return refusal_told(token, None, None, "what nobody will make one do is refused") if nobody and us else None


@reads(_SITTING)
def _will_not_sit(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will not sit with X", "would not negotiate under fire", "we are not negotiating peace"."""
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    subject = next(iter(children(token, "nsubj")), None)
    if not has_negation(token) or subject is None or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    own = subject.lower_ == "we" or subject.ent_type_ in SIDES or subject.lower_ in ("it", "he", "she")
    now = token.tag_ == "VBG" and subject.lower_ == "we" and token.lemma_ == "negotiate"
    if not own or not (ahead or now):
        return None
    pairs = list(preposition_objects(token, "with", "to", "under", "at"))
    if token.lemma_ != "negotiate" and not any(
        p.lower_ in ("with", "to") and i.ent_type_ in (*SIDES, "PERSON") for p, i in pairs
    ):
        return None
    if token.lemma_ in ("talk", "speak", "meet", "deal") and any(
        w.lemma_ in ("reporter", "journalist", "press", "media") for _, w in pairs
    ):
        return None
    other = next((p for prep, i in pairs if prep.lower_ == "with" and (p := actor_phrase(i, lexicon)) is not None), None)
    return refusal_told(token, actor_phrase(subject, lexicon), other, "who will not sit down with another refuses talks")


# what is refused in other words
turned_down = Rules(_swept_aside, _no_time_for, _would_be_folly, _visit_barred, _not_up_for_talk, _nobody_will, _will_not_sit)
