"""geomap.toml and places.lock: every fault is named with file and key."""

from __future__ import annotations

from inspect import signature
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.borders import read_borders
from geomap.errors import ProjectError
from geomap.project import LOCK_HEAD, BorderFile, Project, format_lock, read_lock, read_project
from geomap.types import Pin, PinnedPlace


def _project(folder: Path, text: str) -> Path:
    path = folder / "geomap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_every_kind_of_value(tmp_path: Path) -> None:
    project = read_project(
        _project(tmp_path, 'title = "A"\nfiles = "a.csv"\ncountries = ["am", "AZ"]\nas_of = 2022-10-31\n')
    )
    assert project.title == "A"
    assert project.files == ("a.csv",)
    assert project.countries == ("AM", "AZ")
    assert project.as_of == "2022-10-31"
    assert project.lock == tmp_path / "places.lock"


def test_borders_are_paths_and_tables_in_the_order_written(tmp_path: Path) -> None:
    text = (
        'borders = ["default", "lines.geojson", { path = "2020.geojson", valid_from = 2020-11-10, '
        'valid_to = "2022-08-26", error_km = 2, schematic = true }]\n'
    )
    project = read_project(_project(tmp_path, text)).changed(as_of="2021-01-01")
    assert [(file.path, file.keywords()) for file in project.borders] == [
        ("default", {}),
        ("lines.geojson", {}),
        (
            "2020.geojson",
            {"valid_from": "2020-11-10", "valid_to": "2022-08-26", "error_km": 2, "schematic": True},
        ),
    ]


def test_one_border_file_needs_no_list(tmp_path: Path) -> None:
    for text in ('borders = "a.geojson"', '[borders]\npath = "a.geojson"', '[[borders]]\npath = "a.geojson"'):
        assert [file.path for file in read_project(_project(tmp_path, text)).borders] == ["a.geojson"]


def test_a_border_file_takes_what_read_borders_takes() -> None:
    assert set(BorderFile.model_fields) == set(signature(read_borders).parameters)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "A"', "did you mean 'title'?"),
        ('tiles = "https://tiles.example"', "does not support it"),
        ('zzz = "A"', "known keys: title"),
        ("title = 3", "title"),
        ('countries = ["Armenia"]', "'Armenia' is not a two-letter country code"),
        ('as_of = "31.10.2022"', "is not a date"),
        ('dates = "ymd"', "dates"),
        ("title = ", "is not valid TOML"),
        ('folder = "/"', "unknown key 'folder'"),
        ('borders = ["a", { path = "b", eror_km = 2 }]', "borders.2: unknown key 'eror_km' (did you mean 'error_km'?)"),
        ("borders = [{ error_km = 2 }]", "borders.1.path: Field required"),
        ('borders = [{ path = "b", error_km = "2" }]', "borders.1.error_km"),
        ('borders = [{ path = "b", valid_to = "26.8.2022" }]', "borders.1.valid_to: '26.8.2022' is not a date"),
        ('borders = [{ path = "default", status = "claimed" }]', "'default' states its own dates and sources"),
        ("borders = [3]", "not a list of paths and tables"),
    ],
)
def test_refuses_with_file_and_reason(tmp_path: Path, text: str, said: str) -> None:
    path = _project(tmp_path, text)
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_refuses_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no such file"):
        read_project(tmp_path / "none.toml")
    with pytest.raises(ProjectError, match="is a folder"):
        read_project(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"')
    with pytest.raises(ProjectError, match="UTF-8"):
        read_project(tmp_path / "latin.toml")


def test_globs_are_sorted_and_kept_once(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).touch()
    project = Project(folder=tmp_path)
    assert [path.name for path in project.paths(["*.csv", "a.csv"])] == ["a.csv", "b.csv"]
    with pytest.raises(ProjectError, match="no file matches"):
        project.paths(["*.tsv"])


def test_a_changed_project_is_checked_again() -> None:
    assert Project().changed(countries=["ge"]).countries == ("GE",)
    with pytest.raises(ProjectError, match="the command line: as_of"):
        Project().changed(as_of="tomorrow")


_NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


_DEGREES = st.integers(-9_000_000, 9_000_000).map(lambda number: number / 100_000)
_PLACES = st.builds(PinnedPlace, _NAMES, st.none() | _NAMES, _DEGREES, _DEGREES)
_KNOWN = st.none() | _NAMES
_PINS = st.builds(Pin, _NAMES, _NAMES, _NAMES, _KNOWN, st.none() | _PLACES, _KNOWN, _KNOWN)


@given(st.lists(_PINS, unique_by=lambda pin: pin.name, max_size=5))
def test_a_lock_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, pins: list[Pin]) -> None:
    path = tmp_path_factory.mktemp("lock") / "places.lock"
    path.write_bytes(format_lock(pins).encode())
    assert sorted(read_lock(path), key=lambda pin: pin.name) == sorted(pins, key=lambda pin: pin.name)


def test_a_pin_is_written_for_a_reviewer() -> None:
    place = PinnedPlace("Jermuk", "AM", 45.671119, 39.83948)
    pin = Pin("Istisu", "gn:174884", "why", "incidents.csv", place, "rival", "GeoNames 2026")
    assert format_lock([pin]).split("\n\n")[1] == (
        '[[pin]]\nname = "Istisu"\nid = "gn:174884"\nreason = "why"\n'
        'place = { name = "Jermuk", country = "AM", lon = 45.67112, lat = 39.83948 }\n'
        'method = "rival"\ninput = "incidents.csv"\ngazetteer = "GeoNames 2026"\n'
    )


def test_a_lock_of_an_older_version_is_read_and_written_as_it_was(tmp_path: Path) -> None:
    old = f'{LOCK_HEAD}\n[[pin]]\nname = "Akner"\nid = "gn:174941"\nreason = "by Goris"\ninput = "incidents.csv"\n'
    path = tmp_path / "places.lock"
    path.write_text(old, "utf-8")
    assert read_lock(path) == [Pin("Akner", "gn:174941", "by Goris", "incidents.csv")]
    assert format_lock(read_lock(path)) == old


def test_a_missing_lock_is_empty(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "places.lock") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[pin]]\nname = "Istisu"\nid = "gn:1"\n', "pin 1: lacks its reason"),
        (
            '[[pin]]\nname = "A"\nid = "1"\nreason = "r"\n[[pin]]\nname = "A"\nid = "2"\nreason = "r"\n',
            "'A' is pinned twice",
        ),
        ('[[pin]]\nname = "A"\nid = "1"\nreason = "r"\nwho = "me"\n', "unknown key 'who'"),
        ('[[pin]]\nname = "A"\nid = "1"\nreason = "r"\nplaced = "x"\n', "did you mean 'place'"),
        ('[[pin]]\nname = "A"\nid = "1"\nreason = "r"\nmethod = 3\n', "pin 1: its method is no text"),
        ("[[pins]]\n", "unknown key 'pins'"),
        ('pin = "Istisu"\n', "pin is no table"),
        *(
            (f'[[pin]]\nname = "A"\nid = "1"\nreason = "r"\nplace = {place}\n', "pin 1: its place is not understood")
            for place in (
                '"Jermuk"',
                '{ name = "Jermuk", lon = 45.6 }',
                '{ name = "Jermuk", lon = "45.6", lat = 39.8 }',
                '{ name = "Jermuk", lon = 45.6, lat = 139.8 }',
                '{ name = "Jermuk", lon = nan, lat = 39.8 }',
                '{ name = "Jermuk", lon = 45.6, lat = 39.8, country = 1 }',
                '{ name = "Jermuk", lon = 45.6, lat = 39.8, side = "AM" }',
            )
        ),
    ],
)
def test_refuses_a_broken_lock(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "places.lock"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError, match=said):
        read_lock(path)
