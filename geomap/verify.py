"""Check whether the hashes that a map states still hold."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import SourceError
from geomap.types import SCENE_VERSION

DIGEST = re.compile(rb'<meta name="geomap-sha256" content="([0-9a-f]{64})">')
"""Where a page states the SHA-256 over all its own bytes but these 64."""
_EXPANSION = 100
"""Most bytes that one packed byte may become; more is a bomb."""
_SCENE = re.compile(rb'<script type="text/plain" id="geomap-scene">([A-Za-z0-9+/=]*)</script>')


@dataclass(frozen=True)
class Verdict:
    """The answer of `verify`: `holds` only when every hash that could be checked is right."""

    path: str
    stated: str | None
    computed: str | None
    inputs: tuple[tuple[str, str], ...]
    """(input as the map names it, "holds" | "differs" | "not checked")."""

    @property
    def holds(self) -> bool:
        """Whether the page is as it was written and no checked input differs."""
        own = self.stated is not None and self.stated == self.computed
        return own and all(state != "differs" for _, state in self.inputs)


def stamp(page: bytes) -> bytes:
    """Write a page's own digest into the place that is left for it; raises ValueError where there is none."""
    found = DIGEST.search(page)
    if found is None:
        raise ValueError("the page has no place for its digest")
    return page[: found.start(1)] + _digest(page, found).encode("ascii") + page[found.end(1) :]


def _digest(page: bytes, found: re.Match[bytes]) -> str:
    return hashlib.sha256(page[: found.start(1)] + page[found.end(1) :]).hexdigest()


def verify(path: str | Path, inputs: Iterable[str | Path] = ()) -> Verdict:
    """Check a map against the SHA-256 it states over its own bytes, and `inputs` against those it states for them.

    Inputs are matched by file name; those not given are "not checked". Raises SourceError when the map cannot be read.
    """
    page = _bytes(Path(path))
    found = DIGEST.search(page)
    given = {Path(name).name: hashlib.sha256(_bytes(Path(name))).hexdigest() for name in inputs}
    return Verdict(
        path=str(path),
        stated=found[1].decode("ascii") if found else None,
        computed=_digest(page, found) if found else None,
        inputs=tuple((name, _state(given.get(Path(name).name), stated)) for name, stated in _stated_inputs(page)),
    )


def _state(given: str | None, stated: str) -> str:
    return "not checked" if given is None else "holds" if given == stated else "differs"


def _stated_inputs(page: bytes) -> list[tuple[str, str]]:
    try:
        return [(file["path"], file["sha256"]) for file in read_document(page)["files"]]
    except (ValueError, KeyError, TypeError):
        return []


def read_document(page: bytes) -> dict[str, Any]:
    """Decode the scene that a page carries; raises ValueError where there is none, or it is damaged or too large."""
    found = _SCENE.search(page)
    if found is None:
        raise ValueError("carries no scene")
    packed = base64.b64decode(found[1], validate=True)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as scene:
            text = scene.read(_EXPANSION * len(packed) + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"carries a damaged scene: {error}") from None
    if len(text) > _EXPANSION * len(packed):
        raise ValueError(f"carries a scene that expands more than {_EXPANSION} times")
    return json.loads(text)


def read_map(path: str | Path) -> dict[str, Any]:
    """Return the scene's document that a map carries.

    Raises SourceError for what is no map, for one that was changed since it was written, and for one whose scene this
    version of geomap does not know.
    """
    page = _bytes(Path(path))
    try:
        document = read_document(page)
    except ValueError as error:
        raise SourceError(str(error), where=str(path), hint="give a map that geomap build wrote") from None
    found = DIGEST.search(page)
    if found is None or found[1].decode("ascii") != _digest(page, found):
        raise SourceError("was changed since it was written", where=str(path), hint="build it again")
    if document.get("version") != SCENE_VERSION:
        reason = f"carries a scene of version {document.get('version')}, not {SCENE_VERSION}"
        raise SourceError(reason, where=str(path), hint="build it again with this version of geomap")
    return document


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", where=str(path)) from None
