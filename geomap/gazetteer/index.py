"""Look names up offline: `Gazetteer.default()` is the shipped one, `Gazetteer.open(path)` an index or a table of yours.

A name is read as written first, then without its word for a kind, translated or uninflected, then as an expression
around other names ("5 km east of Goris"), and last as misspelt. Each step says so in the answer's `why`.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Collection, Generator, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from geomap.gazetteer import default
from geomap.gazetteer.candidates import Query, away_km
from geomap.gazetteer.ranking import SideOf
from geomap.gazetteer.resolver import Resolver
from geomap.gazetteer.store import Store
from geomap.gazetteer.words.kinds import SETTLEMENTS
from geomap.gazetteer.words.names import query_keys_of_all
from geomap.types import LonLat, Match, Place, Problem

_KM_A_DEGREE = 111.0
LONGEST = 400
"""Characters of the longest name that is looked up: the field's width in GeoNames (alternateNamesV2, readme.txt)."""
_REMEMBERED = 200_000
"""So many answers are kept at hand, about 100 MB, before all are forgotten."""
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
        self._resolver = Resolver(self._store)
        self._answers: dict[Hashable, dict[str, Match]] = {}
        self._told = 0
        self.problems = tuple(problems)

    @classmethod
    def default(cls) -> Gazetteer:
        """Load the shipped gazetteer: curated places and GeoNames cities500 for AM, AZ and GE, and the world's atlas.

        Raises GazetteerError when the installation's data are missing or damaged.
        """
        return cls(default.shipped_store())

    @classmethod
    def open(cls, path: str | Path, progress: Callable[[str], None] | None = None) -> Gazetteer:
        """Open an index of `geomap gazetteer build`, or places as CSV, TSV or GeoJSON (see geomap.gazetteer.readers).

        `progress` is told what goes on while the index of the world is built for the first time.
        Raises GazetteerError when the file is missing, damaged, of another version or without one place; single bad
        rows of a table become problems.
        """
        from geomap.gazetteer.building import open_source

        store, problems = open_source(Path(path), progress)
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

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(self._about.get("countries", "").split())

    @property
    def countries(self) -> frozenset[str]:
        """ISO codes of the countries that it covers to the village, so that a name it lacks there is doubtful."""
        return self._countries

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
        """Return `match` of many names in order, many times as fast as one by one.

        An answer is remembered, so a name asked again in the same context costs little, and `side_of` must not change.
        """
        context = (_scope(country), _points(near), admin1, side_of)
        if self._told > _REMEMBERED:
            self._answers.clear()
            self._told = 0
        known = self._answers.setdefault(context, {})
        if fresh := [name for name in dict.fromkeys(names) if name not in known]:
            known.update(self._answered(fresh, *context))
            self._told += len(fresh)
        return [known[name] for name in names]

    def _answered(
        self,
        names: Sequence[str],
        scope: frozenset[str | None],
        near: tuple[LonLat, ...],
        admin1: str | None,
        side_of: SideOf | None,
    ) -> Iterator[tuple[str, Match]]:
        """Yield distinct names with their answers."""
        yield from ((name, _too_long(name)) for name in names if len(name) > LONGEST)
        short = [name for name in names if len(name) <= LONGEST]
        keys = query_keys_of_all(short)
        unit = self._resolver.unit(admin1, scope) if admin1 else None
        context = (scope, near, unit, self._resolver.lands(*filter(None, scope)), self.countries)
        with _uncollected():
            self._store.prepare(key for each in keys for key in each)
            if learn := getattr(side_of, "learn", None):
                learn(self._resolver.rivals(keys, scope))
            for name, each in zip(short, keys, strict=True):
                yield name, self._resolver.answer(Query(name, *context), each, side_of)


@contextmanager
def _uncollected() -> Generator[None, None, None]:
    """Pause the search for cycles while many records are made that have none: it would take a third of the time."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def _scope(country: str | Sequence[str] | None) -> frozenset[str | None]:
    """Return the countries that are given, with None for what lies in no country; empty where none is given."""
    codes = (country,) if isinstance(country, str) else tuple(country or ())
    return frozenset((*(code.upper() for code in codes), None)) if codes else frozenset()


def _points(near: Near) -> tuple[LonLat, ...]:
    """Return the positions that are near, one or several of which may be given."""
    points = tuple(LonLat(*point) for point in ([near] if isinstance(near, tuple) else near or []))
    if wrong := next((point for point in points if not (abs(point.lon) <= 180 and abs(point.lat) <= 90)), None):
        raise ValueError(f"near: {wrong.lon}, {wrong.lat} is no position: longitude first, then latitude, in degrees")
    return points


def _too_long(name: str) -> Match:
    return Match(name, None, 0.0, "none", f"longer than {LONGEST} characters: no place's name", "unknown")
