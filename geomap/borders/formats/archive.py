"""ZIP archives that hold one layer, KMZ among them: members unpacked in memory, by declared and by actual size."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from geomap.borders.formats import content
from geomap.errors import BorderError

MAX_MEMBERS = 1_000
MAX_RATIO = 100
"""Bytes that one compressed byte may become, where more than a megabyte comes out."""

LAYERS = (".shp", ".gpkg", ".fgb", ".geojson", ".json", ".topojson", ".geojsonl", ".kml")
SIBLINGS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ENCRYPTED = 0x1
_ALWAYS_ALLOWED = 1_000_000


def unpack_layer(data: bytes, path: Path, sublayer: str | None) -> tuple[str, dict[str, bytes]]:
    """Return the name of the one layer in an archive, and its files by suffix: of a Shapefile all, else one.

    A KMZ answers with doc.kml, its main document. Raises BorderError where there are several files of layers and
    `sublayer` is the name of none, and for an archive that is damaged, encrypted or unpacks to more than the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive, path)
            name = _chosen(members, path, sublayer)
            stem, suffix = PurePosixPath(name).with_suffix(""), PurePosixPath(name).suffix.lower()
            wanted = SIBLINGS if suffix == ".shp" else (suffix,)
            files = [
                member
                for member in members
                if PurePosixPath(member).with_suffix("") == stem and PurePosixPath(member).suffix.lower() in wanted
            ]
            _check_sizes([members[file] for file in files], path)
            return name, {PurePosixPath(file).suffix.lower(): _read(archive, members[file], path) for file in files}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise BorderError(f"is a damaged archive: {error}", where=str(path), hint="unpack it yourself") from None


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
    if len(infos) > MAX_MEMBERS:
        raise BorderError(f"holds more than {MAX_MEMBERS} files", where=str(path), hint="unpack the layer yourself")
    members = {info.filename: info for info in infos}
    if len(members) < len(infos):
        raise BorderError("holds one name twice", where=str(path), hint="unpack the layer yourself")
    return members


def _chosen(members: dict[str, zipfile.ZipInfo], path: Path, sublayer: str | None) -> str:
    layers = sorted(name for name in members if PurePosixPath(name).suffix.lower() in LAYERS)
    if sublayer is not None:
        layers = [name for name in layers if sublayer in (name, PurePosixPath(name).name)] or layers
    elif "doc.kml" in layers:
        return "doc.kml"
    if len(layers) == 1:
        return layers[0]
    if not layers:
        hint = f"an archive needs one of {', '.join(LAYERS)}"
        raise BorderError("holds no border layer", where=str(path), hint=hint)
    unknown = f", not {sublayer!r}" if sublayer is not None else ""
    raise BorderError(f"holds {', '.join(layers)}{unknown}", where=str(path), hint="name one with sublayer=")


def _check_sizes(infos: list[zipfile.ZipInfo], path: Path) -> None:
    if sum(info.file_size for info in infos) > content.MAX_BYTES:
        raise content.too_large(f"{path}, unpacked,")
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise BorderError(f"{info.filename} is encrypted", where=str(path), hint="unpack it yourself")
        if info.file_size > max(_ALWAYS_ALLOWED, MAX_RATIO * info.compress_size):
            hint = "unpack it yourself if you trust it"
            raise BorderError(f"{info.filename} unpacks to over {MAX_RATIO} times its size", where=str(path), hint=hint)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    """Unpack one member, and no more than it declares."""
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise BorderError(f"{info.filename} is not as long as it says", where=str(path), hint="unpack it yourself")
    return data
