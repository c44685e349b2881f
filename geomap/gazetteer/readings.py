"""The ways to read a name that no place bears as written: without its word for a kind, translated, uninflected."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer.candidates import Reading
from geomap.gazetteer.words.endings import endings, translated
from geomap.gazetteer.words.kinds import without_kind

_UNINFLECTED = 0.95
_TRANSLATED = 0.95


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
