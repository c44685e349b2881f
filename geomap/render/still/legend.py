"""The legend below the map: what is reported, where and how sure, and which lines are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from geomap.render.still import style
from geomap.render.still.crowd import MANY_MARKS, look
from geomap.render.still.drawing import Disc, Item, Path, Rect, Text
from geomap.render.still.glyphs import Slice, glyph
from geomap.render.still.ground import DrawnBorder, line_style
from geomap.render.still.labels import shown, wrap
from geomap.render.still.marks import FORMS, MERGED, Mark

_SIZE, _LEADING, _GAP = 10.5, 14.0, 6.5
_SWATCH = 34.0
_MOST_KINDS = 12

Draw = Callable[[float, float], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: something drawn around a pixel, and what it means."""

    draw: Draw
    words: str


def sections(
    document: Mapping[str, Any], marks: Sequence[Mark], lines: Iterable[DrawnBorder]
) -> list[tuple[str, list[Entry]]]:
    """Return the legend's sections that have entries: a heading and its entries."""
    found = [
        ("What is reported", _kinds(document, marks)),
        ("Where, and how sure", _forms(marks)),
        ("Lines", _lines(border for border, _ in lines)),
    ]
    return [section for section in found if section[1]]


def _kinds(document: Mapping[str, Any], marks: Sequence[Mark]) -> list[Entry]:
    legend = document["legend"]["kinds"]
    entries = [_kind(shown(entry["kind"]), *look(entry)) for entry in legend[:_MOST_KINDS]]
    if len(legend) > _MOST_KINDS:
        entries.append(_kind(f"{len(legend) - _MOST_KINDS} more kinds", *style.NO_KIND))
    if any(None in mark.kinds for mark in marks):
        entries.append(_kind("Kind not stated", *style.NO_KIND))
    return entries


def _kind(name: str, colour: str, shape: str) -> Entry:
    return Entry(lambda x, y: glyph(x, y, "settlement", [Slice(colour, shape, 1)], 1), name)


def _forms(marks: Sequence[Mark]) -> list[Entry]:
    used, is_merged = {mark.form for mark in marks}, len(marks) > MANY_MARKS
    words = MERGED if is_merged else FORMS
    entries = [Entry(_sample(form, is_token=is_merged), words[form]) for form in words if form in used]
    if any(mark.count > 1 for mark in marks):
        number = [Slice(style.NO_KIND[0], "circle", 1)]
        entries.append(Entry(lambda x, y: glyph(x, y, "settlement", number, 2), "A number counts rows, never deaths"))
    return entries


def _sample(form: str, *, is_token: bool) -> Draw:
    grey = [Slice(style.NO_KIND[0], "circle", 1)]

    def draw(x: float, y: float) -> Iterator[Item]:
        if form == "near":
            yield Disc(x, y, 11, fill=style.NO_KIND[0], opacity=0.35, soft=True)
        if form == "area" and not is_token:
            patch = Rect(x - 12, y - 6, x + 12, y + 6).path(stroke=style.NO_KIND[0])
            yield replace(patch, hatch=style.NO_KIND[0], dash=(4.5, 3))
        else:
            yield from glyph(x, y + (3 if form in ("target", "origin") else 0), form, grey, 1)

    return draw


def _lines(shown_borders: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Name each layer's lines by status and time, with vintage; many of one layer are counted."""
    groups: dict[tuple[str, str, bool, bool, str], list[Mapping[str, Any]]] = {}
    for border in shown_borders:
        layer = shown(f"{border['layer'] or ''} {border['vintage'] or ''}")
        look = (border["role"] == "enclave", bool(border.get("schematic")), _in_force(border))
        groups.setdefault((layer, border["status"] or "", *look), []).append(border)
    ranked = sorted(groups.items(), key=lambda item: (not item[0][1], item[0][2], item[0][0], item[0][4]))
    return [_line(members, layer, is_enclave=is_enclave) for (layer, _, is_enclave, *_), members in ranked]


def _in_force(border: Mapping[str, Any]) -> str:
    """Say from when to when a line is in force, "" where it states no date."""
    since, until = border["valid_from"], border["valid_to"]
    return " ".join(filter(None, (since and f"from {since}", until and f"until {until}")))


def _line(members: Sequence[Mapping[str, Any]], layer: str, *, is_enclave: bool) -> Entry:
    pen = line_style(members[0])
    names = sorted({shown(border["name"] or border["pair"] or border["id"]) for border in members}, key=len)
    pairs = {border["pair"] or border["id"] for border in members}
    noun = "enclaves" if is_enclave else "border lines"
    what = names[0] if len(pairs) == 1 else f"{len(names)} {noun}"
    return Entry(
        lambda x, y: iter(
            [Path((np.array([(x - 13, y), (x + 13, y)]),), stroke=pen.colour, width=pen.width, dash=pen.dash)]
        ),
        ", ".join(filter(None, (f"{what} ({layer})" if layer else what, pen.words, _in_force(members[0])))),
    )


def draw_legend(
    found: Sequence[tuple[str, Sequence[Entry]]], left: float, top: float, wide: float
) -> tuple[list[Item], float]:
    """Set the sections side by side; return the items and the pixel below them."""
    items: list[Item] = []
    room, bottoms = wide / max(len(found), 1), [top]
    for number, (heading, entries) in enumerate(found):
        x, y = left + number * room, top + 12
        items.append(Text(x, y, heading, 11, style.INK, bold=True))
        for entry in entries:
            y += _GAP
            items += entry.draw(x + _SWATCH / 2 - 4, y + 10)
            for line in wrap(entry.words, _SIZE, room - _SWATCH - 18):
                y += _LEADING
                items.append(Text(x + _SWATCH, y, line, _SIZE, style.INK))
        bottoms.append(y + _GAP)
    return items, max(bottoms)
