"""The seed project: its rows, its claims and its words keep the rules of honest cartography."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date
from urllib.parse import urlsplit

import pytest
from loaded_words import loaded

from geomap import shipped
from geomap.gazetteer import Gazetteer
from geomap.project import read_lock, read_project
from geomap.types import CLAIMS, INCIDENTS, MANY, Column

SEEDS = shipped.folder("seeds")
Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INCIDENT_ROWS = read("incidents.csv")
CLAIM_ROWS = read("incidents.claims.csv")
BY_ID = {row["id"]: row for row in INCIDENT_ROWS}
CLAIM_BY_ID = {row["claim_id"]: row for row in CLAIM_ROWS}
DENIALS = [row for row in CLAIM_ROWS if row["stance"] == "denies"]
FIGURES = [row for row in CLAIM_ROWS if row["low"] or row["high"]]


# Shape ----------------------------------------------------------------------------------------------------------


def native_columns(schema: tuple[Column, ...]) -> list[str]:
    """Return the columns of a native file: the schema's, geometry as lon and lat, without what reading adds."""
    names = [column.name for column in schema if column.name not in ("file", "sheet", "row")]
    return [name for column in names for name in (("lon", "lat") if column == "geometry" else (column,))]


@pytest.mark.parametrize(("file", "schema"), [("incidents.csv", INCIDENTS), ("incidents.claims.csv", CLAIMS)])
def test_header_is_the_native_one(file: str, schema: tuple[Column, ...]) -> None:
    with (SEEDS / file).open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == native_columns(schema)


@pytest.mark.parametrize(("rows", "schema"), [(INCIDENT_ROWS, INCIDENTS), (CLAIM_ROWS, CLAIMS)])
def test_cells_keep_to_the_vocabulary(rows: list[Row], schema: tuple[Column, ...]) -> None:
    for column in schema:
        if column.name in ("geometry", "file", "sheet", "row"):
            continue
        cells = {row[column.name] for row in rows}
        assert column.nullable or "" not in cells, column.name
        assert not column.allowed or cells <= {*column.allowed, ""}, column.name


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(INCIDENT_ROWS)
    assert len(CLAIM_BY_ID) == len(CLAIM_ROWS)


def test_no_event_has_coordinates_or_deaths_for_no_source_gives_them() -> None:
    columns = ("lon", "lat", "deaths_low", "deaths_best", "deaths_high")
    assert {row[column] for row in INCIDENT_ROWS for column in columns} == {""}


@pytest.mark.parametrize("rows", [INCIDENT_ROWS, CLAIM_ROWS])
def test_every_row_links_its_source(rows: list[Row]) -> None:
    for row in rows:
        for url in row["source_url"].split(MANY):
            parts = urlsplit(url)
            assert parts.scheme in ("http", "https"), row
            assert "." in parts.netloc, row


def test_reports_that_name_no_place_have_no_row() -> None:
    reports = {row["report_id"] for row in INCIDENT_ROWS}
    assert not reports & {"R07", "R08", "R18", "R19", "N01"}
    assert {f"R{number:02}" for number in range(1, 20)} | {"N01"} <= reports | {row["report_id"] for row in CLAIM_ROWS}


# Time -----------------------------------------------------------------------------------------------------------


def test_times_are_local_at_four_hours_ahead_of_utc() -> None:
    assert {row["utc_offset"] for row in INCIDENT_ROWS} == {"+04:00"}
    assert all(row["start"] <= row["end"] for row in INCIDENT_ROWS)


def test_first_fire_is_five_past_midnight_on_the_thirteenth() -> None:
    first = [row for row in INCIDENT_ROWS if row["report_id"] in ("R01", "R02")]
    assert {(row["start"], row["end"], row["time_precision"]) for row in first} == {
        ("2022-09-13T00:05", "2022-09-13T00:05", "about")
    }


def test_nights_are_ranges_by_one_convention() -> None:
    nights = [row for row in INCIDENT_ROWS if "night" in row["time_text"]]
    assert {(row["start"], row["end"]) for row in nights} == {
        ("2022-09-12T21:00", "2022-09-13T06:00"),
        ("2022-09-13T21:00", "2022-09-14T06:00"),
    }
    assert {(row["date_precision"], row["time_precision"]) for row in nights} == {("range", "part_of_day")}
    assert all(row in nights for row in INCIDENT_ROWS if row["time_precision"] == "part_of_day")


# Claims ---------------------------------------------------------------------------------------------------------


def test_every_incident_has_a_claim_and_every_claim_its_incident() -> None:
    about = {row["place_ref"] for row in CLAIM_ROWS if row["place_ref"]}
    assert about == set(BY_ID)
    for row in CLAIM_ROWS:
        assert (row["scope"] == "episode") == (not row["place_ref"]), row["claim_id"]


def test_claims_about_a_place_agree_with_its_row() -> None:
    for claim in CLAIM_ROWS:
        if claim["place_ref"] and claim["stance"] == "asserts":
            row = BY_ID[claim["place_ref"]]
            same = ("report_id", "relation", "claimant", "claimant_side")
            assert {name: claim[name] for name in same} == {name: row[name] for name in same}
            assert claim["published_at"] >= row["published_at"]
            assert (claim["scope"] == "district") == row["place_text"].endswith("district")


def test_denials_answer_the_other_side_about_the_same_place() -> None:
    assert DENIALS
    for denial in DENIALS:
        target = CLAIM_BY_ID[denial["target_claim"]]
        assert target["stance"] == "asserts"
        assert {denial["claimant_side"], target["claimant_side"]} == {"AM", "AZ"}
        assert denial["place_ref"] == target["place_ref"]


def test_every_claim_marked_denied_shows_the_answer_and_no_other_has_one() -> None:
    answered = {denial["target_claim"] for denial in DENIALS}
    assert answered == {row["claim_id"] for row in CLAIM_ROWS if row["verification"] == "denied"}


def test_both_ministries_assert_and_deny() -> None:
    for side in ("Armenia", "Azerbaijan"):
        stances = {row["stance"] for row in CLAIM_ROWS if row["claimant"] == f"Ministry of Defence of {side}"}
        assert stances == {"asserts", "denies"}


def test_goris_is_a_target_in_one_report_and_an_origin_in_another() -> None:
    relations = {
        (row["claimant_side"], row["relation"]) for row in INCIDENT_ROWS if row["place_text"] in ("Goris", "Gorus")
    }
    assert {("AM", "direction_of"), ("AZ", "from_direction_of")} <= relations


# Tolls ----------------------------------------------------------------------------------------------------------


def test_figures_belong_to_the_episode_and_to_no_place() -> None:
    assert {(row["scope"], row["place_ref"], row["cumulative"]) for row in FIGURES} == {("episode", "", "true")}
    words = " ".join(cell for row in INCIDENT_ROWS for name, cell in row.items() if not name.endswith("_url"))
    assert not re.search(r"\b(49|50|71|79|105|135|207)\b", words)


def test_superseded_claims_exist_and_are_about_the_same_side() -> None:
    for row in CLAIM_ROWS:
        if row["supersedes"]:
            older = CLAIM_BY_ID[row["supersedes"]]
            assert older["about_side"] == row["about_side"]
            assert older["as_of"] <= row["as_of"]


def standing(day: str) -> set[tuple[str, str, str]]:
    """Return (side, category, figure) of the dead announced and not yet replaced at the end of a day."""
    begun = [row for row in CLAIM_ROWS if row["as_of"] and row["as_of"][:10] <= day]
    replaced = {row["supersedes"] for row in begun}
    dead = [
        row for row in begun if row["category"] in ("killed", "killed_or_missing") and row["claim_id"] not in replaced
    ]
    return {(row["about_side"], row["category"], row["low"]) for row in dead}


@pytest.mark.parametrize(
    ("day", "armenia", "azerbaijan"),
    [
        ("2022-09-12", None, None),
        ("2022-09-13", ("killed", "49"), "50"),
        ("2022-09-14", ("killed", "105"), "50"),
        ("2022-09-15", ("killed", "105"), "71"),
        ("2022-09-16", ("killed", "135"), "71"),
        ("2022-09-19", ("killed_or_missing", "207"), "79"),
        ("2022-09-30", ("killed_or_missing", "207"), "79"),
        ("2022-10-31", ("killed_or_missing", "210"), "79"),
    ],
)
def test_tolls_that_stand(day: str, armenia: tuple[str, str] | None, azerbaijan: str | None) -> None:
    expected = {("AM", *armenia)} if armenia else set()
    assert standing(day) == expected | ({("AZ", "killed", azerbaijan)} if azerbaijan else set())


def test_unverified_figure_is_undated_and_replaces_nothing() -> None:
    undated = [row for row in CLAIM_ROWS if not row["as_of"]]
    assert {row["report_id"] for row in undated} == {"T12"}
    assert {(row["verification"], row["supersedes"]) for row in undated} == {("cannot_verify", "")}


def test_own_losses_only() -> None:
    for row in FIGURES:
        assert row["claimant_side"] in (row["about_side"], "UN"), row["claim_id"]


# Words ----------------------------------------------------------------------------------------------------------


def own_words() -> dict[str, str]:
    """Return all that the seed says in its own voice, by file."""
    cells = {
        name: "\n".join(cell for row in rows for cell in row.values())
        for name, rows in (("incidents.csv", INCIDENT_ROWS), ("incidents.claims.csv", CLAIM_ROWS))
    }
    told = tomllib.loads((SEEDS / "geomap.toml").read_text(encoding="utf-8"))
    pins = "\n".join(f"{pin.name} {pin.reason}" for pin in read_lock(SEEDS / "places.lock"))
    briefing = (SEEDS / "briefing.md").read_text(encoding="utf-8")
    return {**cells, "geomap.toml": "\n".join(map(str, told.values())), "places.lock": pins, "briefing.md": briefing}


@pytest.mark.parametrize("file", ["incidents.csv", "incidents.claims.csv", "geomap.toml", "places.lock", "briefing.md"])
def test_no_loaded_words_outside_quotation_marks(file: str) -> None:
    assert not loaded(own_words()[file])


def test_the_word_check_sees_what_it_should() -> None:
    text = 'an act of aggression by the enemy, "provocation", https://example.org/martyred'
    assert loaded(text) == ["aggressi", "enemy"]


# Places and project ---------------------------------------------------------------------------------------------

UNPLACED = {"Sotk to Goris": "a stretch, not a place", "Krashen": "which village is meant is unclear"}
"""Names that the seed leaves without a place, knowingly."""
PINNED_FOR_READERS = {"Shorzha"}
"""Names that no row uses, decided because readers will type them."""
PINS = read_lock(SEEDS / "places.lock")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


def test_pins_name_places_of_the_gazetteer_and_rows_of_the_seed(gazetteer: Gazetteer) -> None:
    written = {row["place_text"] for row in INCIDENT_ROWS}
    assert {pin.name for pin in PINS} <= written | PINNED_FOR_READERS
    for pin in PINS:
        assert gazetteer.get(pin.id) is not None, pin
        assert len(pin.reason) > 20, pin


@pytest.mark.parametrize("name", sorted({row["place_text"] for row in INCIDENT_ROWS} - set(UNPLACED)))
def test_place_is_pinned_or_found_in_the_gazetteer(name: str, gazetteer: Gazetteer) -> None:
    if name not in {pin.name for pin in PINS}:
        match = gazetteer.match(name, ("AM", "AZ"))
        assert match.status == "placed", match.why


def test_krashen_is_not_guessed(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("Krashen", ("AM", "AZ")).status != "placed"
    assert "Krashen" not in {pin.name for pin in PINS}


def test_project_reads_and_its_day_covers_every_claim() -> None:
    project = read_project(SEEDS / "geomap.toml")
    assert project.title == "September 2022 Armenia-Azerbaijan clashes"
    assert project.paths(project.files) == [SEEDS / "incidents.csv"]
    assert project.paths(project.claims) == [SEEDS / "incidents.claims.csv"]
    newest = max(row["published_at"][:10] for row in CLAIM_ROWS)
    assert project.as_of == date.fromisoformat(newest).isoformat()


def test_source_file_states_origin_and_licence_of_every_file() -> None:
    told = tomllib.loads((SEEDS / "SOURCE.toml").read_text(encoding="utf-8"))
    assert told["licence"] == "CC BY 4.0"
    assert {*told["files"], "SOURCE.toml", "LICENSE"} == {path.name for path in SEEDS.iterdir()}
