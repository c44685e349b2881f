"""The command line: one command per public function, no logic of its own. Human text on stderr, data on stdout."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO

from geomap import __version__
from geomap.errors import GeomapError

if TYPE_CHECKING:
    from geomap.build import Progress, Result
    from geomap.project import Project

DONE, FAILED, STRICT = 0, 1, 3
_LIMITS = (
    "limits, each changed by --limit NAME=NUMBER: file_bytes=1000000000 expansion=100 rows=10000000 columns=1000 "
    "cell_bytes=1000000 record_bytes=8000000 broken_rows=100000 nesting=64. "
    "Exit status: 0 done, also with rows set aside; 1 could not, or a mismatch; 2 wrong usage; "
    "3 with --strict, something was set aside or left unplaced, and no map was written."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status; every failure is one line on stderr, never a traceback."""
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options)
        _flush(sys.stdout)
    except GeomapError as error:
        status = _fail(str(error), debug=options.debug)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except KeyboardInterrupt:
        status = _fail("stopped", debug=False)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        status = _fail(f"{where}{error.strerror or error}", debug=options.debug)
    except MemoryError:
        status = _fail("not enough memory for these files", debug=options.debug)
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback reaches a user)
        status = _fail(f"internal error: {type(error).__name__}: {error} (run again with --debug)", debug=options.debug)
    sys.exit(status)


def _flush(stream: TextIO | None) -> None:
    """Send what was printed on its way; a stream that the caller closed is None."""
    if stream is not None:
        stream.flush()


def _fail(message: str, *, debug: bool) -> int:
    if debug:
        raise  # noqa: PLE0704 (called while an error is handled)
    from geomap.render.text import plain

    print("geomap: " + plain(" ".join(message.split())), file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="geomap",
        epilog=_LIMITS,
        description="From incident files to one interactive map file that people can trust.",
    )
    parser.add_argument("--version", action="version", version=f"geomap {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_add_build, _add_new, _add_check, _add_locate, _add_verify):
        add(commands).add_argument("--debug", action="store_true", help="show the traceback of a failure")
    return parser


_Commands = Any


def _add_build(commands: _Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("build", help="build a map from incident files or a project", epilog=_LIMITS)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="CSV, TSV or GeoJSON, also .gz; default: the project's"
    )
    parser.add_argument(
        "-o", "--output", default="map.html", metavar="MAP", help="the map to write (default: map.html)"
    )
    parser.add_argument("--project", metavar="TOML", help="default: ./geomap.toml, else the packaged seed project")
    parser.add_argument("--report", metavar="JSON", help="write the account of every row ('-': to stdout)")
    parser.add_argument("--strict", action="store_true", help="write no map when a row is set aside or unplaced")
    parser.add_argument("--as-of", metavar="DATE", help="show claims known up to this date")
    parser.add_argument("--png", metavar="FILE", help="also write a still picture")
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=NUMBER", help="change a limit, see below")
    parser.set_defaults(run=_build)
    return parser


def _add_new(commands: _Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("new", help="start a project: geomap.toml, incidents.csv, incidents.claims.csv")
    parser.add_argument("folder", metavar="FOLDER", help="a folder that does not exist yet, or is empty")
    parser.set_defaults(run=_new)
    return parser


def _add_check(commands: _Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("check", help="read and judge files, write nothing", epilog=_LIMITS)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--project", metavar="TOML", help="use its countries, mapping and pins")
    parser.add_argument("--json", action="store_true", help="print the account as JSON")
    parser.add_argument("--strict", action="store_true", help="exit 3 when a row is set aside or unplaced")
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=NUMBER", help="change a limit, see below")
    parser.set_defaults(run=_check)
    return parser


def _add_locate(commands: _Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("locate", help="resolve place names, or pin one")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--country", metavar="AM,AZ", help="ISO codes that scope the names")
    parser.add_argument("--near", type=_lon_lat, metavar="LON,LAT", help="rank candidates by nearness")
    parser.add_argument("--gazetteer", metavar="FILE", help="default: the shipped one")
    parser.add_argument("--borders", action="store_true", help="add distance to and side of the nearest border")
    parser.add_argument("--project", metavar="TOML", help="use its countries, gazetteer and places.lock")
    parser.add_argument("--pin", action="append", default=[], metavar="NAME=ID", help="decide a name in places.lock")
    parser.add_argument("--reason", help="why, for --pin")
    parser.add_argument("--json", action="store_true", help="print the answers as JSON")
    parser.set_defaults(run=_locate)
    return parser


def _lon_lat(text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not LON,LAT, such as 45.9,40.2") from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise argparse.ArgumentTypeError(f"{text!r} is not on the globe: longitude first, then latitude")
    return lon, lat


def _add_verify(commands: _Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("verify", help="check the hashes that a map states")
    parser.add_argument("map", metavar="MAP.html")
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="input files to check against the map's list")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.set_defaults(run=_verify)
    return parser


# Commands -------------------------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    from geomap.build import build
    from geomap.render.text import summary
    from geomap.render.write import check_output, write_whole
    from geomap.sources import parse_limits

    outputs = [path for path in (options.output, options.png, _file(options.report)) if path]
    for path in outputs:
        check_output(path, options.files)
    with _progress() as say:
        result = build(_project(options), options.files, limits=parse_limits(options.limit), progress=say)
        inputs = [file.path for file in result.incidents.files]
        refusal = _refusal(result, strict=options.strict)
        if not refusal:
            _write(result, options, inputs, say)
    if options.report:
        text = _dump(result.report())
        print(text) if options.report == "-" else write_whole(options.report, f"{text}\n".encode(), inputs)
    _print(summary(result.report()))
    _print([refusal or f"wrote {options.output}"])
    return DONE if not refusal else STRICT if result.read else FAILED


def _refusal(result: Result, *, strict: bool) -> str | None:
    """Say why no map is written, if none is."""
    if not result.read:
        return "geomap: wrote no map: no row could be read"
    if strict and not result.faultless:
        return "geomap: wrote no map: --strict, and not every row is placed"
    return None


def _write(result: Result, options: argparse.Namespace, inputs: list[str], say: Progress) -> None:
    """Render everything before anything is written, so that a failure leaves all old files."""
    from geomap.render.map import render
    from geomap.render.write import write_whole

    say("rendering")
    page, picture = render(result.scene), b""
    if options.png:
        from geomap.render import static

        picture = static.png(result.scene.document)
    page.save(options.output, inputs)
    if options.png:
        write_whole(options.png, picture, inputs)


def _file(path: str | None) -> str | None:
    return None if path == "-" else path


def _project(options: argparse.Namespace) -> Project:
    from geomap.build import default_project
    from geomap.project import read_project

    project = read_project(options.project) if options.project else default_project(options.files)
    return project.changed(as_of=options.as_of) if options.as_of else project


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


@contextmanager
def _progress() -> Generator[Progress, None, None]:
    """Say what goes on, on one line of a terminal; stay quiet elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def _new(options: argparse.Namespace) -> int:
    from geomap.build import new_project

    _print(f"wrote {path}" for path in new_project(options.folder))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from geomap.build import account_of, check
    from geomap.project import read_project
    from geomap.render.text import checklist, summary
    from geomap.sources import parse_limits

    project = read_project(options.project) if options.project else None
    with _progress() as say:
        incidents = check(options.files, project, limits=parse_limits(options.limit), progress=say)
    told = account_of(incidents).report(incidents.table)
    if options.json:
        print(_dump(told))
    else:
        _print([*summary(told), *checklist(incidents)])
    if told["rows"] and not told["read"]:
        return FAILED
    return STRICT if options.strict and (told["set_aside"] or told["unplaced"]) else DONE


def _locate(options: argparse.Namespace) -> int:
    from geomap.lookup import locate_names, pin_names
    from geomap.render.text import matches

    project = _locating_project(options)
    if options.pin:
        _print(pin_names(project, options.pin, options.reason))
    answers = locate_names(options.names, project, near=options.near, borders=options.borders)
    if options.json:
        print(_dump(answers))
    else:
        for line in matches(answers):
            print(line)
    return DONE


def _locating_project(options: argparse.Namespace) -> Project:
    from geomap.project import Project, read_project

    project = read_project(options.project) if options.project else Project()
    changes = {"countries": options.country.split(",") if options.country else None, "gazetteer": options.gazetteer}
    return project.changed(**{key: value for key, value in changes.items() if value})


def _verify(options: argparse.Namespace) -> int:
    from geomap.render.text import verdict_lines
    from geomap.verify import verify

    verdict = verify(options.map, options.inputs)
    if options.json:
        print(_dump({**asdict(verdict), "holds": verdict.holds}))
    else:
        _print(verdict_lines(verdict))
    return DONE if verdict.holds else FAILED
