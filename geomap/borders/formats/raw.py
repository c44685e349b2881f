"""What a format hands on: features as the file has them, before any is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Positions, one a row: longitude, latitude."""

MAX_POSITIONS = 20_000_000
"""A layer with more positions than this is refused: a small TopoJSON can repeat one arc without end."""


@dataclass(frozen=True, slots=True)
class RawFeature:
    """One feature: its number in the file from 1, its id, its properties and its geometry as in GeoJSON.

    `geometry` is a mapping with `type` and `coordinates` (or `geometries`), its positions lists or arrays, or None.
    """

    number: int
    id: str | None
    properties: dict[str, Any]
    geometry: Any
    arcs: frozenset[int] = frozenset()
    """The arcs of the layer that bound the feature; empty where the format has none."""


@dataclass(frozen=True, slots=True)
class RawLayer:
    """The features of one layer of a file, in order.

    `crs` is the coordinate system that the file declares, None where it declares none; `must_declare` tells that its
    format has no system of its own.
    """

    features: list[RawFeature]
    crs: str | None = None
    must_declare: bool = False
    arcs: Sequence[Points] = field(default_factory=list[Points])
