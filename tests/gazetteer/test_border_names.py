"""Both sides' names of the border region, in five scripts: each placed right or left open, and none placed wrongly.

border_names.csv states what a name means in Armenia and Azerbaijan: one id, or several where it has to stay open. It
was written from the facts about the places, not from answers of this gazetteer.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from oracle import metres

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.words.names import script
from geomap.types import MANY, Match

SIDES = ("AM", "AZ")
NEAR_M = 2_000
"""As near to the true position, another id is another name for the same settlement."""


def rows(name: str) -> list[dict[str, str]]:
    """Read a table that lies beside this file."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = rows("border_names.csv")
TRUTH = {row["id"]: (float(row["lon"]), float(row["lat"])) for row in rows("truth.csv")}


@pytest.fixture(scope="module")
def answers() -> dict[str, Match]:
    gazetteer = Gazetteer.default()
    return {row["query"]: gazetteer.match(row["query"], SIDES) for row in NAMES}


def is_expected(match: Match, expected: str) -> bool:
    """Tell whether a placed match is the expected place, by id or by its true position."""
    assert match.place is not None
    truth = TRUTH.get(expected)
    at = (match.place.lon, match.place.lat)
    return match.place.id == expected or (truth is not None and metres(truth, at) <= NEAR_M)


def test_there_are_over_two_hundred_names_in_four_scripts() -> None:
    scripts = Counter(script(row["query"]) for row in NAMES)
    assert len(NAMES) == len({row["query"] for row in NAMES}) > 500
    assert min(scripts["Latn"], scripts["Armn"], scripts["Cyrl"]) > 100
    assert min(scripts["Geor"], scripts["Arab"]) >= 5


def test_every_expected_place_is_known() -> None:
    gazetteer = Gazetteer.default()
    ids = {place_id for row in NAMES for place_id in row["expected"].split(MANY)}
    assert sorted(place_id for place_id in ids if gazetteer.get(place_id) is None) == []


def test_no_name_is_placed_wrongly(answers: dict[str, Match]) -> None:
    placed = [(row, answers[row["query"]]) for row in NAMES if answers[row["query"]].place is not None]
    wrong = [
        f"{row['query']}: {match.place.id if match.place else None}, not {row['expected']}"
        for row, match in placed
        if MANY in row["expected"] or not is_expected(match, row["expected"])
    ]
    assert wrong == [], f"{len(wrong)} of {len(NAMES)} names are placed wrongly"


@pytest.mark.parametrize("row", [row for row in NAMES if MANY not in row["expected"]], ids=lambda row: row["query"])
def test_a_name_of_one_place_is_placed_there(answers: dict[str, Match], row: dict[str, str]) -> None:
    match = answers[row["query"]]
    assert match.status == "placed", match.why
    assert is_expected(match, row["expected"]), match.why


@pytest.mark.parametrize("row", [row for row in NAMES if MANY in row["expected"]], ids=lambda row: row["query"])
def test_a_name_of_several_places_stays_open_with_all_of_them(answers: dict[str, Match], row: dict[str, str]) -> None:
    match = answers[row["query"]]
    assert match.status == "ambiguous", match.why
    assert set(row["expected"].split(MANY)) <= {place.id for place in match.rivals}
    assert row["note"], "says why it stays open"
