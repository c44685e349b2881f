"""The WGS84 ellipsoid: geodesics between positions, and how they are bounded by distances through space."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

Floats = NDArray[np.float64]

_GEOD = Geod(ellps="WGS84")
EQUATORIAL_M: float = _GEOD.a
POLAR_M: float = _GEOD.b
BEND_M: float = POLAR_M**2 / EQUATORIAL_M
"""The least radius of curvature, that of the meridian at the equator."""


def distance_m(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return the geodesic distance in metres of each pair of positions given in degrees; NaN where one is NaN."""
    ends = (np.asarray(values, dtype=float) for values in (lon_a, lat_a, lon_b, lat_b))
    from_lon, from_lat, to_lon, to_lat = np.broadcast_arrays(*ends)
    return np.asarray(_GEOD.inv(from_lon, from_lat, to_lon, to_lat)[2])


def sight(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats) -> tuple[Floats, Floats]:
    """Return the azimuth in radians at each first position of the geodesic to the second, and its length in metres."""
    azimuth, _, distance = _GEOD.inv(lon_a, lat_a, lon_b, lat_b, return_back_azimuth=False)
    return np.radians(azimuth), np.asarray(distance)


def destination(lon: ArrayLike, lat: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike) -> tuple[Floats, Floats]:
    """Return (lon, lat) in degrees of the ends of geodesics: azimuths clockwise from north, lengths in metres.

    The four arguments are broadcast against each other; longitudes lie from -180 to 180; NaN where an argument is NaN.
    """
    given = (np.asarray(values, dtype=float) for values in (lon, lat, azimuth_deg, distance_m))
    from_lon, from_lat, azimuth, length = np.broadcast_arrays(*given)
    end_lon, end_lat, _ = _GEOD.fwd(from_lon, from_lat, azimuth, length)
    return np.asarray(end_lon), np.asarray(end_lat)


def velocity(lat: Floats, dlon: Floats, dlat: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north for so small a change of degrees at a latitude in degrees."""
    lat = np.radians(lat)
    w2 = 1 - _GEOD.es * np.sin(lat) ** 2
    normal = EQUATORIAL_M / np.sqrt(w2)
    return normal * np.cos(lat) * np.radians(dlon), normal * (1 - _GEOD.es) / w2 * np.radians(dlat)


def space(lon: Floats, lat: Floats) -> Floats:
    """Return where positions given in degrees lie in space, in metres from the ellipsoid's centre, shape (3, n)."""
    lon, lat = np.radians(lon), np.radians(lat)
    sine = np.sin(lat)
    normal = EQUATORIAL_M / np.sqrt(1 - _GEOD.es * sine * sine)
    out = normal * np.cos(lat)
    return np.stack([out * np.cos(lon), out * np.sin(lon), (1 - _GEOD.es) * normal * sine])


def heading(lon: Floats, lat: Floats, azimuth: Floats) -> Floats:
    """Return the direction through space, shape (3, n), of going from positions in degrees at azimuths in radians."""
    lon, lat = np.radians(lon), np.radians(lat)
    north, east = np.cos(azimuth), np.sin(azimuth)
    out = -north * np.sin(lat)
    return np.stack(
        [out * np.cos(lon) - east * np.sin(lon), out * np.sin(lon) + east * np.cos(lon), north * np.cos(lat)]
    )


def longest_m(chord: Floats) -> Floats:
    """Return what the geodesic distance of two positions cannot exceed, given the chord, their distance in space.

    With a and b the semi-axes and theta the angle between the positions as seen from the centre: the central section
    through both is an ellipse, whose arc is no longer than a theta; and from the law of cosines, the positions being
    no nearer to the centre than b, the chord is no shorter than 2 b sin(theta / 2). This bounds the distance, but too
    loosely where it is short. There the bend decides: a geodesic bends nowhere more than a circle of radius
    r = b^2 / a, the ellipsoid's least radius of curvature, so if it is no longer than pi r its chord is no shorter than
    that of an arc of this circle as long as it (Schur's theorem: S.-S. Chern, Curves and surfaces in Euclidean space,
    1967). A longer one has theta >= pi r / a, and by the first bound a chord of more than 2 r.
    """
    circle = 2 * BEND_M
    bent = np.where(chord <= circle, circle * np.arcsin(np.minimum(chord / circle, 1)), np.inf)
    return np.minimum(bent, 2 * EQUATORIAL_M * np.arcsin(np.minimum(chord / (2 * POLAR_M), 1)))


def longest_chord_m(distance: Floats) -> Floats:
    """Return what the chord of two positions cannot exceed, given what their geodesic distance does not.

    That is the distance itself. Where it is long, a better bound: theta is no more than distance / b, since projecting
    a path onto the inner sphere of radius b does not lengthen it; and by the law of cosines the squared chord is
    (p - q)^2 + 4 p q sin^2(theta / 2), where p and q, the distances from the centre, lie between b and a.
    """
    half = np.minimum(distance / (2 * POLAR_M), np.pi / 2)
    return np.minimum(distance, np.hypot(EQUATORIAL_M - POLAR_M, 2 * EQUATORIAL_M * np.sin(half)))
