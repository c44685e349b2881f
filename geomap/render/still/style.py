"""Colours, widths and dashes of a still picture, as data: ink on paper."""

from __future__ import annotations

from typing import NamedTuple

PAPER = "#ffffff"
WATER = "#d5e3ea"
LAND = "#f7f4ee"
COAST = "#a9bfc9"
RIVER = "#b5cdd9"
PROVINCE = "#d6cfc1"
COUNTRY = "#a59b8a"
BORDER = "#33302b"
INK = "#1c1b19"
MUTED = "#5f594f"
WATER_INK = "#3d6374"
HALO = "#fbf9f5"
RULE = "#cfc8ba"
NO_KIND = ("#6b6b6b", "circle")


class LineStyle(NamedTuple):
    """How a border is drawn: width and dashes in pixels, what its status is called, and its colour."""

    width: float
    dash: tuple[float, ...]
    words: str
    colour: str = BORDER


STATUSES = {
    "delimited": LineStyle(1.6, (), "delimited"),
    "not_delimited": LineStyle(1.6, (6, 3.5), "not delimited; not a line of control"),
    "disputed": LineStyle(1.6, (6, 3.5), "disputed"),
    "claimed": LineStyle(1.3, (11, 4.5), "claimed"),
    "control_line": LineStyle(2.0, (1.2, 4), "control line"),
    "historical": LineStyle(1.3, (3, 5), "historical"),
}
SCHEMATIC_WIDTH = 5.0
"""A line drawn roughly by hand is broad and pale, as in the page: it lies somewhere there."""
UNSTATED = LineStyle(1.1, (), "status not stated", "#77705f")
ENCLAVE = LineStyle(0.9, (), "recognised and held by different countries", "#77705f")


class LabelStyle(NamedTuple):
    """How a label is set; `centred` where what it names has no point."""

    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    centred: bool = False
    capitals: bool = False


LABELS = {
    "place": LabelStyle(11.5, INK, bold=True),
    "area": LabelStyle(11, INK, bold=True),
    "country": LabelStyle(11.5, MUTED, centred=True, capitals=True),
    "province": LabelStyle(9, "#857c6e", centred=True, capitals=True),
    "town": LabelStyle(10.5, "#47423a"),
    "village": LabelStyle(9.5, MUTED),
    "lake": LabelStyle(10, WATER_INK, italic=True, centred=True),
    "river": LabelStyle(9.5, WATER_INK, italic=True, centred=True),
    "mountain": LabelStyle(9.5, MUTED),
}
"""Labels of places with marks, of areas drawn as such, and of the base map by kind."""
