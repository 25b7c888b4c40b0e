"""Whose own paper a document is: a ministry's communique, a mission's weekly bulletin, a post handed on from an army's channel.

There the body is the outlet, and what it says in its own voice it vouches for (codebook 2). The document says whose it is by its
outlet, or in its masthead; a headline that only begins with a body's name is none, unless the text goes on as that body ("we",
"the Mission regrets"). News agencies and broadcasters speak for nobody but themselves. What others said, set behind a rule or a
heading at the end, is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trucewatch.model.records import Document, Quotation, Voice
from trucewatch.stages.resolve.answer import Answer
from trucewatch.stages.resolve.phrases import clean

# who publishes papers of its own; no outlet is called by a country's name alone
_OWN_KINDS = frozenset({"ministry", "force", "mission", "government", "mediator", "person", "role"})
_NO_BODIES = frozenset({"agency", "outlet", "media", "materiel", "people"})
_ORGANS = (
    r"(?:ministry|press (?:service|office|cent(?:re|er))|media (?:office|cent(?:re|er)|relations)|office|mission|command"
    r"|general staff|armed forces|army|forces?|directorate|service|presidency|secretariat|government|spokes\w+|committee"
    r"|commission|defender|ombuds\w+|prosecutor\w*|embassy|delegation|resistance|brigades|cent(?:re|er))"
)
_ORGAN = re.compile(rf"\b{_ORGANS}\b", re.I)
_HEAD = re.compile(r"(?<=\w)\s+(?:of|in|for|to)\s", re.I)
_LINES = 5
_LONGEST = 140
# a title that says whose words follow: "Statement by the Ministry of Roads of Northland on the shelling", "[Forwarded from …]"
_PAPER = (
    r"(?:(?:official|press|joint|daily|weekly|special|operational|information|news)\s+)*"
    r"(?:statement|communiqu[eé]|comment(?:ary)?|announcement|bulletin|declaration|message|notice|release|report|summary|update"
    r"|briefing|answer)"
)
_TITLED = re.compile(
    rf"^{_PAPER}\s+(?:issued\s+)?(?:by|of|from)\s+(?:the\s+)?(?P<who>.+?)"
    r"(?=\s*$|\s*[-–—:|,(\[]"
    r"|\s+(?:on|regarding|concerning|about|following|in\s+(?:connection|response|relation|regard)|as\s+of|for)\b)",
    re.I,
)
_HANDED_ON = re.compile(
    r"^\W{0,4}(?:forwarded|reposted|shared)\s+(?:from|by)\s*:?\s*(?P<who>[^\]\n|]+?)(?=\s*(?:[\]|\n]|$))", re.I
)
_DASHED = re.compile(r"^(?P<who>[^–—|:]{3,80}?)\s+(?:[-–—|])\s+\S")
_SENTENCE = re.compile(r"[.!?][”\"’')]?$")
# the body's own voice: the first person, and itself by its kind alone, written large
_FIRST = re.compile(r"\b(?:we|our|ours|us)\b", re.I)
_ITSELF = re.compile(
    r"\b[Tt]h(?:e|is)\s+(?:Mission|Ministry|Force|Office|Service|Command|Army|Cent(?:re|er)|Committee|Commission)\b"
)
_NAMED_FULLY = re.compile(r"\s+(?:of|for)\s+[A-Z]")
# offices and men that a paper names without saying whose: its own
_ITS_OWN = re.compile(
    r"(?:[Tt]he |[Aa]n? |[Oo]ur )?(?:Secretary-General|Head of Mission|HoM|Force Commander|Chief of (?:the General )?Staff"
    r"|Spokes(?:person|man|woman)|[Pp]atrols?|[Pp]atrol teams?|[Mm]onitors?|[Mm]onitoring teams?|[Pp]eacekeepers)"
)
# behind such a line others have the word
_OTHERS = re.compile(
    r"^[^\w\n]*(?:(?:related|reactions?|comments?|background|elsewhere|see also|read (?:also|more)|more (?:from|on)|earlier"
    r"|notes? to editors|about us|other news|from the web|(?:position|version|reply|response) of)\b[^.\n]{0,60}$"
    r"|what [^.\n]{2,40} (?:says?|said|claims?|claimed)\W*$|ends?\W*$|(?:///|\*\*\*|===|———|---)\s*\w)"
    r"|\*\*(?:reactions?|related|comments?|background)\b|(?<=\s)///\s*\w",
    re.I | re.M,
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a document. `stop`: where its own words end. `voice`: its name, where the text has it. `kinds`: "mission"."""

    answer: Answer
    voice: Voice
    kinds: frozenset[str]
    stop: int
    why: str

    def vouches_at(self, offset: int, end: int, quotations: Sequence[Quotation]) -> bool:
        """Whether a stretch stands in the issuer's own words, and not as a whole in somebody's quotation."""
        return offset < self.stop and not any(q.start_char <= offset and end <= q.end_char for q in quotations if q.depth == 0)

    def is_meant(self, text: str) -> bool:
        """Whether "the Mission", "the ministry" is how the issuer calls itself, or its head or men: "the Secretary-General"."""
        if _ITS_OWN.fullmatch(clean(text)) is not None:
            return True
        match = re.fullmatch(r"(?:the|this|our)\s+(?P<kind>[A-Za-z]+)(?:['’]s)?", clean(text), re.I)
        return match is not None and match["kind"].lower() in self.kinds


def issuer_of(
    document: Document, quotations: Sequence[Quotation], who_is: Callable[[str], Answer | None], kind_of: Callable[[str], str]
) -> Issuer | None:
    """Who issues a document; None for the news. `who_is` a name, and of what kind the actor is."""

    def body(name: str) -> Answer | None:
        plain = clean(re.sub(r"\s*\([^)]*\)\s*$", "", name).strip(" *#"))
        found = who_is(plain) if re.search(r"\w", plain) else None
        if found is None or found.party is None or ";" in found.party:
            return None
        kind = kind_of(plain)
        is_organ = _ORGAN.fullmatch(_HEAD.split(plain, maxsplit=1)[0].split()[-1]) is not None
        return found if kind in _OWN_KINDS or (is_organ and kind not in _NO_BODIES) else None

    heads = _masthead(document.text)
    begin = heads[-1][0] + len(heads[-1][1]) if heads else 0

    def issued(name: str, start: int | None, why: str) -> Issuer | None:
        found = body(name)
        if found is None:
            return None
        at = None if start is None else (start, start + len(name))
        voice = Voice(text=name if at else None, start_char=at[0] if at else None, end_char=at[1] if at else None)
        kinds = frozenset(word for word in re.findall(r"[a-z]+", f"{name} {found.name or ''}".lower()) if _ORGAN.fullmatch(word))
        cut = next((m.start() for m in _OTHERS.finditer(document.text) if m.start() > begin), len(document.text))
        return Issuer(found, voice, kinds, cut, why)

    if document.outlet and (own := issued(document.outlet, None, f"“{document.outlet}” publishes its own words")) is not None:
        return own
    for start, line in heads:
        if (own := _from_line(line, start, issued, document.text, quotations)) is not None:
            return own
    return None


def _from_line(
    line: str, start: int, issued: Callable[[str, int | None, str], Issuer | None], text: str, quotations: Sequence[Quotation]
) -> Issuer | None:
    told = _HANDED_ON.match(line) or _TITLED.match(line)
    if told is not None:
        return issued(told["who"], start + told.start("who"), f"the document is headed “{line}”")
    dashed = _DASHED.match(line)
    name = dashed["who"] if dashed is not None else line
    if not _is_name(name):
        return None
    own = issued(name, start, f"the document is headed “{line}”")
    # "Northern Army Shells Town" is a headline: it names a body, and the text tells of it
    is_whole = own is not None and dashed is None and own.answer.how.startswith("name of")
    if own is None or not (is_whole or _speaks_itself(text, start + len(line), own, quotations)):
        return None
    return own


def _masthead(text: str) -> list[tuple[int, str]]:
    """The short lines that a document opens with, with their offsets."""
    found: list[tuple[int, str]] = []
    for match in re.finditer(r"[^\n]+", text[: _LINES * (_LONGEST + 2)]):
        line = match.group().strip()
        if len(line) > _LONGEST or _SENTENCE.search(line) or len(found) >= _LINES:
            break
        found.append((match.start() + match.group().index(line) if line else match.start(), line))
    return found


def _is_name(line: str) -> bool:
    """Whether a line is all name: every word but the small ones written large."""
    words = re.findall(r"[^\W\d_][\w’'-]*", line)
    return bool(words) and all(word[0].isupper() or word in ("of", "the", "in", "for", "and", "on") for word in words)


def _speaks_itself(text: str, begin: int, own: Issuer, quotations: Sequence[Quotation]) -> bool:
    """Whether the text says "we" or "the Mission" of the body that its first line names, outside of quotations."""

    def is_free(match: re.Match[str]) -> bool:
        return match.start() < own.stop and not any(q.start_char <= match.start() < q.end_char for q in quotations)

    if any(is_free(match) for match in _FIRST.finditer(text, begin)):
        return True
    itself = [match for match in _ITSELF.finditer(text, begin) if is_free(match) and not _NAMED_FULLY.match(text, match.end())]
    return len(itself) > 1
