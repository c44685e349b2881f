"""The gazetteer behind geopy's face: `geocode` and `reverse`, offline. The only home of geopy in geomap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geopy.distance import great_circle
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.kinds import SETTLEMENTS
from geomap.gazetteer.ranking import SideOf, describe
from geomap.types import Match, Place

_NEAREST = 10


class GazetteerGeocoder(Geocoder):
    """Geocode with a gazetteer as with any geopy geocoder, without a network.

    Latitude comes first here, as everywhere in geopy. `raw` of a Location is `{"place": Place, "match": Match | None}`.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:
        """Take a gazetteer, the shipped one by default, and geopy's own options."""
        super().__init__(**options)
        self.gazetteer = gazetteer or Gazetteer.default()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Sequence[str] | None = None,
        near: Point | tuple[float, float] | None = None,
        side_of: SideOf | None = None,
    ) -> Location | list[Location] | None:
        """Return the place that a name means; None when it is unknown or ambiguous.

        With `exactly_one=False` return all candidates, best first, ambiguous ones too. `country_codes` are ISO codes,
        `near` is (latitude, longitude).
        """
        context = _lon_lat(near) if near else None
        match = self.gazetteer.match(query, country_codes, context, side_of=side_of)
        if exactly_one:
            return _location(match.place, match) if match.place else None
        found = (match.place, *match.rivals) if match.place else match.rivals
        return [_location(place, match) for place in found] or None

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point; with `exactly_one=False` the ten nearest, in order."""
        point = Point(query)
        settled = (place for place in self.gazetteer.places if place.kind in SETTLEMENTS)
        nearest = sorted(settled, key=lambda place: great_circle(point, (place.lat, place.lon)).km)
        if exactly_one:
            return _location(nearest[0], None) if nearest else None
        return [_location(place, None) for place in nearest[:_NEAREST]] or None


def _lon_lat(near: Point | tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = tuple(near)[:2]
    return longitude, latitude


def _location(place: Place, match: Match | None) -> Location:
    return Location(describe(place), (place.lat, place.lon, 0.0), {"place": place, "match": match})
