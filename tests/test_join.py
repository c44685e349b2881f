from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from oracle import Area, Line, metres, rings

from geomap.borders import default_borders, layer
from geomap.errors import BorderError
from geomap.join import join_borders, side_of
from geomap.types import BORDERS, JOINED

METRE = 0.001
JOINED_NAMES = [column.name for column in JOINED]

WEST, EAST, NORTH = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(0, 10, 20, 20)
MERIDIAN = shapely.LineString([(10, 0), (10, 10)])
KM_PER_DEGREE = metres((9, 5), (10, 5)) / 1000


def feature(role: str, geometry: shapely.Geometry, **cells: object) -> dict[str, object]:
    label = f"{role}-{cells.get('side_a')}-{cells.get('side_b')}"
    words = {"layer": "made", "vintage": "2026", "source": "the test", "licence": "none"}
    return {"id": label, "role": role, **words, "error_km": 0.5, "geometry": geometry, **cells}


LINE = feature("line", MERIDIAN, side_a="AA", side_b="BB")
AREAS = (feature("area", WEST, side_a="AA"), feature("area", EAST, side_a="BB"), feature("area", NORTH, side_a="CC"))


def borders(*features: dict[str, object]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(list(features), columns=[column.name for column in BORDERS])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)


def points(*positions: tuple[float, float] | None, **columns: Sequence[object]) -> gpd.GeoDataFrame:
    shapes = [None if position is None else shapely.Point(position) for position in positions]
    return gpd.GeoDataFrame(dict(columns), geometry=shapes, crs=4326)


def joined(position: tuple[float, float], layers: gpd.GeoDataFrame, **cells: object) -> pd.Series:
    return join_borders(points(position, **{name: [cell] for name, cell in cells.items()}), layers).iloc[0]


# ------------------------------------------------------------ against other means


@pytest.fixture(scope="module")
def osm() -> gpd.GeoDataFrame:
    return layer("osm")


def _random_positions(line: Line, count: int) -> dict[tuple[float, float], float]:
    """Positions within 100 km of the line, evenly over its surroundings, with their distances in metres."""
    numbers = random.Random(20220913)  # noqa: S311
    found: dict[tuple[float, float], float] = {}
    while len(found) < count:
        position = (numbers.uniform(43.2, 48.0), numbers.uniform(37.9, 42.3))
        distance = line.distance(position)
        if distance <= 100_000:
            found[position] = distance
    return found


@pytest.mark.slow
def test_distance_and_side_of_2000_random_points_match_an_oracle_that_shares_no_code(osm: gpd.GeoDataFrame) -> None:
    shapes = osm.set_index("role")["geometry"]
    line = Line(ring for shape in shapes.loc[["line"]] for ring in rings(shape.__geo_interface__))
    areas = {row.side_a: Area(rings(row.geometry.__geo_interface__)) for row in osm[osm["role"] == "area"].itertuples()}
    expected = _random_positions(line, 2000)
    result = join_borders(points(*expected), osm)

    error_km = osm.loc[osm["role"] == "line", "error_km"].max()
    sides = set()
    for row, (position, distance) in zip(result.itertuples(), expected.items(), strict=True):
        assert row.border_km == pytest.approx(distance / 1000, abs=METRE / 100)
        side = next((code for code, area in areas.items() if area.holds(position)), "outside")
        assert row.side == ("uncertain" if distance / 1000 <= error_km else side)
        sides.add(row.side)
    assert sides == {"AM", "AZ", "outside", "uncertain"}


@pytest.mark.parametrize(
    ("name", "position", "km", "side"),
    [
        ("Jermuk", (45.67112, 39.83948), 12.145, "AM"),
        ("Goris", (46.34168, 39.51111), 7.541, "AM"),
        ("Sotk", (45.86951, 40.20007), 7.909, "AM"),
        ("Lachin", (46.54977, 39.63742), 6.393, "AZ"),
    ],
)
def test_places_of_september_2022(name: str, position: tuple[float, float], km: float, side: str) -> None:
    row = joined(position, default_borders())
    assert (row["side"], row["country"], row["border_pair"]) == (side, side, "AM-AZ"), name
    assert row["border_km"] == pytest.approx(km, abs=0.001)
    assert (row["border_vintage"], row["country_source"]) == ("OSM 2026", "OSM 2026")


ENCLAVES = {
    "Artsvashen": ("AM", [(45.526, 40.640), (45.515, 40.650), (45.505, 40.610), (45.545, 40.645)]),
    "Karki": ("AZ", [(44.947, 39.787), (44.955, 39.780), (44.940, 39.795), (44.935, 39.785)]),
    "Yukhari Askipara": ("AZ", [(45.026, 41.064), (45.000, 41.075), (44.970, 41.080), (45.015, 41.050)]),
    "Barkhudarli": ("AZ", [(45.226, 40.994), (45.215, 41.000), (45.200, 41.005), (45.225, 40.985)]),
}
AROUND = {(45.60, 40.70): "AZ", (44.93, 39.83): "AM", (45.10, 41.00): "AM", (45.15, 40.95): "AM"}


def test_enclaves_come_before_areas() -> None:
    """20 positions of the test's own: 16 in the four enclaves, 4 in the country around them."""
    inside = [(name, country, position) for name, (country, places) in ENCLAVES.items() for position in places]
    layers = default_borders()
    result = join_borders(points(*(position for *_, position in inside), *AROUND), layers)
    line_only = join_borders(result[["geometry"]], layer("osm"))
    for (name, country, _), row in zip(inside, result.itertuples(), strict=False):
        assert (row.side, row.country, row.border_pair) == (f"enclave({name})", country, "AM-AZ")
        assert "held by" in row.held_by
    assert result["side"].tolist()[16:] == list(AROUND.values())
    assert result["held_by"].isna().tolist()[16:] == [True] * 4
    np.testing.assert_allclose(result["border_km"], line_only["border_km"])


# ------------------------------------------------------------ positions and tables


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


# ------------------------------------------------------------ country and side


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


# ------------------------------------------------------------ errors and areas


@pytest.mark.parametrize(("radius", "side"), [(None, "AA"), (50.0, "AA"), (120.0, "uncertain")])
def test_a_side_is_uncertain_where_the_error_reaches_the_line(radius: float | None, side: str) -> None:
    row = joined((9, 5), borders(LINE, *AREAS), place_radius_km=radius, place_precision="settlement")
    assert row["side"] == side
    assert row["border_km"] == pytest.approx(KM_PER_DEGREE, rel=1e-4)
    assert row["border_km_error"] == 0.5 + (radius or 0)


def test_a_point_on_the_line_is_at_0_km_and_uncertain_whatever_the_layers_error() -> None:
    row = joined((10, 5), borders({**LINE, "error_km": 0.0}, *AREAS))
    assert row["border_km"] == pytest.approx(0, abs=1e-8)
    assert row["side"] == "uncertain"


def test_the_matched_places_radius_counts_where_the_row_has_none() -> None:
    table = points((9, 5), (9, 5), place_radius_km=[5.0, None], match_radius_km=[2.0, 2.0])
    assert join_borders(table, borders(LINE, *AREAS))["border_km_error"].tolist() == [5.5, 2.5]


def test_a_line_that_states_no_error_leaves_it_empty() -> None:
    row = joined((9, 5), borders({**LINE, "error_km": None}, *AREAS), place_radius_km=5.0)
    assert pd.isna(row["border_km_error"])
    assert row["side"] == "AA"
    assert joined((9, 5), borders({**LINE, "error_km": None}, *AREAS), place_radius_km=200.0)["side"] == "uncertain"


@pytest.mark.parametrize(
    ("radius", "kind", "beyond", "side"),
    [
        (30.0, "convention", 30.0, "AA"),
        (60.0, "convention", 60.0, "uncertain"),
        (150.0, "convention", 150.0, "uncertain"),
        (30.0, "source", 30.0, "AA"),
        (150.0, "source", 150.0, "straddles"),
        (None, None, 0.0, "uncertain"),
    ],
)
def test_areas_are_discs(radius: float | None, kind: str | None, beyond: float, side: str) -> None:
    row = joined((9, 5), borders(LINE, *AREAS), place_radius_km=radius, radius_kind=kind, place_precision="area")
    assert row["border_km"] == pytest.approx(max(0, KM_PER_DEGREE - beyond), rel=1e-3)
    assert row["side"] == side
    assert pd.isna(row["border_km_error"]) if radius is None else row["border_km_error"] == 0.5 + radius


def test_a_sourced_radius_of_a_point_never_straddles() -> None:
    row = joined((9, 5), borders(LINE, *AREAS), place_radius_km=150.0, radius_kind="source", place_precision="near")
    assert row["side"] == "uncertain"


# ------------------------------------------------------------ time

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


# ------------------------------------------------------------ admin1


def test_admin1_is_the_files_word_before_the_gazetteers() -> None:
    table = points(
        (9, 5), (9, 5), (9, 5), admin1_text=["Syunik", None, None], match_admin1=["Vayots Dzor", "Gegharkunik", None]
    )
    result = join_borders(table, borders(LINE))
    assert result["admin1"].tolist() == ["Syunik", "Gegharkunik", pd.NA]
    assert result["admin1_source"].tolist() == ["file", "gazetteer", pd.NA]


# ------------------------------------------------------------ the world


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


# ------------------------------------------------------------ side_of


def test_side_of_answers_as_the_join_does() -> None:
    layers = borders(LINE, *AREAS, feature("enclave", shapely.box(3, 3, 4, 4), side_a="BB", name="E"))
    side = side_of(layers)
    places = [(9, 5), (11, 5), (9, 15), (10, 5), (3.5, 3.5), (10.001, 5)]
    assert [side(*place) for place in places] == ["AA", "BB", "outside", "uncertain", "enclave(E)", "uncertain"]
    assert join_borders(points(*places), layers)["side"].tolist() == [side(*place) for place in places]
    assert side_of(borders())(9, 5) is None
    assert side_of(borders(LINE))(9, 5) is None


# ------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (points((9, 5)).to_crs(3857), "table is in EPSG:3857.*to_crs"),
        (gpd.GeoDataFrame(geometry=[shapely.Point(9, 5)]), "no coordinate system.*set_crs"),
        (gpd.GeoDataFrame(geometry=[WEST], crs=4326), "row 0.*not a point"),
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
        (borders({**LINE, "valid_from": "2021-01-01", "valid_to": "2020-01-01"}), "ends before it begins"),
    ],
)
def test_borders_that_cannot_be_used_are_refused(layers: gpd.GeoDataFrame, words: str) -> None:
    with pytest.raises(BorderError, match=words):
        join_borders(points((9, 5)), layers)


def test_crs84_is_the_same_as_epsg_4326() -> None:
    assert (
        join_borders(points((9, 5)).set_crs("OGC:CRS84", allow_override=True), borders(LINE, *AREAS))["side"].item()
        == "AA"
    )


def test_a_vague_line_that_may_be_nearer_makes_the_side_uncertain() -> None:
    def line(name: str, lat: float, error: float) -> dict[str, Any]:
        path = shapely.LineString([(10, lat), (14, lat)])
        return {"id": name, "role": "line", "side_a": name[0], "side_b": name[1], "error_km": error, "geometry": path}

    def area(name: str, south: float, north: float) -> dict[str, Any]:
        return {
            "id": name,
            "role": "area",
            "side_a": name,
            "error_km": 0.1,
            "geometry": shapely.box(10, south, 14, north),
        }

    rows = [line("AB", 1, 0.1), line("BC", 2, 130.0), area("A", 0, 1), area("B", 1, 2), area("C", 2, 3)]
    blank = dict.fromkeys((column.name for column in BORDERS), None) | {"layer": "L", "vintage": "1"}
    borders = gpd.GeoDataFrame([blank | row for row in rows], crs=4326)
    table = gpd.GeoDataFrame(geometry=[shapely.Point(12, 1.1), shapely.Point(12, 0.5)], crs=4326)
    sharp = join_borders(table, borders[borders["id"] != "BC"])
    assert list(sharp["side"]) == ["B", "A"]
    both = join_borders(table, borders)
    assert list(both["border_id"]) == ["AB", "AB"]
    assert list(both["side"]) == ["uncertain", "A"]
    assert both["border_km_error"].tolist() == [
        pytest.approx(11.1 + 30.5, abs=0.3),
        pytest.approx(55.3 - 35.9, abs=0.3),
    ]
