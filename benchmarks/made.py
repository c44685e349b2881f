"""Make what the gazetteer is measured on: a long column of city names as files have it, and documents; seeded."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator

from corruption import corrupted

from geomap.gazetteer import Gazetteer
from geomap.types import Place

EMPTY, JUNK, CORRUPTED, WORDS_AROUND = 0.5, 0.12, 0.05, 0.02
"""Shares of the rows; what is left are names as their places bear them."""
DISTINCT = 12_000
"""Places that are named, a few of them very often."""
BYTES = 3_000
_JUNK = (
    "Coalition Forces", "City", "Target", "December", "Spokesperson", "Unknown", "N/A", "-", "12", "n.a.", "none", "?",
    "Military base", "Several locations", "Checkpoint", "Border", "not specified", "Target {}", "Zone {}", "{} km",
    "{}", "Grid {}", "Building {}", "Route {} north", "Unit {} of the army", "see report {}", "residential area {}",
)  # fmt: skip
_AROUND = ("near {}", "{} km east of {}", "village of {}", "{} city", "{} district", "in the direction of {}")
_SENTENCES = (
    "The ministry said on Tuesday that positions near {} had come under fire from the direction of {}.",
    "Residents of {} told reporters that the road to {} was closed after midnight.",
    "Officials in {} denied the report, and a spokesperson said that the situation was calm by the evening.",
    "According to the statement, artillery and drones were used for several hours, and two civilians were wounded.",
    "{} lies some distance from the border, which was crossed by no one on Wednesday, observers said.",
    "The delegation travelled from {} to {} and met the governor, who thanked the mission for its work.",
    "No independent confirmation was available, and both sides repeated what they had said in the morning.",
    "Schools in {}, {} and {} stayed closed, while the market opened again for a few hours.",
)


def junk_file(gazetteer: Gazetteer, rows: int, seed: int) -> str:
    """Return a CSV with the columns id, city and country: half of the cities empty, many repeated, much of it junk."""
    chance = random.Random(seed)  # noqa: S311
    known = [place for place in gazetteer.places if place.country and place.kind in {"town", "village"}]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "city", "country"])
    writer.writerows(_rows(chance.sample(known, min(DISTINCT, len(known))), rows, chance))
    return text.getvalue()


def _rows(places: list[Place], rows: int, chance: random.Random) -> Iterator[tuple[int, str, str | None]]:
    weights = [1 / rank for rank in range(1, len(places) + 1)]
    for number, place in enumerate(chance.choices(places, weights, k=rows)):
        drawn = chance.random()
        if drawn < EMPTY:
            yield number, "", ""
        elif drawn < EMPTY + JUNK:
            yield number, chance.choice(_JUNK).format(chance.randrange(2_000)), place.country
        else:
            yield number, _written(place, drawn - EMPTY - JUNK, chance), place.country


def _written(place: Place, drawn: float, chance: random.Random) -> str:
    name = chance.choice((place.name, place.name, *(name.text for name in place.names)))
    if drawn < CORRUPTED:
        return corrupted(name, place.country, chance).text
    if drawn < CORRUPTED + WORDS_AROUND:
        words = chance.choice(_AROUND)
        return words.format(*([chance.randrange(1, 30)] * (words.count("{}") - 1)), name)
    return name


def documents(gazetteer: Gazetteer, count: int, seed: int) -> list[str]:
    """Return so many documents of about 3 kB that name places of a gazetteer, the populous ones more often."""
    chance = random.Random(seed)  # noqa: S311
    known = [place for place in gazetteer.places if place.kind in {"town", "village", "country", "province"}]
    weights = [(place.population or 100) ** 0.5 for place in known]
    return [_document(_names(known, weights, chance), chance) for _ in range(count)]


def _names(known: list[Place], weights: list[float], chance: random.Random) -> list[str]:
    return [place.name for place in chance.choices(known, weights, k=12)]


def _document(names: list[str], chance: random.Random) -> str:
    said: list[str] = []
    while _size(said) < BYTES:
        sentence = chance.choice(_SENTENCES)
        said.append(sentence.format(*chance.sample(names, sentence.count("{}"))))
    return " ".join(said)


def _size(sentences: Iterable[str]) -> int:
    return len(" ".join(sentences).encode())
