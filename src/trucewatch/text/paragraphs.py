"""Lines of a bare text and the paragraphs they make, each piece knowing where it stood in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# places where an advertisement stood, and characters without width: no word of the text
MARKERS = re.compile(r"\[/?ad_?\d*\]|\[adsense\]|\[advertisement\]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]", re.I)
LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
VISIBLE = "[!-~\u00a1-\u00ac\u00ae-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ufefe]+"
PLAIN_LINE = re.compile(f"{VISIBLE}(?: {VISIBLE})*")
TOKEN = re.compile(r"\S+")
SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\bLt)(?<!\bMaj)(?<!\bSt)[.!?…]['\"’”»)\]]*$")
BULLET = re.compile(r"[-–—•·*▪●‣»>]\s|\d{1,2}[.)]\s")
# narrower than this a line is a menu's; wider, a paragraph's
WRAP_WIDTHS = range(25, 130)
PARAGRAPH_CHARS = 60_000


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters that stand at `start` of a text and at `original` of the decoded original, letter for letter."""

    start: int
    original: int
    length: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the lines of one paragraph joined: its text with single spaces, and the runs that lead back.

    `follows_gap`: an empty line stands before it.
    """

    text: str
    runs: tuple[Run, ...]
    follows_gap: bool

    @property
    def original_start(self) -> int:
        """Offset of its first character in the decoded original."""
        return self.runs[0].original

    @property
    def original_end(self) -> int:
        """Offset after its last character in the decoded original."""
        return self.runs[-1].original + self.runs[-1].length


def split_lines(text: str) -> list[Line]:
    """Lines that hold any word, white space made single, markers of advertisements and characters without width left out."""
    lines: list[Line] = []
    position, gap = 0, False
    for end in [*(match.span() for match in LINE_END.finditer(text)), (len(text), len(text))]:
        line = make_line(text, position, end[0], gap)
        gap = line is None
        if line is not None:
            lines.append(line)
        position = end[1]
    return lines


def make_line(text: str, start: int, end: int, follows_gap: bool) -> Line | None:
    """The line between two offsets of the original; None where there is none."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    match = PLAIN_LINE.match(text, start, end)
    if match and match.end() == end and "[" not in match[0]:
        return Line(match[0], (Run(0, start, end - start),), follows_gap)
    stretches, position = [], start
    for marker in MARKERS.finditer(text, start, end):
        stretches.append((position, marker.start(), "[" in marker[0]))
        position = marker.end()
    stretches.append((position, end, False))
    parts: list[str] = []
    runs: list[Run] = []
    length, needs_space = 0, False
    for low, high, breaks in stretches:
        for token in TOKEN.finditer(text, low, high):
            spaced = parts and (needs_space or token.start() > low)
            if spaced:
                parts.append(" ")
                length += 1
            previous = runs[-1] if runs else None
            one_space = spaced and token.start() and text[token.start() - 1] == " "
            if previous and one_space and previous.original + previous.length == token.start() - 1:
                runs[-1] = Run(previous.start, previous.original, previous.length + 1 + len(token[0]))
            elif previous and not spaced and previous.original + previous.length == token.start():
                runs[-1] = Run(previous.start, previous.original, previous.length + len(token[0]))
            else:
                runs.append(Run(length, token.start(), len(token[0])))
            parts.append(token[0])
            length += len(token[0])
            needs_space = False
        needs_space = needs_space or breaks or (high > low and text[high - 1].isspace())
    return Line("".join(parts), tuple(runs), follows_gap) if parts else None


def join_lines(lines: Sequence[Line], glue: str = " ") -> Line:
    """One line of several, `glue` between them."""
    texts: list[str] = []
    runs: list[Run] = []
    length = 0
    for line in lines:
        if texts:
            length += len(glue)
        texts.append(line.text)
        runs += [Run(run.start + length, run.original, run.length) for run in line.runs]
        length += len(line.text)
    return Line(glue.join(texts), tuple(runs), lines[0].follows_gap)


def slice_line(line: Line, start: int, end: int) -> Line:
    """Part of a line, with the runs of that part."""
    runs = []
    for run in line.runs:
        low, high = max(run.start, start), min(run.start + run.length, end)
        if low < high:
            runs.append(Run(low - start, run.original + low - run.start, high - low))
    return Line(line.text[start:end], tuple(runs), line.follows_gap)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width at which a text's lines were broken by hand, None where its lines are whole paragraphs or items.

    Broken lines go on in lower case; a page's items do so seldom, and never with all lines under one width.
    """
    if len(lines) < 4:
        return None
    running = [
        len(line.text)
        for line, after in pairwise(lines)
        if len(line.text) >= WRAP_WIDTHS.start
        and not after.follows_gap
        and not SENTENCE_END.search(line.text)
        and after.text[0].islower()
    ]
    if len(running) < 3 or len(running) < 0.15 * len(lines):
        return None
    fitting = [len(line.text) for line in lines if len(line.text) <= max(running) + 12]
    return max(fitting) if max(running) in WRAP_WIDTHS and len(fitting) >= 0.8 * len(lines) else None


def unwrap(lines: Sequence[Line], is_apart: Sequence[bool]) -> list[Line]:
    """Paragraphs: lines broken in mid-sentence are joined. Lines that are `is_apart` (menus, buttons) never are."""
    width = wrap_width(lines)
    has_gaps = sum(line.follows_gap for line in lines) >= max(2, 0.1 * len(lines))
    words: set[str] | None = None
    groups: list[list[Line]] = []
    for idx, line in enumerate(lines):
        previous = lines[idx - 1] if idx else None
        if previous is None or is_apart[idx] or is_apart[idx - 1] or not _goes_on(previous, line, width, has_gaps):
            groups.append([line])
        else:
            groups[-1].append(line)
    paragraphs = []
    for group in groups:
        if any(line.text.endswith("-") for line in group[:-1]):
            words = words if words is not None else {word.lower() for other in lines for word in re.findall(r"\w+", other.text)}
            group = _mend_hyphens(group, words)
        paragraphs.append(join_lines(group) if len(group) > 1 else group[0])
    return paragraphs


def _goes_on(line: Line, after: Line, width: int | None, has_gaps: bool) -> bool:
    """Whether a paragraph goes on from one line to the next."""
    if after.follows_gap or BULLET.match(after.text):
        return False
    ends = SENTENCE_END.search(line.text) is not None
    goes_lower = after.text[0].islower() and len(line.text.split()) >= 4
    if width is None:
        # outside wrapped texts only a sentence that plainly breaks off: an inline link or a page's break
        return goes_lower and not ends and len(line.text) >= 30
    if not ends:
        return len(line.text.split()) >= 3 or after.text[0].islower()
    # a sentence that ends where its line ends: full lines go on, lines with room for the next word end their paragraph
    if len(line.text) > width:
        return False
    return len(line.text) > 0.6 * width if has_gaps else len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width


def _mend_hyphens(group: Sequence[Line], words: set[str]) -> list[Line]:
    """Words divided at a line's end: joined without the hyphen where the text has that word elsewhere, with it where not."""
    mended = [group[0]]
    for line in group[1:]:
        before = mended[-1]
        match = re.search(r"(\w+)-$", before.text)
        head = re.match(r"\w+", line.text)
        if match and head and line.text[0].islower():
            whole = f"{match[1]}{head[0]}".lower() in words
            kept = slice_line(before, 0, len(before.text) - 1) if whole else before
            mended[-1] = join_lines([kept, line], "")
        else:
            mended.append(line)
    return mended


def break_long(paragraphs: Iterable[Line]) -> list[Line]:
    """Paragraphs no longer than a parser takes in one piece, broken after a sentence, or a word, or (no word ends) anywhere."""
    out = []
    for paragraph in paragraphs:
        rest = paragraph
        while len(rest.text) > PARAGRAPH_CHARS:
            cut = rest.text.rfind(". ", PARAGRAPH_CHARS // 2, PARAGRAPH_CHARS) + 1
            cut = cut or rest.text.rfind(" ", PARAGRAPH_CHARS // 2, PARAGRAPH_CHARS) or 0
            cut = cut if cut > 0 else PARAGRAPH_CHARS
            out.append(slice_line(rest, 0, cut))
            start = cut + (rest.text[cut] == " ")
            rest = slice_line(rest, start, len(rest.text))
        out.append(rest)
    return out
