"""A person called like a small place hides no place: only the names that mean the person are left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[tuple[str, str]]]
PERSON = "Sergei Goris spoke in Sotk. "


@pytest.mark.parametrize(
    "text",
    ["Goris was hit.", "Shelling hit Goris.", "Goris, Sotk and Kapan were quiet.", "He said Goris was shelled.",
     "Goris is calm.", "They met in Goris.", "Goris has been shelled."],
)  # fmt: skip
def test_a_place_of_a_person_s_name_is_still_found(told: Told, text: str) -> None:
    assert ("Goris", "goris") in told(PERSON + text)


@pytest.mark.parametrize(
    "text",
    ["Goris said no.", "Goris later added that all was calm.", "Goris was born there.", "They told Goris to wait.",
     "According to Goris, it is calm.", '"No," said Goris.', "Goris, who left, is calm.", "Mr Goris left."],
)  # fmt: skip
def test_a_bare_name_that_means_the_person_is_left_out(told: Told, text: str) -> None:
    assert told(PERSON + text) == [("Sotk", "sotk")]
    assert told(f"{PERSON}{text} They came to Goris.")[1:] == [("Goris", "goris")], "found where a sign speaks for it"


def test_without_the_person_a_town_may_speak(told: Told) -> None:
    assert told("Goris said no.") == [("Goris", "goris")]


def test_a_headline_that_names_the_person_names_no_place(told: Told) -> None:
    text = "Sergei Goris Resigns\n\nSergei Goris resigned today. He was born in Goris."
    assert told(text) == [("Goris", "goris")]
    text = "Overnight Shelling Reported Near Sotk, Shells Hit Goris\n\nGoris was quiet by noon."
    assert told(text) == [("Sotk", "sotk"), ("Goris", "goris"), ("Goris", "goris")]


def test_the_person_in_russian(told: Told) -> None:
    assert told("Сергей Горис выступил. Горис заявил, что всё спокойно. В Горисе тихо.") == [("Горисе", "goris")]


@pytest.mark.parametrize("unseen", ["\ufe0f", "\ufe0e", "\u034f", "\u3164", "\u200b", "\u180e", "\U000e0100", "\u2060"])
def test_characters_that_are_not_seen_hide_no_name_and_end_none(told: Told, unseen: str) -> None:
    assert told(f"near {unseen}Goris{unseen} today, Sotk{unseen}") == [("Goris", "goris"), ("Sotk", "sotk")]
    assert told(f"Go{unseen}ris") == [(f"Go{unseen}ris", "goris")]
    assert told(f"Lake{unseen} Sevan") == [(f"Lake{unseen} Sevan", "lake-sevan")]
