"""What the tests of running text share: the places of mentions/places.csv, and how an answer is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.prose.mentions import MentionFinder

Told = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def told() -> Told:
    """Return a function that gives each mention of a text with the id of its place; ? is ambiguous, - unknown."""
    finder = MentionFinder(Gazetteer.open(Path(__file__).parent / "mentions" / "places.csv"), demonyms={})

    def tell(text: str) -> list[tuple[str, str]]:
        found = finder.find(text)
        assert [each.text for each in found] == [text[each.start : each.end] for each in found]
        signs = {"ambiguous": "?", "unknown": "-"}
        return [(each.text, each.match.place.id if each.match.place else signs[each.match.status]) for each in found]

    return tell
