"""Lines between areas, from shared edges."""

from __future__ import annotations

from itertools import product

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.borders.arcs import NOBODY, owned_lines, shared_lines

SIZE = 4


def square(column: int, row: int) -> shapely.Polygon:
    return shapely.box(column, row, column + 1, row + 1)


def test_two_squares_share_one_edge() -> None:
    lines = shared_lines([square(1, 0), square(0, 0)], ["BB", "AA"])
    assert list(lines) == [("AA", "BB")]
    assert shapely.equals(lines["AA", "BB"], shapely.LineString([(1, 0), (1, 1)]))


def test_areas_without_a_side_and_areas_of_one_side_have_no_line() -> None:
    assert shared_lines([square(0, 0), square(1, 0)], ["AA", None]) == {}
    assert shared_lines([square(0, 0), square(1, 0)], ["AA", "AA"]) == {}
    assert shared_lines([], []) == {}


def test_edges_must_agree_to_the_last_bit() -> None:
    assert shared_lines([square(0, 0), shapely.box(1 + 1e-12, 0, 2, 1)], ["AA", "BB"]) == {}


def test_an_enclave_has_a_closed_line() -> None:
    hole = square(1, 1)
    around = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [hole.exterior])
    line = shared_lines([around, hole], ["AA", "BB"])["AA", "BB"]
    assert line.is_ring
    assert line.length == 4


def test_outer_edges_belong_to_one_owner() -> None:
    lines = {(first, second): line.length for first, second, line in owned_lines([square(0, 0), square(1, 0)], [0, 1])}
    assert lines == {(NOBODY, 0): 3, (NOBODY, 1): 3, (0, 1): 1}


@given(st.lists(st.sampled_from(["AA", "BB", "CC"]), min_size=SIZE**2, max_size=SIZE**2), st.randoms())
def test_lines_of_a_grid_are_the_edges_between_unlike_cells(sides: list[str], random: object) -> None:
    cells = list(product(range(SIZE), repeat=2))
    side = dict(zip(cells, sides, strict=True))
    expected: dict[tuple[str, str], int] = {}
    for (column, row), other in [(cell, (cell[0] + dx, cell[1] + dy)) for cell in cells for dx, dy in ((1, 0), (0, 1))]:
        if other in side and side[other] != side[column, row]:
            pair = tuple(sorted((side[other], side[column, row])))
            expected[pair] = expected.get(pair, 0) + 1
    order = list(cells)
    random.shuffle(order)
    lines = shared_lines([square(*cell) for cell in order], [side[cell] for cell in order])
    assert {pair: pytest.approx(line.length) for pair, line in lines.items()} == expected
    assert lines == shared_lines([square(*cell) for cell in cells], [side[cell] for cell in cells])
