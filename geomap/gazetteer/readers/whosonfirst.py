"""Who's On First exports: lines of JSON, single GeoJSON features, and the SQLite distributions.

A place is a GeoJSON feature with prefixed properties (https://whosonfirst.org/docs/properties/): wof:id, wof:name,
wof:placetype, wof:country, mz:is_current, edtf:deprecated, edtf:cessation, wof:superseded_by, lbl:latitude,
geom:latitude, geom:area_square_m, wof:population, and names as name:hye_x_preferred, name:rus_x_variant and the like
(https://whosonfirst.org/docs/names/). SQLite distributions hold the features in the table geojson (id, body, is_alt)
of go-whosonfirst-sqlite-features. Lines of JSON may be features, or flat records with the keys wof, type, name, cc,
lat, lon, pop, fcode, deprecated, superseded_by and names. Who's On First is CC BY 4.0, in parts CC0.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.alternates import Row, names_of
from geomap.gazetteer.readers.features import FORMER, kind_of_word, radius_km, settlement_kind
from geomap.gazetteer.readers.foreign import Ledger, Reading, check_file, chunks
from geomap.gazetteer.readers.languages import Scripts, tag
from geomap.types import Name, Place

CREDIT = {
    "name": "Who's On First",
    "licence": "CC BY 4.0",
    "text": "Place names from Who's On First (whosonfirst.org), CC BY 4.0, modified",
}
KINDS = {
    **dict.fromkeys(("locality", "borough", "macrohood", "neighbourhood", "microhood"), "village"),
    **dict.fromkeys(("localadmin", "county", "macrocounty"), "district"),
    **dict.fromkeys(("continent", "disputed", "macroregion", "metroarea"), "region"),
    **dict.fromkeys(("country", "dependency", "empire"), "country"),
    **dict.fromkeys(("marinearea", "ocean"), "sea"),
    "region": "province",
}
"""Kinds behind place types (https://github.com/whosonfirst/whosonfirst-placetypes); others name no place of ours."""

_OBSOLETE = "deprecated, superseded or ceased records were left out"
_KIND_LESS = "records of other place types than geomap has kinds for were left out"
_USES = ("preferred", "variant", "colloquial", "historical", "unknown")
_UNPLACED = (0, "0", "", None)
_EARTH_M2 = 5.11e14


class Record(NamedTuple):
    """What geomap takes from a feature or a flat record, as it stands there."""

    number: Any
    name: Any
    placetype: Any
    country: Any
    lon: Any
    lat: Any
    population: Any
    area_m2: Any
    code: Any
    obsolete: bool
    names: Mapping[str, Any]


def read_whosonfirst(path: str | Path) -> Reading:
    """Read a Who's On First export: JSON lines (also gzip-compressed), one GeoJSON feature, or a SQLite distribution.

    Records that are deprecated, superseded, ceased or not current are left out and counted; so are place types that
    are no places of ours (venues, postal codes). Broken records are set aside under their line or row. The position is
    the label's, else the geometry's centre. Raises GazetteerError for a file that is missing, damaged or no export.
    """
    path, ledger = Path(path), Ledger(str(path))
    check_file(path)
    with path.open("rb") as file:
        packed = file.read(16) == b"SQLite format 3\x00"
    texts = _bodies(path) if packed else _documents(path, ledger)
    return Reading(_places(texts, ledger), [ledger], version=f"Who's On First {path.name}", credit=[CREDIT])


def _bodies(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the features of a SQLite distribution; alternative geometries are skipped where they are marked."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            columns = {row[1] for row in database.execute("PRAGMA table_info(geojson)")}
            if "body" not in columns:
                raise GazetteerError("is no Who's On First distribution: it has no table geojson", where=str(path))
            scope = "WHERE is_alt = 0 OR is_alt IS NULL" if "is_alt" in columns else ""
            for number, (body,) in enumerate(database.execute(f"SELECT body FROM geojson {scope}"), 1):  # noqa: S608
                yield number, body if isinstance(body, str) else ""
    except sqlite3.Error as fault:
        raise GazetteerError(f"cannot be read: {fault}", where=str(path), hint="get the file again") from None


def _documents(path: Path, ledger: Ledger) -> Iterator[tuple[int, str]]:
    """Yield the JSON documents of a text: one a line, or one over all lines."""
    parts = chunks(path, ledger)
    first = next(parts, None)
    lines = [line for line in first.lines if line.strip()] if first else []
    if first is None or not lines or not lines[0].lstrip().startswith("{"):
        raise GazetteerError("is no Who's On First export: expected JSON objects", where=str(path))
    if _loaded(lines[0]) is None and not lines[0].rstrip().endswith("}"):
        rest = (line for part in parts for line in part.lines)
        yield first.first, "\n".join((*first.lines, *rest))
        return
    yield from ((number, line) for number, line in enumerate(first.lines, first.first) if line.strip())
    for part in parts:
        yield from ((number, line) for number, line in enumerate(part.lines, part.first) if line.strip())


def _loaded(text: str) -> dict[str, Any] | None:
    """Return a JSON object, or None for any other text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _places(texts: Iterator[tuple[int, str]], ledger: Ledger) -> Iterator[Place]:
    scripts, found = Scripts(), False
    for number, text in texts:
        document = _loaded(text)
        record = _record(document) if document is not None else None
        if record is None:
            ledger.add("broken_record", number, "is no record of Who's On First", value=text)
            continue
        found = True
        if record.obsolete:
            ledger.left_out[_OBSOLETE] += 1
        elif KINDS.get(str(record.placetype)) is None:
            ledger.left_out[_KIND_LESS] += 1
        else:
            try:
                place = _place(record, scripts)
            except (ValueError, OverflowError) as fault:
                ledger.add("broken_record", number, str(fault), value=text)
            else:
                yield place
    if not found:
        raise GazetteerError("is no Who's On First export: no record of it could be read", where=ledger.file)


def _record(document: Mapping[str, Any]) -> Record | None:
    """Return a feature's or flat record's values, or None where it is neither."""
    if "wof" in document:
        return _flat(document)
    values = document.get("properties")
    if not isinstance(values, dict) or "wof:id" not in values:
        return None
    get = values.get
    labelled = get("lbl:latitude") not in _UNPLACED and get("lbl:longitude") not in _UNPLACED
    prefix = "lbl" if labelled else "geom"
    return Record(
        number=get("wof:id"),
        name=get("wof:name"),
        placetype=get("wof:placetype"),
        country=get("wof:country"),
        lon=get(f"{prefix}:longitude"),
        lat=get(f"{prefix}:latitude"),
        population=get("wof:population") or get("gn:population"),
        area_m2=get("geom:area_square_m"),
        code=get("gn:fcode"),
        obsolete=get("mz:is_current") in (0, "0")
        or bool(get("wof:superseded_by"))
        or any(_dated(get(f"edtf:{end}")) for end in ("deprecated", "superseded", "cessation")),
        names={key.removeprefix("name:"): value for key, value in values.items() if key.startswith("name:")},
    )


def _dated(value: Any) -> bool:
    """Tell whether an end is stated: unknown and open ends are none (Extended Date/Time Format)."""
    return value not in (None, "", "u", "uuuu", "open", "..", "-1", 0)


def _flat(document: Mapping[str, Any]) -> Record:
    get = document.get
    names = get("names")
    return Record(
        *(get(key) for key in ("wof", "name", "type", "cc", "lon", "lat", "pop")),
        area_m2=None,
        code=get("fcode"),
        obsolete=_dated(get("deprecated")) or bool(get("superseded_by")),
        names=names if isinstance(names, dict) else {},
    )


def _place(record: Record, scripts: Scripts) -> Place:
    """Return a record's place; raises ValueError for one that lacks an id, a name or a position."""
    name = record.name.strip() if isinstance(record.name, str) else ""
    if not name:
        raise ValueError("the record has no name")
    number = _whole(record.number)
    if not number:
        raise ValueError("the record has no id")
    population = _whole(record.population)
    kind, code = KINDS[record.placetype], _code(record.code)
    country = record.country if isinstance(record.country, str) and len(record.country) == 2 else None
    country = country if country and country.isalpha() else None
    area = _number(record.area_m2)
    measured = area is not None and 0 < area < _EARTH_M2 and kind != "village"
    former = FORMER.get(code or "")
    return Place(
        id=f"wof:{number}",
        name=name,
        country=country,
        admin1=None,
        kind=settlement_kind(population) if kind == "village" else kind,
        lon=_degrees(record.lon, 180.0),
        lat=_degrees(record.lat, 90.0),
        radius_km=round(math.sqrt((area or 0) / math.pi) / 1_000, 3) if measured else radius_km(kind, population),
        radius_kind="source" if measured else "convention",
        population=population or None,
        names=_names(record.names, name, country, scripts),
        source=f"Who's On First {number}",
        note=f"GeoNames: {former} ({code})" if former else None,
        feature=code,
    )


def _code(value: Any) -> str | None:
    known = kind_of_word(value) if isinstance(value, str) else None
    return known[1] if known else None


def _names(given: Mapping[str, Any], official: str, country: str | None, scripts: Scripts) -> tuple[Name, ...]:
    """Return the names of a record with their kinds; labels of no language and values that are no lists are skipped."""
    rows: list[Row] = []
    for label, texts in given.items():
        language, _, use = label.partition("_x_")
        known = tag(language.replace("_", "-"))
        if known is not None and use in _USES and isinstance(texts, list):
            flags = (use == "preferred", use == "colloquial", use == "historical")
            rows += [Row(known, text.strip(), *flags, "", "") for text in texts if isinstance(text, str)]
    return names_of(rows, official, country, scripts)


def _number(value: Any) -> float | None:
    """Return a JSON number, or None for anything else."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: Any) -> int:
    number = _number(value)
    return int(number) if number is not None and 0 < number < 2**53 else 0


def _degrees(value: Any, most: float) -> float:
    number = _number(value)
    if number is None or not -most <= number <= most:
        raise ValueError(f"{str(value)[:40]} is no position in degrees")
    return number
