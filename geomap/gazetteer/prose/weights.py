"""Weigh places against each other: how many people know one, which lie in which unit, which lie on one side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from geomap.gazetteer.candidates import DOMINANT_FROM, away_km
from geomap.gazetteer.ranking import DOMINANCE, SideOf, side_on
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS, without_kind
from geomap.gazetteer.words.names import fold
from geomap.types import LonLat, Place

LARGE_FROM = 100_000
"""People from which a town counts as known the world over."""
SMALL_BELOW = 5_000
"""People below which a place is doubted in a text that names other countries only: the extract's bound for a town."""
WORLD_CITY_FROM = 1_000_000
"""People from which a city is meant even in a text about its namesake's country, unless a unit stands beside it."""
UNSTATED_PEOPLE = 500
"""People of a settlement whose source states none: the least that GeoNames' cities500 holds."""


def is_large(place: Place) -> bool:
    """Tell whether a settlement is known the world over: a capital, or a large city."""
    return place.feature == "PPLC" or (place.kind in SETTLEMENTS and (place.population or 0) >= LARGE_FROM)


def is_small(place: Place) -> bool:
    """Tell whether a settlement is so small that others may bear its name in countries that are not held in full."""
    return place.kind in SETTLEMENTS and people(place) < SMALL_BELOW


def is_world_city(place: Place) -> bool:
    """Tell whether a settlement is so well known that a text about another country means it too."""
    return place.feature == "PPLC" or people(place) >= WORLD_CITY_FROM


def people(place: Place) -> int:
    """Return the people of a settlement, UNSTATED_PEOPLE where its source states none; 0 for any other place."""
    return (place.population or UNSTATED_PEOPLE) if place.kind in SETTLEMENTS else 0


def dominates(largest: Place, others: Sequence[Place]) -> bool:
    """Tell whether a settlement outweighs every other bearer; areas are not outweighed."""
    number = people(largest)
    return number >= DOMINANT_FROM and all(
        each.kind in SETTLEMENTS and number >= DOMINANCE * people(each) for each in others
    )


def lies_in(place: Place, unit: Place) -> bool:
    """Tell whether a place lies in a country or a first-level unit, by its own country and `admin1`."""
    if place.country != unit.country:
        return False
    return unit.kind == "country" or (place.admin1 is not None and fold(place.admin1) in unit_keys(unit))


def unit_keys(unit: Place) -> set[str]:
    """Return the folded names of a unit, also without their word for its kind."""
    names = [unit.name, *(name.text for name in unit.names)]
    bare = [named.name for name in names if (named := without_kind(name))]
    return {fold(name) for name in (*names, *bare)}


def named_for(unit: Place, city: Place) -> bool:
    """Tell whether a unit is the one that a large city of its name lies in, or is named like its country's capital."""
    if unit.kind not in UNITS or unit.kind == "country" or not is_large(city):
        return False
    return lies_in(city, unit) or (city.feature == "PPLC" and city.country == unit.country)


def sides(places: Collection[Place], side_of: SideOf) -> set[str]:
    """Return the sides of the line that places lie on; across it is on none."""
    return {side for place in places if (side := side_on(place, side_of))}


def km_between(one: Place, other: Place) -> float:
    """Return a distance good enough to tell neighbours from places far apart."""
    return away_km(one, LonLat(other.lon, other.lat))
