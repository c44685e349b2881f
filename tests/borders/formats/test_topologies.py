"""The arcs that two areas of a topology share are their line: the same line as the edges that they have in common."""

from __future__ import annotations

import json
from itertools import pairwise, product
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.borders import read_borders
from geomap.borders.arcs import arc_lines, shared_lines
from geomap.errors import BorderError

SIZE = 3
CELLS = list(product(range(SIZE), repeat=2))


def edge(start: tuple[int, int], end: tuple[int, int], bends: int) -> list[tuple[float, float]]:
    """Return an arc along the side of a cell, from its lower end, with some bends that both cells follow."""
    (x0, y0), (x1, y1) = sorted((start, end))
    parts = [number / (bends + 1) for number in range(bends + 2)]
    east, north = x1 - x0, y1 - y0
    sway = [0.05 if 0 < part < 1 else 0.0 for part in parts]
    return [
        (x0 + part * east + out * north, y0 + part * north + out * east) for part, out in zip(parts, sway, strict=True)
    ]


class Grid:
    """Squares of a topology: every side of a cell is one arc, used as it is or reversed."""

    def __init__(self, bends: int) -> None:
        self.bends = bends
        self.numbers: dict[tuple[Any, Any], int] = {}
        self.arcs: list[list[tuple[float, float]]] = []

    def ring(self, column: int, row: int) -> list[int]:
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
        return [self._arc(start, end) for start, end in pairwise(corners)]

    def _arc(self, start: tuple[int, int], end: tuple[int, int]) -> int:
        first, last = sorted((start, end))
        if (first, last) not in self.numbers:
            self.numbers[first, last] = len(self.arcs)
            self.arcs.append(edge(first, last, self.bends))
        number = self.numbers[first, last]
        return number if start == first else ~number


def test_arcs_between_sides_are_their_lines_and_inner_ones_are_none() -> None:
    arcs = [shapely.LineString(arc) for arc in ([(0, 0), (0, 1)], [(0, 1), (0, 2)], [(5, 5), (5, 5)])]
    lines = arc_lines(arcs, [[0, 1], [0], [1, 2], [2], [0]], ["AA", "BB", "AA", "CC", None])
    assert list(lines) == [("AA", "BB")]
    assert lines["AA", "BB"].equals(shapely.LineString([(0, 0), (0, 1)]))


@given(st.lists(st.sampled_from(["AA", "BB", "CC", None]), min_size=SIZE**2, max_size=SIZE**2), st.integers(0, 3))
def test_shared_arcs_are_the_shared_edges_of_the_decoded_areas(
    tmp_path_factory: pytest.TempPathFactory, sides: list[str | None], bends: int
) -> None:
    grid = Grid(bends)
    shapes = [
        {"type": "Polygon", "properties": {"ISO_A2": side or "-99"}, "arcs": [grid.ring(*cell)]}
        for cell, side in zip(CELLS, sides, strict=True)
    ]
    objects = {"a": {"type": "GeometryCollection", "geometries": shapes}}
    topology = {"type": "Topology", "objects": objects, "arcs": grid.arcs}
    path = tmp_path_factory.mktemp("topology") / "a.json"
    path.write_text(json.dumps(topology), encoding="utf-8")
    table = read_borders(path)
    areas, lines = table[table["role"] == "area"], table[table["role"] == "line"]
    assert len(areas) == SIZE**2
    expected = shared_lines(list(areas.geometry), [side if isinstance(side, str) else None for side in areas["side_a"]])
    found = dict(zip(zip(lines["side_a"], lines["side_b"], strict=True), lines.geometry, strict=True))
    assert found == expected


def test_the_arcs_of_a_mended_topology_are_mended_too(write: Any) -> None:
    north = [[-170, 0], [-170, 5], [170, 5], [170, 0]]
    south = [[170, 0], [170, -5], [-170, -5], [-170, 0]]
    arcs = [[[170, 0], [-170, 0]], north, south]
    areas = [("AA", [0, 1]), ("BB", [2, ~0])]
    shapes = [{"type": "Polygon", "properties": {"ISO_A2": side}, "arcs": [ring]} for side, ring in areas]
    objects = {"a": {"type": "GeometryCollection", "geometries": shapes}}
    path = write({"type": "Topology", "objects": objects, "arcs": arcs})
    with pytest.raises(BorderError, match="feature 1: an edge spans more than 180 degrees"):
        read_borders(path)
    table = read_borders(path, repair=True)
    assert table.geometry.iloc[2].equals(shapely.MultiLineString([[(170, 0), (180, 0)], [(-180, 0), (-170, 0)]]))
    assert table["repaired"].tolist() == ["cut at the antimeridian"] * 3
