"""Print what geomap costs against its budgets, and as ratios against other tools on the same file in the same run.

Exits with 1 when a budget is broken. Larger files are taken from the folder that GEOMAP_SAMPLES names.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from measure import best, cost
from peers import PEERS

GEOMAP = [sys.executable, "-m", "geomap"]
SYRIA = "incidents/ucdp_ged_syria_2016_2019.csv.gz"
CAR = "incidents/ucdp_ged231_car_49col.csv"
LINKED = re.compile(rb"""(?:src|href)\s*=\s*["']?https?://[^"'\s>]+\.(?:js|css)""")


class Measure(NamedTuple):
    """One figure beside its budget."""

    what: str
    value: float
    limit: float
    unit: str

    def __str__(self) -> str:
        verdict = "ok" if self.value <= self.limit else "TOO MUCH"
        return f"{self.what:<42} {self.value:9.2f} {self.unit:<3} of {self.limit:g} {self.unit:<3} {verdict}"


def budgets(folder: Path, samples: Path | None) -> Iterator[Measure]:
    """Measure what geomap promises of itself."""
    yield Measure("geomap --help, CPU", best(*GEOMAP, "--help", folder=folder, runs=5).cpu_s, 0.3, "s")
    seed = best(*GEOMAP, "build", "-o", "seed.html", folder=folder, runs=3)
    yield Measure("the sample's map, CPU", seed.cpu_s, 4, "s")
    yield Measure("the sample's map, size", size_kb(folder / "seed.html"), 450, "kB")
    if samples:
        syria = cost(*GEOMAP, "build", str(samples / SYRIA), "-o", "syria.html", folder=folder)
        yield Measure("16,566 rows of UCDP GED, elapsed", syria.elapsed_s, 12, "s")
        yield Measure("16,566 rows of UCDP GED, memory", syria.memory_mb, 700, "MB")
        yield Measure("16,566 rows of UCDP GED, map's size", size_kb(folder / "syria.html"), 2500, "kB")


def comparison(folder: Path, source: Path) -> Iterator[str]:
    """Compare the map of one file with what other tools make of it."""
    ours = best(*GEOMAP, "build", str(source), "-o", "geomap.html", folder=folder, runs=2)
    ours_kb = size_kb(folder / "geomap.html")
    yield f"{'tool':<10} {'CPU':>8} {'ratio':>7} {'size':>10} {'ratio':>7}  files it needs from other hosts"
    yield table_row("geomap", ours.cpu_s, 1, folder / "geomap.html", 1)
    script = str(Path(__file__).with_name("peers.py"))
    for tool in PEERS:
        page = folder / f"{tool}.html"
        theirs = best(sys.executable, script, tool, str(source), str(page), folder=folder, runs=2)
        yield table_row(tool, theirs.cpu_s, ours.cpu_s / theirs.cpu_s, page, ours_kb / size_kb(page))


def table_row(tool: str, cpu_s: float, cpu_ratio: float, page: Path, size_ratio: float) -> str:
    """Format one line of the comparison."""
    return f"{tool:<10} {cpu_s:6.2f} s {cpu_ratio:7.2f} {size_kb(page):7.0f} kB {size_ratio:7.2f}  {linked(page)}"


def size_kb(path: Path) -> float:
    """Return a file's size in kB of 1,000 bytes."""
    return path.stat().st_size / 1000


def linked(path: Path) -> int:
    """Count the scripts and style sheets that a page loads from elsewhere."""
    return len(set(LINKED.findall(path.read_bytes())))


def main() -> int:
    """Print all figures; return 1 when a budget is broken."""
    named = os.environ.get("GEOMAP_SAMPLES")
    samples = Path(named).resolve() if named else None
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs")
    with TemporaryDirectory() as folder:
        found = []
        for measure in budgets(Path(folder), samples):
            print(measure, flush=True)
            found.append(measure)
        if samples:
            print("\n1,848 rows of UCDP GED, ratios geomap : tool (below 1, geomap takes less)")
            for line in comparison(Path(folder), samples / CAR):
                print(line, flush=True)
        else:
            print("GEOMAP_SAMPLES names no folder of sample data: the larger files are left out")
    return int(any(measure.value > measure.limit for measure in found))


if __name__ == "__main__":
    sys.exit(main())
