"""Find the settlements that a unit or a city shares its name with, so that a bare name is as open as it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from provinces import COLUMNS, bare, km_between
from spelling import loose

City = dict[str, Any]
Alternates = Callable[[City], list[str]]

SHARE = 100
"""A settlement of so many times fewer people than the unit or city named alike is not what the name means (DOMINANCE
in geomap/gazetteer/ranking.py); one of unknown population is not counted."""
RIVAL = 10
"""Of a unit's namesakes the largest is kept, and any of at least a tenth of its people; so is, of a city's, one that
bears its name as an alternate alone."""
WIDE_KM = 10.0
"""Radius below which a unit stands for its town well enough: a namesake in it is only taken when it is itself big."""
BIG = 50_000
"""People from which a unit's namesake is itself looked for elsewhere (DOMINANT_FROM in candidates.py)."""
_SOFT = re.compile("[aeiouh]")


class Borne(NamedTuple):
    """A settlement and whether it bears a name officially."""

    city: City
    officially: bool


class Names:
    """The settlements of the world by country and name, and the people and the largest settlement of each unit."""

    def __init__(self, cities: Sequence[City], alternates: Alternates) -> None:
        """File every settlement under the keys of its names."""
        self.alternates = alternates
        self.bearers: dict[str, list[Borne]] = defaultdict(list)
        self.people, self.chief = Counter[str](), dict[str, City]()
        for city in sorted(cities, key=lambda each: each["geonameid"]):
            official = loose(city["name"])
            for key in sorted({official, *map(loose, alternates(city))} - {""}):
                self.bearers[key].append(Borne(city, key == official))
            code = unit_code(city)
            self.people[code] += city["population"]
            if code not in self.chief or city["population"] > self.chief[code]["population"]:
                self.chief[code] = city

    def of_unit(self, cells: Sequence[str]) -> list[City]:
        """Return the settlements of its country that a unit may be named for, the largest first.

        They have a hundredth of its people; in a small unit they are big themselves. Where the name is only an
        alternate of theirs, it must read like the official one, or the settlement be the unit's largest.
        """
        keys, code = unit_keys(cells), cells[0]
        wide = float(cells[COLUMNS.index("radius_km")]) >= WIDE_KM
        found = {
            borne.city["geonameid"]: borne.city
            for key in sorted(keys)
            for borne in self.bearers.get(key, ())
            if borne.city["countrycode"] == code[:2] and self._may_be(borne, code, keys)
            if wide or borne.city["population"] >= BIG
        }
        ranked = sorted(found.values(), key=_by_people)
        return [city for city in ranked if city["population"] * RIVAL >= ranked[0]["population"]]

    def _may_be(self, borne: Borne, code: str, keys: set[str]) -> bool:
        city, inside = borne.city, unit_code(borne.city) == code
        if city["population"] * SHARE < self.people[code]:
            return False
        if borne.officially:
            return True
        return inside and (alike(city["name"], keys) or self.chief[code] is city)

    def elsewhere(self, city: City) -> Iterator[tuple[City, list[str]]]:
        """Yield the other settlements that bear a city's official name, with a hundredth of its people or more.

        Each comes with the alternates that the name is borne as: none where it is official, else it has a tenth.
        """
        wanted = loose(city["name"])
        for other, officially in self.bearers.get(wanted, ()):
            times = SHARE if officially else RIVAL
            if other is not city and other["population"] and other["population"] * times >= city["population"]:
                yield other, [] if officially else [text for text in self.alternates(other) if loose(text) == wanted]


def unit_code(city: City) -> str:
    """Return the code of the first-level unit that a settlement lies in."""
    return f"{city['countrycode']}.{city['admin1code']}"


def unit_keys(cells: Sequence[str]) -> set[str]:
    """Return the keys of a unit's names, with and without the word for its type."""
    texts = [cells[COLUMNS.index("name")], *filter(None, cells[COLUMNS.index("names")].split("|"))]
    return {loose(text) for each in texts for text in (each, bare(each))} - {""}


def alike(name: str, keys: Iterable[str]) -> bool:
    """Tell whether a name holds one of the keys as words of its own, or differs from it in vowels and h alone."""
    words = [loose(word) for word in re.split(r"[\s'’-]+", name)]
    runs = {"".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)}
    return any(key in runs or _SOFT.sub("", key) == _SOFT.sub("", loose(name)) for key in keys)


def seat(cells: Sequence[str], namesakes: Sequence[City]) -> str:
    """Return the id of the settlement that a unit shares its name with, in it or within its radius; "" for none.

    One called like the unit's label goes first. A big one counts within twice the radius: its unit may reach far on
    one side, or lie around it.
    """
    keys, label = unit_keys(cells), loose(bare(cells[COLUMNS.index("name")]))
    lon, lat, radius_km = (float(cells[COLUMNS.index(column)]) for column in ("lon", "lat", "radius_km"))
    here = {"longitude": lon, "latitude": lat}
    found = [
        city
        for city in namesakes
        if alike(city["name"], keys)
        and (
            unit_code(city) == cells[0] or km_between(here, city) <= radius_km * (2 if city["population"] >= BIG else 1)
        )
    ]
    found.sort(key=lambda city: (loose(city["name"]) != label, loose(city["name"]) not in keys, _by_people(city)))
    return f"gn:{found[0]['geonameid']}" if found else ""


def _by_people(city: City) -> tuple[int, int]:
    return -city["population"], city["geonameid"]
