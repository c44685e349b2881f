"""The places that a name may mean, in order: the bearers of its keys, narrowed by what the row and the name say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from geomap.gazetteer.filing import KINDLESS_FROM, Bearer
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS
from geomap.types import LonLat, Place

DOMINANT_FROM = 50_000
"""People from which a settlement is large: Vardenis (12,651) is not."""
_EARTH_KM = 6371.0
_by_order = attrgetter("order")


class Unit(NamedTuple):
    """A first-level unit that a row names: its text, the keys of its names, whether the gazetteer knows such a unit."""

    text: str
    keys: frozenset[str]
    known: bool


class Query(NamedTuple):
    """A name with what its row says about it: the scope, positions nearby, the first-level unit.

    The scope is empty where nothing is said, else the ISO codes of countries and None, for what lies in no country;
    `lands` are these countries as places, where the gazetteer holds them, and `covered` those that it covers to the
    village.
    """

    name: str
    scope: frozenset[str | None] = frozenset()
    near: tuple[LonLat, ...] = ()
    unit: Unit | None = None
    lands: tuple[Place, ...] = ()
    covered: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """One way to read a name: the toponym in it, the kinds that its words allow, and how it was got at.

    `note` is a clause for the reader, "" for the name as written; `method` goes before that of the match; `trust` is
    the share of right answers among readings of this sort.
    """

    name: str
    kinds: tuple[str, ...] = ()
    note: str = ""
    method: str = ""
    trust: float = 1.0


def candidates(found: list[Bearer], reading: Reading, query: Query) -> list[Bearer]:
    """Return the bearers that the query's countries and the reading's kinds allow, each once, in order of rank."""
    scope, kinds, lands = query.scope, reading.kinds, query.lands
    if kinds:
        fitting = [each for each in found if each.place.kind in kinds]
    else:
        fitting = [each for each in found if each.rank < KINDLESS_FROM]
    if scope:
        fitting = [each for each in fitting if each.place.country in scope and _reaches(each.place, lands)]
    if len(fitting) < 2:
        return fitting
    if query.near:
        fitting = [each._replace(away_km=min(away_km(each.place, point) for point in query.near)) for each in fitting]
    return _once(sorted(fitting if kinds else bare(fitting), key=_by_order))


FAR_KM = 500.0
"""A sea, river or mountain in no country counts within this distance of a country in scope: a convention."""


def _reaches(place: Place, lands: Sequence[Place]) -> bool:
    """Tell whether a place that lies in no country lies near one of the countries, as circles of their areas."""
    return (
        place.country is not None
        or not lands
        or any(
            away_km(place, LonLat(land.lon, land.lat)) <= place.radius_km + 2 * land.radius_km + FAR_KM
            for land in lands
        )
    )


def _once(ranked: Sequence[Bearer]) -> list[Bearer]:
    """Return each place once, by its best name; a second record of the same place in another source counts as it."""
    kept: list[Bearer] = []
    of_country: dict[str | None, list[Place]] = {}
    for each in ranked:
        others = of_country.setdefault(each.place.country, [])
        for other in others:  # a plain loop: names with a hundred bearers are compared here
            if _same(each.place, other):
                break
        else:
            kept.append(each)
            others.append(each.place)
    return kept


SAME_KM = 2.0
"""Settlements of one name, country and neighbourhood are one: GeoNames' and other sources' centres of one village
differ by so much (see data/gazetteer/curated/SOURCE.toml). Areas are one when each holds the other's centre."""


_SAME_DEGREES = 0.02
"""Difference in latitude that is over SAME_KM, for a quick look."""


def _same(one: Place, other: Place) -> bool:
    """Tell whether two records of one country are the same place."""
    if one.id == other.id:
        return True
    settled = one.kind in SETTLEMENTS
    if abs(one.lat - other.lat) > (_SAME_DEGREES if settled else 1):
        return False
    if settled != (other.kind in SETTLEMENTS) or not (settled or one.kind == other.kind):
        return False
    away = away_km(one, LonLat(other.lon, other.lat))
    return away <= (SAME_KM if settled else min(one.radius_km, other.radius_km))


def bare(found: list[Bearer]) -> list[Bearer]:
    """Return what a bare name may mean.

    A country that bears the name in its own right goes before all else in it, and before settlements anywhere. Then
    settlements are meant when there are any, with the units named alike whose seat is elsewhere: "Lachin" means the
    town that Lachin district is run from; a village that shares its name with a province run from another town leaves
    both open. Lakes, mines and the like are meant only where neither bears the name.
    """
    countries = {each.place.country for each in found if each.place.kind == "country" and each.tier == "own"}
    units = [each for each in found if each.place.kind in UNITS]
    if countries:
        return [each for each in units if each.place.kind == "country" or each.place.country not in countries]
    settled = [each for each in found if each.place.kind in SETTLEMENTS]
    if not settled:
        return units or found
    own = any(each.tier == "own" for each in settled)
    seats = [each.place for each in settled]
    return settled + [
        each for each in units if _run_from_elsewhere(each.place, seats, seat_alone=each.tier == "own" and not own)
    ]


def _run_from_elsewhere(unit: Place, settled: Sequence[Place], *, seat_alone: bool) -> bool:
    """Tell whether a unit is run from none of the settlements; where its seat is unknown, one in its middle counts.

    A city's unit may reach far on one side ("Moscow", "New York"), so a large city counts within twice the radius. With
    `seat_alone`, none counts but the seat: where the unit bears the name by right and the settlements do not.
    """
    if unit.seat is not None or seat_alone:
        return all(place.id != unit.seat for place in settled)
    return not any(
        away_km(unit, LonLat(place.lon, place.lat))
        <= unit.radius_km * (2 if (place.population or 0) >= DOMINANT_FROM else 1)
        for place in settled
        if place.country == unit.country
    )


def away_km(place: Place, point: LonLat) -> float:
    """Return a distance on a sphere, in km; good enough to rank by."""
    lon, lat, here_lon, here_lat = map(math.radians, (place.lon, place.lat, *point))
    across = math.cos(lat) * math.cos(here_lat) * math.sin((lon - here_lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(math.sin((lat - here_lat) / 2) ** 2 + across))
