"""Which format a border file has, by its content; its name decides nothing."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from geomap.borders.formats.archive import unpack_layer
from geomap.borders.formats.content import read_bytes
from geomap.borders.formats.kml import read_kml
from geomap.borders.formats.raw import RawLayer
from geomap.errors import BorderError

FORMATS = "GeoJSON, TopoJSON, KML, KMZ, GPKG, FlatGeobuf or Shapefile"
"""What is read, in words."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_XML_IN_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_SHAPEFILE = b"\x00\x00\x27\x0a"
_BINARY = {b"SQLite format 3\x00": ".gpkg", b"fgb\x03fgb": ".fgb"}


def read_raw(path: Path, sublayer: str | None) -> RawLayer:
    """Return the features of one layer of a border file, unjudged; raises BorderError for what cannot be read."""
    data = read_bytes(path)
    if data.startswith(_ZIP):
        name, files = unpack_layer(data, path, sublayer)
        inner = None if sublayer in (name, Path(name).name) else sublayer
        suffix, data = next(iter(files.items())) if len(files) == 1 else (".shp", files[".shp"])
        if data.startswith(_ZIP):
            raise BorderError(f"holds the archive {name}", where=str(path), hint="unpack it yourself")
        return _read(data, path / name, inner, files if suffix == ".shp" else None)
    return _read(data, path, sublayer, None)


def _read(data: bytes, path: Path, sublayer: str | None, files: dict[str, bytes] | None) -> RawLayer:
    """Read what is no archive; `files` are a Shapefile's, where it came out of one."""
    if data.startswith(_SHAPEFILE):
        from geomap.borders.formats.ogr import read_ogr, siblings

        return read_ogr(files or siblings(path, data), path, sublayer)
    for signature, suffix in _BINARY.items():
        if data.startswith(signature):
            from geomap.borders.formats.ogr import read_ogr

            return read_ogr({suffix: data}, path, sublayer)
    if _XML.match(data) or data.startswith(_XML_IN_UTF16):
        return read_kml(data, path)
    from geomap.borders.geojson import read_json

    return read_json(data, path, sublayer)
