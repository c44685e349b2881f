"""Write benchmarks/vintages.csv: how far places lie from the Armenia-Azerbaijan line, and where, by four layers.

`python vintages.py [FILE]` writes FILE instead. Rows are the four places of the card, the other places of the sample
project, forty border villages of the curated gazetteer (the nearest to the line in each of twenty stretches of it, on
both sides), and last every other curated settlement whose side is in question. A place stands in one group only.
Distances are of the place's reference point, in km; a side in brackets is what the areas say where the layer's error
reaches the line. `question` says "sides differ" where the layers put a place into different countries (Natural Earth,
which is for drawing, apart: "sides differ in drawing"), and "uncertain" where the default layer cannot tell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap import read_incidents, shipped
from geomap.borders import default_borders, layer
from geomap.borders.layers import other_layers
from geomap.gazetteer import Gazetteer
from geomap.join import join_borders, side_of
from geomap.locate import locate
from geomap.project import read_lock
from geomap.types import Place

CARD = ("gn:174884", "gn:174895", "gn:616041", "gn:147625")
"""Jermuk, Goris, Sotk and Lachin."""

STRETCHES = 20
NEAR_KM = 10.0
"""A border village lies no farther from the line."""

PAIR = ("AM", "AZ")
SETTLEMENTS = ("town", "village")


def main() -> None:
    """Write the table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_suffix(".csv")
    table().to_csv(path, index=False, lineterminator="\n")


def table() -> pd.DataFrame:
    """Return the table, one row a place and group."""
    gazetteer = Gazetteer.default()
    curated = pd.read_csv(shipped.data("gazetteer", "curated", "places.csv"), dtype=str)
    known = [gazetteer.get(identity) for identity in curated.loc[curated["kind"].isin(SETTLEMENTS), "id"]]
    settlements = measured(place for place in known if place and place.country in PAIR)
    named = measured(place for place in map(gazetteer.get, (*CARD, *seed_places(gazetteer))) if place)
    parts = {
        "card": named[named["id"].isin(CARD)],
        "sample": named[~named["id"].isin(CARD)],
        "village": villages(settlements[~settlements["id"].isin(named["id"])]),
        "other": settlements[settlements["question"] != ""],
    }
    rows = pd.concat([part.assign(group=group) for group, part in parts.items()]).drop_duplicates("id")
    figures = rows.filter(like="_km").round(3)
    return rows.assign(**figures)[["group", *(name for name in rows if name != "group")]]


def seed_places(gazetteer: Gazetteer) -> list[str]:
    """Return the ids of the places that the rows of the sample project are placed at, in alphabetical order."""
    folder = shipped.seeds()
    incidents = read_incidents(folder / "incidents.csv").table
    pins = read_lock(folder / "places.lock")
    located = locate(incidents, gazetteer, side_of(default_borders()), pins, countries=PAIR)
    return sorted(located["match_id"].dropna().unique())


def measured(places: Iterable[Place]) -> pd.DataFrame:
    """Return places with distance, error and side by each layer."""
    rows = [(each.id, each.name, each.kind, each.country, each.lon, each.lat) for each in places]
    found = pd.DataFrame(rows, columns=["id", "name", "kind", "country", "lon", "lat"])
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(found["lon"], found["lat"]), crs=4326)
    for name, borders in layers().items():
        joined = join_borders(points, borders)
        found[f"{name}_km"] = joined["border_km"].astype(float)
        found[f"{name}_error_km"] = joined["border_km_error"].astype(float)
        found[f"{name}_side"] = sides(joined)
    return found.assign(question=questions(found))


def layers() -> dict[str, gpd.GeoDataFrame]:
    """Return the default layer, with its enclaves, and the others, each with no line but that of the pair."""
    default = default_borders()
    ours = (default["role"] != "line") | ((default["side_a"] == PAIR[0]) & (default["side_b"] == PAIR[1]))
    others = other_layers()
    return {"osm2026": default[ours], "osm2017": others.pop("osm2018"), **others}


def sides(joined: gpd.GeoDataFrame) -> pd.Series:
    """Return the side, with the country in brackets where the side is uncertain."""
    uncertain = joined["side"] == "uncertain"
    return joined["side"].mask(uncertain, "uncertain (" + joined["country"].fillna("outside") + ")")


def villages(settlements: pd.DataFrame) -> pd.DataFrame:
    """Return the settlements nearest to the line in each stretch of it, as many on both sides."""
    line = shapely.line_merge(layer("osm").query("role == 'line'").geometry.union_all())
    near = settlements[settlements["osm2026_km"] <= NEAR_KM]
    picked = []
    for _, group in near.groupby("country"):
        along = np.argsort(places_along(line, group), kind="stable")
        picked += [group.iloc[part].nsmallest(1, "osm2026_km") for part in np.array_split(along, STRETCHES)]
    return pd.concat(picked)


def places_along(line: shapely.Geometry, places: pd.DataFrame) -> np.ndarray:
    """Return how far along the line each place lies, in degrees; the parts of the line follow each other."""
    parts = shapely.get_parts(line)
    points = shapely.points(places["lon"], places["lat"])
    nearest = np.argmin(shapely.distance(points[:, None], parts), axis=1)
    before = np.r_[0, np.cumsum(shapely.length(parts))]
    return before[nearest] + shapely.line_locate_point(parts[nearest], points)


def questions(found: pd.DataFrame) -> pd.Series:
    """Tell why the side of each place is in question, "" where it is not; an enclave lies where its layer says."""
    sides = found.filter(like="_side")
    countries = sides.apply(lambda column: column.str.extract(r"\b([A-Z]{2})\b")[0])
    own = found["osm2026_side"]
    plain = ~own.str.startswith("enclave")
    measured, drawn = disagree(countries.drop(columns="naturalearth_side")), disagree(countries)
    differ = np.select([plain & measured, plain & drawn], ["sides differ", "sides differ in drawing"], "")
    uncertain = np.where(own.str.startswith("uncertain"), "uncertain", "")
    both = [" and ".join(filter(None, words)) for words in zip(uncertain, differ, strict=True)]
    return pd.Series(both, index=found.index)


def disagree(words: pd.DataFrame) -> np.ndarray:
    """Tell which rows hold two different words or more; null is none."""
    return np.array([len({word for word in row if isinstance(word, str)}) > 1 for row in words.to_numpy()], dtype=bool)


if __name__ == "__main__":
    main()
