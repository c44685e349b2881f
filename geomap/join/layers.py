"""The border features of one time, asked by position."""

from __future__ import annotations

import os
from typing import NamedTuple

import numpy as np
import pandas as pd

from geomap.geodesy import LineIndex
from geomap.join.answers import Answer, answer_for, rows_of
from geomap.join.cells import Flags, Floats, Ints
from geomap.join.features import areas_of, controls_of, lines_of
from geomap.join.holders import Holders
from geomap.join.sets import Sets, first_of, set_codes
from geomap.join.vague import VagueLines


class Found(NamedTuple):
    """What lies nearest to each position and holds it: `answer` numbers `Layers.answers`, distances in km.

    Foot, distance and error are NaN where no line in force is nearest.
    """

    answer: Ints
    km: Floats
    error_km: Floats
    foot_lon: Floats
    foot_lat: Floats

    def take(self, rows: Ints) -> Found:
        """Return what was found at some of the positions, in the order asked for."""
        return Found(self.answer[rows], self.km[rows], self.error_km[rows], self.foot_lon[rows], self.foot_lat[rows])


class Layers:
    """The border features of one time. `answers` grows with what is asked."""

    def __init__(self, features: pd.DataFrame, pattern: Flags, cache: str | os.PathLike[str] | None = None) -> None:
        self.lines = lines_of(features, pattern)
        self.in_force = self.lines["in_force"].to_numpy(dtype=bool)
        self.areas = areas_of(features, pattern)
        self.controls = controls_of(features, pattern)
        self.countries = frozenset(self.areas.loc[self.areas["role"] == "area", "side_a"])
        self.index = LineIndex(self.lines["geometry"])
        errors = self.lines["error_km"].astype(float).where(self.in_force, 0).fillna(0).to_numpy()
        self.vague = VagueLines(self.lines["geometry"].to_numpy(), errors)
        self._holders = Holders(self.areas["geometry"].to_numpy(), (self.areas["role"] == "enclave").to_numpy(), cache)
        self._control = Holders(self.controls["geometry"].to_numpy(), np.zeros(len(self.controls), dtype=bool))
        self._rows = tuple(map(rows_of, (self.lines, self.areas, self.controls)))
        self.answers: list[Answer] = []
        self._known: dict[tuple[tuple[int, ...], ...], int] = {}

    def at(self, lon: Floats, lat: Floats) -> Found:
        """Tell of positions, none of them NaN; each distinct position is asked once."""
        spots, back = np.unique(lon + 1j * lat, return_inverse=True)
        return self._at(spots.real, spots.imag).take(back)

    def holders(self, lon: Floats, lat: Floats) -> tuple[tuple[Ints, Sets], tuple[Ints, Sets]]:
        """Return the codes of the areas and of the controls that hold each position, and what the codes stand for."""
        return self._holders.at(lon, lat), self._control.at(lon, lat)

    def number(self, ties: tuple[int, ...], areas: tuple[int, ...], controls: tuple[int, ...]) -> int:
        """Return the number of the answer for what shares its nearest lines and the areas that hold it."""
        key = (ties, areas, controls)
        if key not in self._known:
            self._known[key] = len(self.answers)
            near, held, ruled = ([rows[each] for each in which] for rows, which in zip(self._rows, key, strict=True))
            self.answers.append(answer_for(near, held, ruled, self.countries))
        return self._known[key]

    def _at(self, lon: Floats, lat: Floats) -> Found:
        ties, km, *foot = self._nearest(lon, lat)
        parts = (ties, *self.holders(lon, lat))
        codes, keys = _together([code for code, _ in parts])
        numbers = [self.number(*(sets[code] for (_, sets), code in zip(parts, key, strict=True))) for key in keys]
        answer = np.array(numbers, dtype=np.intp)[codes]
        stated = np.array([each.line_error_km for each in self.answers], dtype=float)[answer]
        named = np.array([each.border_id is not None for each in self.answers], dtype=bool)[answer]
        reach = km - self.vague.least_km(lon, lat, km, stated)
        error = np.where(np.isnan(stated), np.nan, np.fmax(stated, reach))
        return Found(answer, *(np.where(named, column, np.nan) for column in (km, error, *foot)))

    def _nearest(self, lon: Floats, lat: Floats) -> tuple[tuple[Ints, Sets], Floats, Floats, Floats]:
        """Return codes of the sets of lines nearest to each position, the distance in km and the foot on the first."""
        size = len(lon)
        if not len(self.index):
            nowhere = np.full(size, np.nan)
            return (np.zeros(size, dtype=np.intp), [()]), nowhere, nowhere, nowhere
        near = self.index.nearest(lon, lat)
        first = first_of(near.point, size)
        foot = first_of(near.point, size, prefer=self.in_force[near.line])
        km = np.minimum.reduceat(near.distance_m, first) / 1000
        return set_codes(near.point, near.line, size), km, near.lon[foot], near.lat[foot]


def _together(codes: list[Ints]) -> tuple[Ints, Sets]:
    """Give the distinct rows of several columns of codes a number; return the numbers, and the rows numbered."""
    mixed = codes[0]
    for column in codes[1:]:
        mixed = np.unique(mixed * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    _, where, back = np.unique(mixed, return_index=True, return_inverse=True)
    return back, list(zip(*(column[where].tolist() for column in codes), strict=True))
