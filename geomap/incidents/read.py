"""Read incident files, with the claims that lie beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from geomap.errors import SourceError
from geomap.incidents.claims import as_claim, convert_claims, no_claims
from geomap.incidents.collection import Incidents, concat, settled
from geomap.incidents.convert import convert
from geomap.incidents.dates import ORDERS, Order
from geomap.incidents.faults import Log
from geomap.incidents.plan import Plan, choose, is_shown, make_plan, require_places
from geomap.incidents.presets import CLAIMS_PRESET, PRESETS
from geomap.incidents.sheet import Sheet
from geomap.sources import DEFAULT, Limits, RawFeatures, RawTable, read_source
from geomap.types import InputFile, Licence

Paths = str | Path | Sequence[str | Path]


def read_incidents(
    path: Paths,
    *,
    preset: str | None = None,
    mapping: Mapping[str, str] | None = None,
    dates: Order | None = None,
    claims: Paths | None = None,
    limits: Limits = DEFAULT,
) -> Incidents:
    """Read one or several incident files into one table.

    A file is read by its preset (native, ucdp, acled, plain), which its columns show unless `preset` names it.
    `mapping` (our column -> the file's) comes before the preset's names. `dates` (dmy | mdy) says how to read dates
    that could be two; without it each column decides for itself from its own dates, and what it cannot decide stays
    empty. `claims` names files of claims; without it X.claims.csv is read where it lies beside X.csv. A file that
    holds claims is read as such. `limits` bound what each file may ask of the machine.

    Returns Incidents; rows = read + set aside, with a Problem for each row set aside. Raises SourceError for a file
    that cannot be read at all or has no column that says where.
    """
    if dates is not None and dates not in ORDERS:
        raise SourceError(f"dates is {dates!r}", where="read_incidents", hint='write "dmy" or "mdy"')
    sources = {given: read_source(given, limits=limits) for given in _listed(path)}
    tables = {given: raw for given, raw in sources.items() if not is_shown(CLAIMS_PRESET, raw.columns)}
    beside = [] if claims is not None else [found for given in tables if (found := _beside(given))]
    asked = {_same(given): given for given in (*sources.keys() - tables.keys(), *beside, *_listed(claims or ()))}
    parts = [_read_rows(raw, preset, mapping, dates) for raw in tables.values()]
    parts += [_read_claims(sources.get(given) or read_source(given, limits=limits)) for given in asked.values()]
    if not parts:
        raise SourceError("no incident files", where="read_incidents", hint="name at least one")
    return concat(parts)


def _listed(path: Paths) -> list[str | Path]:
    return [path] if isinstance(path, str | Path) else list(dict.fromkeys(path))


def _same(path: str | Path) -> Path:
    return Path(path).resolve()


def _beside(path: str | Path) -> Path | None:
    """Return X.claims.csv for X.csv (X.claims.csv.gz for X.csv.gz) where there is one."""
    path = Path(path)
    stem, dot, rest = path.name.partition(".csv")
    claims = path.with_name(f"{stem}.claims.csv{rest}") if dot else path
    return claims if claims != path and claims.is_file() else None


def _read_rows(raw: RawTable, preset: str | None, mapping: Mapping[str, str] | None, order: Order | None) -> Incidents:
    plan = make_plan(raw.columns, choose(raw.columns, preset, raw.path), mapping, raw.path)
    geometry = raw.geometry if isinstance(raw, RawFeatures) else None
    require_places(plan, raw.path, geometries=geometry is not None)
    log = Log(raw.path, list(raw.problems), [*raw.notes, f"read as {plan.preset.title}"])
    sheet = Sheet(raw.frame, plan, log)
    rows = convert(sheet, order, geometry)
    rows = rows.assign(file=raw.path, row=rows.index).reset_index(drop=True)
    _note_columns(sheet)
    licence = _licence(sheet)
    return settled(
        rows,
        no_claims(),
        log.problems,
        [_input_file(raw, plan, len(rows), log)],
        {raw.path: licence} if licence else {},
    )


def _read_claims(raw: RawTable) -> Incidents:
    if not is_shown(CLAIMS_PRESET, raw.columns):
        hint = f"it needs the columns {', '.join(CLAIMS_PRESET.shown_by[0])}"
        raise SourceError("is no file of claims", where=raw.path, hint=hint)
    plan = make_plan(raw.columns, CLAIMS_PRESET, None, raw.path)
    log = Log(raw.path, [as_claim(problem) for problem in raw.problems], [*raw.notes, "read as claims"])
    claims = convert_claims(Sheet(raw.frame, plan, log))
    return settled(_no_rows(), claims, log.problems, [_input_file(raw, plan, len(claims), log)], {})


def _no_rows() -> pd.DataFrame:
    """Return an unsettled table without rows."""
    nothing = RawTable("", "csv", "", pd.DataFrame(index=pd.RangeIndex(0, name="row")), 0, (), ())
    sheet = Sheet(nothing.frame, make_plan((), choose((), "native", ""), None, ""), Log(""))
    return convert(sheet, None).assign(file="", row=0).reset_index(drop=True)


def _input_file(raw: RawTable, plan: Plan, read: int, log: Log) -> InputFile:
    return InputFile(raw.path, raw.format, raw.count, read, raw.sha256, plan.preset.name, tuple(log.notes))


def _note_columns(sheet: Sheet) -> None:
    """Say what the preset says of its files, which codes mean "not coded", and which columns are not used."""
    plan, log = sheet.plan, sheet.log
    for note in plan.preset.notes:
        log.note(note)
    for column, code in plan.preset.missing.items():
        cells = sheet.frame[column] if column in sheet.frame else pd.Series(dtype="string")
        uncoded = int(cells.isin([code, f"{code}.0"]).sum())
        if uncoded:
            log.note(f"{column}: {code} in {uncoded} rows means not coded")
    if plan.unused:
        log.note(f"columns not used: {', '.join(plan.unused)}")


def _licence(sheet: Sheet) -> Licence | None:
    """Return what binds the file by its columns, whatever preset or mapping it was read with.

    An ACLED file's citation tells how new its data are, since its access date is not in the file.
    """
    shown = [preset for preset in PRESETS.values() if preset.licence and is_shown(preset, list(sheet.frame.columns))]
    licence = shown[-1].licence if shown else sheet.plan.preset.licence
    newest = sheet.text("version").dropna()
    if licence is None or not len(newest):
        return licence
    stamp = max(newest.unique(), key=lambda text: text.zfill(20))
    day = pd.Timestamp(int(stamp), unit="s").date().isoformat() if stamp.isdecimal() else stamp[:10]
    return replace(licence, citation=f"{licence.citation}; newest entry of {day} (UTC)")
