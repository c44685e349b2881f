"""The drawn ground: what is where, how large it is, and that it is cut to the map."""

from __future__ import annotations

import base64
import gzip
import json
import time
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geomap.borders import basemap, decode
from geomap.borders.basemap import ROOM_DEGREES
from geomap.borders.packed import unpack
from geomap.shipped import data

SEED = (43.2, 38.2, 48.2, 41.6)
WORLD = (-180.0, -85.0, 180.0, 85.0)
SHAPES = ("land", "lakes", "rivers", "countries", "provinces")


@pytest.fixture(scope="module")
def seed() -> dict[str, Any]:
    return basemap(SEED, skip_pairs=("AM-AZ",))


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return basemap(WORLD)


def embedded(document: Any) -> int:
    """Return the size of a document as a page holds it."""
    packed = gzip.compress(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    return len(base64.b64encode(packed))


def is_filled(geo: dict[str, Any], lon: float, lat: float) -> bool:
    """Tell whether an even-odd fill covers a position."""
    return sum(shapely.contains_xy(shapely.Polygon(ring), lon, lat) for ring in decode(geo)) % 2 == 1


def test_a_region_and_the_world_stay_within_their_budgets(seed: dict[str, Any], world: dict[str, Any]) -> None:
    assert embedded(seed) < 130_000
    assert embedded(world) < 300_000
    for extent in ((14.0, 2.0, 28.0, 11.5), (5.0, 36.0, 24.9, 54.0), (20.0, 30.0, 60.0, 50.0)):
        assert embedded(basemap(extent)) < 150_000


def test_it_takes_little_time() -> None:
    start = time.process_time()
    basemap(SEED)
    assert time.process_time() - start < 0.7


def test_lake_sevan_has_its_size_and_a_natural_shore(seed: dict[str, Any]) -> None:
    shapes = [shapely.Polygon(ring) for ring in decode(seed["lakes"])]
    (sevan,) = [shape for shape in shapes if shapely.contains_xy(shape, 45.3, 40.3)]
    square_m, _ = Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(sevan))
    assert square_m / 1e6 == pytest.approx(1240, rel=0.06)
    for lon, lat in ((45.05, 40.35), (45.304, 40.139), (45.181, 40.377), (45.731, 40.181)):
        assert not shapely.contains_xy(sevan, lon, lat)  # inland; Martuni, Noratus, Vardenis
    for lon, lat in ((45.05, 40.58), (45.2, 40.47), (45.5, 40.25), (45.6, 40.22)):
        assert shapely.contains_xy(sevan, lon, lat)
    steps = np.diff(shapely.get_coordinates(sevan), axis=0)
    length = np.hypot(*steps.T)
    assert length[(steps == 0).any(axis=1)].sum() < 0.05 * length.sum()


@pytest.mark.parametrize(
    ("lon", "lat", "filled"),
    [
        (42.9, 38.6, True),  # Van
        (45.35, 37.3, True),  # Urmia
        (42.9, 36.66, True),  # Mosul
        (38.12, 36.0, True),  # Assad
        (38.6, 36.1, False),  # the plain east of it
        (58.5, 45.3, True),  # the western Aral Sea
        (60.3, 45.0, False),  # its dry bed
        (14.5, 13.1, True),  # Chad
        (13.5, 13.7, False),  # its dry bed
        (120.2, 31.2, True),  # Tai
    ],
)
def test_lakes_of_the_world_are_as_they_are_now(lon: float, lat: float, *, filled: bool) -> None:
    assert is_filled(basemap((lon - 1, lat - 1, lon + 1, lat + 1))["lakes"], lon, lat) == filled


def test_no_two_lakes_overlap(seed: dict[str, Any]) -> None:
    shores = [shapely.Polygon(ring) for ring in decode(seed["lakes"])]
    crossing = shapely.STRtree(shores).query(shores, predicate="overlaps")
    assert crossing.size == 0


def test_the_same_extent_gives_the_same_document(seed: dict[str, Any]) -> None:
    assert json.dumps(basemap(SEED, skip_pairs=["AM-AZ"])) == json.dumps(seed)


@pytest.mark.parametrize(
    ("layer", "lon", "lat", "filled"),
    [
        ("lakes", 45.3, 40.35, True),  # Sevan
        ("lakes", 45.1, 40.55, True),  # its northern part
        ("lakes", 45.13, 40.35, False),  # Gavar, on its shore
        ("lakes", 45.73, 40.18, False),  # Vardenis
        ("lakes", 45.02, 40.563, True),  # off Sevan town
        ("lakes", 46.8, 40.95, True),  # Mingachevir reservoir
        ("land", 44.51, 40.18, True),
        ("land", 49.87, 40.41, True),  # Baku
        ("land", 50.9, 40.5, False),  # the Caspian Sea, beyond the extent's edge
    ],
)
def test_land_and_lakes_of_the_seed(seed: dict[str, Any], layer: str, lon: float, lat: float, *, filled: bool) -> None:
    assert is_filled(seed[layer], lon, lat) == filled


@pytest.mark.parametrize(
    ("layer", "lon", "lat", "filled"),
    [
        ("land", 37.6, 55.7, True),
        ("land", -172.0, 66.5, True),  # Chukotka, beyond the antimeridian
        ("land", 100.0, -80.0, True),
        ("land", -30.0, 30.0, False),
        ("land", 34.0, 43.2, False),  # Black Sea
        ("land", 50.5, 41.5, False),  # Caspian Sea
        ("land", -179.0, 50.0, False),
        ("lakes", -87.5, 47.7, True),
        ("lakes", 33.0, -1.1, True),
    ],
)
def test_land_and_lakes_of_the_world(
    world: dict[str, Any], layer: str, lon: float, lat: float, *, filled: bool
) -> None:
    assert is_filled(world[layer], lon, lat) == filled


@pytest.mark.parametrize("extent", [SEED, WORLD, (178.0, -20.0, 180.0, -15.0), (45.8, 40.1, 45.81, 40.11)])
def test_nothing_is_drawn_beyond_the_box(extent: tuple[float, float, float, float]) -> None:
    west, south, east, north = extent
    room = min(max(east - west, north - south, 0.1), ROOM_DEGREES)
    drawn = basemap(extent)
    for name in SHAPES:
        for line in decode(drawn[name]):
            slack = 1 / drawn[name]["scale"]
            assert (line >= (max(west - room, -180) - slack, max(south - room, -85) - slack)).all()
            assert (line <= (min(east + room, 180) + slack, min(north + room, 85) + slack)).all()
    for name in ("land", "lakes"):
        assert all(len(ring) > 3 and (ring[0] == ring[-1]).all() for ring in decode(drawn[name]))


def test_any_extent_can_be_drawn() -> None:
    rng = np.random.default_rng(7)
    for west, south, width, height in rng.uniform((-180, -85, 0.01, 0.01), (179, 84, 60, 40), (25, 4)):
        drawn = basemap((west, south, min(west + width, 180), min(south + height, 85)))
        assert embedded(drawn) < 150_000


def test_skipped_pairs_are_not_drawn(seed: dict[str, Any]) -> None:
    def near(drawn: dict[str, Any]) -> float:
        lines = shapely.MultiLineString(decode(drawn["countries"]))
        return lines.distance(shapely.Point(45.97, 40.0))  # between Sotk and Kalbajar

    assert near(basemap(SEED)) < 0.1
    assert near(seed) > 0.5
    assert len(seed["countries"]["lines"]) > 3
    pairs = unpack(data("basemap", "naturalearth", "countries-10m.npz")).columns["pair"].tolist()
    assert {"AM-AZ", "AM-GE", "AZ-IR"} <= set(pairs)


def test_no_line_parts_crimea_from_ukraine() -> None:
    lines = shapely.MultiLineString(decode(basemap((32.0, 44.0, 36.0, 47.0))["countries"]))
    assert lines.distance(shapely.Point(33.7, 46.15)) > 0.5


def test_labels_are_ranked_and_inside(seed: dict[str, Any]) -> None:
    labels = {label["name"]: label for label in seed["labels"]}
    for name, kind in {
        **dict.fromkeys(("Armenia", "Azerbaijan", "Georgia", "Iran"), "country"),
        **dict.fromkeys(("Syunik", "Gegharkunik", "Lachin", "Kalbajar"), "province"),
        "Lake Sevan": "lake",
        "Mount Ararat": "mountain",
        "Kura": "river",
    }.items():
        assert labels[name]["kind"] == kind
    assert labels["Armenia"]["rank"] == 0
    assert labels["Lachin"]["rank"] > labels["Lake Sevan"]["rank"]
    west, south, east, north = SEED
    for name in ("Armenia", "Azerbaijan", "Georgia", "Iran", "Turkey"):
        assert west < labels[name]["lon"] < east, name
        assert south < labels[name]["lat"] < north, name
    assert not is_filled(seed["lakes"], labels["Gegharkunik"]["lon"], labels["Gegharkunik"]["lat"])
    ranks = [label["rank"] for label in seed["labels"]]
    assert ranks == sorted(ranks)
    assert set(ranks) <= set(range(10))


def test_more_labels_are_taken_when_they_are_near() -> None:
    town = {"name": "Goris", "lon": 46.34168, "lat": 39.51111, "kind": "town", "rank": 3, "population": 20_000}
    labels = basemap(SEED, labels=[town, {**town, "name": "Paris", "lon": 2.3}])["labels"]
    assert {"name": "Goris", "lon": 46.3417, "lat": 39.5111, "kind": "town", "rank": 3} in labels
    assert not [label for label in labels if label["name"] == "Paris"]


def test_every_source_is_credited(seed: dict[str, Any]) -> None:
    credit = " ".join(seed["source"])
    assert "Natural Earth" in credit
    assert "© OpenStreetMap contributors, ODbL" in credit
    assert "Lakes and rivers: GSHHG" in credit
