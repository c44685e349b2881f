"""Read what the words around a name say: "5 km east of Goris", "between Sotk and Kut", "Ջերմուկի ուղղությամբ".

`parse` works on strings alone and knows no places; the caller first looks the whole text up as a name and asks only
when no place bears it. `geometry` turns the words and the places found into a point, an area, a stretch or a pointer.
A stretch never gets a midpoint, and what only points at a place never gets a radius.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from geomap.gazetteer.words.inflection import dictionary_forms
from geomap.gazetteer.words.kinds import without_kind
from geomap.gazetteer.words.names import fold
from geomap.gazetteer.words.phrases import (
    JOINERS,
    LEAD,
    LISTED,
    NESTED,
    NO_NAMES,
    NUMBER_WORDS,
    PHRASES,
    QUARTERS,
    SLOTS,
    UNITS_KM,
    WINDS,
    Phrase,
)
from geomap.types import AREA_KINDS, NEAR_RADIUS_KM, POINTING_RELATIONS, LonLat, Place

LONGEST = 200
"""Characters that an expression may have; a longer text is prose, not a place."""
FARTHEST_KM = 1000.0
"""Distance beyond which an offset places nothing: at 0.39 of it the circle is as large as a country."""
_MOST_SPLITS = 8
_MOST_READINGS = 24
_BARE_WORDS = 3
_ENOUGH = re.compile("[ –—―-]|ում$|d[aə]$", re.IGNORECASE)
"""What every expression holds: two words, or a case ending that stands for "in"."""

Reading = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """What the words around one or two names state.

    `relation` is near | direction_of | from_direction_of | along | between | within | at. `readings` holds the names
    that the text may mean, likeliest first, one or two in each: case endings taken off where the language marks them,
    then as written, and every way to split "A and B and C" in two. `words` is the text with each name replaced by "…".
    `distance_km` and `bearing_deg` (clockwise from north) are None where the words state none. `unmarked`: nothing but
    a dash, "to" or a case ending says so, the text may be a name that the gazetteer lacks, and only exact hits count.
    """

    relation: str
    readings: tuple[Reading, ...]
    words: str
    distance_km: float | None = None
    bearing_deg: float | None = None
    unmarked: bool = False

    @property
    def anchors(self) -> Reading:
        """The likeliest reading; kind words stay in the name ("Lachin district")."""
        return self.readings[0]


def parse(text: str) -> Expression | None:
    """Return what the words around the name or names say; None for a bare name, a list of places, and anything else.

    English, Russian, Armenian and Azerbaijani. Kind words make no expression: "Lachin district" and "village of Sotk"
    are names, and "in Lachin district" is within that name. "The villages of X and Y" is a list, not one place: None.
    So is a text with two statements about one name ("near Sotk, 5 km from Kut"). No name in an answer is empty, only a
    number, or only words for kinds, winds or dates. Takes time linear in the text.

    >>> found = parse("5 km east of Goris")
    >>> found.relation, found.anchors, found.distance_km, found.bearing_deg
    ('near', ('Goris',), 5.0, 90.0)
    """
    if len(text) > 4 * LONGEST:
        return None
    shown = _shown(text)
    if len(shown) > LONGEST or not _ENOUGH.search(shown):
        return None
    turned = re.fullmatch(r"([^()]+) \(([^()]+ (?:of|from)|near|outside|around)\)", shown)
    if turned:
        shown = f"{turned[2]} {turned[1]}"
    rest = _pattern(f"(?:{LEAD} )+").match(shown)
    return _first(shown) or (_first(shown[rest.end() :], shown[: rest.end()]) if rest else None)


def _shown(text: str) -> str:
    """Return a text composed (NFC), without unseen characters, surplus blanks and marks around it."""
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if each.isspace() or each.isprintable())
    return " ".join(seen.split()).strip(" .,;:!?\"'“”„«»*")


@cache
def _pattern(source: str) -> re.Pattern[str]:
    for slot, words in SLOTS.items():
        source = source.replace(slot, words)
    return re.compile(source, re.IGNORECASE)


def _first(text: str, lead: str = "") -> Expression | None:
    for phrase in PHRASES:
        found = _pattern(phrase.pattern).fullmatch(text)
        if found and (expression := _expression(phrase, found, lead)):
            return expression
    return None


def _expression(phrase: Phrase, found: re.Match[str], lead: str) -> Expression | None:
    """Return the expression of a phrase that fits, or None where what it takes for names cannot be names."""
    parts = found.groupdict()
    distance = _kilometres(parts["number"], parts["unit"]) if "number" in parts else None
    wind = parts.get("wind") or parts.get("than")
    bearing = _bearing(wind) if wind else None
    if ("number" in parts and distance is None) or (wind and bearing is None):
        return None
    slot = "pair" if "pair" in parts else "x"
    splits = _splits(parts[slot], phrase) if slot == "pair" else [((parts[slot],), "")]
    found_names = (reading for names, _ in splits for reading in _readings(phrase, names))
    if not (readings := tuple(dict.fromkeys(islice(found_names, _MOST_READINGS)))):
        return None
    start, end = found.span(slot)
    gap = f"…{splits[0][1]}…" if slot == "pair" else "…"
    words = f"{lead}{found.string[:start]}{gap}{found.string[end:]}"
    words, unmarked = (found.string, True) if words == "…" else (words, phrase.strict == "bare")
    return Expression(phrase.relation, readings, words, distance, bearing, unmarked)


def _kilometres(number: str, unit: str) -> float | None:
    """Return a distance in km, or None where it is nothing or out of reach, as "1,500 km" is, read as thousands."""
    written = re.sub(r"^([1-9]\d*),(\d{3})$", r"\1\2", number).replace(",", ".")
    value = float(written) if number[0].isdecimal() else NUMBER_WORDS.get(number.casefold(), 0.0)
    distance = value * UNITS_KM.get(unit.casefold(), 0.0)
    return distance if 0 < distance < FARTHEST_KM else None


def _bearing(wind: str) -> float | None:
    """Return a wind in degrees; None for words that name no wind ("north-south")."""
    stems = re.findall("|".join(QUARTERS), wind.lower())
    return WINDS.get("".join(map(QUARTERS.__getitem__, stems)) if stems else re.sub("[^a-z]", "", wind.lower()))


def _splits(pair: str, phrase: Phrase) -> list[tuple[Reading, str]]:
    """Return every way to split two names at their joiner, and the joiner, the most even split first."""
    hits = list(_pattern(JOINERS[phrase.joiner]).finditer(pair))
    if not hits and phrase.joiner == "dash":
        hits = list(_pattern(JOINERS["hyphen"]).finditer(pair))
    hits.sort(key=lambda hit: abs(hit.start() - (len(pair) - hit.end())))
    return [((pair[: hit.start()], pair[hit.end() :]), hit[0]) for hit in hits[:_MOST_SPLITS]]


def _readings(phrase: Phrase, names: Reading) -> Iterator[Reading]:
    cases = (phrase.case.split() or [""]) * len(names)
    written = [name.strip() for name in names]
    if all(_may_be_name(name, phrase.strict) for name in written):
        for reading in product(*map(dictionary_forms, written, cases)):
            twice = len(set(reading)) < len(reading)
            if not twice and all(_may_be_name(name, phrase.strict) for name in reading):
                yield reading


def _may_be_name(name: str, strict: str) -> bool:
    """Tell whether a text may be one toponym: letters that are more than kinds, winds, dates or a second phrase."""
    words = re.findall(r"[^\W\d_]+", name)
    if _pattern(rf"\b(?:{NESTED})\b|{LISTED}\b").search(name) or name.startswith(("a ", "an ", "-")):
        return False
    if all(len(word) == 1 or fold(word) in NO_NAMES or without_kind(f"{word} x") for word in words):
        return False
    if strict == "bare":
        return _looks_like_name(name)
    return not strict or any(not word[0].islower() for word in words)


def _looks_like_name(name: str) -> bool:
    """Tell whether a text looks like a toponym with no word to say so: a capital, no digit, few words."""
    parts = re.split("[- ]", name)
    short = len(name.split()) <= _BARE_WORDS and len(name) >= 3
    return short and not any(part[:1].islower() or not part.isalpha() for part in parts)


EIGHT_WINDS_HALF_DEG = 22.5
"""Half the sector of a wind. Texts that say "north" also say "north-east", so each of the eight winds reaches half-way
to its neighbours, as NE does in the point-radius method (J. Wieczorek, Q. Guo and R. J. Hijmans, 2004,
doi:10.1080/13658810412331280211). That method gives N, E, S and W 45 degrees, for writers who know four winds only."""
SIXTEEN_WINDS_HALF_DEG = 11.25
"""The same for a wind of sixteen (NNE), as in that method."""
LEAST_OFFSET_RADIUS_KM = 1.0
"""An offset is never drawn finer: whole kilometres are off by half of one (A. D. Chapman and J. R. Wieczorek,
Georeferencing Best Practices, 2020, doi:10.15468/doc-gg7h-s853), and start at a place's edge or its middle alike."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Where an expression points.

    `kind` is point | area | stretch | pointer. `position` is set only where it is not the place's own reference point;
    a stretch has none. `radius_km` and `radius_kind` (source | convention) are None for a stretch and a pointer.
    `why` names the rule.
    """

    kind: str
    position: LonLat | None
    radius_km: float | None
    radius_kind: str | None
    why: str


def geometry(expression: Expression, anchors: Sequence[Place]) -> Stated:
    """Return where an expression points, given the places that its names mean, in their order.

    Along and between: a stretch, never a midpoint. A direction without a distance: a pointer without a radius.
    A distance and a direction: the end of the geodesic, within the spread of the wind (`offset_radius_km`) and the
    place's own radius. A distance alone: all around the place as far as that. Near a place: NEAR_RADIUS_KM, and near an
    area, or a place as large as that, so much around it. Within and at: what the place is. Raises ValueError when there
    are not as many places as names.
    """
    if len(anchors) != len(expression.anchors):
        raise ValueError(f"{len(expression.anchors)} places are named, {len(anchors)} were given")
    place, relation = anchors[0], expression.relation
    if relation in {"along", "between"}:
        return _stretch(relation, anchors)
    if expression.distance_km is not None:
        return _ring(place, expression.distance_km) if expression.bearing_deg is None else _offset(expression, place)
    if relation in POINTING_RELATIONS:
        return _pointer(expression, place)
    return _near(place) if relation == "near" else _own(relation, place)


def offset_radius_km(distance_km: float, bearing_deg: float) -> float:
    """Return how far from its mark an offset may lie: the chord over half its wind's sector, 0.39 or 0.2 of it."""
    half = EIGHT_WINDS_HALF_DEG if bearing_deg % 45 == 0 else SIXTEEN_WINDS_HALF_DEG
    return max(LEAST_OFFSET_RADIUS_KM, 2 * distance_km * math.sin(math.radians(half / 2)))


def _stretch(relation: str, ends: Sequence[Place]) -> Stated:
    names = " and ".join(place.name for place in ends)
    why = f"between {names}" if len(ends) > 1 else f"{relation} {names}"
    return Stated("stretch", None, None, None, f"{why}; a stretch has no single position")


_POINTING = {"direction_of": "in the direction of", "from_direction_of": "from the direction of"}


def _pointer(expression: Expression, place: Place) -> Stated:
    wind = _wind(expression.bearing_deg)
    words = f"{wind} of" if wind else _POINTING[expression.relation]
    return Stated("pointer", None, None, None, f"{words} {place.name}; how far is not said, so no radius is known")


def _offset(expression: Expression, place: Place) -> Stated:
    from geomap.geodesy import destination  # numpy and pyproj wait until an offset is asked for

    distance, bearing = expression.distance_km or 0.0, expression.bearing_deg or 0.0
    lon, lat = destination(place.lon, place.lat, bearing, 1000 * distance)
    radius = offset_radius_km(distance, bearing) + place.radius_km
    why = f"{_km(distance)} {_wind(bearing)} of {place.name}, drawn within {_km(radius)} by convention"
    return Stated("point", LonLat(float(lon), float(lat)), radius, "convention", why)


def _ring(place: Place, distance: float) -> Stated:
    radius = distance + place.radius_km
    why = f"{_km(distance)} from {place.name} in no stated direction, drawn within {_km(radius)} around it"
    return Stated("area", None, radius, place.radius_kind, why)


def _near(place: Place) -> Stated:
    large = place.kind in AREA_KINDS or place.radius_km >= NEAR_RADIUS_KM
    radius = NEAR_RADIUS_KM + (place.radius_km if large else 0.0)
    return Stated("area", None, radius, "convention", f"near {place.name}, drawn within {_km(radius)} by convention")


def _own(relation: str, place: Place) -> Stated:
    kind = "area" if place.kind in AREA_KINDS else "point"
    return Stated(kind, None, place.radius_km, place.radius_kind, f"{relation} {place.name}")


def _km(distance: float) -> str:
    """Return a distance in words: "0.5 km", "16.1 km", "236 km"."""
    decimals = 2 if distance < 1 else 1 if distance < 100 else 0
    return f"{round(distance, decimals):g} km"


_QUARTER_NAMES = {"n": "north", "e": "east", "s": "south", "w": "west"}


def _wind(bearing: float | None) -> str:
    """Return the words for a wind: "east", "north-east", "north-north-east"; "" for None."""
    letters = next((wind for wind, degrees in WINDS.items() if degrees == bearing), "")
    return "-".join(_QUARTER_NAMES[letter] for letter in letters)
