"""Licences fail closed: what may not be passed on is gone before a scene is made."""

from __future__ import annotations

import geopandas as gpd
from shapely import Point
from tables import incident_table

from geomap.publish import publish
from geomap.types import Licence

CLOSED = Licence("ACLED", "ACLED, accessed 2026", embed_text=False, download=False, round_degrees=2)


def _table() -> gpd.GeoDataFrame:
    return incident_table(
        file=["acled.csv", "mine.csv"], text=["a secret note", "my own note"], actors=["Unit A", "Unit B"],
        source_name=["Outlet", "Diary"], deaths_best=[3, 4], kind=["Battles", "Battles"], place_text=["Goris", "Sotk"],
        geometry=[Point(46.341678, 39.511111), Point(45.869512, 40.200071)],
    )  # fmt: skip


def test_a_restricted_file_keeps_date_kind_place_and_a_rounded_point() -> None:
    published = publish(_table(), {"acled.csv": CLOSED})
    row = published.table.iloc[0]
    assert row[["text", "actors", "source_name", "deaths_best"]].isna().all()
    assert (row["kind"], row["place_text"]) == ("Battles", "Goris")
    assert (row.geometry.x, row.geometry.y) == (46.34, 39.51)
    assert not published.download
    assert not published.embed_text
    assert published.citations == ("ACLED, accessed 2026",)
    assert ("text", "the licence of ACLED does not allow passing it on") in published.left_out


def test_other_files_and_the_input_are_untouched() -> None:
    table = _table()
    published = publish(table, {"acled.csv": CLOSED})
    assert published.table["text"].iloc[1] == "my own note"
    assert published.table.geometry.iloc[1].x == 45.869512
    assert table["text"].iloc[0] == "a secret note"


def test_the_words_of_a_permission_lift_it() -> None:
    published = publish(_table(), {"acled.csv": CLOSED}, "ACLED allowed this map by letter of 3 May 2026")
    assert published.table["text"].iloc[0] == "a secret note"
    assert published.download
    assert published.left_out == ()
    said = "Permission: ACLED allowed this map by letter of 3 May 2026"
    assert published.citations == ("ACLED, accessed 2026", said)


def test_without_licences_all_stays() -> None:
    assert publish(_table(), {}).download


def test_distances_are_rounded_with_the_point_and_what_gives_it_away_is_gone() -> None:
    table = incident_table(
        located=True, file=["acled.csv", "mine.csv"], geometry=[Point(46.341678, 39.511111)] * 2,
        border_km=[7.541, 7.541], other_km_low=[7.122, 7.122], other_km_high=[8.669, 8.669],
        foot_lon=[46.4, 46.4], foot_lat=[39.5, 39.5], side_shares=["AM 0.62 | AZ 0.38"] * 2,
    )  # fmt: skip
    closed, open_row = (publish(table, {"acled.csv": CLOSED}).table.iloc[row] for row in (0, 1))
    assert closed[["border_km", "other_km_low", "other_km_high"]].tolist() == [8, 7, 9]
    assert closed[["foot_lon", "foot_lat", "side_shares"]].isna().all()
    assert open_row[["border_km", "foot_lon", "side_shares"]].tolist() == [7.541, 46.4, "AM 0.62 | AZ 0.38"]
