"""Strings from files are shown as the text they are: nothing runs, loads or navigates, wherever they stand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from page import scene
from page.conftest import Opener

pytestmark = pytest.mark.browser

BRACES = chr(123) * 2 + "7*7" + chr(125) * 2
HOSTILE = [
    "<img src=x onerror=window.__ran=1>",
    "</script><script>window.__ran=1</script>",
    "<svg onload=window.__ran=1>",
    "${window.__ran=1}",
    BRACES,
    '"><a href="https://tracker.invalid/x">x</a>',
    "<meta http-equiv=refresh content='0;url=https://tracker.invalid/'>",
    "<style>body{display:none}</style>",
    "&lt;b&gt; &amp;amp;",
    "]]><!--",
    "a\u2028b",
]
CODES = {
    "status", "position", "date_precision", "time_precision", "relation", "place_precision", "radius_kind", "role",
    "id",
}  # fmt: skip
"""Columns whose words are geomap's own, not a file's."""


def _poisoned(text: str) -> dict[str, Any]:
    """Put a string into every text of the scene that comes from a file."""
    document = deepcopy(scene.document())
    for name in ("title", "standfirst", "byline", "credit", "alt"):
        document[name] = text
    for name, column in document["incidents"]["columns"].items():
        if column["type"] == "category" and name not in CODES:
            column["words"] = [text] * len(column["words"])
    for place in document["places"]:
        place |= {"name": text, "note": text, "source": text, "held_by": text, "names": [[text, "hy", "other"]]}
    for claim in document["claims"]:
        claim |= {
            "claimant": text,
            "statement": text,
            "note": text,
            "relayed_by": text,
            "source_url": text,
            "population": text,
        }
    for border in document["borders"]:
        border |= {"name": text, "source": text, "licence": text, "error_note": text, "held_by": text, "layer": text}
    for label in document["basemap"]["labels"]:
        label["name"] = text
    document["basemap"]["source"] = [text]
    document["legend"]["kinds"][0]["kind"] = text
    document["files"][0] |= {"path": text, "notes": [text]}
    document["set_aside"][0] |= {
        "file": text,
        "faults": [{"column": text, "value": text, "reason": text, "hint": text}],
    }
    document["unplaced"][0] |= {"place_text": text, "why": text, "rivals": [text], "file": text}
    document["problems"][0] |= {"reason": text, "value": text}
    document["credits"] = [{"name": text, "licence": text, "text": text}]
    document["licence"] |= {"citations": [text], "left_out": [[text, text]]}
    document["about"] = {"tool": text, "gazetteer": text, "borders": [text], "method": [text]}
    return document


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_run(open_scene: Opener, text: str) -> None:
    opened = open_scene(_poisoned(text))
    address = opened.page.url.split("#")[0]
    shown = text.replace("\u2028", "⟦U+2028⟧")
    for tab in ("tolls", "aside", "about", "rows"):
        opened.page.click(f"#geomap-tab-{tab}")
        assert shown in opened.script(f"document.querySelector('#geomap-{tab}').textContent")
    opened.page.get_by_text("Layers", exact=True).click()
    opened.page.get_by_text("Filters", exact=True).click()
    for row in ("R01-jermuk", "R04-lachin", "R15-stretch"):
        opened.script("id => geomap.open(id)", row)
        assert shown in opened.script("document.querySelector('.card').textContent")
    opened.script("geomap.open('gn:174895')")
    assert shown in opened.script("document.querySelector('.card').textContent")
    made = "document.querySelectorAll('#geomap :is(img:not(.glyph), script, style, meta, iframe, link, object)').length"
    assert opened.script(made) == 0
    assert opened.script("window.__ran ?? null") is None
    assert (opened.requests, opened.errors) == ([], [])
    assert opened.page.url.split("#")[0] == address


def test_direction_marks_and_zero_width_characters_are_made_visible(open_scene: Opener) -> None:
    opened = open_scene(_poisoned("gnp\u202e.csv\u200b"))
    assert "gnp⟦U+202E⟧.csv⟦U+200B⟧" in opened.text("h1")
    everything = opened.script("document.querySelector('#geomap').textContent")
    assert not {"\u202e", "\u200b"} & set(everything)


def test_the_policy_forbids_everything_else(open_scene: Opener) -> None:
    opened = open_scene()
    opened.script(
        """window.__blocked = [];
        addEventListener('securitypolicyviolation', event => __blocked.push(event.effectiveDirective))"""
    )
    assert opened.script("fetch('https://tracker.invalid/').then(() => 'went', () => 'blocked')") == "blocked"
    opened.script("document.body.append(Object.assign(new Image(), {src: 'https://tracker.invalid/x.png'}))")
    opened.script(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.__ran = 1'}))"
    )
    opened.page.wait_for_function("() => __blocked.length === 3")
    assert sorted(opened.script("__blocked")) == ["connect-src", "img-src", "script-src-elem"]
    assert opened.script("window.__ran ?? null") is None
