"""Rows get their place by coordinates, by pin or by name; what cannot be placed is said, never guessed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from geographiclib.geodesic import Geodesic
from shapely import Point

from geomap.gazetteer import Gazetteer
from geomap.locate import country_code, locate
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


# ---------------------------------------------------------------- with the shipped gazetteer


@pytest.fixture(scope="module")
def shipped_book() -> Gazetteer:
    return Gazetteer.default()


def answers(table: gpd.GeoDataFrame, gazetteer: Gazetteer, **more: Any) -> list[tuple[str, str | None]]:
    """Return status and id of every row."""
    located = locate(table, gazetteer, **more)
    ids = [None if pd.isna(each) else each for each in located["match_id"]]
    return list(zip(located["match_status"], ids, strict=True))


@pytest.mark.parametrize(
    "country",
    ["Armenia", "armenia", "AM", "am", "ARM", " Armenia ", "Армения", "Ermənistan", "Հայաստան", "სომხეთი", "Arménie",
     "Armenien", "Republic of Armenia"],
)  # fmt: skip
def test_a_country_is_understood_as_files_write_it(shipped_book: Gazetteer, country: str) -> None:
    assert country_code(country) == "AM"
    table = _table(place_text=["Istisu"], country_text=[country])
    assert answers(table, shipped_book) == [("placed", "gn:174884")]


@pytest.mark.parametrize(
    ("country", "code"),
    [("Azərbaycan", "AZ"), ("Азербайджан", "AZ"), ("Turkey", "TR"), ("Türkiye", "TR"), ("TUR", "TR"), ("USA", "US"),
     ("United States of America", "US"), ("UK", "GB"), ("Сирия", "SY"), ("سوريا", "SY"), ("DR Congo", "CD"),
     ("XK", "XK"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("Deutschland", "DE"), ("საქართველო", "GE")],
)  # fmt: skip
def test_countries_of_the_world_have_their_codes(country: str, code: str) -> None:
    assert country_code(country) == code


def test_a_country_that_nobody_knows_scopes_to_nothing_rather_than_to_everything(shipped_book: Gazetteer) -> None:
    table = _table(place_text=["Goris"] * 2, country_text=["Atlantis", "Karabakh and Syunik"])
    assert answers(table, shipped_book, countries=["AM"]) == [("unknown", None)] * 2


def test_the_first_level_unit_of_a_row_tells_namesakes_apart(shipped_book: Gazetteer) -> None:
    units = ["Gegharkunik", "Aragatsotn", "Գեղարքունիքի մարզ", "Gegharkunik Province", None, "Atlantis"]
    table = _table(place_text=["Vardenis"] * 6, admin1_text=units)
    town, village = ("placed", "gn:616108"), ("placed", "gn:616107")
    expected = [town, village, town, town, ("ambiguous", None), ("ambiguous", None)]
    assert answers(table, shipped_book, countries=["AM"]) == expected


def test_a_unit_that_contradicts_leaves_the_row_open_and_names_the_place(shipped_book: Gazetteer) -> None:
    row = locate(_table(place_text=["Goris"], admin1_text=["Gegharkunik"]), shipped_book, countries=["AM"]).iloc[0]
    assert (row["match_status"], row["match_rivals"]) == ("ambiguous", "gn:174895")
    assert "Gegharkunik" in row["match_why"]


def test_other_places_of_the_report_tell_namesakes_of_one_side_apart(shipped_book: Gazetteer) -> None:
    table = _table(place_text=["Vardenis", "Sotk", "Vardenis"], report_id=["R1", "R1", "R2"])
    told = answers(table, shipped_book, countries=["AM", "AZ"])
    assert told == [("placed", "gn:616108"), ("placed", "gn:616041"), ("ambiguous", None)]


def test_coordinates_of_the_report_count_as_a_context(shipped_book: Gazetteer) -> None:
    table = _table(place_text=["Vardenis", None], geometry=[None, Point(45.87, 40.2)])
    assert answers(table, shipped_book, countries=["AM"])[0] == ("placed", "gn:616108")


def test_other_places_of_the_report_never_decide_across_a_line(shipped_book: Gazetteer) -> None:
    table = _table(place_text=["Istisu", "Jermuk", "Goris"])
    assert answers(table, shipped_book, countries=["AM", "AZ"])[0] == ("ambiguous", None)
    by_line = answers(table, shipped_book, countries=["AM", "AZ"], side_of=lambda lon, _: "AM" if lon < 45.8 else "AZ")
    assert by_line[0] == ("ambiguous", None)


WORDED = [
    ("near Sotk", "near", "near", 5.0), ("in the direction of Sotk", "direction_of", "near", None),
    ("from the direction of Gorus", "from_direction_of", "near", None),
    ("в направлении Сотка", "direction_of", "near", None),
    ("Sotk", "at", "settlement", None), ("Lachin district", "at", "area", 23.8),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relation", "precision", "radius"), WORDED)
def test_words_around_a_name_set_what_the_file_leaves_open(
    shipped_book: Gazetteer, text: str, relation: str, precision: str, radius: float | None
) -> None:
    row = locate(_table(place_text=[text]), shipped_book, countries=["AM", "AZ"]).iloc[0]
    assert (row["match_status"], row["relation"], row["place_precision"]) == ("placed", relation, precision)
    if relation != "at":
        assert (None if pd.isna(row["place_radius_km"]) else row["place_radius_km"]) == radius


def test_an_offset_points_away_from_the_place_and_says_how_far(shipped_book: Gazetteer) -> None:
    row = locate(_table(place_text=["5 km east of Goris"]), shipped_book, countries=["AM"]).iloc[0]
    assert (row["match_id"], row["relation"], row["radius_kind"]) == ("gn:174895", "near", "convention")
    inverse = Geodesic.WGS84.Inverse(39.51111, 46.34168, row["match_lat"], row["match_lon"])
    assert (inverse["s12"], inverse["azi1"]) == (pytest.approx(5000, abs=5), pytest.approx(90, abs=0.1))
    assert row["place_radius_km"] >= 2 * 5 * math.sin(math.radians(22.5 / 2))


def test_a_relation_that_the_file_states_is_not_overwritten(shipped_book: Gazetteer) -> None:
    table = _table(place_text=["near Sotk"], relation=["direction_of"], place_radius_km=[1.5], radius_kind=["source"])
    row = locate(table, shipped_book, countries=["AM"]).iloc[0]
    assert (row["relation"], row["place_radius_km"], row["radius_kind"]) == ("direction_of", 1.5, "source")


@pytest.mark.parametrize("relation", ["at", "along", "between"])
def test_a_stretch_is_listed_with_its_two_ends(shipped_book: Gazetteer, relation: str) -> None:
    row = locate(_table(place_text=["Sotk to Goris"], relation=[relation]), shipped_book, countries=["AM"]).iloc[0]
    assert (row["match_status"], row["match_ends"]) == ("list_only", "gn:616041 | gn:174895")
    assert pd.isna(row["match_lon"])
    assert pd.isna(row["match_id"])


def test_many_rows_of_few_names_ask_the_gazetteer_few_questions() -> None:
    book, size = Book(), 200_000
    names = ["Sotk", "Jermuk", "Istisu", None, "Nowhere"]
    table = _table(
        place_text=[names[at % 5] for at in range(size)],
        report_id=[f"R{at // 50}" for at in range(size)],
        country_text=["Armenia" if at % 2 else None for at in range(size)],
    )
    located = locate(table, book, countries=["AM", "AZ"])
    assert len(located) == size
    assert located["match_status"].value_counts().to_dict() == {
        "placed": size * 2 // 5, "unknown": size * 2 // 5, "ambiguous": size // 5,
    }  # fmt: skip
    assert len(book.asked) < 20
