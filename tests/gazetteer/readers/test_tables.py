"""A table of places is read row by row; what cannot be used is named, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.readers.tables import merge, read_table
from geomap.types import Name, Place

HEADER = "id,name,kind,country,admin1,lon,lat,radius_km,radius_kind,names\n"
GOOD = "my:1,Kent,village,AM,Syunik,46.5,39.5,,,hy/own Քենթ | az/other Kənd\n"


def table(tmp_path: Path, text: str, name: str = "places.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_own_table_is_a_gazetteer(tmp_path: Path) -> None:
    gazetteer = Gazetteer.open(table(tmp_path, HEADER + GOOD))
    place = gazetteer.match("Քենթ", "AM").place
    assert place == Place(
        "my:1", "Kent", "AM", "Syunik", "village", 46.5, 39.5, 1.0,
        names=(Name("Քենթ", "hy", "own"), Name("Kənd", "az", "other")),
    )  # fmt: skip
    assert gazetteer.version == "places.csv"
    assert gazetteer.problems == ()


def test_tabs_a_byte_order_mark_and_few_columns_are_enough(tmp_path: Path) -> None:
    text = "\ufeffid\tname\tlon\tlat\nx:1\tKent\t46.5\t39.5\n"
    place = Gazetteer.open(table(tmp_path, text, "places.tsv")).get("x:1")
    assert place is not None
    assert (place.country, place.kind, place.radius_kind) == (None, "village", "convention")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("my:2,Far,village,AM,,200,39.5,,,", "lon 200 is out of range"),
        ("my:2,Far,village,AM,,46,nan,,,", "lat nan is out of range"),
        ("my:2,Far,village,AM,,east,39.5,,,", "east"),
        ("my:2,Far,castle,AM,,46,39.5,,,", "kind 'castle' is none of"),
        ("my:2,Far,village,AM,,46,39.5,-1,,", "radius_km -1 is out of range"),
        ("my:2,Far,village,AM,,46,39.5,1,guess,", "radius_kind 'guess' is none of"),
        ("my:2,Far,village,AM,,46,39.5,1,,Նուն", "a name needs its language and kind"),
        ("my:2,Far,village,AM,,46,39.5,1,,hy/nick Նուն", "kind of name 'nick' is none of"),
        ("my:1,Kent,village,AM,,46,39.5,1,,", "an earlier row has this id"),
        (",Far,village,AM,,46,39.5,1,,", "the row has no id"),
        ("my:2,Far,village,AM,,,,1,,", "a new place needs a name and a position"),
        ("my:2,,village,AM,,46,39.5,1,,", "a new place needs a name and a position"),
    ],
)
def test_a_broken_row_is_set_aside_by_number_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    path = table(tmp_path, HEADER + GOOD + row + "\n")
    gazetteer = Gazetteer.open(path)
    assert [place.id for place in gazetteer.places] == ["my:1"]
    (problem,) = gazetteer.problems
    assert reason in problem.reason
    assert (problem.file, problem.row, problem.set_aside) == (str(path), 3, True)


@pytest.mark.parametrize("text", ["", HEADER, "a,b\n1,2\n", HEADER + "my:1,Kent\n", 'id,name\n"my:1', "\x00\x01\x02"])
def test_a_table_without_a_place_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = table(tmp_path, text)
    with pytest.raises(GazetteerError, match=r"places\.csv"):
        Gazetteer.open(path)


def test_missing_files_folders_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00id")
    for name in ("none.csv", "", "binary.csv"):
        with pytest.raises(GazetteerError):
            Gazetteer.open(tmp_path / name)


def test_a_known_id_is_completed_and_not_replaced(tmp_path: Path) -> None:
    names = (Name("Lačin", "Latn", "own"), Name("Rachin", "Latn", "variant"), Name("Berdzor", "Latn", "variant"))
    base = Place("gn:1", "Laçın", "AZ", "Lachin", "village", 46.5, 39.6, 1.0, population=2300, names=names,
                 source="GeoNames 1")  # fmt: skip
    text = "id,name,kind,names\ngn:1,Lachin,town,hy/other Berdzor | en/not Rachin\n"
    (place,) = merge([base], read_table(table(tmp_path, text), [base]).rows)
    assert (place.name, place.kind, place.radius_km, place.lon, place.population) == ("Lachin", "town", 2.0, 46.5, 2300)
    assert place.names == (Name("Berdzor", "hy", "other"), Name("Laçın", "", "own"), Name("Lačin", "Latn", "own"))
    assert place.source == "GeoNames 1"
