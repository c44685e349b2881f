"""Names of the world by another of their spellings: right, or left open with the true place among the candidates.

An answer is right when it is the place that was sampled, or lies within 5 km of it (GeoNames has many places twice).
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pytest
from geographiclib.geodesic import Geodesic

from geomap.gazetteer import Gazetteer
from geomap.types import Match, Place

pytestmark = pytest.mark.slow
WITHIN_M = 5_000
SAMPLED = 2_000


class Asked(NamedTuple):
    """A place of the index, its second alternate name, and the answer to it."""

    place: Place
    name: str
    match: Match


def meets(place: Place | None, meant: Place) -> bool:
    if place is None:
        return False
    metres = Geodesic.WGS84.Inverse(place.lat, place.lon, meant.lat, meant.lon)["s12"]
    return place.id == meant.id or metres <= WITHIN_M


def outcome(asked: Asked) -> str:
    """Return right, wrong, or why there is no answer; open without the true place is "lost"."""
    place, _, match = asked
    if match.status == "placed":
        return "right" if meets(match.place, place) else "wrong"
    if match.status == "ambiguous" and not any(meets(rival, place) for rival in match.rivals):
        return "lost"
    return match.status


def plain(name: str) -> str:
    """Return a name without case and marks, by Unicode alone: not the folding under test."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(part for part in parts if part.isalnum())


@pytest.fixture(scope="module")
def sample(world: Gazetteer) -> list[Place]:
    settled = [place for place in world.places if place.source.startswith("GeoNames ") and len(place.names) >= 2]
    settled = [place for place in settled if place.kind in {"town", "village"} and place.country]
    return random.Random(2022).sample(settled, SAMPLED)  # noqa: S311


def ask(sample: Iterable[Place], answer: Callable[[str, Place], Match]) -> list[Asked]:
    named = [(place, place.names[1].text) for place in sample]
    return [Asked(place, name, answer(name, place)) for place, name in named]


@pytest.fixture(scope="module")
def scoped(world: Gazetteer, sample: list[Place]) -> list[Asked]:
    return ask(sample, lambda name, place: world.match(name, place.country))


def shares(found: Sequence[Asked]) -> Counter[str]:
    return Counter(map(outcome, found))


def open_for(found: Iterable[Asked], *outcomes: str) -> list[tuple[str, str, str]]:
    return [(each.name, each.place.id, each.match.why) for each in found if outcome(each) in outcomes]


def test_with_a_country_97_of_100_answers_are_right_and_one_in_100_names_is_wrong_at_most(scoped: list[Asked]) -> None:
    counts = shares(scoped)
    assert counts["right"] >= 0.97 * (counts["right"] + counts["wrong"]), counts
    assert counts["wrong"] <= 0.01 * SAMPLED, (counts, open_for(scoped, "wrong"))


def test_a_name_left_open_lists_the_true_place(scoped: list[Asked]) -> None:
    assert not open_for(scoped, "lost")


def test_names_of_one_place_alone_in_their_country_are_found(world: Gazetteer, scoped: list[Asked]) -> None:
    bearers: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for place in world.places:
        for name in {plain(text) for text in (place.name, *(name.text for name in place.names))}:
            bearers[place.country, name].append(place)
    alone = [
        each for each in scoped if all(meets(o, each.place) for o in bearers[each.place.country, plain(each.name)])
    ]
    counts = shares(alone)
    assert len(alone) > 0.7 * SAMPLED
    assert counts["right"] >= 0.97 * len(alone), (counts, open_for(alone, "wrong", "unknown"))


def test_the_first_level_unit_tells_most_namesakes_apart(world: Gazetteer, sample: list[Place]) -> None:
    placed = [place for place in sample if place.admin1]
    counts = shares(ask(placed, lambda name, place: world.match(name, place.country, admin1=place.admin1)))
    assert len(placed) > 0.9 * SAMPLED
    assert counts["right"] >= 0.93 * len(placed), counts
    assert counts["wrong"] <= 0.01 * len(placed), counts


def test_without_a_country_names_are_right_or_open_and_hardly_ever_wrong(world: Gazetteer, sample: list[Place]) -> None:
    found = ask(sample, lambda name, _: world.match(name))
    counts = shares(found)
    assert counts["right"] + counts["ambiguous"] >= 0.97 * SAMPLED, (counts, open_for(found, "unknown", "lost"))
    assert counts["wrong"] < 0.01 * SAMPLED, (counts, open_for(found, "wrong"))


JUNK = """
    Coalition Forces | City | Target | December | Spokesperson | Unknown | N/A | - | 12 | Attack | Airstrike
    Checkpoint | Military base | Border | The border | Capital | North | South | East | West | Multiple
    Multiple locations | Various | Several locations | Civilian | Civilians | Soldiers | Troops | Police | Army
    Government | Ministry of Defence | Headquarters | Hospital | School | Market | Airport | Bridge | Road | Highway
    Main road | River | Lake | Mountain | Village | Town | District | Province | Region | Country | Area | Zone
    Location | Place | Street | House | Office | Residential building | Prison | January | February | March | April
    May | June | July | August | September | October | November | Monday | Tuesday | Wednesday | Thursday | Friday
    Saturday | Sunday | Today | Yesterday | Night | Morning | NATO | EU | UN | CSTO | OSCE | ISIS | Taliban | Hamas
    Hezbollah | Boko Haram | Al-Qaeda | PKK | Red Cross | Reuters | AFP | BBC | Twitter | Facebook | Telegram | None
    null | nan | NaN | NA | n.a. | not applicable | Not stated | Not specified | unspecified | undisclosed | TBD | TBC
    to be confirmed | ? | ??? | ... | . | , | ; | * | # | #REF! | #N/A | 0 | 00 | 42 | 2022 | 2022-09-13 | 13.09.2022
    13/09/2022 | 00:05 | 100 km | 39.84, 45.67 | Total | Sum | Count | Yes | No | True | False | Other | Others | Misc
    Missing | Blank | Empty | unknown location | unknown place | location unknown | No location | everywhere | nowhere
    here | there | Spokesman | President | Minister | General | Colonel | Commander | Kremlin spokesperson | Reporter
    Source | Sources | Local sources | Officials | Witness | Rebels | Militants | Insurgents | Gunmen | Protesters
    Demonstrators | Students | Drone | Missile | Rocket | Artillery | Tank | Shelling | Clash | Clashes | Ceasefire
    Explosion | Bomb | IED | Landmine | Killed | Wounded | Injured | Dead | Casualties | неизвестно | нет данных | н/д
    не указано | декабрь | понедельник | граница | անհայտ | դեկտեմբեր | սահման | naməlum | sərhəd | dekabr | غير معروف
    نامعلوم | مجهول | უცნობი | 🙂 | 💥 | \x00 | \u202e\u202c | \u00a0 | Farmers
"""


@pytest.mark.parametrize("country", [None, ("AM", "AZ"), "US", "FR", "RU", "TR", "IR", "UA", "IN", "SY"])
def test_junk_is_never_placed(world: Gazetteer, country: str | tuple[str, ...] | None) -> None:
    junk = [text.strip(" ") for line in JUNK.strip("\n").split("\n") for text in line.split("|")]
    assert len(set(junk)) > 180
    answers = world.match_all([*junk, "", " ", "x" * 10_000], country)
    assert not [(match.query, match.why) for match in answers if match.status in {"placed", "stretch"}]
