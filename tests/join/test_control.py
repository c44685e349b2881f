"""Recognised country, control at the date and side of a line are three facts, and none is taken from another."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from join.made import AREAS, LINE, borders, feature, points

from geomap.join import join_borders

HELD = feature("control", shapely.box(8, 0, 12, 10), side_a="BB", valid_from="2020-11-10", valid_to="2022-08-26")
FACTS = ["country", "country_source", "country_also", "side", "border_id", "border_km", "border_km_error"]


def _on(day: str | None, *features: dict[str, object], at: tuple[float, float] = (9, 5)) -> pd.Series:
    table = points(at, start=pd.array([day], dtype="datetime64[s]"))
    return join_borders(table, borders(LINE, *AREAS, *features)).iloc[0]


@pytest.mark.parametrize(
    ("day", "control"),
    [("2020-11-09", None), ("2020-11-10", "BB"), ("2022-08-25", "BB"), ("2022-08-26", None), (None, None)],
)
def test_control_is_told_for_its_time_only(day: str | None, control: str | None) -> None:
    row = _on(day, HELD)
    assert (None if pd.isna(row["control"]) else row["control"]) == control
    source = None if pd.isna(row["control_source"]) else row["control_source"]
    assert source == (control and "the test (2020-11-10/2022-08-26)")


def test_undated_rows_have_no_control_even_of_a_source_without_end() -> None:
    assert pd.isna(_on(None, {**HELD, "valid_to": None})["control"])
    assert _on("2025-01-01", {**HELD, "valid_to": None})["control_source"] == "the test (2020-11-10/..)"


@pytest.mark.parametrize("at", [(9.0, 5.0), (11.0, 5.0), (10.0, 5.0), (1.0, 5.0), (9.0, 15.0)])
def test_control_changes_neither_country_nor_side(at: tuple[float, float]) -> None:
    pd.testing.assert_series_equal(_on("2021-01-01", HELD, at=at)[FACTS], _on("2021-01-01", at=at)[FACTS])


def test_country_and_line_do_not_change_control() -> None:
    table = points((9, 5), (1, 5), start=pd.array(["2021-01-01"] * 2, dtype="datetime64[s]"))
    assert join_borders(table, borders(HELD))["control"].tolist() == ["BB", pd.NA]
    assert join_borders(table, borders(HELD, LINE, *AREAS))["control"].tolist() == ["BB", pd.NA]


def test_an_enclave_keeps_its_note_and_is_controlled_apart() -> None:
    enclave = feature("enclave", shapely.box(8, 4, 9.5, 6), side_a="BB", name="E", held_by="held by AA")
    row = _on("2021-01-01", enclave, {**HELD, "side_a": "AA"})
    assert (row["side"], row["country"], row["held_by"], row["control"]) == ("enclave(E)", "BB", "held by AA", "AA")


def test_all_who_are_said_to_control_a_position_are_named() -> None:
    row = _on("2021-01-01", HELD, {**HELD, "id": "x", "side_a": "CC", "source": "another"})
    assert row["control"] == "BB | CC"
    assert row["control_source"] == "the test (2020-11-10/2022-08-26) | another (2020-11-10/2022-08-26)"


def test_an_area_that_is_only_claimed_gives_no_country() -> None:
    claim = feature("area", shapely.box(0, 0, 20, 10), side_a="CC", status="claimed", claimed_by="CC")
    table = points((9, 5), (19, 5))
    plain, claimed = (join_borders(table, borders(*first, LINE, *AREAS)) for first in ((), (claim,)))
    pd.testing.assert_frame_equal(pd.DataFrame(plain), pd.DataFrame(claimed))
