"""An output is whole or absent, and an old one survives."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from geomap.errors import RenderError
from geomap.render.write import check_output, write_whole


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    previous = os.umask(0o022)
    try:
        write_whole(path, b"a")
    finally:
        os.umask(previous)
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o600)
    write_whole(path, b"b")
    assert path.stat().st_mode & 0o777 == 0o600


def test_follows_a_link_and_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_bytes(b"old")
    link = tmp_path / "map.html"
    link.symlink_to("real.html")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new"


def test_refuses_before_any_work(tmp_path: Path) -> None:
    source = tmp_path / "incidents.csv"
    source.write_bytes(b"id\n1\n")
    (tmp_path / "link.csv").symlink_to(source)
    os.mkfifo(tmp_path / "pipe")
    for path, inputs, said in [
        (tmp_path, [], "is a folder"),
        (tmp_path / "none" / "map.html", [], "its folder does not exist"),
        (tmp_path / "pipe", [], "not a regular file"),
        (source, [source], "is one of the inputs"),
        (tmp_path / "link.csv", [source], "is one of the inputs"),
    ]:
        with pytest.raises(RenderError, match=said):
            check_output(path, inputs)
    assert source.read_bytes() == b"id\n1\n"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(RenderError, match="No space left on device"):
        write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
