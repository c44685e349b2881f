"""Rows of a scene grouped into marks: one a place and form, several kinds and rows in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMS = {
    "exact": "Exact position from the source",
    "settlement": "Named settlement (its reference point)",
    "near": "Near the named place; circle: its radius",
    "target": "In the direction of: alleged target",
    "origin": "From the direction of: alleged origin",
    "area": "District or region, hatched; no point",
}
"""How a mark is drawn: its form says relation and precision at once."""

MERGED = {
    "settlement": "Named places; those close by are one mark",
    "area": "District or region; no point",
}
"""The same where marks are merged."""

_COARSE = ("area", "region", "country")
_NO_POINT = ("along", "between")


@dataclass(slots=True)
class Mark:
    """Rows drawn as one: form, position in degrees, place and area of the scene, radius, rows by kind."""

    form: str
    lon: float
    lat: float
    name: str
    area: int | None = None
    radius_km: float | None = None
    is_sourced: bool = False
    kinds: Counter[str | None] = field(default_factory=Counter[str | None])

    @property
    def count(self) -> int:
        """Return how many rows the mark stands for."""
        return self.kinds.total()


def column(document: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Return one incident column of a scene as plain values, None for null; all None where the scene lacks it."""
    coded = document["incidents"]["columns"].get(name)
    if coded is None:
        return [None] * document["incidents"]["n"]
    if coded["type"] == "category":
        words = coded["words"]
        return [words[code] if code >= 0 else None for code in coded["codes"]]
    return coded["values"]


def form_of(precision: str | None, relation: str | None) -> str | None:
    """Return the form of a row, None where it has no point: a stretch is listed, not drawn."""
    if relation in _NO_POINT:
        return None
    if precision in _COARSE:
        return "area"
    if relation in ("direction_of", "from_direction_of"):
        return "target" if relation == "direction_of" else "origin"
    if "near" in (relation, precision):
        return "near"
    return "exact" if precision == "exact" else "settlement"


def marks(document: Mapping[str, Any]) -> list[Mark]:
    """Group the placed rows of a scene into marks, in the order in which their first rows come."""
    names = ("status", "place_precision", "relation", "lon", "lat", "place", "kind", "place_radius_km", "radius_kind")
    found: dict[tuple[Any, ...], Mark] = {}
    for row in zip(*(column(document, name) for name in (*names, "place_text")), strict=True):
        status, precision, relation, lon, lat, index, kind, radius, radius_kind, text = row
        form = form_of(precision, relation) if status == "placed" else None
        place = document["places"][index] if index is not None and index >= 0 else None
        if place and (lon is None or lat is None):
            lon, lat = place["lon"], place["lat"]
        if form is None or lon is None or lat is None:
            continue
        mark = Mark(form, lon, lat, place["name"] if place else text or "")
        mark = found.setdefault((form, index, lon, lat), mark)
        _extend(mark, place, radius, radius_kind)
        mark.kinds[kind] += 1
    return list(found.values())


def _extend(mark: Mark, place: Mapping[str, Any] | None, radius: float | None, radius_kind: str | None) -> None:
    """Give a mark the extent that its first row with one has: a direction has none, for none is known."""
    if mark.form == "area" and place:
        mark.area = place["area"]
        radius, radius_kind = (place["radius_km"], place["radius_kind"]) if radius is None else (radius, radius_kind)
    if mark.form in ("area", "near") and mark.radius_km is None:
        mark.radius_km, mark.is_sourced = radius, radius_kind == "source"
