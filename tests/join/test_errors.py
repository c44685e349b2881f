from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from join.made import AREAS, KM_PER_DEGREE, LINE, borders, joined, points

from geomap.join import join_borders
from geomap.types import BORDERS


@pytest.mark.parametrize(("radius", "side"), [(None, "AA"), (50.0, "AA"), (120.0, "uncertain")])
def test_a_side_is_uncertain_where_the_error_reaches_the_line(radius: float | None, side: str) -> None:
    row = joined((9, 5), borders(LINE, *AREAS), place_radius_km=radius, place_precision="settlement")
    assert row["side"] == side
    assert row["border_km"] == pytest.approx(KM_PER_DEGREE, rel=1e-4)
    assert row["border_km_error"] == 0.5 + (radius or 0)


def test_a_point_on_the_line_is_at_0_km_and_uncertain_whatever_the_layers_error() -> None:
    row = joined((10, 5), borders({**LINE, "error_km": 0.0}, *AREAS))
    assert row["border_km"] == pytest.approx(0, abs=1e-8)
    assert row["side"] == "uncertain"


def test_the_matched_places_radius_counts_where_the_row_has_none() -> None:
    table = points((9, 5), (9, 5), place_radius_km=[5.0, None], match_radius_km=[2.0, 2.0])
    assert join_borders(table, borders(LINE, *AREAS))["border_km_error"].tolist() == [5.5, 2.5]


def test_a_line_that_states_no_error_leaves_it_empty() -> None:
    row = joined((9, 5), borders({**LINE, "error_km": None}, *AREAS), place_radius_km=5.0)
    assert pd.isna(row["border_km_error"])
    assert row["side"] == "AA"
    assert joined((9, 5), borders({**LINE, "error_km": None}, *AREAS), place_radius_km=200.0)["side"] == "uncertain"


@pytest.mark.parametrize(
    ("radius", "kind", "beyond", "side"),
    [
        (30.0, "convention", 30.0, "AA"),
        (60.0, "convention", 60.0, "uncertain"),
        (150.0, "convention", 150.0, "uncertain"),
        (30.0, "source", 30.0, "AA"),
        (150.0, "source", 150.0, "straddles"),
        (None, None, 0.0, "uncertain"),
    ],
)
def test_areas_are_discs(radius: float | None, kind: str | None, beyond: float, side: str) -> None:
    row = joined((9, 5), borders(LINE, *AREAS), place_radius_km=radius, radius_kind=kind, place_precision="area")
    assert row["border_km"] == pytest.approx(max(0, KM_PER_DEGREE - beyond), rel=1e-3)
    assert row["side"] == side
    assert pd.isna(row["border_km_error"]) if radius is None else row["border_km_error"] == 0.5 + radius


def test_a_sourced_radius_of_a_point_never_straddles() -> None:
    row = joined((9, 5), borders(LINE, *AREAS), place_radius_km=150.0, radius_kind="source", place_precision="near")
    assert row["side"] == "uncertain"


def test_a_vague_line_that_may_be_nearer_makes_the_side_uncertain() -> None:
    def line(name: str, lat: float, error: float) -> dict[str, Any]:
        path = shapely.LineString([(10, lat), (14, lat)])
        return {"id": name, "role": "line", "side_a": name[0], "side_b": name[1], "error_km": error, "geometry": path}

    def area(name: str, south: float, north: float) -> dict[str, Any]:
        return {
            "id": name,
            "role": "area",
            "side_a": name,
            "error_km": 0.1,
            "geometry": shapely.box(10, south, 14, north),
        }

    rows = [line("AB", 1, 0.1), line("BC", 2, 130.0), area("A", 0, 1), area("B", 1, 2), area("C", 2, 3)]
    blank = dict.fromkeys((column.name for column in BORDERS), None) | {"layer": "L", "vintage": "1"}
    borders = gpd.GeoDataFrame([blank | row for row in rows], crs=4326)
    table = gpd.GeoDataFrame(geometry=[shapely.Point(12, 1.1), shapely.Point(12, 0.5)], crs=4326)
    sharp = join_borders(table, borders[borders["id"] != "BC"])
    assert list(sharp["side"]) == ["B", "A"]
    both = join_borders(table, borders)
    assert list(both["border_id"]) == ["AB", "AB"]
    assert list(both["side"]) == ["uncertain", "A"]
    assert both["border_km_error"].tolist() == [
        pytest.approx(11.1 + 30.5, abs=0.3),
        pytest.approx(55.3 - 35.9, abs=0.3),
    ]
