"""Which of many areas hold which points: exactly, and fast for many points.

The same answers as shapely.intersects: edges are straight in longitude and latitude (RFC 7946, section 3.1.1), and a
point on an edge is held. A tree of cells answers nearly every point by itself, with arithmetic whose rounding is
bounded; the few points that lie on an edge, or within a rounding error of one, are asked of shapely.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geomap.errors import BorderError
from geomap.geodesy.cells import Cells, Edges, Flags, Floats, Ints, Lattice, Lists
from geomap.geodesy.splitting import split

FORMAT = 1
"""The number of the warm index's form; a file of another number is refused."""

_CHUNK, _PAIRS = 1 << 17, 1 << 21
"""How many points are asked at once, and how many pairs of a point and an edge."""
_PLAIN = ("table", "leaf_set", "leaf_column", "leaf_row")
_LISTED = ("sets", "leaf_edges")
_UNREADABLE = (OSError, EOFError, ValueError, KeyError, RuntimeError, struct.error, zipfile.BadZipFile, zlib.error)
"""What numpy and zipfile raise for a file that is not one of theirs, or damaged."""
_HINT = "give polygons in degrees, longitude first"


class Holders(NamedTuple):
    """The areas that hold each point: one entry a point and area, sorted by point, then by area.

    Both are positions in the arguments. A point that no area holds has no entry.
    """

    point: Ints
    area: Ints


class AreaIndex:
    """Find all areas that hold a point, overlaps and shared edges included.

    `areas` are Polygons or MultiPolygons in degrees, or collections of these; null and empty ones hold nothing. They
    are taken as they are drawn: a polygon that crosses itself holds what its edges surround an odd number of times,
    and nothing is joined across the antimeridian. Raises BorderError for other geometry and for what leaves the globe.

    `saved` is a file that `save` wrote for the same areas; see `load`.
    """

    def __init__(self, areas: Iterable[BaseGeometry | None], *, saved: str | os.PathLike[str] | None = None) -> None:
        self._shapes = _Shapes(np.asarray(list(areas), dtype=object))
        if saved is None:
            self._cells = split(self._shapes.edges, len(self._shapes.parts)) if len(self._shapes.edges.part) else None
        else:
            self._cells = _read(Path(saved), self._shapes.digest())
        self._top = self._cells.top() if self._cells else np.zeros((1, 1), np.intp)

    def __len__(self) -> int:
        """Return the number of areas, those included that hold nothing."""
        return self._shapes.count

    def holders(self, lon: ArrayLike, lat: ArrayLike) -> Holders:
        """Return all areas that hold each position; one on an edge is held. NaN holds nowhere.

        `lon` and `lat` are degrees, arrays of one length or single numbers. Takes little memory beside the result.
        """
        lon, lat = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
        none = Holders(np.empty(0, np.intp), np.empty(0, np.intp))
        if self._cells is None:
            return none
        starts = range(0, len(lon), _CHUNK)
        found = [self._chunk(self._cells, lon[i : i + _CHUNK], lat[i : i + _CHUNK], i) for i in starts]
        return Holders(*map(np.concatenate, zip(none, *found, strict=True)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the index to a file, whole or not at all; a file that is there is replaced. Raises OSError."""
        target = Path(path)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, allow_pickle=False, **self._columns())
            draft.chmod(0o644)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: str | os.PathLike[str], areas: Iterable[BaseGeometry | None]) -> AreaIndex:
        """Read an index that was saved for the same areas.

        Raises BorderError when the file is absent or damaged, of another format, or was made for other areas: make the
        index anew then, and save it.
        """
        return cls(areas, saved=path)

    @classmethod
    def kept(cls, areas: Iterable[BaseGeometry | None], folder: str | os.PathLike[str]) -> AreaIndex:
        """Load the index of areas from a folder, or make it and save it there, under the hash of their content.

        A file that cannot be used is replaced. Raises OSError when the folder cannot be made or written.
        """
        shapes = np.asarray(list(areas), dtype=object)
        path = Path(folder) / f"areas-{_Shapes(shapes).digest()[:32]}.npz"
        try:
            return cls.load(path, shapes)
        except BorderError:
            index = cls(shapes)
        if index._cells is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            index.save(path)
        return index

    def _chunk(self, cells: Cells, lon: Floats, lat: Floats, offset: int) -> Holders:
        """Answer for some points, of which the first is number `offset`; an area counts once for all its parts."""
        on, column, row = cells.lattice.cells(lon, lat)
        value = cells.find(self._top, column, row)
        whole, edgy = np.flatnonzero(value > 0), np.flatnonzero(value < 0)
        owner, part = cells.sets.take(value[whole])
        found = [(on[whole][owner], part)]
        for some in _batches(edgy, cells.leaf_edges.sizes()[~value[edgy]]):
            at = on[some]
            point, part = self._at_edges(cells, ~value[some], lon[at], lat[at])
            found.append((at[point], part))
        point, part = map(np.concatenate, zip(*found, strict=True))
        order = np.argsort(point, kind="stable")
        point, area = point[order], self._shapes.area[part[order]]
        new = np.ones(len(point), dtype=bool)
        new[1:] = (point[1:] != point[:-1]) | (area[1:] != area[:-1])
        return Holders(point[new] + offset, area[new])

    def _at_edges(self, cells: Cells, leaf: Ints, lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
        """Return (point, part), sorted, for points in leaves, which edges pass."""
        pair, edge = cells.leaf_edges.take(leaf)
        edges, parts = self._shapes.edges.take(edge), len(self._shapes.parts)
        corner_lon, corner_lat = cells.lattice.lon(cells.leaf_column[leaf]), cells.lattice.lat(cells.leaf_row[leaf])
        crossed, doubt = edges.crossed(lon[pair], lat[pair], corner_lon[pair], corner_lat[pair])
        point, part = cells.sets.take(cells.leaf_set[leaf])
        keys = np.concatenate([point * parts + part, (pair * parts + edges.part)[crossed]])
        held, times = np.unique(keys, return_counts=True)
        held = held[times % 2 == 1]
        doubtful = np.unique((pair * parts + edges.part)[doubt])
        held = np.setdiff1d(held, doubtful, assume_unique=True)
        point, part = np.divmod(doubtful, parts)
        sure = doubtful[self._shapes.hold(part, lon[point], lat[point])]
        held = np.sort(np.concatenate([held, sure]))
        return np.divmod(held, parts)

    def _columns(self) -> dict[str, NDArray[Any]]:
        about = {"format": np.array(FORMAT), "areas": np.array(self._shapes.digest())}
        return about if self._cells is None else {**about, **_flat(self._cells)}


def _batches(points: Ints, pairs: Ints) -> list[Ints]:
    """Split points, each with so many edges to look at, where `_PAIRS` edges are reached."""
    total = np.cumsum(pairs)
    cuts = np.searchsorted(total, np.arange(_PAIRS, pairs.sum(), _PAIRS))
    return np.split(points, cuts) if len(points) else []


class _Shapes:
    """The areas, the polygons that they are made of (parts), and the edges of these."""

    def __init__(self, areas: NDArray[np.object_]) -> None:
        self._areas, self.count = areas, len(areas)
        self.parts, self.area = _polygons(areas)
        self.edges = _edges(self.parts)

    def hold(self, part: Ints, lon: Floats, lat: Floats) -> Flags:
        """Ask shapely whether parts hold positions, pair by pair."""
        shapely.prepare(self.parts[np.unique(part)])
        return np.asarray(shapely.intersects_xy(self.parts[part], lon, lat))

    def digest(self) -> str:
        """Return the SHA-256 of all areas' WKB in hexadecimal digits, each after its length; a null one has none."""
        texts = [text or b"" for text in shapely.to_wkb(self._areas, byte_order=1)]
        lengths = np.array([len(text) for text in texts], dtype="<u8")
        return hashlib.sha256(lengths.tobytes() + b"".join(texts)).hexdigest()


def _polygons(areas: NDArray[np.object_]) -> tuple[NDArray[np.object_], Ints]:
    """Return the polygons of areas that are not empty, and the area of each."""
    kinds = shapely.GeometryType
    parts, area = areas, np.arange(len(areas))
    while True:
        filled = ~(shapely.is_missing(parts) | shapely.is_empty(parts))
        parts, area = parts[filled], area[filled]
        kind = shapely.get_type_id(parts)
        if (kind == kinds.POLYGON).all():
            return parts, area
        if not np.isin(kind, (kinds.POLYGON, kinds.MULTIPOLYGON, kinds.GEOMETRYCOLLECTION)).all():
            raise BorderError("an area is or contains points or lines", hint=_HINT)
        parts, owner = shapely.get_parts(parts, return_index=True)
        area = area[owner]


def _edges(parts: NDArray[np.object_]) -> Edges:
    rings, owner = shapely.get_rings(parts, return_index=True)
    corner, ring = shapely.get_coordinates(rings, return_index=True)
    if not (np.isfinite(corner).all() and (np.abs(corner[:, 1]) <= 90).all()):
        raise BorderError("an area leaves the globe", hint=_HINT)
    joined = np.flatnonzero(ring[1:] == ring[:-1])
    (start_lon, start_lat), (end_lon, end_lat) = (np.array(corner[which].T) for which in (joined, joined + 1))
    return Edges(start_lon, start_lat, end_lon, end_lat, owner[ring[joined]])


def _flat(cells: Cells) -> dict[str, NDArray[Any]]:
    """Return the arrays of a tree by name."""
    columns: dict[str, NDArray[Any]] = {"lattice": np.array(cells.lattice)}
    columns |= {name: getattr(cells, name).astype(np.int32) for name in _PLAIN}
    for name in _LISTED:
        start, values = getattr(cells, name)
        columns |= {f"{name}_start": start.astype(np.int32), f"{name}_values": values.astype(np.int32)}
    return columns


def _read(path: Path, digest: str) -> Cells | None:
    """Return the tree in a file, or None when its areas hold nothing."""
    where, hint = str(path), "make the index of these areas anew and save it"
    try:
        columns = _columns(path)
    except _UNREADABLE as error:
        raise BorderError("no warm index can be read", where=where, hint=hint) from error
    if columns.get("format", np.array(0)).tolist() != FORMAT:
        raise BorderError("a warm index of another format", where=where, hint=hint)
    if columns.get("areas", np.array("")).tolist() != digest:
        raise BorderError("a warm index of other areas", where=where, hint=hint)
    return _tree(columns) if "table" in columns else None


def _columns(path: Path) -> dict[str, Any]:
    """Return the arrays in a file by name; each is read to its checksum before anything in it is believed."""
    with path.open("rb") as stored, zipfile.ZipFile(stored) as archive:
        if archive.testzip() is not None:
            raise zipfile.BadZipFile
        stored.seek(0)
        with np.load(stored, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}


def _tree(columns: dict[str, Any]) -> Cells:
    lattice = Lattice(*columns.pop("lattice").tolist())
    arrays: dict[str, Any] = {name: columns[name].astype(np.intp) for name in _PLAIN}
    for name in _LISTED:
        arrays[name] = Lists(*(columns[f"{name}_{each}"].astype(np.intp) for each in ("start", "values")))
    return Cells(lattice=lattice, **arrays)
