"""GeoPackage, Shapefile and FlatGeobuf, through GDAL in a child process that has no other driver.

GDAL picks a driver by content: a VRT named .gpkg would read other local files and call addresses. So the child starts
with an empty environment but for GDAL_SKIP and OGR_SKIP, which name every driver but three before GDAL loads; it checks
that just these are left; its memory, time and output are bounded (gdal_child.py); and it sees a private copy of the
files, so that nothing is written beside the user's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import SourceError
from geomap.sources.gdal_child import KEPT

WAIT_S = 90
"""After so many seconds the child is ended."""

_CHILD = Path(__file__).with_name("gdal_child.py")
_NEEDED = ("SYSTEMROOT",)
"""Environment variables without which no program starts on Windows."""


@dataclass(frozen=True, slots=True)
class GdalLayer:
    """One layer as GDAL reads it: the coordinate system (an EPSG code or WKT, None for none), properties and WKB."""

    crs: str | None
    rows: list[dict[str, Any]]
    geometry: list[bytes | None]


def read_gdal(files: Mapping[str, bytes], *, where: str, sublayer: str | None = None) -> GdalLayer:
    """Read one layer from files given by suffix, the first of which is opened (".shp" before its ".dbf").

    Rows and geometries are in the file's order; a geometry is None where it is null. Raises SourceError for what GDAL
    cannot read, for a file of several layers where `sublayer` names none of them, and where the child crashes or needs
    too much memory or time.
    """
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        for suffix, data in files.items():
            Path(folder, f"layer{suffix}").write_bytes(data)
        path = str(Path(folder, f"layer{next(iter(files))}"))
        skipped = ",".join(name for name in _drivers(folder, where) if name not in KEPT)
        arguments = ["read", path] if sublayer is None else ["read", path, sublayer]
        output = _run(arguments, {"GDAL_SKIP": skipped, "OGR_SKIP": skipped}, folder, where)
    line, _, bodies = output.partition(b"\n")
    header = _header(line, where)
    if "error" in header:
        raise _refusal(header, sublayer, where)
    return GdalLayer(header["crs"], header["rows"], _split(bodies, header["sizes"]))


def _drivers(folder: str, where: str) -> list[str]:
    return list(_header(_run(["drivers"], {}, folder, where), where))


def _run(arguments: list[str], settings: dict[str, str], folder: str, where: str) -> bytes:
    """Run the child and return what it wrote; its exit status is 0, or 1 where it says why in its first line."""
    environment = {name: os.environ[name] for name in _NEEDED if name in os.environ} | settings
    environment |= {"GDAL_DRIVER_PATH": "disable", "OPENBLAS_NUM_THREADS": "1", "TMPDIR": folder, "TEMP": folder}
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), *arguments]
    output = Path(folder, "output")
    try:
        with output.open("wb") as file:
            done = subprocess.run(  # noqa: S603 - our own script
                command,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd=folder,
                timeout=WAIT_S,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise SourceError(f"takes GDAL more than {WAIT_S} s", where=where, hint="simplify or cut the layer") from None
    written = output.read_bytes()
    if done.returncode not in (0, 1) or not written:
        raise SourceError(
            "GDAL could not finish reading it: it is damaged or needs too much memory or time",
            where=where,
            hint="check the file in a GIS, and export the layer as GeoJSON",
        )
    return written


def _header(line: bytes, where: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise SourceError("GDAL's answer was cut off", where=where, hint="export the layer as GeoJSON") from None


def _refusal(header: dict[str, Any], sublayer: str | None, where: str) -> SourceError:
    if not header.get("layers"):
        reason = "it has no layer with geometries" if "layers" in header else header["error"]
        return SourceError(f"GDAL cannot read it: {reason}", where=where, hint="export the layer as GeoJSON")
    unknown = f", not {sublayer!r}" if sublayer is not None else ""
    names = ", ".join(header["layers"])
    return SourceError(f"holds the layers {names}{unknown}", where=where, hint="name one with sublayer=")


def _split(bodies: bytes, sizes: list[int]) -> list[bytes | None]:
    geometry: list[bytes | None] = []
    at = 0
    for size in sizes:
        geometry.append(None if size < 0 else bodies[at : at + size])
        at += max(size, 0)
    return geometry
