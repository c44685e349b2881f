"""A whole file's column of names, answered: each distinct name once, every row accounted for."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from geomap.account import set_aside
from geomap.build import open_borders, open_gazetteer, scope
from geomap.errors import SourceError
from geomap.locate import Question, country_code
from geomap.lookup.names import AnyGazetteer, asking, context, placed
from geomap.project import Project
from geomap.render.spreadsheet import Cell, to_csv
from geomap.sources import DEFAULT, Limits, RawTable, read_source
from geomap.types import AREA_KINDS, Match


class Key(NamedTuple):
    """A name, and the country (ISO code) and first-level unit that its row states; None for a blank cell."""

    name: str | None
    country: str | None = None
    admin1: str | None = None


MATCH_COLUMNS = (
    "match_id", "match_name", "match_country", "match_lon", "match_lat", "match_status", "match_method", "match_score",
    "match_why", "match_relation", "match_radius_km",
)  # fmt: skip
STATUSES = ("placed", "ambiguous", "unknown", "no_place", "stretch")
"""What a name can come to; no_place: the gazetteer knows that the word names none, so that nobody has to decide."""


@dataclass(frozen=True)
class Column:
    """The names of one file: `keys` has one entry for each readable row, in file order."""

    raw: RawTable
    column: str
    keys: list[Key]

    @property
    def path(self) -> str:
        """The file as the user gave it."""
        return self.raw.path

    @property
    def names(self) -> set[str]:
        """The names that the column holds."""
        return {key.name for key in self.keys if key.name}


def read_column(
    path: str,
    column: str,
    country_column: str | None = None,
    admin1_column: str | None = None,
    *,
    limits: Limits = DEFAULT,
) -> Column:
    """Read a CSV, TSV or GeoJSON file (of features their properties) for the names in one of its columns.

    Blank cells are None; a country is taken as its ISO code. Raises SourceError for a file that cannot be read or has
    no such column, naming the nearest, or that has match_* columns already.
    """
    raw = read_source(path, limits=limits)
    for wanted in filter(None, (column, country_column, admin1_column)):
        if wanted not in raw.columns:
            near = difflib.get_close_matches(wanted, raw.columns, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"its columns: {', '.join(raw.columns)}"
            raise SourceError(f"has no column {wanted!r}", where=path, hint=hint)
    names, countries, units = (_texts(raw, each) for each in (column, country_column, admin1_column))
    codes = {text: country_code(text) for text in set(countries) if text}
    cells = zip(names, countries, units, strict=True)
    return Column(raw, column, [Key(name, codes.get(text or ""), unit) for name, text, unit in cells])


def _texts(raw: RawTable, column: str | None) -> list[str | None]:
    if column is None:
        return [None] * len(raw.frame)
    cells = raw.frame[column].str.strip()
    return cells.astype("object").where(cells.notna() & (cells != ""), None).tolist()


@dataclass(frozen=True)
class LocatedColumn:
    """A column with the answer to each distinct name in its country."""

    column: Column
    matches: dict[Key, Match]

    @cached_property
    def counts(self) -> Counter[Key]:
        """How many rows hold each name."""
        return Counter(key for key in self.column.keys if key.name)

    def summary(self) -> dict[str, Any]:
        """Return the account of the file, as `locate --column --json` prints it.

        rows = placed + ambiguous + unknown + no_place + stretch + empty + entries of set_aside; `fuzzy` and `pinned`
        are part of placed; `names` counts the same for distinct names in their countries and units. `to_decide` lists
        the names that a person should look at, those of most rows first: ambiguous, unknown, stretches, and those
        placed by a likely spelling. Words that name no place ("Unknown", "December") are no one's to decide.
        """
        raw = self.column.raw
        return {
            "path": raw.path, "format": raw.format, "column": self.column.column, "rows": raw.count,
            **self._counted(self.counts),
            "empty": len(raw.frame) - sum(self.counts.values()), "set_aside": set_aside(raw.problems),
            "names": {"distinct": len(self.counts), **self._counted(dict.fromkeys(self.counts, 1))},
            "to_decide": [self._decision(key) for key in self._open()],
            "notes": [*raw.notes, *(each.reason for each in raw.problems if not each.set_aside)],
        }  # fmt: skip

    def _counted(self, counts: dict[Key, int]) -> dict[str, int]:
        told: dict[str, int] = dict.fromkeys((*STATUSES, "fuzzy", "pinned"), 0)
        for key, count in counts.items():
            match = self.matches[key]
            told[status(match)] += count
            told["fuzzy"] += count * (match.method == "fuzzy")
            told["pinned"] += count * (match.method == "pin")
        return told

    def _open(self) -> list[Key]:
        keys = [key for key in self.counts if not _settled(self.matches[key])]
        return sorted(keys, key=lambda key: (-self.counts[key], *(cell or "" for cell in key)))

    def _decision(self, key: Key) -> dict[str, Any]:
        match = self.matches[key]
        found = (match.place, *match.rivals) if match.place else match.rivals or match.ends
        return {
            **key._asdict(), "rows": self.counts[key], "status": match.status,
            "method": match.method, "score": match.score, "why": match.why,
            "candidates": [placed(place) for place in found if place],
        }  # fmt: skip

    def csv(self) -> bytes:
        """Return the file's readable rows, in order, with the match_* columns behind its own, as CSV.

        A name that is not placed has no position, only status and why; of "5 km east of Goris" the position is the one
        that the words point at. Cells that a spreadsheet would run are neutralised (geomap.render.spreadsheet). Raises
        SourceError where the file has match_* columns of its own.
        """
        frame = self.column.raw.frame
        if taken := [name for name in MATCH_COLUMNS if name in frame.columns]:
            hint = "rename them, or take the columns of an earlier answer out"
            raise SourceError(f"has columns {', '.join(taken)} already", where=self.column.path, hint=hint)
        return to_csv([*frame.columns, *MATCH_COLUMNS], self._rows())

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        frame = self.column.raw.frame.astype("object")
        cells = frame.where(frame.notna(), None)
        found = {key: _cells(match) for key, match in self.matches.items()}
        blank = tuple("empty" if name == "match_status" else None for name in MATCH_COLUMNS)
        for row, key in zip(cells.itertuples(index=False, name=None), self.column.keys, strict=True):
            yield (*row, *(found[key] if key.name else blank))


def status(match: Match) -> str:
    """Return what a name came to, one of STATUSES."""
    return "no_place" if match.method == "no_place" else match.status


def _settled(match: Match) -> bool:
    return status(match) == "no_place" or (match.status == "placed" and match.method != "fuzzy")


def _cells(match: Match) -> tuple[Cell, ...]:
    """Return the match_* cells.

    What words around a name point at is known to three decimals (100 m) at most, the reference point of an area to two.
    """
    place = match.place if match.status == "placed" else None
    radius_km = match.radius_km if match.radius_km is None else round(match.radius_km, 1)
    if place is None:
        return (*[None] * 5, status(match), None, None, match.why, match.relation, radius_km)
    lon, lat = match.position or (place.lon, place.lat)
    digits = 2 if place.kind in AREA_KINDS else 5 if match.relation is None else 3
    return (
        place.id, place.name, place.country, round(lon, digits), round(lat, digits), match.status, match.method,
        match.score, match.why, match.relation, place.radius_km if match.relation is None else radius_km,
    )  # fmt: skip


def locate_column(
    column: Column, project: Project, *, near: tuple[float, float] | None = None, gazetteer: AnyGazetteer | None = None
) -> LocatedColumn:
    """Answer each distinct name of a column in the country and unit of its row, else in the project's scope.

    Pins of the project's places.lock come first, and the sides of its borders count, as in a build. `near` is lon, lat;
    `gazetteer` is the project's own unless given.
    """
    layers = open_borders(project)
    asker, countries = asking(project, gazetteer or open_gazetteer(project), layers), scope(project, layers) or None
    questions = {
        key: Question(key.name, (key.country,) if key.country else countries, key.admin1, context(near))
        for key in dict.fromkeys(column.keys)
        if key.name
    }
    found = asker(questions.values())
    return LocatedColumn(column, {key: found[question] for key, question in questions.items()})
