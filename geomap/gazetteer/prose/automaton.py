"""Find every spelling of a gazetteer in running text at once, with an exact way back to the text as written.

The text is folded letter by letter (case and marks), so that each folded letter knows the code point that it comes
from; folding may lengthen (ligatures, Armenian և) or shorten a text (accents of their own). Spellings are folded alike
and searched with an Aho-Corasick automaton (Aho and Corasick 1975, doi:10.1145/360825.360855). The only home of
ahocorasick_rs.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from geomap.gazetteer.prose.signs import AS_SURNAME, CASELESS, ENDINGS, PARADIGMS, STEM_ENDS, UNSEEN, UNSPACED
from geomap.gazetteer.words.names import fold

_APOSTROPHES = frozenset("'’‘‚‛ʼʻʹʾʿˈ`´′՚")
_HYPHENS = frozenset("-‐‑‒–−")
_PAUSE = "՝"
"""Armenian bowt, a stop like a comma, though it is written where an apostrophe stands."""
_REPLACED = (
    dict.fromkeys(UNSEEN, "") | dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, " ") | {_PAUSE: _PAUSE}
)
_DASH = re.compile(r"(?<!\S)[-‐‑‒–−]|[-‐‑‒–−](?!\S)")
_BREAKS = frozenset("\n\v\f\x85\u2028\u2029")
_MARKS = frozenset({"Mn", "Me"})
_BLANKS = re.compile(" {2,}")
_WRAP = re.compile(r"(?<![\n ])\n(?![\n ])")
_LONGEST_ENDING = max(len(ending) for endings in ENDINGS.values() for ending in endings)
_SHORTEST = 3
_SHORTEST_INFLECTED = 4
_LONGEST_ACRONYM = 4


def _fold_letter(letter: str) -> str:
    """Return what one code point becomes: marks and unseen characters nothing, hyphens and blanks one blank.

    Apostrophes stay, so that "Sotk's" is not read as one word, and so does punctuation: no name reaches across it.
    """
    if letter in _REPLACED:
        return _REPLACED[letter]
    if letter.isspace():
        return "\n" if letter in _BREAKS else "" if letter == "\r" else " "
    if "\ud800" <= letter <= "\udfff":
        return "\ufffd"
    return fold(letter) or ("" if fold(f"a{letter}b") == "ab" else letter)


class _Letters(dict[int, str]):
    """The folded letters met so far, filled on demand: a table for str.translate. Bounded by the size of Unicode."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_letter(chr(point))
        return folded


class Folded:
    """A text and its folded form; positions in the folded form lead back to code points of the text."""

    def __init__(self, original: str, letters: _Letters) -> None:
        """Fold a text. One line break counts as a blank, a blank line stays a break; a hyphen joins, a dash parts."""
        self.original = original
        self._origins: array[int] | None = None
        if any(len(letters[ord(each)]) != 1 for each in set(original)):
            lengths = (len(letters[ord(each)]) for each in original)
            self._origins = array("L", (at for at, length in enumerate(lengths) for _ in range(length)))
        text = _WRAP.sub(" ", _DASH.sub("—", original).translate(letters))
        self.text = self._without_runs(text) if "  " in text else text

    def _without_runs(self, text: str) -> str:
        """Reduce each run of blanks to its first one, in the origins too."""
        origins = self._origins if self._origins is not None else array("L", range(len(text)))
        kept, at = array("L"), 0
        for run in _BLANKS.finditer(text):
            kept.extend(origins[at : run.start() + 1])
            at = run.end()
        self._origins = kept + origins[at:]
        return _BLANKS.sub(" ", text)

    def origin(self, at: int) -> int:
        """Return the code point of the text that a folded letter comes from; past the end, the text's length."""
        if at >= len(self.text):
            return len(self.original)
        return self._origins[at] if self._origins is not None else at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of a folded span, with the marks seen on its last letter."""
        first, last, stop = self.origin(start), self.origin(end - 1) + 1, self.origin(end)
        for at in range(last, stop):
            seen = self.original[at] not in UNSEEN
            if seen and unicodedata.category(self.original[at]) not in _MARKS:
                break
            last = at + 1 if seen else last
        return first, last

    def seen(self, start: int, end: int) -> str:
        """Return the text as written of a folded span, without characters that are not seen."""
        written = self.original[slice(*self.span(start, end))]
        return written if written.isascii() else "".join(each for each in written if each not in UNSEEN)

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded positions of a span of code points."""
        if self._origins is None:
            return start, end
        return bisect_left(self._origins, start), bisect_left(self._origins, end)

    def whole(self, start: int, end: int) -> bool:
        """Tell whether a folded span begins and ends with whole code points, not inside a ligature."""
        origins = self._origins
        if origins is None:
            return True
        begins = start == 0 or origins[start - 1] != origins[start]
        return begins and (end >= len(origins) or origins[end - 1] != origins[end])

    def written(self, at: int) -> str:
        """Return the letter as written that stands at a folded position; "" past the end."""
        at = self.origin(at)
        return self.original[at : at + 1]


SMALL, LARGE, UNIT, COUNTRY = range(4)
"""Ranks of places: the higher, the less it takes to be one."""


class Term(NamedTuple):
    """What a spelling stands for.

    `role` is place, demonym or other (a name that is no place); `rank` is one of SMALL to COUNTRY, the highest of the
    name's bearers; `country` is the ISO code that a demonym names. `acronym` spellings are written in capitals only.
    """

    spelling: str
    role: str
    rank: int = 0
    country: str | None = None
    acronym: bool = False


class Hit(NamedTuple):
    """A term found on word boundaries in a folded text; `inflected` when its word goes on with an ending."""

    start: int
    end: int
    term: Term
    inflected: bool


class Automaton:
    """Every spelling of a gazetteer, ready to be found in many texts. Immutable once built."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Fold and file the terms; of those that fold alike the first and the highest rank count."""
        self._letters = _Letters()
        self._whole: dict[str, Term] = {}
        self._forms: dict[str, Term] = {}
        self._stems: dict[str, Term] = {}
        for term in terms:
            self._file(term)
        self._patterns = list(self._whole | self._forms | self._stems)
        self._search = AhoCorasick(self._patterns, implementation=Implementation.ContiguousNFA)

    def __len__(self) -> int:
        return len(self._patterns)

    def fold(self, text: str) -> Folded:
        """Return the folded form of a text."""
        return Folded(text, self._letters)

    def _file(self, term: Term) -> None:
        folded = self.fold(term.spelling).text.strip()
        if not _long_enough(folded, term):
            return
        for key in {folded, folded.replace("'", "")}:
            known = self._whole.get(key)
            if known is None or (known.role != "other" and known.rank < term.rank):
                self._whole[key] = term
        for form in _declined(folded):
            self._forms.setdefault(form, term)
        if (stem := _stem(folded)) is not None:
            self._stems.setdefault(stem, term)

    def hits(self, folded: Folded, endings: frozenset[str]) -> Iterator[Hit]:
        """Yield every term on word boundaries, overlapping ones too, in no order.

        `endings` are those of Latin script in the text's language; those of the other scripts are always known.
        """
        text = folded.text
        for number, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            if start and _joined(text[start - 1], text[start]):
                continue
            key = self._patterns[number]
            if end == len(text) or not _joined(text[end - 1], text[end]):
                term = self._whole.get(key) or self._forms.get(key)
                if term and folded.whole(start, end):
                    yield Hit(start, end, term, inflected=key not in self._whole)
            elif (stop := _ending(text, end, endings)) and end - start >= _SHORTEST_INFLECTED:
                term = self._stems.get(key) or self._whole.get(key)
                if term and folded.whole(start, stop):
                    yield Hit(start, stop, term, inflected=True)


def _joined(left: str, right: str) -> bool:
    """Tell whether two neighbouring letters belong to one word; marks that folding keeps go with their letter."""
    return _in_word(left) and _in_word(right)


def _in_word(letter: str) -> bool:
    if letter.isalnum():
        return letter not in UNSPACED
    return letter > "\u02ff" and unicodedata.category(letter)[0] == "M"


def _long_enough(folded: str, term: Term) -> bool:
    """Tell whether a spelling is long enough to be told from a word: in scripts with case, three letters."""
    least = 2 if term.acronym or folded[:1] in UNSPACED else _SHORTEST
    return sum(map(str.isalnum, folded)) >= least


def is_acronym(spelling: str) -> bool:
    """Tell whether a spelling is written in capitals throughout, such as USA and U.K."""
    return spelling.isupper() and sum(map(str.isalpha, spelling)) <= _LONGEST_ACRONYM and not caseless(spelling[0])


def caseless(letter: str) -> bool:
    """Tell whether a letter's script writes names without a capital: Georgian, Arabic, Hebrew, Han and so on."""
    return letter in CASELESS or not (letter.isupper() or letter.islower() or letter.istitle())


def _ending(text: str, at: int, latin: frozenset[str]) -> int | None:
    """Return where the word ends that goes on at `at` with an ending of its script, or None for another word."""
    stop = at
    while stop < len(text) and text[stop].isalnum():
        stop += 1
        if stop - at > _LONGEST_ENDING:
            return None
    rest = text[at:stop]
    return stop if rest and rest in ENDINGS.get(block(rest[0]), latin) else None


def block(letter: str) -> str:
    """Return the first word of a letter's name in Unicode: LATIN, CYRILLIC, ARMENIAN, GEORGIAN ..."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _stem(folded: str) -> str | None:
    """Return what stays of a name before endings that replace its last letter, or None where nothing is replaced."""
    last = folded[-1]
    if last not in STEM_ENDS or len(folded) <= _SHORTEST_INFLECTED or folded.endswith(AS_SURNAME):
        return None
    return folded[:-1]


def _declined(folded: str) -> list[str]:
    """Return the cases of a name whose words are all declined, such as Lachinskii raion in Russian."""
    return [
        folded.removesuffix(ending) + form
        for ending, forms in PARADIGMS.items()
        if folded.endswith(ending)
        for form in forms
    ]
