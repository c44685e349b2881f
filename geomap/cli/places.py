"""The commands that look names up, decide on them and make gazetteers."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.printing import DONE, dump, progress, say_lines

if TYPE_CHECKING:
    from geomap.lookup import AnyGazetteer, Column
    from geomap.project import Project


def lon_lat(text: str) -> tuple[float, float]:
    """Parse LON,LAT; raises ArgumentTypeError for what is no position."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not LON,LAT, such as 45.9,40.2") from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise argparse.ArgumentTypeError(f"{text!r} is not on the globe: longitude first, then latitude")
    return lon, lat


def locate(options: argparse.Namespace) -> int:
    """Decide what is to be decided, then answer names, or the names in a column of files."""
    from geomap.lookup import drifted, open_asking, pinned_lines
    from geomap.render.text import problem_lines

    _check_usage(options)
    project = _project(options)
    columns = _columns(options)
    _decide(options, project, columns)
    with progress() as say:
        gazetteer = open_asking(project, options.online, options.online_cache, say)
    say_lines(problem_lines(drifted(project, gazetteer)))
    if options.column:
        _answer_columns(options, project, gazetteer, columns)
    elif options.names:
        _answer_names(options, project, gazetteer)
    elif not _decides(options):
        say_lines(pinned_lines(project))
    if options.online:
        say_lines([gazetteer.credits[-1]["text"]])
    return DONE


def _decides(options: argparse.Namespace) -> bool:
    return bool(options.pin or options.unpin or options.accept_drift)


def _check_usage(options: argparse.Namespace) -> None:
    """Refuse, with status 2, options that would have no effect."""
    if not (options.names or options.project or options.column or _decides(options)):
        options.usage_error("give place names, or FILE with --column")
    if not options.column and (options.output or options.country_column or options.admin1_column):
        what = "-o, --country-column and --admin1-column need"
        options.usage_error(f"{what} --column: the name of the column of place names in FILE")
    if options.column and options.admin1:
        options.usage_error("--admin1 is for names; --admin1-column names the column of a file that holds the units")
    if options.reason and not options.pin:
        options.usage_error("--reason needs --pin NAME=ID")
    if options.column and not options.names:
        options.usage_error("--column needs a FILE")
    if options.column and options.borders:
        options.usage_error("--borders is for names; build joins the rows of files to borders")
    if options.output and len(options.names) > 1:
        options.usage_error("-o takes the rows of one FILE")
    if options.online_cache and not options.online:
        options.usage_error("--online-cache needs --online SERVICE")


def _project(options: argparse.Namespace) -> Project:
    from geomap.project import Project, read_project

    project = read_project(options.project) if options.project else Project()
    changes = {
        "countries": [code.strip() for code in options.country.split(",")] if options.country else None,
        "gazetteer": _gazetteer(options.gazetteer, project),
    }
    return project.changed(**{key: value for key, value in changes.items() if value})


def _gazetteer(given: str | None, project: Project) -> str | None:
    """Return a gazetteer's path as seen from the project's folder; the command line counts from the current one."""
    from geomap.gazetteer.store import WORLD

    if given is None or given == WORLD or project.folder is None:
        return given
    return str(Path(given).absolute())


def _columns(options: argparse.Namespace) -> list[Column]:
    from geomap.lookup import read_column
    from geomap.render.write import check_output
    from geomap.sources import parse_limits

    if not options.column:
        return []
    if options.output:
        check_output(options.output, options.names)
    limits = parse_limits(options.limit)
    with progress() as say:
        say("reading")
        columns = (options.column, options.country_column, options.admin1_column)
        return [read_column(path, *columns, limits=limits) for path in options.names]


def _decide(options: argparse.Namespace, project: Project, columns: list[Column]) -> None:
    from geomap.lookup import accept_drift, pin_names, unpin_names

    if options.unpin:
        say_lines(unpin_names(project, options.unpin))
    if options.accept_drift:
        say_lines(accept_drift(project))
    if options.pin:
        say_lines(pin_names(project, options.pin, options.reason, columns))


def _answer_names(options: argparse.Namespace, project: Project, gazetteer: AnyGazetteer) -> None:
    from geomap.lookup import locate_names
    from geomap.render.answers import matches
    from geomap.render.text import plain

    answers = locate_names(
        options.names, project, near=options.near, admin1=options.admin1, borders=options.borders, gazetteer=gazetteer
    )
    if options.json:
        print(dump(answers))
    else:
        for line in matches(answers):
            print(line)
    unplaced = [answer["query"] for answer in answers if answer["place"] is None]
    files = [name for name in unplaced if os.path.isfile(name)]  # noqa: PTH113 (Path.is_file raises for long names)
    say_lines(f"note: {plain(name)} is a file: to locate the names in it, add --column NAME" for name in files)


def _answer_columns(
    options: argparse.Namespace, project: Project, gazetteer: AnyGazetteer, columns: list[Column]
) -> None:
    """Print one account a file, and write the rows where asked."""
    from geomap.lookup import locate_column
    from geomap.render.answers import column_summary
    from geomap.render.write import write_whole

    told: list[dict[str, Any]] = []
    with progress() as say:
        say("locating places")
        for column in columns:
            located = locate_column(column, project, near=options.near, gazetteer=gazetteer)
            told.append(located.summary())
            if options.output:
                write_whole(options.output, located.csv(), options.names)
    if options.json:
        print(dump(told))
    else:
        for account in told:
            say_lines(column_summary(account))
    if options.output:
        say_lines([f"wrote {options.output}"])


def gazetteer_build(options: argparse.Namespace) -> int:
    """Build an index from dumps and tables."""
    from geomap.gazetteer.building import build_index
    from geomap.render.text import problem_lines

    countries = [country.strip() for country in options.country.split(",")] if options.country else []
    with progress() as say:
        problems = build_index(
            options.sources, options.output, countries=countries, names=options.names, alone=options.alone, progress=say
        )
    say_lines([*problem_lines(problems), f"wrote {options.output}"])
    return DONE


def gazetteer_info(options: argparse.Namespace) -> int:
    """Say what an index holds."""
    from geomap.gazetteer.building import describe_index
    from geomap.render.answers import index_lines

    with progress() as say:
        told = describe_index(options.file, say)
    if options.json:
        print(dump(told))
    else:
        for line in index_lines(told):
            print(line)
    return DONE
