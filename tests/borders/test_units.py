"""Provinces and districts: names put right, polygons, and the unit at a position."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest
import shapely

from geomap.borders import admin1_at, areas
from geomap.shipped import data

SEATS = {  # a town in each district whose name was wrong or doubtful, or that reports name
    "Lachin": (46.4, 39.7),
    "Lankaran": (48.7, 38.75),
    "Kalbajar": (46.036, 40.107),
    "Dashkasan": (46.08, 40.52),
    "Goygol": (46.32, 40.587),
    "Khojaly": (46.79, 39.91),
    "Khankendi": (46.76, 39.81),
    "Zangilan": (46.65, 39.085),
    "Syunik": (46.34, 39.51),
    "Vayots Dzor": (45.67, 39.84),
    "Gegharkunik": (45.73, 40.18),
    "Yerevan": (44.51, 40.18),
}


def test_names_are_those_of_the_towns_in_them() -> None:
    found = admin1_at(*zip(*SEATS.values(), strict=True))
    assert found["name"].tolist() == list(SEATS)
    assert set(found["source"]) == {"Natural Earth 4.1"}


def test_lachin_town_is_uncertain_for_the_layer_puts_it_elsewhere() -> None:
    row = admin1_at([46.54977], [39.63742]).iloc[0]
    assert row["name"] != "Lachin"
    assert row["uncertain"]


def test_no_unit_at_sea_or_without_a_position() -> None:
    found = admin1_at([50.9, math.nan], [40.5, 40.0])
    assert found["name"].isna().all()
    assert found["country"].isna().all()
    assert not found["uncertain"].any()
    assert admin1_at([], []).empty


def test_units_have_recognised_countries() -> None:
    found = admin1_at([34.1, 33.52, 45.3, 18.56], [45.2, 44.6, 9.5, 4.37])
    assert found["country"].tolist() == ["UA", "UA", "SO", "CF"]


def test_areas_are_polygons_of_about_the_right_size() -> None:
    found = areas(["ne:AZE-Lachin", "ne:AZE-Kalbajar", "ne:ARM-VayotsDzor", "ne:QQQ-Nowhere"])
    assert set(found) == {"ne:AZE-Lachin", "ne:AZE-Kalbajar", "ne:ARM-VayotsDzor"}
    lachin = found["ne:AZE-Lachin"]
    assert lachin.is_valid
    assert lachin.area * 111.2**2 * math.cos(math.radians(39.7)) == pytest.approx(1766, rel=0.01)
    assert lachin.contains(shapely.Point(46.4, 39.7))
    assert areas([]) == {}


def test_every_unit_has_an_id_of_its_own() -> None:
    with data("basemap", "naturalearth", "units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(identity.isascii() for identity in ids)
    assert sum(identity.startswith("ne:ARM-") for identity in ids) == 11
    assert sum(identity.startswith("ne:AZE-") for identity in ids) == 78


def test_polygons_put_together_from_arcs_are_the_originals(samples: Path) -> None:
    document = json.loads((samples / "borders" / "ne10m41_admin1_arm_aze_qgis.geojson").read_text("utf-8"))
    originals = [shapely.geometry.shape(item["geometry"]) for item in document["features"]]
    with data("basemap", "naturalearth", "units.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file) if row["country"] in ("AM", "AZ")]
    ours = areas(ids)
    assert len(ours) == len(originals) == 89
    for area in ours.values():
        shared = max(area.intersection(original).area / area.union(original).area for original in originals)
        assert shared > 0.97
