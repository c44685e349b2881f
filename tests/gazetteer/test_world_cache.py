"""The index of the world is built once, kept in a folder of its own, and built again where it cannot be used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, building
from geomap.gazetteer.building import CACHE_VARIABLE, build_index, describe_index, open_source, open_world
from geomap.gazetteer.readers.foreign import Reading
from geomap.types import Place

READINGS: list[str] = []


def small_world(**_: object) -> Reading:
    def places() -> Iterator[Place]:
        READINGS.append("read")
        yield Place("gn:1", "Kent", "AM", None, "village", 45.0, 40.0, 1.0)

    return Reading(places(), [], version="small world 1")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the world be one village, its index in a folder of its own, and nothing stand in the current folder."""
    READINGS.clear()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache" / "geomap"))
    monkeypatch.setattr(building, "read_world", small_world)
    return tmp_path / "cache" / "geomap"


def kept(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


def test_the_world_is_built_once_and_says_so_once(cache: Path) -> None:
    said: list[str] = []
    for _ in range(3):
        assert open_world(said.append).get("gn:1")
    assert READINGS == ["read"]
    assert len([words for words in said if "once" in words]) == 1
    assert Gazetteer.open("world").get("gn:1")
    assert READINGS == ["read"]


def test_whoever_asks_first_for_the_world_is_told_that_it_is_being_built(cache: Path) -> None:
    for ask in (lambda say: open_source(Path("world"), say), lambda say: describe_index("world", say)):
        for said in (list[str](), list[str]()):
            ask(said.append)
            assert ("building the gazetteer of the world" in " ".join(said)) == bool(READINGS)
            READINGS.clear()
        kept(cache).unlink()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 4080)


def of_another_layout(path: Path) -> None:
    image = bytearray(path.read_bytes())
    image[60:64] = (99).to_bytes(4, "big")  # user_version, at offset 60 of the header (SQLite file format, 1.3)
    path.write_bytes(image)


@pytest.mark.parametrize("harm", [truncated, emptied, foreign, of_another_layout])
def test_a_world_that_cannot_be_used_is_built_again(cache: Path, harm: Callable[[Path], None]) -> None:
    open_world()
    harm(kept(cache))
    assert open_world().get("gn:1")
    assert READINGS == ["read", "read"]


def test_a_world_of_other_data_or_code_is_built_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_world()
    monkeypatch.setattr(building.default, "digest", lambda: "another")
    open_world()
    open_world()
    assert READINGS == ["read", "read"]


def test_a_file_called_world_is_that_file(cache: Path, tmp_path: Path) -> None:
    build_index(["world"], tmp_path / "other", alone=True)
    (tmp_path / "other").rename(tmp_path / "world")
    assert [place.id for place in Gazetteer.open("world").places] == ["gn:1"]
    assert not cache.exists()


def test_the_world_not_installed_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(metadata, "version", missing)
    for ask in (open_world, lambda: build_index(["world"], tmp_path / "x"), lambda: Gazetteer.open("world")):
        with pytest.raises(GazetteerError) as caught:
            ask()
        assert "pip install 'geomap[world]'" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


SCRIPT = """
import socket, sys, time
from geomap.gazetteer import Gazetteer, building
from geomap.gazetteer.readers.foreign import Reading
from geomap.types import Place

def refuse(*_, **__):
    raise AssertionError("a connection was asked for")

def small(**_):
    def places():
        for number in range(2_000):
            yield Place(f"gn:{number}", f"Kent {number}", "AM", None, "village", 45.0, 40.0, 1.0)
            time.sleep(0.0005)
    return Reading(places(), [], version="small world 2")

socket.socket.connect = refuse
building.read_world = small
print(Gazetteer.open("world").match("Kent 1999").place.id)
"""


def test_two_processes_that_build_the_world_at_once_both_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    start = [sys.executable, "-c", SCRIPT]
    both = [subprocess.Popen(start, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(2)]
    assert [process.communicate(timeout=120)[0].strip() for process in both] == ["gn:1999", "gn:1999"]
    assert len(list((tmp_path / "cache").iterdir())) == 1
