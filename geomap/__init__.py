"""geomap: from incident files to one interactive map file that people can trust."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.borders import default_borders, read_borders
    from geomap.build import build, compose
    from geomap.gazetteer import Gazetteer, find_places
    from geomap.incidents import Incidents, read_incidents
    from geomap.join import join_borders, side_of
    from geomap.locate import locate
    from geomap.project import Project, read_project
    from geomap.render.map import Map, render
    from geomap.scene import Scene
    from geomap.stats import border_stats
    from geomap.verify import verify

__version__ = "0.1.0"

_HOMES = {
    "Gazetteer": "gazetteer", "Incidents": "incidents", "Map": "render.map", "Project": "project", "Scene": "scene",
    "border_stats": "stats", "build": "build", "compose": "build", "default_borders": "borders",
    "find_places": "gazetteer", "join_borders": "join", "locate": "locate", "read_borders": "borders",
    "read_incidents": "incidents", "read_project": "project", "render": "render.map", "side_of": "join",
    "verify": "verify",
}  # fmt: skip
"""Public name -> module; each is imported when it is first asked for."""

__all__ = [
    "Gazetteer", "Incidents", "Map", "Project", "Scene", "__version__", "border_stats", "build", "compose",
    "default_borders", "find_places", "join_borders", "locate", "read_borders", "read_incidents", "read_project",
    "render", "side_of", "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    return getattr(import_module(f"geomap.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package, where a function keeps its name although the module it lives in bears the same one.

    Importing `geomap.locate` would otherwise put the module in the place of the function `geomap.locate`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
