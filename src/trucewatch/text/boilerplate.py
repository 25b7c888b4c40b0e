"""Which paragraphs of a bare text are its text and which the page's: known wordings first, then a learned judgement.

Cautious by design: in an article, what reads like a sentence stays unless its wording is known; the learned judgement decides
alone only where the text is a page, menus and all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.text.chrome import TERMINAL, WORD, chrome_reason, has_notice, is_comments_heading
from trucewatch.text.line_judge import load_judge
from trucewatch.text.paragraphs import Line, slice_line

# an article: at least this share of its letters stands in lines of sentences
ARTICLE_SHARE = 0.9
CLEAN_SHARE = 0.96
# what stands below this share of the text may be the page's tail: comments, lists of other articles
TAIL_SHARE = 0.6
SENTENCE_WORDS = 6
ARTICLE_THRESHOLD = 0.15
SENTENCE = re.compile(r".+?(?:[.!?…]['\"’”»)\]]*(?=\s|$)|$)\s*", re.S)
SITE_SUFFIX = re.compile(r"\s+[|»]\s+|\s+::\s+")
LEADS_ON = re.compile(r"\W*(?:read|see|more|related|you may|you might|recommended)\b", re.I)
MARK = re.compile(r"[•·▪●‣►*➤→]\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a line stays, and why not where it goes: a kind of chrome (chrome.py), title, teaser, after-comments, judged."""

    keep: bool
    reason: str = ""


def judge_lines(lines: Sequence[str]) -> list[Verdict]:
    """A verdict on each line of a bare text, in order."""
    if not lines:
        return []
    counts = [len(line.split()) for line in lines]
    ends = [TERMINAL.search(line[-12:]) is not None for line in lines]
    letters = [len(line) for line in lines]
    told = [
        letter if count >= SENTENCE_WORDS and (end or count >= 12) else 0
        for letter, count, end in zip(letters, counts, ends, strict=True)
    ]
    share = sum(told) / max(1, sum(letters))
    titles = title_lines(lines)
    comments_from = _comments_from(lines, told)
    reasons: list[str | None] = []
    for idx, line in enumerate(lines):
        reason = "title" if titles.get(idx) is False else chrome_reason(line)
        if reason is None and idx >= comments_from:
            reason = "after-comments"
        if reason is None and not ends[idx] and _is_teaser(lines, reasons, idx, sum(told[:idx]) > TAIL_SHARE * sum(told)):
            reason = "teaser"
        # in an article, scraps of one or two words are credits, sidebars and labels
        if reason is None and share >= ARTICLE_SHARE and counts[idx] <= 2 and not ends[idx] and idx not in titles:
            reason = "scrap"
        reasons.append(reason)
    open_lines = [idx for idx, reason in enumerate(reasons) if reason is None and idx not in titles]
    # nearly all is told in sentences and nothing is in question: the costly judgement would change nothing
    if share < CLEAN_SHARE or any(counts[idx] < SENTENCE_WORDS for idx in open_lines):
        judge = load_judge()
        probabilities = judge.probabilities(lines).tolist()
        for idx in open_lines:
            threshold = judge.threshold
            if share >= ARTICLE_SHARE:
                threshold = ARTICLE_THRESHOLD if counts[idx] >= SENTENCE_WORDS else 0.5
            if probabilities[idx] <= threshold:
                reasons[idx] = "judged"
    return [Verdict(reason is None, reason or "") for reason in reasons]


def title_lines(lines: Sequence[str]) -> dict[int, bool]:
    """Places of the headline: True where it stands for good, False where it is printed again or with the site's name."""
    places: dict[int, bool] = {}
    for idx, line in enumerate(lines[:4]):
        if len(WORD.findall(line)) < 4 or chrome_reason(line):
            continue
        bare = SITE_SUFFIX.split(line)[0]
        again = [other for other in range(idx + 1, len(lines)) if _same(lines[other], bare) or _same(lines[other], line)]
        first = idx
        if again and again[0] <= idx + 6 and not _same(bare, line):
            places[idx] = False
            first = again.pop(0)
        places[first] = True
        for other in again:
            # a sentence told again in the text is the writer's affair; a headline printed again is the page's
            if not TERMINAL.search(lines[other]):
                places[other] = False
        break
    return places


def _same(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) < 20 and WORD.findall(one.casefold()) == WORD.findall(other.casefold())


def _comments_from(lines: Sequence[str], told: Sequence[int]) -> int:
    """Where the readers' comments begin: after a heading that has most of the text above it; else past the end."""
    total, above = sum(told), 0
    for idx, line in enumerate(lines):
        if above > TAIL_SHARE * total and above and is_comments_heading(line):
            return idx
        above += told[idx]
    return len(lines)


def _is_teaser(lines: Sequence[str], reasons: Sequence[str | None], idx: int, is_tail: bool) -> bool:
    """A headline under a "read more" leads to another article: one inside the text, a list of them after it."""
    above = idx - 1
    while is_tail and above >= 0 and reasons[above] == "teaser":
        above -= 1
    return above >= 0 and reasons[above] == "button" and len(lines[idx]) <= 160 and LEADS_ON.match(lines[above]) is not None


def trim_notices(line: Line) -> Line | None:
    """The line without notices of rights before or after what it tells, and without its bullet; None where nothing is left."""
    start = match.end() if (match := MARK.match(line.text)) else 0
    sentences = [(found.start(), found.end()) for found in SENTENCE.finditer(line.text, start)] if has_notice(line.text) else []
    low, high = start, len(line.text)
    while sentences and _is_notice(line.text[slice(*sentences[0])]):
        low = sentences.pop(0)[1]
    while sentences and _is_notice(line.text[slice(*sentences[-1])]):
        high = sentences.pop()[0]
    text = line.text[low:high]
    if not text.strip():
        return None
    if (low, high) == (0, len(line.text)):
        return line
    return slice_line(line, low + len(text) - len(text.lstrip()), low + len(text.rstrip()))


def _is_notice(sentence: str) -> bool:
    return len(sentence) < 300 and has_notice(sentence)
