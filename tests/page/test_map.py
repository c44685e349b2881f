"""The map face: what stands on it as it opens, what a click opens, and that it asks nobody for anything."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path

import pytest
from page import scene
from page.conftest import DESKTOP, PHONE, TABLET, Opener
from playwright.sync_api import Error

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE])
def test_opens_without_a_request_or_a_complaint(open_scene: Opener, size: tuple[int, int]) -> None:
    opened = open_scene(size=size)
    assert (opened.requests, opened.errors) == ([], [])
    assert opened.script("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["Jermuk", "Goris", "Sotk", "Lachin", "Karki"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_matched_places_stand_labelled_and_open_their_card(
    open_scene: Opener, name: str, size: tuple[int, int]
) -> None:
    opened = open_scene(size=size)
    opened.page.locator("button.label", has_text=name).first.click()
    assert name in opened.text(".card h2")
    assert "OSM 2026" in opened.card or "country-coder" in opened.card


def test_says_lines_as_of_and_that_it_endorses_nothing(open_scene: Opener) -> None:
    face = open_scene().text(".face")
    assert "Claims known up to 15 Oct 2022" in face
    assert "OSM 2026, not delimited; not a line of control" in face
    assert "Border © OpenStreetMap contributors, ODbL" in face
    assert "Boundaries and names do not imply endorsement" in face


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_data_that_may_not_be_passed_on_are_cited_on_the_map_face(open_scene: Opener, size: tuple[int, int]) -> None:
    document = scene.document()
    document["licence"] |= {"embed_text": False, "download": False, "citations": ["ACLED, acleddata.com"]}
    opened = open_scene(document, size=size)
    assert opened.page.locator(".face").inner_text().count("ACLED, acleddata.com") == 1
    assert opened.page.get_by_text("Download these rows").count() == 0


def test_a_click_on_a_line_opens_its_source_and_validity(open_scene: Opener) -> None:
    opened = open_scene()
    spot = opened.script("(() => { const p = map_geomap.latLngToContainerPoint([40.45, 45.65]); return [p.x, p.y] })()")
    frame = opened.page.locator("#map_geomap").bounding_box()
    assert frame
    opened.page.mouse.click(frame["x"] + spot[0], frame["y"] + spot[1])
    assert "not delimited; not a line of control" in opened.card
    assert "ODbL" in opened.card
    assert "may be off by about 0.3 km" in opened.card


def test_a_click_on_a_mark_opens_the_place(open_scene: Opener) -> None:
    opened = open_scene()
    spot = opened.script(
        "(() => { const p = map_geomap.latLngToContainerPoint([39.785, 44.96]); return [p.x, p.y] })()"
    )
    frame = opened.page.locator("#map_geomap").bounding_box()
    assert frame
    opened.page.mouse.click(frame["x"] + spot[0], frame["y"] + spot[1])
    assert "Karki" in opened.text(".card h2")


def test_the_old_line_is_off_until_asked_for(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.get_by_text("Layers", exact=True).click()
    old = opened.page.get_by_label("1994 ceasefire line")
    assert not old.is_checked()
    assert "in force from 12 May 1994 to 10 Nov 2020" in opened.text(".layers")
    old.check()
    assert "Natural Earth 2012, historical" in opened.text(".face")


def test_goris_is_an_alleged_target_and_an_alleged_origin(open_scene: Opener) -> None:
    opened = open_scene()
    opened.page.locator("button.label", has_text="Goris").click()
    assert "In the direction of Goris: alleged target (1 row)" in opened.card
    assert "From the direction of Goris: alleged origin (1 row)" in opened.card


def test_zoom_keys_and_buttons_work_and_the_marks_follow(open_scene: Opener) -> None:
    opened = open_scene()
    before = opened.script("geomap.state().view.zoom")
    opened.page.get_by_role("button", name="Zoom in").click()
    opened.page.wait_for_function("zoom => geomap.state().view.zoom > zoom", arg=before)
    opened.page.get_by_role("button", name="Show the whole map").click()
    opened.page.wait_for_function("zoom => geomap.state().view.zoom === zoom", arg=before)
    assert opened.page.locator("button.label", has_text="Jermuk").is_visible()


def test_survives_a_frame_without_storage_or_history(open_file: Opener, open_scene: Opener, tmp_path: Path) -> None:
    open_scene()
    frame = tmp_path / "frame.html"
    source = (tmp_path / "map.html").read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    inner = f'<iframe sandbox="allow-scripts" width="900" height="600" srcdoc="{source}"></iframe>'
    frame.write_text(f"<!doctype html><script>geomap = {{ready: 1}}</script>{inner}", encoding="utf-8")
    opened = open_file(frame)
    embedded = opened.page.frames[1]
    embedded.wait_for_function("() => window.geomap && window.geomap.counts && window.geomap.counts().rows === 12")
    embedded.evaluate("() => window.geomap.open('R01-sotk')")
    assert "Sotk" in embedded.inner_text(".card h2")
    assert [error for error in opened.errors if "sandbox" not in error] == []


def test_draws_an_empty_scene(open_scene: Opener) -> None:
    opened = open_scene(scene.document([], claims=[], places=[], unplaced=[]))
    assert opened.errors == []
    assert opened.script("geomap.counts().rows") == 0
    assert "No row passes" in opened.text(".list")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"version": 2}, "this map holds a scene of version 2; this page reads version 1"),
        (
            {"incidents": {"n": 3, "columns": {"id": {"type": "text", "values": ["a"]}}}},
            "column id holds 1 values where 3",
        ),
    ],
)
def test_says_what_is_the_matter_with_a_damaged_scene(
    open_scene: Opener, open_file: Opener, tmp_path: Path, fault: dict[str, object], words: str
) -> None:
    open_scene()
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    block = base64.b64encode(gzip.compress(json.dumps({**scene.document(), **fault}).encode())).decode()
    damaged = tmp_path / "damaged.html"
    damaged.write_text(re.sub(r'(id="geomap-scene">)[^<]*', rf"\g<1>{block}", page), encoding="utf-8")
    with pytest.raises(Error, match=words):
        open_file(damaged)
