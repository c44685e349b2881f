"""The word for a kind of place is told from the name it stands with."""

from __future__ import annotations

import pytest

from geomap.gazetteer.kinds import without_kind

SPLIT = [
    ("Lake Sevan", "Sevan", "lake"),
    ("Sevan Lake", "Sevan", "lake"),
    ("Lachin district", "Lachin", "district"),
    ("Laçın rayonu", "Laçın", "district"),
    ("Лачинский район", "Лачинский", "district"),
    ("Gegharkunik Province", "Gegharkunik", "province"),
    ("Syunik region", "Syunik", "province"),
    ("Sotk gold mine", "Sotk", "mine"),
    ("mount Ishkhanasar", "Ishkhanasar", "mountain"),
    ("Զոդի լեռնանցք", "Զոդի", "pass"),
    ("village of Sotk", "Sotk", "village"),
    ("Zəylik kəndi", "Zəylik", "village"),
    ("г. Горис", "Горис", "town"),
    ("Սոթք գյուղ", "Սոթք", "village"),
    ("Vorotan River", "Vorotan", "river"),
]


@pytest.mark.parametrize(("text", "name", "kind"), SPLIT)
def test_the_word_for_a_kind_is_split_off(text: str, name: str, kind: str) -> None:
    named = without_kind(text)
    assert named is not None
    assert named.name == name
    assert kind in named.kinds


@pytest.mark.parametrize("text", ["Sevan", "Lake", "district", "Verin Shorzha", "", "of the lake", "Lakeside"])
def test_a_name_without_such_a_word_is_left_alone(text: str) -> None:
    assert without_kind(text) is None
