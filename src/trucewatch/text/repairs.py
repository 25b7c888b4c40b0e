"""Mends a parse where the parser is known to lose its way, before anybody reads it."""

from __future__ import annotations

from functools import cache
from typing import Any

_ACCUSING = frozenset({"accuse", "suspect", "blame", "condemn", "criticise", "criticize", "denounce", "reproach", "charge"})
# "accused X of living conditions" is no English: what is accused of there is done, but for nouns that are made so
_NOUNS_IN_ING = frozenset(
    "fighting building meeting training bombing shelling firing shooting killing cleansing wedding living".split()
)
_ANSWERS = frozenset(
    {"deny", "denies", "denied", "reject", "rejects", "rejected", "dismiss", "dismisses", "dismissed", "dispute"}
)
_ANSWERS |= {"disputes", "disputed", "refute", "refutes", "refuted"}
_SPOKEN = frozenset(
    "talked spoke met called urged asked accused warned said told demanded denied rejected condemned blamed announced "
    "declared insisted vowed "
    "threatened pledged promised appealed dismissed criticised criticized denounced stressed confirmed offered "
    "invited ordered".split()
)
# what is said of somebody as often as by him
_SAID_OF = frozenset(
    "accused urged asked warned told condemned blamed criticised criticized denounced ordered invited dismissed confirmed".split()
)
# what stands between a name and its verb: an aside's end, or the colon of a list ("<Country>: called on X to stop")
_BEFORE_TOLD = (",", '"', "”", ":")
_TIME = frozenset("time night day evening morning afternoon week month hour weekend".split())
# "a raid that it said killed two"
_SAID_SO = frozenset("said says claimed claims alleged alleges".split())
_OUTCOMES = frozenset({"killing", "wounding", "injuring", "hurting", "maiming", "leaving", "destroying", "damaging"})
_PASSING = frozenset(
    "pass drive walk travel return go come sleep gather sit stand play work move cross approach wait try head ride visit harvest "
    "tend pray queue eat march patrol".split()
)
_JOINED = frozenset({"conj", "ccomp"})
_TOLD = frozenset({"claim", "accusation", "allegation", "charge", "assertion", "suggestion", "report", "account"})


@cache
def _keys(words: frozenset[str]) -> frozenset[int]:
    """Their keys, by which a parse is searched without making its tokens."""
    from spacy.strings import get_string_id

    return frozenset(map(get_string_id, words))


def mend(doc: Any) -> None:
    """Mends what the parser misreads: denials with two subjects, verbs of saying hung on a name, deeds that one is accused of,
    outcomes hung on bystanders."""
    words: list[int] = doc.to_array(["LOWER"]).tolist()
    _part_denials(doc, words)
    _give_sentences_their_verb(doc, words)
    _free_what_was_said_then(doc, words)
    _give_deeds_their_verb(doc)
    _give_outcomes_their_cause(doc, words)
    _free_what_is_told_of(doc, words)
    _give_described_ones_their_verb(doc)


def _give_described_ones_their_verb(doc: Any) -> None:
    """ "Ten men captured in the raid were flown home": the parser makes "captured" the verb, and joins "were flown" to it."""
    deps: list[int] = doc.to_array(["DEP"]).tolist()
    for at in [at for at, dep in enumerate(deps) if dep in _keys(_JOINED)]:
        # "were flown" joined to "captured", or "captured" taken for what was flown
        verb, first = (doc[at], doc[at].head) if doc[at].dep_ == "conj" else (doc[at].head, doc[at])
        if first.tag_ != "VBN" or not first.i < verb.i or not any(kid.dep_ in ("aux", "auxpass") for kid in verb.lefts):
            continue
        subjects = [kid for kid in first.lefts if kid.dep_ in ("nsubj", "nsubjpass")]
        own = any(kid.dep_ in ("nsubj", "nsubjpass") for kid in verb.lefts)
        is_bare = not any(kid.dep_ in ("aux", "auxpass", "neg", "dobj") for kid in (*first.lefts, *first.rights))
        joins = any(word.dep_ == "cc" or word.text in (",", ";") for word in doc[first.i : verb.i])
        if len(subjects) != 1 or own or not is_bare or joins or subjects[0].i != first.i - 1:
            continue
        subject = subjects[0]
        if verb.head == first:
            verb.head, verb.dep_ = (verb, "ROOT") if first.head == first else (first.head, first.dep_)
        subject.head, subject.dep_ = verb, "nsubjpass" if any(kid.dep_ == "auxpass" for kid in verb.lefts) else "nsubj"
        first.head, first.dep_ = subject, "acl"


def _give_sentences_their_verb(doc: Any, words: list[int]) -> None:
    """ "the spokeswoman, A B, called last week for a pause", "C, who flew in, urged both to stop": the verb read as a word of the
    name before it, and the sentence left without one.
    """
    for token in [doc[at] for at, word in enumerate(words) if at and word in _keys(_SPOKEN)]:
        if token.tag_ == "VBN" and token.dep_ in ("ROOT", "conj", "ccomp"):
            deps = {kid.dep_ for kid in token.lefts}
            if "nsubj" in deps and not deps & {"aux", "auxpass"} and _does(token):
                token.tag_ = "VBD"
        if token.dep_ not in ("acl", "relcl") or token.tag_ not in ("VBN", "VBD") or token.nbor(-1).text not in _BEFORE_TOLD:
            continue
        root = token.sent.root
        is_name = root.pos_ in ("NOUN", "PROPN") and root.i < token.i and root.left_edge.i <= token.sent.start + 3
        own = [kid.dep_ for kid in token.lefts if kid.dep_ not in ("punct", "advmod", "npadvmod")]
        after = [kid for kid in token.rights if kid.dep_ not in ("punct", "cc", "conj")]
        if not is_name or own or not after or not _does(token) or any(kid.dep_ == "agent" or kid.lower_ == "by" for kid in after):
            continue
        if token.lower_ == "called" and not any(kid.lower_ in ("on", "upon", "for") or _is_for(kid) for kid in after):
            continue
        token.head, token.dep_ = token, "ROOT"
        token.tag_, token.pos_ = "VBD", "VERB"
        root.head, root.dep_ = token, "nsubj"


def _does(token: Any) -> bool:
    """Whether a verb of saying is its subject's own, and not "X accused of firing", a headline's passive."""
    return token.lower_ not in _SAID_OF or any(kid.dep_ in ("dobj", "dative", "ccomp") for kid in token.rights)


def _free_what_was_said_then(doc: Any, words: list[int]) -> None:
    """ "said at the time it had no part in the launch", "said the same night that": the clause read as a word of the time."""
    for token in [doc[at] for at, word in enumerate(words) if at and word in _keys(_TIME)]:
        is_then = token.dep_ == "pobj" and token.head.lower_ == "at" and token.lower_ == "time"
        is_same = token.dep_ in ("npadvmod", "dobj", "tmod") and any(kid.lower_ == "same" for kid in token.lefts)
        verb = token.head.head if is_then else token.head
        if not (is_then or is_same) or verb.lemma_ not in ("say", "claim", "insist", "deny", "state", "announce", "report"):
            continue
        for clause in [kid for kid in token.rights if kid.dep_ in ("relcl", "acl")]:
            first = clause.left_edge
            is_that = first.lower_ == "that" and any(kid.dep_ in ("nsubj", "nsubjpass") and kid != first for kid in clause.lefts)
            if is_that and first.dep_ == "advmod":
                first.dep_ = "mark"  # "said at the time that troops had held him"
            if first.dep_ in ("nsubj", "nsubjpass", "det", "poss", "mark") and first.lower_ not in ("when", "who", "which"):
                clause.head, clause.dep_ = verb, "ccomp"


def _is_for(clause: Any) -> bool:
    return clause.dep_ in ("advcl", "xcomp", "ccomp") and any(kid.lower_ == "for" for kid in clause.lefts)


def _give_outcomes_their_cause(doc: Any, words: list[int]) -> None:
    """ "a mine went off as a patrol passed, wounding four": who passes wounds nobody."""
    for token in [doc[at] for at, word in enumerate(words) if at and word in _keys(_OUTCOMES)]:
        passing = token.head
        if token.dep_ != "advcl" or passing.dep_ != "advcl" or passing.lemma_ not in _PASSING or token.nbor(-1).text != ",":
            continue
        if passing.head.i < passing.i < token.i and any(kid.lower_ in ("as", "when", "while") for kid in passing.lefts):
            token.head = passing.head


def _give_deeds_their_verb(doc: Any) -> None:
    """ "accused X of laying mines": the parser makes "laying" an adjective of the mines."""
    lemmas: list[int] = doc.to_array(["LEMMA"]).tolist()
    blames = [doc[at] for at, lemma in enumerate(lemmas) if lemma in _keys(_ACCUSING)]
    for blame in blames:
        _hang_what_of(blame)
    for token in [kid for blame in blames for kid in blame.rights if kid.lower_ in ("of", "for", "with")]:
        if token.i + 2 >= len(doc):
            continue
        deed = doc[token.i + 1]
        _free_gerund(deed)
        thing = deed.head
        is_read_so = deed.dep_ in ("amod", "compound") and thing.head == token and thing.dep_ == "pobj" and deed.i < thing.i
        if not is_read_so or not deed.lower_.endswith("ing") or deed.lower_ in _NOUNS_IN_ING:
            continue
        if deed.tag_ != "VBG":
            deed.lemma_ = _verb_of(deed.lower_)
        deed.tag_, deed.pos_ = "VBG", "VERB"
        deed.head, deed.dep_ = token, "pcomp"
        thing.head, thing.dep_ = deed, "dobj"


def _free_gerund(deed: Any) -> None:
    """ "accused X of rearming": the deed, read as a thing."""
    if deed.dep_ != "pobj" or not deed.lower_.endswith("ing") or deed.lower_ in _NOUNS_IN_ING or deed.tag_ not in ("VBG", "NN"):
        return
    if any(True for _ in deed.lefts) or any(kid.lower_ in ("of", "by") for kid in deed.rights):
        return
    accused = next((kid for kid in deed.head.head.rights if kid.dep_ == "dobj"), None)
    for clause in [kid for kid in deed.rights if kid.dep_ == "relcl"]:
        if accused is not None:
            clause.head = accused  # "…, which X denies" answers it, and tells nothing of it
    if deed.tag_ == "NN":
        deed.lemma_ = _verb_of(deed.lower_)
    deed.tag_, deed.pos_, deed.dep_ = "VBG", "VERB", "pcomp"


def _hang_what_of(blame: Any) -> None:
    """ "accused X in a statement of shelling Y": the parser hangs what X is accused of on the statement."""
    if blame.lemma_ not in ("accuse", "suspect") or any(kid.lower_ == "of" for kid in blame.rights):
        return
    for kid in blame.rights:
        if kid.lower_ not in ("in", "on", "at", "during"):
            continue
        for word in kid.subtree:
            if word.lower_ == "of" and any(deed.dep_ == "pcomp" and deed.tag_ == "VBG" for deed in word.rights):
                word.head = blame
                return


def _verb_of(word: str) -> str:
    """ "planting" to "plant", "digging" to "dig", "taking" to "take"."""
    stem = word[:-3]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if (
        len(stem) > 2
        and stem[-1] in "cgsuvkz"
        and stem[-2] in "aeiouyr"
        and not stem.endswith(("ck", "ss", "ok", "eak", "oak", "eek"))
    ):
        return stem + "e"
    return stem


def _free_what_is_told_of(doc: Any, words: list[int]) -> None:
    """ "a raid on Monday that it said killed two": the raid killed them, in the words of whoever says so.

    The parser lets the saying hang on the verb before, and makes what is said an infinitive of it.
    """
    for token in [doc[at] for at, word in enumerate(words) if at and word in _keys(_SAID_SO)]:
        deed = next((kid for kid in token.rights if kid.dep_ in ("xcomp", "ccomp")), None)
        link = token.left_edge
        if deed is None or link.lower_ not in ("that", "which") or link.i == token.i or token.dep_ == "relcl":
            continue
        if link.i == token.sent.start or deed.left_edge.i != token.i + 1 or deed.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
            continue
        subjects = [kid for kid in token.lefts if kid.dep_ == "nsubj" and kid != link]
        told = _told_noun(link.nbor(-1))
        if len(subjects) != 1 or told is None or any(kid.dep_ in ("nsubj", "nsubjpass", "mark") for kid in deed.lefts):
            continue
        token.head, token.dep_ = told, "relcl"
        _make_subject(link, deed)


def _make_subject(link: Any, deed: Any) -> None:
    """ "which it said killed two": what the relative stands for did it."""
    is_passive = any(kid.dep_ == "auxpass" for kid in deed.lefts)
    link.head, link.dep_ = deed, "nsubjpass" if is_passive else "nsubj"
    link.tag_, link.pos_ = "WDT", "PRON"
    deed.dep_ = "ccomp"
    if deed.tag_ == "VBN" and not any(kid.dep_.startswith("aux") for kid in deed.lefts):
        deed.tag_ = "VBD"


def _told_noun(word: Any) -> Any:
    """The noun that a relative clause right behind a word tells of: "raid" in "a raid on the camp on Monday"."""
    noun = word
    while noun.pos_ == "ADV" and noun.i > noun.sent.start:
        noun = noun.nbor(-1)
    while noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ or noun.dep_ in ("compound", "npadvmod"):
        if noun.head == noun or noun.head.i > noun.i or noun.pos_ in ("VERB", "AUX"):
            return None
        noun = noun.head
    return noun


def _part_denials(doc: Any, words: list[int]) -> None:
    """ "A says that B did it and has not left, a claim C denies": the claim stands for what was said, and C's denial hangs on it.

    The parser gives the denial two subjects then, and lets what was said hang on it.
    """
    for number in [at for at, word in enumerate(words) if word in _keys(_ANSWERS)]:
        token = doc[number]
        subjects = [kid for kid in token.lefts if kid.dep_ in ("nsubj", "nsubjpass")]
        if len(subjects) != 2 or subjects[0].lemma_ not in _TOLD or subjects[0].left_edge.i == token.sent.start:
            continue
        noun = subjects[0]
        before = noun.left_edge.nbor(-1)
        clause = next(
            (kid for kid in token.lefts if kid.dep_ in ("ccomp", "advcl") and kid.right_edge.i < noun.left_edge.i), None
        )
        if before.text not in (",", "-", "–", "—", "--") or clause is None:
            continue
        clause.head, clause.dep_ = (clause, "ROOT") if token.head == token else (token.head, token.dep_)
        noun.head, noun.dep_ = clause, "appos"
        token.head, token.dep_ = noun, "relcl"
        if before.head == token:
            before.head = clause
