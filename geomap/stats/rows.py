"""Which rows border statistics count, and why the others are left out."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.account import is_placed
from geomap.types import POINTING_RELATIONS

PRECISE = ("exact", "settlement")
"""Place precisions that are counted."""

REASONS = {
    "duplicate": "repeating another row, which is counted once",
    "no_place": "without a place (ambiguous, unknown, or a stretch)",
    "near": "known only near a place",
    "area": "known only to a district or other area",
    "region": "known only to a region",
    "country": "known only to a country",
    "precision_unstated": "that do not say how well their place is known (place_precision)",
    "direction": "naming a direction",
    "threatened": "naming a place under threat",
    "mentioned": "only mentioning a place",
}
"""Why a row is left out, in the order in which it is asked: the first that holds is the row's reason."""


def left_out(table: gpd.GeoDataFrame) -> pd.Series[int]:
    """Count the rows of a located and joined table that `border_stats` does not count, by reason.

    One entry for each of `REASONS`, in their order, 0 among them; each row has one reason, the first that holds.
    """
    return reasons_of(table).value_counts().reindex(list(REASONS), fill_value=0).astype("int64")


def reasons_of(table: pd.DataFrame) -> pd.Series[str]:
    """Return why each row is left out, null where it is counted."""
    _require(table)
    precision, role = table["place_precision"], table["role"]
    reasons = pd.Series(pd.NA, index=table.index, dtype="string")
    for reason, holds in {
        "duplicate": repeats(table),
        "no_place": ~is_placed(table),
        "precision_unstated": precision.isna(),
        "direction": precision.isin(PRECISE) & table["relation"].isin(POINTING_RELATIONS),
        "threatened": precision.isin(PRECISE) & role.eq("threatened"),
        "mentioned": precision.isin(PRECISE) & role.eq("mentioned"),
    }.items():
        reasons = reasons.mask(reasons.isna() & holds.fillna(value=False), reason)
    return reasons.mask(reasons.isna() & ~precision.isin(PRECISE), precision)


def _require(table: pd.DataFrame) -> None:
    for column, step in (("match_status", "locate"), ("border_pair", "join_borders")):
        if column not in table:
            raise KeyError(f"the table has no column {column}: call geomap.{step} first")


def repeats(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows repeat another one of the table, so that one of those that repeat each other stays.

    That is the row that states no `duplicate_of`; where all do, the first.
    """
    said = table["duplicate_of"].notna()
    if not said.any():
        return said
    origins = _Origins(zip(table.loc[said, "id"], table.loc[said, "duplicate_of"], strict=True))
    groups = pd.Series([origins.of(own) for own in table["id"]], index=table.index)
    originals_first = np.argsort(said.to_numpy(), kind="stable")
    again = np.empty(len(table), dtype=bool)
    again[originals_first] = groups.iloc[originals_first].duplicated().to_numpy()
    return said & again


class _Origins:
    """What ids that repeat each other come down to (union-find with path halving, Tarjan and van Leeuwen 1984)."""

    def __init__(self, repeats: Iterable[tuple[str, str]]) -> None:
        self._above: dict[str, str] = {}
        for own, other in repeats:
            self._above[self.of(own)] = self.of(other)

    def of(self, own: str) -> str:
        """Return the id that stands for all that repeat each other."""
        above = self._above
        while (parent := above.get(own, own)) != own:
            above[own] = own = above.get(parent, parent)
        return own
