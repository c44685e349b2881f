"""The native files: incidents.csv and incidents.claims.csv, their headers and an example row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from geomap.types import CLAIMS, INCIDENTS

_GIVEN_BY_READING = ("file", "sheet", "row")

INCIDENT_HEADER = tuple(
    name for column in INCIDENTS if column.name not in _GIVEN_BY_READING
    for name in (("lon", "lat") if column.name == "geometry" else (column.name,))
)  # fmt: skip
"""Columns of a native incident file: INCIDENTS, with the position as lon and lat."""
CLAIM_HEADER = tuple(column.name for column in CLAIMS if column.name not in _GIVEN_BY_READING)
"""Columns of a native claims file."""

_EXAMPLE = {
    "id": "example-1", "report_id": "example-1", "start": "2022-09-01T10:30", "utc_offset": "+04:00",
    "date_precision": "day", "time_precision": "about", "time_text": "in the morning", "relation": "near",
    "place_text": "Goris", "role": "mentioned", "kind": "example", "source_name": "Example Gazette",
    "source_url": "https://example.org/report", "source_date": "2022-09-01",
    "text": "An example row: write your own in its place.", "graphic": "false", "country_text": "AM",
}  # fmt: skip
_EXAMPLE_CLAIM = {
    "claim_id": "example-1-a", "report_id": "example-1", "scope": "place", "place_ref": "example-1", "relation": "near",
    "claimant": "Example office", "stance": "asserts", "category": "other", "population": "unspecified",
    "statement": "An example claim: write your own in its place.", "as_of": "2022-09-01", "published_at": "2022-09-01",
    "source_url": "https://example.org/report", "verification": "claimed",
}  # fmt: skip


def templates() -> dict[str, str]:
    """Return the text of a new project's incident and claims files, by file name: a header and an example row each."""
    return {
        "incidents.csv": _sheet(INCIDENT_HEADER, _EXAMPLE),
        "incidents.claims.csv": _sheet(CLAIM_HEADER, _EXAMPLE_CLAIM),
    }


def _sheet(header: Sequence[str], row: Mapping[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue()
