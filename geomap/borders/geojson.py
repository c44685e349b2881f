"""GeoJSON (RFC 7946) -> properties and shapely geometries, strictly, within limits and without GDAL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.errors import BorderError

MAX_BYTES = 200_000_000
"""A border file larger than this is refused before it is read."""

DEPTHS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""The kinds of geometry that are read, and how many levels of lists their positions lie deep."""

WGS84 = ("CRS84", "4326")
"""How the name of an accepted coordinate system ends."""

Points = npt.NDArray[np.float64]


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
    or crosses itself. `check_shapes=False` leaves out the last check, for files that were checked when they were made.
    """
    document = _document(path)
    _check_crs(document, path)
    features = [_feature(item, number, path) for number, item in enumerate(_items(document, path), start=1)]
    if not features:
        raise BorderError("no features", where=str(path), hint="a border layer needs a line or a polygon")
    if check_shapes:
        for feature in features:
            _check_shape(feature, path)
    return features


def _document(path: Path) -> dict[str, Any]:
    document = _json(path)
    if not isinstance(document, dict):
        raise BorderError("is not a GeoJSON object", where=str(path), hint="give a FeatureCollection")
    return document


def _json(path: Path) -> Any:
    hint = "give GeoJSON in UTF-8"
    if path.is_dir():
        raise BorderError("is a folder", where=str(path), hint="give a GeoJSON file")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BorderError(
                f"is larger than {MAX_BYTES // 10**6} MB", where=str(path), hint="simplify or cut the layer"
            )
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except FileNotFoundError:
        raise BorderError("no such file", where=str(path), hint="check the path") from None
    except OSError as error:
        raise BorderError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from None
    except RecursionError:
        raise BorderError("is nested too deep", where=str(path), hint=hint) from None
    except UnicodeDecodeError:
        raise BorderError("is not text in UTF-8", where=str(path), hint=hint) from None
    except json.JSONDecodeError as error:
        raise BorderError(f"is not JSON: {error}", where=str(path), hint=hint) from None


def _refuse_constant(text: str) -> NoReturn:
    raise json.JSONDecodeError(f"{text} is no number in JSON", "", 0)


def _check_crs(document: dict[str, Any], path: Path) -> None:
    crs = document.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name") if isinstance(properties, dict) else crs)
    if not name.endswith(WGS84):
        raise BorderError(f"coordinate system is {name}", where=str(path), hint="convert the layer to EPSG:4326")


def _items(document: dict[str, Any], path: Path) -> list[Any]:
    kind = document.get("type")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return document["features"]
    if kind == "Feature":
        return [document]
    if kind in DEPTHS:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    raise BorderError(f"type is {kind!r}", where=str(path), hint="give a FeatureCollection of lines or polygons")


def _feature(item: Any, number: int, path: Path) -> Feature:
    place = f"{path}, feature {number}"
    if not isinstance(item, dict) or item.get("type") != "Feature":
        raise BorderError("is not a Feature", where=place, hint='each item needs "type": "Feature"')
    properties = item.get("properties") or {}
    if not isinstance(properties, dict):
        raise BorderError("properties are not an object", where=place, hint='give "properties": {}')
    identity = item.get("id", properties.get("id"))
    geometry = _geometry(item.get("geometry"), place)
    return Feature(number, None if identity is None else str(identity), properties, geometry)


def _geometry(geometry: Any, place: str) -> BaseGeometry:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise BorderError(f"geometry is {kind or 'missing'}", where=place, hint=f"give one of {', '.join(DEPTHS)}")
    parts = _nested(geometry.get("coordinates"), DEPTHS[kind], place)
    if kind == "LineString":
        return _line(parts, place)
    if kind == "MultiLineString":
        return shapely.MultiLineString([_line(part, place) for part in parts])
    if kind == "Polygon":
        return _polygon(parts, place)
    return shapely.MultiPolygon([_polygon(part, place) for part in parts])


def _nested(coordinates: Any, depth: int, place: str) -> Any:
    """Return lists `depth` - 1 levels deep around arrays of positions."""
    if not isinstance(coordinates, list) or not coordinates:
        raise BorderError("geometry is empty", where=place, hint="remove the feature or give it coordinates")
    if depth == 1:
        return _positions(coordinates, place)
    return [_nested(inner, depth - 1, place) for inner in coordinates]


def _line(points: Points, place: str) -> shapely.LineString:
    if (points == points[0]).all():
        raise BorderError("a line of one point", where=place, hint="a line needs two different points")
    return shapely.LineString(points)


def _polygon(rings: list[Points], place: str) -> shapely.Polygon:
    for ring in rings:
        if len(ring) < 4 or (ring[0] != ring[-1]).any():
            raise BorderError("a ring is not closed", where=place, hint="repeat the first position at the end")
    return shapely.Polygon(rings[0], rings[1:])


def _positions(path: list[Any], place: str) -> Points:
    """Return positions as an n x 2 array of degrees, heights left out."""
    try:
        points = np.array(path, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        points = np.empty(0)
    if points.ndim != 2 or points.shape[-1] not in (2, 3):
        raise BorderError("a position is not two numbers", where=place, hint="give [longitude, latitude] in degrees")
    if not (np.isfinite(points).all() and (np.abs(points[:, :2]) <= (180, 90)).all()):
        raise BorderError("a position lies off the globe", where=place, hint="longitude first, in degrees on WGS84")
    return points[:, :2]


def _check_shape(feature: Feature, path: Path) -> None:
    if not feature.geometry.is_valid:
        reason = shapely.is_valid_reason(feature.geometry)
        place = f"{path}, feature {feature.number}"
        raise BorderError(f"geometry is invalid: {reason}", where=place, hint="repair it first")
