"""The shipped border layers: what they hold, how they fit together, and that they say where they come from."""

from __future__ import annotations

import json
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from oracle import Line, rings
from topologies import shipped_features

from geomap.borders import border_problems, default_borders, drawing_borders, layer
from geomap.borders.arcs import shared_lines
from geomap.borders.layers import other_layers
from geomap.errors import BorderError
from geomap.types import BORDERS

CARD = {  # place: lon, lat, km to the line, side
    "Jermuk": (45.67112, 39.83948, 12.145, "AM"),
    "Goris": (46.34168, 39.51111, 7.541, "AM"),
    "Sotk": (45.86951, 40.20007, 7.909, "AM"),
    "Lachin": (46.54977, 39.63742, 6.393, "AZ"),
}

ENCLAVES = {  # name: villages in it (GeoNames), recognised sovereign, holder
    "Artsvashen": ([(45.52552, 40.64017)], "AM", "Azerbaijan"),
    "Barkhudarli": ([(45.22564, 40.99359), (45.21277, 41.00131)], "AZ", "Armenia"),
    "Karki": ([(44.9467, 39.78658)], "AZ", "Armenia"),
    "Yukhari Askipara": ([(45.02625, 41.06407)], "AZ", "Armenia"),
}


@pytest.fixture(scope="module")
def borders() -> gpd.GeoDataFrame:
    return default_borders()


@pytest.fixture(scope="module")
def osm() -> gpd.GeoDataFrame:
    return layer("osm")


@pytest.fixture(scope="module")
def older() -> gpd.GeoDataFrame:
    return layer("osm2018")


@pytest.fixture(scope="module")
def others() -> dict[str, gpd.GeoDataFrame]:
    return other_layers()


def line_of(table: gpd.GeoDataFrame) -> shapely.Geometry:
    return table[table["role"] == "line"].geometry.union_all()


def area_of(table: gpd.GeoDataFrame, side: str) -> shapely.Geometry:
    (area,) = table[(table["role"] == "area") & (table["side_a"] == side)].geometry
    return area


def country_at(table: gpd.GeoDataFrame, lon: float, lat: float) -> str | None:
    """Return the country by the rule of the layers: the first area that holds the position."""
    areas = table[table["role"] == "area"]
    held = areas[shapely.intersects_xy(areas.geometry.to_numpy(), lon, lat)]
    return None if held.empty else held["side_a"].iloc[0]


@pytest.mark.parametrize("name", ["osm", "osm2018", "countrycoder", "seams", "naturalearth"])
def test_every_row_fits_the_schema_and_names_its_origin(name: str) -> None:
    table = layer(name)
    assert list(table.columns) == [column.name for column in BORDERS]
    assert table.crs.to_epsg() == 4326
    assert table.geometry.is_valid.all()
    assert not table.geometry.is_empty.any()
    assert table["id"].is_unique
    assert table[["vintage", "layer", "source", "licence", "error_km", "error_note"]].notna().all(axis=None)
    lines = table[table["role"] == "line"]
    assert (lines["side_a"] < lines["side_b"]).all()


def test_unknown_layer_is_refused() -> None:
    with pytest.raises(BorderError, match="one of osm, osm2018, countrycoder"):
        layer("../osm")


def test_the_osm_line_is_the_edge_that_its_two_areas_share(osm: gpd.GeoDataFrame) -> None:
    areas = osm[osm["role"] == "area"]
    assert areas["side_a"].tolist() == ["AM", "AZ"]
    shared = shared_lines(areas.geometry.tolist(), areas["side_a"].tolist())["AM", "AZ"]
    assert shapely.normalize(shared) == shapely.normalize(line_of(osm))
    assert len(shapely.get_coordinates(shared)) == 4654


def test_the_osm_line_has_its_nakhchivan_part_and_is_not_delimited_in_2022(osm: gpd.GeoDataFrame) -> None:
    lines = osm[osm["role"] == "line"].set_index("id")
    assert set(lines["status"]) == {"not_delimited"}
    assert lines[["valid_from", "valid_to"]].isna().all(axis=None)
    assert set(lines["vintage"]) == {"2026"}
    west, _, east, _ = lines.loc["osm:AM-AZ-nakhchivan"].geometry.bounds
    assert (round(west, 2), round(east, 2)) == (44.77, 46.15)


@pytest.mark.parametrize(("lon", "lat", "km", "side"), CARD.values(), ids=CARD)
def test_card_places_lie_where_an_independent_oracle_puts_them(
    osm: gpd.GeoDataFrame, lon: float, lat: float, km: float, side: str
) -> None:
    near = shapely.clip_by_rect(line_of(osm), lon - 0.4, lat - 0.4, lon + 0.4, lat + 0.4)
    assert Line(rings(shapely.geometry.mapping(near))).distance((lon, lat)) / 1000 == pytest.approx(km, abs=0.001)
    assert country_at(osm, lon, lat) == side


def test_a_settlement_of_two_km_at_sotk_is_on_the_armenian_side(osm: gpd.GeoDataFrame) -> None:
    assert osm["error_km"].max() + 2.0 < CARD["Sotk"][2]


def test_the_osm_line_is_that_of_the_samples(osm: gpd.GeoDataFrame, samples: Path) -> None:
    document = json.loads((samples / "borders" / "osm2026_border_am_az.geojson").read_text("utf-8"))
    other = shapely.geometry.shape(document["features"][0]["geometry"])
    assert shapely.hausdorff_distance(line_of(osm), other) < 0.00002  # the samples are rounded to 0.00001 degrees


def test_one_layer_a_pair_and_one_area_a_country_but_for_the_seams(borders: gpd.GeoDataFrame) -> None:
    lines = borders[borders["role"] == "line"]
    layers = lines.groupby(["side_a", "side_b"])["layer"].agg(set)
    assert set(layers["AM", "AZ"]) == {"OSM"}
    assert all(set(names) == {"country-coder"} for pair, names in layers.items() if pair != ("AM", "AZ"))
    areas = borders[(borders["role"] == "area") & ~borders["id"].str.startswith("seams:")]
    assert areas["side_a"].is_unique
    assert borders["id"].is_unique
    assert borders["role"].tolist() == sorted(borders["role"], key=["line", "enclave", "area"].index)


def test_osm_decides_before_country_coder_and_seams_leave_no_gap(borders: gpd.GeoDataFrame) -> None:
    areas = borders[borders["role"] == "area"]
    assert areas["layer"].iloc[0] == "OSM"
    at = np.random.default_rng(1).uniform((43.3, 38.4), (48.4, 42.2), (4000, 2))
    held = np.zeros(len(at), dtype=bool)
    for area in areas.geometry:
        held |= shapely.intersects_xy(area, at)
    assert held.all()


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (44.83, 41.72, "GE"),
        (45.18, 41.44, "GE"),
        (45.22, 41.4364, "GE"),  # a sliver that country-coder gives to Azerbaijan
        (46.70, 38.99, "IR"),  # and one south of the Aras
        (36.29, 33.51, "SY"),
        (33.52, 44.60, "UA"),  # Sevastopol: the recognised sovereign, not who holds it
        (33.32, 35.34, "CY"),
        (2.35, 48.85, "FR"),
        (-53.0, 4.0, "FR"),  # French Guiana belongs to its sovereign
        (21.17, 42.66, "XK"),
        (-30.0, -40.0, None),
    ],
)
def test_countries(borders: gpd.GeoDataFrame, lon: float, lat: float, country: str | None) -> None:
    assert country_at(borders, lon, lat) == country


@pytest.mark.parametrize("name", ENCLAVES)
def test_enclaves_hold_their_villages_and_say_who_holds_them(borders: gpd.GeoDataFrame, name: str) -> None:
    villages, sovereign, holder = ENCLAVES[name]
    (row,) = borders[(borders["role"] == "enclave") & (borders["name"] == name)].to_dict("records")
    assert row["side_a"] == sovereign
    assert f"held by {holder}" in row["held_by"]
    for lon, lat in villages:
        assert row["geometry"].contains(shapely.Point(lon, lat))
        assert country_at(borders, lon, lat) == {"AM": "AZ", "AZ": "AM"}[sovereign]  # so enclaves must come first
    assert 8 < row["geometry"].area * 111.2**2 * 0.76 < 45


def test_karki_says_that_it_is_a_circle(borders: gpd.GeoDataFrame) -> None:
    row = borders[borders["name"] == "Karki"].iloc[0]
    assert "schematic" in row["error_note"]
    assert row["layer"] == "geomap"


def test_each_line_of_country_coder_states_its_own_error(borders: gpd.GeoDataFrame) -> None:
    error = borders.set_index("id")["error_km"]
    assert error["countrycoder:SY-TR"] < 3
    assert error["countrycoder:CD-CF"] > 50  # it runs straight where the Ubangi bends
    assert error["osm:AM-AZ"] < 0.5


def test_country_coders_lines_keep_to_land(borders: gpd.GeoDataFrame) -> None:
    assert not {"countrycoder:FR-GB", "countrycoder:JP-RU", "countrycoder:IR-SA"} & set(borders["id"])


@pytest.mark.parametrize("name", ["osm", "osm2018", "countrycoder"])
def test_a_layer_is_what_its_file_says_to_the_last_bit(name: str) -> None:
    table, features = layer(name), shipped_features(name)
    assert table["id"].tolist() == [item["id"] for item in features]
    shapes = [shapely.geometry.shape(item["geometry"]) for item in features]
    assert shapely.equals_exact(table.geometry.to_numpy(), shapes, tolerance=0).all()
    for column in ("role", "side_a", "side_b", "name", "held_by"):
        assert table[column].fillna("").tolist() == [item["properties"].get(column, "") for item in features]


def test_the_line_of_2017_is_the_edge_of_its_areas(older: gpd.GeoDataFrame) -> None:
    shared = shared_lines([area_of(older, "AM"), area_of(older, "AZ")], ["AM", "AZ"])["AM", "AZ"]
    assert shapely.equals(shared, line_of(older))
    overlap = area_of(older, "AM").intersection(area_of(older, "AZ"))
    assert overlap.area < 2e-7  # the source itself has 0.2 ha of both by the Aras


def test_the_line_of_2017_states_the_error_that_it_has(older: gpd.GeoDataFrame, osm: gpd.GeoDataFrame) -> None:
    now, then = (gpd.GeoSeries([line_of(table)], crs=4326).to_crs(32638).iloc[0] for table in (osm, older))
    points = [part.interpolate(at) for part in shapely.get_parts(now) for at in np.arange(0, part.length, 250.0)]
    km = shapely.distance(points, then) / 1000
    assert np.percentile(km, 95) == pytest.approx(older["error_km"].max(), abs=0.005)
    assert older["error_note"].iloc[0].endswith("counts as error")
    assert (km.mean(), km.max()) == (pytest.approx(0.05, abs=0.005), pytest.approx(2.0, abs=0.05))


def test_what_is_named_2018_says_that_it_was_drawn_in_2017(older: gpd.GeoDataFrame) -> None:
    assert set(older["vintage"]) == {"2017"}
    assert older["source"].str.contains("November 2017").all()
    assert older.loc[older["role"] == "line", "status"].eq("not_delimited").all()


def test_three_enclaves_have_an_outline_of_2017_and_karki_has_none(older: gpd.GeoDataFrame) -> None:
    enclaves = older[older["role"] == "enclave"].set_index("name")
    assert set(enclaves.index) == set(ENCLAVES) - {"Karki"}
    for name, row in enclaves.iterrows():
        villages, sovereign, _ = ENCLAVES[name]
        assert row["side_a"] == sovereign
        assert all(row["geometry"].contains(shapely.Point(village)) for village in villages)


def test_other_layers_give_one_pair_and_its_areas(others: dict[str, gpd.GeoDataFrame]) -> None:
    assert list(others) == ["osm2018", "countrycoder", "naturalearth"]
    for table in others.values():
        assert list(table.columns) == [column.name for column in BORDERS]
        lines = table[table["role"] == "line"]
        assert set(zip(lines["side_a"], lines["side_b"], strict=True)) == {("AM", "AZ")}
        assert not shapely.is_ring(shapely.get_parts(lines.geometry.to_numpy())).any()  # as enclaves would be
        assert {country_at(table, lon, lat) for lon, lat, _, _ in CARD.values()} == {"AM", "AZ"}
        assert all(country_at(table, lon, lat) == side for lon, lat, _, side in CARD.values())
        assert table["error_km"].notna().all()
    assert "drawing" in others["naturalearth"]["layer"].iloc[0]


def test_sources_of_one_line_lie_as_far_apart_as_their_errors_say(others: dict[str, gpd.GeoDataFrame]) -> None:
    off = {
        name: [
            abs(Line(rings(shapely.geometry.mapping(near_to(table, lon, lat)))).distance((lon, lat)) / 1000 - km)
            for lon, lat, km, _ in CARD.values()
        ]
        for name, table in others.items()
    }
    assert all(max(km) <= others[name]["error_km"].max() for name, km in off.items())
    assert max(off["osm2018"]) < 0.03 < max(off["countrycoder"]) < max(off["naturalearth"])


def near_to(table: gpd.GeoDataFrame, lon: float, lat: float) -> shapely.Geometry:
    return shapely.clip_by_rect(line_of(table), lon - 0.4, lat - 0.4, lon + 0.4, lat + 0.4)


def test_drawing_lines_are_out_of_force_and_are_never_measured_to() -> None:
    drawn = drawing_borders().set_index("id")
    assert set(drawn["role"]) == {"drawing"}
    assert set(drawn["status"]) == {"historical"}
    assert drawn.loc["naturalearth:ceasefire-1994", "valid_to"] == "2020-11-10"
    assert drawn["valid_to"].notna().all()
    assert "drawing" not in set(default_borders()["role"])


def test_lines_without_a_status_are_told(borders: gpd.GeoDataFrame, osm: gpd.GeoDataFrame) -> None:
    assert border_problems(osm) == []
    problems = border_problems(borders)
    assert {problem.code for problem in problems} == {"border_without_status"}
    assert len(problems) == (borders["layer"] == "country-coder").to_numpy()[(borders["role"] == "line")].sum()


def test_default_borders_load_fast() -> None:
    start = time.process_time()
    default_borders()
    assert time.process_time() - start < 1.0
