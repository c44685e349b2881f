"""The timeline's brush by mouse, touch and keyboard."""

from __future__ import annotations

import pytest
from page.conftest import Opener, Watched

pytestmark = pytest.mark.browser


def _drag(opened: Watched, start: float, end: float) -> None:
    box = opened.page.locator(".track").bounding_box()
    assert box
    y = box["y"] + 30
    opened.page.mouse.move(box["x"] + start * box["width"], y)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + end * box["width"], y, steps=5)
    opened.page.mouse.up()


def test_dragging_chooses_days_and_all_times_brings_them_back(open_scene: Opener) -> None:
    opened = open_scene()
    _drag(opened, 0.25, 0.35)  # the 13th of five days
    assert opened.script("geomap.state().filter") == {"from": "2022-09-13", "to": "2022-09-13"}
    assert "13 Sep 2022 (1 undated row not shown)" in opened.text(".timeline .span")
    _drag(opened, 0.3, 0.7)
    assert opened.script("geomap.state().filter") == {"from": "2022-09-13", "to": "2022-09-15"}
    opened.page.get_by_role("button", name="All times").click()
    assert opened.script("geomap.state().filter") == {}


def test_dragging_a_handle_moves_that_end(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.filter({from: '2022-09-13', to: '2022-09-14'})")
    _drag(opened, 0.6, 0.9)
    assert opened.script("geomap.state().filter") == {"from": "2022-09-13", "to": "2022-09-16"}


def test_arrows_move_the_ends(open_scene: Opener) -> None:
    opened = open_scene()
    start = opened.page.get_by_role("slider", name="Start of the chosen time")
    start.press("ArrowRight")
    assert opened.script("geomap.state().filter") == {"from": "2022-09-13", "to": "2022-09-16"}
    assert start.get_attribute("aria-valuetext") == "13 Sep 2022"
    end = opened.page.get_by_role("slider", name="End of the chosen time")
    end.press("Home")
    assert opened.script("geomap.state().filter") == {"from": "2022-09-13", "to": "2022-09-13"}
    end.press("Escape")
    assert opened.script("geomap.state().filter") == {}


@pytest.mark.parametrize(("unit", "first"), [("week", "2022-09-12"), ("month", "2022-09-01"), ("year", "2022-01-01")])
def test_bins_follow_the_calendar(open_scene: Opener, unit: str, first: str) -> None:
    opened = open_scene()
    opened.page.get_by_label("Bars").select_option(unit)
    _drag(opened, 0.5, 0.5)
    assert opened.script("geomap.state().filter.from") == first


def test_a_finger_brushes_too(open_scene: Opener) -> None:
    opened = open_scene(size=(360, 740), has_touch=True)
    box = opened.page.locator(".track").bounding_box()
    assert box
    opened.page.touchscreen.tap(box["x"] + 0.3 * box["width"], box["y"] + 30)
    assert opened.script("geomap.state().filter") == {"from": "2022-09-13", "to": "2022-09-13"}
