"""Names to places, offline: a gazetteer that says why, and says when it does not know."""

from __future__ import annotations

from geomap.gazetteer.index import Gazetteer

__all__ = ["Gazetteer"]
