"""Find the places that a running text names, with their spans; read this first, then prose.py and senses.py.

Folded text -> Automaton.hits -> Page (names in use) -> prose.read (no persons, no ordinary words) -> Senses -> Mention
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from geomap import shipped
from geomap.gazetteer.prose import signs
from geomap.gazetteer.prose.automaton import COUNTRY, LARGE, SMALL, UNIT, Automaton, Folded, Hit, Term, is_acronym
from geomap.gazetteer.prose.page import Page
from geomap.gazetteer.prose.rules import Spot, is_ordinary, read
from geomap.gazetteer.prose.senses import Answer, Ask, Asked, Senses
from geomap.gazetteer.prose.weights import is_large
from geomap.gazetteer.ranking import SideOf
from geomap.gazetteer.readers.atlas import read_demonyms
from geomap.gazetteer.words.kinds import SETTLEMENTS, UNITS, without_kind
from geomap.gazetteer.words.names import fold
from geomap.gazetteer.words.nonplaces import words
from geomap.types import Match, Place

_KEPT_ANSWERS = 20_000
_ACRONYM = 4
_TURKIC_SHARE = 0.005


class Names(Protocol):
    """What is asked of a gazetteer."""

    def match(self, name: str, *, side_of: SideOf | None = None) -> Match:  # pragma: no cover
        """Answer one name."""
        ...

    def spellings(self, countries: Collection[str] = ()) -> Iterator[tuple[str, Place]]:  # pragma: no cover
        """Yield every name of every place in scope."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: `text` is exactly `text[start:end]` of the document, in code points.

    `match` says which place, or that the name is ambiguous or unknown, and in `match.why` by which words.
    """

    start: int
    end: int
    text: str
    match: Match


class MentionFinder:
    """Find places in many texts with one automaton, built once from the spellings of a gazetteer."""

    def __init__(
        self, gazetteer: Names, countries: Collection[str] = (), demonyms: Mapping[str, str] | None = None
    ) -> None:
        """Build the automaton: all spellings in `countries` (ISO codes; none means all), and the world's known places.

        Known the world over are countries, first-level units, capitals and cities of 100,000 people and more.
        `demonyms` (word -> ISO code) are the shipped ones unless given.
        """
        self._gazetteer = gazetteer
        self._demonyms = _demonyms() if demonyms is None else demonyms
        self._scope = frozenset(countries)
        self._answers: dict[str, Match] = {}
        self._region: set[str] = set()
        self._automaton = Automaton(self._terms())

    def find(
        self, text: str, spans: Sequence[tuple[int, int]] | None = None, *, side_of: SideOf | None = None
    ) -> list[Mention]:
        """Return the places that a text names, in order.

        With `spans` (code points, start and end) each of them is answered instead, in order, also unknown ones; spans
        beyond the text are cut to it. A name whose bearers lie on different sides (`side_of`: lon, lat -> side) stays
        ambiguous unless its unit stands beside it.
        """
        folded = self._automaton.fold(text)
        turkic = _is_turkic(text)
        hits = list(self._automaton.hits(folded, signs.TURKIC if turkic else frozenset()))
        page = Page(folded, hits, turkic=turkic)
        spots = read(page)
        asked = [_asked(page, spot) for spot in spots]
        senses = self._senses(page, side_of)
        if spans is None:
            found = senses.resolve(asked)
            return [_mention(folded, spot, found[each.names]) for spot, each in zip(spots, asked, strict=True)]
        cut = [_cut(span, len(text)) for span in spans]
        known = {folded.span(spot.start, spot.end): each for spot, each in zip(spots, asked, strict=True)}
        wanted = [known.get(span) or _wanted(folded, hits, span) for span in cut]
        found = senses.resolve([*asked, *wanted])
        return [
            Mention(start, end, text[start:end], found[each.names].match)
            for (start, end), each in zip(cut, wanted, strict=True)
        ]

    def _terms(self) -> Iterator[Term]:
        """Yield names of other things, demonyms (which go before towns: Kazakh), and the spellings in scope."""
        organisations = (name for name, what in words().items() if what == "organisation" and len(name) > _ACRONYM)
        yield from (Term(name, "other") for name in (*signs.OTHER_NAMES, *organisations))
        yield from (Term(word, "demonym", LARGE, code) for word, code in self._demonyms.items())
        for spelling, place in self._gazetteer.spellings():
            rank = _rank(place)
            if rank == SMALL and place.country:
                self._region.add(place.country)
            near = not self._scope or place.country in self._scope or place.country is None
            if near or rank > SMALL:
                names = (spelling, *_bare(spelling, place))
                yield from (Term(name, "place", rank, acronym=is_acronym(name)) for name in names if _tells(name))

    def _senses(self, page: Page, side_of: SideOf | None) -> Senses:
        """Return the context of a text: the countries whose people it names."""
        senses = Senses(self._asker(side_of), self._scope, self._scope or frozenset(self._region), side_of)
        for hit in page.hits:
            if hit.term.country:
                senses.named.setdefault(
                    hit.term.country, page.folded.original[slice(*page.folded.span(hit.start, hit.end))]
                )
        return senses

    def _asker(self, side_of: SideOf | None) -> Ask:
        """Return how a name is looked up: once for all texts, or once a text where a line is loaded."""
        answers = self._answers if side_of is None else {}

        def ask(name: str) -> Match:
            if name not in answers:
                if len(answers) >= _KEPT_ANSWERS:
                    answers.clear()
                answers[name] = self._gazetteer.match(name, side_of=side_of)
            return answers[name]

        return ask


def find_places(
    text: str,
    gazetteer: Names,
    spans: Sequence[tuple[int, int]] | None = None,
    *,
    countries: Collection[str] = (),
    side_of: SideOf | None = None,
) -> list[Mention]:
    """Return the places that a text names, in order; with `spans` (code points), the answer for each of them instead.

    The automaton is built at the first call for a gazetteer and `countries` (ISO codes that scope its small places),
    and kept with the gazetteer. See MentionFinder for many texts, and its `find` for `spans` and `side_of`.
    """
    finders: dict[frozenset[str], MentionFinder] = vars(gazetteer).setdefault("_mention_finders", {})
    scope = frozenset(countries)
    if scope not in finders:
        finders[scope] = MentionFinder(gazetteer, scope)
    return finders[scope].find(text, spans, side_of=side_of)


def _demonyms() -> dict[str, str]:
    """Return the shipped words for the people of each country, with its ISO code."""
    return read_demonyms(shipped.data("gazetteer", "atlas"))


def _bare(spelling: str, unit: Place) -> Iterator[str]:
    """Yield a unit's name without its word for a kind: "Gegharkunik" for "Gegharkunik Province"."""
    named = without_kind(spelling) if unit.kind in UNITS and unit.kind != "country" else None
    word = fold(named.name) if named else ""
    if named and word not in signs.PLURALS and not is_ordinary(word) and not set(UNITS).isdisjoint(named.kinds):
        yield named.name


def _tells(name: str) -> bool:
    """Tell whether a name says more than a direction: units are called North-West or Centre the world over."""
    return not signs.DIRECTIONS.issuperset(fold(name).split())


def _rank(place: Place) -> int:
    if place.kind == "country":
        return COUNTRY
    if place.kind in UNITS or place.feature == "ADM1":
        return UNIT
    return LARGE if is_large(place) else SMALL


def _is_turkic(text: str) -> bool:
    """Tell whether a text is in Azerbaijani or Turkish, by the share of the letters that only they have."""
    return sum(map(text.count, signs.TURKIC_LETTERS)) > _TURKIC_SHARE * len(text)


def _asked(page: Page, spot: Spot) -> Asked:
    """Return what to ask for a name; the bare one may stand for the whole where the word for a kind is a town's."""
    unit = page.follows(spot.end)
    told = unit is not None and not spot.listed and spot.hit.term.rank < COUNTRY and _qualifies(page, unit)
    beside = (unit.term.spelling,) if unit and told else ()
    named = without_kind(spot.asked[0])
    bare = len(spot.asked) == 1 or named is None or not set(SETTLEMENTS).isdisjoint(named.kinds)
    return Asked(spot.asked, (*beside, *_owner(page, spot)), bare=bare, used=True)


def _qualifies(page: Page, unit: Hit) -> bool:
    """Tell whether a name after a comma only says where the other lies: a unit, and not the subject of a verb."""
    if unit.term.role != "place" or unit.term.rank < UNIT:
        return False
    after = page.after(unit.end)
    return page.text[unit.end : unit.end + 1] != "'" and (after is None or after.text in signs.AFTER_QUALIFIER)


def _owner(page: Page, spot: Spot) -> tuple[str, ...]:
    """Return the country in front of a name that has its possessive: "Armenia's Goris"."""
    if page.text[max(0, spot.start - 3) : spot.start] != "'s ":
        return ()
    owner = page.ends.get(spot.start - 3)
    return (owner.term.spelling,) if owner and owner.term.rank >= UNIT else ()


def _mention(folded: Folded, spot: Spot, answer: Answer) -> Mention:
    """Return a place with its span in the text; words for a kind belong to it where they were understood."""
    whole = answer.name == spot.asked[0]
    start, end = folded.span(spot.start, spot.end) if whole else folded.span(spot.hit.start, spot.hit.end)
    return Mention(start, end, folded.original[start:end], answer.match)


def _cut(span: tuple[int, int], length: int) -> tuple[int, int]:
    start = min(max(span[0], 0), length)
    return start, min(max(span[1], start), length)


def _wanted(folded: Folded, hits: Iterable[Hit], span: tuple[int, int]) -> Asked:
    """Return what to ask for a span that is handed in: its words, then the spelling that an ending hides."""
    start, end = folded.folded_span(*span)
    spelt = {hit.term.spelling for hit in hits if hit.inflected and (hit.start, hit.end) == (start, end)}
    written = "".join(each for each in folded.original[slice(*span)] if each not in signs.UNSEEN)
    return Asked((written, *sorted(spelt)))
