"""A still picture of a scene, as a list of things to draw in pixels; painters turn it into SVG or PNG."""

from __future__ import annotations

from geomap.render.still.drawing import Disc, Item, Path, Picture, Rect, Text
from geomap.render.still.picture import compose

__all__ = ["Disc", "Item", "Path", "Picture", "Rect", "Text", "compose"]
