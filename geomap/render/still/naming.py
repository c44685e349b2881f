"""Names on the map: places with marks first, then the base map's labels as far as they find room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geomap.render.still import style
from geomap.render.still.crowd import Spot, is_drawn_as_area
from geomap.render.still.drawing import Disc, Item, Rect, Text
from geomap.render.still.frame import Frame
from geomap.render.still.glyphs import reach_above
from geomap.render.still.labels import Wanted, arrange, shown

_MUST = 12
"""Places with most rows, named even where the name covers a mark."""
_MOST_PLACES, _MOST_BASE_LABELS = 60, 70
_DOT = 1.6


def draw_names(
    document: Mapping[str, Any], frame: Frame, placed: Sequence[Spot], reserved: Sequence[Rect]
) -> Iterator[Item]:
    """Draw the labels that find room clear of marks, of each other and of the reserved rectangles."""
    own = _places(placed)
    base = _base(document, frame, {label.text for label in own})
    marks = [spot.rect for spot in placed if not is_drawn_as_area(spot, placed)]
    named = list(arrange([*own, *base], frame.panel, reserved, marks))
    yield from (
        Disc(label.x, label.y, _DOT, fill=label.look.colour) for label, _ in named if label.clear == (_DOT, _DOT)
    )
    yield from (_set(label, room) for label, room in sorted(named, key=lambda pair: pair[0].look))


def _set(label: Wanted, room: Rect) -> Text:
    look = label.look
    baseline = room.bottom - look.size * 0.32
    return Text(room.left, baseline, label.text, look.size, look.colour, look.bold, look.italic, halo=style.HALO)


def _places(placed: Sequence[Spot]) -> list[Wanted]:
    """Ask room for the name of each place that has marks, the places with most rows first."""
    by_name: dict[str, list[Spot]] = {}
    for spot in placed:
        if spot.mark.name:
            by_name.setdefault(spot.mark.name, []).append(spot)
    ranked = sorted(by_name.items(), key=lambda item: (-sum(spot.mark.count for spot in item[1]), item[0]))
    return [
        _place(shown(name), members, placed, must=rank < _MUST)
        for rank, (name, members) in enumerate(ranked[:_MOST_PLACES])
    ]


def _place(name: str, members: Sequence[Spot], placed: Sequence[Spot], *, must: bool) -> Wanted:
    points = [spot for spot in members if not is_drawn_as_area(spot, placed)]
    if not points:
        return Wanted(name, members[0].x, members[0].y, style.LABELS["area"], must=True)
    left, right = min(spot.rect.left for spot in points), max(spot.rect.right for spot in points)
    above = max(reach_above(spot.mark.form, spot.mark.count) for spot in points)
    return Wanted(name, (left + right) / 2, points[0].y, style.LABELS["place"], ((right - left) / 2, above), must)


def _base(document: Mapping[str, Any], frame: Frame, taken: set[str]) -> list[Wanted]:
    """Ask room for the base map's labels, the seats of named districts first, but for places that have marks."""
    found: list[Wanted] = []
    seats = {document["places"][place["seat"]]["name"] for place in document["places"] if place["seat"] is not None}
    labels = document["basemap"]["labels"]
    for label in sorted(labels, key=lambda at: (at["name"] not in seats, at["rank"], at["kind"] != "country")):
        name, look = shown(label["name"]), style.LABELS.get(label["kind"], style.LABELS["village"])
        x, y = frame.point(label["lon"], label["lat"])
        if name not in taken and frame.shows(x, y):
            found.append(
                Wanted(name.upper() if look.capitals else name, x, y, look, None if look.centred else (_DOT, _DOT))
            )
    return found[:_MOST_BASE_LABELS]
