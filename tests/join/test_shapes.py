"""Rows whose own geometry is a line or an area, and discs: nearest distance, side and shares."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from join.made import AREAS, JOINED_NAMES, KM_PER_DEGREE, LINE, METRE, borders, feature, points
from oracle import Line, metres

from geomap.borders import layer
from geomap.join import join_borders

LAYERS = borders(LINE, *AREAS)


def _join(shape: shapely.Geometry | str, layers: gpd.GeoDataFrame = LAYERS, **cells: object) -> pd.Series:
    shape = shapely.from_wkt(shape) if isinstance(shape, str) else shape
    table = gpd.GeoDataFrame({name: [cell] for name, cell in cells.items()}, geometry=[shape], crs=4326)
    return join_borders(table, layers).iloc[0]


@pytest.mark.parametrize(
    ("shape", "side", "shares"),
    [
        (shapely.box(9, 4, 11, 6), "straddles", "AA 0.50 | BB 0.50"),
        (shapely.box(9, 4, 12, 6), "straddles", "AA 0.33 | BB 0.67"),
        (shapely.box(9.99, 4, 13, 6), "straddles", "AA 0.00 | BB 1.00"),
        (shapely.box(9.999, 4, 11, 6), "uncertain", "AA 0.00 | BB 1.00"),
        (shapely.LineString([(8, 5), (11, 5)]), "straddles", "AA 0.67 | BB 0.33"),
        (shapely.LineString([(9, 5), (9, 8)]), "AA", None),
        (shapely.box(10, 4, 11, 6), "uncertain", None),
        (shapely.LineString([(10, 4), (10, 6)]), "uncertain", None),
        (shapely.box(6, 4, 7, 6), "AA", None),
        (shapely.box(5, 12, 6, 13), "outside", None),
    ],
)
def test_the_share_on_each_side_of_a_line_along_a_meridian(
    shape: shapely.Geometry, side: str, shares: str | None
) -> None:
    """A meridian halves what is symmetrical about it, whatever the shape of the earth."""
    row = _join(shape)
    assert row["side"] == side
    assert (None if pd.isna(row["side_shares"]) else row["side_shares"]) == shares
    assert row["border_km_error"] == 0.5
    if shapely.intersects(shape, LINE["geometry"]):
        assert row["border_km"] == 0


def test_the_distance_of_a_shape_is_that_of_its_nearest_position() -> None:
    row = _join(shapely.box(6, 4, 7, 5))
    assert row["border_km"] == pytest.approx(metres((7, 5), (10, 5)) / 1000, rel=1e-3)
    assert row["foot_lon"] == pytest.approx(10)
    stretch = _join("LINESTRING (9 4, 9.5 12)", borders(LINE))
    end = min(metres((10, 10), (9 + 0.5 * i / 80000, 4 + 8 * i / 80000)) for i in range(55000, 65000))
    assert stretch["border_km"] == pytest.approx(end / 1000, abs=METRE)
    assert (stretch["foot_lon"], stretch["foot_lat"]) == (10, 10)


@pytest.mark.slow
def test_distances_of_real_shapes_match_an_oracle_that_shares_no_code() -> None:
    osm = layer("osm")
    lines = osm.loc[osm["role"] == "line", "geometry"]
    line = Line(part.coords for shape in lines for part in shapely.get_parts(shape))
    numbers = np.random.default_rng(20220913)
    starts = np.column_stack([numbers.uniform(44, 47, 12), numbers.uniform(39, 41.5, 12)])
    shapes = [shapely.LineString([start, start + numbers.uniform(-0.1, 0.1, 2)]) for start in starts]
    result = join_borders(gpd.GeoDataFrame(geometry=shapes, crs=4326), osm)
    for shape, row in zip(shapes, result.itertuples(), strict=True):
        if row.border_km == 0:
            assert shapely.intersects(shape, shapely.union_all(lines))
            continue
        walk = shapely.get_coordinates(shapely.segmentize(shape, 0.0005)).tolist()
        expected = min(line.distance(tuple(position)) for position in walk)
        spacing = max(metres(*pair) for pair in pairwise(walk))
        assert expected - spacing <= row.border_km * 1000 <= expected + 0.01


def test_a_shape_names_all_lines_that_it_crosses() -> None:
    north = feature("line", shapely.LineString([(0, 10), (10, 10)]), side_a="AA", side_b="CC")
    row = _join(shapely.box(8, 8, 12, 12), borders(LINE, north, *AREAS))
    assert row["border_pair"] == "AA-BB | AA-CC"
    assert row["side"] == "straddles"
    assert [part.split()[0] for part in row["side_shares"].split(" | ")] == ["AA", "BB", "CC"]


def test_what_neither_side_holds_is_outside_and_an_enclave_is_itself() -> None:
    enclave = feature("enclave", shapely.box(9, 4, 10, 6), side_a="BB", name="E")
    row = _join(shapely.box(8, 4, 12, 6), borders(LINE, *AREAS, enclave))
    assert row["side_shares"] == "AA 0.25 | BB 0.50 | enclave(E) 0.25"
    sea = _join(shapely.box(9, -5, 11, 5))
    assert sea["side_shares"].startswith("AA 0.25 | BB 0.25 | outside 0.50")


def test_shares_need_the_areas_of_both_sides() -> None:
    row = _join(shapely.box(9, 4, 11, 6), borders(LINE, AREAS[0]))
    assert pd.isna(row["side_shares"])


@pytest.mark.parametrize(
    ("wkt", "side"),
    [
        ("GEOMETRYCOLLECTION (POINT (19 5), POLYGON ((6 4, 7 4, 7 6, 6 6, 6 4)), LINESTRING (9 5, 11 5))", "AA"),
        ("GEOMETRYCOLLECTION (POINT (19 5), GEOMETRYCOLLECTION (LINESTRING Z (9 5 1, 11 5 2)))", "straddles"),
        ("GEOMETRYCOLLECTION (POINT (11 5))", "BB"),
        ("GEOMETRYCOLLECTION (LINESTRING EMPTY, POINT (11 5))", "BB"),
        ("MULTIPOINT ((11 5), (11 5))", "BB"),
        ("MULTIPOINT ((9 5), (11 5))", "straddles"),
        ("MULTIPOLYGON (((8 4, 9 4, 9 6, 8 4)), ((11 4, 12 4, 12 6, 11 4)))", "straddles"),
        ("POINT Z (11 5 1200)", "BB"),
    ],
)
def test_of_a_collection_the_parts_of_the_highest_dimension_count(wkt: str, side: str) -> None:
    assert _join(wkt)["side"] == side


@pytest.mark.parametrize("wkt", ["POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "MULTIPOINT EMPTY", None])
def test_an_empty_geometry_is_no_position(wkt: str | None) -> None:
    assert _join(shapely.from_wkt(wkt))[JOINED_NAMES].isna().all()
    matched = _join(shapely.from_wkt(wkt), match_lon=11.0, match_lat=5.0)
    assert matched["side"] == "BB"


def test_a_stretch_without_a_line_of_its_own_stays_null() -> None:
    table = points(None, match_ends=["a | b"], match_status=["list_only"])
    assert join_borders(table, LAYERS)[JOINED_NAMES].isna().all(axis=None)


def test_the_radius_of_a_shape_counts_only_as_what_is_not_known_about_it() -> None:
    shape = shapely.box(8, 4, 9, 6)
    area = _join(shape, place_precision="area", place_radius_km=150.0, radius_kind="source")
    assert (area["side"], area["border_km_error"]) == ("AA", 0.5)
    near = _join(shape, place_precision="near", place_radius_km=150.0)
    assert (near["side"], near["border_km_error"]) == ("uncertain", 150.5)
    assert area["border_km"] == near["border_km"] == pytest.approx(KM_PER_DEGREE, rel=3e-3)


def _beyond(distance_km: float, radius_km: float) -> float:
    """Return the share of a circle that a line cuts off: (arccos c - c sqrt(1 - c^2)) / pi at c of the radius."""
    cut = distance_km / radius_km
    return (np.arccos(cut) - cut * np.sqrt(1 - cut**2)) / np.pi


DISC = {"place_precision": "area", "radius_kind": "source"}


def test_a_disc_of_sourced_radius_across_the_line_is_shared_out() -> None:
    half, east = _join("POINT (10 5)", **DISC, place_radius_km=50.0), _beyond(metres((9.9, 5), (10, 5)) / 1000, 50)
    assert (half["side"], half["side_shares"]) == ("straddles", "AA 0.50 | BB 0.50")
    row = _join("POINT (9.9 5)", **DISC, place_radius_km=50.0)
    assert (row["side"], row["side_shares"]) == ("straddles", f"AA {1 - east:.2f} | BB {east:.2f}")


def test_other_discs_are_not_shared_out() -> None:
    apart = _join("POINT (9.6 5)", **DISC, place_radius_km=20.0)
    within_error = _join("POINT (9.6 5)", **DISC, place_radius_km=44.5)
    convention = _join("POINT (10 5)", **{**DISC, "radius_kind": "convention"}, place_radius_km=50.0)
    assert [apart["side"], within_error["side"], convention["side"]] == ["AA", "uncertain", "uncertain"]
    assert pd.isna([apart["side_shares"], within_error["side_shares"], convention["side_shares"]]).all()


def test_a_disc_across_the_antimeridian_and_one_around_a_pole_are_shared_out() -> None:
    line = feature("line", shapely.LineString([(180, -18), (180, -15)]), side_a="EE", side_b="WW")
    areas = [
        feature("area", shapely.box(170, -30, 180, 0), side_a="WW"),
        feature("area", shapely.box(-180, -30, -170, 0), side_a="EE"),
    ]
    row = _join("POINT (180 -16.5)", borders(line, *areas), **DISC, place_radius_km=20.0)
    assert row["side_shares"] == "EE 0.50 | WW 0.50"
    meridian = shapely.MultiLineString([[(0, 80), (0, 90)], [(180, 80), (180, 90)]])
    halves = [
        feature("line", meridian, side_a="EE", side_b="WW"),
        feature("area", shapely.box(0, 60, 180, 90), side_a="EE"),
        feature("area", shapely.box(-180, 60, 0, 90), side_a="WW"),
    ]
    row = _join("POINT (90 89.9)", borders(*halves), **DISC, place_radius_km=100.0)
    west = _beyond(metres((90, 89.9), (0, 90)) / 1000, 100)
    assert row["side_shares"] == f"EE {1 - west:.2f} | WW {west:.2f}"
