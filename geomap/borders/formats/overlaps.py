"""Areas of one layer that claim the same ground without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from geomap.errors import BorderError

SLIVER_DEGREES = 0.001
"""Overlaps nowhere wider than this (111 m in latitude) come from drawing, not from a claim, and are left alone."""

PLAIN = (None, "delimited", "not_delimited")
"""Statuses that leave no room for a second area on the same ground."""


def check_overlaps(rows: Sequence[dict[str, Any]], where: str) -> None:
    """Raise BorderError where areas of two countries overlap at one time and neither is marked as a claim.

    `rows` are cells as in BORDERS; areas without a country, or with a claimed_by or a status other than those of PLAIN,
    may lie over others, and enclaves and areas of control do by their nature.
    """
    areas = [row for row in rows if row["role"] == "area" and row["side_a"] and _is_plain(row)]
    shapes = np.array([row["geometry"] for row in areas], dtype=object)
    if len(areas) < 2:
        return
    for first, second in zip(*shapely.STRtree(shapes).query(shapes, predicate="intersects"), strict=True):
        one, other = areas[first], areas[second]
        if first < second and one["side_a"] != other["side_a"] and _at_one_time(one, other):
            _refuse_overlap(one, other, where)


def _is_plain(row: dict[str, Any]) -> bool:
    return row.get("status") in PLAIN and not row.get("claimed_by")


def _at_one_time(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two validities, each from its first day to the day before its last, have a day in common."""
    starts = [row.get("valid_from") or "" for row in (one, other)]
    ends = [row.get("valid_to") or "~" for row in (one, other)]
    return max(starts) < min(ends)


def _refuse_overlap(one: dict[str, Any], other: dict[str, Any], where: str) -> None:
    common = shapely.intersection(one["geometry"], other["geometry"])
    if not common.area or shapely.is_empty(shapely.buffer(common, -SLIVER_DEGREES / 2)):
        return
    point = shapely.point_on_surface(common)
    raise BorderError(
        f"the areas {one['id']!r} ({one['side_a']}) and {other['id']!r} ({other['side_a']}) overlap, "
        f"as at {point.x:.3f} {point.y:.3f}",
        where=where,
        hint="give one of them a status (disputed, claimed) or claimed_by, or a validity of its own",
    )


def periods(rows: Sequence[dict[str, Any]]) -> list[tuple[str | None, str | None]]:
    """Return the stretches of time between the dates at which any of the rows begins or ceases, in order."""
    dates = sorted({row[name] for row in rows for name in ("valid_from", "valid_to") if row.get(name)})
    return list(pairwise([None, *dates, None]))


def in_force(row: dict[str, Any], period: tuple[str | None, str | None]) -> bool:
    """Tell whether a row is in force during a whole period of `periods`."""
    start, end = period
    begun = not row.get("valid_from") or (start is not None and row["valid_from"] <= start)
    return begun and (not row.get("valid_to") or (end is not None and end <= row["valid_to"]))
