"""The WGS84 ellipsoid: directions, distances, and the nearest position on short pieces of lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_GEOD = Geod(ellps="WGS84")
EQUATORIAL_M: float = _GEOD.a
POLAR_M: float = _GEOD.b

_ROUNDS = 60
_STILL_M = 1e-6


def distance_m(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return the geodesic distance in metres of each pair of positions given in degrees; NaN where one is NaN."""
    ends = (np.asarray(values, dtype=float) for values in (lon_a, lat_a, lon_b, lat_b))
    from_lon, from_lat, to_lon, to_lat = np.broadcast_arrays(*ends)
    return np.asarray(_GEOD.inv(from_lon, from_lat, to_lon, to_lat)[2])


def destination(lon: ArrayLike, lat: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike) -> tuple[Floats, Floats]:
    """Return (lon, lat) in degrees of the ends of geodesics: azimuths clockwise from north, lengths in metres.

    The four arguments are broadcast against each other; longitudes lie from -180 to 180; NaN where an argument is NaN.
    """
    given = (np.asarray(values, dtype=float) for values in (lon, lat, azimuth_deg, distance_m))
    from_lon, from_lat, azimuth, length = np.broadcast_arrays(*given)
    end_lon, end_lat, _ = _GEOD.fwd(from_lon, from_lat, azimuth, length)
    return np.asarray(end_lon), np.asarray(end_lat)


def direction(lon: Floats, lat: Floats) -> Floats:
    """Return the unit vectors from the ellipsoid's centre to positions on it, shape (n, 3)."""
    lon, lat = np.radians(lon), np.radians(lat)
    polar = (POLAR_M / EQUATORIAL_M) ** 2
    vectors = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), polar * np.sin(lat)], axis=-1)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Short pieces of edges, straight in longitude and latitude: start and extent in degrees, one piece an entry.

    `length_m` is no less than the distance of any two positions on the piece.
    """

    lon: Floats
    lat: Floats
    dlon: Floats
    dlat: Floats
    length_m: Floats

    @classmethod
    def between(cls, lon: Floats, lat: Floats, dlon: Floats, dlat: Floats) -> Pieces:
        """Make pieces from their starts and extents, their length bounded by the largest radius of curvature."""
        east, north = np.abs(np.radians(dlon)), np.abs(np.radians(dlat))
        arc = np.hypot(north, (np.cos(np.radians(lat)) + north) * east)
        return cls(lon, lat, dlon, dlat, EQUATORIAL_M**2 / POLAR_M * arc)

    def take(self, which: Ints) -> Pieces:
        """Return some of the pieces, in the order asked for."""
        columns = (self.lon, self.lat, self.dlon, self.dlat, self.length_m)
        return Pieces(*(column[which] for column in columns))

    def at(self, share: Floats) -> tuple[Floats, Floats]:
        """Return the positions at a share of each piece, from 0 at its start to 1 at its end."""
        return self.lon + share * self.dlon, self.lat + share * self.dlat

    def bow(self) -> Floats:
        """Return at least how far the direction u of a piece strays from its chord.

        That is |u''| / 8 at most, and |u''| is less than 1.1 (|dlon| + |dlat|)^2.
        """
        return np.radians(np.abs(self.dlon) + np.abs(self.dlat)) ** 2 / 7

    def minimise(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return the least distance of one position to each piece, and the share of the piece where it is reached."""
        at_start, fall = _slope(self, np.zeros(len(lon)), lon, lat)
        at_end, rise = _slope(self, np.ones(len(lon)), lon, lat)
        distance, share = np.minimum(at_start, at_end), np.where(at_start <= at_end, 0.0, 1.0)
        dip = np.flatnonzero((fall < 0) & (rise > 0))
        inner = self.take(dip)
        share[dip] = _root(inner, lon[dip], lat[dip], fall[dip], rise[dip])
        distance[dip] = distance_m(*inner.at(share[dip]), lon[dip], lat[dip])
        return distance, share


def _slope(pieces: Pieces, share: Floats, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return the distance d to a share of each piece, and half the derivative of d squared there.

    The derivative is -d times the part of the piece's velocity that points along the geodesic; it is smooth even
    on the line, where the geodesic has no azimuth.
    """
    foot_lon, foot_lat = pieces.at(share)
    azimuth, _, distance = _GEOD.inv(foot_lon, foot_lat, lon, lat)
    azimuth, foot_lat = np.radians(azimuth), np.radians(foot_lat)
    w = np.sqrt(1 - _GEOD.es * np.sin(foot_lat) ** 2)
    north = EQUATORIAL_M * (1 - _GEOD.es) / w**3 * np.radians(pieces.dlat)
    east = EQUATORIAL_M * np.cos(foot_lat) / w * np.radians(pieces.dlon)
    return distance, -distance * (east * np.sin(azimuth) + north * np.cos(azimuth))


def _root(pieces: Pieces, lon: Floats, lat: Floats, fall: Floats, rise: Floats) -> Floats:
    """Find the share where the slope, `fall` < 0 at the start and `rise` > 0 at the end, is zero.

    Regula falsi in its Illinois form, until no share moves by a micrometre.
    """
    low, high = np.zeros(len(lon)), np.ones(len(lon))
    share, last = np.full(len(lon), -1.0), np.zeros(len(lon))
    for _ in range(_ROUNDS):
        before, share = share, low - fall * (high - low) / (rise - fall)
        if (np.abs(share - before) * pieces.length_m <= _STILL_M).all():
            break
        slope = _slope(pieces, share, lon, lat)[1]
        up = slope > 0
        low, high = np.where(up, low, share), np.where(up, share, high)
        fall = np.where(up, np.where(last > 0, fall / 2, fall), slope)
        rise = np.where(up, slope, np.where(last < 0, rise / 2, rise))
        last = np.where(up, 1.0, -1.0)
    return share
