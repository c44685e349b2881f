"""What the joins are measured with: real lines and areas, and points made from them, the same in every run."""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]

NEAR_DEGREES = 0.5
"""Standard deviation of the distance of a point from the vertex that it was made near."""


@cache
def units() -> list[BaseGeometry]:
    """Return the first-level units of the world."""
    from geomap.borders.units import Units

    world = Units()
    return [world.polygon(number) for number in range(len(world.rows))]


@cache
def edges() -> list[BaseGeometry]:
    """Return the edges of the first-level units of the world, coasts among them: a fine layer of lines."""
    from geomap.borders.units import Units

    arcs = Units().arcs
    return [shapely.LineString(arcs[number]) for number in range(len(arcs))]


@cache
def lines() -> list[BaseGeometry]:
    """Return the border lines that incidents are measured to, then made ones at the antimeridian and at the poles."""
    from geomap.borders import default_borders

    borders = default_borders()
    return [*borders.geometry[borders["role"] == "line"], *made_lines()]


def made_lines() -> list[BaseGeometry]:
    """Return lines where degrees mislead: along and across the antimeridian, around a pole and through it."""
    around = np.column_stack([np.arange(-180, 181, 10), np.full(37, 89.5)])
    return [
        shapely.LineString([(180, -60), (180, -50)]),
        shapely.MultiLineString([[(179, -40), (180, -39.5)], [(-180, -39.5), (-179, -39)]]),
        shapely.LineString(around),
        shapely.LineString([(30, -85), (30, -90), (150, -88)]),
    ]


def uniform(count: int, seed: int) -> Floats:
    """Return points spread evenly over the globe, shape (count, 2)."""
    random = np.random.default_rng(seed)
    return np.column_stack([random.uniform(-180, 180, count), np.degrees(np.arcsin(random.uniform(-1, 1, count)))])


def near(shapes: list[BaseGeometry], count: int, seed: int, spread: float = NEAR_DEGREES) -> Floats:
    """Return points scattered about the vertices of shapes; one that overshoots a pole lies beyond it."""
    random = np.random.default_rng(seed)
    corners = shapely.get_coordinates(shapes)
    points = corners[random.integers(0, len(corners), count)] + random.normal(0, spread, (count, 2))
    over = np.abs(points[:, 1]) > 90
    points[over, 0] += 180
    points[over, 1] = np.sign(points[over, 1]) * 180 - points[over, 1]
    return np.column_stack([(points[:, 0] + 180) % 360 - 180, points[:, 1]])


def incidents(shapes: list[BaseGeometry], count: int, seed: int = 1) -> Floats:
    """Return seven points in ten near the vertices of shapes and the others anywhere, in a random order."""
    close = count * 7 // 10
    points = np.concatenate([near(shapes, close, seed), uniform(count - close, seed + 1)])
    return np.random.default_rng(seed).permutation(points)


def adversarial(shapes: list[BaseGeometry], count: int, seed: int = 2) -> Floats:
    """Return points where rounding decides: on vertices and edges, a hair off both, level with vertices, at the rim.

    Shared borders have vertices and edges of two units, so most of the points lie on such. A hair is one unit in the
    last place of a coordinate.
    """
    random = np.random.default_rng(seed)
    some = -(-count // 8)
    start, end = _edges(shapes, random, some)
    on = start + random.uniform(0, 1, (some, 1)) * (end - start)
    level = np.where(random.integers(0, 2, (some, 1)), [1.0, 0.0], [0.0, 1.0]) * random.normal(0, 0.1, (some, 1))
    rim, poles = uniform(some, seed), uniform(some, seed + 1)
    rim[:, 0] = random.choice([-180, 180, np.nextafter(-180, 0), np.nextafter(180, 0)], some)
    poles[:, 1] = random.choice([-90, 90, np.nextafter(-90, 0), np.nextafter(90, 0)], some)
    middles = (start + end) / 2
    kinds = [start, _hair(start, random), on, _hair(on, random), middles, start + level, rim, poles]
    return np.concatenate(kinds)[:count].clip([-180, -90], [180, 90])


def special(shapes: list[BaseGeometry], count: int, seed: int = 3) -> Floats:
    """Return points for the nearest line: on edges and shared nodes, near, at the antimeridian, at the poles, far."""
    random = np.random.default_rng(seed)
    some = count // 10
    start, end = _edges(shapes, random, some)
    ends = shapely.get_coordinates(shapely.boundary([line for line in shapes if not line.is_empty]))
    rim, caps = uniform(some, seed), uniform(some, seed + 1)
    rim[:, 0] = random.choice([-180, 180, -179.99, 179.99], some)
    caps[:, 1] = random.choice([-90, -89.9, 89.4, 89.6], some)
    caps[:5, 1] = 90
    kinds = [
        start + random.uniform(0, 1, (some, 1)) * (end - start),
        ends[random.integers(0, len(ends), some)],
        rim,
        caps,
        near(made_lines(), some, seed),
        uniform(some, seed + 2),
        near(shapes, count - 7 * some, seed, 0.1),
        near(shapes, some, seed, 1e-4),
    ]
    return np.concatenate(kinds)


def _edges(shapes: list[BaseGeometry], random: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    """Return the ends of some edges."""
    corner, shape = shapely.get_coordinates(shapely.get_parts(shapes), return_index=True)
    joined = np.flatnonzero((shape[1:] == shape[:-1]) & (np.abs(np.diff(corner[:, 0])) < 90))
    which = random.choice(joined, count)
    return corner[which], corner[which + 1]


def _hair(points: Floats, random: np.random.Generator) -> Floats:
    """Move each coordinate by one unit in the last place, either way or not at all."""
    towards = random.choice([-np.inf, 0, np.inf], points.shape)
    return np.where(towards == 0, points, np.nextafter(points, towards))
