from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from join.made import AREAS, JOINED_NAMES, KM_PER_DEGREE, LINE, MERIDIAN, borders, joined, points

from geomap.join import join_borders
from geomap.types import JOINED


def test_the_table_comes_back_as_it_was_with_the_joined_columns_added() -> None:
    table = points((9, 5), None, (11, 5), (9, 5), note=["a", "b", "c", "d"]).set_index(pd.Index([7, 7, 3, 1]))
    before = table.copy()
    result = join_borders(table, borders(LINE, *AREAS))
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(pd.DataFrame(result[["note", "geometry"]]), pd.DataFrame(before))
    assert result.crs == before.crs
    assert [str(result[column.name].dtype) for column in JOINED] == [column.dtype for column in JOINED]
    assert result["side"].tolist() == ["AA", pd.NA, "BB", "AA"]
    pd.testing.assert_frame_equal(join_borders(result, borders(LINE, *AREAS)), result)


@pytest.mark.parametrize("shape", [None, shapely.Point(), shapely.Point(np.nan, 1)])
def test_a_row_without_position_is_null_in_all_columns(shape: shapely.Point | None) -> None:
    table = gpd.GeoDataFrame({"admin1_text": ["Syunik"]}, geometry=[shape], crs=4326)
    assert join_borders(table, borders(LINE, *AREAS))[JOINED_NAMES].isna().all(axis=None)


def test_the_rows_own_position_comes_before_the_matched_places() -> None:
    table = points((9, 5), None, None, match_lon=[11.0, 11.0, np.nan], match_lat=[5.0, 5.0, 5.0])
    assert join_borders(table, borders(LINE, *AREAS))["side"].tolist() == ["AA", "BB", pd.NA]


def test_empty_tables_and_empty_borders() -> None:
    everything = borders(LINE, *AREAS)
    assert list(join_borders(points(), everything).columns) == ["geometry", *JOINED_NAMES]
    row = joined((9, 5), borders())
    assert row[JOINED_NAMES].isna().all()
    row = joined((9, 5), borders(*AREAS))
    assert row["country"] == "AA"
    assert row[["side", "border_km"]].isna().all()


def test_only_the_geometry_is_needed_of_either_table() -> None:
    bare = gpd.GeoDataFrame({"id": ["x"], "role": ["line"]}, geometry=[MERIDIAN], crs=4326)
    row = joined((9, 5), bare)
    assert row["border_km"] == pytest.approx(KM_PER_DEGREE, rel=1e-4)
    assert row["border_id"] == "x"
    assert row[["side", "border_pair", "border_km_error", "border_vintage", "country"]].isna().all()


def test_admin1_is_the_files_word_before_the_gazetteers() -> None:
    table = points(
        (9, 5), (9, 5), (9, 5), admin1_text=["Syunik", None, None], match_admin1=["Vayots Dzor", "Gegharkunik", None]
    )
    result = join_borders(table, borders(LINE))
    assert result["admin1"].tolist() == ["Syunik", "Gegharkunik", pd.NA]
    assert result["admin1_source"].tolist() == ["file", "gazetteer", pd.NA]


def test_crs84_is_the_same_as_epsg_4326() -> None:
    assert (
        join_borders(points((9, 5)).set_crs("OGC:CRS84", allow_override=True), borders(LINE, *AREAS))["side"].item()
        == "AA"
    )
