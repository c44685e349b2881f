"""`geomap stats` as a user runs it: what stands on stdout, what on stderr, and what is said of the counts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli.conftest import Run

from geomap.stats import BANDS_KM, CELLS

ROWS = """id,report_id,start,relation,place_text,lon,lat,place_precision,kind
a,r1,2022-09-13,at,Goris,46.34168,39.51111,settlement,clash
b,r1,2022-09-13,at,Sotk,45.86951,40.20007,settlement,clash
c,r2,2022-10-01,at,Sotk,45.86951,40.20007,exact,clash
d,r2,2022-10-01,near,Sotk,45.86951,40.20007,near,clash
e,r3,2022-10-02,at,Zzyzx,,,,clash
f,r4,2022-10-02,at,X,0,0,,clash
"""


@pytest.fixture(autouse=True)
def rows(run: Run) -> None:
    Path("rows.csv").write_text(ROWS)


def test_the_table_says_what_it_counts_and_what_it_leaves_out(run: Run) -> None:
    ran = run("stats", "rows.csv", "--period", "year")
    assert ran.status == 0
    assert "set aside: rows.csv, row 7" in ran.err
    assert "measured to: OSM 2026 (OpenStreetMap 2026" in ran.out
    assert "1 line, not delimited; error up to 0.22 km; Border © OpenStreetMap contributors, ODbL 1.0" in ran.out
    assert "counted: 3 of 5 rows\n" in ran.out
    assert "left out: 2: 1 without a place (ambiguous, unknown, or a stretch); 1 known only near a place\n" in ran.out
    assert "Reference points are not places of events.\n" in ran.out
    head, *cells = ran.out.partition("\n\n")[2].splitlines()
    assert head.split("  ")[1].strip() == "band"
    assert "deaths" not in head
    assert "AM-AZ, side: AM" in cells
    assert sum(int(line.split()[4]) for line in cells if " km " in line) == 3


def test_json_holds_counts_and_their_account(run: Run) -> None:
    ran = run("stats", "rows.csv", "--json")
    told = json.loads(ran.out)
    assert told["rows"] == 6
    assert told["rows"] == told["counted"] + sum(told["left_out"].values()) + len(told["set_aside"])
    assert told["bands_km"] == list(BANDS_KM)
    assert told["period"] == "month"
    assert [line["vintage"] for line in told["lines"]] == ["2026"]
    assert {cell["period"] for cell in told["cells"]} == {"2022-09", "2022-10"}
    assert set(told["cells"][0]) == {column.name for column in CELLS}
    stated = run("stats", "--help").out
    assert all(name in stated for name in (*told, *told["cells"][0], *told["lines"][0]))
    assert f"(default: {','.join(map(str, BANDS_KM))})" in " ".join(stated.split()).replace(", ", ",")


def test_csv_holds_cells_alone_and_says_the_rest_beside_them(run: Run) -> None:
    ran = run("stats", "rows.csv", "--csv", "--bands", "3,30", "--period", "all")
    header, *cells = csv.reader(io.StringIO(ran.out, newline=""))
    assert header == [column.name for column in CELLS]
    assert {cell[header.index("band")] for cell in cells} <= {"0-3 km", "3-30 km", "30+ km"}
    assert sum(int(cell[header.index("incidents")]) for cell in cells) == 3
    assert {cell[header.index("deaths_best")] for cell in cells} == {""}
    assert "Reference points are not places of events." in ran.err


def test_a_file_holds_what_would_be_printed(run: Run) -> None:
    printed = run("stats", "rows.csv", "--csv").out
    ran = run("stats", "rows.csv", "--csv", "-o", "counts")
    assert ran.out == ""
    assert "wrote counts" in ran.err
    assert Path("counts").read_bytes() == printed.encode()


def test_the_input_is_not_written_over(run: Run) -> None:
    ran = run("stats", "rows.csv", "-o", "rows.csv")
    assert ran.status == 1
    assert "is one of the inputs" in ran.err
    assert Path("rows.csv").read_text() == ROWS


@pytest.mark.parametrize(
    "wrong",
    [
        ["--bands", "5,1"],
        ["--bands", "0"],
        ["--bands", "near"],
        ["--bands", ""],
        ["--period", "week"],
        ["--json", "--csv"],
    ],
)
def test_wrong_usage(run: Run, wrong: list[str]) -> None:
    ran = run("stats", "rows.csv", *wrong)
    assert ran.status == 2
    assert ran.out == ""


def test_nothing_readable_is_status_1(run: Run) -> None:
    Path("bad.csv").write_text("\n".join([ROWS.splitlines()[0], ROWS.splitlines()[-1], ""]))
    ran = run("stats", "bad.csv")
    assert ran.status == 1
    assert "nothing is counted" in ran.out


def test_a_project_is_read_and_without_one_the_sample(run: Run) -> None:
    Path("geomap.toml").write_text('files = ["rows.csv"]\n')
    assert "rows.csv: csv, 6 rows" in run("stats").err
    Path("mine").mkdir()
    Path("mine/geomap.toml").write_text('files = ["../rows.csv"]\ncountries = ["AM"]\n')
    assert "counted: 3 of 5 rows" in run("stats", "--project", "mine/geomap.toml").out
    Path("geomap.toml").unlink()
    assert "58 rows, 58 read" in run("stats").err


def test_control_characters_of_a_border_file_do_not_reach_the_terminal(run: Run) -> None:
    line = {
        "type": "Feature", "id": "l", "geometry": {"type": "LineString", "coordinates": [[46, 39], [46, 40]]},
        "properties": {"role": "line", "side_a": "AM", "side_b": "AZ", "vintage": "\x1b[31m", "layer": "L\u202e",
                       "source": "s", "licence": "l"},
    }  # fmt: skip
    Path("line.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [line]}))
    Path("geomap.toml").write_text('files = ["rows.csv"]\nborders = ["line.geojson"]\n')
    ran = run("stats")
    assert ran.status == 0
    assert "<U+001B>[31m" in ran.out
    assert not {"\x1b", "\u202e"} & set(ran.out)
