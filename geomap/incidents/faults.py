"""What is wrong with a cell, and the log of everything a reader of a file must be told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from geomap.types import Problem

_SHOWN = 200
"""Characters of a cell that its Problem quotes."""


class CellError(ValueError):
    """A cell's text cannot be read; `code` names the fault, `column` our column where a parser reads several."""

    def __init__(self, code: str, reason: str, hint: str | None = None, *, column: str | None = None) -> None:
        super().__init__(reason)
        self.code, self.reason, self.hint, self.column = code, reason, hint, column


@dataclass
class Log:
    """Problems and notes of one file, in the order in which they are found."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Say something once for the whole file."""
        if text not in self.notes:
            self.notes.append(text)

    def cell(
        self, fault: CellError, row: int, column: str | None, value: str | None, *, set_aside: bool = False
    ) -> None:
        """Report a cell; `column` is the file's name for it, `set_aside` says that the row is lost by it."""
        shown = value[:_SHOWN] if value else value
        self.problems.append(
            Problem(
                fault.code, fault.reason, self.file, row=row, column=column, value=shown, hint=fault.hint,
                set_aside=set_aside,
            )
        )  # fmt: skip

    def rows(self, values: pd.Series, fault: CellError, *, set_aside: bool = False) -> None:
        """Report the same fault for several rows: `values` holds what to show of each, by row number."""
        for row, value in values.items():
            text = None if pd.isna(value) else str(value)
            self.cell(fault, int(str(row)), fault.column, text, set_aside=set_aside)

    def lost(self) -> set[int]:
        """Return the numbers of the rows that were set aside."""
        return {problem.row for problem in self.problems if problem.set_aside and problem.row is not None}
