"""Reading whole files: what becomes of every row and every cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import SourceError
from geomap.incidents import Incidents, read_incidents
from geomap.incidents.schema import check

HEADER = "date,place,lat,lon,deaths,notes"


def read(folder: Path, text: str, name: str = "file.csv", **options: Any) -> Incidents:
    (folder / name).write_text(text, encoding="utf-8")
    return read_incidents(folder / name, **options)


def rows(folder: Path, *lines: str, **options: Any) -> Incidents:
    return read(folder, "\n".join([HEADER, *lines]) + "\n", **options)


def problems(incidents: Incidents) -> list[tuple[int | None, str, str | None, bool]]:
    return [(found.row, found.code, found.column, found.set_aside) for found in incidents.problems]


def test_a_plain_sheet_becomes_a_table_of_the_schema(tmp_path: Path) -> None:
    read_in = rows(tmp_path, "2022-09-13,Sotk,40.2,45.9,2,smoke seen", "2022-09-14,Goris,,,,")
    table = read_in.table
    check(table)
    assert table.crs.to_epsg() == 4326
    assert table["place_text"].tolist() == ["Sotk", "Goris"]
    assert (table.geometry[0].x, table.geometry[0].y) == (45.9, 40.2)
    assert table.geometry[1] is None
    assert table["deaths_best"].tolist() == [2, pd.NA]
    assert table["row"].tolist() == [2, 3]
    assert set(table["relation"]) == {"at"}
    assert set(table["time_precision"]) == {"none"}
    assert table["place_precision"].isna().all()
    [file] = read_in.files
    assert (file.rows, file.read, file.preset, file.path) == (2, 2, "plain", str(tmp_path / "file.csv"))
    assert read_in.problems == []


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("2022-09-13,Sotk,91,45.9,,", "swapped_coordinates", "lat"),
        ("2022-09-13,Sotk,95.9,140.2,,", "bad_coordinates", "lat"),
        ("2022-09-13,Sotk,NaN,45.9,,", "bad_coordinates", "lat"),
        ("2022-09-13,Sotk,40.2,inf,,", "bad_coordinates", "lon"),
        ("2022-09-13,Sotk,0,0,,", "zero_coordinates", "lat"),
        ("2022-09-13,Sotk,40.2,,,", "half_coordinates", "lon"),
        ("2022-09-13,Sotk,4450000,570000,,", "bad_coordinates", "lat"),
        ("2022-09-13,,,,,somewhere", "no_place", "place"),
        ("2022-09-13,Sotk,40.2", "ragged_row", None),
        ('2022-09-13,"Sotk,40.2,45.9,,', "unclosed_quote", None),
    ],
)
def test_a_bad_row_among_good_ones_is_set_aside_with_its_reason(
    tmp_path: Path, line: str, code: str, column: str | None
) -> None:
    good = "2022-09-13,Sotk,40.2,45.9,,"
    read_in = rows(tmp_path, good, line, good.replace("13", "14"))
    assert read_in.table["row"].tolist() == [2, 4]
    assert problems(read_in) == [(3, code, column, True)]
    [file] = read_in.files
    assert (file.rows, file.read) == (3, 2)
    assert read_in.problems[0].file == str(tmp_path / "file.csv")
    assert read_in.problems[0].reason
    assert read_in.problems[0].hint


def test_separators_of_ours_inside_cells_do_no_harm(tmp_path: Path) -> None:
    read_in = read(tmp_path, "place,lat,lon,actor\nA,40\x1f2,45.9,x\nB,,,one\x1ftwo\n")
    assert problems(read_in) == [(2, "bad_coordinates", "lon", True)]
    assert read_in.table["actors"].tolist() == ["one\x1ftwo"]


def test_a_set_aside_position_shows_the_value_and_what_to_do(tmp_path: Path) -> None:
    [problem] = rows(tmp_path, "2022-09-13,Sotk,45.9E,40.2N,,").problems
    assert (problem.value, problem.hint) == ("45.9E, 40.2N", "exchange latitude and longitude")
    assert "looks swapped" in problem.reason


@pytest.mark.parametrize(
    ("line", "code", "column", "value"),
    [
        ("soon,Sotk,40.2,45.9,2,", "bad_date", "date", "soon"),
        ("0025-09-13,Sotk,40.2,45.9,2,", "bad_date", "date", "0025-09-13"),
        ("05/06/2022,Sotk,40.2,45.9,2,", "ambiguous_date", "date", "05/06/2022"),
        ("2022-09-13,Sotk,40.2,45.9,abc,", "bad_number", "deaths", "abc"),
        ("2022-09-13,Sotk,40.2,45.9,-1,", "bad_number", "deaths", "-1"),
    ],
)
def test_a_bad_date_or_number_empties_its_cell_and_keeps_the_row(
    tmp_path: Path, line: str, code: str, column: str, value: str
) -> None:
    read_in = rows(tmp_path, line)
    assert problems(read_in) == [(2, code, column, False)]
    assert read_in.problems[0].value == value
    [row] = read_in.table.to_dict("records")
    assert pd.isna(row["start"]) if column == "date" else pd.isna(row["deaths_best"])


def test_one_decision_a_column_on_day_or_month_first(tmp_path: Path) -> None:
    read_in = rows(tmp_path, "05/06/2022,Sotk,,,,", "13/06/2022,Goris,,,,")
    assert read_in.table["start"].dt.strftime("%Y-%m-%d").tolist() == ["2022-06-05", "2022-06-13"]
    assert "date: day first, as 13/06/2022 shows" in read_in.files[0].notes
    asked = rows(tmp_path, "05/06/2022,Sotk,,,,", dates="mdy")
    assert asked.table["start"].dt.strftime("%Y-%m-%d").tolist() == ["2022-05-06"]
    assert "date: month first, as was asked for" in asked.files[0].notes
    both = rows(tmp_path, "05/06/2022,Sotk,,,,", "13/06/2022,Goris,,,,", "06/13/2022,Kapan,,,,")
    assert both.table["start"].isna().sum() == 1
    assert any("neither day nor month is first" in note for note in both.files[0].notes)
    with pytest.raises(SourceError, match="dates is 'dym'"):
        rows(tmp_path, "05/06/2022,Sotk,,,,", dates="dym")


def test_spans_months_and_times(tmp_path: Path) -> None:
    read_in = read(
        tmp_path,
        "start,end,place,time,tz\n"
        "2022-09-12,2022-09-13,A,,\n"
        "2022-09,,B,,\n"
        "2022-09-13T00:05+04:00,,C,,\n"
        "2022-09-13,,D,14:30,+04:00\n"
        "2022-09-13,,E,in the morning,\n"
        "2022-09-14,2022-09-13,F,,\n"
        ",2022-09-13,G,,\n"
        "2022-09-13T10:00+04:00,,H,,180\n",
    )
    found = {row["place_text"]: row for row in read_in.table.to_dict("records")}
    assert (str(found["A"]["end"]), found["A"]["date_precision"]) == ("2022-09-13 00:00:00", "range")
    assert (str(found["B"]["end"]), found["B"]["date_precision"]) == ("2022-09-30 00:00:00", "month")
    assert (str(found["C"]["start"]), found["C"]["utc_offset"]) == ("2022-09-13 00:05:00", 240)
    assert found["C"]["time_precision"] == "exact"
    assert (str(found["D"]["start"]), str(found["D"]["end"])) == ("2022-09-13 14:30:00", "2022-09-13 14:30:00")
    assert found["D"]["utc_offset"] == 240
    assert (found["E"]["time_text"], found["E"]["time_precision"]) == ("in the morning", "none")
    assert pd.isna(found["F"]["start"])
    assert pd.isna(found["G"]["end"])
    assert found["H"]["utc_offset"] == 240
    assert sorted(found.code for found in read_in.problems) == ["date_order", "end_without_start", "offset_disagrees"]


def test_midnight_in_every_row_is_no_time(tmp_path: Path) -> None:
    read_in = read(tmp_path, "date,place\n2022-09-13 00:00:00,A\n2022-09-14 00:00:00.000,B\n")
    assert set(read_in.table["time_precision"]) == {"none"}
    mixed = read(tmp_path, "date,place\n2022-09-13T00:00,A\n2022-09-14T10:00,B\n")
    assert set(mixed.table["time_precision"]) == {"exact"}


def test_years_of_two_digits_are_said(tmp_path: Path) -> None:
    read_in = read(tmp_path, "date,place\n09-May-20,Sotk\n")
    assert read_in.table["start"].dt.year.tolist() == [2020]
    assert "date: years of two digits are read as 1969 to 2068" in read_in.files[0].notes


def test_decimal_commas_and_semicolons(tmp_path: Path) -> None:
    read_in = read(tmp_path, "date;place;lat;lon\n2022-09-13;Sotk;40,20007;45,86951\n")
    assert (read_in.table.geometry[0].y, read_in.table.geometry[0].x) == (40.20007, 45.86951)
    assert {"delimiter: semicolon", "lat: decimal comma"} <= set(read_in.files[0].notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "file.csv").write_bytes("date,place,notes\n2022-09-13,Джермук,обстрел у города\n".encode(encoding))
    read_in = read_incidents(tmp_path / "file.csv")
    assert read_in.table["place_text"].tolist() == ["Джермук"]


def test_headings_of_ordinary_english_and_a_mapping(tmp_path: Path) -> None:
    text = (
        "Event ID,Incident Date,Town,Y,X,Fatalities,Link,Who\n12,2022-09-13,Sotk,40.2,45.9,3,https://a.example,Unit\n"
    )
    [row] = read(tmp_path, text, mapping={"actors": "who"}).table.to_dict("records")
    assert (row["id"], row["report_id"], row["place_text"]) == ("12", "12", "Sotk")
    assert (row["deaths_best"], row["source_url"], row["actors"]) == (3, "https://a.example", "Unit")
    unmapped = read(tmp_path, text)
    assert "columns not used: Who" in unmapped.files[0].notes
    swapped = read(tmp_path, text, mapping={"lat": "X", "lon": "Y"})
    assert swapped.table.geometry[0].y == 45.9


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"plaec_text": "Town"}, "did you mean 'place_text'"),
        ({"place_text": "Twon"}, "did you mean 'Town'"),
    ],
)
def test_a_mapping_of_unknown_columns_is_refused(tmp_path: Path, mapping: dict[str, str], words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read(tmp_path, "date,Town\n2022-09-13,Sotk\n", mapping=mapping)


def test_a_file_that_says_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column is known as a place"):
        read(tmp_path, "when,what\n2022-09-13,shots\n")
    with pytest.raises(SourceError, match="no preset is called 'gtd'"):
        read(tmp_path, "date,place\n2022-09-13,Sotk\n", preset="gtd")
    with pytest.raises(SourceError, match="no incident files"):
        read_incidents([])


def test_a_header_alone_is_no_incidents_and_a_problem(tmp_path: Path) -> None:
    read_in = rows(tmp_path)
    check(read_in.table)
    assert len(read_in.table) == 0
    assert [found.code for found in read_in.problems] == ["no_rows"]
    assert (read_in.files[0].rows, read_in.files[0].read) == (0, 0)


def test_words_outside_the_vocabulary_set_the_row_aside(tmp_path: Path) -> None:
    read_in = read(
        tmp_path,
        "start,place_text,relation,role,graphic,place_radius_km\n"
        "2022-09-13,Sotk,near,clash,maybe,wide\n2022-09-13,Sotk,close to,clash,,\n2022-09-13,Sotk,,,,\n",
    )
    assert read_in.table["row"].tolist() == [2, 4]
    assert read_in.table["graphic"].tolist() == [True, False]
    assert problems(read_in) == [
        (2, "bad_number", "place_radius_km", False),
        (2, "bad_word", "graphic", False),
        (3, "bad_word", "relation", True),
    ]
    assert read_in.files[0].preset == "native"
    assert "relation: empty in 1 rows, read as 'at'" in read_in.files[0].notes


def test_control_and_direction_characters_reach_the_table(tmp_path: Path) -> None:
    text = "\u202eevil\u2066 \u200bx\x07"
    read_in = rows(tmp_path, f"2022-09-13,Sotk,,,,{text}")
    assert read_in.table["text"].tolist() == [text]


def test_geojson_points_are_positions_and_other_shapes_are_set_aside(tmp_path: Path) -> None:
    shapes = [
        {"type": "Point", "coordinates": [45.9, 40.2]},
        None,
        {"type": "LineString", "coordinates": [[45, 40], [46, 41]]},
        {"type": "Point", "coordinates": [40.2, 95.9]},
        {"type": "Point", "coordinates": [0, 0]},
    ]
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"date": "2022-09-13", "name": f"P{number}", "lat": None}}
        for number, shape in enumerate(shapes)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    read_in = read(tmp_path, text, name="file.geojson")
    assert read_in.table["row"].tolist() == [1, 2]
    assert {row: code for row, code, _, _ in problems(read_in)} == {
        3: "not_a_point", 4: "swapped_coordinates", 5: "zero_coordinates",
    }  # fmt: skip
    assert read_in.files[0].rows == 5


def test_positions_in_one_column(tmp_path: Path) -> None:
    read_in = read(tmp_path, 'date,geometry\n2022-09-13,POINT (45.9 40.2)\n2022-09-13,"40.2, 45.9"\n')
    assert read_in.table.geometry[0].x == 45.9
    assert problems(read_in) == [(3, "bad_coordinates", "geometry", True)]


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.sampled_from(["", "40.2", "45.9", "91", "0", "x", "NaN", "181"])


@settings(max_examples=40)
@given(st.lists(st.tuples(CELLS, CELLS, NUMBERS, NUMBERS, CELLS), max_size=8))
def test_every_row_is_read_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, given_rows: list[tuple[str, ...]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("date", "place", "lat", "lon", "deaths"), *given_rows])
    folder = tmp_path_factory.mktemp("rows")
    (folder / "file.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    read_in = read_incidents(folder / "file.csv")
    check(read_in.table)
    aside = {found.row for found in read_in.problems if found.set_aside}
    assert (
        read_in.files[0].rows == len(read_in.table) + len(aside) == sum(any(map(str.strip, row)) for row in given_rows)
    )
    assert not aside & set(read_in.table["row"])
    assert read_in.table["id"].is_unique
