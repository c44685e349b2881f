"""Tell text that names no place by itself: months, organisations, generic words, numbers, dates, nothing at all.

The words are data (data/gazetteer/nonplaces); only the whole text is compared, by its folded key. Some are places too
(March, Of, Side): this module says what the word is, and who asks decides what follows.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.words.names import fold

WHATS = (
    "month",
    "weekday",
    "organisation",
    "no name",
    "generic word",
    "number",
    "date",
    "coordinates",
    "single letter",
)
"""What a text may be instead of a place; the first five are those of the table."""
_HEADER = ["name", "language", "what"]
_AXES = "n|s|e|w|ne|nw|se|sw|с|ю|в|з|lat|lon|long|lng|latitude|longitude|x|y"
_COORDINATES = re.compile(rf"(?:(?:{_AXES})? ?\d+ ?(?:{_AXES})?\b ?)+")
_DATE = re.compile(
    r"(?:\d{4} \d\d? \d\d?|\d\d? \d\d? (?:\d{4}|\d\d))(?: ?t? ?\d\d? \d\d(?: \d\d)?(?: \d{1,6})?)? ?z?|\d{8}t\d{4,6}z?"
)
_MEASURE = re.compile(r"\d+(?: \d+)* ?(?:st|nd|rd|th|го|й|km|m|mi|miles|км|м|կմ|մ|am|pm|h|hours|years|percent)")
_IN_DATE = re.compile(r"\d+(?:st|nd|rd|th|го|е|ին|ի)?|of|de|г|год|года|թ|թվական|il|ilin|year")
_SYLLABIC = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def what_is(text: str) -> str | None:
    """Return what a text is that names no place by itself, one of WHATS, or None where it may name one.

    Raises GazetteerError when the shipped words are missing or damaged.

    >>> what_is("December"), what_is("ՀԱՊԿ"), what_is("12"), what_is("-"), what_is("Sotk")
    ('month', 'organisation', 'number', 'no name', None)
    """
    return what_is_key(fold(text))


def what_is_key(key: str) -> str | None:
    """Return `what_is` of a text whose folded key is at hand; an English article in front does not count."""
    if found := words().get(key):
        return found
    if len(key) < 2:
        return _one(key)
    if key[0].isdecimal() or key[-1].isdecimal() or key[-2].isdecimal():
        return _numeric(key)
    return words().get(key[4:]) if key.startswith("the ") else None


def _one(key: str) -> str | None:
    if not key:
        return "no name"
    if key.isnumeric() and not _SYLLABIC.match(key):
        return "number"
    return None if _SYLLABIC.match(key) else "single letter"


def _numeric(key: str) -> str | None:
    """Return what a text with digits at an end is: a number, a date or coordinates; None for "District 9"."""
    parts = key.split(" ")
    if _DATE.fullmatch(key) or (_in_date(parts) and any(words().get(part) in {"month", "weekday"} for part in parts)):
        return "date"
    if len(parts) > 3 and _COORDINATES.fullmatch(key):
        return "coordinates"
    if all(part.isdecimal() for part in parts) or _MEASURE.fullmatch(key):
        return "number"
    return "coordinates" if _COORDINATES.fullmatch(key) else None


def _in_date(parts: list[str]) -> bool:
    return all(_IN_DATE.fullmatch(part) or words().get(part) in {"month", "weekday"} for part in parts)


@cache
def words() -> dict[str, str]:
    """Return the shipped words by folded key with what each is, read once; raises GazetteerError when damaged."""
    path = shipped.data("gazetteer", "nonplaces", "nonplaces.tsv")
    try:
        return {fold(name): what for name, _, what in shipped.lines(path, _HEADER)}
    except (OSError, ValueError, csv.Error) as fault:
        raise GazetteerError(
            f"the words that name no place are damaged: {fault}", where=str(path), hint="install geomap again with pip"
        ) from fault
