"""Which act mentions of a sentence tell of one act, and which words only name what somebody asks, fears or answers.

One claimant's one statement on one act is one claim (codebook 1): a strike that kills ten is one act told by two words, two
places hit by coordinated verbs are two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from trucewatch.model.change import changed
from trucewatch.stages.extract.apart import told_apart
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import DEED_CLASSES, VERBAL_FRAMES, ActMention
from trucewatch.stages.extract.suppressed import is_suppressed, with_blame_for_deeds, with_blamed_doers, without_taken_over
from trucewatch.stages.extract.syntax import Token, is_verbal
from trucewatch.stages.extract.tree_paths import own_subject, path, top
from trucewatch.text.whereabouts import are_set_apart

_INSIDE = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "obj",
        "pobj",
        "prep",
        "agent",
        "acl",
        "compound",
        "pcomp",
        "amod",
        "poss",
        "nmod",
        "attr",
        "appos",
        "npadvmod",
        "dep",
        "relcl",
    }
)
_REPLIES = frozenset({"reply", "response", "retaliation", "revenge", "reprisal", "answer", "vengeance"})


@dataclass(frozen=True)
class ActGroup:
    """Act mentions told as one: `lead` carries the merged values, `tokens` all trigger words."""

    lead: ActMention
    members: tuple[ActMention, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Trigger words in reading order."""
        return tuple(sorted((m.token for m in self.members), key=lambda t: t.i))


def group_acts(
    mentions: Sequence[ActMention],
    lexicon: Lexicon,
    voice_of: Callable[[ActMention], object],
    has_actor: Callable[[ActMention], bool],
) -> list[ActGroup]:
    """Act mentions of one paragraph, joined where they tell of one act, less those that report none of their own.

    `voice_of` gives what tells two claimants apart, `has_actor` whether a weak mention involves a known side.
    """
    mentions = with_blame_for_deeds(mentions)
    kept = [m for m in mentions if not m.weak or m.is_supported or has_actor(m)]
    kept = [_without_teller(m) for m in kept if not is_suppressed(m, kept)]
    kept = without_taken_over(with_blamed_doers(kept))
    parent = list(range(len(kept)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, one in enumerate(kept):
        for j in range(i + 1, len(kept)):
            other = kept[j]
            if one.token.sent.start != other.token.sent.start:
                break
            if (
                find(i) != find(j)
                and _tell_one_act(one, other)
                and (voice_of(one) == voice_of(other) or _is_carried_on(one, other) or _is_warning(one, other))
            ):
                parent[find(j)] = find(i)
    groups: dict[int, list[ActMention]] = {}
    for i, mention in enumerate(kept):
        groups.setdefault(find(i), []).append(mention)
    return [_merged(members, lexicon) for members in groups.values()]


def _hangs_on_a_date(low: Token, high: Token) -> bool:
    """ "since April, when it did Y": Y is told of a day, and is an act of its own."""
    node = low
    while node != high and node.head != node:
        if node.dep_ == "relcl" and node.head.ent_type_ in ("DATE", "TIME"):
            return True
        node = node.head
    return False


def is_answered(low: Token, high: Token) -> bool:
    """ "fired rockets in reply to the killing of X": the killing came before, by the other side."""
    node = low
    while node != high and node.head != node:
        if node.dep_ == "pobj" and node.lemma_ in _REPLIES and node != low:
            return True
        node = node.head
    return False


def _is_then(low: Token) -> bool:
    """ "was killed on Tuesday night when a strike flattened a house": no date set beside by a comma, but how it came."""
    node = low
    while node.dep_ != "relcl" and node.head != node:
        node = node.head
    first = node.left_edge
    return bool(node.dep_ == "relcl" and first.lower_ == "when" and first.i > 0 and first.doc[first.i - 1].text != ",")


def _is_what_it_did(low: ActMention, high: ActMention, deps: list[str]) -> bool:
    """ "a strike that it said killed two": one act, in the words of the one who tells of the strike."""
    if deps != ["ccomp", "relcl"] or not high.is_nominal or low.is_nominal or high.act_class != low.act_class:
        return False
    return any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in low.token.head.children)


def _ends_in_harm(low: ActMention, high: ActMention, deps: list[str]) -> bool:
    """ "the shell tore into a yard, leaving two men wounded"."""
    if "harm" not in low.frame or not deps or deps[-1] not in ("advcl", "conj"):
        return False
    clause = top(low.token, high.token)
    if deps[-1] == "conj":  # "hit a lorry and left two men wounded"
        return clause.lemma_ == "leave" and len(deps) > 1 and not own_subject(clause) and high.frame in ("attack", "blast")
    return (
        clause.lemma_ in ("leave", "make", "cause")
        and clause.tag_ == "VBG"
        and set(deps[:-1]) <= {"ccomp", "oprd", "acomp", "xcomp", "dobj"}
    )


def _adds_victims(low: ActMention, high: ActMention, deps: list[str]) -> bool:
    """ "they shelled a post near X, and four soldiers were killed": victims without a doer, place or day of their own."""
    if deps == ["conj"] and high.token.lemma_ == "shoot" and low.frame == "harm" and low.token.i - high.token.i <= 3:
        return not own_subject(low.token) and low.negated == high.negated  # "was shot and killed in X"
    if deps == ["conj"] and low.token.tag_ == high.token.tag_ == "VBN" and not own_subject(low.token):
        # "were shot dead and mutilated by soldiers"
        is_one = low.negated == high.negated and not any(c.dep_ in ("aux", "auxpass") for c in low.token.children)
        is_one = is_one and any(c.dep_ == "auxpass" for c in high.token.children) and "harm" in high.frame
        if is_one and not any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") for t in low.token.subtree):
            return True
    if deps == ["conj"] and low.frame == "harm" and high.frame in ("attack", "blast") and not own_subject(low.token):
        # "shelled the town and killed a farmer"
        is_active = low.token.tag_ in ("VBD", "VB", "VBZ", "VBP", "VBG") and low.negated == high.negated
        is_set = any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") for t in low.token.subtree)
        # "slammed into a yard and killed four in the valley": the place is of both where the first has none
        inside = {t.i for t in low.token.subtree}
        others = [t for t in high.token.subtree if t.i not in inside]
        is_one_place = is_set and not any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") for t in others)
        return is_active and (not is_set or is_one_place)
    dies = low.frame == "harm_intransitive" and low.token.lemma_ in ("die", "perish") and high.frame == "attack"
    if deps != ["conj"] or not (low.frame == "harm" or dies) or high.frame not in ("attack", "damage"):
        return False
    if low.doer is not None and not dies:
        return False
    is_told_alone = dies or any(c.dep_ == "nsubjpass" for c in low.token.children) or _is_in_a_headline(low.token)
    if high.negated or low.negated or not is_told_alone:
        return False
    return not any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") for t in low.token.subtree)


def _is_in_a_headline(verb: Token) -> bool:
    """ "Town hit by missile, 13 killed": a participle without its auxiliary."""
    counted = any(c.dep_ == "nsubj" and (c.pos_ == "NUM" or any(n.pos_ == "NUM" for n in c.children)) for c in verb.children)
    return counted and not any(c.dep_ in ("aux", "auxpass", "dobj", "obj", "cc") for c in verb.children)


def _is_cause(clause: Token, low: ActMention, high: ActMention) -> bool:
    """ "two people were killed when a drone hit their car": the clause tells how they died, and is no act of its own."""
    if low.frame not in ("attack", "damage", "blast") or low.negated or low.modality != "actual" or high.doer is not None:
        return False
    if low.act == "FIRE.CLASH":
        return False  # "were found dead after the attackers were driven out"
    return any(c.lower_ in ("when", "as", "after") and c.dep_ in ("mark", "advmod") and c.i < clause.i for c in clause.children)


def _has_own_doer(low: ActMention) -> bool:
    subjects = [c for c in low.token.children if c.dep_ == "nsubj"]
    return bool(subjects) and low.doer is not None and subjects[0].lower_ not in ("who", "which", "that", "it", "they")


def _is_of_the_detained(low: ActMention, high: ActMention) -> bool:
    """ "arrested four men who fired the rockets": their deed, and not that of who arrested them."""
    active = any(c.dep_ == "nsubj" and c.lower_ in ("who", "that") for c in low.token.children)
    return high.act == "CIV.DETENTION" and active and low.token.head.dep_ in ("dobj", "nsubjpass", "obj")


def _is_participle_clause(token: Token) -> bool:
    return token.tag_ in ("VBG", "VBN") and not any(c.dep_ in ("mark", "nsubj") for c in token.children)


def _tell_one_act(one: ActMention, other: ActMention) -> bool:
    if one.frame == other.frame == "misdeed":
        return True
    if one.frame == other.frame == "offer" and one.is_planned and other.is_planned and other.token.head == one.token:
        return other.token.dep_ == "conj" and not own_subject(other.token)
    for low, high in ((one, other), (other, one)):
        if high.frame == "threaten" and low.frame in ("menace", "threaten"):
            way = path(low.token, high.token)
            return bool(way) and way is not None and way[-1] in ("ccomp", "xcomp")
    if one.frame in VERBAL_FRAMES or other.frame in VERBAL_FRAMES or _is_laid_to(one) != _is_laid_to(other):
        return False
    if "detain" in (one.frame, other.frame) and other.token.dep_ == "conj" and own_subject(other.token):
        return False  # "one was killed, 12 were captured"
    for low, high in ((one, other), (other, one)):
        if high.act == "POW.ILL_TREATMENT" and low.token.dep_ == "conj" and set(path(low.token, high.token) or ()) == {"conj"}:
            return not own_subject(low.token) and low.negated == high.negated  # "beaten, burned and deprived of sleep"
    losses = "losses" in (one.frame, other.frame) and {one.frame, other.frame} <= {"losses", "harm", "attack"}
    if (one.act_class != other.act_class and not losses) or one.act_class not in DEED_CLASSES | {"RETREAT", "TOLL"}:
        return False
    if one.negated != other.negated and not (one.is_nominal or other.is_nominal):
        return False
    if _adds_others(one, other):
        return True
    if told_apart(one, other):
        return False
    for low, high in ((one, other), (other, one)):
        deps = path(low.token, high.token)
        if deps is None:
            continue
        if _hangs_on_a_date(low.token, high.token):
            if "harm" in high.frame and high.doer is None and low.frame in ("attack", "damage", "blast") and _is_then(low.token):
                return True
            continue
        if is_answered(low.token, high.token):
            return False
        if all(d in _INSIDE for d in deps):
            if "relcl" in deps and _is_of_the_detained(low, high):
                return False
            if "relcl" in deps and _has_own_doer(low) and not low.is_nominal and not high.is_nominal:
                return False  # "fired at the posts from which X shells us": X's shelling is another act
            return not (low.is_nominal and "relcl" in deps and low.doer is not None and high.doer is not None)
        if low.frame == high.frame == "detain" and deps == ["conj"] and low.act == high.act:
            return low.negated == high.negated and (low.doer is None or high.doer is None)  # "slapped and kicked"
        if low.frame == high.frame == "coerce" and deps and deps[-1] == "advcl":
            return True
        if low.frame == high.frame == "coerce" and deps == ["conj"] and _is_same_way(low, high):
            return True
        if _is_what_it_did(low, high, deps):
            return True
        if _ends_in_harm(low, high, deps) or _adds_victims(low, high, deps):
            return True
        if deps == ["csubj"] and low.token.lemma_ == "use" and high.frame in ("attack", "breach", "damage"):
            return True  # "X, using mortars, broke the truce": what the parser takes for a subject
        if deps == ["advcl", "conj"] and "harm" in high.frame and _is_cause(low.token, low, high):
            return True  # "one was killed and another hurt when a drone hit their car"
        if deps and deps[-1] == "advcl" and all(d in _INSIDE for d in deps[:-1]):
            told_of = "harm" in high.frame and (low.frame == "clash" or _is_cause(top(low.token, high.token), low, high))
            return _is_participle_clause(top(low.token, high.token)) or told_of
        if all(d in _INSIDE | {"conj"} for d in deps) and low.is_nominal and high.is_nominal:
            return low.doer is None or high.doer is None
        if set(deps) <= {"conj", "acl", "appos", "nummod"} and "harm" in one.frame and "harm" in other.frame:
            return True
        if (
            "losses" in (one.frame, other.frame)
            and {one.frame, other.frame} <= {"losses", "harm"}
            and set(deps) <= _INSIDE | {"conj"}
            and not (deps == ["conj"] and own_subject(low.token))
        ):
            return True
        if deps == ["conj"] and high.frame == "blast" and "harm" in low.frame:
            return True
        if deps == ["conj"] and "harm" in one.frame and "harm" in other.frame:
            return True
        if (
            deps == ["conj"]
            and high.weapon is not None
            and high.undergoer is None
            and low.doer is None
            and low.act.split(".")[0] not in ("CIV", "POW", "SGBV")
            and not own_subject(low.token)
        ):
            return True
        if deps == ["conj"] and (one.token.lemma_ == other.token.lemma_ or _fell_and_burst(low, high)):
            return True
        if deps == ["conj"] and {one.frame, other.frame} == {"harm", "damage"}:
            return low.doer is None
        if deps == ["conj"] and _go_together(low.token, high.token):
            return True
    if _is_counted_on(one, other) or _trails(one, other):
        return True
    heads = (_clause_head(one.token), _clause_head(other.token))
    return heads[0] == heads[1] and (one.is_nominal != other.is_nominal) and heads[0].i in (one.token.i, other.token.i)


def _is_laid_to(mention: ActMention) -> bool:
    """ "five died in a strike that Y blamed on Z": the strike is Y's to tell, and its dead are not."""
    scope = mention.scope
    return mention.witness is not None and scope is not None and scope.lemma_ == "blame" and scope.dep_ == "relcl"


def _is_same_way(low: ActMention, high: ActMention) -> bool:
    """ "stopped the convoy and refused to let it through": one way that is shut, told twice."""
    again = any(t.lower_ in ("it", "them") for t in low.token.subtree)
    inside = any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") for t in low.token.subtree)
    return again and not inside and not own_subject(low.token) and low.negated == high.negated


def _go_together(low: Token, high: Token) -> bool:
    """ "broke in, smashing windows and ransacking offices": two participles of one clause, at one place."""
    if low.tag_ != "VBG" or high.tag_ != "VBG" or high.dep_ not in ("advcl", "acl") or own_subject(low):
        return False
    inside = (*low.subtree, *high.subtree)
    return not any(t.ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME", "NORP") or t.like_num for t in inside)


def _fell_and_burst(low: ActMention, high: ActMention) -> bool:
    """ "a drone crashed in X and exploded": one projectile."""
    if low.weapon is None or low.weapon != high.weapon or low.frame != "attack" or high.frame != "attack":
        return False
    is_alone = not own_subject(low.token) and low.undergoer is None and not low.negated and not high.negated
    return is_alone and low.token.lemma_ in ("explode", "detonate", "burst", "blow", "go", "land", "crash", "hit")


def _is_counted_on(one: ActMention, other: ActMention) -> bool:
    """ "one was killed and four others were injured" where the parser hangs the second verb on the verb of saying."""
    token = other.token
    return (
        "harm" in one.frame
        and "harm" in other.frame
        and token.dep_ == "conj"
        and 0 < token.i - one.token.i <= 12
        and one.token.head == token.head
    )


_OTHERS_TOKENS = 14


def _adds_others(one: ActMention, other: ActMention) -> bool:
    """ "one soldier had been killed and that three others were hurt": others of those, wherever the parser hangs the verb."""
    first, second = one.token, other.token
    if not ("harm" in one.frame and "harm" in other.frame and 0 < second.i - first.i <= _OTHERS_TOKENS):
        return False
    who = next((c for c in second.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    is_more = who is not None and (who.lemma_.lower() == "other" or who.lower_ == "another")
    between = {t.lower_ for t in second.doc[first.i + 1 : second.i]}
    is_joined = "and" in between and not between & {"after", "before", "while", "when", "but"}
    return is_more and is_joined and one.negated == other.negated and not are_set_apart(first, second)


_TRAIL_TOKENS = 26
_TELLING = frozenset("say report accuse announce claim add state confirm write blame tell".split())


def _without_teller(mention: ActMention) -> ActMention:
    """ "…, police said, injuring 31": the parser hangs the participle on the verb of saying, whose subject injured nobody."""
    token = mention.token
    if mention.frame != "harm" or token.tag_ != "VBG" or token.dep_ != "advcl" or token.head.lemma_ not in _TELLING:
        return mention
    return changed(mention, doer=None)


def _trails(one: ActMention, other: ActMention) -> bool:
    """ "rockets landed in the north, police said, injuring 31": how a deed ended, wherever the parser hangs the participle."""
    token = other.token
    if other.frame != "harm" or token.tag_ != "VBG" or other.doer is not None or other.negated or one.negated:
        return False
    if one.act_class != "ASSAULT" or one.modality != other.modality or not 0 < token.i - one.token.i <= _TRAIL_TOKENS:
        return False
    before = token.doc[token.i - 1]
    opens = before.lower_ == "," or (before.lower_ == "and" and one.frame == "harm" and one.token.tag_ == "VBG")
    if not opens or own_subject(token):
        return False
    between = token.doc[one.token.i + 1 : token.i]
    return not any(t.lower_ in ("while", "but", "that", ";", "after", "before") or (t.dep_ == "mark") for t in between)


def _is_warning(one: ActMention, other: ActMention) -> bool:
    """ "\"They will pay for it,\" X warned": what is quoted is the threat, and the warning its verb of saying."""
    pairs = ((one, other), (other, one))
    return any(low.frame in ("menace", "threaten") and high.frame == "threaten" and low is not high for low, high in pairs)


def _is_carried_on(one: ActMention, other: ActMention) -> bool:
    """Victims counted on by "and": the second count is vouched for as the first, wherever a stray mark ends the quotation."""
    if _is_counted_on(one, other) or _trails(one, other) or _adds_others(one, other):
        return True
    if any(_is_what_it_did(low, high, path(low.token, high.token) or []) for low, high in ((one, other), (other, one))):
        return True
    return "harm" in one.frame and "harm" in other.frame and other.token.dep_ == "conj" and other.token.head == one.token


def _clause_head(token: Token) -> Token:
    node = token
    while not is_verbal(node) and node.head != node:
        node = node.head
    return node


def _merged(members: list[ActMention], lexicon: Lexicon) -> ActGroup:
    """The mention that heads the group, with what the others know better."""
    ranked = sorted(members, key=lambda m: (_depth(m.token), m.is_nominal, m.token.i))
    lead = ranked[0]
    verbal = [m for m in ranked if not m.is_nominal]
    if lead.is_nominal and verbal:
        lead = verbal[0]
    doer = lead.doer
    tokens = {t.i for m in members for t in (m.token,)}
    for member in [lead, *ranked]:
        if member.doer is not None and not (tokens & set(range(member.doer.start, member.doer.end)) and member is not lead):
            if doer is None or (doer.head.i in tokens):
                doer = member.doer
            break
    undergoer_head = lead.undergoer_head
    undergoer = lead.undergoer
    if undergoer_head is not None and (
        undergoer_head.i in tokens or (lexicon.is_kind(undergoer_head.lemma_.lower(), "weapon") and len(members) > 1)
    ):
        undergoer, undergoer_head = None, None
    for member in ranked:
        if undergoer is None and member.undergoer_head is not None and member.undergoer_head.i not in tokens:
            undergoer, undergoer_head = member.undergoer, member.undergoer_head
    exact = [m for m in ranked if "." in m.act] or ranked
    weaponed = [m for m in exact if m.weapon is not None]
    act = (weaponed or exact)[0].act
    if act.startswith("CIV.") and any(m.act.startswith(("FIRE.", "AIR")) for m in members):
        act = next(m.act for m in ranked if m.act.startswith(("FIRE.", "AIR")))
    return ActGroup(
        lead=changed(
            lead,
            doer=doer,
            undergoer=undergoer,
            undergoer_head=undergoer_head,
            act=act,
            weapon=lead.weapon or next((m.weapon for m in ranked if m.weapon), None),
            negated=any(m.negated for m in members if not m.is_nominal) or all(m.negated for m in members),
            modality=lead.modality,
            is_definite=all(m.is_definite or not m.is_nominal for m in members) and any(m.is_nominal for m in members),
            reasons=tuple(dict.fromkeys(r for m in members for r in m.reasons)),
        ),
        members=tuple(sorted(members, key=lambda m: m.token.i)),
    )


def _depth(token: Token) -> int:
    depth, node = 0, token
    while node.head != node and depth < 40:
        node, depth = node.head, depth + 1
    return depth
