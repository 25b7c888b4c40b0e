"""Which time expression of a sentence is the time of an act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model.records import When
from trucewatch.stages.extract.mention import VERBAL_FRAMES, ActMention
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.syntax import Token
from trucewatch.text.parse import Block
from trucewatch.text.times import TimeMention

_HAPPENING = frozenset(
    "resume begin start continue stop end occur happen erupt break take come intensify flare go last follow escalate "
    "subside".split()
)
_APART = frozenset({"since", "while", "whereas", "before", "until"})
# "earlier this month", "last week"
_PERIODS = frozenset({"unit", "part_unit"})
# a year that hangs on another verb ("the line set up in 2018") dates no plea
_YEARS = frozenset({"year", "my", "decade"})
_ACTS = frozenset(
    "strike airstrike attack raid shelling bombing bombardment blast explosion clash battle fighting assault ambush barrage "
    "incident violence fire gunfire exchange skirmish incursion salvo".split()
)
_RECORDS = frozenset(
    "first second third fourth fifth sixth only latest worst deadliest bloodiest biggest heaviest largest most longest gravest "
    "fiercest".split()
)
_RECORD_SINCE = re.compile(
    rf"\b(?:the|its|their|an?)\s+[\"“'‘]?(?:{'|'.join(_RECORDS - {'most'})}|\w{{3,}}est(?:-\w+)?|most \w+)\s[^,.;]*$",
    re.IGNORECASE,
)
_RECORD_CHARS = 90
# a term for what is asked, threatened or offered dates no asking
_TERMS = frozenset({"by", "until", "before", "after"})
# what is closed, cut off or agreed until a day was so before it
_LASTING_FRAMES = frozenset({"coerce", "outage", "agree", "displace"})
_WITH_TERMS = frozenset({"request", "threaten", "menace", "reject", "offer"})


def choose_when(block: Block, group: ActGroup, times: Sequence[TimeMention], lead: ActMention) -> When:
    scope = lead.scope if lead.scope is not None else lead.token
    heads = {t.i for t in group.tokens} | {scope.i}
    if lead.is_nominal and scope.dep_ in ("nsubj", "nsubjpass") and scope.head.lemma_ in _HAPPENING:
        heads.add(scope.head.i)  # "shelling resumed on Monday"
    best: tuple[int, TimeMention] | None = None
    for time in times:
        if scope.dep_ == "relcl" and time.start_char <= block.char(scope.head.idx) < time.end_char:
            return when_of(time)
        if (
            (time.kind == "modifier" and not _is_of_own_act(block.doc[time.head], heads, lead))
            or (lead.frame in VERBAL_FRAMES and time.kind != "point" and time.rule not in _PERIODS)
            or (lead.frame in VERBAL_FRAMES and time.rule in _YEARS and time.verb not in heads)
            or (lead.frame in _WITH_TERMS and time.relation in _TERMS and time.token > lead.token.i)
            or (lead.frame in _LASTING_FRAMES and time.relation == "until" and time.token > lead.token.i)
            or _is_concession(block.doc[time.token])
            or _is_of_a_deadline(block.doc[time.token])
            or (time.rule == "after_event" and _is_counted_from(block, scope, time))
            or _is_since_then(block.doc[time.token], time, block.char(0))
            or (time.relation == "since" and _is_of_a_record(block, time))
        ):
            continue
        node, steps = block.doc[time.head if time.kind == "modifier" else time.token], 0
        while node.i not in heads and node.head != node and steps < 8:
            if (
                node.dep_ in ("relcl", "ccomp", "parataxis")
                or (node.dep_ == "acl" and node.tag_ == "VBN")
                or (node.dep_ == "conj" and node.pos_ == "VERB" and any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children))
                or (
                    node.dep_ == "advcl"
                    and time.relation != "since"
                    and time.rule != "after_event"
                    and _is_set_apart(node, lead.frame in VERBAL_FRAMES)
                )
            ):
                steps = 99
                break
            node, steps = node.head, steps + 1
        if node.i in heads and steps < 9 and (best is None or steps < best[0]):
            best = (steps, time)
    if best is None and (dated := _of_what_it_describes(block, scope, times)) is not None:
        return when_of(dated)
    if best is None:
        above, node = [], scope
        while node.head != node and node.sent == scope.sent:
            node = node.head
            above.append(node.i)
            # "In May X did this, and in July Y said it had done that": the second clause opens with its own time
            if node.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children):
                for time in times:
                    token, opens = block.doc[time.token], node.left_edge.i
                    own = token.head.i == node.i and opens <= token.i <= min(opens + 2, node.i)
                    if own and (time.kind == "point" or time.rule in _PERIODS):
                        return when_of(time)
        for time in times:
            token = block.doc[time.token]
            if (
                token.i < scope.i
                and token.i <= scope.sent.start + 3
                and (time.kind == "point" or time.rule in _PERIODS)
                and (token.i in above or token.head.i in above)
                and block.doc[time.token].sent == scope.sent
            ):
                return when_of(time)
        if (shared := _shared(scope, times)) is not None:
            return when_of(shared)
    return when_of(best[1]) if best is not None else When()


def when_of(time: TimeMention) -> When:
    return When(text=time.text, start_char=time.start_char, end_char=time.end_char)


def _shared(scope: Token, times: Sequence[TimeMention]) -> TimeMention | None:
    """ "said last week that talks were pointless and threatened to leave": the time of the verb whose subject it shares."""
    verb = scope
    if any(c.dep_ == "aux" for c in scope.children):
        return None  # "will come on Thursday and has asked for arms"
    while verb.dep_ == "conj" and verb.head != verb and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        verb = verb.head
        for time in times:
            if time.verb == verb.i and verb.i < time.token < scope.i and (time.kind == "point" or time.rule in _PERIODS):
                return time if time.relation is None else None
    return None


def _is_since_then(token: Token, time: TimeMention, start_char: int) -> bool:
    """ "the deadliest clashes since a war two years ago": a time that only tells of since when."""
    node = token
    for _ in range(5):
        if node.pos_ in ("VERB", "AUX"):
            return False
        if node.lower_ == "since":
            return not time.start_char <= start_char + node.idx < time.end_char
        if node.head == node:
            return False
        node = node.head
    return False


def _of_what_it_describes(block: Block, scope: Token, times: Sequence[TimeMention]) -> TimeMention | None:
    """ "the war of 1997, in which hundreds died and the town was taken": the time of the thing that a clause tells of."""
    clause = scope
    while clause.dep_ == "conj" and clause.head != clause:
        clause = clause.head
    if clause.dep_ != "relcl":
        return None
    low, high = block.char(clause.head.left_edge.idx), block.char(clause.left_edge.idx)
    return next((time for time in times if low <= time.start_char and time.end_char <= high), None)


def _is_of_own_act(noun: Token, heads: set[int], lead: ActMention) -> bool:
    """ "were killed in Thursday's strikes", "the raids of Thursday": the day of a thing that is the act itself."""
    if lead.frame in VERBAL_FRAMES or noun.lemma_.lower() not in _ACTS:
        return False
    prep = noun.head
    return noun.i in heads or (noun.dep_ == "pobj" and prep.lower_ in ("in", "by", "from", "during") and prep.head.i in heads)


def _is_of_a_record(block: Block, time: TimeMention) -> bool:
    """ "the first attack since the truce", "its heaviest losses since the war began": since when no other came."""
    start_char = block.char(0)
    end = time.start_char - start_char
    if _RECORD_SINCE.search(block.doc.text, max(0, end - _RECORD_CHARS), end):
        return True
    node = block.doc[time.token]
    for _ in range(8):
        near = [word for child in node.children for word in (child, *(child.children if child.i < node.i else ()))]
        if any(word.lower_ in _RECORDS for word in (node, *near)):
            return True
        is_within = time.start_char <= start_char + node.idx < time.end_char
        if node.head == node or (node.pos_ == "VERB" and not is_within):
            return False
        node = node.head
    return False


def _is_set_apart(clause: Token, is_verbal: bool) -> bool:
    """ "since it broke out at the weekend", "while others met on Monday": a clause whose time is its own."""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    return bool(marks & _APART) or (is_verbal and bool(marks & {"after", "if", "unless", "when"}))


def _is_counted_from(block: Block, scope: Token, time: TimeMention) -> bool:
    """ "hours before the deal was signed, they struck": the signing is what is counted from."""
    marks = [c for c in scope.children if c.dep_ in ("mark", "advmod", "prep") and c.lower_ in ("before", "after", "since")]
    return any(time.start_char <= block.char(mark.idx) < time.end_char for mark in marks)


def _is_of_a_deadline(token: Token) -> bool:
    """ "kept troops there despite a February 18 deadline", "beyond the deadline of 18 February": a term, and no time."""
    node = token
    for _ in range(4):
        if node.lemma_ == "deadline":
            return node.dep_ == "pobj" and node.head.lower_ not in ("on", "by")
        if node.head == node or node.pos_ == "VERB":
            return False
        node = node.head
    return False


_CAUSES = frozenset({"response", "retaliation", "reply", "revenge", "reprisal"})


def _is_concession(token: Token) -> bool:
    """ "despite five days of truce", "in response to a raid on Monday": no time of the act."""
    node = token
    for _ in range(6):
        if node.lower_ == "despite" or node.lemma_.lower() in _CAUSES:
            return True
        if node.head == node:
            return False
        node = node.head
    return False
