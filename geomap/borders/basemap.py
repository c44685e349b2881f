"""The drawn ground of a map: land, lakes, rivers, country lines, provinces and labels, cut to what a map shows."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geomap import shipped
from geomap.borders.deltas import RING_POINTS, encode_lines
from geomap.borders.labels import ground_labels
from geomap.borders.packed import Box, Lines, Points, unpack
from geomap.borders.units import Units, admin1_at, areas

__all__ = ["admin1_at", "areas", "basemap"]

WORLD: Box = (-180.0, -85.0, 180.0, 85.0)

WIDE_DEGREES = 15.0
"""A map wider than this shows the coarser coast and no provinces."""

MOST_PROVINCE_LINES = 1_200
"""Where more lines than this lie between provinces, they would hide the map and none is drawn."""

ROOM_DEGREES = 10.0
"""Room to move that is drawn around a map: its own width, but no more than this."""

STEPS_ACROSS = 3_000
"""Shapes are simplified to this many steps across the map, so that the page may be zoomed in a few times."""

LAKES_ACROSS = 400
"""A lake is drawn when it is larger than a square of this part of the map's side."""

RIVER_LEVELS = ((12.0, 4), (20.0, 2), (90.0, 1), (361.0, 0))
"""Up to this width in degrees, rivers down to this level are drawn."""

KM_PER_DEGREE = 111.2

Mask = npt.NDArray[np.bool_]


def basemap(
    extent: Box, *, labels: Iterable[Mapping[str, Any]] = (), skip_pairs: Collection[str] = ()
) -> dict[str, Any]:
    """Return the Scene's base map for an extent (west, south, east, north in degrees); the same for the same arguments.

    Land and lakes are rings for an even-odd fill. Country lines leave out the pairs of `skip_pairs` ("AM-AZ"), which
    the map draws from its border layers. `labels` are more labels: mappings of name, lon, lat, kind and rank (0 shows
    first). All is cut to the extent with some room around it, and simplified to suit it. For drawing only: Natural
    Earth's lines are 1.6 km off on average in the Caucasus.
    """
    frame = _Frame.about(extent)
    detail = "10m" if frame.across <= WIDE_DEGREES else "50m"
    units = _units(frame)
    rivers = _unpacked("gshhg", "rivers")
    countries = _unpacked("naturalearth", f"countries-{detail}")
    level = next(level for width, level in RIVER_LEVELS if frame.across <= width)
    return {
        "source": [_credit(name) for name in ("naturalearth", "gshhg", "osm")],
        "land": frame.rings(_unpacked("naturalearth", f"land-{detail}")),
        "lakes": _lakes(frame),
        "rivers": frame.lines(rivers, rivers.columns["level"] <= level),
        "countries": frame.lines(countries, ~np.isin(countries.columns["pair"], list(skip_pairs))),
        "provinces": frame.lines(units.arcs, units.is_inner()) if units else encode_lines([], frame.scale),
        "labels": ground_labels(extent, frame.box, labels, units.rows if units else ()),
    }


def _lakes(frame: _Frame) -> dict[str, Any]:
    """Encode the lakes that are large enough to be seen; no two overlap."""
    least_km2 = (frame.across / LAKES_ACROSS * KM_PER_DEGREE) ** 2
    sets = [_unpacked(folder, "lakes") for folder in ("gshhg", "osm")]
    drawn = [frame.rings(lakes, lakes.columns["km2"] > least_km2)["lines"] for lakes in sets]
    return {"scale": frame.scale, "lines": list(chain.from_iterable(drawn))}


def _units(frame: _Frame) -> Units | None:
    """Return the units where their lines are to be drawn."""
    if frame.across > WIDE_DEGREES:
        return None
    units = Units()
    lines = np.count_nonzero(units.is_inner() & units.arcs.near(frame.box))
    return units if lines <= MOST_PROVINCE_LINES else None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a map shows: its box with room to move, its width, and how finely shapes are drawn in it."""

    box: Box
    across: float
    tolerance: float
    scale: int

    @classmethod
    def about(cls, extent: Box) -> _Frame:
        west, south, east, north = extent
        across = max(east - west, north - south, 0.1)
        room = min(across, ROOM_DEGREES)
        box = (
            max(west - room, WORLD[0]),
            max(south - room, WORLD[1]),
            min(east + room, WORLD[2]),
            min(north + room, WORLD[3]),
        )
        scale = 10 ** int(np.clip(np.ceil(np.log10(4 * STEPS_ACROSS / across)), 1, 4))
        return cls(box, across, across / STEPS_ACROSS, scale)

    def rings(self, rings: Lines, kept: Mask | None = None) -> dict[str, Any]:
        """Encode the parts of filled rings in the box."""
        closed = np.diff(rings.start) >= RING_POINTS
        near = self._near(rings, closed if kept is None else closed & kept)
        shapes = np.array([shapely.Polygon(rings[index]) for index in near], dtype=object)
        parts = shapely.get_rings(shapely.get_parts(shapely.clip_by_rect(shapes, *self.box)))
        return encode_lines(self._drawn(parts), self.scale, least=RING_POINTS)

    def lines(self, lines: Lines, kept: Mask | None = None) -> dict[str, Any]:
        """Encode the parts of lines in the box."""
        near = self._near(lines, kept)
        shapes = np.array([shapely.LineString(lines[index]) for index in near], dtype=object)
        return encode_lines(self._drawn(shapely.get_parts(shapely.clip_by_rect(shapes, *self.box))), self.scale)

    def _near(self, lines: Lines, kept: Mask | None) -> list[int]:
        near = lines.near(self.box)
        return np.flatnonzero(near if kept is None else near & kept).tolist()

    def _drawn(self, shapes: npt.NDArray[np.object_]) -> Iterator[Points]:
        simpler = shapely.simplify(shapes, self.tolerance, preserve_topology=False)
        return (shapely.get_coordinates(shape) for shape in simpler)


def _unpacked(folder: str, name: str) -> Lines:
    return unpack(shipped.data("basemap", folder, f"{name}.npz"))


def _credit(folder: str) -> str:
    return tomllib.loads(shipped.data("basemap", folder, "SOURCE.toml").read_text(encoding="utf-8"))["credit"]
