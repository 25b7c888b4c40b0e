"""Reporting clauses behind what they report, teller last: “…, explained the mayor”, “…, it is said in the message”.

Parsers read such a teller as the verb's object, and translations put it where English would not.
"""

from __future__ import annotations

from trucewatch.text.attribution.astray import can_tell
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.tree import Range, Tree

_REPORTED = ("VBD", "VBZ", "VBP", "VBN")
_BEFORE = frozenset({",", '"', "”", "’", "'", "''", "—", "–", "-", "--", ",-", ",—"})
TURNED = frozenset(
    "say report declare state announce add note write explain communicate stress emphasise emphasize underline underscore "
    "affirm assert claim confirm admit recall comment specify conclude continue remark observe insist inform complain reply "
    "respond warn read tell tweet post clarify remind".split()
)
# verbs whose object hears: only "told to reporters the mayor" turns them round
_HEARD = frozenset({"tell", "remind"})
_WITHIN = ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "POS", "CD", "HYPH")
_STOPS = frozenset({",", ".", ";", ":", '"', "”", "“", "—", "–", "--", "("})
# "on briefing", read as a verb
_VENUES = frozenset({"brief", "meet"})
_MOST_BETWEEN = 8
# where a teller's phrase ends
_AFTER = frozenset("on after before during while as since that in at".split())
_AFTER_TAGS = ("VBD", "VBZ", "VBP", "MD", "WDT", "WP", "CC", "TO")


def inverted_teller(tree: Tree, i: int, sent: Range, cues: Cues) -> tuple[Range, Range] | None:
    """Token ranges of the teller and of the words told, where a verb right after them comes before its teller; else None."""
    if tree.tags[i] not in _REPORTED or tree.lemmas[i] not in TURNED or tree.quoted[i] >= 0 or i - sent[0] < 3:
        return None
    stop = i
    is_passive = tree.words[i - 1].lower() in ("is", "was") and tree.tags[i] == "VBN"
    if is_passive:
        stop -= 2 if tree.words[i - 2].lower() == "it" else 1
    while stop - 1 > sent[0] and tree.tags[stop - 1] == "_SP":
        stop -= 1
    if tree.words[stop - 1] not in _BEFORE and tree.quoted[stop - 1] < 0:
        return None
    is_verbless = not any(tree.is_verb(k) for k in range(sent[0], i))
    if any(_tells_before(tree, kid, i, cues) and not (is_verbless and kid > i) for kid in tree.kids[i]) or (
        i + 1 < sent[1] and tree.words[i + 1].lower() == "that"
    ):
        return None
    teller = _teller_after(tree, i, sent, cues, is_passive=is_passive)
    if teller is None:
        return None
    while stop > sent[0] and tree.words[stop - 1] in _BEFORE and tree.quoted[stop - 1] < 0:
        stop -= 1
    begin = next((k + 1 for k in range(stop - 1, sent[0], -1) if tree.words[k] == ";" and tree.quoted[k] < 0), sent[0])
    is_clause = any(tree.is_verb(k) for k in range(begin, stop)) or _is_headline_before(tree, begin, stop, teller, sent)
    return (teller, (begin, stop)) if is_clause else None


def _is_headline_before(tree: Tree, begin: int, stop: int, teller: Range, sent: Range) -> bool:
    """ "Northland shells Rivertown, says Eastburg": the headline's verb read as a plural noun; the teller closes it."""
    closes = teller[1] >= sent[1] - 1 and stop - begin >= 3
    return closes and any(tree.tags[k] == "NNS" and tree.words[k].islower() for k in range(begin + 1, stop))


def told_about_it(tree: Tree, i: int, sent: Range, cues: Cues) -> Range | None:
    """ "About this wrote on Facebook the mayor Anna Roth: …", a translation: the teller behind the verb."""
    opens = tree.words[sent[0]].lower() == "about" and tree.words[min(sent[0] + 1, tree.size - 1)].lower() in (
        "it",
        "this",
        "that",
    )
    if not opens or tree.lemmas[i] not in TURNED or tree.tags[i] not in _REPORTED or tree.quoted[i] >= 0:
        return None
    if any(tree.is_verb(j) for j in range(sent[0], i)):
        return None
    return _teller_after(tree, i, sent, cues, is_passive=False)


def _tells_before(tree: Tree, kid: int, i: int, cues: Cues) -> bool:
    """Whether the verb has a subject in the usual place: no thing that tells nothing, set apart from it by a comma."""
    if tree.deps[kid] not in ("nsubj", "nsubjpass") or tree.lemmas[kid] == "it":
        return False
    is_thing = tree.tags[kid] in ("NN", "NNS") and not can_tell(tree, kid, cues) and tree.lemmas[kid] not in cues.media
    return not (is_thing and tree.words[i - 1] == ",")


def _teller_after(tree: Tree, i: int, sent: Range, cues: Cues, *, is_passive: bool) -> Range | None:
    j = i + 1
    skipped = 0
    while j < sent[1] and skipped <= _MOST_BETWEEN:
        word, tag = tree.words[j], tree.tags[j]
        if word in _STOPS or (tag.startswith("VB") and tree.lemmas[j] not in _VENUES) or tag in ("WDT", "WP", "CC"):
            return None
        if tag.startswith("NN") or tag == "PRP":
            head = j
            while tree.deps[head] in ("compound", "poss", "amod", "nmod", "det") and tree.heads[head] > head:
                head = tree.heads[head]
            hears = _preposition(tree, j, i) == "to"
            tells = (
                tree.lemmas[head] in cues.media if is_passive else can_tell(tree, head, cues) or tree.lemmas[head] in cues.media
            )
            is_seat = j == i + 1 and tree.ents[j] == "GPE" and tree.words[i - 1] == ","
            tells = tells or (is_seat and not is_passive and j >= sent[1] - 2)
            if tells and not hears and (tree.lemmas[i] not in _HEARD or tree.words[i + 1].lower() == "to"):
                first = _first_of(tree, head if head > j else j, i)
                if is_passive and _preposition(tree, first, i) not in ("in", "by"):
                    return None
                return first, _end_of(tree, head, sent)
        j += 1
        skipped += 1
    return None


def _preposition(tree: Tree, j: int, i: int) -> str | None:
    """The preposition right before a noun phrase, None where there is none."""
    k = j - 1
    while k > i and tree.tags[k] in _WITHIN:
        k -= 1
        if tree.tags[k + 1] in ("DT", "PRP$"):
            break
    return tree.words[k].lower() if k > i and tree.tags[k] in ("IN", "TO") else None


def _first_of(tree: Tree, head: int, i: int) -> int:
    first = head
    while first - 1 > i and tree.tags[first - 1] in _WITHIN:
        # "on briefing the representative": the noun of a preposition is another phrase
        if tree.tags[first - 1].startswith("NN") and first - 2 > i and tree.tags[first - 2] in ("IN", "TO"):
            break
        first -= 1
        if tree.tags[first] == "DT":
            break
    return first


def _end_of(tree: Tree, head: int, sent: Range) -> int:
    stop = head + 1
    while stop < sent[1]:
        word = tree.words[stop]
        if word == "," and stop + 1 < sent[1] and tree.ents[stop + 1] == "PERSON":
            stop += 1
        elif word in _STOPS or word.lower() in _AFTER or tree.tags[stop] in _AFTER_TAGS:
            break
        stop += 1
    return stop
