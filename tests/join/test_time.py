from __future__ import annotations

import pandas as pd
import pytest
import shapely
from join.made import AREAS, LINE, borders, feature, points
from oracle import metres

from geomap.join import join_borders

OLD = {**LINE, "id": "old", "geometry": shapely.LineString([(8, 0), (8, 10)]), "valid_to": "2020-11-10"}
NEW = {**LINE, "id": "new", "valid_from": "2020-11-10"}


def _dated(day: str | None, *features: dict[str, object], as_of: str | None = None) -> pd.Series:
    table = points((9.5, 5), start=pd.array([day], dtype="datetime64[s]"))
    return join_borders(table, borders(*features, *AREAS), as_of=as_of).iloc[0]


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("1990-01-01", "old"),
        ("2020-11-09 23:59", "old"),
        ("2020-11-10 00:00", "new"),
        ("2022-09-13", "new"),
        (None, "new"),
    ],
)
def test_rows_meet_the_lines_of_their_date(day: str | None, line: str) -> None:
    assert _dated(day, OLD, NEW)["border_id"] == line


def test_rows_of_many_dates_keep_their_order() -> None:
    days = ["2022-01-01", None, "2001-01-01", "2022-01-01", "2001-01-01"]
    table = points(*[(9.5, 5)] * 5, start=pd.array(days, dtype="datetime64[s]"))
    result = join_borders(table, borders(OLD, NEW, *AREAS), as_of="2010-01-01")
    assert result["border_id"].tolist() == ["new", "old", "old", "new", "old"]


def test_no_line_for_a_date_leaves_the_distance_empty() -> None:
    row = _dated("2019-01-01", NEW)
    assert (row["side"], row["country"]) == ("no_line_for_date", "AA")
    assert row[["border_id", "border_pair", "border_km", "border_km_error", "border_vintage"]].isna().all()


def test_the_next_pairs_line_does_not_answer_for_a_line_out_of_force() -> None:
    far = feature("line", shapely.LineString([(0, 10), (20, 10)]), side_a="AA", side_b="CC")
    assert _dated("2019-01-01", NEW, far)["side"] == "no_line_for_date"
    assert _dated("2022-01-01", NEW, far)["border_pair"] == "AA-BB"


def test_areas_and_enclaves_have_their_time_too() -> None:
    enclave = feature("enclave", shapely.box(9, 4, 10, 6), side_a="BB", name="E", valid_to="1992-08-01")
    assert _dated("1991-01-01", LINE, enclave)["side"] == "enclave(E)"
    assert _dated("2022-01-01", LINE, enclave)["side"] == "AA"


def test_status_and_validity_are_those_of_the_line_met() -> None:
    old = {**OLD, "status": "historical", "valid_from": "1991-08-30"}
    new = {**NEW, "status": "not_delimited"}
    was, now = _dated("2001-01-01", old, new), _dated("2022-09-13", old, new)
    assert (was["border_status"], was["border_valid"]) == ("historical", "1991-08-30/2020-11-10")
    assert (now["border_status"], now["border_valid"]) == ("not_delimited", "2020-11-10/..")
    assert _dated("2001-01-01", OLD)["border_valid"] == "../2020-11-10"
    silent = _dated("2022-01-01", LINE)
    assert silent[["border_status", "border_valid"]].isna().all()


def test_tied_lines_name_all_their_status_and_validity() -> None:
    one = {**LINE, "status": "disputed", "valid_from": "1990-01-01"}
    other = {**LINE, "id": "other", "layer": "other", "status": "claimed", "valid_to": "2030-01-01"}
    row = _dated("2022-01-01", one, other)
    assert row["border_status"] == "disputed | claimed"
    assert row["border_valid"] == "1990-01-01/.. | ../2030-01-01"


FOUR = [
    {**LINE, "id": f"line-{number}", "status": status, "geometry": shapely.LineString([(lon, 0), (lon, 10)])}
    | {"valid_from": since, "valid_to": until}
    for number, (lon, status, since, until) in enumerate(
        [
            (8.0, "historical", None, "2020-11-10"),
            (9.0, "control_line", "2020-11-10", "2022-08-26"),
            (10.0, "not_delimited", "2022-08-26", "2024-05-24"),
            (11.0, "delimited", "2024-05-24", None),
        ]
    )
]


@pytest.mark.parametrize(
    ("day", "number", "lon"),
    [("2020-09-27", 0, 8.0), ("2021-05-12", 1, 9.0), ("2022-09-13", 2, 10.0), ("2024-06-01", 3, 11.0)],
)
def test_each_date_meets_its_own_version_of_a_line(day: str, number: int, lon: float) -> None:
    row = _dated(day, *FOUR)
    assert (row["border_id"], row["border_status"]) == (f"line-{number}", FOUR[number]["status"])
    assert row["foot_lon"] == lon
    assert row["border_km"] == pytest.approx(metres((9.5, 5), (lon, 5)) / 1000, rel=1e-4)


def test_no_line_for_a_date_leaves_foot_status_and_validity_empty() -> None:
    row = _dated("2019-01-01", {**NEW, "status": "delimited"})
    assert row["side"] == "no_line_for_date"
    assert row[["foot_lon", "foot_lat", "border_status", "border_valid"]].isna().all()
