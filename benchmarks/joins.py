"""Print what the joins cost against their budgets and beside other tools: python joins.py [SECTION...] [--runs 3].

Sections: areas (which units hold a million points, and geopandas.sjoin), nearest (the nearest line, and nearest in
degrees with a geodesic afterwards; errors against two oracles), join (join_borders as a whole), scale (ten million
points). Each step runs in processes of its own and the median counts. Exits with 1 when a budget is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import shapely
from gazetteer import Budget, processor, version
from numpy.typing import NDArray
from positions import adversarial, edges, incidents, lines, special, units
from shapely.geometry.base import BaseGeometry

from geomap.geodesy import AreaIndex, LineIndex

MILLION = 1_000_000
ADVERSARIAL, CHECKED, MANY = 100_000, 5_000, 10 * MILLION
CHUNK = MILLION // 2
UNITS, BORDERS = "edges of units", "border lines"
Figures = dict[str, float]
Floats = NDArray[np.float64]


@contextmanager
def timed(found: Figures, what: str) -> Iterator[None]:
    """Note the seconds that something takes: CPU as `what`, elapsed as `what elapsed`."""
    began, spent = time.perf_counter(), time.process_time()
    yield
    found[what], found[f"{what} elapsed"] = time.process_time() - spent, time.perf_counter() - began


# ---------------------------------------------------------------- steps, each run in a process of its own


def holders(count: int) -> Figures:
    """Find the units that hold points: build the index, ask it, save it, load it, ask again."""
    areas, points, found = units(), incidents(units(), count), Figures()
    with timed(found, "build"):
        index = AreaIndex(areas)
    with timed(found, "query"):
        held = index.holders(*points.T)
    found["pairs"] = len(held.point)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        with timed(found, "save"):
            index.save(path)
        found["index MB"] = path.stat().st_size / 1e6
        with timed(found, "load"):
            index = AreaIndex.load(path, areas)
    with timed(found, "warm query"):
        index.holders(*points.T)
    return found


def sjoin(count: int) -> Figures:
    """Do the same with geopandas: the tables are made before, spatial indexes within."""
    points, areas = (_frame(shapes) for shapes in (shapely.points(incidents(units(), count)), units()))
    found = Figures()
    with timed(found, "query"):
        found["pairs"] = len(gpd.sjoin(points, areas, predicate="intersects"))
    return found


def differing(count: int) -> Figures:
    """Count the rows that differ from geopandas', of usual points and of adversarial ones."""
    areas, index, found = units(), AreaIndex(units()), Figures()
    for what, points in (
        ("usual", incidents(areas, count)),
        ("adversarial", adversarial(areas, ADVERSARIAL)),
    ):
        held = index.holders(*points.T)
        theirs = gpd.sjoin(_frame(shapely.points(points)), _frame(areas), predicate="intersects")["index_right"]
        pairs = [each[0] * len(areas) + each[1] for each in (held, (theirs.index.to_numpy(), theirs.to_numpy()))]
        found[f"{what} rows"], found[f"{what} differing"] = len(points), len(np.setxor1d(*pairs))
        found[f"{what} pairs"] = len(pairs[0])
    return found


def nearest(count: int) -> Figures:
    """Find the nearest line of points, of the edges of units and of the border lines: build the index, then ask it."""
    found = Figures()
    for layer, shapes in _layers():
        points = incidents(shapes, count)
        with timed(found, f"{layer} build"):
            index = LineIndex(shapes)
        with timed(found, f"{layer} query"):
            found[f"{layer} pairs"] = len(index.nearest(*points.T).point)
    return found


def in_degrees(count: int) -> Figures:
    """Do what is usual: the nearest in degrees, the foot in degrees, then one geodesic."""
    found = Figures()
    for layer, shapes in _layers():
        points = incidents(shapes, count)
        with timed(found, f"{layer} build"):
            tree = shapely.STRtree(shapes)
        with timed(found, f"{layer} query"):
            found[f"{layer} pairs"] = len(_in_degrees(np.array(shapes, dtype=object), tree, points)[0])
    return found


def errors(count: int) -> Figures:
    """Compare distances with the oracles', in metres; says why there is no PostGIS where there is none."""
    from geodesics import Oracle

    shapes, points = lines(), special(lines(), count)
    oracle, found = Oracle(shapes), Figures()
    with timed(found, "GeographicLib"):
        expected = oracle.distances(points)
    held = LineIndex(shapes).nearest(*points.T)
    ours = held.distance_m[np.searchsorted(held.point, np.arange(count))]
    tree = shapely.STRtree(np.array(shapes, dtype=object))
    theirs = np.full(count, np.inf)
    np.minimum.at(theirs, *_in_degrees(np.array(shapes, dtype=object), tree, points))
    found |= {"pieces": len(oracle.pieces.start), "error m": float(np.abs(ours - expected).max())}
    off = np.abs(theirs - expected)
    found |= {"degrees median m": float(np.median(off)), "degrees 95 % m": float(np.quantile(off, 0.95))}
    return found | _by_postgis(oracle, points, ours, expected)


def join(count: int) -> Figures:
    """Join a table of points with the borders that geomap ships."""
    import geomap

    borders, found = geomap.default_borders(), Figures()
    table = _frame(shapely.points(incidents(lines(), count)))
    with timed(found, "join"):
        geomap.join_borders(table, borders)
    return found


def scale(count: int) -> Figures:
    """Find units and nearest lines in chunks; what the memory was before and at its highest."""
    found = Figures(pairs=0)
    with timed(found, "build"):
        areas, borders = AreaIndex(units()), LineIndex(lines())
    found["memory before MB"] = _memory_mb()
    with timed(found, "query"):
        for number in range(count // CHUNK):
            points = incidents(lines(), CHUNK, seed=100 + number)
            found["pairs"] += len(areas.holders(*points.T).point) + len(borders.nearest(*points.T).point)
            found.setdefault("memory after one chunk MB", _memory_mb())
    return found


STEPS: dict[str, Callable[[int], Figures]] = {
    step.__name__: step for step in (holders, sjoin, differing, nearest, in_degrees, errors, join, scale)
}


def _layers() -> Iterator[tuple[str, list[BaseGeometry]]]:
    yield UNITS, edges()
    yield BORDERS, lines()


def _frame(shapes: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=np.array(shapes, dtype=object), crs=4326)


def _in_degrees(shapes: NDArray[np.object_], tree: shapely.STRtree, points: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return points and their distances to the lines that are nearest in degrees, ties included."""
    from pyproj import Geod

    spots = shapely.points(points)
    point, line = tree.query_nearest(spots)
    way = shapely.get_coordinates(shapely.shortest_line(spots[point], shapes[line])).reshape(-1, 4)
    return point, np.asarray(Geod(ellps="WGS84").inv(*way.T)[2])


def _by_postgis(oracle: object, points: Floats, ours: Floats, expected: Floats) -> Figures:
    import postgis

    try:
        with postgis.server() as folder:
            print(f"PostgreSQL {postgis.version(folder)}", file=sys.stderr)
            theirs, spent = postgis.distances(folder, oracle, points)
    except postgis.AbsentError as error:
        if os.environ.get("CI"):
            raise
        print(f"without PostGIS: {error}", file=sys.stderr)
        return {}
    return {
        "PostGIS": spent,
        "PostGIS error m": float(np.abs(ours - theirs).max()),
        "PostGIS and GeographicLib m": float(np.abs(expected - theirs).max()),
    }


def _memory_mb() -> float:
    unit = MILLION if sys.platform == "darwin" else 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


# ---------------------------------------------------------------- sections


def run(step: str, count: int, times: int) -> Figures:
    """Run a step several times and return the median of each figure; prints them, and what the step says."""
    program, found = [sys.executable, __file__, "--step", step, str(count)], []
    for number in range(times):
        done = subprocess.run(
            program, check=True, stdout=subprocess.PIPE, stderr=None if number == 0 else subprocess.DEVNULL
        )
        found.append(json.loads(done.stdout))
    medians = {name: median(each[name] for each in found) for name in found[0]}
    told = ", ".join(f"{name} {value:,.4g}" for name, value in medians.items())
    print(f"  {step} {count:,}: {told}; {load()}", flush=True)
    return medians


def areas_section(times: int) -> Iterator[Budget]:
    """Compare containment with geopandas.sjoin."""
    ours, theirs = run("holders", MILLION, times), run("sjoin", MILLION, times)
    cold = ours["build"] + ours["query"]
    what = f"{MILLION:,} points, {len(units()):,} units"
    yield Budget(f"{what}: sjoin / ours, cold", theirs["query"] / cold, 1, "x", most=False)
    yield Budget(f"{what}: sjoin / ours, warm", theirs["query"] / ours["warm query"], 10, "x", most=False)
    found = run("differing", MILLION, 1)
    for kind in ("usual", "adversarial"):
        yield Budget(f"rows differing of {found[f'{kind} rows']:,.0f} {kind} points", found[f"{kind} differing"], 0, "")


def nearest_section(times: int) -> Iterator[Budget]:
    """Compare the nearest line with the nearest in degrees, and distances with the oracles'."""
    for count in (MILLION // 10, MILLION):
        ours, theirs = run("nearest", count, times), run("in_degrees", count, times)
        for layer in (UNITS, BORDERS):
            ratio, cpu = (theirs[f"{layer} {what}"] / ours[f"{layer} {what}"] for what in ("query elapsed", "query"))
            print(f"  {layer}: {cpu:.1f} times in CPU time; ours answers portions at once on several processors")
            yield Budget(f"nearest of {count:,} points, {layer}: in degrees / ours", ratio, 5, "x", most=False)
    found = run("errors", CHECKED, 1)
    yield Budget(f"nearest line of {CHECKED:,} points: error, GeographicLib", found["error m"], 0.01, "m")
    if "PostGIS error m" in found:
        yield Budget(f"nearest line of {CHECKED:,} points: error, PostGIS", found["PostGIS error m"], 0.01, "m")


def join_section(times: int) -> Iterator[Budget]:
    """Measure join_borders; it has no budget of its own."""
    for count in (MILLION // 10, MILLION):
        run("join", count, times)
    yield from ()


def scale_section(times: int) -> Iterator[Budget]:
    """Measure ten million points."""
    found = run("scale", MANY, min(times, 1))
    yield Budget(
        f"{MANY:,} points, units and lines, elapsed", found["build elapsed"] + found["query elapsed"], 300, "s"
    )
    yield Budget(f"{MANY:,} points, units and lines, memory", found["memory MB"], 4_000, "MB")


SECTIONS: dict[str, Callable[[int], Iterator[Budget]]] = {
    "areas": areas_section,
    "nearest": nearest_section,
    "join": join_section,
    "scale": scale_section,
}


def about() -> str:
    """Return the machine and the versions."""
    names = ("geomap", "geopandas", "shapely", "numpy", "pyproj", "geographiclib")
    listed = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {processor()}, "
        f"{os.cpu_count()} CPUs, {load()}\nGEOS {shapely.geos_version_string}, {listed}"
    )


def load() -> str:
    """Return the load averages of the last 1, 5 and 15 minutes."""
    return "load " + " ".join(f"{each:.1f}" for each in os.getloadavg())


def main() -> int:
    """Run one step and print its figures as JSON, or sections; return 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--runs", type=int, default=3, help="processes a step, of which the median counts")
    parser.add_argument("--step", nargs=2, metavar=("STEP", "COUNT"), help="run one step in this process")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # a server that was started is stopped on the way out
    if options.step:
        step, count = options.step
        print(json.dumps(STEPS[step](int(count)) | {"memory MB": _memory_mb()}))
        return 0
    if unknown := set(options.sections) - SECTIONS.keys():
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    print(about())
    found = []
    for name in options.sections or SECTIONS:
        for budget in SECTIONS[name](options.runs):
            print(budget, flush=True)
            found.append(budget)
    return int(not all(budget.kept for budget in found))


if __name__ == "__main__":
    sys.exit(main())
