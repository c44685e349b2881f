"""What can go wrong, in words: one root, a few leaves, each also a builtin."""

from __future__ import annotations


class GeomapError(Exception):
    """Report a failure that the user can act on: what, where and what to do.

    `str(error)` is one line: the message, then the place it concerns, then the hint.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.message = message
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class SourceError(GeomapError, ValueError):
    """Refuse an input file that cannot be read at all; `where` names path, sheet, row and column."""


class ProjectError(GeomapError, ValueError):
    """Refuse a geomap.toml or places.lock; `where` names the file and the key."""


class GazetteerError(GeomapError, LookupError):
    """Refuse a gazetteer that is missing or damaged. An unknown name is a Match without a place, not an error."""


class BorderError(GeomapError, ValueError):
    """Refuse a border layer that cannot be used."""


class RenderError(GeomapError, RuntimeError):
    """Refuse to write an output; the old one is untouched."""
