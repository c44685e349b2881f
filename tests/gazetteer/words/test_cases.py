"""One table of case endings: what an expression takes off a name, a query takes off too."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.words.endings import endings
from geomap.gazetteer.words.inflection import dictionary_forms

DECLINED = [
    ("Иванова", "ru_gen", "Иваново"), ("Кировом", "ru_ins", "Кирово"), ("Пушкина", "ru_gen", "Пушкино"),
    ("Отрадном", "ru_loc", "Отрадное"), ("Слуцком", "ru_adj", "Слуцк"), ("Томском", "ru_adj", "Томск"),
    ("Армении", "ru_loc", "Армения"), ("Грузией", "ru_ins", "Грузия"), ("Շորժայից", "hy_abl", "Շորժա"),
    ("Laçının", "az_gen", "Laçın"), ("Naxçıvandan", "az_abl", "Naxçıvan"), ("Şuşanın", "az_gen", "Şuşa"),
]  # fmt: skip
"""Declined names, their case, and the nominative that a grammar of the language gives."""


@pytest.mark.parametrize(("text", "case", "nominative"), DECLINED)
def test_a_declined_name_is_read_alike_in_a_query_and_in_an_expression(text: str, case: str, nominative: str) -> None:
    expressed = dictionary_forms(text, case)
    assert nominative in expressed
    assert set(expressed) - {text} <= set(endings(text))


@pytest.mark.parametrize(
    ("text", "relation"), [("Laçının yaxınlığında", "near"), ("Laçının istiqamətində", "direction_of")]
)
def test_the_genitive_of_a_name_in_n_is_not_cut_twice(text: str, relation: str) -> None:
    match = Gazetteer.default().match(text, "AZ")
    assert match.place is not None, match.why
    assert (match.place.name, match.relation) == ("Lachin", relation)
