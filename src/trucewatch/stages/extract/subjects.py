"""What a verbal act asks, threatens, refuses or blames: the exact code from the words it governs."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
)

_CEASE = frozenset(
    "ceasefire truce fire hostility fighting bloodshed violence restraint escalation de-escalation calm armistice shelling "
    "peace halt shooting firing bombing bombardment".split()
)
_STOP = frozenset("stop cease halt end refrain de-escalate deescalate respect observe abide restrain".split())
_TALKS = frozenset(
    "talk talks negotiation dialogue meeting session meet negotiate convene convening summit mediation discussion "
    "mechanism".split()
)
_WITHDRAW = frozenset(
    "pull withdraw withdrawal disarm disarmament dissolve dissolution surrender disband leave vacate lay pullback pullout".split()
)
_FORCE = frozenset(
    "respond retaliate retaliation response strike attack destroy target force punish avenge revenge crush defeat fight "
    "measure operation continue liberate retake regain war military seize invade hit defend eliminate".split()
)
_SUPPORT = frozenset("support stand back help assist aid assistance cooperate side".split())
_NEEDS = frozenset(
    "help aid assistance support loan troop force peacekeeper observer weapon arm protection release extradition return "
    "guarantee independence autonomy recognition refuge asylum permission sanction mediation intervention resignation "
    "inquiry probe investigation clarification explanation apology compensation access reinforcement condemnation departure "
    "evacuation corridor mission mandate handover lifting opening reopening removal dismantling arrest trial dispatch "
    "deployment guarantee pause cessation passage unblocking demilitarisation demilitarization dismissal restitution "
    "repatriation".split()
)
_AHEAD = frozenset({"will", "would", "could", "may", "might", "must", "should"})
_PERIL = frozenset(
    "risk danger peril catastrophe famine starvation genocide disaster collapse brink threat war confrontation "
    "conflagration patience trigger limit".split()
)
_REQUITAL = frozenset("answer revenge reply punishment consequence reprisal retribution vengeance reckoning".split())
_ASKING = frozenset("ask request expect seek press push encourage lead join summon issue make".split())
_CARRY_ON = frozenset("continue keep resume maintain intensify escalate step increase sustain prolong press pursue go".split())
_FIGHTS = frozenset(
    "fight resistance attack operation strike war campaign struggle offensive fire raid jihad assault shelling bombing "
    "bombardment fighting battle".split()
)
_BENEFITS = frozenset(
    "pay rebuild compensate reimburse reconstruct repair restore house shelter treat feed fund finance investigate".split()
)
_FOR_THE_PRESS = frozenset(
    "comment interview response reaction view opinion detail forgiveness question time name number information figure".split()
)
_BREAKING = frozenset(
    "fire shoot start begin break breach violate initiate attack shell launch open resume attack violation".split()
)
_THREATENING = frozenset("threaten warn caution pledge promise vow swear reserve brandish give issue set".split())
_HELD_OUT = frozenset("ready willing prepared open offer propose promise pledge".split())
_MEANT = frozenset("plan intend hope mean want prepare expect".split())
_OFFERING = frozenset(
    "offer promise pledge express reaffirm reiterate voice welcome praise endorse hail applaud commend thank".split()
)


def refine_verbal(lead: ActMention, lexicon: Lexicon, is_quoted: bool) -> tuple[str, str] | None:
    """(act code, modality) of a verbal act; None where the words are no act of the codebook ("asked a question")."""
    words = _governed(lead.token, whole=lead.frame != "threaten")
    lemmas = {w.lemma_.lower() for w in words}
    if lead.frame == "request":
        return _request(lead, lemmas, words)
    if lead.frame == "threaten":
        if lead.token.lemma_ == "target":
            return lead.act, "threatened"
        clause = next(iter(children(lead.token, "ccomp")), None)
        verb = lead.token.lemma_.lower()
        if verb not in _THREATENING:
            return lead.act, "threatened"
        if (
            verb in ("warn", "caution")
            and clause is not None
            and not any(c.lower_ in _AHEAD for c in clause.children)
            and not lemmas & _PERIL
            and not _is_readiness(clause)
            and "threat" not in clause.kept
            and not any(lexicon.is_kind(told.lemma_.lower(), "civilian") for told in children(lead.token, "dobj", "obj"))
        ):
            return None
        if verb in ("promise", "pledge", "vow", "swear") and _is_forborne(lead.token, lexicon):
            return "OFFER.OTHER", "possible"
        if verb in ("promise", "pledge", "vow", "swear") and _carries_on_fighting(lead.token):
            return "THREAT.FORCE", "threatened"
        if verb in ("promise", "pledge", "vow", "swear") and _is_to_the_enemy(lead.token, lexicon):
            return "THREAT.FORCE", "threatened"
        if verb == "vow" and any(c.lemma_ == "pay" for c in children(lead.token, "ccomp")):  # "vowed that X would pay for it"
            return "THREAT.FORCE", "threatened"
        if verb in ("promise", "pledge", "vow", "swear") and _is_benefit(lead.token):
            return "OFFER.OTHER", "possible"
        if verb in ("promise", "pledge", "vow", "swear") and lemmas & _REQUITAL:
            return "THREAT.FORCE", "threatened"
        if (
            verb in ("promise", "pledge", "vow", "swear")
            and lemmas & _SUPPORT
            and not lemmas & {"attack", "retaliate", "destroy"}
            and not any(w.lemma_ == "force" and w.tag_ == "NN" for w in words)  # and not "<People> armed forces"
        ):
            return "OFFER.OTHER", "possible"
        if lemmas & _FORCE:
            return "THREAT.FORCE", "threatened"
        if verb in ("promise", "pledge") and not lemmas & _FORCE:
            return ("DEESCALATE.CEASE_FIRE", "possible") if lemmas & _CEASE else ("OFFER.OTHER", "possible")
        is_told = is_quoted and bool(children(lead.token, "xcomp", "ccomp"))
        if verb == "threaten" and not is_told and not _has_speaker(lead, lexicon):
            return None
        return ("THREAT.FORCE" if verb == "reserve" else "THREAT.OTHER"), "threatened"
    if lead.frame == "misdeed":
        return "BLAME", "actual"
    if lead.frame == "menace":
        return lead.act, "threatened"
    if lead.frame == "reject":
        if any(lexicon.is_kind(w.lemma_.lower(), "claim") for w in words if not _is_apart(w, lead.token)):
            return None
        if lead.is_future and lead.token.lemma_.lower() in ("boycott", "veto", "suspend", "break", "cancel", "walk"):
            return "THREAT.OTHER", "threatened"
        return "REFUSE", "actual"
    if lead.frame == "accuse_of" and _is_of_fighting(lead.token):
        return "FIRE", "actual"
    return "BLAME", "actual"


def _is_apart(word: Token, verb: Token) -> bool:
    """Whether a word stands in a relative clause or an aside set off below a verb: "rejects a role for X, an accused party"."""
    node = word
    while node != verb and node.head != node:
        first = node.left_edge
        if node.dep_ in ("relcl", "appos") and first.i > verb.i and first.doc[first.i - 1].text == ",":
            return True
        node = node.head
    return False


def _is_readiness(clause: Token) -> bool:
    """ "warned that it was prepared to act"."""
    ready = (
        c for c in children(clause, "acomp") if c.lemma_.lower() in ("ready", "prepared", "determined", "resolved", "poised")
    )
    return any(is_infinitive(c) or c.lower_ == "for" for state in ready for c in state.children)


def _is_of_fighting(token: Token) -> bool:
    """ "accused each other of firing first", "of breaking it": what each lays at the other's door is fire."""
    whom = children(token, "dobj", "obj")
    others = {"other", "another"}
    if not any(w.lower_ in others or any(c.lower_ in others for c in w.children) for w in whom):
        return False
    of = [prep for holder in (token, *whom) for prep in children(holder, "prep") if prep.lower_ == "of"]
    deeds = {v.lemma_.lower() for prep in of for v in prep.children if v.dep_ in ("pcomp", "pobj")}
    return bool(deeds & _BREAKING)


def is_said(token: Token) -> bool:
    """Whether an offer or promise is made in words, and not by a deed."""
    return token.lemma_.lower() in _OFFERING


def _is_forborne(token: Token, lexicon: Lexicon) -> bool:
    """ "promised not to attack convoys", "pledged that it would not fire first"."""
    return any(
        any(c.dep_ == "neg" for c in clause.children)
        and any(
            trigger.frame == "attack" and not (trigger.weak or trigger.object_lemma or trigger.particle)
            for trigger in lexicon.verbs.get(clause.lemma_.lower(), ())
        )
        for clause in children(token, "xcomp", "ccomp")
    )


def announced(lead: ActMention) -> tuple[str, str] | None:
    """(act code, modality) of what somebody says he will do or is ready to do; None where that is no act of the codebook.

    acts.csv: support "offered or given", aid "delivered or offered"; coercion announced is a threat without force.
    """
    if lead.is_demand or lead.negated:
        return None
    governor = lead.token.head
    if lead.token.dep_ == "xcomp" and governor.lemma_ in _MEANT and any(c.lower_ == "had" for c in governor.children):
        return None  # "had planned to leave"
    if lead.frame == "retreat":
        # "has decided to suspend its operations", "will leave step by step": its own act; readiness offers it
        is_set = lead.act in ("DEESCALATE.CEASE_FIRE", "DEESCALATE.WITHDRAWAL") and lead.token.pos_ == "VERB"
        is_set = is_set and not (lead.token.dep_ == "xcomp" and lead.token.head.lemma_ in _HELD_OUT)
        return (lead.act if is_set or lead.act == "AID.DELIVERY" else "OFFER.OTHER"), "possible"
    if lead.frame == "move" and lead.act.startswith("FORCE."):
        return lead.act, "possible"
    if lead.frame == "coerce":
        return "THREAT.OTHER", "threatened"
    return None


def demand_of(token: Token) -> str:
    """The exact demand in what somebody says must be done."""
    lemmas = {token.lemma_.lower()} | {w.lemma_.lower() for w in _governed(token)}
    if lemmas & _STOP and lemmas & (_CEASE | {"operation", "war", "attack", "aggression"}):
        return "DEMAND.CEASE_FIRE"
    if lemmas & _WITHDRAW:
        return "DEMAND.WITHDRAWAL"
    if lemmas & _TALKS:
        return "DEMAND.TALKS"
    return "DEMAND.OTHER"


def _request(lead: ActMention, lemmas: set[str], words: list[Token]) -> tuple[str, str] | None:
    verb = lead.token.lemma_.lower()
    if lemmas & _TALKS and not lemmas & {"stop", "cease", "halt"}:
        return "DEMAND.TALKS", "possible"
    if (lemmas & _STOP and lemmas & (_CEASE | {"operation", "war", "attack", "agreement", "aggression", "action"})) or lemmas & {
        "ceasefire",
        "truce",
        "restraint",
        "bloodshed",
        "de-escalation",
    }:
        return "DEMAND.CEASE_FIRE", "possible"
    if lemmas & _WITHDRAW:
        return "DEMAND.WITHDRAWAL", "possible"
    if verb in _ASKING and lemmas & _NEEDS and not lemmas & {"question"}:
        return "DEMAND.OTHER", "possible"
    if verb == "ask" and any(w.lower_ in ("whether", "if") for w in words):
        return None
    if verb == "ask" and lead.undergoer is not None and _is_asked_for_more(lead.token):
        return "DEMAND.OTHER", "possible"
    # "expects an answer from X", read as a wish (wishes.py)
    if verb in _ASKING and not (verb == "expect" and lead.modality == "possible"):
        clause = any(w.dep_ in ("xcomp", "ccomp", "advcl") and w.head == lead.token and w.i > lead.token.i for w in words)
        wanted = any(w.dep_ in ("dobj", "obj") and w.head == lead.token for w in words)
        if verb in ("expect", "seek", "ask", "encourage") and not (clause and (verb != "seek")):
            return None
        if not clause and not wanted and not lemmas & {"meeting", "session", "council"}:
            return None
    return "DEMAND.OTHER", "possible"


def _is_asked_for_more(token: Token) -> bool:
    """ "asked both sides for gestures of goodwill", and not for a comment."""
    wanted = [i.lemma_.lower() for _, i in preposition_objects(token, "for")]
    return bool(wanted) and not any(word in _FOR_THE_PRESS for word in wanted)


def _has_speaker(lead: ActMention, lexicon: Lexicon) -> bool:
    if lead.doer is None:
        return False
    head = lead.doer.head
    is_named = head.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or head.pos_ == "PRON"
    return is_named or lexicon.is_kind(head.lemma_.lower(), "speaker", "force")


def _carries_on_fighting(token: Token) -> bool:
    """ "pledged to continue its fight in support of X"."""
    for clause in children(token, "xcomp", "ccomp"):
        things = {c.lemma_.lower() for c in children(clause, "dobj", "obj", "xcomp")}
        things |= {i.lemma_.lower() for _, i in preposition_objects(clause, "with", "up", "on")}
        if clause.lemma_ in _CARRY_ON and things & _FIGHTS:
            return True
    return False


def _is_to_the_enemy(token: Token, lexicon: Lexicon) -> bool:
    """ "we promise the enemy that ..."."""
    told = [*children(token, "dobj", "obj", "dative"), *(inner for _, inner in preposition_objects(token, "to"))]
    return any(lexicon.is_kind(head.lemma_.lower(), "enemy") for head in told)


def _is_benefit(token: Token) -> bool:
    """ "promised that the movement would pay a year's rent"."""
    return any(clause.lemma_.lower() in _BENEFITS for clause in children(token, "xcomp", "ccomp"))


def _governed(token: Token, *, whole: bool = True) -> list[Token]:
    """Words below a verbal act, without its subject; not `whole`: without relative clauses and what-clauses."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass", "conj", "cc", "punct", "mark"):
            continue
        found.extend(child.subtree)
    beside = {word.i for head in found if "asked too" in head.kept for word in head.subtree}
    found = [word for word in found if word.i not in beside]
    if not whole:
        aside = {
            word.i
            for head in found
            if head.dep_ == "relcl" or (head.dep_ in ("ccomp", "dobj") and any(c.lower_ == "what" for c in head.children))
            for word in head.subtree
        }
        found = [word for word in found if word.i not in aside]
    return found


def what_is_called(token: Token, lexicon: Lexicon) -> Phrase | None:
    """ "condemned what he called the terror of the <People>": whose it is, by the name that is given."""
    clause = next((c for c in children(token, "ccomp", "pcomp") if any(k.lower_ == "what" for k in c.children)), None)
    if clause is None or clause.lemma_.lower() not in _NAMING:
        return None
    names = [*children(clause, "oprd", "attr", "ccomp"), *(i for _, i in preposition_objects(clause, "as"))]
    by = (i for _, i in preposition_objects(clause, "by", "of"))
    return next((p for name in names if (p := owner_phrase(name, lexicon)) is not None), None) or next(
        (p for i in by if i.ent_type_ and (p := actor_phrase(i, lexicon)) is not None), None
    )


_NAMING = frozenset({"call", "describe", "term", "label", "dub", "see", "regard", "characterise", "characterize"})


def told_of_himself(token: Token, subject: Phrase | None) -> Phrase | None:
    """ "told X that he should stop": X, of whom it is asked; None where the clause speaks of another."""
    if subject is None or subject.head.lower_ not in ("he", "she", "they", "it") or subject.head.dep_ != "nsubj":
        return None
    node = token
    for _ in range(3):
        if node.dep_ == "ccomp" and node.head.lemma_ in ("tell", "inform", "warn", "assure", "remind"):
            told = next(iter(children(node.head, "dobj", "dative")), None)
            return joint_phrase(told) if told is not None and told.ent_type_ in (*SIDES, "PERSON") else None
        if node.dep_ not in ("xcomp", "conj", "ccomp"):
            return None
        node = node.head
    return None


def accuser(deed: Token) -> Token | None:
    """Who accuses in "X accused Y to have shot down its plane": the deed is an infinitive below the verb."""
    blame = deed.head
    if deed.dep_ not in ("xcomp", "ccomp") or blame.lemma_ != "accuse" or not is_infinitive(deed):
        return None
    return roles(blame).doer
