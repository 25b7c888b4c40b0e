"""Negation, modality and support of an act mention.

Long because the walk up from a verb asks all of them at each step; what is told without a "not" stands in undone.py.
"""

from __future__ import annotations

from typing import Any

from trucewatch.model.change import changed
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.syntax import (
    NAMED,
    SIDES,
    Token,
    children,
    cleft_of,
    is_infinitive,
    is_verbal,
    preposition_objects,
)
from trucewatch.stages.extract.triggers import is_of_kind, meant_words
from trucewatch.stages.extract.undone import OCCASIONS, is_near, is_undone

_POSSIBLE_AUX = frozenset({"could", "may", "might", "would", "can", "should", "must", "shall", "will", "'ll", "’ll", "ought"})


OBLIGING = frozenset({"must", "should", "ought"})


_FUTURE_AUX = frozenset({"will", "would", "shall", "'ll", "’ll"})


_WISH = frozenset(
    "want plan intend try attempt seek aim hope wish threaten prepare consider vow pledge promise refuse fail avoid "
    "prevent refrain deter risk design mean need expect agree urge call demand ask request decide able unable ready "
    "willing likely set suppose due schedule oblige require bind slate slow reluctant hesitant loath decline".split()
)


# who governs what its subject means to do itself: an intent declared, not a deed
_INTENDING = frozenset(
    "plan intend prepare decide promise pledge vow agree offer commit undertake ready willing prepared set".split()
)
_SPEAKING = frozenset({"request", "threaten", "reject", "accuse", "accuse_of"})
_CARRYING_ON = frozenset({"continue", "keep", "start", "begin", "resume"})
_FEAR = frozenset("fear risk threat possibility danger prospect concern warning case event potential".split())


_ASKING = frozenset({"wonder", "ask", "investigate", "establish", "determine", "question", "examine", "probe"})
_ASKED = frozenset({"who", "whose", "which", "what", "whether", "many", "whom", "where", "how", "why"})
_ABOUT = frozenset({"for", "on", "about", "over", "towards", "toward", "of"})
_PROSPECTS = frozenset(
    "timetable schedule plan deadline date talk negotiation discussion proposal idea roadmap framework mechanism condition term "
    "possibility hope chance option way".split()
)


_NOT_REAL_MARKS = frozenset({"if", "unless", "whether", "lest", "until"})


_FACTUAL = frozenset({"accuse", "say", "report", "claim", "announce", "confirm", "deny", "reveal", "state", "note", "show"})


_ORDER = frozenset({"order", "instruct", "command", "authorize", "authorise"})


_CARRIERS = frozenset("plane ship vessel flight volunteer charity agency helicopter team group".split())
_EVERYONE = frozenset({"all", "everyone", "everybody", "both", "none", "most", "several", "some", "those"})
_ABOARD = frozenset({"inside", "aboard", "board", "onboard", "there"})
# people by whom they belong to, who are nobody's force
KIN = frozenset(
    "nephew niece neighbour neighbor brother sister son daughter husband wife cousin uncle aunt grandmother grandfather parent "
    "friend colleague couple sibling infant toddler cameraman correspondent photographer relative grandson granddaughter twin "
    "schoolgirl schoolboy tourist guest customer shopkeeper fisherman".split()
)
# by whom one is taken in war, and not by the police of a town
_CAPTORS = frozenset("commando soldier troop fighter militant rebel gunman paratrooper militia insurgent serviceman army".split())
_NOTED = frozenset("record register note observe report document detect fix confirm log count be".split())
_KEEPING = frozenset({"prevent", "stop", "deter", "keep", "bar", "discourage", "dissuade", "hinder"})
_NONE = frozenset({"nothing", "none", "nobody", "no-one", "noone"})
# verbs whose negation undoes what hangs on them: nobody was made to leave, the town could not be brought to fall
_COMING_ABOUT = frozenset("manage succeed force compel make oblige get drive push coerce induce".split())


NEGATIVES = frozenset({"no", "neither", "nor", "never", "not", "n't", "n’t", "without", "cannot"})


def with_modality(mention: ActMention, verb: Token, lexicon: Lexicon) -> ActMention:
    """Actual, ordered, threatened or possible, from auxiliaries, governors and marks up the tree."""
    modality, future, demand, planned = mention.modality, False, False, False
    auxiliaries = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    governor: Token | None = verb
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _CARRYING_ON:
        auxiliaries += [c.lower_ for c in verb.head.children if c.dep_ == "aux"]
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("force", "compel", "oblige", "have", "need"):
        # "we will be forced to strike": ahead, as its governor is
        auxiliaries += [c.lower_ for c in verb.head.children if c.dep_ == "aux" and c.lower_ in _FUTURE_AUX]
    if verb.dep_ == "conj" and is_verbal(verb.head) and not auxiliaries:
        auxiliaries = [c.lower_ for c in verb.head.children if c.dep_ == "aux"]
    if is_turned(verb):
        modality = "possible"
    elif any(a in OBLIGING for a in auxiliaries) or _has_to(verb):
        modality, demand = "possible", True
    elif "would" in auxiliaries and "have" in auxiliaries:
        modality = "possible"  # "would have answered": it has not
    elif any(a in _FUTURE_AUX for a in auxiliaries):
        modality, future = "possible", True
    elif any(a in _POSSIBLE_AUX for a in auxiliaries):
        modality = "possible"
    if any(c.dep_ == "nsubj" and c.lower_ in ("whoever", "anyone", "anybody") for c in verb.children):
        modality = "possible"
    if any(c.dep_ == "mark" and c.lower_ in _NOT_REAL_MARKS for c in verb.children) and not _lasted_until(verb):
        modality = "possible"
    if _hangs_on_once(verb) or _is_of_whoever(verb):
        modality = "possible"
    if is_open_question(verb) or _is_wished(verb) or is_asked(verb) or is_near(verb):
        modality = "possible"
    steps = 0
    node = governor
    while node is not None and node.head is not node and steps < 6:
        head = node.head
        if node.dep_ == "conj" and node.tag_ != "VB" and _is_told_clause(node):
            break  # "said buses had been sent to take them away and that 180 had left"
        if node.dep_ in ("xcomp", "ccomp") and head.lemma_.lower() in _ORDER:
            modality = "ordered"
        elif (
            node.dep_ == "xcomp"
            and head.lemma_.lower() in ("try", "attempt")
            and mention.frame in ("attack", "harm", "damage", "take", "move", "coerce")
            and not any(c.dep_ == "aux" and c.lower_ in _POSSIBLE_AUX for c in head.children)
        ):
            # an attack attempted is an attack (its stage is another matter)
            break
        elif (node.dep_ == "xcomp" or (node.dep_ == "ccomp" and is_infinitive(node))) and head.lemma_.lower() in _WISH:
            planned = planned or head.lemma_.lower() in _INTENDING
            modality = "possible" if modality == "actual" else modality
        elif node.dep_ == "advcl" and node.tag_ in ("VBP", "VBZ") and any(c.lower_ == "before" for c in node.children):
            # "no deal before the guns fall silent": they have not
            modality = "possible" if modality == "actual" else modality
        elif node.dep_ == "csubj" and any(c.dep_ == "aux" and c.lower_ in _POSSIBLE_AUX for c in head.children):
            modality = "possible" if modality == "actual" else modality  # "firing at us will be an act of war"
        elif node.dep_ == "pcomp" and head.lower_ in _ABOUT and _is_prospect(head):
            modality = "possible" if modality == "actual" else modality
        elif node.dep_ == "xcomp" and head.lemma_ == "be" and is_infinitive(node):
            # "the army was to leave": owed, and not told as done
            modality = "possible" if modality == "actual" else modality
        elif (
            (node.dep_ in ("pobj", "pcomp", "acl", "ccomp") or (node.dep_ == "relcl" and head.lemma_ in ("event", "case")))
            and _governing_noun(node) in _FEAR
        ) or (
            node.dep_ in ("advcl",)
            and any(c.dep_ == "mark" and c.lower_ in _NOT_REAL_MARKS for c in node.children)
            and not _lasted_until(node)
        ):
            modality = "possible"
        elif node.dep_ == "acl" and (_is_unordered(node) or _is_attempt(head, mention)):
            break
        elif node.dep_ in ("advcl", "acl", "relcl") and is_infinitive(node):
            modality = "possible" if modality == "actual" else modality
        elif node.dep_ in ("dobj", "pcomp") and head.lemma_.lower() in (
            "avoid",
            "prevent",
            "fear",
            "risk",
            "threaten",
            "plan",
            "deter",
            "avert",
        ):
            modality = "possible"
        by_means = node.dep_ == "pcomp" and head.lower_ in ("by", "after")
        if (
            by_means
            or head.lemma_.lower() in _FACTUAL
            or (node.dep_ == "relcl" and not is_infinitive(node))
            or (node is verb and _is_known_by(node))
            or node.dep_ == "parataxis"
            or _is_told_beside(node)
            or (node.dep_ in ("ccomp",) and head.lemma_.lower() not in _WISH | _ORDER)
        ):
            break
        node, steps = head, steps + 1
    support = mention.is_supported or _supported(mention, lexicon)
    if _has_to(verb) and mention.scope == verb:
        mention = changed(mention, scope=verb.head)
    return changed(mention, modality=modality, is_future=future, is_planned=planned, is_demand=demand, is_supported=support)


def _is_known_by(verb: Token) -> bool:
    """ "to flee the region taken by X", "is to leave under the deal signed on Monday": done already to a thing known by it."""
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or children(verb, "aux", "auxpass"):
        return False
    noun = verb.head
    definite = noun.tag_ in ("NNP", "NNPS") or any(
        c.lower_ in ("the", "this", "these", "those") or c.dep_ == "poss" for c in noun.children if c.i < noun.i
    )
    is_by = any(i.ent_type_ or i.pos_ == "NOUN" for _, i in preposition_objects(verb, "by"))
    return definite and (is_by or any(t.ent_type_ == "DATE" for c in verb.children for t in c.subtree))


def _is_attempt(noun: Token, mention: ActMention) -> bool:
    return noun.lemma_.lower() in ("attempt", "effort", "bid") and mention.frame in ("attack", "take")


def _is_told_clause(node: Token) -> bool:
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in node.children)
    return marked and any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children)


def _has_to(verb: Token) -> bool:
    """ "X has to leave": owed now; "said that any truce had to be followed by it" as well, and not "they had to leave"."""
    governor = verb.head
    if verb.dep_ != "xcomp" or governor.lemma_ not in ("have", "need") or not is_infinitive(verb):
        return False
    if any(c.dep_ in ("aux", "neg") or c.lower_ in ("we", "i") for c in governor.children) or children(governor, "dobj", "obj"):
        return False
    return governor.tag_ in ("VBZ", "VBP") or (governor.tag_ == "VBD" and governor.dep_ == "ccomp")


def is_turned(verb: Token) -> bool:
    """ "should this truce fail, ...", "had they fired, we would have answered": an if, and nothing demanded or done."""
    subject = next(iter(children(verb, "nsubj", "nsubjpass", *(("compound",) if verb.pos_ == "NOUN" else ()))), None)
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    if subject is None or first is None or first.i > subject.i or first.i != verb.left_edge.i:
        return False
    if first.lower_ == "had":
        beside = (verb.head, *verb.head.children)
        return any(c.dep_ == "aux" and c.lower_ in ("would", "could", "might") for one in beside for c in one.children)
    return bool(verb.dep_ == "advcl" and first.lower_ == "should")


def _lasted_until(verb: Token) -> bool:
    """ "shelled the town until fighters took the heights": both are told as done."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBD" or verb.head.tag_ != "VBD":
        return False
    is_until = any(c.dep_ == "mark" and c.lower_ == "until" for c in verb.children)
    return is_until and not any(c.dep_ in ("neg", "aux") for c in verb.head.children)


def is_open_question(verb: Token) -> bool:
    """Whether a clause is asked, and not told: "it was not clear whose bullets hit the car"."""
    node = verb
    for _ in range(3):
        if node.dep_ == "ccomp" or node.head == node:
            break
        node = node.head
    if verb.dep_ in ("ccomp", "pcomp", "advcl") and _is_which(verb):
        return True  # "without saying which side had fired"
    if node.dep_ != "ccomp":
        return False
    head = node.head
    open_head = head.lemma_ in _ASKING or any(
        c.dep_ == "neg" or c.lower_ in ("unclear", "unknown", "nobody", "none", "neither") for c in head.children
    )
    asked = any(t.lower_ in _ASKED and t.i < verb.i for c in node.children for t in (c, *c.children))
    return open_head and asked


def _is_which(verb: Token) -> bool:
    """Whether a clause's subject is asked for: "which side had fired them", "whose shells had hit it"."""
    subjects = children(verb, "nsubj", "nsubjpass")
    return any(c.lower_ in ("which", "whose") and c.dep_ in ("det", "poss") for s in subjects for c in s.children)


def is_asked(verb: Token) -> bool:
    """ "Did they shell the town?": a question whose own verb it is."""
    if verb.dep_ not in ("ROOT", "conj", "ccomp", "parataxis", "dep"):
        return False
    ahead = (t.text for t in verb.doc[verb.i + 1 : verb.sent.end])
    if next((text for text in ahead if text in ("?", ".", "!", "”")), None) != "?":
        return False  # '"Did you fire on it?" the reporter asked' as well
    subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
    return any(
        (c.dep_ in ("aux", "auxpass") and subject is not None and c.i < subject.i) or c.tag_ in ("WRB", "WP", "WDT", "WP$")
        for c in verb.children
    ) or (verb.lemma_ == "be" and subject is not None and verb.i < subject.i)


def _is_wished(verb: Token) -> bool:
    """ "proposed that the force move back", "that soldiers be sent": the bare verb after "that" tells what is wanted."""
    if not any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children):
        return False
    auxiliaries = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if auxiliaries:
        return auxiliaries == ["be"]
    subject = next(iter(children(verb, "nsubj")), None)
    if subject is None:
        return False
    is_single = subject.tag_ in ("NN", "NNP") and not any(c.dep_ == "conj" for c in subject.children)
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and is_single)


def _is_prospect(preposition: Token) -> bool:
    """ "a timetable for leaving X", "talks on returning Y", "would begin on returning Y": what lies ahead."""
    holder = preposition.head
    if holder.lemma_.lower() in _PROSPECTS:
        return True
    subjects = children(holder, "nsubj", "nsubjpass") if is_verbal(holder) else []
    return any(s.lemma_.lower() in _PROSPECTS for s in subjects)


def _hangs_on_once(verb: Token) -> bool:
    """ "talks may begin once X leaves Y": a condition, where what hangs on it lies ahead."""
    if verb.dep_ != "advcl" or not any(
        c.lower_ == "once" and c.dep_ in ("mark", "advmod") and c.i < verb.i for c in verb.children
    ):
        return False
    return any(c.dep_ == "aux" and c.lower_ in _POSSIBLE_AUX for c in verb.head.children)


def _is_told_beside(node: Token) -> bool:
    """ "planned to leave when it was struck": a finite clause of time or reason is a fact, whatever it hangs on."""
    if node.dep_ != "advcl" or node.tag_ not in ("VBD", "VBN"):
        return False
    return any(c.lower_ in ("when", "as", "after", "before", "because", "since", "while") for c in node.children)


def _is_of_none(head: Token) -> bool:
    """ "no rocket", "not one shot" (and not "not one but three shots")."""
    if any(c.lower_ in ("no", "neither", "none", "not") and c.i < head.i for c in head.children):
        return True  # and not "hits soldiers, not a town"
    return any(
        one.lower_ == "one" and any(c.lower_ == "not" for c in one.children) and not any(c.lower_ == "but" for c in one.children)
        for one in children(head, "nummod")
    )


def is_kept_from(verb: Token) -> bool:
    """ "prevented the army from completing its deployment", "stopped them from firing": kept from, and not done."""
    governor = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "from" or governor.lemma_ not in _KEEPING:
        return False
    kept = next(iter(children(governor, "dobj", "obj", "nsubjpass")), None)
    is_failed = any(c.dep_ == "neg" for c in governor.children)
    return kept is not None and not kept.lower_.endswith(("self", "selves")) and not is_failed


def _is_of_whoever(verb: Token) -> bool:
    """ "any drone that enters, we will bring down": of whatever may come, and not told as done."""
    noun = verb.head
    if verb.dep_ != "relcl" or verb.tag_ not in ("VBZ", "VBP") or not any(c.lower_ in ("any", "whatever") for c in noun.children):
        return False
    return any(c.lower_ in _FUTURE_AUX or c.lower_ in OBLIGING for c in verb.sent if c.dep_ == "aux")


_SCARCELY = frozenset({"never", "neither", "hardly", "scarcely", "rarely", "seldom"})


def is_negated(verb: Token, who: Any) -> bool:
    if any(child.dep_ == "neg" or child.lower_ in _SCARCELY for child in verb.children):
        return True
    for head in (who.doer, who.undergoer):
        if head is not None and head.head == verb and _is_of_none(head):
            return True
        if head is not None and head.head == verb and head.lower_ in _NONE:
            return True
    for prep, inner in preposition_objects(verb, "at", "in", "under", "on", "by"):
        if inner.lower_ in ("nobody", "nothing", "none"):
            return True
        if prep.i < verb.i and inner.lemma_ in OCCASIONS and any(c.lower_ == "no" for c in inner.children):
            return True
    governor = verb.head
    if _is_cleft_away(verb) or _is_unordered(verb) or _is_never(verb) or is_undone(verb, who):
        return True
    if verb.dep_ in ("xcomp", "ccomp") and governor.lemma_ in ("fail", "refuse", "avoid", "refrain"):
        return True
    if verb.dep_ == "xcomp" and is_infinitive(verb) and governor.lemma_ in _COMING_ABOUT and _is_by_none(governor):
        return True
    if (
        verb.dep_ == "pcomp"
        and governor.lower_ in ("without", "from")
        and (
            governor.lower_ == "without"
            or governor.head.lower_ == "far"
            or (
                governor.head.lemma_ in ("refrain", "prevent", "stop", "deter")
                and not any(c.dep_ == "neg" for c in governor.head.children)
            )
        )
    ):
        return True
    return (
        verb.dep_ in ("conj",)
        and governor.pos_ == "VERB"
        and any(c.dep_ == "neg" or c.lower_ in ("neither", "nor") for c in governor.children)
        and not (governor.tag_ == "VB" and verb.tag_ in ("VBD", "VBZ", "VBP"))
        and not any(c.dep_ == "cc" and c.lower_ == "but" and c.i < verb.i for c in governor.children)
        and not children(verb, "nsubj", "nsubjpass")
    )


def _is_never(verb: Token) -> bool:
    """ "never have our units fired", "under no circumstances did they fire": the negation hangs on the auxiliary."""
    if verb.dep_ == "acl" and verb.head.lower_ == "means" and any(c.lower_ == "no" for c in verb.head.children):
        return True  # "has by no means fired"
    helper = next((c for c in verb.children if c.dep_ == "aux" and c.i < verb.i), None)
    if helper is None and verb.dep_ == "ccomp" and verb.head.lemma_ in ("have", "do") and verb.head.i < verb.i:
        helper = verb.head
    if helper is None:
        return False
    if any(c.lower_ in ("never", "nowhere") and c.i < helper.i for c in helper.children):
        return True
    turns = (i for p, i in preposition_objects(helper, "at", "in", "under", "on") if p.i < helper.i)
    return any(i.lemma_ in OCCASIONS and any(c.lower_ == "no" for c in i.children) for i in turns)


def _is_cleft_away(verb: Token) -> bool:
    """ "it was not our army that fired": somebody else's deed, if any."""
    cleft = cleft_of(verb)
    return cleft is not None and any(c.dep_ == "neg" for c in (*cleft.children, *cleft.head.children))


def _is_unordered(verb: Token) -> bool:
    """ "has been given no order to fire", "there was no order to attack"."""
    noun, governor = verb.head, verb.head.head
    if verb.dep_ != "acl" or noun.lemma_ not in ("order", "instruction", "command", "permission") or not is_infinitive(verb):
        return False
    return any(c.lower_ == "no" for c in noun.children) or any(c.dep_ == "neg" or c.lower_ == "never" for c in governor.children)


def _is_by_none(governor: Token) -> bool:
    """ "did not manage to take it", "nobody is forcing them to leave"."""
    if any(c.dep_ == "neg" or c.lower_ in ("never", "neither") for c in governor.children):
        return True
    return any(c.lower_ in _NONE or any(k.lower_ == "no" for k in c.children) for c in children(governor, "nsubj", "nsubjpass"))


def _is_by_a_deed(verb: Token, lexicon: Lexicon) -> bool:
    """ "the raid levelled an office", "was damaged by the blast": what did it is itself an attack."""
    makers = [*children(verb, "nsubj"), *(inner for _, inner in preposition_objects(verb, "by"))]
    triggers = (lexicon.nouns.get(word.lemma_.lower()) for maker in makers for word in meant_words(maker))
    return any(trigger is not None and trigger.frame == "attack" and not trigger.weak for trigger in triggers)


def _governing_noun(node: Token) -> str:
    head = node.head
    if head.pos_ == "ADP":
        head = head.head
    if head.lemma_ == "case" and head.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and head.head.lemma_ in _NOTED:
        return ""  # "one case of violation was recorded"
    return str(head.lemma_.lower())


def _supported(mention: ActMention, lexicon: Lexicon) -> bool:
    """Whether a weak trigger stands with a side, a force, a weapon, a place or victims."""
    if mention.frame == "detain":
        # arrests and beatings of one side by another, not the police news of one town
        heads = [p.head for p in (mention.doer, mention.undergoer) if p is not None]
        by_arms = mention.doer is not None and mention.doer.head.lemma_.lower() in _CAPTORS
        if mention.token.lemma_ in ("round", "abduct", "kidnap", "snatch") and any(
            i.ent_type_ in ("GPE", "LOC", "FAC")
            for _, i in preposition_objects(mention.token, "near", "in", "from", "at", "outside")
        ):
            return True
        return by_arms or any(w.ent_type_ in ("GPE", "NORP") for head in heads for w in (head, *head.children))
    if mention.weapon is not None:
        return True
    if mention.doer is not None and (
        mention.doer.head.ent_type_ in SIDES or lexicon.is_kind(mention.doer.head.lemma_.lower(), "force", "weapon")
    ):
        return True
    if mention.doer is not None and any(c.ent_type_ in ("NORP", "GPE") for c in mention.doer.head.children):
        return True
    if mention.frame in _SPEAKING and mention.doer is not None:
        speaker = mention.doer.head
        if speaker.ent_type_ == "PERSON" or lexicon.is_kind(speaker.lemma_.lower(), "speaker"):
            return True
    if mention.frame == "talk" and mention.doer is not None and is_of_kind(mention.doer.head, "peacekeeping", lexicon):
        return True
    met = mention.undergoer_head if mention.frame == "talk" else None
    if met is not None and lexicon.is_kind(met.lemma_.lower(), "speaker") and any(c.ent_type_ in SIDES for c in met.children):
        return True
    if mention.frame in ("agree", "offer", "talk", "retreat", "coerce") and mention.doer is not None:
        # a private person who agrees, meets or offers is no news of two sides; an office or a title makes it one
        speaker = mention.doer.head
        titles = [c for c in speaker.children if c.dep_ in ("compound", "amod", "appos", "nmod")]
        if any(lexicon.is_kind(w.lemma_.lower(), "speaker") for w in (speaker, *titles)):
            return True
    head = mention.undergoer_head
    if mention.act == "DEESCALATE.RELEASE" and any(is_of_kind(c, "captive", lexicon) for c in children(mention.token, "nsubj")):
        return True
    if head is None:
        return False
    if mention.frame == "harm_intransitive" and head.lower_ in _EVERYONE and any(c.lower_ in _ABOARD for c in head.subtree):
        return True  # "all of those inside died"
    head = next((word for word in meant_words(head) if word is not head), head)
    lemma = head.lemma_.lower()
    if (
        mention.frame in ("attack", "damage", "harm")
        and not mention.is_nominal
        and (lemma in KIN or (mention.frame == "damage" and _is_by_a_deed(mention.token, lexicon)))
    ):
        return True
    if mention.act == "AID.DELIVERY" and lexicon.is_kind(lemma, "relief"):
        carrier = next(iter(children(mention.token, "nsubj")), None)
        if carrier is not None and (lexicon.is_kind(carrier.lemma_.lower(), "convoy") or carrier.lemma_.lower() in _CARRIERS):
            return True
    if mention.frame == "displace" and is_of_kind(mention.undergoer_head, "civilian", lexicon):
        return True
    if mention.act == "DEESCALATE.RELEASE" and lexicon.is_kind(lemma, "remains", "captive"):
        return True
    if mention.frame == "outage":
        return lexicon.is_kind(lemma, "utility") or head.ent_type_ in NAMED
    if mention.frame == "coerce" and lexicon.is_kind(lemma, "route", "convoy", "relief"):
        return True
    if head.pos_ == "PRON" and mention.frame in ("attack", "damage") and not mention.is_nominal:
        return True
    return head.ent_type_ in NAMED or lexicon.is_kind(
        lemma, "force", "combatant", "enemy", "military_object", "territory", "civilian", "civil_object"
    )
