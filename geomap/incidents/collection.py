"""Incidents of one or several files: the tables, and the account of every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import geopandas as gpd
import pandas as pd

from geomap.incidents.claims import RECOMPUTED as CLAIM_CODES
from geomap.incidents.claims import no_claims, settle_claims
from geomap.incidents.identity import RECOMPUTED as ROW_CODES
from geomap.incidents.identity import settle
from geomap.incidents.schema import check, conform
from geomap.types import CLAIMS, INCIDENTS, InputFile, Licence, Problem

CLAIMS_FORMAT = "claims"
"""`InputFile.preset` of a file of claims; its rows are claims and no incidents."""


@dataclass(frozen=True, eq=False)
class Incidents:
    """Incidents and claims that were read, and what happened to every row.

    `table` is a GeoDataFrame of INCIDENTS in EPSG:4326 in order of start, file and row; `claims` a table of CLAIMS. Of
    the rows of all incident files, `superseded` were older versions; for each row set aside there is at least one
    Problem with `set_aside`, so that rows = len(table) + superseded + rows set aside. Claims are not rows: one that
    could not be used is a Problem whose code begins with "claim" and whose `set_aside` is false. `licences` holds, by
    path, what binds each file that is not the user's own.
    """

    table: gpd.GeoDataFrame
    claims: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    files: list[InputFile] = field(default_factory=list)
    licences: dict[str, Licence] = field(default_factory=dict)
    superseded: int = 0
    unsettled: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    """The rows as their files have them, with own ids; what `concat` works from."""
    all_claims: pd.DataFrame = field(default_factory=no_claims, repr=False)
    """The claims before their references were checked; what `concat` works from."""


def settled(
    unsettled: pd.DataFrame,
    all_claims: pd.DataFrame,
    problems: Iterable[Problem],
    files: Iterable[InputFile],
    licences: dict[str, Licence],
) -> Incidents:
    """Settle ids, versions, repeats and references over all rows and claims; the order of input changes nothing."""
    kept = [problem for problem in problems if problem.code not in (*ROW_CODES, *CLAIM_CODES, "superseded")]
    rows = settle(unsettled)
    table = cast("gpd.GeoDataFrame", conform(rows.table, INCIDENTS))
    check(table)
    claims, found = settle_claims(all_claims, table["id"])
    return Incidents(
        table=table,
        claims=conform(claims, CLAIMS),
        problems=sorted(dict.fromkeys([*kept, *rows.problems, *found]), key=_place),
        files=[_recounted(file, claims) for file in sorted(set(files), key=lambda file: file.path)],
        licences=dict(sorted(licences.items())),
        superseded=rows.superseded,
        unsettled=unsettled,
        all_claims=all_claims,
    )


def _place(problem: Problem) -> tuple[str, int, str, str, str]:
    return (problem.file or "", problem.row or 0, problem.code, problem.column or "", problem.reason)


def _recounted(file: InputFile, claims: pd.DataFrame) -> InputFile:
    """Count a claims file's claims as read when their references hold."""
    if file.preset != CLAIMS_FORMAT:
        return file
    return replace(file, read=int((claims["file"] == file.path).sum()))


def concat(parts: Sequence[Incidents]) -> Incidents:
    """Join incidents of several files into one; the order of the parts changes nothing.

    Versions, repeated rows and claims' references are judged anew over all rows. A claims file that stands in several
    parts is taken once.
    """
    if len(parts) == 1:
        return parts[0]
    files = [file for part in parts for file in part.files]
    return settled(
        stacked([part.unsettled for part in parts]),
        stacked([part.all_claims for part in parts]).drop_duplicates(["file", "row"], ignore_index=True),
        [problem for part in parts for problem in part.problems],
        [replace(file, read=0) if file.preset == CLAIMS_FORMAT else file for file in files],
        {path: licence for part in parts for path, licence in part.licences.items()},
    )


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of the same columns under one another; of several empty ones, return one."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]
