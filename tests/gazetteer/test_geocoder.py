"""geopy's face: latitude first, None for what is not clear, and geopy's own types."""

from __future__ import annotations

import subprocess
import sys

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.gazetteer.geocoder import GazetteerGeocoder


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


def test_it_is_a_geopy_geocoder(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)


def test_a_clear_name_is_located(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("Ջերմուկ")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (39.83948, 45.67112)
    assert location.raw["place"].id == "gn:174884"
    assert "Jermuk" in location.address


@pytest.mark.parametrize("name", ["Istisu", "Krashen", ""])
def test_an_ambiguous_or_unknown_name_is_not(geocoder: GazetteerGeocoder, name: str) -> None:
    assert geocoder.geocode(name) is None


def test_all_candidates_are_given_when_asked(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("Istisu", exactly_one=False)
    assert isinstance(found, list)
    assert {location.raw["place"].country for location in found} == {"AM", "AZ"}
    assert geocoder.geocode("Krashen", exactly_one=False) is None  # it only suggests likely spellings


def test_words_around_a_name_are_no_false_point(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("5 km east of Goris", country_codes="AM")
    assert isinstance(location, Location)
    # 5 km along the parallel of 39.511 N are 0.0582 degrees of longitude (WGS84, 85.96 km a degree).
    assert (location.latitude, location.longitude) == pytest.approx((39.511, 46.3999), abs=0.0005)
    assert location.address == "5 km east of Goris: Goris (town, Syunik, AM)"
    assert geocoder.geocode("Sotk to Goris", country_codes="AM") is None
    assert geocoder.geocode("Sotk to Goris", country_codes="AM", exactly_one=False) is None


def test_country_and_context_narrow_the_answer(geocoder: GazetteerGeocoder) -> None:
    by_country, by_context = (
        geocoder.geocode("Istisu", country_codes="AM"),
        geocoder.geocode("Vardenis", near=(40.2, 45.87)),
    )
    assert isinstance(by_country, Location)
    assert isinstance(by_context, Location)
    assert (by_country.raw["place"].name, by_context.raw["place"].id) == ("Jermuk", "gn:616108")


def test_reverse_gives_the_nearest_settlement(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.reverse(Point(39.84, 45.67))
    assert isinstance(location, Location)
    assert location.raw["place"].id == "gn:174884"
    many = geocoder.reverse("39.84, 45.67", exactly_one=False)
    assert isinstance(many, list)
    assert many[0] == location
    assert len(many) == 10


def test_geopy_waits_until_it_is_asked_for() -> None:
    code = "import sys, geomap.gazetteer as g; g.Gazetteer.default(); print({'geopy', 'pandas'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
