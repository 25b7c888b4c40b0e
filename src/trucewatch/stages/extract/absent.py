"""Denials without a word of denial: "there are no soldiers there", "stand only on our own soil", "not aimed at civilians"."""

from __future__ import annotations

from trucewatch.stages.extract.disclaimers import is_model
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Phrase, Token, children, joint_phrase, preposition_objects, tight_phrase
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_BEING = frozenset({"be", "have", "remain", "stay", "exist", "operate", "fight", "station", "deploy", "keep", "serve"})
# "no troops are left": gone, and none denied
_GONE = frozenset({"left", "longer", "more", "anymore", "leave", "yet", "enough", "further"})
_ONLY = frozenset({"only", "exclusively", "solely", "entirely", "purely", "always"})
_MILITARY = frozenset("cargo equipment object base site facility installation target position post headquarters asset".split())
_SOIL = frozenset({"territory", "soil", "land", "side", "border", "borders", "boundary", "position", "ground"})
_STANDING = frozenset(
    {"be", "stand", "stay", "remain", "find", "locate", "station", "deploy", "operate", "position", "serve", "move"}
)
_AIMING = frozenset({"aim", "direct", "target", "carry", "point", "intend", "conduct"})
_INSISTING = frozenset({"insist", "maintain", "claim", "stress", "assert", "argue", "repeat", "emphasise", "emphasize"})
_TAKING_PART = frozenset({"take", "fight", "participate", "involve", "engage", "operate", "serve"})
_TARGETS = frozenset({"target", "objective"})
_DEEDS = frozenset(
    {"action", "measure", "operation", "fire", "strike", "activity", "offensive", "campaign", "attack", "weapon", "raid"}
)


def _denied(token: Token, act: str, doer: Phrase | None, struck: Token | None, why: str) -> ActMention:
    return ActMention(
        token=token,
        frame={"FORCE": "move", "ADVANCE": "move", "ACCESS": "coerce"}.get(act.split(".")[0], "attack"),
        act=act,
        weak=True,
        doer=doer,
        undergoer=joint_phrase(struck) if struck is not None else None,
        undergoer_head=struck,
        scope=token,
        negated=True,
        is_own=True,
        is_supported=True,
        reasons=(why,),
    )


def _is_none(head: Token, verb: Token) -> bool:
    """ "no soldiers", "not a single mercenary", "not one"; or the verb is negated."""
    words = {c.lower_ for part in (head, *meant_words(head)) for c in part.children}
    single = "single" in words or "one" in words
    return (
        "no" in words
        or ("not" in words and single)
        or (any(c.dep_ == "neg" for c in verb.children) and (single or "any" in words or _is_own(head, verb)))
    )


def _is_own(head: Token, verb: Token) -> bool:
    """ "our soldiers were not there", as who speaks of his own says."""
    is_whose = any(c.dep_ == "poss" and c.lower_ in ("our", "its", "their", "his", "my") for c in head.children)
    return is_whose and verb.lemma_ == "be" and head.dep_ == "nsubj" and not children(verb, "acomp", "attr")


@reads(_BEING)
def _no_force(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there are no <People> soldiers in X", "has not a single mercenary in its ranks", "no troops of ours remained there"."""
    if token.dep_ in ("relcl", "acl"):
        return None
    there = bool(children(token, "expl"))
    if token.lemma_ == "have" or there:
        head = next(iter(children(token, "dobj", "obj", "attr")), None)
    else:
        head = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if head is None or not _is_none(head, token):
        return None
    words = [w.lemma_.lower() for w in meant_words(head)]
    foreign = any(lexicon.is_kind(w, "foreign") for w in words)
    forces = foreign or any(lexicon.is_kind(w, "force", "combatant") and w not in ("side", "group", "captain") for w in words)
    arms = is_model(head) or any(lexicon.is_kind(w, "armament") or w in ("weapon", "arsenal", "depot") for w in words)
    is_military = any(c.lower_ in ("military", "armed") for c in head.children)
    arms = arms or "presence" in words or (is_military and bool(set(words) & _MILITARY))
    if not (forces or arms) or any(w.lower_ in _GONE for w in token.subtree):
        return None
    own = next(iter(children(token, "nsubj")), None) if token.lemma_ == "have" else None
    doer = actor_phrase(own, lexicon) if own is not None else actor_phrase(head, lexicon)
    placed = any(i.ent_type_ not in ("DATE", "TIME") for _, i in preposition_objects(token)) or any(
        i.ent_type_ not in ("DATE", "TIME") for part in (head,) for prep, i in preposition_objects(part) if prep.lower_ != "of"
    )
    placed = placed or any(c.lemma_ in _TAKING_PART for c in children(head, "acl", "relcl"))
    placed = placed or any(w.lower_ in ("there", "here", "present", "anywhere") for w in children(token, "advmod", "acomp"))
    if not placed:
        return None
    act = "FORCE.FOREIGN_FIGHTERS" if foreign else "FORCE.PROHIBITED_PRESENCE"
    return _denied(token, act, doer, None, f"no {head.text} there")


@reads(_STANDING)
@amid(_ONLY)
def _only_at_home(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "our soldiers stand only on the territory of X", "were found exclusively on our side": no line was crossed."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or not is_of_kind(subject, "force", lexicon):
        return None
    where = [(prep, i) for prep, i in preposition_objects(token, "on", "in", "within", "inside") if i.lemma_.lower() in _SOIL]
    only = any(c.lower_ in _ONLY for c in token.children) or any(
        c.lower_ in _ONLY for prep, i in where for c in (*prep.children, *i.children)
    )
    if not where or not only:
        return None
    return _denied(
        token, "ADVANCE.LINE_CROSSING", actor_phrase(subject, lexicon), None, "who stands only on one side crossed no line"
    )


@reads(_AIMING, "be")
def _not_aimed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the strikes are not directed against civilians", "civilian infrastructure is not a target"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    if token.lemma_ == "be":
        target = next((c for c in children(token, "attr") if c.lemma_.lower() in _TARGETS), None)
        no = any(c.dep_ == "neg" for c in token.children) or (
            target is not None and any(c.lower_ == "no" for c in target.children)
        )
        if target is None or not no or not _is_civil(subject, lexicon):
            return None
        return _denied(token, "CIV.ATTACK_PERSONS", None, subject, "who is no target was not attacked")
    pairs = list(preposition_objects(token, "at", "against", "on"))
    no = any(c.dep_ == "neg" for c in token.children) or any(c.lower_ == "not" for prep, _ in pairs for c in prep.children)
    struck = next((i for _, i in pairs if _is_civil(i, lexicon)), None)
    is_deed = subject.lemma_.lower() in _DEEDS or is_of_kind(subject, "force", lexicon)
    if not no or struck is None or not is_deed:
        return None
    doer = actor_phrase(subject, lexicon)
    return _denied(token, "CIV.ATTACK_PERSONS", doer, struck, "what is not aimed at civilians")


@reads("be", "remain", "stay")
@amid("open", "unobstructed", "passable", "functioning")
def _open_way(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "insists that the road is open": no way is shut."""
    way = next(iter(children(token, "nsubj")), None)
    is_open = any(c.lower_ in ("open", "unobstructed", "passable", "functioning") for c in children(token, "acomp"))
    if way is None or not is_open or any(c.dep_ == "neg" for c in token.children) or not is_of_kind(way, "route", lexicon):
        return None
    if token.dep_ != "ccomp" or token.head.lemma_ not in _INSISTING:
        return None
    return _denied(token, "ACCESS.BLOCKADE", None, way, "a way said to be open")


def _is_civil(head: Token, lexicon: Lexicon) -> bool:
    return (
        is_of_kind(head, "civilian", lexicon)
        or head.lower_.startswith("civilian")
        or any(
            c.lower_ in ("civilian", "civil", "residential", "populated") for c in head.children if c.dep_ in ("amod", "compound")
        )
    )


# the deed that a clause denies by saying what there is not
absent = Rules(_no_force, _only_at_home, _not_aimed, _open_way)


def lost(noun: Token, lexicon: Lexicon) -> Phrase | None:
    """ "the loss of X", "the fall of the height": the place that is said to have been lost, None for any other noun."""
    if noun.lemma_.lower() not in ("loss", "fall", "surrender", "capture", "seizure"):
        return None
    of = next((i for _, i in preposition_objects(noun, "of") if is_of_kind(i, "territory", lexicon)), None)
    return tight_phrase(of) if of is not None else None
