"""Threats by what a thing will count as: "will be an act of war", "no longer be so", "not yet used"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.menaces import looks_ahead, threat_made
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, has_negation, preposition_objects, subject_of

_ACTS = frozenset({"act", "declaration"})
_CONFLICTS = frozenset({"war", "conflict", "fighting", "front", "fire", "confrontation"})
_SPREADING = frozenset({"spread", "widen", "expand", "escalate", "grow", "engulf", "extend", "ignite", "erupt", "resume"})
_POWERS = frozenset({"capability", "weapon", "surprise", "means", "card", "missile", "ability", "option", "tool"})
_USING = frozenset({"use", "activate", "employ", "show", "reveal", "deploy", "unveil", "play"})
_PHASES = frozenset({"phase", "stage", "chapter"})
_WARS = frozenset({"war", "battle", "campaign", "operation", "fight", "conflict"})
_DAYS = frozenset({"day", "hour"})


@reads("be", "constitute", "mean", "consider", "regard", "treat", "see", "view")
@amid(_ACTS)
def _counts_as_war(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "firing at our soldiers will be an act of war", "would be regarded as a declaration of war"."""
    if not looks_ahead(token) or has_negation(token) or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    names = [*children(token, "attr", "dobj", "oprd"), *(i for _, i in preposition_objects(token, "as"))]
    war = any(
        n.lemma_.lower() in _ACTS and any(i.lemma_.lower() in ("war", "aggression") for _, i in preposition_objects(n, "of"))
        for n in names
    )
    subject = next(iter(children(token, "nsubj", "nsubjpass", "csubj", "csubjpass")), None)
    return threat_made(token, "threaten", None, "what will count as war is threatened") if war and subject is not None else None


@reads("be")
def _no_longer_so(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "if until now we held back, that will no longer be so"."""
    subject = subject_of(token)
    if subject is None or subject.lower_ not in ("that", "this", "it") or not looks_ahead(token):
        return None
    below = {w.lower_ for c in token.children for w in (c, *c.children)}
    past = any(m.lower_ == "if" for c in children(token, "advcl") for m in children(c, "mark"))
    no_longer = {"no", "longer"} <= below or (has_negation(token) and "more" in below)
    so = bool(below & {"so", "case", "true"})
    return threat_made(token, "threaten", None, "what held so far will hold no longer") if past and no_longer and so else None


@reads(_SPREADING)
def _war_would_spread(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the war would spread if the pause was not extended", in the mouth of a side."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _CONFLICTS or not looks_ahead(token) or has_negation(token):
        return None
    condition = any(m.lower_ in ("if", "unless") for c in children(token, "advcl") for m in children(c, "mark"))
    if not condition or token.dep_ not in ("ccomp", "ROOT"):
        return None
    return threat_made(token, "threaten", None, "a war that would spread is held out", "THREAT.OTHER")


@reads("have", "possess", "hold")
@amid(_POWERS)
def _not_yet_used(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has many capabilities that it has not yet used"."""
    thing = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _POWERS), None)
    if thing is None or has_negation(token):
        return None
    kept = next((c for c in children(thing, "relcl", "acl") if c.lemma_.lower() in _USING and has_negation(c)), None)
    if kept is None or not any(c.lower_ in ("yet", "so") for c in kept.children):
        return None
    return threat_made(token, "threaten", actor_phrase(subject_of(token), lexicon), "what is not yet used is held out")


@reads("be", "stand")
@amid(_PHASES)
def _at_a_new_stage(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the country is at the start of a new phase in the war"."""
    subject = subject_of(token)
    if subject is None or has_negation(token):
        return None
    for _, start in preposition_objects(token, "at", "in", "on"):
        chain = [start, *(i for _, i in preposition_objects(start, "of"))]
        phase = next((w for w in chain if w.lemma_.lower() in _PHASES), None)
        if phase is not None and any(c.lower_ == "new" for c in phase.children):
            of = [i for a in (phase, token) for _, i in preposition_objects(a, "of", "in")]
            if any(i.lemma_.lower() in _WARS for i in of):
                return threat_made(token, "threaten", actor_phrase(subject, lexicon), "a new phase of a war is announced")
    return None


@reads("number", "count")
def _days_numbered(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the days of X's leaders are numbered"."""
    subject = next(iter(children(token, "nsubjpass", "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _DAYS or has_negation(token):
        return None
    of = next((i for _, i in preposition_objects(subject, "of")), None)
    whose = actor_phrase(of, lexicon) if of is not None else None
    return threat_made(token, "menace", whose, "whose days are numbered is threatened")


@reads("enter", "begin", "start")
def _entered_stage(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the battle has entered a new stage"."""
    subject = subject_of(token)
    thing = next((c for c in children(token, "dobj") if c.lemma_.lower() in _PHASES), None)
    if subject is None or thing is None or has_negation(token) or not any(c.lower_ == "new" for c in thing.children):
        return None
    war = subject.lemma_.lower() in _WARS or any(i.lemma_.lower() in _WARS for _, i in preposition_objects(thing, "of", "in"))
    return threat_made(token, "threaten", None, "a new stage of a war is announced") if war else None


@reads("be")
def _no_quiet_there(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "there will be no calm in X as long as there is none in Y", "no calm in X without security for Y"."""
    if not looks_ahead(token) or not children(token, "expl") or token.dep_ in ("relcl", "advcl"):
        return None
    thing = next(iter(children(token, "attr", "nsubj", "dobj")), None)
    calm = ("calm", "quiet", "peace", "order", "stability", "security", "life")
    if thing is None or thing.lemma_.lower() not in calm or not any(c.lower_ == "no" for c in thing.children):
        return None
    below = {w.lower_ for w in token.subtree}
    if not ({"as", "long"} <= below or below & {"without", "unless", "until", "if"}):
        return None
    return threat_made(token, "threaten", None, "no calm is promised", "THREAT.OTHER")


@reads("be")
@amid("table")
def _table_of_war(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a ground invasion was on the table"."""
    subject = subject_of(token)
    on = any(i.lemma_.lower() == "table" for _, i in preposition_objects(token, "on"))
    if subject is None or not on or has_negation(token) or looks_ahead(token):
        return None
    war = subject.lemma_.lower() in ("invasion", "offensive", "operation", "war", "strike", "assault", "attack", "incursion")
    return threat_made(token, "threaten", None, "a war that is on the table is threatened") if war else None


@reads("tie", "bind")
def _hands_untied(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "our hands will not be tied"."""
    subject = next(iter(children(token, "nsubjpass", "nsubj")), None)
    own = subject is not None and subject.lemma_.lower() == "hand" and any(c.lower_ == "our" for c in subject.children)
    return threat_made(token, "threaten", None, "whose hands are free threatens") if own and has_negation(token) else None


@reads("send", "bomb", "return", "take", "hurl")
def _to_the_stone_age(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "could send X back to the stone age"."""
    back = any(i.lemma_.lower() in ("age", "ages", "century") for _, i in preposition_objects(token, "to", "into"))
    back = back or any(i.lemma_.lower() == "age" for c in children(token, "advmod") for _, i in preposition_objects(c, "to"))
    if not back or has_negation(token) or not any(c.dep_ == "aux" for c in token.children):
        return None
    who = subject_of(token)
    target = next((c for c in children(token, "dobj") if c.ent_type_ in SIDES), None)
    if target is None:
        return None
    return threat_made(token, "threaten", actor_phrase(who, lexicon), "ruin is threatened")


# threats by what a thing will count as or come to
forewarning = Rules(
    _counts_as_war, _no_longer_so, _war_would_spread, _not_yet_used, _at_a_new_stage, _days_numbered,
    _entered_stage, _no_quiet_there, _table_of_war, _hands_untied, _to_the_stone_age,
)  # fmt: skip
