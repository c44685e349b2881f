"""What a join needs of each row: its reference position, how far its place reaches, its own shape and its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.errors import BorderError
from geomap.join.cells import Days, Flags, Floats, Ints, Objects, dates, numbers, require_degrees, texts
from geomap.types import POINT_PRECISIONS

_HALF, _POLE = 180, 90
_DEGREES = "give each row a geometry in degrees, longitude first, or none"


@dataclass(frozen=True, slots=True)
class Places:
    """Reference position (NaN for none), radius in km (NaN for none), what has that radius, and shapes of more.

    `shape` is the row's own geometry where that is more than one point, else None.
    """

    lon: Floats
    lat: Floats
    radius_km: Floats
    is_area: Flags
    is_sourced: Flags
    shape: Objects

    @classmethod
    def points(cls, lon: Floats, lat: Floats) -> Places:
        """Make places that are known exactly."""
        size = len(lon)
        no = np.zeros(size, dtype=bool)
        return cls(lon, lat, np.zeros(size), no, no, np.full(size, None, dtype=object))

    def take(self, rows: Ints) -> Places:
        """Return some of the places, in the order asked for."""
        known = (self.lon[rows], self.lat[rows], self.radius_km[rows])
        return Places(*known, self.is_area[rows], self.is_sourced[rows], self.shape[rows])


def places_of(table: gpd.GeoDataFrame) -> Places:
    """Read positions, shapes and radii; raises BorderError for a geometry that does not lie on the globe.

    A shape of its own has no disc around it: a radius counts only where the row states one for a point precision,
    as what is not known about where the shape lies.
    """
    require_degrees(table, "the table")
    shape = _shapes(table)
    lon, lat = _positions(table, shape)
    extended = ~shapely.is_missing(shape) & ~_is_point(shape)
    precision = pd.Series(texts(table, "place_precision"), dtype=object)
    is_area = (precision.notna() & ~precision.isin(POINT_PRECISIONS)).to_numpy()
    stated = numbers(table, "place_radius_km")
    radius = np.where(np.isnan(stated), numbers(table, "match_radius_km"), stated)
    radius = np.where(extended, np.where(is_area, 0, stated), radius)
    radius = np.where(np.isnan(radius) & (~is_area | extended), 0, radius)
    shape[~extended] = None
    return Places(lon, lat, radius, is_area & ~extended, texts(table, "radius_kind") == "source", shape)


def days_of(table: gpd.GeoDataFrame, as_of: str | None) -> Days:
    """Return the day of each row, of one without a date that of `as_of`, NaT for neither."""
    undated = dates(pd.Series([as_of], dtype=object), "as_of")[0]
    days = dates(table["start"], "start") if "start" in table else np.full(len(table), np.datetime64("NaT", "D"))
    return np.where(np.isnat(days), undated, days)


def units_of(table: gpd.GeoDataFrame, placed: Ints) -> dict[str, Objects]:
    """Return admin1 as the file names it, else as the gazetteer does, and which of the two it was."""
    units, sources = np.full((2, len(table)), None, dtype=object)
    for column, source in (("match_admin1", "gazetteer"), ("admin1_text", "file")):
        names = texts(table, column)
        named = placed[pd.notna(names[placed])]
        units[named], sources[named] = names[named], source
    return {"admin1": units, "admin1_source": sources}


def _shapes(table: gpd.GeoDataFrame) -> Objects:
    """Return the rows' own geometry, flat, in its parts of the highest dimension; None for none."""
    shapes = np.array(table.geometry.to_numpy(), dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    several = np.flatnonzero(~shapely.is_missing(shapes) & ~_is_point(shapes))
    shapes[several] = [_usable(shape, row) for shape, row in zip(shapes[several], table.index[several], strict=True)]
    return shapes


def _is_point(shapes: Objects) -> Flags:
    return shapely.get_type_id(shapes) == shapely.GeometryType.POINT


def _highest(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the parts of a collection that have its highest dimension, as one geometry without collections."""
    parts = _flat(shape)
    dimension = shapely.get_dimensions(parts)
    return shapely.union_all(parts[dimension == dimension.max()])


def _flat(shape: shapely.Geometry) -> Objects:
    """Return the single points, lines and polygons of a geometry, however deep they lie."""
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT).any():
        parts = shapely.get_parts(parts)
    return parts[~shapely.is_empty(parts)]


def _usable(shape: shapely.Geometry, row: Any) -> shapely.Geometry:
    """Return what a join reads of a shape: flat, of one dimension, and a point where it is only one.

    Raises BorderError for a shape that cannot be joined.
    """
    shape = shapely.force_2d(shape)
    _require_usable(shape, row)
    if shapely.get_type_id(shape) == shapely.GeometryType.GEOMETRYCOLLECTION:
        shape = _highest(shape)
    corners = shapely.get_coordinates(shape)
    return shapely.Point(corners[0]) if (corners == corners[0]).all() else shape


def _require_usable(shape: shapely.Geometry, row: Any) -> None:
    parts = _flat(shape)
    lines = np.concatenate([shapely.get_rings(parts), parts[shapely.get_dimensions(parts) == 1]])
    corners, part = shapely.get_coordinates(lines, return_index=True)
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise _refusal("the shape lies off the globe", row)
    if (np.abs(np.diff(corners[:, 0]))[np.diff(part) == 0] > _HALF).any():
        raise _refusal("an edge of the shape spans more than half the globe", row, "cut it at the antimeridian")
    if not shapely.is_valid(shape):
        reason = shapely.is_valid_reason(shape)
        raise _refusal(f"the shape is not valid ({reason})", row, "mend it, for instance with make_valid")


def _positions(table: gpd.GeoDataFrame, shapes: Objects) -> tuple[Floats, Floats]:
    """Return reference positions: of a shape a position in or on it, else the matched place's."""
    absent, several = shapely.is_missing(shapes), ~_is_point(shapes)
    lon = np.where(absent, numbers(table, "match_lon"), shapely.get_x(shapes))
    lat = np.where(absent, numbers(table, "match_lat"), shapely.get_y(shapes))
    several &= ~absent
    spots = shapely.point_on_surface(shapes[several])
    lon[several], lat[several] = shapely.get_x(spots), shapely.get_y(spots)
    beyond = (np.abs(lon) > _HALF) | (np.abs(lat) > _POLE)
    beyond[several] |= (np.abs(shapely.bounds(shapes[several])) > [_HALF, _POLE, _HALF, _POLE]).any(axis=1)
    if beyond.any():
        raise _refusal("the position lies off the globe", table.index[beyond][0])
    nowhere = np.isnan(lon + lat)
    return np.where(nowhere, np.nan, lon), np.where(nowhere, np.nan, lat)


def _refusal(why: str, row: Any, hint: str = _DEGREES) -> BorderError:
    return BorderError(why, where=f"row {row}", hint=hint)
