"""The border table: rows as dictionaries in, a GeoDataFrame by the schema BORDERS out, every cell checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.errors import BorderError
from geomap.types import BORDERS, Column, Problem

CRS = "EPSG:4326"

ROLES = {"line": "line", "drawing": "line", "area": "area", "enclave": "area", "control": "area"}
"""The shape that each role has."""

_CODE = re.compile(r"[A-Z]{2}")
_CODES = ("side_a", "side_b", "claimed_by")
_DATES = ("valid_from", "valid_to")


def border_table(rows: Iterable[Mapping[str, Any]], *, where: str) -> gpd.GeoDataFrame:
    """Return the rows as a border table in EPSG:4326, in order, with the columns of BORDERS and no others.

    Absent cells become null; the sides of a line are put in alphabetical order. Raises BorderError, which names
    `where` and the row's id, for a value that the schema does not allow.
    """
    checked = [check_row(row, f"{where}, {row.get('id', 'feature')}") for row in rows]
    _refuse_repeated_ids(checked, where)
    columns = {
        column.name: pd.Series([row[column.name] for row in checked], dtype=column.dtype)
        for column in BORDERS
        if column.dtype != "geometry"
    }
    return gpd.GeoDataFrame(columns, geometry=[row["geometry"] for row in checked], crs=CRS)


def border_problems(borders: gpd.GeoDataFrame) -> list[Problem]:
    """Tell what a border table leaves unsaid: lines, then areas, each in the order of the table.

    One Problem for each line without sides, each line without status and each area without a country.
    """
    lines = borders[borders["role"] == "line"]
    unsided = [
        _unsaid(row, "border_without_sides", "the side of an incident stays empty", "give side_a and side_b")
        for row in lines[lines["side_a"].isna() | lines["side_b"].isna()].itertuples()
    ]
    unstated = [
        _unsaid(row, "border_without_status", "it is drawn as unspecified", "give a status")
        for row in lines[lines["status"].isna()].itertuples()
    ]
    areas = borders[borders["role"] == "area"]
    nobodys = [
        Problem(
            "area_without_country",
            f"the area {row.id} has no country: it decides nothing",
            file=row.layer,
            hint="give side_a as an ISO 3166-1 code",
        )
        for row in areas[areas["side_a"].isna()].itertuples()
    ]
    return unsided + unstated + nobodys


def _unsaid(row: Any, code: str, effect: str, hint: str) -> Problem:
    missing = "sides" if code.endswith("sides") else "status"
    return Problem(code, f"the border line {row.id} has no {missing}: {effect}", file=row.layer, hint=hint)


def check_row(row: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return the cells of one row by the schema BORDERS; raises BorderError, which names `place`, for a wrong value."""
    if row.get("role") == "control":
        _check_control(row, place)
    cells = {column.name: _cell(column, row.get(column.name), place) for column in BORDERS}
    if cells["valid_from"] and cells["valid_to"] and cells["valid_from"] > cells["valid_to"]:
        raise BorderError("valid_from is later than valid_to", where=place, hint="swap the two dates")
    if cells["role"] == "line" and cells["side_a"] and cells["side_b"]:
        if cells["side_a"] == cells["side_b"]:
            raise BorderError(f"both sides are {cells['side_a']}", where=place, hint="name the two countries")
        cells["side_a"], cells["side_b"] = sorted((cells["side_a"], cells["side_b"]))
    return cells


def _check_control(row: Mapping[str, Any], place: str) -> None:
    """Refuse to say who controls an area without saying since when and who says so."""
    if "Polygon" not in row["geometry"].geom_type:
        raise BorderError("role is 'control' but the geometry is no polygon", where=place, hint="draw it as an area")
    for column in ("side_a", "valid_from", "source"):
        if not row.get(column):
            hint = "an area of control states its controller (side_a), valid_from and source"
            raise BorderError(f"an area of control without {column}", where=place, hint=hint)


def _cell(column: Column, value: Any, place: str) -> Any:
    if value is None or value == "":
        if not column.nullable:
            raise BorderError(f"{column.name} is missing", where=place, hint=column.meaning)
        return None
    if column.dtype == "geometry":
        return value
    if column.dtype == "Float64":
        return _number(column, value, place)
    if column.dtype == "boolean":
        return _flag(column, value, place)
    return _text(column, value, place)


def _flag(column: Column, value: Any, place: str) -> bool:
    if isinstance(value, bool) or (isinstance(value, int) and value in (0, 1)):
        return bool(value)
    raise BorderError(f"{column.name} is {value!r}", where=place, hint="give true or false")


def _number(column: Column, value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise BorderError(f"{column.name} is {value!r}", where=place, hint=f"give a number of {column.unit}, 0 or more")
    return float(value)


def _text(column: Column, value: Any, place: str) -> str:
    text = str(value)
    if column.allowed and text not in column.allowed:
        raise BorderError(f"{column.name} is {text!r}", where=place, hint=f"one of {', '.join(column.allowed)}")
    if column.name in _CODES and not _CODE.fullmatch(text):
        raise BorderError(
            f"{column.name} is {text!r}", where=place, hint="give an ISO 3166-1 code of two letters, as AM"
        )
    if column.name in _DATES and not _is_date(text):
        raise BorderError(f"{column.name} is {text!r}", where=place, hint="give a date as 2020-11-10")
    return text


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse_repeated_ids(rows: list[dict[str, Any]], where: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise BorderError(
                f"the id {row['id']!r} stands twice", where=where, hint="give each feature an id of its own"
            )
        seen.add(row["id"])
