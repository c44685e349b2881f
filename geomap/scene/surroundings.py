"""The surroundings of a map: the places its rows name, joined to borders, and the shipped base map with labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geomap.borders import areas, basemap, encode
from geomap.borders.units import ERROR_KM as AREA_ERROR_KM
from geomap.borders.units import SOURCE as AREA_SOURCE
from geomap.join import join_borders
from geomap.scene.places import Atlas, Extent
from geomap.types import AREA_KINDS, MANY, Place
from geomap.vintages import compare

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

_SUMMIT_KM, _LAKE_KM = 5.0, 3.0
_LABELLED = {"lake": 3, "mountain": 6, "pass": 7}
"""Natural features that the base map labels, with their rank (0 shows first)."""
_SETTLEMENTS = ("town", "village")
_LARGE = (1_000_000, 200_000, 40_000, 8_000, 1_000)
"""Populations below which a settlement's label moves one rank down."""
_MOST_LABELS = 400


def surroundings(
    table: pd.DataFrame,
    gazetteer: Gazetteer,
    borders: gpd.GeoDataFrame,
    others: Mapping[str, gpd.GeoDataFrame] | None = None,
    *,
    as_of: str | None = None,
) -> Atlas:
    """Gather what a scene of this table needs: matched places, rivals and seats, and the drawn base.

    Places are measured to the lines in force on `as_of`, an ISO date, or without that to those that have no end; what
    the layers of `others` say of them stands beside.
    """
    cells = pd.concat([table["match_id"], table["match_rivals"]]).dropna()
    ids = sorted({place for cell in cells for place in cell.split(MANY)})
    places = {place.id: place for name in ids if (place := gazetteer.get(name))}
    places |= {seat.id: seat for place in list(places.values()) if place.seat and (seat := gazetteer.get(place.seat))}
    countries = {place.area_id: place.country for place in places.values() if place.area_id}
    return Atlas(
        places=places,
        joined=join_places(list(places.values()), borders, others, as_of=as_of),
        basemap=lambda extent, pairs: basemap(extent, labels=labels(gazetteer, extent), skip_pairs=pairs),
        areas=lambda ids: drawn_areas({area: countries[area] for area in ids}, borders),
    )


def drawn_areas(countries: Mapping[str, str | None], borders: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Return the drawing polygons of areas by id, each with its source and error; an unknown id is left out.

    `countries` maps each id to the ISO code of the country it belongs to. The drawing layer is kilometres off, so each
    polygon is cut at that country's area in the border layers: no district is hatched across the line.
    """
    return {
        name: {"source": AREA_SOURCE, "error_km": AREA_ERROR_KM, "geo": encode(_cut(shape, countries[name], borders))}
        for name, shape in areas(countries).items()
    }


def _cut(shape: Any, country: str | None, borders: gpd.GeoDataFrame) -> Any:
    held = borders.geometry[borders["role"].eq("area") & borders["side_a"].eq(country)]
    if held.empty:
        return shape
    parts = shapely.get_parts(shapely.intersection(shape, shapely.union_all(held.to_numpy())))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def join_places(
    places: Sequence[Place],
    borders: gpd.GeoDataFrame,
    others: Mapping[str, gpd.GeoDataFrame] | None = None,
    *,
    as_of: str | None = None,
) -> gpd.GeoDataFrame:
    """Join places to borders as incidents at them on `as_of` would be; one row a place, in order, indexed by id."""
    precision = ["area" if place.kind in AREA_KINDS else "settlement" for place in places]
    table = gpd.GeoDataFrame(
        {
            "match_lon": [place.lon for place in places], "match_lat": [place.lat for place in places],
            "place_radius_km": pd.array([place.radius_km for place in places], dtype="Float64"),
            "radius_kind": pd.array([place.radius_kind for place in places], dtype="string"),
            "place_precision": pd.array(precision, dtype="string"),
            "match_admin1": pd.array([place.admin1 for place in places], dtype="string"),
        },
        geometry=gpd.GeoSeries([None] * len(places), crs=4326, index=[place.id for place in places]),
        index=[place.id for place in places],
    )  # fmt: skip
    joined = join_borders(table, borders, as_of=as_of)
    return joined.assign(**compare(joined, others or {}, as_of=as_of))


def labels(gazetteer: Gazetteer, extent: Extent) -> list[dict[str, Any]]:
    """Return the gazetteer's labels around an extent, most important first, at most 400."""
    west, south, east, north = extent
    near = filter(_is_labelled, gazetteer.within(west - 1, south - 1, east + 1, north + 1))
    ranked = sorted(near, key=lambda place: (_rank(place), -(place.population or 0), place.id))
    return [
        {"name": place.name, "lon": place.lon, "lat": place.lat, "kind": place.kind, "rank": _rank(place)}
        for place in ranked[:_MOST_LABELS]
    ]


def _is_labelled(place: Place) -> bool:
    """Tell whether a place gets a label: no mountain range, which has no one point, and no lake too small to draw."""
    if place.kind == "mountain":
        return place.radius_km <= _SUMMIT_KM
    if place.kind == "lake":
        return place.radius_km >= _LAKE_KM
    return place.kind in _SETTLEMENTS or place.kind in _LABELLED


def _rank(place: Place) -> int:
    if place.kind in _SETTLEMENTS:
        return 1 + sum((place.population or 0) < size for size in _LARGE)
    return _LABELLED[place.kind]
