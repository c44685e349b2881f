"""Country, nearest border line, distance and side of every row: tables in, a table out.

The rules, each of which the tests hold to:

- The reference position of a row is its own geometry, else the matched place's `match_lon`, `match_lat`.
- Areas decide the country, and enclaves come before areas. Where areas overlap, the one listed first wins; where none
  holds the position, the country is null. So a border table lists its best layer first.
- A side is the country when the nearest line names it; `outside` when the areas of both sides are loaded and neither
  holds the position; null when the line has no sides or their areas are not loaded.
- Rows meet the features of their time: one is in force from `valid_from` to the day before `valid_to`, and an empty
  bound excludes nothing. Rows without a date meet those of `as_of`, or without that all that have no `valid_to`.
  Where a line out of force is nearest and its pair has no other, the side is `no_line_for_date`: another pair's line
  would answer another question.
- A place coarser than a point (`place_precision` area, region, country) is a disc around the reference position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.errors import BorderError
from geomap.geodesy import LineIndex, Nearest
from geomap.types import BORDERS, JOINED, MANY, POINT_PRECISIONS

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

OUTSIDE, UNCERTAIN, STRADDLES, NO_LINE = "outside", "uncertain", "straddles", "no_line_for_date"
_ROLES = next(column.allowed for column in BORDERS if column.name == "role")


def join_borders(table: gpd.GeoDataFrame, borders: gpd.GeoDataFrame, *, as_of: str | None = None) -> gpd.GeoDataFrame:
    """Add country, nearest border line, distance, error and side to every row.

    Returns a copy of `table` with the columns of `types.JOINED`; rows, order and index stay. A row without a position
    has null in all of them. Needs only the geometry; uses `match_lon`, `match_lat`, `place_precision`, `radius_kind`,
    `place_radius_km` (where empty `match_radius_km`), `start`, `admin1_text` and `match_admin1` where there are any.

    `border_km` is the geodesic distance on WGS84 in kilometres, of an area the distance to the edge of its disc.
    `border_km_error` is the line's `error_km` plus the place's radius, in kilometres; null when the line or the area
    states none. Where another line is so vague that it may really be nearer, the error reaches as far. Where the error
    reaches the line the side is `uncertain`, and `straddles` where an area of sourced radius crosses the line. All
    lines within a millimetre of the nearest are named, joined by ' | '.

    `as_of` is the ISO date for rows without `start`. Raises BorderError when a table is not in EPSG:4326, a position
    is not a point on the globe, or a line, an area or a validity date cannot be used.
    """
    features, places = _features(borders), _places(table)
    placed = np.flatnonzero(~np.isnan(places.lon))
    joined = pd.DataFrame(index=range(len(table)), columns=_Layers.ANSWER, dtype=object)
    for rows, layers in _by_time(features, placed, _days(table, as_of)):
        joined.iloc[rows] = layers.at(places.lon[rows], places.lat[rows]).to_numpy()
    joined = _judge(joined, places).join(_units(table, placed))
    cells = {column.name: pd.array(joined[column.name].to_numpy(), dtype=column.dtype) for column in JOINED}
    return table.assign(**cells)


def side_of(borders: gpd.GeoDataFrame) -> Sides:
    """Return a function of (lon, lat) that tells the side of a position, as `join_borders` does for a point.

    It answers an ISO code, `uncertain`, `outside`, `enclave(name)`, or None where the nearest line has no sides, by
    the features that have no `valid_to`. Raises BorderError when the borders cannot be used.
    """
    features = _features(borders)
    return Sides(_Layers(features, _in_force(features, np.array(["NaT"], "datetime64[D]"))[0]))


class Sides:
    """The side of positions: called with one, or told many to learn at once, which is a hundred times as fast each."""

    def __init__(self, layers: _Layers) -> None:
        self._layers = layers
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
        lon, lat = (np.array(values) for values in zip(*new, strict=True))
        size = len(new)
        spots = _Places(lon, lat, np.zeros(size), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool))
        self._known |= zip(new, _judge(self._layers.at(lon, lat), spots)["side"], strict=True)


@dataclass(frozen=True, slots=True)
class _Places:
    """What the join needs of each row: position (NaN for none), radius in km (NaN for none), what has that radius."""

    lon: Floats
    lat: Floats
    radius_km: Floats
    is_area: Flags
    is_sourced: Flags


class _Layers:
    """The border features of one time, asked by position."""

    ANSWER = (
        "country", "country_source", "held_by", "border_id", "border_pair", "border_vintage", "line_error_km", "side",
        "border_km",
    )  # fmt: skip

    def __init__(self, features: pd.DataFrame, in_force: Flags) -> None:
        self._lines = _lines(features, in_force)
        self._areas = _areas(features[in_force])
        self._countries = set(self._areas.loc[self._areas["role"] == "area", "side_a"])
        self._index = LineIndex(self._lines["geometry"])
        errors = self._lines["error_km"].astype(float).where(self._lines["in_force"], 0).fillna(0)
        self._errors, self._bounds = errors.to_numpy(), shapely.bounds(self._lines["geometry"].to_numpy())
        self._alone: dict[int, LineIndex] = {}
        self._shapes = self._areas["geometry"].to_numpy()[:-1]
        self._tree = shapely.STRtree(self._shapes)
        shapely.prepare(self._shapes)

    def at(self, lon: Floats, lat: Floats) -> pd.DataFrame:
        """Return one row a position with the columns `ANSWER`, for points; each distinct position is asked once."""
        spots, back = np.unique(np.column_stack([lon, lat]), axis=0, return_inverse=True)
        ties, km = self._nearest(*spots.T)
        keys = list(zip(ties, self._holders(*spots.T).tolist(), strict=True))
        answers = {key: self._answer(*key) for key in dict.fromkeys(keys)}
        found = pd.DataFrame([answers[key] for key in keys], columns=self.ANSWER, dtype=object)
        stated = found["line_error_km"].astype(float).to_numpy()
        reach = km - self._least_km(spots[:, 0], spots[:, 1], km)
        found["line_error_km"] = np.where(np.isnan(stated), np.nan, np.fmax(stated, reach))
        found["border_km"] = np.where(found["border_id"].isna(), np.nan, km)
        return found.iloc[back]

    def _least_km(self, lon: Floats, lat: Floats, km: Floats) -> Floats:
        """Return how near some line may really be to each spot: no distance less its line's error is smaller.

        Below 0 the spot may lie across that line. A vague line can so outdo a sharp one that is drawn nearer.
        """
        least = km.copy()
        for number in np.flatnonzero(self._errors > self._errors.min(initial=np.inf)).tolist():
            error = self._errors[number]
            near = np.flatnonzero(_box_km(lon, lat, self._bounds[number]) - error < least)
            if near.size:
                least[near] = np.minimum(least[near], self._km_to(number, lon[near], lat[near]) - error)
        return least

    def _km_to(self, number: int, lon: Floats, lat: Floats) -> Floats:
        """Return the distance in km of each spot to one line."""
        if number not in self._alone:
            self._alone[number] = LineIndex([self._lines["geometry"].iloc[number]])
        return _by_spot(self._alone[number].nearest(lon, lat), len(lon))[1]

    def _nearest(self, lon: Floats, lat: Floats) -> tuple[list[tuple[int, ...]], Floats]:
        """Return the positions in `_lines` of each spot's nearest lines, and the distance in km."""
        if not len(self._index):
            return [()] * len(lon), np.full(len(lon), np.nan)
        lines, km = _by_spot(self._index.nearest(lon, lat), len(lon))
        return [tuple(tied.tolist()) for tied in lines], km

    def _holders(self, lon: Floats, lat: Floats) -> Ints:
        """Return the position in `_areas` of the first that holds each spot, its edge included, or of the last row."""
        spot, area = self._tree.query(shapely.points(lon, lat))
        held = shapely.intersects_xy(self._shapes[area], lon[spot], lat[spot])
        holder = np.full(len(lon), len(self._shapes))
        np.minimum.at(holder, spot[held], area[held])
        return holder

    def _answer(self, ties: tuple[int, ...], holder: int) -> dict[str, Any]:
        """Describe the spots that share their nearest lines and the area that holds them."""
        near, area = self._lines.iloc[list(ties)], self._areas.iloc[holder]
        lines = near[near["in_force"]]
        return {
            "country": area["side_a"],
            "country_source": area["label"] or None,
            "held_by": area["held_by"],
            "border_id": _distinct(lines["id"]),
            "border_pair": _distinct(lines["pair"]),
            "border_vintage": _distinct(lines["label"]),
            "line_error_km": lines["error_km"].astype(float).max(skipna=False),
            "side": self._side(near, lines, area),
        }

    def _side(self, near: pd.DataFrame, lines: pd.DataFrame, area: pd.Series[Any]) -> str | None:
        if area["role"] == "enclave":
            return f"enclave({area['name']})"
        if len(near) > len(lines) == 0:
            return NO_LINE
        sides = set(lines.loc[lines["pair"].notna(), ["side_a", "side_b"]].to_numpy().ravel())
        if area["side_a"] in sides:
            return area["side_a"]
        return OUTSIDE if sides and sides <= self._countries else None


def _by_spot(found: Nearest, count: int) -> tuple[list[Ints], Floats]:
    """Return for each of `count` spots the lines that tie as its nearest, and the distance in km."""
    first = np.searchsorted(found.point, np.arange(count))
    return np.split(found.line, first[1:]), np.minimum.reduceat(found.distance_m, first) / 1000


def _box_km(lon: Floats, lat: Floats, box: Floats) -> Floats:
    """Return a distance in km that no point of a box of degrees is nearer than, either way round; 0 for spots in it.

    A degree of latitude is 110.5 km or more. On a sphere the way between two meridians is at least 2/pi of the arc of
    the parallel nearer to a pole, since asin x >= x and sin x >= 2x/pi in the haversine formula.
    """
    west, south, east, north = box
    up = np.maximum(np.maximum(south - lat, lat - north), 0)
    apart = np.maximum(np.maximum(west - lon, lon - east), 0)
    apart = np.minimum(apart, np.maximum(360 - np.maximum(np.abs(lon - west), np.abs(lon - east)), 0))
    shrunk = np.cos(np.radians(np.maximum(np.abs(lat), max(abs(south), abs(north)))))
    return 110.5 * np.maximum(up, apart * np.maximum(shrunk, 0) * 2 / np.pi)


def _distinct(words: pd.Series[str]) -> str | None:
    return MANY.join(filter(None, words.dropna().unique())) or None


def _judge(found: pd.DataFrame, places: _Places) -> pd.DataFrame:
    """Turn distances of points into those of places, add up the errors, and say where a side cannot be told."""
    km, line_error = found["border_km"].to_numpy(dtype=float), found["line_error_km"].to_numpy(dtype=float)
    edge = np.maximum(km - np.where(places.is_area, np.nan_to_num(places.radius_km), 0), 0)
    side = found["side"].to_numpy(dtype=object, copy=True)
    plain = pd.notna(side) & ((side == found["country"].to_numpy()) | (side == OUTSIDE))
    clear = np.nan_to_num(line_error) + places.radius_km < edge
    side[plain & ~clear] = UNCERTAIN
    side[plain & places.is_area & places.is_sourced & (km < places.radius_km)] = STRADDLES
    return found.assign(border_km=edge, border_km_error=line_error + places.radius_km, side=side)


def _units(table: gpd.GeoDataFrame, placed: Ints) -> pd.DataFrame:
    """Return admin1 as the file names it, else as the gazetteer does, and which of the two it was."""
    units = np.full((len(table), 2), None, dtype=object)
    for column, source in (("match_admin1", "gazetteer"), ("admin1_text", "file")):
        names = _texts(table, column)
        named = placed[pd.notna(names[placed])]
        units[named, 0], units[named, 1] = names[named], source
    return pd.DataFrame(units, columns=["admin1", "admin1_source"], dtype=object)


def _places(table: gpd.GeoDataFrame) -> _Places:
    """Read positions and radii; raises BorderError for a position that is not a point on the globe."""
    lon, lat = _positions(table)
    precision = pd.Series(_texts(table, "place_precision"), dtype=object)
    is_area = (precision.notna() & ~precision.isin(POINT_PRECISIONS)).to_numpy()
    radius = _numbers(table, "place_radius_km")
    radius = np.where(np.isnan(radius), _numbers(table, "match_radius_km"), radius)
    radius = np.where(np.isnan(radius) & ~is_area, 0, radius)
    return _Places(lon, lat, radius, is_area, _texts(table, "radius_kind") == "source")


def _positions(table: gpd.GeoDataFrame) -> tuple[Floats, Floats]:
    _require_degrees(table, "the table")
    shapes = table.geometry.to_numpy()
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    _refuse(table.index, ~absent & (shapely.get_type_id(shapes) != shapely.GeometryType.POINT), "is not a point")
    own = shapes.copy()
    own[absent] = None
    lon = np.where(absent, _numbers(table, "match_lon"), shapely.get_x(own))
    lat = np.where(absent, _numbers(table, "match_lat"), shapely.get_y(own))
    _refuse(table.index, (np.abs(lon) > 180) | (np.abs(lat) > 90), "lies off the globe")
    return tuple(np.where(np.isnan(lon + lat), np.nan, (lon, lat)))


def _refuse(index: pd.Index[Any], wrong: Flags, why: str) -> None:
    if wrong.any():
        hint = "give each row one point in degrees, longitude first, or none"
        raise BorderError(f"the position {why}", where=f"row {index[wrong][0]}", hint=hint)


def _require_degrees(frame: gpd.GeoDataFrame, what: str) -> None:
    if frame.crs is None:
        raise BorderError(f"{what} states no coordinate system", hint="call set_crs(4326) if it is in degrees")
    if not frame.crs.equals("EPSG:4326", ignore_axis_order=True):
        raise BorderError(f"{what} is in {frame.crs.to_string()}, not EPSG:4326", hint="call to_crs(4326) first")


def _texts(table: pd.DataFrame, column: str) -> NDArray[np.object_]:
    """Return a column with None for null; all None when the table lacks it."""
    cells = table[column].astype(object) if column in table else pd.Series(None, index=table.index, dtype=object)
    return cells.where(cells.notna(), None).to_numpy(dtype=object)


def _numbers(table: pd.DataFrame, column: str) -> Floats:
    """Return a column with NaN for null; all NaN when the table lacks it."""
    return table[column].to_numpy(dtype=float, na_value=np.nan) if column in table else np.full(len(table), np.nan)


def _dates(values: pd.Series[Any], what: str) -> Days:
    """Return days, NaT for null; raises BorderError for what is not a date in ISO 8601."""
    try:
        return pd.to_datetime(values, format="ISO8601").to_numpy().astype("datetime64[D]")
    except (TypeError, ValueError) as error:
        raise BorderError(f"not a date: {error}", where=what, hint="write dates as 2020-11-10") from error


def _days(table: gpd.GeoDataFrame, as_of: str | None) -> Days:
    undated = _dates(pd.Series([as_of], dtype=object), "as_of")[0]
    days = _dates(table["start"], "start") if "start" in table else np.full(len(table), np.datetime64("NaT", "D"))
    return np.where(np.isnat(days), undated, days)


def _features(borders: gpd.GeoDataFrame) -> pd.DataFrame:
    """Read a border table in its order, with `pair`, `label`, `since` and `until` worked out."""
    _require_degrees(borders, "the border table")
    shapes = borders.geometry.to_numpy()
    cells = {column.name: _texts(borders, column.name) for column in BORDERS if column.dtype != "geometry"}
    features = pd.DataFrame({**cells, "geometry": shapes}, dtype=object)
    features["pair"] = [_pair(*sides) for sides in zip(cells["side_a"], cells["side_b"], strict=True)]
    features["label"] = [" ".join(filter(None, words)) for words in zip(cells["layer"], cells["vintage"], strict=True)]
    features["since"], features["until"] = (_dates(features[name], name) for name in ("valid_from", "valid_to"))
    for fault, wrong in (
        ("has no geometry", shapely.is_missing(shapes) | shapely.is_empty(shapes)),
        ("ends before it begins", features["since"] > features["until"]),
        (f"has no role of {', '.join(_ROLES)}", ~features["role"].isin(_ROLES)),
    ):
        if wrong.any():
            raise BorderError(f"the border {fault}", where=features["id"][wrong].iloc[0], hint="mend it in its file")
    return features


def _pair(side_a: str | None, side_b: str | None) -> str | None:
    """Name two different sides in alphabetical order; a line that does not part two has no pair."""
    return "-".join(sorted((side_a, side_b))) if side_a and side_b and side_a != side_b else None


def _in_force(features: pd.DataFrame, days: Days) -> Flags:
    """Tell for each day (rows) which features (columns) are in force; for NaT those without an end."""
    since, until, days = features["since"].to_numpy(), features["until"].to_numpy(), days[:, None]
    return np.where(np.isnat(days), np.isnat(until), ~(days < since) & ~(days >= until))


def _by_time(features: pd.DataFrame, rows: Ints, days: Days) -> Iterator[tuple[Ints, _Layers]]:
    """Yield the rows that share their features in force, and those features."""
    distinct, back = np.unique(days[rows], return_inverse=True)
    patterns: dict[bytes, list[int]] = {}
    for number, in_force in enumerate(_in_force(features, distinct)):
        patterns.setdefault(in_force.tobytes(), []).append(number)
    for pattern, numbers in patterns.items():
        yield rows[np.isin(back, numbers)], _Layers(features, np.frombuffer(pattern, dtype=bool))


def _lines(features: pd.DataFrame, in_force: Flags) -> pd.DataFrame:
    """Return the lines in force, and those out of force whose pair has none in force."""
    lines = features.assign(in_force=in_force)[(features["role"] == "line").to_numpy()]
    unmatched = lines["pair"].notna() & ~lines["pair"].isin(lines.loc[lines["in_force"], "pair"])
    return lines[lines["in_force"] | unmatched]


def _areas(features: pd.DataFrame) -> pd.DataFrame:
    """Return enclaves, then areas, each in the order of the table, then a row of nulls for what none of them holds."""
    areas = pd.concat([features[features["role"] == role] for role in ("enclave", "area")], ignore_index=True)
    return areas.reindex(range(len(areas) + 1), fill_value=None)
