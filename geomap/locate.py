"""Give each incident its place: by its own coordinates, else by name. Row-wise; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import geopandas as gpd
import pandas as pd

from geomap.gazetteer.readers import atlas
from geomap.geodesy import distance_m
from geomap.types import AREA_KINDS, LOCATED, MANY, NEAR_RADIUS_KM, POINTING_RELATIONS, LonLat, Match, Pin, Place

SideOf = Callable[[float, float], "str | None"]
_STRETCHES = ("along", "between")


class Resolver(Protocol):
    """What locate asks of a gazetteer."""

    @property
    def countries(self) -> frozenset[str]:  # pragma: no cover
        """ISO codes of the countries that it covers to the village."""
        ...

    def match_all(
        self,
        names: Sequence[str],
        country: Any = None,
        near: Any = None,
        *,
        admin1: str | None = None,
        side_of: SideOf | None = None,
    ) -> list[Match]:  # pragma: no cover
        """Answer many names of one context."""
        ...

    def get(self, place_id: str) -> Place | None:  # pragma: no cover
        """Return the place that bears an id."""
        ...


class Question(NamedTuple):
    """What a row asks of the gazetteer; rows that ask the same get the same answer."""

    name: str
    countries: tuple[str, ...] | None
    admin1: str | None
    near: tuple[LonLat, ...] = ()


@dataclass(frozen=True)
class Asker:
    """Ask the gazetteer, pins first."""

    gazetteer: Resolver
    side_of: SideOf | None
    pins: Mapping[str, Pin]

    def __call__(self, questions: Iterable[Question]) -> dict[Question, Match]:
        """Answer each question once, those of one context together."""
        answers: dict[Question, Match] = {}
        contexts: dict[tuple[Any, ...], list[Question]] = {}
        for question in dict.fromkeys(questions):
            if pin := self.pins.get(question.name.strip()):
                answers[question] = pinned(self.gazetteer, question.name, pin)
            else:
                contexts.setdefault(question[1:], []).append(question)
        for alike in contexts.values():
            answers |= zip(alike, self._ask(alike), strict=True)
        return answers

    def _ask(self, alike: Sequence[Question]) -> list[Match]:
        _, countries, admin1, near = alike[0]
        names = [question.name for question in alike]
        return self.gazetteer.match_all(names, countries, list(near), admin1=admin1, side_of=self.side_of)


def pinned(gazetteer: Resolver, name: str, pin: Pin) -> Match:
    """Answer a name by its pin; a pin whose place is not in the gazetteer leaves the name unknown and says so."""
    place = gazetteer.get(pin.id)
    if place is None:
        return Match(name, None, 0.0, "none", f"pinned to {pin.id}, which this gazetteer does not hold", "unknown")
    return Match(name, place, 1.0, "pin", f"pinned in places.lock: {pin.reason}", "placed")


def locate(
    table: gpd.GeoDataFrame,
    gazetteer: Resolver,
    side_of: SideOf | None = None,
    pins: Iterable[Pin] | None = None,
    *,
    countries: Iterable[str] | None = None,
) -> gpd.GeoDataFrame:
    """Add the match_* columns to an incident table, and relation, precision and radius where the file gives none.

    Rows and their order are kept and the input is left alone. A row with coordinates is placed by them and its name
    only labels it; every other row asks the gazetteer, which answers with a place, or says that the name is unknown or
    ambiguous (`match_status`). The country and the first-level unit that a row states narrow the candidates; a name
    still open is asked for again with the other places of its report for a context. A name whose candidates lie on
    different sides of a loaded line (`side_of`: lon, lat -> side) stays ambiguous until `pins` decide it. Words around
    a name ("5 km east of Goris", "in the direction of Vardenis") set the relation where the file says only "at".
    Stretches (along, between) are listed with their ends, never given a midpoint. `countries` (ISO codes) scope names
    whose row states no country.
    """
    asker = Asker(gazetteer, side_of, {pin.name: pin for pin in pins or ()})
    placed = table.geometry.notna() & ~table.geometry.is_empty
    questions = _questions(table, tuple(countries) if countries else None)
    matches = _matches(table, questions, placed, asker)
    located = table.copy()
    fields = [_fields(*each) for each in zip(matches, placed, table["relation"], table["place_text"], strict=True)]
    for column in LOCATED:
        values = pd.Series([row.get(column.name) for row in fields], index=table.index, dtype="object")
        located[column.name] = values.astype(column.dtype)
    located["match_why"] = located["match_why"].fillna(_disagreements(located, questions, placed, asker))
    return _with_precision(_with_words(located, matches))


def country_code(country: str) -> str:
    """Return the ISO code of a country as files write it; a name that is not known stays, and scopes to nothing."""
    text = country.strip()
    return atlas.country_code(text) or (text.upper() if len(text) == 2 else text)


def _questions(table: gpd.GeoDataFrame, scope: tuple[str, ...] | None) -> list[Question | None]:
    """Return what each row asks; None for a row without a name."""
    codes = table["country_text"].map(country_code, na_action="ignore")
    columns = (table["place_text"], codes, table["admin1_text"])
    return [
        None if pd.isna(name) else Question(name, scope if pd.isna(code) else (code,), None if pd.isna(unit) else unit)
        for name, code, unit in zip(*columns, strict=True)
    ]


def _matches(
    table: gpd.GeoDataFrame, questions: Sequence[Question | None], placed: pd.Series, asker: Asker
) -> list[Match | None]:
    """Return the answer of each row that has a name and no coordinates; what is open is asked for twice."""
    asked = [None if has_point else question for question, has_point in zip(questions, placed, strict=True)]
    answers = asker(question for question in asked if question)
    first = [answers[question] if question else None for question in asked]
    around = _reported(table, first, placed)
    again = [
        question._replace(near=tuple(around[report])) if question and match and match.status == "ambiguous" else None
        for question, match, report in zip(asked, first, table["report_id"], strict=True)
    ]
    answers = asker(question for question in again if question and question.near)
    return [answers.get(question, match) if question else match for question, match in zip(again, first, strict=True)]


def _reported(
    table: gpd.GeoDataFrame, matches: Sequence[Match | None], placed: pd.Series
) -> dict[str, dict[LonLat, None]]:
    """Return the points that each report names for certain: coordinates, and settlements found by name."""
    found: dict[str, dict[LonLat, None]] = {report: {} for report in table["report_id"]}
    for report, match in zip(table["report_id"], matches, strict=True):
        if match and match.place and match.place.kind not in AREA_KINDS:
            found[report][LonLat(match.place.lon, match.place.lat)] = None
    points = table[placed].geometry.representative_point()
    for report, point in zip(table.loc[placed, "report_id"], points, strict=True):
        found[report][LonLat(point.x, point.y)] = None
    return found


def _fields(match: Match | None, placed: bool, relation: str, name: str) -> dict[str, Any]:  # noqa: FBT001 (a row)
    if placed:
        return {"match_status": "coordinates"}
    if match is None:
        return {"match_status": "unknown", "match_why": "the row names no place and gives no coordinates"}
    if relation in _STRETCHES or match.status == "stretch":
        return _stretch(match, relation if relation in _STRETCHES else match.relation or relation, name)
    told = {"match_status": match.status, "match_why": match.why, "match_rivals": _ids(match.rivals)}
    return told | _place(match, match.place) if match.place else told


def _ids(places: Iterable[Place]) -> str | None:
    return MANY.join(place.id for place in places) or None


def _stretch(match: Match, relation: str, name: str) -> dict[str, Any]:
    why = f"a stretch ({relation} {name}) has no single position; it is listed, not drawn"
    if match.ends:
        why += f"; its ends: {' and '.join(place.name for place in match.ends)}"
    return {"match_status": "list_only", "match_ends": _ids(match.ends), "match_why": why}


def _place(match: Match, place: Place) -> dict[str, Any]:
    at = match.position or LonLat(place.lon, place.lat)
    return {
        "match_id": place.id, "match_name": place.name, "match_kind": place.kind, "match_lon": at.lon,
        "match_lat": at.lat, "match_country": place.country, "match_admin1": place.admin1,
        "match_method": match.method, "match_score": match.score,
        "match_radius_km": place.radius_km, "match_radius_kind": place.radius_kind,
    }  # fmt: skip


FAR_KM = 25.0
"""Distance beyond which coordinates and place name disagree: the radius of UCDP GED's where_prec 2."""


def _disagreements(
    table: gpd.GeoDataFrame, questions: Sequence[Question | None], placed: pd.Series, asker: Asker
) -> pd.Series:
    """Say where a row's coordinates lie far from the place that its name resolves to; null elsewhere.

    Only names that resolve without doubt, in countries that the gazetteer covers to the village, are compared;
    coordinates always win.
    """
    covered = asker.gazetteer.countries
    rows = {
        index: question
        for index, question, has_point in zip(table.index, questions, placed, strict=True)
        if has_point and question and question.countries and covered.issuperset(question.countries)
    }
    answers = asker(rows.values())
    told = pd.Series(pd.NA, index=table.index, dtype="string")
    for index, question in rows.items():
        match, point = answers[question], table.geometry[index].centroid
        if match.place is not None and match.relation is None and match.method not in _DOUBTFUL:
            away = float(distance_m(point.x, point.y, match.place.lon, match.place.lat)) / 1000
            if away > FAR_KM + match.place.radius_km:
                told[index] = (
                    f"placed by its coordinates, which lie {away:.0f} km from {match.place.name}, the place it names"
                )
    return told


_DOUBTFUL = ("fuzzy", "online")


def _with_words(table: gpd.GeoDataFrame, matches: Sequence[Match | None]) -> gpd.GeoDataFrame:
    """Take relation and radius from the words around a name, where the file itself says no more than "at"."""
    silent = table["relation"].eq("at")
    said = pd.Series([match.relation if match else None for match in matches], index=table.index, dtype="string")
    table["relation"] = table["relation"].mask(silent & said.notna(), said)
    radius = pd.Series([match.radius_km if match else None for match in matches], index=table.index, dtype="Float64")
    worded = silent & radius.notna() & table["place_radius_km"].isna() & table["match_status"].eq("placed")
    table.loc[worded, "place_radius_km"] = radius
    table.loc[worded, "radius_kind"] = "convention"
    return table


def _with_precision(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Fill precision and radius of rows placed by name, where the file gives none.

    Areas first, then relations that only point at the place, then settlements; a direction has no radius.
    """
    named = table["match_status"].eq("placed")
    area = named & table["match_kind"].isin(AREA_KINDS)
    near = named & ~area & table["relation"].eq("near")
    pointing = named & ~area & table["relation"].isin(POINTING_RELATIONS)
    settlement = named & ~area & ~near & ~pointing
    for rows, precision in ((area, "area"), (near | pointing, "near"), (settlement, "settlement")):
        table.loc[rows & table["place_precision"].isna(), "place_precision"] = precision
    unsized = table["place_radius_km"].isna()
    own = (area | settlement) & unsized
    table.loc[own, "radius_kind"] = table["match_radius_kind"]
    table.loc[own, "place_radius_km"] = table["match_radius_km"]
    table.loc[near & unsized, ["place_radius_km", "radius_kind"]] = [NEAR_RADIUS_KM, "convention"]
    return table
