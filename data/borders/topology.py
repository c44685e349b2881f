"""Features written as TopoJSON: positions in whole units, and each line that features share written once.

Source: the TopoJSON specification 1.0 (https://github.com/topojson/topojson-specification): an arc is its first
position and the steps after it, in units of `transform`; ~i is arc i walked backwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

UNITS = 1_000_000
"""Positions of features are whole millionths of a degree."""

Position = tuple[int, int]
Stretch = tuple[Position, ...]
Feature = dict[str, Any]


class Arcs:
    """The pieces of lines and rings, cut where these begin, end, meet and part, so that a shared piece is one arc."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._cuts = cuts(stretches)
        self._numbers: dict[Stretch, int] = {}

    def __iter__(self) -> Iterator[Stretch]:
        """Yield the arcs by number."""
        return iter(self._numbers)

    def along(self, stretch: Stretch) -> list[int]:
        """Return the arcs of a line or ring in its order; the number of one that is walked backwards is ~number."""
        places = [place for place, position in enumerate(stretch) if position in self._cuts]
        return [self._number(stretch[first : last + 1]) for first, last in pairwise(places)]

    def _number(self, piece: Stretch) -> int:
        backwards = self._numbers.get(piece[::-1])
        return self._numbers.setdefault(piece, len(self._numbers)) if backwards is None else ~backwards


def cuts(stretches: Iterable[Stretch]) -> set[Position]:
    """Return where a line or ring begins or ends, and where the positions before and after differ between them."""
    beside: dict[Position, set[Position]] = {}
    found: set[Position] = set()
    for stretch in stretches:
        found |= {stretch[0], stretch[-1]}
        for before, at, after in zip(stretch, stretch[1:], stretch[2:], strict=False):
            if beside.setdefault(at, {before, after}) != {before, after}:
                found.add(at)
    return found


def write_features(path: Path, features: Sequence[Feature]) -> None:
    """Write GeoJSON features of lines and polygons, rounded to UNITS, as one object of a TopoJSON file, in order."""
    nested = [in_units(item["geometry"]["coordinates"]) for item in features]
    arcs = Arcs(stretch for parts in nested for stretch in stretches_of(parts))
    objects = [
        {
            "type": item["geometry"]["type"],
            "id": item["id"],
            "properties": item["properties"],
            "arcs": numbered(parts, arcs),
        }
        for item, parts in zip(features, nested, strict=True)
    ]
    write_topology(path, objects, list(arcs), UNITS)


def in_units(coordinates: Any) -> Any:
    """Return coordinates as nested lists of stretches in whole units."""
    if isinstance(coordinates[0][0], float):
        return tuple((round(lon * UNITS), round(lat * UNITS)) for lon, lat in coordinates)
    return [in_units(part) for part in coordinates]


def stretches_of(nested: Any) -> Iterator[Stretch]:
    """Yield the stretches of nested lists, in order."""
    if isinstance(nested, tuple):
        yield nested
        return
    for part in nested:
        yield from stretches_of(part)


def numbered(nested: Any, arcs: Arcs) -> Any:
    """Return nested lists with the numbers of its arcs in the place of each stretch."""
    return arcs.along(nested) if isinstance(nested, tuple) else [numbered(part, arcs) for part in nested]


def write_topology(path: Path, objects: list[Feature], arcs: Iterable[Any], units: int) -> None:
    """Write objects and arcs of whole units, `units` of them a degree, as TopoJSON, one of each a line."""
    steps = [np.vstack([arc[:1], np.diff(arc, axis=0)]).tolist() for arc in arcs]
    transform = json.dumps({"scale": [1 / units, 1 / units], "translate": [0, 0]})
    geometries = f'{{"borders":{{"type":"GeometryCollection","geometries":{lined(objects)}}}}}'
    text = f'{{"type":"Topology","transform":{transform},"objects":{geometries},"arcs":{lined(steps)}}}\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def lined(values: list[Any]) -> str:
    """Return a JSON array with one value a line."""
    rows = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return "[\n" + ",\n".join(rows) + "\n]"
