"""Where the shipped data and the seed project lie, in a wheel and in an editable install alike."""

from __future__ import annotations

import csv
from pathlib import Path

from geomap.errors import GeomapError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `data`, `seeds` or `static`, packaged or beside the package in a checkout.

    Raises GeomapError when the installation lacks it.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE, _PACKAGE.parent):
        if (root / name).is_dir():
            return root / name
    raise GeomapError(
        f"the installation lacks its folder {name!r}", where="geomap", hint="install geomap again with pip"
    )


def data(*parts: str) -> Path:
    """Return the path of a shipped data file; raises GeomapError when it is missing."""
    return _existing(folder("data").joinpath(*parts))


def seeds(*parts: str) -> Path:
    """Return the path of a file of the seed project; raises GeomapError when it is missing."""
    return _existing(folder("seeds").joinpath(*parts))


def static(*parts: str) -> Path:
    """Return the path of a file of the page's bundle; raises GeomapError when it is missing."""
    return _existing(folder("static").joinpath(*parts))


def lines(path: Path, header: list[str]) -> list[list[str]]:
    """Return the lines of a shipped TSV below its header, as cells: tabs, no quotes, UTF-8.

    Raises OSError, csv.Error or ValueError where the file is missing, broken, another table or empty: whose table it is
    says so in an error of its own.
    """
    with path.open(encoding="utf-8", newline="") as file:
        found, *rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)) or [[]]
    if found != header or not rows:
        raise ValueError(f"{path.name} is not the table that it should be")
    return rows


def _existing(path: Path) -> Path:
    if not path.exists():
        raise GeomapError(
            f"the shipped file {path.name!r} is missing", where="geomap", hint="install geomap again with pip"
        )
    return path
