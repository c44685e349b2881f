"""Names looked up and decided on, from the command line or a script: one by one, or a whole file's column."""

from __future__ import annotations

from geomap.lookup.column import Column, LocatedColumn, locate_column, read_column
from geomap.lookup.names import AnyGazetteer, locate_names, open_asking
from geomap.lookup.pins import accept_drift, drifted, pin_names, pinned_lines, unpin_names

__all__ = [
    "AnyGazetteer", "Column", "LocatedColumn", "accept_drift", "drifted", "locate_column", "locate_names",
    "open_asking", "pin_names", "pinned_lines", "read_column", "unpin_names",
]  # fmt: skip
