"""The scene that the TypeScript tests read is the one that these tests draw."""

from __future__ import annotations

from page import scene


def test_the_written_scene_is_up_to_date() -> None:
    assert scene.GOLDEN.read_text(encoding="utf-8") == scene.written(), "run python tests/page/scene.py"
