"""Decode the rings of PyPI's timezonefinder-data (polygon layout 3) without the package that reads them.

Each ring is cut into blocks of 128 vertices. A block holds bit-packed residuals in steps of 1e-6 degrees, first all x,
then all y, each axis padded to 32-bit words; the first vertex of the next block closes it and is dropped here. Origins
of x are in block_bases, of y in block_ranges[:, 0], field widths in block_widths. The words of all rings lie in one
FlatBuffers file of one table that holds one vector of tables that hold one vector each.
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCK_VERTICES = 128
WORD_BITS = 32
UNITS_PER_STEP = 10
"""Stored integers count 1e-7 degrees, and every one is a multiple of ten."""

_FOLDER = "timezonefinder_data/data/"

Ring = npt.NDArray[np.int64]


class ZoneRings:
    """The outer rings of time zones, as whole millionths of a degree, longitude first."""

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            names = archive.read(f"{_FOLDER}timezone_names.txt").decode().split()
            self._payload = archive.read(f"{_FOLDER}boundaries/coordinates.bin")
            self._zone_of_ring = _array(archive, "zone_ids")
            self._offsets = _array(archive, "boundaries/block_offsets")
            self._bases = _array(archive, "boundaries/block_bases")
            self._ranges = _array(archive, "boundaries/block_ranges")
            self._widths = _array(archive, "boundaries/block_widths")
            self._vertices = _array(archive, "boundaries/nr_vertices")
        self._zones = {name: index for index, name in enumerate(names)}
        self._vectors = _vectors(self._payload)

    def of_zone(self, name: str) -> list[Ring]:
        """Return the closed outer rings of a zone, n x 2, in the file's order."""
        return [self._ring(int(ring)) for ring in np.flatnonzero(self._zone_of_ring == self._zones[name])]

    def _ring(self, ring: int) -> Ring:
        start, count = self._vectors[ring]
        words = np.frombuffer(self._payload, "<u4", count, start)
        left, blocks, at = int(self._vertices[ring]), [], 0
        for block in range(int(self._offsets[ring]), int(self._offsets[ring + 1])):
            fields = min(BLOCK_VERTICES, left) + 1
            axes = []
            for axis, origin in enumerate((self._bases[block], self._ranges[block, 0])):
                width = int(self._widths[block, axis])
                used = -(-fields * width // WORD_BITS)
                axes.append(_unpack(words[at : at + used], width, fields) + int(origin) // UNITS_PER_STEP)
                at += used
            blocks.append(np.column_stack(axes)[:-1])
            left -= BLOCK_VERTICES
        vertices = np.vstack(blocks)
        return np.vstack([vertices, vertices[:1]])


def _array(archive: zipfile.ZipFile, name: str) -> npt.NDArray[Any]:
    return np.load(io.BytesIO(archive.read(f"{_FOLDER}{name}.npy")), allow_pickle=False)


def _unpack(words: npt.NDArray[np.uint32], width: int, count: int) -> Ring:
    if width == 0:
        return np.zeros(count, dtype=np.int64)
    bits = np.unpackbits(words.view(np.uint8), bitorder="little")[: count * width].reshape(count, width)
    return bits.astype(np.int64) @ (np.int64(1) << np.arange(width, dtype=np.int64))


def _vectors(buffer: bytes) -> list[tuple[int, int]]:
    """Return (byte offset, words) of the payload of each ring."""

    def uint(at: int) -> int:
        return struct.unpack_from("<I", buffer, at)[0]

    def first_field(table: int) -> int:
        vtable = table - struct.unpack_from("<i", buffer, table)[0]
        field = table + struct.unpack_from("<H", buffer, vtable + 4)[0]
        return field + uint(field)

    tables = first_field(uint(0))
    entries = range(tables + 4, tables + 4 + 4 * uint(tables), 4)
    vectors = [first_field(entry + uint(entry)) for entry in entries]
    return [(vector + 4, uint(vector)) for vector in vectors]
