"""How much a file may ask of the machine that reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from geomap.errors import SourceError


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of one input file; a file over a bound is refused, a row over a bound is set aside."""

    file_bytes: int = 1_000_000_000
    """Bytes on disk, and bytes after decompression."""
    expansion: int = 100
    """Bytes that one compressed byte may become; what unpacks to less than a megabyte is never refused."""
    rows: int = 10_000_000
    columns: int = 1_000
    cell_bytes: int = 1_000_000
    """UTF-8 bytes of one cell; a row with a longer one is set aside."""
    record_bytes: int = 8_000_000
    """UTF-8 bytes of one record; a longer one is set aside up to its line's end."""
    broken_rows: int = 100_000
    """Rows that cannot be read as records; a file with more is refused, since it is no table."""
    nesting: int = 64
    """Arrays and objects inside one another in a JSON file."""


DEFAULT = Limits()


def parse_limits(changes: Iterable[str]) -> Limits:
    """Return the default limits with some changed by NAME=NUMBER ("rows=20000000"); raises SourceError for others."""
    known = [field.name for field in fields(Limits)]
    limits = DEFAULT
    for change in changes:
        name, _, number = change.partition("=")
        if name not in known or not number.isdecimal():
            hint = f"write NAME=NUMBER; names: {', '.join(known)}"
            raise SourceError(f"{change!r} is not a limit", where="--limit", hint=hint)
        limits = replace(limits, **{name: int(number)})
    return limits
