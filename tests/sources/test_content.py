from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from geomap.errors import SourceError
from geomap.sources import Limits, RawFeatures, read_source

CSV = "date,place\n2022-09-13,Sotk\n"


def refused(path: Path | str, limits: Limits | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read_source(path, limits=limits or Limits())
    text = str(caught.value)
    assert text.startswith(str(path))
    assert "\n" not in text
    return text


def test_what_is_no_readable_file_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "missing.csv")
    assert "is a folder" in refused(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not a regular file" in refused(tmp_path / "pipe.csv")
    assert "cannot be read" in refused(tmp_path / ("x" * 300))
    assert "cannot be read" in refused("a\0b.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(CSV)
    path.chmod(0)
    assert "no permission" in refused(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a,b\n1,\x00\n", "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfea", "UTF-16"),
        ("a,b\n1,\0\n".encode("utf-16"), "NUL"),
        (b"\x1f\x8bbroken", "damaged gzip"),
        (gzip.compress(CSV.encode())[:-9], "damaged gzip"),
        (gzip.compress(b""), "empty after decompression"),
        (gzip.compress(b"PK\x03\x04rest"), "Excel"),
    ],
)
def test_bad_content_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "file.csv").write_bytes(data)
    assert words in refused(tmp_path / "file.csv")


def test_gzip_is_unpacked_and_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress(CSV.encode(), mtime=0) + gzip.compress(b"2022-09-14,Goris\n", mtime=0))
    raw = read_source(path)
    assert raw.frame["place"].tolist() == ["Sotk", "Goris"]
    assert raw.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "gzip-compressed" in raw.notes
    assert raw.path == str(path)


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 5_000_000))
    assert "over the limit of 100:1" in refused(path)
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 100_000))
    assert read_source(path).count == 100_000


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(CSV)
    assert "larger than the limit of 10 bytes" in refused(path, Limits(file_bytes=10))
    path.write_bytes(gzip.compress(b"x" * 50 + b"\n"))
    assert "unpacks to more than 40 bytes" in refused(path, Limits(file_bytes=40))


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    (tmp_path / "really.csv").write_text('{"type": "Point", "coordinates": [45.9, 40.2]}')
    (tmp_path / "really.dat").write_text(CSV)
    assert isinstance(read_source(tmp_path / "really.csv"), RawFeatures)
    assert read_source(tmp_path / "really.dat").count == 1


def test_a_file_that_points_elsewhere_is_no_geojson(tmp_path: Path) -> None:
    (tmp_path / "layer.geojson").write_text(
        "<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>"
    )
    assert "not valid JSON" in refused(tmp_path / "layer.geojson")
