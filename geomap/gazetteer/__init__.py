"""Names to places, offline: a gazetteer that says why, and says when it does not know."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.gazetteer.index import Gazetteer
    from geomap.gazetteer.prose.mentions import Mention, find_places

_HOMES = {"Gazetteer": "index", "Mention": "prose.mentions", "find_places": "prose.mentions"}
__all__ = ["Gazetteer", "Mention", "find_places"]


def __getattr__(name: str) -> Any:
    """Import what is asked for: the shipped index is made, when the package is built, by its standard library alone."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap.gazetteer' has no attribute {name!r}")
    return getattr(import_module(f"geomap.gazetteer.{_HOMES[name]}"), name)
