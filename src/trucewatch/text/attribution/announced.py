"""Words announced in a paragraph before: “The Board has issued the following statement.”, “The ministry reports:”.

What is announced are the paragraphs in quotation marks behind it, one after another; the items of a list; or the next paragraph,
and those after it in which "we" still speak. Read from the text alone: such a sentence reports no deed and is seldom parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model.records import Quotation, Sentence
from trucewatch.text.attribution.draft import Draft, subtract
from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.tree import Tree

_WHEN = r"(?:on\s+\w+|today|yesterday|earlier|later|also|just|then|now|further|additionally|meanwhile|this\s+\w+)"
_TELLS = (
    r"(?:reports?|reported|informs?|informed|states?|stated|says?|said|announces?|announced|declares?|declared|writes?|wrote|tells?"
    r"|told|notes?|noted|adds?|added|clarifie[sd]|communicates?|communicated|reads?|tweets?|tweeted|comments?|commented|explains?"
    r"|explained)"
)
_GIVES = (
    r"(?:issue[sd]?|release[sd]?|publishe[sd]|made?|makes|post(?:s|ed)|put(?:s)?\s+out|give[sn]?|gave|spreads?|circulate[sd]?"
    r"|distribute[sd]?|sent|present(?:s|ed)|disseminate[sd]?)"
)
_PAPER = (
    r"(?:statement|communiqu[eé]|message|announcement|bulletin|declaration|release|comment(?:ary)?|post|report|update|summary|text"
    r"|information|tweet|clarification|note|answer|reply)s?"
)
# an opening "On Monday," is no part of the name, and what stands between commas an aside to it
_OPENING = (
    r"(?:(?:on|in|at|for|from|after|during|later|earlier|meanwhile|today|yesterday|separately)\b[^.:;!?\n“”\"«»,]{0,50},\s+)?"
)
_PART = r"[^.:;!?\n“”\"«»,]"
_WHO = rf"{_OPENING}(?P<who>{_PART}{{2,110}}?(?:,{_PART}{{2,70}}?,)?)"
# "The Board has issued the following statement.", "A statement of the Board says the following:", "The ministry reports:"
_FOLLOWS = re.compile(
    rf"^{_WHO}\s+(?:(?:has|have|had)\s+)?(?:{_WHEN}\s+){{0,2}}(?:{_TELLS}|{_GIVES})\b[^.:;!?\n“”\"«»]{{0,90}}"
    r"\b(?:following|below|as follows|in full|in part|word for word|verbatim)\b[^.:;!?\n“”\"«»]{0,60}[.:]$",
    re.I,
)
_COLON = re.compile(
    rf"^{_WHO}\s+(?:(?:has|have|had)\s+)?(?:{_WHEN}\s+){{0,2}}(?:{_TELLS}|{_GIVES}\s+(?:an?|the|its|this|another)\b[^.:;!?\n]{{0,40}}?{_PAPER})"
    r"(?=[\s,:])[^.:;!?\n“”\"«»]{0,90}:$",
    re.I,
)
# "Statement of the Board of Roads:", "From the Board:", "The full text of the Board's statement:"
_HEADED = re.compile(
    rf"^(?:the\s+)?(?:(?:full|official|joint|latest|new)\s+)*(?:text\s+of\s+the\s+)?{_PAPER}\s+(?:issued\s+)?(?:of|by|from)\s+"
    r"(?P<who>[^.:;!?\n“”\"«»]{2,90}?)(?:\s+(?:on|about|regarding|concerning|as\s+of|for)\b[^.:;!?\n“”\"«»]{0,60})?\s*:$"
    r"|^from\s+(?P<sender>[^.:;!?\n“”\"«»]{2,90}?)\s*:$",
    re.I,
)
_DATELINE = re.compile(
    r"^(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*,?\s+)?(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+\d{1,2},?(?:\s+\d{4})?,?\s+)?"
    r"(?:[A-Z]{4,}|\([A-Z][\w ]+\))\s*[.–—-]+\s+"
)
_OPENS = ("“", '"', "«", "„", "''", "``")
_ITEM = re.compile(r"(?:[-–—*•·»►▪●◦>]|\(?\d{1,2}[.)])\s+\S")
_WE = re.compile(r"\b(?:we|our|ours|us)\b", re.I)
# "Our reporter writes:", "He said:", "the following happened" tell of nobody who could be asked
_NOBODY = re.compile(
    r"^(?:he|she|it|they|we|i|this|that|these|which|who|there|here|what|our|as|the (?:article|list|table|map|picture|rules?))\b",
    re.I,
)
# a verb in what should be a name: "The army has not issued the following", "Shells fell and the mayor said:"
_NO_NAME = re.compile(
    r"\b(?:not|never|nor|did|does|do|was|were|is|are|be|been|has|have|had|will|would|could|should|may|might|must|refused|declined"
    r"|no|nobody|none|neither|fake|false|forged|fabricated|bogus|hacked|hoax|alleged|purported|fell|that|if|when|while|because|after|before|as)\b|n['’]t\b",
    re.I,
)
_BODIES = (
    r"\b(?:ministry|army|military|command|office|service|press|government|agency|police|mayor|municipality"
    r"|committee|commission|council|mission|staff|party|group|president|minister|spokes\w+|embassy|headquarters|authorities"
    r"|prosecutor\w*|ombuds\w+)\b"
)
_BODY = re.compile(_BODIES, re.I)
_NAMED = re.compile(rf"[A-Z][a-z]|[A-Z]{{2,}}|{_BODIES}")


def read_announced(
    text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], trees: Sequence[Tree]
) -> list[Draft]:
    """An attribution for each announcement, over what it announces; who else is named as telling within it keeps the word."""
    if not trees:
        return []
    paragraphs = _paragraphs(sentences)
    outer = [(q.start_char, q.end_char) for q in quotations if q.depth == 0]
    found: list[Draft] = []
    for at, (_, last) in enumerate(paragraphs[:-1]):
        source = _announcer(text, sentences[last])
        if source is None or _is_place(text, source, trees) or any(start <= source[0] < end for start, end in outer):
            continue
        content = _announced(text, sentences, paragraphs[at + 1 :], outer)
        draft = Draft(tree=trees[0], sentence=last, token=-1, cue=None, lemma=None, kind="says", source=source)
        draft.content, draft.is_continuation = content, True
        if content:
            found.append(draft)
    return found


def _is_place(text: str, source: Span, trees: Sequence[Tree]) -> bool:
    """ "From Rivertown:" says where it was written, and not by whom: a name without article, that is nobody's nor a body's."""
    name = text[source[0] : source[1]]
    if not re.search(r"\bfrom\s+$", text[max(0, source[0] - 6) : source[0]], re.I):
        return False
    if name.lower().startswith(("the ", "our ")) or name.isupper() or _BODY.search(name):
        return False
    inside = [(tree, j) for tree in trees for j in range(tree.size) if source[0] <= tree.chars[j] and tree.ends[j] <= source[1]]
    return not any(tree.ents[j] == "PERSON" for tree, j in inside)


def _paragraphs(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """First and last sentence of each paragraph."""
    found: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences):
        if found and sentences[found[-1][0]].paragraph == sentence.paragraph:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _announcer(text: str, sentence: Sentence) -> Span | None:
    """Who is said, in the last sentence of a paragraph, to have the word in the next one."""
    written = text[sentence.start_char : sentence.end_char]
    begin = match.end() if (match := _DATELINE.match(written)) is not None else 0
    plain = written[begin:].rstrip()
    told = _FOLLOWS.match(plain) or _COLON.match(plain) or _HEADED.match(plain)
    if told is None:
        return None
    name = "sender" if "sender" in told.re.groupindex and told["sender"] is not None else "who"
    who = told[name].rstrip(" ,")
    if _NOBODY.match(who) or _NO_NAME.search(who) or not _NAMED.search(who):
        return None
    start = sentence.start_char + begin + told.start(name)
    return start, start + len(who)


def _announced(text: str, sentences: Sequence[Sentence], after: Sequence[tuple[int, int]], outer: Sequence[Span]) -> list[Span]:
    """The stretches that an announcement is followed by."""
    spans = [(sentences[first].start_char, sentences[last].end_char) for first, last in after]
    begin = spans[0][0]
    if text.startswith(_OPENS, begin):
        kept: list[Span] = []
        for span in spans:
            held = [q for q in outer if span[0] <= q[0] < span[1]]
            # “I heard it,” a farmer said: somebody else
            if not held or any(mark.isalnum() for mark in _beside(text, span, held)):
                break
            kept += held
        return kept
    if _is_item(text, begin):
        stop = next((n for n, span in enumerate(spans) if not _is_item(text, span[0])), len(spans))
        return list(spans[:stop])
    stop = next((n for n, (start, end) in enumerate(spans) if n and not _speaks(text, start, end, outer)), len(spans))
    return list(spans[:stop])


def _beside(text: str, span: Span, held: Sequence[Span]) -> str:
    """What stands in a paragraph outside of its quotations."""
    return "".join(text[start:end] for start, end in subtract(span, held))


def _is_item(text: str, start: int) -> bool:
    """Whether a paragraph is an item of a list; sentences begin behind its mark."""
    return _ITEM.match(text, text.rfind("\n", 0, start) + 1, start + 2) is not None


def _speaks(text: str, start: int, end: int, outer: Sequence[Span]) -> bool:
    """Whether a paragraph says "we" outside of quotations."""
    return any(not any(s <= m.start() < e for s, e in outer) for m in _WE.finditer(text, start, end))
