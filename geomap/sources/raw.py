"""What a reader hands on: text as it stands in the file, and where each row stood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.types import Problem

TEXT = pd.StringDtype("pyarrow")
"""The dtype of every raw column: text, or NA where the file has no cell (an empty cell is "")."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """The readable rows of one file as text columns.

    `frame` has one row for each readable row of the file, in file order, and its index, named "row", holds the number
    that a spreadsheet would show (of a feature its position, from 1). `count` counts all rows, so that
    `count == len(frame) + rows set aside`, and `problems` holds one entry for each row set aside.
    """

    path: str
    format: str
    sha256: str
    frame: pd.DataFrame
    count: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    """Decisions made once for the file: encoding, delimiter, header row."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's column names, in order and each once."""
        return tuple(self.frame.columns)


@dataclass(frozen=True, slots=True)
class RawFeatures(RawTable):
    """Features: their properties as text columns, and their geometries in WGS84, longitude first."""

    geometry: NDArray[np.object_]
    """Shapely geometries aligned with `frame`, None where a feature has none; altitudes are left out."""
