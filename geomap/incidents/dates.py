"""Dates as files write them: one parser, and one decision a column on whether the day or the month comes first.

Times stay local wall time; nothing is converted to UTC. A date that could be two is not read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from geomap.incidents.faults import CellError
from geomap.incidents.values import utc_offset

Order = Literal["dmy", "mdy"]
ORDERS = {"dmy": "day first", "mdy": "month first"}
YEARS = (1800, 2100)
"""Years that are believed; 0025 and 20222 are typing errors."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "(?P<month>[A-Za-z]{3,9})\\.?"
_TIMED = re.compile(
    r"(?P<date>.+?)(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?\s*(?P<offset>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|UTC|GMT)?",
    re.IGNORECASE | re.ASCII,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_NUMERIC = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})", re.ASCII)
_DAYS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s]+{_MONTH}[-,\s]+(?P<year>\d{{4}}|\d\d)",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    )
)
_PERIODS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (r"(?P<year>\d{4})-(?P<month>\d\d)", rf"{_MONTH}[-,\s]+(?P<year>\d{{4}})", r"(?P<year>\d{4})")
)
_DAYS_OF_MONTH = re.compile(rf"(?P<first>\d{{1,2}})\s*[-–]\s*(?P<rest>\d{{1,2}}[-\s]+{_MONTH}[-,\s]+\d{{4}})", re.ASCII)
_BETWEEN = re.compile(r"\s+(?:-|–|—|to|until)\s+|\s*(?:/|–|—|\.\.)\s*")
_SHORT_YEAR = re.compile(r".*[-\s][A-Za-z]{3,9}[-\s]+\d\d", re.ASCII)
_SERIAL = re.compile(r"[3-5]\d{4}(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """A moment, a day or a span, in local wall time; `offset` in minutes where the text states one.

    `precision` is day | range | month | year. `timed` says that the text states a time of day.
    """

    start: datetime
    end: datetime
    precision: str = "day"
    timed: bool = False
    offset: int | None = None


def read_date(text: str, order: Order | None = None) -> When:
    """Read a date, a date and time, a month, a year, or a span of two of them.

    ISO 8601 in full, 20220913, 2022/09/13, 09-May-20 (years of two digits as POSIX has them: 69 to 68 are 1969 to
    2068), 13 September 2022, September 13, 2022, and 13/09/2022 when `order` (dmy | mdy) is given or only one reading
    is a date. Raises CellError otherwise, with code "ambiguous_date" where both readings are dates.
    """
    text = _WEEKDAY.sub("", text.strip(), count=1)
    if whole := _read_one(text, order):
        return whole
    if found := _DAYS_OF_MONTH.fullmatch(text):
        last = read_date(found["rest"], order)
        return _span(replace(last, start=_moment(last.start.year, last.start.month, int(found["first"]))), last)
    for cut in _BETWEEN.finditer(text):
        first, last = _read_one(text[: cut.start()], order), _read_one(text[cut.end() :], order)
        if first and last:
            return _span(first, last)
    if _SERIAL.fullmatch(text):
        raise CellError(
            "bad_date", "looks like a spreadsheet's day number", "format the column as a date, and save again"
        )
    raise CellError("bad_date", "not a date that geomap can read", "write 2022-09-13 or 2022-09-13T00:05")


def _span(first: When, last: When) -> When:
    if last.end < first.start:
        raise CellError("bad_date", "the span ends before it begins", "write the earlier date first")
    return When(
        first.start,
        last.end,
        "range",
        first.timed or last.timed,
        first.offset if first.offset is not None else last.offset,
    )


def _read_one(text: str, order: Order | None) -> When | None:
    """Read one date with or without time; None when the text is none. Raises CellError when it is an impossible one."""
    timed = _TIMED.fullmatch(text)
    if timed and (day := _read_day(timed["date"], order)):
        return _at(day, timed)
    return _read_day(text, order) or _read_period(text)


def _at(day: When, time: re.Match[str]) -> When:
    try:
        moment = day.start.replace(hour=_hour(time), minute=int(time["minute"]), second=int(time["second"] or 0))
    except ValueError:
        raise CellError("bad_date", "no such time of day", "hours run from 00 to 23") from None
    return When(moment, moment, timed=True, offset=utc_offset(time["offset"]) if time["offset"] else None)


def _hour(time: re.Match[str]) -> int:
    hour, half = int(time["hour"]), (time["half"] or "").casefold()
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + 12 * (half == "p")


def _read_day(text: str, order: Order | None) -> When | None:
    if found := _NUMERIC.fullmatch(text):
        return _day(_moment(int(found["year"]), *_month_and_day(int(found["first"]), int(found["second"]), order)))
    for pattern in _DAYS:
        if (found := pattern.fullmatch(text)) and (month := _month(found["month"])):
            return _day(_moment(_year(found["year"]), month, int(found["day"])))
    return None


def _day(moment: datetime) -> When:
    return When(moment, moment)


def _read_period(text: str) -> When | None:
    for pattern in _PERIODS:
        if found := pattern.fullmatch(text):
            year, name = int(found["year"]), found.groupdict().get("month")
            if name is None:
                return When(_moment(year, 1, 1), _moment(year, 12, 31), "year")
            if month := _month(name):
                first = _moment(year, month, 1)
                return When(first, first.replace(day=monthrange(year, month)[1]), "month")
    return None


def _month_and_day(first: int, second: int, order: Order | None) -> tuple[int, int]:
    if order is None and first != second and max(first, second) <= 12:
        hint = 'say dates="dmy" for day first or dates="mdy" for month first'
        raise CellError(
            "ambiguous_date", "could be day first or month first, and no date of this column decides it", hint
        )
    return (first, second) if order == "mdy" or (order is None and second > 12) else (second, first)


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    word = "sep" if text.casefold() == "sept" else text.casefold()
    return next((number for number, name in enumerate(_MONTHS, 1) if word in (name, name[:3])), None)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 1900 + int(text) + 100 * (int(text) < 69)


def _moment(year: int, month: int, day: int) -> datetime:
    if not YEARS[0] <= year <= YEARS[1]:
        raise CellError("bad_date", f"the year {year:04} is not between {YEARS[0]} and {YEARS[1]}", "correct the year")
    try:
        return datetime(year, month, day)
    except ValueError:
        raise CellError("bad_date", "no such day in the calendar", "is it month first, or a typing error?") from None


def find_order(texts: Iterable[str]) -> tuple[Order | None, str | None]:
    """Decide from a column's dates whether the day or the month comes first, and say why.

    Returns (None, None) where no date needs the decision, and (None, why) where the dates do not decide it or
    contradict one another: then no date that could be two is read.
    """
    proofs: dict[Order, str] = {}
    doubtful = False
    for text in texts:
        for found in _NUMERIC.finditer(text):
            first, second = int(found["first"]), int(found["second"])
            doubtful |= first != second
            if first > 12 >= second:
                proofs.setdefault("dmy", found[0])
            elif second > 12 >= first:
                proofs.setdefault("mdy", found[0])
    if len(proofs) == 2:
        return (
            None,
            f"both {proofs['dmy']} and {proofs['mdy']} stand there, so neither day nor month is first throughout",
        )
    for order, proof in proofs.items():
        return order, f"{ORDERS[order]}, as {proof} shows"
    return None, "nothing shows whether the day or the month comes first" if doubtful else None


def has_short_year(text: str) -> bool:
    """Tell whether a date gives its year by two digits."""
    return bool(_SHORT_YEAR.fullmatch(text.strip()))


def parser(order: Order | None) -> Callable[[str], When]:
    """Return `read_date` with the column's order."""
    return lambda text: read_date(text, order)
