"""Many drawing lines in one small file: whole ten-thousandths of a degree, delta-coded, in NumPy's .npz format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from geomap.errors import BorderError

UNITS = 10_000
"""Stored integers count 1/UNITS degrees, about 11 m."""

MAX_STEP = 32_767
"""A longer step than this does not fit a delta, about 3.3 degrees: `pack` puts vertices between."""

Points = npt.NDArray[np.float64]
"""Positions in degrees, one row each, longitude first."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in flat arrays: line i has the points from start[i] to start[i + 1]; `columns` hold one value a line."""

    points: Points
    start: npt.NDArray[np.int64]
    columns: Mapping[str, npt.NDArray[Any]]

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, index: int) -> Points:
        return self.points[self.start[index] : self.start[index + 1]]

    def near(self, box: Box) -> npt.NDArray[np.bool_]:
        """Tell for each line whether its bounding box meets `box`."""
        if not len(self):
            return np.zeros(0, dtype=np.bool_)
        low = np.minimum.reduceat(self.points, self.start[:-1])
        high = np.maximum.reduceat(self.points, self.start[:-1])
        west, south, east, north = box
        return np.asarray(((low <= (east, north)) & (high >= (west, south))).all(axis=1))


def pack(path: Path, lines: Sequence[Points], **columns: Sequence[Any]) -> None:
    """Write lines of at least one point, and one value a line for each column; positions are rounded to 1/UNITS."""
    whole = [_whole(line) for line in lines]
    deltas = np.vstack([np.diff(line, axis=0, prepend=line[:1]) for line in whole])
    first = np.array([line[0] for line in whole], dtype=np.int32)
    size = np.array([len(line) for line in whole], dtype=np.int32)
    arrays: dict[str, Any] = {
        "dx": deltas[:, 0].astype(np.int16),
        "dy": deltas[:, 1].astype(np.int16),
        "first": first,
        "size": size,
        **{f"column_{name}": np.asarray(values) for name, values in columns.items()},
    }
    np.savez_compressed(path, allow_pickle=False, **arrays)


def unpack(path: Path) -> Lines:
    """Read what `pack` wrote; raises BorderError for a file that is something else."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _lines(dict(arrays))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise BorderError(f"is damaged: {error}", where=path.name, hint="install geomap again with pip") from None


def _whole(line: Points) -> npt.NDArray[np.int64]:
    """Return a line in whole units, without repeated points and with no step too long for a delta."""
    points = np.round(np.asarray(line) * UNITS).astype(np.int64)
    points = points[np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]]
    steps = np.abs(np.diff(points, axis=0)).max(axis=1, initial=0)
    pieces = -(-steps // MAX_STEP)
    if (pieces <= 1).all():
        return points
    at = np.r_[0.0, np.cumsum(pieces)]
    fine = np.arange(at[-1] + 1)
    return np.column_stack([np.round(np.interp(fine, at, points[:, axis])) for axis in (0, 1)]).astype(np.int64)


def _lines(arrays: dict[str, npt.NDArray[Any]]) -> Lines:
    size = arrays["size"].astype(np.int64)
    start = np.r_[0, np.cumsum(size)]
    run = np.cumsum(np.column_stack([arrays["dx"], arrays["dy"]]), axis=0, dtype=np.int64)
    begins = run[start[:-1]] if len(size) else np.zeros((0, 2), dtype=np.int64)
    points = run + np.repeat(arrays["first"] - begins, size, axis=0)
    columns = {name.removeprefix("column_"): values for name, values in arrays.items() if name.startswith("column_")}
    return Lines(points / UNITS, start, columns)
