"""Names looked up and pinned from the command line or a script, without incident files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd

from geomap.account import value_or_none
from geomap.build import open_borders, open_gazetteer
from geomap.errors import ProjectError
from geomap.gazetteer import Gazetteer
from geomap.join import side_of
from geomap.locate import pinned
from geomap.project import Project, format_lock, read_lock
from geomap.render.write import write_whole
from geomap.scene.surroundings import join_places
from geomap.types import LonLat, Match, Pin, Place

_PLACE = ("id", "name", "country", "admin1", "kind", "lon", "lat", "radius_km")
_BORDER = ("border_km", "border_km_error", "side")


def locate_names(
    names: Sequence[str], project: Project, *, near: tuple[float, float] | None = None, borders: bool = False
) -> list[dict[str, Any]]:
    """Answer names as `locate --json` prints them: one item a name, in order, duplicates kept.

    Pins of the project's places.lock come first. `near` is lon, lat. With `borders` each place carries its distance to
    and side of the nearest line.
    """
    gazetteer, layers = open_gazetteer(project), open_borders(project)
    pins = {pin.name: pin for pin in (read_lock(project.lock) if project.lock else [])}
    scope, point, side = project.countries or None, LonLat(*near) if near else None, side_of(layers)
    matches = [
        pinned(gazetteer, name, pins[name]) if name in pins else gazetteer.match(name, scope, point, side_of=side)
        for name in names
    ]
    shown = _joined(matches, layers) if borders else {}
    return [_answer(match, shown) for match in matches]


def _answer(match: Match, joined: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "query": match.query,
        "place": _place(match.place, joined) if match.place and match.status == "placed" else None,
        "score": match.score, "method": match.method, "status": match.status, "why": match.why,
        "rivals": [_place(rival, joined) for rival in match.rivals],
    }  # fmt: skip


def _place(place: Place, joined: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {**{name: getattr(place, name) for name in _PLACE}, **joined.get(place.id, {})}


def _joined(matches: Iterable[Match], layers: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    places = {place.id: place for match in matches for place in (match.place, *match.rivals) if place}
    table = join_places(list(places.values()), layers)
    return {place: {name: value_or_none(table.at[place, name]) for name in _BORDER} for place in places}


def pin_names(project: Project, pins: Sequence[str], reason: str | None) -> list[str]:
    """Write decisions NAME=ID into the project's places.lock and say what is new or changed, one line each.

    Raises ProjectError without a project, without a reason, or for an id that the gazetteer does not hold.
    """
    if project.lock is None:
        raise ProjectError("needs a project to write to", where="--pin", hint="add --project geomap.toml")
    if not reason:
        raise ProjectError("needs a reason", where="--pin", hint='add --reason "why this place"')
    gazetteer = open_gazetteer(project)
    old = {pin.name: pin for pin in read_lock(project.lock)}
    new = {pin.name: pin for pin in (_pin(gazetteer, text, reason) for text in pins)}
    write_whole(project.lock, format_lock([*{**old, **new}.values()]).encode())
    return [_change(old.get(name), pin) for name, pin in new.items()]


def _pin(gazetteer: Gazetteer, text: str, reason: str) -> Pin:
    name, _, place = text.rpartition("=")
    if not name or not place:
        raise ProjectError(f"{text!r} is not NAME=ID", where="--pin", hint="for example --pin Istisu=gn:174884")
    if gazetteer.get(place) is None:
        raise ProjectError(f"no place has the id {place!r}", where="--pin", hint="geomap locate NAME --json shows ids")
    return Pin(name, place, reason)


def _change(old: Pin | None, pin: Pin) -> str:
    if old is None:
        return f"new pin: {pin.name} = {pin.id}: {pin.reason}"
    return f"changed pin: {pin.name} = {pin.id} (was {old.id}): {pin.reason}"
