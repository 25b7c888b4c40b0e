"""By which way something was told: a platform, television, an agency, a news conference; and how long that way lasts.

Who goes on in quotation marks, right behind what he said on television or to an agency, says it there too; what is told of him
in the outlet's words may come by another way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model.records import Sentence
from trucewatch.text.attribution.cues import load_cues
from trucewatch.text.attribution.draft import Draft, subtract
from trucewatch.text.attribution.record import Span

_CHANNEL = re.compile(
    r"\b(?i:on|to|via|in|at|through|by|over|during|told|his|her|its|their|official|formerly|site)\b[^,.;:“”\"]{0,50}?[\"“ ]"
    r"(Twitter|X|Facebook|Telegram|Instagram|YouTube|[Tt]elevision|TV|televised|radio|[Ww]eb ?site|communiqu[eé]"
    r"|tweet|press release|press conference|news conference|(?:press )?briefing|interview|statement)\b"
)
# "rejected it in a speech on television", "ordered residents to leave on X": the way stands among the words told
_WITHIN = re.compile(r"\b(?:in an?\s+(?:[\w-]+\s+){0,2}(?:speech|address|message|video|interview|post)\b|on X\b|on Telegram\b)")
# "state television said", "the Xia news agency reported"
_STATION = re.compile(r"\b(?:television|TV|[Rr]adio|news agency|newspaper)(?: station| channel| network)?$|\bnews agency\b")
_INTERVIEWER = re.compile(
    r"\binterview (?:with|to|for|by) (?:the |its )?(?:[a-z-]+ ){0,3}"
    r"(?:newspaper|daily|channel|station|broadcaster|magazine|agency|network|website|outlet)(?: of)? "
    r"(?P<name>[\w-]+(?: [A-Z][\w-]+)*)"
)
_ASKING = frozenset({"orders", "demands", "rejects", "accuses", "denies", "threatens"})
_FIRST = frozenset({"i", "we"})
_POSTS = frozenset({"post", "share", "publish"})
_LASTING = frozenset(
    {"television", "radio", "X", "Twitter", "Facebook", "Telegram", "Instagram", "YouTube", "press conference", "interview"}
)
_HIMSELF = frozenset({"he", "she", "it", "they", "i", "we"})
_MOST_SENTENCES = 3


def name_channels(text: str, drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """Give every draft its channel: by the words around it, the same telling's other verb, or the quotation it goes on from."""
    carried: dict[tuple[int, Span | None], str] = {}
    last: Draft | None = None
    for draft in drafts:
        # "tweeted a video, saying …": one act of telling with several verbs
        telling = (draft.sentence, draft.source)
        draft.channel = draft.channel or _channel(text, draft, sentences) or carried.get(telling)
        if draft.channel is None and last is not None and _goes_on(text, draft, last, sentences):
            draft.channel = last.channel
        if draft.channel is not None and draft.source is not None:
            carried[telling] = draft.channel
        if draft.kind not in ("thinks", "hedges", "shows") and draft.source is not None:
            is_aside = last is not None and draft.sentence == last.sentence and draft.channel is None and last.channel is not None
            last = last if last is not None and is_aside and _is_same(text, draft, last) else draft


def _goes_on(text: str, draft: Draft, last: Draft, sentences: Sequence[Sentence]) -> bool:
    """Whether a draft is quoted speech right behind another one of the same speaker that came by a lasting way."""
    if any(start <= draft.at < end for start, end in last.content) and text[slice(*(draft.source or (0, 0)))].lower() in _FIRST:
        return last.channel is not None
    is_lasting = last.channel in _LASTING or last.via is not None
    if not is_lasting or last.channel is None or draft.via is not None or not draft.content:
        return False
    near = sentences[draft.sentence].paragraph == sentences[last.sentence].paragraph
    if not near or draft.sentence - last.sentence > _MOST_SENTENCES:
        return False
    first = draft.content[0][0]
    is_quoted = text[max(0, first - 1) : first] in ("“", '"', "'", "‘") or text[first : first + 1] in ("“", '"', "'", "‘")
    return is_quoted and _is_same(text, draft, last)


def _is_same(text: str, draft: Draft, last: Draft) -> bool:
    """Whether two drafts have one speaker: a pronoun, the same words, or a surname that the first one held."""
    if draft.source is None or last.source is None:
        return False
    named, before = text[slice(*draft.source)], text[slice(*last.source)]
    if draft.source == last.source or named.lower() in _HIMSELF or before.lower() in ("he", "she"):
        return True
    surname = named.split()[-1]
    return surname[:1].isupper() and surname in before.split()


def _channel(text: str, draft: Draft, sentences: Sequence[Sentence]) -> str | None:
    """Plain name of the medium, from the words of the sentence that are not content."""
    if draft.lemma in ("tweet", "retweet"):
        return "Twitter"
    if draft.via is not None and text[slice(*draft.via)].lower() not in _HIMSELF:
        return re.sub(r"^(?:the|a|an)\s+", "", text[slice(*draft.via)].replace("\n", " "), flags=re.I)
    if draft.is_continuation or draft.lemma is None:
        return None
    if draft.source is not None and draft.kind in ("says", "quotes") and _STATION.search(text, *draft.source):
        # a station that tells is the way itself
        return re.sub(r"^(?:the|a|an)\s+", "", text[slice(*draft.source)].replace("\n", " "), flags=re.I)
    sentence = sentences[draft.sentence]
    frame = " ".join(text[s:e] for s, e in subtract((sentence.start_char, sentence.end_char), draft.content))
    if (draft.kind in _ASKING or draft.lemma in _POSTS) and draft.content:
        told = text[draft.content[-1][0] : draft.content[-1][1]]
        within = _WITHIN.search(told)
        frame = f"{frame} {told[within.start() :]}" if within is not None else frame
    if (asked := _INTERVIEWER.search(frame.replace("\n", " "))) is not None:
        return asked["name"]
    named = list(_CHANNEL.finditer(frame.replace("\n", " ")))
    # "in a statement on Telegram": the platform says more
    match = next((m for m in named if m.group(1)[0].isupper()), named[0] if named else None)
    if match:
        word = match.group(1)
        channels = load_cues().channels
        return channels.get(word.lower(), word.lower()) if word != "X" else "X"
    return None
