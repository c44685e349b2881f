"""Find a Chromium for the browser tests, or fetch one where that needs no root.

`python tests/browser.py` prints the program's path, or says what to do and exits with status 1.
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser as Running
from playwright.sync_api import Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ADVICE = "no Chromium found: install one (apt install chromium) or name it in GEOMAP_BROWSER"

PACKED = "@sparticuz/chromium@153.0.0"
"""A headless Chromium for Linux on x64 inside an npm package (MIT), for machines that reach npm and no other host."""
PACKED_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
UNPACK = """
import { brotliDecompressSync as unpack } from 'node:zlib';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
const [from, to] = process.argv.slice(1);
mkdirSync(to, { recursive: true });
for (const part of ['al2023', 'swiftshader', 'fonts'])
  execFileSync('tar', ['-x', '--no-same-owner', '-C', to], { input: unpack(readFileSync(`${from}/${part}.tar.br`)) });
writeFileSync(`${to}/chromium`, unpack(readFileSync(`${from}/chromium.br`)), { mode: 0o755 });
"""


@dataclass(frozen=True)
class Browser:
    """A browser program and what its environment needs besides ours."""

    path: str
    environment: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def arguments(self) -> list[str]:
        """Chromium refuses its sandbox to root; the pages under test are our own files."""
        return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []

    def launch(self, play: Playwright) -> Running:
        """Start it headless."""
        environment = {**os.environ, **self.environment}
        return play.chromium.launch(executable_path=self.path, args=self.arguments, env=environment)


def find() -> Browser | None:
    """Return the browser that GEOMAP_BROWSER names, else one on PATH, playwright's or an earlier fetched one."""
    if named := os.environ.get("GEOMAP_BROWSER"):
        return Browser(named)
    for name in NAMES:
        if path := shutil.which(name):
            return Browser(path)
    with sync_playwright() as play:
        path = play.chromium.executable_path
    return Browser(path) if Path(path).is_file() else unpacked()


def fetch() -> Browser | None:
    """Fetch a browser with playwright, else from npm; None where neither can."""
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(install, capture_output=True, check=False).returncode == 0 and (found := find()):
        return found
    if (platform.system(), platform.machine()) != ("Linux", "x86_64") or not shutil.which("npm"):
        return None
    with tempfile.TemporaryDirectory() as work:
        subprocess.run(["tar", "-xzf", str(download(Path(work))), "-C", work], check=True)
        part = cache().with_suffix(".part")
        subprocess.run(["node", "--input-type=module", "-e", UNPACK, f"{work}/package/bin", str(part)], check=True)
        part.rename(cache())
    return unpacked()


def download(folder: Path) -> Path:
    """Fetch the npm package into a folder and check its hash; return its file."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), PACKED]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    (packed,) = folder.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if digest != PACKED_SHA512:
        sys.exit(f"{PACKED} has another hash than the one expected here: {digest}")
    return packed


def cache() -> Path:
    """Return the folder that holds the fetched browser."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "geomap" / PACKED.replace("/", "-")


def unpacked() -> Browser | None:
    """Return the fetched browser, or None where none was fetched."""
    program = cache() / "chromium"
    return Browser(str(program), {"LD_LIBRARY_PATH": str(cache() / "lib")}) if program.is_file() else None


if __name__ == "__main__":
    chromium = find() or fetch()
    print(chromium.path if chromium else ADVICE)
    sys.exit(chromium is None)
