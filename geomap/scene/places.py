"""The places that a scene's rows name, their districts' seats, and the polygons that show areas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geomap.scene.columns import DECIMALS, number, word
from geomap.types import MANY, Place

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
_OTHERS = (
    "other_km_low", "other_km_high", "other_sides", "other_sources", "border_status", "border_valid", "country_also",
)  # fmt: skip
"""Border columns that a place has only where they hold a value."""
_FIELDS = ("id", "name", "country", "admin1", "kind", "radius_km", "radius_kind", "source", "note", "held_by")


@dataclass(frozen=True)
class Atlas:
    """The drawn surroundings, handed over as tools: places by id, a base map for an extent, polygons of areas by id.

    `joined` holds the border columns of each place, indexed by id.
    """

    places: Mapping[str, Place] = field(default_factory=dict[str, Place])
    joined: pd.DataFrame = field(default_factory=pd.DataFrame)
    basemap: Callable[[Extent, Collection[str]], dict[str, Any]] | None = None
    """From an extent, and the border pairs that the map draws already, to the scene's base map."""
    areas: Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]] | None = None
    """From ids of drawing polygons to their source, error in km and encoded geometry."""


@dataclass(frozen=True)
class ScenePlaces:
    """Places and areas as the scene lists them; `index` gives a place id its position in the list."""

    entries: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    index: dict[str, int]


def scene_places(table: pd.DataFrame, atlas: Atlas) -> ScenePlaces:
    """List the matched places of a table and the seats of its districts, by id."""
    used = {place for place in table["match_id"].dropna() if place in atlas.places}
    seats = {seat for place in used if (seat := atlas.places[place].seat) in atlas.places}
    ids = sorted({*used, *(seat for seat in seats if seat)})
    named = {area: atlas.places[place].name for place in ids if (area := atlas.places[place].area_id)}
    drawn = atlas.areas(sorted(named)) if atlas.areas and named else {}
    areas = [{"id": area, "name": named[area], **drawn[area]} for area in sorted(named) if area in drawn]
    index = {place: position for position, place in enumerate(ids)}
    rank = {area["id"]: position for position, area in enumerate(areas)}
    return ScenePlaces([_entry(atlas.places[place], index, rank, atlas.joined) for place in ids], areas, index)


def _entry(place: Place, index: Mapping[str, int], areas: Mapping[str, int], joined: pd.DataFrame) -> dict[str, Any]:
    entry: dict[str, Any] = {name: getattr(place, name) for name in _FIELDS}
    entry |= {"lon": round(place.lon, DECIMALS), "lat": round(place.lat, DECIMALS)}
    entry |= {"names": [list(name[:3]) for name in place.names]}
    entry |= {"area": areas.get(place.area_id or ""), "seat": index.get(place.seat or "")}
    if place.id in joined.index:
        row = joined.loc[place.id]
        entry |= {name: number(row[name]) for name in ("border_km", "border_km_error")}
        entry |= {name: word(row[name]) for name in ("side", "border_pair", "border_vintage")}
        entry |= {name: _cell(row[name]) for name in _OTHERS if pd.notna(row[name])}
        entry["held_by"] = entry["held_by"] or word(row["held_by"])
    return entry


def _cell(value: Any) -> str | float | None:
    return word(value) if isinstance(value, str) else number(round(value, 3))


def described(place: Place) -> str:
    """Describe a place so that it can be told from its rivals: name, kind, first-level unit, country."""
    return f"{place.name} ({', '.join(part for part in (place.kind, place.admin1, place.country) if part)})"


def name_rivals(ids: str | None, places: Mapping[str, Place]) -> list[str]:
    """Turn the ids in a match_rivals cell into words; an id that is not known stays."""
    return [described(places[rival]) if rival in places else rival for rival in (ids or "").split(MANY) if rival]
