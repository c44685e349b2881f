"""Build the rows of units.tsv: GeoNames' first-level units, laid over Natural Earth's outlines.

An outline belongs to the unit that most of GeoNames' settlements inside it belong to, else to the one that bears its
name; several outlines may make one unit. Where no outline fits, the unit's most populous settlement stands for it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import shapely
from packs import CATALOGUES, Packs
from spelling import loose, plain
from units import Unit
from units import units as drawn_units

ELSEWHERE = ("AM", "AZ")
"""Countries whose units the curated table holds."""
LEFT_OUT = ("IL.WE",)
"""Units of one state on territory that this gazetteer gives to another country (the West Bank: PS)."""
COLUMNS = ("code", "iso", "name", "lon", "lat", "radius_km", "basis", "area_id", "seat", "names")
RENUMBERED = ("IR",)
"""Countries whose codes ISO 3166-2 has given to other units since CLDR's list was made: its names are not used."""
EQUAL_AREA = "EPSG:6933"
_SHARE = 0.6
"""Least share of the settlements in an outline that decides whose it is."""
_KEPT = 0.5
"""Least share of a unit's settlements that lie in the outlines found for it; below it the outlines are out of date."""
_TYPES = re.compile(
    r"\s+(?:Autonomous )?(?:Province|State|Governorate|Oblast|Region|Department|District|Municipality|County"
    r"|Prefecture|Parish|Krai|Kray|Okrug|Voivodeship|Canton|Emirate|Division|Republic|Territory|Raion)'?$",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r" *\([^)]*\)")
_GENERIC_WORDS = (
    "north south east west northern southern eastern western central centre center upper lower far middle "
    "northeast northwest southeast southwest northeastern northwestern southeastern southwestern capital "
    "federal national rivers river plateau delta border coast coastal littoral lake lakes valley "
    "highlands islands island union unity liberty metropolitan nord sud est ouest new old and of "
    "autonomous distrito outer inner free special city mid great greater equatorial"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that make no name of their own: a unit called so keeps the word for its type."""


class Outline(NamedTuple):
    """A point inside an area, its area, and the id of its drawing where it is one drawing."""

    lon: float
    lat: float
    km2: float
    area_id: str = ""


class Place(NamedTuple):
    """Where a unit is: a point, a radius, and "" where its outline says so, else "settlement"."""

    lon: float
    lat: float
    radius_km: float
    basis: str
    area_id: str


def country_outlines(drawn: list[Unit]) -> dict[str, Outline]:
    """Return an outline of every country that Natural Earth has units of."""
    parts = defaultdict(list)
    for unit in drawn:
        parts[unit.country].append(unit.polygon)
    return {code: outline(shapely.union_all(polygons)) for code, polygons in parts.items() if code}


def outline(polygon: shapely.Geometry, area_id: str = "") -> Outline:
    """Return the centre of the largest part where it lies inside, else a point on its surface; with the whole area."""
    largest = max(shapely.get_parts(polygon), key=lambda part: part.area)
    point = shapely.centroid(largest)
    if not shapely.contains(shapely.buffer(largest, -0.02), point):
        point = shapely.point_on_surface(largest)
    km2 = gpd.GeoSeries([polygon], crs="EPSG:4326").to_crs(EQUAL_AREA).area.iloc[0] / 1e6
    return Outline(point.x, point.y, float(km2), area_id)


def rows(packs: Packs, table: gpd.GeoDataFrame, cities: list[dict[str, Any]]) -> Iterator[list[str]]:
    """Yield the cells of the units in order of their codes; one without outline and settlement is left out.

    `seat` is still empty. A name that is another unit's in the country stays with that one.
    """
    drawn = drawn_units(table)
    names = {unit["code"]: unit["name"] for unit in packs.units() if not unit["code"].startswith(ELSEWHERE)}
    owners = _owners(drawn, table, names, cities)
    older = table[table["name"].notna()]["gn_name"].tolist()
    iso = _IsoNames(packs)
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name in names.items():
        labels[code[:2], loose(bare(name))].add(code)
    settled = defaultdict(list)
    for city in cities:
        settled[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    for code in sorted(names.keys() - set(LEFT_OUT)):
        own = [unit for unit, owner in owners.items() if owner == code]
        where = _by_outline([drawn[unit] for unit in own], settled[code]) or _by_settlements(settled[code])
        if where is None:
            continue
        called = [(older[unit], drawn[unit].name) for unit in own if where.area_id]
        known = iso.match(code[:2], [name for each in called for name in each if isinstance(name, str)], names[code])
        drawn_as = [_PARENTHESES.sub("", name) for _, name in called]
        label, others = _names(names[code], [*iso.english(known), *drawn_as], iso.types.get(known, "Province"))
        cells = [f"{where.lon:.2f}", f"{where.lat:.2f}", f"{where.radius_km:.3g}", where.basis, where.area_id]
        others = [text for text in others if code in labels.get((code[:2], loose(bare(text))), (code,))]
        yield [code, known, label, *cells, "", "|".join(others)]


def _owners(
    drawn: list[Unit], table: gpd.GeoDataFrame, names: dict[str, str], cities: list[dict[str, Any]]
) -> dict[int, str]:
    """Return the code of the unit that each drawn outline belongs to, by its position in the list."""
    votes = _votes(drawn, cities)
    by_name = {(code[:2], loose(name)): code for code, name in names.items()}
    found: dict[int, str] = {}
    for number, (unit, gn_name) in enumerate(zip(drawn, table[table["name"].notna()]["gn_name"], strict=True)):
        cast = {code: count for code, count in votes[number].items() if code in names and code[:2] == unit.country}
        top = max(cast, key=lambda code: (cast[code], code), default="")
        called = [loose(text) for text in (unit.name, gn_name) if isinstance(text, str)]
        named = {by_name[unit.country, reading] for reading in called if (unit.country, reading) in by_name}
        if top and cast[top] >= _SHARE * sum(cast.values()):
            found[number] = top
        elif len(named) == 1:
            found[number] = named.pop()
    return found


def _votes(drawn: list[Unit], cities: list[dict[str, Any]]) -> dict[int, Counter[str]]:
    tree = shapely.STRtree([unit.polygon for unit in drawn])
    points = shapely.points([[city["longitude"], city["latitude"]] for city in cities])
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for city, unit in zip(*tree.query(points, predicate="within"), strict=True):
        votes[int(unit)][f"{cities[city]['countrycode']}.{cities[city]['admin1code']}"] += 1
    return votes


def _by_outline(own: list[Unit], settlements: list[dict[str, Any]]) -> Place | None:
    """Return the place of a unit from its outlines, or None where it has none or they hold too few settlements."""
    if not own:
        return None
    whole = shapely.union_all([unit.polygon for unit in own])
    shapely.prepare(whole)
    inside = [shapely.intersects_xy(whole, city["longitude"], city["latitude"]) for city in settlements]
    if settlements and sum(inside) < _KEPT * len(inside):
        return None
    found = outline(whole, own[0].id if len(own) == 1 else "")
    return Place(found.lon, found.lat, math.sqrt(found.km2 / math.pi), "", found.area_id)


def _by_settlements(settlements: list[dict[str, Any]]) -> Place | None:
    """Return the most populous settlement, with a radius that reaches nine tenths of the others."""
    if not settlements:
        return None
    seat = max(settlements, key=lambda city: (city["population"], -city["geonameid"]))
    away = sorted(km_between(seat, city) for city in settlements)
    return Place(seat["longitude"], seat["latitude"], max(1.0, away[(len(away) - 1) * 9 // 10]), "settlement", "")


def km_between(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the distance on a sphere, in km: enough for a radius."""
    lat = math.radians(one["latitude"]), math.radians(other["latitude"])
    east = math.radians(other["longitude"] - one["longitude"])
    chord = math.sin((lat[1] - lat[0]) / 2) ** 2 + math.cos(lat[0]) * math.cos(lat[1]) * math.sin(east / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(chord))


class _IsoNames:
    """Names of ISO 3166-2's first-level units, to find a unit's code by its name."""

    def __init__(self, packs: Packs) -> None:
        self.cldr = packs.subdivisions()
        entries = [entry for entry in packs.iso("2") if "parent" not in entry]
        self.listed = {entry["code"]: entry["name"] for entry in entries}
        self.types = {entry["code"]: entry["type"] for entry in entries}
        self.by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        texts = [(code, text) for code in self.listed for text in self.english(code)]
        for code, text in texts:
            self.by_name[code[:2], loose(bare(text))].add(code)

    def english(self, code: str) -> list[str]:
        """Return the names of a unit: CLDR's English one and the one that ISO lists."""
        cldr = None if code.startswith(RENUMBERED) else self.cldr.get(code.replace("-", "").lower())
        found = (cldr, self.listed.get(code))
        return [text.partition(" [")[0] for text in found if text]

    def match(self, country: str, drawn_as: list[str], name: str) -> str:
        """Return the code of the one unit that bears a name: the drawing's older GeoNames name first; else ""."""
        city = name.removesuffix(" City")
        texts = [bare(text) for text in (*drawn_as[:1], name, *drawn_as[1:], city)]
        for text in texts:
            found = self.by_name.get((country, loose(text)), set())
            if len(found) == 1 and (text != city or city == name or "City" in self.types[min(found)]):
                return min(found)
        return ""


def bare(name: str) -> str:
    """Return a name without the English word for a type of unit, unless nothing that names would be left."""
    rest = _TYPES.sub("", name)
    return name if _generic(rest) else rest


def _generic(name: str) -> bool:
    return all(word in _GENERIC for word in name.casefold().replace("-", " ").split())


def _names(name: str, others: list[str], kind: str) -> tuple[str, list[str]]:
    """Return the label and the other names, none twice once folded."""
    label = f"{name} {kind.split('/', maxsplit=1)[0].strip().title()}" if _generic(name) else name
    texts = [text for each in (label, *others) for text in (each, bare(each)) if not _generic(text)]
    fresh = {plain(text): text for text in reversed(texts)}
    fresh.pop(plain(label), None)
    return label, sorted(fresh.values())


def translations(packs: Packs, codes: set[str], official: dict[str, list[str]]) -> Iterator[list[str]]:
    """Yield code, names in the country's languages and in Russian, of the units that iso-codes has translations of."""
    catalogues = {language: packs.catalogue(language) for language in CATALOGUES}
    for entry in sorted(packs.iso("2"), key=lambda entry: entry["code"]):
        if entry["code"] not in codes:
            continue
        said = {language: catalogue.gettext(entry["name"]) for language, catalogue in catalogues.items()}
        told = {language: f"{language}:{text}" for language, text in said.items() if text != entry["name"]}
        own = [told.pop(language) for language in official.get(entry["code"][:2], ()) if language in told]
        if own or "ru" in told:
            yield [entry["code"], "|".join(own), told.get("ru", "")]
