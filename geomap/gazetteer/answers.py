"""Answers of an online service, kept in SQLite: a name is asked for once, and a service that fails is left alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.geocoder import Ask, Found, NoAnswerError

STRIKES = 3
"""Failures in a row after which a service is left alone."""


@dataclass
class Asker:
    """A service behind its cache; `asked` are the names that it was asked for, now or for an earlier answer."""

    service: str
    ask: Ask
    cache: Cache

    def __post_init__(self) -> None:
        self.asked: set[str] = set()
        self._failures = 0
        self._ended: str | None = None

    def answers(self, queries: Iterable[str], countries: tuple[str, ...]) -> dict[str, list[Found] | str]:
        """Return the candidates of each name, or why there is no answer."""
        queries = list(queries)
        if not queries:
            return {}
        with self.cache.opened() as answers:
            return {query: self._answer(query, countries, answers) for query in queries}

    def _answer(self, query: str, countries: tuple[str, ...], answers: Answers) -> list[Found] | str:
        kept = answers.read(self.service, query, countries)
        if kept is None and self._ended:
            return self._ended
        self.asked.add(query)
        if kept is not None:
            return kept
        try:
            found = self.ask(query, countries)
        except NoAnswerError as error:
            return self._failed(error)
        self._failures = 0
        answers.write(self.service, query, countries, found)
        return found

    def _failed(self, error: NoAnswerError) -> str:
        self._failures += 1
        if error.final or self._failures >= STRIKES:
            self._ended = f"it is not asked again after: {error}"
        return str(error)

    def known(self) -> Iterator[Found]:
        """Yield all candidates that the cache holds of the service."""
        with self.cache.opened() as answers:
            yield from answers.all(self.service)


_APPLICATION_ID, _FORMAT = 0x67656F63, 1
_TABLE = """CREATE TABLE IF NOT EXISTS answer (
    service TEXT, query TEXT, countries TEXT, found TEXT NOT NULL, PRIMARY KEY (service, query, countries)
) WITHOUT ROWID"""


class Cache:
    """The SQLite file of answers, opened for each batch; made when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def opened(self) -> Generator[Answers, None, None]:
        """Open the file; raises GazetteerError for one that is damaged or not ours, and where the disk refuses."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as database:
                self._check(database)
                yield Answers(database)
        except (sqlite3.Error, OSError, LookupError, TypeError, ValueError) as fault:
            hint = "delete it, or name another with --online-cache; it is made anew"
            raise GazetteerError(f"cannot be used as a cache: {fault}", where=self.path.name, hint=hint) from fault

    def _check(self, database: sqlite3.Connection) -> None:
        """Make the table in an empty file; raises ValueError for a database of something or somebody else."""
        database.execute("BEGIN IMMEDIATE")
        (mark,), (layout,) = (
            database.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
        if not mark and not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {_FORMAT}")
            database.execute(_TABLE)
        elif (mark, layout) != (_APPLICATION_ID, _FORMAT):
            raise ValueError("it is a database of something else, or of another version of geomap")
        database.execute("COMMIT")


class Answers:
    """The answers in an open cache."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def read(self, service: str, query: str, countries: tuple[str, ...]) -> list[Found] | None:
        """Return the candidates kept for a question; [] for not found, None for not asked."""
        where = "service = ? AND query = ? AND countries = ?"
        row = self._database.execute(f"SELECT found FROM answer WHERE {where}", (service, query, ",".join(countries)))  # noqa: S608
        kept = row.fetchone()
        return None if kept is None else _parsed(kept[0])

    def write(self, service: str, query: str, countries: tuple[str, ...], found: list[Found]) -> None:
        """Keep an answer; the one of another process for the same question gives way."""
        text = json.dumps(found, ensure_ascii=False)
        self._database.execute("REPLACE INTO answer VALUES (?, ?, ?, ?)", (service, query, ",".join(countries), text))

    def all(self, service: str) -> Iterator[Found]:
        """Yield every candidate of a service."""
        for (text,) in self._database.execute("SELECT found FROM answer WHERE service = ?", (service,)):
            yield from _parsed(text)


def _parsed(text: str) -> list[Found]:
    return [Found(cells[0], tuple(cells[1]), *cells[2:7], address=cells[7]) for cells in json.loads(text)]
