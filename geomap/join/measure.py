"""Sizes and discs on the WGS84 ellipsoid, for shapes whose edges are straight in longitude and latitude."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import affinity

from geomap.geodesy import destination, distance_m
from geomap.geodesy.ellipsoid import EQUATORIAL_M, POLAR_M
from geomap.join.cells import Floats

_PIECE_DEGREES = 0.1
_CORNERS = 360
"""Corners of a disc: a regular polygon of so many has 1 part in 20,000 less area than its circle."""
_ECCENTRICITY = float(np.sqrt(1 - (POLAR_M / EQUATORIAL_M) ** 2))


def size(shape: shapely.Geometry) -> float:
    """Return the area of polygons in square metres, else the length of lines in metres; 0 for points."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    dimension = shapely.get_dimensions(parts)
    if (dimension == 2).any():
        return _area_m2(parts[dimension == 2])
    return _length_m(parts[dimension == 1])


def disc(lon: float, lat: float, radius_km: float) -> shapely.Geometry | None:
    """Return all that lies within a geodesic distance, cut at the antimeridian; None where it holds both poles."""
    reach = [float(distance_m(lon, lat, lon, pole)) <= radius_km * 1000 for pole in (-90, 90)]
    if all(reach):
        return None
    azimuth = np.arange(_CORNERS) * 360 / _CORNERS
    east, north = destination(lon, lat, azimuth, radius_km * 1000)
    east = lon + np.unwrap(east - lon, period=360)
    ring = np.column_stack([east, north])
    if any(reach):
        ring = _around(ring, 90.0 if reach[1] else -90.0)
    return _on_globe(shapely.make_valid(shapely.Polygon(ring)))


def _around(ring: Floats, pole: float) -> Floats:
    """Close a ring that goes once around a pole by way of the pole."""
    turn = 360 if ring[-1, 0] > ring[0, 0] else -360
    return np.vstack([ring, ring[0] + [turn, 0], [ring[0, 0] + turn, pole], [ring[0, 0], pole]])


def _on_globe(shape: shapely.Geometry) -> shapely.Geometry:
    """Bring what lies beyond the antimeridian back from the other side."""
    world = shapely.box(-180, -90, 180, 90)
    turned = [affinity.translate(shape, xoff=turn) for turn in (-360, 0, 360)]
    return shapely.union_all(shapely.intersection(turned, world))


def _area_m2(polygons: np.ndarray) -> float:
    """Sum the zones between the edges and the equator, which is Green's theorem for the authalic latitude.

    J. P. Snyder, Map Projections: A Working Manual, 1987, doi:10.3133/pp1395, equation 3-12; each short edge by
    Simpson's rule.
    """
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    outer = np.diff(polygon, prepend=-1) > 0
    corner, ring = shapely.get_coordinates(shapely.segmentize(rings, _PIECE_DEGREES), return_index=True)
    same = ring[1:] == ring[:-1]
    start, end, ring = corner[:-1][same], corner[1:][same], ring[1:][same]
    zones = _zone(start[:, 1]) + 4 * _zone((start[:, 1] + end[:, 1]) / 2) + _zone(end[:, 1])
    signed = np.bincount(ring, np.radians(end[:, 0] - start[:, 0]) * zones / 6, minlength=len(rings))
    return float(np.abs(signed) @ np.where(outer, 1, -1))


def _zone(lat: Floats) -> Floats:
    """Return the area from the equator to a latitude in square metres a radian of longitude."""
    sine = np.sin(np.radians(lat))
    e = _ECCENTRICITY
    return POLAR_M**2 / 2 * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)


def _length_m(lines: np.ndarray) -> float:
    corner, line = shapely.get_coordinates(shapely.segmentize(lines, _PIECE_DEGREES), return_index=True)
    same = line[1:] == line[:-1]
    return float(distance_m(*corner[:-1][same].T, *corner[1:][same].T).sum())
