"""Read the world's atlas (data/gazetteer/atlas): countries, first-level units, cities, seas, lakes, rivers, mountains.

The tables and their sources are described in SOURCE.toml beside them. A label is the English name in common use, `own`
names are those in a country's official languages; names in Russian elsewhere are `russian`, former names of countries
`historic`, all others `variant`. Capitals have the feature code PPLC; a unit's `seat` is the settlement that it shares
its name with. Radii of areas are those of a circle of equal area: a convention.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.readers.features import settlement_kind
from geomap.gazetteer.readers.geonames import RADIUS_KM
from geomap.gazetteer.words.names import fold, romanise_all
from geomap.types import Name, Place

_COUNTRIES = [
    *("id", "country", "alpha3", "name", "lon", "lat", "radius_km", "population", "capital", "own", "names"),
    *("former", "demonyms"),
]
_UNITS = ["code", "iso", "name", "lon", "lat", "radius_km", "basis", "area_id", "seat", "names"]
_CITIES = ["id", "name", "country", "admin1", "lon", "lat", "population", "names"]
_ISO = ["code", "own", "names"]
_NATURE = ["id", "name", "kind", "lon", "lat", "radius_km", "radius_kind", "names", "source"]
CYRILLIC = frozenset({"BG", "BY", "KG", "KZ", "MK", "MN", "RS", "RU", "TJ", "UA"})
"""Countries with an official language in Cyrillic script: a city's name in it that reads like the label is its own."""
_BASES = {
    "": "GeoNames {}; centre and area of its Natural Earth 4.1 outline",
    "settlement": "GeoNames {}; its most populous settlement, for want of an outline",
}


def read_atlas(folder: Path) -> list[Place]:
    """Return every place of the atlas: countries, units, cities, waters, mountains, each in the order of its table.

    `admin1` of a city is the name of its unit. Raises GazetteerError when a table is missing or damaged.
    """
    with _refusing(folder):
        iso = shipped.lines(folder / "iso.tsv", _ISO)
        told = {code: _names(own, "own") + _names(names, "variant") for code, own, names in iso}
        units = shipped.lines(folder / "units.tsv", _UNITS)
        unit_names = {cells[0]: cells[2] for cells in units}
        countries = shipped.lines(folder / "countries.tsv", _COUNTRIES)
        return [
            *(_country(cells, told.get(cells[1], ())) for cells in countries),
            *(_unit(cells, told) for cells in units),
            *_cities(shipped.lines(folder / "cities.tsv", _CITIES), unit_names, {cells[8] for cells in countries}),
            *(
                _natural(cells)
                for table in ("waters", "mountains")
                for cells in shipped.lines(folder / f"{table}.tsv", _NATURE)
            ),
        ]


def read_countries(folder: Path) -> list[Place]:
    """Return the countries alone, in order of their codes; raises GazetteerError when their table is damaged."""
    with _refusing(folder):
        return [_country(cells, ()) for cells in shipped.lines(folder / "countries.tsv", _COUNTRIES)]


def read_demonyms(folder: Path) -> dict[str, str]:
    """Return the ISO code of the country that an English demonym ("armenian", "armenians") speaks of.

    Keys are casefolded; those of several countries ("congolese", "korean") are left out. They are context for a text,
    never names of a place, and some are words of their own in lower case ("polish", "poles").
    Raises GazetteerError when the table of countries is damaged.
    """
    return _only(shared_demonyms(folder))


def shared_demonyms(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return every English demonym, casefolded, with the ISO codes of all countries that it speaks of."""
    with _refusing(folder):
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for cells in shipped.lines(folder / "countries.tsv", _COUNTRIES):
            for word in cells[-1].split("|") if cells[-1] else ():
                found[word.casefold()][cells[1]] = None
        return {word: tuple(codes) for word, codes in found.items()}


def country_codes(folder: Path | None = None) -> dict[str, str]:
    """Return the ISO code for every folded name of a country in any shipped language, and for its three-letter code.

    Look a name up by `names.fold` of it. Names that several countries bear ("congo") are left out; `folder` is the
    shipped atlas unless one is given. Raises GazetteerError when the table of countries is damaged.
    """
    folder = folder or shipped.data("gazetteer", "atlas")
    with _refusing(folder):
        borne = [
            (cells[1], name) for cells in shipped.lines(folder / "countries.tsv", _COUNTRIES) for name in _borne(cells)
        ]
        borne += [(cells[0], name) for cells in shipped.lines(folder / "iso.tsv", _ISO) for name in _listed(cells)]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code, name in borne:
        found[fold(name)][code] = None
    return _only({name: tuple(codes) for name, codes in found.items()})


def country_code(text: str) -> str | None:
    """Return the ISO code of the country that a text names, in any shipped language or by its code, or None."""
    return _shipped_codes().get(fold(text))


@cache
def _shipped_codes() -> dict[str, str]:
    return country_codes()


def _borne(cells: list[str]) -> Iterator[str]:
    yield from (cells[2], cells[3])
    yield from (entry.partition(":")[2] for cell in cells[9:12] for entry in cell.split("|") if entry)


def _listed(cells: list[str]) -> Iterator[str]:
    if len(cells[0]) == 2:
        yield from (name.text for name in _names(cells[2], "variant"))


def _only(found: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: codes[0] for word, codes in found.items() if len(codes) == 1}


def _country(cells: list[str], told: tuple[Name, ...]) -> Place:
    number, code, _, name, lon, lat, radius_km, people, _, own, names, former, _ = cells
    return Place(
        id=number,
        name=name,
        country=code,
        admin1=None,
        kind="country",
        lon=float(lon),
        lat=float(lat),
        radius_km=float(radius_km),
        population=int(people) if people else None,
        names=_distinct(name, _names(own, "own") + _names(names, "variant") + _names(former, "historic") + told),
        source=f"GeoNames {number[3:]}; names from CLDR 48",
        feature="PCL",
    )


def _distinct(label: str, names: tuple[Name, ...]) -> tuple[Name, ...]:
    found = {name.text: name for name in reversed(names) if name.text != label}
    return tuple(reversed(found.values()))


def _unit(cells: list[str], told: dict[str, tuple[Name, ...]]) -> Place:
    code, iso, name, lon, lat, radius_km, basis, area_id, seat, names = cells
    variants = tuple(Name(text, "Latn", "variant") for text in names.split("|")) if names else ()
    return Place(
        id=f"gn-adm1:{code}",
        name=name,
        country=code[:2],
        admin1=name,
        kind="province",
        lon=float(lon),
        lat=float(lat),
        radius_km=float(radius_km),
        names=variants + told.get(iso, ()),
        source=_BASES[basis].format(code),
        area_id=area_id or None,
        seat=seat or None,
        feature="ADM1",
    )


def _cities(lines: list[list[str]], units: dict[str, str], capitals: set[str]) -> list[Place]:
    """Return the settlements, told which of their names in Cyrillic are their own; `capitals` holds ids."""
    names = [list(_names(cells[-1], "variant")) for cells in lines]
    asked = [
        (number, position, name.text)
        for number, cells in enumerate(lines)
        if cells[2] in CYRILLIC
        for position, name in enumerate(names[number])
        if name.language == "Cyrl"
    ]
    labels = romanise_all([lines[number][1] for number, _, _ in asked])
    readings = romanise_all([text for _, _, text in asked])
    for (number, position, text), label, reading in zip(asked, labels, readings, strict=True):
        if label == reading:
            names[number][position] = Name(text, "Cyrl", "own")
    return [_city(cells, tuple(known), units, capitals) for cells, known in zip(lines, names, strict=True)]


def _city(cells: list[str], names: tuple[Name, ...], units: dict[str, str], capitals: set[str]) -> Place:
    number, name, country, unit, lon, lat, people, _ = cells
    population = int(people) if people else 0
    return Place(
        id=f"gn:{number}",
        name=name,
        country=country,
        admin1=units.get(f"{country}.{unit}"),
        kind=settlement_kind(population),
        lon=float(lon),
        lat=float(lat),
        radius_km=next(radius for least, radius in RADIUS_KM if population >= least),
        population=population or None,
        names=names,
        source=f"GeoNames {number}",
        feature="PPLC" if f"gn:{number}" in capitals else "PPL",
    )


def _natural(cells: list[str]) -> Place:
    number, name, kind, lon, lat, radius_km, radius_kind, names, source = cells
    return Place(
        id=number,
        name=name,
        country=None,
        admin1=None,
        kind=kind,
        lon=float(lon),
        lat=float(lat),
        radius_km=float(radius_km),
        radius_kind=radius_kind,
        names=_names(names, "variant"),
        source=source,
    )


def _names(cell: str, kind: str) -> tuple[Name, ...]:
    """Return the names of a cell "hy:x|y|ru:z": a name without a label is in the language or script of the last one."""
    found: list[Name] = []
    language = ""
    for entry in cell.split("|") if cell else ():
        label, mark, text = entry.partition(":")
        language, text = (label, text) if mark else (language, entry)
        found.append(Name(text, language, "russian" if language == "ru" and kind == "variant" else kind))
    return tuple(found)


@contextmanager
def _refusing(folder: Path) -> Generator[None]:
    """Turn what a damaged table raises into a GazetteerError."""
    try:
        yield
    except (OSError, ValueError, KeyError, IndexError, csv.Error) as fault:
        raise GazetteerError(
            f"the atlas is damaged: {fault}", where=str(folder), hint="install geomap again with pip"
        ) from fault
