"""Cards read as truth.md asks: reference points, sides, sovereignty, precision, and time on the event's own clock."""

from __future__ import annotations

import pytest
from page import scene
from page.conftest import Opener

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Asia/Baku", "Pacific/Auckland"])
@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_five_past_midnight_is_the_13th_for_every_reader(open_scene: Opener, zone: str, locale: str) -> None:
    opened = open_scene(timezone_id=zone, locale=locale)
    opened.script("geomap.open('R01-jermuk')")
    assert "13 Sep 2022, about 00:05 (UTC+4)" in opened.card
    assert "13 Sep 2022, about 00:05 (UTC+4)" in opened.text('[data-geomap-row="R01-jermuk"]')
    assert opened.script("geomap.filter({from: '2022-09-13', to: '2022-09-13', text: 'Jermuk'}).rows") == 3
    assert opened.script("geomap.filter({from: '2022-09-12', to: '2022-09-12', text: 'Jermuk'}).rows") == 1


def test_a_direction_shows_the_reference_point_and_calls_it_that(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('R01-sotk')")
    for words in (
        "In the direction of Sotk",
        "In the direction of the place: alleged target",
        "named place: Sotk; location of the fire not reported",
        "40.20 N 45.87 E",
        "7.9 km from the line, on the Armenian side (OSM 2026)",
        "the reference point's distance, not the event's",
        "may be off by about 1.9 km",
        "recognised as Armenia",
        "incidents.csv, row 4",
    ):
        assert words in opened.card


def test_a_claimants_spelling_is_kept_beside_the_official_name(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('R04-istisu')")
    for words in (
        "From the direction of Istisu (= Jermuk)",
        "alleged origin",
        "“Istisu”",
        "pinned: listed with Basarkechar",
        "Istisu (village, Kalbajar, AZ)",
        "12–13 Sep 2022, night (UTC+4)",
        "a convention of this map",
    ):
        assert words in opened.card


def test_an_area_shows_its_seat_and_no_point(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('R04-lachin')")
    seat = "seat: Lachin town 39.637 N 46.550 E, 6.4 km from the line, on the Azerbaijani side (OSM 2026)"
    assert f"{seat}; a reference only" in opened.card
    assert "named area: Lachin; where in it is not reported" in opened.card
    assert "39.736" not in opened.card
    opened.page.get_by_role("button", name="All rows at Lachin").click()
    names = opened.page.locator(".card h2 .name")
    assert [name.split(" ")[0] for name in names.all_inner_texts()] == ["Berdzor", "Lachin"]
    assert len(set(names.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).fontSize)"))) == 1


def test_an_enclave_says_recognised_and_held(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('X1-karki')")
    assert "recognised as Azerbaijan, held by Armenia" in opened.card
    assert "in the enclave of Karki" in opened.card


def test_a_stretch_is_listed_and_never_placed(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('R15-stretch')")
    assert "Along Sotk to Goris" in opened.card
    assert "a stretch has no point" in opened.card
    assert "not placed on the map" in opened.card
    assert "not on the map" in opened.text('[data-geomap-row="R15-stretch"]')


def test_sovereignty_control_and_side_are_three_facts_each_with_its_source(open_scene: Opener) -> None:
    document = scene.document()
    rows = document["incidents"]["n"]
    stated = {
        "country_source": "OSM 2026", "control": "AZ", "control_source": "a made layer", "border_id": "osm-am-az",
        "border_status": "control_line", "border_valid": "2020-11-10/2022-08-26", "side_shares": "AM 0.62 | AZ 0.38",
        "other_sides": "AZ (OSM 2017)", "other_sources": "OSM 2017",
    }  # fmt: skip
    for name, value in stated.items():
        document["incidents"]["columns"][name] = {"type": "category", "words": [value], "codes": [0] * rows}
    for name in ("other_km_low", "other_km_high"):
        document["incidents"]["columns"][name] = {"type": "number", "values": [8.2] * rows}
    document["borders"][0]["schematic"] = True
    opened = open_scene(document)
    opened.script("geomap.open('R01-sotk')")
    facts = opened.script(
        """Object.fromEntries([...document.querySelectorAll('.card dt')].map((term) => {
          const details = [];
          for (let next = term.nextElementSibling; next?.matches('dd'); next = next.nextElementSibling)
            details.push(next.textContent);
          return [term.textContent, details];
        }))"""
    )
    assert facts["Sovereignty"] == ["recognised as Armenia (OSM 2026)"]
    assert facts["Control on 13 Sep 2022"] == ["Azerbaijan (a made layer)"]
    assert facts["Side and distance"] == [
        "7.9 km from the line, on the Armenian side (OSM 2026; 8.2 km in another source)",
        "another side by other sources: on the Azerbaijani side (OSM 2017)",
        "62 % on the Armenian side, 38 % on the Azerbaijani side",
        "the reference point's distance, not the event's",
        "may be off by about 1.9 km: the line's error and the extent of the place",
        "the line: control line, 10 Nov 2020 to 26 Aug 2022",
        "the line is schematic, drawn roughly by hand",
    ]
    assert "Not delimited; not a line of control; schematic, drawn roughly by hand" in opened.text(".legend")


def test_an_uncertain_side_is_said_to_be_so(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script("geomap.open('X2-coded')")
    assert "9.0 km from the line, side uncertain: 9.0 km is within the error of 25.3 km (OSM 2026)" in opened.card
    assert "the event may lie anywhere within about 25 km" in opened.card
    assert "1 to 4, best estimate 2" in opened.card


@pytest.mark.parametrize("row", ["R01-jermuk", "R04-lachin", "R09-image", "X1-karki"])
def test_the_word_inside_is_nowhere(open_scene: Opener, row: str) -> None:
    opened = open_scene()
    opened.script("id => geomap.open(id)", row)
    assert "inside" not in opened.script("document.body.innerText").lower()


def test_focus_goes_into_the_card_and_back(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.locator("button.label", has_text="Sotk").focus()
    opened.page.keyboard.press("Enter")
    assert opened.script("document.activeElement.id") == "geomap-card-title"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".card").is_hidden()
    assert opened.script("document.activeElement.dataset.place") == "gn:616041"
