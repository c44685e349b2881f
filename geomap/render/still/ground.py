"""What lies under the marks: land, water, provinces, countries and border lines by status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from geomap.render.still import style
from geomap.render.still.drawing import Item, Line, Path
from geomap.render.still.frame import Frame
from geomap.render.still.marks import column

DrawnBorder = tuple[Mapping[str, Any], tuple[Line, ...]]
"""A border of the scene and its lines in pixels."""


def ground(document: Mapping[str, Any], frame: Frame, detail: float) -> Iterator[Item]:
    """Draw the base map; without one the panel is land, for water where none is known would be a claim."""
    base = document["basemap"]
    land = frame.draw(base["land"], detail, closed=True)
    yield frame.panel.path(fill=style.WATER if land else style.LAND)
    yield Path(land, closed=True, fill=style.LAND, stroke=style.COAST, width=0.6)
    yield Path(
        frame.draw(base["lakes"], detail, closed=True), closed=True, fill=style.WATER, stroke=style.COAST, width=0.6
    )
    yield Path(frame.draw(base["rivers"], detail), stroke=style.RIVER, width=0.8)
    yield Path(frame.draw(base["provinces"], detail), stroke=style.PROVINCE, width=0.7)
    yield Path(frame.draw(base["countries"], detail), stroke=style.COUNTRY, width=1.0)


def border_lines(shown: Sequence[DrawnBorder]) -> Iterator[Item]:
    """Draw border lines by their status, with a pale edge to stand out."""
    for border, lines in shown:
        look = line_style(border)
        yield Path(lines, stroke=style.HALO, width=look.width + 2, opacity=0.7)
        yield Path(lines, stroke=look.colour, width=look.width, dash=look.dash)


def borders(document: Mapping[str, Any], frame: Frame, detail: float) -> list[DrawnBorder]:
    """Return the borders in the panel: those on, but for lines out of force all the time that the map is about."""
    first, last = _days(document)
    drawn = (
        (border, frame.draw(border["geo"], detail)) for border in document["borders"]
        if border["on"] and (border["valid_to"] or "9999") > first and (border["valid_from"] or "") <= last
    )  # fmt: skip
    return [(border, lines) for border, lines in drawn if lines]


def line_style(border: Mapping[str, Any]) -> style.LineStyle:
    """Return how a border is drawn: an enclave as such, a line by its status."""
    if border["role"] == "enclave":
        return style.ENCLAVE
    look = style.STATUSES.get(border["status"] or "", style.UNSTATED)
    if not border.get("schematic"):
        return look
    words = f"{look.words}; schematic, drawn roughly by hand"
    return style.LineStyle(style.SCHEMATIC_WIDTH, (), words, style.RULE)


def _days(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the first and last day that the map is about, as ISO dates; all time where it states none."""
    minutes: Sequence[int] = [start for start in column(document, "start") if start is not None]
    first = iso_day(min(minutes)) if minutes else ""
    return first, document["as_of"] or (iso_day(max(minutes)) if minutes else "9999")


def iso_day(minutes: int) -> str:
    """Return the ISO date of minutes since 1970-01-01T00:00 of local time."""
    return str(np.datetime64(minutes, "m").astype("datetime64[D]"))
