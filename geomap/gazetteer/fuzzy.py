"""Typing errors: the filed keys that lie a few edits from a written one. The only home of rapidfuzz.

The measure is the optimal string alignment distance (Damerau 1964, DOI 10.1145/363958.363994): insertions, deletions,
substitutions and swaps of neighbours count one each. One error leaves one half of a word whole, so keys are looked for
by their beginning and their end; two errors, one in each half, are not found.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from geomap.gazetteer.store import Store
from geomap.gazetteer.words.names import SKELETON

ALLOWED = ((10, 2), (5, 1))
"""Edits allowed by least length of the key, longest first; shorter keys must be right. See benchmarks/README.md."""
_MOST = 50


class Respelling(NamedTuple):
    """A filed key and how many edits it lies from the written one."""

    key: str
    edits: int


def allowed(key: str) -> int:
    """Return how many edits a key of this length may have."""
    return next((edits for least, edits in ALLOWED if len(key) >= least), 0)


def respellings(key: str, store: Store) -> list[Respelling]:
    """Return the filed keys within the edits that the key's length allows, the nearest first; at most 50."""
    edits = allowed(key)
    if not edits or key.startswith(SKELETON):
        return []
    half = len(key) // 2
    near = store.alike(key[:half], key[half:], len(key) - edits, len(key) + edits)
    near.discard(key)
    hits = extract(key, near, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
    return [Respelling(found, int(distance)) for found, distance, *_ in hits]
