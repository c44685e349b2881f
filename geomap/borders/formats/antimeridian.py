"""Edges that span more than half the globe: a shape drawn across the antimeridian and not cut there (RFC 7946, 3.1.9).

An edge along a pole has no width and is left alone, and so is the one edge that closes a polar cap along a parallel,
from one side of the antimeridian to the other.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.borders.formats.raw import Points
from geomap.errors import BorderError

Mend = Callable[[str, str, str], None]
Refuse = Callable[[str, str], BorderError]

_FAULT = "an edge spans more than 180 degrees of longitude: the shape crosses the antimeridian and is not cut there"
_HINT = "cut it at 180 degrees"
_DONE = "cut at the antimeridian"


def cut_line(path: Points, mend: Mend) -> list[Points]:
    """Return the path, or its parts west and east of the antimeridian."""
    if not _crosses(path):
        return [path]
    mend(_FAULT, _HINT, _DONE)
    return [np.asarray(part.coords) for part in _cut(shapely.LineString(_unwrapped(path))) if part.length]


def cut_areas(areas: list[shapely.Polygon], mend: Mend, refuse: Refuse) -> list[shapely.Polygon]:
    """Return the polygons, those that cross the antimeridian as their parts.

    A ring around the globe encloses the pole of its own hemisphere; one that lies in both is refused.
    """
    if not any(_is_uncut(_points(ring)) for area in areas for ring in _rings(area)):
        return areas
    mend(_FAULT, _HINT, _DONE)
    return [part for area in areas for part in _cut_area(area, mend, refuse)]


def _rings(area: shapely.Polygon) -> list[shapely.LinearRing]:
    return [area.exterior, *area.interiors]


def _points(ring: BaseGeometry) -> Points:
    return shapely.get_coordinates(ring)


def _crosses(path: Points) -> bool:
    return bool((np.abs(_steps(path)) > 180).any())


def _is_uncut(ring: Points) -> bool:
    wide = np.flatnonzero(np.abs(_steps(ring)) > 180)
    caps = len(wide) == 1 and abs(_steps(ring)[wide[0]]) == 360 and ring[wide[0], 1] == ring[wide[0] + 1, 1]
    return len(wide) > 0 and not caps


def _steps(path: Points) -> Points:
    """Return the change of longitude along each edge, 0 along a pole."""
    steps = np.diff(path[:, 0])
    at_pole = (np.abs(path[:-1, 1]) == 90) & (np.abs(path[1:, 1]) == 90)
    return np.where(at_pole, 0.0, steps)


def _unwrapped(path: Points) -> Points:
    """Return the path with longitudes that go on beyond 180 instead of jumping."""
    steps = _steps(path)
    turns = np.r_[0.0, np.cumsum(np.where(steps > 180, -360.0, np.where(steps < -180, 360.0, 0.0)))]
    return np.column_stack([path[:, 0] + turns, path[:, 1]])


def _cut_area(area: shapely.Polygon, mend: Mend, refuse: Refuse) -> list[shapely.Polygon]:
    if not any(_is_uncut(_points(ring)) for ring in _rings(area)):
        return [area]
    shell, *holes = (_unwrapped(_points(ring)) for ring in _rings(area))
    if around := shell[0, 0] != shell[-1, 0]:
        shell = _around_pole(shell, refuse)
        mend("a ring goes around a pole", _HINT, "closed along the pole")
    whole = shapely.Polygon(shell, [_beside(hole, shell) for hole in holes])
    if not whole.is_valid:
        reason = shapely.is_valid_reason(whole)
        raise refuse(f"geometry crosses the antimeridian and is invalid: {reason}", "redraw the ring, then cut it")
    parts = _cut(whole)
    joined = shapely.get_parts(shapely.union_all(parts)) if around else parts
    return [part for part in joined if isinstance(part, shapely.Polygon) and part.area]


def _around_pole(ring: Points, refuse: Refuse) -> Points:
    """Return an unwrapped ring around the globe, closed along the pole of its hemisphere."""
    south, north = ring[:, 1].min(), ring[:, 1].max()
    if south < 0 < north:
        raise refuse("a ring goes around a pole, and it is not clear which", "cut it and close it along the pole")
    pole = -90.0 if north <= 0 else 90.0
    return np.vstack([ring, (ring[-1, 0], pole), (ring[0, 0], pole), ring[:1]])


def _beside(hole: Points, shell: Points) -> Points:
    """Return a hole moved by whole turns to where its shell lies."""
    turns = np.array([-360.0, 0.0, 360.0])
    inside = (hole[:, 0].min() + turns >= shell[:, 0].min()) & (hole[:, 0].max() + turns <= shell[:, 0].max())
    return hole + np.array([turns[int(np.argmax(inside))], 0.0]) if inside.any() else hole


def _cut(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the parts of an unwrapped shape within each turn of the globe, moved back to -180..180."""
    west, _, east, _ = shape.bounds
    turns = range(int(np.floor((west + 180) / 360)), int(np.ceil((east + 180) / 360)))
    boxes = [(turn * 360.0, shapely.box(turn * 360 - 180, -91, turn * 360 + 180, 91)) for turn in turns]
    pieces = [(shift, part) for shift, box in boxes for part in shapely.get_parts(shape.intersection(box))]
    return [shapely.transform(part, lambda points, shift=shift: points - (shift, 0.0)) for shift, part in pieces]
