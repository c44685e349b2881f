"""The child process that GDAL runs in: reads one layer of one file, within limits, and says what it found.

Run as a script, isolated and without the rest of geomap: `gdal_child.py drivers` prints the names of all drivers,
`gdal_child.py read FILE [SUBLAYER]` one line of JSON and then the geometries as well-known binary. `read` refuses to
open anything unless exactly the drivers of KEPT are left, and a GeoPackage that holds virtual tables, which could name
other files.
"""

from __future__ import annotations

import importlib
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

KEPT = ("ESRI Shapefile", "FlatGeobuf", "GPKG")
"""The drivers that are left."""

MEMORY_BYTES = 2_000_000_000
"""Address space of the child."""

CPU_S = 60
"""Processor time of the child, in seconds."""

OUTPUT_BYTES = 1_000_000_000
"""What the child may write."""

NOT_LOADED = ("geopandas", "pandas", "pyarrow", "shapely")
"""What pyogrio would load for uses that the child has not."""

_HARMLESS = ("rtree", "fts3", "fts4", "fts5", "rtreecheck")


def main() -> int:
    """Do what the arguments ask; return the exit status."""
    _limit()
    for name in NOT_LOADED:
        sys.modules[name] = None  # type: ignore[assignment]
    pyogrio = importlib.import_module("pyogrio")
    drivers = sorted(pyogrio.list_drivers())
    if sys.argv[1] == "drivers":
        sys.stdout.write(json.dumps(drivers))
        return 0
    if drivers != sorted(KEPT):
        return _fail(f"GDAL has the drivers {', '.join(drivers)}")
    return _read(pyogrio, sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)


def _limit() -> None:
    """Bound memory, time and output, where the system can."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:  # Windows: the parent's clock remains
        return
    for what, bound in (
        ("RLIMIT_AS", MEMORY_BYTES),
        ("RLIMIT_CPU", CPU_S),
        ("RLIMIT_FSIZE", OUTPUT_BYTES),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, what)
        hard = resource.getrlimit(kind)[1]
        least = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (least, hard))


def _read(pyogrio: Any, path: str, sublayer: str | None) -> int:
    raw = importlib.import_module("pyogrio.raw")
    try:
        if path.endswith(".gpkg") and (strange := _virtual_tables(path)):
            return _fail(f"the GeoPackage holds virtual tables: {strange}")
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if sublayer not in names and (sublayer is not None or len(names) != 1):
            return _fail("layers", layers=names)
        meta, _, geometry, columns = raw.read(path, layer=names[0] if sublayer is None else sublayer)
    except (RuntimeError, ValueError, OSError, sqlite3.Error) as error:
        return _fail(str(error).replace(path, "the file"))
    fields = [str(field) for field in meta["fields"]]
    cells = [[_plain(value) for value in column.tolist()] for column in map(_as_text, columns)]
    rows = [dict(zip(fields, values, strict=True)) for values in zip(*cells, strict=True)] or [{}] * len(geometry)
    sizes = [-1 if body is None else len(body) for body in geometry]
    header = {"crs": meta["crs"], "rows": rows, "sizes": sizes}
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")
    sys.stdout.buffer.writelines(body for body in geometry if body is not None)
    return 0


def _virtual_tables(path: str) -> str:
    with closing(sqlite3.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        statements = database.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE '%virtual%table%'").fetchall()
    return ", ".join(
        str(name)
        for name, sql in statements
        if str(sql).lower().rpartition(" using ")[2].partition("(")[0].strip(" \"'") not in _HARMLESS
    )


def _as_text(column: Any) -> Any:
    """Return dates as ISO text, all else as it is."""
    return column.astype(str).astype(object) if column.dtype.kind == "M" else column


def _plain(value: Any) -> Any:
    """Return what JSON can carry; not-a-number, not-a-time and bytes say nothing."""
    if value != value or value == "NaT" or isinstance(value, bytes):  # noqa: PLR0124 - NaN
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _fail(reason: str, **more: Any) -> int:
    sys.stdout.write(json.dumps({"error": reason, **more}) + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
