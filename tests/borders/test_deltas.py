"""Encoding of drawn geometry: whole numbers, steps, and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geomap.borders import decode, encode
from geomap.borders.deltas import encode_lines
from geomap.borders.packed import UNITS, pack, unpack
from geomap.errors import BorderError

SCALES = st.sampled_from([10, 100, 1000, 10_000])
DEGREES = st.floats(-180, 180, allow_subnormal=False)
LINES = st.integers(1, 12).flatmap(lambda count: arrays(np.float64, (count, 2), elements=DEGREES))


@given(st.lists(LINES, max_size=5), SCALES)
def test_decoding_gives_back_every_position_to_half_a_unit(lines: list[np.ndarray], scale: int) -> None:
    for line, back in zip(lines, decode(encode_lines(lines, scale, least=1)), strict=True):
        rounded = np.round(line * scale)
        kept = np.r_[True, (np.diff(rounded, axis=0) != 0).any(axis=1)]
        assert np.abs(back - line[kept]).max() <= 0.5 / scale + 1e-9


@given(st.lists(LINES, max_size=5), SCALES)
def test_codes_are_plain_integers_and_short_lines_are_left_out(lines: list[np.ndarray], scale: int) -> None:
    geo = encode_lines(lines, scale, least=3)
    assert all(type(number) is int for line in geo["lines"] for number in line)
    assert all(len(line) >= 6 for line in geo["lines"])


def test_the_first_position_is_whole_and_the_rest_are_steps() -> None:
    assert encode(shapely.LineString([(45.0, 40.0), (45.1, 39.9)]), 10) == {"scale": 10, "lines": [[450, 400, 1, -1]]}


def test_polygons_become_closed_rings() -> None:
    holed = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(1, 1, 2, 2).exterior])
    outer, inner = decode(encode(shapely.MultiPolygon([holed]), 10))
    assert (outer[0] == outer[-1]).all()
    assert shapely.Polygon(outer).area - shapely.Polygon(inner).area == pytest.approx(80)


def test_an_empty_geometry_has_no_lines() -> None:
    assert encode(shapely.MultiLineString())["lines"] == []


@given(st.lists(LINES, min_size=1, max_size=5))
def test_packed_lines_come_back_to_half_a_unit(
    tmp_path_factory: pytest.TempPathFactory, lines: list[np.ndarray]
) -> None:
    path = tmp_path_factory.mktemp("packed") / "lines.npz"
    pack(path, lines, number=list(range(len(lines))))
    back = unpack(path)
    assert len(back) == len(lines)
    assert back.columns["number"].tolist() == list(range(len(lines)))
    for index, line in enumerate(lines):
        assert np.abs(back[index][[0, -1]] - line[[0, -1]]).max() <= 0.5 / UNITS + 1e-9
        assert np.abs(back[index].min(axis=0) - line.min(axis=0)).max() <= 0.5 / UNITS + 1e-9


def test_packing_the_same_lines_gives_the_same_bytes(tmp_path: Path) -> None:
    line = np.array([[0.0, 0.0], [170.0, 80.0], [170.1, 80.0]])
    for name in ("a.npz", "b.npz"):
        pack(tmp_path / name, [line])
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"\x80\x04K\x01."], ids=["empty", "cut", "pickle"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lines.npz"
    path.write_bytes(content)
    with pytest.raises(BorderError, match="is damaged"):
        unpack(path)
