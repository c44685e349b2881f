"""Distances to lines by GeographicLib on pieces of at most 100 m: slow, plain, and without any code of geomap's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

PIECE_M = 100.0
_BLOCK = 64
_A, _E2 = 6_378_137.0, 0.0066943799901413165
_LONGEST = 6_400_000.0


class Pieces(NamedTuple):
    """The pieces of lines: where each starts and ends, in degrees, shape (n, 2)."""

    start: Floats
    end: Floats


def cut(lines: list[BaseGeometry]) -> Pieces:
    """Cut each edge, straight in longitude and latitude, into pieces of at most 100 m."""
    corner, part = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    joined = np.flatnonzero(part[1:] == part[:-1])
    start, end = corner[joined], corner[joined + 1]
    # No degree of either kind is longer than on a sphere of the largest radius of curvature, 6,400 km.
    low = np.minimum(np.abs(start[:, 1]), np.abs(end[:, 1])) * (start[:, 1] * end[:, 1] > 0)
    span = np.radians(np.abs(end - start)) * np.column_stack([np.cos(np.radians(low)), np.ones(len(low))])
    count = np.maximum(1, np.ceil(np.hypot(*span.T) * _LONGEST / PIECE_M)).astype(np.intp)
    edge = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = [((number + more) / count[edge])[:, None] for more in (0, 1)]
    return Pieces(*(start[edge] + each * (end - start)[edge] for each in share))


class Oracle:
    """Lines that can be asked for the distance of a point."""

    def __init__(self, lines: list[BaseGeometry]) -> None:
        self.pieces = cut(lines)
        self._start = _space(self.pieces.start)
        self._first = np.arange(0, len(self._start), _BLOCK)
        sizes = np.diff(np.append(self._first, len(self._start)))
        self._middle = np.add.reduceat(self._start, self._first) / sizes[:, None]
        away = np.linalg.norm(self._start - np.repeat(self._middle, sizes, axis=0), axis=1)
        self._reach = np.maximum.reduceat(away, self._first)

    def distances(self, points: Floats) -> Floats:
        """Return the distance of each point to the nearest piece, in metres."""
        return np.array([self._distance(point, near) for point, near in zip(points, self.near(points), strict=True)])

    def near(self, points: Floats, more: float = 0.002) -> Iterator[Ints]:
        """Yield the pieces that may be nearest to each point.

        A chord is shorter than its geodesic by the square of the angle over 24, the angle being the length over the
        radius of curvature, and that radius differs by 1 in 100 between any two geodesics: the order by chords is
        that by geodesics to 1 in 1,000. Pieces up to `more` farther than the least are looked at as well.
        """
        for place in _space(points):
            far = np.linalg.norm(self._middle - place, axis=1)
            blocks = np.flatnonzero(far - self._reach <= (1 + more) * (far + self._reach).min() + 3 * PIECE_M)
            pieces = (self._first[blocks][:, None] + np.arange(_BLOCK)).ravel()
            pieces = pieces[pieces < len(self._start)]
            chord = np.linalg.norm(self._start[pieces] - place, axis=1)
            yield pieces[chord <= (1 + more) * chord.min() + 2 * PIECE_M]

    def _distance(self, point: Floats, near: Ints) -> float:
        starts = np.array([_metres(self.pieces.start[piece], point) for piece in near])
        close = near[starts <= starts.min() + 1.01 * PIECE_M]
        return min(_to_piece(self.pieces.start[piece], self.pieces.end[piece], point) for piece in close)


def _to_piece(start: Floats, end: Floats, point: Floats) -> float:
    """Return the least of the distances at the ends and where a parabola through three squares is lowest."""
    first, middle, last = (_metres(start + share * (end - start), point) ** 2 for share in (0, 0.5, 1))
    bend = first - 2 * middle + last
    share = 0.5 + (first - last) / (4 * bend) if bend > 0 else 0
    inner = _metres(start + np.clip(share, 0, 1) * (end - start), point)
    return min(first**0.5, last**0.5, inner)


def _metres(one: Floats, other: Floats) -> float:
    return Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0], Geodesic.DISTANCE)["s12"]


def _space(points: Floats) -> Floats:
    """Return places on the ellipsoid in metres from its centre, shape (n, 3)."""
    lon, lat = np.radians(points).T
    radius = _A / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    flat = radius * np.cos(lat)
    return np.column_stack([flat * np.cos(lon), flat * np.sin(lon), (1 - _E2) * radius * np.sin(lat)])
