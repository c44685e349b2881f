"""Read world-atlas, Natural Earth's countries as TopoJSON: rings of the land and lines between countries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import translate

Points = npt.NDArray[np.float64]

UNNUMBERED = {
    "Akrotiri": "GB",
    "Baikonur": "KZ",
    "Dhekelia": "GB",
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "USNB Guantanamo Bay": "US",
}
"""Areas without a numeric code of their own, and the country whose recognised territory they are."""


class Atlas:
    """A TopoJSON topology with the objects `countries` and `land`; countries are told apart by ISO codes."""

    def __init__(self, document: bytes, codes: dict[str, str]) -> None:
        topology = json.loads(document)
        scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
        self._arcs: list[Points] = [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]
        self._land = topology["objects"]["land"]["geometries"][0]
        self._countries = [
            (codes.get(item.get("id", "")) or UNNUMBERED.get(item["properties"]["name"], ""), item)
            for item in topology["objects"]["countries"]["geometries"]
            if item.get("type")
        ]

    def land_rings(self) -> Iterator[Points]:
        """Yield every ring of the land, islands and inner seas alike; an even-odd fill shows them."""
        for polygon in _polygons(self._land):
            for ring in map(self._ring, polygon):
                yield from _flat(ring)

    def country_lines(self) -> list[tuple[str, Points]]:
        """Return the lines between two countries with their pair, as ("AM-AZ", line), in the order of the pairs."""
        users: dict[int, set[str]] = {}
        for code, item in self._countries:
            for arc in _arcs(item):
                users.setdefault(arc, set()).add(code)
        lines = [("-".join(sorted(codes)), self._arcs[arc]) for arc, codes in sorted(users.items()) if len(codes) == 2]
        return sorted(lines, key=lambda line: line[0])

    def country_polygons(self) -> Iterator[tuple[str, shapely.Geometry]]:
        """Yield the code and the outlines of each country that has a code, as valid polygons without holes."""
        for code, item in self._countries:
            rings = [ring for polygon in _polygons(item) for ring in _flat(self._ring(polygon[0])) if len(ring) > 3]
            if code and rings:
                yield code, shapely.make_valid(shapely.multipolygons([shapely.polygons(ring) for ring in rings]))

    def _ring(self, arcs: list[int]) -> Points:
        parts = [self._arcs[arc] if arc >= 0 else self._arcs[~arc][::-1] for arc in arcs]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _flat(ring: Points) -> Iterator[Points]:
    """Yield a ring as it lies between 180 W and 180 E: cut where it crosses the antimeridian, closed over the pole."""
    if len(ring) < 4 or np.abs(np.diff(ring[:, 0])).max() < 180:
        yield ring
        return
    lon = np.unwrap(ring[:, 0], period=360)
    points = np.column_stack([lon, ring[:, 1]])
    if abs(lon[-1] - lon[0]) > 180:
        pole = -90 if ring[:, 1].mean() < 0 else 90
        points = np.vstack([points, [(lon[-1], pole), (lon[0], pole), points[0]]])
    whole = shapely.make_valid(shapely.polygons(points))
    for turn in (-360, 0, 360):
        part = shapely.clip_by_rect(translate(whole, turn), -180, -90, 180, 90)
        yield from map(shapely.get_coordinates, shapely.get_rings(shapely.get_parts(part)))


def _polygons(item: dict[str, Any]) -> list[list[list[int]]]:
    return item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]


def _arcs(item: dict[str, Any]) -> Iterator[int]:
    for polygon in _polygons(item):
        for ring in polygon:
            yield from (arc if arc >= 0 else ~arc for arc in ring)
