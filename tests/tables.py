"""Incident tables for tests: every declared column, with defaults, and whatever a test states."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geomap.types import INCIDENTS, JOINED, LOCATED, Column

_DEFAULTS = {
    "relation": "at", "time_precision": "none", "role": "clash", "graphic": False, "file": "incidents.csv",
    "match_status": "unknown", "date_precision": "day",
}  # fmt: skip


def incident_table(*, located: bool = False, **columns: Sequence[object]) -> gpd.GeoDataFrame:
    """Make a table that conforms to types.INCIDENTS, with LOCATED and JOINED columns when asked; ids are i1, i2 ..."""
    size = len(next(iter(columns.values())))
    numbers = range(1, size + 1)
    given: dict[str, Sequence[object]] = {
        "id": [f"i{number}" for number in numbers], "report_id": [f"r{number}" for number in numbers],
        "row": [number + 1 for number in numbers], **columns,
    }  # fmt: skip
    schema = (*INCIDENTS, *LOCATED, *JOINED) if located else INCIDENTS
    geometry = gpd.GeoSeries(list(given.pop("geometry", [None] * size)), crs=4326)
    filled = {column.name: _filled(column, given, size) for column in schema if column.name != "geometry"}
    return gpd.GeoDataFrame(pd.DataFrame(filled), geometry=geometry)


def _filled(column: Column, given: dict[str, Sequence[object]], size: int) -> pd.Series:
    values = given.get(column.name, [_DEFAULTS.get(column.name)] * size)
    return pd.Series(list(values), dtype="object").astype(column.dtype)
