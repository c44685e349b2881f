"""A tree of balls on the unit sphere: which short curves may be nearest to a direction, by bounds that hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_CHILDREN = 8
_TOP = 64


class _Level(NamedTuple):
    """One level of the tree: node i is a ball around all that the nodes 8i to 8i+7 of the level below hold."""

    centre: Floats
    radius: Floats


class Tree:
    """Short curves on the unit sphere, each within `bow` of the chord from `start` to `end`, arrays of shape (n, 3).

    The tree numbers the curves in an order of its own: `order` holds their positions in the arguments.
    """

    def __init__(self, start: Floats, end: Floats, bow: Floats) -> None:
        self.order = _morton_order(start)
        self._start, self._bow = start[self.order], bow[self.order]
        self._chord = end[self.order] - self._start
        self._levels = _levels(self._start + self._chord / 2, _norm(self._chord) / 2 + self._bow)

    def candidates(self, direction: Floats, reach: Callable[[Floats], Floats]) -> tuple[Ints, Ints]:
        """Return every (direction, curve) that may be nearest, sorted by direction; each has at least one.

        `reach` tells how far a curve may be, as a chord, that is still a candidate beside one at most so far away.
        """
        top = len(self._levels[-1].radius)
        point, node = np.repeat(np.arange(len(direction)), top), np.tile(np.arange(top), len(direction))
        for depth in range(len(self._levels) - 1, -1, -1):
            gap, slack = self._gap(depth, node, direction[point])
            keep = gap - slack <= reach(least(gap + slack, point))
            point, node = point[keep], node[keep]
            if depth:
                point, node = _children(point, node, len(self._levels[depth - 1].radius))
        return point, node

    def _gap(self, depth: int, node: Ints, direction: Floats) -> tuple[Floats, Floats]:
        """Return the distance of each direction to its node, and how far off that what the node holds may be."""
        if depth == 0:
            return self._to_chord(node, direction), self._bow[node]
        level = self._levels[depth]
        return _norm(direction - level.centre[node]), level.radius[node]

    def _to_chord(self, curve: Ints, direction: Floats) -> Floats:
        away, chord = direction - self._start[curve], self._chord[curve]
        length2 = np.einsum("ij,ij->i", chord, chord)
        share = np.einsum("ij,ij->i", away, chord) / np.where(length2 > 0, length2, 1)
        return _norm(away - np.clip(share, 0, 1)[:, None] * chord)


def changes(*columns: Ints) -> Flags:
    """Mark each row of sorted columns that differs from the row before it."""
    changed = np.ones(len(columns[0]), dtype=bool)
    changed[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changed


def least(values: Floats, group: Ints) -> Floats:
    """Return for each value the least value of its group; `group` is sorted."""
    first = changes(group)
    return np.minimum.reduceat(values, np.flatnonzero(first))[np.cumsum(first) - 1]


def _norm(vectors: Floats) -> Floats:
    return np.sqrt(np.einsum("ij,ij->i", vectors, vectors))


def _morton_order(direction: Floats) -> Ints:
    """Return an order in which neighbours on the sphere are near each other (Z-order of 256 cells an axis)."""
    cell = ((direction + 1) * 127.5).astype(np.uint8)
    planes = np.unpackbits(cell[:, :, None], axis=2).transpose(0, 2, 1)
    return np.lexsort(np.packbits(planes.reshape(len(cell), 24), axis=1).T[::-1])


def _levels(centre: Floats, radius: Floats) -> list[_Level]:
    levels = [_Level(centre, radius)]
    while len(levels[-1].radius) > _TOP:
        levels.append(_parents(levels[-1]))
    return levels


def _parents(level: _Level) -> _Level:
    count = -(-len(level.radius) // _CHILDREN)
    child = np.minimum(np.arange(count * _CHILDREN), len(level.radius) - 1)
    centre = level.centre[child].reshape(count, _CHILDREN, 3).mean(axis=1)
    extent = _norm(level.centre[child] - np.repeat(centre, _CHILDREN, axis=0)) + level.radius[child]
    return _Level(centre, extent.reshape(count, _CHILDREN).max(axis=1))


def _children(point: Ints, node: Ints, count: int) -> tuple[Ints, Ints]:
    """Replace every node by its children on the level below, which has `count` nodes."""
    child = (node[:, None] * _CHILDREN + np.arange(_CHILDREN)).ravel()
    real = child < count
    return np.repeat(point, _CHILDREN)[real], child[real]
