"""Lines, an area and a base map, rough on purpose: nothing here is a data source."""

from __future__ import annotations

from typing import Any

from page.encoding import geo

LINE = [
    (45.0, 40.95),
    (45.4, 40.6),
    (45.9, 40.3),
    (45.98, 40.17),
    (45.9, 39.95),
    (45.8, 39.75),
    (46.1, 39.66),
    (46.45, 39.55),
    (46.5, 39.2),
    (46.54, 38.87),
]
OLD_LINE = [(45.98, 40.17), (46.5, 40.3), (46.9, 40.1), (47.0, 39.6), (46.9, 39.2)]


def border(border_id: str, line: list[tuple[float, float]], **more: Any) -> dict[str, Any]:
    """Describe a border; the line of 2026, not delimited, unless told otherwise."""
    return {
        "id": border_id,
        "role": "line",
        "pair": "AM-AZ",
        "name": "Armenia–Azerbaijan",
        "status": "not_delimited",
        "claimed_by": None,
        "held_by": None,
        "valid_from": None,
        "valid_to": None,
        "vintage": "2026",
        "layer": "OSM",
        "source": "OpenStreetMap, from timezonefinder-data 3.2026.3",
        "licence": "ODbL 1.0, © OpenStreetMap contributors",
        "error_km": 0.3,
        "error_note": "compared with other layers",
        "on": True,
        "geo": geo(line),
        **more,
    }


BASEMAP = {
    "source": ["Natural Earth, public domain"],
    "land": geo([(43.0, 38.4), (48.6, 38.4), (48.6, 41.6), (43.0, 41.6), (43.0, 38.4)]),
    "lakes": geo(
        [(44.95, 40.55), (45.2, 40.6), (45.45, 40.45), (45.6, 40.25), (45.35, 40.15), (45.1, 40.3), (44.95, 40.55)]
    ),
    "rivers": geo([(45.3, 40.16), (45.6, 39.9), (46.3, 39.5), (46.6, 39.1)]),
    "countries": geo([(44.8, 39.7), (45.5, 39.5), (46.0, 38.9), (46.54, 38.87)]),
    "provinces": geo([(45.2, 39.95), (45.8, 39.85), (45.9, 39.95)]),
    "labels": [
        {"name": "Armenia", "lon": 44.9, "lat": 40.15, "kind": "country", "rank": 0},
        {"name": "Azerbaijan", "lon": 47.0, "lat": 40.4, "kind": "country", "rank": 0},
        {"name": "Lake Sevan", "lon": 45.3, "lat": 40.36, "kind": "lake", "rank": 0},
        {"name": "Sisian", "lon": 46.027, "lat": 39.522, "kind": "town", "rank": 2},
        {"name": "Goris", "lon": 46.342, "lat": 39.511, "kind": "town", "rank": 2},
        {"name": "Syunik", "lon": 46.3, "lat": 39.3, "kind": "province", "rank": 1},
    ],
}
LACHIN_AREA = {
    "id": "ne:AZE-Lachin",
    "name": "Lachin",
    "source": "Natural Earth 4.1",
    "error_km": 1.5,
    "geo": geo([(46.1, 39.66), (46.5, 39.5), (46.65, 39.65), (46.4, 39.9), (46.1, 40.0), (45.95, 39.9), (46.1, 39.66)]),
}
