"""Sources set behind what they tell: “Jets hit the port at dawn – Health Ministry”, “a man was hurt (Red Star)”."""

from __future__ import annotations

from trucewatch.text.attribution.astray import is_tellers_noun
from trucewatch.text.attribution.cues import Cues
from trucewatch.text.attribution.draft import Draft
from trucewatch.text.attribution.tree import Range, Tree

_MARKS = frozenset({"-", "–", "—", "--", ":"})
_WITHIN = ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "IN", "HYPH")
_TOLD = ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB", "MD")
_JOINS = frozenset({"of", "for", "in", "at"})
_MOST_WORDS = 7
# page titles end with who published them
_OUTLETS = frozenset("news times post agency tv radio journal newspaper daily herald press today online network".split())

_BROADCASTERS = frozenset({"BBC", "CNN", "ABC", "NBC", "CBS", "RFI", "NPR", "DW", "RFE", "RT"})


def _is_told(tree: Tree, j: int) -> bool:
    """A verb, also where the tagger read a headline's "fires" as a noun."""
    return tree.tags[j] in _TOLD or (tree.tags[j] == "NNS" and tree.deps[j] in ("dep", "ROOT"))


def _is_lone_name(tree: Tree, head: int) -> bool:
    """A capital or an agency's letters alone: "– Rivertown", "– NNA"."""
    word = tree.words[head]
    return _is_letters(word) or (tree.ents[head] in ("GPE", "LOC") and not word.isupper())


def read_dash(tree: Tree, sent: Range, cues: Cues) -> Draft | None:
    """The source that closes a headline behind a dash or colon; None where what stands there tells nothing or published it."""
    stop = sent[1]
    while stop > sent[0] and (tree.words[stop - 1] == "." or tree.tags[stop - 1] == "_SP"):
        stop -= 1
    mark = next((j for j in range(stop - 1, max(sent[0], stop - _MOST_WORDS - 2), -1) if tree.words[j] in _MARKS), None)
    if mark is None or mark - sent[0] < 3 or mark + 1 >= stop or tree.quoted[mark] >= 0:
        return None
    if tree.words[mark] != ":" and tree.ends[mark - 1] == tree.chars[mark]:
        return None  # a hyphen
    tail = range(mark + 1, stop)
    if any(tree.tags[j] not in _WITHIN or (tree.tags[j] == "IN" and tree.words[j].lower() not in _JOINS) for j in tail):
        return None
    head = next((j for j in tail if tree.words[j].lower() in _JOINS), stop) - 1
    is_teller = is_tellers_noun(tree, head, cues) or tree.lemmas[head] == "source" or tree.ents[head] == "PERSON"
    is_teller = is_teller or (head == mark + 1 == stop - 1 and _is_lone_name(tree, head))
    if head <= mark or not is_teller or any(tree.lemmas[j] in _OUTLETS for j in tail):
        return None
    if tree.tags[mark + 1] in ("DT", "IN") or not any(_is_told(tree, j) for j in range(sent[0], mark)):
        return None  # "the truce fell - a blow for the army"
    draft = Draft(tree=tree, sentence=0, token=mark, cue=(tree.chars[mark], tree.ends[mark]), lemma="-", kind="says")
    draft.source = tree.span((mark + 1, stop))
    draft.content = [tree.span((sent[0], mark))]
    return draft


# whose letters behind a sentence are a credit
_AGENCIES = frozenset("reuters afp ap tass bloomberg dpa upi ria interfax xinhua anadolu photo picture map video archive".split())


def read_bracketed(tree: Tree, sent: Range, cues: Cues) -> list[Draft]:
    """Sources in brackets behind a clause, or behind a quotation: "a man was hurt (Red Star)", "“our land” (Rivertown)".

    Letters behind a body's own name are its abbreviation and no source: "the Board of Roads (BOR)".
    """
    found: list[Draft] = []
    begin = sent[0]
    for opened in range(sent[0] + 1, sent[1]):
        if tree.words[opened] == ";" and tree.quoted[opened] < 0:
            begin = opened + 1
        if tree.words[opened] != "(" or opened < begin + 2:
            continue
        closed = next((j for j in range(opened + 1, min(opened + 8, sent[1])) if tree.words[j].startswith(")")), None)
        if closed is None or closed == opened + 1 or not _closes_clause(tree, closed, sent):
            continue
        tail = range(opened + 1, closed)
        if any(tree.tags[j] not in _WITHIN or tree.words[j].lower() in _AGENCIES for j in tail):
            continue
        head = closed - 1
        before = opened - 1
        is_quoted = tree.words[before] in ("”", '"', "’", "'", "»", "''")
        is_name = tree.ents[before] in ("ORG", "GPE", "LOC", "FAC", "PERSON", "NORP") or is_tellers_noun(tree, before, cues)
        is_body = is_tellers_noun(tree, head, cues) or tree.ents[head] == "ORG" or _is_letters(tree.words[head])
        is_side = is_quoted and tree.words[head][:1].isupper()
        if not (is_side or (is_body and (is_quoted or not (is_name or tree.tags[before].startswith("NNP"))))):
            continue
        first = begin
        if is_quoted:
            number = tree.quoted[before - 1]
            first = next((j for j in range(begin, before) if number >= 0 and tree.quoted[j] == number), before)
        elif not any(_is_told(tree, j) for j in range(begin, opened)):
            continue
        if first >= before:
            continue
        cue = (tree.chars[opened], tree.ends[opened])
        draft = Draft(tree=tree, sentence=0, token=opened, cue=cue, lemma="(", kind="says", can_quote=True)
        draft.source = tree.span((opened + 1, closed))
        draft.content = [tree.span((first, opened))]
        found.append(draft)
    return found


def _is_letters(word: str) -> bool:
    return 2 < len(word) <= 6 and word.isupper() and word.isalpha() and word not in _BROADCASTERS


def _closes_clause(tree: Tree, closed: int, sent: Range) -> bool:
    """Whether nothing but the end of a sentence or clause follows a bracket."""
    return closed + 1 >= sent[1] or tree.words[closed] in (").", ");") or tree.words[closed + 1] in (".", ";", "!", "?")
