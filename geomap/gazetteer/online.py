"""An online geocoder behind the offline gazetteer: only when asked for by name, politely, every answer kept.

A name leaves the machine only when the gazetteer does not know it. What comes back never outranks the gazetteer: its
score is at most 0.5, and one candidate must bear the name as written and lie in the scope.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.answers import Asker, Cache
from geomap.gazetteer.geocoder import Found, OnlineGeocoder, polite
from geomap.gazetteer.ranking import SideOf, side_on
from geomap.gazetteer.readers.tables import DEFAULT_RADIUS_KM
from geomap.gazetteer.words.names import fold, romanise
from geomap.types import Match, Place, Problem

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer, Near

SCORE = 0.5
"""The score of an answer from outside: a convention, below every name that the gazetteer holds."""
_LONGEST = 200
_OSM = ("Open Database License 1.0", "(c) OpenStreetMap contributors")
_LICENCES: dict[str, tuple[str, str]] = {"nominatim": _OSM, "photon": _OSM, "pickpoint": _OSM}
"""Services on OpenStreetMap's data (https://www.openstreetmap.org/copyright)."""
_OTHER = ("the service's own terms", "see the service's terms before you pass answers on")


class WithFallback:
    """A gazetteer that asks an online geocoder for the names it does not know; otherwise used like any gazetteer.

    `geocoder` is any synchronous geocoder of geopy, `name` what it is called in reasons and credits, `cache` an SQLite
    file that keeps every answer, also "not found", by service, name and countries; several processes may share it.
    `wait_s` is the least time between two questions of this process (one second is the limit of Nominatim's usage
    policy, operations.osmfoundation.org/policies/nominatim), `countries` the scope of names asked without one.

    A service that fails leaves the name unknown and says so in `why`; after three failures in a row, or one that cannot
    pass, it is not asked again. Raises GazetteerError only for a cache that cannot be used.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        geocoder: OnlineGeocoder,
        *,
        name: str,
        cache: Path,
        wait_s: float = 1.0,
        countries: Iterable[str] = (),
    ) -> None:
        self._gazetteer, self._name = gazetteer, name
        self._asker = Asker(name.casefold(), polite(geocoder, wait_s), Cache(Path(cache)))
        self._scope = tuple(countries)

    @property
    def places(self) -> Iterable[Place]:
        """The places of the offline gazetteer."""
        return self._gazetteer.places

    @property
    def countries(self) -> frozenset[str]:
        """The countries that the offline gazetteer covers to the village."""
        return self._gazetteer.countries

    @property
    def version(self) -> str:
        """The versions of the offline sources, and the service."""
        return f"{self._gazetteer.version} + online {self._name}"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the offline gazetteer."""
        return self._gazetteer.problems

    @property
    def credits(self) -> tuple[dict[str, str], ...]:
        """The offline credits, and the service with the number of names it was asked for, from the cache or not."""
        count = len(self._asker.asked)
        text = f"online: {self._name}, asked for {count} name{'' if count == 1 else 's'}; {self._licence[1]}"
        return (*self._gazetteer.credits, {"name": f"online: {self._name}", "licence": self._licence[0], "text": text})

    @property
    def _licence(self) -> tuple[str, str]:
        return _LICENCES.get(self._name.casefold(), _OTHER)

    def get(self, place_id: str) -> Place | None:
        """Return the place with this id, of the offline gazetteer or among the answers in the cache."""
        place = self._gazetteer.get(place_id)
        if place or not place_id.startswith(_prefix(self._name)):
            return place
        places = (_place(found, self._name) for found in self._asker.known())
        return next((each for each in places if each.id == place_id), None)

    def around(self, lon: float, lat: float, count: int = 1, **options: Any) -> list[Place]:
        """Return the nearest places of the offline gazetteer."""
        return self._gazetteer.around(lon, lat, count, **options)

    def spellings(self, countries: Collection[str] = ()) -> Iterator[tuple[str, Place]]:
        """Yield the names of the offline gazetteer."""
        return self._gazetteer.spellings(countries)

    def match(
        self,
        name: str,
        country: str | Sequence[str] | None = None,
        near: Near = None,
        *,
        admin1: str | None = None,
        side_of: SideOf | None = None,
    ) -> Match:
        """Answer one name offline, and online where it is unknown there."""
        return self.match_all([name], country, near, admin1=admin1, side_of=side_of)[0]

    def match_all(
        self,
        names: Sequence[str],
        country: str | Sequence[str] | None = None,
        near: Near = None,
        *,
        admin1: str | None = None,
        side_of: SideOf | None = None,
    ) -> list[Match]:
        """Answer many names in order, offline, and online those unknown there; equal names are asked for once."""
        matches = self._gazetteer.match_all(names, country, near, admin1=admin1, side_of=side_of)
        return self._behind(matches, country, side_of)

    def _behind(
        self, matches: Sequence[Match], country: str | Sequence[str] | None, side_of: SideOf | None
    ) -> list[Match]:
        """Answer the unknown ones among matches online."""
        scope = tuple(sorted({country} if isinstance(country, str) else set(country or self._scope)))
        asked = {match.query: query for match in matches if _asks(match) and (query := _fit(match.query))}
        answers = self._asker.answers(dict.fromkeys(asked.values()), scope)
        return [
            self._decided(match, answers[asked[match.query]], scope, side_of) if match.query in asked else match
            for match in matches
        ]

    def _decided(
        self, offline: Match, answer: list[Found] | str, scope: tuple[str, ...], side_of: SideOf | None
    ) -> Match:
        """Judge the candidates for a name: one that bears it, in a country of the scope, is placed."""
        if isinstance(answer, str):
            return offline._replace(why=f"{offline.why}; {self._name} did not answer: {answer}")
        bearing = [found for found in answer if _bears(found, offline.query)]
        inside = [found for found in bearing if not scope or found.country in (*scope, None)]
        places = tuple(_place(found, self._name) for found in inside)
        if not places:
            where = f" in {', '.join(scope)}" if bearing else ""
            return offline._replace(why=f"{offline.why}; {self._name} knows no such name{where} either")
        if len(places) == 1 and (not scope or places[0].country):
            why = f"online: {self._name} answers {inside[0].address}; {self._licence[1]}"
            return Match(offline.query, places[0], SCORE, "online", why, "placed")
        how = "in a country that it does not tell" if len(places) == 1 else _how(places, side_of)
        listed = "; ".join(found.address for found in inside)
        why = f"online: {self._name} answers {len(places)} of this name, {how}: {listed}; {self._licence[1]}"
        return Match(offline.query, None, SCORE, "none", why, "ambiguous", places)


def _asks(match: Match) -> bool:
    """Tell whether a name is asked for: not one that is known, nor a word that names no place."""
    return match.status == "unknown" and match.method != "no_place"


def _fit(name: str) -> str | None:
    """Return a name as it is asked for, or None for what is no name: too short or long, without letters, unseen signs.

    Three letters at least in ASCII, two in other scripts.
    """
    text = unicodedata.normalize("NFC", " ".join(name.split()))
    letters = sum(map(str.isalpha, text))
    unseen = any(unicodedata.category(char).startswith("C") for char in text)
    return text if letters >= (3 if text.isascii() else 2) and len(text) <= _LONGEST and not unseen else None


def _bears(found: Found, name: str) -> bool:
    """Tell whether one of the names of an answer is the name asked for, whatever its script, case and marks."""
    keys = {fold(name), romanise(name)}
    return any(not keys.isdisjoint({fold(each), romanise(each)}) for each in found.names)


def _how(places: Sequence[Place], side_of: SideOf | None) -> str:
    sides = {side for place in places if (side := side_on(place, side_of))} if side_of else ()
    return "on different sides of a border" if len(sides) > 1 else "with nothing to tell them apart"


def _prefix(service: str) -> str:
    return f"online:{service.casefold()}:"


def _place(found: Found, service: str) -> Place:
    kind = found.kind or "place"
    return Place(
        id=_prefix(service) + found.id, name=found.names[0], country=found.country, admin1=None, kind=kind,
        lon=found.lon, lat=found.lat, radius_km=found.radius_km or DEFAULT_RADIUS_KM.get(kind, 1.0),
        radius_kind="source" if found.radius_km else "convention", source=f"online: {service}",
    )  # fmt: skip
