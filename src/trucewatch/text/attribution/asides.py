"""Reporting clauses set beside what they report, read by their place alone: “A fell, Xia reports”, “A, says Xia, fell”.

Names run together over a comma ("hit Rivertown, Xia reported") make parsers take the teller for part of the clause before; the
words themselves stay plain: a comma, somebody who can tell, a verb of telling, and nothing that the verb would tell of.
"""

from __future__ import annotations

from trucewatch.text.attribution.astray import can_tell
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.inverted import TURNED
from trucewatch.text.attribution.tree import Range, Tree

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_WITHIN = ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "POS", "CD", "HYPH", "PRP")
_JOINS = frozenset({"of", "for", "in", "at", "to", "from", "with"})
_BEGINS = ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "PRP")
_TELLS_HERSELF = frozenset({"he", "she", "they", "it"})
# what may stand behind the verb of telling: when, where and to whom it was said
_BEHIND = frozenset("on in at to during after via by through late early with without from over citing quoting".split())
_ENDS = frozenset({",", ".", ";", "-", "–", "—", "--", "!", "?", ")", '"', "”"})
_ASKED = frozenset({"asked", "when", "whether"})
_MOST_WORDS = 14
_NAMES = ("PERSON", "ORG", "GPE", "NORP")


def aside(tree: Tree, i: int, sent: Range, cues: Cues) -> tuple[Range, list[Range]] | None:
    """Token ranges of the teller and of the words told, where a verb of telling stands in a clause set apart; else None."""
    is_verb = tree.tags[i] in ("VBD", "VBZ", "VBP", "VBN") or _closes_as_noun(tree, i, sent)
    if tree.lemmas[i] not in TURNED or tree.quoted[i] >= 0 or i - sent[0] < 1 or not is_verb:
        return None
    if i == sent[0] + 1 and tree.words[sent[0]] == "As":
        return _opening(tree, i, sent, cues)
    if i - sent[0] < 2:
        return None
    found = _teller_before(tree, i, sent, cues) or _teller_behind(tree, i, sent, cues)
    if found is None:
        return None
    teller, comma, after = found
    begin = next((k + 1 for k in range(comma - 1, sent[0], -1) if tree.words[k] == ";" and tree.quoted[k] < 0), sent[0])
    if comma - begin < 1 or all(tree.quoted[k] >= 0 for k in range(begin, comma)) or tree.words[begin].lower() in _ASKED:
        return None
    before = [k for k in range(begin, comma) if tree.tags[k] in _FINITE]
    stop = next((k for k in range(after, sent[1]) if tree.words[k] == ";" and tree.quoted[k] < 0), sent[1])
    is_cut = not before or (before[-1] == comma - 1 and tree.lemmas[comma - 1] in ("be", "have", "do", "will", "would"))
    if not is_cut:
        return teller, [(begin, comma)]
    goes_on = after < stop and tree.words[after - 1] == "," and any(tree.is_verb(k) for k in range(after, min(after + 5, stop)))
    return (teller, [(begin, comma), (after, stop)]) if goes_on and comma - begin >= 2 else None


def _opening(tree: Tree, i: int, sent: Range, cues: Cues) -> tuple[Range, list[Range]] | None:
    """ "As informed the press service of A, two fell": a translation's teller behind the verb that opens the sentence."""
    comma = next((j for j in range(i + 2, sent[1] - 2) if tree.words[j] == ","), None)
    if comma is None or any(tree.tags[j] not in (*_WITHIN, "IN") or tree.words[j].lower() == "by" for j in range(i + 1, comma)):
        return None
    head = next((j for j in range(i + 2, comma) if tree.words[j].lower() in _JOINS), comma) - 1
    if not _speaks(tree, head, cues) or not any(tree.is_verb(j) for j in range(comma + 1, sent[1])):
        return None
    return (i + 1, comma), [(comma + 1, sent[1])]


def _closes_as_noun(tree: Tree, i: int, sent: Range) -> bool:
    """ ", the ambulance service reports.": a verb read as a plural that closes the sentence."""
    return tree.tags[i] == "NNS" and tree.words[i].lower() in ("reports", "claims", "states") and i >= sent[1] - 2


def _teller_before(tree: Tree, i: int, sent: Range, cues: Cues) -> tuple[Range, int, int] | None:
    """ ", a UN official in New York said on Monday,": the teller, the comma before and the first token after."""
    j = i - 1
    while j > sent[0] and (tree.tags[j] == "RB" or tree.words[j].lower() in ("has", "have", "had")):
        j -= 1
    if tree.tags[i] == "VBN" and j == i - 1:
        return None
    stop = j + 1
    while j > sent[0] and stop - j <= _MOST_WORDS and (tree.tags[j] in _WITHIN or tree.words[j].lower() in _JOINS):
        j -= 1
    if tree.words[j] != "," or tree.quoted[j] >= 0 or stop - j < 2 or tree.tags[j + 1] not in _BEGINS:
        return None
    if any(tree.tags[k] == "DT" and tree.words[k - 1].lower() not in _JOINS for k in range(j + 2, stop)):
        return None  # "a strike the mayor said killed ten"
    first_join = next((k for k in range(j + 1, stop) if tree.words[k].lower() in _JOINS), stop)
    head = first_join - 1
    if not (tree.words[head].lower() in _TELLS_HERSELF or _speaks(tree, head, cues)):
        return None
    after = _behind(tree, i + 1, sent)
    return None if after is None else ((j + 1, stop), j, after)


def _teller_behind(tree: Tree, i: int, sent: Range, cues: Cues) -> tuple[Range, int, int] | None:
    """ ", says Xia, ", ", as told the mayor, ": the same with the verb first, between commas."""
    comma = i - 2 if tree.words[i - 1].lower() == "as" else i - 1
    if comma <= sent[0] or tree.words[comma] != "," or tree.quoted[comma] >= 0:
        return None
    stop = i + 1
    while stop < sent[1] and (tree.tags[stop] in _WITHIN or tree.words[stop].lower() == "of"):
        stop += 1
    head = next((k for k in range(i + 2, stop) if tree.words[k].lower() == "of"), stop) - 1
    if stop == i + 1 or stop >= sent[1] or tree.words[stop] != "," or not _speaks(tree, head, cues):
        return None
    return (i + 1, stop), comma, stop + 1


def _speaks(tree: Tree, head: int, cues: Cues) -> bool:
    if tree.ents[head] in ("DATE", "TIME"):
        return False
    return can_tell(tree, head, cues) or tree.tags[head] == "NNP" or tree.ents[head] in _NAMES or tree.lemmas[head] in cues.media


def _behind(tree: Tree, j: int, sent: Range) -> int | None:
    """The first token after a reporting clause whose verb stands right before `j`; None where the verb tells of something."""
    while j < sent[1] and (tree.tags[j] == "RB" or tree.ents[j] in ("DATE", "TIME")):
        j += 1
    if j < sent[1] and tree.words[j] not in _ENDS:
        if tree.words[j].lower() not in _BEHIND:
            return None
        while j < sent[1] and tree.words[j] not in _ENDS:
            if tree.tags[j] in (*_FINITE, "WDT", "WP") or tree.words[j].lower() == "that" or tree.quoted[j] >= 0:
                return None
            j += 1
    return min(j + 1, sent[1])
