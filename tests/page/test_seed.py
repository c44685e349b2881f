"""The seed project's map in a browser: what a newcomer sees after the first command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from loaded_words import loaded
from page.conftest import DESKTOP, PHONE, TABLET, Opener, Watched

import geomap
from geomap import shipped
from geomap.build import build
from geomap.project import read_project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scene = build(read_project(shipped.seeds("geomap.toml"))).scene
    return geomap.render(scene).save(tmp_path_factory.mktemp("seed") / "map.html")


def label(opened: Watched, name: str) -> Watched:
    opened.page.locator("button.label", has_text=re.compile(rf"^{name}\b")).first.click()
    return opened


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opens_offline_without_a_request_or_a_complaint(
    open_file: Opener, seed: Path, size: tuple[int, int], scheme: str
) -> None:
    opened = open_file(seed, size=size, color_scheme=scheme)
    assert (opened.requests, opened.errors) == ([], [])
    assert "© OpenStreetMap contributors, ODbL" in opened.text(".face")
    assert "Boundaries and names do not imply endorsement" in opened.text(".face")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize(
    ("name", "distance"),
    [
        ("Jermuk", "12.1 km from the line, on the Armenian side (OSM 2026; 10.9 to 12.4 km in other sources)"),
        ("Goris", "7.5 km from the line, on the Armenian side (OSM 2026; 7.5 to 8.7 km in other sources)"),
        ("Sotk", "7.9 km from the line, on the Armenian side (OSM 2026; 6.8 to 8.8 km in other sources)"),
        (
            "Lachin",
            "6.4 km from the line, on the Azerbaijani side (OSM 2026; 6.1 to 8.4 km in other sources); a reference",
        ),
    ],
)
def test_the_four_places_stand_labelled_each_a_click_from_its_card(
    open_file: Opener, seed: Path, size: tuple[int, int], name: str, distance: str
) -> None:
    card = label(open_file(seed, size=size), name).card
    assert distance in card
    assert re.search(r"\d\d\.\d{3} N \d\d\.\d{3} E", card)
    for heading in ("How it was matched", "Sovereignty", "Who says what, in order of publication", "Denied by"):
        assert heading in card


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_town_that_a_district_is_named_for_is_a_label_of_its_own(
    open_file: Opener, seed: Path, size: tuple[int, int]
) -> None:
    opened = open_file(seed, size=size)
    opened.page.locator("button.label.seat", has_text="Lachin").click()
    assert "The seat of Lachin district, which the reports below name. None names the town itself." in opened.card
    assert "39.637 N 46.550 E" in opened.card
    assert "6.4 km from the line, on the Azerbaijani side (OSM 2026; 6.1 to 8.4 km in other sources)" in opened.card
    assert "Who says what, in order of publication" in opened.card
    opened.page.locator(".card").get_by_role("button", name="Lachin district").first.click()
    assert "seat: Lachin town" in opened.card


def test_every_denied_claim_shows_both_versions_at_the_same_size(open_file: Opener, seed: Path) -> None:
    opened = open_file(seed)
    denials = opened.script(
        """(() => {
          const found = [];
          for (const row of document.querySelectorAll('[data-geomap-row]')) {
            geomap.open(row.dataset.geomapRow);
            for (const denial of document.querySelectorAll('.card .claim.denies')) {
              const claims = [...denial.closest('ol').querySelectorAll('.claim')];
              const before = claims.slice(0, claims.indexOf(denial)).filter((claim) => claim.matches('.asserts'));
              const looks = (claim) => ['.who', '.statement'].map((part) => {
                const style = getComputedStyle(claim.querySelector(part));
                return [style.fontSize, style.fontWeight, style.color, style.fontFamily].join();
              }).join() + claim.getBoundingClientRect().width;
              found.push([before.length, new Set([denial, ...before].map(looks)).size]);
            }
          }
          return found;
        })()"""
    )
    assert len(denials) > 20
    assert all(before >= 1 and looks == 1 for before, looks in denials)


def test_land_water_and_lines_are_drawn(open_file: Opener, seed: Path) -> None:
    opened = open_file(seed)
    colours = opened.script(
        """[...document.querySelectorAll('.leaflet-pane canvas')].map(canvas => {
          const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const found = new Set();
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 230) found.add(`${data.slice(i, i + 3)}`);
          return [...found];
        })"""
    )
    land, water = "246,243,236", "205,221,228"
    assert land in colours[0]
    assert water in colours[0]
    assert len(colours) == 3
    assert all(colours)


def test_goris_is_a_target_in_one_statement_and_an_origin_in_the_other(open_file: Opener, seed: Path) -> None:
    card = label(open_file(seed), "Goris").card
    assert "In the direction of Goris: alleged target" in card
    assert "From the direction of Goris: alleged origin" in card


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Asia/Baku", "Pacific/Auckland"])
def test_five_past_midnight_on_the_13th_in_every_zone(open_file: Opener, seed: Path, zone: str) -> None:
    opened = open_file(seed, timezone_id=zone)
    opened.script("geomap.open('R01-goris')")
    assert "13 Sep 2022, about 00:05 (UTC+4)" in opened.card
    assert "13 Sep 2022, about 00:05 (UTC+4)" in opened.text('[data-geomap-row="R01-goris"]')


@pytest.mark.parametrize(
    ("day", "about"),
    [
        ("2022-09-13", {"Armenia": ["49"], "Azerbaijan": ["50"]}),
        ("2022-09-16", {"Armenia": ["135"], "Azerbaijan": ["71"]}),
        ("2022-09-30", {"Armenia": ["207"], "Azerbaijan": ["79"]}),
    ],
)
def test_the_dead_as_announced_on_a_day(open_file: Opener, seed: Path, day: str, about: dict[str, list[str]]) -> None:
    opened = open_file(seed)
    opened.page.get_by_role("tab", name="Tolls").click()
    opened.script("day => { geomap.filter({as_of: day}) }", day)
    stated = opened.script(
        """Object.fromEntries([...document.querySelectorAll('.toll-side:not(.undated *)')].map(side => [
          side.querySelector('h3').textContent.replace('About ', ''),
          [...side.querySelectorAll('.toll-category')]
            .filter(category => /^Killed/.test(category.querySelector('h4').textContent))
            .flatMap(category => [...category.querySelectorAll('.figure')].map(figure => figure.textContent))]))"""
    )
    assert {side: sorted(figures) for side, figures in stated.items() if figures} == about
    for total in (49 + 50, 135 + 71, 207 + 79):
        assert not re.search(rf"\b{total}\b", opened.text("#geomap-tolls"))


def test_the_page_takes_no_side_whatever_is_open(open_file: Opener, seed: Path) -> None:
    opened = open_file(seed)
    rows = opened.script("[...document.querySelectorAll('[data-geomap-row]')].map(row => row.dataset.geomapRow)")
    assert len(rows) == 58
    for row in rows[::4]:
        opened.script("id => geomap.open(id)", row)
        text = opened.script("document.querySelector('#geomap').innerText")
        assert not loaded(text)
        assert not re.search(r"\binside\b", text, re.IGNORECASE)


def test_ended_lines_are_off(open_file: Opener, seed: Path) -> None:
    opened = open_file(seed)
    opened.page.get_by_text("Layers", exact=True).click()
    for name in ("Ceasefire line of 1994", "Nagorno-Karabakh oblast, 1991"):
        assert not opened.page.get_by_label(name).is_checked()
    assert opened.page.get_by_label("Armenia-Azerbaijan line", exact=False).first.is_checked()
