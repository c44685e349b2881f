"""A picture as compact SVG with presentation attributes only, so that it may stand in a page that bars styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

import numpy as np

from geomap.render.still import Disc, Item, Path, Picture, Text
from geomap.render.still.drawing import Line

_FONT = "DejaVu Sans, Noto Sans, Segoe UI, Helvetica, Arial, sans-serif"
_ID = "geomap-still"
_LONG = 60
"""Characters of an outline that are worth a reference."""
HALO = 2.6
FADE_FROM = 0.5
"""Share of a soft disc's radius within which it is full."""


def write(picture: Picture) -> str:
    """Write a picture as one <svg> element; text is escaped, and the same picture gives the same characters."""
    panel, shared = picture.panel, _shared(picture.inside)
    width, height = panel.right - panel.left, panel.bottom - panel.top
    frame = _element("rect", x=panel.left, y=panel.top, width=width, height=height)
    return "".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" width="100%" role="img" stroke-linejoin="round"',
            f' viewBox="0 0 {_number(picture.width)} {_number(picture.height)}" font-family="{_FONT}">',
            f"<title>{escape(picture.title)}</title><desc>{escape(picture.description)}</desc>",
            f'<defs><clipPath id="{_ID}">{frame}</clipPath>',
            *_paints([*picture.inside, *picture.around]),
            *(_element("path", id=name, d=d) for d, name in shared.items()),
            "</defs>",
            _element("rect", width=picture.width, height=picture.height, fill="#ffffff"),
            f'<g clip-path="url(#{_ID})">',
            *_grouped(picture.inside, shared),
            "</g>",
            *_grouped(picture.around, shared),
            "</svg>",
        ]
    )


def _paints(items: Iterable[Item]) -> Iterator[str]:
    """Define the hatchings and fades that the items use, one a colour."""
    hatches = {item.hatch for item in items if isinstance(item, Path) and item.hatch}
    for colour in sorted(hatches):
        yield f'<pattern id="{_paint("hatch", colour)}" width="6" height="6" patternUnits="userSpaceOnUse">'
        yield f"{_element('path', d='M-1 7L7-1M-1 1L1-1M5 7L7 5', stroke=colour, stroke_width=0.8)}</pattern>"
    for colour in sorted({item.fill for item in items if isinstance(item, Disc) and item.soft and item.fill}):
        stops = _stop(FADE_FROM, colour, 1) + _stop(1, colour, 0)
        yield f'<radialGradient id="{_paint("fade", colour)}">{stops}</radialGradient>'


def _paint(kind: str, colour: str) -> str:
    return f"{_ID}-{kind}-{colour.lstrip('#')}"


def _stop(offset: float, colour: str, opacity: float) -> str:
    return _element("stop", offset=offset, stop_color=colour, stop_opacity=opacity)


def _shared(items: Iterable[Item]) -> dict[str, str]:
    """Name the outlines that are drawn more than once, so that each is written once."""
    counts = Counter(_outline(item) for item in items if isinstance(item, Path))
    repeated = [d for d, count in counts.items() if count > 1 and len(d) > _LONG]
    return {d: f"{_ID}-{number}" for number, d in enumerate(repeated)}


def _grouped(items: Iterable[Item], shared: Mapping[str, str]) -> Iterator[str]:
    """Draw items in order; texts that follow each other and look alike share their attributes."""
    for look, run in groupby(items, key=lambda item: _look(item) if isinstance(item, Text) else None):
        if look is None:
            yield from (_drawn(item, shared) for item in run if not isinstance(item, Text))
        else:
            words = (_element("text", escape(item.text), x=item.x, y=item.y) for item in run if isinstance(item, Text))
            yield _element("g", "".join(words), **dict(look))


def _drawn(item: Path | Disc, shared: Mapping[str, str]) -> str:
    look = {
        "stroke": item.stroke, "stroke_width": item.width if item.stroke else None,
        "stroke_dasharray": " ".join(map(_number, item.dash)) if item.stroke and item.dash else None,
        "opacity": item.opacity if item.opacity < 1 else None,
    }  # fmt: skip
    if isinstance(item, Disc):
        fill = f"url(#{_paint('fade', item.fill)})" if item.soft and item.fill else item.fill or "none"
        return _element("circle", cx=item.x, cy=item.y, r=item.radius, fill=fill, **look)
    return _path(item, look, shared)


def _path(item: Path, look: Mapping[str, str | float | None], shared: Mapping[str, str]) -> str:
    d = _outline(item)
    name, where = ("use", {"href": f"#{shared[d]}"}) if d in shared else ("path", {"d": d})
    fills = [item.fill] if item.fill or not item.hatch else []
    fills += [f"url(#{_paint('hatch', item.hatch)})"] if item.hatch else []
    rule = "evenodd" if item.closed and len(item.lines) > 1 else None
    return "".join(_element(name, **where, fill=fill or "none", fill_rule=rule, **look) for fill in fills if d)


def _outline(item: Path) -> str:
    return "".join(_steps(line, closed=item.closed) for line in item.lines)


def _steps(line: Line, *, closed: bool) -> str:
    """Write a line in relative tenths of a pixel; steps of nothing are left out."""
    tenths = np.rint(line * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if not len(steps):
        return ""
    x, y = tenths[0]
    return f"M{_number(x / 10)} {_number(y / 10)}l{' '.join(_pair(*step) for step in steps)}{'z' if closed else ''}"


def _pair(x: int, y: int) -> str:
    return f"{_number(x / 10)}{'' if y < 0 else ' '}{_number(y / 10)}"


def _look(item: Text) -> tuple[tuple[str, str | float | None], ...]:
    return (
        ("font_size", item.size), ("fill", item.colour), ("font_weight", "bold" if item.bold else None),
        ("font_style", "italic" if item.italic else None),
        ("text_anchor", item.anchor if item.anchor != "start" else None), ("stroke", item.halo),
        ("stroke_width", HALO if item.halo else None), ("paint_order", "stroke" if item.halo else None),
    )  # fmt: skip


def _element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Write an element; an attribute that is None is left out, an underscore stands for a hyphen."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _number(value: float) -> str:
    """Write a number with at most one decimal below 10 and none of the zeros that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0.", "-.").removeprefix("0") or "0"
