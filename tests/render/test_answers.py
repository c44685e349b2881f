"""What the terminal says of names: nothing twice, nothing too exact, first what a person must decide."""

from __future__ import annotations

from typing import Any

import pytest

from geomap.render.answers import column_summary, index_lines, matches, position

GORIS = {"id": "x:1", "name": "Goris", "country": "AM", "admin1": None, "kind": "town", "lat": 39.5, "lon": 46.3}
SOTK = {**GORIS, "id": "x:2", "name": "Sotk", "kind": "village"}
LAKE = {**GORIS, "id": "x:3", "name": "Lake Sevan", "kind": "lake", "lat": 40.31667, "lon": 45.35}


def _answer(**changes: Any) -> dict[str, Any]:
    return {
        "query": "Goris", "place": GORIS, "method": "exact", "status": "placed", "rivals": [],
        "why": "official name of Goris (town, AM)", **changes,
    }  # fmt: skip


def _open(**changes: Any) -> dict[str, Any]:
    return _answer(place=None, method="none", status="ambiguous", **changes)


# Positions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lon", "lat", "digits", "said"),
    [
        (46.34168, 39.51111, 3, "39.511 N 46.342 E"),
        (-0.1257, 51.5085, 5, "51.50850 N 0.12570 W"),
        (151.2073, -33.8678, 2, "33.87 S 151.21 E"),
        (-0.04, -0.04, 1, "0.0 N 0.0 E"),
    ],
)
def test_south_and_west_have_letters_and_no_signs(lon: float, lat: float, digits: int, said: str) -> None:
    assert position(lon, lat, digits) == said


def test_an_area_lies_about_where_it_is() -> None:
    (line,) = matches([_answer(query="Sevan", place=LAKE, why="official name of Lake Sevan (lake, AM)")])
    assert line == "Sevan: Lake Sevan (lake, AM) about 40.3 N 45.4 E [x:3]; official name"


# Names ----------------------------------------------------------------------------------------------------------


def test_a_place_is_described_once() -> None:
    why = "another spelling of Goriz, official name of Goris (town, AM); 1 letter differs"
    (line,) = matches([_answer(query="Gorriz", why=why)])
    assert line == (
        "Gorriz: Goris (town, AM) 39.50000 N 46.30000 E [x:1]; another spelling of Goriz, official name; "
        "1 letter differs"
    )


def test_the_reason_of_a_pin_is_told_to_the_letter() -> None:
    why = "pinned in places.lock: the seat of Goris (town, AM)"
    (line,) = matches([_answer(method="pin", why=why)])
    assert line.endswith(f"[x:1]; {why}")


def test_distance_stands_between_the_place_and_the_reason() -> None:
    near_line = {**GORIS, "border_km": 7.52, "border_km_error": 2.2, "side": "AM"}
    (line,) = matches([_answer(place=near_line)])
    assert line.endswith("[x:1]; 7.5 km (+/- 2.2) from the line, side: AM; official name")


def test_three_other_bearers_are_named() -> None:
    rivals = [{**SOTK, "id": f"x:{number}"} for number in range(5)]
    (line,) = matches([_answer(rivals=rivals)])
    named = "Sotk (village, AM) [x:0], Sotk (village, AM) [x:1], Sotk (village, AM) [x:2]"
    assert line.endswith(f"; official name; also borne by {named} and 2 more")


@pytest.mark.parametrize(
    ("relation", "words"), [("direction_of", "in the direction of"), ("from_direction_of", "from the direction of")]
)
def test_a_direction_gives_a_reference_point_only(relation: str, words: str) -> None:
    why = f"{words} Goris; how far is not said, so no radius is known; another name of Goris (town, AM)"
    (line,) = matches([_answer(query="toward Gorus", relation=relation, why=why)])
    assert line == (
        f"toward Gorus: Goris (town, AM) 39.500 N 46.300 E [x:1]; reference point only: {words}; how far is not said; "
        "another name"
    )


def test_a_distance_from_the_line_is_the_reference_points() -> None:
    place = {**GORIS, "border_km": 7.52, "border_km_error": 2.2, "side": "AM"}
    why = "5 km east of Goris, drawn within 4 km by convention; official name of Goris (town, AM)"
    at = {"lon": 46.4, "lat": 39.5}
    (line,) = matches([_answer(query="5 km east of Goris", place=place, relation="near", position=at, why=why)])
    assert line == (
        "5 km east of Goris: 39.500 N 46.400 E; reference point Goris (town, AM) 39.500 N 46.300 E [x:1]; "
        "the reference point is 7.5 km (+/- 2.2) from the line, side: AM; drawn within 4 km by convention; "
        "official name"
    )


def test_rivals_stand_below_the_name_and_not_in_its_reason() -> None:
    why = "2 places bear this name, in different countries: Goris (town, AM); Sotk (village, AM)"
    first, *rivals = matches([_open(why=why, rivals=[GORIS, SOTK])])
    assert first == "Goris: unplaced: 2 places bear this name, in different countries: pin the one that is meant"
    assert rivals == [
        "    rival: Goris (town, AM) 39.50000 N 46.30000 E [x:1]",
        "    rival: Sotk (village, AM) 39.50000 N 46.30000 E [x:2]",
    ]


def test_many_rivals_are_counted() -> None:
    rivals = [GORIS] * 15
    why = f"15 places bear this name: {'; '.join(['Goris (town, AM)'] * 10)}; and 5 more"
    first, *listed = matches([_open(why=why, rivals=rivals)])
    assert first == "Goris: unplaced: 15 places bear this name: pin the one that is meant"
    assert (len(listed), listed[-1]) == (11, "    ... and 5 more; --json lists all")


def test_what_makes_an_answer_weak_is_not_lost() -> None:
    why = "not sure enough: another name of Goris (town, AM); but the row says Shirak"
    first, _ = matches([_open(why=why, rivals=[GORIS])])
    assert first == "Goris: unplaced: not sure enough: another name of Goris; but the row says Shirak"


def test_suggestions_are_no_rivals() -> None:
    why = "no place of the gazetteer bears this name; 1 letter differs from Goris (town, AM)"
    first, second = matches([{**_open(query="Gorriz", why=why, rivals=[GORIS]), "status": "unknown"}])
    assert first == "Gorriz: unplaced: no place of the gazetteer bears this name; 1 letter differs from:"
    assert second.startswith("    perhaps: Goris (town, AM) 39.5")


def test_a_stretch_has_two_ends_and_an_empty_name_nothing() -> None:
    why = "between Goris and Sotk; official name of Goris (town, AM); another name of Sotk (village, AM)"
    stretch = {**_open(query="Goris to Sotk", why=why), "ends": [GORIS, SOTK]}
    first, *ends, empty = matches([stretch, _open(query=" ", why="no name")])
    assert first == (
        "Goris to Sotk: a stretch, not placed: between Goris and Sotk; official name of Goris; another name of Sotk"
    )
    assert [end.split(" (")[0] for end in ends] == ["    end: Goris", "    end: Sotk"]
    assert empty == "(empty): unplaced: there is no name"
    _, one = matches([{**stretch, "ends": [GORIS]}])
    assert one.startswith("    named: Goris (")


# Columns --------------------------------------------------------------------------------------------------------


def _told(*to_decide: dict[str, Any], **changes: Any) -> dict[str, Any]:
    names = {
        "distinct": 8, "placed": 2, "pinned": 1, "fuzzy": 1, "ambiguous": 1, "unknown": 1, "no_place": 1, "stretch": 3,
    }  # fmt: skip
    sums = {"placed": 2, "ambiguous": 1, "unknown": 1234, "no_place": 5, "stretch": 3, "empty": 0}
    return {
        "path": "a.csv", "format": "csv", "rows": 1245, **sums, "names": names, "set_aside": [],
        "to_decide": list(to_decide), **changes,
    }  # fmt: skip


def _decision(name: str, **changes: Any) -> dict[str, Any]:
    entry = {"name": name, "country": None, "admin1": None, "rows": 1, "status": "unknown", "method": "none"}
    return {**entry, "candidates": [], **changes}


def test_a_column_is_summed_up_before_its_names() -> None:
    likely = _decision("Gorris", country="AM", rows=2, status="placed", method="fuzzy", candidates=[GORIS] * 5)
    sums, names, decide = column_summary(_told(likely))
    assert sums == "a.csv: csv, 1,245 rows = 2 placed + 1 ambiguous + 1,234 unknown + 5 no place + 3 stretches"
    assert names == (
        "  8 distinct names: 2 placed (1 pinned, 1 by a likely spelling), 1 ambiguous, 1 unknown, 1 no place, "
        "3 stretches"
    )
    place = "Goris (town, AM) [x:1]"
    assert decide == f"  to decide: Gorris (AM): 2 rows, likely spelling: {'; '.join([place] * 3)} and 2 more"


def test_twenty_names_are_listed_and_the_rest_counted() -> None:
    lines = column_summary(_told(*(_decision(f"name {number}") for number in range(1022))))
    assert len(lines) == 23
    assert lines[-1] == "  ... and 1,002 more; --json lists all"


def test_a_name_cannot_rewrite_or_flood_the_terminal() -> None:
    hostile, long = column_summary(_told(_decision("\x1b[31mred\u202e"), _decision("K" * 10_000)))[2:]
    assert hostile == "  to decide: <U+001B>[31mred<U+202E>: 1 row, unknown"
    assert len(long) < 200
    (line,) = matches([_open(query="\x1b[31m", why="no place")])
    assert line.startswith("<U+001B>[31m: ")


def test_rows_set_aside_are_named() -> None:
    fault = {"column": None, "value": None, "reason": "1 cell, not 3", "hint": None}
    lines = column_summary(_told(set_aside=[{"file": "a.csv", "row": 7, "faults": [fault]}]))
    assert lines[0].endswith("+ 1 set aside")
    assert lines[2] == "  set aside: a.csv, row 7: row: 1 cell, not 3"


# Indexes --------------------------------------------------------------------------------------------------------


def test_an_index_is_told_a_line_a_fact() -> None:
    credit = {"name": "GeoNames", "licence": "CC BY 4.0", "text": "modified"}
    told = {"version": "1", "places": 1234, "countries": ["AM", "AZ"], "credits": [credit]}
    assert list(index_lines(told)) == [
        "version: 1", "places: 1,234", "countries: AM AZ", "source: GeoNames (CC BY 4.0): modified",
    ]  # fmt: skip


def test_many_countries_are_counted() -> None:
    assert list(index_lines({"countries": ["AM"] * 250, "credits": []})) == [
        "countries: 250 countries; --json lists them"
    ]
