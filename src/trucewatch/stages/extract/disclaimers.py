"""What people call untrue, and what they will have no part in: the words, and the thing that they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.syntax import Token, children, conjuncts, is_told_done, is_verbal, preposition_objects, roles

_MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+[A-Z]?s?")
_DISMISS = frozenset(
    "refuse dismiss reject dispute discredit contest ridicule mock deride refute debunk rebuff rubbish pooh-pooh belittle".split()
)
# verbs that dismiss only with a particle or preposition
_DISMISS_WITH = {
    "brush": ("aside", "off", "away"),
    "shrug": ("off",),
    "laugh": ("off", "at"),
    "wave": ("away", "aside"),
    "scoff": ("at",),
    "sneer": ("at",),
    "pour": ("on",),
    "push": ("back",),
    "bristle": ("at",),
    "hit": ("back",),
}
_CALL = frozenset("call brand describe label term dub consider deem regard characterise characterize denounce".split())
_FALSE = frozenset(
    "baseless groundless unfounded false untrue fake fabricated fabrication lie lies disinformation misinformation nonsense "
    "absurd slander provocation falsehood fiction propaganda invention unsubstantiated ridiculous tale myth fantasy hoax farce "
    "invented ludicrous laughable outlandish bogus spurious rubbish garbage falsification distortion manipulation libel "
    "speculation untruth canard imaginary preposterous wrong incorrect inaccurate misleading staged doctored "
    "forgery forged montage exaggeration exaggerated overblown inflated wishful bluff smear concoction "
    "concocted nonsensical".split()
)
# of a report, and of nothing else that is told
_BIASED = frozenset({"biased", "one-sided", "tendentious", "partial", "selective"})
# "has no basis in fact", "is without foundation"
_GROUNDS = frozenset("foundation basis ground grounds substance merit truth evidence fact".split())
_REAL = frozenset({"reality", "truth", "fact", "actuality", "situation"})
_SPREADING = frozenset("spread circulate distribute disseminate publish give release issue voice announce".split())
_SPREADING_LIES = frozenset("spread circulate disseminate publish peddle propagate fabricate invent tell repeat".split())
DISMISSING = _DISMISS | _CALL | frozenset(_DISMISS_WITH) | _SPREADING_LIES
_UNTRUTHS = frozenset("lie disinformation misinformation fabrication falsehood fake rumour rumor slander".split())
_KINDS_OF = frozenset({"piece", "example", "instance", "case", "part", "attempt", "sort", "kind", "bit", "act", "set", "pack"})
# who calls a thing one of these says that there is no such thing, whatever it is: "calls the blockade a fiction"
_UNREAL = frozenset("fiction lie fabrication falsehood fantasy hoax myth invention fake".split())
_TRUE = frozenset({"true", "correct", "accurate", "case", "truth", "reality", "fact"})
_GRAINS = frozenset("grain shred word ounce kernel iota scrap element hint modicum bit jot drop atom vestige gram".split())
_POINTING = frozenset({"this", "that", "it", "these", "those", "they", "which", "them", "such", "everything", "all"})
# what is told, beside the lexicon's claims: "dismissed the figure"
_TOLD = frozenset(
    "figure number toll count estimate version account story narrative video footage clip image photo picture word remark "
    "complaint message talk".split()
)
# "the involvement of foreign fighters": that somebody is or takes part somewhere
PRESENCE = frozenset(
    "involvement presence participation deployment recruitment use transfer arrival existence delivery shipment supply transport "
    "transportation smuggling sending dispatch storage stockpiling hiding employment".split()
)
_NEGATIVE = frozenset({"no", "nothing", "not", "n't", "n’t", "never", "neither", "none"})
_TIED = frozenset({"be", "involve", "implicate", "link", "connect"})
# lemmas without which `disowned` and, but for what hangs on a copula, `called_false` find nothing
_MADE_UP = frozenset("exaggerate inflate overstate fabricate invent stage doctor fake falsify concoct forge distort".split())
UNTRUE_DEEDS = _MADE_UP | {"happen", "occur", "correspond"}
_NO_PART = frozenset(
    "part role hand involvement connection link relation share complicity knowledge forewarning participation information".split()
)
_UNKNOWING = frozenset({"know", "learn", "hear"})
_TOLD_BEFORE = frozenset({"inform", "notify", "consult", "tell", "warn", "brief"})
DISOWNING = _TIED | _UNKNOWING | _TOLD_BEFORE | {"have", "take", "play"}
# what may be called a fiction beside a claim: the state of things that others tell of
_STATES = frozenset(
    "crisis blockade siege famine hunger starvation shortage catastrophe genocide cleansing threat danger".split()
)


def dismissed(token: Token, lexicon: Lexicon) -> Token | None:
    """What a verb dismisses as untrue: a claim, a figure, "this", or a reported clause; None where it refuses or blames."""
    lemma = token.lemma_.lower()
    if lemma not in DISMISSING or lemma in _SPREADING_LIES:
        return None
    thing = roles(token).undergoer
    if lemma == "refuse" and (thing is None or not _is_told(thing, lexicon)):
        return None  # "refused this version", as translators put it, and no offer refused
    if lemma in ("reject", "dismiss") and thing is not None and thing.lemma_.lower() in _SAID and _is_called_other(token):
        return None  # "rejected the remarks as meddling": refused, and not denied
    if thing is None and token.dep_ in ("relcl", "acl") and children(token, "nsubj") and _is_told(token.head, lexicon):
        thing = token.head  # "a claim that X called baseless"
    if lemma in _DISMISS_WITH:
        words = {c.lower_ for c in token.children}
        if not words & set(_DISMISS_WITH[lemma]):
            return None
        if thing is not None and thing.lower_ in ("them", "him", "her", "us", "it", "these", "those"):
            thing = None  # "pushed them back": attackers, and no claim
        thing = next((inner for _, inner in preposition_objects(token, "at", "on")), thing)
        return thing if thing is not None and _is_told(thing, lexicon) else None
    if lemma in _CALL:
        return _called(token, thing, lexicon)
    clause = next((c for c in children(token, "ccomp") if c.i > token.i), None)
    if clause is not None and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children):
        return clause
    if clause is not None and thing is None:
        # "disputes that account": the noun read as a verb
        pointer = next((c for c in clause.children if c.lower_ in ("that", "this") and c.i < clause.i), None)
        return clause if pointer is not None and lexicon.is_kind(clause.lemma_.lower(), "claim") else None
    if thing is None:
        # "dismissed as lies the claims that ...": what is dismissed comes last, and the parser hangs it on "as"
        behind = [t for c in token.children if c.lower_ == "as" for t in c.subtree if t.dep_ in ("pobj", "dobj", "appos")]
        return next((t for t in behind if not is_false(t) and _is_told(t, lexicon)), None)
    if any(c.lemma_.lower() in ("word", "term", "label", "notion") for c in children(thing, "compound", "nmod")):
        return thing  # "rejects the word blockade"
    return thing if _is_told(thing, lexicon) or _says_false(token, thing) else None


def spread_as_untruth(token: Token, lexicon: Lexicon) -> Token | None:
    """ "<Side> spreads disinformation that X fired", "disseminated false reports": what whoever speaks calls untrue."""
    if token.lemma_.lower() not in _SPREADING_LIES or not is_told_done(token):
        return None  # "may spread disinformation that X fired": feared, and nothing called untrue yet
    for thing in children(token, "dobj", "obj"):
        if calls_untrue(thing) and (
            thing.lemma_.lower() in _UNTRUTHS or _is_told(thing, lexicon) or thing.lemma_.lower() == "news"
        ):
            return thing
    return None


def calls_untrue(thing: Token) -> bool:
    """ "disinformation", "false reports"."""
    return thing.lemma_.lower() in _UNTRUTHS or any(is_false(c) for c in children(thing, "amod", "compound"))


def untruth_told(told: Token, token: Token, lexicon: Lexicon) -> Token | None:
    """What the untruth is about: "disinformation that X fired", "lies about the raid", "fabrications of X shelling Y"."""
    inner = told_of(told, token, lexicon)
    if inner is not None:
        return inner
    about = next((i for a in (told, token) for _, i in preposition_objects(a, "about", "of", "on")), None)
    if about is not None:
        return next((c for c in children(about, "acl") if c.tag_ == "VBG"), about)
    return next((c for c in children(token, "advcl", "ccomp") if any(m.lower_ == "that" for m in c.children)), None)


_SAID = frozenset({"remark", "statement", "comment", "word", "speech"})


def _is_called_other(token: Token) -> bool:
    """ "as unacceptable interference": what they are called is no untruth."""
    behind = [i for c in token.subtree if c.lower_ == "as" and c.i > token.i for i in c.subtree if i.i > c.i and not i.is_punct]
    return bool(behind) and not any(is_false(word) for word in behind)


def _called(token: Token, thing: Token | None, lexicon: Lexicon) -> Token | None:
    if thing is not None and is_false(thing) and thing.i > token.i:
        # 'called this "disinformation meant to hide a crime"': the pointer read as a word of the noun
        pointer = next((c for c in thing.children if c.lower_ in _POINTING and c.dep_ == "det" and c.i == token.i + 1), None)
        if pointer is not None:
            return pointer
    if thing is not None and (thing.lower_ in _POINTING or thing.lemma_.lower() in _STATES or _is_told(thing, lexicon)):
        return thing if _says_false(token, thing) else None
    if (
        thing is not None
        and thing.tag_ in ("NN", "NNS")
        and any(
            w.lemma_.lower() in _UNREAL and w.tag_.startswith("NN")
            for w in token.subtree
            if w.i > thing.i and w.head.i >= token.i
        )
    ):
        return thing
    if thing is None:
        # 'called that "a crude lie"': the pointer read as a mark of the word of untruth
        small = (c for c in children(token, "oprd", "ccomp", "attr", "acomp") if c.i > token.i and is_false(c))
        return next((m for c in small for m in c.children if m.lower_ in _POINTING and m.i < c.i), None)
    # "called the reports fake" read as one small clause
    clause = next(iter(children(token, "ccomp")), None)
    subject = next(iter(children(clause, "nsubj")), None) if clause is not None else None
    if clause is None or subject is None or not (subject.lower_ in _POINTING or _is_told(subject, lexicon)):
        return None
    return subject if any(is_false(w) for w in clause.subtree if w.i > subject.i) else None


def _says_false(token: Token, thing: Token) -> bool:
    """Whether what follows the thing called so is a word of untruth, or of a report of bias."""
    after = [w for w in token.subtree if w.i > thing.i and w.head.i >= token.i]
    if thing.lemma_.lower() in ("report", "allegation", "claim", "accusation", "finding") and any(
        w.lower_ in _BIASED for w in after
    ):
        return True
    return any(is_false(w) for w in after)


def called_false(token: Token, lexicon: Lexicon) -> Token | None:
    """What is said to be untrue: the subject of "is a lie", "is not true", or what there is "no truth in"."""
    if token.lemma_ in ("happen", "occur"):
        return _never_happened(token)
    if token.lemma_ == "correspond" and _is_negated(token):
        # "the statements do not correspond to reality", as translations put it
        real = any(inner.lemma_ in _REAL for _, inner in preposition_objects(token, "to", "with"))
        return _told_subject(token, lexicon) if real else None
    if token.lemma_ in _MADE_UP:
        told = next(iter(children(token, "nsubjpass")), None)
        return told if told is not None and not _is_negated(token) and _is_told(told, lexicon) else None
    if token.lemma_ in ("have", "be") and (_is_groundless(token) or _is_unreal(token)):
        return _told_subject(token, lexicon)
    if token.lower_ == "far" and any(inner.lemma_ in _REAL for _, inner in preposition_objects(token, "from")):
        return _told_subject(token.head, lexicon)
    copula = token.head
    if token.dep_ not in ("attr", "acomp") or copula.lemma_ != "be":
        return None
    if token.lemma_.lower() in TRUCES and children(copula, "expl") and any(c.lower_ == "no" for c in token.children):
        return None if children(copula, "aux", "prep", "advcl") or children(token, "prep", "acl", "relcl") else token
    negated = any(c.dep_ == "neg" for c in copula.children) or any(c.lower_ in _NEGATIVE for c in token.children)
    if token.lemma_.lower() in _GRAINS and any(inner.lemma_ == "truth" for _, inner in preposition_objects(token, "of")):
        # "there is not a grain of truth in it": the negation may stand at either word
        grain = [i for anchor in (token, *(t for t in token.subtree if t.lemma_ == "truth")) for _, i in _about_what(anchor)]
        grain += [i for _, i in _about_what(copula)]
        return next(iter(grain), None) if negated else None
    if token.lemma_.lower() == "truth" and negated:
        return next((inner for _, inner in preposition_objects(token, "in", "to", "behind")), None)
    kind = token.lemma_.lower() in _KINDS_OF and any(is_false(i) for _, i in preposition_objects(token, "of"))
    untrue = ((is_false(token) or kind) and not negated) or (token.lemma_.lower() in _TRUE and negated)
    if untrue and (misread := claims_read_as_verb(copula)) is not None:
        return misread
    if untrue and (said := _said_to_be_so(token, copula)) is not None:
        return said
    subject = next(iter(children(copula, "nsubj")), None)
    if not untrue or subject is None or not (subject.lower_ in _POINTING or _is_told(subject, lexicon)):
        return None
    return subject


def claims_read_as_verb(copula: Token) -> Token | None:
    """ "<People> claims that X fired are a lie": the noun read as a verb, and the copula hung on it."""
    verb = copula.head
    if verb.lemma_ != "claim" or verb.tag_ != "VBZ" or children(copula, "nsubj", "expl", "mark") or copula.i < verb.i:
        return None
    return next((c for c in children(verb, "ccomp") if c.i < copula.i and any(m.lower_ == "that" for m in c.children)), None)


# "there is no ceasefire", of one that another has announced
TRUCES = frozenset({"ceasefire", "truce", "cease-fire", "pause", "halt", "withdrawal", "pullout", "agreement", "deal"})
_LAYING = frozenset({"accuse", "claim", "say", "suggest", "allege", "blame", "charge", "pretend"})


def _said_to_be_so(token: Token, copula: Token) -> Token | None:
    """ "it is a lie that we fired", "accusing us of firing is absurd": the clause that tells the deed."""
    if any(c.lower_ == "it" for c in children(copula, "nsubj")):
        below = [*children(token, "acl", "relcl", "ccomp"), *children(copula, "ccomp", "csubj")]
        told = (c for c in below if c.i > token.i and any(m.lower_ == "that" for m in c.children))
        return next(told, None)
    charge = next((c for c in children(copula, "csubj") if c.lemma_ in _LAYING), None)
    if charge is None:
        return None
    hung = (c for prep in charge.children if prep.dep_ == "prep" for c in children(prep, "pcomp"))
    return next(hung, None) or next(iter(children(charge, "ccomp")), None)


def _is_groundless(token: Token) -> bool:
    """ "has no basis in fact", "is without any foundation"."""
    if token.lemma_ == "have":
        things = children(token, "dobj", "obj")
        return any(t.lemma_.lower() in _GROUNDS and any(c.lower_ in _NEGATIVE for c in t.children) for t in things)
    return any(inner.lemma_.lower() in _GROUNDS for _, inner in preposition_objects(token, "without"))


def _is_unreal(token: Token) -> bool:
    """ "has nothing to do with reality", "have nothing in common with the truth"."""
    nothing = next((c for c in children(token, "dobj", "obj") if c.lower_ == "nothing"), None)
    if token.lemma_ != "have" or nothing is None:
        return False
    below = {inner.lemma_.lower() for word in nothing.subtree for _, inner in preposition_objects(word, "with", "to")}
    return bool((below | {inner.lemma_.lower() for _, inner in preposition_objects(token, "with")}) & (_REAL - {"situation"}))


def _told_subject(verb: Token, lexicon: Lexicon) -> Token | None:
    """What is told and is the subject, also where the parser makes a clause of it: "the reports spread by X do not ..."."""
    subject = next(iter(children(verb, "nsubj", "csubj")), None)
    if subject is None and verb.dep_ == "advcl" and verb.head.lemma_ in _SPREADING:
        subject = verb.head
    if subject is not None and subject.lemma_ in _SPREADING:
        subject = next(iter(children(subject, "nsubj", "nsubjpass")), None)
    return subject if subject is not None and (subject.lower_ in _POINTING or _is_told(subject, lexicon)) else None


def _about_what(anchor: Token) -> Iterator[tuple[Token, Token]]:
    return preposition_objects(anchor, "in", "to", "behind")


def _never_happened(token: Token) -> Token | None:
    """ "nothing of the kind happened", "that never happened"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None:
        return None
    if {"no", "such"} <= {c.lower_ for c in subject.children}:
        return subject  # "no such thing occurred"
    if subject.lower_ == "nothing":
        like = any(inner.lemma_ in ("sort", "kind", "like") for _, inner in preposition_objects(subject, "of"))
        return subject if like else None
    # "it has never happened" tells of a hope or a habit; of one event one says that it "never happened", "this has not happened"
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    perfect = perfect and (subject.lower_ == "it" or any(c.lower_ == "never" for c in token.children))
    return subject if _is_negated(token) and not perfect and subject.lower_ in ("this", "that", "it") else None


def told_of(told: Token, cue: Token, lexicon: Lexicon) -> Token | None:
    """The head of what a claim says: "claims that X fired", "reports of shelling"; None where that stands elsewhere."""
    if told.lower_ in _POINTING or told.lower_ == "nothing":
        return None
    clauses = [
        c
        for c in children(told, "acl", "relcl", "ccomp", "appos")
        if is_verbal(c) and c != cue and c.i > told.i and not is_false(c) and c.lower_ not in _BIASED
    ]
    # "reports carried by local media that it had fired": what is told comes after who told it
    that = [c for c in clauses if any(m.lower_ == "that" and m.i < c.i for m in c.children) and children(c, "nsubj", "nsubjpass")]
    clause = next(iter(that if clauses and clauses[0].tag_ == "VBN" and that else clauses), None)
    clause = clause or next((c for c in children(told, "advcl") if {"as", "if"} <= {m.lower_ for m in c.children}), None)
    # "the information spread by X about the shelling"
    spread = next((v for v in (*children(told, "acl"), told.head) if v.tag_ == "VBN" and v.lemma_ in _SPREADING), None)
    if clause is not None and clause != spread:
        return clause
    return next(
        (
            inner
            for anchor in (told, spread, *((cue,) if told.dep_ in ("dobj", "obj") and told.head == cue else ()))
            if anchor is not None
            for prep, inner in preposition_objects(anchor, "of", "about", "that", "on")
            if anchor is not cue or (prep.lower_ in ("about", "on") and prep.i == told.i + 1)
            if is_verbal(inner)
            or inner.lemma_.lower() in lexicon.nouns
            or inner.lemma_ in PRESENCE
            or inner.dep_ == "pcomp"
            or inner.lemma_.lower() in ("mine", "rocket", "weapon")
            or lexicon.is_kind(inner.lemma_.lower(), "foreign", "airborne", "combatant")
            or is_model(inner)
            or (inner.lower_.endswith("ing") and any(True for _ in preposition_objects(inner, "of", "by")))
        ),
        None,
    )


def is_model(noun: Token) -> bool:
    """Whether a noun is a model of aircraft or arms: "F-16s", "Su-25"."""
    return _MODEL.fullmatch(noun.text) is not None


def disowned(token: Token, is_denied: bool = False) -> Token | None:
    """What one will have no part in: "has nothing to do with X", "had no hand in X", "was not behind X".

    `is_denied`: the words stand under a verb that denies, so they need no negation of their own.
    """
    lemma = token.lemma_.lower()
    if lemma in ("have", "take", "play"):
        thing = next(iter(children(token, "dobj", "obj")), None)
        if thing is None or thing.i < token.i:
            return None
        none = thing.lower_ == "nothing" or any(c.lower_ in _NEGATIVE for c in thing.children) or _is_negated(token)
        if thing.lower_ in ("nothing", "anything"):
            verb = next((c for c in children(thing, "relcl", "acl") if c.lemma_ == "do"), None)
            anchors = [verb] if verb is not None else []
        elif thing.lemma_.lower() in _NO_PART:
            anchors = [thing, token]
        else:
            return None
        if not (none or is_denied):
            return None
        return next(
            (
                inner
                for a in anchors
                for _, inner in preposition_objects(a, "in", "with", "to", "on", "of", "about")
                if inner.lemma_.lower() not in _REAL - {"situation"}  # "has nothing to do with reality": untrue
            ),
            None,
        )
    if lemma in _UNKNOWING and (_is_negated(token) or is_denied):
        # "did not know about the strike"
        return next((inner for _, inner in preposition_objects(token, "about", "of")), None) or _hung_on(token)
    if lemma in _TOLD_BEFORE and (_is_negated(token) or is_denied) and any(c.dep_ == "auxpass" for c in token.children):
        return next((inner for _, inner in preposition_objects(token, "about", "of", "on")), None)
    if lemma == "be" and (state := next((c for c in children(token, "acomp") if c.lemma_ == "unaware"), None)) is not None:
        if _is_negated(token) or _is_negated(state) or is_denied:
            return None  # "was not unaware of the strike": knew of it
        return next((i for _, i in preposition_objects(state, "of", "about")), None)
    if lemma not in _TIED or not (_is_negated(token) or is_denied):
        return None
    if lemma == "be":
        aware = next((c for c in children(token, "acomp") if c.lemma_ == "aware"), None)
        if aware is not None:
            return next((i for _, i in preposition_objects(aware, "of", "about")), None)
        for prep, inner in preposition_objects(token, "behind"):
            return inner if prep.lower_ == "behind" else None
        adjective = next((c for c in children(token, "acomp") if c.lemma_ in ("responsible", "guilty", "accountable")), None)
        return next((i for _, i in preposition_objects(adjective, "for", "of")), None) if adjective is not None else None
    if lemma != "be" and token.tag_ == "VBN":
        return next((inner for _, inner in preposition_objects(token, "in", "with", "to")), None)
    return None


def _hung_on(token: Token) -> Token | None:
    """ "did not know about, nor was it involved in, the strike": the object that the parser hangs on the verb itself."""
    bare = any(c.dep_ == "prep" and c.lower_ in ("about", "of") and not list(c.children) for c in token.children)
    return next(iter(children(token, "dobj")), None) if bare else None


def _is_negated(token: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "nor") for c in token.children)


def _is_told(noun: Token, lexicon: Lexicon) -> bool:
    return any(
        lexicon.is_kind(part.lemma_.lower(), "claim") or part.lemma_.lower() in _TOLD or part.lower_ in _POINTING
        for part in conjuncts(noun)
    )


def is_false(word: Token) -> bool:
    """Whether a word calls a thing untrue."""
    return word.lemma_.lower() in _FALSE or word.lower_ in _FALSE
