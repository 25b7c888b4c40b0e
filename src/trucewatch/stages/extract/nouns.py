"""Acts that nouns name: "the shelling of X by Y", "came under fire".

Long, as doer, target and standing of one noun are read off the same prepositions and the same verb beside it.
"""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.model.change import changed
from trucewatch.stages.extract.lasting import happened_then, takes_part
from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import NEGATIVES, is_kept_from, is_negated, with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.scenes import is_truce
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    is_verbal,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.tellers import damaged, is_by_arms, teller_of
from trucewatch.stages.extract.triggers import meant_words
from trucewatch.stages.extract.unproven import disclaimer_of
from trucewatch.stages.extract.weapons import refine_act, weapon_word

_CARRIED = frozenset({"carry", "launch", "mount", "conduct", "direct", "aim", "unleash", "repeat", "renew", "concentrate"})
_FOLLOWING = frozenset({"follow", "come", "arrive"})
# what loud fire does to people
_SCARING = frozenset("send force drive scatter wake jolt trap pin panic interrupt light keep prevent greet halt".split())
_LOUD = frozenset("gunfire shelling shellfire bombardment explosion blast crossfire volley salvo barrage gunshot firing".split())
# "the killing of ten soldiers": of whom it befell, never of who did it
_OF_VICTIMS = frozenset({"killing", "assassination", "massacre", "murder", "slaughter", "slaying", "abduction", "kidnapping"})


_SEEING = frozenset({"see", "witness", "experience"})
# what is thrown at people with words
_THROWN = frozenset(
    "question criticism insult complaint abuse tweet message lawsuit critic opposition lawmaker rival press".split()
)
_SUFFERING = _SEEING | frozenset("suffer undergo sustain withstand endure receive weather survive".split())
_GROUNDS = frozenset("because due owing amid during after before since despite until".split())
_INFRINGED = frozenset(
    "sovereignty integrity territory airspace border law right rights resolution independence soil frontier waters obligation "
    "charter convention dignity".split()
)
_KEPT = frozenset({"regime", "armistice"})
_PICTURES = frozenset({"mug", "screen", "head", "snap", "penalty"})


_MOVED = frozenset({"troop", "tank", "armour", "armor", "vehicle", "army"})


def _is_of_a_force(token: Token, lexicon: Lexicon) -> bool:
    """ "troop movements", "the movement of tanks", and not an aid convoy's or a people's movement."""
    words = [i for _, i in preposition_objects(token, "of", "by")]
    if token.tag_ not in ("NN", "NNP") or token.dep_ != "nsubj" or not children(token.head, "dobj"):
        # but not "<Land>'s resistance movement has launched an attack": a body, whosever it is
        words += [c for c in token.children if c.dep_ in ("compound", "amod", "poss")]
    elif any(c.lemma_.lower() in _MOVED for c in children(token, "compound")):
        return True
    return any(
        lexicon.is_kind(w.lemma_.lower(), "force", "armament", "mobile", "combatant") or w.ent_type_ in SIDES for w in words
    )


_EXISTING = frozenset({"be", "exist", "happen", "occur", "take"})


def is_told_absent(token: Token) -> bool:
    """ "no blockade exists", "there was no strike on X", "the raid never took place": said not to be."""
    verb = token.head
    if verb.lemma_.lower() not in _EXISTING or token.dep_ not in ("nsubj", "attr"):
        return False
    if verb.lemma_ == "be" and not children(verb, "expl"):
        return False
    if verb.lemma_ == "take" and not any(c.lemma_ == "place" for c in children(verb, "dobj")):
        return False
    none = any(c.lower_ in NEGATIVES for c in token.children if c.dep_ in ("det", "neg", "predet"))
    return none or any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)


_FILMS = frozenset("video footage film picture image photo photograph clip recording map".split())
_OWNING_UP = frozenset({"claim", "admit", "take", "assume"})
_HOLDING_TO_BLAME = frozenset({"hold", "consider", "deem", "find", "declare"})


# where people work
_WORKS = frozenset(
    "mine plant factory mill quarry smelter refinery airport port station hospital school reactor bank company".split()
)


def noun_mention(token: Token, lexicon: Lexicon) -> ActMention | None:
    lemma = token.lemma_.lower()
    if lemma == "target" and token.dep_ == "attr":
        return _declared_target(token, lexicon)
    trigger = lexicon.nouns.get(lemma)
    if trigger is None or token.dep_ == "compound" or _is_of_a_target(token):
        return None
    if token.ent_type_ in ("ORG", "GPE", "PERSON", "FAC") and not (token.tag_ == "NN" and token.i == token.sent.start):
        return None  # part of a name
    if lemma == "fire" and any(c.lower_ == "cease" for c in children(token, "compound")):
        return None  # "a cease-fire"
    if _is_exchanged(token):
        trigger = Trigger(lemma, "clash", "FIRE.CLASH", False)
    if lemma == "fight" and not any(i.ent_type_ in ("GPE", "LOC", "FAC") for _, i in preposition_objects(token, "for", "over")):
        return None  # "the fight against poverty"
    if lemma == "shot" and any(c.lower_ in _PICTURES for c in children(token, "compound")):
        return None
    if trigger.frame == "take" and any(
        lexicon.is_kind(w.lemma_.lower(), "combatant", "captive", "civilian", "force")
        for prep, inner in preposition_objects(token, "of")
        for w in meant_words(inner)
    ):
        trigger = Trigger(lemma, "detain", "CIV.DETENTION", False)  # "the capture of two soldiers": no ground
    if lemma == "targeting" and not any(prep.lower_ == "of" for prep, _ in preposition_objects(token)):
        return None
    if lemma == "operation" and any(i.lemma_.lower() in _WORKS for _, i in preposition_objects(token, "at", "of", "in")):
        return None  # "operations at the gold mine"
    if lemma == "movement" and not _is_of_a_force(token, lexicon):
        return None
    if lemma == "shooting" and any(True for _ in preposition_objects(token, "at", "on", "from", "against", "towards")):
        trigger = Trigger(lemma, "attack", "FIRE.SMALL_ARMS", False)
    if lemma in ("violation", "breach") and any(c.lemma_.lower() in ("airspace", "air") for c in children(token, "compound")):
        trigger = Trigger(lemma, "move", "AIR.OVERFLIGHT", False)
    doer = undergoer = None
    undergoer_head: Token | None = None
    owner = owner_phrase(token, lexicon)
    for prep, inner in preposition_objects(token):
        word = prep.lower_
        if word in ("on", "against", "at", "into", "over", "upon", "towards", "toward"):
            undergoer_head = undergoer_head or inner
        elif word in ("by", "from"):
            source = inner
            if word == "from":
                deeper = next((i for _, i in preposition_objects(inner, "of") if i.ent_type_ in SIDES), None)
                source = deeper or inner
            doer = doer or actor_phrase(source, lexicon)
        elif word == "of":
            if (trigger.takes_object or (trigger.act == "ADVANCE.OFFENSIVE" and inner.ent_type_ in ("GPE", "LOC"))) and (
                lemma in _OF_VICTIMS or not lexicon.is_kind(inner.lemma_, "force")
            ):
                undergoer_head = undergoer_head or inner
            elif trigger.frame == "breach" and inner.lemma_.lower() in _INFRINGED:
                undergoer_head = undergoer_head or inner  # "a violation of X's sovereignty": X's, and not by X
            elif trigger.frame != "damage" and (trigger.frame != "breach" or inner.lemma_ != "regime"):
                doer = doer or actor_phrase(inner, lexicon)
        elif word == "between" and trigger.frame == "clash":
            doer = joint_phrase(inner)
        elif (
            word == "in"
            and trigger.frame in ("attack", "coerce")
            and undergoer_head is None
            and inner.ent_type_ in ("GPE", "LOC", "FAC")
        ):
            undergoer_head = inner
    for child in children(token, "acl"):
        if child.tag_ == "VBN":
            sources = [*preposition_objects(child, "by"), *preposition_objects(child, "from")]
            agent = next((i for _, i in sources), None)  # "fired from <land> by X": X's
            if agent is not None:
                doer = doer or actor_phrase(agent, lexicon)
    if owner is not None and undergoer_head is not None and owner.head == undergoer_head:
        owner = None
    light, scope = _light_verb(token)
    if light is not None and is_kept_from(light):
        return None
    if owner is not None and owner.head.pos_ == "PRON" and light is not None and _is_suffered(token, light):
        owner = None  # "the town saw its heaviest shelling"
    struck = sufferer_of(token, light, lexicon) if light is not None else None
    if struck is not None and trigger.frame != "clash":
        undergoer_head = struck
    doer = doer or owner or _accused(token, lexicon)
    if trigger.frame == "damage":
        undergoer_head = damaged(token, light, lexicon)
        if undergoer_head is None:
            return None
    unclaimed = disclaimer_of(token)
    answerable = _answerable(token, lexicon) if unclaimed is None else None
    if answerable is not None:
        doer, scope = answerable
    negated = any(
        child.lower_ in NEGATIVES or (child.dep_ == "nummod" and any(c.lower_ == "not" for c in child.children))
        for child in token.children
        if child.dep_ in ("det", "neg", "nummod", "preconj", "predet", "advmod")
    )
    reasons = [f"'{token.text}' names {trigger.act} ({trigger.frame})"]
    if light is not None and light == unclaimed:
        light = None
    if light is not None:
        who = roles(light)
        negated = negated or (is_negated(light, who) and not _is_ground(token))
        lemma_light = light.lemma_.lower()
        denied = lemma_light == "deny" and doer is None and token.dep_ in ("dobj", "obj") and who.doer is not None
        if denied and any(c.dep_ in ("amod", "compound") and c.lower_.endswith("ing") for c in token.children):
            doer = actor_phrase(who.doer, lexicon)
        gerund = (
            lemma.endswith("ing")
            and token.dep_ == "pobj"
            and token.head.lower_ == "on"
            and lemma_light in ("go", "keep", "carry")
        )
        if (
            (
                gerund
                or lexicon.is_kind(lemma_light, "light_agent")
                or _put_under(token, light) is not None
                or takes_part(token, light)
            )
            and doer is None
            and who.doer is not None
            and who.doer != token
        ):
            doer = actor_phrase(who.doer, lexicon)
            reasons.append(f"'{light.text}' gives its doer")
        elif lexicon.is_kind(lemma_light, "light_target") or (
            lemma_light == "take" and lemma in ("hit", "blow", "strike") and token.dep_ == "dobj"
        ):
            sufferer = who.doer if who.doer is not None and who.doer != token else who.undergoer
            if sufferer is not None and sufferer != token and undergoer_head is None:
                undergoer_head = sufferer
                reasons.append(f"'{light.text}' gives whom it struck")
            for _, inner in preposition_objects(light, "from", "by"):
                doer = doer or actor_phrase(inner, lexicon)
        if token.dep_ == "pobj" and token.head.lower_ == "under" and undergoer_head is None and who.doer is not None:
            undergoer_head = who.doer
            reasons.append("'under' gives whom it struck")
        if trigger.frame == "clash" and doer is None:
            between = next((inner for _, inner in preposition_objects(light, "between", "among")), None)
            doer = joint_phrase(between) if between is not None else None
        for _, inner in preposition_objects(light, "on", "against", "at", "in"):
            if undergoer_head is None and trigger.frame != "clash" and inner != token and inner.ent_type_ not in ("DATE", "TIME"):
                undergoer_head = inner
        if lemma_light == "be" and token.dep_ == "nsubj" and doer is None:
            # "the attacks on X are a manifestation of Y's policy": Y is blamed
            verdicts = (inner for attr in children(light, "attr") for _, inner in preposition_objects(attr, "of"))
            doer = next((phrase for inner in verdicts if (phrase := owner_phrase(inner, lexicon)) is not None), None)
    undergoer_head = undergoer_head or named_under(token)
    if undergoer_head is not None:
        undergoer = joint_phrase(undergoer_head)
    weapon = weapon_word(token, lexicon, None, None) if trigger.act != "AIR.UAV_DOWNED" else None
    definite = any(child.dep_ == "det" and child.lower_ in ("the", "this", "these", "those", "that") for child in token.children)
    # "one of the explosions": that one is no other that was told of
    definite = definite and not (_is_counted(token) and token.head.head.lemma_.lower() in ("one", "another", "two", "several"))
    teller = teller_of(token, trigger.frame, light, lexicon, is_definite=definite)
    if teller is None and answerable is not None and answerable[1].lemma_ in _OWNING_UP:
        teller = answerable[0]  # "took responsibility for the raid"
    if lemma in ("flight", "sortie"):
        if not _is_overhead(token):
            return None
    elif lemma == "exodus":
        doer = next((tight_phrase(inner) for _, inner in preposition_objects(token, "of")), doer)
    elif trigger.frame == "damage":
        if teller is None and doer is None and not is_by_arms(token, light, lexicon):
            return None
    elif trigger.weak and not _is_martial(token, weapon, undergoer_head, lexicon):
        return None
    mention = ActMention(
        token=token,
        frame=trigger.frame,
        act=refine_act(trigger.act, weapon, undergoer_head, lexicon),
        weak=True,
        doer=doer,
        undergoer=undergoer,
        undergoer_head=undergoer_head,
        scope=scope,
        weapon=weapon,
        negated=negated,
        is_nominal=True,
        is_definite=definite,
        witness=teller,
        is_supported=teller is not None
        or unclaimed is not None
        or struck is not None
        or (negated and is_told_absent(token))
        or is_shown(token, light)
        or named_under(token) is not None
        or trigger.frame == "damage"
        or (trigger.frame in ("clash", "attack") and is_heavy_there(token))
        or (trigger.frame == "attack" and light is not None and _lies_under(token, light, undergoer_head, lexicon))
        or (trigger.frame == "attack" and light is not None and not negated and there_were(token, light))
        or (trigger.frame == "breach" and any(i.lemma_ in _KEPT or is_truce(i) for _, i in preposition_objects(token, "of")))
        or (trigger.frame == "breach" and any(is_truce(c) for c in children(token, "compound")) and bool(children(token, "acl")))
        or (
            light is not None
            and (
                (trigger.frame in ("attack", "clash") and happened_then(token, light))
                or (trigger.frame == "clash" and (lexicon.is_kind(light.lemma_.lower(), "light_event") or goes_on(light)))
                or (
                    trigger.frame == "attack" and (not definite or _is_carried_out(light)) and _is_event_of(token, light, lexicon)
                )
            )
        ),
        reasons=tuple(reasons),
    )
    return with_modality(mention, light or token, lexicon)


def named_under(token: Token) -> Token | None:
    """ "<People> village under fire, mayor says": what a headline without a verb says is under fire."""
    if token.dep_ != "pobj" or token.head.lower_ != "under" or token.head.head.pos_ not in ("NOUN", "PROPN"):
        return None
    place = token.head.head
    return place if place.dep_ in ("ROOT", "ccomp", "dep", "npadvmod", "nsubj") and place.i < token.i else None


def is_shown(token: Token, light: Token | None) -> bool:
    """ "footage showed strikes on launchers": what pictures show happened."""
    if light is None or light.lemma_ not in ("show", "depict", "capture") or token.dep_ not in ("dobj", "obj"):
        return False
    subject = next(iter(children(light, "nsubj")), None)
    shower = (
        light.head if subject is not None and subject.lower_ in ("which", "that", "it") and light.dep_ == "relcl" else subject
    )
    shower = (
        shower if shower is not None or light.dep_ not in ("ccomp", "relcl") else next(iter(children(light.head, "dobj")), None)
    )
    return shower is not None and (shower.lower_ == "which" or shower.lemma_.lower() in _FILMS)


def _is_done_on(token: Token, light: str) -> bool:
    """ "had gone on firing": a verb that the parser takes for a noun."""
    return bool(token.lower_.endswith("ing") and token.head.lower_ == "on" and light in ("go", "keep", "carry"))


def _lies_under(token: Token, light: Token, struck: Token | None, lexicon: Lexicon) -> bool:
    """ "the front has been under bombardment since Sunday"."""
    if token.dep_ != "pobj" or token.head.lower_ != "under" or light.lemma_ not in ("be", "come", "remain", "stay", "live"):
        return False
    if struck is None or lexicon.is_kind(struck.lemma_.lower(), "speaker"):
        return False
    kinds = ("territory", "civil_object", "military_object", "force", "civilian")
    return struck.lemma_.lower() in ("line", "front", "frontline") or lexicon.is_kind(struck.lemma_.lower(), *kinds)


def there_were(token: Token, light: Token) -> bool:
    """ "there were three explosions near the station": what there was somewhere happened."""
    if light.lemma_ != "be" or not children(light, "expl") or token.dep_ not in ("attr", "nsubj"):
        return False
    if any(c.dep_ == "aux" and c.lower_ not in ("had", "has", "have") for c in light.children):
        return False
    near = [i for anchor in (token, light) for _, i in preposition_objects(anchor, "near", "in", "at", "on", "outside", "around")]
    return any(i.ent_type_ not in ("DATE", "TIME") for i in near)


def _is_overhead(token: Token) -> bool:
    """ "drone flights over the capital", and no flight from one airport to another."""
    over = any(inner.ent_type_ not in ("DATE", "TIME") for _, inner in preposition_objects(token, "over", "above"))
    return over and not any(True for _ in preposition_objects(token, "to", "from"))


def _is_event_of(token: Token, light: Token, lexicon: Lexicon) -> bool:
    """ "a series of blasts shook the town": the verb says that it happened."""
    subject = event_subject(light)
    return subject is not None and token in meant_words(subject) and tells_event(token, light, lexicon)


def event_subject(light: Token) -> Token | None:
    """The subject of a verb; "in answer was carried out the operation": also where it stands behind."""
    deps = ("nsubj", "nsubjpass", "dobj") if _is_passive(light) else ("nsubj", "nsubjpass")
    return next(iter(children(light, *deps)), None)


def _is_passive(light: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in light.children)


def _is_carried_out(light: Token) -> bool:
    return _is_passive(light) and light.lemma_.lower() in _CARRIED


def tells_event(token: Token, light: Token, lexicon: Lexicon) -> bool:
    """Whether a verb says that the act its subject names happened: "erupted", "was carried out", "sent villagers running"."""
    lemma = light.lemma_.lower()
    if lexicon.is_kind(lemma, "light_event"):
        return True
    if _is_passive(light):
        return lemma in _CARRIED
    return lemma in _FOLLOWING or is_scaring(token, light)


def is_scaring(token: Token, light: Token) -> bool:
    """ "gunfire sent them running"."""
    return light.lemma_.lower() in _SCARING and token.lemma_.lower() in _LOUD


def _is_martial(token: Token, weapon: str | None, undergoer: Token | None, lexicon: Lexicon) -> bool:
    """Whether a noun that is peaceful as often as not ("campaign") stands with a martial word, a weapon or a side attacked."""
    if (weapon is not None and weapon != token.text) or any(
        lexicon.is_kind(c.lemma_.lower(), "martial", "weapon") for c in token.children
    ):
        return True
    if any(prep.lower_ == "from" and inner.ent_type_ in ("GPE", "LOC") for prep, inner in preposition_objects(token)):
        return True
    return undergoer is not None and (
        undergoer.ent_type_ in SIDES or lexicon.is_kind(undergoer.lemma_.lower(), "force", "territory")
    )


def _accused(token: Token, lexicon: Lexicon) -> Phrase | None:
    """ "accused X of heavy shelling": X, wherever the parser hangs the "of"."""
    node = token
    for _ in range(5):
        if node.head == node:
            return None
        if node.head.lemma_ == "accuse" and node.head.pos_ == "VERB" and node.dep_ in ("dobj", "obj", "prep"):
            accused = node if node.dep_ != "prep" else next(iter(children(node.head, "dobj", "obj", "nsubjpass")), None)
            return actor_phrase(accused, lexicon)
        node = node.head
    return None


def _answerable(token: Token, lexicon: Lexicon) -> tuple[Phrase, Token] | None:
    """ "X was responsible for the blast", "X was behind the attack", "X claimed responsibility for it": X did it."""
    if token.dep_ != "pobj":
        return None
    holder = token.head.head
    if (token.head.lower_ == "for" and holder.lemma_ in ("responsible", "accountable", "guilty")) or (
        token.head.lower_ == "for" and holder.lemma_ == "responsibility" and holder.head.lemma_ in _OWNING_UP
    ):
        copula = holder.head
    elif token.head.lower_ == "behind" and holder.lemma_ in ("be", "stand"):
        copula = holder
    else:
        return None
    who = roles(copula) if is_verbal(copula) else None
    if who is None:
        return None
    # "held X responsible for the strike": X is said to have done it
    phrase = actor_phrase(who.undergoer if copula.lemma_ in _HOLDING_TO_BLAME else who.doer, lexicon)
    return (phrase, copula) if phrase is not None else None


def goes_on(light: Token) -> bool:
    """ "battles are going on", "there was an exchange of fire", "fighting entered its third week"."""
    if light.lemma_ in ("shift", "move", "concentrate", "centre", "center"):
        return any(True for _ in preposition_objects(light, "to", "into", "towards", "on", "in", "around"))
    if light.lemma_ == "be":
        on = any(c.lower_ in ("underway", "ongoing") for c in light.children)
        on = on or any(i.lower_ == "way" for _, i in preposition_objects(light, "under"))
        return on or bool(children(light, "expl"))
    if light.lemma_ in ("fight", "wage"):
        return any(c.dep_ == "auxpass" for c in light.children)  # "the battle was being fought"
    if light.lemma_ == "enter":
        return any(c.lemma_ in ("day", "week", "month", "year", "hour") for c in children(light, "dobj", "obj"))
    return bool(light.lemma_ == "go") and any(c.lower_ == "on" for c in light.children)


def _light_verb(token: Token) -> tuple[Token | None, Token]:
    """The verb that a nominal act leans on ("carried out a strike", "came under fire"), and what evidence is cut from."""
    head = first = token
    while head.dep_ in ("conj", "compound", "nmod") or _is_counted(head):
        head = head.head.head if _is_counted(head) else head.head
    if head.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "obj") and is_verbal(head.head):
        return head.head, head.head
    if head.dep_ == "pobj" and head.head.dep_ in ("prep", "agent") and is_verbal(head.head.head):
        return head.head.head, head.head.head
    return None, first


_BEHIND_IT = frozenset({"after", "following", "amid", "to", "of", "by"})
_HEAVY = frozenset("heavy fierce intense intensive renewed fresh continued sustained relentless bitter violent deadly".split())


def is_heavy_there(token: Token) -> bool:
    """ "lost touch with them after heavy fighting in X", "shut because of fierce shelling there": news of a place."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ not in _BEHIND_IT or (prep.lower_ in ("to", "of") and prep.i == 0):
        return False
    if prep.lower_ in ("to", "of", "by") and prep.doc[prep.i - 1].lower_ not in ("due", "because", "owing", "interrupted"):
        return False
    if any(c.dep_ in ("det", "poss") for c in token.children) or not any(c.lower_ in _HEAVY for c in token.children):
        return False
    spots = (i for _, i in preposition_objects(token, "in", "near", "around", "at", "outside"))
    return any(i.ent_type_ in ("GPE", "LOC", "FAC") for i in spots) or any(c.lower_ == "there" for c in token.children)


def placed(mention: ActMention, lexicon: Lexicon, is_struck: Callable[[str], bool]) -> ActMention:
    """The mention, where "<Town> strike" or "the <Town> shelling killed two" tells by a name the place struck, and no doer."""
    doer = mention.doer
    if doer is None or doer.head.dep_ not in ("compound", "amod", "nmod") or doer.head.ent_type_ not in ("GPE", "LOC", "FAC"):
        return mention
    deed = doer.head.head
    trigger = lexicon.nouns.get(deed.lemma_.lower())
    if trigger is None or trigger.frame not in ("attack", "blast") or not is_struck(doer.doc[doer.start : doer.end].text):
        return mention
    if mention.undergoer_head is not None and not mention.is_nominal:
        return changed(mention, doer=None)
    head, struck = mention.undergoer_head or doer.head, mention.undergoer or doer
    return changed(mention, doer=None, undergoer=struck, undergoer_head=head)


def _is_ground(token: Token) -> bool:
    """ "no exchange took place because of the fighting", "nobody was let out during the shelling": not negated."""
    prep = token.head
    return token.dep_ == "pobj" and (prep.lower_ in _GROUNDS or prep.head.lower_ in _GROUNDS)


def _is_suffered(token: Token, light: Token) -> bool:
    return (token.dep_ == "pobj" and token.head.lower_ == "under") or (
        token.dep_ in ("dobj", "obj") and light.lemma_ in _SUFFERING
    )


_PUTTING = frozenset({"put", "take", "bring", "keep", "hold", "place", "have", "lay"})


def _put_under(token: Token, light: Token) -> Token | None:
    """ "put the post under fire", "kept the road under shelling": what somebody's fire falls on."""
    if token.dep_ != "pobj" or token.head.lower_ != "under" or light.lemma_ not in _PUTTING or roles(light).passive:
        return None
    return next(iter(children(light, "dobj", "obj")), None)


def sufferer_of(token: Token, light: Token, lexicon: Lexicon) -> Token | None:
    """Who is told to suffer an act: "the town came under fire", "the frontier saw its heaviest shelling"."""
    struck = roles(light).doer if _is_suffered(token, light) else None
    if (put := _put_under(token, light)) is not None:
        return put
    if struck is None or struck.ent_type_ == "PERSON" or lexicon.is_kind(struck.lemma_.lower(), "speaker"):
        return None
    if any(inner.lemma_ in _THROWN for _, inner in preposition_objects(token, "of", "from")):
        return None
    is_place = (
        any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children)
        or struck.ent_type_ in ("GPE", "LOC", "FAC")
        or lexicon.is_kind(struck.lemma_.lower(), "territory")
    )
    if (
        light.lemma_ in _SEEING
        and token.dep_ != "pobj"
        and (not is_place or (token.lemma_ == "strike" and struck.ent_type_ == "GPE"))
    ):
        return None  # people see things, and workers strike
    return struck


def _is_exchanged(token: Token) -> bool:
    """ "an exchange of fire"."""
    return bool(token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ == "exchange")


def _is_counted(token: Token) -> bool:
    """ "a series of blasts", "the sound of shelling"."""
    return bool(
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and (token in meant_words(token.head.head) or token.head.head.lemma_ in ("sound", "noise", "echo", "burst", "exchange"))
    )


def _declared_target(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X are (legitimate) targets (of Y)": force is threatened."""
    copula = token.head
    if copula.lemma_ != "be" or any(c.lower_ in ("intended", "easy", "soft", "main") for c in token.children):
        return None
    subject = next(iter(children(copula, "nsubj")), None)
    if subject is None:
        return None
    negated = any(child.lower_ in NEGATIVES for child in copula.children)
    deed = next((inner for _, inner in preposition_objects(token, "of", "in") if _is_attack(inner, lexicon)), None)
    if deed is not None:
        return _struck_target(token, copula, subject, deed, lexicon, negated=negated)
    if negated:
        return None
    doer = next((actor_phrase(inner, lexicon) for _, inner in preposition_objects(token, "of", "for")), None)
    return ActMention(
        token=token,
        frame="threaten",
        act="THREAT.FORCE",
        weak=True,
        doer=doer,
        undergoer=joint_phrase(subject),
        undergoer_head=subject,
        scope=copula,
        modality="threatened",
        is_supported=True,
        reasons=("something is declared a target",),
    )


_NO_BLOWS = frozenset(
    "planned alleged possible potential attempted failed foiled future would-be feared cyber cyber-attack verbal political "
    "online personal smear media".split()
)
_OF_WORDS = frozenset({"parliament", "press", "media", "court", "newspaper", "newspapers", "television", "twitter"})


def _struck_target(
    token: Token, copula: Token, subject: Token, deed: Token, lexicon: Lexicon, *, negated: bool
) -> ActMention | None:
    """ "the post was the target of a strike": it was struck; "the army was not the target": nobody meant to."""
    if copula.tag_ not in ("VBD", "VBN") or copula.dep_ in ("advcl", "relcl"):
        return None
    where = {i.lower_ for _, i in preposition_objects(deed, "in", "on")}
    if any(c.lemma_.lower() in _NO_BLOWS for c in deed.children) or where & _OF_WORDS or subject.ent_type_ == "PERSON":
        return None
    trigger = lexicon.nouns[deed.lemma_.lower()]
    mention = ActMention(
        token=token,
        frame="attack",
        act=trigger.act,
        weak=True,
        doer=owner_phrase(deed, lexicon),
        undergoer=joint_phrase(subject),
        undergoer_head=subject,
        scope=copula,
        negated=negated,
        is_supported=True,
        reasons=("somebody is said to have been no target" if negated else "somebody is said to have been the target",),
    )
    return with_modality(mention, copula, lexicon)


def _is_of_a_target(deed: Token) -> bool:
    """ "was (not) the target of the strike": the word that tells of it is "target"."""
    noun = deed.head.head
    return bool(deed.dep_ == "pobj" and noun.lemma_ == "target" and noun.dep_ == "attr" and noun.head.lemma_ == "be")


def _is_attack(noun: Token, lexicon: Lexicon) -> bool:
    trigger = lexicon.nouns.get(noun.lemma_.lower())
    return trigger is not None and trigger.frame == "attack"
