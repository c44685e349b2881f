"""Files made to harm: refused in one line, before they cost anything and without a look at any other file."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from borders.formats.conftest import refusal

from geomap.borders import geojson, read_borders
from geomap.borders.formats import content, kml
from geomap.errors import SourceError
from geomap.sources import gdal

LINE = "<Placemark><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("kml", "what"),
    [
        (f'<!DOCTYPE kml [<!ENTITY l0 "ha">{LAUGHS}]><kml>{LINE}<name>&l9;</name></kml>', "declares a document type"),
        ('<!DOCTYPE kml [<!ENTITY x SYSTEM "{other}">]><kml><name>&x;</name></kml>', "declares a document type"),
        ('<!DOCTYPE kml SYSTEM "{other}"><kml/>', "declares a document type"),
        ("<kml><name>&x;</name></kml>", "is not XML: undefined entity"),
        (f"<kml>{'<Folder>' * 100}{LINE}{'</Folder>' * 100}</kml>", "nested deeper than 64 elements"),
        (f"<kml><NetworkLink><Link><href>{{other}}</href></Link></NetworkLink>{LINE}</kml>", "links to another file"),
        (f"<kml>{LINE}", "is not XML"),
        ("<html><body>not found</body></html>", "its root is 'html'"),
        ('<?xml version="1.0" encoding="no-such"?><kml/>', "is not XML"),
        ("<kml/>", "no features"),
        ("<kml><Placemark/></kml>", "feature 1: geometry is missing"),
        ("<kml><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark></kml>", "geometry is Point"),
        (f"<kml>{LINE.replace('1,2 3,4', '1, 2 3, 4')}</kml>", "feature 1: a position is not two numbers"),
        (f"<kml>{LINE.replace('1,2 3,4', '')}</kml>", "feature 1: geometry is empty"),
        ("<kml><Placemark><Polygon/></Placemark></kml>", "needs one outerBoundaryIs"),
    ],
)
def test_hostile_and_broken_kml_is_refused(kml: str, what: str, write: Any) -> None:
    other = write("a secret", "other.txt")
    assert what in refusal(write(kml.replace("{other}", other.as_uri()), "a.kml"))


def test_json_of_too_many_values_is_refused_unparsed(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_VALUES", 5)
    assert "holds more than 5 values" in refusal(write('{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}'))


def test_elements_that_are_not_read_cost_nothing_and_those_that_are_have_a_bound(
    write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kml, "MAX_ELEMENTS", 10)
    style = "<Style>" + "<name>no</name>" * 50 + "</Style>"
    table = read_borders(
        write(f"<kml>{LINE.replace('<LineString>', f'<name>yes</name>{style}<LineString>') * 20}</kml>")
    )
    assert table["name"].tolist() == ["yes"] * 20
    many = LINE.replace("<LineString>", "<name>x</name>" * 10 + "<LineString>")
    assert "feature 2: has more than 10 elements" in refusal(write(f"<kml>{LINE}{many}</kml>"))


def test_positions_are_read_piece_by_piece(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kml, "_CHUNK", 3)
    text = " 1,2\n3,4   \t 5.25,-6.5,100\n"
    (line,) = read_borders(write(f"<kml>{LINE.replace('1,2 3,4', text)}</kml>")).geometry
    assert list(line.coords) == [(1, 2), (3, 4), (5.25, -6.5)]


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_the_child_bounds_its_memory() -> None:
    script = (
        f"import runpy; limit = runpy.run_path({str(gdal._CHILD)!r})['_limit']; limit(); print(1); bytes(3 * 10**9)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == "1\n"
    assert "MemoryError" in done.stderr


def archived(members: dict[str, bytes], path: Path, **how: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    bomb = archived({"doc.kml": b" " * 50_000_000}, tmp_path / "bomb.kmz")
    assert "unpacks to over 100 times its size" in refusal(bomb)


def test_a_member_that_declares_too_little_is_refused(tmp_path: Path) -> None:
    lying = archived({"doc.kml": b"<kml>" + os.urandom(3000).hex().encode() + b"</kml>"}, tmp_path / "lying.kmz")
    true, false = struct.pack("<I", 6011), struct.pack("<I", 11)
    assert lying.read_bytes().count(true) == 2
    lying.write_bytes(lying.read_bytes().replace(true, false))
    refusal(lying)


def test_an_archive_that_unpacks_to_more_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archived({"doc.kml": b"<kml>" + bytes(range(32, 127)) * 30 + b"</kml>"}, tmp_path / "a.kmz")
    monkeypatch.setattr(content, "MAX_BYTES", 2000)
    assert path.stat().st_size < 2000
    assert "is larger than" in refusal(path)


def test_other_archives_are_refused(tmp_path: Path, write: Any) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("doc.kml", "<kml/>")
    nested = archived({"doc.kml": inner.getvalue()}, tmp_path / "nested.kmz")
    assert "holds the archive doc.kml" in refusal(nested)
    assert "holds no border layer" in refusal(archived({"a.txt": b"text"}, tmp_path / "text.zip"))
    assert "holds more than 1000 files" in refusal(
        archived({f"{number}.kml": b"" for number in range(1001)}, tmp_path / "many.zip")
    )
    damaged = archived({"doc.kml": f"<kml>{LINE}</kml>".encode()}, tmp_path / "damaged.kmz")
    assert "is a damaged archive" in refusal(write(damaged.read_bytes()[:-30], "cut.kmz"))
    two = archived({"doc.kml": b"<kml/>", "doc.kmm": b"<kml/>"}, tmp_path / "twice.kmz").read_bytes()
    write(two.replace(b"doc.kmm", b"doc.kml"), "twice.kmz")
    assert "holds one name twice" in refusal(tmp_path / "twice.kmz")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = archived({"doc.kml": f"<kml>{LINE}</kml>".encode()}, tmp_path / "locked.kmz")
    data = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    path.write_bytes(data)
    assert "doc.kml is encrypted" in refusal(path)


def test_names_in_an_archive_reach_no_folder(tmp_path: Path) -> None:
    name = "../../escaped.kml"
    table = read_borders(archived({name: f"<kml>{LINE}</kml>".encode()}, tmp_path / "deep.kmz"))
    assert len(table) == 1
    assert not list(tmp_path.parent.parent.glob("escaped.kml"))


@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.geojson", "a.fgb", "a"])
def test_a_vrt_by_any_name_reads_no_other_file(name: str, write: Any, units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    units.to_file(tmp_path / "secret.gpkg")
    source = f"<SrcDataSource>{tmp_path / 'secret.gpkg'}</SrcDataSource>"
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="secret">{source}</OGRVRTLayer></OGRVRTDataSource>'
    assert "its root is 'OGRVRTDataSource'" in refusal(write(vrt, name))


def test_gdal_itself_has_no_driver_for_a_vrt(units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    units.to_file(tmp_path / "secret.gpkg")
    source = f"<SrcDataSource>{tmp_path / 'secret.gpkg'}</SrcDataSource>"
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="secret">{source}</OGRVRTLayer></OGRVRTDataSource>'
    assert gpd.list_layers(tmp_path / "secret.gpkg")["name"].tolist() == ["secret"]
    for suffix in (".gpkg", ".shp", ".vrt"):
        with pytest.raises(SourceError, match="GDAL cannot read it"):
            gdal.read_gdal({suffix: vrt.encode()}, where="a file")


def test_the_child_refuses_to_read_with_more_drivers_than_three(
    units: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.gpkg"
    units.to_file(path)
    monkeypatch.setattr(gdal, "_drivers", lambda *_: ["OGR_VRT", "GPKG"])
    assert "GDAL has the drivers" in refusal(path)


def test_a_geopackage_with_a_virtual_table_is_refused(units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    units.to_file(path)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "INSERT INTO sqlite_master VALUES ('table', 'stolen', 'stolen', 0, "
            "'CREATE VIRTUAL TABLE stolen USING VirtualOGR(''/etc/other.gpkg'')')"
        )
    database.close()
    assert "holds virtual tables: stolen" in refusal(path)


def test_nothing_is_written_beside_a_geopackage(units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    units.to_file(path)
    before = path.read_bytes()
    read_borders(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.gpkg"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("kept", [16, 100, 5000, 60_000])
def test_a_cut_geopackage_is_refused(kept: int, units: gpd.GeoDataFrame, tmp_path: Path) -> None:
    units.to_file(tmp_path / "a.gpkg")
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes((tmp_path / "a.gpkg").read_bytes()[:kept])
    assert "GDAL" in refusal(cut)


def test_a_child_that_dies_or_hangs_is_a_refusal(
    units: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units.to_file(tmp_path / "a.gpkg")
    for body, what in (
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "could not finish"),
        ("import time; time.sleep(60)", "takes GDAL more than"),
        ("bytearray(1) * 10**15", "could not finish"),
        ("print('[')", "cut off"),
    ):
        child = tmp_path / "child.py"
        child.write_text(body, encoding="utf-8")
        monkeypatch.setattr(gdal, "_CHILD", child)
        monkeypatch.setattr(gdal, "WAIT_S", 1)
        assert what in refusal(tmp_path / "a.gpkg")


def test_a_small_topology_that_unfolds_without_end_is_refused(write: Any) -> None:
    arc = [[number % 2, number % 3] for number in range(10_000)]
    shape = {"type": "MultiLineString", "arcs": [[0]] * 10_000}
    path = write({"type": "Topology", "objects": {"a": shape}, "arcs": [arc]})
    assert "unfolds to more than 20,000,000 positions" in refusal(path)


@pytest.mark.parametrize(
    ("topology", "what"),
    [
        ({}, "the topology has no objects"),
        ({"objects": {"a": 1}}, "the object 'a' is not a geometry"),
        ({"objects": {"a": {}, "b": {}}}, "holds the objects a, b (name one with sublayer="),
        ({"objects": {"a": {"type": "LineString", "arcs": [7]}}}, "arc 7 does not exist"),
        ({"objects": {"a": {"type": "LineString", "arcs": [-4]}}}, "arc -4 does not exist"),
        ({"objects": {"a": {"type": "LineString", "arcs": ["0"]}}}, "arc '0' does not exist"),
        ({"objects": {"a": {"type": "LineString", "arcs": 0}}}, "has no list of arcs"),
        ({"objects": {"a": {"type": "LineString", "arcs": [0, 2]}}}, "arcs do not join end to end"),
        ({"objects": {"a": {"type": "Polygon", "arcs": [[0, 1]]}}}, "a ring is not closed"),
        ({"objects": {"a": {"type": None}}}, "geometry is missing"),
        ({"objects": {"a": {"type": "LineString", "arcs": [0]}}, "transform": {}}, "arcs are broken"),
        ({"objects": {"a": {"type": "LineString", "arcs": [0]}}, "arcs": [[[1]]]}, "arcs are broken"),
        ({"objects": {"a": {"type": "LineString", "arcs": [0]}}, "crs": {"properties": {"name": "EPSG:3857"}}}, "3857"),
    ],
)
def test_broken_topologies_are_refused(topology: dict[str, Any], what: str, write: Any) -> None:
    arcs = [[[0, 0], [1, 1]], [[1, 1], [2, 0]], [[5, 5], [6, 6]]]
    assert what in refusal(write({"type": "Topology", "arcs": arcs, **topology}))


def test_two_gigabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.geojson"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    assert "is larger than 200 MB" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.geojson")
    assert "is not a regular file" in refusal(tmp_path / "pipe.geojson")


def test_a_bad_line_of_many_is_named(write: Any, features: list[dict[str, Any]]) -> None:
    text = json.dumps(features[0])
    assert "line 2: is not JSON" in refusal(write(f"{text}\n{text[:-1]}\n"))
