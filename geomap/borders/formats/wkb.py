"""Well-known binary -> mappings as in GeoJSON, rings as they are, so that an open one can be told from a closed one.

Source: OGC 06-103r4 (Simple feature access), 8.2; types 1000 and up carry Z, 2000 M, 3000 both.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

from geomap.borders.formats.raw import Points

_KINDS = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}
_EXTENDED_Z, _EXTENDED_M, _KIND = 0x80000000, 0x40000000, 0x0FFFFFFF
_NESTING = 64


class WkbError(ValueError):
    """The bytes are not well-known binary."""


def decode(data: bytes) -> dict[str, Any]:
    """Return the geometry as `type` and `coordinates` or `geometries`; raises WkbError for broken bytes."""
    try:
        return _Cursor(data).geometry(_NESTING)
    except (struct.error, ValueError, KeyError) as error:
        raise WkbError(str(error)) from None


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def geometry(self, depth: int) -> dict[str, Any]:
        order = "<" if self._data[self._at : self._at + 1] == b"\x01" else ">"
        self._at += 1
        code = self._number(order)
        kind = _KINDS[(code & _KIND) % 1000]
        heights = (code & _KIND) // 1000
        width = 2 + (heights in (1, 3) or bool(code & _EXTENDED_Z)) + (heights in (2, 3) or bool(code & _EXTENDED_M))
        if kind.startswith("Multi") or kind == "GeometryCollection":
            if not depth:
                raise WkbError("nested too deep")
            parts = [self.geometry(depth - 1) for _ in range(self._count(order))]
            if kind == "GeometryCollection":
                return {"type": kind, "geometries": parts}
            return {"type": kind, "coordinates": [part["coordinates"] for part in parts]}
        return {"type": kind, "coordinates": self._coordinates(kind, order, width)}

    def _coordinates(self, kind: str, order: str, width: int) -> Any:
        if kind == "Point":
            return self._points(1, order, width)
        if kind == "LineString":
            return self._points(self._count(order), order, width)
        return [self._points(self._count(order), order, width) for _ in range(self._count(order))]

    def _count(self, order: str) -> int:
        count = self._number(order)
        if count > len(self._data):
            raise WkbError("a count is larger than the data")
        return count

    def _number(self, order: str) -> int:
        (number,) = struct.unpack_from(f"{order}I", self._data, self._at)
        self._at += 4
        return int(number)

    def _points(self, count: int, order: str, width: int) -> Points | list[Any]:
        if not count:
            return []
        points = np.frombuffer(self._data, dtype=f"{order}f8", count=count * width, offset=self._at)
        self._at += count * width * 8
        return points.reshape(count, width)[:, :2].astype(np.float64)
