"""A place's names as the index keeps them: one text, cut apart only when a name is asked for.

Most places are passed over by their first name, and a world of tuples would keep the garbage collector busy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from geomap.types import Name

_BETWEEN_NAMES, _BETWEEN_PARTS = "\x1e", "\x1f"
"""ASCII's own separators of records and of units."""
_UNSEPARATED = str.maketrans({_BETWEEN_NAMES: " ", _BETWEEN_PARTS: " "})


class Names(Sequence[Name]):
    """The names of one packed text, in order; equal to the tuple of names that it stands for."""

    __slots__ = ("_cut", "_packed")

    def __init__(self, packed: str) -> None:
        """Take a text that `pack` made."""
        self._packed = packed
        self._cut: list[str] | None = None

    def _each(self) -> list[str]:
        if self._cut is None:
            self._cut = self._packed.split(_BETWEEN_NAMES)
        return self._cut

    @overload
    def __getitem__(self, at: int) -> Name: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Name, ...]: ...
    def __getitem__(self, at: int | slice) -> Name | tuple[Name, ...]:
        """Return one name, or several."""
        found = self._each()[at]
        return _name(found) if isinstance(found, str) else tuple(map(_name, found))

    def __iter__(self) -> Iterator[Name]:
        """Yield them in order."""
        return map(_name, self._each())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._each())

    def __eq__(self, other: object) -> bool:
        """Compare as the tuple of names that it stands for."""
        return tuple(self) == (tuple(other) if isinstance(other, Names) else other)

    def __hash__(self) -> int:
        """Hash as the tuple of names that it stands for."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Show the names."""
        return repr(tuple(self))


def pack(names: Sequence[Name]) -> str | None:
    """Return the text that `Names` takes, None for no names; a separator inside a name becomes the blank it reads as.

    >>> Names(pack([Name("Jermuk", "en", "own")]) or "")[0].text
    'Jermuk'
    """
    return _BETWEEN_NAMES.join(map(_packed, names)) or None


def _packed(name: Name) -> str:
    return _BETWEEN_PARTS.join(part.translate(_UNSEPARATED) for part in (name if name.valid else name[:3]))


def _name(packed: str) -> Name:
    return Name(*packed.split(_BETWEEN_PARTS))
