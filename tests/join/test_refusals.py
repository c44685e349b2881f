from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from join.made import AREAS, LINE, MERIDIAN, WEST, borders, feature, points

from geomap.errors import BorderError
from geomap.join import join_borders


def shapes(*texts: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=shapely.from_wkt(list(texts)), crs=4326)


CONTROL = feature("control", WEST, side_a="BB", valid_from="2020-11-10")
CLAIM = {**LINE, "id": "claim", "geometry": shapely.LineString([(9, 0), (9, 10)]), "claimed_by": "AA"}
LATER = {**LINE, "id": "later", "geometry": shapely.LineString([(9, 0), (9, 10)]), "valid_from": "2020-11-10"}
CROSSING = {**LINE, "id": "crossing", "geometry": shapely.LineString([(9, 0), (11, 10)])}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (points((9, 5)).to_crs(3857), "table is in EPSG:3857.*to_crs"),
        (gpd.GeoDataFrame(geometry=[shapely.Point(9, 5)]), "no coordinate system.*set_crs"),
        (shapes("POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))"), "row 0.*not valid.*Self-intersection.*make_valid"),
        (shapes("POINT (1 1)", "LINESTRING (179 0, -179 0)"), "row 1.*half the globe.*antimeridian"),
        (shapes("LINESTRING (0 0, 0 95)"), "row 0.*off the globe"),
        (gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, np.inf)])], crs=4326), "row 0.*off the globe"),
        (points((9, 5), (9, 95)), "row 1.*off the globe"),
        (points((190, 5)), "off the globe"),
        (points((9, np.inf)), "off the globe"),
        (points((9, 5), start=["yesterday"]), "start.*not a date"),
    ],
)
def test_tables_that_cannot_be_joined_are_refused(table: gpd.GeoDataFrame, words: str) -> None:
    with pytest.raises(BorderError, match=words):
        join_borders(table, borders(LINE))


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (borders(LINE).to_crs(3857), "border table is in EPSG:3857"),
        (borders({**LINE, "geometry": None}), "line-AA-BB.*no geometry"),
        (borders({**LINE, "geometry": shapely.LineString()}), "line-AA-BB.*no geometry"),
        (borders({**LINE, "geometry": WEST}), "not a LineString"),
        (borders({**LINE, "role": None}), "line-AA-BB.*no role"),
        (borders({**LINE, "valid_from": "2020-13-01"}), "valid_from.*not a date"),
        (borders({**LINE, "valid_from": "2021-01-01", "valid_to": "2020-01-01"}), "ends before it begins.*swap"),
        (borders({**CONTROL, "geometry": MERIDIAN}), "role of.*control, but is no polygon.*give an area"),
        (borders({**AREAS[0], "geometry": MERIDIAN}), "area-AA-None.*no polygon"),
        (borders({**CONTROL, "side_a": None}), "no one.*side_a"),
        (borders({**CONTROL, "valid_from": None}), "control without a date.*valid_from"),
        (borders({**CONTROL, "source": None}), "control without a source.*source"),
        (borders(LINE, LATER), "made 2026 for AA-BB.*line-AA-BB .always. and later .2020-11-10/...*valid_to"),
        (borders(LINE, CROSSING), "line-AA-BB, crossing.*in force together"),
        (borders(LINE, CLAIM), "claim.*without a status.*line-AA-BB.*state status"),
        (
            borders(*AREAS, feature("area", shapely.box(9, 0, 11, 5), side_a="CC", claimed_by="CC")),
            "area-CC.*claims overlap without a status.*area-AA",
        ),
    ],
)
def test_borders_that_cannot_be_used_are_refused(layers: gpd.GeoDataFrame, words: str) -> None:
    with pytest.raises(BorderError, match=words):
        join_borders(points((9, 5)), layers)


def test_lines_that_do_not_contradict_each_other_are_all_met() -> None:
    """Pieces that join end to end, a copy, another status, layer or time: nothing that a reader must decide."""
    south, north = shapely.LineString([(10, 0), (10, 5)]), shapely.LineString([(10, 5), (10, 10)])
    joining = borders({**LINE, "geometry": south}, {**LINE, "id": "n", "geometry": north, "valid_from": "2024-05-24"})
    copy = borders(LINE, {**LINE, "id": "copy"})
    stated = borders({**LINE, "status": "delimited"}, {**LATER, "status": "disputed"}, {**CLAIM, "status": "claimed"})
    other = borders(LINE, {**LATER, "layer": "other"})
    ended = borders({**LINE, "valid_to": "2020-11-10"}, LATER)
    for layers in (joining, copy, stated, other, ended):
        assert join_borders(points((9.99, 9)), layers)["border_pair"].item() == "AA-BB"


def test_an_area_that_is_not_valid_cannot_be_shared_out() -> None:
    bow = shapely.Polygon([(10, 0), (20, 10), (20, 0), (10, 10)])
    layers = borders(LINE, AREAS[0], {**AREAS[1], "geometry": bow})
    with pytest.raises(BorderError, match=r"area-BB-None.*not valid.*Self-intersection.*mend"):
        join_borders(shapes("LINESTRING (9 5, 11 5)"), layers)
