"""A page of running text: the names found in it that are written as names, and the words and lines around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from geomap.gazetteer.prose import signs
from geomap.gazetteer.prose.automaton import Folded, Hit, block, caseless
from geomap.gazetteer.words.kinds import without_kind
from geomap.gazetteer.words.nonplaces import words

_SENTENCE_ENDS = frozenset(".!?:;։\n•|…")
_OPENING = frozenset(" '\"“”„«»([*")
_BREAK = re.compile("\n")
_WRAPPED_FROM = 50
_HEADLINE_WORDS = 25
_LONG_WORD = 4
_HEADLINE_SHARE = 0.75
_DATES = frozenset({"month", "weekday"})


class Word(NamedTuple):
    """A word beside a name: folded, where it stands, whether it has a capital or is all capitals, and what joins it."""

    text: str
    start: int
    end: int
    capital: bool
    acronym: bool
    dash: bool


class Page:
    """A folded text with the names found in it."""

    def __init__(self, folded: Folded, hits: Iterable[Hit], *, turkic: bool) -> None:
        """Choose among overlapping hits; those without a capital only tell that a word is an ordinary one here."""
        self.folded, self.text, self.turkic = folded, folded.text, turkic
        self._breaks = [-1, *(found.start() for found in _BREAK.finditer(self.text)), len(self.text)]
        self._lines: dict[int, tuple[bool, bool]] = {}
        self._lower: dict[str, bool] = {}
        self.lowered: set[str] = set()
        self.hits = self._chosen(sorted(hits, key=_order))
        self.starts = {hit.start: hit for hit in self.hits}
        self.ends = {hit.end: hit for hit in self.hits}

    def _chosen(self, hits: Iterable[Hit]) -> list[Hit]:
        chosen: list[Hit] = []
        for hit in hits:
            if not self._named(hit):
                self.lowered.add(self.text[hit.start : hit.end])
            elif not chosen or hit.start >= chosen[-1].end:
                chosen.append(hit)
        return chosen

    def _named(self, hit: Hit) -> bool:
        """Tell whether a hit is written as a name: with capitals where the script has them (rule 1)."""
        first = self.folded.written(hit.start)
        if caseless(first):
            return True
        if hit.term.role == "demonym" and block(first) != "LATIN":
            return True
        written = self.folded.original[slice(*self.folded.span(hit.start, hit.end))]
        if hit.term.acronym or (len(written) <= _LONG_WORD and written.isupper() and not self.line(hit.start)[1]):
            return hit.term.acronym and written.isupper()
        return first.isupper() or first.istitle() if " " not in written else self._capitals(hit)

    def _capitals(self, hit: Hit) -> bool:
        """Tell whether the words of a hit have capitals, but for short ones and words for kinds."""
        at = hit.start
        for word in self.text[hit.start : hit.end].split(" "):
            here, at = at, at + len(word) + 1
            lower = self.folded.written(here).islower()
            if lower and (here == hit.start or (len(word) >= _LONG_WORD and not kind_word(word))):
                return False
        return True

    def line(self, at: int) -> tuple[bool, bool]:
        """Tell of the line around a position whether it is a headline, and whether it is all in capitals."""
        number = bisect_right(self._breaks, at)
        if number not in self._lines:
            first, last = self.folded.origin(self._breaks[number - 1] + 1), self.folded.origin(self._breaks[number])
            self._lines[number] = _headline(self.folded.original[first:last])
        return self._lines[number]

    def after(self, end: int) -> Word | None:
        """Return the word after a position when one blank or hyphen parts them."""
        if not self._blank(end):
            return None
        start = stop = end + 1
        while stop < len(self.text) and self.text[stop].isalnum():
            stop += 1
        return self._word(start, stop, end)

    def before(self, start: int) -> Word | None:
        """Return the word before a position when one blank or hyphen parts them."""
        if not self._blank(start - 1):
            return None
        stop = begin = start - 1
        while begin and self.text[begin - 1].isalnum():
            begin -= 1
        return self._word(begin, stop, start - 1)

    def _blank(self, at: int) -> bool:
        """Tell whether a blank stands there that does not end a short line of its own, such as a list's."""
        if at < 0 or self.text[at : at + 1] != " ":
            return False
        origin = self.folded.origin(at)
        if self.folded.original[origin] not in "\n\r":
            return True
        return origin - self.folded.original.rfind("\n", 0, origin) > _WRAPPED_FROM

    def _word(self, start: int, end: int, joint: int) -> Word | None:
        if start == end:
            return None
        first, last = self.folded.span(start, end)
        written = self.folded.original[first:last]
        acronym = len(written) > 1 and written.isupper()
        return Word(
            self.text[start:end], start, end, written[:1].isupper(), acronym, not self.folded.written(joint).isspace()
        )

    def begins(self, start: int) -> bool:
        """Tell whether a sentence begins at a position."""
        at = start - 1
        while at >= 0 and self.text[at] in _OPENING:
            at -= 1
        return at < 0 or self.text[at] in _SENTENCE_ENDS

    def also_lower(self, word: str) -> bool:
        """Tell whether the text also has a word in lower case, with or without an ending."""
        if word not in self._lower:
            at = self.text.find(f" {word}")
            while at >= 0 and not self.folded.written(at + 1).islower():
                at = self.text.find(f" {word}", at + 1)
            self._lower[word] = at >= 0
        return self._lower[word]

    def initial(self, start: int) -> bool:
        """Tell whether a single capital with a full stop stands before a position: "H. London"."""
        lead = self.text[max(0, start - 4) : start]
        if len(lead) < 3 or lead[-2:] != ". " or not lead[-3].isalpha() or (len(lead) > 3 and lead[-4].isalnum()):
            return False
        return self.folded.written(start - 3).isupper()

    def neighbour(self, word: Word | None) -> Hit | None:
        """Return the place or demonym that a word beside a name is part of, or None."""
        if word is None:
            return None
        return self.starts.get(word.start) or self.ends.get(word.end)

    def follows(self, end: int) -> Hit | None:
        """Return the name after ", " or " (" or " in " at a position, as in "Vardenis, Gegharkunik"."""
        return next((self.starts[end + len(by)] for by in (", ", " (", " in ", " в ") if self._at(by, end)), None)

    def _at(self, by: str, end: int) -> bool:
        return self.text.startswith(by, end) and end + len(by) in self.starts


def _order(hit: Hit) -> tuple[int, int, bool, str]:
    return (hit.start, -hit.end, hit.inflected, hit.term.spelling)


def _headline(line: str) -> tuple[bool, bool]:
    """Tell whether a line has capitals like a headline, and whether it is all in capitals."""
    if line.isupper():
        return True, True
    words = line.split(maxsplit=_HEADLINE_WORDS + 1)
    if len(words) > _HEADLINE_WORDS or any(word[-1] in _SENTENCE_ENDS for word in words[:-1]) or line[-1:] in ".։":
        return False, False
    long = [word for word in words if len(word) >= _LONG_WORD and word[0].isalpha()]
    small = any(word.casefold() in signs.FUNCTION_WORDS for word in words)
    share = sum(word[0].isupper() for word in long) / len(long) if long else 0.0
    return (share == 1.0 and small) or (len(long) >= _LONG_WORD and share >= _HEADLINE_SHARE), False


def is_date(word: str) -> bool:
    """Tell whether a folded word is a month or a day of the week."""
    return words().get(word) in _DATES


@lru_cache(maxsize=4096)
def is_kind(word: str) -> bool:
    """Tell whether a word names a kind of place, such as village or lake."""
    return len(word) > 1 and without_kind(f"x {word}") is not None


@lru_cache(maxsize=4096)
def kind_word(word: str) -> str | None:
    """Return a word for a kind without its case ending, or None for any other word."""
    if is_kind(word):
        return word
    endings = signs.ENDINGS.get(block(word[:1]), signs.TURKIC)
    for cut in range(1, min(5, len(word) - 2)):
        if word[-cut:] in endings:
            found = (word[:-cut] + last for last in ("", *"оаяеьи", "ი", "ա"))
            if kind := next(filter(is_kind, found), None):
                return kind
    return None
