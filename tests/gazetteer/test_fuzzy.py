"""Typing errors are found within a country, never in silence, and never decide between two places or two sides."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.fuzzy import respellings, sought
from geomap.gazetteer.store import Store
from geomap.types import Name, Place

LETTERS = "abdefgiklmnoprstvx"
"""Letters that are no part of a sound with rival spellings: a name of them, none doubled, is its own key."""


def undoubled(name: str) -> str:
    return "".join(letter for letter, before in zip(name, f" {name}", strict=False) if letter != before)


KEYS = st.text(LETTERS, min_size=8, max_size=16).map(undoubled).filter(lambda key: len(key) >= 8)


def place(number: int, name: str, country: str | None = "AM", *others: str) -> Place:
    """Return a village, each 85 km east of the one before."""
    names = tuple(Name(other, "", "other") for other in others)
    return Place(f"t:{number}", name, country, None, "village", 40.0 + number, 40.0, 1.0, population=500, names=names)


def gazetteer(*names: str, country: str | None = "AM") -> Gazetteer:
    return Gazetteer([place(number, name, country) for number, name in enumerate(names)])


def edits(one: str, other: str) -> int:
    """Return the optimal string alignment distance by its recurrence (Damerau 1964): the oracle."""
    rows = [[i + j if 0 in {i, j} else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, left in enumerate(one, 1):
        for j, right in enumerate(other, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def keys_of(names: Iterable[str]) -> Store:
    return Store.of(place(number, name) for number, name in enumerate(names))


@given(st.lists(KEYS, min_size=1, max_size=20), KEYS)
def test_what_is_found_is_filed_and_as_near_as_it_says(names: list[str], written: str) -> None:
    for hit in respellings(written, keys_of(names)):
        assert hit.key in names
        assert 0 < hit.edits == edits(written, hit.key) <= sought(written)


@given(KEYS, st.data())
def test_every_single_error_is_found(key: str, data: st.DataObject) -> None:
    store = keys_of([key])
    at, letter = data.draw(st.integers(0, len(key) - 2)), data.draw(st.sampled_from(LETTERS))
    for written in (
        key[:at] + key[at + 1 :],
        key[:at] + letter + key[at:],
        key[:at] + letter + key[at + 1 :],
        key[:at] + key[at + 1] + key[at] + key[at + 2 :],
    ):
        if written != key and sought(written):
            assert respellings(written, store) == [(key, 1)]


def test_the_edits_allowed_grow_with_the_length_and_short_names_have_none() -> None:
    found = [sought("x" * length) for length in range(30)]
    assert found == sorted(found)
    assert found[:5] == [0] * 5
    assert found[-1] == 2


def test_respellings_come_nearest_first() -> None:
    store = keys_of(["vardablurnadarin", "vardablurnadarinat", "vardablurnadorin"])
    found = respellings("vardablurnadari", store)
    assert [hit.edits for hit in found] == sorted(hit.edits for hit in found)
    assert found[0] == ("vardablurnadarin", 1)


def test_a_misspelt_name_is_placed_within_a_country_and_says_so() -> None:
    match = gazetteer("Vardablurnat").match("Vardablornat", "AM")
    assert match.status == "placed"
    assert match.place
    assert match.place.name == "Vardablurnat"
    assert match.method == "fuzzy"
    assert "1 letter differs" in match.why
    assert match.score < 0.95


def test_without_a_country_it_is_only_suggested() -> None:
    match = gazetteer("Vardablurnat").match("Vardablornat")
    assert (match.status, match.place, match.method) == ("unknown", None, "none")
    assert [rival.name for rival in match.rivals] == ["Vardablurnat"]
    assert "1 letter differs" in match.why


def test_a_place_of_another_country_is_neither_meant_nor_suggested() -> None:
    match = gazetteer("Vardablurnat", country="AZ").match("Vardablornat", "AM")
    assert (match.status, match.place, match.rivals) == ("unknown", None, ())


def test_another_first_letter_is_only_suggested() -> None:
    match = gazetteer("Vardablurnat").match("Mardablurnat", "AM")
    assert (match.status, match.place) == ("unknown", None)
    assert [rival.name for rival in match.rivals] == ["Vardablurnat"]


def test_two_places_equally_near_are_only_suggested() -> None:
    match = gazetteer("Vardablurnat", "Vardablarnat").match("Vardablornat", "AM")
    assert (match.status, match.place) == ("unknown", None)
    assert {rival.name for rival in match.rivals} == {"Vardablurnat", "Vardablarnat"}


def test_two_bearers_of_the_nearest_name_are_only_suggested_whatever_their_side_and_size() -> None:
    near, far = place(1, "Vardablurnat", "AM"), place(2, "Vardablurnat", "AZ")
    match = Gazetteer([near, far]).match(
        "Vardablornat", ("AM", "AZ"), side_of=lambda lon, _: "AM" if lon < 41.5 else "AZ"
    )
    assert (match.status, match.place) == ("unknown", None)
    assert {rival.id for rival in match.rivals} == {"t:1", "t:2"}


def test_a_name_that_is_borne_is_never_taken_for_a_misspelt_one() -> None:
    match = gazetteer("Vardablurnat", "Vardablornat").match("Vardablornat", "AM")
    assert match.place
    assert (match.place.name, match.method) == ("Vardablornat", "exact")


def test_one_error_goes_before_two() -> None:
    match = gazetteer("Vardablurnatavan", "Vardablornetevan").match("Vardablornatavan", "AM")
    assert match.place
    assert match.place.name == "Vardablurnatavan"


@pytest.mark.parametrize("name", ["Sotl", "Tegg", "Kot", "Ut", "Xy"])
def test_short_names_are_never_mended(name: str) -> None:
    match = gazetteer("Sotk", "Tegh", "Kut").match(name, "AM")
    assert match.method != "fuzzy"


def test_other_scripts_are_mended_too() -> None:
    match = Gazetteer([place(1, "Kalbajarstan", "AZ", "Кельбаджарстан")]).match("Кельбаджорстан", "AZ")
    assert match.place
    assert (match.place.id, match.method) == ("t:1", "fuzzy")
