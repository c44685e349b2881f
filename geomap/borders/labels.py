"""Labels of the drawn ground: countries, provinces, lakes, rivers and mountains."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geomap import shipped
from geomap.borders.packed import Box, unpack
from geomap.borders.units import Unit

COUNTRY_ROOM = (0.04, 0.02, 0.01, 0.005, 0.0025)
"""A country with less room than this about its label, as a part of the map's width, moves it one rank down."""

PROVINCE_KM2 = (20_000.0, 6_000.0, 2_500.0)
"""A province smaller than this moves its label one rank down, from 3."""

LAST_RANK = 9

Label = dict[str, Any]


def ground_labels(extent: Box, box: Box, more: Iterable[Mapping[str, Any]], units: Sequence[Unit]) -> list[Label]:
    """Return the labels in `box`, by rank and name; a country's stands where it has most room in `extent`, if any."""
    found = [*_countries(extent, box), *_provinces(units), *_natural(), *map(_label, more)]
    inside = [label for label in found if _within(label["lon"], label["lat"], box)]
    return sorted(inside, key=lambda label: (label["rank"], label["kind"], label["name"], label["lon"]))


def _countries(extent: Box, box: Box) -> Iterator[Label]:
    """Yield one label a country, at the best of the places that data/basemap/rebuild.py found for it."""
    spots = unpack(shipped.data("basemap", "naturalearth", "country-labels.npz"))
    names, rooms = spots.columns["name"].tolist(), spots.columns["room"].tolist()
    best: dict[str, tuple[bool, float, float, float]] = {}
    for name, room, (lon, lat) in zip(names, rooms, spots.points.tolist(), strict=True):
        seen = _within(lon, lat, extent)
        if seen or _within(lon, lat, box):
            spot = (seen, min(room, _clearance(lon, lat, extent if seen else box)), lon, lat)
            best[name] = max(spot, best.get(name, spot))
    across = max(extent[2] - extent[0], extent[3] - extent[1])
    for name, (_, room, lon, lat) in best.items():
        rank = _below(room / across, COUNTRY_ROOM)
        yield _label({"name": name, "lon": lon, "lat": lat, "kind": "country", "rank": rank})


def _provinces(units: Sequence[Unit]) -> Iterator[Label]:
    for unit in units:
        rank = 3 + _below(unit.km2, PROVINCE_KM2)
        yield _label({"name": unit.name, "lon": unit.lon, "lat": unit.lat, "kind": "province", "rank": rank})


def _natural() -> Iterator[Label]:
    with shipped.data("basemap", "labels.csv").open(encoding="utf-8", newline="") as file:
        yield from map(_label, csv.DictReader(file))


def _label(row: Mapping[str, Any]) -> Label:
    return {
        "name": str(row["name"]),
        "lon": round(float(row["lon"]), 4),
        "lat": round(float(row["lat"]), 4),
        "kind": str(row["kind"]),
        "rank": min(int(row["rank"]), LAST_RANK),
    }


def _below(value: float, limits: Sequence[float]) -> int:
    return sum(value < limit for limit in limits)


def _within(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def _clearance(lon: float, lat: float, box: Box) -> float:
    """Return the distance to the nearest edge of a box, in degrees."""
    west, south, east, north = box
    return min(lon - west, east - lon, lat - south, north - lat)
