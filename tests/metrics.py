"""Print the measures of geomap's code that CONTRIBUTING.md names: sizes of files and function bodies, types, docs."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from layers import module_name, package_root

LONG_FILE = 300
LONG_BODY = 30


@dataclass(frozen=True)
class Function:
    """A function: its dotted name, the lines of its body without docstring, its types and docstring."""

    name: str
    lines: int
    typed: bool
    public: bool
    documented: bool


def functions(path: Path, root: Path) -> Iterator[Function]:
    """Yield the functions and methods of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = ast.get_docstring(node) is not None
            first = node.body[1 if documented and len(node.body) > 1 else 0]
            yield Function(
                name=f"{module_name(path, root)}.{node.name}",
                lines=(node.end_lineno or first.lineno) - first.lineno + 1,
                typed=is_typed(node),
                public=not node.name.startswith("_"),
                documented=documented,
            )


def is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether all arguments but self and cls, and the result, carry a type."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return node.returns is not None and all(
        argument.annotation is not None for argument in arguments if argument.arg not in {"self", "cls"}
    )


def percent(flags: list[bool]) -> str:
    """Return the share of true flags, rounded down, so that 100 % means all."""
    return f"{100 * sum(flags) // max(len(flags), 1)} %"


def report(root: Path) -> Iterator[str]:
    """Yield the lines to print for the package at `root`."""
    paths = [path for path in sorted(root.rglob("*.py")) if "node_modules" not in path.parts]
    sizes = {module_name(path, root): path.read_text("utf-8").count("\n") for path in paths}
    found = [function for path in paths for function in functions(path, root)]
    bodies = [function.lines for function in found]
    lines = sizes.values()
    yield f"{len(lines)} files, {sum(lines)} lines; median {median(lines):.0f}, longest {max(lines)}"
    yield (
        f"{len(found)} functions; median body {median(bodies):.0f} lines, "
        f"90 % within {quantiles(bodies, n=10)[-1]:.0f}, longest {max(bodies)}"
    )
    typed = percent([one.typed for one in found])
    documented = percent([one.documented for one in found if one.public])
    yield f"typed {typed}, public ones documented {documented}"
    yield from (f"  long file: {name}, {size} lines" for name, size in sizes.items() if size > LONG_FILE)
    yield from (f"  long body: {one.name}, {one.lines} lines" for one in found if one.lines > LONG_BODY)


if __name__ == "__main__":
    print("\n".join(report(package_root())))
    sys.exit(0)
