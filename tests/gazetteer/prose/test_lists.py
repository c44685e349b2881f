"""A list of names shares its word for a kind, and only a list does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[tuple[str, str]]]
LACHIN, KALBAJAR = "AZ-LAC", "AZ-KAL"

SHARED = [
    ("Lachin and Kalbajar districts", [("Lachin", LACHIN), ("Kalbajar districts", KALBAJAR)]),
    ("the Lachin & Kalbajar regions", [("Lachin", LACHIN), ("Kalbajar regions", KALBAJAR)]),
    ("Goris, Lachin, and Kalbajar districts", [("Goris", "-"), ("Lachin", LACHIN), ("Kalbajar districts", KALBAJAR)]),
    ("in Lachin, Kalbajar and other districts", [("Lachin", LACHIN), ("Kalbajar", KALBAJAR)]),
    ("the districts of Lachin and Kalbajar", [("districts of Lachin", LACHIN), ("Kalbajar", KALBAJAR)]),
    ("the villages of Sotk and Kut", [("villages of Sotk", "sotk"), ("Kut", "kut")]),
    ("near villages Sotk, Zod and Kut", [("villages Sotk", "sotk"), ("Zod", "sotk"), ("Kut", "kut")]),
    ("Syunik, Gegharkunik and Aragatsotn provinces",
     [("Syunik", "AM-SU"), ("Gegharkunik", "AM-GR"), ("Aragatsotn provinces", "AM-AG")]),
    ("Lakes Sevan and Ararat", [("Lakes Sevan", "lake-sevan"), ("Ararat", "-")]),
    ("Laçın və Kəlbəcər rayonlarında", [("Laçın", LACHIN), ("Kəlbəcər rayonlarında", KALBAJAR)]),
    ("Լաչինի և Գորիսի շրջաններում", [("Լաչինի", LACHIN), ("Գորիսի շրջաններում", "-")]),
    ("Лачинский и Кельбаджарский районы", [("Лачинский", LACHIN), ("Кельбаджарский районы", KALBAJAR)]),
    ("Горисский и Капанский районы", []),
    ("в сёлах Сотк и Горис", [("сёлах Сотк", "sotk"), ("Горис", "goris")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHARED)
def test_the_word_for_a_kind_reaches_every_name_of_a_list(
    told: Told, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text) == expected


OWN = [
    ("Goris and Lachin district", [("Goris", "goris"), ("Lachin district", LACHIN)]),
    ("Sotk and the Lachin district", [("Sotk", "sotk"), ("Lachin district", LACHIN)]),
    ("Goris, and Lachin and Kalbajar districts",
     [("Goris", "goris"), ("Lachin", LACHIN), ("Kalbajar districts", KALBAJAR)]),
    ("Armenia, Lachin and Kalbajar districts",
     [("Armenia", "AM"), ("Lachin", LACHIN), ("Kalbajar districts", KALBAJAR)]),
    ("In March, Lachin and Kalbajar districts", [("Lachin", LACHIN), ("Kalbajar districts", KALBAJAR)]),
    ("the Lachin district, Goris and Sotk", [("Lachin district", LACHIN), ("Goris", "goris"), ("Sotk", "sotk")]),
    ("Villages of Syunik and Gegharkunik burned", [("Syunik", "AM-SU"), ("Gegharkunik", "AM-GR")]),
    ("the villages of Sotk and the town of Goris", [("villages of Sotk", "sotk"), ("town of Goris", "goris")]),
    ("Goris, Kapan. Districts are quiet", [("Goris", "goris"), ("Kapan", "kapan")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_a_name_outside_a_list_keeps_its_own_meaning(told: Told, text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_a_province_after_a_comma_in_a_list_says_nothing_of_the_one_before_it(told: Told) -> None:
    text = "in Syunik, Aragatsotn, Gegharkunik and Kharkiv provinces"
    assert [place for _, place in told(text)] == ["AM-SU", "AM-AG", "AM-GR", "UA-63"]
