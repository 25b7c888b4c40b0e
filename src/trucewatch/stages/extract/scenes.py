"""Fighting told by how it is heard, how it goes on and how it ends: "artillery could be heard", "calm returned"."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.model.change import changed
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import is_negated
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import SIDES, Phrase, Token, children, joint_phrase, preposition_objects, roles
from trucewatch.stages.extract.triggers import meant_words
from trucewatch.stages.extract.weapons import refine_act, weapon_word

_NOISES = frozenset("boom bang thud detonation gun gunfire howitzer cannon explosion blast shooting firing".split())
_HEARING = frozenset({"hear", "count", "record", "register"})
# "listened to artillery all night", "woke to shelling"
_LISTENING = frozenset({"listen", "wake", "awake", "awaken"})
_SOUNDING = frozenset("ring echo boom thunder rumble reverberate resound roar crackle sound rock shake rattle".split())
_BURSTS = frozenset({"sound", "noise", "echo", "burst", "crackle", "rattle", "round", "volley", "thud", "boom"})
_BLASTS = frozenset({"blast", "explosion", "bang", "strike", "boom", "detonation"})
_ROCKING = frozenset({"rock", "shake", "rattle"})
_FIGHTING = frozenset(
    {"fighting", "fire", "gunfire", "shooting", "shelling", "gun", "weapon", "hostility", "bloodshed", "bombing", "firing"}
)
_ENDING = frozenset("stop cease end subside abate ease halt pause wane fade slacken decrease decline".split())
_RAGING = frozenset("go continue rage resume erupt break last drag intensify enter spread reach take flare escalate".split())
_GOING_TO_END = frozenset({"come", "draw", "grind"})
_ENDING_PARTS = frozenset(
    {("die", "down"), ("let", "up"), ("wind", "down"), ("calm", "down"), ("quiet", "down"), ("peter", "out")}
)
_CALM = frozenset({"calm", "quiet", "lull", "silence", "stillness", "tranquillity", "tranquility"})
_COMING = frozenset(
    "return prevail reign hold settle descend fall restore resume set remain last come hang lie rest endure spread".split()
)
_WAKING = frozenset({"wake", "spend", "live"})
_RESTORED = frozenset({"restore", "establish", "reestablish", "re-establish", "maintain", "preserve"})
_TRUCES = frozenset({"ceasefire", "cease-fire", "truce", "armistice", "cessation"})
_GOING_INTO = frozenset({"take", "come", "go", "enter", "put"})
_BEGINNING = frozenset({"begin", "start"})
_FORCE_WORDS = frozenset({"effect", "force"})
# verbs that say of a truce that it was broken, with the particle that they ask for
_FAILING = {
    "collapse": frozenset[str](),
    "crumble": frozenset[str](),
    "unravel": frozenset[str](),
    "disintegrate": frozenset[str](),
    "fracture": frozenset[str](),
    "implode": frozenset[str](),
    "fall": frozenset({"apart"}),
    "break": frozenset({"down"}),
    "come": frozenset({"apart"}),
}
_LYING = frozenset({"be", "lie", "leave"})
_LASTING = frozenset({"hold", "last", "survive", "endure"})
_SHREDS = frozenset({"tatter", "tatters", "ruin", "ruins", "shred", "shreds", "piece", "pieces"})
_BRIEF_UNITS = frozenset({"minute", "hour", "moment", "second"})
_BARELY = frozenset({"just", "only", "barely", "less", "mere", "scarcely", "hardly", "few"})
_UNSEEN = frozenset("since until till before if when once after unless whether".split())


@reads(_HEARING, _LISTENING, _SOUNDING, "audible")
def heard(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "residents heard artillery", "explosions rang out": fire told by its sound. Aircraft heard overhead fly over."""
    lemma = token.lemma_.lower()
    if lemma in _HEARING:
        thing = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
        anchors = (token,) if thing is None else (token, thing)
        if any(inner.ent_type_ in SIDES for anchor in anchors for _, inner in preposition_objects(anchor, "from")):
            return None  # "counted 30 rockets from X": who counts tells what X fired
    elif lemma in _LISTENING:
        thing = next((inner for _, inner in preposition_objects(token, "to", "by")), None)
    elif lemma == "audible" and token.dep_ == "acomp":
        thing, token = next(iter(children(token.head, "nsubj")), None), token.head
    elif lemma in _SOUNDING and any(c.dep_ == "auxpass" for c in token.children):
        # "the suburb was rocked by a dozen strikes"
        thing = next((inner for _, inner in preposition_objects(token, "by")), None) if lemma in _ROCKING else None
    elif lemma in _SOUNDING:
        thing = next(iter(children(token, "nsubj")), None)
    else:
        return None
    if thing is None or _is_aside(token):
        return None
    wholes = [
        *meant_words(thing),
        *(i for _, i in preposition_objects(thing, "of") if thing.lemma_.lower() in _BURSTS),
    ]
    if any(whole.lemma_ in ("siren", "alarm", "alert") for whole in wholes):
        return None
    if lemma == "hear" and any(c.lower_ == "no" for c in thing.children):
        return None  # quiet (hush.py)
    if is_negated(token, roles(token)):
        return None
    words = [w for whole in wholes for w in (whole, *children(whole, "compound", "amod", "nmod", "conj"))]
    sound = next((w for w in words if _is_noise(w, lexicon)), None)
    if sound is None:
        return None
    flies = lexicon.is_kind(sound.lemma_.lower(), "airborne") and lemma not in ("rock", "shake") and not _bursts_after(token)
    weapon = next((w.text for w in words if w.lemma_.lower() in lexicon.weapons), None) or weapon_word(sound, lexicon, None, None)
    where = next(iter(children(token, "dobj", "obj", "nsubjpass")), None) if lemma in _ROCKING else None
    return ActMention(
        token=token,
        frame="heard" if flies else "attack",
        act="AIR.OVERFLIGHT" if flies else refine_act("FIRE", weapon, None, lexicon),
        weak=True,
        doer=_from_whose(token, lexicon),
        undergoer=joint_phrase(where) if where is not None else None,
        undergoer_head=where,
        scope=token,
        weapon=weapon,
        negated=any(c.dep_ == "neg" for c in token.children) or any(c.lower_ == "no" for c in thing.children),
        is_supported=True,
        reasons=(f"'{sound.text}' was heard",),
    )


def _bursts_after(token: Token) -> bool:
    """ "heard jets moments before the blasts": the aircraft that struck."""
    return any(
        w.lemma_.lower() in _BLASTS and w.head.lower_ in ("before", "then", "and") for w in token.doc[token.i : token.i + 14]
    )


def _from_whose(token: Token, lexicon: Lexicon) -> Phrase | None:
    """ "heard from the <Side> posts": whose fire it was."""
    sources = (inner for _, inner in preposition_objects(token, "from") if any(c.ent_type_ in SIDES for c in inner.children))
    return next((phrase for inner in sources if (phrase := actor_phrase(inner, lexicon)) is not None), None)


def _is_noise(word: Token, lexicon: Lexicon) -> bool:
    lemma = word.lemma_.lower()
    trigger = lexicon.nouns.get(lemma)
    if lemma in _NOISES or lexicon.is_kind(lemma, "projectile", "airborne"):
        return True
    return (trigger is not None and trigger.act.startswith("FIRE") and trigger.frame == "attack") or lemma in lexicon.weapons


@reads(_COMING, _ENDING, _GOING_TO_END, _WAKING, _RESTORED, {verb for verb, _ in _ENDING_PARTS})
def ebbed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the fighting stopped", "shelling died down": the guns are silent. "Calm returned", "a lull held": quiet."""
    lemma = token.lemma_.lower()
    holder = token.head if token.dep_ == "xcomp" and token.head.lemma_ in ("appear", "seem", "begin", "start") else token
    subject = next(iter(children(holder, "nsubj", "nsubjpass")), None)
    if subject is None or _is_aside(token):
        return None
    what = subject.lemma_.lower()
    if subject.dep_ == "nsubjpass":
        is_restored = what in _CALM and lemma in _RESTORED
        return _quiet(token, "CALM", None, f"{subject.text} was restored") if is_restored else None
    if lemma in _WAKING and any(i.lemma_.lower() in _CALM for _, i in preposition_objects(token, "in", "to")):
        return _quiet(token, "CALM", None, "a place that wakes to quiet")
    if what in _CALM and lemma in _COMING:
        return _quiet(token, "CALM", None, f"{subject.text} is told of")
    parts = {(lemma, c.lower_) for c in token.children if c.dep_ in ("prt", "advmod")}
    ends = lemma in _ENDING or bool(parts & _ENDING_PARTS) or _comes_to_an_end(token)
    trigger = lexicon.nouns.get(what)
    is_fighting = what in _FIGHTING or ((trigger is not None and trigger.frame in ("clash",)) or what == "exchange")
    if not ends or not is_fighting or children(token, "dobj", "ccomp"):
        return None
    fighters = next((inner for _, inner in preposition_objects(subject, "between")), None)
    if any(c.dep_ == "neg" for c in token.children):
        # "the shelling has not stopped": it goes on
        act = trigger.act if trigger is not None else "FIRE"
        told = _quiet(token, act, owner_phrase(subject, lexicon), f"{subject.text} did not come to an end")
        return changed(told, frame="attack" if trigger is not None and trigger.frame == "attack" else "clash", negated=False)
    return _quiet(
        token, "DEESCALATE.CEASE_FIRE", joint_phrase(fighters) if fighters is not None else None, f"{subject.text} came to an end"
    )


@reads("fight")
def fighting_goes_on(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "fighting for the town went on": the noun, which the parser takes for a verb."""
    verb = token.head
    if token.lower_ != "fighting" or token.dep_ not in ("csubj", "nsubj") or verb.lemma_ not in _RAGING or _is_aside(verb):
        return None
    if children(token, "dobj", "nsubj") or any(c.dep_ == "neg" for c in verb.children):
        return None
    fighters = next((inner for _, inner in preposition_objects(token, "between")), None)
    mention = _quiet(verb, "FIRE.CLASH", joint_phrase(fighters) if fighters is not None else None, "fighting goes on")
    return replace(mention, frame="clash", token=token, scope=verb)


def _comes_to_an_end(token: Token) -> bool:
    return token.lemma_ in _GOING_TO_END and any(
        inner.lemma_ in ("end", "halt", "stop", "close") for _, inner in preposition_objects(token, "to")
    )


def is_truce(noun: Token) -> bool:
    """ "the ceasefire", "the truce", and "the cease-fire", which the parser cuts at its hyphen."""
    lemma = noun.lemma_.lower()
    return lemma in _TRUCES or (lemma == "fire" and any(c.lower_ == "cease" for c in children(noun, "compound")))


@reads(_GOING_INTO, _BEGINNING)
def truce_begins(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "a ceasefire came into force", "the truce took effect", "was extended", and "the truce, agreed on Saturday": agreed."""
    holder = token.head if token.dep_ == "conj" and not children(token, "nsubj", "nsubjpass") else token
    subject = next(iter(children(holder, "nsubj", "nsubjpass")), None)
    if subject is None or not is_truce(subject) or _is_aside(token):
        return None
    lemma = token.lemma_.lower()
    below = {inner.lemma_ for _, inner in preposition_objects(token, "into", "in")} | {
        c.lemma_ for c in children(token, "dobj", "obj")
    }
    begins = (lemma in _GOING_INTO and below & _FORCE_WORDS) or (
        lemma in _BEGINNING and not children(token, "dobj", "xcomp", "ccomp")
    )
    if not begins or any(c.dep_ == "neg" for c in token.children):
        return None
    fighters = next((inner for _, inner in preposition_objects(subject, "between")), None)
    mention = _quiet(
        token,
        "AGREE.CEASEFIRE",
        joint_phrase(fighters) if fighters is not None else None,
        f"the {subject.text} '{token.text}' force",
    )
    return replace(mention, frame="begin")


@reads("violate", "break", "breach")
def truce_broken(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "Ceasefire violated in X", "truce broken within minutes": a headline's passive."""
    truce = next(iter(children(token, "nsubj")), None)
    if truce is None or not is_truce(truce) or children(token, "dobj", "aux", "auxpass", "neg", "ccomp", "prt"):
        return None
    mention = _quiet(token, "FIRE", None, f"a {truce.text} that was broken")
    return replace(mention, frame="breach")


@reads(_FAILING, _LYING, _LASTING)
def truce_fails(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the truce collapsed", "lay in tatters", "held for just four minutes": it was broken, by whom is not said."""
    lemma = token.lemma_.lower()
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or not is_truce(subject) or _is_aside(token) or children(token, "ccomp"):
        return None
    parts = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "acomp")}
    fails = (
        (lemma in _FAILING and (not _FAILING[lemma] or bool(parts & _FAILING[lemma])))
        or (lemma in _LYING and any(i.lemma_ in _SHREDS for _, i in preposition_objects(token, "in")))
        or (lemma in _LASTING and _is_brief(token))
    )
    if not fails:
        return None
    mention = _quiet(token, "FIRE", None, f"a {subject.text} that '{token.text}' was broken")
    return replace(mention, frame="breach")


def _is_brief(token: Token) -> bool:
    """ "held for just four minutes", "lasted barely an hour": told of what did not last."""
    spans = [*(i for _, i in preposition_objects(token, "for")), *children(token, "dobj", "npadvmod", "attr")]
    return any(
        span.lemma_ in _BRIEF_UNITS
        and (span.lemma_ == "minute" or any(w.lower_ in _BARELY for w in (*span.subtree, *token.children)))
        for span in spans
    )


def _quiet(token: Token, act: str, doer: Phrase | None, why: str) -> ActMention:
    return ActMention(
        token=token,
        frame="calm",
        act=act,
        weak=True,
        doer=doer,
        scope=token,
        negated=any(c.dep_ == "neg" for c in token.children),
        is_supported=True,
        reasons=(why,),
    )


def _is_aside(token: Token) -> bool:
    """A clause that only dates or conditions something else, or a thing that lies ahead."""
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in _UNSEEN and c.i < token.i for c in token.children):
        return True
    return token.dep_ in ("relcl", "acl") or any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "should", "must", "may", "might", "to") for c in token.children
    )
