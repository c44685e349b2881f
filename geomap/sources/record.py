"""One delimited record at a time, strictly by RFC 4180: for doubtful spans, and for finding the header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geomap.sources.limits import Limits

_STRETCH = 1 << 12


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, or the reason why there are none, and the offset after its line end."""

    cells: tuple[str, ...]
    end: int
    fault: str | None = None

    @property
    def blank(self) -> bool:
        """Whether the record is delimiters and spaces alone."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


@cache
def _cell(delimiter: bytes) -> re.Pattern[bytes]:
    """Return the pattern of one cell and what ends it; possessive, so that no text makes it slow."""
    mark = re.escape(delimiter)
    return re.compile(
        rb'(?:"(?P<quoted>(?:[^"]++|"")*+)"|(?!")(?P<plain>[^'
        + mark
        + rb"\r\n]*+))(?P<end>"
        + mark
        + rb"|\r\n|\n|\r|\Z)"
    )


def read_record(data: bytes, start: int, delimiter: bytes, limits: Limits) -> Record:
    """Read the record that begins at `start`; a record that breaks the rules ends with its physical line.

    A quote inside an unquoted cell is text. A quote that opens a cell must close it.
    """
    cells: list[str] = []
    at, stop = start, min(len(data), start + limits.record_bytes)
    while True:
        found = _cell(delimiter).match(data, at, stop)
        if found is None:
            return _broken(data, start, "a quotation mark opens a cell and does not close it")
        if found.end() == stop < len(data) or len(cells) >= limits.columns:
            return _broken(
                data, start, f"a record of more than {limits.record_bytes:,} bytes or {limits.columns:,} cells"
            )
        cells.append(_text(found))
        at = found.end()
        if found["end"] != delimiter:
            return Record(tuple(cells), at)


def _text(found: re.Match[bytes]) -> str:
    quoted = found["quoted"]
    return (found["plain"] if quoted is None else quoted.replace(b'""', b'"')).decode("utf-8")


def _broken(data: bytes, start: int, fault: str) -> Record:
    return Record((), line_end(data, start), fault)


def line_end(data: bytes, start: int) -> int:
    """Return the offset after the physical line that `start` stands in; looks no further than a stretch beyond it."""
    for at in range(start, len(data), _STRETCH):
        ends = [end for mark in (b"\n", b"\r") if (end := data.find(mark, at, at + _STRETCH)) >= 0]
        if ends:
            return min(ends) + (2 if data.startswith(b"\r\n", min(ends)) else 1)
    return len(data)


def read_row(data: bytes, start: int, delimiter: bytes, width: int, limits: Limits) -> Record:
    """Read a record that should have `width` cells; one that swallowed a whole row ends with its first line.

    When a record over several lines has a wrong number of cells and one of its later lines is a row by itself, its
    quotation mark was never closed: each physical line is then a row.
    """
    record = read_record(data, start, delimiter, limits)
    if record.fault or len(record.cells) == width:
        return record
    line = line_end(data, start)
    while line < record.end:
        after = line_end(data, line)
        if b'"' not in data[line:after] and len(read_record(data, line, delimiter, limits).cells) == width:
            return _broken(data, start, "a quotation mark opens a cell and swallows the rows after it")
        line = after
    return record
