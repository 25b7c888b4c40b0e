"""What two kin documents share, side by side, and which words the one puts where the other has another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trucewatch.stages.kinship.compare import RUN, Numbers, Profile
from trucewatch.text.shingles import word_spans

LARGEST_GAP = 9
LARGEST_SHIFT = 4
FEWEST_WORDS = 6
MOST_PASSAGES = 12
LONGEST_SWAP = 3


@dataclass(frozen=True, slots=True)
class Alignment:
    """`passages`: (start, end) in the first and (start, end) in the second text, the longest first; `is_mangled`: names stand for
    other names in equal surroundings."""

    passages: tuple[tuple[int, int, int, int], ...]
    is_mangled: bool


def align(first: Profile, second: Profile, shared: tuple[Numbers, Numbers], first_text: str, second_text: str) -> Alignment:
    """Shared stretches of two texts, from where the triples of words stand that both hold."""
    at_first, at_second = first.run_positions[shared[0]], second.run_positions[shared[1]]
    order = np.argsort(at_first)
    at_first, at_second = at_first[order], at_second[order]
    if not len(order):
        return Alignment((), False)
    step_first, step_second = np.diff(at_first), np.diff(at_second)
    goes_on = (step_first <= LARGEST_GAP) & (step_second > 0) & (abs(step_first - step_second) <= LARGEST_SHIFT)
    ends = np.append(np.flatnonzero(~goes_on), len(order) - 1)
    begins = np.append(0, ends[:-1] + 1)
    is_long = at_first[ends] - at_first[begins] + RUN >= FEWEST_WORDS
    begins, ends = begins[is_long], ends[is_long]
    spans = word_spans(first_text), word_spans(second_text)
    passages = np.column_stack(
        [
            column
            for own, at in zip(spans, (at_first, at_second), strict=True)
            for column in (own[at[begins], 0], own[np.minimum(at[ends] + RUN, len(own)) - 1, 1])
        ]
    ).tolist()
    passages.sort(key=lambda passage: (passage[0] - passage[1], passage))
    is_swap = goes_on & (step_first > RUN) & (step_first <= RUN + LONGEST_SWAP)
    before = np.flatnonzero(is_swap & (step_second > RUN) & (step_second <= RUN + LONGEST_SWAP))
    swapped = [
        [text[begin:end] for begin, end in zip(own[at[before] + RUN, 0].tolist(), own[after, 1].tolist(), strict=True)]
        for text, own, at in zip((first_text, second_text), spans, (at_first, at_second), strict=True)
        for after in (at[before + 1] - 1,)
    ]
    swaps = list(zip(*swapped, strict=True))
    return Alignment(tuple((a, b, c, d) for a, b, c, d in passages[:MOST_PASSAGES]), _has_mangled_names(swaps))


def _has_mangled_names(swaps: Sequence[tuple[str, str]]) -> bool:
    """Whether names stand for other names between shared words: the mark of a text that was translated there and back."""
    swapped = {(a, b) for a, b in swaps if a[:1].isupper() and b[:1].isupper() and a.lower() != b.lower()}
    return len(swapped) >= 2 and 4 * len(swapped) >= len(set(swaps))
