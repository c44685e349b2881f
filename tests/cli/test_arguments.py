"""The examples that --help shows, run one after another in one folder."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from cli.conftest import Run

COMMANDS = (
    ("build",),
    ("new",),
    ("check",),
    ("stats",),
    ("locate",),
    ("gazetteer", "build"),
    ("gazetteer", "info"),
    ("image",),
    ("verify",),
)
INCIDENTS = "id,report_id,start,relation,place_text,lon,lat,kind\na,r1,2022-09-13,at,Goris,46.34168,39.51111,clash\n"
# Two rows in the form of GeoNames' country files: 19 columns, tab-separated (download.geonames.org, readme.txt).
AM = "174895\tGoris\tGoris\t\t39.51111\t46.34168\tP\tPPLA\tAM\t\t08\t\t\t\t20379\t\t1370\tAsia/Yerevan\t2022-09-01\n"
AZ = "147625\tLachin\tLachin\t\t39.63742\t46.54977\tP\tPPLA\tAZ\t\t29\t\t\t\t1500\t\t955\tAsia/Baku\t2022-09-01\n"
NAMES = "1\t174895\thy\tԳորիս\t1\t\t\t\t\t\n"


def _examples(run: Run, command: tuple[str, ...]) -> list[str]:
    _, after = run(*command, "--help").out.split("\nexample:\n")
    return [line.strip() for line in after.split("\n\n")[0].splitlines()]


@pytest.mark.slow
def test_every_command_shows_examples_that_run(run: Run) -> None:
    files = {
        "incidents.csv": INCIDENTS, "reports.csv": "place,country,region\nGoris,Armenia,Syunik\n",
        "geomap.toml": 'countries = ["AM"]\n', "villages.csv": "name,lon,lat\nOld Mill,45.6,39.7\n",
        "AM.txt": AM, "AZ.txt": AZ, "alternateNamesV2.txt": NAMES,
    }  # fmt: skip
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    for command in COMMANDS:
        examples = _examples(run, command)
        assert examples
        for example in examples:
            words = shlex.split(example)
            assert tuple(words[1 : 1 + len(command)]) == command
            ran = run(*words[1:])
            assert ran.status == 0, f"{example}: {ran.err}"
    assert Path("located.csv").read_text("utf-8").count("gn:174895") == 1
    assert "Istisu" in Path("places.lock").read_text("utf-8")


def test_the_first_line_of_every_help_says_what_a_command_does(run: Run) -> None:
    listed = run("--help").out
    assert all(command[0] in listed for command in COMMANDS)


def test_the_help_says_what_the_world_needs_and_where_it_is_kept(run: Run) -> None:
    told = " ".join(run("locate", "--help").out.split())
    assert "--gazetteer world" in told
    assert "pip install 'geomap[world]'" in told
    assert "the folder that GEOMAP_CACHE names" in told
