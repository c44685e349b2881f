"""GeoJSON (RFC 7946) without GDAL: one feature at a time, properties as columns of text."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
import shapely.geometry

from geomap.errors import SourceError
from geomap.sources.content import Content
from geomap.sources.json_cursor import JsonCursor, JsonError, Number, as_text
from geomap.sources.limits import Limits
from geomap.sources.raw import TEXT, RawFeatures
from geomap.sources.text import Text
from geomap.types import Problem

_WGS84 = ("crs84", "epsg:4326", "epsg::4326", "epsg/0/4326")
_GEOMETRIES = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""Kinds of geometry, and how many arrays stand around their positions."""


def read_geojson(content: Content, text: Text, limits: Limits) -> RawFeatures:
    """Read a FeatureCollection, a Feature, a GeometryCollection or a bare geometry; each feature is a row.

    Properties become text as written (1.50 stays "1.50", true stays "true", null is NA, an array or object is compact
    JSON). A feature without geometry stays, with None. A feature that is none, whose geometry is broken, or that
    holds NaN or a member twice is set aside under its position. Raises SourceError for what is not JSON or not
    GeoJSON, is nested too deeply, or is in another reference system than WGS84.
    """
    if text.damaged:
        raise SourceError("holds bytes that are not UTF-8 text", where=content.path, hint="save it as UTF-8")
    collector = _Collector(content.path, limits)
    cursor = JsonCursor(text.data.decode("utf-8"), limits.nesting)
    try:
        document = _walk(cursor, collector)
    except JsonError as fault:
        line = cursor.text.count("\n", 0, fault.at) + 1
        reason = f"is not valid JSON at line {line}: {fault.reason}"
        raise SourceError(reason, where=content.path, hint="geomap reads GeoJSON as RFC 7946 has it") from None
    _judge(document, collector, content.path)
    return collector.features(content, text)


def _walk(cursor: JsonCursor, collector: _Collector) -> dict[str, Any]:
    """Hand each feature or geometry of the document to the collector; return its other members."""
    if cursor.peek() != "{":
        raise JsonError("a GeoJSON document is an object", cursor.at)
    document: dict[str, Any] = {}
    for key in cursor.members():
        if key in document:
            raise JsonError(f"the member {key!r} stands twice", cursor.at)
        if key in ("features", "geometries") and cursor.peek() == "[":
            document[key] = True
            for _ in cursor.elements():
                collector.add(cursor.value(), cursor.oddities, bare=key == "geometries")
        else:
            document[key] = cursor.value()
            if cursor.oddities:
                raise JsonError(cursor.oddities[0], cursor.at)
    cursor.end()
    return document


def _judge(document: dict[str, Any], collector: _Collector, where: str) -> None:
    kind = document.get("type")
    if kind == "Feature":
        collector.add(document, [])
    elif kind in _GEOMETRIES:
        collector.add(document, [], bare=True)
    elif (
        document.get({"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(str(kind), ""))
        is not True
    ):
        reason = f"is JSON of type {kind!r}, not GeoJSON" if kind else "is JSON, but not GeoJSON"
        raise SourceError(reason, where=where, hint="geomap reads a FeatureCollection, a Feature or geometries")
    crs = document.get("crs")
    if crs is not None and not as_text(crs).casefold().rstrip('"}').endswith(_WGS84):
        reason = f"is in another reference system than WGS84: {as_text(crs)}"
        raise SourceError(reason, where=where, hint="reproject it to EPSG:4326")


@dataclass
class _Collector:
    """Rows as they come: numbers, properties and geometries of the good ones, problems of the others."""

    where: str
    limits: Limits
    rows: list[int] = field(default_factory=list)
    properties: list[dict[str, str | None]] = field(default_factory=list)
    geometries: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    altitudes: int = 0

    def add(self, value: Any, oddities: list[str], *, bare: bool = False) -> None:
        """Take one feature (or bare geometry), or set it aside."""
        row = len(self.rows) + len(self.problems) + 1
        if row > self.limits.rows:
            raise SourceError(f"has more than {self.limits.rows:,} features", where=self.where)
        try:
            properties, geometry = ({}, value) if bare else _parts(value, oddities)
            shape = self._shape(geometry)
            cells = self._cells(properties)
        except _FeatureError as fault:
            self.problems.append(Problem(fault.code, fault.reason, self.where, row=row, set_aside=True))
        else:
            self.rows.append(row)
            self.properties.append(cells)
            self.geometries.append(shape)
        oddities.clear()

    def _cells(self, properties: dict[str, Any]) -> dict[str, str | None]:
        cells = {name: None if value is None else as_text(value) for name, value in properties.items()}
        if any(cell and len(cell.encode()) > self.limits.cell_bytes for cell in cells.values()):
            raise _FeatureError("cell_too_large", f"a property of more than {self.limits.cell_bytes:,} bytes")
        self.names |= dict.fromkeys(cells)
        if len(self.names) > self.limits.columns:
            raise SourceError(f"has more than {self.limits.columns:,} different properties", where=self.where)
        return cells

    def _shape(self, geometry: Any) -> Any:
        if geometry is None:
            return None
        plain, altitude = _plain(geometry)
        self.altitudes += altitude
        try:
            return shapely.geometry.shape(plain)
        except (ValueError, shapely.errors.ShapelyError) as error:
            raise _FeatureError("bad_geometry", f"a geometry that cannot be built: {error}") from None

    def features(self, content: Content, text: Text) -> RawFeatures:
        """Return what was collected as columns."""
        columns = {name: [cells.get(name) for cells in self.properties] for name in self.names}
        index = pd.Index(self.rows, name="row", dtype="int64")
        frame = pd.DataFrame({name: pd.array(cells, dtype=TEXT) for name, cells in columns.items()}, index=index)
        geometry = np.empty(len(self.rows), dtype=object)
        geometry[:] = self.geometries
        notes = (*content.notes, f"encoding: {text.encoding}")
        if self.altitudes:
            notes += (f"altitudes of {self.altitudes} features were left out",)
        raw = RawFeatures(
            content.path, "geojson", content.sha256, frame, len(self.rows) + len(self.problems), tuple(self.problems),
            notes, geometry,
        )  # fmt: skip
        if raw.count:
            return raw
        return replace(raw, problems=(Problem("no_rows", "the file holds no features", file=content.path),))


class _FeatureError(ValueError):
    """A feature cannot become a row."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def _parts(feature: Any, oddities: list[str]) -> tuple[dict[str, Any], Any]:
    """Return a feature's properties, with its id where they have none, and its geometry."""
    if oddities:
        raise _FeatureError("not_json", oddities[0])
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _FeatureError("not_a_feature", "not a GeoJSON Feature")
    properties = feature.get("properties")
    if not isinstance(properties, dict | None):
        raise _FeatureError("not_a_feature", "its properties are not an object")
    named = {"id": feature["id"]} if feature.get("id") is not None else {}
    return {**named, **(properties or {})}, feature.get("geometry")


def _plain(geometry: Any) -> tuple[dict[str, Any], bool]:
    """Return a geometry with its numbers as floats and positions as pairs, and whether it had altitudes."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
        parts = [_plain(part) for part in geometry["geometries"]]
        return {"type": kind, "geometries": [part for part, _ in parts]}, any(altitude for _, altitude in parts)
    if kind not in _GEOMETRIES:
        raise _FeatureError("bad_geometry", f"{kind!r} is not a kind of geometry")
    positions: list[int] = []
    coordinates = _positions(geometry.get("coordinates"), _GEOMETRIES[kind], positions)
    return {"type": kind, "coordinates": coordinates}, max(positions, default=2) > 2


def _positions(value: Any, levels: int, sizes: list[int]) -> Any:
    if not isinstance(value, list):
        raise _FeatureError("bad_geometry", "its coordinates are not arrays of numbers")
    if levels:
        return [_positions(part, levels - 1, sizes) for part in value]
    sizes.append(len(value))
    return _pair(value)


def _pair(position: list[Any]) -> tuple[float, float]:
    if len(position) < 2 or not all(isinstance(number, Number) for number in position):
        shown = as_text(position)[:80]
        raise _FeatureError("bad_geometry", f"{shown} is not a position of numbers, longitude first")
    lon, lat = float(position[0]), float(position[1])
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _FeatureError("bad_geometry", "a coordinate is too large to be a number")
    return lon, lat
