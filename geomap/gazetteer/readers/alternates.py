"""GeoNames' alternateNamesV2.txt: names by place id with language, use and years, and what kind of name each is.

Columns (GeoNames, export/dump/readme.txt): id, geonameid, isolanguage, alternate name, isPreferredName, isShortName,
isColloquial, isHistoric, from, to. The older alternateNames.txt ends after the eighth.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.features import OFFICIAL_SCRIPT
from geomap.gazetteer.readers.foreign import Chunk, Ledger, chunks
from geomap.gazetteer.readers.languages import MAIN, Scripts, tag
from geomap.gazetteer.words.names import romanise_all
from geomap.types import Name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLUMNS = (10, 8)
MAX_NAME = 1_000
"""Characters; GeoNames has 400 at most."""
_CACHE_KB = 64_000
_ORDER = ("own", "russian", "other", "variant", "historic")
_YEAR = re.compile(r"(\d{4})(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)?")
CODES_LEFT_OUT = "codes and links (airports, post codes, Wikidata) are no names"
_SHORTEST_ABBREVIATION = 3
"""Letters; "OR", "IN" and "ME" are states of the USA, and words."""


class Row(NamedTuple):
    """A name as the file has it."""

    language: str
    text: str
    preferred: bool
    colloquial: bool
    historic: bool
    start: str
    end: str


class Alternates:
    """The names of some places, in a temporary database that SQLite keeps on disk and removes when it is closed.

    Memory: 64 MB of cache, and 8 bytes for each place that is looked for.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE name (id INTEGER, line TEXT)")

    def load(self, path: Path, wanted: NDArray[np.int64], ledger: Ledger) -> None:
        """Load the names of the places whose sorted ids are `wanted`; broken lines are set aside.

        Raises GazetteerError when the file is missing, no table of names, or the disk is full.
        """
        known: dict[str, bool] = {}
        try:
            self._db.execute("BEGIN")
            for chunk in chunks(path, ledger):
                if chunk.first == 1:
                    _check_form(path, chunk)
                rows = list(_rows(chunk, known, ledger))
                kept = _among([place for place, _ in rows], wanted)
                self._db.executemany("INSERT INTO name VALUES (?, ?)", compress(rows, kept))
            self._db.execute("COMMIT")
            self._db.execute("CREATE INDEX by_id ON name (id)")
        except sqlite3.Error as fault:
            reason, hint = f"its names do not fit on the disk: {fault}", "SQLITE_TMPDIR names another folder"
            raise GazetteerError(reason, where=str(path), hint=hint) from None

    def of(self, place: int) -> list[Row]:
        """Return the names of a place in file order."""
        found = self._db.execute("SELECT line FROM name WHERE id = ? ORDER BY rowid", (place,))
        return [_row(line.split("\t")) for (line,) in found]

    def close(self) -> None:
        """Remove the temporary database."""
        self._db.close()


def _among(ids: list[int], wanted: NDArray[np.int64]) -> list[bool]:
    """Tell of each id whether it is wanted."""
    if not len(wanted):
        return [False] * len(ids)
    at = wanted.searchsorted(ids).clip(max=len(wanted) - 1)
    return (wanted[at] == ids).tolist()


def _rows(chunk: Chunk, known: dict[str, bool], ledger: Ledger) -> Iterator[tuple[int, str]]:
    """Yield the place id and the other cells of each line that is a name; `known` remembers what is a language."""
    for number, line in enumerate(chunk.lines, chunk.first):
        width = line.count("\t") + 1
        cells = line.split("\t", 3)
        if width not in COLUMNS or not cells[1].isdecimal() or len(cells[1]) > 18:
            if line and not _is_aside(line, number):
                ledger.add("broken_line", number, _reason(width, cells), value=line)
            continue
        language = cells[2]
        if language not in known:
            known[language] = language in _SPECIAL or tag(language) is not None
        if known[language]:
            yield int(cells[1]), f"{language}\t{cells[3]}"
        else:
            ledger.left_out[CODES_LEFT_OUT] += 1


def _is_aside(line: str, number: int) -> bool:
    """Tell whether a line is a comment or a header."""
    return line.startswith("#") or (number == 1 and "geonameid" in line.casefold())


def _reason(width: int, cells: list[str]) -> str:
    if width not in COLUMNS:
        return f"{width} columns where alternateNamesV2.txt has 10"
    return f"{cells[1][:20]!r} is no GeoNames id"


def _check_form(path: Path, chunk: Chunk) -> None:
    widths = [line.count("\t") + 1 for line in chunk.lines if line and not line.startswith("#")]
    if not set(widths) & set(COLUMNS):
        found = widths[0] if widths else "none"
        raise GazetteerError(
            f"is no GeoNames table of alternate names: expected 10 columns separated by tabs, found {found}",
            where=str(path),
            hint="alternateNamesV2.txt is one",
        )


_SPECIAL = {"abbr": "", "fr_1793": "fr", "piny": "zh-Latn-pinyin"}
"""GeoNames' own codes that do stand for names: abbreviations, names of the French Revolution, Pinyin."""


def _row(cells: Sequence[str]) -> Row:
    language, text, preferred, _, colloquial, historic, *years = cells
    text = text.strip()
    start, end = years or ("", "")
    if language == "abbr" and len(text) < _SHORTEST_ABBREVIATION:
        text = ""
    known = _SPECIAL.get(language)
    return Row(
        (tag(language) or "") if known is None else known,
        text,
        preferred == "1",
        colloquial == "1" or language == "abbr",
        historic == "1" or language == "fr_1793",
        start.strip(),
        end.strip(),
    )


def names_of(rows: Sequence[Row], official: str, country: str | None, scripts: Scripts) -> tuple[Name, ...]:
    """Return a place's names with their kinds, own names first, each text once; the official name is not repeated.

    own: preferred in the country's most spoken language, or in it (or in the country's script) and read like the
    official name. historic: marked so, or out of use since some year. russian: in Russian elsewhere. other: in another
    language. variant: the rest, colloquial names and abbreviations among them.
    """
    fitting = [row for row in rows if row.text and row.text != official and len(row.text) <= MAX_NAME]
    written_in = [scripts(row.text) for row in fitting]
    alike = _alike(official, fitting, written_in, country)
    names = [
        Name(row.text, row.language or written, _kind(row, country, alike), interval(row.start, row.end))
        for row, written in zip(fitting, written_in, strict=True)
    ]
    best: dict[str, Name] = {}
    for name in sorted(names, key=lambda each: _ORDER.index(each.kind)):
        best.setdefault(name.text, name)
    return tuple(best.values())


def _alike(official: str, rows: Sequence[Row], scripts: Sequence[str], country: str | None) -> frozenset[str]:
    """Return the names that may be own ones and read like the official name."""
    main, own_script = MAIN.get(country or ""), OFFICIAL_SCRIPT.get(country or "", "")
    possible = [
        row.text
        for row, written in zip(rows, scripts, strict=True)
        if not row.historic and (_base(row.language) == main if row.language else written == own_script)
    ]
    if not possible:
        return frozenset()
    reading, *readings = romanise_all([official, *possible])
    return frozenset(text for text, each in zip(possible, readings, strict=True) if each == reading)


def _kind(row: Row, country: str | None, alike: frozenset[str]) -> str:
    language = _base(row.language)
    if row.historic or row.end:
        return "historic"
    if row.colloquial or not language:
        return "own" if row.text in alike and not row.colloquial else "variant"
    if language == MAIN.get(country or ""):
        return "own" if row.preferred or row.text in alike else "variant"
    return "russian" if language == "ru" else "other"


def unlabelled(texts: Iterable[str], official: str, country: str, scripts: Scripts) -> tuple[Name, ...]:
    """Return names that come without a language, labelled with their script, each once and in order.

    own: in the script of the country's official names and read like the official name. variant: all others.
    """
    own_script = OFFICIAL_SCRIPT.get(country)
    names = {text: Name(text, scripts(text), "variant") for text in texts if text and text != official}
    possible = [text for text, name in names.items() if name.language == own_script] if own_script else ()
    if possible:
        reading, *readings = romanise_all([official, *possible])
        own = [text for text, each in zip(possible, readings, strict=True) if each == reading]
        names.update((text, names[text]._replace(kind="own")) for text in own)
    return tuple(names.values())


def is_airport_code(text: str) -> bool:
    """Tell whether a name is three Latin capitals, as the airport codes are that GeoNames mixes into the names."""
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def _base(language: str) -> str:
    base = language.partition("-")[0]
    return "nb" if base == "no" else base


def interval(start: str, end: str) -> str:
    """Return "1935/1990", "1935/.." or "../1990" (ISO 8601-2), or "" where neither year can be read.

    GeoNames does not say how it writes dates: a year, month or day as ISO 8601 has them, with or without hyphens, is
    read, anything else counts as not known.
    """
    dates = [_date(start), _date(end)]
    return "/".join(date or ".." for date in dates) if any(dates) else ""


def _date(text: str) -> str:
    found = _YEAR.fullmatch(text)
    return "-".join(filter(None, found.groups())) if found else ""
