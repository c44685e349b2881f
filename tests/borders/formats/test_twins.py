"""Every format gives the table that its GeoJSON twin gives, whatever the file is called."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.borders import read_borders
from geomap.errors import BorderError


def test_the_twin_itself_holds_what_was_drawn(twin: gpd.GeoDataFrame) -> None:
    assert twin[["id", "role", "side_a"]].to_numpy().tolist() == [
        ["1", "area", "AA"],
        ["2", "area", "BB"],
        ["3", "area", "BB"],
        ["made:AA-BB", "line", "AA"],
    ]
    line = twin.iloc[3]
    assert line["geometry"].equals(shapely.LineString([(1, 0), (1, 2)]))
    assert (line["side_b"], line["valid_from"], line["error_km"], line["source"]) == ("BB", "1991-09-21", 1.5, "made")
    assert twin["repaired"].isna().all()


def by_geopandas(units: gpd.GeoDataFrame, path: Path, driver: str) -> Path:
    in_order = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    units.to_file(path, driver=driver, **in_order)
    return path


def as_lines(features: list[dict[str, Any]], path: Path, separator: str) -> Path:
    path.write_text("".join(f"{separator}{json.dumps(feature)}\n" for feature in features), encoding="utf-8")
    return path


def as_topology(features: list[dict[str, Any]], path: Path) -> Path:
    """Write a topology by hand: the line between the countries is cut where the two units meet."""
    arcs = [
        [[1, 0], [1, 1]],
        [[1, 1], [1, 2]],
        [[1, 2], [0, 2], [0, 0], [1, 0]],
        [[0.2, 0.2], [0.4, 0.2], [0.3, 0.4], [0.2, 0.2]],
        [[1, 0], [2, 0], [2, 1]],
        [[2, 1], [1, 1]],
        [[2, 1], [2, 2], [1, 2]],
        [[5, 5], [6, 5], [5, 6], [5, 5]],
    ]
    bounds = [("Polygon", [[2, 0, 1], [3]]), ("Polygon", [[4, 5, ~0]]), ("MultiPolygon", [[[~5, 6, ~1]], [[7]]])]
    shapes = [
        {"type": kind, "id": feature["id"], "properties": feature["properties"], "arcs": numbers}
        for feature, (kind, numbers) in zip(features, bounds, strict=True)
    ]
    objects = {"units": {"type": "GeometryCollection", "geometries": shapes}}
    path.write_text(json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}), encoding="utf-8")
    return path


def as_quantised_topology(features: list[dict[str, Any]], path: Path) -> Path:
    """Write the same topology in whole tenths, each position as the step from the one before."""
    topology = json.loads(as_topology(features, path).read_text(encoding="utf-8"))
    tenths = [[[round(10 * (x + 3)), round(10 * (y - 2))] for x, y in arc] for arc in topology["arcs"]]
    topology["arcs"] = [[arc[0], *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))] for arc in tenths]
    topology["transform"] = {"scale": [0.1, 0.1], "translate": [-3, 2]}
    path.write_text(json.dumps(topology), encoding="utf-8")
    return path


def kml_of(features: list[dict[str, Any]]) -> str:
    folder = f"<Document><Folder>{''.join(map(placemark, features))}</Folder></Document>"
    return f'<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">{folder}</kml>'


def placemark(feature: dict[str, Any]) -> str:
    properties = dict(feature["properties"])
    name = properties.pop("name")
    first, *others = properties.items()
    simple = f'<SchemaData schemaUrl="#s"><SimpleData name="{first[0]}">{first[1]}</SimpleData></SchemaData>'
    data = "".join(f'<Data name="{key}"><value>{escape(str(value))}</value></Data>' for key, value in others)
    shape = shapely.geometry.shape(feature["geometry"])
    drawn = "".join(map(polygon, shapely.get_parts(shape)))
    whole = f"<MultiGeometry>{drawn}</MultiGeometry>" if len(shapely.get_parts(shape)) > 1 else drawn
    extended = f"<ExtendedData>{simple}{data}</ExtendedData>"
    return f'<Placemark id="{feature["id"]}"><name>{name}</name>{extended}{whole}</Placemark>'


def polygon(shape: shapely.Polygon) -> str:
    inner = "".join(f"<innerBoundaryIs>{ring(hole)}</innerBoundaryIs>" for hole in shape.interiors)
    return f"<Polygon><outerBoundaryIs>{ring(shape.exterior)}</outerBoundaryIs>{inner}</Polygon>"


def ring(line: shapely.LinearRing) -> str:
    positions = "\n  ".join(f"{x},{y},900" for x, y in line.coords)
    return f"<LinearRing><coordinates>\n  {positions}\n</coordinates></LinearRing>"


def zipped(path: Path, *members: Path, folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.write(member, folder + member.name)
    return path


WRITERS: dict[str, Callable[[gpd.GeoDataFrame, list[dict[str, Any]], Path], Path]] = {
    "GeoJSON lines": lambda _, features, folder: as_lines(features, folder / "a.geojsonl", ""),
    "GeoJSON sequence": lambda _, features, folder: as_lines(features, folder / "a.json", "\x1e"),
    "TopoJSON": lambda _, features, folder: as_topology(features, folder / "a.json"),
    "GPKG": lambda units, _, folder: by_geopandas(units, folder / "a.gpkg", "GPKG"),
    "FlatGeobuf": lambda units, _, folder: by_geopandas(units, folder / "a.fgb", "FlatGeobuf"),
    "Shapefile": lambda units, _, folder: by_geopandas(units, folder / "a.shp", "ESRI Shapefile"),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_format_gives_the_table_of_its_geojson(
    kind: str, units: gpd.GeoDataFrame, features: list[dict[str, Any]], twin: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = WRITERS[kind](units, features, tmp_path)
    assert_same(read_borders(path, layer="made"), twin)


def test_a_quantised_topology_gives_the_table_within_a_rounding_error(
    features: list[dict[str, Any]], twin: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    table = read_borders(as_quantised_topology(features, tmp_path / "a.json"), layer="made")
    assert_same(table, twin, tolerance=1e-12)


def test_kml_and_kmz_give_the_table_of_their_geojson(
    features: list[dict[str, Any]], twin: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    document = tmp_path / "doc.kml"
    document.write_text(kml_of(features), encoding="utf-8")
    assert_same(read_borders(document, layer="made"), twin)
    assert_same(read_borders(zipped(tmp_path / "a.kmz", document), layer="made"), twin)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-5"])
def test_kml_declares_its_encoding(encoding: str, write: Any) -> None:
    text = '<?xml version="1.0" encoding="{}"?><kml><Placemark><name>Севан</name><LineString><coordinates>1,2 3,4'
    ends = "</coordinates></LineString></Placemark></kml>"
    table = read_borders(write((text.format(encoding) + ends).encode(encoding), "a.kml"))
    assert table["name"].tolist() == ["Севан"]


def test_a_zipped_shapefile_gives_the_table(units: gpd.GeoDataFrame, twin: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = by_geopandas(units, tmp_path / "a.shp", "ESRI Shapefile")
    archive = zipped(tmp_path / "a.zip", *sorted(tmp_path.glob("a.*")), folder="some folder/")
    for file in tmp_path.glob("a.[!z]*"):
        file.unlink()
    assert not path.exists()
    assert_same(read_borders(archive, layer="made"), twin)


@pytest.mark.parametrize("name", ["a.shp", "a.txt", "a"])
def test_the_content_decides_and_not_the_name(
    name: str, units: gpd.GeoDataFrame, twin: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = by_geopandas(units, tmp_path / "a.gpkg", "GPKG").rename(tmp_path / name)
    assert_same(read_borders(path, layer="made"), twin)


def test_a_border_table_comes_back_from_a_geopackage(twin: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "own.gpkg"
    twin.to_file(path)
    assert_same(read_borders(path), twin)


def test_layers_inside_are_listed_and_chosen(units: gpd.GeoDataFrame, twin: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "many.gpkg"
    units.to_file(path, layer="adm1")
    units.dissolve("ISO_A2").to_file(path, layer="adm0")
    with pytest.raises(BorderError, match=r"holds the layers adm1, adm0 \(name one with sublayer="):
        read_borders(path)
    with pytest.raises(BorderError, match=r"holds the layers adm1, adm0, not 'adm2'"):
        read_borders(path, sublayer="adm2")
    assert_same(read_borders(path, sublayer="adm1", layer="made"), twin)
    assert_same(read_borders(zipped(tmp_path / "many.zip", path), sublayer="adm1", layer="made"), twin)


def test_files_of_an_archive_are_listed_and_chosen(write: Any, features: list[dict[str, Any]], tmp_path: Path) -> None:
    first = write({"type": "FeatureCollection", "features": features[:1]}, "first.geojson")
    second = write({"type": "FeatureCollection", "features": features[1:]}, "second.geojson")
    archive = zipped(tmp_path / "both.zip", first, second, write("a text", "readme.txt"))
    with pytest.raises(BorderError, match=r"holds first.geojson, second.geojson \(name one with sublayer="):
        read_borders(archive)
    assert read_borders(archive, sublayer="second.geojson")["id"].tolist() == ["2", "3"]


def assert_same(table: gpd.GeoDataFrame, twin: gpd.GeoDataFrame, tolerance: float = 0) -> None:
    """Compare all cells; a polygon may have become a MultiPolygon of one, and a ring may start elsewhere."""
    pd.testing.assert_frame_equal(table.drop(columns="geometry"), twin.drop(columns="geometry"))
    assert shapely.equals_exact(plain(table), plain(twin), tolerance).all()
    assert table.crs == twin.crs


def plain(table: gpd.GeoDataFrame) -> list[shapely.Geometry]:
    return [shapely.normalize(shapely.GeometryCollection(list(shapely.get_parts(shape)))) for shape in table.geometry]
