"""Edges of areas and who owns them: the lines between areas are the edges that two of them share, vertex for vertex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Edges = npt.NDArray[np.float64]
"""One row an edge: x0, y0, x1, y1, the lower end first."""

Indices = npt.NDArray[np.int64]

NOBODY = -1
"""The owner beyond an edge that bounds one area only."""


def shared_lines(areas: Sequence[BaseGeometry], sides: Sequence[str | None]) -> dict[tuple[str, str], BaseGeometry]:
    """Return the line between each pair of sides, from the edges that their polygons have in common.

    `areas` are polygons or multipolygons and `sides` the code of each; areas without a side are left out, and edges
    between areas of one side are inner ones. An edge is shared when both its vertices are equal to the last bit, so
    areas must come from one topology: nothing is snapped. Keys are alphabetical pairs, in order; a line is a
    LineString or MultiLineString with vertices exactly as in the areas, independent of the order of `areas`.
    """
    known = [index for index, side in enumerate(sides) if side is not None]
    codes = sorted({str(sides[index]) for index in known})
    owners = [codes.index(str(sides[index])) for index in known]
    lines = owned_lines([areas[index] for index in known], owners)
    return {(codes[first], codes[second]): line for first, second, line in lines if first != NOBODY}


def arc_lines(
    arcs: Sequence[BaseGeometry], bounds: Sequence[Iterable[int]], sides: Sequence[str | None]
) -> dict[tuple[str, str], BaseGeometry]:
    """Return the line between each pair of sides, from arcs that bound areas of both, as a topology states them.

    `arcs` are lines, `bounds` the numbers of the arcs of each area and `sides` its code. Keys, order and lines are
    those of `shared_lines` on the same areas; an arc of a length of zero is left out.
    """
    owners: dict[int, set[str]] = {}
    for numbers, side in zip(bounds, sides, strict=True):
        if side is not None:
            for number in numbers:
                owners.setdefault(number, set()).add(side)
    lines: dict[tuple[str, str], list[BaseGeometry]] = {}
    for number in sorted(owners):
        for pair in pairwise(sorted(owners[number])):
            if arcs[number].length:
                lines.setdefault(pair, []).extend(shapely.get_parts(arcs[number]))
    return {pair: _merged(lines[pair]) for pair in sorted(lines)}


def _merged(lines: Sequence[Any]) -> BaseGeometry:
    return shapely.normalize(shapely.line_merge(shapely.MultiLineString(lines)))


def owned_lines(areas: Sequence[BaseGeometry], owners: Sequence[int]) -> Iterator[tuple[int, int, BaseGeometry]]:
    """Yield (owner, owner, line) for each pair of owners that meet, and (NOBODY, owner, line) for edges of one owner.

    `owners` are numbers from 0, one for each area; pairs come in ascending order, the lower owner first. Edges between
    areas of one owner are left out.
    """
    edges, area = _edges(areas)
    if not len(edges):
        return
    edges, pairs = _distinct(edges, np.asarray(owners, dtype=np.int64)[area])
    order = np.lexsort(pairs.T[::-1])
    edges, pairs = edges[order], pairs[order]
    starts = np.flatnonzero(np.r_[True, (pairs[1:] != pairs[:-1]).any(axis=1)])
    for start, group in zip(starts, np.split(edges, starts[1:]), strict=True):
        yield int(pairs[start, 0]), int(pairs[start, 1]), _merged(list(group.reshape(-1, 2, 2)))


def _edges(areas: Sequence[BaseGeometry]) -> tuple[Edges, Indices]:
    """Return every edge of every ring and the index of the area that it bounds."""
    polygons, area = shapely.get_parts(np.asarray(areas, dtype=object), return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    swapped = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    edges = np.hstack([start, end])
    edges[swapped] = np.hstack([end, start])[swapped]
    return edges, area[polygon[ring[:-1][inside]]]


def _distinct(edges: Edges, owner: Indices) -> tuple[Edges, Indices]:
    """Return each edge once for each pair of owners that meet on it; NOBODY stands beyond an edge of its own."""
    order = np.lexsort((owner, *edges.T[::-1]))
    edges, owner = edges[order], owner[order]
    repeats = (edges[1:] == edges[:-1]).all(axis=1)
    meets = np.r_[False, repeats & (owner[1:] != owner[:-1])]
    alone = ~(np.r_[False, repeats] | np.r_[repeats, False])
    before = np.where(meets, np.roll(owner, 1), NOBODY)
    kept = meets | alone
    return edges[kept], np.column_stack([before, owner])[kept]
