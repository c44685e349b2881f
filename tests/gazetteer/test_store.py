"""An index is whole or absent, what is no index is refused by name, and places come back as they were filed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import multiprocessing
import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, store
from geomap.gazetteer.store import Store, write_index
from geomap.types import Name, Place

ABOUT = {"version": "test 1", "credits": "[]"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME_TEXT = TEXT.filter(lambda text: not {"\x1e", "\x1f"} & set(text))
NAMES = st.builds(
    Name, NAME_TEXT, st.sampled_from(["", "hy", "Latn"]), st.sampled_from(["own", "other", "russian", "historic"]),
    st.sampled_from(["", "1935/1990", "/1946"]),
)  # fmt: skip
PLACES = st.builds(
    Place,
    id=st.uuids().map(lambda number: f"t:{number}"),
    name=TEXT,
    country=st.sampled_from([None, "AM", "AZ"]),
    admin1=st.none() | TEXT,
    kind=st.sampled_from(["village", "lake", "province"]),
    lon=st.floats(-180, 180),
    lat=st.floats(-90, 90),
    radius_km=st.floats(0, 500),
    radius_kind=st.sampled_from(["source", "convention"]),
    population=st.none() | st.integers(0, 2**40),
    names=st.lists(NAMES, max_size=6).map(tuple),
    source=TEXT,
    note=st.none() | TEXT,
    area_id=st.none() | TEXT,
    seat=st.none() | TEXT,
    held_by=st.none() | TEXT,
    feature=st.none() | TEXT,
)


def village(number: int, name: str = "", lon: float = 45.0, lat: float = 40.0) -> Place:
    return Place(f"t:{number}", name or f"Village {number}", "AM", None, "village", lon, lat, 1.0)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "small.gazetteer"
    write_index(path, map(village, range(500)), ABOUT)
    return path


def use(path: Path) -> None:
    """Ask an index all that can be asked."""
    found = Gazetteer.open(path)
    assert len(found.match_all([f"Village {number}" for number in range(500)], "AM")) == 500
    assert len(list(found.places)) == 500
    assert len(found.around(45, 40, 3)) == 3
    Store.open(path).check()


def refused(path: Path) -> str:
    """Return the words that refuse a file; anything but GazetteerError fails the test."""
    with pytest.raises(GazetteerError) as caught:
        use(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


# ---------------------------------------------------------------- what comes back


@given(st.lists(PLACES, unique_by=lambda place: place.id, max_size=5))
def test_places_come_back_as_they_were_filed(places: list[Place]) -> None:
    filed = Store.of(places, ABOUT)
    assert list(filed.places()) == places
    assert [filed.get(place.id) for place in places] == places
    assert list(Store.load(filed.image(), "image").places()) == places


def test_a_file_holds_what_memory_holds(tmp_path: Path) -> None:
    place = Place(
        "t:1", "Sotk", "AM", "Gegharkunik", "village", 45.86, 40.2, 2.5, population=800, source="x", note="n\x00n",
        names=(Name("Սոթք", "hy", "own"), Name("Zod", "az", "historic", "1935/1990"), Name("", "", "variant")),
        area_id="a", seat="s", held_by="h", feature="PPL",
    )  # fmt: skip
    path = tmp_path / "one.gazetteer"
    assert write_index(path, [place], ABOUT) == 1
    opened = Store.open(path)
    assert list(opened.places()) == [place]
    assert opened.about() == {"countries": "AM", **ABOUT, "places": "1"}
    assert opened.get("t:2") is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_lone_surrogate_is_refused_by_name_and_not_with_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError):
        write_index(tmp_path / "odd.gazetteer", [village(1, "Sotk\ud800")], ABOUT)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_answers_stay_right_when_the_store_forgets(monkeypatch: pytest.MonkeyPatch, index: Path) -> None:
    monkeypatch.setattr(store, "_CACHED", 7)
    found = Gazetteer.open(index)
    names = [f"Village {number}" for number in range(500)]
    for asked in (names, names[::-1], [*names, *names]):
        assert [match.place and match.place.name for match in found.match_all(asked)] == asked
    for name in names[3::11]:
        match = found.match(name)
        assert match.place
        assert match.place.name == name


def test_what_is_kept_at_hand_is_bounded(monkeypatch: pytest.MonkeyPatch, index: Path) -> None:
    monkeypatch.setattr(store, "_CACHED", 50)
    opened = Store.open(index)
    for number in range(500):
        opened.bearers(f"village {number}")
        assert len(opened._bearers) <= 100
        assert len(opened._places) <= 50


@pytest.mark.parametrize(("lon", "lat"), [(45.0, 40.0), (0.0, 0.0), (179.9, 10.0), (-179.9, -65.0), (10.0, 89.5)])
@pytest.mark.parametrize("count", [1, 5, 40])
def test_the_nearest_places_come_first(lon: float, lat: float, count: int) -> None:
    chance = random.Random(f"{lon} {lat}")  # noqa: S311
    near = [(lon + chance.uniform(-3, 3), max(-90, min(90, lat + chance.uniform(-3, 3)))) for _ in range(60)]
    far = [(chance.uniform(-180, 180), chance.uniform(-90, 90)) for _ in range(140)]
    points = [((x + 180) % 360 - 180, y) for x, y in (*near, *far)]
    places = [village(number, "", x, y) for number, (x, y) in enumerate(points)]

    def metres(place: Place) -> float:
        return Geodesic.WGS84.Inverse(lat, lon, place.lat, place.lon)["s12"]

    found = Gazetteer(places).around(lon, lat, count)
    expected = sorted(map(metres, places))[:count]
    assert [metres(place) for place in found] == pytest.approx(expected, rel=0.006)


def test_around_gives_fewer_where_there_are_fewer() -> None:
    assert Gazetteer([]).around(45, 40, 3) == []
    found = Gazetteer([village(1), village(2, "", -135.0, -40.0)]).around(45, 40, 9)
    assert [place.id for place in found] == ["t:1", "t:2"]


# ---------------------------------------------------------------- whole or absent


def failing(fault: Exception) -> Iterator[Place]:
    yield from map(village, range(3))
    raise fault


@pytest.mark.parametrize("fault", [ValueError("broken"), GazetteerError("broken"), OSError(errno.ENOSPC, "full")])
def test_a_failure_midway_leaves_no_index_and_no_draft(tmp_path: Path, fault: Exception) -> None:
    with pytest.raises((type(fault), GazetteerError)):
        write_index(tmp_path / "new.gazetteer", failing(fault), ABOUT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fault", [ValueError("broken"), KeyboardInterrupt()])
def test_a_failure_midway_leaves_the_old_index(index: Path, fault: Exception) -> None:
    before = index.read_bytes()
    with pytest.raises(type(fault)):
        write_index(index, failing(fault), ABOUT)
    assert index.read_bytes() == before
    assert list(index.parent.iterdir()) == [index]


FILL = """
import resource, signal, sys
from pathlib import Path
from geomap.errors import GazetteerError
from geomap.gazetteer.store import write_index
from geomap.types import Place
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
places = (Place(f"t:{n}", f"Village {n}", "AM", None, "village", 45.0, 40.0, 1.0) for n in range(20_000))
try:
    write_index(Path(sys.argv[1]), places, {})
except GazetteerError as error:
    print("refused:", error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
@pytest.mark.parametrize("room", [4_096, 100_000, 1_500_000])
def test_no_room_is_said_by_name_and_leaves_the_old_index(index: Path, room: int) -> None:
    before = index.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", FILL, str(index), str(room)], capture_output=True, encoding="utf-8", check=False
    )
    assert ran.stdout.startswith("refused:"), ran.stderr
    assert str(index) in ran.stdout
    assert index.read_bytes() == before
    assert list(index.parent.iterdir()) == [index]


def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)  # the tests may run as a user whom no right is refused
    with pytest.raises(GazetteerError, match=r"a\.gazetteer"):
        write_index(tmp_path / "a.gazetteer", [village(1)], ABOUT)


@pytest.mark.parametrize("target", ["missing/a.gazetteer", "file/a.gazetteer", "folder"])
def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(GazetteerError) as caught:
        write_index(tmp_path / target, [village(1)], ABOUT)
    assert target in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_an_index_without_one_place_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no place"):
        write_index(tmp_path / "empty.gazetteer", [], ABOUT)
    assert list(tmp_path.iterdir()) == []


def _write(path: Path, first: int, start: multiprocessing.synchronize.Event) -> None:
    start.wait()
    write_index(path, map(village, range(first, first + 3_000)), ABOUT)


def test_of_two_that_build_at_once_one_stands_whole(tmp_path: Path) -> None:
    path, context = tmp_path / "both.gazetteer", multiprocessing.get_context("spawn")
    start = context.Event()
    both = [context.Process(target=_write, args=(path, first, start)) for first in (0, 10_000)]
    for process in both:
        process.start()
    start.set()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    opened = Store.open(path)
    opened.check()
    found = [int(place.id[2:]) for place in opened.places()]
    assert found in (list(range(3_000)), list(range(10_000, 13_000)))
    assert list(tmp_path.iterdir()) == [path]


def test_an_open_index_goes_on_answering_when_another_takes_its_place(index: Path) -> None:
    opened = Gazetteer.open(index)
    write_index(index, [village(900)], ABOUT)
    match = opened.match("Village 7")
    assert match.place
    assert match.place.id == "t:7"
    assert [place.id for place in Gazetteer.open(index).places] == ["t:900"]


# ---------------------------------------------------------------- what is no index


def truncated(index: Path, share: float) -> None:
    index.write_bytes(index.read_bytes()[: int(index.stat().st_size * share)])


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3, 0.5, 0.9, 0.99])
def test_a_truncated_index_is_refused(index: Path, share: float) -> None:
    truncated(index, share)
    refused(index)


@pytest.mark.parametrize("page", [1, 2, 3, 5, 8, 13, 20])
def test_random_bytes_in_a_page_are_noticed(index: Path, page: int) -> None:
    content = bytearray(index.read_bytes())
    size = 4096
    assert len(content) > (page + 1) * size
    content[page * size : (page + 1) * size] = hashlib.shake_128(bytes([page])).digest(size)
    index.write_bytes(content)
    refused(index)


@pytest.mark.parametrize("at", range(0, 100, 3))
def test_flipped_bytes_of_the_header_never_raise_anything_of_sqlites(index: Path, at: int) -> None:
    content = bytearray(index.read_bytes())
    content[at] ^= 0xFF
    index.write_bytes(content)
    with contextlib.suppress(GazetteerError):
        use(index)


def test_a_database_of_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.gazetteer"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (text)")
    database.close()
    assert "no gazetteer" in refused(path)


def test_an_index_of_another_layout_is_named_with_what_to_do(index: Path) -> None:
    with sqlite3.connect(index) as database:
        database.execute(f"PRAGMA user_version = {store.FORMAT + 1}")
    database.close()
    told = refused(index)
    assert f"layout {store.FORMAT + 1}" in told
    assert "geomap gazetteer build" in told


def test_an_index_that_lacks_a_table_is_refused(index: Path) -> None:
    with sqlite3.connect(index) as database:
        database.execute("DROP TABLE filed")
    database.close()
    refused(index)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("this is no index\n"),
        lambda path: path.write_bytes(hashlib.shake_128(b"noise").digest(50_000)),
        lambda path: path.write_bytes(b"SQLite format 3\x00"),
        lambda path: path.mkdir(),
        lambda _: None,
    ],
    ids=["empty", "text", "noise", "magic alone", "folder", "missing"],
)
def test_what_is_no_index_is_refused_by_name(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "some.gazetteer"
    make(path)
    refused(path)


def test_opening_changes_nothing_and_leaves_nothing(index: Path) -> None:
    before = index.read_bytes()
    found = Gazetteer.open(index)
    found.match_all(["Village 1", "Vilage 22 of Something Else", "nothing"], "AM")
    assert index.read_bytes() == before
    assert list(index.parent.iterdir()) == [index]
