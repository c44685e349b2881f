"""special_cases.csv: each row a position or shape, and what is expected of it, with where that is known from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from join.made import JOINED_NAMES, borders, feature

from geomap.borders import default_borders, layer
from geomap.join import join_borders

with Path(__file__).with_name("special_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def _line(sides: str, *coordinates: tuple[float, float], **cells: object) -> dict[str, object]:
    side_a, side_b = sides.split("-")
    return feature("line", shapely.LineString(coordinates), side_a=side_a, side_b=side_b, **cells)


def _area(country: str, shape: shapely.Geometry) -> dict[str, object]:
    return feature("area", shape, side_a=country, id=f"area-{country}")


def _baarle(**cells: object) -> gpd.GeoDataFrame:
    """Make a border along a parallel, a piece of Belgium north of it, and a piece of the Netherlands in that."""
    north, south = shapely.box(4.5, 51.4, 5.3, 51.6), shapely.box(4.5, 51.2, 5.3, 51.4)
    enclave, counter = shapely.box(4.92, 51.43, 4.94, 51.45), shapely.box(4.928, 51.438, 4.932, 51.442)
    edges = [shapely.LineString([(4.5, 51.4), (5.3, 51.4)]), enclave.exterior, counter.exterior]
    belgium, netherlands = south | (enclave - counter), (north - enclave) | counter
    line = feature("line", shapely.MultiLineString(edges), side_a="BE", side_b="NL", **cells)
    return borders(line, _area("BE", belgium), _area("NL", netherlands))


def _taveuni() -> gpd.GeoDataFrame:
    areas = [_area("WW", shapely.box(175, -18, 180, -15)), _area("EE", shapely.box(-180, -18, -175, -15))]
    return borders(_line("EE-WW", (180, -18), (180, -15)), *areas)


def _poles() -> gpd.GeoDataFrame:
    areas = [_area("NN", shapely.box(-180, 60, 180, 90)), _area("SS", shapely.box(-180, -90, 180, 60))]
    return borders(_line("NN-SS", (-180, 60), (0, 60), (180, 60)), *areas)


def _wedges() -> gpd.GeoDataFrame:
    areas = [_area("PP", shapely.box(-90, -90, 0, -60)), _area("QQ", shapely.box(0, -90, 30, -60))]
    return borders(_line("PP-QQ", (0, -90), (0, -60)), *areas)


def _three() -> gpd.GeoDataFrame:
    lines = [
        _line("AA-BB", (10, 0), (10, 10)),
        _line("AA-CC", (0, 10), (10, 10)),
        _line("BB-CC", (10, 10), (20, 10)),
    ]
    boxes = {"AA": (0, 0, 10, 10), "BB": (10, 0, 20, 10), "CC": (0, 10, 20, 20)}
    return borders(*lines, *(_area(country, shapely.box(*box)) for country, box in boxes.items()))


def _overlap() -> gpd.GeoDataFrame:
    areas = [_area("AA", shapely.box(0, 0, 12, 10)), _area("BB", shapely.box(10, 0, 20, 10))]
    return borders(_line("AA-BB", (10, 0), (10, 10)), *areas)


LAYERS: dict[str, Callable[[], gpd.GeoDataFrame]] = {
    "countrycoder": lambda: layer("countrycoder"),
    "default": default_borders,
    "baarle": _baarle,
    "baarle_exact": lambda: _baarle(error_km=0.01),
    "taveuni": _taveuni,
    "poles": _poles,
    "wedges": _wedges,
    "three": _three,
    "overlap": _overlap,
}


@cache
def _layers(name: str) -> gpd.GeoDataFrame:
    return LAYERS[name]()


def _shape(case: dict[str, str]) -> shapely.Geometry | None:
    if case["wkt"]:
        return shapely.from_wkt(case["wkt"])
    return shapely.Point(float(case["lon"]), float(case["lat"])) if case["lon"] else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_special_case(case: dict[str, str]) -> None:
    table = gpd.GeoDataFrame(geometry=[_shape(case)], crs=4326)
    row = join_borders(table, _layers(case["layer"])).iloc[0]
    if not case["pair"]:
        assert row[JOINED_NAMES].isna().all()
        return
    told = {name: "" if pd.isna(row[name]) else row[name] for name in ("country_also", "border_pair")}
    assert told == {"country_also": case["country_also"], "border_pair": case["pair"]} or not case["country"]
    assert float(case["km_low"]) <= row["border_km"] <= float(case["km_high"])
    for name in ("country", "side"):
        assert not case[name] or row[name] == case[name]
    assert case["expectation"]


def test_the_feet_of_special_cases_lie_on_the_line_at_the_distance_told() -> None:
    """The join of a foot is at 0 km from the same line."""
    for name in ("baarle", "three", "poles"):
        shapes = [shape for case in CASES if case["layer"] == name and (shape := _shape(case)) is not None]
        rows = join_borders(gpd.GeoDataFrame(geometry=shapes, crs=4326), _layers(name))
        feet = rows[rows["border_km"].notna()]
        on = join_borders(
            feet.set_geometry(gpd.points_from_xy(feet["foot_lon"], feet["foot_lat"], crs=4326)), _layers(name)
        )
        assert (on["border_km"] < 1e-6).all()
