"""Build the rows of countries.tsv: GeoNames' figures, CLDR's names, our words, a point in Natural Earth's outline."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from packs import Packs
from provinces import Outline
from spelling import plain

LANGUAGES = ("hy", "az", "ka", "ru", "tr", "fa", "ar", "fr", "de", "es", "zh", "uk", "he")
"""Languages that every country's name is given in, besides English and its own."""
BY_LAW, BY_USE = "official", "de_facto_official"
"""CLDR's words for languages official in a whole country; by use counts only where the law names none (US, MX)."""
WORDS = Path(__file__).resolve().parent / "words.tsv"
GONE = ("AN", "CS")
"""Countries of GeoNames that no longer exist."""
COLUMNS = (
    *("id", "country", "alpha3", "name", "lon", "lat", "radius_km", "population", "capital", "own", "names"),
    *("former", "demonyms"),
)
_PARENTHESES = re.compile(r"\s*[(（]([^)）]*)[)）]")
_FORMS = ("", "-alt-short", "-alt-variant")
_TWO_NAMES = ("FK", "MM")
"""Countries whose name in CLDR is followed by a second one in parentheses; elsewhere they hold no name."""
_FORMER_IN_PARENTHESES, _FORMER_AS_VARIANT = ("MM",), ("SZ",)
"""Countries whose former name CLDR gives beside today's, and how."""
TOWN_FROM = 15_000
"""A name of a country in a foreign language is left out where a unit, or a town of so many people, in it bears it."""


class Words(NamedTuple):
    """What words.tsv says of a country: our label or "", other English names, former ones, demonyms."""

    name: str
    also: list[str]
    former: list[str]
    demonyms: list[str]


def rows(
    packs: Packs, outlines: dict[str, Outline], cities: list[dict[str, Any]], units: Sequence[Sequence[str]]
) -> Iterator[list[str]]:
    """Yield the cells of the countries in order of their codes."""
    words = read_words()
    territories = {language: packs.territories(language) for language in ("en", *LANGUAGES)}
    official = official_languages(packs)
    within = _borne_within(cities, units)
    for country in sorted(packs.geonames("countries"), key=lambda each: each["iso"]):
        code = country["iso"]
        if code in GONE:
            continue
        own = [language for language in official.get(code, ()) if language != "en"]
        for language in own:
            territories.setdefault(language, packs.territories(language))
        name = words[code].name or _english(territories["en"][code])
        languages = ("en", *own, *LANGUAGES)
        said = {language: list(_forms(territories[language], code)) for language in languages}
        once = {language: list(_former(territories[language], code)) for language in languages}
        once["en"] += words[code].former
        yield [
            *(f"gn:{country['geonameid']}", code, country["iso3"], name),
            *_position(country, outlines, cities),
            *(str(country["population"] or ""), _capital(country, cities)),
            *_names(name, words[code].also, said, own, once=once, within=within[code]),
            "|".join(words[code].demonyms),
        ]


def _borne_within(cities: list[dict[str, Any]], units: Sequence[Sequence[str]]) -> dict[str, set[str]]:
    """Return what the units and the towns of each country are called, without case and marks."""
    found: dict[str, set[str]] = defaultdict(set)
    for cells in units:
        found[cells[0][:2]].update(map(plain, (cells[2], *cells[-1].split("|"))))
    for city in cities:
        if city["population"] >= TOWN_FROM:
            found[city["countrycode"]].add(plain(city["name"]))
    return found


def _former(territories: dict[str, str], code: str) -> list[str]:
    """Return the former names of a country that CLDR gives in one language."""
    if code in _FORMER_IN_PARENTHESES:
        return _PARENTHESES.findall(territories.get(code, ""))
    return (
        [territories[f"{code}-alt-variant"]]
        if f"{code}-alt-variant" in territories and code in _FORMER_AS_VARIANT
        else []
    )


def read_words() -> dict[str, Words]:
    """Return words.tsv by country code."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {line["country"]: _words(line) for line in lines}


def _words(line: dict[str, str]) -> Words:
    return Words(line["name"], *(_split(line[column]) for column in ("also", "former", "demonyms")))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _english(name: str) -> str:
    return name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")


def official_languages(packs: Packs) -> dict[str, list[str]]:
    """Return the languages official in a whole country, by law where the law names one, the most spoken first."""
    found: dict[str, list[str]] = {}
    for code, info in packs.core("territoryInfo").items():
        languages = info.get("languagePopulation", {}).items()
        ranked = sorted(languages, key=lambda item: (-float(item[1]["_populationPercent"]), item[0]))
        status = {key.replace("_", "-"): each.get("_officialStatus") for key, each in ranked}
        by = BY_LAW if BY_LAW in status.values() else BY_USE
        found[code] = [language for language, each in status.items() if each == by]
    return found


def _forms(territories: dict[str, str], code: str) -> Iterator[str]:
    """Yield a country's names in one language, with and without parentheses, unless another bears them."""
    others = {name for key, name in territories.items() if key.partition("-")[0] != code}
    for form in _FORMS:
        text = territories.get(code + form, "").strip()
        parts = [text, _PARENTHESES.sub("", text).strip(), *(_PARENTHESES.findall(text) if code in _TWO_NAMES else ())]
        yield from dict.fromkeys(part for part in parts if part and part not in others)


def _names(
    name: str,
    also: list[str],
    said: dict[str, list[str]],
    own: list[str],
    *,
    once: dict[str, list[str]],
    within: set[str],
) -> tuple[str, str, str]:
    """Return the cells of the names in the country's languages, of all others, and of former ones, none twice."""
    taken = {name.casefold()}

    def fresh(language: str, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            if text.casefold() not in taken:
                taken.add(text.casefold())
                yield f"{language}:{text}"

    former = [entry for language, texts in once.items() for entry in fresh(language, texts)]
    mine = [entry for language in own for entry in fresh(language, said[language])]
    english = [*fresh("en", said["en"]), *fresh("en", [_english(text) for text in said["en"]]), *fresh("en", also)]
    ours = {plain(text) for text in (name, *(text for language in own for text in said[language]))}
    foreign = {
        language: [text for text in said[language] if plain(text) in ours or plain(text) not in within]
        for language in LANGUAGES
    }
    rest = [entry for language in LANGUAGES for entry in fresh(language, foreign[language])]
    return "|".join(mine), "|".join([*english, *rest]), "|".join(former)


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
