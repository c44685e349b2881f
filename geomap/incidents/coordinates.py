"""Positions, read strictly: nothing is swapped, clamped or reprojected, and every refusal says why."""

from __future__ import annotations

import math
import re

from geomap.incidents.faults import CellError
from geomap.types import LonLat

_NUMBER = r"[0-9]+(?:[.,][0-9]*)?"
_DECIMAL = re.compile(rf"(?P<sign>[+-]?)(?P<degrees>{_NUMBER}|[.,][0-9]+)(?P<power>[eE][+-]?[0-9]{{1,3}})?\s*°?")
_MARKED = re.compile(
    rf"(?P<sign>[+-]?)(?P<degrees>[0-9]{{1,3}})\s*[°º]\s*(?P<minutes>{_NUMBER})\s*['′’]\s*"
    rf"(?:(?P<seconds>{_NUMBER})\s*(?:[\"″”]|''|′′))?"
)
_SPACED = re.compile(
    rf"(?P<sign>[+-]?)(?P<degrees>[0-9]{{1,3}})[\s:]+(?P<minutes>[0-9]{{1,2}})[\s:]+(?P<seconds>{_NUMBER})"
)
_POINT = re.compile(r"\s*(?:SRID=4326;)?\s*POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*", re.IGNORECASE)
_WITH_LETTERS = re.compile(
    r"(?P<first>.*[NS])[\s,;]*(?P<second>.*[EW])|(?P<third>[NS].*?)[\s,;]*(?P<fourth>[EW].*)", re.IGNORECASE
)
_LETTERS = {"lat": {"N": 1, "S": -1}, "lon": {"E": 1, "W": -1}}
_NAMES = {"lat": "latitude", "lon": "longitude"}


def read_degrees(text: str, axis: str) -> float:
    """Read a latitude or longitude (`axis` lat | lon) in degrees, positive to the north and east.

    Takes decimal degrees with a point or comma, and degrees with minutes and seconds, each with a sign or a hemisphere
    letter before or after. Raises CellError for anything else. The range is checked by `position`.
    """
    body, turn = _hemisphere(text.strip().replace("−", "-"), axis)
    if found := _DECIMAL.fullmatch(body):
        degrees = float(found["degrees"].replace(",", ".") + (found["power"] or ""))
    elif found := _MARKED.fullmatch(body) or _SPACED.fullmatch(body):
        degrees = _from_sexagesimal(found, axis)
    else:
        raise _unreadable(axis)
    if found["sign"] and turn:
        raise CellError("bad_coordinates", "both a sign and a hemisphere letter", "keep one of them", column=axis)
    return (turn or (-1 if found["sign"] == "-" else 1)) * degrees


def _unreadable(axis: str) -> CellError:
    hint = "write decimal degrees such as 40.20007, or empty both coordinates"
    return CellError("bad_coordinates", f"the {_NAMES[axis]} is not a number of degrees", hint, column=axis)


def _hemisphere(text: str, axis: str) -> tuple[str, int]:
    """Return the text without its hemisphere letter, and 1, -1 or 0 for none."""
    for letter, body in ((text[-1:], text[:-1]), (text[:1], text[1:])):
        if turn := _LETTERS[axis].get(letter.upper()):
            return body.strip(), turn
        if letter and letter.upper() in "NSEW":
            reason = f"the {_NAMES[axis]} bears the letter {letter.upper()}; the pair looks swapped"
            raise CellError("swapped_coordinates", reason, "exchange latitude and longitude", column=axis)
    return text, 0


def _from_sexagesimal(found: re.Match[str], axis: str) -> float:
    minutes, seconds = (float((found[part] or "0").replace(",", ".")) for part in ("minutes", "seconds"))
    if minutes >= 60 or seconds >= 60 or (found["seconds"] and minutes % 1):
        reason = (
            f"the {_NAMES[axis]} has minutes or seconds that are 60 or more, or a fraction of a minute before seconds"
        )
        raise CellError("bad_coordinates", reason, "correct it", column=axis)
    return float(found["degrees"]) + minutes / 60 + seconds / 3600


def position(lon: float, lat: float) -> LonLat:
    """Check a position and return it; raises CellError with the reason and what to do.

    Refuses NaN and infinity, latitudes beyond 90 and longitudes beyond 180 degrees, and 0/0, which stands in files for
    "not known". A pair that would be good the other way round is not turned.
    """
    for axis, value in (("lat", lat), ("lon", lon)):
        if not math.isfinite(value):
            raise _unreadable(axis)
    if max(abs(lon), abs(lat)) > 180:
        reason = "the coordinates are no degrees; they look like metres of a projection"
        raise CellError(
            "bad_coordinates", reason, "reproject them to EPSG:4326", column="lat" if abs(lat) > 180 else "lon"
        )
    if abs(lat) > 90:
        if abs(lon) <= 90:
            reason = f"the latitude {lat:g} is beyond 90 degrees; the pair looks swapped"
            raise CellError("swapped_coordinates", reason, "exchange latitude and longitude if so", column="lat")
        raise CellError("bad_coordinates", f"the latitude {lat:g} is beyond 90 degrees", "correct it", column="lat")
    if lon == 0 and lat == 0:
        reason = "latitude and longitude are both 0, which files write where the place is not known"
        raise CellError("zero_coordinates", reason, "empty both, or write the position", column="lat")
    return LonLat(lon, lat)


def read_pair(lat: str, lon: str) -> LonLat:
    """Read a latitude and a longitude; raises CellError, also where one of them is empty."""
    for axis, text, other in (("lat", lat, "longitude"), ("lon", lon, "latitude")):
        if not text.strip():
            reason = f"a {other} without a {_NAMES[axis]}"
            raise CellError("half_coordinates", reason, "write both, or empty both", column=axis)
    return position(read_degrees(lon, "lon"), read_degrees(lat, "lat"))


def read_point(text: str) -> LonLat:
    """Read a position from one cell: POINT (lon lat), or a latitude and a longitude that bear hemisphere letters.

    Two bare numbers are refused: nothing says which of them is the latitude.
    """
    if found := _POINT.fullmatch(text):
        return read_pair(found[2], found[1])
    if found := _WITH_LETTERS.fullmatch(text.strip()):
        return read_pair(found["first"] or found["third"], found["second"] or found["fourth"])
    hint = "use two columns, or write POINT (lon lat) or 40.2N 45.9E"
    raise CellError("bad_coordinates", "nothing says which number is the latitude", hint, column="coordinates")
