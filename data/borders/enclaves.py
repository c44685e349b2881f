"""The enclaves of Armenia and Azerbaijan: enclaves.toml says which polygon of a layer is which."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

TABLE = Path(__file__).with_name("enclaves.toml")
NOT_TOLD = {"id", "lon", "lat", "circle_km"}
"""Columns of the table that are no properties of the polygon."""


def enclaves(
    layer: str, areas: Mapping[str, shapely.Geometry], *, circles: bool
) -> Iterator[tuple[dict[str, Any], shapely.Geometry]]:
    """Yield the id and properties of each enclave, and its polygon: a part of its country's area.

    An enclave whose polygon no source has is a circle of its published area, or left out without `circles`.
    """
    for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["enclave"]:
        lon, lat, radius_km = row["lon"], row["lat"], row.get("circle_km")
        if radius_km and not circles:
            continue
        told = {key: value for key, value in row.items() if key not in NOT_TOLD}
        shape = circle(lon, lat, radius_km) if radius_km else part_at(areas[row["side_a"]], lon, lat)
        yield {"id": row["id"].replace("countrycoder", layer), "role": "enclave", **told}, shape


def part_at(area: shapely.Geometry, lon: float, lat: float) -> shapely.Geometry:
    """Return the one part of a multipolygon that contains a position."""
    (part,) = [part for part in shapely.get_parts(area) if shapely.contains_xy(part, lon, lat)]
    return part


def circle(lon: float, lat: float, radius_km: float) -> shapely.Geometry:
    """Return a circle of 64 sides about a position, good to some metres at this size."""
    bearing = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    degrees = radius_km / 111.2
    east = degrees / np.cos(np.radians(lat)) * np.sin(bearing)
    return shapely.polygons(np.column_stack([lon + east, lat + degrees * np.cos(bearing)]))
