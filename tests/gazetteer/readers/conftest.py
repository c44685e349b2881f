"""What the tests of the atlas share: its places, read once a module."""

from __future__ import annotations

import pytest

from geomap import shipped
from geomap.gazetteer.readers.atlas import read_atlas
from geomap.types import Place


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    """Return every place of the shipped atlas by its id."""
    return {place.id: place for place in read_atlas(shipped.data("gazetteer", "atlas"))}
