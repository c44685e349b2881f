"""The nearest of many lines: bounds from the sphere of directions first, then geodesics on what is left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geomap.errors import BorderError
from geomap.geodesy.directions import Tree, changes, least
from geomap.geodesy.ellipsoid import EQUATORIAL_M, POLAR_M, Floats, Ints, Pieces, direction, distance_m

TIE_M = 0.001
"""Two lines whose distances differ by no more than this are both nearest."""

_LINE_TYPES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)
_PIECE_DEGREES = 0.05
_CHUNK = 4096


class Nearest(NamedTuple):
    """The nearest line of each point: one entry a point and tied line, sorted by point, then by line.

    `point` and `line` are positions in the arguments; `lon` and `lat` is the foot, the nearest position on the line.
    """

    point: Ints
    line: Ints
    distance_m: Floats
    lon: Floats
    lat: Floats


_NONE = Nearest(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0), np.empty(0), np.empty(0))


class LineIndex:
    """Find the nearest of many lines.

    `lines` are LineStrings or MultiLineStrings in degrees; an empty one is never nearest. Raises BorderError for other
    geometry, for coordinates off the globe and for an edge that spans more than half of it: such a line was not cut at
    the antimeridian.
    """

    def __init__(self, lines: Iterable[BaseGeometry]) -> None:
        pieces, line = _cut(np.asarray(list(lines), dtype=object))
        start, end = (direction(*pieces.at(np.full(len(line), share))) for share in (0.0, 1.0))
        self._tree = Tree(start, end, pieces.bow())
        self._pieces, self._line = pieces.take(self._tree.order), line[self._tree.order]

    def __len__(self) -> int:
        """Return the number of pieces; 0 when there is nothing to be near to."""
        return len(self._line)

    def nearest(self, lon: ArrayLike, lat: ArrayLike) -> Nearest:
        """Return the nearest line of each position, ties within `TIE_M` included.

        `lon` and `lat` are finite degrees. The result is empty when the index is.
        """
        lon, lat = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
        starts = range(0, len(lon) if len(self) else 0, _CHUNK)
        chunks = [self._chunk(lon[i : i + _CHUNK], lat[i : i + _CHUNK], i) for i in starts]
        return Nearest(*map(np.concatenate, zip(_NONE, *chunks, strict=True)))

    def _chunk(self, lon: Floats, lat: Floats, offset: int) -> Nearest:
        point, piece = self._race(lon, lat, *self._tree.candidates(direction(lon, lat), _reach))
        pieces, line = self._pieces.take(piece), self._line[piece]
        distance, share = pieces.minimise(lon[point], lat[point])
        foot_lon, foot_lat = pieces.at(share)
        order = np.lexsort((piece, distance, line, point))
        order = order[(distance <= least(distance, point) + TIE_M)[order]]
        order = order[changes(point[order], line[order])]
        return Nearest(point[order] + offset, line[order], distance[order], foot_lon[order], foot_lat[order])

    def _race(self, lon: Floats, lat: Floats, point: Ints, piece: Ints) -> tuple[Ints, Ints]:
        """Drop the candidates that cannot win: no position of a piece is nearer than its start less its length."""
        starts = distance_m(self._pieces.lon[piece], self._pieces.lat[piece], lon[point], lat[point])
        keep = starts - self._pieces.length_m[piece] <= least(starts, point) + TIE_M
        return point[keep], piece[keep]


def _reach(chord: Floats) -> Floats:
    """Return the chord beyond which nothing can tie with what is at most `chord` away."""
    angle = 2 * np.arcsin(np.minimum(chord / 2, 1))
    farthest = (EQUATORIAL_M * angle + TIE_M) / POLAR_M
    return 2 * np.sin(np.minimum(farthest, np.pi) / 2)


def _edges(lines: NDArray[np.object_]) -> tuple[Floats, Floats, Ints]:
    """Return each edge's start, its end and the line that it belongs to."""
    parts, line = shapely.get_parts(lines, return_index=True)
    if not np.isin(shapely.get_type_id(parts), _LINE_TYPES).all():
        raise BorderError("a border line is not a LineString or MultiLineString", hint="give lines, not areas")
    corner, part = shapely.get_coordinates(parts, return_index=True)
    joined = part[1:] == part[:-1]
    return corner[:-1][joined], corner[1:][joined], line[part[:-1][joined]]


def _cut(lines: NDArray[np.object_]) -> tuple[Pieces, Ints]:
    """Cut every edge into equal pieces of at most `_PIECE_DEGREES` either way; return them and their lines."""
    start, end, line = _edges(lines)
    if not (np.isfinite([start, end]).all() and (np.abs([start, end])[..., 1] <= 90).all()):
        raise BorderError("a border line leaves the globe", hint="give degrees, longitude first")
    if (np.abs(end - start)[:, 0] > 180).any():
        raise BorderError("an edge of a border line spans more than half the globe", hint="cut it at the antimeridian")
    count = np.maximum(1, np.ceil(np.abs(end - start).max(axis=1, initial=0) / _PIECE_DEGREES)).astype(np.intp)
    edge = np.repeat(np.arange(len(start)), count)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    extent = ((end - start) / count[:, None])[edge]
    corner = start[edge] + number[:, None] * extent
    return Pieces.between(*corner.T, *extent.T), line[edge]
