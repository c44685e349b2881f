"""A file's column of names: every row accounted for, each name answered once, nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from geopy.distance import great_circle

from geomap.errors import SourceError
from geomap.gazetteer import Gazetteer
from geomap.lookup import LocatedColumn, locate_column, read_column
from geomap.lookup.column import MATCH_COLUMNS, STATUSES
from geomap.project import Project, format_lock
from geomap.render.spreadsheet import reveal
from geomap.types import Name, Pin, Place

GAZETTEER = Gazetteer(
    [
        Place("x:1", "Jermuk", "AM", None, "town", 45.67112, 39.83948, 2.0, names=(Name("Istisu", "az", "other"),)),
        Place("x:2", "Istisu", "AZ", None, "village", 45.98, 39.95, 1.0),
        Place("x:3", "Goris", "AM", None, "town", 46.34168, 39.51111, 2.0),
        Place("x:4", "Azatek", "AM", None, "village", 45.4, 39.7, 1.0),
        Place("x:5", "Sotk", "AM", None, "village", 45.86951, 40.20007, 1.0),
    ]
)
PARTS = ("placed", "ambiguous", "unknown", "no_place", "stretch", "empty")
PROJECT = Project(countries=("AM", "AZ"))
ROWS = """id,place,country
1,Goris,Armenia
2,Istisu,
3, Istisu ,
4,,Armenia
5,  ,
6,=Zzyzx,
7,Istisu,Azerbaijan
8,Goris,AM
9,Goris,Atlantis
10,Sotk to Goris,AM
11,December,
broken
"""


def _located(path: Path, project: Project = PROJECT, country: str | None = "country") -> LocatedColumn:
    return locate_column(read_column(str(path), "place", country), project, gazetteer=GAZETTEER)


@pytest.fixture
def located(tmp_path: Path) -> LocatedColumn:
    path = tmp_path / "reports.csv"
    path.write_text(ROWS, "utf-8")
    return _located(path)


def _rows(located: LocatedColumn) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(located.csv().decode(), newline="")))


def test_every_row_is_accounted_for(located: LocatedColumn) -> None:
    told = located.summary()
    parts = {key: told[key] for key in PARTS}
    assert parts == {"placed": 3, "ambiguous": 2, "unknown": 2, "no_place": 1, "stretch": 1, "empty": 2}
    assert told["rows"] == sum(parts.values()) + len(told["set_aside"]) == 12
    assert [entry["row"] for entry in told["set_aside"]] == [13]


def test_names_are_counted_once_in_their_country(located: LocatedColumn) -> None:
    told = located.summary()["names"]
    assert (told["distinct"], told["placed"], told["ambiguous"], told["unknown"]) == (7, 2, 1, 2)
    assert told["distinct"] == sum(told[part] for part in STATUSES)


def test_what_to_decide_stands_in_order_of_rows(located: LocatedColumn) -> None:
    told = located.summary()["to_decide"]
    assert [(entry["name"], entry["country"], entry["rows"], entry["status"]) for entry in told] == [
        ("Istisu", None, 2, "ambiguous"),
        ("=Zzyzx", None, 1, "unknown"),
        ("Goris", "Atlantis", 1, "unknown"),
        ("Sotk to Goris", "AM", 1, "stretch"),
    ]
    assert {place["id"] for place in told[0]["candidates"]} == {"x:1", "x:2"}
    assert [place["id"] for place in told[3]["candidates"]] == ["x:5", "x:3"]
    json.dumps(told, allow_nan=False)


def test_the_rows_come_back_with_their_matches(located: LocatedColumn) -> None:
    rows = _rows(located)
    assert list(rows[0]) == ["id", "place", "country", *MATCH_COLUMNS]
    assert [row["id"] for row in rows] == [str(number) for number in range(1, 12)]
    assert [row["match_id"] for row in rows] == ["x:3", "", "", "", "", "", "x:2", "x:3", "", "", ""]
    assert [row["match_status"] for row in rows[1:6]] == ["ambiguous", "ambiguous", "empty", "empty", "unknown"]
    goris = rows[0]
    assert [goris[name] for name in MATCH_COLUMNS[1:7]] == ["Goris", "AM", "46.34168", "39.51111", "placed", "exact"]
    assert rows[1]["match_lon"] == rows[9]["match_lon"] == ""
    assert [row["match_status"] for row in rows[9:]] == ["stretch", "no_place"]
    assert (rows[5]["place"], reveal(rows[5]["place"]), rows[2]["place"]) == ("'=Zzyzx", "=Zzyzx", " Istisu ")


def test_words_around_a_name_give_their_own_position_or_none(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("place\n5 km east of Goris\nnear Goris\nin the direction of Goris\n")
    east, near, direction = _rows(_located(tmp_path / "r.csv", country=None))
    # 5 km along the parallel of 39.511 N are 0.0582 degrees of longitude (WGS84, 85.96 km a degree).
    assert float(east["match_lon"]) == pytest.approx(46.3999, abs=0.001)
    assert (east["match_relation"], near["match_relation"], near["match_lon"]) == ("near", "near", "46.342")
    assert (direction["match_relation"], direction["match_radius_km"]) == ("direction_of", "")


def test_a_row_is_asked_for_in_its_unit(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("place,unit\nMill,Syunik\nMill,Lori\nMill,\n")
    units = {"Syunik": 39.2, "Lori": 41.0}
    mills = [Place(f"x:{unit}", "Mill", "AM", unit, "village", 45.0, lat, 1.0) for unit, lat in units.items()]
    column = read_column(str(tmp_path / "r.csv"), "place", admin1_column="unit")
    located = locate_column(column, PROJECT, gazetteer=Gazetteer(mills))
    assert [row["match_id"] for row in _rows(located)] == ["x:Syunik", "x:Lori", ""]
    (entry,) = located.summary()["to_decide"]
    assert (entry["name"], entry["admin1"], entry["rows"]) == ("Mill", None, 1)


def test_the_point_of_an_area_is_told_to_two_decimals(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("place\nLake Sevan\n")
    lake = Place("x:9", "Lake Sevan", "AM", None, "lake", 45.35, 40.31667, 20.0)
    column = read_column(str(tmp_path / "r.csv"), "place")
    (row,) = _rows(locate_column(column, PROJECT, gazetteer=Gazetteer([lake])))
    assert (row["match_lon"], row["match_lat"], row["match_radius_km"]) == ("45.35", "40.32", "20.0")


def test_pins_decide_in_files_too(tmp_path: Path) -> None:
    (tmp_path / "places.lock").write_text(format_lock([Pin("Istisu", "x:1", "listed with Goris")]))
    (tmp_path / "r.csv").write_text(ROWS)
    project = Project(folder=tmp_path, countries=("AM", "AZ"))
    told = _located(tmp_path / "r.csv", project).summary()
    assert (told["placed"], told["pinned"], told["ambiguous"]) == (5, 3, 0)
    assert "Istisu" not in {entry["name"] for entry in told["to_decide"]}


def test_features_are_read_by_their_properties(tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": None, "properties": {"place": "Goris", "n": 1}}
    path = tmp_path / "r.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, feature]}))
    located = _located(path, country=None)
    assert (located.summary()["rows"], located.summary()["placed"]) == (2, 2)
    assert [row["match_id"] for row in _rows(located)] == ["x:3", "x:3"]


def test_a_file_without_names_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("place\n\n")
    located = _located(path, country=None)
    assert (located.summary()["rows"], located.summary()["names"]["distinct"]) == (0, 0)
    assert located.csv().decode().splitlines() == [",".join(["place", *MATCH_COLUMNS])]


def test_columns_that_are_missing_or_taken_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("place,match_id\nGoris,1\n")
    with pytest.raises(SourceError, match=r"no column 'plase'.*did you mean 'place'"):
        read_column(str(path), "plase")
    with pytest.raises(SourceError, match="its columns: place, match_id"):
        read_column(str(path), "place", "zzz")
    with pytest.raises(SourceError, match="has columns match_id already"):
        _located(path, country=None).csv()


@pytest.mark.slow
def test_places_of_a_real_file_lie_where_its_own_coordinates_say(samples: Path) -> None:
    """UCDP GED 23.1, Central African Republic: rows of where_prec 1, whose coordinates are those of the place named."""
    path = samples / "incidents" / "ucdp_ged231_car_49col.csv"
    located = locate_column(read_column(str(path), "where_coordinates", "country"), Project())
    told, rows = located.summary(), _rows(located)
    assert told["rows"] == sum(told[part] for part in PARTS) + len(told["set_aside"]) == 1848
    exact = [row for row in rows if row["match_status"] == "placed" and row["where_prec"] == "1"]
    assert len(exact) > 100  # Bangui alone is named in 221 rows
    away = [great_circle((row["latitude"], row["longitude"]), (row["match_lat"], row["match_lon"])).km for row in exact]
    assert max(away) < 25
