"""Lines so vague that they may really be nearer than the line that is drawn nearest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geomap.geodesy import LineIndex
from geomap.geodesy.ellipsoid import POLAR_M, space
from geomap.join.cells import Flags, Floats, Ints, Objects

_SPACING_DEGREES = 0.25
_SAMPLE_REACH = np.radians(_SPACING_DEGREES / 2 * 1.007)
"""No position of a line is farther than this angle, seen from the ellipsoid's centre, from one of its samples.

A step of latitude is at most 1.0068 times as long in directions from the centre, (a/b)^2 at the pole.
"""
_BLOCK = 4_000_000


class VagueLines:
    """Find how near some line may really be; `errors` are those of the lines in km, 0 for those that do not count."""

    def __init__(self, lines: Objects, errors: Floats) -> None:
        self._lines, self._errors, self._bounds = lines, errors, shapely.bounds(lines)
        self._alone: dict[int, LineIndex] = {}
        self._samples: dict[int, Floats] = {}

    def least_km(self, lon: Floats, lat: Floats, km: Floats, stated: Floats) -> Floats:
        """Return how near some line may really be to each position: no distance less its line's error is smaller.

        Below 0 the position may lie across that line. `km` is the distance to the nearest line and `stated` its
        error: a line that states no larger one cannot outdo it, so only those that do are asked. NaN in `stated`
        asks for nothing: `km` comes back.
        """
        least, seen = km - stated, _direction(lon, lat)
        for number in self._candidates(lon, lat, least, stated):
            error = self._errors[number]
            near = np.flatnonzero(stated < error)
            near = near[box_km(lon[near], lat[near], self._bounds[number]) - error < least[near]]
            near = near[self._within(number, seen[near], least[near] + error)]
            if near.size:
                least[near] = np.minimum(least[near], self._km_to(number, lon[near], lat[near]) - error)
        return np.where(np.isnan(stated), km, least)

    def _candidates(self, lon: Floats, lat: Floats, least: Floats, stated: Floats) -> list[int]:
        """Return the lines that can outdo the nearest of any position, by the box around all of these."""
        asked = ~np.isnan(stated)
        if not asked.any():
            return []
        vaguer = np.flatnonzero(self._errors > stated[asked].min())
        box = (lon[asked].min(), lat[asked].min(), lon[asked].max(), lat[asked].max())
        apart = _boxes_km(self._bounds[vaguer].T, box)
        return vaguer[apart - self._errors[vaguer] < least[asked].max()].tolist()

    def _within(self, number: int, seen: Floats, km: Floats) -> Flags:
        """Tell which directions may be within a distance of a line: as far from none of its samples as rules it out.

        The geodesic distance is at least the polar semi-axis times the angle, as `geomap.geodesy` explains.
        """
        if number not in self._samples:
            self._samples[number] = _sampled(self._lines[number])
        samples = self._samples[number]
        least = np.cos(np.clip(km * 1000 / POLAR_M + _SAMPLE_REACH, 0, np.pi))
        size = max(1, _BLOCK // len(samples))
        starts = range(0, len(seen), size)
        nearest = [(seen[start : start + size] @ samples.T).max(axis=1) for start in starts]
        return np.concatenate([np.empty(0), *nearest]) >= least - 1e-12

    def _km_to(self, number: int, lon: Floats, lat: Floats) -> Floats:
        """Return the distance in km of each position to one line."""
        if number not in self._alone:
            self._alone[number] = LineIndex([self._lines[number]])
        found = self._alone[number].nearest(lon, lat)
        return np.minimum.reduceat(found.distance_m, np.searchsorted(found.point, np.arange(len(lon)))) / 1000


def _direction(lon: Floats, lat: Floats) -> Floats:
    """Return the unit vectors from the ellipsoid's centre to positions on it, shape (n, 3)."""
    at = space(lon, lat)
    return (at / np.linalg.norm(at, axis=0)).T


def _sampled(line: shapely.Geometry) -> Floats:
    """Return directions to positions along a line, from end to end."""
    parts = shapely.get_parts(line)
    count: Ints = np.ceil(shapely.length(parts) / _SPACING_DEGREES).astype(np.intp) + 1
    part = np.repeat(np.arange(len(parts)), count)
    step = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
    share = step / np.maximum(count - 1, 1)[part]
    spots = shapely.line_interpolate_point(parts[part], share, normalized=True)
    return _direction(shapely.get_x(spots), shapely.get_y(spots))


def box_km(lon: Floats, lat: Floats, box: Floats) -> Floats:
    """Return a distance in km that no point of a box of degrees is nearer than, either way round; 0 for spots in it."""
    return _boxes_km((lon, lat, lon, lat), box)


def _boxes_km(boxes: Sequence[Floats] | Floats, box: Sequence[float] | Floats) -> Floats:
    """Return a distance in km that no point of each of some boxes is nearer than to any point of another box.

    Boxes are west, south, east and north in degrees. A degree of latitude is 110.5 km or more. On a sphere the way
    between two meridians is at least 2/pi of the arc of the parallel nearer to a pole, since asin x >= x and
    sin x >= 2x/pi in the haversine formula.
    """
    (west, south, east, north), (left, low, right, high) = boxes, box
    up = np.maximum(np.maximum(south - high, low - north), 0)
    apart = np.maximum(np.maximum(west - right, left - east), 0)
    apart = np.minimum(apart, np.maximum(360 - np.maximum(east - left, right - west), 0))
    shrunk = np.cos(np.radians(np.maximum(np.maximum(np.abs(south), np.abs(north)), max(abs(low), abs(high)))))
    return 110.5 * np.maximum(up, apart * np.maximum(shrunk, 0) * 2 / np.pi)
