"""The border lines that a scene carries: all that a reader may need at some date, and none of the others."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import geopandas as gpd
from shapely import LineString, box

from geomap.borders import border_table
from geomap.scene.lines import scene_lines

EXTENT = (45.0, 39.0, 47.0, 40.0)
NEAR, FAR = LineString([(46, 39.2), (46, 39.8)]), LineString([(20, 50), (21, 50)])


def _table(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    fixed = {
        "role": "line", "side_a": "QM", "side_b": "QN", "vintage": "made", "layer": "made", "source": "made",
        "licence": "CC0", "geometry": NEAR,
    }  # fmt: skip
    return border_table(({**fixed, **row} for row in rows), where="test")


def _ids(*rows: dict[str, Any], measured: Collection[str] = ()) -> list[str]:
    return [line["id"] for line in scene_lines(_table(*rows), EXTENT, set(measured))]


def test_a_plain_line_is_carried_where_its_pair_was_measured_to() -> None:
    assert _ids({"id": "a"}) == []
    assert _ids({"id": "a"}, {"id": "b", "side_b": "QP"}, measured={"QM-QN"}) == ["a"]


def test_a_line_with_dates_a_claim_or_no_sides_is_always_carried() -> None:
    rows = (
        {"id": "from", "valid_from": "2020-11-10"},
        {"id": "to", "valid_to": "2020-11-10"},
        {"id": "claim", "status": "claimed"},
        {"id": "control", "status": "control_line"},
        {"id": "plain", "status": "delimited"},
        {"id": "sideless", "side_a": None, "side_b": None},
    )
    assert _ids(*rows) == ["claim", "control", "from", "sideless", "to"]


def test_far_lines_and_areas_are_left_out() -> None:
    area = {"id": "area", "role": "area", "side_b": None, "geometry": box(45, 39, 46, 40)}
    control = {**area, "id": "control", "role": "control", "valid_from": "2020-11-10"}
    assert _ids({"id": "far", "geometry": FAR, "valid_from": "2020-11-10"}, area, control) == []


def test_what_is_only_drawn_is_off_and_marks_are_said_where_there_are_any() -> None:
    drawing, marked = scene_lines(
        _table(
            {"id": "a", "role": "drawing"},
            {"id": "b", "valid_to": "2020-11-10", "schematic": True, "repaired": "a ring was closed"},
        ),
        EXTENT,
        set(),
    )
    assert (drawing["on"], marked["on"]) == (False, True)
    assert not {"schematic", "repaired"} & set(drawing)
    assert (marked["schematic"], marked["repaired"]) == (True, "a ring was closed")
