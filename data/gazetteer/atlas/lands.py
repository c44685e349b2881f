"""Build the rows of countries.tsv: GeoNames' figures, CLDR's names, our words, a point in Natural Earth's outline."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from packs import Packs
from provinces import Outline

LANGUAGES = ("hy", "az", "ka", "ru", "tr", "fa", "ar", "fr", "de", "es", "zh", "uk", "he")
"""Languages that every country's name is given in, besides English and its own."""
OFFICIAL = ("official", "de_facto_official")
NOT_OFFICIAL = (("UA", "ru"),)
"""Languages that CLDR calls official by use ("de facto") where the law names another one alone."""
WORDS = Path(__file__).resolve().parent / "words.tsv"
GONE = ("AN", "CS")
"""Countries of GeoNames that no longer exist."""
COLUMNS = (
    *("id", "country", "alpha3", "name", "lon", "lat", "radius_km", "population", "capital", "own", "names"),
    "demonyms",
)
_PARENTHESES = re.compile(r"\s*[(（]([^)）]*)[)）]")
_FORMS = ("", "-alt-short", "-alt-variant")
_TWO_NAMES = ("FK", "MM")
"""Countries whose name in CLDR is followed by a second one in parentheses; elsewhere they hold no name."""


class Words(NamedTuple):
    """What words.tsv says of a country: our label or "", other English names, demonyms."""

    name: str
    also: list[str]
    demonyms: list[str]


def rows(packs: Packs, outlines: dict[str, Outline], cities: list[dict[str, Any]]) -> Iterator[list[str]]:
    """Yield the cells of the countries in order of their codes."""
    words = read_words()
    territories = {language: packs.territories(language) for language in ("en", *LANGUAGES)}
    official = official_languages(packs)
    for country in sorted(packs.geonames("countries"), key=lambda each: each["iso"]):
        code = country["iso"]
        if code in GONE:
            continue
        own = [language for language in official.get(code, ()) if language != "en"]
        for language in own:
            territories.setdefault(language, packs.territories(language))
        name = words[code].name or _english(territories["en"][code])
        said = {language: list(_forms(territories[language], code)) for language in ("en", *own, *LANGUAGES)}
        yield [
            *(f"gn:{country['geonameid']}", code, country["iso3"], name),
            *_position(country, outlines, cities),
            *(str(country["population"] or ""), _capital(country, cities)),
            *_names(name, words[code].also, said, own),
            "|".join(words[code].demonyms),
        ]


def read_words() -> dict[str, Words]:
    """Return words.tsv by country code."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {line["country"]: Words(line["name"], _split(line["also"]), _split(line["demonyms"])) for line in lines}


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _english(name: str) -> str:
    return name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")


def official_languages(packs: Packs) -> dict[str, list[str]]:
    """Return the languages official in a whole country, the most spoken first."""
    found: dict[str, list[str]] = {}
    for code, info in packs.core("territoryInfo").items():
        languages = info.get("languagePopulation", {}).items()
        ranked = sorted(languages, key=lambda item: (-float(item[1]["_populationPercent"]), item[0]))
        found[code] = [
            key.replace("_", "-")
            for key, each in ranked
            if each.get("_officialStatus") in OFFICIAL and (code, key) not in NOT_OFFICIAL
        ]
    return found


def _forms(territories: dict[str, str], code: str) -> Iterator[str]:
    """Yield a country's names in one language, with and without parentheses, unless another bears them."""
    others = {name for key, name in territories.items() if key.partition("-")[0] != code}
    for form in _FORMS:
        text = territories.get(code + form, "").strip()
        parts = [text, _PARENTHESES.sub("", text).strip(), *(_PARENTHESES.findall(text) if code in _TWO_NAMES else ())]
        yield from dict.fromkeys(part for part in parts if part and part not in others)


def _names(name: str, also: list[str], said: dict[str, list[str]], own: list[str]) -> tuple[str, str]:
    """Return the cells of the names in the country's languages and of all others, none twice."""
    taken = {name.casefold()}

    def fresh(language: str, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            if text.casefold() not in taken:
                taken.add(text.casefold())
                yield f"{language}:{text}"

    mine = [entry for language in own for entry in fresh(language, said[language])]
    english = [*fresh("en", said["en"]), *fresh("en", [_english(text) for text in said["en"]]), *fresh("en", also)]
    rest = [entry for language in LANGUAGES for entry in fresh(language, said[language])]
    return "|".join(mine), "|".join([*english, *rest])


def _position(country: dict[str, Any], outlines: dict[str, Outline], cities: list[dict[str, Any]]) -> list[str]:
    """Return the cells of longitude, latitude and radius: a point inside the outline, else the capital's."""
    lon, lat = _point(country, outlines, cities)
    radius = math.sqrt(float(country["areakm2"]) / math.pi) if country["areakm2"] else 1.0
    return [f"{lon:.2f}", f"{lat:.2f}", f"{radius:.3g}"]


def _point(country: dict[str, Any], outlines: dict[str, Outline], cities: list[dict[str, Any]]) -> tuple[float, float]:
    if outline := outlines.get(country["iso"]):
        return outline.lon, outline.lat
    if seat := _seat(country, cities):
        return seat["longitude"], seat["latitude"]
    return UNPEOPLED[country["iso"]]


UNPEOPLED = {"BV": (3.36, -54.42)}
"""Points of territories without an outline and without a settlement (Bouvet Island: ISO 3166-1 code BV)."""


def _capital(country: dict[str, Any], cities: list[dict[str, Any]]) -> str:
    seat = _seat(country, cities)
    return f"gn:{seat['geonameid']}" if seat else ""


def _seat(country: dict[str, Any], cities: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the settlement that GeoNames names as the capital: the most populous of that name in the country.

    Where GeoNames names none, the most populous settlement; None where there is none.
    """
    own = [city for city in cities if city["countrycode"] == country["iso"]]
    wanted = country["capital"]
    bearers = [city for city in own if city["name"] == wanted]
    bearers = bearers or [city for city in own if wanted in city["alternatenames"]] or ([] if wanted else own)
    return max(bearers, key=lambda city: city["population"], default=None)
