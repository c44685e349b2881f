"""Names answered one by one, without incident files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from geomap.account import value_or_none
from geomap.build import open_borders, open_gazetteer, scope
from geomap.gazetteer import Gazetteer
from geomap.join import side_of
from geomap.locate import Asker, Question
from geomap.project import Project, read_lock
from geomap.scene.surroundings import join_places
from geomap.types import LonLat, Match, Place

if TYPE_CHECKING:
    from geomap.gazetteer.online import WithFallback

    AnyGazetteer = Gazetteer | WithFallback
else:
    AnyGazetteer = Gazetteer  # geopy waits until an online service is asked for

_PLACE = ("id", "name", "country", "admin1", "kind", "lon", "lat", "radius_km")
_BORDER = ("border_km", "border_km_error", "side")


def open_asking(
    project: Project,
    service: str | None = None,
    cache: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> AnyGazetteer:
    """Open the project's gazetteer, with an online service of geopy behind it when one is named.

    Answers are kept in `cache`, by default online.sqlite in geomap's folder for caches. Raises GazetteerError for a
    service that geopy does not know or that needs a key.
    """
    gazetteer = open_gazetteer(project, progress)
    if service is None:
        return gazetteer
    from geomap.gazetteer.building import cache_folder
    from geomap.gazetteer.geocoder import online_geocoder
    from geomap.gazetteer.online import WithFallback

    kept = Path(cache) if cache else cache_folder() / "online.sqlite"
    return WithFallback(gazetteer, online_geocoder(service), name=service, cache=kept, countries=project.countries)


def locate_names(
    names: Sequence[str],
    project: Project,
    *,
    near: tuple[float, float] | None = None,
    admin1: str | None = None,
    borders: bool = False,
    gazetteer: AnyGazetteer | None = None,
) -> list[dict[str, Any]]:
    """Answer names as `locate --json` prints them: one item a name, in order, duplicates kept.

    Pins of the project's places.lock come first. `near` is lon, lat; `admin1` names the first-level unit of all names.
    With `borders` each place carries its distance to and side of the nearest line. `gazetteer` is the project's own
    unless given. What the words around a name say (relation, position, radius_km, ends) stands in an item only where
    they say it.
    """
    layers = open_borders(project)
    countries = scope(project, layers) or None
    questions = [Question(name, countries, admin1, context(near)) for name in names]
    found = asking(project, gazetteer or open_gazetteer(project), layers)(questions)
    matches = [found[question] for question in questions]
    shown = _joined(matches, layers) if borders else {}
    return [_answer(match, shown) for match in matches]


def asking(project: Project, gazetteer: AnyGazetteer, layers: gpd.GeoDataFrame) -> Asker:
    """Return what asks a gazetteer as a build would: the project's pins first, and the sides of the lines count."""
    pins = {pin.name: pin for pin in (read_lock(project.lock) if project.lock else [])}
    return Asker(gazetteer, side_of(layers), pins)


def context(near: tuple[float, float] | None) -> tuple[LonLat, ...]:
    """Return a position, or none, as a question's context."""
    return (LonLat(*near),) if near else ()


def _answer(match: Match, joined: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "query": match.query,
        "place": placed(match.place, joined) if match.place and match.status == "placed" else None,
        "score": match.score, "method": match.method, "status": match.status, "why": match.why,
        "rivals": [placed(rival, joined) for rival in match.rivals],
        **_expression(match, joined),
    }  # fmt: skip


def _expression(match: Match, joined: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what the words around the name say; a radius only beside a relation, since a place has its own."""
    position = match.position
    told = {
        "relation": match.relation,
        "position": {"lon": position.lon, "lat": position.lat} if position else None,
        "radius_km": match.radius_km,
        "ends": [placed(end, joined) for end in match.ends] or None,
    }
    return {key: value for key, value in told.items() if value is not None}


def placed(place: Place, joined: dict[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return a place as JSON shows it."""
    return {**{name: getattr(place, name) for name in _PLACE}, **(joined or {}).get(place.id, {})}


def _joined(matches: Iterable[Match], layers: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    places = {place.id: place for match in matches for place in (match.place, *match.rivals, *match.ends) if place}
    table = join_places(list(places.values()), layers)
    return {place: {name: value_or_none(table.at[place, name]) for name in _BORDER} for place in places}
