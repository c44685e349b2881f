"""Scene -> one standalone HTML file. The only home of folium.

folium makes the map object, from constants alone; the scene is spliced in afterwards as an inert block of base64, so
no user text ever meets a template engine. Everything the page needs is in the file, and its policy forbids the rest.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import re
from typing import Any

import folium

from geomap import shipped
from geomap.render import static
from geomap.scene import Scene
from geomap.verify import stamp

MAP_ID = "geomap"
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; connect-src 'none'; "
    "font-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-src 'none'; worker-src blob:"
)


def render(scene: Scene) -> bytes:
    """Render a scene as the bytes of one HTML file; the same scene always gives the same bytes.

    Raises GeomapError when the installation lacks the page's bundle.
    """
    bundle = _script_safe(shipped.static("geomap.js").read_text(encoding="utf-8"))
    style = shipped.static("geomap.css").read_text(encoding="utf-8")
    container, construction = _folium_map()
    page = _PAGE.format(
        policy=html.escape(_policy([bundle, construction], [style]), quote=True),
        language=html.escape(scene.document["language"], quote=True),
        tool=html.escape(scene.document["about"]["tool"], quote=True),
        digest="0" * 64,
        title=html.escape(scene.document["title"]),
        description=html.escape(
            scene.document["alt"] or scene.document["standfirst"] or scene.document["title"], quote=True
        ),
        style=style,
        container=container,
        picture=static.svg(scene.document),
        scene=base64.b64encode(gzip.compress(scene.to_json().encode(), compresslevel=9, mtime=0)).decode("ascii"),
        notices=html.escape(shipped.static("THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")),
        bundle=bundle,
        construction=construction,
    )
    return stamp(page.encode("utf-8"))


def _folium_map() -> tuple[str, str]:
    """Return the map's container and its constructor script: constants, identical in every run.

    The class lists of files to load stay as they are for other maps; only this instance's are emptied.
    """
    view = folium.Map(
        location=[0.0, 0.0], zoom_start=2, tiles=None, zoom_control=False, attributionControl=False, zoomSnap=0.25
    )
    view._id = MAP_ID  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] (folium has no public way to fix an id)
    view.default_js, view.default_css = [], []
    figure: Any = view.get_root()
    figure.render()
    return figure.html.render().strip(), _script_safe(figure.script.render().strip())


def _script_safe(code: str) -> str:
    """Keep a script from ending its own element (HTML standard, 4.12.1.3 restrictions on script contents)."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", code, flags=re.IGNORECASE)


def _policy(scripts: list[str], styles: list[str]) -> str:
    return _POLICY.format(scripts=" ".join(map(_source_hash, scripts)), styles=" ".join(map(_source_hash, styles)))


def _source_hash(text: str) -> str:
    """Hash an inline element as Content Security Policy Level 3, 2.3.1 asks."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{tool}">
<meta name="geomap-sha256" content="{digest}">
<meta name="description" content="{description}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="geomap">{container}</div>
<noscript>{picture}</noscript>
<script type="text/plain" id="geomap-scene">{scene}</script>
<script type="text/plain" id="geomap-notices">{notices}</script>
<script>{bundle}</script>
<script>{construction}</script>
</body>
</html>
"""
