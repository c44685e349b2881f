"""The keys that the names of a place are filed under, and how official the best name of each key is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS, without_kind
from geomap.gazetteer.words.names import NOMINATIVE, filed_keys_of_all
from geomap.types import Name, Place

TIERS = ("own", "other", "historic", "kindless")
"""How official a name is: the official one in its own script or romanised; any other in use; a former one; what is left
without its word for a kind, which only a query with such a word may mean ("Sevan Lake", but never "Black")."""

C_IS_J = frozenset({"AM", "AZ", "CY", "GE", "IR", "TR"})
"""Countries where a Latin name may be in Azerbaijani or Turkish spelling, in which c is j and q is g ..."""
_C_IS_J_LANGUAGES = frozenset({"az", "crh", "ku", "tk", "tr"})
"""... as is a name that is tagged so (ISO 639)."""


def borne_names(place: Place) -> list[Name]:
    """Return every name of a place, the official one first."""
    return [Name(place.name, "", "own"), *place.names]


def filings(places: Sequence[Place]) -> Iterator[list[tuple[str, int]]]:
    """Yield the keys of each place, each with the rank of the best name behind it (see `Bearer`); in order.

    What is no settlement is also filed under its names without "district", "lake" and the like.
    """
    entries = [(place, _stem(place, name), at) for place in places for at, name in enumerate(borne_names(place))]
    entries += [
        (place, name._replace(text=named.name, kind=name.kind if place.kind in UNITS else "kindless"), at)
        for place, name, at in entries
        if place.kind not in _KINDLESS and (named := without_kind(name.text))
    ]
    keys = filed_keys_of_all([name.text for _, name, _ in entries], [c_is_j(place, name) for place, name, _ in entries])
    best: dict[str, dict[str, int]] = {place.id: {} for place in places}
    for (place, name, at), each in zip(entries, keys, strict=True):
        ranks = best[place.id]
        rank = TIERS.index(tier(name)) * _POSITIONS + min(at, _POSITIONS - 1)
        ranks.update((key, min(rank, ranks.get(key, rank))) for key in each)
    return (list(best[place.id].items()) for place in places)


def _stem(place: Place, name: Name) -> Name:
    """Return a foreign place's Georgian name without its case ending, which makes it another language's genitive."""
    if place.country == "GE" or name.text[-1:] != NOMINATIVE:
        return name
    return name._replace(text=name.text[:-1])


def c_is_j(place: Place, name: Name) -> bool:
    """Tell whether a name may be in a spelling where c is j and q is g."""
    return place.country in C_IS_J or name.language in _C_IS_J_LANGUAGES


def tier(name: Name) -> str:
    """Return how official a name is."""
    return name.kind if name.kind in TIERS else "other"


_KINDLESS = frozenset({*SETTLEMENTS, "country"})
"""Kinds that are not filed without their word."""
_POSITIONS = 4096
"""More names than any place of GeoNames has."""
KINDLESS_FROM = TIERS.index("kindless") * _POSITIONS
"""The first rank of a name without its word for a kind."""


class Bearer(NamedTuple):
    """A place that bears a key, the rank of its best name for it, and how far it lies from a context."""

    place: Place
    rank: int
    away_km: float | None = None

    @property
    def tier(self) -> str:
        """How official the name is, one of TIERS."""
        return TIERS[self.rank // _POSITIONS]

    @property
    def name(self) -> Name:
        """The name that the place bears."""
        at = self.rank % _POSITIONS
        return self.place.names[at - 1] if at else Name(self.place.name, "", "own")

    @property
    def people(self) -> int:
        """The population; 0 where it is unknown."""
        return self.place.population or 0

    @property
    def order(self) -> tuple[int, float, int, str]:
        """The rank among candidates: official names first, then distance from the context, population and id."""
        return (self.rank // _POSITIONS, self.away_km or 0.0, -self.people, self.place.id)
