"""Short pieces of lines on the WGS84 ellipsoid, and the position on each that is nearest to another position."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.geodesy.ellipsoid import EQUATORIAL_M, POLAR_M, Floats, sight, velocity

Flags = NDArray[np.bool_]
Ints = NDArray[np.intp]

_STEPS = 6
_ROUNDS = 60
_STILL_M = 1e-6
_MEAN_M = (2 * EQUATORIAL_M + POLAR_M) / 3
_SHORT = 1 / 64
_FAR_M = 15_000_000.0


@dataclass(frozen=True, slots=True)
class Pieces:
    """Short pieces of edges, straight in longitude and latitude: start and extent in degrees, one piece an entry."""

    lon: Floats
    lat: Floats
    dlon: Floats
    dlat: Floats

    def take(self, which: Ints | Flags) -> Pieces:
        """Return some of the pieces, in the order asked for."""
        return Pieces(self.lon[which], self.lat[which], self.dlon[which], self.dlat[which])

    def at(self, share: Floats | float) -> tuple[Floats, Floats]:
        """Return the positions at a share of each piece, from 0 at its start to 1 at its end."""
        return self.lon + share * self.dlon, self.lat + share * self.dlat

    def bow_m(self) -> Floats:
        """Return at least how far the curve x that a piece makes in space strays from its chord.

        That is |x''| / 8 at most, and |x''| is less than 1.01 a^2 / b (|dlon| + |dlat|)^2 with a and b the semi-axes.
        """
        return EQUATORIAL_M * np.radians(np.abs(self.dlon) + np.abs(self.dlat)) ** 2 / 7

    def nearest(
        self, lon: Floats, lat: Floats, share: Floats, azimuth: Floats, distance: Floats
    ) -> tuple[Floats, Floats]:
        """Return the least distance of one position to each piece, and the share of the piece where it is reached.

        It starts from a share near by, and from azimuth and distance of the position as seen from there. Newton's
        method on the derivative of half the squared distance, which is almost linear; where it might not be, or where
        the method does not settle, the two ends and a bracketed root decide.
        """
        share, azimuth, distance = share.copy(), azimuth.copy(), distance.copy()
        todo, hard = np.arange(len(lon)), np.zeros(len(lon), dtype=bool)
        for _ in range(_STEPS):
            share[todo], least, settled, sure = _newton(self.take(todo), share[todo], azimuth[todo], distance[todo])
            distance[todo[settled]] = least[settled]
            hard[todo] = ~sure
            todo = todo[sure & ~settled]
            if not len(todo):
                break
            azimuth[todo], distance[todo] = sight(*self.take(todo).at(share[todo]), lon[todo], lat[todo])
        hard[todo] = True
        if hard.any():
            distance[hard], share[hard] = _bracketed(self.take(hard), lon[hard], lat[hard])
        return distance, share


def _newton(pieces: Pieces, share: Floats, azimuth: Floats, distance: Floats) -> tuple[Floats, Floats, Flags, Flags]:
    """Return the share that Newton's method steps to, the distance there, whether it is settled and whether sure.

    Along the piece x(t), for f = d^2 / 2: f' = -d u.v and f'' = (u.v)^2 + (d / R) cot(d / R) (u x v)^2 - d u.a,
    with u the direction of the geodesic, v = x' and a the piece's own bending; the last two as on a sphere.
    This f'' is off by a hundredth at most where it is used: on pieces so short that it changes by less than
    v^2 / 4 along each. So if it is more than that, the least distance is where f' is zero; and if f' is more than
    f'' can ever make up for, at an end.
    The new distance comes from f and its two derivatives: no geodesic is needed if the step s is short. Then what
    is left out, s^3 tan(lat) / R in d^2 and a hundredth of s^2 d / R in d, is less than a micrometre in d.
    """
    here_lat = pieces.lat + share * pieces.dlat
    (east, north), (sine, cosine) = velocity(here_lat, pieces.dlon, pieces.dlat), (np.sin(azimuth), np.cos(azimuth))
    upright, angle = np.cos(np.radians(here_lat)), np.maximum(distance / _MEAN_M, 1e-9)
    tangent, spread = np.tan(np.radians(here_lat)) / _MEAN_M, angle / np.tan(angle)
    ahead, speed2 = east * sine + north * cosine, east**2 + north**2
    fall = distance * ahead
    curve = ahead**2 + spread * (speed2 - ahead**2)
    curve -= distance * tangent * east * (east * cosine - 2 * north * sine)
    most = 2 * speed2 * (1 + np.abs(spread) + 2 * distance * np.abs(tangent))
    convex = curve >= speed2 / 4
    sure = convex | (np.abs(fall) >= most)
    sure &= (np.sqrt(speed2) <= _SHORT * _MEAN_M * upright**2) & (distance < _FAR_M)
    step = fall / np.where(speed2 > 0, np.where(convex, curve, most), np.inf)
    step = np.where(sure, np.clip(share + step, 0, 1) - share, 0)
    least = np.sqrt(np.maximum(distance**2 + step * (curve * step - 2 * fall), 0))
    settled = sure & (np.abs(step) * np.sqrt(speed2) <= np.maximum(1e-4, np.minimum(1, np.cbrt(least * upright))))
    return share + step, least, settled, sure


def _bracketed(pieces: Pieces, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Do the same from the ends of each piece: the nearer one, or where the distance stops falling between them."""
    at_start, fall = _slope(pieces, np.zeros(len(lon)), lon, lat)
    at_end, rise = _slope(pieces, np.ones(len(lon)), lon, lat)
    distance, share = np.minimum(at_start, at_end), np.where(at_start <= at_end, 0.0, 1.0)
    dip = np.flatnonzero((fall < 0) & (rise > 0))
    inner = pieces.take(dip)
    share[dip] = _root(inner, lon[dip], lat[dip], fall[dip], rise[dip])
    distance[dip] = sight(*inner.at(share[dip]), lon[dip], lat[dip])[1]
    return distance, share


def _slope(pieces: Pieces, share: Floats, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return the distance d to a share of each piece, and half the derivative of d squared there.

    The derivative is -d times the part of the piece's velocity that points along the geodesic; it is smooth even
    on the line, where the geodesic has no azimuth.
    """
    foot_lon, foot_lat = pieces.at(share)
    azimuth, distance = sight(foot_lon, foot_lat, lon, lat)
    east, north = velocity(foot_lat, pieces.dlon, pieces.dlat)
    return distance, -distance * (east * np.sin(azimuth) + north * np.cos(azimuth))


def _root(pieces: Pieces, lon: Floats, lat: Floats, fall: Floats, rise: Floats) -> Floats:
    """Find the share where the slope, `fall` < 0 at the start and `rise` > 0 at the end, is zero.

    Regula falsi in its Illinois form, until the share moves by no more than a micrometre.
    """
    low, high, length = np.zeros(len(lon)), np.ones(len(lon)), np.hypot(*velocity(pieces.lat, pieces.dlon, pieces.dlat))
    share, last, still = np.full(len(lon), -1.0), np.zeros(len(lon)), np.zeros(len(lon), dtype=bool)
    for _ in range(_ROUNDS):
        before, share = share, np.where(still, share, low - fall * (high - low) / (rise - fall))
        still |= np.abs(share - before) * length <= _STILL_M
        if still.all():
            break
        slope = _slope(pieces, share, lon, lat)[1]
        up = slope > 0
        low, high = np.where(up, low, share), np.where(up, share, high)
        fall = np.where(up, np.where(last > 0, fall / 2, fall), slope)
        rise = np.where(up, slope, np.where(last < 0, rise / 2, rise))
        last = np.where(up, 1.0, -1.0)
    return share
