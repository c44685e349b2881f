"""Files of incidents and claims as tables: presets, dates, positions, ids, and the account of every row."""

from __future__ import annotations

from geomap.incidents.collection import Incidents, concat
from geomap.incidents.native import templates
from geomap.incidents.presets import PRESETS
from geomap.incidents.read import read_incidents

__all__ = ["PRESETS", "Incidents", "concat", "read_incidents", "templates"]
