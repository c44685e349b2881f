"""TopoJSON: arcs that features share -> raw features, and which arcs bound which.

Source: the TopoJSON format specification 1.0 (arcs, delta-encoded where there is a `transform`; ~i is arc i reversed).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geomap.borders.formats.raw import MAX_POSITIONS, Points, RawFeature, RawLayer
from geomap.errors import BorderError

_DEPTHS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def read_topology(document: dict[str, Any], path: Path, sublayer: str | None) -> RawLayer:
    """Return the features of one object of a topology; a geometry that is no collection is one feature.

    Raises BorderError where there are several objects and `sublayer` names none of them, and for arcs that are broken,
    missing or do not join.
    """
    name, chosen = _object(document, path, sublayer)
    topology = _Topology(_arcs(document, path), path)
    items = chosen.get("geometries") if chosen.get("type") == "GeometryCollection" else [chosen]
    if not isinstance(items, list):
        raise BorderError(f"the object {name!r} has no geometries", where=str(path), hint="get the file again")
    features = [topology.feature(item, number) for number, item in enumerate(items, start=1)]
    return RawLayer(features, crs=_crs(document), arcs=topology.arcs)


def _crs(document: dict[str, Any]) -> str | None:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties["name"]) if isinstance(properties, dict) and "name" in properties else None


def _object(document: dict[str, Any], path: Path, sublayer: str | None) -> tuple[str, dict[str, Any]]:
    objects = document.get("objects")
    if not isinstance(objects, dict) or not objects:
        raise BorderError("the topology has no objects", where=str(path), hint="get the file again")
    names = list(objects)
    if sublayer not in names and (sublayer is not None or len(names) > 1):
        raise BorderError(
            f"holds the objects {', '.join(names)}" + (f", not {sublayer!r}" if sublayer else ""),
            where=str(path),
            hint="name one with sublayer=",
        )
    name = sublayer if sublayer is not None else names[0]
    if not isinstance(objects[name], dict):
        raise BorderError(f"the object {name!r} is not a geometry", where=str(path), hint="get the file again")
    return name, objects[name]


def _arcs(document: dict[str, Any], path: Path) -> list[Points]:
    arcs, transform = document.get("arcs"), document.get("transform")
    try:
        points = [
            np.array([position[:2] for position in arc], dtype=np.float64).reshape(-1, 2)
            for arc in list[Any](arcs or ())
        ]
        if transform is None:
            return points
        scale, translate = (np.array(transform[key], dtype=np.float64).reshape(2) for key in ("scale", "translate"))
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BorderError("the topology's arcs are broken", where=str(path), hint="get the file again") from None
    return [np.cumsum(arc, axis=0) * scale + translate for arc in points]


class _Topology:
    """The arcs of a topology, and geometries put together from them."""

    def __init__(self, arcs: list[Points], path: Path) -> None:
        self.arcs = arcs
        self._path = path
        self._positions = 0

    def feature(self, item: Any, number: int) -> RawFeature:
        place = f"{self._path}, feature {number}"
        if not isinstance(item, dict):
            raise BorderError("is not a geometry", where=place, hint="get the file again")
        properties = item.get("properties") or {}
        if not isinstance(properties, dict):
            raise BorderError("properties are not an object", where=place, hint='give "properties": {}')
        identity = item.get("id", properties.get("id"))
        used: set[int] = set()
        geometry = self._geometry(item, used, place)
        return RawFeature(number, None if identity is None else str(identity), properties, geometry, frozenset(used))

    def _geometry(self, item: Any, used: set[int], place: str) -> Any:
        kind = item.get("type") if isinstance(item, dict) else None
        if kind == "GeometryCollection" and isinstance(item.get("geometries"), list):
            return {"type": kind, "geometries": [self._geometry(part, used, place) for part in item["geometries"]]}
        if not isinstance(kind, str) or kind not in _DEPTHS:
            return None if kind is None else {"type": kind}
        return {"type": kind, "coordinates": self._nested(item.get("arcs"), _DEPTHS[kind], used, place)}

    def _nested(self, arcs: Any, depth: int, used: set[int], place: str) -> Any:
        if not isinstance(arcs, list):
            raise BorderError("has no list of arcs", where=place, hint="get the file again")
        if depth > 1:
            return [self._nested(inner, depth - 1, used, place) for inner in arcs]
        used.update(number if number >= 0 else ~number for number in self._numbers(arcs, place))
        return self._path_of(arcs, place) if arcs else []

    def _numbers(self, arcs: list[Any], place: str) -> Iterator[int]:
        for number in arcs:
            if type(number) is not int or not -len(self.arcs) <= number < len(self.arcs):
                raise BorderError(f"arc {number!r} does not exist", where=place, hint="get the file again")
            yield number

    def _path_of(self, arcs: list[int], place: str) -> Points:
        """Return arcs one behind the other, the position where two meet once."""
        parts = [self.arcs[number] if number >= 0 else self.arcs[~number][::-1] for number in arcs]
        self._positions += sum(map(len, parts))
        if self._positions > MAX_POSITIONS:
            raise BorderError(
                f"unfolds to more than {MAX_POSITIONS:,} positions", where=str(self._path), hint="simplify the layer"
            )
        parts = [part for part in parts if len(part)]
        if any((before[-1] != after[0]).any() for before, after in pairwise(parts)):
            raise BorderError("arcs do not join end to end", where=place, hint="get the file again")
        return np.vstack([*parts[:1], *(part[1:] for part in parts[1:])]) if parts else np.empty((0, 2))
