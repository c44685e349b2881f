"""Read the first-level units of Natural Earth from QGIS's world map: polygons with names put right, and their arcs."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geomap.borders.arcs import owned_lines

NAMES = Path(__file__).resolve().parent / "names.csv"
"""The units of Armenia and Azerbaijan: what the file calls them, and their names."""

ASSIGNED = {"CYN": "CY", "ESB": "GB", "KAB": "KZ", "SOL": "SO", "USG": "US", "WSB": "GB"}
"""Codes of the file for areas without an ISO code, and the country whose recognised territory they are."""

UKRAINIAN = ("Crimea", "Sevastopol")
"""Units that the file gives to Russia, and this layer to the recognised sovereign."""

LETTERS = str.maketrans(
    {"ə": "a", "Ə": "A", "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss"}
)
"""Letters that do not come apart into a base letter and a mark."""


@dataclass(frozen=True)
class Unit:
    """A province, district or the like: id, name, ISO code of its country and polygon."""

    id: str
    name: str
    country: str
    polygon: shapely.Geometry


def units(table: gpd.GeoDataFrame) -> list[Unit]:
    """Return the named units, in the file's order; ids are 'ne:', the country's three letters and the name in ASCII."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        names = {(row["ne_name"], row["ne_gn_name"], row["country"]): row["name"] for row in csv.DictReader(file)}
    found, taken = [], set[str]()
    for row in table[table["name"].notna()].itertuples():
        name = names.get((row.name, row.gn_name, row.adm0_a3), row.name)
        ours = row.adm0_a3 == "RUS" and row.name in UKRAINIAN
        country = (
            "UA"
            if ours
            else ASSIGNED.get(row.adm0_a3, row.iso_a2 if re.fullmatch("[A-Z]{2}", row.iso_a2 or "") else "")
        )
        identity = unique(f"ne:{'UKR' if ours else row.adm0_a3}-{ascii_name(name)}", taken)
        found.append(Unit(identity, name, country, row.geometry))
    return found


def unique(identity: str, taken: set[str]) -> str:
    """Return an id that is not taken yet, numbered from 2 where it is."""
    candidates = (identity if number == 1 else f"{identity}-{number}" for number in range(1, 100))
    free = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(free)
    return free


def ascii_name(name: str) -> str:
    """Return the ASCII letters and digits of a name, marks left out."""
    return re.sub("[^A-Za-z0-9]", "", unicodedata.normalize("NFKD", name.translate(LETTERS)))


def unit_arcs(found: list[Unit]) -> Iterator[tuple[int, int, npt.NDArray[np.float64]]]:
    """Yield (unit, unit, arc) by index, -1 for none: the lines between units and the outer ones."""
    for first, second, lines in owned_lines([unit.polygon for unit in found], list(range(len(found)))):
        for line in shapely.get_parts(lines):
            yield first, second, shapely.get_coordinates(line)
