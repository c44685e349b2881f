"""Sort edges into a tree of cells, level by level: which children each edge passes, and what holds their corners."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geomap.geodesy.cells import DEPTH, FAN, Cells, Edges, Flags, Floats, Ints, Lattice, Lists

Masks = NDArray[np.uint64]
"""Sets of children, bit 8 row + column a child."""

_FEW, _COARSE = 6, 4
"""Cells of more edges are split; below the fourth level the bound doubles with each, since points get rare there."""
_USEFUL = 0.5
"""A split must leave no more than this share of the edges to the average child that has any."""
_WORK, _FINE_WORK = 2, 1
"""No level splits cells of much more edges in sum than this many times all edges, and fewer where cells are fine."""
_PAD = 1e-6
_CROSSING_ERROR = 4e-15
_CHILDREN = FAN**2
_ALL = np.uint64(2**64 - 1)
_EASTWARD = np.array([0, *(0xFF >> n << n for n in range(1, FAN)), 0], np.uint64)
"""Children of a row beyond so many corners, of which the first is where the way begins and the last where it ends."""
_NORTHWARD = np.array([0, *(2**64 - (1 << FAN * n) for n in range(1, FAN)), 0], np.uint64)
"""The same of the rows of a cell."""


class _Level(NamedTuple):
    """Cells of one size that edges pass: place in the table, corner, edges, and the parts that hold the corner."""

    slot: Ints
    column: Ints
    row: Ints
    edges: Lists
    holders: Lists

    def keep(self, which: Ints) -> _Level:
        """Return some of the cells."""
        edges, holders = self.edges.keep(which), self.holders.keep(which)
        return _Level(self.slot[which], self.column[which], self.row[which], edges, holders)


class _Pairs(NamedTuple):
    """Edges in the cells of a level, one pair of both an entry, and the size of the cells' children."""

    cell: Ints
    edge: Ints
    edges: Edges
    column: Ints
    row: Ints
    step: int


def split(edges: Edges, parts: int) -> Cells:
    """Return the tree of all edges, of which there is one or more; `parts` is the number of polygons."""
    lattice, root = Lattice.around(edges), np.zeros(1, np.intp)
    everything = Lists(np.array([0, len(edges.part)]), np.arange(len(edges.part)))
    level = _Level(root, root, root, everything, Lists(np.zeros(2, np.intp), root[:0]))
    builder = _Builder(edges, parts, lattice)
    for depth in range(lattice.depth()):
        level = builder.descend(level, FAN ** (DEPTH - depth - 1))
    builder.leave(level)
    return builder.cells()


class _Builder:
    """Gathers nodes, leaves and sets while the levels are split."""

    def __init__(self, edges: Edges, parts: int, lattice: Lattice) -> None:
        self._edges, self._parts, self._lattice = edges, parts, lattice
        self._table = [np.zeros(1, np.intp)]
        self._node_slots: list[Ints] = [np.empty(0, np.intp)]
        self._leaves: list[_Level] = []
        self._set_sizes, self._set_parts = [np.zeros(1, np.intp), np.ones(parts, np.intp)], [np.arange(parts)]

    def descend(self, level: _Level, step: int) -> _Level:
        """Split the cells that many edges pass into children of `step` smallest cells; return those edges pass."""
        sizes = level.edges.sizes()
        many = self._crowded(sizes, step)
        pairs = self._pairs(level, many, step)
        child, edge = _passed(pairs, self._lattice)
        counts = np.bincount(child, minlength=len(many) * _CHILDREN).reshape(-1, _CHILDREN)
        cell, part, mask, doubtful = _toggles(pairs, self._lattice)
        useful = counts.sum(axis=1) <= _USEFUL * sizes[many] * (counts > 0).sum(axis=1)
        useful[doubtful] = False
        chosen = np.zeros(len(sizes), dtype=bool)
        chosen[many[useful]] = True
        self.leave(level.keep(np.flatnonzero(~chosen)))
        number = np.cumsum(useful) - 1
        kept, kept_child = useful[cell], useful[child // _CHILDREN]
        child = number[child // _CHILDREN] * _CHILDREN + child % _CHILDREN
        order = np.argsort(child[kept_child], kind="stable")
        cells = level.keep(many[useful])
        inside = Lists.of(child[kept_child][order], edge[kept_child][order], len(cells.slot) * _CHILDREN)
        holders = _corners(cells.holders, number[cell[kept]], part[kept], mask[kept], self._parts)
        return self._children(cells, inside, holders, step)

    def _crowded(self, sizes: Ints, step: int) -> Ints:
        """Return the cells to split, in their order: the most crowded ones."""
        depth = DEPTH - 1 - round(np.log2(step) / np.log2(FAN))
        order = np.argsort(-sizes, kind="stable")
        few = _FEW << max(0, depth - _COARSE)
        most = (_WORK if depth < _COARSE else _FINE_WORK) * len(self._edges.part)
        before = np.cumsum(sizes[order]) - sizes[order]
        return np.sort(order[(sizes[order] > few) & (before <= most)])

    def leave(self, level: _Level) -> None:
        """Make leaves of cells."""
        self._leaves.append(level)

    def cells(self) -> Cells:
        """Put the tree together."""
        return Cells(self._lattice, *self._joined())

    def _pairs(self, level: _Level, many: Ints, step: int) -> _Pairs:
        cell, edge = level.edges.take(many)
        return _Pairs(cell, edge, self._edges.take(edge), level.column[many][cell], level.row[many][cell], step)

    def _children(self, cells: _Level, inside: Lists, holders: Lists, step: int) -> _Level:
        """Enter the children of cells into the table; return those that edges pass."""
        first = sum(map(len, self._table))
        self._node_slots.append(cells.slot)
        count = len(cells.slot) * _CHILDREN
        empty = inside.sizes() == 0
        values = np.zeros(count, np.intp)
        values[empty] = self._sets(holders.keep(np.flatnonzero(empty)))
        self._table.append(values)
        passed = np.flatnonzero(~empty)
        column = np.repeat(cells.column, _CHILDREN) + np.tile(np.arange(_CHILDREN) % FAN * step, len(cells.slot))
        row = np.repeat(cells.row, _CHILDREN) + np.tile(np.arange(_CHILDREN) // FAN * step, len(cells.slot))
        return _Level(first + passed, column[passed], row[passed], inside.keep(passed), holders.keep(passed))

    def _sets(self, holders: Lists) -> Ints:
        """Return the numbers of the sets that lists of parts are; equal lists of one level share theirs."""
        sizes = holders.sizes()
        alone, several = np.flatnonzero(sizes == 1), np.flatnonzero(sizes > 1)
        numbers = np.zeros(len(sizes), np.intp)
        numbers[alone] = 1 + holders.values[holders.start[alone]]
        lists, which = _distinct(holders.keep(several))
        numbers[several] = sum(map(len, self._set_sizes)) + which
        self._set_sizes.append(lists.sizes())
        self._set_parts.append(lists.values)
        return numbers

    def _joined(self) -> tuple[Ints, Lists, Ints, Ints, Ints, Lists]:
        leaf_set = np.concatenate([self._sets(level.holders) for level in self._leaves])
        slot, column, row = (np.concatenate(each) for each in zip(*(level[:3] for level in self._leaves), strict=True))
        table, nodes = np.concatenate(self._table), np.concatenate(self._node_slots)
        table[slot] = ~np.arange(len(slot))
        table[nodes] = ~(len(slot) + np.arange(len(nodes)))
        edges = _lists([level.edges.sizes() for level in self._leaves], [level.edges.values for level in self._leaves])
        return table, _lists(self._set_sizes, self._set_parts), leaf_set, column, row, edges


def _lists(sizes: list[Ints], values: list[Ints]) -> Lists:
    return Lists(np.concatenate([[0], np.cumsum(np.concatenate(sizes))]), np.concatenate(values))


def _distinct(lists: Lists) -> tuple[Lists, Ints]:
    """Return lists of which none, or hardly any, equals another, and which of these each of `lists` is.

    Lists of one checksum are compared, and all are kept where two of them differ.
    """
    count = len(lists.start) - 1
    if count == 0:
        return lists, np.empty(0, np.intp)
    mixed = (lists.values.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    sums = np.add.reduceat(mixed * mixed, lists.start[:-1])
    _, first, which = np.unique(sums, return_index=True, return_inverse=True)
    kept = lists.keep(first)
    same = np.array_equal(kept.sizes()[which], lists.sizes()) and np.array_equal(kept.take(which)[1], lists.values)
    return (kept, which) if same else (lists, np.arange(count))


def _spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return every number from first to last of each entry, after the entry's position."""
    sizes = np.maximum(last - first + 1, 0)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return owner, np.arange(len(owner)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)


def _passed(pairs: _Pairs, lattice: Lattice) -> tuple[Ints, Ints]:
    """Return each child (64 times the cell's number and its own) that an edge passes or almost, and the edge."""
    wide, high = lattice.width * pairs.step, lattice.height * pairs.step
    west, south = lattice.lon(pairs.column), lattice.lat(pairs.row)
    start, end = (pairs.edges.start_lon - west) / wide, (pairs.edges.end_lon - west) / wide
    low, top = (pairs.edges.start_lat - south) / high, (pairs.edges.end_lat - south) / high
    pair, row = _spread(*_range(low, top))
    rise, run = (top - low)[pair], (end - start)[pair]
    slope = np.divide(1, rise, out=np.full(len(rise), np.inf), where=rise != 0)
    with np.errstate(invalid="ignore", over="ignore"):
        shares = [(row + side - low[pair]) * slope for side in (-_PAD, 1 + _PAD)]
    shares = [np.where(rise == 0, whole, np.clip(share, 0, 1)) for whole, share in enumerate(shares)]
    enter, leave = (start[pair] + share * run for share in shares)
    piece, column = _spread(*_range(enter, leave))
    pair, row = pair[piece], row[piece]
    return pairs.cell[pair] * _CHILDREN + row * FAN + column, pairs.edge[pair]


def _range(one: Floats, other: Floats) -> tuple[Ints, Ints]:
    """Return the first and the last child that lies between two coordinates in children's widths, or almost."""
    first = np.clip(np.floor(np.minimum(one, other) - _PAD), 0, FAN).astype(np.intp)
    return first, np.clip(np.floor(np.maximum(one, other) + _PAD), -1, FAN - 1).astype(np.intp)


def _toggles(pairs: _Pairs, lattice: Lattice) -> tuple[Ints, Ints, Masks, Ints]:
    """Return which children's corners (mask) other parts hold than the cell's, by cell and part, and cells in doubt.

    The way to a child's corner goes north on the cell's western side, then east on the child's southern one.
    """
    edges, step = pairs.edges, pairs.step
    turned = Edges(edges.start_lat, edges.start_lon, edges.end_lat, edges.end_lon, edges.part)
    west, south = lattice.lon(pairs.column), lattice.lat(pairs.row)
    found = [_crossings(turned, west, south, lattice.height * step, _NORTHWARD)]
    for row in range(FAN):
        line = lattice.lat(pairs.row + row * step)
        found.append(_crossings(edges, line, west, lattice.width * step, _EASTWARD << np.uint64(FAN * row)))
    pair, mask, vague = (np.concatenate(each) for each in zip(*found, strict=True))
    doubtful = np.unique(pairs.cell[pair[vague]])
    return pairs.cell[pair], edges.part[pair], mask, doubtful


def _crossings(edges: Edges, line: Floats, first: Floats, width: float, beyond: Masks) -> tuple[Ints, Masks, Flags]:
    """Return the edges that cross a parallel each, the children beyond the crossing, and whether it is at a corner.

    The corners lie on the parallel from `first` on, `width` apart; `beyond` are the children after so many corners.
    """
    pair = np.flatnonzero((edges.start_lat > line) != (edges.end_lat > line))
    lon, lat, end_lon, end_lat, _ = edges.take(pair)
    meets = lon + (line[pair] - lat) / (end_lat - lat) * (end_lon - lon)
    place = (meets - first[pair]) / width
    error = _CROSSING_ERROR * np.maximum(np.maximum(np.abs(lon), np.abs(end_lon)), np.abs(first[pair]) + FAN * width)
    vague = np.abs(place - np.clip(np.rint(place), 0, FAN - 1)) * width <= error
    return pair, beyond[np.clip(np.ceil(place), 0, FAN).astype(np.intp)], vague


def _corners(holders: Lists, cell: Ints, part: Ints, mask: Masks, parts: int) -> Lists:
    """Return the parts that hold the corner of each child: those of its cell, but where the mask says otherwise."""
    cells = len(holders.start) - 1
    owner = np.repeat(np.arange(cells), holders.sizes())
    keys = np.concatenate([owner * parts + holders.values, cell * parts + part])
    order = np.argsort(keys, kind="stable")
    keys, masks = keys[order], np.concatenate([np.full(len(owner), _ALL), mask])[order]
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    masks = np.bitwise_xor.reduceat(masks, first) if len(keys) else masks
    bits = np.unpackbits(masks.astype("<u8").view(np.uint8).reshape(-1, FAN), axis=1, bitorder="little")
    entry, child = np.nonzero(bits)
    held = keys[first][entry] // parts * _CHILDREN + child
    order = np.argsort(held, kind="stable")
    return Lists.of(held[order], keys[first][entry][order] % parts, cells * _CHILDREN)
