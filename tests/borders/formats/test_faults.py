"""Each fault of a layer: refused with its feature and what to do; what has one obvious meaning is mended when asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from borders.formats.conftest import refusal
from shapely.geometry import mapping

from geomap.borders import read_borders

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
HOLE = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]]
LINE = {"type": "LineString", "coordinates": [[45, 40], [46, 41]]}
AREA = {"type": "Polygon", "coordinates": [SQUARE]}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


@pytest.mark.parametrize(
    ("geometry", "fault", "repaired", "expected"),
    [
        pytest.param(
            polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]),
            "geometry is invalid: Self-intersection[0.5 0.5]",
            "crossing rings made valid",
            shapely.MultiPolygon(
                [shapely.Polygon([(0, 0), (0.5, 0.5), (0, 1)]), shapely.Polygon([(1, 0), (1, 1), (0.5, 0.5)])]
            ),
            id="self-crossing",
        ),
        pytest.param(
            polygon(SQUARE[:-1]), "a ring is not closed", "open rings closed", shapely.box(0, 0, 1, 1), id="open"
        ),
        pytest.param(
            polygon(SQUARE, []),
            "a polygon has an empty ring",
            "empty rings left out",
            shapely.box(0, 0, 1, 1),
            id="empty",
        ),
        pytest.param(
            polygon(SQUARE, HOLE, HOLE[::-1]),
            "a ring stands twice",
            "repeated rings left out",
            shapely.Polygon(SQUARE, [HOLE]),
            id="a hole twice",
        ),
        pytest.param(
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE[2:] + SQUARE[1:3]]]},
            "a ring stands twice",
            "repeated rings left out",
            shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]),
            id="a part twice, begun elsewhere",
        ),
        pytest.param(
            polygon([*SQUARE[:2], SQUARE[1], *SQUARE[2:]]),
            "a position stands twice in a row: 1 0",
            "repeated positions left out",
            shapely.box(0, 0, 1, 1),
            id="repeated position",
        ),
        pytest.param(
            polygon([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]),
            "an edge spans more than 180 degrees",
            "cut at the antimeridian",
            shapely.MultiPolygon([shapely.box(170, 0, 180, 10), shapely.box(-180, 0, -170, 10)]),
            id="antimeridian",
        ),
        pytest.param(
            polygon(
                [[-170, 0], [-170, 10], [170, 10], [170, 0], [-170, 0]],
                [[174, 4], [176, 4], [176, 6], [174, 6], [174, 4]],
            ),
            "an edge spans more than 180 degrees",
            "cut at the antimeridian",
            shapely.MultiPolygon(
                [shapely.box(170, 0, 180, 10) - shapely.box(174, 4, 176, 6), shapely.box(-180, 0, -170, 10)]
            ),
            id="antimeridian, with a hole on the far side",
        ),
        pytest.param(
            polygon([[0, -70], [120, -60], [-120, -60], [0, -70]]),
            "an edge spans more than 180 degrees",
            "cut at the antimeridian; closed along the pole",
            shapely.Polygon(
                [(-180, -60), (-120, -60), (0, -70), (120, -60), (180, -60), (180, -90), (0, -90), (-180, -90)]
            ),
            id="around the pole",
        ),
        pytest.param(
            {"type": "LineString", "coordinates": [[178, 0], [-178, 4]]},
            "an edge spans more than 180 degrees",
            "cut at the antimeridian",
            shapely.MultiLineString([[(178, 0), (180, 2)], [(-180, 2), (-178, 4)]]),
            id="a line across the antimeridian",
        ),
        pytest.param(
            {"type": "LineString", "coordinates": [[0, 0], [0, 0], [1, 1]]},
            "a position stands twice in a row: 0 0",
            "repeated positions left out",
            shapely.LineString([(0, 0), (1, 1)]),
            id="repeated position of a line",
        ),
    ],
)
def test_a_fault_is_refused_and_mended_only_when_asked(
    geometry: Any, fault: str, repaired: str, expected: shapely.Geometry, write: Any
) -> None:
    path = write(collection(feature(geometry)))
    text = refusal(path)
    assert f"feature 1: {fault}" in text
    assert "read it with repair=True" in text
    (row,) = read_borders(path, repair=True).itertuples()
    assert row.repaired == repaired
    assert shapely.equals_exact(shapely.normalize(row.geometry), shapely.normalize(expected), 1e-12)


def test_a_sound_layer_is_the_same_whether_mended_or_not(write: Any) -> None:
    beside = polygon([[1, 0], [2, 0], [1, 1], [1, 0]])
    path = write(collection(feature(polygon(SQUARE, HOLE), ISO_A2="AA"), feature(beside, ISO_A2="BB")))
    plain, mended = read_borders(path), read_borders(path, repair=True)
    assert plain.to_json() == mended.to_json()
    assert mended["repaired"].isna().all()


def test_repairs_add_up_and_mark_the_lines_that_come_from_them(write: Any) -> None:
    west = polygon([[0, 0], [0, 0], [1, 0], [1, 1], [0, 1]])
    east = polygon([[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]])
    table = read_borders(write(collection(feature(west, ISO_A2="AA"), feature(east, ISO_A2="BB"))), repair=True)
    assert table["repaired"].fillna("").tolist() == [
        "repeated positions left out; open rings closed",
        "",
        "repeated positions left out; open rings closed",
    ]


@pytest.mark.parametrize(
    ("geometry", "fault"),
    [
        (None, "geometry is missing"),
        ({"type": "Point", "coordinates": [1, 2]}, "geometry is Point"),
        ({"type": "GeometryCollection", "geometries": []}, "geometry is empty"),
        ({"type": "GeometryCollection", "geometries": [LINE, AREA]}, "geometry mixes lines and areas"),
        ({"type": "GeometryCollection", "geometries": [LINE, None]}, "geometry is missing"),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}, "geometry is Point"),
        (polygon([[0, 0], [1, 0], [0, 0]]), "a ring is too short"),
        (polygon([[0, 0], [1, 0], [0, 0], [1, 0], [0, 0]]), "a ring is too short"),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "geometry has no area"),
        (polygon([]), "geometry is empty"),
        (polygon(SQUARE, SQUARE), "a hole is its polygon's own outline"),
        (polygon([[0, 8], [120, -8], [-120, 8], [0, 8]]), "a ring goes around a pole, and it is not clear which"),
        (polygon([[-180, -60], [180, -60], [180, 60], [-180, 60], [-180, -60]]), "is invalid: Too few points"),
        ({"type": "Polygon", "coordinates": ["abc"]}, "not a list of positions"),
        ({"type": "MultiPolygon", "coordinates": [7]}, "not a list of rings"),
        ({"type": "LineString", "coordinates": [[0, 0], [1e400, 0]]}, "a position is not a number"),
    ],
)
def test_what_has_no_one_obvious_meaning_is_refused_even_so(geometry: Any, fault: str, write: Any) -> None:
    path = write(json.dumps(collection(feature(AREA), feature(geometry))).replace("Infinity", "1e400"))
    assert fault in refusal(path, repair=True)
    assert "feature 2" in refusal(path)


def test_a_cap_closed_along_the_pole_or_a_parallel_is_no_fault(write: Any) -> None:
    coast = [[180, -70], [90, -65], [0, -72], [-90, -66], [-180, -70]]
    by_pole = polygon([*coast, [-180, -90], [180, -90], [180, -70]])
    by_parallel = polygon([[-180, -90], [0, -90], [180, -90], [180, -60], [-180, -60], [-180, -90]])
    table = read_borders(write(collection(feature(by_pole), feature(by_parallel))))
    assert table.geometry.iloc[1].equals(shapely.box(-180, -90, 180, -60))


@pytest.mark.parametrize("kind", ["Line", "Area"])
def test_collections_of_one_dimension_are_taken(kind: str, write: Any) -> None:
    shape = LINE if kind == "Line" else AREA
    moved = shapely.transform(shapely.geometry.shape(shape), lambda positions: positions + 9)
    other = {"type": f"Multi{shape['type']}", "coordinates": [mapping(moved)["coordinates"]]}
    nested = {"type": "GeometryCollection", "geometries": [other]}
    whole = {"type": "GeometryCollection", "geometries": [shape, nested]}
    (row,) = read_borders(write(collection(feature(whole)))).itertuples()
    assert len(shapely.get_parts(row.geometry)) == 2


def test_lines_and_areas_in_one_file_must_say_their_roles(write: Any) -> None:
    path = write(collection(feature(AREA), feature(LINE, role="line")))
    text = refusal(path)
    assert "mixes lines and areas: feature 2 is a line, feature 1 an area" in text
    told = write(collection(feature(AREA, role="area"), feature(LINE, role="line")))
    assert read_borders(told)["role"].tolist() == ["area", "line"]


def test_a_pair_with_a_line_of_its_own_gets_no_second_one(write: Any) -> None:
    east = polygon([[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]])
    areas = [feature(AREA, role="area", side_a="AA"), feature(east, role="area", side_a="BB")]
    own = feature(
        {"type": "LineString", "coordinates": [[1, 0], [1, 1]]}, role="line", side_a="BB", side_b="AA", id="own"
    )
    assert read_borders(write(collection(*areas, own)))["id"].tolist()[2:] == ["own"]


# ---------------------------------------------------------------- coordinate systems


def mercator(geometry: dict[str, Any]) -> dict[str, Any]:
    to_metres = pyproj.Transformer.from_crs(4326, 3857, always_xy=True).transform
    return mapping(shapely.transform(shapely.geometry.shape(geometry), to_metres, interleaved=False))


def test_a_declared_system_is_reprojected_only_when_asked_and_then_marked(write: Any) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    path = write(collection(feature(mercator(LINE)), crs=crs))
    text = refusal(path)
    assert "coordinate system is EPSG:3857" in text
    assert "repair=True" in text
    table = read_borders(path, repair=True)
    assert table["repaired"].tolist() == ["reprojected from EPSG:3857"]
    np.testing.assert_allclose(shapely.get_coordinates(table.geometry), LINE["coordinates"], atol=1e-9)


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile", "FlatGeobuf"])
def test_a_projected_layer_of_a_gis_is_reprojected_only_when_asked(driver: str, tmp_path: Path) -> None:
    units = gpd.GeoDataFrame({"ISO_A2": ["AA"]}, geometry=[shapely.box(44, 40, 45, 41)], crs=4326)
    path = tmp_path / {"GPKG": "a.gpkg", "ESRI Shapefile": "a.shp", "FlatGeobuf": "a.fgb"}[driver]
    units.to_crs(32638).to_file(path, driver=driver)
    assert "EPSG:32638" in refusal(path)
    table = read_borders(path, repair=True)
    assert table["repaired"].tolist() == ["reprojected from EPSG:32638"]
    np.testing.assert_allclose(table.total_bounds, (44, 40, 45, 41), atol=1e-6)


def test_a_shapefile_without_its_prj_needs_a_word(units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "a.shp"
    units.to_file(path)
    (tmp_path / "a.prj").unlink()
    assert "declares no coordinate system (a Shapefile says it in its .prj; where you know it" in refusal(path)
    assert len(read_borders(path, crs="EPSG:4326")) == 4
    assert "EPSG:3857" in refusal(path, crs="EPSG:3857")


def test_a_word_that_contradicts_the_file_is_refused(units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    units.to_file(path)
    assert "is EPSG:4326 and crs= says EPSG:3857" in refusal(path, crs="EPSG:3857", repair=True)
    assert "'EPSG:99' is not known" in refusal(path, crs="EPSG:99")
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        units.set_crs(None, allow_override=True).to_file(tmp_path / "none.gpkg")
    assert "declares no coordinate system" in refusal(tmp_path / "none.gpkg")


def test_metres_and_latitude_first_are_named_as_likely_causes(write: Any) -> None:
    assert "look like metres" in refusal(write(collection(feature(mercator(LINE)))))
    east = {"type": "LineString", "coordinates": [[35.6, 139.7], [36.0, 140.0]]}
    assert "latitude seems to come first" in refusal(write(collection(feature(east))))
    beyond = {"type": "LineString", "coordinates": [[179, 60], [181, 61]]}
    assert "cut the shape at the antimeridian" in refusal(write(collection(feature(beyond))))


@pytest.mark.parametrize(
    ("sides", "position"),
    [(("AM", "AZ"), (45.67, 39.84)), (("TJ", "KG"), (70.6, 39.9)), (("DE", "FR"), (7.6, 48))],
)
def test_a_layer_that_fits_its_countries_only_when_swapped_is_refused(
    sides: tuple[str, str], position: tuple[float, float], write: Any
) -> None:
    lon, lat = position
    right = {"type": "LineString", "coordinates": [[lon, lat], [lon + 0.5, lat + 0.5]]}
    swapped = {"type": "LineString", "coordinates": [[y, x] for x, y in right["coordinates"]]}
    assert len(read_borders(write(collection(feature(right))), side_a=sides[0], side_b=sides[1])) == 1
    path = write(collection(feature(swapped)))
    assert "latitude seems to come first" in refusal(path, side_a=sides[0], side_b=sides[1])


# ---------------------------------------------------------------- areas over one another, time and control


def box(west: float, east: float, **properties: Any) -> dict[str, Any]:
    return feature(mapping(shapely.box(west, 0, east, 1)), **properties)


def test_areas_of_two_countries_that_overlap_are_refused(write: Any) -> None:
    path = write(collection(box(0, 2, side_a="AA", id="a"), box(1, 3, side_a="BB", id="b")))
    text = refusal(path)
    assert "the areas 'a' (AA) and 'b' (BB) overlap, as at 1.500 0.500" in text
    assert "status (disputed, claimed) or claimed_by" in text
    assert "overlap" in refusal(path, status="delimited")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"side_a": "AA"}, {"side_a": "BB", "claimed_by": "BB"}),
        ({"side_a": "AA", "status": "disputed"}, {"side_a": "BB"}),
        ({"side_a": "AA"}, {"side_a": "AA"}),
        ({"side_a": "AA"}, {}),
        ({"side_a": "AA", "valid_to": "2020-11-10"}, {"side_a": "BB", "valid_from": "2020-11-10"}),
        ({"side_a": "AA"}, {"side_a": "BB", "role": "enclave"}),
        ({"side_a": "AA"}, {"side_a": "BB", "role": "control", "valid_from": "2020-11-10", "source": "s"}),
    ],
)
def test_areas_that_say_why_may_overlap(first: dict[str, str], second: dict[str, str], write: Any) -> None:
    table = read_borders(write(collection(box(0, 2, **first), box(1, 3, **second))))
    assert table["role"].tolist()[:2] == ["area", second.get("role", "area")]


def test_slivers_between_drawings_are_no_claim(write: Any) -> None:
    table = read_borders(write(collection(box(0, 1.0005, side_a="AA"), box(1, 2, side_a="BB"))))
    assert table["role"].tolist() == ["area", "area"]
    refusal(write(collection(box(0, 1.002, side_a="AA"), box(1, 2, side_a="BB"))))


def test_a_line_is_in_force_while_both_its_areas_are(write: Any) -> None:
    path = write(
        collection(
            box(0, 1, side_a="AA", valid_to="2020-11-10", id="old AA"),
            box(1, 3, side_a="BB", valid_to="2020-11-10", id="old BB"),
            box(0, 2, side_a="AA", valid_from="2020-11-10", id="new AA"),
            box(2, 3, side_a="BB", valid_from="2020-11-10", valid_to="2023-09-20", id="new BB"),
        )
    )
    lines = read_borders(path, layer="made", status="not_delimited").iloc[4:]
    assert lines[["id", "valid_from", "valid_to", "status"]].fillna("").to_numpy().tolist() == [
        ["made:AA-BB:before", "", "2020-11-10", "not_delimited"],
        ["made:AA-BB:2020-11-10", "2020-11-10", "2023-09-20", "not_delimited"],
    ]
    assert [line.bounds[0] for line in lines.geometry] == [1, 2]


def test_dates_that_change_no_line_do_not_divide_it(write: Any) -> None:
    areas = [box(0, 1, side_a="AA"), box(1, 2, side_a="BB")]
    island = box(5, 6, side_a="AA", valid_from="2000-01-01", source="s")
    lines = read_borders(write(collection(*areas, island)), source="s").iloc[3:]
    assert lines["id"].tolist() == ["layer:AA-BB"]
    assert lines[["valid_from", "valid_to"]].isna().all(axis=None)


def test_a_line_takes_origin_and_the_larger_error_from_its_areas(write: Any) -> None:
    west = box(0, 1, side_a="AA", vintage="2019", source="x", licence="CC0", error_km=0.5, schematic=True)
    path = write(collection(west, box(1, 2, side_a="BB", vintage="2020", source="x", error_km=2)))
    line = read_borders(path, licence="ODbL").iloc[2]
    assert (line["vintage"], line["source"], line["licence"]) == ("2019 | 2020", "x", "CC0 | ODbL")
    assert (line["error_km"], line["schematic"]) == (2.0, True)


@pytest.mark.parametrize("missing", ["side_a", "valid_from", "source"])
def test_control_states_who_since_when_and_by_whose_word(missing: str, write: Any) -> None:
    said = {"side_a": "AZ", "valid_from": "2022-08-26", "source": "a dated report"}
    path = write(collection(box(0, 1)))
    assert read_borders(path, role="control", **said)[["role", *said]].iloc[0].tolist() == ["control", *said.values()]
    text = refusal(path, role="control", **{key: value for key, value in said.items() if key != missing})
    assert f"feature 1: an area of control without {missing}" in text


def test_a_line_of_control_is_no_area_of_control(write: Any) -> None:
    text = refusal(write(collection(feature(LINE))), role="control", side_a="AZ", valid_from="2020-11-10", source="s")
    assert "role is 'control' but the geometry is a LineString" in text


@pytest.mark.parametrize(("value", "flag"), [(True, True), (False, False), (1, True), (0, False)])
def test_schematic_is_a_flag(value: Any, flag: bool, write: Any) -> None:  # noqa: FBT001
    assert read_borders(write(collection(feature(LINE, schematic=value))))["schematic"].tolist() == [flag]
    assert "give true or false" in refusal(write(collection(feature(LINE, schematic="roughly"))))
