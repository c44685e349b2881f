"""Places of any CSV, TSV or GeoJSON gazetteer whose headings say what its columns hold."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.alternates import MAX_NAME, Row, is_airport_code, names_of
from geomap.gazetteer.readers.features import FORMER, kind_of_word, radius_km, settlement_kind
from geomap.gazetteer.readers.foreign import Ledger
from geomap.gazetteer.readers.headings import Headings, find_headings
from geomap.gazetteer.readers.languages import Scripts
from geomap.types import LonLat, Name, Place

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from geomap.sources import RawTable

_SEPARATORS = "|;,"
"""What stands between alternate names: the first of these that the column holds, since names hold commas too."""
_PREFIXES = {"geonameid": "gn:", "wofid": "wof:"}
_AUTHALIC_KM = 6371.0072
"""Radius of the sphere with WGS84's surface (Moritz, Geodetic Reference System 1980, J. Geod. 74, 2000)."""
_MOST_PEOPLE = 10_000_000_000
_FAR_KM = 20_000
_NO_ISO = "rows whose country is no ISO code of two letters have none"


def stranger_places(raw: RawTable, ledger: Ledger) -> Iterator[Place]:
    """Return the places of a table or of features, read while they are taken; rows set aside go to the ledger.

    What the columns hold is decided at once by their headings (see .headings). Needed are a name and a
    position: columns of latitude and longitude in degrees, or point and area geometries. An area's reference point
    lies inside it, and its radius is that of the circle of equal area. A type that geomap has no kind for, a broken
    number or an empty name sets the row aside under its number. Raises GazetteerError for ambiguous headings, and,
    while reading, where there is no good row.
    """
    for problem in raw.problems:
        ledger.take(problem)
    shapes = getattr(raw, "geometry", None)
    headings = find_headings(raw.columns, ledger.file, placed=shapes is not None)
    return _Table(raw.frame, shapes, headings, ledger, Path(ledger.file).stem).places()


class _RowError(ValueError):
    """A row cannot become a place: the column and the reason."""

    def __init__(self, reason: str, column: str | None = None, value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column, self.value = reason, column, value


@dataclass
class _Table:
    """One stranger's table: its rows as columns of text, and what was decided once for all of them."""

    frame: pd.DataFrame
    shapes: NDArray[np.object_] | None
    headings: Headings
    ledger: Ledger
    stem: str
    scripts: Scripts = field(default_factory=Scripts)
    taken: set[str] = field(default_factory=set)
    decimal_comma: bool = False
    separator: str = _SEPARATORS[0]

    def places(self) -> Iterator[Place]:
        """Yield the places in file order; an id that stands twice is set aside."""
        columns = {name: self.frame[name].fillna("").str.strip().to_list() for name in self.frame}
        self.decimal_comma = self._has_decimal_commas(columns)
        self.separator = self._find_separator(columns)
        for at, row in enumerate(self.frame.index.to_list()):
            cells = {name: column[at] for name, column in columns.items() if column[at]}
            try:
                place = self._place(cells, at)
            except _RowError as fault:
                self.ledger.add("place", row, fault.reason, column=fault.column, value=fault.value)
            else:
                self.taken.add(place.id)
                yield place
        if not self.taken:
            hint = self.ledger.listed[0].reason if self.ledger.listed else "it has no rows"
            raise GazetteerError("no place could be read", where=self.ledger.file, hint=hint)

    def _has_decimal_commas(self, columns: dict[str, list[str]]) -> bool:
        """Tell whether the coordinates are written as 46,5: with commas and never with points."""
        texts = [text for thing in ("lat", "lon") for text in columns.get(self.headings.of(thing) or "", ())]
        return any("," in text for text in texts) and not any("." in text for text in texts)

    def _find_separator(self, columns: dict[str, list[str]]) -> str:
        texts = columns.get(self.headings.of("alternates") or "", [])
        return next((mark for mark in _SEPARATORS if any(mark in text for text in texts)), _SEPARATORS[0])

    def _place(self, cells: dict[str, str], at: int) -> Place:
        name = self._cell(cells, "name")
        if not name or len(name) > MAX_NAME:
            raise _RowError("the name is too long" if name else "the name is empty", self.headings.of("name"), name)
        position, measured = self._position(cells, at)
        population = self._population(cells)
        kind, code = self._kind(cells, population, area=measured is not None)
        country = self._country(cells)
        stated = self._number(cells, "radius_km", 0.0, _FAR_KM) if self._cell(cells, "radius_km") else measured
        former = FORMER.get(code or "")
        return Place(
            id=self._id(cells, name, position),
            name=name,
            country=country,
            admin1=self._cell(cells, "admin1") or None,
            kind=kind,
            lon=position.lon,
            lat=position.lat,
            radius_km=radius_km(kind, population, code) if stated is None else stated,
            radius_kind="convention" if stated is None else "source",
            population=population or None,
            names=self._names(cells, name, country),
            source=self.ledger.file.rpartition("/")[2],
            note=f"GeoNames: {former} ({code})" if former else None,
            feature=code,
        )

    def _cell(self, cells: dict[str, str], thing: str) -> str:
        return cells.get(self.headings.of(thing) or "", "")

    def _number(self, cells: dict[str, str], thing: str, low: float, high: float) -> float:
        text = self._cell(cells, thing)
        try:
            value = float(text.replace(",", ".") if self.decimal_comma else text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            reason = f"{text!r} is no number from {low:,.0f} to {high:,.0f}" if text else f"the {thing} is empty"
            raise _RowError(reason, self.headings.of(thing), text)
        return value

    def _position(self, cells: dict[str, str], at: int) -> tuple[LonLat, float | None]:
        """Return the reference point, and the radius in km of an area."""
        if self.shapes is None:
            lat, lon = self._number(cells, "lat", -90, 90), self._number(cells, "lon", -180, 180)
            return LonLat(lon, lat), None
        point, radius = reference_point(self.shapes[at])
        if not (-180 <= point.lon <= 180 and -90 <= point.lat <= 90):
            raise _RowError(f"the position {point.lon}, {point.lat} is out of range, longitude first")
        return point, radius

    def _population(self, cells: dict[str, str]) -> int:
        return int(self._number(cells, "population", 0, _MOST_PEOPLE)) if self._cell(cells, "population") else 0

    def _kind(self, cells: dict[str, str], population: int, *, area: bool) -> tuple[str, str | None]:
        """Return kind and feature code; without a type, an area is a region and a point a settlement."""
        word = self._cell(cells, "kind")
        if not word:
            return ("region" if area else settlement_kind(population)), None
        known = kind_of_word(word, population)
        if known is None:
            raise _RowError(f"the type {word[:40]!r} is none that geomap knows", self.headings.of("kind"), word)
        return known

    def _country(self, cells: dict[str, str]) -> str | None:
        code = self._cell(cells, "country")
        if len(code) == 2 and code.isascii() and code.isalpha():
            return code.upper()
        if code:
            self.ledger.left_out[_NO_ISO] += 1
        return None

    def _id(self, cells: dict[str, str], name: str, position: LonLat) -> str:
        """Return the row's id, else one made of its name and position: a row that moves in the file keeps it."""
        made = self._made_id(cells, name, position)
        if made in self.taken:
            raise _RowError("an earlier row has this id, or this name and position", self.headings.of("id"), made)
        return made

    def _made_id(self, cells: dict[str, str], name: str, position: LonLat) -> str:
        if given := self._cell(cells, "id"):
            heading = "".join(letter for letter in (self.headings.of("id") or "").casefold() if letter.isalnum())
            return _PREFIXES.get(heading, "") + given
        text = f"{name}\n{position.lon:.5f}\n{position.lat:.5f}"
        return f"{self.stem}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    def _names(self, cells: dict[str, str], name: str, country: str | None) -> tuple[Name, ...]:
        """Return alternate names, and the names of columns such as name:hy."""
        texts = _split(self._cell(cells, "alternates"), self.separator)
        rows = [_row("", text) for text in texts if not is_airport_code(text)]
        for heading, language, kind in self.headings.named:
            rows += [_row(language, text, kind) for text in cells.get(heading, "").split(";")]
        return names_of(rows, name, country, self.scripts)


def _row(language: str, text: str, kind: str = "") -> Row:
    plain = language != "" and kind == ""
    return Row(language, text.strip(), plain or kind == "own", kind == "variant", kind == "historic", "", "")


def _split(text: str, separator: str) -> Sequence[str]:
    """Return the names of a cell: a JSON list of texts, or texts with the separator between them."""
    if text.startswith("["):
        try:
            listed: Any = json.loads(text)
        except (ValueError, RecursionError):
            listed = None
        if isinstance(listed, list):
            return [each for each in listed if isinstance(each, str)]
    return text.split(separator)


def reference_point(shape: Any) -> tuple[LonLat, float | None]:
    """Return a point for a geometry, and for an area the radius in km of the circle of the same size, to 1 %.

    The area is measured on the sphere of WGS84's surface in Lambert's cylindrical equal-area projection. Raises
    ValueError for lines, several points and empty geometries, which have no one place.
    """
    import shapely

    if shape is None or shape.is_empty:
        raise _RowError("there is no geometry")
    if shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    if shape.geom_type not in {"Point", "Polygon", "MultiPolygon"}:
        raise _RowError(f"a {shape.geom_type} has no reference point; points and areas have")
    if shape.geom_type == "Point":
        return LonLat(shape.x, shape.y), None
    try:
        inside = shape.representative_point()
        area_km2 = shapely.transform(shape, _equal_area).area
    except shapely.errors.ShapelyError as fault:
        raise _RowError(f"the area cannot be used: {fault}") from None
    return LonLat(inside.x, inside.y), round(math.sqrt(area_km2 / math.pi), 3)


def _equal_area(degrees: np.ndarray) -> np.ndarray:
    import numpy as np

    radians = np.radians(degrees)
    return _AUTHALIC_KM * np.column_stack([radians[:, 0], np.sin(radians[:, 1])])
