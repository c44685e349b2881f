from __future__ import annotations

import copy
import itertools
import json
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.geodesy import distance_m
from geomap.render import static
from geomap.render.still import Disc, Path, Picture, Text, compose
from geomap.render.still.crowd import MANY_MARKS, spots
from geomap.render.still.drawing import Rect
from geomap.render.still.frame import Frame
from geomap.render.still.glyphs import ink_on, radius_of
from geomap.render.still.labels import width, wrap
from geomap.render.still.marks import Mark, form_of, marks
from geomap.render.still.style import RULE, STATUSES

GOLDEN = File(__file__).parents[1] / "web" / "golden.json"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "]]>&amp;", "$x^{2$ and $\\frac{", "${7*7}",
    chr(123) * 2 + "7*7" + chr(125) * 2, chr(123) + "% raw %" + chr(125), '" onload="alert(1)', "%s%n",
    "‘Լաչին’ ლაჩინი 拉钦",
]  # fmt: skip


@pytest.fixture
def scene() -> dict[str, Any]:
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


def words(picture: Picture) -> list[str]:
    return [item.text for item in [*picture.inside, *picture.around] if isinstance(item, Text)]


def said(picture: Picture) -> str:
    return " ".join(words(picture))


def paths(picture: Picture) -> list[Path]:
    return [item for item in picture.inside if isinstance(item, Path)]


def many(scene: dict[str, Any], count: int) -> dict[str, Any]:
    """Make a scene of many coordinates, every third of them a region's."""
    random = np.random.default_rng(3)
    west, south, east, north = scene["extent"]
    columns = {
        "status": ["placed"] * count, "lon": random.uniform(west, east, count).tolist(),
        "lat": random.uniform(south, north, count).tolist(), "kind": ["fire", "other", "fire"] * (count // 3),
        "place_precision": ["settlement", "near", "region"] * (count // 3),
    }  # fmt: skip
    coded = {name: {"type": "text", "values": values} for name, values in columns.items()}
    return {**scene, "incidents": {"n": count, "columns": coded}}


# ------------------------------------------------------------ what every picture says


def test_a_picture_carries_what_it_needs_when_torn_from_its_page(scene: dict[str, Any]) -> None:
    text = said(compose(scene))
    assert "September 2022 Armenia-Azerbaijan clashes" in text
    assert "Claims known up to 15 Oct 2022." in text
    assert "Boundaries and names do not imply endorsement." in text
    assert re.search(r"Armenia–Azerbaijan \(OSM 2026\), not delimited; not a line of control", text)
    assert "GeoNames: modified (CC BY 4.0)" in text
    assert "geomap seed project, 2022" in text
    assert "Of 13 rows, 11 are drawn; 1 without a place, 1 set aside." in text
    for name in ("Jermuk", "Goris", "Sotk", "Lachin", "Karki", "Lake Sevan"):
        assert name in words(compose(scene))


def test_without_claims_the_date_is_no_date_of_claims(scene: dict[str, Any]) -> None:
    assert "As of 15 Oct 2022." in said(compose({**scene, "claims": []}))
    assert "As of" not in said(compose({**scene, "claims": [], "as_of": None}))


def test_the_scale_bar_is_as_long_as_it_says(scene: dict[str, Any]) -> None:
    picture = compose(scene)
    frame = Frame.around(scene["extent"], picture.panel.left, picture.panel.top, 912, (360, 760))
    bar = next(
        item for item in picture.around if isinstance(item, Path) and len(item.lines[0]) == 4 and not item.closed
    )
    stated = next(float(text.removesuffix(" km")) for text in words(picture) if text.endswith(" km"))
    pixels = bar.lines[0][2, 0] - bar.lines[0][1, 0]
    degrees = pixels / frame.per_lon
    middle = (scene["extent"][1] + scene["extent"][3]) / 2
    assert distance_m(45, middle, 45 + degrees, middle) / 1000 == pytest.approx(stated, rel=0.005)


@pytest.mark.parametrize(
    "extent", [(44.7, 39.2, 46.9, 40.5), (-180, -60, 180, 80), (10, 0, 10.001, 9), (0, 70, 30, 71)]
)
def test_a_frame_shows_all_of_its_extent_true_to_scale(extent: tuple[float, float, float, float]) -> None:
    frame = Frame.around(extent, 24, 50, 912, (360, 760))
    west, south, east, north = extent
    corners = frame.at(np.array([(west, north), (east, south)]))
    (left, top), (right, bottom) = corners
    panel = Rect(frame.panel.left - 0.01, frame.panel.top - 0.01, frame.panel.right + 0.01, frame.panel.bottom + 0.01)
    assert panel.holds(Rect(left, top, right, bottom))
    assert frame.per_lon == pytest.approx(frame.per_lat * np.cos(np.radians((south + north) / 2)))


# ------------------------------------------------------------ lines


def test_lines_are_dashed_where_not_delimited_and_dotted_where_of_control(scene: dict[str, Any]) -> None:
    def dash(status: str) -> tuple[float, ...]:
        changed = copy.deepcopy(scene)
        changed["borders"] = [{**scene["borders"][0], "status": status}]
        look = STATUSES[status]
        return next(
            path.dash for path in paths(compose(changed)) if path.stroke == look.colour and path.width == look.width
        )

    long, short = dash("not_delimited"), dash("control_line")
    assert long[0] > long[1]
    assert short[0] < short[1]
    assert dash("delimited") == ()


def test_lines_that_are_off_or_out_of_force_are_not_drawn(scene: dict[str, Any]) -> None:
    assert "1994" not in said(compose(scene))
    old = {**scene["borders"][0], "id": "old", "name": "Old line", "pair": "XX-YY", "on": True}
    for times in ({"valid_to": "2020-11-10"}, {"valid_from": "2024-05-24"}):
        assert "Old line" not in said(compose({**scene, "borders": [{**old, **times}]}))
    shown = compose({**scene, "borders": [{**old, "valid_from": "2020-11-10", "valid_to": "2022-09-13"}]})
    assert "Old line" in said(shown)
    assert "from 2020-11-10 until 2022-09-13" in said(shown)


def test_a_schematic_line_is_broad_pale_and_says_so(scene: dict[str, Any]) -> None:
    sharp = {**scene["borders"][0], "status": "control_line"}
    rough = {**sharp, "id": "rough", "name": "Rough line", "pair": "XX-YY", "schematic": True}
    picture = compose({**scene, "borders": [sharp, rough]})
    assert "Rough line" in said(picture)
    assert "schematic, drawn roughly by hand" in said(picture)
    widths = {path.width for path in paths(picture) if path.stroke == RULE}
    assert max(widths) > STATUSES["control_line"].width


def test_lines_far_away_are_not_in_the_legend(scene: dict[str, Any]) -> None:
    far = {**scene["borders"][0], "name": "Far line", "pair": "XX-YY", "geo": {"scale": 1, "lines": [[100, 10, 1, 1]]}}
    assert "Far line" not in said(compose({**scene, "borders": [*scene["borders"], far]}))


# ------------------------------------------------------------ marks


@pytest.mark.parametrize(
    ("precision", "relation", "form"),
    [
        ("exact", "at", "exact"), ("settlement", "at", "settlement"), ("near", "near", "near"), ("near", "at", "near"),
        ("near", "direction_of", "target"), ("near", "from_direction_of", "origin"), ("area", "within", "area"),
        ("region", "at", "area"), ("country", "at", "area"), ("settlement", "along", None), (None, "between", None),
        (None, None, "settlement"),
    ],
)  # fmt: skip
def test_the_form_says_relation_and_precision(precision: str | None, relation: str | None, form: str | None) -> None:
    assert form_of(precision, relation) == form


def test_an_alleged_target_and_an_alleged_origin_never_merge(scene: dict[str, Any]) -> None:
    at_goris = {mark.form: mark.count for mark in marks(scene) if mark.name == "Goris"}
    assert at_goris == {"target": 1, "origin": 1}
    text = said(compose(scene))
    assert "In the direction of: alleged target" in text
    assert "From the direction of: alleged origin" in text


def test_a_stretch_and_rows_without_a_place_have_no_mark(scene: dict[str, Any]) -> None:
    assert sum(mark.count for mark in marks(scene)) == 11


def test_a_direction_has_no_radius_and_an_area_has_no_pin(scene: dict[str, Any]) -> None:
    found = {(mark.name, mark.form): mark for mark in marks(scene)}
    assert found["Jermuk", "target"].radius_km is None
    assert found["Jermuk", "near"].radius_km == 5
    assert not found["Jermuk", "near"].is_sourced
    picture = compose({**scene, "borders": []})
    assert any(path.hatch and path.dash for path in paths(picture))
    x, y = next((item.x, item.y) for item in picture.inside if isinstance(item, Text) and item.text == "Lachin")
    discs = [item for item in picture.inside if isinstance(item, Disc) and not item.soft]
    assert not [disc for disc in discs if abs(disc.x - x) < 40 and abs(disc.y - y) < 20 and disc.radius < 20]


def test_marks_are_never_sized_by_deaths(scene: dict[str, Any]) -> None:
    deadly = copy.deepcopy(scene)
    deadly["incidents"]["columns"]["deaths_best"] = {"type": "number", "values": [900] * 12}
    assert static.svg(deadly) == static.svg(scene)
    assert [radius_of(count) for count in (1, 2, 99)] == [5.0, 7.4, 7.4]


def test_marks_at_one_place_stand_side_by_side(scene: dict[str, Any]) -> None:
    frame = Frame.around(scene["extent"], 24, 50, 912, (360, 760))
    placed = spots(marks(scene), frame)
    jermuk = [spot for spot in placed if spot.mark.name == "Jermuk"]
    assert {spot.mark.form for spot in jermuk} == {"target", "origin", "near"}
    assert not any(a.rect.meets(b.rect) for a, b in itertools.combinations(jermuk, 2))
    middle = np.mean([min(spot.rect.left for spot in jermuk), max(spot.rect.right for spot in jermuk)])
    assert middle == pytest.approx(frame.point(45.67112, 39.83948)[0])


def test_many_marks_are_merged_and_every_row_is_counted(scene: dict[str, Any]) -> None:
    crowd = many(scene, 3 * MANY_MARKS)
    frame = Frame.around(scene["extent"], 24, 50, 912, (360, 760))
    placed = spots(marks(crowd), frame)
    assert len(placed) < 2 * MANY_MARKS
    assert sum(spot.mark.count for spot in placed) == 3 * MANY_MARKS
    points = [spot for spot in placed if spot.mark.form != "area"]
    assert not any(a.rect.meets(b.rect) for a, b in itertools.combinations(points, 2))
    written = [int(text) for text in words(compose(crowd)) if text.isdigit()]
    assert set(written) >= {spot.mark.count for spot in placed if spot.mark.count > 1}
    assert "those close by are one mark" in said(compose(crowd))


def test_a_colour_that_is_none_never_reaches_the_picture(scene: dict[str, Any]) -> None:
    scene["legend"]["kinds"][0]["colour"] = 'red" onload="alert(1)'
    assert "onload" not in static.svg(scene)


@pytest.mark.parametrize(("colour", "ink"), [("#ffffff", "#000000"), ("#f0e442", "#000000"), ("#0072b2", "#ffffff")])
def test_numbers_are_written_in_the_ink_that_reads_better(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


# ------------------------------------------------------------ labels


def label_rects(picture: Picture) -> Iterator[Rect]:
    for item in picture.inside:
        if isinstance(item, Text) and item.anchor == "start":
            wide = width(item.text, item.size, bold=item.bold)
            yield Rect(item.x, item.y - item.size * 0.8, item.x + wide, item.y + item.size * 0.2)


@pytest.mark.parametrize("crowded", [False, True])
def test_labels_stay_in_the_panel_and_off_each_other(scene: dict[str, Any], crowded: bool) -> None:  # noqa: FBT001
    places = [
        {"name": f"Place {i}", "lon": 45 + i % 20 / 10, "lat": 39.3 + i // 20 / 9, "kind": "town", "rank": 3}
        for i in range(200)
    ]
    scene["basemap"]["labels"] += places
    picture = compose(many(scene, 900) if crowded else scene)
    rects = list(label_rects(picture))
    assert len(rects) > 15
    assert all(picture.panel.holds(rect) for rect in rects)
    assert not any(a.meets(b) for a, b in itertools.combinations(rects, 2))


@given(st.text(max_size=300), st.floats(20, 400), st.booleans())
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: float, bold: bool) -> None:  # noqa: FBT001
    lines = wrap(text, 10, room, bold=bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 10, bold=bold) <= room for line in lines if len(line) > 1)


# ------------------------------------------------------------ SVG


def test_the_svg_is_well_formed_and_has_neither_styles_nor_scripts(scene: dict[str, Any]) -> None:
    root = ET.fromstring(static.svg(scene))  # noqa: S314 (our own)
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "defs", "clipPath", "rect", "g", "path", "circle", "text", "pattern",
                     "radialGradient", "stop", "use"}  # fmt: skip
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on") or name == "class"}
    links = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
    assert all(link.startswith("#geomap-still") for link in links)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"#(geomap-still[\w-]*)", ET.tostring(root, encoding="unicode")))
    assert used <= set(ids)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stands_as_that_text(scene: dict[str, Any], text: str) -> None:
    scene.update(title=text, standfirst=text, byline=text, alt=text)
    scene["legend"]["kinds"][0]["kind"] = text
    scene["places"][0]["name"] = text
    root = ET.fromstring(static.svg(scene))  # noqa: S314 (our own)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    shown = " ".join(text.split())
    assert texts.count(shown) >= 3
    assert {root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")} == {shown}
    assert not list(root.iter("script"))
    assert static.png(scene, dpi=48)[:4] == b"\x89PNG"


def test_characters_that_draw_nothing_are_shown_as_codes(scene: dict[str, Any]) -> None:
    text = said(compose({**scene, "title": "a\u202eb\u200bc"}))
    assert "a<U+202E>b<U+200B>c" in text


def test_the_same_scene_gives_the_same_pictures(scene: dict[str, Any]) -> None:
    assert static.svg(scene) == static.svg(copy.deepcopy(scene))
    assert static.png(scene, dpi=48) == static.png(copy.deepcopy(scene), dpi=48)


def test_the_seed_maps_svg_is_small() -> None:
    from geomap.build import build, default_project

    document = build(default_project(())).scene.document
    assert len(static.svg(document).encode()) < 60_000


# ------------------------------------------------------------ PNG


def png_size(content: bytes) -> tuple[int, int]:
    return struct.unpack(">II", content[16:24])


def test_the_png_is_ten_inches_wide_at_any_resolution(scene: dict[str, Any]) -> None:
    picture = compose(scene)
    for dpi in (48, 96):
        wide, high = png_size(static.png(scene, dpi=dpi))
        assert wide == 10 * dpi
        assert high == pytest.approx(picture.height * dpi / 96, abs=1)


def test_settings_of_matplotlib_change_nothing_and_are_left_alone(scene: dict[str, Any]) -> None:
    plain = static.png(scene, dpi=48)
    with mpl.rc_context({"text.usetex": True, "font.size": 40, "hatch.linewidth": 9, "lines.scale_dashes": False}):
        assert static.png(scene, dpi=48) == plain
        assert mpl.rcParams["font.size"] == 40


def test_the_png_shows_land_water_and_marks(scene: dict[str, Any]) -> None:
    import io

    pixels = mpl.image.imread(io.BytesIO(static.png(scene, dpi=96)))[..., :3]
    colours = {tuple(colour) for colour in (pixels.reshape(-1, 3) * 255).round().astype(int)}
    assert {(0xF7, 0xF4, 0xEE), (0xD5, 0xE3, 0xEA), (0xD5, 0x5E, 0x00), (0x00, 0x72, 0xB2)} <= colours


def test_an_island_in_a_lake_is_land_in_both_pictures(scene: dict[str, Any]) -> None:
    """Painters fill by different rules; rings are turned so that the rules agree."""
    square = lambda low, high: [low, low, high - low, 0, 0, high - low, low - high, 0, 0, low - high]  # noqa: E731
    frame = Frame(Rect(0, 0, 100, 100), 0, 100, 1, 1)
    rings = frame.draw({"scale": 1, "lines": [square(10, 90), square(20, 80), square(30, 70)]}, 0.1, closed=True)
    areas = [np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]) for ring in rings]
    ranked = sorted(areas, key=abs, reverse=True)
    assert [np.sign(area) for area in ranked] in ([1, -1, 1], [-1, 1, -1])


# ------------------------------------------------------------ little and nothing


def test_an_empty_scene_is_a_picture_too(scene: dict[str, Any]) -> None:
    nothing: dict[str, Any] = {"scale": 1, "lines": []}
    layers = ("land", "lakes", "rivers", "countries", "provinces")
    empty = {
        **scene, "incidents": {"n": 0, "columns": {}}, "places": [], "areas": [], "claims": [], "borders": [],
        "basemap": {"source": [], "labels": [], **dict.fromkeys(layers, nothing)}, "legend": {"kinds": []},
        "standfirst": None, "alt": None, "as_of": None, "extent": [-180, -60, 180, 80], "credits": [],
    }  # fmt: skip
    picture = compose(empty)
    assert next(iter(paths(picture))).fill == "#f7f4ee"
    assert "What is reported" not in said(picture)
    assert static.png(empty, dpi=48)[:4] == b"\x89PNG"
    ET.fromstring(static.svg(empty))  # noqa: S314 (our own)


def test_kinds_that_are_not_stated_have_an_entry(scene: dict[str, Any]) -> None:
    del scene["incidents"]["columns"]["kind"]
    assert {kind for mark in marks(scene) for kind in mark.kinds} == {None}
    assert "Kind not stated" in said(compose(scene))


def test_marks_count_rows_by_kind() -> None:
    mark = Mark("settlement", 0, 0, "x")
    mark.kinds.update(["a", "a", None])
    assert mark.count == 3
