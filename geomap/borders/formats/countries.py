"""ISO 3166-1: codes of two and three letters, and about where each country lies."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from geomap import shipped

OTHER = {"XKO": "XK", "KOS": "XK", "XKX": "XK"}
"""Codes of three letters for Kosovo, which has none in ISO 3166-1: GADM's, Natural Earth's, GeoNames'."""

_TWO, _THREE = re.compile(r"[A-Z]{2}"), re.compile(r"[A-Z]{3}")
_UNIT = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a circle of its area: reference point in degrees and radius."""

    alpha3: str
    lon: float
    lat: float
    radius_km: float


def countries() -> dict[str, Country]:
    """Return the 249 countries of ISO 3166-1, and XK, by alpha-2 code, from the atlas of GeoNames (CC BY 4.0)."""
    with shipped.data("gazetteer", "atlas", "countries.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            row["country"]: Country(row["alpha3"], float(row["lon"]), float(row["lat"]), float(row["radius_km"]))
            for row in rows
        }


def alpha3_codes() -> dict[str, str]:
    """Return alpha-2 by alpha-3 code."""
    return {country.alpha3: code for code, country in countries().items()} | OTHER


def alpha2(value: object, alpha3: dict[str, str]) -> str | None:
    """Return the country that a code says: alpha-2 as it is, alpha-3 by the table, of ISO 3166-2 the country part.

    Anything else, as Natural Earth's "-99" or a name, says none.
    """
    if not isinstance(value, str):
        return None
    if _TWO.fullmatch(value):
        return value
    if _THREE.fullmatch(value):
        return alpha3.get(value)
    unit = _UNIT.fullmatch(value)
    return unit[1] if unit else None
