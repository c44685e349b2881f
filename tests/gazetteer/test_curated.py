"""Every curated place: sourced, of a known kind, well labelled, near the truth, on the side that its country says."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from oracle import metres
from shapely.geometry import Point, shape
from topologies import shipped_features

from geomap import default_borders, shipped
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.readers.geonames import read_extract
from geomap.gazetteer.readers.tables import read_table
from geomap.gazetteer.words.kinds import KINDS
from geomap.gazetteer.words.names import script
from geomap.geodesy import LineIndex
from geomap.types import AREA_KINDS, MANY, Place

FOLDER = shipped.data("gazetteer", "curated")
with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
with shipped.data("basemap", "naturalearth", "units.csv").open(encoding="utf-8", newline="") as _file:
    OUTLINES = {row["id"] for row in csv.DictReader(_file)}
with (Path(__file__).parent / "truth.csv").open(encoding="utf-8", newline="") as _file:
    TRUTH_ROWS = list(csv.DictReader(_file))
TRUTH = {row["id"]: (float(row["lon"]), float(row["lat"])) for row in TRUTH_ROWS}
"""Positions (lon, lat) from another source than the row's own."""
NEAR_M = 2_000
BORDER_M = 30_000
UNITS = {"district", "province", "region", "country"}
SCRIPTS = {
    "hy": {"Armn", "Latn"}, "az": {"Latn"}, "ru": {"Cyrl"}, "ka": {"Geor"}, "en": {"Latn"}, "fa": {"Arab"},
}  # fmt: skip

SEED_PLACES = [
    "Goris", "Sotk", "Jermuk", "Vardenis", "Kapan", "Artanish", "Ishkhanasar", "Nerkin Hand", "Verin Shorzha",
    "Nerkin Shorzha", "Zaylik", "Yellija", "Yukhari Ayrim", "Yukhari Shorzha", "Ashaghi Shorzha", "Zarkand", "Norabak",
    "Kut", "Azat", "Ayrk", "Tretuk", "Kutakan", "Chakaten", "Shikahogh", "Srashen", "Aghitu", "Akner", "Verishen",
    "Mets Ishkhanasar", "Basarkechar", "Istisu", "Garakilsa", "Gorus", "Dashkasan district", "Kalbajar district",
    "Lachin district", "Zangilan district",
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


def test_no_row_is_set_aside() -> None:
    known = read_extract(shipped.data("gazetteer", "geonames"))
    assert read_table(FOLDER / "places.csv", known).problems == ()


def curated(gazetteer: Gazetteer) -> list[Place]:
    """Return the curated places that are no units."""
    places = (gazetteer.get(row["id"]) for row in ROWS)
    return [place for place in places if place is not None and place.kind not in UNITS]


def test_an_id_has_one_row() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_over_two_hundred_places_of_either_side_lie_within_30_km_of_the_line(gazetteer: Gazetteer) -> None:
    borders = default_borders()
    lines = borders[(borders["role"] == "line") & (borders["side_a"] == "AM") & (borders["side_b"] == "AZ")]
    assert set(lines["layer"]) == {"OSM"}
    places = curated(gazetteer)
    found = LineIndex(lines.geometry).nearest([place.lon for place in places], [place.lat for place in places])
    near = [
        places[point] for point, distance in zip(found.point, found.distance_m, strict=True) if distance <= BORDER_M
    ]
    assert len(near) >= 500
    assert min(sum(place.country == side for place in near) for side in ("AM", "AZ")) >= 200


@pytest.mark.parametrize("truth", TRUTH_ROWS, ids=lambda truth: truth["id"])
def test_a_settlement_lies_within_2_km_of_where_another_source_has_it(
    gazetteer: Gazetteer, truth: dict[str, str]
) -> None:
    place = gazetteer.get(truth["id"])
    assert place is not None
    assert truth["source_url"].startswith("https://")
    assert not place.source.startswith(truth["source"].partition(",")[0]), "the row's own source"
    assert metres(TRUTH[place.id], (place.lon, place.lat)) <= NEAR_M


def test_two_hundred_settlements_have_a_second_source(gazetteer: Gazetteer) -> None:
    settlements = {place.id for place in curated(gazetteer) if place.kind in {"town", "village"}}
    assert len(TRUTH) == len(TRUTH_ROWS) >= 200
    assert set(TRUTH) <= settlements, f"{len(TRUTH)} of {len(settlements)} are covered"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_is_sourced_and_labelled(row: dict[str, str]) -> None:
    assert re.fullmatch(r"(gn|wof):\d+|geomap:[a-z-]+", row["id"])
    assert row["kind"] in KINDS
    assert row["source"]
    assert row["source_url"].startswith("https://")
    assert bool(row["lon"]) == bool(row["lat"])
    assert row["radius_kind"] == ("source" if row["kind"] in {"lake", "mine"} else row["radius_kind"])
    for entry in row["names"].split(MANY):
        tag, _, name = entry.partition(" ")
        assert script(name) in SCRIPTS[tag.split("/")[0]], entry


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] in {"district", "province"}], ids=lambda row: row["id"]
)
def test_a_unit_has_its_outline_and_the_town_it_is_run_from(row: dict[str, str], gazetteer: Gazetteer) -> None:
    assert row["area_id"] in OUTLINES
    seat = gazetteer.get(row["seat"])
    assert seat is not None
    assert seat.country == row["country"]
    assert float(row["radius_km"]) > 1


@pytest.mark.parametrize("name", SEED_PLACES)
def test_every_place_that_the_seed_reports_name_is_known(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.match(name, ("AM", "AZ")).status in {"placed", "ambiguous"}


def test_what_its_second_source_does_not_confirm_is_listed_with_the_reason(gazetteer: Gazetteer) -> None:
    source = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))
    names = {place.name for place in curated(gazetteer) if place.id not in TRUTH}
    assert all(entry["why"] and set(entry["places"]) <= names for entry in source["unconfirmed"])


def test_what_no_source_places_is_listed_and_stays_unplaced(gazetteer: Gazetteer) -> None:
    source = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))
    for entry in source["unplaced"]:
        assert entry["why"]
        assert gazetteer.match(entry["name"]).place is None


def test_enclaves_say_who_holds_them(gazetteer: Gazetteer) -> None:
    held = {place.name: place.held_by for place in gazetteer.places if place.held_by}
    assert set(held) == {"Artsvashen", "Karki", "Yukhari Askipara", "Barkhudarli", "Sofulu"}
    assert all(words.startswith("recognised as ") and "held by" in words for words in held.values())


def test_every_place_lies_on_the_side_that_its_country_says(gazetteer: Gazetteer) -> None:
    areas = shipped_features("osm", "area")
    outlines = {area["properties"]["side_a"]: shape(area["geometry"]) for area in areas}
    astray = [
        place.name
        for place in gazetteer.places
        if place.country in outlines and not outlines[place.country].contains(Point(place.lon, place.lat))
    ]
    assert set(astray) == {"Artsvashen", "Karki", "Yukhari Askipara", "Barkhudarli", "Sofulu"}, "all but the enclaves"


def test_the_mine_is_an_area_that_reaches_both_sides(gazetteer: Gazetteer) -> None:
    mine = gazetteer.get("geomap:sotk-mine")
    assert mine is not None
    assert (mine.kind in AREA_KINDS, mine.radius_kind, mine.country) == (True, "source", None)
    disc = Point(mine.lon, mine.lat).buffer(mine.radius_km / 111.2)
    assert all(shape(area["geometry"]).intersects(disc) for area in shipped_features("osm", "area"))
