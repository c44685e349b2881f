"""Problems on the terminal: a line each, as far as they are few."""

from __future__ import annotations

from geomap.render.text import problem_lines
from geomap.types import Problem


def test_problems_are_told_a_line_each() -> None:
    problems = [Problem("c", "moved", file="places.lock", hint="decide"), Problem("c", "bad", row=3, set_aside=True)]
    assert problem_lines(problems) == ["  note: places.lock: moved (decide)", "  set aside: project, row 3: bad"]
    assert len(problem_lines(problems * 20)) == 11
