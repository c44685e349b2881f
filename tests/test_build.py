"""The pipeline on whole files: every row accounted for, licences kept, nothing personal in the page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import made_lines
import pytest

from geomap import shipped
from geomap.build import Result, build, check, new_project
from geomap.errors import BorderError, ProjectError, SourceError
from geomap.incidents import read_incidents
from geomap.project import Project, read_project
from geomap.render.html import render
from geomap.verify import read_document

_ACLED_ROW = (
    "AAA1,2020-01-02,2020,1,Political violence,Battles,Armed clash,Zeta Brigade,,State forces,Omega Guard,,"
    "State forces,State forces-State forces,,51,Caucasus,Armenia,Syunik,,,Goris,39.523456,46.356789,1,Example Wire,"
    "National,Our invented note.,{deaths},,{stamp}\n"
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
    + _ACLED_ROW.format(deaths=7, stamp=1577966400)
    + _ACLED_ROW.format(deaths=8, stamp=1580000000)
)


def _sums(told: dict[str, int]) -> bool:
    read = told["placed"] + told["unplaced"] + told["superseded"]
    return told["rows"] == told["read"] + told["set_aside"] and told["read"] == read


@pytest.fixture(scope="module")
def seed() -> Result:
    return build(read_project(shipped.seeds("geomap.toml")))


def test_every_seed_row_is_accounted_for(seed: Result) -> None:
    told = seed.scene.document["counts"]
    assert _sums(told)
    assert (told["rows"], told["set_aside"], told["ambiguous"]) == (58, 0, 0)
    assert len(seed.report()["incidents"]) == told["read"]


def test_distances_of_the_card_places_stand_in_the_scene(seed: Result) -> None:
    places = {place["name"]: place for place in seed.scene.document["places"]}
    stated = {name: (round(places[name]["border_km"], 1), places[name]["side"]) for name in _CARD}
    assert stated == _CARD


_CARD = {"Jermuk": (12.1, "AM"), "Goris": (7.5, "AM"), "Sotk": (7.9, "AM"), "Lachin": (6.4, "AZ")}


def test_what_other_sources_of_the_line_give_stands_beside_and_is_credited(seed: Result) -> None:
    document = seed.scene.document
    (sotk,) = (place for place in document["places"] if place["name"] == "Sotk")
    assert (round(sotk["other_km_low"], 1), round(sotk["other_km_high"], 1)) == (6.8, 8.8)
    hand = seed.incidents.table.set_index("id").loc["R16-nerkin-hand"]
    assert hand["side"] == "AM"
    assert hand["other_sides"].startswith("AZ (Natural Earth")
    credited = [credit["name"] for credit in document["credits"]]
    assert {"OSM 2026", "OSM 2017", "country-coder 2025"} <= set(credited)
    assert credited.count("country-coder 2025") == 1


def test_csv_and_geojson_of_one_file_give_the_same_incidents(samples: Path) -> None:
    reports = [
        build(files=[samples / "incidents" / name]).report()
        for name in ("ucdp_ged231_car_49col.csv", "ucdp_ged231_car.geojson")
    ]
    assert [(report["rows"], report["read"], report["placed"]) for report in reports] == [(1848, 1848, 1848)] * 2
    first, second = (sorted(map(json.dumps, report["incidents"])) for report in reports)
    assert first == second


def test_an_acled_file_leaves_no_notes_actors_or_exact_points(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(ACLED, encoding="utf-8")
    result = build(files=[path])
    page = render(result.scene)
    text = json.dumps(read_document(page), ensure_ascii=False)
    for secret in ("invented note", "Zeta Brigade", "Omega Guard", "Example Wire", "46.3567", "39.5234"):
        assert secret not in text
        assert secret.encode() not in page
    assert "46.36" in text
    told = result.scene.document
    assert (told["counts"]["rows"], told["counts"]["superseded"], told["counts"]["placed"]) == (2, 1, 1)
    assert not told["licence"]["download"]
    assert any("ACLED" in citation for citation in told["licence"]["citations"])
    assert {name for name, _ in told["licence"]["left_out"]} >= {"text", "actors"}


def test_the_order_of_files_changes_no_byte(tmp_path: Path) -> None:
    good = "id,start,place_text,lon,lat,kind\n"
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(good + "x,2022-09-13,Goris,46.34168,39.51111,clash\n")
    second.write_text(good + "y,2022-09-13,Sotk,45.86951,40.20007,clash\ny,2022-09-14,Sotk,45.86951,99,clash\n")
    pages = {render(build(files=files).scene) for files in ([first, second], [second, first])}
    assert len(pages) == 1


def test_no_personal_path_is_in_the_page_but_the_report_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "ana.petrosyan"
    folder.mkdir(parents=True)
    path = folder / "incidents.csv"
    path.write_text("id,start,place_text,lon,lat\nx,2022-09-13,Goris,46.34168,39.51111\ny,2022-09-13,Goris,46.3,99\n")
    result = build(files=[path])
    assert "petrosyan" not in result.scene.to_json()
    assert result.scene.document["set_aside"][0]["file"] == "incidents.csv"
    assert result.report()["set_aside"][0]["file"] == str(path)


def test_the_build_date_is_source_date_epochs_or_the_newest_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("id,start,place_text,lon,lat\nx,2022-09-13,Goris,46.34168,39.51111\n")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert build(files=[path]).scene.document["built"] == "2022-09-13"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build(files=[path]).scene.document["built"] == "2023-11-14"


def test_claims_after_as_of_are_left_out_and_counted(seed: Result) -> None:
    project = read_project(shipped.seeds("geomap.toml")).changed(as_of="2022-09-13")
    document = build(project).scene.document
    assert 0 < len(document["claims"]) < len(seed.scene.document["claims"])
    assert any(problem["code"] == "after_as_of" for problem in document["problems"])


def test_a_name_far_from_its_coordinates_is_told(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text("id,start,place_text,country_text,lon,lat\nx,2022-09-13,Goris,Armenia,45.67112,39.83948\n")
    problems = build(files=[path]).report()["problems"]
    assert [(problem["code"], problem["row"]) for problem in problems] == [("name_disagrees", 2)]


def test_a_row_in_another_country_than_it_states_is_told(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(
        "id,start,country_text,lon,lat\nx,2022-09-13,Armenia,46.54977,39.63742\ny,2022-09-13,AM,46.34168,39.51111\n"
        "z,2022-09-13,AM,46.6,39.7\nw,2022-09-13,Atlantis,46.6,39.7\n"
    )
    told = [(problem["code"], problem["row"]) for problem in build(files=[path]).report()["problems"]]
    assert told == [("country_disagrees", 2), ("country_disagrees", 4)]


def test_a_project_names_its_own_borders_and_mapping(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("When,Town\n2022-09-13,Goris\n")
    line = {"type": "LineString", "coordinates": [[46.5, 39], [46.5, 40]]}
    (tmp_path / "line.geojson").write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": line}))
    (tmp_path / "geomap.toml").write_text(
        'files = ["sheet.csv"]\nborders = ["line.geojson"]\ncountries = ["AM"]\n'
        '[mapping."sheet.csv"]\nstart = "When"\nplace_text = "Town"\n'
    )
    (row,) = build(read_project(tmp_path / "geomap.toml")).report()["incidents"]
    assert row["match_id"] == "gn:174895"
    assert row["border_km"] == pytest.approx(13.6, abs=0.1)
    assert row["side"] is None


def test_a_project_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no incident files"):
        build(Project(folder=tmp_path))


def test_a_new_project_is_not_written_over_another(tmp_path: Path) -> None:
    paths = new_project(tmp_path / "mine")
    assert {path.name for path in paths} == {"geomap.toml", "incidents.csv", "incidents.claims.csv"}
    assert read_incidents(tmp_path / "mine" / "incidents.csv").problems == []
    with pytest.raises(ProjectError, match="not an empty folder"):
        new_project(tmp_path / "mine")


def test_the_seed_builds_from_a_copy_as_from_the_package(seed: Result, tmp_path: Path) -> None:
    shutil.copytree(shipped.folder("seeds"), tmp_path / "copy")
    copied = build(read_project(tmp_path / "copy" / "geomap.toml"))
    assert copied.scene.to_json() == seed.scene.to_json()


# ---------------------------------------------------------------- names and what becomes of them


def _project(folder: Path, rows: str, **keys: str) -> Project:
    """Write a project of one table in a folder and read it."""
    (folder / "rows.csv").write_text(f"id,start,place_text\n{rows}", encoding="utf-8")
    told = {"files": '["rows.csv"]', "countries": '["AM", "AZ"]', **keys}
    text = "".join(f"{key} = {value}\n" for key, value in told.items())
    (folder / "geomap.toml").write_text(text, encoding="utf-8")
    return read_project(folder / "geomap.toml")


def _codes(result: Result) -> list[tuple[str, int | None]]:
    return [(problem["code"], problem["row"]) for problem in result.report()["problems"]]


def test_a_misspelt_name_is_placed_but_never_in_silence(tmp_path: Path) -> None:
    result = build(_project(tmp_path, "a,2022-09-13,Kapan\nb,2022-09-13,Kapann\nc,2022-09-13,Charentsavon\n"))
    rows = {row["id"]: row["match_id"] for row in result.report()["incidents"]}
    assert rows == {"a": "gn:174875", "b": "gn:174875", "c": "gn:616785"}
    told = [problem for problem in result.report()["problems"] if problem["code"] == "name_misspelt"]
    assert [(problem["row"], problem["value"]) for problem in told] == [(4, "Charentsavon")]
    assert "Charentsavan" in told[0]["reason"]
    shown = result.scene.document["problems"]
    assert any(problem["code"] == "name_misspelt" and "Charentsavan" in problem["reason"] for problem in shown)
    checked = check([tmp_path / "rows.csv"], read_project(tmp_path / "geomap.toml"))
    assert "name_misspelt" in [problem.code for problem in checked.problems]


_PIN = """[[pin]]
name = "Istisu"
id = "{id}"
reason = "test"
place = {place}
"""
_JERMUK = {"id": "gn:174884", "name": "Jermuk", "country": "AM", "lon": 45.67112, "lat": 39.83948}


@pytest.mark.parametrize(
    ("pin", "code", "placed"),
    [
        ({}, None, 1),
        ({"lon": 45.7}, "pin_moved", 1),
        ({"name": "Old Jermuk"}, "pin_renamed", 1),
        ({"id": "gn:0"}, "pin_gone", 0),
    ],
)
def test_a_pin_whose_place_has_changed_is_told_in_report_and_page(
    tmp_path: Path, pin: dict[str, object], code: str | None, placed: int
) -> None:
    told = {**_JERMUK, **pin}
    place = ", ".join(f"{key} = {json.dumps(value)}" for key, value in told.items() if key != "id")
    (tmp_path / "places.lock").write_text(_PIN.format(id=told["id"], place=f"{chr(123)} {place} {chr(125)}"))
    result = build(_project(tmp_path, "a,2022-09-13,Istisu\n"))
    expected = [(code, None)] if code else []
    assert [told for told in _codes(result) if told[0].startswith("pin_")] == expected
    shown = [problem["code"] for problem in result.scene.document["problems"]]
    assert (code in shown) == (code is not None)
    assert result.scene.document["counts"]["placed"] == placed


def test_names_are_looked_for_in_the_countries_of_the_projects_own_borders(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[46.5, 39], [46.5, 40]]}
    sides = {"side_a": "AM", "side_b": "GE", "status": "delimited"}
    feature = {"type": "Feature", "properties": sides, "geometry": line}
    (tmp_path / "line.geojson").write_text(json.dumps(feature), encoding="utf-8")
    rows = "a,2022-09-13,Istisu\nb,2022-09-13,Shusha\n"
    project = _project(tmp_path, rows, borders='["line.geojson"]', countries="[]")
    found = {row["id"]: row["match_id"] for row in build(project).report()["incidents"]}
    assert found == {"a": "gn:174884", "b": None}


def test_a_project_names_a_gazetteer_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name,lon,lat,country,kind\nKentik,46.3,39.5,AM,village\n", encoding="utf-8")
    result = build(_project(tmp_path, "a,2022-09-13,Kentik\nb,2022-09-13,Goris\n", gazetteer='"own.csv"'))
    assert [row["match_id"] is not None for row in result.report()["incidents"]] == [True, False]
    assert result.scene.document["counts"]["placed"] == 1
    assert "own.csv" in json.dumps(result.scene.document)


def test_relations_and_stretches_in_the_words_reach_the_report(tmp_path: Path) -> None:
    rows = "a,2022-09-13,near Sotk\nb,2022-09-13,Sotk to Goris\nc,2022-09-13,in the direction of Sotk\n"
    table = build(_project(tmp_path, rows)).incidents.table.set_index("id")
    assert list(table["relation"]) == ["near", "along", "direction_of"]
    assert table.loc["b", "match_ends"] == "gn:616041 | gn:174895"
    assert list(table["match_status"]) == ["placed", "list_only", "placed"]


# ---------------------------------------------------------------- lines by date


@pytest.fixture(scope="module")
def by_date(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(read_project(made_lines.write_project(tmp_path_factory.mktemp("made"))))


@pytest.mark.parametrize("version", made_lines.VERSIONS, ids=lambda version: version.day)
def test_an_incident_meets_the_line_of_its_date(by_date: Result, version: made_lines.Version) -> None:
    row = by_date.incidents.table.set_index("id").loc[f"on-{version.day}"]
    assert (row["border_id"], row["border_pair"]) == (version.id, version.pair)
    assert (row["side"], row["country"]) == (version.side, version.side)
    assert (row["border_status"], row["border_valid"]) == (version.status, version.valid)
    assert row["border_km"] == pytest.approx(made_lines.TENTH_KM * version.tenths, abs=0.02)
    assert row["border_km_error"] == 1


def test_the_report_keeps_sovereignty_control_and_side_apart(tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 40], [46, 39]]]}
    (tmp_path / "held.geojson").write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": square}))
    (tmp_path / "a.csv").write_text("id,start,lon,lat\nbefore,2019-05-01,46.34,39.51\nthen,2021-05-01,46.34,39.51\n")
    (tmp_path / "geomap.toml").write_text(
        'files = ["a.csv"]\nborders = ["default", {path = "held.geojson", role = "control", side_a = "QX", '
        'valid_from = 2020-11-10, valid_to = 2022-08-26, source = "made", licence = "none"}]\n'
    )
    before, then = build(read_project(tmp_path / "geomap.toml")).report()["incidents"]
    assert (before["country"], before["control"], before["side"]) == ("AM", None, "AM")
    assert (then["country"], then["control"], then["side"]) == ("AM", "QX", "AM")
    assert then["control_source"] == "made (2020-11-10/2022-08-26)"
    assert (then["border_status"], then["border_valid"]) == ("not_delimited", None)


def test_the_scene_carries_every_version_and_what_each_incident_met(by_date: Result) -> None:
    document = by_date.scene.document
    lines = {line["id"]: (line["valid_from"], line["valid_to"], line["status"]) for line in document["borders"]}
    assert lines == {
        line: (version.valid_from, version.valid_to, version.status)
        for version in made_lines.VERSIONS
        for line in version.ids
    }
    columns = document["incidents"]["columns"]
    assert {"border_status", "border_valid", "country_source"} <= set(columns)
    assert not {"control", "side_shares", "country_also", "other_sides", "other_km_low"} & set(columns)


@pytest.mark.parametrize("version", made_lines.VERSIONS, ids=lambda version: version.day)
def test_a_row_without_a_date_meets_the_lines_of_as_of(tmp_path: Path, version: made_lines.Version) -> None:
    path = made_lines.write_project(tmp_path)
    (tmp_path / "incidents.csv").write_text(f"id,place_text,lon,lat\nx,made,{made_lines.LON},{made_lines.LAT}\n")
    project = read_project(path).changed(as_of=version.day)
    (row,) = build(project).report()["incidents"]
    assert (row["border_id"], row["side"]) == (version.id, version.side)


def test_a_border_file_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[46.30, 39.3], [46.30, 39.7]]}
    (tmp_path / "mine.geojson").write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": line}))
    mine = '{ path = "mine.geojson", side_a = "AM", side_b = "AZ", status = "claimed", schematic = true }'
    rows = "a,2022-09-13,Goris\nb,2022-09-13,Jermuk\n"
    result = build(_project(tmp_path, rows, borders=f'["default", {mine}]'))
    found = {row["id"]: row["border_id"] for row in result.report()["incidents"]}
    assert found == {"a": "mine:1", "b": "osm:AM-AZ"}
    lines = {line["id"]: line for line in result.scene.document["borders"]}
    assert lines["mine:1"]["schematic"] is True
    assert "schematic" not in lines["osm:AM-AZ"]
    assert [code for code, _ in _codes(result) if code.startswith("border_")] == []


def test_what_own_lines_leave_unsaid_is_told(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[46.30, 39.3], [46.30, 39.7]]}
    (tmp_path / "mine.geojson").write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": line}))
    result = build(_project(tmp_path, "a,2022-09-13,Goris\n", borders='["default", "mine.geojson"]'))
    told = [code for code, _ in _codes(result) if code.startswith("border_")]
    assert told == ["border_without_sides", "border_without_status"]


def test_ids_that_two_border_files_share_are_told_apart_by_layer(tmp_path: Path) -> None:
    for name, lon in (("west", 46.0), ("east", 46.4)):
        line = {"type": "LineString", "coordinates": [[lon, 39.3], [lon, 39.7]]}
        feature = {"type": "Feature", "id": "1", "properties": {}, "geometry": line}
        (tmp_path / f"{name}.geojson").write_text(json.dumps(feature))
    project = _project(tmp_path, "a,2022-09-13,Goris\n", borders='["west.geojson", "east.geojson"]')
    (row,) = build(project).report()["incidents"]
    assert row["border_id"] == "east:1"
    same = ", ".join(f'{{ path = "{name}.geojson", layer = "mine" }}' for name in ("west", "east"))
    with pytest.raises(BorderError, match="'mine:1' stands in two border files"):
        build(_project(tmp_path, "a,2022-09-13,Goris\n", borders=f"[{same}]"))
