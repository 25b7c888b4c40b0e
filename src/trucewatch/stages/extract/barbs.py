"""Blame in a barb: what a side is called, what shows its face, blood on its hands, oil on the fire, shame on the silent."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.reproaches import blamed
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    POINTING,
    SIDES,
    Phrase,
    Token,
    children,
    has_negation,
    joint_phrase,
    preposition_objects,
    roles,
)

_NAMES = frozenset(
    "aggressor occupier puppet liar criminal murderer fascist butcher invader terrorist barbarian traitor coward thief vandal "
    "hypocrite villain warmonger arsonist killer bully racist extremist fanatic violator culprit offender perpetrator "
    "instigator".split()
)
_CALLING = frozenset({"brand", "label", "call", "dub", "denounce", "condemn", "name", "identify"})
_SHOWING = frozenset({"show", "prove", "demonstrate", "reveal", "expose", "confirm", "betray", "unmask"})
_FACES = frozenset(
    "face nature colour color intention intent essence hypocrisy worthlessness contempt disregard insincerity weakness cynicism "
    "cowardice treachery barbarity duplicity bankruptcy impotence aggressiveness savagery".split()
)
_DARK = frozenset(
    "true real ugly treacherous aggressive criminal terrorist fascist barbaric hostile genocidal savage brutal".split()
)
_PEACEFUL = frozenset("peace talk truce ceasefire settlement dialogue solution negotiation body life de-escalation calm".split())
_VAIN = frozenset({"futile", "useless", "pointless", "vain", "fruitless", "unheeded"})
_PLEAS = frozenset({"complaint", "appeal", "protest", "letter", "plea", "warning", "note", "call"})
_SCORNFUL = frozenset({"scathing", "contemptuous", "damning", "scornful", "withering", "vitriolic"})
_OILS = frozenset({"oil", "petrol", "fuel", "gasoline", "kerosene"})
_FLAMES = frozenset({"fire", "flame", "blaze"})
_UTTERANCES = frozenset("statement remark comment decision stance position vote resolution speech silence visit rhetoric".split())
_CRIMES = frozenset({"crime", "atrocity", "outrage", "barbarism", "disgrace", "cruelty", "blackmail", "piracy", "genocide"})
_SORROWS = frozenset("death tragedy suffering grief incident victim dead plight killing accident mourning pain loss".split())
_GERUNDS = frozenset(
    "withhold hold keep deny refuse block shell bomb starve close deprive detain target attack destroy mine".split()
)


def _side(head: Token | None, lexicon: Lexicon) -> Phrase | None:
    """A side, its leader or what is a side's."""
    if head is None or head.pos_ == "PRON":
        return None
    named = head.ent_type_ in (*SIDES, "PERSON") or lexicon.is_kind(head.lemma_.lower(), "enemy", "force", "speaker")
    return actor_phrase(head, lexicon) if named else owner_phrase(head, lexicon)


def _opined(token: Token, doer: Phrase | None, why: str) -> ActMention | None:
    found = blamed(token, doer, why)
    return replace(found, is_opinion=True) if found is not None else None


@reads("be", "remain", "become")
@amid(_NAMES, "behind", _VAIN)
def _is_called(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X is a puppet", "X's conduct is that of a terrorist state", "X is behind all this", "the appeals were futile"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token) or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    named = [
        *children(token, "attr"),
        *(i for a in children(token, "attr") if a.lower_ == "that" for _, i in preposition_objects(a, "of")),
    ]
    if any(
        a.lemma_.lower() in _NAMES or any(c.lemma_.lower() in _NAMES for c in a.children if c.dep_ in ("amod", "compound"))
        for a in named
    ):
        return _opined(token, _side(subject, lexicon), "a name called is blame")
    if any(i.lower_ in (*POINTING, "everything", "all") for _, i in preposition_objects(token, "behind")):
        return _opined(token, _side(subject, lexicon), "who is said to be behind it is blamed")
    state = {c.lower_ for c in children(token, "acomp")} | {i.lower_ for _, i in preposition_objects(token, "in")}
    if subject.lemma_.lower() in _PLEAS and state & _VAIN:
        against = next(
            (p for _, i in preposition_objects(subject, "against", "to") if (p := _side(i, lexicon)) is not None), None
        )
        found = _opined(token, against or joint_phrase(subject), "a plea in vain is blame")
        return replace(found, doer=against) if found is not None else None
    return None


def _is_a_bad_name(noun: Token) -> bool:
    return any(w.lemma_.lower() in _NAMES for w in (noun, *children(noun, "amod", "compound")))


@reads("be")
@amid(_CRIMES)
def _a_crime(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "withholding the maps is a war crime"."""
    deed = next((c for c in children(token, "csubj") if c.lemma_.lower() in _GERUNDS and c.tag_ == "VBG"), None)
    if deed is None or has_negation(token) or not any(a.lemma_.lower() in _CRIMES for a in children(token, "attr")):
        return None
    return ActMention(
        token=token, frame="misdeed", act="BLAME", weak=True, scope=token, is_supported=True, is_opinion=True,
        reasons=("what is called a crime is blamed",),
    )  # fmt: skip


@reads("be")
@amid(_SCORNFUL, "interested")
def _scornful(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the president was scathing about X's words", "they are not interested even in the dead"."""
    state = next(iter(children(token, "acomp")), None)
    subject = next(iter(children(token, "nsubj")), None)
    if state is None or subject is None:
        return None
    about = [i for a in (token, state) for _, i in preposition_objects(a, "about", "of", "at", "in", "towards")]
    if state.lower_ == "interested" and has_negation(token) and any(i.lemma_.lower() in _PEACEFUL for i in about):
        return _opined(token, actor_phrase(subject, lexicon), "who cares for no peace is blamed")
    if state.lower_ not in _SCORNFUL or has_negation(token):
        return None
    whom = next((p for i in about if (p := _side(i, lexicon)) is not None), None)
    return _accused(token, actor_phrase(subject, lexicon), whom, "scorn is blame")


def _accused(token: Token, doer: Phrase | None, whom: Phrase | None, why: str) -> ActMention | None:
    if doer is None or whom is None:
        return None
    return ActMention(
        token=token, frame="accuse", act="BLAME", weak=True, doer=doer, undergoer=whom, undergoer_head=whom.head, scope=token,
        is_supported=True, reasons=(why,),
    )  # fmt: skip


@reads(_CALLING)
def _branded(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "branded the <People> leadership fascist"."""
    thing = next(iter(children(token, "dobj", "oprd", "ccomp")), None)
    if thing is None or has_negation(token):
        return None
    words = [thing, *children(token, "oprd"), *(i for _, i in preposition_objects(token, "as"))]
    if not any(w.lemma_.lower() in _NAMES for w in words):
        return None
    whom = next((p for w in (thing, *thing.children) if w.lemma_.lower() not in _NAMES and (p := _side(w, lexicon))), None)
    return _accused(
        token, actor_phrase(roles(token).doer, lexicon), whom or owner_phrase(thing, lexicon), "a name called is blame"
    )


@reads(_SHOWING)
def _shows_its_face(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X has shown its treacherous face", "these acts prove the worthlessness of its word", "showed that it is an aggressor"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token):
        return None
    # "has shown once more that it is ...": the parser hangs the clause on "more"
    below = (c for c in token.subtree if c.dep_ in ("ccomp", "advcl") and c.i > token.i)
    clause = next((c for c in below if any(_is_a_bad_name(a) for a in children(c, "attr"))), None)
    if clause is not None:
        return _opined(token, _side(subject, lexicon), "what it is shown to be is blame")
    thing = next(iter(children(token, "dobj", "obj")), None)
    if thing is None or thing.lemma_.lower() not in _FACES:
        return None
    dark = any(c.lower_ in _DARK for c in thing.children)
    if thing.lemma_.lower() in ("face", "nature", "colour", "color", "intention", "intent", "essence") and not dark:
        return None
    of = [i for _, i in preposition_objects(thing, "of")]
    whose = _side(subject, lexicon) or next((p for i in of if (p := _side(i, lexicon)) is not None), None)
    return _opined(token, whose, "what shows a side's face is blame")


@reads("bring")
def _upon_itself(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X brought the incident upon itself"."""
    back = any(i.lower_ in ("itself", "themselves", "himself") for _, i in preposition_objects(token, "upon", "on"))
    return _opined(token, _side(roles(token).doer, lexicon), "what one brings upon oneself one is blamed for") if back else None


@reads("have", "get")
@amid("blood")
def _blood_on_hands(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X's leaders have blood on their hands"."""
    things = children(token, "dobj", "obj")
    hands = any(i.lemma_ == "hand" for a in (token, *things) for _, i in preposition_objects(a, "on"))
    if has_negation(token) or not hands or not any(t.lemma_ == "blood" for t in things):
        return None
    return _opined(token, _side(roles(token).doer, lexicon), "blood on hands is blame")


@reads("pour", "add", "throw", "heap", "fan")
def _oil_on_fire(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X pours oil on the fire"."""
    oil = any(t.lemma_.lower() in _OILS for t in children(token, "dobj", "obj"))
    flames = any(
        i.lemma_.lower() in _FLAMES for a in (token, *children(token, "dobj")) for _, i in preposition_objects(a, "on", "to")
    )
    return _opined(token, _side(roles(token).doer, lexicon), "oil on a fire is blame") if oil and flames else None


@reads("understand", "know", "speak")
def _only_force(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X only understands the language of force"."""
    tongue = next((t for t in children(token, "dobj", "obj") if t.lemma_ == "language"), None)
    if tongue is None or has_negation(token):
        return None
    force = any(
        i.lemma_.lower() in ("force", "strength", "violence", "power", "arms") for _, i in preposition_objects(tongue, "of")
    )
    return _opined(token, _side(roles(token).doer, lexicon), "who knows no language but force is blamed") if force else None


@reads("express", "voice")
def _regrets_words(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "expressed regret over the statement from X"."""
    feeling = next(
        (t for t in children(token, "dobj", "obj") if t.lemma_ in ("regret", "disappointment", "surprise", "displeasure")), None
    )
    if feeling is None or has_negation(token):
        return None
    over = [i for a in (token, feeling) for _, i in preposition_objects(a, "over", "at", "about", "with")]
    over += [
        i
        for a in (token, feeling)
        for prep in children(a, "prep")
        for c in children(prep, "pcomp")
        for _, i in preposition_objects(c, "as")
    ]
    thing = next((i for i in over if i.lemma_.lower() in _UTTERANCES), None)
    if thing is None:
        return None
    source = next((p for _, i in preposition_objects(thing, "from", "by", "of") if (p := _side(i, lexicon)) is not None), None)
    whose = source or owner_phrase(thing, lexicon)
    doer = actor_phrase(roles(token).doer, lexicon)
    is_biased = any(c.lower_ in ("sided", "one-sided", "biased", "partial") for c in children(thing, "amod"))
    if whose is None and doer is not None and is_biased:
        # "regret over what it described as a one-sided statement", of who spoke right before
        return ActMention(
            token=token, frame="accuse", act="BLAME", weak=True, doer=doer, undergoer_head=thing, scope=token, is_supported=True,
            reasons=("regret over words is blame",),
        )  # fmt: skip
    return _accused(token, doer, whose, "regret over words is blame")


@reads("exploit", "instrumentalise", "instrumentalize", "politicise", "politicize")
def _exploits(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the deaths were being exploited for political ends", "X exploits the tragedy": in somebody's mouth."""
    who = roles(token)
    thing = who.undergoer
    if has_negation(token) or thing is None or thing.lemma_.lower() not in _SORROWS or token.dep_ in ("relcl", "acl"):
        return None
    if any(c.dep_ == "aux" and c.lower_ in ("may", "might", "could", "would", "should", "must", "to") for c in token.children):
        return None
    return ActMention(
        token=token, frame="misdeed", act="BLAME", weak=True, doer=_side(who.doer, lexicon), undergoer_head=thing, scope=token,
        is_supported=True, is_opinion=True, reasons=("who exploits sorrow is blamed",),
    )  # fmt: skip


# blame by what is said of a side
barb = Rules(
    _is_called, _a_crime, _scornful, _branded, _shows_its_face, _upon_itself, _blood_on_hands, _oil_on_fire, _only_force,
    _regrets_words, _exploits,
)  # fmt: skip
