"""The command line on bad input: one clear line, the exit status of the design, the old map untouched."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path

import pytest
from cli.conftest import Run

from geomap.sources import DEFAULT, Limits

GOOD = "id,report_id,start,relation,place_text,lon,lat,kind\na,r1,2022-09-13,at,Goris,46.34168,39.51111,clash\n"


def _rows(*lines: str) -> str:
    return GOOD + "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        ("folder", "folder"),
        (b"", "empty"),
        (b"\x00\x01\x02\xff" * 200, "binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_status_1(run: Run, content: bytes | str | None, said: str) -> None:
    Path("map.html").write_bytes(b"the old map")
    if isinstance(content, bytes):
        Path("bad.csv").write_bytes(content)
    elif content:
        Path("bad.csv").mkdir()
    ran = run("build", "bad.csv")
    assert ran.status == 1
    assert said in ran.err.lower()
    assert "bad.csv" in ran.err
    assert ran.err.count("\n") == 1
    assert Path("map.html").read_bytes() == b"the old map"


def test_a_header_alone_is_no_map(run: Run) -> None:
    Path("head.csv").write_text(GOOD.splitlines()[0] + "\n")
    ran = run("build", "head.csv")
    assert ran.status == 1
    assert "head.csv" in ran.err
    assert not Path("map.html").exists()


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("b,r2,2022-09-13,at,X,46.3,91,clash", "lat", "91"),
        ("b,r2,2022-09-13,at,Goris,39.5,146.3,clash", "lat", "swapped"),
        ("b,r2,2022-09-13,at,X,0,0,clash", "l", "0"),
        ("b,r2,2022-09-13,at,X,NaN,39.5,clash", "lon", "NaN"),
        ("b,r2,2022-09-13,at,X", None, "5"),
    ],
)
def test_one_broken_row_among_good_ones_is_set_aside_with_its_number(
    run: Run, row: str, column: str | None, said: str
) -> None:
    Path("some.csv").write_text(_rows(row, "c,r3,2022-09-14,at,Goris,46.34168,39.51111,clash"))
    ran = run("build", "some.csv", "--report", "report.json")
    assert ran.status == 0
    report = json.loads(Path("report.json").read_text())
    assert (report["rows"], report["read"], report["placed"]) == (3, 2, 2)
    (entry,) = report["set_aside"]
    assert (entry["file"], entry["row"]) == ("some.csv", 3)
    assert any(said in json.dumps(fault) and (column or "") in (fault["column"] or "") for fault in entry["faults"])
    assert "row 3" in ran.err


def test_strict_writes_no_map(run: Run) -> None:
    Path("some.csv").write_text(_rows("b,r2,2022-09-13,at,X,46.3,91,clash"))
    Path("map.html").write_bytes(b"the old map")
    assert run("build", "some.csv", "--strict", "--report", "report.json").status == 3
    assert Path("map.html").read_bytes() == b"the old map"
    assert json.loads(Path("report.json").read_text())["set_aside"]


def test_an_unknown_place_is_listed_not_guessed(run: Run) -> None:
    Path("some.csv").write_text(_rows("b,r2,2022-09-13,at,Zzyzx,,,clash"))
    ran = run("build", "some.csv", "--report", "-")
    assert ran.status == 0
    report = json.loads(ran.out)
    assert [(entry["id"], entry["place"]) for entry in report["unplaced"]] == [("b", "Zzyzx")]
    assert report["rows"] == report["placed"] + len(report["unplaced"]) == 2


def test_a_claim_for_an_incident_that_is_not_there_is_told(run: Run) -> None:
    Path("some.csv").write_text(GOOD)
    Path("some.claims.csv").write_text("claim_id,scope,place_ref,claimant,stance\nc1,place,nobody,A ministry,asserts\n")
    ran = run("check", "some.csv", "--json")
    assert ran.status == 0
    assert "nobody" in ran.out


def test_what_the_system_refuses_is_one_plain_line(run: Run) -> None:
    Path("some.csv").write_text(GOOD)
    ran = run("build", "some.csv", "-o", "x" * 300 + ".html")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "File name too long" in ran.err
    assert "internal error" not in ran.err


def test_outputs_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    Path("some.csv").write_text(GOOD)
    for output, said in [
        ("none/map.html", "folder does not exist"),
        ("some.csv", "is one of the inputs"),
        (".", "is a folder"),
    ]:
        ran = run("build", "some.csv", "-o", output)
        assert ran.status == 1
        assert said in ran.err
        assert ran.err.count("\n") == 1
    assert Path("some.csv").read_text() == GOOD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(run: Run) -> None:
    Path("some.csv").write_text(GOOD)
    Path("locked").mkdir(mode=0o500)
    ran = run("build", "some.csv", "-o", "locked/map.html")
    assert ran.status == 1
    assert "permission denied" in ran.err


def test_an_unknown_key_names_the_nearest(run: Run) -> None:
    Path("geomap.toml").write_text('titel = "A"\n')
    ran = run("build")
    assert ran.status == 1
    assert "did you mean 'title'?" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["biuld"], ["build", "--colour", "red"], ["locate", "--near", "x"], ["locate", "--near", "40.2,145.9"], []],
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).status == 2


def test_a_limit_is_stated_changed_and_kept(run: Run) -> None:
    Path("some.csv").write_text(GOOD)
    stated = set(run("build", "--help").out.split())
    assert {f"{limit.name}={getattr(DEFAULT, limit.name)}" for limit in fields(Limits)} <= {
        word.rstrip(".") for word in stated
    }
    assert run("check", "some.csv", "--limit", "rows=1").status == 0
    refused = run("check", "some.csv", "--limit", "rows=0")
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "more than 0 rows" in refused.err
    assert "names: file_bytes" in run("check", "some.csv", "--limit", "colour=3").err


def test_new_makes_a_project_that_builds(run: Run) -> None:
    assert run("new", "mine").status == 0
    ran = run("build", "--project", "mine/geomap.toml", "-o", "mine.html")
    assert ran.status == 0, ran.err
    assert run("new", "mine").status == 1
    assert run("verify", "mine.html").status == 0


def test_control_characters_do_not_reach_the_terminal(run: Run) -> None:
    Path("some.csv").write_text(_rows("b,r2,2022-09-13,at,\x1b[31mred\u202e,,,clash"))
    ran = run("build", "some.csv")
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    assert "<U+001B>" in ran.err
