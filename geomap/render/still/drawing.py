"""What a picture is made of: paths, discs and text in pixels, y downwards. No painter is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]
"""Positions of one line, shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class Path:
    """Lines, or rings filled by the even-odd rule; `hatch` is a colour of diagonal strokes inside."""

    lines: tuple[Line, ...]
    closed: bool = False
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    hatch: str | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc or ring; a `soft` one fades towards its edge."""

    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on its baseline; `anchor` start, middle or end; `halo` the colour of an outline behind it."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    anchor: str = "start"
    halo: str | None = None


Item = Path | Disc | Text


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Tell whether the two overlap; touching is not overlapping."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Rect) -> bool:
        """Tell whether the other lies within this one."""
        return (
            self.left <= other.left and other.right <= self.right
            and self.top <= other.top and other.bottom <= self.bottom
        )  # fmt: skip

    def path(
        self, fill: str | None = None, stroke: str | None = None, width: float = 1.0, opacity: float = 1.0
    ) -> Path:
        """Return the rectangle as something to draw."""
        corners = [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
        return Path(
            (np.array(corners, dtype=float),), closed=True, fill=fill, stroke=stroke, width=width, opacity=opacity
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `inside` is cut at the edge of the map's panel, `around` is not and lies above it."""

    width: float
    height: float
    title: str
    description: str
    panel: Rect
    inside: Sequence[Item]
    around: Sequence[Item]
