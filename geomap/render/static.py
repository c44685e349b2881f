"""Scene -> still pictures without a browser: PNG for slides, SVG and PDF for print and for readers without scripts.

The only home of matplotlib, which is imported when a PNG is asked for. No text is ever parsed, as mathtext or as TeX.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geomap.render import svg as vector
from geomap.render.still import Disc, Item, Path, Picture, Text, compose
from geomap.render.still.drawing import Line

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.path import Path as Outline

DPI = 192
_PIXELS_PER_INCH, _POINTS_PER_INCH = 96, 72
_POINTS = _POINTS_PER_INCH / _PIXELS_PER_INCH
_SVG_DETAIL = 1.0
_FADE = 24
"""Discs laid over each other to make a soft edge."""
_SIDES: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}


def still(document: Mapping[str, Any], form: str) -> bytes:
    """Draw a scene's document in one of FORMS, as the bytes of a file; raises KeyError for another form."""
    return FORMS[form](document)


def svg(document: Mapping[str, Any]) -> str:
    """Draw a scene's document as one <svg> element without styles or scripts, for <noscript>; text is escaped."""
    return vector.write(compose(document, detail=_SVG_DETAIL))


def png(document: Mapping[str, Any], *, dpi: int = DPI) -> bytes:
    """Draw a scene's document as a PNG of 10 inches' width and return its bytes.

    The same scene gives the same bytes with the same matplotlib. User settings of matplotlib have no effect.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    picture, out = compose(document), io.BytesIO()
    words = {"Software": None, "Title": picture.title, "Description": picture.description}
    with _plain_look(dpi):
        FigureCanvasAgg(_figure(picture)).print_png(out, metadata=words, pil_kwargs={"dpi": (dpi, dpi)})
    return out.getvalue()


def pdf(document: Mapping[str, Any]) -> bytes:
    """Draw a scene's document as a PDF of one page, 10 inches wide, with its fonts embedded, and return its bytes.

    The same scene gives the same bytes with the same matplotlib: the file states no date and no program.
    """
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    picture, out = compose(document), io.BytesIO()
    words = {"Title": picture.title, "Subject": picture.description, "Creator": None, "Producer": None}
    with _plain_look(_POINTS_PER_INCH):
        FigureCanvasPdf(_figure(picture)).print_pdf(out, metadata={**words, "CreationDate": None})
    return out.getvalue()


def _file(document: Mapping[str, Any]) -> bytes:
    """Write a scene's document as an SVG file of its own."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{vector.write(compose(document))}\n'.encode()


FORMS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {"png": png, "svg": _file, "pdf": pdf}
"""How a still is written, by the suffix of its file."""


@contextmanager
def _plain_look(dpi: int) -> Generator[None, None, None]:
    """Set matplotlib aside from its user's settings, with fonts embedded as TrueType."""
    import matplotlib as mpl

    look: Any = {"font.family": "DejaVu Sans", "hatch.linewidth": 0.5, "figure.dpi": dpi, "pdf.fonttype": 42}
    with mpl.rc_context(mpl.rcParamsDefault | look), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font", category=UserWarning)
        yield


def _figure(picture: Picture) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(picture.width / _PIXELS_PER_INCH, picture.height / _PIXELS_PER_INCH), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, picture.width), ylim=(picture.height, 0), frame_on=False)
    axes.set_axis_off()
    panel = _panel(picture, axes)
    for order, (item, is_inside) in enumerate(_in_order(picture)):
        for artist in _artists(item):
            artist.set_zorder(order)
            axes.add_artist(artist)
            if is_inside:
                artist.set_clip_path(panel)
    return figure


def _in_order(picture: Picture) -> Iterator[tuple[Item, bool]]:
    yield from ((item, True) for item in picture.inside)
    yield from ((item, False) for item in picture.around)


def _panel(picture: Picture, axes: Axes) -> Patch:
    from matplotlib.patches import Rectangle

    panel = picture.panel
    size = panel.right - panel.left, panel.bottom - panel.top
    return Rectangle((panel.left, panel.top), *size, transform=axes.transData)


def _artists(item: Item) -> Iterator[Artist]:
    if isinstance(item, Text):
        yield _text(item)
    elif isinstance(item, Disc):
        yield from _discs(item)
    elif item.lines:
        yield from _patches(item)


def _text(item: Text) -> Artist:
    from matplotlib.patheffects import withStroke
    from matplotlib.text import Text as Words

    halo = [withStroke(linewidth=vector.HALO * _POINTS, foreground=item.halo)] if item.halo else None
    return Words(
        item.x, item.y, item.text, color=item.colour, fontsize=item.size * _POINTS, verticalalignment="baseline",
        horizontalalignment=_SIDES[item.anchor], fontweight="bold" if item.bold else "normal",
        fontstyle="italic" if item.italic else "normal", path_effects=halo, parse_math=False, usetex=False,
    )  # fmt: skip


def _discs(item: Disc) -> Iterator[Artist]:
    from matplotlib.patches import Circle

    if not item.soft:
        yield Circle((item.x, item.y), item.radius, **_look(item))
        return
    share = 1 - (1 - item.opacity) ** (1 / _FADE)
    for radius in np.linspace(1, vector.FADE_FROM, _FADE) * item.radius:
        yield Circle((item.x, item.y), radius, facecolor=item.fill, edgecolor="none", alpha=share)


def _patches(item: Path) -> Iterator[Artist]:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    outline = Outline.make_compound_path(*(_outline(line, closed=item.closed) for line in item.lines))
    if item.hatch:
        yield PathPatch(outline, facecolor="none", edgecolor=item.hatch, linewidth=0, hatch="/" * 6, alpha=0.75)
    yield PathPatch(outline, **_look(item), capstyle="butt", joinstyle="round")


def _outline(line: Line, *, closed: bool) -> Outline:
    from matplotlib.path import Path as Outline

    return Outline(np.vstack([line, line[:1]]) if closed else line, closed=closed)


def _look(item: Path | Disc) -> dict[str, Any]:
    dash = tuple(length / item.width for length in item.dash)
    return {
        "facecolor": item.fill or "none", "edgecolor": item.stroke or "none", "alpha": item.opacity,
        "linewidth": item.width * _POINTS if item.stroke else 0, "linestyle": (0, dash) if dash else "solid",
    }  # fmt: skip
