from __future__ import annotations

import random

import geopandas as gpd
import numpy as np
import pytest
from join.made import METRE, joined, points
from oracle import Area, Line, rings

from geomap.borders import default_borders, layer
from geomap.join import join_borders


@pytest.fixture(scope="module")
def osm() -> gpd.GeoDataFrame:
    return layer("osm")


def _random_positions(line: Line, count: int) -> dict[tuple[float, float], float]:
    """Positions within 100 km of the line, evenly over its surroundings, with their distances in metres."""
    numbers = random.Random(20220913)  # noqa: S311
    found: dict[tuple[float, float], float] = {}
    while len(found) < count:
        position = (numbers.uniform(43.2, 48.0), numbers.uniform(37.9, 42.3))
        distance = line.distance(position)
        if distance <= 100_000:
            found[position] = distance
    return found


@pytest.mark.slow
def test_distance_and_side_of_2000_random_points_match_an_oracle_that_shares_no_code(osm: gpd.GeoDataFrame) -> None:
    shapes = osm.set_index("role")["geometry"]
    line = Line(ring for shape in shapes.loc[["line"]] for ring in rings(shape.__geo_interface__))
    areas = {row.side_a: Area(rings(row.geometry.__geo_interface__)) for row in osm[osm["role"] == "area"].itertuples()}
    expected = _random_positions(line, 2000)
    result = join_borders(points(*expected), osm)

    error_km = osm.loc[osm["role"] == "line", "error_km"].max()
    sides = set()
    for row, (position, distance) in zip(result.itertuples(), expected.items(), strict=True):
        assert row.border_km == pytest.approx(distance / 1000, abs=METRE / 100)
        side = next((code for code, area in areas.items() if area.holds(position)), "outside")
        assert row.side == ("uncertain" if distance / 1000 <= error_km else side)
        sides.add(row.side)
    assert sides == {"AM", "AZ", "outside", "uncertain"}


@pytest.mark.parametrize(
    ("name", "position", "km", "side"),
    [
        ("Jermuk", (45.67112, 39.83948), 12.145, "AM"),
        ("Goris", (46.34168, 39.51111), 7.541, "AM"),
        ("Sotk", (45.86951, 40.20007), 7.909, "AM"),
        ("Lachin", (46.54977, 39.63742), 6.393, "AZ"),
    ],
)
def test_places_of_september_2022(name: str, position: tuple[float, float], km: float, side: str) -> None:
    row = joined(position, default_borders())
    assert (row["side"], row["country"], row["border_pair"]) == (side, side, "AM-AZ"), name
    assert row["border_km"] == pytest.approx(km, abs=0.001)
    assert (row["border_vintage"], row["country_source"]) == ("OSM 2026", "OSM 2026")


ENCLAVES = {
    "Artsvashen": ("AM", [(45.526, 40.640), (45.515, 40.650), (45.505, 40.610), (45.545, 40.645)]),
    "Karki": ("AZ", [(44.947, 39.787), (44.955, 39.780), (44.940, 39.795), (44.935, 39.785)]),
    "Yukhari Askipara": ("AZ", [(45.026, 41.064), (45.000, 41.075), (44.970, 41.080), (45.015, 41.050)]),
    "Barkhudarli": ("AZ", [(45.226, 40.994), (45.215, 41.000), (45.200, 41.005), (45.225, 40.985)]),
}
AROUND = {(45.60, 40.70): "AZ", (44.93, 39.83): "AM", (45.10, 41.00): "AM", (45.15, 40.95): "AM"}


def test_enclaves_come_before_areas() -> None:
    """20 positions of the test's own: 16 in the four enclaves, 4 in the country around them."""
    inside = [(name, country, position) for name, (country, places) in ENCLAVES.items() for position in places]
    layers = default_borders()
    result = join_borders(points(*(position for *_, position in inside), *AROUND), layers)
    line_only = join_borders(result[["geometry"]], layer("osm"))
    for (name, country, _), row in zip(inside, result.itertuples(), strict=False):
        assert (row.side, row.country, row.border_pair) == (f"enclave({name})", country, "AM-AZ")
        assert "held by" in row.held_by
    assert result["side"].tolist()[16:] == list(AROUND.values())
    assert result["held_by"].isna().tolist()[16:] == [True] * 4
    np.testing.assert_allclose(result["border_km"], line_only["border_km"])
