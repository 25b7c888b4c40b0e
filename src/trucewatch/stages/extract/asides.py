"""Words of acts that only say who or what somebody is: "tended the wounded", "soldiers captured in spring".

What befell them, or what they were about, is told of no day; what is told is what happens to them now.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.stages.extract.hurt import in_care
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import DEED_CLASSES, ActMention
from trucewatch.stages.extract.syntax import PAPERS, Token, children, preposition_objects

_BEFALLEN = ("harm", "displace")
_THE_HURT = frozenset("wounded injured hurt burned burnt dead killed fallen displaced evacuated maimed slain".split())
_SEVERAL = frozenset("several some many few more most all".split())
# who is tended, met or remembered, where no number is given
_CARING = frozenset(
    "treat reach visit help assist tend comfort rescue see meet collect carry bury honour honor mourn remember decorate "
    "award thank greet transport save find shelter feed house host search accommodate pull evacuate aid".split()
)
_OF_THEM = frozenset(
    "family relative name list memory monument memorial funeral fate return release exchange handover swap whereabout case "
    "lawyer treatment parent mother father wife widow portrait photograph grave body one some many most blanket food aid tent "
    "shelter help relief care medicine".split()
)
_LOOKING_AHEAD = frozenset({"try", "prepare", "attempt", "seek", "plan", "wait", "ready", "set", "poise", "aim", "hope"})
_SUSPICION = frozenset({"suspicion", "suspicions", "pretext", "assumption", "belief", "grounds", "excuse", "premise"})
_STRIKES = frozenset({"attack", "damage", "harm", "clash", "blast", "detain"})
_BESIDE_A_DEED = frozenset({"move", "threaten", "attack", "take", "clash", "offer"})
_OBSTACLES = frozenset(
    "mound truck lorry rubble debris berm tree stone rock barrier wall car vehicle wreck snow landslide".split()
)
_TRYING = frozenset({"jail", "convict", "sentence", "acquit", "try", "indict", "extradite"})
_UNMET = frozenset({"offer", "agree", "talk", "accuse", "misdeed", "retreat"})
_LAID_DOWN = frozenset({"retreat", "move", "agree", "take", "offer"})
_LAYING_DOWN = frozenset(
    "say state stipulate provide specify prescribe foresee envisage envision read require oblige set mean".split()
)
_PACTS = frozenset(
    "deal agreement accord plan proposal draft truce ceasefire cease-fire treaty document roadmap clause article scheme "
    "protocol arrangement pact point".split()
)
_TALKING_OVER = frozenset("discuss talk negotiate review address consider debate confer consult exchange".split())
_PARTS = frozenset("most some several many all others half both few".split())
_PERSONS = frozenset(
    "man woman boy girl officer student driver resident villager shepherd farmer priest journalist activist".split()
)


def is_aside(mention: ActMention, others: Sequence[ActMention], lexicon: Lexicon) -> bool:
    """Whether a mention only describes somebody or something of which something else is told."""
    token = mention.token
    if mention.frame in _LAID_DOWN and _is_laid_down(token):
        return True
    if mention.frame in ("retreat", "agree", "offer") and _is_a_duty(token):
        return True
    if token.dep_ == "relcl" and _is_what_they_were_at(token, mention):
        return True
    # "talks between A and B, mediated by C": who mediates does another thing than who meets
    if mention.frame == "talk" and token.lemma_ not in ("mediate", "broker") and _is_of_the_meeting(token, others):
        return True
    if mention.frame in ("damage", "attack", "harm") and _is_said_of_some(token, mention, others):
        return True
    if mention.frame in _BEFALLEN and not mention.is_nominal:
        is_uncounted = token.dep_ == "acl" and token.tag_ == "VBN" and _is_uncounted(token)
        return is_uncounted or _is_the_hurt(token) or _is_by_accident(token)
    if mention.frame == "take" and token.dep_ in ("amod", "acl") and _is_person(token.head, lexicon):
        return True  # "video of captured men", "prisoners captured in the war": no ground is taken
    if mention.frame == "detain" and token.dep_ == "acl" and _is_matter(token.head):
        return True
    if token.lemma_ == "burn" and token.tag_ == "VBG" and token.dep_ in ("amod", "pcomp"):
        return True  # "past burning cars"
    if mention.is_nominal:
        return _is_only_where(token, others) or (mention.frame == "take" and _is_resisted(token)) or _is_daily_work(token)
    if mention.frame == "take" and token.dep_ == "relcl" and token.lemma_ in ("occupy", "hold", "control"):
        return any(
            c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in token.children
        )  # "villages which are still occupied"
    if mention.frame == "coerce" and token.dep_ == "acl" and token.tag_ == "VBG" and token.head.lemma_.lower() in _OBSTACLES:
        return True  # "an earth mound blocking the entrance"
    if _is_anybodys(token) or (
        mention.frame == "attack" and token.dep_ in ("amod", "compound") and token.head.lemma_ == "victim"
    ):
        return True
    if token.dep_ == "relcl" and (_is_long_known(token, mention) or _is_tried_in_court(token)):
        return True
    if mention.act == "AID.DELIVERY" and token.lemma_ == "rebuild" and children(token, "nsubjpass"):
        return True
    if mention.frame in _UNMET and _hangs_on_a_condition(token):
        return True
    if mention.frame == "agree" and (_is_dealt_again(token, others) or _is_who_dealt(token)):
        return True
    if mention.frame == "request" and _as_a_paper_asks(token):
        return True
    if mention.frame in _BESIDE_A_DEED:
        return _is_of_the_struck(token, mention, others)
    return False


def _is_anybodys(token: Token) -> bool:
    """ "go near the fence and you get shot": whoever does, and nobody told of."""
    who = next(iter(children(token, "nsubj", "nsubjpass")), None)
    return (
        who is not None
        and who.lower_ == "you"
        and token.dep_ != "relcl"
        and not any(
            c.dep_ in ("aux", "auxpass") and c.lower_ in ("had", "was", "were", "did", "have", "will", "must", "should")
            for c in token.children
        )
        and token.tag_ in ("VBN", "VBP")
        and any(c.lower_ in ("get", "are") for c in token.children)
    )


def _is_long_known(token: Token, mention: ActMention) -> bool:
    """ "the force, which has been deployed since 1978", "tanks that had been wrecked in the war": what they are."""
    if not any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children):
        return False
    if mention.frame == "move" or mention.act == "OFFER.MONITORS":
        who = any(c.lower_ == "who" for c in children(token, "nsubjpass"))
        return who or any(p.lower_ == "since" for p in children(token, "prep"))
    in_war = any(i.lemma_ == "war" for _, i in preposition_objects(token, "in", "during"))
    return mention.frame in ("damage", "harm") and in_war and not any(c.dep_ == "nummod" for c in token.head.children)


def _is_tried_in_court(token: Token) -> bool:
    """ "jailed a man who had shot a neighbour"."""
    return token.head.dep_ in ("dobj", "nsubjpass") and token.head.head.lemma_ in _TRYING


def _is_by_accident(token: Token) -> bool:
    """ "a gas cylinder exploded, wounding three"."""
    if token.dep_ != "advcl" or token.tag_ != "VBG":
        return False
    burst = [w for s in children(token.head, "nsubj") for w in (s, *children(s, "compound"))]
    return any(w.lemma_.lower() in ("gas", "cylinder", "boiler", "stove", "canister", "heater", "firework") for w in burst)


def _is_only_where(token: Token, others: Sequence[ActMention]) -> bool:
    """ "one of the figures killed in the fighting": beside who only is described."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("in", "during", "by"):
        return False
    verb = token.head.head
    return verb.dep_ == "acl" and any(m.token == verb and m.frame.startswith("harm") for m in others) and _is_uncounted(verb)


def _is_resisted(token: Token) -> bool:
    """ "fought the occupation", "an end to the occupation": what one is against, known of long ago."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    return token.dep_ in ("dobj", "pobj") and verb.lemma_.lower() in ("fight", "resist", "oppose", "end", "protest", "resistance")


def _is_daily_work(token: Token) -> bool:
    """ "its operation was not affected", "his operation lasted hours": a hospital's or a surgeon's."""
    if token.lemma_ != "operation" or token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    is_his = any(c.dep_ == "poss" and c.lower_ in ("his", "her", "my") for c in token.children)
    return is_his or (token.dep_ == "nsubjpass" and token.head.lemma_.lower() in ("affect", "disrupt", "hamper", "interrupt"))


def _hangs_on_a_condition(token: Token) -> bool:
    """ "until our security is guaranteed", "if they sign": it has not come about."""
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod", "preconj", "cc") and c.i < token.i}
    if token.dep_ == "advcl" and marks & {"if", "unless", "until", "once", "lest", "till", "before"}:
        return token.tag_ in ("VBZ", "VBP", "VB") or any(
            c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP", "VB", "MD") for c in token.children
        )
    return "either" in marks and token.tag_ in ("VBP", "VB", "VBZ")


def _is_dealt_again(token: Token, others: Sequence[ActMention]) -> bool:
    """ "a truce negotiated in X collapsed as soon as it was signed": the same deal."""
    who = next(iter(children(token, "nsubjpass", "nsubj")), None)
    if token.dep_ == "advcl" and who is not None and who.lower_ in ("it", "they"):
        return any(
            m.frame in ("agree", "begin") and m.token.i < token.i and m.token.sent.start == token.sent.start for m in others
        )
    if token.dep_ != "acl" or token.tag_ != "VBN":
        return False
    node = token.head
    for _ in range(6):
        # "urged them to respect the truce agreed in November": known already
        if any(m.token == node and m.frame in ("request", "appeal", "must") for m in others):
            return True
        if node.head == node or node.dep_ in ("nsubj", "nsubjpass", "relcl", "ccomp", "advcl"):
            return False
        node = node.head
    return False


def _is_who_dealt(token: Token) -> bool:
    """ "the speaker, who negotiated the deal": who he is."""
    if token.dep_ != "relcl" or token.lemma_ not in ("negotiate", "broker", "mediate") or token.tag_ != "VBD":
        return False
    return any(c.lower_ == "who" for c in children(token, "nsubj"))


def _as_a_paper_asks(token: Token) -> bool:
    """ "had not left, as required by the agreement"."""
    is_as = any(c.lower_ == "as" and c.dep_ == "mark" for c in token.children)
    by = [i for _, i in preposition_objects(token, "by", "under", "in")]
    return token.tag_ == "VBN" and is_as and any(i.lemma_.lower() in PAPERS | _PACTS for i in by)


def _is_laid_down(token: Token) -> bool:
    """ "the deal says that X's troops leave by May", "a plan that foresees a withdrawal": laid down, and not told as done."""
    if token.tag_ in ("VBD", "VBN") and not any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP", "VB") for c in token.children):
        return False
    verb = token.head
    if token.dep_ == "conj" and verb.dep_ == "ccomp":
        verb = verb.head
    elif token.dep_ not in ("ccomp", "dobj"):
        return False
    if verb.lemma_.lower() not in _LAYING_DOWN or any(
        c.dep_ == "aux" and c.lower_ in ("had", "has", "have") for c in token.children
    ):
        return False
    paper = next(iter(children(verb, "nsubj")), None)
    if paper is not None and paper.lower_ in ("which", "that") and verb.dep_ == "relcl":
        paper = verb.head
    return paper is not None and (paper.lemma_.lower() in PAPERS | _PACTS) and token.lemma_.lower() != "be"


def _is_what_they_were_at(token: Token, mention: ActMention) -> bool:
    """ "grenades fell near soldiers who were clearing a road", "a squad which stayed in the town": who they are."""
    is_going_on = token.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ == "were" for c in token.children)
    if mention.frame == "retreat" and is_going_on:
        return bool(token.head.dep_ == "pobj")
    named = any(c.ent_type_ in ("NORP", "GPE", "ORG") for c in token.head.children) or bool(token.head.ent_type_)
    return mention.act == "FORCE.NON_WITHDRAWAL" and token.head.dep_ in ("pobj", "attr") and not named


def _is_a_duty(token: Token) -> bool:
    """ "is responsible for disarming X": what is owed."""
    return token.dep_ == "pcomp" and token.head.lower_ == "for" and token.head.head.lower_ in ("responsible", "accountable")


def _is_of_the_meeting(token: Token, others: Sequence[ActMention]) -> bool:
    """ "met X to discuss Y", "met for talks hosted by Z", "received X and discussed it with him": one meeting."""
    node = token
    if token.dep_ == "acl" and token.tag_ == "VBN":
        node = token.head
        while node.dep_ in ("pobj", "dobj") and node.head.dep_ in ("prep", "dobj", "pobj"):
            node = node.head
        above = node.head
        return node.dep_ in ("prep", "pobj", "dobj") and any(
            m.frame == "talk" and m.token in (above, above.head) and m.token.i < token.i for m in others
        )
    if token.lemma_ not in _TALKING_OVER:
        return False
    if token.dep_ in ("advcl", "xcomp") and token.tag_ == "VB":
        return any(m.frame == "talk" and m.token == token.head for m in others)
    if token.dep_ == "conj" and not children(token, "nsubj"):
        with_whom = [i for _, i in preposition_objects(token, "with")]
        return all(w.pos_ == "PRON" for w in with_whom) and any(m.frame == "talk" and m.token == token.head for m in others)
    return False


def _is_said_of_some(token: Token, mention: ActMention, others: Sequence[ActMention]) -> bool:
    """ "ten drones came in and most were shot down", "90 homes were hit, 20 of them destroyed", "but nobody was hurt"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None and token.dep_ == "acl":
        subject = token.head
    none = mention.frame == "harm" and _spares(token, subject)
    if not none and not (mention.frame in ("damage", "attack") and subject is not None and _is_a_part(subject)):
        return False
    return any(
        m is not mention
        and m.act_class == "ASSAULT"
        and m.token.sent.start == token.sent.start
        and not m.negated
        and (m.token.i < token.i or none)
        and m.frame in ("attack", "damage", "blast")
        for m in others
    )


def _is_a_part(subject: Token) -> bool:
    """ "most", "20 of them": of what was just told of."""
    of_them = any(i.lower_ in ("them", "which", "these") for _, i in preposition_objects(subject, "of"))
    bare = not any(c.dep_ in ("prep", "nummod", "amod", "poss") for c in subject.children)
    return (subject.lower_ in _PARTS and (of_them or bare)) or (subject.pos_ == "NUM" and of_them)


def _spares(token: Token, subject: Token | None) -> bool:
    """ "killing no one", "no pupil was hurt"."""
    words = [*children(token, "dobj", "obj"), *([subject] if subject is not None else [])]
    return any(w.lower_ in ("nobody", "none", "no-one") or any(c.lower_ == "no" for c in w.children) for w in words)


def _is_the_hurt(token: Token) -> bool:
    """ "reached the wounded", "aid for the displaced", "visited several injured": people, by what befell them."""
    if token.lower_ not in _THE_HURT or token.dep_ not in ("acl", "advcl", "dobj", "pobj", "nsubj", "nsubjpass", "conj", "attr"):
        return False
    words = [c for c in token.children if c.i < token.i]
    if any(t.lower_ == "most" for t in token.doc[max(0, token.i - 3) : token.i]) and token.dep_ in ("pobj", "advcl", "dobj"):
        return True  # "took eleven of the most seriously wounded to X"
    if in_care(token.head) is not None or (token.dep_ == "acl" and in_care(token.head.head) is not None):
        return True
    if any(c.dep_ == "nummod" or c.pos_ == "NUM" for c in words) or any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in words):
        return False
    if any(c.lower_ in ("the", "our", "their", "its", "these", "those") and c.dep_ in ("det", "poss") for c in words):
        return True
    governor = token.head.head if token.dep_ == "pobj" else token.head
    is_some = any(c.lower_ in _SEVERAL for c in words) and token.dep_ in ("dobj", "pobj")
    return is_some and governor.lemma_.lower() in _CARING


def _is_uncounted(token: Token) -> bool:
    """ "a monument to those killed there", "decorated officers wounded in the war": who they were, and no number of them."""
    people = token.head
    if people.pos_ not in ("NOUN", "PRON", "PROPN", "DET") or people.dep_ not in ("dobj", "pobj"):
        return False
    if any(c.dep_ == "nummod" or c.lower_ in ("another", "a", "an") or c.dep_ == "quantmod" for c in people.children):
        return False
    governor = people.head.head if people.dep_ == "pobj" else people.head
    if people.dep_ == "pobj" and people.head.lower_ in ("of", "for", "to", "with", "as"):
        return governor.lemma_.lower() in _OF_THEM | _CARING
    return people.dep_ == "dobj" and governor.lemma_.lower() in _CARING


def _is_person(noun: Token, lexicon: Lexicon) -> bool:
    lemma = noun.lemma_.lower()
    return noun.ent_type_ == "PERSON" or lemma in _PERSONS or lexicon.is_kind(lemma, "civilian", "captive", "combatant")


def _is_matter(people: Token) -> bool:
    """ "the return of soldiers seized in spring": what is told is the return."""
    if people.dep_ != "pobj" or any(c.dep_ == "nummod" for c in people.children):
        return False
    return people.head.lower_ in ("of", "for", "about") and people.head.head.lemma_.lower() in _OF_THEM


def _is_kept_there(verb: Token) -> bool:
    """ "a site in which vehicles were placed"."""
    return any(c.dep_ == "auxpass" for c in verb.children) and verb.lemma_ in (
        "place",
        "store",
        "hide",
        "keep",
        "station",
        "park",
    )


def _is_of_the_struck(token: Token, mention: ActMention, others: Sequence[ActMention]) -> bool:
    """ "shelled troops trying to advance", "hit rockets hidden in a barn", "on suspicion that it moved arms": whom or why."""
    node, ahead = token, False
    for _ in range(5):
        if node.head == node:
            return False
        if node.dep_ in ("acl", "relcl") and node.head.lemma_.lower() in _SUSPICION:
            return True
        if node.dep_ == "acl" or (node.dep_ == "relcl" and (ahead or _is_kept_there(node))):
            break
        if node.dep_ not in ("xcomp", "advcl", "conj", "ccomp"):
            return False
        ahead = ahead or (node.dep_ == "xcomp" and node.head.lemma_ in _LOOKING_AHEAD)
        node = node.head
    if node.dep_ == "acl" and node.tag_ not in ("VBG", "VBN"):
        return False
    if node.dep_ not in ("acl", "relcl"):
        return False
    if not ahead and mention.frame != "move":
        return False
    thing = node.head
    while thing.dep_ in ("conj", "appos") and thing.head.pos_ in ("NOUN", "PROPN"):
        thing = thing.head
    for other in others:
        if other is mention or other.act_class not in DEED_CLASSES or other.is_nominal or other.frame not in _STRIKES:
            continue
        struck = children(other.token, "dobj", "obj", "nsubjpass") + [
            i for _, i in preposition_objects(other.token, "at", "on", "with", "against")
        ]
        if thing in struck:
            return True
        if mention.frame == "move" and thing in children(_first(other.token), "nsubj"):
            return True  # "troops operating near the line opened fire"
    return False


def _first(verb: Token) -> Token:
    """ "had seen a drone and opened fire": the first of the verbs that share a subject."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and not children(verb, "nsubj", "nsubjpass"):
        verb = verb.head
    return verb
