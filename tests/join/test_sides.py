from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from join.made import AREAS, KM_PER_DEGREE, LINE, METRE, borders, feature, joined, points
from oracle import metres

from geomap.borders import default_borders, layer
from geomap.join import join_borders, side_of


def test_country_and_side_of_points() -> None:
    layers = borders(LINE, *AREAS)
    west, north, sea = joined((9, 5), layers), joined((9, 15), layers), joined((9, -5), layers)
    assert (west["country"], west["side"], west["border_pair"], west["border_id"]) == (
        "AA",
        "AA",
        "AA-BB",
        "line-AA-BB",
    )
    assert (north["country"], north["side"]) == ("CC", "outside")
    assert sea["side"] == "outside"
    assert pd.isna(sea["country"])


def test_a_line_without_sides_gives_a_distance_and_no_side() -> None:
    row = joined((9, 5), borders({**LINE, "side_a": None, "side_b": None}, *AREAS))
    assert row["border_km"] == pytest.approx(KM_PER_DEGREE, rel=1e-4)
    assert row["country"] == "AA"
    assert pd.isna(row["side"])
    assert pd.isna(row["border_pair"])


def test_outside_is_said_only_where_the_areas_of_both_sides_are_known() -> None:
    assert joined((9, 5), borders(LINE, AREAS[0]))["side"] == "AA"
    assert pd.isna(joined((11, 5), borders(LINE, AREAS[0]))["side"])
    assert pd.isna(joined((11, 5), borders(LINE))["side"])


def test_where_areas_overlap_the_one_listed_first_decides() -> None:
    wide = feature("area", shapely.box(0, 0, 12, 10), side_a="AA", layer="other")
    assert joined((11, 5), borders(LINE, AREAS[1], wide))["country"] == "BB"
    row = joined((11, 5), borders(LINE, wide, AREAS[1]))
    assert (row["country"], row["country_source"], row["side"]) == ("AA", "other 2026", "AA")


def test_enclaves_are_asked_first_wherever_the_table_lists_them() -> None:
    enclave = feature("enclave", shapely.box(3, 3, 4, 4), side_a="BB", name="Exclave", held_by="held by AA")
    row = joined((3.5, 3.5), borders(LINE, *AREAS, enclave))
    assert (row["side"], row["country"], row["held_by"]) == ("enclave(Exclave)", "BB", "held by AA")
    assert row["border_pair"] == "AA-BB"


def test_drawing_lines_are_never_measured_to() -> None:
    drawn = feature("drawing", shapely.LineString([(9, 0), (9, 10)]), side_a="AA", side_b="BB")
    assert joined((9, 5), borders(drawn, LINE, *AREAS))["border_id"] == "line-AA-BB"


def test_tied_lines_are_all_named() -> None:
    other = feature("line", shapely.LineString([(0, 10), (10, 10)]), side_a="AA", side_b="CC", error_km=2.0, layer="cc")
    row = joined((11, 11), borders(LINE, other, *AREAS))
    assert (row["border_id"], row["border_pair"]) == ("line-AA-BB | line-AA-CC", "AA-BB | AA-CC")
    assert row["border_vintage"] == "made 2026 | cc 2026"
    assert (row["side"], row["border_km_error"]) == ("CC", 2.0)


def test_side_of_answers_as_the_join_does() -> None:
    layers = borders(LINE, *AREAS, feature("enclave", shapely.box(3, 3, 4, 4), side_a="BB", name="E"))
    side = side_of(layers)
    places = [(9, 5), (11, 5), (9, 15), (10, 5), (3.5, 3.5), (10.001, 5)]
    assert [side(*place) for place in places] == ["AA", "BB", "outside", "uncertain", "enclave(E)", "uncertain"]
    assert join_borders(points(*places), layers)["side"].tolist() == [side(*place) for place in places]
    assert side_of(borders())(9, 5) is None
    assert side_of(borders(LINE))(9, 5) is None


def test_the_antimeridian_and_the_poles() -> None:
    cut = shapely.MultiLineString([[(170, 60), (180, 65)], [(-180, 65), (-170, 70)]])
    areas = [
        feature("area", shapely.box(-180, 60, 180, 90), side_a="NN"),
        feature("area", shapely.box(-180, -90, 180, 60), side_a="SS"),
    ]
    layers = borders(feature("line", cut, side_a="NN", side_b="SS"), *areas)
    result = join_borders(points((180, 66), (-180, 66), (0, 90), (0, -90)), layers)
    assert result["border_km"].iloc[0] == pytest.approx(result["border_km"].iloc[1], abs=METRE)
    assert result["side"].tolist() == ["NN", "NN", "NN", "SS"]


def test_a_georgian_point_has_its_country_and_the_nearest_pair() -> None:
    row = joined((44.8, 41.72), default_borders())
    assert row["country"] == "GE"
    assert row["side"] == "GE"
    assert row["border_pair"] in {"AM-GE", "AZ-GE"}
    alone = joined((44.8, 41.72), layer("osm"))
    assert (alone["side"], alone["border_pair"]) == ("outside", "AM-AZ")


def test_other_countries_that_hold_the_position_are_named() -> None:
    wide = feature("area", shapely.box(0, 0, 12, 10), side_a="AA", layer="other")
    row = joined((11, 5), borders(LINE, AREAS[1], wide))
    assert (row["country"], row["country_also"], row["side"]) == ("BB", "AA", "BB")
    assert pd.isna(joined((5, 5), borders(LINE, *AREAS, wide))["country_also"])


def test_an_overlap_within_one_layer_leaves_the_side_open() -> None:
    wide = feature("area", shapely.box(0, 0, 12, 10), side_a="AA")
    row = joined((11, 5), borders(LINE, AREAS[1], wide))
    assert (row["country"], row["country_also"], row["side"]) == ("BB", "AA", "uncertain")


def test_inside_an_enclave_the_country_around_it_is_not_named_but_on_its_edge_it_is() -> None:
    enclave = feature("enclave", shapely.box(3, 3, 4, 4), side_a="BB", name="E")
    inside, edge = joined((3.5, 3.5), borders(LINE, *AREAS, enclave)), joined((3, 3.5), borders(LINE, *AREAS, enclave))
    assert (inside["country"], edge["country"], edge["country_also"]) == ("BB", "BB", "AA")
    assert pd.isna(inside["country_also"])


def test_the_foot_is_the_nearest_position_on_the_line() -> None:
    row = joined((9, 5), borders(LINE, *AREAS))
    assert row["foot_lon"] == 10
    assert row["foot_lat"] == pytest.approx(
        np.degrees(np.arctan(np.tan(np.radians(5)) / np.cos(np.radians(1)))), abs=1e-5
    )
    assert metres((9, 5), (row["foot_lon"], row["foot_lat"])) / 1000 == pytest.approx(row["border_km"], abs=1e-6)


def test_a_table_worked_through_in_parts_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = np.random.default_rng(1)
    table = points(*zip(numbers.uniform(0, 20, 500), numbers.uniform(-5, 20, 500), strict=True))
    whole = join_borders(table, borders(LINE, *AREAS))
    monkeypatch.setattr("geomap.join.table._CHUNK", 7)
    pd.testing.assert_frame_equal(join_borders(table, borders(LINE, *AREAS)), whole)


def test_many_positions_are_held_by_what_holds_each_of_them() -> None:
    """Above a number of positions another index answers; corners and edges are among them."""
    enclave = feature("enclave", shapely.box(3, 3, 4, 4), side_a="BB", name="E")
    layers = borders(LINE, *AREAS, enclave)
    numbers = np.random.default_rng(2)
    some = [*zip(numbers.uniform(-1, 21, 300), numbers.uniform(-1, 21, 300), strict=True), (10, 10), (3, 3.5), (20, 5)]
    many = points(*some, *zip(numbers.uniform(0, 20, 25_000), numbers.uniform(0, 20, 25_000), strict=True))
    columns = ["country", "country_also", "side"]
    expected = pd.DataFrame(join_borders(many.head(len(some)), layers)[columns])
    pd.testing.assert_frame_equal(pd.DataFrame(join_borders(many, layers)[columns].head(len(some))), expected)
    assert expected["country_also"].dropna().unique().tolist() == ["BB | CC", "AA"]


def test_what_other_layers_say_is_left_to_others() -> None:
    row = joined((9, 5), borders(LINE, *AREAS))
    assert row[["other_km_low", "other_km_high", "other_sides", "other_sources"]].isna().all()
