"""Areas and stretches: how near a shape comes to a line, and how much of it lies on which side.

Two shapes that do not meet are nearest at a corner of one of them where their edges are straight; edges straight in
longitude and latitude are so on the ground to a millimetre over `_PIECE_DEGREES`, and longer ones get corners between.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely

from geomap.errors import BorderError
from geomap.geodesy import TIE_M, LineIndex
from geomap.join.answers import OUTSIDE, Answer
from geomap.join.cells import Floats, Ints, Objects
from geomap.join.layers import Layers
from geomap.join.measure import size
from geomap.join.vague import box_km
from geomap.types import MANY

_PIECE_DEGREES = 0.01
_NOTHING = 1e-9
"""Share of a shape that is only rounding where its edge runs along an area's."""


class Extent(NamedTuple):
    """How a shape lies to the lines: nearest distance, foot and error as `layers.Found` has them, and the sides.

    `straddles` tells that it reaches across the line by more than the line's error on both sides, `shares` how much of
    it lies on which side; None where it lies on one, or the areas are not loaded.
    """

    answer: int
    km: float
    error_km: float
    foot_lon: float
    foot_lat: float
    straddles: bool
    shares: str | None


class _Near(NamedTuple):
    """The lines nearest to a shape, by number, the distance in km, and a nearest position on the first in force."""

    lines: tuple[int, ...]
    km: float
    foot: tuple[float, float]


class Shapes:
    """Ask the border features of one time about shapes."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._lines: Objects = layers.lines["geometry"].to_numpy()
        self._areas: Objects = layers.areas["geometry"].to_numpy()
        self._valid: set[int] = set()

    def extent(self, shape: shapely.Geometry, lon: float, lat: float) -> Extent:
        """Tell how a shape lies to the lines; (lon, lat) is its reference position, which has the country."""
        near = self._nearest(shape)
        held, ruled = self._layers.holders(np.array([lon]), np.array([lat]))
        number = self._layers.number(near.lines, held[1][0], ruled[1][0])
        answer = self._layers.answers[number]
        if answer.border_id is None:
            return Extent(number, np.nan, np.nan, np.nan, np.nan, straddles=False, shares=None)
        error = self._error_km(shape, near.km, answer.line_error_km)
        straddles, shares = self._sides(shape, near, answer)
        return Extent(number, near.km, error, *near.foot, straddles, shares)

    def shares(self, shape: shapely.Geometry) -> str | None:
        """Return the share of a shape on each side of all lines in force that it meets, as `Extent.shares`."""
        met = self._met(shape)
        lines = self._layers.lines.iloc[met[self._layers.in_force[met]]]
        sides = set(lines.loc[lines["pair"].notna(), ["side_a", "side_b"]].to_numpy().ravel())
        return _in_words(self._parts(shape, sides)) if sides and sides <= self._layers.countries else None

    def _met(self, shape: shapely.Geometry) -> Ints:
        return np.sort(self._tree.query(shape, predicate="intersects"))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._lines)

    @cached_property
    def _area_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._areas)

    @cached_property
    def _corners(self) -> tuple[Floats, Ints]:
        """All corners of the lines, and the line of each."""
        return shapely.get_coordinates(self._lines, return_index=True)

    def _nearest(self, shape: shapely.Geometry) -> _Near:
        met = self._met(shape)
        if met.size:
            first = met[np.argmax(self._layers.in_force[met])]
            spot = shapely.point_on_surface(shapely.intersection(shape, self._lines[first]))
            return _Near(tuple(met.tolist()), 0.0, (float(shapely.get_x(spot)), float(shapely.get_y(spot))))
        if not len(self._layers.index):
            return _Near((), np.nan, (np.nan, np.nan))
        line, metres, lon, lat = self._apart(shape)
        tied = metres <= metres.min() + TIE_M
        lines = np.unique(line[tied])
        first = lines[np.argmax(self._layers.in_force[lines])]
        foot = np.flatnonzero(tied & (line == first))[np.argmin(metres[tied & (line == first)])]
        return _Near(tuple(lines.tolist()), float(metres.min()) / 1000, (float(lon[foot]), float(lat[foot])))

    def _apart(self, shape: shapely.Geometry) -> tuple[Ints, Floats, Floats, Floats]:
        """Return lines, distances in metres and feet, among them those nearest to a shape that meets no line."""
        near = self._layers.index.nearest(*_corners(shape))
        if shapely.get_dimensions(shape) == 0:
            return near.line, near.distance_m, near.lon, near.lat
        corner, line = self._corners
        rival = box_km(corner[:, 0], corner[:, 1], shapely.bounds(shape)) * 1000 <= near.distance_m.min() + TIE_M
        corner, line = corner[rival], line[rival]
        edge: Any = shape if shapely.get_dimensions(shape) == 1 else shapely.boundary(shape)
        back = LineIndex([edge]).nearest(corner[:, 0], corner[:, 1])
        foot = corner[back.point]
        return (
            np.concatenate([near.line, line[back.point]]),
            np.concatenate([near.distance_m, back.distance_m]),
            np.concatenate([near.lon, foot[:, 0]]),
            np.concatenate([near.lat, foot[:, 1]]),
        )

    def _error_km(self, shape: shapely.Geometry, km: float, stated: float) -> float:
        if np.isnan(stated):
            return stated
        lon, lat = _corners(shape)
        least = self._layers.vague.least_km(lon, lat, np.full(len(lon), km), np.full(len(lon), stated))
        return max(stated, km - float(least.min()))

    def _sides(self, shape: shapely.Geometry, near: _Near, answer: Answer) -> tuple[bool, str | None]:
        several = len(shapely.get_parts(shape)) > 1
        if not answer.sides or not (several or near.km == 0):
            return False, None
        parts = self._parts(shape, answer.sides)
        beyond = [
            side for side, pieces in parts.items() if self._reach_km(pieces) > np.nan_to_num(answer.line_error_km)
        ]
        return len(beyond) > 1, _in_words(parts)

    def _parts(self, shape: shapely.Geometry, sides: set[str] | frozenset[str]) -> dict[str, list[shapely.Geometry]]:
        """Cut a shape by the areas, those listed first coming first; return its pieces by side."""
        parts: dict[str, list[shapely.Geometry]] = {}
        rest = shape
        for number in np.sort(self._area_tree.query(shape)).tolist():
            area = self._layers.areas.iloc[number]
            self._require_valid(number)
            piece, rest = _cut(rest, area["geometry"])
            if area["role"] == "enclave":
                side = f"enclave({area['name']})"
            else:
                side = area["side_a"] if area["side_a"] in sides else OUTSIDE
            parts.setdefault(side, []).append(piece)
        parts.setdefault(OUTSIDE, []).append(rest)
        return {side: pieces for side, pieces in sorted(parts.items()) if _matters(pieces, shape)}

    def _require_valid(self, number: int) -> None:
        """Raise BorderError where an area that is to be cut by is not valid."""
        if number not in self._valid and not shapely.is_valid(self._areas[number]):
            name, reason = self._layers.areas["id"].iloc[number], shapely.is_valid_reason(self._areas[number])
            raise BorderError(f"the area is not valid ({reason})", where=name, hint="mend it in its file")
        self._valid.add(number)

    def _reach_km(self, pieces: list[shapely.Geometry]) -> float:
        """Return how far the pieces reach from the lines."""
        return float(self._layers.index.nearest(*_corners(pieces)).distance_m.max(initial=0)) / 1000


def _corners(shape: shapely.Geometry | list[shapely.Geometry]) -> tuple[Floats, Floats]:
    corners = shapely.get_coordinates(shapely.segmentize(shape, _PIECE_DEGREES))
    return corners[:, 0], corners[:, 1]


def _cut(shape: shapely.Geometry, area: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return what of a shape lies in an area, but not where they only touch, and the rest."""
    parts = shapely.get_parts(shapely.intersection(shape, area))
    alike = parts[shapely.get_dimensions(parts) == shapely.get_dimensions(shape)]
    return shapely.GeometryCollection(list(alike)), shapely.difference(shape, area)


def _matters(pieces: list[shapely.Geometry], shape: shapely.Geometry) -> bool:
    if shapely.get_dimensions(shape) == 0:
        return not bool(shapely.is_empty(pieces).all())
    return sum(map(size, pieces)) > _NOTHING * size(shape)


def _in_words(parts: dict[str, list[shapely.Geometry]]) -> str | None:
    """Return the share on each side in hundredths that sum to 1; None for one side, and for points."""
    sizes = np.array([sum(map(size, pieces)) for pieces in parts.values()])
    if len(parts) < 2 or not sizes.sum():
        return None
    exact = sizes / sizes.sum() * 100
    hundredths = np.floor(exact).astype(int)
    hundredths[np.argsort(hundredths - exact, kind="stable")[: 100 - hundredths.sum()]] += 1
    return MANY.join(f"{side} {share / 100:.2f}" for side, share in zip(parts, hundredths.tolist(), strict=True))
