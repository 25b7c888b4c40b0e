"""Who says what, and on whose word: attributions of every kind over the parse."""

from trucewatch.text.attribution.find import find_attributions
from trucewatch.text.attribution.record import Attribution

__all__ = ["Attribution", "find_attributions"]
