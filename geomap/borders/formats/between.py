"""The lines between the areas of a layer, each for the time at which both its areas are in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.borders.formats.overlaps import in_force, periods
from geomap.types import MANY

Lines = dict[tuple[str, str], BaseGeometry]
Period = tuple[str | None, str | None]

_ORIGIN = ("vintage", "source", "licence", "error_note", "repaired")
"""What a line takes from the areas on both its sides, several values joined by MANY."""


def lines_between(
    areas: Sequence[dict[str, Any]], given: dict[str, Any], shared: Callable[[list[int]], Lines]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of the lines between areas of two countries, by pair and then by time.

    `shared` answers with the lines between the areas of these numbers. A line has the status that `given` states, the
    larger error of its areas and their origin; its dates are those at which its course changes.
    """
    courses: dict[tuple[str, str], list[tuple[Period, BaseGeometry, list[dict[str, Any]]]]] = {}
    for period in periods(areas):
        numbers = [number for number, row in enumerate(areas) if in_force(row, period)]
        for pair, line in shared(numbers).items():
            owners = [areas[number] for number in numbers if areas[number]["side_a"] in pair]
            _add(courses.setdefault(pair, []), period, line, owners)
    for pair in sorted(courses):
        for (start, end), line, owners in courses[pair]:
            dated = f":{start or 'before'}" if len(courses[pair]) > 1 else ""
            identity = {"id": f"{given['layer']}:{pair[0]}-{pair[1]}{dated}", "role": "line", "geometry": line}
            sides = {"side_a": pair[0], "side_b": pair[1], "name": f"{pair[0]}-{pair[1]} line"}
            yield {**given, **sides, "valid_from": start, "valid_to": end, **_inherited(owners), **identity}


def _add(
    course: list[tuple[Period, BaseGeometry, list[dict[str, Any]]]],
    period: Period,
    line: BaseGeometry,
    owners: list[dict[str, Any]],
) -> None:
    """Add a period to a pair's course, to the last one where nothing changes in between."""
    if course:
        (start, end), before, known = course[-1]
        if end == period[0] and shapely.equals_exact(before, line) and _inherited(known) == _inherited(owners):
            course[-1] = ((start, period[1]), line, known)
            return
    course.append((period, line, owners))


def _inherited(owners: list[dict[str, Any]]) -> dict[str, Any]:
    errors = [row["error_km"] for row in owners if row.get("error_km") not in (None, "")]
    told = {column: _joined(owners, column) for column in _ORIGIN}
    drawn = [row.get("schematic") for row in owners if row.get("schematic") is not None]
    return {**told, "error_km": max(errors, default=None), "schematic": any(drawn) if drawn else None}


def _joined(owners: list[dict[str, Any]], column: str) -> str | None:
    texts = dict.fromkeys(str(row[column]) for row in owners if row.get(column) not in (None, ""))
    return MANY.join(texts) or None
