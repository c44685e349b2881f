"""Geometry of a Scene: whole numbers of 1/scale degrees, each position but the first as a step from the one before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.float64]

LINE_POINTS, RING_POINTS = 2, 4
"""A line or a ring that keeps fewer points than this after rounding is not drawn."""


SCALE = 10_000
"""Units in a degree unless told otherwise: about 11 m."""


def encode_lines(lines: Iterable[Points], scale: int = SCALE, *, least: int = LINE_POINTS) -> dict[str, Any]:
    """Return {"scale", "lines"} with each line of n x 2 degrees as [x0, y0, dx1, dy1, ...], longitude first.

    Positions are rounded to 1/scale degrees, repeated ones and lines of fewer than `least` positions left out.
    """
    steps = (_steps(line, scale) for line in lines)
    return {"scale": scale, "lines": [step.ravel().tolist() for step in steps if len(step) >= least]}


def encode(geometry: BaseGeometry, scale: int = SCALE) -> dict[str, Any]:
    """Return a line or polygon geometry as `encode_lines` does; rings are closed lines, for an even-odd fill."""
    parts = shapely.get_parts(geometry)
    rings = shapely.get_rings(parts)
    if len(rings):
        return encode_lines(map(shapely.get_coordinates, rings), scale, least=RING_POINTS)
    return encode_lines(map(shapely.get_coordinates, parts), scale)


def decode(geo: dict[str, Any]) -> list[Points]:
    """Return the lines of an encoded geometry, in degrees."""
    return [np.cumsum(np.reshape(line, (-1, 2)), axis=0) / geo["scale"] for line in geo["lines"]]


def _steps(line: Points, scale: int) -> npt.NDArray[np.int64]:
    whole = np.round(np.asarray(line, dtype=np.float64) * scale).astype(np.int64)
    moved = np.ones(len(whole), dtype=np.bool_)
    moved[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    return np.diff(whole[moved], axis=0, prepend=[(0, 0)])
