"""Shipped borders straight from their TopoJSON, decoded by its specification: what geomap reads is held against it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

BORDERS = Path(__file__).parents[1] / "data" / "borders"

PLACES = 6
"""Coordinates are decimals of at most so many places."""

Line = list[tuple[float, float]]


def shipped_features(layer: str, role: str | None = None) -> list[dict[str, Any]]:
    """Return the features of a layer, or those that have a role, as GeoJSON."""
    document = json.loads((BORDERS / layer / "borders.topojson").read_text("utf-8"))
    lines = [_line(steps, document["transform"]) for steps in document["arcs"]]
    return [
        {"id": item["id"], "properties": item["properties"], "geometry": _geometry(item, lines)}
        for item in document["objects"]["borders"]["geometries"]
        if role in (None, item["properties"]["role"])
    ]


def _line(steps: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """Decode an arc: steps from the position before, in units of the scale; each the decimal nearest to that."""
    (scale_x, scale_y), (x0, y0) = transform["scale"], transform["translate"]
    x, y, line = 0, 0, []
    for step_x, step_y in steps:
        x, y = x + step_x, y + step_y
        line.append((round(x * scale_x + x0, PLACES), round(y * scale_y + y0, PLACES)))
    return line


def _geometry(item: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
    return {"type": item["type"], "coordinates": _joined(item["arcs"], lines)}


def _joined(arcs: list[Any], lines: list[Line]) -> list[Any]:
    """Join arcs end to end, the position where two meet once; ~i is arc i backwards."""
    if isinstance(arcs[0], list):
        return [_joined(part, lines) for part in arcs]
    parts = [lines[number] if number >= 0 else lines[~number][::-1] for number in arcs]
    assert all(before[-1] == after[0] for before, after in pairwise(parts))
    return [*parts[0], *(position for part in parts[1:] for position in part[1:])]
