"""What other layers say of a joined row: the distances to the same pair's line, and the sides where they differ.

Sources of one border lie kilometres apart, so a distance without what others give is half an answer. Rows keep the line
that they were joined to; nothing here changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.join import join_borders
from geomap.types import JOINED, MANY

Flags = NDArray[np.bool_]
Ints = NDArray[np.intp]
Objects = NDArray[np.object_]

_COLUMNS = tuple(column for column in JOINED if column.name.startswith("other_"))
_READ = (
    "geometry", "match_lon", "match_lat", "match_radius_km", "place_precision", "place_radius_km", "radius_kind",
    "start",
)  # fmt: skip
"""Columns that a distance depends on."""

_ENCLAVE = "enclave("
_DOUBT = ", within its error"
"""Said of a layer whose error reaches its line."""


def compare(
    table: gpd.GeoDataFrame, layers: Mapping[str, gpd.GeoDataFrame], *, as_of: str | None = None
) -> pd.DataFrame:
    """Return what other layers say of the rows of a joined table, one row a row, in order and with its index.

    `layers` are border tables by name, as `borders.other_layers()` gives them. A layer counts for a row when it has a
    line of the row's `border_pair` in force at the row's date (without `start` at `as_of`). Columns, all null where no
    layer counts:

    - `other_km_low`, `other_km_high`: the least and the greatest distance in km to that pair's line in the layers that
      count, measured as `border_km` was.
    - `other_sides`: the layers that put the reference position into another country than the row's `country`, or into
      an enclave, as "AZ (OSM 2017)", joined by ' | ' in the order of `layers`; "AZ (OSM 2017, within its error)" where
      the layer itself cannot tell the side. A layer without an area there is silent, and so are all of a row that lies
      in an enclave, which most layers lack. Null where none differs.
    - `other_sources`: the layers that count and when they were drawn, joined by ' | '.

    Raises BorderError as `join_borders` does.
    """
    said = _Said(table)
    pairs = table["border_pair"].astype(object).fillna("").to_numpy(dtype=object)
    for borders in layers.values():
        for pair, lines in _by_pair(borders):
            rows = _rows_of(pairs, pair)
            if rows.size:
                said.add(rows, join_borders(_placed(table, rows), lines, as_of=as_of))
        said.end_of_layer()
    return said.columns()


def _by_pair(borders: gpd.GeoDataFrame) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Yield each pair that a layer has lines of, as "AM-AZ", and those lines with all areas of the layer."""
    is_line = (borders["role"] == "line").to_numpy()
    is_area = borders["role"].isin(["area", "enclave"]).to_numpy()
    pairs = (borders["side_a"] + "-" + borders["side_b"]).where(is_line)
    for pair in pairs.dropna().unique():
        yield pair, borders[is_area | (pairs == pair).to_numpy(dtype=bool, na_value=False)]


def _rows_of(pairs: Objects, pair: str) -> Ints:
    """Return the numbers of the rows that were joined to a line of a pair, alone or tied with others."""
    codes, words = pd.factorize(pairs)
    return np.flatnonzero(np.array([pair in word.split(MANY) for word in words], dtype=bool)[codes])


def _placed(table: gpd.GeoDataFrame, rows: Ints) -> gpd.GeoDataFrame:
    """Return some rows, numbered from 0, with only what a distance depends on."""
    geometry = table.geometry
    kept = table[[name for name in _READ[1:] if name in table]].iloc[rows].reset_index(drop=True)
    return gpd.GeoDataFrame(kept, geometry=geometry.iloc[rows].to_numpy(), crs=geometry.crs)


class _Said:
    """What the layers so far say of each row."""

    def __init__(self, table: gpd.GeoDataFrame) -> None:
        self._index = table.index
        self._country = _words(table["country"])
        self._in_enclave = _starts(_words(table["side"]), _ENCLAVE)
        self._low, self._high = np.full((2, len(table)), np.nan)
        self._sides, self._sources = np.full((2, len(table)), "", dtype=object)
        self._heard = np.zeros(len(table), dtype=bool)

    def add(self, rows: Ints, joined: gpd.GeoDataFrame) -> None:
        """Add what one layer says of some rows; it is named once for each of them."""
        km = joined["border_km"].to_numpy(dtype=float, na_value=np.nan)
        self._low[rows], self._high[rows] = np.fmin(self._low[rows], km), np.fmax(self._high[rows], km)
        label = _words(joined["border_vintage"])
        new = ~np.isnan(km) & ~self._heard[rows]
        self._sources[rows[new]] += MANY + label[new]
        self._heard[rows[new]] = True
        side = self._side(joined)
        differs = new & (side != "") & (side != self._country[rows]) & ~self._in_enclave[rows]
        doubt = np.where(_words(joined["side"]) == "uncertain", _DOUBT, "").astype(object)
        self._sides[rows[differs]] += (MANY + side + " (" + label + doubt + ")")[differs]

    def end_of_layer(self) -> None:
        """Let the next layer be named."""
        self._heard[:] = False

    def columns(self) -> pd.DataFrame:
        """Return the columns by their schema."""
        cells = (self._low, self._high, *(_cut(words) for words in (self._sides, self._sources)))
        named = zip(_COLUMNS, cells, strict=True)
        return pd.DataFrame({told.name: pd.array(cell, dtype=told.dtype) for told, cell in named}, index=self._index)

    @staticmethod
    def _side(joined: gpd.GeoDataFrame) -> Objects:
        """Return where a layer puts the reference positions: in an enclave, else in a country, else nowhere."""
        side = _words(joined["side"])
        return np.where(_starts(side, _ENCLAVE), side, _words(joined["country"]))


def _words(column: pd.Series[Any]) -> Objects:
    """Return texts, null as the empty one."""
    return column.astype(object).fillna("").to_numpy(dtype=object)


def _starts(words: Objects, start: str) -> Flags:
    codes, distinct = pd.factorize(words)
    return np.array([word.startswith(start) for word in distinct], dtype=bool)[codes]


def _cut(words: Objects) -> Objects:
    """Return joined words without what stands before the first, and None for none."""
    return np.array([word.removeprefix(MANY) or None for word in words], dtype=object)
