"""Borders by other means: GeographicLib on short pieces of the edges, and ray casting. Shares no code with geomap."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from geographiclib.geodesic import Geodesic

Position = tuple[float, float]
Ring = Sequence[Position]

PIECE_M = 100.0
EARTH_M = 6_371_000.0


def metres(a: Position, b: Position) -> float:
    """Return the geodesic distance of two (lon, lat)."""
    return Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0], Geodesic.DISTANCE)["s12"]


def rings(geometry: dict) -> Iterator[Ring]:
    """Yield all lines or rings of a GeoJSON-like geometry."""
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[geometry["type"]]
    lines = [geometry["coordinates"]]
    for _ in range(depth):
        lines = [part for line in lines for part in line]
    yield from lines


class Line:
    """A border line, cut along its straight lon/lat edges into pieces of at most 100 m."""

    def __init__(self, lines: Iterable[Ring]) -> None:
        self.pieces = [piece for line in lines for edge in pairwise(line) for piece in _cut(*edge)]
        self._lon, self._lat = np.array([start for start, _ in self.pieces]).T

    def distance(self, point: Position) -> float:
        """Return the distance of a point to the nearest piece, in metres."""
        rough = self._roughly(point)
        at_start = {i: metres(self.pieces[i][0], point) for i in np.flatnonzero(rough <= 1.001 * rough.min() + 300)}
        limit = min(at_start.values()) + 1.01 * PIECE_M
        return min(_to_piece(*self.pieces[i], point) for i, distance in at_start.items() if distance <= limit)

    def _roughly(self, point: Position) -> np.ndarray:
        """Return distances on a plane at mid-latitude, good to 1 in 1,000 within a few hundred kilometres."""
        middle = np.radians((self._lat + point[1]) / 2)
        w2 = 1 - 0.00669438 * np.sin(middle) ** 2
        north = np.radians(self._lat - point[1]) * 6_378_137 * (1 - 0.00669438) / w2**1.5
        east = np.radians(self._lon - point[0]) * 6_378_137 / np.sqrt(w2) * np.cos(middle)
        return np.hypot(north, east)


def _cut(start: Position, end: Position) -> Iterator[tuple[Position, Position]]:
    count = max(1, math.ceil(metres(start, end) / (0.99 * PIECE_M)))
    corners = [tuple(a + (b - a) * i / count for a, b in zip(start, end, strict=True)) for i in range(count + 1)]
    return pairwise(corners)


def _to_piece(start: Position, end: Position, point: Position) -> float:
    """Walk to the foot twice by the angle at the piece's start, then measure; the ends count too."""
    geodesic = Geodesic.WGS84
    along = geodesic.Inverse(start[1], start[0], end[1], end[0])
    to_point = geodesic.Inverse(start[1], start[0], point[1], point[0])
    best = min(to_point["s12"], metres(end, point))
    if along["s12"] == 0:
        return best
    angle = math.radians(to_point["azi1"] - along["azi1"])
    offset = EARTH_M * math.atan(math.tan(to_point["s12"] / EARTH_M) * math.cos(angle))
    share = offset / along["s12"]
    if 0 < share < 1:
        best = min(
            best, metres((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])), point)
        )
    return best


class Area:
    """A polygon with holes or several, asked by casting a ray to the east."""

    BAND = 100
    """Bands of latitude to a degree, so that a ray meets few edges."""

    def __init__(self, lines: Iterable[Ring]) -> None:
        self._bands = defaultdict(list)
        for ring in lines:
            for a, b in pairwise(ring):
                low, high = sorted((a[1], b[1]))
                for band in range(math.floor(low * self.BAND), math.floor(high * self.BAND) + 1):
                    self._bands[band].append((a, b))

    def holds(self, point: Position) -> bool:
        """Tell whether a ray from the point crosses the edges an odd number of times."""
        x, y = point
        crossings = (
            (ax - x) + (y - ay) * (bx - ax) / (by - ay) > 0
            for (ax, ay), (bx, by) in self._bands[math.floor(y * self.BAND)]
            if (ay > y) != (by > y)
        )
        return sum(crossings) % 2 == 1


def along_edge(start: Position, end: Position, point: Position, samples: int = 400) -> float:
    """Return the distance of a point to a straight lon/lat edge of any length: scan it, then narrow the best part."""

    @cache
    def at(share: float) -> float:
        return metres((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])), point)

    best = min(range(samples + 1), key=lambda i: at(i / samples))
    low, high = max(best - 1, 0) / samples, min(best + 1, samples) / samples
    while high - low > 1e-12:
        third = (high - low) / 3
        low, high = (low, high - third) if at(low + third) < at(high - third) else (low + third, high)
    return min(at(low), at(best / samples))
