"""A name that no place bears as written is read otherwise, and the answer says so."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.readings import readings
from geomap.types import Match, Name, Place


def village(at: str, name: str, lon: float, *names: Name, kind: str = "village") -> Place:
    return Place(at, name, "AM", None, kind, lon, 40.0, 1.0, names=names)


SOTK = (Name("Սոթք", "hy", "own"), Name("Сотк", "ru", "russian"), Name("სოთქი", "ka", "variant"))
PLACES = (
    village("sotk", "Sotk", 45.0, *SOTK),
    village("jermuk", "Jermuk", 45.5, Name("Ջերմուկ", "hy", "own"), Name("Cermuk", "az", "other")),
    village("shorzha", "Verin Shorzha", 46.0, Name("Վերին Շորժա", "hy", "own")),
    village("getashen", "Nor Getashen", 46.5, Name("Новый Геташен", "ru", "russian")),
    village("shusha", "Shusha", 47.0, Name("Şuşa", "az", "own"), kind="town"),
    village("vayots", "Vayots Dzor", 47.5, Name("Վայոց ձոր", "hy", "own"), kind="province"),
    village("sev", "Sev Lich", 48.0, kind="lake"),
)  # fmt: skip
BOOK = Gazetteer(PLACES)


def meant(name: str) -> Match:
    match = BOOK.match(name)
    assert match.place, f"{name}: {match.why}"
    return match


def found(name: str) -> str:
    place = meant(name).place
    return place.id if place else ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Upper Shorzha", "shorzha"), ("Yuxarı Şorja", "shorzha"), ("Верхняя Шоржа", "shorzha"),
     ("New Getashen", "getashen"), ("Yeni Getaşen", "getashen")],
)  # fmt: skip
def test_words_of_one_meaning_stand_for_each_other_and_it_is_said(name: str, expected: str) -> None:
    match = meant(name)
    assert match.place
    assert match.place.id == expected
    assert match.score < meant(match.place.name).score


@pytest.mark.parametrize("name", ["Lower Shorzha", "Nerkin Shorzha", "Old Getashen", "Нижняя Шоржа", "Aşağı Şorja"])
def test_the_opposite_word_is_another_place(name: str) -> None:
    assert BOOK.match(name).status == "unknown"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Сотка", "sotk"), ("Джермука", "jermuk"), ("Джермуком", "jermuk"), ("Нового Геташена", "getashen"),
     ("Новом Геташене", "getashen"), ("Սոթքի", "sotk"), ("Սոթքում", "sotk"), ("Սոթքից", "sotk"), ("Ջերմուկը", "jermuk"),
     ("სოთქში", "sotk"), ("სოთქის", "sotk"), ("Şuşada", "shusha"), ("Şuşaya", "shusha"), ("Şuşanın", "shusha"),
     ("Jermuk'un", "jermuk"), ("Jermuk’s", "jermuk")],
)  # fmt: skip
def test_grammatical_cases_of_four_languages_are_taken_off(name: str, expected: str | None) -> None:
    match = BOOK.match(name)
    assert (match.place and match.place.id) == expected, match.why


@pytest.mark.parametrize("name", ["Новом Геташене", "Джермуком", "Սոթքում", "სოთქში", "Şuşada", "Upper Shorzha"])
def test_another_reading_is_never_silent(name: str) -> None:
    match = meant(name)
    assert match.method != "exact"
    assert any(word in match.why for word in ("read as", "within"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("village of Sotk", "sotk"), ("с. Сотк", "sotk"), ("Sotk kəndi", "sotk"), ("գյուղ Սոթք", "sotk"),
     ("Şuşa şəhəri", "shusha"), ("г. Шуша", "shusha"), ("Vayots Dzor Province", "vayots"),
     ("Vayots Dzor marz", "vayots"), ("Վայոց ձորի մարզ", "vayots"),
     ("Lake Sev", "sev"), ("озеро Сев", "sev"), ("in the village of Sotk", "sotk")],
)  # fmt: skip
def test_a_word_for_the_kind_may_stand_beside_the_name(name: str, expected: str) -> None:
    assert found(name) == expected


@pytest.mark.parametrize(
    "name", ["Sotk district", "Lake Sotk", "Sotk province", "Mount Jermuk", "Shusha mine", "Sev village"]
)
def test_a_word_for_the_kind_excludes_what_is_of_another(name: str) -> None:
    match = BOOK.match(name)
    assert match.place is None, match.why


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Vayoc Jor", "vayots"), ("Wajoz Dsor", None), ("Djermuk", "jermuk"), ("Dzhermuk", "jermuk"),
     ("Jermowk", "jermuk"), ("Dschermuk", "jermuk"), ("Cermuk", "jermuk"), ("Şuşa", "shusha"),
     ("Susa", "shusha"), ("Chucha", None), ("Sotq", "sotk"), ("SOTK", "sotk"), ("sotk", "sotk")],
)  # fmt: skip
def test_rival_spellings_meet(name: str, expected: str | None) -> None:
    match = BOOK.match(name, ("AM", "AZ"))
    assert (match.place and match.place.id) == expected, match.why


def test_a_rare_spelling_needs_a_country() -> None:
    match = BOOK.match("Vayoc Jor")
    assert (match.status, [rival.id for rival in match.rivals]) == ("ambiguous", ["vayots"])


def test_the_rarer_spelling_is_said_and_trusted_less() -> None:
    rare, common = (BOOK.match(name, "AM") for name in ("Vayoc Jor", "Vayots Dzor"))
    assert "some writers" in rare.why
    assert rare.score < common.score
    assert rare.method == "folded"


def test_a_place_that_bears_the_name_as_written_goes_before_every_other_reading() -> None:
    form = village("form", "Սոթքի", 49.0)
    lower = village("lower", "Upper Shorzha", 49.5)
    book = Gazetteer((*PLACES, form, lower))
    assert [book.match(name).place for name in ("Սոթքի", "Upper Shorzha")] == [form, lower]


def test_a_reading_that_two_places_bear_leaves_the_name_open() -> None:
    book = Gazetteer((*PLACES, village("other", "Sotk", 49.0)))
    for name in ("Сотка", "village of Sotk", "Sotk'un"):
        match = book.match(name)
        assert (match.status, {rival.id for rival in match.rivals}) == ("ambiguous", {"sotk", "other"})


@pytest.mark.parametrize("name", ["", " ", "village", "Upper", "с.", "🙂", "\x00", "Sotk\nKut", "a b c d e f"])
def test_what_has_no_name_in_it_has_no_other_reading_that_is_empty(name: str) -> None:
    assert all(reading.name.strip() for reading in readings(name))


def test_the_readings_of_a_name_are_few() -> None:
    for name in ("Верхней Нижней Средней Шорже", "x" * 10_000, "Upper " * 50, "ում" * 100):
        assert len(list(readings(name))) < 300
