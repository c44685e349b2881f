"""How a scene writes columns and lines; kept apart from geomap's own encoder on purpose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

SCALE = 1000
NUMBERS = {
    "lon",
    "lat",
    "place",
    "start",
    "end",
    "utc_offset",
    "place_radius_km",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "graphic",
    "border_km",
    "border_km_error",
    "row",
}


def geo(*lines: list[tuple[float, float]]) -> dict[str, Any]:
    """Delta-code lines of (lon, lat)."""
    return {"scale": SCALE, "lines": [_deltas(line) for line in lines]}


def _deltas(line: list[tuple[float, float]]) -> list[int]:
    whole = [(round(lon * SCALE), round(lat * SCALE)) for lon, lat in line]
    before = [(0, 0), *whole]
    return [
        part - last
        for point, prior in zip(whole, before, strict=False)
        for part, last in zip(point, prior, strict=True)
    ]


def minutes(local: str) -> int:
    """Whole minutes from 1970-01-01T00:00 to a local wall time, both on the same wall clock."""
    return int((datetime.fromisoformat(local) - datetime(1970, 1, 1)).total_seconds()) // 60


def column(name: str, values: list[Any]) -> dict[str, Any]:
    """Encode a column as the scene does."""
    if name in NUMBERS:
        return {"type": "number", "values": values}
    words = sorted({value for value in values if value is not None})
    return {
        "type": "category",
        "words": words,
        "codes": [words.index(value) if value is not None else -1 for value in values],
    }
