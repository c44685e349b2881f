"""What all tests share: the sample data, a browser, the command line, and the same random examples in every run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from browser import ADVICE, fetch, find
from playwright.sync_api import Browser, sync_playwright

hypothesis.settings.register_profile("geomap", deadline=None, derandomize=True)
hypothesis.settings.load_profile("geomap")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of sample data, which is too large or too restricted to be in the repository."""
    folder = os.environ.get("GEOMAP_SAMPLES")
    if not folder:
        pytest.skip("GEOMAP_SAMPLES names no folder of sample data")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one running headless Chromium; each test opens contexts of its own."""
    program = find() or fetch()
    if program is None:
        pytest.fail(ADVICE)
    with sync_playwright() as play:
        running = program.launch(play)
        yield running
        running.close()


@pytest.fixture
def geomap(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs `geomap ARGUMENTS...` in an empty folder and gives its status and both outputs."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "geomap", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run
