"""A tree of cells over longitude and latitude: which parts hold all of a cell, and which edges pass it.

A cell is split into 8 by 8 until few edges pass it. Its south-west corner is its reference: the parts that hold the
corner are known, and a position in the cell is held by the same ones, but for those whose edges the way from the
corner to the position crosses an odd number of times (M. Shimrat, Algorithm 112, 1962, doi:10.1145/368637.368653). The
way stays in the cell, so that only the cell's own edges count.

No answer rests on rounding. A cell has all edges that come within a millionth of its width, far more than the rounding
of a position or a corner; and a turn left or right is either sure or said to be in doubt.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

FAN = 8
DEPTH = 8
"""A cell has 8 by 8 children, and the smallest are 8 levels below the root: 2 m for a layer of the whole world."""

_TOP = 3
_SLIM = 1e-8
_TURN_ERROR = 1e-15
_UNDERFLOW = 1e-290


class Edges(NamedTuple):
    """Edges of polygons, in degrees, each with the polygon (part) that it belongs to."""

    start_lon: Floats
    start_lat: Floats
    end_lon: Floats
    end_lat: Floats
    part: Ints

    def take(self, which: Ints) -> Edges:
        """Return some of the edges, in the order asked for."""
        start_lon, start_lat = self.start_lon[which], self.start_lat[which]
        return Edges(start_lon, start_lat, self.end_lon[which], self.end_lat[which], self.part[which])

    def turn(self, lon: Floats, lat: Floats) -> tuple[Flags, Flags]:
        """Tell whether each position lies to the left of its edge, and whether that is sure.

        The bound on the rounding of the determinant is three times that of J. R. Shewchuk, Adaptive precision
        floating-point arithmetic and fast robust geometric predicates, 1997, doi:10.1007/PL00009321.
        """
        left = (self.start_lon - lon) * (self.end_lat - lat)
        right = (self.start_lat - lat) * (self.end_lon - lon)
        turn = left - right
        return turn > 0, np.abs(turn) > _TURN_ERROR * (np.abs(left) + np.abs(right)) + _UNDERFLOW

    def frames(self, lon: Floats, lat: Floats) -> Flags:
        """Tell whether each position lies in the bounding box of its edge, its sides included."""
        beside = (self.start_lon - lon) * (self.end_lon - lon) <= 0
        return beside & ((self.start_lat - lat) * (self.end_lat - lat) <= 0)

    def crossed(self, lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> tuple[Flags, Flags]:
        """Tell whether the way from each position, first along its parallel, crosses its edge, and what is in doubt.

        A way that meets a vertex passes it on the north or east. A position on the edge itself is in doubt.
        """
        across = (self.start_lat > lat) != (self.end_lat > lat)
        along = (self.start_lon > to_lon) != (self.end_lon > to_lon)
        from_left, from_sure = self.turn(lon, lat)
        bend_left, bend_sure = self.turn(to_lon, lat)
        to_left, to_sure = self.turn(to_lon, to_lat)
        crossed = (across & (from_left != bend_left)) ^ (along & (bend_left != to_left))
        doubt = (across & ~bend_sure) | (along & ~(bend_sure & to_sure))
        return crossed, doubt | (~from_sure & (across | self.frames(lon, lat)))


class Lattice(NamedTuple):
    """The corners of the smallest cells: the south-west one of all, and the cells' size in degrees."""

    west: float
    south: float
    width: float
    height: float

    @classmethod
    def around(cls, edges: Edges) -> Lattice:
        """Return a lattice that holds all edges; its odd proportions keep round coordinates off its lines."""
        west, wide = _extent(edges.start_lon, edges.end_lon)
        south, high = _extent(edges.start_lat, edges.end_lat)
        cells = FAN**DEPTH
        return cls(west - 0.00719 * wide, south - 0.00837 * high, wide / cells, high / cells)

    def lon(self, column: Ints) -> Floats:
        """Return the longitudes of corners."""
        return np.asarray(self.west + column * self.width, dtype=np.float64)

    def lat(self, row: Ints) -> Floats:
        """Return the latitudes of corners."""
        return np.asarray(self.south + row * self.height, dtype=np.float64)

    def depth(self) -> int:
        """Return the number of levels whose cells are so wide that the rounding of coordinates does not count."""
        wide = FAN**DEPTH * min(self.width, self.height)
        slim = _SLIM * max(abs(self.west), abs(self.south), wide)
        return sum(wide / FAN**level > slim for level in range(1, DEPTH + 1))

    def cells(self, lon: Floats, lat: Floats) -> tuple[Ints, Ints, Ints]:
        """Return the positions on the lattice, as places in the arguments, and their columns and rows."""
        with np.errstate(over="ignore"):
            across, up = (lon - self.west) / self.width, (lat - self.south) / self.height
        cells = FAN**DEPTH
        on = np.flatnonzero((across >= 0) & (across < cells) & (up >= 0) & (up < cells))
        return on, across[on].astype(np.intp), up[on].astype(np.intp)


def _extent(starts: Floats, ends: Floats) -> tuple[float, float]:
    """Return the least coordinate, and a little more than the size of what the coordinates span."""
    low, high = min(starts.min(), ends.min()), max(starts.max(), ends.max())
    return float(low), 1.0173 * max(float(high - low), 1e-6)


class Lists(NamedTuple):
    """Lists of numbers, one after the other: list i is `values[start[i]:start[i + 1]]`."""

    start: Ints
    values: Ints

    @classmethod
    def of(cls, owner: Ints, values: Ints, count: int) -> Lists:
        """Make `count` lists of values, which are sorted by the list that owns them."""
        return cls(np.searchsorted(owner, np.arange(count + 1)), values)

    def sizes(self) -> Ints:
        """Return the lengths of the lists."""
        return np.diff(self.start)

    def take(self, which: Ints) -> tuple[Ints, Ints]:
        """Return the values of some lists, each after the position in `which` of its list."""
        first = self.start[which]
        sizes = self.start[which + 1] - first
        owner = np.repeat(np.arange(len(which)), sizes)
        return owner, self.values[np.arange(len(owner)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)]

    def keep(self, which: Ints) -> Lists:
        """Return some of the lists as lists."""
        return Lists.of(*self.take(which), len(which))


class Cells(NamedTuple):
    """The tree. `table[0]` is the root, `table[1 + 64 n]` the first child of node n, row by row from the south-west.

    A value of 0 or more is a cell that no edge passes: the set of parts that hold it. Of a lower one, the complement
    is a leaf below the number of leaves, else a node after them. A leaf has the set of its corner, the corner's
    column and row, and edges. Set 0 is empty, set 1 + i is part i alone.
    """

    lattice: Lattice
    table: Ints
    sets: Lists
    leaf_set: Ints
    leaf_column: Ints
    leaf_row: Ints
    leaf_edges: Lists

    def top(self) -> Ints:
        """Return the values of the cells three levels below the root, or of the cells above that hold them, by row."""
        top = self.table[:1].reshape(1, 1)
        for _ in range(_TOP):
            node = ~top - len(self.leaf_set)
            first = 1 + np.maximum(node, 0) * FAN**2
            below = first[:, :, None, None] + np.arange(FAN**2).reshape(FAN, FAN)
            inner = np.where(
                (node >= 0)[:, :, None, None], self.table[np.minimum(below, len(self.table) - 1)], top[:, :, None, None]
            )
            top = inner.transpose(0, 2, 1, 3).reshape(len(top) * FAN, -1)
        return top

    def find(self, top: Ints, column: Ints, row: Ints) -> Ints:
        """Return for each place on the lattice the value of the cell that no further one lies in; `top` is of `top`."""
        shift = 3 * (DEPTH - _TOP)
        value = top[row >> shift, column >> shift]
        leaves = len(self.leaf_set)
        inner = np.flatnonzero(value < -leaves)
        while inner.size:
            shift -= 3
            child = ((row[inner] >> shift) & 7) * FAN + ((column[inner] >> shift) & 7)
            found = self.table[1 + (~value[inner] - leaves) * FAN**2 + child]
            value[inner] = found
            inner = inner[found < -leaves]
        return value
