"""Act mentions: which words of a sentence report an act, who does it to whom, with what, negated or only possible.

Definitions are the codebook's (contract/acts.csv); the words are in lexicon.toml. An act mention knows nothing yet of who
vouches for it: voices.py joins the attributions, claims.py makes the claim.
"""

from __future__ import annotations

from typing import Any

from trucewatch.stages.extract.constructions import (
    alert,
    calm,
    existing_losses,
    misread_verb,
    obligation,
    out_of_question,
    readiness,
    refusal,
)
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.nouns import noun_mention
from trucewatch.stages.extract.states import struck_with, told_by_state
from trucewatch.stages.extract.syntax import is_verbal
from trucewatch.stages.extract.verbs import verb_mention


def find_acts(doc: Any, lexicon: Lexicon) -> list[ActMention]:
    """Act mentions of a parsed paragraph, in reading order."""
    found: list[ActMention] = []
    for token in doc:
        refused = refusal(token, lexicon) if token.pos_ == "VERB" else None
        if refused is not None:
            found.append(refused)
            continue
        is_verb = token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBG", "VBN", "VBD")
        state = told_by_state(token, lexicon) if is_verb or token.pos_ == "ADJ" else None
        if state is not None:
            found.append(state)
            continue
        if is_verb:
            mention = verb_mention(token, lexicon) or struck_with(token, lexicon)
        elif token.pos_ in ("NOUN", "PROPN"):
            told = {"alert": alert, "question": out_of_question}.get(token.lemma_, noun_mention)
            mention = told(token, lexicon)
        elif token.pos_ == "ADJ" and token.lemma_ in ("ready", "willing", "prepared"):
            mention = readiness(token, lexicon)
        elif token.pos_ == "ADJ" and token.lemma_ in ("calm", "quiet", "peaceful"):
            mention = calm(token)
        else:
            mention = None
        if mention is None and is_verbal(token):
            mention = obligation(token, lexicon) or existing_losses(token, lexicon)
        if mention is None and token.tag_ in ("NNS", "JJ", "NN"):
            mention = misread_verb(token, lexicon)
        if mention is not None:
            found.append(mention)
    return found
