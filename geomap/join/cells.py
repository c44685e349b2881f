"""Columns of a table as plain arrays, null or not there alike."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.errors import BorderError

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Objects = NDArray[np.object_]


def texts(table: pd.DataFrame, column: str) -> Objects:
    """Return a column with None for null; all None when the table lacks it."""
    cells = table[column].astype(object) if column in table else pd.Series(None, index=table.index, dtype=object)
    return cells.where(cells.notna(), None).to_numpy(dtype=object)


def numbers(table: pd.DataFrame, column: str) -> Floats:
    """Return a column with NaN for null; all NaN when the table lacks it."""
    return table[column].to_numpy(dtype=float, na_value=np.nan) if column in table else np.full(len(table), np.nan)


def dates(values: pd.Series[Any], what: str) -> Days:
    """Return days, NaT for null; raises BorderError for what is not a date in ISO 8601."""
    try:
        return pd.to_datetime(values, format="ISO8601").to_numpy().astype("datetime64[D]")
    except (TypeError, ValueError) as error:
        raise BorderError(f"not a date: {error}", where=what, hint="write dates as 2020-11-10") from error


def require_degrees(frame: gpd.GeoDataFrame, what: str) -> None:
    """Raise BorderError when a table is not in EPSG:4326."""
    if frame.crs is None:
        raise BorderError(f"{what} states no coordinate system", hint="call set_crs(4326) if it is in degrees")
    if not frame.crs.equals("EPSG:4326", ignore_axis_order=True):
        raise BorderError(f"{what} is in {frame.crs.to_string()}, not EPSG:4326", hint="call to_crs(4326) first")
