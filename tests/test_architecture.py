from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from layers import LAYERS, faults, package_root, page_faults

HEAVY = {"branca", "dask", "folium", "geopandas", "geopy", "matplotlib", "numpy", "pandas", "pyarrow", "pydantic"}


def planted(root: Path, files: dict[str, str]) -> list[str]:
    for name, code in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, "utf-8")
    return list(faults(root))


def test_imports_follow_the_data() -> None:
    assert list(faults(package_root())) == []


def test_no_unit_stands_on_two_lines() -> None:
    units = [unit for line in LAYERS for unit in line]
    assert len(units) == len(set(units))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("from geomap.render.html import page", "stands higher", id="upward, absolute"),
        pytest.param("from ..render import html", "stands higher", id="upward, relative"),
        pytest.param("from .. import render", "stands higher", id="upward, a module named after import"),
        pytest.param("from geomap import build", "stands higher", id="upward, from the package"),
        pytest.param("import geomap.cli as shell", "stands higher", id="upward, import as"),
        pytest.param("import geomap", "stands higher", id="the package itself"),
        pytest.param("from geomap import read_incidents", "stands higher", id="a public name of the package"),
        pytest.param("from geomap.gazetteer import Gazetteer", "stands on the same line", id="sideways"),
        pytest.param("def f():\n    from geomap.borders import x", "stands on the same line", id="lazy"),
        pytest.param("if True:\n    import geomap.scene", "stands higher", id="conditional"),
        pytest.param("import importlib\nimportlib.import_module('geomap.scene')", "stands higher", id="by importlib"),
        pytest.param("import folium", "outside its home, render.html", id="a library outside its home"),
        pytest.param("def f():\n    from pyarrow import csv", "outside its home, sources", id="the same, lazy"),
        pytest.param("from pyproj import Geod", "outside its home, geodesy", id="one name of a library"),
        pytest.param("import pyproj\npyproj.Geod(ellps='WGS84')", "outside its home, geodesy", id="the same, dotted"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, code: str, reason: str) -> None:
    (found,) = planted(tmp_path, {"incidents/presets.py": code})
    assert found.startswith("incidents.presets:")
    assert reason in found


@pytest.mark.parametrize(
    ("module", "code"),
    [
        (
            "incidents/presets.py",
            "from geomap.types import Preset\nfrom .dates import parse\nfrom geomap import errors",
        ),
        ("incidents/presets.py", "import pandas\nfrom pyproj import CRS\nfrom geomap import __version__"),
        ("render/html.py", "import folium\nfrom branca.element import Figure"),
        ("sources/csv.py", "def f():\n    import pyarrow.csv"),
        ("geodesy.py", "from pyproj import Geod"),
        ("__main__.py", "from geomap.cli import main"),
    ],
)
def test_an_allowed_import_is_no_fault(tmp_path: Path, module: str, code: str) -> None:
    assert planted(tmp_path, {module: code}) == []


def test_a_library_is_at_home_in_its_module_only(tmp_path: Path) -> None:
    (found,) = planted(tmp_path, {"render/static.py": "import folium"})
    assert "outside its home, render.html" in found


def test_a_module_on_no_line_is_found(tmp_path: Path) -> None:
    assert planted(tmp_path, {"utils.py": "", "helpers/text.py": ""}) == [
        "helpers.text: stands on no line",
        "utils: stands on no line",
    ]


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert planted(tmp_path, {"web/node_modules/gyp/gyp.py": ""}) == [f"{tmp_path}: no Python files"]


def test_the_page_computes_apart_from_drawing() -> None:
    assert list(page_faults(package_root() / "web" / "src")) == []


@pytest.mark.parametrize(
    "code",
    [
        'import { Map } from "leaflet";',
        'import "leaflet/dist/leaflet.css";',
        'import type { Panel } from "./panel";',
        'export { draw } from "./map";',
        'const later = await import("./map");',
        'import {\n  a,\n  b,\n} from "./map";',
        'const box = document.createElement("div");',
        "export const width = window.innerWidth;",
        "export function f(node: HTMLElement): void {}",
    ],
)
def test_a_planted_reach_for_the_browser_is_found(tmp_path: Path, code: str) -> None:
    pure = 'import { a } from "./geo";\nimport words from "./en.json";\n// no window here\n'
    page = {"time": pure + code, "geo": "export const a = 1;", "map": 'import "leaflet";', "panel": "window.open();"}
    for name, text in page.items():
        (tmp_path / f"{name}.ts").write_text(text, "utf-8")
    (found,) = page_faults(tmp_path, frozenset({"map", "panel"}))
    assert found.startswith("time.ts: ")


def test_a_page_without_its_files_is_a_fault(tmp_path: Path) -> None:
    assert list(page_faults(tmp_path, frozenset({"map"}))) == [
        f"{tmp_path}: no TypeScript files",
        "map.ts: said to draw, but missing",
    ]


@pytest.mark.parametrize(
    "arguments", [["-c", "import geomap"], ["-m", "geomap", "--help"], ["-m", "geomap", "--version"]]
)
def test_nothing_heavy_is_loaded_before_it_is_needed(arguments: list[str]) -> None:
    trace = [sys.executable, "-X", "importtime", *arguments]
    # Coverage of child processes would import what it measures with; this one must start bare.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(trace, capture_output=True, encoding="utf-8", env=bare, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "geomap" in loaded
    assert loaded & HEAVY == set()
