"""Tables that people have: each row as its data set publishes it, and the country and name that it stands for."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.borders import read_borders
from geomap.borders.formats.countries import alpha2, alpha3_codes
from geomap.errors import BorderError

AREA = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
LINE = {"type": "LineString", "coordinates": [[0, 0], [1, 0]]}
GADM = {"GID_0": "ARM", "COUNTRY": "Armenia", "GID_1": "ARM.9_1", "NAME_1": "Syunik", "ISO_1": "AM-SU"}
OSM = {"boundary": "administrative", "admin_level": "2", "@id": "relation/364066", "layer": "-1", "source": "survey"}


def collection(*features: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    items = [{"type": "Feature", "properties": properties, "geometry": shape} for properties, shape in features]
    return {"type": "FeatureCollection", "features": items}


@pytest.mark.parametrize(
    ("properties", "country", "name"),
    [
        pytest.param(
            {"shapeName": "Syunik", "shapeISO": "AM-SU", "shapeID": "x", "shapeGroup": "ARM", "shapeType": "ADM1"},
            "AM",
            "Syunik",
            id="geoBoundaries, units",
        ),
        pytest.param(
            {"shapeName": "Armenia", "shapeISO": "ARM", "shapeGroup": "ARM", "shapeType": "ADM0"},
            "AM",
            "Armenia",
            id="geoBoundaries, countries",
        ),
        pytest.param(GADM, "AM", "Syunik", id="GADM, units"),
        pytest.param({"GID_0": "XKO", "COUNTRY": "Kosovo"}, "XK", "Kosovo", id="GADM's code of Kosovo"),
        pytest.param({"GID_0": "Z01", "COUNTRY": "India", "NAME_1": "A"}, None, "A", id="GADM, disputed"),
        pytest.param(OSM | {"ISO3166-1": "AM", "name": "Հայաստան"}, "AM", "Հայաստան", id="OSM, countries"),
        pytest.param(OSM | {"ISO3166-1:alpha3": "AZE", "name": "A"}, "AZ", "A", id="OSM, alpha-3 alone"),
        pytest.param(OSM | {"admin_level": "4", "ISO3166-2": "GE-KA", "name": "B"}, "GE", "B", id="OSM, units"),
        pytest.param(
            {"ADM0_A3": "FRA", "ISO_A2": "-99", "ISO_A2_EH": "FR", "NAME": "France"},
            "FR",
            "France",
            id="Natural Earth 5",
        ),
        pytest.param(
            {"ADM0_A3": "CYN", "ISO_A2": "-99", "ISO_A2_EH": "-99", "NAME": "N. Cyprus"},
            None,
            "N. Cyprus",
            id="Natural Earth, no code",
        ),
        pytest.param({"adm0_a3": "AZE", "iso_a2": "AZ", "name": "Laçın"}, "AZ", "Laçın", id="Natural Earth, units"),
        pytest.param({"ADM0_A3": "NOR", "ISO_A2": "-99", "NAME": "Norway"}, "NO", "Norway", id="Natural Earth 4"),
        pytest.param(
            {"pop_est": 2957731.0, "continent": "Asia", "name": "Armenia", "iso_a3": "ARM", "gdp_md_est": 13672},
            "AM",
            "Armenia",
            id="the world of geopandas' examples",
        ),
        pytest.param({"iso_a3": "-99", "name": "N. Cyprus"}, None, "N. Cyprus", id="the same, no code"),
        pytest.param({"country": "Armenia"}, None, None, id="a name is no code"),
        pytest.param({"shapeGroup": "ARM", "side_a": "GE", "name": "mine"}, "GE", "mine", id="our own columns first"),
    ],
)
def test_a_data_sets_columns_are_understood(
    properties: dict[str, Any], country: str | None, name: str | None, write: Any
) -> None:
    row = read_borders(write(collection((properties, AREA)))).iloc[0]
    assert [None if pd.isna(row[column]) else row[column] for column in ("side_a", "name")] == [country, name]


def test_tags_of_openstreetmap_are_no_columns_of_ours(write: Any) -> None:
    row = read_borders(write(collection((OSM, AREA))), source="OSM, ODbL").iloc[0]
    assert row[["id", "layer", "source"]].tolist() == ["relation/364066", "layer", "OSM, ODbL"]


def test_natural_earths_lines_have_their_countries_on_either_side(write: Any) -> None:
    between = {"ADM0_A3_L": "AZE", "ADM0_A3_R": "ARM", "NAME": None}
    within = {"ADM0_A3_L": "AZE", "ADM0_A3_R": "AZE"}
    table = read_borders(write(collection((between, LINE), (within, LINE))))
    assert table[["side_a", "side_b"]].fillna("").to_numpy().tolist() == [["AM", "AZ"], ["", ""]]


def test_a_country_of_a_line_is_not_taken_for_one_of_its_sides(write: Any) -> None:
    path = write(collection(({"ISO_A2": "AM", "name": "mine"}, LINE), ({"side_a": "GE"}, LINE)))
    assert read_borders(path)["side_a"].fillna("").tolist() == ["", "GE"]
    assert read_borders(path, side_a="AZ", side_b="AM")["side_a"].tolist() == ["AM", "AM"]


def test_units_are_areas_of_their_country_without_inner_lines(write: Any) -> None:
    def unit(west: int, south: int, country: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        shape = shapely.geometry.mapping(shapely.box(west, south, west + 1, south + 1))
        return {"shapeGroup": country, "shapeName": name, "shapeType": "ADM1"}, shape

    cells = [unit(0, 0, "ARM", "a"), unit(0, 1, "ARM", "b"), unit(1, 0, "AZE", "c"), unit(1, 1, "AZE", "d")]
    table = read_borders(write(collection(*cells)))
    assert table["name"].tolist() == ["a", "b", "c", "d", "AM-AZ line"]
    assert table["side_a"].tolist() == ["AM", "AM", "AZ", "AZ", "AM"]
    assert table.geometry.iloc[4].equals(shapely.LineString([(1, 0), (1, 2)]))


def test_every_country_of_iso_3166_has_its_code() -> None:
    codes = alpha3_codes()
    assert len(set(codes.values())) == 250, "249 and Kosovo"
    for three, two in {
        "ARM": "AM",
        "AZE": "AZ",
        "TUR": "TR",
        "NAM": "NA",
        "TWN": "TW",
        "ESH": "EH",
        "ALA": "AX",
    }.items():
        assert alpha2(three, codes) == two
    assert [alpha2(text, codes) for text in ("-99", "", "am", "ABC", "Armenia", None, 51, "AM-", "AMX-SU")] == [
        None
    ] * 9


# ---------------------------------------------------------------- text and files of a Shapefile


@pytest.fixture
def shapefile(tmp_path: Any) -> Any:
    def to_file(name: str, encoding: str, *, declared: bool) -> Any:
        table = gpd.GeoDataFrame({"ISO_A2": ["AM"], "name": [name]}, geometry=[shapely.box(44, 40, 45, 41)], crs=4326)
        path = tmp_path / "a.shp"
        table.to_file(path, encoding=encoding)
        if not declared:
            (tmp_path / "a.cpg").unlink()
            data = bytearray((tmp_path / "a.dbf").read_bytes())
            data[29] = 0
            (tmp_path / "a.dbf").write_bytes(data)
        return path

    return to_file


@pytest.mark.parametrize(("encoding", "declared"), [("UTF-8", True), ("windows-1251", True), ("UTF-8", False)], ids=str)
def test_the_text_of_a_shapefile_is_read_as_it_was_written(shapefile: Any, encoding: str, declared: bool) -> None:  # noqa: FBT001
    table = read_borders(shapefile("Сюник", encoding, declared=declared))
    assert table["name"].tolist() == ["Сюник"]


def test_text_in_an_encoding_that_nobody_names_is_refused(shapefile: Any) -> None:
    with pytest.raises(
        BorderError, match=r"does not say which encoding its text has \(put a file with the ending \.cpg"
    ):
        read_borders(shapefile("Сюник", "windows-1251", declared=False))


@pytest.mark.parametrize("suffix", [".dbf", ".shx"])
def test_a_shapefile_without_its_siblings_is_refused(shapefile: Any, suffix: str) -> None:
    path = shapefile("Syunik", "UTF-8", declared=True)
    path.with_suffix(suffix).unlink()
    with pytest.raises(BorderError, match=f"has no {suffix} beside it .a Shapefile is several files"):
        read_borders(path)
