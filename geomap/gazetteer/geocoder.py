"""The gazetteer behind geopy's face: `geocode` and `reverse`, offline; and geopy's services, asked politely.

The only home of geopy in geomap. Nothing here reaches the network until an `Ask` is called.
"""

from __future__ import annotations

import difflib
import inspect
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from geopy.distance import great_circle
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderNotFound,
    GeocoderQuotaExceeded,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap import __version__
from geomap.errors import GazetteerError
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.ranking import SideOf, describe
from geomap.types import Match, Place

if TYPE_CHECKING:
    from geomap.gazetteer.online import WithFallback

_NEAREST = 10


class GazetteerGeocoder(Geocoder):
    """Geocode with a gazetteer as with any geopy geocoder, without a network.

    Latitude comes first here, as everywhere in geopy. `raw` of a Location is `{"place": Place, "match": Match | None}`.
    """

    def __init__(self, gazetteer: Gazetteer | WithFallback | None = None, **options: Any) -> None:
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

        With `exactly_one=False` return all bearers of the name, best first, ambiguous ones too. `country_codes` are
        ISO codes, `near` is (latitude, longitude). Of "5 km east of Goris" the position is the one that the words point
        at; of "near Goris" it is Goris's, and `raw["match"].relation` says so, as the address does.
        """
        context = _lon_lat(near) if near else None
        match = self.gazetteer.match(query, country_codes, context, side_of=side_of)
        if exactly_one or match.status == "unknown":
            return _location(match.place, match) if match.place else None
        first = [_location(match.place, match)] if match.place else []
        return [*first, *(_location(rival, None) for rival in match.rivals)] or None

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point; with `exactly_one=False` the ten nearest, in order."""
        point = Point(query)
        nearest = self.gazetteer.around(point.longitude, point.latitude, 1 if exactly_one else _NEAREST)
        if exactly_one:
            return _location(nearest[0], None) if nearest else None
        return [_location(place, None) for place in nearest] or None


def _lon_lat(near: Point | tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = tuple(near)[:2]
    return longitude, latitude


def _location(place: Place, match: Match | None) -> Location:
    lon, lat = (match and match.position) or (place.lon, place.lat)
    words = f"{match.query}: " if match and match.relation else ""
    return Location(words + describe(place), (lat, lon, 0.0), {"place": place, "match": match})


# Online services ------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A place as a service answers it: every name it gives, and None for what it does not say. Plain values only."""

    id: str
    names: tuple[str, ...]
    country: str | None
    kind: str | None
    lon: float
    lat: float
    radius_km: float | None
    address: str


class OnlineGeocoder(Protocol):
    """A synchronous geocoder of geopy, as far as it is used here."""

    @property
    def geocode(self) -> Callable[..., Any]:  # pragma: no cover
        """Answer a query with a Location, several, or None."""
        ...


class NoAnswerError(Exception):
    """Say why a service did not answer; `final` when asking again would not help."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


Ask = Callable[[str, tuple[str, ...]], list[Found]]
"""Ask a service for a name within ISO country codes; raises NoAnswerError and nothing else."""
_TIMEOUT_S = 10
_FINAL = (GeocoderQuotaExceeded, GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, ConfigurationError)
_FAILURES = (GeopyError, OSError, LookupError, TypeError, ValueError, AttributeError)
"""What geopy raises, and what its parsers raise when a service sends something else than it documents."""


def online_geocoder(service: str) -> OnlineGeocoder:
    """Return geopy's geocoder for a service that needs no key, by geopy's name for it ("nominatim", "photon").

    Raises GazetteerError for a name that geopy does not know, naming the nearest, or a service that needs a key.
    """
    try:
        make = get_geocoder_for_service(service)
    except GeocoderNotFound:
        near = difflib.get_close_matches(service.lower(), SERVICE_TO_GEOCODER, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "services of geopy without a key: nominatim, photon"
        raise GazetteerError(f"geopy knows no service {service!r}", where="--online", hint=hint) from None
    try:
        return make(user_agent=f"geomap/{__version__}", timeout=_TIMEOUT_S)
    except (TypeError, ConfigurationError):
        hint = "without a key: nominatim, photon; in Python hand WithFallback a geocoder of your own"
        raise GazetteerError(f"{service} cannot be asked without a key", where="--online", hint=hint) from None


def polite(geocoder: OnlineGeocoder, wait_s: float) -> Ask:
    """Return a function that asks a geocoder, with at least `wait_s` seconds between any two questions.

    Each question is asked once, for at most ten candidates in English with their other names, as far as the service
    takes such options; countries are handed on where it takes them.
    """
    limited = RateLimiter(
        geocoder.geocode, min_delay_seconds=wait_s, error_wait_seconds=wait_s, max_retries=0, swallow_exceptions=False
    )
    takes = inspect.signature(geocoder.geocode).parameters

    def ask(query: str, countries: tuple[str, ...]) -> list[Found]:
        wanted = {
            "exactly_one": False, "limit": _NEAREST, "language": "en", "addressdetails": True, "namedetails": True,
            "country_codes": [code.lower() for code in countries] or None,
        }  # fmt: skip
        try:
            answer = limited(query, **{key: value for key, value in wanted.items() if key in takes})
            return [found for location in _listed(answer) if (found := _found(location))]
        except _FAILURES as fault:
            reason = " ".join(str(fault).split()) or type(fault).__name__
            raise NoAnswerError(reason, final=isinstance(fault, _FINAL)) from fault

    return ask


def _listed(answer: Any) -> Iterable[Location]:
    return [answer] if isinstance(answer, Location) else answer or ()


def _found(location: Location) -> Found | None:
    """Read one answer; None for what is no named place of geography, such as a shop, and for no position."""
    raw = _mapping(location.raw)
    said = {**raw, **_mapping(raw.get("properties"))}
    key, value = said.get("osm_key", said.get("class")), said.get("osm_value", said.get("type"))
    if (key is not None and key not in _GEOGRAPHIC) or not math.isfinite(location.latitude + location.longitude):
        return None
    code = said.get("countrycode") or _mapping(said.get("address")).get("country_code")
    names = (said.get("name"), location.address.split(",")[0], *_mapping(said.get("namedetails")).values())
    return Found(
        f"{said['osm_type']}/{said['osm_id']}" if {"osm_type", "osm_id"} <= said.keys() else _position_id(location),
        tuple(dict.fromkeys(name for name in names if name and isinstance(name, str))),
        code.upper() if isinstance(code, str) and len(code) == 2 else None,
        _KIND_OF.get(str(said.get("addresstype"))) or _KIND_OF.get(str(value)),
        location.longitude,
        location.latitude,
        _half_extent_km(said.get("boundingbox")),
        location.address,
    )


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _position_id(location: Location) -> str:
    return f"{location.longitude:.5f},{location.latitude:.5f}"


def _half_extent_km(box: Any) -> float | None:
    """Return half the diagonal of Nominatim's bounding box (south, north, west, east), in km; None without one."""
    if not isinstance(box, Sequence) or len(box) != 4:
        return None
    south, north, west, east = map(float, box)
    return round(great_circle((south, west), (north, east)).km / 2, 1)


_GEOGRAPHIC = ("place", "boundary", "natural", "water", "waterway", "mountain_pass", "landuse")
"""Keys of OpenStreetMap under which named geography stands (OSM wiki, Map features); not amenity, shop, highway ..."""
_KINDS = {
    "town": "city town municipality", "village": "village hamlet isolated_dwelling", "province": "state province",
    "district": "county district state_district", "region": "region", "country": "country", "lake": "lake water",
    "sea": "sea ocean", "river": "river stream", "mountain": "peak volcano ridge mountain_range",
    "pass": "saddle mountain_pass", "island": "island islet", "mine": "quarry",
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
"""Values of OpenStreetMap's place, natural and waterway keys, and Nominatim's address types -> kind."""
