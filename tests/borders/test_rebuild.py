"""The shipped layers are what the scripts beside them make of the packages; needs the packages at hand."""

from __future__ import annotations

import gzip
import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parents[2] / "data"
FOLDERS = sorted(path.parent for name in ("borders", "basemap") for path in (DATA / name).glob("*/SOURCE.toml"))


def rebuilt(script: Path, folder: Path) -> list[Path]:
    if not os.environ.get("GEOMAP_PACKAGES"):
        pytest.skip("GEOMAP_PACKAGES names no folder of package archives")
    subprocess.run([sys.executable, script, folder], check=True)
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_borders(tmp_path: Path) -> None:
    files = rebuilt(DATA / "borders" / "rebuild.py", tmp_path)
    assert len(files) == 5
    for file in files:
        assert (tmp_path / file).read_bytes() == (DATA / "borders" / file).read_bytes(), file


@pytest.mark.slow
def test_basemap(tmp_path: Path) -> None:
    if importlib.util.find_spec("h5py") is None:
        pytest.skip("h5py, which reads the package of lakes and rivers, is not installed")
    files = rebuilt(DATA / "basemap" / "rebuild.py", tmp_path)
    assert len(files) == 10
    for file in files:
        if file.suffix == ".npz":  # zlib may pack the same numbers differently
            with np.load(tmp_path / file) as new, np.load(DATA / "basemap" / file) as old:
                assert new.files == old.files
                assert all(np.array_equal(new[name], old[name]) for name in new.files), file
        else:
            assert (tmp_path / file).read_bytes() == (DATA / "basemap" / file).read_bytes(), file


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_every_set_has_its_licence_and_names_its_files_and_origin(folder: Path) -> None:
    about = tomllib.loads((folder / "SOURCE.toml").read_text("utf-8"))
    assert (folder / "LICENSE").stat().st_size > 300
    assert {"licence", "error_km", "error_note", "vintage", "origin", "changes"} <= set(about)
    shipped = sorted(path.name for path in folder.iterdir() if path.name not in ("LICENSE", "SOURCE.toml"))
    assert shipped == sorted(about["files"])


def test_the_whole_is_small() -> None:
    size = sum(len(gzip.compress(path.read_bytes())) for folder in FOLDERS for path in folder.iterdir())
    assert size < 4_000_000
