"""The border features that a join may meet: read and checked once, then those in force at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.errors import BorderError
from geomap.join.cells import Days, Flags, Ints, dates, require_degrees, texts
from geomap.types import BORDERS

_ROLES = next(column.allowed for column in BORDERS if column.name == "role")
_AREAL = ("area", "enclave", "control")
_SAME = ["role", "label", "pair", "status", "claimed_by"]


def features_of(borders: gpd.GeoDataFrame) -> pd.DataFrame:
    """Read a border table in its order, with `pair`, `label`, `valid`, `since` and `until` worked out.

    `pair` is "AM-AZ", `label` layer and vintage, `valid` the ISO interval of what validity is stated. Raises
    BorderError for a feature that cannot be used, and for two that contradict each other.
    """
    require_degrees(borders, "the border table")
    cells = {column.name: texts(borders, column.name) for column in BORDERS if column.dtype != "geometry"}
    features = pd.DataFrame({**cells, "geometry": borders.geometry.to_numpy()}, dtype=object)
    for name, word, columns in (
        ("pair", _pair, ("side_a", "side_b")),
        ("label", _label, ("layer", "vintage")),
        ("valid", _interval, ("valid_from", "valid_to")),
    ):
        words = [word(*two) for two in zip(*(cells[column] for column in columns), strict=True)]
        features[name] = pd.Series(words, dtype=object)
    features["since"], features["until"] = (dates(features[name], name) for name in ("valid_from", "valid_to"))
    _require_sound(features)
    _refuse_silent_claims(features)
    _refuse_versions(features)
    return features


def in_force(features: pd.DataFrame, days: Days) -> Flags:
    """Tell for each day (rows) which features (columns) are in force.

    For NaT those without an end are, but nobody's control: that is known at a date only.
    """
    since, until, days = features["since"].to_numpy(), features["until"].to_numpy(), days[:, None]
    undated = np.isnat(until) & (features["role"] != "control").to_numpy()
    return np.where(np.isnat(days), undated, ~(days < since) & ~(days >= until))


def by_time(features: pd.DataFrame, rows: Ints, days: Days) -> Iterator[tuple[Ints, Flags]]:
    """Yield the rows that share their features in force, and which these are."""
    distinct, back = np.unique(days[rows], return_inverse=True)
    patterns: dict[bytes, list[int]] = {}
    for number, pattern in enumerate(in_force(features, distinct)):
        patterns.setdefault(pattern.tobytes(), []).append(number)
    for pattern, numbers in patterns.items():
        yield rows[np.isin(back, numbers)], np.frombuffer(pattern, dtype=bool)


def lines_of(features: pd.DataFrame, pattern: Flags) -> pd.DataFrame:
    """Return the lines in force, and those out of force whose pair has none in force, with `in_force`."""
    lines = features.assign(in_force=pattern)[(features["role"] == "line").to_numpy()]
    unmatched = lines["pair"].notna() & ~lines["pair"].isin(lines.loc[lines["in_force"], "pair"])
    return lines[lines["in_force"] | unmatched]


def areas_of(features: pd.DataFrame, pattern: Flags) -> pd.DataFrame:
    """Return the enclaves in force, then the areas, each in the order of the table.

    An area that is only claimed says nothing of who is sovereign there, and is left out.
    """
    valid = features[pattern & (features["status"] != "claimed").to_numpy()]
    return pd.concat([valid[valid["role"] == role] for role in ("enclave", "area")], ignore_index=True)


def controls_of(features: pd.DataFrame, pattern: Flags) -> pd.DataFrame:
    """Return the areas of control in force, in the order of the table."""
    return features[pattern & (features["role"] == "control").to_numpy()].reset_index(drop=True)


def _pair(side_a: str | None, side_b: str | None) -> str | None:
    """Name two different sides in alphabetical order; a line that does not part two has no pair."""
    return "-".join(sorted((side_a, side_b))) if side_a and side_b and side_a != side_b else None


def _label(layer: str | None, vintage: str | None) -> str:
    return " ".join(filter(None, (layer, vintage)))


def _interval(since: str | None, until: str | None) -> str | None:
    """Return a validity as an ISO 8601 interval, ".." for an open end; None when neither end is stated."""
    return f"{since or '..'}/{until or '..'}" if since or until else None


def _require_sound(features: pd.DataFrame) -> None:
    shapes = features["geometry"].to_numpy()
    control, areal = features["role"] == "control", features["role"].isin(_AREAL)
    flat = shapely.get_dimensions(shapes) < 2
    for fault, wrong, hint in (
        ("has no geometry", shapely.is_missing(shapes) | shapely.is_empty(shapes), "mend it in its file"),
        ("ends before it begins", features["since"] > features["until"], "swap valid_from and valid_to"),
        (f"has no role of {', '.join(_ROLES)}", ~features["role"].isin(_ROLES), "mend it in its file"),
        (f"has the role of {' or '.join(_AREAL)}, but is no polygon", areal & flat, "give an area"),
        ("says of no one that they control it", control & features["side_a"].isna(), "name them in side_a"),
        ("is a control without a date", control & features["valid_from"].isna(), "give valid_from as 2020-11-10"),
        ("is a control without a source", control & features["source"].isna(), "say in source who states it"),
    ):
        if np.any(wrong):
            raise BorderError(f"the border {fault}", where=features["id"][np.asarray(wrong)].iloc[0], hint=hint)


def _refuse_silent_claims(features: pd.DataFrame) -> None:
    """Refuse a feature that names a claimant, but no status, beside another that it may contradict."""
    silent = features["claimed_by"].notna() & features["status"].isna() & features["role"].isin(["line", "area"])
    for number in np.flatnonzero(silent):
        claim = features.iloc[number]
        others = features[(features["role"] == claim["role"]) & (features.index != features.index[number])]
        rivals = [other for _, other in others.iterrows() if _share_days(claim, other) and _vie(claim, other)]
        if rivals:
            raise BorderError(
                f"claims overlap without a status: {rivals[0]['id']} speaks of the same ground",
                where=claim["id"],
                hint="state status, as claimed, disputed or delimited, or when each is valid",
            )


def _vie(claim: pd.Series[Any], other: pd.Series[Any]) -> bool:
    if claim["role"] == "line":
        return claim["pair"] == other["pair"] and not _equal(claim, other)
    return claim["side_a"] != other["side_a"] and shapely.relate_pattern(
        claim["geometry"], other["geometry"], "2********"
    )


def _refuse_versions(features: pd.DataFrame) -> None:
    """Refuse lines of one layer, pair, status and claimant that are in force on one day and cannot both be right.

    They cannot when they cross or run into each other, or when their validity differs, as of a line and the one that
    came after it, and they do not join end to end.
    """
    lines = features[(features["role"] == "line") & features["pair"].notna()]
    for _, rows in lines[lines.duplicated(_SAME, keep=False)].groupby(_SAME, dropna=False, sort=False):
        for one, other in (rows.iloc[list(pair)].itertuples() for pair in _contradictions(rows)):
            raise BorderError(
                f"two lines of {one.label} for {one.pair} are in force together: {_known(one)} and {_known(other)}",
                where=f"{one.id}, {other.id}",
                hint="end the older one with valid_to, or give them different status or layer",
            )


def _contradictions(rows: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield the positions of two lines that contradict each other, at most a few."""
    shapes, valid = rows["geometry"].to_numpy(), rows["valid"].to_numpy()
    one, other = _once(*shapely.STRtree(shapes).query(shapes, predicate="intersects"))
    crossing = shapely.relate_pattern(shapes[one], shapes[other], "T********")
    yield from _in_force_together(rows, one[crossing], other[crossing])
    if len(set(valid)) > 1:
        one, other = np.triu_indices(len(rows), 1)
        apart = np.flatnonzero(valid[one] != valid[other])
        one, other = one[apart], other[apart]
        apart = shapely.disjoint(shapes[one], shapes[other])
        yield from _in_force_together(rows, one[apart], other[apart])


def _once(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    return one[one < other], other[one < other]


def _in_force_together(rows: pd.DataFrame, one: Ints, other: Ints) -> Iterator[tuple[int, int]]:
    """Yield the pairs that differ and are in force on one day at least; a bound that is not stated excludes none."""
    shapes, since, until = (rows[name].to_numpy() for name in ("geometry", "since", "until"))
    together = ~(until[one] <= since[other]) & ~(until[other] <= since[one])
    differ = ~shapely.equals(shapes[one[together]], shapes[other[together]])
    yield from zip(one[together][differ].tolist(), other[together][differ].tolist(), strict=True)


def _known(feature: Any) -> str:
    return f"{feature.id} ({feature.valid or 'always'})"


def _equal(one: pd.Series[Any], other: pd.Series[Any]) -> bool:
    return bool(shapely.equals(one["geometry"], other["geometry"]))


def _share_days(one: pd.Series[Any], other: pd.Series[Any]) -> bool:
    """Tell whether two features are in force on one day at least; a bound that is not stated excludes none."""
    return not (one["until"] <= other["since"] or other["until"] <= one["since"])
