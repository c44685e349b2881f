"""Scene: the map as plain data, versioned and JSON-able. No HTML, no callables; renderers read nothing else."""

from __future__ import annotations

from geomap.scene.compose import Scene, Words, compose, shown_names
from geomap.scene.places import Atlas, Extent

__all__ = ["Atlas", "Extent", "Scene", "Words", "compose", "shown_names"]
