"""Longitude and latitude in degrees, or the likely reason why not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from shapely.geometry.base import BaseGeometry

from geomap.borders.formats.countries import Country, countries
from geomap.borders.formats.raw import Points
from geomap.errors import BorderError

NEAR_KM = 100.0
"""Beyond half as much again as a country's radius, a layer within this of it may still be its own."""

EARTH_KM = 6371.0
"""Mean radius of the earth (IUGG R1), enough to tell continents apart."""


def check_degrees(points: Points, place: str) -> None:
    """Raise BorderError, with the likely cause, where a position lies off the globe."""
    width, height = np.abs(points).max(axis=0)
    if width <= 180 and height <= 90:
        return
    lon, lat = points[((np.abs(points) > (180, 90)).any(axis=1))][0]
    raise BorderError(f"a position lies off the globe: {lon:g} {lat:g}", where=place, hint=_cause(width, height))


def _cause(width: float, height: float) -> str:
    if max(width, height) > 360:
        return "these look like metres, not degrees: name the system with crs= and read it with repair=True"
    if height <= 180 and width <= 90:
        return "latitude seems to come first: put longitude first, in degrees on WGS84"
    if height <= 90:
        return "longitudes run from -180 to 180: cut the shape at the antimeridian"
    return "longitude first, in degrees on WGS84"


def check_axes(shapes: Iterable[tuple[BaseGeometry, tuple[str, ...]]], where: str) -> None:
    """Raise BorderError for a layer that lies at its countries only with its two axes swapped.

    Each shape comes with the ISO codes that it declares. A country is a circle (the atlas of geomap's gazetteer), so
    only a layer is judged of which no shape lies near its countries and every one does when swapped.
    """
    known = countries()
    judged = [
        (_misses(shape.bounds, homes), _misses(_swapped(shape.bounds), homes))
        for shape, codes in shapes
        if (homes := [known[code] for code in codes if code in known])
    ]
    if judged and all(as_is and not swapped for as_is, swapped in judged):
        raise BorderError(
            "latitude seems to come first: swapped, the layer lies at the countries that it names",
            where=where,
            hint="put longitude first in every position",
        )


def _swapped(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    return south, west, north, east


def _misses(bounds: tuple[float, float, float, float], homes: list[Country]) -> bool:
    return all(_km(bounds, home) > 1.5 * home.radius_km + NEAR_KM for home in homes)


def _km(bounds: tuple[float, float, float, float], home: Country) -> float:
    """Return about how far a box lies from a country's reference point: 0 inside, infinite off the globe."""
    west, south, east, north = bounds
    if south < -90 or north > 90:
        return float("inf")
    lon, lat = np.clip(home.lon, west, east), np.clip(home.lat, south, north)
    first, second = np.radians([home.lon, home.lat]), np.radians([lon, lat])
    half = np.sin((second - first) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(half[1] + np.cos(first[1]) * np.cos(second[1]) * half[0])))
