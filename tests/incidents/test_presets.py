from __future__ import annotations

from pathlib import Path

import pytest
from excerpts import ACLED_NOW, ACLED_OLD, ACLED_ROW, UCDP_41, UCDP_49, UCDP_ROW, sheet

from geomap.incidents import Incidents, read_incidents
from geomap.incidents.plan import choose
from geomap.sources import read_source


def read(folder: Path, text: str, name: str = "file.csv", preset: str | None = None) -> Incidents:
    (folder / name).write_text(text, encoding="utf-8")
    return read_incidents(folder / name, preset=preset)


@pytest.mark.parametrize("header", [UCDP_49, UCDP_41])
def test_ucdp_ged(tmp_path: Path, header: list[str]) -> None:
    second = {**UCDP_ROW, "id": "9002", "date_end": "2020-02-04 00:00:00.000", "date_prec": "2", "where_prec": "6"}
    read_in = read(tmp_path, sheet(header, UCDP_ROW, second))
    first, other = read_in.table.to_dict("records")
    assert (first["id"], first["kind"], first["actors"]) == ("9001", "state-based conflict", "Side one | Side two")
    assert (first["deaths_low"], first["deaths_best"], first["deaths_high"]) == (2, 3, 5)
    assert (first["place_precision"], first["place_radius_km"], first["radius_kind"]) == ("near", 25.0, "source")
    assert (str(first["start"]), first["date_precision"], first["time_precision"]) == (
        "2020-02-01 00:00:00",
        "day",
        "none",
    )
    assert first["source_name"] == "An agency, 1/2-20"
    assert (str(other["end"]), other["date_precision"], other["place_precision"]) == (
        "2020-02-04 00:00:00",
        "range",
        "country",
    )
    [file] = read_in.files
    assert file.preset == "ucdp"
    assert "number_of_sources: -1 in 2 rows means not coded" in file.notes
    assert any("active_year" in note for note in file.notes if note.startswith("columns not used"))
    assert "CC BY 4.0" in read_in.licences[file.path].name


def test_numbers_that_a_spreadsheet_turned_into_decimals(tmp_path: Path) -> None:
    floats = {**UCDP_ROW, "id": "214797.0", "type_of_violence": "2.0", "where_prec": "1.0", "date_prec": "1.0",
              "best": "3.0", "low": "3.0", "high": "3.0"}  # fmt: skip
    read_in = read(tmp_path, sheet(UCDP_41, floats))
    [row] = read_in.table.to_dict("records")
    assert (row["id"], row["kind"], row["place_precision"], row["deaths_best"]) == (
        "214797", "non-state conflict", "settlement", 3,
    )  # fmt: skip
    assert "id: numbers like 214797.0 are read without the point" in read_in.files[0].notes


def test_an_unknown_code_sets_the_row_aside(tmp_path: Path) -> None:
    read_in = read(tmp_path, sheet(UCDP_49, {**UCDP_ROW, "where_prec": "9"}, {**UCDP_ROW, "type_of_violence": "4"}))
    assert [(found.row, found.column, found.value) for found in read_in.problems] == [
        (2, "where_prec", "9"), (3, "type_of_violence", "4"),
    ]  # fmt: skip
    assert len(read_in.table) == 0


@pytest.mark.parametrize("header", [ACLED_NOW, ACLED_OLD])
def test_acled_now_and_before(tmp_path: Path, header: list[str]) -> None:
    row = {**ACLED_ROW, "ally_actor_1": ACLED_ROW["assoc_actor_1"]}
    read_in = read(tmp_path, sheet(header, row))
    [found] = read_in.table.to_dict("records")
    assert (found["id"], found["kind"], found["country_text"]) == ("EXA12", "Battles", "Exampleland")
    assert found["actors"] == "Unit one | Helper A | Helper B | Unit two"
    assert found["source_name"] == "Paper one | Paper two"
    assert (found["place_precision"], found["place_radius_km"]) == ("near", 25.0)
    assert (found["deaths_best"], found["text"]) == (0, "A note.\nTwo lines.")
    licence = read_in.licences[str(tmp_path / "file.csv")]
    assert (licence.embed_text, licence.download, licence.round_degrees) == (False, False, 2)
    assert "access date not stated" in licence.citation


def test_older_versions_of_an_acled_event_are_superseded(tmp_path: Path) -> None:
    older = {**ACLED_ROW, "timestamp": "999999999", "fatalities": "9"}
    other = {**ACLED_ROW, "event_id_cnty": "EXA13"}
    read_in = read(tmp_path, sheet(ACLED_NOW, older, ACLED_ROW, other))
    assert read_in.table[["id", "deaths_best"]].to_numpy().tolist() == [["EXA12", 0], ["EXA13", 0]]
    assert read_in.superseded == 1
    assert [(found.row, found.code, found.set_aside) for found in read_in.problems] == [(2, "superseded", False)]
    assert (read_in.files[0].rows, read_in.files[0].read) == (3, 3)
    assert read_in.licences[read_in.files[0].path].citation.endswith("newest entry of 2022-09-15 (UTC)")


def test_versions_are_compared_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(sheet(ACLED_NOW, ACLED_ROW), encoding="utf-8")
    (tmp_path / "b.csv").write_text(sheet(ACLED_NOW, {**ACLED_ROW, "timestamp": "1700000000"}), encoding="utf-8")
    for order in (["a.csv", "b.csv"], ["b.csv", "a.csv"]):
        read_in = read_incidents([tmp_path / name for name in order])
        assert read_in.superseded == 1
        assert read_in.table["file"].tolist() == [str(tmp_path / "b.csv")]


@pytest.mark.parametrize("preset", ["plain", "native", "ucdp", None])
@pytest.mark.parametrize(
    "kept", [["event_id_cnty"], ["event_type", "sub_event_type"], ["EVENT_TYPE", "Sub Event Type"]]
)
def test_any_trace_of_acled_binds_the_file_to_its_licence(tmp_path: Path, preset: str | None, kept: list[str]) -> None:
    row = {"place_text": "Exampletown", "latitude": "40.1", "longitude": "45.9"}
    read_in = read(tmp_path, sheet([*kept, *row], row), preset=preset)
    assert not read_in.licences[str(tmp_path / "file.csv")].embed_text


def test_a_native_file_is_the_users_own(tmp_path: Path) -> None:
    text = "start,place_text,relation,lon,lat\n2022-09-13T00:05,Sotk,direction_of,,\n"
    read_in = read(tmp_path, text)
    assert (read_in.files[0].preset, read_in.licences) == ("native", {})
    assert read_in.table["relation"].tolist() == ["direction_of"]


def test_the_sample_of_the_central_african_republic_is_one_in_csv_and_geojson(samples: Path) -> None:
    folder = samples / "incidents"
    csv, geojson = (read_incidents(folder / name) for name in ("ucdp_ged231_car_49col.csv", "ucdp_ged231_car.geojson"))
    assert len(csv.table) == len(geojson.table) == 1848
    here = ["file", "row"]
    assert csv.table.drop(columns=here).equals(geojson.table.drop(columns=here))
    assert not [found for found in csv.problems + geojson.problems if found.set_aside]


def test_every_row_of_the_syria_sample_is_accounted_for(samples: Path) -> None:
    path = samples / "incidents" / "ucdp_ged_syria_2016_2019.csv.gz"
    read_in = read_incidents(path)
    assert read_in.files[0].rows == len(read_in.table) == 16_566
    assert read_in.table.geometry.nunique() == 2020
    assert not read_in.table["id"].str.contains(".", regex=False).any()
    assert choose(read_source(path).columns, None, "").name == "ucdp"
