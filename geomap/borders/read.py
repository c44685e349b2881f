"""A user's own border file -> a border table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd

from geomap.borders.arcs import shared_lines
from geomap.borders.geojson import Feature, read_features
from geomap.borders.table import border_table
from geomap.errors import BorderError
from geomap.types import BORDERS

CODE_PROPERTIES = ("side_a", "iso_a2", "iso1a2", "iso2", "iso3166-1", "country_code", "iso", "country")
"""Properties that may hold an area's ISO code of two letters, in any case, best first."""

_ROLES = {"line": "line", "drawing": "line", "area": "area", "enclave": "area"}
"""The shape that each role has."""


def read_borders(
    path: str | Path,
    *,
    layer: str | None = None,
    side_a: str | None = None,
    side_b: str | None = None,
    status: str | None = None,
    claimed_by: str | None = None,
    name: str | None = None,
    valid_from: str | None = None,
    valid_to: str | None = None,
    vintage: str | None = None,
    source: str | None = None,
    licence: str | None = None,
    error_km: float | None = None,
    error_note: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a GeoJSON file of border lines or areas (RFC 7946, WGS84) into a border table.

    Features keep their order; a property named like a column of BORDERS fills that column, and the keywords fill what
    the features leave empty. A polygon is an area whose ISO code stands in `side_a` or another of CODE_PROPERTIES; the
    lines between areas that share vertices follow after the features, with the keywords' status and dates. A line
    without sides or status is accepted: they stay null, and `border_problems` tells. Sides are put in alphabetical
    order. Raises BorderError, which names the file and the feature, for a file or feature that cannot be used.
    """
    path = Path(path)
    given = {
        "layer": layer or path.stem,
        "status": status,
        "claimed_by": claimed_by,
        "name": name,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "vintage": vintage or "unknown",
        "source": source or path.name,
        "licence": licence or "not stated",
        "error_km": error_km,
        "error_note": error_note,
    }
    features = read_features(path)
    rows = [_row(feature, given | _sides(feature, side_a, side_b), path) for feature in features]
    return border_table([*rows, *_lines_between(rows, given)], where=str(path))


def _row(feature: Feature, given: dict[str, Any], path: Path) -> dict[str, Any]:
    told = {column.name: feature.properties[column.name] for column in BORDERS if _says(feature, column.name)}
    shape = _shape(feature)
    row: dict[str, Any] = {"role": shape, **given, **told, "geometry": feature.geometry}
    row["id"] = feature.id or f"{given['layer']}:{feature.number}"
    if _ROLES.get(row["role"], shape) != shape:
        raise BorderError(
            f"role is {row['role']!r} but the geometry is a {feature.geometry.geom_type}",
            where=f"{path}, feature {feature.number}",
            hint="lines are line or drawing, polygons are area or enclave",
        )
    return row


def _shape(feature: Feature) -> str:
    return "line" if "Line" in feature.geometry.geom_type else "area"


def _says(feature: Feature, column: str) -> bool:
    return feature.properties.get(column) not in (None, "")


def _sides(feature: Feature, side_a: str | None, side_b: str | None) -> dict[str, Any]:
    if _shape(feature) == "line":
        return {"side_a": side_a, "side_b": side_b}
    return {"side_a": _code(feature.properties) or side_a}


def _code(properties: dict[str, Any]) -> str | None:
    lowered = {key.lower(): value for key, value in properties.items()}
    codes = (lowered.get(key) for key in CODE_PROPERTIES)
    return next((code for code in codes if isinstance(code, str) and re.fullmatch("[A-Z]{2}", code)), None)


def _lines_between(rows: list[dict[str, Any]], given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    areas = [row for row in rows if row["role"] == "area"]
    if not areas:
        return
    lines = shared_lines([row["geometry"] for row in areas], [row["side_a"] for row in areas])
    for (first, second), line in lines.items():
        identity = {"id": f"{given['layer']}:{first}-{second}", "role": "line", "geometry": line}
        yield given | {"side_a": first, "side_b": second, "name": f"{first}-{second} line"} | identity
