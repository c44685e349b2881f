"""A border file's bytes, within a limit that is checked before anything is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from geomap.errors import BorderError

MAX_BYTES = 200_000_000
"""A border file larger than this, or that unpacks to more, is refused."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most MAX_BYTES; raises BorderError for anything else, unread."""
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            _check(os.fstat(file.fileno()), path)
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BorderError("no such file", where=str(path), hint="check the path") from None
    except IsADirectoryError:
        raise _folder(path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BorderError(f"cannot be read: {reason}", where=str(path), hint="check the path") from None
    if len(data) > MAX_BYTES:
        raise too_large(path)
    if not data:
        raise BorderError("the file is empty", where=str(path), hint="get the layer again")
    return data


def too_large(path: Path | str) -> BorderError:
    """Return the refusal of a file over the limit."""
    return BorderError(f"is larger than {MAX_BYTES // 10**6} MB", where=str(path), hint="simplify or cut the layer")


def _check(status: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _folder(path)
    if not stat.S_ISREG(status.st_mode):
        raise BorderError("is not a regular file", where=str(path), hint="save its content to a file first")
    if status.st_size > MAX_BYTES:
        raise too_large(path)


def _folder(path: Path) -> BorderError:
    return BorderError("is a folder", where=str(path), hint="give one border file, as GeoJSON or GPKG")


def _open_without_waiting(path: str, flags: int) -> int:
    """Open without blocking on a FIFO that nobody writes to, where the system can."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
