"""Files as rows: bytes become a table of text or a table of features, within stated limits.

Knows nothing of incidents, places or borders. The only home of pyarrow and pyogrio.
"""

from __future__ import annotations

from geomap.sources.limits import DEFAULT, Limits, parse_limits
from geomap.sources.raw import RawFeatures, RawTable
from geomap.sources.read import read_source

__all__ = ["DEFAULT", "Limits", "RawFeatures", "RawTable", "parse_limits", "read_source"]
