"""The page as bytes: one file, a strict policy, no text that ran through a template, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import folium
import pytest
from tables import incident_table

from geomap.render.html import render
from geomap.render.map import Map
from geomap.scene import Scene, Words, compose
from geomap.verify import read_document, verify

BRACES = chr(123) * 2, chr(125) * 2
HOSTILE = (
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "${alert(1)}", "{%" + " if 1 %}",
    f"{BRACES[0]} 7 * 7 {BRACES[1]}", '"><svg onload=alert(1)>', "a\u2028b\u202ec", "<!-- <script>", "]]>", "&lt;b&gt;",
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> bytes:
    table = incident_table(
        located=True, place_text=HOSTILE, kind=HOSTILE, text=HOSTILE, actors=HOSTILE,
        match_status=["unknown"] * len(HOSTILE), match_why=HOSTILE,
    )  # fmt: skip
    title = " ".join(HOSTILE)
    return render(compose(table, words=Words(title=title, standfirst=title, alt=title, credit=title)))


def _scripts(page: bytes) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page.decode(), re.DOTALL)


def test_the_policy_allows_these_scripts_and_this_style_and_nothing_else(page: bytes) -> None:
    policy = html.unescape(re.findall(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0].decode())
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    style = re.findall(r"<style>(.*?)</style>", page.decode(), re.DOTALL)
    assert set(rules["script-src"].split()) == {_hash(script) for script in _scripts(page)}
    assert set(rules["style-src"].split()) == {_hash(text) for text in style}
    assert rules["default-src"] == rules["connect-src"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert rules["img-src"] == "data: blob:"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_stands_first_and_the_encoding_in_time(page: bytes) -> None:
    head = page[: page.index(b"<title>")]
    assert head.split(b"<head>")[1].lstrip().startswith(b'<meta http-equiv="Content-Security-Policy"')
    assert page.index(b'charset="utf-8"') < 1024


class _Elements(HTMLParser):
    """Collects the elements of a page as a browser without scripts would find them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_loaded_from_elsewhere(page: bytes) -> None:
    loading = {"src", "href", "srcset", "action", "data", "poster", "style"}
    elements = _Elements(page).found
    assert len(elements) > 10
    assert [(tag, given) for tag, given in elements if loading & set(given)] == []
    assert b"url(http" not in page


def test_text_is_the_same_in_the_scene_and_inert_outside_it(page: bytes) -> None:
    elements = _Elements(page).found
    assert {row["place_text"] for row in read_document(page)["unplaced"]} == set(HOSTILE)
    assert [tag for tag, _ in elements if tag in ("img", "b")] == []
    assert [given for tag, given in elements if any(name.startswith("on") for name in given)] == []
    description = next(given for tag, given in elements if given.get("name") == "description")
    assert description["content"] == " ".join(HOSTILE)
    assert len(_scripts(page)) == 2


def test_the_map_object_is_foliums_and_other_maps_keep_their_files(page: bytes) -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    assert before[0]
    assert b'id="map_geomap"' in page
    assert "var map_geomap = L.map(" in _scripts(page)[-1]
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before


def test_the_page_verifies_and_a_notebook_frames_it(page: bytes, tmp_path: Path) -> None:
    scene = compose(incident_table(located=True, place_text=["Goris"]))
    view = Map(scene, page)
    assert verify(view.save(tmp_path / "map.html")).holds
    frame = view._repr_mimebundle_()["text/html"]
    assert 'sandbox="allow-scripts"' in frame
    assert html.unescape(re.findall(r'srcdoc="([^"]*)"', frame)[0]).encode() == page


def test_a_large_page_is_not_put_into_a_notebook() -> None:
    scene = compose(incident_table(located=True, place_text=["Goris"]))
    shown = Map(scene, b"x" * 2_000_001)._repr_mimebundle_()
    assert "text/html" not in shown
    assert "save()" in shown["text/plain"]


def test_no_nan_reaches_the_scene() -> None:
    with pytest.raises(ValueError, match="JSON"):
        Scene({"x": float("nan")}).to_json()


def test_the_same_bytes_in_any_folder_zone_locale_and_hash_seed(tmp_path: Path) -> None:
    made = set()
    for number, (zone, locale, seed) in enumerate(
        [("Asia/Baku", "C", "0"), ("America/Los_Angeles", "de_DE.UTF-8", "7")]
    ):
        folder = tmp_path / f"user {number}"
        folder.mkdir()
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "HOME": str(folder)}
        command = [sys.executable, "-m", "geomap", "build", "-o", "map.html", "--png", "map.png"]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        made.add(((folder / "map.html").read_bytes(), (folder / "map.png").read_bytes()))
        assert str(tmp_path).encode() not in (folder / "map.html").read_bytes()
    assert len(made) == 1
