"""What holds for the repository's own text: its locks, its words, and what must not be in it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from loaded_words import loaded

ROOT = Path(__file__).parents[1]
SELF = Path(__file__).relative_to(ROOT).as_posix()

ADDRESS = re.compile(r"https?://\S+")

NOT_HERE = {
    "a path of somebody's machine": re.compile(r"(?<![\w.~:/-])/(?:work|root|tmp)/"),
    "an unfinished mark": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
    "a registry's address": re.compile(r"\b(?:registry\.\w+|files\.pythonhosted|deb\.debian|pypi\.org/simple)"),
}


def text_files() -> list[str]:
    """Return the files of the repository that git keeps, or would keep, and that are text."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return []
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [
        name for name in listed if name and (ROOT / name).is_file() and b"\0" not in (ROOT / name).read_bytes()[:8192]
    ]


def strings(path: Path) -> Iterator[str]:
    """Yield the strings of a Python file, docstrings among them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_readme_takes_no_side() -> None:
    assert loaded((ROOT / "README.md").read_text("utf-8")) == []


def test_what_python_says_takes_no_side() -> None:
    said = [(path.name, text) for path in (ROOT / "geomap").rglob("*.py") for text in strings(path)]
    assert len(said) > 500
    assert [(name, text) for name, text in said if loaded(text)] == []


@pytest.mark.parametrize("what", NOT_HERE)
def test_the_text_holds_nothing_that_belongs_elsewhere(what: str) -> None:
    files = [name for name in text_files() if name != SELF]
    if not files:
        pytest.skip("not a git checkout")
    found = [name for name in files if NOT_HERE[what].search((ROOT / name).read_text("utf-8", errors="replace"))]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "geomap/web/package-lock.json"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert ADDRESS.findall(re.sub(r'"(?:url|funding)": ?(?:"[^"]*"|\{[^}]*\}|\[[^\]]*\])', "", text)) == []
    assert '"resolved"' not in text
    assert len(re.findall(r"sha(?:256:|512-)", text)) > 50


def test_the_lock_holds_what_the_project_needs() -> None:
    needed = re.findall(r'^  "([\w.-]+)>=', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert len(needed) > 20
    assert {name for name in needed if name not in locked} == set()


def test_make_knows_the_targets_that_the_texts_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        named = re.findall(r"(?:^|`|exec )make ([a-z-]+)(?=[\s`])", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        assert named
        assert set(named) <= targets
