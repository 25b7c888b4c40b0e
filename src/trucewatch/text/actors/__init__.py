"""Who a phrase names. The grammar: a noun phrase's head is the last noun before its first preposition or comma; the party named
before the head, or after "of", is whose it is. "The attack on X" therefore names nobody, "an aide to X's president"
someone of X, and "X's Defence Minister" the holder of that office on the day asked for.
"""

from trucewatch.text.actors.index import CIVILIAN_PARTY, ActorIndex
from trucewatch.text.actors.match import ActorMatch

__all__ = ["CIVILIAN_PARTY", "ActorIndex", "ActorMatch"]
