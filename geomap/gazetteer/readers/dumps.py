"""GeoNames' own files: country files, allCountries and citiesN, with alternateNamesV2 and admin1CodesASCII beside them.

The 19 columns (GeoNames, export/dump/readme.txt): geonameid, name, asciiname, alternatenames, latitude, longitude,
feature class, feature code, country code, cc2, admin1 to admin4 code, population, elevation, dem, timezone,
modification date. GeoNames data are CC BY 4.0 and must be credited.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.alternates import MAX_NAME, Alternates, is_airport_code, names_of, unlabelled
from geomap.gazetteer.readers.features import CLASSES, FORMER, KIND_OF_CODE, kind_of, radius_km
from geomap.gazetteer.readers.foreign import Chunk, Ledger, Reading, chunks
from geomap.gazetteer.readers.languages import Scripts
from geomap.types import Name, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLUMNS = 19
CREDIT = {
    "name": "GeoNames",
    "licence": "CC BY 4.0",
    "text": "Place names © GeoNames (geonames.org), CC BY 4.0, modified",
}
AIRPORTS_LEFT_OUT = "airport codes (three capitals) are no names"
_OTHER_FILES = {
    10: "this is alternateNamesV2.txt, which goes with a dump as its names",
    8: "this is alternateNames.txt, which goes with a dump as its names",
    4: "this may be admin1CodesASCII.txt, which goes with a dump as its admin1",
    12: "this may be a file of postal codes, which geomap does not read",
}
_FIRST_LEVEL = ("ADM1", "ADM1H")
_MOST_PEOPLE = 10_000_000_000
_LARGEST_ID = 10**15

Units = Mapping[tuple[str, str], str]
"""Names of first-level units by (country, admin1 code)."""


def read_dump(
    path: str | Path,
    *,
    names: str | Path | None = None,
    countries: Collection[str] = (),
    classes: str = CLASSES,
    admin1: str | Path | Units | None = None,
) -> Reading:
    """Read a GeoNames file of places, plain, gzip-compressed or in its ZIP archive.

    `names` is alternateNamesV2.txt (or .zip): then each place has the names of that file, with languages, historic
    names and years, instead of the unlabelled ones of the dump. `countries` (ISO codes) and `classes` (feature classes)
    limit what is read; features of no kind that geomap has are left out and counted. `admin1` names the first-level
    units, as admin1CodesASCII.txt or a mapping; without it the dump's own ADM1 features do.

    Lines are read as the places are taken; memory stays flat (with `names`: 64 MB and 8 bytes a place). A broken line
    is set aside under its number. Raises GazetteerError for a file that is missing, damaged or no such dump.
    """
    path, ledger = Path(path), Ledger(str(path))
    _check_form(path)
    units = read_admin1(admin1) if isinstance(admin1, str | Path) else admin1
    dump = _Dump(path, frozenset(map(str.upper, countries)), frozenset(classes), ledger, units)
    if names is None:
        places, ledgers = dump.places(), [ledger]
    else:
        ledgers = [ledger, Ledger(str(names))]
        places = dump.named_places(Path(names), ledgers[1])
    return Reading(places, ledgers, version=f"GeoNames {path.name}", credit=[CREDIT])


def read_admin1(path: str | Path) -> dict[tuple[str, str], str]:
    """Read admin1CodesASCII.txt ("AM.01", name, ASCII name, id); raises GazetteerError for anything else."""
    units: dict[tuple[str, str], str] = {}
    for number, line in _lines(chunks(Path(path), Ledger(str(path)))):
        code, _, rest = line.partition("\t")
        country, dot, unit = code.partition(".")
        if not dot or rest.count("\t") != 2:
            reason = f"is not admin1CodesASCII.txt: line {number} has no code like AM.01 and 4 columns"
            raise GazetteerError(reason, where=str(path))
        units[country, unit] = rest.partition("\t")[0]
    return units


def _check_form(path: Path) -> None:
    """Raise GazetteerError unless one of the file's first lines has the columns of a dump."""
    first = next(chunks(path, Ledger(str(path))), Chunk(1, []))
    widths = [line.count("\t") + 1 for _, line in _lines([first])]
    if COLUMNS in widths:
        return
    found = f"the first line has {widths[0]}" if widths else "there is no line of text"
    raise GazetteerError(
        f"is no GeoNames dump: expected {COLUMNS} columns separated by tabs, {found}",
        where=str(path),
        hint=_OTHER_FILES.get(widths[0] if widths else 0, "AM.txt and allCountries.txt of geonames.org are"),
    )


def _lines(parts: Iterable[Chunk]) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that hold data: not blank, no comment."""
    for chunk in parts:
        for number, line in enumerate(chunk.lines, chunk.first):
            if line and not line.startswith("#"):
                yield number, line


class _FaultError(ValueError):
    """A line cannot become a place: the column, its value and the reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


@dataclass
class _Dump:
    """One reading of a dump: what is wanted of it, and what was found on the way."""

    path: Path
    countries: frozenset[str]
    classes: frozenset[str]
    ledger: Ledger
    units: Units | None
    scripts: Scripts = field(default_factory=Scripts)
    natures: dict[tuple[str, str], tuple[str, float, str | None]] = field(default_factory=dict)

    def places(self) -> Iterator[Place]:
        """Yield the places with the names of the dump's own column."""
        units = self._own_units() if self.units is None else self.units
        yield from self._placed(units, None)

    def named_places(self, path: Path, ledger: Ledger) -> Iterator[Place]:
        """Yield the places with the names of alternateNamesV2.txt."""
        units = self._own_units() if self.units is None else self.units
        with closing(Alternates()) as alternates:
            alternates.load(path, self._ids(), ledger)
            yield from self._placed(units, alternates)

    def _placed(self, units: Units, alternates: Alternates | None) -> Iterator[Place]:
        """Yield a place for each line in scope; set aside the lines that cannot become one."""
        for number, cells in self._records(self.ledger):
            try:
                place = self._built(cells, units, alternates)
            except _FaultError as fault:
                self.ledger.add("broken_line", number, fault.reason, column=fault.column, value=fault.value)
            else:
                yield place

    def _records(self, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
        """Yield the numbered cells of the lines in scope; set aside those without 19 cells."""
        countries, classes, unfit = self.countries, self.classes, 0
        for chunk in chunks(self.path, ledger):
            for number, line in enumerate(chunk.lines, chunk.first):
                cells = line.split("\t")
                if len(cells) != COLUMNS:
                    _note_width(number, line, len(cells), ledger)
                elif (countries and cells[8] not in countries) or cells[6] not in classes:
                    unfit += cells[6] not in classes and not _is_aside(number, cells)
                elif (cells[6], cells[7]) in KIND_OF_CODE:
                    yield number, cells
                else:
                    unfit += 1
        if unfit:
            ledger.left_out["features of other kinds than asked for, or than geomap has, were left out"] += unfit

    def _built(self, cells: list[str], units: Units, alternates: Alternates | None) -> Place:
        number, name, ascii_name, others, lat, lon, letter, code, country, _, unit, _, _, _, people, *_ = cells
        values = _values(number, people or "0", lon, lat)
        if values is None or not name or name.isspace() or len(name) > MAX_NAME or len(country) not in {0, 2}:
            raise _fault(cells)
        place_id, population, x, y = values
        name = name.strip()
        kind, radius, note = self._nature(letter, code, population)
        if alternates is None:
            names = self._unlabelled(others, name, country, unit=letter == "A") if others else ()
        else:
            names = names_of(alternates.of(place_id), name, country, self.scripts)
            names += _in_ascii(ascii_name, name, names)
        return Place(
            f"gn:{place_id}",
            name,
            country or None,
            units.get((country, unit)) if code not in _FIRST_LEVEL else None,
            kind,
            x,
            y,
            radius,
            population=population or None,
            names=names,
            source=f"GeoNames {place_id}",
            note=note,
            feature=code,
        )

    def _nature(self, letter: str, code: str, population: int) -> tuple[str, float, str | None]:
        """Return kind, radius in km and note; those of the many places without people are worked out once a code."""
        known = None if population else self.natures.get((letter, code))
        if known is None:
            kind, former = kind_of(letter, code, population) or "", FORMER.get(code)
            note = f"GeoNames: {former} ({code})" if former else None
            known = kind, radius_km(kind, population, code), note
            if not population:
                self.natures[letter, code] = known
        return known

    def _unlabelled(self, others: str, name: str, country: str, *, unit: bool) -> tuple[Name, ...]:
        """Return the names of the dump's own column; of units, three capitals ("UAE") are a name, elsewhere a code."""
        texts = others.split(",")
        if not unit:
            kept = [text for text in texts if not is_airport_code(text)]
            if len(kept) < len(texts):
                self.ledger.left_out[AIRPORTS_LEFT_OUT] += len(texts) - len(kept)
                texts = kept
        return unlabelled(texts, name, country, self.scripts)

    def _own_units(self) -> Units:
        """Return the names of the first-level units that the dump itself holds."""
        lines = (line for chunk in chunks(self.path, Ledger("")) for line in chunk.lines if "\tADM1\t" in line)
        rows = (cells for line in lines if len(cells := line.split("\t")) == COLUMNS)
        return {(cells[8], cells[10]): cells[1] for cells in rows if cells[7] == "ADM1"}

    def _ids(self) -> NDArray[np.int64]:
        """Return the sorted ids of the lines in scope."""
        import numpy as np

        numbers = (cells[0] for _, cells in self._records(Ledger("")))
        ids = np.fromiter((int(each) for each in numbers if each.isdecimal() and len(each) < 16), dtype=np.int64)
        return np.unique(ids)


def _note_width(number: int, line: str, width: int, ledger: Ledger) -> None:
    if line.strip() and not line.startswith("#"):
        ledger.add("broken_line", number, f"{width} columns where a GeoNames dump has {COLUMNS}", value=line)


def _is_aside(number: int, cells: list[str]) -> bool:
    """Tell whether the first line is a header."""
    return number == 1 and not cells[0].isdecimal()


def _in_ascii(text: str, name: str, names: tuple[Name, ...]) -> tuple[Name, ...]:
    known = {name, "", *(each.text for each in names)}
    return () if text in known or len(text) > MAX_NAME else (Name(text, "Latn", "variant"),)


def _values(number: str, people: str, lon: str, lat: str) -> tuple[int, int, float, float] | None:
    """Return a line's numbers, or None where one is none or out of range."""
    try:
        place_id, population, x, y = int(number), int(people), float(lon), float(lat)
    except ValueError:
        return None
    fitting = 0 < place_id < _LARGEST_ID and 0 <= population < _MOST_PEOPLE and -180 <= x <= 180 and -90 <= y <= 90
    return (place_id, population, x, y) if fitting else None


def _fault(cells: list[str]) -> _FaultError:
    """Say what is wrong with a line that cannot become a place."""
    number, name, _, _, lat, lon, _, _, country, *_ = cells
    if not name.strip() or len(name) > MAX_NAME:
        size = f"has more than {MAX_NAME:,} characters" if name.strip() else "is empty"
        return _FaultError("name", name, f"the name {size}")
    if len(country) not in {0, 2}:
        return _FaultError("country code", country, f"{country[:20]!r} is no ISO code of two letters")
    for column, text, fits in (
        ("geonameid", number, _values(number, "0", "0", "0")),
        ("latitude", lat, _values("1", "0", "0", lat)),
        ("longitude", lon, _values("1", "0", lon, "0")),
    ):
        if fits is None:
            return _FaultError(column, text, f"{text[:20]!r} is no {column}")
    return _FaultError("population", cells[14], f"{cells[14][:20]!r} is no population")
