"""What each command takes, with an example in its help."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from typing import Any

from geomap import __version__
from geomap.cli import commands, places

_STATUS = (
    "Exit status: 0 done, also with rows set aside; 1 could not, or a mismatch; 2 wrong usage; "
    "3 with --strict, something was set aside or left unplaced, and no map was written."
)
_ONLY_LIMITS = (
    "limits, each changed by --limit NAME=NUMBER: file_bytes=1000000000 expansion=100 rows=10000000 columns=1000 "
    "cell_bytes=1000000 record_bytes=8000000 broken_rows=100000 nesting=64."
)
_LIMITS = f"{_ONLY_LIMITS} {_STATUS}"
_BEGIN = (
    "begin with: 'geomap build -o map.html' builds the sample map; 'geomap locate Jermuk --borders' looks a name up; "
    "'geomap COMMAND --help' shows examples."
)
_Commands = Any
_Run = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; parsed options carry the command's function as `run`."""
    found = argparse.ArgumentParser(
        prog="geomap",
        epilog=f"{_BEGIN} {_STATUS}",
        description="From incident files to one interactive map file that people can trust.",
    )
    found.add_argument("--version", action="version", version=f"geomap {__version__}")
    listed = found.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_add_build, _add_new, _add_check, _add_stats, _add_locate, _add_gazetteer, _add_image, _add_verify):
        add(listed)
    return found


def _command(
    listed: _Commands, name: str, run: _Run, *, what: str, examples: str, notes: str = ""
) -> argparse.ArgumentParser:
    """Add a command whose help ends with examples, one a line, that the tests run."""
    epilog = f"example:\n{textwrap.indent(textwrap.dedent(examples).strip(), '  ')}"
    added: argparse.ArgumentParser = listed.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog="\n\n".join([epilog, *(textwrap.fill(note, 100) for note in notes.split("\n\n") if note)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    added.set_defaults(run=run, usage_error=added.error)
    return added


def _add_build(listed: _Commands) -> None:
    what = "build a map from incident files or a project"
    example = "geomap build incidents.csv -o map.html --report report.json"
    parser = _command(listed, "build", commands.build, what=what, examples=example, notes=_LIMITS)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="CSV, TSV or GeoJSON, also .gz; default: the project's"
    )
    parser.add_argument(
        "-o", "--output", default="map.html", metavar="MAP", help="the map to write (default: map.html)"
    )
    parser.add_argument("--project", metavar="TOML", help="default: ./geomap.toml, else the packaged seed project")
    parser.add_argument("--report", metavar="JSON", help="write the account of every row ('-': to stdout)")
    parser.add_argument("--strict", action="store_true", help="write no map when a row is set aside or unplaced")
    parser.add_argument(
        "--as-of", metavar="DATE", help="the map's day: claims known by it, and the lines that undated rows meet"
    )
    for form, use in (("png", "slides"), ("svg", "the web"), ("pdf", "print")):
        parser.add_argument(f"--{form}", metavar="FILE", help=f"also write a still picture for {use}")
    _add_limit(parser)


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=NUMBER", help="change a limit, see below")


def _add_new(listed: _Commands) -> None:
    what = "start a project: geomap.toml, incidents.csv, incidents.claims.csv"
    parser = _command(listed, "new", commands.new, what=what, examples="geomap new border-clashes")
    parser.add_argument("folder", metavar="FOLDER", help="a folder that does not exist yet, or is empty")


def _add_check(listed: _Commands) -> None:
    what, example = "read and judge files, write nothing", "geomap check incidents.csv --json"
    parser = _command(listed, "check", commands.check, what=what, examples=example, notes=_LIMITS)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--project", metavar="TOML", help="use its countries, mapping and pins")
    parser.add_argument("--json", action="store_true", help="print the account as JSON")
    parser.add_argument("--strict", action="store_true", help="exit 3 when a row is set aside or unplaced")
    _add_limit(parser)


_COUNTED = """
geomap stats incidents.csv
geomap stats incidents.csv --bands 1,5,10 --period year --csv -o counts.csv
"""
_CELLS = (
    "Counts only rows whose place is known exactly or to the settlement; what is left out is said, with why. "
    "--json prints {rows, read, superseded, set_aside: [as check --json], counted, left_out: {reason: rows}, bands_km, "
    "period, lines: [{layer, vintage, source, licence, lines, status, error_km}], notes, citations, cells: "
    "[{border_pair, side, band, period, reports, incidents, places, band_unsure, period_unsure, deaths_low, "
    "deaths_best, deaths_high, deaths_rows}]}, where rows = counted + all of left_out + superseded + the entries of "
    "set_aside; null: no line, no side, no distance, no date, no figures. --csv prints the cells alone."
)


def _add_stats(listed: _Commands) -> None:
    what = "count incidents by border pair, side, distance band and period"
    notes = f"{_CELLS}\n\n{_ONLY_LIMITS}"
    parser = _command(listed, "stats", commands.stats, what=what, examples=_COUNTED, notes=notes)
    parser.add_argument("files", nargs="*", metavar="FILE", help="incident files; default: the project's")
    parser.add_argument("--project", metavar="TOML", help="default: ./geomap.toml, else the packaged seed project")
    parser.add_argument(
        "--bands",
        type=commands.edges_km,
        metavar="KM,KM",
        help="upper edges of the distance bands, in km (default: 1,5,10,25,50,100)",
    )
    parser.add_argument(
        "--period", choices=("day", "month", "year", "all"), default="month", help="by start date (default: month)"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print counts and their account as JSON")
    form.add_argument("--csv", action="store_true", help="print the cells as CSV")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file what would be printed")
    _add_limit(parser)


_LOCATE = """
geomap locate Jermuk Laçın "5 km east of Goris" --country AM,AZ --borders
geomap locate Vardenis --country AM --admin1 Gegharkunik
geomap locate reports.csv --column place --country-column country --admin1-column region -o located.csv
geomap locate Istisu --project geomap.toml --pin Istisu=gn:174884 --reason "listed with Gorus"
"""


_ANSWERS = (
    "An answer is one line: the name, its place, the place's id in [brackets], which --pin takes, and why. A name that "
    "may mean several places stays unplaced, with its rivals below it. Exit status: 0 done, also with names unplaced; "
    "1 could not; 2 wrong usage."
)
_WORLD = (
    "--gazetteer world: the places of the whole world, from 500 people up. Needs pip install 'geomap[world]'; its "
    "index is built at first use, in about a minute and without the network, and kept as world.gazetteer in the "
    "folder that GEOMAP_CACHE names, else in geomap's folder among the user's caches."
)


def _add_locate(listed: _Commands) -> None:
    what = "resolve place names, or those in a column of a file; pin a name or unpin it"
    notes = f"{_ANSWERS}\n\n{_WORLD}\n\n{_ONLY_LIMITS}"
    parser = _command(listed, "locate", places.locate, what=what, examples=_LOCATE, notes=notes)
    parser.add_argument(
        "names", nargs="*", metavar="NAME|FILE", help="place names; with --column the files whose column holds them"
    )
    parser.add_argument(
        "--country",
        metavar="AM,AZ",
        help="ISO codes: limits the answers to these countries, and lets misspelt names be placed",
    )
    parser.add_argument("--admin1", metavar="NAME", help="the first-level unit (province) that the names lie in")
    parser.add_argument(
        "--near",
        type=places.lon_lat,
        metavar="LON,LAT",
        help="decides between namesakes when one lies within 25 km and the others four times as far",
    )
    parser.add_argument(
        "--gazetteer",
        metavar="FILE|world",
        help="an index, a table of places, or the world, see below; default: the project's, else the shipped one",
    )
    parser.add_argument("--borders", action="store_true", help="add distance to and side of the nearest border")
    parser.add_argument("--project", metavar="TOML", help="use its countries, gazetteer and places.lock")
    parser.add_argument("--json", action="store_true", help="print the answers as JSON")
    column = parser.add_argument_group("a whole file")
    column.add_argument("--column", metavar="NAME", help="the column of place names in each FILE")
    column.add_argument("--country-column", metavar="NAME", help="the column with each row's country, name or code")
    column.add_argument("--admin1-column", metavar="NAME", help="the column with each row's first-level unit")
    column.add_argument("-o", "--output", metavar="CSV", help="write the rows with match_* columns behind their own")
    _add_limit(parser)
    pins = parser.add_argument_group("decisions in the project's places.lock")
    pins.add_argument("--pin", action="append", default=[], metavar="NAME=ID", help="decide that a name is a place")
    pins.add_argument("--reason", metavar="TEXT", help="why; --pin needs it")
    pins.add_argument("--unpin", action="append", default=[], metavar="NAME", help="take a decision back")
    pins.add_argument("--accept-drift", action="store_true", help="record pinned places as the gazetteer has them now")
    online = parser.add_argument_group("online, only when asked for: unknown names leave this machine")
    online.add_argument("--online", metavar="SERVICE", help="a geocoder of geopy: nominatim or photon")
    online.add_argument("--online-cache", metavar="FILE", help="where its answers are kept (default: the user's cache)")


_INDEXES = """
geomap gazetteer build AM.txt AZ.txt --names alternateNamesV2.txt -o region.gazetteer
geomap gazetteer build villages.csv --alone -o ours.gazetteer
"""
_JOINED = (
    "The shipped places join in, so that both sides' names stay, unless --alone. The first source to bear an id wins. "
    'An index is used by --gazetteer FILE, or by gazetteer = "FILE" in geomap.toml; the shipped one needs no building.'
)


def _add_gazetteer(listed: _Commands) -> None:
    what = "build an index of places from dumps and tables, or describe one"
    epilog = "The shipped gazetteer needs neither: see geomap gazetteer info."
    parent = listed.add_parser("gazetteer", help=what, description=f"{what[0].upper()}{what[1:]}.", epilog=epilog)
    inner = parent.add_subparsers(title="commands", metavar="COMMAND", required=True)
    what = "build an index from dumps and tables"
    build = _command(inner, "build", places.gazetteer_build, what=what, examples=_INDEXES, notes=_JOINED)
    build.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="GeoNames dump (.txt, .zip), Who's On First export (.jsonl, .db), table of places (.csv, .tsv, .geojson), "
        "or the word world (needs geomap[world])",
    )
    build.add_argument("-o", "--output", required=True, metavar="FILE", help="the index to write")
    build.add_argument("--country", metavar="AM,AZ", help="countries to keep, by ISO code or name (default: all)")
    build.add_argument(
        "--names",
        metavar="FILE",
        help="GeoNames' alternateNamesV2.txt, for the dumps among the sources: languages, former names",
    )
    build.add_argument("--alone", action="store_true", help="leave the shipped places out")
    what, example = "say what an index holds", "geomap gazetteer info region.gazetteer"
    info = _command(inner, "info", places.gazetteer_info, what=what, examples=example)
    info.add_argument("file", nargs="?", metavar="FILE", help="default: the shipped gazetteer")
    info.add_argument("--json", action="store_true", help="print it as JSON")


def _add_image(listed: _Commands) -> None:
    what, example = "draw a still picture of a map", "geomap image map.html -o map.pdf"
    note = "Draws without a browser what the map shows when it is opened; a map that was changed since is refused."
    parser = _command(listed, "image", commands.image, what=what, examples=example, notes=note)
    parser.add_argument("map", metavar="MAP.html")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the picture: .png, .svg or .pdf")


def _add_verify(listed: _Commands) -> None:
    what, example = "check the hashes that a map states", "geomap verify map.html"
    parser = _command(listed, "verify", commands.verify, what=what, examples=example)
    parser.add_argument("map", metavar="MAP.html")
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="input files to check against the map's list")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
