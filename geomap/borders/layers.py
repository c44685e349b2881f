"""The border layers that geomap ships, and the default that is made of them.

One layer a pair: OpenStreetMap for Armenia-Azerbaijan, country-coder for all other pairs. The outlines of the two do
not meet exactly, so areas stand in order of precedence and the first that holds a point decides: OpenStreetMap for AM
and AZ, country-coder for the rest of the world, then the seams: what country-coder gives to AM or AZ and OpenStreetMap
to neither, as areas of the neighbours. Enclaves come before all of them.
"""

from __future__ import annotations

import tomllib

import geopandas as gpd
import pandas as pd

from geomap import shipped
from geomap.borders.geojson import read_features
from geomap.borders.table import border_table
from geomap.errors import BorderError
from geomap.types import BORDERS

LAYERS = ("osm", "countrycoder", "seams", "naturalearth")
"""Names of the shipped layers, which are folders of data/borders."""

_ABOUT = ("vintage", "layer", "source", "licence", "error_km", "error_note")


def layer(name: str) -> gpd.GeoDataFrame:
    """Return one shipped layer as a border table (BORDERS, EPSG:4326), in the order of its files.

    "osm": the Armenia-Azerbaijan line and the two areas that it came from; "countrycoder": areas, lines of all pairs
    and enclaves of the world; "seams": slivers between these two, as areas; "naturalearth": lines for drawing only.
    Raises BorderError for another name.
    """
    if name not in LAYERS:
        raise BorderError(f"no shipped border layer {name!r}", hint=f"one of {', '.join(LAYERS)}")
    folder = shipped.data("borders", name)
    about = tomllib.loads((folder / "SOURCE.toml").read_text(encoding="utf-8"))
    common = {column: about[column] for column in _ABOUT}
    rows = (
        {**common, **feature.properties, "id": feature.id, "geometry": feature.geometry}
        for path in sorted(folder.glob("*.geojson"))
        for feature in read_features(path, check_shapes=False)
    )
    return border_table(rows, where=f"borders/{name}")


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


def _by_role(*tables: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join tables into one, rows by role and then in the order of the tables."""
    joined = pd.concat(tables, ignore_index=True)
    rank = joined["role"].map({"line": 0, "enclave": 1, "area": 2})
    ordered = joined.iloc[rank.argsort(kind="stable")].reset_index(drop=True)
    return gpd.GeoDataFrame(ordered[[column.name for column in BORDERS]], geometry="geometry", crs=tables[0].crs)
