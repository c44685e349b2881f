"""What the terminal says of names: where each lies and why, what a file's names came to, what an index holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geomap.render.text import aside_lines, clipped, count, plain, shortened
from geomap.types import AREA_KINDS, POINTING_RELATIONS

_Place = Mapping[str, Any]
_Answer = Mapping[str, Any]

_RIVALS = 3
"""Rivals that a line names."""
_DECISIONS = 20
"""Names to decide that are listed before the rest is counted."""
_COUNTRIES = 20
"""Countries that are listed one by one."""
_EXTENDED = (*AREA_KINDS, "river", "road")
"""Kinds whose reference point is one of many: their position is told to a tenth of a degree."""
_IN_JSON = "--json lists all"


# Places ---------------------------------------------------------------------------------------------------------


def position(lon: float, lat: float, digits: int = 5) -> str:
    """Return a position in words, latitude first: "39.511 N 46.342 E", "33.868 S 151.207 E".

    `digits` are the decimals of a degree that are told; five are a metre, three 100 m.
    """
    south, west = round(lat, digits) < 0, round(lon, digits) < 0
    return f"{abs(lat):.{digits}f} {'S' if south else 'N'} {abs(lon):.{digits}f} {'W' if west else 'E'}"


def described(place: _Place, digits: int = 5) -> str:
    """Return a place with its position, of an area only about where it lies: a tenth of a degree."""
    area = place["kind"] in _EXTENDED
    where = position(place["lon"], place["lat"], 1 if area else digits)
    return f"{_in_words(place)} {'about ' if area else ''}{where}"


def _in_words(place: _Place) -> str:
    """Return a place as reasons name it: "Sotk (village, Gegharkunik, AM)"."""
    return f"{place['name']} ({', '.join(str(place[key]) for key in ('kind', 'admin1', 'country') if place.get(key))})"


def _with_id(place: _Place, digits: int = 5) -> str:
    return f"{described(place, digits)} [{place['id']}]"


def _away(place: _Place, what: str = "") -> list[str]:
    """Return how far a place is from the line, where that is known."""
    if place.get("border_km") is None:
        return []
    return [
        f"{what}{place['border_km']:.1f} km (+/- {place['border_km_error']:.1f}) from the line, side: {place['side']}"
    ]


def _line(place: _Place) -> str:
    return "; ".join([_with_id(place), *_away(place)])


# Names ----------------------------------------------------------------------------------------------------------


def matches(answers: Iterable[_Answer]) -> Iterator[str]:
    """Say where each name lies, or why it was left unplaced and who its rivals are."""
    for answer in answers:
        yield from map(plain, _lines(answer))


def _lines(answer: _Answer) -> Iterator[str]:
    query = answer["query"]
    if not query.strip():
        yield "(empty): unplaced: there is no name"
    elif answer["place"]:
        yield f"{query}: {'; '.join(_placed(answer, answer['place']))}"
    elif ends := answer.get("ends"):
        yield f"{query}: a stretch, not placed: {_without_places(answer['why'], ends)}"
        yield from (f"    {'end' if len(ends) > 1 else 'named'}: {_line(end)}" for end in ends)
    else:
        yield f"{query}: unplaced: {_open(answer)}"
        yield from shortened([f"    {_may_be(answer)}: {_line(rival)}" for rival in answer["rivals"]], _IN_JSON)


def _placed(answer: _Answer, place: _Place) -> list[str]:
    """Return the parts of a line about a name that has its place; nothing stands in it twice."""
    relation, at = answer.get("relation"), answer.get("position")
    if relation in (None, "within"):
        parts = [_with_id(place), *_away(place), _why(answer, place)]
    elif relation in POINTING_RELATIONS:
        parts = [_with_id(place, 3), *_away(place, "that point is "), _pointing(answer, place)]
    else:
        there = [position(at["lon"], at["lat"], 3)] if at else []
        away = _away(place, "the reference point is ")
        parts = [*there, f"reference point {_with_id(place, 3)}", *away, _why(answer, place)]
    return [*filter(None, parts), *_also(answer["rivals"])]


def _why(answer: _Answer, place: _Place) -> str:
    """Return what a reason adds to the name that was asked and the place that stands before it."""
    if answer.get("method") == "pin":
        return answer["why"]
    why = answer["why"].replace(f" of {_in_words(place)}", "")
    return re.sub(rf"^{re.escape(answer['query'])}[,;] ", "", why)


def _pointing(answer: _Answer, place: _Place) -> str:
    """Say that words without a distance only point: the place is what they refer to, not where something was."""
    words, *rest = _why(answer, place).split("; ")
    told = [words.removesuffix(f" {place['name']}"), *rest]
    return f"reference point only: {'; '.join(told)}".replace(", so no radius is known", "")


def _also(rivals: Sequence[_Place]) -> list[str]:
    """Name the first other bearers of a name that is placed."""
    if not rivals:
        return []
    named = ", ".join(f"{_in_words(rival)} [{rival['id']}]" for rival in rivals[:_RIVALS])
    return [f"also borne by {named}{_and_more(rivals, _RIVALS)}"]


def _and_more(listed: Sequence[Any], shown: int) -> str:
    return f" and {len(listed) - shown:,} more" if len(listed) > shown else ""


def _open(answer: _Answer) -> str:
    """Return why a name is not placed, without the places that are listed below it."""
    why, rivals = answer["why"], answer["rivals"]
    if not rivals:
        return why
    before, _, after = why.partition(_in_words(rivals[0]))
    for rival in rivals[1:]:
        after = after.removeprefix(f"; {_in_words(rival)}")
    if not before or not re.fullmatch(r"(; and [\d,]+ more)?", after) or before == why:
        return _without_places(why, rivals)
    if answer.get("status") == "ambiguous":
        return f"{before.rstrip(': ')}: pin the one that is meant"
    return f"{before.rstrip(': ')}:"


def _without_places(why: str, places: Iterable[_Place]) -> str:
    """Return a reason with the places that have lines of their own named in it, but not described."""
    for place in places:
        why = why.replace(f" of {_in_words(place)}", f" of {place['name']}")
    return why


def _may_be(answer: _Answer) -> str:
    return "perhaps" if answer.get("status") == "unknown" else "rival"


# Columns --------------------------------------------------------------------------------------------------------

_PARTS = {
    "placed": "placed", "ambiguous": "ambiguous", "unknown": "unknown", "no_place": "no place", "stretch": "stretch",
    "empty": "empty",
}  # fmt: skip
"""What a row can come to, and its words; a stretch has a plural."""


def column_summary(told: Mapping[str, Any]) -> list[str]:
    """Say what became of a column: the sums, then the names to decide, those of most rows first."""
    names, aside = told["names"], told["set_aside"]
    rows = [*_parts(told), *([f"{len(aside):,} set aside"] if aside else [])]
    lines = [
        f"{told['path']}: {told['format']}, {count(told['rows'], 'row')} = {' + '.join(rows) or '0'}",
        f"  {count(names['distinct'], 'distinct name')}: {', '.join(_parts(names, _of_placed(names))) or 'none'}",
    ]
    lines += aside_lines(aside, _IN_JSON)
    decisions = [_open_name(entry) for entry in told["to_decide"]]
    return [plain(line) for line in [*lines, *shortened(decisions, _IN_JSON, _DECISIONS)]]


def _parts(told: Mapping[str, Any], of_placed: str = "") -> list[str]:
    """Return the parts of a sum that are not 0, in words."""
    parts = {key: f"{told[key]:,} {words}" for key, words in _PARTS.items() if told.get(key)}
    if told.get("stretch", 0) > 1:
        parts["stretch"] += "es"
    if "placed" in parts:
        parts["placed"] += of_placed
    return list(parts.values())


def _of_placed(names: Mapping[str, Any]) -> str:
    how = {"pinned": "pinned", "fuzzy": "by a likely spelling"}
    told = ", ".join(f"{names[key]:,} {words}" for key, words in how.items() if names[key])
    return f" ({told})" if told else ""


def _open_name(entry: Mapping[str, Any]) -> str:
    name = clipped(entry["name"])
    context = ", ".join(filter(None, (entry.get("admin1"), entry["country"])))
    name = f"{name} ({context})" if context else name
    found = entry["candidates"]
    listed = "; ".join(
        f"{place['name']} ({place['kind']}, {place['country']}) [{place['id']}]" for place in found[:_RIVALS]
    )
    what = "likely spelling" if entry["method"] == "fuzzy" and entry["status"] == "placed" else entry["status"]
    tail = f"{': ' if found else ''}{listed}{_and_more(found, _RIVALS)}"
    return f"  to decide: {name}: {count(entry['rows'], 'row')}, {what}{tail}"


# Indexes --------------------------------------------------------------------------------------------------------


def index_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Say what an index holds: one line a fact, and one a source."""
    for key, value in told.items():
        if key != "credits":
            yield plain(f"{key}: {_fact(value)}")
    yield from (plain(f"source: {each['name']} ({each['licence']}): {each['text']}") for each in told["credits"])


def _fact(value: Any) -> str:
    if isinstance(value, list):
        many = len(value) > _COUNTRIES
        return f"{len(value)} countries; --json lists them" if many else " ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else value
