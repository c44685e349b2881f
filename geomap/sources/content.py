"""A path's bytes, read once: checked, hashed, decompressed within limits."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import SourceError
from geomap.sources.limits import Limits

_CHUNK = 1 << 20
_ALWAYS_ALLOWED = 1_000_000
"""Decompressed bytes below which the expansion of a small file is no danger."""

_SIGNATURES = {
    b"PK\x03\x04": ("a ZIP archive or an Excel or LibreOffice workbook", "save the sheet as CSV in UTF-8"),
    b"PK\x05\x06": ("an empty ZIP archive", None),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "save the sheet as CSV in UTF-8"),
    b"%PDF": ("a PDF document", "export its table as CSV"),
    b"SQLite format 3\x00": ("a SQLite or GeoPackage file", "export the layer as GeoJSON"),
    b"PAR1": ("a Parquet file", "export it as CSV"),
    b"BZh": ("compressed with bzip2", "decompress it, or use gzip"),
    b"\xfd7zXZ\x00": ("compressed with xz", "decompress it, or use gzip"),
    b"\x28\xb5\x2f\xfd": ("compressed with zstd", "decompress it, or use gzip"),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its decompressed bytes, and the SHA-256 of the bytes on disk."""

    path: str
    data: bytes
    sha256: str
    notes: tuple[str, ...] = ()


def read_content(path: str | Path, limits: Limits) -> Content:
    """Read a regular file whole and decompress gzip; raises SourceError in one line for anything else."""
    data = _read(path, limits)
    where, digest = str(path), hashlib.sha256(data).hexdigest()
    if not data:
        raise SourceError("the file is empty", where=where)
    notes: tuple[str, ...] = ()
    if data.startswith(b"\x1f\x8b"):
        data, notes = _gunzip(data, limits, where), ("gzip-compressed",)
        if not data:
            raise SourceError("the file is empty after decompression", where=where)
    for signature, (what, hint) in _SIGNATURES.items():
        if data.startswith(signature):
            raise SourceError(f"this is {what}, which geomap does not read", where=where, hint=hint)
    return Content(where, data, digest, notes)


def _read(path: str | Path, limits: Limits) -> bytes:
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            _check(status, limits, str(path))
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise SourceError("no such file", where=str(path)) from None
    except IsADirectoryError:
        raise _folder(path) from None
    except PermissionError:
        raise SourceError("no permission to read it", where=str(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot be read: {reason}", where=str(path)) from None
    if len(data) > limits.file_bytes:
        raise _too_large(limits, str(path))
    return data


def _open_without_waiting(path: str, flags: int) -> int:
    """Open without blocking on a FIFO that nobody writes to; where the system has no such flag, plainly."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check(status: os.stat_result, limits: Limits, where: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _folder(where)
    if not stat.S_ISREG(status.st_mode):
        raise SourceError("is not a regular file", where=where, hint="save its content to a file first")
    if status.st_size > limits.file_bytes:
        raise _too_large(limits, where)


def _folder(path: str | Path) -> SourceError:
    return SourceError("is a folder", where=str(path), hint="name the files in it")


def _too_large(limits: Limits, where: str) -> SourceError:
    return SourceError(f"is larger than the limit of {limits.file_bytes:,} bytes", where=where, hint="split it")


def _gunzip(data: bytes, limits: Limits, where: str) -> bytes:
    allowed = min(max(limits.expansion * len(data), _ALWAYS_ALLOWED), limits.file_bytes)
    parts: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > allowed:
                    raise SourceError(
                        f"unpacks to more than {allowed:,} bytes, over the limit of {limits.expansion}:1 "
                        f"and {limits.file_bytes:,} bytes", where=where, hint="decompress it yourself if you trust it",
                    )  # fmt: skip
                parts.append(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SourceError(f"is damaged gzip data: {error}", where=where, hint="get the file again") from None
    return b"".join(parts)
