"""Compose the still: title and standfirst above, the map, the legend and the sources below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from geomap.render.still import style
from geomap.render.still.crowd import Kinds, extents, spots, symbols
from geomap.render.still.drawing import Item, Path, Picture, Rect, Text
from geomap.render.still.frame import Frame
from geomap.render.still.ground import border_lines, borders, ground
from geomap.render.still.labels import shown, width, wrap
from geomap.render.still.legend import draw_legend, sections
from geomap.render.still.marks import marks
from geomap.render.still.naming import draw_names

WIDTH = 960.0
_MARGIN = 24.0
_HEIGHTS = (360.0, 760.0)
_ENDORSEMENT = "Boundaries and names do not imply endorsement."
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def compose(document: Mapping[str, Any], *, detail: float = 0.4) -> Picture:
    """Compose a picture of a scene; bends smaller than `detail` pixels are left out.

    It carries what a picture torn from its page must say: title, scale, legend, the lines with source and vintage,
    as-of, what was left out, credits and that boundaries imply no endorsement. The same scene gives the same picture.
    """
    header, top = _header(document)
    frame = Frame.around(document["extent"], _MARGIN, top, WIDTH - 2 * _MARGIN, _HEIGHTS)
    found, kinds = marks(document), Kinds(document["legend"])
    placed, lines = spots(found, frame), borders(document, frame, detail)
    face = _face(document, frame)
    inside = [
        *ground(document, frame, detail),
        *extents(document, placed, frame, kinds, detail),
        *border_lines(lines),
        *symbols(placed, kinds),
        *draw_names(document, frame, placed, face.rects),
    ]
    legend, bottom = draw_legend(
        sections(document, found, lines), _MARGIN, frame.panel.bottom + 14, WIDTH - 2 * _MARGIN
    )
    notes, bottom = _paragraphs(_notes(document), bottom + 10, 9, style.MUTED)
    around = [*header, frame.panel.path(stroke=style.RULE, width=1.0), *face.items, *legend, *notes]
    description = shown(document["alt"] or document["standfirst"] or document["title"])
    return Picture(WIDTH, bottom + 12, shown(document["title"]), description, frame.panel, inside, around)


def _header(document: Mapping[str, Any]) -> tuple[list[Item], float]:
    title, below = _paragraphs([document["title"]], 16, 23, style.INK, bold=True)
    standfirst, below = _paragraphs([document["standfirst"]], below + 2, 12.5, style.MUTED)
    return [*title, *standfirst], below + 10


def _paragraphs(
    texts: Iterable[str | None], top: float, size: float, colour: str, *, bold: bool = False
) -> tuple[list[Item], float]:
    """Set texts below each other over the full width; return the items and the pixel below them."""
    room = WIDTH - 2 * _MARGIN
    lines = [line for text in texts if text for line in wrap(shown(text), size, room, bold=bold)]
    leading = size * 1.32
    items = [Text(_MARGIN, top + leading * (i + 0.85), line, size, colour, bold=bold) for i, line in enumerate(lines)]
    return list(items), top + leading * len(lines)


class _Face(NamedTuple):
    """What stands on the map's face: the scale bar and the as-of line; `rects` keep labels away."""

    items: Sequence[Item]
    rects: Sequence[Rect]


def _face(document: Mapping[str, Any], frame: Frame) -> _Face:
    panel = frame.panel
    km = _round_km(frame.km_per_pixel * (panel.right - panel.left) / 5)
    long, x, y = km / frame.km_per_pixel, panel.left + 12, panel.bottom - 12
    bar = np.array([(x, y - 4), (x, y), (x + long, y), (x + long, y - 4)])
    scale = [
        Path((bar,), stroke=style.HALO, width=4, opacity=0.8),
        Path((bar,), stroke=style.INK, width=1.3),
        Text(x + long / 2, y - 6, f"{km:g} km", 10, style.INK, anchor="middle", halo=style.HALO),
    ]
    words = " ".join(filter(None, [_as_of(document), _ENDORSEMENT]))
    wide = width(words, 9.5) + 12
    strip = Rect(panel.right - wide, panel.bottom - 19, panel.right, panel.bottom)
    caption = [
        strip.path(fill=style.PAPER, opacity=0.85),
        Text(panel.right - 6, panel.bottom - 6, words, 9.5, style.INK, anchor="end"),
    ]
    return _Face([*scale, *caption], [Rect(x - 4, y - 20, x + long + 4, y + 4), strip])


def _round_km(most: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten that is not above `most`."""
    power = 10.0 ** np.floor(np.log10(most))
    return float(power * max(step for step in (1, 2, 5) if step * power <= most))


def _as_of(document: Mapping[str, Any]) -> str | None:
    what = "Claims known up to" if document["claims"] else "As of"
    return f"{what} {_day(document['as_of'])}." if document["as_of"] else None


def _day(iso: str) -> str:
    """Return 2022-09-13 as 13 Sep 2022, in every locale; what is no date stays."""
    year, _, rest = iso.partition("-")
    month, _, day = rest[:5].partition("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if (month + day).isdigit() and len(month) == 2 else iso


def _notes(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the small print: what marks mean, what is not drawn, and who is to be credited."""
    yield "A mark for a named place stands at the place's reference point, not at the position of an event."
    counts = document["counts"]
    left_out = {"without a place": counts["unplaced"], "set aside": counts["set_aside"]}
    words = ", ".join(f"{number} {reason}" for reason, number in left_out.items() if number)
    if words:
        yield f"Of {counts['rows']} rows, {counts['placed']} are drawn; {words}."
    yield from filter(None, [document["byline"], document["credit"]])
    yield "; ".join([_credit(credit) for credit in document["credits"]] + list(document["licence"]["citations"]))
    yield f"Made with {document['about']['tool']}."


def _credit(credit: Mapping[str, str]) -> str:
    named = ": ".join(part for part in (credit["name"], credit["text"]) if part)
    return f"{named} ({credit['licence']})" if credit["licence"] else named
