"""Rows get their place by coordinates, by pin or by name; what cannot be placed is said, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from geomap.locate import locate
from geomap.types import LOCATED, Match, Pin, Place

SOTK = Place("gn:616041", "Sotk", "AM", "Gegharkunik", "village", 45.86951, 40.20007, 2.0)
DISTRICT = Place("geomap:lachin", "Lachin district", "AZ", None, "district", 46.3472, 39.7357, 23.8)
JERMUK = Place("gn:174884", "Jermuk", "AM", "Vayots Dzor", "town", 45.67112, 39.83948, 2.0)


class Book:
    """A gazetteer of three places that remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []

    def get(self, place_id: str) -> Place | None:
        return next((place for place in (SOTK, DISTRICT, JERMUK) if place.id == place_id), None)

    countries = frozenset({"AM", "AZ"})

    def match_all(self, names: Sequence[str], country: object = None, *_: object, **__: object) -> list[Match]:
        return [self.match(name, country) for name in names]

    def match(self, name: str, country: object = None) -> Match:
        self.asked.append((name, country))
        if name == "Istisu":
            return Match(name, None, 0.0, "none", "on different sides", "ambiguous", (JERMUK, DISTRICT))
        place = next((place for place in (SOTK, DISTRICT, JERMUK) if place.name == name), None)
        if place is None or (isinstance(country, tuple) and place.country not in country):
            return Match(name, None, 0.0, "none", "not found", "unknown")
        return Match(name, place, 1.0, "exact", "exact official name", "placed")


def _table(**columns: list[object]) -> gpd.GeoDataFrame:
    size = len(next(iter(columns.values())))
    filled: dict[str, list[object]] = {
        "report_id": ["R1"] * size, "place_text": [None] * size, "country_text": [None] * size,
        "admin1_text": [None] * size, "relation": ["at"] * size,
        "place_precision": [None] * size, "place_radius_km": [None] * size, "radius_kind": [None] * size,
        "geometry": [None] * size, **columns,
    }  # fmt: skip
    geometry = gpd.GeoSeries(filled.pop("geometry"), crs=4326)
    frame = pd.DataFrame(filled).astype({name: "string" for name in filled if name != "place_radius_km"})
    return gpd.GeoDataFrame(frame.astype({"place_radius_km": "Float64"}), geometry=geometry)


def test_columns_and_rows_are_as_declared() -> None:
    table = _table(place_text=["Sotk", None])
    located = locate(table, Book())
    assert [column.name for column in LOCATED] == [name for name in located.columns if name.startswith("match_")]
    assert {column.name: str(located[column.name].dtype) for column in LOCATED} == {
        column.name: column.dtype for column in LOCATED
    }
    assert list(located["match_status"]) == ["placed", "unknown"]
    assert "match_status" not in table.columns


@pytest.mark.parametrize(
    ("relation", "precision", "radius"),
    [
        ("at", "settlement", 2.0),
        ("near", "near", 5.0),
        ("direction_of", "near", None),
        ("from_direction_of", "near", None),
    ],
)
def test_the_relation_decides_precision_and_radius(relation: str, precision: str, radius: float | None) -> None:
    row = locate(_table(place_text=["Sotk"], relation=[relation]), Book()).iloc[0]
    assert row["place_precision"] == precision
    assert (None if pd.isna(row["place_radius_km"]) else row["place_radius_km"]) == radius


def test_a_district_is_an_area_whatever_the_relation() -> None:
    located = locate(_table(place_text=["Lachin district"] * 2, relation=["within", "direction_of"]), Book())
    assert list(located["place_precision"]) == ["area", "area"]
    assert list(located["place_radius_km"]) == [23.8, 23.8]


def test_what_the_file_states_stays() -> None:
    table = _table(place_text=["Sotk"], place_precision=["near"], place_radius_km=[1.0], radius_kind=["source"])
    row = locate(table, Book()).iloc[0]
    assert (row["place_precision"], row["place_radius_km"], row["radius_kind"]) == ("near", 1.0, "source")


def test_a_stretch_is_listed_never_a_midpoint() -> None:
    row = locate(_table(place_text=["Sotk to Goris"], relation=["along"]), Book()).iloc[0]
    assert row["match_status"] == "list_only"
    assert pd.isna(row["match_lon"])
    assert "no single position" in row["match_why"]


def test_an_ambiguous_name_keeps_its_rivals_until_it_is_pinned() -> None:
    table = _table(place_text=["Istisu"])
    row = locate(table, Book()).iloc[0]
    assert (row["match_status"], row["match_rivals"]) == ("ambiguous", "gn:174884 | geomap:lachin")
    assert pd.isna(row["match_id"])
    pinned = locate(table, Book(), pins=[Pin("Istisu", "gn:174884", "listed with Basarkechar")]).iloc[0]
    assert (pinned["match_id"], pinned["match_method"]) == ("gn:174884", "pin")
    assert "listed with Basarkechar" in pinned["match_why"]


def test_a_pin_to_a_place_that_is_gone_is_said() -> None:
    row = locate(_table(place_text=["Istisu"]), Book(), pins=[Pin("Istisu", "gn:0", "old")]).iloc[0]
    assert row["match_status"] == "unknown"
    assert "gn:0" in row["match_why"]


def test_coordinates_win_and_a_far_name_is_reported() -> None:
    table = _table(
        place_text=["Sotk", "Sotk"],
        country_text=["Armenia", "Armenia"],
        geometry=[Point(45.87, 40.2), Point(46.34, 39.51)],
    )
    located = locate(table, Book())
    assert list(located["match_status"]) == ["coordinates", "coordinates"]
    assert located["match_id"].isna().all()
    assert pd.isna(located["match_why"].iloc[0])
    assert "87 km from Sotk" in located["match_why"].iloc[1]


def test_the_rows_own_country_scopes_before_the_projects() -> None:
    book = Book()
    table = _table(place_text=["Sotk", "Sotk", "Sotk"], country_text=["Armenia", "az", "Syria"])
    located = locate(table, book, countries=["AM", "AZ"])
    assert list(located["match_status"]) == ["placed", "unknown", "unknown"]
    assert set(book.asked) == {("Sotk", ("AM",)), ("Sotk", ("AZ",)), ("Sotk", ("SY",))}


def test_an_empty_table_stays_empty() -> None:
    assert locate(_table(place_text=[]), Book()).empty
