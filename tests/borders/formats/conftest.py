"""One small layer, written in every format: two countries side by side, one of them in two units."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from geomap.borders import read_borders
from geomap.errors import BorderError

Write = Callable[..., Path]

HOLE = [(0.2, 0.2), (0.4, 0.2), (0.3, 0.4), (0.2, 0.2)]
WEST = shapely.Polygon([(0, 0), (1, 0), (1, 1), (1, 2), (0, 2), (0, 0)], [HOLE])
SOUTH = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0)])
ISLAND = shapely.Polygon([(5, 5), (6, 5), (5, 6), (5, 5)])
NORTH = shapely.MultiPolygon([shapely.Polygon([(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)]), ISLAND])

UNITS: list[dict[str, Any]] = [
    {"id": "1", "ISO_A2": "AA", "name": "West", "error_km": 0.5, "source": "made", "geometry": WEST},
    {"id": "2", "ISO_A2": "BB", "name": "Süd", "error_km": 1.5, "source": "made", "geometry": SOUTH},
    {"id": "3", "ISO_A2": "BB", "name": "Սևան", "source": "made", "geometry": NORTH},
]
UNITS[0]["valid_from"] = "1991-09-21"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes text, bytes or a JSON document to a file of this name."""

    def to_file(content: Any, name: str = "layer.geojson") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def units() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(UNITS, crs="EPSG:4326")


@pytest.fixture
def features() -> list[dict[str, Any]]:
    """Return the layer as GeoJSON features."""
    return [
        {
            "type": "Feature",
            "id": row["id"],
            "properties": {key: value for key, value in row.items() if key not in ("id", "geometry")},
            "geometry": shapely.geometry.mapping(row["geometry"]),
        }
        for row in UNITS
    ]


@pytest.fixture
def twin(write: Write, features: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return what the GeoJSON of the layer gives."""
    path = write({"type": "FeatureCollection", "features": features}, "twin.geojson")
    return read_borders(path, layer="made")


def refusal(path: Path, **how: Any) -> str:
    """Return why a border file is refused: in one line that names it, with what to do."""
    with pytest.raises(BorderError) as refused:
        read_borders(path, **how)
    text = str(refused.value)
    assert str(path) in text
    assert "\n" not in text
    assert refused.value.hint
    return text
