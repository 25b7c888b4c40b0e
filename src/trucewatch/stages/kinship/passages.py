"""What two kin documents share, side by side, and which words the one puts where the other has another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trucewatch.stages.kinship.compare import RUN, Profile
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


def align(first: Profile, second: Profile, first_text: str, second_text: str) -> Alignment:
    """Shared stretches of two texts, from the triples of words that both hold."""
    _, at_first, at_second = np.intersect1d(first.runs, second.runs, assume_unique=True, return_indices=True)
    pairs = sorted(zip(first.run_positions[at_first].tolist(), second.run_positions[at_second].tolist(), strict=True))
    spans_first, spans_second = word_spans(first_text), word_spans(second_text)
    stretches: list[tuple[int, int, int, int]] = []
    swaps: list[tuple[str, str]] = []
    for i, j in pairs:
        if stretches:
            begin_i, begin_j, last_i, last_j = stretches[-1]
            step_i, step_j = i - last_i, j - last_j
            if 0 < step_i <= LARGEST_GAP and step_j > 0 and abs(step_i - step_j) <= LARGEST_SHIFT:
                stretches[-1] = (begin_i, begin_j, i, j)
                between_i, between_j = step_i - RUN, step_j - RUN
                if 0 < between_i <= LONGEST_SWAP and 0 < between_j <= LONGEST_SWAP:
                    swaps.append(
                        (
                            first_text[spans_first[last_i + RUN][0] : spans_first[i - 1][1]],
                            second_text[spans_second[last_j + RUN][0] : spans_second[j - 1][1]],
                        )
                    )
                continue
        stretches.append((i, j, i, j))
    passages = [
        (
            spans_first[begin_i][0],
            spans_first[min(end_i + RUN, len(spans_first)) - 1][1],
            spans_second[begin_j][0],
            spans_second[min(end_j + RUN, len(spans_second)) - 1][1],
        )
        for begin_i, begin_j, end_i, end_j in stretches
        if end_i - begin_i + RUN >= FEWEST_WORDS
    ]
    passages.sort(key=lambda passage: (passage[0] - passage[1], passage))
    return Alignment(tuple(passages[:MOST_PASSAGES]), _has_mangled_names(swaps))


def _has_mangled_names(swaps: Sequence[tuple[str, str]]) -> bool:
    """Whether names stand for other names between shared words: the mark of a text that was translated there and back."""
    swapped = {(a, b) for a, b in swaps if a[:1].isupper() and b[:1].isupper() and a.lower() != b.lower()}
    return len(swapped) >= 2 and 4 * len(swapped) >= len(set(swaps))
