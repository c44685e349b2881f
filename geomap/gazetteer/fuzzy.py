"""Typing errors: the filed keys that lie a few edits from a written one. The only home of rapidfuzz.

The measure is the optimal string alignment distance (Damerau 1964, DOI 10.1145/363958.363994): insertions, deletions,
substitutions and swaps of neighbours count one each. One error leaves one half of a word whole, unless it swaps the two
letters in the middle, so keys are looked for by their beginning, their end, and with these two swapped; two errors, one
in each half, are not found.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from geomap.gazetteer.store import Store
from geomap.gazetteer.words.names import SKELETON

SOUGHT = ((10, 2), (5, 1))
"""Edits looked for by least length of the key, longest first; shorter keys must be right."""
_MOST = 50


class Respelling(NamedTuple):
    """A filed key and how many edits it lies from the written one."""

    key: str
    edits: int


def sought(key: str) -> int:
    """Return how many edits are looked for in a key of this length."""
    return next((edits for least, edits in SOUGHT if len(key) >= least), 0)


def respellings(key: str, store: Store) -> list[Respelling]:
    """Return the filed keys within the edits that the key's length allows, the nearest first; at most 50."""
    edits = sought(key)
    if not edits or key.startswith(SKELETON):
        return []
    half = len(key) // 2
    near = store.alike(key[:half], key[half:], len(key) - edits, len(key) + edits)
    near.discard(key)
    swapped = f"{key[: half - 1]}{key[half]}{key[half - 1]}{key[half + 1 :]}"
    if store.bearers(swapped):
        near.add(swapped)
    hits = extract(key, near, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
    return [Respelling(found, int(distance)) for found, distance, *_ in hits]
