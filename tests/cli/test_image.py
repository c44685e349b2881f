"""`geomap image` and the stills of `geomap build`: the same picture, the same bytes, and only of whole maps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from cli.conftest import Run

ROWS = "id,report_id,start,relation,place_text,lon,lat,kind\na,r1,2022-09-13,at,Goris,46.34168,39.51111,clash\n"
FORMS = ("png", "svg", "pdf")


@pytest.fixture(autouse=True)
def built(run: Run) -> None:
    Path("rows.csv").write_text(ROWS)
    stills = [word for form in FORMS for word in (f"--{form}", f"built.{form}")]
    assert run("build", "rows.csv", "-o", "map.html", *stills).status == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_map_gives_the_still_that_its_build_gave(run: Run, form: str) -> None:
    ran = run("image", "map.html", "-o", f"again.{form}")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"wrote again.{form}\n"
    assert Path(f"again.{form}").read_bytes() == Path(f"built.{form}").read_bytes()


def test_the_svg_is_a_file_of_its_own_that_says_its_title(run: Run) -> None:
    root = ET.fromstring(Path("built.svg").read_text("utf-8"))  # noqa: S314 (our own)
    words = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert words["title"] == "Incidents"
    assert any("Goris" in (element.text or "") for element in root.iter())


def test_the_pdf_is_one_page_with_its_fonts_and_no_date(run: Run) -> None:
    content = Path("built.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", content)) == 1
    assert b"/FontFile2" in content
    assert b"CreationDate" not in content
    assert b"Matplotlib" not in content


def test_only_a_whole_map_is_drawn(run: Run) -> None:
    page = Path("map.html").read_bytes()
    Path("changed.html").write_bytes(page.replace(b"<title>Incidents", b"<title>incidents"))
    Path("other.html").write_bytes(b"<html></html>")
    Path("cut.html").write_bytes(page[: len(page) // 2])
    for name, said in (
        ("changed.html", "was changed since it was written"),
        ("other.html", "carries no scene"),
        ("cut.html", "was changed since it was written"),
        ("absent.html", "cannot be read"),
    ):
        ran = run("image", name, "-o", "still.png")
        assert ran.status == 1, name
        assert f"{name}: " in ran.err
        assert said in ran.err
        assert len(ran.err.splitlines()) <= 2
    assert not Path("still.png").exists()


def test_another_suffix_is_wrong_usage(run: Run) -> None:
    ran = run("image", "map.html", "-o", "still.jpg")
    assert ran.status == 2
    assert ".png, .svg or .pdf" in ran.err


def test_the_map_is_not_overwritten_by_its_still(run: Run) -> None:
    Path("map.svg").write_bytes(Path("map.html").read_bytes())
    ran = run("image", "map.svg", "-o", "map.svg")
    assert ran.status == 1
    assert "is one of the inputs" in ran.err
    assert Path("map.svg").read_bytes() == Path("map.html").read_bytes()
