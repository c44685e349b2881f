"""Build the rows of cities.tsv: GeoNames' capitals and big cities, with the alternates that people read."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from packs import Packs
from spelling import plain

from geomap.gazetteer.words.names import script

ELSEWHERE = ("AM", "AZ", "GE")
"""Countries that the other extract holds in full."""
LEAST_PEOPLE = 300_000
SCRIPTS = frozenset({"Latn", "Cyrl", "Armn", "Arab", "Geor", "Hani"})
"""Scripts that alternates of every city are kept in, besides those of its country's languages."""
ALPHABETS, SHORTEST = frozenset({"Latn", "Cyrl"}), 3
"""Alternates of fewer letters than this are left out in these scripts: "No", "Po", "Ke" are words of many texts."""
COLUMNS = ("id", "name", "country", "admin1", "lon", "lat", "population", "names")
_KANA = {"Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"}, "Hans": {"Hani"}, "Hant": {"Hani"}}


def rows(
    packs: Packs, cities: list[dict[str, Any]], capitals: set[str], official: dict[str, list[str]]
) -> Iterator[list[str]]:
    """Yield the cells of the cities in order of their ids."""
    alternates = _alternates()
    scripts = _scripts(packs, official)
    for city in sorted(cities, key=lambda each: each["geonameid"]):
        wanted = city["population"] >= LEAST_PEOPLE or f"gn:{city['geonameid']}" in capitals
        if not wanted or city["countrycode"] in ELSEWHERE:
            continue
        names = _names(city["name"], alternates(city), scripts[city["countrycode"]])
        yield [
            *(str(city["geonameid"]), city["name"], city["countrycode"], city["admin1code"]),
            *(f"{city['longitude']:.4f}", f"{city['latitude']:.4f}", str(city["population"] or "")),
            "|".join(names),
        ]


def _alternates() -> Callable[[dict[str, Any]], list[str]]:
    """Return the function of the sister extract that leaves machine-made names out."""
    path = Path(__file__).resolve().parents[1] / "geonames" / "rebuild.py"
    spec = importlib.util.spec_from_file_location("geonames_extract", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path.name} of the sister extract is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.alternates


def _scripts(packs: Packs, official: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return the scripts of each country's official languages (CLDR's likely subtags)."""
    likely = packs.core("likelySubtags")
    found: dict[str, set[str]] = defaultdict(set)
    for code, languages in official.items():
        for language in languages:
            written = likely.get(language, language).split("-")[1:2]
            found[code].update(*(_KANA.get(each, {each}) for each in written))
    return found


def _names(name: str, alternates: list[str], scripts: set[str]) -> list[str]:
    """Return the other names in scripts that people read; of those that differ in marks alone one stands."""
    kept = [text for text in set(alternates) if script(text) in SCRIPTS | scripts]
    kept = [text for text in kept if len(plain(text)) >= SHORTEST or script(text) not in ALPHABETS]
    fresh = {plain(text): text for text in sorted(kept, key=lambda text: (len(text), text), reverse=True)}
    fresh.pop(plain(name), None)
    return grouped(list(fresh.values()))


def grouped(names: list[str]) -> list[str]:
    """Return the names in order of script, the first of each script labelled with it: "Arab:x", "y", "Latn:z"."""
    by_script = sorted((script(text), text) for text in names)
    firsts = dict(reversed(by_script))
    return [f"{written}:{text}" if firsts[written] == text else text for written, text in by_script]
