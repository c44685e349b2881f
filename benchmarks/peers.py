"""Make the map of a UCDP GED file as another tool's documentation shows: python peers.py TOOL FILE.csv MAP.html."""

from __future__ import annotations

import sys
from types import ModuleType

import pandas as pd

POPUP = ["date_start", "side_a", "side_b", "best", "where_coordinates", "source_article"]


def folium(source: str, target: str) -> None:
    """Put one marker with a popup a row, as folium's quickstart does."""
    import folium

    frame = pd.read_csv(source, low_memory=False)
    page = folium.Map(location=[frame.latitude.mean(), frame.longitude.mean()], zoom_start=6)
    for row in frame.itertuples():
        popup = "<br>".join(f"{name}: {getattr(row, name)}" for name in POPUP)
        folium.Marker([row.latitude, row.longitude], popup=popup).add_to(page)
    page.save(target)


def explore(source: str, target: str) -> None:
    """Draw the points with GeoDataFrame.explore and the same columns as tooltips."""
    # explore() asks for mapclassify, which only its colour schemes use; none is used here, so it need not be installed.
    mapclassify = ModuleType("mapclassify")
    mapclassify.classify = None  # pyright: ignore[reportAttributeAccessIssue]
    sys.modules.setdefault("mapclassify", mapclassify)
    import geopandas as gpd

    frame = pd.read_csv(source, low_memory=False)
    points = gpd.points_from_xy(frame.longitude, frame.latitude, crs=4326)
    gpd.GeoDataFrame(frame[POPUP], geometry=points).explore().save(target)


PEERS = {"folium": folium, "explore": explore}

if __name__ == "__main__":
    tool, source, target = sys.argv[1:]
    PEERS[tool](source, target)
