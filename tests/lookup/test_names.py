"""Names looked up one by one: pins first, in order, offline unless a service is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.online import WithFallback
from geomap.lookup import locate_names, open_asking
from geomap.project import Project, format_lock
from geomap.types import Pin, Place

GORIS = Place("x:1", "Goris", "AM", "Syunik", "town", 46.34168, 39.51111, 2.0)
SMALL = Gazetteer([GORIS, Place("x:2", "Sotk", "AM", None, "village", 45.86951, 40.20007, 1.0)], "test 1")


def test_pins_come_first_whatever_blanks_surround_the_name(tmp_path: Path) -> None:
    (tmp_path / "places.lock").write_text(
        format_lock([Pin("Gorus", "x:1", "Azerbaijani name"), Pin("Sotk", "x:9", "r")])
    )
    found = locate_names(["Gorus", "Sotk", " Gorus ", "Goris"], Project(folder=tmp_path), gazetteer=SMALL)
    assert [(each["query"], each["method"], each["status"]) for each in found] == [
        ("Gorus", "pin", "placed"),
        ("Sotk", "none", "unknown"),
        (" Gorus ", "pin", "placed"),
        ("Goris", "exact", "placed"),
    ]
    assert "x:9, which this gazetteer does not hold" in found[1]["why"]


def test_an_item_has_the_keys_that_tools_rely_on() -> None:
    (found,) = locate_names(["Goris"], Project(), gazetteer=SMALL)
    assert list(found) == ["query", "place", "score", "method", "status", "why", "rivals"]
    assert list(found["place"]) == ["id", "name", "country", "admin1", "kind", "lon", "lat", "radius_km"]


def test_a_service_stands_behind_only_when_it_is_named(tmp_path: Path) -> None:
    assert type(open_asking(Project())) is Gazetteer
    behind = open_asking(Project(countries=("AM",)), "nominatim", tmp_path / "kept.sqlite")
    assert isinstance(behind, WithFallback)
    assert list(tmp_path.iterdir()) == []  # nothing is asked and nothing is kept yet
    with pytest.raises(GazetteerError, match="geopy knows no service 'zzz'"):
        open_asking(Project(), "zzz")
