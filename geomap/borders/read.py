"""A user's own border file -> a border table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geomap.borders.arcs import arc_lines, shared_lines
from geomap.borders.formats.axes import check_axes
from geomap.borders.formats.between import Lines, lines_between
from geomap.borders.formats.countries import alpha3_codes
from geomap.borders.formats.crs import to_degrees
from geomap.borders.formats.overlaps import check_overlaps
from geomap.borders.formats.raw import RawFeature, RawLayer
from geomap.borders.formats.recognise import read_raw
from geomap.borders.formats.schemas import Told, told
from geomap.borders.formats.shapes import Bench, build, build_arc
from geomap.borders.table import ROLES, border_table, check_row
from geomap.errors import BorderError
from geomap.types import BORDERS

_REPAIRED = "; "
"""What parts the repairs of one feature."""


def read_borders(
    path: str | Path,
    *,
    layer: str | None = None,
    sublayer: str | None = None,
    role: str | None = None,
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
    schematic: bool | None = None,
    crs: str | None = None,
    repair: bool = False,
) -> gpd.GeoDataFrame:
    """Read a file of border lines or areas into a border table (BORDERS, EPSG:4326); its content tells the format.

    Reads GeoJSON (RFC 7946, also one feature a line), TopoJSON, KML, KMZ, GPKG, FlatGeobuf and Shapefile (its siblings
    beside it, or all in a ZIP). Of a file that holds several layers `sublayer` names one: a table of a GPKG, an object
    of a TopoJSON, a file in a ZIP. Features keep their order. A property named like a column of BORDERS fills that
    column, and the keywords fill what the features leave empty; null where neither says anything, but `layer` is the
    file's name, `vintage` "unknown", `source` the file's name and `licence` "not stated". A file of lines and areas
    together must say the `role` of every feature.

    A polygon is an area; its country stands in `side_a`, or in the columns of geoBoundaries, GADM, OpenStreetMap or
    Natural Earth (formats/schemas.py). Units of one country are areas of that country under their own name. The lines
    between areas of two countries follow after the features: the edges that they share to the last bit, or the arcs of
    a TopoJSON; each for the time at which both are in force, with the keywords' status, and none for a pair of which
    the file has a line of its own. Sides are put in alphabetical order. A line without sides or status is accepted:
    they stay null, and `border_problems` tells.

    Nothing is mended unless `repair` is set: then rings are closed, crossing rings made valid, repeated positions and
    empty or repeated rings left out, shapes cut at the antimeridian, and a declared coordinate system other than WGS84
    is reprojected; the column `repaired` says what was done. `crs` names the system of a file that declares none.

    Raises BorderError, which names the file and the feature, for what cannot be used: no such file, over MAX_BYTES, not
    one of the formats, null, mixed or broken geometry, an unknown system, positions off the globe or with latitude
    first, a value that the schema does not allow, validity the wrong way round, areas of two countries that overlap
    without a status or claimed_by, and an area of control without side_a, valid_from or source.
    """
    path = Path(path)
    given = {
        "layer": layer or path.stem,
        "role": role,
        "status": status,
        "claimed_by": claimed_by,
        "name": name,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "vintage": vintage or "unknown",
        "source": source,
        "licence": licence or "not stated",
        "error_km": error_km,
        "error_note": error_note,
        "schematic": schematic,
    }
    raw = read_raw(path, sublayer)
    reproject, how = to_degrees(raw, crs, repair, str(path))
    bench = Bench(str(path), repair, reproject=reproject, repairs=[how] if how else [])
    rows = _rows(raw, given, (side_a, side_b), bench)
    rows = [
        check_row(row, f"{path}, feature {feature.number}") for row, feature in zip(rows, raw.features, strict=True)
    ]
    _check_layer(rows, raw, path)
    unnamed = {**given, "source": source or path.name}
    return border_table([*rows, *_lines(rows, raw, unnamed, bench)], where=str(path))


def _rows(
    raw: RawLayer, given: dict[str, Any], sides: tuple[str | None, str | None], layer: Bench
) -> list[dict[str, Any]]:
    """Return the cells of each feature."""
    if not raw.features:
        raise BorderError("no features", where=layer.place, hint="a border layer needs a line or a polygon")
    alpha3 = alpha3_codes()
    rows: list[dict[str, Any]] = []
    for feature in raw.features:
        bench = replace(layer, place=f"{layer.place}, feature {feature.number}", repairs=list(layer.repairs))
        geometry = build(feature.geometry, bench)
        columns = told(feature.properties, alpha3, is_line=_shape(geometry) == "line")
        rows.append(_row(feature, columns, given, sides))
        rows[-1] |= {"geometry": geometry, "repaired": _repaired(feature, bench.repairs)}
        rows[-1] = _completed(rows[-1], bench.place, Path(layer.place).name)
    return rows


def _row(
    feature: RawFeature, columns: Told, given: dict[str, Any], sides: tuple[str | None, str | None]
) -> dict[str, Any]:
    own = {
        column.name: feature.properties[column.name]
        for column in BORDERS
        if column.name not in columns.not_ours and feature.properties.get(column.name) not in (None, "")
    }
    found = {"side_a": columns.country, "side_b": columns.other_country, "name": columns.name}
    said = {key: text for key, text in found.items() if text is not None}
    identity = feature.id or f"{given['layer']}:{feature.number}"
    return {**given, "side_a": sides[0], "side_b": sides[1], **said, **own, "id": identity}


def _completed(row: dict[str, Any], place: str, file: str) -> dict[str, Any]:
    """Return a row with its role and source; raises BorderError for a role that its geometry cannot have."""
    shape = _shape(row["geometry"])
    role = row["role"] or shape
    if ROLES.get(role, shape) != shape:
        raise BorderError(
            f"role is {role!r} but the geometry is a {row['geometry'].geom_type}",
            where=place,
            hint="lines are line or drawing, polygons are area, enclave or control",
        )
    sides = {} if shape == "line" else {"side_b": None}
    source = row["source"] or (None if role == "control" else file)
    return {**row, **sides, "role": role, "source": source}


def _shape(geometry: BaseGeometry) -> str:
    return "line" if "Line" in geometry.geom_type else "area"


def _repaired(feature: RawFeature, repairs: list[str]) -> str | None:
    before = feature.properties.get("repaired")
    return _REPAIRED.join([*([str(before)] if before else []), *repairs]) or None


def _check_layer(rows: list[dict[str, Any]], raw: RawLayer, path: Path) -> None:
    """Raise BorderError for what only all features together show."""
    shapes = {
        ROLES[row["role"]]: feature.number for row, feature in reversed(list(zip(rows, raw.features, strict=True)))
    }
    if len(shapes) > 1 and not all(feature.properties.get("role") for feature in raw.features):
        raise BorderError(
            f"mixes lines and areas: feature {shapes['line']} is a line, feature {shapes['area']} an area",
            where=str(path),
            hint="keep them in two files, or give every feature a role",
        )
    codes = ((row["side_a"], row["side_b"]) for row in rows)
    named = (tuple(code for code in pair if code) for pair in codes)
    check_axes(zip((row["geometry"] for row in rows), named, strict=True), str(path))
    check_overlaps(rows, str(path))


def _lines(rows: list[dict[str, Any]], raw: RawLayer, given: dict[str, Any], bench: Bench) -> Iterator[dict[str, Any]]:
    """Yield the lines between the areas, but for pairs of which the file has a line of its own."""
    drawn = {(row["side_a"], row["side_b"]) for row in rows if row["role"] == "line"}
    numbers = [number for number, row in enumerate(rows) if row["role"] == "area"]
    arcs = [build_arc(points, bench) for points in raw.arcs] if numbers else []

    def shared(chosen: list[int]) -> Lines:
        those = [numbers[index] for index in chosen]
        sides = [rows[number]["side_a"] for number in those]
        if arcs:
            return arc_lines(arcs, [raw.features[number].arcs for number in those], sides)
        return shared_lines([rows[number]["geometry"] for number in those], sides)

    for line in lines_between([rows[number] for number in numbers], given, shared):
        if (line["side_a"], line["side_b"]) not in drawn:
            yield line
