"""The shipped index: small, made anew where its sources or code have changed, and owing its sources their credit."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap import shipped
from geomap.errors import GazetteerError, GeomapError
from geomap.gazetteer import Gazetteer, default
from geomap.gazetteer.store import Store
from geomap.types import Place


def few() -> Iterator[Place]:
    yield Place("t:1", "Kent", "AM", None, "village", 45.0, 40.0, 1.0)


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the shipped data be one village, and its image stand in a folder of its own."""
    real = shipped.folder
    monkeypatch.setattr(shipped, "folder", lambda name: tmp_path if name == "static" else real(name))
    monkeypatch.setattr(default, "shipped_places", few)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often the index is made from its sources."""
    calls: list[str] = []
    make = default.make_shipped

    def counted(made_from: str) -> Store:
        calls.append(made_from)
        return make(made_from)

    monkeypatch.setattr(default, "make_shipped", counted)
    return calls


def test_it_is_written_once(static: Path, made: list[str]) -> None:
    assert default.renew(static)
    assert not default.renew(static)
    assert [place.id for place in default.shipped_store().places()] == ["t:1"]
    assert len(made) == 1


@pytest.mark.parametrize("harm", ["truncated", "emptied", "foreign", "no index", "gone"])
def test_an_image_that_cannot_be_used_is_made_anew_in_silence(static: Path, made: list[str], harm: str) -> None:
    default.renew(static)
    path = static / default.IMAGE
    content = {
        "truncated": path.read_bytes()[:-20],
        "emptied": b"",
        "foreign": b"\x00" * 999,
        "no index": lzma.compress(b"SQLite format 3\x00" + bytes(4080)),
    }
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(content[harm])
    assert [place.id for place in default.shipped_store().places()] == ["t:1"]
    assert len(made) == 2
    assert default.renew(static)


def test_an_image_of_other_sources_is_made_anew(static: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    default.renew(static)
    monkeypatch.setattr(default, "digest", lambda: "another")
    default.shipped_store()
    assert made[1:] == ["another"]


def test_an_installation_without_a_folder_of_images_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    real = shipped.folder

    def missing(name: str) -> Path:
        if name == "static":
            raise GeomapError("no such folder")
        return real(name)

    monkeypatch.setattr(shipped, "folder", missing)
    monkeypatch.setattr(default, "shipped_places", few)
    assert Gazetteer.default().match("Kent").status == "placed"


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    images = [default.make_shipped("x").image() for _ in range(2)]
    assert images[0] == images[1]
    size = len(lzma.compress(images[0]))
    assert size < 2_000_000, "the limit of the default gazetteer"


def test_any_change_to_the_data_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in default.SETS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "places.csv").write_text("id\n", encoding="utf-8")
    monkeypatch.setattr(shipped, "data", lambda _, name: tmp_path / name)
    before = default.digest()
    assert default.digest() == before
    (tmp_path / default.SETS[0] / "notes.md").write_text("no data", encoding="utf-8")
    assert default.digest() == before
    (tmp_path / default.SETS[-1] / "places.csv").write_text("id\n1\n", encoding="utf-8")
    assert default.digest() != before


def test_it_covers_what_it_says_it_covers() -> None:
    found = Gazetteer.default()
    assert found.countries == set(default.COVERED) == {"AM", "AZ", "GE"}
    settled = [place.country for place in found.places if place.kind in {"town", "village"}]
    assert all(settled.count(code) > 150 for code in found.countries)


def test_every_source_is_credited_and_named_in_the_version() -> None:
    found = Gazetteer.default()
    for told in default.sources():
        assert told["version"] in found.version
        assert {key: told[key] for key in ("name", "licence", "text")} in found.credits


def test_every_unit_code_has_a_name() -> None:
    names = default.unit_names()
    assert all(len(country) == 2 and code and name.strip() for (country, code), name in names.items())
    assert names["UA", "08"] == "Kherson"
    assert names["AM", "08"] == "Syunik"


@pytest.mark.parametrize("text", [None, "name = 1\nversion = [", 'name = "x"\n', "\udcff"])
def test_a_source_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "SOURCE.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(GazetteerError, match=r"SOURCE\.toml.*pip"):
        default.source(tmp_path)
