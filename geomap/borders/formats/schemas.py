"""Columns that known data sets give to a feature's country, name and id; found by name, in any case.

| data set      | shown by                     | country, the first that is one                   | name              |
| ------------- | ---------------------------- | ------------------------------------------------ | ----------------- |
| geoBoundaries | shapeGroup                   | shapeGroup, shapeISO                             | shapeName         |
| GADM          | GID_0                        | GID_0                                            | NAME_5 to NAME_1, |
|               |                              |                                                  | COUNTRY, NAME_0   |
| OpenStreetMap | boundary with admin_level    | ISO3166-1:alpha2, ISO3166-1, ISO3166-1:alpha3,   | name              |
|               | or @id                       | ISO3166-2                                        |                   |
| Natural Earth | ADM0_A3                      | ISO_A2_EH, ISO_A2, ISO_A3_EH, ADM0_A3            | NAME, ADMIN       |
| its lines     | ADM0_A3_L                    | ADM0_A3_L and, on the other side, ADM0_A3_R      | NAME              |
| any other     |                              | side_a, ISO_A2, ISO1A2, ISO2, ISO3166-1,         | name              |
|               |                              | country_code, ISO, ISO_A3, ISO3, country         |                   |

Codes are of two or three letters, or a unit's of ISO 3166-2, whose country counts; "-99", "Z01" and names say none.
Sources: geoBoundaries' API documentation, GADM 4.1's metadata, the wiki of OpenStreetMap (Key:ISO3166-1), the README of
Natural Earth 5 (fields ISO_A2_EH and ADM0_A3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geomap.borders.formats.countries import alpha2


@dataclass(frozen=True, slots=True)
class Schema:
    """How a data set names its columns, in lower case, best first."""

    name: str
    shown_by: tuple[str, ...]
    """Columns that all stand in a feature of the data set."""
    country: tuple[str, ...]
    title: tuple[str, ...]
    other_country: tuple[str, ...] = ()
    """Columns of the country on the other side of a line."""
    not_ours: frozenset[str] = frozenset()
    """Columns named like one of BORDERS that mean something else there."""


ANY = Schema(
    "any",
    (),
    ("side_a", "iso_a2", "iso1a2", "iso2", "iso3166-1", "country_code", "iso", "iso_a3", "iso3", "country"),
    ("name",),
)
_OSM_COUNTRY = ("iso3166-1:alpha2", "iso3166-1", "iso3166-1:alpha3", "iso3166-2")
_OSM_TAGS = frozenset({"layer", "role", "source", "status"})

SCHEMAS = (
    Schema("geoBoundaries", ("shapegroup",), ("shapegroup", "shapeiso"), ("shapename",)),
    Schema("GADM", ("gid_0",), ("gid_0",), ("name_5", "name_4", "name_3", "name_2", "name_1", "country", "name_0")),
    Schema("OpenStreetMap", ("boundary", "admin_level"), _OSM_COUNTRY, ("name",), (), _OSM_TAGS),
    Schema("OpenStreetMap", ("boundary", "@id"), _OSM_COUNTRY, ("name",), (), _OSM_TAGS),
    Schema("Natural Earth, lines", ("adm0_a3_l",), ("adm0_a3_l",), ("name",), ("adm0_a3_r",)),
    Schema("Natural Earth", ("adm0_a3",), ("iso_a2_eh", "iso_a2", "iso_a3_eh", "adm0_a3"), ("name", "admin")),
    ANY,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a feature's columns say of it, None where they say nothing."""

    country: str | None
    other_country: str | None
    name: str | None
    not_ours: frozenset[str]


def told(properties: dict[str, Any], alpha3: dict[str, str], *, is_line: bool) -> Told:
    """Return the country, the country beyond, and the name that a feature's columns give.

    A line has countries only in a schema that tells its two sides apart, and none where they are the same. An area has
    one country.
    """
    lowered = {key.lower(): value for key, value in properties.items()}
    schema = next(schema for schema in SCHEMAS if all(column in lowered for column in schema.shown_by))
    country, other = _code(lowered, schema.country, alpha3), _code(lowered, schema.other_country, alpha3)
    parts = not is_line or (bool(schema.other_country) and country != other)
    return Told(
        country if parts else None,
        other if parts and is_line else None,
        next((text for column in schema.title if isinstance(text := lowered.get(column), str) and text), None),
        schema.not_ours,
    )


def _code(lowered: dict[str, Any], columns: tuple[str, ...], alpha3: dict[str, str]) -> str | None:
    codes = (alpha2(lowered.get(column), alpha3) for column in columns)
    return next((code for code in codes if code), None)
