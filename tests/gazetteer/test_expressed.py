"""Words around a name, through Gazetteer.match: relation, position, radius and ends; what is unclear stays so."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

from geomap.gazetteer import Gazetteer
from geomap.types import Place

SIDES = ("AM", "AZ")
SOTK, GORIS, KUT, VARDENIS = "gn:616041", "gn:174895", "gn:616507", "gn:616108"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


@pytest.mark.parametrize(
    ("text", "relation", "radius"),
    [
        ("near Sotk", "near", 5.0),
        ("positions facing Sotk", "direction_of", None),
        ("in the direction of Sotk", "direction_of", None),
        ("from the direction of Zod", "from_direction_of", None),
        ("Սոթքի ուղղությամբ", "direction_of", None),
        ("в направлении Сотка", "direction_of", None),
        ("Zod istiqamətində", "direction_of", None),
        ("in Sotk", "within", 1.0),
    ],
)
def test_the_relation_is_told_and_the_place_is_only_the_reference(
    gazetteer: Gazetteer, text: str, relation: str, radius: float | None
) -> None:
    match = gazetteer.match(text, SIDES)
    assert match.place, match.why
    assert (match.place.id, match.relation, match.position, match.radius_km) == (SOTK, relation, None, radius)
    assert (match.query, match.status, match.ends) == (text, "placed", ())
    assert match.score == gazetteer.match("Zod" if "Zod" in text else "Sotk", SIDES).score or "form" in match.why


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [("5 km east of Goris", 5, 90), ("10 km north-west of Goris", 10, 315), ("в 3 км южнее Гориса", 3, 180)],
)
def test_an_offset_has_a_position_of_its_own(gazetteer: Gazetteer, text: str, km: float, bearing: float) -> None:
    match = gazetteer.match(text, SIDES)
    assert match.place
    assert match.position
    assert match.radius_km
    there = Geodesic.WGS84.Inverse(match.place.lat, match.place.lon, match.position.lat, match.position.lon)
    assert there["s12"] == pytest.approx(1000 * km, abs=5)
    assert there["azi1"] % 360 == pytest.approx(bearing, abs=0.1)
    assert 1.0 <= match.radius_km < km + 2.0 * match.place.radius_km


@pytest.mark.parametrize("text", ["Sotk to Goris", "between Sotk and Goris", "from Sotk to Goris", "Sotk-Goris road"])
def test_a_stretch_has_two_ends_and_no_place(gazetteer: Gazetteer, text: str) -> None:
    match = gazetteer.match(text, SIDES)
    assert (match.status, match.place, match.position, match.radius_km) == ("stretch", None, None, None)
    assert [end.id for end in match.ends] == [SOTK, GORIS]
    assert "no single position" in match.why


def test_the_other_end_is_the_context_of_an_ambiguous_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("Vardenis", SIDES).status == "ambiguous"
    match = gazetteer.match("between Sotk and Vardenis", SIDES)
    assert [end.id for end in match.ends] == [SOTK, VARDENIS], match.why


@pytest.mark.parametrize("text", ["near Istisu", "5 km east of Istisu", "Istisu to Goris", "between Goris and Istisu"])
def test_an_ambiguous_name_is_ambiguous_in_every_phrase(gazetteer: Gazetteer, text: str) -> None:
    match = gazetteer.match(text, SIDES)
    assert (match.status, match.place, match.position, match.ends) == ("ambiguous", None, None, ())
    assert {"gn:147969", "gn:174884"} <= {rival.id for rival in match.rivals}
    assert "Istisu" in match.why


@pytest.mark.parametrize(
    "text", ["near Atlantis", "5 km east of Krashen", "near Sotkbad", "Sotk to Krashen", "near", "to"]
)
def test_an_unknown_name_is_unknown_in_every_phrase(gazetteer: Gazetteer, text: str) -> None:
    match = gazetteer.match(text, SIDES)
    assert (match.status, match.place, match.position, match.ends) == ("unknown", None, None, ())


def test_names_in_phrases_are_never_read_as_misspelt(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("Charentsavon", "AM").method == "fuzzy"
    assert gazetteer.match("near Charentsavon", "AM").place is None


def towns(*names: str, apart: float = 1.0) -> Gazetteer:
    return Gazetteer(
        [Place(f"t:{at}", name, "AM", None, "village", 40.0 + apart * at, 40.0, 1.0) for at, name in enumerate(names)]
    )


def test_a_hyphen_between_far_places_is_part_of_one_name() -> None:
    assert towns("Alpha", "Beta").match("Alpha-Beta").status == "stretch"
    assert towns("Alpha", "Beta", apart=4.0).match("Alpha-Beta").status == "unknown"
    assert towns("Alpha", "Beta", apart=4.0).match("from Alpha to Beta").status == "stretch", "words say so"


def test_a_place_that_bears_the_whole_goes_before_its_halves() -> None:
    match = towns("Alpha", "Beta", "Alpha-Beta").match("Alpha-Beta")
    assert match.place
    assert match.place.id == "t:2"


@pytest.mark.parametrize(
    "text", ["Alpha and Beta", "Alpha, Beta", "villages of Alpha and Beta", "Alpha; Beta", "Alpha/Beta"]
)
def test_a_list_of_places_is_not_one_of_them(text: str) -> None:
    match = towns("Alpha", "Beta").match(text)
    assert (match.place, match.ends) == (None, ())


@pytest.mark.parametrize("text", ["March", "US", "Of", "EU", "Monday", "Coalition Forces", "Target"])
def test_a_word_that_names_no_place_says_so_and_names_the_place_that_bears_it(text: str) -> None:
    match = towns(text).match(text, "AM")
    assert (match.status, match.place) == ("unknown", None)
    assert "names no place" in match.why
    assert [rival.id for rival in match.rivals] == ["t:0"]
