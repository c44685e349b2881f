"""A map's own hash: any flipped byte fails."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import SourceError
from geomap.verify import read_document, stamp, verify

DOCUMENT = {"files": [{"path": "a.csv", "sha256": hashlib.sha256(b"id\n").hexdigest()}]}


def _page() -> bytes:
    scene = base64.b64encode(gzip.compress(json.dumps(DOCUMENT).encode(), mtime=0)).decode()
    head = f'<!doctype html><meta name="geomap-sha256" content="{"0" * 64}">'
    return stamp(f'{head}<script type="text/plain" id="geomap-scene">{scene}</script>'.encode())


def test_a_page_as_written_holds(tmp_path: Path) -> None:
    (tmp_path / "map.html").write_bytes(_page())
    assert verify(tmp_path / "map.html").holds


@given(st.integers(0, len(_page()) - 1), st.integers(0, 7))
def test_any_flipped_bit_fails(tmp_path_factory: pytest.TempPathFactory, position: int, bit: int) -> None:
    page = bytearray(_page())
    page[position] ^= 1 << bit
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_bytes(page)
    assert not verify(path).holds


def test_inputs_are_checked_when_given(tmp_path: Path) -> None:
    (tmp_path / "map.html").write_bytes(_page())
    (tmp_path / "a.csv").write_bytes(b"id\n")
    assert verify(tmp_path / "map.html").inputs == (("a.csv", "not checked"),)
    assert verify(tmp_path / "map.html", [tmp_path / "a.csv"]).holds
    (tmp_path / "a.csv").write_bytes(b"id\n1\n")
    changed = verify(tmp_path / "map.html", [tmp_path / "a.csv"])
    assert changed.inputs == (("a.csv", "differs"),)
    assert not changed.holds


def test_another_page_states_no_hash(tmp_path: Path) -> None:
    (tmp_path / "other.html").write_bytes(b"<!doctype html>")
    verdict = verify(tmp_path / "other.html")
    assert verdict.stated is None
    assert not verdict.holds


def test_a_missing_map_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        verify(tmp_path / "none.html")


def test_a_page_without_room_for_a_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for its digest"):
        stamp(b"<!doctype html>")
    with pytest.raises(ValueError, match="carries no scene"):
        read_document(b"<!doctype html>")
