"""Counts by border pair, side, distance band and period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geomap.stats.rows import reasons_of, repeats
from geomap.types import Column

Period = Literal["day", "month", "year", "all"]

BANDS_KM = (1, 5, 10, 25, 50, 100)
"""Upper edges of the distance bands, in kilometres; a last band holds what lies farther."""

CELLS = (
    Column("border_pair", "string", "pair of the nearest line; tied pairs joined by ' | '; empty where there is none"),
    Column("side", "string", "side as the join tells it"),
    Column("band", "string", "distance band, '1-5 km'; the last is '100+ km'; empty without a distance"),
    Column("period", "string", "'2022-09-13', '2022-09', '2022' or 'all'; empty for rows without a date"),
    Column("reports", "Int64", "distinct reports in the cell", nullable=False),
    Column("incidents", "Int64", "rows in the cell", nullable=False),
    Column("places", "Int64", "distinct places in the cell", nullable=False),
    Column("band_unsure", "Int64", "of the incidents, those whose error spans an edge of the band", nullable=False),
    Column("period_unsure", "Int64", "of the incidents, those whose dates reach into another period", nullable=False),
    Column("deaths_low", "Int64", "sum of the low estimates of one file of coded events"),
    Column("deaths_best", "Int64", "sum of the best estimates"),
    Column("deaths_high", "Int64", "sum of the high estimates"),
    Column("deaths_rows", "Int64", "of the incidents, those whose figures were summed"),
)
"""Columns of the table that `border_stats` returns."""

_KEYS = ["border_pair", "side", "band", "period"]
_DEATHS = ["deaths_low", "deaths_best", "deaths_high"]
_DAY = "datetime64[D]"
_UNITS = {"day": "D", "month": "M", "year": "Y"}
_LOOSE_DAYS = {"range": 6, "week": 6}
"""Days either way that one stated day may be off: a week's; UCDP GED codebook, date_prec 2: two to six days."""
_COARSE = {"month": "M", "year": "Y"}
_Days = NDArray[np.datetime64]
_Flags = NDArray[np.bool_]


def border_stats(
    table: gpd.GeoDataFrame, *, bands_km: Sequence[float] = BANDS_KM, period: Period = "month"
) -> pd.DataFrame:
    """Count incidents by border pair, side, distance band and period.

    Returns `CELLS`, one row a cell that is not empty, in the order of its first four columns, nulls last. `incidents`
    and `left_out(table)` add up to the rows of `table`, which was located and joined. `bands_km` are upper edges, each
    the lower edge of the next band, which holds it. A row without a date has a null period, and "all" is one period
    for all rows. Counts are of distinct `report_id`, and of distinct positions or matched places.

    Deaths are null unless all figures of a cell come from one file that codes events: none of its rows names a
    claimant, and no report has two figures; a low or high sum is null where a row that has a best figure lacks it.
    Raises ValueError for bands that do not ascend from above 0, and KeyError when the table was not located and joined.
    """
    if period not in (*_UNITS, "all"):
        raise ValueError(f"no period {period!r}: one of {', '.join([*_UNITS, 'all'])}")
    edges = edges_of(bands_km)
    rows = table[reasons_of(table).isna()]
    band, band_unsure = _bands(rows, edges)
    label, period_unsure = _periods(rows, period)
    cells = pd.DataFrame({
        "border_pair": rows["border_pair"], "side": rows["side"], "band": band, "period": label,
        "report_id": rows["report_id"], "place": _places(rows),
        "band_unsure": band_unsure, "period_unsure": period_unsure, **_figures(table, rows),
    })  # fmt: skip
    counted = _count(cells)
    counted["band"] = counted["band"].map(dict(enumerate(_labels(edges))))
    return counted.astype({column.name: column.dtype for column in CELLS})[[column.name for column in CELLS]]


def edges_of(bands_km: Sequence[float]) -> NDArray[np.float64]:
    """Return the edges between bands, in kilometres; raises ValueError where they do not ascend from above 0."""
    edges = [float(edge) for edge in bands_km]
    if not edges or not all(low < high < math.inf for low, high in pairwise([0.0, *edges])):
        raise ValueError("bands are upper edges in km that ascend from above 0, such as 1, 5, 10")
    return np.array(edges)


def _labels(edges: NDArray[np.float64]) -> list[str]:
    """Name the bands: '0-1 km', '1-5 km', '5+ km'."""
    names = [np.format_float_positional(edge, trim="-") for edge in (0.0, *edges.tolist())]
    return [*(f"{low}-{high} km" for low, high in pairwise(names)), f"{names[-1]}+ km"]


def _bands(rows: pd.DataFrame, edges: NDArray[np.float64]) -> tuple[pd.Series[int], _Flags]:
    """Return each row's band as a number, null without a distance, and whether it may be another, given the error.

    A distance of unknown error may lie in any band.
    """
    km, error = (rows[name].to_numpy(dtype=float, na_value=np.nan) for name in ("border_km", "border_km_error"))
    bounds = np.array([-np.inf, *edges, np.inf])
    band, measured = np.searchsorted(edges, km, side="right"), ~np.isnan(km)
    sure = (km - error >= bounds[band]) & (km + error < bounds[band + 1])
    return pd.Series(band, index=rows.index, dtype="Int64").where(measured), measured & ~sure


def _periods(rows: pd.DataFrame, period: Period) -> tuple[NDArray[np.object_], _Flags]:
    """Return each row's period by its start, None without one, and whether its dates reach into another."""
    if period == "all":
        return np.full(len(rows), "all", dtype=object), np.zeros(len(rows), dtype=bool)
    own, first, last = (days.astype(f"datetime64[{_UNITS[period]}]") for days in (_days(rows, "start"), *_span(rows)))
    labels, dated = np.datetime_as_string(own).astype(object), ~np.isnat(own)
    labels[~dated] = None
    return labels, dated & ((first != own) | (last != own))


def _days(rows: pd.DataFrame, column: str) -> _Days:
    return rows[column].to_numpy(dtype="datetime64[s]").astype(_DAY)


def _span(rows: pd.DataFrame) -> tuple[_Days, _Days]:
    """Return the first and the last day that each row may be of.

    Those are its start and end. A file may state one day alone for a date that it knows to the week, the month or the
    year (ACLED codebook, time_precision 2 and 3): then it is any day of that span.
    """
    first, last = _days(rows, "start"), _days(rows, "end")
    last = np.where(np.isnat(last), first, last)
    one_day = first == last
    for precision, days in _LOOSE_DAYS.items():
        loose = one_day & rows["date_precision"].eq(precision).to_numpy(dtype=bool, na_value=False)
        first, last = np.where(loose, first - days, first), np.where(loose, last + days, last)
    for precision, unit in _COARSE.items():
        loose = one_day & rows["date_precision"].eq(precision).to_numpy(dtype=bool, na_value=False)
        whole = first.astype(f"datetime64[{unit}]")
        first, last = np.where(loose, whole.astype(_DAY), first), np.where(loose, (whole + 1).astype(_DAY) - 1, last)
    return first, last


def _places(rows: gpd.GeoDataFrame) -> pd.Series[int]:
    """Give each place a number: a row with coordinates is at their place, another at the one it was matched to."""
    own = rows["match_status"].eq("coordinates").to_numpy(dtype=bool)
    shapes = np.where(own, rows.geometry.to_numpy(), None)
    spots = pd.DataFrame({"id": rows["match_id"].mask(own), "lon": shapely.get_x(shapes), "lat": shapely.get_y(shapes)})
    return spots.groupby(["id", "lon", "lat"], dropna=False).ngroup()


def _figures(table: pd.DataFrame, rows: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """Return the deaths that files code for the counted rows, and the file they come from, null elsewhere."""
    coded = rows["deaths_best"].notna() & rows["file"].isin(_coded_files(table))
    return {"deaths_file": rows["file"].where(coded), **{name: rows[name].where(coded) for name in _DEATHS}}


def _coded_files(table: pd.DataFrame) -> set[str]:
    """Return the files that state one figure an event: no claimant, and one row with a figure for each report."""
    figures = table[table["deaths_best"].notna() & ~repeats(table)]
    shared = figures.loc[figures.duplicated(["file", "report_id"]), "file"]
    return {*figures["file"]} - {*shared, *table.loc[table["claimant"].notna(), "file"]}


def _count(cells: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of each cell, cells in order of their keys, nulls last."""
    groups = cells.groupby(_KEYS, dropna=False, sort=True)
    counted = groups.agg(
        reports=("report_id", "nunique"),
        incidents=("report_id", "size"),
        places=("place", "nunique"),
        band_unsure=("band_unsure", "sum"),
        period_unsure=("period_unsure", "sum"),
        deaths_rows=("deaths_best", "count"),
    )
    complete = groups[_DEATHS].count().eq(counted["deaths_rows"], axis=0)
    one_file = groups["deaths_file"].nunique().eq(1)
    sums = groups[_DEATHS].sum().where(complete.mul(one_file, axis=0))
    return counted.assign(deaths_rows=counted["deaths_rows"].where(one_file)).join(sums).reset_index()
