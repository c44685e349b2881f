"""A small scene written by hand, with one of everything that the page must show.

The vitest suite reads the same scene from tests/web/golden.json; `python tests/page/scene.py` writes that file again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from page.encoding import column
from page.ground import BASEMAP, LACHIN_AREA, LINE, OLD_LINE, border
from page.places import PLACES
from page.rows import COLUMNS, INCIDENTS
from page.statements import CLAIMS

GOLDEN = Path(__file__).parents[1] / "web" / "golden.json"
KINDS = [
    ("fire", "#d55e00", "circle"),
    ("shelling of settlements", "#0072b2", "square"),
    ("fire seen on imagery", "#009e73", "diamond"),
    ("other", "#cc79a7", "triangle"),
]


def document(incidents: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """Compose the scene; `incidents` replaces the rows, keywords replace whole parts."""
    rows = INCIDENTS if incidents is None else incidents
    unplaced = [row for row in rows if row["status"] != "placed"]
    return {
        "version": 1,
        "title": "September 2022 Armenia-Azerbaijan clashes",
        "standfirst": "What both ministries reported, and how sure it is.",
        "byline": "geomap seed project",
        "credit": None,
        "alt": "Map of the Armenia-Azerbaijan line with reported places.",
        "as_of": "2022-10-15",
        "built": "2022-10-15",
        "language": "en",
        "extent": [44.7, 39.2, 46.9, 40.5],
        "counts": {
            "rows": len(rows) + 1,
            "read": len(rows),
            "placed": len(rows) - len(unplaced),
            "unplaced": len(unplaced),
            "ambiguous": 0,
            "superseded": 0,
            "set_aside": 1,
        },
        "files": [
            {
                "path": "incidents.csv",
                "format": "CSV",
                "rows": len(rows) + 1,
                "read": len(rows),
                "sha256": "0" * 64,
                "preset": "native",
                "notes": ["UTF-8, comma, header in row 1"],
            }
        ],
        "incidents": {"n": len(rows), "columns": {name: column(name, [row[name] for row in rows]) for name in COLUMNS}},
        "places": PLACES,
        "areas": [LACHIN_AREA],
        "claims": CLAIMS,
        "borders": [
            border("osm-am-az", LINE),
            border(
                "ceasefire-1994",
                OLD_LINE,
                role="drawing",
                name="1994 ceasefire line",
                status="historical",
                valid_from="1994-05-12",
                valid_to="2020-11-10",
                vintage="2012",
                layer="Natural Earth",
                source="Natural Earth 4.1",
                licence="public domain",
                on=False,
            ),
        ],
        "basemap": BASEMAP,
        "legend": {"kinds": [{"kind": kind, "colour": colour, "shape": shape} for kind, colour, shape in KINDS]},
        "licence": {
            "download": True,
            "embed_text": True,
            "citations": ["geomap seed project, 2022"],
            "left_out": [["notes", "licence of the source"]],
        },
        "unplaced": [
            {
                "id": row["id"],
                "place_text": row["place_text"],
                "why": row["match_why"],
                "rivals": [],
                "file": row["file"],
                "row": row["row"],
            }
            for row in unplaced
        ],
        "set_aside": [
            {
                "file": "incidents.csv",
                "sheet": None,
                "row": 13,
                "code": "latitude_range",
                "faults": [
                    {
                        "column": "lat",
                        "value": "91",
                        "reason": "a latitude is between -90 and 90",
                        "hint": "swapped with the longitude?",
                    }
                ],
            }
        ],
        "problems": [
            {
                "code": "pin",
                "reason": "the pin Gorus is new",
                "file": None,
                "sheet": None,
                "row": None,
                "column": None,
                "value": None,
                "hint": None,
            }
        ],
        "credits": [{"name": "GeoNames", "licence": "CC BY 4.0", "text": "modified"}],
        "about": {
            "tool": "geomap 0.1.0",
            "gazetteer": "geomap gazetteer 2026-11",
            "borders": ["OSM 2026: OpenStreetMap; ODbL 1.0"],
            "method": ["Names are matched to places, never guessed."],
        },
        "tiles": None,
        **more,
    }


def written() -> str:
    """Return the scene as tests/web/golden.json holds it: one line a part."""
    parts = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in document().items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
