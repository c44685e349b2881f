"""Text that names no place is told by what it is; names of places are left alone."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.words import nonplaces
from geomap.gazetteer.words.names import fold
from geomap.gazetteer.words.nonplaces import WHATS, what_is, what_is_key, words

FOLDER = shipped.data("gazetteer", "nonplaces")
LANGUAGES = {"en", "ru", "hy", "ka", "az", "tr", "fa", "ar", "fr", "de", "es", "uk"}
TOLD = {
    "month": ["December", "DECEMBER", "Sept.", "сентября", "սեպտեմբեր", "sentyabr", "Eylül", "دسامبر", "März", "March"],
    "weekday": ["Tuesday", "вторник", "երեքշաբթի", "çərşənbə axşamı", "Salı", "الثلاثاء", "mercredi", "неділя"],
    "organisation": [
        "EU", "the EU", "E.U.", "NATO", "CSTO", "OSCE", "UN", "U.N.", "CIS", "OTSC", "ОДКБ", "ՀԱՊԿ", "KTMT", "Kremlin",
        "The Kremlin", "Pentagon", "Coalition Forces", "Ministry of Defence", "Минобороны", "Müdafiə Nazirliyi", "ՊՆ",
        "Armed Forces", "the Security Council", "الناتو",
    ],
    "generic word": [
        "City", "Target", "Spokesperson", "spokesman", "Headquarters", "CHECKPOINT", "Soldiers", "Military", "border",
        "front line", "Front-line", "пост", "դիրք", "sərhəd", "граница", "the village",
    ],
    "no name": [
        "Unknown", "N/A", "n.a.", "none", "NULL", "nan", "-", "--", "?", "", " ", "various", "several", "...", "🎉",
        "\x00", "\u202e", "\ud800", "неизвестно", "անհայտ", "naməlum", "#REF!", "Unknown location",
    ],
    "number": ["12", "3.5", "-99", "1,000", "٣", "½", "10 km", "5th", "00:05", "162852"],
    "date": ["2022-09-13", "13.09.2022", "9/13/22", "13 September 2022", "September 12", "2022-09-13T00:05:00Z",
             "Tuesday 13", "12 сентября 2022 г.", "12 de mayo", "20220913T0005Z"],
    "coordinates": ["40.1 N, 45.2 E", "40°10'N 45°12'E", "40.1, 45.2", "lat 40.1 lon 45.2", "N40 E45", "39.51111N"],
    "single letter": ["A", "x", "Ջ", "я", "ა", "X."],
}  # fmt: skip
PLACES = [
    "Sotk", "Goris", "Jermuk", "Ջերմուկ", "Лачин", "Laçın", "ლაჩინი", "لاچین", "New City", "March Town", "District 9",
    "Sector 7", "Lake Sevan", "津", "Unknown Valley", "Upper Shorzha", "EU Street", "Decemberville", "Verin Getashen",
    "26 Bakı Komissarı", "Ordu", "Side", "Sur", "Duma", "دوشنبه", "3-я Речка", "Dushanbe", "May Pen", "Güney", "Agit",
]  # fmt: skip


def rows() -> list[dict[str, str]]:
    with (FOLDER / "nonplaces.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("what", TOLD)
def test_text_that_is_no_place_is_told_by_what_it_is(what: str) -> None:
    assert {text: what_is(text) for text in TOLD[what]} == dict.fromkeys(TOLD[what], what)


@pytest.mark.parametrize("text", PLACES)
def test_what_may_be_a_place_is_left_alone(text: str) -> None:
    assert what_is(text) is None


def test_every_kind_of_answer_is_declared() -> None:
    assert set(TOLD) == set(WHATS)


def test_the_table_holds_each_word_once_with_a_known_language_and_kind() -> None:
    found = rows()
    assert len(found) >= 500
    assert {row["language"] for row in found} == LANGUAGES
    assert {row["what"] for row in found} == set(WHATS[:5])
    assert [key for key, count in Counter(fold(row["name"]) for row in found).items() if count > 1 or not key] == []


def test_months_and_weekdays_are_whole_in_each_language() -> None:
    """Persian lacks its Monday, which is Dushanbe too; words that languages share stand once."""
    keys = set(words())
    for language in LANGUAGES:
        own = [row for row in rows() if row["language"] == language and row["what"] in {"month", "weekday"}]
        assert len(own) >= 10, language
    english = "monday tuesday wednesday thursday friday saturday sunday january february may december"
    german = "montag dienstag mittwoch donnerstag freitag samstag sonntag januar april mai dezember"
    assert set(f"{english} {german}".split()) <= keys


def test_the_source_names_version_and_licence() -> None:
    source = tomllib.loads((FOLDER / "SOURCE.toml").read_text("utf-8"))
    assert source["licence"] in (FOLDER / "LICENSE").read_text("utf-8")
    assert source["text"] in (FOLDER / "LICENSE").read_text("utf-8")
    assert {"name", "version"} <= source.keys()


@given(st.text(max_size=40))
@example("1 " * 5000 + "x1")
@example("n1" * 5000)
def test_any_text_gets_a_plain_answer_and_the_key_gives_the_same(text: str) -> None:
    assert what_is(text) in {None, *WHATS}
    assert what_is_key(fold(text)) == what_is(text)


@pytest.mark.parametrize(
    "content", ["", "name\tlanguage\n", "name\tlanguage\twhat\n", "name\tlanguage\twhat\nMay\ten\n"]
)
def test_a_damaged_table_is_refused_by_name(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "nonplaces.tsv"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(nonplaces.shipped, "data", lambda *_: path)
    words.cache_clear()
    try:
        with pytest.raises(GazetteerError, match=r"nonplaces\.tsv"):
            what_is("May")
    finally:
        words.cache_clear()
