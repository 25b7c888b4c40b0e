"""Denials in every shape: of a deed named in the sentence, and of a claim that stands elsewhere.

The denied act stands in the claim, with whoever is accused of it (codebook 3). Negation never becomes assertion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.stages.extract.absent import lost
from trucewatch.stages.extract.disclaimers import (
    DISMISSING,
    DISOWNING,
    PRESENCE,
    UNTRUE_DEEDS,
    called_false,
    claims_read_as_verb,
    dismissed,
    disowned,
    is_false,
    spread_as_untruth,
    told_of,
    untruth_told,
)
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import VERBAL_FRAMES, ActMention
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.phrases import seat
from trucewatch.stages.extract.syntax import (
    Phrase,
    Token,
    children,
    is_infinitive,
    is_verbal,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)

_DENY = frozenset({"deny", "refute", "disprove", "rebut", "repudiate", "contradict", "negate", "disavow", "disclaim"})
# what one does not do who denies: "did not accept that its troops had crossed"
_GRANT = frozenset({"accept", "admit", "acknowledge", "concede", "recognise", "recognize", "agree"})
# what else may deny hangs on a copula
_DENYING = _DENY | _GRANT | DISOWNING | DISMISSING | UNTRUE_DEEDS
_DISPUTING = frozenset({"dispute", "reject", "deny", "refute"})
_HAPPENINGS = frozenset("incident event deed act crime killing matter affair protest blockade rally sit-in".split())
_ANAPHORS = frozenset({"this", "that", "it", "these", "those", "which", "them", "such", "what", "something", "everything"})
# "denied access" withholds and denies nothing
_WITHHELD = frozenset("access entry right visa request permission service passage admission asylum aid exit transit".split())
_SENDING = frozenset({"send", "hire", "recruit", "bring", "pay", "ship", "fly", "deploy", "use"})
_ADDING = frozenset({"accuse", "blame", "say", "add", "claim", "charge", "insist", "urge", "warn"})
_SHARE = frozenset("involvement responsibility role part hand link connection complicity participation knowledge".split())
_PACTS = frozenset("deal agreement understanding accord arrangement pact settlement contact talk".split())
_DEALINGS = frozenset("exchange swap handover trade barter transfer return release pullback pullout withdrawal".split())
_COMMIT = frozenset(
    "carry conduct commit launch stage mount perpetrate undertake do perform execute order make organise organize orchestrate "
    "plan sponsor direct mastermind".split()
)


@dataclass(frozen=True, slots=True)
class DenialCue:
    """A word that denies. `denier` None: whoever speaks there. `content`: the head of what is denied, None where only meant.

    `is_anaphoric`: what is denied stands elsewhere. `is_own`: what is denied was laid at the denier's own door.
    `is_tellers`: whoever tells the clause of `token` denies, the outlet too.
    """

    token: Token
    denier: Phrase | None
    content: Token | None
    is_anaphoric: bool
    is_own: bool = False
    is_tellers: bool = False


def find_denials(doc: Any, lexicon: Lexicon) -> list[DenialCue]:
    """Denial cues of a parsed paragraph, in reading order."""
    return [cue for token in doc if _may_deny(token) for cue in _cues_at(token, lexicon)]


_WANTED = frozenset(
    "withdrawal disarmament demilitarisation demilitarization ceasefire truce talk talks negotiation normalisation normalization "
    "concession settlement peace surrender compromise dialogue handover".split()
)


def _is_of_what_is_wanted(verb: Token) -> bool:
    """Whether talk of a step that others want is what is rejected, unless it is called untrue."""
    talk = next((c for c in children(verb, "dobj", "obj") if c.lemma_.lower() in ("talk", "idea", "notion")), None)
    if talk is None or verb.lemma_ not in ("reject", "dismiss", "refuse") or any(c.lower_ == "as" for c in verb.children):
        return False
    return any(i.lemma_.lower() in _WANTED for _, i in preposition_objects(talk, "of", "on", "about"))


def _may_deny(token: Token) -> bool:
    return token.lemma_.lower() in _DENYING or token.dep_ in ("attr", "acomp")


def _cues_at(token: Token, lexicon: Lexicon) -> Iterator[DenialCue]:
    lemma = token.lemma_.lower()
    is_verb = is_verbal(token) or token.tag_ in ("VBN", "VBD", "VBG")
    if lemma == "deny" and is_verb and any(c.lemma_.lower() in _WITHHELD for c in children(token, "dobj", "obj")):
        return  # "denied it safe passage": kept from it
    if lemma in _DENY and is_verb:
        found = None if _is_negated(token) else _turned_round(token, lexicon) or _denying_verb(token, lexicon)
    elif lemma == "refuse" and is_verb and (done := _refused_as_done(token)) is not None:
        found = DenialCue(token, joint_phrase(who) if (who := roles(token).doer) is not None else seat(token), done, False, True)
    elif lemma in _GRANT and is_verb:
        found = _not_granted(token) if _is_negated(token) or _by_neither(token) else None
    elif lemma in _DISPUTING and (token.tag_ == "NNS" or not children(token, "nsubj", "nsubjpass")) and _misread_denial(token):
        found = _misread_denial(token)
    else:
        content = disowned(token)
        if content is not None:
            is_pronoun = content.lower_ in _ANAPHORS
            who = roles(token).doer if token.dep_ == "ROOT" else None
            denier = joint_phrase(who) if who is not None and who.pos_ != "PRON" else None
            points = is_pronoun or _names_a_deed_told(content, lexicon) or lexicon.is_kind(content.lemma_.lower(), "projectile")
            yield DenialCue(token, denier, content, points, is_own=True)
            return
        if lemma in DISMISSING and (turned := _turned_round(token, lexicon) or _called_there(token)) is not None:
            found = turned
        elif is_verb and _is_of_what_is_wanted(token):
            return  # "rejects talk of a withdrawal": will have none, and denies none
        elif is_verb and (told := dismissed(token, lexicon)) is not None and not _is_negated(token):
            found = _of_what_was_told(token, told, roles(token).doer, lexicon)
        elif (told := spread_as_untruth(token, lexicon) if is_verb else None) is not None:
            inner = untruth_told(told, token, lexicon)
            found = DenialCue(token, None, inner, False, is_tellers=True) if inner is not None else None
        elif (told := called_false(token, lexicon)) is not None:
            found = _of_what_was_told(token, told, _teller_above(token), lexicon)
        else:
            found = None
    if found is not None:
        yield found


def _misread_denial(token: Token) -> DenialCue | None:
    """ "<Side> disputes that its soldiers fired": the verb read as a noun."""
    clause = next((c for c in children(token, "ccomp", "acl") if c.i > token.i), None)
    who = next((c for c in children(token, "compound", "nmod", "nsubj") if c.i < token.i), None)
    if clause is None or who is None or not any(c.lower_ == "that" and c.i == token.i + 1 for c in clause.children):
        return None
    return DenialCue(token, joint_phrase(who), clause, False)


def _is_negated(token: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "nor") for c in token.children) or (
        token.dep_ == "conj" and any(c.lower_ in ("neither", "nor") for c in token.head.children)
    )


def _of_what_was_told(token: Token, told: Token, denier: Token | None, lexicon: Lexicon) -> DenialCue:
    who = joint_phrase(denier) if denier is not None else seat(token) or _place_behind(token)
    if is_verbal(told) and (told.head == token or told.dep_ in ("ccomp", "pcomp")):
        return DenialCue(token, who, told, False)
    if told.lemma_.lower() in lexicon.nouns and not lexicon.is_kind(told.lemma_.lower(), "claim") and told.dep_ == "dobj":
        return DenialCue(token, who, told, False)  # "rejects the word blockade"
    inner = told_of(told, token, lexicon) or _said_of(token, lexicon)
    return DenialCue(token, who, inner or told, inner is None)


def _place_behind(token: Token) -> Phrase | None:
    """ "..., a report dismissed in <Capital>": the place that speaks."""
    if token.dep_ != "acl" or token.tag_ != "VBN" or any(True for _ in preposition_objects(token, "by")):
        return None
    place = next((i for p, i in preposition_objects(token, "in") if p.i == token.i + 1 and i.ent_type_ == "GPE"), None)
    return tight_phrase(place) if place is not None else None


def _teller_above(token: Token) -> Token | None:
    """ "<People> claims that X fired are a lie, Y said": Y, where "claims" is read as a verb."""
    copula = token.head
    if claims_read_as_verb(copula) is None or copula.head.head.pos_ != "VERB":
        return None
    return roles(copula.head.head).doer


def _said_of(token: Token, lexicon: Lexicon) -> Token | None:
    """'"This is not true", X said of reports that Y fired': what is called untrue there."""
    node = token
    for _ in range(3):
        if node.dep_ == "ccomp" and node.head.pos_ == "VERB":
            of = (i for _, i in preposition_objects(node.head, "of", "about", "on") if lexicon.is_kind(i.lemma_.lower(), "claim"))
            return next((inner for i in of if (inner := told_of(i, token, lexicon)) is not None), None)
        if node.dep_ not in ("attr", "acomp", "conj"):
            return None
        node = node.head
    return None


def _turned_round(token: Token, lexicon: Lexicon) -> DenialCue | None:
    """ "in <Capital> these reports have denied", "the ministry this rejected", "in <Country> this called slander": as translators
    leave the object before the verb.
    """
    if children(token, "dobj", "obj", "ccomp", "xcomp", "auxpass") or any(True for _ in preposition_objects(token, "by")):
        return None
    subjects = [c for c in children(token, "nsubj", "dep") if c.i < token.i]
    if not subjects:
        return None
    thing = subjects[-1]
    is_told = thing.lower_ in ("this", "these", "it") or (
        lexicon.is_kind(thing.lemma_.lower(), "claim") and any(c.lower_ in ("this", "these", "such") for c in thing.children)
    )
    if not is_told:
        return None
    if len(subjects) > 1:
        return DenialCue(token, joint_phrase(subjects[0]), thing, True)
    if token.dep_ == "relcl" and token.head.dep_ == "ROOT" and token.head.i < thing.i:
        return DenialCue(token, joint_phrase(token.head), thing, True)
    place = next((i for p, i in preposition_objects(token, "in") if p.i < thing.i and i.ent_type_ == "GPE"), None)
    return DenialCue(token, tight_phrase(place), thing, True) if place is not None else None


def _called_there(token: Token) -> DenialCue | None:
    """ "in <Country> this called disinformation": the verb read as a word of the noun."""
    noun = token.head
    if token.dep_ != "amod" or token.tag_ != "VBN" or not is_false(noun):
        return None
    thing = next((c for c in noun.children if c.lower_ in ("this", "it", "that") and c.i < token.i), None)
    place = next((i for p, i in preposition_objects(noun, "in") if p.i < token.i and i.ent_type_ == "GPE"), None)
    return DenialCue(token, tight_phrase(place), thing, True) if thing is not None and place is not None else None


def _denying_verb(token: Token, lexicon: Lexicon) -> DenialCue | None:
    who = roles(token)
    denier = joint_phrase(who.doer) if who.doer is not None else seat(token)
    if any(c.lower_ == "what" and c.dep_ in ("dobj", "obj") and c.i < token.i for c in token.children):
        return DenialCue(token, denier, next(c for c in token.children if c.lower_ == "what"), True)
    clause = next((c for c in children(token, "ccomp", "xcomp", "pcomp") if c.i > token.i), None)
    if clause is not None:
        own = clause.dep_ != "ccomp"
        if (content := disowned(clause, is_denied=True)) is not None:
            # "denied having anything to do with it", "denied it was behind the attack"
            return DenialCue(token, denier, content, True, is_own=True)
        if _are_ones_own(clause):
            return DenialCue(token, denier, clause, True, is_own=True)
        if (pact := _pact_told(clause)) is not None:
            return DenialCue(token, denier, pact, True, is_own=True)
        if (thing := _dealing_told(clause)) is not None:
            return DenialCue(token, denier, thing, True)
        deed = next(iter(children(clause, "dobj", "obj")), None)
        if clause.lemma_.lower() in _COMMIT and deed is not None and _names_a_deed_told(deed, lexicon):
            return DenialCue(token, denier, deed, True, is_own=own)
        return DenialCue(token, denier, clause, False, is_own=own)
    content = who.undergoer
    if token.dep_ == "relcl" and any(
        c.lower_ == "which" and c.dep_ in ("dobj", "pobj", "obj", "nsubjpass") for c in token.children
    ):
        return DenialCue(token, denier, content, True)
    if content is None:
        return DenialCue(token, denier, None, True)
    if content.lemma_.lower() in _WITHHELD:
        return None
    if content.lower_ in _ANAPHORS or lexicon.is_kind(content.lemma_.lower(), "claim"):
        inner = told_of(content, token, lexicon) if content.lower_ not in _ANAPHORS else None
        return DenialCue(token, denier, inner or content, inner is None)
    if lost(content, lexicon) is not None:
        return DenialCue(token, denier, content, True)  # "denied the fall of X"
    if content.lemma_.lower() in PRESENCE and any(True for _ in preposition_objects(content, "of")):
        return DenialCue(token, denier, content, False)  # "the involvement of foreign fighters"
    if content.lemma_.lower() in _SHARE:
        deed = next((inner for _, inner in preposition_objects(content, "in", "for", "to", "with", "of")), None)
        return DenialCue(token, denier, deed or content, deed is None or _names_a_deed_told(deed, lexicon), is_own=True)
    bare = content.lemma_.lower() in lexicon.nouns and not any(
        c.dep_ in ("prep", "poss", "amod", "compound") and c.dep_ != "det" for c in content.children
    )
    return DenialCue(token, denier, content, bare or _points_to_a_deed(content))


def _are_ones_own(clause: Token) -> bool:
    """ "denied that the cell belongs to it": the deed of people who are not one's own."""
    back = ("it", "them", "him", "us")
    return clause.lemma_ == "belong" and any(i.lower_ in back for _, i in preposition_objects(clause, "to"))


def _dealing_told(clause: Token) -> Token | None:
    """ "denied that there had been any exchange", "denied that a swap took place": what was told of just before."""
    if clause.lemma_ in ("be", "exist") and children(clause, "expl"):
        things = children(clause, "attr", "nsubj")
    elif clause.lemma_ in ("take", "occur", "happen"):
        things = children(clause, "nsubj")
    else:
        return None
    bare = ("prep", "poss", "compound", "acl", "relcl")
    return next((c for c in things if c.lemma_.lower() in _DEALINGS and not children(c, *bare)), None)


def _pact_told(clause: Token) -> Token | None:
    """ "denied that there was any such understanding"."""
    if clause.lemma_ not in ("be", "exist") or not children(clause, "expl"):
        return None
    return next((c for c in children(clause, "attr", "nsubj") if c.lemma_.lower() in _PACTS), None)


def _not_granted(token: Token) -> DenialCue | None:
    """ "did not accept that its soldiers had fired": what one will not grant one denies."""
    clause = next((c for c in children(token, "ccomp", "xcomp") if c.i > token.i), None)
    if clause is None:  # "did not admit to having fired"
        clause = next((i for prep, i in preposition_objects(token, "to") if i.dep_ == "pcomp"), None)
    subjects = ("mark", "nsubj", "nsubjpass")
    is_told = clause is not None and (
        clause.tag_ == "VBG"
        or clause.dep_ == "pcomp"
        or (clause.dep_ == "ccomp" and any(c.dep_ in subjects for c in clause.children))
    )
    if clause is None or not is_told:
        return None
    who = roles(token)
    own = clause.dep_ in ("xcomp", "pcomp")
    return DenialCue(token, joint_phrase(who.doer) if who.doer is not None else None, clause, False, own)


def _refused_as_done(token: Token) -> Token | None:
    """ "refused having fired", as translators put it: what one is said to have done one denies."""
    if _is_negated(token):
        return None
    done = (c for c in children(token, "xcomp", "ccomp") if c.tag_ == "VBN" and c.i > token.i)
    return next((c for c in done if any(a.dep_ == "aux" and a.lower_ in ("have", "having") for a in c.children)), None)


def _by_neither(token: Token) -> bool:
    """ "Neither side admitted firing"."""
    subject = next(iter(children(token, "nsubj")), None)
    return subject is not None and (
        subject.lower_ in ("neither", "nobody", "none") or any(c.lower_ in ("neither", "no") for c in subject.children)
    )


def _names_a_deed_told(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun only points back to a deed: "any such strike", "the rocket fire", without place, doer or target."""
    if noun.lower_ in _ANAPHORS:
        return True
    lemma = noun.lemma_.lower()
    known = lemma in lexicon.nouns or lemma in _HAPPENINGS
    if known and _points_to_a_deed(noun):
        return True  # "did not know of this incident in advance"
    return known and not any(
        c.dep_ in ("prep", "poss", "acl", "relcl") or (c.dep_ == "compound" and not lexicon.is_kind(c.lemma_.lower(), "armament"))
        for c in noun.children
    )


def _points_to_a_deed(noun: Token) -> bool:
    """ "this matter", "those facts"."""
    points = any(c.dep_ == "det" and c.lower_ in ("this", "these", "that", "those") for c in noun.children)
    return points and not any(c.dep_ in ("poss", "compound") for c in noun.children)


def with_denied(mentions: Sequence[ActMention], cues: Sequence[DenialCue]) -> list[ActMention]:
    """Act mentions as a denial leaves them: what it names is an act with no other support, its own verb no refusal."""
    refusing = {cue.token.i for cue in cues if not cue.is_anaphoric}
    inside = {t.i for cue in cues if cue.content is not None for t in cue.content.subtree}
    return [
        replace(mention, is_supported=True) if mention.token.i in inside else mention
        for mention in mentions
        if not (mention.frame == "reject" and mention.token.i in refusing)
    ]


def denied_groups(groups: Sequence[ActGroup], cues: Sequence[DenialCue]) -> dict[int, DenialCue]:
    """Which act groups stand in what a cue denies (or are the cue's own word: a rejection), by their number."""
    denied: dict[int, DenialCue] = {}
    for cue in cues:
        inside = {t.i for t in cue.content.subtree} if cue.content is not None else set()
        if cue.token.i in inside:
            inside -= {t.i for t in cue.token.subtree}
        for number, group in enumerate(groups):
            if cue.content is not None and _is_dating(group.lead.token, cue.content):
                continue
            is_rejection = cue.is_anaphoric and group.lead.token == cue.token
            if is_rejection or (any(t.i in inside for t in group.tokens) and not _is_added(group, cue)):
                denied.setdefault(number, cue)
    return denied


def dated_by(groups: Sequence[ActGroup], cues: Sequence[DenialCue]) -> set[int]:
    """Numbers of the groups that only date what is denied: "denied that it had fired since the truce began"."""
    return {
        number
        for number, group in enumerate(groups)
        for cue in cues
        if cue.content is not None and _is_dating(group.lead.token, cue.content)
    }


def _is_dating(token: Token, content: Token) -> bool:
    node, dates = token, False
    while node not in (content, node.head):
        marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")}
        dates = dates or (node.dep_ == "advcl" and bool(marks & {"since", "before", "after", "until", "once"}))
        node = node.head
    return bool(dates and node == content)


def is_sent_for(token: Token) -> bool:
    """ "sent fighters to fight there"."""
    return is_infinitive(token) and token.head.lemma_ in _SENDING and bool(children(token.head, "dobj", "obj"))


def _is_added(group: ActGroup, cue: DenialCue) -> bool:
    """ "denied that A was closing the road and offered talks": the offer is no part of what is denied."""
    token = group.lead.token
    if token != cue.content and is_sent_for(token):
        return True  # "denied sending fighters to fight there": what for, and no deed denied
    node = token
    while node != cue.content and node.head != node:
        if node.dep_ == "advcl" and node.tag_ == "VBG" and node.lemma_ in _ADDING:
            return True  # "denied that it had been slow, accusing X of shelling the road"
        node = node.head
    if group.lead.frame not in VERBAL_FRAMES or token.dep_ != "conj" or token.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    return cue.content is not None and token.i > cue.content.i and not children(token, "nsubj", "nsubjpass", "mark")
