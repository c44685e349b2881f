"""Rank the places that a name may mean, and decide: one place, several, or none. Never a guess.

The rules, in order. A bare name means a settlement when one bears it, and a country when one bears it in its own right.
What the row says about the place narrows the candidates: its country, its first-level unit. Candidates on different
sides of a line are ambiguous whatever else speaks for them. Else an official name goes before a place's other names,
unless more people live where it is another name, and among equals only a clear context (`near`) or an overwhelming
difference in population decides. Last, an answer whose score stands below BAR is not given: the name stays unplaced
with its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from geomap.gazetteer.candidates import DOMINANT_FROM, Query, Reading, Unit, candidates
from geomap.gazetteer.filing import Bearer
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS, without_kind
from geomap.gazetteer.words.names import query_keys, query_keys_of_all, script, tidy
from geomap.types import Match, Place

SideOf = Callable[[float, float], str | None]

NEAR_KM = 25.0
"""Context decides when the nearest candidate is within this distance of it ..."""
NEAR_TIMES = 4.0
"""... and every other one is at least this many times as far."""
DOMINANCE = 100
"""A settlement of DOMINANT_FROM people is what its name means when every other bearer has so many times fewer."""
DWARFED = 20
"""An official name is near certain where every place that bears it as another name has so many times fewer people."""
LARGE_FROM = 10_000
"""People from which a settlement is believed in a country that the gazetteer does not cover to the village."""
BAR = 0.8
"""Least score of an answer; below it the name is left unplaced with its candidates."""


def decide(query: Query, reading: Reading, found: Sequence[Bearer], side_of: SideOf | None = None) -> Match:
    """Return the Match for the candidates of one query, in order of rank; there must be at least one."""
    ranked, of_unit = _of_unit(found, query.unit) if query.unit else (found, _AGREED)
    if len(ranked) == 1:
        return _answer(query, reading, ranked, (ranked[0], _AGREED), of_unit)
    apart = len({side_on(each.place, side_of) for each in ranked} - {None}) > 1
    if apart and side_of:
        return _ambiguous(query, ranked, f"on different sides of a border{of_unit.words}")
    clear = _largest(ranked) if apart else _clear(ranked)
    if clear is None:
        how = "in different countries" if apart else "with nothing to tell them apart"
        return _ambiguous(query, ranked, f"{how}{of_unit.words}")
    return _answer(query, reading, ranked, clear, of_unit)


def _answer(
    query: Query, reading: Reading, ranked: Sequence[Bearer], clear: tuple[Bearer, Ground], of_unit: Ground
) -> Match:
    """Return the answer that one candidate won, or leave the name open where what speaks for it is too weak."""
    winner, by = clear
    tier = winner.tier
    if not reading.kinds and _is_minor(winner.place, query):
        return suggest(query, ranked, f"{_MINOR}:")
    borne, method = borne_as(winner, reading.name)
    if doubt := _doubt(query, reading, winner, borne, method):
        return suggest(query, ranked, f"{doubt}:")
    score = round(_TRUST[tier, method] * reading.trust * of_unit.trust * by.trust, 2)
    spelling = f"another spelling of {_spelling(winner, borne, reading.name)}, " if method == "folded" else ""
    why = f"{spelling}{_TIER_WORDS[tier]} of {describe(winner.place)}{reading.note}{of_unit.words}{by.words}"
    rivals = tuple([each.place for each in ranked if each is not winner]) if len(ranked) > 1 else ()
    if score < BAR:
        return Match(query.name, None, score, "none", f"not sure enough: {why}", "ambiguous", (winner.place, *rivals))
    return Match(query.name, winner.place, score, reading.method or method, why, "placed", rivals)


def _doubt(query: Query, reading: Reading, winner: Bearer, borne: str, method: str) -> str:
    """Say why a name that is not borne as written may be another word altogether; "" where nothing speaks for it."""
    name = reading.name
    if method != "folded" and not reading.method:
        return "abbreviated, it may mean" if borne.isupper() and len(borne) < 5 and not name.isupper() else ""
    if reading.method and winner.place.country not in query.covered:
        return _MINOR
    if query.name.islower() and not _GEORGIAN.search(query.name):
        return "written without a capital, it may mean"
    return "so short a name may mean" if len(name) < _SHORT else ""


_MINOR = "where this gazetteer has large places alone, it may mean"


def _is_minor(place: Place, query: Query) -> bool:
    """Tell whether a place stands out among its namesakes only because the gazetteer lacks those of its country.

    So do villages, and lakes and mountains that settlements may be named like.
    """
    if place.country is None:
        return bool(query.lands) and not query.scope - {None} <= query.covered and without_kind(query.name) is None
    return place.kind in SETTLEMENTS and place.country not in query.covered and (place.population or 0) < LARGE_FROM


_GEORGIAN = re.compile("[\u10d0-\u10ff]")
_SHORT = 3


def decide_misspelt(query: Query, found: Sequence[tuple[int, Bearer]], side_of: SideOf | None = None) -> Match:
    """Return the Match for the bearers of similar names, each with the number of letters that differ.

    The nearest are meant, if one settlement alone is, by a name that is more than a variant of an unknown language, the
    name begins alike, and countries are given that the gazetteer covers to the village: elsewhere the right place may
    be missing from it. People seldom mistake the first letter (7.8 % of errors in Pollock and Zamora 1984, DOI
    10.1145/358027.358048). Otherwise the name stays unknown, with suggestions.
    """
    scope = query.scope - {None}
    for edits in sorted({edits for edits, _ in found}):
        near = [bearer for each, bearer in found if each == edits and (not scope or bearer.place.country in scope)]
        if ranked := candidates(near, Reading(query.name), query):
            return _respelt(query, ranked, edits, side_of)
    return Match(query.name, None, 0.0, "none", UNKNOWN, "unknown")


def _respelt(query: Query, ranked: Sequence[Bearer], edits: int, side_of: SideOf | None) -> Match:
    letters = "1 letter differs" if edits == 1 else f"{edits} letters differ"
    first, scope = ranked[0], query.scope - {None}
    certain = len(ranked) == 1 and first.place.kind in SETTLEMENTS and first.name.kind != "variant"
    size = len(next(iter(query_keys(query.name)), ""))
    if certain and scope and scope <= query.covered and edits <= allowed(size) and _begin_alike(query, first):
        trust = _MISSPELT_TWICE if edits > 1 else next(trust for least, trust in _MISSPELT if size >= least)
        reading = Reading(query.name, (), f"; {letters}: check the spelling", "fuzzy", trust)
        return decide(query, reading, ranked, side_of)
    return suggest(query, ranked, f"{letters} from")


def suggest(query: Query, ranked: Sequence[Bearer], how: str) -> Match:
    """Leave a name unknown and name the places that may be meant."""
    places = tuple(each.place for each in ranked)
    why = f"{UNKNOWN}; {how} {'; '.join(map(describe, places[:_NAMED]))}"
    return Match(query.name, None, 0.0, "none", why, "unknown", places)


ALLOWED = ((13, 2), (7, 1))
"""Edits with which a name is placed, by least length of its key; shorter ones are only suggested. Of names that are not
in an index, 11 % of 5 letters and 2 % of 13 were a letter from another place's (benchmarks/README.md)."""


def allowed(size: int) -> int:
    """Return with how many edits a key of this length may place a name."""
    return next((edits for least, edits in ALLOWED if size >= least), 0)


def _begin_alike(query: Query, bearer: Bearer) -> bool:
    written, name = query_keys(query.name), query_keys(bearer.name.text)
    return bool(written and name) and written[0][0] == name[0][0]


UNKNOWN = "no place of the gazetteer bears this name"
_MISSPELT = ((13, 0.97), (10, 0.94), (8, 0.91), (0, 0.87))
"""Trust in one typing error by least length of the key ..."""
_MISSPELT_TWICE = 0.9
"""... and in two: judged so that one name in two that is not in the index at all is allowed for (benchmarks/README)."""


class Ground(NamedTuple):
    """What speaks for or against an answer: a clause for the reader, and the share of right answers with it."""

    words: str = ""
    trust: float = 1.0


_TRUST = {
    ("own", "exact"): 0.99, ("own", "alias"): 0.99, ("own", "folded"): 0.97,
    ("other", "exact"): 0.97, ("other", "alias"): 0.97, ("other", "folded"): 0.95,
    ("historic", "exact"): 0.95, ("historic", "alias"): 0.95, ("historic", "folded"): 0.93,
    ("kindless", "exact"): 0.97, ("kindless", "alias"): 0.97, ("kindless", "folded"): 0.95,
}  # fmt: skip
_AGREED = Ground()
_BY_NAME = Ground("; for other places it is only a second name", 0.97)
_BY_NAME_ALONE = _BY_NAME._replace(trust=0.85)
_BY_CONTEXT = Ground("; the others of this name are far from the context", 0.97)
_BY_PEOPLE = Ground(f"; it has over {DOMINANCE} times the people of any other of this name", 0.97)


def _of_unit(found: Sequence[Bearer], unit: Unit) -> tuple[Sequence[Bearer], Ground]:
    """Keep the candidates of the unit that the row names; where none lies in it, doubt them all."""
    inside = [each for each in found if each.place.admin1 and not unit.keys.isdisjoint(query_keys(each.place.admin1))]
    if inside:
        return inside, Ground(f"; in {unit.text}, as the row says") if len(inside) < len(found) else _AGREED
    elsewhere = unit.known and all(each.place.admin1 and each.place.kind not in UNITS for each in found)
    return found, Ground(f"; but the row says {unit.text}", 0.5) if elsewhere else _AGREED


def side_on(place: Place, side_of: SideOf | None) -> str | None:
    """Return the ISO code of the side that a place lies on; a place across the line is on none.

    Where no line is loaded, or the line cannot tell (outside, uncertain, enclave), the recognised country does.
    """
    side = side_of(place.lon, place.lat) if side_of else None
    if side == "straddles":
        return None
    return side if side and len(side) == 2 else place.country


def _clear(ranked: Sequence[Bearer]) -> tuple[Bearer, Ground] | None:
    """Return the one candidate that the rules single out and why, or None."""
    first = ranked[0]
    equals = [each for each in ranked if (each.tier == "own") == (first.tier == "own")]
    if len(equals) == 1:
        outgrown = any(each.people > first.people for each in ranked)
        nearer = any(_clearly_nearer(each, [first]) for each in ranked[1:])
        dwarfed = all(DWARFED * each.people <= first.people for each in ranked[1:]) and first.people
        return None if outgrown or nearer else (first, _BY_NAME if dwarfed else _BY_NAME_ALONE)
    closest = min(equals, key=lambda each: each.away_km or 0.0)
    if _clearly_nearer(closest, [each for each in equals if each is not closest]):
        return closest, _BY_CONTEXT
    return _largest(equals)


def _largest(equals: Sequence[Bearer]) -> tuple[Bearer, Ground] | None:
    """Return the candidate with overwhelmingly more people than all others, if its official name is meant."""
    largest = max(equals, key=lambda each: each.people)
    if largest.tier == "own" and _dominates(largest, [each for each in equals if each is not largest]):
        return largest, _BY_PEOPLE
    return None


def _clearly_nearer(closest: Bearer, others: Sequence[Bearer]) -> bool:
    if closest.away_km is None or closest.away_km > NEAR_KM:
        return False
    return all((each.away_km or 0.0) >= NEAR_TIMES * max(closest.away_km, 1.0) for each in others)


def _dominates(largest: Bearer, others: Sequence[Bearer]) -> bool:
    people = largest.people
    return people >= DOMINANT_FROM and all(each.people and people >= DOMINANCE * each.people for each in others)


def _ambiguous(query: Query, ranked: Sequence[Bearer], how: str) -> Match:
    places = tuple(each.place for each in ranked)
    why = f"{len(places)} places bear this name, {how}: {'; '.join(map(describe, places[:_NAMED]))}"
    if len(places) > _NAMED:
        why += f"; and {len(places) - _NAMED} more"
    return Match(query.name, None, 0.0, "none", why, "ambiguous", places)


_NAMED = 10
"""So many candidates are named in words; `rivals` holds them all."""


def borne_as(each: Bearer, written: str) -> tuple[str, str]:
    """Return the name of the candidate that a written name stands for, and how: exact (official), alias or folded."""
    name = each.name
    if name.text != written and tidy(name.text) != tidy(written):
        same = next((other for other in each.place.names if other.text == written), None)
        if same is None:
            return name.text, "folded"
        name = same
    return name.text, "exact" if name.kind == "own" else "alias"


def _spelling(each: Bearer, borne: str, written: str) -> str:
    """Return a name of the candidate that reads like the written one, in its script where there is one."""
    letters = script(written)
    if script(borne) == letters:
        return borne
    names = [name for name in (each.place.name, *(name.text for name in each.place.names)) if script(name) == letters]
    sought, *keys = map(set, query_keys_of_all([written, *names]))
    return next((name for name, each in zip(names, keys, strict=True) if sought & each), borne)


_TIER_WORDS = {"own": "official name", "other": "another name", "historic": "a former name", "kindless": "the name"}


def describe(place: Place) -> str:
    """Return a place in words that tell it from its namesakes: "Sotk (village, Gegharkunik, AM)"."""
    where = f"{place.kind}, {place.admin1}" if place.admin1 else place.kind
    return f"{place.name} ({where}, {place.country})" if place.country else f"{place.name} ({where})"
