"""A made world of three countries and a straight line, and tables of it."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely
from oracle import metres

from geomap.join import join_borders
from geomap.types import BORDERS, JOINED

METRE = 0.001
JOINED_NAMES = [column.name for column in JOINED]

WEST, EAST, NORTH = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(0, 10, 20, 20)
MERIDIAN = shapely.LineString([(10, 0), (10, 10)])
KM_PER_DEGREE = metres((9, 5), (10, 5)) / 1000


def feature(role: str, geometry: shapely.Geometry, **cells: object) -> dict[str, object]:
    label = f"{role}-{cells.get('side_a')}-{cells.get('side_b')}"
    words = {"layer": "made", "vintage": "2026", "source": "the test", "licence": "none"}
    return {"id": label, "role": role, **words, "error_km": 0.5, "geometry": geometry, **cells}


LINE = feature("line", MERIDIAN, side_a="AA", side_b="BB")
AREAS = (feature("area", WEST, side_a="AA"), feature("area", EAST, side_a="BB"), feature("area", NORTH, side_a="CC"))


def borders(*features: dict[str, object]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(list(features), columns=[column.name for column in BORDERS])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)


def points(*positions: tuple[float, float] | None, **columns: Sequence[object]) -> gpd.GeoDataFrame:
    shapes = [None if position is None else shapely.Point(position) for position in positions]
    return gpd.GeoDataFrame(dict(columns), geometry=shapes, crs=4326)


def joined(position: tuple[float, float], layers: gpd.GeoDataFrame, **cells: object) -> pd.Series:
    return join_borders(points(position, **{name: [cell] for name, cell in cells.items()}), layers).iloc[0]
