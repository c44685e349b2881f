"""Layers of border lines, areas and enclaves, each row with its status, validity, vintage, source and error.

Beside them the drawn ground of a map: `basemap`, the polygons of districts (`areas`) and the unit at a position.
"""

from __future__ import annotations

from geomap.borders.basemap import basemap
from geomap.borders.deltas import decode, encode
from geomap.borders.layers import default_borders, drawing_borders, layer
from geomap.borders.read import read_borders
from geomap.borders.table import border_problems, border_table
from geomap.borders.units import admin1_at, areas

__all__ = [
    "admin1_at",
    "areas",
    "basemap",
    "border_problems",
    "border_table",
    "decode",
    "default_borders",
    "drawing_borders",
    "encode",
    "layer",
    "read_borders",
]
