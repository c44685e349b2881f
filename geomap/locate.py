"""Give each incident its place: by its own coordinates, else by name. Row-wise; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import geopandas as gpd
import pandas as pd

from geomap.geodesy import distance_m
from geomap.types import AREA_KINDS, LOCATED, MANY, NEAR_RADIUS_KM, POINTING_RELATIONS, Match, Pin, Place

SideOf = Callable[[float, float], "str | None"]
_STRETCHES = ("along", "between")
_FIELDS = [column.name for column in LOCATED]


class Resolver(Protocol):
    """What locate asks of a gazetteer."""

    def match(
        self, name: str, country: Any = None, near: Any = None, *, side_of: SideOf | None = None
    ) -> Match:  # pragma: no cover
        """Answer one name."""
        ...

    def get(self, place_id: str) -> Place | None:  # pragma: no cover
        """Return the place that bears an id."""
        ...


@dataclass(frozen=True)
class _Asker:
    """Ask the gazetteer for one name, pins first."""

    gazetteer: Resolver
    side_of: SideOf | None
    pins: Mapping[str, Pin]
    countries: tuple[str, ...] | None

    def __call__(self, name: str, country: str | None) -> Match:
        if pin := self.pins.get(name.strip()):
            return pinned(self.gazetteer, name, pin)
        scope = (country,) if country else self.countries
        return self.gazetteer.match(name, scope, side_of=self.side_of)


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
    """Add the match_* columns to an incident table, and precision and radius where the file gives none.

    Rows and their order are kept and the input is left alone. A row with coordinates is placed by them and its name
    only labels it; every other row asks the gazetteer, which answers with a place, or says that the name is unknown or
    ambiguous (`match_status`). A name whose candidates lie on different sides of a loaded line (`side_of`: lon, lat ->
    side) stays ambiguous until `pins` decide it. Stretches (along, between) are listed, never given a midpoint.
    `countries` (ISO codes) scope names whose row states no country.
    """
    asker = _Asker(gazetteer, side_of, {pin.name: pin for pin in pins or ()}, tuple(countries) if countries else None)
    questions = pd.DataFrame(
        {
            "name": table["place_text"],
            "country": table["country_text"].map(country_code, na_action="ignore").astype("string"),
            "relation": table["relation"],
            "placed": table.geometry.notna() & ~table.geometry.is_empty,
        }
    )
    answers = {key: _answer(asker, *key) for key in {_key(row) for row in questions.itertuples(index=False)}}
    rows = [answers[_key(row)] for row in questions.itertuples(index=False)]
    located = table.copy()
    for column in LOCATED:
        values = pd.Series([row[column.name] for row in rows], index=table.index, dtype="object")
        located[column.name] = values.astype(column.dtype)
    located["match_why"] = located["match_why"].fillna(_disagreements(located, questions, asker))
    return _with_precision(located)


_Key = tuple["str | None", "str | None", str, bool]


def _key(row: Any) -> _Key:
    return (_text(row.name), _text(row.country), row.relation, bool(row.placed))


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def country_code(country: str) -> str:
    """Return the ISO code of a country as files write it; a name that is not known stays, and scopes to nothing."""
    text = country.strip()
    return text.upper() if len(text) == 2 else COUNTRY_CODES.get(text.casefold(), text)


COUNTRY_CODES = {"armenia": "AM", "azerbaijan": "AZ", "georgia": "GE"}
"""English short names (ISO 3166-1) of the countries that the shipped gazetteer covers."""


def _answer(  # one question: the key of a row
    asker: _Asker,
    name: str | None,
    country: str | None,
    relation: str,
    placed: bool,  # noqa: FBT001
) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(_FIELDS)
    if placed:
        return {**blank, "match_status": "coordinates"}
    if name is None:
        return {**blank, "match_status": "unknown", "match_why": "the row names no place and gives no coordinates"}
    if relation in _STRETCHES:
        why = f"a stretch ({relation} {name}) has no single position; it is listed, not drawn"
        return {**blank, "match_status": "list_only", "match_why": why}
    return {**blank, **_fields(asker(name, country))}


def _fields(match: Match) -> dict[str, Any]:
    rivals = MANY.join(place.id for place in match.rivals) or None
    told = {"match_status": match.status, "match_why": match.why, "match_rivals": rivals}
    place = match.place
    if place is None or match.status != "placed":
        return told
    return {
        **told, "match_id": place.id, "match_name": place.name, "match_kind": place.kind,
        "match_lon": place.lon, "match_lat": place.lat, "match_country": place.country, "match_admin1": place.admin1,
        "match_method": match.method, "match_score": match.score,
        "match_radius_km": place.radius_km, "match_radius_kind": place.radius_kind,
    }  # fmt: skip


FAR_KM = 25.0
"""Distance beyond which coordinates and place name disagree: the radius of UCDP GED's where_prec 2."""


def _disagreements(table: gpd.GeoDataFrame, questions: pd.DataFrame, asker: _Asker) -> pd.Series:
    """Say where a row's coordinates lie far from the place that its name resolves to; null elsewhere.

    Only names that resolve without doubt in the country that the row states, or in the project's countries, are
    compared; coordinates always win.
    """
    stated = questions["country"].isin(list(COUNTRY_CODES.values())) | (
        questions["country"].isna() & (asker.countries is not None)
    )
    rows = questions[questions["placed"] & questions["name"].notna() & stated]
    answers = {key: asker(*key) for key in {(row.name, _text(row.country)) for row in rows.itertuples(index=False)}}
    told = pd.Series(pd.NA, index=table.index, dtype="string")
    for index, row in zip(rows.index, rows.itertuples(index=False), strict=True):
        match, point = answers[row.name, _text(row.country)], table.geometry[index].centroid
        if match.place is not None and match.status == "placed":
            away = float(distance_m(point.x, point.y, match.place.lon, match.place.lat)) / 1000
            if away > FAR_KM + match.place.radius_km:
                told[index] = (
                    f"placed by its coordinates, which lie {away:.0f} km from {match.place.name}, the place it names"
                )
    return told


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
