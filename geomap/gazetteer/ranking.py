"""Rank the places that a name may mean, and decide: one place, several, or none. Never a guess.

The rules, in order. A bare name means a settlement when one bears it, and a country when one bears it in its own right.
What the row says about the place narrows the candidates: its country, its first-level unit. Candidates on different
sides of a line are ambiguous whatever else speaks for them. Else an official name goes before a place's other names,
and among equals only a clear context (`near`) or an overwhelming difference in population decides. Last, an answer
whose score stands below BAR is not given: the name stays unplaced with its candidates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from geomap.gazetteer.filing import TIERS, name_of, tier_of
from geomap.gazetteer.store import Bearer
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS
from geomap.gazetteer.words.names import query_keys, tidy
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
OUTGROWN = 2
"""An official name yields to nobody, unless a place with over twice the people bears it as another name."""
BAR = 0.8
"""Least score of an answer; below it the name is left unplaced with its candidates."""
_EARTH_KM = 6371.0


class Unit(NamedTuple):
    """A first-level unit that a row names: its text, the keys of its names, whether the gazetteer knows such a unit."""

    text: str
    keys: frozenset[str]
    known: bool


class Query(NamedTuple):
    """A name with what its row says about it: ISO codes of countries, positions nearby, the first-level unit."""

    name: str
    countries: frozenset[str] = frozenset()
    near: tuple[LonLat, ...] = ()
    unit: Unit | None = None


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


class Candidate(NamedTuple):
    """A place that bears the name, the rank of its best name for it, and how far the place lies from the context."""

    place: Place
    rank: int
    away_km: float | None = None

    @property
    def tier(self) -> str:
        """How official the name is: own, other or historic."""
        return tier_of(self.rank)

    @property
    def people(self) -> int:
        """The population; 0 where it is unknown."""
        return self.place.population or 0

    @property
    def order(self) -> tuple[str, float, int, str]:
        """The rank: official names first, then distance from the context, population and id."""
        return (_TIER_ORDER[self.tier], self.away_km or 0.0, -self.people, self.place.id)


_by_order = attrgetter("order")
_TIER_ORDER = {tier: str(at) for at, tier in enumerate(TIERS)}


def candidates(found: Sequence[Bearer], reading: Reading, query: Query) -> list[Candidate]:
    """Return the bearers that the query's countries and the reading's kinds allow, each once, in order of rank."""
    if query.countries:
        scope = query.countries | {None}
        found = [each for each in found if each.place.country in scope]
    if reading.kinds:
        found = [each for each in found if each.place.kind in reading.kinds]
    if len(found) < 2:
        return [Candidate(*each, _away(each.place, query.near)) for each in found]
    fitting = found if reading.kinds else bare(found)
    return _once(sorted((Candidate(*each, _away(each.place, query.near)) for each in fitting), key=_by_order))


def _once(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return each place once, by its best name; a second record of the same place in another source counts as it."""
    kept: list[Candidate] = []
    for each in ranked:
        if not any(_same(each.place, other.place) for other in kept):
            kept.append(each)
    return kept


SAME_KM = 2.0
"""Settlements of one name, country and neighbourhood are one: GeoNames' and other sources' centres of one village
differ by so much (see data/gazetteer/curated/SOURCE.toml). Areas are one when each holds the other's centre."""


def _same(one: Place, other: Place) -> bool:
    if one.id == other.id:
        return True
    settled = one.kind in SETTLEMENTS
    if one.country != other.country or settled != (other.kind in SETTLEMENTS) or abs(one.lat - other.lat) > 1:
        return False
    if not settled and one.kind != other.kind:
        return False
    away = away_km(one, LonLat(other.lon, other.lat))
    return away <= (SAME_KM if settled else min(one.radius_km, other.radius_km))


def bare(found: Sequence[Bearer]) -> list[Bearer]:
    """Return what a bare name may mean.

    A country that bears the name in its own right goes before all else in it, and before settlements anywhere. Then
    settlements are meant when there are any, with the units named alike whose seat is elsewhere: "Lachin" means the
    town that Lachin district is run from; a village that shares its name with a province run from another town leaves
    both open. Lakes, mines and the like are meant only where neither bears the name.
    """
    countries = {each.place.country for each in found if each.place.kind == "country" and tier_of(each.rank) == "own"}
    units = [each for each in found if each.place.kind in UNITS]
    if countries:
        return [each for each in units if each.place.kind == "country" or each.place.country not in countries]
    settled = [each for each in found if each.place.kind in SETTLEMENTS]
    if not settled:
        return units or list(found)
    seats = [each.place for each in settled]
    return settled + [each for each in units if _run_from_elsewhere(each.place, seats)]


def _run_from_elsewhere(unit: Place, settled: Sequence[Place]) -> bool:
    """Tell whether a unit is run from none of the settlements; where its seat is unknown, one in its middle counts.

    A city's unit may reach far on one side ("Moscow", "New York"), so a large city counts within twice the radius.
    """
    if unit.seat is not None:
        return all(place.id != unit.seat for place in settled)
    return not any(
        away_km(unit, LonLat(place.lon, place.lat))
        <= unit.radius_km * (2 if (place.population or 0) >= DOMINANT_FROM else 1)
        for place in settled
        if place.country == unit.country
    )


def _away(place: Place, near: Sequence[LonLat]) -> float | None:
    return min(away_km(place, point) for point in near) if near else None


def away_km(place: Place, point: LonLat) -> float:
    """Return a distance on a sphere, in km; good enough to rank by."""
    lon, lat, here_lon, here_lat = map(math.radians, (place.lon, place.lat, *point))
    across = math.cos(lat) * math.cos(here_lat) * math.sin((lon - here_lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(math.sin((lat - here_lat) / 2) ** 2 + across))


def decide(query: Query, reading: Reading, found: Sequence[Candidate], side_of: SideOf | None = None) -> Match:
    """Return the Match for the candidates of one query, in order of rank; there must be at least one."""
    ranked, of_unit = _of_unit(found, query.unit) if query.unit else (found, _AGREED)
    if len(ranked) == 1:
        return _answer(query, reading, ranked, (ranked[0], _AGREED), of_unit)
    apart = len({_side(each.place, side_of) for each in ranked} - {None}) > 1
    if apart and side_of:
        return _ambiguous(query, ranked, "on different sides of the line")
    clear = _largest(ranked) if apart else _clear(ranked)
    if clear is None:
        return _ambiguous(query, ranked, "in different countries" if apart else "with nothing to tell them apart")
    return _answer(query, reading, ranked, clear, of_unit)


def _answer(
    query: Query, reading: Reading, ranked: Sequence[Candidate], clear: tuple[Candidate, Ground], of_unit: Ground
) -> Match:
    """Return the answer that one candidate won, or leave the name open where what speaks for it is too weak."""
    winner, by = clear
    tier = winner.tier
    borne, method = borne_as(winner, reading.name)
    score = round(_TRUST[tier, method] * reading.trust * of_unit.trust * by.trust, 2)
    spelling = f"another spelling of {borne}, " if method == "folded" else ""
    why = f"{spelling}{_TIER_WORDS[tier]} of {describe(winner.place)}{reading.note}{of_unit.words}{by.words}"
    rivals = tuple([each.place for each in ranked if each is not winner]) if len(ranked) > 1 else ()
    if score < BAR:
        return Match(query.name, None, score, "none", f"not sure enough: {why}", "ambiguous", (winner.place, *rivals))
    return Match(query.name, winner.place, score, reading.method or method, why, "placed", rivals)


def decide_misspelt(query: Query, found: Sequence[tuple[int, Bearer]], side_of: SideOf | None = None) -> Match:
    """Return the Match for the bearers of similar names, each with the number of letters that differ.

    The nearest are meant, if one place alone is, the name begins alike and its country is given: people seldom mistake
    the first letter (7.8 % of errors in Pollock and Zamora 1984, DOI 10.1145/358027.358048). Otherwise the name stays
    unknown, with suggestions.
    """
    scope = query.countries
    for edits in sorted({edits for edits, _ in found}):
        near = [bearer for each, bearer in found if each == edits and (not scope or bearer.place.country in scope)]
        if ranked := candidates(near, Reading(query.name), query):
            return _respelt(query, ranked, edits, side_of)
    return Match(query.name, None, 0.0, "none", UNKNOWN, "unknown")


def _respelt(query: Query, ranked: Sequence[Candidate], edits: int, side_of: SideOf | None) -> Match:
    letters = "1 letter differs" if edits == 1 else f"{edits} letters differ"
    if len(ranked) == 1 and query.countries and _alike(query.name, name_of(*ranked[0][:2]).text):
        reading = Reading(query.name, (), f"; {letters}: check the spelling", "fuzzy", _MISSPELT[edits])
        return decide(query, reading, ranked, side_of)
    return suggest(query, ranked, f"{letters} from")


def suggest(query: Query, ranked: Sequence[Candidate], how: str) -> Match:
    """Leave a name unknown and name the places that may be meant."""
    places = tuple(each.place for each in ranked)
    why = f"{UNKNOWN}; {how} {'; '.join(map(describe, places[:_NAMED]))}"
    return Match(query.name, None, 0.0, "none", why, "unknown", places)


def _alike(written: str, name: str) -> bool:
    return [key[:1] for key in query_keys(written)[:1]] == [key[:1] for key in query_keys(name)[:1]]


UNKNOWN = "no place of the gazetteer bears this name"
_MISSPELT = {1: 0.9, 2: 0.85}


class Ground(NamedTuple):
    """What speaks for or against an answer: a clause for the reader, and the share of right answers with it."""

    words: str = ""
    trust: float = 1.0


_TRUST = {
    ("own", "exact"): 0.99, ("own", "alias"): 0.99, ("own", "folded"): 0.97,
    ("other", "exact"): 0.97, ("other", "alias"): 0.97, ("other", "folded"): 0.95,
    ("historic", "exact"): 0.95, ("historic", "alias"): 0.95, ("historic", "folded"): 0.93,
}  # fmt: skip
_AGREED = Ground()
_BY_NAME = Ground("; others bear it only as another name", 0.97)
_BY_CONTEXT = Ground("; the others of this name are far from the context", 0.97)
_BY_PEOPLE = Ground(f"; it has over {DOMINANCE} times the people of any other of this name", 0.97)


def _of_unit(found: Sequence[Candidate], unit: Unit) -> tuple[Sequence[Candidate], Ground]:
    """Keep the candidates of the unit that the row names; where none lies in it, doubt them all."""
    inside = [each for each in found if each.place.admin1 and not unit.keys.isdisjoint(query_keys(each.place.admin1))]
    if inside:
        return inside, Ground(f"; in {unit.text}, as the row says") if len(inside) < len(found) else _AGREED
    elsewhere = unit.known and all(each.place.admin1 and each.place.kind not in UNITS for each in found)
    return found, Ground(f"; but the row says {unit.text}", 0.5) if elsewhere else _AGREED


def _side(place: Place, side_of: SideOf | None) -> str | None:
    """Return the ISO code of the side that a place lies on; a place away from the line or across it is on none.

    Where no line is loaded, or the line cannot tell (uncertain, enclave), the recognised country does.
    """
    side = side_of(place.lon, place.lat) if side_of else None
    if side in {"outside", "straddles"}:
        return None
    return side if side and len(side) == 2 else place.country


def _clear(ranked: Sequence[Candidate]) -> tuple[Candidate, Ground] | None:
    """Return the one candidate that the rules single out and why, or None."""
    first = ranked[0]
    equals = [each for each in ranked if (each.tier == "own") == (first.tier == "own")]
    if len(equals) == 1:
        return None if any(each.people > OUTGROWN * first.people for each in ranked) else (first, _BY_NAME)
    closest = min(equals, key=lambda each: each.away_km or 0.0)
    if _clearly_nearer(closest, [each for each in equals if each is not closest]):
        return closest, _BY_CONTEXT
    return _largest(equals)


def _largest(equals: Sequence[Candidate]) -> tuple[Candidate, Ground] | None:
    """Return the candidate with overwhelmingly more people than all others, if its official name is meant."""
    largest = max(equals, key=lambda each: each.people)
    if largest.tier == "own" and _dominates(largest, [each for each in equals if each is not largest]):
        return largest, _BY_PEOPLE
    return None


def _clearly_nearer(closest: Candidate, others: Sequence[Candidate]) -> bool:
    if closest.away_km is None or closest.away_km > NEAR_KM:
        return False
    return all((each.away_km or 0.0) >= NEAR_TIMES * max(closest.away_km, 1.0) for each in others)


def _dominates(largest: Candidate, others: Sequence[Candidate]) -> bool:
    people = largest.people
    return people >= DOMINANT_FROM and all(each.people and people >= DOMINANCE * each.people for each in others)


def _ambiguous(query: Query, ranked: Sequence[Candidate], how: str) -> Match:
    places = tuple(each.place for each in ranked)
    why = f"{len(places)} places bear this name, {how}: {'; '.join(map(describe, places[:_NAMED]))}"
    if len(places) > _NAMED:
        why += f"; and {len(places) - _NAMED} more"
    return Match(query.name, None, 0.0, "none", why, "ambiguous", places)


_NAMED = 10
"""So many candidates are named in words; `rivals` holds them all."""


def borne_as(each: Candidate, written: str) -> tuple[str, str]:
    """Return the name of the candidate that a written name stands for, and how: exact (official), alias or folded."""
    name = name_of(each.place, each.rank)
    if name.text != written:
        name = next((other for other in each.place.names if other.text == written), name)
        if name.text != written and tidy(name.text) != tidy(written):
            return name.text, "folded"
    return name.text, "exact" if name.kind == "own" else "alias"


_TIER_WORDS = {"own": "official name", "other": "another name", "historic": "a former name"}


def describe(place: Place) -> str:
    """Return a place in words that tell it from its namesakes: "Sotk (village, Gegharkunik, AM)"."""
    where = f"{place.kind}, {place.admin1}" if place.admin1 else place.kind
    return f"{place.name} ({where}, {place.country})" if place.country else f"{place.name} ({where})"
