"""The pipeline: a project becomes a map. Read this first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap import __version__, shipped
from geomap import borders as border_layers
from geomap.account import Account, joined_rows, value_or_none
from geomap.borders.chosen import credits_of, has_default_borders, open_borders, open_others, own_problems
from geomap.errors import ProjectError, SourceError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.store import WORLD
from geomap.incidents import Incidents, concat, read_incidents, templates
from geomap.join import join_borders, side_of
from geomap.locate import country_code, locate
from geomap.lock import drift
from geomap.project import LOCK_NAME, Project, read_lock, read_project
from geomap.publish import Published, publish
from geomap.scene import Scene, Words
from geomap.scene import compose as compose_scene
from geomap.scene.surroundings import surroundings
from geomap.sources import DEFAULT, Limits
from geomap.types import Problem
from geomap.vintages import compare

Progress = Callable[[str], None]
METHOD = (
    "A row with coordinates is placed by them; every other row is placed by name from the gazetteer, or listed.",
    "A name whose candidates lie on different sides of a loaded line stays unplaced until it is pinned with a reason.",
    "A mark for a named place stands at that place's reference point, not at the position of an event.",
    "Distances are geodesic on WGS84, from the reference point to the nearest line of the layer that is named.",
    "A report is measured to the lines in force on its date; what other sources of the line give stands beside.",
    "Recognised sovereignty, control at a date and the side of a line are three facts; none follows from another.",
    "Claims are shown as made, in order of publication; figures of different claimants are never added.",
)


@dataclass(frozen=True)
class Result:
    """What a build made: the scene, and the enriched incidents before anything was withheld."""

    scene: Scene
    incidents: Incidents

    @property
    def read(self) -> int:
        """Count the rows that could be read."""
        return self.scene.document["counts"]["read"]

    @property
    def faultless(self) -> bool:
        """Whether no row was set aside, none is without a place, and every claim could be used."""
        told = self.scene.document["counts"]
        claims = any(problem.code.startswith("claim") for problem in self.incidents.problems)
        return not (told["set_aside"] or told["unplaced"] or claims)

    def report(self) -> dict[str, Any]:
        """Return the account of the build as `--report` writes it, paths as the user gave them."""
        return {
            **account_of(self.incidents).report(self.incidents.table),
            "incidents": joined_rows(self.incidents.table),
        }


def build(
    project: Project | None = None,
    files: Sequence[str | Path] = (),
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> Result:
    """Read, locate, join and compose a project; write nothing.

    `files` replace the project's own; with neither, ./geomap.toml is read when there is one, else the packaged seed
    project. `limits` bound what each file may ask of the machine. Raises GeomapError leaves for what cannot be read at
    all; everything else is accounted for row by row.
    """
    say = progress or (lambda _: None)
    project = project or default_project(files)
    others = open_others(project)
    incidents, gazetteer, borders = enrich(project, files, limits, say, others)
    say("composing the map")
    return Result(compose(incidents, borders, gazetteer, project, others), incidents)


def enrich(
    project: Project,
    files: Sequence[str | Path],
    limits: Limits,
    say: Progress,
    others: Mapping[str, gpd.GeoDataFrame] | None = None,
) -> tuple[Incidents, Gazetteer, gpd.GeoDataFrame]:
    """Read, locate and join; return the incidents with the gazetteer and borders that were used.

    `others` are the layers that distances are compared with; the project's own where None are given.
    """
    say("reading incidents")
    incidents = read_files(project, files, limits)
    gazetteer, borders = open_gazetteer(project, say), open_borders(project)
    say("locating places")
    pins = read_lock(project.lock) if project.lock else []
    table = locate(incidents.table, gazetteer, side_of(borders), pins, countries=scope(project, borders) or None)
    say("joining borders")
    table = join_borders(table, borders, as_of=project.as_of)
    others = open_others(project) if others is None else others
    table = table.assign(**compare(table, others, as_of=project.as_of))
    doubts = [
        *drift(pins, gazetteer, LOCK_NAME),
        *misspelt(table),
        *disagreements(table),
        *own_problems(project, borders),
    ]
    return replace(incidents, table=table, problems=[*incidents.problems, *doubts]), gazetteer, borders


def scope(project: Project, borders: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Return the countries that names are looked for in: the project's, else the sides of its own border files."""
    if project.countries or has_default_borders(project):
        return project.countries
    return tuple(sorted({*borders["side_a"].dropna(), *borders["side_b"].dropna()}))


def misspelt(table: gpd.GeoDataFrame) -> list[Problem]:
    """Report the rows that were placed although a letter or two of their place name differ: never in silence."""
    rows = table[table["match_method"].eq("fuzzy")]
    return _told("name_misspelt", rows, "place_text", rows["match_why"], "correct the row, or pin the name")


def disagreements(table: gpd.GeoDataFrame) -> list[Problem]:
    """Report the rows of a joined table whose coordinates lie elsewhere than their place name or country says."""
    placed = table[table["match_status"].eq("coordinates")]
    far = placed[placed["match_why"].notna()]
    pairs = zip(placed["country_text"].fillna(""), placed["country"].fillna(""), strict=True)
    elsewhere = [len(code := country_code(text)) == 2 and country not in ("", code) for text, country in pairs]
    abroad = placed[pd.Series(elsewhere, index=placed.index, dtype=bool)]
    hint = "check the row; its coordinates were used"
    said = "the coordinates lie in " + abroad["country"] + " (" + abroad["country_source"] + ")"
    return [
        *_told("name_disagrees", far, "place_text", far["match_why"], hint),
        *_told("country_disagrees", abroad, "country_text", said, hint),
    ]


def _told(code: str, rows: gpd.GeoDataFrame, column: str, reasons: pd.Series, hint: str) -> list[Problem]:
    return [
        Problem(
            code, reason, file=row["file"], sheet=value_or_none(row["sheet"]), row=int(row["row"]), column=column,
            value=row[column], hint=hint,
        )
        for (_, row), reason in zip(rows.iterrows(), reasons, strict=True)
    ]  # fmt: skip


def check(
    files: Sequence[str | Path],
    project: Project | None = None,
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> Incidents:
    """Read, locate and join files as `build` would, for an editor to judge; compose and write nothing."""
    return enrich(project or Project(), files, limits, progress or (lambda _: None))[0]


def default_project(files: Sequence[str | Path] = ()) -> Project:
    """Return the project that is meant when none is named: an empty one for files, ./geomap.toml, else the seed."""
    if files:
        return Project()
    here = Path("geomap.toml")
    return read_project(here if here.is_file() else shipped.seeds("geomap.toml"))


def read_files(project: Project, files: Sequence[str | Path] = (), limits: Limits = DEFAULT) -> Incidents:
    """Read the given files, or the project's, into one table; raises SourceError when there is none."""
    paths: list[str | Path] = list(files) or list(project.paths(project.files))
    if not paths:
        raise SourceError(
            "no incident files are named", where="geomap.toml: files", hint="list them, or name them after build"
        )
    return concat([_read(path, project, limits) for path in paths])


def _read(path: str | Path, project: Project, limits: Limits) -> Incidents:
    mapping = next((columns for name, columns in project.mapping.items() if Path(path).match(name)), None)
    claims = project.paths(project.claims) if project.claims else None
    return read_incidents(path, mapping=mapping, dates=project.dates, claims=claims, limits=limits)


def open_gazetteer(project: Project, progress: Progress | None = None) -> Gazetteer:
    """Open the project's gazetteer, or the shipped one; the word "world" means the index of the world."""
    if project.gazetteer is None:
        return Gazetteer.default()
    path = WORLD if project.gazetteer == WORLD else project.paths([project.gazetteer])[0]
    return Gazetteer.open(path, progress)


def compose(
    incidents: Incidents,
    borders: gpd.GeoDataFrame | None = None,
    gazetteer: Gazetteer | None = None,
    project: Project | None = None,
    others: Mapping[str, gpd.GeoDataFrame] | None = None,
) -> Scene:
    """Compose a scene from located and joined incidents, with the shipped base map around them.

    Licences are applied first: what may not be passed on never reaches the scene. `others` are the layers that
    distances are compared with; the project's own where None are given. Raises KeyError when the table was
    neither located nor joined.
    """
    project, gazetteer = project or Project(), gazetteer or Gazetteer.default()
    borders = border_layers.default_borders() if borders is None else borders
    published = publish(incidents.table, incidents.licences, project.permission)
    others = open_others(project) if others is None else others
    drawn = gpd.GeoDataFrame(pd.concat([borders, border_layers.drawing_borders()], ignore_index=True), crs=4326)
    return compose_scene(
        published.table,
        claims=incidents.claims,
        borders=drawn,
        account=account_of(incidents),
        words=_words(incidents, project, published, gazetteer, credits_of(others.values(), published.table)),
        atlas=surroundings(published.table, gazetteer, borders, others, as_of=project.as_of or newest_date(incidents)),
    )


def account_of(incidents: Incidents) -> Account:
    """Return the account of what was read and what was not."""
    return Account(incidents.files, incidents.problems, incidents.superseded)


def _words(
    incidents: Incidents,
    project: Project,
    published: Published,
    gazetteer: Gazetteer,
    compared: Iterable[Mapping[str, str]],
) -> Words:
    newest = newest_date(incidents)
    return Words(
        title=project.title or "Incidents", standfirst=project.standfirst, byline=project.byline,
        credit=project.credit, alt=project.alt, as_of=project.as_of or newest, built=build_date() or newest,
        tool=f"geomap {__version__}", gazetteer=gazetteer.version, method=METHOD,
        credits=(*gazetteer.credits, *compared), citations=published.citations, left_out=published.left_out,
        download=published.download,
        embed_text=published.embed_text,
    )  # fmt: skip


def build_date() -> str | None:
    """Return the date that SOURCE_DATE_EPOCH states (reproducible-builds.org specification), or None."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else None


def newest_date(incidents: Incidents) -> str | None:
    """Return the newest date that the inputs state, of an incident or a claim; None when they state none."""
    claims, table = incidents.claims, incidents.table
    stated = pd.concat([claims["published_at"], claims["as_of"], table["published_at"]]).dropna()
    ends = table["end"].dropna()
    dates = [date[:10] for date in stated] + ([ends.max().date().isoformat()] if len(ends) else [])
    return max(dates, default=None)


def new_project(folder: str | Path) -> list[Path]:
    """Start a project: geomap.toml, incidents.csv and incidents.claims.csv with headers and an example.

    Returns the paths written. Raises ProjectError when the folder holds anything already.
    """
    root = Path(folder)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ProjectError("exists already and is not an empty folder", where=str(folder), hint="name a new folder")
    files = {"geomap.toml": _TOML, **templates()}
    try:
        root.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (root / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ProjectError(f"cannot be written: {error.strerror}", where=str(folder)) from None
    return [root / name for name in files]


_TOML = """# Every key is optional; geomap build reads this file when it stands in the current folder.
title = "A title for the map"
standfirst = "One sentence: what it shows, for which days, by whose account."
files = ["incidents.csv"]        # incidents.claims.csv beside it is read too
countries = []                   # ISO codes that scope place names, such as ["AM", "AZ"]
# borders = ["default"]          # the shipped lines, and after them border files of your own
# as_of = "2026-01-31"           # claims published later are left out; undated rows meet the lines of this day
"""
