"""When: local wall time as the file states it, with how well it is known."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from geomap.incidents.dates import Order, When, find_order, has_short_year, parser
from geomap.incidents.faults import CellError
from geomap.incidents.sheet import Sheet
from geomap.incidents.values import Parsed, utc_offset, word_of
from geomap.types import DATE_PRECISIONS, TIME_PRECISIONS

_MOMENT = "datetime64[s]"


def read_times(sheet: Sheet, order: Order | None) -> pd.DataFrame:
    """Return start, end, utc_offset, date_precision, time_precision and time_text of every row.

    A date that cannot be read leaves its row without a date and is reported. An empty end is the start's, or the last
    day of a month or span that the start names. Midnight in every row means that no row states a time.
    """
    first, last = _read("start", sheet, order), _read("end", sheet, order)
    start, end = first.series(_MOMENT, lambda when: when.start), last.series(_MOMENT, lambda when: when.end)
    end = end.fillna(first.series(_MOMENT, lambda when: when.end).where(sheet.text("end").isna()))
    timed = _timed(first) | _timed(last)
    start, end, timed, loose = _with_time_column(sheet, start, end, timed)
    start, end = _in_order(sheet, start, end)
    return pd.DataFrame({
        "start": start, "end": end, "utc_offset": _offsets(sheet, first),
        "date_precision": _date_precision(sheet, first, start, end),
        "time_precision": _time_precision(sheet, timed), "time_text": sheet.text("time_text").fillna(loose),
    })  # fmt: skip


def _read(name: str, sheet: Sheet, order: Order | None) -> Parsed[When]:
    texts, column = sheet.text(name), sheet.plan.file_name(name)
    distinct = texts.dropna().unique()
    found, why = find_order(distinct)
    if order:
        found, why = order, why and f"{'day' if order == 'dmy' else 'month'} first, as was asked for"
    if why:
        sheet.log.note(f"{column}: {why}")
    if any(map(has_short_year, distinct)):
        sheet.log.note(f"{column}: years of two digits are read as 1969 to 2068")
    return sheet.parse(name, parser(found))


def _timed(parsed: Parsed[When]) -> pd.Series:
    """Tell which rows state a time of day; where every time is midnight, none does."""
    told = [when for when in parsed.values if when and when.timed]
    if all(when.start.time() == when.end.time() == datetime.min.time() for when in told):
        return pd.Series(data=False, index=parsed.index)
    return parsed.series("boolean", lambda when: when.timed).fillna(False).astype(bool)


def _with_time_column(
    sheet: Sheet, start: pd.Series, end: pd.Series, timed: pd.Series
) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """Add a time of day from a column of its own to dates that have none; other words become time_text."""
    texts = sheet.text("time")
    clock = pd.to_timedelta(texts.str.strip().where(texts.str.fullmatch(r"\s*([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?\s*"))
                            .str.replace(r"^(\d{1,2}:\d\d)$", r"\1:00", regex=True))  # fmt: skip
    use = clock.notna() & start.notna() & ~timed
    moment = (start + clock).astype(_MOMENT)
    end = end.mask(use & (end == start), moment)
    return start.mask(use, moment), end, timed | use, texts.where(~use)


def _in_order(sheet: Sheet, start: pd.Series, end: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Empty both dates where the end comes first, and an end that has no start; each is reported."""
    turned = (end < start).fillna(False)
    fault = CellError(
        "date_order",
        "the end comes before the start; neither is used",
        "correct one",
        column=sheet.plan.file_name("end"),
    )
    sheet.log.rows(sheet.text("end")[turned], fault)
    lone = start.isna() & end.notna() & sheet.text("start").isna()
    fault = CellError(
        "end_without_start",
        "an end without a start; it is not used",
        "write the start",
        column=sheet.plan.file_name("end"),
    )
    sheet.log.rows(sheet.text("end")[lone], fault)
    return start.mask(turned), end.mask(turned | start.isna())


def _offsets(sheet: Sheet, parsed: Parsed[When]) -> pd.Series:
    """Take the offset that a date itself states, else the column's; a disagreement is reported."""
    own = parsed.series("Int32", lambda when: when.offset)
    column = sheet.parse("utc_offset", utc_offset).series("Int32")
    differ = (own != column).fillna(False)
    fault = CellError(
        "offset_disagrees", "the date states another offset from UTC than this column; the date's is used",
        column=sheet.plan.file_name("utc_offset"),
    )  # fmt: skip
    sheet.log.rows(sheet.text("utc_offset")[differ], fault)
    return own.fillna(column)


def _date_precision(sheet: Sheet, parsed: Parsed[When], start: pd.Series, end: pd.Series) -> pd.Series:
    if sheet.plan.preset.codes.get("date_precision"):
        stated = sheet.coded("date_precision")
    else:
        stated = sheet.parse("date_precision", word_of(DATE_PRECISIONS), set_aside=True).series("string")
    several = (end.dt.normalize() > start.dt.normalize()).fillna(False)
    found = parsed.series("string", lambda when: when.precision)
    found = found.mask(several & found.eq("day"), "range").where(start.notna())
    return stated.fillna(found).mask(stated.eq("day").fillna(False) & several, "range")


def _time_precision(sheet: Sheet, timed: pd.Series) -> pd.Series:
    stated = sheet.parse("time_precision", word_of(TIME_PRECISIONS), set_aside=True).series("string")
    return stated.fillna(timed.map({True: "exact", False: "none"}).astype("string"))
