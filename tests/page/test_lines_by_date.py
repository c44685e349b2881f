"""One file, four dates, four versions of a made line: the cards and the drawn lines are those of the date."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_lines import TENTH_KM, VERSIONS, Version, write_project
from page.conftest import DESKTOP, PHONE, Opener, Watched

import geomap
from geomap.build import build
from geomap.project import read_project

pytestmark = pytest.mark.browser

each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.day)
STATUS_WORDS = {
    "not_delimited": "not delimited", "control_line": "control line", "disputed": "disputed", "delimited": "delimited",
}  # fmt: skip
TIMES = {
    "made1": "until 10 Nov 2020", "made2": "10 Nov 2020 to 26 Aug 2022", "made3": "26 Aug 2022 to 24 May 2024",
    "made4": "from 24 May 2024",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    scene = build(read_project(write_project(folder))).scene
    return geomap.render(scene).save(folder / "map.html")


def _drawn(opened: Watched) -> dict[str, str]:
    return opened.script("geomap.state().lines")


def _kinds(version: Version) -> dict[str, str]:
    return dict.fromkeys(version.ids, version.status)


def _ink(opened: Watched) -> int:
    """Count the pixels that lines have coloured on the map."""
    return opened.script(
        """(() => {
          const canvas = document.querySelector('.leaflet-borders-pane canvas');
          const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let inked = 0;
          for (let i = 3; i < data.length; i += 4) inked += data[i] > 200;
          return inked;
        })()"""
    )


@each_version
def test_at_each_date_only_the_line_of_that_date_is_drawn_and_named(
    open_file: Opener, made: Path, version: Version
) -> None:
    opened = open_file(made)
    everything = _ink(opened)
    opened.script("day => geomap.filter({from: day, to: day})", version.day)
    assert _drawn(opened) == _kinds(version)
    assert TIMES[version.name] in opened.text(".face")
    assert not any(TIMES[other.name] in opened.text(".face") for other in VERSIONS if other != version)
    legend = opened.text(".legend")
    assert STATUS_WORDS[version.status].capitalize() in legend
    others = {STATUS_WORDS[other.status].capitalize() for other in VERSIONS if other != version}
    assert not any(f"\n{words}" in legend for words in others)
    opened.page.wait_for_timeout(50)
    assert 0 < _ink(opened) < everything


@each_version
def test_a_card_tells_the_line_of_its_own_date_whatever_time_is_shown(
    open_file: Opener, made: Path, version: Version
) -> None:
    opened = open_file(made)
    opened.script("id => geomap.open(id)", f"on-{version.day}")
    distance = f"{version.tenths * TENTH_KM:.1f} km from the line, on the side of {version.side} ({version.name} made)"
    delimited = " at that date" if version.status == "not_delimited" else ""
    for words in (
        distance,
        f"the line: {STATUS_WORDS[version.status]}{delimited}",
        TIMES[version.name],
        f"recognised as {version.side} ({version.name} made)",
    ):
        assert words in opened.card
    assert "Control on" not in opened.card


def test_a_span_of_time_shows_each_line_that_was_in_force_in_it(open_file: Opener, made: Path) -> None:
    opened = open_file(made)
    opened.script("geomap.filter({from: '2022-08-25', to: '2022-08-26'})")
    assert _drawn(opened) == _kinds(VERSIONS[1]) | _kinds(VERSIONS[2])


def test_without_a_chosen_time_the_lines_are_those_that_the_shown_rows_met(open_file: Opener, made: Path) -> None:
    opened = open_file(made)
    latest = _kinds(VERSIONS[3])
    assert _drawn(opened) == {version.id: version.status for version in VERSIONS[:3]} | latest
    opened.script("geomap.filter({text: 'nothing has these words'})")
    assert _drawn(opened) == latest


def test_the_brush_moves_the_lines(open_file: Opener, made: Path) -> None:
    opened = open_file(made)
    start = opened.page.get_by_role("slider", name="Start of the chosen time")
    start.press("End")
    assert opened.script("geomap.state().filter.from") > "2024-01-01"
    assert set(_drawn(opened)) >= set(VERSIONS[3].ids)
    assert not set(_drawn(opened)) & {*VERSIONS[0].ids, *VERSIONS[1].ids}
    start.press("Escape")
    assert VERSIONS[0].id in _drawn(opened)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_line_out_of_force_that_is_asked_for_is_drawn_as_that(
    open_file: Opener, made: Path, size: tuple[int, int]
) -> None:
    opened = open_file(made, size=size)
    opened.script("geomap.filter({from: '2024-06-01', to: '2024-06-01'})")
    opened.page.get_by_text("Layers", exact=True).click()
    old = opened.page.locator(".layers .check", has_text="in force from 10 Nov 2020 to 26 Aug 2022").first
    assert not old.locator("input").is_checked()
    old.locator("input").check()
    (asked,) = set(_drawn(opened)) - set(VERSIONS[3].ids)
    assert _drawn(opened)[asked] == "out_of_force"
    assert "not in force at the time shown" in opened.text(".face")
    assert "not in force at the time shown" in old.inner_text()
    opened.script("geomap.filter({from: '2021-06-01', to: '2021-06-01'})")
    assert _drawn(opened)[asked] == "control_line"
    assert opened.errors == []
