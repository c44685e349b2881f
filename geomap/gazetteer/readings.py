"""The ways to read a name that no place bears as written: without its word for a kind, translated, uninflected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.gazetteer.candidates import Reading
from geomap.gazetteer.words.endings import endings, translated
from geomap.gazetteer.words.kinds import without_kind

_PARTS = re.compile(r"[,;()\[\]]+")
_MOST_PARTS = 4
_UNINFLECTED = 0.95
"""Trust in a name read as an inflected form: 97 % of such answers were right with a country, 90 % without."""
_TRANSLATED = 0.95
"""Trust in a name with its "upper" or "new" in another language: too rare to be measured, a judgement."""


def readings(name: str) -> Iterator[Reading]:
    """Yield the other readings of a name, the most faithful first; the first that a place bears is meant."""
    named = without_kind(name)
    if named:
        yield Reading(named.name, named.kinds)
    for text, kinds in filter(None, ((named.name, named.kinds) if named else None, (name, ()))):
        for other in translated(text):
            yield Reading(other, kinds, f"; read as {other}, which says the same", "folded", _TRANSLATED)
        for nominative in endings(text):
            yield Reading(nominative, kinds, f"; read as a form of {nominative}", "folded", _UNINFLECTED)


def qualified(text: str) -> tuple[str, ...]:
    """Return a name and what stands behind it after commas or in brackets; () where nothing does.

    >>> qualified("Sotk (Gegharkunik, Armenia)")
    ('Sotk', 'Gegharkunik', 'Armenia')
    """
    parts = tuple(part for piece in _PARTS.split(text) if (part := piece.strip()))
    return parts if 2 <= len(parts) <= _MOST_PARTS else ()
