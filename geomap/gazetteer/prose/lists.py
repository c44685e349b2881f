"""Give each name of a list the word for a kind that the list shares: "Goris, Sisian and Kapan districts".

A list is names parted by commas, the last one by "and" or the like. Only a word in the plural is shared, behind the
last name or before the first one ("the villages of Sotk and Kut"); "Goris and Lachin district" names a town and a
district. Behind a list, "and other towns" says what all its names are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.gazetteer.prose import signs
from geomap.gazetteer.prose.automaton import COUNTRY, UNIT, Hit
from geomap.gazetteer.prose.page import Page, is_date
from geomap.gazetteer.words.kinds import SETTLEMENTS, without_kind

_ALSO = "|".join(map(re.escape, signs.ALSO))
_LAST_JOINT = re.compile(rf",? (?:{_ALSO}|&) ")
_BEHIND = re.compile(rf"(?P<other>,? (?:{_ALSO}) other)? (?P<word>[^\W\d_]+)\b")
_BEFORE = re.compile(r"(?<!\S)(?P<word>[^\W\d_]+) (?:of )?(?:the )?$")
_FAR = 30
"""Letters before a list among which the word for its kind is looked for."""


class Shared(NamedTuple):
    """A word for a kind in the singular, and the span of one name of its list, with the word where it is `beside`."""

    kind: str
    start: int
    end: int
    leads: bool
    beside: bool

    def asked(self, name: str) -> str:
        """Return the full name to look up."""
        return f"{self.kind} {name}" if self.leads else f"{name} {self.kind}"


def shared_kinds(page: Page) -> dict[int, Shared]:
    """Return the word for a kind that a name takes from its list, by the start of the name; {} without such lists."""
    found: dict[int, Shared] = {}
    for at, last in enumerate(page.hits):
        behind = _BEHIND.match(page.text, last.end)
        if behind and behind["word"] in signs.PLURALS and last.end + 1 not in page.starts:
            found |= _behind(_list(page, at, closed=bool(behind["other"])), behind)
        else:
            found |= _in_front(page, _list(page, at))
    return found


def _list(page: Page, at: int, *, closed: bool = False) -> Sequence[Hit]:
    """Return the names of the list that a hit ends, in order; [] where it ends none. `closed` by "and other"."""
    hits, first = page.hits, at
    if not closed:
        if not at or not _LAST_JOINT.fullmatch(page.text, hits[at - 1].end, hits[at].start):
            return []
        first = at - 1
    while first and page.text[hits[first - 1].end : hits[first].start] == ", " and _bare(page, hits[first - 1]):
        first -= 1
    names = hits[first : at + 1]
    return names if all(_bare(page, hit) for hit in names) else []


def _bare(page: Page, hit: Hit) -> bool:
    """Tell whether a hit may take a word for a kind: no country, month or day, and no name that has such a word."""
    named = hit.term.role == "place" and hit.term.rank < COUNTRY
    return named and not is_date(page.text[hit.start : hit.end]) and without_kind(hit.term.spelling) is None


def _behind(names: Sequence[Hit], word: re.Match[str]) -> Iterator[tuple[int, Shared]]:
    """Yield what each name takes from the word behind its list; it belongs to the last one's span."""
    kind, other = signs.PLURALS[word["word"]], bool(word["other"])
    for hit in names:
        beside = hit is names[-1] and not other
        yield hit.start, Shared(kind, hit.start, word.end() if beside else hit.end, False, beside)


def _in_front(page: Page, names: Sequence[Hit]) -> Iterator[tuple[int, Shared]]:
    """Yield what each name takes from a word in front of its list; it belongs to the first one's span.

    The villages of two provinces lie in them: only places that are no units are villages and towns.
    """
    start = names[0].start if names else 0
    word = _BEFORE.search(page.text, max(0, start - _FAR), start)
    if word and word.end("word") not in page.ends and (kind := signs.PLURALS.get(word["word"])):
        named = without_kind(f"x {kind}")
        unit = named is None or set(SETTLEMENTS).isdisjoint(named.kinds)
        for hit in names:
            if unit or hit.term.rank < UNIT:
                first = word.start("word") if hit is names[0] else hit.start
                yield hit.start, Shared(kind, first, hit.end, True, hit is names[0])
