"""The units, cities, waters and mountains of the shipped atlas: where they lie and what their names mean."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import shapely

from geomap import shipped
from geomap.borders.packed import unpack
from geomap.gazetteer.index import Gazetteer
from geomap.gazetteer.readers.geonames import read_extract
from geomap.gazetteer.words.names import fold
from geomap.types import Place

BASEMAP = shipped.data("basemap")
KM_A_DEGREE = 111.2


@pytest.fixture(scope="module")
def shipped_gazetteer() -> Gazetteer:
    return Gazetteer.default()


def named(places: dict[str, Place], name: str, kind: str) -> Place:
    (place,) = [place for place in places.values() if place.name == name and place.kind == kind]
    return place


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
