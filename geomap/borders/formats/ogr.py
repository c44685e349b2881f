"""GeoPackage, FlatGeobuf and Shapefile with its siblings -> raw features, through GDAL's child process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geomap.borders.formats.archive import SIBLINGS
from geomap.borders.formats.content import read_bytes
from geomap.borders.formats.raw import RawFeature, RawLayer
from geomap.borders.formats.wkb import WkbError, decode
from geomap.errors import BorderError, SourceError
from geomap.sources.gdal import read_gdal

_LANGUAGE_DRIVER = 29
"""Byte of a DBF's header that names its code page, 0 for none (dBASE file format)."""


def read_ogr(files: dict[str, bytes], path: Path, sublayer: str | None) -> RawLayer:
    """Return the features of a layer whose files are given by suffix; raises BorderError for what cannot be read.

    `must_declare` is set: each of these formats states its coordinate system, or leaves it open.
    """
    if ".shp" in files:
        files = _complete(files, path)
        sublayer = None if sublayer == path.stem else sublayer
    try:
        layer = read_gdal(files, where=str(path), sublayer=sublayer)
    except SourceError as error:
        raise BorderError(error.message, where=error.where, hint=error.hint) from None
    features = [
        _feature(number, properties, body, path)
        for number, (properties, body) in enumerate(zip(layer.rows, layer.geometry, strict=True), start=1)
    ]
    crs = None if layer.crs and "undefined" in layer.crs.casefold() else layer.crs
    return RawLayer(features, crs=crs or None, must_declare=True)


def siblings(path: Path, data: bytes) -> dict[str, bytes]:
    """Return a Shapefile's own bytes and those of its siblings beside it, by suffix, upper or lower case."""
    files = {".shp": data}
    for suffix in SIBLINGS[1:]:
        found = [beside for beside in (path.with_suffix(suffix), path.with_suffix(suffix.upper())) if beside.exists()]
        if found:
            files[suffix] = read_bytes(found[0])
    return files


def _complete(files: dict[str, bytes], path: Path) -> dict[str, bytes]:
    """Return the files, the .shp first and with a .cpg; raises BorderError where one is missing or the text unclear."""
    for suffix in (".shx", ".dbf"):
        if suffix not in files:
            hint = "a Shapefile is several files: keep .shp, .shx, .dbf and .prj together, or zip them"
            raise BorderError(f"has no {suffix} beside it", where=str(path), hint=hint)
    encoding = {} if ".cpg" in files else _encoding(files[".dbf"], path)
    return {".shp": files[".shp"], **files, **encoding}


def _encoding(table: bytes, path: Path) -> dict[str, bytes]:
    """Return a .cpg of UTF-8 for a table that names no code page and is UTF-8; none where the table names one."""
    if table.isascii() or table[_LANGUAGE_DRIVER : _LANGUAGE_DRIVER + 1] != b"\0":
        return {}
    try:
        _records(table).decode("utf-8")
    except UnicodeDecodeError:
        hint = "put a file with the ending .cpg beside it that names the encoding, as UTF-8 or windows-1251"
        raise BorderError("does not say which encoding its text has", where=str(path), hint=hint) from None
    return {".cpg": b"UTF-8"}


def _records(table: bytes) -> bytes:
    """Return what follows the header of a DBF, whose length its bytes 8 and 9 give."""
    return table[int.from_bytes(table[8:10], "little") :]


def _feature(number: int, properties: dict[str, Any], body: bytes | None, path: Path) -> RawFeature:
    identity = properties.get("id")
    try:
        geometry = None if body is None else decode(body)
    except WkbError as error:
        place = f"{path}, feature {number}"
        raise BorderError(f"geometry cannot be read: {error}", where=place, hint="check the layer in a GIS") from None
    return RawFeature(number, None if identity is None else str(identity), properties, geometry)
