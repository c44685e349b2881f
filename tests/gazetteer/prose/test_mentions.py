"""What running text names: spans and places of texts of our own in five languages, and what is left alone."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.prose.mentions import Mention, MentionFinder, find_places
from geomap.gazetteer.words.names import fold
from geomap.types import Place

FOLDER = Path(__file__).parent / "mentions"
MARKED = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
GAZETTEER = Gazetteer.open(FOLDER / "places.csv")
DEMONYMS = {"armenian": "AM", "armenians": "AM", "azerbaijani": "AZ", "russian": "RU", "turkish": "TR", "french": "FR"}
FINDER = MentionFinder(GAZETTEER, demonyms=DEMONYMS)


def marked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a text without its marks, and the spans and ids that they state; ? is ambiguous."""
    plain, expected = "", []
    at = 0
    for mark in MARKED.finditer(text):
        plain += text[at : mark.start()]
        expected.append((len(plain), len(plain) + len(mark[1]), mark[2]))
        plain, at = plain + mark[1], mark.end()
    return plain + text[at:], expected


def answer(mention: Mention) -> str:
    place = mention.match.place
    return place.id if place else {"ambiguous": "?", "unknown": "-"}[mention.match.status]


def told(text: str) -> list[tuple[str, str]]:
    return [(mention.text, answer(mention)) for mention in FINDER.find(text)]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_text_gives_its_places_and_nothing_else(path: Path) -> None:
    text, expected = marked(path.read_text("utf-8"))
    found = FINDER.find(text)
    assert [(text[each.start : each.end], answer(each)) for each in found] == [
        (text[start:end], place) for start, end, place in expected
    ]
    assert [(each.start, each.end) for each in found] == [(start, end) for start, end, _ in expected]


NOT_PLACES = [
    "President Paris", "Mr London", "the EU", "a Kremlin spokesperson", "J. Reading", "Josep Michel Fontelles",
    "Ararat Mirzoyan", "London Breed", "the Paris Agreement", "Moscow time", "goris", "of",
    "the Goriszan hills", "OF", "Us", "SOTKA", "Michel Charles", "Bank of Georgia",
]  # fmt: skip


@pytest.mark.parametrize("words", NOT_PLACES)
def test_what_only_looks_like_a_place_is_left_out(words: str) -> None:
    assert told(f"They heard of {words}, and left it at that.") == []


NAMES_IN_USE = [
    ("He left Goris's old town.", [("Goris", "goris")]),
    ("The Sotk-based unit stayed.", [("Sotk", "sotk")]),
    ("The Armenia-Azerbaijan border", [("Armenia", "AM"), ("Azerbaijan", "AZ")]),
    ("The Armenia–Azerbaijan border", [("Armenia", "AM"), ("Azerbaijan", "AZ")]),
    ("near the town of Goris", [("town of Goris", "goris")]),
    ("Lachin\ndistrict saw fire", [("Lachin\ndistrict", "AZ-LAC")]),
    ("the US and the U.S.", [("US", "US"), ("U.S.", "US")]),
    ("the Sotk mine", [("Sotk mine", "-")]),
    ("the Goris region", [("Goris region", "-")]),
    ("in Armenia, Azerbaijan, Georgia", [("Armenia", "AM"), ("Azerbaijan", "AZ"), ("Georgia", "GE")]),
    ("in Syunik, Idaho", [("Syunik", "AM-SU"), ("Idaho", "US-ID")]),
    ("on Mount Ararat", [("Mount Ararat", "-")]),
    ("in the city of Ararat", [("city of Ararat", "ararat")]),
    ("Sotk Tuesday", [("Sotk", "sotk")]),
    ("Armenia's Jermuk", [("Armenia", "AM"), ("Jermuk", "jermuk")]),
    ("In March, Idaho saw snow.", [("Idaho", "US-ID")]),
    ("Goris, Sotk; (Kapan)", [("Goris", "goris"), ("Sotk", "sotk"), ("Kapan", "kapan")]),
    ("г. Горис", [("г. Горис", "goris")]),
    ("в городе Горис и селе Сотк", [("городе Горис", "goris"), ("селе Сотк", "sotk")]),
    ("Переговоры с Арменией", [("Арменией", "AM")]),
    ("中国和", [("中国", "CN")]),
    ("در تهران بود", [("تهران", "tehran")]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES_IN_USE)
def test_a_name_is_found_with_the_words_that_belong_to_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_one_sense_holds_for_a_whole_text() -> None:
    assert told("Moscow said no.") == [("Moscow", "moscow")]
    assert told("Moscow, Idaho. Moscow said no.")[-1] == ("Moscow", "moscow-id")
    assert told("Jack Michel spoke. Then Michel left.") == []
    assert told("Idaho. Jack Michel spoke. They met in Michel.")[-1] == ("Michel", "michel")


def test_the_context_that_decided_is_named() -> None:
    by_unit, *_ = FINDER.find("Vardenis, Gegharkunik, was hit.")
    assert "Gegharkunik" in by_unit.match.why
    state = FINDER.find("Georgia grows peaches, and so does Idaho; Armenia does not.")[0]
    assert (answer(state), {each.id for each in state.match.rivals}) == ("?", {"GE", "US-GA"})
    opened = FINDER.find("Baghdad said that Kut, in Iraq, was quiet.")[1]
    assert opened.match.status == "ambiguous"
    assert "Iraq" in opened.match.why


def test_a_town_whose_unit_beside_it_is_elsewhere_is_not_placed() -> None:
    assert told("He was born in Paris, Idaho.")[0] == ("Paris", "?")


def test_a_village_is_not_outweighed_where_the_text_is_about_its_neighbours() -> None:
    city = Place("al-kut", "Kut", "IQ", "Wasit", "town", 45.82, 32.51, 6.0, population=400_000)
    finder = MentionFinder(Gazetteer([*GAZETTEER.places, city], version="test"), demonyms=DEMONYMS)
    assert [answer(each) for each in finder.find("Villagers in Sotk and Kut heard guns.")] == ["sotk", "kut"]
    assert [answer(each) for each in finder.find("Iraq sent aid to Kut.")] == ["IQ", "al-kut"]


def test_a_people_is_not_a_town_of_the_same_spelling() -> None:
    town = Place("gazakh", "Kazakh", "AZ", "Gazakh", "town", 45.37, 41.09, 3.0, population=21_000)
    finder = MentionFinder(Gazetteer([*GAZETTEER.places, town], version="test"), demonyms={"kazakh": "KZ"})
    assert [each.text for each in finder.find("Kazakh officers came to Goris.")] == ["Goris"]


def test_two_places_across_a_border_stay_open_though_the_text_names_one_country() -> None:
    assert told("Azerbaijani troops were seen at Istisu.") == [("Istisu", "?")]
    assert told("Troops were seen at Istisu, Azerbaijan.") == [("Istisu", "istisu"), ("Azerbaijan", "AZ")]


def test_sides_of_a_line_stay_open_unless_the_unit_stands_beside_the_name() -> None:
    def side_of(lon: float, lat: float) -> str | None:
        return "AM" if lat > 40.4 else "AZ"

    (mention,) = FINDER.find("Aragatsotn aside, Vardenis was hit.", side_of=side_of)[1:]
    assert answer(mention) == "?"
    assert answer(FINDER.find("Vardenis, Gegharkunik", side_of=side_of)[0]) == "vardenis"
    assert told("Aragatsotn aside, Vardenis was hit.")[1] == ("Vardenis", "vardenis-2")


def test_the_scope_limits_small_places_and_keeps_the_world() -> None:
    finder = MentionFinder(GAZETTEER, ["AZ"], demonyms=DEMONYMS)
    found = finder.find("From Goris to Lachin, and in Moscow, Kharkiv and Ukraine.")
    assert [mention.text for mention in found] == ["Lachin", "Moscow", "Kharkiv", "Ukraine"]


def test_given_spans_are_answered_in_order_with_the_text_for_context() -> None:
    text = "Goris and Nowhere; Sotk. Moscow, Idaho. Moscow. В Горисе."
    spans = [(19, 23), (10, 17), (0, 5), (0, 5), (40, 46), text_span(text, "Горисе"), (50, 9_000), (-3, -1), (5, 2)]
    found = FINDER.find(text, spans)
    assert [answer(each) for each in found[:6]] == ["sotk", "-", "goris", "goris", "moscow-id", "goris"]
    assert [answer(each) for each in found[6:]] == ["-"] * 3
    assert all(each.text == text[each.start : each.end] for each in found)
    assert FINDER.find(text, []) == []


def text_span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def test_spans_hold_code_points_of_texts_that_folding_shortens_and_lengthens() -> None:
    accents = unicodedata.normalize("NFD", "ﬁﬂ ßß և Çà — Kəlbəcər, Zərkənd və Laçın rayonu. Քաղաք՝ Երևան։ Երեւան")
    found = FINDER.find(accents)
    assert [unicodedata.normalize("NFC", each.text) for each in found] == [
        "Kəlbəcər", "Zərkənd", "Laçın rayonu", "Երևան", "Երեւան",
    ]  # fmt: skip
    assert FINDER.find("Gori\u0301s\u0323, no")[0].text == "Gori\u0301s\u0323"
    assert FINDER.find("in  Lake \u200b  Sevan")[0].text == "Lake \u200b  Sevan"


PIECES = st.sampled_from(
    ["Goris", "Sotk", " ", ", ", "ß", "ﬁ", "և", "e\u0301", "\u202e", "\0", "\n\n", "Lake", " Sevan",
     "Лачинского района", "Երևանում", "Laçın rayonu", "'s", "-", "ჯერმუკში", "President ", "中国", "\ud800", "😀", "  "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
@settings(deadline=None)
def test_any_text_gives_exact_ordered_spans_and_the_same_answer_twice(text: str) -> None:
    found = FINDER.find(text)
    assert [each.text for each in found] == [text[each.start : each.end] for each in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert found == FINDER.find(text)


@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from(["Goris", "Kəlbəcər", "Երևան", "თბილისი", "Москва"]))
@settings(deadline=None)
def test_the_text_of_a_span_folds_to_the_name_that_was_put_in(before: str, name: str) -> None:
    text = unicodedata.normalize("NFD", f"{before}. \n\n{name}.")
    last = FINDER.find(text)[-1]
    assert fold(last.text) == fold(name)
    assert last.end == len(text) - 1


def test_long_and_odd_texts_are_answered() -> None:
    assert FINDER.find("") == []
    assert FINDER.find("\0" * 100 + "\u202eGoris\u202c")[0].text == "Goris"
    long = "Shells fell near Goris. " + "x" * 5_000_000 + " a b\n" * 1_000_000 + " in Sotk"
    assert [mention.text for mention in FINDER.find(long)] == ["Goris", "Sotk"]


def test_find_places_builds_once_for_a_gazetteer_and_a_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Gazetteer] = []
    real = MentionFinder.__init__

    def counting(self: MentionFinder, gazetteer: Gazetteer, *rest: object) -> None:
        built.append(gazetteer)
        real(self, gazetteer, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(MentionFinder, "__init__", counting)
    one, other = Gazetteer.open(FOLDER / "places.csv"), Gazetteer.open(FOLDER / "places.csv")
    for gazetteer in (one, one, other):
        assert [mention.text for mention in find_places("near Goris", gazetteer)] == ["Goris"]
    assert [mention.text for mention in find_places("near Goris", one, countries=["AZ"])] == []
    assert built == [one, other, one]


def test_the_shipped_gazetteer_places_what_a_report_names() -> None:
    text, _ = marked((FOLDER / "en-overview.txt").read_text("utf-8"))
    found = {mention.text: mention.match for mention in find_places(text, Gazetteer.default())}
    ids = {"Jermuk": "gn:174884", "Goris": "gn:174895", "Sotk": "gn:616041", "Lachin": "gn:147625"}
    assert {name: match.place.id for name, match in found.items() if name in ids and match.place} == ids
    abroad = ("Moscow", "Kharkiv region", "Russia", "Ukraine", "Turkey", "Iran", "China", "US")
    assert {name: match.place.country for name, match in found.items() if name in abroad and match.place} == dict(
        zip(abroad, ("RU", "UA", "RU", "UA", "TR", "IR", "CN", "US"), strict=True)
    )
    assert found.keys() == {*ids, *abroad, "Armenia", "Azerbaijan"}


def test_a_unit_named_anywhere_in_the_text_decides_between_its_country_s_namesakes() -> None:
    assert told("Gegharkunik Province saw fire. Vardenis was hit.")[1] == ("Vardenis", "vardenis")
    assert told("Aragatsotn was calm. Vardenis too.")[1] == ("Vardenis", "vardenis-2")
