"""Read the rivers of GSHHG from its netCDF file, which cuts the world into bins of 2 degrees, and join them again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt
import shapely

FULL = 65_535
"""Positions are fractions of a bin's side in units of 1/FULL."""

DECIMALS = 5
"""Ends of pieces on both sides of a bin's edge are equal to this many decimals."""


def river_lines(database: bytes) -> Iterator[tuple[int, npt.NDArray[np.float64]]]:
    """Yield (level, line) for each river, by level, 0 the widest; pieces that meet end to end are one line."""
    with h5py.File(io.BytesIO(database)) as file:
        levels = _values(file, "Hierarchial_level_of_a_segment")
        pieces = np.array(list(_pieces(file)), dtype=object)
    for level in np.unique(levels):
        joined = shapely.line_merge(shapely.MultiLineString(list(pieces[levels == level])))
        for line in shapely.get_parts(shapely.normalize(joined)):
            yield int(level), shapely.get_coordinates(line)


def _pieces(file: h5py.File) -> Iterator[npt.NDArray[np.float64]]:
    side = _values(file, "Bin_size_in_minutes")[0] / 60
    columns = int(_values(file, "N_bins_in_360_longitude_range")[0])
    in_bin = _values(file, "N_segments_in_a_bin")
    bin_of_piece = np.repeat(np.arange(len(in_bin)), in_bin)
    east = _values(file, "Relative_longitude_from_SW_corner_of_bin").view(np.uint16) / FULL * side
    north = _values(file, "Relative_latitude_from_SW_corner_of_bin").view(np.uint16) / FULL * side
    starts, counts = _values(file, "Id_of_first_point_in_a_segment"), _values(file, "N_points_for_a_segment")
    for place, start, count in zip(bin_of_piece, starts, counts, strict=True):
        row, column = divmod(int(place), columns)
        west = column * side - (360 if column * side >= 180 else 0)
        points = slice(start, start + count)
        yield np.column_stack([west + east[points], 90 - (row + 1) * side + north[points]]).round(DECIMALS)


def _values(file: h5py.File, name: str) -> npt.NDArray[Any]:
    return file[name][()].ravel()
