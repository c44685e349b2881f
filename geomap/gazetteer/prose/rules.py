"""Read running text: which of the spellings found in it are used as names of places, and what stands beside them.

The rules, in the order in which they are asked; the words they use are tables in geomap.gazetteer.signs.
1. A name has its capitals (in scripts that have them); an acronym is written in capitals throughout.
2. Of overlapping names the leftmost, then the longest, then the uninflected one counts; a longer name of something that
   is no place hides a place in it.
3. Months and days are never places unless a word for a kind or a unit stands beside them.
4. A name with a title, an initial or another capitalised word beside it that is neither a place nor a word that says
   nothing is part of a person's or an organisation's name. Endings, possessives and punctuation part the two.
5. Two towns with a blank between them are a person's name; a town before "process" or "time" is something else.
6. A word spelled like a place needs a sign (preposition, ending, word for a kind, unit beside it) at the head of a
   sentence and in a headline. In a headline rule 4 holds only for names that do not stand elsewhere in the text.
7. Where the text has named a person by the name of a small place, the bare name with the verb of a person beside it
   ("Goris said", "was born") is that person's again, unless a sign speaks for the place.
8. Names of a list share its word for a kind (see geomap.gazetteer.prose.lists).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geomap.gazetteer.prose import signs
from geomap.gazetteer.prose.automaton import COUNTRY, SMALL, UNIT, Hit
from geomap.gazetteer.prose.lists import Shared, shared_kinds
from geomap.gazetteer.prose.page import Page, Word, is_date, is_kind, kind_word
from geomap.gazetteer.words.kinds import without_kind
from geomap.gazetteer.words.nonplaces import words

_ORDINARY = frozenset({"generic word", "no name"})
_LEAD = 20
"""Letters in front of a name among which words that speak for a person are looked for."""
_ABBREVIATED = re.compile(r"\b([гср])\. $")
"""Russian abbreviations for a town, a village and a river."""


@dataclass(slots=True)
class Spot:
    """A name of a place in use: its span with the words for its kind (folded), and the bare name's.

    `asked` are the names to look up, the fullest first; `kinded` when it has a word for its kind beside it, `listed`
    when it shares one with the other names of a list; `signed` when a sign speaks for a place, `weak` when one is
    needed; `person` when it is part of a person's name, `doubtful` when a headline makes it look so, `refused` when it
    is no place for whatever reason.
    """

    hit: Hit
    start: int
    end: int
    asked: tuple[str, ...]
    kinded: bool = False
    listed: bool = False
    signed: bool = False
    weak: bool = False
    person: bool = False
    doubtful: bool = False
    refused: bool = False

    @property
    def spelling(self) -> str:
        """The spelling as the gazetteer files it."""
        return self.hit.term.spelling


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is an ordinary one, though places bear it."""
    return word in signs.ORDINARY or words().get(word) in _ORDINARY


def read(page: Page) -> list[Spot]:
    """Return the places that a text names, in order."""
    shared = shared_kinds(page)
    spots = [_spot(page, hit, shared) for hit in page.hits if hit.term.role == "place"]
    for spot in spots:
        spot.signed = _signed(page, spot)
        spot.refused = _no_place(page, spot)
        spot.weak = not spot.signed and _needs_sign(page, spot)
    persons = {spot.spelling for spot in spots if spot.person and spot.hit.term.rank == SMALL}
    full = {spot.spelling for spot in spots if spot.person and spot.refused}
    kept = [spot for spot in spots if not spot.refused and not spot.weak]
    kept = [spot for spot in kept if not (spot.doubtful and spot.person and spot.spelling in full)]
    kept = [spot for spot in kept if spot.spelling not in persons or not _means_person(page, spot)]
    sure = {spot.spelling for spot in kept if not spot.doubtful}
    return [spot for spot in kept if spot.spelling in sure]


def _spot(page: Page, hit: Hit, shared: Mapping[int, Shared]) -> Spot:
    """Return a hit with the words for its kind taken in, its own or those of its list."""
    name = hit.term.spelling if hit.inflected else page.folded.seen(hit.start, hit.end)
    spot = Spot(hit, hit.start, hit.end, (name,))
    if hit.term.rank == COUNTRY or without_kind(hit.term.spelling):
        return spot
    if told := shared.get(hit.start):
        return Spot(hit, told.start, told.end, (told.asked(name), name), kinded=told.beside, listed=True)
    for start, end, kind in _kinds_beside(page, hit):
        full = page.folded.seen(start, end) if not hit.inflected and kind in page.text[start:end] else ""
        ask = full or (f"{name} {kind}" if end > hit.end else f"{kind} {name}")
        return Spot(hit, start, end, (ask, name), kinded=True)
    return spot


def _kinds_beside(page: Page, hit: Hit) -> Iterator[tuple[int, int, str]]:
    """Yield the span of a hit with the word for its kind after or before it ("village of Sotk"), and that word.

    A word after two places joined by a dash belongs to both: "the Yerevan-Tbilisi road"; the villages of a province
    lie in it.
    """
    before, after = page.before(hit.start), page.after(hit.end)
    paired = before is not None and before.dash and page.neighbour(before) is not None
    if after and not (paired or after.dash or after.start in page.starts) and (kind := kind_word(after.text)):
        yield hit.start, after.end, kind
    within = False
    if before and before.text == "of":
        before = page.before(before.start)
        within = before is not None and before.text in signs.PLURALS and hit.term.rank == UNIT
    if before and not (within or before.dash or before.end in page.ends) and (kind := kind_word(before.text)):
        yield before.start, hit.end, kind
    if lead := _ABBREVIATED.search(page.text, max(0, hit.start - 4), hit.start):
        yield lead.start(1), hit.end, lead[1]


def _signed(page: Page, spot: Spot) -> bool:
    """Tell whether something beside a name speaks for a place."""
    if spot.kinded or spot.listed or spot.hit.inflected:
        return True
    before, after = page.before(spot.start), page.after(spot.end)
    if before and before.text in signs.PREPOSITIONS and not before.dash:
        return True
    if after and after.dash and after.text == "based":
        return True
    return _in_unit(page, spot)


def _in_unit(page: Page, spot: Spot) -> bool:
    unit = page.follows(spot.end)
    return unit is not None and unit.term.role == "place" and unit.term.rank >= UNIT


def _dateless(page: Page, spot: Spot) -> bool:
    """Tell whether a month's name stands before a unit, and not as in "in March, Idaho saw snow"."""
    before = page.before(spot.start)
    return _in_unit(page, spot) and not (before and (before.text in signs.DATE_LEADS or before.text.isdecimal()))


def _no_place(page: Page, spot: Spot) -> bool:
    """Tell whether a name is not used for a place (rules 3 to 5), and mark it where it is a person's."""
    if is_date(page.text[spot.hit.start : spot.hit.end]) and not (spot.kinded or _dateless(page, spot)):
        return True
    if spot.hit.inflected:
        return False
    before, after = page.before(spot.start), page.after(spot.end)
    spot.person = _person_before(page, spot, before) or any(_two_towns(page, spot, each) for each in (before, after))
    if spot.person or _something_else(spot, after):
        return True
    headline, capitals = page.line(spot.start)
    if capitals or (headline and spot.hit.term.rank >= UNIT):
        return False
    part = _unknown_before(page, spot, before) or _unknown_after(page, spot, after)
    spot.doubtful = part and headline
    return part and not headline


def _something_else(spot: Spot, after: Word | None) -> bool:
    """Tell whether the word after a town makes it the name of something else, as in "Moscow time"."""
    if after is None or spot.kinded or spot.hit.term.rank == COUNTRY:
        return False
    return after.text in signs.SOMETHING_ELSE


def _person_before(page: Page, spot: Spot, word: Word | None) -> bool:
    """Tell whether a title, an initial or a particle of a person's name stands before a name."""
    if spot.kinded:
        return False
    if page.initial(spot.start):
        return True
    if word is None or word.dash:
        return False
    while word and word.text in signs.PARTICLES and not word.capital:
        word = page.before(word.start)
        if word and word.capital and not _silent(word):
            return True
    return word is not None and word.text in signs.TITLES


def _silent(word: Word) -> bool:
    """Tell whether a capitalised word says nothing about its neighbour."""
    return (
        len(word.text) == 1 or word.text in signs.FUNCTION_WORDS or word.text in signs.DIRECTIONS
        or is_date(word.text) or word.text[0].isdigit() or is_kind(word.text)
    )  # fmt: skip


def _unknown_before(page: Page, spot: Spot, word: Word | None) -> bool:
    """Tell whether an unknown capitalised word stands before a name, as in "Josep Borrell"."""
    if word is None or not word.capital or spot.kinded or _silent(word) or _apart(page, spot, word):
        return False
    if page.begins(word.start) and (word.text.endswith(signs.SPOKEN_ENDS) or page.also_lower(word.text)):
        return False
    spot.person = not word.acronym
    return True


def _unknown_after(page: Page, spot: Spot, word: Word | None) -> bool:
    """Tell whether an unknown capitalised word stands after a name, as in "Washington Post"."""
    if word is None or not word.capital or word.acronym or _silent(word) or _apart(page, spot, word):
        return False
    if word.text in signs.TITLES:
        return False
    return spot.hit.term.rank < COUNTRY or not (page.turkic or word.text in signs.INSTITUTIONS)


def _apart(page: Page, spot: Spot, word: Word) -> bool:
    """Tell whether a neighbour is a name of its own: a place or demonym, or joined to a well-known place by a dash."""
    return page.neighbour(word) is not None or (word.dash and spot.hit.term.rank > SMALL)


def _two_towns(page: Page, spot: Spot, word: Word | None) -> bool:
    """Tell whether a name and its neighbour are two towns with a blank between them, as in a person's name."""
    other = page.neighbour(word)
    if word is None or other is None or word.dash or other.term.role != "place" or spot.kinded or other.inflected:
        return False
    return spot.hit.term.rank < UNIT and other.term.rank < UNIT


def _means_person(page: Page, spot: Spot) -> bool:
    """Tell whether a bare name means the person of that name whom the text has named (rule 7): by a verb beside it."""
    lead, rest = page.text[max(0, spot.start - _LEAD) : spot.start], page.text[spot.end : spot.end + _LEAD]
    quoted = lead.endswith(" said ") and rest[:1] in {"", ",", "."}
    if quoted or f" {lead}".endswith(signs.BEFORE_PERSON) or rest.startswith(signs.AFTER_PERSON):
        return True
    named = after = page.after(spot.end)
    while after and after.text in signs.BEING:
        after = page.after(after.end)
    verb = after is not None and (after.text in signs.PERSONAL or (after != named and after.text in signs.PASSIVES))
    return verb and not spot.signed


def _needs_sign(page: Page, spot: Spot) -> bool:
    """Tell whether a name is an ordinary word where any word has a capital (rule 6)."""
    if spot.hit.term.acronym:
        return False
    word = page.text[spot.hit.start : spot.hit.end]
    ordinary = (
        word in signs.ORDINARY
        or words().get(word) in _ORDINARY
        or (word in page.lowered and spot.hit.term.rank < COUNTRY)
    )
    return ordinary and (page.begins(spot.start) or page.line(spot.start)[0])
