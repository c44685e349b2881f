"""Tables against their schemas: made to fit where data enters, checked where they are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import geopandas as gpd
import pandas as pd

from geomap.types import INCIDENTS, Column

CRS = 4326


def conform(frame: pd.DataFrame, schema: Sequence[Column]) -> pd.DataFrame:
    """Return the schema's columns in its order and dtypes; a column that is absent becomes all NA. Rows are kept."""
    columns = {column.name: _typed(frame, column) for column in schema if column.dtype != "geometry"}
    table = pd.DataFrame(columns, index=frame.index)
    shapes = [column.name for column in schema if column.dtype == "geometry"]
    if not shapes:
        return table
    geometry = gpd.GeoSeries(frame[shapes[0]].to_numpy(), index=frame.index, crs=CRS)
    located = gpd.GeoDataFrame(table, geometry=geometry)
    return located[[column.name for column in schema]]


def _typed(frame: pd.DataFrame, column: Column) -> pd.Series:
    if column.name in frame:
        return frame[column.name].astype(pd.api.types.pandas_dtype(column.dtype))
    return pd.Series(pd.NA, index=frame.index, dtype="object").astype(pd.api.types.pandas_dtype(column.dtype))


def check(table: pd.DataFrame, schema: Sequence[Column] = INCIDENTS) -> None:
    """Raise ValueError, naming the first fault, unless a table has the schema's columns, dtypes and vocabulary.

    Further columns may follow the schema's.
    """
    fault = next(faults(table, schema), None)
    if fault:
        raise ValueError(fault)


def faults(table: pd.DataFrame, schema: Sequence[Column]) -> Iterator[str]:
    """Yield every way in which a table differs from a schema."""
    names = [column.name for column in schema]
    if list(table.columns[: len(names)]) != names:
        yield f"columns are {list(table.columns)}, not {names}"
        return
    for column in schema:
        values = table[column.name]
        if str(values.dtype) != column.dtype:
            yield f"{column.name} is {values.dtype}, not {column.dtype}"
        if not column.nullable and values.isna().any():
            yield f"{column.name} is empty in {int(values.isna().sum())} rows"
        if column.allowed and not values.dropna().isin(column.allowed).all():
            yield f"{column.name} holds words other than {', '.join(column.allowed)}"
