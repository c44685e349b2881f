"""Border statistics against counts made by hand, and on the Syria file against GeographicLib and the raw rows."""

from __future__ import annotations

import csv
import gzip
import json
import operator
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Area, Line, Position, rings
from shapely import LineString, Point, Polygon
from tables import incident_table
from topologies import shipped_features

from geomap.account import Account
from geomap.build import check
from geomap.stats import CELLS, REASONS, border_stats, left_out, measured_to, report
from geomap.types import PLACE_PRECISIONS, RELATIONS, ROLES

KEY = ["border_pair", "side", "band", "period"]


def joined(**columns: Sequence[object]) -> gpd.GeoDataFrame:
    """Make a table of rows that are counted unless a test says otherwise: settlements 3 km from AM-AZ, in 2022."""
    size = len(next(iter(columns.values())))
    given: dict[str, Sequence[object]] = {
        "start": [datetime(2022, 9, 13)] * size,
        "end": columns.get("start", [datetime(2022, 9, 13)] * size),
        "match_status": ["placed"] * size, "match_id": [f"gn:{number}" for number in range(size)],
        "place_precision": ["settlement"] * size, "border_pair": ["AM-AZ"] * size, "side": ["AM"] * size,
        "border_km": [3.0] * size, "border_km_error": [0.5] * size, "border_id": ["osm:AM-AZ"] * size,
    }  # fmt: skip
    return incident_table(located=True, **{**given, **columns})


def counts(table: gpd.GeoDataFrame, *columns: str, **options: object) -> list[tuple[object, ...]]:
    """Return these columns of the cells, null as None."""
    cells = border_stats(table, **options)[list(columns)].astype(object)  # pyright: ignore[reportArgumentType]
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))


# Distance -------------------------------------------------------------------------------------------------------


def test_a_band_holds_its_lower_edge_and_the_last_all_beyond() -> None:
    table = joined(border_km=[0, 0.999, 1, 4.9, 5, 100, 250, None])
    assert counts(table, "band", "incidents") == [
        ("0-1 km", 2), ("1-5 km", 2), ("5-10 km", 1), ("100+ km", 2), (None, 1),
    ]  # fmt: skip
    assert counts(table, "band", "incidents", bands_km=[0.5, 2.5]) == [
        ("0-0.5 km", 1), ("0.5-2.5 km", 2), ("2.5+ km", 4), (None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("km", "error", "unsure"),
    [
        (3, 1.9, 0), (3, 2, 1), (3, 2.1, 1), (1.5, 0.5, 0), (1.5, 0.6, 1), (0.2, 0.7, 0), (0.2, 0.8, 1),
        (150, 50, 0), (150, 51, 1), (3, None, 1), (150, None, 1), (None, None, 0),
    ],
)  # fmt: skip
def test_an_error_that_reaches_another_band_is_counted_as_unsure(
    km: float | None, error: float | None, unsure: int
) -> None:
    """Within an error of 2 km, 3 km may be 1 km, which is of the band, or 5 km, which is of the next."""
    assert counts(joined(border_km=[km], border_km_error=[error]), "incidents", "band_unsure") == [(1, unsure)]


@pytest.mark.parametrize("bands", [[], [0, 1], [-1, 2], [1, 1], [5, 1], [1, float("nan")], [1, float("inf")]])
def test_bands_that_do_not_ascend_are_refused(bands: list[float]) -> None:
    with pytest.raises(ValueError, match="ascend from above 0"):
        border_stats(joined(border_km=[1]), bands_km=bands)


# Side and pair --------------------------------------------------------------------------------------------------


def test_a_side_that_is_no_country_is_counted_apart() -> None:
    sides = ["AM", "uncertain", "straddles", "enclave(Karki)", "no_line_for_date", "outside", "AZ", None, "AM"]
    pairs = ["AM-AZ"] * 4 + [None] + ["AM-AZ"] * 4
    told = counts(joined(side=sides, border_pair=pairs), "border_pair", "side", "incidents")
    assert told == [
        ("AM-AZ", "AM", 2), ("AM-AZ", "AZ", 1), ("AM-AZ", "enclave(Karki)", 1), ("AM-AZ", "outside", 1),
        ("AM-AZ", "straddles", 1), ("AM-AZ", "uncertain", 1), ("AM-AZ", None, 1), (None, "no_line_for_date", 1),
    ]  # fmt: skip


def test_tied_pairs_count_once_under_both_names() -> None:
    table = joined(border_pair=["AM-AZ | AM-GE", "AM-AZ", "AM-AZ | AM-GE"])
    assert counts(table, "border_pair", "incidents") == [("AM-AZ", 1), ("AM-AZ | AM-GE", 2)]


# What is left out -----------------------------------------------------------------------------------------------

OUT = [
    ("duplicate", {"duplicate_of": "i1"}),
    ("no_place", {"match_status": "ambiguous"}),
    ("no_place", {"match_status": "list_only", "place_precision": None}),
    ("near", {"place_precision": "near"}),
    ("area", {"place_precision": "area"}),
    ("region", {"place_precision": "region", "role": "mentioned"}),
    ("country", {"place_precision": "country"}),
    ("precision_unstated", {"place_precision": None}),
    ("direction", {"relation": "direction_of"}),
    ("direction", {"relation": "from_direction_of"}),
    ("threatened", {"role": "threatened"}),
    ("mentioned", {"role": "mentioned"}),
]


@pytest.mark.parametrize(("reason", "cells"), OUT)
def test_a_row_is_left_out_for_one_reason(reason: str, cells: dict[str, str | None]) -> None:
    usual = {"match_status": "placed", "place_precision": "settlement", "relation": "at", "role": "clash"}
    table = joined(duplicate_of=[None, None], **{name: [value, value] for name, value in usual.items()})
    for name, value in cells.items():
        table.loc[1, name] = value
    assert left_out(table).to_dict() == {name: int(name == reason) for name in REASONS}
    assert counts(table, "incidents") == [(1,)]


def test_every_reason_is_tried() -> None:
    assert {reason for reason, _ in OUT} == set(REASONS)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ([None, "i1", "i1"], ["i1"]),
        ([None, "i1", "i2"], ["i1"]),
        (["i3", "i3", None], ["i3"]),
        (["gone", "gone", None], ["i1", "i3"]),
        (["i2", "i1", None], ["i1", "i3"]),
        (["i2", "i3", "i1"], ["i1"]),
        (["i1", None, None], ["i1", "i2", "i3"]),
    ],
    ids=["two of one", "a chain", "the original last", "of a row elsewhere", "of each other", "a ring", "of itself"],
)
def test_rows_that_repeat_each_other_are_counted_once(said: list[str | None], counted: list[str]) -> None:
    table = joined(duplicate_of=said, border_pair=["i1", "i2", "i3"])
    assert [pair for (pair,) in counts(table, "border_pair")] == counted
    assert left_out(table)["duplicate"] == 3 - len(counted)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["placed", "coordinates", "ambiguous", "unknown", "list_only", "superseded"]),
        st.sampled_from([*PLACE_PRECISIONS, "settlement", "exact", None]),
        st.sampled_from(["AM-AZ", "AM-GE | AM-TR", None]),
        st.sampled_from(["AM", "uncertain", None]),
        st.sampled_from([0.0, 0.3, 1.0, 9.9, 100.0, 1234.5, None]),
        st.sampled_from([datetime(2022, 9, 30, 23, 59), datetime(2022, 10, 1), None]),
        st.sampled_from([None, None, None, "i1", "i2", "i3", "elsewhere"]),
        st.sampled_from(ROLES),
        st.sampled_from(RELATIONS),
    ),
    max_size=12,
)
COLUMNS = (
    "match_status", "place_precision", "border_pair", "side", "border_km", "start", "duplicate_of", "role", "relation",
)  # fmt: skip


@settings(max_examples=40)
@given(ROWS, st.sampled_from(["day", "month", "year", "all"]))
def test_what_is_counted_and_what_is_left_out_add_up_to_all_rows(rows: list[tuple[object, ...]], period: str) -> None:
    table = joined(**dict(zip(COLUMNS, zip(*rows, strict=True) if rows else [[]] * len(COLUMNS), strict=True)))
    cells = border_stats(table, period=period)  # pyright: ignore[reportArgumentType]
    assert cells["incidents"].sum() + left_out(table).sum() == len(rows)
    assert list(cells.dtypes.astype(str)) == [column.dtype for column in CELLS]
    assert not cells.duplicated(KEY).any()
    assert (cells[["reports", "places", "band_unsure", "period_unsure"]].le(cells["incidents"], axis=0)).all(axis=None)


def test_a_table_that_was_not_joined_is_refused() -> None:
    with pytest.raises(KeyError, match=r"match_status: call geomap\.locate first"):
        border_stats(incident_table(id=["i1"]))
    with pytest.raises(KeyError, match=r"border_pair: call geomap\.join_borders first"):
        left_out(joined(id=["i1"]).drop(columns="border_pair"))


# Time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("day", [("2022-08-31", 1, 1), ("2022-09-13", 1, 0), (None, 1, 0)]),
        ("month", [("2022-08", 1, 1), ("2022-09", 1, 0), (None, 1, 0)]),
        ("year", [("2022", 2, 0), (None, 1, 0)]),
        ("all", [("all", 3, 0)]),
    ],
)
def test_a_row_is_counted_at_its_start(period: str, expected: list[tuple[object, ...]]) -> None:
    table = joined(
        start=[datetime(2022, 8, 31, 23), datetime(2022, 9, 13, 0, 5), None],
        end=[datetime(2022, 9, 1, 4), datetime(2022, 9, 13, 23, 59), None],
    )
    assert counts(table, "period", "incidents", "period_unsure", period=period) == expected


def test_no_other_period_is_known() -> None:
    with pytest.raises(ValueError, match="no period 'week'"):
        border_stats(joined(border_km=[1]), period="week")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("precision", "start", "unsure"),
    [
        ("day", datetime(2022, 9, 1), (0, 0, 0)),
        ("week", datetime(2022, 9, 13), (1, 0, 0)),
        ("week", datetime(2022, 9, 6), (1, 1, 0)),
        ("week", datetime(2022, 9, 24), (1, 0, 0)),
        ("week", datetime(2022, 9, 25), (1, 1, 0)),
        ("range", datetime(2022, 12, 28), (1, 1, 1)),
        ("month", datetime(2022, 9, 15), (1, 0, 0)),
        ("month", datetime(2022, 12, 31), (1, 0, 0)),
        ("year", datetime(2022, 7, 1), (1, 1, 0)),
        (None, datetime(2022, 9, 30), (0, 0, 0)),
    ],
)
def test_one_day_may_stand_for_a_week_a_month_or_a_year(
    precision: str | None, start: datetime, unsure: tuple[int, int, int]
) -> None:
    """ACLED gives one date for an event of some day of a week (time_precision 2) or a month (3)."""
    table = joined(start=[start], date_precision=[precision])
    told = [counts(table, "period_unsure", period=period) for period in ("day", "month", "year")]
    assert told == [[(number,)] for number in unsure]


def test_a_span_that_is_stated_is_taken_as_it_is() -> None:
    table = joined(start=[datetime(2022, 9, 26)], end=[datetime(2022, 9, 30)], date_precision=["week"])
    assert counts(table, "period_unsure") == [(0,)]


# Reports, places, deaths ----------------------------------------------------------------------------------------


def test_reports_and_places_are_counted_once_in_a_cell() -> None:
    here, there = Point(46.3, 39.5), Point(46.3, 39.6)
    table = joined(
        report_id=["r1", "r1", "r2", "r2", "r3"],
        match_status=["placed", "placed", "coordinates", "coordinates", "coordinates"],
        match_id=["gn:1", "gn:1", "gn:1", None, None],
        geometry=[None, None, here, here, there],
    )
    assert counts(table, "reports", "incidents", "places") == [(3, 5, 3)]


DEATHS = ("deaths_low", "deaths_best", "deaths_high", "deaths_rows")


def test_deaths_of_coded_events_are_summed_and_unknown_is_not_zero() -> None:
    low, best, high = [1, 0, None, None], [2, 0, None, 4], [5, 0, 9, 6]
    table = joined(deaths_low=low, deaths_best=best, deaths_high=high, border_km=[3, 3, 3, 30])
    assert counts(table, "band", *DEATHS) == [("1-5 km", 1, 2, 5, 2), ("25-50 km", None, 4, 6, 1)]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"deaths_best": [None, None], "deaths_high": [4, 5]}, "no best figure"),
        ({"claimant": ["A ministry", None]}, "the file's figures are claims"),
        ({"report_id": ["r1", "r1"]}, "one report's figure in two rows"),
        ({"file": ["ucdp.csv", "acled.csv"]}, "two files may code one event"),
    ],
)
def test_figures_that_do_not_add_up_are_not_added(cells: dict[str, list[object]], why: str) -> None:
    table = joined(**{"deaths_low": [1, 1], "deaths_best": [2, 2], "deaths_high": [3, 3], **cells})
    assert counts(table, *DEATHS) == [(None, None, None, None)], why


def test_deaths_of_rows_without_date_side_or_line_are_kept() -> None:
    table = joined(deaths_best=[1, 2, 3], start=[None] * 3, side=["AM", None, None], border_pair=["AM-AZ"] * 2 + [None])
    assert counts(table, "deaths_best") == [(1,), (2,), (3,)]


def test_rows_may_share_an_index() -> None:
    table = joined(deaths_best=[1, 2], match_id=["gn:1", "gn:2"]).set_axis(["x", "x"])
    assert counts(table, "incidents", "places", "deaths_best") == [(2, 2, 3)]


def test_a_row_that_repeats_another_adds_no_deaths() -> None:
    table = joined(deaths_best=[2, 2], report_id=["r1", "r1"], duplicate_of=[None, "i1"])
    assert counts(table, "deaths_best", "deaths_rows") == [(2, 1)]


# The account ----------------------------------------------------------------------------------------------------


def borders() -> gpd.GeoDataFrame:
    """Two lines of one layer, one of another that nothing is near, and an area under the id of a line."""
    rows = [
        {"id": "osm:AM-AZ", "role": "line", "layer": "OSM", "status": "not_delimited", "error_km": 0.2},
        {"id": "osm:AM-GE", "role": "line", "layer": "OSM", "status": "delimited", "error_km": 0.4},
        {"id": "cc:AM-TR", "role": "line", "layer": "country-coder", "status": None, "error_km": None},
        {"id": "osm:AM-AZ", "role": "area", "layer": "areas", "status": None, "error_km": 9.0},
    ]
    common = {"vintage": "2026", "source": "made", "licence": "none"}
    shapes = [LineString([(0, 0), (1, 1)])] * 3 + [Polygon([(0, 0), (1, 0), (1, 1)])]
    return gpd.GeoDataFrame([{**row, **common} for row in rows], geometry=shapes, crs=4326)


def test_the_lines_that_counted_rows_were_measured_to_are_named() -> None:
    table = joined(
        border_id=["osm:AM-AZ", "osm:AM-AZ | osm:AM-GE", "cc:AM-TR", None],
        place_precision=["settlement", "exact", "near", "exact"],
    )
    (layer,) = measured_to(table, borders()).to_dict("records")
    assert layer == {
        "layer": "OSM", "vintage": "2026", "source": "made", "licence": "none", "lines": 2,
        "status": "delimited | not_delimited", "error_km": 0.4,
    }  # fmt: skip
    table.loc[2, "place_precision"] = "exact"
    unstated = measured_to(table, borders()).iloc[1]
    assert pd.isna(unstated["status"])
    assert pd.isna(unstated["error_km"])


def test_the_report_accounts_for_every_row_and_is_json() -> None:
    table = joined(place_precision=["settlement", "near", "exact", "exact"], duplicate_of=[None, None, None, "i3"])
    told = json.loads(
        json.dumps(report(table, borders(), Account(superseded=2), citations=["B", "A"]), allow_nan=False)
    )
    assert told["rows"] == told["counted"] + sum(told["left_out"].values()) + told["superseded"] == 6
    assert told["counted"] == sum(cell["incidents"] for cell in told["cells"]) == 2
    assert told["citations"] == ["A", "B"]
    assert told["cells"][0]["deaths_best"] is None
    assert any("not places of events" in note for note in told["notes"])


# Real data ------------------------------------------------------------------------------------------------------

RADIUS_KM = 5.0
"""What a settlement of UCDP GED (where_prec 1) stands for, by geomap's convention."""


def country_coder(role: str) -> list[dict]:
    """Return the lines or areas of country-coder that lie near Syria."""
    features = shipped_features("countrycoder", role)
    return [feature for feature in features if any(map(_near_syria, rings(feature["geometry"])))]


def _near_syria(ring: Sequence[Position]) -> bool:
    return any(30 < lon < 48 and 28 < lat < 42 for lon, lat in ring)


def raw_settlements(path: Path, month: str) -> list[dict[str, str]]:
    """Return the rows of UCDP GED whose place is a settlement and whose event began in a month."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
        return [row for row in csv.DictReader(rows)
                if float(row["where_prec"]) == 1 and row["date_start"].startswith(month)]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pair", "side", "band", "month"),
    [("SY-TR", "SY", (10, 25), "2018-03"), ("JO-SY", "uncertain", (5, 10), "2017-06")],
)
def test_two_cells_of_the_syria_file_derived_from_its_raw_rows(
    samples: Path, pair: str, side: str, band: tuple[int, int], month: str
) -> None:
    """Distances by GeographicLib to country-coder's lines in pieces of 100 m, sides by casting rays: no code shared."""
    path, (low, high) = samples / "incidents" / "ucdp_ged_syria_2016_2019.csv.gz", band
    lines = {feature["id"]: feature for feature in country_coder("line")}
    own = next(
        line for line in lines.values() if "-".join(operator.itemgetter("side_a", "side_b")(line["properties"])) == pair
    )
    nearest = Line(rings(own["geometry"]))
    others = Line(ring for line in lines.values() if line is not own for ring in rings(line["geometry"]))
    syria = next(area for area in country_coder("area") if area["properties"]["side_a"] == "SY")
    inside = Area(rings(syria["geometry"]))
    error = own["properties"]["error_km"] + RADIUS_KM

    found = []
    for row in raw_settlements(path, month):
        point = (float(row["longitude"]), float(row["latitude"]))
        km = nearest.distance(point) / 1000
        if low <= km < high and others.distance(point) / 1000 > km and inside.holds(point):
            said = "SY" if error < km else "uncertain"
            if said == side:
                found.append((row, point, km))
    assert len(found) > 10

    cells = border_stats(check([path]).table)
    (cell,) = cells[cells[KEY].eq([pair, side, f"{low}-{high} km", month]).all(axis=1)].to_dict("records")
    assert cell["incidents"] == len(found)
    assert cell["reports"] == len({row["id"] for row, _, _ in found})
    assert cell["places"] == len({point for _, point, _ in found})
    assert cell["band_unsure"] == sum(km - error < low or km + error >= high for _, _, km in found)
    assert cell["period_unsure"] == sum(not row["date_end"].startswith(month) for row, _, _ in found)
    for column in ("low", "best", "high"):
        assert cell[f"deaths_{column}"] == sum(int(float(row[column])) for row, _, _ in found)
    assert cell["deaths_rows"] == len(found)


def test_the_syria_file_is_accounted_for_by_precision(samples: Path) -> None:
    path = samples / "incidents" / "ucdp_ged_syria_2016_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
        codes = Counter(row["where_prec"].removesuffix(".0") for row in csv.DictReader(rows))
    table = check([path]).table
    out = left_out(table)
    assert out["near"] == codes["2"]
    assert out["area"] == codes["3"]
    assert out["region"] == codes["4"] + codes["5"] + codes["7"]
    assert out["country"] == codes["6"]
    assert out.sum() + border_stats(table, period="all")["incidents"].sum() == codes.total()
