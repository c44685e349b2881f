"""The score of an answer is a promise: of those above 0.9 at least 95 of 100 are right, and none promises too much.

Names are sampled from the world's index and corrupted by benchmarks/corruption.py; each place and each of its names is
as likely as any other, so that villages count as much as capitals.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from geographiclib.geodesic import Geodesic

from geomap.gazetteer import Gazetteer
from geomap.types import Match, Place

pytestmark = pytest.mark.slow
SAMPLED = 10_000
WITHIN_M = 5_000
FEWEST = 100
"""Answers that a bin needs for its share to say something: with 100, chance alone moves it by 3 points or so."""


class Answer(NamedTuple):
    kind: str
    match: Match
    right: bool


def is_right(match: Match, meant: Place) -> bool:
    place = match.place
    if place is None or place.id == meant.id:
        return place is not None
    return Geodesic.WGS84.Inverse(place.lat, place.lon, meant.lat, meant.lon)["s12"] <= WITHIN_M


def asked(world: Gazetteer, corruption: ModuleType) -> list[Any]:
    settled = (place for place in world.places if place.kind in {"town", "village"} and place.country)
    return corruption.asked(settled, SAMPLED, seed=1984)


@pytest.fixture(scope="module")
def scoped(world: Gazetteer, corruption: ModuleType) -> list[Answer]:
    """Ask each corrupted name with the country of its place."""
    by_country: dict[str | None, list[Any]] = defaultdict(list)
    for each in asked(world, corruption):
        by_country[each.place.country].append(each)
    return [
        Answer(each.written.kind, match, is_right(match, each.place))
        for country, group in by_country.items()
        for each, match in zip(group, world.match_all([each.written.text for each in group], country), strict=True)
    ]


@pytest.fixture(scope="module")
def unscoped(world: Gazetteer, corruption: ModuleType) -> list[Answer]:
    """Ask each corrupted name without a country."""
    found = asked(world, corruption)
    matches = world.match_all([each.written.text for each in found])
    return [
        Answer(each.written.kind, match, is_right(match, each.place))
        for each, match in zip(found, matches, strict=True)
    ]


@pytest.fixture(params=["scoped", "unscoped"])
def placed(request: pytest.FixtureRequest) -> list[Answer]:
    return [answer for answer in request.getfixturevalue(request.param) if answer.match.status == "placed"]


def test_of_answers_above_nine_tenths_95_of_100_are_right(placed: list[Answer]) -> None:
    sure = [answer for answer in placed if answer.match.score > 0.9]
    assert len(sure) > SAMPLED / 4
    assert sum(answer.right for answer in sure) >= 0.95 * len(sure)


def test_no_score_promises_more_than_was_right(placed: list[Answer]) -> None:
    bins: dict[float, list[bool]] = defaultdict(list)
    for answer in placed:
        bins[math.floor(answer.match.score * 20 + 1e-9) / 20].append(answer.right)
    told = {edge: (len(right), round(sum(right) / len(right), 3)) for edge, right in sorted(bins.items())}
    assert all(share >= edge - 0.03 for edge, (count, share) in told.items() if count >= FEWEST), told


def test_no_answer_is_given_below_the_bar(placed: list[Answer]) -> None:
    assert min(answer.match.score for answer in placed) >= 0.8


def test_hardly_any_corrupted_name_is_placed_wrongly(scoped: list[Answer], unscoped: list[Answer]) -> None:
    for answers in (scoped, unscoped):
        wrong = Counter(answer.kind for answer in answers if answer.match.place and not answer.right)
        assert wrong.total() <= 0.02 * len(answers), wrong


def test_misspelt_names_are_placed_only_within_a_country(scoped: list[Answer], unscoped: list[Answer]) -> None:
    assert any(answer.match.method == "fuzzy" for answer in scoped)
    assert not any(answer.match.method == "fuzzy" for answer in unscoped)


@pytest.mark.parametrize(
    ("kind", "least"),
    [("as written", 0.99), ("other case", 0.9), ("no marks", 0.9), ("punctuation", 0.85), ("kind word", 0.9),
     ("transliteration", 0.6), ("one error", 0.35)],
)  # fmt: skip
def test_each_kind_of_corruption_is_mostly_seen_through(scoped: list[Answer], kind: str, least: float) -> None:
    meant = [answer for answer in scoped if answer.kind == kind]
    found = [answer for answer in meant if answer.right or answer.match.status == "ambiguous"]
    assert len(found) >= least * len(meant) > 0


def test_the_script_corrupts_the_same_names_alike_in_every_run(world: Gazetteer, corruption: ModuleType) -> None:
    places = [place for _, place in zip(range(500), world.places, strict=False)]
    first, again = (corruption.asked(places, 200, seed=3) for _ in range(2))
    assert first == again
    assert [each.written for each in first] != [each.written for each in corruption.asked(places, 200, seed=4)]
    changed = [each for each in first if each.written.kind != corruption.AS_WRITTEN]
    assert all(each.written.text != each.name for each in changed)
    assert {each.written.kind for each in changed} >= {"one error", "other case", "kind word", "transliteration"}
