"""The index of areas is kept in a folder only when one is given, and changes no answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from join.made import AREAS, LINE, borders, points
from pandas.testing import assert_frame_equal

from geomap.join import holders, join_borders


def test_a_cache_changes_no_answer_and_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "_MANY", 10)
    random = np.random.default_rng(1)
    table = points(*((lon, lat) for lon, lat in random.uniform(0, 20, (40, 2))))
    layers = borders(LINE, *AREAS)
    plain = join_borders(table, layers)
    assert list(tmp_path.iterdir()) == []
    for _ in range(2):
        assert_frame_equal(join_borders(table, layers, cache=tmp_path), plain)
    assert len(list(tmp_path.iterdir())) == 1
