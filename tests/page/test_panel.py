"""The panel: list, filters, search, tolls, what is not on the map, about, downloads."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from page import rows, scene
from page.conftest import Opener

pytestmark = pytest.mark.browser


def test_every_row_is_in_the_list_and_opens_its_card(open_scene: Opener) -> None:
    opened = open_scene()
    ids = opened.script("[...document.querySelectorAll('[data-geomap-row]')].map(row => row.dataset.geomapRow)")
    assert sorted(ids) == sorted(row["id"] for row in rows.INCIDENTS)
    for row in ids:
        opened.page.click(f'[data-geomap-row="{row}"]')
        assert f"id {row}" in opened.card


def test_the_whole_page_works_by_keyboard(open_scene: Opener) -> None:
    opened = open_scene()
    keys = opened.page.keyboard
    opened.page.focus('[data-geomap-row][tabindex="0"]')
    for key in ("ArrowDown", "End", "ArrowUp", "Home"):
        keys.press(key)
    keys.press("Enter")
    assert opened.script("document.activeElement.id") == "geomap-card-title"
    keys.press("Escape")
    assert opened.script("document.activeElement.dataset.geomapRow") is not None
    opened.page.focus("#geomap-tab-rows")
    keys.press("ArrowRight")
    assert opened.script("geomap.state().tab") == "tolls"


def test_counts_follow_the_filters(open_scene: Opener) -> None:
    opened = open_scene()
    assert "8 reports · 7 places · 12 rows" in opened.text(".counts")
    assert "1 to 4 deaths as coded in 1 row" in opened.text(".counts")
    opened.page.get_by_text("Filters", exact=True).click()
    opened.page.get_by_text("Who says so").click()
    opened.page.get_by_label("Ministry of Defence of Azerbaijan").check()
    assert "1 report · 3 places · 3 of 12 rows" in opened.text(".counts")
    assert "deaths" not in opened.text(".counts")
    opened.page.get_by_role("button", name="Clear all filters").click()
    assert opened.script("geomap.counts().rows") == 12


@pytest.mark.parametrize("query", ["Berdzor", "Laçın", "Лачин", "lachin"])
def test_search_finds_a_place_in_every_script(open_scene: Opener, query: str) -> None:
    opened = open_scene()
    opened.page.fill("#geomap-search", query)
    opened.page.wait_for_function("() => geomap.counts().rows === 1")
    assert opened.page.locator("[data-geomap-row]").get_attribute("data-geomap-row") == "R04-lachin"


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        ("2022-09-12", []),
        ("2022-09-13", ["49", "50"]),
        ("2022-09-16", ["135", "71"]),
        ("2022-09-30", ["207", "79"]),
    ],
)
def test_tolls_stand_as_announced_and_are_never_added(open_scene: Opener, day: str, figures: list[str]) -> None:
    opened = open_scene()
    opened.page.get_by_role("tab", name="Tolls").click()
    opened.script("day => { geomap.filter({as_of: day}) }", day)
    assert opened.page.locator(".toll[data-as-of] .figure").all_inner_texts() == figures
    assert opened.page.locator(".undated .figure").all_inner_texts() == ["80"]
    text = opened.text("#geomap-tolls")
    for total in ("99", "206", "286"):
        assert total not in text
    if day == "2022-09-30":
        assert "Killed or missing" in text


def test_no_place_carries_a_toll(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.locator("button.label", has_text="Jermuk").click()
    assert "49" not in opened.card


def test_tolls_follow_the_end_of_the_chosen_time(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.filter({from: '2022-09-13', to: '2022-09-13'})")
    opened.page.get_by_role("tab", name="Tolls").click()
    assert "Standing on 13 Sep 2022" in opened.text("#geomap-tolls")
    assert opened.page.locator(".toll[data-as-of] .figure").all_inner_texts() == ["49", "50"]


def test_a_denied_claim_shows_both_versions_at_one_size(open_scene: Opener) -> None:
    opened = open_scene()
    assert opened.script("geomap.open('R01-jermuk')")
    sizes = opened.script(
        """[...document.querySelectorAll('.card .claim .statement')]
        .map(node => [getComputedStyle(node).fontSize, node.offsetWidth])"""
    )
    assert len(sizes) == 2
    assert sizes[0] == sizes[1]
    order = opened.page.locator(".card .claim").evaluate_all("nodes => nodes.map(node => node.dataset.claim)")
    assert order == ["C01", "C02"]
    assert "Denied by Ministry of Foreign Affairs of Azerbaijan." in opened.card
    assert "In answer to Ministry of Defence of Armenia" in opened.card


def test_what_is_not_on_the_map_is_listed_with_its_reason(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.get_by_role("tab", name="Not placed (2)").click()
    text = opened.text("#geomap-aside")
    assert "13 rows in the input: 11 placed, 1 not placed, 1 set aside." in text
    assert "Sotk to Goris: a stretch has no point" in text
    assert "lat “91”: a latitude is between -90 and 90 (swapped with the longitude?)" in text
    assert "incidents.csv, row 13" in text


def test_about_states_inputs_credits_and_what_was_left_out(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.get_by_role("tab", name="About").click()
    text = opened.text("#geomap-about")
    for wanted in (
        "0" * 64,
        "CC BY 4.0",
        "geomap 0.1.0",
        "licence of the source",
        "Third-party notices",
        "never guessed",
    ):
        assert wanted in text


def test_downloads_hold_the_filtered_rows(open_scene: Opener, tmp_path: Path) -> None:
    opened = open_scene()
    opened.script("geomap.filter({claimant: 'Ministry of Defence of Azerbaijan'})")
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["R04-lachin", "R04-istisu", "R04-gorus"]
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="GeoJSON").click()
    download.value.save_as(tmp_path / "rows.geojson")
    assert len(json.loads((tmp_path / "rows.geojson").read_text(encoding="utf-8"))["features"]) == 3


def test_no_download_where_the_licence_forbids_it(open_scene: Opener) -> None:
    licence = {**scene.document()["licence"], "download": False}
    opened = open_scene(scene.document(licence=licence))
    assert opened.page.locator(".downloads").count() == 0
    assert "does not allow a download" in opened.text(".panel")


def test_graphic_rows_are_covered_until_asked_for(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('R09-image')")
    assert "Burn scars" not in opened.card
    opened.page.get_by_role("button", name="Show it").click()
    assert "Burn scars" in opened.card


def test_links_are_of_the_web_and_show_their_host(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('R01-sotk')")
    links = opened.page.locator(".card a").evaluate_all(
        "nodes => nodes.map(node => [node.textContent, node.href, node.rel])"
    )
    assert links
    for text, address, rel in links:
        assert address.startswith("https://")
        assert rel == "noopener noreferrer nofollow"
        assert text in (address.split("/")[2], "archived copy")
    opened.script("geomap.open('R09-image')")
    opened.page.get_by_role("button", name="Show it").click()
    assert opened.page.locator(".card a").count() == 0
    assert "javascript:alert(1)" in opened.card


def test_a_long_list_is_windowed_but_every_row_can_be_reached(open_scene: Opener) -> None:
    many = [
        rows.incident(f"N{i}", place=rows.SOTK, lon=45.86951, lat=40.20007, place_text="Sotk", row=i + 2)
        for i in range(5000)
    ]
    opened = open_scene(scene.document(many))
    assert opened.page.locator("[data-geomap-row]").count() < 200
    for row in ("N4999", "N2500", "N0"):
        assert opened.script("id => geomap.open(id)", row)
        assert opened.page.locator(f'[data-geomap-row="{row}"]').is_visible()
        assert f"id {row}" in opened.card
    opened.page.focus('[data-geomap-row][tabindex="0"]')
    opened.page.keyboard.press("End")
    assert opened.script("document.activeElement.dataset.geomapRow") == "N4999"


def test_the_address_keeps_the_view(open_scene: Opener, tmp_path: Path) -> None:
    first = open_scene()
    first.script("geomap.filter({text: 'Goris', from: '2022-09-12', to: '2022-09-13'})")
    first.script("geomap.open('R01-goris')")
    first.page.wait_for_function("() => location.hash.includes('open=R01-goris')")
    again = open_scene(fragment=first.script("location.hash"))
    assert again.script("geomap.state()")["filter"] == {"text": "Goris", "from": "2022-09-12", "to": "2022-09-13"}
    assert "id R01-goris" in again.card
