"""Browser fixtures: pages opened from file:// with the network off, watched for requests and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from page import scene
from playwright.sync_api import Browser, Page

from geomap.render import html
from geomap.scene import Scene

DESKTOP, TABLET, PHONE = (1440, 900), (768, 1024), (360, 740)


@dataclass
class Watched:
    """An open page with what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def script(self, code: str, *arguments: Any) -> Any:
        return self.page.evaluate(code, *arguments)

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    @property
    def card(self) -> str:
        return self.text(".card:not([hidden])")


Opener = Callable[..., Watched]


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Opener]:
    """Return a function that opens a file in a fresh, offline context."""
    contexts = []

    def opened(path: Path, *, size: tuple[int, int] = DESKTOP, fragment: str = "", **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        contexts.append(context)
        watched = Watched(context.new_page())
        address = path.resolve().as_uri()
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on(
            "console", lambda line: watched.errors.append(line.text) if line.type in ("error", "warning") else None
        )
        watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
        watched.page.goto(address + fragment)
        watched.page.evaluate("() => window.geomap.ready")
        watched.requests[:] = [url for url in watched.requests if not url.startswith(address)]
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_scene(open_file: Opener, tmp_path: Path) -> Opener:
    """Return a function that renders a scene document and opens it."""

    def opened(document: dict[str, Any] | None = None, **options: Any) -> Watched:
        path = tmp_path / "map.html"
        path.write_bytes(html.render(Scene(document or scene.document())))
        return open_file(path, **options)

    return opened
