"""Decide what the names of one text mean, all at once: one sense a document, and nothing guessed.

Countries and units are settled first; the rest then has the countries that the text names for its context. In order:
a unit beside the name ("Vardenis, Gegharkunik") decides for every place where the text has the name; different sides of
a loaded line stay open; an overwhelming city is itself; a country that bears the name goes before units; last, the only
bearer in the countries or units that the text names, then in the countries in scope. One sense a discourse: Gale,
Church and Yarowsky 1992 (doi:10.3115/1075527.1075579).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.gazetteer.prose.weights import (
    dominates,
    is_large,
    is_small,
    is_world_city,
    km_between,
    lies_in,
    named_for,
    people,
    sides,
    unit_keys,
)
from geomap.gazetteer.ranking import DOMINANCE, SideOf, describe
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS
from geomap.gazetteer.words.names import fold, tidy
from geomap.types import Match, Place

Ask = Callable[[str], Match]

TWINS_KM = 100.0
"""Bearers of one name in two countries within this distance are a border's own ambiguity, which no context decides."""
TRUST = 0.9
"""Score of an answer that only the text's context singles out: a convention, below that of an unrivalled name."""


class Asked(NamedTuple):
    """A name as the text uses it: the names to look up, the fullest first, and the names of units beside it.

    `bare` tells whether the name without its word for a kind may stand for the whole; `used` that the text uses the
    name for a place, so that it is one although the word alone ("US", "Nice") says nothing.
    """

    names: tuple[str, ...]
    units: tuple[str, ...] = ()
    bare: bool = True
    used: bool = False


class Answer(NamedTuple):
    """What a name means, and which of the names asked for gave the answer."""

    match: Match
    name: str


@dataclass
class Senses:
    """The context of one text, and the answers for its names.

    `named` are the countries that the text names, each with the word that does, `visited` those of its small places;
    `units` are the units that it names, and `holding` those that stand beside a place in them, by their name there.
    `region` are the countries whose small places the gazetteer holds, `scope` those that the reader cares about, empty
    for all.
    """

    ask: Ask
    scope: frozenset[str]
    region: frozenset[str]
    side_of: SideOf | None
    named: dict[str, str] = field(default_factory=dict[str, str])
    units: dict[tuple[str | None, str], str] = field(default_factory=dict[tuple[str | None, str], str])
    visited: dict[str, str] = field(default_factory=dict[str, str])
    holding: dict[str, Place] = field(default_factory=dict[str, Place])

    def resolve(self, asked: Iterable[Asked]) -> dict[tuple[str, ...], Answer]:
        """Return the answer for each name, keyed by the names asked for."""
        uses: dict[tuple[str, ...], list[Asked]] = {}
        for each in asked:
            uses.setdefault(each.names, []).append(each)
        first = {names: self._first(each) for names, each in uses.items()}
        found: dict[tuple[str, ...], Answer] = {}
        for names in sorted(first, key=lambda names: _pass(first[names].match)):
            match, name = first[names]
            beside = sorted({unit for each in uses[names] for unit in each.units})
            answer = self._settle(match, beside)
            found[names] = Answer(answer, name)
            if answer.place:
                self._note(answer.place, name)
        return self._doubted(found | dict(self._held(found)))

    def _first(self, uses: Sequence[Asked]) -> Answer:
        """Ask for the fullest name, then for the bare one where it may stand for the whole; never by a misspelling."""
        names, bare, used = uses[0].names, any(each.bare for each in uses), any(each.used for each in uses)
        for name in names if bare else names[:1]:
            match = self.ask(name)
            if used and match.status == "unknown" and match.rivals:
                match = match._replace(status="ambiguous", why="an ordinary word too, used as a name in the text")
            understood = match.status in {"placed", "ambiguous"} and match.relation in {None, "within"}
            if understood and not match.method.startswith("fuzzy"):
                return Answer(match, name)
        unknown = Match(names[0], None, 0.0, "none", "no place of the gazetteer bears this name", "unknown")
        return Answer(unknown, names[0])

    def _note(self, place: Place, word: str) -> None:
        """Count the country of a place as named by the text, if the place is known the world over, else as visited."""
        if place.country:
            known = place.kind in UNITS or is_large(place)
            (self.named if known else self.visited).setdefault(place.country, word)
        if place.kind in UNITS and place.kind != "country":
            for key in unit_keys(place):
                self.units.setdefault((place.country, key), word)

    def _settle(self, match: Match, beside: Sequence[str]) -> Match:
        """Return the answer for a name in the context of the text."""
        bearers = (match.place, *match.rivals) if match.place else match.rivals
        if match.status == "unknown" or not bearers:
            return match
        for name in beside:
            if decided := self._by_unit(match, bearers, name):
                return decided
        if match.place and not self._elsewhere(match.place, match.rivals):
            return match
        if match.place:
            match = _opened(match, match.place, "the text is about the country of a namesake, not that of")
        if self.side_of and len(sides(bearers, self.side_of)) > 1:
            return match
        for place, reason in self._readings(bearers):
            return _placed(match, place, bearers, reason)
        return match

    def _by_unit(self, match: Match, bearers: Sequence[Place], name: str) -> Match | None:
        """Decide by a unit that stands beside the name; where no bearer lies in its country the name stays open."""
        unit = self.ask(name)
        units = [place for place in (unit.place, *unit.rivals) if place and place.kind in UNITS]
        inside = [place for place in bearers if place not in units and any(lies_in(place, each) for each in units)]
        if len(inside) == 1:
            self.holding.update((name, each) for each in units if lies_in(inside[0], each))
            if match.place == inside[0]:
                return match
            return _placed(match, inside[0], bearers, f"the text says {name} beside it")
        listed = any(place.kind not in SETTLEMENTS for place in bearers)
        if inside or listed or not units or {place.country for place in bearers} & {each.country for each in units}:
            return None
        why = f"the text says {name} beside it, where no place of this name is known"
        return match._replace(place=None, score=0.0, method="none", status="ambiguous", why=why, rivals=tuple(bearers))

    def _held(self, found: dict[tuple[str, ...], Answer]) -> Iterator[tuple[tuple[str, ...], Answer]]:
        """Yield the answers of names that are ambiguous alone, but stand as the unit beside a place that lies in it."""
        for names, (match, name) in found.items():
            unit = self.holding.get(name)
            if unit and match.status == "ambiguous" and unit in match.rivals:
                held = _placed(match, unit, match.rivals, "it stands beside a place that lies in it")
                yield names, Answer(held, name)

    def _doubted(self, found: dict[tuple[str, ...], Answer]) -> dict[tuple[str, ...], Answer]:
        """Leave a small place open in a text that names countries, but none whose small places are known.

        Its namesake there may be meant. Two such places or more speak for each other.
        """
        small = {key: match.place for key, (match, _) in found.items() if match.place and is_small(match.place)}
        if (
            self.scope
            or not self.named
            or self.named.keys() & self.region
            or len({place.id for place in small.values()}) != 1
        ):
            return found
        why = f"the text names {', '.join(self.named.values())}, not the country of"
        opened = {key: _opened(found[key].match, place, why) for key, place in small.items()}
        return found | {key: Answer(match, found[key].name) for key, match in opened.items()}

    def _readings(self, bearers: Sequence[Place]) -> Iterable[tuple[Place, str]]:
        """Yield what the context singles out among several bearers, and the reason, the strongest first."""
        if len(bearers) == 1:
            yield bearers[0], "an ordinary word too, but used as a name in the text"
        largest = max(bearers, key=people)
        others = [each for each in bearers if each is not largest and not named_for(each, largest)]
        if dominates(largest, others) and not self._elsewhere(largest, others):
            weight = f"it has over {DOMINANCE} times the people of any other of this name"
            yield largest, weight if others else "a bare name means the city, not the unit"
        lands = [each for each in bearers if each.kind == "country"]
        if lands:
            if len(lands) == 1 and self._goes_first(lands[0], {each.country for each in bearers if each not in lands}):
                yield lands[0], "a country goes before other places of its name"
            return
        if place := _only(bearers, [each for each in bearers if each.country in self.named]):
            yield place, f"the text names its country ({self.named[place.country or '']})"
        units = [each for each in bearers if (each.country, fold(each.admin1 or "")) in self.units]
        if place := _only(bearers, units):
            yield place, f"the text names its unit ({self.units[place.country, fold(place.admin1 or '')]})"
        if place := _only(bearers, [each for each in bearers if each.country in self.visited]):
            yield place, f"the text names places of its country ({self.visited[place.country or '']})"
        if place := _only(bearers, [each for each in bearers if each.country in self.scope]):
            yield place, "the only one of this name in the countries in scope"

    def _elsewhere(self, place: Place, others: Iterable[Place]) -> bool:
        """Tell whether the text names the country of a namesake and not the place's own; capitals are what they are."""
        if place.kind not in SETTLEMENTS or is_world_city(place):
            return False
        told = self.named | self.visited
        return place.country not in told and any(each.country in told for each in others)

    def _goes_first(self, land: Place, others: set[str | None]) -> bool:
        """Tell whether a country goes before its namesakes: it is named or near at hand, or their countries are not."""
        at_hand = land.country in self.region and not others & self.region
        return land.country in self.named or at_hand or not others & self.named.keys()


def _opened(match: Match, place: Place, why: str) -> Match:
    """Return a match with its place among the rivals, and why it is left open."""
    rivals = (place, *match.rivals)
    why = f"{why} {describe(place)}"
    return match._replace(place=None, score=0.0, method="none", status="ambiguous", why=why, rivals=rivals)


def _pass(match: Match) -> int:
    """Return when a name is settled: countries, units, large cities, small places; then what context must decide."""
    place = match.place
    if place is None:
        return 3 if any(each.kind == "country" for each in match.rivals) else 5
    if place.kind in UNITS:
        return 0 if place.kind == "country" else 1
    if is_large(place):
        return 2 if all(each.country == place.country for each in match.rivals) or is_world_city(place) else 5
    return 4


def _only(bearers: Sequence[Place], fitting: Sequence[Place]) -> Place | None:
    """Return the one fitting place, unless another bearer lies just across a border from it."""
    if len(fitting) != 1:
        return None
    place = fitting[0]
    twins = (each for each in bearers if each.country != place.country and km_between(each, place) < TWINS_KM)
    return None if next(twins, None) else place


def _placed(match: Match, place: Place, bearers: Sequence[Place], reason: str) -> Match:
    rivals = tuple(each for each in bearers if each is not place)
    method = "exact" if tidy(match.query) == tidy(place.name) else "alias"
    of = f"one of {len(bearers)} places of this name, " if rivals else ""
    why = f"{of}{describe(place)}; {reason}"
    return Match(match.query, place, TRUST, method, why, "placed", rivals)
