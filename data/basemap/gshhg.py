"""Read rivers and lakes of GSHHG from its netCDF files, which cut the world into square bins, and join them again."""

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

LAKE, ISLAND = 2, 3
"""Levels of shores: that of a lake on land, and of an island in it."""

Shapes = npt.NDArray[np.object_]


def river_lines(database: bytes) -> Iterator[tuple[int, npt.NDArray[np.float64]]]:
    """Yield (level, line) for each river, by level, 0 the widest; pieces that meet end to end are one line."""
    with h5py.File(io.BytesIO(database)) as file:
        levels = _values(file, "Hierarchial_level_of_a_segment")
        pieces = _pieces(file, _values(file, "N_points_for_a_segment"))
    for level in np.unique(levels):
        for line in _joined(pieces[levels == level]):
            yield int(level), shapely.get_coordinates(line)


def lake_polygons(database: bytes) -> Shapes:
    """Return the lakes with their islands, in order of number; broad rivers, of negative area there, are none."""
    with h5py.File(io.BytesIO(database)) as file:
        packed = _values(file, "Embedded_npts_levels_exit_entry_for_a_segment")
        levels, shore = packed >> 6 & 7, _values(file, "Id_of_GSHHS_ID")
        still = _values(file, "The_km_squared_area_of_polygons")[shore] > 0
        parents = _values(file, "Id_of_parent_polygons")
        pieces = _pieces(file, packed >> 9)
    islands: dict[int, list[shapely.LinearRing]] = {}
    for number, ring in _rings(pieces, shore, levels == ISLAND):
        islands.setdefault(int(parents[number]), []).append(ring)
    lakes = [shapely.Polygon(ring, islands.get(id_)) for id_, ring in _rings(pieces, shore, (levels == LAKE) & still)]
    return np.array(lakes, dtype=object)


def _rings(pieces: Shapes, shore: npt.NDArray[Any], kept: npt.NDArray[np.bool_]) -> Iterator[tuple[int, Any]]:
    """Yield (number, ring) of the shores whose pieces are kept; one that the antimeridian cuts is left out."""
    order = np.flatnonzero(kept)[np.argsort(shore[kept], kind="stable")]
    for group in np.split(order, np.flatnonzero(np.diff(shore[order])) + 1):
        for ring in _joined(pieces[group]):
            if ring.is_ring:
                yield int(shore[group[0]]), shapely.LinearRing(ring)
            elif 180 not in np.abs(ring.bounds):
                raise SystemExit(f"GSHHG: shore {shore[group[0]]} does not close")


def _joined(pieces: Shapes) -> Shapes:
    return shapely.get_parts(shapely.normalize(shapely.line_merge(shapely.MultiLineString(list(pieces)))))


def _pieces(file: h5py.File, counts: npt.NDArray[Any]) -> Shapes:
    side = _values(file, "Bin_size_in_minutes")[0] / 60
    columns = int(_values(file, "N_bins_in_360_longitude_range")[0])
    in_bin = _values(file, "N_segments_in_a_bin")
    row, column = np.divmod(np.repeat(np.arange(len(in_bin)), in_bin), columns)
    west, south = column * side - np.where(column * side >= 180, 360, 0), 90 - (row + 1) * side
    east = _values(file, "Relative_longitude_from_SW_corner_of_bin").view(np.uint16) / FULL * side
    north = _values(file, "Relative_latitude_from_SW_corner_of_bin").view(np.uint16) / FULL * side
    starts = _values(file, "Id_of_first_point_in_a_segment")
    of_piece = np.repeat(np.arange(len(counts)), counts)
    points = np.arange(len(of_piece)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
    positions = np.column_stack([west[of_piece] + east[points], south[of_piece] + north[points]])
    return shapely.linestrings(positions.round(DECIMALS), indices=of_piece)


def _values(file: h5py.File, name: str) -> npt.NDArray[Any]:
    return file[name][()].ravel()
