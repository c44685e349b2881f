"""One mark as things to draw: filled at or near a place, an open ring where only a direction is known.

The chevron above a ring points to the place for an alleged target, and away from it for an alleged origin, whose ring
is broken as well. Size grows with the digits to be written, never with what happened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from geomap.render.still import style
from geomap.render.still.drawing import Disc, Item, Line, Path, Text

SINGLE = 5.0
_STACK = 7.4
_CHEVRON = 7.5


class Slice(NamedTuple):
    """A kind's part of a mark, as a share of 1."""

    colour: str
    shape: str
    share: float


def _regular(corners: int, turn: float, size: float) -> list[tuple[float, float]]:
    angles = (turn + corner * 2 * math.pi / corners for corner in range(corners))
    return [(math.cos(angle) * size, math.sin(angle) * size) for angle in angles]


_ARM, _WAIST = 1.1, 0.42
_OUTLINES = {
    "square": _regular(4, math.pi / 4, 1.26),
    "diamond": _regular(4, 0, 1.3),
    "triangle": _regular(3, -math.pi / 2, 1.4),
    "hexagon": _regular(6, 0, 1.12),
    "cross": [
        (-_WAIST, -_ARM), (_WAIST, -_ARM), (_WAIST, -_WAIST), (_ARM, -_WAIST), (_ARM, _WAIST), (_WAIST, _WAIST),
        (_WAIST, _ARM), (-_WAIST, _ARM), (-_WAIST, _WAIST), (-_ARM, _WAIST), (-_ARM, -_WAIST), (-_WAIST, -_WAIST),
    ],
}  # fmt: skip
"""Outlines of radius 1 that cover about the same area; a shape that is not here is a circle."""


def radius_of(count: int) -> float:
    """Return the radius of a mark in pixels, by the number that is written into it."""
    return SINGLE if count < 2 else _STACK + max(0, len(str(count)) - 2) * 2.4


def reach_above(form: str, count: int) -> float:
    """Return how far a mark reaches above its middle, its chevron included."""
    return radius_of(count) + (_CHEVRON if form in ("target", "origin") else 0)


def glyph(x: float, y: float, form: str, slices: Sequence[Slice], count: int) -> Iterator[Item]:
    """Draw a mark of a form at a pixel, in slices of its kinds' colours, with its number when that is above one."""
    radius = radius_of(count)
    if form in ("target", "origin"):
        yield from _open(x, y, radius, form, slices)
    elif form == "area":
        yield _shape(x, y, "square", radius, fill=style.HALO, stroke=style.INK, dash=(3, 2), hatch=slices[0].colour)
    else:
        yield from _filled(x, y, radius, slices)
    if count > 1:
        yield from _number(x, y, count, form, slices)
    elif form == "exact":
        yield Disc(x, y, 1.6, fill=ink_on(slices[0].colour))


def _filled(x: float, y: float, radius: float, slices: Sequence[Slice]) -> Iterator[Item]:
    shape = slices[0].shape if len(slices) == 1 else "circle"
    yield _shape(x, y, shape, radius, fill=slices[0].colour, stroke=style.HALO, width=3.5)
    for arc, part in _arcs(x, y, radius, slices):
        yield Path((np.vstack([[(x, y)], arc]),), closed=True, fill=part.colour)
    yield _shape(x, y, shape, radius, fill=slices[0].colour if len(slices) == 1 else None, stroke=style.INK)


def _open(x: float, y: float, radius: float, form: str, slices: Sequence[Slice]) -> Iterator[Item]:
    shape = slices[0].shape if len(slices) == 1 else "circle"
    dash = (3.2, 2.2) if form == "origin" else ()
    yield _shape(x, y, shape, radius, fill=style.HALO, stroke=style.HALO, width=5.5)
    yield _shape(x, y, shape, radius, stroke=style.INK, width=3.6, dash=dash)
    yield _shape(x, y, shape, radius, stroke=slices[0].colour, width=2.2, dash=dash)
    for arc, part in _arcs(x, y, radius, slices):
        yield Path((arc,), stroke=part.colour, width=2.2, dash=dash)
    down, middle = (1 if form == "target" else -1), y - radius - 5.5
    chevron = np.array([(x - 4.2, middle - 1.9 * down), (x, middle + 1.9 * down), (x + 4.2, middle - 1.9 * down)])
    yield Path((chevron,), stroke=style.HALO, width=4.5)
    yield Path((chevron,), stroke=style.INK, width=1.8)


def _number(x: float, y: float, count: int, form: str, slices: Sequence[Slice]) -> Iterator[Item]:
    is_open, is_plain = form in ("target", "origin"), len(slices) == 1 and form != "area"
    if not (is_open or is_plain):
        yield Disc(x, y, radius_of(count) - 2.2, fill=style.HALO)
    ink = ink_on(slices[0].colour) if is_plain and not is_open else style.INK
    yield Text(x, y + 3.3, str(count), 9.2, ink, bold=True, anchor="middle")


def _shape(x: float, y: float, shape: str, radius: float, *, hatch: str | None = None, **look: Any) -> Item:
    if shape not in _OUTLINES:
        return Disc(x, y, radius, **look)
    return Path((np.array(_OUTLINES[shape]) * radius + (x, y),), closed=True, hatch=hatch, **look)


def _arcs(x: float, y: float, radius: float, slices: Sequence[Slice]) -> Iterator[tuple[Line, Slice]]:
    """Yield the part of the circle that belongs to each slice, clockwise from the top; nothing for a single one."""
    start = -math.pi / 2
    for part in slices if len(slices) > 1 else ():
        angles = np.linspace(start, start + part.share * 2 * math.pi, max(3, round(part.share * 20)))
        start = float(angles[-1])
        yield np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)]), part


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour (relative luminance, WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
