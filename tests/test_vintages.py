"""What other layers say of a joined row: by hand on made lines, and the committed table of places by GeographicLib."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from oracle import Area, Line, rings
from topologies import shipped_features

from geomap.borders.layers import other_layers
from geomap.borders.table import border_table
from geomap.join import join_borders
from geomap.vintages import compare

ROOT = Path(__file__).parents[1]
DEGREE_KM = 6378.137 * np.pi / 180
"""Length of a degree of the equator, along which all distances of the made lines run."""

KNOWN = {  # place: km to the line of OpenStreetMap 2026, side
    "Jermuk": (12.145, "AM"),
    "Goris": (7.541, "AM"),
    "Sotk": (7.909, "AM"),
    "Lachin": (6.393, "AZ"),
}
COLUMNS = ["other_km_low", "other_km_high", "other_sides", "other_sources"]


def made(name: str, lon: float, vintage: str = "2010", **more: object) -> list[dict]:
    """Return a line along a meridian between QM in the west and QN in the east, and the two areas."""
    told = {"layer": name, "vintage": vintage, "source": "made", "licence": "none", "error_km": 0.1, **more}
    line = shapely.LineString([(lon, -1), (lon, 1)])
    sides = {"QM": shapely.box(-2, -1, lon, 1), "QN": shapely.box(lon, -1, 2, 1)}
    return [
        {**told, "id": f"{name}:line", "role": "line", "side_a": "QM", "side_b": "QN", "geometry": line},
        *({**told, "id": f"{name}:{side}", "role": "area", "side_a": side, "geometry": area}
          for side, area in sides.items()),
    ]  # fmt: skip


def layer(*rows: dict) -> gpd.GeoDataFrame:
    return border_table(rows, where="made")


def joined(*lons: float | None, **columns: list) -> gpd.GeoDataFrame:
    points = [None if lon is None else shapely.Point(lon, 0) for lon in lons]
    return join_borders(gpd.GeoDataFrame(columns, geometry=points, crs=4326), layer(*made("Own", 0.0)))


def test_range_and_sides_of_other_layers() -> None:
    others = {"b": layer(*made("B", 0.05)), "c": layer(*made("C", -0.02, "2015"))}
    found = compare(joined(0.03, -0.03, 0.1), others)
    assert found["other_km_low"].tolist() == pytest.approx([0.02 * DEGREE_KM, 0.01 * DEGREE_KM, 0.05 * DEGREE_KM])
    assert found["other_km_high"].tolist() == pytest.approx([0.05 * DEGREE_KM, 0.08 * DEGREE_KM, 0.12 * DEGREE_KM])
    assert found["other_sides"].isna().tolist() == [False, True, True]
    assert found["other_sides"].iloc[0] == "QM (B 2010)"
    assert set(found["other_sources"]) == {"B 2010 | C 2015"}


def test_all_layers_that_differ_are_named() -> None:
    others = {"b": layer(*made("B", 0.05)), "c": layer(*made("C", 0.06, "2015"))}
    assert compare(joined(0.03), others)["other_sides"].tolist() == ["QM (B 2010) | QM (C 2015)"]


def test_rows_without_a_pair_and_layers_without_the_pair_are_null() -> None:
    elsewhere = [{**row, "side_b": "QX"} if row["role"] == "line" else row for row in made("B", 0.05)]
    assert compare(joined(0.03), {"b": layer(*elsewhere)}).isna().all(axis=None)
    found = compare(joined(0.03, None), {"b": layer(*made("B", 0.05))})
    assert found.notna().all(axis=1).tolist() == [True, False]
    assert compare(joined(0.03), {}).isna().all(axis=None)


def test_the_table_keeps_its_index_and_order_and_is_left_alone() -> None:
    table = joined(0.03, 0.04, -0.3).set_axis([7, 7, 3])
    before = table.copy()
    found = compare(table, {"b": layer(*made("B", 0.05))})
    assert found.index.tolist() == [7, 7, 3]
    assert found.columns.tolist() == COLUMNS
    assert [str(kind) for kind in found.dtypes] == ["Float64", "Float64", "string", "string"]
    assert found["other_km_low"].tolist() == pytest.approx([0.02 * DEGREE_KM, 0.01 * DEGREE_KM, 0.35 * DEGREE_KM])
    pd.testing.assert_frame_equal(table, before)
    assert compare(table.iloc[:0], {"b": layer(*made("B", 0.05))}).empty


def test_an_uncertain_side_is_compared_by_its_country() -> None:
    table = joined(0.0005)
    assert table["side"].tolist() == ["uncertain"]
    others = {"b": layer(*made("B", 0.0008)), "c": layer(*made("C", 0.0001))}
    assert compare(table, others)["other_sides"].tolist() == ["QM (B 2010, within its error)"]


def test_an_area_is_measured_as_it_was_to_its_own_line() -> None:
    table = joined(0.3, place_precision=["area"], place_radius_km=[10.0], radius_kind=["source"])
    found = compare(table, {"b": layer(*made("B", 0.1))})
    assert table["border_km"].tolist() == pytest.approx([0.3 * DEGREE_KM - 10])
    assert found["other_km_low"].tolist() == pytest.approx([0.2 * DEGREE_KM - 10])


def test_lines_count_only_while_in_force() -> None:
    others = {"b": layer(*made("B", 0.05, valid_to="2020-11-10")), "c": layer(*made("C", 0.06))}
    table = joined(0.2, 0.2, 0.2, start=["2020-11-09", "2020-11-10", None])
    assert compare(table, others)["other_sources"].tolist() == ["B 2010 | C 2010", "C 2010", "C 2010"]
    dated = compare(table, others, as_of="2019-01-01")
    assert dated["other_sources"].tolist() == ["B 2010 | C 2010", "C 2010", "B 2010 | C 2010"]


def enclave(name: str, side: str, lon: float) -> dict:
    told = {"layer": name, "vintage": "2010", "source": "made", "licence": "none", "error_km": 0.1}
    square = shapely.box(lon - 0.01, -0.01, lon + 0.01, 0.01)
    return {**told, "id": f"{name}:{lon}", "role": "enclave", "name": "Hole", "side_a": side, "geometry": square}


def test_layers_without_an_enclave_say_nothing_of_its_side() -> None:
    own = layer(*made("Own", 0.0), enclave("Own", "QM", 0.5))
    table = join_borders(gpd.GeoDataFrame(geometry=[shapely.Point(0.5, 0)], crs=4326), own)
    assert table["side"].tolist() == ["enclave(Hole)"]
    found = compare(table, {"b": layer(*made("B", 0.05))})
    assert found["other_sides"].isna().all()
    assert found["other_km_low"].tolist() == pytest.approx([0.45 * DEGREE_KM])


def test_an_enclave_of_another_layer_is_named() -> None:
    found = compare(joined(0.5), {"b": layer(*made("B", 0.05), enclave("B", "QM", 0.5))})
    assert found["other_sides"].tolist() == ["enclave(Hole) (B 2010)"]


def test_both_pairs_of_a_tie_count_and_a_layer_is_named_once() -> None:
    third = {
        **made("Own", 0.0)[0],
        "id": "Own:2",
        "side_b": "QX",
        "geometry": shapely.LineString([(0.2, -1), (0.2, 1)]),
    }
    own = layer(*made("Own", 0.0), third)
    table = join_borders(gpd.GeoDataFrame(geometry=[shapely.Point(0.1, 0)], crs=4326), own)
    assert table["border_pair"].tolist() == ["QM-QN | QM-QX"]
    other = {**third, "layer": "B", "geometry": shapely.LineString([(0.4, -1), (0.4, 1)])}
    found = compare(table, {"b": layer(*made("B", 0.05), other)})
    assert found["other_sources"].tolist() == ["B 2010"]
    assert found["other_km_low"].tolist() == pytest.approx([0.05 * DEGREE_KM])
    assert found["other_km_high"].tolist() == pytest.approx([0.3 * DEGREE_KM])


def test_a_position_that_stands_in_many_rows_is_compared_fast() -> None:
    table = joined(*np.linspace(-0.5, 0.5, 20)).sample(100_000, replace=True, random_state=1)
    start = time.process_time()
    found = compare(table, {"b": layer(*made("B", 0.05)), "c": layer(*made("C", 0.06))})
    assert time.process_time() - start < 5
    assert found.notna()[["other_km_low", "other_sources"]].all(axis=None)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vintages_table", ROOT / "benchmarks" / "vintages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    return pd.read_csv(ROOT / "benchmarks" / "vintages.csv", keep_default_na=False)


def test_the_committed_table_is_what_the_script_makes(script: ModuleType, places: pd.DataFrame, tmp_path: Path) -> None:
    script.table().to_csv(tmp_path / "made.csv", index=False)
    new = pd.read_csv(tmp_path / "made.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(new, places, rtol=0, atol=0.0011)


def test_the_table_has_the_card_the_sample_and_forty_villages_on_both_sides(places: pd.DataFrame) -> None:
    groups = places.groupby("group")["name"].agg(set)
    assert groups["card"] == set(KNOWN)
    assert {"Kut", "Nerkin Shorzha", "Akner", "Lachin district"} <= groups["sample"]
    villages = places[places["group"] == "village"]
    assert villages["country"].value_counts().to_dict() == {"AM": 20, "AZ": 20}
    assert (villages["lat"].min(), villages["lat"].max()) < (39.0, 41.5)
    assert villages["lat"].max() > 41.0
    assert places["id"].is_unique


def test_card_places_lie_where_they_are_known_to_lie(places: pd.DataFrame) -> None:
    rows = places.set_index("name")
    for name, (km, side) in KNOWN.items():
        assert rows.loc[name, "osm2026_km"] == pytest.approx(km, abs=0.001)
        assert set(rows.loc[name].filter(like="_side")) == {side}


LAYERS = ("osm2026", "osm2017", "countrycoder", "naturalearth")


def lines_of(name: str) -> shapely.Geometry:
    """Return a layer's line; that of OpenStreetMap 2026 straight from its file."""
    if name == "osm2026":
        return shapely.union_all([shapely.geometry.shape(item["geometry"]) for item in shipped_features("osm", "line")])
    table = other_layers()[name.replace("osm2017", "osm2018")]
    return table[table["role"] == "line"].geometry.union_all()


def ten(places: pd.DataFrame) -> Iterator[pd.Series]:
    for _, row in places[places["group"] != "other"].iloc[1::7].head(10).iterrows():
        yield row


@pytest.mark.parametrize("name", LAYERS)
def test_ten_distances_by_geographiclib(places: pd.DataFrame, name: str) -> None:
    line = lines_of(name)
    for row in ten(places):
        lon, lat = row["lon"], row["lat"]
        near = shapely.clip_by_rect(line, lon - 0.5, lat - 0.5, lon + 0.5, lat + 0.5)
        km = Line(rings(shapely.geometry.mapping(near))).distance((lon, lat)) / 1000
        assert row[f"{name}_km"] == pytest.approx(km, abs=0.0006), (name, row["name"])


@pytest.mark.parametrize("name", LAYERS[1:3])
def test_sides_by_ray_casting(places: pd.DataFrame, name: str) -> None:
    table = other_layers()[name.replace("osm2017", "osm2018")]
    armenia = Area(rings(shapely.geometry.mapping(table[table["id"].str.endswith(":AM")].geometry.iloc[0])))
    for _, row in places.iterrows():
        if not row[f"{name}_side"].startswith("enclave"):
            assert ("AM" in row[f"{name}_side"]) == armenia.holds((row["lon"], row["lat"])), row["name"]


def test_sides_in_question(places: pd.DataFrame) -> None:
    asked = places.set_index("name")["question"]
    assert set(asked[asked.str.startswith("uncertain")].index) == {
        "Baghanis Ayrim", "Kheyrimli", "Kirants", "Mets Ishkhanasar", "Shurnukh",
    }  # fmt: skip
    assert {"Eyvazli", "Gazanchi", "Seyidlar"} <= set(asked[asked == "sides differ"].index)
    assert not asked[list(KNOWN)].any()


def test_what_differs_along_the_real_line_says_how_sure_it_is() -> None:
    villages = {"Seyidlar": (46.51112, 39.1988), "Kheyrimli": (45.1095, 41.05004)}
    points = gpd.GeoDataFrame(geometry=[shapely.Point(at) for at in villages.values()], crs=4326)
    told = compare(points.assign(border_pair="AM-AZ", country="AZ", side="AZ"), other_layers())["other_sides"]
    assert told.iloc[0].startswith("AM (OSM 2017) | AM (country-coder 2025, within its error) | AM (Natural Earth")
    assert told.iloc[1] == "AM (country-coder 2025, within its error)"


def test_the_cards_range_for_sotk() -> None:
    table = gpd.GeoDataFrame(geometry=[shapely.Point(45.86951, 40.20007)], crs=4326)
    told = compare(table.assign(border_pair="AM-AZ", country="AM", side="AM"), other_layers()).iloc[0]
    assert (round(told["other_km_low"], 1), round(told["other_km_high"], 1)) == (6.8, 8.8)
    assert pd.isna(told["other_sides"])
    assert told["other_sources"] == "OSM 2017 | country-coder 2025 | Natural Earth for drawing 2018"
