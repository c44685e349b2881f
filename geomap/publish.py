"""What may leave the house: licences are applied before anything is serialised, and fail closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import shapely

from geomap.types import Licence

_WITHHELD = (
    "actors", "claimant", "claimant_side", "source_name", "source_url", "archive_url", "source_date", "published_at",
    "time_text", "text", "deaths_low", "deaths_best", "deaths_high",
)  # fmt: skip
"""Columns of a file that may not be passed on: what stays is date, kind, place label and a rounded point."""


_DISTANCES = ("border_km", "other_km_low", "other_km_high")
"""Columns that would give an exact position away, and are rounded with it."""
_GIVING_AWAY = ("foot_lon", "foot_lat", "side_shares")
"""Columns that would give it away however they were rounded."""


@dataclass(frozen=True)
class Published:
    """A table that may be published, with what was withheld and why.

    `left_out` holds (column, reason); `download` says whether rows may be offered as a file; `citations` are to be
    shown on the map and in pictures.
    """

    table: gpd.GeoDataFrame
    left_out: tuple[tuple[str, str], ...]
    download: bool
    embed_text: bool
    citations: tuple[str, ...]


def publish(table: gpd.GeoDataFrame, licences: Mapping[str, Licence], permission: str | None = None) -> Published:
    """Apply the licence of each input file (`licences`: file -> Licence) to its rows.

    A restricted file's rows lose their notes, actors and figures and their points are rounded, before the scene is
    composed, so that the exact values are absent from the page's bytes. `permission`, the words of the data owner's
    permission, lifts that. A file without a known licence is taken as the user's own.
    """
    bound = {} if permission else {file: terms for file, terms in licences.items() if not terms.embed_text}
    published = table.copy()
    for file, terms in bound.items():
        _withhold(published, published["file"] == file, terms)
    why = "; ".join(sorted({f"the licence of {terms.name} does not allow passing it on" for terms in bound.values()}))
    return Published(
        table=published,
        left_out=tuple((column, why) for column in _WITHHELD) if bound else (),
        download=bool(permission) or all(terms.download for terms in licences.values()),
        embed_text=not bound,
        citations=tuple(sorted({terms.citation for terms in licences.values()})) + _stated(permission),
    )


def _stated(permission: str | None) -> tuple[str, ...]:
    return (f"Permission: {permission}",) if permission else ()


def _withhold(table: gpd.GeoDataFrame, rows: Any, terms: Licence) -> None:
    """Empty what may not be passed on; round positions, and the distances that would give them away."""
    table.loc[rows, list(_WITHHELD)] = None
    if terms.round_degrees is None:
        return
    points: Any = table.loc[rows, "geometry"].to_numpy()
    table.loc[rows, "geometry"] = shapely.set_precision(points, 10.0**-terms.round_degrees)
    for column in table.columns.intersection(_DISTANCES):
        table.loc[rows, column] = table[column].round(0)
    table.loc[rows, table.columns.intersection(_GIVING_AWAY)] = None
