"""Problems on the terminal: a line each, as far as they are few."""

from __future__ import annotations

from typing import Any

from geomap.render.text import problem_lines, summary
from geomap.types import Problem


def test_problems_are_told_a_line_each() -> None:
    problems = [Problem("c", "moved", file="places.lock", hint="decide"), Problem("c", "bad", row=3, set_aside=True)]
    assert problem_lines(problems) == ["  note: places.lock: moved (decide)", "  set aside: project, row 3: bad"]
    assert len(problem_lines(problems * 20)) == 11


def test_a_cell_of_a_million_characters_does_not_fill_the_screen() -> None:
    long, row = "Goris " * 200_000, {"file": "a.csv", "sheet": None, "row": 2}
    fault = {"column": "lat", "value": long, "reason": "is no number", "hint": None}
    told: dict[str, Any] = {
        "rows": 2, "placed": 0, "superseded": 0, "ambiguous": [], "files": [], "claims": [], "problems": [],
        "unplaced": [{**row, "place": long, "why": "longer than 400 characters"}],
        "set_aside": [{**row, "faults": [fault]}],
    }  # fmt: skip
    lines = summary(told)
    assert max(map(len, lines)) < 300
    assert any("Goris Goris" in line and "longer than 400 characters" in line for line in lines)
    assert any("Goris Goris" in line and "is no number" in line for line in lines)
