"""A made project in the open Atlantic: one place, four dates, four versions of a line. None of it is real.

The codes QM, QN and QP are among those that ISO 3166-1 leaves to users, so no country bears them. QM lies west of a
meridian, and east of it lie QN in the north and QP in the south. Both the meridian and the parallel between the two
move from version to version. The distance from the place is known without any program: at 35 degrees north a tenth
of a degree of longitude is 9.13 km on WGS84 (a cos(lat) / sqrt(1 - e2 sin2(lat)) times the angle in radians).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TENTH_KM = 9.13
LON, LAT = -29.9, 35.0


@dataclass(frozen=True)
class Version:
    """One version of the made line, and what the incident of `day` must meet."""

    name: str
    day: str
    line_lon: float
    east: str
    status: str
    valid_from: str | None
    valid_to: str | None
    side: str
    tenths: float

    @property
    def pair(self) -> str:
        return f"QM-{self.east}"

    @property
    def id(self) -> str:
        return f"{self.name}:{self.pair}"

    @property
    def ids(self) -> list[str]:
        return [f"{self.name}:{pair}" for pair in ("QM-QN", "QM-QP", "QN-QP")]

    @property
    def valid(self) -> str:
        return f"{self.valid_from or '..'}/{self.valid_to or '..'}"


VERSIONS = (
    Version("made1", "2020-11-09", -30.0, "QN", "not_delimited", None, "2020-11-10", "QN", 1),
    Version("made2", "2020-11-10", -29.7, "QN", "control_line", "2020-11-10", "2022-08-26", "QM", 2),
    Version("made3", "2022-09-13", -29.95, "QP", "disputed", "2022-08-26", "2024-05-24", "QP", 0.5),
    Version("made4", "2024-05-24", -29.6, "QN", "delimited", "2024-05-24", None, "QM", 3),
)
"""The first and the last day that a version is met on are the days on either side of a change."""


def write_project(folder: Path) -> Path:
    """Write the project and return its geomap.toml."""
    rows = [f"on-{version.day},{version.day},the made place,{LON},{LAT},made event" for version in VERSIONS]
    head = "id,start,place_text,lon,lat,kind"
    (folder / "incidents.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    for version in VERSIONS:
        (folder / f"{version.name}.geojson").write_text(json.dumps(_areas(version)), encoding="utf-8")
    tables = ",\n".join(_table(version) for version in VERSIONS)
    path = folder / "geomap.toml"
    path.write_text(
        f'title = "Made lines: an example, not a real place"\nfiles = "incidents.csv"\nborders = [\n{tables}\n]\n'
    )
    return path


def _areas(version: Version) -> dict[str, Any]:
    middle, parallel = version.line_lon, 34.6 if version.east == "QN" else 35.4
    rings = {
        "QM": [(-31.0, 34.0), (middle, 34.0), (middle, parallel), (middle, 36.0), (-31.0, 36.0)],
        "QN": [(middle, parallel), (-29.0, parallel), (-29.0, 36.0), (middle, 36.0)],
        "QP": [(middle, 34.0), (-29.0, 34.0), (-29.0, parallel), (middle, parallel)],
    }
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"side_a": code},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
            for code, ring in rings.items()
        ],
    }


def _table(version: Version) -> str:
    dates = {"valid_from": version.valid_from, "valid_to": version.valid_to}
    stated = "".join(f"{key} = {day}, " for key, day in dates.items() if day)
    return (
        f'{{ path = "{version.name}.geojson", status = "{version.status}", {stated}error_km = 1, '
        f'vintage = "made", source = "made for the tests", licence = "CC0" }}'
    )
