"""Tables as CSV for spreadsheets: cells that would run as a formula are neutralised, reversibly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | float | int | None
_FORMULA = re.compile(r"['=+\-@\t\r]")
"""What OWASP's page "CSV Injection" lists, and the apostrophe itself, so that `reveal` is certain; as in the page."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def neutralise(cell: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run, and before an apostrophe; a number stays a number."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def reveal(cell: str) -> str:
    """Undo `neutralise`."""
    return cell.removeprefix("'")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as UTF-8 CSV (RFC 4180, lines end in CR LF); None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(neutralise, header))
    writer.writerows([neutralise(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode()
