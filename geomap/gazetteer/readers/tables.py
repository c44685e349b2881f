"""Read places from a table: CSV or TSV in geomap's own form, or any CSV, TSV or GeoJSON gazetteer.

The own form is that of data/gazetteer/curated/places.csv. One row is one place. `id` is needed; `name`, `lon` and `lat`
too, unless the row only adds to a place that another table has. `names` holds "language/kind name" entries joined by
" | ", with kind own | other | russian | historic | variant, or `not` for a name that another source gives the place by
mistake.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError, SourceError
from geomap.gazetteer.readers.foreign import Ledger, Reading
from geomap.gazetteer.readers.strangers import stranger_places
from geomap.gazetteer.words.kinds import KINDS
from geomap.types import MANY, RADIUS_KINDS, Name, Place, Problem

NAME_KINDS = ("own", "other", "russian", "historic", "variant", "not")
DEFAULT_RADIUS_KM = {"town": 2.0, "village": 1.0, "mountain": 2.0, "pass": 1.0, "river": 5.0, "road": 5.0, "post": 1.0}
"""Radius of a place whose table states none: a convention, shown as one."""
_UNKNOWN_RADIUS_KM = 1.0
_MAX_NAME = 1000
_OWN = frozenset(Place._fields)
_OWN_ALONE = frozenset({"names", "radius_kind", "area_id", "seat", "held_by", "note"})
"""Columns that only geomap's own form has."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row as read: the place, the cells that it fills, and the names it takes away."""

    place: Place
    filled: frozenset[str]
    wrong_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The rows of a table of places in file order, and what had to be set aside."""

    rows: tuple[PlaceRow, ...]
    problems: tuple[Problem, ...]


def read_gazetteer(path: str | Path) -> Reading:
    """Read a gazetteer as CSV, TSV or GeoJSON, gzip-compressed or not: the own form, or one with ordinary headings.

    One row is one place (see .strangers for what headings mean); a row that cannot be used becomes a
    problem. The file is read into memory, within the limits of geomap.sources. Raises GazetteerError for a file that
    cannot be read, ambiguous headings and, at the latest while reading, a file without one good row.
    """
    from geomap.sources import RawFeatures, read_source

    path = Path(path)
    try:
        raw = read_source(path)
    except SourceError as fault:
        raise GazetteerError(fault.message, where=fault.where, hint=fault.hint) from None
    ledger, columns = Ledger(str(path)), set(raw.columns)
    own = "id" in columns <= _OWN and bool(columns & _OWN_ALONE or "kind" not in columns)
    if isinstance(raw, RawFeatures) or not own:
        return Reading(stranger_places(raw, ledger), [ledger], version=path.name)
    table = read_table(path)
    for problem in table.problems:
        ledger.take(problem)
    return Reading((row.place for row in table.rows), [ledger], version=path.name)


def read_table(path: Path, known: Iterable[Place] = ()) -> PlaceTable:
    """Read a table of places, some of which may complete known ones.

    Raises GazetteerError when the file is missing, not a table or without one good row.
    """
    rows: dict[str, PlaceRow] = {}
    problems: list[Problem] = []
    known_ids = {place.id for place in known}
    for number, cells in _records(path):
        try:
            row = _row(cells, known_ids, rows)
            rows[row.place.id] = row
        except ValueError as fault:
            value = cells.get("id")
            problems.append(Problem("place", str(fault), file=str(path), row=number, value=value, set_aside=True))
    if not rows:
        hint = problems[0].reason if problems else "it has no rows"
        raise GazetteerError("no place could be read", where=str(path), hint=hint)
    return PlaceTable(tuple(rows.values()), tuple(problems))


def merge(base: Iterable[Place], rows: Iterable[PlaceRow]) -> list[Place]:
    """Lay rows over places: a known id is completed, a new one appended; order is kept."""
    places = {place.id: place for place in base}
    for row in rows:
        known = places.get(row.place.id)
        places[row.place.id] = _completed(known, row) if known else row.place
    return list(places.values())


def _completed(known: Place, row: PlaceRow) -> Place:
    """Return the known place with the row's cells for its own, and the row's names before its own."""
    cells = {cell: getattr(row.place, cell) for cell in row.filled if cell not in {"id", "names"}}
    former = (Name(known.name, "", "own"),) if "name" in row.filled and row.place.name != known.name else ()
    names: dict[str, Name] = {}
    for name in (*row.place.names, *former, *known.names):
        names.setdefault(name.text, name)
    return known._replace(**cells, names=tuple(names[text] for text in names if text not in row.wrong_names))


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the row number that a spreadsheet shows and the filled cells of each record."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",", strict=True)
            if "id" not in (reader.fieldnames or ()):
                raise GazetteerError("the header has no column 'id'", where=str(path), hint="is it a table of places?")
            for number, record in enumerate(reader, start=2):
                yield number, {key: cell.strip() for key, cell in record.items() if key and cell and cell.strip()}
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise GazetteerError(f"cannot be read as a table of places: {fault}", where=str(path)) from fault


def _row(cells: dict[str, str], known: Container[str], taken: Container[str]) -> PlaceRow:
    """Return a row; raises ValueError for a cell that means nothing, an id taken, or a new place that lacks a cell."""
    if "id" not in cells:
        raise ValueError("the row has no id")
    if cells["id"] in taken:
        raise ValueError("an earlier row has this id")
    if cells["id"] not in known and not {"name", "lon", "lat"} <= cells.keys():
        raise ValueError("a new place needs a name and a position")
    names = tuple(_name(entry) for entry in cells.get("names", "").split(MANY) if entry.strip())
    kind = _one_of(cells.get("kind", "village"), KINDS, "kind")
    place = Place(
        id=cells["id"],
        name=cells.get("name", cells["id"])[:_MAX_NAME],
        country=cells.get("country"),
        admin1=cells.get("admin1"),
        kind=kind,
        lon=_number(cells, "lon", -180, 180),
        lat=_number(cells, "lat", -90, 90),
        radius_km=_number(cells, "radius_km", 0, 20_000, DEFAULT_RADIUS_KM.get(kind, _UNKNOWN_RADIUS_KM)),
        radius_kind=_one_of(cells.get("radius_kind", "convention"), RADIUS_KINDS, "radius_kind"),
        population=int(cells["population"]) if "population" in cells else None,
        names=tuple(name for name in names if name[2] != "not"),
        source=cells.get("source", ""),
        note=cells.get("note"),
        area_id=cells.get("area_id"),
        seat=cells.get("seat"),
        held_by=cells.get("held_by"),
    )
    filled = set(cells) & set(Place._fields)
    if "kind" in cells:
        filled.add("radius_km")
    return PlaceRow(place, frozenset(filled), frozenset(name[0] for name in names if name[2] == "not"))


def _name(entry: str) -> Name:
    tag, _, name = entry.strip().partition(" ")
    language, _, kind = tag.partition("/")
    if not name:
        raise ValueError(f"a name needs its language and kind: {entry.strip()!r}")
    return Name(name.strip()[:_MAX_NAME], language, _one_of(kind, NAME_KINDS, "kind of name"))


def _number(cells: dict[str, str], column: str, low: float, high: float, default: float = 0.0) -> float:
    value = float(cells.get(column, default))
    if not low <= value <= high:
        raise ValueError(f"{column} {cells[column]} is out of range")
    return value


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> str:
    if value not in allowed:
        raise ValueError(f"{what} {value!r} is none of {', '.join(allowed)}")
    return value
