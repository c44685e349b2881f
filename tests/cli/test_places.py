"""`geomap locate` and `geomap gazetteer`: names and files told apart, decisions, and no network unless asked."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cli.conftest import Run
from geopy.exc import GeocoderServiceError
from geopy.geocoders import Nominatim


def test_near_tells_namesakes_apart(run: Run) -> None:
    (answer,) = json.loads(run("locate", "Vardenis", "--near", "45.73,40.18", "--json").out)
    assert answer["place"]["id"] == "gn:616108"


def test_locate_answers_in_order_and_keeps_duplicates(run: Run) -> None:
    ran = run("locate", "Sotk", "Nowhere", "Sotk", "--country", "AM,AZ", "--borders", "--json")
    answers = json.loads(ran.out)
    assert [answer["query"] for answer in answers] == ["Sotk", "Nowhere", "Sotk"]
    assert answers[1]["place"] is None
    assert answers[0] == answers[2]
    place = answers[0]["place"]
    assert (place["id"], place["side"]) == ("gn:616041", "AM")
    assert place["border_km"] == pytest.approx(7.9, abs=0.1)


def test_a_pin_decides_and_needs_a_reason(run: Run) -> None:
    run("new", "mine")
    project = ("--project", "mine/geomap.toml")
    assert run("locate", *project, "--pin", "Istisu=gn:174884").status == 1
    assert "no place has the id" in run("locate", *project, "--pin", "Istisu=gn:0", "--reason", "r").err
    ran = run("locate", "Istisu", *project, "--pin", "Istisu=gn:174884", "--reason", "listed with Gorus", "--json")
    assert "new pin: Istisu = gn:174884" in ran.err
    (answer,) = json.loads(ran.out)
    assert (answer["place"]["name"], answer["method"]) == ("Jermuk", "pin")
    assert "listed with Gorus" in Path("mine/places.lock").read_text()


def test_words_around_a_name_are_told_only_where_they_are(run: Run) -> None:
    bare, east, stretch = json.loads(
        run("locate", "Goris", "5 km east of Goris", "Sotk to Goris", "--country", "AM", "--json").out
    )
    assert bare.keys().isdisjoint({"relation", "position", "radius_km", "ends"})
    # 5 km along the parallel of 39.511 N are 0.0582 degrees of longitude (WGS84, 85.96 km a degree).
    assert east["position"]["lon"] == pytest.approx(46.34168 + 0.0582, abs=0.0005)
    assert east["relation"] == "near"
    assert east["place"]["id"] == "gn:174895"
    assert (stretch["place"], stretch["status"]) == (None, "stretch")
    assert [end["id"] for end in stretch["ends"]] == ["gn:616041", "gn:174895"]


def test_the_terminal_says_what_the_words_say(run: Run) -> None:
    out = run("locate", "5 km east of Goris", "Sotk to Goris", "--country", "AM").out
    assert "5 km east of Goris: 39.511 N 46.400 E; reference point Goris (town, Syunik, AM) 39.511 N 46.342 E" in out
    assert "Sotk to Goris: a stretch, not placed" in out
    assert "    end: Sotk (village, Gegharkunik, AM)" in out


# Files ----------------------------------------------------------------------------------------------------------

REPORTS = "id,place,country\n1,Goris,Armenia\n2,Istisu,\n3,,AM\n4,Istisu,\n5,=Zzzyx,\n"


def test_with_a_column_the_arguments_are_files(run: Run) -> None:
    Path("reports.csv").write_text(REPORTS)
    located = ("locate", "reports.csv", "--column", "place", "--country-column", "country", "--country", "AM,AZ")
    ran = run(*located, "-o", "out.csv", "--json")
    (told,) = json.loads(ran.out)
    assert (told["path"], told["rows"], told["placed"], told["ambiguous"]) == ("reports.csv", 5, 1, 2)
    assert "wrote out.csv" in ran.err
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8"))))
    assert [row["match_id"] for row in rows] == ["gn:174895", "", "", "", ""]
    assert rows[4]["place"] == "'=Zzzyx"
    said = run(*located).err
    assert "reports.csv: csv, 5 rows = 1 placed + 2 ambiguous + 1 unknown + 1 empty" in said
    assert said.index("to decide: Istisu: 2 rows, ambiguous: ") < said.index("to decide: =Zzzyx: 1 row, unknown")


def test_several_files_are_told_one_by_one(run: Run) -> None:
    Path("a.csv").write_text("place\nGoris\n")
    Path("b.tsv").write_text("place\tx\nSotk\t1\n")
    told = json.loads(run("locate", "a.csv", "b.tsv", "--column", "place", "--json").out)
    assert [(each["path"], each["placed"]) for each in told] == [("a.csv", 1), ("b.tsv", 1)]


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "out.csv"),
        ("--country-column", "c"),
        ("--admin1-column", "c"),
        ("--column", "place", "--admin1", "Syunik"),
        ("--reason", "r"),
        ("--column", "place", "--borders"),
        ("--column", "place", "y.csv", "-o", "out.csv"),
        ("--online-cache", "c.sqlite"),
    ],
)
def test_options_without_effect_are_wrong_usage(run: Run, options: tuple[str, ...]) -> None:
    assert run("locate", "x.csv", *options).status == 2
    assert run("locate", "--column", "place").status == 2


def test_locate_without_anything_to_do_says_so(run: Run) -> None:
    assert run("locate").status == 2
    run("new", "mine")
    project = ("--project", "mine/geomap.toml")
    assert run("locate", *project) == (0, "", "mine/places.lock: 0 pins\n")
    run("locate", *project, "--pin", "Istisu=gn:174884", "--reason", "r")
    assert run("locate", *project).err == "mine/places.lock: 1 pin\n"
    assert "'Istissu' is not pinned" in run("locate", *project, "--unpin", "Istissu").err
    run("locate", *project, "--unpin", "Istisu")
    assert "it holds no pins" in run("locate", *project, "--unpin", "Istisu").err


def test_a_file_taken_for_a_name_is_told(run: Run) -> None:
    Path("reports.csv").write_text(REPORTS)
    ran = run("locate", "reports.csv", "Goris", "x" * 10_000, "a\x00b", "--json")
    assert ran.err == "note: reports.csv is a file: to locate the names in it, add --column NAME\n"
    assert [answer["status"] for answer in json.loads(ran.out)] == ["unknown", "placed", "unknown", "unknown"]


def test_a_unit_tells_namesakes_apart(run: Run) -> None:
    def found(unit: str) -> str | None:
        (answer,) = json.loads(run("locate", "Vardenis", "--country", "AM", "--admin1", unit, "--json").out)
        return answer["place"] and answer["place"]["id"]

    # GeoNames: the town of Gegharkunik, and the village of Aragatsotn.
    assert (found("Gegharkunik"), found("Aragatsotn")) == ("gn:616108", "gn:616107")


def test_words_that_name_no_place_are_nobodys_to_decide(run: Run) -> None:
    Path("junk.csv").write_text("place\nDecember\nDecember\nQwzzyx\n")
    said = run("locate", "junk.csv", "--column", "place").err
    assert "3 rows = 1 unknown + 2 no place" in said
    assert "to decide: Qwzzyx" in said
    assert "to decide: December" not in said


def test_an_index_can_leave_the_shipped_places_out(run: Run) -> None:
    Path("places.csv").write_text("id,name,lon,lat,country\nx:1,Testville,45.5,40.5,AM\n")
    for options, alone in (((), False), (("--alone",), True)):
        assert run("gazetteer", "build", "places.csv", *options, "-o", "our.gazetteer").status == 0
        told = json.loads(run("gazetteer", "info", "our.gazetteer", "--json").out)
        assert (told["places"] == 1) == alone


def test_a_column_that_is_not_there_and_an_output_that_is_the_input(run: Run) -> None:
    Path("reports.csv").write_text(REPORTS)
    assert "did you mean 'place'?" in run("locate", "reports.csv", "--column", "plase").err
    assert "is one of the inputs" in run("locate", "reports.csv", "--column", "place", "-o", "reports.csv").err
    assert Path("reports.csv").read_text() == REPORTS
    ran = run("locate", "none.csv", "--column", "place")
    assert (ran.status, ran.err.count("\n")) == (1, 1)


# Decisions ------------------------------------------------------------------------------------------------------


def test_unpin_takes_a_decision_back_and_names_the_nearest(run: Run) -> None:
    run("new", "mine")
    project = ("--project", "mine/geomap.toml")
    run("locate", *project, "--pin", "Istisu=gn:174884", "--reason", "r")
    ran = run("locate", *project, "--unpin", "Istissu")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "did you mean 'Istisu'?" in ran.err
    assert "removed pin: Istisu = gn:174884: r" in run("locate", *project, "--unpin", "Istisu").err
    assert "[[pin]]" not in Path("mine/places.lock").read_text()
    assert "add --project" in run("locate", "--unpin", "Istisu").err


def test_drift_is_told_until_it_is_accepted(run: Run) -> None:
    run("new", "mine")
    Path("mine/places.lock").write_text(
        '[[pin]]\nname = "Istisu"\nid = "gn:174884"\nreason = "r"\ngazetteer = "GeoNames 2020"\n'
        'place = { name = "Jermuk", country = "AM", lon = 45.67112, lat = 39.8 }\n'
    )
    project = ("--project", "mine/geomap.toml")
    ran = run("locate", "Istisu", *project, "--json")
    # 0.03948 degrees of the meridian at 39.8 N are 4.38 km (WGS84, 111.03 km a degree).
    assert "note: mine/places.lock: pin 'Istisu': gn:174884 moved 4.4 km since it was pinned (" in ran.err
    assert "GeoNames 2020" not in ran.err
    assert json.loads(ran.out)[0]["place"]["lat"] == pytest.approx(39.83948)
    assert (
        "accepted: Istisu = gn:174884: Jermuk (town, Vayots Dzor, AM) 39.83948 N"
        in run("locate", *project, "--accept-drift").err
    )
    assert run("locate", "Istisu", *project).err == ""


def test_a_gazetteer_is_found_from_the_current_folder(run: Run) -> None:
    run("new", "mine")
    Path("places.csv").write_text("id,name,lon,lat,country\nx:1,Testville,45.5,40.5,AM\n")
    ran = run("locate", "Testville", "--project", "mine/geomap.toml", "--gazetteer", "places.csv", "--json")
    assert json.loads(ran.out)[0]["place"]["id"] == "x:1"


# Online ---------------------------------------------------------------------------------------------------------


def test_nothing_reaches_the_network_unless_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    Path("reports.csv").write_text(REPORTS)
    assert run("locate", "Nowhere", "Goris").status == 0
    assert run("locate", "reports.csv", "--column", "place").status == 0


def test_geopy_waits_until_a_service_is_asked_for() -> None:
    code = (
        "import sys\nfrom geomap.cli import main\ntry: main(['locate', 'Nowhere'])\n"
        "except SystemExit: print('geopy' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()[-1] == "False"


def test_a_service_is_asked_by_name_for_unknown_names_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(self: Nominatim, url: str, callback: object, **_: object) -> None:
        asked.append(url)
        raise GeocoderServiceError("down")

    monkeypatch.setattr(Nominatim, "_call_geocoder", answer)
    ran = run("locate", "Goris", "Qwzzyx", "--online", "nominatim", "--online-cache", "kept.sqlite", "--json")
    goris, unknown = json.loads(ran.out)
    assert (goris["method"], unknown["status"]) == ("exact", "unknown")
    assert "nominatim did not answer: down" in unknown["why"]
    assert len(asked) == 1
    assert "Qwzzyx" in asked[0]
    assert "online: nominatim, asked for 1 name; (c) OpenStreetMap contributors" in ran.err


@pytest.mark.parametrize(
    ("service", "said"), [("nominatin", "did you mean 'nominatim'?"), ("google", "cannot be asked without a key")]
)
def test_a_service_that_cannot_be_asked_is_one_line(run: Run, service: str, said: str) -> None:
    ran = run("locate", "Nowhere", "--online", service, "--online-cache", "kept.sqlite")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert said in ran.err
