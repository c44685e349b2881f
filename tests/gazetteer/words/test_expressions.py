"""What the words around a name state, and where that points; never an invented place, never a midpoint."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from oracle import metres

from geomap.gazetteer.words.expressions import LONGEST, Expression, geometry, offset_radius_km, parse
from geomap.gazetteer.words.inflection import ENDINGS, dictionary_forms
from geomap.gazetteer.words.kinds import without_kind
from geomap.gazetteer.words.phrases import PHRASES
from geomap.types import RELATIONS, LonLat, Place

TABLE = Path(__file__).with_name("expressions.csv")
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))

SIZES = {
    "Goris": ("town", 2.0), "GORIS": ("town", 2.0), "Armenia": ("country", 170.0),
    "Lachin district": ("district", 24.0), "Лачинский район": ("district", 24.0), "Laçın rayonu": ("district", 24.0),
}  # fmt: skip
"""Kind and radius of the made-up places; every other name is a village of 1 km."""

NAMES = [
    "Sotk", "Lachin district", "village of Sotk", "the village of Sotk", "Lake Sevan", "Mount Ararat", "Laçın rayonu",
    "Nagorny Karabakh", "Bad Homburg vor der Höhe", "Newcastle upon Tyne", "Stow-on-the-Wold", "Trinidad and Tobago",
    "Bosnia and Herzegovina", "Wells-next-the-Sea", "Stratford-upon-Avon", "Port of Spain", "Isle of Man",
    "Northern Ireland", "North Macedonia", "South Ossetia", "East Timor", "Newport News", "Al-Shaddadi", "Deir ez-Zor",
    "In Salah", "At Tafilah", "Rwanda", "Granada", "Kalbajar/Karvachar", "Near East", "Middle East", "Lachin corridor",
    "Gulf of Aden", "Северная Осетия", "Южный Кавказ", "Ростов-на-Дону", "Нагорный Карабах", "Подмосковье", "Հայաստան",
    "Şimali Kıbrıs", "Xankəndi", "Olinda", "Klaipėda", "Xai-Xai", "تهران", "თბილისი",
]  # fmt: skip
JUNK = [
    "", " ", "-", "–", "12", "N/A", "?", "\x00", "\u202e", "🙂", "e", "Unknown", "City", "Target", "December",
    "Spokesperson", "Coalition Forces", "near", "in", "between and", "between Sotk and", "Goris to", "to", "from to",
    "5 km", "5 km east", "5 km east of", "5 km east of 12", "5 km east of the village", "direction", "the area",
    "border", "near the border", "along the border", "at the border", "in the village", "in custody",
    "in response to fire", "around noon", "near here", "near a school", "due to rain", "the road to nowhere",
    "wrong direction", "north direction", "Monday-Friday", "from Monday to Friday", "from Goris to Goris",
    "between 21 November 2016 and 21 February 2017", "between 5 and 10", "Covid-19", "T-72", "ex-Seleka",
    "North-South road", "0 km east of Goris", "9999 km east of Goris", "1,500 km south of Goris",
    "1,000 km south of Goris", "more than 5 km from Goris", "5 km northsouth of Goris",
    "near the villages of Sotk and Kut", "the villages of Sotk and Kut", "in the districts of Lachin and Kalbajar",
    "Սոթք և Կուտ գյուղերի մոտ", "near Sotk, 5 km from Kut", "in the village of Sissikebe, near Birao", "у границы",
    "около 5 утра", "в ночь на 13 сентября", "of Goris", "Goris", "X to Y",
]  # fmt: skip
OTHER_READINGS = {
    "between Bosnia and Herzegovina and Serbia": ("Bosnia and Herzegovina", "Serbia"),
    "Kaga-Bandoro-Mbrès road": ("Kaga", "Bandoro-Mbrès"),
    "Ջերմուկի ուղղությամբ": ("Ջերմուկի",),
    "Şuşanın yaxınlığında": ("Şuşa",),
    "в районе Гюмри": ("Гюмри",),
    "в Лачинском районе": ("Лачин район",),
    "Լաչինի շրջանում": ("Լաչին շրջան",),
    "на Варденисском направлении": ("Варденис",),
    "near the Hague": ("the Hague",),
}


def place(name: str, lon: float = 46.3, lat: float = 39.5) -> Place:
    kind, radius = SIZES.get(name, ("village", 1.0))
    return Place(name, name, None, None, kind, lon, lat, radius)


def number(cell: str) -> float | None:
    return float(cell) if cell else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_the_table(row: dict[str, str]) -> None:
    found = parse(row["text"])
    assert found is not None
    assert (found.relation, " | ".join(found.anchors)) == (row["relation"], row["anchors"])
    assert found.distance_km == (pytest.approx(number(row["distance_km"])) if row["distance_km"] else None)
    assert found.bearing_deg == number(row["bearing_deg"])
    stated = geometry(found, [place(name) for name in found.anchors])
    assert stated.kind == row["geometry"]
    assert stated.radius_km == (pytest.approx(float(row["radius_km"]), abs=0.005) if row["radius_km"] else None)
    assert all(name in stated.why for name in found.anchors)


def test_the_table_is_as_wide_as_promised() -> None:
    texts = [row["text"] for row in ROWS]
    assert len(texts) == len(set(texts)) >= 60
    assert {row["relation"] for row in ROWS} == set(RELATIONS)
    cyrillic = [any("а" <= letter <= "я" for letter in text) for text in texts]
    assert sum(cyrillic) >= 10
    assert sum(any("ա" <= letter <= "և" for letter in text) for text in texts) >= 10
    assert sum(any(letter in "əığ" for letter in text) for text in texts) >= 8


@pytest.mark.parametrize("text", [*NAMES, *JUNK])
def test_bare_names_lists_and_junk_are_no_expression(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"Near East", "Middle East"}])
@pytest.mark.parametrize("words", ["near {}", "5 km north of {}", "in the direction of {}"])
def test_a_name_stays_whole_inside_an_expression(name: str, words: str) -> None:
    found = parse(words.format(name))
    assert found is not None
    assert (name,) in found.readings


@pytest.mark.parametrize(("text", "reading"), OTHER_READINGS.items())
def test_other_readings_follow_the_likeliest(text: str, reading: tuple[str, ...]) -> None:
    found = parse(text)
    assert found is not None
    assert reading in found.readings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 km east of Goris", "5 km east of …"),
        ("positions facing Sotk", "positions facing …"),
        ("between Sotk and Kut", "between … and …"),
        ("in the Sotk direction.", "in the … direction"),
        ("Kəlbəcərdə", "Kəlbəcərdə"),
    ],
)
def test_the_words_around_the_name_are_kept(text: str, words: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    "text",
    ["near\u200b Goris", " near   Goris. ", "near\tGoris\n", "\u202anear Goris\u202c", "“near Goris”", "Near Goris"],
)
def test_unseen_characters_blanks_and_marks_change_nothing(text: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.readings == (("Goris",),)


WORDS = (
    "near between and to from of in the 5 12,5 km miles east N.E. north-west direction area road border - – ( ) , . "
    "Sotk Goris Haute-Savoie village villages Monday a в между и от до районе направлении к северу Гориса км ի և միջև "
    "մոտ Սոթքի Գորիսից կմ արևելք ilə arasında yaxınlığında Gorusdan şərqdə rayonunda ſıx K½ ٥ half"
)
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=9)
TEXTS = st.one_of(st.text(max_size=60), PIECES.map(" ".join), PIECES.map("".join))


@given(TEXTS)
def test_no_text_fails_and_no_anchor_is_empty(text: str) -> None:
    found = parse(text)
    if found is None:
        return
    assert found.relation in RELATIONS
    assert found.anchors == found.readings[0]
    assert {len(reading) for reading in found.readings} == {len(found.anchors)} <= {1, 2}
    for name in (name for reading in found.readings for name in reading):
        words = name.replace("-", " ").split()
        assert any(letter.isalpha() for letter in name)
        assert name == name.strip()
        assert not all(without_kind(f"{word} x") for word in words)
    stated = geometry(found, [place(name) for name in found.anchors])
    assert (stated.radius_km is None) == (stated.kind in {"stretch", "pointer"})
    assert (stated.position is not None) == (stated.kind == "point" and found.bearing_deg is not None)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.pattern[:40])
def test_every_case_of_a_phrase_is_declared(phrase: object) -> None:
    assert set(phrase.case.replace("-", "").split()) <= ENDINGS.keys()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "piece",
    [
        "between ",
        "a-",
        "A-",
        "A to ",
        "5 km east of ",
        "in ",
        "the ",
        "from A to ",
        "Ա և ",
        "A ilə ",
        "(",
        "в ",
        "\u0301\u0316",
    ],
)
def test_long_texts_take_no_longer_than_their_length(piece: str) -> None:
    prose = piece * (100_000 // len(piece))
    longest = (piece * LONGEST)[:LONGEST]
    started = time.perf_counter()
    assert parse(prose) is None
    parse(longest)
    assert time.perf_counter() - started < 0.2


@pytest.mark.parametrize(
    ("name", "case", "forms"),
    [
        ("Սոթքի", "hy_gen", ["Սոթք", "Սոթքի"]),
        ("Շուշայի", "hy_gen", ["Շուշա", "Շուշայի"]),
        ("Գորիսից", "hy_abl", ["Գորիս", "Գորիսից"]),
        ("Армении", "ru_gen", ["Армения", "Армении"]),
        ("Казани", "ru_loc", ["Казань", "Казани"]),
        ("Laçın", "az_gen", ["Laçın"]),
        ("Laçından", "az_abl", ["Laçın", "Laçı", "Laçından"]),
        ("Goris", "", ["Goris"]),
        ("the Hague", "", ["Hague", "the Hague"]),
    ],
)
def test_case_endings_come_off_where_the_language_marks_them(name: str, case: str, forms: list[str]) -> None:
    assert dictionary_forms(name, case) == forms


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(0.1, 1000), st.integers(0, 15).map(lambda wind: 22.5 * wind))
def test_an_offset_ends_where_geographiclib_says(lon: float, lat: float, distance: float, bearing: float) -> None:
    stated = geometry(Expression("near", (("Goris",),), "", distance, bearing), [place("Goris", lon, lat)])
    expected = Geodesic.WGS84.Direct(lat, lon, bearing, 1000 * distance)
    assert stated.position is not None
    assert metres(stated.position, (expected["lon2"], expected["lat2"])) < 1
    assert stated.radius_km == pytest.approx(offset_radius_km(distance, bearing) + 2)


@given(st.floats(0.1, 500), st.integers(0, 15))
def test_an_offsets_circle_holds_its_winds_sector(distance: float, wind: int) -> None:
    """Positions at the stated distance, as far off the wind as half its sector, lie within the radius."""
    bearing, half = 22.5 * wind, 11.25 if wind % 2 else 22.5
    mark = Geodesic.WGS84.Direct(40, 45, bearing, 1000 * distance)
    edge = Geodesic.WGS84.Direct(40, 45, bearing + half, 1000 * distance)
    apart = metres((mark["lon2"], mark["lat2"]), (edge["lon2"], edge["lat2"])) / 1000
    assert offset_radius_km(distance, bearing) >= apart * 0.999


@pytest.mark.parametrize("relation", ["along", "between"])
@pytest.mark.parametrize("distance", [None, 12.0])
def test_a_stretch_never_has_a_position(relation: str, distance: float | None) -> None:
    stated = geometry(Expression(relation, (("A", "B"),), "", distance, None), [place("Sotk"), place("Goris", 47)])
    assert (stated.kind, stated.position, stated.radius_km, stated.radius_kind) == ("stretch", None, None, None)


def test_a_large_town_is_near_to_what_surrounds_it() -> None:
    city = Place("c", "City", None, None, "town", 0, 0, 20.0)
    assert geometry(Expression("near", (("City",),), ""), [city]).radius_km == 25


def test_a_radius_is_the_sources_only_where_the_source_gives_it() -> None:
    mine = Place("m", "Sotk mine", None, None, "mine", 45.9, 40.2, 3.0, "source")
    for relation, kind in (("within", "source"), ("near", "convention")):
        assert geometry(Expression(relation, (("Sotk mine",),), ""), [mine]).radius_kind == kind
    assert geometry(Expression("near", (("Sotk mine",),), "", 5.0), [mine]).radius_kind == "source"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5 km east of Goris", "5 km east of Goris, drawn within 4 km by convention"),
        ("600 km NNE of Goris", "600 km north-north-east of Goris, drawn within 120 km by convention"),
        ("10 miles from Goris", "16.1 km from Goris in no stated direction, drawn within 18.1 km around it"),
        ("near Goris", "near Goris, drawn within 5 km by convention"),
        ("north of Goris", "north of Goris; how far is not said, so no radius is known"),
        ("from the direction of Goris", "from the direction of Goris; how far is not said, so no radius is known"),
        ("Sotk to Goris", "between Sotk and Goris; a stretch has no single position"),
        ("Armenia border", "along Armenia; a stretch has no single position"),
        ("in Goris", "within Goris"),
    ],
)
def test_why_names_the_rule(text: str, why: str) -> None:
    found = parse(text)
    assert found is not None
    stated = geometry(found, [place(name) for name in found.anchors])
    assert stated.why == why
    assert stated.position is None or isinstance(stated.position, LonLat)


@pytest.mark.parametrize(
    ("text", "unmarked"),
    [
        ("Sotk-Goris", True),
        ("Sotk to Goris", True),
        ("Ջերմուկում", True),
        ("Sotk-Goris road", False),
        ("near Sotk", False),
    ],
)
def test_what_only_a_dash_or_an_ending_says_is_marked(text: str, unmarked: bool) -> None:  # noqa: FBT001
    found = parse(text)
    assert found is not None
    assert found.unmarked is unmarked


def test_as_many_places_as_names_are_needed() -> None:
    with pytest.raises(ValueError, match="2 places are named, 1 were given"):
        geometry(Expression("between", (("Sotk", "Kut"),), ""), [place("Sotk")])
