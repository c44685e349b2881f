"""The border layers that a project chooses: its own files, the shipped ones, and what those are compared with."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from geomap.borders.layers import default_borders, other_layers
from geomap.borders.read import read_borders
from geomap.borders.table import border_problems
from geomap.errors import BorderError
from geomap.project import DEFAULT_BORDERS, BorderFile, Project
from geomap.types import MANY, Problem


def open_borders(project: Project) -> gpd.GeoDataFrame:
    """Return the project's border layers as one border table, in its order; the shipped ones when it names none.

    An id that stands in several of them is told apart by its layer, as `layer:id`. Raises BorderError for a file that
    cannot be used, or where ids and layers are both the same.
    """
    files = project.borders or (BorderFile(path=DEFAULT_BORDERS),)
    layers = pd.concat([table for file in files for table in _tables(file, project)], ignore_index=True)
    ids = layers["id"].mask(layers["id"].duplicated(keep=False), layers["layer"] + ":" + layers["id"])
    if ids.duplicated().any():
        twice = ids[ids.duplicated()].iloc[0]
        raise BorderError(f"the id {twice!r} stands in two border files", hint="give each file a layer of its own")
    return gpd.GeoDataFrame(layers.assign(id=ids), crs=4326)


def _tables(file: BorderFile, project: Project) -> list[gpd.GeoDataFrame]:
    if file.path == DEFAULT_BORDERS:
        return [default_borders()]
    return [read_borders(path, **file.keywords()) for path in project.paths([file.path])]


def has_default_borders(project: Project) -> bool:
    """Tell whether the shipped border layers are among the project's."""
    return not project.borders or any(file.path == DEFAULT_BORDERS for file in project.borders)


def open_others(project: Project) -> dict[str, gpd.GeoDataFrame]:
    """Open the layers that distances to the shipped lines are compared with; none where those are not used."""
    return other_layers() if has_default_borders(project) else {}


def credits_of(layers: Iterable[gpd.GeoDataFrame], table: pd.DataFrame) -> list[dict[str, str]]:
    """Credit the layers that some row of a table was compared with: name, licence and text of each, in their order."""
    used = {name for cell in table["other_sources"].dropna() for name in cell.split(MANY)}
    told = [row for layer in layers for row in layer.drop_duplicates(["layer", "vintage"]).itertuples()]
    credit = ({"name": f"{row.layer} {row.vintage}", "licence": row.licence, "text": row.source} for row in told)
    return [each for each in credit if each["name"] in used]


def own_problems(project: Project, borders: gpd.GeoDataFrame) -> list[Problem]:
    """Tell what the lines of a project's own border files leave unsaid; the shipped ones are as documented."""
    if not project.borders:
        return []
    shipped = default_borders()["id"] if has_default_borders(project) else []
    return border_problems(gpd.GeoDataFrame(borders[~borders["id"].isin(shipped)]))
