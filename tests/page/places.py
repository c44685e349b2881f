"""Places of the hand-written scene."""

from __future__ import annotations

from typing import Any

JERMUK, GORIS, SOTK, LACHIN, LACHIN_TOWN, KARKI = range(6)


def place(place_id: str, name: str, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    """Describe a place; a town of Armenia unless told otherwise."""
    return {
        "id": place_id,
        "name": name,
        "country": "AM",
        "admin1": None,
        "kind": "town",
        "lon": lon,
        "lat": lat,
        "radius_km": 2,
        "radius_kind": "convention",
        "names": [],
        "source": "GeoNames 2026",
        "note": None,
        "held_by": None,
        "area": None,
        "seat": None,
        "border_km": None,
        "border_km_error": None,
        "side": None,
        "border_pair": "AM-AZ",
        "border_vintage": "OSM 2026",
        **more,
    }


PLACES = [
    place(
        "gn:174884",
        "Jermuk",
        45.67112,
        39.83948,
        admin1="Vayots Dzor",
        border_km=12.145,
        border_km_error=2.5,
        side="AM",
        names=[
            ["Jermuk", "Latn", "own"],
            ["Ջերմուկ", "hy", "own"],
            ["Istisu", "az", "other"],
            ["Джермук", "ru", "russian"],
        ],
    ),
    place(
        "gn:174895",
        "Goris",
        46.34168,
        39.51111,
        admin1="Syunik",
        border_km=7.541,
        border_km_error=2.5,
        side="AM",
        names=[["Գորիս", "hy", "own"], ["Gorus", "az", "other"], ["Горис", "ru", "russian"]],
    ),
    place(
        "gn:616041",
        "Sotk",
        45.86951,
        40.20007,
        kind="village",
        admin1="Gegharkunik",
        border_km=7.909,
        border_km_error=1.9,
        side="AM",
        names=[["Սոթք", "hy", "own"], ["Zod", "az", "other"], ["Сотк", "ru", "russian"]],
    ),
    place(
        "geomap:lachin-district",
        "Lachin",
        46.3472,
        39.7357,
        country="AZ",
        kind="district",
        radius_km=23.8,
        area=0,
        seat=4,
        border_km=0.0,
        border_km_error=24.0,
        side="AZ",
        names=[["Laçın", "az", "own"], ["Berdzor", "hy", "other"], ["Лачин", "ru", "russian"]],
    ),
    place(
        "gn:147625",
        "Lachin",
        46.54977,
        39.63742,
        country="AZ",
        border_km=6.393,
        border_km_error=0.5,
        side="AZ",
        names=[["Laçın", "az", "own"], ["Berdzor", "hy", "other"], ["Лачин", "ru", "russian"]],
    ),
    place(
        "geomap:karki",
        "Karki",
        44.96,
        39.785,
        country="AZ",
        kind="village",
        border_km=20.1,
        border_km_error=1.0,
        side="enclave(Karki)",
        border_vintage="country-coder 5.6",
        held_by="recognised as Azerbaijan, held by Armenia",
        names=[["Kərki", "az", "own"], ["Tigranashen", "hy", "other"]],
    ),
]
