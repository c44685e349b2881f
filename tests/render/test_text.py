"""Lines for the terminal: sums first, then what a person must decide; no cell can rewrite the screen."""

from __future__ import annotations

from typing import Any

from geomap.render.text import column_summary, index_lines, matches, problem_lines
from geomap.types import Problem

PLACE = {"id": "x:1", "name": "Goris", "country": "AM", "admin1": None, "kind": "town", "lat": 39.5, "lon": 46.3}


def _told(*to_decide: dict[str, Any], **changes: Any) -> dict[str, Any]:
    names = {"distinct": 3, "placed": 1, "pinned": 0, "fuzzy": 1, "ambiguous": 1, "unknown": 1}
    sums = {"placed": 1, "ambiguous": 1, "unknown": 1234, "stretch": 0, "empty": 0}
    return {
        "path": "a.csv", "format": "csv", "rows": 1236, **sums, "names": names, "set_aside": [],
        "to_decide": list(to_decide), **changes,
    }  # fmt: skip


def _open(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "country": None,
        "rows": 1,
        "status": "unknown",
        "method": "none",
        "candidates": [],
        **changes,
    }


def test_a_column_is_summed_up_before_its_names() -> None:
    likely = _open("Gorris", country="AM", rows=2, status="placed", method="fuzzy", candidates=[PLACE] * 5)
    sums, names, decide = column_summary(_told(likely))
    assert sums == "a.csv: csv, 1,236 rows = 1 placed + 1 ambiguous + 1,234 unknown"
    assert names == "  3 distinct names: 1 placed (0 pinned, 1 by a likely spelling), 1 ambiguous, 1 unknown"
    place = "Goris (town, AM) [x:1]"
    assert decide == f"  to decide: Gorris (AM): 2 rows, likely spelling: {'; '.join([place] * 3)} and 2 more"


def test_ten_names_are_listed_and_the_rest_counted() -> None:
    lines = column_summary(_told(*(_open(f"name {number}") for number in range(12))))
    assert len(lines) == 13
    assert lines[-1] == "  ... and 2 more; --json lists all"


def test_a_name_cannot_rewrite_or_flood_the_terminal() -> None:
    hostile, long = column_summary(_told(_open("\x1b[31mred\u202e"), _open("K" * 10_000)))[2:]
    assert hostile == "  to decide: <U+001B>[31mred<U+202E>: 1 row, unknown"
    assert len(long) < 200


def test_rows_set_aside_are_named() -> None:
    fault = {"column": None, "value": None, "reason": "1 cell, not 3", "hint": None}
    lines = column_summary(_told(set_aside=[{"file": "a.csv", "row": 7, "faults": [fault]}]))
    assert lines[0].endswith("+ 1 set aside")
    assert lines[2] == "  set aside: a.csv, row 7: row: 1 cell, not 3"


def test_what_words_around_a_name_say_comes_before_the_reference_point() -> None:
    answer = {"query": "toward Goris", "place": PLACE, "why": "w", "rivals": [], "relation": "direction_of"}
    (bare,) = matches([answer])
    assert bare == "toward Goris: direction of; reference point Goris (town, AM) 39.50000 N 46.30000 E [x:1]; w"
    (near,) = matches([{**answer, "relation": "near", "position": {"lon": 46.4, "lat": 39.5}, "radius_km": 4.0}])
    assert near.startswith("toward Goris: near (39.500 N 46.400 E, radius 4.0 km); reference point Goris")


def test_problems_and_indexes_are_told_a_line_each() -> None:
    problems = [Problem("c", "moved", file="places.lock", hint="decide"), Problem("c", "bad", row=3, set_aside=True)]
    assert problem_lines(problems) == ["  note: places.lock: moved (decide)", "  set aside: project, row 3: bad"]
    assert len(problem_lines(problems * 20)) == 11
    credit = {"name": "GeoNames", "licence": "CC BY 4.0", "text": "modified"}
    told = {"version": "1", "places": 1234, "countries": ["AM", "AZ"], "credits": [credit]}
    assert list(index_lines(told)) == [
        "version: 1", "places: 1,234", "countries: AM AZ", "source: GeoNames (CC BY 4.0): modified",
    ]  # fmt: skip
