"""The border lines of a scene: which ones it carries, and what each says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geomap.borders import encode as encode_lines
from geomap.scene.columns import number, word
from geomap.scene.places import Extent
from geomap.types import MANY

_TOLD = (
    "id", "role", "name", "status", "claimed_by", "held_by", "valid_from", "valid_to", "vintage", "layer", "source",
    "licence", "error_note",
)  # fmt: skip
_ADDED = {"claimed", "control_line", "disputed", "historical"}
"""Statuses of lines that say more than where a boundary runs: they are carried whether or not a row met them."""


def measured_pairs(table: pd.DataFrame, places: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the pairs of countries ("AM-AZ") whose line some row or shown place was measured to."""
    cells = {*table["border_pair"].dropna(), *(place.get("border_pair") or "" for place in places)}
    return {pair for cell in cells for pair in cell.split(MANY)}


def scene_lines(borders: gpd.GeoDataFrame | None, extent: Extent, measured: set[str]) -> list[dict[str, Any]]:
    """Encode, by id, the lines near the extent of the pairs that were measured to, and what is shown only.

    A line without sides, with dates or with a status beyond a boundary's is carried too, so that the page can show it
    at its time; other pairs' lines are the base map's. Areas are left out, for the page fills no country. `on` says
    whether a line is drawn unless a reader asks; the page goes by the dates besides.
    """
    if borders is None or borders.empty:
        return []
    drawn = borders[_is_carried(borders, measured)]
    frame = shapely.box(*_grown(extent))
    drawn = drawn[shapely.intersects(drawn.geometry.to_numpy(), frame)].sort_values("id")
    cut = shapely.intersection(drawn.geometry.to_numpy(), frame)
    return [_line(row, geometry) for (_, row), geometry in zip(drawn.iterrows(), cut, strict=True)]


def _is_carried(borders: gpd.GeoDataFrame, measured: set[str]) -> pd.Series:
    pair = borders["side_a"] + "-" + borders["side_b"]
    dated = borders["valid_from"].notna() | borders["valid_to"].notna()
    line = pair.isin(measured) | pair.isna() | dated | borders["status"].isin(_ADDED)
    return (borders["role"].eq("line") & line) | borders["role"].isin(["drawing", "enclave"])


def _grown(extent: Extent) -> Extent:
    """Grow a box by its own size on each side, within the world."""
    west, south, east, north = extent
    width, height = max(east - west, 2.0), max(north - south, 2.0)
    return (max(-180.0, west - width), max(-85.0, south - height), min(180.0, east + width), min(85.0, north + height))


def _line(row: pd.Series, geometry: Any) -> dict[str, Any]:
    pair = "-".join(side for side in (word(row["side_a"]), word(row["side_b"])) if side) or None
    marks = {"schematic": True if row["schematic"] is True else None, "repaired": word(row["repaired"])}
    return {
        **{name: word(row[name]) for name in _TOLD},
        **{name: value for name, value in marks.items() if value},
        "pair": pair if row["role"] == "line" else None,
        "error_km": number(row["error_km"]),
        "on": row["role"] != "drawing",
        "geo": encode_lines(geometry),
    }


def line_credits(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Credit each layer that the map draws a line of, by name."""
    layers = {f"{line['layer']} {line['vintage']}": line for line in lines}
    return [{"name": name, "licence": line["licence"], "text": line["source"]} for name, line in sorted(layers.items())]


def layers_in_words(borders: gpd.GeoDataFrame | None) -> list[str]:
    """Name each layer that was loaded with its vintage, source and licence, sorted."""
    if borders is None or borders.empty:
        return []
    return sorted(
        (borders["layer"] + " " + borders["vintage"] + ": " + borders["source"] + "; " + borders["licence"]).unique()
    )
