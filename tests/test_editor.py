"""What an editor asks of the seed map before it is published: fair to both sides, exact about time, place, toll."""

from __future__ import annotations

import base64
import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from loaded_words import loaded, own

import geomap
from geomap import shipped
from geomap.build import build
from geomap.project import Project, read_project

Document = Mapping[str, Any]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def seed() -> geomap.Scene:
    return build(read_project(shipped.seeds("geomap.toml"))).scene


@pytest.fixture(scope="module")
def document(seed: geomap.Scene) -> Document:
    return seed.document


@pytest.fixture(scope="module")
def rows(document: Document) -> dict[str, Row]:
    return rows_of(document)


def rows_of(document: Document) -> dict[str, Row]:
    """Return the incidents of a scene by id, absent columns as None."""
    columns = {name: list(values(column)) for name, column in document["incidents"]["columns"].items()}
    plain = [{name: column[at] for name, column in columns.items()} for at in range(document["incidents"]["n"])]
    return {row["id"]: row for row in plain}


def values(column: Document) -> Iterator[Any]:
    if column["type"] == "category":
        return (None if code < 0 else column["words"][code] for code in column["codes"])
    return iter(column["values"])


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value, keys not included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for part in value.values() for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def place_of(document: Document, row: Row) -> Document:
    return document["places"][row["place"]]


def place_named(document: Document, name: str) -> Document:
    return next(place for place in document["places"] if place["name"] == name)


# (a) Both ministries ----------------------------------------------------------------------------------------------


def test_every_claim_is_in_the_map_and_every_denied_one_with_its_answer(document: Document) -> None:
    with shipped.seeds("incidents.claims.csv").open(encoding="utf-8", newline="") as file:
        written = {row["claim_id"]: row for row in csv.DictReader(file)}
    shown = {claim["claim_id"]: claim for claim in document["claims"]}
    assert set(shown) == set(written)
    for claim in shown.values():
        if claim["stance"] == "denies":
            assert shown[claim["target_claim"]]["claimant_side"] != claim["claimant_side"]


def test_claims_stand_in_order_of_publication(document: Document) -> None:
    own = {claim["claim_id"]: claim["published_at"] for claim in document["claims"] if "published_at" in claim}
    order = [
        max(when, own.get(claim.get("target_claim"), ""))
        for claim in document["claims"]
        if (when := own.get(claim["claim_id"]))
    ]
    assert order == sorted(order)


def test_an_answer_never_stands_above_what_it_answers(document: Document) -> None:
    place = {claim["claim_id"]: number for number, claim in enumerate(document["claims"])}
    answers = [claim for claim in document["claims"] if "target_claim" in claim]
    assert answers
    assert all(place[claim["target_claim"]] < place[claim["claim_id"]] for claim in answers)


def test_goris_is_one_place_named_as_target_and_as_origin(rows: dict[str, Row]) -> None:
    target, origin = rows["R01-goris"], rows["R04-gorus"]
    assert target["place"] == origin["place"]
    assert (target["relation"], target["claimant_side"]) == ("direction_of", "AM")
    assert (origin["relation"], origin["claimant_side"]) == ("from_direction_of", "AZ")
    assert (target["place_text"], origin["place_text"]) == ("Goris", "Gorus")


def test_loaded_words_stand_nowhere_outside_quotation_marks(document: Document) -> None:
    for text in texts(document):
        assert not loaded(text), text


def test_loaded_words_stand_nowhere_in_the_interface() -> None:
    assert not loaded(shipped.static("geomap.js").read_text(encoding="utf-8").replace('"', " "))


def test_order_of_the_two_sides_files_changes_no_byte(tmp_path: Path) -> None:
    project = read_project(shipped.seeds("geomap.toml"))
    halves = split_by_side(shipped.seeds("incidents.csv"), tmp_path)
    pages = [geomap.render(build(project, order).scene).content for order in (halves, halves[::-1])]
    assert pages[0] == pages[1]


def split_by_side(incidents: Path, folder: Path) -> list[Path]:
    """Write the rows of Armenia's claimants and all others into two files."""
    with incidents.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), list(reader)
    paths = [folder / "armenia.csv", folder / "others.csv"]
    for path, armenian in zip(paths, (True, False), strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(row for row in rows if (row["claimant_side"] == "AM") == armenian)
    return paths


# (b) Five past midnight -------------------------------------------------------------------------------------------


def test_first_fire_is_kept_as_local_minutes_with_its_offset(rows: dict[str, Row]) -> None:
    first = rows["R01-goris"]
    assert datetime(1970, 1, 1) + timedelta(minutes=first["start"]) == datetime(2022, 9, 13, 0, 5)
    assert (first["utc_offset"], first["time_precision"]) == (240, "about")


# (c) The toll -----------------------------------------------------------------------------------------------------

ANNOUNCED = {
    2, 3, 4, 6, 7, 8, 20, 49, 50, 71, 77, 79, 80, 105, 135, 207, 210, 281, 282, 293, 2570,
}  # fmt: skip


def test_no_row_and_no_place_carries_a_toll(document: Document, rows: dict[str, Row]) -> None:
    assert not [name for name in document["incidents"]["columns"] if name.startswith("deaths")]
    without_links = [{name: cell for name, cell in row.items() if not name.endswith("_url")} for row in rows.values()]
    for text in texts([without_links, document["places"]]):
        assert not re.search(r"\b(49|50|71|79|105|135|207)\b", own(text)), text
    assert all(claim["scope"] == "episode" and "place_ref" not in claim for claim in figures(document))


def figures(document: Document) -> list[Document]:
    return [claim for claim in document["claims"] if "low" in claim or "high" in claim]


def test_no_figure_is_one_that_nobody_announced(document: Document) -> None:
    stated = {claim[end] for claim in figures(document) for end in ("low", "high") if end in claim}
    assert stated == ANNOUNCED


@pytest.mark.parametrize("total", [49 + 50, 105 + 50, 105 + 71, 135 + 71, 207 + 79, 293 + 282])
def test_no_sum_across_the_sides_stands_anywhere(document: Document, total: int) -> None:
    words = [document["title"], document["standfirst"], document["alt"], document["claims"], document["about"]]
    assert not [text for text in texts(words) if re.search(rf"\b{total}\b", own(text))]


# (d) Where, says who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "side", "km"),
    [("Jermuk", "AM", 12.145), ("Goris", "AM", 7.541), ("Sotk", "AM", 7.909), ("Lachin", "AZ", 6.393)],
)
def test_four_places_lie_on_the_map_with_distance_and_side(document: Document, name: str, side: str, km: float) -> None:
    place = place_named(document, name)
    assert place["border_km"] == pytest.approx(km, abs=0.1)
    assert place["border_km_error"] > 0
    assert (place["side"], place["border_pair"], place["border_vintage"]) == (side, "AM-AZ", "OSM 2026")
    west, south, east, north = document["extent"]
    assert west < place["lon"] < east
    assert south < place["lat"] < north


def test_sotk_card_speaks_of_a_reference_point(document: Document, rows: dict[str, Row]) -> None:
    row = rows["R01-sotk"]
    assert (row["status"], row["position"], row["place_precision"]) == ("placed", "reference", "near")
    assert (row["relation"], row["claimant"]) == ("direction_of", "Ministry of Defence of Armenia")
    assert (row["country"], row["side"]) == ("AM", "AM")
    assert row.get("place_radius_km") is None
    assert (place_of(document, row)["id"], place_of(document, row)["kind"]) == ("gn:616041", "village")


def test_istisu_card_says_whose_word_it_is_and_who_decided(document: Document, rows: dict[str, Row]) -> None:
    row = rows["R04-istisu"]
    assert (row["place_text"], place_of(document, row)["name"]) == ("Istisu", "Jermuk")
    assert (row["claimant_side"], row["relation"]) == ("AZ", "from_direction_of")
    assert row["match_method"] == "pin"
    assert "places.lock" in row["match_why"]
    assert "Kalbajar" in row["match_why"]


def test_lachin_is_a_district_and_not_its_town(document: Document, rows: dict[str, Row]) -> None:
    for row in (rows["R03-lachin"], rows["R04-lachin"], rows["R12-lachin"]):
        district = place_of(document, row)
        assert (row["position"], row["place_precision"]) == ("area", "area")
        assert (row.get("lon"), row.get("lat")) == (None, None)
        assert (district["kind"], district["country"]) == ("district", "AZ")
        assert (row["country"], row["side"]) == ("AZ", "uncertain")
        assert document["places"][district["seat"]]["id"] == "gn:147625"
        assert district["area"] is not None
    assert rows["R03-lachin"]["role"] == "threatened"


def test_stretch_from_sotk_to_goris_is_listed_and_not_drawn(document: Document, rows: dict[str, Row]) -> None:
    row = rows["R15-sotk-goris"]
    assert (row["status"], row["relation"], row["place_text"]) == ("unplaced", "along", "Sotk to Goris")
    assert [row.get(name) for name in ("lon", "lat", "place", "border_km", "side")] == [None] * 5
    told = next(entry for entry in document["unplaced"] if entry["id"] == row["id"])
    assert "stretch" in told["why"]


def test_only_the_stretch_and_krashen_are_unplaced(document: Document) -> None:
    assert {entry["id"] for entry in document["unplaced"]} == {"R15-sotk-goris", "R16-krashen"}
    assert document["counts"]["set_aside"] == 0


def test_row_at_karki_is_in_the_enclave_and_says_who_holds_it(tmp_path: Path) -> None:
    table = tmp_path / "karki.csv"
    table.write_text(
        "id,start,time_precision,relation,place_text,role,claimant\n"
        "k1,2022-09-13,none,at,Karki,clash,A test\n",
        encoding="utf-8",
    )  # fmt: skip
    row = rows_of(build(Project(countries=("AM", "AZ")), [table]).scene.document)["k1"]
    assert (row["status"], row["country"], row["side"]) == ("placed", "AZ", "enclave(Karki)")
    assert "Armenia" in row["held_by"]
    assert row["border_pair"] == "AM-AZ"
    assert row["border_km"] > 0


def test_ended_lines_are_off_and_the_line_is_not_delimited(document: Document) -> None:
    ended = [line for line in document["borders"] if line["valid_to"]]
    assert "2020-11-10" in {line["valid_to"] for line in ended}
    assert not [line["name"] for line in ended if line["on"]]
    lines = [line for line in document["borders"] if line["role"] == "line" and line["pair"] == "AM-AZ"]
    assert {(line["status"], line["layer"], line["on"]) for line in lines} == {("not_delimited", "OSM", True)}


# The file ---------------------------------------------------------------------------------------------------------


def test_page_carries_the_scene_and_nothing_else_of_the_project(seed: geomap.Scene) -> None:
    page = geomap.render(seed).content.decode("utf-8")
    block = re.search(r'<script type="text/plain" id="geomap-scene">([^<]+)</script>', page)
    assert block
    assert json.loads(gzip.decompress(base64.b64decode(block[1]))) == json.loads(seed.to_json())
    assert not loaded(re.sub(r"<script.*?</script>|<style.*?</style>", " ", page, flags=re.DOTALL))
