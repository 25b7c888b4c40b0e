"""Rules that read an act out of a word, found by its lemma: a word costs nothing for the rules that do not know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.syntax import Token

Rule = Callable[[Token, Lexicon], ActMention | None]

_lemmas: dict[Rule, frozenset[str]] = {}


def reads(*lemmas: str | Iterable[str]) -> Callable[[Rule], Rule]:
    """Mark a rule with the lemmas that it reads, in small letters: words, and sets of them. `Rules` asks it of no other word."""
    known = frozenset(word for some in lemmas for word in ([some] if isinstance(some, str) else some))

    def mark(rule: Rule) -> Rule:
        _lemmas[rule] = known
        return rule

    return mark


class Rules:
    """Rules in the order in which they are asked, one of them itself: the first that tells of an act has it.

    A rule that is not marked by `reads` is asked of every word. Rules among the rules stand for those that they hold.
    """

    def __init__(self, *rules: Rule | Rules) -> None:
        self._rules: tuple[Rule, ...] = tuple(
            one for rule in rules for one in (rule._rules if isinstance(rule, Rules) else [rule])
        )
        marked = frozenset().union(*(_lemmas.get(rule, frozenset()) for rule in self._rules))
        self._by_lemma = {lemma: self._asked_of(lemma) for lemma in marked}
        self._of_any = self._asked_of(None)

    def _asked_of(self, lemma: str | None) -> tuple[Rule, ...]:
        return tuple(rule for rule in self._rules if rule not in _lemmas or lemma in _lemmas[rule])

    def __call__(self, token: Token, lexicon: Lexicon) -> ActMention | None:
        for rule in self._by_lemma.get(token.lemma_.lower(), self._of_any):
            if (mention := rule(token, lexicon)) is not None:
                return mention
        return None
