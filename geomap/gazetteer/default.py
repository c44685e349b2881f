"""The shipped index: made when the package is built, and made anew in memory where its sources have changed since."""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from geomap import shipped
from geomap.errors import GazetteerError, GeomapError
from geomap.gazetteer import filing, store
from geomap.gazetteer.readers import atlas, geonames, tables
from geomap.gazetteer.store import Store
from geomap.gazetteer.words import kinds, letters, names
from geomap.types import Place

SETS = ("geonames", "curated", "atlas")
"""The sets of data/gazetteer that the shipped gazetteer is made of."""
COVERED = ("AM", "AZ", "GE")
"""Countries that the shipped gazetteer covers to the village."""
IMAGE = "gazetteer.sqlite.xz"
"""The shipped index, made when the package is built."""


def about(version: str, credits: Iterable[dict[str, str]] = (), **more: str) -> dict[str, str]:  # noqa: A002
    """Return what an index says about itself."""
    return {"version": version, "credits": json.dumps(list(credits), ensure_ascii=False), **more}


def shipped_store() -> Store:
    """Return the shipped index: the one made with the package, or one made now where its sources have changed."""
    made_from = digest()
    try:
        path = shipped.folder("static") / IMAGE
    except GeomapError:
        return make_shipped(made_from)
    return _ready(path, made_from) or make_shipped(made_from)


def _ready(path: Path, made_from: str) -> Store | None:
    """Return the index in a file, or None where there is none, or one that is damaged or made from something else."""
    try:
        ready = Store.load(lzma.decompress(path.read_bytes()), IMAGE)
        return ready if ready.about().get("made_from") == made_from else None
    except (GeomapError, OSError, EOFError, lzma.LZMAError):
        return None


def make_shipped(made_from: str) -> Store:
    """Make the shipped index from data/gazetteer; raises GazetteerError when the data are missing or damaged."""
    told = sources()
    version = " + ".join(each["version"] for each in told)
    more = {"made_from": made_from, "countries": " ".join(COVERED)}
    return Store.of(shipped_places(), about(version, credits_of(told), **more))


def sources() -> list[dict[str, str]]:
    """Return what the SOURCE.toml of each shipped set says."""
    return [source(shipped.data("gazetteer", name)) for name in SETS]


def credits_of(told: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the credits that stand in About: name, licence and text of each source."""
    return [{key: each[key] for key in ("name", "licence", "text")} for each in told]


def shipped_places() -> Iterator[Place]:
    """Yield the shipped places: the region's settlements under the curated table, then the world's atlas."""
    region, curated, world = (shipped.data("gazetteer", name) for name in SETS)
    known = [*geonames.read_extract(region), *atlas.read_atlas(world)]
    yield from tables.merge(known, tables.read_table(curated / "places.csv", known).rows)


def unit_names() -> dict[tuple[str, str], str]:
    """Return the name of each first-level unit of the world by country and GeoNames' admin1 code."""
    region = shipped.data("gazetteer", "geonames", "admin1.tsv").read_text(encoding="utf-8").splitlines()[1:]
    atlas = shipped.data("gazetteer", "atlas", "units.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in region)
    units = (line.split("\t") for line in atlas)
    return {(country, code): name for country, code, name in rows} | {
        (cells[0][:2], cells[0][3:]): cells[2] for cells in units
    }


def renew(folder: Path) -> bool:
    """Write the shipped index into a folder unless it stands there already; return whether it was written."""
    path, made_from = folder / IMAGE, digest()
    if _ready(path, made_from):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(make_shipped(made_from).image()))
    return True


def digest() -> str:
    """Return a SHA-256 over the data and the code that the shipped index is made from."""
    found = hashlib.sha256(str(store.FORMAT).encode())
    for module in (names, letters, kinds, filing, store, atlas, geonames, tables):
        found.update(Path(str(module.__file__)).read_bytes())
    for name in SETS:
        folder = shipped.data("gazetteer", name)
        for path in sorted(path for path in folder.iterdir() if path.suffix in {".csv", ".tsv", ".toml"}):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def source(folder: Path) -> dict[str, str]:
    """Return what SOURCE.toml says of a set of data; raises GazetteerError when it cannot be used."""
    try:
        told = tomllib.loads((folder / "SOURCE.toml").read_text(encoding="utf-8"))
        return {key: str(told[key]) for key in ("name", "version", "licence", "text")}
    except (OSError, ValueError, KeyError) as fault:
        raise GazetteerError(
            f"SOURCE.toml cannot be used: {fault}", where=str(folder), hint="install geomap again with pip"
        ) from fault


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
