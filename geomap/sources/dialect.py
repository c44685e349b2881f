"""Delimiter and header row, found from a file's first records."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from geomap.errors import SourceError
from geomap.sources.limits import Limits
from geomap.sources.record import Record, read_record

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = {b",": "comma", b";": "semicolon", b"\t": "tab", b"|": "vertical bar"}
_SAMPLE = 100
_ROOM = 10
"""How many times the limit of columns a header may have and still be told that it is over."""
_VALUE = re.compile(r"\s*(?:[-+]?\d+(?:[.,]\d+)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*)\s*", re.DOTALL)
"""What stands in rows and never in a header: a number, a date."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is laid out: its delimiter, its column names, and where the rows begin."""

    delimiter: bytes
    names: tuple[str, ...]
    header_row: int
    """Number of the header's record, from 1."""
    body: int
    """Offset of the first record below the header."""
    notes: tuple[str, ...]


def find_dialect(data: bytes, limits: Limits, where: str) -> Dialect:
    """Choose the delimiter that gives most records the same number of cells under a header.

    The header is the first record of words that fills more than half of those cells. Raises SourceError where no
    record can be a header: a file without one cannot be read, since its columns have no meaning.
    """
    best = max((_Trial.of(data, mark, limits) for mark in DELIMITERS), key=lambda trial: trial.score)
    if best.header is None:
        raise SourceError("no header row found", where=where, hint="the first row must name the columns")
    names, notes = _unique(best.header.cells)
    if len(names) > limits.columns:
        raise SourceError(f"has more than {limits.columns:,} columns", where=where)
    found = (f"delimiter: {DELIMITERS[best.delimiter]}", f"header in row {best.row}")
    return Dialect(best.delimiter, names, best.row, best.header.end, found + notes)


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a delimiter would make of the file; `score` is how well its records agree with the header."""

    delimiter: bytes
    header: Record | None
    row: int
    score: tuple[bool, float, int]

    @classmethod
    def of(cls, data: bytes, delimiter: bytes, limits: Limits) -> _Trial:
        roomy = replace(limits, columns=_ROOM * limits.columns)
        records = list(islice(_records(data, delimiter, roomy), _SAMPLE))
        widths = Counter(len(record.cells) for record in records if not (record.fault or record.blank))
        usual = max(widths, key=lambda cells: (widths[cells], cells), default=1)
        found = _first_header(records, usual) or _first_header(records, 2)
        header = records[found - 1] if found else None
        width = len(header.cells) if header else usual
        return cls(delimiter, header, found or 0, (width > 1, widths[width] / max(widths.total(), 1), width))


def _records(data: bytes, delimiter: bytes, limits: Limits) -> Iterator[Record]:
    at = 0
    while at < len(data):
        record = read_record(data, at, delimiter, limits)
        at = record.end
        yield record


def _first_header(records: list[Record], width: int) -> int | None:
    """Return the number of the first record of words alone that fills more than half of `width` cells."""
    for number, record in enumerate(records, 1):
        filled = [cell for cell in record.cells if cell.strip()]
        if 2 * len(filled) > width and not any(_VALUE.fullmatch(cell) for cell in filled):
            return number
    return None


def _unique(cells: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give every column a name of its own; say which were empty or repeated."""
    names: list[str] = []
    notes: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = plain = cell.strip() or f"column {number}"
        copies = 1
        while name in names:
            copies += 1
            name = f"{plain} ({copies})"
        if copies > 1:
            notes.append(f"the column name {plain!r} stands more than once; column {number} is called {name!r}")
        names.append(name)
    return tuple(names), tuple(notes)
