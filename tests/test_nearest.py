"""The nearest of many lines: small worlds against GeographicLib, and answers that depend on nothing else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import along_edge, metres

from geomap.geodesy import LineIndex, Nearest
from geomap.geodesy.curve import hilbert
from geomap.geodesy.tree import Tree

POSITION = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def line(*corners: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(corners)


ANCHORS = [(179.995, 10.0), (-180.0, -20.0), (0.0, 89.99), (-60.0, -90.0), (45.0, 40.0), (0.0, 0.0)]
OFFSET = st.sampled_from([0.0, 1e-6, -1e-3, 0.02, 0.3, -1.0])


def on_globe(lon: float, lat: float) -> tuple[float, float]:
    return min(180.0, max(-180.0, lon)), min(90.0, max(-90.0, lat))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[list[tuple[float, float]]], list[tuple[float, float]]]:
    """Lines that share nodes or have no length, by antimeridian, poles or neither; points on, near and opposite."""
    lon, lat = draw(st.sampled_from(ANCHORS))
    nodes = [on_globe(lon + draw(OFFSET), lat + draw(OFFSET)) for _ in range(4)]
    nodes.append((-nodes[0][0], nodes[0][1]) if draw(st.booleans()) else (nodes[0][0], -nodes[0][1]))
    number = st.integers(0, len(nodes) - 1)
    chains = draw(st.lists(st.lists(number, min_size=2, max_size=3), min_size=1, max_size=3))
    lines = [[nodes[i] for i in chain] for chain in chains]
    lines = [chain for chain in lines if all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(chain))] or [[nodes[0]] * 2]
    (ax, ay), (bx, by) = lines[0][:2]
    near = on_globe(ax + draw(OFFSET), ay + draw(OFFSET))
    points = [nodes[1], (ax + 0.3 * (bx - ax), ay + 0.3 * (by - ay)), near, (-near[0], near[1]), draw(POSITION)]
    return lines, points


@settings(max_examples=25)
@given(worlds())
@example(([[(179.995, 10), (180, 10.3)], [(-180, 10.3), (-179.7, 11)]], [(-179.9, 10.2), (0, -10), (180, 10.3)]))
@example(([[(-120, -90), (50, -90)], [(0, 89.99), (120, 89.99)]], [(10, -89), (60, 90), (-60, 89.9999), (3, -90)]))
@example(([[(45, 40), (45, 40)], [(45, 40), (45.3, 40)], [(45, 40), (44.7, 40)]], [(45, 40), (45, 40.1), (-135, -40)]))
def test_all_nearest_lines_of_a_small_world_are_geographiclibs(
    world: tuple[list[list[tuple[float, float]]], list[tuple[float, float]]],
) -> None:
    lines, points = world
    truth = np.array([[min(along_edge(*e, p, 200) for e in pairwise(chain)) for chain in lines] for p in points])
    excess = truth - truth.min(axis=1, keepdims=True)
    found = LineIndex([shapely.LineString(chain) for chain in lines]).nearest(*np.transpose(points))
    np.testing.assert_allclose(found.distance_m, truth[found.point, found.line], atol=1e-4)
    answered = np.zeros(truth.shape, dtype=bool)
    answered[found.point, found.line] = True
    assert answered[excess < 0.0009].all()
    assert not answered[excess > 0.0011].any()
    for i, *foot in zip(found.point, found.lon, found.lat, found.distance_m, strict=True):
        assert metres((foot[0], foot[1]), points[i]) == pytest.approx(foot[2], abs=1e-6)


def a_world(seed: int) -> tuple[list[shapely.LineString], np.ndarray]:
    """Three hundred lines that wander over the globe from shared nodes, and points near, far, at nodes and at poles."""
    random = np.random.default_rng(seed)
    hubs = np.column_stack([random.uniform(-175, 175, 60), random.uniform(-85, 85, 60)])
    walks = np.cumsum(random.normal(0, 0.2, (300, 12, 2)), axis=1)
    walks += (hubs[np.arange(300) % 60] - walks[:, 0])[:, None]
    walks[..., 0], walks[..., 1] = walks[..., 0].clip(-180, 180), walks[..., 1].clip(-90, 90)
    near = walks[random.integers(0, 300, 1200), random.integers(0, 12, 1200)] + random.normal(0, 0.3, (1200, 2))
    far = np.column_stack([random.uniform(-180, 180, 400), random.uniform(-90, 90, 400)])
    points = np.concatenate([near.clip([-180, -90], [180, 90]), far, hubs, [[0, 90], [0, -90], [180, 0], [-180, 0]]])
    return list(shapely.linestrings(walks)), points[random.permutation(len(points))]


def assert_same(found: Nearest, expected: Nearest) -> None:
    for column, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(column, other)


def test_a_batch_is_answered_as_each_of_its_points_alone() -> None:
    lines, points = a_world(1)
    index = LineIndex(lines)
    found, each = index.nearest(*points.T), [index.nearest(*point) for point in points]
    alone = [one._replace(point=one.point + i) for i, one in enumerate(each)]
    assert_same(found, Nearest(*map(np.concatenate, zip(*alone, strict=True))))


@pytest.mark.parametrize(("chunk", "pairs"), [(1, 1), (7, 100), (500, 5_000), (10_000, 10_000_000)])
def test_the_size_of_portions_does_not_matter(chunk: int, pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, points = a_world(2)
    points = points[:400]
    expected = LineIndex(lines).nearest(*points.T)
    monkeypatch.setattr("geomap.geodesy.lines._CHUNK", chunk)
    monkeypatch.setattr("geomap.geodesy.tree._PAIRS", pairs)
    assert_same(LineIndex(lines).nearest(*points.T), expected)


def test_the_order_of_lines_and_points_does_not_matter() -> None:
    lines, points = a_world(3)
    expected = LineIndex(lines).nearest(*points.T)
    found = LineIndex(lines[::-1]).nearest(*points[::-1].T)
    point, line = len(points) - 1 - found.point, len(lines) - 1 - found.line
    order = np.lexsort((line, point))
    assert (point[order].tolist(), line[order].tolist()) == (expected.point.tolist(), expected.line.tolist())
    np.testing.assert_allclose(found.distance_m[order], expected.distance_m, atol=1e-6)


def test_all_lines_tie_at_the_pole_that_they_surround() -> None:
    arcs = [line((lon, 89.9), (lon + 90, 89.9)) for lon in (-180, -90, 0, 90)]
    found = LineIndex(arcs).nearest([0, 77, -180], [90, 90, 90])
    assert found.point.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert found.line.tolist() == [0, 1, 2, 3] * 3


def test_mirrored_lines_tie_on_the_mirror_only() -> None:
    random = np.random.default_rng(9)
    north = np.column_stack([np.linspace(-30, 30, 200), random.uniform(0.5, 3, 200)])
    index = LineIndex([shapely.LineString(north), shapely.LineString(north * [1, -1])])
    lon = random.uniform(-29, 29, 300)
    assert index.nearest(lon, np.zeros(300)).line.tolist() == [0, 1] * 300
    assert index.nearest(lon, np.full(300, 1e-4)).line.tolist() == [0] * 300
    assert index.nearest(lon, np.full(300, -1e-4)).line.tolist() == [1] * 300


def test_portions_stay_small_when_all_curves_are_equally_near() -> None:
    """Around the middle of a circle nothing can be ruled out: two million pairs come in many portions."""
    angle = np.linspace(0, 2 * np.pi, 1001)
    circle = np.stack([np.cos(angle), np.sin(angle), np.zeros(1001)])
    tree = Tree(circle[:, :-1], circle[:, 1:], np.full(1000, 1e-5))
    sizes = [len(portion.curve) for portion in tree.search(np.zeros((3, 2000)), lambda reach: reach)]
    assert sum(sizes) == 2_000_000
    assert max(sizes) < 100_000


def test_hilberts_curve_goes_from_each_cell_to_a_neighbour() -> None:
    x, y = (each.ravel() for each in np.meshgrid(np.arange(64), np.arange(64)))
    order = np.argsort(hilbert((x + 0.5) / 64 * 360 - 180, (y + 0.5) / 64 * 180 - 90))
    assert (np.abs(np.diff(x[order])) + np.abs(np.diff(y[order])) == 1).all()
    assert len(set(hilbert(np.array([-180.0, 180.0, -180.0, 540.0]), np.array([-90.0, -90.0, 90.0, 90.0])))) == 2
