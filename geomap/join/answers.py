"""What is said of all positions that share their nearest lines and the areas that hold them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from geomap.types import MANY

OUTSIDE, UNCERTAIN, STRADDLES, NO_LINE = "outside", "uncertain", "straddles", "no_line_for_date"

Features = Sequence[Any]
"""Rows of a table of features, each with its columns as attributes."""


def rows_of(features: pd.DataFrame) -> Features:
    """Return features as rows, without their geometry, which is quicker to read than a table."""
    return list(features.drop(columns="geometry").itertuples(index=False, name="Feature"))


class Answer(NamedTuple):
    """The cells that positions share; `sides` are those of the nearest lines, empty where they cannot be told apart."""

    country: str | None
    country_source: str | None
    country_also: str | None
    held_by: str | None
    control: str | None
    control_source: str | None
    border_id: str | None
    border_pair: str | None
    border_vintage: str | None
    border_status: str | None
    border_valid: str | None
    line_error_km: float
    side: str | None
    sides: frozenset[str]


TEXTS = tuple(name for name in Answer._fields if name not in ("line_error_km", "side", "sides"))


def answer_for(near: Features, areas: Features, controls: Features, countries: frozenset[str]) -> Answer:
    """Describe positions by their nearest lines, the areas and controls that hold them, and the loaded countries."""
    lines = [line for line in near if line.in_force]
    first = areas[0] if areas else None
    sides = frozenset(side for line in lines if line.pair for side in (line.side_a, line.side_b))
    return Answer(
        country=first.side_a if first else None,
        country_source=first.label or None if first else None,
        country_also=_joined(area.side_a for area in areas if area.side_a != areas[0].side_a),
        held_by=first.held_by if first else None,
        control=_joined(control.side_a for control in controls),
        control_source=_joined(f"{control.source} ({control.valid})" for control in controls),
        border_id=_joined(line.id for line in lines),
        border_pair=_joined(line.pair for line in lines),
        border_vintage=_joined(line.label for line in lines),
        border_status=_joined(line.status for line in lines),
        border_valid=_joined(line.valid for line in lines),
        line_error_km=_largest([line.error_km for line in lines]),
        side=_side(near, areas, sides, countries),
        sides=sides if sides <= countries else frozenset(),
    )


def _side(near: Features, areas: Features, sides: frozenset[str], countries: frozenset[str]) -> str | None:
    if areas and areas[0].role == "enclave":
        return f"enclave({areas[0].name})"
    if near and not any(line.in_force for line in near):
        return NO_LINE
    if areas and areas[0].side_a in sides:
        rivals = {area.side_a for area in areas if area.label == areas[0].label} & sides
        return areas[0].side_a if len(rivals) == 1 else UNCERTAIN
    return OUTSIDE if sides and sides <= countries else None


def _largest(errors: list[float | None]) -> float:
    """Return the largest error; NaN when a line states none, or there is no line."""
    stated = [float(error) for error in errors if error is not None]
    return max(stated) if stated and len(stated) == len(errors) else math.nan


def _joined(words: Iterable[str | None]) -> str | None:
    return MANY.join(dict.fromkeys(filter(None, words))) or None
