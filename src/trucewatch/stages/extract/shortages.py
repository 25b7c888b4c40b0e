"""Ways and services told as closed by what no longer comes through: no gas, no bread, nobody let in, nobody able to go home."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import as_act, told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import with_modality
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import Phrase, Token, children, has_negation, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words
from trucewatch.stages.extract.undone import is_undone

_FAILING = frozenset("stop cease fail vanish disappear collapse dry drop go".split())
_PROSPECTS = frozenset("fear risk threat danger possibility prospect warning plan talk chance end".split())
_NOBODY = frozenset({"nobody", "none", "no-one", "noone", "one"})
_HIT = frozenset("affect interrupt disrupt restore lose cut sever reduce damage suspend halt limit restrict".split())
_OFF = frozenset("down off out unavailable patchy intermittent scarce interrupted limited absent".split())
_TAPS = frozenset({"tap", "valve", "supply", "gas", "power", "electricity", "water", "light"})
_OPENING = frozenset({"let", "allow", "admit", "permit", "wave"})
_IN = frozenset({"in", "through", "inside", "across", "past", "near"})
_GOING_HOME = frozenset("return go reach leave travel come get enter cross move rejoin".split())
_CARRIED = frozenset({"take", "bring", "evacuate", "transfer", "transport", "move", "get", "deliver", "airlift"})
_RUNNING_OUT = frozenset({"out", "low", "short"})
_ROUTE_SHUT = frozenset("close closed shut block blocked impassable sealed inaccessible".split())
_STAYING = frozenset({"be", "remain", "stay", "keep", "become"})
_SQUATTING = frozenset({"occupy", "camp", "picket", "block", "blockade", "obstruct"})
_CROWD = frozenset("protester activist demonstrator crowd group people ecologist resident settler environmentalist".split())
_PEOPLE_TOO = frozenset("team crew worker staff engineer technician vehicle mission car journalist expert helper".split())


_NOT_LETTING = frozenset({"keep", "lock", "shut", "turn", "send", "deny", "refuse"})
_CUTS = frozenset({"cut", "outage", "blackout", "failure", "interruption"})
_TELLING_OF = frozenset(
    "be hit report cause suffer lead result talk speak tell mention leave occur follow strike affect record".split()
)
_TURNING = frozenset({"turn", "shut", "close", "switch", "cut"})
_ARRIVING = frozenset({"reach", "arrive", "enter", "get", "come", "pass"})
_LOSING = _HIT | _FAILING | _STAYING


def _made(token: Token, frame: str, act: str, why: str, struck: Token | None = None, doer: Phrase | None = None) -> ActMention:
    return as_act(token, frame, act, doer, struck, why, token)


def _where(token: Token) -> Token | None:
    return next(
        (i for _, i in preposition_objects(token, "in", "to", "at", "across") if i.ent_type_ not in ("DATE", "TIME")), None
    )


@reads(_LOSING)
def _service_lost(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "gas stopped flowing", "the supply was interrupted", "the internet was down"."""
    lemma = token.lemma_.lower()
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.pos_ == "PRON" or not _is_service(subject, lexicon) or token.dep_ in ("relcl", "acl"):
        return None
    passive = subject.dep_ == "nsubjpass"
    flowing = any(c.lemma_ in ("flow", "work", "reach", "arrive", "function", "run", "operate") for c in children(token, "xcomp"))
    gone = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "acomp", "prep", "oprd")}
    lost = (
        (passive and lemma in _HIT)
        or (not passive and lemma in _FAILING and (lemma != "stop" or flowing) and (lemma != "go" or gone & _OFF))
        or (lemma in _STAYING and bool(gone & _OFF))
    )
    if not lost or has_negation(token):
        return None
    return with_modality(
        _made(token, "outage", "UTILITY.OUTAGE", f"{subject.text} failed or came back", _where(token) or subject), token, lexicon
    )


def _is_service(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun names power, water, gas or a network: "supply", "line", "service" only with a word that says of what."""
    vague = {"supply", "service", "line", "mobile", "light", "signal", "energy", "power"}
    for part in meant_words(head):
        lemma = part.lemma_.lower()
        if lexicon.is_kind(lemma, "utility") and lemma not in vague:
            return True
        before = [c.lemma_.lower() for c in part.children if c.dep_ in ("compound", "amod")]
        if lemma in (*vague, "coverage", "cable", "grid", "pipe") and any(lexicon.is_kind(w, "utility") for w in before):
            return True
        if lemma in ("power", "light") and not part.ent_type_ and part.tag_ == "NN":
            return all(c.dep_ in ("det", "punct") for c in part.children)
    return False


@reads(_TURNING)
def _tap_turned(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "turned off the tap", "shut the valve"."""
    particles = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")}
    thing = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    if thing is None or thing.lemma_.lower() not in _TAPS:
        return None
    if "off" not in particles and not (token.lemma_ in ("shut", "close") and thing.lemma_ in ("valve", "tap")):
        return None
    who = roles(token)
    return with_modality(
        _made(token, "outage", "UTILITY.OUTAGE", f"the {thing.text} was turned off", thing, actor_phrase(who.doer, lexicon)),
        token,
        lexicon,
    )


@reads(_OPENING, _NOT_LETTING)
def _not_let_in(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "repair teams were not allowed in", "aid workers are being kept out", "were denied access"."""
    lemma = token.lemma_.lower()
    whom = next(iter(children(token, "nsubjpass")), None)
    if whom is None or not _is_traveller(whom, lexicon):
        return None
    particles = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep", "acomp", "oprd")}
    shut = (
        (lemma in _OPENING and has_negation(token) and bool(particles & _IN))
        or (lemma in ("keep", "lock", "shut") and "out" in particles)
        or (lemma in ("turn", "send") and particles & {"back", "away"})
        or (lemma in ("deny", "refuse") and any(c.lemma_ in ("access", "entry", "passage") for c in children(token, "dobj")))
    )
    is_none = has_negation(token) or whom.lower_ in _NOBODY or any(c.lower_ in ("no", "neither") for c in whom.children)
    if not shut or (is_none and lemma not in _OPENING):
        return None  # "nobody was turned back"
    agent = next((actor_phrase(i, lexicon) for _, i in preposition_objects(token, "by")), None)
    return with_modality(
        _made(token, "coerce", "ACCESS.BLOCKADE", "who is not let in finds the way closed", whom, agent), token, lexicon
    )


def _is_traveller(head: Token, lexicon: Lexicon) -> bool:
    return is_of_kind(head, "civilian", lexicon) or is_of_kind(head, "convoy", lexicon) or head.lemma_.lower() in _PEOPLE_TOO


@reads(_GOING_HOME, _CARRIED)
def _kept_from_home(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "1,000 people are unable to return", "have yet to go home", "cannot leave", "could not be evacuated"."""
    lemma = token.lemma_.lower()
    governor = token.head
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    cannot = has_negation(token) and any(c.dep_ == "aux" and c.lower_ in ("can", "could", "ca") for c in token.children)
    barred = token.dep_ == "xcomp" and (
        governor.lemma_ == "unable" or (governor.lemma_ in ("able", "allow", "permit") and _is_refused(governor))
    )
    yet = token.dep_ == "xcomp" and governor.lemma_ == "have" and any(c.lower_ == "yet" for c in governor.children)
    if not (cannot or barred or yet):
        return None
    if subject is None:
        holder = governor.head if governor.pos_ == "ADJ" else governor
        subject = next(iter(children(holder, "nsubj", "nsubjpass")), None)
    home = any(w.lower_ in ("home", "homes", "house", "houses", "village", "villages", "back") for w in token.subtree)
    are_people = subject is not None and (_is_people(subject, lexicon) or (subject.pos_ == "PRON" and lemma in ("return", "go")))
    if not are_people and not (subject is None and barred and home):
        return None
    if lemma in _CARRIED:
        if not any(c.dep_ == "auxpass" for c in token.children):
            return None
        act = "ACCESS.BLOCKADE"
    elif lemma == "return" or home:
        act = "CIV.DISPLACEMENT"
    elif lemma in ("leave", "travel", "cross"):
        act = "ACCESS.BLOCKADE"
    else:
        return None
    frame = "displace" if act == "CIV.DISPLACEMENT" else "coerce"
    scope = governor if token.dep_ == "xcomp" else token
    while scope.pos_ == "ADJ" and scope.head != scope:
        scope = scope.head
    return _made(scope, frame, act, "people who cannot go are kept away", subject)


def _is_refused(word: Token) -> bool:
    return has_negation(word) or (word.pos_ == "ADJ" and has_negation(word.head))


def _is_people(head: Token, lexicon: Lexicon) -> bool:
    return is_of_kind(head, "civilian", lexicon) or head.ent_type_ == "CARDINAL" or head.tag_ == "CD" or head.lemma_ == "thousand"


@reads("run")
def _run_out(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "hospitals are running out of medicine", "shops have run short of bread"."""
    words = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep", "acomp")}
    if not words & _RUNNING_OUT:
        return None
    goods = [i for anchor in (token, *token.children) for _, i in preposition_objects(anchor, "of", "on")]
    goods += [i for prep in children(token, "prep") for inner in children(prep, "prep") for i in children(inner, "pobj")]
    if any(c.lower_ in ("out", "low", "short") for c in token.children) and not goods:
        goods = children(token, "nsubj")
    if not any(is_of_kind(good, "relief", lexicon) or _is_service(good, lexicon) for good in goods):
        return None
    return with_modality(_made(token, "coerce", "ACCESS.AID_DENIAL", "supplies run out", _where(token)), token, lexicon)


@reads(_ARRIVING)
def _only_some_reach(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "only a tenth of the goods is reaching the town", "no food has come through": most of it is kept out."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or not any(
        is_of_kind(w, "relief", lexicon) or w.lemma_.lower() in ("goods", "good") for w in meant_words(subject)
    ):
        return None
    few = any(w.lower_ in ("only", "little", "few", "hardly", "barely", "no") for w in subject.subtree if w.i <= subject.i)
    if not few or (token.lemma_ in ("get", "come", "pass") and not any(c.lower_ in _IN for c in token.children)):
        return None
    return _made(token, "coerce", "ACCESS.AID_DENIAL", "hardly anything comes through", _where(token))


@reads(_STAYING)
def _route_shut(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the corridor remained closed", "the road has been impassable since Monday"."""
    subject = next(iter(children(token, "nsubj")), None)
    shut = next((c for c in token.children if c.dep_ in ("acomp", "oprd", "attr") and c.lower_ in _ROUTE_SHUT), None)
    if subject is None or shut is None or has_negation(token) or subject.lemma_.lower() not in lexicon.kinds["route"]:
        return None
    if is_undone(shut, roles(token)):
        return None
    return with_modality(_made(token, "coerce", "ACCESS.BLOCKADE", f"the {subject.text} is {shut.text}", subject), token, lexicon)


@reads(_SQUATTING)
def _road_occupied(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "protesters have occupied the road": a crowd closes a way, and takes no ground."""
    who = roles(token)
    thing = who.undergoer
    if thing is None or who.doer is None or thing.lemma_.lower() not in lexicon.kinds["route"]:
        return None
    crowd = {w.lemma_.lower() for w in meant_words(who.doer)}
    if not crowd & _CROWD or (lexicon.is_kind(who.doer.lemma_.lower(), "force") and who.doer.lemma_ != "group"):
        return None
    doer = actor_phrase(who.doer, lexicon) if who.doer.lemma_ != "group" else None
    return with_modality(
        _made(token, "coerce", "ACCESS.BLOCKADE", f"a crowd that '{token.text}' the {thing.text} closes it", thing, doer),
        token,
        lexicon,
    )


@reads(_CUTS)
def service_cut(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "power cuts were reported in X", "told of a cut of the electricity in X": a failure by its noun."""
    if token.lemma_.lower() not in _CUTS or token.dep_ in ("compound", "poss"):
        return None
    of = [i for _, i in preposition_objects(token, "of", "in", "to")]
    if not any(_is_service(w, lexicon) for w in (*children(token, "compound", "amod"), *of)):
        return None
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
        if verb.lemma_.lower() in _PROSPECTS:
            return None  # "there are fears of power cuts"
    if any(c.lower_ in ("possible", "planned", "looming", "potential") for c in token.children):
        return None
    if verb.lemma_ not in _TELLING_OF or any(c.lower_ == "no" for c in token.children):
        return None
    anchors = (token, verb, *of)
    where = next(
        (
            i
            for anchor in anchors
            for _, i in preposition_objects(anchor, "in", "at", "near")
            if i.ent_type_ not in ("DATE", "TIME")
        ),
        None,
    )
    return told_act(token, verb, lexicon, where, f"a service fails: {token.text}", frame="outage", act="UTILITY.OUTAGE")


# the service cut or the way closed that a verb tells by its effect
shut_off = Rules(
    _service_lost,
    _tap_turned,
    _not_let_in,
    _kept_from_home,
    _run_out,
    _only_some_reach,
    _route_shut,
    _road_occupied,
)
