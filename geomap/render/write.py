"""Write an output whole or not at all; the old file survives a failed run."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from geomap.errors import RenderError


def check_output(path: str | Path, inputs: Iterable[str | Path] = ()) -> Path:
    """Check, before any work, that an output may be written; return where it will lie, links followed.

    Raises RenderError when the path is a folder or special file, lies in a folder that is missing or read-only, or is
    one of the inputs.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise RenderError("is a folder", where=str(path), hint="name a file in it, such as map.html")
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        raise RenderError("is not a regular file", where=str(path), hint="name a plain file")
    if not target.parent.is_dir():
        raise RenderError("its folder does not exist", where=str(path), hint=f"create {target.parent} first")
    if any(_same(target, Path(name)) for name in inputs):
        raise RenderError("is one of the inputs", where=str(path), hint="choose another name for the map")
    if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise RenderError("cannot be written: permission denied", where=str(path), hint="choose another folder")
    return target


def _same(target: Path, name: Path) -> bool:
    try:
        return target.samefile(name)
    except OSError:
        return False


def write_whole(path: str | Path, content: bytes, inputs: Iterable[str | Path] = ()) -> Path:
    """Write bytes beside the target, flush them to disk and rename; return the path written.

    Raises RenderError and leaves the old file as it was when anything fails on the way.
    """
    target = check_output(path, inputs)
    try:
        _replace(target, content)
    except OSError as error:
        hint = "free some space or choose another folder; the old file is untouched"
        raise RenderError(f"cannot be written: {error.strerror}", where=str(path), hint=hint) from error
    return target


def _replace(target: Path, content: bytes) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:32]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, mode)  # noqa: PTH101 (the name is a plain string)
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def _umask() -> int:
    """Read the process's umask, which can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current
