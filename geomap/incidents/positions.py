"""Where: the event's own position, only where the file gives one, and how well it is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.incidents.coordinates import position, read_pair, read_point
from geomap.incidents.faults import CellError
from geomap.incidents.sheet import Sheet
from geomap.incidents.values import Parsed, kilometres, parse_column, word_of
from geomap.types import PLACE_PRECISIONS, RADIUS_KINDS, LonLat, PlacePrecision

_CUT = "\x1f"


def read_positions(sheet: Sheet, geometry: NDArray[np.object_] | None) -> pd.Series:
    """Return one shapely point a row, None where the file gives no position.

    A feature's own geometry comes first, then the columns of latitude and longitude, then a column of POINT text. A
    position that cannot be right, a geometry that is no point, and a row with neither position nor place are reported
    and set aside.
    """
    points = pd.Series(None, index=sheet.index, dtype=object)
    if geometry is not None:
        points = _from_geometries(sheet, geometry)
    for read in (_from_pairs, _from_points):
        parsed = read(sheet, points.isna())
        sheet.report("coordinates", parsed, set_aside=True)
        points = points.where(
            points.notna(), parsed.series("object", lambda found: shapely.Point(found.lon, found.lat))
        )
    _report_nowhere(sheet, points)
    return points


def _from_pairs(sheet: Sheet, wanted: pd.Series) -> Parsed[LonLat]:
    lat, lon = sheet.text("lat"), sheet.text("lon")
    if lat.str.fullmatch(r".*\d,\d.*").any():
        sheet.log.note(f"{sheet.plan.file_name('lat')}: decimal comma")
    pairs = (lat.fillna("") + _CUT + lon.fillna("")).where(wanted & (lat.notna() | lon.notna()))
    parsed = parse_column(pairs, _read_joined)
    shown = [text.replace(_CUT, ", ") for text in parsed.texts]
    return Parsed(parsed.index, parsed.codes, shown, parsed.values, parsed.faults)


def _read_joined(pair: str) -> LonLat:
    lat, _, lon = pair.partition(_CUT)
    return read_pair(lat, lon)


def _from_points(sheet: Sheet, wanted: pd.Series) -> Parsed[LonLat]:
    paired = sheet.text("lat").notna() | sheet.text("lon").notna()
    return parse_column(sheet.text("coordinates").where(wanted & ~paired), read_point)


def _from_geometries(sheet: Sheet, geometry: NDArray[np.object_]) -> pd.Series:
    points = pd.Series(geometry, index=sheet.index, dtype=object)
    for row, shape in points.items():
        if fault := _fault_of(shape):
            sheet.log.cell(fault, int(str(row)), "geometry", shape.wkt[:80], set_aside=True)
    return points


def _fault_of(shape: Any) -> CellError | None:
    if shape is None:
        return None
    if shape.geom_type != "Point" or shape.is_empty:
        hint = "an incident has one position; write a Point, or name the place and leave the geometry null"
        return CellError("not_a_point", f"a {shape.geom_type} is not the position of an incident", hint)
    try:
        position(shape.x, shape.y)
    except CellError as fault:
        fault.column = None
        return fault
    return None


def _report_nowhere(sheet: Sheet, points: pd.Series) -> None:
    nowhere = points.isna() & sheet.text("place_text").isna()
    nowhere &= ~sheet.index.isin(sheet.log.lost())
    fault = CellError(
        "no_place", "neither a position nor the name of a place", "name the place, or write latitude and longitude",
        column=sheet.plan.file_name("place_text"),
    )  # fmt: skip
    sheet.log.rows(sheet.text("place_text")[nowhere], fault, set_aside=True)


def read_precision(sheet: Sheet) -> pd.DataFrame:
    """Return place_precision, place_radius_km, radius_kind: the preset's meaning of a code, else the file's words."""
    known = sheet.plan.preset.precision
    if known:
        coded = sheet.parse("place_code", lambda code: _meaning(known, code), set_aside=True)
        return pd.DataFrame({
            "place_precision": coded.series("string", lambda found: found.precision),
            "place_radius_km": coded.series("Float64", lambda found: found.radius_km),
            "radius_kind": coded.series("string", lambda found: found.radius_kind),
        })  # fmt: skip
    radius = sheet.parse("place_radius_km", kilometres).series("Float64")
    kind = sheet.parse("radius_kind", word_of(RADIUS_KINDS), set_aside=True).series("string")
    precision = sheet.parse("place_precision", word_of(PLACE_PRECISIONS), set_aside=True).series("string")
    stated = kind.mask(kind.isna() & radius.notna(), "source")
    return pd.DataFrame({"place_precision": precision, "place_radius_km": radius, "radius_kind": stated})


def _meaning(known: dict[str, PlacePrecision], code: str) -> PlacePrecision:
    if code not in known:
        raise CellError("bad_word", "not a precision code that this data set uses", f"known codes: {', '.join(known)}")
    return known[code]
