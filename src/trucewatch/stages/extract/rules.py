"""Rules that read an act out of a word, found by its lemma: a word costs nothing for the rules that do not know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.syntax import Token

Rule = Callable[[Token, Lexicon], ActMention | None]

_lemmas: dict[Rule, frozenset[str]] = {}
# rules that need a word beside the one they are asked of, and by each such word those that it wakes
_sleepers: set[Rule] = set()
_woken: dict[str, set[Rule]] = {}
_NONE: frozenset[Rule] = frozenset()


def reads(*lemmas: str | Iterable[str]) -> Callable[[Rule], Rule]:
    """Mark a rule with the lemmas that it reads, in small letters: words, and sets of them. `Rules` asks it of no other word."""
    known = frozenset(_words(lemmas))

    def mark(rule: Rule) -> Rule:
        _lemmas[rule] = known
        return rule

    return mark


def amid(*words: str | Iterable[str]) -> Callable[[Rule], Rule]:
    """Mark a rule that can tell of nothing unless one of these words stands in the paragraph, in small letters: as written, or as
    a lemma. `Rules` asks it in no other. What many verbs are asked for ("be" above all) is mostly answered by that alone."""

    def mark(rule: Rule) -> Rule:
        _sleepers.add(rule)
        for word in _words(words):
            _woken.setdefault(word, set()).add(rule)
        return rule

    return mark


def _words(some: Iterable[str | Iterable[str]]) -> Iterator[str]:
    return (word for one in some for word in ([one] if isinstance(one, str) else one))


def asleep(doc: Any) -> frozenset[Rule]:
    """The rules that no word of a paragraph wakes."""
    kept = doc[0].kept
    found: frozenset[Rule] | None = kept.get("asleep")
    if found is None:
        words = {token.lower_ for token in doc} | {token.lemma_.lower() for token in doc}
        found = kept["asleep"] = frozenset(_sleepers).difference(*(_woken[word] for word in _woken.keys() & words))
    return found


class Rules:
    """Rules in the order in which they are asked, one of them itself: the first that tells of an act has it.

    A rule that is not marked by `reads` is asked of every word; one marked by `amid` in some paragraphs alone. Rules among the
    rules stand for those that they hold.
    """

    def __init__(self, *rules: Rule | Rules) -> None:
        self._rules: tuple[Rule, ...] = tuple(
            one for rule in rules for one in (rule._rules if isinstance(rule, Rules) else [rule])
        )
        marked = frozenset().union(*(_lemmas.get(rule, frozenset()) for rule in self._rules))
        self._by_lemma = {lemma: self._asked_of(lemma) for lemma in marked}
        self._of_any = self._asked_of(None)
        self._has_sleepers = not _sleepers.isdisjoint(self._rules)

    def _asked_of(self, lemma: str | None) -> tuple[Rule, ...]:
        return tuple(rule for rule in self._rules if rule not in _lemmas or lemma in _lemmas[rule])

    def __call__(self, token: Token, lexicon: Lexicon) -> ActMention | None:
        sleeping = asleep(token.doc) if self._has_sleepers else _NONE
        for rule in self._by_lemma.get(token.lemma_.lower(), self._of_any):
            if rule not in sleeping and (mention := rule(token, lexicon)) is not None:
                return mention
        return None
