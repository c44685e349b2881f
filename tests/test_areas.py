from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geomap.errors import BorderError
from geomap.geodesy import AreaIndex, Holders

Pairs = list[tuple[int, int]]


def pairs(found: Holders) -> Pairs:
    return list(zip(found.point.tolist(), found.area.tolist(), strict=True))


def shapelys(areas: list[shapely.Geometry | None], points: np.ndarray) -> Pairs:
    """Return (point, area) of every point that an area holds, by shapely, sorted."""
    asked = [shapely.intersects_xy(area, points[:, 0], points[:, 1]) for area in areas]
    return sorted((int(i), j) for j, held in enumerate(asked) for i in np.flatnonzero(held))


def assert_same(areas: list[shapely.Geometry | None], points: np.ndarray) -> None:
    assert pairs(AreaIndex(areas).holders(*points.T)) == shapelys(areas, points)


def tricky(areas: list[shapely.Geometry], random: np.random.Generator) -> np.ndarray:
    """Return vertices, middles and other points of edges, points level with vertices, and each a hair off."""
    corners = shapely.get_coordinates(areas)
    ends = np.roll(corners, -1, axis=0)
    share = random.uniform(0, 1, (len(corners), 1))
    on = np.concatenate([corners, (corners + ends) / 2, corners + share * (ends - corners)])
    level = corners + np.where(random.integers(0, 2, (len(corners), 1)), [1, 0], [0, 1]) * random.normal(0, 5, (1, 1))
    towards = random.choice([-np.inf, np.inf], on.shape)
    off = np.where(random.integers(0, 2, on.shape), on, np.nextafter(on, towards))
    return np.concatenate([on, level, off])


def stars(random: np.random.Generator, count: int) -> list[shapely.Geometry]:
    """Return polygons around random points, of all sizes, with holes, that overlap each other."""
    made = []
    for _ in range(count):
        angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(5, 60)))
        radius = random.uniform(0.5, 1, len(angles)) * 10.0 ** random.uniform(-4, 1.5)
        middle = random.uniform(-150, 150), random.uniform(-50, 50)
        shell = np.column_stack([np.cos(angles), np.sin(angles)]) * radius[:, None] + middle
        star = shapely.make_valid(shapely.Polygon(shell.clip([-180, -90], [180, 90])))
        hole = shapely.affinity.scale(star, 0.3, 0.3, origin=middle)
        made.append(shapely.difference(star, hole))
    return [area for area in made if area.geom_type in {"Polygon", "MultiPolygon"}]


def mosaic(random: np.random.Generator, count: int) -> list[shapely.Geometry]:
    """Return polygons that cover the globe and share their edges and nodes."""
    sites = shapely.multipoints(random.uniform((-180, -90), (180, 90), (count, 2)))
    globe = shapely.box(-180, -90, 180, 90)
    cells = shapely.get_parts(shapely.voronoi_polygons(sites, extend_to=globe))
    return list(shapely.intersection(cells, globe))


@settings(max_examples=12)
@given(st.integers(0, 2**32 - 1), st.sampled_from([stars, mosaic]))
def test_holders_are_shapelys(seed: int, made: Callable[..., list[shapely.Geometry]]) -> None:
    random = np.random.default_rng(seed)
    areas = made(random, 60)
    uniform = random.uniform((-180, -90), (180, 90), (3000, 2))
    assert_same(areas, np.concatenate([uniform, tricky(areas, random)]))


GRID = st.integers(-8, 8).map(lambda each: each / 4)
CORNERS = st.lists(st.tuples(GRID, GRID), min_size=3, max_size=9)


@settings(max_examples=300)
@given(st.lists(CORNERS, min_size=1, max_size=4), st.lists(st.tuples(GRID, GRID), min_size=1, max_size=20))
@example([[(0, 0), (1, 1), (1, 0), (0, 1)]], [(0.5, 0.5), (0.5, 0.75), (0.25, 0.5)])
def test_round_coordinates_meet_edges_and_vertices_as_in_shapely(
    shapes: list[list[tuple[float, float]]], points: list[tuple[float, float]]
) -> None:
    """Points level with vertices and edges, collinear with them, on them; also for rings that cross themselves."""
    areas = [shapely.Polygon(corners) for corners in shapes]
    shapely.prepare(areas)
    assert_same(areas, np.array(points, dtype=float))


FLOATS = st.floats(-90, 90)


@settings(max_examples=200)
@given(st.lists(st.tuples(FLOATS, FLOATS), min_size=3, max_size=5), st.tuples(FLOATS, FLOATS))
@example([(0, 0), (5e-324, 0), (0, 5e-324)], (0, 0))
@example([(0, 0), (1e-200, 0), (0, 1e-200)], (1e-201, 1e-201))
@example([(45, 40), (np.nextafter(45, 46), 40), (45, np.nextafter(40, 41))], (45, 40))
def test_areas_of_any_size_and_place(corners: list[tuple[float, float]], point: tuple[float, float]) -> None:
    area = shapely.Polygon(corners)
    shapely.prepare(area)
    assert_same([area], np.array([point, *corners], dtype=float))


def test_shared_edges_and_overlaps_name_all_areas() -> None:
    areas = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0.5, 0.5, 3, 3), shapely.box(0, 0, 1, 1)]
    found = AreaIndex(areas).holders([1.0, 0.75, 1.5, 2.5, 9.0, 0.25], [0.25, 0.75, 0.25, 2.5, 9.0, 0.25])
    assert pairs(found) == [(0, 0), (0, 1), (0, 3), (1, 0), (1, 2), (1, 3), (2, 1), (3, 2), (5, 0), (5, 3)]


def test_many_areas_on_top_of_each_other() -> None:
    """Where the same edges come many times, no cell is small enough to have few."""
    random = np.random.default_rng(4)
    areas = [area for area in stars(random, 3) for _ in range(25)]
    nodes = [shapely.Polygon([(0, 0), (np.cos(a), np.sin(a)), (np.cos(a + 0.01), np.sin(a + 0.01))]) for a in range(90)]
    assert_same(
        [*areas, *nodes], np.concatenate([tricky([*areas[::25], *nodes], random), random.normal(0, 1, (500, 2))])
    )


def test_points_whose_cells_have_many_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geomap.geodesy.areas._PAIRS", 7)
    random = np.random.default_rng(6)
    areas = stars(random, 10)
    assert_same(areas, tricky(areas, random))


def test_holes_hold_nothing_but_their_edge() -> None:
    ring = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 3, 3)
    assert pairs(AreaIndex([ring]).holders([0.5, 2, 1, 1], [0.5, 2, 2, 1])) == [(0, 0), (2, 0), (3, 0)]


def test_the_edges_of_the_globe_are_edges_like_others() -> None:
    """Nothing is joined across the antimeridian: a point at 180 is not one at -180."""
    halves = [shapely.box(-180, -90, 0, 90), shapely.box(0, -90, 180, 90)]
    found = AreaIndex(halves).holders([-180, 180, 0, 180, np.nextafter(-180, 0)], [0, 0, 90, -90, 90])
    assert pairs(found) == [(0, 0), (1, 1), (2, 0), (2, 1), (3, 1), (4, 0)]


def test_an_edge_is_straight_in_degrees() -> None:
    """The geodesic from (40, 40) to (42, 40) runs 150 m north of the edge between them."""
    area = [shapely.box(40, 39, 42, 40)]
    assert pairs(AreaIndex(area).holders([41, 41], [40, 40.0001])) == [(0, 0)]


def test_collections_and_multipolygons_hold_what_their_polygons_hold_once() -> None:
    one, other = shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)
    many = shapely.MultiPolygon([one, shapely.box(5, 5, 6, 6)])
    nested = shapely.GeometryCollection([one, shapely.GeometryCollection([other]), many, shapely.Point()])
    found = AreaIndex([nested, many]).holders([1.5, 5.5, 2.5], [1.5, 5.5, 2.5])
    assert pairs(found) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]


def test_null_and_empty_areas_hold_nothing_and_keep_their_number() -> None:
    areas = [None, shapely.Polygon(), shapely.MultiPolygon(), shapely.LineString(), shapely.box(0, 0, 1, 1)]
    index = AreaIndex(areas)
    assert len(index) == 5
    assert pairs(index.holders(0.5, 0.5)) == [(0, 4)]


@pytest.mark.parametrize("areas", [[], [None], [shapely.Polygon()]])
def test_an_index_of_nothing_holds_nothing(areas: list[shapely.Geometry | None], tmp_path: Path) -> None:
    AreaIndex(areas).save(tmp_path / "index")
    for index in (AreaIndex(areas), AreaIndex.load(tmp_path / "index", areas)):
        assert pairs(index.holders([0.0, 1.0], [0.0, 1.0])) == []


def test_positions_that_are_none_are_held_by_nothing() -> None:
    nowhere = [np.nan, 0.5, np.inf, -np.inf, 1.7e308]
    index = AreaIndex([shapely.box(-180, -90, 180, 90)])
    assert pairs(index.holders(nowhere, [0.5, np.nan, 0.5, 0.5, 0.5])) == []
    assert pairs(index.holders([], [])) == []


def test_more_points_than_are_asked_at_once_keep_their_order() -> None:
    random = np.random.default_rng(1)
    points = random.uniform((-180, -90), (180, 90), (300_000, 2))
    areas = mosaic(random, 40)
    found = AreaIndex(areas).holders(*points.T)
    tree = shapely.STRtree(areas).query(shapely.points(points), predicate="intersects")
    assert pairs(found) == sorted(zip(*tree.tolist(), strict=True))


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (shapely.Point(0, 0), "points or lines"),
        (shapely.LineString([(0, 0), (1, 1)]), "points or lines"),
        (shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.Point(3, 3)]), "points or lines"),
        (shapely.box(500_000, 4_400_000, 500_100, 4_400_100), "leaves the globe"),
        (shapely.Polygon([(0, 0), (np.inf, 0), (0, 1)]), "leaves the globe"),
    ],
)
def test_areas_that_cannot_be_used_are_refused(shape: shapely.Geometry, words: str) -> None:
    with pytest.raises(BorderError, match=words):
        AreaIndex([shape])


# ---------------------------------------------------------------- the warm index on disk


@pytest.fixture
def areas() -> list[shapely.Geometry]:
    return stars(np.random.default_rng(7), 12)


def test_a_saved_index_answers_as_before(areas: list[shapely.Geometry], tmp_path: Path) -> None:
    points = tricky(areas, np.random.default_rng(8))
    AreaIndex([shapely.box(0, 0, 1, 1)]).save(tmp_path / "warm")
    AreaIndex(areas).save(tmp_path / "warm")
    assert pairs(AreaIndex.load(tmp_path / "warm", areas).holders(*points.T)) == shapelys(areas, points)
    assert [path.name for path in tmp_path.iterdir()] == ["warm"]


def test_the_same_areas_make_the_same_file(areas: list[shapely.Geometry], tmp_path: Path) -> None:
    for name in ("one", "two"):
        AreaIndex(areas).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_index_of_other_areas_is_refused(areas: list[shapely.Geometry], tmp_path: Path) -> None:
    AreaIndex(areas).save(tmp_path / "warm")
    moved = shapely.transform(areas[-1], lambda corners: np.nextafter(corners, 180))
    for others in (areas[::-1], areas[:-1], [*areas, None], [*areas[:-1], moved]):
        with pytest.raises(BorderError, match="other areas"):
            AreaIndex.load(tmp_path / "warm", others)


def test_an_index_of_another_format_is_refused(
    areas: list[shapely.Geometry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AreaIndex(areas).save(tmp_path / "warm")
    monkeypatch.setattr("geomap.geodesy.areas.FORMAT", 999)
    with pytest.raises(BorderError, match="another format"):
        AreaIndex.load(tmp_path / "warm", areas)


def test_a_damaged_file_is_refused_or_does_no_harm(areas: list[shapely.Geometry], tmp_path: Path) -> None:
    """Bytes that nobody reads, such as the dates in a zip file, may change; all others are noticed."""
    path, points = tmp_path / "warm", tricky(areas, np.random.default_rng(9))
    AreaIndex(areas).save(path)
    whole, expected, refused = path.read_bytes(), shapelys(areas, points), 0
    for place in np.random.default_rng(10).integers(0, len(whole), 150).tolist():
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        try:
            index = AreaIndex.load(path, areas)
        except BorderError:
            refused += 1
        else:
            assert pairs(index.holders(*points.T)) == expected
    assert refused > 130


@pytest.mark.parametrize("content", [None, b"", b"PK\x05\x06" + bytes(18), b"\x93NUMPY", b"not an index"])
def test_what_is_no_index_is_refused(content: bytes | None, areas: list[shapely.Geometry], tmp_path: Path) -> None:
    path = tmp_path / "warm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BorderError, match=re.escape(str(path))):
        AreaIndex.load(path, areas)


def test_a_cut_file_is_refused(areas: list[shapely.Geometry], tmp_path: Path) -> None:
    path = tmp_path / "warm"
    AreaIndex(areas).save(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(BorderError, match="no warm index"):
        AreaIndex.load(path, areas)


def test_a_save_that_fails_leaves_the_old_file(
    areas: list[shapely.Geometry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "warm"
    path.write_bytes(b"old")
    index = AreaIndex(areas)

    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(OSError, match="no space"):
        index.save(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_index_is_kept_by_the_content_of_its_areas(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    areas, other = [shapely.box(0, 0, 10, 10), shapely.box(5, 5, 20, 20)], [shapely.box(1, 1, 2, 2)]
    lon, lat = [6.0, 1.5, 30.0], [6.0, 1.5, 30.0]
    first = AreaIndex.kept(areas, folder).holders(lon, lat)
    (kept,) = folder.iterdir()
    written = kept.stat().st_mtime_ns
    assert [list(column) for column in first] == [[0, 0, 1], [0, 1, 0]]
    assert [list(column) for column in AreaIndex.kept(areas, folder).holders(lon, lat)] == [[0, 0, 1], [0, 1, 0]]
    assert kept.stat().st_mtime_ns == written
    assert AreaIndex.kept(other, folder).holders(lon, lat).point.tolist() == [1]
    assert len(list(folder.iterdir())) == 2
    kept.write_bytes(b"damaged")
    assert [list(column) for column in AreaIndex.kept(areas, folder).holders(lon, lat)] == [[0, 0, 1], [0, 1, 0]]
    assert kept.stat().st_size > len(b"damaged")
