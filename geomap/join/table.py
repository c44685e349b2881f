"""Tables in, a table out, a part of the rows at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.join.answers import STRADDLES, TEXTS, UNCERTAIN, Answer
from geomap.join.cells import Floats, Ints, Objects
from geomap.join.features import by_time, features_of, in_force
from geomap.join.judging import AS_ANSWERED, IS_STRADDLING, IS_UNCERTAIN, Judge, Verdict, side_words
from geomap.join.layers import Layers
from geomap.join.places import Places, days_of, places_of, units_of
from geomap.types import JOINED

_CHUNK = 200_000
"""Rows that are worked on at once: what the search needs beside the table does not grow with it."""
_NUMBERS = ("border_km", "border_km_error", "foot_lon", "foot_lat")


def join_borders(
    table: gpd.GeoDataFrame,
    borders: gpd.GeoDataFrame,
    *,
    as_of: str | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> gpd.GeoDataFrame:
    """Add country, nearest border line, distance, error, side and control to every row.

    Returns a copy of `table` with the columns of `types.JOINED`; rows, order and index stay. A row without a position
    (no geometry or an empty one, and no matched place) has null in all of them. Needs only the geometry; uses
    `match_lon`, `match_lat`, `place_precision`, `radius_kind`, `place_radius_km` (where empty `match_radius_km`),
    `start`, `admin1_text` and `match_admin1` where there are any. Of a GeometryCollection the parts of the highest
    dimension count; heights do not.

    `border_km` is the geodesic distance on WGS84 in kilometres, of an area or stretch the distance of its nearest
    position, and (`foot_lon`, `foot_lat`) the nearest position on the line. `border_km_error` is the line's `error_km`
    plus the place's radius, in kilometres; null when the line or the area states none. Where another line is so vague
    that it may really be nearer, the error reaches as far. Where the error reaches the line the side is `uncertain`,
    and `straddles` where an area of sourced radius, or the row's own geometry, crosses the line by more than its
    error. All lines within a millimetre of the nearest are named, joined by ' | '. The columns `other_*` stay null:
    what other layers say is compared apart.

    `as_of` is the ISO date for rows without `start`. `cache` is a folder where the index of the areas is kept, by the
    hash of their content, for tables of many rows; without it nothing is written. Raises BorderError when a table is
    not in EPSG:4326, a geometry is not valid or leaves the globe, or a border feature or a validity date cannot be
    used, and OSError when the folder cannot be written.
    """
    features, places = features_of(borders), places_of(table)
    placed = np.flatnonzero(~np.isnan(places.lon))
    joined = _Joined(len(table))
    for rows, pattern in by_time(features, placed, days_of(table, as_of)):
        judge = Judge(Layers(features, pattern, cache))
        for chunk in _chunks(rows):
            joined.put(chunk, judge(places.take(chunk)))
        joined.keep(judge.layers.answers)
    return table.assign(**joined.columns(units_of(table, placed)))


def side_of(borders: gpd.GeoDataFrame) -> Sides:
    """Return a function of (lon, lat) that tells the side of a position, as `join_borders` does for a point.

    It answers an ISO code, `uncertain`, `outside`, `enclave(name)`, or None where the nearest line has no sides, by
    the features that have no `valid_to`. Raises BorderError when the borders cannot be used.
    """
    features = features_of(borders)
    return Sides(Judge(Layers(features, in_force(features, np.array(["NaT"], "datetime64[D]"))[0])))


class Sides:
    """The side of positions: called with one, or told many to learn at once, which is a hundred times as fast each."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._known: dict[tuple[float, float], str | None] = {}

    def __call__(self, lon: float, lat: float) -> str | None:
        """Return the side of a position."""
        self.learn([(lon, lat)])
        return self._known[lon, lat]

    def learn(self, positions: Iterable[tuple[float, float]]) -> None:
        """Find the sides of positions (lon, lat) that are not known yet."""
        new = [position for position in dict.fromkeys(positions) if position not in self._known]
        if not new:
            return
        lon, lat = (np.array(values, dtype=float) for values in zip(*new, strict=True))
        verdict = self._judge(Places.points(lon, lat))
        self._known |= zip(new, side_words(self._judge.layers.answers, verdict), strict=True)


class _Joined:
    """The joined columns of a table, as numbers: words are written once, at the end, and what rows share once."""

    def __init__(self, size: int) -> None:
        self._answer: Ints = np.full(size, -1, dtype=np.intp)
        self._verdict = np.full(size, AS_ANSWERED, dtype=np.int8)
        self._numbers: dict[str, Floats] = {name: np.full(size, np.nan) for name in _NUMBERS}
        self._shares: dict[int, str] = {}
        self._answers: list[Answer] = []

    def put(self, rows: Ints, verdict: Verdict) -> None:
        """Write some rows, whose answers are kept next."""
        self._answer[rows] = verdict.answer + len(self._answers)
        self._verdict[rows] = verdict.verdict
        for name, column in self._numbers.items():
            column[rows] = getattr(verdict, name)
        self._shares |= {int(rows[row]): shares for row, shares in verdict.shares.items()}

    def keep(self, answers: list[Answer]) -> None:
        """Keep the answers of the rows that were put since the last time."""
        self._answers += answers

    def columns(self, units: dict[str, Objects]) -> dict[str, Any]:
        """Return the columns of `types.JOINED`."""
        made = {column.name: self._column(column.name, units) for column in JOINED}
        return {column.name: pd.array(made[column.name], dtype=column.dtype) for column in JOINED}

    def _column(self, name: str, units: dict[str, Objects]) -> Any:
        if name in units:
            return units[name]
        if name in self._numbers:
            return self._numbers[name]
        if name in TEXTS:
            return self._words([getattr(answer, name) for answer in self._answers], self._answer)
        return {"side": self._side, "side_shares": self._share}.get(name, self._nothing)()

    def _side(self) -> Any:
        size = len(self._answers)
        code = np.where(self._verdict == IS_UNCERTAIN, size, self._answer)
        code[self._verdict == IS_STRADDLING] = size + 1
        return self._words([*(answer.side for answer in self._answers), UNCERTAIN, STRADDLES], code)

    def _share(self) -> Any:
        return pd.Series(self._shares, dtype="string").reindex(range(len(self._answer))).array

    def _nothing(self) -> Any:
        return np.full(len(self._answer), None, dtype=object)

    @staticmethod
    def _words(words: list[str | None], code: Ints) -> Any:
        """Return the words of each code; null for a code of -1."""
        return pd.array(words, dtype="string").take(code, allow_fill=True)


def _chunks(rows: Ints) -> Iterator[Ints]:
    return (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))
