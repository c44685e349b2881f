"""How commands speak: text on stderr, data on stdout, progress on a terminal only, and their exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.build import Progress

DONE, FAILED, STRICT = 0, 1, 3


def say_lines(lines: Iterable[str]) -> None:
    """Print lines for a person."""
    for line in lines:
        print(line, file=sys.stderr)


def dump(value: Any) -> str:
    """Return JSON as commands print it."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


@contextmanager
def progress() -> Generator[Progress, None, None]:
    """Say what goes on, on one line of a terminal; stay quiet elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update
