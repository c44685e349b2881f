"""The border layers that geomap ships, and the default that is made of them.

One layer a pair: OpenStreetMap for Armenia-Azerbaijan, country-coder for all other pairs. The outlines of the two do
not meet exactly, so areas stand in order of precedence and the first that holds a point decides: OpenStreetMap for AM
and AZ, country-coder for the rest of the world, then the seams: what country-coder gives to AM or AZ and OpenStreetMap
to neither, as areas of the neighbours. Enclaves come before all of them. The lines that other sources give for the same
pairs stand beside it (`other_layers`): to compare with, never measured to.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap import shipped
from geomap.borders.arcs import shared_lines
from geomap.borders.formats.raw import Points
from geomap.borders.formats.topojson import read_topology
from geomap.borders.geojson import read_features
from geomap.borders.table import border_table
from geomap.borders.units import Units
from geomap.errors import BorderError
from geomap.types import BORDERS

LAYERS = ("osm", "osm2018", "countrycoder", "seams", "naturalearth")
"""Names of the shipped layers, which are folders of data/borders."""

_SIDES = ("AM", "AZ")
_PLACES = 6
"""Coordinates of all shipped layers are whole millionths of a degree."""

_STATED = ("vintage", "layer", "source", "licence", "error_km", "error_note")


def layer(name: str) -> gpd.GeoDataFrame:
    """Return one shipped layer as a border table (BORDERS, EPSG:4326), in the order of its files.

    "osm": the Armenia-Azerbaijan line and the two areas that it came from; "osm2018": the same and three enclaves as
    they were drawn in 2017, the areas only near the line; "countrycoder": areas, lines of all pairs and enclaves of the
    world; "seams": slivers between "osm" and that, as areas; "naturalearth": lines for drawing only. Raises BorderError
    for another name.
    """
    if name not in LAYERS:
        raise BorderError(f"no shipped border layer {name!r}", hint=f"one of {', '.join(LAYERS)}")
    folder = shipped.data("borders", name)
    common = _about(folder)
    rows = ({**common, **row} for path in sorted(folder.glob("*.*json")) for row in _rows(path))
    return border_table(rows, where=f"borders/{name}")


def _about(folder: Path) -> dict[str, Any]:
    """Return what every row of a layer says of itself."""
    about = tomllib.loads((folder / "SOURCE.toml").read_text(encoding="utf-8"))
    return {column: about[column] for column in _STATED}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the features of a file as rows of a border table; they were checked when they were made."""
    if path.suffix != ".topojson":
        for feature in read_features(path, check_shapes=False):
            yield {**feature.properties, "id": feature.id, "geometry": feature.geometry}
        return
    topology = json.loads(path.read_text(encoding="utf-8"))
    for feature in read_topology(topology, path, None).features:
        shape = shapely.transform(shapely.geometry.shape(feature.geometry), _decimals)
        yield {**feature.properties, "id": feature.id, "geometry": shape}


def _decimals(degrees: Points) -> Points:
    """Return coordinates as the decimals they were made from: a unit's multiple may be one bit beside them."""
    return np.round(degrees, _PLACES)


def default_borders() -> gpd.GeoDataFrame:
    """Return the borders that incidents are measured to, as a border table: lines, then enclaves, then areas.

    The Armenia-Azerbaijan line and the areas AM and AZ are OpenStreetMap's of 2026; all other lines and areas and the
    enclaves are country-coder's, but for Karki, which no open layer outlines: a circle stands for it, and says so.
    """
    osm, world = layer("osm"), layer("countrycoder")
    decided = set(osm.loc[osm["role"] == "area", "side_a"])
    ours = world["side_a"].isin(decided) & (world["side_b"].isin(decided) | (world["role"] == "area"))
    return _by_role(osm, world[~ours], layer("seams"))


def drawing_borders() -> gpd.GeoDataFrame:
    """Return the lines that are only drawn, all out of force: the ceasefire line of 1994 and the oblast of 1991."""
    return layer("naturalearth")


def other_layers() -> dict[str, gpd.GeoDataFrame]:
    """Return what other sources give for Armenia-Azerbaijan, the pair of the default borders' best layer.

    Each is a border table: lines, then enclaves, then areas. "osm2018": OpenStreetMap of 2017; "countrycoder":
    country-coder's; "naturalearth": Natural Earth's, which is for drawing and says so. They are there to compare with
    (`geomap.vintages`); nothing is measured to them by default.
    """
    return {"osm2018": _by_role(layer("osm2018")), "countrycoder": _country_coder(), "naturalearth": _natural_earth()}


def _country_coder() -> gpd.GeoDataFrame:
    """Return country-coder's line and areas of the pair, enclaves as parts of the areas."""
    world = layer("countrycoder")
    ours = world["side_a"].isin(_SIDES) & (world["side_b"].isin(_SIDES) | (world["role"] == "area"))
    kept = _by_role(world[ours])
    lines = kept["role"] == "line"
    kept.loc[lines, "geometry"] = kept.geometry[lines].map(_without_rings)
    return kept


def _without_rings(line: BaseGeometry) -> BaseGeometry:
    """Return the open parts of a line: rings are the outlines of enclaves, no part of the line between countries."""
    parts = shapely.get_parts(line)
    return shapely.MultiLineString(parts[~shapely.is_ring(parts)].tolist())


def _natural_earth() -> gpd.GeoDataFrame:
    """Return Natural Earth's areas of the pair, put together from its units, and the line that they share."""
    units = Units()
    areas = [_country(units, side) for side in _SIDES]
    line = _without_rings(shared_lines(areas, _SIDES)[_SIDES])
    source = "Natural Earth 4.1, provinces at 1:10 million (geomap's base map, simplified by 0.0005 degrees)"
    named = {"layer": "Natural Earth for drawing", "source": source}
    common = _about(shipped.data("borders", "naturalearth")) | named
    pair = {"id": "naturalearth:AM-AZ", "role": "line", "side_a": "AM", "side_b": "AZ", "geometry": line}
    held = (
        {"id": f"naturalearth:{side}", "role": "area", "side_a": side, "geometry": area}
        for side, area in zip(_SIDES, areas, strict=True)
    )
    return border_table(({**common, **row} for row in (pair, *held)), where="basemap/naturalearth")


def _country(units: Units, side: str) -> BaseGeometry:
    """Return the area that the outer arcs of a country's units close."""
    ours = np.array([unit.country == side for unit in units.rows] + [False])
    outer = ours[units.arcs.columns["first"]] != ours[units.arcs.columns["second"]]
    return shapely.build_area(shapely.MultiLineString([units.arcs[arc] for arc in np.flatnonzero(outer).tolist()]))


def _by_role(*tables: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join tables into one, rows by role and then in the order of the tables."""
    joined = pd.concat(tables, ignore_index=True)
    rank = joined["role"].map({"line": 0, "enclave": 1, "area": 2})
    ordered = joined.iloc[rank.argsort(kind="stable")].reset_index(drop=True)
    return gpd.GeoDataFrame(ordered[[column.name for column in BORDERS]], geometry="geometry", crs=tables[0].crs)
