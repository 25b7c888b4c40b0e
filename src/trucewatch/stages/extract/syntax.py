"""Who stands where in a parsed sentence: subjects, objects, phrases. Pure functions over spaCy tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Token = Any

NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON", "FAC", "LOC"})
SIDES = frozenset({"GPE", "NORP", "ORG"})
WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "going"})
_OBJECT_DOES = frozenset(
    {
        "accuse",
        "suspect",
        "blame",
        "reproach",
        "charge",
        "fault",
        "criticize",
        "criticise",
        "condemn",
        "prevent",
        "stop",
        "keep",
        "deter",
        "bar",
        "block",
    }
)
_TIGHT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "case", "punct", "advmod", "quantmod", "predet"})
# what is done to somebody with a second object: "troops given weapons"
_GIVEN = frozenset("give pay award offer show grant deny tell assign call issue teach owe name send allow".split())
_SEATED = frozenset(
    "ministry office government army command authority leadership embassy regime parliament administration spokesman "
    "spokeswoman spokesperson official".split()
)
# what a body says by adopting or issuing it
PAPERS = frozenset({"resolution", "statement", "motion", "declaration", "letter", "communique", "communiqué", "text", "decree"})
# what somebody says to others, and what does not speak
_TELLING = frozenset(
    "threaten urge call demand warn accuse vow reject promise pledge refuse appeal ask condemn denounce deny invite offer insist "
    "dismiss criticise criticize blame order tell".split()
)
# what those told of may do next as well as those who tell
_DEEDS_IN_WORDS = frozenset("threaten order offer refuse vow invite".split())
_TROOPS = frozenset({"army", "command"})
_THINGS = frozenset(
    "talk process agreement deal treaty situation attack strike shelling fighting war incident road corridor fire violence truce "
    "ceasefire clash battle operation offensive negotiation election plan proposal escalation tension move decision".split()
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
POINTING = frozenset({"this", "that", "it", "these", "those", "they", "them"})
_FIRING = frozenset({"shoot", "fire"})
_OBJECT_CONTROL = frozenset(
    {
        "urge",
        "order",
        "ask",
        "force",
        "accuse",
        "call",
        "demand",
        "warn",
        "allow",
        "cause",
        "tell",
        "request",
        "prompt",
        "lead",
        "push",
    }
    | {"compel", "persuade", "encourage", "convince", "direct", "instruct", "permit", "enable", "advise", "invite", "want", "get"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of tokens [start, end) with its head: what a voice or target is quoted from."""

    doc: Any
    start: int
    end: int
    head: Token

    @property
    def start_char(self) -> int:
        """Offset in the paragraph."""
        return int(self.doc[self.start].idx)

    @property
    def end_char(self) -> int:
        """Offset in the paragraph."""
        last = self.doc[self.end - 1]
        return int(last.idx + len(last.text))


@dataclass(frozen=True, slots=True)
class Roles:
    """Doer and undergoer of a verb, as head tokens. `passive`: the grammatical subject is the undergoer."""

    doer: Token | None
    undergoer: Token | None
    passive: bool


def children(token: Token, *deps: str) -> list[Token]:
    """Children of a token with one of the dependencies."""
    kids: list[Token] = token.children
    return [child for child in kids if child.dep_ in deps] if kids else []


def conjuncts(token: Token) -> list[Token]:
    """A token and all that is coordinated below it, in order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def first_conjunct(token: Token) -> Token:
    """The head of a coordination."""
    while token.dep_ == "conj":
        token = token.head
    return token


def preposition_objects(token: Token, *words: str) -> Iterator[tuple[Token, Token]]:
    """(preposition, object) pairs below a token; with `words`, only those prepositions."""
    for prep in token.children:
        if prep.dep_ in ("prep", "agent", "dative") and (not words or prep.lower_ in words):
            for child in prep.children:
                if child.dep_ in ("pobj", "pcomp"):
                    yield prep, child
                elif child.dep_ == "prep":
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            yield child, inner


def subject_of(token: Token) -> Token | None:
    """The subject of a verb, also of a passive one."""
    return next(iter(children(token, "nsubj", "nsubjpass")), None)


def has_negation(token: Token) -> bool:
    """Whether a verb has a negation of its own; that of a governor or a subject is `modality.is_negated`'s to find."""
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children)


def is_told_done(verb: Token) -> bool:
    """Whether a verb tells what was done: it is not negated, no modal or infinitive, and no bare form that bids."""
    modal = any(c.tag_ == "MD" or (c.dep_ == "aux" and c.lower_ == "to") for c in verb.children)
    return not modal and verb.tag_ != "VB" and not has_negation(verb)


def is_no_more(verb: Token) -> bool:
    """ "is no longer ours", "is not ours any more": what was so and is over; a bare "not" does not say that it ever was."""
    below = {w.lower_ for c in verb.children for w in (c, *c.children)}
    return "longer" in below or (has_negation(verb) and ("anymore" in below or {"any", "more"} <= below))


def is_verbal(token: Token) -> bool:
    """Whether a token heads a clause."""
    return token.pos_ in ("VERB", "AUX")


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands as "to do"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


_TELLS_OF = frozenset("report hear record register describe note observe document witness monitor confirm mention detect".split())
_TELLS = frozenset({"say", "report", "claim", "add", "announce", "state", "confirm"})


def _told_subject(verb: Token, teller: Token) -> Token | None:
    """ "said forty rockets, some of them new, had landed": the parser makes the rockets what was said."""
    if not any(c.dep_ == "aux" and c.tag_ in ("VBD", "VBZ", "VBP") for c in verb.children):
        return None
    return next((c for c in children(teller, "dobj") if teller.i < c.i < verb.i and c.pos_ in ("NOUN", "PROPN")), None)


_RESULTS = frozenset("kill wound injure destroy damage leave cause spark trigger hurt claim maim".split())


def roles(verb: Token) -> Roles:
    """Doer and undergoer of a verb, followed through coordination, control, participles and relative clauses."""
    kept: Roles | None = verb.kept.get("roles")
    if kept is None:
        kept = verb.kept["roles"] = _roles(verb, 0)
    return kept


def _is_listed_deed(verb: Token) -> bool:
    """ "entered the zone, set up a post, and fired": the second deed of a list, read as a clause that hangs on the first."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBD" or verb.head.tag_ != "VBD" or verb.doc[verb.i - 1].text != ",":
        return False
    return verb.head.i < verb.i and not any(c.dep_ in ("mark", "aux") or c.tag_ == "WRB" for c in verb.children)


def _agents(verb: Token) -> list[Token]:
    """Who did what a passive tells: "was closed not by the crowd but by soldiers" names the soldiers."""
    found = []
    for prep, inner in preposition_objects(verb, "by"):
        if any(c.dep_ == "neg" and c.i < prep.i for c in prep.children):
            found += [i for c in children(prep, "conj") for i in children(c, "pobj") if c.lower_ == "by"]
        else:
            found.append(inner)
    return found


def done_by_another(verb: Token) -> Token | None:
    """ "was not hit by X's shells, but by Y's": who is said to have done it instead of who did not."""
    if not any(c.dep_ == "auxpass" for c in verb.children) or not has_negation(verb):
        return None
    by = [c for c in verb.children if c.lower_ == "by" and c.i > verb.i]
    by += [c for prep in by for c in children(prep, "conj") if c.lower_ == "by"]
    last = by[-1] if len(by) > 1 else None
    if last is None or "but" not in {t.lower_ for t in verb.doc[by[0].i : last.i]}:
        return None
    return next(iter(children(last, "pobj")), None)


def _is_headline_passive(verb: Token, subject: Token) -> bool:
    """ "Patrol shot at near the border": nobody is named after the preposition, and no auxiliary stands before the verb."""
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ == "relcl" or subject.pos_ == "PRON" or children(verb, "aux", "auxpass"):
        return False
    if any(inner.ent_type_ not in ("DATE", "TIME") for prep, inner in preposition_objects(verb, "by") if prep.dep_ == "agent"):
        return True  # "Guard shot dead by sniper"
    behind = next((c for c in verb.children if c.i == verb.i + 1 and c.lower_ in ("at", "on", "upon")), None)
    return behind is not None and not children(behind, "pobj", "pcomp")


def _roles(verb: Token, depth: int) -> Roles:
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    subjects = children(verb, "nsubj", "nsubjpass")
    # "The ministry: the enemy fired again": the speaker before the colon is read as a subject too
    is_new = len(subjects) > 1 and (subjects[-1].pos_ != "PRON" or subjects[-1].lower_ in ("they", "you"))
    after_colon = is_new and is_labelled(verb.doc, subjects[0].i, subjects[-1].i)
    if len(subjects) > 1 and any(t.lower_ == "and" and t.i == subjects[-1].left_edge.i - 1 for t in verb.children):
        after_colon = True  # "says the ministry, and a million have left": the parser gives both to the second verb
    subject = subjects[-1] if after_colon else next(iter(subjects), None)
    objects = children(verb, "dobj", "obj")
    if verb.tag_ == "VBN" and subject is not None and not objects and not any(c.dep_ == "aux" for c in verb.children):
        passive = True  # "gave its losses as ten soldiers killed", a headline's "Ten killed"
    if verb.lemma_ in _FIRING and subject is not None and not objects and _is_headline_passive(verb, subject):
        passive = True
    if subject is not None and not objects and children(verb, "agent") and subject.lower_ not in _RELATIVE:
        passive = True  # "Town struck by drone"
    agents = _agents(verb) if passive or verb.tag_ == "VBN" else []
    clause = _relative_clause(verb)
    if subject is not None and subject.lower_ in _RELATIVE:
        subject = clause.head if clause is not None else cleft_of(verb) or subject
    if subject is None and depth < 4:
        head = verb.head
        if verb.dep_ == "conj" and is_verbal(head):
            teller = _teller(verb, head)
            above = _roles(teller, depth + 1) if teller is not None else _roles(head, depth + 1)
            # "was to leave but has kept its troops": a perfect of its own
            participle = verb.tag_ == "VBN" and above.passive and not any(c.lemma_ == "have" for c in children(verb, "aux"))
            if participle:
                passive = True
            inherited = above.undergoer if above.passive else above.doer
            subject = inherited
        elif verb.tag_ == "VBG" and not objects and (maker := _gerund_agent(verb)) is not None:
            return Roles(maker, None, False)
        elif verb.tag_ == "VBG" and not objects and verb.dep_ == "xcomp" and head.lemma_ in _TELLS_OF:
            return Roles(None, None, False)  # "the agency reported shelling in X": who tells of it does not deal it
        elif verb.dep_ == "ccomp" and head.lemma_ in _TELLS and (told := _told_subject(verb, head)) is not None:
            subject = told
        elif (
            verb.dep_ in ("xcomp", "advcl", "ccomp")
            and is_verbal(head)
            and (verb.tag_ in ("VB", "VBG", "VBN") or _is_listed_deed(verb))
        ):
            above = _roles(head, depth + 1)
            if verb.dep_ == "advcl" and verb.tag_ == "VBG" and above.passive and verb.lemma_ in _RESULTS and verb.i > head.i:
                # "the post was bombed, killing three": who was bombed killed nobody
                above = Roles(next((o for _, o in preposition_objects(head, "by")), None), None, False)
            controls = verb.dep_ == "xcomp" and head.lemma_ in _OBJECT_CONTROL and not above.passive
            subject = above.undergoer if (controls or above.passive) and above.undergoer is not None else above.doer
            if verb.tag_ == "VBN" and verb.dep_ == "advcl":
                passive = True
        elif verb.dep_ == "xcomp" and head.pos_ == "ADJ" and is_verbal(head.head):
            subject = _roles(head.head, depth + 1).doer  # "are due to meet"
        elif verb.dep_ == "pcomp":
            governor = head.head
            if is_verbal(governor):
                above = _roles(governor, depth + 1)
                accused = governor.lemma_ in _OBJECT_DOES
                subject = above.undergoer if accused and above.undergoer is not None else above.doer
            elif governor.dep_ in ("dobj", "obj") and governor.head.lemma_ in ("accuse", "suspect", "blame"):
                subject = governor
            elif governor.pos_ == "ADJ" and governor.dep_ == "acomp" and is_verbal(governor.head):
                subject = _roles(governor.head, depth + 1).doer  # "is responsible for shelling X"
            elif governor.pos_ == "NOUN" and governor.lemma_ not in _TIDINGS and is_verbal(governor.head):
                subject = _roles(governor.head, depth + 1).doer
        elif verb.tag_ == "VBD" and verb.dep_ in ("acl", "relcl") and (described := _described(verb)) is not None:
            subject = described
        elif is_misread_perfect(verb):
            return Roles(_roles(head.head, depth + 1).doer, head, False)
        elif is_misread_gerund(verb):
            governor = head.head.head
            above = _roles(governor, depth + 1) if is_verbal(governor) else Roles(None, None, False)
            accused = governor.lemma_ in _OBJECT_DOES and above.undergoer is not None
            return Roles(above.undergoer if accused else above.doer, head, False)
        elif verb.dep_ == "acl":
            if verb.tag_ == "VBN" and objects and not agents and verb.lemma_ not in _GIVEN:
                return Roles(head, objects[0], False)  # "shells damaged ten houses": no noun is damaged there
            if verb.tag_ == "VBN":
                return Roles(agents[0] if agents else None, head, True)
            if verb.tag_ == "VBG":
                is_paper = head.lemma_ in PAPERS and head.dep_ in ("dobj", "obj") and is_verbal(head.head)
                subject = _roles(head.head, depth + 1).doer if is_paper else head
            elif any(True for _ in preposition_objects(head, "by")):
                subject = next(inner for _, inner in preposition_objects(head, "by"))
            elif is_verbal(head.head):
                subject = _roles(head.head, depth + 1).doer
        elif verb.dep_ == "relcl":
            infinitive = passive and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
            subject = _meant_by(head) if infinitive else (head if not objects and not passive else None)
    if passive:
        return Roles(agents[0] if agents else None, subject, True)
    undergoer = objects[0] if objects else None
    if undergoer is not None and undergoer.lower_ in _RELATIVE and clause is not None:
        undergoer = clause.head
    if undergoer is None and verb.dep_ == "relcl" and subject is not None and subject != verb.head:
        undergoer = verb.head
    return Roles(subject, undergoer, False)


# "published reports of shelling": who has them did not shell
_TIDINGS = frozenset("report news claim allegation account footage video image evidence sound rumour rumor word".split())


def _relative_clause(verb: Token) -> Token | None:
    """The verb that heads the relative clause in which a verb stands: itself, or "it said" in "troops, who it said had fired"."""
    while verb.dep_ == "ccomp" and verb.head.i < verb.i:
        verb = verb.head
    return verb if verb.dep_ == "relcl" else None


def cleft_of(verb: Token) -> Token | None:
    """ "it was (not) our army that fired": who is said to have done it, or not to; also where the clause hangs on the copula."""
    whose = verb.head if verb.dep_ == "relcl" else None
    if verb.dep_ in ("ccomp", "advcl") and verb.head.lemma_ == "be" and any(c.lower_ in ("that", "who") for c in verb.children):
        whose = next((c for c in children(verb.head, "attr") if c.i < verb.i), None)
    if whose is None or whose.dep_ != "attr" or whose.head.lemma_ != "be":
        return None
    return whose if any(c.lower_ in ("it", "that") for c in children(whose.head, "nsubj")) else None


def _gerund_agent(verb: Token) -> Token | None:
    """ "reported shelling by <side> forces": who shelled, where the parser takes the noun for a verb."""
    if verb.dep_ not in ("xcomp", "ccomp", "dobj", "pcomp"):
        return None
    makers = (inner for _, inner in preposition_objects(verb, "by"))
    return next((m for m in makers if any(w.ent_type_ in SIDES or w.dep_ == "poss" for w in (m, *m.children))), None)


def is_misread_perfect(verb: Token) -> bool:
    """ "it had targeted weapons depots": the participle, read as an adjective of its object."""
    head = verb.head
    return bool(
        verb.tag_ == "VBN"
        and verb.dep_ == "amod"
        and head.dep_ in ("dobj", "obj")
        and head.head.lemma_ == "have"
        and head.head.i == verb.i - 1
    )


def is_misread_gerund(verb: Token) -> bool:
    """ "accused X of laying mines", "after shelling villages": the gerund, read as an adjective of its object."""
    head = verb.head
    return bool(
        verb.tag_ == "VBG"
        and verb.dep_ == "amod"
        and head.dep_ == "pobj"
        and head.tag_ == "NNS"
        and head.head.i == verb.i - 1
        and head.head.lower_ in ("of", "after", "by", "for", "before", "from", "despite", "without")
    )


def _teller(verb: Token, head: Token) -> Token | None:
    """ "said the talks were useless and threatened to quit them", "said X were leaving and called on them to stay": the verb of
    saying with which such a verb goes, where the parser hangs it on the clause that is said.
    """
    if (said := _said_between(verb, head)) is not None:
        return said
    if head.dep_ != "ccomp" or verb.tag_ not in ("VBD", "VBZ") or head.head.tag_ not in (verb.tag_, "VBD", "VBZ", "VBN"):
        return None
    subject = next(iter(children(head, "nsubj", "nsubjpass")), None)
    if subject is None or verb.lemma_ not in _TELLING or not is_verbal(head.head):
        return None
    if subject.lemma_.lower() in _THINGS:
        return head.head
    asked = [*children(verb, "dobj", "obj"), *(i for _, i in preposition_objects(verb, "on", "to", "upon", "against", "with"))]
    back = "them" if subject.tag_ in ("NNS", "NNPS") or children(subject, "conj") else "it"
    return head.head if any(word.lower_ == back for word in asked) else None


def _said_between(verb: Token, head: Token) -> Token | None:
    """ "the troops kept the truce, the ministry said, and denied X": the verb of saying between commas, if `verb` is in words."""
    if verb.lemma_ not in _TELLING - _DEEDS_IN_WORDS or verb.doc[verb.i - 1].lower_ not in ("and", "but"):
        return None
    said = next((c for c in children(head, "parataxis") if head.i < c.i < verb.i and children(c, "nsubj")), None)
    about = next(iter(children(head, "nsubj", "nsubjpass")), None)
    if said is None or about is None or about.ent_type_ or about.tag_ not in ("NN", "NNS") or verb.doc[verb.i - 2].text != ",":
        return None
    return said if about.lemma_.lower() not in _SEATED - _TROOPS else None


def _meant_by(head: Token) -> Token:
    """ "X is the first to be blamed": "the first" is X."""
    subject = next(iter(children(head.head, "nsubj")), None) if head.dep_ == "attr" else None
    return subject if subject is not None else head


def _described(verb: Token) -> Token | None:
    """ "the leader, who was moved to a safe place, called on X": whom the clause before describes, where the parser hangs
    the finite verb on a noun of that clause.
    """
    node = verb.head
    while node.head != node and node.dep_ != "relcl":
        node = node.head
    return node.head if node.dep_ == "relcl" and node.head.i < node.i < verb.i else None


# a colon, alone or written as one with a bracket
_COLONS = (":", "):")


def is_labelled(doc: Any, first: int, last: int) -> bool:
    """Whether a colon stands between two words: what is before it is a label of the rest, and no part of it."""
    return any(doc[i].text in _COLONS for i in range(first, last))


def tight_phrase(head: Token, with_of: bool = True) -> Phrase:
    """The noun phrase of a head without relative clauses, appositions and far prepositions."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in _TIGHT and child.i < head.i:
            start = min(start, child.left_edge.i)
        elif with_of and child.dep_ == "prep" and child.lower_ in ("of", "for") and child.i == end:
            inner = [c for c in child.children if c.dep_ == "pobj"]
            if inner:
                joined = [c for c in conjuncts(inner[0]) if c.ent_type_ in ("GPE", "NORP")]
                end = max(end, *(tight_phrase(one).end for one in (inner[0], *joined)))
    # "14:20 Rivertown: Northland's units": the label is no part of the name
    start = next((i + 1 for i in range(head.i - 1, start, -1) if head.doc[i].text in _COLONS), start)
    if head.ent_type_ == "PERSON" and end < len(head.doc) and head.doc[end].text == "-":
        end = max(end, entity_phrase(head).end)  # "A Ben-B", cut at the hyphen
    while start < head.i and (head.doc[start].is_punct or head.doc[start].is_space):
        start += 1
    if head.ent_type_ == "PERSON" and end < len(head.doc) and head.doc[end].lower_ in ("-", "–"):
        # "Ben-<Name>": the parser heads a hyphenated name by its first part
        end = max(end, entity_phrase(head).end)
    return Phrase(head.doc, start, _with_seat(head, end) if with_of else end, head)


def _with_seat(head: Token, end: int) -> int:
    """ "the ministry in <capital>": where a body sits says whose it is, whatever the parser hangs the place on."""
    doc = head.doc
    if head.lemma_.lower() not in _SEATED or end + 1 >= len(doc) or doc[end].lower_ != "in":
        return end
    seat = doc[end + 1]
    return seat.i + 1 if seat.ent_type_ == "GPE" and seat.dep_ == "pobj" and seat.head == doc[end] else end


def joint_phrase(head: Token) -> Phrase:
    """The noun phrase of a head and of all that is coordinated with it."""
    parts = [tight_phrase(part) for part in conjuncts(head) if part.pos_ in ("PROPN", "NOUN", "PRON", "ADJ")]
    if not parts:
        return tight_phrase(head)
    return Phrase(head.doc, min(p.start for p in parts), max(p.end for p in parts), head)


# the article that sun letters bend in names transcribed from Arabic
_ARTICLES = frozenset("al el ad ed adh an en ar er as es ash ech esh at et ath az ez".split())


def entity_phrase(token: Token) -> Phrase:
    """The named entity that a token belongs to, else the token alone; a name cut at its article ("X ez-" and "Y") is one."""
    kept: Phrase | None = token.kept.get("entity")
    if kept is None:
        kept = token.kept["entity"] = _entity_phrase(token)
    return kept


def _entity_phrase(token: Token) -> Phrase:
    doc, i = token.doc, token.i
    start, end = i, i + 1
    if token.ent_type_:
        while start > 0 and doc[start].ent_iob_ == "I":
            start -= 1
        while end < len(doc) and doc[end].ent_iob_ == "I":
            end += 1
        while end + 1 < len(doc) and doc[end - 1].text == "-" and doc[end - 2].lower_ in _ARTICLES and doc[end].is_title:
            end += 1
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
        if start > 2 and doc[start - 1].text == "-" and doc[start - 2].lower_ in _ARTICLES and doc[start - 3].is_title:
            start = entity_phrase(doc[start - 3]).start if doc[start - 3].ent_type_ else start - 3
    return Phrase(doc, start, end, token)


def clause_bounds(verb: Token, stops: frozenset[int] = frozenset()) -> tuple[int, int]:
    """Token bounds [start, end) of what hangs on a verb, without coordinated or adverbial clauses whose heads are in `stops`."""
    start, end = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in ("conj", "advcl", "ccomp", "parataxis", "relcl"):
            if child.i in stops:
                continue
            if child.dep_ == "advcl" and any(child.left_edge.i <= stop <= child.right_edge.i for stop in stops):
                continue
        if child.dep_ == "punct":
            continue
        low, high = child.left_edge.i, child.right_edge.i + 1
        start, end = min(start, low), max(end, high)
    cut = [i for i in stops if verb.i < i < end and verb.doc[i].dep_ in ("conj", "advcl", "parataxis")]
    for i in cut:
        if verb.doc[i].head == verb:
            left = verb.doc[i].left_edge.i
            if left > verb.i:
                end = min(end, left)
    doc = verb.doc
    while end > start + 1 and (doc[end - 1].is_space or doc[end - 1].lower_ in ("and", "but", ",", "or", "while")):
        end -= 1
    while start < end - 1 and (doc[start].is_space or doc[start].is_punct):
        start += 1
    return start, end
