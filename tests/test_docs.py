"""Run every example of the README, in its order, in one empty folder.

A `console` block holds commands after "$ " (a here-document runs on to its end) and what they print, where it is shown;
"..." stands for any text. A `python` block is a script. A `sh` block takes minutes or asks the network, and is not run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from geomap import default_borders, shipped
from geomap.gazetteer import Gazetteer
from geomap.geodesy import LineIndex

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HERE_DOCUMENT = re.compile(r"<<'(\w+)'")
NOT_RUN = {"", "sh"}


@dataclass(frozen=True)
class Step:
    """One command or script of the README, the line it stands on, and what it is said to print."""

    line: int
    command: list[str]
    prints: str = ""


def steps(text: str) -> Iterator[Step]:
    """Yield the steps of a text's blocks, in order."""
    for block in BLOCK.finditer(text):
        language, content = block.groups()
        line = text.count("\n", 0, block.start(2)) + 1
        if language == "console":
            yield from console_steps(content, line)
        elif language == "python":
            yield Step(line, [sys.executable, "-W", "error", "-c", content])
        else:
            assert language in NOT_RUN, f"line {line}: a block of {language!r} is not checked"


def console_steps(content: str, first: int) -> Iterator[Step]:
    """Yield the commands of a console block, each with the lines printed below it."""
    lines = iter(enumerate(content.splitlines(), start=first))
    found: list[tuple[int, str, list[str]]] = []
    for number, line in lines:
        if not line.startswith("$ "):
            assert found, f"line {number}: output before any command"
            found[-1][2].append(line)
            continue
        command = line.removeprefix("$ ")
        if end := HERE_DOCUMENT.search(line):
            for _, more in lines:
                command += f"\n{more}"
                if more == end.group(1):
                    break
        found.append((number, command, []))
    yield from (Step(number, ["bash", "-euc", command], "\n".join(printed)) for number, command, printed in found)


def shows(printed: str, shown: str) -> bool:
    """Tell whether what a command printed is what the README shows; "..." stands for any text."""
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def run(step: Step, folder: Path) -> str:
    """Run a step as a reader would, with the geomap under test; return both outputs."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        step.command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"README.md, line {step.line}:\n{done.stdout}"
    return done.stdout


@pytest.mark.slow
def test_every_example_of_the_readme_runs(tmp_path: Path) -> None:
    found = list(steps(README.read_text("utf-8")))
    assert len(found) > 5
    for step in found:
        printed = run(step, tmp_path)
        if step.prints:
            assert shows(printed, step.prints), f"README.md, line {step.line}, printed:\n{printed}"


def test_files_that_the_readme_points_to_exist() -> None:
    text = README.read_text("utf-8")
    named = re.findall(r"\]\(([^):]+)\)|`((?:geomap|tests|data|seeds|notebooks)/[\w./-]*|[A-Z]+(?:\.md)?)`", text)
    paths = [link or name for link, name in named]
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_readme_counts_the_places_as_they_are() -> None:
    text = README.read_text("utf-8")
    gazetteer = Gazetteer.default()
    assert counted(r"some ([\d,]+) places", text) == pytest.approx(sum(1 for _ in gazetteer.places), rel=0.01)
    table = shipped.data("gazetteer", "curated", "places.csv").read_text("utf-8")
    places = [gazetteer.get(line.partition(",")[0]) for line in table.splitlines()[1:]]
    found = [place for place in places if place is not None]
    assert counted(r"curated places: some (\d+)", text) == pytest.approx(len(places), rel=0.01)
    borders = default_borders()
    line = borders[(borders["role"] == "line") & (borders["side_a"] == "AM") & (borders["side_b"] == "AZ")]
    near = LineIndex(line.geometry).nearest([place.lon for place in found], [place.lat for place in found])
    assert counted(r"about (\d+) within 30 km", text) == pytest.approx(sum(near.distance_m <= 30_000), rel=0.01)


def counted(pattern: str, text: str) -> int:
    """Return the one number that a text states so."""
    (number,) = re.findall(pattern, text)
    return int(number.replace(",", ""))


def test_the_runner_runs_what_it_should(tmp_path: Path) -> None:
    console = "```console\n$ cat > a.txt <<'END'\none\nEND\n$ cat a.txt\no...\n```\n"
    text = f"{console}```sh\nexit 9\n```\n```python\n1 / 0\n```\n"
    write, read, divide = steps(text)
    assert run(write, tmp_path) == ""
    assert shows(run(read, tmp_path), read.prints)
    assert not shows("two", read.prints)
    with pytest.raises(AssertionError, match="line 12"):
        run(divide, tmp_path)
