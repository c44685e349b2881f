"""Build places from the shipped GeoNames extract (data/gazetteer/geonames; GeoNames, CC BY 4.0, modified)."""

from __future__ import annotations

import csv
from pathlib import Path

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.words.names import romanise_all
from geomap.types import Name, Place

OWN_SCRIPT = {"AM": "Armn", "AZ": "Latn", "GE": "Geor"}
"""Script of the official names; an alternate in it that reads like the official name is one."""

RADIUS_KM = ((500_000, 12.0), (100_000, 6.0), (20_000, 3.0), (2_000, 2.0), (0, 1.0))
"""Radius that a settlement's name stands for, by least population: a convention, since the extract has no extents."""

_UNITS = ["country", "code", "name"]
_PLACES = ["id", "name", "country", "admin1", "lon", "lat", "population", "names"]

TOWN_FROM = 5_000
"""The extract has no feature codes: a settlement of so many people is called a town; curated rows know better."""


def read_extract(folder: Path) -> list[Place]:
    """Return the extract's settlements in order of GeoNames id; raises GazetteerError when it is damaged."""
    try:
        units = {(country, code): name for country, code, name in shipped.lines(folder / "admin1.tsv", _UNITS)}
        return [_place(cells, units) for cells in shipped.lines(folder / "places.tsv", _PLACES)]
    except (OSError, ValueError, csv.Error) as fault:
        raise GazetteerError(
            f"the GeoNames extract is damaged: {fault}", where=str(folder), hint="install geomap again with pip"
        ) from fault


def _place(cells: list[str], units: dict[tuple[str, str], str]) -> Place:
    number, name, country, code, lon, lat, people, alternates = cells
    population = int(people) if people else None
    return Place(
        id=f"gn:{number}",
        name=name,
        country=country,
        admin1=units.get((country, code)),
        kind="town" if (population or 0) >= TOWN_FROM else "village",
        lon=float(lon),
        lat=float(lat),
        radius_km=next(radius for least, radius in RADIUS_KM if (population or 0) >= least),
        population=population,
        names=_names(name, country, alternates),
        source=f"GeoNames {number}",
    )


def _names(name: str, country: str, alternates: str) -> tuple[Name, ...]:
    pairs = [entry.split(":", 1) for entry in alternates.split("|") if entry]
    candidates = [text for script, text in pairs if script == OWN_SCRIPT.get(country)]
    reading, *readings = romanise_all([name, *candidates])
    own = {text for text, each in zip(candidates, readings, strict=True) if each == reading}
    return tuple(Name(text, script, "own" if text in own else "variant") for script, text in pairs)
