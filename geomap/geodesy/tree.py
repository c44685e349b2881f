"""A tree of balls in space: which short curves may be nearest to positions, by bounds that hold.

Positions are searched in groups of neighbours, which form balls as the curves do. If all of a group lie within r of q,
all of a ball of curves within s of c, and some curve of the ball within n of c, then the distance from any position of
the group to what the ball holds is |c - q| - r - s at least, and |c - q| + r + n at most. A ball stays in a group's
list unless its least distance is beyond reach of the least of the greatest ones. Groups and balls are opened in turn, a
whole level at a time, and what has been dropped for a group is never looked at again for the positions in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geomap.geodesy.ellipsoid import Floats

Flags = NDArray[np.bool_]
Ints = NDArray[np.intp]
Reach = Callable[[Floats], Floats]

_CHILDREN = 4
_TOP = 256
_PAIRS = 1 << 16
_COARSER = 4.0


class Candidates(NamedTuple):
    """Pairs of a position and a curve that may be nearest to it, sorted by position.

    `share` of the way along the curve's chord lies the chord's nearest position, at a distance of `gap`.
    """

    position: Ints
    curve: Ints
    share: Floats
    gap: Floats

    def take(self, which: Ints | Flags) -> Candidates:
        """Return some of the pairs, in the order asked for."""
        return Candidates(self.position[which], self.curve[which], self.share[which], self.gap[which])


class _Level(NamedTuple):
    """Balls, each around a box; ball i holds what balls 4i to 4i+3 of the level below hold.

    What a ball holds lies within `bow` of the box from `low` to `high`, within `radius` of `centre`; and some of it
    lies within `near` of `centre`.
    """

    low: Floats
    high: Floats
    bow: Floats
    centre: Floats
    radius: Floats
    near: Floats


class _Lists(NamedTuple):
    """For each group of positions, numbered from `first`, the `size` balls of curves that hold all nearest ones.

    `depth` and `level` are the levels of the groups and of the balls: at 0 they are single positions and curves.
    """

    depth: int
    level: int
    first: int
    size: Ints
    ball: Ints

    def groups(self) -> slice:
        """Return which groups of the level have a list here."""
        return slice(self.first, self.first + len(self.size))

    def starts(self) -> Ints:
        """Return where each group's list starts in `ball`."""
        return self.size.cumsum() - self.size


class Tree:
    """Short curves in space, each within `bow` of the chord from `start` to `end`, arrays of shape (3, n).

    It works best when curves that stand near each other in the arrays are near each other.
    """

    def __init__(self, start: Floats, end: Floats, bow: Floats) -> None:
        self._start, self._chord, self._bow = start, end - start, bow
        self._length2 = np.maximum((self._chord**2).sum(axis=0), np.finfo(float).tiny)
        self._levels = _levels(np.minimum(start, end), np.maximum(start, end), bow)

    def search(self, position: Floats, reach: Reach) -> Iterator[Candidates]:
        """Yield all curves that may be nearest to each position, at least one, in portions of whole positions.

        `position` has shape (3, m), m > 0, best with neighbours near each other. `reach` tells how far a curve may be
        that is wanted beside one at most so far away; it never decreases. A portion has more than `_PAIRS` pairs only
        if it is of one position, so memory stays flat.
        """
        groups = _levels(position, position, np.zeros(position.shape[1]))
        tops, balls = len(groups[-1].radius), len(self._levels[-1].radius)
        all_balls = np.tile(np.arange(balls), tops)
        work = [_Lists(len(groups) - 1, len(self._levels) - 1, 0, np.full(tops, balls), all_balls)]
        while work:
            lists = work.pop()
            if len(lists.ball) > _PAIRS and len(lists.size) > 1:
                work += _halves(lists)
                continue
            lists = self._pruned(lists, groups[lists.depth], reach)
            if lists.depth == lists.level == 0:
                yield self._candidates(lists, position, reach)
            elif lists.level and (not lists.depth or self._are_coarser(lists, groups[lists.depth])):
                work.append(_open_balls(lists, len(self._levels[lists.level - 1].radius)))
            else:
                work.append(_open_groups(lists, len(groups[lists.depth - 1].radius)))

    def _are_coarser(self, lists: _Lists, groups: _Level) -> bool:
        """Tell whether the balls are so much larger than the groups that opening them comes first."""
        sizes = np.median(self._levels[lists.level].radius), np.median(groups.radius[lists.groups()])
        return bool(sizes[0] >= _COARSER * sizes[1])

    def _pruned(self, lists: _Lists, groups: _Level, reach: Reach) -> _Lists:
        """Drop the balls that cannot hold what is nearest to a position of the group."""
        balls, ball, at = self._levels[lists.level], lists.ball, lists.groups()
        parts = zip(groups.centre[:, at], balls.centre, strict=True)
        gap = _length([here.repeat(lists.size) - there[ball] for here, there in parts])
        radius = groups.radius[at].repeat(lists.size)
        keep = _within(lists, gap - radius - balls.radius[ball], gap + radius + balls.near[ball], reach)
        size = np.add.reduceat(keep, lists.starts(), dtype=np.intp)
        return lists._replace(size=size, ball=ball[keep])

    def _candidates(self, lists: _Lists, position: Floats, reach: Reach) -> Candidates:
        """Compare the curves' chords, which the curves stray from by their bows."""
        here, curve = (np.arange(len(lists.size)) + lists.first).repeat(lists.size), lists.ball
        away = [part[here] - start[curve] for part, start in zip(position, self._start, strict=True)]
        chord = [part[curve] for part in self._chord]
        along = away[0] * chord[0] + away[1] * chord[1] + away[2] * chord[2]
        share = (along / self._length2[curve]).clip(0, 1)
        gap, bow = _length([a - share * c for a, c in zip(away, chord, strict=True)]), self._bow[curve]
        keep = _within(lists, gap - bow, gap + bow, reach)
        return Candidates(here, curve, share, gap).take(keep)


def changes(*columns: Ints) -> Flags:
    """Mark each row of sorted columns that differs from the row before it."""
    changed = np.ones(len(columns[0]), dtype=bool)
    changed[1:] = columns[0][1:] != columns[0][:-1]
    for column in columns[1:]:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def least(values: Floats, group: Ints) -> Floats:
    """Return for each value the least value of its group; `group` is sorted."""
    first = changes(group)
    return np.minimum.reduceat(values, first.nonzero()[0])[first.cumsum() - 1]


def firsts(values: Floats, group: Ints) -> Ints:
    """Return the row of the first least value of each group; `group` is sorted."""
    rows = (values == least(values, group)).nonzero()[0]
    return rows[changes(group[rows])]


def _within(lists: _Lists, at_least: Floats, at_most: Floats, reach: Reach) -> Flags:
    """Mark the entries whose distance may be within reach of the nearest entry of their list."""
    return at_least <= reach(np.minimum.reduceat(at_most, lists.starts())).repeat(lists.size)


def _length(parts: list[Floats]) -> Floats:
    return np.sqrt(parts[0] ** 2 + parts[1] ** 2 + parts[2] ** 2)


def _levels(low: Floats, high: Floats, bow: Floats) -> list[_Level]:
    """Return balls around segments between opposite corners of boxes, then balls of four of these, and so on."""
    levels = [_Level(low, high, bow, *_around(low, high, bow), bow)]
    while len(levels[-1].radius) > _TOP:
        levels.append(_parents(levels[-1]))
    return levels


def _parents(level: _Level) -> _Level:
    first = np.arange(0, len(level.radius), _CHILDREN)
    low, high = np.minimum.reduceat(level.low, first, axis=1), np.maximum.reduceat(level.high, first, axis=1)
    bow = np.maximum.reduceat(level.bow, first)
    centre, radius = _around(low, high, bow)
    around = np.repeat(centre, _CHILDREN, axis=1)[:, : len(level.radius)]
    near = np.minimum.reduceat(np.linalg.norm(level.centre - around, axis=0) + level.near, first)
    return _Level(low, high, bow, centre, radius, near)


def _around(low: Floats, high: Floats, bow: Floats) -> tuple[Floats, Floats]:
    return (low + high) / 2, np.linalg.norm(high - low, axis=0) / 2 + bow


def _halves(lists: _Lists) -> tuple[_Lists, _Lists]:
    """Cut the lists in two with about as many entries each; the first half comes last."""
    ends = np.cumsum(lists.size)
    middle = int(np.clip(np.searchsorted(ends, ends[-1] // 2), 1, len(ends) - 1))
    cut = ends[middle - 1]
    return (
        lists._replace(first=lists.first + middle, size=lists.size[middle:], ball=lists.ball[cut:]),
        lists._replace(size=lists.size[:middle], ball=lists.ball[:cut]),
    )


def _open_balls(lists: _Lists, total: int) -> _Lists:
    """Replace each ball of curves by the balls in it; the level below has `total`."""
    opened = lists._replace(
        level=lists.level - 1,
        size=lists.size * _CHILDREN,
        ball=(lists.ball[:, None] * _CHILDREN + np.arange(_CHILDREN)).ravel(),
    )
    missing = opened.ball >= total
    if not missing.any():
        return opened
    size = opened.size - np.add.reduceat(missing, opened.starts(), dtype=np.intp)
    return opened._replace(size=size, ball=opened.ball[~missing])


def _open_groups(lists: _Lists, total: int) -> _Lists:
    """Replace each group by the groups in it, each with the whole list; the level below has `total`."""
    first = lists.first * _CHILDREN
    parent = np.arange(min(len(lists.size) * _CHILDREN, total - first)) // _CHILDREN
    opened = lists._replace(depth=lists.depth - 1, first=first, size=lists.size[parent])
    shift = np.repeat(lists.starts()[parent] - opened.starts(), opened.size)
    return opened._replace(ball=lists.ball[np.arange(len(shift)) + shift])
