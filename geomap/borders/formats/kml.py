"""KML and KMZ: placemarks -> raw features, read as a stream without document types, entities or links.

Source: OGC KML 2.3 (12-007r2): positions are longitude,latitude[,altitude] on WGS84; properties are Data and SimpleData
of ExtendedData and the placemark's name. All values are text; error_km becomes a number, schematic true or false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

import numpy as np

from geomap.borders.formats.raw import Points, RawFeature, RawLayer
from geomap.errors import BorderError

NESTING = 64
"""Elements inside one another before a file is refused."""

MAX_ELEMENTS = 200_000
"""Elements of one placemark before a file is refused."""

_CHUNK = 1_000_000
"""Characters of positions that are read at a time."""

_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack")
_KEPT = {
    *("Placemark", "name", "ExtendedData", "SchemaData", "SimpleData", "Data", "value"),
    *(*_SHAPES, "outerBoundaryIs", "innerBoundaryIs", "coordinates"),
}
"""Elements of a placemark that are read; all others, as its style, and what is in them are passed over."""
_SPACE = re.compile(r"\s")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class _Element:
    """An element inside a placemark: name without namespace, attributes, text and children."""

    __slots__ = ("attributes", "children", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[_Element] = []
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def all(self, *names: str) -> list[_Element]:
        return [child for child in self.children if child.name in names]

    def first(self, name: str) -> _Element | None:
        return next(iter(self.all(name)), None)

    def every(self, name: str) -> Iterator[_Element]:
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.every(name)


def read_kml(data: bytes, path: Path) -> RawLayer:
    """Return the placemarks of a KML document, in order; raises BorderError for what is not safe and plain KML."""
    reader = _Reader(path)
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        if isinstance(error, BorderError):
            raise
        raise BorderError(f"is not XML: {error}", where=str(path), hint="save the layer again as KML") from None
    return RawLayer(reader.features)


class _Reader:
    """Collects placemarks while expat reads; of all else only the depth is kept."""

    def __init__(self, path: Path) -> None:
        self.features: list[RawFeature] = []
        self._path = path
        self._open: list[_Element] = []
        self._depth = 0
        self._passed_over = 0
        self._elements = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype
        self.parser.ExternalEntityRefHandler = self._refuse_doctype

    def _refuse_doctype(self, *_: Any) -> NoReturn:
        raise BorderError(
            "declares a document type or an entity", where=str(self._path), hint="KML needs none: save the layer again"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._depth += 1
        if self._depth > NESTING:
            raise BorderError(f"is nested deeper than {NESTING} elements", where=str(self._path), hint="simplify it")
        if self._depth == 1 and name != "kml":
            raise BorderError(f"is XML, but its root is {name[:40]!r}", where=str(self._path), hint="give KML")
        if name == "NetworkLink":
            raise BorderError("links to another file", where=str(self._path), hint="save what it links to as KML")
        if self._passed_over or (self._open and name not in _KEPT):
            self._passed_over += 1
        elif self._open or name == "Placemark":
            self._count()
            element = _Element(name, attributes)
            if self._open:
                self._open[-1].children.append(element)
            self._open.append(element)

    def _count(self) -> None:
        self._elements = self._elements + 1 if self._open else 1
        if self._elements > MAX_ELEMENTS:
            where = f"{self._path}, feature {len(self.features) + 1}"
            raise BorderError(f"has more than {MAX_ELEMENTS:,} elements", where=where, hint="divide or simplify it")

    def _text(self, text: str) -> None:
        if self._open and not self._passed_over:
            self._open[-1].parts.append(text)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._passed_over:
            self._passed_over -= 1
        elif self._open:
            element = self._open.pop()
            if not self._open:
                self.features.append(self._feature(element))

    def _feature(self, placemark: _Element) -> RawFeature:
        number = len(self.features) + 1
        place = f"{self._path}, feature {number}"
        properties = dict(_properties(placemark))
        identity = placemark.attributes.get("id") or properties.get("id")
        shapes = [_geometry(shape, place) for shape in placemark.all(*_SHAPES)]
        geometry = shapes[0] if len(shapes) == 1 else {"type": "GeometryCollection", "geometries": shapes}
        return RawFeature(number, identity, properties, geometry if shapes else None)


def _properties(placemark: _Element) -> Iterator[tuple[str, Any]]:
    name = placemark.first("name")
    if name and name.text:
        yield "name", name.text
    for extended in placemark.all("ExtendedData"):
        for data in extended.every("Data"):
            value = data.first("value")
            yield from _typed(data.attributes.get("name", ""), value.text if value else "")
        for data in extended.every("SimpleData"):
            yield from _typed(data.attributes.get("name", ""), data.text)


def _typed(name: str, text: str) -> Iterator[tuple[str, Any]]:
    if not text:
        return
    if name == "error_km":
        try:
            yield name, float(text)
        except ValueError:
            yield name, text
    else:
        yield name, _FLAGS.get(text.lower(), text) if name == "schematic" else text


def _geometry(shape: _Element, place: str) -> dict[str, Any]:
    if shape.name in ("LineString", "LinearRing"):
        return {"type": "LineString", "coordinates": _positions(shape, place)}
    if shape.name == "Polygon":
        rings = [
            ring
            for boundary in (*shape.all("outerBoundaryIs"), *shape.all("innerBoundaryIs"))
            for ring in boundary.all("LinearRing")
        ]
        if len(shape.all("outerBoundaryIs")) != 1:
            raise BorderError("a polygon needs one outerBoundaryIs", where=place, hint="save the layer again as KML")
        return {"type": "Polygon", "coordinates": [_positions(ring, place) for ring in rings]}
    if shape.name == "MultiGeometry":
        return _simplest([_geometry(part, place) for part in shape.all(*_SHAPES)])
    return {"type": shape.name}


def _simplest(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a MultiLineString or MultiPolygon where all parts are of one kind, else a collection."""
    kinds = {part["type"] for part in parts}
    if len(kinds) == 1 and kinds <= {"LineString", "Polygon"}:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [part["coordinates"] for part in parts]}
    return {"type": "GeometryCollection", "geometries": parts}


def _positions(shape: _Element, place: str) -> Points | list[Any]:
    text = "".join(element.text for element in shape.all("coordinates"))
    try:
        parts = [np.array([position.split(",") for position in piece], dtype=np.float64) for piece in _pieces(text)]
        return np.vstack([part[:, :2] for part in parts]) if parts else []
    except ValueError:
        raise BorderError(
            "a position is not two numbers", where=place, hint="write longitude,latitude without a space between"
        ) from None


def _pieces(text: str) -> Iterator[list[str]]:
    """Yield the positions of a text, some thousands at a time."""
    start = 0
    while start < len(text):
        space = _SPACE.search(text, start + _CHUNK)
        end = space.start() if space else len(text)
        if piece := text[start:end].split():
            yield piece
        start = end
