"""One file's rows as incidents: text becomes values, and what cannot be read is set aside or emptied, and said."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.incidents.dates import Order
from geomap.incidents.faults import CellError
from geomap.incidents.identity import content_ids
from geomap.incidents.positions import read_positions, read_precision
from geomap.incidents.sheet import Sheet
from geomap.incidents.times import read_times
from geomap.incidents.values import count, truth, word_of
from geomap.types import RELATIONS, ROLES

_PLAIN_TEXT = (
    "published_at", "place_text", "actors", "claimant", "claimant_side", "source_name", "source_url", "archive_url",
    "source_date", "text", "duplicate_of", "country_text", "admin1_text",
)  # fmt: skip
_DEATHS = ("deaths_low", "deaths_best", "deaths_high")
_DEFAULTS = {"relation": "at", "role": "clash"}
"""What a row means that does not say: the event was at the place, and it is what the row reports."""


def convert(sheet: Sheet, order: Order | None, geometry: NDArray[np.object_] | None = None) -> pd.DataFrame:
    """Return the incidents of a sheet: INCIDENTS columns but file, sheet and report, with `own_id` and `version`.

    One row for each row that was not set aside, in file order, indexed by row number. A coordinate, a code or a word
    outside its column's vocabulary sets its row aside, since it would mislead; a date or a number that cannot be read
    leaves its cell empty. Either way a Problem names row, column and value.
    """
    columns = {name: sheet.text(name) for name in _PLAIN_TEXT}
    columns["geometry"] = read_positions(sheet, geometry)
    columns["kind"] = sheet.coded("kind")
    columns |= {name: _word(sheet, name, allowed) for name, allowed in (("relation", RELATIONS), ("role", ROLES))}
    columns |= {name: sheet.parse(name, count).series("Int64") for name in _DEATHS}
    columns["graphic"] = _graphic(sheet)
    table = pd.DataFrame(columns)
    table = pd.concat([table, read_times(sheet, order), read_precision(sheet)], axis=1)
    _report_ranges(sheet, table)
    kept = table.loc[~table.index.isin(sheet.log.lost())]
    return kept.assign(**_identity(sheet, kept))


def _identity(sheet: Sheet, table: pd.DataFrame) -> dict[str, pd.Series]:
    own = sheet.text("id").str.strip().reindex(table.index)
    if own.isna().any():
        own = own.fillna(content_ids(table))
    report = sheet.text("report_id").str.strip().reindex(table.index)
    return {"own_id": own, "report_id": report.fillna(own), "version": sheet.text("version").reindex(table.index)}


def _word(sheet: Sheet, name: str, allowed: tuple[str, ...]) -> pd.Series:
    words = sheet.parse(name, word_of(allowed), set_aside=True).series("string")
    empty = int(sheet.text(name).isna().sum())
    if empty and sheet.has(name):
        sheet.log.note(f"{sheet.plan.file_name(name)}: empty in {empty} rows, read as {_DEFAULTS[name]!r}")
    return words.fillna(_DEFAULTS[name])


def _graphic(sheet: Sheet) -> pd.Series:
    """Cover what the file marks, and what it marks in a word that cannot be read."""
    parsed = sheet.parse("graphic", truth)
    unreadable = sheet.text("graphic").notna() & parsed.series("boolean").isna()
    return parsed.series("boolean").fillna(False).mask(unreadable, other=True)


def _report_ranges(sheet: Sheet, table: pd.DataFrame) -> None:
    """Report deaths whose low, best and high figures are out of order; they stay as the file gives them."""
    low, best, high = (table[name] for name in _DEATHS)
    wrong = ((low > best) | (best > high) | (low > high)).fillna(False)
    column = sheet.plan.file_name("deaths_low")
    fault = CellError(
        "range_order", "low, best and high figures are out of order; shown as the file has them", column=column
    )
    if not wrong.any():
        return
    shown = table.loc[wrong, list(_DEATHS)].astype("string").fillna("-").agg(", ".join, axis=1)
    sheet.log.rows(shown, fault)
