from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import SourceError
from geomap.sources import Limits, RawFeatures, read_source
from geomap.sources.json_cursor import JsonCursor, as_text, depth


def read(folder: Path, text: str, limits: Limits | None = None) -> RawFeatures:
    (folder / "file.geojson").write_text(text, encoding="utf-8")
    raw = read_source(folder / "file.geojson", limits=limits or Limits())
    assert isinstance(raw, RawFeatures)
    return raw


def feature(geometry: str = "null", properties: str = "{}", more: str = "") -> str:
    return f'{{"type": "Feature", "geometry": {geometry}, "properties": {properties}{more}}}'


def collection(*features: str, more: str = "") -> str:
    return f'{{"type": "FeatureCollection"{more}, "features": [{", ".join(features)}]}}'


POINT = '{"type": "Point", "coordinates": [45.9, 40.2]}'


def test_properties_become_text_as_written(tmp_path: Path) -> None:
    properties = r'{"id": 007e0, "x": 1.50, "yes": true, "none": null, "many": ["a", {"b": 2.0}], "t": "é\n\u202e"}'
    raw = read(tmp_path, collection(feature(POINT, properties.replace("007e0", "7e0"))))
    assert raw.frame.iloc[0].tolist()[:3] == ["7e0", "1.50", "true"]
    assert raw.frame["none"].isna().all()
    assert raw.frame["many"].iloc[0] == '["a",{"b":2.0}]'
    assert raw.frame["t"].iloc[0] == "é\n\u202e"
    assert (raw.geometry[0].x, raw.geometry[0].y) == (45.9, 40.2)
    assert (raw.format, raw.count, list(raw.frame.index)) == ("geojson", 1, [1])


def test_features_of_different_properties_share_columns(tmp_path: Path) -> None:
    raw = read(tmp_path, collection(feature(POINT, '{"a": "1"}'), feature(POINT, '{"b": ""}', ', "id": 12')))
    assert raw.columns == ("a", "id", "b")
    assert raw.frame.iloc[1].tolist()[1:] == ["12", ""]
    assert raw.frame["a"].isna().tolist() == [False, True]


def test_null_geometries_and_lines_are_kept(tmp_path: Path) -> None:
    line = '{"type": "LineString", "coordinates": [[45, 40, 1200], [46, 41, 1300]]}'
    raw = read(tmp_path, collection(feature(), feature(line)))
    assert raw.geometry[0] is None
    assert raw.geometry[1].wkt == "LINESTRING (45 40, 46 41)"
    assert "altitudes of 1 features were left out" in raw.notes


@pytest.mark.parametrize(
    ("bad", "code", "words"),
    [
        ('{"type": "Feature", "geometry": null, "properties": {"x": NaN}}', "not_json", "NaN"),
        (feature('{"type": "Point", "coordinates": [NaN, 40]}'), "not_json", "NaN"),
        (feature('{"type": "Point", "coordinates": [-Infinity, 40]}'), "not_json", "Infinity"),
        (feature('{"type": "Point", "coordinates": [1e999, 40]}'), "bad_geometry", "too large"),
        (feature('{"type": "Point", "coordinates": ["45", "40"]}'), "bad_geometry", "not a position"),
        (feature('{"type": "Point", "coordinates": [45]}'), "bad_geometry", "not a position"),
        (feature('{"type": "Point", "coordinates": []}'), "bad_geometry", "not a position"),
        (feature('{"type": "Point"}'), "bad_geometry", "arrays of numbers"),
        (feature('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}'), "bad_geometry", "cannot be built"),
        (feature('{"type": "Circle", "coordinates": [1, 2]}'), "bad_geometry", "'Circle'"),
        (feature("[1, 2]"), "bad_geometry", "kind of geometry"),
        (feature(properties='{"a": 1, "a": 2}'), "not_json", "twice"),
        (feature(properties="[1]"), "not_a_feature", "properties"),
        (feature(properties=f'{{"a": "{"x" * 60}"}}'), "cell_too_large", "50 bytes"),
        ("5", "not_a_feature", "not a GeoJSON Feature"),
        (POINT, "not_a_feature", "not a GeoJSON Feature"),
    ],
)
def test_a_bad_feature_is_set_aside_among_good_ones(tmp_path: Path, bad: str, code: str, words: str) -> None:
    raw = read(tmp_path, collection(feature(POINT), bad, feature(POINT)), Limits(cell_bytes=50))
    assert list(raw.frame.index) == [1, 3]
    assert raw.count == 3
    [problem] = raw.problems
    assert (problem.row, problem.code, problem.set_aside) == (2, code, True)
    assert words in problem.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ('{"type": "FeatureCollection", "features": [', "line 1"),
        ('{"type": "FeatureCollection",\n "features": [}', "line 2"),
        (collection(feature(POINT)) + "x", "text after the end"),
        ("[]", "a GeoJSON document is an object"),
        ('{"a": 1}', "not GeoJSON"),
        ('{"type": "Topology", "objects": {}}', "'Topology'"),
        ('{"type": "FeatureCollection", "features": {}}', "not GeoJSON"),
        ('{"type": "FeatureCollection", "type": "x", "features": []}', "twice"),
        ('{type: "FeatureCollection"}', "line 1"),
        ("{'type': 'FeatureCollection'}", "line 1"),
        ('{5: "FeatureCollection"}', "its name"),
        ('{"x": NaN, "type": "FeatureCollection", "features": []}', "NaN"),
        (collection(more=', "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}'), "3857"),
        ("[" * 100_000, "a GeoJSON document"),
        ('{"x": ' + "[" * 100_000, "nested deeper than 64"),
        (collection(feature(properties='{"x": ' + "[" * 62 + "]" * 62 + "}")), "nested deeper than 64"),
        (collection("[" * 900 + "]" * 900), "nested deeper than 64"),
    ],
)
def test_what_is_no_geojson_is_refused_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_damaged_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.geojson").write_bytes(collection(feature(properties='{"a": "Սոթք"}')).encode() + b"\xff")
    with pytest.raises(SourceError, match="not UTF-8"):
        read_source(tmp_path / "file.geojson")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs84_by_all_its_names_is_accepted(tmp_path: Path, name: str) -> None:
    crs = f', "crs": {{"type": "name", "properties": {{"name": "{name}"}}}}'
    assert read(tmp_path, collection(feature(POINT), more=crs)).count == 1


def test_other_documents_of_the_standard(tmp_path: Path) -> None:
    assert read(tmp_path, feature(POINT, '{"place": "Sotk"}')).frame["place"].tolist() == ["Sotk"]
    assert read(tmp_path, POINT).geometry[0].wkt == "POINT (45.9 40.2)"
    raw = read(tmp_path, f'{{"geometries": [{POINT}, {POINT}], "type": "GeometryCollection"}}')
    assert (raw.count, raw.columns) == (2, ())
    nested = f'{{"type": "GeometryCollection", "geometries": [{POINT}]}}'
    assert read(tmp_path, collection(feature(nested))).geometry[0].wkt == "GEOMETRYCOLLECTION (POINT (45.9 40.2))"
    empty = read(tmp_path, collection())
    assert (empty.count, empty.problems[0].code) == (0, "no_rows")


def test_limits_on_features_and_properties(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="more than 1 features"):
        read(tmp_path, collection(feature(), feature()), Limits(rows=1))
    with pytest.raises(SourceError, match="more than 1 different properties"):
        read(tmp_path, collection(feature(properties='{"a": 1, "b": 2}')), Limits(columns=1))


def test_a_hostile_document_is_refused_quickly(tmp_path: Path) -> None:
    start = time.process_time()
    with pytest.raises(SourceError):
        read(tmp_path, '{"x": ' + '{"a":' * 1_000_000)
    assert time.process_time() - start < 5


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(VALUES)
def test_values_keep_their_text_and_depth(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    decoded = JsonCursor(text, 64).value()
    assert as_text(decoded) == (value if isinstance(value, str) else text)
    assert depth(decoded) == depth(value)


def test_the_sample_borders_read_without_gdal(samples: Path) -> None:
    raw = read_source(samples / "borders" / "osm2026_border_am_az.geojson")
    assert isinstance(raw, RawFeatures)
    assert raw.geometry[0].geom_type == "MultiLineString"
