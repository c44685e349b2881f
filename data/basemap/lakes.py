"""Choose the lakes: GSHHG's outlines, moved to where OpenStreetMap has them, and OpenStreetMap's where GSHHG has none.

GSHHG's lakes have smooth and complete shores, but lie up to 3 km off and are as old as World Data Bank II (1977). The
package of OpenStreetMap's waters lies right and has later reservoirs, but its shores are blocks of 0.044 degrees.
"""

from __future__ import annotations

import json

import numpy as np
import numpy.typing as npt
import shapely

DETAILED = shapely.box(38, 34, 54, 46)
"""Where shapes keep their detail."""

LEAST_KM2, DETAILED_LEAST_KM2 = 25.0, 0.5
"""The smallest of GSHHG's lakes kept elsewhere and there."""

BLOCKY_LEAST_KM2 = 12.0
"""The smallest of OpenStreetMap's lakes kept there: blocks show no shape of smaller ones."""

SEA_KM2 = 300_000.0
"""What is larger is sea, which the land leaves out."""

CHANGED = shapely.MultiPoint([(59.5, 45.0), (14.1, 13.0), (46.7, 40.9)])
"""Lakes that are not as in GSHHG any more: the Aral Sea and Lake Chad shrank, Mingachevir was dammed up."""

SEVAN, SEVAN_RETREAT_DEGREES = shapely.Point(45.3, 40.3), 0.0065
"""GSHHG has Lake Sevan before its level fell by 19 m, with 1,386 km2: its shore is drawn in evenly, to 1,250 km2."""

NEAR_DEGREES = 0.03
"""As far from a lake of GSHHG's, OpenStreetMap's water is another one; a shift is no longer than this."""

LIKE = 0.6
"""Outlines of one lake have at least this part of their union in common."""

STEPS = 20
"""A shift is looked for in this many steps."""

ROUGH_DEGREES = 0.005
"""Simple shapes of this error will do where only nearness counts."""

CLOSED_DEGREES, OPENED_DEGREES = 0.012, 0.006
"""Gaps and spikes of blocky shores narrower than twice this are smoothed away."""

Shapes = npt.NDArray[np.object_]


def chosen_lakes(smooth: Shapes, blocky: Shapes) -> tuple[Shapes, Shapes]:
    """Return the lakes taken from GSHHG and those taken from OpenStreetMap, which do not overlap."""
    known = shapely.STRtree(blocky)
    size = square_km(smooth)
    large = smooth[(size >= least_km2(smooth, DETAILED_LEAST_KM2)) & (size < SEA_KM2)]
    kept = np.array([moved(fallen(lake), known) for lake in large if not has_changed(lake, known)], dtype=object)
    rough = shapely.simplify(np.concatenate([kept, smooth[size >= SEA_KM2]]), ROUGH_DEGREES)
    shores = shapely.union_all(shapely.buffer(rough, NEAR_DEGREES, quad_segs=2))
    shapely.prepare(shores)
    met = shapely.intersects(shores, blocky)
    others = smoothed(np.concatenate([blocky[~met], shapely.difference(blocky[met], shores)]))
    return kept, others[square_km(others) >= least_km2(others, BLOCKY_LEAST_KM2)]


def merged_waters(document: bytes) -> Shapes:
    """Return OpenStreetMap's waters, the parts that they are cut into merged, seas and ponds left out."""
    polygons = np.array(
        [shapely.Polygon(part[0]) for group in json.loads(document)["geometries"] for part in group["coordinates"]]
    )
    size = square_km(polygons)
    waters = shapely.make_valid(polygons[(size >= least_km2(polygons, DETAILED_LEAST_KM2)) & (size < SEA_KM2)])
    return shapely.get_parts(shapely.union_all(waters))


def has_changed(lake: shapely.Geometry, known: shapely.STRtree) -> bool:
    """Tell whether a lake of GSHHG's is out of date: named above, or grown to more than twice its size."""
    grown = shapely.area(known.geometries[known.query(lake, predicate="covered_by")]) > 2 * lake.area
    return bool(lake.intersects(CHANGED) or grown.any())


def fallen(lake: shapely.Geometry) -> shapely.Geometry:
    """Return Lake Sevan at its present level, and any other lake as it is."""
    return lake.buffer(-SEVAN_RETREAT_DEGREES) if lake.contains(SEVAN) else lake


def moved(lake: shapely.Geometry, known: shapely.STRtree) -> shapely.Geometry:
    """Return a lake shifted to where its shore lies nearest to the known one, or as it is when they are not alike.

    Each step goes by the median way from the lake's vertices to the known shore (iterative closest point), so that
    blocks and bays which one of them lacks do not count.
    """
    about = shapely.box(*lake.buffer(3 * NEAR_DEGREES).bounds)
    water = shapely.intersection(known.geometries[known.query(lake, predicate="intersects")], about)
    if not water.size:
        return lake
    water = shapely.union_all(water)
    shore = shapely.boundary(water)
    shapely.prepare(shore)
    vertices = shapely.get_coordinates(shapely.segmentize(lake.exterior.simplify(ROUGH_DEGREES), 4 * ROUGH_DEGREES))
    shift = np.zeros(2)
    for _ in range(STEPS):
        ways = shapely.get_coordinates(shapely.shortest_line(shapely.points(vertices + shift), shore))
        shift += np.median(ways[1::2] - ways[::2], axis=0)
    there = shapely.transform(lake, lambda points: points + shift)
    better = likeness(lake, water) < likeness(there, water) >= LIKE
    return there if better and np.abs(shift).max() <= NEAR_DEGREES else lake


def likeness(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return the part of their union that two shapes have in common."""
    return shapely.area(shapely.intersection(one, other)) / shapely.area(shapely.union(one, other))


def smoothed(lakes: Shapes) -> Shapes:
    """Return lakes without the narrow gaps and spikes of blocks, corners rounded."""
    closed = shapely.union_all(shapely.buffer(lakes, CLOSED_DEGREES))
    opened = shapely.buffer(shapely.buffer(closed, -CLOSED_DEGREES - OPENED_DEGREES), OPENED_DEGREES)
    return shapely.get_parts(opened)


def least_km2(lakes: Shapes, detailed: float) -> npt.NDArray[np.float64]:
    """Return the least area of each lake that is kept: `detailed` around the Caucasus."""
    return np.where(shapely.intersects(lakes, DETAILED), detailed, LEAST_KM2)


def square_km(shapes: Shapes) -> npt.NDArray[np.float64]:
    """Return the areas of shapes, roughly."""
    return shapely.area(shapes) * 111.2**2 * np.cos(np.radians(shapely.get_y(shapely.centroid(shapes))))
