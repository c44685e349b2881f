"""The nearest of many lines: bounds from chords through space first, then geodesics on what is left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geomap.errors import BorderError
from geomap.geodesy.curve import hilbert
from geomap.geodesy.ellipsoid import BEND_M, POLAR_M, Floats, heading, longest_chord_m, longest_m, sight, space
from geomap.geodesy.pieces import Ints, Pieces
from geomap.geodesy.tree import Candidates, Tree, changes, firsts, least

TIE_M = 0.001
"""Two lines whose distances differ by no more than this are both nearest."""

_LINE_TYPES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)
_PIECE_DEGREES = 0.05
_CHUNK = 1 << 15
_MOST_THREADS = 4
_FEW = 256
_CONVEX_M = np.pi / 2 * POLAR_M - 1
_SAME_DEGREES = 1e-12


class Nearest(NamedTuple):
    """The nearest line of each point: one entry a point and tied line, sorted by point, then by line.

    `point` and `line` are positions in the arguments; `lon` and `lat` is the foot, the nearest position on the line.
    """

    point: Ints
    line: Ints
    distance_m: Floats
    lon: Floats
    lat: Floats

    def take(self, which: Ints) -> Nearest:
        """Return some of the entries, in the order asked for."""
        lon, lat = self.lon[which], self.lat[which]
        return Nearest(self.point[which], self.line[which], self.distance_m[which], lon, lat)


_NONE = Nearest(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0), np.empty(0), np.empty(0))


class LineIndex:
    """Find the nearest of many lines.

    `lines` are LineStrings or MultiLineStrings in degrees; an empty one is never nearest. Raises BorderError for other
    geometry, for coordinates off the globe and for an edge that spans more than half of it: such a line was not cut at
    the antimeridian.
    """

    def __init__(self, lines: Iterable[BaseGeometry]) -> None:
        pieces, line = _cut(np.asarray(list(lines), dtype=object))
        order = np.argsort(hilbert(*pieces.at(0.5)), kind="stable")
        self._pieces, self._line = pieces.take(order), line[order]
        self._ends, self._bow = (space(*self._pieces.at(0.0)), space(*self._pieces.at(1.0))), self._pieces.bow_m()
        self._tree = Tree(*self._ends, self._bow)

    def __len__(self) -> int:
        """Return the number of pieces; 0 when there is nothing to be near to."""
        return len(self._line)

    def nearest(self, lon: ArrayLike, lat: ArrayLike) -> Nearest:
        """Return the nearest line of each position, ties within `TIE_M` included.

        `lon` and `lat` are finite degrees. The result is empty when the index is. Positions are answered in portions
        of neighbours, several at once where the machine has the processors: beside the result and its order, memory
        stays flat. No answer depends on the other positions.
        """
        lon, lat = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
        order = np.argsort(hilbert(lon, lat)) if len(lon) > _FEW else np.arange(len(lon))
        chunks = [order[i : i + _CHUNK] for i in range(0, len(lon) if len(self) else 0, _CHUNK)]
        found = _joined(_each(chunks, lambda chunk: self._chunk(chunk, lon[chunk], lat[chunk])))
        return found.take(np.argsort(found.point, kind="stable"))

    def _chunk(self, number: Ints, lon: Floats, lat: Floats) -> Nearest:
        found = _joined([self._measured(found, lon, lat) for found in self._tree.search(space(lon, lat), _reach)])
        return found._replace(point=number[found.point])

    def _measured(self, found: Candidates, lon: Floats, lat: Floats) -> Nearest:
        """Measure the candidates and keep the nearest lines of each position."""
        found, azimuth, distance = self._seen(found, lon, lat)
        pieces, line, point = self._pieces.take(found.curve), self._line[found.curve], found.position
        distance, share = pieces.nearest(lon[point], lat[point], found.share, azimuth, distance)
        rows = np.flatnonzero(distance <= least(distance, point) + TIE_M)
        rows = rows[_ranked(point[rows], line[rows], distance[rows], found.curve[rows])]
        foot_lon, foot_lat = pieces.take(rows).at(share[rows])
        return Nearest(point[rows], line[rows], distance[rows], foot_lon, foot_lat)

    def _seen(self, found: Candidates, lon: Floats, lat: Floats) -> tuple[Candidates, Floats, Floats]:
        """Look at each position from the foot on its nearest chord, then from those of rivals that may still win.

        Returns these candidates, and azimuth and distance of the position as seen from the foot of each. Pieces that
        meet in a corner which is the foot on both need one geodesic.
        """
        first = found.take(firsts(found.gap, found.position))
        foot = self._pieces.take(first.curve).at(first.share)
        azimuth, distance = sight(*foot, lon[first.position], lat[first.position])
        found, row = self._rivals(found, foot, azimuth, distance)
        azimuth, distance = azimuth[row], distance[row]
        own_lon, own_lat = self._pieces.take(found.curve).at(found.share)
        apart = np.maximum(np.abs(own_lon - foot[0][row]), np.abs(own_lat - foot[1][row]))
        other = np.flatnonzero(apart > _SAME_DEGREES)
        point = found.position[other]
        azimuth[other], distance[other] = sight(own_lon[other], own_lat[other], lon[point], lat[point])
        return found, azimuth, distance

    def _rivals(
        self, found: Candidates, foot: tuple[Floats, Floats], azimuth: Floats, distance: Floats
    ) -> tuple[Candidates, Ints]:
        """Return the candidates that may tie with the foot on one of them, and its row: one for each position."""
        row = np.cumsum(changes(found.position)) - 1
        left = np.flatnonzero(found.gap - self._bow[found.curve] <= longest_chord_m(distance + TIE_M)[row])
        ahead = self._ahead(found.curve[left], row[left], space(*foot), heading(*foot, azimuth))
        left = left[(ahead >= -TIE_M) | (distance[row[left]] >= _CONVEX_M)]
        return found.take(left), row[left]

    def _ahead(self, curve: Ints, row: Ints, foot: Floats, toward: Floats) -> Floats:
        """Return by how much pieces may be nearer to a position than the foot in their row, which looks `toward` it.

        Let y be no farther from the position than the foot x or tie with it, r from x, and u the direction at x of the
        geodesic to the position. The ellipsoid's curvature is nowhere more than 1 / b^2 and its injectivity radius is
        pi b, so within pi b / 2 the distance from a position is convex along geodesics (J. Cheeger, D. G. Ebin,
        Comparison theorems in Riemannian geometry, 1975, theorem 5.14): y is nearer by no more than r w.u, with w the
        direction at x of the geodesic from x to y. That one bends along the normal, by 1 / BEND_M at most, and the
        normal turns no faster; so it leaves the straight line, as seen along the normal at x, by no more than
        r^3 / (6 BEND_M^2), and r w.u is no more than (y - x).u and that. On a chord, (y - x).u is greatest at an end.
        """
        ahead, away, toward = np.full(len(curve), -np.inf), np.zeros(len(curve)), toward[:, row]
        for end in self._ends:
            step = end[:, curve] - foot[:, row]
            ahead = np.maximum(ahead, (step * toward).sum(axis=0))
            away = np.maximum(away, (step * step).sum(axis=0))
        bow = self._bow[curve]
        return ahead + bow + longest_m(np.sqrt(away) + bow) ** 3 / (6 * BEND_M**2)


def _each(chunks: Sequence[Ints], answer: Callable[[Ints], Nearest]) -> list[Nearest]:
    """Answer portions in order, several at once: NumPy and PROJ let other threads run meanwhile."""
    if len(chunks) < 2:
        return list(map(answer, chunks))
    with ThreadPoolExecutor(min(len(chunks), os.cpu_count() or 1, _MOST_THREADS)) as pool:
        return list(pool.map(answer, chunks))


def _joined(parts: Sequence[Nearest]) -> Nearest:
    return Nearest(*map(np.concatenate, zip(_NONE, *parts, strict=True)))


def _reach(chord: Floats) -> Floats:
    """Return the chord beyond which no position can tie with one at most `chord` away."""
    return longest_chord_m(longest_m(chord) + TIE_M)


def _ranked(point: Ints, line: Ints, distance: Floats, piece: Ints) -> Ints:
    """Return the row of the nearest piece of each line, by point, which is sorted, and line."""
    order, first = np.arange(len(point)), changes(point)
    several = np.flatnonzero(~(first & np.append(first[1:], True)))
    order[several] = several[np.lexsort((piece[several], distance[several], line[several], point[several]))]
    return order[changes(point[order], line[order])]


def _edges(lines: NDArray[np.object_]) -> tuple[Floats, Floats, Ints]:
    """Return each edge's start, its end and the line that it belongs to."""
    parts, line = shapely.get_parts(lines, return_index=True)
    if not np.isin(shapely.get_type_id(parts), _LINE_TYPES).all():
        raise BorderError("a border line is not a LineString or MultiLineString", hint="give lines, not areas")
    corner, part = shapely.get_coordinates(parts, return_index=True)
    joined = part[1:] == part[:-1]
    return corner[:-1][joined], corner[1:][joined], line[part[:-1][joined]]


def _cut(lines: NDArray[np.object_]) -> tuple[Pieces, Ints]:
    """Cut every edge into equal pieces of at most `_PIECE_DEGREES` either way; return them and their lines.

    All of an edge along a pole is one position.
    """
    start, end, line = _edges(lines)
    if not (np.isfinite([start, end]).all() and (np.abs([start, end])[..., 1] <= 90).all()):
        raise BorderError("a border line leaves the globe", hint="give degrees, longitude first")
    if (np.abs(end - start)[:, 0] > 180).any():
        raise BorderError("an edge of a border line spans more than half the globe", hint="cut it at the antimeridian")
    span = end - start
    span[(np.abs(start[:, 1]) == 90) & (span[:, 1] == 0), 0] = 0
    count = np.maximum(1, np.ceil(np.abs(span).max(axis=1, initial=0) / _PIECE_DEGREES)).astype(np.intp)
    edge = np.repeat(np.arange(len(start)), count)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    extent = (span / count[:, None])[edge]
    corner = start[edge] + number[:, None] * extent
    return Pieces(*corner.T, *extent.T), line[edge]
