"""Columns of a scene: what is decoded is what was in the table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box
from tables import incident_table

from geomap.scene.columns import encode, encode_table, positions


def _decode(column: dict[str, Any] | None, size: int) -> list[object]:
    if column is None:
        return [None] * size
    if column["type"] == "category":
        return [None if code < 0 else column["words"][code] for code in column["codes"]]
    return column["values"]


@given(st.lists(st.none() | st.sampled_from(["a", "b", "", "Ü"]) | st.text(max_size=4), max_size=60))
def test_text_comes_back(values: list[str | None]) -> None:
    assert _decode(encode(pd.Series(values, dtype="string")), len(values)) == values


@given(st.lists(st.none() | st.integers(-(2**53), 2**53), max_size=40))
def test_numbers_come_back(values: list[int | None]) -> None:
    decoded = _decode(encode(pd.Series(values, dtype="Int64")), len(values))
    assert decoded == [None if value is None else pytest.approx(value) for value in values]


def test_a_column_without_values_is_left_out() -> None:
    assert encode(pd.Series([None, None], dtype="string")) is None


def test_time_is_minutes_of_the_local_wall_clock() -> None:
    table = incident_table(
        located=True, start=[pd.Timestamp("2022-09-13T00:05"), None], end=[pd.Timestamp("2022-09-13T00:05"), None],
        utc_offset=[240, None],
    )  # fmt: skip
    columns = encode_table(table, {}, str, {})
    assert columns["start"]["values"] == [27717125, None]  # 2022-09-13T00:05 as if it were UTC, in minutes
    assert columns["utc_offset"]["values"] == [240, None]


def test_positions_say_what_they_are_and_an_area_has_none() -> None:
    table = incident_table(
        located=True, geometry=[Point(45.123456789, 40.0), None, None, None],
        match_status=["coordinates", "placed", "placed", "unknown"], match_id=[None, "a", "b", None],
        match_lon=[None, 46.0, 46.3, None], match_lat=[None, 39.0, 39.7, None],
        place_precision=["exact", "near", "area", None],
    )  # fmt: skip
    columns = encode_table(table, {"a": 0, "b": 1}, str, {})
    assert _decode(columns["position"], 4) == ["event", "reference", "area", None]
    assert _decode(columns["status"], 4) == ["placed", "placed", "placed", "unplaced"]
    assert columns["lon"]["values"] == [45.12346, 46, None, None]
    assert columns["place"]["values"] == [None, 0, 1, None]
    assert positions(table)["lon"].tolist()[2] == 46.3


def test_a_polygon_is_placed_at_its_centre() -> None:
    table = incident_table(located=True, geometry=[box(44, 39, 46, 41)], match_status=["coordinates"])
    assert positions(table).iloc[0].tolist() == [45.0, 40.0, "event"]


def test_inputs_are_shown_by_name() -> None:
    table = incident_table(located=True, file=["/home/ana/incidents.csv"])
    assert encode_table(table, {}, str, {"/home/ana/incidents.csv": "incidents.csv"})["file"]["words"] == [
        "incidents.csv"
    ]
