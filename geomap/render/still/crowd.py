"""Marks on the picture: apart where there is room, merged where there are many, side by side at one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geomap.render.still import style
from geomap.render.still.drawing import Disc, Item, Line, Path, Rect
from geomap.render.still.frame import Frame
from geomap.render.still.glyphs import Slice, glyph, radius_of, reach_above
from geomap.render.still.marks import Mark

MANY_MARKS = 300
"""Marks above this number are merged until they are `_APART` pixels apart."""
MANY_EXTENTS = 40
"""More areas or radii than this would cover each other: then areas are tokens, and radii are left out."""
_APART = 27
_ASIDE = 8.0
_ASIDES = [(0, 0)] + [
    (dx * n, dy * n) for n in (1, 2, 3) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1))
]
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_GAP = 2.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark at its pixel."""

    x: float
    y: float
    mark: Mark

    @property
    def rect(self) -> Rect:
        """Return the room that the mark takes."""
        radius = radius_of(self.mark.count)
        above = reach_above(self.mark.form, self.mark.count)
        return Rect(self.x - radius, self.y - above, self.x + radius, self.y + radius)


class Kinds:
    """How kinds are drawn: the legend's colours and shapes."""

    def __init__(self, legend: Mapping[str, Any]) -> None:
        self._order = {entry["kind"]: rank for rank, entry in enumerate(legend["kinds"])}
        self._looks = {entry["kind"]: look(entry) for entry in legend["kinds"]}

    def slices(self, mark: Mark) -> list[Slice]:
        """Return the parts of a mark by colour, in the legend's order."""
        kinds = sorted(mark.kinds, key=lambda kind: self._order.get(kind, len(self._order)))
        parts: dict[tuple[str, str], float] = {}
        for kind in kinds:
            colour = self._looks.get(kind, style.NO_KIND)
            parts[colour] = parts.get(colour, 0) + mark.kinds[kind] / mark.count
        return [Slice(colour, shape, share) for (colour, shape), share in parts.items()]

    def colour(self, mark: Mark) -> str:
        """Return the colour of a mark's extent: its kind's, grey where it has several."""
        slices = self.slices(mark)
        return slices[0].colour if len(slices) == 1 else style.MUTED


def look(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the colour and shape of a kind in the legend; what is no colour as #rrggbb is drawn as no kind is."""
    return (entry["colour"], entry["shape"]) if _COLOUR.fullmatch(entry["colour"]) else style.NO_KIND


def spots(marks: Sequence[Mark], frame: Frame) -> list[Spot]:
    """Place marks in the panel: side by side where several share a position, merged where they are too many."""
    placed = [Spot(*frame.point(mark.lon, mark.lat), mark) for mark in marks]
    placed = [spot for spot in placed if frame.shows(spot.x, spot.y)]
    if len(placed) > MANY_MARKS:
        return _merged(placed)
    return [spot for strip in _strips(placed) for spot in strip]


def _strips(placed: Iterable[Spot]) -> Iterator[list[Spot]]:
    """Yield the marks of each position as a row whose middle is on the position."""
    together: dict[tuple[float, float], list[Spot]] = {}
    for spot in placed:
        together.setdefault((spot.x, spot.y), []).append(spot)
    for (x, y), members in together.items():
        widths = [2 * radius_of(spot.mark.count) + _GAP for spot in members]
        left = x - (sum(widths) - _GAP) / 2
        starts = [left + sum(widths[:number]) for number in range(len(widths))]
        yield [
            Spot(start + radius_of(spot.mark.count), y, spot.mark) for start, spot in zip(starts, members, strict=True)
        ]


def _merged(placed: Sequence[Spot]) -> list[Spot]:
    """Merge marks around those with most rows, points apart from areas, which then make room for the points."""
    ranked = sorted(placed, key=lambda spot: (-spot.mark.count, spot.x, spot.y))
    points = [_merge(group) for group in _around([spot for spot in ranked if spot.mark.form != "area"])]
    areas = [_merge(group) for group in _around([spot for spot in ranked if spot.mark.form == "area"])]
    return [*_beside(areas, points), *points]


def _beside(areas: Iterable[Spot], points: Iterable[Spot]) -> Iterator[Spot]:
    """Move the tokens of areas, which stand for no point, off the marks that they would hide behind."""
    taken = [spot.rect for spot in points]
    for area in areas:
        moved = [Spot(area.x + dx * _ASIDE, area.y + dy * _ASIDE, area.mark) for dx, dy in _ASIDES]
        free = next((spot for spot in moved if not any(map(spot.rect.meets, taken))), area)
        taken.append(free.rect)
        yield free


def _around(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Group spots with the first of them that is within `_APART` pixels, in order."""
    groups: list[list[Spot]] = []
    centres = np.empty((len(spots), 2))
    for spot in spots:
        gaps = np.hypot(*(centres[: len(groups)] - (spot.x, spot.y)).T)
        if len(gaps) and gaps.min() < _APART:
            groups[int(gaps.argmin())].append(spot)
        else:
            centres[len(groups)] = spot.x, spot.y
            groups.append([spot])
    return groups


def _merge(group: Sequence[Spot]) -> Spot:
    """Make one mark of several, at the first of them, which has most rows; it has neither name nor extent."""
    kinds = sum((spot.mark.kinds for spot in group), Counter[str | None]())
    form = "area" if group[0].mark.form == "area" else "settlement"
    return Spot(group[0].x, group[0].y, Mark(form, group[0].mark.lon, group[0].mark.lat, "", kinds=kinds))


def extents(
    document: Mapping[str, Any], placed: Sequence[Spot], frame: Frame, kinds: Kinds, detail: float
) -> Iterator[Item]:
    """Draw the ground that marks may stand on: areas hatched, radii outlined where sourced and soft where not."""
    areas = [spot for spot in placed if is_drawn_as_area(spot, placed)]
    near = [spot for spot in placed if spot.mark.form == "near" and spot.mark.radius_km]
    for spot in areas:
        yield from _area(document, spot, frame, kinds.colour(spot.mark), detail)
    for spot in near if len(near) <= MANY_EXTENTS else ():
        radius, colour = (spot.mark.radius_km or 0) / frame.km_per_pixel, kinds.colour(spot.mark)
        x, y = frame.point(spot.mark.lon, spot.mark.lat)
        if spot.mark.is_sourced:
            yield Disc(x, y, radius, fill=colour, opacity=0.12)
            yield Disc(x, y, radius, stroke=colour, width=0.9, opacity=0.8)
        else:
            yield Disc(x, y, radius, fill=colour, opacity=0.3, soft=True)


def is_drawn_as_area(spot: Spot, placed: Sequence[Spot]) -> bool:
    """Tell whether a mark is drawn as its extent rather than as a token."""
    has_extent = spot.mark.area is not None or bool(spot.mark.radius_km)
    return spot.mark.form == "area" and has_extent and sum(s.mark.form == "area" for s in placed) <= MANY_EXTENTS


def _area(document: Mapping[str, Any], spot: Spot, frame: Frame, colour: str, detail: float) -> Iterator[Item]:
    if spot.mark.area is None:
        radius = (spot.mark.radius_km or 0) / frame.km_per_pixel
        lines = (_circle(*frame.point(spot.mark.lon, spot.mark.lat), radius),)
    else:
        lines = frame.draw(document["areas"][spot.mark.area]["geo"], detail, closed=True)
    yield Path(lines, closed=True, fill=colour, opacity=0.07)
    yield Path(lines, closed=True, stroke=colour, width=1.0, dash=(4.5, 3), hatch=colour)


def _circle(x: float, y: float, radius: float) -> Line:
    angles = np.linspace(0, 2 * np.pi, 73)
    return np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)])


def symbols(placed: Sequence[Spot], kinds: Kinds) -> Iterator[Item]:
    """Draw the marks themselves; an area that is drawn as its extent has none."""
    for spot in placed:
        if not is_drawn_as_area(spot, placed):
            yield from glyph(spot.x, spot.y, spot.mark.form, kinds.slices(spot.mark), spot.mark.count)
