"""A user's border file: what is understood, and one clear line for what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.borders import border_problems, read_borders
from geomap.borders.formats import content
from geomap.errors import BorderError
from geomap.types import BORDERS

LINE = {"type": "LineString", "coordinates": [[45, 40], [46, 41]]}
WEST = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
EAST = {"type": "Polygon", "coordinates": [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(document: Any) -> Path:
        path = tmp_path / "my border.geojson"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return path

    return write


def test_a_line_without_sides_or_status_is_accepted_and_told(written: Any) -> None:
    table = read_borders(written(collection(feature(LINE))))
    assert list(table.columns) == [column.name for column in BORDERS]
    row = table.iloc[0]
    assert (row["role"], row["layer"], row["vintage"]) == ("line", "my border", "unknown")
    assert table[["side_a", "side_b", "status", "error_km"]].isna().all(axis=None)
    problems = border_problems(table)
    assert [problem.code for problem in problems] == ["border_without_sides", "border_without_status"]
    assert all(problem.hint for problem in problems)


def test_keywords_fill_what_features_leave_empty_and_sides_are_put_in_order(written: Any) -> None:
    path = written(collection(feature(LINE, status="disputed", valid_to=""), feature(LINE, side_a="GE", side_b="AM")))
    table = read_borders(
        path, side_a="AZ", side_b="AM", status="claimed", valid_to="2020-11-10", error_km=1, vintage="2020"
    )
    assert table["status"].tolist() == ["disputed", "claimed"]
    assert table[["side_a", "side_b"]].to_numpy().tolist() == [["AM", "AZ"], ["AM", "GE"]]
    assert table["valid_to"].tolist() == ["2020-11-10"] * 2
    assert table["error_km"].tolist() == [1.0, 1.0]
    assert border_problems(table) == []


def test_lines_of_polygons_are_the_edges_that_they_share(written: Any) -> None:
    path = written(collection(feature(EAST, ISO_A2="BB"), feature(WEST, iso_a2="AA")))
    table = read_borders(path, layer="mine", status="delimited")
    assert table["role"].tolist() == ["area", "area", "line"]
    shared = table.iloc[-1]
    assert (shared["id"], shared["side_a"], shared["side_b"], shared["status"]) == (
        "mine:AA-BB",
        "AA",
        "BB",
        "delimited",
    )
    assert shared["geometry"].length == 1


def test_polygons_without_a_code_are_areas_without_a_side(written: Any) -> None:
    table = read_borders(written(collection(feature(WEST, iso_a2="-99"), feature(EAST, country="Armenia"))))
    assert table["role"].tolist() == ["area", "area"]
    assert table["side_a"].isna().all()
    assert [problem.code for problem in border_problems(table)] == ["area_without_country"] * 2


@pytest.mark.parametrize("document", [LINE, feature(LINE), collection(feature(LINE))], ids=["bare", "feature", "many"])
def test_three_ways_of_writing_one_line(written: Any, document: Any) -> None:
    assert len(read_borders(written(document))) == 1


def test_heights_a_byte_order_mark_and_a_wgs84_name_do_no_harm(written: Any) -> None:
    high = {"type": "MultiLineString", "coordinates": [[[45, 40, 900], [46, 41, 950]]]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    table = read_borders(written("\ufeff" + json.dumps(collection(feature(high), crs=crs))))
    assert not table.geometry.iloc[0].has_z


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ("", "the file is empty"),
        ("id,side_a,side_b", "is not JSON"),
        ("{", "is not JSON"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "NaN is no number"),
        ("[" * 100_000, "nested too deep"),
        ("[]", "is not a GeoJSON object"),
        ({"type": "Topology"}, "the topology has no objects"),
        ({"type": "Sphere"}, "type is 'Sphere'"),
        (collection(), "no features"),
        (collection(7), "feature 1: is not a Feature"),
        (collection(feature(LINE), feature(None)), "feature 2: geometry is missing"),
        (collection(feature({"type": "Point", "coordinates": [1, 2]})), "geometry is Point"),
        (collection(feature({"type": ["LineString"], "coordinates": []})), "give one of LineString"),
        (collection(feature({"type": "LineString", "coordinates": []})), "geometry is empty"),
        (collection(feature({"type": "LineString", "coordinates": [[1, 2], [1, 2]]})), "a line of one point"),
        (collection(feature({"type": "LineString", "coordinates": [[1, 2], [3]]})), "not two numbers"),
        (collection(feature({"type": "LineString", "coordinates": [["a", "b"], ["c", "d"]]})), "not two numbers"),
        (collection(feature({"type": "LineString", "coordinates": [[40.0, 145.0], [41.0, 146.0]]})), "off the globe"),
        (collection(feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]})), "a ring is not closed"),
        (collection(feature(BOW_TIE)), "Self-intersection"),
        (collection(feature(LINE), crs={"properties": {"name": "EPSG:3857"}}), "convert the layer to EPSG:4326"),
        (collection(feature(LINE, status="occupied")), "one of delimited"),
        (collection(feature(LINE, side_a="ARM", side_b="AZE")), "code of two letters"),
        (collection(feature(LINE, side_a="AM", side_b="AM")), "both sides are AM"),
        (collection(feature(LINE, valid_from="10.11.2020")), "give a date as 2020-11-10"),
        (
            collection(feature(LINE, valid_from="2020-11-10", valid_to="1994-05-12")),
            "valid_from is later than valid_to",
        ),
        (collection(feature(LINE, error_km=-1)), "give a number of km"),
        (collection(feature(LINE, error_km="1")), "give a number of km"),
        (collection(feature(LINE, role="area")), "role is 'area' but the geometry is a LineString"),
        (collection(feature(LINE, role="front")), "one of line, area, enclave, drawing, control"),
        (collection(feature(LINE, id="a"), feature(LINE, id="a")), "'a' stands twice"),
    ],
)
def test_bad_files_are_refused_in_one_line_that_names_the_file(written: Any, document: Any, what: str) -> None:
    path = written(document)
    with pytest.raises(BorderError) as refused:
        read_borders(path)
    assert what in str(refused.value)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.hint


def test_missing_files_folders_and_binary_files_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "border.geojson"
    binary.write_bytes(b"\x89PNG\r\n\xff\xfe")
    for path, what in (
        (tmp_path / "none.geojson", "no such file"),
        (tmp_path, "is a folder"),
        (binary, "is not text in UTF-8"),
    ):
        with pytest.raises(BorderError, match=what):
            read_borders(path)


def test_a_file_beyond_the_limit_is_refused_unread(written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_BYTES", 10)
    with pytest.raises(BorderError, match="larger than"):
        read_borders(written(collection(feature(LINE))))
