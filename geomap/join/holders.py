"""Which areas hold a position, edges included; enclaves come before the areas around them."""

from __future__ import annotations

import os
from functools import cached_property

import numpy as np
import shapely

from geomap.geodesy.areas import AreaIndex
from geomap.join.cells import Flags, Floats, Ints, Objects
from geomap.join.sets import Sets, set_codes

_HALF, _POLE = 180, 90
_MANY = 20_000
"""Positions that are worth an index of their own: to make one takes as long as to ask shapely of so many."""


class Holders:
    """Find the areas that hold positions: areas by their number, of which those in `enclave` come first.

    An index of the areas is kept in the folder `cache`, where one is given.
    """

    def __init__(self, areas: Objects, enclave: Flags, cache: str | os.PathLike[str] | None = None) -> None:
        self._areas, self._enclave, self._cache = areas, enclave, cache
        self._tree = shapely.STRtree(areas)
        shapely.prepare(areas)

    def at(self, lon: Floats, lat: Floats) -> tuple[Ints, Sets]:
        """Return the code of the areas that hold each position, and the areas that each code stands for, in order.

        A position on an edge is held by all areas that meet there, also across the antimeridian and at a pole. Inside
        an enclave only enclaves hold it: the areas around it were drawn without it.
        """
        found = (self._plain(lon, lat), self._seam(lon, lat))
        point, area = (np.concatenate(columns) for columns in zip(*found, strict=True))
        point, area = self._without_surroundings(point, area, lon, lat)
        order = np.lexsort((area, point))
        return set_codes(point[order], area[order], len(lon))

    def _plain(self, lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
        rows = np.flatnonzero(~_on_seam(lon, lat))
        if len(rows) >= _MANY:
            point, area = self._index.holders(lon[rows], lat[rows])
            return rows[point], area
        point, area = self._tree.query(shapely.points(lon[rows], lat[rows]))
        point = rows[point]
        held = shapely.intersects_xy(self._areas[area], lon[point], lat[point])
        return point[held], area[held]

    @cached_property
    def _index(self) -> AreaIndex:
        return AreaIndex(self._areas) if self._cache is None else AreaIndex.kept(self._areas, self._cache)

    def _seam(self, lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
        """Look on both sides of the antimeridian, and on all meridians at a pole."""
        rows = np.flatnonzero(_on_seam(lon, lat))
        ends = np.tile([[-_HALF, 0.0], [_HALF, 0.0]], (len(rows), 1, 1))
        ends[:, :, 1] = lat[rows, None]
        parallels: Objects = np.asarray(shapely.linestrings(ends), dtype=object)
        probes = np.where(np.abs(lat[rows]) < _POLE, shapely.boundary(parallels), parallels)
        probe, area = self._tree.query(probes, predicate="intersects")
        return rows[probe], area

    def _without_surroundings(self, point: Ints, area: Ints, lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
        rows = np.flatnonzero(self._enclave[area])
        inner = rows[shapely.contains_xy(self._areas[area[rows]], lon[point[rows]], lat[point[rows]])]
        keep = self._enclave[area] | ~np.isin(point, point[inner])
        return point[keep], area[keep]


def _on_seam(lon: Floats, lat: Floats) -> Flags:
    return (np.abs(lon) == _HALF) | (np.abs(lat) == _POLE)
