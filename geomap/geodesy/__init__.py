"""Metres on the WGS84 ellipsoid: distances between points, and the nearest of many lines, exact to the millimetre.

An edge of a line is straight in longitude and latitude (RFC 7946, section 3.1.1), not a geodesic, and lines are cut at
the antimeridian (section 3.1.9). So every edge is cut into short pieces along itself before any geodesic work.

Why the search cannot miss the nearest piece. Let theta be the angle between two points of the ellipsoid as seen from
its centre, and d their geodesic distance. Then b theta <= d <= a theta with a and b the semi-axes: projecting onto the
inner sphere of radius b lengthens no path, and the central section through both points is an ellipse whose arc is no
longer than a theta. A tree of balls around the pieces' directions from the centre therefore bounds d on both sides;
only pieces that may be nearest by these bounds remain, and on each of them the geodesic itself is minimised
(C. F. F. Karney, Algorithms for geodesics, 2013, doi:10.1007/s00190-012-0578-z, as PROJ computes it).
"""

from __future__ import annotations

from geomap.geodesy.ellipsoid import destination, distance_m
from geomap.geodesy.lines import TIE_M, LineIndex, Nearest

__all__ = ["TIE_M", "LineIndex", "Nearest", "destination", "distance_m"]
