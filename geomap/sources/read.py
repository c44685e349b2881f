"""Read one file of whatever kind its content shows."""

from __future__ import annotations

import re
from pathlib import Path

from geomap.errors import SourceError
from geomap.sources.content import read_content
from geomap.sources.delimited import read_delimited
from geomap.sources.geojson import read_geojson
from geomap.sources.limits import DEFAULT, Limits
from geomap.sources.raw import RawFeatures, RawTable
from geomap.sources.text import to_utf8

_SOMETHING = re.compile(rb"\S")
_JSON_NAMES = (".geojson", ".json", ".topojson", ".geojsonl", ".ndjson")


def read_source(path: str | Path, *, limits: Limits = DEFAULT) -> RawTable | RawFeatures:
    """Read a CSV, TSV or GeoJSON file, gzip-compressed or not.

    The content decides, not the name: JSON text gives RawFeatures, any other text a RawTable. Rows keep their order
    and their spreadsheet numbers; a row that cannot be read becomes a Problem and never shifts the others. A file with
    a header alone gives no rows and a Problem that says so. Raises SourceError for what cannot be read at all:
    missing, a folder, not a regular file, no permission, empty, binary, over a limit, not JSON though it begins so.
    """
    content = read_content(path, limits)
    text = to_utf8(content.data, where=content.path)
    first = _SOMETHING.search(text.data)
    if first is None:
        raise SourceError("the file is empty", where=content.path)
    if first[0] in (b"{", b"[") or _named_json(path):
        return read_geojson(content, text, limits)
    return read_delimited(content, text, limits)


def _named_json(path: str | Path) -> bool:
    return str(path).casefold().removesuffix(".gz").endswith(_JSON_NAMES)
