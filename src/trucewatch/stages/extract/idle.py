"""Words of acts that stand where nothing happened: what was tried by a deed told beside it, what one's own words call that deed,
what was not done by the way, fire on reputations, deaths in bed, the outlet's own "we"."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.stages.extract.asides import is_aside
from trucewatch.stages.extract.depicted import is_only_pictured
from trucewatch.stages.extract.echoes import is_echo
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import DEED_CLASSES, ActMention
from trucewatch.stages.extract.modality import is_open_question
from trucewatch.stages.extract.otherwise import is_of_other_matters
from trucewatch.stages.extract.syntax import PAPERS, Token, children, is_infinitive, preposition_objects
from trucewatch.stages.extract.unmet import is_question_put, is_unmet
from trucewatch.stages.extract.unproven import is_of_none, is_only_feared, is_unproven

_TRIES = frozenset({"attempt", "bid", "effort", "try", "push"})
_CALLS = frozenset("call describe term dub say label brand hail characterise characterize portray see consider".split())
_NATURAL = frozenset(
    "disease illness sickness cancer stroke failure pneumonia diabetes virus covid covid-19 coronavirus infection cholera "
    "ailment sleep childbirth condition complication surgery accident collision earthquake "
    "quake avalanche flood storm drowning overdose".split()
)
# an attack in words or of the heart, not with arms
_IN_WORDS = frozenset(
    "public verbal personal media cyber hacker rhetorical political smear online antisemitic racist heart asthma panic".split()
)
_VISITING = frozenset(
    "tell visit meet address greet decorate honour honor embrace thank comfort interview speak talk award".split()
)
# who is brought away: the going is told
_CARRYING = frozenset("evacuate airlift ferry transfer transport carry fly bring".split())
_PLOTTING = frozenset({"plan", "plot", "prepare", "contemplate", "envisage"})
_NONE = frozenset({"no", "not", "n't", "n’t", "never", "without"})
_SHOWN_BY = frozenset({"evidence", "proof", "sign", "indication", "confirmation", "trace"})
_CALLING = frozenset({"call", "describe", "term", "label", "brand", "dub"})
_NAMES = frozenset({"name", "surname", "identity"})
_NAMING = frozenset({"name", "identify", "quote", "photograph", "record", "film"})
_HINDERED = frozenset({"flee", "displace", "retreat", "move", "offer", "take"})
_UNTRUE_LABELS = frozenset("fake false hoax debunked check factcheck claim claims rumour rumor rumours rumors".split())
_LONGEST_LABEL = 5
_WENT = frozenset({"flee", "displace", "retreat"})


def without_idle(mentions: Sequence[ActMention], lexicon: Lexicon) -> list[ActMention]:
    """The mentions less those whose place in the sentence makes them no act."""
    return [m for m in mentions if not _is_idle(m, mentions, lexicon)]


def _is_idle(mention: ActMention, others: Sequence[ActMention], lexicon: Lexicon) -> bool:
    token = mention.token
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return True  # "came without firing a shot"
    if is_aside(mention, others, lexicon) or is_of_other_matters(mention) or is_only_pictured(mention):
        return True
    if is_unmet(mention) or (mention.frame == "request" and is_question_put(token)):
        return True
    if mention.is_scene and _is_told_beside(mention, others):
        return True  # "dug through the rubble of a house that X bombed"
    if mention.frame in _HINDERED and _is_hindered(token, others):
        return True
    if _is_in_a_question(token) or _is_asked_or_labelled(token) or _is_blame_to_come(mention):
        return True
    if mention.is_future and mention.act_class in DEED_CLASSES and is_open_question(token):
        return True  # "nobody knew what would blow up next"
    if mention.act_class in DEED_CLASSES | {"RETREAT", "THREATEN"} and _is_unreal(token):
        return True
    if _is_asked_whether(token) or (mention.frame in ("talk", "agree") and _is_made_hard(token)):
        return True
    if mention.frame == "coerce" and token.dep_ == "acl" and token.tag_ == "VBG" and _is_whose_work(token, others):
        return True
    if token.dep_ == "pcomp" and token.head.lower_ in ("after", "despite") and mention.frame == "threaten" and _is_passive(token):
        return True  # "after being warned"
    if _is_tried_by(token, mention, others) or _is_called(token, others) or is_echo(mention, others):
        return True
    if mention.frame.startswith("harm") and (_is_natural(token) or _is_company(token)):
        return True
    if _is_told_to(token) or _is_not_shown(token) or is_unproven(token):
        return True
    if mention.act_class in DEED_CLASSES and not mention.is_nominal and is_only_feared(token):
        return True
    if mention.is_nominal and mention.act_class == "ASSAULT" and is_of_none(mention.scope):
        return True
    if token.lemma_ in ("announce", "declare") and any(
        o.act == mention.act and o.token.head == token and o.token.dep_ == "ccomp" for o in others
    ):
        return True  # "announced that it was halting its operations": told once
    if mention.frame == "request" and _asks_for_anonymity(token):
        return True
    if mention.frame in ("accuse", "accuse_of", "misdeed") and _is_a_name_given(token):
        return True
    if mention.is_nominal and mention.frame == "attack" and token.dep_ == "dobj" and token.head.lemma_ in _PLOTTING:
        return True  # "was planning attacks": none was made
    if mention.is_nominal and mention.frame == "attack" and any(c.lower_ in _IN_WORDS for c in token.children if c.i < token.i):
        return True
    if mention.frame in _WENT and token.dep_ == "acl" and token.tag_ == "VBG":
        # "fired on residents going home": who they are, not what is told
        return any(o is not mention and o.act_class == "ASSAULT" and _is_above(o.token, token) for o in others)
    if mention.frame == "threaten" and any(c.lower_ == "no" for thing in children(token, "dobj", "obj") for c in thing.children):
        return True  # "had been given no warning"
    if (
        mention.frame in ("threaten", "accuse", "accuse_of")
        and token.dep_ == "relcl"
        and mention.act == "BLAME"
        and _is_of_which(token)
    ):
        return True
    if mention.act in ("AID.DELIVERY", "ADVANCE.LINE_CROSSING") and _is_of_people(token, lexicon):
        return True
    if mention.act.startswith("AGREE") and _is_spelt_out(token, others):
        return True
    if mention.is_nominal and mention.negated and any(o.frame == "calm" and o.scope == mention.scope for o in others):
        return True  # "no shooting had been heard": quiet, and no denial
    if mention.frame == "attack" and mention.weak and mention.doer is None and _only_dates(token):
        return True
    if mention.act_class in DEED_CLASSES | {"RETREAT"} and not mention.is_nominal and _comes_later(token):
        return True
    return _is_the_outlets_own(mention.scope or token, mention)


def _is_blame_to_come(mention: ActMention) -> bool:
    """ "whoever fires first will be blamed": by nobody yet."""
    return mention.act_class == "ACCUSE" and mention.is_future and _is_passive(mention.token)


def _is_told_beside(scene: ActMention, others: Sequence[ActMention]) -> bool:
    """Whether the sentence tells of an attack by more than what is left of it."""
    here = scene.token.sent.start
    return any(o.act_class == "ASSAULT" and not o.is_scene and not o.is_nominal and o.token.sent.start == here for o in others)


def _is_hindered(token: Token, others: Sequence[ActMention]) -> bool:
    """ "barred farmers from reaching their land": they did not."""
    if token.dep_ != "pcomp" or token.head.lower_ != "from":
        return False
    return any(o.token == token.head.head and o.frame in ("coerce", "reject") for o in others)


def _is_in_a_question(token: Token) -> bool:
    """ "Is the truce holding?", "Who shelled the town?": asked by the outlet, and not told."""
    last = token.sent[-1]
    if last.text != "?" and not (last.is_punct and last.i > 0 and last.doc[last.i - 1].text == "?"):
        return False
    root = token.sent.root
    first = next((t for t in token.sent if not t.is_punct and not t.is_space), root)
    if first.tag_ in ("MD", "WRB", "WP", "WDT", "WP$") or (first.pos_ == "AUX" and first.lower_ not in ("be", "have")):
        return True
    if any(c.dep_ == "ccomp" and c.i < root.i for c in root.children):
        return False  # "they shelled us, who else would?"
    subject = next(iter(children(root, "nsubj", "nsubjpass")), None)
    if root.pos_ == "AUX" and subject is not None and root.i < subject.i:
        return True
    if any(c.tag_ in ("WRB", "WP", "WP$", "WDT") and c.i < root.i for c in root.children):
        return True
    return subject is not None and any(c.dep_ in ("aux", "auxpass") and c.i < subject.i for c in root.children)


def _is_asked_or_labelled(token: Token) -> bool:
    """ "Why X targets Y", "Fake: X targets Y": a headline that asks, or whose label calls it untrue or another's word."""
    sentence = token.sent
    label = [t.lower_ for t in sentence[:_LONGEST_LABEL]]
    ends = next((i for i, word in enumerate(label) if word in (":", "|")), 0)
    if not _UNTRUE_LABELS.isdisjoint(label[:ends]) and not any(t.ent_type_ for t in sentence[:ends]):
        return True
    first, root = next(iter(sentence[ends + 1 if ends else 0 :]), sentence[0]), sentence.root
    return first.tag_ in ("WRB", "WP") and first.lower_ != "when" and first.head in (root, *children(root, "nsubj"))


def _is_unreal(token: Token) -> bool:
    """ "had X not fired, we would have stayed", "if it had gone on, we would have lost Y": neither came about."""
    node = token
    for _ in range(3):
        if any(c.dep_ == "aux" and c.lower_ == "had" for c in node.children) and node.dep_ == "advcl":
            subject = next(iter(children(node, "nsubj", "nsubjpass")), None)
            turned = subject is not None and any(c.lower_ == "had" and c.i < subject.i for c in node.children if c.dep_ == "aux")
            if turned or any(c.lower_ == "if" and c.dep_ == "mark" for c in node.children):
                return True
        if node.dep_ not in ("xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep") or node.head == node:
            break
        node = node.head
    words = {c.lower_ for c in token.children if c.dep_ == "aux"}
    return {"would", "have"} <= words and any(
        c.dep_ == "advcl" and any(m.lower_ in ("if", "unless", "had") and m.dep_ in ("mark", "aux") for m in c.children)
        for c in token.children
    )


def _is_asked_whether(token: Token) -> bool:
    """ "declined to say whether X had asked for help": nobody says there that he had."""
    node = token
    for _ in range(4):
        if any(c.lower_ == "whether" and c.dep_ == "mark" for c in node.children):
            return True
        if node.dep_ not in ("xcomp", "ccomp", "conj", "dobj", "pobj", "prep", "acomp", "attr"):
            return False
        node = node.head
    return False


def _is_made_hard(token: Token) -> bool:
    """ "will only make it harder to reach a settlement": nobody has reached it, or tries."""
    return (
        is_infinitive(token)
        and token.head.pos_ in ("ADJ", "ADV")
        and token.head.lemma_ in ("hard", "difficult", "impossible", "tough")
    )


def _is_whose_work(token: Token, others: Sequence[ActMention]) -> bool:
    """ "fired at workers building the checkpoint": who they are, and not what is told."""
    return any(o.undergoer_head == token.head and o.token != token for o in others)


def _is_not_shown(token: Token) -> bool:
    """ "there was no evidence of shelling": nobody says there that there was."""
    if token.dep_ not in ("pobj", "pcomp") or token.head.lower_ != "of" or token.head.head.lemma_ not in _SHOWN_BY:
        return False
    shown = token.head.head
    return any(c.lower_ in _NONE or c.lower_ in ("little", "any") for c in (*shown.children, *shown.head.children))


def _is_passive(token: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children)


def _is_above(high: Token, low: Token) -> bool:
    node = low
    while node.head != node:
        node = node.head
        if node == high:
            return True
    return False


def _is_tried_by(token: Token, mention: ActMention, others: Sequence[ActMention]) -> bool:
    """ "opened fire in an attempt to seize a hill": the fire is told, and what it was for."""
    if token.dep_ != "acl" or not is_infinitive(token) or token.head.lemma_ not in _TRIES or token.head.dep_ != "pobj":
        return False
    return any(o is not mention and o.act_class in DEED_CLASSES and _is_above(o.token, token) for o in others)


def _is_called(token: Token, others: Sequence[ActMention]) -> bool:
    """ "fired forty rockets in what it called its heaviest raid": the same deed by another name."""
    node = token
    for _ in range(4):
        if node.head == node:
            return False
        node = node.head
        if node.lemma_ in _CALLS and any(c.lower_ == "what" for c in node.children) and node.dep_ in ("pcomp", "ccomp", "pobj"):
            return any(o.token != token and o.act_class in DEED_CLASSES and _is_above(o.token, node) for o in others)
    return False


def _is_natural(token: Token) -> bool:
    """ "died of a stroke", "a man with kidney failure died"."""
    subjects = children(token, "nsubj", "nsubjpass")
    causes = [i for _, i in preposition_objects(token, "of", "from", "after", "with", "by")]
    causes += [
        i
        for _, i in preposition_objects(token, "in")
        if i.lemma_ in ("accident", "collision", "earthquake", "quake", "avalanche", "sleep", "childbirth")
    ]
    causes += [i for s in subjects for _, i in preposition_objects(s, "with", "from")]
    for cause in causes:
        if cause.lemma_.lower() in _NATURAL or (
            cause.lemma_ == "attack" and any(c.lower_ in ("heart", "asthma", "panic") for c in cause.children)
        ):
            return True
    return False


def _is_told_to(token: Token) -> bool:
    """ "Don't shoot", "I told them, shoot me": what somebody is told to do or not to do, and nothing told as done."""
    if (
        token.tag_ == "VB"
        and token.i > 0
        and token.doc[token.i - 1].text in (",", ":", "“", '"')
        and token.dep_ in ("ccomp", "xcomp", "conj")
    ):
        bare = not any(c.dep_ in ("aux", "mark", "neg") for c in token.children)
        own = [c for c in children(token, "nsubj") if c.i == token.i - 1]
        if bare and not own and any(c.lower_ in ("me", "us") for c in children(token, "dobj")):
            return True
    words = [c for c in token.children if c.i < token.i and not c.is_punct]
    return (
        token.tag_ == "VB"
        and token.dep_ in ("ROOT", "ccomp", "conj", "advcl", "parataxis")
        and not children(token, "nsubj", "nsubjpass")
        and [c.lower_ for c in words if c.dep_ in ("aux", "neg")] in (["do", "n't"], ["do", "not"], ["do", "n’t"])
    )


def _is_company(token: Token) -> bool:
    """ "told wounded soldiers", "visited the injured men": whom somebody speaks to, uncounted."""
    head = token.head
    if token.dep_ != "amod" or head.dep_ not in ("dobj", "dative", "pobj", "nsubjpass"):
        return False
    verb = head.head if head.dep_ != "pobj" else head.head.head
    if verb.lemma_.lower() in _CARRYING and head.dep_ in ("dobj", "nsubjpass"):
        return True
    is_counted = any(c.dep_ == "nummod" for c in head.children)
    return verb.lemma_.lower() in _VISITING and not is_counted and head.dep_ != "nsubjpass"


def _is_a_name_given(token: Token) -> bool:
    """ "the return of what he called illegal formations": a word for a thing, and no verdict on a deed."""
    return token.lemma_.lower() in _CALLING and any(c.lower_ == "what" and c.i < token.i for c in token.children)


def _asks_for_anonymity(token: Token) -> bool:
    """ "asked not to be named", "requested anonymity", "asked that his name be withheld": how a source is told of."""
    if any(c.lemma_ in ("anonymity", "anonymous") for c in children(token, "dobj", "obj")):
        return True
    if any(inner.lemma_ == "anonymity" for _, inner in preposition_objects(token, "for")):
        return True
    for clause in children(token, "xcomp", "ccomp", "advcl"):
        if (
            clause.lemma_ in _NAMING
            and (_is_passive(clause) or clause.tag_ == "VBN")
            and any(c.dep_ == "neg" for c in clause.children)
        ):
            return True
        named = children(clause, "nsubj", "nsubjpass")
        if any(s.lemma_ in _NAMES for s in named) and any(c.dep_ == "neg" for c in clause.children):
            return True  # "asked that her surname not be published"
        if clause.lemma_ in ("remain", "stay") and any(
            c.lower_ in ("anonymous", "unnamed", "unidentified") for c in clause.children
        ):
            return True
        if clause.lemma_ in ("withhold", "conceal", "change") and any(s.lemma_ in _NAMES for s in named):
            return True
    return False


def _is_of_which(token: Token) -> bool:
    """ "denied sending troops, of which A accuses it": the troops are told."""
    return any(t.lower_ == "which" and t.head.lower_ == "of" and t.i < token.i for t in token.subtree)


def _is_of_people(token: Token, lexicon: Lexicon) -> bool:
    """ "a convoy of residents entered the town", "a group broke into the building": no aid and no line crossed."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None and token.dep_ == "xcomp":
        subject = next(iter(children(token.head, "nsubj")), None)
    if subject is None:
        return False
    of_people = any(lexicon.is_kind(i.lemma_.lower(), "civilian") for _, i in preposition_objects(subject, "of"))
    houses = {"building", "parliament", "house", "office", "embassy", "home", "shop", "bank", "courtroom", "court"}
    return of_people or (
        token.lemma_ == "break" and any(i.lemma_.lower() in houses for _, i in preposition_objects(token, "into"))
    )


def _only_dates(token: Token) -> bool:
    """ "since the pagers exploded"."""
    return token.dep_ == "advcl" and any(c.lower_ == "since" and c.dep_ == "mark" for c in token.children)


def _comes_later(token: Token) -> bool:
    """ "before he was killed", "before its army halted": a time, unless the clause itself says how many, where or when."""
    if token.dep_ != "advcl" or not any(c.lower_ == "before" and c.dep_ == "mark" for c in token.children):
        return False
    return not any(w.ent_type_ in ("GPE", "LOC", "FAC", "CARDINAL", "DATE", "TIME") or w.like_num for w in token.subtree)


def _is_spelt_out(token: Token, others: Sequence[ActMention]) -> bool:
    """ "adopted a resolution condemning X": what it says is told."""
    papers = [c for c in children(token, "dobj", "obj") if c.lemma_ in PAPERS]
    return any(o.token.dep_ == "acl" and o.token.head in papers for o in others)


def _is_the_outlets_own(token: Token, mention: ActMention) -> bool:
    """An editor's note: "we use no titles when discussing talks with ..."."""
    doer = mention.doer
    if doer is None or doer.head.lower_ not in ("we", "i") or mention.frame not in ("talk", "agree", "offer"):
        return False
    while token.dep_ in ("dobj", "pobj", "prep") and token.head != token:
        token = token.head
    return (
        token.dep_ in ("advcl", "xcomp")
        and token.tag_ == "VBG"
        and any(c.lower_ in ("when", "while", "in") for c in token.children)
    )


def failed_act(lead: ActMention, by_itself: bool) -> str | None:
    """What it is to leave undone a release, a handing over, a withdrawal or aid that is due; None where that is no act.

    `by_itself`: who tells of it is who should have done it: that is a denial or a refusal, told elsewhere.
    """
    if by_itself or not lead.negated or lead.frame != "retreat":
        return None
    lemmas = {t.lemma_.lower() for t in lead.token.subtree}
    if lead.act == "DEESCALATE.RELEASE":
        return "REMAINS.NON_RETURN" if lemmas & {"body", "remains", "corpse"} else "POW.NON_RELEASE"
    if lead.act == "DEESCALATE.WITHDRAWAL":
        return "FORCE.NON_WITHDRAWAL"
    goes_on = lead.doer is not None and not lead.is_future and lead.token.lemma_ in ("stop", "cease", "halt")
    goes_on = goes_on and not any(True for _ in preposition_objects(lead.token, "from"))  # "nothing stops X from attacking"
    if lead.act == "DEESCALATE.CEASE_FIRE" and goes_on:
        return "FIRE"  # "does not stop shooting": it goes on
    return "ACCESS.AID_DENIAL" if lead.act == "AID.DELIVERY" else None
