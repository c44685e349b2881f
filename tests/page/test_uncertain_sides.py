"""Five places at the Armenia-Azerbaijan line whose side the sources cannot tell: what their cards say."""

from __future__ import annotations

from pathlib import Path

import pytest
from page.conftest import Opener

import geomap

pytestmark = pytest.mark.browser

REACHED = "reaches the line, so no side is stated (OSM 2026; 0 to 2.5 km in other sources)"


def within_the_error(km: str, others: str) -> str:
    doubt = f"side uncertain: {km} km is within the error of 1.2 km"
    return f"{km} km from the line, {doubt} (OSM 2026; {others} km in other sources)"


CARDS = {
    "Mets Ishkhanasar": ("Armenia", REACHED, ""),
    "Kirants": ("Armenia", within_the_error("0.2", "0.6 to 1.1"), ""),
    "Shurnukh": (
        "Armenia", within_the_error("0.1", "0.2 to 1.3"),
        "on the Azerbaijani side (Natural Earth for drawing 2018, within its error)",
    ),
    "Baghanis Ayrim": (
        "Azerbaijan", within_the_error("0.1", "0 to 0.9"),
        "on the Armenian side (country-coder 2025, within its error)",
    ),
    "Kheyrimli": (
        "Azerbaijan", within_the_error("0.2", "0 to 0.9"),
        "on the Armenian side (country-coder 2025, within its error)",
    ),
}  # fmt: skip
"""Place: the recognised country, the distance, and what other sources say of the side."""


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("five")
    rows = (f"{name},2022-09-13,{name},shelling,{country}" for name, (country, *_) in CARDS.items())
    source = folder / "five.csv"
    source.write_text("\n".join(["id,start,place_text,kind,country_text", *rows]), "utf-8")
    return geomap.render(geomap.build(files=[source]).scene).save(folder / "five.html")


def test_a_card_names_no_side_that_the_sources_cannot_tell(open_file: Opener, five: Path) -> None:
    opened = open_file(five)
    for name, (country, distance, others) in CARDS.items():
        opened.script("id => geomap.open(id)", name)
        card = " ".join(opened.card.split())
        assert f"recognised as {country} (OSM 2026)" in card
        assert distance in card
        assert (f"another side by other sources: {others}" in card) if others else "another side" not in card
        assert "not delimited at that date" in card
        assert "the line as drawn in 2026; none of 2022 is loaded" in card
        assert "inside" not in card
    assert opened.errors == []
