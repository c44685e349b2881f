"""Print how often the gazetteer's answers are right: python calibration.py WORLD_INDEX [NUMBER OF NAMES].

Names are sampled from the index and corrupted (corruption.py); right is the place that was meant, or one within 5 km.
`absent` asks for places that were left out of the index: what is placed then, by a namesake or by a spelling, is wrong.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from corruption import AS_WRITTEN, Asked, Written, asked, corrupted_as

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.words.names import query_keys
from geomap.geodesy import distance_m
from geomap.types import Match, Place

WITHIN_M = 5_000
ABSENT = 12_000
_WAYS = {
    "1 letter differs": "1 error", "2 letters differ": "2 errors", "read as a form": "inflected",
    "which says the same": "translated", "some writers use": "rival spelling",
}  # fmt: skip
_GROUNDS = {"only a second name": "by name", "times the people": "by people"}
_TIERS = {"official name of": "own", "a former name of": "historic"}


class Answer(NamedTuple):
    """A name as written and what came of it."""

    written: Written
    match: Match
    right: bool

    @property
    def outcome(self) -> str:
        """Return right, wrong or the status of an unplaced name."""
        if self.match.status == "placed":
            return "right" if self.right else "wrong"
        return self.match.status

    @property
    def way(self) -> str:
        """Return by which evidence the name was placed, from the words of `why`."""
        why = self.match.why
        evidence = (_named(_WAYS, why, "as borne"), _named(_TIERS, why, "other"), self.match.method)
        return " | ".join((*evidence, _named(_GROUNDS, why, "alone")))


def _named(words: dict[str, str], why: str, other: str) -> str:
    return next((name for word, name in words.items() if word in why), other)


def answers(gazetteer: Gazetteer, names: Iterable[Asked], *, scoped: bool) -> list[Answer]:
    """Ask corrupted names, each with its place's country or all without."""
    groups: dict[str | None, list[Asked]] = defaultdict(list)
    for each in names:
        groups[each.place.country if scoped else None].append(each)
    return [
        Answer(each.written, match, meets(match.place, each.place))
        for country, group in groups.items()
        for each, match in zip(group, gazetteer.match_all([each.written.text for each in group], country), strict=True)
    ]


def meets(found: Place | None, meant: Place) -> bool:
    """Tell whether the place that was found is the one that was meant, or lies where it lies."""
    if found is None or found.id == meant.id:
        return found is not None
    return bool(distance_m(found.lon, found.lat, meant.lon, meant.lat) <= WITHIN_M)


def table(title: str, groups: dict[str, Sequence[Answer]]) -> Iterator[str]:
    """Yield lines with the shares of each outcome in each group."""
    yield f"\n{title:<46} {'names':>7} {'right':>7} {'open':>7} {'unknown':>7} {'wrong':>7}   right of placed"
    for name, group in groups.items():
        counts = Counter(each.outcome for each in group)
        told = (counts["right"], counts["ambiguous"], counts["unknown"] + counts["stretch"], counts["wrong"])
        shares = " ".join(f"{100 * count / len(group):6.2f}%" for count in told)
        placed = counts["right"] + counts["wrong"]
        share = f"{counts['right'] / placed:.3f} of {placed:,}" if placed else "-"
        yield f"{name:<46} {len(group):>7,} {shares}   {share}"


def grouped(found: Iterable[Answer], by: str) -> dict[str, Sequence[Answer]]:
    """Group answers by kind of corruption, by evidence or by score; the last two hold what was placed alone."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for each in found:
        if by == "kind":
            groups[each.written.kind].append(each)
        elif each.match.status == "placed":
            edge = int(each.match.score * 20 + 1e-9) / 20
            groups[each.way if by == "way" else f"{edge:.2f} to {edge + 0.05:.2f}"].append(each)
    return dict(sorted(groups.items()))


def second_names(settled: Sequence[Place]) -> list[Asked]:
    """Return every place that has two other names with the second of them."""
    named = [place for place in settled if len(place.names) > 1]
    return [Asked(place, place.names[1].text, Written(place.names[1].text, AS_WRITTEN)) for place in named]


def misspelt(settled: Sequence[Place], count: int) -> list[Asked]:
    """Return names with one and with two typing errors."""
    chance = random.Random(5)  # noqa: S311
    found: list[Asked] = []
    for each in asked(settled, count, seed=5):
        ways = (corrupted_as(kind, each.name, each.place.country, chance) for kind in ("one error", "two errors"))
        found += [each._replace(written=written) for written in ways if written]
    return found


def by_length(found: Iterable[Answer], *, absent: bool) -> Iterator[str]:
    """Yield, by the length of the key, how many misspelt names are found, and how many absent ones are placed so."""
    groups: dict[int, list[Answer]] = defaultdict(list)
    for each in found:
        keys = query_keys(each.written.text)
        groups[min(len(keys[0]) if keys else 0, 20)].append(each)
    for length, group in sorted(groups.items()):
        fuzzy = [each for each in group if each.match.method == "fuzzy"]
        one = [each for each in fuzzy if "1 letter" in each.match.why]
        two = [each for each in fuzzy if "2 letters" in each.match.why]
        shares = ", ".join(
            f"{what} {len(each) / len(group):6.1%} placed" + ("" if absent else f" {right(each)}")
            for what, each in (("1 error", one), ("2 errors", two))
        )
        yield f"  key of {length:>2} letters, {len(group):>6,} names: {shares}"


def right(found: Sequence[Answer]) -> str:
    """Return the share of right answers in words."""
    return f"({sum(each.right for each in found) / len(found):.3f} right)" if found else ""


def absent(settled: Sequence[Place], folder: Path) -> list[Answer]:
    """Ask for places that an index lacks, as they are borne, with their country."""
    from geomap.gazetteer import default
    from geomap.gazetteer.store import write_index

    lacking = {each.place.id: each for each in asked(settled, ABSENT, seed=11)}
    path = folder / "lacking.gazetteer"
    write_index(path, (place for place in settled if place.id not in lacking), default.about("a part"))
    named = [each._replace(written=Written(each.name, AS_WRITTEN)) for each in lacking.values()]
    return answers(Gazetteer.open(path), named, scoped=True)


def main(index: str, count: int = 60_000) -> None:
    """Print all tables."""
    world = Gazetteer.open(index)
    settled = [place for place in world.places if place.kind in {"town", "village"} and place.country]
    names = asked(settled, count, seed=1984)
    for scoped in (True, False):
        scope = "with the country" if scoped else "without a country"
        second = answers(world, second_names(settled), scoped=scoped)
        print("\n".join(table(f"second other names, {scope}", {"all": second, **grouped(second, "way")})))
        found = answers(world, names, scoped=scoped)
        for by in ("kind", "score", "way"):
            print("\n".join(table(f"corrupted names, {scope}, by {by}", {"all": found, **grouped(found, by)})))
    print("\nmisspelt names, with the country, by the length of what was written")
    print("\n".join(by_length(answers(world, misspelt(settled, count // 2), scoped=True), absent=False)))
    with TemporaryDirectory() as folder:
        lacking = absent(settled, Path(folder))
    print("\n".join(table("names of absent places, with the country", {"all": lacking, **grouped(lacking, "way")})))
    print("\nnames of absent places that are taken for misspelt ones")
    print("\n".join(by_length(lacking, absent=True)))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
