"""Act mentions from what the reader says of words (text/reader.py), beside the claims that the rules make of a sentence.

The reader tells which word bears which act. Who did it to whom is read off the clause, and everything else is then asked of
these mentions as of any other (claims.py). What is denied, asked, feared, planned or only possible is never told as done, and
nothing is read where a sentence speaks of what is untrue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from trucewatch.model.change import changed
from trucewatch.model.codebook import VERBAL_CLASSES, act_class
from trucewatch.model.records import Claim
from trucewatch.stages.extract.elsewhere import stands_apart
from trucewatch.stages.extract.gate import dismissing_words, doubting_words
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import as_act, asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import is_negated, with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.syntax import SIDES, Phrase, Token, children, has_negation, is_verbal, preposition_objects, roles
from trucewatch.text.reader import DENIED, Bearing

# how an act is told, for those who read figures, days and places by it
_FRAMES = {
    "TERRITORY": "take", "MOBILIZE": "move", "COERCE": "coerce", "RETREAT": "retreat", "AID": "retreat", "CALM": "calm",
    "DISPLACE": "displace", "THREATEN": "threaten", "ACCUSE": "accuse", "CONSULT": "talk", "COOPERATE": "offer", "AGREE": "agree",
    "REJECT": "move",
}  # fmt: skip
_FRAME_OF_ACT = {
    "FIRE.CLASH": "clash", "CIV.DETENTION": "detain", "POW.ILL_TREATMENT": "detain", "CIV.FLIGHT": "flee",
    "UTILITY.OUTAGE": "outage", "CIV.ATTACK_OBJECTS": "damage", "REFUSE": "reject",
}  # fmt: skip
# what a claim of sums would be is told by figures, and not by a word
_NOT_READ = frozenset({"TOLL"})
# acts that are told by what was not done: "nobody is let through", "have yet to be handed over"
_BY_NEGATION = frozenset({"ACCESS.AID_DENIAL", "ACCESS.MONITOR_DENIAL", "ACCESS.BLOCKADE", "PROCESS.NO_ORDER", "CALM"})
# a word that may as well bear an act that is denied tells nothing
MOST_DENIED = 0.15
# in a sentence of which there is a claim already: what else it tells is more often a part of that
BESIDE = 0.75
# of two classes told by the same words, the first beside the second: "refused to let it through", "died in fighting"
_ONE = frozenset({("REJECT", "COERCE"), ("ASSAULT", "TOLL")})
# verbs whose thing has not come about: "is preparing a raid", "called off the meeting", "averted a strike"
_NOT_DONE = frozenset(
    "prepare plan fear expect avert prevent avoid threaten consider contemplate cancel postpone delay call simulate rehearse "
    "train foil thwart hope want seek await discuss oppose debate imagine predict forecast schedule need".split()
)
_KNOWN = frozenset({"the", "this", "that", "these", "those", "previous", "earlier", "last", "such"})
# nouns and prepositions before which a thing is a matter of talk: "fears of a raid", "a possible strike"
_UNREAL = frozenset(
    "fear threat danger risk possibility prospect hope plan idea preparation talk chance likelihood possible potential planned "
    "alleged feared looming imminent future eventual scenario film novel game drill exercise simulation rumour rumor warning "
    "history without against before until if unless whether lest".split()
)

_REGRETS = frozenset({"regret", "sorrow", "condolence", "sympathy", "sadness", "apology", "grief"})


class Reader(Protocol):
    """What reads words in context: `trucewatch.text.reader.ActReader`. `least` by class: the probability that makes a claim."""

    least: Mapping[str, float]

    def read(self, words: Sequence[str]) -> list[Bearing]:
        """The words of a text that bear an act."""

    def may_tell(self, words: Sequence[str], but: Collection[str]) -> bool:
        """Whether one of the words often bears an act of another class than those given."""


def is_readable(sentence: Any, lexicon: Lexicon) -> bool:
    """Whether a sentence has words enough, and none of what is denied, untrue or invented."""
    words = {word.lower_ for word in sentence}
    if len(words) < 3 or words & doubting_words() or ("true" in words and words & {"not", "n't", "n’t", "hardly"}):
        return False
    if words & {"evidence", "proof"} and words & {"no", "without", "lack", "lacked", "lacks"}:
        return False
    is_dismissed = bool(words & dismissing_words())
    return not (is_dismissed and any(lexicon.is_kind(word.lemma_.lower(), "claim") for word in sentence))


def read_acts(sentence: Any, reader: Reader, lexicon: Lexicon, told: frozenset[str] = frozenset()) -> list[ActMention]:
    """Act mentions of a parsed sentence as the reader has them, one of a class, the likeliest; in reading order.

    Where the rules have made claims of the sentence, `told` are their classes: of these nothing more is read, and of others only
    what is likelier.
    """
    found: dict[str, tuple[float, ActMention]] = {}
    for bearing in reader.read([word.text for word in sentence]):
        if bearing.act == DENIED or bearing.denied > MOST_DENIED:
            continue
        kind = act_class(bearing.act)
        least = max(reader.least.get(kind, 1.1), BESIDE if told else 0.0)
        if kind in _NOT_READ or kind in told or bearing.probability < least:
            continue
        mention = mention_of(sentence[bearing.word], bearing, lexicon)
        if mention is not None and (kind not in found or found[kind][0] < bearing.probability):
            found[kind] = bearing.probability, mention
    return sorted((mention for _, mention in found.values()), key=lambda mention: mention.token.i)


def is_told_in(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether a claim is part of what another says of the same words: of a speech one thing, of the dead how they died."""
    kind = act_class(claim.act)
    for other in others:
        shared = min(claim.end_char, other.end_char) - max(claim.start_char, other.start_char)
        theirs = act_class(other.act)
        is_same = (kind in VERBAL_CLASSES and theirs in VERBAL_CLASSES) or (kind, theirs) in _ONE
        if is_same and 2 * shared > claim.end_char - claim.start_char:
            return True
    return False


def mention_of(token: Token, bearing: Bearing, lexicon: Lexicon) -> ActMention | None:
    """The act that a word bears, with doer and undergoer as its clause has them; None where it is not told as done."""
    act, kind = bearing.act, act_class(bearing.act)
    known = lexicon.nouns.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if known is not None and act_class(known.act) == kind and not act.startswith(f"{known.act}."):
        act = known.act  # an "attack" is fire, and no offensive
    why = f"'{token.text}' bears {act}, says the reader of words in context ({bearing.probability:.1f})"
    scope = _clause_of(token)
    if stands_apart(token, scope, kind):
        return None
    if not is_verbal(token) and scope.lemma_.lower() in _NOT_DONE and act_class(act) not in ("REQUEST", "THREATEN"):
        return None
    if not is_verbal(token) and any(c.lower_ in _KNOWN for c in token.children):
        return None  # "the fighting is in its third week": known, and told of before
    if _is_unreal(token) or (
        not _told_by_negation(token, act, lexicon) and (is_negated(scope, roles(scope)) or _has_no(token, scope))
    ):
        return None
    if any(v.lemma_ in _REFUSING and has_negation(v) for v in (scope, scope.head)):
        return None  # "has not refused to free them"
    if act == "BLAME" and {c.lemma_.lower() for c in children(scope, "dobj", "pobj")} & _REGRETS:
        return None  # "expressed regret over the strike": blames nobody
    doer, struck = _sides(token, scope, act, lexicon)
    if kind in ("MOBILIZE", "TERRITORY") and doer is not None and lexicon.is_kind(doer.head.lemma_.lower(), "civilian"):
        return None  # "journalists entered the zone"
    if kind == "REQUEST":
        told = asked_act(token, act, doer, None, why, scope=scope)
        struck_phrase = actor_phrase(struck, lexicon)
        told = changed(told, undergoer=struck_phrase, undergoer_head=struck_phrase.head if struck_phrase is not None else None)
        seen = with_modality(changed(told, modality="actual"), scope, lexicon)
        return told if seen.modality == "actual" or seen.is_demand else None
    frame = _FRAME_OF_ACT.get(act) or _FRAMES.get(kind, "attack")
    told = as_act(token, frame, act, doer, struck, why, scope)
    seen = with_modality(told, scope, lexicon)
    if kind == "THREATEN":
        return told if seen.modality == "actual" or seen.is_future else None
    is_done = seen.modality == "actual" and not (seen.is_future or seen.is_planned or seen.is_demand)
    return seen if is_done else None


def _sides(token: Token, scope: Token, act: str, lexicon: Lexicon) -> tuple[Phrase | None, Token | None]:
    kind = act_class(act)
    if is_verbal(token):
        who = roles(token)
        head, struck = who.doer, who.undergoer
        befalls = act == "CIV.FLIGHT" or (kind == "ASSAULT" and head is not None and not _strikes(head, lexicon))
        if head is not None and struck is None and befalls:
            head, struck = None, head  # "my cousin dropped beside me": whom it befell
        elif act.startswith("FIRE") and head is None and struck is not None and _flew(token, struck, lexicon):
            head, struck = struck, None  # "bullets pinged off the roof": what flew is theirs who shot it
        return actor_phrase(head, lexicon), struck or _aimed_at(token)
    by = next((inner for _, inner in preposition_objects(token, "by")), None)
    doer = actor_phrase(by, lexicon) or owner_phrase(token, lexicon)
    whose = roles(scope).doer if scope is not token else None
    if doer is None and whose is not None and whose is not token and kind not in ("ASSAULT", "DISPLACE", "CALM"):
        doer = actor_phrase(whose, lexicon)
    return doer, _aimed_at(token)


def _clause_of(token: Token) -> Token:
    """The verb of the clause in which a word stands."""
    node = token
    while not is_verbal(node) and node.head is not node:
        node = node.head
    return node if is_verbal(node) else token


_REFUSING = frozenset({"refuse", "decline", "fail", "deny", "reject", "forget"})


def _told_by_negation(token: Token, act: str, lexicon: Lexicon) -> bool:
    """ "nobody is let through", "have yet to be handed over"; and not "has not blocked it", "did not move troops there"."""
    if act not in _BY_NEGATION and ".NON_" not in act:
        return False
    is_ban = any(trigger.frame == "coerce" for trigger in lexicon.verbs.get(token.lemma_.lower(), ()))
    return not is_ban and not (act == "FORCE.NON_WITHDRAWAL" and any(c.dep_ == "dobj" for c in token.children))


def _has_no(token: Token, scope: Token) -> bool:
    """ "no troops were massed", "there is no checkpoint", "have yet to leave", "had they fired"."""
    subjects = children(scope, "nsubj", "nsubjpass", "attr")
    if any(c.lower_ in ("no", "not", "never", "without", "neither", "nor") for one in (token, *subjects) for c in one.children):
        return True
    if any(one.lower_ in ("nobody", "none", "nothing", "neither") for one in subjects):
        return True
    first = scope.left_edge
    is_turned = first.lower_ in ("had", "were", "should") and first.head is scope and first.dep_ == "aux"
    return is_turned or any(c.lower_ == "yet" for node in (scope, scope.head) for c in node.children)


def _is_unreal(token: Token) -> bool:
    """Whether a word stands in what is feared, hoped for, prepared or told as a story: on its own way up to its clause."""
    node = token
    for _ in range(5):
        if any(c.lemma_.lower() in _UNREAL for c in node.children if c.i < token.i and c.dep_ in ("amod", "mark", "compound")):
            return True
        if node.head is node:
            return False
        if node.dep_ in ("pobj", "pcomp", "acl", "relcl", "prep") and node.head.lemma_.lower() in _UNREAL:
            return True
        if is_verbal(node) and node is not token:
            return False
        node = node.head
    return False


def _flew(token: Token, struck: Token, lexicon: Lexicon) -> bool:
    """Whether what a verb's undergoer is flew: not where it is told as what was done to it, "was shot down"."""
    return lexicon.is_kind(struck.lemma_.lower(), "projectile") and not any(c.dep_ == "auxpass" for c in token.children)


def _strikes(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun can be who strikes, or what he strikes with."""
    kinds = ("force", "combatant", "speaker", "polity", "weapon", "projectile", "mobile", "armament")
    return head.pos_ == "PRON" or head.ent_type_ in SIDES or lexicon.is_kind(head.lemma_.lower(), *kinds)


def _aimed_at(token: Token) -> Token | None:
    aims = (i for _, i in preposition_objects(token, "on", "at", "against", "of", "into", "upon", "with", "to"))
    return next((i for i in aims if i.ent_type_ not in ("DATE", "TIME")), None)
