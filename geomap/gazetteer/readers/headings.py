"""Which column of a stranger's gazetteer holds what: ordinary headings, decided once for a file and never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.languages import tag

_USUAL: dict[str, tuple[str, ...]] = {  # the first line that a file has a heading of decides
    "id": ("id", "geonameid geonamesid wofid placeid featureid uid gid fid osmid qid wikidata"),
    "name": (
        "name",
        "officialname primaryname mainname placename toponym title fullname nom nombre",
        "place locality settlement city town village municipality label nameascii asciiname",
    ),
    "lat": ("lat latitude latdd latdec declat wgs84lat", "y ycoord coordy pointy"),
    "lon": ("lon lng long longitude londd longdd londec declon wgs84lon", "x xcoord coordx pointx"),
    "country": ("countrycode iso2 isoa2 iso31661alpha2 countryiso2 isocode cc", "country iso countryiso"),
    "admin1": ("admin1name adm1name admin1 adm1", "province state governorate oblast marz", "region"),
    "alternates": (
        "alternatenames alternatename altnames altname alternates names othernames aliases synonyms variants",
    ),
    "population": ("population pop people inhabitants",),
    "kind": ("kind", "featurecode fcode gnfcode", "placetype featuretype placetypename", "type fclass class"),
    "radius_km": ("radiuskm",),
}
"""What a column may hold, and the headings that say so, in letters and digits alone."""

_WITH_LANGUAGE = re.compile(r"(official_name|alt_name|old_name|name)[:_](.+)", re.IGNORECASE)
"""OpenStreetMap's name:hy, old_name:ru and the like (https://wiki.openstreetmap.org/wiki/Names), also with name_hy."""
_KIND_OF_NAME = {"official_name": "own", "alt_name": "variant", "old_name": "historic"}
_NAMES_ALONE = {"alt_name": "variant", "old_name": "historic"}
_BASE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,8})*")


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of one file: of each thing the heading, and of names in a language (heading, language, kind).

    The kind of a name is "" where its language decides.
    """

    columns: dict[str, str]
    named: tuple[tuple[str, str, str], ...]

    def of(self, thing: str) -> str | None:
        """Return the heading of the column that holds a thing, or None."""
        return self.columns.get(thing)


def find_headings(given: Sequence[str], where: str, *, placed: bool = False) -> Headings:
    """Decide what each column holds; with `placed` the positions come from geometries, and no column is needed.

    Raises GazetteerError where there is no name or position, or where two headings claim the same thing.
    """
    headings = {thing: _heading(thing, given, where) for thing in _USUAL}
    columns = {thing: heading for thing, heading in headings.items() if heading}
    others = [_named(heading) for heading in given if heading not in columns.values()]
    named = tuple(each for each in others if each)
    if "name" not in columns:
        english = [heading for heading, language, kind in named if language == "en" and not kind]
        if not english:
            raise _missing("a name", "name", given, where)
        columns["name"] = english[0]
        named = tuple(each for each in named if each[0] != english[0])
    for thing, what in () if placed else (("lat", "a latitude"), ("lon", "a longitude")):
        if thing not in columns:
            raise _missing(what, thing, given, where)
    return Headings(columns, named)


def _plain(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _heading(thing: str, given: Sequence[str], where: str) -> str | None:
    for line in _USUAL[thing]:
        found = [heading for heading in given if _plain(heading) in line.split()]
        if len(found) > 1:
            names = " and ".join(map(repr, found))
            raise GazetteerError(
                f"the headings {names} both name the {thing}", where=where, hint="rename or delete one"
            )
        if found:
            return found[0]
    return None


def _named(heading: str) -> tuple[str, str, str] | None:
    if kind := _NAMES_ALONE.get(heading.casefold()):
        return heading, "", kind
    found = _WITH_LANGUAGE.fullmatch(heading.strip())
    if found is None or not _BASE.fullmatch(found[2]):
        return None
    language = tag(found[2].replace("_", "-"))
    return (heading, language, _KIND_OF_NAME.get(found[1].casefold(), "")) if language else None


def _missing(what: str, heading: str, given: Sequence[str], where: str) -> GazetteerError:
    listed = ", ".join(given[:12]) or "none"
    return GazetteerError(
        f"no column holds {what}; the headings are {listed}", where=where, hint=f"call the column {heading!r}"
    )
