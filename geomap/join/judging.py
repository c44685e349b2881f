"""Distances of positions made those of places, the errors added up, and where a side cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import shapely

from geomap.join.answers import OUTSIDE, STRADDLES, UNCERTAIN, Answer
from geomap.join.cells import Flags, Floats, Ints, Objects
from geomap.join.layers import Found, Layers
from geomap.join.measure import disc
from geomap.join.places import Places
from geomap.join.shapes import Extent, Shapes

AS_ANSWERED, IS_UNCERTAIN, IS_STRADDLING = 0, 1, 2


class Verdict(NamedTuple):
    """What is said of each place: the number of its answer, distances in km, and what its side is instead.

    `verdict` is AS_ANSWERED, IS_UNCERTAIN or IS_STRADDLING; `shares` has the rows that have any.
    """

    answer: Ints
    border_km: Floats
    border_km_error: Floats
    foot_lon: Floats
    foot_lat: Floats
    verdict: Ints
    shares: dict[int, str]


def side_words(answers: list[Answer], verdict: Verdict) -> Objects:
    """Return the side of each place in words."""
    words = np.array([each.side for each in answers], dtype=object)[verdict.answer]
    words[verdict.verdict == IS_UNCERTAIN] = UNCERTAIN
    words[verdict.verdict == IS_STRADDLING] = STRADDLES
    return words


@dataclass
class Judge:
    """Judge places by the border features of one time; each distinct shape and disc is cut once."""

    layers: Layers
    _extents: dict[bytes, Extent] = field(default_factory=dict)
    _discs: dict[tuple[float, float, float], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make ready for shapes."""
        self._shapes = Shapes(self.layers)

    def __call__(self, places: Places) -> Verdict:
        """Judge places, all of which have a position; the order stays."""
        found = self.layers.at(places.lon, places.lat)
        straddles, shares = self._extend(found, places)
        edge = np.maximum(found.km - np.where(places.is_area, np.nan_to_num(places.radius_km), 0), 0)
        sure = self._is_plain(found.answer)
        clear = np.nan_to_num(found.error_km) + places.radius_km < edge
        over = places.is_area & places.is_sourced & (found.km + np.nan_to_num(found.error_km) < places.radius_km)
        verdict = np.where(sure & ~clear, IS_UNCERTAIN, AS_ANSWERED)
        verdict[sure & (over | straddles)] = IS_STRADDLING
        shares |= self._disc_shares(np.flatnonzero(sure & over), places)
        error = found.error_km + places.radius_km
        return Verdict(found.answer, edge, error, found.foot_lon, found.foot_lat, verdict, shares)

    def _is_plain(self, answer: Ints) -> Flags:
        """Tell whose side is a country or outside, or may be either: only such a place can straddle a line."""
        plain = [bool(each.side) and each.side in (each.country, OUTSIDE, UNCERTAIN) for each in self.layers.answers]
        return np.array(plain, dtype=bool)[answer]

    def _extend(self, found: Found, places: Places) -> tuple[Flags, dict[int, str]]:
        """Write over what was found at the reference positions of shapes; return which straddle, and shares."""
        straddles, shares = np.zeros(len(found.km), dtype=bool), dict[int, str]()
        for row in np.flatnonzero(~shapely.is_missing(places.shape)).tolist():
            extent = self._extent(places.shape[row], float(places.lon[row]), float(places.lat[row]))
            found.answer[row], found.km[row], found.error_km[row] = extent.answer, extent.km, extent.error_km
            found.foot_lon[row], found.foot_lat[row] = extent.foot_lon, extent.foot_lat
            straddles[row] = extent.straddles
            if extent.shares:
                shares[row] = extent.shares
        return straddles, shares

    def _extent(self, shape: shapely.Geometry, lon: float, lat: float) -> Extent:
        key = shapely.to_wkb(shape)
        if key not in self._extents:
            self._extents[key] = self._shapes.extent(shape, lon, lat)
        return self._extents[key]

    def _disc_shares(self, rows: Ints, places: Places) -> dict[int, str]:
        keys = list(zip(*(column[rows].tolist() for column in (places.lon, places.lat, places.radius_km)), strict=True))
        for key in keys:
            if key not in self._discs:
                shape = disc(*key)
                self._discs[key] = self._shapes.shares(shape) if shape is not None else None
        told = zip(rows.tolist(), (self._discs[key] for key in keys), strict=True)
        return {row: shares for row, shares in told if shares}
