"""The commands that read, build and check; each takes the parsed options and returns the exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.printing import DONE, FAILED, STRICT, dump, progress, say_lines

if TYPE_CHECKING:
    from geomap.build import Progress, Result
    from geomap.project import Project


def build(options: argparse.Namespace) -> int:
    """Build a map, and what else is asked for beside it."""
    from geomap.build import build
    from geomap.render.text import summary
    from geomap.render.write import check_output, write_whole
    from geomap.sources import parse_limits

    stills = [path for path in (options.png, options.svg, options.pdf) if path]
    outputs = [path for path in (options.output, *stills, _file(options.report)) if path]
    for path in outputs:
        check_output(path, options.files)
    project = _project(options)
    project = project.changed(as_of=options.as_of) if options.as_of else project
    with progress() as say:
        result = build(project, options.files, limits=parse_limits(options.limit), progress=say)
        inputs = [file.path for file in result.incidents.files]
        refusal = _refusal(result, strict=options.strict)
        if not refusal:
            _write(result, options, inputs, say)
    if options.report:
        text = dump(result.report())
        print(text) if options.report == "-" else write_whole(options.report, f"{text}\n".encode(), inputs)
    say_lines(summary(result.report()))
    say_lines([refusal or f"wrote {options.output}"])
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
    page, wanted = render(result.scene), {form: getattr(options, form) for form in ("png", "svg", "pdf")}
    stills = {path: _still(result.scene.document, form) for form, path in wanted.items() if path}
    page.save(options.output, inputs)
    for path, content in stills.items():
        write_whole(path, content, inputs)


def _still(document: Mapping[str, Any], form: str) -> bytes:
    from geomap.render import static

    return static.still(document, form)


def image(options: argparse.Namespace) -> int:
    """Draw a still picture of a map."""
    from geomap.render.write import check_output, write_whole
    from geomap.verify import read_map

    form = Path(options.output).suffix.lower().removeprefix(".")
    if form not in ("png", "svg", "pdf"):
        options.usage_error("-o names a file that ends in .png, .svg or .pdf")
    check_output(options.output, [options.map])
    document = read_map(options.map)
    with progress() as say:
        say("drawing")
        content = _still(document, form)
    write_whole(options.output, content, [options.map])
    say_lines([f"wrote {options.output}"])
    return DONE


def _file(path: str | None) -> str | None:
    return None if path == "-" else path


def _project(options: argparse.Namespace) -> Project:
    from geomap.build import default_project
    from geomap.project import read_project

    return read_project(options.project) if options.project else default_project(options.files)


def new(options: argparse.Namespace) -> int:
    """Start a project."""
    from geomap.build import new_project

    say_lines(f"wrote {path}" for path in new_project(options.folder))
    return DONE


def check(options: argparse.Namespace) -> int:
    """Read and judge files."""
    from geomap.build import account_of, check
    from geomap.project import read_project
    from geomap.render.text import checklist, summary
    from geomap.sources import parse_limits

    project = read_project(options.project) if options.project else None
    with progress() as say:
        incidents = check(options.files, project, limits=parse_limits(options.limit), progress=say)
    told = account_of(incidents).report(incidents.table)
    if options.json:
        print(dump(told))
    else:
        say_lines([*summary(told), *checklist(incidents)])
    if told["rows"] and not told["read"]:
        return FAILED
    return STRICT if options.strict and (told["set_aside"] or told["unplaced"]) else DONE


def edges_km(text: str) -> list[float]:
    """Parse the edges of distance bands, 1,5,10; raises ArgumentTypeError for what are none."""
    from geomap.stats import edges_of

    try:
        return edges_of([float(part) for part in text.split(",")]).tolist()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} are no distances in km that ascend, such as 1,5,10") from None


def stats(options: argparse.Namespace) -> int:
    """Count incidents by border pair, side, distance band and period."""
    from geomap.build import account_of, enrich
    from geomap.render.text import summary
    from geomap.render.write import check_output, write_whole
    from geomap.sources import parse_limits
    from geomap.stats import BANDS_KM, report

    if options.output:
        check_output(options.output, options.files)
    with progress() as say:
        incidents, _, borders = enrich(_project(options), options.files, parse_limits(options.limit), say)
    account = account_of(incidents)
    say_lines(summary(account.report(incidents.table)))
    citations = {terms.citation for terms in incidents.licences.values()}
    told = report(
        incidents.table,
        borders,
        account,
        bands_km=options.bands or BANDS_KM,
        period=options.period,
        citations=citations,
    )
    text = _stats_text(told, options)
    if options.output:
        write_whole(options.output, text, [file.path for file in incidents.files])
        say_lines([f"wrote {options.output}"])
    else:
        sys.stdout.write(text.decode())
    return FAILED if told["rows"] and not told["read"] else DONE


def _stats_text(told: dict[str, Any], options: argparse.Namespace) -> bytes:
    """Return the counts in the form that was asked for; CSV holds cells alone, so what they mean is said beside it."""
    from geomap.render.spreadsheet import to_csv
    from geomap.render.text import stats_head, stats_table
    from geomap.stats import CELLS, REASONS

    if options.json:
        return f"{dump(told)}\n".encode()
    head = stats_head(told, REASONS)
    if options.csv:
        say_lines(head)
        return to_csv([column.name for column in CELLS], [list(cell.values()) for cell in told["cells"]])
    return "".join(f"{line}\n" for line in [*head, "", *stats_table(told["cells"])]).encode()


def verify(options: argparse.Namespace) -> int:
    """Check a map's hashes."""
    from geomap.render.text import verdict_lines
    from geomap.verify import verify

    verdict = verify(options.map, options.inputs)
    if options.json:
        print(dump({**asdict(verdict), "holds": verdict.holds}))
    else:
        say_lines(verdict_lines(verdict))
    return DONE if verdict.holds else FAILED
