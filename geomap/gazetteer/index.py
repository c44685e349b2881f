"""Look names up offline: `Gazetteer.default()` is the shipped one, `Gazetteer.open(path)` an index or a table of yours.

A name is read as written first, then without its word for a kind, translated or uninflected, then as an expression
around other names ("5 km east of Goris"), and last as misspelt. Each step says so in the answer's `why`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

from geomap.gazetteer import default
from geomap.gazetteer.candidates import Query, Reading, Unit, away_km, candidates
from geomap.gazetteer.filing import Bearer, borne_names
from geomap.gazetteer.fuzzy import respellings
from geomap.gazetteer.ranking import UNKNOWN, SideOf, decide, decide_misspelt, describe, suggest
from geomap.gazetteer.readings import readings
from geomap.gazetteer.store import Store
from geomap.gazetteer.words.expressions import Expression, geometry, parse
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS
from geomap.gazetteer.words.names import query_keys, query_keys_of_all, rival_keys, skeleton
from geomap.gazetteer.words.nonplaces import what_is, words
from geomap.types import LonLat, Match, Place, Problem

_KM_A_DEGREE = 111.0
LONGEST = 400
"""Characters of the longest name that is looked up: the field's width in GeoNames (alternateNamesV2, readme.txt)."""
STRETCH_KM = 300.0
"""Longest stretch that a bare "X-Y" is read as: a convention."""
RIVAL_SPELLING = 0.95
"""Trust in a name found only by a spelling that some writers use (see geomap.gazetteer.names.rival_keys)."""
Near = tuple[float, float] | list[tuple[float, float]] | None
"""A position (lon, lat), or a list of them."""


class Gazetteer:
    """Places by id and by name; offline, and silent about what it does not know.

    `version` and `credits` say where the places come from; `problems` lists rows of an own table that were set aside.
    """

    def __init__(
        self,
        places: Iterable[Place] | Store = (),
        version: str = "",
        credits: Iterable[dict[str, str]] = (),  # noqa: A002
        problems: Iterable[Problem] = (),
    ) -> None:
        """File places in memory, or take an open index."""
        self._store = places if isinstance(places, Store) else Store.of(places, default.about(version, credits))
        self.problems = tuple(problems)

    @classmethod
    def default(cls) -> Gazetteer:
        """Load the shipped gazetteer: curated places and GeoNames cities500 for AM, AZ and GE, and the world's atlas.

        Raises GazetteerError when the installation's data are missing or damaged.
        """
        return cls(default.shipped_store())

    @classmethod
    def open(cls, path: str | Path) -> Gazetteer:
        """Open an index of `geomap gazetteer build`, or places as CSV, TSV or GeoJSON (see geomap.gazetteer.readers).

        Raises GazetteerError when the file is missing, damaged, of another version or without one place; single bad
        rows of a table become problems.
        """
        from geomap.gazetteer.building import open_source

        store, problems = open_source(Path(path))
        return cls(store, problems=problems)

    @cached_property
    def _about(self) -> dict[str, str]:
        return self._store.about()

    @property
    def version(self) -> str:
        """The version of each source, in words."""
        return self._about["version"]

    @property
    def credits(self) -> tuple[dict[str, str], ...]:
        """Name, licence and text of each source."""
        return tuple(json.loads(self._about["credits"]))

    @property
    def countries(self) -> frozenset[str]:
        """ISO codes of the countries that it covers to the village, so that a name it lacks there is doubtful."""
        return frozenset(self._about.get("countries", "").split())

    @property
    def places(self) -> Iterator[Place]:
        """All places, in the order in which they were filed."""
        return self._store.places()

    def get(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        return self._store.get(place_id)

    def within(self, west: float, south: float, east: float, north: float) -> list[Place]:
        """Return the places in a box of degrees; `west` lies before `east`."""
        return [place for place in self._store.between(south, north) if west <= place.lon <= east]

    def around(self, lon: float, lat: float, count: int = 1, kinds: Collection[str] = SETTLEMENTS) -> list[Place]:
        """Return the places of these kinds nearest to a point, nearest first; fewer where the gazetteer has fewer."""
        here, reach = LonLat(lon, lat), 0.25
        while True:
            band = self._store.between(lat - reach, lat + reach)
            found = sorted((place for place in band if place.kind in kinds), key=lambda place: away_km(place, here))
            sure = [place for place in found if away_km(place, here) <= reach * _KM_A_DEGREE]
            if len(sure) >= count or reach >= 180:
                return (sure if reach < 180 else found)[:count]
            reach *= 2

    def spellings(self, countries: Collection[str] = ()) -> Iterator[tuple[str, Place]]:
        """Yield every name of every place, of the countries and of those in none when any is given."""
        for place in self._store.places(countries):
            yield place.name, place
            yield from ((name.text, place) for name in place.names)

    def match(
        self,
        name: str,
        country: str | Sequence[str] | None = None,
        near: Near = None,
        *,
        admin1: str | None = None,
        side_of: SideOf | None = None,
    ) -> Match:
        """Return the place that a name means, or why that is not clear; unknown and ambiguous names stay unplaced.

        `country` limits the answer to one or several ISO codes, `near` (lon, lat, or several such) gives a context,
        `admin1` names the first-level unit as the row does, and `side_of` tells the side of a point: a name whose
        bearers lie on different sides stays ambiguous. `rivals` are the other bearers of the name in order.
        """
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
        """Return `match` of many names in order, many times as fast as one by one; equal names are answered once."""
        scope = _scope(country)
        context = (scope, _points(near), self._unit(admin1, scope) if admin1 else None)
        found = {name: _too_long(name) for name in names if len(name) > LONGEST}
        distinct = [name for name in dict.fromkeys(names) if name not in found]
        keys = query_keys_of_all(distinct)
        self._store.prepare(key for each in keys for key in each)
        for name, each in zip(distinct, keys, strict=True):
            found[name] = self._answer(Query(name, *context), each, side_of)
        return [found[name] for name in names]

    def _answer(self, query: Query, keys: tuple[str, ...], side_of: SideOf | None) -> Match:
        reading = Reading(query.name)
        found = candidates(self._bearers(keys), reading, query)
        if _may_be_no_place(keys) and (what := what_is(query.name)):
            return _no_place(query, what, found)
        if found:
            return decide(query, reading, found, side_of)
        return self._reread(query, side_of) or self._expressed(query, side_of) or self._misspelt(query, side_of)

    def _reread(self, query: Query, side_of: SideOf | None) -> Match | None:
        """Answer by the first other reading of the name that a place bears."""
        for reading in readings(query.name):
            if found := candidates(self._bearers(query_keys(reading.name)), reading, query):
                return decide(query, reading, found, side_of)
        reading = Reading(query.name, (), "; in a spelling that some writers use", "folded", RIVAL_SPELLING)
        found = candidates(self._bearers(rival_keys(query.name)), reading, query)
        return decide(query, reading, found, side_of) if found else None

    def _expressed(self, query: Query, side_of: SideOf | None) -> Match | None:
        """Answer words around one or two names, by the first reading all of whose names are known."""
        expression = parse(query.name)
        if expression is None:
            return None
        for anchors in expression.readings:
            matches = [self._anchor(query._replace(name=name), side_of) for name in anchors]
            if all(match.status != "unknown" for match in matches) and not (expression.unmarked and _far(matches)):
                return _relate(query, expression, self._together(query, matches, side_of))
        return None

    def _anchor(self, query: Query, side_of: SideOf | None) -> Match:
        """Answer a name inside an expression: as a name, never as misspelt and never as another expression."""
        reading = Reading(query.name)
        if found := candidates(self._bearers(query_keys(query.name)), reading, query):
            return decide(query, reading, found, side_of)
        return self._reread(query, side_of) or _unknown(query)

    def _together(self, query: Query, matches: Sequence[Match], side_of: SideOf | None) -> list[Match]:
        """Answer the ambiguous one of two names once more with the other for its context."""
        known = tuple(LonLat(match.place.lon, match.place.lat) for match in matches if match.place)
        if not known:
            return list(matches)
        return [
            match if match.place else self._anchor(query._replace(name=match.query, near=known), side_of)
            for match in matches
        ]

    def _misspelt(self, query: Query, side_of: SideOf | None) -> Match:
        """Answer by the nearest spelling within the countries that are given; without any, only suggest."""
        found = [
            (hit.edits, bearer)
            for key in query_keys(query.name)
            for hit in respellings(key, self._store)
            for bearer in self._store.bearers(hit.key)
        ]
        if found:
            return decide_misspelt(query, found, side_of)
        bones = skeleton(query.name)
        alike = candidates(self._store.bearers(bones), Reading(query.name), query) if bones else []
        return suggest(query, alike, "the same consonants as in") if alike else _unknown(query)

    def _bearers(self, keys: Iterable[str]) -> list[Bearer]:
        found = [self._store.bearers(key) for key in keys]
        return found[0] if len(found) == 1 else [bearer for bearers in found for bearer in bearers]

    def _unit(self, text: str, scope: frozenset[str | None]) -> Unit:
        """Return the unit that a row names, with the keys of every name of the units that bear it."""
        names = [text, *(reading.name for reading in readings(text))]
        bearers = [bearer.place for name in names for bearer in self._bearers(query_keys(name))]
        units = [place for place in bearers if place.kind in UNITS and (not scope or place.country in scope)]
        spelt = [*names, *(name.text for unit in units for name in borne_names(unit))]
        return Unit(text, frozenset(key for keys in query_keys_of_all(spelt) for key in keys), bool(units))


def _far(matches: Sequence[Match]) -> bool:
    """Tell whether "X-Y" names ends that nobody would speak of as one stretch, as the halves of one name may be."""
    places = [match.place for match in matches if match.place]
    if len(places) < 2:
        return False
    first, second = places
    far = away_km(first, LonLat(second.lon, second.lat)) > STRETCH_KM
    return far or not (first.kind in SETTLEMENTS and second.kind in SETTLEMENTS)


def _may_be_no_place(keys: Sequence[str]) -> bool:
    """Tell at little cost whether a name with these keys can be one of the words that name no place."""
    if not keys or len(key := keys[0]) < 3 or key in _wordless() or key.startswith("the "):
        return True
    return key[0].isdecimal() or key[-1].isdecimal() or key[-2].isdecimal()


@cache
def _wordless() -> frozenset[str]:
    return frozenset(keys[0] for keys in query_keys_of_all(list(words())) if keys)


def _scope(country: str | Sequence[str] | None) -> frozenset[str | None]:
    """Return the countries that are given, with None for what lies in no country; empty where none is given."""
    codes = (country,) if isinstance(country, str) else tuple(country or ())
    return frozenset((*codes, None)) if codes else frozenset()


def _points(near: Near) -> tuple[LonLat, ...]:
    """Return the positions that are near, one or several of which may be given."""
    points = [near] if isinstance(near, tuple) else near or []
    return tuple(LonLat(*point) for point in points)


def _unknown(query: Query) -> Match:
    return Match(query.name, None, 0.0, "none", UNKNOWN, "unknown")


def _too_long(name: str) -> Match:
    return Match(name, None, 0.0, "none", f"longer than {LONGEST} characters: no place's name", "unknown")


def _no_place(query: Query, what: str, found: Sequence[Bearer]) -> Match:
    """Leave a word that names no place unplaced, whatever places bear it."""
    why = f"the word names no place ({what})"
    if found:
        why += f"; pin it where it means {describe(found[0].place)}"
    return Match(query.name, None, 0.0, "none", why, "unknown", tuple(each.place for each in found))


def _relate(query: Query, expression: Expression, matches: Sequence[Match]) -> Match:
    """Return the answer to words around one or two names whose own answers are given."""
    doubt = next((match for match in matches if match.place is None), None)
    if doubt:
        why = f"in {expression.words!r}: {doubt.why}"
        return doubt._replace(query=query.name, why=why, relation=expression.relation)
    places = [match.place for match in matches if match.place]
    stated = geometry(expression, places)
    score, whys = min(match.score for match in matches), "; ".join(match.why for match in matches)
    answer = Match(
        query.name, places[0], score, matches[0].method, f"{stated.why}; {whys}", "placed",
        relation=expression.relation, position=stated.position, radius_km=stated.radius_km,
    )  # fmt: skip
    if stated.kind != "stretch":
        return answer
    return answer._replace(place=None, status="stretch", position=None, ends=tuple(places))
