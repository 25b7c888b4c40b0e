"""Act mentions: which words of a sentence report an act, who does it to whom, with what, negated or only possible.

Definitions are the codebook's (contract/acts.csv); the words are in lexicon.toml. An act mention knows nothing yet of who
vouches for it: voices.py joins the attributions, claims.py makes the claim.
"""

from __future__ import annotations

from typing import Any

from trucewatch.model.change import changed
from trucewatch.stages.extract.absent import absent
from trucewatch.stages.extract.accords import accord
from trucewatch.stages.extract.aftermath import left_behind, named_after
from trucewatch.stages.extract.appeals import (
    asked_that,
    asked_too,
    brought_before,
    called_to,
    conveyed,
    given_time,
    hangs_on,
    invoked,
    not_until,
    owed,
)
from trucewatch.stages.extract.barbs import barb
from trucewatch.stages.extract.changed_hands import changed_hands, ground_lost
from trucewatch.stages.extract.charges import asking_noun, charged, condition_set
from trucewatch.stages.extract.condemnations import condemnation
from trucewatch.stages.extract.constructions import (
    alert,
    appeal,
    existing_losses,
    misread_verb,
    obligation,
    out_of_question,
    refusal,
)
from trucewatch.stages.extract.contacts import contact
from trucewatch.stages.extract.dealings import (
    calming,
    envoy_sent,
    helped,
    letter_sent,
    nullified,
    praised,
    talks_set,
    unanswered,
    voted,
)
from trucewatch.stages.extract.forewarnings import forewarning
from trucewatch.stages.extract.handovers import handover
from trucewatch.stages.extract.holdings import holding
from trucewatch.stages.extract.hurt import hurt
from trucewatch.stages.extract.hush import calm
from trucewatch.stages.extract.inroads import ground_taken, inroad
from trucewatch.stages.extract.leaving import carried_off, cleansing, going, no_return, ordered_out, stuck_on_road
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.menaces import menace
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.missions import mission
from trucewatch.stages.extract.nouns import noun_mention
from trucewatch.stages.extract.omens import omen
from trucewatch.stages.extract.opinions import opinion
from trucewatch.stages.extract.parleys import bound_for_talks, failed_exchange, only_way, parley, still_held, turned_to
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.pleas import plea
from trucewatch.stages.extract.pledges import assured, pledge, readiness, readiness_told, staying
from trucewatch.stages.extract.presence import arms_found, present
from trucewatch.stages.extract.qualms import qualm
from trucewatch.stages.extract.refusals import refused
from trucewatch.stages.extract.reprisals import reprisal
from trucewatch.stages.extract.reproaches import reproach
from trucewatch.stages.extract.repulses import downed_told, forced_back, repulse
from trucewatch.stages.extract.resolves import resolve
from trucewatch.stages.extract.rules import Rules
from trucewatch.stages.extract.scenes import ebbed, fighting_goes_on, heard, truce_begins, truce_broken, truce_fails
from trucewatch.stages.extract.shortages import service_cut, shut_off
from trucewatch.stages.extract.shut_ways import way_shut
from trucewatch.stages.extract.sightings import earthworks, sightings
from trucewatch.stages.extract.solidarity import solidarity
from trucewatch.stages.extract.spoils import spoils
from trucewatch.stages.extract.standoffs import standoff
from trucewatch.stages.extract.states import struck_with, stuck, told_by_state
from trucewatch.stages.extract.syntax import done_by_another, is_verbal
from trucewatch.stages.extract.talks_told import mediated, talk_told
from trucewatch.stages.extract.tallies import casualties_counted, losses_told
from trucewatch.stages.extract.threats import warning
from trucewatch.stages.extract.turndowns import turned_down
from trucewatch.stages.extract.undertakings import undertaking
from trucewatch.stages.extract.uprooted import displacement_caused, refugees_number, uprooted
from trucewatch.stages.extract.verbs import turn_mention, verb_mention
from trucewatch.stages.extract.verdicts import criminal_policy, in_contact, right_to_fight, ruled_out, verdict, warning_to_all
from trucewatch.stages.extract.victims_listed import dead_named, listed, part_told
from trucewatch.stages.extract.wishes import wish
from trucewatch.stages.extract.wreckage import banned_arms_used, came_through, holed, smoke_shown, wrecked

_READY = frozenset({"ready", "willing", "prepared", "open"})


# what is asked of a word, in this order: a rule is added here, and marked with the lemmas that it reads (rules.py)
_OF_VERBS = Rules(
    absent,
    standoff,
    criminal_policy,
    opinion,
    resolve,
    pledge,
    assured,
    readiness_told,
    refusal,
    undertaking,
    mission,
    staying,
    warning,
    reprisal,
    shut_off,
    way_shut,
    holding,
    inroad,
    changed_hands,
    ground_taken,
    solidarity,
    told_by_state,
    no_return,
    ruled_out,
    warning_to_all,
    menace,
    omen,
    forewarning,
    turned_to,
    letter_sent,
    bound_for_talks,
    only_way,
    contact,
    talk_told,
    plea,
    conveyed,
    called_to,
    asked_that,
    invoked,
    brought_before,
    owed,
    given_time,
    not_until,
    hangs_on,
    condition_set,
    charged,
    envoy_sent,
    talks_set,
    unanswered,
    nullified,
    helped,
    calming,
    voted,
    praised,
    reproach,
    barb,
    condemnation,
    still_held,
    failed_exchange,
    wish,
    appeal,
    heard,
    ebbed,
    truce_fails,
    truce_broken,
    calm,
    truce_begins,
    accord,
    turned_down,
    refused,
    left_behind,
    arms_found,
    repulse,
    forced_back,
    fighting_goes_on,
    carried_off,
    came_through,
    hurt,
    handover,
    uprooted,
    spoils,
    sightings,
    verb_mention,
    present,
    struck_with,
    verdict,
    obligation,
    existing_losses,
    listed,
    part_told,
    dead_named,
    casualties_counted,
    wrecked,
    turn_mention,
    going,
    qualm,
)
_OF_NOUNS = Rules(
    no_return,
    ordered_out,
    cleansing,
    alert,
    out_of_question,
    verdict,
    in_contact,
    right_to_fight,
    ruled_out,
    parley,
    mediated,
    refused,
    named_after,
    asking_noun,
    banned_arms_used,
    ground_taken,
    ground_lost,
    losses_told,
    earthworks,
    displacement_caused,
    refugees_number,
    holed,
    downed_told,
    calm,
    service_cut,
    noun_mention,
    smoke_shown,
)
_OF_ADJECTIVES = Rules(stuck, stuck_on_road, heard, calm, verdict, left_behind)
_OF_ADVERBS = Rules(calm)


def find_acts(doc: Any, lexicon: Lexicon) -> list[ActMention]:
    """Act mentions of a parsed paragraph, in reading order."""
    found: list[ActMention] = []
    for token in doc:
        mention = _told_at(token, lexicon)
        if mention is None and token.tag_ in ("NNS", "JJ", "NN"):
            mention = misread_verb(token, lexicon)
        if mention is not None:
            found.append(mention)
    found += asked_too(found, lexicon) + _done_by_others(found, lexicon)
    return sorted(found, key=lambda mention: mention.token.i)


def _done_by_others(mentions: list[ActMention], lexicon: Lexicon) -> list[ActMention]:
    """ "the road was not closed by the crowd, but by soldiers": beside what is denied, the soldiers' deed."""
    found = []
    for mention in mentions:
        other = done_by_another(mention.token) if mention.negated and not mention.is_nominal else None
        if other is not None and (doer := actor_phrase(other, lexicon)) is not None:
            found.append(changed(mention, token=other.head, scope=other.head, doer=doer, negated=False))
    return found


def _told_at(token: Any, lexicon: Lexicon) -> ActMention | None:
    """The act that a word reports: its own trigger, else a turn of phrase that it heads."""
    if is_verbal(token):
        if any(c.dep_ == "acomp" and c.lemma_ in _READY and readiness(c, lexicon) is not None for c in token.children):
            return None  # "stands ready to help": what for tells which act
        is_governed = token.dep_ == "xcomp" and token.head.pos_ == "ADJ" and token.head.lemma_ in _READY
        if is_governed and readiness(token.head, lexicon) is not None:
            return None  # "willing to withdraw": the readiness is the act
        return _OF_VERBS(token, lexicon)
    if token.pos_ in ("NOUN", "PROPN"):
        return _OF_NOUNS(token, lexicon)
    if token.pos_ == "ADJ":
        return readiness(token, lexicon) if token.lemma_ in _READY else _OF_ADJECTIVES(token, lexicon)
    return _OF_ADVERBS(token, lexicon) if token.pos_ in ("ADV", "ADP") else None
