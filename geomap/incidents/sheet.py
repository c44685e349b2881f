"""A raw table under our column names, read column by column with everything that is odd about it in a log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

from geomap.incidents.faults import CellError, Log
from geomap.incidents.plan import Plan
from geomap.incidents.values import Parsed, parse_column
from geomap.types import MANY

T = TypeVar("T")

_CODES = ("id", "report_id", "place_code", "date_precision", "kind", "version")
"""Columns of codes, where a spreadsheet may have turned 214797 into 214797.0."""
_CUT = "\x1f\x1e\x1f"
_FLOATED = r"-?[0-9]+\.0+"


@dataclass
class Sheet:
    """The rows of one file as text under our names; an absent column is all NA."""

    frame: pd.DataFrame
    """The file's columns, indexed by row number."""
    plan: Plan
    log: Log
    _texts: dict[str, pd.Series] = field(default_factory=dict)

    @property
    def index(self) -> pd.Index:
        """The row numbers."""
        return self.frame.index

    def has(self, name: str) -> bool:
        """Tell whether the file fills this column of ours."""
        return name in self.plan.columns or name in self.plan.joined

    def text(self, name: str) -> pd.Series:
        """Return one of our columns as text, NA where the file's cell is empty or blank."""
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def _read(self, name: str) -> pd.Series:
        preset = self.plan.preset
        if name in preset.constants and name not in self.plan.columns:
            return self._filled(preset.constants[name])
        if name in self.plan.joined:
            texts = self._join(name)
        else:
            texts = self._filled(None)
            for column in self.plan.columns.get(name, ()):
                cells = self.frame[column]
                texts = texts.fillna(cells.where(cells.str.strip() != ""))
        if name in preset.split:
            texts = texts.str.replace(rf"\s*{preset.split[name]}\s*", MANY, regex=True)
        return self._without_points(name, texts) if name in _CODES else texts

    def _filled(self, value: str | None) -> pd.Series:
        return pd.Series(value, index=self.index, dtype="string")

    def _join(self, name: str) -> pd.Series:
        first, *others = (self.frame[column].fillna("") for column in self.plan.joined[name])
        rows = first.str.cat(others, sep=_CUT)
        return parse_column(rows, _joined).series("string")

    def _without_points(self, name: str, texts: pd.Series) -> pd.Series:
        texts = texts.str.strip()
        if not texts.dropna().str.fullmatch(_FLOATED).all() or not texts.notna().any():
            return texts
        self.log.note(f"{self.plan.file_name(name)}: numbers like {texts.dropna().iloc[0]} are read without the point")
        return texts.str.replace(r"\.0+$", "", regex=True)

    def parse(self, name: str, parser: Callable[[str], T], *, set_aside: bool = False) -> Parsed[T]:
        """Parse one of our columns; each cell that cannot be read is reported, and costs its row if `set_aside`."""
        parsed = parse_column(self.text(name), parser)
        self.report(name, parsed, set_aside=set_aside)
        return parsed

    def report(self, name: str, parsed: Parsed[Any], *, set_aside: bool = False) -> None:
        """Report the unreadable cells of a parsed column."""
        for row, text, fault in parsed.faulty():
            self.log.cell(fault, row, self.plan.file_name(fault.column or name), text, set_aside=set_aside)

    def coded(self, name: str) -> pd.Series:
        """Return one of our columns with the preset's codes replaced by our words; an unknown code costs its row."""
        codes = self.plan.preset.codes.get(name)
        return self.parse(name, _decoder(codes), set_aside=True).series("string") if codes else self.text(name)


def _joined(row: str) -> str | None:
    return MANY.join(dict.fromkeys(cell for cell in row.split(_CUT) if cell.strip())) or None


def _decoder(codes: dict[str, str]) -> Callable[[str], str]:
    def decode(code: str) -> str:
        if code not in codes:
            raise CellError("bad_word", "not a code that this data set uses", f"known codes: {', '.join(codes)}")
        return codes[code]

    return decode
