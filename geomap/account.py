"""What became of every row: rows = read + set aside, read = placed + unplaced + superseded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.incidents.collection import CLAIMS_FORMAT
from geomap.types import MANY, InputFile, Problem


@dataclass(frozen=True)
class Account:
    """The inputs, the problems found in them, and how many rows newer versions replaced."""

    files: Sequence[InputFile] = ()
    problems: Sequence[Problem] = ()
    superseded: int = 0

    def counts(self, table: pd.DataFrame) -> dict[str, int]:
        """Count the rows of these inputs, given the located table of those that were read.

        `ambiguous` is part of `unplaced`; the two sums that the module states hold by construction.
        """
        placed = int(is_placed(table).sum())
        aside, read = len(set_aside(self.problems)), len(table) + self.superseded
        return {
            "rows": read + aside, "read": read, "placed": placed, "unplaced": len(table) - placed,
            "ambiguous": int(table["match_status"].eq("ambiguous").sum()),
            "superseded": self.superseded, "set_aside": aside,
        }  # fmt: skip

    def report(self, table: pd.DataFrame) -> dict[str, Any]:
        """Return the account as `check --json` prints it, paths as the user gave them."""
        told = self.counts(table)
        return {
            "rows": told["rows"], "read": told["read"], "placed": told["placed"],
            "unplaced": _listed(table[~is_placed(table)]),
            "ambiguous": _listed(table[table["match_status"].eq("ambiguous")]),
            "superseded": told["superseded"], "set_aside": set_aside(self.problems),
            "files": [_file(file) for file in self.files if file.preset != CLAIMS_FORMAT],
            "claims": [_file(file) for file in self.files if file.preset == CLAIMS_FORMAT],
            "problems": [{name: getattr(problem, name) for name in _PROBLEM}
                         for problem in self.problems if not problem.set_aside],
        }  # fmt: skip


_FILE = ("path", "format", "rows", "read")
_FAULT = ("column", "value", "reason", "hint")
_PROBLEM = ("code", "file", "sheet", "row", *_FAULT)
_JOINED = (
    "id", "match_id", "country", "control", "control_source", "border_id", "border_km", "border_km_error", "side",
    "border_status", "border_valid", "other_sides",
)  # fmt: skip


def is_placed(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows of a located table have a place on the map."""
    return table["match_status"].isin(["coordinates", "placed"])


def set_aside(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Group the problems that removed rows into one entry a row, in order of file, sheet and row."""
    entries: dict[tuple[str, str, int], dict[str, Any]] = {}
    for problem in problems:
        if problem.set_aside:
            key = (problem.file or "", problem.sheet or "", problem.row or 0)
            head = {
                "file": problem.file,
                "sheet": problem.sheet,
                "row": problem.row,
                "code": problem.code,
                "faults": [],
            }
            entries.setdefault(key, head)["faults"].append({name: getattr(problem, name) for name in _FAULT})
    return [entries[key] for key in sorted(entries)]


def joined_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each incident's place, country and border as `build --report` writes them."""
    rows = table[list(_JOINED)].astype("object")
    return rows.where(rows.notna(), None).to_dict("records")


def _file(file: InputFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in _FILE}


def _listed(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "id": row["id"], "file": row["file"], "row": value_or_none(row["row"]),
            "place": value_or_none(row["place_text"]), "why": value_or_none(row["match_why"]),
            "rivals": [rival for rival in (value_or_none(row["match_rivals"]) or "").split(MANY) if rival],
        }
        for _, row in rows.iterrows()
    ]  # fmt: skip


def value_or_none(value: Any) -> Any:
    """Return a cell as plain Python: None for any null, numbers as int or float."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
