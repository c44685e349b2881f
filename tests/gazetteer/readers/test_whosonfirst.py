"""Who's On First exports in their three forms; records that are no longer valid stay out."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.whosonfirst import read_whosonfirst
from geomap.types import Name

FLAT: dict[str, Any] = {
    "wof": 1, "type": "locality", "name": "Kent", "lat": 39.5, "lon": 46.5, "cc": "AM", "pop": 7000, "fcode": "PPL",
    "deprecated": None, "superseded_by": [],
    "names": {
        "hye_x_preferred": ["Քենթ"], "rus_x_preferred": ["Кент"], "aze_x_preferred": ["Kənd", "Kend"],
        "hye_x_historical": ["Հին Քենթ"], "eng_x_colloquial": ["Kenny"], "und_x_variant": ["Kentavan", 7],
        "eng_x_preferred": ["Kent"], "eng_x_nonsense": ["Nonsense"], "wkdt_x_variant": ["Q1"], "hye_x_variant": "Քենթք",
    },
}  # fmt: skip
FEATURE: dict[str, Any] = {
    "type": "Feature",
    "properties": {
        "wof:id": 2, "wof:name": "Kent", "wof:placetype": "county", "wof:country": "AM", "mz:is_current": 1,
        "geom:latitude": 39.4, "geom:longitude": 46.4, "lbl:latitude": 39.6, "lbl:longitude": 46.6,
        "geom:area_square_m": 314_159_265.0, "edtf:deprecated": "", "edtf:cessation": "uuuu", "wof:superseded_by": [],
        "name:hye_x_preferred": ["Քենթի շրջան"],
    },
    "geometry": {"type": "Point", "coordinates": [46.4, 39.4]},
}  # fmt: skip


def feature(**changes: Any) -> dict[str, Any]:
    named = {key.replace("__", ":"): value for key, value in changes.items()}
    return {**FEATURE, "properties": {**FEATURE["properties"], **named}}


def lines(folder: Path, *records: Any) -> Path:
    path = folder / "places.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n", encoding="utf-8")
    return path


def test_a_flat_record_gives_names_with_short_language_tags(tmp_path: Path) -> None:
    reading = read_whosonfirst(lines(tmp_path, FLAT))
    (place,) = reading
    assert (place.id, place.name, place.country, place.kind, place.feature) == ("wof:1", "Kent", "AM", "town", "PPL")
    assert (place.lon, place.lat, place.population, place.radius_kind) == (46.5, 39.5, 7000, "convention")
    assert place.names == (
        Name("Քենթ", "hy", "own"),
        Name("Кент", "ru", "russian"),
        Name("Kənd", "az", "other"),
        Name("Kend", "az", "other"),
        Name("Kenny", "en", "variant"),
        Name("Kentavan", "Latn", "variant"),
        Name("Հին Քենթ", "hy", "historic"),
    )
    assert reading.problems == ()
    assert reading.credits[0]["name"] == "Who's On First"


def test_a_feature_is_placed_by_its_label_and_has_the_radius_of_its_area(tmp_path: Path) -> None:
    path = tmp_path / "2.geojson"
    path.write_text(json.dumps(FEATURE, indent=2), encoding="utf-8")
    (place,) = read_whosonfirst(path)
    assert (place.id, place.kind, place.lon, place.lat) == ("wof:2", "district", 46.6, 39.6)
    assert (place.radius_km, place.radius_kind) == (pytest.approx(10.0, abs=0.01), "source")
    (place,) = read_whosonfirst(lines(tmp_path, feature(lbl__latitude=None, lbl__longitude=0, geom__area_square_m=0)))
    assert (place.lon, place.lat, place.radius_kind) == (46.4, 39.4, "convention")


@pytest.mark.parametrize(
    "change",
    [
        {"edtf__deprecated": "2019-01-01"}, {"edtf__superseded": "2019-01-01"}, {"edtf__cessation": "1992"},
        {"wof__superseded_by": [3]}, {"mz__is_current": 0},
    ],
)  # fmt: skip
def test_records_that_are_over_are_left_out_and_counted(tmp_path: Path, change: dict[str, Any]) -> None:
    reading = read_whosonfirst(lines(tmp_path, feature(**change), FLAT, {**FLAT, "deprecated": "2024-01-19"}))
    assert [place.id for place in reading] == ["wof:1"]
    (problem,) = reading.problems
    assert problem.reason.startswith("2 deprecated")
    assert not problem.set_aside


def test_a_record_that_may_be_current_stays(tmp_path: Path) -> None:
    assert len(list(read_whosonfirst(lines(tmp_path, feature(mz__is_current=-1))))) == 1


@pytest.mark.parametrize(
    ("placetype", "kind"),
    [
        ("region", "province"), ("localadmin", "district"), ("country", "country"), ("ocean", "sea"),
        ("macroregion", "region"), ("venue", None), ("postalcode", None), (None, None), (["locality"], None),
    ],
)  # fmt: skip
def test_place_types_become_kinds_or_stay_out(tmp_path: Path, placetype: Any, kind: str | None) -> None:
    reading = read_whosonfirst(lines(tmp_path, feature(wof__placetype=placetype)))
    assert [place.kind for place in reading] == ([kind] if kind else [])
    assert len(reading.problems) == (0 if kind else 1)


@pytest.mark.parametrize(
    "record",
    [
        {**FLAT, "lat": 91}, {**FLAT, "lon": "46.5"}, {**FLAT, "lon": None}, {**FLAT, "name": " "}, {**FLAT, "name": 7},
        {**FLAT, "wof": "one"}, {**FLAT, "wof": -1}, {**FLAT, "lat": 10**400}, [FLAT], "Kent", {"type": "Feature"},
        {"properties": []},
    ],
)  # fmt: skip
def test_a_broken_record_is_set_aside_under_its_line(tmp_path: Path, record: Any) -> None:
    reading = read_whosonfirst(lines(tmp_path, {**FLAT, "wof": 5}, record))
    assert [place.id for place in reading] == ["wof:5"]
    (problem,) = reading.problems
    assert (problem.row, problem.set_aside) == (2, True)


def distribution(path: Path, *bodies: tuple[int, Any, int]) -> Path:
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE geojson (id INTEGER, body TEXT, source TEXT, is_alt BOOLEAN, lastmodified INTEGER)"
        )
        database.executemany("INSERT INTO geojson VALUES (?, ?, '', ?, 0)", bodies)
    database.close()
    return path


def test_a_sqlite_distribution_is_read_without_alternative_geometries(tmp_path: Path) -> None:
    path = distribution(
        tmp_path / "whosonfirst.db",
        (2, json.dumps(FEATURE), 0),
        (2, json.dumps(feature(wof__name="Alternative")), 1),
        (4, json.dumps(feature(wof__id=4, wof__name="Berd")), 0),
        (5, None, 0),
    )
    before = path.read_bytes()
    reading = read_whosonfirst(path)
    assert [(place.id, place.name) for place in reading] == [("wof:2", "Kent"), ("wof:4", "Berd")]
    assert reading.set_aside == 1
    assert path.read_bytes() == before


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "places.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(FLAT).encode()))
    assert [place.name for place in read_whosonfirst(path)] == ["Kent"]


def test_files_that_are_no_export_are_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as database:
        database.execute("CREATE TABLE birds (name TEXT)")
    database.close()
    (tmp_path / "damaged.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 200)
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "text.jsonl").write_text("Kent\n")
    (tmp_path / "other.jsonl").write_text('{"name": "Kent"}\n')
    for name in ("other.db", "damaged.db", "empty.jsonl", "text.jsonl", "other.jsonl", "none.jsonl", ""):
        with pytest.raises(GazetteerError):
            list(read_whosonfirst(tmp_path / name))


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5), st.lists, max_leaves=3
)


@given(st.integers(1, 2**50), NAMES, st.floats(-180, 180), st.floats(-90, 90))
def test_a_record_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, number: int, name: str, lon: float, lat: float
) -> None:
    record = {**FLAT, "wof": number, "name": name, "lon": lon, "lat": lat}
    (place,) = read_whosonfirst(lines(tmp_path_factory.mktemp("wof"), record))
    assert (place.id, place.name, place.lon, place.lat) == (f"wof:{number}", name.strip(), lon, lat)


@given(st.sampled_from([*FEATURE["properties"], "name:rus_x_variant", "gn:fcode", "wof:population"]), VALUES)
def test_no_value_raises_anything_but_a_gazetteer_error(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any
) -> None:
    changed = {**FEATURE, "properties": {**FEATURE["properties"], key: value}}
    reading = read_whosonfirst(lines(tmp_path_factory.mktemp("wof"), FLAT, changed))
    assert next(iter(reading)).id == "wof:1"
    assert len(list(reading)) + len(reading.problems) == 1


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_gazetteer_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("wof") / "places.jsonl"
    path.write_bytes(json.dumps(FLAT).encode() + b"\n" + data)
    assert [place.id for place in read_whosonfirst(path)] == ["wof:1"]


def test_the_sample_of_two_countries_is_read(samples: Path) -> None:
    reading = read_whosonfirst(samples / "places" / "wof_places_am_az.jsonl.gz")
    places = list(reading)
    assert len(places) == 9_171 - 106  # 106 deprecated or superseded ones
    assert not reading.set_aside
    goris = [place for place in places if place.name == "Goris" and place.kind == "town"]
    assert [(place.lon, place.lat) for place in goris] == [pytest.approx((46.34, 39.51), abs=0.02)]
    assert Name("Gorus", "az", "other") in goris[0].names
