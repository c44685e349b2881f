"""Build the rows of cities.tsv: GeoNames' capitals, big cities and their namesakes, with the alternates people read."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from namesakes import BIG, City, Names
from packs import Packs
from spelling import loose, plain

from geomap.gazetteer.words.names import script

ELSEWHERE = ("AM", "AZ", "GE")
"""Countries that the other extract holds in full."""
LEAST_PEOPLE = 300_000
SCRIPTS = frozenset({"Latn", "Cyrl", "Armn", "Arab", "Geor"})
"""Scripts that alternates of every city are kept in, besides those of its country's languages."""
ALPHABETS, SHORTEST = frozenset({"Latn", "Cyrl"}), 3
"""Alternates of fewer letters than this are left out in these scripts: "No", "Po", "Ke" are words of many texts."""
OF_CITY = {"Cyrl": 3, "Arab": 2}
OF_UNIT = {"Latn": 2, "Cyrl": 1, "Arab": 1, "Armn": 1, "Geor": 0}
"""Most alternates in a script other than the country's own: of large cities, and of smaller namesakes of units. Of
these, Latin ones count in every country, besides those that the unit's name is borne as."""
COLUMNS = ("id", "name", "country", "admin1", "lon", "lat", "population", "names")
_KANA = {"Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"}, "Hans": {"Hani"}, "Hant": {"Hani"}}
_EVENED = {
    letter: common
    for common, letters in {"ی": "يىئېێے", "ک": "ك", "ه": "ةەہھ", "و": "ۆۇۋؤ", "ا": "أإآ", "غ": "گګڭڠ"}.items()
    for letter in letters
}
_ARABIC = str.maketrans(_EVENED)
"""Letters of Arabic script that spell one sound in different languages."""
_NEIGHBOURS = re.compile("[^\u0410-\u044fЁё\u0621-\u063a\u0641-\u064a\\W]")
"""Letters of Cyrillic and Arabic script that Russian and Arabic do not have."""


def rows(
    cities: list[City],
    names: Names,
    *,
    scripts: Mapping[str, set[str]],
    capitals: set[str],
    namesakes: Mapping[int, set[str]],
) -> Iterator[list[str]]:
    """Yield the cells of the cities in order of their ids: large ones, namesakes of units, namesakes of all these.

    `namesakes` holds the keys of the units' names by the settlement's id, `scripts` those of each country. Namesakes
    of cities keep, of their alternates, those that they bear the name as and those in the country's own script.
    """
    large = [each for each in cities if each["population"] >= LEAST_PEOPLE or f"gn:{each['geonameid']}" in capitals]
    beside = [each for each in cities if each["geonameid"] in namesakes]
    kept: dict[int, list[str]] = {}
    for city in (*large, *(each for each in beside if each["population"] >= BIG)):
        for other, borne in names.elsewhere(city):
            own = scripts[other["countrycode"]] - {"Latn"}
            kept.setdefault(other["geonameid"], []).extend(borne)
            kept[other["geonameid"]] += [text for text in names.alternates(other) if script(text) in own]
    for city in beside:
        own = scripts[city["countrycode"]]
        kept[city["geonameid"]] = _of_unit(names.alternates(city), own, namesakes[city["geonameid"]], city["name"])
    for city in large:
        kept[city["geonameid"]] = _at_most(OF_CITY, names.alternates(city), scripts[city["countrycode"]], city["name"])
    for city in sorted(cities, key=lambda each: each["geonameid"]):
        if city["geonameid"] in kept and city["countrycode"] not in ELSEWHERE:
            texts = _names(city["name"], kept[city["geonameid"]], SCRIPTS | scripts[city["countrycode"]])
            yield [
                *(str(city["geonameid"]), city["name"], city["countrycode"], city["admin1code"]),
                *(f"{city['longitude']:.3f}", f"{city['latitude']:.3f}", str(city["population"] or "")),
                "|".join(texts),
            ]


def alternates() -> Callable[[dict[str, Any]], list[str]]:
    """Return the function of the sister extract that leaves machine-made names out."""
    path = Path(__file__).resolve().parents[1] / "geonames" / "rebuild.py"
    spec = importlib.util.spec_from_file_location("geonames_extract", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path.name} of the sister extract is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.alternates


def scripts_of(packs: Packs, official: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return the scripts of each country's official languages (CLDR's likely subtags)."""
    likely = packs.core("likelySubtags")
    found: dict[str, set[str]] = defaultdict(set)
    for code, languages in official.items():
        for language in languages:
            written = likely.get(language, language).split("-")[1:2]
            found[code].update(*(_KANA.get(each, {each}) for each in written))
    return found


def _of_unit(texts: list[str], own: AbstractSet[str], keys: AbstractSet[str], name: str) -> list[str]:
    """Return the alternates that a unit's name is borne as, and a few others."""
    borne = [text for text in texts if loose(text) in keys]
    return [*borne, *_at_most(OF_UNIT, [text for text in texts if loose(text) not in keys], own - {"Latn"}, name)]


def _at_most(limits: Mapping[str, int], texts: Iterable[str], own: AbstractSet[str], name: str) -> list[str]:
    """Return the alternates with no more in a script than its limit, unless it is the country's own."""
    kept, seen = list[str](), Counter[str]()
    for text in _distinct(texts, name):
        written = script(text)
        seen[written] += 1
        if written in own or seen[written] <= limits.get(written, seen[written]):
            kept.append(text)
    return kept


def _distinct(texts: Iterable[str], name: str) -> list[str]:
    """Return the alternates, the likeliest first; of those that sound alike in one script one stands.

    First come those in letters of Russian and Arabic, then those that begin as the name does, then short ones. They
    sound alike under `loose`, which evens rival romanisations out, and with letters of Arabic script evened out.
    """
    ranked = sorted(set(texts), key=lambda text: (_strange(text), text[0] != name[0], len(text), text))
    fresh = {(script(text), loose(text.translate(_ARABIC))): text for text in reversed(ranked)}
    once = set(fresh.values())
    return [text for text in ranked if text in once]


def _strange(text: str) -> bool:
    return script(text) in {"Cyrl", "Arab"} and bool(_NEIGHBOURS.search(text))


def _names(name: str, texts: Iterable[str], scripts: AbstractSet[str]) -> list[str]:
    """Return the other names in scripts that people read; what sounds like the name itself is left out."""
    kept = [text for text in _distinct(texts, name) if script(text) in scripts and loose(text) != loose(name)]
    return grouped([text for text in kept if len(plain(text)) >= SHORTEST or script(text) not in ALPHABETS])


def grouped(names: list[str]) -> list[str]:
    """Return the names in order of script, the first of each script labelled with it: "Arab:x", "y", "Latn:z"."""
    by_script = sorted((script(text), text) for text in names)
    firsts = dict(reversed(by_script))
    return [f"{written}:{text}" if firsts[written] == text else text for written, text in by_script]
