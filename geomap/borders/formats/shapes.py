"""Geometries as files have them -> shapely, each fault named; mended only when asked, and then in words.

What is mended has one obvious meaning: an open ring is closed, repeated positions and empty or repeated rings are left
out, crossing rings become what they enclose, edges across the antimeridian are cut there. All else is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.borders.formats import antimeridian
from geomap.borders.formats.axes import check_degrees
from geomap.borders.formats.raw import Points
from geomap.errors import BorderError

DEPTHS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""The kinds of geometry that are read, and how many levels of lists their positions lie deep."""

Shape = TypeVar("Shape", bound=BaseGeometry)

NESTING = 64
"""Collections inside one another before a feature is refused."""


@dataclass(slots=True)
class Bench:
    """One feature on the bench: where it stands in words, whether faults are mended, and what was mended so far."""

    place: str
    repair: bool = False
    check: bool = True
    reproject: Callable[[Points], Points] | None = None
    repairs: list[str] = field(default_factory=list[str])

    def mend(self, fault: str, hint: str, done: str) -> None:
        """Note what was `done` about a fault, or raise BorderError where mending was not asked for."""
        if not self.repair:
            raise BorderError(fault, where=self.place, hint=f"{hint}, or read it with repair=True")
        if done not in self.repairs:
            self.repairs.append(done)

    def refuse(self, fault: str, hint: str) -> BorderError:
        """Return the refusal of a fault that has no one obvious remedy."""
        return BorderError(fault, where=self.place, hint=hint)


def build(geometry: Any, bench: Bench) -> BaseGeometry:
    """Return a valid line or area in WGS84 degrees from a GeoJSON-like mapping; heights are left out.

    Raises BorderError for what is null, empty, not of one dimension, off the globe or broken in its rings.
    """
    lines, polygons = _parts(geometry, bench, NESTING)
    if lines and polygons:
        raise bench.refuse("geometry mixes lines and areas", "give lines and areas as features of their own")
    if lines:
        return _one(_lines(lines, bench), shapely.MultiLineString, geometry)
    areas = _distinct([area for area in (_area(rings, bench) for rings in polygons) if area is not None], bench)
    if not areas:
        raise bench.refuse("geometry is empty", "remove the feature or give it coordinates")
    if bench.check:
        areas = antimeridian.cut_areas(areas, bench.mend, bench.refuse)
    return _valid(_one(areas, shapely.MultiPolygon, geometry), bench)


def build_arc(points: Points, bench: Bench) -> BaseGeometry:
    """Return an arc of a topology as the line, or lines, that its areas have of it; empty for one of one position."""
    if len(points) < 2:
        return shapely.LineString()
    moved = bench.reproject(points) if bench.reproject else points
    if not bench.repair:
        return shapely.LineString(moved)
    parts = antimeridian.cut_line(moved, bench.mend)
    return shapely.remove_repeated_points(shapely.MultiLineString([shapely.LineString(part) for part in parts]))


def _parts(geometry: Any, bench: Bench, depth: int) -> tuple[list[Points], list[list[Points | None]]]:
    """Return the positions of each line, and the rings of each polygon, None for an empty ring."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list) and depth:
        pairs = [_parts(part, bench, depth - 1) for part in geometry["geometries"]]
        if not pairs:
            raise bench.refuse("geometry is empty", "remove the feature or give it coordinates")
        return [line for lines, _ in pairs for line in lines], [area for _, areas in pairs for area in areas]
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise bench.refuse(f"geometry is {kind or 'missing'}", f"give one of {', '.join(DEPTHS)}")
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list | np.ndarray) or not len(coordinates):
        raise bench.refuse("geometry is empty", "remove the feature or give it coordinates")
    if kind.endswith("LineString"):
        paths = coordinates if kind.startswith("Multi") else [coordinates]
        return [_positions(path, bench) for path in paths], []
    polygons = coordinates if kind.startswith("Multi") else [coordinates]
    return [], [_rings(rings, bench) for rings in polygons]


def _rings(rings: Any, bench: Bench) -> list[Points | None]:
    if not isinstance(rings, list):
        raise bench.refuse("a polygon is not a list of rings", "give [[[longitude, latitude], ...], ...]")
    return [None if isinstance(ring, list) and not ring else _positions(ring, bench) for ring in rings]


def _positions(path: Any, bench: Bench) -> Points:
    """Return positions as an n x 2 array of degrees."""
    if not isinstance(path, list | np.ndarray):
        raise bench.refuse("a line or ring is not a list of positions", "give [[longitude, latitude], ...]")
    if not len(path):
        raise bench.refuse("geometry is empty", "remove the feature or give it coordinates")
    try:
        points = np.asarray(path, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        points = np.empty(0)
    if points.ndim != 2 or points.shape[-1] not in (2, 3, 4):
        raise bench.refuse("a position is not two numbers", "give [longitude, latitude] in degrees")
    points = points[:, :2]
    if not np.isfinite(points).all():
        raise bench.refuse("a position is not a number", "give [longitude, latitude] in degrees")
    if bench.reproject:
        points = bench.reproject(points)
    check_degrees(points, bench.place)
    return _without_repeats(points, bench) if bench.check else points


def _without_repeats(points: Points, bench: Bench) -> Points:
    repeats = np.r_[False, (points[1:] == points[:-1]).all(axis=1)]
    if repeats.any() and not repeats[1:].all():
        lon, lat = points[repeats][0]
        bench.mend(
            f"a position stands twice in a row: {lon:g} {lat:g}",
            "remove the second",
            "repeated positions left out",
        )
        return points[~repeats]
    return points


def _lines(paths: list[Points], bench: Bench) -> list[BaseGeometry]:
    for path in paths:
        if (path == path[0]).all():
            raise bench.refuse("a line of one point", "a line needs two different points")
    if not bench.check:
        return [shapely.LineString(path) for path in paths]
    return [shapely.LineString(part) for path in paths for part in antimeridian.cut_line(path, bench.mend)]


def _area(rings: list[Points | None], bench: Bench) -> shapely.Polygon | None:
    """Return a polygon of closed, distinct rings, or None where all that it had is empty rings."""
    if not rings or any(ring is None for ring in rings):
        bench.mend("a polygon has an empty ring", "remove it", "empty rings left out")
    if not rings or rings[0] is None:
        return None
    closed = [_closed(ring, bench) for ring in rings if ring is not None]
    if not bench.check:
        return shapely.Polygon(closed[0], closed[1:])
    shell, *holes = map(shapely.LinearRing, closed)
    kept = _distinct(holes, bench)
    if any(shapely.equals_exact(shapely.normalize(shell), shapely.normalize(hole)) for hole in kept):
        raise bench.refuse("a hole is its polygon's own outline", "remove one of the two rings")
    return shapely.Polygon(shell, kept)


def _closed(ring: Points, bench: Bench) -> Points:
    if (ring[0] != ring[-1]).any():
        bench.mend("a ring is not closed", "repeat the first position at the end", "open rings closed")
        ring = np.vstack([ring, ring[:1]])
    others = ring[(ring != ring[0]).any(axis=1)]
    if not len(others) or (others == others[0]).all():
        raise bench.refuse("a ring is too short", "a ring needs three different positions and the first again")
    return ring


def _distinct(shapes: list[Shape], bench: Bench) -> list[Shape]:
    """Leave out shapes that repeat an earlier one."""
    if len(shapes) < 2 or not bench.check:
        return shapes
    kept = {shapely.to_wkb(shapely.normalize(shape)): shape for shape in reversed(shapes)}
    if len(kept) < len(shapes):
        bench.mend("a ring stands twice", "remove the second", "repeated rings left out")
    return list(reversed(kept.values()))


def _one(parts: list[Any], several: Callable[[list[Any]], BaseGeometry], geometry: Any) -> BaseGeometry:
    if len(parts) == 1 and not str(geometry["type"]).startswith("Multi"):
        return parts[0]
    return several(parts)


def _valid(area: BaseGeometry, bench: Bench) -> BaseGeometry:
    if not bench.check or area.is_valid:
        return area
    bench.mend(
        f"geometry is invalid: {shapely.is_valid_reason(area)}",
        "redraw the ring",
        "crossing rings made valid",
    )
    made = shapely.make_valid(area, method="structure", keep_collapsed=False)
    polygons = [part for part in _flat([made]) if isinstance(part, shapely.Polygon) and part.area]
    if not polygons:
        raise bench.refuse("geometry has no area", "redraw the ring")
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _flat(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    return [part for shape in shapes for part in shapely.get_parts(shape)]
