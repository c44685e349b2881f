from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from oracle import metres

from geomap.join.measure import disc, size


def _area_m2(ring: list[tuple[float, float]]) -> float:
    """Sum the area that GeographicLib gives of a polygon whose edges are cut into short geodesics."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in shapely.get_coordinates(shapely.segmentize(shapely.Polygon(ring), 0.01))[:-1].tolist():
        polygon.AddPoint(lat, lon)
    return abs(polygon.Compute()[2])


@pytest.mark.parametrize(
    "ring",
    [
        [(45, 39), (46, 39.2), (46.5, 40.4), (45.2, 40.1)],
        [(0, 0), (30, 5), (20, 40)],
        [(-170, -80), (-100, -60), (-160, -55)],
    ],
)
def test_areas_match_geographiclib(ring: list[tuple[float, float]]) -> None:
    assert size(shapely.Polygon(ring)) == pytest.approx(_area_m2(ring), rel=1e-6)


def test_holes_and_parts_count() -> None:
    outer, hole, part = shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2), shapely.box(10, 0, 11, 1)
    together = shapely.MultiPolygon([outer.difference(hole), part])
    assert size(together) == pytest.approx(size(outer) - size(hole) + size(part), rel=1e-9)


def test_the_globe_has_the_area_of_the_ellipsoid() -> None:
    """The surface of WGS84 is 510,065,621.7 km2 (NIMA TR8350.2, table 3.3 gives the radius of equal area)."""
    assert size(shapely.box(-180, -90, 180, 90)) == pytest.approx(510_065_621.7e6, rel=1e-7)


def test_the_length_of_a_line_is_that_of_its_path_in_longitude_and_latitude() -> None:
    corners = [(0, 60), (10, 60)]
    steps = np.linspace(0, 10, 10_001)
    along = sum(metres((a, 60), (b, 60)) for a, b in pairwise(steps))
    assert size(shapely.LineString(corners)) == pytest.approx(along, rel=1e-6)
    assert size(shapely.LineString(corners)) > 1.0009 * metres(*corners)


@pytest.mark.parametrize("centre", [(45, 40), (179.9, -16), (-180, 70), (20, 89.5), (0, -90)])
def test_a_disc_has_the_area_of_its_circle(centre: tuple[float, float]) -> None:
    """On a surface this little curved a circle of 100 km has pi r^2, but for 2 parts in 100,000."""
    shape = disc(*centre, 100.0)
    assert shape is not None
    assert shapely.is_valid(shape)
    west, south, east, north = shape.bounds
    assert (west, south) >= (-180, -90)
    assert (east, north) <= (180, 90)
    assert size(shape) == pytest.approx(np.pi * 1e10, rel=2e-4)


def test_a_disc_around_both_poles_is_not_drawn() -> None:
    assert disc(0, 0, 11_000.0) is None
