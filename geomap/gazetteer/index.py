"""Look names up offline: `Gazetteer.default()` is the shipped one, `Gazetteer.open(path)` your own table of places."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geomap import shipped
from geomap.errors import GazetteerError
from geomap.gazetteer.geonames import read_extract
from geomap.gazetteer.kinds import without_kind
from geomap.gazetteer.names import keys
from geomap.gazetteer.ranking import Candidate, Filed, SideOf, bare, candidates, decide, file_names
from geomap.gazetteer.tables import merge, read_table
from geomap.types import LonLat, Match, Place, Problem


@dataclass(frozen=True)
class Gazetteer:
    """Places by id and by name; immutable, offline, and silent about what it does not know.

    `version` and `credits` say where the places come from; `problems` lists rows of an own table that were set aside.
    """

    places: tuple[Place, ...]
    version: str
    credits: tuple[dict[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    _by_id: dict[str, Place] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_key: dict[str, list[Filed]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update((place.id, place) for place in self.places)
        self._by_key.update(file_names(self.places))

    @classmethod
    def default(cls) -> Gazetteer:
        """Load the shipped gazetteer: GeoNames cities500 for AM, AZ and GE with curated places and names.

        Raises GazetteerError when the installation's data are missing or damaged.
        """
        geonames, curated = shipped.data("gazetteer", "geonames"), shipped.data("gazetteer", "curated")
        settlements = read_extract(geonames)
        table = read_table(curated / "places.csv", settlements)
        sources = [_source(folder) for folder in (geonames, curated)]
        return cls(
            tuple(merge(settlements, table.rows)),
            " + ".join(source["version"] for source in sources),
            tuple({key: source[key] for key in ("name", "licence", "text")} for source in sources),
            table.problems,
        )

    @classmethod
    def open(cls, path: str | Path) -> Gazetteer:
        """Load a CSV or TSV of places in geomap's own form (see geomap.gazetteer.tables).

        Raises GazetteerError when the file is missing, damaged or without one place; single bad rows become problems.
        """
        table = read_table(Path(path))
        return cls(tuple(merge((), table.rows)), Path(path).name, problems=table.problems)

    def get(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        return self._by_id.get(place_id)

    def match(
        self,
        name: str,
        country: str | Sequence[str] | None = None,
        near: tuple[float, float] | None = None,
        *,
        side_of: SideOf | None = None,
    ) -> Match:
        """Return the place that a name means, or why that is not clear; unknown and ambiguous names stay unplaced.

        `country` limits the answer to one or several ISO codes, `near` (lon, lat) gives a context, and `side_of` tells
        the side of a point; without it, countries are the sides. `rivals` are the other bearers of the name in order.
        """
        allowed = {country} if isinstance(country, str) else set(country or ())
        context = LonLat(*near) if near else None
        return decide(name, self._bearers(name, allowed, context), side_of)

    def _bearers(self, name: str, countries: set[str], near: LonLat | None) -> list[Candidate]:
        """Return the candidates of the name as written, else those of the name without its word for a kind."""
        found = bare(self._filed(name, countries))
        named = None if found else without_kind(name)
        if named is None:
            return candidates(found, name, near)
        fitting = [filed for filed in self._filed(named.name, countries) if filed.place.kind in named.kinds]
        return candidates(fitting, named.name, near)

    def _filed(self, name: str, countries: set[str]) -> list[Filed]:
        found = (filed for key in keys(name) for filed in self._by_key.get(key, ()))
        return [filed for filed in found if not countries or filed.place.country in countries | {None}]


def _source(folder: Path) -> dict[str, str]:
    try:
        source = tomllib.loads((folder / "SOURCE.toml").read_text(encoding="utf-8"))
        return {key: str(source[key]) for key in ("name", "version", "licence", "text")}
    except (OSError, ValueError, KeyError) as fault:
        raise GazetteerError(
            f"SOURCE.toml cannot be used: {fault}", where=str(folder), hint="install geomap again with pip"
        ) from fault
