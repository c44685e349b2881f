"""Reach: axe-core in every scheme and state, contrast, reduced motion, print, and narrow screens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from page.conftest import DESKTOP, PHONE, TABLET, Opener

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "geomap" / "web" / "node_modules" / "axe-core" / "axe.min.js"


def _faults(opened: Any) -> list[str]:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci in geomap/web")
    opened.page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    result = opened.page.evaluate("() => axe.run(document)")
    grave = [fault for fault in result["violations"] if fault["impact"] in ("serious", "critical")]
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for fault in grave
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE])
def test_axe_finds_nothing_serious(open_scene: Opener, scheme: str, size: tuple[int, int]) -> None:
    opened = open_scene(size=size, color_scheme=scheme)
    assert _faults(opened) == []


@pytest.mark.parametrize("tab", ["tolls", "aside", "about"])
def test_axe_finds_nothing_serious_in_the_tabs(open_scene: Opener, tab: str) -> None:
    opened = open_scene()
    opened.page.click(f"#geomap-tab-{tab}")
    assert _faults(opened) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_an_open_card_and_filters(open_scene: Opener, scheme: str) -> None:
    opened = open_scene(color_scheme=scheme)
    opened.page.get_by_text("Layers", exact=True).click()
    opened.page.get_by_text("Filters", exact=True).click()
    for title in ("Who says so", "Precision of the place"):
        opened.page.get_by_text(title).click()
    opened.page.locator("button.label", has_text="Jermuk").click()
    assert _faults(opened) == []


@pytest.mark.parametrize("width", [320, 360, 719, 720, 1024])
def test_nothing_runs_out_of_the_page(open_scene: Opener, width: int) -> None:
    opened = open_scene(size=(width, 720))
    assert opened.script("document.documentElement.scrollWidth") <= width
    opened.script("geomap.open('R01-jermuk')")
    card = opened.page.locator(".card").bounding_box()
    assert card
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= width


def test_controls_are_large_enough_to_touch(open_scene: Opener) -> None:
    opened = open_scene(size=PHONE, has_touch=True)
    opened.script("geomap.open('R01-jermuk')")
    small = opened.script(
        """[...document.querySelectorAll('#geomap :is(button, summary, select, input)')]
        .filter(node => node.checkVisibility() && !node.closest('label, p') && !node.matches('.label'))
        .filter(node => node.getBoundingClientRect().height < 23.5).map(node => node.outerHTML.slice(0, 90))"""
    )
    assert small == []  # but for links within a sentence, and the map's labels, whose height the map sets


def test_the_sheet_of_a_phone_opens_and_closes(open_scene: Opener) -> None:
    opened = open_scene(size=PHONE)
    handle = opened.page.get_by_role("button", name="Show or hide the reports")
    assert handle.get_attribute("aria-expanded") == "false"
    handle.click()
    opened.page.wait_for_function("() => document.querySelector('.panel').offsetHeight > 500")
    assert opened.page.locator("[data-geomap-row]").first.is_visible()
    handle.click()
    opened.page.wait_for_function("() => document.querySelector('.panel').offsetHeight < 200")


def test_prints_title_map_legend_and_sources(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.emulate_media(media="print")
    for selector in ("h1", ".face", ".legend", "#map_geomap"):
        assert opened.page.locator(selector).is_visible()
    for selector in (".tabs", ".timeline", ".corner"):
        assert opened.page.locator(selector).is_hidden()


def test_a_dark_reader_gets_dark_ground_and_light_paper(open_scene: Opener) -> None:
    opened = open_scene(color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('#map_geomap')).backgroundColor"
    assert opened.script(ground) == "rgb(27, 30, 33)"
    opened.page.emulate_media(media="print")
    opened.page.wait_for_function(f"() => {ground} === 'rgb(233, 231, 227)'")


def test_paper_shows_what_the_screen_showed_and_the_screen_comes_back(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("map_geomap.setView([39.8, 46.0], 9, {animate: false})")
    zoom = opened.script("window.seen = map_geomap.getBounds(); map_geomap.getZoom()")
    opened.page.emulate_media(media="print")
    opened.page.wait_for_function("() => map_geomap.getBounds().contains(seen)")
    opened.page.emulate_media(media="screen")
    opened.page.wait_for_function("zoom => map_geomap.getZoom() === zoom", arg=zoom)
