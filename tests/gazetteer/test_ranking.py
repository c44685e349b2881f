"""The rules that choose among namesakes, on places made up for each rule; no answer depends on the order of filing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.ranking import BAR
from geomap.types import Match, Name, Place


def place(at: str, name: str = "Kent", lon: float = 45.0, lat: float = 40.0, **more: Any) -> Place:
    """Return a village of Armenia, unless told otherwise."""
    plain = {"country": "AM", "admin1": None, "kind": "village", "radius_km": 1.0}
    return Place(at, name, lon=lon, lat=lat, **{**plain, **more})


def also(name: str, kind: str = "other") -> tuple[Name, ...]:
    return (Name(name, "", kind),)


def ask(*places: Place, **context: Any) -> Match:
    return Gazetteer(places).match("Kent", **context)


def placed(*places: Place, **context: Any) -> str | None:
    """Return the id of the place that "Kent" means, or None where that is left open."""
    found = ask(*places, **context).place
    return found and found.id


def east_is_az(lon: float, _: float) -> str:
    return "AZ" if lon > 45.5 else "AM"


# ---------------------------------------------------------------- sides and countries


@pytest.mark.parametrize(
    "more",
    [{}, {"population": 9_000_000}, {"name": "Other", "names": also("Kent")},
     {"name": "Other", "names": also("Kent", "historic")}],
)  # fmt: skip
@pytest.mark.parametrize("near", [None, (45.0, 40.0)])
def test_nothing_decides_between_two_sides(more: dict[str, Any], near: tuple[float, float] | None) -> None:
    match = ask(place("a", population=100), place("b", lon=46.0, **more), near=near, side_of=east_is_az)
    assert (match.status, match.place) == ("ambiguous", None)
    assert {rival.id for rival in match.rivals} == {"a", "b"}
    assert "side" in match.why


def test_the_sides_count_and_not_the_countries_that_the_gazetteer_gives() -> None:
    held = place("b", lon=46.0, country="AM")
    assert placed(place("a", population=100), held, side_of=east_is_az) is None


def test_a_place_across_the_line_is_on_no_other_side() -> None:
    def side(lon: float, _: float) -> str:
        return "straddles" if lon > 45.5 else "AM"

    mine = place("b", "Kent mine", lon=46.0, kind="mine", country=None)
    assert placed(place("a"), mine, side_of=side) == "a"
    borne = place("b", "Other", lon=46.0, country="AZ", names=also("Kent"))
    assert placed(place("a"), borne, side_of=side) == "a"


@pytest.mark.parametrize("answer", ["outside", "uncertain", "enclave(X)", "no_line_for_date", None])
def test_where_the_line_cannot_tell_the_countries_do(answer: str | None) -> None:
    borne = place("b", "Other", country="AZ", names=also("Kent"))
    assert placed(place("a"), borne, side_of=lambda *_: answer) is None
    assert placed(place("a"), borne._replace(country="AM"), side_of=lambda *_: answer) == "a"


def test_an_official_name_yields_to_another_country() -> None:
    match = ask(place("a"), place("b", "Other", country="AZ", names=also("Kent")))
    assert match.status == "ambiguous"
    assert "different countries" in match.why


def test_only_without_a_line_a_metropolis_is_meant_whatever_the_country() -> None:
    city, village = place("a", population=2_000_000, kind="town"), place("b", lon=46.0, country="AZ", population=900)
    assert placed(city, village) == "a"
    assert placed(city, village, side_of=east_is_az) is None


# ---------------------------------------------------------------- official names, people, context


@pytest.mark.parametrize("kind", ["other", "russian", "variant", "historic"])
def test_an_official_name_goes_before_every_other_name(kind: str) -> None:
    assert placed(place("b", "Other", lon=46.0, names=also("Kent", kind)), place("a")) == "a"


def test_a_name_in_the_official_script_is_official() -> None:
    own = place("a", "Qent", names=also("Kent", "own"))
    assert placed(place("b", "Other", lon=46.0, names=also("Kent")), own) == "a"


@pytest.mark.parametrize(("people", "expected"), [(99, "a"), (100, "a"), (101, None)])
def test_an_official_name_yields_to_a_larger_place_that_bears_it_too(people: int, expected: str | None) -> None:
    larger = place("b", "Other", lon=46.0, names=also("Kent"), population=people)
    assert placed(place("a", population=100), larger) == expected


def test_a_village_of_unknown_size_is_not_taken_for_the_larger() -> None:
    assert placed(place("a"), place("b", "Other", lon=46.0, names=also("Kent"), population=5)) is None


@pytest.mark.parametrize(("people", "expected"), [(50_000, "a"), (49_999, None)])
def test_only_a_large_town_outweighs_its_namesakes(people: int, expected: str | None) -> None:
    assert placed(place("a", population=people), place("b", lon=46.0, population=200)) == expected


def test_a_metropolis_is_not_meant_by_its_second_name() -> None:
    city = place("a", "Other", names=also("Kent"), population=5_000_000)
    village = place("b", "Another", lon=46.0, names=also("Kent"), population=900)
    assert placed(city, village) is None


@pytest.mark.parametrize(
    ("near", "expected"),
    [((45.01, 40.0), "a"), ((46.0, 40.0), "b"), ((45.5, 40.0), None), ((40.0, 40.0), None),
     ([(45.0, 40.0), (46.0, 40.0)], None), ([(45.0, 40.0), (45.1, 40.0)], "a"), ([], None)],
)  # fmt: skip
def test_a_context_decides_only_where_it_is_clear(near: Any, expected: str | None) -> None:
    assert placed(place("a"), place("b", lon=46.0), near=near) == expected


@pytest.mark.parametrize(("lon", "expected"), [(45.41, None), (45.43, None), (45.45, "a"), (45.6, "a")])
def test_the_next_namesake_must_be_four_times_as_far(lon: float, expected: str | None) -> None:
    # a degree of longitude is 85.2 km: the first lies 7.5 km from the context, and 4 x 7.5 km is 0.352 degrees
    assert placed(place("a"), place("b", lon=lon), near=(45.088, 40.0)) == expected


def test_a_namesake_a_day_away_is_no_context() -> None:
    assert placed(place("a"), place("b", lon=49.0), near=(45.29, 40.0)) == "a"
    assert placed(place("a"), place("b", lon=49.0), near=(45.30, 40.0)) is None


# ---------------------------------------------------------------- what the row says

UNIT = place("u", "Nor Marz", lon=45.0, kind="province", radius_km=30.0, names=also("Նոր մարզ", "own"))


@pytest.mark.parametrize("row", ["Nor Marz", "NOR MARZ", "Նոր մարզ", "Nor"])
def test_the_first_level_unit_of_the_row_narrows(row: str) -> None:
    two = (place("a", admin1="Nor Marz"), place("b", lon=46.0, admin1="Hin Marz"), UNIT)
    match = ask(*two, admin1=row)
    assert match.place
    assert match.place.id == "a"
    assert f"in {row}, as the row says" in match.why


def test_a_unit_that_contradicts_leaves_the_name_open_and_says_so() -> None:
    match = ask(place("a", admin1="Hin Marz"), UNIT, admin1="Nor Marz")
    assert (match.status, match.place) == ("ambiguous", None)
    assert [rival.id for rival in match.rivals] == ["a"]
    assert "Nor Marz" in match.why
    several = ask(place("a", admin1="Hin Marz"), place("b", lon=46.0, admin1="Hin Marz"), UNIT, admin1="Nor Marz")
    assert several.status == "ambiguous"
    assert "but the row says Nor Marz" in several.why


def test_a_unit_that_nobody_knows_says_nothing() -> None:
    assert placed(place("a", admin1="Hin Marz"), UNIT, admin1="Atlantis") == "a"
    assert placed(place("a", admin1="Hin Marz"), UNIT, admin1="") == "a"
    assert placed(place("a"), UNIT, admin1="Nor Marz") == "a", "a place without a unit cannot contradict"


def test_a_country_narrows_and_is_never_widened() -> None:
    two = (place("a"), place("b", lon=46.0, country="AZ"))
    assert placed(*two, country="AZ") == "b"
    assert placed(*two, country=["AM"]) == "a"
    assert placed(*two, country=["AM", "AZ"]) is None
    assert ask(*two, country="GE") == Match("Kent", None, 0.0, "none", ask(country="GE").why, "unknown")


# ---------------------------------------------------------------- kinds


def area(at: str, kind: str, lon: float = 45.0, radius_km: float = 30.0, **more: Any) -> Place:
    return place(at, f"Kent {kind}", lon, kind=kind, radius_km=radius_km, **more)


@pytest.mark.parametrize("kind", ["lake", "mountain", "mine", "road", "post", "pass"])
def test_a_bare_name_never_means_nature_or_works_where_a_settlement_bears_it(kind: str) -> None:
    both = (place("a"), place("n", f"Kent {kind}", lon=46.0, kind=kind))
    assert placed(*both) == "a"
    match = Gazetteer(both).match(f"Kent {kind}")
    assert match.place
    assert match.place.id == "n"


@pytest.mark.parametrize(
    ("town", "unit", "expected"),
    [
        (place("a", population=900), area("u", "district"), "a"),
        (place("a", population=900), area("u", "district", seat="a"), "a"),
        (place("a", population=900), area("u", "district", seat="b"), None),
        (place("a", population=900), area("u", "district", lon=45.6), None),
        (place("a", population=90_000), area("u", "district", lon=45.6), "a"),
        (place("a", population=90_000), area("u", "district", lon=45.8), None),
    ],
)
def test_a_unit_counts_beside_a_settlement_only_when_run_from_elsewhere(
    town: Place, unit: Place, expected: str | None
) -> None:
    assert placed(town, unit) == expected


def test_a_country_goes_before_the_settlements_that_share_its_name() -> None:
    country = place("c", "Kent", kind="country", radius_km=200.0)
    assert placed(place("a", country="AZ", population=9_000_000), country) == "c"
    assert placed(place("a"), country, area("u", "province")) == "c"
    assert placed(area("u", "province", country="US"), country) is None, "Georgia and Georgia"


def test_a_settlement_goes_before_a_country_that_bears_it_as_a_second_name() -> None:
    country = place("c", "Kentland", kind="country", radius_km=200.0, names=also("Kent"))
    assert placed(place("a", lon=45.1), country) == "a"


# ---------------------------------------------------------------- one place in two sources


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (place("wof:1", lon=45.02), "gn:1"),  # 1.7 km away
        (place("wof:1", lon=45.03), None),  # 2.6 km
        (place("wof:1", lon=45.02, kind="town"), "gn:1"),
        (place("wof:1", lon=45.02, country="AZ"), None),
    ],
)
def test_two_records_of_one_spot_count_once(second: Place, expected: str | None) -> None:
    assert placed(place("gn:1"), second) == expected


def test_two_records_of_one_unit_count_once() -> None:
    assert placed(area("u:1", "district"), area("u:2", "district", lon=45.2)) == "u:1"
    assert placed(area("u:1", "district"), area("u:2", "district", lon=45.8)) is None


# ---------------------------------------------------------------- what holds for all places

NAMES = ["Kent", "Nor Kent", "Kent district", "Lake Kent", "Verin Kent"]
OTHERS = st.builds(Name, st.sampled_from(NAMES), st.just(""), st.sampled_from(["own", "other", "historic"]))
PLACES = st.lists(
    st.builds(
        Place, id=st.integers(0, 10**6).map("t:{}".format), name=st.sampled_from(NAMES), lat=st.just(40.0),
        country=st.sampled_from(["AM", "AZ", "GE", None]), admin1=st.sampled_from([None, "Nor Marz", "Hin Marz"]),
        kind=st.sampled_from(["village", "town", "district", "province", "country", "lake", "mine"]),
        lon=st.sampled_from([44.0, 45.0, 45.01, 45.2, 46.0, 50.0]), radius_km=st.sampled_from([1.0, 20.0]),
        population=st.sampled_from([None, 90, 200, 60_000, 7_000_000]),
        names=st.lists(OTHERS, max_size=2).map(tuple),
    ),
    min_size=1, max_size=6, unique_by=lambda each: each.id,
)  # fmt: skip
QUERIES = st.sampled_from([*NAMES, "kent", "Kents", "near Kent", "Kent to Nor Kent", "5 km east of Kent", "Kemt"])
CONTEXTS = st.fixed_dictionaries(
    {
        "country": st.sampled_from([None, "AM", ("AM", "AZ")]),
        "near": st.sampled_from([None, (45.0, 40.0), [(45.0, 40.0), (50.0, 40.0)]]),
        "admin1": st.sampled_from([None, "Nor Marz", "Elsewhere"]),
        "side_of": st.sampled_from([None, east_is_az]),
    }
)


@given(PLACES, QUERIES, CONTEXTS)
def test_every_answer_keeps_the_promises(places: list[Place], name: str, context: dict[str, Any]) -> None:
    found = Gazetteer(places)
    match = found.match(name, **context)
    assert found.match_all([name, "Kent", name], **context)[::2] == [match, match]
    assert Gazetteer(places[::-1]).match(name, **context) == match
    assert 0 <= match.score <= 1
    assert (match.place is not None) == (match.status == "placed")
    assert (match.method != "none") == (match.status in {"placed", "stretch"})
    if match.status in {"placed", "stretch"}:
        assert match.score >= BAR
    if match.status == "ambiguous":
        assert match.rivals
    assert len({rival.id for rival in match.rivals}) == len(match.rivals)
    assert match.place not in match.rivals
    _within_scope(match, context["country"])


def _within_scope(match: Match, country: str | tuple[str, ...] | None) -> None:
    codes = {country, None} if isinstance(country, str) else {*(country or ()), None}
    for each in filter(None, (match.place, *match.ends)):
        assert country is None or each.country in codes


@given(PLACES, st.sampled_from(NAMES))
def test_a_place_is_never_chosen_against_one_on_another_side(places: list[Place], name: str) -> None:
    match = Gazetteer(places).match(name, side_of=east_is_az)
    if match.place:
        assert len({east_is_az(each.lon, each.lat) for each in (match.place, *match.rivals)}) == 1
