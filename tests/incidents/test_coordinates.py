from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.incidents.coordinates import position, read_degrees, read_pair, read_point
from geomap.incidents.faults import CellError

LATITUDES = st.floats(-90, 90, allow_nan=False)
LONGITUDES = st.floats(-180, 180, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "axis", "degrees"),
    [
        ("40.20007", "lat", 40.20007),
        (" -12.5 ", "lon", -12.5),
        ("−12.5", "lon", -12.5),
        ("+40", "lat", 40),
        ("40,20007", "lat", 40.20007),
        (".5", "lon", 0.5),
        ("5e-05", "lon", 0.00005),
        ("40.5°", "lat", 40.5),
        ("40.5 N", "lat", 40.5),
        ("S40.5", "lat", -40.5),
        ("46.25w", "lon", -46.25),
        ("40°30′00″N", "lat", 40.5),
        ("40° 30' 18\" S", "lat", -40.505),
        ("40°30.3'", "lat", 40.505),
        ("-40°30’18”", "lat", -40.505),
        ("40 30 18", "lat", 40.505),
        ("40:30:18N", "lat", 40.505),
    ],
)
def test_degrees_in_the_forms_that_people_write(text: str, axis: str, degrees: float) -> None:
    assert read_degrees(text, axis) == pytest.approx(degrees, abs=1e-12)


NO_DEGREES = [
    "", "abc", "nan", "NaN", "inf", "-Infinity", "1_0", "40.5.1", "40;5", "4 0", "0x28", "٤٠", "40 12", "40°61'",
    "40°59'60\"", "40°30.5'20\"", "40d30m", "-40.5S", "1,234,567", "40.5 45.9", "40.5\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DEGREES)
def test_what_is_no_degrees_is_refused(text: str) -> None:
    with pytest.raises(CellError) as caught:
        read_degrees(text, "lat")
    assert (caught.value.code, caught.value.column) == ("bad_coordinates", "lat")


@pytest.mark.parametrize(
    ("lat", "lon", "code", "words"),
    [
        ("91", "45", "swapped_coordinates", "looks swapped"),
        ("-120.5", "40", "swapped_coordinates", "looks swapped"),
        ("91", "120", "bad_coordinates", "beyond 90"),
        ("40", "181", "bad_coordinates", "metres"),
        ("4450000", "500000", "bad_coordinates", "metres"),
        ("nan", "45", "bad_coordinates", "latitude is not a number"),
        ("40", "inf", "bad_coordinates", "longitude is not a number"),
        ("1e999", "45", "bad_coordinates", "latitude is not a number"),
        ("0", "0.0", "zero_coordinates", "both 0"),
        ("45.9E", "40.2N", "swapped_coordinates", "looks swapped"),
        ("", "45.9", "half_coordinates", "a longitude without a latitude"),
        ("40.2", " ", "half_coordinates", "a latitude without a longitude"),
    ],
)
def test_positions_that_cannot_be_right_are_refused(lat: str, lon: str, code: str, words: str) -> None:
    with pytest.raises(CellError, match=words) as caught:
        read_pair(lat, lon)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_pair_is_never_turned_and_the_equator_is_a_place() -> None:
    assert read_pair("45.9", "40.2") == (40.2, 45.9)
    assert read_pair("0", "32.5") == (32.5, 0)
    assert position(180, -90) == (180, -90)


@pytest.mark.parametrize(
    ("text", "lonlat"),
    [
        ("POINT (45.9 40.2)", (45.9, 40.2)),
        ("SRID=4326;Point(45.9 40.2)", (45.9, 40.2)),
        ("40.2N 45.9E", (45.9, 40.2)),
        ("N 40.2, E 45.9", (45.9, 40.2)),
        ("40°12′00″N, 45°54′00″E", (45.9, 40.2)),
    ],
)
def test_positions_in_one_cell(text: str, lonlat: tuple[float, float]) -> None:
    assert read_point(text) == pytest.approx(lonlat)


@pytest.mark.parametrize("text", ["40.2, 45.9", "45.9 40.2", "POINT EMPTY", "POINT (45.9)", "POINT Z (1 2 3)", "here"])
def test_two_bare_numbers_in_one_cell_are_refused(text: str) -> None:
    with pytest.raises(CellError) as caught:
        read_point(text)
    assert caught.value.code == "bad_coordinates"


@given(LATITUDES, LONGITUDES)
def test_decimal_degrees_come_back_exactly(lat: float, lon: float) -> None:
    if lat or lon:
        assert read_pair(repr(lat), repr(lon)) == (lon, lat)


@given(LATITUDES)
def test_degrees_minutes_seconds_come_back_within_a_tenth_of_a_second(lat: float) -> None:
    tenths = round(abs(lat) * 36_000)
    minutes, seconds = divmod(tenths, 600)
    text = f"{minutes // 60}°{minutes % 60:02}′{seconds / 10:04.1f}″{'S' if lat < 0 else 'N'}"
    assert math.isclose(read_degrees(text, "lat"), lat, abs_tol=0.051 / 3600)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_a_position_or_refused(lat: str, lon: str) -> None:
    with contextlib.suppress(CellError):
        found = read_pair(lat, lon)
        assert abs(found.lon) <= 180
        assert abs(found.lat) <= 90
