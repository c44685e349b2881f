"""How the incident table becomes columns of a scene, and back to plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

DECIMALS = 5
"""Of degrees in the page: about a metre."""
_COLUMNS = (
    "id", "report_id", "start", "end", "utc_offset", "date_precision", "time_precision", "time_text", "published_at",
    "relation", "place_text", "place_precision", "place_radius_km", "radius_kind", "role", "kind", "actors",
    "deaths_low", "deaths_best", "deaths_high", "claimant", "claimant_side", "source_name", "source_url",
    "archive_url", "source_date", "text", "graphic", "duplicate_of", "country", "country_source", "country_also",
    "control", "control_source", "admin1", "admin1_source", "border_id", "border_pair", "border_km", "border_km_error",
    "side", "side_shares", "held_by", "border_vintage", "border_status", "border_valid", "other_km_low",
    "other_km_high", "other_sides", "other_sources", "match_method", "match_why", "file", "row",
)  # fmt: skip
_DERIVED = ("status", "position", "lon", "lat", "place", "match_rivals")
_STATUS = {
    "coordinates": "placed",
    "placed": "placed",
    "ambiguous": "ambiguous",
    "unknown": "unplaced",
    "list_only": "unplaced",
}
_EPOCH = np.datetime64("1970-01-01T00:00", "m")
_SMALL = 16
"""Rows below which a dictionary is always used, so that small scenes keep one shape."""


def positions(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return lon, lat and what they are for each row of a located table: event, reference or area; null if unplaced."""
    own = table["match_status"].eq("coordinates")
    points = shapely.centroid(table.geometry.to_numpy())
    lon = np.where(own, shapely.get_x(points), table["match_lon"].astype(float))
    lat = np.where(own, shapely.get_y(points), table["match_lat"].astype(float))
    area = table["match_id"].notna() & table["place_precision"].isin(["area", "region", "country"])
    kind = np.select([own, area, table["match_status"].eq("placed")], ["event", "area", "reference"], "")
    frame = pd.DataFrame({"lon": lon, "lat": lat, "kind": pd.array(kind, dtype="string")}, index=table.index)
    return frame.mask(frame["kind"].eq(""))


def encode_table(
    table: gpd.GeoDataFrame, places: Mapping[str, int], rivals: Callable[[str], str], names: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Encode a located and joined table as the scene's columns; columns without any value are left out.

    `places` gives each matched id its place in the scene, `rivals` turns rival ids into words and `names` input paths
    into the names that are shown. Times are minutes since 1970-01-01T00:00 of the row's own wall clock.
    """
    placed = positions(table)
    shown = table.assign(
        file=table["file"].map(lambda file: names.get(file, file)),
        start=_minutes(table["start"]), end=_minutes(table["end"]),
        status=table["match_status"].map(_STATUS), position=placed["kind"],
        lon=_degrees(placed["lon"], placed["kind"]), lat=_degrees(placed["lat"], placed["kind"]),
        place=table["match_id"].map(places).astype("Int64"),
        **{name: table[name].round(3) for name in ("border_km", "border_km_error", "other_km_low", "other_km_high")},
        match_rivals=table["match_rivals"].map(rivals, na_action="ignore"),
    )  # fmt: skip
    coded = {name: encode(shown[name]) for name in (*_DERIVED, *_COLUMNS)}
    return {name: column for name, column in coded.items() if column is not None}


def _minutes(times: pd.Series) -> pd.Series:
    minutes = (times.to_numpy("datetime64[m]") - _EPOCH).astype("int64")
    return pd.Series(minutes, index=times.index, dtype="Int64").mask(times.isna())


def _degrees(values: pd.Series, kind: pd.Series) -> pd.Series:
    """Round degrees for the page; an area's reference point is not published."""
    return values.astype(float).round(DECIMALS).mask(kind.eq("area").fillna(value=False))


def encode(values: pd.Series) -> dict[str, Any] | None:
    """Encode one column: numbers as they are, repeated words as a dictionary with codes, the rest as text.

    Null is `null`, or -1 among codes. A column without any value gives None.
    """
    if values.isna().all():
        return None
    if pd.api.types.is_bool_dtype(values.dtype):
        values = values.astype("Int64")
    if pd.api.types.is_numeric_dtype(values.dtype):
        return {"type": "number", "values": [number(value) for value in values.tolist()]}
    text = values.astype("string")
    words = sorted(text.dropna().unique())
    if len(words) > len(text) // 2 and len(text) > _SMALL:
        return {"type": "text", "values": [None if pd.isna(value) else value for value in text.tolist()]}
    codes = pd.Categorical(text, categories=words).codes
    return {"type": "category", "words": words, "codes": codes.tolist()}


def number(value: Any) -> int | float | None:
    """Return a number as JSON holds it best: None for null, an int where it is one, else 5 decimals."""
    if pd.isna(value):
        return None
    exact = float(value)
    return int(exact) if exact.is_integer() else round(exact, DECIMALS)


def word(value: Any) -> str | None:
    """Return a text cell, None for null."""
    return None if pd.isna(value) else str(value)
