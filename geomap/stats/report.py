"""Border statistics with all that a reader must know of them: which lines, what is counted and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.account import Account, value_or_none
from geomap.stats.cells import BANDS_KM, Period, border_stats, edges_of
from geomap.stats.rows import left_out, reasons_of
from geomap.types import MANY

NOTES = (
    "Distances are those of reference points of named places, or of positions that a source gives.",
    "Reference points are not places of events.",
    "A side is that of the line, and says nothing of sovereignty or control.",
    "Counted are rows of place precision exact or settlement, by nearest line, side, distance and start.",
    "A band holds its lower edge.",
    "Sides that are no country (uncertain, straddles, outside, enclaves, no_line_for_date) belong to none.",
    "Incidents are rows. A report or place counts in each cell where it stands: those columns do not add up.",
    "band_unsure: of the incidents, those whose error reaches into another band.",
    "period_unsure: of the incidents, those whose dates reach into another period.",
    "Deaths are sums of what one file codes for deaths_rows of the incidents, never of claims; empty is not 0.",
)
"""What a reader must know of the counts."""


def measured_to(table: gpd.GeoDataFrame, borders: gpd.GeoDataFrame) -> pd.DataFrame:
    """Describe the lines that the counted rows of a joined table were measured to, one row a layer and vintage.

    Columns layer, vintage, source, licence, lines (how many of them), status (all that occur, joined by ' | ') and
    error_km (the greatest that a line states, in kilometres, null where one states none), in the order of `borders`.
    """
    cells = table.loc[reasons_of(table).isna(), "border_id"].dropna().unique()
    used = {line for cell in cells for line in cell.split(MANY)}
    lines = borders[borders["role"].eq("line") & borders["id"].isin(used)]
    layers = lines.groupby(["layer", "vintage", "source", "licence"], sort=False)
    described = layers.agg(
        lines=("id", "size"),
        status=("status", lambda found: MANY.join(sorted(found.dropna().unique())) or None),
        error_km=("error_km", lambda found: found.max(skipna=False)),
    )
    return described.reset_index().astype({"status": "string", "error_km": "Float64"})


def report(
    table: gpd.GeoDataFrame,
    borders: gpd.GeoDataFrame,
    account: Account,
    *,
    bands_km: Sequence[float] = BANDS_KM,
    period: Period = "month",
    citations: Iterable[str] = (),
) -> dict[str, Any]:
    """Return counts and what a reader must know of them as `geomap stats --json` prints it.

    rows = counted + all of left_out + superseded + the entries of set_aside.
    """
    told, out = account.report(table), left_out(table)
    return {
        "rows": told["rows"], "read": told["read"], "superseded": told["superseded"], "set_aside": told["set_aside"],
        "counted": len(table) - int(out.sum()), "left_out": out.to_dict(),
        "bands_km": edges_of(bands_km).tolist(), "period": period,
        "lines": _records(measured_to(table, borders)), "notes": list(NOTES), "citations": sorted(citations),
        "cells": _records(border_stats(table, bands_km=bands_km, period=period)),
    }  # fmt: skip


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: value_or_none(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
