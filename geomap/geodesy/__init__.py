"""Metres on the WGS84 ellipsoid: distances between points, and the nearest of many lines, exact to the millimetre.

An edge of a line is straight in longitude and latitude (RFC 7946, section 3.1.1), not a geodesic, and lines are cut at
the antimeridian (section 3.1.9). So every edge is cut into short pieces along itself before any geodesic work.

Why the search cannot miss the nearest piece, with the proofs where the bounds are:
1. Geodesic distance and chord, the distance through space, bound each other (`ellipsoid.longest_m`,
   `ellipsoid.longest_chord_m`), and a piece strays from its own chord by a known bow (`pieces.Pieces.bow_m`).
2. So a tree of balls in space rules out most pieces for whole groups of positions at once (`tree`), and comparing
   chords most of the rest for each position.
3. One geodesic to the nearest chord's foot rules out what does not reach ahead of it (`lines.LineIndex`).
4. On each piece that is left the geodesic distance itself is minimised (`pieces.Pieces.nearest`; C. F. F. Karney,
   Algorithms for geodesics, 2013, doi:10.1007/s00190-012-0578-z, as PROJ computes it).
"""

from __future__ import annotations

from geomap.geodesy.areas import AreaIndex, Holders
from geomap.geodesy.ellipsoid import destination, distance_m
from geomap.geodesy.lines import TIE_M, LineIndex, Nearest

__all__ = ["TIE_M", "AreaIndex", "Holders", "LineIndex", "Nearest", "destination", "distance_m"]
