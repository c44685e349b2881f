"""What is drawn around the incidents: labels, places joined to borders, districts on their own side of the line."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geomap.borders import decode, default_borders
from geomap.gazetteer import Gazetteer
from geomap.scene.surroundings import drawn_areas, join_places, labels

SEED = (45.1, 38.8, 46.9, 40.8)


@pytest.fixture(scope="module")
def borders() -> gpd.GeoDataFrame:
    return default_borders()


def test_no_district_is_hatched_across_the_line(borders: gpd.GeoDataFrame) -> None:
    armenia = borders.geometry[borders["id"].eq("osm:AM")].iloc[0]
    drawn = drawn_areas({"ne:AZE-Lachin": "AZ", "ne:AZE-Kalbajar": "AZ"}, borders)
    assert set(drawn) == {"ne:AZE-Lachin", "ne:AZE-Kalbajar"}
    for area in drawn.values():
        shape = shapely.build_area(
            shapely.multilinestrings([shapely.linestrings(ring) for ring in decode(area["geo"])])
        )
        assert shape.area > 0.1
        assert shapely.intersection(shape, armenia).area < 1e-4 * shape.area
        assert area["error_km"] > 1


def test_an_area_of_a_country_without_a_layer_is_drawn_as_it_is(borders: gpd.GeoDataFrame) -> None:
    bare = borders[borders["role"].eq("line")]
    assert drawn_areas({"ne:AZE-Lachin": "AZ"}, bare).keys() == {"ne:AZE-Lachin"}


def test_places_are_joined_in_order_and_by_id(borders: gpd.GeoDataFrame) -> None:
    book = Gazetteer.default()
    places = [place for name in ("gn:174895", "gn:147625") if (place := book.get(name))]
    joined = join_places(places, borders)
    assert list(joined.index) == ["gn:174895", "gn:147625"]
    assert list(joined["side"]) == ["AM", "AZ"]
    assert join_places([], borders).empty


def test_labels_are_near_ranked_and_bounded() -> None:
    found = labels(Gazetteer.default(), SEED)
    assert {"Goris", "Jermuk", "Lachin"} <= {label["name"] for label in found}
    assert [label["rank"] for label in found] == sorted(label["rank"] for label in found)
    assert len(found) <= 400
    assert all(44.0 < label["lon"] < 48.0 for label in found)
    assert "N'Djamena" in {label["name"] for label in labels(Gazetteer.default(), (12, 10, 18, 14))}
    assert labels(Gazetteer.default(), (-30, -40, -25, -35)) == []
