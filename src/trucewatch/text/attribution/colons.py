"""Speakers set before a colon: “Anna Roth: …”, “Health ministry: …”, “13:05 GMT - Northland: …”, “PM: we were attacked”."""

from __future__ import annotations

import re
from functools import lru_cache

from trucewatch.text.attribution.astray import is_tellers_noun
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft
from trucewatch.text.attribution.sources import source_span
from trucewatch.text.attribution.tree import Range, Tree

# what opens a headline in capitals and is nobody's name
_KICKERS = frozenset("LIVE WATCH VIDEO PHOTO PHOTOS NEWS UPDATE READ MORE TOP BREAK FACT QUIZ MAP".split())
_HOUR = re.compile(r"\d{1,2}[:.h]\d\d|GMT|UTC|BST|EDT|EST|CET|am|pm|a\.m\.|p\.m\.|local|time", re.I)
_LABEL = re.compile(r"[A-Z][^.:;!?\n]{1,60}: ?[\w“\"'‘]")
_MANY = 3
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
# what newspapers call a piece in front of its headline
_KINDS_OF_PIECE = frozenset(
    "explainer analysis opinion watch live video photos timeline factbox exclusive breaking update updated map profile comment "
    "editorial interview report background feature obituary latest correction caption photo picture pictures graphic".split()
)
_NAMED = ("GPE", "NORP", "ORG", "PERSON", "LOC", "FAC")
# what somebody gives out, and then says
_NOTICES = frozenset(
    "list figure number toll statement version account report bulletin data datum summary update message tally detail".split()
)
_GIVING = frozenset("update publish give release issue present post provide offer have put spread circulate report make".split())
_ROLE_HEADS = frozenset(
    {
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "officials",
        "minister",
        "ministry",
        "president",
        "army",
        "leader",
        "police",
        "source",
        "sources",
        "military",
        "mod",
        "mfa",
        "moh",
        "spox",
    }
)
# the same as the last word before a colon only: "PM:", "Northland's envoy:"
_TITLES = frozenset(
    "pm fm premier mayor governor ombudsman ombudswoman ombudsperson commander chief envoy ambassador adviser aide rescuers "
    "medics residents resident witnesses authorities government defender officials lawmaker spokesmen speaker deputy "
    "general".split()
)
# ", on Facebook", ", in a post on X": where a name in front of a colon wrote
_WROTE_AT = frozenset({"on", "in", "via", "to", "at"})
# ", since the truce", ", as of noon": over which time a label counts
_AS_OF = frozenset({"since", "as", "from", "until", "for", "after", "before", "per", "at", "today", "yesterday", "update"})
# "Roth at the briefing", "Roth on Al-Nur"
_AT = frozenset({"at", "on", "in", "to", "after", "via"})
# a mark of a running report in front of its hour or speaker
_RUNNING = frozenset("live update updated breaking latest now alert flash urgent * • [ ( » › → ▪ ● ►".split())


def read_colon(tree: Tree, i: int, sent: Range, quoted: bool, cues: Cues) -> Draft | None:
    """ "Name: “…”" and "Health ministry: …": a source, a colon, what it says. A topic before a colon is no source."""
    begin = _after_the_hour(tree, sent[0], i)
    stop = _without_place_of_writing(tree, begin, i)
    stop, is_cut = _without_circumstances(tree, begin, stop)
    if begin + 1 < stop and tree.words[begin].lower() == "from":
        begin, is_cut = begin + 1, True  # "From the Board: …"
    if is_cut and begin + 1 < stop and tree.words[begin].lower() == "the":
        begin += 1
    before = range(begin, stop)
    if i + 2 < sent[1] and (quoted or _is_notice(tree, i, sent)) and (speaker := _announced(tree, i, sent, cues)) is not None:
        draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma=":", kind="quotes", can_quote=True)
        draft.source = source_span(tree, speaker, i)
        draft.content = [tree.span((i + 1, sent[1]))]
        return draft
    if not 0 < len(before) <= 14 or i + 2 >= sent[1] or any(tree.tags[j] in ("VBD", "VBZ", "VBP", "MD") for j in before):
        return None
    # the hour in front makes parsers take the name for a part of it
    people = ("PERSON", "TIME") if begin > sent[0] else ("PERSON",)
    names_person = len(before) > 0 and all(tree.ents[j] in people and tree.words[j] != "-" for j in before)
    names_person = names_person and (len(before) > 1 or _is_lone_voice(tree, i, sent))
    names_role = any(tree.words[j].lower() in _ROLE_HEADS for j in before)
    is_titled = tree.words[stop - 1].lower() in _TITLES and len(before) <= 5
    names_role = names_role or (is_titled and not any(tree.tags[j] in ("IN", "TO", ",") for j in before))
    # "PM Roth: …", "Deputy Mayor Anna Roth: …"
    names_role = names_role or (
        1 < len(before) <= 5
        and any(tree.words[j].lower().strip(".") in _TITLES for j in range(begin, stop - 1))
        and all(tree.tags[j] in ("NNP", "NN", "JJ") for j in before)
        and tree.tags[stop - 1] == "NNP"
    )
    names_body = len(before) <= 4 and all(tree.ents[j] == "ORG" and tree.tags[j].startswith("NNP") for j in before)
    # "RIVERTOWN: Shells fell." is where it was written
    is_headline = tree.ents[stop - 1] == "ORG" or tree.words[sent[1] - 1] != "."
    names_body = names_body or (len(before) == 1 and _is_acronym(tree.words[stop - 1]) and is_headline)
    names_body = names_body or (len(before) == 1 and _MINISTRY.fullmatch(tree.words[stop - 1]) is not None)
    names_body = names_body or (
        is_cut and len(before) <= 5 and (is_tellers_noun(tree, stop - 1, cues) or tree.words[stop - 1].lower() in _ARMED)
    )
    speaks_for_us = len(before) <= 3 and tree.words[i + 1].lower() in ("we", "our") and tree.tags[stop - 1].startswith("NNP")
    if not (
        names_person
        or names_role
        or names_body
        or speaks_for_us
        or (len(before) == 1 and _is_name_of_one(tree, begin) and _is_lone_voice(tree, i, sent))
        or (quoted and any(tree.tags[j].startswith("NNP") for j in before))
        or (quoted and len(before) == 1 and tree.words[begin][:1].isupper() and tree.tags[begin] == "NN")
    ):
        return None
    draft = Draft(tree=tree, sentence=0, token=i, cue=(tree.chars[i], tree.ends[i]), lemma=":", kind="quotes", can_quote=True)
    draft.source = tree.span((begin, stop))
    draft.content = [tree.span((i + 1, sent[1]))]
    return draft


def is_entry(text: str, draft: Draft) -> bool:
    """Whether a label is that of a live report's entry, by an hour beside it or a mark before: "» Army: …", "Army, 14:20: …".

    Or by the paragraphs of the text, of which several begin with a label: the hours stood on lines of their own.
    """
    if draft.lemma != ":" or draft.source is None or draft.cue is None:
        return False
    begin = text.rfind("\n", 0, draft.source[0]) + 1
    before, behind = text[begin : draft.source[0]], text[draft.source[0] : draft.cue[0]]
    is_marked = before.strip()[:1] in set("*•»›→▪●►") - {""}
    return is_marked or _CLOCK.search(before) is not None or _CLOCK.search(behind) is not None or _is_of_labels(text)


@lru_cache(maxsize=4)
def _is_of_labels(text: str) -> bool:
    """Whether a third of a text's paragraphs, and three at least, begin with who speaks and a colon."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    labelled = sum(_LABEL.match(line) is not None for line in paragraphs)
    return labelled >= _MANY and 3 * labelled >= len(paragraphs)


def _without_place_of_writing(tree: Tree, begin: int, colon: int) -> int:
    """Where the name ends in "Anna Roth, on Facebook: …"; the colon where no such words stand there."""
    comma = next((j for j in range(begin, colon) if tree.words[j] == ","), colon)
    if comma in (colon, begin) or comma + 1 >= colon or tree.words[comma + 1].lower() not in _WROTE_AT:
        return colon
    return comma


def _without_circumstances(tree: Tree, begin: int, stop: int) -> tuple[int, bool]:
    """Where the name ends in "Army (14:20): …", "Army, 14:20: …", "MoPH, since the truce: …", "Roth at the briefing: …".

    Also whether anything was left out.
    """
    end = stop
    if tree.words[end - 1] == ")" or (end < tree.size and tree.words[end] == "):"):
        opened = next((j for j in range(end - 1, begin, -1) if tree.words[j] == "("), end)
        is_dated = any(tree.tags[j] == "CD" and not _HOUR.fullmatch(tree.words[j]) for j in range(opened, end))
        end = opened if begin < opened and not is_dated else end
    at = next((j for j in range(begin + 1, end) if tree.words[j] == ","), end)
    if at + 1 < end and (_HOUR.fullmatch(tree.words[at + 1]) or tree.words[at + 1].lower() in _AS_OF):
        end = at
    # "Roth at the briefing", and not "Clashes in Rivertown": a person's name, or letters of a body
    at = next((j for j in range(begin + 1, end) if tree.words[j].lower() in _AT), end)
    is_name = all(tree.tags[j] == "NNP" and tree.ents[j] in ("PERSON", "ORG") for j in range(begin, at))
    end = at if at < end and is_name else end
    return end, end < stop


def _after_the_hour(tree: Tree, first: int, i: int) -> int:
    """Where a live report's line begins behind its hour: "13:05 GMT - Roth: two villages taken", "Live: [13:05] Roth: …"."""
    j = first
    while j < i and tree.words[j].lower() in _RUNNING:
        j += 1
    if first < j < i and tree.words[j] == ":":
        j += 1
    # "PM Roth" is no hour
    while j < i and (
        (_HOUR.fullmatch(tree.words[j]) and (tree.words[j] != "PM" or tree.tags[j - 1] == "CD")) or tree.tags[j] == "_SP"
    ):
        j += 1
    if j == first:
        return first
    while j < i and tree.words[j] in ("-", "–", "—", "|", ":", "]", ")"):
        j += 1
    return j if j < i else first


def _is_name_of_one(tree: Tree, j: int) -> bool:
    """A seat, or a name that the parser does not know."""
    return tree.ents[j] in ("GPE", "PERSON") or (tree.tags[j] == "NNP" and not tree.ents[j])


def _is_lone_voice(tree: Tree, i: int, sent: Range) -> bool:
    """ "Roth: Shells hit the town", "Rivertown: …": a name in common letters, and behind it a clause that names another."""
    word = tree.words[i - 1]
    if not word[:1].isupper() or word.isupper() or word.lower() in _KINDS_OF_PIECE or tree.words[sent[1] - 1] in (".", "?"):
        return False
    after = range(i + 1, sent[1])
    is_clause = any(tree.tags[j] in ("VBD", "VBZ", "VBP", "MD", "VBN") for j in after)
    return is_clause and any(tree.ents[j] in _NAMED or tree.tags[j] == "CD" for j in after)


def _is_notice(tree: Tree, i: int, sent: Range) -> bool:
    """ "The ministry updated its list of losses: …", "gave another version: …": a notice given, and then its words."""
    verb = next((j for j in range(sent[0], i) if tree.tags[j] in ("VBD", "VBZ") and tree.quoted[j] < 0), None)
    told = tree.child(verb, "dobj") if verb is not None else None
    return verb is not None and told is not None and told < i and (
        tree.lemmas[told] in _NOTICES and tree.lemmas[verb] in _GIVING
    )  # fmt: skip


_ARMED = frozenset("brigade brigades resistance movement front forces battalions command militia guard corps".split())
# a ministry's letters: "MoD", "MoPH"
_MINISTRY = re.compile(r"Mo[A-Z]{1,4}")


def _is_acronym(word: str) -> bool:
    return 2 < len(word) <= 6 and word.isupper() and word.isalpha() and word not in _KICKERS


def _announced(tree: Tree, i: int, sent: Range, cues: Cues) -> int | None:
    """Who is quoted after "Anna Roth made no secret of her anger:", whatever the verb before the colon says."""
    verbs = [j for j in range(sent[0], i) if tree.tags[j].startswith("VB") and tree.quoted[j] < 0]
    for j in verbs:
        is_below = tree.deps[j] in ("relcl", "acl", "advcl", "ccomp") and tree.heads[j] < i
        subject = tree.child(j, "nsubj") if not is_below else None
        if subject is None or not sent[0] <= subject < j:
            continue
        named = tree.ents[subject] in ("PERSON", "ORG", "GPE", "NORP") and tree.tags[subject].startswith("NNP")
        if (
            named
            or is_tellers_noun(tree, subject, cues)
            or tree.lemmas[subject] in _ROLE_HEADS
            or tree.words[subject].lower() in ("he", "she")
        ):
            return subject
    return None
