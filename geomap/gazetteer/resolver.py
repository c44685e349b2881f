"""Answer one name: as written, read otherwise, qualified, as an expression around names, and last as misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from geomap.gazetteer.candidates import Query, Reading, Unit, away_km, candidates
from geomap.gazetteer.filing import Bearer, borne_names
from geomap.gazetteer.fuzzy import respellings
from geomap.gazetteer.ranking import UNKNOWN, SideOf, decide, decide_misspelt, describe, suggest
from geomap.gazetteer.readers.atlas import country_code
from geomap.gazetteer.readings import qualified, readings
from geomap.gazetteer.store import Store
from geomap.gazetteer.words.expressions import Expression, geometry, parse
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS
from geomap.gazetteer.words.names import query_keys, query_keys_of_all, rival_keys, skeleton
from geomap.gazetteer.words.nonplaces import what_is, words
from geomap.types import LonLat, Match, Place

STRETCH_KM = 300.0
"""Longest stretch that a bare "X-Y" is read as: a convention."""
RIVAL_SPELLING = 0.91
"""Trust in a name found only by a spelling that some writers use (see geomap.gazetteer.words.names.rival_keys); of such
answers 96 % were right with a country ..."""
RIVAL_ANYWHERE = 0.75
"""... and 80 % without one, which is too few to place a name."""

SHORTEST_RIVAL = 5
"""Letters of the shortest key that is looked up in such a spelling: shorter ones meet too many words."""


@dataclass(frozen=True)
class Resolver:
    """What answers names from an index."""

    store: Store

    def answer(self, query: Query, keys: tuple[str, ...], side_of: SideOf | None) -> Match:
        """Answer a query whose `query_keys` are at hand."""
        if match := self._as_written(query, keys, side_of):
            return match
        ways = (self._reread, self._qualified, self._expressed)
        doubtful: Match | None = None
        for match in filter(None, (way(query, side_of) for way in ways)):
            if match.status != "unknown":
                return match
            doubtful = doubtful or match
        return doubtful or self._misspelt(query, keys, side_of)

    def _as_written(self, query: Query, keys: tuple[str, ...], side_of: SideOf | None) -> Match | None:
        """Answer a name that some place bears, or a word that names none."""
        reading = Reading(query.name)
        found = candidates(self._bearers(keys), reading, query)
        if _may_be_no_place(keys) and (what := what_is(query.name)) and not _is_code(query.name, found):
            return _no_place(query, what, found)
        return decide(query, reading, found, side_of) if found else None

    def rivals(self, keys: Iterable[tuple[str, ...]], scope: frozenset[str | None]) -> Iterator[tuple[float, float]]:
        """Yield the positions of all places that share a key with another one in scope, whose sides will be asked."""
        for each in keys:
            found = self._bearers(each)
            if len(found) > 1:
                yield from ((place.lon, place.lat) for place, *_ in found if not scope or place.country in scope)

    def _reread(self, query: Query, side_of: SideOf | None) -> Match | None:
        """Answer by the first other reading of the name that a place bears."""
        others = list(readings(query.name))
        keys = query_keys_of_all([reading.name for reading in others])
        rivals = [key for key in rival_keys(query.name) if len(key) >= SHORTEST_RIVAL]
        self.store.prepare(chain(rivals, *keys))
        for reading, each in zip(others, keys, strict=True):
            if found := candidates(self._bearers(each), reading, query):
                return decide(query, reading, found, side_of)
        trust = RIVAL_SPELLING if query.scope else RIVAL_ANYWHERE
        reading = Reading(query.name, (), "; in a spelling that some writers use", "folded", trust)
        found = candidates(self._bearers(rivals), reading, query)
        return decide(query, reading, found, side_of) if found else None

    def _qualified(self, query: Query, side_of: SideOf | None) -> Match | None:
        """Answer "Goris, Armenia", "Sotk (Gegharkunik)" or "Berdzor (Lachin)" by what stands behind the name."""
        parts = qualified(query.name)
        narrowed = query._replace(name=parts[0]) if parts else None
        for part in parts[1:]:
            narrowed = narrowed and self._narrowed(narrowed, part)
        if narrowed is not None:
            match = self.named(narrowed, side_of)
            return None if match.status == "unknown" else match._replace(query=query.name)
        return self._of_both(query, parts, side_of) if len(parts) == 2 else None

    def _narrowed(self, query: Query, part: str) -> Query | None:
        """Narrow a query to the country or the unit that a part names; None where it names neither, or one outside."""
        code = country_code(part)
        if code:
            narrowed = query._replace(scope=frozenset((code, None)), lands=self.lands(code))
            return narrowed if not query.scope or code in query.scope else None
        unit = self.unit(part, query.scope)
        return query._replace(unit=unit) if unit.known else None

    def _of_both(self, query: Query, parts: Sequence[str], side_of: SideOf | None) -> Match | None:
        """Answer two names of one place, "Berdzor (Lachin)"."""
        first, second = (self._bearers(query_keys(part)) for part in parts)
        both = [each for each in first if any(each.place.id == other.place.id for other in second)]
        reading = Reading(parts[0])
        found = candidates(both, reading, query)
        return decide(query, reading, found, side_of) if found else None

    def _expressed(self, query: Query, side_of: SideOf | None) -> Match | None:
        """Answer words around one or two names, by the first reading all of whose names are known."""
        expression = parse(query.name)
        if expression is None:
            return None
        for anchors in expression.readings:
            matches = [self.named(query._replace(name=name), side_of) for name in anchors]
            if all(match.status != "unknown" for match in matches) and not (expression.unmarked and _far(matches)):
                return _relate(query, expression, self._together(query, matches, side_of))
        return None

    def named(self, query: Query, side_of: SideOf | None) -> Match:
        """Answer a name inside an expression: as a name, never as misspelt and never as another expression."""
        match = self._as_written(query, query_keys(query.name), side_of)
        return match or self._reread(query, side_of) or self._qualified(query, side_of) or _unknown(query)

    def _together(self, query: Query, matches: Sequence[Match], side_of: SideOf | None) -> list[Match]:
        """Answer the ambiguous one of two names once more with the other for its context."""
        known = tuple(LonLat(match.place.lon, match.place.lat) for match in matches if match.place)
        if not known:
            return list(matches)
        return [
            match if match.place else self.named(query._replace(name=match.query, near=known), side_of)
            for match in matches
        ]

    def _misspelt(self, query: Query, keys: tuple[str, ...], side_of: SideOf | None) -> Match:
        """Answer by the nearest spelling within the countries that are given; without any, only suggest."""
        hits = [hit for key in keys for hit in respellings(key, self.store)]
        self.store.prepare(hit.key for hit in hits)
        found = [(hit.edits, bearer) for hit in hits for bearer in self.store.bearers(hit.key)]
        if found:
            return decide_misspelt(query, found, side_of)
        bones = skeleton(query.name)
        alike = candidates(self.store.bearers(bones), Reading(query.name), query) if bones else []
        return suggest(query, alike, "the same consonants as in") if alike else _unknown(query)

    def _bearers(self, keys: Iterable[str]) -> list[Bearer]:
        found = [self.store.bearers(key) for key in keys]
        return found[0] if len(found) == 1 else [bearer for bearers in found for bearer in bearers]

    def lands(self, *codes: str) -> tuple[Place, ...]:
        """Return the countries with these ISO codes, where the index holds them."""
        return tuple(land for code in codes for land in self.store.lands(code))

    def unit(self, text: str, scope: frozenset[str | None]) -> Unit:
        """Return the unit that a row names, with the keys of every name of the units that bear it."""
        names = [text, *(reading.name for reading in readings(text))]
        bearers = [bearer.place for name in names for bearer in self._bearers(query_keys(name))]
        units = [place for place in bearers if place.kind in UNITS and (not scope or place.country in scope)]
        spelt = [*names, *(name.text for unit in units for name in borne_names(unit))]
        return Unit(text, frozenset(key for keys in query_keys_of_all(spelt) for key in keys), bool(units))


def _is_code(name: str, found: Sequence[Bearer]) -> bool:
    """Tell whether capitals make a country's code of what is a word in small letters: US, and not us."""
    return name.isupper() and len(name) <= 3 and any(each.place.kind == "country" for each in found)


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


def _unknown(query: Query) -> Match:
    return Match(query.name, None, 0.0, "none", UNKNOWN, "unknown")


def _no_place(query: Query, what: str, found: Sequence[Bearer]) -> Match:
    """Leave a word that names no place unplaced, whatever places bear it."""
    why = f"the word names no place ({what})"
    if found:
        why += f"; pin it where it means {describe(found[0].place)}"
    return Match(query.name, None, 0.0, "no_place", why, "unknown", tuple(each.place for each in found))


def _relate(query: Query, expression: Expression, matches: Sequence[Match]) -> Match:
    """Return the answer to words around one or two names whose own answers are given."""
    doubt = next((match for match in matches if match.place is None), None)
    if doubt:
        why = f"{doubt.query!r} in {expression.words!r}: {doubt.why}"
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
