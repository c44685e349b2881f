"""Strict parsers of single cells, and how one runs over a column: once for each distinct text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.incidents.faults import CellError

T = TypeVar("T")

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(?:\.0+)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(?:(?=[0-9]{4})|(?=[0-9]{1,2}:))([0-9]{1,2}):?([0-5][0-9])")
_TRUE, _FALSE = ("true", "yes", "y", "1"), ("false", "no", "n", "0")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A column after parsing: `codes` points from rows into `values`, -1 where the cell is empty.

    A value is None where its text could not be read; `faults` says why, by position in `values`.
    """

    index: pd.Index
    codes: NDArray[np.intp]
    texts: Sequence[str]
    values: list[T | None]
    faults: dict[int, CellError]

    def series(self, dtype: str, pick: Callable[[T], Any] = lambda value: value) -> pd.Series:
        """Return one value a row, NA where the cell is empty or unreadable."""
        picked = np.empty(len(self.values) + 1, dtype=object)
        picked[:] = [*(None if value is None else pick(value) for value in self.values), None]
        return pd.Series(picked[self.codes], index=self.index, dtype=object).astype(pd.api.types.pandas_dtype(dtype))

    def faulty(self) -> list[tuple[int, str, CellError]]:
        """Return (row, text, fault) of each cell that could not be read, in order of rows."""
        wrong = np.flatnonzero(np.isin(self.codes, list(self.faults)))
        found = [(int(self.index[int(at)]), int(self.codes[at])) for at in wrong]
        return [(row, self.texts[code], self.faults[code]) for row, code in found]


def parse_column(texts: pd.Series, parse: Callable[[str], T]) -> Parsed[T]:
    """Run `parse` over the distinct texts of a column; NA stays NA, and CellError becomes a fault."""
    codes, distinct = pd.factorize(texts)
    words = [str(text) for text in distinct]
    values: list[T | None] = []
    faults: dict[int, CellError] = {}
    for position, text in enumerate(words):
        try:
            values.append(parse(text))
        except CellError as fault:
            values.append(None)
            faults[position] = fault
    return Parsed(texts.index, codes, words, values, faults)


def whole(text: str) -> int:
    """Read a whole number; 3.0 is read as 3, since spreadsheets turn one into the other."""
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        raise CellError("bad_number", "not a whole number", "write digits alone, or leave it empty")
    return int(text.partition(".")[0])


def count(text: str) -> int:
    """Read a number of people: whole and not negative."""
    number = whole(text)
    if number < 0:
        raise CellError("bad_number", "a number of people cannot be negative", "leave it empty where it is not known")
    return number


def decimal(text: str) -> float:
    """Read a finite decimal number; a single comma is taken for the decimal point."""
    text = text.strip().replace("−", "-")
    number = float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise CellError("bad_number", "not a number")
    return number


def kilometres(text: str) -> float:
    """Read a radius in kilometres: zero or more."""
    number = decimal(text)
    if number < 0:
        raise CellError("bad_number", "a radius cannot be negative")
    return number


def truth(text: str) -> bool:
    """Read yes or no (true, false, y, n, 1, 0)."""
    word = text.strip().casefold()
    if word not in _TRUE + _FALSE:
        raise CellError("bad_word", "neither yes nor no", "write true or false")
    return word in _TRUE


def utc_offset(text: str) -> int:
    """Read an offset from UTC as minutes: 240, +04:00, +0400, +4, UTC+4 or Z."""
    text = text.strip()
    if text.upper() in ("Z", "UTC", "GMT"):
        return 0
    if found := _OFFSET.fullmatch(text.upper()):
        sign, hours, minutes = found.groups()
        offset = int(f"{sign}1") * (60 * int(hours) + int(minutes))
    elif _WHOLE.fullmatch(number := text.upper().removeprefix("UTC").removeprefix("GMT")):
        offset = _hours_or_minutes(number)
    else:
        raise _no_offset()
    if not -12 * 60 <= offset <= 14 * 60:
        raise _no_offset()
    return offset


def _hours_or_minutes(text: str) -> int:
    """Take a bare number for minutes from 60 on, a signed one up to 14 for hours, and nothing else."""
    number = whole(text)
    if number == 0 or abs(number) >= 60:
        return number
    if text[0] in "+-" and abs(number) <= 14:
        return 60 * number
    raise _no_offset()


def _no_offset() -> CellError:
    return CellError("bad_offset", "not an offset from UTC", "write +04:00, or minutes such as 240")


def word_of(allowed: Sequence[str]) -> Callable[[str], str]:
    """Return a parser that accepts the given words alone, without regard to case."""

    def parse(text: str) -> str:
        word = text.strip().casefold()
        if word not in allowed:
            raise CellError("bad_word", "not one of the words that this column allows", f"write {', '.join(allowed)}")
        return word

    return parse
