from __future__ import annotations

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import along_edge, metres

from geomap.errors import BorderError
from geomap.geodesy import LineIndex, destination, distance_m
from geomap.geodesy.ellipsoid import EQUATORIAL_M, longest_chord_m, longest_m, space

CENTIMETRE = 0.01
LONGITUDE = st.floats(-180, 180)
LATITUDE = st.floats(-90, 90)
POSITION = st.tuples(LONGITUDE, LATITUDE)


def line(*corners: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(corners)


def nearest_m(lines: list[shapely.Geometry], lon: float, lat: float) -> float:
    return LineIndex(lines).nearest(lon, lat).distance_m.min()


@st.composite
def edges(draw: st.DrawFn) -> tuple[tuple[float, float], tuple[float, float]]:
    """Edges from metres to thousands of kilometres, all over the globe, poles and antimeridian included."""
    lon, lat = draw(POSITION)
    size = draw(st.sampled_from([1e-5, 1e-3, 0.05, 1.0, 20.0, 170.0]))
    east, north = draw(st.tuples(st.floats(-size, size), st.floats(-size, size)))
    return (lon, lat), (lon + east, min(90.0, max(-90.0, lat + north)))


@given(POSITION, POSITION)
@example((0, 0), (180, 0))
@example((0, 90), (120, -90))
def test_distance_is_geographiclibs_and_bounded_by_the_chord(a: tuple[float, float], b: tuple[float, float]) -> None:
    d = distance_m(*a, *b)
    assert d == pytest.approx(metres(a, b), abs=1e-6)
    ends = space(*np.array([a, b], dtype=float).T)
    chord = np.linalg.norm(ends[:, 0] - ends[:, 1])
    assert d <= longest_m(chord) + 1e-6
    assert chord <= longest_chord_m(d) + 1e-6


def test_distance_takes_arrays_and_keeps_nan() -> None:
    d = distance_m([0, np.nan, 0], 0, [1, 1, 0], [0, 0, 0])
    assert d[0] == pytest.approx(EQUATORIAL_M * np.radians(1))
    assert np.isnan(d[1])
    assert d[2] == 0


@given(POSITION, st.floats(-360, 720), st.floats(0, 2e7))
@example((0, 90), 90.0, 1e6)
@example((179.99, 0), 90.0, 5_000.0)
def test_a_destination_is_geographiclibs(start: tuple[float, float], azimuth: float, length: float) -> None:
    lon, lat = (float(each) for each in destination(*start, azimuth, length))
    expected = Geodesic.WGS84.Direct(start[1], start[0], azimuth, length)
    assert metres((lon, lat), (expected["lon2"], expected["lat2"])) < 1e-3
    assert -180 <= lon <= 180


def test_destinations_are_broadcast_and_keep_nan() -> None:
    lon, lat = destination(0, 0, [90, 0, np.nan], 111_319.49)
    assert lon[:2].tolist() == pytest.approx([1, 0], abs=1e-6)
    assert lat[0] == pytest.approx(0)
    assert np.isnan(lon[2])
    assert np.isnan(lat[2])


@settings(max_examples=150)
@given(edges(), POSITION)
@example(((-180.0, 89.99), (-10.0, 89.99)), (90.0, 89.9))
@example(((0.0, 89.9), (170.0, 89.9)), (0.0, 90.0))
@example(((179.9, -10.0), (180.0, 10.0)), (-179.9, 0.0))
def test_nearest_position_on_one_edge(
    edge: tuple[tuple[float, float], tuple[float, float]], point: tuple[float, float]
) -> None:
    expected = along_edge(*edge, point)
    found = LineIndex([line(*edge)]).nearest(*point)
    assert found.distance_m[0] == pytest.approx(expected, abs=CENTIMETRE)
    assert metres((found.lon[0], found.lat[0]), point) == pytest.approx(found.distance_m[0], abs=1e-6)


@settings(max_examples=8)
@given(st.integers(0, 2**32 - 1))
def test_no_line_is_missed_among_many(seed: int) -> None:
    """Every line asked alone gives the same least distance as all lines together."""
    random = np.random.default_rng(seed)
    starts = np.column_stack([random.uniform(-180, 180, 120), np.degrees(np.arcsin(random.uniform(-1, 1, 120)))])
    walks = np.cumsum(random.normal(0, 0.3, (120, 15, 2)), axis=1) + starts[:, None]
    walks[..., 1] = np.clip(walks[..., 1], -90, 90)
    lines = list(shapely.linestrings(walks))
    points = np.concatenate([walks[::7, 3] + random.normal(0, 0.1, (18, 2)), starts[:12] + 1]).clip(-90, 90)
    alone = np.array([LineIndex([one]).nearest(*points.T).distance_m for one in lines])
    found = LineIndex(lines).nearest(*points.T)
    first = np.searchsorted(found.point, np.arange(len(points)))
    np.testing.assert_allclose(found.distance_m[first], alone.min(axis=0), atol=1e-6)
    assert (alone[found.line, found.point] <= alone.min(axis=0)[found.point] + 0.0011).all()


def test_edges_are_straight_in_degrees_not_geodesics() -> None:
    """An edge along a parallel stays on it: its middle is on the line, 0.15 km off the geodesic between its ends."""
    parallel = [line((40, 40), (42, 40))]
    assert nearest_m(parallel, 41, 40) < 1e-6
    assert nearest_m(parallel, 41, 40.5) == pytest.approx(metres((41, 40), (41, 40.5)), abs=CENTIMETRE)


def test_a_line_cut_at_the_antimeridian_is_near_on_both_sides_of_it() -> None:
    cut = [shapely.MultiLineString([[(179, 0), (180, 0)], [(-180, 0), (-179, 0)]])]
    for lon in (179.95, 180.0, -180.0, -179.95):
        assert nearest_m(cut, lon, 1.0) == pytest.approx(metres((0, 0), (0, 1)), abs=CENTIMETRE)
    meridian = [line((180, -1), (180, 1))]
    assert nearest_m(meridian, -179.9, 0) == pytest.approx(np.radians(0.1) * EQUATORIAL_M, abs=CENTIMETRE)


def test_the_pole_is_equally_far_from_all_of_a_parallel_and_near_across_it() -> None:
    parallel = [line((-180, 89), (-60, 89), (60, 89), (180, 89))]
    quarter = Geodesic.WGS84.Inverse(89, 0, 90, 0)["s12"]
    assert nearest_m(parallel, 12, 90) == pytest.approx(quarter, abs=CENTIMETRE)
    assert nearest_m([line((0, 80), (0, 90))], 180, 89.9) == pytest.approx(metres((0, 89.9), (0, 90)), abs=CENTIMETRE)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_a_point_on_the_line_is_at_distance_nothing(share: float) -> None:
    found = LineIndex([line((45, 39), (45.7, 40.1))]).nearest(45 + 0.7 * share, 39 + 1.1 * share)
    assert found.distance_m[0] < 1e-5


def test_ties_give_all_lines() -> None:
    lines = [line((1, -1), (1, 1)), line((-1, -1), (-1, 1)), line((5, -1), (5, 1))]
    found = LineIndex(lines).nearest([0, 4], [0, 0])
    assert found.point.tolist() == [0, 0, 1]
    assert found.line.tolist() == [0, 1, 2]
    assert found.lon.tolist() == pytest.approx([1, -1, 5])


def test_a_shared_node_gives_each_line_that_meets_there_once() -> None:
    node = (45.0, 40.0)
    lines = [line(node, (44, 41)), line((44, 39), node), line(node, (45, 39.5), node), line((46, 45), (47, 45))]
    assert LineIndex(lines).nearest(45.5, 40.0).line.tolist() == [0, 1, 2]
    assert LineIndex(lines).nearest(*node).line.tolist() == [0, 1, 2]


def test_many_points_are_answered_in_their_order() -> None:
    random = np.random.default_rng(5)
    index = LineIndex([line((-20, 10), (20, 12)), line((-20, -10), (20, -12))])
    lon, lat = random.uniform(-20, 20, 5000), random.uniform(-30, 30, 5000)
    found = index.nearest(lon, lat)
    first = np.searchsorted(found.point, np.arange(5000))
    assert (found.line[first] == np.where(lat > 0, 0, 1)).mean() > 0.99
    for i in (0, 4095, 4096, 4999):
        assert index.nearest(lon[i], lat[i]).distance_m[0] == found.distance_m[first[i]]


def test_repeated_vertices_and_empty_lines_do_no_harm() -> None:
    lines = [shapely.LineString(), line((1, 1), (1, 1), (1, 2), (1, 2))]
    found = LineIndex(lines).nearest(1, 1.5)
    assert found.line.tolist() == [1]
    assert found.distance_m[0] < 1e-6


def test_an_index_of_nothing_finds_nothing() -> None:
    for lines in ([], [shapely.LineString()]):
        index = LineIndex(lines)
        assert len(index) == 0
        assert len(index.nearest([1, 2], [3, 4]).point) == 0
    assert len(LineIndex([line((0, 0), (1, 1))]).nearest([], []).point) == 0


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (shapely.box(0, 0, 1, 1), "not a LineString"),
        (shapely.Point(0, 0), "not a LineString"),
        (line((0, 0), (0, 91)), "leaves the globe"),
        (line((500_000, 4_400_000), (500_100, 4_400_000)), "leaves the globe"),
        (line((179, 0), (-179, 0)), "antimeridian"),
    ],
)
def test_lines_that_cannot_be_used_are_refused(shape: shapely.Geometry, words: str) -> None:
    with pytest.raises(BorderError, match=words):
        LineIndex([shape])
