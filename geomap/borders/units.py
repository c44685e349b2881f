"""First-level units (provinces, districts) as Natural Earth draws them: good for a map, a guess for a join."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap import shipped
from geomap.borders.packed import Lines, Points, unpack

Indices = npt.NDArray[np.intp]

SOURCE = "Natural Earth 4.1"
"""Name of the layer, for a column that says where a unit comes from."""

ERROR_KM = 4.0
"""Within this of an edge the unit is uncertain: 95 of 100 points of the layer's Armenia-Azerbaijan line lie within it
of OpenStreetMap's line of 2026 (data/borders/measure.py); 1.6 km on average, 5.6 km at worst."""

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its id, name, ISO code of the country ("" for none), where its label stands and its size."""

    id: str
    name: str
    country: str
    lon: float
    lat: float
    km2: float


class Units:
    """The units of the world, with the arcs between them; polygons are put together when they are asked for."""

    def __init__(self) -> None:
        with shipped.data("basemap", "naturalearth", "units.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            self.rows = [Unit(row[0], row[1], row[2], float(row[3]), float(row[4]), float(row[5])) for row in rows]
        self.arcs: Lines = unpack(shipped.data("basemap", "naturalearth", "units.npz"))

    def is_inner(self) -> npt.NDArray[np.bool_]:
        """Tell for each arc whether units of one country lie on both sides."""
        countries = np.array([unit.country for unit in self.rows], dtype=object)
        first, second = self.arcs.columns["first"], self.arcs.columns["second"]
        return (first >= 0) & (countries[first] == countries[second])

    def polygon(self, index: int) -> BaseGeometry:
        """Return the polygon of a unit."""
        arcs = np.flatnonzero((self.arcs.columns["first"] == index) | (self.arcs.columns["second"] == index))
        return shapely.build_area(shapely.MultiLineString([self.arcs[arc] for arc in arcs.tolist()]))

    def bounds(self) -> npt.NDArray[np.float64]:
        """West, south, east, north of each unit."""
        low = np.minimum.reduceat(self.arcs.points, self.arcs.start[:-1])
        high = np.maximum.reduceat(self.arcs.points, self.arcs.start[:-1])
        bounds = np.tile([np.inf, np.inf, -np.inf, -np.inf], (len(self.rows), 1))
        for name in ("first", "second"):
            owner = self.arcs.columns[name]
            owned = owner >= 0
            np.minimum.at(bounds[:, :2], owner[owned], low[owned])
            np.maximum.at(bounds[:, 2:], owner[owned], high[owned])
        return bounds


def areas(ids: Iterable[str]) -> dict[str, BaseGeometry]:
    """Return the drawing polygon (EPSG:4326) of each unit id, as "ne:AZE-Lachin"; an unknown id is left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    units = Units()
    return {unit.id: units.polygon(index) for index, unit in enumerate(units.rows) if unit.id in wanted}


def admin1_at(lons: Sequence[float], lats: Sequence[float]) -> pd.DataFrame:
    """Return the unit at each position: columns name, country, source and uncertain, one row a position, in order.

    `name` is null where no unit lies; `uncertain` is true within ERROR_KM of an edge of the unit. The layer is for
    drawing and puts the town of Lachin outside Lachin district: compare `country` with the analysis layer's first.
    """
    points = np.column_stack([lons, lats]).astype(np.float64)
    names = np.full(len(points), None, dtype=object)
    countries = names.copy()
    uncertain = np.zeros(len(points), dtype=np.bool_)
    known = np.asarray(np.isfinite(points).all(axis=1))
    if known.any():
        units = Units()
        for index, inside in _holders(units, points, known):
            names[inside] = units.rows[index].name
            countries[inside] = units.rows[index].country or None
            uncertain[inside] = _near_edge(units.polygon(index), points[inside])
    return pd.DataFrame(
        {
            "name": pd.array(names, dtype="string"),
            "country": pd.array(countries, dtype="string"),
            "source": SOURCE,
            "uncertain": uncertain,
        }
    )


def _holders(units: Units, points: Points, known: npt.NDArray[np.bool_]) -> Iterator[tuple[int, Indices]]:
    """Yield each unit that holds some of the points, with the indices of those; a point has one unit."""
    left = known.copy()
    for index, (west, south, east, north) in enumerate(units.bounds()):
        lon, lat = points.T
        close = np.flatnonzero(left & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if len(close):
            held = close[shapely.contains_xy(units.polygon(index), points[close])]
            left[held] = False
            yield index, held


def _near_edge(polygon: BaseGeometry, points: Points) -> npt.NDArray[np.bool_]:
    """Tell which points lie within ERROR_KM of the edge, on a plane that is true enough near each of them."""
    middle = np.radians(np.mean(points[:, 1])) if len(points) else 0.0
    plane = np.array([KM_PER_DEGREE * np.cos(middle), KM_PER_DEGREE])
    edge = shapely.transform(shapely.boundary(polygon), lambda degrees: degrees * plane)
    return np.asarray(shapely.distance(shapely.points(points * plane), edge) <= ERROR_KM)
