"""Rank the places that a name may mean, and decide: one place, several, or none. Never a guess.

The rules, in order. A name that says its kind ("Lake Sevan", "Lachin district") means a place of that kind; a bare name
means a settlement when one bears it. Candidates on different sides of a line are ambiguous whatever their scores. Else
an official name goes before a place's other names, and among equals only a clear context (`near`) or an overwhelming
difference in population decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from geomap.gazetteer.kinds import SETTLEMENTS, UNITS, without_kind
from geomap.gazetteer.names import keys_of_all, tidy
from geomap.types import LonLat, Match, Place

SideOf = Callable[[float, float], str | None]

NEAR_KM = 25.0
"""Context decides when the nearest candidate is within this distance of it ..."""
NEAR_TIMES = 4.0
"""... and every other one is at least this many times as far."""
DOMINANCE = 100
"""A settlement is what its name means when it has this many times the people of every other bearer ..."""
DOMINANT_FROM = 50_000
"""... and at least so many. Vardenis (12,651) does not outweigh its namesake (527)."""

_SCORES = {
    ("own", "exact"): 1.0, ("own", "folded"): 0.95,
    ("other", "exact"): 0.85, ("other", "folded"): 0.8,
    ("historic", "exact"): 0.75, ("historic", "folded"): 0.7,
}  # fmt: skip
_EARTH_KM = 6371.0


class Filed(NamedTuple):
    """A name of a place under one of its keys; `tier` is own for every name that reads like an official one."""

    place: Place
    name: str
    kind: str
    tier: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears the queried name: by which of its names, how closely, and how far from the context."""

    place: Place
    borne: str
    tier: str
    method: str
    score: float
    away_km: float | None = None

    @property
    def order(self) -> tuple[float, float, int, str]:
        """The rank: score, then distance from the context, then population, then id."""
        return (-self.score, self.away_km or 0.0, -(self.place.population or 0), self.place.id)


def borne_names(place: Place) -> list[tuple[str, str]]:
    """Return every name of a place with its kind; an area is also borne by its name without "lake" or "district"."""
    names = [(place.name, "own"), *((name, kind) for name, _, kind in place.names)]
    if place.kind in SETTLEMENTS:
        return names
    return names + [(named.name, kind) for name, kind in names if (named := without_kind(name))]


def file_names(places: Sequence[Place]) -> dict[str, list[Filed]]:
    """Return the names of all places under each of their keys."""
    names = [borne_names(place) for place in places]
    found = iter(keys_of_all([name for borne in names for name, _ in borne]))
    filed: dict[str, list[Filed]] = {}
    for place, borne in zip(places, names, strict=True):
        keyed = list(zip(borne, islice(found, len(borne)), strict=True))
        own = {key for (_, kind), keys in keyed if kind == "own" for key in keys}
        for (name, kind), keys in keyed:
            for key in keys:
                filed.setdefault(key, []).append(Filed(place, name, kind, _tier(kind, key, own)))
    return filed


def _tier(kind: str, key: str, own: Container[str]) -> str:
    if key in own:
        return "own"
    return "historic" if kind == "historic" else "other"


def candidates(found: Iterable[Filed], query: str, near: LonLat | None) -> list[Candidate]:
    """Return each place once, by the best of its names that were found for the query."""
    written = tidy(query)
    best: dict[str, Candidate] = {}
    for filed in found:
        each = _candidate(filed, near, exact=tidy(filed.name) == written)
        if filed.place.id not in best or each.score > best[filed.place.id].score:
            best[filed.place.id] = each
    return list(best.values())


def _candidate(filed: Filed, near: LonLat | None, *, exact: bool) -> Candidate:
    place, name, kind, tier = filed
    method = ("exact" if kind == "own" else "alias") if exact else "folded"
    return Candidate(place, name, tier, method, _SCORES[tier, "exact" if exact else "folded"], _away(place, near))


def _away(place: Place, near: LonLat | None) -> float | None:
    """Return the distance to the context on a sphere, in km; good enough to rank by."""
    if near is None:
        return None
    lon, lat, here_lon, here_lat = map(math.radians, (place.lon, place.lat, *near))
    across = math.cos(lat) * math.cos(here_lat) * math.sin((lon - here_lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(math.sin((lat - here_lat) / 2) ** 2 + across))


def decide(query: str, found: Sequence[Candidate], side_of: SideOf | None) -> Match:
    """Return the Match for the candidates of one query, ranked; () gives an unknown name."""
    ranked = sorted(found, key=lambda each: each.order)
    if not ranked:
        return Match(query, None, 0.0, "none", "no place of the gazetteer bears this name", "unknown")
    if len({_side(each.place, side_of) for each in ranked} - {None}) > 1:
        return _ambiguous(query, ranked, "on different sides of the line" if side_of else "in different countries")
    winner, reason = _clear(ranked)
    if winner is None:
        return _ambiguous(query, ranked, "with nothing to tell them apart")
    rivals = tuple(each.place for each in ranked if each is not winner)
    return Match(query, winner.place, winner.score, winner.method, _why(winner) + reason, "placed", rivals)


def _side(place: Place, side_of: SideOf | None) -> str | None:
    """Return the ISO code of the side that a place lies on; a place away from the line or across it is on none.

    Where the line cannot tell (uncertain, enclave) the recognised country does.
    """
    side = side_of(place.lon, place.lat) if side_of else place.country
    if side in {"outside", "straddles"}:
        return None
    return side if side and len(side) == 2 else place.country


def _clear(ranked: Sequence[Candidate]) -> tuple[Candidate | None, str]:
    """Return the one candidate that the rules single out and the reason, or None."""
    first = ranked[0]
    equals = [each for each in ranked[1:] if (each.tier == "own") == (first.tier == "own")]
    if not equals:
        return first, "" if len(ranked) == 1 else "; others bear it only as another name"
    closest = min((first, *equals), key=lambda each: each.away_km or 0.0)
    if _clearly_nearer(closest, [each for each in (first, *equals) if each is not closest]):
        return closest, "; the others of this name are far from the context"
    largest = max((first, *equals), key=lambda each: each.place.population or 0)
    if first.tier == "own" and _dominates(largest, [each for each in (first, *equals) if each is not largest]):
        return largest, f"; it has over {DOMINANCE} times the people of any other of this name"
    return None, ""


def _clearly_nearer(closest: Candidate, others: Sequence[Candidate]) -> bool:
    if closest.away_km is None or closest.away_km > NEAR_KM:
        return False
    return all((each.away_km or 0.0) >= NEAR_TIMES * max(closest.away_km, 1.0) for each in others)


def _dominates(largest: Candidate, others: Sequence[Candidate]) -> bool:
    people = largest.place.population or 0
    return people >= DOMINANT_FROM and all(
        each.place.population and people >= DOMINANCE * each.place.population for each in others
    )


def _ambiguous(query: str, ranked: Sequence[Candidate], how: str) -> Match:
    places = tuple(each.place for each in ranked)
    why = f"{len(places)} places bear this name, {how}: {'; '.join(map(describe, places))}"
    return Match(query, None, ranked[0].score, "none", why, "ambiguous", places)


def _why(each: Candidate) -> str:
    if each.method == "exact":
        return f"official name of {describe(each.place)}"
    if each.method == "alias":
        return f"{_TIER_WORDS[each.tier]} of {describe(each.place)}"
    return f"another spelling of {each.borne}, {_TIER_WORDS[each.tier]} of {describe(each.place)}"


_TIER_WORDS = {"own": "the official name", "other": "another name", "historic": "a former name"}


def describe(place: Place) -> str:
    """Return a place in words that tell it from its namesakes: "Sotk (village, Gegharkunik, AM)"."""
    return f"{place.name} ({', '.join(filter(None, (place.kind, place.admin1, place.country)))})"


def bare(found: Sequence[Filed]) -> list[Filed]:
    """Return what a bare name may mean: settlements when there are any, with units named alike whose seat is elsewhere.

    "Lachin" means the town that Lachin district is run from; a village that shares its name with a province run from
    another town leaves both open.
    """
    seats = {filed.place.id for filed in found if filed.place.kind in SETTLEMENTS}
    if not seats:
        return list(found)
    return [filed for filed in found if filed.place.id in seats or _run_from_elsewhere(filed.place, seats)]


def _run_from_elsewhere(place: Place, seats: Container[str]) -> bool:
    return place.kind in UNITS and place.seat is not None and place.seat not in seats
