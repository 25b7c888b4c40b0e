"""Deeds that are only pictured: "the shelled district", "a drill simulating an attack", "a law that lets soldiers shoot".

What befell somebody or something before its noun, what is rehearsed, plotted, dreaded or allowed, whoever does it some day.
"""

from __future__ import annotations

from trucewatch.stages.extract.mention import DEED_CLASSES, ActMention
from trucewatch.stages.extract.syntax import Token, children, is_infinitive, is_misread_perfect, preposition_objects

_BEFALLEN = frozenset({"attack", "damage", "harm", "take", "displace", "flee", "blast", "detain", "retreat", "coerce"})
_PLAYED = frozenset(
    "simulate imitate rehearse mimic reenact re-enact depict portray practise dramatise dramatize recreate".split()
)
_PLOTTED = frozenset("plot conspire scheme conspiracy".split())
_DREADING = frozenset("afraid fearful scared terrified frightened wary capable incapable worried anxious".split())
# what is let or bidden in general, and done by nobody yet
_LETTING = frozenset("allow permit let enable authorise authorize entitle empower require oblige".split())
_TAUGHT = frozenset("train teach instruct programme program design equip build".split())
_HABITS = frozenset("usually often always normally typically rarely seldom generally sometimes".split())
_WORKS = frozenset(
    "film movie documentary book novel song poem play exhibition museum lecture history anniversary memory commemoration "
    "monument memorial painting".split()
)
_INQUIRIES = frozenset("case probe investigation inquiry enquiry hearing trial debate lawsuit dossier file".split())
_STOPPING = frozenset("stop cease halt suspend quit discontinue".split())
_AIMS = frozenset("aim goal purpose intention intent objective hope view task".split())
_WATCHING = frozenset("watch ensure see check verify monitor guarantee oversee supervise".split())
_GROUND = frozenset(
    "town city village settlement position height hill post base district region territory area land ground".split()
)
_ENDS = frozenset("end halt stop cessation suspension pause".split())
_CAN_BE = frozenset({"would", "could", "might", "may", "can"})


def is_only_pictured(mention: ActMention) -> bool:
    """Whether a deed is told of nobody: it describes a noun, or is played, plotted, dreaded, allowed or done as a rule."""
    token = mention.token
    if _is_conditioned(token, mention) or _is_let_alone(token):
        return True
    if mention.act == "TALKS.MEDIATE" and mention.modality == "possible" and token.lemma_ == "act":
        return True  # "is to act as go-between", "was ready to act as one"
    if mention.act == "AID.DELIVERY" and token.dep_ == "xcomp" and token.head.lemma_ in _STOPPING:
        return True  # "stopped paying salaries"
    if mention.frame == "losses" and _is_of_ground(token):
        return True
    if mention.frame == "must":
        return _is_turned_should(token)
    if mention.act_class not in DEED_CLASSES | {"RETREAT"}:
        return False
    if _is_under_should(token):
        return True
    if mention.is_nominal:
        if _is_a_subject(token) or _is_to_end(token) or _is_any(token) or _goes_on_meanwhile(mention):
            return True
        return _is_played(token) or (mention.scope is not None and _identifies(mention.scope))
    is_described = token.dep_ == "amod" and token.tag_ == "VBN" and token.i < token.head.i and not is_misread_perfect(token)
    if is_described and mention.frame in _BEFALLEN:
        return not _is_counted(token.head)
    if _is_aimed_at(token) or _is_to_be_watched(token):
        return True
    return _is_dreaded(token) or _is_plotted(token) or _is_let(token) or _identifies(token) or _is_a_rule(token)


def _is_conditioned(token: Token, mention: ActMention) -> bool:
    """ "will fight as long as troops are on our soil", "would keep a truce once it was agreed": neither is told as done."""
    if mention.act_class not in DEED_CLASSES | {"AGREE", "CONSULT", "RETREAT"}:
        return False
    start = token.sent.start
    for word in token.doc[start : token.i]:
        if word.lower_ == "long" and word.i > start and token.doc[word.i - 1].lower_ in ("as", "so"):
            between = token.doc[word.i + 1 : token.i]
            is_inside = bool(between) and between[0].lower_ == "as" and not any(t.text in (",", ";") for t in between)
            if is_inside and not any(t.lower_ in ("will", "would", "wo", "shall") for t in between):
                return True
    if token.dep_ != "advcl" or not any(c.lower_ in ("once", "until") and c.i < token.i for c in token.children):
        return False
    return mention.act_class in ("AGREE", "CONSULT") and any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "wo", "shall", "can", "could") for c in token.head.children
    )


def _is_aimed_at(token: Token) -> bool:
    """ "attacked with the aim of capturing X": meant, and not told as done."""
    return token.dep_ == "pcomp" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _AIMS


def _is_to_be_watched(token: Token) -> bool:
    """ "will watch that the truce is respected"."""
    is_done = token.tag_ == "VBD" or any(c.dep_ == "aux" and c.lower_ in ("had", "has", "have") for c in token.children)
    return token.dep_ == "ccomp" and token.head.lemma_ in _WATCHING and not is_done


def _is_let_alone(token: Token) -> bool:
    """ "had carried no shells, let alone fired them"."""
    before = token.doc[max(0, token.i - 2) : token.i]
    return [t.lower_ for t in before] == ["let", "alone"]


def _is_a_subject(token: Token) -> bool:
    """ "opened a case on the shelling", "a film about the siege": what somebody inquires into, or tells in a work."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("on", "into", "about", "over", "of"):
        return False
    work = token.head.head
    opened = children(work, "dobj", "nsubjpass") if work.lemma_ in ("open", "launch", "start", "begin") else []
    if any(o.lemma_.lower() in _INQUIRIES for o in opened):
        return True
    return work.lemma_.lower() in (_WORKS if token.head.lower_ == "of" else _WORKS | _INQUIRIES)


def _is_of_ground(token: Token) -> bool:
    """ "acknowledged the loss of the town": no losses of men."""
    lost = [c for c in children(token, "dobj", "nsubjpass") if c.lemma_ == "loss"]
    below = [i for noun in lost for _, i in preposition_objects(noun, "of")]
    return any(i.ent_type_ in ("GPE", "LOC", "FAC") or i.lemma_.lower() in _GROUND for i in below)


def _is_to_end(token: Token) -> bool:
    """ "asks for an end to X's attacks": nothing is told of them but that they should end."""
    return token.dep_ == "pobj" and token.head.lower_ in ("to", "of") and token.head.head.lemma_.lower() in _ENDS


def _is_any(token: Token) -> bool:
    """ "responsible for any fire from its land"."""
    is_any = any(c.lower_ == "any" and c.dep_ == "det" for c in token.children)
    return is_any and token.dep_ == "pobj" and token.head.lower_ == "for"


def _goes_on_meanwhile(mention: ActMention) -> bool:
    """ "will not negotiate while the shooting goes on", "no exchange took place because of the fighting": a reason."""
    token, light = mention.token, mention.scope
    if mention.frame != "clash" or light is None or light == token:
        return False
    if light.dep_ == "advcl" and any(c.lower_ in ("while", "as") for c in light.children):
        above = light.head
        return any(c.dep_ == "neg" for c in above.children) and any(
            c.lower_ in ("will", "would", "can", "wo", "ca") for c in above.children
        )
    because = token.dep_ == "pobj" and token.head.lower_ in ("of", "to", "by")
    return (
        because and token.i > 1 and any(t.lower_ in ("because", "due", "owing") for t in token.doc[max(0, token.i - 4) : token.i])
    )


def _is_under_should(token: Token) -> bool:
    """ "Should the truce collapse, ...": what stands before the comma is a case, whatever the parser makes of it."""
    if not _opens_with_should(token):
        return False
    comma = next((t.i for t in token.sent if t.text == ","), token.sent.end)
    return bool(token.i < comma < token.sent.end)


def _is_turned_should(token: Token) -> bool:
    """ "Should the truce collapse, aid would stop": nothing is demanded."""
    return _opens_with_should(token) and any(c.i == token.sent.start and c.dep_ == "aux" for c in token.children)


def _opens_with_should(token: Token) -> bool:
    return bool(token.sent[0].lower_ == "should" and token.sent[-1].text != "?")


def _is_counted(noun: Token) -> bool:
    """ "two wounded men", "another captured village"."""
    return noun.dep_ == "ROOT" or any(
        c.dep_ in ("nummod", "quantmod") or c.lower_ in ("another", "several", "dozens", "many", "no") for c in noun.children
    )


def _is_played(token: Token) -> bool:
    """ "simulated an attack on X", "a drill simulating a raid"."""
    node = token
    while node.dep_ == "compound":
        node = node.head
    return node.dep_ in ("dobj", "nsubjpass") and node.head.lemma_.lower() in _PLAYED


def _is_dreaded(token: Token) -> bool:
    """ "afraid of being shelled", "capable of hitting X"."""
    return token.dep_ == "pcomp" and token.head.lower_ == "of" and token.head.head.lower_ in _DREADING


def _is_plotted(token: Token) -> bool:
    """ "plotted to blow up X"; "were taught to shoot"."""
    verb = token.head
    if token.dep_ not in ("xcomp", "acl", "advcl", "ccomp") or not is_infinitive(token):
        return False
    if verb.lemma_.lower() in _PLOTTED:
        return True
    return verb.lemma_.lower() in _TAUGHT and token.dep_ in ("xcomp", "advcl")


def _is_let(token: Token) -> bool:
    """ "the bill would allow the army to shoot": nobody shot."""
    verb = token.head
    if token.dep_ not in ("ccomp", "xcomp") or not is_infinitive(token) or verb.lemma_ not in _LETTING:
        return False
    return any(c.dep_ == "aux" and c.lower_ in _CAN_BE for c in verb.children)


def _identifies(token: Token) -> bool:
    """ "women whose husbands were killed sew tents": who they are, in a sentence of what they do now and always."""
    if token.dep_ != "relcl" or token.doc[token.left_edge.i - 1].text == ",":
        return False
    people = token.head
    if people.dep_ not in ("nsubj", "nsubjpass") or people.tag_ not in ("NNS", "NN") or _is_counted(people):
        return False
    if people.tag_ == "NN" and not any(c.lower_ in ("any", "every", "each", "the") for c in people.children):
        return False
    main = people.head
    is_now = main.tag_ in ("VBP", "VBZ", "VB") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBP", "VBZ", "MD") and c.lower_ not in ("have", "has") for c in main.children
    )
    if not is_now or main.lemma_ in ("say", "tell", "be", "claim", "report"):
        return False
    return not any(t.ent_type_ in ("DATE", "TIME", "GPE", "LOC", "FAC", "CARDINAL") for t in token.subtree)


def _is_a_rule(token: Token) -> bool:
    """ "soldiers usually fire when they are shot at": told of no day."""
    verb = token.head if token.dep_ == "advcl" else token
    if verb.tag_ not in ("VBP", "VBZ"):
        return False
    return any(c.lower_ in _HABITS and c.dep_ == "advmod" for c in verb.children)
