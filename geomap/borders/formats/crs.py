"""The coordinate system of a layer: WGS84 degrees are taken, another is refused or, when asked, reprojected."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyproj
from pyproj.exceptions import CRSError, ProjError

from geomap.borders.formats.raw import Points, RawLayer
from geomap.errors import BorderError

WGS84 = "EPSG:4326"

Reproject = Callable[[Points], Points]


def to_degrees(layer: RawLayer, given: str | None, repair: bool, where: str) -> tuple[Reproject | None, str | None]:  # noqa: FBT001
    """Return how to bring a layer's positions to WGS84, and that in words; (None, None) where they are there already.

    `given` is the user's word for a layer that declares no system. Raises BorderError where none is known, where
    `given` contradicts the file, and for another system than WGS84 unless `repair` asks to reproject.
    """
    system = _system(layer, given, where)
    if system is None or _is_wgs84(system):
        return None, None
    if not repair:
        hint = "convert the layer to EPSG:4326, or read it with repair=True to have it reprojected and marked"
        raise BorderError(f"coordinate system is {_name(system)}, not WGS84 in degrees", where=where, hint=hint)
    try:
        transformer = pyproj.Transformer.from_crs(system, WGS84, always_xy=True)
    except ProjError:
        raise _unknown(_name(system), where) from None
    return _reproject(transformer), f"reprojected from {_name(system)}"


def _system(layer: RawLayer, given: str | None, where: str) -> pyproj.CRS | None:
    declared = _parsed(layer.crs, where) if layer.crs else None
    stated = _parsed(given, where) if given else None
    if declared and stated and not declared.equals(stated, ignore_axis_order=True):
        fault = f"coordinate system is {_name(declared)} and crs= says {_name(stated)}"
        raise BorderError(fault, where=where, hint="leave out crs=, or correct what the file declares")
    if layer.must_declare and not (declared or stated):
        hint = "a Shapefile says it in its .prj; where you know it, name it with crs='EPSG:4326'"
        raise BorderError("declares no coordinate system", where=where, hint=hint)
    return declared or stated


def _parsed(text: str, where: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(text)
    except CRSError:
        raise _unknown(text[:60], where) from None


def _unknown(name: str, where: str) -> BorderError:
    return BorderError(f"coordinate system {name!r} is not known", where=where, hint="convert the layer to EPSG:4326")


def _is_wgs84(system: pyproj.CRS) -> bool:
    return system.equals(pyproj.CRS(WGS84), ignore_axis_order=True)


def _name(system: pyproj.CRS) -> str:
    code = system.to_authority(min_confidence=70)
    return ":".join(code) if code else system.name


def _reproject(transformer: pyproj.Transformer) -> Reproject:
    def points_in_degrees(points: Points) -> Points:
        lon, lat = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([lon, lat])

    return points_in_degrees
