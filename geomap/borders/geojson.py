"""JSON of borders: GeoJSON (RFC 7946) whole or one feature a line (RFC 8142), and TopoJSON; strictly, without GDAL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from shapely.geometry.base import BaseGeometry

from geomap.borders.formats.content import read_bytes
from geomap.borders.formats.crs import to_degrees
from geomap.borders.formats.raw import RawFeature, RawLayer
from geomap.borders.formats.shapes import DEPTHS, Bench, build
from geomap.borders.formats.topojson import read_topology
from geomap.errors import BorderError

MAX_VALUES = 15_000_000
"""JSON of more values than this, about five million positions, is refused unparsed: a value may take 70 bytes."""

_RECORD_SEPARATOR = "\x1e"
_HINT = "give GeoJSON in UTF-8, or another format that read_borders knows"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its number in the file from 1, its id, its properties and a line or polygon geometry."""

    number: int
    id: str | None
    properties: dict[str, Any]
    geometry: BaseGeometry


def read_features(path: Path, *, check_shapes: bool = True) -> list[Feature]:
    """Return the features of a GeoJSON file of lines and polygons on WGS84, in order.

    Accepts a FeatureCollection, one Feature or one bare geometry. Raises BorderError for a file that is missing, too
    big, not JSON or not GeoJSON, for another coordinate system, and for a geometry that is empty, open, off the globe
    or crosses itself. `check_shapes=False` leaves out what is costly, for files that were checked when they were made.
    """
    layer = read_json(read_bytes(path), path, None)
    to_degrees(layer, None, repair=False, where=str(path))
    return [
        Feature(raw.number, raw.id, raw.properties, build(raw.geometry, _bench(raw, path, check_shapes)))
        for raw in layer.features
    ]


def _bench(raw: RawFeature, path: Path, check: bool) -> Bench:  # noqa: FBT001
    return Bench(f"{path}, feature {raw.number}", check=check)


def read_json(data: bytes, path: Path, sublayer: str | None) -> RawLayer:
    """Return the features of GeoJSON, newline-delimited GeoJSON or TopoJSON; `sublayer` is an object of the last."""
    document = _document(data, path)
    if not isinstance(document, dict):
        raise BorderError("is not a GeoJSON object", where=str(path), hint="give a FeatureCollection")
    if document.get("type") == "Topology":
        return read_topology(document, path, sublayer)
    if sublayer is not None:
        raise BorderError("has no layers inside", where=str(path), hint="leave out sublayer=")
    features = [_feature(item, number, path) for number, item in enumerate(_items(document, path), start=1)]
    return RawLayer(features, crs=_crs(document))


def _document(data: bytes, path: Path) -> Any:
    if sum(map(data.count, (b"[", b"{", b","))) > MAX_VALUES:
        hint = "simplify or cut the layer, or give it as GPKG"
        raise BorderError(f"holds more than {MAX_VALUES:,} values", where=str(path), hint=hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BorderError("is not text in UTF-8", where=str(path), hint=_HINT) from None
    try:
        if text.startswith(_RECORD_SEPARATOR):
            return _sequence(text, path)
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise BorderError("is nested too deep", where=str(path), hint=_HINT) from None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and "\n" in text[: error.pos + 1].rstrip(" \t"):
            return _sequence(text, path)
        raise BorderError(f"is not JSON: {error}", where=str(path), hint=_HINT) from None


def _sequence(text: str, path: Path) -> dict[str, Any]:
    """Return a FeatureCollection of the features that stand one a line."""
    return {"type": "FeatureCollection", "features": list(_records(text, path))}


def _records(text: str, path: Path) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        record = line.strip(f" \t\r{_RECORD_SEPARATOR}")
        try:
            if record:
                yield json.loads(record, parse_constant=_refuse_constant)
        except json.JSONDecodeError as error:
            where = f"{path}, line {number}"
            raise BorderError(f"is not JSON: {error}", where=where, hint="give one Feature a line") from None


def _refuse_constant(text: str) -> NoReturn:
    raise json.JSONDecodeError(f"{text} is no number in JSON", "", 0)


def _crs(document: dict[str, Any]) -> str | None:
    """Return the system that a GeoJSON of 2008 names; RFC 7946 knows none but WGS84."""
    crs = document.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name") if isinstance(properties, dict) else crs)


def _items(document: dict[str, Any], path: Path) -> list[Any]:
    kind = document.get("type")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return document["features"]
    if kind == "Feature":
        return [document]
    if kind in (*DEPTHS, "GeometryCollection"):
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    raise BorderError(f"type is {kind!r}", where=str(path), hint="give a FeatureCollection of lines or polygons")


def _feature(item: Any, number: int, path: Path) -> RawFeature:
    place = f"{path}, feature {number}"
    if not isinstance(item, dict) or item.get("type") != "Feature":
        raise BorderError("is not a Feature", where=place, hint='each item needs "type": "Feature"')
    properties = item.get("properties") or {}
    if not isinstance(properties, dict):
        raise BorderError("properties are not an object", where=place, hint='give "properties": {}')
    identity = item.get("id", properties.get("id", properties.get("@id")))
    return RawFeature(number, None if identity is None else str(identity), properties, item.get("geometry"))
