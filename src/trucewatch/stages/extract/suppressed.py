"""Words of acts that only name what another act of the sentence asks, threatens, refuses or blames: no claims of their own."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.model.change import changed
from trucewatch.model.records import Claim
from trucewatch.stages.extract.mention import DEED_CLASSES, VERBAL_FRAMES, ActMention
from trucewatch.stages.extract.syntax import Phrase, Token, children, joint_phrase
from trucewatch.stages.extract.tree_paths import own_subject, path, top

_CLAIMED = frozenset({"claim", "allegation", "accusation", "report", "charge", "statement", "assertion", "suggestion"})
_CAUSING = frozenset(
    "provoke instigate incite foment fuel encourage justify plan prepare prolong want seek support sponsor".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LAYING = frozenset({"blame", "lay", "put", "pin", "place"})
_DONE = frozenset({"attack", "harm", "damage", "blast", "breach"})
_SUPPRESSES = frozenset({"must", "request", "appeal", "threaten", "menace", "reject", "offer", "agree"})


def is_suppressed(mention: ActMention, others: Sequence[ActMention]) -> bool:
    """Whether it only names what another mention asks, threatens, refuses or offers; or what somebody is accused of, alone."""
    if mention.frame == "appeal" and mention.is_demand:
        return False  # the second thing asked for in a sentence (appeals.py)
    for other in others:
        if other is mention or other.token.sent.start != mention.token.sent.start:
            continue
        if (
            mention.frame == "accuse"
            and mention.token.lemma_ in ("complain", "protest", "charge")
            and other.act_class != "ACCUSE"
        ):
            told = path(other.token, mention.token)
            if told and told[-1] == "ccomp" and set(told[:-1]) <= {"conj", "xcomp"}:
                return True  # "complained that X had not released Y": what X did is told
        if (
            mention.frame == "accuse"
            and other.witness is not None
            and other.is_nominal
            and other.token.head.head == mention.token
        ):
            return True  # "complained of shooting at farmers"
        if mention.frame == "misdeed" and other.act_class == "ASSAULT" and _is_beside(mention.token, other.token):
            return True  # "continues to violate our soil and to attack our people"
        deps = path(mention.token, other.token)
        if not deps:
            continue
        if other.frame == "retreat" and deps[-1] in ("xcomp", "dobj", "nsubjpass", "ccomp") and mention.frame != "retreat":
            return True
        if other.frame == "request" and deps == ["conj"] and mention.frame == "retreat" and not own_subject(mention.token):
            return True
        if other.frame == "request" and deps == ["conj"] and mention.token.tag_ == "VB" and other.token.tag_ != "VB":
            return True
        if other.frame == "must" and set(deps) == {"conj"} and mention.frame == "talk" and not own_subject(mention.token):
            return True  # "it is necessary to stop and to return to the table"
        if mention.token.i < other.token.i and deps[-1] != "xcomp":
            continue
        if other.frame == "reject" and other.undergoer_head is not None and other.undergoer_head.lemma_ in _CLAIMED:
            continue
        if _is_told_beside(mention.token, other.token):
            continue  # "ruled out a role for X, which it accuses of arming Y", "urged X, which had fired, to stop"
        if "relcl" in deps[:-1] and mention.frame in ("agree", "talk"):
            continue  # "blamed for ignoring the truce that X announced": the truce is told of beside it
        if mention.token.tag_ == "VBD" and own_subject(mention.token) and mention.token.dep_ == "conj" and "ccomp" in deps:
            continue  # "urged them to stop, and his minister spoke with both": a fact, and not what is asked
        if other.frame == "agree" and deps == ["conj", "ccomp"] and mention.frame == "request" and mention.token.tag_ in _FINITE:
            continue  # "announced that a truce was agreed and appealed to both to keep it"
        if other.frame == "request" and other.doer is None and mention.act == "CIV.DISPLACEMENT" and deps[-1] == "xcomp":
            continue  # "were warned to leave": nobody is named who asks it
        if other.frame in _SUPPRESSES and deps[-1] not in ("nsubj", "nsubjpass", "conj", "relcl", "parataxis", "mark"):
            if deps[-1] == "advcl" and other.frame == "threaten" and _is_bare_gerund(top(mention.token, other.token)):
                return True  # "would go on striking"
            if deps[-1] == "advcl" and not any(c.lower_ == "to" for c in top(mention.token, other.token).children):
                continue
            if deps[-1] == "prep" and top(mention.token, other.token).lower_ in (
                "after",
                "before",
                "amid",
                "following",
                "since",
                "despite",
                "in",
                "over",
            ):
                continue
            if deps[-1] == "prep" and mention.frame == "talk" and top(mention.token, other.token).lower_ == "at":
                continue  # "agreed at talks hosted by X": they were held
            if other.frame == "reject" and mention.frame in ("request", "talk"):
                return True
            return True
        if mention.frame == "accuse" and mention.token.lemma_ in ("complain", "protest", "charge") and other.frame == "misdeed":
            return True
        refuses = other.frame == "accuse_of" and mention.frame == "reject"
        if (
            other.frame in ("accuse", "accuse_of")
            and mention.frame in VERBAL_FRAMES
            and deps[-1] in ("prep", "xcomp")
            and not refuses
        ):
            return True
    return False


def _is_told_beside(low: Token, high: Token) -> bool:
    """Whether a word stands in a relative clause set off by a comma: a fact told of somebody named there."""
    node = low
    while node != high and node.head != node:
        first = node.left_edge
        if node.dep_ == "relcl" and first.lower_ in ("which", "who", "whose", "whom") and first.doc[first.i - 1].text == ",":
            return True
        node = node.head
    return False


def _is_bare_gerund(clause: Token) -> bool:
    return clause.tag_ == "VBG" and not own_subject(clause) and not any(c.dep_ in ("aux", "mark") for c in clause.children)


def _is_beside(one: Token, other: Token) -> bool:
    """Whether two verbs are joined by "and" under one subject."""
    return (other.dep_ == "conj" and other.head == one and not own_subject(other)) or (
        one.dep_ == "conj" and one.head == other and not own_subject(one)
    )


def with_blamed_doers(mentions: list[ActMention]) -> list[ActMention]:
    """ "Ten were killed, officials said, blaming X": the deed is X's by their word, and the blame is no act of its own."""
    found = list(mentions)
    for blame in mentions:
        if blame.token.lemma_ != "blame" or blame.token.tag_ != "VBG" or blame.undergoer is None or blame.token.dep_ != "advcl":
            continue
        same = [n for n, m in enumerate(found) if m.token.sent.start == blame.token.sent.start and m.act_class == "ASSAULT"]
        if same and all(found[n].doer is None for n in same):
            for n in same:
                found[n] = changed(found[n], doer=blame.undergoer)
            found.remove(blame)
    return found


def with_blame_for_deeds(mentions: Sequence[ActMention]) -> list[ActMention]:
    """ "blamed X for the strike", "blamed the strike on X", "laid the blame for the blast on X": the strike, as X's (codebook 4).

    Fighting for which somebody is blamed, an outbreak or a delay are no deed of one side's: there the blame stays.
    """
    found = list(mentions)
    for blame in mentions:
        if blame.frame != "accuse" or blame.token.lemma_ not in _LAYING:
            continue
        for deed in mentions:
            if deed.act_class != "ASSAULT" or deed.frame not in _DONE or not deed.is_nominal or blame not in found:
                continue
            if deed.token.sent.start != blame.token.sent.start:
                continue
            blamed, on_whom = _blamed_for(blame, deed)
            if blamed is None:
                continue
            found.remove(blame)
            told = changed(deed, doer=blamed, scope=blame.token, modality="actual", is_supported=True, witness=blame.doer)
            if blame.token.head != deed.token:
                told = changed(told, is_definite=False, is_nominal=False)
            if on_whom is not None and deed.undergoer_head == on_whom:
                told = changed(told, undergoer=None, undergoer_head=None)
            found[found.index(deed)] = told
    return found


def _blamed_for(blame: ActMention, deed: ActMention) -> tuple[Phrase | None, Token | None]:
    """On whom the blame for just this deed is laid, and the word behind the last "on" where that names him."""
    token = blame.token
    deps = path(deed.token, token)
    while deps and deps[0] == "conj":
        deps = deps[1:]
    # the parser hangs the last "on" on whatever noun stands before it
    laid = [c for word in token.subtree if word.i > token.i and word.lower_ == "on" for c in children(word, "pobj")]
    on = max(laid, key=lambda inner: inner.i, default=None)
    on_whom = joint_phrase(on) if on is not None else None
    if token.lemma_ == "blame":
        if deps in (["dobj"], ["nsubjpass"]) or (token.dep_ == "relcl" and token.head == deed.token):
            return on_whom, on  # "blamed the strike on X", "a strike that it blamed on X"
        is_for = deps == ["pobj", "prep"] and top(deed.token, token).lower_ == "for"
        return (blame.undergoer if is_for else None), None
    is_for = deps in (["pobj", "prep", "dobj"], ["pobj", "prep"]) and deed.token.head.lower_ == "for"
    return (on_whom, on) if is_for else (None, None)


def without_taken_over(mentions: list[ActMention]) -> list[ActMention]:
    """ "X accused Y of shelling Z" is the shelling's claim (codebook 4): the blame alone goes."""
    gone = set()
    for i, blame in enumerate(mentions):
        if blame.frame not in ("accuse_of", "accuse"):
            continue
        for deed in mentions:
            undone = (deed.frame == "retreat" and deed.negated) or (deed.frame == "reject" and blame.frame == "accuse_of")
            if deed.act_class not in DEED_CLASSES and not undone:
                continue
            deps = path(deed.token, blame.token)
            if deps and blame.frame == "accuse_of" and deps[-1] in ("ccomp", "xcomp"):
                gone.add(i)  # "accused X that its tanks fired"
            if deps and blame.token.lemma_ in ("complain", "blame") and deps[-1] == "prep":
                by = top(deed.token, blame.token).lower_
                if blame.token.lemma_ == "blame" and by == "for":
                    # "blamed X for shelling Y" is the shelling, "for the clashes" the blame
                    gone.add(mentions.index(deed) if deed.is_nominal else i)
                elif by in ("of", "about") and _is_told_there(deed, deps):
                    gone.add(i)
            if deps and blame.frame == "accuse_of" and len(deps) > 1 and deps[-1] in ("dobj", "obj") and "prep" in deps:
                gone.add(i)
            if (
                deps
                and blame.frame == "accuse_of"
                and deps[-1] == "prep"
                and top(deed.token, blame.token).lower_ in ("of", "for", "in")
                and not _is_only_caused(deed, deps)
            ):
                gone.add(i)
            if (
                deps
                and blame.token.lemma_ in ("reproach", "charge", "fault")
                and deps[-1] == "prep"
                and deed.token.tag_ == "VBG"
                and deed.token.dep_ == "pcomp"
            ):
                gone.add(i)
    return [m for i, m in enumerate(mentions) if i not in gone]


def _is_only_caused(deed: ActMention, deps: list[str]) -> bool:
    """ "accused X of provoking the violence": no violence of X's is told."""
    return deed.is_nominal and deps == ["dobj", "pcomp", "prep"] and deed.token.head.lemma_ in _CAUSING


def _is_told_there(deed: ActMention, deps: list[str]) -> bool:
    """ "complained of shelling": the shelling itself, and not something else about it."""
    return deps in (["pobj", "prep"], ["pcomp", "prep"], ["conj", "pobj", "prep"]) and not deed.is_definite


def without_denied_again(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Without what the very words of a denial tell, where its teller would be taken to assert it as well.

    "X said it had hit a post, and dismissed reports that homes were hit": the reports stand in what X says, and X denies them.
    """
    denials = [claim for claim in claims if claim.stance == "denies" and claim.claimant is not None]
    taken = {c.id for c in claims for denial in denials if c.stance == "asserts" and _is_told_in(c, denial)}
    if not taken:
        return tuple(claims)
    return tuple(changed(c, responds_to=None) if c.responds_to in taken else c for c in claims if c.id not in taken)


def _is_told_in(claim: Claim, denial: Claim) -> bool:
    if claim.act != denial.act or claim.claimant is None or denial.claimant is None:
        return False
    if not (denial.start_char <= claim.start_char and claim.end_char <= denial.end_char):
        return False
    if None not in (claim.attributed_to, denial.attributed_to) and claim.attributed_to != denial.attributed_to:
        return False  # "was not hit by X, but by Y"
    same = claim.claimant.start_char == denial.claimant.start_char
    return same or (denial.claimant.text or "").lower() in ("it", "he", "she", "they")
