"""Any CSV, TSV or GeoJSON gazetteer is read by its headings; what they leave open is refused by name."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.readers.tables import read_gazetteer
from geomap.types import Name, Place


def saved(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, name: str = "list.csv") -> list[Place]:
    return list(read_gazetteer(saved(folder, text, name)))


def collection(folder: Path, *features: tuple[Any, dict[str, Any]]) -> Path:
    listed = [{"type": "Feature", "geometry": shape, "properties": cells} for shape, cells in features]
    return saved(folder, json.dumps({"type": "FeatureCollection", "features": listed}), "list.geojson")


def point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def square(lon: float, lat: float, side: float) -> dict[str, Any]:
    corners = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [corners]}


def test_ordinary_headings_are_enough(tmp_path: Path) -> None:
    text = (
        "toponym,latitude,longitude,iso,province,pop,type,alt_names\n"
        'Goris,39.51111,46.34168,am,Syunik,20379,city,"Gorus; Գորիս, the old; Горис"\n'
        "Sotk,40.20,45.87,AM,Gegharkunik,,village,\n"
        "Ishkhanasar,39.6,46.2,,,,MT,\n"
    )
    reading = read_gazetteer(saved(tmp_path, text))
    goris, sotk, mountain = reading
    assert (goris.name, goris.lat, goris.lon, goris.country, goris.admin1) == (
        "Goris",
        39.51111,
        46.34168,
        "AM",
        "Syunik",
    )
    assert (goris.kind, goris.population, goris.source, goris.radius_kind) == ("town", 20379, "list.csv", "convention")
    assert {name.text for name in goris.names} == {"Gorus", "Գորիս, the old", "Горис"}
    assert (sotk.kind, sotk.population, sotk.names) == ("village", None, ())
    assert (mountain.kind, mountain.feature, mountain.country, mountain.admin1) == ("mountain", "MT", None, None)
    assert (reading.problems, reading.version) == ((), "list.csv")


@pytest.mark.parametrize(
    "header",
    [
        "name,lat,lon", "Name,Latitude,Longitude", "place name,y,x", "TOPONYM,lat_dd,lng", "nom,Lat.,Long.",
        "name:en,lat,lon", "village,lat,lon", "name,y_coord,x_coord",
    ],
)  # fmt: skip
def test_headings_of_many_habits(tmp_path: Path, header: str) -> None:
    (place,) = read(tmp_path, f"{header},remark\nSotk,40.2,45.87,old\n")
    assert (place.name, place.lat, place.lon, place.kind) == ("Sotk", 40.2, 45.87, "village")


def test_the_surer_heading_wins_and_the_other_is_no_name(tmp_path: Path) -> None:
    (place,) = read(tmp_path, "x,y,lon,lat,city,name\n500,600,45.87,40.2,Vardenis,Sotk\n")
    assert (place.name, place.lon, place.lat, place.names) == ("Sotk", 45.87, 40.2, ())


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("town,village,lat,lon", "'town' and 'village' both name the name"),
        ("name,lat,latitude,lon", "'lat' and 'latitude' both name the lat"),
        ("name,lat,lon,country,iso", "'country' and 'iso' both name the country"),
        ("name,lat,lon,aliases,altnames", "'aliases' and 'altnames' both name the alternates"),
        ("name,lat,remark", "no column holds a longitude; the headings are name, lat, remark"),
        ("what,lat,lon", "no column holds a name"),
    ],
)
def test_ambiguous_and_missing_headings_are_refused_by_name(tmp_path: Path, header: str, words: str) -> None:
    row = ",".join(["40.5"] * (header.count(",") + 1))
    with pytest.raises(GazetteerError, match=words):
        read(tmp_path, f"{header}\n{row}\n")


def test_names_in_a_language_keep_it(tmp_path: Path) -> None:
    header = "name,lat,lon,country,name:hy,name_ru,name:az,old_name,alt_name,name:xyz1\n"
    text = f"{header}Kut,40.1,45.8,AM,Կուտ,Кут,Zərkənd,Zarkand,Kutt,?\n"
    (place,) = read(tmp_path, text)
    assert place.names == (
        Name("Կուտ", "hy", "own"),
        Name("Кут", "ru", "russian"),
        Name("Zərkənd", "az", "other"),
        Name("Kutt", "Latn", "variant"),
        Name("Zarkand", "Latn", "historic"),
    )


@pytest.mark.parametrize(
    "cell", ["Gorus|Geryusy, the old", "Gorus;Geryusy, the old", '["Gorus", "Geryusy, the old", 7]']
)
def test_alternate_names_are_parted_at_the_file_s_own_mark(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    (place,) = read(tmp_path, f'name,lat,lon,alternatenames\nGoris,39.5,46.3,"{quoted}"\n')
    assert [name.text for name in place.names] == ["Gorus", "Geryusy, the old"]


def test_commas_part_names_where_nothing_else_does(tmp_path: Path) -> None:
    (place,) = read(tmp_path, "name\tlat\tlon\taliases\nGoris\t39.5\t46.3\tGorus, Geryusy,GRS\n", "list.tsv")
    assert [name.text for name in place.names] == ["Gorus", "Geryusy"]


def test_decimal_commas_are_decided_for_the_whole_file(tmp_path: Path) -> None:
    (place,) = read(tmp_path, "name;lat;lon\nSotk;40,2;45,87\n")
    assert (place.lat, place.lon) == (40.2, 45.87)
    reading = read_gazetteer(saved(tmp_path, "name;lat;lon\nSotk;40,2;45,87\nKut;40.1;45.8\n"))
    assert [place.name for place in reading] == ["Kut"]
    assert [problem.row for problem in reading.problems] == [2]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",40,45,,", "name", "the name is empty"),
        (f"{'x' * 1001},40,45,,", "name", "too long"),
        ("Far,91,45,,", "lat", "'91' is no number from -90 to 90"),
        ("Far,40,200,,", "lon", "'200' is no number"),
        ("Far,,45,,", "lat", "the lat is empty"),
        ("Far,nan,45,,", "lat", "'nan' is no number"),
        ("Far,north,45,,", "lat", "'north' is no number"),
        ("Far,40,45,-1,", "population", "'-1' is no number"),
        ("Far,40,45,,bakery", "type", "the type 'bakery' is none that geomap knows"),
        ("Good,40,45,,", None, "an earlier row has this id"),
    ],
)
def test_a_broken_row_is_set_aside_by_number_and_reason(
    tmp_path: Path, row: str, column: str | None, reason: str
) -> None:
    path = saved(tmp_path, f"name,lat,lon,population,type\nGood,40,45,,\n{row}\nLast,41,45,,\n")
    reading = read_gazetteer(path)
    assert [place.name for place in reading] == ["Good", "Last"]
    (problem,) = reading.problems
    assert (problem.file, problem.row, problem.column, problem.set_aside) == (str(path), 3, column, True)
    assert reason in problem.reason


def test_a_row_with_a_cell_too_many_is_set_aside(tmp_path: Path) -> None:
    reading = read_gazetteer(saved(tmp_path, "name,lat,lon\nGood,40,45\nGoris, the town,39,46\n"))
    assert [place.name for place in reading] == ["Good"]
    assert [(problem.row, problem.set_aside) for problem in reading.problems] == [(3, True)]


def test_a_country_that_is_no_code_is_left_empty_and_counted(tmp_path: Path) -> None:
    reading = read_gazetteer(saved(tmp_path, "name,lat,lon,country\nA,1,1,Armenia\nB,2,2,am\nC,3,3,\n"))
    assert [place.country for place in reading] == [None, "AM", None]
    assert [problem.reason[:6] for problem in reading.problems] == ["1 rows"]


def test_ids_are_the_file_s_own_or_stay_with_name_and_position(tmp_path: Path) -> None:
    assert [place.id for place in read(tmp_path, "geonameid,name,lat,lon\n174895,Goris,39.5,46.3\n")] == ["gn:174895"]
    assert [place.id for place in read(tmp_path, "id,name,lat,lon,type\nmy:1,Goris,39.5,46.3,city\n")] == ["my:1"]
    first = read(tmp_path, "name,lat,lon\nGoris,39.5,46.3\nSotk,40.2,45.87\n")
    moved = read(tmp_path, "name,lon,lat\nSotk,45.870,40.20\nGoris,46.3,39.5\n")
    assert [place.id for place in first] == [place.id for place in reversed(moved)]
    assert len({place.id for place in first}) == 2


def test_geomap_s_own_form_is_read_as_ever(tmp_path: Path) -> None:
    header = "id,name,kind,lon,lat,radius_km,radius_kind,names\n"
    text = f"{header}my:1,Kent,lake,46.5,39.5,4,source,hy/own Քենթ | az/other Kənd\n"
    (place,) = read(tmp_path, text)
    assert (place.id, place.kind, place.radius_km, place.radius_kind) == ("my:1", "lake", 4.0, "source")
    assert place.names == (Name("Քենթ", "hy", "own"), Name("Kənd", "az", "other"))


def test_points_and_areas_of_geojson(tmp_path: Path) -> None:
    path = collection(
        tmp_path,
        (point(45.87, 40.2), {"name": "Sotk", "place": "village", "name:az": "Zod"}),
        (square(46.0, 40.0, 0.5), {"name": "Kent district", "place_type": "district"}),
        (square(45.0, 40.0, 0.1), {"name": "Somewhere"}),
    )
    sotk, district, area = read_gazetteer(path)
    assert (sotk.lon, sotk.lat, sotk.kind, sotk.radius_kind) == (45.87, 40.2, "village", "convention")
    assert sotk.names == (Name("Zod", "az", "other"),)
    assert (district.kind, district.radius_kind, area.kind) == ("district", "source", "region")
    assert 46.0 < district.lon < 46.5
    assert 40.0 < district.lat < 40.5


@pytest.mark.parametrize(("lon", "lat", "side"), [(46.0, 40.0, 0.5), (-70.0, -54.0, 2.0), (10.0, 0.0, 5.0)])
def test_an_area_s_radius_is_that_of_a_circle_of_its_size(tmp_path: Path, lon: float, lat: float, side: float) -> None:
    polygon = Geodesic.WGS84.Polygon()  # the oracle: areas on the ellipsoid, along many short edges
    steps = [step / 50 * side for step in range(50)]
    for x, y in (
        *((lon + step, lat) for step in steps),
        *((lon + side, lat + step) for step in steps),
        *((lon + side - step, lat + side) for step in steps),
        *((lon, lat + side - step) for step in steps),
    ):
        polygon.AddPoint(y, x)
    expected = math.sqrt(abs(polygon.Compute()[2]) / math.pi) / 1_000
    (place,) = read_gazetteer(collection(tmp_path, (square(lon, lat, side), {"name": "Kent"})))
    assert place.radius_km == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    "shape",
    [
        None, {"type": "LineString", "coordinates": [[45, 40], [46, 40]]}, point(45, 95), point(500_000, 4_400_000),
        {"type": "MultiPoint", "coordinates": [[45, 40], [46, 40]]}, {"type": "Polygon", "coordinates": []},
        {"type": "Point", "coordinates": []},
    ],
)  # fmt: skip
def test_geometries_without_one_place_are_set_aside(tmp_path: Path, shape: Any) -> None:
    reading = read_gazetteer(collection(tmp_path, (point(45, 40), {"name": "Good"}), (shape, {"name": "Bad"})))
    assert [place.name for place in reading] == ["Good"]
    assert [(problem.row, problem.set_aside) for problem in reading.problems] == [(2, True)]


@pytest.mark.parametrize("text", ["", "name,lat,lon\n", "name,lat,lon\nKent,999,999\n", "\x00\x01", "just words"])
def test_a_file_without_a_place_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(GazetteerError, match=r"list\.csv"):
        read(tmp_path, text)
    with pytest.raises(GazetteerError):
        read_gazetteer(tmp_path)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
WORDS = TEXTS.map(str.strip).filter(lambda text: any(map(str.isalpha, text)))


@given(WORDS, st.floats(-180, 180), st.floats(-90, 90), st.integers(0, 10**9))
def test_a_row_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, lon: float, lat: float, people: int
) -> None:
    quoted = name.replace('"', '""')
    text = f'name,lat,lon,population\nGood,1.5,2.5,3\n"{quoted}",{lat!r},{lon!r},{people}\n'
    places = read(tmp_path_factory.mktemp("list"), text)
    assert (places[-1].name, places[-1].lon, places[-1].lat) == (name, lon, lat)
    assert places[-1].population == (people or None)


@given(st.binary(max_size=300), st.sampled_from(["list.csv", "list.geojson", "list.tsv"]))
def test_no_bytes_raise_anything_but_a_gazetteer_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("list") / name
    path.write_bytes(b"name,lat,lon,type,alias\nGood,40,45,,\n" + data)
    try:
        places = list(read_gazetteer(path))
    except GazetteerError:
        return
    assert places
    assert all(-180 <= place.lon <= 180 and -90 <= place.lat <= 90 and place.name for place in places)
