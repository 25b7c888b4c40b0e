"""From a casualty predicate to the noun phrases it counts: passives, actives, nominal and headline style, tolls.

Long because each style of clause finds the same phrases by its own labels.
The parse's dependency labels are spaCy's English ones (CLEAR style).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trucewatch.text.casualty_words import (
    COMBATANTS,
    COUNTED,
    EVENT_NOUNS,
    INTRANSITIVE,
    PERIOD_AGENTS,
    STATES,
    TAKING,
    TRANSITIVE,
)
from trucewatch.text.victims import Phrases

# verbs whose object ends up in a state: "left 12 dead", "shot two dead", "reported three missing"
_RESULTATIVE = frozenset(
    "leave shoot find report declare confirm count number presume take hold list pull drag dig recover".split()
)
# "was among those killed", "among the people hurt"
_THOSE = frozenset({"those", "people", "persons", "ones"})
# "one was killed and another wounded": the second verb has victims of its own
_OTHERS = frozenset({"another", "others", "one", "his", "her", "their"})
_DESTROYING = frozenset({"destroy", "neutralize", "neutralise"})
_SUFFERING = frozenset({"suffer", "sustain", "receive", "get", "have"})
_TALLYING = frozenset(
    "bring take raise push put rise climb reach stand total amount number grow estimate make constitute comprise".split()
)
_NUMBERS = frozenset({"number", "toll", "tally", "count", "total"})
_ROLLS = frozenset({"list", "roll", "rank"})
_COSTING = frozenset({"claim", "take", "cost"})
_HOSPITAL = frozenset({"leave", "send", "put", "admit", "rush"})
_HARMS = frozenset("wound injury burn shock inhalation cut fracture irritation shrapnel concussion".split())
_LIMBS = frozenset({"leg", "arm"})
_BROKEN = frozenset("broken severed crushed fractured shattered amputated".split())
_LOST = frozenset({"dobj", "obj", "nsubjpass"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj")


class Predicates(Phrases):
    """The casualty predicates of one parsed paragraph: what each may measure, and whom or what it counts."""

    def measures(self, token: Any) -> Iterator[str]:
        """The measures that a token may govern (a taking verb may govern captives or places: its object decides)."""
        lemma, lower = token.lemma_.lower(), token.lower_.strip("'’‘\"“”")
        is_verb = token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")
        if lower in ("killed", "wounded", "injured", "displaced", "fallen", "slain") and (not is_verb or token.dep_ == "amod"):
            yield STATES[lower]
            return
        if lower == "missing" and not any(child.dep_ == "dobj" for child in token.children):
            # the parser takes "12 people are still missing" for a verb
            yield "missing"
            return
        if is_verb:
            if lemma in TRANSITIVE:
                if lemma != "bury" or not self.is_no_funeral(token):
                    yield TRANSITIVE[lemma]
            elif lemma in INTRANSITIVE:
                if lemma != "fall" or self.has_fallen(token):
                    yield INTRANSITIVE[lemma]
            elif lemma in _DESTROYING:
                yield "killed"
            elif lemma in ("treat", "leave") and self.has_harms(token):
                yield "injured"
            elif lemma == "lose" and _touch_of(token) is not None:
                yield "missing"
            elif (
                lemma == "lose"
                or (lemma == "misplace" and any(child.dep_ == "dobj" and child.lemma_ == "life" for child in token.children))
                or (lemma == "blow" and any(c.dep_ == "prt" and c.lower_ == "up" for c in token.children))
                or (
                    lemma in _COSTING
                    and any(child.dep_ in ("dobj", "attr") and child.lemma_ == "life" for child in token.children)
                )
                or (lemma == "cost" and _is_of_war(token))
            ):
                yield "killed"
            elif _brings_to_hospital(token):
                yield "injured"
            elif lemma in ("force", "drive", "leave", "abandon") and _leaves_home(token):
                yield "displaced"
            if lemma in TAKING or (lemma == "lose" and any(c.dep_ in _LOST and self.is_place(c) for c in token.children)):
                yield "places_taken"
            return
        if lemma == "casualty":
            # how many of them died is not told: only "no casualties" says something of both
            yield from ("killed", "injured")
            return
        if _is_suffered(token):
            yield "injured"
            return
        if lower in STATES and (token.pos_ in ("ADJ", "NOUN", "PROPN", "ADV") or token.tag_.startswith("NN")):
            yield STATES[lower]
        elif lemma == "victim" and _is_tallied(token):
            yield "killed"
        elif lemma in COUNTED and token.pos_ in ("NOUN", "PROPN"):
            measure = COUNTED[lemma]
            yield measure
            if measure == "captured" and lemma in EVENT_NOUNS:
                yield "places_taken"
        elif (lemma == "toll" and not any(child.lower_ in ("financial", "heavy") for child in token.children)) or (
            lemma == "loss" and token.pos_ == "NOUN"
        ):
            yield "killed"
        elif lemma == "control" and token.pos_ == "NOUN":
            yield "places_taken"
        elif (lemma == "fate" and _is_unknown(token)) or (lemma == "contact" and _is_cut(token)):
            yield "missing"
        elif lemma in ("captivity", "detention") and token.dep_ == "pobj" and token.head.lower_ == "in":
            yield "captured"
        elif lemma == "condition" and any(c.lower_ in ("critical", "serious", "grave", "stable") for c in token.children):
            yield "injured"

    def victim_heads(self, token: Any, measure: str) -> list[Any]:
        """Heads of the noun phrases that name who (or which places) a predicate counts."""
        lemma, lower = token.lemma_.lower(), token.lower_.strip("'’‘\"“”")
        is_verb = token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")
        heads: list[Any] = []
        wanted_place = measure == "places_taken"
        subjects = [child for child in token.children if child.dep_ in SUBJECTS]
        if not subjects and token.tag_ in ("VBN", "VBD"):
            # "one was injured and another slightly wounded": the parser takes the elliptic subject for a determiner
            subjects = [
                child for child in token.children if child.dep_ == "det" and child.i < token.i and child.lower_ == "another"
            ]
        objects = [child for child in token.children if child.dep_ in ("dobj", "obj")]
        if is_verb and lemma in TRANSITIVE and (clause := _listed_in(token)) is not None:
            # "a child was among seven people hurt": seven were
            heads = [token.head] if self.number_of(token.head) else self.of_clause(clause)
        elif is_verb and token.dep_ == "amod" and lower in STATES:
            heads = self.of_state(token, subjects)
        elif is_verb and lemma in _COSTING and measure == "killed":
            lives = [c for c in token.children if c.dep_ in ("dobj", "attr") and c.lemma_ == "life"]
            heads = [g for o in lives for g in (self.through(o, ("of",)) or [o])]
            heads = heads or [o for o in objects if self.is_person(o) and self.number_of(o)]  # "has cost the side 1,100 soldiers"
        elif is_verb and (lemma in TRANSITIVE or lemma in TAKING):
            heads = self.of_transitive(token, subjects, objects)
            if lemma == "take" and measure == "places_taken":
                # the parser hangs "of nine towns" on either word of "took control"
                heads += [
                    g for o in objects if o.lemma_ == "control" for word in (o, token) for g in self.through(word, ("of", "over"))
                ]
        elif lower == "missing":
            heads = self.of_state(token, subjects)
        elif is_verb and lemma in INTRANSITIVE:
            heads = subjects or ([token.head] if token.dep_ in ("acl", "relcl") else self.shared_subject(token))
            if lemma in ("die", "perish") and not any(self.is_person(h) or self.number_of(h) for h in heads):
                heads = [o for o in objects if self.is_person(o)] or heads  # "on Monday died 60 soldiers"
        elif is_verb and lemma in _DESTROYING:
            # fighting men may be "destroyed"; nobody else is
            heads = [h for h in self.of_transitive(token, subjects, objects) if self.lemmas(h) & COMBATANTS]
        elif is_verb and measure == "injured" and lemma in ("treat", "leave"):
            heads = self.of_transitive(token, subjects, objects)
        elif is_verb and measure == "missing" and (touch := _touch_of(token)) is not None:
            heads = self.through(touch, ("with",)) or self.through(token, ("with",))
        elif is_verb and lemma == "lose" and wanted_place:
            heads = [c for c in token.children if c.dep_ in _LOST]
        elif is_verb and lemma in ("lose", "misplace"):
            lives = [o for o in objects if o.lemma_ == "life"]
            heads = (subjects or [token.head] if token.dep_ == "relcl" else subjects) if lives else objects
            if lives and any(self.number_of(o) for o in lives):
                heads = lives
            if not heads:  # "three soldiers were lost"
                heads = [c for c in subjects if c.dep_ == "nsubjpass"]
            heads = [h for head in heads if (h := head if lives else self.first_person(head)) is not None]
        elif is_verb and measure == "injured" and _brings_to_hospital(token):
            heads = [h for h in objects or subjects if self.is_person(h) or self.number_of(h)]
        elif is_verb and lemma in ("force", "drive", "leave", "abandon"):
            heads = objects if lemma in ("force", "drive") and objects else subjects or self.shared_subject(token)
            heads = [h for h in heads if self.is_person(h) or self.number_of(h)]
        elif is_verb and lemma == "blow":
            heads = [h for h in self.of_transitive(token, subjects, objects) if self.is_person(h)]
        elif is_verb:
            heads = objects
        elif lower in STATES:
            heads = self.of_state(token, subjects)
        elif (
            lemma == "toll"
            or (lemma in (*COUNTED, "victim") and _is_tallied(token))
            or (lemma == "loss" and _is_brought_to(token))
        ):
            heads = self.of_toll(token)
        elif _is_suffered(token):
            heads = [c for c in token.head.children if c.dep_ in SUBJECTS] or self.shared_subject(token.head)
        elif lemma == "martyr" and token.dep_ == "attr" and token.head.lemma_ == "become":
            heads = [c for c in token.head.children if c.dep_ in SUBJECTS]
        elif lemma == "fate":
            heads = self.through(token, ("of",))
        elif lemma == "contact":
            heads = [h for h in self.through(token, ("with",)) if self.is_person(h)]
        elif lemma in COUNTED or lemma in ("loss", "control"):
            heads = self.through(token, ("of", "over"))
            if lemma == "control":
                heads = [h for h in heads if self.is_place(h)]
            elif lemma == "loss":
                heads = [h for h in heads if self.is_person(h)]
            elif lemma not in EVENT_NOUNS or lemma == "death":
                heads = [h for h in heads if self.is_person(h)]
                if self.number_of(token) or not heads:
                    heads = [token]
        elif lemma in ("captivity", "detention"):
            kept = token.head.head
            named = [kept] if kept.pos_ in ("NOUN", "NUM", "PROPN") else self.of_clause(kept)
            # the parser may hang the words on the verb of telling
            named = [h for h in named if self.number_of(h)] or [
                t for t in self.doc[max(0, token.head.i - 3) : token.head.i] if t.pos_ == "NOUN"
            ][-1:]
            heads = [h for h in named if self.is_person(h) and self.number_of(h)]
        elif lemma == "condition":
            holder = token.head if token.dep_ == "pobj" else None
            verb = holder.head if holder is not None else None
            if verb is not None:
                heads = [child for child in verb.children if child.dep_ in SUBJECTS]
                if verb.pos_ in ("NOUN", "NUM", "PROPN"):
                    heads = [verb]
        if wanted_place or (measure == "captured" and lemma in TAKING | {"capture", "seize", "seizure"}):
            heads = [head for head in heads if (self.has_place(head) if wanted_place else self.is_person(head))]
        if is_verb and token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children if c.dep_ == "aux"):
            # "enough to kill a man" kills nobody: of what is not said to have happened only numbers are kept
            heads = [head for head in heads if self.number_of(head)]
        return [head for head in heads if wanted_place or not self.is_thing(head)]

    def has_harms(self, token: Any) -> bool:
        """ "treated 20 for cuts", "treated 20 people with bullet wounds", "left four men with broken legs"."""
        objects = [c for c in token.children if c.dep_ in ("dobj", "obj", "nsubjpass")]
        told = self.through(token, ("for", "with"))
        told += [inner for thing in objects if self.is_person(thing) for inner in self.through(thing, ("with",))]
        return any(inner.lemma_ in _HARMS or (inner.lemma_ in _LIMBS and _is_broken(inner)) for inner in told)

    def has_fallen(self, token: Any) -> bool:
        """ "Forty soldiers fell": fighting men who fall, and fall in, to or under nothing but a battle, die."""
        subjects = [c for c in token.children if c.dep_ in SUBJECTS] or self.shared_subject(token)
        if not any(self.lemmas(subject) & COMBATANTS for subject in subjects):
            return False
        if any(c.dep_ in ("dobj", "acomp", "prt") for c in token.children):
            return False
        return not any(
            c.dep_ == "prep" and c.lower_ in ("to", "into", "under", "from", "on", "behind", "off", "out") and not _is_dated(c)
            for c in token.children
        )

    def is_no_funeral(self, token: Any) -> bool:
        """Who is buried under rubble may live, and who "is buried here" died long ago."""
        lies = any(c.dep_ == "auxpass" and c.lower_ in ("is", "are") for c in token.children)
        return lies or bool(self.through(token, ("under", "beneath", "in")))

    def first_person(self, head: Any) -> Any | None:
        """The first of the things joined by "and" that is people: "lost two tanks and eleven soldiers"."""
        while head is not None and not self.is_person(head):
            head = next((child for child in head.children if child.dep_ == "conj"), None)
        return head

    def has_place(self, head: Any) -> bool:
        """Whether a noun phrase, or one joined to it, is of places: "took the town and eight villages"."""
        while head is not None:
            if self.is_place(head):
                return True
            head = next((child for child in head.children if child.dep_ == "conj"), None)
        return False

    def shares_number(self, token: Any) -> bool:
        """Whether a verb shares its victims with one of another measure ("killed or wounded 200"): the number is of neither."""
        conjuncts = [
            c
            for c in token.children
            if c.dep_ == "conj" and TRANSITIVE.get(c.lemma_, TRANSITIVE[token.lemma_]) != TRANSITIVE[token.lemma_]
        ]
        others = [*conjuncts, token.head] if token.dep_ == "conj" and token.head.lemma_ in TRANSITIVE else conjuncts
        for other in others:
            if TRANSITIVE[other.lemma_] == TRANSITIVE[token.lemma_]:
                continue
            first, second = sorted((token, other), key=lambda verb: verb.i)
            between = [t for t in second.children if t.i > first.i and (t.dep_ in SUBJECTS or t.i in self.by_token)]
            inside = any(first.i < index < second.i for index in self.by_token) or any(
                word.lower_ in _OTHERS for word in self.doc[first.i + 1 : second.i]
            )
            if not between and not inside and second.i - first.i <= 4:
                passive = any(c.dep_ == "auxpass" for c in first.children)
                after = any(c.dep_ == "dobj" for c in second.children) and not any(c.dep_ == "dobj" for c in first.children)
                if passive or after:
                    return True
        return False

    def of_transitive(self, token: Any, subjects: list[Any], objects: list[Any]) -> list[Any]:
        if token.lemma_ in TRANSITIVE and self.shares_number(token):
            return []
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)
        if objects and not passive:
            return objects
        if not passive and (about := [h for h in self.through(token, ("around", "about", "over")) if self.number_of(h)]):
            return about  # "injured around 40 others": the parser takes the word for a preposition
        if passive:
            named = [s for s in subjects if s.tag_ not in ("WDT", "WP")]
            if named:
                return named
            if subjects and token.dep_ in ("relcl", "acl"):
                return [token.head]
            return self.shared_subject(token)
        if token.tag_ == "VBN" and token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in _NUMBERS:
            return self.of_toll(token.head.head)  # "the number of the killed reached 40"
        if token.tag_ == "VBN" and token.dep_ == "nsubj" and token.head.lemma_ in _COMING_TO and _is_the_few(token):
            # "the displaced exceeded 70,000": what they come to
            return [c for c in token.head.children if c.dep_ == "dobj" and c.i > token.i and self.number_of(c)][:1]
        if token.tag_ == "VBN" and token.dep_ in ("acl", "relcl"):
            through = token.head.head
            if token.head.dep_ == "pobj" and through.lower_ == "of" and through.head.lemma_ == "number":
                return self.of_toll(through.head)
            return [token.head]
        # "Sixteen killed as ...", "the 74 injured": the participle's only argument is who suffered it
        if token.tag_ in ("VBN", "VBD", "JJ") and subjects:
            return [s for s in subjects if s.i < token.i and (self.number_of(s) or self.is_person(s))]
        if token.tag_ in ("VBN", "VBD") and token.dep_ == "conj":
            return self.shared_subject(token)
        return []

    def shared_subject(self, token: Any) -> list[Any]:
        """Subject of the verb that a conjunct shares it with ("were shot and killed"), not of another measure's verb."""
        head = token
        while head.dep_ in ("conj", "xcomp", "acomp", "advcl") and head.head.i != head.i:
            head = head.head
            if head.lemma_ in TRANSITIVE and TRANSITIVE[head.lemma_] != TRANSITIVE.get(token.lemma_):
                return []
            subjects = [child for child in head.children if child.dep_ in SUBJECTS]
            if subjects:
                return [s for s in subjects if self.is_person(s) or self.number_of(s)]
        return []

    def of_state(self, token: Any, subjects: list[Any]) -> list[Any]:
        if self.number_of(token):
            return [token]
        if numbered := _numbered(token):
            return numbered
        if subjects:
            return subjects
        if another := [c for c in token.children if c.dep_ == "det" and c.lower_ == "another" and c.i == token.i - 1]:
            return another  # "one was killed and another hurt"
        verb = token.head
        if token.dep_ in ("dobj", "obj") and verb.lemma_ in ("put", "estimate", "number", "give", "set"):
            stated = self.through(verb, ("at",)) or self.through(token, ("at",))
            return [head for head in stated if self.number_of(head)]
        if token.dep_ in ("amod", "acl", "appos", "nmod", "compound") and verb.pos_ in ("NOUN", "PROPN", "NUM"):
            return [verb]
        if token.dep_ in ("acomp", "oprd", "attr", "advmod", "conj", "ccomp", "xcomp", "dobj", "advcl", "prt"):
            if verb.lemma_ in _RESULTATIVE:
                objects = [c for c in verb.children if c.dep_ in ("dobj", "obj") and c.i != token.i]
                named = [c for c in verb.children if c.dep_ in SUBJECTS]
                is_passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
                found = objects or (named if is_passive or verb.tag_ == "VBN" else [])
                # "were found shot dead"
                return found or (self.shared_subject(verb) if verb.tag_ == "VBN" and not is_passive else [])
            if verb.lemma_ in ("be", "go", "remain", "report", "feel", "get", "lie"):
                return [child for child in verb.children if child.dep_ in SUBJECTS]
        if token.dep_ == "pobj" and token.head.lower_ in ("among", "amongst", "of") and token.head.head.lemma_ not in _NUMBERS:
            counted = token.head.head
            if counted.lemma_ in _ROLLS and counted.dep_ in ("pobj", "dobj"):
                named = self.of_clause(
                    counted.head.head if counted.dep_ == "pobj" else counted.head
                )  # "37 were added to the list of the fallen"
                return [n for n in (*named, *(i for n in named for i in self.through(n, ("of",)))) if self.number_of(n)]
            if token.head.lower_ == "of" and counted.i in self.by_token:
                return [counted]  # "two of the dead were a mother and her son"
            return [n for n in self.of_clause(counted) if n.i != token.i]
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in _NUMBERS:
            return self.of_toll(token.head.head)
        return []

    def of_clause(self, verb: Any) -> list[Any]:
        """Whom a clause of being is about: "three of his men were among ..."."""
        named = [c for c in verb.children if c.dep_ in (*SUBJECTS, "attr")]
        return [n for n in named if self.is_person(n) or self.number_of(n)]

    def of_toll(self, token: Any) -> list[Any]:
        """The number that a toll stands at ("the death toll rose to 45", "a toll of 45", "put the number of dead at 45")."""
        top = token
        while top.dep_ in ("compound", "pobj", "prep", "nmod") and top.head.i != top.i and top.head.pos_ != "VERB":
            top = top.head
        seen: list[Any] = []
        for word in (token, top):
            seen += self.through(word, ("of",))
        verb = top.head if top.head.pos_ in ("VERB", "AUX") else None
        if verb is not None:
            for child in verb.children:
                if child.dep_ == "prep" and child.lower_ in ("to", "at", "past", "above"):
                    seen += [grand for grand in child.children if grand.dep_ == "pobj"]
                if child.dep_ in ("dobj", "attr") and child.i > top.i:
                    seen.append(child)
        return [head for head in seen if self.number_of(head)][:1]


_COMING_TO = frozenset("reach exceed top pass surpass hit total".split())


def _is_the_few(participle: Any) -> bool:
    """ "the displaced": a participle with the article, and nothing below it that makes it a verb."""
    below = [c.dep_ for c in participle.children]
    return "det" in below and not set(below) & {"aux", "auxpass", "nsubj", "nsubjpass", "dobj", "agent"}


def _numbered(state: Any) -> list[Any]:
    """ "the dead number 130": what they come to, the word read as a verb or as a noun."""
    word = state.head
    if word.lemma_ not in ("number", "total") or word.i <= state.i:
        return []
    return [
        c for c in word.children if c.i > word.i and c.dep_ in ("nummod", "dobj", "attr", "appos", "npadvmod") and c.pos_ == "NUM"
    ][:1]


def _listed_in(participle: Any) -> Any | None:
    """The clause of "X was among those killed", at its participle; None elsewhere."""
    holder = participle.head
    if participle.tag_ != "VBN" or participle.dep_ != "acl" or holder.dep_ != "pobj" or holder.lower_ not in _THOSE:
        return None
    return holder.head.head if holder.head.lower_ in ("among", "amongst") else None


def _is_suffered(noun: Any) -> bool:
    """ "two soldiers suffered gunshot wounds": who has them is counted."""
    return noun.lemma_ in ("wound", "burn") and noun.dep_ == "dobj" and noun.head.lemma_ in _SUFFERING


def _is_broken(limb: Any) -> bool:
    """ "left three men with broken arms", and not "with small arms"."""
    return any(c.lower_ in _BROKEN for c in limb.children)


def _is_unknown(fate: Any) -> bool:
    """ "the fate of another 20 soldiers remains unknown"."""
    verb = fate.head
    told = {c.lower_ for c in verb.children if c.dep_ in ("acomp", "oprd", "neg")} | {verb.lower_}
    return fate.dep_ in SUBJECTS and bool(told & {"unknown", "unclear", "uncertain"} or {"not", "known"} <= told)


def _is_cut(contact: Any) -> bool:
    """ "contact with 24 soldiers remains cut"."""
    verb = contact.head
    told = {c.lemma_ for c in verb.children if c.dep_ in ("acomp", "oprd", "prt")} | {verb.lemma_}
    return (
        contact.dep_ in SUBJECTS and bool(told & {"cut", "sever", "break", "interrupt", "lose", "lost"}) and verb.lemma_ != "lose"
    )


def _touch_of(verb: Any) -> Any | None:
    """The contact of "contact with nine men was lost"."""
    told = (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "nsubj"))
    return next((c for c in told if c.lemma_.lower() in ("contact", "connection", "communication", "touch")), None)


def _is_dated(preposition: Any) -> bool:
    return any(child.ent_type_ in ("DATE", "TIME") for child in preposition.children)


def _is_of_war(verb: Any) -> bool:
    return any(c.dep_ == "nsubj" and c.lemma_.lower() in PERIOD_AGENTS for c in verb.children)


def _is_tallied(noun: Any) -> bool:
    """Whether a noun's count is told by a tally over it ("the death toll", "the number of deaths rose to 45")."""
    if noun.head.lemma_ == "toll":
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in ("number", "toll", "tally", "count")


def _is_brought_to(noun: Any) -> bool:
    """ "Taking its losses to 40": losses that are counted by what they are brought to."""
    return noun.dep_ in ("dobj", "nsubj", "nsubjpass") and noun.head.lemma_ in _TALLYING


def _brings_to_hospital(token: Any) -> bool:
    """ "left ten others in hospital", "sent five to hospital": who is sent to THE hospital may go there to work."""
    if token.lemma_.lower() not in _HOSPITAL:
        return False
    wards = [
        grand for child in token.children if child.lower_ in ("in", "to") for grand in child.children if grand.dep_ == "pobj"
    ]
    return any(
        ward.lemma_.lower() == "hospital" and (token.lemma_.lower() == "leave" or not any(c.dep_ == "det" for c in ward.children))
        for ward in wards
    )


def _leaves_home(verb: Any) -> bool:
    """ "Forced from their homes", "left their villages"."""
    homes = ("home", "house", "village")
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.lemma_ in homes]
    through = [
        grand
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in ("from", "out")
        for grand in child.subtree
        if grand.lemma_ in homes
    ]
    if verb.lemma_ in ("leave", "abandon"):
        return any(c.dep_ == "poss" and c.lower_ in ("their", "his", "her") for o in objects for c in o.children)
    return bool(through)
