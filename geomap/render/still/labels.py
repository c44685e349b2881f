"""Words on the picture: how wide they are, where lines break, and which labels find room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geomap.render.still.drawing import Rect
from geomap.render.still.style import LabelStyle
from geomap.render.text import plain

_NARROW = {**dict.fromkeys("ijl'|·", 0.29), **dict.fromkeys(" .,:;!fIrt()[]/-", 0.38)}
_WIDE = {**dict.fromkeys("mM—…", 0.98), **dict.fromkeys("wW@%ԽՄმფшщжюШЩЖЮ", 0.9)}
_BOLD = 1.1
_GAP = 3.0


def shown(text: str | None) -> str:
    """Return text as one line in which every character that draws nothing stands as its code."""
    return plain(" ".join((text or "").split()))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is in pixels, after DejaVu Sans, whose letters are wide: most fonts need less."""
    ems = sum(_ems(character) for character in text)
    return ems * size * (_BOLD if bold else 1)


def _ems(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    known = _NARROW.get(character) or _WIDE.get(character)
    return known or (0.7 if character.isupper() else 0.61)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit the room, between words, and within a word that is wider than the room."""
    lines = [""]
    for word in _pieces(text, size, room, bold=bold):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _pieces(text: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
    for word in text.split():
        piece = ""
        for character in word:
            if piece and width(piece + character, size, bold=bold) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that asks for room: around a mark that reaches `clear` pixels either way, or centred where it is None.

    One that `must` be drawn rather covers a mark than is left out, but never another label.
    """

    text: str
    x: float
    y: float
    look: LabelStyle
    clear: tuple[float, float] | None = None
    must: bool = False


def arrange(
    wanted: Iterable[Wanted], panel: Rect, reserved: Sequence[Rect], marks: Sequence[Rect]
) -> Iterator[tuple[Wanted, Rect]]:
    """Yield the labels that find room in the panel, first come first served, with the room that each takes."""
    taken = list(reserved)
    for label in wanted:
        free = [spot for spot in _spots(label) if panel.holds(spot) and not any(map(spot.meets, taken))]
        clear = (spot for spot in free if not any(map(spot.meets, marks)))
        chosen = next(clear, free[0] if label.must and free else None)
        if chosen:
            taken.append(chosen)
            yield label, chosen


def _spots(label: Wanted) -> list[Rect]:
    """Return the room around a mark, best first: right, left, above, below, then the corners."""
    wide, tall = width(label.text, label.look.size, bold=label.look.bold), label.look.size * 1.2
    x, y = label.x, label.y
    if label.clear is None:
        return [_rect(x - wide / 2, y - tall / 2, wide, tall)]
    right, left = x + label.clear[0] + _GAP, x - label.clear[0] - _GAP - wide
    above, below = y - label.clear[1] - tall, y + label.clear[1]
    corners = [
        (right, y - tall / 2), (left, y - tall / 2), (x - wide / 2, above - 1), (x - wide / 2, below + 1),
        (right, above + tall / 2), (right, below - tall / 2), (left, above + tall / 2), (left, below - tall / 2),
    ]  # fmt: skip
    return [_rect(*corner, wide, tall) for corner in corners]


def _rect(left: float, top: float, wide: float, tall: float) -> Rect:
    return Rect(left, top, left + wide, top + tall)
