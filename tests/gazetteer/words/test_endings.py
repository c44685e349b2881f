"""Inflected names stand for their nominatives, and a word for "upper" for that word in other languages."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap.gazetteer.words.endings import endings, translated
from geomap.gazetteer.words.names import filed_keys, query_keys

INFLECTED = [
    ("Джермука", "Джермук"), ("Джермуке", "Джермук"), ("Горисом", "Горис"), ("Сотку", "Сотк"), ("Шуше", "Шуша"),
    ("Шушу", "Шуша"), ("Шуши", "Шуша"), ("Москвой", "Москва"), ("Москве", "Москва"), ("Казани", "Казань"),
    ("Севаном", "Севан"), ("Армении", "Армения"), ("Лачинского", "Лачин"), ("Лачинский", "Лачин"),
    ("Гегаркуникской", "Гегаркуник"), ("Кельбаджарском", "Кельбаджар"), ("Верхней Шоржи", "Верхняя Шоржа"),
    ("Нижнего Новгорода", "Нижний Новгород"), ("Києві", "Києв"), ("Харковом", "Харков"),
    ("Ջերմուկի", "Ջերմուկ"), ("Սոթքում", "Սոթք"), ("Գորիսից", "Գորիս"), ("Երևանը", "Երևան"), ("Շուշին", "Շուշի"),
    ("Շորժայում", "Շորժա"), ("Մեղրու", "Մեղրի"), ("Վարդենիսով", "Վարդենիս"), ("Սևանն", "Սևան"),
    ("ლაჩინში", "ლაჩინი"), ("გორისის", "გორისი"), ("ჯერმუკიდან", "ჯერმუკი"), ("მცხეთაში", "მცხეთა"),
    ("თბილისში", "თბილისი"), ("ჯერმუკი", "ჯერმუკ"), ("მცხეთის", "მცხეთა"),
    ("Laçının", "Laçın"), ("Laçında", "Laçın"), ("Laçından", "Laçın"), ("Kəlbəcərə", "Kəlbəcər"), ("Şuşaya", "Şuşa"),
    ("Şuşanın", "Şuşa"), ("Xankəndində", "Xankəndi"), ("Qarabağın", "Qarabağ"), ("Qazaxda", "Qazax"),
    ("Şəkili", "Şəki"), ("Goris'te", "Goris"), ("Goris’in", "Goris"), ("Ankara’da", "Ankara"), ("Armenia's", "Armenia"),
]  # fmt: skip
"""The nominative is a word that a grammar of the language gives; it stands among the first three."""
UPPER = ["Upper Shorzha", "Verin Shorzha", "Yukhari Shorzha", "Yuxarı Şorca", "Верхняя Шоржа", "Վերին Շորժա"]
LOWER = ["Lower Shorzha", "Nerkin Shorzha", "Ashaghi Shorzha", "Aşağı Şorca", "Нижняя Шоржа", "Ներքին Շորժա"]
LARGE = ["Mets Masrik", "Metz Masrik", "Great Masrik", "Böyük Masrik", "Большой Масрик", "Մեծ Մասրիկ"]


@pytest.mark.parametrize(("text", "nominative"), INFLECTED)
def test_an_inflected_name_gives_its_nominative(text: str, nominative: str) -> None:
    assert nominative in endings(text)[:3]


@pytest.mark.parametrize(
    "text", ["Goris", "Kapan", "Sevana", "Sot'k'", "Տեղ", "Zarit'ap'", "Лачин", "Ան", "", "'s", "12"]
)
def test_a_name_without_an_ending_gives_nothing(text: str) -> None:
    assert endings(text) == ()


@pytest.mark.parametrize("group", [UPPER, LOWER, LARGE])
def test_names_that_differ_by_the_language_of_upper_or_great_meet(group: list[str]) -> None:
    for name in group:
        filed = set(filed_keys(name, azerbaijani=True))
        for query in group:
            spellings = (query, *translated(query))
            assert any(filed.intersection(query_keys(spelling)) for spelling in spellings), (name, query)


def test_a_modifier_behind_the_name_counts_and_the_joint_does_not() -> None:
    assert "Upper Shorzha" not in translated("Shorzha")
    assert "Upper Shorzha" in translated("Shorzha-ye Olya")
    assert "Zemo Alvani" in translated("Upper Alvani")


@pytest.mark.parametrize("text", ["Shorzha", "Nor", "Upper", "", "Uppershorzha Sevan"])
def test_nothing_is_translated_without_a_modifier(text: str) -> None:
    assert translated(text) == ()


def test_upper_is_never_lower() -> None:
    lower = {key for name in LOWER for key in filed_keys(name, azerbaijani=True)}
    assert all(lower.isdisjoint(query_keys(spelling)) for name in UPPER for spelling in (name, *translated(name)))


@given(st.text("АаоомегскийոիումնԳգორისშიLaçında'’s İ-\ud800", max_size=24))
@example("а" * 20000)
@example("а " * 10000)
@example("Upper " * 5000)
@example("ab'" * 5000)
def test_what_is_given_is_short_other_and_no_remnant(text: str) -> None:
    found = endings(text)
    assert len(set(found)) == len(found) <= 12
    assert text not in found
    assert all(len(name) >= 3 for name in found)
    assert len(translated(text)) <= 40
