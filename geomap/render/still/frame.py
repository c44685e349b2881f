"""From degrees to the pixels of a panel, and back to kilometres for the scale bar."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.render.still.drawing import Line, Rect

KM_PER_DEGREE = 111.2
"""Of latitude, on average over the globe."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular map true to scale along its middle parallel: `panel` in pixels shows `west` to `east`."""

    panel: Rect
    west: float
    north: float
    per_lon: float
    per_lat: float

    @classmethod
    def around(
        cls, extent: Sequence[float], left: float, top: float, width: float, heights: tuple[float, float]
    ) -> Frame:
        """Fit an extent (west, south, east, north) into a panel of a width and of a height between two bounds."""
        west, south, east, north = extent
        narrowing = math.cos(math.radians((south + north) / 2))
        wide, tall = max(east - west, 1e-6) * narrowing, max(north - south, 1e-6)
        height = min(max(width * tall / wide, heights[0]), heights[1])
        per_lat = min(width / wide, height / tall)
        per_lon = per_lat * narrowing
        panel = Rect(left, top, left + width, top + height)
        spare_lon, spare_lat = width / per_lon - (east - west), height / per_lat - tall
        return cls(panel, west - spare_lon / 2, north + spare_lat / 2, per_lon, per_lat)

    @property
    def km_per_pixel(self) -> float:
        """Return the ground distance of a pixel at the middle parallel."""
        return KM_PER_DEGREE / self.per_lat

    def at(self, degrees: Line) -> Line:
        """Return the pixels of positions in degrees, longitude first, shape (n, 2)."""
        degrees = np.asarray(degrees, dtype=float).reshape(-1, 2)
        x = self.panel.left + (degrees[:, 0] - self.west) * self.per_lon
        y = self.panel.top + (self.north - degrees[:, 1]) * self.per_lat
        return np.column_stack([x, y])

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the pixel of one position."""
        x, y = self.at(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def shows(self, x: float, y: float) -> bool:
        """Tell whether a pixel lies in the panel."""
        return self.panel.left <= x <= self.panel.right and self.panel.top <= y <= self.panel.bottom

    def draw(self, geo: Mapping[str, Any], detail: float, *, closed: bool = False) -> tuple[Line, ...]:
        """Return the lines of a coded geometry in pixels, cut near the panel, bends below `detail` pixels left out."""
        lines = [self.at(decode(line, geo["scale"])) for line in geo["lines"]]
        make = shapely.Polygon if closed else shapely.LineString
        shapes = np.array([make(line) for line in lines if len(line) > (3 if closed else 1)], dtype=object)
        box, pad = self.panel, 8
        near = shapely.clip_by_rect(shapes, box.left - pad, box.top - pad, box.right + pad, box.bottom + pad)
        parts = shapely.get_parts(shapely.simplify(near, detail, preserve_topology=False))
        parts = _wound(shapely.get_rings(parts)) if closed else parts
        lines = [shapely.get_coordinates(part) for part in parts]
        return tuple(line for line in lines if len(line) > 1)


def _wound(rings: NDArray[np.object_]) -> NDArray[np.object_]:
    """Turn rings within an odd number of others against the rest, so that all rules of filling agree on the holes."""
    discs: Any = shapely.polygons(rings)
    inner, outer = shapely.STRtree(discs).query(shapely.point_on_surface(discs), predicate="within")
    area: Line = shapely.area(discs)
    depth = np.bincount(inner[area[outer] > area[inner]], minlength=len(rings))
    return np.where(shapely.is_ccw(rings) == (depth % 2 == 0), rings, shapely.reverse(rings))


def decode(deltas: Sequence[int], scale: float) -> Line:
    """Decode [x0, y0, dx1, dy1, ...] in units of 1/scale degree into positions in degrees."""
    return np.cumsum(np.asarray(deltas, dtype=float).reshape(-1, 2), axis=0) / scale
