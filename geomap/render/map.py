"""Map: a rendered page, to save or to look at in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.render import html as page
from geomap.render.write import write_whole
from geomap.scene import Scene

LARGEST_FRAME_BYTES = 2_000_000
"""Pages above this size are not put into a notebook cell, which keeps a copy in the notebook file."""


@dataclass(frozen=True)
class Map:
    """One standalone HTML page made of a scene."""

    scene: Scene
    content: bytes = field(repr=False)

    def save(self, path: str | Path, inputs: Iterable[str | Path] = ()) -> Path:
        """Write the page whole or not at all and return its path; raises RenderError, the old file untouched.

        `inputs` are files that must not be overwritten.
        """
        return write_whole(path, self.content, inputs)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Show the page in a notebook, in a frame of its own that may run scripts and nothing else."""
        counts = self.scene.document["counts"]
        text = f"geomap: {self.scene.document['title']} ({counts['placed']} of {counts['read']} rows placed)"
        if len(self.content) > LARGEST_FRAME_BYTES:
            return {"text/plain": f"{text}; save() it and open the file, it is too large for a notebook cell"}
        frame = (
            f'<iframe title="{html.escape(self.scene.document["title"])}" sandbox="allow-scripts" width="100%" '
            f'height="620" srcdoc="{html.escape(self.content.decode("utf-8"))}"></iframe>'
        )
        return {"text/plain": text, "text/html": frame}


def render(scene: Scene) -> Map:
    """Render a scene as a standalone page; the same scene always gives the same bytes."""
    return Map(scene, page.render(scene))
