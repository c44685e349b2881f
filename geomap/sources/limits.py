"""How much a file may ask of the machine that reads it."""

from __future__ import annotations

from dataclasses import dataclass


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
